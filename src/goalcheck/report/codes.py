"""The codes that a sheet gives its units and projects: before their names, or in a column or behind a label of its own.

``620001-平湖县东冈镇人民政府``, ``[041002]平湖县文化和旅游局``, or a column 项目编码.
"""

from __future__ import annotations

from bisect import bisect_right

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import bare
from goalcheck.catalogue.load import catalogue
from goalcheck.files.regexes import regex
from goalcheck.sheet import Header, Project, Row, Sheet, Text, Unit
from goalcheck.source import Source

_NUMBER = r"[\[(\uff08\u3010]?([0-9A-Z]{0,9}[0-9]{3}[0-9A-Z]{0,28})"
_LEADING = regex(rf"{_NUMBER}(?:[\])\uff09\u3011][-\u2014\uff0d_]?|[-\u2014\uff0d_])(?=\D)")
_BEFORE = regex(rf"{_NUMBER}[\])\uff09\u3011]?[-\u2014\uff0d_]?\s*")
_CODE = regex(r"[0-9A-Za-z._-]{2,40}")
_CELL = regex(r'(?:"(?:[^"]++|"")*+"|[^\t\r\n]*+)')
_CELL_ENDS = '\t\r\n"'
_LONGEST = 40
_MOST_CELLS = 400  # of a form that are looked at


class Codes:
    """The codes in one sheet."""

    def __init__(self, source: Source, sheet: Sheet) -> None:
        self._text = source.text
        self._columns = catalogue().columns
        self._headers = sheet.headers
        self._starts = [header.start for header in sheet.headers]
        self._known: dict[tuple[str, int, tuple[str, ...]], tuple[str, str]] = {}
        self._units: dict[int, Unit] = {}
        for unit in sheet.units:
            self._units |= {id(row): unit for row in (unit, *unit.projects)}

    def of_unit(self, name: str, row: Row | None) -> tuple[str, str]:
        """The code of the unit ``name``, to which ``row`` belongs, and the name without it; empty where it has none."""
        unit = self._units.get(id(row))
        return self._of(name, unit, row, self._columns.unit_codes)

    def of_project(self, name: str, row: Row | None) -> tuple[str, str]:
        """The code of the project ``name``, whose row it is, and the name without it; empty where it has none."""
        return self._of(name, row if isinstance(row, Project) else None, row, self._columns.project_codes)

    def _of(self, name: str, named: Row | None, row: Row | None, columns: tuple[str, ...]) -> tuple[str, str]:
        key = name, id(row), columns  # many findings are of one row
        if key not in self._known:
            code, rest = parted(name)
            if name and not code:
                code = (self._before(named.name) if named is not None else "") or self._beside(row, columns)
            self._known[key] = code, rest
        return self._known[key]

    def _before(self, name: Text) -> str:
        """The code that stands in the cell of ``name`` before it."""
        start = name.start
        while start > max(name.start - _LONGEST, 0) and self._text[start - 1] not in _CELL_ENDS:
            start -= 1
        found = _BEFORE.fullmatch(self._text[start : name.start])
        return found[1] if found is not None else ""

    def _beside(self, row: Row | None, columns: tuple[str, ...]) -> str:
        """What stands in the column of one of these names, or behind such a label in a form."""
        if row is None:
            return ""
        header = self._header(row)
        at = next((c.index for c in header.columns if bare(clean(c.text)) in columns), None) if header else None
        if at is not None:
            start = self._text.rfind("\n", 0, row.name.start or row.start) + 1
            cells = _cells(self._text, start, at + 1)
            return _code(cells[at]) if at < len(cells) else ""
        return self._labelled(row, columns) if isinstance(row, Project) else ""

    def _header(self, row: Row) -> Header | None:
        at = bisect_right(self._starts, row.start)
        return self._headers[at - 1] if at else None

    def _labelled(self, row: Row, columns: tuple[str, ...]) -> str:
        is_next = False
        for cell in _cells(self._text, row.start, _MOST_CELLS, row.end):
            said = clean(cell)
            if is_next and said:
                return _code(said)
            is_next = is_next or bare(said) in columns
        return ""


def parted(name: str) -> tuple[str, str]:
    """The code with which ``name`` begins, empty where it begins with none, and the rest of it."""
    found = _LEADING.match(name)
    return (found[1], name[found.end() :]) if found is not None else ("", name)


def _code(cell: str) -> str:
    found = _CODE.fullmatch(clean(cell))
    return found[0] if found is not None else ""


def _cells(text: str, start: int, most: int, end: int | None = None) -> list[str]:
    """The cells from ``start`` on: those of a record, or with an ``end`` all up to there; ``most`` of them."""
    found: list[str] = []
    while len(found) < most:
        cell = _CELL.match(text, start)
        assert cell is not None  # it matches the empty text
        found.append(cell[0].strip('"'))
        start = cell.end() + 1
        if start > (len(text) if end is None else end) or (end is None and text[cell.end() : start] != "\t"):
            break
    return found
