"""Decodes plain text, and encodes it again as it was."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.source import Remark, Source, line_at

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its first two bytes are the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_IN_UTF_8 = regex(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4}")
"""Four Chinese characters in UTF-8; next to never something else in another encoding."""

_NOBODYS = regex("[\ue000-\ue765]")
"""Characters that no standard names, of GB18030: there what is in yet another encoding has them at every turn."""

_MOST_OWN = 5  # of those, that a text has by right, as names with rare characters do
_CUT = ("unexpected end of data", "incomplete multibyte sequence")
"""Why a text cannot be decoded of which the last character has but begun."""

_HAN = regex("[\u4e00-\u9fff]{4}")
_LOST = "\ufffd"

_BYTE_ORDERS = {
    "utf-8-sig": ("utf-8",),
    "utf-16": ("utf-16-le", "utf-16-be"),
    "utf-32": ("utf-32-le", "utf-32-be"),
}
"""Encodings that write a byte order mark of their own, and those of the same text without."""


def decode(data: bytes, path: str = "<text>", encoding: str | None = None) -> Source:
    """Decode ``data`` by its byte order mark, else as strict UTF-8, else as strict GB18030; never by a guess.

    ``encoding`` overrules all of that. What is in two encodings, and characters that were lost before, are said. Raises
    :class:`InputError` for what is empty or not decodable.
    """
    if not data:
        raise InputError("empty")
    text, used = _decode(data, encoding)
    remarks = _remarks(data, text, used if encoding is None else "")
    return Source(text, path, used, hashlib.sha256(data).hexdigest(), remarks=tuple(remarks))


def _remarks(data: bytes, text: str, encoding: str) -> Iterator[Remark]:
    """What is to be said of ``text``, decoded by an ``encoding`` that nobody named, or by that which somebody has."""
    at = -1
    if encoding in ("gb18030", "utf-16") and (found := _IN_UTF_8.search(data)) is not None:
        at = len(data[: found.start()].decode(encoding, "ignore"))
    elif encoding == "gb18030" and len(others := [found.start() for found in _NOBODYS.finditer(text)]) > _MOST_OWN:
        at = others[0]
    if at >= 0:
        yield Remark("two-encodings", {"line": str(line_at(text, at))}, is_gap=True)
    elif (at := text.find(_LOST)) >= 0:
        yield Remark("lost-characters", {"line": str(line_at(text, at)), "number": str(text.count(_LOST))})


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
        except UnicodeDecodeError as error:
            if error.reason in _CUT and _HAN.search(error.object[: error.start].decode(codec, "ignore")):
                raise InputError("incomplete") from None
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
