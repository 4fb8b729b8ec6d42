"""Opens regular files alone, as a pipe or a device may keep its reader waiting without end."""

from __future__ import annotations

import os
import stat
from io import FileIO

from goalcheck.errors import FileError
from goalcheck.files.paths import shown_path
from goalcheck.files.system_errors import system_reason

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that took the place of a file meanwhile must not keep its opener waiting."""


MAX_BYTES = 2**20
"""The largest file of the user's that is read; one that people write has a few thousand bytes."""


class SpecialFileError(OSError):
    """What was to be read is there, and is no regular file."""


def open_regular(path: str) -> FileIO:
    """The regular file at ``path``, open for reading. Raises :class:`SpecialFileError`, OSError, ValueError."""
    _check_kind(os.stat(path))  # some devices do something as soon as they are opened
    return open(path, "rb", buffering=0, opener=_opened)


def _opened(path: str, _: int) -> int:
    descriptor = os.open(path, _FLAGS)
    try:
        _check_kind(os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_bytes(path: str, limit: int = MAX_BYTES) -> bytes:
    """What is in the file at ``path``. Raises :class:`FileError`, also where that is more than ``limit`` bytes."""
    shown = shown_path(path)
    pieces = []
    left = limit
    try:
        if os.path.isdir(path):
            raise FileError("folder", shown)
        with open_regular(path) as file:
            while piece := file.read(left + 1):
                pieces.append(piece)
                left -= len(piece)
                if left < 0:
                    raise FileError("too-large", shown, limit=limit // 2**20)
    except FileNotFoundError:
        raise FileError("missing", shown) from None
    except SpecialFileError:
        raise FileError("special", shown) from None
    except (OSError, ValueError) as error:
        raise FileError("unreadable", shown, reason=system_reason(error)) from None
    return b"".join(pieces)


def _check_kind(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise SpecialFileError
