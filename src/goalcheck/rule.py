"""``rules/*.toml`` in, the :class:`Catalogue` of rules out; with it the taxonomies and the word lists.

Loading is strict: :func:`load_rules` refuses an unknown key, a missing language, a rule without examples. Whether every
rule has its function is for the tests to say, which import both.
"""

from __future__ import annotations

import enum
import hashlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import attrs

from goalcheck import __version__, compiled

LANGUAGES = ("zh", "en")
FAMILIES = {
    "GC1": "form",
    "GC2": "classification",
    "GC3": "value",
    "GC4": "amount",
    "GC5": "completeness",
    "GC6": "wording",
}
LEVELS = ("field", "value", "entry", "project", "row", "unit", "section", "sheet")
TAXONOMIES = ("guangdong", "central-2015", "central-2021")
_PACKAGE = "goalcheck.rules"
_MARK = "\u27e6\u27e7"


class RecordError(Exception):
    """A rule record that breaks the form of the catalogue; the message names the rule and what is wrong."""


class Severity(enum.IntEnum):
    """How grave a finding is; the graver, the greater."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The name users write and read: ``error``, ``warning``, ``info``."""
        return self.name.lower()


@attrs.frozen
class Words:
    """The same said in every language of the tool."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@attrs.frozen
class Example:
    """A piece of a sheet at the level of its rule; ``marked`` shows by ``⟦…⟧`` where the findings lie.

    ``⇥`` stands for the tab between two cells.
    """

    marked: str
    fixed: str | None = None

    @property
    def text(self) -> str:
        """The piece without its marks."""
        return self.marked.translate({ord(mark): None for mark in _MARK})

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where the marks stand, as offsets into :attr:`text`."""
        spans = []
        start = 0
        seen = 0
        for char in self.marked:
            if char == _MARK[0]:
                start = seen
            elif char == _MARK[1]:
                spans.append((start, seen))
            else:
                seen += 1
        return tuple(spans)


@attrs.frozen(eq=False, repr=False)
class Rule:
    """One record of the catalogue; what its fields mean is said in DESIGN and in ``rules/``."""

    code: str
    name: str
    severity: Severity
    set: str
    level: str
    fix: str
    title: Words
    message: Words
    help: Words
    why: Words
    source: Words
    phrases: Mapping[str, Words]
    options: Mapping[str, object]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]

    @property
    def family(self) -> str:
        return FAMILIES[self.code[:3]]


@attrs.frozen(eq=False, repr=False)
class Class:
    """A class of indicators: its code, its label as printed on the form, its parent's code, and its role."""

    code: str
    label: str
    parent: str | None
    role: str | None


@attrs.frozen(eq=False, repr=False)
class Taxonomy:
    """The classes of one form. Labels match with or without a final 指标."""

    name: str
    title: Words
    source: Words
    classes: Mapping[str, Class]

    def by_label(self, label: str) -> Class | None:
        """The class that bears ``label``, if one does."""
        return self._labels.get(_bare(label))

    def bears(self, code: str, label: str) -> bool:
        """Whether ``label`` is the label of ``code``."""
        found = self.classes.get(code)
        return found is not None and _bare(found.label) == _bare(label)

    def level(self, level: int) -> Iterator[Class]:
        """The classes of the first or second level, in the order of the form."""
        return (c for c in self.classes.values() if (c.parent is None) == (level == 1))

    @property
    def _labels(self) -> Mapping[str, Class]:
        return _labels(self)


@cache
def _labels(taxonomy: Taxonomy) -> Mapping[str, Class]:
    return {_bare(c.label): c for c in taxonomy.classes.values()}


def _bare(label: str) -> str:
    return label.removesuffix("指标")


