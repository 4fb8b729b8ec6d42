"""The sums of a sheet: which printed figure should be made up of which others, and whether it is.

Comes from the tree, goes to :mod:`goalcheck.checks.amount`, which reports what is wrong, and to
:mod:`goalcheck.engine.sum_traces`, which shows every sum with all its terms. A figure printed with d decimals stands
for an interval of ±½·10⁻ᵈ, d being the most decimals printed in the sheet; a blank is exactly 0. A sum is wrong
where the intervals do not meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Literal

import attrs

from goalcheck.catalogue.columns import bare
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.sources import sources
from goalcheck.checks.facts.subtotals import subtotal_rows
from goalcheck.finding import Figure, Term
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Header, Row, Section, Subtotal, Total, Unit

Kind = Literal["grand-total", "subtotal", "sources"]
Verdict = Literal["exact", "rounded", "wrong", "unsourced", "unjudged"]

NOTHING = Amount(0, 0, "", Decimal(0), True, 0)
"""Stands for the cell of a unit's row that ends early: nothing is printed, which counts as 0."""

ABSENT = Amount(0, 0, "", None, False, 0)
"""Stands for a cell that its row does not have: what it should hold is not known."""

_FIRST = 20


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
        names = [row.name.clean for row in self.rows] if self.columns is None else self.called
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


def money(value: Decimal, context: Context) -> str:
    """An amount as sentences say it."""
    return f"{value:.{context.sheet.decimals}f}"


_USUAL = dict(zip(AMOUNT_COLUMNS, ("总计", "财政拨款", "财政专户拨款", "其他资金"), strict=True))


def column_name(key: str, header: Header) -> str | Term:
    """What a column of amounts is called in sentences: as ``header`` prints it; the usual names by our word."""
    if key not in AMOUNT_COLUMNS:
        return key
    column = header.column(key)
    printed = bare(column.clean) if column is not None else _USUAL[key]
    return Term(key) if printed == _USUAL[key] else printed


def tops(section: Section) -> tuple[Row, ...]:
    """The rows that make up the 合计 of ``section``: its units; the projects themselves where there are none."""
    return (*section.loose, *_priced(section.units))


def _priced(units: Iterable[Unit]) -> Iterator[Row]:
    """``units``; instead of one that has no row of its own, as in a table with a column of units, what it holds."""
    for unit in units:
        if unit.amounts:
            yield unit
        else:
            yield from unit.projects
            yield from _priced(unit.units)


class Totals:
    """Of every 合计 of a sheet: the tables that it sums up, and what their rows come to, column by column.

    A text may have thousands of them, on every page one: what is the same for all is made once.
    """

    def __init__(self, context: Context) -> None:
        sheet = context.sheet
        self._sections: dict[Row, Sequence[Section]] = dict.fromkeys(sheet.totals, sheet.sections)
        self.first: set[Row] = {*sheet.totals[:_FIRST]}
        """The first ones of each table: of the others no more is told than that they are wrong."""
        for section in sheet.sections:
            self._sections.update(dict.fromkeys(section.totals, (section,)))
            self.first.update(section.totals[:_FIRST])
        self._rows: dict[tuple[Section, int], tuple[Row, ...]] = {}
        self._terms: dict[tuple[Section, int, str], Terms] = {}

    def sections(self, total: Row) -> Sequence[Section]:
        """The tables that ``total`` is the sum of: nearly always its own."""
        return self._sections[total]

    def rows(self, total: Row) -> tuple[Row, ...]:
        """The rows that should make up ``total``."""
        sections = self._sections[total]
        key = sections[0], len(sections)
        if key not in self._rows:
            self._rows[key] = tuple(row for section in sections for row in tops(section))
        return self._rows[key]

    def terms(self, total: Row, column: str) -> Terms:
        """The figures of those rows in ``column``."""
        sections = self._sections[total]
        key = sections[0], len(sections), column
        if key not in self._terms:
            self._terms[key] = _terms(self.rows(total), column)
        return self._terms[key]


def below(row: Row, context: Context) -> Sequence[Row]:
    """The rows that should make up ``row``; none where it is a project."""
    if isinstance(row, Unit):
        return (*row.projects, *_priced(row.units))
    if isinstance(row, Subtotal):
        return context.once(subtotal_rows)[row]
    return context.once(Totals).rows(row) if isinstance(row, Total) else ()


def is_one_of_many(row: Row, context: Context) -> bool:
    """Whether ``row`` is one of so many 合计 of one table that only its sums are told of."""
    return isinstance(row, Total) and row not in context.once(Totals).first


