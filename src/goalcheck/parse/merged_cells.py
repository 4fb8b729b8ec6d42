"""Which cells are blank because they are part of a merged one: :class:`MergedCells`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from goalcheck.source import Merge


class MergedCells:
    """The merged cells of a text that go over several rows.

    Where none is in a column, it is open whether a blank there goes on with what stands above: many people leave blank
    what others merge.
    """

    def __init__(self, merges: Iterable[Merge]) -> None:
        self.columns: dict[int, list[tuple[int, int]]] = {}
        """Where they are, by column."""
        for merge in merges:
            if merge.end > merge.start:
                for column in range(merge.column, merge.last_column + 1):
                    self.columns.setdefault(column, []).append((merge.start, merge.end))
        for stretches in self.columns.values():
            stretches.sort()

    def is_left_blank(self, record: int, column: int) -> bool:
        """Whether the blank cell of ``record``, by its offset, in ``column``, from 0, is none of a merged one.

        Only where cells of that column are merged at all.
        """
        stretches = self.columns.get(column)
        if stretches is None:
            return False
        at = bisect_left(stretches, (record, 0)) - 1
        return at < 0 or stretches[at][1] < record
