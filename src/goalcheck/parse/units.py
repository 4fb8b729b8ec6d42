"""Tells units from projects, by the structure of the table as a whole.

A row with indicators is a project, and so is one with a goal, unless its amounts are just those of the rows below it:
then it is their unit, which tells what it is for. A row with neither may be a unit's heading or a project whose author
left both blank; no single row can tell. So the table is cut into units in the way that contradicts it least:
a unit's amount is the sum of the rows up to the next unit, the units make up the 合计, and the names of
organisations end in certain words. A wrong sum alone does not turn a unit into a project or a project into a unit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

import attrs

from goalcheck.sheet import Amount

_LOOKBACK = 48
"""How many candidates back a unit may begin: keeps the search linear on a sheet of nothing but blank rows."""

_WRONG_SUM = 1.0
_NAME_OF_PROJECT = 0.7  # a unit whose name does not end like an organisation's and whose sum is wrong,
_ONE_EQUAL_ROW = 0.3  # or right by one equal row,
_NAMELESS = 0.05  # or right by several
_NAME_OF_UNIT = 1.5  # a project whose name does: a wrong sum alone must not make it one
_WITHOUT_ROWS = 0.3  # a unit without projects
_WITHOUT_UNIT = 1.6  # projects before the first unit


@attrs.frozen(eq=False, repr=False)
class Candidate:
    """What is known of a row before its kind is: its amount (None: not printed or no number)."""

    amount: Decimal | None
    described: bool
    organisation: bool


@attrs.frozen(eq=False, repr=False)
class Told:
    """What a row tells of itself that bears on whether it is the unit of those below it."""

    amounts: Mapping[str, Amount]
    goal: bool
    indicators: bool
    organisation: bool


def with_rows_of_their_own(rows: Sequence[Told]) -> frozenset[int]:
    """Indices of the rows with a goal and no indicators that are made up of those below them, in every column.

    These go up to the next row without indicators. One that has a single row below it must be named as an
    organisation is: two projects may well cost the same.
    """
    found = []
    end = len(rows)
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        if row.indicators:
            continue
        below = rows[at + 1 : end]
        if row.goal and (len(below) > 1 or row.organisation) and _are_sums(row.amounts, [r.amounts for r in below]):
            found.append(at)
        end = at
    return frozenset(found)


def _are_sums(amounts: Mapping[str, Amount], below: Sequence[Mapping[str, Amount]]) -> bool:
    """Whether each of ``amounts`` is the sum of those in its column below, and some are not 0."""
    sums = [(_value(own), [_value(row.get(key)) for row in below]) for key, own in amounts.items()]
    if any(own is None or None in terms for own, terms in sums):
        return False
    return any(own for own, _ in sums) and all(own == _sum(terms) for own, terms in sums)


def _value(amount: Amount | None) -> Decimal | None:
    """What ``amount`` counts as in a sum, None where it is no number."""
    return Decimal(0) if amount is None or amount.blank else amount.value


def _sum(terms: Iterable[Decimal | None]) -> Decimal:
    return sum((term for term in terms if term is not None), Decimal(0))


def units(
    rows: Sequence[Candidate], totals: Sequence[Decimal], tolerance: Decimal
) -> tuple[list[int], dict[int, list[int]]]:
    """Indices of the rows that are units, rising, and those of them that are made up of others, with these.

    ``totals`` are what is printed as 合计, ``tolerance`` is what rounding may do to one printed figure.
    """
    blank = [i for i, row in enumerate(rows) if not row.described]
    if not blank:
        return [], {}
    table = _Table(rows, totals, tolerance)
    best = table.search(blank)
    ways = [best, blank, [i for i in blank if rows[i].organisation]]
    chosen = table.second_thoughts(min(ways, key=table.cost))
    return chosen, table.parents(chosen)


class _Table:
    """The rows of one table with their running sums."""

    def __init__(self, rows: Sequence[Candidate], totals: Sequence[Decimal], tolerance: Decimal) -> None:
        self.rows = rows
        self.totals = totals
        self.tolerance = tolerance
        self.sums = list(accumulate((r.amount or Decimal(0) for r in rows), initial=Decimal(0)))
        self.organisations = [i for i, r in enumerate(rows) if not r.described and r.organisation]
        self.named = list(accumulate((not r.described and r.organisation for r in rows), initial=0))

    def search(self, blank: list[int]) -> list[int]:
        """The cheapest choice of units when only sums and names are weighed, by dynamic programming."""
        ends = [*blank, len(self.rows)]
        cost = [self._start(at) for at in ends]
        before: list[int | None] = [None] * len(ends)
        for i, end in enumerate(ends):
            for j in range(max(0, i - _LOOKBACK), i):
                price = cost[j] + self._unit(ends[j], end)
                if price < cost[i]:
                    cost[i], before[i] = price, j
        chosen = []
        at = before[-1]
        while at is not None:
            chosen.append(ends[at])
            at = before[at]
        return chosen[::-1]

    def second_thoughts(self, chosen: list[int]) -> list[int]:
        """``chosen`` without those units, of wrong sums, that the table as a whole does better without."""
        doubtful = [at for at, end in pairwise([*chosen, len(self.rows)]) if self._unit(at, end) >= _WRONG_SUM]
        cost = self.cost(chosen)
        for at in doubtful[:_LOOKBACK]:
            without = [other for other in chosen if other != at]
            price = self.cost(without)
            if price < cost:
                chosen, cost = without, price
        return chosen

    def cost(self, chosen: list[int]) -> float:
        """What speaks against ``chosen`` being the units, the 合计 included."""
        ends = [*chosen, len(self.rows)]
        cost = self._start(ends[0]) + sum(self._unit(a, b) for a, b in pairwise(ends))
        if self.totals:
            top = set(chosen).difference(*self.parents(chosen).values())
            terms = [*range(ends[0]), *sorted(top)]
            whole = sum((self.rows[i].amount or Decimal(0) for i in terms), Decimal(0))
            cost += min(self._differ(whole, total, len(terms)) for total in self.totals)
        return cost

    def parents(self, chosen: list[int]) -> dict[int, list[int]]:
        """Units without projects that are the sum of the units behind them, with those: a department's row."""
        found = {}
        at = 0
        while at < len(chosen):
            children = self._children(chosen, at)
            if children:
                found[chosen[at]] = children
            at += 1 + len(children)
        return found

    def _children(self, chosen: list[int], at: int) -> list[int]:
        amount = self.rows[chosen[at]].amount
        behind = chosen[at + 1 : at + 1 + _LOOKBACK]
        if not amount or not behind or behind[0] != chosen[at] + 1:
            return []
        whole = Decimal(0)
        for count, child in enumerate(behind, 1):
            whole += self.rows[child].amount or Decimal(0)
            if not self._differ(whole, amount, count):
                return behind[:count]
        return []

    def _start(self, first: int) -> float:
        return (_WITHOUT_UNIT if first else 0.0) + _NAME_OF_UNIT * self.named[first]

    def _unit(self, at: int, end: int) -> float:
        row = self.rows[at]
        cost = _NAME_OF_UNIT * (self.named[end] - self.named[at + 1])
        terms = end - at - 1
        wrong = _WRONG_SUM / 2
        if row.amount is not None:
            wrong = self._differ(self.sums[end] - self.sums[at + 1], row.amount, terms)
        if not row.organisation and at:
            cost += _NAME_OF_PROJECT if wrong else _ONE_EQUAL_ROW if terms == 1 else _NAMELESS
        if not terms and self._children([at, *self.organisations_from(end)], 0):
            return cost + _NAMELESS
        return cost + wrong + (0 if terms else _WITHOUT_ROWS)

    def organisations_from(self, at: int) -> list[int]:
        """The next rows that look like units by name."""
        first = bisect_left(self.organisations, at)
        return self.organisations[first : first + _LOOKBACK]

    def _differ(self, total: Decimal, printed: Decimal, terms: int) -> float:
        return 0.0 if abs(total - printed) <= self.tolerance * (terms + 1) else _WRONG_SUM
