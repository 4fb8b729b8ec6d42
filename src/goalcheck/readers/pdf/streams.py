"""Whether a PDF is whole: :func:`require_whole`.

The library that reads PDFs takes a damaged stream as far as it goes and says nothing. So each is unpacked to its end
beforehand, where its own check sum tells.
"""

from __future__ import annotations

import base64
import binascii
import zlib

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.limits import Limits
from goalcheck.readers.pdf.syntax import (
    FILTERS,
    GAP,
    LENGTH,
    NAMES,
    SPACE,
    either,
    entry,
    object_head,
    reference,
)

_STREAM = regex(b">>" + SPACE + rb"{0,64}stream(?:\r\n|\n|\r)")
_OBJECT = regex(rb"\d" + GAP + b"obj")
_GENERATION = rb"(\d{1,5})"
_CONTENTS = regex(b"/Contents" + GAP + reference(generation=_GENERATION))
_NUMBERED = regex(rb"(?<!\d)" + object_head(generation=_GENERATION))
_PAGE = regex(entry(b"Type", b"Page"))
_PAGES = regex(entry(b"Type", b"Pages"))
_COUNT = regex(b"/Count" + GAP + rb"(\d{1,6})(?!\d)")
_IMAGE = regex(entry(b"Subtype", b"Image"))
_START = regex(b"startxref" + GAP + rb"(\d{1,10})" + GAP + b"%%EOF")
_LISTED = regex(SPACE + b"{0,9}" + either(b"xref", object_head()))
_END = b"%%EOF"
_NEAR = 9  # bytes from its end within which the sign of it stands
_FARTHEST = 20_000  # how far the dictionary of a stream may reach back
_PIECE = 2**20
_TEXTS = {b"ASCII85Decode": 85, b"A85": 85, b"ASCIIHexDecode": 16, b"AHx": 16}
_ENDS = {name: b"~>" if base == 85 else b">" for name, base in _TEXTS.items()}
_ENDS |= {b"RunLengthDecode": b"\x80", b"RL": b"\x80"}
"""The last sign of what has no check sum."""

_PACKED = (b"FlateDecode", b"Fl")
_PAUSE = regex(rb"\0\0\xff\xff(?=[\r\n]{0,2}\Z)")
_FROM_PAUSE = 6  # bytes from where a pause begins to behind the end of its line


def require_whole(data: bytes, limits: Limits) -> None:
    """Raise :class:`InputError` for a PDF that is damaged, cut off, or unpacks to more than ``limits`` allow.

    What has a password cannot be judged.
    """
    end = data.rfind(_END)
    if end < 0 or data.find(b"endobj", end) >= 0:
        raise InputError("incomplete-pdf")
    if b"/ObjStm" not in data and set(_CONTENTS.findall(data)) - set(_NUMBERED.findall(data)):
        raise InputError("damaged-pdf")  # what a page shows is not there
    if b"/Encrypt" in data:
        return
    left = limits.unpacked * 2**20
    is_shifted = _is_shifted(data)
    at = 0
    while found := _STREAM.search(data, at):
        start = found.end()
        begin = _dictionary(data, max(at, found.start() - _FARTHEST), found.start())
        if is_shifted and not _filters(data, begin, start) and _is_shorter(data, begin, start):
            raise InputError("damaged-pdf")
        size, at = _require_stream(data, begin, start, min(left, limits.part * 2**20), limits)
        left -= size


def _require_stream(data: bytes, begin: int, start: int, left: int, limits: Limits) -> tuple[int, int]:
    """How much is in the stream at ``start``, with its dictionary from ``begin`` on, and where to look for the next."""
    filters = _filters(data, begin, start)
    if filters and filters[0] in _PACKED:
        try:
            size, length = _inflate(memoryview(data)[start:], left, limits)
        except InputError as error:
            end = _paused(data, start, len(data))
            if error.key != "damaged-pdf" or end is None:
                raise
            size, length = _inflate(memoryview(data)[start:end], left, limits, is_paused=True)
        return size, start + length
    if not filters or filters[0] not in _ENDS:
        return 0, start
    end = data.find(b"endstream", start)
    if end < 0:
        raise InputError("incomplete-pdf")
    if filters[0] in _TEXTS and len(filters) > 1 and filters[1] in _PACKED:
        packed = _from_text(data[start:end], _TEXTS[filters[0]])
        return _inflate(memoryview(packed), left, limits)[0], end
    _require_end(data[start:end], _ENDS[filters[0]], data[begin:start])
    return 0, end


def told_pages(data: bytes) -> tuple[int, int]:
    """How many pages a PDF says that it has, and how many of it are there; none where that cannot be told.

    What was written to its end later may have taken pages away; what lists them may be packed.
    """
    if b"/ObjStm" in data or b"/Encrypt" in data or data.count(_END) != 1:
        return 0, 0
    there = len(_PAGE.findall(data))
    counts = (_COUNT.search(data, *_around(data, found.start())) for found in _PAGES.finditer(data))
    return max((int(found[1]) for found in counts if found), default=0), there


