"""Sources in, findings out: runs the rules over the tree in one pass, names where each finding stands, and sorts.

The engine knows levels, not rules: which function belongs to which record is told by name alone.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from time import perf_counter

import attrs

from goalcheck.checks import Check, Context
from goalcheck.checks.lexicon import Lexicon
from goalcheck.checks.reading import Readings
from goalcheck.finding import Finding, Suppressed
from goalcheck.parse import parse
from goalcheck.rule import LEVELS, Catalogue, Rule, Severity, Taxonomy
from goalcheck.sheet import Entry, Indicator, Node, Project, Sheet
from goalcheck.source import LIMITS, InputError, Limits, Source, admit, decode

_WIDE = frozenset(("unit", "section", "sheet"))  # levels whose findings may stand in one of many projects


_MOST_SOUND = 20_000
_Ready = tuple[Check, Context, Rule, Severity]
_Levels = dict[str, list[_Ready]]


class CheckError(Exception):
    """A check that failed; the message names its rule."""


@attrs.frozen(eq=False)
class Plan:
    """The rules to run, with the severities and options they run with."""

    rules: tuple[Rule, ...]
    taxonomy: Taxonomy
    lexicon: Lexicon = attrs.field(converter=Lexicon)
    profile: str = "core"
    severities: Mapping[str, Severity] = attrs.Factory(dict)
    options: Mapping[str, Mapping[str, object]] = attrs.Factory(dict)
    checks: Mapping[str, Check] = attrs.Factory(dict)
    """The functions, by code, of rules that do not ship with goalcheck."""
    limits: Limits = LIMITS
    sound: set[tuple[object, ...]] = attrs.field(init=False, factory=set)
    """What entries said in which the rules that ship with goalcheck have found nothing."""


@attrs.frozen(eq=False)
class Result:
    """What became of one input: its sheet and findings, or the error that kept it from being checked."""

    path: str
    source: Source | None = None
    sheet: Sheet | None = None
    findings: tuple[Finding, ...] = ()
    error: InputError | None = None
    suppressed: tuple[Suppressed, ...] = ()
    """The findings that a baseline hides; they are not among ``findings``."""
    plan: Plan | None = None
    """What it was checked under."""
    configuration: str = ""
    """A digest of what it was checked under, where that was asked for."""
    times: Mapping[str, float] = attrs.Factory(dict)
    """Seconds that each stage took, by its name."""


def function(rule: Rule) -> Check:
    """The function of ``rule``: its name, in the module of its family. Raises AttributeError if there is none."""
    check: Check = getattr(import_module(f"goalcheck.checks.{rule.family}"), rule.name.replace("-", "_"))
    return check


@lru_cache(maxsize=8)
def default_plan(catalogue: Catalogue, taxonomy: str = "guangdong") -> Plan:
    """The core rules as they are, under ``taxonomy``; the same plan every time, for it remembers what was sound."""
    rules = tuple(rule for rule in catalogue.rules if rule.set == "core")
    return Plan(rules, catalogue.taxonomies[taxonomy], catalogue.lexicon)


def check_data(data: bytes, path: str, plan: Plan, encoding: str | None = None) -> Result:
    """Decode, parse and check one input; never raises for what is wrong with it."""
    start = perf_counter()
    try:
        source = decode(data, path, encoding)
    except InputError as error:
        return Result(path, error=error)
    decoded = perf_counter() - start
    result = check_source(source, plan)
    return attrs.evolve(result, times={"decode": decoded, **result.times})


def check_source(source: Source, plan: Plan) -> Result:
    """Parse and check one decoded text; never raises for what is wrong with it."""
    with _no_collection():
        start = perf_counter()
        try:
            sheet = parse(admit(source, plan.limits), plan.lexicon["organisation-suffixes"], plan.limits)
            if not any(section.units or section.loose for section in sheet.sections):
                raise InputError("no-rows")
        except InputError as error:
            return Result(source.path, error=error)
        parsed = perf_counter()
        found = tuple(run(sheet, plan))
        times = {"parse": parsed - start, "check": perf_counter() - parsed}
        return Result(source.path, source, sheet, found, plan=plan, times=times)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold back the collector of cycles: a tree has none, yet it would walk the growing tree again and again."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()


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
            if section.total is not None:
                self._check("row", section.total)
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
        tuple([mark for _, mark in entry.marks]),
    )


@attrs.define(eq=False)
class _Place:
    """Where the walk is."""

    unit: str | None = None
    project: str | None = None
    entry: Entry | None = None
