"""Opens a PDF and reads its pages one by one: :func:`pages`. Here alone the library's handles live."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from ctypes import byref
from typing import Any

import pypdfium2.raw as pdfium

from goalcheck.errors import InputError
from goalcheck.limits import MOST_DRAWN, MOST_PAGES
from goalcheck.readers.pdf.characters import quarters, read_glyphs
from goalcheck.readers.pdf.drawing import read_drawing
from goalcheck.readers.pdf.fields import form_of, undrawn_fields, write_into
from goalcheck.readers.pdf.fonts import use_plain_font
from goalcheck.readers.pdf.lost_words import LostWords
from goalcheck.readers.pdf.page import Page, Turn


def pages(data: bytes) -> Iterator[tuple[int, Page | None]]:
    """The number of each page and what is drawn on it; None for one that cannot be read.

    Raises :class:`InputError` for what has a password, cannot be opened, or has too many pages.
    """
    use_plain_font()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        is_locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise InputError("has-password" if is_locked else "damaged-pdf")
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            raise InputError("too-many-pages", limit=MOST_PAGES)
        lost = LostWords()
        with form_of(document) as form:
            for at in range(count):
                yield at + 1, _page(document, form, at, lost)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: Any, form: Any, at: int, lost: LostWords) -> Page | None:
    handle = pdfium.FPDF_LoadPage(document, at)
    fields = undrawn_fields(handle, form) if handle else []
    if handle and _has_written_fields(handle) and pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY) == 1:
        pdfium.FPDF_ClosePage(handle)
        handle = pdfium.FPDF_LoadPage(document, at)
    if not handle:
        return None
    try:
        text = pdfium.FPDFText_LoadPage(handle)
        if not text:
            return None
        with contextlib.ExitStack() as ending:
            ending.callback(pdfium.FPDFText_ClosePage, text)
            turn = _turn(handle, quarters(text))
            page = Page(at + 1, *turn.size)
            read_drawing(handle, turn, page, lost)
            read_glyphs(text, turn, page)
            write_into(page, fields, turn)
            return page
    finally:
        pdfium.FPDF_ClosePage(handle)


def page_turn(handle: Any) -> Turn:
    """How points of the page ``handle`` are turned as it is read."""
    text = pdfium.FPDFText_LoadPage(handle)
    try:
        return _turn(handle, quarters(text) if text else 0)
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)


def _has_written_fields(page: Any) -> bool:
    """Whether there are fields of a form to be filled in, or text that was typed on the page: none of its contents."""
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_DRAWN)):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT):
            return True
    return False


def _turn(handle: Any, quarters_turned: int) -> Turn:
    """How points of the page are turned, so that its text is upright, which in the file is turned by some quarters.

    What the file says of how to show the page is of no account: a page whose text lies on its side is read as one turns
    it to read it.
    """
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, byref(box))
    return Turn(quarters_turned, box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))
