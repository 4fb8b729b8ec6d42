"""GC4xx: the amounts and their sums.

Every sum is a :class:`Sum`: a printed figure and the terms that should make it up. A figure printed with d decimals
stands for an interval of ±½·10⁻ᵈ, d being the most decimals printed in the sheet; a blank is exactly 0. A sum is wrong
where the intervals do not meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

import attrs

from goalcheck.checks import Context
from goalcheck.checks.diagnosis import diagnose
from goalcheck.finding import Figure, Finding, Related, Term
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Row, Section, Total, Unit


@attrs.frozen(eq=False, slots=False)
class Sum:
    """``printed`` should be the sum of ``terms``; each term comes with the name by which people know it.

    ``units`` says that every term is a unit.
    """

    column: str
    row: Row
    printed: Amount
    terms: tuple[tuple[Figure, Amount], ...]
    units: bool = False

    @property
    def judged(self) -> bool:
        """Whether every figure is a number; one that is none takes part in no sum, so the sum says nothing."""
        return self.printed.value is not None and all(amount.value is not None for _, amount in self.terms)

    @cached_property
    def value(self) -> Decimal:
        """What the terms add up to."""
        return sum((amount.value or Decimal(0) for _, amount in self.terms), Decimal(0))

    @cached_property
    def difference(self) -> Decimal:
        """Printed less added up: positive where too much is printed."""
        return (self.printed.value or Decimal(0)) - self.value

    def tolerance(self, decimals: int) -> Decimal:
        """By how much rounding alone can part the printed figure from the sum."""
        figures = [self.printed, *(amount for _, amount in self.terms)]
        return sum(not figure.blank for figure in figures) * Decimal(5).scaleb(-decimals - 1)


def grand_total_mismatch(section: Section, context: Context) -> Iterator[Finding]:
    """GC401. A table without any unit adds up from its projects."""
    total = section.total
    rows: Sequence[Row] = (*section.loose, *section.units)
    if total is not None and rows:
        for column in total.amounts:
            below = _column_sum(column, total, tuple(section.projects))
            yield from _judge(_column_sum(column, total, rows), context, below)


def subtotal_mismatch(unit: Unit, context: Context) -> Iterator[Finding]:
    """GC402."""
    for column in unit.amounts:
        yield from _judge(_column_sum(column, unit, (*unit.projects, *unit.units)), context)


def row_sum_mismatch(row: Row, context: Context) -> Iterator[Finding]:
    """GC403. Where a sheet leaves out sources of money, or adds some, the known ones only must not exceed the total."""
    parts = row_sum(row)
    if parts is None or not context.breaks_down:
        return
    complete = context.parts_known and len(parts.terms) == len(AMOUNT_COLUMNS) - 1
    if complete or parts.difference < 0:
        yield from _judge(parts, context)


def row_sum(row: Row) -> Sum | None:
    """The sum that a row should show in itself: 总计 of 财政拨款, 财政专户拨款 and 其他资金."""
    whole, *columns = AMOUNT_COLUMNS
    terms = tuple((Term(column), row.amounts[column]) for column in columns if column in row.amounts)
    if whole not in row.amounts or not terms:
        return None
    return Sum(whole, row, row.amounts[whole], terms)


def _column_sum(column: str, row: Row, rows: Sequence[Row]) -> Sum | None:
    """The sum of one column, None if a row lacks that column."""
    terms = []
    for term in rows:
        amount = term.amounts.get(column)
        if amount is None:
            if not isinstance(term, Unit):
                return None
            amount = Amount(term.end, term.end, "", Decimal(0), True, 0)
        terms.append((term.name.clean, amount))
    units = all(isinstance(term, Unit) for term in rows)
    return Sum(column, row, row.amounts[column], tuple(terms), units)


def _judge(total: Sum | None, context: Context, below: Sum | None = None) -> Iterator[Finding]:
    """The finding of ``total``, if it is wrong. ``below`` is the same sum over projects instead of units."""
    if total is None or not total.judged or abs(total.difference) <= total.tolerance(context.sheet.decimals):
        return

    def money(value: Decimal) -> str:
        return f"{value:.{context.sheet.decimals}f}"

    printed = total.printed
    diagnosis = diagnose(total, context.pages, money, below)
    related: tuple[Related, ...] = ()
    if diagnosis is not None and diagnosis.amount is not None:
        suspect = diagnosis.amount
        related = (Related(suspect.start, suspect.end, Term("look-here")),)
    units = total.units
    figures: dict[str, Figure] = {
        "row": Term("grand-total") if isinstance(total.row, Total) else total.row.name.clean,
        "column": Term(total.column),
        "printed": Term("blank") if printed.blank else money(printed.value or Decimal(0)),
        "sum": money(total.value),
        "difference": Term("more" if total.difference > 0 else "less", {"amount": money(abs(total.difference))}),
        "terms": Term("of-units" if units else "of-rows", {"number": str(len(total.terms))}),
        "diagnosis": diagnosis.term if diagnosis is not None else Term("no-diagnosis"),
    }
    culprit = next((name for name, amount in total.terms if diagnosis and amount is diagnosis.amount), "")
    advice = diagnosis.advice if diagnosis is not None else "advice"
    figures["advice"] = Term(advice, {"name": culprit, "sum": money(total.value)})
    yield Finding(printed.start, printed.end, total.column, figures, related=related)
