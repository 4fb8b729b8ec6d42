"""GC4xx: the amounts and their sums.

What a sum is, and when it is wrong, :mod:`goalcheck.checks.facts.sums` says. A sum that comes out exactly is not even
made: nothing is to be said of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.of_which import is_part, parts_too_large, whole_above
from goalcheck.checks.facts.project_money import exceeds, is_paid_by, sum_of, total_of
from goalcheck.checks.facts.sum_rows import below, is_one_of_many, tops
from goalcheck.checks.facts.sum_terms import ABSENT, NOTHING, Sum, row_name
from goalcheck.checks.facts.sums import column_name, column_sums, difference, is_told_unsourced, money, source_sum
from goalcheck.checks.facts.traits import needs
from goalcheck.checks.facts.wrong_sums import diagnosis
from goalcheck.finding import Figure, Found, Related, Term
from goalcheck.sheet import (
    AMOUNT_COLUMNS,
    Indicator,
    Project,
    Row,
    Section,
    Sheet,
    Subtotal,
    Text,
    Total,
    Unit,
    amount_field,
)


def grand_total_mismatch(row: Row, context: Context) -> Iterator[Found]:
    """GC401. Every 合计 is judged. A table without any unit adds up from its projects."""
    if isinstance(row, Total):
        for off in column_sums(row, context):
            if off.verdict == "wrong":
                yield _mismatch(off, context)


def subtotal_mismatch(row: Row, context: Context) -> Iterator[Found]:
    """GC402. Of a unit's row, and of a 小计 behind the rows that it adds up."""
    if isinstance(row, Unit | Subtotal):
        for off in column_sums(row, context):
            if off.verdict == "wrong":
                yield _mismatch(off, context)


def row_sum_mismatch(row: Row, context: Context) -> Iterator[Found]:
    """GC403. Where a source may lack a column of its own, those that have one must not exceed the total; else GC409."""
    off = source_sum(row, context)
    if off is not None and off.verdict == "wrong":
        yield _mismatch(off, context)


def unsourced_amount(row: Row, context: Context) -> Iterator[Found]:
    """GC409. Not: a total whose rows have such money themselves; they speak."""
    off = source_sum(row, context)
    if off is not None and is_told_unsourced(off, context):
        figures = _figures(off, context)
        figures["amount"] = money(off.difference, context)
        yield Found(off.printed.start, off.printed.end, amount_field(off.column), figures)


def missing_total(sheet: Sheet, context: Context) -> Iterator[Found]:
    """GC404. No total is missed of a single project or without any amounts; where pages are missing it may be there."""
    if context.pages is not None:
        return
    above = 0  # where the table before ends
    for section in sheet.sections:
        if section.layout != "packed":
            continue  # other forms have such rows or none, as their systems print them
        has_total = section.total is not None or bool(sheet.totals) or _is_nested_by_code(section)
        if not has_total and _adds_up(section, sheet):
            yield _without_total(section, context, above)
        if section.loose and section.units:
            name, unit = section.loose[0].name, section.units[0].name
            figures = {"number": str(len(section.loose)), "unit": unit.clean}
            what, missing = Term("no-unit", figures), Term("unit-row")
            related = (Related(unit.start, unit.end, Term("first-unit")),)
            yield Found(name.start, name.end, "row", {"what": what, "row": missing}, related=related)
        above = section.end


def _is_nested_by_code(section: Section) -> bool:
    """Whether the goals hold the indicators: such forms put rows below each other by code, with a 合计 or without."""
    return any(entry.packed is None for project in section.projects for entry in project.indicators)


def odd_amount(row: Row, context: Context) -> Iterator[Found]:
    """GC405. A total that its rows make up is as odd as they are: they speak. Where it is not, its sum does."""
    oddity = _oddity(row)
    if oddity is None or source_sum(row, context) is not None or is_one_of_many(row, context):
        return
    rows = below(row, context)
    if any(map(_oddity, rows)) or any(column_sums(row, context)):
        return
    column, kind = oddity
    if kind == "blank" and any(c.holds == "money" for c in context.header(row).columns):
        return  # it may stand there: GC111
    figures: dict[str, Figure] = {"name": row_name(row)}
    if kind == "blank" and isinstance(row, Project) and not context.projects_priced:
        if row is not next(context.sheet.projects):
            return  # said once, where the first of them stands
        number = sum(1 for _ in context.sheet.projects)
        if number > 1:
            kind, figures = "all-blank", {"number": str(number)}
    amount = row.amounts[column]
    figures["printed"] = money(amount.value or Decimal(0), context)
    yield Found(
        amount.start, amount.end, amount_field(column), {"what": Term(kind, figures), "advice": Term(f"advice-{kind}")}
    )


def rounding_difference(row: Row, context: Context) -> Iterator[Found]:
    """GC406. Of the sums that GC401 to GC403 judge, those that rounding alone may have put out."""
    own = source_sum(row, context)
    for off in (*([own] if own is not None else []), *column_sums(row, context)):
        if off.verdict == "rounded":
            yield Found(off.printed.start, off.printed.end, amount_field(off.column), _figures(off, context))


