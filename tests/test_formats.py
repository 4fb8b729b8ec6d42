"""The formats that services read: each is what its consumer takes, all say what ``json`` says, and none is half said.

SARIF and JUnit are held to the schemas in ``tests/schemas``; GitHub's commands are read back as its runner reads them,
GitLab's issues by the list of keys that it asks for.
"""

from __future__ import annotations

import json
import re
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import attrs
import jsonschema
import pytest
from helpers import (
    CLEAN,
    FAULTY,
    PERCENT,
    ROOT,
    SAMPLE,
    Run,
    check,
    check_strictly,
    checked,
    entry_sheet,
    goalcheck,
    goalcheck_here,
    some,
    tried_on,
)
from hypothesis import given
from hypothesis import strategies as st
from strategies import ANY_CHARACTER, nasty

import goalcheck as api
from goalcheck import report
from goalcheck.catalogue.load import catalogue, edition
from goalcheck.catalogue.rule import Severity
from goalcheck.config.selection import Selection, plan
from goalcheck.engine import pipeline
from goalcheck.engine.pipeline import check_data
from goalcheck.engine.result import Result, RuleFailure
from goalcheck.errors import InputError
from goalcheck.finding import Finding, Suppressed
from goalcheck.fix import edits
from goalcheck.manual.sarif_rules import LEVELS
from goalcheck.parse import parse
from goalcheck.prose import json_text, sentences
from goalcheck.report import Part, Style, places
from goalcheck.report.formats import github
from goalcheck.sheet import Unread

NEW = ("jsonl", "sarif", "github", "gitlab", "junit")
LANGUAGES = ("zh", "en")
SCHEMAS = Path(__file__).parent / "schemas"
HERE = "/home/someone/sheets"

each_language = pytest.mark.parametrize("lang", LANGUAGES)
each_format = pytest.mark.parametrize("form", NEW)


@cache
def _sarif_schema() -> Any:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@cache
def _junit_schema() -> Any:
    import xmlschema  # slow to load, for a few tests

    return xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


def _style(lang: str = "zh", **more: Any) -> Style:
    return Style(lang, **{"folder": HERE, **more})


def _written(form: str, *results: Result, lang: str = "zh", **style: Any) -> str:
    """The report as it is written: what is no text is spelt out."""
    pieces = report.render(form, results, _style(lang, **style))
    return "".join(pieces).encode("utf-8", "backslashreplace").decode()


def _json(*results: Result, lang: str = "zh") -> Any:
    return json.loads(_written("json", *results, lang=lang))


def _run(*results: Result, lang: str = "zh", held: bool = True, **style: Any) -> Any:
    """The one run of a SARIF log, which has been ``held`` to the schema."""
    log = json.loads(_written("sarif", *results, lang=lang, **style))
    errors = held and [f"{error.json_path}: {error.message[:200]}" for error in _sarif_schema().iter_errors(log)]
    assert not errors
    (run,) = log["runs"]
    return run


def _suites(*results: Result, lang: str = "zh") -> ET.Element:
    """The root of a JUnit report, which has been held to the schema."""
    return _root(_written("junit", *results, lang=lang), held=True)


def _root(text: str, held: bool = False) -> ET.Element:
    import xmlschema

    resource = xmlschema.XMLResource(text)
    if held:
        _junit_schema().validate(resource)
    assert isinstance(resource.root, ET.Element)
    return resource.root


def _issues(*results: Result, lang: str = "zh") -> list[Any]:
    """The issues of a GitLab report, each with what GitLab asks for."""
    issues = json.loads(_written("gitlab", *results, lang=lang))
    for issue in issues:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert all(isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint"))
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith("./")
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)
    return issues


@attrs.frozen
class Command:
    """A command of a GitHub workflow, as its runner understands it."""

    name: str
    properties: dict[str, str]
    data: str


def _commands(*results: Result, lang: str = "zh") -> list[Command]:
    text = _written("github", *results, lang=lang)
    assert text == "" or text.endswith("\n")
    return [_command(line) for line in re.split("\r\n|\r|\n", text)[:-1]]


