"""The lines of a text by their kinds: what :mod:`goalcheck.parse.lines` makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from goalcheck.node import frozen
from goalcheck.parse.layouts.by_row import ByRow
from goalcheck.sheet import Footer, Header, Text, Unread
from goalcheck.source import Span

BREAKS = "\r\n"
"""The characters that end a line."""


@frozen(eq=False, repr=False)
class Line:
    """A row of the table: where it lies, its cells (without quotation marks) and the header that it stands under."""

    start: int
    end: int
    cells: Sequence[tuple[int, int]]
    header: Header


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
    asides: list[Span] = attrs.Factory(list)
    """Where small tables of something else lie that have amounts: their lines are of the head, or notes."""
    passed_over: tuple[int, ...] = ()
    """Where worksheets begin that are no sheets: their lines are of no kind."""

    def set_down(self, lines: Iterable[Text]) -> None:
        """Put down lines that hold nothing to be judged."""
        (self.notes if self.headers else self.head).extend(lines)

    def title_above(self, text: str, start: int) -> int:
        """Where a table begins whose header stands at ``start``: a row of one cell right above it is its title."""
        while self.rows and len(self.rows[-1].cells) == 1 and not text[self.rows[-1].end : start].strip(BREAKS):
            start = self.rows.pop().start
        return start

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Every cell of rows and headers, and every whole line."""
        yield from (cell for line in self.rows for cell in line.cells)
        yield from ((column.start, column.end) for header in self.headers for column in header.columns)
        yield from ((line.start, line.end) for line in (self.title, *self.head, *self.notes) if line is not None)
