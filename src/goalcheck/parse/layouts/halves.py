"""Makes one indicator of two halves: the value of the cycle and that of the year, beside or below one another."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.node import frozen
from goalcheck.parse.layouts.panes import Pane
from goalcheck.sheet import Entry, Indicator, Text


@frozen(eq=False, repr=False)
class NameOfPlace(Text):
    """The name of an indicator that has a column of values a place. ``place`` is the name of that column."""

    place: Text

    @property
    def clean(self) -> str:
        return f"{clean(self.text)}({self.place.clean})"


def joined(made: Sequence[tuple[Pane, Entry]]) -> list[Entry]:
    """The indicators of a row: of two panes one, where class and name agree."""
    if len(made) == 2 and made[0][0].place is made[1][0].place:
        (_, left), (_, right) = made
        if isinstance(left, Indicator) and isinstance(right, Indicator) and _is_one(left, right):
            whole = both(right, left)
            return [whole] if whole is not None else [left, right]
    return [entry for _, entry in made]


def _is_one(left: Indicator, right: Indicator) -> bool:
    return left.name.clean == right.name.clean and bare_label(left.level2.text) == bare_label(right.level2.text)


def key_of(entry: Entry) -> tuple[str, ...]:
    """What tells an indicator from the others of its project."""
    if isinstance(entry, Indicator):
        return bare_label(entry.level1.text), bare_label(entry.level2.text), entry.name.clean
    return ()


def both(one: Indicator, other: Indicator) -> Indicator | None:
    """Two indicators as one with the values of both; None where both have a value of one kind."""
    if {field for field, _ in one.values} & {field for field, _ in other.values}:
        return None
    written = (one.columns, other.columns) if one.columns and other.columns else ()
    told = frozenset(field for each in written for field in each.values)
    ended = frozenset(field for each in written for field in each.ended)
    return attrs.evolve(
        one,
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        cycle_value=one.cycle_value or other.cycle_value,
        annual_value=one.annual_value or other.annual_value,
        columns=attrs.evolve(one.columns, values=told, ended=ended) if one.columns else None,
    )
