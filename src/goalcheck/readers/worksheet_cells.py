"""The cells of one worksheet of a workbook: a part such as ``sheet1.xml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goalcheck.errors import InputError
from goalcheck.limits import MOST_NESTED
from goalcheck.readers.cell_styles import CellStyles, Style, iso_date
from goalcheck.readers.shared_strings import FONTS, NAMESPACES, unescaped, whole_number
from goalcheck.readers.worksheets import MOST_COLUMNS, MOST_ROWS, Worksheet, area, column_number
from goalcheck.readers.xml_events import Attributes, Calls, PrefixedNames, parse_with

TRUE = ("1", "true", "on")
"""How an attribute says that something is so."""

_TRUTHS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}

_OF_FILTERS = frozenset((
    "autoFilter", "filterColumn", "filters", "filter", "dateGroupItem", "customFilters", "customFilter", "top10",
    "dynamicFilter", "colorFilter", "iconFilter", "sortState", "sortCondition",
))  # fmt: skip
"""Elements of the arrows to filter by, which some programs write among the rows."""

_OF_ROWS = FONTS | _OF_FILTERS | {"r", "phoneticPr", "extLst", "ext"}
"""Elements that stand among rows of cells; no program writes others of the same vocabulary there."""


class _Columns(dict[str, int]):
    """The numbers of columns by the references to their cells without the row; 0 for what is no reference."""

    def __missing__(self, letters: str) -> int:
        plain = letters.isascii() and letters.isalpha() and len(letters) <= 3
        number = column_number(letters) if plain else 0
        self[letters] = number if number <= MOST_COLUMNS else 0
        return self[letters]


class WorksheetCells:
    """What stands in a worksheet: the XML of it fills ``sheet``.

    Rows and cells without a reference follow the one before.
    """

    def __init__(self, sheet: Worksheet, part: str, strings: Mapping[str, str], styles: CellStyles) -> None:
        self._sheet = sheet
        self._part = part
        self._strings = strings
        self._styles = styles
        self._has_rows = self._is_among_rows = False

    def read(self, pieces: Iterable[bytes]) -> None:  # noqa: C901, PLR0915  # one function costs least, see below
        """Read the XML. A worksheet is nearly all of a workbook: so it is one function, whose variables cost least."""
        names: Mapping[str, str] = {}
        letters, styles, strings, add = _Columns(), self._styles, self._strings, self._sheet.add
        depth = row = column = 0
        kind = style = here = ""
        is_cell = is_text = is_formula = is_aloud = False
        cells: dict[int, str] = {}
        said: list[str] = []

        def start(given: str, attributes: Attributes) -> None:  # noqa: C901  # as above
            nonlocal names, depth, row, column, kind, style, here, is_cell, is_text, is_formula, is_aloud, cells
            if not depth:
                names = PrefixedNames(NAMESPACES, attributes)
                if names[given] != "worksheet":
                    raise InputError("damaged-part", part=self._part)
            depth += 1
            if depth > MOST_NESTED:
                raise InputError("nested-too-deep", part=self._part, limit=MOST_NESTED)
            name = names[given]
            if name == "c":
                reference = attributes.get("r")
                head = reference.rstrip("0123456789") if reference else ""
                column = (letters[head] if head else 0) or column + 1
                if here and reference and reference != head + here:
                    self._sheet.note_astray(row, column)
                kind, style = attributes.get("t", "n"), attributes.get("s", "")
                said.clear()
                is_cell, is_formula = True, False
            elif name in ("v", "t"):
                is_text = is_cell and not is_aloud
            elif name == "row":
                row, column, cells = self._row(attributes, row), 0, {}
                here = attributes.get("r", "")
            elif name == "f":
                is_formula = True
            elif name == "rPh":
                is_aloud = True
            elif name == "is":
                said.clear()  # some write the value beside the text, which is what counts
            else:
                self._start(name, attributes)

        def end(given: str) -> None:  # noqa: C901  # as above
            nonlocal depth, is_cell, is_text, is_aloud
            depth -= 1
            name = names[given]
            if name == "c":
                is_cell = False
                if said:
                    value = said[0] if len(said) == 1 else "".join(said)
                    if kind == "n":
                        seen = styles[style][value]
                    elif kind in ("s", "inlineStr") and styles[style].shows_texts_as_they_are:
                        seen = strings[value] if kind == "s" else unescaped(value)
                    else:
                        seen = self._shown(kind, styles[style], value)
                    if seen:
                        if column in cells:
                            self._sheet.note_twice(row, column, cells[column], seen)
                        cells[column] = seen
                elif is_formula and kind not in ("str", "inlineStr"):
                    self._sheet.note_unknown(row, column)
            elif name in ("v", "t"):
                is_text = False
            elif name == "row":
                add(row, cells)
            elif name == "rPh":
                is_aloud = False
            elif name == "sheetData":
                self._is_among_rows = False

        def text(piece: str) -> None:
            if is_text:
                said.append(piece)

        try:
            parse_with(Calls(start, end, text), pieces, self._part)
        except (KeyError, ValueError):  # a text that is not there, what is no number
            raise InputError("damaged-part", part=self._part) from None
        if not self._has_rows:  # which every worksheet has, if it is blank
            raise InputError("damaged-part", part=self._part)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "sheetData":
            self._has_rows = self._is_among_rows = True
        elif self._is_among_rows:
            if name and name not in _OF_ROWS:
                raise InputError("damaged-part", part=self._part)
        elif name == "col":
            self._hide(attributes)
        elif name == "mergeCell":
            merged = area(attributes.get("ref", ""))
            if merged is not None:
                self._sheet.merge(*merged)

    def _row(self, attributes: Attributes, before: int) -> int:
        """The number of a row that begins."""
        row = min(before + 1, MOST_ROWS)
        if attributes.get("r") != str(row):
            row = whole_number(attributes.get("r"), MOST_ROWS) or row
        if attributes.get("hidden") in TRUE or attributes.get("ht") == "0":
            self._sheet.hidden_rows.add(row)
        return row

    def _hide(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in TRUE or attributes.get("width") == "0":
            first, last = (whole_number(attributes.get(name), MOST_COLUMNS) for name in ("min", "max"))
            if first and last:
                self._sheet.hidden_columns.append((first, last))

    def _shown(self, kind: str, style: Style, said: str) -> str:
        """What a cell that holds no number shows; ``said`` is what the file has of its value.

        Raises ValueError for a kind that there is not, and for what is no value of its kind.
        """
        if kind in ("s", "str", "inlineStr"):
            return style.text(self._strings[said] if kind == "s" else unescaped(said))
        if kind == "d" and not said.strip().isdecimal():
            return iso_date(said, style)
        if kind == "b" and said.strip() in _TRUTHS:
            return _TRUTHS[said.strip()]
        if kind not in ("e", "") or (kind == "e" and not said.startswith(("#", "Err"))):
            raise ValueError(kind)
        return said
