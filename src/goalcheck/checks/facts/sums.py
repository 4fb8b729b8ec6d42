"""The sums of a sheet: which printed figure should be made up of which others, and whether it is.

Comes from the tree, goes to :mod:`goalcheck.checks.amount`, which reports what is wrong, and to
:mod:`goalcheck.engine.sum_traces`, which shows every sum with all its terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import attrs

from goalcheck.catalogue.columns import bare
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.sources import sources
from goalcheck.checks.facts.sum_rows import Totals, below, columns_of, is_one_of_many, terms_of
from goalcheck.checks.facts.sum_terms import ABSENT, Kind, Sum, Terms
from goalcheck.finding import Term
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Header, Row, Subtotal, Total, Unit


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
    missing: list[str] = []
    if every and row.missing:
        filled = context.once(Totals).columns(row) if total else columns_of(rows)
        missing = sorted(filter(row.missing.__contains__, filled), key=row.missing.__getitem__)
    for column in (*row.amounts, *missing):
        terms = context.once(Totals).terms(row, column) if total else terms_of(rows, column, row)
        if column not in row.amounts and not terms.filled:
            continue  # the row ends before a column in which nothing stands below it either
        printed = row.amounts.get(column, ABSENT)
        kind: Kind = "grand-total" if total else "subtotal"
        partial = not rows and not isinstance(row, Unit)
        made = Sum(kind, column, row, printed, terms, context.sheet.decimals, partial)
        if every or made.residual:
            yield made


def every_sum(context: Context) -> Iterator[Sum]:
    """Every sum of the sheet, right or wrong, in the order of its rows.

    A row's sources are a sum where the sheet breaks its amounts down at all. Not: blanks of which there are no terms.
    """
    for row in sorted(context.sheet.rows, key=lambda row: row.start):
        yield from _told_column_sums(row, context)
        sources = source_sum(row, context, every=True)
        if sources is not None:
            yield sources


def _told_column_sums(row: Row, context: Context) -> Iterator[Sum]:
    return (off for off in column_sums(row, context, every=True) if off.rows or not off.printed.blank)


def unjudged_sums(context: Context) -> int:
    """How many sums of the sheet could not be judged, so that nobody takes silence about them for praise.

    These are those that the trace of all sums calls so: a term or the sum itself is no number (GC105 says so of the
    cell, but not which sums it takes along), its cell is missing (GC106 likewise), a 合计 stands below no row, or a
    source may be counted in another. Not: a sum of nothing, for there is nothing to judge; and not a total that is more
    than its sources, for GC409 speaks of it.
    """
    found = 0
    for row in context.sheet.rows:
        found += sum(off.verdict == "unjudged" for off in _told_column_sums(row, context))
        if context.once_for(row, _left_over) != 0:
            sources = source_sum(row, context, every=True)
            found += sources is not None and sources.verdict == "unjudged"
    return found


def source_sum(row: Row, context: Context, *, every: bool = False) -> Sum | None:
    """The sum that a row should show in itself: 总计 of its sources. None where there is none.

    None as well where it comes out or cannot be told, unless ``every`` sum is asked for.
    """
    return _source_sum(row, context, every=True) if every else context.once_for(row, _faulty_source_sum)


def _faulty_source_sum(row: Row, context: Context) -> Sum | None:
    return _source_sum(row, context, every=False)


def _left_over(row: Row, context: Context) -> Decimal | None:
    """What the sources of a row leave of its total; None where it has none of them, or one that is no number."""
    whole = row.amounts.get(AMOUNT_COLUMNS[0])
    columns = sources(row, context).among(row.amounts) if whole is not None and context.breaks_down else ()
    return difference(whole, map(row.amounts.__getitem__, columns)) if whole is not None and columns else None


def _source_sum(row: Row, context: Context, *, every: bool) -> Sum | None:
    if not context.breaks_down:
        return None
    known = sources(row, context)
    whole, amounts = AMOUNT_COLUMNS[0], row.amounts
    columns = known.among(amounts)
    if whole not in amounts or not (columns or (every and any(column in row.missing for column in known.columns))):
        return None
    if not every and not context.once_for(row, _left_over):
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
