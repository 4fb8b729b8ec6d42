"""``goalcheck annotate`` as its users run it; and the workbooks that are made of text and of other files."""

from __future__ import annotations

import io
import os
import sys
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from helpers import CLEAN, FAULTY, ROOT, SAMPLE, THOROUGH, checked, goalcheck_here, tried_on
from strict_office import assert_sound, parts

import goalcheck as api
from goalcheck.annotate import annotated
from goalcheck.annotate.marks import marks
from goalcheck.annotate.table_book import TableBook
from goalcheck.engine.result import Result
from goalcheck.files.paths import copied_from, copy_path
from goalcheck.source import CellOrigin

FILES = ROOT / "samples" / "files"
MADE_ANEW = sorted(
    path
    for path in (*FILES.iterdir(), *(ROOT / "samples").glob("*.txt"))
    if path.suffix in (".txt", ".csv", ".tsv", ".html", ".xls", ".ods") and path.name != "form.txt"
)
"""All but the sample in which rows lack cells: in a workbook no row does."""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "表.xlsx").write_bytes((FILES / "export.xlsx").read_bytes())
    (tmp_path / "a.txt").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def _told(result: Result) -> list[tuple[object, ...]]:
    return [(one.code, one.project, one.indicator, one.field, one.text) for one in result.findings]


SMALLEST = {path.suffix: path for path in sorted(MADE_ANEW, key=lambda path: -path.stat().st_size)}


@tried_on("path", MADE_ANEW if THOROUGH else SMALLEST.values(), ids=lambda path: path.name)
def test_text_becomes_a_workbook_with_the_same_findings(path: Path) -> None:
    result = api.check_file(path)
    copy = annotated(path.read_bytes(), result, "zh")
    assert (copy.ending, copy.remark) == (".xlsx", None)
    assert_sound(copy.data)
    again = api.check(copy.data, path="a.xlsx")
    assert _told(again) == _told(result)
    assert copy.data == annotated(path.read_bytes(), result, "zh").data
    if result.findings:
        book = openpyxl.load_workbook(io.BytesIO(copy.data))
        noted = [cell for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row if cell.comment]
        said = "".join(cell.comment.text for cell in noted)
        assert all(said.count(finding.code) >= 1 for finding in result.findings)


@tried_on("path", [SAMPLE, FILES / "liwan-jinhua.xlsx"], ids=lambda path: path.suffix)
def test_the_marks_of_a_cell_hold_what_it_says_but_once(path: Path) -> None:
    """A cell of a million characters may have twenty thousand of them."""
    result = api.check_file(path)
    assert result.source is not None
    told = marks(result, "zh")
    if path == SAMPLE:
        made = TableBook(result.source, result.sheet, "zh")
        told = [made.placed(mark) for mark in told]
    cells = [(one, one.origin.cell) for one in told if isinstance(one.origin, CellOrigin)]
    pairs = [(one, other) for (one, cell), (other, after) in pairwise(cells) if cell == after]
    assert len(pairs) > 50
    assert all(one.shown is other.shown for one, other in pairs)


def test_rows_of_a_text_are_rows_of_the_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(annotated(SAMPLE.read_bytes(), checked(SAMPLE), "zh").data))
    sheet, results = book["表格"], book["检查结果"]
    assert sheet["A18"].value == "综治信访维稳等专项工作经 费"
    assert sheet.page_setup.orientation == "landscape"
    assert [row[1].value for row in results.iter_rows(min_row=4, max_row=6)] == ["表格!A1", "表格!B5", "表格!C5"]


def test_a_cell_longer_than_a_workbook_holds_is_cut_and_said(tmp_path: Path) -> None:
    text = FAULTY.replace("\t\t\t\t1", f"\t\t\t{'长' * 40_000}\t1")
    assert text != FAULTY
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run = goalcheck_here("annotate", "a.txt", cwd=tmp_path)
    assert len(run.complaints) == 1
    copy = (tmp_path / "a.txt.批注.xlsx").read_bytes()
    assert_sound(copy)
    assert "太长".encode() in b"".join(parts(copy).values())


