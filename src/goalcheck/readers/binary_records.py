"""The records of a binary workbook, and whether they are whole: :func:`records`, :func:`require_whole`.

The library that reads them passes over records that it does not know, and over what a damaged list of worksheets no
longer calls one, and says nothing; of a cell that is there twice it takes the later, and for a text that is not there
another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import attrs

from goalcheck.errors import InputError

_BEGINNING, _END, _SHEET, _ENCRYPTED, _TEXTS, _STYLE, _FORMAT = 0x809, 0x0A, 0x85, 0x2F, 0xFC, 0xE0, 0x41E
_OWN_FORMATS = 164  # the number of the first format that is not in every program
_OF_1997 = (0x600).to_bytes(2, "little")
_BEGINS = _BEGINNING.to_bytes(2, "little")
_WORKSHEET = 0x10
_MACROS = 1
_BLANK, _BLANKS, _NUMBERS, _TEXT = 0x201, 0xBE, 0xBD, 0xFD
_VALUES = (0x06, 0x206, 0x406, 0xD6, _TEXT, 0x203, 0x204, 0x205, 0x27E)  # formulas, texts, numbers, truths and errors
_CELLS = frozenset((*_VALUES, _BLANK, _BLANKS, _NUMBERS))
_BESIDE_CELLS = frozenset((0x208, 0xD7, 0x207, 0x221, 0x236, 0x4BC, 0x3C, 0xE5))
"""What stands among cells: rows, ends of their blocks, what belongs to formulas or is more of them, merged cells."""

_OF_OLD = frozenset((0, 1, 2, 3, 4, 5, 7))
"""What cells and their texts were before 1990, and what is nothing: among cells of 1997 they are pieces of one."""

_MOST_COLUMNS = 256

_SIZES = {_BLANK: 6, _TEXT: 10, 0x203: 14, 0x27E: 10, _STYLE: 20, _END: 0, 0: 0}
"""Of records that have but one. The last is none: some programs fill up with it."""

_WIDTHS = {_NUMBERS: 6, _BLANKS: 2}
"""How many bytes each cell takes of several that are one record."""

_KNOWN = (range(0x900), range(0x1000, 0x1100))
"""The kinds of records there are; the latter draw charts."""


class Record(NamedTuple):
    """A record that begins ``at`` a place: its kind, how many bytes it tells to have, and those that there are."""

    at: int
    kind: int
    size: int
    said: bytes

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.at + 4 + self.size


class NotRead(NamedTuple):
    """What a workbook has and is not read: the numbers of styles whose format of numbers it lacks, sheets of macros."""

    styles: frozenset[int] = frozenset()
    macro_sheets: int = 0


def records(stream: bytes, at: int = 0) -> Iterator[Record]:
    """The records of ``stream`` from that place on."""
    while at + 4 <= len(stream):
        kind, size = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        yield Record(at, kind, size, stream[at + 4 : at + 4 + size])
        at += 4 + size


def require_whole(stream: bytes) -> NotRead:
    """What of the workbook is not read.

    Raises :class:`InputError` where a part has no end or has zeros among its records, or the list lacks a worksheet.

    Also where a worksheet goes on behind an end, for a cell with a value that is there once more, for what stands where
    a cell does and is none, and in a workbook of 1997 and later for a record of no known kind, of a wrong size, or a
    cell whose text or style is not there.
    A workbook of before 1995, which has no list, is taken as it is; so is one with a password.
    """
    if stream[:2] != _BEGINS:
        return NotRead()
    book = _Book(stream[4:6] == _OF_1997)
    at = _end(stream, 0, book)
    listed = set(book.listed)
    there = set()
    while stream[at : at + 2] == _BEGINS:
        if stream[at + 6 : at + 7] == bytes((_WORKSHEET,)):
            there.add(at)
        at = _end(stream, at, book)
    if (listed and there - listed) or _goes_on(stream, at):
        raise InputError("damaged-part", part="Workbook")
    for start in listed - there:
        _end(stream, start, book)
    lacking = {key for key in book.styles if key >= _OWN_FORMATS} - book.formats
    styles = frozenset(number for number, key in enumerate(book.styles) if key in lacking)
    return NotRead(styles, book.macro_sheets)


@attrs.define
class _Book:
    """What a workbook says of itself: where its worksheets begin, and how many texts its cells share.

    ``styles`` has the number of the format of each style, ``formats`` those of the formats that there are.
    """

    is_of_1997: bool
    listed: set[int] = attrs.Factory(set)
    macro_sheets: int = 0
    texts: int = 0
    styles: list[int] = attrs.Factory(list)
    formats: set[int] = attrs.Factory(set)


def _end(stream: bytes, start: int, book: _Book) -> int:
    """Where what begins at ``start`` has its end; what it says of the workbook goes into ``book``."""
    depth = zeros = 0
    is_worksheet = stream[start + 6 : start + 7] == bytes((_WORKSHEET,))  # a chart keeps figures of its own as cells
    cells = _Cells(book.is_of_1997)
    for record in records(stream, start):
        _, kind, size, said = record
        zeros = 0 if kind or size else zeros + 1
        if kind == _ENCRYPTED:
            return len(stream)
        if zeros > 1:
            break
        if kind == _SHEET and len(said) > 5:
            book.macro_sheets += said[5] == _MACROS
            book.listed |= {int.from_bytes(said[:4], "little")} if not said[5] else set()
        if book.is_of_1997:
            _weigh(kind, said, book)
        if is_worksheet and depth == 1:
            cells.note(kind, said)
        depth += (kind == _BEGINNING) - (kind == _END)
        if not depth:
            return record.end
    raise InputError("damaged-part", part="Workbook")


def _weigh(kind: int, said: bytes, book: _Book) -> None:
    """Note what a record says of the workbook. Raises :class:`InputError` for one that cannot be."""
    if kind == _TEXTS and len(said) >= 8:
        book.texts = int.from_bytes(said[4:8], "little")
    if kind == _FORMAT and _is_filled(said):
        book.formats.add(int.from_bytes(said[:2], "little"))
    if kind == _STYLE:
        book.styles.append(int.from_bytes(said[2:4], "little"))
    sound = len(said) == _SIZES.get(kind, len(said)) and any(kind in known for known in _KNOWN)
    if kind == _TEXT:
        sound = sound and int.from_bytes(said[6:10], "little") < book.texts
    if kind in _WIDTHS:
        count = int.from_bytes(said[-2:], "little") - int.from_bytes(said[2:4], "little") + 1
        sound = sound and len(said) == 6 + _WIDTHS[kind] * count
    if kind in _SIZES and kind in _CELLS and book.styles:
        sound = sound and int.from_bytes(said[4:6], "little") < len(book.styles)
    if not sound:
        raise InputError("damaged-part", part="Workbook")


def _goes_on(stream: bytes, at: int) -> bool:
    """Whether what stands behind the last end is records up to another end, or ends in one; else it fills a block."""
    for record in records(stream, at):
        if not record.size and record.kind in (0, _END):
            return record.kind == _END
    return stream[at:].rstrip(b"\0").endswith(bytes((_END,)))


def _is_filled(said: bytes) -> bool:
    """Whether a format is as long as it tells to be."""
    return len(said) > 4 and len(said) == 5 + int.from_bytes(said[2:4], "little") * (1 + (said[4] & 1))


@attrs.define
class _Cells:
    """The cells of a worksheet, which stand in order: which have a value, and where the last of them lies.

    ``others`` are the places that were told behind it by what is no cell, and is nothing that stands among cells;
    ``has_piece`` says whether anything was there that can only be a piece of a cell.
    """

    is_of_1997: bool
    filled: set[tuple[int, int]] = attrs.Factory(set)
    last: tuple[int, int] | None = None
    others: list[tuple[int, int]] = attrs.Factory(list)
    has_piece: bool = False

    def note(self, kind: int, said: bytes) -> None:
        """Note a record. Raises :class:`InputError` for a cell with a value that is there, or a lost one before it."""
        row, column = int.from_bytes(said[:2], "little"), int.from_bytes(said[2:4], "little")
        if kind in _CELLS and len(said) > 5:
            lost = (other for other in self.others if self.last is not None and self.last < other < (row, column))
            end = int.from_bytes(said[-2:], "little") if kind in _WIDTHS else column
            cells = {(row, at) for at in range(column, min(end + 1, _MOST_COLUMNS))}
            if self.has_piece or any(lost) or not self.filled.isdisjoint(cells):
                raise InputError("damaged-part", part="Workbook")
            if kind not in (_BLANK, _BLANKS):
                self.filled |= cells
            self.last = row, column
            self.others.clear()
        elif self.last is not None and kind not in _BESIDE_CELLS:
            self.has_piece |= self.is_of_1997 and kind in _OF_OLD
            if len(said) > 5 and column < _MOST_COLUMNS:
                self.others.append((row, column))