def difference(printed: Amount, terms: Iterable[Amount]) -> Decimal | None:
    """``printed`` less ``terms``. None where a figure is no number: it takes part in no sum."""
    left = printed.value
    for amount in terms:
        if left is None or amount.value is None:
            return None
        left -= amount.value
    return left


def column_sums(row: Row, context: Context, *, every: bool = False) -> Iterator[Sum]:
    """The sums that ``row`` should show of the rows below it, column by column.

    Only those that do not come out, unless ``every`` is asked for. A project has none.
    """
    if not isinstance(row, Total | Subtotal | Unit):
        return
    total = isinstance(row, Total)
    rows = below(row, context)
    for column in (*row.amounts, *(row.missing if every else ())):
        terms = context.once(Totals).terms(row, column) if total else _terms(rows, column, row)
        if column not in row.amounts and not terms.filled:
            continue  # the row ends before a column in which nothing stands below it either
        printed = row.amounts.get(column, ABSENT)
        kind: Kind = "grand-total" if total else "subtotal"
        partial = not rows and not isinstance(row, Unit)
        made = Sum(kind, column, row, printed, terms, context.sheet.decimals, partial)
        if every or made.residual:
            yield made


def _terms(rows: Sequence[Row], column: str, whole: Row | None = None) -> Terms:
    amounts = (row.amounts.get(column) or (NOTHING if isinstance(row, Unit) else ABSENT) for row in rows)
    return Terms(tuple(rows), tuple(amounts), above=isinstance(whole, Subtotal))


def every_sum(context: Context) -> Iterator[Sum]:
    """Every sum of the sheet, right or wrong, in the order of its rows.

    A row's sources are a sum where the sheet breaks its amounts down at all. Not: blanks of which there are no terms.
    """
    for row in sorted(context.sheet.rows, key=lambda row: row.start):
        yield from (off for off in column_sums(row, context, every=True) if off.rows or not off.printed.blank)
        sources = source_sum(row, context, every=True)
        if sources is not None:
            yield sources


def unjudged_sums(context: Context) -> int:
    """How many sums of the sheet could not be judged, so that nobody takes silence about them for praise.

    These are those that the trace of all sums calls so: a term or the sum itself is no number (GC105 says so of the
    cell, but not which sums it takes along), its cell is missing (GC106 likewise), a 合计 stands below no row, or a
    source may be counted in another. Not: a sum of nothing, for there is nothing to judge; and not a total that is more
    than its sources, for GC409 speaks of it.
    """
    return sum(off.verdict == "unjudged" for off in every_sum(context))


def source_sum(row: Row, context: Context, *, every: bool = False) -> Sum | None:
    """The sum that a row should show in itself: 总计 of its sources. None where there is none.

    None as well where it comes out or cannot be told, unless ``every`` sum is asked for.
    """
    if not context.breaks_down:
        return None
    known = sources(row, context)
    whole, amounts = AMOUNT_COLUMNS[0], row.amounts
    columns = tuple(column for column in known.columns if column in amounts)
    if whole not in amounts or not (columns or (every and not set(known.columns).isdisjoint(row.missing))):
        return None
    if not every and not difference(amounts[whole], [amounts[column] for column in columns]):
        return None
    made = Sum(
        "sources",
        whole,
        row,
        amounts[whole],
        _sources(row, columns, context),
        context.sheet.decimals,
        partial=len(columns) < len(known.columns),
        complete=known.complete and not known.unknown,
    )
    if known.doubtful and made.residual is not None and made.residual < 0:
        sure = attrs.evolve(made, made_of=_sources(row, tuple(c for c in columns if c not in known.doubtful), context))
        made = sure if sure.difference < 0 else attrs.evolve(made, doubtful=True)
    elif known.unknown and (made.residual or 0) > 0:
        made = attrs.evolve(made, doubtful=True)
    return made if every or made.verdict in ("wrong", "rounded", "unsourced") else None


def is_told_unsourced(off: Sum, context: Context) -> bool:
    """Whether a finding tells of money without a source in ``off``: not where rows that make it up have such money."""
    if off.verdict != "unsourced" or is_one_of_many(off.row, context):
        return False
    parts = (source_sum(row, context) for row in below(off.row, context))
    return not any(part is not None and part.verdict == "unsourced" for part in parts)


def _sources(row: Row, columns: tuple[str, ...], context: Context) -> Terms:
    header = context.header(row)
    amounts = tuple(row.amounts[column] for column in columns)
    return Terms((row,) * len(columns), amounts, columns, tuple(column_name(column, header) for column in columns))
