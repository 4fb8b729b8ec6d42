"""What readers make of tables: a text whose every character is found again in the cell that it came from."""

from __future__ import annotations

import pytest
from helpers import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from goalcheck.errors import InputError
from goalcheck.limits import Limits
from goalcheck.readers.table_text import TableText
from goalcheck.source import CellOrigin, column_letters

CELL = st.text(st.sampled_from('甲乙12%\u2265 \t\n\r\u2028",'), max_size=6)
TABLE = st.lists(st.lists(CELL, max_size=5), max_size=6)


@settings(max_examples=examples(1000))
@given(st.lists(TABLE, min_size=1, max_size=3))
def test_every_character_is_found_in_its_cell(tables: list[list[list[str]]]) -> None:
    made = TableText()
    for number, table in enumerate(tables):
        made.table(f"表{number}")
        for row, cells in enumerate(table, 1):
            made.row(3 * row, cells)
    source = made.source(b"", "a.xlsx", "xlsx")
    seen: dict[tuple[str, str], str] = {}
    for offset, char in enumerate(source.text):
        origin = source.where(offset, offset + 1).origin
        if isinstance(origin, CellOrigin) and origin.end > origin.start:
            assert origin.end == origin.start + 1
            said = seen.get((origin.sheet, origin.cell), "")
            assert len(said) == origin.start
            seen[origin.sheet, origin.cell] = said + char
    meant = {
        (f"表{number}", f"{column_letters(column)}{3 * row}"): said
        for number, table in enumerate(tables)
        for row, cells in enumerate(table, 1)
        for column, cell in enumerate(cells, 1)
        if (said := cell.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    }
    assert seen == meant


def test_lines_rows_and_merges() -> None:
    made = TableText()
    made.table("表1")
    made.row(1, ["产出指标", "数量指标", "培训"])
    made.row(2, ["", "", ""])
    made.row(4, ["", "", "宣传"])
    made.merge(1, 1, 4, 1)
    made.merge(2, 2, 9, 1)  # its text was left out with its row
    made.line("注:\t说明")
    source = made.source(b"", "a.xlsx", "xlsx")
    assert source.text == "产出指标\t数量指标\t培训\n\t\t宣传\n\n注: 说明\n"
    assert [(m.start, m.end, m.column, m.last_column) for m in source.merges or ()] == [(0, 13, 0, 0)]
    assert source.where(source.text.index("宣传")).row == 4


def test_a_text_in_many_cells_is_not_written_without_end() -> None:
    """A few bytes of a file may say one long text in every cell."""
    made = TableText(Limits(size=1))
    made.table("表")
    made.row(1, ["甲" * 2**19])
    for add in (lambda: made.row(2, ["甲" * 2**19] * 16_000), lambda: made.line("甲" * 2**20)):
        with pytest.raises(InputError) as caught:
            add()
        assert (caught.value.key, caught.value.figures) == ("too-much", {"limit": 1})
