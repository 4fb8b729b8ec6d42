"""The place of every value in a TOML text, which ``tomllib`` does not keep: what is wrong has a line."""

from __future__ import annotations

import re
from collections.abc import Mapping

from goalcheck.files.regexes import regex

Path = tuple[str | int, ...]
"""The way to a value: keys of tables and places in lists, ``("rule", 0, "code")``."""

_BLANK = regex(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = (
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
)
_KEY = regex(rf"[ \t]*({_STRING}|[A-Za-z0-9_-]+)[ \t]*", re.DOTALL)
_SCALAR = regex(rf"{_STRING}|[^,\]}}\r\n#]+", re.DOTALL)


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
