"""Makes lines and cells of characters: :func:`lines_of` and :class:`Words`.

What a cell holds is broken where its column ends, so lines are joined as they were before: without a blank between Han
characters or within a figure, with one between two Latin words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

import attrs

from goalcheck.readers.pdf.page import Box, Glyph, around
from goalcheck.readers.pdf.stretches import is_mixed, unmixed
from goalcheck.readers.table_text import Fragment

_SAME_LINE = 0.45
"""By how much of their height the characters of a line may be raised or lowered."""

_RAISED = 0.5
_SMALL = 0.8
"""How far raised or lowered small characters may be, and how high they are at most: by the height of their word."""

_LEADING = 0.9
"""How far apart lines are, at least, by the height of their first characters."""

_MOST_RAISED = 40  # characters of a line of
_LONGEST = 500

_BEHIND = 0.35
"""How far behind their word they may stand, at most, and before what goes on with it, at least: by their height."""

_POWER = 0.25
"""How far a digit is raised, at least, that is none of the figure it stands behind: by the height of that."""

_POWERS = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")

_SPACE = 0.18
_WIDE_SPACE = 0.9
"""How much of their height lies between two words, at least, and between things that stand side by side."""

_TWICE = 0.2
"""How far to the right a character may be printed again, as bold: by how much of its height, or twice its width."""

_left, _size, _place = attrgetter("left"), attrgetter("size"), attrgetter("base", "left")
"""Of a character."""


@attrs.define(eq=False, repr=False)
class Words:
    """Text, and where each piece of it was printed."""

    text: str = ""
    fragments: list[Fragment] = attrs.Factory(list)

    def followed_by(self, other: Words) -> Words:
        """This, with ``other`` as the line that goes on."""
        if not self.text or not other.text:
            return other if not self.text else self
        gap = " " if _is_latin(self.text[-1]) and _is_latin(other.text[0]) else ""
        start = len(self.text) + len(gap)
        moved = [fragment._replace(start=start + fragment.start) for fragment in other.fragments]
        return Words(f"{self.text}{gap}{other.text}", [*self.fragments, *moved])


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@attrs.define(eq=False, repr=False)
class Line:
    """Characters that stand on one line, from left to right."""

    glyphs: list[Glyph]

    @property
    def box(self) -> Box:
        """The box around it."""
        return around([glyph.box for glyph in (self.glyphs[0], self.glyphs[-1], max(self.glyphs, key=_size))])

    @property
    def base(self) -> float:
        """Where its first character stands."""
        return self.glyphs[0].base

    @property
    def size(self) -> float:
        """How high its highest character is."""
        return max(glyph.size for glyph in self.glyphs)

    @property
    def first_word(self) -> float:
        """How wide its first Han character is, or what stands before the first one or the first blank."""
        at = 1
        while at < len(self.glyphs) and self.glyphs[at].text != " " and not _is_han(self.glyphs[at].text):
            at += 1
        return self.glyphs[at - 1].right - self.glyphs[0].left

    def parts(self) -> list[Line]:
        """What stands side by side in it, far apart."""
        found = [Line([self.glyphs[0]])]
        for before, glyph in pairwise(self.glyphs):
            if glyph.left - before.right > _WIDE_SPACE * min(before.size, glyph.size):
                found.append(Line([]))
            found[-1].glyphs.append(glyph)
        return found

    def words(self, page: int, row: int = 0) -> Words:
        """Its text, which stands on this page, in this row of a table."""
        said = [self.glyphs[0].text]
        for before, glyph in pairwise(self.glyphs):
            gap = glyph.left - before.right
            if gap > 0 and before.text != " " != glyph.text:
                size = min(before.size, glyph.size)
                if gap > _WIDE_SPACE * size or (gap > _SPACE * size and _are_words(before.text, glyph.text)):
                    said.append(" ")
            said.append(glyph.text)
        text = "".join(said)
        return Words(text, [Fragment(0, page, row, self.box)] if text else [])


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _are_words(before: str, after: str) -> bool:
    return _is_latin(before) and _is_latin(after)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """``glyphs`` as lines, from top to bottom; a character that is printed twice at one place counts once."""
    printed = list(glyphs)
    rows: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(printed, key=_place):
        if rows and glyph.base - base <= _SAME_LINE * min(size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base, size = glyph.base, glyph.size
    if len(rows) > 1:
        rows = _with_raised(rows, printed)
    lines = [_once(row) for row in rows if any(glyph.text.strip() for glyph in row)]
    mixed = [is_mixed(line) for line in lines]
    if any(mixed):
        ranks = {id(glyph): at for at, glyph in enumerate(printed)}
        lines = [unmixed(line, ranks) if is_so else line for line, is_so in zip(lines, mixed, strict=True)]
    return [Line(_with_powers(line)) for line in lines]


def _with_powers(line: list[Glyph]) -> list[Glyph]:
    """``line`` with signs of powers for digits raised behind a figure: 10\u00b3, or 24.91\u00b2 with its note.

    As usual digits they would be taken for more of the figure.
    """
    sizes = list(map(_size, line))
    if min(sizes) > _SMALL * max(sizes):
        return line
    made: list[Glyph] = []
    figure: Glyph | None = None  # the last digit in its usual place, if nothing but digits stands behind it
    for glyph in line:
        is_digit = glyph.text.isdecimal() and glyph.text.isascii()
        if (
            is_digit
            and figure is not None
            and glyph.size <= _SMALL * figure.size
            and figure.base - glyph.base >= _POWER * figure.size
        ):
            made.append(glyph._replace(text=glyph.text.translate(_POWERS)))
            continue
        made.append(glyph)
        figure = glyph if is_digit else None
    return made


def _with_raised(rows: Iterable[list[Glyph]], printed: Sequence[Glyph]) -> list[list[Glyph]]:
    """``rows`` in which small characters that are set higher or lower, as in m2, are in the row of their word."""
    made: list[list[Glyph]] = []
    ranks: dict[int, int] = {}
    for row in rows:
        made.append(row)
        while len(made) > 1 and abs(made[-2][0].base - made[-1][0].base) < _LEADING * max(
            made[-2][0].size, made[-1][0].size
        ):
            above, below = made[-2:]
            ranks = ranks or {id(glyph): at for at, glyph in enumerate(glyph for glyph in printed if glyph.text != " ")}
            if _are_raised(above, below, ranks):
                made[-2:] = [below + above]
            elif _are_raised(below, above, ranks):
                made[-2:] = [above + below]
            else:
                break
    return made


def _are_raised(small: Sequence[Glyph], row: Sequence[Glyph], ranks: Mapping[int, int]) -> bool:
    """Whether each of ``small`` stands behind one of ``row``, or of these, and is printed, by ``ranks``, after it."""
    if len(small) > _MOST_RAISED or len(row) > _LONGEST:
        return False
    largest = max(row, key=_size)
    left = [glyph for glyph in small if glyph.text.strip()]
    if not left or any(
        glyph.size > _SMALL * largest.size or abs(glyph.base - largest.base) > _RAISED * largest.size
        for glyph in left
    ):  # fmt: skip
        return False
    line = [glyph for glyph in row if glyph.text != " "]
    for glyph in sorted(left, key=lambda glyph: glyph.left):
        before = max((other for other in line if other.left < glyph.left), key=lambda other: other.left, default=None)
        if (
            before is None
            or ranks[id(glyph)] != ranks[id(before)] + 1
            or glyph.left - before.right > _BEHIND * glyph.size
        ):
            return False
        if any(0 <= other.left - glyph.left < _BEHIND * glyph.size for other in line):
            return False
        line.append(glyph)
    return True


def _once(row: list[Glyph]) -> list[Glyph]:
    row.sort(key=_left)
    kept = [row[0]]
    for glyph in row[1:]:
        before = kept[-1]
        if glyph.text != before.text or glyph.left - before.left > _TWICE * min(
            glyph.size, 2 * (glyph.right - glyph.left)
        ):
            kept.append(glyph)
    first = next(at for at, glyph in enumerate(kept) if glyph.text.strip())
    while not kept[-1].text.strip():
        kept.pop()
    return kept[first:]


def joined(lines: Sequence[Line], page: int, row: int) -> Words:
    """The text of a cell that has these lines."""
    made = Words()
    for line in lines:
        made = made.followed_by(line.words(page, row))
    return made
