"""Functions of the library that are called for every character, object and point of a page, without checks.

For each call ctypes holds every argument against its type, which takes longer than what the library then does. Whoever
calls these passes what the library gave, numbers that are no pointers, and ``byref`` of what is to be filled.
"""

from __future__ import annotations

from ctypes import c_void_p, cast
from typing import Any

import pypdfium2.raw as pdfium


def _unchecked(function: Any, result: Any = None) -> Any:
    """``function`` of the library, whose arguments are not checked; its ``result`` may be taken for another type."""
    made = type(function)(cast(function, c_void_p).value)
    made.restype = result or function.restype
    return made


code_of = _unchecked(pdfium.FPDFText_GetUnicode)
origin_of = _unchecked(pdfium.FPDFText_GetCharOrigin)
loose_box_of = _unchecked(pdfium.FPDFText_GetLooseCharBox)
is_generated = _unchecked(pdfium.FPDFText_IsGenerated)
has_no_name = _unchecked(pdfium.FPDFText_HasUnicodeMapError)
address_of_words = _unchecked(pdfium.FPDFText_GetTextObject, c_void_p)
"""Of characters: the text of a page, and the number of one in it."""

object_of_page = _unchecked(pdfium.FPDFPage_GetObject)
object_of_form = _unchecked(pdfium.FPDFFormObj_GetObject)
kind_of = _unchecked(pdfium.FPDFPageObj_GetType)
matrix_of = _unchecked(pdfium.FPDFPageObj_GetMatrix)
bounds_of = _unchecked(pdfium.FPDFPageObj_GetBounds)
clip_of = _unchecked(pdfium.FPDFPageObj_GetClipPath)
draw_mode_of = _unchecked(pdfium.FPDFPath_GetDrawMode)
"""Of objects."""

count_of_points = _unchecked(pdfium.FPDFPath_CountSegments)
segment_of_path = _unchecked(pdfium.FPDFPath_GetPathSegment)
count_of_paths = _unchecked(pdfium.FPDFClipPath_CountPaths)
count_of_clip_points = _unchecked(pdfium.FPDFClipPath_CountPathSegments)
segment_of_clip = _unchecked(pdfium.FPDFClipPath_GetPathSegment)
point_of = _unchecked(pdfium.FPDFPathSegment_GetPoint)
segment_kind_of = _unchecked(pdfium.FPDFPathSegment_GetType)
is_closed = _unchecked(pdfium.FPDFPathSegment_GetClose)
"""Of paths and the points that they lead to."""