def test_the_copy_stands_beside_the_file(here: Path) -> None:
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    run = goalcheck_here("annotate", ".", cwd=here)
    assert (run.status, run.err) == (1, b"")
    assert run.text.splitlines() == [
        "a.txt\uff1a批注写在了 a.txt.批注.xlsx\uff08必须改1处\uff09",
        "表.xlsx\uff1a批注写在了 表.批注.xlsx\uff08必须改6处、应当改3处\uff09",
    ]
    assert {name: (here / name).read_bytes() for name in before} == before, "the files stay as they are"
    made = sorted(path.name for path in here.iterdir() if path.name not in before)
    assert made == ["a.txt.批注.xlsx", "表.批注.xlsx"]
    first = {name: (here / name).read_bytes() for name in made}
    assert goalcheck_here("annotate", ".", cwd=here) == run, "copies in a folder are not marked in their turn"
    assert {name: (here / name).read_bytes() for name in made} == first
    said = " ".join(goalcheck_here("lint", ".", "--lang", "en", cwd=here).text.split())
    assert "in 2 files" in said
    assert "2 other files in folders, no sheets, empty or marked copies, were passed over" in said


def test_what_has_a_password_gets_a_line_and_no_workbook(here: Path) -> None:
    """It cannot be read: an empty list beside it would say that nothing is wrong."""
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage\0".encode("utf-16-le")
    for name in ("表.xlsx", "密.docx"):
        (here / name).write_bytes(locked)
    run = goalcheck_here("annotate", ".", cwd=here)
    assert run.status == 2
    assert [line.split("\uff0c")[0] for line in run.complaints] == [
        "goalcheck: 密.docx: 设了密码", "goalcheck: 表.xlsx: 设了密码",
    ]  # fmt: skip
    assert run.text == "a.txt\uff1a批注写在了 a.txt.批注.xlsx\uff08必须改1处\uff09\n"
    assert sorted(path.name for path in here.iterdir()) == ["a.txt", "a.txt.批注.xlsx", "密.docx", "表.xlsx"]


def test_it_speaks_english(here: Path) -> None:
    run = goalcheck_here("annotate", "表.xlsx", "--lang", "en", cwd=here)
    assert run.text == "表.xlsx: marked in 表.marked.xlsx (6 errors, 3 warnings)\n"
    book = openpyxl.load_workbook(here / "表.marked.xlsx")
    assert book.sheetnames == ["Results", "Sheet1"]
    assert "write: " in book["Sheet1"]["I8"].comment.text


def test_a_copy_that_somebody_has_changed_is_never_written_over(here: Path) -> None:
    for made in ("openpyxl", "foreign"):
        goalcheck_here("annotate", "表.xlsx", cwd=here)
        target = here / "表.批注.xlsx"
        if made == "openpyxl":
            book = openpyxl.load_workbook(target)
            book["Sheet1"]["A1"] = "改过了"
            book.save(target)
        else:
            target.write_bytes(b"mine")
        kept = target.read_bytes()
        run = goalcheck_here("annotate", "表.xlsx", "--lang", "zh", cwd=here)
        assert (run.status, len(run.complaints)) == (2, 1)
        assert "表.批注.xlsx" in run.complaints[0]
        assert target.read_bytes() == kept
        target.unlink()


def test_a_copy_of_a_copy_has_a_number(here: Path) -> None:
    goalcheck_here("annotate", "表.xlsx", cwd=here)
    run = goalcheck_here("annotate", "表.批注.xlsx", cwd=here)
    assert run.status == 1
    assert (here / "表.批注2.xlsx").exists()
    run = goalcheck_here("annotate", "表.xlsx", "表.批注.xlsx", cwd=here)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert "也是这次要查的文件" in run.complaints[0]
    names = {
        "表.xlsx": "表.批注.xlsx",
        "d/a.b.TXT": "d/a.b.TXT.批注.xlsx",
        "a.XLSX": "a.批注.XLSX",
        "a.批注9.xlsx": "a.批注10.xlsx",
    }
    assert {name: copy_path(name, ".xlsx", "批注") for name in names} == names
    assert copied_from("表.批注.xlsx") == ("表", "表.xlsx")
    assert copied_from("a.txt.marked3.xlsx") == ("a.txt", "a.txt.xlsx")
    assert copied_from("批注.xlsx") == ()


