"""Reads workbooks in the OpenDocument format, ``.ods``: what they hold of a cell is the text as it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.errors import InputError
from goalcheck.files.archive import OWN_LIST_NAME
from goalcheck.files.regexes import regex
from goalcheck.limits import Limits
from goalcheck.readers.cell_styles import Style
from goalcheck.readers.package import Package
from goalcheck.readers.table_text import TableText
from goalcheck.readers.worksheets import MOST_COLUMNS, MOST_ROWS, Worksheet
from goalcheck.readers.xml_events import Attributes, Handler
from goalcheck.source import OWN_LIST, Source

_CONTENT = "content.xml"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {f"{_URN}:{name}:1.0": name for name in ("table", "text", "office", "style")}
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_URN}:{name}:1.0 " for name in ("table", "office", "text", "style"))

_CELLS = ("table:table-cell", "table:covered-table-cell")
_ASIDE = ("office:annotation", "table:shapes", "text:ruby-text", "table:tracked-changes")
"""Elements whose text is not the text of the cell: comments, what is drawn, what is read aloud, former values."""

_CODES = {"float": "General", "currency": "General", "percentage": "0.00%"}
"""How the values of cells are shown that are numbers, where nothing else says so."""

_FULL = (65_536, 1_048_576)
"""The rows of a worksheet that is filled up with blank ones to its end."""

_LACKING = 1_000  # rows that may lack of those

_BLANKS = regex(r"[ \t\r\n]+")
_MOST_BLANKS = 1000  # that stand for one another in a row


def is_workbook(package: Package) -> bool:
    """Whether ``package`` is a workbook of this format."""
    return "mimetype" in package and package.read("mimetype").startswith(_SPREADSHEET)


def read(package: Package, path: str) -> Source:
    """The text of the workbook ``package``. Raises :class:`InputError` for what is damaged, or over its limits."""
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise InputError("has-password")
    if _CONTENT not in package:
        raise InputError("damaged-part", part=_CONTENT)
    made = TableText(package.limits)
    content = _Content(made, package.limits)
    package.parse(_CONTENT, content)
    if not content.has_text:
        raise InputError("no-cells")
    if content.is_list:
        made.remark(OWN_LIST)
    return made.source(package.data, path, "ods")


class _Content(Handler):
    """Writes worksheet by worksheet as they end."""

    namespaces = _NAMESPACES
    root = "office:document-content"

    def __init__(self, made: TableText, limits: Limits) -> None:
        self._made = made
        self._limits = limits
        self._invisible: set[str] = set()  # styles of worksheets that are hidden
        self._style = ""
        self._tables = 0  # that are open, one within another
        self._aside = 0
        self._sheet: Worksheet | None = None
        self._row, self._rows = 0, 1
        self._is_row_hidden = False
        self._column, self._columns = 0, 1
        self._told = 0  # columns that the worksheet says that it has
        self._widths: dict[int, int] = {}  # of rows that have not so many, by their numbers
        self._wide = 0  # rows that have
        self._has_untyped = False  # whether a blank cell says of no kind that it is
        self._in_row = False
        self._cells: dict[int, str] = {}
        self._cell: Attributes | None = None
        self._is_covered = False
        self._lines: list[list[str]] = []  # of the cell, each in pieces
        self._signs = 0  # characters of it that elements stand for
        self._is_line = False
        self._ends_in_text = False
        self.has_text = self.is_list = False

    def start(self, name: str, attributes: Attributes) -> None:
        if self._aside or name in _ASIDE or (" " in name and ":drawing:" in name):
            self._aside += 1
        elif name in _CELLS:
            self._begin_cell(name, attributes)
        elif name.startswith("text:"):
            self._in_text(name, attributes)
        elif name == "table:table-row":
            self._begin_row(attributes)
        elif name == "table:table-column":
            self._begin_column(attributes)
        elif name == "table:table":
            self._begin_table(attributes)
        elif name == "style:style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == "style:table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._invisible.add(self._style)
        elif name == "table:named-range":
            self.is_list |= attributes.get(f"{_TABLE}name") == OWN_LIST_NAME

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif name in _CELLS:
            self._end_cell()
        elif name == "text:p":
            self._end_line()
        elif name == "table:table-row" and self._tables == 1:
            self._end_row()
        elif name == "table:table":
            self._tables -= 1
            if self._sheet is not None and not self._tables:
                self._end_table(self._sheet)
                self._sheet = None

    def text(self, text: str) -> None:
        if self._aside:
            return
        if self._is_line:
            said = _BLANKS.sub(" ", text)
            self._add(said if self._lines[-1] else said.lstrip(" "))
            self._ends_in_text = True
        elif self._in_row and text.strip():
            raise InputError("damaged-part", part=_CONTENT)

    def _begin_table(self, attributes: Attributes) -> None:
        self._tables += 1
        if self._tables == 1:
            is_hidden = attributes.get(f"{_TABLE}style-name") in self._invisible
            self._sheet = Worksheet(attributes.get(f"{_TABLE}name", ""), self._limits, is_hidden=is_hidden)
            self._row, self._rows = 0, 1
            self._column, self._columns = 1, 1
            self._told, self._wide, self._widths = 0, 0, {}
            self._has_untyped = False

    def _end_table(self, sheet: Worksheet) -> None:
        if not sheet.write(self._made, tells_of_text=self._has_untyped):
            return
        self.has_text = True
        if self._told and self._wide > 1 and len(self._widths) == 1:
            ((row, found),) = self._widths.items()
            self._made.remark("row-of-other-width", sheet=sheet.name, row=row, found=found, told=self._told)
        last = self._row + self._rows - 1
        if self._rows > 1 and not self._cells and any(0 < full - last < _LACKING for full in _FULL):
            self._made.remark("rows-gone", sheet=sheet.name)

    def _begin_column(self, attributes: Attributes) -> None:
        """Columns are told before the rows, each with how often it is repeated."""
        times = _times(attributes.get(f"{_TABLE}number-columns-repeated"), MOST_COLUMNS)
        if self._sheet is not None and _is_hidden(attributes):
            self._sheet.hidden_columns.append((self._column, self._column + times - 1))
        self._column += times
        self._told += times if self._tables == 1 else 0

    def _begin_row(self, attributes: Attributes) -> None:
        if not self._tables:
            raise InputError("damaged-part", part=_CONTENT)
        if self._tables == 1:
            self._in_row = True
            self._row += self._rows if self._row else 1
            self._rows = _times(attributes.get(f"{_TABLE}number-rows-repeated"), MOST_ROWS)
            self._column, self._columns, self._cells = 0, 1, {}
            self._is_row_hidden = _is_hidden(attributes)

    def _end_row(self) -> None:
        """A row is there as often as it is repeated; too many cells are refused before they are written."""
        self._in_row = False
        width = self._column + self._columns - 1 if self._column else 0
        if width == self._told:
            self._wide += 1
        elif len(self._widths) < 2:
            self._widths[self._row] = width
        if self._sheet is None or not self._cells:
            return
        if self._row > MOST_ROWS:
            raise InputError("damaged-part", part=_CONTENT)
        for row in range(self._row, min(self._row + self._rows, MOST_ROWS + 1)):
            self._sheet.add(row, dict(self._cells))
            if self._is_row_hidden:
                self._sheet.hidden_rows.add(row)

    def _begin_cell(self, name: str, attributes: Attributes) -> None:
        if not self._in_row:
            raise InputError("damaged-part", part=_CONTENT)
        if self._tables == 1:
            self._column += self._columns if self._column else 1
            self._columns = _times(attributes.get(f"{_TABLE}number-columns-repeated"), MOST_COLUMNS)
            self._cell, self._is_covered = attributes, name != "table:table-cell"
            self._lines, self._signs = [], 0

    def _end_cell(self) -> None:
        cell, sheet = self._cell, self._sheet
        self._is_line = False
        if self._tables != 1 or cell is None or sheet is None:
            return
        self._cell = None
        said = "\n".join(map("".join, self._lines)) or cell.get(f"{_OFFICE}string-value", "")
        if self._is_covered:
            if said.strip():
                sheet.note_covered(self._row, self._column)
            return
        if not self._lines and not said:
            said = _value(cell)
        rows = _times(cell.get(f"{_TABLE}number-rows-spanned"), MOST_ROWS)
        columns = _times(cell.get(f"{_TABLE}number-columns-spanned"), MOST_COLUMNS)
        sheet.merge(self._row, self._column, rows, columns)
        if said.strip(" "):
            for column in range(self._column, self._column + self._columns):
                self._cells[column] = said
        elif cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
            sheet.note_unknown(self._row, self._column)
        elif f"{_OFFICE}value-type" not in cell:
            self._has_untyped = True
        elif not self._lines and f"{_OFFICE}string-value" not in cell and f"{_TABLE}formula" not in cell:
            sheet.note_gone(self._row, self._column)

    def _in_text(self, name: str, attributes: Attributes) -> None:
        if name == "text:p":
            self._is_line = self._cell is not None
            if self._in_row and not self._is_line:
                raise InputError("damaged-part", part=_CONTENT)
            self._lines.append([])
        elif self._is_line:
            said = "".join(_signs(name, attributes))
            self._signs += len(said)
            if self._signs > self._limits.cell:
                raise InputError("long-cell", line=self._row, found=self._signs, limit=self._limits.cell)
            self._add(said)
            self._ends_in_text = False

    def _end_line(self) -> None:
        """End a line: a blank at its end counts only where an element stands for it."""
        if self._is_line and self._ends_in_text and self._lines[-1]:
            self._lines[-1][-1] = self._lines[-1][-1].rstrip(" ")
        self._is_line = False

    def _add(self, said: str) -> None:
        if said:
            self._lines[-1].append(said)


def _signs(name: str, attributes: Attributes) -> Iterator[str]:
    """What an element within a line stands for."""
    if name == "text:s":
        yield " " * _times(attributes.get(f"{_TEXT}c"), _MOST_BLANKS)
    elif name == "text:tab":
        yield "\t"
    elif name == "text:line-break":
        yield "\n"


def _value(cell: Attributes) -> str:
    """What is shown of a cell for which the file has a value and no text, as some programs write them."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind not in _CODES:
        return cell.get(f"{_OFFICE}{kind}-value", "")
    try:
        return Style(_CODES[kind])[cell.get(f"{_OFFICE}value", "0")]
    except ValueError:
        raise InputError("damaged-part", part=_CONTENT) from None


def _is_hidden(attributes: Attributes) -> bool:
    return attributes.get(f"{_TABLE}visibility", "visible") != "visible"


def _times(said: str | None, most: int) -> int:
    """How often something is there, from 1 to ``most``."""
    if said is None or not said.isdecimal():
        return 1
    return max(min(int(said[:9]), most), 1)
