"""The command as its users and their scripts meet it: status, streams, options, languages, environments."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import (
    CLEAN,
    FAULTY,
    PERCENT,
    ROOT,
    SAMPLE,
    entry_sheet,
    environment,
    goalcheck,
    goalcheck_each,
    goalcheck_here,
    shown_on_a_terminal,
    tried_on,
)

from goalcheck.catalogue.example import wrap
from goalcheck.catalogue.load import catalogue
from goalcheck.prose.width import display_width
from goalcheck.version import __version__

HAN = re.compile("[\u3400-\u9fff\uff01-\uff5e\u3001\u3002]")
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
COMMANDS = ("lint", "fix", "explain", "rules", "parse", "convert", "annotate", "compare")
FORMATS = ("text", "concise", "json")
MIXED = wrap(
    "⇥〔指标〕" + PERCENT + "5、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:≥50人。", "project"
).text  # GC501, GC304, GC301


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to work in, with a clean sheet and a faulty one."""
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "faulty.txt").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "mixed.txt").write_text(MIXED, encoding="utf-8")
    return tmp_path


def _codes(text: str) -> list[str]:
    return re.findall(r"^.*?:\d+:\d+: (GC\d+) ", text, re.MULTILINE)


# --- status --------------------------------------------------------------------------------------------------------


@tried_on("form", FORMATS)
@tried_on(("name", "status"), [("clean.txt", 0), ("faulty.txt", 1)])
def test_status_of_what_was_checked(folder: Path, name: str, status: int, form: str) -> None:
    run = goalcheck("lint", name, "--format", form, "--quiet", cwd=folder)
    assert (run.status, run.err) == (status, b"")


def _broken_inputs() -> dict[str, bytes]:
    sheet = CLEAN.encode()
    return {
        "no-sheet": "第一行\n第二行\n".encode(),
        "binary": bytes(range(128, 256)) * 9,
        "empty": b"",
        "blank": b" \n\t\n",
        "bom-alone": b"\xef\xbb\xbf",
        "nul": sheet + b"\0\n",
        "utf-8-cut": b"\xef\xbb\xbf" + sheet.rstrip()[:-1],
        "odd-utf-16": b"\xff\xfe" + sheet[:33],
        "long line": sheet + b"x" * 2_000_000,
        "工作簿": b"PK\x03\x04" + bytes(400),
        "old-workbook": b"\xd0\xcf\x11\xe0" + bytes(400),
        "pdf": b"%PDF-1.7\n%\xe2\xe3\n",
        "rtf": b"{\\rtf1\\ansi x}",
    }


@pytest.mark.usefixtures("pdf_read_here")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_inputs_that_cannot_be_checked(folder: Path, lang: str) -> None:
    """One line of complaint for each of them; the sheet among them is checked all the same."""
    inputs = _broken_inputs()
    for name, data in inputs.items():
        (folder / name).write_bytes(data)
    run = goalcheck("lint", *inputs, "faulty.txt", "--format", "json", "--lang", lang, cwd=folder)
    assert run.status == 2
    assert len(run.complaints) == len(inputs)
    for name, line in zip(sorted(inputs), run.complaints, strict=True):
        _one_complaint([line], name, lang)
    report = json.loads(run.text)
    failed = {file["path"] for file in report["files"] if file["status"] == "failed" and file["error"]}
    assert failed == set(inputs)
    assert [finding["rule"] for finding in report["findings"]] == ["GC501"]
    assert {name: (folder / name).read_bytes() for name in inputs} == inputs


