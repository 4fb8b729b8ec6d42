"""Which value of the year goes with which of the whole cycle."""

from __future__ import annotations

from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.repairs import missing
from goalcheck.sheet import Project
from goalcheck.value_form import Form

_SHARE = "比例"
_SCORES = ("%", "\u2030", "分")


def over_years(context: Context) -> frozenset[Project]:
    """The projects that tell of a value of the whole cycle."""
    told = (p for p in context.sheet.projects if any(not missing(entry.cycle_value) for entry in p.indicators))
    return frozenset(told)


def unlike_figures(facts: IndicatorFacts) -> str:
    """What tells that the year contradicts the whole cycle: ``percentages``, ``scores``, ``more``; empty if nothing."""
    if len(facts.figures) < 2 or facts.conflict:
        return ""
    (_, cycle), (_, annual) = facts.figures
    whole, year = cycle.form, annual.form
    if whole.numbers == year.numbers or whole.unit != year.unit or _is_drawn_tighter(whole, year):
        return ""
    below = max(year.numbers) <= max(whole.numbers)
    if whole.unit in _SCORES:
        if _grows(facts) or (below and facts.contains("progress-words")):
            return ""
        return "percentages" if whole.unit != "分" else "scores"
    return "" if below or not _adds_up(facts, whole.unit) else "more"


def _grows(facts: IndicatorFacts) -> bool:
    """Whether the name tells of growth, of which each year has its own; not a share of a whole: 锻炼人数比例."""
    name = facts.name.bare
    return facts.name.may_exceed and (not name.endswith(_SHARE) or facts.context.has_word(name[:-2], "growth-words"))


def _is_drawn_tighter(whole: Form, year: Form) -> bool:
    """Whether a bound is to be drawn tighter over the years: the year asks for less than the whole cycle."""
    sign = whole.comparator
    if sign != year.comparator or len(whole.numbers) != 1 or len(year.numbers) != 1:
        return False
    (cycle,), (annual,) = whole.numbers, year.numbers
    return (sign in (">", "\u2265") and annual < cycle) or (sign in ("<", "\u2264") and annual > cycle)


def _adds_up(facts: IndicatorFacts, unit: str) -> bool:
    """Whether years add up to the cycle: not times, not what is counted by the head or by the day."""
    if "/" in unit or "每" in unit or unit in facts.lexicon.sets["time-units"]:
        return False
    return facts.kind != "cost" and not facts.contains("average-words")
