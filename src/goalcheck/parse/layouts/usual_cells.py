"""What usual rows of a table by rows say before their names and behind them.

Rows differ in their names; the classes before those and the values behind them come again and again. So these are
looked at once, by what their cells say, and places in them are counted from the first of these cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import TypeVar

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.parse.cells import Cells, bare_cells
from goalcheck.parse.headers import is_no_name
from goalcheck.parse.layouts.carried_classes import CarriedClasses
from goalcheck.parse.layouts.panes import Columns
from goalcheck.parse.layouts.split_values import value_of, value_of_one
from goalcheck.parse.layouts.strange_cells import StrangeCells
from goalcheck.sheet import ClassRef, Text, Value
from goalcheck.value_form import Form

_MOST_KEPT = 4096
_Looked = TypeVar("_Looked")
_Key = tuple[int, str, str | None, str | None]
_Known = tuple[Form, str, bool]
_NOT_USUAL: _Known = (Form(""), "", False)
_NONE: frozenset[int] = frozenset()


@attrs.frozen(eq=False, repr=False)
class Before:
    """The classes that a row says itself, and how far behind the first of these cells its name begins."""

    upper: ClassRef | None
    lower: ClassRef | None
    length: int


@attrs.frozen(eq=False, repr=False)
class Behind:
    """What a row says behind its name."""

    cycle: Value | None
    annual: Value | None
    further: tuple[Text | None, ...]
    """The cells of its weight, its direction and its nature."""
    end: int
    """Where the last cell ends in which the indicator is told."""
    is_sure: bool
    """Whether a value has what never stands in a header with it."""


class _Kept(dict[tuple[str, ...], _Looked | None]):
    """What ``look`` finds in cells that follow one another, by what they say; None where they are not usual."""

    def __init__(self, look: Callable[[Sequence[str], Cells], _Looked | None]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, said: tuple[str, ...]) -> _Looked | None:
        if len(self) == _MOST_KEPT:
            self.clear()
        found = self[said] = self._look(said, bare_cells(said, 0))
        return found


class UsualCells:
    """Looks at those of one table with the columns ``of``."""

    def __init__(self, of: Columns, names: ColumnNames, classes: CarriedClasses, strange: StrangeCells) -> None:
        pane = self._pane = of.panes[0]
        self._names = names
        self._classes = classes
        self._strange = strange
        self._labels = levels_of_labels()
        self._levels = frozenset(at for _, at in pane.levels if at is not None)
        values = pane.values.values()
        self._alike = {at: min(other for other in values if strange.is_alike(other, at)) for at in values}
        parts = [at for at in (pane.sign, pane.measure) if at is not None]
        self._is_split = bool(parts)
        self._fields = [(field, at - pane.name - 1, self._alike[at]) for field, at in pane.values.items()]
        self._last_value = max(values) - pane.name - 1
        self._further = pane.weight, pane.direction, pane.nature
        self._has_further = any(at is not None for at in self._further)
        self._beside = frozenset((*parts, *(at for at in self._further if at is not None)))
        self.are_in_order = max(self._levels, default=-1) < pane.name < min((*values, *self._beside))
        """Whether the levels stand before the names, and all else behind them."""
        self._values: dict[_Key, _Known] = {}
        self.before = _Kept(self.look_before)
        """What cells without blanks around them say before the name, or None."""
        self.behind = _Kept(self.look_behind)
        """The same behind it."""

    def look_before(self, said: Sequence[str], cells: Cells, others: frozenset[int] = _NONE) -> Before | None:
        """What ``cells`` from the levels on say up to the name; None where that is not usual.

        Nothing is asked of those in the columns ``others``.
        """
        upper = lower = None
        for (start, _), column, text in zip(cells, count(self._pane.begins), said, strict=False):
            if not text:
                continue
            if column in self._levels and self._is_plain(column, text):
                if column == self._pane.level1:
                    upper = self._classes.said(start, text)
                else:
                    lower = self._classes.said(start, text)
            elif column not in others:
                return None
        return Before(upper, lower, cells[-1][1] + 1 if cells else 0)

    def look_behind(self, said: Sequence[str], cells: Cells, others: frozenset[int] = _NONE) -> Behind | None:
        """The same of the cells behind the name."""
        if len(said) <= self._last_value or self._says_else(said, others):
            return None
        sign = measure = None
        parts: tuple[str | None, str | None] = None, None
        stop = 0
        if self._is_split:
            sign, measure = self._cell(said, cells, self._pane.sign), self._cell(said, cells, self._pane.measure)
            parts = sign.text if sign is not None else None, measure.text if measure is not None else None
            stop = max((part.end for part in (sign, measure) if part is not None and part.text), default=0)
        cycle = annual = None
        is_sure = False
        for field, at, column in self._fields:
            text = said[at]
            key = (column, text, *parts)
            known = self._values.get(key) or self._read(key)
            if known is _NOT_USUAL:
                return None
            form, whole, is_figure = known
            is_sure |= is_figure
            start, end = cells[at]
            stop = max(stop, end)
            value = Value(start, end, text, form, sign, measure, whole)
            if field == "cycle_value":
                cycle = value
            else:
                annual = value
        further = tuple(self._cell(said, cells, column) for column in self._further) if self._has_further else ()
        return Behind(cycle, annual, further, stop, is_sure)

    def _says_else(self, said: Sequence[str], others: frozenset[int]) -> bool:
        """Whether cells behind the name say anything but values and what is usual beside them."""
        if len(said) - said.count("") == len(self._fields):
            return False  # or a value is blank, which is not usual
        found = ((column, text) for column, text in enumerate(said, self._pane.name + 1) if text)
        return any(
            column not in self._alike
            and column not in others
            and not (column in self._beside and self._is_plain(column, text))
            for column, text in found
        )

    def _cell(self, said: Sequence[str], cells: Cells, column: int | None) -> Text | None:
        """The cell in a column behind the name; None where the row has no such cell."""
        if column is None or (at := column - self._pane.name - 1) >= len(cells):
            return None
        return Text(*cells[at], said[at])

    def _is_plain(self, column: int, said: str) -> bool:
        """Whether a cell beside name and value is what its column is for, and would mean nothing in a header."""
        if said.strip() != said or (column in self._levels and bare_label(said) not in self._labels):
            return False
        return self._strange.is_usual(column, said) and self._names.meaning(said) is None

    def _read(self, key: _Key) -> _Known:
        """The form and the whole text of a value, and whether it has what never stands in a header with it.

        :data:`_NOT_USUAL` where its cells may have moved, or might mean something in a header. ``key`` is its column,
        or the first one of the like, and what stands in its cell and in those of its sign and its unit.
        """
        at, said, *beside = key
        is_usual = said not in ("", '"') and said.strip() == said and self._strange.is_usual(at, said)
        if not is_usual or self._names.meaning(said) is not None:
            found = self._values[key] = _NOT_USUAL
            return found
        figure, is_figure = Text(0, len(said), said), is_no_name(said, self._names)
        if self._is_split:
            sign, measure = (Text(0, len(part), part) if part is not None else None for part in beside)
            value = value_of(sign, figure, measure)
            is_figure = is_figure or any(is_no_name(part, self._names) for part in filter(None, beside))
        else:
            value = value_of_one(figure)
        found = self._values[key] = value.form, value.whole, is_figure
        return found
