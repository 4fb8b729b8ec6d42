"""Parts worksheets: nothing in one goes on in the next, and those that show no trace of a sheet are left out.

A workbook may hold more than sheets, such as notes on how to fill one in, or tables of the budget. A text that was made
of one has a line with nothing but a quoted empty cell, :data:`PARTING`, between its worksheets.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import catalogue
from goalcheck.files.regexes import regex
from goalcheck.parse.traces import shows_trace
from goalcheck.sheet import Sheet
from goalcheck.source import Remark, Source, Span, Table

PARTING = '""'
"""The line between two worksheets, in a text that was made of a workbook."""

_PARTING = regex(rf"^{PARTING}(?=[\r\n])", re.MULTILINE)
_NAMED = 5  # worksheets that a remark names


def remarks(source: Source, sheet: Sheet) -> tuple[Remark, ...]:
    """What is said of the worksheets of ``source`` that were passed over, and of small tables that nobody looks at."""
    return (*_of_worksheets(source, sheet.passed_over), *_of_asides(source, sheet.asides))


def _of_asides(source: Source, asides: Sequence[Span]) -> tuple[Remark, ...]:
    if not asides:
        return ()
    ends = [(source.where(span.start).row, source.where(max(span.start, span.end - 1)).row) for span in asides]
    rows = ", ".join(f"{first}-{last}" for first, last in ends)
    return (Remark("tables-aside", {"rows": rows}),)


def _of_worksheets(source: Source, starts: Sequence[int]) -> tuple[Remark, ...]:
    if not starts:
        return ()
    if source.origins is None:
        rows = (str(source.where(start).row + 1) for start in starts)
        return (Remark("passed-over-rows", {"rows": ", ".join(rows)}),)
    told = [table.sheet or "" for table in source.origins.tables if table.start in starts]
    listed = ", ".join(told[:_NAMED]) + ("…" if len(told) > _NAMED else "")
    return (Remark("passed-over", {"sheets": listed}),)


class Worksheets:
    """The worksheets of one workbook, or of a text made of one, as its lines are read; none of any other file.

    ``passed_over`` is where those begin that show no trace of a sheet; where none does, all are looked at. ``left`` are
    those that have not begun.
    """

    def __init__(self, source: Source, names: ColumnNames) -> None:
        tables = source.origins.tables if source.origins is not None else _parted(source.text)
        self.left = [table for table in tables if table.sheet is not None]
        self.passed_over = _without_sheet(source, self.left, names) if len(self.left) > 1 else ()
        self.left.reverse()
        self.is_passed_over = False

    @property
    def next_begins(self) -> int:
        """Where the next worksheet begins that has not begun; beyond any text where there is none."""
        return self.left[-1].start if self.left else sys.maxsize

    def begin(self, offset: int) -> bool:
        """Whether a worksheet begins with the line at ``offset``; each line is asked about once, in their order."""
        begins = False
        while self.left and self.left[-1].start <= offset:
            table = self.left.pop()
            if table.sheet or table.start == offset:  # else the line is part of a quoted cell
                self.is_passed_over = table.start in self.passed_over
                begins = True
        return begins


def _parted(text: str) -> list[Table]:
    """The worksheets of a text that was made of a workbook; they have no names."""
    if f"{PARTING}\n" not in text and f"{PARTING}\r" not in text:
        return []
    starts = [found.start() for found in _PARTING.finditer(text)]
    return [Table(start, number, "") for number, start in enumerate((0, *starts), 1)] if starts else []


def _without_sheet(source: Source, tables: list[Table], names: ColumnNames) -> tuple[int, ...]:
    """Where those of ``tables`` begin that show no trace of a sheet; nowhere, where none shows one."""
    taxonomies = catalogue().taxonomies.values()
    ends = [*(table.start for table in tables[1:]), len(source.text)]
    found = tuple(
        table.start
        for table, end in zip(tables, ends, strict=True)
        if not shows_trace([source.text[table.start : end]], table.sheet or "", taxonomies, names)
    )
    return found if len(found) < len(tables) else ()
