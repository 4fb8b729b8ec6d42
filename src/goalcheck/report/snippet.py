"""A line of the sheet in, the stretch of it that concerns a finding out, with the underline that goes below.

A row has thousands of characters; what is shown is what surrounds the marked places, the rest is an ellipsis.
"""

from __future__ import annotations

import attrs

from goalcheck.report.words import visible
from goalcheck.source import Source, Span, display_width

_BEFORE = 10
_BEHIND = 14
_ENTRY_BEFORE = 26  # how far back the start of an entry may lie to be shown
_LONG = 34  # a marked place longer than this is elided in its middle


@attrs.frozen
class Mark:
    """A place to underline with ``sign``; an empty one gets a single sign where something belongs."""

    start: int
    end: int
    sign: str


def snippet(source: Source, marks: list[Mark], within: Span | None, ambiguous: int) -> tuple[str, str]:
    """The text and its underline. All marks start on one line; what lies on further lines is left out."""
    left, right = source.line(source.place(marks[0].start)[0])
    text, underline = "", ""
    shown = left
    windows = _windows(marks, within, left, right)
    for start, end in windows:
        if start > shown:
            text, underline = _add(text, underline, "…", _mark(marks, shown, start), ambiguous)
        for at in range(start, end):
            char = source.text[at].replace("\t", "⇥").replace("\n", "⏎").replace("\r", "⏎")
            text, underline = _add(text, underline, visible(char), _mark(marks, at, at + 1), ambiguous)
        shown = end
    if shown < right:
        text, underline = _add(text, underline, "…", _mark(marks, shown, right), ambiguous)
    for mark in marks:
        if mark.start == mark.end and mark.start >= shown:
            underline += mark.sign
    return text, underline.rstrip()


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


def _windows(marks: list[Mark], within: Span | None, left: int, right: int) -> list[tuple[int, int]]:
    """What to show: stretches around both ends of every mark, joined where they are close, inside one line."""
    wanted = []
    for mark in marks:
        start = mark.start - _BEFORE
        if within is not None and within.start >= mark.start - _ENTRY_BEFORE:
            start = min(within.start, mark.start)
        stop = min(mark.end, right)
        if stop - mark.start <= _LONG:
            wanted.append((start, stop + _BEHIND))
        else:
            wanted += [(start, mark.start + _LONG // 2), (stop - _LONG // 4, stop + _BEHIND // 2)]
    windows: list[tuple[int, int]] = []
    for first, last in sorted(wanted):
        start, end = max(first, left), min(max(last, first), right)
        if windows and start <= windows[-1][1] + 3:
            windows[-1] = (windows[-1][0], max(windows[-1][1], end))
        else:
            windows.append((start, end))
    return windows
