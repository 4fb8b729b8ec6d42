"""Rules of a site's own from a TOML file: without code, each a test of one field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from goalcheck.catalogue.example import PACKED, Example
from goalcheck.catalogue.rule import Rule
from goalcheck.checks.facts.context import Check, Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.files.toml_file import Document, nearest
from goalcheck.finding import Figure, Found, Term
from goalcheck.sheet import ClassRef, Indicator, Project
from goalcheck.site_rules.conditions import KINDS, Test
from goalcheck.site_rules.fields import FIELDS, Field
from goalcheck.site_rules.record import SHARED, Record

_KEYS = (*SHARED[:4], "layouts", "field", *KINDS, "only", "except", *SHARED[4:])
_OPTIONAL = frozenset(("set", "layouts", *KINDS, "only", "except"))
_FIELD = "field"  # the phrase that names the field in either language

Facts = Context | IndicatorFacts
Filter = Callable[[Project | Indicator, Facts], bool]


def declared_rules(document: Document) -> Iterator[tuple[Record, Rule, Check]]:
    """The rules of a file, with their records and functions. Raises :class:`~goalcheck.errors.FileError`."""
    for key in document.data:
        if key != "rule":
            raise document.wrong((key,), "no-key", nearest(key, ["rule"]), name=key)
    records = document.data.get("rule")
    if not isinstance(records, list) or not records:
        raise document.wrong(("rule",), "no-rules")
    for number, data in enumerate(records):
        record = Record(document, ("rule", number), data)
        yield record, *_rule(record)


def _rule(record: Record) -> tuple[Rule, Check]:
    data = record.data
    record.check_keys(_KEYS, _OPTIONAL)
    field = FIELDS.get(name := record.text(("field",), data["field"]))
    if field is None:
        raise record.wrong(("field",), "no-field", nearest(name, FIELDS), name=name)
    given = [key for key in data if key in KINDS]
    if len(given) != 1:
        raise record.wrong((given[1],) if given else (), "one-check", choices=", ".join(KINDS))
    kind = KINDS[given[0]]
    test, expected = kind.make(record, field, data[given[0]])
    figures = ("field", "name", *kind.figures)
    rule = Rule(
        code=record.code(),
        name=record.name(),
        severity=record.severity(),
        set=record.one_of("set", ("core", "strict"), "core"),
        level=field.level,
        fix="none",
        title=record.words(("title",), data["title"]),
        message=record.saying(("message",), data["message"], figures),
        help=record.saying(("help",), data["help"], figures),
        why=record.words(("why",), data["why"]),
        source=record.words(("source",), data["source"]),
        phrases={_FIELD: field.words},
        options={},
        layouts=record.layouts(),
        bad=tuple(_in_a_row(made, name) for made in record.examples("bad")),
        good=tuple(_in_a_row(made, name) for made in record.examples("good")),
    )
    is_meant = _filters(record, field)
    return rule, _check(field, test, expected, is_meant)


_ROW = {
    "goal": "{}⇥〔指标〕",
    "project": "{}⇥5.00⇥5.00⇥⇥⇥〔目标〕⇥〔指标〕",
    "total": "社区培训经费⇥{}⇥5.00⇥⇥⇥〔目标〕⇥〔指标〕",
    "appropriation": "社区培训经费⇥5.00⇥{}⇥⇥⇥〔目标〕⇥〔指标〕",
    "special_account": "社区培训经费⇥5.00⇥5.00⇥{}⇥⇥〔目标〕⇥〔指标〕",
    "other": "社区培训经费⇥5.00⇥5.00⇥⇥{}⇥〔目标〕⇥〔指标〕",
}


def _in_a_row(example: Example, field: str) -> Example:
    """An example that gives the text of a project's field alone, set among the other cells."""
    if field not in _ROW or "⇥" in example.marked or example.layout != PACKED:
        return example
    return Example(_ROW[field].format(example.marked))


def _check(field: Field, test: Test, expected: str, is_meant: Filter) -> Check:
    def check(node: Project | Indicator, facts: Facts) -> Iterator[Found]:
        if not is_meant(node, facts):
            return
        reading = field.read(node)
        if reading is None:
            return
        figures: dict[str, Figure] = {"field": Term(_FIELD), "name": node.name.clean, "expected": expected}
        for start, end, text in test(reading):
            yield Found(start, end, field.report, {**figures, "text": text})

    return check


def _filters(record: Record, field: Field) -> Filter:
    """Whether a rule is_meant to a project or an indicator: all that ``only`` says, nothing that ``except`` does."""
    only = _filter(record, "only", field)
    unless = _filter(record, "except", field)

    def is_meant(node: Project | Indicator, facts: Facts) -> bool:
        return all(is_meant(node, facts) for is_meant in only) and not any(is_meant(node, facts) for is_meant in unless)

    return is_meant


def _filter(record: Record, key: str, field: Field) -> list[Filter]:
    given = record.data.get(key, {})
    if not isinstance(given, Mapping):
        raise record.wrong((key,), "misfit", name=key, expected="filter")
    filters = []
    for name, value in given.items():
        makers = _FILTERS if field.level == "indicator" else {"project": _FILTERS["project"]}
        if name not in makers:
            raise record.wrong((key, name), "no-filter", nearest(name, makers), name=name, choices=", ".join(makers))
        filters.append(makers[name](record.texts((key, name), value, alone=True)))
    return filters


def _of_class(level: str) -> Callable[[tuple[str, ...]], Filter]:
    def make(wanted: tuple[str, ...]) -> Filter:
        named = {text.removesuffix("指标") for text in wanted}

        def is_meant(node: Any, _: Facts) -> bool:
            ref: ClassRef = getattr(node, level)
            return ref.code in named or ref.label.removesuffix("指标") in named

        return is_meant

    return make


def _with_name(words: tuple[str, ...]) -> Filter:
    return lambda node, _: any(word in node.name.clean for word in words)


def _of_project(words: tuple[str, ...]) -> Filter:
    def is_meant(node: Project | Indicator, facts: Facts) -> bool:
        project = facts.project if isinstance(facts, IndicatorFacts) else node
        return isinstance(project, Project) and any(word in project.name.clean for word in words)

    return is_meant


_FILTERS: Mapping[str, Callable[[tuple[str, ...]], Filter]] = {
    "level1": _of_class("level1"),
    "level2": _of_class("level2"),
    "name": _with_name,
    "project": _of_project,
}
