"""Whether what a PDF prints in fonts whose codes take two bytes is whole codes: :class:`WideCodes`.

Where a byte is lost or added, the library takes every code behind it for another character, and says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from goalcheck.files.regexes import regex
from goalcheck.readers.pdf.syntax import (
    BLANK,
    COMPOSITE,
    END,
    GAP,
    NAME,
    NAME_CHARACTER,
    SPACE,
    TEXT,
    either,
    entry,
    reference,
)

_WIDE = regex(entry(b"Encoding", rb"(?:Identity|Uni\w{1,20}-(?:UCS2|UTF16))-[HV]"))
"""The encodings that tell a character by two bytes, or by twice as many. Source: ISO 32000-1, 9.7.5.2."""

_NAMED = regex(b"/(" + NAME_CHARACTER + b"{1,99})" + either(GAP + reference(), SPACE + b"{0,9}<<"))
_DIGIT = rb"[0-9A-Fa-f]" + SPACE + b"*+"
_CUT_TEXT = b"<" + SPACE + b"*+" + either(_DIGIT * 4) + b"*+" + _DIGIT + either(_DIGIT) + b"?+>"
_CUT = regex(_CUT_TEXT)
"""A text that is a byte longer or shorter than whole codes of two are; its last digit, a zero, may lack."""

_FONT = b"/(" + NAME_CHARACTER + b"*+)" + BLANK + rb"[-+.\d]++" + BLANK + b"Tf" + END
_TOKEN = regex(_FONT + b"|(" + _CUT_TEXT + b")|" + either(TEXT, NAME, rb"%[^\r\n]*+") + b"|([A-Za-z*]++)", re.DOTALL)
"""What sets the font, a text that is cut, what is of no account, and an operator."""


class WideCodes:
    """The fonts of a PDF whose codes take two bytes: ``parts`` of it say how they are named.

    ``objects`` gives the number of each of its objects, and how it begins.
    """

    def __init__(self, parts: Iterable[bytes], objects: Callable[[], Iterable[tuple[int, bytes]]]) -> None:
        self._parts = parts
        self._objects = objects

    @cached_property
    def _names(self) -> frozenset[bytes]:
        """The names that stand for such a font wherever they stand for anything."""
        wide = {number for number, said in self._objects() if COMPOSITE.search(said) and _WIDE.search(said)}
        named: defaultdict[bytes, set[int]] = defaultdict(set)
        for part in self._parts if wide else ():
            for found in _NAMED.finditer(part):
                named[found[1]].add(int(found[2] or -1))
        return frozenset(name for name, numbers in named.items() if numbers <= wide)

    def are_whole(self, contents: bytes) -> bool:
        """Whether ``contents``, what a page draws, print whole codes alone; what is told in brackets is not judged."""
        if _CUT.search(contents) is None or not self._names:
            return True
        font = b""
        kept: list[bytes] = []
        for found in _TOKEN.finditer(contents):
            name, cut, word = found.groups()
            if name is not None:
                font = name
            elif cut is not None:
                if font in self._names:
                    return False
            elif word == b"q":
                kept.append(font)
            elif word == b"Q" and kept:
                font = kept.pop()
            elif word == b"BI":  # a picture, in which anything may stand
                return True
        return True
