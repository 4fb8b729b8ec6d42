"""The JSON Schema of ``goalcheck.toml``: it ships, it is sound, and it says of a file what the loader says of it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from helpers import ROOT, goalcheck, tried_on
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from test_config import BROKEN, SLIPS, put

from goalcheck.catalogue.load import catalogue
from goalcheck.config import schema
from goalcheck.config.keys import FORMATS, KEYS, toml_key, toml_value
from goalcheck.config.layers import check
from goalcheck.config.merge import configuration
from goalcheck.errors import FileError
from goalcheck.files.toml_places import Path as Where
from goalcheck.messages import LANGUAGES

SHIPPED = ROOT / "src" / "goalcheck" / "config" / schema.FILE
SCHEMA = json.loads(SHIPPED.read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

FOR_THE_LOADER = {
    "no-rule", "commas", "no-file", "no-rule-files", "no-plugin", "no-taxonomy", "no-encoding", "extends-itself",
    "no-word", "no-words", "rule-twice", "no-such-header", "misplaced", "no-column-name",
}  # fmt: skip
"""What no schema can tell: whether a file, a word or a rule of one's own is there, which may be called like a key, and
whether two names are of one rule.
"""


def _accepts(data: object) -> bool:
    return bool(VALIDATOR.is_valid(data))


def _fault(folder: Path, text: str) -> str | None:
    """What the loader finds wrong with a file, if anything."""
    put(folder, {"goalcheck.toml": text})
    try:
        configuration(str(folder / "goalcheck.toml"))
    except FileError as error:
        return error.key
    return None


# --- the schema itself --------------------------------------------------------------------------------------------


def test_shipped_schema_is_up_to_date() -> None:
    """``python tests/update_golden.py`` writes it."""
    assert SHIPPED.read_bytes().decode() == schema.schema_text()


def test_it_is_printed_byte_for_byte() -> None:
    assert goalcheck("init", "--schema").out == SHIPPED.read_bytes()


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    references = set(_references(SCHEMA))
    assert references == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}, "every part is used, and there"


def _references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for inner in part for found in _references(inner)]
    if not isinstance(part, dict):
        return []
    here = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return here + [found for inner in part.values() for found in _references(inner)]


def test_it_describes_every_key_in_both_languages() -> None:
    assert list(SCHEMA["properties"]) == list(KEYS)
    for key in KEYS.values():
        said = SCHEMA["properties"][key.name]
        assert said["description"].split("\n") == [key.words[language] for language in LANGUAGES]
        assert said.get("default") == key.default


def test_it_names_every_rule_list_and_option() -> None:
    """What an editor offers."""
    parts = SCHEMA["$defs"]
    names = {name for rule in catalogue().rules for name in (rule.code, rule.name)}
    assert names == set(parts["severity"]["properties"]) == set(parts["options"]["properties"])
    assert names == set(parts["rule"]["anyOf"][0]["enum"])
    assert names | {"ALL", "GC", "GC3", "GC30"} <= set(parts["selector"]["anyOf"][0]["enum"])
    assert set(parts["lexicon"]["properties"]) == set(catalogue().lexicon)
    assert set(parts["columns"]["properties"]) == set(catalogue().columns.keys)
    for rule in catalogue().rules:
        for name in (rule.code, rule.name):
            assert set(parts["options"]["properties"][name].get("properties", {})) == set(rule.options)
    assert SCHEMA["properties"]["format"]["enum"] == list(FORMATS)


@tried_on("key", KEYS.values(), ids=KEYS)
def test_defaults_and_examples_are_valid(key: Any) -> None:
    for value in (key.example, *([] if key.default is None else [key.default])):
        VALIDATOR.validate({key.name: value})
        check({key.name: value}, _refuse)
        assert tomllib.loads(f"{key.name} = {toml_value(value)}") == {key.name: value}


# --- of one mind with the loader ----------------------------------------------------------------------------------

GOOD = [
    "",
    'profile = "strict"\nselect = ["GC3", "gc50", "ALL", "all", "missing-goal", "GC501"]\nignore = []',
    'extend-select = ["GC", "GC10"]\nfail-on = "never"\nlang = "en"\nencoding = "gb18030"\ntaxonomy = "central-2021"',
    'format = "junit"\noutput = "out/a b.xml"\nbaseline = "基线.json"\njobs = 4\ncolor = "never"',
    'ambiguous-width = 2\nquiet = false\nverbose = true\nstatistics = true\nexplain-sums = true\njobs = "auto"',
    '[severity]\nGC501 = "info"\nlow-satisfaction = "error"\ngc316 = "info"',
    "[options.few-indicators]\nleast = 3\nleast-outputs = 1\n[options.GC315]\nthreshold = 90\n[options.GC501]",
    '[lexicon.growth-words]\nadd = ["扩面 率"]\nremove = []\n[per-file-ignores]\n"*.csv" = ["GC1"]\n"旧/" = []',
]


@tried_on("text", GOOD)
def test_both_accept(tmp_path: Path, text: str) -> None:
    assert _fault(tmp_path, text) is None
    VALIDATOR.validate(tomllib.loads(text))


@tried_on("text", [text for text, _, _ in BROKEN] + [slip[0] for slip in SLIPS])
def test_both_refuse(tmp_path: Path, text: str) -> None:
    """Every broken file that the loader is tested with; what only it can tell is left to it."""
    fault = _fault(tmp_path, text)
    assert fault is not None
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    if fault not in FOR_THE_LOADER:
        with pytest.raises(ValidationError):
            VALIDATOR.validate(data)


def test_rules_of_ones_own_stay_valid(tmp_path: Path) -> None:
    """Codes and names that the schema cannot know, and what they begin with."""
    shown = (ROOT / "samples" / "rules" / "caizheng.toml").read_text(encoding="utf-8")
    record = tomllib.loads(shown)["rule"][0]
    code, name = record["code"], record["name"]
    text = (
        f'rules = ["own.toml"]\nselect = ["{code}", "{code[:2]}", "{code[:3]}", "{code.lower()}", "{name}"]\n'
        f'[severity]\n{code} = "info"\n[options.{name}]\n[per-file-ignores]\n"*.csv" = ["{code}"]\n'
    )
    put(tmp_path, {"own.toml": shown})
    assert _fault(tmp_path, text) is None
    VALIDATOR.validate(tomllib.loads(text))


@tried_on("selector", ["GC7", "GC399", "GC50l", "GC 3", "GC3,GC5", "gc9", "A", "", "CZ00001", "缺目标"])
def test_selectors_that_fit_no_rule(tmp_path: Path, selector: str) -> None:
    assert not _accepts({"select": [selector]})
    assert _fault(tmp_path, f"select = [{toml_value(selector)}]") is not None


@tried_on(
    "text",
    [
        '[per-file-ignores]\n"*.txt" = ["ALL"]\nignore = ["GC3"]',
        '[severity]\nselect = ["GC3"]',
        '[lexicon.growth-words]\nignore = ["GC3"]',
        '[options.GC315]\nprofile = "strict"',
    ],
)
def test_keys_below_a_header_are_seen(text: str) -> None:
    assert not _accepts(tomllib.loads(text))


# --- generated files ----------------------------------------------------------------------------------------------


def _refuse(where: Where, key: str, nearest: str | None = None, **figures: object) -> FileError:
    return FileError(key, "generated", None, nearest, where=where, **figures)


_NAMES = [name for rule in catalogue().rules for name in (rule.code, rule.name)]
_ODD = st.one_of(
    st.none().map(lambda _: True),
    st.integers(-2, 3),
    st.floats(0.1, 0.9),
    st.sampled_from(["", " ", "a\nb", "auto", "core", "zh", "GC3", "x", "never", " x", "\u3000"]),
    st.lists(st.sampled_from(["", "GC3", "x ", 1]), max_size=2),
    st.dictionaries(st.sampled_from(["add", "a", "GC501", "select", "least"]), st.just("info"), max_size=2),
    st.dictionaries(st.sampled_from(["GC315", "growth-words"]), st.just({"threshold": 1}), max_size=1),
)
_SELECTORS = st.lists(st.sampled_from(["ALL", "GC", "gc3", "GC41", *_NAMES]), max_size=3)
_PLAIN = {
    "profile": st.sampled_from(["core", "strict"]),
    "select": _SELECTORS,
    "extend-select": _SELECTORS,
    "ignore": _SELECTORS,
    "taxonomy": st.sampled_from(["guangdong", "central-2015"]),
    "fail-on": st.sampled_from(["error", "never"]),
    "encoding": st.sampled_from(["utf-8", "GBK"]),
    "baseline": st.sampled_from(["b.json", "../b", "a\tb"]),
    "jobs": st.sampled_from(["auto", 1, 64, 0]),
    "lang": st.sampled_from(["zh", "en"]),
    "format": st.sampled_from([*FORMATS, "html"]),
    "output": st.sampled_from(["o.txt", "\u3000", "a b"]),
    "color": st.sampled_from(["auto", "always"]),
    "ambiguous-width": st.integers(0, 3),
    "quiet": st.booleans(),
    "explain-sums": st.booleans(),
    "per-file-ignores": st.dictionaries(st.sampled_from(["*.csv", "a/b", "旧", "ignore"]), _SELECTORS, max_size=2),
    "severity": st.dictionaries(
        st.sampled_from([*_NAMES, "GC5", "GC999"]), st.sampled_from(["error", "warning", "info", "Info"]), max_size=3
    ),
    "options": st.dictionaries(
        st.sampled_from(["few-indicators", "GC315", "GC501", "low-satisfaction"]),
        st.dictionaries(st.sampled_from(["least", "threshold", "leest"]), st.integers() | st.just("4"), max_size=2),
        max_size=2,
    ),
    "lexicon": st.dictionaries(
        st.sampled_from(["growth-words", "growth-word"]),
        st.dictionaries(
            st.sampled_from(["add", "remove", "ad"]),
            st.lists(st.sampled_from(["增长", "扩面", " 扩面", "扩 面", "\n"]), max_size=2),
            max_size=2,
        ),
        max_size=2,
    ),
}
_TABLES = st.dictionaries(st.sampled_from([*_PLAIN, "rules", "plugins", "selct"]), st.just(None), max_size=3).flatmap(
    lambda chosen: st.fixed_dictionaries({name: _PLAIN.get(name, _ODD) | _ODD for name in chosen})
)
_SHAPED = {
    "misfit",
    "one-of",
    "whole",
    "whole-or-word",
    "no-key",
    "no-brackets",
    "unprintable",
    "blank-around",
    "unquoted",
}


@given(_TABLES)
def test_what_the_schema_accepts_has_the_shape(table: dict[str, Any]) -> None:
    """And what has no shape, it refuses: each shape says the same twice."""
    fault = _misshapen(table)
    if fault is None:
        wrong = {found.absolute_path[0] for found in VALIDATOR.iter_errors(table)}
        assert wrong <= {"select", "extend-select", "ignore", *_TABLED}, "their names are of the catalogue"
    elif fault not in FOR_THE_LOADER:
        assert fault in _SHAPED
        assert not _accepts(table)


def _misshapen(table: dict[str, Any]) -> str | None:
    try:
        check(table, _refuse)
    except FileError as error:
        return error.key
    return None


_TABLED = ("per-file-ignores", "severity", "options", "lexicon")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@example({"options": {"GC315": {"threshold": True}}})
@example({"severity": {"ALL": "info"}})
@given(_TABLES)
def test_schema_and_loader_agree(tmp_path: Path, table: dict[str, Any]) -> None:
    text = "\n".join(f"{toml_key([name])} = {toml_value(value)}" for name, value in table.items())
    assert tomllib.loads(text) == table
    fault = _fault(tmp_path, text)
    if fault is None:
        VALIDATOR.validate(table)
    elif fault not in FOR_THE_LOADER:
        assert not _accepts(table), fault
