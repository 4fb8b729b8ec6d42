"""A table of a Word document while it is read: :class:`WordTable` gives its cells their columns and merges them."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from goalcheck.readers.grids import Grid
from goalcheck.readers.xml_events import Attributes, attribute

SHAPES = ("gridBefore", "gridAfter", "gridSpan", "vMerge", "hMerge")
"""Properties of a row or a cell that say which columns it takes."""

_GOES_ON = "continue"


@attrs.define(eq=False, repr=False)
class _Merged:
    """A cell that may go on below."""

    row: int
    column: int
    columns: int
    said: str
    rows: int = 1


@attrs.define(eq=False, repr=False)
class WordTable:
    """One table: ``before``, ``is_hidden`` and ``is_deleted`` are of its row, the others of its cell.

    ``downwards`` and ``sideways`` say how the cell is merged, in the words of the document: ``restart``, ``continue``.
    """

    grid: Grid
    columns: int = 0
    """Columns that the table says that it has."""
    is_in_row: bool = False
    before: int = 0
    is_hidden: bool = False
    is_deleted: bool = False
    words: list[str] = attrs.Factory(list)
    across: int = 1
    downwards: str = ""
    sideways: str = ""
    cell_is_deleted: bool = False
    has_hidden_text: bool = False
    """Whether a cell that another one covers says something else."""
    _has_begun: bool = False
    _width: int = 0
    """Columns that the row takes."""
    _wide: int = 0
    _others: int = 0
    """Rows that take as many columns as the table has, and such as do not."""
    _has_torn_cells: bool = False
    _above: dict[int, _Merged] = attrs.Factory(dict)
    """By column, what of the row above may go on."""
    _here: dict[int, _Merged] = attrs.Factory(dict)

    def begin_row(self) -> None:
        """Begin a row, whose properties follow."""
        self.is_in_row = True
        self._width = 0
        self.before = 0
        self.is_hidden = self.is_deleted = self._has_begun = False

    def begin_cell(self) -> None:
        """Begin a cell, whose properties follow."""
        self._count_row()
        self.words = []
        self.across, self.downwards, self.sideways, self.cell_is_deleted = 1, "", "", False

    def shape(self, name: str, attributes: Attributes) -> None:
        """Take the property ``name``, one of :data:`SHAPES`, of the row or the cell."""
        if name == "gridBefore":
            self.before = number(attributes)
            self._width += self.before
        elif name == "gridAfter":
            self._width += number(attributes)
        elif name == "gridSpan":
            self.across = number(attributes)
        elif name == "vMerge":
            self.downwards = attribute(attributes, "val") or _GOES_ON
        else:
            self.sideways = attribute(attributes, "val") or _GOES_ON

    @property
    def is_torn(self) -> bool:
        """Whether a cell has no paragraph, or one row other columns than the table and all the rest of its rows."""
        return self._has_torn_cells or (self.columns > 0 and self._wide > 1 and self._others == 1)

    def end_cell(self, *, is_whole: bool = True) -> None:
        """Put the cell in its place. One that goes on holds nothing that is shown; a whole one has a paragraph."""
        self._width += self.across
        self._has_torn_cells |= not is_whole
        if self.cell_is_deleted:
            return
        column = self.grid.place(self.across, 1)
        above = self._above.get(column)
        said = "\n".join(self.words).strip("\n")
        if self.downwards == _GOES_ON and above is not None:
            above.rows += 1
            self.has_hidden_text |= said.strip() not in ("", above.said.strip())
            self._here[column] = above
        elif self.sideways == _GOES_ON:
            self.grid.widen()
            self.has_hidden_text |= bool(said.strip())
        else:
            self.grid.fill(column, said)
            if self.downwards:
                self._here[column] = _Merged(self.grid.row, column, self.across, said)

    def end_row(self) -> None:
        """End a row; one that was deleted is none."""
        self.is_in_row = False
        if self.is_deleted:
            return
        self._count_row()
        self._wide += self._width == self.columns
        self._others += self._width != self.columns
        self._put_down({at: cell for at, cell in self._above.items() if self._here.get(at) is not cell})
        self._above, self._here = self._here, {}

    def end(self) -> None:
        """End the table."""
        self._put_down(self._above)

    def _count_row(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            self.grid.begin_row()
            self.grid.skip(self.before)
            if self.is_hidden:
                self.grid.hidden_rows.add(self.grid.row)

    def _put_down(self, merged: Mapping[int, _Merged]) -> None:
        """Note the cells that go over several rows."""
        for cell in merged.values():
            if cell.rows > 1:
                self.grid.merges.append((cell.row, cell.column, cell.rows, cell.columns))


def number(attributes: Attributes, otherwise: int = 1) -> int:
    """The number that an element says; ``otherwise`` where it is none."""
    said = attribute(attributes, "val") or ""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else otherwise
