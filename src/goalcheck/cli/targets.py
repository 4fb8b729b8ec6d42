"""The file that a command is to write; it is refused, before anything is checked, where something would be lost by it.

An input, a file that the run goes by, and a sheet are never replaced, by whatever spelling or link the target leads to
them. A report of an earlier run is.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator

from goalcheck.catalogue.load import catalogue
from goalcheck.cli.speech import Refusal
from goalcheck.files import inputs
from goalcheck.files.regexes import regex
from goalcheck.files.regular import SpecialFileError, open_regular
from goalcheck.files.search import OFFICE, Input
from goalcheck.files.system_errors import system_reason
from goalcheck.messages import LANGUAGES, say

_MOST = 2**28
"""The most bytes that are looked at; what is larger is taken for a sheet."""

_BEGINNING = 2**13  # bytes

_FOREIGN = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
"""What workbooks and documents begin with."""

_MANUAL = "|".join(re.escape(f"# {say('handbook.title', language)}\n") for language in LANGUAGES)
_OWN = regex(rf'(?:{_MANUAL}|[A-Z]{{2,8}}[0-9]{{1,4}} [a-z][a-z0-9-]*\n|\{{\s*"\$schema": "[^"]*json-schema)')
"""What the manual, the page of a rule and the schema begin with."""


class Target:
    """The file at ``path``, which may not be there yet."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._real = _real(path)
        self._there = {status for name in (path, self._real) if (status := _status(name)) is not None}

    def is_input(self, path: str) -> bool:
        """Whether writing to it would write over the input ``path``. What is not there cannot be lost."""
        if not self._there:
            return False
        with contextlib.suppress(OSError, ValueError):
            found = os.fstat(0) if path == inputs.STDIN else os.stat(path)
            return (found.st_dev, found.st_ino) in self._there
        return False

    def leads_to(self, path: str) -> bool:
        """Whether it is the file ``path``, be it that neither is there."""
        return self._real == _real(path) or self.is_input(path)

    def keep_apart(self, used: Iterable[str | None]) -> None:
        """Refuse to write over a file that is ``used`` otherwise."""
        if any(path is not None and self.leads_to(path) for path in used):
            raise Refusal("output-used", name=self.path)

    def spare(self, *, only_reports: bool = False) -> None:
        """Refuse to write over a sheet, or over anything that is no report if ``only_reports`` may be replaced."""
        if self.begins_as_report():
            return
        data = self.content()
        if not data or is_of_goalcheck(data):
            return
        if only_reports:
            raise Refusal("output-foreign", name=self.path)
        if self._may_be_sheet(data):
            raise Refusal("output-sheet", name=self.path)

    def begins_as_report(self) -> bool:
        """Whether its first lines say that it is a report; the page of a large batch need not be read whole for it."""
        from goalcheck.report.recognition import begins_as_report

        return begins_as_report(self.content(_BEGINNING))

    def content(self, most: int = _MOST) -> bytes:
        """What is in it now, as far as it is looked at; empty where it is not there, or no file that can be lost."""
        try:
            with open_regular(self._real) as file:
                return b"".join(_pieces(file.read, most))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError, SpecialFileError):
            return b""
        except (OSError, ValueError) as error:
            raise Refusal("output", name=self.path, reason=system_reason(error)) from None

    def _may_be_sheet(self, data: bytes) -> bool:
        from goalcheck.parse.traces import shows_trace, texts_of  # only where something is to be replaced

        if len(data) > _MOST or data.startswith(_FOREIGN) or os.path.splitext(self._real)[1].lower() in OFFICE:
            return True
        ours = catalogue()
        return shows_trace(texts_of(data), "", ours.taxonomies.values(), ours.columns)


def is_of_goalcheck(data: bytes) -> bool:
    """Whether goalcheck has written ``data``: a report, the manual, the page of a rule, the schema."""
    from goalcheck.report.recognition import is_report  # only where something is to be replaced

    return _OWN.match(data[:2000].decode("utf-8", "replace")) is not None or is_report(data)


def without(found: Iterable[Input], target: Target) -> Iterator[Input]:
    """The inputs ``found`` but for the report at ``target`` that is to be replaced: nobody means to have that checked.

    Refuses to write over any other. A folder in which there is nothing else is an input itself, and an error.
    """
    left: dict[str, Input] = {}
    seen: set[str] = set()
    for input_ in found:
        if not target.is_input(input_.path):
            seen.add(input_.folder or "")
            yield input_
        elif input_.named or not is_replaceable(target):
            raise Refusal("output-input", name=target.path)
        elif input_.folder is not None:
            left[input_.folder] = Input(input_.folder)
    yield from (folder for name, folder in left.items() if name not in seen)


def is_replaceable(target: Target) -> bool:
    """Whether what is at ``target`` now is a report, or nothing at all."""
    if target.begins_as_report():
        return True
    data = target.content()
    return not data.strip() or is_of_goalcheck(data)


def _pieces(read: Callable[[int], bytes], most: int) -> Iterator[bytes]:
    left = most + 1
    while left > 0 and (piece := read(min(left, 2**20))):
        left -= len(piece)
        yield piece


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _status(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino
