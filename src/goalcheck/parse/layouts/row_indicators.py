"""The indicators of one row of a table by rows: a name with its classes, its values and its weight, one a pane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.carried_classes import CarriedClasses
from goalcheck.parse.layouts.halves import NameOfPlace
from goalcheck.parse.layouts.panes import Pane
from goalcheck.parse.layouts.points import points_behind
from goalcheck.parse.layouts.row_cells import RowCells
from goalcheck.parse.layouts.split_values import value_of, value_of_one
from goalcheck.sheet import Entry, Indicator, SplitColumns, Text, Unparsed, Value
from goalcheck.vocabulary import vocabulary

_POINTS = regex(r"(?<!\s)\s*+[(\uff08][^()\uff08\uff09]*[)\uff09]$")
_LONGEST_NONE = 4
_NONE: frozenset[str] = frozenset()


def is_none(name: str) -> bool:
    """Whether what stands for a name says that there is none: 无, 不适用, a dash."""
    return len(name) <= _LONGEST_NONE and vocabulary().is_nothing(name) and not name.isdigit()


class RowIndicators:
    """Makes them of the ``cells`` of one table, with the ``classes`` that its rows carry down."""

    def __init__(self, panes: Sequence[Pane], cells: RowCells, classes: CarriedClasses) -> None:
        self._panes = panes
        self._cells = cells
        self._classes = classes
        self._others = frozenset(catalogue().lexicon["other-first-levels"])
        self._values = [index for pane in panes for index in pane.values.values()]
        self._last_value = max(self._values)
        self._of_places = all(pane.place is not None for pane in panes)

    def of(self, line: BlockLine, half: str | None) -> Iterator[tuple[Pane, Entry]]:
        """The indicators of a row, each with its pane; ``half`` is the field of their value where a title tells it."""
        count = len(line.cells)
        short = count <= self._last_value
        is_blank = self._of_places and not self._cells.has_any(line, self._values)  # in every place
        for at, pane in enumerate(self._panes):
            level1, level2 = self._classes.of(line, at, pane)
            name = self._cells.cell(line, pane.name)
            name = name if name.text else self._cells.cell(line, pane.name_above)
            name = name if name.text else self._name_before(line, pane)
            fields = dict.fromkeys(pane.values, half) if half is not None else {}
            values = {fields.get(field, field): self._value(line, pane, at) for field, at in pane.values.items()}
            told = any(value.text for value in values.values())
            if not told and self._classes.is_heading(pane, name):
                self._classes.carry(at, name)
                continue
            is_row_of_points = bool(name.text) and not (told or self._cells.is_filled(line, pane.name))
            if (
                not (name.text or told)
                or is_row_of_points
                or (pane.place is not None and not told and (at or not is_blank))
                or self._says_that_none_is(line, pane)
            ):
                continue
            if not name.text:
                first = next(value for value in values.values() if value.text)
                yield pane, Unparsed(first.start, first.end, first.text, "name", first.start, None, None, None)
                continue
            cells: list[Text] = [name, *values.values()]
            if pane.sign is not None or pane.measure is not None:
                cells += [part for value in values.values() for part in value.parts]
            if pane.place is not None:
                name = NameOfPlace(name.start, name.end, name.text, pane.place)
            weight = self.weight(line, pane)
            upper, lower = (index is not None or self._classes.has(at, level) for level, index in pane.levels)
            upper |= pane.of_class is not None
            ended = frozenset(field for field, index in pane.values.items() if index >= count) if short else _NONE
            written = SplitColumns(
                weight,
                frozenset(values),
                upper,
                lower,
                self._cells.place(line, pane.direction),
                self._cells.place(line, pane.nature),
                ended,
            )
            yield (
                pane,
                Indicator(
                    min(cell.start for cell in cells),
                    max(cell.end for cell in cells),
                    None,
                    level1,
                    level2,
                    name,
                    values.get("cycle_value"),
                    values.get("annual_value"),
                    None,
                    written,
                ),
            )

    def say_that_none_is(self, line: BlockLine) -> bool:
        """Whether a row says of its classes no more than that they have no indicator."""
        return all(self._says_that_none_is(line, pane) for pane in self._panes)

    def _says_that_none_is(self, line: BlockLine, pane: Pane) -> bool:
        """Whether neither name nor value is one: 不适用, 不适用. Points make it one, for they count."""
        name = self._cells.cell(line, pane.name).clean
        if not is_none(name) or self._cells.is_filled(line, pane.weight if pane.weight is not None else -1):
            return False
        values = (self._cells.cell(line, at).clean for at in pane.values.values())
        return all(not value or is_none(value) for value in values)

    def weight(self, line: BlockLine, pane: Pane) -> Text | None:
        """The weight of a row; of one that has its name in the place of the first level, the points there."""
        cell = self._cells.cell(line, pane.weight) if pane.weight is not None else None
        if (cell is None or not cell.text) and not self._cells.is_filled(line, pane.name):
            return points_behind(self._cells.cell(line, pane.level1)) or cell
        return cell

    def _name_before(self, line: BlockLine, pane: Pane) -> Text:
        """The name of a row that has it in the place of the first level, with its points: 预算执行率(10分)."""
        cell = self._cells.cell(line, pane.level1)
        if bare_label(cell.text) not in self._others:
            return self._cells.cell(line, pane.name)
        said = _POINTS.sub("", cell.text)
        return Text(cell.start, cell.start + len(said), said)

    def _value(self, line: BlockLine, pane: Pane, index: int) -> Value:
        """The value of a row, put together from the cells of its sign, figure and unit."""
        figure = self._cells.cell(line, index)
        sign, measure = self._cells.place(line, pane.sign), self._cells.place(line, pane.measure)
        return value_of_one(figure) if sign is None and measure is None else value_of(sign, figure, measure)
