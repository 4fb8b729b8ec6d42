"""Rules of a site's own: records without code, plug-ins, and the trial of their examples."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from helpers import (
    CLEAN,
    FAULTY,
    PERCENT,
    ROOT,
    Run,
    entry_sheet,
    environment,
    goalcheck,
    goalcheck_here,
    some,
    tried_on,
)
from hypothesis import given
from hypothesis import strategies as st
from strategies import nasty

from goalcheck.blanks import clean
from goalcheck.catalogue.example import wrap
from goalcheck.catalogue.load import catalogue
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import default_plan
from goalcheck.files.toml_file import Document
from goalcheck.site_rules import SiteRules, rule_files
from goalcheck.site_rules.conditions import KINDS
from goalcheck.site_rules.fields import FIELDS
from goalcheck.site_rules.record import SHARED
from goalcheck.site_rules.toml_rules import declared_rules
from goalcheck.source import Source

HAN = re.compile("[\u3400-\u9fff\uff01-\uff5e\u3001\u3002]")
SAMPLES = ROOT / "samples" / "rules"
ENTRY = "4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:{cycle}; 年度指标值:{annual}。"
BASE: dict[str, str] = {
    "code": '"CZ001"',
    "name": '"low-target"',
    "severity": '"warning"',
    "title": '"指标值太低"',
    "field": '"annual_value"',
    "within": "{ min = 90 }",
    "message": '"“{name}”的{field}是{text}，要{expected}"',
    "help": '"改高"',
    "why": '"太低。"',
    "source": '"本局规定。"',
    "bad": '["4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥50人; 年度指标值:⟦≥50人⟧。"]',
    "good": '["4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥90人; 年度指标值:≥90人。"]',
}


def record(**changes: str | None) -> str:
    """A rule file with one rule: the usual one with ``changes`` in TOML; None leaves a key out, _ stands for -."""
    keys = {**BASE, **{key.rstrip("_").replace("one_of", "one-of"): value for key, value in changes.items()}}
    return "[[rule]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items() if value is not None)


def check_of(kind: str, value: str, field: str, **more: str | None) -> str:
    """A rule file with a check of ``kind`` on ``field``; its examples are of no account."""
    figures = "{field}" if kind == "required" else "{field}{text}"
    changes = {"within": None, "field": f'"{field}"', "message": f'"{figures}"', kind: value, **more}
    return record(**changes)


def put(folder: Path, files: Mapping[str, str]) -> Path:
    """Write ``files`` into ``folder``."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def marked(rules: str, text: str) -> list[str]:
    """What the own rule finds in ``text``, each finding as its field, its place and its text."""
    gathered = SiteRules(catalogue())
    for made in declared_rules(Document("own.toml", rules, tomllib.loads(rules))):
        gathered.add(*made)
    shipped = default_plan(catalogue())
    plan = type(shipped)(gathered.rules, shipped.taxonomies, shipped.lexicon, checks=gathered.checks)
    result = check_source(Source(text), plan)
    assert result.error is None
    return [f"{f.field}@{f.start}:{text[f.start : f.end]}" for f in result.findings]


def found(rules: str, text: str) -> list[str]:
    """The same without places."""
    return [re.sub("@[0-9]+:", ":", said) for said in marked(rules, text)]


# --- the five kinds -----------------------------------------------------------------------------------------------


@tried_on(
    ("kind", "value", "field", "annual", "expected"),
    [
        ("within", "{ min = 90 }", "annual_value", "≥85%", ["annual_value:≥85%"]),
        ("within", "{ min = 90 }", "annual_value", "≥90%", []),
        ("within", "{ max = 90 }", "annual_value", "80%-95%", ["annual_value:80%-95%"]),
        ("within", "{ min = 90, unit = '%' }", "annual_value", "≥4.5分", []),
        ("within", "{ min = 90, unit = '%' }", "annual_value", "≥ 85 %", ["annual_value:≥ 85 %"]),
        ("within", "{ min = 90, unit = '%' }", "annual_value", "≥85\uff05", ["annual_value:≥85\uff05"]),
        ("within", "{ min = 0.1, max = 0.3 }", "annual_value", "0.3", []),
        ("within", "{ min = 90 }", "annual_value", "提高", []),
        ("within", "{ min = 90 }", "annual_value", "1:3", []),
        ("within", "{ min = 90 }", "annual_value", "≥≥8%", []),
        ("within", "{ min = 90 }", "annual_value", "-", []),
        ("required", "true", "annual_value", "-", ["annual_value:-"]),
        ("required", "true", "annual_value", "", ["annual_value:"]),
        ("required", "true", "annual_value", "无限", []),
        ("required", "true", "annual_value.unit", "≥50", ["annual_value:"]),
        ("required", "true", "annual_value.unit", "≥50人", []),
        ("required", "true", "annual_value.unit", "良好", []),
        ("required", "true", "annual_value.comparator", "50人", ["annual_value:"]),
        ("required", "true", "annual_value.comparator", "不少于50人", []),
        ("required", "true", "annual_value.comparator", "50-60人", []),
        ("one-of", '["人", "人次"]', "annual_value.unit", "≥50名", ["annual_value:名"]),
        ("one-of", '["人", "人次"]', "annual_value.unit", "≥50人 次", []),
        ("one-of", '["人"]', "annual_value.unit", "≥50", []),
        ("one-of", '["≤"]', "annual_value.comparator", "不低于50人", ["annual_value:不低于50人"]),
        ("one-of", '["≤"]', "annual_value.comparator", "≥50人", ["annual_value:≥"]),
        ("one-of", '["≥"]', "annual_value.comparator", ">=50人", []),
        ("one-of", '["优", "良"]', "annual_value", "中", ["annual_value:中"]),
        ("one-of", '["优", "良"]', "annual_value", "优 ", []),
        ("matches", "'[0-9]+人'", "annual_value", "50人次", ["annual_value:50人次"]),
        ("matches", "'[0-9]+人'", "annual_value", "50 人", []),
        ("matches", "'[0-9]+人'", "annual_value", "/", []),
        ("matches", "'[0-9]+人'", "annual_value", "XX", []),
        ("forbids", '["左右", "约"]', "annual_value", "约50人左右", ["annual_value:约", "annual_value:左右"]),
        ("forbids", '["左右"]', "annual_value", "50人左 右", ["annual_value:左 右"]),
        ("forbids", '"左右"', "annual_value", "50人左右或60人左右", ["annual_value:左右"]),
        ("forbids", '["等", "等等"]', "annual_value", "书报等等", ["annual_value:等等"]),
        ("forbids", '["."]', "annual_value", "50人", []),
    ],
)  # fmt: skip
def test_kinds_on_a_value(kind: str, value: str, field: str, *, annual: str, expected: list[str]) -> None:
    """Spans are exact; what is blank is for ``required`` alone, and what cannot be read for the rules that say so."""
    own = check_of(kind, value, field, only='{ name = "慰问" }')
    assert found(own, entry_sheet(ENTRY.format(cycle="9人", annual=annual))) == expected


