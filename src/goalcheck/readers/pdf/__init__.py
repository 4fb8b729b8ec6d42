"""Reads PDFs: :func:`read`. Tables over many pages are one, cells that were broken over lines or pages are whole.

The library that opens them, pypdfium2, is an extra: ``goalcheck[office]``. A hostile file may make it take memory and
time without end: who reads one that comes from outside does so in a process of its own.
"""

from __future__ import annotations

from goalcheck.errors import InputError
from goalcheck.limits import LIMITS, Limits
from goalcheck.readers.table_text import TableText
from goalcheck.source import Source


def read(data: bytes, path: str, limits: Limits = LIMITS) -> Source:
    """The text of the PDF ``data``.

    Raises :class:`InputError` for what has a password, is damaged, holds pictures alone, or is over ``limits``.
    """
    from goalcheck.readers.pdf.streams import require_whole, told_pages

    require_whole(data, limits)
    try:
        import pypdfium2  # noqa: F401 - it is only asked for: without it the next line would fail unsaid
    except ImportError:
        raise InputError("needs-extra-for-pages", kind="PDF", extra="office") from None
    from goalcheck.readers.pdf.contents import broken_drawings
    from goalcheck.readers.pdf.document import pages
    from goalcheck.readers.pdf.listing import without_wrong_list
    from goalcheck.readers.pdf.objects import broken_objects
    from goalcheck.readers.pdf.packed_objects import PackedObjects
    from goalcheck.readers.pdf.text import write

    out = TableText(limits)
    number = write(pages(without_wrong_list(data, limits)), out)
    told, there = told_pages(data)
    if max(told, there) > number:
        out.remark("pages-gone", is_gap=told != number, number=max(told, there) - number)
    packed = PackedObjects(data, limits)
    pages_broken, broken = broken_drawings(data, packed, limits)
    if pages_broken:
        out.remark("broken-pages", is_gap=True, number=pages_broken)
    if not out.is_partial and (broken := broken + broken_objects(data, packed)):  # what is gone is the same fault
        out.remark("broken-objects", is_gap=True, number=broken)
    return out.source(data, path, "pdf")
