"""The cells of the rows of one table, by their columns; a merged header has one cell of several columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import attrs

from goalcheck.parse.cells import BlockLine
from goalcheck.parse.values import read_amount
from goalcheck.sheet import Amount, Text


@attrs.frozen(eq=False, repr=False)
class RowCells:
    """Reads them from ``text``. ``merged`` are the further columns of each one whose name spans several."""

    text: str
    merged: Mapping[int, slice]
    _amounts: dict[str, tuple[Decimal | None, bool, int]] = attrs.field(factory=dict, init=False)  # by what is said

    def all(self, line: BlockLine) -> Iterator[Text]:
        """Every cell, in order."""
        return (Text(start, end, self.text[start:end]) for start, end in line.cells)

    def is_filled(self, line: BlockLine, index: int) -> bool:
        """Whether anything stands in a column itself."""
        return index < len(line.cells) and line.cells[index][0] < line.cells[index][1]

    def has_any(self, line: BlockLine, indices: Iterable[int]) -> bool:
        """Whether anything stands in one of some columns."""
        cells = line.cells
        return any(index < len(cells) and cells[index][0] < cells[index][1] for index in indices)

    def cell(self, line: BlockLine, index: int | None) -> Text:
        """What stands in a column, or in those merged with it; an empty text at the row's end where there is none."""
        if index is None or index >= len(line.cells):
            return Text(line.end, line.end, "")
        start, end = line.cells[index]
        if start == end and self.merged:
            start, end = self.stretch(line, index)
        return Text(start, end, self.text[start:end])

    def stretch(self, line: BlockLine, index: int | None) -> tuple[int, int]:
        """Where that stands."""
        if index is None or index >= len(line.cells):
            return line.end, line.end
        start, end = line.cells[index]
        if start == end and index in self.merged:
            behind = line.cells[self.merged[index]]
            start, end = next(((a, b) for a, b in behind if a < b), (start, end))
        return start, end

    def place(self, line: BlockLine, index: int | None) -> Text | None:
        """The same; None where the row has no such cell."""
        return None if index is None or index >= len(line.cells) else self.cell(line, index)

    def amounts(self, line: BlockLine, columns: Iterable[tuple[str, int]]) -> dict[str, Amount]:
        """The amounts in those of ``columns``, each with its key, that the row has."""
        text, cells, known = self.text, line.cells, self._amounts
        count, is_merged = len(cells), bool(self.merged)
        made = {}
        for key, index in columns:
            if index < count:
                start, end = self.stretch(line, index) if is_merged else cells[index]
                said = text[start:end]
                found = known.get(said)
                if found is None:
                    found = known[said] = read_amount(said)
                made[key] = Amount(start, end, said, *found)
        return made