@tried_on(
    ("entry", "field", "place"),
    [
        ("4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:9人⟦⟧。", "annual_value", 1),
        ("4、1-产出指标; 11-数量指标; 慰问人数; ⟦⟧年度指标值:9人。", "cycle_value", 1),
        ("4、1-产出指标; 11-数量指标; 慰问人数⟦⟧。", "annual_value", 1),
        ("4、1-产出指标; 慰问人数; 年度指标值:9人。", "annual_value", 0),
    ],
)
def test_missing_value_is_shown_where_it_belongs(entry: str, field: str, place: int) -> None:
    wrapped = wrap(entry, "entry")
    own = check_of("required", "true", field)
    assert marked(own, wrapped.text) == [f"{field}@{start}:" for start, _ in wrapped.spans]
    assert len(wrapped.spans) == place


ROW = "社区培训经费⇥{total}⇥5.00⇥⇥⇥{goal}⇥〔指标〕"


@tried_on(
    ("kind", "value", "field", "cells", "expected"),
    [
        ("within", "{ max = 2000 }", "total", {"total": "2,500.00"}, ["total:2,500.00"]),
        ("within", "{ max = 2000 }", "total", {"total": "2000.00"}, []),
        ("within", "{ min = 1 }", "special_account", {}, []),
        ("within", "{ min = 1 }", "total", {"total": "5O.00"}, []),
        ("required", "true", "special_account", {}, ["special_account:"]),
        ("required", "true", "goal", {"goal": "无"}, ["goal:无"]),
        ("required", "true", "goal", {"goal": ""}, ["goal:"]),
        ("matches", "'.{9,}'", "goal", {"goal": "短 目标。"}, ["goal:短 目标。"]),
        ("matches", "'.{9,}'", "goal", {"goal": ""}, []),
        ("matches", "'.{9,}'", "goal", {"goal": "无"}, []),
        ("forbids", '["培训"]', "project", {}, ["name:培训"]),
        ("one-of", '["社区培训经费"]', "project", {}, []),
        ("forbids", '["加强 管理"]', "goal", {"goal": "切实加 强管理。"}, ["goal:加 强管理"]),
        ("forbids", '["Windows 10"]', "goal", {"goal": "装 Windows  10 。"}, ["goal:Windows  10"]),
        ("forbids", '["他说\\"好\\"吗"]', "goal", {"goal": '他说""好""吗。'}, ['goal:他说""好""吗']),
    ],
)
def test_kinds_on_a_project(kind: str, value: str, field: str, *, cells: dict[str, str], expected: list[str]) -> None:
    text = wrap(ROW.format_map({"total": "5.00", "goal": "〔目标〕", **cells}), "project").text
    assert found(check_of(kind, value, field), text) == expected


@tried_on(
    ("field", "expected"),
    [
        ("name", "name:慰问人数"), ("level1", "level1:1-产出指标"), ("level1.code", "level1:1"),
        ("level1.label", "level1:产出指标"), ("level2", "level2:11-数量指标"), ("level2.code", "level2:11"),
        ("level2.label", "level2:数量指标"), ("cycle_value", "cycle_value:9人"), ("annual_value", "annual_value:≥8人"),
        ("annual_value.unit", "annual_value:人"), ("annual_value.comparator", "annual_value:≥"),
        ("cycle_value.unit", "cycle_value:人"), ("cycle_value.comparator", None),
    ],
)  # fmt: skip
def test_every_field_of_an_indicator(field: str, expected: str | None) -> None:
    own = check_of("one-of", '["y"]', field, only='{ name = "慰问" }')
    text = entry_sheet(ENTRY.format(cycle="9人", annual="≥8人"))
    assert found(own, text) == ([expected] if expected else [])


# --- which projects and indicators --------------------------------------------------------------------------------

THREE = entry_sheet(
    "4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:9人; 年度指标值:8人。"
    "5、1-产出指标; 12-质量指标; 慰问品合格率; 实施周期指标值:9%; 年度指标值:8%。"
    "6、2-效益指标; 22-社会效益; 群众幸福感; 实施周期指标值:9分; 年度指标值:8分。"
)


@tried_on(
    ("only", "unless", "expected"),
    [
        (None, None, ["8人", "8%", "8分"]),
        ('{ level2 = "11" }', None, ["8人"]),
        ('{ level2 = ["数量指标", "社会效益指标"] }', None, ["8人", "8分"]),
        ('{ level1 = "1" }', None, ["8人", "8%"]),
        ('{ name = ["人数", "幸福"] }', None, ["8人", "8分"]),
        ('{ level1 = "1", name = "合格" }', None, ["8%"]),
        ('{ project = "培训" }', None, ["8人", "8%", "8分"]),
        ('{ project = "修路" }', None, []),
        (None, '{ level1 = "1" }', ["8分"]),
        (None, '{ level2 = "11", name = "合格" }', ["8分"]),
        ('{ name = "慰问" }', '{ level2 = "12" }', ["8人"]),
        (None, '{ project = ["修路", "社区培训"] }', []),
        ("{}", "{}", ["8人", "8%", "8分"]),
    ],
)
def test_filters(only: str | None, unless: str | None, expected: list[str]) -> None:
    own = check_of("within", "{ min = 9 }", "annual_value", only=only, except_=unless)
    assert found(own, THREE) == [f"annual_value:{text}" for text in expected]


def test_filter_on_projects() -> None:
    for only, expected in (('"培训"', ["total:5.00"]), ('"修路"', [])):
        own = check_of("within", "{ min = 9 }", "total", only=f"{{ project = {only} }}")
        assert found(own, CLEAN) == expected


# --- properties ---------------------------------------------------------------------------------------------------

_TEXT = st.text("甲乙 ab", min_size=1, max_size=12)


@given(st.lists(st.text("甲乙ab", min_size=1, max_size=3), min_size=1, max_size=3), _TEXT)
def test_forbidden_words_are_marked_exactly(words: list[str], goal: str) -> None:
    """What is marked is a forbidden word, blanks aside, and nothing is marked where there is none."""
    text = wrap(f"始{goal}终⇥〔指标〕", "project").text
    said = marked(check_of("forbids", json.dumps(words, ensure_ascii=False), "goal"), text)
    for finding in said:
        at, _, stretch = finding.removeprefix("goal@").partition(":")
        assert text.startswith(stretch, int(at))
        assert stretch.strip() == stretch
        assert clean(stretch) in words
    assert bool(said) == any(word in clean(f"始{goal}终") for word in words)
    assert len({clean(finding.partition(":")[2]) for finding in said}) == len(said), "each word once"


