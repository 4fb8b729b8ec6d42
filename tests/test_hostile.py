"""Text that would steer a terminal: wherever it comes from and whatever command shows it, it is spelt out.

No output holds a control other than the line break, no mark of bidirectional text, no half of a character.
"""

from __future__ import annotations

import json
import os
import random
import re
import shlex
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from helpers import (
    CLEAN,
    FAULTY,
    SITE_RULE,
    TEXT_FORMATS,
    check_strictly,
    examples,
    goalcheck_here,
    shown_on_a_terminal,
    tried_on,
)
from hypothesis import example as always
from hypothesis import given, settings
from hypothesis import strategies as st

from goalcheck import report
from goalcheck.catalogue.load import catalogue
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import default_plan
from goalcheck.prose import sentences
from goalcheck.report import Style, diff, tree
from goalcheck.source import Source

PIECES = [
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b31m", "\x90q\x9c", "\u202eabc\u202c", "\u2066x\u2069",
    "\u200fx\u200e", "\u061c", "\u200b", "\ufeff", "\x08\x08", "\x7f", "\x85", "\u2028",
    "\u2029", "\x0b\x0c", "\xad", "\U000e0041",
]  # fmt: skip
ALL = "".join(PIECES)
HALF = "\ud83d"
STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def steering(shown: bytes | str, but: str = "\n") -> list[str]:
    """What in an output could steer a terminal."""
    text = shown if isinstance(shown, str) else shown.decode()
    return [f"U+{ord(char):04X}" for char in set(text) if unicodedata.category(char) in STEERING and char not in but]


def hostile_sheet(bad: str) -> str:
    """A sheet with ``bad`` in every field and findings in most of them."""
    entries = "".join(
        f"4、1-产出{bad}; 11-数量{bad}; 人数{bad}率; 实施周期指标值:≥≥9{bad}0%; 年度指标值:{value}。"
        for value in ("1010%", "95%")
    )
    text = FAULTY.replace("社区培训经费", f"社区{bad}培训").replace("95%。", f"95%。{entries}{bad}")
    text = text.replace("街道办事处\t5.00", f"街道{bad}办事处\t6{bad}.00")
    return f"目标表{bad}\n{bad}\n部门名称：{bad}\n{text}\n注：{bad}\n{bad}\t{bad}\t{bad}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with hostile sheets, hostile names, a hostile word in a list, and a rule of its own."""
    monkeypatch.chdir(tmp_path)
    sheet = hostile_sheet(ALL)
    (tmp_path / "a.txt").write_text(sheet, encoding="utf-8", newline="")
    if os.name == "posix":
        bad = ALL[:60]
        (tmp_path / f"b{bad}\n\t.txt").write_text(sheet, encoding="utf-8", newline="")
        (tmp_path / os.fsdecode(b"c\xff\xed\xa0\x80.txt")).write_text(sheet, encoding="utf-8", newline="")
        (tmp_path / f"d{bad}.txt").write_text("绩效\0", encoding="utf-8")
    bad = "".join(f"\\u{ord(char):04x}" for char in ALL if ord(char) < 65536 and char not in "\r\n")
    (tmp_path / "rules.toml").write_text(SITE_RULE, encoding="utf-8")
    (tmp_path / "goalcheck.toml").write_text(
        f'rules = ["rules.toml"]\nprofile = "strict"\n[lexicon.growth-words]\nadd = ["人数{bad}"]\n', encoding="utf-8"
    )
    return tmp_path


@pytest.mark.slow
@tried_on("lang", ["zh", "en"])
@tried_on("form", TEXT_FORMATS)
def test_reports(here: Path, form: str, lang: str) -> None:
    run = goalcheck_here("lint", ".", "--format", form, "--verbose", "--lang", lang)
    assert run.status == 2
    assert not steering(run.out)
    assert not steering(run.err)
    assert goalcheck_here("lint", ".", "--format", form, "--lang", lang, "-o", "report").status == 2
    assert not steering((here / "report").read_bytes())
    if form == "text":
        assert not steering(goalcheck_here("lint", ".", "--color", "always").out.replace(b"\x1b[", b""))