@tried_on("name", _broken_inputs())
def test_input_that_cannot_be_checked(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(_broken_inputs()[name])
    run = goalcheck("lint", name, cwd=tmp_path)
    assert run.status == 2
    _one_complaint(run.complaints, name, "zh")


@pytest.mark.parametrize(("codec", "told"), [("utf-8", "ascii"), ("gb18030", "utf-8"), ("utf-8", "utf-32")])
def test_encoding_that_does_not_fit(tmp_path: Path, codec: str, told: str) -> None:
    (tmp_path / "a.txt").write_bytes(CLEAN.encode(codec))
    run = goalcheck("lint", "a.txt", "--encoding", told, cwd=tmp_path)
    assert run.status == 2
    _one_complaint(run.complaints, "a.txt", "zh")
    assert told in run.complaints[0]


def _one_complaint(complaints: list[str], name: str, lang: str) -> None:
    """One line that names the file, says what is wrong, and what to do."""
    (line,) = complaints
    head = f"goalcheck: {name}: "
    assert line.startswith(head)
    said = line.removeprefix(head)
    assert "Traceback" not in said
    if lang == "zh":
        assert re.search("请|要有", said), "it says what to do"
    else:
        assert re.search(r"\b(give|check|save|name|turn|split|must|report|are)\b", said), "it says what to do"
        assert not HAN.search(re.sub("项目名称|绩效指标|三级指标|指标值", "", said))


@tried_on("lang", ["zh", "en"])
@tried_on("kind", ["missing", "dangling", "folder", "fifo", "name-too-long"])
def test_path_that_cannot_be_read(tmp_path: Path, kind: str, lang: str) -> None:
    name = "表" * 200 if kind == "name-too-long" else "表"
    path = tmp_path / name
    if kind == "dangling":
        path.symlink_to(tmp_path / "nowhere")
    elif kind == "folder":
        (path / "inner").mkdir(parents=True)
        (path / "inner" / "readme.md").write_text(CLEAN, encoding="utf-8")
    elif kind == "fifo":
        os.mkfifo(path)
    run = goalcheck("lint", name, "--lang", lang, "--format", "json", cwd=tmp_path)
    assert run.status == 2
    _one_complaint(run.complaints, name, lang)
    assert json.loads(run.text)["files"][0]["status"] == "failed"


@pytest.mark.parametrize("form", FORMATS)
def test_other_inputs_are_still_checked(folder: Path, form: str) -> None:
    (folder / "broken.txt").write_bytes(b"\0")
    run = goalcheck("lint", "nowhere.txt", "faulty.txt", "broken.txt", "--format", form, "--quiet", cwd=folder)
    assert run.status == 2
    assert "GC501" in run.text
    assert sorted(line.split(": ")[1] for line in run.complaints) == ["broken.txt", "nowhere.txt"]


def test_a_failed_input_overrules_fail_on_never(folder: Path) -> None:
    assert goalcheck("lint", "nowhere.txt", "--fail-on", "never", cwd=folder).status == 2


@tried_on(
    ("arguments", "named"),
    [
        (("lint", "clean.txt", "--colour", "never"), ["--colour", "--color"]),
        (("lint", "--no-such-option-at-all"), ["--no-such-option-at-all"]),
        (("lint", "-Z"), ["-Z"]),
        (("--verson",), ["--verson", "--version"]),
        (("lnt", "clean.txt"), ["lnt", "lint"]),
        (("zzzzzz",), ["zzzzzz"]),
        (("lint", "clean.txt", "--select", "missing-gaol"), ["missing-gaol", "missing-goal"]),
        (("lint", "clean.txt", "--ignore", "GC9"), ["GC9"]),
        (("lint", "clean.txt", "--extend-select", "GC501,GC4O1"), ["GC4O1", "GC401"]),
        (("explain", "mising-goal"), ["mising-goal", "missing-goal"]),
        (("explain", "GC5"), ["GC5"]),
        (("explain",), ["RULE", "--all"]),
        (("explain", "GC501", "--all"), ["RULE", "--all"]),
        (("explain", "GC501", "GC502"), ["GC502"]),
        (("parse",), ["PATH"]),
        (("convert", "clean.txt", "--sheet", "1"), ["--sheet"]),
        (("convert", "clean.txt", "-o", "clean.txt"), ["clean.txt"]),
        (("parse", "clean.txt", "faulty.txt"), ["faulty.txt"]),
        (("rules", "clean.txt"), ["clean.txt"]),
        (("fix", "clean.txt", "--unsafe-fix"), ["--unsafe-fix", "--unsafe-fixes"]),
        (("fix", "clean.txt", "--format", "json"), ["--format"]),
        (("fix", "clean.txt", "--ignore", "GC9"), ["GC9"]),
        (("fix", "clean.txt", "--encoding", "klingon"), ["klingon"]),
        (("lint", "clean.txt", "--encoding", "utf-9"), ["utf-9"]),
        (("lint", "clean.txt", "--encoding", "zlib"), ["zlib"]),
        (("parse", "clean.txt", "--encoding", "klingon"), ["klingon"]),
        (("lint", "clean.txt", "--format", "yaml"), ["--format", "yaml", "json"]),
        (("lint", "clean.txt", "--fail-on", "fatal"), ["--fail-on", "fatal", "error"]),
        (("lint", "clean.txt", "--profile", "mild"), ["--profile", "mild", "core"]),
        (("lint", "clean.txt", "--taxonomy", "jiangxi"), ["--taxonomy", "jiangxi", "guangdong"]),
        (("lint", "clean.txt", "--color", "blue"), ["--color", "blue", "never"]),
        (("lint", "clean.txt", "--format"), ["--format"]),
        (("lint", "clean.txt", "--quiet=yes"), ["--quiet"]),
    ],
    ids=lambda value: "_".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage(folder: Path, arguments: tuple[str, ...], named: list[str]) -> None:
    command, *rest = arguments
    languages = ("zh", "en")
    runs = goalcheck_each(
        [
            (command, "--lang", lang, *rest) if command in COMMANDS else ("--lang", lang, *arguments)
            for lang in languages
        ],
        cwd=folder,
    )
    for run, lang in zip(runs, languages, strict=True):
        assert (run.status, run.out) == (2, b"")
        (line,) = run.complaints
        assert line.startswith("goalcheck: ")
        for name in named:
            assert name in line
        if lang == "en":
            assert not HAN.search(line)
        else:
            assert HAN.search(line)
            assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", line), "English in a Chinese sentence"


def test_unknown_language_is_refused(folder: Path) -> None:
    run = goalcheck("lint", "clean.txt", "--lang", "fr", cwd=folder)
    assert run.status == 2
    (line,) = run.complaints
    assert "fr" in line
    assert "zh, en" in line


def test_no_command_shows_help_and_fails(tmp_path: Path) -> None:
    run = goalcheck(cwd=tmp_path)
    assert (run.status, run.out) == (2, b"")
    assert run.err == goalcheck("--help", cwd=tmp_path).out


@pytest.mark.parametrize("arguments", [("--version",), ("--lang", "en", "--version")])
def test_version(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run = goalcheck(*arguments, cwd=tmp_path)
    assert (run.status, run.text, run.err) == (0, f"goalcheck {__version__}\n", b"")


def test_next_to_nothing_is_imported_before_an_interrupt_ends_quietly() -> None:
    script = "import sys; own = set(sys.modules); import goalcheck.__main__; print(*sorted(set(sys.modules) - own))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment(), check=True)
    assert done.stdout.decode().split() == ["goalcheck", "goalcheck.__main__", "goalcheck.version"]


def test_console_script_is_the_same_command() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts == {"goalcheck": "goalcheck.__main__:main"}


# --- inputs --------------------------------------------------------------------------------------------------------


def test_inputs_are_never_modified(folder: Path) -> None:
    def state() -> dict[str, tuple[bytes, int]]:
        return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir() if p.is_file()}

    before = state()
    for form in FORMATS:
        goalcheck("lint", ".", "--format", form, cwd=folder)
    goalcheck("parse", "faulty.txt", cwd=folder)
    assert state() == before


def test_standard_input(tmp_path: Path) -> None:
    run = goalcheck("lint", "-", "--format", "concise", stdin=FAULTY.encode(), cwd=tmp_path)
    assert run.status == 1
    assert run.text.startswith("<stdin>:6:")
    named = goalcheck(
        "lint", "-", "-", "--stdin-filename", "预算/表.txt", "--format", "json", stdin=FAULTY.encode(), cwd=tmp_path
    )
    report = json.loads(named.text)
    assert [file["path"] for file in report["files"]] == ["预算/表.txt"]
    assert {finding["path"] for finding in report["findings"]} == {"预算/表.txt"}


@pytest.mark.parametrize("data", [b"", b"\0", b"hello\n"], ids=["empty", "nul", "no-sheet"])
def test_bad_standard_input(tmp_path: Path, data: bytes) -> None:
    run = goalcheck("lint", "-", stdin=data, cwd=tmp_path)
    assert run.status == 2
    _one_complaint(run.complaints, "<stdin>", "zh")


def test_folders_are_searched(tmp_path: Path) -> None:
    sheets = ["a/b/1.txt", "a/2.tsv", "a/3.csv", "a/B.TXT", "b.txt", "a.txt", "a/10.txt", "表/甲.txt"]
    others = ["a/readme.md", ".git/x.txt", "a/.hidden.txt", "c/x.json", "no-extension"]
    for name in (*sheets, *others):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FAULTY.replace("\t", ",") if name.endswith("csv") else FAULTY, encoding="utf-8")
    for arguments in ((), (".", "a/b", "a.txt")):
        run = goalcheck("lint", *arguments, "--format", "json", cwd=tmp_path)
        assert run.status == 1
        assert [file["path"] for file in json.loads(run.text)["files"]] == sorted(sheets)
    run = goalcheck("lint", "c", "a/readme.md", "--format", "json", cwd=tmp_path)
    assert run.status == 2, "a folder without sheets"
    assert {file["path"]: file["status"] for file in json.loads(run.text)["files"]} == {
        "a/readme.md": "checked",
        "c": "failed",
    }


@pytest.mark.parametrize("again", ["clean.txt", "./clean.txt", "."])
def test_a_file_named_twice_is_checked_once(folder: Path, again: str) -> None:
    run = goalcheck("lint", "clean.txt", again, "--format", "json", cwd=folder)
    paths = [file["path"] for file in json.loads(run.text)["files"]]
    assert len([path for path in paths if path.endswith("clean.txt")]) == 1


def test_awkward_names(tmp_path: Path) -> None:
    names = [b"a\xff.txt", b"a b'\"$.txt", b"-x.txt", "\u8868\u202e.txt".encode(), b"a\x1b[31m.txt", b"a\nb.txt"]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text(FAULTY, encoding="utf-8")
    for form in FORMATS:
        run = goalcheck("lint", ".", "--format", form, cwd=tmp_path)
        assert run.status == 1
        assert b"Traceback" not in run.err
        assert form == "json" or not HIDDEN.search(run.text)
    concise = goalcheck("lint", ".", "--format", "concise", "--quiet", cwd=tmp_path)
    assert len(concise.text.splitlines()) == len(names)
    missing = goalcheck("lint", "--", "-no\x1b[31m\nsuch\u202e.txt", cwd=tmp_path)
    assert missing.status == 2
    assert len(missing.complaints) == 1
    assert not HIDDEN.search(missing.err.decode().rstrip("\n"))


@tried_on(
    ("codec", "bom", "options", "used"),
    [
        ("utf-8", b"", (), "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", (), "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", ("--encoding", "utf-8"), "utf-8"),
        ("gb18030", b"", (), "gb18030"),
        ("gbk", b"", ("--encoding", "GBK"), "gbk"),
        ("utf-16-le", b"\xff\xfe", (), "utf-16"),
        ("utf-16-be", b"\xfe\xff", (), "utf-16"),
        ("utf-16-le", b"", ("--encoding", "utf-16-le"), "utf-16-le"),
        ("utf-32-le", b"\xff\xfe\0\0", (), "utf-32"),
    ],
)
def test_encodings(tmp_path: Path, codec: str, bom: bytes, options: tuple[str, ...], used: str) -> None:
    (tmp_path / "a.txt").write_bytes(bom + FAULTY.encode(codec))
    run = goalcheck("lint", "a.txt", "--format", "json", *options, cwd=tmp_path)
    report = json.loads(run.text)
    assert report["files"][0]["encoding"] == used
    assert [(f["rule"], f["line"], f["column"]) for f in report["findings"]] == [("GC501", 6, 20)]


# --- options -------------------------------------------------------------------------------------------------------


@tried_on(
    ("options", "some", "none"),
    [
        ("--select GC304", "GC304", "GC501 GC301"),
        ("--select gc304", "GC304", "GC501 GC301"),
        ("--select percent-out-of-range", "GC304", "GC501 GC301"),
        ("--select Percent-Out-Of-Range", "GC304", "GC501 GC301"),
        ("--select GC3", "GC301 GC304", "GC501"),
        ("--select GC30", "GC301 GC304", "GC501"),
        ("--select GC304,GC501", "GC304 GC501", "GC301"),
        ("--select GC304 --select GC501", "GC304 GC501", "GC301"),
        ("--select ALL", "GC301 GC304 GC501", ""),
        ("--select all --ignore GC3", "GC501", "GC301 GC304"),
        ("--ignore ALL", "", "GC301 GC304 GC501"),
        ("--ignore ALL --select GC3", "GC301 GC304", "GC501"),
        ("--ignore GC3", "GC501", "GC301 GC304"),
        ("--ignore GC3 --select GC304", "GC304", "GC301 GC501"),
        ("--ignore GC3 --extend-select GC304", "GC304 GC501", "GC301"),
        ("--ignore GC3 --select GC30", "GC301 GC304", "GC501"),
        ("--ignore GC304 --select GC304", "", "GC301 GC304 GC501"),
        ("--ignore missing-goal --select GC5", "", "GC301 GC304 GC501"),
        ("--select GC304 --extend-select GC5", "GC304 GC501", "GC301"),
        ("--extend-select GC3", "GC301 GC304 GC501", ""),
        ("--profile strict", "GC301 GC304 GC501", ""),
        ("--profile strict --select GC301", "GC301", "GC304 GC501"),
    ],
)
def test_selection(folder: Path, options: str, some: str, none: str) -> None:
    run = goalcheck("lint", "mixed.txt", "--format", "concise", *options.split(), cwd=folder)
    codes = _codes(run.text)
    assert set(some.split()) <= set(codes)
    assert not set(none.split()) & set(codes)
    assert run.status == bool(some)
    prefix = re.fullmatch(r"--select (GC\d+)", options)
    assert prefix is None or all(code.startswith(prefix[1]) for code in codes)


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(folder: Path, fail_on: str, status: int) -> None:
    run = goalcheck("lint", "faulty.txt", "--fail-on", fail_on, "--format", "concise", cwd=folder)
    assert (run.status, _codes(run.text)) == (status, ["GC501"])
    assert goalcheck("lint", "clean.txt", "--fail-on", fail_on, cwd=folder).status == 0


@pytest.mark.parametrize("form", FORMATS)
def test_output_file(folder: Path, form: str) -> None:
    shown = goalcheck("lint", "faulty.txt", "--format", form, cwd=folder)
    written = goalcheck("lint", "faulty.txt", "--format", form, "-o", "报告.out", cwd=folder)
    assert (written.status, written.out) == (1, b"")
    assert (folder / "报告.out").read_bytes() == shown.out
    assert sorted(p.name for p in folder.iterdir()) == sorted(["clean.txt", "faulty.txt", "mixed.txt", "报告.out"])


@pytest.mark.parametrize("target", ["faulty.txt", "./faulty.txt", "link.txt", "hard.txt"])
def test_output_never_overwrites_an_input(folder: Path, target: str) -> None:
    (folder / "sub").mkdir()
    (folder / "link.txt").symlink_to("faulty.txt")
    (folder / "hard.txt").hardlink_to(folder / "faulty.txt")
    run = goalcheck("lint", "faulty.txt", "-o", target, cwd=folder)
    assert (run.status, run.out) == (2, b"")
    assert len(run.complaints) == 1
    assert target in run.complaints[0]
    assert (folder / "faulty.txt").read_text(encoding="utf-8") == FAULTY


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("target", ["nowhere/report.txt", "sub", "clean.txt/report.txt", "表" * 200])
def test_output_that_cannot_be_written(folder: Path, target: str, lang: str) -> None:
    (folder / "sub").mkdir()
    run = goalcheck("lint", "faulty.txt", "-o", target, "--lang", lang, cwd=folder)
    assert (run.status, run.out) == (2, b"")
    assert len(run.complaints) == 1
    assert target in run.complaints[0]
    assert "Traceback" not in run.complaints[0]
    assert not [p for p in folder.rglob("*") if p.name.startswith(".")], "no draft is left behind"


def test_output_to_a_special_file_goes_through_it(folder: Path) -> None:
    """``-o /dev/null`` must not put a file in the place of the device."""
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        run = goalcheck("lint", "faulty.txt", "-o", pipe, cwd=folder)
        assert stat.S_ISFIFO(pipe.lstat().st_mode)
        assert run.status == 2 or os.read(reader, 10)
    finally:
        os.close(reader)


def test_quiet_leaves_the_totals_out(folder: Path) -> None:
    loud = goalcheck("lint", "faulty.txt", cwd=folder).text
    quiet = goalcheck("lint", "faulty.txt", "-q", cwd=folder).text
    assert loud.startswith(quiet)
    assert loud.removeprefix(quiet).count("\n") == 1
    assert goalcheck("lint", "clean.txt", "--quiet", cwd=folder).out == b""


def test_concise_totals_go_to_standard_error(folder: Path) -> None:
    run = goalcheck("lint", "faulty.txt", "--format", "concise", cwd=folder)
    assert len(run.text.splitlines()) == 1
    assert len(run.complaints) == 1
    assert goalcheck("lint", "faulty.txt", "--format", "concise", "--quiet", cwd=folder).err == b""


def test_color(folder: Path) -> None:
    never = goalcheck("lint", "faulty.txt", "--color", "never", cwd=folder)
    always = goalcheck("lint", "faulty.txt", "--color", "always", cwd=folder)
    assert b"\x1b[" not in never.out
    assert re.sub(r"\x1b\[[\d;]*m", "", always.text) == never.text != always.text
    assert goalcheck("lint", "faulty.txt", "--color", "auto", cwd=folder).out == never.out
    assert goalcheck("lint", "faulty.txt", env=environment(FORCE_COLOR=None, TERM="xterm"), cwd=folder).out == never.out
    goalcheck("lint", "faulty.txt", "--color", "always", "-o", "out", cwd=folder)
    assert (folder / "out").read_bytes() == always.out


@pytest.mark.parametrize(
    ("env", "colored"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_color_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], colored: bool) -> None:
    pytest.importorskip("pty")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    status, shown = shown_on_a_terminal("lint", "faulty.txt", cwd=folder)
    assert status == 1
    assert (b"\x1b[" in shown) is colored
    assert "GC501" in shown.decode()


# --- languages -----------------------------------------------------------------------------------------------------

HELPS = [(), *((name,) for name in COMMANDS)]


@tried_on("command", HELPS, ids=lambda command: "".join(command) or "goalcheck")
def test_help_in_both_languages(tmp_path: Path, command: tuple[str, ...]) -> None:
    chinese = goalcheck(*command, "--help", cwd=tmp_path)
    assert (chinese.status, chinese.err) == (0, b"")
    assert chinese.out == goalcheck("--lang", "zh", *command, "--help", cwd=tmp_path).out
    assert not re.search(r"\b[a-z]+ [a-z]+ [a-z]+\b", chinese.text), "English in the Chinese help"
    for arguments in (("--lang", "en", *command, "--help"), (*command, "--lang=en", "--help")):
        english = goalcheck(*arguments, cwd=tmp_path)
        assert (english.status, english.err) == (0, b"")
        assert not HAN.search(english.text)


@tried_on("lang", ["zh", "en"])
@tried_on("command", HELPS, ids=lambda command: "".join(command) or "goalcheck")
def test_help_describes_every_option(tmp_path: Path, command: tuple[str, ...], lang: str) -> None:
    text = goalcheck("--lang", lang, *command, "--help", cwd=tmp_path).text
    options = re.split(r"\n(?:选项|Options):\n", text)[1]
    for line, following in zip(options.split("\n"), [*options.split("\n")[1:], ""], strict=True):
        if re.match(r"  \S", line):
            assert "  " in line.strip() or following.startswith("     "), f"nothing is said of {line.strip()}"


def test_language_reaches_errors_wherever_it_stands(folder: Path) -> None:
    for arguments in (
        ("--lang", "en", "lint", "nowhere.txt"),
        ("lint", "nowhere.txt", "--lang", "en"),
        ("lint", "--lang=en", "nowhere.txt"),
    ):
        run = goalcheck(*arguments, cwd=folder)
        assert run.status == 2
        assert not HAN.search(run.err.decode() + run.text)


def _without_sheet_text(text: str) -> str:
    """``text`` without what it quotes, the form's terms, and classes of the taxonomy."""
    text = re.sub(r"“[^”]*”|((?:have a column|sources|lists) )\([^()]*\)", r"\1", text)
    text = re.sub(r"\S*(实施周期指标值|年度指标值|指标值)\S*", "", text)
    text = re.sub(r"(\d+-)?[\u4e00-\u9fff]+(指标|效益|满意度)|可持续影响", "", text)
    return re.sub(
        "绩效目标|绩效指标|项目名称|年度资金总额|预算数|财政专户拨款|财政拨款|其他资金|总计|合计|万元|元", "", text
    )


@pytest.mark.slow
def test_english_messages_are_english(tmp_path: Path) -> None:
    for rule in catalogue().rules:
        for made in rule.bad:
            count = len(list(tmp_path.iterdir()))
            (tmp_path / f"{count}.txt").write_text(made.in_sheet(rule.level).text, encoding="utf-8")
    run = goalcheck("lint", ".", "--lang", "en", "--format", "json", "--profile", "strict", cwd=tmp_path)
    for finding in json.loads(run.text)["findings"]:
        assert not HAN.search(_without_sheet_text(finding["message"])), finding["message"]
        assert re.match("write: ", finding["help"]) or re.search("[a-z]", finding["help"])
        for related in finding["related"]:
            assert not HAN.search(_without_sheet_text(related["message"])), related["message"]


def test_english_text_report(folder: Path) -> None:
    run = goalcheck("lint", "faulty.txt", "clean.txt", "--lang", "en", cwd=folder)
    lines = run.text.rstrip("\n").split("\n")
    assert lines[1:3] == ["       -        -       -  clean.txt", "       1        -       -  faulty.txt"]
    assert "row 6 · 社区培训经费" in lines
    assert any(line.startswith("  error   GC501 missing-goal ") for line in lines)
    assert lines[-1] == "1 error in 2 files (2 units, 2 projects, 6 indicators)."


def test_chinese_is_the_default(folder: Path) -> None:
    run = goalcheck("lint", "faulty.txt", "clean.txt", cwd=folder)
    assert run.out == goalcheck("lint", "faulty.txt", "clean.txt", "--lang", "zh", cwd=folder).out
    lines = run.text.rstrip("\n").split("\n")
    assert lines[1:3] == ["       -       -       -  clean.txt", "       1       -       -  faulty.txt"]
    assert "第6行 社区培训经费" in lines
    assert any(line.startswith("  必须改 GC501 项目") for line in lines)
    assert lines[-1].startswith("必须改1处。查了2个文件")


# --- without a command ---------------------------------------------------------------------------------------------


def test_a_first_word_that_names_what_is_there_is_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "sheets").mkdir()
    (folder / "sheets" / "表.txt").write_text(FAULTY, encoding="utf-8")
    (folder / "rules").write_text(FAULTY, encoding="utf-8")
    for words in (("faulty.txt",), ("sheets",), ("*aulty.txt", "clean.txt"), ("sheets/**/表.txt", "-q")):
        run = goalcheck_here(*words, "--format", "concise")
        assert (run.status, _codes(run.text)) == (1, ["GC501"]), words
    assert goalcheck_here("-", stdin=FAULTY.encode()).status == 1
    assert "missing-goal" in goalcheck_here("rules").text, "a command wins over a file of its name"
    assert goalcheck_here("./rules").status == 1
    for words in (("lnt",), ("nothing*.txt",), ("faulty.txtt",)):
        assert goalcheck_here(*words).status == 2


