"""Tells what is seen of the words of a page that are clipped: :func:`seen_of`, :class:`Unseen`.

Where a page ends within a merged cell, programs print what it says on both pages, each time within the part of the cell
that is there. A character is read on the page where its middle is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import byref, c_float, c_void_p, cast
from typing import Any

from goalcheck.readers.pdf.frequent_calls import (
    bounds_of,
    clip_of,
    count_of_clip_points,
    count_of_paths,
    point_of,
    segment_of_clip,
)
from goalcheck.readers.pdf.page import FARTHEST, Box, Page

_MOST_PATHS = 16
_MOST_POINTS = 64

_NEAR = 3.0
_MOST_LINES = 12
"""How many lines, at most, a header has that each page repeats above what it shares with the one before."""

_NOTHING = (1.0, 0.0)


def seen_of(words: Any, on_page: Callable[[float, float], tuple[float, float]]) -> tuple[float, float] | None:
    """Between which heights of the page ``words``, an object of it, are seen; None where nothing is clipped away.

    ``on_page`` tells where a point lies there that the object names; one of a form names points of the form.

    Nothing is seen between the first one and a second one that is less, as of words beside what they are clipped to. Of
    what is clipped to something intricate it is not asked.
    """
    clip = clip_of(words)
    count = count_of_paths(clip) if clip else 0
    if not 0 < count <= _MOST_PATHS:
        return None
    x, y, right, top = c_float(), c_float(), c_float(), c_float()
    to_x, to_y = byref(x), byref(y)
    if not bounds_of(words, to_x, to_y, byref(right), byref(top)):
        return None
    printed = (x.value, y.value, right.value, top.value)
    first, lowest, last, highest = -FARTHEST, -FARTHEST, FARTHEST, FARTHEST
    for number in range(count):
        points = count_of_clip_points(clip, number)
        if not 0 < points <= _MOST_POINTS:
            return None
        across, along = [], []
        for at in range(points):
            point_of(segment_of_clip(clip, number, at), to_x, to_y)
            across.append(x.value)
            along.append(y.value)
        first, last = max(first, min(across)), min(last, max(across))
        lowest, highest = max(lowest, min(along)), min(highest, max(along))
    if first <= printed[0] and lowest <= printed[1] and printed[2] <= last and printed[3] <= highest:
        return None
    printed, seen = _corners(printed, on_page), _corners((first, lowest, last, highest), on_page)
    if printed[2] < seen[0] or printed[0] > seen[2]:
        return _NOTHING
    return seen[1], seen[3]


def _corners(box: Box, on_page: Callable[[float, float], tuple[float, float]]) -> Box:
    """The left, top, right and bottom on the page of a ``box``."""
    (x0, y0), (x1, y1) = on_page(*box[:2]), on_page(*box[2:])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class Unseen:
    """The words that are clipped away, from page to page.

    Those at its end or beginning may be seen on the page behind or before; others are lost, as a cell is too small.
    """

    def __init__(self) -> None:
        self.shared: list[str] = []
        self._at_end: list[str] = []  # of the last page so far
        self._lost = 0

    def add(self, page: Page) -> None:
        """Add those of the page that comes next."""
        self.shared += self._at_end
        self._at_end = []
        if not (page.unseen_above or page.unseen_below):
            return
        heights = sorted({edge.at for edge in page.level})
        begins = max(heights[:_MOST_LINES] if page.number > 1 else (), default=-FARTHEST)  # below what is repeated
        for thing, said in page.unseen_above.items():
            self._add(said, is_shared=page.clipped[thing][0] <= begins)
        for thing, said in page.unseen_below.items():
            top, bottom = page.clipped[thing]
            if heights and bottom >= heights[-1] - _NEAR:
                self._at_end.append(said)
            else:
                self._add(said, is_shared=top > bottom or bottom <= begins)

    def _add(self, said: str, *, is_shared: bool) -> None:
        if is_shared:
            self.shared.append(said)
        else:
            self._lost += len(said)

    @property
    def lost(self) -> int:
        """How many characters no other page shows."""
        return self._lost + sum(map(len, self._at_end))


def address_of(thing: Any) -> int:
    """What tells an object of a page from all others, while the page is open."""
    return cast(thing, c_void_p).value or 0
