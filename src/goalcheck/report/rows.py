"""Places as people name them: 第9、17行 第3项, counted as a spreadsheet counts, many in few words.

In a workbook they are cells, ``Sheet1!G18``, in a document ``表2 第4行 第7列``, in a PDF ``第3页 第5行``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from goalcheck.finding import Finding
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.sheet import Row
from goalcheck.source import CellOrigin, Origin, Place, Source, TableOrigin

_COLUMNS = frozenset(("total", "appropriation", "special_account", "other", "goal", "name"))


@attrs.frozen(eq=False, repr=False)
class Spot:
    """Where a finding stands: its row and page, and the ordinal of its indicator or else the column."""

    row: int
    page: int | None = None
    entry: int | None = None
    column: str = ""
    origin: Origin | None = None
    """Where that is in the file that the text was made from; None for plain text."""


def spot(source: Source, finding: Finding) -> Spot:
    """Where ``finding`` stands."""
    where = source.where(finding.start)
    row, page, origin = where.row, _shown_page(source, where), where.origin
    if finding.indicator is not None:
        return Spot(row, page, finding.indicator, origin=origin)
    return Spot(row, page, None, finding.field if finding.field in _COLUMNS else "", origin)


def place(source: Source, offset: int, language: str, beside: int | None = None) -> str:
    """Where ``offset`` lies, in the user's own terms; what it shares with the place of ``beside`` is left out."""
    where = source.where(offset)
    if where.origin is None:
        return sentences.rows([where.row], language)
    within = _cell(where.origin, language) if _is_in_table_of(source, where.origin, beside, language) else ""
    return within or cell(where.origin, language)


def row(source: Source, offset: int, language: str, beside: int | None = None) -> str:
    """The row in which ``offset`` lies, with its worksheet, table or page where the file has those.

    Not where the text goes on to speak of ``beside``, which lies in the same.
    """
    where = source.where(offset)
    said = sentences.rows([where.row], language)
    if where.origin is None or _is_in_table_of(source, where.origin, beside, language):
        return said
    return say("places.in-table", language, table=_table(where.origin, language), place=said)


def _is_in_table_of(source: Source, origin: Origin, beside: int | None, language: str) -> bool:
    """Whether ``origin`` is in the same worksheet, table, or page as the offset ``beside``."""
    other = source.where(beside).origin if beside is not None else None
    return other is not None and _table(other, language) == _table(origin, language)


def cell(origin: Origin, language: str) -> str:
    """``Sheet1!G18``, ``表2 第4行 第7列``, ``第3页 第5行``: the cell at ``origin``."""
    table, within = _table(origin, language), _cell(origin, language)
    key = "places.sheet-cell" if isinstance(origin, CellOrigin) else "places.in-table"
    return say(key, language, table=table, place=within) if within else table


def _table(origin: Origin, language: str) -> str:
    if isinstance(origin, CellOrigin):
        return sentences.plain(origin.sheet)
    if isinstance(origin, TableOrigin):
        return say("places.table", language, number=origin.table)
    if origin.is_shared:
        return say("places.on-page-of-table", language, page=origin.page, number=origin.table)
    return say("places.on-page", language, page=origin.page)


def _cell(origin: Origin, language: str) -> str:
    if isinstance(origin, CellOrigin):
        return origin.cell
    if isinstance(origin, TableOrigin):
        return say("places.row-column", language, row=origin.row, column=origin.column)
    return sentences.rows([origin.row], language) if origin.row is not None else ""


def row_and_page(source: Source, offset: int) -> tuple[int, int | None]:
    """The row in which ``offset`` lies, and its page where the sheet numbers several."""
    where = source.where(offset)
    return where.row, _shown_page(source, where)


def _shown_page(source: Source, where: Place) -> int | None:
    """The page of ``where``, where the sheet numbers several."""
    pages = source.records.pages
    several = len(pages) > 2 or (len(pages) == 2 and pages[-1] is not None)  # the last may be what stands behind all
    return where.page if several else None


def all_rows(source: Source, offsets: Iterable[int], language: str, most: int) -> str:
    """The rows of ``offsets``, table by table; ``most`` stretches of them at most in each."""
    tables: dict[str, list[int]] = {}
    for offset in offsets:
        where = source.where(offset)
        table = _table(where.origin, language) if where.origin is not None else ""
        tables.setdefault(table, []).append(where.row)
    said = {table: sentences.rows(numbers, language, most) for table, numbers in tables.items()}
    return _parted(
        (say("places.in-table", language, table=table, place=told) if table else told for table, told in said.items()),
        language,
    )


