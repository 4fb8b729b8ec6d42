"""A comparison as one JSON object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from goalcheck.compare.comparison import Comparison
from goalcheck.compare.faults import STATES, FaultPair
from goalcheck.compare.plans import Plan, Said, Target
from goalcheck.compare.projects import STATES as PROJECT_STATES
from goalcheck.compare.projects import ProjectPair
from goalcheck.compare.targets import STATES as TARGET_STATES
from goalcheck.prose import json_text
from goalcheck.report import Style
from goalcheck.report.data import tool


def whole(comparison: Comparison, style: Style) -> Iterator[str]:
    """The object, in pieces; what one side does not tell is null."""
    head = {
        "version": 1,
        "tool": tool(style),
        "year": comparison.is_year,
        "old": list(comparison.old.files),
        "new": list(comparison.new.files),
        "summary": _summary(comparison),
    }
    yield json_text.lines(head).removesuffix("\n}") + ',\n  "findings": '
    yield from _listed(map(_finding, comparison.faults or ()))
    yield ',\n  "projects": '
    yield from ("null",) if comparison.projects is None else _listed(map(_project, comparison.projects))
    yield "\n}\n"


def _listed(values: Iterable[Any]) -> Iterator[str]:
    """A list of ``values``, each when its turn comes."""
    before = "["
    for value in values:
        yield f"{before}{json_text.gap(2)}{json_text.lines(value, 2)}"
        before = ","
    yield "[]" if before == "[" else f"{json_text.gap(1)}]"


def _summary(comparison: Comparison) -> dict[str, Any]:
    numbers = comparison.numbers()
    found: dict[str, Any] = {state: numbers[state] if comparison.faults is not None else None for state in STATES}
    if comparison.projects is None:
        return {**found, "projects": None, "indicators": None}
    return {
        **found,
        "projects": _counted(comparison.project_numbers(), PROJECT_STATES),
        "indicators": _counted(comparison.target_numbers(), TARGET_STATES),
    }


def _counted(numbers: Counter[str], states: Sequence[str]) -> dict[str, int]:
    return {state: numbers[state] for state in states}


def _finding(pair: FaultPair) -> Mapping[str, Any]:
    claim = {"claim": pair.claim} if pair.claim else {}
    return {"state": pair.state, **claim, **pair.fault.record}


def _project(pair: ProjectPair) -> dict[str, Any]:
    totals = pair.totals
    return {
        "state": pair.state,
        "match": pair.match,
        "old": _plan(pair.old),
        "new": _plan(pair.new),
        "change": _number(totals[1] - totals[0]) if totals is not None else None,
        "goal_changed": pair.is_goal_changed,
        "unread": list(pair.unread),
        "indicators": [
            {"state": target.state, "old": _target(target.old), "new": _target(target.new)} for target in pair.targets
        ],
    }


def _plan(plan: Plan | None) -> dict[str, Any] | None:
    if plan is None:
        return None
    return {
        "path": plan.path,
        "unit": plan.unit or None,
        "code": plan.code or None,
        "project": plan.name or None,
        "total": _number(plan.total),
        "amounts": {key: _number(number) for key, number in plan.amounts.items()},
        "money_unit": plan.money or None,
        "goal": plan.goal or None,
    }


def _number(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    return {
        "class": target.group or None,
        "indicator": target.number,
        "name": target.name,
        "annual_value": _said(target.annual_value),
        "cycle_value": _said(target.cycle_value),
    }


def _said(said: Said | None) -> str | None:
    return said.text if said is not None else None
