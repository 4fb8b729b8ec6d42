"""Paths in, the bytes of each input out: finds the sheets in folders and reads files, never writing to them."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator

from goalcheck.source import InputError

EXTENSIONS = frozenset((".txt", ".tsv", ".csv"))
"""The endings by which sheets are found in a folder; a file that is named itself may have any."""

OFFICE = frozenset((".xlsx", ".xls", ".et", ".docx", ".doc", ".wps", ".pdf"))
"""The endings of files that may hold a sheet but are no text."""

MAX_BYTES = 64 * 2**20
"""The largest input that is read. A sheet of ten thousand projects has about 8 MB."""

_MAGIC = re.compile(r"[*?\[]")

STDIN = "-"


def find(paths: Iterable[str]) -> Iterator[str]:
    """Every file that ``paths`` name, those of a folder sorted by name; each once, however often it is named.

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


def passed_over(paths: Iterable[str]) -> int:
    """How many office files lie in the folders among ``paths``: they may be sheets, and are not read."""
    return sum(len(_inside(path, OFFICE)) for path in paths if path != STDIN and os.path.isdir(path))


def _inside(folder: str, extensions: frozenset[str] = EXTENSIONS) -> list[str]:
    found: list[str] = []

    def unreadable(error: OSError) -> None:
        if extensions is EXTENSIONS:
            found.append(error.filename)

    for root, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith(".egg-info"))
        shown = [name for name in files if not name.startswith((".", "~$"))]
        found.extend(os.path.join(root, name) for name in shown if os.path.splitext(name)[1].lower() in extensions)
    return sorted(file.removeprefix(f".{os.sep}") for file in found)


def read(path: str) -> bytes:
    """The bytes of the file ``path``, or of standard input for ``-``. Raises :class:`InputError`."""
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise InputError("closed")
            return _limited(sys.stdin.buffer.read(MAX_BYTES + 1))
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            os.listdir(path)  # raises where the folder cannot be read
            raise InputError("no-files")
        if not stat.S_ISREG(mode):
            raise InputError("special")
        with open(path, "rb") as file:
            return _limited(file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        raise InputError("missing") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise InputError("unreadable", reason=reason) from None


def _limited(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise InputError("too-large", limit=MAX_BYTES // 2**20)
    return data
