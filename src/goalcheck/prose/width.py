"""How many terminal cells a text takes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import repeat


def display_width(text: str, ambiguous: int = 1) -> int:
    """Terminal cells that ``text`` takes: wide characters two, marks none, ambiguous ones as told."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(char_width, text, repeat(ambiguous)))


@lru_cache(maxsize=8192)
def char_width(char: str, ambiguous: int = 1) -> int:
    """Terminal cells of one character: 0, 1 or 2."""
    if " " <= char <= "~":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    kind = unicodedata.east_asian_width(char)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1
