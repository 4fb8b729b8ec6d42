"""Whether the objects of a PDF are written as a PDF writes them, and all there: :func:`broken_objects`.

The library takes an object that it does not understand, or that is not there, for nothing: characters whose font has
lost what draws them are left out, and it says nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise

from goalcheck.files.regexes import regex
from goalcheck.limits import Limits
from goalcheck.readers.pdf.streams import unpacked

_SPACE = rb"[\0\t\n\f\r ]"
_BLANK = rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+"
_END = rb"(?![^\0\t\n\f\r ()<>\[\]{}/%])" + _BLANK
_NAME = rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*+" + _BLANK
_MOST_ROUND = 4  # brackets within the brackets of a text that need no sign that they are meant
_MATCHED = 2  # lists and dictionaries within each other that are matched at once


def _text(depth: int) -> bytes:
    within = _text(depth - 1) if depth else rb"\\."
    return rb"\((?:[^()\\]++|\\.|" + within + rb")*+\)"


def _either(*parts: bytes) -> bytes:
    return b"(?:" + b"|".join(parts) + b")"


_PLAIN = _either(
    rb"\d++" + _SPACE + rb"++\d++" + _SPACE + b"++R" + _END,
    rb"[-+]{0,2}+(?:\d++\.?+\d*+|\.\d*+)-?+(?:(?=endobj)|" + _END + b")",
    _NAME,
    _text(_MOST_ROUND) + _BLANK,
    rb"<[0-9A-Fa-f\0\t\n\f\r ]*+>" + _BLANK,
    b"(?:true|false|null)" + _END,
)


_FONT_NAME = rb"/(?:BaseFont|FontName)" + _BLANK + _NAME + _either(rb"[A-Za-z]++" + _END) + b"*+"
"""Some programs write blanks in it."""


def _entries(value: bytes) -> bytes:
    return _either(_FONT_NAME, _NAME + value) + b"*+"


def _value(depth: int) -> bytes:
    if not depth:
        return _PLAIN
    within = _value(depth - 1)
    list_ = rb"\[" + _BLANK + within + rb"*+\]" + _BLANK
    return _either(list_, b"<<" + _BLANK + _entries(within) + b">>" + _BLANK, _PLAIN)


_ONE = regex(_value(_MATCHED), re.DOTALL)
_WHOLE_VALUES = regex(_value(_MATCHED) + b"*+", re.DOTALL)
_WHOLE_ENTRIES = regex(_entries(_value(_MATCHED)), re.DOTALL)
_KEY = regex(_NAME + rb"(?=\[|<<)")
_BLANKS = regex(_BLANK)
_BEGIN = regex(rb"(?<![^\0\t\n\f\r >])(\d{1,10})[\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}obj(?!\w)" + _BLANK)
_BEHIND_VALUE = regex(
    rb"endobj|stream(?:\r\n|\n|\r)|\d++[\0\t\n\f\r ]++\d++[\0\t\n\f\r ]++obj|xref|trailer|startxref|\Z"
)
"""What may stand behind an object; some programs forget to end it."""

_FILTER = regex(rb"/Filter[\0\t\n\f\r ]{0,64}(\[[^\]]{0,400}\]|/\w{1,40})")
_FILTERS = frozenset(
    b"FlateDecode Fl LZWDecode LZW ASCII85Decode A85 ASCIIHexDecode AHx RunLengthDecode RL CCITTFaxDecode CCF"
    b" DCTDecode DCT JPXDecode JBIG2Decode Crypt".split()
)
_NAMES = regex(rb"/(\w+)")
_LENGTH = regex(rb"/Length[\0\t\n\f\r ]{1,9}(\d{1,9})(?![\d\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}R)")
_STREAM_END = regex(rb"[\0\t\n\f\r ]{0,20}endstream")
_PACKED_OBJECTS = regex(rb"/Type[\0\t\n\f\r ]{0,9}/ObjStm")
_FIRST = regex(rb"/First[\0\t\n\f\r ]{1,9}(\d{1,9})")
_STRUCTURE = regex(rb"/Type[\0\t\n\f\r ]{0,9}/?(?:StructElem|StructTreeRoot|MCR)")
_FONT = regex(rb"/Type[\0\t\n\f\r ]{0,9}/Font(?!\w)")
_FONTS = regex(rb"/Subtype[\0\t\n\f\r ]{0,9}/(?:Type[013]|MMType1|TrueType|CIDFontType[02])(?!\w)")
_NEEDED = regex(
    rb"/(?:CharProcs|Contents|Font|Resources|Kids|DescendantFonts|ToUnicode|Encoding|XObject|Widths|W)"
    rb"[\0\t\n\f\r ]{0,9}(\d{1,10}[\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}R|\[[^\[\]]*+\]|<<[^<>]*+>>)"
)
"""What words are drawn by."""

_REFERENCE = regex(rb"(?<!\d)(\d{1,10})[\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}R")
_MOST = 2**23  # bytes that are looked through; more is not worth the time
_MOST_AGAIN = 16  # times that the file may be looked through again, for objects that begin in what is not well formed


def broken_objects(data: bytes, limits: Limits) -> int:
    """How many objects of the PDF ``data`` are not well formed, or needed and not there, so that words may lack.

    What has a password cannot be judged.
    """
    if b"/Encrypt" in data:
        return 0
    there: set[bytes] = set()
    needed: set[bytes] = set()
    broken, left = 0, _MOST
    for number, said in _objects(data, limits):
        there.add(number)
        if said is None:
            broken += 1
            continue
        left -= len(said)
        if left < 0:
            return broken
        for found in _NEEDED.finditer(said):
            needed.update(_REFERENCE.findall(found[1]))
        broken += _FONT.search(said) is not None and _FONTS.search(said) is None
    return broken + len(needed - there)


def _objects(data: bytes, limits: Limits) -> Iterator[tuple[bytes, bytes | None]]:
    """The number of each object, and its dictionary or what else it says; None for one that is not well formed."""
    at, left = 0, _MOST_AGAIN * len(data)
    while left >= 0 and (begin := _BEGIN.search(data, at)):
        start = begin.end()
        end, is_whole = _value_end(data, start, len(data))
        behind = _BEHIND_VALUE.match(data, end) if is_whole else None
        if behind is None:
            at = start
            left -= end - start
            yield begin[1], b"" if left >= 0 and _is_structure(data, start) else None
            continue
        at, said = end, data[start:end]
        filters = _FILTER.search(said)
        names = set(_NAMES.findall(filters[1])) if filters is not None else set()
        if not behind[0].startswith(b"stream"):
            yield begin[1], None if names and names <= _FILTERS and _LENGTH.search(said) is not None else said
            continue
        at = _stream_end(data, said, behind.end())
        is_packed = b"/Filter" not in said and _is_packed(data[behind.end() : at])
        yield begin[1], None if is_packed or not names <= _FILTERS else said
        if _PACKED_OBJECTS.search(said) is not None:
            yield from _objects_within(unpacked(data, start, at, limits), said)


def _objects_within(held: bytes | None, said: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """The same of the objects that a stream holds which ``said`` describes; nothing where it cannot be unpacked."""
    first = _FIRST.search(said)
    if held is None or first is None:
        return
    base = int(first[1])
    told = held[:base].split()
    listed = zip(told[::2], told[1::2], strict=False)
    places = {number: base + int(place) for number, place in listed if place.isdigit()}
    ends = dict(pairwise(sorted({*places.values(), len(held)})))
    for number, start in places.items():
        end = ends.get(start, start)
        begin = _after(_BLANKS.match, held, start, end)
        is_whole = begin == end or _is_structure(held, begin) or _value_end(held, begin, end) == (end, True)
        yield number, held[start:end] if is_whole else None


def _is_structure(data: bytes, at: int) -> bool:
    """Whether the object that begins there only says how to read the file aloud."""
    return _STRUCTURE.search(data, at, at + 99) is not None


def _stream_end(data: bytes, said: bytes, start: int) -> int:
    """Where the stream ends that begins there and that ``said`` describes."""
    length = _LENGTH.search(said)
    if length is not None and _STREAM_END.match(data, start + int(length[1])) is not None:
        return start + int(length[1])
    end = data.find(b"endstream", start)
    return end if end >= 0 else len(data)


def _is_packed(held: bytes) -> bool:
    """Whether that is packed, check sum and all, though it is not said to be."""
    if held[:1] != b"x":
        return False
    stream = zlib.decompressobj()
    try:
        stream.decompress(held, _MOST)
    except zlib.error:
        return False
    return stream.eof


def _value_end(data: bytes, at: int, end: int) -> tuple[int, bool]:
    """Where the value ends that begins there, with the blanks behind it; or how far it is written as one, and False."""
    if (found := _ONE.match(data, at, end)) is not None:  # as of nearly all
        return found.end(), True
    waiting: list[bytes] = []  # the ends of what is open
    while True:
        if waiting and data.startswith(waiting[-1], at, end):
            at = _after(_BLANKS.match, data, at + len(waiting.pop()), end)
            if not waiting:
                return at, True
        else:
            if waiting and waiting[-1] == b">>":
                key = _KEY.match(data, at, end)
                if key is None:
                    return at, False
                at = key.end()
            if data.startswith(b"<<", at, end):
                waiting.append(b">>")
            elif data.startswith(b"[", at, end):
                waiting.append(b"]")
            else:
                return at, False
            at = _after(_BLANKS.match, data, at + len(waiting[-1]), end)
        at = _after(_WHOLE_ENTRIES.match if waiting[-1] == b">>" else _WHOLE_VALUES.match, data, at, end)


def _after(match: Callable[..., re.Match[bytes] | None], data: bytes, at: int, end: int) -> int:
    found = match(data, at, end)
    return found.end() if found is not None else at
