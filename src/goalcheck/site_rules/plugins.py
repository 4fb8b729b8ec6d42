"""Rules that installed packages offer.

A package offers them in the entry-point group :data:`GROUP`. What the entry point names, as a rule a module, has
``RECORDS`` and, for each of them, a function under the rule's name with underscores. Only packages that the
configuration names are looked for, since looking through what is installed takes time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from goalcheck.catalogue.rule import LEVELS, Rule, are_ranges
from goalcheck.checks.facts.context import Check, Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.files.toml_file import Document
from goalcheck.finding import Figure, Found, Term
from goalcheck.sheet import Node
from goalcheck.site_rules.record import SHARED, Record, figure_names

GROUP = "goalcheck.rules"
"""Named for what it offers; the key ``plugins`` of the configuration holds names of this group."""

_KEYS = (*SHARED[:4], "level", "layouts", "fix", *SHARED[4:], "phrases", "options", "ranges")
_OPTIONAL = frozenset(("set", "layouts", "fix", "phrases", "options", "ranges"))


class PluginError(Exception):
    """A package that cannot be used: ``key`` and ``figures`` say why, as those of a FileError do."""

    def __init__(self, key: str, **figures: str) -> None:
        super().__init__(key, figures)
        self.key = key
        self.figures = figures


def installed_plugins() -> list[str]:
    """The names that installed packages offer rules under."""
    return sorted({point.name for point in entry_points(group=GROUP)})


def offered_rules(name: str) -> Iterator[tuple[Record, Rule, Check, str]]:
    """The rules that are offered as ``name``, with the name of the package that offers them.

    Raises :class:`PluginError`, :class:`~goalcheck.errors.FileError`.
    """
    point = _point(name)
    try:
        offer = point.load()
        records = list(offer.RECORDS)
    except (Exception, SystemExit) as error:  # a module that ends the process would end it as if all were checked
        raise PluginError("plugin-broken", name=name, what=f"{type(error).__name__}: {error}") from error
    if not records:
        raise PluginError("plugin-broken", name=name, what="RECORDS is empty")
    for number, data in enumerate(records):
        record = Record(Document(f"{point.value}: RECORDS[{number}]", "", {}), (), data)
        rule = _rule(record)
        yield record, rule, _function(record, offer, rule), point.dist.name if point.dist is not None else name


def _point(name: str) -> EntryPoint:
    points = list(dict.fromkeys(point for point in entry_points(group=GROUP) if point.name == name))
    if not points:
        raise PluginError("no-plugin", name=name)
    if len(points) > 1:
        raise PluginError("plugin-twice", name=name)
    return points[0]


def _rule(record: Record) -> Rule:
    data = record.data
    record.check_keys(_KEYS, _OPTIONAL)
    phrases = data.get("phrases", {})
    options = data.get("options", {})
    ranges = data.get("ranges", {})
    for key, value in (("phrases", phrases), ("options", options), ("ranges", ranges)):
        if not isinstance(value, Mapping):
            raise record.wrong((key,), "misfit", name=key, expected="table")
    if not are_ranges(ranges, options):
        raise record.wrong(("ranges",), "misfit", name="ranges", expected="ranges")
    fix = record.one_of("fix", ("none", "safe", "unsafe"), "none")
    return Rule(
        code=record.code(),
        name=record.name(),
        severity=record.severity(),
        set=record.one_of("set", ("core", "strict"), "core"),
        level=record.one_of("level", LEVELS),
        fix=fix,
        title=record.words(("title",), data["title"]),
        message=record.saying(("message",), data["message"]),
        help=record.saying(("help",), data["help"]),
        why=record.words(("why",), data["why"]),
        source=record.words(("source",), data["source"]),
        phrases={key: record.saying(("phrases", key), said) for key, said in phrases.items()},
        options=dict(options),
        ranges={name: (low, high) for name, (low, high) in ranges.items()},
        layouts=record.layouts(),
        bad=record.examples("bad", fixable=fix != "none"),
        good=record.examples("good"),
    )


def _function(record: Record, offer: Any, rule: Rule) -> Check:
    name = rule.name.replace("-", "_")
    check = getattr(offer, name, None)
    if not callable(check):
        raise record.wrong(("name",), "no-function", name=name)
    wanted = figure_names(rule.message) | figure_names(rule.help)

    def vetted(node: Node, facts: Context | IndicatorFacts) -> Iterator[Found]:
        sheet = facts.context.sheet if isinstance(facts, IndicatorFacts) else facts.sheet
        yielded: Iterator[Found] | None = None
        while True:
            try:
                yielded = iter(check(node, facts)) if yielded is None else yielded
                found = next(yielded)
                _vet(found, rule, wanted, sheet)
            except StopIteration:
                return
            except (Exception, KeyboardInterrupt):
                raise
            except BaseException as error:  # such as SystemExit: it is the rule that fails, not goalcheck
                raise RuntimeError(f"ended the process: {type(error).__name__} {error}") from error
            yield found

    return vetted


def _vet(found: Any, rule: Rule, wanted: frozenset[str], sheet: Node) -> None:
    """Refuse what no report could show: better here, where the rule is known, than in the report."""
    if not isinstance(found, Found):
        raise TypeError(f"yielded {type(found).__name__}, no Found")
    related = [(place.start, place.end, place.term) for place in found.related]
    edits = [(edit.start, edit.end) for edit in found.fix.edits] if found.fix else []
    for start, end in ((found.start, found.end), *((a, b) for a, b, _ in related), *edits):
        if type(start) is not int or type(end) is not int or not sheet.start <= start <= end <= sheet.end:
            raise ValueError(f"{start}:{end} is no stretch of the sheet")
    if not isinstance(found.field, str):
        raise TypeError("a field is text")
    if not isinstance(found.suggestion, str | None):
        raise TypeError("a suggestion is text")
    if lacking := wanted - set(found.figures):
        raise ValueError(f"the finding lacks the figure {min(lacking)}")
    for figure in (*found.figures.values(), *(term for _, _, term in related)):
        _vet_figure(figure, rule)


def _vet_figure(figure: Figure | Any, rule: Rule) -> None:
    for part in figure if isinstance(figure, tuple) else (figure,):
        if isinstance(part, Term):
            if part.key not in rule.phrases:
                raise ValueError(f"the rule has no phrase {part.key}")
            for inner in part.figures.values():
                _vet_figure(inner, rule)
        elif not isinstance(part, str):
            raise TypeError(f"a figure is text or a Term, not {type(part).__name__}")
