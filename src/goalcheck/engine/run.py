"""Runs all rules over a tree in one walk, and gives every finding its place.

The engine knows levels, not rules: which function belongs to which record is told by name alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib import import_module
from typing import NamedTuple

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.rule import LAYOUTS, LEVELS, Rule, Severity
from goalcheck.checks.facts.context import Check, Context
from goalcheck.checks.facts.indicator import IndicatorFacts, facts_of
from goalcheck.checks.facts.traits import ANY, Traits, needs_of
from goalcheck.engine.plan import Plan
from goalcheck.engine.result import RuleFailure
from goalcheck.finding import Figure, Finding, Found, as_read
from goalcheck.sheet import Entry, Indicator, Node, Project
from goalcheck.source import Source

_WIDE = frozenset(("unit", "section", "sheet"))  # levels whose findings may stand in one of many projects
_LONGEST_ERROR = 300


@cache
def function(rule: Rule) -> Check:
    """The function of ``rule``: its name, in the module of its family. Raises AttributeError if there is none."""
    check: Check = getattr(import_module(f"goalcheck.checks.{rule.family}"), rule.name.replace("-", "_"))
    return check


def run(source: Source, context: Context, plan: Plan) -> tuple[tuple[Finding, ...], tuple[RuleFailure, ...]]:
    """The findings of ``plan`` on the sheet of ``context``, by place and code; and the rules that failed, by code.

    A rule whose function raises is not asked again. All that it has found on this sheet is left out, for nobody knows
    what it would have found besides; what the other rules find stands.
    """
    walk = _Walk(context, plan)
    walk.through()
    failed = {failure.code for failure in walk.failures}
    notes = [note for note in walk.notes if note.judge.rule.code not in failed] if failed else walk.notes
    if '""' in source.text:  # which few sheets have
        notes = [note._replace(found=as_read(note.found)) for note in notes]
    if source.unknown:
        notes = [note for note in notes if not _is_unknown(note, source)]
    seen: dict[tuple[object, ...], int] = {}
    findings = tuple([_finding(note, source.text, seen) for note in _each_once(sorted(notes, key=_order))])
    return findings, tuple(sorted(walk.failures, key=lambda failure: failure.code))


@attrs.define(eq=False, repr=False)
class _Judge:
    """A rule ready to be asked, with the facts of the sheet and the options it is asked with."""

    rule: Rule
    severity: Severity
    check: Check
    context: Context
    options: Mapping[str, object]
    first_need: int
    """Of these bits one must be among the traits of an indicator, or the rule need not be asked."""
    more_needs: tuple[int, ...]
    """Nor where one of any of these is not."""


class _Place(NamedTuple):
    """Where the walk is."""

    unit: str | None = None
    project: str | None = None
    entry: Entry | None = None
    turn: int = 0
    """The number of the entry on the walk: rules are not asked about them in the order of the sheet."""


_NOWHERE = _Place()
_OF_SHEET = "sheet"
"""The field of what is found above all projects, whatever the level of the rule."""
_MANY = 1000  # entries whose questions are put down at most, so that memory does not grow with them
_ALL = "all"
"""Stands for all layouts of the sheet, where a rule is asked about more than one table."""


class _Note(NamedTuple):
    """What a rule found, and where."""

    found: Found
    judge: _Judge
    place: _Place
    field: str


def _is_unknown(note: _Note, source: Source) -> bool:
    """Whether it says of a cell that is empty only in the text that it is empty; not what lacks behind all entries."""
    found = note.found
    return found.start == found.end and note.field != "entry" and source.is_unknown(found.start)


def _order(note: _Note) -> tuple[int, str, int, str, int]:
    found, judge, place, field = note
    return found.start, judge.rule.code, found.end, field, place.turn


def _each_once(notes: Iterable[_Note]) -> Iterator[_Note]:
    """``notes`` but for those that say the same again of a cell that several rows share, as a merged cell is.

    Figures that differ tell of different faults: several may be wrong of one class, or of one amount. Not where it is
    the name that is wrong: there they only tell beside which row's value it was looked at.
    """
    told: dict[tuple[object, ...], list[Mapping[str, Figure]]] = {}
    for note in notes:
        found = note.found
        if found.start == found.end:
            yield note
            continue
        before = told.setdefault((found.start, found.end, note.judge.rule.code, note.field), [])
        if not before or (note.field != "name" and found.figures not in before):
            yield note
        before.append(found.figures)


def _finding(note: _Note, text: str, seen: dict[tuple[object, ...], int]) -> Finding:
    """The finding that ``note`` tells of; ``seen`` counts those before it that are alike."""
    found, place, rule = note.found, note.place, note.judge.rule
    said = text[found.start : found.end]
    number, within = found.indicator, found.within
    if place.entry is not None:
        number, within = place.entry.number if number is None else number, place.entry.span
    alike = rule.code, place.project or place.unit, number, note.field, clean(said)
    number_alike = seen[alike] = seen.get(alike, 0) + 1
    return Finding(
        found.start,
        found.end,
        note.field,
        found.figures,
        found.suggestion,
        found.related,
        found.fix,
        rule,
        note.judge.severity,
        place.unit,
        place.project,
        said,
        number_alike,
        indicator=number,
        within=within,
    )


_Question = tuple[Node, IndicatorFacts | None, _Place, str]
"""A node that rules are to be asked about, with its facts if it is an indicator; where that is, and in which field."""


class _Walk:
    """One walk over one sheet.

    It gathers questions, then asks rule by rule: going on with the same code, a processor is faster by a sixth. Rules
    that are asked the same share one list of questions.
    """

    def __init__(self, context: Context, plan: Plan) -> None:
        self.notes: list[_Note] = []
        self.failures: list[RuleFailure] = []
        self._sheet = sheet = context.sheet
        self._plan = plan
        self._context = context
        own = {section.layout for section in sheet.sections} or {sheet.layout}
        self._layout = _ALL
        self._traits = context.once(Traits)
        self._asked: dict[_Judge, list[list[_Question]]] = {}
        self._shared: dict[tuple[str, str, int], list[_Question]] = {}
        self._entries = self._entries_asked = 0
        self._asked_for = dict.fromkeys(LEVELS, 0)
        self._judges: dict[tuple[str, str], list[_Judge]] = {
            (level, layout): [] for level in LEVELS for layout in (_ALL, *LAYOUTS)
        }
        for rule in plan.rules:
            judge = self._judge(rule)
            self._asked[judge] = []
            layouts = own.intersection(rule.layouts)
            for layout in (*layouts, _ALL) if layouts else ():
                self._judges[rule.level, layout].append(judge)
            for either in (judge.first_need, *judge.more_needs):
                self._asked_for[rule.level] |= either if either != ANY else 0

    def _judge(self, rule: Rule) -> _Judge:
        plan = self._plan
        options = {**rule.options, **plan.options.get(rule.code, {})}
        context = self._context.with_options(options) if options else self._context
        severity = plan.severities.get(rule.code, rule.severity)
        check = plan.checks.get(rule.code) or function(rule)
        first, *more = map(self._traits.bits, needs_of(check) or ((),))
        return _Judge(rule, severity, check, context, options, first or ANY, tuple(more))

    def through(self) -> None:
        """Ask every rule at every node of its level."""
        sheet = self._sheet
        self._put_down("sheet", sheet)
        for total in sheet.totals:
            self._put_down("row", total)
        for section in sheet.sections:
            self._layout = section.layout
            self._put_down("section", section)
            for row in (*section.totals, *section.subtotals):
                self._put_down("row", row)
            for project in section.loose:
                self._project(project, None)
            for unit in section.all_units:
                place = _Place(unit.name.clean)
                self._put_down("row", unit, place)
                self._put_down("unit", unit, place)
                for project in unit.projects:
                    self._project(project, place.unit)
        self._ask()

    def _project(self, project: Project, unit: str | None) -> None:
        place = _Place(unit, project.name.clean)
        self._put_down("row", project, place)
        self._put_down("project", project, place)
        self._put_down("field", project.name, place, "name")
        if project.goal is not None:
            self._put_down("field", project.goal, place, "goal")
        for entry in project.entries:
            self._entries += 1
            self._entry(entry, _Place(unit, place.project, entry, self._entries))
        if self._entries - self._entries_asked > _MANY:
            self._ask()

    def _entry(self, entry: Entry, place: _Place) -> None:
        self._put_down("entry", entry, place)
        if not isinstance(entry, Indicator):
            return
        layout = self._layout
        if self._judges["indicator", layout]:
            facts = facts_of(entry, self._context)
            self._questions("indicator", self._traits.of(facts)).append((entry, facts, place, ""))
        if self._judges["value", layout]:
            for field, value in entry.values:
                self._questions("value", self._traits.of_value(value)).append((value, None, place, field))
        if self._judges["field", layout]:  # those of a site
            for field, text in (("name", entry.name), *entry.values):
                self._put_down("field", text, place, field)

    def _put_down(self, level: str, node: Node, place: _Place = _NOWHERE, field: str = "") -> None:
        """Put down that the rules of ``level`` are to be asked about ``node``."""
        if self._judges[level, self._layout]:
            self._questions(level, ANY).append((node, None, place, field))

    def _questions(self, level: str, traits: int) -> list[_Question]:
        """Where to put down what the rules of ``level`` are asked that may find something where ``traits`` are."""
        key = level, self._layout, traits & self._asked_for[level]
        questions = self._shared.get(key)
        if questions is None:
            questions = self._shared[key] = []
            for judge in self._judges[level, self._layout]:
                if traits & judge.first_need and all(map(traits.__and__, judge.more_needs)):
                    self._asked[judge].append(questions)
        return questions

    def _ask(self) -> None:
        """Ask the rules all that is put down, and note what they find."""
        for judge, shared in tuple(self._asked.items()):
            try:
                for questions in shared:
                    self._ask_one(judge, questions)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is that rule's
                self._give_up(judge, error)
        for questions in self._shared.values():
            questions.clear()
        self._entries_asked = self._entries

    def _ask_one(self, judge: _Judge, questions: list[_Question]) -> None:
        check, context, options = judge.check, judge.context, judge.options
        is_wide = judge.rule.level in _WIDE
        for node, facts, place, field in questions:
            if facts is None:
                answers = check(node, context)
            else:
                answers = check(node, facts.with_options(options) if options else facts)
            for found in answers:
                where = self._located(found) or place if is_wide else place
                where = where if found.field != _OF_SHEET else _NOWHERE
                self.notes.append(_Note(found, judge, where, found.field or field))

    def _give_up(self, judge: _Judge, error: Exception) -> None:
        del self._asked[judge]
        for judges in self._judges.values():
            if judge in judges:
                judges.remove(judge)
        code, plan = judge.rule.code, self._plan
        package, is_site_rule = plan.packages.get(code), code in plan.checks
        self.failures.append(RuleFailure(code, judge.rule.name, package, _told(error), is_site_rule))

    def _located(self, found: Found) -> _Place | None:
        """In which project a finding of a whole table stands, and in which entry if it keeps within one."""
        projects, starts = self._projects
        at = bisect_right(starts, found.start) - 1
        if at < 0 or found.end > projects[at][1].end:
            return None
        unit, project = projects[at]
        entry = next((e for e in project.entries if e.start <= found.start and found.end <= e.end), None)
        return _Place(unit, project.name.clean, entry)

    @cached_property
    def _projects(self) -> tuple[list[tuple[str | None, Project]], list[int]]:
        """All projects with their units, in the order of the text, and where they start."""
        sheet = self._sheet
        named: list[tuple[str | None, Project]] = [(None, p) for section in sheet.sections for p in section.loose]
        named += [(unit.name.clean, project) for unit in sheet.units for project in unit.projects]
        named.sort(key=lambda pair: pair[1].start)
        return named, [project.start for _, project in named]


def _told(error: Exception) -> str:
    """What ``error`` says, in one line that is not too long."""
    try:
        said = " ".join(str(error).split())
    except Exception:  # noqa: BLE001  # a plug-in's own error may fail at that as well
        said = ""
    kind = type(error).__name__
    return f"{kind}: {said}"[:_LONGEST_ERROR] if said else kind
