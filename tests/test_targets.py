"""Where goalcheck writes, and what it never writes over: inputs, what it goes by, sheets, what others have written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from helpers import CLEAN, FAULTY, SITE_RULE, TEXT_FORMATS, THOROUGH, goalcheck_here

from goalcheck import report
from goalcheck.report.recognition import is_report


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with two sheets."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(FAULTY, encoding="utf-8")
    return tmp_path


def refused(here: Path, *arguments: object) -> str:
    """Why a command with ``arguments`` is refused; it has written nothing."""
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    run = goalcheck_here(*arguments, "--lang", "en")
    assert (run.status, run.out, len(run.complaints)) == (2, b"", 1), arguments
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before, arguments
    return run.complaints[0]


@pytest.mark.skipif(os.name != "posix", reason="links")
@pytest.mark.parametrize("option", ["-o", "--write-baseline"])
def test_an_input_is_not_written_over_however_it_is_spelt(here: Path, option: str) -> None:
    (here / "sub").mkdir()
    (here / "sub" / "link").symlink_to("../a.txt")
    (here / "folder").symlink_to(".")
    (here / "hard.md").hardlink_to(here / "a.txt")
    spellings = ["a.txt", "./a.txt", here / "a.txt", "sub/../a.txt", "nosuch/../a.txt", "./no/such/../../a.txt"]
    spellings += ["sub/link", "folder/a.txt", "folder/folder/a.txt", "hard.md", "a.txt/../a.txt"]
    for spelling in spellings:
        for inputs in (["a.txt"], ["."], ["a.*"], ["sub/link"]):
            assert " is an input; " in refused(here, "lint", *inputs, option, spelling), (inputs, spelling)


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_what_a_run_goes_by_is_not_written_over(here: Path) -> None:
    (here / "above.toml").write_text('rules = ["rules"]\n', encoding="utf-8")
    (here / "goalcheck.toml").write_text('extend = "above.toml"\ntaxonomy = "classes.toml"\n', encoding="utf-8")
    (here / "rules").mkdir()
    (here / "rules" / "own.toml").write_text(SITE_RULE, encoding="utf-8")
    ours = Path(report.__file__).parents[3] / "rules" / "taxonomy" / "guangdong.toml"
    text = ours.read_text(encoding="utf-8").replace('"guangdong"', '"ours"')
    (here / "classes.toml").write_text(text, encoding="utf-8")
    (here / "list").write_text("a.txt\n", encoding="utf-8")
    (here / "link").symlink_to("rules/own.toml")
    used = ["goalcheck.toml", "above.toml", "rules/own.toml", "link", "classes.toml", "nosuch/../classes.toml", "list"]
    for name in used:
        for option in ("-o", "--write-baseline"):
            assert " is in use: " in refused(here, "lint", "--files-from", "list", option, name), name
    assert " is in use: " in refused(here, "explain", "--all", "-o", "rules/own.toml")


def test_a_baseline_replaces_a_baseline_alone(here: Path) -> None:
    assert goalcheck_here("lint", "a.txt", "--write-baseline", "base.json").status == 0
    said = refused(here, "lint", "a.txt", "--baseline", "base.json", "--write-baseline", "b.txt")
    assert said.startswith("goalcheck: b.txt:1: is no JSON")


@pytest.mark.slow
def test_no_command_writes_over_a_sheet(here: Path) -> None:
    (here / "book.xlsx").write_bytes(b"PK\x03\x04")
    (here / "book").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1")
    (here / "gb.csv").write_bytes(CLEAN.encode("gb18030"))
    (here / "cut.txt").write_bytes(CLEAN.encode()[:-1])
    commands = (("lint", "a.txt"), ("init", "--schema"), ("explain", "--all"), ("explain", "GC105"))
    for name in ("b.txt", "book.xlsx", "book", "gb.csv", "cut.txt", "nosuch/../b.txt"):
        for command in commands:
            said = refused(here, *command, "-o", name)
            assert " looks like a sheet or a list that was filled in; " in said, (command, name)
    for command in commands:
        (here / "notes.md").write_text("to be replaced", encoding="utf-8")
        for _ in range(2):
            complaints = goalcheck_here(*command, "-o", "notes.md", "--lang", "en").complaints
            assert complaints == ["goalcheck: wrote notes.md"]
    assert goalcheck_here("explain", "GC107", "-o", "notes.md").status == 0, "a page of a rule by that of another"


@pytest.mark.parametrize("form", report.FORMATS)
@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_a_report_in_the_folder_is_replaced_and_not_checked(here: Path, form: str, lang: str) -> None:
    """By the same run twice, and by that of the other format; also where nothing is wrong or nothing can be checked."""
    cases = {"clean": CLEAN, "failed": "绩效\n", "both": FAULTY}
    options = ((), ("--quiet",), ("--verbose", "--color", "always"), ("--explain-sums",))
    asked = ("lint", ".", "--format", form, "--lang", lang, "-o", "report.txt")
    for name, text in cases.items():
        for number in "ab":
            (here / f"{number}.txt").write_text(FAULTY if name == "both" and number == "a" else text, encoding="utf-8")
        for more in options if THOROUGH or form == "text" else options[:1]:
            if more == ("--explain-sums",) and not report.FORMATS[form].explains_sums:
                continue
            (here / "report.txt").unlink(missing_ok=True)
            first = goalcheck_here(*asked, *more)
            written = (here / "report.txt").read_bytes()
            assert not written.strip() or is_report(written), (name, more)
            assert goalcheck_here(*asked, *more) == first, (name, more)
            assert (here / "report.txt").read_bytes() == written, (name, more)
            assert goalcheck_here("lint", ".", "-o", "report.txt").status == first.status
    assert " is an input; " in refused(here, "lint", ".", "report.txt", "-o", "report.txt")


def test_what_only_begins_like_a_report_is_none() -> None:
    others = (
        "[]" + 500 * " " + "x", '[{"type": "issue"}]', '{"version": 1, "tool": {"name": "other"}}', '{"$schema": "x"}',
        '{"rule": "GC101"}', '<?xml version="1.0"?>\n<testsuites name="other"/>', "a.txt:1:2: E501 b\nc", "::error x",
    )  # fmt: skip
    assert [text for text in others if is_report(text.encode())] == []


def test_a_report_of_an_earlier_run_is_passed_over() -> None:
    goalcheck_here("lint", ".", "-o", "report.txt")
    run = goalcheck_here("lint", ".", "--lang", "en")
    assert (run.status, run.err) == (1, b"")
    assert " ".join(run.text.split()).endswith(
        " 1 other file in a folder, no sheet, empty or a marked copy, was passed over."
    )


def test_a_folder_with_nothing_but_the_report_holds_no_sheet(here: Path) -> None:
    (here / "empty").mkdir()
    for _ in range(2):
        run = goalcheck_here("lint", "empty", "-q", "-o", "empty/report.txt", "--lang", "en")
        assert run.status == 2
        assert [line.split(": ")[1] for line in run.complaints] == ["empty"]


def test_the_output_of_a_configuration_replaces_reports_alone(here: Path) -> None:
    (here / "goalcheck.toml").write_text('output = "out.txt"\n', encoding="utf-8")
    target = here / "out.txt"
    for text in ("notes of mine\n", "[]x", "GC501", "必须改的：GC501\n", CLEAN, '{"version": 1}'):
        target.write_text(text, encoding="utf-8")
        assert " is no report of goalcheck; " in refused(here, "lint", "a.txt"), text
    target.write_text("", encoding="utf-8")
    for form in (*TEXT_FORMATS, "text"):
        assert goalcheck_here("lint", "a.txt", "--format", form).out == b""
        assert "GC501" in target.read_text(encoding="utf-8")
    target.write_text("notes of mine\n", encoding="utf-8")
    assert goalcheck_here("lint", "a.txt", "-o", "out.txt").status == 1, "the command line may"
    assert goalcheck_here("lint", "a.txt", "-o", "-").text.endswith("\n")


@pytest.mark.parametrize(
    "command", ["explain GC307", "init --schema", "convert a.txt", "lint a.txt", "compare a.txt a.txt"]
)
def test_a_dash_is_the_screen(command: str, here: Path) -> None:
    run = goalcheck_here(*command.split(), "-o", "-")
    assert (run.out, run.err) == (goalcheck_here(*command.split()).out, b"")
    assert run.out
    assert not (here / "-").exists()