@attrs.frozen(eq=False, repr=False)
class Catalogue:
    """All rules, sorted by code, with the word lists and taxonomies that come with them."""

    rules: tuple[Rule, ...]
    lexicon: Mapping[str, tuple[str, ...]]
    taxonomies: Mapping[str, Taxonomy]

    def find(self, selector: str) -> Rule | None:
        """The rule whose code (in either case) or name is ``selector``."""
        return next((r for r in self.rules if selector.upper() == r.code or selector.lower() == r.name), None)


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with goalcheck, from its TOML files or their compiled form."""
    texts = _texts()
    return compiled.load("rules", [__version__, *sorted(_KEYS), *texts.values()], lambda: _build(texts))


@cache
def edition() -> str:
    """The version of the rule set that ships with goalcheck: other rules, words or classes give another one."""
    digest = hashlib.sha256("\0".join(_texts().values()).replace("\r\n", "\n").encode())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _texts() -> Mapping[str, str]:
    files = [f"{family}.toml" for family in FAMILIES.values()]
    files += ["lexicon.toml", *(f"taxonomy/{name}.toml" for name in TAXONOMIES)]
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
        {name: tuple(words) for name, words in parsed["lexicon.toml"].items()},
        {name: _taxonomy(parsed[f"taxonomy/{name}.toml"]) for name in TAXONOMIES},
    )


def load_rules(records: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules that ``records`` describe, sorted by code. Raises :class:`RecordError`."""
    rules = sorted((_rule(record) for record in records), key=lambda rule: rule.code)
    for field in ("code", "name"):
        names = [getattr(rule, field) for rule in rules]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise RecordError(f"{field} used twice: {', '.join(sorted(twice))}")
    return tuple(rules)


_KEYS = {f.name for f in attrs.fields(Rule)}
_OPTIONAL = {"fix", "phrases", "options"}
_NAME = re.compile("[a-z]+(-[a-z]+)*")


def _rule(record: Mapping[str, Any]) -> Rule:
    code = record.get("code", "?")
    wrong = (set(record) - _KEYS) | (_KEYS - _OPTIONAL - set(record))
    if wrong:
        raise RecordError(f"{code}: unknown or missing: {', '.join(sorted(wrong))}")
    checks = {
        "name": _NAME.fullmatch(str(record["name"])) is not None,
        "code": code[:3] in FAMILIES and code[2:].isdigit() and len(code) == 5,
        "severity": str(record["severity"]).upper() in Severity.__members__,
        "set": record["set"] in ("core", "strict"),
        "level": record["level"] in LEVELS,
        "fix": record.get("fix", "none") in ("none", "safe", "unsafe"),
        "good": len(record["good"]) >= 2,
        "bad": len(record["bad"]) >= 2,
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
        options=record.get("options", {}),
        bad=tuple(_example(code, "bad", example) for example in record["bad"]),
        good=tuple(_example(code, "good", example) for example in record["good"]),
        **words,
    )


def _words(code: str, field: str, words: Mapping[str, str]) -> Words:
    if set(words) != set(LANGUAGES) or (
        field in ("title", "message", "help", "why", "source") and not all(words.values())
    ):
        raise RecordError(f"{code}: {field} needs {' and '.join(LANGUAGES)} and nothing else")
    return Words(**words)


def _example(code: str, kind: str, example: str | Mapping[str, str]) -> Example:
    if not isinstance(example, str) and not {"text"} <= set(example) <= {"text", "fixed"}:
        raise RecordError(f"{code}: an example has text and may have fixed, nothing else")
    made = Example(example) if isinstance(example, str) else Example(example["text"], example.get("fixed"))
    if "".join(char for char in made.marked if char in _MARK) != _MARK * len(made.spans):
        raise RecordError(f"{code}: marks that do not pair: {made.marked}")
    if bool(made.spans) != (kind == "bad"):
        raise RecordError(f"{code}: {kind} example with{'out' if kind == 'bad' else ''} a mark: {made.marked}")
    return made


def _taxonomy(data: Mapping[str, Any]) -> Taxonomy:
    classes = {c["code"]: Class(c["code"], c["label"], c.get("parent"), c.get("role")) for c in data["class"]}
    return Taxonomy(data["name"], Words(**data["title"]), Words(**data["source"]), classes)
