"""The fields of a form that are filled in and not drawn, as some programs leave that to others."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from ctypes import POINTER, byref, c_ushort, cast, create_string_buffer
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from goalcheck.limits import MOST_DRAWN
from goalcheck.readers.pdf.page import MIDDLE, Box, Glyph, Page, Turn

_WRITTEN = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_PASSWORD = 1 << 13
_LARGEST = 12.0
"""The size, in points, in which programs write into a field that has room for more."""

_OF_LINE = 0.7
"""The size of a character, of the height of its line."""


_SHOWS = ("Tj", "TJ", " Do", "'", '"')
"""What words are shown by: operators, and that which draws another part of the file."""


class Field(NamedTuple):
    """What was filled in, and where: left, bottom, right and top in the file."""

    said: str
    box: Box


@contextlib.contextmanager
def form_of(document: Any) -> Iterator[Any]:
    """What the library knows the form of ``document`` by; None where it has none."""
    info = pdfium.FPDF_FORMFILLINFO(version=2)
    has_form = pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_NONE
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, byref(info)) if has_form else None
    try:
        yield form
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


def undrawn_fields(page: Any, form: Any) -> list[Field]:
    """The fields of ``page`` that are filled in although nothing draws what they say."""
    found = []
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_DRAWN) if form else 0):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        try:
            box = pdfium.FS_RECTF()
            if _is_undrawn(note, form) and pdfium.FPDFAnnot_GetRect(note, byref(box)):
                found.append(Field(_value(note, form), (box.left, box.bottom, box.right, box.top)))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return [field for field in found if field.said.strip()]


def write_into(page: Page, fields: list[Field], turn: Turn) -> None:
    """Put what ``fields`` say into ``page``, as it would be printed in them."""
    for said, (left, bottom, right, top) in fields:
        corners = turn.point(left, bottom), turn.point(right, top)
        (start, end), (above, below) = (sorted(places) for places in zip(*corners, strict=True))
        lines = said.splitlines()
        high = (below - above) / len(lines)
        for number, line in enumerate(lines):
            size = min(_OF_LINE * high, _LARGEST)
            wide = min(size, (end - start) / max(len(line), 1))
            middle = above + high * (number + 0.5)
            base = middle + MIDDLE * size
            page.glyphs += [
                Glyph(character, start + wide * at, start + wide * (at + 1), base, size)
                for at, character in enumerate(line)
                if character.isprintable()
            ]


def _is_undrawn(note: Any, form: Any) -> bool:
    """Whether that is a field to write into that can be seen and whose looks show no words."""
    return (
        pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET
        and pdfium.FPDFAnnot_GetFormFieldType(form, note) in _WRITTEN
        and not pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN
        and not pdfium.FPDFAnnot_GetFormFieldFlags(form, note) & _PASSWORD
        and not _shows_words(_looks(note))
    )


def _shows_words(looks: str) -> bool:
    return any(sign in looks for sign in _SHOWS)


def _looks(note: Any) -> str:
    def get(buffer: Any, size: int) -> int:
        return int(pdfium.FPDFAnnot_GetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, buffer, size))

    return _text(get)


def _value(note: Any, form: Any) -> str:
    return _text(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, note, buffer, size))


def _text(get: Any) -> str:
    """The text that ``get`` writes into a buffer; without one it says how large it has to be."""
    size = get(None, 0)
    buffer = create_string_buffer(size)
    get(cast(buffer, POINTER(c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
