"""A comparison as tables of plain cells, for formats that print tables: findings, projects, indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import attrs

from goalcheck.compare.comparison import Comparison
from goalcheck.compare.faults import FaultPair
from goalcheck.compare.filled_list import CLAIMS
from goalcheck.compare.plans import Plan, Said
from goalcheck.compare.projects import ProjectPair
from goalcheck.compare.targets import TargetPair
from goalcheck.compare.text import files
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Style
from goalcheck.report.codes import parted
from goalcheck.report.spreadsheet import Column

Cell = str | int | Decimal | None

_FINDINGS = (
    Column("head-state", 9),
    Column("head-file", 16),
    Column("head-place", 13),
    Column("head-unit", 16),
    Column("head-project", 20),
    Column("head-entry", 6),
    Column("head-severity", 8),
    Column("head-rule", 9),
    Column("head-message", 40),
    Column("head-advice", 32),
    Column("head-claim", 9),
)
_PROJECTS = (
    Column("head-state", 9),
    Column("head-match", 10),
    Column("head-unit", 18),
    Column("head-old-name", 26),
    Column("head-new-name", 26),
    Column("head-old-total", 13),
    Column("head-new-total", 13),
    Column("head-change", 13),
    Column("head-money", 8),
    Column("head-goal", 10),
    Column("head-unread", 20),
)
_INDICATORS = (
    Column("head-state", 9),
    Column("head-unit", 16),
    Column("head-project", 22),
    Column("head-class", 8),
    Column("head-old-name", 24),
    Column("head-new-name", 24),
    Column("head-old-annual", 14),
    Column("head-new-annual", 14),
    Column("head-old-cycle", 14),
    Column("head-new-cycle", 14),
)


@attrs.frozen(eq=False)
class Table:
    """A table: the key of its title, its columns, and its rows, each with the state that it is in."""

    key: str
    columns: Sequence[Column]
    rows: Iterator[tuple[str, Sequence[Cell]]]


def tables(comparison: Comparison, style: Style) -> Iterator[Table]:
    """What was compared; the state of a row is in words in its first cell."""
    if comparison.faults is not None:
        found = ((pair.state, _finding(pair, style)) for pair in comparison.faults)
        yield Table("book-findings", _FINDINGS, found)
    if comparison.projects is not None:
        yield Table("projects", _PROJECTS, ((pair.state, _project(pair, style)) for pair in comparison.projects))
        pairs = ((pair, target) for pair in comparison.projects for target in pair.targets)
        yield Table("indicators", _INDICATORS, ((target.state, _target(pair, target, style)) for pair, target in pairs))


def _finding(pair: FaultPair, style: Style) -> Sequence[Cell]:
    record, language = pair.fault.record, style.language
    claims = {claim: say(f"rectification.{key}", language) for key, claim in CLAIMS.items()}
    return (
        _say(f"state-{pair.state}", style),
        sentences.path(str(record["path"])),
        pair.fault.where,
        parted(str(record.get("unit") or ""))[1],
        parted(pair.fault.project)[1],
        record.get("indicator"),
        sentences.severity(pair.fault.severity, language),
        pair.fault.rule,
        str(record["message"]),
        str(record.get("help") or ""),
        claims.get(pair.claim, ""),
    )


def _project(pair: ProjectPair, style: Style) -> Sequence[Cell]:
    old, new, plan = pair.old, pair.new, _plan(pair)
    totals: Sequence[Decimal | None] = pair.totals or [side.total if side is not None else None for side in (old, new)]
    change = pair.totals[1] - pair.totals[0] if pair.totals is not None else None
    return (
        _say(f"state-{pair.state}", style),
        _say(f"match-{pair.match}", style) if pair.match is not None else "",
        plan.unit,
        old.name if old is not None else "",
        new.name if new is not None else "",
        *totals,
        change,
        plan.money,
        _say("state-changed", style) if pair.is_goal_changed else "",
        files(pair.unread, style) if pair.unread else "",
    )


def _target(pair: ProjectPair, target: TargetPair, style: Style) -> Sequence[Cell]:
    old, new = target.old, target.new
    plan = _plan(pair)
    known = new or old
    group = (known.label or known.group) if known is not None else ""
    names = [side.name if side is not None else "" for side in (old, new)]
    annual = [_said(side.annual_value) if side is not None else "" for side in (old, new)]
    cycle = [_said(side.cycle_value) if side is not None else "" for side in (old, new)]
    return (_say(f"state-{target.state}", style), plan.unit, plan.name, group, *names, *annual, *cycle)


def _plan(pair: ProjectPair) -> Plan:
    plan = pair.new or pair.old
    assert plan is not None
    return plan


def _said(said: Said | None) -> str:
    return said.text if said is not None else ""


def _say(key: str, style: Style) -> str:
    return say(f"compare.{key}", style.language)
