"""Tells which filled boxes shade cells, so that their sides are lines of a table: :func:`sides_of`.

Words and paragraphs are shaded too: such a box lies free within a cell and leaves at least its margins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from goalcheck.readers.pdf.page import Box, Edge

_NEAR = 2.5
_MOST_LOOKED = 500  # lines on either side of a box
_MARGIN = 8.0
"""How much of a cell a shaded paragraph leaves free beside it, at most, in points."""


def sides_of(boxes: Sequence[Box], level: Sequence[Edge], upright: Sequence[Edge]) -> tuple[list[Edge], list[Edge]]:
    """The level and upright sides of the ``boxes`` that shade cells between these lines, which are in order."""
    lefts, rights = (sorted(Edge(box[at], box[1], box[3]) for box in boxes) for at in (0, 2))
    sides: tuple[list[Edge], list[Edge]] = ([], [])
    for box in boxes:
        left, top, right, bottom = box
        middle = (top + bottom) / 2
        if (
            not _is_of_words(box, level, upright)
            or _is_at(rights, left, middle)  # one of several side by side
            or _is_at(lefts, right, middle)
        ):
            sides[0].extend((Edge(top, left, right), Edge(bottom, left, right)))
            sides[1].extend((Edge(left, top, bottom), Edge(right, top, bottom)))
    return sides


def _is_of_words(box: Box, level: Sequence[Edge], upright: Sequence[Edge]) -> bool:
    """Whether a box lies between two upright lines and touches neither, nor those above and below unless close."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    before, behind = _last_before(upright, left + _NEAR, middle), _first_behind(upright, right - _NEAR, middle)
    if before is None or behind is None:
        return False
    free, free_behind = left - before, behind - right
    if free <= _NEAR or free_behind <= _NEAR:
        return False
    if min(free, free_behind) <= _MARGIN:
        return True
    across = (left + right) / 2
    return not (_is_at(level, top, across) and _is_at(level, bottom, across))


def _last_before(edges: Sequence[Edge], place: float, along: float) -> float | None:
    last = bisect_left(edges, (place,)) - 1
    for at in range(last, max(-1, last - _MOST_LOOKED), -1):
        if edges[at].start <= along <= edges[at].end:
            return edges[at].at
    return None


def _first_behind(edges: Sequence[Edge], place: float, along: float) -> float | None:
    first = bisect_left(edges, (place,))
    for edge in edges[first : first + _MOST_LOOKED]:
        if edge.start <= along <= edge.end:
            return edge.at
    return None


def _is_at(edges: Sequence[Edge], place: float, along: float) -> bool:
    first = bisect_left(edges, (place - _NEAR,))
    for edge in edges[first : first + _MOST_LOOKED]:
        if edge.at > place + _NEAR:
            return False
        if edge.start <= along <= edge.end:
            return True
    return False
