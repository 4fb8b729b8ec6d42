"""Tables by rows without a column of values: each name has its value behind it, in one cell.

一级指标⇥二级指标⇥三级指标
产出指标⇥数量指标⇥修建道路≥3公里

Their header gets a column of values without a name, and each of their rows the part of the cell that is its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from goalcheck.catalogue.columns import ELSE
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.parse.cells import BlockLine, PlainLine
from goalcheck.parse.layouts.by_row import ByRow
from goalcheck.parse.layouts.joint_values import parted
from goalcheck.parse.layouts.row_kinds import ELLIPSIS
from goalcheck.sheet import Column, Header, Unread

_LEVELS = frozenset(("level1", "level2"))
_ROLES = ((2, "level2"), (1, "level1"))
_NAMES = ("level3", "indicators")
_TAKEN = frozenset(("value", "sign", "measure"))


def with_values(text: str, header: Header, rows: Iterable[Sequence[tuple[int, int]]]) -> Header:
    """``header`` with such a column, where it has none and most names in ``rows`` have their values behind them.

    A column of something else beside the names may have their classes: 指标类别⇥绩效指标.
    """
    roles = {column.role for column in header.columns}
    name = next((c.index for role in _NAMES for c in header.columns if c.role == role), None)
    if not _TAKEN.isdisjoint(roles) or name is None:
        return header
    others = (None, "goal") if "name" not in roles else (None,)
    if any(column.role in others and column.index > name for column in header.columns):
        return header  # one that is not known may be that of values, and one of goals where no project is named
    told = list(rows)
    said = _said(text, told, name)
    if not said or 3 * sum(parted(cell) is not None for cell in said) < 2 * len(said):
        return header
    columns = header.columns if roles & _LEVELS else _with_level(text, header, told, name)
    if columns is None:
        return header
    width = max((max(column.index for column in columns) + 1, *map(len, told)))
    return attrs.evolve(header, columns=(*columns, Column(header.end, header.end, "", "value", width)))


def _with_level(
    text: str, header: Header, rows: Sequence[Sequence[tuple[int, int]]], name: int
) -> tuple[Column, ...] | None:
    """The columns of ``header``, the one before the names as that of their classes; None where it has no classes."""
    beside = max((c for c in header.columns if c.index < name), key=lambda c: c.index, default=None)
    if beside is None or beside.role not in (ELSE, None):
        return None
    labels = levels_of_labels()
    said = [labels.get(bare_label(cell), frozenset()) for cell in _said(text, rows, beside.index)]
    level = next((role for at, role in _ROLES if said and all(at in levels for levels in said)), None)
    if level is None:
        return None
    return tuple(attrs.evolve(c, role=level) if c is beside else c for c in header.columns)


def _said(text: str, rows: Iterable[Sequence[tuple[int, int]]], column: int) -> list[str]:
    cells = (row[column] for row in rows if column < len(row))
    return [text[start:end] for start, end in cells if start < end]


def is_joint(header: Header) -> bool:
    """Whether the values of the table below ``header`` stand behind its names."""
    last = header.columns[-1]
    return last.role == "value" and not last.text


class JointRows(ByRow):
    """One such table, as far as it has been read."""

    def takes(self, line: BlockLine) -> bool:
        return super().takes(self._parted(line))

    def usual_rows(self, lines: Iterable[BlockLine | PlainLine]) -> int:
        whole = (line.cut() for line in lines)
        return super().usual_rows(map(self._parted, whole))

    def row(self, line: BlockLine) -> bool:
        made = self._parted(line)
        taken = super().row(made)
        if taken and made.cells[-1][0] == made.cells[-1][1]:
            self._leave_whole(line)
        return taken

    def _leave_whole(self, line: BlockLine) -> None:
        """Keep as unread a name in which no value is found: it may have one all the same."""
        name = self._cells.cell(line, self.of.panes[0].name)
        if self.entries_of_row and name.text and not ELLIPSIS.fullmatch(name.clean):
            self.records[-1].entries = self.records[-1].entries[: -self.entries_of_row]
            self.entries_of_row = 0
            self.unread.append(Unread(name.start, name.end, name.text, "by-row", {}))

    def _parted(self, line: BlockLine) -> BlockLine:
        """``line`` with the value of its name in a cell of its own, behind all others."""
        pane = self.of.panes[0]
        (value,) = pane.values.values()
        blank = line.end, line.end
        cells = [*line.cells[:value], *[blank] * (value - len(line.cells))]
        start, end = cells[pane.name]
        cut = parted(self._text[start:end]) if start < end else None
        if cut is None:
            return BlockLine(line.start, line.end, (*cells, blank, *line.cells[value:]))
        cells[pane.name] = start, start + cut[0]
        return BlockLine(line.start, line.end, (*cells, (start + cut[1], start + cut[2]), *line.cells[value:]))
