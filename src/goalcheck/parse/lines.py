"""The text in, its lines out: head, column headers, rows of cells, footers, notes.

``sheet.lark`` says what a line is; here its cells get the columns of the header above them.
"""

from __future__ import annotations

import re
from typing import cast

import attrs

from goalcheck.catalogue.columns import AMOUNT, SOURCE, ColumnNames
from goalcheck.errors import InputError
from goalcheck.limits import Limits
from goalcheck.parse.admission import check_cells
from goalcheck.parse.columns import columns
from goalcheck.parse.grammars import Branch, Lexeme, read
from goalcheck.sheet import AMOUNT_COLUMNS, Footer, Header, Text
from goalcheck.source import line_at

_INTEGERS = re.compile(r"\d+")
_AMOUNTS = frozenset((AMOUNT_COLUMNS[0], SOURCE, AMOUNT))
_SPLIT = frozenset(("level1", "level2"))


@attrs.frozen(eq=False)
class Line:
    """A row of the table: where it lies, its cells (without quotation marks) and the header that it stands under."""

    start: int
    end: int
    cells: list[tuple[int, int]]
    header: Header


@attrs.define(eq=False)
class Lines:
    """All lines of a text, by kind, each kind in the order of the text."""

    title: Text | None = None
    head: list[Text] = attrs.Factory(list)
    headers: list[Header] = attrs.Factory(list)
    footers: list[Footer] = attrs.Factory(list)
    notes: list[Text] = attrs.Factory(list)
    rows: list[Line] = attrs.Factory(list)
    starts: list[int] | None = None
    """Where each begins; None where none goes over a line break, so that all do where a line of the text does."""


def read_lines(text: str, limits: Limits, names: ColumnNames) -> Lines:
    """The lines of ``text``, in which columns are known by ``names``.

    Raises :class:`InputError` if no line is a column header: then it is no sheet; as well where a cell is longer than
    ``limits`` allow, be it a quoted one that goes over many lines.
    """
    ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
    lines = _Reader(text, names).read(ended, "sheet")
    if not lines.headers and "," in text:
        check_cells(text, ",", limits)
        lines = _Reader(text, names).read(ended, "comma")
    if len(text) > limits.cell:
        _check_lengths(text, lines, limits)
    if not lines.headers:
        raise InputError("no-sheet")
    return lines


class _Reader:
    """Gives each line of one text its kind."""

    def __init__(self, text: str, names: ColumnNames) -> None:
        self._text = text
        self._names = names
        self._lines = Lines()

    def read(self, ended: str, grammar: str) -> Lines:
        """The lines, of cells parted as ``grammar`` says. ``ended`` is the text with a line break at its end."""
        children = read(grammar, ended).children
        if '"' in self._text:
            self._lines.starts = [child.start_pos if isinstance(child, Lexeme) else _first(child) for child in children]
        for child in children:
            if isinstance(child, Lexeme):
                _whole_line(self._lines, child)
            else:
                self._cells(cast("list[Lexeme]", child.children))  # a line has no rules below it
        return self._lines

    def _cells(self, tokens: list[Lexeme]) -> None:
        text, lines = self._text, self._lines
        start, end = tokens[0].start_pos, tokens[-1].start_pos  # the line break
        cells = _cells(text, tokens)
        if self._is_header(cells):
            lines.headers.append(Header(start, end, columns(text, cells, self._names)))
        elif not lines.headers:
            lines.head.append(Text(start, end, text[start:end]))
        else:
            self._row(start, end, cells)

    def _is_header(self, cells: list[tuple[int, int]]) -> bool:
        """Whether the line names the two columns that every table has. Raises :class:`InputError` for another form."""
        if len(cells) < 2:
            return False
        found = {meaning.role for a, b in cells if a < b and (meaning := self._names.meaning(self._text[a:b]))}
        if not found >= {"name", "indicators"}:
            return False
        if not found.isdisjoint(_SPLIT):
            raise InputError("split-indicators")
        return True

    def _row(self, start: int, end: int, cells: list[tuple[int, int]]) -> None:
        """A row of the table, or the second line of a header whose cells were merged."""
        header = self._lines.headers[-1]
        if not self._lines.rows or self._lines.rows[-1].header is not header:  # the first row below its header
            said = {i: self._text[a:b] for i, (a, b) in enumerate(cells) if a < b}
            meanings = [self._names.meaning(name) for name in said.values()]
            roles = [meaning.role for meaning in meanings if meaning is not None]
            if not _SPLIT.isdisjoint(roles):
                raise InputError("split-indicators")
            if len(roles) == len(said) and sum(role in _AMOUNTS for role in roles) > 1:
                both = {column.index: (column.start, column.end) for column in header.columns}
                both |= {i: cells[i] for i in said}
                whole = [both.get(i, (end, end)) for i in range(max(both) + 1)]
                self._lines.headers[-1] = Header(header.start, end, columns(self._text, whole, self._names))
                return
        self._lines.rows.append(Line(start, end, cells, header))


def _first(line: Branch) -> int:
    token = line.children[0]
    assert isinstance(token, Lexeme)
    return token.start_pos


def _check_lengths(text: str, lines: Lines, limits: Limits) -> None:
    cells = [cell for line in lines.rows for cell in line.cells]
    cells += [(column.start, column.end) for header in lines.headers for column in header.columns]
    cells += [(line.start, line.end) for line in (lines.title, *lines.head, *lines.notes) if line is not None]
    for start, end in sorted(cells):
        if end - start > limits.cell:
            raise InputError("long-cell", line=line_at(text, start), found=end - start, limit=limits.cell)


def _whole_line(lines: Lines, token: Lexeme) -> None:
    body = token.rstrip()
    if token.type == "BLANK":
        return
    lead = len(body) - len(body.lstrip())
    start, body = token.start_pos + lead, body[lead:]
    if token.type == "FOOTER":
        numbers = [int(n) for n in _INTEGERS.findall(body)]
        page, pages = (numbers[0], numbers[1] if len(numbers) > 1 else None)
        if body.lstrip('"').startswith("共") and pages is not None:
            page, pages = pages, page
        lines.footers.append(Footer(start, start + len(body), body, page, pages))
        return
    line = Text(start, start + len(body), body)
    if token.type == "TITLE" and lines.title is None and not lines.headers:
        lines.title = line
    else:
        (lines.notes if lines.headers else lines.head).append(line)


def _cells(text: str, tokens: list[Lexeme]) -> list[tuple[int, int]]:
    cells = []
    whole = False  # whether the row ends in a cell, not in a tab
    for token in tokens:
        start = token.start_pos
        end = start + len(token)
        if token.type == "NEWLINE":
            if not whole:
                cells.append((start, start))
            break
        whole = token.type == "LAST"
        if not whole:
            end -= 1  # the tab
        cells.append((start, end) if start == end else _bare(text, start, end))
    return cells


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A cell without its quotation marks, if it has them, and without the blanks around it."""
    inner = text[start + 1 : end - 1] if text[start] == text[end - 1] == '"' and end - start > 1 else '"'
    if '"' not in inner.replace('""', ""):
        start, end = start + 1, end - 1
    if start < end and text[start].isspace():
        start += len(text[start:end]) - len(text[start:end].lstrip())
    if start < end and text[end - 1].isspace():
        end = start + len(text[start:end].rstrip())
    return start, end