@pytest.mark.parametrize(
    "arguments",
    [
        ("parse", "a.txt"),
        ("rules",),
        ("rules", "--format", "json"),
        ("rules", "--test", "."),
        ("explain", "CZ001"),
        pytest.param(("explain", "--all"), marks=pytest.mark.slow),
        ("fix", "--unsafe-fixes", "."),
        ("fix", "."),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.usefixtures("here")
def test_commands(arguments: tuple[str, ...], lang: str) -> None:
    run = goalcheck_here(*arguments, "--lang", lang)
    assert run.out
    assert b"internal" not in run.err
    assert not steering(run.out)
    assert not steering(run.err)


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
@pytest.mark.parametrize(
    "arguments",
    [("fix", ".", "--diff", "--unsafe-fixes"), ("lint", ".", "--color", "never"), ("lint", ".", "--format", "json")],
    ids=" ".join,
)
def test_a_terminal(here: Path, arguments: tuple[str, ...]) -> None:
    _, shown = shown_on_a_terminal(*arguments, cwd=here)
    assert len(shown) > 100
    assert not steering(shown.replace(b"\r\n", b"\n"), but="\n\t")


@tried_on("form", TEXT_FORMATS)
def test_half_a_character(tmp_path: Path, form: str) -> None:
    """Only an encoding that writes escapes can hold one."""
    file = tmp_path / "a.txt"
    file.write_text(hostile_sheet("HALF").replace("HALF", "\\ud83d"), encoding="raw_unicode_escape")
    run = goalcheck_here("lint", file, "--encoding", "raw_unicode_escape", "--format", form)
    assert run.status == 1
    assert not steering(run.out)
    assert b"d83d" in run.out.lower()


OPTIONS = [
    ("lint", "--select"), ("lint", "--encoding"), ("lint", "--format"), ("lint", "--config"), ("lint", "--taxonomy"),
    ("lint", "--fail-on"), ("lint", "--max-rows"), ("lint", "--stdin-filename"), ("lint", "-o"), ("lint",), ("fix",),
    ("lint", "--lang"), ("parse",), ("explain",), ("explain", "--config"), ("rules", "--test"), ("parse", "x"), (),
]  # fmt: skip


@tried_on("arguments", OPTIONS, ids=" ".join)
@tried_on("bad", [f"{ALL}\n\t\r{{}}", f"--{ALL}", f"--lang={ALL}", f"nowhere/{ALL}/x", HALF])
def test_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], bad: str) -> None:
    monkeypatch.chdir(tmp_path)  # a report may well be written to a file of such a name
    run = goalcheck_here(*arguments, bad, *(["-"] if arguments[:1] in (("lint",), ("fix",)) else []))
    assert run.status == 2
    assert not steering(run.out)
    assert not steering(run.err)
    assert b"Traceback" not in run.err


CONFIGURATIONS = [
    '"{}" = 1', 'select = ["{}"]', 'extend = "{}"', 'profile = "{}"', 'rules = ["{}"]', 'plugins = ["{}"]',
    'taxonomy = "{}"', 'encoding = "{}"', '[severity]\n"{}" = "info"', '[options."{}"]\nx = 1',
    '[options.vague-value]\n"{}" = 1',
    '[lexicon."{}"]\nadd = ["x"]', '[lexicon.growth-words]\nremove = ["{}"]',
    '[lexicon.growth-words]\nadd = [" {}"]',
    '[per-file-ignores]\n"{}" = ["{}"]', "lang = {}", "x = '{}", '["{}"]\n["{}"]', 'fail-on = "{}"', "{}",
]  # fmt: skip


@tried_on("raw", [False, True], ids=["escaped", "raw"])
@tried_on("text", CONFIGURATIONS)
@tried_on("lang", ["zh", "en"])
def test_configurations(here: Path, text: str, raw: bool, lang: str) -> None:
    spelt = "".join(f"\\U{ord(char):08x}" for char in ALL)
    (here / "goalcheck.toml").write_text(text.replace("{}", ALL if raw else spelt) + "\n", encoding="utf-8")
    run = goalcheck_here("lint", "a.txt", "--lang", lang)
    assert (run.status, run.out) == (2, b"")
    assert len(run.complaints) == 1
    assert not steering(run.err)


KEYS = ["code", "name", "severity", "field", "forbids", "title", "message", "help", "why", "source", "bad", "good"]


@tried_on("key", KEYS)
def test_rules_of_ones_own(here: Path, key: str) -> None:
    """A text of a rule that holds such characters is refused; the refusal does not show them."""
    spelt = "".join(f"\\U{ord(char):08x}" for char in ALL)
    value = f'["{spelt}"]' if key in ("bad", "good") else f'"{spelt}"'
    lines = [f"{key} = {value}" if line.startswith(f"{key} =") else line for line in SITE_RULE.split("\n")]
    (here / "rules.toml").write_text("\n".join(lines), encoding="utf-8")
    for arguments in (("lint", "a.txt"), ("rules", "--test", "."), ("explain", "CZ001")):
        run = goalcheck_here(*arguments)
        assert run.status == 2
        assert not steering(run.out)
        assert not steering(run.err)


def pieces_in_examples() -> Iterator[tuple[str, str]]:
    """Every example of the catalogue, with hostile characters at some places, once for each language."""
    draw = random.Random(5)  # a fixed sample, not a secret
    for rule in catalogue().rules:
        for made in rule.bad:
            text = made.in_sheet(rule.level).text
            for language in ("zh", "en"):
                chars = list(text)
                for _ in range(4):
                    chars.insert(draw.randrange(len(chars)), draw.choice([*PIECES, HALF]))
                yield "".join(chars), language


@pytest.mark.slow
def test_all_that_any_rule_says() -> None:
    seen = set()
    for text, language in pieces_in_examples():
        result = check_strictly(text, f"a{ALL}.txt")
        if result.sheet is None or result.source is None:
            continue
        seen |= {finding.rule.code for finding in result.findings if finding.rule is not None}
        for form in TEXT_FORMATS:
            assert not steering("".join(report.render(form, [result], Style(language, verbose=True))))
        assert not steering("".join(tree.report(result.sheet, result.source, result.taxonomy)))
        assert not steering("".join(diff.report("a.txt", text, text.replace("指标", ALL), terminal=True)), but="\n\t")
    assert len(seen) > 50


