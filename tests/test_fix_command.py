"""``goalcheck fix`` as its users meet it: encodings that are kept, diffs that apply, runs that are cut short."""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
import pty
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from helpers import (
    CLEAN,
    FAULTY,
    SAMPLE,
    Run,
    entry_sheet,
    environment,
    examples,
    goalcheck,
    goalcheck_here,
    modules_of_lint,
    tried_on,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Layout, Sheet, layouts, render, sheets
from test_cli import HAN, HIDDEN, _without_sheet_text
from test_properties import FAULTS, Chance

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.cli import fix as command
from goalcheck.engine import pipeline, run
from goalcheck.engine.plan import Plan, default_plan
from goalcheck.engine.result import Result
from goalcheck.files import atomic_write
from goalcheck.files.system_errors import system_reason
from goalcheck.finding import Edit, Finding, Fix
from goalcheck.fix import mend
from goalcheck.messages import Words, say
from goalcheck.report import diff

ENTRY = "4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:≥50人"
BAD = entry_sheet(f"{ENTRY}。")
"""The standard sheet with one fault that a proposal mends: GC301."""
GOOD = entry_sheet(f"{ENTRY}; 年度指标值:≥50人。")
"""What becomes of it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to work in, with a sheet to mend, one that cannot be mended, and a clean one."""
    for name, text in (("bad.txt", BAD), ("clean.txt", CLEAN), ("faulty.txt", FAULTY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the current folder of this process."""
    monkeypatch.chdir(folder)
    return folder


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def drafts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


# --- what is changed, and what is said -----------------------------------------------------------------------------


def test_proposals_are_applied_only_if_asked_for(folder: Path) -> None:
    run = goalcheck("fix", "bad.txt", cwd=folder)
    assert (run.status, run.err, text_of(folder / "bad.txt")) == (1, b"", BAD)
    assert "bad.txt\uff1a没有能直接改的\n" in run.text
    assert "还剩\uff1a必须改1处\uff1b其中1处" in run.text
    assert "--unsafe-fixes" in run.text
    run = goalcheck("fix", "bad.txt", "--unsafe-fixes", cwd=folder)
    assert (run.status, run.err, text_of(folder / "bad.txt")) == (0, b"", GOOD)
    assert run.text.splitlines() == [
        "bad.txt\uff1a改了1处",
        "  GC301 缺指标值\uff08年度指标值\uff09\uff1a1处\uff0c动了内容\uff0c请核对\uff1a",
        "    第6行 · 社区培训经费 · 第4项\uff1a“≥50人”改为“≥50人; 年度指标值:≥50人”",
        "  没有别的问题",
    ]
    run = goalcheck("fix", "bad.txt", "--unsafe-fixes", cwd=folder)
    assert (run.status, run.err, text_of(folder / "bad.txt")) == (0, b"", GOOD)
    assert run.text == "查了1个文件\uff0c没有要改的\uff1b没有别的问题。\n"


def test_summary_in_english(folder: Path) -> None:
    run = goalcheck("fix", ".", "--unsafe-fixes", "--lang", "en", cwd=folder)
    assert (run.status, run.err) == (1, b"")
    assert run.text.splitlines() == [
        "bad.txt: 1 fixed",
        "  GC301 missing-annual-value: 1, this changed content, please check:",
        "    row 6 · 社区培训经费 · entry 4: “≥50人” becomes “≥50人; 年度指标值:≥50人”",
        "  nothing left",
        "faulty.txt: nothing to fix",
        "  1 error left",
        "1 fixed in 1 of 3 files; 1 error left.",
    ]
    assert not HAN.search(_without_sheet_text(run.text.replace("社区培训经费", "")))


def test_clean_files_are_left_as_they_are(folder: Path) -> None:
    before = (folder / "clean.txt").stat()
    for options in ((), ("--unsafe-fixes",), ("--profile", "strict")):
        run = goalcheck("fix", "clean.txt", *options, cwd=folder)
        assert (run.status, run.err) == (0, b"")
    after = (folder / "clean.txt").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_each_proposal_is_told_with_what_it_changes(tmp_path: Path) -> None:
    """What stands there and what will; many edits of one fix are not all listed."""
    entries = [
        f"{n}、1-产出指标; 11-数量指标; 慰问人数{n}; 实施周期指标值:{n}人; 年度指标值:{n}人。" for n in range(5, 12)
    ]
    entries[0] = entries[0].replace("5人。", "。").replace("1-产出", "2-效益")
    (tmp_path / "a.txt").write_text(entry_sheet("".join(entries)), encoding="utf-8")
    run = goalcheck("fix", "a.txt", "--unsafe-fixes", "--diff", "--select", "GC203,GC301,GC508", cwd=tmp_path)
    assert (run.status, run.complaints) == (
        1,
        [
            "a.txt\uff1a要改3处",
            "  GC203 二级指标不属于所写的一级指标\uff1a1处\uff0c会动内容\uff0c请核对\uff1a",
            "    第6行 · 社区培训经费 · 第5项\uff1a“2-效益指标”改为“1-产出指标”",
            "  GC301 缺指标值\uff08年度指标值\uff09\uff1a1处\uff0c会动内容\uff0c请核对\uff1a",
            "    第6行 · 社区培训经费 · 第5项\uff1a补上“5人”",
            "  GC508 序号没有按 1、2、3……排\uff1a1处\uff0c会动内容\uff0c请核对\uff1a",
            "    第6行 · 社区培训经费 · 第5项\uff1a“5、”改为“4、”\uff0c“6、”改为“5、”\uff0c“7、”改为“6、”等7处",
            "  没有别的问题",
        ],
    )


@pytest.mark.parametrize("paths", [(), (".",), ("clean.txt", "bad.txt", "faulty.txt", "./bad.txt")])
def test_folders_and_several_files(folder: Path, paths: tuple[str, ...]) -> None:
    run = goalcheck("fix", *paths, "--unsafe-fixes", cwd=folder)
    assert (run.status, run.err) == (1, b"")
    assert [text_of(folder / name) for name in ("bad.txt", "clean.txt", "faulty.txt")] == [GOOD, CLEAN, FAULTY]
    heads = [line for line in run.text.splitlines() if not line.startswith(" ")]
    assert heads == [
        "bad.txt\uff1a改了1处",
        "faulty.txt\uff1a没有能直接改的",
        "查了3个文件\uff0c改了1个\uff0c共1处\uff1b还剩\uff1a必须改1处。",
    ]


@pytest.mark.parametrize(
    ("options", "status", "text"),
    [
        ("--select GC301", 0, GOOD),
        ("--select GC203", 0, BAD),
        ("--ignore missing-annual-value", 0, BAD),
        ("--select GC302 --extend-select GC3", 0, GOOD),
        ("--profile strict", 0, GOOD),
        ("--fail-on never", 0, GOOD),
        ("--fail-on info", 0, GOOD),
        ("--taxonomy central-2015", 0, GOOD),
        ("--encoding utf-8", 0, GOOD),
        ("--encoding ascii", 2, BAD),
        ("--select GC999", 2, BAD),
    ],
)
def test_options_are_those_of_lint(folder: Path, options: str, status: int, text: str) -> None:
    run = goalcheck("fix", "bad.txt", "--unsafe-fixes", *options.split(), cwd=folder)
    assert (run.status, text_of(folder / "bad.txt")) == (status, text)


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_status_is_that_of_what_is_left(folder: Path, fail_on: str, status: int) -> None:
    assert goalcheck("fix", "faulty.txt", "--fail-on", fail_on, cwd=folder).status == status


def test_quiet_says_nothing_but_complaints(folder: Path) -> None:
    run = goalcheck("fix", "bad.txt", "nowhere.txt", "--unsafe-fixes", "-q", cwd=folder)
    assert (run.status, run.out, text_of(folder / "bad.txt")) == (2, b"", GOOD)
    assert len(run.complaints) == 1
    assert run.complaints[0].startswith("goalcheck: nowhere.txt: ")


def test_files_that_fail_do_not_stop_the_others(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"\0")
    (folder / "b.txt").write_text("第一行\n", encoding="utf-8")
    run = goalcheck("fix", "a.txt", "b.txt", "bad.txt", "nowhere.txt", "--unsafe-fixes", cwd=folder)
    assert (run.status, text_of(folder / "bad.txt")) == (2, GOOD)
    assert [line.split(": ")[1] for line in run.complaints] == ["a.txt", "b.txt", "nowhere.txt"]
    assert run.text.endswith("另有3个文件没有改成。\n")
    run = goalcheck("fix", "a.txt", "b.txt", cwd=folder)
    assert (run.status, run.text) == (2, "没有改成的文件\uff1a2个。\n")


def test_nothing_of_the_sheet_reaches_the_terminal_raw(tmp_path: Path) -> None:
    text = BAD.replace("社区培训经费", "社区\x1b[31m培训\u202e经费").replace("≥50人", "≥50\x1b[31m人\u202e")
    (tmp_path / "a\x1b[31m.txt").write_text(text, encoding="utf-8")
    run = goalcheck("fix", ".", "--unsafe-fixes", cwd=tmp_path)
    assert "GC301" in run.text
    assert not HIDDEN.search(run.text)


def test_lint_does_not_load_what_fix_needs() -> None:
    assert not modules_of_lint() & {"goalcheck.fix.edits", "goalcheck.fix.mend", "goalcheck.cli.fix", "difflib"}


# --- standard input ------------------------------------------------------------------------------------------------


@tried_on("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@tried_on(("text", "fixed", "status"), [(BAD, GOOD, 0), (CLEAN, CLEAN, 0), (FAULTY, FAULTY, 1)])
def test_standard_input_goes_to_standard_output(tmp_path: Path, text: str, fixed: str, status: int, codec: str) -> None:
    run = goalcheck("fix", "-", "--unsafe-fixes", stdin=text.replace("\n", "\r\n").encode(codec), cwd=tmp_path)
    assert (run.status, run.out) == (status, fixed.replace("\n", "\r\n").encode(codec))
    assert run.complaints
    named = ("--stdin-filename", "预算/表.txt")
    run = goalcheck("fix", "-", *named, "--unsafe-fixes", "-q", stdin=text.encode(codec), cwd=tmp_path)
    assert (run.out, run.err) == (fixed.encode(codec), b"")


def test_standard_input_that_fails_gives_nothing(tmp_path: Path) -> None:
    run = goalcheck("fix", "-", stdin=b"hello\n", cwd=tmp_path)
    assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)


def test_standard_input_among_files(folder: Path) -> None:
    """Standard output holds the text of standard input alone; all that is said goes to standard error."""
    run = goalcheck("fix", "-", "bad.txt", "--unsafe-fixes", stdin=BAD.encode(), cwd=folder)
    assert (run.status, run.text, text_of(folder / "bad.txt")) == (0, GOOD, GOOD)
    assert [line for line in run.complaints if not line.startswith(" ")] == [
        "<stdin>\uff1a改了1处",
        "bad.txt\uff1a改了1处",
        "查了2个文件\uff0c改了2个\uff0c共2处\uff1b没有别的问题。",
    ]


@pytest.mark.parametrize("device", [*filter(os.path.exists, ["/dev/full"]), "closed pipe"])
@pytest.mark.parametrize("arguments", [("-",), pytest.param(("-", "--diff"), marks=pytest.mark.slow), ("bad.txt",)])
def test_standard_output_that_takes_nothing(folder: Path, device: str, arguments: tuple[str, ...]) -> None:
    """It is told without a traceback; a file is whole all the same."""
    if device == "closed pipe":
        reader, out = os.pipe()
        os.close(reader)
    else:
        out = os.open(device, os.O_WRONLY)
    line = [sys.executable, "-m", "goalcheck", "fix", *arguments, "--unsafe-fixes"]
    done = subprocess.run(
        line, input=BAD.encode(), stdout=out, stderr=subprocess.PIPE, cwd=folder, env=environment(), check=False
    )
    os.close(out)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode == (2 if device == "/dev/full" else int("--diff" in arguments))
    assert text_of(folder / "bad.txt") == (BAD if "-" in arguments else GOOD)


# --- bytes that are kept -------------------------------------------------------------------------------------------

RARE = "𠮷\u1e3f\u20ac\u3400\U0001f600\u2f00"  # four bytes each in GB18030, but for the last but two
PRIVATE = "\ue000\ue234\ue765\ue7c7\ue5e5\uf8ff"  # what GBK has for its users, and what it lacks
NEWLINES = {"lf": ("\n", "\n"), "crlf": ("\r\n", "\r\n"), "cr": ("\r", "\r"), "mixed": ("\r\n", "\n")}
ENCODINGS: dict[str, tuple[bytes, str, str | None]] = {
    "utf-8": (b"", "utf-8", None),
    "utf-8-mark": (codecs.BOM_UTF8, "utf-8", None),
    "utf-8-mark-told": (codecs.BOM_UTF8, "utf-8", "utf-8"),
    "utf-8-sig-told": (b"", "utf-8", "utf-8-sig"),
    "utf-16-le": (codecs.BOM_UTF16_LE, "utf-16-le", None),
    "utf-16-be": (codecs.BOM_UTF16_BE, "utf-16-be", None),
    "utf-16-be-told": (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    "utf-16-le-told-without-mark": (b"", "utf-16-le", "utf-16-le"),
    "utf-16-le-told-with-mark": (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    "utf-16-be-without-mark": (b"", "utf-16-be", "utf-16-be"),
    "utf-16-of-this-machine": (b"", f"utf-16-{sys.byteorder[0]}e", "utf-16"),
    "utf-32-le": (codecs.BOM_UTF32_LE, "utf-32-le", None),
    "utf-32-be": (codecs.BOM_UTF32_BE, "utf-32-be", None),
    "gb18030": (b"", "gb18030", None),
    "gb18030-told": (b"", "gb18030", "GB18030"),
    "gb18030-with-mark": ("\ufeff".encode("gb18030"), "gb18030", "gb18030"),
    "gbk": (b"", "gbk", "gbk"),
    "gb2312": (b"", "gb2312", "gb2312"),
    "hz": (b"", "hz", "hz"),
}


@tried_on("newline", NEWLINES.values(), ids=NEWLINES)
@tried_on(("mark", "codec", "told"), ENCODINGS.values(), ids=ENCODINGS)
def test_all_other_bytes_are_kept(
    here: Path, mark: bytes, codec: str, told: str | None, newline: tuple[str, str]
) -> None:
    strange = "" if codec in ("gbk", "gb2312", "hz") else RARE + PRIVATE

    def written(text: str) -> bytes:
        text = text.replace("按时保质", f"按时{strange}保质")
        head, _, body = text.partition("\n")
        return mark + (head + newline[0] + body.replace("\n", newline[1])).encode(codec)

    (here / "a.txt").write_bytes(written(BAD))
    run = goalcheck_here("fix", "a.txt", "--unsafe-fixes", *(("--encoding", told) if told else ()))
    assert (run.status, run.err) == (0, b"")
    assert (here / "a.txt").read_bytes() == written(GOOD)


def test_every_character_of_gb18030_comes_back() -> None:
    """What GB18030 has is one to one: nothing is written in another way than it was read."""
    rows = [bytes([a, b]) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF)]
    rows += [bytes([a, b, c, 0x30]) for a in range(0x81, 0xFF) for b in range(0x30, 0x3A) for c in range(0x81, 0xFF)]
    assert sum(_comes_back(data) for data in rows) > 100_000


def _comes_back(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeError:
        return False
    assert text.encode("gb18030") == data
    return True


def test_an_encoding_that_writes_otherwise_is_refused(here: Path) -> None:
    """UTF-7 may spell out any letter: the text is the same, its bytes would not be."""
    data = BAD.encode("utf-7").replace(b"2024", b"+ADIAMAAyADQ-")
    (here / "a.txt").write_bytes(data)
    run = goalcheck_here("fix", "a.txt", "bad.txt", "--unsafe-fixes", "--encoding", "utf-7")
    assert run.status == 2
    assert (here / "a.txt").read_bytes() == data
    said = next(line for line in run.complaints if "a.txt" in line)
    assert "utf-7" in said
    assert "UTF-8" in said


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, Layout]:
    """A sheet with a fault, as a file in any encoding."""
    sheet: Sheet = draw(sheets())
    layout = draw(layouts(columns=False))
    draw(st.sampled_from(FAULTS))(Chance(draw(st.data()), sheet))
    return render(sheet, layout)[0].encode(layout.encoding), layout


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--unsafe-fixes",)], ids=["safe", "unsafe"])
@settings(max_examples=examples(30))
@given(file=files())
def test_fixing_a_file_twice_is_fixing_it_once(
    options: tuple[str, ...], file: tuple[bytes, Layout], tmp_path_factory: pytest.TempPathFactory
) -> None:
    data, layout = file
    path = tmp_path_factory.mktemp("file") / "a.txt"
    path.write_bytes(data)
    first = goalcheck_here("fix", path, "--select", "ALL", *options)
    once = path.read_bytes()
    assert goalcheck_here("fix", path, "--select", "ALL", "--diff", *options).out == b""
    second = goalcheck_here("fix", path, "--select", "ALL", *options)
    assert path.read_bytes() == once
    assert first.status == second.status < 2
    assert _form(once, layout) == _form(data, layout)


def _form(data: bytes, layout: Layout) -> tuple[bytes, list[str]]:
    """The byte order mark, and every line end."""
    size = {"utf-16": 2, "utf-32": 4, "utf-8-sig": 3}.get(layout.encoding, 0)
    return data[:size], re.findall(r"\r\n|\r|\n", data.decode(layout.encoding))


# --- rules that are not as they should be --------------------------------------------------------------------------


def with_rule(monkeypatch: pytest.MonkeyPatch, check: Callable[..., Iterator[Finding]]) -> None:
    """Let the command run one made-up rule of level ``row``."""
    told = {"code": "GC901", "name": "made-up", "title": Words("编造的", "made up")}
    rule = attrs.evolve(catalogue().rules[0], level="row", fix="safe", severity=Severity.INFO, **told)
    made = attrs.evolve(default_plan(catalogue()), rules=(rule,))

    def check_data(data: bytes, name: str, _: Plan, encoding: str | None) -> Result:
        return pipeline.check_data(data, name, made, encoding)

    def mended(result: Result, _: Plan, *, unsafe: bool) -> mend.Mended:
        return mend.mend(result, made, unsafe=unsafe)

    def function(_: Rule) -> Callable[..., Iterator[Finding]]:
        return check

    monkeypatch.setattr(command, "check_data", check_data)
    monkeypatch.setattr(command, "mend", mended)
    monkeypatch.setattr(run, "function", function)


def replaced(new: str) -> Callable[..., Iterator[Finding]]:
    """A safe rule that wants every total written as ``new``."""

    def check(row: Any, _: Any) -> Iterator[Finding]:
        amount = row.amounts["total"]
        if amount.text != new:
            edit = Edit(amount.start, amount.end, new)
            yield Finding(amount.start, amount.end, "total", fix=Fix((edit,), safe=True))

    return check


def test_safe_fixes_are_counted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_rule(monkeypatch, replaced("5.00"))
    text = CLEAN.replace("\t5.00\t5.00", "\t5. 00\t5.00")
    (here / "a.txt").write_text(text, encoding="utf-8")
    run = goalcheck_here("fix", "a.txt")
    assert (run.status, run.err, text_of(here / "a.txt")) == (0, b"", CLEAN)
    assert run.text.splitlines() == ["a.txt\uff1a改了3处", "  GC901 编造的\uff1a3处", "  没有别的问题"]


@pytest.mark.parametrize("diff_only", [False, True])
def test_a_rule_that_changes_what_the_sheet_says_is_refused(
    here: Path, monkeypatch: pytest.MonkeyPatch, diff_only: bool
) -> None:
    """The file stays as it is, the rule is named; a file on which the rule is silent is not concerned."""
    with_rule(monkeypatch, replaced("6.00"))
    sound = CLEAN.replace("\t5.00", "\t6.00")
    (here / "sound.txt").write_text(sound, encoding="utf-8")
    run = goalcheck_here("fix", "bad.txt", "sound.txt", *(["--diff"] if diff_only else []))
    assert (run.status, text_of(here / "bad.txt"), text_of(here / "sound.txt")) == (2, BAD, sound)
    (said,) = (line for line in run.complaints if line.startswith("goalcheck: "))
    assert "bad.txt" in said
    assert "GC901" in said
    assert "--ignore" in said


def test_a_character_that_the_encoding_lacks_is_refused(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_rule(monkeypatch, replaced("\U0001d7d3.00"))
    monkeypatch.setattr("goalcheck.fix.mend.same", lambda *_: True)
    (here / "a.txt").write_bytes(CLEAN.encode("gbk"))
    run = goalcheck_here("fix", "a.txt", "--encoding", "gbk")
    assert (run.status, (here / "a.txt").read_bytes()) == (2, CLEAN.encode("gbk"))
    (said,) = run.complaints
    assert "\U0001d7d3" in said
    assert "gbk" in said


def test_a_rule_that_fails_is_told_of_its_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Iterator[Finding]:
        raise ZeroDivisionError("made up")

    with_rule(monkeypatch, fail)
    run = goalcheck_here("fix", "bad.txt", "-q")
    assert (run.status, text_of(here / "bad.txt")) == (2, BAD)
    assert "ZeroDivisionError" in run.complaints[0]


# --- files that cannot be written, and runs that are cut short -----------------------------------------------------


def fixed(path: str) -> Run:
    return goalcheck_here("fix", path, "--unsafe-fixes")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_read_only_file_is_left_alone(here: Path, lang: str) -> None:
    (here / "bad.txt").chmod(0o444)
    run = goalcheck_here("fix", "bad.txt", "faulty.txt", "--unsafe-fixes", "--lang", lang)
    assert (run.status, text_of(here / "bad.txt")) == (2, BAD)
    assert [line.split(": ")[1] for line in run.complaints] == ["bad.txt"]
    assert stat.S_IMODE((here / "bad.txt").stat().st_mode) == 0o444
    assert drafts(here) == []
    assert goalcheck_here("fix", "bad.txt", "--unsafe-fixes", "--diff").status == 1, "to show is not to write"


def test_permissions_are_kept(here: Path) -> None:
    (here / "bad.txt").chmod(0o640)
    assert fixed("bad.txt").status == 0
    assert stat.S_IMODE((here / "bad.txt").stat().st_mode) == 0o640
    assert text_of(here / "bad.txt") == GOOD


def test_links_stay_and_what_they_lead_to_is_changed(here: Path) -> None:
    (here / "sub").mkdir()
    (here / "sub" / "link.txt").symlink_to("../middle.txt")
    (here / "middle.txt").symlink_to("bad.txt")
    assert fixed("sub/link.txt").status == 0
    assert (here / "sub" / "link.txt").readlink() == Path("../middle.txt")
    assert (here / "middle.txt").is_symlink()
    assert not (here / "bad.txt").is_symlink()
    assert text_of(here / "bad.txt") == GOOD
    assert drafts(here) == drafts(here / "sub") == []


@pytest.mark.parametrize("meanwhile", [f"{BAD}x", BAD[:-1], "", None], ids=["longer", "shorter", "empty", "gone"])
def test_a_file_that_was_changed_meanwhile_is_left_alone(
    here: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: str | None
) -> None:
    usual = command.mend

    def slowly(*arguments: Any, **options: Any) -> Any:
        if meanwhile is None:
            (here / "bad.txt").unlink()
        else:
            (here / "bad.txt").write_text(meanwhile, encoding="utf-8")
        return usual(*arguments, **options)

    monkeypatch.setattr(command, "mend", slowly)
    run = fixed("bad.txt")
    assert run.status == 2
    assert len(run.complaints) == 1
    assert (text_of(here / "bad.txt") if (here / "bad.txt").exists() else None) == meanwhile
    assert drafts(here) == []


class Disk:
    """``open`` and ``os`` as :mod:`goalcheck.files.atomic_write` sees them, of which one call fails."""

    def __init__(self, failing: str, error: BaseException) -> None:
        self._failing = failing
        self._error = error

    def __getattr__(self, name: str) -> Any:
        found = getattr(os, name)
        return self._fail if name == self._failing else found

    def open(self, path: str, mode: str) -> Any:
        if self._failing == f"open {mode}":
            raise self._error
        if self._failing in ("writelines", "flush") and mode == "xb":
            return Half(path, self._failing, self._error)
        return open(path, mode)

    def _fail(self, *_: Any) -> Any:
        raise self._error


class Half(io.FileIO):
    """A file that is written by half, then fails."""

    def __init__(self, path: str, failing: str, error: BaseException) -> None:
        super().__init__(path, "xb")
        self._failing, self._error = failing, error

    def writelines(self, pieces: Any) -> None:
        data = b"".join(pieces)
        self.write(data[: len(data) // 2])
        if self._failing == "writelines":
            raise self._error

    def flush(self) -> None:
        if not self.closed and self._failing == "flush":
            self._failing = ""  # closing flushes once more
            raise self._error


STEPS = ("stat", "open xb", "writelines", "flush", "fsync", "chmod", "open rb", "replace")


@tried_on("step", STEPS)
@tried_on("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_a_step_that_fails_leaves_the_old_file(
    here: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    disk = Disk(step, OSError(number, os.strerror(number)))
    monkeypatch.setattr(atomic_write, "os", disk)
    monkeypatch.setattr(atomic_write, "open", disk.open, raising=False)
    run = fixed("bad.txt")
    assert (run.status, text_of(here / "bad.txt"), drafts(here)) == (2, BAD, [])
    (said,) = run.complaints
    assert said.startswith("goalcheck: bad.txt: ")
    assert say(f"disk.{system_reason(OSError(number, ''))}", "zh") in said


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_interrupted_leaves_the_old_file(here: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    disk = Disk(step, KeyboardInterrupt())
    monkeypatch.setattr(atomic_write, "os", disk)
    monkeypatch.setattr(atomic_write, "open", disk.open, raising=False)
    run = fixed("bad.txt")
    assert (run.status, text_of(here / "bad.txt"), drafts(here)) == (130, BAD, [])
    assert len(run.err.strip().splitlines()) == 1


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="needs extended attributes")
def test_extended_attributes_are_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = here / "bad.txt"
    try:
        os.setxattr(file, "user.来源", "财政局".encode())
    except OSError:
        pytest.skip("this disk knows none")
    with monkeypatch.context() as patch:
        patch.setattr(atomic_write, "os", Disk("setxattr", OSError(errno.ENOSPC, "no room")))
        run = fixed("bad.txt")
        assert (run.status, text_of(file), drafts(here)) == (2, BAD, [])
    assert (fixed("bad.txt").status, text_of(file)) == (0, GOOD)
    assert {name: os.getxattr(file, name) for name in os.listxattr(file)} == {"user.来源": "财政局".encode()}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="root alone can give a file away")
def test_an_owner_is_kept_or_the_file_left_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.chown(here / "bad.txt", 12345, 54321)
    with monkeypatch.context() as patch:
        patch.setattr(atomic_write, "os", Disk("chown", PermissionError(errno.EPERM, "no")))
        run = fixed("bad.txt")
        assert (run.status, text_of(here / "bad.txt"), drafts(here)) == (2, BAD, [])
        assert goalcheck_here("lint", "faulty.txt", "-o", "report.md").status == 1
    assert (fixed("bad.txt").status, text_of(here / "bad.txt")) == (0, GOOD)
    assert ((here / "bad.txt").stat().st_uid, (here / "bad.txt").stat().st_gid) == (12345, 54321)


class Cut:
    """Cuts a run short before the given instruction of :mod:`goalcheck.files.atomic_write`."""

    def __init__(self, at: int, cut: Callable[[], None]) -> None:
        self.left = at
        self._cut = cut

    def __call__(self, frame: Any, event: str, _: Any) -> Cut | None:
        if frame.f_code.co_filename != atomic_write.__file__:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self.left -= 1
            if self.left == 0:
                sys.settrace(None)
                self._cut()
        return self


def update_cut_short(path: Path, at: int, cut: Callable[[], None]) -> bool:
    """Put the new text into ``path``, cut short at one instruction; whether the end was reached."""
    before = sys.gettrace()
    trace = Cut(at, cut)
    sys.settrace(trace)
    try:
        atomic_write.update(GOOD.encode(), str(path), BAD.encode())
    finally:
        sys.settrace(before)
    return trace.left > 0


def cut_short_everywhere(folder: Path, cut: str, step: int) -> list[tuple[str, int]]:
    """What the file holds, and how many drafts lie beside it, after each run that is cut short by ``cut``.

    The last run reaches its end. Each has a process of its own: what is interrupted like this may be left confused.
    """
    script = (
        "import os, sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from test_fix_command import BAD, drafts, update_cut_short\n"
        "def interrupt():\n    raise KeyboardInterrupt\n"
        "def crash():\n    os._exit(1)\n"
        "folder = Path(sys.argv[4])\n"
        "for at in range(1, 10_000, int(sys.argv[3])):\n"
        "    (folder / 'bad.txt').write_text(BAD, encoding='utf-8')\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        try:\n            ended = update_cut_short(folder / 'bad.txt', at, globals()[sys.argv[2]])\n"
        "        except KeyboardInterrupt:\n            ended = False\n"
        "        os._exit(not ended)\n"
        "    ended = os.waitpid(child, 0)[1] == 0\n"
        "    print((folder / 'bad.txt').read_text(encoding='utf-8'), len(drafts(folder)), sep=chr(0), end=chr(0))\n"
        "    if ended:\n        break\n"
    )
    line = [sys.executable, "-c", script, str(Path(__file__).parent), cut, str(step), str(folder)]
    done = subprocess.run(line, capture_output=True, check=True)
    *told, _ = done.stdout.decode().split("\0")
    return list(zip(told[::2], map(int, told[1::2]), strict=True))


@pytest.mark.slow
def test_an_interrupt_at_any_instruction_leaves_the_old_file_or_the_new_one(folder: Path) -> None:
    """And no draft beside it."""
    runs = cut_short_everywhere(folder, "interrupt", 1)
    assert len(runs) > 50
    seen = [text for text, _ in runs]
    assert set(seen) == {BAD, GOOD}
    assert seen == sorted(seen, key=[BAD, GOOD].index), "up to some instruction the old one, from then on the new one"
    assert {number for _, number in runs} == {0}


@pytest.mark.slow
def test_a_crash_at_any_instruction_leaves_the_old_file_or_the_new_one(folder: Path) -> None:
    """What is left of the draft is no sheet that a search of the folder would find."""
    runs = cut_short_everywhere(folder, "crash", 5)
    assert len(runs) > 10
    assert {text for text, _ in runs} == {BAD, GOOD}
    assert runs[-1][0] == GOOD
    assert drafts(folder)
    assert all(name.endswith(".part") for name in drafts(folder))
    assert goalcheck("lint", ".", "--select", "GC301", cwd=folder).status == 0


def test_files_before_an_interrupt_are_mended_and_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = command.mend

    def until_faulty(result: Any, *arguments: Any, **options: Any) -> Any:
        if result.path == "faulty.txt":
            raise KeyboardInterrupt
        return usual(result, *arguments, **options)

    monkeypatch.setattr(command, "mend", until_faulty)
    run = goalcheck_here("fix", ".", "--unsafe-fixes")
    assert (run.status, text_of(here / "bad.txt"), text_of(here / "faulty.txt")) == (130, GOOD, FAULTY)
    assert "bad.txt\uff1a改了1处" in run.text
    assert len(run.err.strip().splitlines()) == 1


# --- diffs ---------------------------------------------------------------------------------------------------------


def lines_of(text: str) -> list[str]:
    """Lines as ``patch`` sees them, each with its end."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def by_hand(folder: Path, patch: bytes) -> None:
    """Apply a unified diff of one file as its format says, to the letter."""
    first, second, *lines = lines_of(patch.decode("utf-8"))
    assert (first[:4], second[:4], first[4:]) == ("--- ", "+++ ", second[4:])
    path = folder / first[4:].removesuffix("\n").removesuffix("\t")
    old = lines_of(path.read_bytes().decode("utf-8"))
    new: list[str] = []
    at = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        head = re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n", line)
        text = line[1:].removesuffix("\n") if following.startswith("\\") else line[1:]
        if head:
            start = int(head[1]) - (head[2] != "0")
            new += old[at:start]
            at = start
            assert len(new) == int(head[3]) - (head[4] != "0")
        elif not line.startswith("\\"):
            if line[0] in " -":
                assert old[at] == text
                at += 1
            if line[0] in " +":
                new.append(text)
    path.write_bytes("".join(new + old[at:]).encode("utf-8"))


def by_tool(*line: str) -> Callable[[Path, bytes], None]:
    def apply(folder: Path, patch: bytes) -> None:
        subprocess.run(line, input=patch, cwd=folder, check=True)

    return apply


TOOLS = {"by-hand": by_hand}
"""What applies diffs: this module, and the tools that are here."""
for name, options in (("patch", ("-p0", "--binary", "--silent")), ("git", ("apply", "-p0", "--whitespace=nowarn"))):
    tool = shutil.which(name)
    if tool is not None:
        TOOLS[name] = by_tool(tool, *options)
WRITTEN = {
    "plain": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "mixed": lambda text: text.replace("\n", "\r\n", 3),
    "mark": lambda text: "\ufeff" + text.split("\n", 1)[1],
    "no-newline-at-end": lambda text: text.rstrip("\n"),
    "long": lambda text: text + "\n" * 20 + "\n".join(f"注:{number}" for number in range(50)),
}


@tried_on("apply", TOOLS.values(), ids=TOOLS)
@tried_on("write", WRITTEN.values(), ids=WRITTEN)
@tried_on("name", ["a.txt", "预算 表/甲 乙.txt"])
def test_a_diff_applies(
    tmp_path: Path, name: str, write: Callable[[str], str], apply: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(write(BAD).encode())
    run = goalcheck("fix", name, "--diff", "--unsafe-fixes", cwd=tmp_path)
    assert (run.status, path.read_bytes()) == (1, write(BAD).encode())
    apply(tmp_path, run.out)
    assert path.read_bytes() == write(GOOD).encode()


def test_the_diff_of_the_real_sheet_applies(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "a.txt")
    diff = goalcheck("fix", "a.txt", "--diff", "--unsafe-fixes", cwd=tmp_path).out
    shutil.copy(SAMPLE, tmp_path / "b.txt")
    goalcheck("fix", "b.txt", "--unsafe-fixes", cwd=tmp_path)
    for number, apply in enumerate(TOOLS.values()):
        place = tmp_path / str(number)
        place.mkdir()
        shutil.copy(SAMPLE, place / "a.txt")
        apply(place, diff)
        assert (place / "a.txt").read_bytes() == (tmp_path / "b.txt").read_bytes() != SAMPLE.read_bytes()


def test_the_real_sheet_is_mended_once(tmp_path: Path) -> None:
    """Safe fixes leave the errors as they are, proposals mend some; either way a second run finds nothing to do."""

    def errors() -> list[tuple[str, int]]:
        made = json.loads(goalcheck("lint", "a.txt", "--format", "json", cwd=tmp_path).out)
        return sorted((f["rule"], f["line"]) for f in made["findings"] if f["severity"] == "error")

    shutil.copy(SAMPLE, tmp_path / "a.txt")
    for options in ((), ("--unsafe-fixes",)):
        before = errors()
        assert goalcheck("fix", "a.txt", *options, cwd=tmp_path).status == 1
        run = goalcheck("fix", "a.txt", "--diff", *options, cwd=tmp_path)
        assert (run.status, run.out) == (0, b"")
        assert errors() == before if not options else len(errors()) < len(before)


TEXTS = st.lists(st.sampled_from(("\n", "a\n", "b\n", "c\n", "\r\n", "\u2028\n", "a\x0b\n")), max_size=30)
LAST = st.sampled_from(("", "a", "b\r"))


@settings(max_examples=examples(300))
@given(old=TEXTS, new=TEXTS, last=LAST, end=LAST, as_long=st.booleans())
def test_any_two_texts_have_a_diff_that_applies(
    *, old: list[str], new: list[str], last: str, end: str, as_long: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if as_long:
        new = [*new, *old[len(new) :]][: len(old)]
    before, after = "".join([*old, last]), "".join([*new, end])
    made = "".join(diff.report("a b", before, after))
    assert bool(made) == (before != after)
    if made:
        folder = tmp_path_factory.mktemp("diff")
        (folder / "a b").write_bytes(before.encode())
        by_hand(folder, made.encode())
        assert (folder / "a b").read_bytes() == after.encode()


def test_diff_of_several_files(folder: Path) -> None:
    shutil.copy(folder / "bad.txt", folder / "worse.txt")
    run = goalcheck("fix", ".", "nowhere.txt", "--diff", "--unsafe-fixes", cwd=folder)
    assert run.status == 2
    assert re.findall(r"^--- (.*)$", run.text, re.MULTILINE) == ["bad.txt", "worse.txt"]
    assert [line for line in run.complaints if not line.startswith(" ")] == [
        "bad.txt\uff1a要改1处",
        "faulty.txt\uff1a没有能直接改的",
        "worse.txt\uff1a要改1处",
        "goalcheck: nowhere.txt: 找不到这个文件\uff1b请核对路径",
        "查了4个文件\uff0c要改2个\uff0c共2处\uff1b还剩\uff1a必须改1处\uff1b另有1个文件没有改成。",
    ]
    assert [text_of(folder / name) for name in ("bad.txt", "worse.txt")] == [BAD, BAD]


@pytest.mark.parametrize("name", ["clean.txt", "faulty.txt"])
def test_no_diff_is_status_0(folder: Path, name: str) -> None:
    run = goalcheck("fix", name, "--diff", "--unsafe-fixes", cwd=folder)
    assert (run.status, run.out) == (0, b"")


def test_diff_of_standard_input(tmp_path: Path) -> None:
    run = goalcheck("fix", "-", "--diff", "--unsafe-fixes", "-q", stdin=BAD.encode("gb18030"), cwd=tmp_path)
    assert (run.status, run.err) == (1, b"")
    assert run.text.splitlines()[:2] == ["--- <stdin>", "+++ <stdin>"]
    assert "年度指标值:≥50人" in run.text, "whatever the encoding, a diff is UTF-8"


@pytest.mark.parametrize("terminal", [False, True])
def test_controls_are_spelt_out_on_a_terminal_alone(terminal: bool) -> None:
    """A diff that is to be applied has them as they are."""
    made = "".join(diff.report("a.txt", "a\x1b[31m\u202e\r\n", "b\x1b[31m\u202e\r\n", terminal=terminal))
    assert made.endswith("+b<U+001B>[31m<U+202E>\n" if terminal else "+b\x1b[31m\u202e\r\n")


def test_a_terminal_gets_what_it_can_show(folder: Path) -> None:
    leader, follower = pty.openpty()
    (folder / "bad.txt").write_text(BAD.replace("培训", "培\x1b[31m训"), encoding="utf-8")
    line = [sys.executable, "-m", "goalcheck", "fix", "bad.txt", "--diff", "--unsafe-fixes"]
    with subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=follower, stderr=follower, cwd=folder) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            shown += piece
    os.close(leader)
    assert process.returncode == 1
    assert b"<U+001B>[31m" in shown
    assert b"\x1b" not in shown
