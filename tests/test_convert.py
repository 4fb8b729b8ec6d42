"""``goalcheck convert``: the text of any file that can be read; checked, it gives what the file gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import CLEAN, ROOT, goalcheck, goalcheck_here, tried_on
from office_files import document_of, errors_of, page_of, paragraph, result_of, rows_of, table_of
from workbooks import xlsx

FORM = ROOT / "samples" / "project-form.txt"
EXPORT = ROOT / "samples" / "export.txt"
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))

BOTH = document_of(f"{paragraph('附件')}{table_of(rows_of(EXPORT))}{paragraph('注')}{table_of([['姓名', '电话']])}")


@pytest.mark.slow
@tried_on("path", SAMPLES, ids=lambda path: path.name)
@tried_on("make", [page_of, lambda rows: document_of(table_of(rows))], ids=["page", "document"])
def test_the_text_gives_the_same_findings(tmp_path: Path, path: Path, make: object) -> None:
    data = make(rows_of(path))  # type: ignore[operator]
    (tmp_path / "a").write_bytes(data)
    run = goalcheck("convert", "a", cwd=tmp_path)
    assert (run.status, run.err) == (0, b"")
    assert errors_of(result_of(run.out)) == errors_of(result_of(data))


def test_a_file_that_is_no_sheet_and_one_of_its_tables(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(BOTH)
    whole = goalcheck("convert", "a.docx", cwd=tmp_path).text
    assert whole.startswith("附件\n\n部门预算")
    assert whole.endswith("\n\n注\n\n姓名\t电话\n")
    first = goalcheck("convert", "a.docx", "--sheet", "1", cwd=tmp_path).text
    assert whole == f"附件\n\n{first}\n注\n\n{goalcheck('convert', 'a.docx', '--sheet', '2', cwd=tmp_path).text}"
    run = goalcheck("convert", "a.docx", "--sheet", "3", "--lang", "en", cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert run.complaints[0].endswith("there is no worksheet and no table “3”; there are: 1, 2")


@tried_on("command", ["convert", "parse"])
def test_a_folder_is_not_said_to_be_empty(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    run = goalcheck(command, ".", cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert "是文件夹" in run.complaints[0]


def test_text_is_given_back_and_has_no_tables() -> None:
    run = goalcheck("convert", "-", stdin=CLEAN.encode("gb18030"))
    assert (run.status, run.text) == (0, CLEAN)
    assert goalcheck("convert", "-", "--sheet", "1", stdin=CLEAN.encode()).status == 2


def test_a_terminal_is_not_steered(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(document_of(table_of([["\u200e甲\u202e", "\u200b乙"], ["丙"]])))
    piped, shown = (goalcheck_here("convert", "a.docx", terminal=to, cwd=tmp_path).text for to in (False, True))
    assert piped == "\u200e甲\u202e\t\u200b乙\n丙\t\n"
    assert [line.count("\t") for line in shown.splitlines()] == [1, 1]
    assert shown.replace("\t", "").replace("\n", "").isprintable()


def test_output_never_replaces_the_file_or_a_sheet(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(BOTH)
    for output in ("a.docx", "b.txt"):
        (tmp_path / "b.txt").write_text(CLEAN, "utf-8")
        assert goalcheck("convert", "a.docx", "-o", output, cwd=tmp_path).status == 2
    assert (tmp_path / "a.docx").read_bytes() == BOTH
    assert goalcheck("convert", "a.docx", "-o", "c.txt", cwd=tmp_path).out == b""
    assert (tmp_path / "c.txt").read_text("utf-8") == goalcheck("convert", "a.docx", cwd=tmp_path).text


@pytest.mark.usefixtures("pdf_read_here")
@tried_on("data", [b"", b"<html><table></table></html>", document_of(""), b"PK\x03\x04", b"%PDF-1.7"])
def test_what_cannot_be_read_is_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    run = goalcheck("convert", "a", cwd=tmp_path)
    assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)


def test_an_empty_name_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    for command in (["convert", "a.txt"], ["compare", "a.txt", "a.txt"]):
        run = goalcheck_here(*command, "-o", "", "--lang", "zh", cwd=tmp_path)
        assert run.complaints == ["goalcheck: --output 后面要有值"]
        assert run.status == 2


def test_what_was_not_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(document_of(f"<w:altChunk/>{paragraph('甲')}"))
    run = goalcheck("convert", "a.docx", cwd=tmp_path)
    assert (run.status, run.text, len(run.complaints)) == (2, "甲\n", 1)


@tried_on("page", ["docs/files.md", "docs/files.zh-CN.md"])
def test_the_page_on_files_names_kinds_that_are_read(page: str) -> None:
    """Every ending in its table is read whatever it is called, and every other that it names is not."""
    text = (ROOT / page).read_text("utf-8")
    assert text.count("goalcheck convert FILE") == 2
    for option in re.findall(r"`(--[a-z-]+)[`=]", text):
        assert option in goalcheck("lint", "--help").text + goalcheck("convert", "--help").text, option


_NOTES = [
    ["填报说明"],
    ["1、项目名称要与预算一致\u3002"],
    ["序号", "事项", "要求"],
    ["1", "金额", "12.50"],
    ["联系人", "张三", "0000-0000000"],
]


@tried_on("notes", [_NOTES, [*_NOTES, ["2", "满意度指标", "≥90%"]]], ids=len)
@tried_on("path", [FORM, EXPORT, ROOT / "samples" / "clean.txt"], ids=lambda path: path.name)
@tried_on("first", [True, False])
def test_what_stands_in_another_worksheet_is_told_apart_in_the_text(
    tmp_path: Path, path: Path, notes: list[list[str]], first: bool
) -> None:
    sheets = [rows_of(path), notes]
    data = xlsx(*reversed(sheets)) if first else xlsx(*sheets)
    (tmp_path / "a.xlsx").write_bytes(data)
    text = goalcheck("convert", "a.xlsx", cwd=tmp_path).out
    assert text.decode().splitlines().count('""') == 1
    made, whole = result_of(text), result_of(data)
    assert errors_of(made) == errors_of(whole)
    assert (made.status, len(made.unread)) == (whole.status, len(whole.unread))
    assert [remark.key for remark in made.remarks] == ["passed-over-rows"] * len(whole.remarks)


def test_a_line_of_quotation_marks_within_a_cell_parts_nothing() -> None:
    goal = "按时保质完成全年培训任务"
    quoted = CLEAN.replace(f"\t{goal}", f'\t"{goal}\n""\n').replace("能力\u3002\t", '能力\u3002"\t')
    made = result_of(quoted.encode())
    assert made.sheet is not None
    assert [(project.name.text, len(project.entries)) for project in made.sheet.projects] == [("社区培训经费", 3)]
