"""Bytes in, one decoded text out: :class:`Source`, :class:`Span`, places and display width.

Everything later speaks of offsets: code points into ``Source.text``, half-open, the byte order mark left out.
Lines and columns are worked out here and only when a report asks for them.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import islice

import attrs

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

_FOREIGN = ((b"PK\x03\x04", "office"), (b"\xd0\xcf\x11\xe0", "office"), (b"%PDF", "pdf"), (b"{\\rtf", "office"))
_NEWLINE = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"[^"]*+"')


class InputError(Exception):
    """An input that cannot be checked. ``key`` names what is wrong, ``figures`` fill in the sentence.

    It carries no words: the report says it in the reader's language.
    """

    def __init__(self, key: str, **figures: object) -> None:
        super().__init__(key, figures)
        self.key = key
        self.figures: Mapping[str, object] = figures

    def __reduce__(self) -> tuple[object, ...]:
        """How to make it again in another process."""
        return _again, (self.key, dict(self.figures))


def _again(key: str, figures: Mapping[str, object]) -> InputError:
    return InputError(key, **figures)


class FileError(Exception):
    """What is wrong with a file of the user's, and where.

    ``key`` names what is wrong, ``figures`` fill in the sentence; it carries no words, as the command line says it in
    the reader's language. ``nearest`` is what may have been meant.
    """

    def __init__(
        self, key: str, path: str, line: int | None = None, nearest: str | None = None, **figures: object
    ) -> None:
        super().__init__(key, path, line, figures)
        self.key = key
        self.path = path
        self.line = line
        self.nearest = nearest
        self.figures: Mapping[str, object] = figures


@attrs.frozen(eq=False, repr=False)
class Limits:
    """The most that one input may hold: what is over a limit is refused before it costs memory or time.

    ``size`` counts MB (2**20 bytes), ``rows`` the lines, ``cell`` the characters of one cell, ``entries`` those of the
    indicator column, readable or not. A sheet of ten thousand projects has 8 MB, and a cell a few thousand characters.
    """

    size: int = 64
    rows: int = 100_000
    cell: int = 1_000_000
    entries: int = 1_000_000

    @property
    def bytes(self) -> int:
        """``size`` in bytes."""
        return self.size * 2**20

    @property
    def cells(self) -> int:
        """The most cells that rows within their limit may come to; real ones have seven each."""
        return max(20 * self.rows, 100_000)


LIMITS = Limits()
"""The limits that hold unless others are set."""


@attrs.frozen
class Span:
    """A stretch of the decoded text, ``start`` to ``end`` (half-open); empty where something is missing."""

    start: int
    end: int


@attrs.frozen(eq=False)
class Source:
    """One input: its decoded text, where it came from and how it was encoded."""

    text: str
    path: str = "<text>"
    encoding: str = "utf-8"
    sha256: str = ""

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts; LF, CRLF and a lone CR end a line."""
        if "\r" in self.text:
            return [0, *(m.end() for m in _NEWLINE.finditer(self.text))]
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, the column in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> tuple[int, int]:
        """Start and end offset of line ``number`` (from 1), without its line break."""
        start = self.line_starts[number - 1]
        if number < len(self.line_starts):
            end = self.line_starts[number]
            while end > start and self.text[end - 1] in "\r\n":
                end -= 1
            return start, end
        return start, len(self.text)


def decode(data: bytes, path: str = "<text>", encoding: str | None = None) -> Source:
    """Decode ``data`` as INTERFACE says: byte order mark, strict UTF-8, strict GB18030; never a guess.

    ``encoding`` overrules all of that. Raises :class:`InputError` for what is empty, a file of another
    kind, or not decodable.
    """
    if not data:
        raise InputError("empty")
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise InputError(f"foreign-{kind}")
    text, used = _decode(data, encoding)
    return Source(text, path, used, hashlib.sha256(data).hexdigest())


def admit(source: Source, limits: Limits = LIMITS) -> Source:
    """``source`` itself, if its text can be a sheet. Raises :class:`InputError`.

    It cannot where it is blank, holds a NUL, or more lines or cells than ``limits`` allow. What needs to be read to be
    known, the length of a cell and the number of entries, :mod:`goalcheck.parse` finds.
    """
    text = source.text
    if len(text) > limits.bytes:
        raise InputError("too-large", found=megabytes(len(text)), limit=limits.size)
    if len(text) > limits.rows and (lines := _lines(text)) > limits.rows:
        raise InputError("too-many-rows", found=lines, limit=limits.rows, line=limits.rows + 1)
    check_cells(text, "\t", limits)
    nul = text.find("\0")
    if nul >= 0:
        raise InputError("nul", line=source.place(nul)[0])
    if not text.strip():
        raise InputError("empty")
    return source


def check_cells(text: str, separator: str, limits: Limits) -> None:
    """Raise :class:`InputError` if ``separator`` parts ``text`` into more cells than ``limits`` allow.

    A comma between quotation marks parts nothing.
    """
    if len(text) < limits.cells:
        return
    found = text.count(separator) + _lines(text)
    if found > limits.cells and separator != "\t":
        text = _QUOTED.sub(lambda quoted: "\n" * _breaks(quoted[0]), text)
        found = text.count(separator) + _lines(text)
    if found > limits.cells:
        last = next(islice(re.finditer(f"[{separator}\r\n]", text), limits.cells - 1, None)).start()
        raise InputError("too-many-cells", found=found, limit=limits.cells, line=line_at(text, last))


def megabytes(size: int) -> str:
    """``size`` bytes in MB, rounded up: what is over a limit never looks as if it were not."""
    return f"{-(-size * 10 // 2**20) / 10:.1f}"


def line_at(text: str, offset: int) -> int:
    """The number, from 1, of the line of ``text`` in which ``offset`` lies."""
    return _breaks(text[:offset]) + 1


def _lines(text: str) -> int:
    return _breaks(text) + (not text.endswith(("\r", "\n")))


def _breaks(text: str) -> int:
    """How many line breaks there are: LF, CRLF or a lone CR. Counting takes no memory, unlike a list of places."""
    found = text.count("\n")
    return found + text.count("\r") - text.count("\r\n") if "\r" in text else found


def _decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        name = codecs.lookup(encoding).name
        if name == "utf-8":
            encoding = "utf-8-sig"
        try:
            text = data.decode(encoding)
        except (UnicodeError, ValueError):
            raise InputError("not-encoding", encoding=name) from None
        return text.removeprefix("\ufeff"), name
    for bom, codec in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(codec), codec.removesuffix("-sig")
            except UnicodeError:
                raise InputError("not-encoding", encoding=codec.removesuffix("-sig")) from None
    for codec in ("utf-8", "gb18030"):
        try:
            return data.decode(codec), codec
        except UnicodeError:
            continue
    raise InputError("undecodable")


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


def text_encoding(name: str) -> bool:
    """Whether ``name`` is an encoding of text that Python knows (``zlib`` and ``rot13`` are none)."""
    try:
        info = codecs.lookup(name)
        return isinstance("".encode(info.name), bytes)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return False


def display_width(text: str, ambiguous: int = 1) -> int:
    """Terminal cells that ``text`` takes: wide characters two, marks none, ambiguous ones as told."""
    return sum(char_width(char, ambiguous) for char in text)


@lru_cache(maxsize=8192)
def char_width(char: str, ambiguous: int = 1) -> int:
    """Terminal cells of one character: 0, 1 or 2."""
    if " " <= char <= "~":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    kind = unicodedata.east_asian_width(char)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1
