"""Reads packages, the zip files that workbooks and documents are, within limits: :class:`Package`.

What is wrong with a package, in whatever way, is an :class:`~goalcheck.errors.InputError`: encrypted, damaged, cut
off, larger than the limits once it is unpacked.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from goalcheck.errors import InputError
from goalcheck.limits import LIMITS, MOST_PARTS, Limits
from goalcheck.readers.xml_events import Attributes, Handler, parse

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,  # and what zipfile does not know how to unpack
    ValueError,
)
"""All that reading a damaged package has been seen to raise."""

_OF_OFFICE = ("[content_types].xml", "mimetype", "_rels/", "xl/", "word/", "ppt/")
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DIRECTORY_ENTRY = b"PK\x01\x02"
_PIECE = 2**16  # bytes that are unpacked at a time

_RELATIONS = {"http://schemas.openxmlformats.org/package/2006/relationships": ""}


class Package:
    """A zip file, opened once: its parts by their names, with ``/``, whatever the case.

    ``data`` is the file as it is, ``main_parts`` the names of the parts of which it says that they are the workbook or
    the document. Opening and every method that reads raise :class:`InputError` for what is damaged, has a password or
    is over the limits. A part that is used is read to its end: only there a damage shows.
    """

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self.data = data
        self.limits = limits
        self._unpacked = 0
        if data.count(_DIRECTORY_ENTRY) > MOST_PARTS:
            raise InputError("too-many-parts", limit=MOST_PARTS)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise InputError("incomplete-package") from None
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self._doubtful: set[str] = set()  # of which there are two that differ
        for info in self._file.infolist():
            name = _plain(info.filename)
            if self._parts.setdefault(name, info).CRC != info.CRC:
                self._doubtful.add(name)
        self.main_parts = [part for kind, part in self.relations("").values() if kind == "officeDocument"]

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    @property
    def is_of_office(self) -> bool:
        """Whether an office program has made it; else it only holds files."""
        return any(name.startswith(_OF_OFFICE) for name in self._parts)

    def has_below(self, *folders: str) -> bool:
        """Whether any part lies in one of ``folders``, which end in ``/``."""
        begins = tuple(map(_plain, folders))
        return any(name.startswith(begins) for name in self._parts)

    def read(self, name: str) -> bytes:
        """All of the part ``name``; nothing where there is no such part."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The part ``name``, piece by piece, to its end; nothing where there is no such part."""
        info = self._parts.get(_plain(name))
        if info is None:
            return
        if _plain(name) in self._doubtful:
            raise InputError("damaged-part", part=info.filename)
        if info.flag_bits & _ENCRYPTED:
            raise InputError("has-password")
        size = 0
        stream = self._opened(info)
        while piece := self._piece(stream, info):
            size += len(piece)
            self._unpacked += len(piece)
            for found, limit in ((size, self.limits.part), (self._unpacked, self.limits.unpacked)):
                if found > limit * 2**20:
                    raise InputError("unpacks-to-too-much", limit=limit)
            yield piece
        if size != info.file_size:
            raise InputError("damaged-part", part=info.filename)

    def parse(self, name: str, handler: Handler) -> None:
        """Parse the part ``name`` as :func:`parse` does; nothing where there is no such part."""
        if name in self:
            parse(self.pieces(name), name, handler)

    def needed(self, name: str) -> str:
        """``name``, of which another part says that it is there. Raises :class:`InputError` where it is not."""
        if name not in self:
            raise InputError("damaged-part", part=name)
        return name

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relationships of the part ``name`` by their ids: what each is, and the name of the part it leads to."""
        folder, base = posixpath.split(name)
        relations = _Relations(folder)
        self.parse(posixpath.join(folder, "_rels", f"{base}.rels"), relations)
        return relations.found

    def _opened(self, info: zipfile.ZipInfo) -> IO[bytes]:
        if info.compress_type not in _METHODS:
            raise InputError("damaged-part", part=info.filename)
        try:
            return self._file.open(info)
        except _BROKEN:
            raise InputError("damaged-part", part=info.filename) from None

    @staticmethod
    def _piece(stream: IO[bytes], info: zipfile.ZipInfo) -> bytes:
        try:
            return stream.read(_PIECE)
        except _BROKEN:
            raise InputError("damaged-part", part=info.filename) from None


class _Relations(Handler):
    namespaces = _RELATIONS
    root = "Relationships"

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}
        self._count = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship":
            return
        self._count += 1
        if self._count > MOST_PARTS:
            raise InputError("too-many-parts", limit=MOST_PARTS)
        if attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            whole = posixpath.normpath(posixpath.join("/", self._folder, target))
            self.found[attributes.get("Id", "")] = kind, whole.lstrip("/")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
