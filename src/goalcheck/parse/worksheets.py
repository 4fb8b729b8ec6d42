"""Parts worksheets: nothing in one goes on in the next, and those that show no trace of a sheet are left out.

A workbook may hold more than sheets, such as notes on how to fill one in, or tables of the budget.
"""

from __future__ import annotations

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import catalogue
from goalcheck.parse.traces import shows_trace
from goalcheck.source import Remark, Source, Table

_NAMED = 5  # worksheets that a remark names


def with_remark(source: Source, names: ColumnNames) -> Source:
    """``source``, in which it is said which of its worksheets are passed over."""
    told = [table.sheet or "" for table in Worksheets(source, names).passed_over]
    if not told:
        return source
    listed = ", ".join(told[:_NAMED]) + ("…" if len(told) > _NAMED else "")
    return attrs.evolve(source, remarks=(*source.remarks, Remark("passed-over", {"sheets": listed})))


class Worksheets:
    """The worksheets of one workbook, as its lines are read; none of any other file.

    ``passed_over`` are those that show no trace of a sheet; where none does, all are looked at.
    """

    def __init__(self, source: Source, names: ColumnNames) -> None:
        tables = source.origins.tables if source.origins is not None else ()
        self._left = [table for table in tables if table.sheet is not None]
        self.passed_over = _without_sheet(source, self._left, names) if len(self._left) > 1 else []
        self._left.reverse()
        self.is_passed_over = False

    def begin(self, offset: int) -> bool:
        """Whether a worksheet begins with the line at ``offset``; each line is asked about once, in their order."""
        begins = False
        while self._left and self._left[-1].start <= offset:
            self.is_passed_over = self._left.pop() in self.passed_over
            begins = True
        return begins


def _without_sheet(source: Source, tables: list[Table], names: ColumnNames) -> list[Table]:
    taxonomies = catalogue().taxonomies.values()
    ends = [*(table.start for table in tables[1:]), len(source.text)]
    found = [
        table
        for table, end in zip(tables, ends, strict=True)
        if not shows_trace([source.text[table.start : end]], table.sheet or "", taxonomies, names)
    ]
    return found if len(found) < len(tables) else []
