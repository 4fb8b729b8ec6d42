"""PDFs: a cell that the end of a page cuts is one cell, as spreadsheets and word processors print it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import LEADING, SIZE, TOP, document, shown, wrapped

from goalcheck.readers import read

HEADER = ["单位", "项目名称", "一级指标", "三级指标", "指标值"]
WIDTHS = [50.0, 60.0, 60.0, 120.0, 80.0]
LEFTS = [30.0, *(30.0 + end for end in itertools.accumulate(WIDTHS))]

Rows = Sequence[Sequence[str]]
Spans = Mapping[tuple[int, int], int]
"""Over how many rows the cell at a row and column goes, where it is more than one."""


@attrs.frozen
class Printer:
    """How a table is printed."""

    high: float = 24.0
    """How high its rows are."""
    down: float = 0.5
    """Where words stand in their cell: 0 at the top, 1 at the bottom."""
    header: int = 1
    """How many rows each page repeats."""
    closed: bool = False
    """Whether cells that go on overleaf have a line below. Spreadsheets leave it out."""
    bare: bool = False
    """Whether merged cells have none in any case, as where only the first cell of a range has borders."""

    def pages(self, rows: Rows, spans: Spans, breaks: Sequence[int]) -> bytes:
        """The rows up to each of ``breaks`` on a page, and the rest on the last one."""
        made = []
        for start, end in itertools.pairwise([0, *breaks, len(rows)]):
            printed = [*range(self.header if start else 0), *range(start, end)]
            made.append(self.page(rows, spans, printed))
        return document(made)

    def page(self, rows: Rows, spans: Spans, printed: Sequence[int]) -> str:
        """What is drawn on a page that shows these rows."""
        return "".join(self._cell(rows, spans, printed, cell) for cell in cells_of(rows, spans))

    def _cell(self, rows: Rows, spans: Spans, printed: Sequence[int], cell: tuple[int, int]) -> str:
        """What a page shows of the cell at a row and column: its lines, and its words, clipped to that."""
        first, column = cell
        span = spans.get(cell, 1)
        seen = [row for row in range(first, first + span) if row in printed]
        if not seen:
            return ""
        left, right = LEFTS[column], LEFTS[column + 1]
        top, bottom = (TOP - self.high * (printed.index(row) + at) for row, at in ((seen[0], 0), (seen[-1], 1)))
        drawn = f"{left} {bottom} m {left} {top} l S {right} {bottom} m {right} {top} l S "
        if self.closed or seen[0] == first:
            drawn += f"{left} {top} m {right} {top} l S "
        if self.closed or (seen[-1] == first + span - 1 and (span == 1 or not self.bare)):
            drawn += f"{left} {bottom} m {right} {bottom} l S "
        lines = wrapped(rows[first][column], right - left - 6)
        y = top + self.high * (seen[0] - first) - self.down * (self.high * span - LEADING * len(lines)) - SIZE
        for at, line in enumerate(lines):
            words = shown(line, left + 3, y - LEADING * at)
            drawn += f"q {left} {bottom} {right - left} {top - bottom} re W n {words}Q "
        return drawn


def cells_of(rows: Rows, spans: Spans) -> list[tuple[int, int]]:
    """The row and column of each cell."""
    covered = {(at, column) for (row, column), span in spans.items() for at in range(row + 1, row + span)}
    places = itertools.product(range(len(rows)), range(len(WIDTHS)))
    return [place for place in places if place not in covered]


def read_rows(data: bytes) -> tuple[list[list[str]], list[str]]:
    """The rows that are read, and what is said of them."""
    source = read(data, "a.pdf")
    rows = [row.split("\t") for row in source.text.rstrip("\n").split("\n")]
    return [row + [""] * (len(WIDTHS) - len(row)) for row in rows], [remark.key for remark in source.remarks]


def summary(projects: Sequence[Sequence[int]]) -> tuple[list[list[str]], dict[tuple[int, int], int]]:
    """A unit with projects, each with so many indicators of each class, and the cells of it that are merged."""
    rows, spans = [HEADER], {(1, 0): sum(map(sum, projects))}
    for number, classes in enumerate(projects, 1):
        spans[len(rows), 1] = sum(classes)
        for name, count in zip(["产出指标", "效益指标", "满意度指标"], classes, strict=False):
            spans[len(rows), 2] = count
            for at in range(count):
                starts = at == 0, at == 0 and name == "产出指标"
                project = f"第{number}村修路及配套设施建设" if starts[1] else ""
                rows.append(["", project, name if starts[0] else "", f"第{at}项{name[:2]}次数", f"≥{len(rows)}次"])
    rows[1][0] = "青石镇财政所"
    return rows, {place: span for place, span in spans.items() if span > 1}


PROJECTS = st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=3), min_size=1, max_size=3)


@given(PROJECTS, st.data(), st.sampled_from([18.0, 24.0, 30.0]), st.sampled_from([0.0, 0.5, 1.0]), st.integers(0, 1))
@settings(max_examples=40, deadline=None)
def test_merged_cells_of_a_spreadsheet_go_on_overleaf(
    projects: list[list[int]], data: st.DataObject, high: float, down: float, header: int
) -> None:
    """Wherever pages end, and wherever words stand in their cells, on one page, the other, or half on each."""
    rows, spans = summary(projects)
    breaks = data.draw(st.sets(st.integers(2, len(rows) - 1), max_size=3)) if len(rows) > 2 else set()
    printed = Printer(high, down, header).pages(rows, spans, sorted(breaks))
    assert read_rows(printed) == (rows, [])


def test_a_label_beside_a_header_that_is_printed_with_it_again_is_one_label() -> None:
    """That of a form goes over its header and its indicators; the form fills as many columns as the header names."""
    form = [["项目名称", "道路", "资金", "5.00", "2025年"], ["绩效", *HEADER[1:]]]
    rows = [*form, *(["", "甲村", "产出指标", f"第{at}项次数", f"≥{at}次"] for at in range(1, 9))]
    rows, spans = [[*row[:2], "", *row[3:]] if at > 2 else row for at, row in enumerate(rows)], {(1, 0): 9, (2, 2): 8}
    printer = Printer(down=0.0, header=0)
    first = printer.page(rows, spans, range(6))
    again = printer.page([form[1], *rows[6:]], {(0, 0): 5, (1, 2): 4}, range(5))
    assert read_rows(document([first, again])) == (rows, [])


def test_a_cell_that_ends_with_the_page_does_not_go_on() -> None:
    """What has a line below, where others have none, has ended: a blank cell overleaf is a blank one."""
    rows, spans = summary([[2, 1], [3]])
    rows[4][1] = ""
    assert read_rows(Printer().pages(rows, spans, [4])) == (rows, [])


@pytest.mark.parametrize("header", [0, 1])
def test_the_same_words_on_both_pages_are_those_of_two_cells(header: int) -> None:
    """What ends with the page may lack its line; the next one has the same name, and its own line above."""
    rows, spans = summary([[2], [2], [3]])
    rows[3][1] = rows[5][1] = rows[1][1]
    assert read_rows(Printer(header=header, bare=True).pages(rows, spans, [5])) == (rows, [])


@pytest.mark.parametrize(
    ("words", "x", "far"), [("三年", 83, 10), ("第1页", 83, 40), ("填表人:张三、李四、王五", 83, 10)]
)
def test_a_line_below_the_last_row_is_of_the_cell_that_goes_on(words: str, x: float, far: float) -> None:
    """Browsers print what still has room on the page; what stands apart or is wider than the cell is none of it."""
    rows = [HEADER, ["青石镇", "道路修建", "产出指标", "里程", "≥5公里"], ["", "", "产出指标", "座数", "≥5座"]]
    printer = Printer(high=12.0, down=0.0, header=0)
    first, second = (printer.page(rows, {(1, 1): 2}, seen) for seen in (range(2), range(2, 3)))
    read_text = read(document([first + shown(words, x, TOP - 18 - far), second])).text
    assert ("道路修建三年" in read_text) == (words == "三年")
    assert words in read_text or words == "第1页"


REST = ["", "配套设施建设", "", "巡查次数", "≥12次"]
ALONE = ["", "", "", "培训人次", "≥30人次"]


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        (["青石镇", "第一村修路及", "产出指标", "里程", "≥5公里"], REST, "第一村修路及配套设施建设"),  # broken off
        (["青石镇", "第一村修路", "产出指标", "里程", "≥5公里"], REST, "第一村修路"),  # with room for more
        (["青石镇", "第一村修路及", "产出指标", "里程", "≥5公里"], [*REST[:2], "效益指标", *REST[3:]], "第一村修路及"),
    ],
)
def test_a_name_that_a_page_breaks_is_one_name(first: list[str], second: list[str], name: str) -> None:
    """Word processors draw the line where a page ends: what is blank beside it tells that the project goes on."""
    printer = Printer(closed=True)
    pages = [[HEADER, first], [HEADER, second, ALONE, ALONE]]
    spans = {(1, column): 3 for column in (range(3) if not second[2] else (1,))}
    drawn = [printer.page(rows, spans if at else {}, range(len(rows))) for at, rows in enumerate(pages)]
    rows, _ = read_rows(document(drawn))
    assert [row[1] for row in rows] == ["项目名称", name, second[1] if name == first[1] else "", "", ""]
