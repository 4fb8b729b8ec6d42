"""What is drawn on a page, in points from its top left corner as it is looked at: lines, characters, pictures."""

from __future__ import annotations

from typing import NamedTuple

import attrs

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class Turn(NamedTuple):
    """Where points of the file lie on the page as its text stands upright: its box there, turned by some quarters."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file lies, from the top left."""
        if self.quarters == 0:
            return x - self.left, self.top - y
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Which point of the file lies there, from the top left."""
        if self.quarters == 0:
            return x + self.left, self.top - y
        if self.quarters == 1:
            return y + self.left, x + self.bottom
        if self.quarters == 2:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of the page."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)


FARTHEST = 20_000.0
"""How far, in points, anything may lie from a corner of its page; no page is larger."""


MIDDLE = 0.35
"""How far the middle of a character lies above the line on which it stands: by its height."""


class Edge(NamedTuple):
    """A straight line, level or upright: where it lies across its direction, and from where to where it goes."""

    at: float
    start: float
    end: float


class Glyph(NamedTuple):
    """A character that is printed; ``base`` is the line on which it stands, ``size`` its height."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """How far across and down its middle lies, by which it is in a cell."""
        return (self.left + self.right) / 2, self.base - MIDDLE * self.size

    @property
    def box(self) -> Box:
        """The box around it."""
        return self.left, self.base - 0.85 * self.size, self.right, self.base + 0.15 * self.size


@attrs.define(eq=False, repr=False)
class Page:
    """One page of a document."""

    number: int
    width: float
    height: float
    level: list[Edge] = attrs.Factory(list)
    upright: list[Edge] = attrs.Factory(list)
    boxes: list[Box] = attrs.Factory(list)
    """What is filled and has no outline, as what shades cells or words."""
    glyphs: list[Glyph] = attrs.Factory(list)
    pictured: float = 0.0
    """How much of it pictures cover, from 0 to 1."""
    unknown: int = 0
    """How many characters of it cannot be told, as their font does not name them."""
    astray: int = 0
    """How many are printed nowhere near it."""
    beside: int = 0
    """How many are printed beside what viewers show of it."""
    clipped: dict[int, tuple[float, float]] = attrs.Factory(dict)
    """Which objects with words are clipped, and between which heights they are seen."""
    unseen_above: dict[int, str] = attrs.Factory(dict)
    unseen_below: dict[int, str] = attrs.Factory(dict)
    """What each of these says above and below that."""
    stacked: int = 0
    """At how many places several are printed one upon the other, as where their font has lost how wide they are."""
    over_lines: int = 0
    """How many words are printed over a line between two cells, so that none is surely theirs."""
    lost_words: int = 0
    """How many runs of characters are left out, as their font has lost what draws them."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is on it: so it is where a damaged file has lost what it shows."""
        return not (self.glyphs or self.level or self.upright or self.boxes or self.pictured or self.unknown)


def around(boxes: list[Box]) -> Box:
    """The box around ``boxes``, to tenths of a point."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return round(min(lefts), 1), round(min(tops), 1), round(max(rights), 1), round(max(bottoms), 1)
