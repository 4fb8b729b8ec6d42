"""Reads workbooks in the XML of 2003, which many systems write and call ``.xls``."""

from __future__ import annotations

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.limits import LIMITS, Limits
from goalcheck.readers.cell_styles import Style, iso_date
from goalcheck.readers.page_text import decode
from goalcheck.readers.table_text import TableText
from goalcheck.readers.worksheets import MOST_COLUMNS, MOST_ROWS, Worksheet
from goalcheck.readers.xml_events import Attributes, Handler, parse
from goalcheck.source import Source

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_NAMESPACES = {_NAMESPACE: ""}
_SS = f"{_NAMESPACE} "
_OPTIONS = "urn:schemas-microsoft-com:office:excel "
_ROOT = regex(rb"<(?:\w+:)?Workbook[\s>]")
_DECLARATION = regex(r"\A\s*+<\?xml[^>]*+>")
_BEGINNING = 8192  # bytes within which the root element begins
_PIECE = 2**16

_WITHIN = {"Table": "Worksheet", "Row": "Table", "Cell": "Row", "Data": "Cell"}
"""What each of these stands in, and nowhere else."""

_ATTRIBUTES = {
    "Row": ("AutoFitHeight", "Height", "Hidden", "Index", "Span", "StyleID"),
    "Cell": ("ArrayRange", "Formula", "HRef", "Index", "MergeAcross", "MergeDown", "StyleID"),
    "Data": ("Type",),
    "NumberFormat": ("Format",),
}
_KNOWN = {name: frozenset(f"{_SS}{key}" for key in keys) for name, keys in _ATTRIBUTES.items()}
"""What may be said of each of these in this format; other namespaces say more."""

_KINDS = frozenset(("Number", "DateTime", "Boolean", "Error", "String"))

_OF_STYLES = frozenset(("Alignment", "Borders", "Border", "Font", "Interior", "Protection"))
"""What a style consists of, besides its number format."""

_NAMED = {
    "General Number": "General",
    "General Date": "yyyy/m/d h:mm",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy/m/d",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm",
    "Currency": '"¥"#,##0.00;"¥"-#,##0.00',
    "Euro Currency": "[$€-2]#,##0.00",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}
"""Formats that have names."""


def is_workbook(data: bytes) -> bool:
    """Whether ``data`` is a workbook of this format, in whatever encoding."""
    beginning = data[:_BEGINNING].replace(b"\0", b"")
    return _NAMESPACE.encode() in beginning and _ROOT.search(beginning) is not None


def read(data: bytes, path: str, limits: Limits = LIMITS) -> Source:
    """The text of the workbook ``data``. Raises :class:`InputError` for what is damaged, or over ``limits``."""
    text = _DECLARATION.sub("", next(iter(decode(data, None))), count=1).encode("utf-8", "replace")
    made = TableText(limits)
    book = _Book(made, limits)
    parse((text[at : at + _PIECE] for at in range(0, len(text), _PIECE)), "Workbook", book)
    if not book.has_text:
        raise InputError("no-cells")
    if beyond := book.beyond:
        made.remark("other-formats", formats=", ".join(beyond))
    if book.is_missed:
        made.remark("formats-gone")
    return made.source(data, path, "xml")