def stretch(source: Source, start: int, end: int, language: str) -> str:
    """``第12-14行``, the rows in which ``start`` to ``end`` lies, with the page of the first."""
    if source.origins is not None:
        return row(source, start, language)
    first, page = row_and_page(source, start)
    last, _ = row_and_page(source, max(start, end - 1))
    return on_page(sentences.rows(range(first, last + 1), language), page, language)


def on_page(place: str, page: int | None, language: str) -> str:
    """``place`` with its page, if it is known."""
    return place if page is None else say("places.page", language, place=place, page=page)


def place_of(row: Row) -> int:
    """Where in the text people look for ``row``: at its name, for in a form its project begins with the title."""
    return row.name.start if row.name.text else row.start


def spots(told: Sequence[Spot], language: str, *, columns: bool = False) -> str:
    """All of ``told``, page by page; rows in which the same is meant are named together.

    ``columns`` names columns as well. Cells of workbooks, documents and PDFs are listed one by one.
    """
    origins = [(one.origin, one.entry) for one in told if one.origin is not None]
    if len(origins) == len(told) and told:
        return _cells(origins, language)
    pages: dict[int | None, list[Spot]] = {}
    for one in sorted(told, key=lambda one: one.row):
        pages.setdefault(one.page, []).append(one)
    if len(pages) == 1:
        ((page, those),) = pages.items()
        return on_page(_on_one_page(those, language, columns=columns), page, language)
    said = (_on_one_page(those, language, columns=columns, page=page) for page, those in pages.items())
    return _parted(said, language)


def _cells(told: Sequence[tuple[Origin, int | None]], language: str) -> str:
    """Cells, table by table, each with its entry where it has one."""
    tables: dict[str, dict[str, None]] = {}
    for origin, entry in told:
        within = _cell(origin, language)
        if entry is not None:
            within = say("places.items", language, rows=within, items=sentences.entry(entry, language))
        tables.setdefault(_table(origin, language), {})[within] = None
    is_cell = isinstance(told[0][0], CellOrigin)
    parts = []
    for table, cells in tables.items():
        listed = sentences.listed(list(cells), language)
        alone = "places.sheet-cell" if is_cell else "places.in-table"
        key = alone if len(cells) == 1 else "places.of-table"
        parts.append(say(key, language, table=table, place=listed) if listed else table)
    return _parted(parts, language)


def _on_one_page(told: Iterable[Spot], language: str, *, columns: bool, page: int | None = None) -> str:
    within: dict[int, list[Spot]] = {}
    for one in told:
        within.setdefault(one.row, []).append(one)
    together: dict[str, list[int]] = {}
    for number, those in within.items():
        together.setdefault(_items(those, language, columns=columns), []).append(number)
    said = _parted(
        (_within(sentences.rows(numbers, language), items, language) for items, numbers in together.items()), language
    )
    return said if page is None else say("places.page-of", language, page=page, places=said)


def _within(rows: str, items: str, language: str) -> str:
    return say("places.items", language, rows=rows, items=items) if items else rows


def _items(those: Sequence[Spot], language: str, *, columns: bool) -> str:
    """What is meant in a row: its columns, then its entries; what is there several times with its number."""
    if len(those) == 1 and (only := those[0].entry) is not None:  # the most by far
        return sentences.entry(only, language)
    names = Counter(one.column if columns else "" for one in those if one.entry is None)
    entries = Counter(one.entry for one in those if one.entry is not None)
    once = [number for number, times in sorted(entries.items()) if times == 1]
    parts = [_times(name, times, language) for name, times in names.items() if name or times > 1]
    if once:
        listed = sentences.listed(sentences.stretches(once), language)
        parts.append(say("places.entries", language, entries=listed, number=len(once)))
    parts += [
        say("places.times", language, item=sentences.entry(number, language), number=times)
        for number, times in sorted(entries.items())
        if times > 1
    ]
    return sentences.listed(parts, language)


def _times(column: str, times: int, language: str) -> str:
    if not column:
        return say("places.several", language, number=times)
    name = say(f"terms.{column}", language)
    return name if times == 1 else say("places.times", language, item=name, number=times)


def _parted(said: Iterable[str], language: str) -> str:
    return say("places.semicolon", language).join(said)
