"""Tells what stands on a page, from top to bottom: :func:`pages_of` gives the lines of words and the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from goalcheck.files.regexes import regex
from goalcheck.readers.pdf.grid import Field, Grid, grids_of
from goalcheck.readers.pdf.page import Box, Glyph, Page, around
from goalcheck.readers.pdf.stretches import goes_on, is_of_column, keep_together, starts_of
from goalcheck.readers.pdf.unruled import Rows, free_tables
from goalcheck.readers.pdf.words import Line, Words, joined, lines_of
from goalcheck.readers.table_text import Fragment

_PAGE_NUMBER = regex(
    r"[-\u2013\u2014]{0,3}第?\d{1,4}页?(?:(?:[,\uff0c/]|[,\uff0c/]?(?:共|of))\d{1,4}页?)?[-\u2013\u2014]{0,3}"
    r"|第\d{1,4}页\d{1,4}页"
    r"|page\d{1,4}(?:(?:of|/)\d{1,4})?",
    re.IGNORECASE,
)

_LINES = 4
"""How many lines, about, are printed below the last row of a table."""

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
    first_word: float = 0.0
    """How wide what stands first in it is."""
    room: float = 0.0
    """How much its last line leaves free."""
    size: float = 0.0
    """How high its last line is."""
    above: float = 0.0
    below: float = 0.0
    """How much is free above its first line, and below its last one."""
    indent: float = 0.0
    """How much is free before its last line."""
    is_open_above: bool = False
    is_open_below: bool = False
    """Whether it reaches the beginning or the end of the table on its page and has no line there."""


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
    is_ruled: bool = True
    """Whether lines enclose its cells."""
    has_open_cells: bool = False
    """Whether some cells of its last row have no line below, while others have one: those go on overleaf."""


@attrs.define(eq=False, repr=False)
class Outside:
    """A line that stands outside all tables."""

    words: Words
    top: float


Block = Part | Outside


@attrs.define(eq=False, repr=False)
class Loose:
    """The lines of a page without any ruled table."""

    lines: list[Line]


def pages_of(pages: Iterable[Page]) -> list[list[Block]]:
    """The tables of each page, and the lines outside them."""
    found = [_blocks_of(page) for page in pages]
    loose = [(number, page, blocks) for number, (page, blocks) in enumerate(found) if isinstance(blocks, Loose)]
    tables = free_tables([blocks.lines for _, _, blocks in loose])
    made = [[] if isinstance(blocks, Loose) else blocks for _, blocks in found]
    for (number, page, blocks), table in zip(loose, tables, strict=True):
        lines = blocks.lines if table is None else blocks.lines[: table.first]
        made[number] += [Outside(line.words(page), line.box[1]) for line in lines]
        made[number] += [] if table is None else [_free_part(table, page)]
    return made


def _blocks_of(page: Page) -> tuple[int, list[Block] | Loose]:
    """The number of a page, and what stands on it."""
    grids = grids_of(page)
    within, outside = _sorted_in(page, grids)
    placed: list[tuple[float, float, Block]] = []
    for at, grid in enumerate(grids):
        part = _part(grid, within[at], page.number)
        placed.append((grid.down[0], grid.across[0], part))
    lines = _without_number(lines_of(outside))
    if not grids:
        return page.number, Loose(lines)
    for line in lines:
        words = line.words(page.number)
        placed.append((line.box[1], line.box[0], Outside(words, line.box[1])))
    placed.sort(key=lambda block: block[:2])
    return page.number, [block for _, _, block in placed]


def _sorted_in(page: Page, grids: Sequence[Grid]) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """The characters in each cell of each table, by the cell's identity, and those outside."""
    glyphs = page.glyphs
    within: list[dict[int, list[Glyph]]] = [{} for _ in grids]
    outside: list[Glyph] = []
    here, left, top, right, bottom = outside, 0.0, 0.0, 0.0, 0.0  # the cell of the one before
    cells: list[list[Glyph]] = []  # of each character
    crossings: list[tuple[int, float]] = []  # characters in another cell than the one right before them, and the line
    for number, glyph in enumerate(glyphs):
        x, y = glyph.middle
        if not (left <= x < right and top <= y < bottom):
            border = right
            here, left, top, right, bottom = outside, 0.0, 0.0, 0.0, 0.0
            for at, grid in enumerate(grids):
                field = grid.field_at(x, y)
                if field is not None:
                    here = within[at].setdefault(id(field), [])
                    left, top, right, bottom = _box(grid, field)
                    break
            if cells and cells[-1] is not here and goes_on(glyphs[number - 1], glyph):
                crossings.append((number, left or border))
        cells.append(here)
    starts = starts_of(glyphs) if crossings else []
    for number, border in crossings:
        if not is_of_column(glyphs[number - 1], glyphs[number], starts):
            page.over_lines += keep_together(glyphs, cells, number, border)
    for glyph, cell in zip(glyphs, cells, strict=True):
        cell.append(glyph)
    for grid, inside in zip(grids, within, strict=True):
        outside = _without_last_lines(outside, grid, inside)
    return within, outside