class _Book(Handler):
    """Writes worksheet by worksheet as they end."""

    namespaces = _NAMESPACES

    def __init__(self, made: TableText, limits: Limits) -> None:
        self._made = made
        self._limits = limits
        self._styles: dict[str, Style] = {}
        self._missed = Style("General")
        self._style = ""
        self._sheet: Worksheet | None = None
        self._row = self._next_row = 0
        self._column = self._next_column = 0
        self._default: dict[str, str] = {}  # the style of the row
        self._cells: dict[int, str] = {}
        self._cell: Attributes = {}
        self._kind = ""
        self._said: list[str] | None = None
        self._within = ["", ""]
        self._has_value = False
        self._aside = 0
        self._is_visibility = False
        self.has_text = False
        self.is_missed = False
        self._is_in_style = False
        """Whether numbers stand under formats that the file does not have."""

    @property
    def beyond(self) -> list[str]:
        """Formats that are not followed though numbers stand under them; a few of them."""
        return [style.code for style in self._styles.values() if style and not style.format.is_known][:3]

    def start(self, name: str, attributes: Attributes) -> None:
        if self._aside or name in ("Comment", "PhoneticText"):
            self._aside += 1
            return
        self._require_place(name)
        _require_known(name, attributes)
        if name == "Data":
            self._kind, self._said = attributes.get(f"{_SS}Type", ""), []
        elif name == "Cell":
            self._begin_cell(attributes)
        elif name == "Row":
            self._begin_row(attributes)
        elif name == "Column":
            self._begin_column(attributes)
        elif name == "Worksheet":
            self._sheet = Worksheet(attributes.get(f"{_SS}Name", ""), self._limits)
            self._row, self._next_row, self._next_column = 0, 1, 1
        elif name == "Style" or self._is_in_style:
            self._note_style(name, attributes)
        elif name == f"{_OPTIONS}Visible":
            self._is_visibility = True

    def _note_style(self, name: str, attributes: Attributes) -> None:
        if name == "Style":
            self._is_in_style = True
            self._style = attributes.get(f"{_SS}ID", "")
            parent = self._styles.get(attributes.get(f"{_SS}Parent", "Default"))
            self._styles[self._style] = Style(parent.code if parent is not None else "General")
        elif name == "NumberFormat":
            code = attributes.get(f"{_SS}Format", "General")
            self._styles[self._style] = Style(_NAMED.get(code, code))
        elif name.isalpha():  # of no other namespace
            self.is_missed |= name not in _OF_STYLES

    def _require_place(self, name: str) -> None:
        if self._within[-1] != _WITHIN.get(name, self._within[-1]):
            raise InputError("damaged-part", part="Workbook")
        if name == "Worksheet" or name in _WITHIN:
            self._within.append(name)

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        if name == self._within[-1]:
            self._within.pop()
        if name == "Data":
            self._end_data()
        elif name == "Style":
            self._is_in_style = False
        elif name == "Cell":
            if self._cell.get(f"{_SS}Formula") and not self._has_value and self._sheet is not None:
                self._sheet.note_unknown(self._row, self._column)
        elif name == "Row" and self._sheet is not None:
            self._sheet.add(self._row, self._cells)
            self._cells = {}
        elif name == "Worksheet" and self._sheet is not None:
            self.has_text |= self._sheet.write(self._made)
            self._sheet = None
        elif name == f"{_OPTIONS}Visible":
            self._is_visibility = False

    def text(self, text: str) -> None:
        if self._aside:
            return
        if self._said is not None:
            self._said.append(text)
        elif self._is_visibility and self._sheet is not None and text.strip() != "SheetVisible":
            self._sheet.is_hidden = True
        elif self._within[-1] in ("Table", "Row", "Cell") and text.strip():
            raise InputError("damaged-part", part="Workbook")
        elif self._is_in_style:
            self.is_missed |= bool(text.strip())

    def _begin_column(self, attributes: Attributes) -> None:
        first = _whole(attributes.get(f"{_SS}Index"), MOST_COLUMNS) or self._next_column
        self._next_column = first + 1 + (_whole(attributes.get(f"{_SS}Span"), MOST_COLUMNS) or 0)
        if attributes.get(f"{_SS}Hidden") == "1" and self._sheet is not None:
            self._sheet.hidden_columns.append((first, self._next_column - 1))

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = _index(attributes, self._row, MOST_ROWS) or min(self._next_row, MOST_ROWS)
        self._next_row = self._row + 1 + (_whole(attributes.get(f"{_SS}Span"), MOST_ROWS) or 0)
        self._column, self._next_column = 0, 1
        self._default = {f"{_SS}StyleID": attributes.get(f"{_SS}StyleID", "Default")}
        if attributes.get(f"{_SS}Hidden") == "1" and self._sheet is not None:
            self._sheet.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._has_value = False
        self._column = _index(attributes, self._column, MOST_COLUMNS) or min(self._next_column, MOST_COLUMNS)
        across = _whole(attributes.get(f"{_SS}MergeAcross"), MOST_COLUMNS) or 0
        down = _whole(attributes.get(f"{_SS}MergeDown"), MOST_ROWS) or 0
        self._next_column = self._column + 1 + across
        if self._sheet is not None:
            self._sheet.merge(self._row, self._column, down + 1, across + 1)

    def _end_data(self) -> None:
        said, self._said = "".join(self._said or ()), None
        self._has_value = bool(said) or self._kind == "String"
        name = self._cell.get(f"{_SS}StyleID", self._default.get(f"{_SS}StyleID", "Default"))
        style = self._styles.get(name)
        if style is None:
            style = self._missed
            self.is_missed |= self._kind in ("Number", "DateTime") and name != "Default"
        try:
            shown = self._shown(said, style)
        except ValueError:
            raise InputError("damaged-part", part="Workbook") from None
        if shown:
            if self._column in self._cells and self._sheet is not None:
                self._sheet.note_twice(self._row, self._column, self._cells[self._column], shown)
            self._cells[self._column] = shown

    def _shown(self, said: str, style: Style) -> str:
        if self._kind == "Number":
            return style[said.strip()] if said.strip() else ""
        if self._kind == "DateTime":
            return iso_date(said, style)
        if self._kind not in _KINDS:
            raise ValueError(self._kind)
        if self._kind == "Boolean":
            return {"1": "TRUE", "0": "FALSE"}.get(said.strip(), said)
        return said if self._kind == "Error" else style.text(said)


def _require_known(name: str, attributes: Attributes) -> None:
    """Raise InputError for what the format has no word for: so an element has lost its place, or its looks."""
    unknown = attributes.keys() - _KNOWN.get(name, attributes.keys())
    if any(key.startswith(_SS) for key in unknown):
        raise InputError("damaged-part", part="Workbook")


def _index(attributes: Attributes, before: int, most: int) -> int | None:
    """The number that a row or a cell says it has. Raises InputError where it has come ``before``."""
    index = _whole(attributes.get(f"{_SS}Index"), most)
    if index and index <= before:
        raise InputError("damaged-part", part="Workbook")
    return index


def _whole(said: str | None, most: int) -> int | None:
    """The whole number ``said``, at most ``most``; None for what is none."""
    return min(int(said[:9]), most) if said is not None and said.isdecimal() else None
