"""Signs that ask for more of what should be little, or for little of what should be much."""

from __future__ import annotations

from goalcheck.checks.facts.indicator import IndicatorFacts, Pair
from goalcheck.checks.facts.signs import LESS, MORE, TURNED, with_sign
from goalcheck.sheet import Value


def turned_away(facts: IndicatorFacts) -> list[Pair]:
    """The figures of an indicator whose sign points away from what is better."""
    bound = [pair for pair in facts.figures if pair[1].form.comparator in TURNED]
    away = _away(facts) if bound else ()
    return [pair for pair in bound if pair[1].form.comparator in away]


def _away(facts: IndicatorFacts) -> tuple[str, ...]:
    """The signs that point away from what is better, as the sheet itself says, or else the name."""
    said = facts.direction
    if said == "low" or (not said and (facts.name.lower_is_better or facts.is_spending)):
        return MORE
    if said == "high" or (not said and facts.name.higher_is_better):
        return LESS
    if not said and facts.ends("lessening-endings") and facts.name.lessens_harm:
        return LESS
    if not said and facts.ends("growth-endings") and facts.name.grows_better:
        return LESS
    return ()


def turned_back(value: Value) -> str | None:
    """``value`` with its sign the other way round, of 100 % without one; None where it says it in words."""
    form = value.form
    if form.worded:
        return None
    full = form.unit == "%" and form.numbers[0] == 100
    return with_sign(value, "" if full else TURNED[form.comparator])
