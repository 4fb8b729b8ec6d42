"""Writes a file at once: beside its place and then into it, so that nobody meets half a file."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable


def save(pieces: Iterable[bytes], path: str) -> None:
    """Write ``pieces`` to ``path``: all of them, or the old file stays. It keeps its permissions.

    A device or pipe cannot be replaced and is written to. Raises OSError.
    """
    path = path if path.startswith(("/dev/", "/proc/")) else os.path.realpath(path)
    if path.startswith(("/dev/", "/proc/")) or (os.path.exists(path) and not os.path.isfile(path)):
        with open(path, "wb") as file:
            file.writelines(pieces)
        return
    _replace(pieces, path, lambda: True)


def update(data: bytes, path: str, old: bytes) -> bool:
    """Put ``data`` into the file ``path``, all of it or nothing. False, and nothing done, if ``old`` is not in it now.

    A symbolic link stays one: what it leads to is changed. Raises OSError, for a read-only file too, in whose place
    another could well be put.
    """
    if path.startswith(("/dev/", "/proc/")):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    path = os.path.realpath(path)
    if not os.stat(path).st_mode & 0o222 or not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    def unchanged() -> bool:
        with open(path, "rb") as file:
            return file.read(len(old) + 1) == old

    return _replace((data,), path, unchanged)


def _replace(pieces: Iterable[bytes], path: str, wanted: Callable[[], bool]) -> bool:
    """Write a draft, see it on the disk, and give it the name ``path`` if it is still ``wanted`` then."""
    draft = os.path.join(os.path.dirname(path), f".goalcheck-{os.urandom(8).hex()}.part")
    try:
        with open(draft, "xb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            _liken(draft, os.stat(path))
        if not wanted():
            return False
        os.replace(draft, path)
        return True
    finally:
        with contextlib.suppress(OSError):  # once it has its name there is no draft any more
            os.unlink(draft)


def _liken(draft: str, old: os.stat_result) -> None:
    """Give ``draft`` the permissions of the old file, and its owner where that is allowed."""
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(draft, old.st_uid, old.st_gid)
    os.chmod(draft, stat.S_IMODE(old.st_mode))
