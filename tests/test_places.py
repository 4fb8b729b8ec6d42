"""Where something stands, as people count: rows of records, pages, and the cells of the file a text was made from."""

from __future__ import annotations

import csv
import io
from array import array
from itertools import accumulate

from helpers import check, tried_on
from hypothesis import given
from hypothesis import strategies as st
from strategies import HEADER

from goalcheck.source import (
    CellOrigin,
    Origins,
    PageOrigin,
    Pieces,
    Place,
    Source,
    Table,
    TableOrigin,
    column_letters,
)

ROW = "街道办事处\t5.00\t5.00\t\t\t\t\n"
QUOTED = '培训经费\t5.00\t5.00\t\t\t"办好\n\n每一次""培训"""\t-\n'


def _source(text: str) -> Source:
    source = check(text).source
    assert source is not None
    return source


def test_a_row_with_line_breaks_in_a_cell_is_one() -> None:
    text = f"标题\r\n\n{HEADER}{ROW}{QUOTED}{ROW}"
    where = _source(text).where(text.rindex("街道"))
    assert where == Place(row=6, page=None, line=8, column=1)


def test_rows_of_a_comma_separated_file() -> None:
    text = (f"标题\n{HEADER}{ROW}{QUOTED}{ROW}").replace("\t", ",")
    assert _source(text).where(text.rindex("街道")).row == 5


@given(st.lists(st.lists(st.text("甲乙1 \n\r\",;'", max_size=8), min_size=6, max_size=6), max_size=8))
def test_rows_are_counted_as_csv_readers_count(rows: list[list[str]]) -> None:
    made = io.StringIO(newline="")
    writer = csv.writer(made, dialect="excel-tab", quoting=csv.QUOTE_ALL)
    writer.writerows([["项目", *row] for row in rows] + [["末行", "5.00", "5.00", "", "", "", ""]])
    text = HEADER + ROW + made.getvalue()
    assert _source(text).where(text.rindex('"末行"')).row == len(rows) + 3


def _pages(text: str) -> list[int | None]:
    """The pages of the rows of ``text``, named one letter each."""
    whole = "".join({"表": HEADER, "行": ROW}.get(word, f"{word}\n") for word in text.split("|"))
    source = _source(whole)
    rows = [at for at in range(len(whole)) if whole.startswith(ROW, at)]
    return [source.where(at).page for at in rows]


@tried_on(
    ("text", "pages"),
    [
        ("表|行|行", [None, None]),
        ("表|表|行", [None]),
        ("表|行|第 1 页|行|第 2 页", [1, 2]),
        ("标题|表|行|第 1 页, 共 2 页|标题|表|行|第 2 页, 共 2 页", [1, 2]),
        ("表|行|第 3 页|表|行|第 4 页", [3, 4]),
        # footers lost: headers tell the pages
        ("表|行|第 1 页, 共 3 页|表|行|表|行", [1, 2, 3]),
        ("表|行|表|行|第 2 页|表|行|表|行|第 4 页", [1, 2, 3, 4]),
        # … unless they are no pages
        ("表|行|表|行|表|行|第 1 页", [1, 1, 1]),
        ("表|行|表|行|表|行|第 2 页", [None, None, 2]),
        ("表|行|第 1 页, 共 2 页|表|行|表|行", [1, None, None]),
        ("表|行|第 1 页|行|第 4 页", [1, 4]),
        # several numberings, one behind the other
        ("表|行|第 1 页|行|第 2 页|表|行|第 1 页|行|第 2 页", [1, 2, 1, 2]),
        # numbers at the head of the page
        ("第 1 页, 共 2 页|表|行|第 2 页, 共 2 页|表|行", [1, 2]),
        ("第 1 页, 共 3 页|表|行|表|行|第 3 页, 共 3 页|表|行", [1, 2, 3]),
        ("第 1 页, 共 1 页|表|行|表|行", [1, None]),
    ],
)
def test_pages(text: str, pages: list[int | None]) -> None:
    assert _pages(text) == pages


def test_where_of_a_workbook() -> None:
    text = '标题\t\t\n\t"a\n""b""c"\td\n\n次页\te\n'
    starts = [0, 5, 19, 20]
    origins = Origins([Table(0, 1, "Sheet1"), Table(20, 2, "二季度")], array("L", starts), array("L", [1, 18, 0, 3]))
    source = Source(text, origins=origins)
    assert source.where(0, 2) == Place(1, None, 1, 1, CellOrigin("Sheet1", "A1", 0, 2))
    b = text.index("b")
    assert source.where(b, text.index("d") + 1).origin == CellOrigin("Sheet1", "B18", 3, 6)
    assert source.where(b).row == 18
    assert source.where(text.index("d")).origin == CellOrigin("Sheet1", "C18", 0, 0)
    assert source.where(text.index("e"), len(text)).origin == CellOrigin("二季度", "B3", 0, 1)
    assert source.where(19).origin is None


CELLS = st.text('甲a\n\t" ', max_size=5)


@given(st.lists(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4), min_size=1, max_size=3))
def test_every_character_of_a_cell_knows_its_cell(tables: list[list[list[str]]]) -> None:
    text, starts, rows, made, wanted = "", [], [], [], []
    for number, table in enumerate(tables, 1):
        made.append(Table(len(text), number))
        for row, cells in enumerate(table, 1):
            starts.append(len(text))
            rows.append(row)
            for column, cell in enumerate(cells, 1):
                quoted = any(char in cell for char in '\t\n"')
                text += '"' * quoted
                for at, char in enumerate(cell):
                    wanted.append((len(text), TableOrigin(number, row, column, at, at + 1)))
                    text += '""' if quoted and char == '"' else char
                text += '"' * quoted + ("\n" if column == len(cells) else "\t")
        starts.append(len(text))
        rows.append(0)
        text += "\n"
    source = Source(text, origins=Origins(made, starts, rows))
    for offset, origin in wanted:
        length = 2 if text[offset] == '"' else 1
        assert source.where(offset, offset + length).origin == origin


def test_where_of_a_pdf() -> None:
    """A cell that goes over a page has a piece on each; a line outside all tables has a page as well."""
    pieces = ["标题\n", "名称\t", "目标前半", "目标后半\n"]
    text = "".join(pieces)
    first, *starts = accumulate(map(len, pieces), initial=0)
    boxes = [float(number) for number in range(16)]
    origins = Origins([Table(3, 1)], [0, 3], [0, 5], Pieces([first, *starts[:-1]], [1, 1, 1, 2], [0, 5, 5, 1], boxes))
    source = Source(text, origins=origins)
    assert source.where(0, 2) == Place(1, 1, 1, 1, PageOrigin(1, None, None, None, (0.0, 1.0, 2.0, 3.0), 0, 2))
    behind = text.index("后半")
    assert source.where(behind, behind + 2) == Place(
        1, 2, 2, behind - 2, PageOrigin(2, 1, 1, 2, (12.0, 13.0, 14.0, 15.0), 6, 8)
    )


@tried_on(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")])
def test_letters_of_columns(number: int, letters: str) -> None:
    assert column_letters(number) == letters
