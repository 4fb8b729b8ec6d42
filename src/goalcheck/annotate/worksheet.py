"""Where things stand in a worksheet: :func:`outline` tells of all but the cells, :func:`cells` of some cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from math import isfinite

import attrs

from goalcheck.annotate.splice import Edits, Element, OddXmlError, closed, opened, scan, tag_with
from goalcheck.readers.worksheets import MOST_COLUMNS, MOST_ROWS, area, cell
from goalcheck.source import column_letters

Place = tuple[int, int]
"""Row and column of a cell, both from 1."""

AFTER_LEGACY = frozenset((
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
))  # fmt: skip
"""What stands behind the drawing of notes in a worksheet."""

_MOST_NOTED = 100_000  # rows of which a height of their own is noted
_NARROWEST = 0.1


@attrs.define(eq=False, repr=False)
class Outline:
    """A worksheet without its cells: its ``root`` has what stands in it, but for what is in rows.

    ``merges`` are the merged areas, as row and rows by their column and columns; ``heights`` those of rows that say
    one, in points; ``columns`` the first and last of some, with their width in characters, if that is said, and their
    format.
    """

    root: Element
    merges: dict[tuple[int, int], list[tuple[int, int]]] = attrs.Factory(dict)
    heights: dict[int, float] = attrs.Factory(dict)
    columns: list[tuple[int, int, float | None, int]] = attrs.Factory(list)

    def first_of(self, place: Place) -> Place:
        """The cell whose text is shown at ``place``: the first of those that are one with it."""
        row, column = place
        for (left, columns), areas in self.merges.items():
            if left <= column < left + columns:
                at = bisect_right(areas, (row, MOST_ROWS)) - 1  # they do not overlap
                if at >= 0 and row < sum(areas[at]):
                    return areas[at][0], left
        return place

    def width(self, column: int) -> float:
        """The width of a column in characters."""
        for first, last, width, _ in self.columns:
            if first <= column <= last and width is not None:
                return max(width, _NARROWEST)
        return 9.0

    def style(self, column: int) -> int:
        """The format of the cells of a column that are not written."""
        return next((style for first, last, _, style in self.columns if first <= column <= last), 0)


@attrs.define(eq=False, repr=False)
class Cell:
    """A cell that is written: its attributes, where its tags stand, and whether it holds a formula.

    ``value`` is the stretch of what its ``v`` holds, ``text`` that of its ``is``.
    """

    attributes: Mapping[str, str]
    start: int
    opened: int
    close: int = -1
    end: int = -1
    is_formula: bool = False
    value: tuple[int, int] | None = None
    text: tuple[int, int] | None = None

    @property
    def style(self) -> int:
        """The number of its format."""
        said = self.attributes.get("s", "0")
        return int(said) if said.isdecimal() and len(said) < 7 else 0


@attrs.define(eq=False, repr=False)
class Gap:
    """A cell that is not written: where it would stand, in a row that ``row`` tells of, if that is written.

    ``style`` is the format that it has all the same.
    """

    at: int
    row: Element | None
    style: int


def outline(data: bytes, part: str) -> Outline:
    """What the worksheet ``data`` says beside its cells. Raises as :func:`scan` does."""
    reader = _OutlineReader(data)
    scan(data, part, reader.start, reader.end)
    for areas in reader.made.merges.values():
        areas.sort()
    return reader.made


class _OutlineReader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._path: list[Element] = []
        self.made = Outline(Element("", {}, 0, 0))

    def start(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        path = self._path
        if len(path) >= 3 and path[1].local == "sheetData":
            path.append(path[-1])  # a cell, or what is in it
            return
        here = Element(name, attributes, at, 0)
        if not path:
            self.made.root = here
        elif len(path) == 1:
            path[0].children.append(here)
        elif path[1].local == "sheetData":
            if "ht" in attributes and len(self.made.heights) < _MOST_NOTED:
                self.made.heights[_whole(attributes.get("r"))] = _figure(attributes["ht"]) or 15.0
        else:
            path[-1].children.append(here)
            _note(self.made, here)
        path.append(here)

    def end(self, _: str, at: int) -> None:
        here = self._path.pop()
        if self._path and self._path[-1] is here:
            return
        if len(self._path) < 2:
            here.opened = opened(self._data, here.start)
            here.close, here.end = closed(self._data, here.opened, at)


def _note(made: Outline, here: Element) -> None:
    said = here.attributes
    if here.local == "mergeCell":
        merged = area(said.get("ref", ""))
        if merged is not None:
            row, column, rows, columns = merged
            made.merges.setdefault((column, columns), []).append((row, rows))
    elif here.local == "col" and len(made.columns) < MOST_COLUMNS:
        numbers = (_whole(said.get("min")), _whole(said.get("max")))
        made.columns.append((*numbers, _figure(said.get("width")), _whole(said.get("style"))))


def cells(data: bytes, part: str, wanted: Iterable[Place]) -> dict[Place, Cell | Gap]:
    """What stands in the worksheet ``data`` at the places that are ``wanted``."""
    return _Cells(data, wanted).found_in(part)


class _Cells:
    def __init__(self, data: bytes, wanted: Iterable[Place]) -> None:
        self._data = data
        self._rows: dict[int, list[int]] = {}
        for row, column in sorted(wanted, reverse=True):
            self._rows.setdefault(row, []).append(column)  # from the last to the first
        self._left = sorted(self._rows, reverse=True)
        self._found: dict[Place, Cell | Gap] = {}
        self._depth = 0
        self._sheet_data: Element | None = None
        self._row: Element | None = None
        self._number = self._column = 0
        self._columns: list[int] = []
        self._cell: Cell | None = None
        self._inner = 0

    def found_in(self, part: str) -> dict[Place, Cell | Gap]:
        scan(self._data, part, self._start, self._end)
        if any((row, column) not in self._found for row, columns in self._rows.items() for column in columns):
            raise OddXmlError(part)  # rows that stand within something else
        return self._found

    def _start(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._depth += 1
        if self._depth == 2 and name.rpartition(":")[2] == "sheetData":
            self._sheet_data = Element(name, attributes, at, opened(self._data, at))
        elif self._sheet_data is None:
            return
        elif self._depth == 3:
            self._begin_row(name, attributes, at)
        elif self._depth == 4 and self._columns:
            self._begin_cell(attributes, at)
        elif self._depth == 5 and self._cell is not None:
            local = name.rpartition(":")[2]
            self._cell.is_formula |= local == "f"
            self._inner = opened(self._data, at)

    def _begin_row(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        self._number = _whole(attributes.get("r")) or self._number + 1
        self._pass_rows(at, self._number)
        self._columns = [*self._rows.get(self._number, ())]
        self._row = Element(name, attributes, at, opened(self._data, at)) if self._columns else None
        self._column = 0
        if self._left and self._left[-1] == self._number:
            self._left.pop()

    def _begin_cell(self, attributes: Mapping[str, str], at: int) -> None:
        reference = cell(attributes.get("r", ""))
        self._column = reference[1] if reference is not None else self._column + 1
        self._pass_cells(at, self._column)
        if self._columns and self._columns[-1] == self._column:
            self._columns.pop()
            self._cell = Cell(attributes, at, opened(self._data, at))
            self._found[self._number, self._column] = self._cell

    def _end(self, name: str, at: int) -> None:
        self._depth -= 1
        here = self._cell
        if self._depth == 4 and here is not None:
            local = name.rpartition(":")[2]
            if local in ("v", "is") and at >= self._inner:
                stretch = self._inner, at
                here.value, here.text = (stretch, here.text) if local == "v" else (here.value, stretch)
        elif self._depth == 3 and here is not None:
            here.close, here.end = closed(self._data, here.opened, at)
            self._cell = None
        elif self._depth == 2 and self._row is not None:
            self._pass_cells(at, None)
            self._row = None
        elif self._depth == 1 and self._sheet_data is not None:
            self._pass_rows(at, None)
            self._sheet_data = None

    def _pass_cells(self, at: int, before: int | None) -> None:
        """Note the cells that are wanted and not there, since the cell in column ``before`` begins at ``at``."""
        assert self._row is not None
        while self._columns and (before is None or self._columns[-1] < before):
            is_styled = self._row.attributes.get("customFormat") in ("1", "true")
            style = _whole(self._row.attributes.get("s")) if is_styled else -1
            self._found[self._number, self._columns.pop()] = Gap(at, self._row, style)

    def _pass_rows(self, at: int, before: int | None) -> None:
        while self._left and (before is None or self._left[-1] < before):
            row = self._left.pop()
            for column in self._rows[row]:
                self._found[row, column] = Gap(at, None, -1)


def fill_gaps(edits: Edits, root: Element, gaps: Mapping[Place, tuple[Gap, bytes]]) -> None:
    """Put cells, as they are written, into their ``gaps``: rows that are not there, and rows without any cell, too."""
    rows: dict[int, list[tuple[Gap, bytes]]] = {}
    for (number, _), (gap, written) in sorted(gaps.items(), key=lambda pair: pair[0]):
        rows.setdefault(number, []).append((gap, written))
    sheet_data = root.child("sheetData")
    assert sheet_data is not None
    new: list[bytes] = []
    for number, members in rows.items():
        first, row = members[0][0], members[0][0].row
        inside = b"".join(written for _, written in members)
        if row is None:
            said = f'<{root.prefix}row r="{number}">'.encode() + inside + f"</{root.prefix}row>".encode()
            if sheet_data.is_blank:
                new.append(said)
            else:
                edits.insert(first.at, said)
        elif edits.data[row.opened - 2 : row.opened] == b"/>":  # a row without any cell is a single tag
            edits.put(row.start, row.opened, _opened(edits.data, row) + inside + f"</{row.name}>".encode())
        else:
            if "spans" in row.attributes:
                edits.set(row, {"spans": None})
            for gap, written in members:
                edits.insert(gap.at, written)
    if new:
        edits.append(sheet_data, b"".join(new))


def _opened(data: bytes, row: Element) -> bytes:
    """The tag of a row that holds nothing, as the start tag of one that does."""
    return tag_with(data[row.start : row.opened - 2].rstrip() + b">", {"spans": None})


def reference(place: Place) -> str:
    """``G18`` for row 18 and column 7."""
    return f"{column_letters(place[1])}{place[0]}"


def _whole(said: str | None) -> int:
    return int(said) if said is not None and said.isdecimal() and len(said) < 10 else 0


def _figure(said: str | None) -> float | None:
    try:
        figure = float(said) if said is not None and len(said) < 40 else None
    except ValueError:
        return None
    return figure if figure is not None and isfinite(figure) else None
