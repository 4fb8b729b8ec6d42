"""Goes through the lines of a text one by one, and tells what comes next: a header may stand on several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goalcheck.parse.layouts.labels import BlockLine
from goalcheck.parse.machine import Lexeme

_TELLING = 24  # lines


class LinesAhead:
    """The ``lines`` from the first to the last, but for those that were taken with the one before them."""

    def __init__(self, lines: Sequence[Lexeme | BlockLine]) -> None:
        self._lines = lines
        self._at = 0
        self._taken: BlockLine | None = None

    def __iter__(self) -> Iterator[Lexeme | BlockLine]:
        for at, line in enumerate(self._lines):
            self._at = at
            if line is not self._taken:
                yield line

    @property
    def below(self) -> BlockLine | None:
        """The line of cells right below the one that was given last; None where no such line is."""
        line = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else None
        return line if isinstance(line, BlockLine) else None

    @property
    def next_cells(self) -> Sequence[tuple[int, int]]:
        """The cells of the next line that was not taken."""
        ahead = (line for line in self._lines[self._at + 1 : self._at + 3] if line is not self._taken)
        line = next(ahead, None)
        return line.cells if isinstance(line, BlockLine) else ()

    @property
    def rows(self) -> Iterator[Sequence[tuple[int, int]]]:
        """The cells of the next lines that have some: as many as tell what the columns of a table hold."""
        ahead = self._lines[self._at + 1 : self._at + 1 + _TELLING]
        return (line.cells for line in ahead if isinstance(line, BlockLine) and line is not self._taken)

    def take(self, line: BlockLine | None) -> None:
        """Leave out ``line``, the one below: it belongs to the line that was given last."""
        self._taken = line
