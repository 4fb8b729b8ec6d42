"""Reads the characters of a page: :func:`read_glyphs`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from ctypes import byref, c_double
from itertools import pairwise
from math import inf, pi
from typing import Any

import pypdfium2.raw as pdfium

from goalcheck.errors import InputError
from goalcheck.limits import MOST_DRAWN
from goalcheck.readers.pdf.frequent_calls import (
    address_of_words,
    code_of,
    has_no_name,
    is_generated,
    loose_box_of,
    origin_of,
)
from goalcheck.readers.pdf.loose_boxes import OVERSIZED, mend
from goalcheck.readers.pdf.page import FARTHEST, MIDDLE, Glyph, Page, Turn

_RADICALS = dict(zip(
    "\u2e9f\u2ea0\u2ec1\u2ec4\u2ec5\u2ec6\u2ec9\u2ecb\u2ed3\u2ed4\u2ed8\u2ed9\u2eda\u2edb\u2edc\u2edd\u2ee2\u2ee3\u2ee4"
    "\u2ee5\u2ee6\u2ee7\u2ee8\u2ee9\u2eec\u2eee\u2ef0\u2ef3",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
    strict=True,
))  # fmt: skip
"""Characters that some programs write for others that look the same."""

_UNKNOWN = (0, 0xFFFD)
_TAKEN_FOR_BREAK = 2
"""What the library gives for a hyphen that ends a line, which it takes for the mark of a broken word."""

_SAMPLES = 40
_SAME_PLACE = 0.02  # of the height of a character
_NEARLY_SAME = 0.05  # of its height, and twice as much of its width: some fonts tell too great a height
_MOST_STACKED = 2  # characters at one place, as of a ligature


def quarters(text: Any) -> int:
    """By how many quarters of a turn, clockwise, most characters of a page are printed."""
    count = pdfium.FPDFText_CountChars(text)
    samples = [at for at in range(0, count, count // _SAMPLES + 1) if not pdfium.FPDFText_IsGenerated(text, at)]
    turned = [-round(2 * pdfium.FPDFText_GetCharAngle(text, at) / pi) % 4 for at in samples]
    most = max(set(turned), key=turned.count, default=0)
    return most if turned.count(most) > 0.8 * len(turned) else 0


def read_glyphs(text: Any, turn: Turn, page: Page) -> None:
    """Put the characters that are printed into ``page``, in the order of the file."""
    count = pdfium.FPDFText_CountChars(text)
    if count > MOST_DRAWN:
        raise InputError("crowded-page", page=page.number, limit=MOST_DRAWN)
    x, y, box = c_double(), c_double(), pdfium.FS_RECTF()
    to_x, to_y, to_box = byref(x), byref(y), byref(box)
    known: dict[int, str] = {}  # what a font names once it names always
    half = 0
    usual = inf  # how large a box is that is not looked at again
    for at in range(count):
        code = code_of(text, at)
        character = known.get(code)
        if character is None:
            if not (code := _printed(text, at, code, page)):
                continue
            if 0xD800 <= code < 0xDC00:
                half = code
                continue
            character = _character(code, half)
            if code != 0x20 and not _is_second_half(code):  # of blanks the library makes up some
                known[code] = character
        if origin_of(text, at, to_x, to_y) and loose_box_of(text, at, to_box):
            if box.right - box.left > usual or box.top - box.bottom > usual:
                mend(box, text, at)
            point = x.value, y.value
            is_asked = page.clipped and code != 0x20  # a blank is not seen anyway
            if is_asked and _is_unseen(address_of_words(text, at), character, _middle(box, point, turn), page):
                continue
            _put(character, box, point, turn, page)
            usual = OVERSIZED * page.glyphs[-1].size if page.glyphs else inf
    page.stacked = _stacked(page.glyphs)


def _printed(text: Any, at: int, code: int, page: Page) -> int:
    """What the character at a place is that has this ``code``; 0 where nothing is printed.

    So it is with one whose font does not name it, which is counted.
    """
    if is_generated(text, at) == 1:
        return 0
    if has_no_name(text, at) == 1 or code in _UNKNOWN:
        page.unknown += 1
        return 0
    if code == _TAKEN_FOR_BREAK and pdfium.FPDFText_IsHyphen(text, at) == 1:
        return 0x2D
    return 0 if code < 0x20 or code == 0xFFFE else code


def _stacked(glyphs: Sequence[Glyph]) -> int:
    """At how many places more characters are printed, one right after the other, than anybody could read."""
    found, count = 0, 1
    for before, glyph in pairwise(glyphs):
        on = abs(glyph.left - before.left)
        if glyph.base != before.base or on >= _NEARLY_SAME * before.size or not _is_at_one_place(before, on):
            count = 1
        elif glyph.text != before.text and glyph.text.isalnum() and before.text.isalnum():
            count += 1
            found += count == _MOST_STACKED + 1
    return found


def _is_at_one_place(glyph: Glyph, on: float) -> bool:
    """Whether what begins so far ``on`` stands where ``glyph`` does, or so little further that it covers it."""
    return on < _SAME_PLACE * glyph.size or on < _NEARLY_SAME * min(glyph.size, 2 * (glyph.right - glyph.left))


def _middle(box: Any, point: tuple[float, float], turn: Turn) -> float:
    """How far down the page the middle of the character lies that stands on ``point`` of the file."""
    (_, top), (_, bottom) = turn.point(box.left, box.top), turn.point(box.right, box.bottom)
    return turn.point(*point)[1] - MIDDLE * abs(bottom - top)


def _is_unseen(thing: int, character: str, middle: float, page: Page) -> bool:
    """Whether the character of ``thing`` is clipped away, as its middle is; it is put aside."""
    if thing not in page.clipped:
        return False
    top, bottom = page.clipped[thing]
    if top <= middle <= bottom:
        return False
    unseen = page.unseen_above if middle < top else page.unseen_below
    unseen[thing] = unseen.get(thing, "") + character.strip()
    return True


def _put(character: str, box: Any, point: tuple[float, float], turn: Turn, page: Page) -> None:
    """Put the character that stands on ``point`` of the file into ``page``; one nowhere near it is only counted."""
    if not turn.quarters:  # as on nearly all pages
        left, right = box.left - turn.left, box.right - turn.left
        base, size = turn.top - point[1], abs(box.top - box.bottom)
    else:
        (left, top), (right, bottom) = turn.point(box.left, box.top), turn.point(box.right, box.bottom)
        base, size = turn.point(*point)[1], abs(bottom - top)
    if left > right:
        left, right = right, left
    if left >= 0 and right <= page.width and 0 <= base <= page.height:  # as nearly all
        page.glyphs.append(Glyph(character, left, right, base, size))
    elif left > -FARTHEST and right < FARTHEST and -FARTHEST < base < FARTHEST:
        page.glyphs.append(glyph := Glyph(character, left, right, base, size))
        left, top, right, bottom = glyph.box
        is_seen = left < page.width and right > 0 and top < page.height and bottom > 0
        page.beside += not is_seen and not character.isspace()
    else:
        page.astray += not character.isspace()


def _character(code: int, half: int) -> str:
    """The character with this code; ``half`` is the first half of one that comes in two."""
    if _is_second_half(code):
        code = 0x10000 + ((half & 0x3FF) << 10) + (code & 0x3FF)
    said = chr(code)
    if 0x2E80 <= code < 0x2FE0:
        return _RADICALS.get(said) or unicodedata.normalize("NFKC", said)
    if 0xF900 <= code < 0xFB07 or 0x2F800 <= code < 0x2FA20:
        return unicodedata.normalize("NFKC", said)
    return said if code != 0xA0 else " "


def _is_second_half(code: int) -> bool:
    return 0xDC00 <= code < 0xE000
