"""Puts together a header that stands on several lines, as merged cells leave it.

单位名称⇥项目名称⇥预算数⇥绩效目标⇥绩效指标
⇥⇥⇥⇥一级指标⇥二级指标⇥三级指标⇥指标值
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.parse.columns import read_header
from goalcheck.parse.layouts.panes import columns

Named = tuple[int, int, int]
"""A cell that is filled: its column, and where it lies."""


def filled(cells: Sequence[tuple[int, int]]) -> list[Named]:
    """The cells that are not empty."""
    return [(index, start, end) for index, (start, end) in enumerate(cells) if start < end]


def _merged(text: str, lines: Iterable[Sequence[Named]], end: int, names: ColumnNames) -> list[tuple[int, int]] | None:
    """The cells of ``lines`` as one line; the lowest known name of a column is its name.

    None where a name is not known and none stands above it. A column without a name is empty at ``end``.
    """
    made: dict[int, tuple[int, int]] = {}
    for line in lines:
        for index, a, b in line:
            if names.meaning(text[a:b]) is not None:
                made[index] = (a, b)
            elif index not in made:
                return None
    return [made.get(index, (end, end)) for index in range(max(made) + 1)] if made else None


def header_by_rows(
    text: str, start: int, lines: Sequence[tuple[int, Sequence[Named]]], names: ColumnNames
) -> tuple[int, list[tuple[int, int]]] | None:
    """The header of a table by rows that the first two of ``lines`` make up, or else all; each comes with its end.

    Given back with where it ends; None where they make up none.
    """
    for count in range(2, len(lines) + 1):
        end = lines[count - 1][0]
        whole = _merged(text, [cells for _, cells in lines[:count]], end, names)
        if whole is not None and columns(read_header(start, end, text, whole, names)) is not None:
            return end, whole
    return None
