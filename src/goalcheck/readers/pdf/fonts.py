"""Gives the library one font for all that a PDF names and does not hold: :func:`use_plain_font`.

Else it looks for one on the machine, and takes a character that it finds in none for one without extent: it leaves out
those that are printed alone, such as the last of a line. With a font in which every character is the same box nothing
depends on the fonts of the machine. What the characters are the PDF says, and how wide they are, but of the standard
fonts: those the library has itself.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

import pypdfium2  # noqa: F401  (it starts the library)
import pypdfium2.raw as pdfium

_HANDLE = 1
_CHARSET = 134  # simplified Chinese
_NAME = b"Plain\0"
_FACE = 5  # of what the library asks for a font by
_STANDARD = (b"Courier", b"Helvetica", b"Times")
"""The families of the fonts that every reader of PDF has. Source: ISO 32000-1, 9.6.2.2."""


@cache  # the library may be told once, and keeps what it was told
def use_plain_font() -> Any:
    """Let the library use the plain font for those that a PDF does not hold."""
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    font = _plain_font()

    def give(_: object, __: object, table: int, buffer: Any, size: int) -> int:
        """The font, or one of its tables by name."""
        data = font if not table else _tables().get(table.to_bytes(4, "big"), b"")
        if size >= len(data) and buffer:
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    def name(_: object, __: object, buffer: Any, size: int) -> int:
        if size >= len(_NAME) and buffer:
            ctypes.memmove(buffer, _NAME, len(_NAME))
        return len(_NAME)

    def map_font(*asked: Any) -> int | None:
        """The plain font; None where the library has one of its own, of which a PDF need not say how wide it is."""
        return None if ctypes.string_at(asked[_FACE]).startswith(_STANDARD) else _HANDLE

    made = pdfium.FPDF_SYSFONTINFO(
        1,
        kinds["Release"](lambda _: None),
        kinds["EnumFonts"](lambda _, __: None),
        kinds["MapFont"](map_font),
        kinds["GetFont"](lambda _, __: _HANDLE),
        kinds["GetFontData"](give),
        kinds["GetFaceName"](name),
        kinds["GetFontCharset"](lambda _, __: _CHARSET),
        kinds["DeleteFont"](lambda _, __: None),
    )
    pdfium.FPDF_SetSystemFontInfo(made)
    return made


@cache
def _tables() -> dict[bytes, bytes]:
    """The tables of a font whose every character is one box, nearly as high and wide as its line."""
    box = struct.pack(">5hH2H3B", 1, 50, -100, 950, 800, 3, 0, 0, 1, 1, 1) + b"\x01"
    box += struct.pack(">8h", 50, 0, 900, 0, -100, 900, 0, -900)
    box += b"\0" * (-len(box) % 4)
    every = struct.pack(">HHLLL3L", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)
    return {
        b"cmap": struct.pack(">HHHHL", 0, 1, 3, 10, 12) + every,
        b"glyf": box,
        b"head": struct.pack(
            ">LLLLHHQQ4h2H3h", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, -100, 1000, 900, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">L3hH11hH", 0x10000, 880, -120, 0, 1000, *[0] * 11, 2),
        b"hmtx": struct.pack(">4h", 1000, 0, 1000, 50),
        b"loca": struct.pack(">3L", 0, 0, len(box)),
        b"maxp": struct.pack(">LH13H", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }


def _plain_font() -> bytes:
    tables = _tables()
    at = 12 + 16 * len(tables)
    made = struct.pack(">L4H", 0x10000, len(tables), 64, 2, 48)
    for name, table in tables.items():
        made += name + struct.pack(">3L", 0, at, len(table))
        at += len(table) + -len(table) % 4
    return made + b"".join(table + b"\0" * (-len(table) % 4) for table in tables.values())
