"""Text as spreadsheets save it: what parts the cells, quotation marks, encodings; whichever it is, it is one sheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from helpers import ROOT, SAMPLE, goalcheck, tried_on
from office_files import assert_same_sheet, errors_of, result_of, rows_of

from goalcheck.engine.result import Result

EXPORT = ROOT / "samples" / "export.txt"


def saved(separator: str, *, rows: list[list[str]] | None = None, quoting: int = csv.QUOTE_MINIMAL) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=separator, lineterminator="\r\n", quoting=quoting).writerows(rows or rows_of(EXPORT))
    return made.getvalue()


def rows_at_fault(result: Result) -> list[int]:
    assert result.source is not None
    return [result.source.where(found.start).row for found in result.findings]


@pytest.mark.slow
@tried_on("separator", "\t,;")
@tried_on("first", ["", "sep={}\r\n", '"sep={}"\r\n', "SEP={}\n"])
@tried_on("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@tried_on("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_what_parts_the_cells_makes_no_difference(separator: str, first: str, codec: str, quoting: int) -> None:
    """The line that only tells what parts them is no row of the sheet: no spreadsheet shows it."""
    text = f"{first.format(separator)}{saved(separator, quoting=quoting)}"
    told, plain = result_of(text.encode(codec), "a.csv"), result_of(EXPORT.read_bytes())
    assert_same_sheet(told, plain)
    assert rows_at_fault(told) == rows_at_fault(plain)


@tried_on("separator", ",;")
def test_rows_of_separators_alone_say_nothing(separator: str) -> None:
    """Spreadsheets write one for each blank row, and fill up the line of the title."""
    lines = saved(separator).split("\r\n")
    blank = separator * lines[3].count(separator)
    for line in (blank, f'"{blank}"'.replace(separator, f'"{separator}"').replace('""""', '""')):
        result = result_of("\r\n".join([*lines[:6], line, *lines[6:9], line, *lines[9:]]).encode())
        assert result.sheet is not None
        assert not [project for project in result.sheet.projects if project.continued]
        assert result.sheet.title is not None
        assert result.sheet.title.text == rows_of(EXPORT)[0][0]
        assert_same_sheet(result, result_of(EXPORT.read_bytes()))


def test_packed_cells_hold_semicolons() -> None:
    """Quoted, they part nothing; unquoted in a sheet of tabs they do not either."""
    plain = result_of(SAMPLE.read_bytes())
    assert errors_of(result_of(saved(";", rows=rows_of(SAMPLE)).encode())) == errors_of(plain)
    words = "今年的项目名称;绩效指标;见附件。\n甲;乙;丙\n"
    assert result_of(words.encode()).error is not None


@tried_on("separator", "\t,;")
def test_a_quotation_mark_that_never_closes_swallows_nothing(separator: str) -> None:
    """It is a character of its cell; the rows below are read for all that."""
    lines = saved(separator, quoting=csv.QUOTE_ALL).split("\r\n")
    at = lines[6].index(f'"{separator}', 30)
    lines[6] = lines[6][:at] + lines[6][at + 1 :]
    plain = result_of(EXPORT.read_bytes())
    for text in ("\r\n".join(lines), saved(separator, quoting=csv.QUOTE_ALL).rstrip()[:-1]):
        assert rows_at_fault(result_of(text.encode())) == rows_at_fault(plain)


def test_fix_keeps_what_parts_the_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    before = f"sep=;\r\n{saved(';')}".replace("\u22651850", "\u22671850")
    path.write_bytes(before.encode("gb18030"))
    goalcheck("fix", "a.csv", cwd=tmp_path)
    after = path.read_bytes().decode("gb18030")
    assert after.startswith("sep=;\r\n部门预算")
    assert [len(line.split(";")) for line in after.split("\r\n")] == [
        len(line.split(";")) for line in before.split("\r\n")
    ]
