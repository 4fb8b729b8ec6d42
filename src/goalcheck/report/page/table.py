"""The sheet as rows of cells, each a stretch of its text, so that the table can be drawn again as it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from goalcheck.files.regexes import regex
from goalcheck.sheet import Entry, Header, Indicator, Project, Sheet, Subtotal, Total, Unit
from goalcheck.source import PageOrigin, Source

_QUOTED = regex(r'"(?:[^"]++|"")*+"')
_HEADED = frozenset(("name", "unit", "indicators", "level1", "level2", "level3", "value"))
_KINDS = ((Total, "total"), (Subtotal, "subtotal"), (Unit, "unit"))


def tables(source: Source, sheet: Sheet) -> list[dict[str, Any]]:
    """The tables of a file in their order, a text being one: ``rows``, merged cells, and the name of a worksheet.

    A row has its number as people count (``n``), its kind (``k``), its page (``p``), its start (``s``) and its cells
    (``c``), start and end one after the other. ``q`` are the cells that stood in quotation marks.
    """
    starts = _starts(source, sheet)
    ends = [*starts[1:], len(source.text)]
    kinds = _kinds(sheet, starts)
    cutter = _Cutter(source.text, _separator(source, sheet))
    rows = [
        _row(source, cutter, kinds[at], start, end) for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    made = []
    for first, last, table in _parts(source, sheet, starts):
        own = rows[first:last]
        made.append({**table, "rows": own, "merged": _merged(source, starts, first, last)})
    return made


def entries(source: Source, sheet: Sheet) -> list[list[Any]]:
    """What stands in packed cells, entry by entry: start, end, number, then each part with its name and its stretch.

    An entry ends behind the signs that part it from the next one.
    """
    return list(_entries(source.text, sheet))


def _entries(text: str, sheet: Sheet) -> Iterator[list[Any]]:
    for project in sheet.projects:
        packed = [entry for entry in project.entries if not isinstance(entry, Indicator) or entry.packed is not None]
        if packed:
            cell = project.indicator_cell
            last = packed[-1].end
            ends = [*(entry.start for entry in packed[1:]), max(cell.end, last) if cell is not None else last]
            for entry, end in zip(packed, ends, strict=True):
                at = entry.end
                while at < end and not text[at].isalnum():
                    at += 1
                yield [entry.start, at, entry.number, *_parts_of(entry)]


def _parts_of(entry: Entry) -> list[str | int]:
    """The parts of an entry, one after the other: the name of each, where it starts and where it ends."""
    made: list[str | int] = []
    if isinstance(entry, Indicator) and entry.packed is not None:
        packed = entry.packed
        for name, node in (
            ("ordinal", packed.ordinal),
            ("level1", entry.level1),
            ("level2", entry.level2),
            ("name", entry.name),
            ("label", packed.cycle_label),
            ("value", entry.cycle_value),
            ("label", packed.annual_label),
            ("value", entry.annual_value),
        ):
            if node is not None and node.end > node.start:
                made += (name, node.start, node.end)
    return made


def _starts(source: Source, sheet: Sheet) -> Sequence[int]:
    """Where the records begin; what ends a text is none."""
    starts = source.line_starts if sheet.records.starts is None else sheet.records.starts
    return [start for start in starts if start < len(source.text)]


def _row(source: Source, cutter: _Cutter, kind: str, start: int, end: int) -> dict[str, Any]:
    where = source.where(start)
    cells, quoted = cutter.cells(start, end)
    page = where.origin.page if isinstance(where.origin, PageOrigin) else where.page
    is_outside = source.origins is not None and source.origins.row(start) == 0  # people count no rows there
    row: dict[str, Any] = {"n": None if is_outside else where.row, "k": kind, "s": start, "c": cells}
    return {**row, **({"p": page} if page is not None else {}), **({"q": quoted} if quoted else {})}


class _Cutter:
    """Cuts records into cells."""

    def __init__(self, text: str, separator: str) -> None:
        self._text = text
        self._separator = separator

    def cells(self, start: int, end: int) -> tuple[list[int], list[int]]:
        """The cells from ``start`` to ``end``, without line break and quotation marks, and which of them had those."""
        text = self._text
        while end > start and text[end - 1] in "\r\n":
            end -= 1
        cells: list[int] = []
        quoted: list[int] = []
        at = start
        while at <= end:
            whole = _QUOTED.match(text, at, end) if text.startswith('"', at) else None
            stop = text.find(self._separator, whole.end() if whole is not None else at, end)
            stop = end if stop < 0 else stop
            if whole is not None and not text[whole.end() : stop].strip():
                quoted.append(len(cells) // 2)
                cells += (at + 1, whole.end() - 1)
            else:
                cells += (at, stop)
            at = stop + 1
        return cells, quoted


def _separator(source: Source, sheet: Sheet) -> str:
    """What parts the cells: what stands between two columns of a header."""
    if source.origins is None:
        for header in sheet.headers:
            for one, other in pairwise(header.columns):
                between = source.text[one.end : other.start]
                for sign in "\t,;":
                    if sign in between:
                        return sign
    return "\t"


def _kinds(sheet: Sheet, starts: Sequence[int]) -> list[str]:
    """What each record is; ``other`` where no node of the tree says it."""
    kinds = ["other"] * len(starts)

    def put(kind: str, start: int, end: int) -> None:
        first = bisect_right(starts, start) - 1
        for at in range(max(first, 0), max(bisect_left(starts, end), first + 1)):
            kinds[at] = kind

    for row in sheet.rows:
        kind = next((kind for of, kind in _KINDS if isinstance(row, of)), None)
        if kind is not None:
            put(kind, row.name.start if row.name.text else row.start, row.start)
    for project in sheet.projects:  # one by rows may share its first with the unit
        _put_project(project, put)
    for kind, stretches in _lines(sheet):
        for start, end in stretches:
            put(kind, start, end)
    return kinds


def _put_project(project: Project, put: Any) -> None:
    put("form", project.start, project.end)
    if project.start < project.name.start:
        put("title", project.start, project.start)
    put("project", project.name.start if project.name.text else project.start, project.start)
    for entry in project.entries:
        if isinstance(entry, Indicator) and entry.packed is None:
            put("indicator", entry.start, entry.end)
    if not any(isinstance(entry, Indicator) and entry.packed is None for entry in project.entries):
        put("project", project.start, project.end)


def _lines(sheet: Sheet) -> Iterator[tuple[str, Iterable[tuple[int, int]]]]:
    """The lines that are no rows with amounts."""
    yield "title", [(sheet.title.start, sheet.title.end)] if sheet.title is not None else []
    for kind, nodes in (
        ("head", sheet.head),
        ("footer", sheet.footers),
        ("note", sheet.notes),
        ("aside", sheet.asides),
        ("unread", sheet.unread),
    ):
        yield kind, [(node.start, node.end) for node in nodes]
    yield "header", [(header.start, header.end) for header in sheet.headers if _heads_columns(header)]


def _heads_columns(header: Header) -> bool:
    """Whether names of columns stand in it: in a form, what names the amounts stands beside them."""
    return any(column.role in _HEADED for column in header.columns)


def _parts(source: Source, sheet: Sheet, starts: Sequence[int]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """The first record of each table and the one behind its last, and what is known of the table."""
    if source.origins is None or not source.origins.tables:
        yield 0, len(starts), {}
        return
    found = source.origins.tables
    cuts = [0, *(bisect_left(starts, table.start) for table in found[1:]), len(starts)]
    for table, (first, last) in zip(found, pairwise(cuts), strict=True):
        named: dict[str, Any] = {"number": table.number} if table.sheet is None else {"sheet": table.sheet}
        yield first, last, {**named, **({"passed_over": True} if table.start in sheet.passed_over else {})}


def _merged(source: Source, starts: Sequence[int], first: int, last: int) -> list[list[int]]:
    """The merged cells of a table: row (from 0, within it), column, how many rows, how many columns."""
    made = []
    for merge in source.merges or ():
        top, bottom = bisect_right(starts, merge.start) - 1, bisect_right(starts, merge.end) - 1
        if first <= top < last:
            made.append([top - first, merge.column, bottom - top + 1, merge.last_column - merge.column + 1])
    return made
