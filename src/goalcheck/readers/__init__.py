"""Reads bytes as a :class:`~goalcheck.source.Source`, whatever kind of file they are: its content says, not its name.

Readers are pure: they open no file, start nothing and keep nothing.
"""

from __future__ import annotations

from goalcheck.errors import InputError
from goalcheck.readers import plain
from goalcheck.source import Source

_UNREADABLE = {
    b"PK\x03\x04": "foreign-office",  # xlsx, docx, et, wps of today
    b"\xd0\xcf\x11\xe0": "foreign-office",  # xls, doc, et, wps of old
    b"{\\rtf": "foreign-office",
    b"%PDF": "foreign-pdf",
}
"""How files begin that are no text, and the key of what is said of them."""


def read(data: bytes, path: str = "<text>", encoding: str | None = None) -> Source:
    """The text of ``data``, read by the reader of its kind; ``encoding`` is that of plain text, where it is known.

    Raises :class:`InputError` for what is empty, of a kind that no reader knows, or not decodable.
    """
    for beginning, key in _UNREADABLE.items():
        if data.startswith(beginning):
            raise InputError(key)
    return plain.decode(data, path, encoding)
