"""Zip files as goalcheck writes them: members of another are copied as they are packed, and a seal goes with them.

The seal, in the extra field of the first member, tells by :func:`is_sealed` that goalcheck has written the file and
nobody has changed it since: such a file may be replaced. Programs pass over extra fields that they do not know.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence

import attrs

OWN_NAME = "_goalcheck_"
"""How the names begin, defined in a workbook, by which goalcheck knows what it has written there."""

OWN_LIST_NAME = f"{OWN_NAME}list"
"""That of a list of findings; programs keep it, whatever they save the list as."""

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_CENTRAL_HEADER = struct.Struct("<4s4B4H3L5H2L")
_END_HEADER = struct.Struct("<4s4H2LH")
_SEAL = struct.Struct("<2sH32s")
_MARK = b"GC"  # the identifier of the seal among extra fields
_UTF8, _KEPT_FLAGS = 0x800, 0x806  # the coding of the name, how hard the data was pressed; not where its size stands
_MIDNIGHT = (0, 0x21)  # 1 January 1980, the first day that there is
_UNIX, _VERSION = 3, 20


@attrs.frozen(eq=False, repr=False)
class Member:
    """One file within a zip file, as it is packed."""

    name: str
    packed: bytes
    checksum: int
    size: int
    method: int = zipfile.ZIP_DEFLATED
    flags: int = 0
    moment: tuple[int, int] = _MIDNIGHT
    attributes: int = 0

    @property
    def data(self) -> bytes:
        """The file, of which the size is known to be bearable."""
        return self.packed if self.method == zipfile.ZIP_STORED else zlib.decompress(self.packed, -zlib.MAX_WBITS)

    @property
    def coded_name(self) -> bytes:
        """The name as it is written."""
        return self.name.encode("utf-8" if self.flags & _UTF8 else "cp437")


def member(name: str, data: bytes, like: Member | None = None) -> Member:
    """A member with ``data``; what else is said of it is as in that which it stands for, ``like``."""
    return member_of(name, (data,), like)


def member_of(name: str, pieces: Iterable[bytes], like: Member | None = None) -> Member:
    """The same of data in ``pieces``, of which only what they are packed into is kept."""
    stored = like is not None and like.method == zipfile.ZIP_STORED
    press = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    made = io.BytesIO()
    size = checksum = 0
    for piece in pieces:
        size, checksum = size + len(piece), zlib.crc32(piece, checksum)
        made.write(piece if stored else press.compress(piece))
    if not stored:
        made.write(press.flush())
    packed, method = made.getvalue(), zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    if like is None:
        return Member(name, packed, checksum, size, method, 0 if name.isascii() else _UTF8)
    flags, moment, attributes = like.flags & _UTF8, like.moment, like.attributes
    return Member(name, packed, checksum, size, method, flags, moment, attributes)


def members(data: bytes) -> Sequence[Member]:
    """The members of the zip file ``data`` in their order. Raises ``zipfile.BadZipFile`` for what is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [_member(data, info) for info in file.infolist()]


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    header = data[info.header_offset : info.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or not header.startswith(_LOCAL):
        raise zipfile.BadZipFile(info.filename)
    *_, name, extra = _LOCAL_HEADER.unpack(header)
    start = info.header_offset + _LOCAL_HEADER.size + name + extra
    year, month, day, hour, minute, second = info.date_time
    moment = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
    packed = data[start : start + info.compress_size]
    return Member(
        info.orig_filename,
        packed,
        info.CRC,
        info.file_size,
        info.compress_type,
        info.flag_bits & _KEPT_FLAGS,
        moment,
        info.external_attr,
    )


def pack(parts: Iterable[Member]) -> bytes:
    """A zip file of ``parts``, sealed; the same parts always give the same bytes."""
    kept = list(parts)
    seal = _SEAL.pack(_MARK, _SEAL.size - 4, _digest((part.coded_name, part.checksum, part.size) for part in kept))
    made, directory = io.BytesIO(), io.BytesIO()
    for number, part in enumerate(kept):
        extra, name, at = b"" if number else seal, part.coded_name, made.tell()
        common = (part.flags, part.method, *part.moment, part.checksum, len(part.packed), part.size, len(name))
        made.write(_LOCAL_HEADER.pack(_LOCAL, _VERSION, *common, len(extra)) + name + extra + part.packed)
        about = (0, 0, 0, part.attributes, at)  # a remark, the disk, whether it is text
        made_by = (_VERSION, _UNIX, _VERSION, 0)
        directory.write(_CENTRAL_HEADER.pack(_CENTRAL, *made_by, *common, len(extra), *about) + name + extra)
    listed = directory.getvalue()
    end = _END_HEADER.pack(_END, 0, 0, len(kept), len(kept), len(listed), made.tell(), 0)
    made.write(listed + end)
    return made.getvalue()


def is_sealed(data: bytes) -> bool:
    """Whether goalcheck has written the zip file ``data``, and nobody has changed it since."""
    if not data.startswith(_LOCAL):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            infos = file.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
        return False  # what is no sound zip file goalcheck has not written, or somebody has changed it
    if not infos or len(infos[0].extra) != _SEAL.size:
        return False
    names = [info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437") for info in infos]
    seen = zip(names, (info.CRC for info in infos), (info.file_size for info in infos), strict=True)
    return infos[0].extra == _SEAL.pack(_MARK, _SEAL.size - 4, _digest(seen))


def _digest(parts: Iterable[tuple[bytes, int, int]]) -> bytes:
    made = hashlib.sha256()
    for name, checksum, size in parts:
        made.update(struct.pack("<LLL", len(name), checksum, size) + name)
    return made.digest()


def replaced(parts: Sequence[Member], changed: Mapping[str, bytes]) -> list[Member]:
    """``parts`` with other data in those that are ``changed``, by name; those that are new come last."""
    left = dict(changed)
    made = [member(part.name, left.pop(part.name), part) if part.name in left else part for part in parts]
    return [*made, *(member(name, data) for name, data in left.items())]
