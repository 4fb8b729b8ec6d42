"""Whether the records of a binary workbook are whole: :func:`require_whole`.

The library that reads them passes over records that it does not know, and over what a damaged list of worksheets no
longer calls one, and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.errors import InputError

_BEGINNING, _END, _SHEET = 0x809, 0x0A, 0x85
_WORKSHEET = 0x10
_ENCRYPTED = 0x2F


def require_whole(stream: bytes) -> None:
    """Raise :class:`InputError` where zeros stand among the records, or a worksheet is not in the list of them."""
    listed: set[int] = set()
    there: set[int] = set()
    depth = 0
    was_zero = False
    for at, kind, size in _records(stream):
        is_zero = not kind and not size
        if is_zero and was_zero and depth:
            raise InputError("damaged-part", part="Workbook")
        was_zero = is_zero
        if kind == _ENCRYPTED:
            return
        if kind == _BEGINNING:
            if not depth and stream[at + 6 : at + 7] == bytes((_WORKSHEET,)):
                there.add(at)
            depth += 1
        elif kind == _END:
            depth = max(depth - 1, 0)
        elif kind == _SHEET and size > 5 and not stream[at + 9]:
            listed.add(int.from_bytes(stream[at + 4 : at + 8], "little"))
    if listed and not there <= listed:
        raise InputError("damaged-part", part="Workbook")


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each record begins, its kind and the size of what it holds."""
    at = 0
    while at + 4 <= len(stream):
        size = int.from_bytes(stream[at + 2 : at + 4], "little")
        yield at, int.from_bytes(stream[at : at + 2], "little"), size
        at += 4 + size
