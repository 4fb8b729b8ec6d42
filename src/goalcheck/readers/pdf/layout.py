"""Tells what stands on a page, from top to bottom: :func:`blocks_of` gives the lines of words and the tables."""

from __future__ import annotations

from itertools import pairwise

import attrs

from goalcheck.readers.pdf.grid import Field, Grid, grids_of
from goalcheck.readers.pdf.page import Box, Glyph, Page
from goalcheck.readers.pdf.words import Line, Words, joined, lines_of
from goalcheck.readers.table_text import Fragment

_NARROW = 6.0
"""Columns and rows without text that are narrower, in points, are gaps between doubled lines."""


@attrs.define(eq=False, repr=False)
class Cell:
    """A cell on one page: its first row and column, from 0, and how many of each it covers."""

    row: int
    column: int
    rows: int
    columns: int
    words: Words
    box: Box
    lines: list[Line]
    """As they are printed."""


@attrs.define(eq=False, repr=False)
class Part:
    """What stands of a table on one page."""

    page: int
    across: list[float]
    """Where its columns begin, and the last one ends."""
    rows: list[list[Cell]]
    """The cells that begin in each."""
    is_open_above: bool
    is_open_below: bool
    """Whether its frame has no line there."""


@attrs.define(eq=False, repr=False)
class Outside:
    """A line that stands outside all tables."""

    words: Words
    top: float


Block = Part | Outside


def blocks_of(page: Page) -> list[Block]:
    """The tables of a page, and the lines outside them."""
    grids = grids_of(page)
    within: dict[int, dict[int, list[Glyph]]] = {at: {} for at in range(len(grids))}
    outside: list[Glyph] = []
    for glyph in page.glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base - 0.35 * glyph.size
        for at, grid in enumerate(grids):
            field = grid.field_at(x, y)
            if field is not None:
                within[at].setdefault(id(field), []).append(glyph)
                break
        else:
            outside.append(glyph)
    placed: list[tuple[float, float, Block]] = []
    for at, grid in enumerate(grids):
        part = _part(grid, within[at], page.number)
        placed.append((grid.down[0], grid.across[0], part))
    for line in lines_of(outside):
        words = line.words(page.number)
        placed.append((line.box[1], line.box[0], Outside(words, line.box[1])))
    placed.sort(key=lambda block: block[:2])
    return [block for _, _, block in placed]


def _part(grid: Grid, glyphs: dict[int, list[Glyph]], page: int) -> Part:
    """The table of ``grid`` with its text; gaps between doubled lines are no columns and no rows."""
    filled = [field for field in grid.fields if id(field) in glyphs]
    columns = _kept(grid.across, {field.column for field in filled if field.columns == 1})
    rows = _kept(grid.down, {field.row for field in filled if field.rows == 1})
    made: list[list[Cell]] = [[] for _ in range(rows[-1])]
    for field in grid.fields:
        first, column = rows[field.row], columns[field.column]
        high, wide = rows[field.row + field.rows] - first, columns[field.column + field.columns] - column
        if high and wide:
            made[first].append(_cell(grid, field, (first, column, high, wide), glyphs.get(id(field), []), page))
    across = [grid.across[columns.index(number)] for number in range(columns[-1])] + [grid.across[-1]]
    return Part(page, across, made, grid.is_open_above, grid.is_open_below)


def _kept(places: list[float], filled: set[int]) -> list[int]:
    """The number of each column or row, from 0, and of the end, once those that are gaps are left out."""
    numbers = [0]
    for at, (start, end) in enumerate(pairwise(places)):
        numbers.append(numbers[-1] + (end - start >= _NARROW or at in filled))
    return numbers


def _cell(grid: Grid, field: Field, place: tuple[int, int, int, int], glyphs: list[Glyph], page: int) -> Cell:
    row, column, high, wide = place
    box = (
        round(grid.across[field.column], 1),
        round(grid.down[field.row], 1),
        round(grid.across[field.column + field.columns], 1),
        round(grid.down[field.row + field.rows], 1),
    )
    lines = lines_of(glyphs)
    words = joined(lines, page, row + 1)
    if not words.text:
        words = Words("", [Fragment(0, page, row + 1, box)])
    return Cell(row, column, high, wide, words, box, lines)
