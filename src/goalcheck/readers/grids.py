"""Tables of a document or a page while they are read: :class:`Grid`, and :func:`write`, which puts them into the text.

A table within a cell is a table of its own. It follows the one that it stands in, as their beginnings follow.
"""

from __future__ import annotations

import attrs

from goalcheck.errors import InputError
from goalcheck.limits import Limits
from goalcheck.readers.table_text import TableText
from goalcheck.readers.worksheets import MOST_COLUMNS

MOST_WITHIN = 50
"""How deep tables may stand within tables."""

MOST_ACROSS, MOST_DOWN = 1_000, 65_534
"""The most columns and rows that a cell may cover: as many as a browser takes it for."""

_MOST_STEPS = 3_000_000


class Allowance:
    """What all tables of one file may still hold; each method raises InputError once that is used up."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells = 0
        self._rows = 0
        self._steps = 0

    def cell(self, row: int) -> None:
        """Take a cell with text, in the row of this number."""
        self._cells += 1
        if self._cells > self._limits.cells:
            raise InputError("too-many-cells", found=self._cells, limit=self._limits.cells, line=row)

    def row(self) -> None:
        """Take a row with text."""
        self._rows += 1
        if self._rows > self._limits.rows:
            raise InputError("too-many-rows", found=self._rows, limit=self._limits.rows, line=self._rows)

    def steps(self, number: int) -> None:
        """Take so many places that merged cells cover."""
        self._steps += number
        if self._steps > _MOST_STEPS:
            raise InputError("too-many-merged")


@attrs.define(eq=False, repr=False)
class Grid:
    """One table: its cells with text by row and column, its merged cells, and the tables within its cells."""

    allowance: Allowance
    before: list[str] = attrs.Factory(list)
    """Lines that belong to it and stand in no cell, such as its caption."""
    rows: list[tuple[int, dict[int, str]]] = attrs.Factory(list)
    merges: list[tuple[int, int, int, int]] = attrs.Factory(list)
    within: list[Grid] = attrs.Factory(list)
    hidden_rows: set[int] = attrs.Factory(set)
    hidden_columns: set[int] = attrs.Factory(set)
    """Both from 1."""
    row: int = 0
    _column: int = 0
    _spans: tuple[int, int] = (1, 1)
    _until: list[int] = attrs.Factory(list)
    """The last row that a cell from above takes of each column."""

    def begin_row(self) -> None:
        """Begin the next row."""
        self.row += 1
        self._column = 0

    def end_group(self) -> None:
        """End cells that would go on below: none leaves the group of rows in which it began."""
        self._until = []

    def skip(self, columns: int) -> None:
        """Leave out so many columns."""
        self._column += columns

    def place(self, columns: int, rows: int) -> int:
        """The column, from 0, of the next cell of this row, which covers so many columns and rows."""
        at, until = self._column, self._until
        while at < len(until) and until[at] >= self.row:
            at += 1
        columns, rows = max(min(columns, MOST_ACROSS), 1), max(min(rows, MOST_DOWN), 1)
        if at + columns > MOST_COLUMNS:
            raise InputError("too-wide", limit=MOST_COLUMNS)
        taken = at - self._column
        if rows > 1:
            until += [0] * (at + columns - len(until))
            until[at : at + columns] = [self.row + rows - 1] * columns
            taken += columns
        self.allowance.steps(taken)
        self._column = at + columns
        self._spans = rows, columns
        return at

    def fill(self, column: int, text: str) -> None:
        """Put ``text`` into the cell that was placed last, at ``column``; where nothing is, nothing is put."""
        if not text.strip():
            return
        self.allowance.cell(self.row)
        if not self.rows or self.rows[-1][0] != self.row:
            self.allowance.row()
            self.rows.append((self.row, {}))
        self.rows[-1][1][column] = text
        if self._spans != (1, 1):
            self.merges.append((self.row, column, *self._spans))

    def widen(self) -> None:
        """Let the last cell with text in this row cover the columns that were placed after it."""
        if self.rows and self.rows[-1][0] == self.row:
            first = next(reversed(self.rows[-1][1]))  # cells come in the order of their columns
            if self.merges and self.merges[-1][:2] == (self.row, first):
                self.merges.pop()
            self.merges.append((self.row, first, 1, self._column - first))

    @property
    def is_blank(self) -> bool:
        """Whether there is no text in it at all, in no table within it either."""
        return not (self.before or self.rows or self.within)


def write(grid: Grid, out: TableText) -> None:
    """Add ``grid`` and the tables within it to ``out``; a table without any text is left out."""
    waiting = [grid]
    while waiting:
        grid = waiting.pop()
        for line in grid.before:
            out.line(line)
        if grid.rows:
            _write(grid, out)
        waiting += reversed(grid.within)


def _write(grid: Grid, out: TableText) -> None:
    out.table()
    for number, cells in grid.rows:
        out.row(number, [cells.get(column, "") for column in range(max(cells) + 1)])
    for row, column, rows, columns in grid.merges:
        out.merge(row, column + 1, rows, columns)
    if grid.hidden_rows or grid.hidden_columns:
        filled = {number for number, _ in grid.rows}
        places = {column + 1 for _, cells in grid.rows for column in cells}
        out.hidden(rows=filled & grid.hidden_rows, columns=places & grid.hidden_columns)
