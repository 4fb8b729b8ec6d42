"""Which words of a text are marked: :func:`graded`, and :func:`pieces` of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from goalcheck.annotate.marks import GRAVEST

_SEPARATORS = ";\uff1b。,\uff0c\n\t "
_LONGEST_LEAD = 20


@attrs.frozen(eq=False, repr=False)
class Stretch:
    """What is marked of a text: characters from ``start`` to ``end``."""

    start: int
    end: int
    severity: str


def graded(text: str, stretches: Sequence[Stretch]) -> Sequence[str] | None:
    """How grave what is marked at each character of ``text`` is, empty where nothing is.

    None where nothing in it is marked apart: not a word, or all of it.
    """
    levels = [""] * len(text)
    for stretch in sorted((widened(text, one) for one in stretches), key=lambda one: -GRAVEST.index(one.severity)):
        levels[stretch.start : stretch.end] = [stretch.severity] * (stretch.end - stretch.start)
    is_whole = all(level or char.isspace() for level, char in zip(levels, text, strict=True))
    return None if is_whole or not any(levels) else levels


def widened(text: str, stretch: Stretch) -> Stretch:
    """``stretch``, which lies in ``text`` then; where something is missing, the words before it, if there are any."""
    start, end = (max(0, min(at, len(text))) for at in (stretch.start, stretch.end))
    if start < end:
        return Stretch(start, end, stretch.severity)
    while end > 0 and text[end - 1] in _SEPARATORS:
        end -= 1
    start = end
    while start > max(end - _LONGEST_LEAD, 0) and text[start - 1] not in _SEPARATORS:
        start -= 1
    return Stretch(start, end, stretch.severity)


def pieces(levels: Sequence[str]) -> Iterator[Stretch]:
    """Stretches of which all is equally grave, in their order; all characters are in one."""
    start = 0
    for at in range(1, len(levels) + 1):
        if at == len(levels) or levels[at] != levels[start]:
            yield Stretch(start, at, levels[start])
            start = at
