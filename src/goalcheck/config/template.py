"""The configuration file that ``goalcheck init`` writes: all there is to say, all of it commented out.

Keys stand there with their defaults behind ``# ``, words behind ``## ``: one is put to use by taking its ``#`` away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from goalcheck.catalogue.load import catalogue
from goalcheck.config.keys import ABOVE, GROUPS, KEYS, Key, toml_key, toml_value
from goalcheck.messages import Words, say


def template(language: str, *, builds_on_above: bool = False) -> str:
    """The text, in ``language``. With ``builds_on_above`` it changes nothing of what a file of a folder above says."""
    return "\n".join(_lines(language, builds_on_above)) + "\n"


def _lines(language: str, builds_on_above: bool) -> Iterator[str]:
    yield f"## {say('config_file.title', language)}"
    yield say("config_file.use", language)
    if builds_on_above:
        yield ""
        yield f"## {say('config_file.builds-on', language)}"
        yield f"extend = {toml_value(ABOVE)}"
    for group in GROUPS:
        yield ""
        yield f"## ---- {say(f'config_file.group-{group}', language)} ----"
        for key in KEYS.values():
            if key.group == group and not (key.name == "extend" and builds_on_above):
                yield ""
                yield from _table(key, language) if group == "tables" else _key(key, language)


def _key(key: Key, language: str) -> Iterator[str]:
    yield f"## {_sentence(key.words[language] if key.unset is None else key.described(language))}"
    if not key.default and not isinstance(key.default, bool):  # what it says by default shows nothing of its form
        yield _example([key.name], key.example, language)
    if key.default is not None:
        yield f"# {key.name} = {toml_value(key.default)}"


def _table(key: Key, language: str) -> Iterator[str]:
    """A table, line by line with dotted keys: then each line can be put to use alone, and in any order."""
    yield f"## {_sentence(key.words[language])}"
    for path, value in _leaves(key.example):
        yield _example([key.name, *path], value, language)
    for path, value, words in _defaults(key):
        if words is not None:
            yield f"## {_sentence(words[language])}"
        yield f"# {toml_key([key.name, *path])} = {toml_value(value)}"


def _defaults(key: Key) -> Iterator[tuple[Sequence[str], Any, Words | None]]:
    """Lines of the table ``key`` that change nothing: where it points, what holds there by default, what that is."""
    if key.name == "options":
        for rule in catalogue().rules:
            for option, value in rule.options.items():
                yield (rule.name, option), value, rule.title
        return
    for path, value in _leaves(key.example):
        ruled = catalogue().find(path[0])
        yield path, [] if ruled is None or isinstance(value, list) else ruled.severity.label, None


def _leaves(table: Mapping[str, Any]) -> Iterator[tuple[Sequence[str], Any]]:
    """Every value in ``table`` and the tables within, with the way to it."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from (((name, *path), leaf) for path, leaf in _leaves(value))
        else:
            yield (name,), value


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _example(path: Sequence[str], value: Any, language: str) -> str:
    return f"## {say('config_file.example', language, text=f'{toml_key(path)} = {toml_value(value)}')}"