@tried_on("command", [(), *((name,) for name in (*COMMANDS, "init"))], ids="".join)
def test_h_is_help(command: tuple[str, ...]) -> None:
    short, long = goalcheck_here(*command, "-h"), goalcheck_here(*command, "--help")
    assert short == long
    assert (short.status, short.err) == (0, b"")


# --- other commands ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explain(tmp_path: Path, lang: str) -> None:
    """By code or name, in either case; what the page says, test_manual.py tells."""
    page = goalcheck("explain", "GC203", "--lang", lang, cwd=tmp_path)
    assert (page.status, page.err) == (0, b"")
    assert page.text.startswith("GC203 parent-mismatch\n")
    for name in ("gc203", "parent-mismatch", "Parent-Mismatch"):
        assert goalcheck("explain", name, "--lang", lang, cwd=tmp_path).out == page.out


def test_rules(tmp_path: Path) -> None:
    run = goalcheck("rules", cwd=tmp_path)
    assert (run.status, run.err) == (0, b"")
    lines = run.text.splitlines()
    assert [line[:5] for line in lines] == [rule.code for rule in catalogue().rules]
    assert all(rule.name in line for rule, line in zip(catalogue().rules, lines, strict=True))
    english = goalcheck("rules", "--lang", "en", cwd=tmp_path).text
    assert not HAN.search(_without_sheet_text(english))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rules_as_json(tmp_path: Path, lang: str) -> None:
    run = goalcheck("rules", "--format", "json", "--lang", lang, cwd=tmp_path)
    rows = json.loads(run.text)
    assert [row["code"] for row in rows] == [rule.code for rule in catalogue().rules]
    for row, rule in zip(rows, catalogue().rules, strict=True):
        assert {"code", "name", "severity", "set", "fix", "message", "help", "why", "source", "options"} <= set(row)
        assert (row["name"], row["severity"], row["message"]) == (rule.name, rule.severity.label, rule.message[lang])


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "span" in value:
            yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