def _command(line: str) -> Command:
    """Read as the runner reads: up to the next ``::`` name and properties, these parted by commas; then unescaped."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, told = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in told.split(",") if pair)
    assert name in ("error", "warning", "notice")
    return Command(name, {k: _unescaped(v, ":,") for k, v in properties.items()}, _unescaped(data, ""))


def _unescaped(text: str, more: str) -> str:
    for char in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def _failed(path: str, key: str = "missing", **figures: object) -> Result:
    return Result(path, error=InputError(key, **figures))


def _unfinished(text: str, path: str = "part.txt") -> Result:
    """A sheet of which two stretches were not read, and on which two rules failed, one of them of a package."""
    result = check(text, path)
    assert result.sheet is not None
    unread = (Unread(0, 4, text[:4], "entry", {}), Unread(6, 6, "", "entry", {}))
    failures = (
        RuleFailure("GC501", "missing-goal", None, "KeyError: 'goal'"),
        RuleFailure("XX101", "house-style", "house-rules", "ValueError: no", is_site_rule=True),
    )
    return attrs.evolve(result, sheet=attrs.evolve(result.sheet, unread=unread), failures=failures)


def _missed(file: Any) -> list[str]:
    """What ``json`` says was not judged of a file, as the other formats have to say it."""
    unread = [stretch for stretch in file["unread"] if stretch["project"] is None]
    assert file["status"] == ("failed" if file["error"] else "partial" if unread else "checked")
    said = [*(stretch["message"] for stretch in unread), *(failure["message"] for failure in file["failures"])]
    return [*([file["error"]] if file["error"] else []), *said]


def _agree(results: Sequence[Result], lang: str = "zh") -> None:
    """Every format says of ``results`` what ``json`` says, and is what its consumer takes."""
    told = _json(*results, lang=lang)
    findings = told["findings"]
    missed = [said for file in told["files"] for said in _missed(file)]
    lines = _written("jsonl", *results, lang=lang).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == findings
    _agree_in_sarif(told, _run(*results, lang=lang))
    _agree_in_github(findings, missed, _commands(*results, lang=lang))
    issues = _issues(*results, lang=lang)
    assert Counter(issue["check_name"] for issue in issues if issue["severity"] != "blocker") == Counter(
        finding["rule"] for finding in findings
    )
    blockers = [issue for issue in issues if issue["severity"] == "blocker"]
    assert all(issue["description"].endswith(said) for issue, said in zip(blockers, missed, strict=True))
    root = _suites(*results, lang=lang)
    assert [root.get(key) for key in ("tests", "failures", "errors")] == [
        str(number) for number in (len(findings) + len(missed), len(findings), len(missed))
    ]
    assert len(root) == len(told["files"])
    for suite, file in zip(root, told["files"], strict=True):
        found = [finding for finding in findings if finding["path"] == file["path"]]
        cases = suite.findall("testcase")
        wanted = (len(cases), len(found), len(_missed(file)))
        assert tuple(int(suite.get(key, "")) for key in ("tests", "failures", "errors")) == wanted
        assert [len(case) for case in cases] == [1] * len(cases)
        assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)


def _agree_in_sarif(told: Any, run: Any) -> None:
    assert len(run["results"]) == len(told["findings"])
    for result, finding in zip(run["results"], told["findings"], strict=True):
        place = result["locations"][0]["physicalLocation"]["region"]
        assert result["ruleId"] == finding["rule"]
        assert result["level"] == LEVELS[Severity[finding["severity"].upper()]]
        assert (place["charOffset"], place["charLength"]) == (
            finding["offset"],
            finding["end_offset"] - finding["offset"],
        )
        assert place.get("snippet", {"text": ""})["text"] == finding["text"]
        assert len(result.get("relatedLocations", ())) == len(finding["related"])
        assert result["partialFingerprints"]["goalcheck/v1"] == finding["fingerprint"]
        assert ("fixes" in result) == (finding["fix"] is not None)
    for artifact, file in zip(run["artifacts"], told["files"], strict=True):
        assert artifact["properties"]["path"] == file["path"]
        assert artifact.get("hashes", {}).get("sha-256") == (file["sha256"] or None)
        shared = set(artifact["properties"]) & set(file)
        assert {"rows", "indicators", "unparsed", "unread", "configuration", "encoding"} <= shared | {"encoding"}
        assert {key: artifact["properties"][key] for key in shared} == {key: file[key] for key in shared}
    (invocation,) = run["invocations"]
    missed = [said for file in told["files"] for said in _missed(file)]
    assert invocation["executionSuccessful"] == (not missed)
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == missed
    assert run["properties"]["summary"] == told["summary"]


def _agree_in_github(findings: list[Any], missed: list[str], commands: list[Command]) -> None:
    if commands and commands[0].properties["title"] == "goalcheck":
        commands = commands[1:]
    assert len(commands) == len(findings) + len(missed)
    assert [command.data for command in commands if "endLine" not in command.properties] == missed
    told = [command for command in commands if "endLine" in command.properties]
    for command, finding in zip(told, findings, strict=True):
        assert command.name == {"error": "error", "warning": "warning", "info": "notice"}[finding["severity"]]
        said = f"{finding['message']}\n{finding['help']}"
        assert command.data == said.encode("utf-8", "backslashreplace").decode()
        named = {"line": "line", "col": "column", "endLine": "end_line"}
        assert {key: command.properties[key] for key in named} == {k: str(finding[v]) for k, v in named.items()}
        assert command.properties["title"] == f"{finding['rule']} {finding['name']}"
        same_line = finding["line"] == finding["end_line"]
        assert command.properties.get("endColumn") == (str(finding["end_column"]) if same_line else None)


# --- the same everywhere -------------------------------------------------------------------------------------------

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
EVERY_BAD = [made.in_sheet(rule.level).text for rule in catalogue().rules for made in rule.bad]


@each_language
@tried_on("path", some(SAMPLES[::-1], 2), ids=lambda path: path.stem)
def test_samples_say_the_same_in_every_format(path: Path, lang: str) -> None:
    _agree([checked(path)], lang)


@pytest.mark.slow
def test_every_bad_example_says_the_same_in_every_format() -> None:
    _agree([check_strictly(text, f"{number:03}.txt") for number, text in enumerate(some(EVERY_BAD, 2))], "en")


@each_language
def test_many_inputs_say_the_same_in_every_format(lang: str) -> None:
    results = [
        check(CLEAN, "clean.txt"),
        _failed("gone.txt"),
        check(FAULTY, "a/faulty.txt"),
        check(entry_sheet(PERCENT), "b/faulty.txt"),
        _failed("nul.txt", "nul", line=7),
        _unfinished(FAULTY),
        check(CLEAN, "z.txt"),
    ]
    _agree(results, lang)
    _agree(results[1:2], lang)
    _agree(results[:1], lang)
    _agree([], lang)


@each_format
def test_reports_are_the_same_every_time(form: str) -> None:
    assert _written(form, api.check_file(SAMPLE), _failed("x")) == _written(form, api.check_file(SAMPLE), _failed("x"))


@each_format
def test_reports_speak_both_languages(form: str) -> None:
    results = [check(FAULTY, "a.txt"), _failed("gone.txt")]
    told = {lang: _written(form, *results, lang=lang) for lang in LANGUAGES}
    (finding,) = results[0].findings
    for lang, other in (LANGUAGES, LANGUAGES[::-1]):
        assert sentences.message(finding, lang) in told[lang]
        assert sentences.message(finding, other) not in told[lang]
        if form != "jsonl":
            assert sentences.error(results[1].error or InputError(""), lang) in told[lang]


@pytest.mark.parametrize("form", ["jsonl", "gitlab", "sarif"])
def test_what_is_found_is_said_before_the_next_input_is_done(form: str) -> None:
    made = report.FORMATS[form]
    done: list[str] = []

    def parts() -> Iterator[Part]:
        for name in ("first.txt", "second.txt", "third.txt"):
            done.append(name)
            yield report.part(made, check(FAULTY, name), _style())

    for piece in made.reporter.whole(parts(), _style()):
        if "first.txt" in piece:
            break
    assert done == ["first.txt"]


@each_format
def test_memory_does_not_grow_with_the_inputs(form: str) -> None:
    """Fifteen hundred inputs of 8 kB each, a quarter of which would show."""
    made = report.FORMATS[form]
    one = report.part(made, check(FAULTY, "a.txt"), _style())
    large = attrs.evolve(one, pieces=[f"{piece}{' ' * 8_000}" if piece else "" for piece in one.pieces])
    parts = (attrs.evolve(large, path=f"{number}.txt", pieces=[f"{p}" for p in large.pieces]) for number in range(1500))
    list(made.reporter.whole([], _style()))  # what is imported and described only once
    tracemalloc.start()
    length = sum(map(len, made.reporter.whole(parts, _style())))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert length > 12_000_000
    assert peak < 3_000_000


# --- hostile texts and names ---------------------------------------------------------------------------------------

NASTY = "\x1b[31m\x07\x7f\x85\u202e\u2066\u200b\ufeff%0A::error::%3A]]>&<b>'\"{0}[x](http://y)\ufffe\ud800\U000e0041"
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0001-\U000e007f]")
PATHS = [
    "a\nb.txt",
    "a\r\nb.txt",
    "100%.txt",
    "a,b:c=d.txt",
    "::error::.txt",
    f"{NASTY}.txt",
    "\udc80\udcff.txt",
    "-",
    " ",
]


def _nasty(path: str) -> Result:
    """A sheet with the nasty text in names and values, with findings that quote it."""
    entry = f"4、1-产出指标; 12-质量指标; 合格{NASTY}率; 实施周期指标值:100%; 年度指标值:1010%。"
    odd = f"5、1-产出指标; {NASTY}; 年度指标值:{NASTY}。"
    text = entry_sheet(entry + odd).replace("社区培训经费", f"社区{NASTY}经费")
    result = check_strictly(text, path)
    assert result.error is None
    assert len(result.findings) >= 2
    return result


@each_language
def test_hostile_text_says_the_same_in_every_format(lang: str) -> None:
    _agree([_nasty("sheet.txt"), _nasty(f"{NASTY}.txt"), _failed(NASTY, "unreadable", reason=NASTY)], lang)


@tried_on("path", PATHS, ids=ascii)
def test_hostile_names_say_the_same_in_every_format(path: str) -> None:
    _agree([check(FAULTY, path), _failed(f"other {path}")])


@pytest.mark.parametrize("form", ["github", "junit"])
def test_nothing_that_a_terminal_obeys_is_said(form: str) -> None:
    text = _written(form, *(_nasty(path) for path in PATHS), _failed(NASTY, "unreadable", reason=NASTY))
    assert HIDDEN.findall(text) == []


@pytest.mark.parametrize("form", ["jsonl", "sarif", "gitlab"])
def test_what_is_written_as_json_escapes_as_json_does(form: str) -> None:
    nasty = [_nasty(path) for path in PATHS]
    assert set(HIDDEN.findall(_written(form, *nasty))) <= set(HIDDEN.findall(_written("json", *nasty)))


_TEXTS = st.text(ANY_CHARACTER)
_LEAVES = st.none() | st.booleans() | st.integers() | _TEXTS | nasty(6)


@given(st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(_TEXTS, inner), max_leaves=12))
def test_json_is_laid_out_as_the_standard_library_does(value: object) -> None:
    """But for what a terminal would obey, which is escaped."""
    told, line = json_text.lines(value), json_text.line(value)
    assert json.loads(told) == json.loads(line) == value
    assert not HIDDEN.search(told.replace("\n", "") + line)
    usual = json.dumps(value, ensure_ascii=False, indent=2)
    if not sentences.HIDDEN.search(usual):
        assert (told, line) == (usual, json.dumps(value, ensure_ascii=False))


def test_what_is_printable_holds_nothing_hidden() -> None:
    """Text is looked through only where it is not."""
    every = map(chr, range(sys.maxunicode + 1))
    assert not [char for char in every if char.isprintable() and (sentences.HIDDEN.match(char) or char == "\u3000")]


def test_nothing_hidden_passes_for_usual_text() -> None:
    """Every single sign that is hidden is escaped, and so is what a log would run, however it is surrounded."""
    for sign in (*sentences.HIDDEN.findall("".join(map(chr, range(sys.maxunicode + 1)))), "##[error]"):
        told = json_text.line(f"\u7532{sign}\u4e59")
        assert not sentences.HIDDEN.search(told), hex(ord(sign[0]))
        assert not sentences.COMMAND.search(told)
        assert json.loads(told) == f"\u7532{sign}\u4e59"


def test_jsonl_is_one_line_a_finding() -> None:
    text = _written("jsonl", _nasty("a\nb.txt"))
    assert len(text.splitlines()) >= len(_nasty("a").findings)
    assert all(json.loads(line)["path"] == "a\nb.txt" for line in text.split("\n")[:-1])
    assert re.match(r'\{"rule": "GC\d+", "name": "', text)


# --- SARIF ---------------------------------------------------------------------------------------------------------


def _files(run: Any) -> list[str]:
    """The URIs of the inputs, resolved as a consumer would."""
    base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    locations = [artifact["location"] for artifact in run["artifacts"]]
    assert all(("uriBaseId" in location) == (not urlsplit(location["uri"]).scheme) for location in locations)
    return [urljoin(base, location["uri"]) for location in locations]


@tried_on(
    ("folder", "path", "uri"),
    [
        ("/w", "a.txt", "file:///w/a.txt"),
        ("/w", "./b/../a b#?.txt", "file:///w/a%20b%23%3F.txt"),
        ("/w", "/w/表.txt", "file:///w/%E8%A1%A8.txt"),
        ("/w", "/else/a.txt", "file:///else/a.txt"),
        ("/w", "../a.txt", "file:///a.txt"),
        ("/w", "a:b.txt", "file:///w/a%3Ab.txt"),
        ("/w", "100%.txt", "file:///w/100%25.txt"),
        ("/w", "a\\b.txt", "file:///w/a%5Cb.txt"),
        ("/w", "/wide/a.txt", "file:///wide/a.txt"),
        ("/", "a.txt", "file:///a.txt"),
        ("/w", "\udcff.txt", "file:///w/%FF.txt"),
        ("/w", "<stdin>", "file:///w/%3Cstdin%3E"),
        ("C:\\表 格", "b\\a.txt", "file:///C:/%E8%A1%A8%20%E6%A0%BC/b/a.txt"),
        ("C:\\w", "c:\\W\\b\\a.txt", "file:///C:/w/b/a.txt"),
        ("C:\\w", "D:\\a.txt", "file:///D:/a.txt"),
        ("C:\\w", "\\\\server\\share\\a.txt", "file://server/share/a.txt"),
        ("\\\\server\\share\\w", "a.txt", "file://server/share/w/a.txt"),
    ],
)
def test_sarif_names_every_file_by_its_uri(folder: str, path: str, uri: str) -> None:
    run = _run(check(FAULTY, path), folder=folder)
    assert _files(run) == [uri]
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == run["artifacts"][0]["location"]
    below = "uriBaseId" in run["artifacts"][0]["location"]
    assert below == uri.lower().startswith(run["originalUriBaseIds"]["%SRCROOT%"]["uri"].lower())


def test_sarif_knows_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = _run(check(FAULTY, str(tmp_path / "a.txt")), folder="")
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == f"{tmp_path.as_uri()}/"
    assert run["artifacts"][0]["location"]["uri"] == "a.txt"


def test_sarif_needs_no_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.setattr("os.getcwd", gone)
    run = _run(check(FAULTY, "a.txt"), check(FAULTY, "/b.txt"), folder="")
    assert "originalUriBaseIds" not in run
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == ["a.txt", "file:///b.txt"]


@each_language
def test_sarif_describes_each_rule_once(lang: str) -> None:
    rules = catalogue().rules
    run = _run(check(CLEAN, "a.txt"), lang=lang, rules=[*rules, *rules[:3]])
    described = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == [rule.code for rule in rules]
    for told, rule in zip(described, rules, strict=True):
        assert told["name"] == rule.name
        assert told["shortDescription"]["text"] == rule.title[lang]
        assert told["defaultConfiguration"]["level"] == LEVELS[rule.severity]
        assert len(told["shortDescription"]["text"]) <= 1024
        assert len(told["fullDescription"]["text"]) <= 1024
        joined = re.sub(r"\s", "", told["help"]["text"])
        for text in (
            rule.why[lang],
            rule.source[lang],
            rule.bad[0].text.split("\n")[0][:12],  # longer ones are broken
            rule.good[0].text.split("\n")[0][:12],
        ):
            assert re.sub(r"\s", "", text) in joined
        assert told["help"]["markdown"].startswith(f"### {rule.code} {rule.name}\n")
        assert "\u27e6" in told["help"]["markdown"]


def test_sarif_has_a_rule_for_every_result() -> None:
    run = _run(checked(SAMPLE), rules=catalogue().rules)
    described = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= described


def test_sarif_says_what_the_tool_was() -> None:
    run = _run(check(CLEAN, "a.txt"), taxonomy="central-2015", profile="strict")
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("goalcheck", api.__version__)
    assert driver["properties"]["rules"] == edition()
    assert run["columnKind"] == "unicodeCodePoints"
    assert (run["properties"]["taxonomy"], run["properties"]["profile"]) == ("central-2015", "strict")


@tried_on(
    ("codec", "charset"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("utf-32", "UTF-32")],
)
def test_sarif_records_bytes_and_encoding(codec: str, charset: str) -> None:
    result = attrs.evolve(api.check(FAULTY.encode(codec), path="a.txt"), configuration="digest")
    (artifact,) = _run(result)["artifacts"]
    assert artifact["encoding"] == charset
    assert result.source is not None
    assert artifact["hashes"] == {"sha-256": result.source.sha256}
    assert artifact["properties"]["configuration"] == "digest"
    assert artifact["properties"]["indicators"] == 3


@tried_on(
    ("codec", "charset"),
    [("gbk", "GBK"), ("cp936", "GBK"), ("big5", "Big5"), ("cp1252", "windows-1252"), ("iso8859-15", "ISO-8859-15")],
)
def test_sarif_calls_other_encodings_as_iana_does(codec: str, charset: str) -> None:
    result = check(FAULTY, "a.txt")
    assert result.source is not None
    import codecs

    source = attrs.evolve(result.source, encoding=codecs.lookup(codec).name)
    assert _run(attrs.evolve(result, source=source))["artifacts"][0]["encoding"] == charset


def test_sarif_leaves_out_an_encoding_that_iana_does_not_know() -> None:
    result = check(FAULTY, "a.txt")
    assert result.source is not None
    (artifact,) = _run(attrs.evolve(result, source=attrs.evolve(result.source, encoding="mac-greek")))["artifacts"]
    assert "encoding" not in artifact
    assert artifact["properties"]["encoding"] == "mac-greek"


def test_sarif_tells_where_a_failed_input_failed() -> None:
    run = _run(_failed("a b.txt", "nul", line=7), _failed("gone.txt"))
    notes = run["invocations"][0]["toolExecutionNotifications"]
    first, second = (note["locations"][0]["physicalLocation"] for note in notes)
    assert first == {
        "artifactLocation": {"uri": "a%20b.txt", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7},
    }
    assert "region" not in second
    assert [note["level"] for note in notes] == ["error", "error"]
    assert [note["properties"]["error"] for note in notes] == ["nul", "missing"]
    assert run["results"] == []


def test_sarif_tells_what_was_not_read_and_which_rules_failed() -> None:
    notes = _run(_unfinished(CLEAN))["invocations"][0]["toolExecutionNotifications"]
    places = [note["locations"][0]["physicalLocation"].get("region") for note in notes]
    assert [place and (place["charOffset"], place["charLength"]) for place in places] == [(0, 4), (6, 0), None, None]
    assert [note.get("associatedRule") for note in notes] == [None, None, {"id": "GC501"}, {"id": "XX101"}]


def test_json_tells_what_was_not_read_and_which_rules_failed() -> None:
    (file,) = _json(_unfinished(CLEAN))["files"]
    assert (file["layout"], file["status"]) == ("packed", "partial")
    first, second = file["unread"]
    assert [first[key] for key in ("line", "column", "offset", "end_offset", "row", "page", "origin")] == [
        1, 1, 0, 4, 1, None, None,
    ]  # fmt: skip
    assert (first["reason"], second["end_offset"]) == ("entry", 6)
    assert [failure["package"] for failure in file["failures"]] == [None, "house-rules"]
    assert file["failures"][0]["error"] == "KeyError: 'goal'"


def test_json_tells_places_as_people_count() -> None:
    """The row counts a cell over two lines once; the page is that of its footer; a related place has its own."""
    cell = CLEAN.split("\t")[-1].rstrip("\n")
    broken = CLEAN.replace(cell, f'"{cell[:30]}\n{cell[30:]}"')
    text = broken + "第 1 页, 共 2 页\n" + FAULTY.replace("合计", "总合计") + "第 2 页, 共 2 页\n"
    told = _json(check(text, "a.txt"))["findings"]
    missing = next(finding for finding in told if finding["rule"] == "GC501")
    assert (missing["line"] - missing["row"], missing["page"], missing["origin"]) == (1, 2, None)
    related = [place for finding in told for place in finding["related"]]
    assert all({"line", "row", "page", "origin", "offset", "end_offset", "message"} <= set(place) for place in related)


def test_sarif_names_unit_project_and_entry() -> None:
    (result,) = _run(check(entry_sheet(PERCENT), "a.txt"))["results"]
    (logical,) = result["locations"][0]["logicalLocations"]
    assert logical == {"name": "4", "fullyQualifiedName": "街道办事处/社区培训经费/4", "kind": "indicator"}
    (result,) = _run(check(FAULTY, "a.txt"))["results"]
    (logical,) = result["locations"][0]["logicalLocations"]
    assert (logical["name"], logical["kind"]) == ("社区培训经费", "project")


def _regions(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        if "startLine" in value and "charOffset" in value:
            yield value
        for inside in value.values():
            yield from _regions(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _regions(inside)


def _replaced(text: str, replacements: Iterable[Any]) -> str:
    """``text`` with the replacements of a SARIF fix, by their offsets; all speak of the text as it was."""
    for one in reversed(list(replacements)):
        start = one["deletedRegion"]["charOffset"]
        end = start + one["deletedRegion"]["charLength"]
        text = text[:start] + one.get("insertedContent", {"text": ""})["text"] + text[end:]
    return text


SHEETS = [
    *(path.read_bytes().decode("utf-8-sig") for path in SAMPLES),
    SAMPLE.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\n", "\r\n"),
    SAMPLE.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\n", "\r"),
    entry_sheet(PERCENT.replace("合格率", "\U00020bb7\u0301合格率")),
    *some(EVERY_BAD, 8),
]


def test_sarif_says_of_every_finding_where_it_is_and_what_fix_does() -> None:
    results = [check_strictly(text, f"{number}.txt") for number, text in enumerate(SHEETS)]
    run = _run(*results, held=False)  # the like of it has been, above
    told: dict[str, list[Any]] = {f"{number}.txt": [] for number in range(len(SHEETS))}
    for one in run["results"]:
        told[one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]].append(one)
    for result, artifact, listed in zip(results, run["artifacts"], told.values(), strict=True):
        assert result.source is not None
        _regions_say_the_same_twice(result.source.text, listed)
        _fixes_do_what_fix_does(result, result.source.text, artifact, listed)


def _fixes_do_what_fix_does(result: Result, text: str, artifact: Any, listed: list[Any]) -> None:
    for told, finding in zip(listed, result.findings, strict=True):
        if finding.fix is None:
            assert "fixes" not in told
            continue
        (proposal,) = told["fixes"]
        (change,) = proposal["artifactChanges"]
        assert proposal["properties"]["safety"] == ("safe" if finding.fix.safe else "unsafe")
        assert change["artifactLocation"] == artifact["location"]
        assert _replaced(text, change["replacements"]) == edits.apply(text, [finding])
    chosen = {id(finding) for finding in edits.choose(text, result.findings, unsafe=True)}
    together = [
        replacement
        for told, finding in zip(listed, result.findings, strict=True)
        if id(finding) in chosen
        for replacement in told["fixes"][0]["artifactChanges"][0]["replacements"]
    ]
    together.sort(key=lambda one: (one["deletedRegion"]["charOffset"], one["deletedRegion"]["charLength"]))
    assert _replaced(text, together) == edits.apply(text, [f for f in result.findings if id(f) in chosen])


def _regions_say_the_same_twice(text: str, listed: list[Any]) -> None:
    """By lines and columns as by offsets, and no line is told that is not there."""
    lines = len(re.findall("\r\n|\n|\r", text)) + (not text.endswith(("\r", "\n")))
    starts = [0, *(match.end() for match in re.finditer("\r\n|\n|\r", text))]
    for region in _regions(listed):
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        assert (start, end - start) == (region["charOffset"], region["charLength"])
        assert 1 <= region["startLine"] <= region["endLine"] <= lines
        assert text[start:end] == region.get("snippet", {"text": text[start:end]})["text"]


def test_sarif_has_no_line_behind_the_last() -> None:
    from goalcheck.report.formats.sarif import region
    from goalcheck.source import Source

    told = region(Source("ab\r\ncd\r\n"), 8, 8)
    assert (told["startLine"], told["startColumn"], told["endLine"], told["endColumn"]) == (2, 5, 2, 5)
    assert region(Source("ab"), 2, 2)["startColumn"] == 3
    assert region(Source(""), 0, 0)["startLine"] == 1


def test_sarif_messages_hold_no_links_and_no_arguments() -> None:
    for result in _run(_nasty("a.txt"))["results"]:
        text = result["message"]["text"]
        assert "](" not in text
        assert not re.search(r"(?<!\{)\{(?!\{)", text)


# --- what a baseline hides -----------------------------------------------------------------------------------------


def _with_baseline(path: str = "a.txt", **noted: str) -> Result:
    """A sheet of which the first finding is hidden."""
    result = check(entry_sheet(PERCENT + PERCENT.replace("4、", "5、").replace("工程", "道路")), path)
    first, *others = result.findings
    return attrs.evolve(result, findings=tuple(others), suppressed=(Suppressed(first, **noted),))


def test_sarif_tells_what_a_baseline_hides() -> None:
    hidden = _with_baseline(reason="已经上报", by="张三", until="2026-12-31")
    plain = _with_baseline("b.txt")
    run = _run(hidden, plain, check(FAULTY, "c.txt"))
    suppressed = [result for result in run["results"] if result["suppressions"]]
    assert len(suppressed) == run["properties"]["summary"]["suppressed"] == 2
    noted, bare = (result["suppressions"] for result in suppressed)
    assert noted == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "已经上报",
            "properties": {"by": "张三", "until": "2026-12-31"},
        }
    ]
    assert bare == [{"kind": "external", "status": "accepted"}]
    offsets = [
        result["locations"][0]["physicalLocation"]["region"]["charOffset"]
        for result in run["results"]
        if result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.txt"
    ]
    assert offsets == sorted(offsets)
    prints = [result["partialFingerprints"]["goalcheck/v1"] for result in run["results"][:2]]
    assert len(set(prints)) == 2


def test_marks_are_those_without_a_baseline() -> None:
    """A finding keeps its fingerprint when another that is alike is hidden."""
    row = FAULTY.split("\n")[-2].replace("5.00", "")
    text = FAULTY + f"{row}\n{row}\n"
    whole = check(text, "a.txt")
    marks = [f["fingerprint"] for f in _json(whole)["findings"]]
    again = check(text, "a.txt")
    first, *others = again.findings
    hidden = attrs.evolve(again, findings=tuple(others), suppressed=(Suppressed(first),))
    assert [f["fingerprint"] for f in _json(hidden)["findings"]] == marks[1:]


def test_other_formats_leave_out_what_a_baseline_hides() -> None:
    result = _with_baseline()
    left = len(result.findings)
    assert left
    assert len(_issues(result)) == left
    assert len(_commands(result)) == left
    assert len(_suites(result)[0]) == left
    assert _written("jsonl", result).count("\n") == left
    (file,) = _json(result)["files"]
    assert file["suppressed"] == 1


# --- GitHub --------------------------------------------------------------------------------------------------------


def _many(number: int, severity: Severity = Severity.ERROR, path: str = "a.txt") -> Result:
    """A sheet with as many findings of one severity."""
    result = check(FAULTY, path)
    (found,) = result.findings
    return attrs.evolve(result, findings=(attrs.evolve(found, severity=severity),) * number)


def test_github_escapes_as_its_runner_unescapes() -> None:
    (command,) = _commands(check(FAULTY, "100%,a:b\nc.txt"))
    assert command.properties["file"] == "100%,a:b\nc.txt"
    line = _written("github", check(FAULTY, "100%,a:b\nc.txt"))
    assert line.startswith("::error file=100%25%2Ca%3Ab%0Ac.txt,line=")


def test_github_is_told_places_by_line_and_column() -> None:
    text = entry_sheet(PERCENT)
    (command,) = _commands(check(text, "a.txt"))
    line = text.split("\n")[int(command.properties["line"]) - 1]
    start, end = int(command.properties["col"]), int(command.properties["endColumn"])
    assert line[start - 1 : end - 1] == "1010%"
    assert list(command.properties) == ["file", "line", "col", "endLine", "endColumn", "title"]


def test_github_is_told_no_end_column_on_another_line() -> None:
    entry = "4、1-产出指标; 慰问困难\n党员人数; 实施周期指标值:≥50人; 年度指标值:≥50人。"
    cell = CLEAN.split("\t")[-1].rstrip("\n")
    found = _commands(check(CLEAN.replace(cell, f'"{cell}{entry}"'), "a.txt"))
    over = [c for c in found if c.properties["line"] != c.properties["endLine"]]
    assert over
    assert all("endColumn" not in command.properties for command in over)


@each_language
def test_github_is_told_of_failed_inputs(lang: str) -> None:
    first, second = _commands(_failed("a.txt"), _failed("b.txt", "nul", line=3), lang=lang)
    assert (first.name, first.properties["file"]) == ("error", "a.txt")
    assert "line" not in first.properties
    assert second.properties["line"] == "3"
    assert first.data == sentences.error(InputError("missing"), lang)


@pytest.mark.parametrize("severity", Severity)
def test_github_is_told_the_sum_where_it_will_not_show_all(severity: Severity) -> None:
    assert len(_commands(_many(github.SHOWN, severity))) == github.SHOWN
    summary, *others = _commands(_many(github.SHOWN + 1, severity))
    assert len(others) == github.SHOWN + 1
    assert summary.name == others[0].name
    assert summary.properties == {"title": "goalcheck"}


def test_github_counts_failed_inputs_as_errors() -> None:
    results = [_many(github.SHOWN), _failed("gone.txt")]
    summary, *others = _commands(*results)
    assert (summary.name, len(others)) == ("error", github.SHOWN + 1)


def test_github_summary_is_as_grave_as_the_gravest_kind_with_too_many() -> None:
    results = [_many(3), _many(30, Severity.WARNING, "b.txt"), _many(40, Severity.INFO, "c.txt")]
    assert _commands(*results)[0].name == "warning"


@each_language
def test_github_summary_names_figures_and_files(lang: str) -> None:
    results = [_many(2, path="few.txt"), _many(12, path="most,1.txt"), check(CLEAN, "none.txt"), _failed("gone.txt")]
    summary = _commands(*results, lang=lang)[0]
    first, limit, files = summary.data.split("\n")
    counts = sum(map(report.count, results), report.Counts())
    assert first == report.totals(counts, _style(lang))
    assert "14" in first
    assert "10" in limit
    assert files.index("most,1.txt") < files.index("few.txt") < files.index("gone.txt")
    assert "none.txt" not in files
    assert "12" in files


def test_github_summary_names_no_endless_list_of_files() -> None:
    results = [_many(1, path=f"{number}.txt") for number in range(60)]
    summary = _commands(*results)[0]
    assert len(summary.data) < 4096  # what the runner keeps of a message
    assert summary.data.count(".txt") == 10


# --- GitLab --------------------------------------------------------------------------------------------------------


def test_gitlab_issues() -> None:
    failed, found = _issues(_failed("gone.txt"), check(FAULTY, "b/../a b.txt"), lang="en")
    assert (failed["check_name"], failed["severity"]) == ("missing", "blocker")
    assert failed["location"] == {"path": "gone.txt", "lines": {"begin": 1}}
    rule = catalogue().find("GC501")
    assert rule is not None
    assert (found["check_name"], found["severity"]) == ("GC501", "major")
    assert found["location"] == {"path": "a b.txt", "lines": {"begin": 6, "end": 6}}
    assert found["description"].endswith(f"; {rule.help.en}")


@pytest.mark.parametrize(("severity", "name"), [*zip(Severity, ("info", "minor", "major"), strict=True)])
def test_gitlab_severities(severity: Severity, name: str) -> None:
    (issue,) = _issues(_many(1, severity))
    assert issue["severity"] == name


def test_gitlab_fingerprints_outlive_moved_lines_and_tell_files_apart() -> None:
    def prints(text: str, path: str = "a.txt") -> set[str]:
        return {issue["fingerprint"] for issue in _issues(check(text, path))}

    text = entry_sheet(PERCENT)
    assert prints(text) == prints(f"\n\n{text}") == prints(text, f"{HERE}/a.txt") == prints(text, "./a.txt")
    assert not prints(text) & prints(text, "b.txt")
    assert len(_issues(check(text, "a.txt"), check(text, "b.txt"))) == 2 * len(prints(text))


def test_gitlab_paths_outside_the_folder_stay_whole() -> None:
    (issue,) = _issues(check(FAULTY, "/else/a.txt"))
    assert issue["location"]["path"] == "/else/a.txt"


def test_gitlab_of_nothing_is_an_empty_array() -> None:
    assert _written("gitlab", check(CLEAN, "a.txt")) == _written("gitlab") == "[]\n"


# --- JUnit ---------------------------------------------------------------------------------------------------------


def test_junit_says_all_inside_the_failure() -> None:
    """GitLab shows nothing else."""
    result = check(entry_sheet(PERCENT), "a/b.txt")
    (suite,) = _suites(result)
    assert (suite.get("name"), suite.get("file")) == ("a/b.txt", "a/b.txt")
    (case,) = suite
    (failure,) = case
    assert case.get("classname") == "a/b.txt"
    assert case.get("name") == "GC304 percent-out-of-range · 社区培训经费 · 第4项"
    (finding,) = result.findings
    said = sentences.message(finding, "zh")
    assert (failure.tag, failure.get("type"), failure.get("message")) == ("failure", "error", said)
    place, *told = (failure.text or "").split("\n")
    assert re.fullmatch(r"a/b\.txt:6:\d+", place)
    assert told[:2] == [said, sentences.advice(finding, "zh")]
    assert "1010%" in told[2]
    assert "^^^^^" in told[3]


@each_language
def test_junit_of_failed_inputs(lang: str) -> None:
    (suite,) = _suites(_failed("gone.txt"), lang=lang)
    (error,) = suite[0]
    assert (error.tag, error.get("type")) == ("error", "missing")
    assert error.get("message") == sentences.error(InputError("missing"), lang)


def test_junit_names_hold_no_lines() -> None:
    def names(text: str) -> list[str | None]:
        return [case.get("name") for case in _suites(check(text, "a.txt"))[0]]

    text = SAMPLE.read_text(encoding="utf-8-sig")
    assert names(text) == names(f"\n\n\n{text}")


def test_junit_spells_out_what_xml_forbids() -> None:
    text = _written("junit", check(FAULTY, "a\x00\x0b\ud800\ufffe.txt"))
    assert "a&lt;U+0000&gt;&lt;U+000B&gt;&lt;U+D800&gt;&lt;U+FFFE&gt;.txt" in text


def test_junit_of_a_clean_sheet_is_a_suite_without_cases() -> None:
    root = _suites(check(CLEAN, "a.txt"))
    assert [len(suite) for suite in root] == [0]


# --- paths ---------------------------------------------------------------------------------------------------------


@tried_on(
    ("folder", "path", "seen", "below"),
    [
        ("/w", ".", ".", True),
        ("/w", "b/./a.txt", "b/a.txt", True),
        ("/w", "/w", ".", True),
        ("/w", "//w/a.txt", "//w/a.txt", False),
        ("C:/w", "b/a.txt", "b/a.txt", True),
        ("C:\\w", "..\\a.txt", "C:/a.txt", False),
        ("", "b/a.txt", "b/a.txt", True),
    ],
)
def test_paths_as_services_see_them(folder: str, path: str, seen: str, below: bool) -> None:
    place = places.place(path, folder)
    assert (place.path, place.below) == (seen, below)
    assert unquote(place.uri).endswith(seen)


# --- what the documentation says ------------------------------------------------------------------------------------

DOCS = {"en": "formats.md", "zh": "formats.zh-CN.md"}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _documented(lang: str) -> list[tuple[str, str, str]]:
    """Each example: the format that its command asks for, the language of the block, the block."""
    blocks = BLOCK.findall((ROOT / "docs" / DOCS[lang]).read_text(encoding="utf-8"))
    pairs = zip(blocks[::2], blocks[1::2], strict=True)
    return [(command.split("--format ")[1].split()[0], kind, block) for (_, command), (kind, block) in pairs]


def _holds(whole: Any, part: Any) -> bool:
    """Whether ``whole`` says all that ``part`` says; of lists it may hold more."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(k in whole and _holds(whole[k], v) for k, v in part.items())
    if isinstance(part, list) and part:
        return isinstance(whole, list) and all(any(_holds(one, wanted) for one in whole) for wanted in part)
    return bool(whole == part)


