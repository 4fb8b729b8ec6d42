"""Finds the tables that lines make on a page: :func:`grids_of`.

Lines that meet belong together. Fields with no line between them are one cell. Where the frame is open, as where a row
goes on overleaf, it ends where its lines end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from goalcheck.errors import InputError
from goalcheck.readers.pdf.page import Box, Edge, Glyph, Page
from goalcheck.readers.pdf.shades import sides_of

_NEAR = 2.5
"""How far apart, in points, lines may lie that are meant to be one, or to meet."""

_BELOW = 1.0
_DASH = 4.0
_SHORTEST = 4.0
_ONE_COLUMN = 2  # of its lines stand upright
_LEAST_SAID = 4  # cells of a form
_MOST_MEETINGS = 4_000_000
_MOST_FIELDS = 200_000


@attrs.define(eq=False, repr=False)
class Field:
    """A cell of a table on a page: its first row and column, both from 0, and how many of each it covers."""

    row: int
    column: int
    rows: int
    columns: int
    is_open_above: bool = False
    is_open_below: bool = False
    """Whether it reaches the beginning or the end of the table and has no line there."""


@attrs.define(eq=False, repr=False)
class Grid:
    """A table on a page: where its columns and rows begin and end, and its cells."""

    across: list[float]
    down: list[float]
    fields: list[Field]
    owners: list[list[Field]]
    """The cell to which each place belongs, by row and column."""
    is_open_above: bool = False
    is_open_below: bool = False
    """Whether its frame has no line there."""

    @property
    def box(self) -> Box:
        """The box around it."""
        return self.across[0], self.down[0], self.across[-1], self.down[-1]

    def field_at(self, x: float, y: float) -> Field | None:
        """The cell in which a point lies; what is clipped where the table ends may lie a little below its line."""
        if self.down[-1] <= y < self.down[-1] + _BELOW:
            y = self.down[-1] - _BELOW
        column, row = bisect_right(self.across, x) - 1, bisect_right(self.down, y) - 1
        if 0 <= row < len(self.owners) and 0 <= column < len(self.across) - 1:
            return self.owners[row][column]
        return None

    def open_field_above(self, x: float, y: float, lines: float) -> Field | None:
        """The cell without a line below it that ends above a point, by no more than the height of some ``lines``."""
        below = y - self.down[-1]
        field = self.field_at(x, self.down[-1]) if 0 <= below < lines else None
        return field if field is not None and field.is_open_below else None


def grids_of(page: Page) -> list[Grid]:
    """The tables that lines make on ``page``, from top to bottom; one within a cell of another is none.

    What has fewer cells than a table within, or one column, is a frame around that, and no table.
    """
    level, upright = _snapped(page.level), _snapped(page.upright)
    floors, sides = sides_of(page, level, upright)
    if floors:
        level, upright = _snapped([*page.level, *floors]), _snapped([*page.upright, *sides])
    if len(level) * len(upright) > _MOST_MEETINGS:
        raise InputError("crowded-page", page=page.number, limit=_MOST_MEETINGS)
    breaks = _breaks([*page.upright, *sides])
    made = [_grid(*together, breaks) for together in _together(level, upright)]
    found = [grid for grid in made if grid is not None and len(grid.fields) > 1]
    found = [grid for grid in found if not _is_frame(grid, found, page.glyphs)]
    kept = [grid for grid in found if not any(_is_within(grid.box, other.box) for other in found if other is not grid)]
    return sorted(kept, key=lambda grid: (grid.down[0], grid.across[0]))


def _is_frame(grid: Grid, others: Sequence[Grid], glyphs: Sequence[Glyph]) -> bool:
    """Whether it is but lines around a table, as of backgrounds: then that, which lies in one cell, has more cells."""
    within = [other for other in others if len(other.across) > _ONE_COLUMN and _is_within(other.box, grid.box)]
    if not within or len(grid.across) == _ONE_COLUMN:
        return bool(within)
    larger = [other.box for other in within if len(other.down) > 2 and len(other.fields) > len(grid.fields)]
    return bool(larger) and not _is_form(grid, larger, glyphs)


def _is_form(grid: Grid, boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> bool:
    """Whether most of its cells say something, but for what stands within these ``boxes``."""
    said: set[int] = set()
    for glyph in glyphs:
        x, y = glyph.middle
        if glyph.text != " " and not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes):
            said.add(id(grid.field_at(x, y)))
    said.discard(id(None))
    return len(said) >= _LEAST_SAID and 2 * len(said) > len(grid.fields)


def _is_within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - 1
        and inner[1] >= outer[1] - 1
        and inner[2] <= outer[2] + 1
        and inner[3] <= outer[3] + 1
        and inner != outer
    )


def _snapped(edges: Iterable[Edge]) -> list[Edge]:
    """``edges``, of which those that lie in one line and meet are one."""
    lines: list[list[Edge]] = []
    for edge in sorted(edges):
        if lines and edge.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(edge)
        else:
            lines.append([edge])
    found = []
    for line in lines:
        weights = [edge.end - edge.start + 0.01 for edge in line]
        at = sum(edge.at * weight for edge, weight in zip(line, weights, strict=True)) / sum(weights)
        line.sort(key=lambda edge: edge.start)
        start, end = line[0].start, line[0].end
        for edge in line[1:]:
            if edge.start > end + _DASH:
                found.append(Edge(at, start, end))
                start, end = edge.start, edge.end
            else:
                end = max(end, edge.end)
        found.append(Edge(at, start, end))
    return [edge for edge in found if edge.end - edge.start >= _SHORTEST]


def _breaks(edges: Iterable[Edge]) -> list[tuple[float, float]]:
    """Where upright lines end, top or bottom: how far down, and how far across."""
    return sorted((end, edge.at) for edge in edges for end in (edge.start, edge.end) if edge.end - edge.start > _NEAR)


def _together(level: Sequence[Edge], upright: Sequence[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Lines that meet, or meet the same ones; with upright ones beside them that meet none, but are as high."""
    above = list(range(len(level) + len(upright)))

    def top(at: int) -> int:
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    ats = [edge.at for edge in level]  # sorted, as the lines are
    for number, edge in enumerate(upright, len(level)):
        first, last = bisect_left(ats, edge.start - _NEAR), bisect_right(ats, edge.end + _NEAR)
        for at in range(first, last):
            if level[at].start - _NEAR <= edge.at <= level[at].end + _NEAR:
                above[top(at)] = top(number)
    found: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for at, edge in enumerate((*level, *upright)):
        found.setdefault(top(at), ([], []))[at >= len(level)].append(edge)
    tables = [pair for pair in found.values() if pair[0] and pair[1]]
    heights = [(min(side.start for side in sides), max(side.end for side in sides)) for _, sides in tables]
    for edge in (pair[1][0] for pair in found.values() if not pair[0]):
        for (_, sides), (start, end) in zip(tables, heights, strict=True):
            if abs(edge.start - start) <= _NEAR and abs(edge.end - end) <= _NEAR:
                sides.append(edge)  # it parts merged cells, which go on from the page before to the next one
                break
    return tables


