"""The :class:`Catalogue`: all rules, taxonomies, word lists and names of columns, loaded from ``rules/*.toml``.

Loading is strict: :func:`load_rules` refuses an unknown key, a missing language, a rule without examples. Whether every
rule has its function is for the tests to say, which import both.
"""

from __future__ import annotations

import hashlib
import pkgutil
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property
from typing import Any

import attrs

from goalcheck.catalogue.columns import ColumnNames, Meaning, column_names
from goalcheck.catalogue.example import _MARK, Example, example_of
from goalcheck.catalogue.rule import FAMILIES, LAYOUTS, LEVELS, Rule, Severity, are_ranges, number_options
from goalcheck.catalogue.taxonomy import TAXONOMIES, Class, Taxonomy
from goalcheck.files import compiled
from goalcheck.files.regexes import regex
from goalcheck.messages import LANGUAGES, Words
from goalcheck.version import __version__
from goalcheck.vocabulary import vocabulary

_PACKAGE = "goalcheck.rules"


class RecordError(Exception):
    """A rule record that breaks the form of the catalogue; the message names the rule and what is wrong."""


@attrs.frozen(eq=False, repr=False)
class Catalogue:
    """All rules, sorted by code, with the word lists, taxonomies and names of columns that come with them."""

    rules: tuple[Rule, ...]
    lexicon: Mapping[str, tuple[str, ...]]
    taxonomies: Mapping[str, Taxonomy]
    columns: ColumnNames

    def choice(self, named: Taxonomy | None = None) -> tuple[Taxonomy, ...]:
        """The taxonomies of which one is chosen for a sheet: ``named`` alone, or where none is named all that ship."""
        return (named,) if named is not None else tuple(self.taxonomies.values())

    def find(self, selector: str) -> Rule | None:
        """The rule whose code (in either case) or name is ``selector``."""
        return self._by_code.get(selector.upper()) or self._by_name.get(selector.lower())

    @cached_property
    def _by_code(self) -> Mapping[str, Rule]:
        return {rule.code: rule for rule in self.rules}

    @cached_property
    def _by_name(self) -> Mapping[str, Rule]:
        return {rule.name: rule for rule in self.rules}


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with goalcheck, from its TOML files or their compiled form."""
    texts = _texts()
    return compiled.load("rules", [__version__, *_SHAPE, *texts.values()], lambda: _build(texts))


@cache
def levels_of_labels() -> Mapping[str, frozenset[int]]:
    """At which levels each label of a class, bare and with its aliases, may stand in any of the taxonomies."""
    found: dict[str, frozenset[int]] = {}
    for taxonomy in catalogue().taxonomies.values():
        for level, label in taxonomy.labels:
            found[label] = found.get(label, frozenset()) | {level}
    return found


@cache
def edition() -> str:
    """The version of the rule set that ships with goalcheck: other rules, words or classes give another one."""
    digest = hashlib.sha256("\0".join(_texts().values()).replace("\r\n", "\n").encode())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _texts() -> Mapping[str, str]:
    files = [f"{family}.toml" for family in FAMILIES.values()]
    files += ["lexicon.toml", "signs.toml", "columns.toml", *(f"taxonomy/{name}.toml" for name in TAXONOMIES)]
    return {file: (pkgutil.get_data(_PACKAGE, file) or b"").decode() for file in files}


def _build(texts: Mapping[str, str]) -> Catalogue:
    import tomllib  # only where the compiled form is stale

    parsed = {file: tomllib.loads(text) for file, text in texts.items()}
    records = []
    for family in FAMILIES.values():
        shared = parsed[f"{family}.toml"].get("phrases", {})
        own = parsed[f"{family}.toml"].get("rule", ())
        records += [{**record, "phrases": {**shared, **record.get("phrases", {})}} for record in own]
    return Catalogue(
        load_rules(records),
        {name: tuple(words) for name, words in parsed["lexicon.toml"].items()} | _words_of_comparators(),
        {name: _taxonomy(parsed[f"taxonomy/{name}.toml"]) for name in TAXONOMIES},
        column_names(parsed["columns.toml"]),
    )


def _words_of_comparators() -> dict[str, tuple[str, ...]]:
    comparators = vocabulary().comparators
    return {comparator.list: (*comparator.before, *comparator.behind) for comparator in comparators if comparator.list}


def load_rules(records: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules that ``records`` describe, sorted by code. Raises :class:`RecordError`."""
    rules = sorted((_rule(record) for record in records), key=lambda rule: rule.code)
    for field in ("code", "name"):
        names = [getattr(rule, field) for rule in rules]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise RecordError(f"{field} used twice: {', '.join(sorted(twice))}")
    return tuple(rules)