def _is_as_documented(form: str, kind: str, block: str, text: str) -> bool:
    if form == "jsonl":
        return any(_holds(json.loads(line), json.loads(block)) for line in text.splitlines())
    return _holds(json.loads(text), json.loads(block)) if kind == "json" else block in text


@each_language
def test_examples_are_what_is_written(lang: str) -> None:
    examples = _documented(lang)
    assert {form for form, _, _ in examples} == {*NEW, "json"}
    chosen = plan(catalogue(), "guangdong", Selection(select=["GC203"]))
    result = check_data(SAMPLE.read_bytes(), "samples/liwan-jinhua.txt", chosen)
    for form, kind, block in examples:
        assert _is_as_documented(form, kind, block, _written(form, result, lang=lang)), form


@each_language
def test_every_format_is_documented(lang: str) -> None:
    text = (ROOT / "docs" / DOCS[lang]).read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text.split("\n## ")[0], re.MULTILINE) == list(report.FORMATS)
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == [f for f in report.FORMATS if f not in ("text", "concise")]


@each_language
def test_command_prints_the_examples(lang: str) -> None:
    for form, kind, block in _documented(lang):
        run = goalcheck(
            "lint", SAMPLE.relative_to(ROOT), "--select", "GC203", "--lang", lang, "--format", form, cwd=ROOT
        )
        assert _is_as_documented(form, kind, block, run.text), form


