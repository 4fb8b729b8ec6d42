"""Whether a TrueType font has lost what draws its characters: :func:`has_lost_outlines`.

The library takes a character whose outline it cannot follow for one without extent and leaves it out where it is
printed alone, as it does with a blank, and says nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

from goalcheck.readers.pdf.syntax import MOST_READ

_KINDS = (b"\0\1\0\0", b"true")
_MOST_TABLES = 99
_LONG = 50  # where a font says, in "head", whether its outlines lie at long or short places
_COUNT = 4  # where it says, in "maxp", how many it has
_HEAD = 10  # bytes before what an outline is made of
_PADDING = 3  # bytes behind the last one that programs leave out
_PART_HEAD = 4  # bytes before where a part of an outline lies

_REPEATED, _X_SHORT, _Y_SHORT, _X_SAME, _Y_SAME = 8, 2, 4, 16, 32
_WORDS, _SCALED, _MORE, _SCALED_TWICE, _TURNED = 1, 8, 32, 64, 128
"""Signs of a point, and of a part. Source: ISO/IEC 14496-22, 5.3.3."""


def has_lost_outlines(font: bytes) -> bool:
    """Whether an outline of ``font`` is not where it should be, or cannot be followed to its end.

    What is no TrueType font is not judged.
    """
    tables = dict(_tables(font))
    if not tables.keys() >= {b"head", b"maxp", b"loca", b"glyf"} or len(tables[b"head"]) < _LONG + 2:
        return False
    drawn, places = tables[b"glyf"], _places(tables[b"loca"], is_long=tables[b"head"][_LONG + 1] != 0)
    count = int.from_bytes(tables[b"maxp"][_COUNT : _COUNT + 2], "big")
    if len(places) - 1 - count not in (0, 1):  # some programs fill the last place up
        return True
    left = MOST_READ
    for start, end in pairwise(places):
        left -= max(end - start, 0)
        if left < 0:
            return False
        if start > end or end > len(drawn) + _PADDING or (start < end and not _is_whole(drawn[start:end])):
            return True
    return False


def _tables(font: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The tables of a TrueType font by their names."""
    if font[:4] not in _KINDS:
        return
    count = min(int.from_bytes(font[4:6], "big"), _MOST_TABLES)
    for at in range(12, min(12 + 16 * count, len(font) - 15), 16):
        start, length = struct.unpack_from(">LL", font, at + 8)
        yield font[at : at + 4], font[start : start + length]


def _places(said: bytes, *, is_long: bool) -> tuple[int, ...]:
    """Where each outline begins, and the last one ends."""
    if is_long:
        return struct.unpack(f">{len(said) // 4}L", said[: len(said) // 4 * 4])
    return tuple(2 * place for place in struct.unpack(f">{len(said) // 2}H", said[: len(said) // 2 * 2]))


def _is_whole(outline: bytes) -> bool:
    """Whether all that ``outline`` tells of is there."""
    if len(outline) < _HEAD:
        return False
    lines = int.from_bytes(outline[:2], "big", signed=True)
    try:
        return _is_composed(outline) if lines < 0 else not lines or _is_drawn(outline, lines)
    except (struct.error, IndexError):
        return False


def _is_drawn(outline: bytes, lines: int) -> bool:
    """Whether an outline of so many closed lines has all its points."""
    ends = struct.unpack_from(f">{lines}H", outline, _HEAD)
    if any(end <= before for before, end in pairwise(ends)):
        return False
    at = _HEAD + 2 * lines
    at += 2 + int.from_bytes(outline[at : at + 2], "big")  # instructions
    left, needed = ends[-1] + 1, 0
    while left > 0:
        sign = outline[at]
        at += 1
        times = 1
        if sign & _REPEATED:
            times += outline[at]
            at += 1
        left -= times
        size = 1 if sign & _X_SHORT else 0 if sign & _X_SAME else 2
        needed += times * (size + (1 if sign & _Y_SHORT else 0 if sign & _Y_SAME else 2))
    return not left and at + needed <= len(outline)


def _is_composed(outline: bytes) -> bool:
    """Whether all parts of an outline that is put together of others are there."""
    at, signs = _HEAD, _MORE
    while signs & _MORE:
        signs = struct.unpack_from(">HH", outline, at)[0]
        at += _PART_HEAD + (4 if signs & _WORDS else 2)
        at += 2 if signs & _SCALED else 4 if signs & _SCALED_TWICE else 8 if signs & _TURNED else 0
    return at <= len(outline)
