"""Which rows of a sheet make up which: those of a 合计, of a subtotal, of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.subtotals import subtotal_rows
from goalcheck.checks.facts.sum_terms import ABSENT, NOTHING, Terms
from goalcheck.sheet import Row, Section, Subtotal, Total, Unit

_FIRST = 20


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
        self._columns: dict[tuple[Section, int], frozenset[str]] = {}

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

    def columns(self, total: Row) -> frozenset[str]:
        """The columns in which those rows have amounts."""
        sections = self._sections[total]
        key = sections[0], len(sections)
        if key not in self._columns:
            self._columns[key] = columns_of(self.rows(total))
        return self._columns[key]

    def terms(self, total: Row, column: str) -> Terms:
        """The figures of those rows in ``column``."""
        sections = self._sections[total]
        key = sections[0], len(sections), column
        if key not in self._terms:
            self._terms[key] = terms_of(self.rows(total), column)
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


def columns_of(rows: Iterable[Row]) -> frozenset[str]:
    """The columns in which ``rows`` have amounts."""
    return frozenset(column for row in rows for column in row.amounts)


def terms_of(rows: Sequence[Row], column: str, whole: Row | None = None) -> Terms:
    """The figures of ``rows`` in ``column``, which should make up that of ``whole``."""
    amounts = (row.amounts.get(column) or (NOTHING if isinstance(row, Unit) else ABSENT) for row in rows)
    return Terms(tuple(rows), tuple(amounts), above=isinstance(whole, Subtotal))
