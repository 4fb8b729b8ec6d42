"""Configuration files: which one holds, what overrules what, and what is said of a broken one."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from helpers import CLEAN, FAULTY, PERCENT, ROOT, entry_sheet, goalcheck, goalcheck_here, modules_of_lint, tried_on
from hypothesis import given
from hypothesis import strategies as st

from goalcheck import report
from goalcheck.catalogue.example import wrap
from goalcheck.catalogue.load import Catalogue, catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.config.keys import FORMATS, KEYS
from goalcheck.config.merge import configuration
from goalcheck.config.selection import PROFILES, Selection, chosen_rules, exactness
from goalcheck.errors import FileError
from goalcheck.files import toml_places
from goalcheck.prose.faults import broken_file

CODES = [rule.code for rule in catalogue().rules]
TWO_FAULTS = wrap("⇥〔指标〕" + PERCENT, "project").text  # GC304, GC501
HAN = re.compile("[\u3400-\u9fff\uff01-\uff5e\u3001\u3002]")


def put(folder: Path, files: Mapping[str, str]) -> Path:
    """Write ``files`` into ``folder``."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def found(folder: Path, *arguments: str) -> dict[str, list[str]]:
    """Which rules find something in which input, when ``folder`` is linted."""
    run = goalcheck_here("lint", *(arguments or (".",)), "--format", "json", cwd=folder)
    assert run.status in (0, 1), run.err.decode()
    report = json.loads(run.text)
    rules: dict[str, list[str]] = {file["path"]: [] for file in report["files"]}
    for finding in report["findings"]:
        rules[finding["path"]].append(finding["rule"])
    return {path: sorted(codes) for path, codes in rules.items()}


def complaint(folder: Path, *arguments: str) -> str:
    """The one line that refuses the run; nothing is checked."""
    run = goalcheck_here("lint", *(arguments or (".",)), "--lang", "en", cwd=folder)
    assert (run.status, run.out) == (2, b""), run.text
    (line,) = run.complaints
    return line.removeprefix("goalcheck: ")


# --- which file holds ---------------------------------------------------------------------------------------------


def test_nearest_file_holds(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a.txt": TWO_FAULTS,
            "goalcheck.toml": 'ignore = ["GC501"]\n',
            "inner/b.txt": TWO_FAULTS,
            "inner/deep/c.txt": TWO_FAULTS,
            "inner/deep/goalcheck.toml": 'ignore = ["GC304"]\n',
        },
    )
    assert found(tmp_path) == {
        "a.txt": ["GC304"],
        "inner/b.txt": ["GC304"],
        "inner/deep/c.txt": ["GC501"],
    }
    assert found(tmp_path, "--isolated", "a.txt") == {"a.txt": ["GC304", "GC501"]}
    assert found(tmp_path, ".", "--config", "inner/deep/goalcheck.toml") == {
        name: ["GC501"] for name in ("a.txt", "inner/b.txt", "inner/deep/c.txt")
    }


def test_pyproject(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a.txt": TWO_FAULTS,
            "pyproject.toml": '[tool.goalcheck]\nignore = ["GC501"]\n',
            "other/b.txt": TWO_FAULTS,
            "other/pyproject.toml": '[project]\nname = "goalcheck-of-ours"\n[tool.setuptools]\n',
            "both/c.txt": TWO_FAULTS,
            "both/pyproject.toml": '[tool.goalcheck]\nignore = ["GC501"]\n',
            "both/goalcheck.toml": 'ignore = ["GC304"]\n',
            "inline/d.txt": TWO_FAULTS,
            "inline/pyproject.toml": 'tool = { goalcheck = { ignore = ["GC304"] } }\n',
            "dotted/e.txt": TWO_FAULTS,
            "dotted/pyproject.toml": 'tool.goalcheck.ignore = ["GC304"]\n',
            "broken/f.txt": TWO_FAULTS,
            "broken/pyproject.toml": "[project\n",
        },
    )
    assert found(tmp_path) == {
        "a.txt": ["GC304"],
        "other/b.txt": ["GC304"],
        "both/c.txt": ["GC501"],
        "inline/d.txt": ["GC501"],
        "dotted/e.txt": ["GC501"],
        "broken/f.txt": ["GC304"],
    }
    assert "has no [tool.goalcheck]" in complaint(tmp_path, ".", "--config", "other/pyproject.toml")


def test_standard_input_belongs_to_the_folder_of_its_name(tmp_path: Path) -> None:
    put(tmp_path, {"inner/goalcheck.toml": 'ignore = ["GC501"]\n', "goalcheck.toml": 'ignore = ["GC304"]\n'})
    for name, codes in (("a.txt", ["GC501"]), ("inner/a.txt", ["GC304"])):
        run = goalcheck(
            "lint", "-", "--stdin-filename", name, "--format", "json", cwd=tmp_path, stdin=TWO_FAULTS.encode()
        )
        assert [finding["rule"] for finding in json.loads(run.text)["findings"]] == codes


