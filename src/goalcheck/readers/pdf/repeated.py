"""Tells how many rows a table repeats at the head of its pages: :class:`Heads`.

What a page repeats is dropped there, so only what names columns counts. Rows of data that happen to be the same on two
pages are rows of data on both.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

import attrs

from goalcheck.files.regexes import regex
from goalcheck.readers.pdf.layout import Cell, Part

_MOST_ROWS = 10  # of a header and of the titles above it
_LEAST_NAMES = 3
_MOST_LINES = 4  # over which the names of a header go

_DATA = regex(
    r"[\u2265\u2264\u2267\u2266>\uff1e<\uff1c]\s*\d|^[=\uff1d]\s*\d"  # a target
    r"|(?:^|[^\d.,(\uff08])\d[\d.,]*\s*[%\uff05\u2030]"  # a share, not 权重(100%)
    r"|[;\uff1b\u3002]$"  # a sentence
    r"|^[\d\s.,\uff0c\uff0e-]*$"  # a figure
    r"|^[约共达]?\d[\d.,]*(?![年月季级期日号])\D{1,3}$"  # one with its unit
)
_NUMBERING = regex(r"[(\uff08]?(\d{1,2})[)\uff09]?(?:\s*=.*)?")
_BESIDE_NUMBERING = frozenset(("栏次", "行次", "序号", *"甲乙丙丁"))


class Heads:
    """The rows that name columns at the head of a table, by its first part."""

    def __init__(self, first: Part) -> None:
        self._rows = [row_text(first, at) for at in range(min(_MOST_ROWS, len(first.rows)))]
        self._going_on = [_going_on(row) if first.has_open_cells else set() for row in first.rows[:_MOST_ROWS]]
        self._compared = [
            _said(row, without) for row, without in zip(first.rows, self._going_on, strict=False)
        ]  # fmt: skip
        self._heads = list(_heads(first, self._rows))
        self._heads_of_form = self._heads or list(_heads(first, self._rows, is_of_form=True))

    def repeated_by(self, part: Part, *, is_of_form: bool = False) -> int:
        """How many rows ``part`` begins with that the table begins with, up to its header, below rows of its title.

        It may be the header of a form, below its projects and amounts, where ``is_of_form``.
        """
        heads = self._heads_of_form if is_of_form else self._heads
        for start in range(len(self._rows) if heads else 0):
            number = self._alike(start, part)
            reached = [(first, end) for first, end in heads if start <= first < start + number]
            if reached and (is_of_form or self._are_titles(start)):
                is_data = any(_recurs(part.rows[first - start], part) for first, _ in reached)
                return 0 if is_data else min(number, reached[-1][1] - start)
        return 0

    def rows_behind(self, part: Part, header: int) -> list[list[Cell]]:
        """The rows of ``part`` behind its ``header``, with what goes on there of cells that stand beside that."""
        rows = part.rows[header:]
        beside = [cell for row in part.rows[:header] for cell in row if cell.row + cell.rows > header]
        if beside and rows:
            rest = [attrs.evolve(cell, rows=cell.row + cell.rows - header, above=0.0) for cell in beside]
            rows[0] = sorted((*rest, *rows[0]), key=lambda cell: cell.column)
        return rows

    def _alike(self, start: int, part: Part) -> int:
        """With how many rows ``part`` begins that are those of the table from ``start``.

        Of a cell beside them that goes on behind them, as 绩效指标 does, each page shows what stands there.
        """
        number = 0
        for compared, without, row in zip(self._compared[start:], self._going_on[start:], part.rows, strict=False):
            if _said(row, without) != compared:
                break
            number += 1
        return number if number and self._rows[start] else 0

    def _are_titles(self, number: int) -> bool:
        """Whether the first rows, so many, may be titles that stand on the first page alone."""
        widest = max(len(set(self._rows[first])) for first, _ in self._heads_of_form)
        return all(2 * len(row) <= widest for row in self._rows[:number])


def row_text(part: Part, row: int) -> list[str]:
    """What the cells that begin in a row say, as far as they say anything; nothing of a row that is not there."""
    return _said(part.rows[row]) if row < len(part.rows) else []


def _said(row: Sequence[Cell], without: Container[int] = ()) -> list[str]:
    """What its cells say, as far as they say anything, but for those in the columns ``without``."""
    return [cell.words.text for cell in row if cell.words.text and cell.column not in without]


def _going_on(row: Sequence[Cell]) -> set[int]:
    """The columns of the cells that begin in a row and go on where the page ends."""
    return {cell.column for cell in row if cell.is_open_below and cell.rows > 1}


def _heads(part: Part, rows: Sequence[list[str]], *, is_of_form: bool = False) -> Iterable[tuple[int, int]]:
    """Where the rows begin that name columns, and end: each names more of them than anything above it fills.

    The second of a form stands below its projects, amounts and goals, which a page repeats with it. It may name no more
    than these fill where ``is_of_form``.
    """
    most, at = _LEAST_NAMES - 1, 0
    while at < len(rows):
        end = at + 1
        if len(set(rows[at])) > most and not any(map(_DATA.search, rows[at])) and not _recurs(part.rows[at], part):
            while end < len(rows) and (_is_lower(part, at, end) or _is_numbering(rows[end])):
                end += 1
            yield at, end
            is_of_form = False  # what is below is asked as anywhere
        filled = {cell.column for row in part.rows[at:end] for cell in row if cell.words.text}
        most, at = max(most, len(filled) - is_of_form), end


def _recurs(row: Sequence[Cell], part: Part) -> bool:
    """Whether a row says what stands elsewhere in its columns, as 产出指标 does: so it is one of data.

    Not: the labels of a form, each with its value behind it.
    """
    named = [(cell.column, cell.words.text) for cell in row if cell.words.text]
    texts = _said(row)
    others = {
        (cell.column, cell.words.text)
        for other in part.rows
        if _said(other) != texts
        for cell in other
    }  # fmt: skip
    again = [place in others for place in named]
    are_labels = len(again) % 2 == 0 and all(again[::2]) and not all(again)
    return any(again) and not are_labels


def _is_lower(part: Part, first: int, row: int) -> bool:
    """Whether a row goes on with the names that begin in the row ``first``.

    They stand below wider ones, which are merged or have blanks beside them; or they leave blank the first column,
    which each row of data fills below its header.
    """
    cells = [cell for cell in part.rows[row] if cell.words.text]
    if not cells or any(_DATA.search(cell.words.text) for cell in cells) or _recurs(part.rows[row], part):
        return False
    above = _row_above(part, first, row)
    margin = [cell.column for cell in above if cell.rows <= _MOST_LINES]  # not: 绩效指标 beside all of a form
    return cells[0].column > min(margin, default=0) or all(_is_below_wider(above, cell) for cell in cells)


def _row_above(part: Part, first: int, row: int) -> list[Cell]:
    """The cells right above ``row`` that begin in the row ``first`` or further down, from left to right."""
    found = (cell for cells in part.rows[first:row] for cell in cells if cell.row + cell.rows >= row)
    return sorted(found, key=lambda cell: cell.column)


def _is_below_wider(above: Sequence[Cell], cell: Cell) -> bool:
    for number, upper in enumerate(above):
        if upper.column <= cell.column < upper.column + upper.columns:
            beside = above[max(0, number - 1) : number + 2]
            return upper.columns > cell.columns or not all(other.words.text for other in beside)
    return False


def _is_numbering(row: Sequence[str]) -> bool:
    """Whether a row numbers columns: 1 2 3, perhaps behind 栏次."""
    found = [_NUMBERING.fullmatch(text) for text in row if text not in _BESIDE_NUMBERING]
    numbers = [int(match[1]) for match in found if match is not None]
    return (
        len(found) == len(numbers) >= _LEAST_NAMES
        and numbers[0] <= _LEAST_NAMES
        and all(other == one + 1 for one, other in pairwise(numbers))
    )
