"""Puts together a header that stands on several lines, as merged cells leave it.

单位名称⇥项目名称⇥预算数⇥绩效目标⇥绩效指标
⇥⇥⇥⇥一级指标⇥二级指标⇥三级指标⇥指标值
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goalcheck.catalogue.columns import ColumnNames

Named = tuple[int, int, int]
"""A cell that is filled: its column, and where it lies."""


def filled(cells: Sequence[tuple[int, int]]) -> list[Named]:
    """The cells that are not empty."""
    return [(index, start, end) for index, (start, end) in enumerate(cells) if start < end]


def merged(text: str, lines: Iterable[Sequence[Named]], end: int, names: ColumnNames) -> list[tuple[int, int]] | None:
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