_ANY = (("required", "true"), ("forbids", '["的", "1"]'), ("matches", "'x'"), ("one-of", '["x"]'))
_CASES = [(kind, value, name) for name in FIELDS for kind, value in _ANY]
_CASES += [("within", "{ min = 3, max = 5 }", name) for name, field in FIELDS.items() if field.numbers]
_EVERYWHERE = "".join(check_of(*case, code=f'"ZZ{number}"', name=f'"z{number}"') for number, case in enumerate(_CASES))


@given(nasty(30))
def test_any_text_can_be_judged(text: str) -> None:
    """Whatever a sheet holds, every kind of check on every field ends in findings whose spans lie in it."""
    text = wrap(f"〔目标〕⇥{text}".replace("\0", ""), "project").text
    for finding in marked(_EVERYWHERE, text):
        assert finding


# --- strictness ---------------------------------------------------------------------------------------------------

LINES = {key: number for number, key in enumerate(BASE, 2)}
BROKEN: list[tuple[dict[str, str | None], str, str]] = [
    ({"code": '"GC901"'}, "code", "GC901 is no code"),
    ({"code": '"CZ"'}, "code", "CZ is no code"),
    ({"code": '"cz001"'}, "code", "cz001 is no code"),
    ({"code": '"ALL1"'}, "code", "ALL1 is no code"),
    ({"code": "1"}, "code", "code must be a text"),
    ({"name": '"Low"'}, "name", "Low is no name"),
    ({"name": '"missing-goal"'}, "name", "missing-goal is taken"),
    ({"severity": '"fatal"'}, "severity", "severity cannot be fatal; choose one of error, warning, info"),
    ({"set": '"all"'}, "set", "set cannot be all; choose one of core, strict"),
    ({"title": '{ zh = "x" }'}, "title", "title must be a text, or one for each of zh and en"),
    ({"title": '""'}, "title", "title must be a text"),
    ({"why": '"a\\nb"'}, "why", "why holds a line break"),
    ({"why": '"a\\u202eb"'}, "why", "why holds a line break or unseen characters"),
    ({"message": '"{txt}"'}, "message", "nothing fills {txt} in; use {field}, {name}, {text}, {expected}"),
    ({"message": '"{text.real}"'}, "message", "nothing fills {text.real} in"),
    ({"message": '"{}"'}, "message", "nothing fills {} in"),
    ({"message": '"{text"'}, "message", "write a brace itself twice"),
    ({"message": '"{text:>9}"'}, "message", "write a brace itself twice"),
    ({"message": '"{text!r}"'}, "message", "write a brace itself twice"),
    ({"help": '{ zh = "好{x}", en = "ok" }'}, "help", "nothing fills {x} in"),
    ({"field": '"annual-value"'}, "field", "there is no field annual-value; did you mean annual_value"),
    ({"field": '"name"'}, "within", "name is no number; within cannot judge it"),
    ({"within": None}, "rule", "a rule has exactly one of required, matches, forbids, one-of, within"),
    ({"matches": "'x'"}, "matches", "a rule has exactly one of"),
    ({"within": "{}"}, "within", "within must be a range"),
    ({"within": "90"}, "within", "within must be a range"),
    ({"within": "{ min = 2, max = 1 }"}, "within", "within must be a range"),
    ({"within": '{ min = "90" }'}, "within", "within.min must be a number"),
    ({"within": "{ max = inf }"}, "within", "within.max must be a number"),
    ({"within": "{ least = 90 }"}, "within", "there is no key within.least"),
    ({"within": '{ min = 9, unit = "元" }', "field": '"total"'}, "within", "there is no key within.unit"),
    ({"within": None, "required": "false"}, "required", "required must be true"),
    ({"within": None, "matches": "'(['"}, "matches", "this is no regular expression: unterminated"),
    ({"within": None, "matches": "'a{99999999999}'"}, "matches", "this is no regular expression"),
    ({"within": None, "matches": "'(a)\\1'"}, "matches", "a pattern cannot refer back to a group"),
    ({"within": None, "matches": "'(?P<x>a)(?P=x)'"}, "matches", "a pattern cannot refer back to a group"),
    ({"within": None, "matches": "'(a)?(?(1)b|c)'"}, "matches", "a pattern cannot refer back to a group"),
    ({"within": None, "matches": "'(?:a*)++'"}, "matches", "nothing may be repeated that can be empty"),
    ({"within": None, "matches": "'(?:.{1000}){1000}'"}, "matches", "it has more than 10000 parts"),
    ({"within": None, "matches": "'(?:){4000000000}'"}, "matches", "it has more than 10000 parts"),
    ({"within": None, "forbids": "[]"}, "forbids", "forbids must be a list of texts"),
    ({"within": None, "one-of": '["a", 1]'}, "one-of", "one-of must be a text"),
    ({"within": None, "one-of": '"a"'}, "one-of", "one-of must be a list of texts"),
    ({"only": '{ level3 = "11" }'}, "only", "level3 selects nothing here; use level1, level2, name, project"),
    ({"only": '{ name = "x" }', "field": '"total"'}, "only", "name selects nothing here; use project"),
    ({"only": '"11"'}, "only", "only must be a table"),
    ({"except": "{ level2 = [] }"}, "except", "level2 must be a list of texts"),
    ({"wihtin": "1"}, "wihtin", "there is no key wihtin; did you mean within"),
    ({"level": '"entry"'}, "level", "there is no key level"),
    ({"fix": '"safe"'}, "fix", "there is no key fix"),
    ({"source": None}, "rule", "source is missing; add it"),
    ({"good": "[]"}, "good", "good must be a list of texts"),
    ({"good": '["⟦甲⟧"]'}, "good", "a good example has no ⟦⟧"),
    ({"bad": '["甲"]'}, "bad", "a bad example marks the fault with ⟦⟧"),
    ({"bad": '["⟦甲⟦"]'}, "bad", "⟦ and ⟧ come in pairs"),
    ({"bad": '[{ text = "⟦甲⟧", fixed = "甲" }]'}, "bad", "bad must be a list of texts"),
    ({"bad": '[{ text = "⟦甲⟧", layout = "row" }]'}, "bad", "layout cannot be row; choose one of packed, rows, blocks"),
    ({"layouts": '["row"]'}, "layouts", "layouts cannot be row; choose one of packed, rows, blocks"),
    ({"bad": '["⟦a\\u001bb⟧"]'}, "bad", "bad holds a line break or unseen characters"),
]