@pytest.mark.parametrize("path", [SAMPLE, "mixed.txt", "-"], ids=["sample", "mixed", "stdin"])
def test_parse_spans_slice_back(folder: Path, path: Path | str) -> None:
    text = MIXED if path == "-" else (folder / path).read_text(encoding="utf-8-sig")
    run = goalcheck("parse", path, stdin=MIXED.encode(), cwd=folder)
    assert (run.status, run.err) == (0, b"")
    tree = json.loads(run.text)
    nodes = list(_nodes(tree))
    assert {"sheet", "header", "unit", "project", "indicator", "value", "amount"} <= {node["kind"] for node in nodes}
    for node in nodes:
        start, end = node["span"]
        assert 0 <= start <= end <= len(text)
        assert "text" not in node or text[start:end] == node["text"]
    assert tree["sheet"]["span"] == [0, len(text)]


@pytest.mark.parametrize("path", ["nowhere.txt", "."])
def test_parse_of_what_is_no_sheet(folder: Path, path: str) -> None:
    run = goalcheck("parse", path, cwd=folder)
    assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)


# --- environments --------------------------------------------------------------------------------------------------

ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "C": {"LANG": "C", "LC_ALL": "C", "LANGUAGE": "C"},
    "POSIX-without-coercion": {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "gbk": {"LANG": "zh_CN.GBK", "LC_ALL": None},
    "no-locale": {"LANG": None, "LC_ALL": None, "LC_CTYPE": None},
    "ascii-streams": {"PYTHONIOENCODING": "ascii"},
    "strict-ascii-streams": {"PYTHONIOENCODING": "ascii:strict"},
    "latin-1-streams": {"PYTHONIOENCODING": "latin-1"},
    "gbk-streams": {"PYTHONIOENCODING": "gbk"},
    "utf-16-streams": {"PYTHONIOENCODING": "utf-16"},
    "hash-0": {"PYTHONHASHSEED": "0"},
    "hash-1": {"PYTHONHASHSEED": "1"},
    "hash-99": {"PYTHONHASHSEED": "99"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "narrow": {"COLUMNS": "20", "LINES": "5"},
    "no-byte-code": {"PYTHONDONTWRITEBYTECODE": "1"},
}
STREAMS = [
    ("lint", "mixed.txt", "nowhere.txt"),
    ("--help",),
]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[int, bytes, bytes]]]:
    """A folder, and what the commands give there in the usual environment."""
    place = tmp_path_factory.mktemp("place")
    (place / "mixed.txt").write_text(MIXED, encoding="utf-8")
    runs = goalcheck_each(STREAMS, cwd=place, env=environment(LC_ALL="C.UTF-8"))
    return place, [(run.status, run.out, run.err) for run in runs]


