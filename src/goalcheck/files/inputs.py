"""Paths in, the bytes of each input out: finds the sheets in folders and reads files, never writing to them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any

from goalcheck.errors import InputError
from goalcheck.files.regular import SpecialFileError, open_regular
from goalcheck.limits import LIMITS, Limits, megabytes

EXTENSIONS = frozenset((".txt", ".tsv", ".csv"))
"""The endings by which sheets are found in a folder; a file that is named itself may have any."""

OFFICE = frozenset((".xlsx", ".xls", ".et", ".docx", ".doc", ".wps", ".pdf"))
"""The endings of files that may hold a sheet but are no text."""

_MAGIC = re.compile(r"[*?\[]")

STDIN = "-"

_PIECE = 2**20  # bytes that are read at a time


def find(paths: Iterable[str]) -> Iterator[str]:
    """Every file that ``paths`` name, those of a folder sorted by name; each once, however often it is named or linked.

    A path that is not there may be a pattern, such as ``sheets/**/*.txt``.

    A folder without any sheet, or one that cannot be read, is given back as it is: reading it says what is wrong.
    """
    seen = set()
    for path in (fitting for named in paths for fitting in _fitting(named)):
        inside = _inside(path) if path != STDIN and os.path.isdir(path) else ()
        for file in inside or (path,):
            name = file if file == STDIN else os.path.realpath(file)
            if name not in seen:
                seen.add(name)
                yield file


def _fitting(path: str) -> Iterable[str]:
    """The files and folders that fit ``path``, where it is a pattern that no shell has taken up; else itself."""
    if os.path.lexists(path) or not _MAGIC.search(path):
        return (path,)
    import glob  # only where there is a pattern

    return sorted(glob.glob(path, recursive=True)) or (path,)


def is_there(path: str) -> bool:
    """Whether ``path`` names something: a file, a folder, standard input, or a pattern that some file fits."""
    return path == STDIN or any(os.path.lexists(fitting) for fitting in _fitting(path))


def passed_over(paths: Iterable[str]) -> int:
    """How many office files lie in the folders among ``paths``: they may be sheets, and are not read."""
    return sum(len(_inside(path, OFFICE)) for path in paths if path != STDIN and os.path.isdir(path))


def _inside(folder: str, extensions: frozenset[str] = EXTENSIONS) -> list[str]:
    """The files below ``folder``, links to folders followed; a folder met again, as in a circle, is passed over.

    What is reached without a link goes by the name it has there.
    """
    found: list[str] = []
    seen: set[str] = set()
    linked = [folder]
    while linked:
        following, linked = sorted(linked), []
        for start in following:
            linked += _walk(start, extensions, seen, found)
    return sorted(file.removeprefix(f".{os.sep}") for file in found)


def _walk(folder: str, extensions: frozenset[str], seen: set[str], found: list[str]) -> list[str]:
    """Add the files below ``folder`` to ``found``; the links to folders met on the way."""

    def unreadable(error: OSError) -> None:
        if extensions is EXTENSIONS:
            found.append(error.filename)

    linked: list[str] = []
    for root, folders, files in os.walk(folder, onerror=unreadable):
        real = os.path.realpath(root)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        shown = [name for name in folders if not name.startswith(".") and not name.endswith(".egg-info")]
        links = {name for name in shown if os.path.islink(os.path.join(root, name))}
        linked += [os.path.join(root, name) for name in links]
        folders[:] = sorted(name for name in shown if name not in links)
        listed = [name for name in files if not name.startswith((".", "~$"))]
        found.extend(os.path.join(root, name) for name in listed if os.path.splitext(name)[1].lower() in extensions)
    return linked


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
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise InputError("unreadable", reason=reason) from None


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
