"""Loads the sentences of ``messages/*.toml``: strictly, each file once a process and only where it is used."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any

import attrs

from goalcheck.files import compiled

LANGUAGES = ("zh", "en")
_PACKAGE = "goalcheck.messages"
_KEYS = ("zh", "en", "en-one")
_NEEDED = set(LANGUAGES)
_Texts = tuple[str, ...]  # of a sentence, in the order of _KEYS


class MessageError(Exception):
    """A sentence that breaks the form of its file; the message names it and says what is wrong."""


@attrs.frozen(eq=False)
class Words:
    """The same said in every language of the tool."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@attrs.frozen(eq=False)
class Sentence(Words):
    """A sentence of the tool itself; ``en_one`` is how English says it of a single thing, if otherwise."""

    en_one: str | None = None


@cache
def words(key: str) -> Sentence:
    """The sentence ``key``, ``file.name``, in both languages. Raises KeyError for one that is not there."""
    file, _, name = key.partition(".")
    return under(file)[name]


@cache
def under(file: str) -> Mapping[str, Sentence]:
    """The sentences of one file, by name, from its TOML or the compiled form. Raises KeyError for a file not there."""
    try:
        text = (pkgutil.get_data(_PACKAGE, f"{file}.toml") or b"").decode()
    except OSError:
        raise KeyError(file) from None
    texts = compiled.load(f"messages/{file}", [*_KEYS, text], lambda: _build(file, text))
    return {name: Sentence(*said) for name, said in texts.items()}


def key_of(name: str, *among: str) -> str:
    """The key of the sentence ``name`` in the first of the files ``among`` that has it. Raises KeyError."""
    for file in among:
        if name in under(file):
            return f"{file}.{name}"
    raise KeyError(name)


def all_words() -> Mapping[str, Mapping[str, Sentence]]:
    """The sentences of all files, by file and name. Raises :class:`MessageError`."""
    from importlib.resources import files  # only for who wants all

    names = sorted(file.name for file in files(_PACKAGE).iterdir() if file.name.endswith(".toml"))
    return {name.removesuffix(".toml"): under(name.removesuffix(".toml")) for name in names}


def _build(file: str, text: str) -> dict[str, _Texts]:
    import tomllib  # only where the compiled form is stale

    return sentences(file, tomllib.loads(text))


def sentences(file: str, tables: Mapping[str, Any]) -> dict[str, _Texts]:
    """The sentences that the tables of ``file`` describe, by name. Raises :class:`MessageError`."""
    return {name: _sentence(f"{file}.{name}", said) for name, said in tables.items()}


def _sentence(key: str, said: Any) -> _Texts:
    if not isinstance(said, Mapping) or not _NEEDED <= set(said) <= set(_KEYS):
        raise MessageError(f"{key}: needs {' and '.join(LANGUAGES)}, may have {_KEYS[2]}, and nothing else")
    texts = tuple(said[language] for language in _KEYS if language in said)
    if not all(isinstance(text, str) and text for text in texts):
        raise MessageError(f"{key}: each language is a text that says something")
    try:
        figures = [{figure for _, figure, _, _ in Formatter().parse(text) if figure is not None} for text in texts]
    except ValueError as error:
        raise MessageError(f"{key}: {error}") from None
    if any(others != figures[0] for others in figures[1:]):
        raise MessageError(f"{key}: its languages give different figures")
    return texts
