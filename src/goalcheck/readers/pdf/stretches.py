"""Characters that were printed one behind the other: a stretch that is too wide for its place stays in one piece.

It reaches over into what stands beside it, so its last characters lie in the next cell, or among those of the next
words. The order in which a file prints them tells what belongs together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from goalcheck.readers.pdf.page import Glyph

_APART = 0.08
"""How far the characters of a stretch may lie from one another, and above one another, at most, by their height."""

_MIXED = 0.32
"""By how much of its height a character must begin before the one on its left ends, to lie among other words."""

_REACHES_OVER = 0.34
"""The share of a stretch that may lie in other cells than the rest."""

_SAME = 0.15
_OFTEN = 3
"""How near to it, in points, how many words must begin for a place to be where those of a column do."""

_CLOSED = 0.01
"""How far apart the characters of a word are, at most, by their height."""

_CUT = 0.2
"""How much of a character lies on either side of the line that cuts it, at least, by its height."""

_SHORTEST = 4
_PAIR = 2
_LONGEST = 80  # characters that are looked at on either side


def goes_on(before: Glyph, glyph: Glyph) -> bool:
    """Whether ``glyph``, which a file prints after ``before``, stands right behind it.

    It may lie upon that: where a font is not in the file, characters count as wider than they are set.
    """
    far = _APART * glyph.size
    return before.left < glyph.left <= before.right + far and abs(glyph.base - before.base) <= far


def starts_of(glyphs: Sequence[Glyph]) -> list[float]:
    """Where what a file prints begins, from the left, each time."""
    return sorted(glyph.left for before, glyph in pairwise(glyphs) if not goes_on(before, glyph))


def is_of_column(before: Glyph, glyph: Glyph, starts: Sequence[float]) -> bool:
    """Whether ``glyph``, right behind ``before``, begins the next cell: where others begin, each in its line."""
    if abs(glyph.left - before.right) <= _CLOSED * glyph.size:
        return False
    return bisect_right(starts, glyph.left + _SAME) - bisect_left(starts, glyph.left - _SAME) >= _OFTEN


def keep_together(glyphs: Sequence[Glyph], cells: list[list[Glyph]], at: int, border: float) -> bool:
    """Put the few characters of a word that lie in other cells into the cell of the rest.

    ``cells`` are those of ``glyphs``, one each; the word goes over from one into another at ``at``, at the line
    ``border``. A word of which much lies in either is two that touch, unless the line cuts a character of it: then it
    is printed over the line, and that is what is returned.
    """
    before, glyph = glyphs[at - 1], glyphs[at]
    is_closed = abs(glyph.left - _end(before)) <= _CLOSED * glyph.size
    begin = at
    while begin > max(0, at - _LONGEST) and _is_of_word(glyphs[begin - 1], glyphs[begin], is_closed=is_closed):
        begin -= 1
    end = at + 1
    while end < min(len(glyphs), at + _LONGEST) and _is_of_word(glyphs[end - 1], glyphs[end], is_closed=is_closed):
        end += 1
    here = cells[begin:end]
    most = max(here, key=lambda cell: sum(other is cell for other in here))
    others = sum(cell is not most for cell in here)
    if end - begin >= _SHORTEST and others <= _REACHES_OVER * (end - begin):
        cells[begin:end] = [most] * (end - begin)
        return False
    if not is_closed or not (_is_cut(before, border) or _is_cut(glyph, border)) or len(set(map(id, here))) > _PAIR:
        return False
    cells[begin:end] = [most] * (end - begin)
    return others > 0


def _is_of_word(before: Glyph, glyph: Glyph, *, is_closed: bool) -> bool:
    """Whether a character goes on with a word; of one whose characters are closed, none lies upon another."""
    is_upon = is_closed and glyph.left < _end(before) - _APART * glyph.size
    return before.text != " " != glyph.text and goes_on(before, glyph) and not is_upon


def _is_cut(glyph: Glyph, border: float) -> bool:
    return min(border - glyph.left, _end(glyph) - border) >= _CUT * glyph.size


def _end(glyph: Glyph) -> float:
    """Where a character ends: a Han character is as wide as it is high, however wide it counts as."""
    return min(glyph.right, glyph.left + glyph.size) if "\u4e00" <= glyph.text <= "\u9fff" else glyph.right


def is_mixed(line: Sequence[Glyph]) -> bool:
    """Whether characters of a line, which are in order from left to right, lie upon one another."""
    return any(
        glyph.left < before.right - _MIXED * glyph.size and glyph.text != " " != before.text
        for before, glyph in pairwise(line)
    )


def unmixed(line: Iterable[Glyph], ranks: Mapping[int, int]) -> list[Glyph]:
    """The characters of a line by stretches, from left to right; ``ranks`` has the order in which they are printed."""
    stretches: list[list[Glyph]] = []
    for glyph in sorted(line, key=lambda glyph: ranks[id(glyph)]):
        if stretches and goes_on(stretches[-1][-1], glyph):
            stretches[-1].append(glyph)
        else:
            stretches.append([glyph])
    stretches.sort(key=lambda stretch: stretch[0].left)
    return [glyph for stretch in stretches for glyph in stretch]
