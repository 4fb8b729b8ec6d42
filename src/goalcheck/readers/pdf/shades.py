"""Tells which filled boxes shade cells, so that their sides are lines of a table: :func:`sides_of`.

Words and paragraphs are shaded too: such a box lies free within a cell and leaves at least its margins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goalcheck.readers.pdf.page import Box, Edge, Page

_NEAR = 2.5
_MOST_LOOKED = 500  # lines on either side of a box
_CLOSE = 1.0  # to the side of a box that shades them
_MARGIN = 8.0
"""How much of a cell a shaded paragraph leaves free beside it, at most, in points."""


def sides_of(page: Page, level: Sequence[Edge], upright: Sequence[Edge]) -> tuple[list[Edge], list[Edge]]:
    """The level and upright sides of the boxes on ``page`` that shade cells between these lines, which are in order."""
    boxes = page.boxes
    if not boxes:
        return [], []
    drawn = _Drawn(
        level,
        upright,
        sorted(Edge(glyph.left, glyph.base, glyph.base) for glyph in page.glyphs),
        sorted(Edge(box[0], box[1], box[3]) for box in boxes),
        sorted(Edge(box[2], box[1], box[3]) for box in boxes),
    )
    sides: tuple[list[Edge], list[Edge]] = ([], [])
    for box in boxes:
        if not _is_of_words(box, drawn):
            left, top, right, bottom = box
            sides[0].extend((Edge(top, left, right), Edge(bottom, left, right)))
            sides[1].extend((Edge(left, top, bottom), Edge(right, top, bottom)))
    return sides


class _Drawn(NamedTuple):
    """What is drawn on a page, each in order of where it lies: lines, where characters begin, and sides of boxes."""

    level: Sequence[Edge]
    upright: Sequence[Edge]
    words: Sequence[Edge]
    lefts: Sequence[Edge]
    rights: Sequence[Edge]


def _is_of_words(box: Box, drawn: _Drawn) -> bool:
    """Whether a box lies between two upright lines, touches neither, and begins as words on it do, or is by itself.

    Then it leaves one of its cell's margins, or is not as high as its row: columns may be shaded and have no lines.
    """
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    before = _last_before(drawn.upright, left + _NEAR, middle)
    behind = _first_behind(drawn.upright, right - _NEAR, middle)
    if before is None or behind is None:
        return False
    free, free_behind = left - before, behind - right
    if free <= _NEAR or free_behind <= _NEAR:
        return False
    if any(top < word.start < bottom for word in _near(drawn.words, left, _CLOSE)):
        return True
    if _is_at(drawn.rights, left, middle) or _is_at(drawn.lefts, right, middle):  # one of several side by side
        return False
    across = (left + right) / 2
    is_high = _is_at(drawn.level, top, across) and _is_at(drawn.level, bottom, across)
    return not is_high or min(free, free_behind) <= _MARGIN


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
    return any(edge.start <= along <= edge.end for edge in _near(edges, place, _NEAR))


def _near(edges: Sequence[Edge], place: float, far: float) -> Iterator[Edge]:
    first = bisect_left(edges, (place - far,))
    for edge in edges[first : first + _MOST_LOOKED]:
        if edge.at > place + far:
            break
        yield edge
