"""Reads workbooks, ``.xlsx`` and ``.xlsm``: every worksheet that holds text becomes a table of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from goalcheck.errors import InputError
from goalcheck.files.archive import OWN_NAME
from goalcheck.files.regexes import regex
from goalcheck.limits import MOST_NESTED
from goalcheck.readers.cell_styles import CellStyles, Style, iso_date
from goalcheck.readers.package import Package
from goalcheck.readers.table_text import TableText
from goalcheck.readers.worksheets import MOST_COLUMNS, MOST_ROWS, Worksheet, area, column_number
from goalcheck.readers.xml_events import Attributes, Calls, Handler, PrefixedNames, attribute, office_names, parse_with
from goalcheck.source import OWN_LIST, Source

_USUAL_MAIN_PART = "xl/workbook.xml"

_NAMESPACES = office_names("spreadsheetml")
_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")
_OTHER_SHEETS = ("chartsheet", "dialogsheet", "macrosheet", "xlMacrosheet", "xlIntlMacrosheet")
"""What sheets of a workbook may be that hold no table."""

_FONTS = frozenset((
    "rPr", "rFont", "charset", "family", "b", "i", "strike", "outline", "shadow", "condense", "extend", "color", "sz",
    "u", "vertAlign", "scheme",
))  # fmt: skip
_OF_TEXTS = _FONTS | {"sst", "si", "r", "t", "rPh", "phoneticPr", "extLst", "ext"}
_OF_ROWS = _FONTS | {"r", "phoneticPr", "extLst", "ext"}
"""Elements that shared texts and rows of cells are made of; no program writes others of the same vocabulary."""

_DRAWN = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/")
"""Where what a workbook shows besides its cells lies: pictures, shapes with text, other files."""

_TRUE = ("1", "true", "on")
_TRUTHS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


def is_workbook(package: Package) -> bool:
    """Whether ``package`` is a workbook of this format."""
    return _main_part(package) is not None


def read(package: Package, path: str) -> Source:
    """The text of the workbook ``package``. Raises :class:`InputError` for what is damaged, or over its limits."""
    main = _main_part(package)
    if main is None:
        raise InputError("damaged-part", part=_USUAL_MAIN_PART)
    book = _Book()
    package.parse(main, book)
    relations = package.relations(main)
    parts = dict(relations.values())
    styles = CellStyles(since_1904=book.since_1904)
    package.parse(package.needed(parts["styles"]) if "styles" in parts else "xl/styles.xml", styles)
    _require_own_parts(book, relations)
    strings = _Strings()
    package.parse(parts.get("sharedStrings", "xl/sharedStrings.xml"), strings)  # a text that is not there tells
    made = TableText(package.limits)
    has_text = has_unknown = False
    for sheet in _worksheets(package, book, relations, strings.found, styles):
        has_text |= sheet.write(made)
        has_unknown |= sheet.has_unknown
    if book.results is not None:
        made.remark("own-results", sheet=book.results)
    if not has_text:
        raise InputError("no-cells" if has_unknown or package.has_below(*_DRAWN) else "empty-workbook")
    if book.is_list:
        made.remark(OWN_LIST)
    if styles.beyond:
        made.remark("other-formats", formats=", ".join(styles.beyond))
    if strings.told and strings.told != len(strings.found):
        made.remark("texts-miscounted", told=strings.told, found=len(strings.found))
    listed = {relation for _, relation, _ in book.sheets}
    if left := sum(kind == "worksheet" and key not in listed for key, (kind, _) in relations.items()):
        made.remark("unlisted-sheets", number=left)
    if styles.is_missed:
        made.remark("formats-gone")
    return made.source(package.data, path, "xlsx")


def _main_part(package: Package) -> str | None:
    """The name of the part that tells of the worksheets; None where the package is no workbook."""
    parts = (*package.main_parts, _USUAL_MAIN_PART)
    return next((part for part in parts if part in package and "workbook.xml" in part.lower()), None)


def _require_own_parts(book: _Book, relations: Mapping[str, tuple[str, str]]) -> None:
    """Raise :class:`InputError` where two worksheets are said to be the same part: one of them is not read then."""
    parts = [relations[relation][1] for _, relation, _ in book.sheets if relation in relations]
    if len(set(parts)) < len(parts):
        raise InputError("damaged-part", part="workbook.xml.rels")


def _worksheets(
    package: Package,
    book: _Book,
    relations: Mapping[str, tuple[str, str]],
    strings: Mapping[str, str],
    styles: CellStyles,
) -> Iterator[Worksheet]:
    """The worksheets with cells of their own, one by one."""
    for name, relation, is_hidden in book.sheets:
        kind, part = relations.get(relation, ("worksheet", name))
        if relation and kind not in _OTHER_SHEETS and name != book.results:  # without one it is a module of macros
            yield _read(package, part, Worksheet(name, package.limits, is_hidden=is_hidden), strings, styles)


def _read(package: Package, part: str, sheet: Worksheet, strings: Mapping[str, str], styles: CellStyles) -> Worksheet:
    _Cells(sheet, part, strings, styles).read(package.pieces(package.needed(part)))
    return sheet


class _Book(Handler):
    """The worksheets in their order: the name, the relation that leads to each, and whether it is hidden.

    ``is_list`` says that it is a list of findings that goalcheck has written; ``results`` is the worksheet of results
    that it has added to a workbook of somebody's.
    """

    namespaces = _NAMESPACES
    root = "workbook"

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False
        self.is_list = False
        self.results: str | None = None
        self._name = ""
        self._said: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            relation = attribute(attributes, "id")
            if relation is None:
                raise InputError("damaged-part", part=_USUAL_MAIN_PART)
            self.sheets.append((attributes.get("name", ""), relation, is_hidden))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in _TRUE
        elif name == "definedName" and attributes.get("name", "").startswith(OWN_NAME):
            self._name = attributes["name"].removeprefix(OWN_NAME)

    def text(self, text: str) -> None:
        if self._name:
            self._said.append(text)

    def end(self, name: str) -> None:
        if name == "definedName" and self._name:
            sheet = "".join(self._said).rpartition("!")[0].removeprefix("'").removesuffix("'").replace("''", "'")
            self.is_list |= self._name == "list"
            if self._name == "results":
                self.results = sheet
            self._name, self._said = "", []


class _Strings(Handler):
    """The texts that cells share, by their numbers; what is read aloud of them (``rPh``) left out."""

    namespaces = _NAMESPACES
    root = "sst"

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.told: int | None = None
        """How many there are said to be."""
        self._parts: list[str] = []
        self._is_aloud = False
        self._is_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sst":
            self.told = _whole(attributes.get("uniqueCount"), MOST_ROWS * MOST_COLUMNS)
        elif name == "t":
            self._is_text = not self._is_aloud
        elif name == "rPh":
            self._is_aloud = True
        elif name not in _OF_TEXTS and " " not in name:
            raise InputError("damaged-part", part="sharedStrings.xml")

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_aloud = False
        elif name == "si":
            self.found[str(len(self.found))] = unescaped("".join(self._parts))
            self._parts.clear()

    def text(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)


class _Columns(dict[str, int]):
    """The numbers of columns by the references to their cells without the row; 0 for what is no reference."""

    def __missing__(self, letters: str) -> int:
        plain = letters.isascii() and letters.isalpha() and len(letters) <= 3
        number = column_number(letters) if plain else 0
        self[letters] = number if number <= MOST_COLUMNS else 0
        return self[letters]


class _Cells:
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
                names = PrefixedNames(_NAMESPACES, attributes)
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
            row = _whole(attributes.get("r"), MOST_ROWS) or row
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self._sheet.hidden_rows.add(row)
        return row

    def _hide(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE or attributes.get("width") == "0":
            first, last = (_whole(attributes.get(name), MOST_COLUMNS) for name in ("min", "max"))
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


def _whole(said: str | None, most: int) -> int | None:
    """The whole number ``said``, from 0 to ``most``; None for any other."""
    if said is None or not said.strip().isdecimal() or len(said) > 12:
        return None
    number = int(said)
    return number if number <= most else None


def unescaped(said: str) -> str:
    """``said`` with the characters that XML cannot hold: ``_x000D_`` is a carriage return."""
    return _ESCAPED.sub(_character, said) if "_x" in said else said


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if 0xD800 <= code < 0xE000:
        return found[0]
    return chr(code) if code >= 0x20 or code in (9, 10, 13) else ""
