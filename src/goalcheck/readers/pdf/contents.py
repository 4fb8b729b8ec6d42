"""Whether what pages draw is written as a PDF writes it: :func:`broken_drawings`.

The library passes over an operator that it does not know, over words of which a bracket lacks and over whatever such a
bracket then takes with it, and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from goalcheck.files.regexes import regex
from goalcheck.limits import Limits
from goalcheck.readers.pdf.packed_objects import PackedObjects
from goalcheck.readers.pdf.streams import unpacked
from goalcheck.readers.pdf.syntax import (
    BLANK,
    END,
    GAP,
    MOST_READ,
    NAME,
    PAIRS,
    REFERENCE,
    SPACE,
    TEXT,
    after_blanks,
    either,
    entry,
    object_head,
    reference,
)
from goalcheck.readers.pdf.to_unicode import names_all
from goalcheck.readers.pdf.wide_codes import WideCodes

_NUMBER = rb"(?=[-+.\d])[-+\d]*+\.?+[-+\d]*+(?:[eE][-+]?+\d++)?+" + END
_AT_ONCE = 999


_WORD = rb"(?:true|false|null|R)" + END
_VALUE = either(_NUMBER, TEXT, NAME, _WORD)
_LIST = rb"\[" + BLANK + either(_NUMBER, TEXT, NAME, rb"T[cw]" + END) + rb"*+\]" + BLANK  # so some write them
_LISTS = rb"\[" + BLANK + either(_VALUE, _LIST) + rb"*+\]" + BLANK
_ENTRIES = rb"<<" + BLANK + either(_VALUE, _LISTS) + rb"*+>>" + BLANK
_PROPERTIES = rb"<<" + BLANK + either(_VALUE, _LISTS, _ENTRIES) + rb"*+>>" + BLANK
_IMAGE = rb"BI" + END + either(_VALUE, _LISTS, _ENTRIES) + b"*+ID%b.*?%b?EI(?=%b|\\Z)" % (SPACE, SPACE, SPACE) + BLANK

_AFTER_SIX = rb"(?:Tm|cm?|d1)" + END
_AFTER_FOUR = rb"(?:v|y|re|K|k)" + END
_AFTER_THREE = rb"(?:rg|RG|Td)" + END  # of places LibreOffice writes a number too many for a field to choose in
_AFTER_TWO = rb"(?:T[dD]|[ml]|d0)" + END
_AFTER_ONE = rb"(?:T[cwzLrs]|[wJjMigG])" + END
_COLOURS = rb"(?:SCN|scn|SC|sc)" + END


def _numbered(after_two: bytes) -> bytes:
    """What begins with a number, each looked at once; ``after_two`` comes after two."""
    rest = _NUMBER + either(_AFTER_FOUR, _NUMBER * 2 + _AFTER_SIX)
    rest = _NUMBER + either(after_two, _NUMBER + either(_AFTER_THREE, rest))
    return _NUMBER + either(_AFTER_ONE, rest)


_ALONE = rb"(?:[qQhSsnWbB]|[fbBWT]\*|[fF]|EMC|BX|EX)" + END
_OTHERS = (
    NAME
    + either(
        rb"[-+.]*+(?=\d)" + _NUMBER + rb"Tf",
        rb"(?:ri|gs|CS|cs|sh|Do|MP|BMC)",
        either(NAME, _PROPERTIES) + rb"(?:BDC|DP)",
    )
    + END,
    _LIST + _NUMBER + rb"d" + END,
    either(_NUMBER) + b"*+" + either(NAME) + b"?+" + _COLOURS,
    _IMAGE,
)
_SHOWN = (TEXT + rb"(?:Tj|')" + END, _LIST + rb"TJ" + END)
_WORDS_AFTER_TWO = TEXT + rb'"' + END
_DRAWN_OUTSIDE = regex(either(_numbered(_AFTER_TWO), _ALONE, *_OTHERS, rb"ET" + END) + b"{1,%d}+" % _AT_ONCE, re.DOTALL)
_DRAWN_WITHIN = regex(
    either(*_SHOWN, _numbered(either(_AFTER_TWO, _WORDS_AFTER_TWO)), _ALONE, *_OTHERS, rb"BT" + END)
    + b"{1,%d}+" % _AT_ONCE,
    re.DOTALL,
)
"""What may stand outside the marks of words, and between them; so much of it is taken at once.

