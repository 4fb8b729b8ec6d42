"""What fixes change in a file that is no text: cell by cell, for a person who changes it there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from goalcheck.source import Source, cells_of

Change = tuple[int, str, str]
"""Where a cell begins, and its text before and after."""


def cell_changes(before: Source, after: Source) -> Iterator[Change]:
    """Each cell of ``before`` that is another in ``after``, which fixes have made of it in one round or in several.

    A line outside all tables is one cell.
    """
    if before.origins is None or after.origins is None:
        return
    starts = (
        _with_end(source, origins.starts) for source, origins in ((before, before.origins), (after, after.origins))
    )
    for (start, end), (new_start, new_end) in zip(*map(pairwise, starts), strict=False):
        if before.text[start:end] != after.text[new_start:new_end]:
            cells, new_cells = _cells(before, start, end), _cells(after, new_start, new_end)
            for old, new in zip_longest(cells, new_cells, fillvalue=(end, "")):
                if old[1] != new[1]:
                    yield old[0], old[1], new[1]


def _with_end(source: Source, starts: Sequence[int]) -> list[int]:
    return [*starts, len(source.text)]


def _cells(source: Source, start: int, end: int) -> list[tuple[int, str]]:
    """The cells of a record with where they begin, without the quotation marks that CSV puts around them."""
    if source.cell(start) is None:
        return [(start, source.text[start:end].rstrip("\r\n"))]
    return [(cell.start, _bare(source.text[cell.start : cell.end])) for cell in cells_of(source.text, start)]


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