@tried_on(("changes", "key", "said"), BROKEN, ids=[said[:40] for _, _, said in BROKEN])
def test_broken_rule(tmp_path: Path, changes: dict[str, str | None], key: str, said: str) -> None:
    """File, line and what is wrong, in both languages; a run under such a rule checks nothing."""
    text = "# a comment\n" + record(**changes)
    line = text[: text.index(f"\n{key} =") + 1].count("\n") + 1 if key != "rule" else 2
    put(tmp_path, {"rules/own.toml": text, "a.txt": FAULTY, "goalcheck.toml": 'rules = ["rules"]\n'})
    commands = (("lint", "a.txt"), ("rules", "--test", "rules"), ("rules",), ("explain", "GC501"))
    for arguments in some(commands, 2):
        run = goalcheck_here(*arguments, "--lang", "en", cwd=tmp_path)
        assert (run.status, run.out, len(run.complaints)) == (2, b"", 1), arguments
        assert run.complaints[0].startswith(f"goalcheck: rules/own.toml:{line}: "), run.complaints
        assert said in run.complaints[0]
    run = goalcheck_here("lint", "a.txt", cwd=tmp_path)
    assert run.status == 2
    assert HAN.search(run.complaints[0])


@tried_on(
    ("text", "said"),
    [
        ("", "own.toml: holds no rule; each begins with [[rule]]"),
        ("rule = []\n", "own.toml:1: holds no rule"),
        ("[rule]\ncode = 'CZ001'\n", "own.toml:1: holds no rule"),
        ("rule = [1]\n", "own.toml:1: rule must be a table"),
        ("\n[[rules]]\ncode = 'CZ001'\n", "own.toml:2: there is no key rules; did you mean rule"),
        (record() + record(name='"other-name"'), "own.toml:15: CZ001 is taken"),
        (record() + record(code='"CZ002"'), "own.toml:16: low-target is taken"),
        ("[[rule]\n", "own.toml:1: is no TOML"),
    ],
)
def test_broken_rule_file(tmp_path: Path, text: str, said: str) -> None:
    put(tmp_path, {"own.toml": text})
    run = goalcheck_here("rules", "--test", "own.toml", "--lang", "en", cwd=tmp_path)
    assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)
    assert run.complaints[0].startswith(f"goalcheck: {said}")


def test_where_rules_are_looked_for(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a.txt": FAULTY,
            "empty/readme.md": "",
            "own/b.toml": record(),
            "own/.hidden.toml": "x",
            "own/deep/c.toml": "x",
            "own/a.toml": record(code='"CZ000"', name='"a"'),
        },
    )
    assert [Path(file).name for file in rule_files(str(tmp_path / "own"))] == ["a.toml", "b.toml"]
    for rules, said in (('"nowhere"', "there is no nowhere"), ('"empty"', "there is no .toml file in empty")):
        put(tmp_path, {"goalcheck.toml": f"rules = [\n  {rules},\n]\n"})
        run = goalcheck_here("lint", "a.txt", "--lang", "en", cwd=tmp_path)
        assert (run.status, run.complaints[0].partition(";")[0]) == (2, f"goalcheck: goalcheck.toml:2: {said}")
    put(tmp_path, {"goalcheck.toml": 'rules = ["own", "own/a.toml", "."]\n'})
    assert goalcheck_here("lint", "a.txt", cwd=tmp_path).status == 2, "there is nothing but a configuration in ."
    put(tmp_path, {"goalcheck.toml": 'rules = ["own", "own/a.toml"]\n'})
    assert _codes(tmp_path) == ["CZ000", "CZ001"]
    for path, said in (("nowhere", "nowhere: no such file"), ("empty", "empty: there is no .toml file in empty")):
        run = goalcheck_here("rules", "--test", path, "--lang", "en", cwd=tmp_path)
        assert (run.status, run.complaints[0].partition(";")[0]) == (2, f"goalcheck: {said}")


