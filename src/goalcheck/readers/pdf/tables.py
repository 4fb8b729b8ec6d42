"""Joins what stands of a table on several pages: :func:`joined_pages`.

A header that is repeated on every page stands once; a row that a page cuts is put together again; what is printed on
every page, such as page numbers, is no part of the table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs

from goalcheck.files.regexes import regex
from goalcheck.readers.pdf.cut_cells import (
    Meeting,
    Placed,
    goes_on,
    is_broken,
    is_rest,
    is_said_again,
    merged_over_pages,
)
from goalcheck.readers.pdf.layout import Block, Cell, Outside, Part
from goalcheck.readers.pdf.repeated import Heads, row_text
from goalcheck.readers.pdf.words import Words

_NEAR = 3.0
_DIGITS = regex(r"\d+")
_AMOUNT = regex(r"\d[.,\uff0c]\d|\d{5}")
"""What no number of a page has: with other digits on each page it is the sum of that page."""

_OF_FIGURES = frozenset("0123456789-,. %\uff0c\uff0e")
_MOST_PAGES = 20
_MOSTLY = 0.6


_Key = tuple[str, int]


@attrs.define(eq=False, repr=False)
class Table:
    """A table, over all its pages."""

    first: Part
    across: list[float]
    titles: frozenset[_Key] = frozenset()
    """The lines above it."""
    cells: list[Placed] = attrs.Factory(list)
    places: list[tuple[int, int]] = attrs.Factory(list)
    """The page on which each row begins, and its number, from 1, within what stands of the table there."""
    header: int | None = None
    """How many rows each of its pages repeats; None where nobody has looked."""
    bottom: list[Placed] = attrs.Factory(list)
    """The cells that end in its last row."""
    stacked: set[int] = attrs.Factory(set)
    """The columns in which cells go over several rows."""
    filled: Counter[int] = attrs.Factory(Counter)
    """How many cells with text begin in each column."""
    meetings: list[list[Meeting]] = attrs.Factory(list)
    """At each page, the cells that stand first there, with those above that they may go on with."""
    has_open_cells: bool = False
    """Whether lines tell, on any of its pages, which cells go on overleaf."""
    last: Part = attrs.field(init=False)
    heads: Heads = attrs.field(init=False)
    """What names its columns."""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.places)

    @last.default
    def _last(self) -> Part:
        return self.first

    @heads.default
    def _heads(self) -> Heads:
        return Heads(self.first)


Item = Table | Words


def joined_pages(pages: Iterable[Sequence[Block]]) -> list[Item]:
    """The tables of a document, and the lines outside them, in their order."""
    joiner = _Joiner([list(blocks) for blocks in pages])
    for number, blocks in enumerate(joiner.pages):
        joiner.add(number, blocks)
    joiner.flush()
    for item in joiner.items:
        if isinstance(item, Table) and not item.has_open_cells:  # else lines tell which cells go on
            item.cells = merged_over_pages(item.cells, item.meetings, item.stacked)
    return joiner.items


class _Joiner:
    """The tables and lines of a document, as its pages are added."""

    def __init__(self, pages: list[list[Block]]) -> None:
        self.pages = pages
        self.items: list[Item] = []
        self._running = _running(pages)
        self._table: Table | None = None  # which may go on
        self._between: list[Outside] = []  # what was printed after it
        self._sums: list[Outside] = []  # what stood between its pages, and is said of one of them
        self._page = 0

    def add(self, number: int, blocks: Sequence[Block]) -> None:
        """Add the page of this number, from 0."""
        self._page = number
        is_first = True
        for block in blocks:
            if isinstance(block, Outside):
                self._between.append(block)
                continue
            if not (is_first and self._table is not None and self._goes_on(self._table, block)):
                titles = frozenset(map(_key, self._between))
                self.flush()
                self._table = Table(block, block.across, titles)
                self.items.append(self._table)
                _append(self._table, block, 0)
            is_first = False

    def flush(self) -> None:
        """Put down the lines that stand after the table."""
        self.items += [line.words for line in (*self._sums, *self._between)]
        self._sums, self._between = [], []
        self._table = None

    def _goes_on(self, table: Table, part: Part) -> bool:
        """Whether ``part`` was added to ``table``, which it goes on with."""
        if not _is_as_wide(table, part):
            return False
        if not all(_key(line) in self._running for line in self._between):
            return False
        is_titled = not table.titles.isdisjoint(map(_key, self._between))
        is_of_form = is_titled or table.last.has_open_cells
        header = min(table.heads.repeated_by(part, is_of_form=is_of_form), self._header_of(table, is_titled=is_titled))
        if self._between and not header and row_text(part, 0)[:1] == row_text(table.first, 0)[:1]:
            return False  # the next form of the same kind, each with its title
        of_page = (line for line in self._between if _AMOUNT.search(line.words.text))
        self._sums += [line for line in of_page if len(self._running[_key(line)]) > 1]
        self._between = []
        _append(table, part, header)
        return True

    def _header_of(self, table: Table, *, is_titled: bool) -> int:
        """How many rows all pages repeat over which ``table`` may go on: rows of data may be alike on two of them."""
        if table.header is None:
            before, found = table.last, []
            for blocks in self.pages[self._page : self._page + _MOST_PAGES]:
                parts = [block for block in blocks if isinstance(block, Part)]
                if parts and _is_as_wide(table, parts[0]):
                    is_of_form = is_titled or before.has_open_cells
                    found.append(table.heads.repeated_by(parts[0], is_of_form=is_of_form))
                before = parts[-1] if parts else before
            table.header = min(filter(None, found), default=0)
        return table.header


def _is_as_wide(table: Table, part: Part) -> bool:
    return abs(_width(part.across) - _width(table.across)) <= _NEAR


def _width(across: Sequence[float]) -> float:
    return across[-1] - across[0]


def _key(line: Outside) -> _Key:
    """What a line says, whatever the number of its page, and about where it stands."""
    return _DIGITS.sub("0", line.words.text), round(line.top / 4)


def _running(pages: Sequence[Sequence[Block]]) -> Mapping[_Key, Counter[str]]:
    """What is printed above or below the tables of several pages, at the same place, and what each of them says."""
    found: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    for blocks in pages:
        tables = [at for at, block in enumerate(blocks) if isinstance(block, Part)]
        first, last = (tables[0], tables[-1]) if tables else (len(blocks), -1)
        for at, block in enumerate(blocks):
            if isinstance(block, Outside) and (at < first or at > last):
                found[_key(block)][block.words.text] += 1
    return {key: said for key, said in found.items() if said.total() > 1}


def _is_figure(text: str) -> bool:
    return _OF_FIGURES.issuperset(text) and any(map(str.isdecimal, text))


def _append(table: Table, part: Part, skipped: int) -> None:
    """Add the rows of ``part`` to ``table``, without the first that are ``skipped``.

    Where some of the cells above the end of the page have no line below them, these go on, and rows begin anew.
    """
    columns = _columns(table, part)
    rows = table.heads.rows_behind(part, skipped)
    start = table.rows
    is_row_whole = bool(start) and table.last.has_open_cells
    is_cut = bool(start and rows) and not is_row_whole and _is_cut(table, part, rows, columns)
    owners = {cell.column: cell for cell in table.bottom if cell.end.is_open_below or not is_row_whole}
    table.places += [(part.page, skipped + number + 1) for number in range(is_cut, len(rows))]
    made: list[Placed] = []
    meetings: list[Meeting] = []
    for number, row in enumerate(rows):
        for cell in row:
            column = columns[cell.column]
            wide = columns[cell.column + cell.columns] - column
            at = start + number - is_cut
            owner = owners.get(column)
            blank = not cell.words.text
            if (
                number == 0
                and owner is not None
                and (is_cut or (is_row_whole and owner.columns == wide and is_rest(owner, cell, skipped)))
            ):
                owner.rows = max(owner.rows, at + cell.rows - owner.row)
                owner.end = cell
                if not blank and not is_said_again(owner, cell, skipped):
                    owner.words, owner.last = owner.words.followed_by(cell.words), cell
                continue
            made.append(Placed(at, column, cell.rows, wide, cell.words, cell, cell))
            table.filled[column] += not blank
            if number == 0 and owner is not None and owner.columns == wide:
                meetings.append((owner, made[-1], not blank and is_broken(owner, cell)))
    table.meetings.append(meetings)
    table.cells += made
    table.stacked |= {cell.column for cell in (*table.bottom, *made) if cell.rows > 1}
    table.bottom = [cell for cell in (*table.bottom, *made) if cell.row + cell.rows == table.rows]
    table.last = part
    table.has_open_cells |= part.has_open_cells


def _columns(table: Table, part: Part) -> list[int]:
    """The number in ``table`` of each line between the columns of ``part``; lines that it had not are put in."""
    left = part.across[0]
    found: list[int] = []
    for place in part.across:
        x = table.across[0] + place - left
        near = min(range(len(table.across)), key=lambda at: abs(table.across[at] - x))
        if abs(table.across[near] - x) > _NEAR:
            near = sum(other < x for other in table.across)
            table.across.insert(near, x)
            found = [number + (number >= near) for number in found]
            table.stacked = {column + (column >= near) for column in table.stacked}
            table.filled = Counter({column + (column >= near): number for column, number in table.filled.items()})
            for cell in table.cells:
                if cell.column >= near:
                    cell.column += 1
                elif cell.column + cell.columns >= near:
                    cell.columns += 1
        found.append(near)
    return found


def _is_cut(table: Table, part: Part, rows: Sequence[Sequence[Cell]], columns: Sequence[int]) -> bool:
    """Whether the first of ``rows`` goes on with the last row of ``table``.

    It does where something is blank in it that most rows have, and all its text can go on with that above. Where the
    frame is open between them, it does unless both are complete.
    """
    above = {cell.column: cell for cell in table.bottom}
    below = {columns[cell.column]: cell for cell in rows[0]}
    if not all(column in above and _ends(above[column]) == _end(below[column], columns) for column in below):
        return False
    stacked = table.stacked | {columns[cell.column] for row in rows for cell in row if cell.rows > 1}
    upper = {column for column, placed in above.items() if placed.words.text and placed.row == table.rows - 1}
    lower = {column for column, cell in below.items() if cell.words.text}
    if not upper or not lower:
        return False
    filled = table.filled + Counter(columns[cell.column] for row in rows[1:] for cell in row if cell.words.text)
    others = table.rows - 1 + len(rows) - 1  # rows that are neither of the two
    usual = {
        column
        for column in (upper | lower) - stacked
        if filled[column] - (column in upper) >= _MOSTLY * others > 0
    }  # fmt: skip
    both = upper & lower
    if any(_is_figure(above[column].words.text) and _is_figure(below[column].words.text) for column in both & usual):
        return False
    is_partial = bool(usual - lower or usual - upper)
    if table.last.is_open_below or part.is_open_above:
        return is_partial or others < 2
    return is_partial and all(
        above[column].words.text and goes_on(above[column].last, below[column]) for column in lower
    )


def _ends(placed: Placed) -> int:
    return placed.column + placed.columns


def _end(cell: Cell, columns: Sequence[int]) -> int:
    return columns[cell.column + cell.columns]
