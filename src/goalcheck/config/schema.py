"""The JSON Schema of a configuration file, made from the table of keys and the catalogue.

It is shipped as ``goalcheck.schema.json`` beside this module. Own rules, whose codes and names it cannot know, stay
allowed; what only a file can tell (whether a path is there, or a rule of one's own) is left to the loader.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.configuration import LEVELS
from goalcheck.config.keys import KEYS, Key
from goalcheck.config.shapes import CHANGES, PATH, SELECTORS, WORDS, reference
from goalcheck.messages import Words, words

FILE = "goalcheck.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_SITE_CODE = "^(?![Gg][Cc])[A-Za-z]{2,8}[0-9]{1,4}$"
_SITE_PREFIX = "^(?![Gg][Cc])[A-Za-z]{2,8}[0-9]{0,4}$"
_NAME = "^(?![Gg][Cc][0-9]*$)[a-z][a-z0-9]*(-[a-z0-9]+)*$"


def shipped_schema() -> str:
    """The schema as it ships, byte for byte."""
    return (pkgutil.get_data("goalcheck.config", FILE) or b"").decode()


def schema_text() -> str:
    """The schema as it is to ship."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> Mapping[str, Any]:
    """The schema of a configuration file."""
    return {
        "$schema": DRAFT,
        "title": "goalcheck.toml",
        "description": _both(words("config_file.schema")),
        "type": "object",
        "properties": {key.name: _property(key) for key in KEYS.values()},
        "additionalProperties": False,
        "$defs": _parts(catalogue().rules),
    }


def _property(key: Key) -> Mapping[str, Any]:
    said: dict[str, Any] = {"description": _both(key.words), **key.shape.schema}
    if key.default is not None:
        said["default"] = key.default
    return {**said, "examples": [key.example]}


def _both(said: Words) -> str:
    return f"{said.zh}\n{said.en}"


def _parts(rules: Iterable[Rule]) -> Mapping[str, Any]:
    rules = tuple(rules)
    names = [name for rule in rules for name in (rule.code, rule.name)]
    beginnings = sorted({rule.code[:length] for rule in rules for length in range(2, len(rule.code) + 1)})
    others = {"propertyNames": reference("rule")}
    return {
        "rule": _one_of_names(names, _codes(rules, whole=True), _SITE_CODE),
        "selector": _one_of_names(
            ["ALL", *beginnings, *(rule.name for rule in rules)],
            "^[Aa][Ll][Ll]$",
            _codes(rules, whole=False),
            _SITE_PREFIX,
        ),
        "level": {"enum": list(LEVELS)},
        "taxonomy": {"anyOf": [{"enum": list(TAXONOMIES)}, PATH.schema]},
        "per-file-ignores": {
            "type": "object",
            "propertyNames": {"not": {"enum": list(KEYS)}},
            "additionalProperties": SELECTORS.schema,
        },
        "severity": {
            "type": "object",
            "properties": _by_name(rules, lambda _: reference("level")),
            "additionalProperties": reference("level"),
            **others,
        },
        "options": {
            "type": "object",
            "properties": _by_name(rules, _options),
            "additionalProperties": {"type": "object"},
            **others,
        },
        "lexicon": {
            "type": "object",
            "properties": dict.fromkeys(catalogue().lexicon, reference("words")),
            "additionalProperties": False,
        },
        "words": CHANGES.schema,
        "columns": {
            "type": "object",
            "properties": dict.fromkeys(catalogue().columns.keys, WORDS.schema),
            "additionalProperties": False,
        },
    }


def _one_of_names(names: list[str], *patterns: str) -> Mapping[str, Any]:
    """One of ``names``, which editors offer, or what one of ``patterns`` fits: another case, or a rule of one's own."""
    return {"type": "string", "anyOf": [{"enum": names}, *({"pattern": pattern} for pattern in (*patterns, _NAME))]}


def _codes(rules: Iterable[Rule], whole: bool) -> str:
    """The pattern of the codes of ``rules`` in upper and lower case; of what they begin with too, if not ``whole``."""
    digits: dict[str, dict[str, str]] = {}
    for rule in rules:
        first, second, third = (rule.code[at] for at in (2, 3, 4))
        tens = digits.setdefault(first, {})
        tens[second] = tens.get(second, "") + third
    less = "" if whole else "?"
    families = (
        f"{first}({'|'.join(f'{second}[{thirds}]{less}' for second, thirds in tens.items())}){less}"
        for first, tens in digits.items()
    )
    return f"^[Gg][Cc]({'|'.join(families)}){less}$"


def _by_name(rules: Iterable[Rule], of: Callable[[Rule], Mapping[str, Any]]) -> Mapping[str, Any]:
    """What ``of`` says of each rule, under its code and under its name."""
    return {
        name: {"description": f"{rule.code} {rule.name}\n{_both(rule.title)}", **of(rule)}
        for rule in rules
        for name in (rule.code, rule.name)
    }


def _options(rule: Rule) -> Mapping[str, Any]:
    if not rule.options:
        return {"type": "object", "maxProperties": 0}
    options = {
        name: {**_kind_schema(default), **_range(rule, name), "default": default}
        for name, default in rule.options.items()
    }
    return {"type": "object", "properties": options, "additionalProperties": False}


def _range(rule: Rule, option: str) -> Mapping[str, Any]:
    least, most = rule.ranges.get(option, (None, None))
    return {} if least is None else {"minimum": least, "maximum": most}


def _kind_schema(default: object) -> Mapping[str, Any]:
    """The schema of values of the kind of ``default``."""
    if isinstance(default, list | tuple):
        return {"type": "array", "items": _kind_schema(next(iter(default), ""))}
    return {"type": {bool: "boolean", int: "integer", float: "number"}.get(type(default), "string")}