@pytest.mark.skipif(os.name != "posix", reason="such names can be given to files there only")
def test_names_of_copies_that_no_system_takes_or_with_lines_in_them(here: Path) -> None:
    long = "\u957f" * 80 + ".txt"
    (here / "a.txt").rename(here / long)
    run = goalcheck_here("annotate", long, cwd=here)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert run.complaints[0].endswith(".txt.批注.xlsx 写不进去\uff08文件名太长\uff09")
    (here / long).rename(here / "a\nb.txt")
    for _ in range(2):  # the copy is none of the sheets in the folder
        assert goalcheck_here("annotate", ".", cwd=here).status == 1
    assert copied_from("a\nb.txt.批注.xlsx") == ("a\nb.txt", "a\nb.txt.xlsx")


def test_output_names_the_copy(here: Path) -> None:
    assert goalcheck_here("annotate", "a.txt", "-o", "b.xlsx", cwd=here).status == 1
    assert goalcheck_here("annotate", "-", "-o", "c.xlsx", stdin=FAULTY.encode(), cwd=here).status == 1
    assert (here / "b.xlsx").exists()
    assert (here / "c.xlsx").exists()
    refused = [
        ("annotate", "a.txt", "-o", "a.txt"),
        ("annotate", "a.txt", "-o", "表.xlsx"),
        ("annotate", "a.txt", "表.xlsx", "-o", "d.xlsx"),
        ("annotate", "-"),
        ("annotate", "a.txt", "-o", "-"),
    ]
    for command in refused:
        run = goalcheck_here(*command, cwd=here, stdin=FAULTY.encode())
        assert (run.status, len(run.complaints)) == (2, 1), command
    assert not (here / "d.xlsx").exists()


def test_where_nothing_is_wrong_there_is_no_copy(here: Path) -> None:
    (here / "a.txt").write_text(CLEAN, encoding="utf-8")
    run = goalcheck_here("annotate", "a.txt", cwd=here)
    assert (run.status, run.text) == (0, "a.txt\uff1a没有发现问题\uff0c不用批注\n")
    assert not (here / "a.txt.批注.xlsx").exists()
    (here / "a.txt").write_text(FAULTY, encoding="utf-8")
    goalcheck_here("annotate", "a.txt", cwd=here)
    (here / "a.txt").write_text(CLEAN, encoding="utf-8")
    assert goalcheck_here("annotate", "a.txt", cwd=here).status == 0
    book = openpyxl.load_workbook(here / "a.txt.批注.xlsx")
    assert "没有发现问题" in book["检查结果"]["A1"].value, "no mark of yesterday stays"


def test_findings_that_are_asked_for_are_marked(here: Path) -> None:
    run = goalcheck_here("annotate", "表.xlsx", "--select", "GC303", cwd=here)
    assert run.text.endswith("\uff08必须改1处\uff09\n")
    run = goalcheck_here("annotate", "表.xlsx", "--min-severity", "error", "-q", cwd=here)
    assert run.out == b""
    book = openpyxl.load_workbook(here / "表.批注.xlsx")
    assert "应当改" not in "".join(str(cell.value) for row in book["检查结果"].iter_rows(min_row=4) for cell in row)


def test_what_cannot_be_checked_is_one_line(here: Path) -> None:
    (here / "b.xlsx").write_bytes(b"PK\x03\x04broken")
    run = goalcheck_here("annotate", "b.xlsx", "a.txt", cwd=here)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert (here / "a.txt.批注.xlsx").exists()


def test_a_missing_extra_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    run = goalcheck_here("annotate", "a.txt", cwd=here)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert 'pip install "goalcheck[office]"' in run.complaints[0]
    assert goalcheck_here("annotate", "表.xlsx", cwd=here).status == 1, "a workbook needs none"
