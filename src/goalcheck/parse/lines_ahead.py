"""Goes through the lines of a text one by one, and tells what comes next: a header may stand on several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goalcheck.parse.cells import BlockLine, PlainLine
from goalcheck.parse.line_cells import AnyLine, cut
from goalcheck.parse.machine import Lexeme

_TELLING = 24  # lines


class LinesAhead:
    """The ``lines`` from the first to the last, but for those that are skipped."""

    def __init__(self, lines: Sequence[AnyLine]) -> None:
        self._lines = lines
        self._at = 0

    def __iter__(self) -> Iterator[Lexeme | BlockLine]:
        while self._at < len(self._lines):
            yield cut(self._lines[self._at])
            self._at += 1

    def from_here(self, until: int, most: int) -> Iterator[BlockLine | PlainLine]:
        """The lines of cells from the one that was given last, up to one of another kind or one that begins at
        ``until``; not more of them than ``most``.
        """
        for at in range(self._at, min(self._at + most, len(self._lines))):
            line = self._lines[at]
            if isinstance(line, Lexeme) or line.start >= until:
                return
            yield line

    def skip(self, count: int) -> None:
        """Leave out the next lines, which were read with the one that was given last."""
        self._at += count

    @property
    def below(self) -> BlockLine | None:
        """The line of cells right below the one that was given last; None where no such line is."""
        line = cut(self._lines[self._at + 1]) if self._at + 1 < len(self._lines) else None
        return line if isinstance(line, BlockLine) else None

    @property
    def next_cells(self) -> Sequence[tuple[int, int]]:
        """The cells of the line right below; none where it has none."""
        below = self.below
        return below.cells if below is not None else ()

    @property
    def rows(self) -> Iterator[Sequence[tuple[int, int]]]:
        """The cells of the next lines that have some: as many as tell what the columns of a table hold."""
        behind = self._at + 1
        return (line.cells for line in map(cut, self._lines[behind : behind + _TELLING]) if isinstance(line, BlockLine))
