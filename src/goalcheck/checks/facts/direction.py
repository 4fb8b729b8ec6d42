"""Which way is better of what is measured, and signs that point the other way."""

from __future__ import annotations

from goalcheck.checks.facts.indicator import Better, IndicatorFacts, Pair
from goalcheck.checks.facts.signs import LESS, MORE, TURNED, with_sign
from goalcheck.sheet import Value

_NEARLY_ALL, _ALL = 90, 100  # percent


def turned_away(facts: IndicatorFacts) -> list[Pair]:
    """The figures of an indicator whose sign points away from what is better."""
    bound = [pair for pair in facts.figures if pair[1].form.comparator in TURNED]
    if not bound:
        return []
    away = _away(facts)
    if not away and _is_uncapped_rate(facts):
        return [pair for pair in bound if pair[1].form.comparator in LESS and _is_nearly_all(pair[1])]
    return [pair for pair in bound if pair[1].form.comparator in away]


def _is_uncapped_rate(facts: IndicatorFacts) -> bool:
    """Whether the name is of a rate that may well be 100 %: 燃气安检率; not 满载率, 资产负债率."""
    name = facts.name
    if facts.direction or not name.bare.endswith("率") or name.may_exceed or name.lower_is_better:
        return False
    return not any(name.contains(words) for words in ("capped-rates", "restrained-words", "lowering-words"))


def _is_nearly_all(value: Value) -> bool:
    """Whether it is a percentage of which an upper bound says nothing: ≤95%; ≤100% is what is kept to."""
    form = value.form
    return form.kind == "quantity" and form.unit == "%" and _NEARLY_ALL <= form.numbers[0] < _ALL


def _away(facts: IndicatorFacts) -> tuple[str, ...]:
    """The signs that point away from what is better; money spent is better when less, where no cell says otherwise."""
    better = better_way(facts)
    if better == "low" or (facts.is_spending and not facts.direction):
        return MORE
    return LESS if better == "high" else ()


def better_way(facts: IndicatorFacts) -> Better:
    """Which way is better, as the sheet itself says, or else the name."""
    if facts.direction:
        return facts.direction
    if facts.name.lower_is_better and not _may_be_work(facts):
        return "low"
    return "high" if facts.name.higher_is_better else ""


def _may_be_work(facts: IndicatorFacts) -> bool:
    """Whether a quantity counts what was done about an ill, though no word says so: 路面病害 ≥200处."""
    name = facts.name
    if facts.kind != "quantity" or name.bare.endswith("率") or facts.percentages or name.tells_a_cost_or_wait:
        return False
    return not name.contains("plain-ills")


def turned_back(value: Value) -> str | None:
    """``value`` with its sign the other way round, of 100 % without one; None where it says it in words."""
    form = value.form
    if form.worded:
        return None
    full = form.unit == "%" and form.numbers[0] == 100
    return with_sign(value, "" if full else TURNED[form.comparator])
