"""A pattern for paths in, as ``sheets/**/*.txt``, the files and folders that fit it out, where no shell takes it up.

It is read as shells read it, but that no link leads the search in a circle, nor into a folder that it has searched.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections import deque
from collections.abc import Iterator, Sequence

_ANY = "**"
_SIGNS = frozenset("*?[")
_SEPARATORS = re.compile(r"[\\/]+" if os.sep == "\\" else "/+")


def fitting(pattern: str) -> list[str]:
    """The files and folders that fit ``pattern``, sorted; each by one name, the one with the fewest links.

    ``**`` at its end stands for all files below.
    """
    drive, rest = os.path.splitdrive(pattern)
    root = _SEPARATORS.match(rest)
    start = drive + (os.sep if root else "")
    parts = [part for part in _SEPARATORS.split(rest) if part]
    search = _Search(parts, folders_alone=_SEPARATORS.fullmatch(rest[-1:]) is not None)
    return sorted(search.run(start))


class _Search:
    """A search for what fits ``parts``, one after another below each folder that fits those before."""

    def __init__(self, parts: Sequence[str], *, folders_alone: bool) -> None:
        self._parts = parts
        self._folders_alone = folders_alone
        self._seen: set[tuple[int, str]] = set()
        self._found: dict[str, str] = {}
        self._waiting: deque[tuple[str, int]] = deque()
        self._linked: deque[tuple[str, int]] = deque()

    def run(self, start: str) -> list[str]:
        """What fits, seen from the folder ``start``."""
        self._waiting.append((start, 0))
        while self._waiting or self._linked:
            self._step(*(self._waiting or self._linked).popleft())
        return list(self._found.values())

    def _step(self, path: str, at: int) -> None:
        """Search ``path``, which fits the parts before ``at``."""
        if at == len(self._parts):
            self._take(path)
        elif self._is_first(path, at):
            part = self._parts[at]
            if part == _ANY:
                self._below(path, at)
            elif not _SIGNS.isdisjoint(part):
                self._among(path, at, re.compile(fnmatch.translate(os.path.normcase(part))))
            elif os.path.lexists(os.path.join(path, part)):
                self._later(os.path.join(path, part), at + 1, os.path.islink(os.path.join(path, part)))

    def _below(self, path: str, at: int) -> None:
        """Search ``path`` and all that is below it."""
        is_last = at + 1 == len(self._parts)
        if not is_last or self._folders_alone:
            self._step(path, at + 1)
        for name, is_folder, is_link in _inside(path):
            if not name.startswith(".") and (is_folder or is_last):
                self._later(os.path.join(path, name), at if is_folder else at + 1, is_link)

    def _among(self, path: str, at: int, part: re.Pattern[str]) -> None:
        """Search what in ``path`` fits ``part``."""
        is_last, hides = at + 1 == len(self._parts), not self._parts[at].startswith(".")
        for name, is_folder, is_link in _inside(path):
            hidden = hides and name.startswith(".")
            if not hidden and part.match(os.path.normcase(name)) and (is_folder or is_last):
                self._later(os.path.join(path, name), at + 1, is_link)

    def _later(self, path: str, at: int, is_link: bool) -> None:
        (self._linked if is_link else self._waiting).append((path, at))

    def _is_first(self, path: str, at: int) -> bool:
        """Whether the folder at ``path`` is met for the first time on the way to this part."""
        key = (at, os.path.realpath(path or os.curdir))
        new = key not in self._seen
        self._seen.add(key)
        return new

    def _take(self, path: str) -> None:
        if path and (not self._folders_alone or os.path.isdir(path)):
            self._found.setdefault(os.path.realpath(path), path)


def _inside(folder: str) -> Iterator[tuple[str, bool, bool]]:
    """What is in ``folder``: its name, whether it is a folder or leads to one, and whether it is a link."""
    try:
        with os.scandir(folder or os.curdir) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        yield entry.name, os.path.isdir(entry), entry.is_symlink()
