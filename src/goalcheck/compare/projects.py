"""Which projects of two sides are the same, how sure that is, and what has become of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

import attrs

from goalcheck.checks.facts.project_money import SCALES
from goalcheck.compare.likeness import Name, Pair, alike, by_key, folded, folded_name, name_of, remaining
from goalcheck.compare.plans import Plan
from goalcheck.compare.targets import TargetPair, pairs

State = Literal["same", "changed", "renamed", "added", "dropped", "unjudged"]
Match = Literal["code", "name", "likeness"]

STATES: Sequence[State] = ("renamed", "added", "dropped", "unjudged", "changed", "same")

Holders = Callable[[Plan], Sequence[str]]
"""The inputs of one side that may hold a project of the other although it was not found there."""

_SAME_AMOUNT, _OTHER_AMOUNT = 450, 780  # how alike names are that mean one project


@attrs.frozen(eq=False)
class ProjectPair:
    """A project on both sides, or on one; ``match`` says by what it was found again.

    One that is ``unjudged`` was found on one side only, and may be in the inputs ``unread`` of the other.
    """

    state: State
    match: Match | None
    old: Plan | None
    new: Plan | None
    targets: tuple[TargetPair, ...]
    unread: Sequence[str] = ()

    @property
    def is_goal_changed(self) -> bool:
        """Whether its goal (绩效目标) is worded otherwise; not where one may have been left unread."""
        if self.old is None or self.new is None:
            return False
        for plan, other in ((self.old, self.new), (self.new, self.old)):
            if not plan.goal and plan.may_hold_more(other):
                return False
        return folded(self.old.goal) != folded(self.new.goal)

    @property
    def is_moved(self) -> bool:
        """Whether it belongs to another unit; not where one sheet names none."""
        units = [folded(plan.unit) for plan in (self.old, self.new) if plan is not None and plan.unit]
        return len(units) == 2 and units[0] != units[1]

    def changed_amounts(self) -> Iterator[tuple[str, Decimal, Decimal]]:
        """The columns of amounts in both sheets that have changed: what it was, in the new unit, and what it is."""
        if self.old is None or self.new is None:
            return
        for key, number in self.new.amounts.items():
            before = self.old.amounts.get(key)
            if before is not None and (was := converted(before, self.old.money, self.new.money)) != number:
                yield key, was, number

    @property
    def totals(self) -> tuple[Decimal, Decimal] | None:
        """What it cost and what it costs, in the unit of the new sheet; None where one of them is not known."""
        if self.old is None or self.new is None or self.old.total is None or self.new.total is None:
            return None
        return converted(self.old.total, self.old.money, self.new.money), self.new.total


def converted(number: Decimal, unit: str, other: str) -> Decimal:
    """``number``, printed in ``unit``, in the ``other`` one; as it is where one of them is not known."""
    return number if unit == other or not unit or not other else number * SCALES[unit] / SCALES[other]


def project_pairs(
    old: Sequence[Plan], new: Sequence[Plan], holders: tuple[Holders, Holders], *, without_years: bool
) -> Iterator[ProjectPair]:
    """The projects of the new side in their order, then those that only the old one has.

    ``holders`` are those of the old side for projects of the new one, and those of the new side for the old one's.
    """
    found = {j: (i, match) for match, those in _matched(old, new, without_years) for i, j in those}
    for j, plan in enumerate(new):
        if j in found:
            i, match = found[j]
            yield _pair(old[i], plan, match, without_years)
        else:
            unread = holders[0](plan)
            state: State = "unjudged" if unread else "added"
            targets = tuple(TargetPair("unjudged" if unread else "added", None, target) for target in plan.targets)
            yield ProjectPair(state, None, None, plan, targets, unread)
    kept = {i for i, _ in found.values()}
    for i, plan in enumerate(old):
        if i not in kept:
            unread = holders[1](plan)
            state = "unjudged" if unread else "dropped"
            targets = tuple(TargetPair("unjudged" if unread else "dropped", target, None) for target in plan.targets)
            yield ProjectPair(state, None, plan, None, targets, unread)


def _pair(old: Plan, new: Plan, match: Match, without_years: bool) -> ProjectPair:
    may_hold_more = (old.may_hold_more(new), new.may_hold_more(old))
    targets = tuple(pairs(old.targets, new.targets, may_hold_more, without_years=without_years))
    made = ProjectPair("same", match, old, new, targets)
    if _name(old, without_years) != _name(new, without_years):
        return attrs.evolve(made, state="renamed")
    targets_changed = any(pair.state not in ("same", "unjudged") for pair in targets)
    if made.is_moved or targets_changed or made.is_goal_changed or any(True for _ in made.changed_amounts()):
        return attrs.evolve(made, state="changed")
    return made


def _matched(old: Sequence[Plan], new: Sequence[Plan], without_years: bool) -> list[tuple[Match, list[Pair]]]:
    """By code; by name, of the same sheet and unit first; by likeness within a unit."""
    name = _Name(without_years)
    codes = _once_each((plan.code for plan in old), (plan.code for plan in new))
    names = _once_each(map(name, old), map(name, new))
    coded = by_key(old, new, lambda plan: plan.code if plan.code in codes else None, [])
    keys: list[Callable[[Plan], Hashable | None]] = [
        lambda plan: (plan.place, _unit(plan), name(plan), _money(plan)) if name(plan) else None,
        lambda plan: (plan.place, _unit(plan), name(plan)) if name(plan) else None,
        lambda plan: (_unit(plan), name(plan)) if name(plan) else None,
        lambda plan: name(plan) if name(plan) in names else None,
    ]
    named: list[Pair] = []
    for key in keys:
        named += by_key(old, new, key, [*coded, *named])
    taken = [*coded, *named]
    (left, right), (olds, news) = remaining(old, new, taken)
    likened = [(left[i], right[j]) for i, j in _alike(olds, news, name)]
    return [("code", coded), ("name", named), ("likeness", likened)]


def _alike(old: Sequence[Plan], new: Sequence[Plan], name: Callable[[Plan], str]) -> Sequence[Pair]:
    """Those of one unit with names that are alike; where the amount is the same too, less likeness is enough."""
    first, second = ([_named(name(plan), plan) for plan in plans] for plans in (old, new))

    def is_enough(i: int, j: int, score: int) -> bool:
        amount = _money(old[i])
        if amount and amount == _money(new[j]):
            return score >= _SAME_AMOUNT
        return score >= _OTHER_AMOUNT and first[i].figures == second[j].figures

    return alike(first, second, is_enough)


def _named(name: str, plan: Plan) -> Name:
    """A name to be held against others of its unit; the same amount is a mark as well."""
    amount = _money(plan)
    return name_of(name, _unit(plan), f"{amount.normalize():f}" if amount else "")


class _Name:
    """The name of a plan as it is held against others, worked out once for each name."""

    def __init__(self, without_years: bool) -> None:
        self._without_years = without_years
        self._made: dict[str, str] = {}

    def __call__(self, plan: Plan) -> str:
        if plan.name not in self._made:
            self._made[plan.name] = folded_name(plan.name, without_years=self._without_years)
        return self._made[plan.name]


def _name(plan: Plan, without_years: bool) -> str:
    return folded_name(plan.name, without_years=without_years)


def _unit(plan: Plan) -> str:
    return folded(plan.unit)


def _money(plan: Plan) -> Decimal | None:
    """The total in 元, where it is known in what it is printed."""
    return plan.total * SCALES.get(plan.money, 1) if plan.total is not None else None


def _once_each(*sides: Iterator[str]) -> set[str]:
    """What is there on every side, and on each of them only once."""
    found = [{text for text, number in Counter(side).items() if text and number == 1} for side in sides]
    return set.intersection(*found)