def test_config_and_isolated_exclude_each_other(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": CLEAN, "x.toml": ""})
    assert "--config and --isolated" in complaint(tmp_path, "a.txt", "--config", "x.toml", "--isolated")
    assert complaint(tmp_path, "a.txt", "--config", "y.toml").startswith("y.toml: no such file")


def test_unconfigured_start_reads_no_toml() -> None:
    loaded = modules_of_lint()
    assert "goalcheck.config.setups" in loaded
    assert not loaded & {"tomllib", "goalcheck.files.toml_file", "goalcheck.config.layers", "importlib.metadata"}


# --- what a file may say ------------------------------------------------------------------------------------------


@tried_on(
    ("text", "codes"),
    [
        ("", ["GC304", "GC501"]),
        ('select = ["GC3"]', ["GC304"]),
        ('select = ["missing-goal"]', ["GC501"]),
        ('ignore = ["GC3"]', ["GC501"]),
        ('select = ["GC3"]\nextend-select = ["GC501"]', ["GC304", "GC501"]),
        ('select = ["GC501"]\nignore = ["GC5"]', ["GC501"]),
        ('per-file-ignores = { "*.txt" = ["GC304"] }', ["GC501"]),
        ('[per-file-ignores]\n"b.txt" = ["ALL"]', ["GC304", "GC501"]),
        ('[per-file-ignores]\n"old/" = ["ALL"]\n"*.txt" = ["GC5"]', ["GC304"]),
        ('[lexicon.growth-words]\nadd = ["验收合格"]', ["GC501"]),
    ],
)
def test_rules_of_a_file(tmp_path: Path, text: str, codes: list[str]) -> None:
    put(tmp_path, {"a.txt": TWO_FAULTS, "goalcheck.toml": text})
    assert found(tmp_path) == {"a.txt": codes}


@tried_on(
    ("glob", "path", "fits"),
    [
        ("*.txt", "a.txt", True), ("*.txt", "x/a.txt", True), ("x/*.txt", "x/a.txt", True),
        ("x/*.txt", "x/y/a.txt", False), ("x/**", "x/y/a.txt", True), ("x/**/a.txt", "x/a.txt", True),
        ("x/**/a.txt", "x/y/z/a.txt", True), ("**/y/*", "x/y/a.txt", True), ("y/", "x/y/a.txt", False),
        ("x/", "x/y/a.txt", True), ("./x/*", "x/a.txt", True), ("x\\*", "x/a.txt", True), ("?.txt", "x/a.txt", True),
        ("?.txt", "ab.txt", False), ("[ab].txt", "a.txt", False), ("a.txt", "ba.txt", False), ("x", "x/a.txt", False),
        ("2024年*.txt", "2024年度.txt", True), ("A.txt", "a.txt", False),
    ],
)  # fmt: skip
def test_globs(tmp_path: Path, glob: str, path: str, fits: bool) -> None:
    put(tmp_path, {path: FAULTY, "goalcheck.toml": f"[per-file-ignores]\n'{glob}' = ['GC501']\n"})
    assert found(tmp_path) == {path: [] if fits else ["GC501"]}


def test_severity_and_fail_on(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": FAULTY, "b/c.txt": FAULTY, "goalcheck.toml": '[severity]\nmissing-goal = "warning"\n'})
    run = goalcheck("lint", "a.txt", "--format", "json", cwd=tmp_path)
    assert (run.status, json.loads(run.text)["findings"][0]["severity"]) == (0, "warning")
    assert goalcheck("lint", "a.txt", "--fail-on", "warning", cwd=tmp_path).status == 1
    put(tmp_path, {"b/goalcheck.toml": 'extend = "above"\nfail-on = "warning"\n'})
    assert goalcheck("lint", "a.txt", cwd=tmp_path).status == 0
    assert goalcheck("lint", ".", cwd=tmp_path).status == 1, "each input fails by its own configuration"
    assert goalcheck("lint", ".", "--fail-on", "error", cwd=tmp_path).status == 0


def test_language_and_encoding(tmp_path: Path) -> None:
    put(tmp_path, {"s/goalcheck.toml": 'lang = "en"\nencoding = "gb18030"\n'})
    (tmp_path / "s" / "a.txt").write_bytes(FAULTY.encode("gb18030"))
    for arguments in (("s",), ("s/a.txt",)):
        assert goalcheck("lint", *arguments, cwd=tmp_path).text.startswith("s/a.txt: 1 unit, ")
    assert (
        goalcheck("lint", "s", "--lang", "zh", cwd=tmp_path).text
        == goalcheck("--lang", "zh", "lint", "s", cwd=tmp_path).text
    )
    assert HAN.search(goalcheck("lint", "s", "--lang", "zh", cwd=tmp_path).text.splitlines()[-1])
    assert goalcheck("lint", "s", "--encoding", "utf-8", cwd=tmp_path).status == 2


def test_extending(tmp_path: Path) -> None:
    """The nearer file overrules the one it extends; additions add up. Paths start from the file that names them."""
    put(
        tmp_path,
        {
            "city/goalcheck.toml": 'select = ["GC3", "GC5"]\nextend-select = ["GC201"]\nfail-on = "never"\n'
            'taxonomy = "own.toml"\n[severity]\nGC501 = "info"\n[per-file-ignores]\n"z.txt" = ["ALL"]\n'
            '[lexicon.growth-words]\nadd = ["验收合格"]\n',
            "city/own.toml": TAXONOMY,
            "city/district/goalcheck.toml": 'extend = "above"\nselect = ["GC5"]\n'
            '[per-file-ignores]\n"y.txt" = ["GC501"]\n[lexicon.growth-words]\nremove = ["验收合格"]\n',
            "city/district/a.txt": TWO_FAULTS,
            "city/district/y.txt": TWO_FAULTS,
            "city/district/z.txt": TWO_FAULTS,
            "city/district/town/goalcheck.toml": 'extend = "above"\nselect = ["GC3"]\nextend-select = []\n',
            "city/district/town/t.txt": TWO_FAULTS,
        },
    )  # fmt: skip
    run = goalcheck("lint", "city", "--format", "json", cwd=tmp_path)
    report = json.loads(run.text)
    assert run.status == 0
    assert report["tool"]["taxonomy"] == "own-classes"
    by_file = {(finding["path"], finding["rule"], finding["severity"]) for finding in report["findings"]}
    folder = "city/district"
    assert {(path, rule, level) for path, rule, level in by_file if rule != "GC201"} == {
        (f"{folder}/a.txt", "GC501", "info"), (f"{folder}/town/t.txt", "GC304", "error")
    }  # fmt: skip
    assert {path for path, rule, _ in by_file if rule == "GC201"} == {
        f"{folder}/a.txt", f"{folder}/y.txt", f"{folder}/town/t.txt"
    }, "own.toml has no 22"  # fmt: skip


def test_extending_itself(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": CLEAN, "goalcheck.toml": '\nextend = "b.toml"\n', "b.toml": 'extend = "goalcheck.toml"\n'})
    assert complaint(tmp_path) == "b.toml:1: goalcheck.toml extends this file in turn"
    put(tmp_path, {"b.toml": 'extend = "c.toml"\n'})
    assert complaint(tmp_path) == "b.toml:1: there is no c.toml; paths start from this file"


# --- options of rules: on a catalogue with a rule that has some ---------------------------------------------------

WITH_OPTIONS = """\
import os, sys, attrs
from goalcheck.catalogue import load
shipped = load.catalogue()
options = {"limit": 80, "share": 0.5, "word": "等", "words": ["等"], "loose": False}
rules = tuple(attrs.evolve(r, options=options if r.code == "GC501" else {}) for r in shipped.rules)
made = attrs.evolve(shipped, rules=rules)
load.catalogue = lambda: made
from goalcheck.checks import completeness
def check(project, context):
    print(sorted(context.options.items()), file=sys.stderr)
    return ()
completeness.missing_goal = check
from goalcheck.cli import main
for folder in sys.argv[1:]:
    os.chdir(folder)
    try:
        main(["lint", "a.txt", "--lang", "en", "--select", "GC501"])
    except SystemExit:
        print("--", file=sys.stderr)
"""


def _with_options(folder: Path, *texts: str) -> list[list[str]]:
    """What is said of each of the configurations ``texts``, where GC501 has five options and tells them."""
    places = [str(put(folder / str(number), {"a.txt": CLEAN, "goalcheck.toml": t})) for number, t in enumerate(texts)]
    done = subprocess.run([sys.executable, "-c", WITH_OPTIONS, *places], capture_output=True, check=False)
    return [said.splitlines() for said in done.stderr.decode().split("--\n")[:-1]]


@pytest.fixture(scope="module")
def told_of_options(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    folder = tmp_path_factory.mktemp("options")
    put(folder / "0", {"base.toml": "[options.missing-goal]\nlimit = 90\nshare = 0.7\nwords = []\n"})
    wrong = (f"\n[options.GC501]\n{line}\n" for line, _ in OPTIONS_OF_THE_WRONG_KIND)
    return _with_options(folder, 'extend = "base.toml"\n[options.GC501]\nloose = true\nshare = 1\n', *wrong)


def test_options_reach_the_check(told_of_options: list[list[str]]) -> None:
    (said,) = told_of_options[0]
    assert dict(ast.literal_eval(said)) == {"limit": 90, "share": 1, "word": "等", "words": [], "loose": True}


OPTIONS_OF_THE_WRONG_KIND = [
    ("limit = 90.5", "options.GC501.limit must be a whole number"),
    ("limit = true", "options.GC501.limit must be a whole number"),
    ('limit = "90"', "options.GC501.limit must be a whole number"),
    ("share = nan", "options.GC501.share must be a number"),
    ("word = []", "options.GC501.word must be a text in quotation marks"),
    ("words = [1]", 'options.GC501.words must be a list of texts, such as ["GC3", "GC501"]'),
    ("loose = 1", "options.GC501.loose must be true or false"),
    ("limt = 90", "the rule missing-goal has no option limt; did you mean limit"),
]


def test_options_are_of_the_kind_of_their_defaults(told_of_options: list[list[str]]) -> None:
    assert told_of_options[1:] == [[f"goalcheck: goalcheck.toml:3: {wrong}"] for _, wrong in OPTIONS_OF_THE_WRONG_KIND]


# --- strictness ---------------------------------------------------------------------------------------------------

BROKEN = [
    ('# a comment\nselct = ["GC3"]', 2, "there is no key selct; did you mean select"),
    ('extend_select = ["GC3"]', 1, "there is no key extend_select; did you mean extend-select"),
    ('colour = "red"', 1, "there is no key colour"),
    ('select = "GC3"', 1, 'select goes in brackets: select = ["GC3"]'),
    ('ignore = "GC3, GC501"', 1, 'ignore goes in brackets: ignore = ["GC3", "GC501"]'),
    ('ignore = ["GC3,missing-goal"]', 1, 'is written rule by rule: ["GC3", "missing-goal"]'),
    ('ignore = 3', 1, "ignore must be a list of texts"),
    ('select = [\n  "GC3",\n  3,\n]', 3, "select must be a list of texts"),
    ('select = [\n  "GC3",\n  "missing-gaol",\n]', 3, "there is no rule missing-gaol; did you mean missing-goal"),
    ('ignore = ["GC9"]', 1, "there is no rule GC9"),
    ('ignore = ["gc-3O9"]', 1, "there is no rule gc-3O9; did you mean GC309"),
    ('ignore = ["GC5044"]', 1, "there is no rule GC5044; did you mean GC504"),
    ('ignore = [""]', 1, "ignore must be a list of texts"),
    ('profile = "mild"', 1, 'profile cannot be "mild"; choose one of core, strict'),
    ('fail-on = 3', 1, "fail-on cannot be 3; choose one of error, warning, info, never"),
    ('lang = "fr"', 1, 'lang cannot be "fr"; choose one of zh, en'),
    ('encoding = "utf-9"', 1, "utf-9 is no encoding"),
    ('\n\ntaxonomy = "jiangxi"', 3, "there is no taxonomy jiangxi: it is one of guangdong"),
    ('taxonomy = 1', 1, "taxonomy must be a text in quotation marks"),
    ('max-rows = 0', 1, "max-rows must be a whole number from 1 to 999999999999999999"),
    ('max-size = true', 1, "max-size must be a whole number from 1 to"),
    ('max-cell = 1.5', 1, "max-cell must be a whole number from 1 to"),
    ('max-entries = "9"', 1, "max-entries must be a whole number from 1"),
    ('extend = ["a.toml"]', 1, "extend must be a text"),
    ('[severity]\nGC501 = "fatal"', 2, 'severity.GC501 cannot be "fatal"; choose one of error, warning, info'),
    ('[severity]\nmising-goal = "info"', 2, "there is no rule mising-goal; did you mean missing-goal"),
    ('severity = "info"', 1, "severity must be a table"),
    ('[per-file-ignores]\n"*.txt" = ["ALL"]\n"*.csv" = ["GC50l"]', 3, "there is no rule GC50l; did you mean GC5"),
    ('[per-file-ignores]\n"*.txt" = "ALL"', 2, 'per-file-ignores.*.txt goes in brackets: *.txt = ["ALL"]'),
    ('[per-file-ignores]\na.b.txt = ["ALL"]', 2, 'a name with a dot stands in quotation marks: "a.b.txt"'),
    ('[per-file-ignores]\n"*.txt" = ["ALL"]\nignore = ["GC3"]', 3, "ignore stands below [@per-file-ignores]; move it"),
    ('[severity]\nselect = ["GC3"]', 2, "select stands below [@severity]; move it above the first header in brackets"),
    ('[severity]\nfail-on = "warning"', 2, "fail-on stands below [@severity]"),
    ('[options.GC315]\nthreshold = 70\nprofile = "strict"', 3, "profile stands below [@options]"),
    ('[lexicon.growth-words]\nignore = ["GC3"]', 2, "ignore stands below [@lexicon]"),
    ('[severity]\nGC5 = "info"', 2, "GC5 is several rules; name one of them, such as GC501"),
    ('[severity]\nGC501 = "info"\nmissing-goal = "info"', 3, "missing-goal and GC501 are the same rule"),
    ('[options.GC315]\nthreshold = 70\n[options.low-satisfaction]\nthreshold = 90', 3,
     "low-satisfaction and GC315 are the same rule; keep one of the two"),
    ('[options.low-satisfaction]\nlimit = 90', 2, "low-satisfaction has no option limit; did you mean threshold"),
    ('[options]\nthreshold = 90', 2, "options.threshold must be a table, such as [options.low-satisfaction]"),
    ('[lexicon.growth-word]\nadd = ["x"]', 1, "there is no word list growth-word; did you mean growth-words"),
    ('[lexicon.growth-words]\nadds = ["x"]', 2, "there is no key lexicon.growth-words.adds; did you mean add"),
    ('[lexicon]\ngrowth-words.remove = ["增长", "增长x"]', 2, "has no word “增长x” to remove; did you mean 增长"),
    ('[lexicon.growth-words]\nadd = [" x"]', 2, "has blanks around it"),
    ('[lexicon]\ngrowth-words = ["x"]', 2, "lexicon.growth-words must be a table"),
    ('[lexicon.satisfaction-words]\nremove = ["满意"]', 1, "no word is left in the list satisfaction-words"),
    ('[columns]\ntotals = ["核定经费"]', 2, "there is no kind of column totals; did you mean total"),
    ('[columns]\ntotal = ["12.5"]', 2, "“12.5” names no column"),
    ('[columns]\ntotal = "核定经费"', 2, 'columns.total goes in brackets: total = ["核定经费"]'),
    ('[options.GC501]\nlimit = 3', 2, "the rule missing-goal has no options"),
    ('[options.GC50]\nlimit = 3', 1, "GC50 is several rules; name one of them, such as GC501"),
    ('jobs = 0', 1, 'jobs must be a whole number from 1 to 256, or "auto"'),
    ('jobs = true', 1, 'jobs must be a whole number from 1 to 256, or "auto"'),
    ('jobs = 257', 1, 'jobs must be a whole number from 1 to 256, or "auto"'),
    ('jobs = -1', 1, 'jobs must be a whole number from 1 to 256, or "auto"'),
    ('jobs = nan', 1, 'jobs must be a whole number from 1 to 256, or "auto"'),
    ('max-size = 1_000_000_000_000_000_000', 1, "max-size must be a whole number from 1 to"),
    ('[options.GC315]\nthreshold = -1', 2, "options.GC315.threshold cannot be -1: it lies between 0 and 100"),
    ('[options.GC315]\nthreshold = 101', 2, "options.GC315.threshold cannot be 101: it lies between 0 and 100"),
    ('[options.GC315]\nthreshold = 79.5', 2, "options.GC315.threshold must be a whole number"),
    ('[options.few-indicators]\nleast = 1001', 2, "options.few-indicators.least cannot be 1001"),
    ('jobs = "all"', 1, 'jobs must be a whole number from 1 to 256, or "auto"'),
    ('ambiguous-width = true', 1, "ambiguous-width cannot be true; choose one of 1, 2"),
    ('quiet = "true"', 1, "quiet must be true or false"),
    ('format = "xml"', 1, 'format cannot be "xml"; choose one of text, concise, json'),
    ('output = ["a.txt"]', 1, "output must be a text in quotation marks"),
    ('baseline = "a\\nb.json"', 1, "baseline holds a line break or unseen characters"),
    ('[options]\nGC501 = 3', 2, "options.GC501 must be a table"),
    ('select = ["GC3"]\nselect = ["GC4"]', 2, "is no TOML"),
    ('a = 1\nselect = [', 2, "is no TOML"),
    ('x = ' + "[" * 5000, None, "is no TOML"),
]  # fmt: skip


@tried_on(("text", "line", "said"), BROKEN, ids=[text[:40] for text, _, _ in BROKEN])
def test_broken_file(tmp_path: Path, text: str, line: int | None, said: str) -> None:
    """File, line, what is wrong, the nearest name; in both languages, and nothing is checked."""
    put(tmp_path, {"a.txt": FAULTY, "goalcheck.toml": f"{text}\n"})
    place = "goalcheck.toml:" if line is None else f"goalcheck.toml:{line}: "
    told = complaint(tmp_path)
    assert told.startswith(place)
    assert said.replace("[@", "[") in told
    chinese = goalcheck_here("lint", cwd=tmp_path)
    assert (chinese.status, chinese.out, len(chinese.complaints)) == (2, b"", 1)
    assert chinese.complaints[0].startswith(f"goalcheck: {place}")
    assert HAN.search(chinese.complaints[0])
    if text.startswith(("x =", "a =", 'select = ["GC3"]\nselect')):
        return
    put(tmp_path, {"sub/pyproject.toml": _indented(text), "sub/b.txt": FAULTY})
    told = complaint(tmp_path, "sub")
    assert told.startswith(f"sub/pyproject.toml:{(line or 0) + 1}: ")
    assert said.replace("[@", "[tool.goalcheck.") in told


SLIPS = [
    ('select = ["GC3]', 1, "引号没有成对", "a quotation mark is missing"),
    ("select = ['GC3\n", 1, "引号没有成对", "a quotation mark is missing"),
    ('lang = "zh', 1, "引号没有成对", "a quotation mark is missing"),
    ('lang = """zh', 1, "引号没有成对", "a quotation mark is missing"),
    ("select GC3", 1, "名称后面要有等号", "a key is followed by ="),
    ('select: ["GC3"]', 1, "名称后面要有等号", "a key is followed by ="),
    ("lang = zh", 1, "等号右边写错了", "this is no value"),
    ("quiet = True", 1, "等号右边写错了", "this is no value"),
    ("lang =\n", 1, "等号右边写错了", "this is no value"),
    ("lang =", 1, "等号右边写错了", "this is no value"),
    ("jobs = 2个", 1, "值的后面多了东西", "something follows the value"),
    ("[options.GC315]\nthreshold = 80%", 2, "值的后面多了东西", "something follows the value"),
    ('lang = "zh"\n\nlang = "en"', 3, "前面已经写过了", "this was said before"),
    ("[severity]\n[options]\n[severity]", 3, "前面已经写过了", "this was said before"),
    ("severity = {}\n[severity]", 2, "前面已经写过了", "this was said before"),
    ("severity = { GC501 = 'info', GC501 = 'info' }", 1, "前面已经写过了", "this was said before"),
    ('select = ["GC3" "GC5"]', 1, "少了逗号", "a comma is missing"),
    ('select = [\n  "GC3",\n\nlang = "zh"', 4, "方括号没有关", "a bracket is not closed"),
    ('select = [\n  "GC3",\n', 2, "方括号没有关", "a bracket is not closed"),
    ('severity = { GC501 = "info"\n', 1, "花括号没有关", "a brace is not closed"),
    ("[severity\nGC501 = 'info'", 1, "方括号标题没有写完", "a header in brackets is not closed"),
    ("\u4e0d\u67e5 = ['GC3']", 1, "这一行看不懂", "this line makes no sense"),
    ("[per-file-ignores]\n*.txt = ['ALL']", 2, "加引号", "in quotation marks"),
    ('taxonomy = "..\\own.toml"', 1, "反斜杠", "a backslash"),
    ('taxonomy = "C:\\users"', 1, "反斜杠", "a backslash"),
    ('lang = "z\x07h"', 1, "看不见的字符", "an unseen character"),
    ("x = 2024-02-30", 1, "没有这个日期", "no such date"),
    ("select \uff1d ['GC3']", 1, "半角", "full-width signs"),
    ("select = ['GC3'\uff0c 'GC5']", 1, "半角", "full-width signs"),
    ("select\u3000= ['GC3']", 1, "半角", "full-width signs"),
    ("select = \u201cGC3\u201d", 1, "半角", "curly"),
    ("lang = zh # \uff0c", 1, "等号右边写错了", "this is no value"),
    ("[tool.goalcheck]\nlang = 'zh'", 1, "直接写各项", "keys stand here without [tool.goalcheck]"),
    ("[goalcheck]\nlang = 'zh'", 1, "直接写各项", "keys stand here without [goalcheck]"),
]


@tried_on(("text", "line", "zh", "en"), SLIPS, ids=[repr(slip[0])[:40] for slip in SLIPS])
def test_slips_of_toml(tmp_path: Path, text: str, line: int, zh: str, en: str) -> None:
    """What Python's reader of TOML says in English is said in the reader's language, with the line of the slip."""
    put(tmp_path, {"a.txt": FAULTY, "goalcheck.toml": text})
    for language, said in (("zh", zh), ("en", en)):
        run = goalcheck_here("lint", tmp_path / "a.txt", "--lang", language)
        assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)
        assert f"goalcheck.toml:{line}: " in run.complaints[0]
        assert said in run.complaints[0]
    chinese = goalcheck_here("lint", tmp_path / "a.txt").complaints[0]
    assert not re.search("Expected|Invalid|Unclosed|Cannot|character|string", chinese)


def test_other_slips_are_quoted() -> None:
    """What there is no sentence for is said as Python says it, in brackets."""
    error = FileError("syntax", "goalcheck.toml", 3, what="Something new")
    assert broken_file(error, "zh").endswith("\uff08Something new\uff09")
    assert broken_file(error, "en").endswith("Something new")


def _indented(text: str) -> str:
    """``text`` as the table of a pyproject.toml."""
    return "[tool.goalcheck]\n" + re.sub(r"^\[(?=[a-z])", "[tool.goalcheck.", text, flags=re.MULTILINE) + "\n"


@tried_on(
    ("data", "said"),
    [
        (b"\xef\xbb\xbfselct = []\r\n", "goalcheck.toml:1: there is no key selct"),
        (
            'ignore = ["GC3"] # \u6ce8\u91ca\u8bf4\u660e'.encode("gb18030"),
            "goalcheck.toml:1: is not UTF-8; save it as UTF-8",
        ),
        (b"#\n#\n\xff", "goalcheck.toml:3: is not UTF-8; save it as UTF-8"),
        (b"#" * (2**20 + 1), "goalcheck.toml: is larger than 1 MB"),
    ],
)
def test_bytes_of_a_file(tmp_path: Path, data: bytes, said: str) -> None:
    put(tmp_path, {"a.txt": FAULTY})
    (tmp_path / "goalcheck.toml").write_bytes(data)
    assert complaint(tmp_path).startswith(said)


def test_broken_file_stops_the_whole_run(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": FAULTY, "b/b.txt": FAULTY, "b/goalcheck.toml": "x = 1\n"})
    assert complaint(tmp_path) == "b/goalcheck.toml:1: there is no key x"
    assert found(tmp_path, "a.txt") == {"a.txt": ["GC501"]}


def test_hostile_names_are_shown_plainly(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": FAULTY, "goalcheck.toml": '"a\\u001b[31m\\nb" = 1\n'})
    told = complaint(tmp_path)
    assert "\x1b" not in told
    assert told.startswith("goalcheck.toml:1: ")


# --- places in TOML -----------------------------------------------------------------------------------------------

TRICKY = "\n".join(
    [
        "# select = 1",
        'a.b."c d" = 1',
        '"e\\u0066" = """',
        "[not.a.table]",
        'x = 1 \\""" """"',
        "f = [ 1, # ]",
        """  [2, "]"], { g = 3, h.i = '#' },""",
        "]",
        "[[rule]]",
        "code = '''",
        "[[rule]]'''''",
        "[[rule]]",
        "code = 2",
        "more = { } # }",
        "[rule.inner]",
        "deep = 2024-01-01 00:00:00",
        "[[rule.list]]",
        "x = inf",
        "[ a . 'z' ]",
        "y=-1_0",
    ]
)


def test_lines_of_tricky_text() -> None:
    def line(*where: str | int) -> str:
        return TRICKY[places[where] :].split("\n")[0]

    places = toml_places.places(TRICKY)
    assert line("a", "b", "c d") == 'a.b."c d" = 1'
    assert line("ef") == '"e\\u0066" = """'
    assert line("f", 1, 1) == "\"]\"], { g = 3, h.i = '#' },"
    assert line("f", 2, "h", "i") == "h.i = '#' },"
    assert line("rule", 1, "code").startswith("code = 2")
    assert line("rule", 1, "more") == "more = { } # }"
    assert line("rule", 1, "inner", "deep").startswith("deep = 2024")
    assert line("rule", 1, "list", 0, "x") == "x = inf"
    assert line("a", "z", "y") == "y=-1_0"
    assert ("not",) not in places
    assert set(places) == set(_paths(tomllib.loads(TRICKY)))


def _paths(value: Any, where: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts: Sequence[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    return [path for key, part in parts for path in ((*where, key), *_paths(part, (*where, key)))]


_KEYS = st.sampled_from(["a", "b-c", "x.y", "\u8868 \"'#=[", "]", ""])
_VALUES = st.recursive(
    st.integers() | st.booleans() | st.text("ab\"'\\#[]{}=,\n \u8868", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(f"\n {_toml(part)}" for part in value) + "\n]"
    return json.dumps(value)


@given(st.dictionaries(_KEYS, _VALUES, max_size=4), st.dictionaries(_KEYS, _VALUES, max_size=3))
def test_every_value_has_its_place(table: dict[str, Any], more: dict[str, Any]) -> None:
    text = "".join(f"{json.dumps(key)} = {_toml(value)} # x = [\n" for key, value in table.items())
    if "t" not in table:
        text += "[[t]]\n[[t]]\n" + "".join(f"{json.dumps(key)} = {_toml(value)}\n" for key, value in more.items())
    data = tomllib.loads(text)
    places = toml_places.places(text)
    assert set(places) == set(_paths(data))
    for where, at in places.items():
        if isinstance(where[-1], str):
            assert text[at:].lstrip("[").startswith((json.dumps(where[-1]), "t]"))


# --- precedence ---------------------------------------------------------------------------------------------------

_SELECTORS = st.sampled_from(["ALL", "GC", "GC3", "gc50", "GC5", *CODES, *(rule.name for rule in catalogue().rules)])
_SOME = st.lists(_SELECTORS, max_size=3)
_SELECTIONS = st.builds(
    Selection,
    profile=st.none() | st.sampled_from(PROFILES),
    select=st.none() | _SOME,
    extend=_SOME,
    ignore=st.none() | _SOME,
)
_RULES = Catalogue(tuple(catalogue().rules), catalogue().lexicon, catalogue().taxonomies, catalogue().columns)


def _expected(rule: Rule, layers: list[Selection], asked: Selection) -> bool:
    """The precedence, one rule at a time."""
    places = [*layers, asked]
    profile = next((p.profile for p in places[::-1] if p.profile), "core")
    select = next((n for n in range(len(places) - 1, -1, -1) if places[n].select is not None), None)
    ignore = next((n for n in range(len(places) - 1, -1, -1) if places[n].ignore is not None), None)
    wanted = [
        (exactness(s, rule), n)
        for n, p in enumerate(places)
        for s in p.extend
        if n == len(layers) or asked.select is None
    ]
    if select is not None:
        wanted += [(exactness(s, rule), select) for s in places[select].select or ()]
    elif rule.set == "core" or profile == "strict":
        wanted.append((1, -1))
    unwanted = [(exactness(s, rule), ignore) for s in places[ignore].ignore or ()] if ignore is not None else []
    best = max((w for w in wanted if w[0]), default=None)
    worst = max((u for u in unwanted if u[0]), default=None)
    return best is not None and (worst is None or best > worst)


@given(st.lists(_SELECTIONS, max_size=3), _SELECTIONS)
def test_precedence(layers: list[Selection], asked: Selection) -> None:
    running = {rule.code for rule in chosen_rules(_RULES, layers, asked)}
    assert running == {rule.code for rule in _RULES.rules if _expected(rule, layers, asked)}


@given(st.lists(_SELECTIONS, max_size=2), _SELECTIONS)
def test_nearer_select_and_ignore_replace(layers: list[Selection], nearer: Selection) -> None:
    """Where the nearer layer names both, nothing that earlier layers select or ignore matters any more."""
    last = Selection("core", nearer.select or [], nearer.extend, nearer.ignore or [])
    bare = [Selection(extend=layer.extend) for layer in layers]
    assert chosen_rules(_RULES, [*layers, last]) == chosen_rules(_RULES, [*bare, last])


@given(st.lists(_SELECTIONS, max_size=3), _SELECTORS)
def test_who_asks_for_a_rule_gets_it(layers: list[Selection], selector: str) -> None:
    """``--select CODE`` runs that rule alone, whatever the files say."""
    rule = _RULES.find(selector)
    if rule is not None:
        assert chosen_rules(_RULES, layers, Selection(select=[selector])) == (rule,)
        assert rule not in chosen_rules(_RULES, layers, Selection(ignore=[selector]))


def test_command_line_overrules_the_file(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"a.txt": TWO_FAULTS, "goalcheck.toml": 'select = ["GC501"]\nextend-select = ["GC502"]\nignore = ["GC304"]\n'},
    )
    assert found(tmp_path) == {"a.txt": ["GC501"]}
    assert found(tmp_path, "a.txt", "--select", "GC304") == {"a.txt": ["GC304"]}
    assert found(tmp_path, "a.txt", "--extend-select", "GC304") == {"a.txt": ["GC304", "GC501"]}
    assert found(tmp_path, "a.txt", "--ignore", "GC501") == {"a.txt": []}
    assert found(tmp_path, "a.txt", "--extend-select", "GC3", "--ignore", "GC501") == {"a.txt": ["GC304"]}


def test_a_configuration_that_leaves_no_rule_is_refused(tmp_path: Path) -> None:
    """Unless the command line says which rules are to run; what is silenced file by file is counted."""
    put(tmp_path, {"a.txt": FAULTY, "in/b.txt": FAULTY, "base.toml": 'select = ["GC5"]\n'})
    for text, line in {
        'ignore = ["ALL"]': 1,
        'lang = "en"\nselect = []': 2,
        'extend = "base.toml"\nignore = [\n"GC5"]': 2,
        'profile = "strict"\nignore = ["GC"]': 2,
    }.items():
        put(tmp_path, {"goalcheck.toml": text + "\n"})
        assert complaint(tmp_path, "a.txt").startswith(f"goalcheck.toml:{line}: this leaves no rule to run")
        for arguments in (("--ignore", "GC,GC5"), ("--select", "GC3", "--ignore", "GC3")):
            run = goalcheck_here("lint", "a.txt", *arguments, "--lang", "en", cwd=tmp_path)
            assert (run.status, run.complaints[0].partition(";")[0]) == (0, "goalcheck: no rule is selected")
        assert goalcheck_here("lint", "a.txt", "--select", "GC501", cwd=tmp_path).status == 1
    put(tmp_path, {"goalcheck.toml": 'per-file-ignores."in/" = ["ALL"]\n', "in/goalcheck.toml": 'extend = "above"\n'})
    run = goalcheck_here("lint", ".", "--lang", "en", cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (1, 1)
    assert "no rule was run on: 1;" in run.complaints[0]


# --- a taxonomy of one's own --------------------------------------------------------------------------------------

TAXONOMY = """\
name = "own-classes"
title = "某市分类"
source = { zh = "某市财政局通知。", en = "A notice of the city." }
class = [
    { code = "1", label = "产出指标", role = "output" },
    { code = "11", label = "数量指标", parent = "1", role = "quantity" },
    { code = "12", label = "质量指标", parent = "1", role = "quality" },
    { code = "2", label = "效益指标", role = "benefit" },
    { code = "29", label = "党建效益", parent = "2" },
    { code = "3", label = "满意度指标", role = "satisfaction" },
    { code = "31", label = "服务对象满意度", parent = "3" },
]
"""
PARTY = entry_sheet("4、2-效益指标; 29-党建效益; 党员教育覆盖率; 实施周期指标值:≥90%; 年度指标值:≥90%。")


def test_own_taxonomy(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": PARTY, "own.toml": TAXONOMY, "up/b.txt": PARTY, "up/own.toml": TAXONOMY})
    assert found(tmp_path, "a.txt") == {"a.txt": ["GC201"]}
    report = json.loads(goalcheck("lint", "a.txt", "--taxonomy", "own.toml", "--format", "json", cwd=tmp_path).text)
    assert report["tool"]["taxonomy"] == "own-classes"
    assert [finding["text"] for finding in report["findings"]] == ["22"], "the standard sheet has one"
    put(tmp_path, {"up/goalcheck.toml": 'taxonomy = "own.toml"\n'})
    report = json.loads(goalcheck("lint", "up", "--format", "json", cwd=tmp_path).text)
    assert report["tool"]["taxonomy"] == "own-classes"
    assert json.loads(goalcheck("lint", ".", "--format", "json", cwd=tmp_path).text)["tool"]["taxonomy"] == (
        "guangdong, own-classes"
    )


@tried_on(
    ("old", "new", "line", "said"),
    [
        ('"12"', '"11"', 7, "11 is taken"),
        ("质量指标", "数量", 7, "数量 is taken"),
        ('parent = "2"', 'parent = "9"', 9, "the parent 9 of 29 is no class of the first level"),
        ('parent = "2"', 'parent = "12"', 9, "the parent 12 of 29 is no class of the first level"),
        ('"29"', '"2x"', 9, "2x is no code"),
        ('"29"', '"9"', 9, "9 is no code"),
        (', role = "benefit"', "", 4, 'has role = "benefit"'),
        ('role = "quality"', 'role = "qualty"', 7, 'role cannot be qualty'),
        ('label = "党建效益"', 'lable = "党建效益"', 9, "there is no key lable; did you mean label"),
        ('label = "党建效益", ', "", 9, "label is missing"),
        ("党建效益", " ", 9, "label must be a text"),
        ('"own-classes"', '"guangdong"', 1, "guangdong is taken"),
        ('name = "own-classes"\n', "", None, "name is missing"),
        ("name =", "nam =", 1, "there is no key nam; did you mean name"),
        ('"某市分类"', "3", 2, "title must be a text, or one for each of zh and en"),
        ('{ zh = "某市财政局通知。", en', '{ en', 3, "source must be a text, or one for each of zh and en"),
        ("class = [", "class = [ 1,", 4, "class must be a table"),
    ],
)  # fmt: skip
def test_broken_taxonomy(tmp_path: Path, old: str, new: str, line: int | None, said: str) -> None:
    assert old in TAXONOMY
    put(tmp_path, {"a.txt": CLEAN, "own.toml": TAXONOMY.replace(old, new, 1)})
    for arguments in (("a.txt", "--taxonomy", "own.toml"), ("a.txt", "--config", "c.toml")):
        put(tmp_path, {"c.toml": 'taxonomy = "own.toml"\n'})
        told = complaint(tmp_path, *arguments)
        assert told.startswith("own.toml: " if line is None else f"own.toml:{line}: ")
        assert said in told


def test_shipped_taxonomies_load_as_a_users_own(tmp_path: Path) -> None:
    for path in (ROOT / "rules" / "taxonomy").glob("*.toml"):
        text = path.read_text(encoding="utf-8").replace(f'name = "{path.stem}"', 'name = "copied"')
        put(tmp_path, {"a.txt": CLEAN, "own.toml": text})
        report = json.loads(goalcheck("lint", "a.txt", "--taxonomy", "own.toml", "--format", "json", cwd=tmp_path).text)
        assert report["tool"]["taxonomy"] == "copied"


def test_every_key_is_known_to_the_reader() -> None:
    """Keys are spelt as the options are; the others have names of their own."""
    options = set(re.findall(r"--([a-z-]+)", goalcheck("lint", "--help").text))
    others = {"extend", "per-file-ignores", "severity", "options", "lexicon", "columns", "rules", "plugins"}
    assert set(KEYS) - others <= options
    never = {"help", "config", "isolated", "files-from", "stdin-filename", "write-baseline", "accept-new"}
    assert {option.removeprefix("no-") for option in options} - never <= set(KEYS)


def test_formats_are_those_of_the_reports() -> None:
    """The configuration may not know the reports, and names their formats itself."""
    assert [name for name in FORMATS if name in report.FORMATS] == list(report.FORMATS)


# --- keys of the whole run ----------------------------------------------------------------------------------------


def test_settings_of_the_run(tmp_path: Path) -> None:
    """The nearer file's keys hold; a path starts from the file that names it."""
    put(
        tmp_path,
        {
            "up/goalcheck.toml": 'format = "json"\noutput = "o/a.txt"\nbaseline = "old.json"\njobs = 2\nquiet = true\n',
            "up/in/goalcheck.toml": 'extend = "above"\noutput = "b.json"\njobs = "auto"\nambiguous-width = 2\n',
        },
    )
    made = configuration(str(tmp_path / "up/in/goalcheck.toml")).settings
    paths = {name: Path(made[name]).resolve() for name in ("output", "baseline")}
    assert paths == {"output": tmp_path / "up/in/b.json", "baseline": tmp_path / "up/old.json"}
    assert all(Path(made[name]).is_absolute() for name in paths)
    others = {name: value for name, value in made.items() if name not in paths}
    assert others == {"format": "json", "jobs": "auto", "quiet": True, "ambiguous-width": 2}
    put(tmp_path, {"up/in/goalcheck.toml": 'fail-on = "never"\nlang = "en"\n'})
    assert configuration(str(tmp_path / "up/in/goalcheck.toml")).settings == {}, "these are said of each input"


# --- the digest ---------------------------------------------------------------------------------------------------


def digest(folder: Path, *arguments: str) -> str:
    """The digest of what ``a.txt`` is checked under."""
    report = json.loads(goalcheck("lint", "a.txt", "--format", "json", *arguments, cwd=folder).text)
    (file,) = report["files"]
    return str(file["configuration"])


RULE = """
[[rule]]
code = "CZ001"
name = "rough-figure"
severity = "warning"
title = "约数"
field = "annual_value"
forbids = ["左右"]
message = "有“{text}”"
help = "写出确切的数"
why = "没法核对。"
source = "本局口径。"
bad = ["4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥50人; 年度指标值:50人⟦左右⟧。"]
good = ["4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥50人; 年度指标值:≥50人。"]
"""


@pytest.mark.slow
def test_a_digest_tells_what_a_file_was_checked_under(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": CLEAN})
    usual = digest(tmp_path)
    assert re.fullmatch("[0-9a-f]{64}", usual)
    put(tmp_path, {"goalcheck.toml": "# nothing\n"})
    assert digest(tmp_path) == usual
    put(tmp_path, {"goalcheck.toml": 'lang = "en"\n'})
    assert digest(tmp_path) == usual, "how it is said changes no judgement"
    seen = {usual}
    for text in (
        'ignore = ["GC304"]',
        'severity.GC304 = "info"',
        "options.low-satisfaction.threshold = 85",
        'lexicon.growth-words.add = ["飙升"]',
        'columns.total = ["核定经费"]',
        'taxonomy = "central-2021"',
        'fail-on = "warning"',
        'encoding = "utf-8"',
        'rules = ["own.toml"]',
    ):
        put(tmp_path, {"goalcheck.toml": text + "\n", "own.toml": RULE})
        made = digest(tmp_path)
        assert made not in seen, text
        assert digest(tmp_path, "-j", "2") == made
        seen.add(made)
    put(tmp_path, {"own.toml": RULE.replace("左右", "上下")})
    assert digest(tmp_path) not in seen
    assert digest(tmp_path, "--isolated") == usual
    assert digest(tmp_path, "--isolated", "--ignore", "GC304") in seen
