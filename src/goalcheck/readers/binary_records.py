"""Whether the records of a binary workbook are whole: :func:`require_whole`.

The library that reads them passes over records that it does not know, and over what a damaged list of worksheets no
longer calls one, and says nothing; of a cell that is there twice it takes the later.
"""

from __future__ import annotations

from goalcheck.errors import InputError

_BEGINNING, _END, _SHEET, _ENCRYPTED = 0x809, 0x0A, 0x85, 0x2F
_BEGINS = _BEGINNING.to_bytes(2, "little")
_WORKSHEET = 0x10
_BLANK, _BLANKS, _NUMBERS = 0x201, 0xBE, 0xBD
_VALUES = (0x06, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E)  # formulas, texts, numbers, truths and errors
_CELLS = frozenset((*_VALUES, _BLANK, _BLANKS, _NUMBERS))
_MOST_COLUMNS = 256


def require_whole(stream: bytes) -> None:
    """Raise :class:`InputError` where a part has no end or has zeros among its records, or the list lacks a worksheet.

    Also where a worksheet goes on behind an end, and for a cell with a value that is there once more.
    A workbook of before 1995, which has no list, is taken as it is; so is one with a password.
    """
    if stream[:2] != _BEGINS:
        return
    listed: set[int] = set()
    at = _end(stream, 0, listed)
    there = set()
    while stream[at : at + 2] == _BEGINS:
        if stream[at + 6 : at + 7] == bytes((_WORKSHEET,)):
            there.add(at)
        at = _end(stream, at, set())
    if (listed and there - listed) or _goes_on(stream, at):
        raise InputError("damaged-part", part="Workbook")
    for start in listed - there:
        _end(stream, start, set())


def _end(stream: bytes, start: int, listed: set[int]) -> int:
    """Where what begins at ``start`` has its end; the worksheets that it lists go into ``listed``."""
    at, depth, zeros = start, 0, 0
    filled: set[tuple[int, int]] = set()
    while at + 4 <= len(stream):
        kind, size = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        zeros = 0 if kind or size else zeros + 1
        if kind == _ENCRYPTED:
            return len(stream)
        if zeros > 1:
            break
        if kind == _SHEET and size > 5 and not stream[at + 9]:
            listed.add(int.from_bytes(stream[at + 4 : at + 8], "little"))
        if kind in _CELLS and size > 5 and depth == 1:
            _fill(kind, stream[at + 4 : at + 4 + size], filled)
        depth += (kind == _BEGINNING) - (kind == _END)
        at += 4 + size
        if not depth:
            return at
    raise InputError("damaged-part", part="Workbook")


def _goes_on(stream: bytes, at: int) -> bool:
    """Whether what stands behind the last end is records up to another end; else it only fills a block."""
    while at + 4 <= len(stream):
        kind, size = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        if not size and kind in (0, _END):
            return kind == _END
        at += 4 + size
    return False


def _fill(kind: int, said: bytes, filled: set[tuple[int, int]]) -> None:
    """Note the cells of a record. Raises :class:`InputError` for one that has a value already."""
    row, column = int.from_bytes(said[:2], "little"), int.from_bytes(said[2:4], "little")
    last = int.from_bytes(said[-2:], "little") if kind in (_NUMBERS, _BLANKS) else column
    cells = {(row, at) for at in range(column, min(last + 1, _MOST_COLUMNS))}
    if not filled.isdisjoint(cells):
        raise InputError("damaged-part", part="Workbook")
    if kind not in (_BLANK, _BLANKS):
        filled |= cells
