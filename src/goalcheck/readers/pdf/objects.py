"""Whether the objects of a PDF are written as a PDF writes them, and all there: :func:`broken_objects`.

The library takes an object that it does not understand, or that is not there, for nothing: characters whose font has
lost what draws them are left out, and it says nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator

from goalcheck.files.regexes import regex
from goalcheck.readers.pdf.packed_objects import Held, PackedObjects
from goalcheck.readers.pdf.syntax import (
    BLANK,
    COMPOSITE,
    END,
    FILTERS,
    LENGTH,
    MOST_READ,
    NAME,
    NAMES,
    REFERENCE,
    SPACE,
    TEXT,
    after_blanks,
    either,
    entry,
    object_head,
    reference,
)

_MATCHED = 2  # lists and dictionaries within each other that are matched at once


_PLAIN = either(
    rb"\d++" + SPACE + rb"++\d++" + SPACE + b"++R" + END,
    rb"[-+]{0,2}+(?:\d++\.?+\d*+|\.\d*+)-?+(?:(?=endobj)|" + END + b")",
    NAME,
    TEXT,
    b"(?:true|false|null)" + END,
)


_FONT_NAME = rb"/(?:BaseFont|FontName)" + BLANK + NAME + either(rb"[A-Za-z]++" + END) + b"*+"
"""Some programs write blanks in it."""


def _entries(value: bytes) -> bytes:
    return either(_FONT_NAME, NAME + value) + b"*+"


def _value(depth: int) -> bytes:
    if not depth:
        return _PLAIN
    within = _value(depth - 1)
    list_ = rb"\[" + BLANK + within + rb"*+\]" + BLANK
    return either(list_, b"<<" + BLANK + _entries(within) + b">>" + BLANK, _PLAIN)


_ONE = regex(_value(_MATCHED), re.DOTALL)
_WHOLE_VALUES = regex(_value(_MATCHED) + b"*+", re.DOTALL)
_WHOLE_ENTRIES = regex(_entries(_value(_MATCHED)), re.DOTALL)
_KEY = regex(NAME + rb"(?=\[|<<)")
_BEGIN = regex(rb"(?<![^\0\t\n\f\r >])" + object_head() + BLANK)
_BEHIND_VALUE = regex(rb"endobj|stream(?:\r\n|\n|\r)|\d++%b++\d++%b++obj|xref|trailer|startxref|\Z" % (SPACE, SPACE))
"""What may stand behind an object; some programs forget to end it."""

_KNOWN_FILTERS = frozenset(
    b"FlateDecode Fl LZWDecode LZW ASCII85Decode A85 ASCIIHexDecode AHx RunLengthDecode RL CCITTFaxDecode CCF"
    b" DCTDecode DCT JPXDecode JBIG2Decode Crypt".split()
)
_STREAM_END = regex(SPACE + b"{0,20}endstream")
_STRUCTURE = regex(b"/Type" + SPACE + b"{0,9}/?(?:StructElem|StructTreeRoot|MCR)")
_FONT = regex(entry(b"Type", b"Font"))
_FONTS = regex(entry(b"Subtype", b"(?:Type[013]|MMType1|TrueType|CIDFontType[02])"))
_DESCRIPTION = regex(entry(b"Type", b"FontDescriptor"))
_TYPE3 = regex(entry(b"Subtype", b"Type3"))
_ENTRIES_OF_TYPE3 = (b"/FontMatrix", b"/CharProcs", b"/Encoding", b"/FirstChar", b"/LastChar", b"/Widths")
"""What a font has that draws its characters as pages are drawn. Source: ISO 32000-1, 9.6.5."""

_ENTRIES_OF_COMPOSITE = (b"/DescendantFonts", b"/Encoding")
"""What a font has whose codes take several bytes. Source: ISO 32000-1, 9.7.6."""

_DIFFERENCES = regex(b"/Differences" + SPACE + rb"{0,9}\[([^\[\]]*+)\]")
_CHARACTERS = regex(b"/CharProcs" + SPACE + b"{0,9}<<([^<>]*+)>>")
_BLANKS = frozenset((b".notdef", b"space", b"nbspace", b"uni00A0"))
_MOST_LOST = 2  # names that nothing draws; who names all that there could be has many of them
_DRAWN_FOR_ONE = 4  # characters that are drawn for each of those

_OWN_NAME = regex(entry(b"Type", b"Encoding"))
"""What an encoding may say of itself, within a font."""

_OF_A_PART = regex(b"/BaseFont" + SPACE + rb"{0,9}/[A-Z]{6}\+")
"""The name of a font of which the file holds those characters that it prints."""

_NEEDED = regex(
    rb"/(?:CharProcs|Contents|Font|Resources|Kids|DescendantFonts|ToUnicode|Encoding|FontDescriptor|FontFile[23]?|XObject|Widths|W)"
    + SPACE
    + b"{0,9}("
    + either(reference(rb"\d{1,10}"), rb"\[[^\[\]]*+\]", b"<<[^<>]*+>>")
    + b")"
)
"""What words are drawn by."""

_MOST_AGAIN = 16  # times that the file may be looked through again, for objects that begin in what is not well formed


def broken_objects(data: bytes, packed: PackedObjects) -> int:
    """How many objects of the PDF ``data`` are not well formed, or needed and not there, so that words may lack.

    What has a password cannot be judged.
    """
    if b"/Encrypt" in data:
        return 0
    there: set[bytes] = set()
    needed: set[bytes] = set()
    broken, left = 0, MOST_READ
    for number, said in _objects(data, packed):
        there.add(number)
        if said is None:
            broken += 1
            continue
        left -= len(said)
        if left < 0:
            return broken
        for found in _NEEDED.finditer(said):
            needed.update(REFERENCE.findall(found[1]))
        broken += _lacks_entry(said)
    return broken + len(needed - there)


def _lacks_entry(said: bytes) -> bool:
    """Whether a font, or what describes one, lacks what it cannot be without; of several, whether none has it."""
    if _DESCRIPTION.search(said) is not None and b"/FontName" in said and b"/Flags" not in said:
        return True
    if _FONT.search(said) is None:
        return False
    if _FONTS.search(said) is None:
        return True
    if _TYPE3.search(said) is not None:
        entries = _OWN_NAME.sub(b"", said)
        return any(key not in entries for key in _ENTRIES_OF_TYPE3) or _lacks_character(said)
    if COMPOSITE.search(said) is not None:
        return any(key not in said for key in _ENTRIES_OF_COMPOSITE)
    return _OF_A_PART.search(said) is not None and b"/FontDescriptor" not in said


def _lacks_character(font: bytes) -> bool:
    """Whether a font names a character that nothing draws, where it draws nearly all that it names."""
    named, drawn = _DIFFERENCES.findall(font), _CHARACTERS.findall(font)
    if len(named) != 1 or len(drawn) != 1:
        return False
    there = set(NAMES.findall(drawn[0]))
    lost = len({*NAMES.findall(named[0])} - there - _BLANKS)
    return 0 < lost <= min(_MOST_LOST, len(there) // _DRAWN_FOR_ONE)


def _objects(data: bytes, packed: PackedObjects) -> Iterator[tuple[bytes, bytes | None]]:
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
        filters = FILTERS.search(said)
        names = set(NAMES.findall(filters[1])) if filters is not None else set()
        if not behind[0].startswith(b"stream"):
            yield begin[1], None if names and names <= _KNOWN_FILTERS and LENGTH.search(said) is not None else said
            continue
        at = _stream_end(data, said, behind.end())
        is_packed = b"/Filter" not in said and _is_packed(data[behind.end() : at])
        yield begin[1], None if is_packed or not names <= _KNOWN_FILTERS else said
        if (held := packed.within(start, at, said)) is not None:
            yield from _objects_within(held)


def _objects_within(held: Held) -> Iterator[tuple[bytes, bytes | None]]:
    """The same of the objects that a stream holds."""
    for number, start, end in held.objects():
        begin = after_blanks(held.text, start, end)
        is_whole = begin == end or _is_structure(held.text, begin) or _value_end(held.text, begin, end) == (end, True)
        yield number, held.text[start:end] if is_whole else None


def _is_structure(data: bytes, at: int) -> bool:
    """Whether the object that begins there only says how to read the file aloud."""
    return _STRUCTURE.search(data, at, at + 99) is not None


def _stream_end(data: bytes, said: bytes, start: int) -> int:
    """Where the stream ends that begins there and that ``said`` describes."""
    length = LENGTH.search(said)
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
        stream.decompress(held, MOST_READ)
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
            at = after_blanks(data, at + len(waiting.pop()), end)
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
            at = after_blanks(data, at + len(waiting[-1]), end)
        at = _after(_WHOLE_ENTRIES.match if waiting[-1] == b">>" else _WHOLE_VALUES.match, data, at, end)


def _after(match: Callable[..., re.Match[bytes] | None], data: bytes, at: int, end: int) -> int:
    found = match(data, at, end)
    return found.end() if found is not None else at
