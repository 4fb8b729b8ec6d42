"""Finds the inputs: files that were named, and those in folders. Nothing is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from goalcheck.files.inputs import STDIN
from goalcheck.files.paths import copied_from
from goalcheck.files.regexes import regex

EXTENSIONS = frozenset((".txt", ".tsv", ".csv"))
"""The endings by which plain text is found in a folder; a file that is named itself may have any."""

OFFICE = frozenset((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".docx", ".doc", ".wps", ".pdf", ".html", ".htm"))
"""The endings of workbooks, documents and pages: one that cannot be read may hold a sheet, so it is not passed over."""

_SEARCHED = EXTENSIONS | OFFICE
_SIGNS = frozenset("*?[")  # of patterns
_STARS = regex(r"\*{2,}")  # within a name they mean no more than one
_LOCK = "~$"  # what the name of a file begins with that an office program keeps while another is open

Excluded = Callable[[str], bool]
"""Whether a file or folder is left out, wherever it is met without being named."""


@attrs.frozen(eq=False, repr=False)
class Input:
    """One input. ``folder`` is the one that was searched for it; ``named`` says whether nothing but its own name, as an
    argument of the command, led to it: no folder, pattern or list.
    """

    path: str
    folder: str | None = None
    named: bool = False

    @property
    def is_office(self) -> bool:
        """Whether its name is that of a workbook or document."""
        return os.path.splitext(self.path)[1].lower() in OFFICE


@attrs.frozen(eq=False, repr=False)
class Found:
    """The inputs of a run, and how many files among them are none: lock files of office programs, marked copies."""

    inputs: Sequence[Input]
    passed_over: int = 0


def is_there(path: str) -> bool:
    """Whether ``path`` names something: a file, a folder, standard input, or a pattern that some file fits."""
    return path == STDIN or any(os.path.lexists(fitting) for fitting in _fitting(path))


def _nothing(_: str) -> bool:
    return False


def find(paths: Iterable[str], listed: Iterable[str] = (), excluded: Excluded = _nothing) -> Found:
    """Every file that ``paths`` name, those of a folder sorted by name; each once, however often it is named or linked.

    A path that is not there may be a pattern, such as ``sheets/**/*.txt``; those ``listed`` in a file are none. What is
    ``excluded`` is left out where a folder, a pattern or a list leads to it; a file among ``paths`` never is.

    A folder without any file to check, or one that cannot be read, is an input itself: reading it says what is wrong.
    """
    search = _Search(excluded)
    for path in paths:
        fitting = _fitting(path)
        for file in fitting:
            if file == path or not _is_within_excluded(file, excluded):
                search.add(file, named=file == path)
    for path in listed:
        if not _is_within_excluded(path, excluded):
            search.add(path)
    return Found(search.inputs, len(search.passed_over))


def _fitting(path: str) -> Sequence[str]:
    """The files and folders that fit ``path``, where it is a pattern that no shell has taken up; else itself."""
    if os.path.lexists(path) or _SIGNS.isdisjoint(path):
        return (path,)
    found: dict[str, str] = {}
    for fitting in sorted(_matches(path), key=lambda file: (os.path.realpath(file) != os.path.abspath(file), file)):
        found.setdefault(os.path.realpath(fitting), fitting)
    return sorted(found.values()) or (path,)


def _matches(pattern: str) -> Iterator[str]:
    """What fits ``pattern``. ``**`` follows no link, which may lead in a circle; what is hidden fits none but a dot."""
    from pathlib import Path  # only where there is a pattern

    parts = Path(pattern).parts
    first = next(at for at, part in enumerate(parts) if not _SIGNS.isdisjoint(part))
    start, wanted = Path(*parts[:first]), parts[first:]
    dotted = any(part.startswith(".") for part in wanted)
    whole = "/".join(part if part == "**" else _STARS.sub("*", part) for part in wanted)
    below = wanted[-1] == "**"  # all files, as a shell has it: folders are looked into anyway
    for path in start.glob(f"{whole}/*" if below else whole):
        if below and path.is_dir():
            continue
        if dotted or not any(part.startswith(".") for part in path.relative_to(start).parts):
            yield str(path)


def _is_within_excluded(path: str, excluded: Excluded) -> bool:
    """Whether ``path``, or a folder on the way to it, is ``excluded``."""
    while path and path != STDIN:
        if excluded(path):
            return True
        above = os.path.dirname(path)
        if above == path:
            break
        path = above
    return False


class _Search:
    """The inputs that one path after another leads to."""

    def __init__(self, excluded: Excluded) -> None:
        self.passed_over: set[str] = set()
        self._excluded = excluded
        self._found: dict[str, Input] = {}

    @property
    def inputs(self) -> Sequence[Input]:
        """What was found, each once."""
        return list(self._found.values())

    def add(self, path: str, *, named: bool = False) -> None:
        """Add the file ``path``, or what is found in the folder."""
        if path == STDIN or not os.path.isdir(path):
            self._once(Input(path, named=named))
            return
        files = self._inside(path)
        for file in files:
            self._once(Input(file, path))
        if not files:
            self._once(Input(path))

    def _once(self, input_: Input) -> None:
        name = input_.path if input_.path == STDIN else os.path.realpath(input_.path)
        if name not in self._found:
            self._found[name] = input_
        elif input_.named:
            self._found[name] = attrs.evolve(self._found[name], folder=None, named=True)

    def _inside(self, folder: str) -> list[str]:
        """The files below ``folder``, links to folders followed; a folder met again, as in a circle, is passed over.

        What is reached without a link goes by the name it has there.
        """
        found: list[str] = []
        seen: set[str] = set()
        linked = [folder]
        while linked:
            following, linked = sorted(linked), []
            for start in following:
                linked += self._walk(start, seen, found)
        return sorted(file.removeprefix(f".{os.sep}") for file in found)

    def _walk(self, folder: str, seen: set[str], found: list[str]) -> list[str]:
        """Add the files below ``folder`` to ``found``; the links to folders met on the way."""
        linked: list[str] = []
        waiting = [folder]
        while waiting:  # and no recursion: folders may be nested deeper than Python's calls
            here = waiting.pop()
            real = os.path.realpath(here)
            if real in seen:
                continue
            seen.add(real)
            try:
                with os.scandir(here) as listing:
                    entries = list(listing)
            except OSError as error:
                found.append(error.filename or here)
                continue
            names = {entry.name for entry in entries}
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if _is_folder(entry):
                    if not entry.name.endswith(".egg-info") and not self._excluded(entry.path):
                        (linked if entry.is_symlink() else waiting).append(entry.path)
                elif os.path.splitext(entry.name)[1].lower() in _SEARCHED and not self._excluded(entry.path):
                    if entry.name.startswith(_LOCK) or not names.isdisjoint(copied_from(entry.name)):
                        self.passed_over.add(os.path.join(real, entry.name))
                    else:
                        found.append(entry.path)
        return linked


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False
