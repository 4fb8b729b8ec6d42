"""Writes a file at once: beside its place and then into it, so that nobody meets half a file."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable


def save(pieces: Iterable[bytes], path: str) -> None:
    """Write ``pieces`` to ``path``: all of them, or the old file stays. What it was beside its contents is kept.

    A device or pipe cannot be replaced and is written to. Raises OSError.
    """
    path = path if path.startswith(("/dev/", "/proc/")) else os.path.realpath(path)
    if os.path.islink(path) and not path.startswith(("/dev/", "/proc/")):  # it leads to itself in the end
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    if path.startswith(("/dev/", "/proc/")) or (os.path.exists(path) and not os.path.isfile(path)):
        with open(path, "wb") as file:
            file.writelines(pieces)
        return
    _replace(pieces, path, lambda: True)


def update(data: bytes, path: str, old: bytes) -> bool:
    """Put ``data`` into the file ``path``, all of it or nothing. False, and nothing done, if ``old`` is not in it now.

    A symbolic link stays one: what it leads to is changed. Owner, permissions and extended attributes are kept. Raises
    OSError, for a read-only file too, in whose place another could well be put, and for one whose owner or attributes
    cannot be kept.
    """
    if path.startswith(("/dev/", "/proc/")):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    path = os.path.realpath(path)
    if not os.stat(path).st_mode & 0o222 or not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    def unchanged() -> bool:
        with open(path, "rb") as file:
            return file.read(len(old) + 1) == old

    return _replace((data,), path, unchanged, strictly=True)


def _replace(pieces: Iterable[bytes], path: str, wanted: Callable[[], bool], *, strictly: bool = False) -> bool:
    """Write a draft, see it on the disk, and give it the name ``path`` if it is still ``wanted`` then.

    Raises OSError, also where the draft cannot have all that the file at ``path`` has, if it is to be so ``strictly``.
    """
    draft = os.path.join(os.path.dirname(path), f".goalcheck-{os.urandom(8).hex()}.part")
    replaces = os.path.exists(path)
    try:
        with open(draft, "xb") as file:
            if replaces:
                os.chmod(draft, 0o600)  # nobody reads in it who may not read the old file
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if replaces:
            _liken(draft, path, strictly)
        if not wanted():
            return False
        os.replace(draft, path)
        return True
    finally:
        with contextlib.suppress(OSError):  # once it has its name there is no draft any more
            os.unlink(draft)


def _liken(draft: str, path: str, strictly: bool) -> None:
    """Give ``draft`` the owner, the extended attributes and the permissions of the file at ``path``.

    Raises OSError where that cannot be and is to be so ``strictly``.
    """
    old = os.stat(path)
    for give in (_give_owner, _give_attributes):
        try:
            give(draft, path)
        except OSError:
            if strictly:
                raise
    os.chmod(draft, stat.S_IMODE(old.st_mode))


def _give_owner(draft: str, path: str) -> None:
    old, made = os.stat(path), os.stat(draft)
    if (made.st_uid, made.st_gid) != (old.st_uid, old.st_gid):
        os.chown(draft, old.st_uid, old.st_gid)


def _give_attributes(draft: str, path: str) -> None:
    """Give ``draft`` the extended attributes of the file at ``path``: those of users, and lists of who has access.

    Others are the system's: it gives a new file its own.
    """
    given, wanted = _attributes(draft), _attributes(path)
    for name in given - wanted:
        os.removexattr(draft, name)
    for name in wanted:
        os.setxattr(draft, name, os.getxattr(path, name))


def _attributes(path: str) -> set[str]:
    if not hasattr(os, "listxattr"):
        return set()
    try:
        return {name for name in os.listxattr(path) if name.startswith(("user.", "system.posix_acl_"))}
    except OSError:  # the disk knows none
        return set()
