"""The text of a page, and whether it is one: its encoding, and the pages of a web archive.

A page says its encoding itself, and not always rightly: ``gb2312`` means GB18030, and where that does not decode, or a
western one is named, UTF-8 is tried and then GB18030, as for plain text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.readers.plain import decode as decode_plainly

_HEAD = 4096  # bytes in which a page tells its encoding
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET = regex(
    rb"""<meta\b[^<>]{0,300}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{1,40})"""
    rb"""|<\?xml\b[^<>]{0,300}?\bencoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_.:-]{1,40})""",
    re.IGNORECASE,
)
_CHINESE = regex("(?:x-)?gb(?:k|18030|[-_]?2312).*|chinese|csgb2312|cp936|ms936|windows-936")
_OTHERS = {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "hz-gb-2312": "hz"}
_PROLOGUE = regex(r"(?:[\s\ufeff]++|<!--(?:(?!-->)[\s\S])*+-->|<[?!][^>]*+>)*+")
_DOCTYPE = regex(r"<!doctype\s+html", re.IGNORECASE)
_FIRST = regex(r"<([a-z][a-z0-9]{0,10})(?=[\s>/])", re.IGNORECASE)
_OPENING = frozenset(("html", "head", "body", "table", "frameset"))
_TABLE = regex(r"<table[\s>]", re.IGNORECASE)
_CELL = regex(r"<t[rdh][\s>]", re.IGNORECASE)

_ARCHIVE = regex(rb"MIME-Version:", re.IGNORECASE)
_FIELD = regex(rb"^([!-9;-~]+):[ \t]*((?:[^\r\n]|\r?\n(?=[ \t]))*+)", re.MULTILINE)
_BOUNDARY = regex(rb"""boundary\s*=\s*(?:"([^"\r\n]+)"|([^\s;]+))""", re.IGNORECASE)
_PART_CHARSET = regex(rb"""charset\s*=\s*"?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_NO_BASE64 = regex(rb"[^A-Za-z0-9+/=\t\n\f\r ]")
_BLANK_LINE = regex(rb"\r?\n\r?\n")
_TABS = regex(rb"tabstrip\.html?\s*$", re.IGNORECASE)  # the page that shows the names of the worksheets


def is_page(data: bytes, encoding: str | None = None) -> bool:
    """Whether ``data`` is a page, or a web archive of pages, and no sheet whose first cell begins with a sign."""
    if _ARCHIVE.match(data.lstrip()):
        return b"<html" in data.lower() or b"text/html" in data[:_HEAD].lower()
    text = _decode(data, encoding)
    leading = _PROLOGUE.match(text)
    assert leading is not None  # it matches the empty text
    if _DOCTYPE.search(leading[0]):
        return True
    first = _FIRST.match(text, leading.end())
    if first is None or first[1].lower() in _OPENING:
        return first is not None
    table = _TABLE.search(text, first.start())
    return table is not None and _CELL.search(text, table.end()) is not None


def decode(data: bytes, encoding: str | None = None) -> Iterator[str]:
    """The text of the page ``data``, or of each page in a web archive, without a byte order mark.

    Raises :class:`InputError` where it cannot be decoded.
    """
    if not _ARCHIVE.match(data.lstrip()):
        yield _decode(data, encoding)
        return
    for part, charset in _archived(data.lstrip()):
        yield _decode(part, encoding or charset)


def _decode(data: bytes, encoding: str | None) -> str:
    if encoding is None and not data.startswith(_BOMS):
        declared = _CHARSET.search(data[:_HEAD])
        named = _known(declared[1] or declared[2]) if declared is not None else None
        if named is not None:
            try:
                return data.decode(named)
            except (UnicodeError, ValueError):
                pass
    return decode_plainly(data, encoding=encoding).text.removeprefix("\ufeff")


def _known(charset: bytes) -> str | None:
    """The encoding that a page means by ``charset``; None where that is none in which Chinese is written."""
    name = charset.decode("ascii").lower()
    return "gb18030" if _CHINESE.fullmatch(name) else _OTHERS.get(name)


def _archived(data: bytes) -> Iterator[tuple[bytes, str | None]]:
    """The pages of a web archive, with their encodings where it tells them."""
    head = _fields(data)
    boundary = _BOUNDARY.search(head.get(b"content-type", b""))
    parts = data.split(b"--" + (boundary[1] or boundary[2]))[1:] if boundary is not None else [data]
    if boundary is not None and (not parts or not parts[-1].startswith(b"--")):
        raise InputError("incomplete-package")
    for part in parts:
        fields = _fields(part.lstrip(b"\r\n"))
        kind = fields.get(b"content-type", b"")
        if b"text/html" in kind.lower() and not _TABS.search(fields.get(b"content-location", b"")):
            charset = _PART_CHARSET.search(kind)
            body = _BLANK_LINE.split(part.lstrip(b"\r\n"), maxsplit=1)[1:]
            page = _unpacked(b"".join(body), fields.get(b"content-transfer-encoding", b""))
            if page.strip():
                yield page, _known(charset[1]) if charset is not None else None


def _fields(part: bytes) -> dict[bytes, bytes]:
    """What stands at the head of a part of an archive."""
    end = _BLANK_LINE.search(part)
    head = part[: end.start()] if end is not None else part[:_HEAD]
    return {name.lower(): value for name, value in _FIELD.findall(head)}


def _unpacked(body: bytes, how: bytes) -> bytes:
    import binascii  # only for web archives

    try:
        if how.strip().lower() == b"base64":
            if _NO_BASE64.search(body):
                raise InputError("incomplete-package")
            return binascii.a2b_base64(body)
        return binascii.a2b_qp(body) if how.strip().lower() == b"quoted-printable" else body
    except binascii.Error:
        raise InputError("incomplete-package") from None
