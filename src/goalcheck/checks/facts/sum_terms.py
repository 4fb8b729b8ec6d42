"""What a sum is: a printed figure, the terms that should make it up, and whether they do.

A figure printed with d decimals stands for an interval of ±½·10⁻ᵈ, d being the most decimals printed in the sheet; a
blank is exactly 0. A sum is wrong where the intervals do not meet.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Literal

import attrs

from goalcheck.finding import Figure, Term
from goalcheck.sheet import Amount, Row, Total, Unit

Kind = Literal["grand-total", "subtotal", "sources"]
Verdict = Literal["exact", "rounded", "wrong", "unsourced", "unjudged"]

NOTHING = Amount(0, 0, "", Decimal(0), True, 0)
"""Stands for the cell of a unit's row that ends early: nothing is printed, which counts as 0."""

ABSENT = Amount(0, 0, "", None, False, 0)
"""Stands for a cell that its row does not have: what it should hold is not known."""


def row_name(row: Row) -> str | Term:
    """What ``row`` is called in sentences; of a 合计, and of a row that has no name, our word for it."""
    return Term("grand-total") if isinstance(row, Total) else row.name.clean or Term("nameless")


@attrs.frozen(eq=False, repr=False, slots=False)
class Terms:
    """The figures that should make up another one, with the rows in which they stand and the names people know them by.

    Many totals may have the same: what they come to is told once.
    """

    rows: tuple[Row, ...]
    amounts: tuple[Amount, ...]
    columns: tuple[str, ...] | None = None
    """Of a row's sources, their columns; figures of one column are known by their rows."""
    called: tuple[str | Term, ...] = ()
    """What these columns are called."""
    above: bool = False
    """Whether they stand above what they make up."""

    @cached_property
    def named(self) -> tuple[tuple[Figure, Amount], ...]:
        """The figures, each behind the name that people know it by."""
        names = [row_name(row) for row in self.rows] if self.columns is None else self.called
        return tuple(zip(names, self.amounts, strict=True))

    @cached_property
    def words(self) -> Figure:
        """What they are, in few words."""
        if self.columns is not None:
            return self.called
        key = "of-units" if self.rows and all(isinstance(row, Unit) for row in self.rows) else "of-rows"
        key = f"{key}-above" if self.above else key
        return Term(key, {"number": str(len(self.rows))})

    @cached_property
    def value(self) -> Decimal:
        """What they add up to; one that is no number counts as 0."""
        return sum((amount.value or Decimal(0) for amount in self.amounts), Decimal(0))

    @cached_property
    def known(self) -> bool:
        """Whether each of them is a number."""
        return all(amount.value is not None for amount in self.amounts)

    @cached_property
    def filled(self) -> bool:
        """Whether anything is printed in them."""
        return any(not amount.blank and amount is not ABSENT for amount in self.amounts)

    @cached_property
    def printed(self) -> int:
        """How many of them are printed."""
        return sum(not amount.blank for amount in self.amounts)


@attrs.frozen(eq=False, repr=False, slots=False)
class Sum:
    """``printed`` should be the sum of ``made_of``.

    To a ``partial`` sum terms belong that the sheet does not have, to one that is not ``complete`` there may be some:
    then the printed figure may be larger than the terms, but never smaller. Among ``doubtful`` terms are some that may
    be in others: then it may be smaller.
    """

    kind: Kind
    column: str
    row: Row
    printed: Amount
    made_of: Terms
    decimals: int
    partial: bool = False
    complete: bool = True
    doubtful: bool = False

    @property
    def terms(self) -> tuple[tuple[Figure, Amount], ...]:
        """The figures that make it up, each behind the name by which people know it."""
        return self.made_of.named

    @property
    def rows(self) -> tuple[Row, ...]:
        """In which rows the terms stand."""
        return self.made_of.rows

    @property
    def of(self) -> Figure:
        """What the terms are, in few words."""
        return self.made_of.words

    @property
    def value(self) -> Decimal:
        """What the terms add up to; one that is no number counts as 0."""
        return self.made_of.value

    @property
    def residual(self) -> Decimal | None:
        """Printed less added up, positive where too much is printed; None where a figure is no number."""
        printed = self.printed.value
        return printed - self.value if printed is not None and self.made_of.known else None

    @property
    def difference(self) -> Decimal:
        """The residual of a sum that can be judged."""
        return self.residual or Decimal(0)

    @property
    def figures(self) -> int:
        """How many figures are printed, the sum itself included: each may have been rounded."""
        return self.made_of.printed + (not self.printed.blank)

    @property
    def tolerance(self) -> Decimal:
        """How far rounding alone may part the printed figure from the sum."""
        return self.figures * half_digit(self.decimals)

    @property
    def verdict(self) -> Verdict:
        """``unjudged`` where a figure is no number or its cell is missing, or where nobody can tell what belongs to it.

        ``unsourced`` is a total of which so much is in none of the sources, where one may lack a column. A sum of no
        terms that prints nothing is ``exact``: there is nothing to judge.
        """
        residual = self.residual
        if residual is None:
            return "unjudged"
        if not residual:
            return "exact"
        if self.doubtful or (self.partial and (residual > 0 or not self.terms)):
            return "unjudged"
        if abs(residual) <= self.tolerance:
            return "rounded"
        return "unsourced" if residual > 0 and not self.complete else "wrong"


def half_digit(decimals: int) -> Decimal:
    """Half of the last of ``decimals`` places: how far rounding may take one printed figure from the true one."""
    return Decimal(5).scaleb(-decimals - 1)
