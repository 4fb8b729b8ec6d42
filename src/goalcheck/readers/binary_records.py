"""Whether the records of a binary workbook are whole: :func:`require_whole`.

The library that reads them passes over records that it does not know, and over what a damaged list of worksheets no
longer calls one, and says nothing.
"""

from __future__ import annotations

from goalcheck.errors import InputError

_BEGINNING, _END, _SHEET, _ENCRYPTED = 0x809, 0x0A, 0x85, 0x2F
_BEGINS = _BEGINNING.to_bytes(2, "little")
_WORKSHEET = 0x10


def require_whole(stream: bytes) -> None:
    """Raise :class:`InputError` where a part has no end or has zeros among its records, or the list lacks a worksheet.

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
    if listed and there - listed:
        raise InputError("damaged-part", part="Workbook")
    for start in listed - there:
        _end(stream, start, set())


def _end(stream: bytes, start: int, listed: set[int]) -> int:
    """Where what begins at ``start`` has its end; the worksheets that it lists go into ``listed``."""
    at, depth, zeros = start, 0, 0
    while at + 4 <= len(stream):
        kind, size = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        zeros = 0 if kind or size else zeros + 1
        if kind == _ENCRYPTED:
            return len(stream)
        if zeros > 1:
            break
        if kind == _SHEET and size > 5 and not stream[at + 9]:
            listed.add(int.from_bytes(stream[at + 4 : at + 8], "little"))
        depth += (kind == _BEGINNING) - (kind == _END)
        at += 4 + size
        if not depth:
            return at
    raise InputError("damaged-part", part="Workbook")