def _codes(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> list[str]:
    """The codes of the site's own rules that ``goalcheck rules`` lists."""
    run = goalcheck("rules", "--format", "json", *arguments, cwd=folder, env=env)
    assert run.status == 0, run.err.decode()
    return [row["code"] for row in json.loads(run.text) if not row["code"].startswith("GC")]


# --- own rules among the others -----------------------------------------------------------------------------------

LOW = entry_sheet(PERCENT + "5、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥50人; 年度指标值:≥50人。")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a configuration that names rules of its own, and a sheet."""
    strict = record(code='"CZ002"', name='"strict-one"', set='"strict"', within="{ min = 60 }")
    return put(
        tmp_path,
        {
            "goalcheck.toml": 'rules = ["rules"]\n',
            "rules/a.toml": record(),
            "rules/b.toml": strict,
            "sheets/a.txt": LOW,
        },
    )


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ((), ["CZ001", "CZ001", "GC304"]),
        (("--profile", "strict", "--ignore", "CZ001"), ["CZ002", "CZ002", "GC304"]),
        (("--select", "CZ"), ["CZ001", "CZ001", "CZ002", "CZ002"]),
        (("--select", "cz00", "--ignore", "low-target"), ["CZ002", "CZ002"]),
        (("--select", "low-target"), ["CZ001", "CZ001"]),
        (("--extend-select", "CZ002", "--ignore", "CZ"), ["CZ002", "CZ002", "GC304"]),
        (("--select", "GC",), ["GC304"]),
        (("--isolated",), ["GC304"]),
    ],
)  # fmt: skip
def test_own_rules_are_selected_as_others(site: Path, arguments: tuple[str, ...], codes: list[str]) -> None:
    run = goalcheck("lint", "sheets", "--format", "json", *arguments, cwd=site)
    report = json.loads(run.text)
    assert sorted(f["rule"] for f in report["findings"]) == codes
    for finding in report["findings"]:
        if finding["rule"] == "CZ001":
            assert finding["message"] == f"“{_name(finding)}”的年度指标值是{finding['text']}\uff0c要≥90"
            assert (finding["severity"], finding["help"], finding["field"]) == ("warning", "改高", "annual_value")
            assert finding["project"] == "社区培训经费"
            assert finding["indicator"] in (1, 5)
            assert finding["fingerprint"]


def _name(finding: Mapping[str, Any]) -> str:
    return {1: "举办培训班期数", 5: "人数"}[finding["indicator"]]


def test_own_rules_are_listed_and_explained(site: Path) -> None:
    assert _codes(site) == ["CZ001", "CZ002"]
    assert _codes(site / "sheets") == ["CZ001", "CZ002"]
    assert _codes(site, "--isolated") == []
    assert _codes(site.parent, "--config", str(site / "goalcheck.toml")) == ["CZ001", "CZ002"]
    assert "low-target" in goalcheck("rules", cwd=site).text
    page = goalcheck("explain", "cz001", cwd=site).text
    for said in ("CZ001 low-target", "指标值太低", "太低。", "本局规定。", "≥50人", "^^^^^", "≥90人", "改高"):
        assert said in page
    english = goalcheck("explain", "CZ001", "--lang", "en", "--isolated", cwd=site)
    assert (english.status, "there is no rule CZ001" in english.err.decode()) == (2, True)
    near = goalcheck("explain", "low-taget", "--lang", "en", cwd=site)
    assert "did you mean low-target" in near.err.decode()


def test_options_of_rules_and_explain_exclude_each_other(site: Path) -> None:
    for arguments in (
        ("rules", "--config", "goalcheck.toml", "--isolated"),
        ("explain", "GC501", "--config", "goalcheck.toml", "--isolated"),
        ("rules", "--test", "rules", "--config", "goalcheck.toml"),
        ("rules", "--test", "rules", "--isolated"),
    ):
        run = goalcheck(*arguments, "--lang", "en", cwd=site)
        assert (run.status, run.out) == (2, b"")
        assert "exclude each other" in run.complaints[0]


def test_a_folder_without_own_rules_does_not_know_them(site: Path) -> None:
    """A selector may name a rule that only some of the folders have; one that none has is refused."""
    put(site, {"plain/goalcheck.toml": "", "plain/b.txt": FAULTY})
    run = goalcheck("lint", "sheets", "plain", "--select", "CZ001,GC501", "--format", "concise", cwd=site)
    assert re.findall(r": ([A-Z]{2}\d+) ", run.text) == ["GC501", "CZ001", "CZ001"]
    run = goalcheck("lint", "plain", "--select", "CZ001", "--lang", "en", cwd=site)
    assert (run.status, "there is no rule CZ001" in run.err.decode()) == (2, True)


def test_configuration_adjusts_own_rules(site: Path) -> None:
    put(
        site,
        {
            "goalcheck.toml": 'rules = ["rules"]\nselect = ["CZ"]\n[severity]\nlow-target = "error"\n'
            '[per-file-ignores]\n"b.txt" = ["CZ001"]\n',
            "sheets/b.txt": LOW,
        },
    )
    run = goalcheck("lint", "sheets", "--format", "json", cwd=site)
    assert run.status == 1
    levels = {(f["path"], f["rule"], f["severity"]) for f in json.loads(run.text)["findings"]}
    assert levels == {
        ("sheets/a.txt", "CZ001", "error"), ("sheets/a.txt", "CZ002", "warning"), ("sheets/b.txt", "CZ002", "warning")
    }  # fmt: skip


def test_extended_rules_add_up(site: Path) -> None:
    put(
        site,
        {
            "town/goalcheck.toml": 'extend = "above"\nrules = ["own.toml"]\n',
            "town/own.toml": record(code='"ZJ1"', name='"of-the-town"'),
        },
    )
    assert _codes(site / "town") == ["CZ001", "CZ002", "ZJ1"]


def test_words_in_both_languages(site: Path) -> None:
    english = '{ zh = "{name}太低", en = "{name}: the {field} {text} is not {expected}" }'
    put(site, {"rules/a.toml": record(message=english)})
    run = goalcheck("lint", "sheets", "--lang", "en", "--select", "CZ001", "--format", "concise", cwd=site)
    assert "人数: the annual value ≥50人 is not ≥90" in run.text
    assert "人数太低" in goalcheck("lint", "sheets", "--select", "CZ001", "--format", "concise", cwd=site).text


def test_patterns_end_on_long_texts(site: Path) -> None:
    """A cell costs a pattern what it is long, be it a pattern that has many ways to split a text."""
    hard = ("(甲|甲)*x", "(?:甲|甲乙?)*x", ".*甲.*甲.*甲.*甲.*乙", "(?:甲+)+x", "(?=(甲+)+x).*")
    rules = [
        check_of("matches", f"'{pattern}'", "goal", code=f'"CZ{number}"', name=f'"hard-{number}"')
        for number, pattern in enumerate(hard)
    ]
    put(site, {"rules/a.toml": "".join(rules), "sheets/a.txt": wrap(f"{'甲' * 50_000}。⇥〔指标〕", "project").text})
    (site / "rules/b.toml").unlink()
    run = goalcheck("lint", "sheets", "--select", "CZ", "--format", "json", cwd=site)
    assert [finding["rule"] for finding in json.loads(run.text)["findings"]] == [f"CZ{n}" for n in range(len(hard))]


def test_a_pattern_that_takes_too_many_steps_is_named(site: Path) -> None:
    """With the file of the site's own that it stands in; the input ends in 2."""
    goal = "甲乙乙甲乙甲甲甲" * 12_000
    put(
        site,
        {
            "rules/a.toml": check_of("matches", "'.*甲.{900}'", "goal"),
            "sheets/a.txt": wrap(f"{goal}。⇥〔指标〕", "project").text,
        },
    )
    run = goalcheck("lint", "sheets", "--select", "CZ001", cwd=site)
    assert run.status == 2
    (line,) = run.complaints
    assert "CZ001" in line
    assert "rules/a.toml:13: " in line
    assert "96001" in line


# --- trial of examples --------------------------------------------------------------------------------------------


def test_samples_pass() -> None:
    run = goalcheck("rules", "--test", "samples/rules", cwd=ROOT)
    assert (run.status, run.err) == (0, b"")
    assert "全部通过" in run.text.splitlines()[-1]
    records = [rule for file in SAMPLES.glob("*.toml") for rule in tomllib.loads(file.read_text("utf-8"))["rule"]]
    assert len(run.text.splitlines()) == len(records) + 1
    assert {kind for rule in records for kind in KINDS if kind in rule} == set(KINDS), "one of each kind"


def test_samples_are_sound_on_sheets(tmp_path: Path) -> None:
    """The sample rules say little of the clean sample and of the real sheet."""
    put(tmp_path, {f"rules/{file.name}": file.read_text(encoding="utf-8") for file in SAMPLES.glob("*.toml")})
    put(tmp_path, {"goalcheck.toml": 'rules = ["rules"]\nselect = ["CZ"]\n'})
    for name, most in (("clean.txt", 1), ("liwan-jinhua.txt", 5)):
        put(tmp_path, {name: (ROOT / "samples" / name).read_text(encoding="utf-8-sig")})
        run = goalcheck("lint", name, "--format", "concise", cwd=tmp_path)
        assert len(run.text.splitlines()) <= most, run.text


FAILING = {
    "not-found": ({"within": "{ min = 10 }"}, "bad example 1", "⟦≥50人⟧", "年度指标值:≥50人"),
    "elsewhere": (
        {"bad": '["4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:⟦≥50人⟧; 年度指标值:≥50人。"]'},
        "bad example 1",
        "实施周期指标值:⟦≥50人⟧; 年度指标值:≥50人。",
        "实施周期指标值:≥50人; 年度指标值:⟦≥50人⟧。",
    ),
    "found-in-good": ({"within": "{ min = 95 }"}, "good example 1", "年度指标值:≥90人。", "年度指标值:⟦≥90人⟧。"),
}


@pytest.mark.parametrize("case", FAILING)
def test_failing_example(tmp_path: Path, case: str) -> None:
    """What was expected and what was found, with the text; status 1."""
    changes, which, expected, instead = FAILING[case]
    put(tmp_path, {"own.toml": record(**changes)})
    run = goalcheck("rules", "--test", "own.toml", "--lang", "en", cwd=tmp_path)
    assert (run.status, run.err) == (1, b"")
    lines = run.text.splitlines()
    assert lines[0] == "CZ001 low-target  1 of 2 failed"
    assert lines[1].strip() == which
    assert lines[2].strip().startswith("expected: ")
    assert expected in lines[2]
    assert lines[3].strip().startswith("found: ")
    assert instead in lines[3]
    assert lines[-1] == "rules: 1, examples: 2; 1 failed."
    chinese = goalcheck("rules", "--test", "own.toml", cwd=tmp_path)
    assert chinese.status == 1
    assert "应当: " in chinese.text


@pytest.mark.parametrize("text", ["⟦≥50人⟧", "4、1-产出指标; ⟦人数⟧"])
def test_example_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    put(tmp_path, {"own.toml": record(bad=f'["{text}"]')})
    run = goalcheck("rules", "--test", "own.toml", "--lang", "en", cwd=tmp_path)
    assert run.status == 1
    if "产出" in text:
        assert "cannot be read as part of a sheet" in run.text


def test_the_frame_of_an_example_is_not_judged(tmp_path: Path) -> None:
    """The indicators of the standard sheet break the rule too: only what the author wrote counts."""
    own = record(
        within="{ min = 1000 }",
        bad='["4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥50人; 年度指标值:⟦≥50人⟧。"]',
        good='["4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥1000人; 年度指标值:≥1000人。"]',
    )
    put(tmp_path, {"own.toml": own})
    assert goalcheck("rules", "--test", "own.toml", cwd=tmp_path).status == 0


def test_examples_of_other_layouts(tmp_path: Path) -> None:
    own = record(
        layouts='["rows", "blocks"]',
        within="{ min = 1000 }",
        bad='[{ text = "产出指标⇥数量指标⇥人数⇥≥⇥⟦50⟧⇥人", layout = "rows" }]',
        good='[{ text = "产出指标⇥数量指标⇥人数⇥≥1000人", layout = "blocks" }]',
    )
    packed = own.replace('text = "产出指标⇥数量指标⇥人数⇥≥1000人", layout = "blocks"', 'text = "甲"')
    put(tmp_path, {"own.toml": own, "packed.toml": packed})
    run = goalcheck("rules", "--test", "own.toml", cwd=tmp_path)
    assert run.status == 0, run.text
    run = goalcheck("rules", "--test", "packed.toml", "--lang", "en", cwd=tmp_path)
    assert b"layout cannot be packed; choose one of rows, blocks" in run.err


@tried_on(
    ("field", "bad", "good"),
    [
        ("goal", "⟦丙⟧", "甲"),
        ("goal", "⟦丙⟧⇥〔指标〕", "甲⇥"),
        ("project", "⟦丙⟧", "甲"),
        ("total", "⟦7.00⟧", "甲"),
        ("appropriation", "⟦7.00⟧", "5.00"),
        ("special_account", "⟦7.00⟧", "5.00"),
        ("other", "⟦7.00⟧", "5.00"),
        ("other", "道路维修⇥5.00⇥5.00⇥⇥⟦7⟧⇥〔目标〕⇥〔指标〕", "道路维修⇥5.00⇥5.00⇥⇥5.00⇥〔目标〕⇥〔指标〕"),
    ],
)
def test_examples_of_projects_may_be_one_cell(tmp_path: Path, field: str, bad: str, good: str) -> None:
    own = check_of("one-of", '["甲", "5.00"]', field, bad=f'["{bad}"]', good=f'["{good}"]')
    put(tmp_path, {"own.toml": own})
    run = goalcheck("rules", "--test", "own.toml", cwd=tmp_path)
    assert run.status == 0, run.text


# --- plug-ins -----------------------------------------------------------------------------------------------------

MODULE = """
from goalcheck.finding import Edit, Finding, Fix, Term

RECORDS = [
    {
        "code": "HX001",
        "name": "short-goal",
        "severity": "warning",
        "level": "project",
        "fix": "unsafe",
        "title": {"zh": "目标太短", "en": "a short goal"},
        "message": {"zh": "{which}的目标只有{length}个字", "en": "the goal of {which} has {length} characters"},
        "help": "写长一些",
        "why": "太短。",
        "source": "来自填报实践。",
        "phrases": {"this": {"zh": "项目“{name}”", "en": "“{name}”"}},
        "options": {"least": 8},
        "bad": [{"text": "⟦太短。⟧⇥〔指标〕", "fixed": "太短。请写长一些。⇥〔指标〕"}],
        "good": ["〔目标〕⇥〔指标〕"],
    },
]


def short_goal(project, context):
    goal = project.goal
    if goal is not None and not goal.blank and len(goal.clean) < context.options["least"]:
        which = Term("this", {"name": project.name.clean})
        fix = Fix((Edit(goal.end, goal.end, "请写长一些。"),))
        yield Finding(goal.start, goal.end, "goal", {"which": which, "length": str(len(goal.clean))}, fix=fix)
"""
SHORT = wrap("太短。⇥〔指标〕", "project").text


def install(folder: Path, name: str, module: str, text: str, package: str | None = None) -> dict[str, str]:
    """A distribution in ``folder`` that offers ``module`` as the rules ``name``, and the environment that has it."""
    package = package or module.replace("_", "-")
    put(
        folder,
        {
            f"{module}.py": text,
            f"{package}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n",
            f"{package}-1.0.dist-info/entry_points.txt": f"[goalcheck.rules]\n{name} = {module}\n",
        },
    )
    return environment(PYTHONPATH=str(folder), PYTHONDONTWRITEBYTECODE="1")  # tests change the module within a second


def goalcheck_plugged(site: Path, *arguments: object, cwd: Path) -> Run:
    """Run the command in this process where what is in ``site`` is installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(site)
        patch.setattr(sys, "dont_write_bytecode", True)  # tests change the module within a second
        modules = [path.stem for path in site.glob("*.py")]
        jobs = ("-j", "1") if arguments[0] == "lint" else ()
        for module in modules:
            sys.modules.pop(module, None)
        try:
            return goalcheck_here(*arguments, *jobs, cwd=cwd)
        finally:
            for module in modules:
                sys.modules.pop(module, None)


@pytest.fixture
def plugged(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder whose configuration names a plug-in, and the environment in which that is installed."""
    place = put(tmp_path / "work", {"a.txt": SHORT, "goalcheck.toml": 'plugins = ["hx"]\n'})
    return place, install(tmp_path / "site", "hx", "hx_rules", MODULE)


@pytest.mark.slow
def test_plugin_runs(plugged: tuple[Path, dict[str, str]]) -> None:
    folder, env = plugged
    for lang, message in (
        ("zh", "项目“社区培训经费”的目标只有3个字"),
        ("en", "the goal of “社区培训经费” has 3 characters"),
    ):
        run = goalcheck("lint", "a.txt", "--select", "HX", "--format", "json", "--lang", lang, cwd=folder, env=env)
        (finding,) = json.loads(run.text)["findings"]
        assert (finding["rule"], finding["text"], finding["message"]) == ("HX001", "太短。", message)
        assert finding["fix"]["safety"] == "unsafe"
    assert _codes(folder, env=env) == ["HX001"]
    assert goalcheck("rules", cwd=folder, env=env).err == b""
    assert "HX001 short-goal" in goalcheck("explain", "short-goal", cwd=folder, env=env).text
    put(folder, {"goalcheck.toml": 'plugins = ["hx"]\n[options.short-goal]\nleast = 3\n'})
    assert goalcheck("lint", "a.txt", "--select", "HX", cwd=folder, env=env).status == 0
    assert b"HX001" not in goalcheck("lint", "a.txt", "--select", "HX", cwd=folder, env=env).out


@pytest.mark.slow
def test_plugin_is_tried_where_a_configuration_names_it(plugged: tuple[Path, dict[str, str]]) -> None:
    folder, env = plugged
    run = goalcheck("rules", "--test", ".", cwd=folder, env=env)
    assert (run.status, run.text.splitlines()[0]) == (0, "HX001 short-goal  通过\uff082个例子\uff09")
    site = Path(env["PYTHONPATH"])
    for old, new, said in (
        ('"⟦太短。⟧⇥', '"太⟦短。⟧⇥', "⟦太短。⟧⇥"),
        ("太短。请写长一些。⇥", "太短。请写长。⇥", "太短。请写长一些。"),
        ("len(goal.clean) <", "1 / 0 <", "ZeroDivisionError"),
    ):
        put(site, {"hx_rules.py": MODULE.replace(old, new, 1)})
        run = goalcheck("rules", "--test", ".", cwd=folder, env=env)
        assert run.status == 1
        assert said in run.text
    put(folder, {"own.toml": record(), "goalcheck.toml": ""})
    run = goalcheck("rules", "--test", ".", cwd=folder, env=env)
    assert (run.status, run.text.split()[0]) == (0, "CZ001"), "a configuration without rules of its own names none"


@pytest.mark.slow
def test_installed_plugin_that_is_not_named_does_nothing(plugged: tuple[Path, dict[str, str]]) -> None:
    folder, env = plugged
    (folder / "goalcheck.toml").unlink()
    assert _codes(folder, env=env) == []
    run = goalcheck("rules", "--lang", "en", cwd=folder, env=env)
    assert run.complaints == [
        "rule plug-ins installed but not in use: hx; to use one, name it under plugins in the configuration"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("RECORDS = [", "RULES = [", "goalcheck.toml:1: the plug-in hx cannot be used: AttributeError"),
        ("RECORDS = [", "raise SystemExit(0)\nRECORDS = [", "goalcheck.toml:1: the plug-in hx cannot be used: Sys"),
        ("RECORDS = [", "1 / 0\nRECORDS = [", "goalcheck.toml:1: the plug-in hx cannot be used: ZeroDivisionError"),
        ("\ndef short_goal", "RECORDS = []\ndef short_goal", "goalcheck.toml:1: the plug-in hx cannot be used: REC"),
        ("def short_goal", "def long_goal", "hx_rules: RECORDS[0]: there is no function short_goal"),
        ("HX001", "GC999", "hx_rules: RECORDS[0]: GC999 is no code"),
        ("short-goal", "missing-goal", "hx_rules: RECORDS[0]: missing-goal is taken"),
        ('"level": "project"', '"level": "page"', "hx_rules: RECORDS[0]: level cannot be page"),
        ('"why"', '"wy"', "hx_rules: RECORDS[0]: there is no key wy; did you mean why"),
        ('"options": {"least": 8}', '"options": 8', "hx_rules: RECORDS[0]: options must be a table"),
        ('"options": {', '"ranges": {"least": [9, 10]}, "options": {', "hx_rules: RECORDS[0]: ranges must be a table"),
        ('"options": {', '"ranges": {"most": [1, 10]}, "options": {', "hx_rules: RECORDS[0]: ranges must be a table"),
        ('"good": ["〔目标〕⇥〔指标〕"]', '"good": []', "hx_rules: RECORDS[0]: good must be a list"),
        ('"fix": "unsafe"', '"fix": "none"', "hx_rules: RECORDS[0]: bad must be a list of texts"),
        ("RECORDS = [", "RECORDS = [7, ", "hx_rules: RECORDS[0]: rule must be a table"),
    ],
)  # fmt: skip
def test_broken_plugin(plugged: tuple[Path, dict[str, str]], old: str, new: str, said: str) -> None:
    folder, env = plugged
    changed = MODULE.replace(old, new, 1)
    if "missing" in new:
        changed = changed.replace("short_goal", "missing_goal")
    site = Path(env["PYTHONPATH"])
    put(site, {"hx_rules.py": changed})
    run = goalcheck_plugged(site, "lint", "a.txt", "--lang", "en", cwd=folder)
    assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)
    assert run.complaints[0].startswith(f"goalcheck: {said}")


