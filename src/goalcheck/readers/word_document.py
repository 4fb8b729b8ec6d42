"""What the elements of a Word document say, one after the other: :class:`Document`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from goalcheck.errors import InputError
from goalcheck.limits import Limits
from goalcheck.readers.grids import MOST_WITHIN, Allowance, Grid, write
from goalcheck.readers.list_numbers import Lists
from goalcheck.readers.symbol_font import in_symbol_font, symbol
from goalcheck.readers.table_text import TableText
from goalcheck.readers.word_flow import Fields, Flow
from goalcheck.readers.word_table import SHAPES, WordTable, number
from goalcheck.readers.xml_events import Attributes, Handler, attribute, office_names

WORD = "wordprocessingml"
"""What the names of all vocabularies of Word have in common."""

_NAMESPACES = {
    **office_names(WORD),
    **office_names("officeDocument", "math", prefix="m"),
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:office:office": "o",
}
_SHEETS = ("Excel.", "ET.", "Word.", "WPS.")
_OFF = frozenset(("0", "false", "off", "none"))
_CHANGED = ("rPr", "pPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sectPr", "tblGrid")
_IGNORED = frozenset((
    "instrText", "delInstrText", "delText", "tabs", "sectPr", "sdtPr", "sdtEndPr", "rt", "ffData", "fldData",
    *(f"{name}Change" for name in _CHANGED),
))  # fmt: skip
"""Elements of which nothing counts: instructions, text that is gone, what properties were before a change."""

_ELSEWHERE = frozenset(": ")
"""What is in the names of elements that are not of the vocabulary of Word, such as drawings."""

_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "m:den": "/"}


class Document(Handler):
    """What is done with the elements of a document."""

    namespaces = _NAMESPACES
    root = "document"

    def __init__(self, out: TableText, limits: Limits, lists: Lists, related: Callable[[str], bytes]) -> None:
        self._out = out
        self._limits = limits
        self._related = related  # what a relationship of the document leads to
        self._lists = lists
        self._list, self._level = "", 0
        self._allowance = Allowance(limits)
        self._path: list[str] = ["", ""]
        self._skipped = 0  # how deep it is in what does not count
        self._flows = [Flow(self._line)]
        self._tables: list[WordTable] = []
        self._aside: list[str | Grid] = []  # what text boxes hold, until the table or paragraph has ended
        self._boxes: list[int] = []  # the number of tables that were open where each text box began
        self._chosen: list[bool] = []  # whether one of several forms of the same was read
        self._fields = Fields()
        self._unsaid: list[str] = []  # words among the instructions of a field
        self._torn = 0  # tables of which something lacks
        self._is_text = False
        self._is_vanished = self._is_symbol = False
        self._remarks: dict[str, bool] = {}  # and whether something is missing
        self._starts: Mapping[str, Callable[[Attributes], object]] = {
            "tbl": self._table,
            "gridCol": self._column,
            "tr": self._row,
            **{name: partial(self._shape, name) for name in SHAPES},
            "hidden": self._hidden,
            "tc": self._cell,
            "cellDel": self._cell_deleted,
            "del": self._deleted,
            "moveFrom": self._deleted,
            "ins": self._inserted,
            "moveTo": self._inserted,
            "r": self._run,
            "vanish": self._vanish,
            "rFonts": self._fonts,
            "numPr": self._numbered,
            "ilvl": self._list_level,
            "numId": self._list_name,
            "sym": self._symbol,
            "fldChar": self._field,
            "txbxContent": self._box,
            "mc:AlternateContent": lambda _: self._chosen.append(False),
            "mc:Choice": self._choice,
            "mc:Fallback": self._choice,
            "altChunk": self._chunk,
            "subDoc": lambda _: self._remark("embedded", is_gap=True),
            "o:OLEObject": self._object,
        }
        self._ends: Mapping[str, Callable[[], object]] = {
            "p": self._end_paragraph,
            "numPr": self._number_paragraph,
            "tbl": self._end_table,
            "tr": self._end_row,
            "tc": self._end_cell,
            "txbxContent": self._end_box,
            "mc:AlternateContent": self._chosen.pop,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped or name in _IGNORED:
            self._skipped += 1
            return
        self._is_text = name in ("t", "m:t")
        begin = self._starts.get(name)
        if begin is not None:
            begin(attributes)
        elif name in _CHARACTERS:
            self._say(_CHARACTERS[name])
        if not self._skipped:
            self._path.append(name)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        self._is_text = False
        self._path.pop()
        end = self._ends.get(name)
        if end is not None:
            end()

    def text(self, text: str) -> None:
        if self._skipped:
            return
        if self._is_text:
            self._say(in_symbol_font(text) if self._is_symbol else text)
        elif not _ELSEWHERE.intersection(self._path[-1]) and text.strip():
            raise InputError("damaged-part", part="document.xml")

    def close(self) -> None:
        """Say what is to be said once the document has been read."""
        self._flows[0].end()
        for key, is_gap in self._remarks.items():
            self._out.remark(key, is_gap=is_gap)
        if self._torn:
            self._out.remark("torn-tables", number=self._torn)

    def _say(self, words: str) -> None:
        if not self._fields.is_shown:
            self._unsaid.append(words)
        elif self._is_vanished:
            self._remark("hidden-text")
        else:
            self._flows[-1].words.append(words)

    def _remark(self, key: str, *, is_gap: bool = False) -> None:
        self._remarks[key] = is_gap

    def _skip(self) -> None:
        self._skipped = 1

    def _end_paragraph(self) -> None:
        if not self._fields.is_shown:  # the mark that begins a field is alone, and what follows is none
            self._flows[-1].words += self._unsaid
            self._unsaid.clear()
        self._flows[-1].end_paragraph()
        self._fields.end_paragraph()

    def _line(self, words: str) -> None:
        """A paragraph outside all tables, and what its text boxes hold."""
        for line in words.split("\n"):
            self._out.line(line)
        aside, self._aside = self._aside, []
        for held in aside:
            if isinstance(held, Grid):
                write(held, self._out)
            else:
                self._line(held)

    @property
    def _table_here(self) -> WordTable | None:
        """The table in whose row or cell it is, if it is in one."""
        return self._tables[-1] if self._tables and len(self._tables) > (self._boxes or [0])[-1] else None

    def _table(self, _: Attributes) -> None:
        if len(self._tables) == MOST_WITHIN:
            raise InputError("nested-too-deep", part="w:tbl", limit=MOST_WITHIN)
        self._fields.clear()
        self._flows[-1].end_if_begun()
        self._tables.append(WordTable(Grid(self._allowance)))

    def _end_table(self) -> None:
        table = self._tables.pop()
        table.end()
        self._torn += table.is_torn
        self._flows[-1].has_content = True
        if table.has_hidden_text:
            self._remark("hidden-text")
        above = self._table_here
        if above is not None:
            if not table.grid.is_blank:
                self._allowance.steps(100)
                above.grid.within.append(table.grid)
        elif self._boxes:
            self._aside.append(table.grid)
        else:
            write(table.grid, self._out)
            self._line("")

    def _column(self, _: Attributes) -> None:
        if (table := self._table_here) is not None:
            table.columns += 1

    def _row(self, _: Attributes) -> None:
        if (table := self._table_here) is None or table.is_in_row:
            raise InputError("damaged-part", part="document.xml")
        table.begin_row()

    def _shape(self, name: str, attributes: Attributes) -> None:
        if (table := self._table_here) is not None:
            table.shape(name, attributes)

    def _hidden(self, attributes: Attributes) -> None:
        if (table := self._table_here) is not None and self._path[-1] == "trPr":
            table.is_hidden = attribute(attributes, "val") not in _OFF

    def _end_row(self) -> None:
        if (table := self._table_here) is not None:
            table.end_row()

    def _cell(self, _: Attributes) -> None:
        if (table := self._table_here) is None or not table.is_in_row:
            raise InputError("damaged-part", part="document.xml")
        if table.is_deleted:
            self._skip()
            return
        table.begin_cell()
        self._fields.clear()
        self._flows.append(Flow(table.words.append))

    def _cell_deleted(self, _: Attributes) -> None:
        self._remark("tracked-changes")
        if (table := self._table_here) is not None:
            table.cell_is_deleted = True

    def _end_cell(self) -> None:
        flow = self._flows.pop()
        flow.end_if_begun()
        self._tables[-1].end_cell(is_whole=flow.has_content)

    def _deleted(self, _: Attributes) -> None:
        """What a tracked change has taken away: a row, the mark of a paragraph, or text."""
        self._remark("tracked-changes")
        within = self._path[-1]
        if within == "trPr":
            if self._table_here is not None:
                self._table_here.is_deleted = True
        elif within == "rPr":
            self._flows[-1].goes_on |= self._path[-2] == "pPr"
        else:
            self._skip()

    def _inserted(self, _: Attributes) -> None:
        self._remark("tracked-changes")

    def _run(self, _: Attributes) -> None:
        self._is_vanished = self._is_symbol = False

    def _vanish(self, attributes: Attributes) -> None:
        if self._path[-2] == "r":
            self._is_vanished = attribute(attributes, "val") not in _OFF

    def _fonts(self, attributes: Attributes) -> None:
        if self._path[-2] == "r":
            self._is_symbol = attribute(attributes, "ascii") == "Symbol"

    def _numbered(self, _: Attributes) -> None:
        self._list, self._level = "", 0

    def _list_level(self, attributes: Attributes) -> None:
        self._level = number(attributes, 0)

    def _list_name(self, attributes: Attributes) -> None:
        self._list = attribute(attributes, "val") or ""

    def _number_paragraph(self) -> None:
        """Begin a paragraph with its number in an automatic list."""
        if self._path[-1] == "pPr":
            self._is_vanished = False
            self._say(self._lists.next(self._list, self._level))

    def _symbol(self, attributes: Attributes) -> None:
        self._say(symbol(attribute(attributes, "font") or "", attribute(attributes, "char") or ""))

    def _field(self, attributes: Attributes) -> None:
        self._fields.mark(attribute(attributes, "fldCharType"))
        if self._fields.is_shown:
            self._unsaid.clear()

    def _box(self, _: Attributes) -> None:
        self._boxes.append(len(self._tables))
        self._flows.append(Flow(self._aside.append))

    def _end_box(self) -> None:
        self._flows.pop().end_if_begun()
        self._boxes.pop()

    def _choice(self, _: Attributes) -> None:
        """One of several forms of the same, for programs new and old: the first counts."""
        if self._chosen and self._chosen[-1]:
            self._skip()
        elif self._chosen:
            self._chosen[-1] = True

    def _chunk(self, attributes: Attributes) -> None:
        """Another file as a part of the document: a page, as systems write that make a document of one."""
        from goalcheck.readers import html  # only where there is one

        data = self._related(attribute(attributes, "id") or "")
        try:
            is_page = not self._tables and not self._boxes and html.is_page(data)
        except InputError:  # it is of another kind, and not decodable
            is_page = False
        if is_page:
            html.add(data, None, self._out, self._limits)
        else:
            self._remark("embedded", is_gap=True)

    def _object(self, attributes: Attributes) -> None:
        if (attribute(attributes, "ProgID") or "").startswith(_SHEETS):
            self._remark("embedded", is_gap=True)
