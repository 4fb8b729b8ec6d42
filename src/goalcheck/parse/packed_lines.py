"""The header and the rows of packed tables, which have one cell a project; and lines that name columns of no table."""

from __future__ import annotations

from collections.abc import Sequence

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.columns import moved, read_header
from goalcheck.parse.headers import Heading, is_like, is_of_other, with_indicators
from goalcheck.parse.layouts.merged_headers import completed, filled
from goalcheck.parse.line_kinds import Line, Lines
from goalcheck.parse.lines_above import LinesAbove
from goalcheck.parse.lines_ahead import LinesAhead
from goalcheck.parse.outside import Outside, misread, row_within
from goalcheck.sheet import Header, Unread


class PackedLines:
    """Puts them down in ``lines``; ``outside`` gets those that no table takes, ``above`` has those that wait."""

    def __init__(self, text: str, names: ColumnNames, lines: Lines, outside: Outside, above: LinesAbove) -> None:
        self.header: Header | None = None
        """The header of the table in which the next line stands; None outside of such tables."""
        self._text = text
        self._names = names
        self._lines = lines
        self._outside = outside
        self._above = above
        self._page: tuple[str, Header] | None = None  # the last header on one line, as it is written

    @property
    def fresh_header(self) -> Header | None:
        """The header, where no row stands below it."""
        rows = self._lines.rows
        return None if rows and rows[-1].header is self.header else self.header

    def end(self) -> None:
        """End the table."""
        self.header = None

    def take_back(self) -> None:
        """Take the header back: it is the first line of another one."""
        self._lines.headers.pop()
        self.header = None

    def takes_page(self, line: BlockLine) -> bool:
        """Whether a line repeats the last header, as at the head of every page; then it is taken."""
        if self._page is None:
            return False
        said, header = self._page
        if line.end - line.start != len(said) or not self._text.startswith(said, line.start):
            return False
        self._above.flush()
        self._lines.set_down(self._outside.close())
        self.header = moved(header, line.start - header.start)
        self._lines.headers.append(self.header)
        return True

    def heading(self, start: int, end: int, cells: Sequence[tuple[int, int]], found: Heading) -> None:
        """Take a line that names columns: a header, the second line of one, or what hurt one or another has."""
        text, lines, header = self._text, self._lines, self.header
        if found.kind == "packed":
            lines.set_down(self._outside.close())
            self.header = with_indicators(read_header(start, end, text, cells, self._names))
            lines.headers.append(self.header)
            if (begins := row_within(text, cells)) is not None:
                lines.unread.append(Unread(begins, end, text[begins:end], "header-and-row", {}))
            elif cells[0][0] < cells[0][1] and not found.lacks:
                self._page = text[start:end], self.header
        elif header is not None and (whole := self._completed(end, cells, found)) is not None:
            self.header = lines.headers[-1] = whole
        elif header is not None and found.misread and is_like(text, cells, header):
            why = misread(found)
            lines.unread.append(Unread(start, end, text[start:end], f"{why.key}-again", why.figures))
        else:
            self.header = None
            lines.set_down(self._outside.header(lines.title_above(text, start), end, found))

    def row(self, line: BlockLine, header: Header, ahead: LinesAhead) -> None:
        """Take a line of cells below ``header``; below a title or a blank line another table may begin."""
        rows, text = self._lines.rows, self._text
        is_below = bool(rows) and (len(rows[-1].cells) == 1 or text.count("\n", rows[-1].end, line.start) > 1)
        if is_below and is_of_other(text, line.cells, ahead.next_cells, header, self._names):
            self.heading(line.start, line.end, line.cells, Heading("other", {}))
        else:
            rows.append(Line(line.start, line.end, line.cells, header))

    def _completed(self, end: int, cells: Sequence[tuple[int, int]], found: Heading) -> Header | None:
        """The header with the names of its second line, ``cells``; None where it is no such line.

        A header whose cells were merged has one: the first row below it, of amounts only.
        """
        header, here = self.fresh_header, filled(cells)
        if header is None or found.kind != "other" or len(found.amounts) < 2 or len(found.meanings) < len(here):
            return None
        return completed(self._text, header, end, here, self._names)
