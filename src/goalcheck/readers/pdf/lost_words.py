"""Tells which words of a PDF the library leaves out because their font is damaged: :class:`LostWords`."""

from __future__ import annotations

from ctypes import byref, c_float, c_size_t, c_ubyte, create_string_buffer
from typing import Any

import pypdfium2.raw as pdfium

from goalcheck.readers.pdf.frequent_calls import bounds_of
from goalcheck.readers.pdf.outlines import has_lost_outlines

_LONGEST_NAME = 128  # bytes, of a font
_NO_EXTENT = 0.01
"""The width, in points, below which the library leaves words out."""


class LostWords:
    """What is left out of the words of one PDF; each of its fonts is looked at once, whatever pages use it."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[bytes, int], bool] = {}  # by their names and how many bytes they have

    def is_lost(self, words: Any) -> bool:
        """Whether these are left out, as they have no extent and their font has lost what draws them."""
        return _has_no_extent(words) and self._is_damaged(pdfium.FPDFTextObj_GetFont(words))

    def _is_damaged(self, font: Any) -> bool:
        """Whether the file holds ``font`` and it has lost outlines."""
        if pdfium.FPDFFont_GetIsEmbedded(font) != 1:
            return False
        name, size = create_string_buffer(_LONGEST_NAME), c_size_t()
        pdfium.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
        pdfium.FPDFFont_GetFontData(font, None, 0, byref(size))
        key = name.value, size.value
        if key not in self._fonts:
            held = (c_ubyte * size.value)()
            pdfium.FPDFFont_GetFontData(font, held, size, byref(size))
            self._fonts[key] = has_lost_outlines(bytes(held))
        return self._fonts[key]


def _has_no_extent(words: Any) -> bool:
    """Whether they are as wide as blanks are printed, so that the library leaves them out."""
    left, right, other = c_float(), c_float(), c_float()
    bounds_of(words, byref(left), byref(other), byref(right), byref(other))
    return abs(right.value - left.value) < _NO_EXTENT
