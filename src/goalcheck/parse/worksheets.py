"""Parts worksheets: nothing in one goes on in the next, and those that show no trace of a sheet are left out.

A workbook may hold more than sheets, such as notes on how to fill one in, or tables of the budget. A text that was made
of one has a line with nothing but a quoted empty cell, :data:`PARTING`, between its worksheets.
"""

from __future__ import annotations

import re

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import catalogue
from goalcheck.files.regexes import regex
from goalcheck.parse.traces import shows_trace
from goalcheck.source import Remark, Source, Table

PARTING = '""'
"""The line between two worksheets, in a text that was made of a workbook."""

_PARTING = regex(rf"^{PARTING}(?=[\r\n])", re.MULTILINE)
_NAMED = 5  # worksheets that a remark names


def with_remark(source: Source, names: ColumnNames) -> Source:
    """``source``, in which it is said which of its worksheets are passed over."""
    passed_over = Worksheets(source, names).passed_over
    if not passed_over:
        return source
    told = [table.sheet or str(source.where(table.start).row + 1) for table in passed_over]
    if source.origins is None:
        return attrs.evolve(source, remarks=(*source.remarks, Remark("passed-over-rows", {"rows": ", ".join(told)})))
    listed = ", ".join(told[:_NAMED]) + ("…" if len(told) > _NAMED else "")
    return attrs.evolve(source, remarks=(*source.remarks, Remark("passed-over", {"sheets": listed})))


class Worksheets:
    """The worksheets of one workbook, or of a text made of one, as its lines are read; none of any other file.

    ``passed_over`` are those that show no trace of a sheet; where none does, all are looked at.
    """

    def __init__(self, source: Source, names: ColumnNames) -> None:
        tables = source.origins.tables if source.origins is not None else _parted(source.text)
        self._left = [table for table in tables if table.sheet is not None]
        self.passed_over = _without_sheet(source, self._left, names) if len(self._left) > 1 else []
        self._left.reverse()
        self.is_passed_over = False

    def begin(self, offset: int) -> bool:
        """Whether a worksheet begins with the line at ``offset``; each line is asked about once, in their order."""
        begins = False
        while self._left and self._left[-1].start <= offset:
            table = self._left.pop()
            if table.sheet or table.start == offset:  # else the line is part of a quoted cell
                self.is_passed_over = table in self.passed_over
                begins = True
        return begins


def _parted(text: str) -> list[Table]:
    """The worksheets of a text that was made of a workbook; they have no names."""
    if f"{PARTING}\n" not in text and f"{PARTING}\r" not in text:
        return []
    starts = [found.start() for found in _PARTING.finditer(text)]
    return [Table(start, number, "") for number, start in enumerate((0, *starts), 1)] if starts else []


def _without_sheet(source: Source, tables: list[Table], names: ColumnNames) -> list[Table]:
    taxonomies = catalogue().taxonomies.values()
    ends = [*(table.start for table in tables[1:]), len(source.text)]
    found = [
        table
        for table, end in zip(tables, ends, strict=True)
        if not shows_trace([source.text[table.start : end]], table.sheet or "", taxonomies, names)
    ]
    return found if len(found) < len(tables) else []