# --- what others would run: the log of a CI service, a page, a shell --------------------------------------------------

COMMANDS = (
    "::error::b", " ::add-mask::x", "##[error]b", "##vso[task.setvariable variable=x]y", "$(touch x)", "`touch x`",
    "-rf ", "<script>alert(1)</script>", "<img src=x onerror=y>", "]]>", "&amp;", "\n", "\t", "%0A", "%3A", "{0}", "{",
    "\\n", "'", '"', ",line=1", "[a](javascript:b)", "\x1b[31m", "\u202e", "\ufffe", "../", "/", "a", "表",
)  # fmt: skip
_LOGGED = re.compile(r"^\s*::|##[\w.-]*\[", re.MULTILINE)
_NOTICE = re.compile(r"::(?:error|warning|notice) [^:\s=]+=[^\n]*?::[^\n]*")


def _sheet_with(bad: str) -> str:
    """The hostile sheet with ``bad`` for the name of a source of money and of a unit as well."""
    text = hostile_sheet(bad).replace("街道办事处\t", f"{bad}街道办事处\t")
    return text.replace("财政专户拨款", f'"{bad.replace(chr(34), chr(34) * 2)}"')


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.sampled_from(COMMANDS), min_size=1, max_size=6).map("".join), st.sampled_from(["zh", "en"]))
@always("::error::b", "en")
@always("##[error]b", "zh")
@always("<script>alert(1)</script>", "zh")
@always("".join(COMMANDS), "en")
def test_no_report_runs_anything(bad: str, language: str) -> None:
    """Whatever a file is called and whatever it holds: nothing that a log, a page or a terminal would obey is written.

    And nobody loses by that: what is JSON or XML reads as it was, and names the file by its name.
    """
    core = default_plan(catalogue())
    texts = {bad: _sheet_with(bad), f"{bad}.txt": FAULTY, f"b{bad}": "no sheet"}
    results = [check_source(Source(text, path), core, with_sums=True) for path, text in texts.items()]
    assert results[1].findings
    for form in (report.FORMATS[name] for name in TEXT_FORMATS):
        style = Style(language, sums=form.explains_sums, verbose=True, folder="/w")
        said = "".join(report.render(form.name, results, style))
        assert not steering(said)
        if form.name == "github":
            assert all(_NOTICE.fullmatch(line) for line in said.splitlines())
        else:
            assert not _LOGGED.search(said)
        if form.name == "json":
            told = json.loads(said)
            assert [file["path"] for file in told["files"]] == [*texts]
            assert all(
                found["text"] == texts[found["path"]][found["offset"] : found["end_offset"]]
                for found in told["findings"]
            )
        elif form.name == "gitlab":
            assert not [issue for issue in json.loads(said) if "<" in issue.get("content", {}).get("body", "")]
        elif form.name == "sarif":
            places = [artifact["location"]["uri"] for artifact in json.loads(said)["runs"][0]["artifacts"]]
            assert all(re.fullmatch(r"[\w./~:-]*(?:%[0-9A-F]{2}[\w./~:-]*)*", place, re.ASCII) for place in places)
        elif form.name == "junit":
            assert len(ElementTree.fromstring(said)) == len(texts)  # noqa: S314  # our own report
        elif form.name == "concise":
            assert len(said.splitlines()) == sum(len(result.findings) for result in results)


@pytest.mark.skipif(os.name != "posix", reason="such names can be given to files there only")
@tried_on("name", ["-rf $(touch x)", "`touch x` 'b'", "a b;touch x", "a\n::error::b"])
def test_no_advice_holds_a_name_that_a_shell_would_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What is printed to be copied can be copied: run by a shell, it names the file and does nothing else."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(FAULTY, encoding="utf-8")
    assert goalcheck_here("lint", "a.txt", "--write-baseline", name).status == 0
    Path("a.txt").write_text(CLEAN, encoding="utf-8")
    said = goalcheck_here("lint", "a.txt", "--baseline", name, "--lang", "en").err.decode()
    command = re.search(r"--write-baseline (.*) drops them", said)
    assert command is not None
    told = shlex.split(command[1])
    assert told == [sentences.path(name if not name.startswith("-") else f"./{name}")]
    assert "\n::" not in said


def test_json_is_the_same_once_it_is_read(here: Path) -> None:
    """What is escaped in JSON is no other text: offsets still slice it out."""
    run = goalcheck_here("lint", "a.txt", "--format", "json", cwd=here)
    text = (here / "a.txt").read_bytes().decode()
    findings = json.loads(run.out)["findings"]
    assert any(set(ALL) & set(finding["text"]) for finding in findings)
    for finding in findings:
        assert text[finding["offset"] : finding["end_offset"]] == finding["text"]
    assert "\\udb40\\udc41" in run.text
    assert CLEAN not in text