@needs("money", ("kind cost", "ends paid-sums"))
def target_above_amount(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC407. Not: a value of the whole cycle; a total that is nothing, or that its own sources contradict."""
    value, project, context = indicator.annual_value, facts.project, facts.context
    told = sum_of(value) if value is not None else None
    if value is None or told is None or project is None:
        return
    total = total_of(project, context)
    if total is None or not total.sum.yuan or not exceeds(told, total):
        return
    if is_paid_by(project, told, facts, total) and source_sum(project, context) is None:
        printed = f"{money(total.amount.value or Decimal(0), context)}{total.unit}"
        figures = {"name": facts.name.text, "text": value.printed, "total": printed}
        related = (Related(total.amount.start, total.amount.end, Term("total")),)
        yield Found(value.start, value.end, "annual_value", figures, related=related)


def parts_exceed_whole(project: Project, context: Context) -> Iterator[Found]:
    """GC408. Of a project that is marked 其中, and of indicators. Parts that overlap are not added up."""
    whole = whole_above(project, context) if is_part(project.name.clean) else None
    if whole is not None:
        yield from _larger_row(project, whole, context)
    for part in parts_too_large(project, context):
        value, of = part.value, part.whole_value
        figures = _part(part.indicator, value.printed, part.whole, of.printed)
        related = (Related(of.start, of.end, Term("whole")),)
        number, within = part.indicator.number, part.indicator.span
        yield Found(value.start, value.end, part.field, figures, related=related, indicator=number, within=within)


def _larger_row(project: Project, whole: Project, context: Context) -> Iterator[Found]:
    """The first amount of ``project`` that is more than that of ``whole``, which it is a part of."""
    for column, amount in project.amounts.items():
        of = whole.amounts.get(column)
        if of is None or of.blank or of.value is None or amount.value is None or amount.value <= of.value:
            continue
        figures = _part(project, money(amount.value, context), whole, money(of.value, context))
        related = (Related(of.start, of.end, Term("whole")),)
        yield Found(amount.start, amount.end, amount_field(column), figures, related=related)
        return


def _part(part: Project | Indicator, text: str, whole: Project | Indicator, printed: str) -> dict[str, Figure]:
    return {"part": part.name.clean, "text": text, "whole": whole.name.clean, "printed": printed}


def _adds_up(section: Section, sheet: Sheet) -> bool:
    """Whether ``section`` has something to be added up."""
    rows = [row for row in section.rows if not isinstance(row, Subtotal)]
    several = len(rows) > 1 or len(sheet.sections) > 1
    return several and any(not amount.blank for row in rows for amount in row.amounts.values())


def _without_total(section: Section, context: Context, above: int) -> Found:
    """The finding of a table without 合计, at its header; at its first row if the last header is another table's."""
    sheet = context.sheet
    rows = tops(section)
    name: Text = rows[0].name
    what = Term("no-total-below", {"name": name.clean})
    header = sheet.headers[bisect_right(sheet.headers, section.start, key=lambda header: header.start) - 1]
    own = header.column("name")
    if own is not None and header.start >= above:
        name, what = own, Term("no-total")
    missing = Term("total-row")
    column = next(iter(rows[0].amounts), "")
    left = difference(NOTHING, [row.amounts.get(column, ABSENT) for row in rows])
    if left is not None:
        missing = Term("total-row-sum", {"column": column_name(column, header), "sum": money(-left, context)})
    return Found(name.start, name.end, "sheet", {"what": what, "row": missing})


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
    short = isinstance(row, Project) and any(column in row.missing for column in AMOUNT_COLUMNS)
    return None if short or not all(amount.blank for amount in amounts.values()) else (column, "blank")


def _mismatch(off: Sum, context: Context) -> Found:
    """The finding of a wrong sum, with what may be the matter."""
    found = diagnosis(off, context)
    related: tuple[Related, ...] = ()
    if found is not None and found.amount is not None:
        suspect = found.amount
        related = (Related(suspect.start, suspect.end, Term("look-here")),)
    figures = _figures(off, context)
    figures["diagnosis"] = found.term if found is not None else Term("no-diagnosis")
    culprit = next((name for name, amount in off.terms if found and amount is found.amount), "")
    advice = found.advice if found is not None else "advice"
    figures["advice"] = Term(advice, {"name": culprit, "sum": money(off.value, context), "column": figures["column"]})
    return Found(off.printed.start, off.printed.end, amount_field(off.column), figures, related=related)


def _figures(off: Sum, context: Context) -> dict[str, Figure]:
    """What every sum that does not come out has to say."""
    printed = off.printed
    amount = {"amount": money(abs(off.difference), context)}
    return {
        "row": row_name(off.row),
        "column": column_name(off.column, context.header(off.row)),
        "printed": Term("blank") if printed.blank else money(printed.value or Decimal(0), context),
        "sum": money(off.value, context),
        "difference": Term("more" if off.difference > 0 else "less", amount),
        "terms": off.of,
    }