# --- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("表 格")
    (folder / "clean.txt").write_text(CLEAN, encoding="utf-8")
    (folder / "faulty.txt").write_bytes(entry_sheet(PERCENT).encode("gb18030"))
    (folder / "no-sheet.txt").write_text("绩效\n", encoding="utf-8")
    return folder


def _read(form: str, text: str) -> int:
    """How many findings and failures the report tells, once it has been held to what its consumer takes."""
    if form == "jsonl":
        return len([json.loads(line) for line in text.splitlines()])
    if form == "sarif":
        log = json.loads(text)
        _sarif_schema().validate(log)
        (run,) = log["runs"]
        return len(run["results"]) + len(run["invocations"][0]["toolExecutionNotifications"])
    if form == "github":
        return len([_command(line) for line in text.splitlines()])
    if form == "gitlab":
        return len(json.loads(text))
    _junit_schema().validate(text)
    return int(_root(text).get("tests", ""))


@each_format
def test_command_prints_the_format(form: str, folder: Path) -> None:
    run = goalcheck("lint", "--format", form, ".", cwd=folder)
    assert run.status == 2
    assert any("no-sheet.txt" in line for line in run.complaints)
    assert _read(form, run.text) == (1 if form == "jsonl" else 2)


@each_format
def test_command_writes_the_format(form: str, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "report"
    run = goalcheck("lint", "--format", form, "-o", target, "faulty.txt", "--lang", "en", cwd=folder)
    assert (run.status, run.out) == (1, b"")
    assert _read(form, target.read_text(encoding="utf-8")) == 1


@each_format
def test_command_reports_standard_input(form: str, folder: Path) -> None:
    data = (folder / "faulty.txt").read_bytes()
    run = goalcheck("lint", "-", "--stdin-filename", "a b/sheet.txt", "--format", form, cwd=folder, stdin=data)
    assert run.status == 1
    assert _read(form, run.text) == 1
    assert ("a%20b/sheet.txt" if form == "sarif" else "a b/sheet.txt") in run.text


@each_format
def test_command_writes_the_same_with_any_number_of_processes(form: str, folder: Path) -> None:
    one, two = (goalcheck("lint", ".", "--format", form, "-j", number, cwd=folder) for number in (1, 2))
    assert one.out == two.out != b""


def test_command_describes_the_rules_that_ran(folder: Path) -> None:
    run = goalcheck("lint", "--format", "sarif", "--select", "GC3", "faulty.txt", cwd=folder)
    (told,) = json.loads(run.out)["runs"]
    assert {rule["id"][:3] for rule in told["tool"]["driver"]["rules"]} == {"GC3"}
    assert told["artifacts"][0]["properties"]["configuration"]
    assert _files(told) == [(folder / "faulty.txt").resolve().as_uri()]


@pytest.mark.parametrize("command", ["lint", "fix"])
def test_command_ends_in_2_where_not_all_was_read(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(*arguments: Any) -> Any:
        sheet = parse(*arguments)
        return attrs.evolve(sheet, unread=(Unread(130, 131, "", "entry", {}), Unread(140, 141, "", "entry", {})))

    monkeypatch.setattr(pipeline, "parse", half)
    run = goalcheck(command, "clean.txt", "--lang", "en", cwd=folder)
    assert run.status == 2
    (said,) = run.complaints
    assert said.startswith("goalcheck: clean.txt: row 6 was not read: ")
    assert said.endswith("; there are 2 such places")


def test_command_writes_bytes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A format may be binary: its pieces go out as they are, to a file or a pipe but never to a terminal."""
    module = ModuleType("a_binary_format")
    module.pieces = lambda result, _: [b"\x00\xff" + result.path.encode()]
    module.whole = lambda parts, _: (piece for part in parts for piece in part.pieces)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(report.FORMATS, "junit", report.Format("junit", module.__name__, binary=True))
    monkeypatch.chdir(folder)
    lint = ("lint", "faulty.txt", "--format", "junit")
    wanted = b"\x00\xfffaulty.txt"
    assert goalcheck_here(*lint) == Run(1, wanted, b"")
    run = goalcheck_here(*lint, "-o", tmp_path / "report", "-q")
    assert run == Run(1, b"", b"")
    assert (tmp_path / "report").read_bytes() == wanted
    refused = goalcheck_here(*lint, terminal=True)
    assert (refused.status, refused.out) == (2, b"")
    assert "-o" in refused.complaints[0]


def test_finding_is_only_read() -> None:
    """Reports of one result in turn do not spoil each other."""
    result = checked(SAMPLE)
    before = {form: _written(form, result) for form in (*NEW, "json")}
    assert {form: _written(form, result) for form in reversed((*NEW, "json"))} == before
    assert isinstance(result.findings[0], Finding)