A mark that is there once more takes no words away, and some programs write such.
"""

_WORDS_BEGIN, _WORDS_END = regex(b"BT" + END), regex(b"ET" + END)

_OUTSIDE = regex(rb"[(]|<[0-9A-Fa-f\0\t\n\f\r ]*+>|%[^\r\n]*+")
_WITHIN = regex(rb"\\.|[()]", re.DOTALL)
"""What matters outside of a text in brackets, and within one."""

_ZEROS = 4 * b"\0"

_ODD = regex(b"<" + PAIRS + rb"[0-9A-Fa-f]" + SPACE + b"*+>")

_OBJECT = regex(rb"(?<!\d)" + object_head())
_CONTENTS = regex(b"/Contents" + SPACE + rb"{0,9}(?=[\[\d])")
_CHARACTERS = regex(b"/CharProcs" + SPACE + b"{0,9}<<([^<>]*+)>>")
_NAMING = regex(b"/ToUnicode" + GAP + reference())
_FORM = regex(entry(b"Subtype", b"Form"))
_LONGEST = 9_999  # bytes of a list of streams


def broken_drawings(data: bytes, packed: PackedObjects, limits: Limits) -> tuple[int, int]:
    """How many pages of the PDF ``data``, and how many parts of its fonts, are not written as they should be.

    Words may lack there. What has a password cannot be judged, nor what is packed in a way that is not known.
    """
    if b"/Encrypt" in data:
        return 0, 0
    found = list(_OBJECT.finditer(data))
    ends = [*(next_.start() for next_ in found[1:]), len(data)]
    objects = {int(begin[1]): (begin.end(), end) for begin, end in zip(found, ends, strict=False)}  # there may be none
    told = [data, *(held.text for held in packed.of_all(objects))]
    codes = WideCodes(told, lambda: packed.beginnings(objects))
    left, broken = MOST_READ, []
    for drawings, is_right in (
        (_drawn(told, objects, packed), lambda drawn: is_sound(drawn) and codes.are_whole(drawn)),
        (_characters(told), is_sound),
        (_names(told), names_all),
    ):
        count = 0
        for drawn in dict.fromkeys(drawings):
            parts = [unpacked(data, *objects[number], limits) for number in drawn if number in objects]
            contents = b"\n".join(part for part in parts if part is not None)
            left -= len(contents)
            if left < 0:
                break
            count += len(parts) == len(drawn) and None not in parts and not is_right(contents)
        broken.append(count)
    return broken[0], sum(broken[1:])


def _drawn(
    told: Sequence[bytes], objects: Mapping[int, tuple[int, int]], packed: PackedObjects
) -> Iterator[tuple[int, ...]]:
    """The numbers of the streams that each page draws one after the other, and of what pages draw as a whole."""
    data = told[0]
    for part in told:
        for found in _CONTENTS.finditer(part):
            numbers = _listed(part, found.end(), len(part))
            if numbers and part[found.end() : found.end() + 1] != b"[" and numbers[0] in objects:
                numbers = _listed(data, *objects[numbers[0]]) or numbers  # where it is a list
            yield tuple(numbers)
    for number, place in objects.items():
        if _FORM.search(packed.beginning(*place)):
            yield (number,)


def _characters(told: Sequence[bytes]) -> Iterator[tuple[int, ...]]:
    """The number of each stream that draws a character of a font."""
    for part in told:
        for found in _CHARACTERS.finditer(part):
            for number in REFERENCE.findall(found[1]):
                yield (int(number),)


def _names(told: Sequence[bytes]) -> Iterator[tuple[int, ...]]:
    """The number of each stream that tells which characters the codes of a font stand for."""
    for part in told:
        for found in _NAMING.finditer(part):
            yield (int(found[1]),)


def _listed(told: bytes, start: int, end: int) -> list[int]:
    """The numbers of the objects that are referred to there, of one or of a list of them."""
    begin = after_blanks(told, start)
    if told[begin : begin + 1] != b"[":
        one = REFERENCE.match(told, begin)
        return [int(one[1])] if one is not None else []
    stop = told.find(b"]", begin, min(begin + _LONGEST, end))
    return [int(number) for number in REFERENCE.findall(told, begin, max(stop, begin))]


def is_sound(contents: bytes) -> bool:
    """Whether ``contents``, what a page draws, are operators that there are with what each takes, up to the end."""
    at, is_within = after_blanks(contents, 0), False
    while at < len(contents):
        if is_within:
            found = _DRAWN_WITHIN.match(contents, at)
            if found is None:
                found, is_within = _WORDS_END.match(contents, at), False
        else:
            found = _DRAWN_OUTSIDE.match(contents, at)
            if found is None:
                found, is_within = _WORDS_BEGIN.match(contents, at), True
        if found is None:
            return False
        at = found.end()
    return not is_within and not _lacks_digit(contents) and not _has_zeros(contents)


def _has_zeros(contents: bytes) -> bool:
    """Whether zeros stand between operators, where they count as blanks: no program writes so many of them.

    They may fill up the end. Of what shows a picture, in which anything may stand, it is not asked.
    """
    if _ZEROS not in contents or b"EI" in contents:
        return False
    return any(_ZEROS in part for part in _outside_brackets(contents.rstrip(b"\0\t\n\f\r ")))


def _outside_brackets(contents: bytes) -> Iterator[bytes]:
    """What of ``contents`` is no text in brackets."""
    at = start = depth = 0
    while (found := (_WITHIN if depth else _OUTSIDE).search(contents, at)) is not None:
        at = found.end()
        if found[0] == b"(":
            if not depth:
                yield contents[start:at]
            depth += 1
        elif depth and found[0] == b")":
            depth -= 1
            start = at
    yield contents[start:]


def _texts_in_digits(contents: bytes) -> Iterator[bytes]:
    """The texts that ``contents`` print in hexadecimal digits."""
    at = depth = 0
    while (found := (_WITHIN if depth else _OUTSIDE).search(contents, at)) is not None:
        at = found.end()
        if found[0].startswith(b"<"):
            yield found[0]
        depth += {b"(": 1, b")": -1}.get(found[0], 0)


def _lacks_digit(contents: bytes) -> bool:
    """Whether a text is short of a digit; who may leave a last zero out, and does, leaves out all of them."""
    if _ODD.search(contents) is None:
        return False
    digits = [text.translate(None, b"<>\0\t\n\f\r ") for text in _texts_in_digits(contents)]
    return any(len(told) % 2 for told in digits) and any(told.endswith(b"0") for told in digits if len(told) % 2 == 0)
