"""``messages/*.toml`` in, their sentences out: read strictly, and once a process."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from goalcheck.files import compiled

LANGUAGES = ("zh", "en")
_FIGURE = re.compile(r"\{(\w*)")
_PACKAGE = "goalcheck.messages"


class MessageError(Exception):
    """A sentence that breaks the form of its file; the message names it and says what is wrong."""


@attrs.frozen
class Words:
    """The same said in every language of the tool."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


def words(key: str) -> Words:
    """The sentence ``key``, ``file.name``, in both languages. Raises KeyError for one that is not there."""
    file, _, name = key.partition(".")
    return all_words()[file][name]


def under(file: str) -> Mapping[str, Words]:
    """The sentences of one file, by name. Raises KeyError for a file that is not there."""
    return all_words()[file]


@cache
def all_words() -> Mapping[str, Mapping[str, Words]]:
    """The sentences by file and name, from the TOML files or their compiled form. Raises :class:`MessageError`."""
    texts = {name: (pkgutil.get_data(_PACKAGE, f"{name}.toml") or b"").decode() for name in _names()}
    return compiled.load("messages", [*texts, *texts.values()], lambda: _build(texts))


def _names() -> list[str]:
    return sorted(file.name.removesuffix(".toml") for file in files(_PACKAGE).iterdir() if file.name.endswith(".toml"))


def _build(texts: Mapping[str, str]) -> dict[str, dict[str, Words]]:
    import tomllib  # only where the compiled form is stale

    return {file: sentences(file, tomllib.loads(text)) for file, text in texts.items()}


def sentences(file: str, tables: Mapping[str, Any]) -> dict[str, Words]:
    """The sentences that the tables of ``file`` describe. Raises :class:`MessageError`."""
    made = {}
    for name, said in tables.items():
        if not isinstance(said, Mapping) or set(said) != set(LANGUAGES) or not all(map(_is_text, said.values())):
            raise MessageError(f"{file}.{name}: needs {' and '.join(LANGUAGES)}, each a text, and nothing else")
        figures = [set(_FIGURE.findall(said[language])) for language in LANGUAGES]
        if figures[0] != figures[1]:
            raise MessageError(f"{file}.{name}: its languages give different figures")
        made[name] = Words(**said)
    return made


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
