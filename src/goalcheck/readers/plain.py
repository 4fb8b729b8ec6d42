"""Decodes plain text, and encodes it again as it was."""

from __future__ import annotations

import codecs
import hashlib

from goalcheck.errors import InputError
from goalcheck.source import Source, line_at

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its first two bytes are the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_BYTE_ORDERS = {
    "utf-8-sig": ("utf-8",),
    "utf-16": ("utf-16-le", "utf-16-be"),
    "utf-32": ("utf-32-le", "utf-32-be"),
}
"""Encodings that write a byte order mark of their own, and those of the same text without."""


def decode(data: bytes, path: str = "<text>", encoding: str | None = None) -> Source:
    """Decode ``data`` by its byte order mark, else as strict UTF-8, else as strict GB18030; never by a guess.

    ``encoding`` overrules all of that. Raises :class:`InputError` for what is empty or not decodable.
    """
    if not data:
        raise InputError("empty")
    text, used = _decode(data, encoding)
    return Source(text, path, used, hashlib.sha256(data).hexdigest())


def _decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        name = codecs.lookup(encoding).name
        if name == "utf-8":
            encoding = "utf-8-sig"
        try:
            text = data.decode(encoding)
        except (UnicodeError, ValueError) as error:
            raise InputError("not-encoding", encoding=name, line=_line(error, name)) from None
        return text.removeprefix("\ufeff"), name
    for bom, codec in _BOMS:
        if data.startswith(bom):
            name = codec.removesuffix("-sig")
            try:
                return data.decode(codec), name
            except UnicodeError as error:
                raise InputError("not-encoding", encoding=name, line=_line(error, codec)) from None
    lines = []
    for codec in ("utf-8", "gb18030"):
        try:
            return data.decode(codec), codec
        except UnicodeError as error:
            lines.append(_line(error, codec))
    raise InputError("undecodable", line=max(lines))


def _line(error: ValueError, codec: str) -> int:
    """The number of the line in which decoding by ``codec`` ended; 1 where it does not say."""
    if not isinstance(error, UnicodeDecodeError):
        return 1
    before = error.object[: error.start].decode(codec, "replace")
    return line_at(before, len(before))


def encode(text: str, source: Source, data: bytes) -> bytes:
    """``text`` as bytes, written as ``data`` is, from which ``source`` came: its encoding, byte order and mark.

    What ``text`` has in common with ``source`` keeps its bytes. Raises :class:`InputError` where the encoding has other
    bytes for the old text, so that this cannot be had, or none for the new one.
    """
    for codec in _BYTE_ORDERS.get(source.encoding, (source.encoding,)):
        for mark in ("", "\ufeff"):
            if _encoded(mark + source.text, codec) == data:
                try:
                    return (mark + text).encode(codec)
                except UnicodeEncodeError as error:
                    lacking = error.object[error.start]
                    raise InputError("no-character", character=lacking, encoding=source.encoding) from None
    raise InputError("no-way-back", encoding=source.encoding)


def _encoded(text: str, codec: str) -> bytes | None:
    try:
        return text.encode(codec)
    except UnicodeError:
        return None


def is_text_encoding(name: str) -> bool:
    """Whether ``name`` is an encoding of text that Python knows (``zlib`` and ``rot13`` are none)."""
    try:
        info = codecs.lookup(name)
        return isinstance("".encode(info.name), bytes)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return False
