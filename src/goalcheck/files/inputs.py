"""Reads the bytes of an input, a file or standard input; nothing is ever written to one."""

from __future__ import annotations

import os
import sys
from io import RawIOBase
from typing import Any

from goalcheck.errors import InputError
from goalcheck.files.regular import SpecialFileError, open_regular
from goalcheck.files.system_errors import system_reason
from goalcheck.limits import LIMITS, Limits, megabytes

STDIN = "-"

_PIECE = 2**20  # bytes that are read at a time


def read(path: str, limits: Limits = LIMITS) -> bytes:
    """The bytes of the file ``path``, or of standard input for ``-``; all of them, as they stood at one time.

    Raises :class:`InputError`, also where there are more than ``limits`` allow or they change under the reader's eyes.
    """
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise InputError("closed")
            stream: Any = sys.stdin.buffer
            return _pull(getattr(stream, "raw", stream), limits)
        if os.path.isdir(path):
            os.listdir(path)  # raises where the folder cannot be read
            raise InputError("no-files")
        return _read_file(path, limits)
    except FileNotFoundError:
        raise InputError("missing") from None
    except SpecialFileError:
        raise InputError("special") from None
    except (OSError, ValueError) as error:
        raise InputError("unreadable", reason=system_reason(error)) from None


def _read_file(path: str, limits: Limits) -> bytes:
    with open_regular(path) as file:
        before = os.fstat(file.fileno())
        if before.st_size > limits.bytes:
            raise InputError("too-large", found=megabytes(before.st_size), limit=limits.size)
        data = _pull(file, limits)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise InputError("changing")
    return data


def _pull(file: RawIOBase, limits: Limits) -> bytes:
    """All that comes out of ``file``, piece by piece: it may be without end, and a limit larger than the memory.

    It is read without a buffer, which would wait for more without looking whether the user wants to end the run.
    """
    pieces: list[bytes] = []
    left = limits.bytes
    while piece := file.read(_PIECE):
        pieces.append(piece)
        left -= len(piece)
        if left < 0:
            raise InputError("too-much", limit=limits.size)
    if piece is None:  # a file that makes its readers wait, as some of the system's own do
        raise InputError("special")
    return b"".join(pieces)