def _without_last_lines(outside: list[Glyph], grid: Grid, inside: dict[int, list[Glyph]]) -> list[Glyph]:
    """``outside`` without lines that go on with cells, which have no line below them; they are put ``inside``.

    Where a page ends within a merged cell, browsers print what still has room on the page, though the last row of the
    table ends above it.
    """
    if grid.is_open_below or not any(field.is_open_below for field in grid.owners[-1]):
        return outside
    lines: dict[int, list[Glyph]] = {}
    for glyph in sorted(outside, key=lambda glyph: glyph.base):
        lines.setdefault(round(glyph.base), []).append(glyph)
    taken: set[int] = set()
    for line in lines.values():
        cells = [inside.get(id(grid.open_field_above(*glyph.middle, _LINES * glyph.size)), []) for glyph in line]
        pairs = list(zip(cells, line, strict=True))
        if all(cell and glyph.base - cell[-1].base < 2 * glyph.size for cell, glyph in pairs):
            taken.update(map(id, line))
            for cell, glyph in pairs:
                cell.append(glyph)
    return [glyph for glyph in outside if id(glyph) not in taken]


def _part(grid: Grid, glyphs: dict[int, list[Glyph]], page: int) -> Part:
    """The table of ``grid`` with its text; gaps between doubled lines are no columns and no rows."""
    filled = [field for field in grid.fields if glyphs.get(id(field))]
    columns = _kept(grid.across, {field.column for field in filled if field.columns == 1})
    rows = _kept(grid.down, {field.row for field in filled if field.rows == 1})
    made: list[list[Cell]] = [[] for _ in range(rows[-1])]
    for field in grid.fields:
        first, column = rows[field.row], columns[field.column]
        high, wide = rows[field.row + field.rows] - first, columns[field.column + field.columns] - column
        if high and wide:
            lines = lines_of(glyphs.get(id(field), []))
            cell = _cell((first, column, high, wide), lines, page, _box(grid, field))
            cell.is_open_above, cell.is_open_below = field.is_open_above, field.is_open_below
            made[first].append(cell)
    across = [grid.across[columns.index(number)] for number in range(columns[-1])] + [grid.across[-1]]
    is_open = grid.is_open_below
    has_open_cells = not is_open and any(field.is_open_below for field in grid.owners[-1])
    return Part(page, across, made, grid.is_open_above, is_open, has_open_cells=has_open_cells)


def _without_number(lines: list[Line]) -> list[Line]:
    """The lines of a page without its number, which is its first or its last."""
    for at in (-1, 0):
        if lines and _is_page_number(lines[at]):
            lines.pop(at)
    return lines


def _is_page_number(line: Line) -> bool:
    """Whether it is the number of a page; figures that stand side by side are a row of a table."""
    said = "".join(glyph.text.strip() for glyph in line.glyphs)
    return bool(_PAGE_NUMBER.fullmatch(said)) and not (said.isdecimal() and len(line.parts()) > 1)


def _free_part(table: Rows, page: int) -> Part:
    """The table without lines, with its text."""
    rows: list[list[Cell]] = []
    for number, lines in enumerate(table.rows):
        glyphs = [glyph for line in lines for glyph in line.glyphs]
        top, bottom = min(line.box[1] for line in lines), max(line.box[3] for line in lines)
        row = []
        for column, (left, right) in enumerate(pairwise(table.across)):
            within = lines_of(glyph for glyph in glyphs if left <= (glyph.left + glyph.right) / 2 < right)
            box = (left, top, right, bottom)
            row.append(_cell((number, column, 1, 1), within, page, box))
        rows.append(row)
    return Part(page, table.across, rows, is_open_above=False, is_open_below=False, is_ruled=False)


def _kept(places: list[float], filled: set[int]) -> list[int]:
    """The number of each column or row, from 0, and of the end, once those that are gaps are left out."""
    numbers = [0]
    for at, (start, end) in enumerate(pairwise(places)):
        numbers.append(numbers[-1] + (end - start >= _NARROW or at in filled))
    return numbers


def _box(grid: Grid, field: Field) -> Box:
    left, right = grid.across[field.column], grid.across[field.column + field.columns]
    return left, grid.down[field.row], right, grid.down[field.row + field.rows]


def _cell(place: tuple[int, int, int, int], lines: list[Line], page: int, box: Box) -> Cell:
    """The cell at a row and column, which covers so many of each and has these lines in its box."""
    row = place[0] + 1
    if not lines:
        return Cell(*place, Words("", [Fragment(0, page, row, around([box]))]))
    last = lines[-1]
    left, _, right, _ = last.box
    room = (box[2] - box[0]) - (right - left)
    above, below = lines[0].glyphs[0].box[1] - box[1], box[3] - last.glyphs[0].box[3]
    indent = left - box[0]
    return Cell(*place, joined(lines, page, row), lines[0].first_word, room, last.size, above, below, indent)
