"""Whether the list of a PDF says where its objects are: :func:`without_wrong_list`.

The library believes a list that leads elsewhere as soon as it finds a page by it, takes what is not there for nothing
and says nothing. Without a list it looks for the objects itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.files.regexes import regex
from goalcheck.limits import Limits
from goalcheck.readers.pdf.streams import unpacked
from goalcheck.readers.pdf.syntax import GAP, SPACE, object_head

_START = regex(b"startxref" + GAP + rb"(\d{1,10})")
_HEADER = b"%PDF-"
_BEFORE = SPACE + b"{0,99}"
_TABLE = regex(_BEFORE + b"xref")
_SECTION = regex(_BEFORE + rb"(\d{1,10})" + GAP + rb"\d{1,7}(?=" + SPACE + b")")
_ENTRY = regex(SPACE + rb"{0,9}(\d{10})" + SPACE + rb"\d{5}" + SPACE + b"([nf])")
_BEHIND = regex(_BEFORE + b"(?:trailer|%)")
_OBJECT = regex(_BEFORE + object_head())
_ENDS = regex(b">>" + SPACE + b"{0,64}(?:stream|startxref)")
_WIDTHS = regex(b"/W" + SPACE + rb"{0,9}\[" + SPACE + rb"{0,9}(\d)" + GAP + rb"(\d)" + GAP + rb"(\d)(?!\d)")
_NUMBERS = regex(b"/Index" + SPACE + rb"{0,9}\[([\d\0\t\n\f\r ]{1,9999})\]")
_SIZE = regex(b"/Size" + GAP + rb"(\d{1,7})")
_PREDICTED = regex(b"/Predictor" + GAP + rb"1[0-5](?!\d)")
_EARLIER = regex(b"/(?:Prev|XRefStm)" + GAP + rb"(\d{1,10})(?!\d)")
_LONGEST = 9_999  # bytes of what describes a list
_MOST_LISTS = 99
_MOST_ENTRIES = 2**18  # of all lists together; what is behind them is believed
_UNREADABLE = -1  # the number of what is listed and cannot be read; no object has it
_ABOVE = 2  # the kind of a row that is told by how it differs from the one above
_USED = 1  # an entry of an object that stands in the file by itself


def without_wrong_list(data: bytes, limits: Limits) -> bytes:
    """The PDF ``data``, without the sign of its list of objects where that leads elsewhere."""
    base = max(data.find(_HEADER, 0, 1024), 0)
    if all(_is_there(data, number, base + place) for number, place in _listed(data, base, limits)):
        return data
    return data.replace(b"startxref", b"no_xref__")


def _is_there(data: bytes, number: int, at: int) -> bool:
    found = _OBJECT.match(data, at)
    return found is not None and int(found[1]) == number


def _listed(data: bytes, base: int, limits: Limits) -> Iterator[tuple[int, int]]:
    """The number of each object that is listed, and where it is said to begin: what the latest list says of it."""
    start = _START.search(data, max(data.rfind(b"startxref"), 0))
    waiting = [int(start[1])] if start is not None else []
    seen: set[int] = set()
    known: set[int] = set()
    left = _MOST_ENTRIES
    while waiting and len(seen) < _MOST_LISTS and left > 0:
        place = waiting.pop(0)
        if place in seen:
            continue
        seen.add(place)
        table = _TABLE.match(data, base + place)
        if table is not None:
            entries, at = _of_table(data, table.end(), left)
        else:
            entries, at = _of_stream(data, base + place, left, limits)
        left -= len(entries)
        for number, where in entries.items():
            if where and number not in known:
                yield number, where
        known |= entries.keys()
        waiting += [int(found[1]) for found in _EARLIER.finditer(data, at, _end_of_dictionary(data, at))]


def _of_table(data: bytes, at: int, most: int) -> tuple[dict[int, int | None], int]:
    """What the list says that begins there, None or 0 of what is not used, and where its dictionary begins.

    Of a list with more than ``most`` entries, it is where reading stopped.
    """
    entries: dict[int, int | None] = {}
    number = read = 0
    while read <= most:
        read += 1
        if (entry := _ENTRY.match(data, at)) is not None:
            entries[number] = int(entry[1]) if entry[2] == b"n" else None
            number += 1
            at = entry.end()
        elif (section := _SECTION.match(data, at)) is not None:
            number, at = int(section[1]), section.end()
        else:
            if _BEHIND.match(data, at) is None:
                entries[_UNREADABLE] = at
            break
    return entries, at


def _of_stream(data: bytes, at: int, most: int, limits: Limits) -> tuple[dict[int, int | None], int]:
    """The same of a list that is a stream; nothing of one that is not understood."""
    end = _end_of_dictionary(data, at)
    widths, size = _WIDTHS.search(data, at, end), _SIZE.search(data, at, end)
    if _OBJECT.match(data, at) is None or widths is None or size is None:
        return {}, at
    kind, place, more = (int(width) for width in widths.groups())
    if not place:
        return {}, at
    held = _held(data, (at, end), kind + place + more, most, limits)
    told = _NUMBERS.search(data, at, end)
    bounds = list(map(int, told[1].split())) if told is not None else [0, int(size[1])]
    entries: dict[int, int | None] = {}
    row = 0
    for first, count in zip(bounds[::2], bounds[1::2], strict=False):
        for number in range(first, first + min(count, len(held))):
            entry = held[row : row + kind + place + more]
            if len(entry) < kind + place + more:
                return entries, at
            row += len(entry)
            is_used = not kind or int.from_bytes(entry[:kind], "big") == _USED
            entries[number] = int.from_bytes(entry[kind : kind + place], "big") if is_used else None
    return entries, at


def _held(data: bytes, described: tuple[int, int], width: int, most: int, limits: Limits) -> bytes:
    """The first rows, at ``most`` so many, of a stream of rows of ``width`` bytes that is ``described`` there.

    Nothing where it is not known what it holds.
    """
    start, end = described
    held = (unpacked(data, start, len(data), limits, is_predicted=True) or b"")[: most * (width + 1)]
    if _PREDICTED.search(data, start, end) is None:
        return held
    rows = bytearray()
    above = bytes(width)
    for at in range(0, len(held), width + 1):
        row = held[at + 1 : at + 1 + width]
        if held[at] == _ABOVE:
            row = bytes((byte + before) & 255 for byte, before in zip(row, above, strict=False))
        elif held[at] != 0:
            return b""
        rows += row
        above = row
    return bytes(rows)


def _end_of_dictionary(data: bytes, at: int) -> int:
    """Where the dictionary ends that describes a list and begins there."""
    found = _ENDS.search(data, at, at + _LONGEST)
    return found.start() if found is not None else at
