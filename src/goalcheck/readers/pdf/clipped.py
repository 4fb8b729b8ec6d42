"""Tells which words of a page are cut off, so that nobody who opens the file sees them: :func:`is_cut_off`.

Where a page ends within a merged cell, programs print what it says on both pages, each time within the part of the cell
that is there: it is seen on one of them.
"""

from __future__ import annotations

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

_SEEN = 0.5
"""How much of their height is seen, at least, of words that are not cut off; what two pages share is so on one."""

_MOST_PATHS = 16
_MOST_POINTS = 64


def is_cut_off(words: Any) -> bool:
    """Whether ``words``, an object of a page, lie outside what they are clipped to, or more than half of their height.

    Of what is clipped to something intricate it is not asked.
    """
    clip = clip_of(words)
    count = count_of_paths(clip) if clip else 0
    if not 0 < count <= _MOST_PATHS:
        return False
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not bounds_of(words, byref(left), byref(bottom), byref(right), byref(top)):
        return False
    lowest, highest = bottom.value, top.value
    x, y = c_float(), c_float()
    to_x, to_y = byref(x), byref(y)
    for number in range(count):
        points = count_of_clip_points(clip, number)
        if not 0 < points <= _MOST_POINTS:
            return False
        across, along = [], []
        for at in range(points):
            point_of(segment_of_clip(clip, number, at), to_x, to_y)
            across.append(x.value)
            along.append(y.value)
        if right.value < min(across) or left.value > max(across):
            return True
        lowest, highest = max(lowest, min(along)), min(highest, max(along))
    return highest - lowest < _SEEN * (top.value - bottom.value)


def address_of(thing: Any) -> int:
    """What tells an object of a page from all others, while the page is open."""
    return cast(thing, c_void_p).value or 0
