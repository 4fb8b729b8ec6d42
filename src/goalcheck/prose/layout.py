"""Lays text out in lines of bearable width: prose is filled, the text of a sheet cut between its fields.

Widths count terminal cells. A line never begins with a mark that closes, nor ends with one that opens.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from goalcheck.files.regexes import regex
from goalcheck.prose.sentences import visible
from goalcheck.prose.width import char_width, display_width, widths

_OPENING = "(\\[{\uff08\u201c\u2018\u300a\u300c\u3010\u3014\u27e6"
_CLOSING = ")\\]},.;:!?\uff09\u201d\u2019\u300b\u300d\u3011\u3015\u27e7\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u2026"
_WORD = regex(rf"([{_OPENING}]*(?:第?[!-~≥≤±‰]+(?:(?<=-)\S|(?<=\d)[行项页处])?|\S|(?=\s))[{_CLOSING}]*)\s*")
_THING = regex("([^;\uff1b]+[;\uff1b]?|[;\uff1b])\\s*")
_FIELD = regex("[^;\uff1b。\u21e5]*[;\uff1b。\u21e5\u27e7]*\\s*")


def fill(text: str, width: int, ambiguous: int = 1, *, listed: bool = False) -> Iterator[str]:
    """Prose as lines of at most ``width`` cells, unless a single word is wider.

    Where it is ``listed``, things parted by semicolons, none of them is broken that fits in a line.
    """
    if 2 * len(text) <= width:  # no character takes more than two cells
        yield text.rstrip()
        return
    reached = [*widths(text, ambiguous)]
    if reached[-1] <= width:
        yield text.rstrip()
        return
    pieces = [*_pieces(text, reached, width)] if listed else [*_words(text, 0, len(text))]
    ends = [reached[bare] for bare, _ in pieces]
    start = number = 0
    while number < len(pieces):
        number = max(number + 1, bisect_right(ends, reached[start] + width))
        end = pieces[number - 1][1]
        yield text[start:end].rstrip()
        start = end


def _pieces(text: str, reached: Sequence[int], width: int) -> Iterator[tuple[int, int]]:
    """Where each thing of a list ends, without the blanks behind it and with them; in one too long, each word."""
    for thing in _THING.finditer(text):
        if reached[thing.end(1)] - reached[thing.start()] <= width:
            yield thing.end(1), thing.end()
        else:
            yield from _words(text, *thing.span())


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return ((word.end(1), word.end()) for word in _WORD.finditer(text, start, end))


def cut(text: str, width: int) -> Iterator[str]:
    """A piece of a sheet as lines of at most ``width`` cells; what goes on with a row is indented."""
    for line, _ in marked(text, (), width):
        yield line


def clip(text: str, width: int, ambiguous: int = 1) -> str:
    """``text``, cut short where it takes more than ``width`` cells."""
    if display_width(text, ambiguous) <= width:
        return text
    left = width - display_width("\u2026", ambiguous)
    for end, char in enumerate(text):
        left -= char_width(char, ambiguous)
        if left < 0:
            return text[:end] + "\u2026"
    return text


def pad(text: str, width: int, ambiguous: int = 1, *, right: bool = False) -> str:
    """``text`` filled up to ``width`` cells with blanks, which stand before it where it keeps to the right."""
    blanks = " " * (width - display_width(text, ambiguous))
    return blanks + text if right else text + blanks


def marked(text: str, spans: Sequence[tuple[int, int]], width: int) -> Iterator[tuple[str, str]]:
    """A piece of a sheet as lines, each with what underlines its part of ``spans``; an empty span is a single sign."""
    start = 0
    for row in text.rstrip("\n").split("\n"):
        end = start + len(row)
        for number, (first, last) in enumerate(_lines(text, start, end, width - 2)):
            indent = "  " if number else ""
            shown = _shown(text[first:last]).rstrip()
            near = [span for span in spans if span[0] <= last and first <= span[1]]
            signs = _signs(text, first, last, near, closed=last == end) if near else ""
            yield indent + shown, f"{indent}{signs}" if signs else ""
        start = end + 1


def _signs(text: str, start: int, end: int, spans: Sequence[tuple[int, int]], closed: bool) -> str:
    """What stands below ``text[start:end]``; an empty span at its end belongs to it where no text follows."""
    signs = ""
    for at in range(start, end):
        cells = sum(char_width(char) for char in _shown(text[at]))
        if any(first <= at < last for first, last in spans):
            signs += "^" * cells
        else:
            signs += f"{'^' if (at, at) in spans else ' ':<{cells}}"
    return (signs + "^" if closed and (end, end) in spans else signs).rstrip()


def _shown(text: str) -> str:
    return visible(text.replace("\t", "\u21e5"))


def _lines(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Where each line of ``text[start:end]`` starts and ends, filled with whole fields, or else with words."""
    if _bare_width(text[start:end]) <= width:
        yield start, end
        return
    first = at = start
    used = 0
    for piece in _units(text, start, end, width, _FIELD):
        cells = display_width(text[at:piece])
        bare = _bare_width(text[at:piece]) if text[piece - 1].isspace() else cells
        if at > first and used + bare > width:
            yield first, at
            first, used = at, 0
        used += cells
        at = piece
    if at > first:
        yield first, end


def _units(text: str, start: int, end: int, width: int, unit: re.Pattern[str]) -> Iterator[int]:
    """Where each unit ends; one too wide for a line is taken word by word."""
    at = start
    while at < end:
        match = unit.match(text, at, end)
        stop = match.end() if match and match.end() > at else at + 1
        if unit is _FIELD and _bare_width(text[at:stop]) > width:
            yield from _units(text, at, stop, width, _WORD)
        else:
            yield stop
        at = stop


def _bare_width(text: str) -> int:
    return display_width(text.rstrip())
