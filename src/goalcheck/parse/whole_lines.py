"""Lines that are no rows of cells by their look: a title, a footer, a note; and rows among them that look like one."""

from __future__ import annotations

from goalcheck.parse.cells import split
from goalcheck.parse.footers import footer
from goalcheck.parse.layouts.by_row import ByRow
from goalcheck.parse.line_kinds import BREAKS, Line, Lines
from goalcheck.parse.lone_figures import LoneFigures
from goalcheck.parse.machine import Lexeme
from goalcheck.parse.outside import ENTRY, LABELLED_TARGET, YEAR, Outside, is_number
from goalcheck.sheet import Column, Header, Text, Unread


class WholeLines:
    """Puts them down in ``lines`` for what they are; ``outside`` has those that no table takes."""

    def __init__(self, text: str, separator: str, lines: Lines, outside: Outside, figures: LoneFigures) -> None:
        self._text = text
        self._separator = separator
        self._lines = lines
        self._outside = outside
        self._figures = figures

    def put(self, token: Lexeme, line: Text, header: Header | None) -> None:
        """Put down ``token``, of which ``line`` is what it says; it stands below ``header``, if below any."""
        if token.type == "FOOTER" and header is not None and self._figures.is_rest(token):
            whole = token.rstrip(BREAKS)
            cells = split(self._text, token.start_pos, token.start_pos + len(whole), self._separator)
            self._lines.rows.append(Line(token.start_pos, token.start_pos + len(whole), cells, header))
        elif token.type == "FOOTER":
            self._lines.set_down(self._outside.close())
            self._lines.footers.append(footer(line))
        elif token.type == "NOTE":
            self._note(line, header)
        elif ENTRY.search(line.text):
            self._lines.unread.append(Unread(line.start, line.end, line.text, "astray", {}))
        else:
            self._lines.set_down(self._outside.close())
            if self._lines.title is None and not self._lines.headers:
                self._lines.title = line
            else:
                self._lines.set_down([line])

    def put_within(self, line: Text, table: ByRow) -> None:
        """Put down a ``line`` that looks like a footer and stands within ``table``: a figure may be torn off a row."""
        if self._figures.is_value(line.text, table):
            self._lines.unread.append(Unread(line.start, line.end, line.text, "row-of-figure", {}))
        else:
            self._lines.footers.append(footer(line))

    def _note(self, line: Text, header: Header | None) -> None:
        """A line that begins as notes do; one with amounts or indicators in their columns is a row for all that."""
        cells = split(self._text, line.start, line.end, self._separator)
        if header is None:
            self._lines.set_down(self._outside.line(line.start, line.end, cells))
        elif any(
            self._is_filled(column, cells[column.index]) for column in header.columns if column.index < len(cells)
        ):
            self._lines.rows.append(Line(line.start, line.end, cells, header))
        elif ENTRY.search(line.text) or LABELLED_TARGET.search(line.text):
            self._lines.unread.append(Unread(line.start, line.end, line.text, "astray", {}))
        else:
            self._lines.set_down([line])

    def _is_filled(self, column: Column, cell: tuple[int, int]) -> bool:
        """Whether ``cell`` holds what ``column`` is for, if that is an amount or indicators."""
        said = self._text[cell[0] : cell[1]]
        if column.role == "indicators":
            return ENTRY.search(said) is not None
        return column.key is not None and is_number(said) and not YEAR.fullmatch(said)
