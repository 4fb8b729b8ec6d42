"""GC4xx: the amounts and their sums.

Every sum is a :class:`Sum`: a printed figure and the terms that should make it up. A figure printed with d decimals
stands for an interval of ±½·10⁻ᵈ, d being the most decimals printed in the sheet; a blank is exactly 0. A sum is wrong
where the intervals do not meet. A sum that comes out exactly is not even made: nothing is to be said of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property

import attrs

from goalcheck.checks import Context
from goalcheck.checks.diagnosis import diagnose
from goalcheck.finding import Figure, Finding, Related, Term
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Project, Row, Section, Sheet, Text, Total, Unit


@attrs.frozen(eq=False, slots=False)
class Sum:
    """``printed`` should be the sum of ``terms``; each term comes with the name by which people know it."""

    column: str
    row: Row
    printed: Amount
    terms: tuple[tuple[Figure, Amount], ...]
    of: Figure

    @cached_property
    def value(self) -> Decimal:
        """What the terms add up to."""
        return sum((amount.value or Decimal(0) for _, amount in self.terms), Decimal(0))

    @cached_property
    def difference(self) -> Decimal:
        """Printed less added up: positive where too much is printed."""
        return (self.printed.value or Decimal(0)) - self.value

    def wrong(self, context: Context) -> bool:
        """Whether rounding alone cannot part the printed figure from the sum."""
        figures = [self.printed, *(amount for _, amount in self.terms)]
        tolerance = sum(not figure.blank for figure in figures) * Decimal(5).scaleb(-context.sheet.decimals - 1)
        return abs(self.difference) > tolerance


def grand_total_mismatch(section: Section, context: Context) -> Iterator[Finding]:
    """GC401. A table without any unit adds up from its projects."""
    total = section.total
    rows = _tops(section)
    if total is not None and rows:
        for off in _column_sums(total, rows):
            if off.wrong(context):
                projects = [project.amounts.get(off.column) for project in section.projects]
                yield _mismatch(off, context, bool(section.units) and _difference(off.printed, projects) == 0)


def subtotal_mismatch(unit: Unit, context: Context) -> Iterator[Finding]:
    """GC402."""
    return (_mismatch(off, context) for off in _column_sums(unit, _below(unit, context)) if off.wrong(context))


def row_sum_mismatch(row: Row, context: Context) -> Iterator[Finding]:
    """GC403. Where a sheet leaves out sources of money, or adds some, the known ones only must not exceed the total."""
    off = _row_sum(row, context)
    if off is not None and off.wrong(context):
        yield _mismatch(off, context)


def missing_total(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """GC404. No total is missed of a single project or without any amounts; where pages are missing it may be there."""
    if context.pages is not None:
        return
    above = 0  # where the table before ends
    for section in sheet.sections:
        if section.total is None and _adds_up(section, sheet):
            yield _without_total(section, context, above)
        if section.loose and section.units:
            name, unit = section.loose[0].name, section.units[0].name
            figures = {"number": str(len(section.loose)), "unit": unit.clean}
            what, missing = Term("no-unit", figures), Term("unit-row")
            related = (Related(unit.start, unit.end, Term("first-unit")),)
            yield Finding(name.start, name.end, "row", {"what": what, "row": missing}, related=related)
        above = section.end


def odd_amount(row: Row, context: Context) -> Iterator[Finding]:
    """GC405. A total that its rows make up is as odd as they are: they speak. Where it is not, its sum does."""
    oddity = _oddity(row)
    if oddity is None or _row_sum(row, context) is not None:
        return
    below = _below(row, context)
    if any(_oddity(part) for part in below) or (isinstance(row, Unit | Total) and any(_column_sums(row, below))):
        return
    column, kind = oddity
    figures: dict[str, Figure] = {"name": Term("grand-total") if isinstance(row, Total) else row.name.clean}
    if kind == "blank" and isinstance(row, Project) and not context.projects_priced:
        if row is not next(context.sheet.projects):
            return  # said once, where the first of them stands
        number = sum(1 for _ in context.sheet.projects)
        if number > 1:
            kind, figures = "all-blank", {"number": str(number)}
    amount = row.amounts[column]
    figures["printed"] = _money(amount.value or Decimal(0), context)
    yield Finding(amount.start, amount.end, column, {"what": Term(kind, figures)})


def rounding_difference(row: Row, context: Context) -> Iterator[Finding]:
    """GC406. Of the sums that GC401 to GC403 judge, those that rounding alone may have put out."""
    own, below = _row_sum(row, context), _below(row, context)
    sums = [own] if own is not None else []
    if below:
        sums += _column_sums(row, below)
    for off in sums:
        if not off.wrong(context):
            yield Finding(off.printed.start, off.printed.end, off.column, _figures(off, context))


def _adds_up(section: Section, sheet: Sheet) -> bool:
    """Whether ``section`` has something to be added up."""
    rows = list(section.rows)
    several = len(rows) > 1 or len(sheet.sections) > 1
    return several and any(not amount.blank for row in rows for amount in row.amounts.values())


def _without_total(section: Section, context: Context, above: int) -> Finding:
    """The finding of a table without 合计, at its header; at its first row if the last header is another table's."""
    sheet = context.sheet
    rows = _tops(section)
    name: Text = rows[0].name
    what = Term("no-total-below", {"name": name.clean})
    header = sheet.headers[bisect_right(sheet.headers, section.start, key=lambda header: header.start) - 1]
    own = header.column("name")
    if own is not None and header.start >= above:
        name, what = own, Term("no-total")
    missing = Term("total-row")
    column = next(iter(rows[0].amounts), "")
    left = _difference(_NOTHING, [row.amounts.get(column) for row in rows])
    if left is not None:
        missing = Term("total-row-sum", {"column": Term(column), "sum": _money(-left, context)})
    return Finding(name.start, name.end, "sheet", {"what": what, "row": missing})


