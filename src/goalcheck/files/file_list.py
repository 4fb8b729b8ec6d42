"""Reads a list of paths as ``git diff --name-only`` or ``find`` print it."""

from __future__ import annotations

import codecs
import errno
import os
import re
import sys

from goalcheck.files.inputs import STDIN
from goalcheck.files.regexes import regex

MAX_BYTES = 64 * 2**20
"""The longest list that is read."""

_UNICODE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}
_ESCAPE = regex(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


class TooLongError(Exception):
    """A list that is longer than :data:`MAX_BYTES`."""


def read_list(path: str) -> list[str]:
    """The paths listed in the file ``path``, or on standard input for ``-``: parted by NUL where there is one, else one
    a line.

    A name in quotation marks, as git writes those with other signs than ASCII, is taken for what it stands for. Raises
    OSError, and :class:`TooLongError`; an endless device is no list.
    """
    data = _bytes(path)
    for mark, codec in _UNICODE.items():  # as PowerShell writes a file
        if data.startswith(mark):
            data = data.decode(codec, "replace").encode()
    if b"\0" in data:
        names = [_native(name) for name in data.split(b"\0") if name]
    else:
        names = [_unquoted(line) for line in data.replace(b"\r\n", b"\n").split(b"\n") if line]
    return [os.path.join(os.curdir, name) if name == STDIN else name for name in names]


def _bytes(path: str) -> bytes:
    if path != STDIN:
        with open(path, "rb") as file:  # a pipe too, such as a shell makes of <(…)
            data = file.read(MAX_BYTES + 1)
    elif sys.stdin is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    else:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLongError
    return data


def _unquoted(line: bytes) -> str:
    name = _native(line)
    if len(line) < 2 or not line.startswith(b'"') or not line.endswith(b'"') or os.path.lexists(name):
        return name
    return _native(_ESCAPE.sub(lambda escape: _meant(escape[1]), line[1:-1]))


def _meant(escape: bytes) -> bytes:
    return bytes([int(escape, 8) & 255]) if escape.isdigit() else _ESCAPED.get(escape, escape)


def _native(name: bytes) -> str:
    """A name as the system knows it."""
    if os.name == "posix":
        return os.fsdecode(name)
    try:
        return name.decode("utf-8")
    except UnicodeError:
        return name.decode("mbcs", "replace")
