"""A TOML file that a user wrote in, its tables out; what is wrong with it is said with file and line.

``tomllib`` keeps no places. :func:`places` walks the text once more, and only where something is wrong.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs

from goalcheck.errors import FileError
from goalcheck.files.paths import spelt

MAX_BYTES = 2**20
"""The largest file that is read; one that people write has a few thousand bytes."""

Path = tuple[str | int, ...]
"""The way to a value: keys of tables and places in lists, ``("rule", 0, "code")``."""


@attrs.frozen(eq=False)
class Document:
    """A file of the user's: the path by which to speak of it, its text, and the tables read from it."""

    path: str
    text: str
    data: Mapping[str, Any]

    @property
    def folder(self) -> str:
        """The folder to which paths in the file are relative."""
        return os.path.dirname(os.path.abspath(self.path))

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
    return Document(shown, text, _tables(text, shown))


def read_text(path: str, limit: int = MAX_BYTES) -> tuple[str, str]:
    """The path by which to speak of the file at ``path``, and its text. Raises :class:`FileError`."""
    shown = shown_path(path)
    try:
        with open(path, "rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise FileError("missing", shown) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise FileError("unreadable", shown, reason=reason) from None
    if len(data) > limit:
        raise FileError("too-large", shown, limit=limit // 2**20)
    try:
        return shown, data.decode("utf-8-sig")
    except UnicodeError as error:
        wrong = data[: getattr(error, "start", 0)].count(b"\n") + 1
        raise FileError("not-utf-8", shown, wrong) from None


def shown_path(path: str) -> str:
    """``path`` as it is best shown: relative where it lies below the current folder."""
    path = os.path.abspath(path)
    try:
        near = os.path.relpath(path)
    except (OSError, ValueError):  # another drive, or a current folder that is gone
        return spelt(path)
    return spelt(path if near.startswith(os.pardir) else near)


_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_AT_END = " (at end of document)"
_QUOTES = frozenset("\u201c\u201d\u2018\u2019\uff02\uff07")
_SIGNS = re.compile(r"[\u3000-\u3002\u3010\u3011\u00a0\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3e\uff5b-\uff5d]")
_SAID = re.compile(r"""\"[^"]*"|'[^']*'|#.*""")


def _tables(text: str, shown: str) -> Mapping[str, Any]:
    import tomllib  # only where there is a file to read

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise FileError("syntax", shown, what="too deeply nested") from None
    except ValueError as error:
        raise _unreadable(text, shown, str(error)) from None


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


_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = (
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
)
_KEY = re.compile(rf"[ \t]*({_STRING}|[A-Za-z0-9_-]+)[ \t]*", re.DOTALL)
_SCALAR = re.compile(rf"{_STRING}|[^,\]}}\r\n#]+", re.DOTALL)


def places(text: str) -> Mapping[Path, int]:
    """The offset of every key and of every element of a list in ``text``, which must be sound TOML."""
    return _Walk(text).found


class _Walk:
    """One walk through a sound text; what it meets needs no checking any more."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._sizes: dict[Path, int] = {}  # how many tables each [[array]] has so far
        table: Path = ()
        while self._skip():
            if text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self) -> bool:
        """Pass over blanks and comments; whether anything is left."""
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at
        return self._at < len(self._text)

    def _header(self) -> Path:
        start = self._at
        array = self._text.startswith("[[", start)
        self._at += 1 + array
        table: Path = ()
        keys = self._keys()
        for number, key in enumerate(keys, 1):
            table = (*table, key)
            if array and number == len(keys):
                self.found.setdefault(table, start)
                self._sizes[table] = self._sizes.get(table, 0) + 1
            if table in self._sizes:
                table = (*table, self._sizes[table] - 1)
            self.found.setdefault(table, start)
        self._at += 1 + array
        return table

    def _keys(self) -> list[str]:
        """A key and those that follow it behind dots."""
        keys = []
        while key := _KEY.match(self._text, self._at):
            keys.append(_unquoted(key[1]))
            self._at = key.end()
            if self._text[self._at] != ".":
                break
            self._at += 1
        return keys

    def _pair(self, table: Path) -> None:
        start = self._at
        where = table
        for key in self._keys():
            where = (*where, key)
            self.found.setdefault(where, start)
        self._at += 1  # =
        self._skip()
        self._value(where)

    def _value(self, where: Path) -> None:
        opened = self._text[self._at]
        if opened not in "[{":
            scalar = _SCALAR.match(self._text, self._at)
            self._at = scalar.end() if scalar else self._at + 1
            return
        self._at += 1
        number = 0
        while self._skip() and self._text[self._at] not in "]}":
            if self._text[self._at] == ",":
                self._at += 1
            elif opened == "{":
                self._pair(where)
            else:
                self.found[(*where, number)] = self._at
                self._value((*where, number))
                number += 1
        self._at += 1


def _unquoted(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    if key[0] == '"':
        import tomllib

        return str(tomllib.loads(f"key = {key}")["key"])
    return key
