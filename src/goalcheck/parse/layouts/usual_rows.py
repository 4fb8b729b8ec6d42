"""Usual rows of a table by rows: one indicator with its classes, name and value, where and as most rows have them.

Of every line it is asked whether it is a header, begins another table, gives but points, holds several indicators, or
has cells that have moved. Of a usual row the answers are known beforehand, and none of this is asked. What is usual is
chosen so that both ways lead to the same indicator.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import starmap
from operator import lt

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.parse.headers import DIGITS, is_no_name
from goalcheck.parse.layouts.carried_classes import CarriedClasses
from goalcheck.parse.layouts.labels import BlockLine
from goalcheck.parse.layouts.panes import Columns
from goalcheck.parse.layouts.row_indicators import is_none
from goalcheck.parse.layouts.split_values import value_of, value_of_one
from goalcheck.parse.layouts.strange_cells import StrangeCells
from goalcheck.sheet import Indicator, SplitColumns, Text, Value
from goalcheck.value_form import Form

_Key = tuple[int, str, str | None, str | None]
_Known = tuple[Form, str, bool]
_NOT_USUAL: _Known = (Form(""), "", False)


@attrs.frozen(eq=False, repr=False)
class _Shape:
    """What is told of all rows that have the same cells filled."""

    is_usual: bool
    """Whether they have all of an indicator, and nothing strange."""
    is_alone: bool
    """Whether they have nothing else as well."""
    is_ahead: bool
    """Whether what else they have, of their project, stands ahead of the indicator."""
    beside: tuple[int, ...]
    """The cells of the indicator beside name and value."""
    last: int
    """The last of those in which it is told."""


class UsualRows:
    """Reads those of one table with the columns ``of``, whose rows carry ``classes`` down.

    A class or a value that was looked at before is not looked at again.
    """

    def __init__(
        self, text: str, of: Columns, names: ColumnNames, classes: CarriedClasses, strange: StrangeCells
    ) -> None:
        pane = self._pane = of.panes[0]
        self._text = text
        self._names = names
        self._carried = classes
        self._strange = strange
        self._labels = levels_of_labels()
        self._may_break = '"' in text
        self._first = of.first
        self._has_projects = of.has_projects
        self._begins = pane.begins
        self._beside = frozenset(
            at for at in (of.name, of.unit, of.goal, *(at for _, at in of.amounts)) if at is not None
        )
        self._levels = frozenset(at for _, at in pane.levels if at is not None)
        self._has_upper, self._has_lower = pane.level1 is not None, pane.level2 is not None
        alike = {at: min(i for i in pane.values.values() if strange.is_alike(i, at)) for at in pane.values.values()}
        self._fields = tuple((field, at, alike[at]) for field, at in pane.values.items())
        parts = [at for at in (pane.sign, pane.measure) if at is not None]
        self._is_split = bool(parts)
        self._needed = frozenset((pane.name, *pane.values.values()))
        self._told = self._needed.union(parts)
        self._further = frozenset(at for at in (pane.weight, pane.direction, pane.nature) if at is not None)
        self._is_simple = (
            len(of.panes) == 1
            and pane.place is None
            and not of.shifted
            and min(self._told | self._further) == pane.name
        )
        self._shapes: dict[tuple[bool, ...], _Shape] = {}
        self._plain: dict[tuple[int, str], bool] = {}
        self._values: dict[_Key, _Known] = {}
        self._columns: dict[tuple[bool, bool, str | None], SplitColumns] = {}
        self._project: BlockLine | None = None
        self._is_told_apart = False  # what the row says of the project, from what stands in a header

    def keep_project(self, line: BlockLine | None) -> None:
        """Keep the row ``line``, which tells of a project: exports repeat in every row what it says of that.

        None where the rows below must not be taken for such.
        """
        self._project = line if line is not None and self._begins < len(line.cells) else None
        self._is_told_apart = False

    def read_row(self, line: BlockLine, half: str | None) -> Indicator | None:
        """The indicator of a usual row; None of any other row.

        ``half`` is the field of the value where a title tells it.
        """
        shape = self._shape(line)
        return self._read(line, shape, half, is_row=True) if shape.is_usual else None

    def read_line(self, line: BlockLine, half: str | None, begin: Callable[[BlockLine], None]) -> Indicator | None:
        """The same of a line below a row, of which it is not known yet that it is one: None if it may be anything else.

        ``begin`` is called with a row that tells of another project, before its classes are read.
        """
        shape = self._shape(line)
        if shape.is_alone or (shape.is_ahead and self._is_repeated(line)):
            return self._read(line, shape, half, is_row=False)
        if not shape.is_ahead or self._means_anything(line):
            return None
        return self._read(line, shape, half, is_row=False, begin=begin)

    def _read(
        self,
        line: BlockLine,
        shape: _Shape,
        half: str | None,
        *,
        is_row: bool,
        begin: Callable[[BlockLine], None] | None = None,
    ) -> Indicator | None:
        text, cells, pane = self._text, line.cells, self._pane
        if self._may_break and _is_broken(text[line.start : line.end]):
            return None
        start, end = cells[pane.name]
        name = text[start:end]
        if not self._strange.is_usual(pane.name, name) or is_none(name):
            return None
        for at in shape.beside:
            a, b = cells[at]
            said = text[a:b]
            plain = self._plain.get((at, said))
            if not (self._is_plain(at, said) if plain is None else plain):
                return None
        values: dict[str, Value] = {}
        is_figure = self._read_values(line, half, values)
        if is_figure is None:
            return None
        if not (is_row or is_figure) and self._names.meaning(name) is not None:
            return None  # else nothing in the line means anything in a header
        if begin is not None:
            begin(line)
        level1, level2 = self._carried.of(line, 0, pane)
        return Indicator(
            start,
            cells[shape.last][1],
            None,
            level1,
            level2,
            Text(start, end, name),
            values.get("cycle_value"),
            values.get("annual_value"),
            None,
            self._written(line, half),
        )

    def _read_values(self, line: BlockLine, half: str | None, values: dict[str, Value]) -> bool | None:
        """Put the ``values`` of a row by their fields; say whether one has what never stands in a header with it.

        None where the cells of one may have moved, or might mean something in a header.
        """
        text, cells = self._text, line.cells
        is_figure = False
        sign = measure = None
        if self._is_split:
            sign, measure = self._cell(line, self._pane.sign), self._cell(line, self._pane.measure)
        parts = (sign.text if sign is not None else None, measure.text if measure is not None else None)
        for field, at, alike in self._fields:
            a, b = cells[at]
            said = text[a:b]
            key = (alike, said, *parts)
            known = self._values.get(key) or self._value(key)
            if known is _NOT_USUAL:
                return None
            form, whole, tells = known
            is_figure |= tells
            values[field if half is None else half] = Value(a, b, said, form, sign, measure, whole)
        return is_figure

    def _is_repeated(self, line: BlockLine) -> bool:
        """Whether ``line`` says of its project what the row above says, and nothing that has a meaning in a header."""
        text, row = self._text, self._project
        if row is None:
            return False
        said = text[row.start : row.cells[self._begins][0]]
        if line.start + len(said) != line.cells[self._begins][0] or not text.startswith(said, line.start):
            return False
        if not self._is_told_apart:
            self._is_told_apart = not self._means_anything(row)
            self._project = row if self._is_told_apart else None
        return self._is_told_apart

    def _means_anything(self, line: BlockLine) -> bool:
        """Whether what ``line`` says of its project may mean anything in a header: no figure does."""
        said = (self._text[start:end] for start, end in line.cells[: self._begins] if start < end)
        return any(cell[-1] not in DIGITS and self._names.meaning(cell) is not None for cell in said)

    def _shape(self, line: BlockLine) -> _Shape:
        """What is told of rows that have the same cells filled."""
        told = tuple(starmap(lt, line.cells))
        return self._shapes.get(told) or self._new_shape(told)

    def _new_shape(self, told: tuple[bool, ...]) -> _Shape:
        filled = [at for at, is_filled in enumerate(told) if is_filled]
        allowed = self._told | self._levels | self._further | self._beside
        is_usual = self._is_simple and self._needed.issubset(filled) and allowed.issuperset(filled)
        is_usual = is_usual and all(map(self._strange.ignores, self._beside.intersection(filled)))
        is_alone = is_usual and filled[0] >= self._first and self._beside.isdisjoint(filled)
        is_ahead = is_usual and self._has_projects and max(self._beside.intersection(filled), default=0) < self._begins
        beside = tuple(at for at in filled if at not in self._needed and at not in self._beside)
        last = max((at for at in filled if at in self._told), default=0)
        made = self._shapes[told] = _Shape(is_usual, is_alone, is_ahead, beside, last)
        return made

    def _is_plain(self, at: int, said: str) -> bool:
        """Whether a cell beside name and value is what its column is for, and would mean nothing in a header."""
        found = at not in self._levels or bare_label(said) in self._labels
        found = found and self._strange.is_usual(at, said) and self._names.meaning(said) is None
        self._plain[at, said] = found
        return found

    def _value(self, key: _Key) -> _Known:
        """The form and the whole text of a value, and whether it has what never stands in a header with it.

        :data:`_NOT_USUAL` where its cells may have moved, or might mean something in a header. ``key`` is its column,
        or the first one of the like, and what stands in its cell and in those of its sign and its unit.
        """
        at, said, *beside = key
        sign, measure = (Text(0, len(part), part) if part is not None else None for part in beside)
        figure = Text(0, len(said), said)
        value = value_of(sign, figure, measure) if self._is_split else value_of_one(figure)
        is_figure = any(is_no_name(part, self._names) for part in (said, *filter(None, beside)))
        is_usual = said != '"' and self._strange.is_usual(at, said) and self._names.meaning(said) is None
        found = self._values[key] = (value.form, value.whole, is_figure) if is_usual else _NOT_USUAL
        return found

    def _cell(self, line: BlockLine, at: int | None) -> Text | None:
        """A cell; None where the row has no such cell."""
        if at is None or at >= len(line.cells):
            return None
        start, end = line.cells[at]
        return Text(start, end, self._text[start:end])

    def _written(self, line: BlockLine, half: str | None) -> SplitColumns:
        """How the indicator was written; one object for all that have no cells of their own for that."""
        pane = self._pane
        upper = self._has_upper or self._carried.has(0, 1)
        lower = self._has_lower or self._carried.has(0, 2)
        made = self._columns.get((upper, lower, half))
        if made is None:
            fields = frozenset(pane.values if half is None else (half,))
            made = self._columns[upper, lower, half] = SplitColumns(None, fields, upper, lower)
        if self._further:
            weight = self._cell(line, pane.weight)
            if weight is None and pane.weight is not None:
                weight = Text(line.end, line.end, "")
            direction, nature = self._cell(line, pane.direction), self._cell(line, pane.nature)
            return SplitColumns(weight, made.values, upper, lower, direction, nature)
        return made


def _is_broken(line: str) -> bool:
    return "\n" in line or "\r" in line
