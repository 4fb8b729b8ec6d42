"""One text, and where each stretch of it stands: :class:`Source`, :class:`Span`, :class:`Place`, :class:`Origins`.

Everything later speaks of offsets: code points into ``Source.text``, half-open, the byte order mark left out.
:meth:`Source.where` turns an offset into a place that a person finds again, and only when a report asks for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import ClassVar, NamedTuple

import attrs

from goalcheck.files.regexes import regex

_NEWLINE = regex(r"\r\n|\r|\n")
_CELL = regex(r'(?:"(?:[^"]++|"")*+"|[^\t\r\n]*+)')


@attrs.frozen
class Span:
    """A stretch of the decoded text, ``start`` to ``end`` (half-open); empty where something is missing."""

    start: int
    end: int


@attrs.frozen
class CellOrigin:
    """A stretch of a workbook: worksheet, cell (``G18``), and the characters within that cell."""

    kind: ClassVar[str] = "cell"
    sheet: str
    cell: str
    start: int
    end: int


@attrs.frozen
class TableOrigin:
    """A stretch of a document: its table, row and column from 1, and the characters within that cell."""

    kind: ClassVar[str] = "table"
    table: int
    row: int
    column: int
    start: int
    end: int


@attrs.frozen
class PageOrigin:
    """A stretch of a PDF: its page, and the box around it in points from the top left.

    Table, row and column, from 1, are None for a line outside all tables; the row is the one to which one counts in the
    table on that page. ``start`` and ``end`` are the characters within its cell or line. ``is_shared`` says that
    several tables stand on the page, so that its rows alone do not tell where.
    """

    kind: ClassVar[str] = "page"
    page: int
    table: int | None
    row: int | None
    column: int | None
    box: tuple[float, float, float, float]
    start: int
    end: int
    is_shared: bool = False


Origin = CellOrigin | TableOrigin | PageOrigin


class Place(NamedTuple):
    """Where something stands, as people count and as machines do; all counted from 1.

    ``row`` is the row of the sheet, or of its own table in a workbook or document, or on the page of a PDF; a row with
    line breaks in a cell is one. ``page`` is None where the input does not number its pages. ``line`` and ``column``
    are those of the text, the column in code points. ``origin`` is the place in the file that the text was made from,
    None for plain text.
    """

    row: int
    page: int | None
    line: int
    column: int
    origin: Origin | None = None


@attrs.frozen
class Records:
    """How a text is cut into records and pages: the offset at which each begins.

    ``starts`` is None where every line is a record. ``pages`` has the number of each page, None for one whose number
    nothing tells.
    """

    starts: Sequence[int] | None = None
    page_starts: Sequence[int] = ()
    pages: Sequence[int | None] = ()

    def page(self, offset: int) -> int | None:
        """The number of the page on which ``offset`` lies."""
        at = bisect_right(self.page_starts, offset)
        return self.pages[at - 1] if at else None


@attrs.frozen(eq=False, repr=False)
class Table:
    """One table of a file: a worksheet by its name, any other by its number from 1; ``start`` is its first offset."""

    start: int
    number: int
    sheet: str | None = None


@attrs.frozen(eq=False, repr=False)
class Pieces:
    """What a PDF printed apart, in the order of the text: the offset, the page, the row and the box of each piece.

    A cell may consist of several, and go over two pages. ``rows`` count from 1 within what stands of the table on that
    page, and are 0 outside tables. ``boxes`` has four numbers a piece.
    """

    starts: Sequence[int]
    pages: Sequence[int]
    rows: Sequence[int]
    boxes: Sequence[float]


@attrs.frozen(eq=False, repr=False)
class Origins:
    """Where the text of a workbook, a document or a PDF stood in that file; arrays of numbers, no object a cell.

    In such a text every record begins with the first column, cells are parted by tabs and quoted as CSV quotes them
    where they hold a tab or a line break, or begin with a quotation mark: so the number of a cell is its column.
    ``starts`` are the offsets of the records, ``rows`` their rows within their table, from 1; 0 for a line outside all
    tables.
    """

    tables: Sequence[Table]
    starts: Sequence[int]
    rows: Sequence[int]
    pieces: Pieces | None = None
    _table_starts: list[int] = attrs.field(init=False)

    @_table_starts.default
    def _starts_of_tables(self) -> list[int]:
        return [table.start for table in self.tables]

    @cached_property
    def _shared_pages(self) -> frozenset[int]:
        """The pages of a PDF on which rows of more than one table stand."""
        tables: dict[int, set[int]] = {}
        pieces = self.pieces if self.pieces is not None else Pieces((), (), (), ())
        for start, page, row in zip(pieces.starts, pieces.pages, pieces.rows, strict=True):
            if row:
                tables.setdefault(page, set()).add(bisect_right(self._table_starts, start))
        return frozenset(page for page, those in tables.items() if len(those) > 1)

    def row(self, offset: int) -> int:
        """The row, within its table, of the record in which ``offset`` lies; 0 outside all tables."""
        at = bisect_right(self.starts, offset)
        return self.rows[at - 1] if at else 0

    def cell(self, text: str, offset: int) -> Span | None:
        """The cell in which ``offset`` of ``text`` lies, its quotation marks included; None outside all tables."""
        at = bisect_right(self.starts, offset)
        return _cell(text, self.starts[at - 1], offset)[1] if at and self.rows[at - 1] else None

    def origin(self, text: str, start: int, end: int) -> Origin | None:
        """Where ``start`` to ``end`` of ``text`` stood, as far as it lies in one cell; None for what stood nowhere."""
        at = bisect_right(self.starts, start)
        if not at:
            return None
        row = self.rows[at - 1]
        column, cell = _cell(text, self.starts[at - 1], start) if row else (0, _line(text, self.starts[at - 1]))
        within = _within(text, cell, start), _within(text, cell, end)
        table = self.tables[bisect_right(self._table_starts, start) - 1] if row else None
        if self.pieces is not None:
            piece = max(bisect_right(self.pieces.starts, start) - 1, 0)
            left, top, right, bottom = self.pieces.boxes[4 * piece : 4 * piece + 4]
            number = table.number if table is not None else None
            box = (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
            row = self.pieces.rows[piece] if row else 0
            page = self.pieces.pages[piece]
            shared = number is not None and page in self._shared_pages
            return PageOrigin(page, number, row or None, column or None, box, *within, shared)
        if table is None:
            return None
        if table.sheet is not None:
            return CellOrigin(table.sheet, f"{column_letters(column)}{row}", *within)
        return TableOrigin(table.number, row, column, *within)


def _cell(text: str, record: int, offset: int) -> tuple[int, Span]:
    """The number of the cell in which ``offset`` lies, counted from the start of its ``record``, and its stretch."""
    counted = 1, Span(record, record)
    for counted in enumerate(cells_of(text, record), 1):
        if counted[1].end >= offset:
            break
    return counted


def cells_of(text: str, record: int) -> Iterator[Span]:
    """The stretches of the cells of the ``record`` that begins there, with the quotation marks around them."""
    while True:
        found = _CELL.match(text, record)
        assert found is not None  # it matches the empty text
        yield Span(record, found.end())
        if text[found.end() : found.end() + 1] != "\t":
            return
        record = found.end() + 1


def _line(text: str, start: int) -> Span:
    found = _NEWLINE.search(text, start)
    return Span(start, found.start() if found else len(text))


def _within(text: str, cell: Span, offset: int) -> int:
    """Which character of ``cell``, from 0, stands at ``offset``; its quotation marks are not counted."""
    start, end = cell.start, cell.end
    if not text.startswith('"', start) or end - start < 2:
        return max(min(offset, end) - start, 0)
    inner = text[start + 1 : max(min(offset, end - 1), start + 1)]
    return len(inner.replace('""', '"'))


def column_letters(number: int) -> str:
    """What a spreadsheet calls column ``number``, from 1: A, B, …, Z, AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@attrs.frozen(eq=False, repr=False)