def _grid(level: list[Edge], upright: list[Edge], breaks: Sequence[tuple[float, float]]) -> Grid | None:
    """The table that lines make which meet; None where they are none."""
    top, bottom = min(edge.start for edge in upright), max(edge.end for edge in upright)
    left = min((edge.start for edge in level), default=upright[0].at)
    right = max((edge.end for edge in level), default=upright[-1].at)
    down = _places([edge.at for edge in level])
    is_open_above = not down or top < down[0] - _NEAR
    is_open_below = not down or bottom > down[-1] + _NEAR
    across = _places([*(edge.at for edge in upright)])
    if left < across[0] - 2 * _NEAR:
        across.insert(0, left)
    if right > across[-1] + 2 * _NEAR:
        across.append(right)
    down = [*([top] if is_open_above else []), *down, *([bottom] if is_open_below else [])]
    cuts = _cuts(upright, breaks, down)
    down = sorted([*down, *cuts])
    if len(across) < 2 or len(down) < 2:
        return None
    if len(across) * len(down) > _MOST_FIELDS:
        return None
    walls = _covering(upright, across, down)
    floors = _covering([*level, *(Edge(cut, across[0], across[-1]) for cut in cuts)], down, across)
    fields, owners = _fields(walls, floors, len(down) - 1, len(across) - 1)
    for field in owners[0]:
        field.is_open_above = not any(floors[0][field.column : field.column + field.columns])
    for field in owners[-1]:
        field.is_open_below = not any(floors[-1][field.column : field.column + field.columns])
    return Grid(across, down, fields, owners, is_open_above, is_open_below)


