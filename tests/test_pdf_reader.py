"""PDFs: tables over many pages, however their lines are drawn, and files that are out to do harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import ROOT, SAMPLE, goalcheck, some, tried_on
from office_files import counts_of, errors_of, merged_downwards, result_of, rows_of
from pdf_files import HOSTILE, Style, document, table

from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.readers import read

FORM = ROOT / "samples" / "project-form.txt"
EXPORT = ROOT / "samples" / "export.txt"
LIST = ROOT / "samples" / "amount.txt"
STYLES = ("strokes", "slabs", "boxes", "doubled", "dashed", "path")


def widths_of(rows: list[list[str]]) -> list[float]:
    """How wide columns are printed that hold ``rows``."""
    longest = [max(len(row[at]) if at < len(row) else 0 for row in rows) for at in range(max(map(len, rows)))]
    return [
        780 * width / sum(min(max(most, 5), 40) for most in longest) for width in (min(max(m, 5), 40) for m in longest)
    ]


def sheet() -> list[list[str]]:
    """The rows of the real sheet, as they were before it was printed: its header once, no page numbers."""
    rows = [row[:7] for row in rows_of(SAMPLE) if any(row) and not row[0].startswith("第 ")]
    return rows[:3] + [row for row in rows[3:] if row[0] != rows[2][0]]


def printed(path: Path, style: Style | None = None) -> bytes:
    """A sample as a PDF; cells of a form are merged as its office would."""
    rows = rows_of(path)
    merges = {place: (down, 1) for place, down in merged_downwards(rows, 2).items()} if path == FORM else {}
    header = next(at for at, row in enumerate(rows) if sum(map(bool, row)) > 3)
    return document(table(rows, widths_of(rows), range(header, header + 1), style, merges))


def grave(result: Result) -> list[tuple[object, ...]]:
    return sorted(errors_of(result), key=repr)


@tried_on("path", [FORM, EXPORT, LIST], ids=lambda path: path.name)
def test_a_sheet_that_was_printed_is_the_same_sheet(path: Path) -> None:
    text, pdf = result_of(path.read_bytes(), path.name), result_of(printed(path), "a.pdf")
    assert pdf.source is not None
    assert pdf.source.kind == "pdf"
    assert counts_of(pdf) == counts_of(text)
    assert grave(pdf) == grave(text)


@tried_on("lines", some(STYLES, 4))
def test_the_real_sheet_over_many_pages(lines: str) -> None:
    """Its header is on every page, and pages cut its rows; each finding leads to the page on which its words are."""
    rows = sheet()
    text = result_of("\n".join("\t".join(row) for row in rows).encode(), "a.txt")
    for closed in (True, False):
        data = document(table(rows, [120, 55, 55, 55, 55, 150, 290], range(2, 3), Style(lines, closed=closed)))
        pdf = result_of(data, "a.pdf")
        assert counts_of(pdf) == counts_of(text)
        assert [found[:4] for found in grave(pdf)] == [found[:4] for found in grave(text)]


def test_origins_lead_to_the_words(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed(EXPORT, Style(top=160)))
    found = json.loads(goalcheck("lint", "--format", "json", "a.pdf", cwd=tmp_path).text)["findings"]
    text = json.loads(goalcheck("lint", "--format", "json", EXPORT).text)["findings"]
    assert len(found) == len(text)
    pages = set()
    for one in found:
        origin = one["origin"]
        assert origin["kind"] == "page"
        assert one["page"] == origin["page"]
        assert one["row"] == origin["row"]
        left, top, right, bottom = origin["box"]
        assert 30 <= left < right <= 812
        assert 435 < top < bottom < 555
        pages.add(origin["page"])
    assert pages == {1, 2, 3, 4}
    assert "GC303 第2页 第4行\uff1a" in goalcheck("lint", "a.pdf", cwd=tmp_path).text


HEAVY = {"forms", "bomb", "strokes", "many"}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_files_are_one_line(name: str, tmp_path: Path) -> None:
    one_line(name, tmp_path)


def test_a_locked_file_is_one_line(tmp_path: Path) -> None:
    one_line("password", tmp_path)


@tried_on("name", sorted(HOSTILE.keys() - HEAVY))
def test_hostile_files_are_refused(name: str) -> None:
    with pytest.raises(InputError):
        read(HOSTILE[name]())


SAID = {
    "forms": "时间或内存太多",
    "loop": "坏了",
    "count": "没有文字",
    "many": "超过2000页",
    "strokes": "线和字太多",
    "noise": "坏了",
    "password": "设了密码",
    "scan": "扫描件",
    "blank": "没有文字",
    "bomb": "解压后超过",
    "cut": "不完整",
    "hurt": "坏了",
}


def one_line(name: str, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(HOSTILE[name]())
    run = goalcheck("lint", "a.pdf", cwd=folder)
    assert run.status == 2
    assert len(run.complaints) == 1
    assert SAID[name] in run.complaints[0]