def _oddity(row: Row) -> tuple[str, str] | None:
    """What is odd about the amounts of ``row``, and in which column that shows. A row too short is GC106's."""
    amounts = row.amounts
    column = AMOUNT_COLUMNS[0] if AMOUNT_COLUMNS[0] in amounts else next(iter(amounts), "")
    total = amounts.get(column)
    if total is None or total.value is None or total.value > 0:
        return None
    if not total.blank:
        alone = column == AMOUNT_COLUMNS[0] or len(amounts) == 1
        return (column, "negative" if total.value else "zero") if alone else None
    short = isinstance(row, Project) and not set(AMOUNT_COLUMNS).isdisjoint(row.missing)
    return None if short or not all(amount.blank for amount in amounts.values()) else (column, "blank")


def _tops(section: Section) -> tuple[Row, ...]:
    """The rows that make up the 合计 of ``section``."""
    return (*section.loose, *section.units)


def _below(row: Row, context: Context) -> Sequence[Row]:
    """The rows that should make up ``row``; none where it is a project."""
    if isinstance(row, Unit):
        return (*row.projects, *row.units)
    if isinstance(row, Total):
        sections = context.sheet.sections
        return _tops(sections[bisect_right(sections, row.start, key=lambda section: section.start) - 1])
    return ()


# Stands for the cell of a unit's row that ends early.
_NOTHING = Amount(0, 0, "", Decimal(0), True, 0)


def _difference(printed: Amount, terms: Iterable[Amount | None]) -> Decimal | None:
    """``printed`` less ``terms``. None where a figure is missing or no number: it takes part in no sum."""
    left = printed.value
    for amount in terms:
        if left is None or amount is None or amount.value is None:
            return None
        left -= amount.value
    return left


def _column_sums(row: Row, rows: Sequence[Row]) -> Iterator[Sum]:
    """The sums of those columns of ``row`` that ``rows`` do not exactly make up."""
    for column, printed in row.amounts.items():
        amounts = [r.amounts.get(column, _NOTHING if isinstance(r, Unit) else None) for r in rows]
        if _difference(printed, amounts):
            names = [r.name.clean for r in rows]
            units = all(isinstance(r, Unit) for r in rows)
            of = Term("of-units" if units else "of-rows", {"number": str(len(rows))})
            terms = [(name, amount) for name, amount in zip(names, amounts, strict=True) if amount is not None]
            yield Sum(column, row, printed, tuple(terms), of)


def _row_sum(row: Row, context: Context) -> Sum | None:
    """The sum that a row should show in itself: 总计 of its sources. None where it comes out or cannot be told."""
    if not context.breaks_down:
        return None
    whole, *columns = AMOUNT_COLUMNS
    amounts = row.amounts
    parts = [column for column in columns if column in amounts]
    if whole not in amounts or not parts:
        return None
    difference = _difference(amounts[whole], (amounts[column] for column in parts))
    complete = context.parts_known and len(parts) == len(columns)
    if not difference or not (complete or difference < 0):
        return None
    names = tuple(Term(column) for column in parts)
    terms = tuple((name, amounts[name.key]) for name in names)
    return Sum(whole, row, amounts[whole], terms, names)


def _mismatch(off: Sum, context: Context, projects_agree: bool = False) -> Finding:
    """The finding of a wrong sum, with what may be the matter. ``projects_agree``: only its units do not make it up."""
    diagnosis = diagnose(off, context.pages, lambda value: _money(value, context), projects_agree)
    related: tuple[Related, ...] = ()
    if diagnosis is not None and diagnosis.amount is not None:
        suspect = diagnosis.amount
        related = (Related(suspect.start, suspect.end, Term("look-here")),)
    figures = _figures(off, context)
    figures["diagnosis"] = diagnosis.term if diagnosis is not None else Term("no-diagnosis")
    culprit = next((name for name, amount in off.terms if diagnosis and amount is diagnosis.amount), "")
    advice = diagnosis.advice if diagnosis is not None else "advice"
    figures["advice"] = Term(advice, {"name": culprit, "sum": _money(off.value, context)})
    return Finding(off.printed.start, off.printed.end, off.column, figures, related=related)


def _figures(off: Sum, context: Context) -> dict[str, Figure]:
    """What every sum that does not come out has to say."""
    printed = off.printed
    amount = {"amount": _money(abs(off.difference), context)}
    return {
        "row": Term("grand-total") if isinstance(off.row, Total) else off.row.name.clean,
        "column": Term(off.column),
        "printed": Term("blank") if printed.blank else _money(printed.value or Decimal(0), context),
        "sum": _money(off.value, context),
        "difference": Term("more" if off.difference > 0 else "less", amount),
        "terms": off.of,
    }


def _money(value: Decimal, context: Context) -> str:
    return f"{value:.{context.sheet.decimals}f}"
