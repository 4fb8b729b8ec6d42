"""The lines of a text by their kinds: what :mod:`goalcheck.parse.lines` makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from goalcheck.parse.layouts.by_row import ByRow
from goalcheck.parse.layouts.labels import BlockLine
from goalcheck.sheet import Footer, Header, Text, Unread


@attrs.frozen(eq=False, repr=False)
class Line:
    """A row of the table: where it lies, its cells (without quotation marks) and the header that it stands under."""

    start: int
    end: int
    cells: Sequence[tuple[int, int]]
    header: Header


@attrs.frozen(eq=False, repr=False)
class Waiting:
    """A line that may be of the block of the next table: ``read`` puts it down for what it is by itself."""

    line: BlockLine | None
    """None of a whole line that is none of cells."""
    read: Callable[[], None]
    is_header: bool = False
    """Whether it is like the header of a table by rows, which cannot be read: what stands below is its table."""

    @property
    def own_line(self) -> BlockLine | None:
        """The line, where it is no header of such a table."""
        return None if self.is_header else self.line


@attrs.define(eq=False, repr=False)
class Lines:
    """All lines of a text, by kind, each kind in the order of the text."""

    title: Text | None = None
    head: list[Text] = attrs.Factory(list)
    headers: list[Header] = attrs.Factory(list)
    footers: list[Footer] = attrs.Factory(list)
    notes: list[Text] = attrs.Factory(list)
    rows: list[Line] = attrs.Factory(list)
    unread: list[Unread] = attrs.Factory(list)
    """Stretches of lines with amounts or indicators that no table takes."""
    by_row: list[ByRow] = attrs.Factory(list)
    """The tables with one indicator a row."""
    starts: list[int] | None = None
    """Where each begins; None where none goes over a line break, so that all do where a line of the text does."""

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Every cell of rows and headers, and every whole line."""
        yield from (cell for line in self.rows for cell in line.cells)
        yield from ((column.start, column.end) for header in self.headers for column in header.columns)
        yield from ((line.start, line.end) for line in (self.title, *self.head, *self.notes) if line is not None)