def test_plugins_are_told_by_name(plugged: tuple[Path, dict[str, str]]) -> None:
    folder, env = plugged
    put(folder, {"goalcheck.toml": 'plugins = [\n  "hy",\n]\n'})
    run = goalcheck_plugged(Path(env["PYTHONPATH"]), "lint", "a.txt", "--lang", "en", cwd=folder)
    assert run.complaints == ["goalcheck: goalcheck.toml:2: no plug-in hy is installed"]
    put(folder, {"goalcheck.toml": 'plugins = ["hxx"]\n'})
    run = goalcheck_plugged(Path(env["PYTHONPATH"]), "lint", "a.txt", "--lang", "en", cwd=folder)
    assert run.complaints == ["goalcheck: goalcheck.toml:1: no plug-in hxx is installed; did you mean hx"]
    put(folder, {"goalcheck.toml": 'plugins = ["hx"]\n'})
    install(Path(env["PYTHONPATH"]), "hx", "other_rules", MODULE)
    run = goalcheck_plugged(Path(env["PYTHONPATH"]), "lint", "a.txt", "--lang", "en", cwd=folder)
    assert run.complaints == ["goalcheck: goalcheck.toml:1: two installed packages offer a plug-in hx; remove one"]


FAILURES = {
    "raises": ("    goal = project.goal\n", "    raise KeyError('x')\n", "HX001: KeyError: 'x'"),
    "ends-the-process": (
        "    goal = project.goal\n",
        "    raise SystemExit(0)\n",
        "HX001: RuntimeError: ended the process",
    ),
    "ends-in-its-own-way": (
        "    goal = project.goal\n",
        "    raise GeneratorExit\n",
        "HX001: RuntimeError: ended the process",
    ),
    "field-is-none": ('"goal", {', '["goal"], {', "HX001: TypeError: a field is text"),
    "returns-nothing": ("        yield Finding(", "        return Finding(", "HX001: TypeError"),
    "yields-text": ("        yield Finding(", "        yield 'x' or Finding(", "HX001: TypeError: yielded str"),
    "lacks-figure": (', "length": str(len(goal.clean))', "", "HX001: ValueError: the finding lacks the figure length"),
    "figure-is-number": ("str(len(goal.clean))", "len(goal.clean)", "HX001: TypeError: a figure is text"),
    "unknown-phrase": ('Term("this"', 'Term("that"', "HX001: ValueError: the rule has no phrase that"),
    "outside": ("Finding(goal.start, goal.end,", "Finding(goal.start, 10**9,", "is no stretch of the sheet"),
    "float": ("Finding(goal.start, goal.end,", "Finding(goal.start, goal.end + 0.0,", "is no stretch of the sheet"),
    "edit-outside": ("Edit(goal.end, goal.end", "Edit(-1, goal.end", "is no stretch of the sheet"),
    "suggestion": (", fix=fix)", ", suggestion=3)", "HX001: TypeError: a suggestion is text"),
}


