"""Cells of a table by rows that stand in no column it reads, and may yet hold a value, an amount or a project."""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.parse.headers import TARGET
from goalcheck.parse.layouts.labels import BlockLine, is_figure, is_label
from goalcheck.parse.layouts.panes import Columns, merged_columns
from goalcheck.parse.outside import ENTRY, is_money
from goalcheck.sheet import AMOUNT_COLUMNS, Header, Unread

ALL_POINTS = regex(r"总分|总得分|得分|合计|总计|小计|(?:预算|资金)?执行率(?:得分)?")
TITLE_PART = regex(r"[年度绩效目标项指表(\uff08)\uff09]{1,8}")
"""What may stand beside a table: its title, or a part of it."""


class StrangeCells:
    """Tells them of one table; ``known`` are the columns that it reads, or that are known to be something else."""

    def __init__(self, text: str, header: Header, of: Columns, known: frozenset[int], names: ColumnNames) -> None:
        self._text = text
        self._names = names
        self._known = known
        self._merged = {
            at: index for index, gap in merged_columns(header, of).items() for at in range(gap.start, gap.stop)
        }
        self._title_ends = of.first
        self._width = max(column.index for column in header.columns) + 1
        self._begins = min(pane.name for pane in of.panes) if of.has_projects else 0
        self._money = frozenset(at for key, at in of.amounts if key in AMOUNT_COLUMNS and not of.has_projects)
        self._usual = known - self._money - self._merged.keys()
        places = [at for pane in of.panes if pane.place is not None for at in pane.values.values()]
        self._place = min(places, default=self._width)

    def of(self, line: BlockLine) -> Iterator[Unread]:
        """The strange cells of a row."""
        for index, (start, end) in enumerate(line.cells):
            if start < end and (index not in self._usual or index < self._title_ends):
                said = self._text[start:end]
                if self._is_strange(index, said) or (index in self._merged and self._is_second(line, index, said)):
                    yield Unread(start, end, said, "unknown-column-value", {})

    def _is_strange(self, index: int, said: str) -> bool:
        if index in self._money:
            return is_figure(said)  # an amount in a table that names no project
        if index < self._title_ends and self._is_astray(said):
            return True
        if index in self._known:
            return False
        if ENTRY.search(said) or TARGET.match(said) or is_money(said):
            return True
        outside = index >= self._width or index < self._begins
        return index > self._place or (outside and is_figure(said))

    def _is_second(self, line: BlockLine, index: int, said: str) -> bool:
        """Whether a value stands in a merged column beside another: one of them has lost its name."""
        start, end = line.cells[self._merged[index]]
        return start < end and (TARGET.match(said) is not None or is_figure(said))

    def _is_astray(self, said: str) -> bool:
        """Whether what stands beside the table, where its title does, is none of that: a project, an amount."""
        text = clean(said)
        is_title = TITLE_PART.fullmatch(text) or ALL_POINTS.fullmatch(text) or is_label(said, self._names)
        return len(text) > 1 and not is_title