class Merge:
    """Cells of a table that are one: its text stands in the first of them, the others are blank.

    ``start`` is the offset of the record of its first row, ``end`` that of its last; columns count from 0.
    """

    start: int
    end: int
    column: int
    last_column: int


@attrs.frozen(eq=False, repr=False)
class Remark:
    """Something to be said of the file that a text was made from: ``key`` and what fills it in.

    ``is_gap`` says that something of the file was not read, so that the text is not all of it.
    """

    key: str
    figures: Mapping[str, str]
    is_gap: bool = False


OWN_LIST = "own-list"
"""The key of the remark that a workbook is a list of findings that goalcheck has written, and no sheet."""

TEXT = "text"
"""The kind of file that plain text is."""


@attrs.frozen(eq=False)
class Source:
    """One input: its decoded text, where it came from and how it was encoded.

    ``origins`` is None for plain text. ``records`` is what reading the text as a sheet told of its rows and pages;
    until then every line is a row. ``kind`` is the kind of file; one that is no text has no ``encoding``. ``merges``
    are its merged cells, by where they begin; None where the file does not tell, as text does not. ``unknown`` are the
    cells, by where they begin, that are empty in the text and may not be so in the file: formulas without a value.
    """

    text: str
    path: str = "<text>"
    encoding: str = "utf-8"
    sha256: str = ""
    origins: Origins | None = None
    records: Records = Records()
    kind: str = attrs.field(default=TEXT, kw_only=True)
    merges: tuple[Merge, ...] | None = attrs.field(default=None, kw_only=True)
    remarks: tuple[Remark, ...] = attrs.field(default=(), kw_only=True)
    unknown: frozenset[int] = attrs.field(default=frozenset(), kw_only=True)

    def where(self, start: int, end: int | None = None) -> Place:
        """Where ``start`` stands, in the user's own terms; the origin goes to ``end``, if that is in the same cell."""
        line, column = self.place(start)
        records = self.records
        row = line if records.starts is None else bisect_right(records.starts, start)
        if self.origins is None:
            return Place(row, records.page(start), line, column)
        origin = self.origins.origin(self.text, start, start if end is None else end)
        if isinstance(origin, PageOrigin):
            return Place(origin.row or row, origin.page, line, column, origin)
        return Place(self.origins.row(start) or row, records.page(start), line, column, origin)

    def cell(self, offset: int) -> Span | None:
        """The cell of a workbook, a document or a PDF in which ``offset`` lies; None in plain text."""
        return self.origins.cell(self.text, offset) if self.origins is not None else None

    def is_unknown(self, offset: int) -> bool:
        """Whether what is blank at ``offset`` is an unknown cell, or a label's value, of which it is the next cell.

        The cells that are merged with the label lie between.
        """
        if offset in self.unknown or not self.text.startswith("\t", offset):
            return offset in self.unknown
        return any(offset + wide in self.unknown for wide in {1, self._width_at(offset)})

    def _width_at(self, offset: int) -> int:
        """How many columns the cell has in which ``offset`` lies."""
        if self.origins is None:
            return 1
        record = self.origins.starts[max(bisect_right(self.origins.starts, offset) - 1, 0)]
        return self._widths.get((record, _cell(self.text, record, offset)[0] - 1), 1)

    @cached_property
    def _widths(self) -> dict[tuple[int, int], int]:
        """How many columns each merged cell has, by the offset of its record and its column."""
        merges = self.merges or ()
        return {(merge.start, merge.column): merge.last_column - merge.column + 1 for merge in merges}

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts; LF, CRLF and a lone CR end a line."""
        if "\r" in self.text:
            return [0, *(m.end() for m in _NEWLINE.finditer(self.text))]
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, the column in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> tuple[int, int]:
        """Start and end offset of line ``number`` (from 1), without its line break."""
        start = self.line_starts[number - 1]
        if number < len(self.line_starts):
            end = self.line_starts[number]
            while end > start and self.text[end - 1] in "\r\n":
                end -= 1
            return start, end
        return start, len(self.text)


def line_at(text: str, offset: int) -> int:
    """The number, from 1, of the line of ``text`` in which ``offset`` lies."""
    return _breaks(text[:offset]) + 1


def _lines(text: str) -> int:
    return _breaks(text) + (not text.endswith(("\r", "\n")))


def _breaks(text: str) -> int:
    """How many line breaks there are: LF, CRLF or a lone CR. Counting takes no memory, unlike a list of places."""
    found = text.count("\n")
    return found + text.count("\r") - text.count("\r\n") if "\r" in text else found
