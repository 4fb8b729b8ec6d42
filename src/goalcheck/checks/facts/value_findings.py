"""Findings on the values of an indicator: on one of them, or on both."""

from __future__ import annotations

from collections.abc import Sequence

from goalcheck.checks.facts.indicator import IndicatorFacts, Pair
from goalcheck.finding import Figure, Fix, Found, Related, Term
from goalcheck.sheet import Text


def on_values(
    pairs: Sequence[Pair],
    facts: IndicatorFacts,
    suggestion: str | None = None,
    fix: Fix | None = None,
    cell: Text | None = None,
    **more: Figure,
) -> Found:
    """One finding for what is wrong with an entry's values: at the first, or at one ``cell`` of it; others related."""
    (field, value), *others = pairs
    at = cell or value
    figures: dict[str, Figure] = {"text": value.printed, "name": facts.name.text, **more}
    related = tuple(Related(other.start, other.end, Term("also-here")) for _, other in others)
    return Found(at.start, at.end, field, figures, suggestion, related, fix)


def on_both(facts: IndicatorFacts, figures: dict[str, Figure]) -> Found:
    """The two values contradict each other: said at the one that comes later."""
    (first, one), (second, other) = facts.values
    if one.start > other.start:
        first, one, second, other = second, other, first, one
    by_rows = facts.indicator.columns is not None  # such forms have other names for the cycle
    figures |= {"name": facts.name.text, **{field: value.printed for field, value in facts.values}}
    figures["cycle"] = Term("whole-cycle" if by_rows else "cycle")
    label = Term("whole-cycle-value" if by_rows and first == "cycle_value" else first)
    return Found(other.start, other.end, second, figures, related=(Related(one.start, one.end, label),))
