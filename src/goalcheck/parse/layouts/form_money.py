"""The money of a form: its labels as a header, and the amounts beside or below them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import AMOUNT, ColumnNames, Meaning
from goalcheck.files.regexes import regex
from goalcheck.parse.columns import read_header
from goalcheck.parse.layouts.labels import OWN_YEAR
from goalcheck.parse.values import read_amount
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Header

_OF_THE_YEAR = regex(r"年度|当年|本年|全年")
_OF_WHOLE_PROJECT = regex(r"总\s{0,4}投\s{0,4}资|投资总额|总概算")
_SPENT = regex(r"(?:全年|本年|实际|预算){0,2}(?:执行数|决算数|支出数)")
_MONEY_UNIT = regex(r"(?<!\s)\s{0,9}+(?:(?:[亿万千百]\s{0,9}+)?元|[亿万])$")


@attrs.frozen(eq=False, repr=False)
class Pair:
    """A label of a form with its value."""

    label: tuple[int, int]
    meaning: Meaning
    value: tuple[int, int]
    column: int
    """In which the value stands."""


def is_of_year(text: str, label: tuple[int, int]) -> bool:
    """Whether a label says that its value is that of the year; blanks and quotation marks within it say nothing."""
    return _OF_THE_YEAR.search(clean(text[slice(*label)]).replace('"', "")) is not None


def is_money_unit(text: str, value: tuple[int, int]) -> bool:
    """Whether what stands beside 单位 is that of the amounts."""
    return _MONEY_UNIT.fullmatch(text, *value) is not None


def money_of(
    text: str, start: int, end: int, pairs: Sequence[Pair], names: ColumnNames
) -> tuple[Header, dict[str, Amount]]:
    """The labels of money as a header, and the amounts by its keys.

    Of several totals, that of the year is meant, with the sources below it; not those below another or below
    what the whole project costs, nor what was spent.
    """
    totals = [pair for pair in pairs if pair.meaning.role == AMOUNT_COLUMNS[0]]
    heads = {pair for pair in totals if any(_stands_over(pair, other) for other in totals)}
    pairs, totals = ([pair for pair in some if pair not in heads] for some in (pairs, totals))
    annual = {pair for pair in totals if is_of_year(text, pair.label)} or set(totals)
    spent = {
        pair.column for pair in pairs if pair.meaning.role == AMOUNT and _SPENT.match(clean(text[slice(*pair.label)]))
    }
    of_project = {pair.column for pair in pairs if _OF_WHOLE_PROJECT.search(text, *pair.label)}
    of_others = ({pair.column for pair in totals} | spent | of_project) - {pair.column for pair in annual}
    kept = [
        pair
        for pair in pairs
        if (pair in annual or pair.meaning.role != AMOUNT_COLUMNS[0]) and pair.column not in of_others
    ]
    made = read_header(start, end, text, [_known_part(text, pair.label, names) for pair in kept], names)
    amounts = {c.key: _amount(text, *kept[c.index].value) for c in made.columns if c.key is not None}
    keys = [*filter(amounts.__contains__, AMOUNT_COLUMNS), *(key for key in amounts if key not in AMOUNT_COLUMNS)]
    groups = {pair.meaning.group for pair in kept}
    usual = [names.complete[key] for key in (AMOUNT_COLUMNS[1], AMOUNT_COLUMNS[3])]
    complete = all(any(groups.issuperset(way) for way in ways) for ways in usual)
    return attrs.evolve(made, complete=complete), {key: amounts[key] for key in keys}


def adding_in_column(header: Header, pairs: Sequence[Pair]) -> Header:
    """``header`` of a form with a column for the budget and one for what was spent, made of ``pairs``.

    What stands in another column than the total may be a part of either, and is not added.
    """
    ordered = sorted(pairs, key=lambda pair: pair.label)
    starts = [pair.label[0] for pair in ordered]
    at = {c.index: ordered[max(bisect_right(starts, c.start), 1) - 1].column for c in header.columns}
    total = header.column(AMOUNT_COLUMNS[0])
    if total is None:
        return header
    made = (
        c if at[c.index] == at[total.index] else attrs.evolve(c, adds=False, doubtful=False) for c in header.columns
    )
    return attrs.evolve(header, columns=tuple(made))


def _stands_over(one: Pair, other: Pair) -> bool:
    """Whether one total has no amount and only says of what the column is in which that of the ``other`` stands."""
    is_below = one.column == other.column and one.label[1] < other.label[0]
    return is_below and one.value[0] == one.value[1] and other.value[0] < other.value[1]


def _known_part(text: str, label: tuple[int, int], names: ColumnNames) -> tuple[int, int]:
    """A label without the year before it, where only the rest is known."""
    start, end = label
    year = OWN_YEAR.match(text, start, end) if names.meaning(text[start:end]) is None else None
    return (year.end(), end) if year is not None else label


def _amount(text: str, start: int, end: int) -> Amount:
    """An amount; a unit of money behind it is no part of its figure."""
    found = _MONEY_UNIT.search(text, start, end)
    unit = ""
    if found is not None and found.start() > start:
        end, unit = found.start(), "".join(found[0].split())
    said = text[start:end]
    return Amount(start, end, said, *read_amount(said), unit=unit)
