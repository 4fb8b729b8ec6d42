"""The sums of a sheet: which printed figure should be made up of which others, and whether it is.

Comes from the tree, goes to :mod:`goalcheck.checks.amount`, which reports what is wrong, and to
:mod:`goalcheck.engine.sum_traces`, which shows every sum with all its terms. A figure printed with d decimals stands
for an interval of ±½·10⁻ᵈ, d being the most decimals printed in the sheet; a blank is exactly 0. A sum is wrong
where the intervals do not meet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Literal

import attrs

from goalcheck.checks.facts.context import Context
from goalcheck.finding import Figure, Term
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Row, Section, Subtotal, Total, Unit

Kind = Literal["grand-total", "subtotal", "sources"]
Verdict = Literal["exact", "rounded", "wrong", "unjudged"]

NOTHING = Amount(0, 0, "", Decimal(0), True, 0)
"""Stands for the cell of a unit's row that ends early: nothing is printed, which counts as 0."""

ABSENT = Amount(0, 0, "", None, False, 0)
"""Stands for a cell that its row does not have: what it should hold is not known."""


@attrs.frozen(eq=False, slots=False)
class Sum:
    """``printed`` should be the sum of ``terms``; each term comes with the name by which people know it.

    ``residual`` is printed less added up, positive where too much is printed; None where a figure is no number. ``of``
    says in few words what the terms are, ``rows`` in which rows they stand. To a ``partial`` sum more terms may belong
    than are known: the printed figure may be too small for those, but never too large.
    """

    kind: Kind
    column: str
    row: Row
    printed: Amount
    terms: tuple[tuple[Figure, Amount], ...]
    residual: Decimal | None
    of: Figure
    rows: tuple[Row, ...]
    decimals: int
    partial: bool = False

    @cached_property
    def value(self) -> Decimal:
        """What the terms add up to; one that is no number counts as 0."""
        return sum((amount.value or Decimal(0) for _, amount in self.terms), Decimal(0))

    @property
    def difference(self) -> Decimal:
        """The residual of a sum that can be judged."""
        return self.residual or Decimal(0)

    @cached_property
    def figures(self) -> int:
        """How many figures are printed, the sum itself included: each may have been rounded."""
        return sum(not amount.blank for amount in (self.printed, *(amount for _, amount in self.terms)))

    @cached_property
    def tolerance(self) -> Decimal:
        """How far rounding alone may part the printed figure from the sum."""
        return self.figures * half_digit(self.decimals)

    @property
    def verdict(self) -> Verdict:
        """``unjudged`` where a figure is no number, no term is known, or further terms may make up what is missing."""
        residual = self.residual
        if residual is None or (not self.terms and (self.partial or not residual)):
            return "unjudged"
        if not residual:
            return "exact"
        if self.partial and residual > 0:
            return "unjudged"
        return "wrong" if abs(residual) > self.tolerance else "rounded"


def half_digit(decimals: int) -> Decimal:
    """Half of the last of ``decimals`` places: how far rounding may take one printed figure from the true one."""
    return Decimal(5).scaleb(-decimals - 1)


def money(value: Decimal, context: Context) -> str:
    """An amount as sentences say it."""
    return f"{value:.{context.sheet.decimals}f}"


def column_name(key: str) -> Figure:
    """What a column of amounts is called in sentences: the usual ones by our word, the others as they are printed."""
    return Term(key) if key in AMOUNT_COLUMNS else key


def tops(section: Section) -> tuple[Row, ...]:
    """The rows that make up the 合计 of ``section``: its units; the projects themselves where there are none."""
    return (*section.loose, *section.units)


def below(row: Row, context: Context) -> Sequence[Row]:
    """The rows that should make up ``row``; none where it is a project."""
    if isinstance(row, Unit):
        return (*row.projects, *row.units)
    if isinstance(row, Subtotal):
        return context.above(row)
    return tops(section_of(row, context)) if isinstance(row, Total) else ()


def _column(rows: Iterable[Row], column: str) -> list[Amount]:
    return [row.amounts.get(column) or (NOTHING if isinstance(row, Unit) else ABSENT) for row in rows]


def section_of(row: Row, context: Context) -> Section:
    """The table in which ``row`` stands."""
    sections = context.sheet.sections
    return sections[bisect_right(sections, row.start, key=lambda section: section.start) - 1]


def difference(printed: Amount, terms: Iterable[Amount]) -> Decimal | None:
    """``printed`` less ``terms``. None where a figure is no number: it takes part in no sum."""
    left = printed.value
    for amount in terms:
        if left is None or amount.value is None:
            return None
        left -= amount.value
    return left


def column_sums(row: Row, rows: Sequence[Row], context: Context, *, every: bool = False) -> Iterator[Sum]:
    """The sums of ``rows`` that ``row`` should show, column by column.

    Only those that do not come out, unless ``every`` is asked for: the others need not even be made to be passed over.
    """
    for column, printed in (*row.amounts.items(), *(_lacking(row, rows) if every else ())):
        amounts = _column(rows, column)
        residual = difference(printed, amounts)
        if every or residual:
            of = "of-rows-above" if isinstance(row, Subtotal) else "of-units" if _are_units(rows) else "of-rows"
            yield Sum(
                kind="grand-total" if isinstance(row, Total) else "subtotal",
                column=column,
                row=row,
                printed=printed,
                terms=tuple(zip([r.name.clean for r in rows], amounts, strict=True)),
                residual=residual,
                of=Term(of, {"number": str(len(rows))}),
                rows=tuple(rows),
                decimals=context.sheet.decimals,
                partial=not rows and isinstance(row, Total | Subtotal),
            )


def _are_units(rows: Sequence[Row]) -> bool:
    return all(isinstance(row, Unit) for row in rows)


def _lacking(row: Row, rows: Sequence[Row]) -> Iterator[tuple[str, Amount]]:
    """The columns that ``row`` ends too early to print a sum of, although ``rows`` have something in them."""
    for column in row.missing:
        if any(column in r.amounts for r in rows) and not all(r.amounts.get(column, NOTHING).blank for r in rows):
            yield column, ABSENT


def source_sum(row: Row, context: Context, *, every: bool = False) -> Sum | None:
    """The sum that a row should show in itself: 总计 of its sources. None where there is none.

    Where a sheet leaves out sources of money, or adds some, the known ones only must not exceed the total. None as well
    where it comes out or cannot be told, unless ``every`` sum is asked for.
    """
    if not context.breaks_down:
        return None
    whole, columns, amounts = AMOUNT_COLUMNS[0], context.sources(row), row.amounts
    parts = [column for column in columns if column in amounts]
    if whole not in amounts or not (parts or (every and not set(columns).isdisjoint(row.missing))):
        return None
    residual = difference(amounts[whole], [amounts[column] for column in parts])
    partial = not context.parts_known or len(parts) < len(columns)
    if not every and (not residual or (partial and residual > 0)):
        return None
    names = tuple(Term(column) if column in AMOUNT_COLUMNS else column for column in parts)
    terms = tuple((name, amounts[column]) for name, column in zip(names, parts, strict=True))
    rows = (row,) * len(parts)
    return Sum("sources", whole, row, amounts[whole], terms, residual, names, rows, context.sheet.decimals, partial)
