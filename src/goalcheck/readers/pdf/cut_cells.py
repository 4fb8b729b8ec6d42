"""Tells which cells of a table go on overleaf, and puts them together: :func:`is_rest`, :func:`merged_over_pages`.

Spreadsheets leave out the line below a cell that a page cuts. Word processors draw it: there the text tells.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial

import attrs

from goalcheck.readers.pdf.layout import Cell
from goalcheck.readers.pdf.words import Words

_SHORT = 1.2
_SLACK = 0.3
"""How much room a full line may leave, by its height: where its padding is guessed, and where it is seen."""

_PADDING = 6.0
_ENDS = (";", "\uff1b", "。", ".")


@attrs.define(eq=False, repr=False)
class Placed:
    """A cell of a table: its first row and column, from 0, and how many of each it covers."""

    row: int
    column: int
    rows: int
    columns: int
    words: Words
    last: Cell
    """What stands of it on the last page on which it says something."""
    end: Cell
    """What stands of it on the last of its pages."""


Meeting = tuple[Placed, Placed, bool]
"""A cell that ends with a page, the one that stands right below it on the next, and whether its text goes on there."""


def is_rest(above: Placed, below: Cell, header: int) -> bool:
    """Whether ``below``, right under a cell without a line below it, is the rest of it.

    It has no line above it either, unless that is the line of a ``header`` of so many rows, which its page repeats.
    There the text tells: the first part is full, and the lines are those to come.
    """
    if not header:
        return below.is_open_above
    if not above.words.text or not below.words.text or is_said_again(above, below, header):
        return True
    return is_broken(above, below) and above.end.below + below.above <= below.size


def is_said_again(above: Placed, below: Cell, header: int) -> bool:
    """Whether what stands beside a header is printed with it, as on the page before."""
    return below.row < header and below.words.text == above.words.text


def is_broken(above: Placed, below: Cell) -> bool:
    """Whether the text of a cell fills its lines up to the end of a page, so that it may go on ``below``."""
    last = above.last
    if not above.words.text or above.end is not last or last.below > last.size:
        return False
    return last.room - 2 * min(last.indent, _PADDING) <= below.first_word + _SLACK * last.size


def goes_on(above: Cell, below: Cell) -> bool:
    """Whether what stands first in a cell found no room any more in the last line of another, or is its next entry."""
    room = above.room - 2 * _PADDING
    is_next_entry = above.words.text.endswith(_ENDS) and below.words.text[0].isdecimal()
    return room <= below.first_word + _SHORT * above.size or is_next_entry


def merged_over_pages(
    cells: Sequence[Placed], meetings_of_pages: Sequence[Sequence[Meeting]], stacked: Container[int]
) -> list[Placed]:
    """``cells``, of which those that stand first on a page go on those above, where no line tells whether they do.

    Blank ones do, in columns with ``stacked`` cells, which go over several rows; and those around them whose text is
    broken off: a project that goes on has one name and one goal.
    """
    at_ends = {id(cell) for meetings in meetings_of_pages for meeting in meetings for cell in meeting[:2]}
    whole_texts = {(cell.column, cell.words.text) for cell in cells if id(cell) not in at_ends}
    gone: dict[int, Placed] = {}
    for meetings in meetings_of_pages:
        found = [meeting for meeting in meetings if meeting[1].column in stacked]
        blanks = [(owner, below) for owner, below, _ in found if not below.words.text]
        broken = [(owner, below) for owner, below, breaks in found if breaks]
        broken = [pair for pair in broken if not any((cell.column, cell.words.text) in whole_texts for cell in pair)]
        around = [pair for pair in broken if any(map(partial(_is_around, *pair), blanks))]
        for owner, below in (*blanks, *around):
            whole = gone.get(id(owner), owner)
            whole.rows = below.row + below.rows - whole.row
            whole.words = whole.words.followed_by(below.words)
            gone[id(below)] = whole
    return [cell for cell in cells if id(cell) not in gone]


def _is_around(above: Placed, below: Placed, others: tuple[Placed, Placed]) -> bool:
    """Whether what two cells cover, at the end of a page and on the next one, takes in what two ``others`` cover."""
    return above.row <= others[0].row and below.rows >= others[1].rows