_KEYS = {f.name.replace("_", "-") for f in attrs.fields(Rule)}
_SHAPE = [f"{made.__name__}.{f.name}" for made in (Rule, Words, Class, Taxonomy) for f in attrs.fields(made)]
_SHAPE += [f"{made.__name__}.{name}" for made in (Example, Meaning) for name in made._fields]
"""Of what the compiled form holds: one that was made of other fields is stale."""


_OPTIONAL = {"fix", "phrases", "options", "ranges", "layouts", "rests-on"}


_NAME = regex("[a-z]+(-[a-z]+)*")


def _rule(record: Mapping[str, Any]) -> Rule:
    code = record.get("code", "?")
    wrong = (set(record) - _KEYS) | (_KEYS - _OPTIONAL - set(record))
    if wrong:
        raise RecordError(f"{code}: unknown or missing: {', '.join(sorted(wrong))}")
    options, ranges = record.get("options", {}), record.get("ranges", {})
    layouts = tuple(record.get("layouts", LAYOUTS))
    checks = {
        "name": _NAME.fullmatch(str(record["name"])) is not None,
        "code": code[:3] in FAMILIES and code[2:].isdigit() and len(code) == 5,
        "severity": str(record["severity"]).upper() in Severity.__members__,
        "set": record["set"] in ("core", "strict"),
        "level": record["level"] in LEVELS,
        "fix": record.get("fix", "none") in ("none", "safe", "unsafe"),
        "rests-on": record.get("rests-on", "words") == "words",
        "good": len(record["good"]) >= 2,
        "bad": len(record["bad"]) >= 2,
        "ranges": set(ranges) == number_options(options) and are_ranges(ranges, options),
        "layouts": bool(layouts) and layouts == tuple(layout for layout in LAYOUTS if layout in layouts),
    }
    broken = [name for name, sound in checks.items() if not sound]
    if broken:
        raise RecordError(f"{code}: not as the catalogue asks: {', '.join(broken)}")
    words = {field: _words(code, field, record[field]) for field in ("title", "message", "help", "why", "source")}
    return Rule(
        code=code,
        name=record["name"],
        severity=Severity[record["severity"].upper()],
        set=record["set"],
        level=record["level"],
        fix=record.get("fix", "none"),
        phrases={key: _words(code, f"phrases.{key}", said) for key, said in record.get("phrases", {}).items()},
        options=options,
        ranges={name: (low, high) for name, (low, high) in ranges.items()},
        layouts=layouts,
        rests_on=record.get("rests-on", ""),
        bad=tuple(_example(code, "bad", example, layouts) for example in record["bad"]),
        good=tuple(_example(code, "good", example, layouts) for example in record["good"]),
        **words,
    )


def _words(code: str, field: str, words: Mapping[str, str]) -> Words:
    if set(words) != set(LANGUAGES) or (
        field in ("title", "message", "help", "why", "source") and not all(words.values())
    ):
        raise RecordError(f"{code}: {field} needs {' and '.join(LANGUAGES)} and nothing else")
    return Words(**words)


def _example(code: str, kind: str, example: str | Mapping[str, str], layouts: Collection[str]) -> Example:
    if not isinstance(example, str) and not {"text"} <= set(example) <= {"text", "fixed", "layout"}:
        raise RecordError(f"{code}: an example has text and may have fixed and layout, nothing else")
    made = example_of(example)
    if made.layout not in layouts:
        raise RecordError(f"{code}: an example in a layout that the rule is not for: {made.marked}")
    if "".join(char for char in made.marked if char in _MARK) != _MARK * len(made.spans):
        raise RecordError(f"{code}: marks that do not pair: {made.marked}")
    if bool(made.spans) != (kind == "bad"):
        raise RecordError(f"{code}: {kind} example with{'out' if kind == 'bad' else ''} a mark: {made.marked}")
    return made


def _taxonomy(data: Mapping[str, Any]) -> Taxonomy:
    classes = {
        c["code"]: Class(c["code"], c["label"], c.get("parent"), c.get("role"), tuple(c.get("aliases", ())))
        for c in data["class"]
    }
    return Taxonomy(data["name"], Words(**data["title"]), Words(**data["source"]), classes)
