"""Finds tables that no lines enclose: :func:`free_tables`, by the words of its header.

Columns part between the words of the header, where the fewest characters are. A line goes on with the row above it
where it follows closely, leaves blank the first or the second column, and what it says found no room there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import attrs

from goalcheck.readers.pdf.words import Line

_LEAST_COLUMNS = 4
_LEAST_ROWS = 2
_CLOSE = 1.25
_SHORT = 1.2
_STEPS = 40
_LABELS = (":", "\uff1a")


@attrs.define(eq=False, repr=False)
class Rows:
    """A table without lines: where its columns part, and the lines of each row."""

    across: list[float]
    rows: list[list[Line]]
    first: int
    """The number of the line that is its header, or its first row."""


def free_tables(pages: Sequence[Sequence[Line]]) -> list[Rows | None]:
    """Of pages without ruled tables, each by its lines: the table on each, if there is one.

    A table may go on over all pages that follow, so the words on all of them tell where its columns part.
    """
    found: list[Rows | None] = []
    across: list[float] = []
    for number, lines in enumerate(pages):
        if not across and (at := _header(lines)) is not None:
            body = [*lines[at + 1 :], *(line for others in pages[number + 1 :] for line in others)]
            across = _places(lines[at].parts(), body)
            found.append(Rows(across, _rows(lines[at:], across), at))
        elif across and 2 * sum(_fits(line, across) for line in lines) > len(lines):
            at = next(at for at, line in enumerate(lines) if _fits(line, across))
            found.append(Rows(across, _rows(lines[at:], across), at))
        else:
            found.append(None)
            across = []
    return found


def _header(lines: Sequence[Line]) -> int | None:
    """The number of the line that is the header of a table; None where none is."""
    for at, line in enumerate(lines[:-_LEAST_ROWS]):
        parts = line.parts()
        if len(parts) < _LEAST_COLUMNS or any(_is_no_name(part) for part in parts):
            continue
        body = lines[at + 1 :]
        if sum(len(other.parts()) > 2 for other in body) >= max(_LEAST_ROWS, len(body) // 4):
            return at
    return None


def _is_no_name(part: Line) -> bool:
    said = "".join(glyph.text for glyph in part.glyphs).strip()
    return said.endswith(_LABELS) or any(sign in said for sign in _LABELS) or not any(map(str.isalpha, said))


def _places(header: Sequence[Line], body: Sequence[Line]) -> list[float]:
    """Where columns part: between two words of the header, where the fewest characters of the body are."""
    glyphs = [glyph for line in body for glyph in line.glyphs if glyph.text != " "]
    lefts, rights = sorted(glyph.left for glyph in glyphs), sorted(glyph.right for glyph in glyphs)
    found = [min(lefts[0], header[0].glyphs[0].left) - 1]
    for part, following in pairwise(header):
        start, end = part.glyphs[-1].right, following.glyphs[0].left
        steps = [start + (end - start) * step / _STEPS for step in range(_STEPS + 1)]
        crossed = [bisect_left(lefts, x) - bisect_right(rights, x) for x in steps]
        least = [x for x, number in zip(steps, crossed, strict=True) if number == min(crossed)]
        found.append(least[len(least) // 2])
    return [*found, max(rights[-1], header[-1].glyphs[-1].right) + 1]


def _fits(line: Line, across: Sequence[float]) -> bool:
    """Whether no character of ``line`` stands where two columns part."""
    return not any(glyph.left + 1 < place < glyph.right - 1 for place in across for glyph in line.glyphs)


def _rows(lines: Sequence[Line], across: Sequence[float]) -> list[list[Line]]:
    """``lines`` by the rows that they make."""
    cut = [[_within(line, left, right) for left, right in pairwise(across)] for line in lines]
    edges = [
        max((cells[at].glyphs[-1].right for cells in cut if cells[at].glyphs), default=0.0) for at in range(len(cut[0]))
    ]
    leading = min((other.base - line.base for line, other in pairwise(lines)), default=0.0)
    rows: list[list[Line]] = []
    above: dict[int, Line] = {}
    for at, (line, cells) in enumerate(zip(lines, cut, strict=True)):
        filled = {column: cell for column, cell in enumerate(cells) if cell.glyphs}
        is_close = at > 0 and line.base - lines[at - 1].base <= _CLOSE * leading
        if (
            is_close
            and not filled.keys() >= {0, 1}
            and all(column in above and _goes_on(above[column], cell, edges[column]) for column, cell in filled.items())
        ):
            rows[-1].append(line)
            above |= filled
        else:
            rows.append([line])
            above = filled
    return rows


def _within(line: Line, left: float, right: float) -> Line:
    """What of ``line`` stands between two places."""
    found = [glyph for glyph in line.glyphs if left <= (glyph.left + glyph.right) / 2 < right]
    return Line(found if any(glyph.text.strip() for glyph in found) else [])


def _goes_on(above: Line, below: Line, edge: float) -> bool:
    """Whether what stands first in a line found no room in the one above; ``edge`` is where its column ends."""
    return edge - above.glyphs[-1].right <= below.first_word + _SHORT * below.size
