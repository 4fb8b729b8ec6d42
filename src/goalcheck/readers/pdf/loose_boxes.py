"""Boxes of characters of which the outline has a point far off: :func:`mend`.

The library makes the box of a character so large that its outline lies within, so that where a font is damaged the
character would be found in other cells and lines than it is printed in.
"""

from __future__ import annotations

from ctypes import byref, c_double, c_void_p, cast
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

OVERSIZED = 6
"""How many times as large as others of its font, or at least as what stands before it, such a character is."""

_NEAR = 8  # characters before it of which one is of the same font


def mend(box: Any, text: Any, at: int) -> None:
    """Make ``box``, of the character at a place, as large as that of one before it that is printed in the same way.

    It stays as it is where there is none near, or none that is so much smaller, and where the font may be so large.
    """
    printed = _printed(text, at)
    if printed is None or size_of(box) <= OVERSIZED * printed.nominal:
        return
    for before in range(at - 1, max(at - 1 - _NEAR, -1), -1):
        if _printed(text, before) != printed or not chr(pdfium.FPDFText_GetUnicode(text, before)).isalnum():
            continue
        like = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(text, before, byref(like))
        if size_of(box) > OVERSIZED * size_of(like):
            (x, y), (x_before, y_before) = _origin(text, at), _origin(text, before)
            box.left, box.right = like.left - x_before + x, like.right - x_before + x
            box.bottom, box.top = like.bottom - y_before + y, like.top - y_before + y
            return


def size_of(box: Any) -> float:
    """How wide or high a box is, whichever is more."""
    return float(max(box.right - box.left, box.top - box.bottom))


class _Printed(NamedTuple):
    """How a character is printed: its font, the size of it, and how it is placed on the page."""

    font: int | None
    size: float
    placed: tuple[float, float, float, float]

    @property
    def nominal(self) -> float:
        """The size on the page; of some fonts that draw their characters themselves it tells nothing."""
        a, b, c, d = self.placed
        return self.size * max(hypot(a, b), hypot(c, d))


def _printed(text: Any, at: int) -> _Printed | None:
    """How the character at a place is printed; None of one that the library has made up."""
    words = pdfium.FPDFText_GetTextObject(text, at)
    matrix = pdfium.FS_MATRIX()
    if not words or not pdfium.FPDFText_GetMatrix(text, at, byref(matrix)):
        return None
    font = cast(pdfium.FPDFTextObj_GetFont(words), c_void_p).value
    return _Printed(font, pdfium.FPDFText_GetFontSize(text, at), (matrix.a, matrix.b, matrix.c, matrix.d))


def _origin(text: Any, at: int) -> tuple[float, float]:
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(text, at, byref(x), byref(y))
    return x.value, y.value
