"""Which indicators of two plans of a project are the same, and what has become of their targets."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

import attrs

from goalcheck.checks.facts.indicator import Better
from goalcheck.compare.likeness import Pair, alike, by_key, folded, folded_name, name_of, remaining
from goalcheck.compare.plans import Said, Target

State = Literal["same", "raised", "lowered", "vaguer", "sharper", "changed", "added", "dropped", "unjudged"]

STATES: Sequence[State] = ("lowered", "vaguer", "dropped", "changed", "raised", "sharper", "added", "unjudged", "same")
"""The states, what a reviewer asks about first."""

_SCALES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}
_UP, _DOWN = (">", "\u2265"), ("<", "\u2264")
_SAME_CLASS, _OTHER_CLASS = 600, 780  # how alike names are that mean one indicator


@attrs.frozen
class TargetPair:
    """An indicator on both sides, or on one; ``unjudged`` where it is on one and may be on the other, unread."""

    state: State
    old: Target | None
    new: Target | None


def pairs(
    old: Sequence[Target], new: Sequence[Target], may_hold_more: tuple[bool, bool], *, without_years: bool
) -> Iterator[TargetPair]:
    """The indicators of the new plan in their order, then those that only the old one has.

    ``may_hold_more`` says of the old plan and of the new one whether some of its indicators may not have been read.
    """
    found = dict(_matched(old, new, without_years))
    back = {j: i for i, j in found.items()}
    for j, target in enumerate(new):
        if j in back:
            before = old[back[j]]
            yield TargetPair(state(before, target, without_years=without_years), before, target)
        else:
            yield TargetPair("unjudged" if may_hold_more[0] else "added", None, target)
    for i, target in enumerate(old):
        if i not in found:
            yield TargetPair("unjudged" if may_hold_more[1] else "dropped", target, None)


def _matched(old: Sequence[Target], new: Sequence[Target], without_years: bool) -> list[Pair]:
    """By class, name and value; by class and name; by name; by likeness."""

    def name(target: Target) -> str:
        return folded_name(target.name, without_years=without_years)

    keys: list[Callable[[Target], Hashable]] = [
        lambda target: (target.group, name(target), _text(target.annual_value), _text(target.cycle_value)),
        lambda target: (target.group, name(target)),
        name,
    ]
    taken: list[Pair] = []
    for key in keys:
        taken += by_key(old, new, key, taken)
    (left, right), (olds, news) = remaining(old, new, taken)
    first, second = ([name_of(name(target)) for target in those] for those in (olds, news))

    def is_enough(i: int, j: int, score: int) -> bool:
        one, other = olds[i], news[j]
        if first[i].figures != second[j].figures and _value_state(one, other, without_years) != "same":
            return False
        return score >= (_SAME_CLASS if one.group == other.group else _OTHER_CLASS)

    return taken + [(left[i], right[j]) for i, j in alike(first, second, is_enough)]


def state(old: Target, new: Target, *, without_years: bool = False) -> State:
    """What has become of the target ``old``, which is now ``new``."""
    found = _value_state(old, new, without_years)
    if found != "same":
        return found
    one, other = (folded_name(target.name, without_years=without_years) for target in (old, new))
    return "same" if one == other and not is_reclassed(old, new) else "changed"


def is_reclassed(old: Target, new: Target) -> bool:
    """Whether it stands in another class; not where one sheet names none."""
    return bool(old.group and new.group) and old.group != new.group


def _value_state(old: Target, new: Target, without_years: bool) -> State:
    """By the annual value; where that is as it was, by the one of the cycle, if both sheets have it."""
    return next((found for found in value_states(old, new, without_years=without_years) if found != "same"), "same")


def value_states(old: Target, new: Target, *, without_years: bool = False) -> tuple[State, State]:
    """What has become of the annual value, and of that of the cycle; the same where only one sheet has the latter."""
    better: Better = old.better if old.better == new.better else ""
    is_cost = old.is_cost and new.is_cost
    annual = _compared(old.annual_value, new.annual_value, better, is_cost, without_years)
    if old.cycle_value is None or new.cycle_value is None:
        return annual, "same"
    return annual, _compared(old.cycle_value, new.cycle_value, better, is_cost, without_years)


def _compared(old: Said | None, new: Said | None, better: Better, is_cost: bool, without_years: bool) -> State:
    if _text(old, without_years) == _text(new, without_years):
        return "same"
    kinds = _kind(old), _kind(new)
    if kinds == ("nothing", "nothing"):
        return "same"
    exact, loose = ("figure", "exact"), ("words", "nothing")
    if kinds[0] in exact and kinds[1] in loose:
        return "vaguer"
    if kinds[0] in loose and kinds[1] in exact:
        return "sharper"
    if kinds == ("figure", "figure"):
        assert old is not None
        assert new is not None
        return _figures(old, new, better, is_cost)
    return "changed"


def _figures(old: Said, new: Said, better: Better, is_cost: bool) -> State:
    if old.form == new.form and old.form.kind != "date":  # which tells no day
        return "same"
    if not {old.form.kind, new.form.kind} <= {"quantity", "range"}:
        return "changed"
    (one, unit), (other, other_unit) = _scaled(old), _scaled(new)
    signs = [said.form.comparator for said in (old, new)]
    up, down = any(sign in _UP for sign in signs), any(sign in _DOWN for sign in signs)
    if unit != other_unit or (up and down):
        return "changed"
    if one == other:
        return "same" if {*signs} <= {"", "="} or signs[0] == signs[1] else "changed"
    is_more = all(a <= b for a, b in zip(one, other, strict=True))
    if not is_more and not all(a >= b for a, b in zip(one, other, strict=True)):
        return "changed"
    is_low = better == "low" if better else down or (is_cost and not up)
    return "raised" if is_more != is_low else "lowered"


def _scaled(said: Said) -> tuple[tuple[Decimal, Decimal], str]:
    """The least and the greatest figure, in the unit without 万 and its like before it: 3万元 is 30000, 元."""
    unit, scale = said.form.unit, 1
    while len(unit) > 1 and unit[0] in _SCALES:
        scale *= _SCALES[unit[0]]
        unit = unit[1:]
    return (min(said.form.numbers) * scale, max(said.form.numbers) * scale), unit


def _kind(said: Said | None) -> str:
    if said is None or said.form.kind in ("blank", "residue"):
        return "nothing"
    if said.form.kind == "words":
        return "exact" if said.is_exact else "words"
    return "unknown" if said.form.kind == "malformed" else "figure"


def _text(said: Said | None, without_years: bool = False) -> str:
    return folded(said.text, without_years=without_years) if said is not None else ""
