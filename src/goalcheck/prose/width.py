"""How many terminal cells a text takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import accumulate

_REMEMBERED = 8192  # characters: more than a sheet has different ones


class _Cells(dict[str, int]):
    """The cells of characters that were asked for; an ambiguous one takes ``ambiguous``."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self._ambiguous = ambiguous

    def __missing__(self, char: str) -> int:
        cells = _cells(char, self._ambiguous)
        if len(self) < _REMEMBERED:
            self[char] = cells
        return cells


_CELLS: Mapping[int, Mapping[str, int]] = {1: _Cells(1), 2: _Cells(2)}


def display_width(text: str, ambiguous: int = 1) -> int:
    """Terminal cells that ``text`` takes: wide characters two, marks none, ambiguous ones as told, one or two."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_CELLS[ambiguous].__getitem__, text))


def widths(text: str, ambiguous: int = 1) -> Iterator[int]:
    """Terminal cells that the first characters of ``text`` take: none, one, two and so on to all of them."""
    return accumulate(map(_CELLS[ambiguous].__getitem__, text), initial=0)


def char_width(char: str, ambiguous: int = 1) -> int:
    """Terminal cells of one character: 0, 1 or 2."""
    return _CELLS[ambiguous][char]


def _cells(char: str, ambiguous: int) -> int:
    if " " <= char <= "~":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    kind = unicodedata.east_asian_width(char)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1