@pytest.mark.parametrize("case", FAILURES)
@pytest.mark.parametrize("form", ["text", "json"])
def test_check_that_fails(plugged: tuple[Path, dict[str, str]], case: str, form: str) -> None:
    """The rule is named with its package, which is not called a fault of goalcheck; all that others found stands."""
    folder, env = plugged
    old, new, said = FAILURES[case]
    assert old in MODULE
    site = Path(env["PYTHONPATH"])
    put(site, {"hx_rules.py": MODULE.replace(old, new, 1)})
    put(folder, {"a.txt": SHORT.replace("11-数量", "19-数量", 1), "b/b.txt": FAULTY, "b/goalcheck.toml": ""})
    run = goalcheck_plugged(site, "lint", "a.txt", "b", "--lang", "en", "--format", form, cwd=folder)
    assert run.status == 2
    assert "Traceback" not in run.err.decode()
    (line,) = run.complaints
    assert line.startswith("goalcheck: a.txt: ")
    assert said in line
    assert "of the package hx-rules" in line
    assert "internal" not in line
    assert "GC201" in run.text
    assert "GC501" in run.text
    if form == "json":
        assert "HX001" not in {finding["rule"] for finding in json.loads(run.text)["findings"]}


# --- what the documents say ---------------------------------------------------------------------------------------

