"""The main part of a workbook: which worksheets there are, and how one is put before them. :class:`Book`."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from goalcheck.annotate.box import Box
from goalcheck.annotate.results_sheet import FIRST
from goalcheck.annotate.splice import Edits, Element
from goalcheck.annotate.untouchable import UntouchableError
from goalcheck.errors import InputError
from goalcheck.files.archive import OWN_NAME
from goalcheck.files.regexes import regex
from goalcheck.report.spreadsheet import quoted

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/"
_AFTER_NAMES = frozenset((
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
))  # fmt: skip
_LONGEST_NAME = 31
_VIEW = regex(rb"<(?:\w+:)?sheetView\b[^<>]*+>")
_SELECTED = regex(rb"\stabSelected\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+')")
_RESULTS = f"{OWN_NAME}results"


class Book:
    """The workbook in ``box``. ``part`` is its main part, ``worksheets`` the parts of its worksheets by their names."""

    def __init__(self, box: Box) -> None:
        self._box = box
        main = [part for kind, part in box.relations("").values() if kind == "officeDocument"]
        found = next((part for part in (*main, "xl/workbook.xml") if part in box and "workbook" in part.lower()), None)
        if found is None:
            raise InputError("damaged-part", part="xl/workbook.xml")
        self.part = found
        self._read()

    def _read(self) -> None:
        self._root = self._box.tree(self.part)
        relations = self._box.relations(self.part)
        self._sheets = [*self._group("sheets")]
        self.worksheets: dict[str, str] = {}
        self._all_sheets: list[str] = []
        for sheet in self._sheets:
            kind, part = relations.get(_relation(sheet), ("", ""))
            if part in self._box:
                self._all_sheets.append(part)
                if kind == "worksheet":
                    self.worksheets[sheet.attributes.get("name", "")] = part

    def _group(self, name: str) -> list[Element]:
        found = self._root.child(name)
        return found.children if found is not None else []

    def require_touchable(self) -> None:
        """Raise :class:`UntouchableError` where the workbook must not be changed, or is written in an unknown way."""
        names = [name.lower() for name in self._box.names]
        if any(name.startswith("_xmlsignatures/") for name in names):
            raise UntouchableError("signed")
        if any(kind in ("revisionHeaders", "usernames") for kind, _ in self._box.relations(self.part).values()):
            raise UntouchableError("shared")
        if _STRICT in self._box.read(self.part)[: self._root.opened]:
            raise UntouchableError("strict")
        if self._root.child("sheets") is None:
            raise UntouchableError("strict")

    @property
    def results(self) -> str | None:
        """The name of the worksheet of results that goalcheck has added before."""
        for one in self._group("definedNames"):
            if one.attributes.get("name") == _RESULTS:
                data = self._box.read(self.part)
                said = data[one.opened : max(one.close, one.opened)].decode()
                said = said.replace("&apos;", "'").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
                sheet = said.rpartition("!")[0].removeprefix("'").removesuffix("'").replace("''", "'")
                return sheet if sheet in self.worksheets else None
        return None

    def free_name(self, wanted: str) -> str:
        """``wanted``, or with a number where a worksheet is called so."""
        taken = {sheet.attributes.get("name", "").lower() for sheet in self._sheets}
        name, number = wanted, 1
        while name.lower() in taken:
            number += 1
            name = f"{wanted[: _LONGEST_NAME - 4]}{number}"
        return name

    def deselect(self) -> None:
        """Take away that a worksheet is selected: what is typed would go into all that are."""
        for part in self._all_sheets:
            data = self._box.read(part)
            if b"tabSelected" not in data:
                continue
            edits = Edits(data)
            for found in _VIEW.finditer(data):
                if b"tabSelected" in found[0]:
                    edits.put(*found.span(), _SELECTED.sub(b"", found[0]))
            if edits:
                self._box.write(part, edits.made())

    def put_first(self, name: str, data: bytes) -> None:
        """Put the worksheet ``data`` before all others, and make it the one that is seen first."""
        part = self._box.free("xl/worksheets/goalcheck{}.xml")
        self._box.write(part, data)
        self._box.type(part, _KIND)
        relation = self._box.relate(self.part, "worksheet", part)
        edits, root = self._box.edits(self.part)
        sheets = root.child("sheets")
        assert sheets is not None
        numbers = [
            int(said)
            for one in sheets.children
            if (said := one.attributes.get("sheetId", "")).isdecimal() and len(said) < 10
        ]
        number = max(numbers, default=0) + 1
        values = f'name={quoteattr(name)} sheetId="{number}" xmlns:r="{_RELATIONS}" r:id="{relation}"'
        edits.insert(sheets.opened, f"<{sheets.prefix}sheet {values}/>".encode())
        self._show_first(edits, root)
        self._define(edits, root, name)
        self._box.write(self.part, edits.made())

    @staticmethod
    def _show_first(edits: Edits, root: Element) -> None:
        views = root.child("bookViews")
        for view in views.children if views is not None else ():
            gone = {name: None for name in ("activeTab", "firstSheet") if name in view.attributes}
            if gone:
                edits.set(view, gone)

    @staticmethod
    def _define(edits: Edits, root: Element, name: str) -> None:
        """Define the name by which the worksheet is known again; those of one worksheet count worksheets: one more."""
        sheet = _escaped(quoted(name))
        own = {
            f'name="{_RESULTS}" hidden="1"': "$A$1",
            'name="_xlnm.Print_Titles" localSheetId="0"': f"${FIRST - 1}:${FIRST - 1}",
        }
        said = "".join(
            f"<{root.prefix}definedName {what}>{sheet}!{cells}</{root.prefix}definedName>"
            for what, cells in own.items()
        )
        names = root.child("definedNames")
        if names is not None:
            for one in names.all("definedName"):
                local = one.attributes.get("localSheetId", "")
                if local.isdecimal() and len(local) < 10:
                    edits.set(one, {"localSheetId": str(int(local) + 1)})
            edits.append(names, said.encode())
            return
        whole = f"<{root.prefix}definedNames>{said}</{root.prefix}definedNames>".encode()
        after = next((child.start for child in root.children if child.local in _AFTER_NAMES), root.close)
        edits.insert(after, whole)

    def remove_first(self, name: str) -> None:
        """Take the worksheet of results away, and its defined names; the sheets behind it count one less."""
        part = self.worksheets[name]
        edits, root = self._box.edits(self.part)
        sheets, names = root.child("sheets"), root.child("definedNames")
        assert sheets is not None
        at = next(at for at, one in enumerate(sheets.children) if one.attributes.get("name") == name)
        edits.remove(sheets.children[at])
        if names is not None:
            kept = [one for one in names.children if not self._is_of(one, at)]
            if not kept:
                edits.remove(names)
            else:
                for one in names.children:
                    local = one.attributes.get("localSheetId", "")
                    if one not in kept:
                        edits.remove(one)
                    elif local.isdecimal() and len(local) < 10 and int(local) > at:
                        edits.set(one, {"localSheetId": str(int(local) - 1)})
        self._box.write(self.part, edits.made())
        self._box.unrelate(self.part, part)
        for kind, other in self._box.relations(part).values():
            if kind in ("comments", "vmlDrawing", "printerSettings"):
                self._box.remove(other)
        self._box.remove(part)
        self._read()

    @staticmethod
    def _is_of(defined: Element, at: int) -> bool:
        """Whether a name was defined for the worksheet of results, which is the one at ``at``."""
        return defined.attributes.get("name") == _RESULTS or defined.attributes.get("localSheetId") == str(at)


def _relation(sheet: Element) -> str:
    return next((said for name, said in sheet.attributes.items() if name.rpartition(":")[2] == "id"), "")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
