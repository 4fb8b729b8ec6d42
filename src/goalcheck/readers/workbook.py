"""Reads workbooks, ``.xlsx`` and ``.xlsm``: every worksheet that holds text becomes a table of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goalcheck.errors import InputError
from goalcheck.files.archive import OWN_NAME
from goalcheck.readers.cell_styles import CellStyles
from goalcheck.readers.package import Package
from goalcheck.readers.shared_strings import NAMESPACES, SharedStrings
from goalcheck.readers.table_text import TableText
from goalcheck.readers.worksheet_cells import TRUE, WorksheetCells
from goalcheck.readers.worksheets import Worksheet
from goalcheck.readers.xml_events import Attributes, Handler, attribute
from goalcheck.source import OWN_LIST, Source

_USUAL_MAIN_PART = "xl/workbook.xml"

_MACRO_SHEETS = ("macrosheet", "xlMacrosheet", "xlIntlMacrosheet")
_OTHER_SHEETS = ("chartsheet", "dialogsheet", *_MACRO_SHEETS)
"""What sheets of a workbook may be that hold no table."""

_DRAWN = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/")
"""Where what a workbook shows besides its cells lies: pictures, shapes with text, other files."""


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
    strings = SharedStrings()
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
    _tell_of_others(made, book, relations)
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
    WorksheetCells(sheet, part, strings, styles).read(package.pieces(package.needed(part)))
    return sheet


def _tell_of_others(made: TableText, book: _Book, relations: Mapping[str, tuple[str, str]]) -> None:
    """Say which sheets were not read: worksheets that are not in the list, and those of macros."""
    listed = {relation for _, relation, _ in book.sheets}
    if left := sum(kind == "worksheet" and key not in listed for key, (kind, _) in relations.items()):
        made.remark("unlisted-sheets", number=left)
    if macros := sum(key in listed and kind in _MACRO_SHEETS for key, (kind, _) in relations.items()):
        made.remark("macro-sheets", number=macros)


class _Book(Handler):
    """The worksheets in their order: the name, the relation that leads to each, and whether it is hidden.

    ``is_list`` says that it is a list of findings that goalcheck has written; ``results`` is the worksheet of results
    that it has added to a workbook of somebody's.
    """

    namespaces = NAMESPACES
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
            self.since_1904 = attributes.get("date1904") in TRUE
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
