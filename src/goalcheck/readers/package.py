"""Reads packages, the zip files that workbooks and documents are, and the XML in them; both within limits.

What is wrong with a package, in whatever way, is an :class:`~goalcheck.errors.InputError`: encrypted, damaged, cut
off, larger than the limits once it is unpacked.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar
from xml.parsers import expat

from goalcheck.errors import InputError
from goalcheck.limits import LIMITS, MOST_ELEMENTS, MOST_NESTED, MOST_PARTS, Limits

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""All that reading a damaged package has been seen to raise."""

_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DIRECTORY_ENTRY = b"PK\x01\x02"
_PIECE = 2**16  # bytes that are unpacked at a time
_LONGEST_TOKEN = 2**22  # bytes of a tag or a comment: some parsers look through all of it again with every piece

Attributes = Mapping[str, str]
"""The attributes of an element. The name of one with a prefix is its namespace, a blank and its local name."""


class Package:
    """The parts of a zip file, by their names: with ``/``, whatever the case.

    Every method that reads raises :class:`InputError` for what is damaged, has a password or is over the limits. A
    part that is used is read to its end: only there a damage shows.
    """

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._unpacked = 0
        if data.count(_DIRECTORY_ENTRY) > MOST_PARTS:
            raise InputError("too-many-parts", limit=MOST_PARTS)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise InputError("incomplete-package") from None
        self._parts = {_plain(info.filename): info for info in self._file.infolist()}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    @property
    def names(self) -> Iterable[str]:
        """The names of all parts, in lower case."""
        return self._parts.keys()

    def read(self, name: str) -> bytes:
        """All of the part ``name``; nothing where there is no such part."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The part ``name``, piece by piece, to its end; nothing where there is no such part."""
        info = self._parts.get(_plain(name))
        if info is None:
            return
        if info.flag_bits & _ENCRYPTED:
            raise InputError("has-password")
        size = 0
        stream = self._opened(info)
        while piece := self._piece(stream, info):
            size += len(piece)
            self._unpacked += len(piece)
            for found, limit in ((size, self._limits.part), (self._unpacked, self._limits.unpacked)):
                if found > limit * 2**20:
                    raise InputError("unpacks-to-too-much", limit=limit)
            yield piece
        if size != info.file_size:
            raise InputError("damaged-part", part=info.filename)

    def parse(self, name: str, handler: Handler) -> None:
        """Parse the part ``name`` as :func:`parse` does; nothing where there is no such part."""
        if name in self:
            parse(self.pieces(name), name, handler)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relationships of the part ``name`` by their ids: what each is, and the name of the part it leads to."""
        folder, base = posixpath.split(name)
        relations = _Relations(folder)
        self.parse(posixpath.join(folder, "_rels", f"{base}.rels"), relations)
        return relations.found

    def _opened(self, info: zipfile.ZipInfo) -> zipfile.ZipExtFile:
        try:
            if info.compress_type not in _METHODS:
                raise NotImplementedError
            return self._file.open(info)  # type: ignore[return-value]
        except _BROKEN:
            raise InputError("damaged-part", part=info.filename) from None

    @staticmethod
    def _piece(stream: zipfile.ZipExtFile, info: zipfile.ZipInfo) -> bytes:
        try:
            return stream.read(_PIECE)
        except _BROKEN:
            raise InputError("damaged-part", part=info.filename) from None


class Handler:
    """What is done with XML as it is parsed.

    ``namespaces`` has the prefix, or none, that a name in a known namespace gets, whatever its prefix in the file. A
    name in any other namespace is that namespace, a blank and the local name; one in none is as it is.
    """

    namespaces: ClassVar[Mapping[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text within an element, or a piece of it."""


class _Relations(Handler):
    namespaces = {"http://schemas.openxmlformats.org/package/2006/relationships": ""}  # noqa: RUF012

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            whole = posixpath.normpath(posixpath.join("/", self._folder, target))
            self.found[attributes.get("Id", "")] = kind, whole.lstrip("/")


def parse(pieces: Iterable[bytes], part: str, handler: Handler) -> None:
    """Parse XML that comes in ``pieces``; ``part`` is what it is called.

    Raises :class:`InputError` for what is no XML, declares a DOCTYPE, is nested too deep or has too many elements.
    """
    names = Names(handler.namespaces)
    start, end = handler.start, handler.end
    depth = 0

    def on_start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_NESTED:
            raise InputError("nested-too-deep", part=part, limit=MOST_NESTED)
        start(names[name], attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(names[name])

    parse_with(on_start, on_end, handler.text, pieces, part)


def parse_with(
    start: Callable[[str, Attributes], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
    pieces: Iterable[bytes],
    part: str,
) -> None:
    """Parse XML as :func:`parse` does, where every call counts.

    Names are as the parser gives them: :class:`Names` has those that are meant. ``start`` and ``end`` see to it that
    nothing is nested too deep.
    """

    def on_doctype(*_: object) -> None:
        raise InputError("doctype", part=part)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = on_doctype
    tags = size = 0
    try:
        for piece in pieces:
            tags += piece.count(b"<")
            size += len(piece)
            if tags > 2 * MOST_ELEMENTS:
                raise InputError("too-many-elements", part=part, limit=MOST_ELEMENTS)
            parser.Parse(piece, False)
            if size - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise InputError("damaged-part", part=part)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeError):  # the latter where it declares an encoding that is none
        raise InputError("damaged-part", part=part) from None


class Names(dict[str, str]):
    """The names of elements or attributes as the code calls them, by what the parser gives: each is made once."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        super().__init__()
        self._namespaces = namespaces

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        prefix = self._namespaces.get(namespace) if namespace else ""
        self[name] = name if prefix is None else f"{prefix}:{local}" if prefix else local
        return self[name]


def attribute(attributes: Attributes, name: str) -> str | None:
    """The attribute whose local name is ``name``, whatever its namespace; None where there is none."""
    said = attributes.get(name)
    if said is None:
        ending = f" {name}"
        said = next((said for key, said in attributes.items() if key.endswith(ending)), None)
    return said


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