def unpacked(data: bytes, start: int, end: int, limits: Limits, *, is_predicted: bool = False) -> bytes | None:
    """What the stream in the object from ``start`` to ``end`` holds; None where there is none that can be unpacked.

    So it is with what is told by how it differs from what stands above it, unless ``is_predicted``: then it is that.
    """
    found = _STREAM.search(data, start, end)
    if found is None:
        return None
    filters = _filters(data, start, found.start())
    at = found.end()
    if not filters:
        told = LENGTH.search(data, start, at)
        stop = at + int(told[1]) if told is not None else data.find(b"endstream", at, end)
        return data[at:stop] if at <= stop <= end else None
    packed = data[at : _paused(data, at, end) or end]
    if filters[0] in _TEXTS:
        try:
            packed = _from_text(packed.partition(b"endstream")[0], _TEXTS[filters[0]])
        except InputError:
            return None
        filters = filters[1:]
        if not filters:
            return packed
    if len(filters) > 1 or filters[0] not in _PACKED:
        return None
    if not is_predicted and data.find(b"/Predictor", start, found.start()) >= 0:
        return None
    try:
        return zlib.decompressobj().decompress(packed, limits.part * 2**20)
    except zlib.error:
        return None


def _around(data: bytes, at: int) -> tuple[int, int]:
    """From where to where the object goes within which ``at`` lies."""
    return max(data.rfind(b"obj", 0, at), 0), max(data.find(b"endobj", at), at)


def _is_shifted(data: bytes) -> bool:
    """Whether the list of objects lies elsewhere than the end of the file says: so bytes have been lost or added."""
    told = _START.search(data, max(data.rfind(b"startxref"), 0))
    return told is not None and _LISTED.match(data, int(told[1])) is None


def _is_shorter(data: bytes, begin: int, start: int) -> bool:
    """Whether a stream that is not packed has lost some of what its dictionary, from ``begin`` on, tells of."""
    told = LENGTH.search(data, begin, start)
    end = data.find(b"endstream", start)
    return told is not None and start + int(told[1]) > (end if end >= 0 else len(data))


def _dictionary(data: bytes, start: int, end: int) -> int:
    """Where the dictionary of a stream begins that ends at ``end``."""
    begin = start
    for found in _OBJECT.finditer(data, start, end):
        begin = found.end()
    return begin


def _filters(data: bytes, begin: int, end: int) -> list[bytes]:
    """The names of the filters of a stream with its dictionary there; the first is to be undone first."""
    told = FILTERS.search(data, begin, end + 2)
    return NAMES.findall(told[1]) if told else []


def _paused(data: bytes, start: int, end: int) -> int | None:
    """Where the packed stream at ``start`` ends by a pause, without end and check sum; None where it does not.

    So Acrobat writes what it adds to a file.
    """
    stop = data.find(b"endstream", start, end)
    found = _PAUSE.search(data, max(stop - _FROM_PAUSE, start + 1), max(stop, 0))
    return found.end() if found is not None else None


def _inflate(packed: memoryview, left: int, limits: Limits, *, is_paused: bool = False) -> tuple[int, int]:
    """How many bytes come out of ``packed``, and how many went in; it needs no end where it ``is_paused``."""
    stream = zlib.decompressobj()
    size = at = 0
    try:
        while not stream.eof:
            piece = stream.unconsumed_tail or packed[at : at + _PIECE]
            if not stream.unconsumed_tail:
                at += len(piece)
            if not piece and not is_paused:
                raise InputError("damaged-pdf")
            if not piece:
                break
            size += len(stream.decompress(piece, _PIECE))
            if size > left:
                raise InputError("unpacks-to-too-much", limit=limits.unpacked)
    except zlib.error:
        raise InputError("damaged-pdf") from None
    return size, at - len(stream.unused_data)


def _require_end(said: bytes, sign: bytes, dictionary: bytes) -> None:
    """Raise :class:`InputError` where ``said`` lacks the ``sign`` of its end; nothing else tells that it is whole.

    Of pictures programs have left it out, and nobody sees.
    """
    if sign not in said.rstrip(b"\0\t\n\f\r ")[-_NEAR:] and _IMAGE.search(dictionary) is None:
        raise InputError("damaged-pdf")


def _from_text(said: bytes, base: int) -> bytes:
    """The bytes that ``said`` has as text of 85 or 16 signs."""
    try:
        if base == 85:
            return base64.a85decode(said.partition(b"~>")[0])
        digits = said.partition(b">")[0].translate(None, b"\0\t\n\f\r ")
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except ValueError:
        raise InputError("damaged-pdf") from None
