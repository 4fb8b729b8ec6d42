"""Reads a TOML file of the user's; what is wrong with it is said with file and line.

What nobody writes by hand is refused before it costs time or memory: a device or a pipe, more than a megabyte, tables a
hundred deep, numbers beyond 64 bits.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs

from goalcheck.errors import FileError
from goalcheck.files.paths import native, shown_path
from goalcheck.files.regexes import regex
from goalcheck.files.regular import MAX_BYTES, read_bytes
from goalcheck.files.toml_places import Path, places

_DEEPEST = 100
_SEGMENT = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_LONG_KEY = regex(rf"(?<![A-Za-z0-9_-])(?:{_SEGMENT}){{{_DEEPEST}}}")
_LONG_NUMBER = regex(r"\d[\d_]{1000,}")
_LARGEST = 2**63  # TOML knows whole numbers of 64 bits, and asks that no other be taken for one


@attrs.frozen(eq=False)
class Document:
    """A file of the user's: the path by which to speak of it, its text, and the tables read from it."""

    path: str
    text: str
    data: Mapping[str, Any]

    @property
    def folder(self) -> str:
        """The folder to which paths in the file are relative."""
        return os.path.dirname(os.path.abspath(native(self.path)))

    def wrong(self, where: Path, key: str, nearest: str | None = None, **figures: object) -> FileError:
        """The error ``key`` about the value at ``where``."""
        return FileError(key, self.path, self.line(where), nearest, **figures)

    def line(self, where: Path) -> int | None:
        """The line of the value at ``where``; where nothing is written there, of the table that it is missing in."""
        while where and where not in self._places:
            where = where[:-1]
        return self.text.count("\n", 0, self._places[where]) + 1 if where else None

    @cached_property
    def _places(self) -> Mapping[Path, int]:
        return places(self.text)


def read(path: str) -> Document:
    """The TOML file at ``path``. Raises :class:`FileError`."""
    shown, text = read_text(path)
    document = Document(shown, text, _tables(text, shown))
    _check_values(document)
    return document


def read_text(path: str, limit: int = MAX_BYTES) -> tuple[str, str]:
    """The path by which to speak of the file at ``path``, and its text. Raises :class:`FileError`."""
    shown = shown_path(path)
    data = read_bytes(path, limit)
    try:
        return shown, data.decode("utf-8-sig")
    except UnicodeError as error:
        wrong = data[: getattr(error, "start", 0)].count(b"\n") + 1
        raise FileError("not-utf-8", shown, wrong) from None


_AT_LINE = regex(r" \(at line (\d+), column (\d+)\)$")
_AT_END = " (at end of document)"
_QUOTES = frozenset("\u201c\u201d\u2018\u2019\uff02\uff07")
_SIGNS = regex(r"[\u3000-\u3002\u3010\u3011\u00a0\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3e\uff5b-\uff5d]")
_SAID = regex(r"""\"[^"]*"|'[^']*'|#.*""")


def _tables(text: str, shown: str) -> Mapping[str, Any]:
    import tomllib  # only where there is a file to read

    deep = _LONG_KEY.search(text)
    if deep:  # it would take the square of its length in time and memory
        raise FileError("syntax", shown, text.count("\n", 0, deep.start()) + 1, what="too deeply nested")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise FileError("syntax", shown, what="too deeply nested") from None
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(text, shown, str(error)) from None
    except ValueError:
        raise FileError("number-too-large", shown, _line_of_long_number(text)) from None


def _line_of_long_number(text: str) -> int | None:
    """The line of the first number with more digits than Python reads. It says of none where it stands.

    Something that is no value takes the place of each: what the reader then stumbles over is the first one.
    """
    import tomllib  # as above

    try:
        tomllib.loads(_LONG_NUMBER.sub("!", text))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        return int(at[1]) if at else None
    return None


def _check_values(document: Document) -> None:
    """Refuse a whole number that is none in TOML, and nesting that whoever goes through it cannot follow."""
    waiting: list[tuple[Path, Any]] = [((), document.data)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, Mapping | list):
            if len(where) > _DEEPEST:
                raise FileError("syntax", document.path, what="too deeply nested")
            parts = value.items() if isinstance(value, Mapping) else enumerate(value)
            waiting += [((*where, key), part) for key, part in parts]
        elif type(value) is int and not -_LARGEST <= value < _LARGEST:
            raise document.wrong(where, "number-too-large")


def _unreadable(text: str, shown: str, what: str) -> FileError:
    """The error about a text that is no TOML, of which ``tomllib`` says ``what``."""
    at = _AT_LINE.search(what)
    lines = text.split("\n")
    if at is None:
        line = text.rstrip().count("\n") + 1 if what.endswith(_AT_END) else None
        what = what.removesuffix(_AT_END)
        open_list = what == "Invalid value" and not text.rstrip().endswith("=")
        return FileError("syntax", shown, line, what="Unclosed array" if open_list else what)
    line = int(at[1])
    what = _AT_LINE.sub("", what)
    written = lines[line - 1]
    if _QUOTES.intersection(written):
        return FileError("full-width-quotes", shown, line)
    if _SIGNS.search(_SAID.sub("", written)):
        return FileError("full-width-signs", shown, line)
    if what == "Invalid value" and not written[: int(at[2]) - 1].strip():
        what = "Unclosed array"  # a list that was begun above and goes on here
    return FileError("syntax", shown, line, what=what)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``name`` may have been meant to be."""
    import difflib  # only to help with a mistake

    by_fold = {known.lower(): known for known in names}
    close = difflib.get_close_matches(name.lower(), by_fold, 1)
    return by_fold[close[0]] if close else None