@pytest.mark.slow
@pytest.mark.parametrize("changes", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_same_bytes_in_every_environment(
    usual: tuple[Path, list[tuple[int, bytes, bytes]]], changes: dict[str, str | None]
) -> None:
    place, expected = usual
    runs = goalcheck_each(STREAMS, cwd=place, env=environment(**changes))
    for arguments, run, (status, out, err) in zip(STREAMS, runs, expected, strict=True):
        if arguments == ("--help",) and "COLUMNS" in changes:
            continue  # help is set for the reader's terminal
        assert (run.status, run.out, run.err) == (status, out, err), arguments


@pytest.mark.parametrize("columns", [80, 60])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, language: str, columns: int) -> None:
    """Chinese characters take two cells."""
    asked = [("--lang", language, *command, "--help") for command in ((), ("lint",), ("init",))]
    monkeypatch.setenv("COLUMNS", str(columns))
    for run in goalcheck_each(asked):
        assert run.status == 0
        assert run.text
        assert [line for line in run.text.splitlines() if display_width(line) > columns] == []


HOSTILE = [
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b31m", "\u202eabc\u202c", "\u2066x\u2069", "\u200bx", "\ufeffx",
    "\x08\x08", "\x7f", "\x85", "\u2028", "\u061c",
]  # fmt: skip


