"""Sources in, findings out: runs the rules over the tree in one pass, names where each finding stands, and sorts.

The engine knows levels, not rules: which function belongs to which record is told by name alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from importlib import import_module

import attrs

from goalcheck.catalogue.rule import LEVELS, Rule, Severity
from goalcheck.checks.facts.context import Check, Context
from goalcheck.checks.facts.indicator import Readings
from goalcheck.engine.plan import Plan
from goalcheck.finding import Finding
from goalcheck.sheet import Entry, Indicator, Node, Project, Sheet

_WIDE = frozenset(("unit", "section", "sheet"))  # levels whose findings may stand in one of many projects


_MOST_SOUND = 20_000


_Ready = tuple[Check, Context, Rule, Severity]


_Levels = dict[str, list[_Ready]]


class CheckError(Exception):
    """A check that failed; the message names its rule."""


def function(rule: Rule) -> Check:
    """The function of ``rule``: its name, in the module of its family. Raises AttributeError if there is none."""
    check: Check = getattr(import_module(f"goalcheck.checks.{rule.family}"), rule.name.replace("-", "_"))
    return check


def run(sheet: Sheet, plan: Plan) -> list[Finding]:
    """The findings of ``plan`` on ``sheet``, sorted by place and code."""
    return _Run(sheet, plan).findings()


class _Run:
    """One walk over one sheet."""

    def __init__(self, sheet: Sheet, plan: Plan) -> None:
        self._sheet = sheet
        self._found: list[Finding] = []
        self._projects: list[tuple[str | None, Project]] | None = None
        self._starts: list[int] = []
        self._sound = plan.sound
        self._levels: _Levels = {level: [] for level in LEVELS}
        self._own: _Levels = {level: [] for level in LEVELS}
        readings = Readings(plan.taxonomy, plan.lexicon)
        for rule in plan.rules:
            options = {**rule.options, **plan.options.get(rule.code, {})}
            context = Context(sheet, plan.taxonomy, plan.lexicon, options, readings)
            severity = plan.severities.get(rule.code, rule.severity)
            own = plan.checks.get(rule.code)
            levels = self._levels if own is None else self._own
            levels[rule.level].append((own or function(rule), context, rule, severity))

    def findings(self) -> list[Finding]:
        sheet = self._sheet
        self._check("sheet", sheet)
        for section in sheet.sections:
            self._check("section", section)
            for row in (*section.totals, *section.subtotals):
                self._check("row", row)
            for project in section.loose:
                self._project(project, _Place())
            for unit in section.all_units:
                place = _Place(unit.name.clean)
                self._check("row", unit, place)
                self._check("unit", unit, place)
                for project in unit.projects:
                    self._project(project, place)
        return sorted(self._found, key=lambda f: (f.start, f.rule.code if f.rule else "", f.end, f.field))

    def _project(self, project: Project, unit: _Place) -> None:
        place = _Place(unit.unit, project.name.clean)
        self._check("row", project, place)
        self._check("project", project, place)
        self._check("field", project.name, place, "name")
        if project.goal is not None:
            self._check("field", project.goal, place, "goal")
        for entry in project.entries:
            place.entry = entry
            self._entry(entry, place)

    def _entry(self, entry: Entry, place: _Place) -> None:
        """Sheets say the same again and again: what was sound in one entry is so in the next.

        That holds for the rules that ship with goalcheck: they judge an entry by what it says. Others always run.
        """
        said = _said(entry)
        if said is None or said not in self._sound:
            before = len(self._found)
            self._parts(entry, place, self._levels)
            if said is not None and len(self._found) == before:
                if len(self._sound) >= _MOST_SOUND:
                    self._sound.clear()
                self._sound.add(said)
        if any(self._own.values()):
            self._parts(entry, place, self._own)

    def _parts(self, entry: Entry, place: _Place, levels: _Levels) -> None:
        self._run(levels["entry"], "entry", entry, place)
        if isinstance(entry, Indicator):
            self._run(levels["field"], "field", entry.name, place, "name")
            for field, value in entry.values:
                self._run(levels["value"], "value", value, place, field)
                self._run(levels["field"], "field", value, place, field)

    def _check(self, level: str, node: Node, place: _Place | None = None, field: str = "") -> None:
        for levels in (self._levels, self._own):
            self._run(levels[level], level, node, place, field)

    def _run(self, rules: Sequence[_Ready], level: str, node: Node, place: _Place | None, field: str = "") -> None:
        for check, context, rule, severity in rules:
            try:
                for finding in check(node, context):
                    where = self._locate(finding) or place if level in _WIDE else place
                    self._add(finding, rule, severity, where or _Place(), field)
            except Exception as error:
                raise CheckError(f"{rule.code}: {type(error).__name__}: {error}") from error

    def _locate(self, finding: Finding) -> _Place | None:
        """In which project a finding of a whole table stands, and in which entry if it keeps within one."""
        if self._projects is None:
            named: list[tuple[str | None, Project]] = []
            named += [(None, project) for section in self._sheet.sections for project in section.loose]
            named += [(unit.name.clean, project) for unit in self._sheet.units for project in unit.projects]
            self._projects = sorted(named, key=lambda pair: pair[1].start)
            self._starts = [project.start for _, project in self._projects]
        at = bisect_right(self._starts, finding.start) - 1
        if at < 0 or finding.end > self._projects[at][1].end:
            return None
        unit, project = self._projects[at]
        entry = next((e for e in project.entries if e.start <= finding.start and finding.end <= e.end), None)
        return _Place(unit, project.name.clean, entry)

    def _add(self, finding: Finding, rule: Rule, severity: Severity, place: _Place, field: str) -> None:
        finding.rule, finding.severity = rule, severity
        finding.unit, finding.project = place.unit, place.project
        finding.field = finding.field or field
        if place.entry is not None:
            finding.within = place.entry.span
            if finding.indicator is None:
                finding.indicator = place.entry.number
        self._found.append(finding)


def _said(entry: Entry) -> tuple[object, ...] | None:
    """All that an entry says, wherever it stands; None for one that could not be read."""
    if not isinstance(entry, Indicator):
        return None
    cycle, annual = entry.cycle_value, entry.annual_value
    return (
        entry.level1.text,
        entry.level2.text,
        entry.name.text,
        cycle and cycle.text,
        annual and annual.text,
        entry.packed and entry.packed.separator_texts,
    )


@attrs.define(eq=False)
class _Place:
    """Where the walk is."""

    unit: str | None = None
    project: str | None = None
    entry: Entry | None = None
