"""Reads the tables of a page, as a web page, a spreadsheet or a budget system saves them: :func:`read`.

Many a system saves a page and calls it ``.xls``. Cells are as a browser shows them: blanks run together, ``<br>`` is a
line break, ``rowspan`` and ``colspan`` merge. A table within a cell is one of its own; the cell keeps its other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.limits import LIMITS, Limits
from goalcheck.readers.grids import MOST_ACROSS, MOST_DOWN, MOST_WITHIN, Allowance, Grid, write
from goalcheck.readers.markup import CUT, TORN, Tag, pieces
from goalcheck.readers.page_text import decode, is_page
from goalcheck.readers.page_words import BREAK, EDGE, shown
from goalcheck.readers.table_text import TableText
from goalcheck.readers.worksheets import MOST_COLUMNS
from goalcheck.source import Source

__all__ = ["is_page", "read"]

_CONTROLS = regex("[\0-\x08\x0b\x0e-\x1f\x7f]+")
_ZEROS = 4 * "\0"
_MOST_PIECES = 2_500_000  # tags and words; a table of 20,000 rows has one million
_PARAGRAPHS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "ul",
))  # fmt: skip
"""Elements that begin and end a line."""

_SPAN = regex(r"[ \t\n\r\f]*+\+?([0-9]{1,9})")
_INVISIBLE = regex(r"display\s*:\s*none|visibility\s*:\s*(?:collapse|hidden)", re.IGNORECASE)
_TYPED = frozenset(("", "text", "number", "tel", "search", "date", "month", "email", "url", "datetime-local"))
"""Fields of a form that show what was typed into them."""


def read(data: bytes, path: str = "<text>", encoding: str | None = None, limits: Limits = LIMITS) -> Source:
    """The tables of the page ``data``, and the words outside them as lines; ``encoding`` overrules what it declares.

    Raises :class:`InputError` for what is not decodable, goes beyond ``limits``, or only shows other files.
    """
    out = TableText(limits)
    add(data, encoding, out, limits)
    return out.source(data, path, "html")


def add(data: bytes, encoding: str | None, out: TableText, limits: Limits) -> None:
    """Add the tables of the page ``data``, and the words outside them, to ``out``; as :func:`read` does."""
    allowance = Allowance(limits)
    pages = []
    for text in decode(data, encoding):
        pages.append(_Page(out, allowance))
        pages[-1].read(text)
    if not any(page.has_words for page in pages):
        if any(page.has_frames for page in pages):
            raise InputError("frames")
        if not all(page.is_whole for page in pages):
            raise InputError("incomplete")
    if not all(page.is_whole for page in pages):
        out.remark("cut", is_gap=True)
    elif any(page.is_torn for page in pages):
        out.remark("torn-tags", is_gap=True)
    if any(page.has_zeros for page in pages):
        out.remark("zeros", is_gap=True)


class _Open:
    """A table that is being read, and the cell of it, if one has begun."""

    def __init__(self, allowance: Allowance) -> None:
        self.grid = Grid(allowance)
        self.loose: list[str] = []
        self.cell: list[str] | None = None
        self.column = 0
        self.in_row = False
        self.next_column = 1  # of those that <col> speaks of


class _Page:
    """Reads one page.

    ``is_whole`` says whether all that must end in it has ended, ``is_torn`` whether one of its tags has no end,
    ``has_frames`` whether it shows other files, ``has_zeros`` whether zeros stand where something was.
    """

    def __init__(self, out: TableText, allowance: Allowance) -> None:
        self._out = out
        self._allowance = allowance
        self._open: list[_Open] = []
        self._words: list[str] = []  # outside tables
        self._options: list[tuple[bool, list[str]]] | None = None
        self._preformatted = 0
        self.is_whole = True
        self._has_ended = False  # with its own tag: a table that has none ends there
        self.is_torn = self.has_frames = self.has_zeros = False
        self.has_words = False
        self._begins: Mapping[str, Callable[[Tag], None]] = {
            "table": self._table,
            "tr": self._row,
            "td": self._cell,
            "th": self._cell,
            "thead": self._group,
            "tbody": self._group,
            "tfoot": self._group,
            "col": self._columns,
            "input": self._field,
            "option": self._option,
        }
        self._ends: Mapping[str, Callable[[], None]] = {
            "table": self._end_table,
            "tr": self._end_row,
            "td": self._end_cell,
            "th": self._end_cell,
            "thead": self._end_group,
            "tbody": self._end_group,
            "tfoot": self._end_group,
            "select": self._end_select,
        }

    def read(self, text: str) -> None:
        """Add the tables and lines of ``text``."""
        self.has_zeros = _ZEROS in text.rstrip("\0")
        for number, piece in enumerate(pieces(_CONTROLS.sub("", text) if _CONTROLS.search(text) else text)):
            if number > _MOST_PIECES:
                raise InputError("too-many-tags", limit=_MOST_PIECES)
            if isinstance(piece, str):
                self._say(piece.replace("\n", BREAK) if self._preformatted else piece)
            elif piece is CUT:
                self.is_whole = False
            else:
                self.is_torn = self.is_torn or piece is TORN or piece.is_torn
                (self._end if piece.is_end else self._begin)(piece)
        self.is_whole = self.is_whole and (not self._open or self._has_ended)
        while self._open:
            self._end_table()
        self._lines(self._words, self._out.line)

    def _say(self, words: str) -> None:
        if self._options is not None:
            if self._options:
                self._options[-1][1].append(words)
            return
        if not self._open:
            self._words.append(words)
            return
        table = self._open[-1]
        if table.cell is not None:
            table.cell.append(words)
        elif table.loose or not words.isspace():
            table.loose.append(words)

    def _begin(self, tag: Tag) -> None:
        name = tag.name
        if (begin := self._begins.get(name)) is not None:
            self._has_ended = False
            begin(tag)
        elif name == "br":
            self._say(BREAK)
        elif name == "select":
            self._options = []
        elif name in ("frame", "frameset"):
            self.has_frames = True
        elif name in ("pre", "textarea"):
            self._preformatted += 1
        if name in ("html", "body"):
            self.is_whole = self._has_ended = False
        if name in _PARAGRAPHS:
            self._say(EDGE)

    def _end(self, tag: Tag) -> None:
        name = tag.name
        if (end := self._ends.get(name)) is not None:
            end()
        elif name in ("pre", "textarea"):
            self._preformatted = max(self._preformatted - 1, 0)
        elif name in ("html", "body"):
            self.is_whole = self._has_ended = True
        if name in _PARAGRAPHS:
            self._say(EDGE)

    def _table(self, _: Tag) -> None:
        self._end_select()
        if self._open and self._open[-1].cell is None:
            self._end_table()  # a table within a table, but in no cell: the other was not ended
        if len(self._open) == MOST_WITHIN:
            raise InputError("nested-too-deep", part="<table>", limit=MOST_WITHIN)
        self._say(EDGE)
        if not self._open:
            self._lines(self._words, self._out.line)
            self._words = []
        self._open.append(_Open(self._allowance))

    def _end_table(self) -> None:
        if not self._open:
            return
        self._end_row()
        table = self._open.pop()
        self._lines(table.loose, table.grid.before.append)
        self.has_words = self.has_words or bool(table.grid.rows)
        if not self._open:
            write(table.grid, self._out)
        elif not table.grid.is_blank:
            self._allowance.steps(100)
            self._open[-1].grid.within.append(table.grid)

    def _group(self, _: Tag) -> None:
        self._end_group()

    def _end_group(self) -> None:
        self._end_row()
        if self._open:
            self._open[-1].grid.end_group()

    def _row(self, tag: Tag) -> None:
        if not self._open:
            return
        self._end_row()
        table = self._open[-1]
        table.in_row = True
        table.grid.begin_row()
        if _is_hidden(tag):
            table.grid.hidden_rows.add(table.grid.row)

    def _end_row(self) -> None:
        self._end_cell()
        if self._open:
            self._open[-1].in_row = False

    def _cell(self, tag: Tag) -> None:
        if not self._open:
            self._say(EDGE)
            return
        self._end_cell()
        table = self._open[-1]
        if not table.in_row:
            table.in_row = True
            table.grid.begin_row()
        across = down = 1
        if "span" in tag.written.lower():
            attributes = tag.attributes
            across = _span(attributes.get("colspan", "")) or 1
            down = _span(attributes["rowspan"]) if "rowspan" in attributes else 1
        table.column = table.grid.place(across, down or MOST_DOWN)
        if _is_hidden(tag):
            table.grid.hidden_columns.add(table.column + 1)
        table.cell = []

    def _end_cell(self) -> None:
        self._end_select()
        if self._open and (words := self._open[-1].cell) is not None:
            table = self._open[-1]
            table.grid.fill(table.column, shown("".join(words)))
            table.cell = None
            self._preformatted = 0

    def _columns(self, tag: Tag) -> None:
        """Columns that a table describes before its rows."""
        if self._open:
            table = self._open[-1]
            number = min(_span(tag.attributes.get("span", "")) or 1, MOST_ACROSS)
            if _is_hidden(tag) and table.next_column <= MOST_COLUMNS:
                table.grid.hidden_columns.update(range(table.next_column, table.next_column + number))
            table.next_column += number

    def _field(self, tag: Tag) -> None:
        attributes = tag.attributes
        if attributes.get("type", "").strip().lower() in _TYPED:
            self._say(attributes.get("value", ""))

    def _option(self, tag: Tag) -> None:
        if self._options is not None:
            self._options.append(("selected" in tag.attributes, []))

    def _end_select(self) -> None:
        """Say what a list shows: the choice that was made, or its first."""
        options, self._options = self._options, None
        for _, words in sorted(options or (), key=lambda option: not option[0])[:1]:
            self._say("".join(words))

    def _lines(self, words: list[str], put: Callable[[str], None]) -> None:
        for line in shown("".join(words)).split("\n"):
            if line:
                self.has_words = True
                put(line)


def _span(written: str) -> int:
    found = _SPAN.match(written)
    return int(found[1]) if found is not None else 1


def _is_hidden(tag: Tag) -> bool:
    if "style" not in tag.written.lower() and "hidden" not in tag.written.lower():
        return False
    attributes = tag.attributes
    return "hidden" in attributes or _INVISIBLE.search(attributes.get("style", "")) is not None
