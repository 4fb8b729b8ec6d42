"""Marks a PDF: :func:`annotate` highlights the words of every finding, with a note.

The library writes the document anew; what it makes up while doing so is replaced by a digest of the rest: so the same
input gives the same bytes, and :func:`is_sealed` tells whether anybody has changed the copy since.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from goalcheck.annotate.marks import AUTHOR, Mark
from goalcheck.annotate.untouchable import UntouchableError
from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.prose.width import char_width
from goalcheck.readers.pdf.page import Box, Turn
from goalcheck.source import Pieces, Source

_MAY_ANNOTATE = 32
_COLOURS: Mapping[str, tuple[int, int, int]] = {
    "error": (255, 150, 150),
    "warning": (255, 225, 90),
    "info": (150, 205, 255),
}
_ID = regex(rb"/ID\s*\[\s*<([0-9A-Fa-f]{32})>\s*<([0-9A-Fa-f]{32})>\s*\]")
_NOTHING = b"0" * 32
_INSET, _HIGH = 2.0, 14.0  # points that are left free around what is marked in an empty cell, and its height


@attrs.frozen(eq=False, repr=False)
class _Highlight:
    """What is highlighted on a page: boxes, a line each, from the top left as the page is read."""

    mark: Mark
    boxes: Sequence[Box]


def annotate(data: bytes, source: Source, marks: Sequence[Mark]) -> bytes:
    """The PDF ``data``, of which ``source`` was made, with ``marks``.

    Raises :class:`UntouchableError` for one that is signed, or does not allow notes.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    from goalcheck.readers.pdf.document import page_turn

    pages: dict[int, list[_Highlight]] = {}
    assert source.origins is not None
    assert source.origins.pieces is not None
    for mark in marks:
        for page, boxes in _boxes(source.text, source.origins.pieces, mark):
            pages.setdefault(page, []).append(_Highlight(mark, boxes))
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise InputError("damaged-pdf") from None
    with contextlib.closing(document):
        if pdfium.FPDF_GetSignatureCount(document) > 0:
            raise UntouchableError("signed")
        if not pdfium.FPDF_GetDocPermissions(document) & _MAY_ANNOTATE:
            raise UntouchableError("not-allowed")
        for number in range(len(document)):
            handle = pdfium.FPDF_LoadPage(document, number)
            if not handle:
                continue
            try:
                _remove_own(pdfium, handle)
                if found := pages.get(number + 1):
                    turn = page_turn(handle)
                    for highlight in found:
                        _highlight(pdfium, handle, turn, highlight)
            finally:
                pdfium.FPDF_ClosePage(handle)
        made = io.BytesIO()
        document.save(made, flags=pdfium.FPDF_NO_INCREMENTAL)
    return _sealed(made.getvalue(), data)


def _boxes(text: str, pieces: Pieces, mark: Mark) -> Iterator[tuple[int, list[Box]]]:
    """The boxes of what ``mark`` marks, by page: a piece of a cell that was printed apart has one of its own."""
    first = max(bisect_right(pieces.starts, mark.start) - 1, 0)
    last = max(bisect_left(pieces.starts, max(mark.end, mark.start + 1)) - 1, first)
    found: dict[int, list[Box]] = {}
    for at in range(first, min(last + 1, len(pieces.starts))):
        start = pieces.starts[at]
        end = pieces.starts[at + 1] if at + 1 < len(pieces.starts) else len(text)
        said = text[start:end].rstrip('\t\n"')
        left, top, right, bottom = pieces.boxes[4 * at : 4 * at + 4]
        begin, stop = max(mark.start - start, 0), min(mark.end - start, len(said))
        if begin < stop:  # else something is missing: the line before it is marked, or the cell where that is empty
            widths = [char_width(char) for char in said]
            whole = sum(widths) or 1
            wide = (right - left) / whole
            left, right = left + wide * sum(widths[:begin]), left + wide * sum(widths[:stop])
        elif not said.strip():
            left, top, right, bottom = left + _INSET, top + _INSET, right - _INSET, min(bottom - _INSET, top + _HIGH)
            right, bottom = max(right, left + 1.0), max(bottom, top + 1.0)
        found.setdefault(pieces.pages[at], []).append((left, top, right, bottom))
    yield from found.items()


def _highlight(pdfium: Any, page: Any, turn: Turn, highlight: _Highlight) -> None:
    mark = highlight.mark
    note = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
    if not note:
        raise InputError("damaged-pdf")
    corners = [_rectangle(turn, box) for box in highlight.boxes]
    for left, bottom, right, top in corners:
        quad = pdfium.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
        pdfium.FPDFAnnot_AppendAttachmentPoints(note, ctypes.byref(quad))
    whole = pdfium.FS_RECTF(
        min(one[0] for one in corners),
        max(one[3] for one in corners),
        max(one[2] for one in corners),
        min(one[1] for one in corners),
    )
    pdfium.FPDFAnnot_SetRect(note, ctypes.byref(whole))
    pdfium.FPDFAnnot_SetColor(note, pdfium.FPDFANNOT_COLORTYPE_Color, *_COLOURS[mark.severity], 255)
    for key, said in ((b"Contents", mark.note), (b"T", AUTHOR), (b"NM", f"{AUTHOR}-{mark.number}")):
        written = said.encode("utf-16-le", "replace") + b"\0\0"
        buffer = (ctypes.c_ushort * (len(written) // 2)).from_buffer_copy(written)
        pdfium.FPDFAnnot_SetStringValue(note, key, buffer)
    pdfium.FPDFAnnot_SetFlags(note, pdfium.FPDF_ANNOT_FLAG_PRINT)
    pdfium.FPDFPage_CloseAnnot(note)


def _rectangle(turn: Turn, box: Box) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of ``box`` in the file."""
    ends = [turn.back(box[0], box[1]), turn.back(box[2], box[3])]
    (x, y), (to_x, to_y) = ends
    return min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def _remove_own(pdfium: Any, page: Any) -> None:
    """Take the highlights of an earlier copy away."""
    for at in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        author = _string(pdfium, note, b"T") if note else ""
        if note:
            pdfium.FPDFPage_CloseAnnot(note)
        if author == AUTHOR:
            pdfium.FPDFPage_RemoveAnnot(page, at)


def _string(pdfium: Any, note: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", "replace")


def _sealed(made: bytes, original: bytes) -> bytes:
    """``made`` with digests in the place of what the library has made up: of the original, and of all the rest."""
    found = _last(made)
    if found is None:
        return made
    is_new = _ID.search(original) is None  # then it has made up both
    first = hashlib.sha256(original).hexdigest()[:32].encode() if is_new and b"/Encrypt" not in made else found[1]
    bare = made[: found.start(1)] + first + made[found.end(1) : found.start(2)] + _NOTHING + made[found.end(2) :]
    return bare[: found.start(2)] + _digest(bare) + bare[found.end(2) :]


def is_sealed(data: bytes) -> bool:
    """Whether goalcheck has written the PDF ``data``, and nobody has changed it since."""
    found = _last(data)
    if found is None:
        return False
    digest: bytes = found[2]
    return _digest(data[: found.start(2)] + _NOTHING + data[found.end(2) :]) == digest


def _last(data: bytes) -> Any:
    return next(iter(reversed([*_ID.finditer(data)])), None)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(b"goalcheck" + data).hexdigest()[:32].encode()
