"""One decoded text, its stretches and places: :class:`Source` and :class:`Span`.

Everything later speaks of offsets: code points into ``Source.text``, half-open, the byte order mark left out.
Lines and columns are worked out here and only when a report asks for them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

import attrs

_NEWLINE = re.compile(r"\r\n|\r|\n")


@attrs.frozen
class Span:
    """A stretch of the decoded text, ``start`` to ``end`` (half-open); empty where something is missing."""

    start: int
    end: int


@attrs.frozen(eq=False)
class Source:
    """One input: its decoded text, where it came from and how it was encoded."""

    text: str
    path: str = "<text>"
    encoding: str = "utf-8"
    sha256: str = ""

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts; LF, CRLF and a lone CR end a line."""
        if "\r" in self.text:
            return [0, *(m.end() for m in _NEWLINE.finditer(self.text))]
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, the column in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> tuple[int, int]:
        """Start and end offset of line ``number`` (from 1), without its line break."""
        start = self.line_starts[number - 1]
        if number < len(self.line_starts):
            end = self.line_starts[number]
            while end > start and self.text[end - 1] in "\r\n":
                end -= 1
            return start, end
        return start, len(self.text)


def line_at(text: str, offset: int) -> int:
    """The number, from 1, of the line of ``text`` in which ``offset`` lies."""
    return _breaks(text[:offset]) + 1


def _lines(text: str) -> int:
    return _breaks(text) + (not text.endswith(("\r", "\n")))


def _breaks(text: str) -> int:
    """How many line breaks there are: LF, CRLF or a lone CR. Counting takes no memory, unlike a list of places."""
    found = text.count("\n")
    return found + text.count("\r") - text.count("\r\n") if "\r" in text else found
