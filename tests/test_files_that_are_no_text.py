"""What the commands do with a file that is no text, whichever it is: here a page, which every machine can make."""

from __future__ import annotations

from pathlib import Path

from helpers import CLEAN, ROOT, goalcheck
from hypothesis import given
from hypothesis import strategies as st

from goalcheck.prose.sentences import plain
from goalcheck.report.diff import of_cells
from goalcheck.source import Source

EXPORT = (ROOT / "samples" / "export.txt").read_text("utf-8")
SHEET = EXPORT.replace("\u22651850", "\u22671850").replace("\t\u2265\t95\t", "\t\u2267\t95\t")


def page(folder: Path, name: str, text: str) -> Path:
    """``text`` as a table of a page."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>" for line in text.rstrip().split("\n")
    )
    path = folder / name
    path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")
    return path


def test_fix_never_writes_it(tmp_path: Path) -> None:
    path = page(tmp_path, "a.html", SHEET)
    before = path.read_bytes()
    run = goalcheck("fix", "a.html", cwd=tmp_path)
    assert run.status == 2
    assert "--diff" in run.complaints[0]
    assert path.read_bytes() == before
    run = goalcheck("fix", "-", "--stdin-filename", "a.html", cwd=tmp_path, stdin=before)
    assert (run.status, run.out) == (2, b"")


def test_diff_shows_its_cells(tmp_path: Path) -> None:
    page(tmp_path, "a.html", SHEET)
    run = goalcheck("fix", "--diff", "a.html", cwd=tmp_path)
    assert run.status == 1
    assert run.text == "a.html 表1 第6行 第8列\uff1a“\u2267”改为“\u2265”\n"
    run = goalcheck("fix", "--diff", "--unsafe-fixes", "a.html", "--lang", "en", cwd=tmp_path)
    assert run.text.splitlines()[1] == "a.html table 1, row 9, column 8: “=” becomes “\u2265”"


def test_diff_shows_the_entries_of_a_packed_cell_that_change(tmp_path: Path) -> None:
    page(tmp_path, "a.html", CLEAN.replace("年度指标值:\u226590%", "年度指标值:大于90%", 1))
    (line,) = goalcheck("fix", "--diff", "a.html", cwd=tmp_path).text.splitlines()
    before, after = line.split("\u201d改为\u201c")
    assert before.count("年度指标值") == after.count("年度指标值") == 1
    assert ("大于90%" in before, ">90%" in after) == (True, True)


@given(st.text("甲乙\u3002\n", max_size=8), st.text("甲乙\u3002\n", max_size=8))
def test_what_a_diff_of_a_cell_shows_is_there(old: str, new: str) -> None:
    lines = list(of_cells(Source(old, "a"), [(0, old, new)], "zh"))
    assert (lines == []) == (old == new)
    for line in lines:
        shown = line.split("\uff1a\u201c", 1)[1].removesuffix("\u201d\n").split("\u201d改为\u201c")
        for said, whole in zip(shown, (old, new), strict=True):
            assert said.strip("\u2026") in plain(whole)


def test_fix_has_nothing_to_do(tmp_path: Path) -> None:
    page(tmp_path, "a.html", (ROOT / "samples" / "export-sound.txt").read_text("utf-8"))
    assert goalcheck("fix", "a.html", cwd=tmp_path).status == 0


def test_fix_says_how_to_see_what_is_proposed(tmp_path: Path) -> None:
    page(tmp_path, "a.html", (ROOT / "samples" / "export.txt").read_text("utf-8"))
    run = goalcheck("fix", "a.html", cwd=tmp_path)
    assert run.status == 1
    assert "--diff --unsafe-fixes" in run.text


def test_in_a_folder(tmp_path: Path) -> None:
    page(tmp_path, "a.html", SHEET)
    page(tmp_path, "b.htm", "姓名\t电话\n张三\t010-000000\n")  # no trace of a sheet
    run = goalcheck("lint", ".", cwd=tmp_path)
    assert run.status == 1
    assert "查了1个文件" in run.text
    assert "1个" in run.text.splitlines()[-1]
    page(tmp_path, "c.htm", "项目名称\t绩效指标\n")  # and no rows
    assert goalcheck("lint", ".", cwd=tmp_path).status == 2