def _places(ats: list[float]) -> list[float]:
    """``ats`` in order, each once."""
    found: list[float] = []
    for at in sorted(ats):
        if not found or at - found[-1] > _NEAR:
            found.append(at)
    return found


def _cuts(upright: Sequence[Edge], breaks: Sequence[tuple[float, float]], down: Sequence[float]) -> list[float]:
    """Where rows part without a line: all upright lines that pass there end and begin again."""
    found: list[float] = []
    for at in dict.fromkeys(end for end, _ in breaks):
        if not down[0] + _NEAR < at < down[-1] - _NEAR or (found and at - found[-1] <= _NEAR):
            continue
        near = bisect_left(down, at - _NEAR)
        if near < len(down) and down[near] <= at + _NEAR:
            continue
        passing = [edge.at for edge in upright if edge.start < at - _NEAR and edge.end > at + _NEAR]
        if len(passing) <= 2:
            continue
        ending = {x for end, x in _between(breaks, at - _NEAR, at + _NEAR)}
        if all(any(abs(x - other) <= _NEAR for other in ending) for x in passing):
            found.append(at)
    return found


def _between(breaks: Sequence[tuple[float, float]], first: float, last: float) -> Sequence[tuple[float, float]]:
    return breaks[bisect_left(breaks, (first, -1e9)) : bisect_right(breaks, (last, 1e9))]


def _covering(edges: Iterable[Edge], places: Sequence[float], stretches: Sequence[float]) -> list[list[bool]]:
    """For each of ``places``, across the lines, whether one lies there along each stretch."""
    found = [[False] * (len(stretches) - 1) for _ in places]
    middles = [(one + other) / 2 for one, other in pairwise(stretches)]
    for edge in edges:
        at = bisect_left(places, edge.at - _NEAR)
        while at < len(places) and places[at] <= edge.at + _NEAR:
            for middle in range(bisect_left(middles, edge.start), bisect_right(middles, edge.end)):
                found[at][middle] = True
            at += 1
    return found


def _fields(
    walls: list[list[bool]], floors: list[list[bool]], rows: int, columns: int
) -> tuple[list[Field], list[list[Field]]]:
    """The cells of a table, and the one to which each place belongs."""
    fields: list[Field] = []
    owners: list[list[Field | None]] = [[None] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if owners[row][column] is not None:
                continue
            wide = 1
            while column + wide < columns and not walls[column + wide][row] and owners[row][column + wide] is None:
                wide += 1
            high = 1
            while row + high < rows and _goes_on(walls, floors, row + high, column, wide):
                high += 1
            field = Field(row, column, high, wide)
            fields.append(field)
            for below in range(row, row + high):
                owners[below][column : column + wide] = [field] * wide
    return fields, [[field for field in owned if field is not None] for owned in owners]


def _goes_on(walls: list[list[bool]], floors: list[list[bool]], row: int, column: int, wide: int) -> bool:
    """Whether a cell that covers ``wide`` columns goes on in ``row``."""
    return not any(floors[row][column : column + wide]) and not any(
        walls[at][row] for at in range(column + 1, column + wide)
    )