DOCS = ("own-rules.md", "own-rules.zh-CN.md")
_NAMED_BLOCK = re.compile(r"^```(?:toml|python)\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(params=DOCS)
def documented(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with every file that a document shows."""
    text = (ROOT / "docs" / request.param).read_text(encoding="utf-8")
    blocks = _NAMED_BLOCK.findall(text)
    assert len(blocks) == len(re.findall("^```(?:toml|python)$", text, re.MULTILINE)), "each says its file"
    return put(tmp_path, dict(blocks) | {"sheet.txt": CLEAN})


def test_documented_rules_work(documented: Path) -> None:
    run = goalcheck("rules", "--test", "rules", cwd=documented)
    assert run.status == 0, run.text + run.err.decode()
    assert _codes(documented) == ["CZ001", "CZ002"]
    low = entry_sheet("4、3-满意度指标; 31-服务对象满意度; 居民满意度; 实施周期指标值:≥85%; 年度指标值:≥85%。")
    put(documented, {"low.txt": low})
    run = goalcheck("lint", ".", "--select", "CZ", "--format", "concise", cwd=documented)
    assert run.text.startswith("low.txt:6:")
    assert len(run.text.splitlines()) == 1


def test_documented_words_and_classes_work(documented: Path) -> None:
    for folder in (
        "growth",
        next(
            name
            for path in documented.glob("*/goalcheck.toml")
            if (name := path.parent.name) not in ("growth", "columns")
        ),
    ):
        put(documented, {f"{folder}/a.txt": CLEAN})
        run = goalcheck("lint", folder, "--format", "json", cwd=documented)
        assert run.status in (0, 1), run.err.decode()
        taxonomy = json.loads(run.text)["tool"]["taxonomy"]
        assert taxonomy == ("guangdong" if folder == "growth" else "nanjiang")


def test_documented_plugin_works(documented: Path) -> None:
    """The package as its pyproject.toml says it is, with the metadata that an installer makes of it."""
    project = tomllib.loads((documented / "pyproject.toml").read_text(encoding="utf-8"))
    ((name, module),) = project["project"]["entry-points"]["goalcheck.rules"].items()
    text = (documented / f"{module}.py").read_text(encoding="utf-8")
    install(documented, name, module, text, project["project"]["name"])
    (documented / "goalcheck.toml").unlink()  # the pyproject.toml beside it has a table of its own
    run = goalcheck_plugged(documented, "rules", "--test", ".", cwd=documented)
    assert (run.status, run.text.split()[0]) == (0, "HX001"), run.text + run.err.decode()


@pytest.mark.parametrize("name", DOCS)
def test_documents_name_all_there_is(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \|", text, re.MULTILINE)
    told = {word for row in rows for word in re.findall(r"`\[?([a-z][a-z0-9_-]*(?:\.[a-z]+)?)", row)}
    told |= {word.partition(".")[0] for word in told}
    assert set(FIELDS) | set(KINDS) | set(SHARED) <= told
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if not (ROOT / "docs" / link).exists()]
    assert links == []


def test_readme_example_works(tmp_path: Path) -> None:
    shown = []
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        (rule,) = (block for block in blocks if block.startswith("[[rule]]"))
        (configuration,) = (block for block in blocks if block.startswith("rules ="))
        shown.append((rule, configuration))
    assert shown[0] == shown[1]
    put(tmp_path, {"rules/own.toml": shown[0][0], "goalcheck.toml": shown[0][1], "a.txt": CLEAN})
    assert goalcheck("rules", "--test", "rules", cwd=tmp_path).status == 0
    assert goalcheck("lint", ".", cwd=tmp_path).status == 0
    assert _codes(tmp_path) == ["CZ001"]
