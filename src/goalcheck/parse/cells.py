"""Lines of cells: where each cell begins and ends, without its quotation marks and the blanks around it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from goalcheck.node import frozen
from goalcheck.parse.machine import Lexeme

Cells = Sequence[tuple[int, int]]


@frozen(eq=False, repr=False)
class BlockLine:
    """A line of cells: where it lies, and where each of its cells begins and ends."""

    start: int
    end: int
    cells: Cells

    def said(self, text: str) -> str:
        """Its stretch of ``text``."""
        return text[self.start : self.end]

    def cut(self) -> BlockLine:
        """The line itself, which has its cells; see :meth:`PlainLine.cut`."""
        return self


@attrs.define(eq=False, repr=False)
class PlainLine:
    """A line of cells none of which is quoted, as it is parted: ``pieces`` are its cells with their blanks.

    Most rows of a table by rows are read as they stand; :meth:`cut` makes of any other line what it is everywhere else.
    """

    start: int
    end: int
    pieces: list[str]
    _whole: BlockLine | None = None

    @property
    def is_bare(self) -> bool:
        """Whether there are no blanks around its cells."""
        return self.pieces == list(map(str.strip, self.pieces))

    def cut(self) -> BlockLine:
        """The line with where its cells begin and end; one object, however often it is asked for."""
        whole = self._whole
        if whole is None:
            whole = self._whole = BlockLine(self.start, self.end, plain_cells(self.pieces, self.start))
        return whole


def split(text: str, start: int, end: int, separator: str) -> list[tuple[int, int]]:
    """The cells of a line that the lexer took as a whole."""
    cells = []
    for piece in text[start:end].split(separator):
        cells.append(bare_cell(text, start, start + len(piece)) if piece else (start, start))
        start += len(piece) + 1
    return cells


def bare_cells(pieces: Sequence[str], start: int) -> list[tuple[int, int]]:
    """Cells that follow one another from ``start`` on, and have neither quotation marks nor blanks around them."""
    end = start - 1  # each begins behind the separator at the end of the one before
    return [(end := end + 1, end := end + len(piece)) for piece in pieces]


def plain_cells(pieces: Sequence[str], start: int) -> list[tuple[int, int]]:
    """The same of cells that may have blanks around them."""
    bare = list(map(str.strip, pieces))
    if bare == pieces:
        return bare_cells(pieces, start)
    cells = []
    for piece, said in zip(pieces, bare, strict=True):
        begin = start + (piece.index(said) if said else len(piece))
        cells.append((begin, begin + len(said)))
        start += len(piece) + 1
    return cells


def cells_of(text: str, tokens: list[Lexeme]) -> list[tuple[int, int]]:
    """The cells of a line that the lexer parted; ``tokens`` end with the line break."""
    cells = []
    whole = False  # whether the row ends in a cell, not in a tab
    for token in tokens:
        start = token.start_pos
        end = start + len(token)
        if token.type == "NEWLINE":
            if not whole:
                cells.append((start, start))
            break
        whole = token.type == "LAST"
        if not whole:
            end -= 1  # the tab
        cells.append((start, end) if start == end else bare_cell(text, start, end))
    return cells


def bare_cell(text: str, start: int, end: int) -> tuple[int, int]:
    """A cell without its quotation marks, if it has them, and without the blanks around it."""
    inner = text[start + 1 : end - 1] if text[start] == text[end - 1] == '"' and end - start > 1 else '"'
    if '"' not in inner.replace('""', ""):
        start, end = start + 1, end - 1
    if start < end and text[start].isspace():
        start += len(text[start:end]) - len(text[start:end].lstrip())
    if start < end and text[end - 1].isspace():
        end = start + len(text[start:end].rstrip())
    return start, end