@tried_on("hostile", HOSTILE, ids=[f"U+{ord(text[0]):04X}" for text in HOSTILE])
def test_nothing_of_the_sheet_reaches_the_terminal_raw(tmp_path: Path, hostile: str) -> None:
    name = f"社区{hostile}培训"
    entries = "".join(
        f"4、1-产出{hostile}; 11-数量{hostile}; 人数{hostile}率; 实施周期指标值:≥≥9{hostile}0%; 年度指标值:{value}。"
        for value in ("1010%", "95%")
    )
    text = FAULTY.replace("社区培训经费", name).replace("95%。", f"95%。{entries}{hostile}")
    text = text.replace("街道办事处\t5.00", f"街道{hostile}办事处\t6{hostile}.00")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    commands = [("lint", "a.txt", "--format", form, "--profile", "strict") for form in ("text", "concise")]
    for run in goalcheck_each(commands, cwd=tmp_path):
        assert run.status == 1
        assert not HIDDEN.search(run.text)
        assert not HIDDEN.search(run.err.decode())


@tried_on(
    "arguments",
    [
        ("lint", "--select"),
        ("explain",),
        ("lint", "--encoding"),
        ("lint", "--format"),
        ("lint", "--config"),
        ("lint", "--taxonomy"),
        ("rules", "--test"),
        (),
    ],
)
def test_nothing_of_the_arguments_reaches_the_terminal_raw(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run = goalcheck(*arguments, "a\x1b[31m\u202e\nb", cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert not HIDDEN.search(run.err.decode())


def test_interrupt(tmp_path: Path) -> None:
    """Control-C while standard input is read: one line, status 130."""
    script = (
        "import os, signal, threading\n"
        "from goalcheck.cli import main\n"
        "threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "main(['lint', '-'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        out, err = process.stdout.read(), process.stderr.read()
        status = process.wait(1200)
    assert (status, out, len(err.decode().strip().splitlines())) == (130, b"", 1)
    assert b"Traceback" not in err


def _many_faults() -> str:
    head, project = FAULTY.rsplit("社区培训经费", 1)
    blank = project.replace("5.00", "").strip("\n")
    return f"{head}社区培训经费{project}" + "".join(f"社区培训经费{number}{blank}\n" for number in range(1, 1500))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_reader_that_leaves_early(tmp_path: Path, form: str) -> None:
    (tmp_path / "many.txt").write_text(_many_faults(), encoding="utf-8")
    command = [sys.executable, "-m", "goalcheck", "lint", "many.txt", "--format", form]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment()
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        assert run.stdout.readline()
        run.stdout.close()
        err = run.stderr.read()
        status = run.wait(1200)
    assert b"Traceback" not in err
    assert len(err.splitlines()) == (1 if form == "concise" else 0)  # its totals
    assert status == 1  # all was checked, whether or not all was read


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint", "faulty.txt"),
        *(pytest.param(a, marks=pytest.mark.slow) for a in (("--help",), ("rules",), ("explain", "GC501"))),
    ],
)
def test_closed_output(folder: Path, arguments: tuple[str, ...]) -> None:
    """A full disk, or a pipe whose other end is shut, is told without a traceback."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "goalcheck", *arguments]
    done = subprocess.run(
        command, stdout=writer, stderr=subprocess.PIPE, cwd=folder, env=environment(), timeout=1200, check=False
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [("rules",), ("lint", "faulty.txt"), ("--version",)])
def test_full_disk(folder: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "goalcheck", *arguments]
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, cwd=folder, env=environment(), timeout=1200, check=False
        )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert b"Traceback" not in done.stderr
    assert b"Errno" not in done.stderr  # it is told by what it means


@pytest.mark.skipif(os.name != "posix", reason="links need leave elsewhere")
@pytest.mark.parametrize("arguments", [("-o", "one", "--format", "json"), ("--write-baseline", "one")])
def test_links_in_a_circle_are_not_written_to(folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "one").symlink_to("two")
    (folder / "two").symlink_to("one")
    run = goalcheck_here("lint", "faulty.txt", *arguments, cwd=folder)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert (folder / "one").is_symlink()


@pytest.mark.slow
def test_large_sheet_is_checked(tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text(_many_faults(), encoding="utf-8")
    run = goalcheck("lint", "many.txt", "--format", "concise", "--select", "GC501", cwd=tmp_path)
    assert (run.status, len(_codes(run.text))) == (1, 1500)


def test_helpers_make_the_sheets_they_say(folder: Path) -> None:
    (folder / "percent.txt").write_text(entry_sheet(PERCENT), encoding="utf-8")
    run = goalcheck("lint", "percent.txt", "--format", "concise", cwd=folder)
    assert _codes(run.text) == ["GC304"]
