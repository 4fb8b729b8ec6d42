"""What the library that reads binary workbooks stumbles over although no cell hangs on it: :func:`passable`.

Notes and drawings that end a byte too late, names whose formulas make no sense, a list of shared texts that is shorter
than it says: spreadsheet programs read all of them.
"""

from __future__ import annotations

from goalcheck.files.archive import OWN_LIST_NAME
from goalcheck.readers.binary_records import Record, records

_CONTINUED, _TEXTS = 0x3C, 0xFC
_BESIDE_CELLS = frozenset((
    0x17, 0x18, 0x23, 0x1AE,  # names, and the workbooks that they speak of
    0x1C, 0x5D, 0x1B6, 0x1B8, 0x800,  # notes, drawings and their texts, links
    0x5C, 0x92, 0x293,  # who wrote it, colours, names of styles
))  # fmt: skip
_PASSED_OVER = (0x1AF).to_bytes(2, "little")  # whether changes are protected; the library does not ask for it


def passable(stream: bytes) -> bytes:
    """The records of ``stream`` at their places, with those that no cell hangs on passed over.

    Raises whatever there is where the list of shared texts cannot be read.
    """
    made = bytearray(stream)
    texts: list[Record] = []
    for record in records(stream):
        if record.kind in _BESIDE_CELLS and not _is_own(record.said):
            made[record.at : record.at + 2] = _PASSED_OVER
        elif record.kind == _TEXTS or (texts and record.kind == _CONTINUED and record.at == texts[-1].end):
            texts.append(record)
    if texts:
        count = _count([record.said for record in texts])
        made[texts[0].at + 8 : texts[0].at + 12] = count.to_bytes(4, "little")
    return bytes(made)


def _is_own(said: bytes) -> bool:
    """Whether it is the name by which goalcheck knows a list of its own."""
    return OWN_LIST_NAME.encode() in said or OWN_LIST_NAME.encode("utf-16-le") in said


def _count(parts: list[bytes]) -> int:
    """How many shared texts there are, at most as many as are told; the library gives up where there are fewer."""
    from xlrd.book import unpack_SST_table

    def is_there(count: int) -> bool:
        try:
            unpack_SST_table(parts, count)
        except AssertionError:
            return False
        return True

    least, most = 0, int.from_bytes(parts[0][4:8], "little")
    if is_there(most):
        return most
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if is_there(middle) else (least, middle)
    return least
