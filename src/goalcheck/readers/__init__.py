"""Reads bytes as a :class:`~goalcheck.source.Source`, whatever kind of file they are: its content says, not its name.

Readers are pure: they open no file, start nothing and keep nothing.
"""

from __future__ import annotations

import re

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.limits import LIMITS, Limits
from goalcheck.readers import plain
from goalcheck.source import Source

_PACKAGE = b"PK\x03\x04"  # xlsx, docx, ods, et and wps of today
_BINARY = (
    b"\xd0\xcf\x11\xe0",  # the container of xls, doc, et and wps of old, and of what has a password
    b"\x09\x00\x04\x00",  # workbooks without it
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x10\x00",
)
_UNREADABLE = {
    b"{\\rtf": "foreign-office",
    b"PK\x05\x06": "archive",  # without anything in it
    b"Rar!\x1a\x07": "archive",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"\x1f\x8b\x08": "archive",
    b"\x89PNG\r\n\x1a\n": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF87a": "picture",
    b"GIF89a": "picture",
    b"II*\0": "picture",
    b"MM\0*": "picture",
}
"""How other files begin that are no text, and the key of what is said of them."""

_PDF = regex(rb"(?:\xef\xbb\xbf)?\s*+%PDF-")
_PDF_WITHIN = regex(rb"%PDF-\d\.\d[^\d][^\0]{0,1024}?(?<!\d)\d{1,10} \d{1,5} obj\b")
"""A PDF behind what else a server wrote, as viewers take it: where it begins, and its first object."""

_MOST_BEFORE = 1024  # bytes

_MARKUP = regex(rb"[\xef\xbb\xbf\xfe\xff\0\s]*+(?:<[!?A-Za-z\0]|MIME-Version:)", re.IGNORECASE)
"""How a page begins, in whatever encoding; a sheet may as well."""


def read(data: bytes, path: str = "<text>", encoding: str | None = None, limits: Limits = LIMITS) -> Source:
    """The text of ``data``, read by the reader of its kind; ``encoding`` is that of text, where it is known.

    Raises :class:`InputError` for what is empty, of a kind that no reader knows, damaged, not decodable, or over
    ``limits``.
    """
    if data.startswith(_PACKAGE):
        return _read_package(data, path, limits)
    if data.startswith(_BINARY):
        from goalcheck.readers import binary_workbook  # each reader is imported where there is something for it

        return binary_workbook.read(data, path, limits)
    if is_pdf(data):
        from goalcheck.readers import pdf

        return pdf.read(data, path, limits)
    for beginning, key in _UNREADABLE.items():
        if data.startswith(beginning):
            raise InputError(key)
    if _MARKUP.match(data):
        from goalcheck.readers import html, spreadsheet_xml

        if spreadsheet_xml.is_workbook(data):
            return spreadsheet_xml.read(data, path, limits)
        if html.is_page(data, encoding):
            return html.read(data, path, encoding, limits)
    return plain.decode(data, path, encoding)


def is_pdf(data: bytes) -> bool:
    """Whether ``data`` is a PDF, which is to be read in a process of its own where it comes from outside."""
    if _PDF.match(data):
        return True
    begin = data.find(b"%PDF-", 0, _MOST_BEFORE)
    return begin > 0 and _PDF_WITHIN.match(data, begin) is not None


def is_text(data: bytes) -> bool:
    """Whether ``data`` is read as text: a sheet, or a page."""
    return not (data.startswith((_PACKAGE, *_BINARY, *_UNREADABLE)) or is_pdf(data))


def _read_package(data: bytes, path: str, limits: Limits) -> Source:
    """The text of a package, by the reader of what it is; it may hold other things as well."""
    from goalcheck.readers import opendocument, word, workbook
    from goalcheck.readers.package import Package

    package = Package(data, limits)
    if workbook.is_workbook(package):
        return workbook.read(package, path)
    if opendocument.is_workbook(package):
        return opendocument.read(package, path)
    if word.is_document(package):
        return word.read(package, path)
    raise InputError("foreign-office" if package.is_of_office else "archive")
