"""What usual rows of a table by rows say before their names and behind them.

Rows differ in their names; the classes before those and the values behind them come again and again. So these are
looked at once, by what their cells say, and places in them are counted from the first of these cells. Tables of one
shape share what was found: a folder holds the same form again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import count

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.parse.cells import Cells, bare_cells
from goalcheck.parse.headers import is_no_name
from goalcheck.parse.layouts.carried_classes import class_said
from goalcheck.parse.layouts.column_uses import ColumnUses, Test
from goalcheck.parse.layouts.panes import Columns
from goalcheck.parse.layouts.split_values import value_of, value_of_one
from goalcheck.parse.values import BLANK
from goalcheck.remembered import Remembered
from goalcheck.sheet import ClassRef, Text, Value
from goalcheck.value_form import Form

_MOST_KEPT = 2048
_SHAPES_KEPT = 4
_LONGEST_KEPT = 128  # characters and cells
_PLACES = ("level1", "level2", "sign", "measure", "weight", "direction", "nature")
_Key = tuple[Test, str, str | None, str | None]
_Known = tuple[Form, str, bool]
_NOT_USUAL: _Known = (Form(""), "", False)


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


@attrs.frozen(repr=False)
class Shape:
    """All of a table that tells what its usual rows say.

    :attr:`places` are the columns of the fields of its one pane, :attr:`values` those of its values, :attr:`tests` what
    tells in each of these that a cell is usual, and :attr:`names` what else a cell might mean. Where one of two values
    is blank, the row below may be what broke off, but for tables that :attr:`may_lack_values`.
    """

    begins: int
    name: int
    places: tuple[int | None, ...]
    values: tuple[tuple[str, int], ...]
    tests: tuple[Test, ...]
    may_lack_values: bool
    names: ColumnNames


def shape_of(of: Columns, uses: ColumnUses, names: ColumnNames) -> Shape:
    """The shape of a table of one pane with the columns ``of``, whose ``uses`` are told."""
    pane = of.panes[0]
    places = tuple(getattr(pane, field) for field in _PLACES)
    values = tuple(pane.values.items())
    columns = (*places, *(at for _, at in values))
    tests = tuple(uses.test_of(at) for at in columns if at is not None)
    return Shape(pane.begins, pane.name, places, values, tests, of.has_projects, names)


class UsualCells:
    """Looks at those of tables of one shape; :func:`usual_cells` gives the one that there is for each."""

    def __init__(self, shape: Shape) -> None:
        self._names = shape.names
        self._begins, self._name = shape.begins, shape.name
        self._level1, level2, self._sign, self._measure, *further = shape.places
        columns = (*shape.places, *(at for _, at in shape.values))
        self._tests = dict(zip((at for at in columns if at is not None), shape.tests, strict=True))
        self._levels = frozenset(at for at in (self._level1, level2) if at is not None)
        self._further = further if any(at is not None for at in further) else ()
        self.is_split = self._sign is not None or self._measure is not None
        """Whether sign and unit of a value stand in cells of their own."""
        values = [at for _, at in shape.values]
        self._values = frozenset(values)
        self._fields = [(field, at - shape.name - 1, self._tests[at]) for field, at in shape.values]
        self._last_value = max(values) - shape.name - 1
        self._beside = frozenset(at for at in (self._sign, self._measure, *further) if at is not None)
        self.are_in_order = max(self._levels, default=-1) < shape.name < min((*values, *self._beside))
        """Whether the levels stand before the names, and all else behind them."""
        self._labels = levels_of_labels()
        self._blank = (BLANK, "", False) if shape.may_lack_values and not self.is_split else _NOT_USUAL
        self._figures: Remembered[_Key, _Known] = Remembered(self._read, _MOST_KEPT, _are_short)
        self.before: Remembered[tuple[str, ...], Before | None] = Remembered(
            lambda said: self.look_before(said, bare_cells(said, 0)), _MOST_KEPT, _are_short
        )
        """What cells without blanks around them say before the name; None where that is not usual."""
        self.behind: Remembered[tuple[str, ...], Behind | None] = Remembered(
            lambda said: self.look_behind(said, bare_cells(said, 0)), _MOST_KEPT, _are_short
        )
        """The same behind it."""

    def look_before(self, said: Sequence[str], cells: Cells, others: frozenset[int] = frozenset()) -> Before | None:
        """What ``cells`` from the levels on say up to the name; None where that is not usual.

        Nothing is asked of those in the columns ``others``.
        """
        upper = lower = None
        for (start, _), column, text in zip(cells, count(self._begins), said, strict=False):
            if not text:
                continue
            if column in self._levels and self._is_plain(column, text):
                if column == self._level1:
                    upper = class_said(start, text)
                else:
                    lower = class_said(start, text)
            elif column not in others:
                return None
        return Before(upper, lower, cells[-1][1] + 1 if cells else 0)

    def look_behind(self, said: Sequence[str], cells: Cells, others: frozenset[int] = frozenset()) -> Behind | None:
        """The same of the cells behind the name."""
        if len(said) <= self._last_value or self._says_else(said, others):
            return None
        sign = measure = None
        parts: tuple[str | None, str | None] = None, None
        stop = 0
        if self.is_split:
            sign, measure = self._cell(said, cells, self._sign), self._cell(said, cells, self._measure)
            parts = sign.text if sign is not None else None, measure.text if measure is not None else None
            stop = max((part.end for part in (sign, measure) if part is not None and part.text), default=0)
        cycle = annual = None
        is_sure = False
        for field, at, test in self._fields:
            text = said[at]
            known = self._figures[test, text, *parts] if text else self._blank
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
        further = tuple(self._cell(said, cells, column) for column in self._further)
        is_filled = any(value is not None and value.text for value in (cycle, annual))
        return Behind(cycle, annual, further, stop, is_sure) if is_filled else None

    def _says_else(self, said: Sequence[str], others: frozenset[int]) -> bool:
        """Whether cells behind the name say anything but values and what is usual beside them."""
        if len(said) - said.count("") == sum(said[at] != "" for _, at, _ in self._fields):
            return False
        found = ((column, text) for column, text in enumerate(said, self._name + 1) if text)
        return any(
            column not in self._values
            and column not in others
            and not (column in self._beside and self._is_plain(column, text))
            for column, text in found
        )

    def _cell(self, said: Sequence[str], cells: Cells, column: int | None) -> Text | None:
        """The cell in a column behind the name; None where the row has no such cell."""
        if column is None or (at := column - self._name - 1) >= len(cells):
            return None
        return Text(*cells[at], said[at])

    def _is_plain(self, column: int, said: str) -> bool:
        """Whether a cell beside name and value is what its column is for, and would mean nothing in a header."""
        if said.strip() != said or (column in self._levels and bare_label(said) not in self._labels):
            return False
        return self._tests[column](said) and self._names.meaning(said) is None

    def _read(self, key: _Key) -> _Known:
        """The form and the whole text of a value, and whether it has what never stands in a header with it.

        :data:`_NOT_USUAL` where its cells may have moved, or might mean something in a header. ``key`` is what tells
        that it is usual, and what stands in its cell and in those of its sign and its unit.
        """
        test, said, *beside = key
        is_usual = said != '"' and said.strip() == said and test(said)
        if not is_usual or self._names.meaning(said) is not None:
            return _NOT_USUAL
        figure, is_figure = Text(0, len(said), said), is_no_name(said, self._names)
        sign, measure = (Text(0, len(part), part) if part is not None else None for part in beside)
        if sign is None and measure is None:  # as well in rows that end before these columns
            value = value_of_one(figure)
        else:
            value = value_of(sign, figure, measure)
            is_figure = is_figure or any(is_no_name(part, self._names) for part in filter(None, beside))
        return value.form, value.whole, is_figure


usual_cells = lru_cache(maxsize=_SHAPES_KEPT)(UsualCells)
"""What looks at the usual cells of tables of a shape; the last few shapes are remembered, with what was found."""


def _are_short(said: tuple[object, ...]) -> bool:
    """Whether to keep what cells say: long texts do not come again, and rows of very many cells take much memory."""
    return len(said) + sum(len(part) for part in said if isinstance(part, str)) <= _LONGEST_KEPT
