"""Sums of money in 元, whatever they are printed in: the total of a project, and what a value says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal

import attrs

from goalcheck.blanks import clean
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Project, Text, Value

SCALES: Mapping[str, int] = {
    "元": 1,
    "百元": 100,
    "千元": 1000,
    "万元": 10**4,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
}
"""How many 元 a unit of money is."""

_MANY_TIMES = 3  # beyond which an output is of other money than the project's
_CONFUSED = 10**4  # 元 for 万元


@attrs.frozen(repr=False)
class Sum:
    """A sum in 元, and how far rounding may have moved it."""

    yuan: Decimal
    tolerance: Decimal


@attrs.frozen(eq=False, repr=False)
class ProjectTotal:
    """The total of a project, the unit that it is printed in, and what that makes."""

    amount: Amount
    unit: str
    sum: Sum


def total_of(project: Project, context: Context) -> ProjectTotal | None:
    """The total of ``project``; None where it is blank or no number, or where nobody can tell in what it is printed."""
    amount = project.amounts.get(AMOUNT_COLUMNS[0])
    if amount is None or amount.blank or amount.value is None:
        return None
    unit = amount.unit or _unit_at(project, amount, context)
    if unit not in SCALES:
        return None
    return ProjectTotal(amount, unit, _sum(amount.value, context.sheet.decimals, unit))


def _sum(number: Decimal, decimals: int, unit: str) -> Sum:
    scale = SCALES[unit]
    return Sum(number * scale, Decimal(5).scaleb(-decimals - 1) * scale)


def _unit_at(project: Project, amount: Amount, context: Context) -> str:
    """The unit that the sheet gives for an amount: in the name of its column, else last before it, else anywhere."""
    places = context.sheet.money_units
    column = context.header(project).column(AMOUNT_COLUMNS[0])
    own = next((place for place in places if column is not None and column.start <= place.start < column.end), None)
    if own is not None:
        return _unit(own)
    before = bisect_right(places, amount.start, key=lambda place: place.start)
    if before:
        return _unit(places[before - 1])
    return _unit(places[0]) if len({_unit(place) for place in places}) == 1 else ""


def _unit(place: Text) -> str:
    return "".join(place.text.split())


def sum_of(value: Value) -> Sum | None:
    """The sum of money that ``value`` tells of, of a range the least; None of anything else: 500元/人 is a rate."""
    form = value.form
    if form.unit not in SCALES or form.kind not in ("quantity", "range"):
        return None
    least = min(form.numbers)
    exponent = least.as_tuple().exponent
    return _sum(least, -exponent if isinstance(exponent, int) else 0, form.unit)


def exceeds(told: Sum, total: ProjectTotal) -> bool:
    """Whether a sum is more than the total, by more than rounding explains."""
    return told.yuan > total.sum.yuan + total.sum.tolerance + told.tolerance


def is_paid_by(project: Project, told: Sum, facts: IndicatorFacts, total: ProjectTotal) -> bool:
    """Whether the indicator tells of what the project itself costs or pays this year.

    Not of what it costs for each, what others pay, what it saves or brings, or the whole of several years. A sum that
    an output tells of may be other money that the project only deals with: where it is many times the total, only 元
    in place of 万元 explains it.
    """
    if facts.kind != "cost" and not (facts.top == "output" and facts.ends("paid-sums")):
        return False
    lists = ("average-words", "earning-words", "lowering-words", "others-money-words")
    if any(facts.contains(words) for words in lists) or _stands_above(project, told, facts.context):
        return False
    factor = told.yuan / total.sum.yuan
    return facts.kind == "cost" or factor <= _MANY_TIMES or factor == _CONFUSED


def _stands_above(project: Project, told: Sum, context: Context) -> bool:
    """Whether the form of the project prints that sum as another amount, such as that of the whole cycle."""
    if context.layout(project) != "blocks" or not project.entries:
        return False
    sheet, end = context.sheet, project.entries[0].start
    lines = (line for line in (*sheet.head, *sheet.notes) if project.start <= line.start < end)
    said = {clean(cell) for line in lines for cell in line.text.split("\t")}
    scales = ((unit, told.yuan / scale) for unit, scale in SCALES.items())
    return any({f"{number:f}", f"{number:f}{unit}", f"{number:.2f}"} & said for unit, number in scales)
