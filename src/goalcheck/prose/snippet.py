"""The stretch of a line that concerns a finding, with the underline that goes below.

A row has thousands of characters; what is shown is what surrounds the marked places, the rest is an ellipsis. Where
that is wider than a terminal, the frame is drawn closer: a line that a terminal breaks parts the marks from their text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import attrs

from goalcheck.prose.sentences import visible
from goalcheck.prose.width import display_width
from goalcheck.source import Source, Span

_WIDEST = 72  # terminal cells: with line number and bar a line of 80


@attrs.frozen(eq=False, repr=False)
class Mark:
    """A place to underline with ``sign``; an empty one gets a single sign where something belongs."""

    start: int
    end: int
    sign: str


@attrs.frozen(eq=False, repr=False)
class _Frame:
    """How much is shown around a mark, in characters."""

    before: int
    behind: int
    entry: int  # how far back the start of an entry may lie to be shown
    long: int  # a marked place longer than this is elided in its middle


_FRAMES = (_Frame(10, 14, 26, 34), _Frame(8, 8, 18, 22), _Frame(5, 5, 10, 16), _Frame(3, 3, 5, 10))


def snippet(source: Source, marks: list[Mark], within: Span | None, ambiguous: int) -> tuple[str, str]:
    """The text and its underline. All marks start on one line; what lies on further lines is left out."""
    text, underline = "", ""
    for frame in _FRAMES:
        text, underline = _framed(source, marks, within, ambiguous, frame)
        if display_width(text, ambiguous) <= _WIDEST:
            break
    return text, underline


def _framed(source: Source, marks: list[Mark], within: Span | None, ambiguous: int, frame: _Frame) -> tuple[str, str]:
    left, right = source.line(source.place(marks[0].start)[0])
    text, underline = "", ""
    shown = left
    for start, end in _windows(marks, within, left, right, frame):
        if start > shown:
            text, underline = _add(text, underline, "…", _mark(marks, shown, start), ambiguous)
        for first, last in _stretches(marks, start, end):
            text, underline = _add(
                text, underline, _shown(source.text[first:last]), _mark(marks, first, last), ambiguous
            )
        shown = end
    if shown < right:
        text, underline = _add(text, underline, "…", _mark(marks, shown, right), ambiguous)
    for mark in marks:
        if mark.start == mark.end and mark.start >= shown:
            underline += mark.sign
    return text, underline.rstrip()


def _stretches(marks: list[Mark], start: int, end: int) -> Iterator[tuple[int, int]]:
    """``start`` to ``end``, cut wherever a mark begins or ends; an empty one takes the next character."""
    cuts = {start, end}
    for mark in marks:
        cuts |= {at for at in (mark.start, max(mark.end, mark.start + 1)) if start < at < end}
    yield from pairwise(sorted(cuts))


def _shown(text: str) -> str:
    """Text as it is shown: a tab and a line break as signs, what would not be seen spelt out."""
    if text.isprintable():
        return text
    return visible(text.replace("\t", "⇥").replace("\n", "⏎").replace("\r", "⏎"))


def _add(text: str, underline: str, piece: str, mark: Mark | None, ambiguous: int) -> tuple[str, str]:
    width = display_width(piece, ambiguous)
    if mark is None:
        return text + piece, underline + " " * width
    if mark.start == mark.end:
        return text + piece, underline + f"{mark.sign:<{width}}"
    return text + piece, underline + mark.sign * width


def _mark(marks: list[Mark], start: int, end: int) -> Mark | None:
    """The first mark that touches the stretch ``start`` to ``end``."""
    for mark in marks:
        if (mark.start < end and start < mark.end) or mark.start == mark.end == start:
            return mark
    return None


def _windows(marks: list[Mark], within: Span | None, left: int, right: int, frame: _Frame) -> list[tuple[int, int]]:
    """What to show: stretches around both ends of every mark, joined where they are close, inside one line."""
    wanted = []
    for mark in marks:
        start = mark.start - frame.before
        if within is not None and within.start >= mark.start - frame.entry:
            start = min(within.start, mark.start)
        stop = min(mark.end, right)
        if stop - mark.start <= frame.long:
            wanted.append((start, stop + frame.behind))
        else:
            half = frame.long // 2
            wanted += [(start, mark.start + half), (stop - half // 2, stop + frame.behind // 2)]
    windows: list[tuple[int, int]] = []
    for first, last in sorted(wanted):
        start, end = max(first, left), min(max(last, first), right)
        if windows and start <= windows[-1][1] + 3:
            windows[-1] = (windows[-1][0], max(windows[-1][1], end))
        else:
            windows.append((start, end))
    return windows
