"""The shapes that values of a configuration file may have: as checks for the loader, as JSON Schema for editors.

A :class:`Shape` says the same twice: as a check, for the loader, and as JSON Schema, for editors. Whether the rules,
lists and options that a value names are there is for :mod:`~goalcheck.config.merge` to say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from goalcheck.errors import FileError
from goalcheck.files.regexes import regex
from goalcheck.files.toml_file import nearest
from goalcheck.files.toml_places import Path
from goalcheck.readers.plain import is_text_encoding

Wrong = Callable[..., FileError]
"""Makes the error about a place: ``wrong(where, key, nearest, **figures)``."""


@attrs.frozen(eq=False)
class Shape:
    """What a value has to look like: ``check`` raises what ``wrong`` makes, ``schema`` is the same as JSON Schema."""

    check: Callable[[Wrong, Path, Any], None]
    schema: Mapping[str, Any]


def reference(name: str) -> Mapping[str, Any]:
    """The part called ``name`` of the whole schema; :mod:`~goalcheck.config.schema` makes those of the catalogue."""
    return {"$ref": f"#/$defs/{name}"}


def key_path(where: Path) -> str:
    """A way to a value as people write it: ``lexicon.growth-words.add``."""
    return ".".join(str(key) for key in where if isinstance(key, str))


_CONTROL = regex(r"[\x00-\x1f]")
_COMMA = regex("[,\uff0c\u3001]")


def _misfit(wrong: Wrong, where: Path, expected: str) -> FileError:
    return wrong(where, "misfit", name=key_path(where), expected=expected)


def _text(wrong: Wrong, where: Path, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise _misfit(wrong, where, "text")


def _path(wrong: Wrong, where: Path, value: Any) -> None:
    _text(wrong, where, value)
    if _CONTROL.search(value):
        raise wrong(where, "unprintable", name=key_path(where))


def _paths(wrong: Wrong, where: Path, value: Any) -> None:
    _texts(wrong, where, value)
    for number, path in enumerate(value):
        _path(wrong, (*where, number), path)


def as_list(selectors: str) -> str:
    """Selectors parted by commas, which only the command line takes, as the list that they were meant to be."""
    named = [part.strip() for part in _COMMA.split(selectors)]
    return json.dumps([part for part in named if part], ensure_ascii=False)


def _texts(wrong: Wrong, where: Path, value: Any) -> None:
    if isinstance(value, str) and value.strip():
        raise wrong(where, "no-brackets", name=key_path(where), value=f"{where[-1]} = {as_list(value)}")
    if isinstance(value, dict) and value and len(where) > 1:
        raise wrong(where, "unquoted", name=f"{where[-1]}.{'.'.join(_first(value))}")
    if not isinstance(value, list):
        raise _misfit(wrong, where, "texts")
    for number, element in enumerate(value):
        if not isinstance(element, str) or not element.strip():
            raise _misfit(wrong, (*where, number), "texts")


def _first(value: Any) -> Iterator[str]:
    """The keys on the way to the first value within tables within tables."""
    while isinstance(value, dict) and value:
        name, value = next(iter(value.items()))
        yield name


def _truth(wrong: Wrong, where: Path, value: Any) -> None:
    if not isinstance(value, bool):
        raise _misfit(wrong, where, "truth")


def _encoding(wrong: Wrong, where: Path, value: Any) -> None:
    _text(wrong, where, value)
    if not is_text_encoding(value):
        raise wrong(where, "no-encoding", name=value)


def _words(wrong: Wrong, where: Path, value: Any) -> None:
    _texts(wrong, where, value)
    for number, word in enumerate(value):
        if word != word.strip():
            raise wrong((*where, number), "blank-around", name=word)


def _anything(_: Wrong, __: Path, ___: Any) -> None:
    """The options of a rule: their own record says of what kind they are."""


def one_of(choices: tuple[str | int, ...]) -> Shape:
    """One of ``choices``; true is no 1 here."""

    def check(wrong: Wrong, where: Path, value: Any) -> None:
        if not any(type(value) is type(choice) and value == choice for choice in choices):
            shown = json.dumps(value, ensure_ascii=False, default=str)
            raise wrong(where, "one-of", name=key_path(where), value=shown, choices=", ".join(map(str, choices)))

    return Shape(check, {"enum": list(choices)})


def whole(least: int, most: int, word: str | None = None) -> Shape:
    """A whole number from ``least`` to ``most``; or ``word``, if one is given."""

    def check(wrong: Wrong, where: Path, value: Any) -> None:
        if word is not None and value == word:
            return
        if type(value) is not int or not least <= value <= most:
            if word is None:
                raise wrong(where, "whole", name=key_path(where), least=least, most=most)
            raise wrong(where, "whole-or-word", name=key_path(where), least=least, most=most, word=word)

    number = {"type": "integer", "minimum": least, "maximum": most}
    return Shape(check, number if word is None else {"anyOf": [number, {"const": word}]})


def table(of: Shape, schema: Mapping[str, Any] | None = None, expected: str = "table") -> Shape:
    """A table whose values are all ``of`` one shape; ``schema`` says more of the keys, ``expected`` how to write it."""

    def check(wrong: Wrong, where: Path, value: Any) -> None:
        if not isinstance(value, dict):
            raise _misfit(wrong, where, expected)
        for key, element in value.items():
            of.check(wrong, (*where, key), element)

    return Shape(check, schema or {"type": "object", "additionalProperties": of.schema})


def record(expected: str, **shapes: Shape) -> Shape:
    """A table with these keys, none of which it has to have."""

    def check(wrong: Wrong, where: Path, value: Any) -> None:
        if not isinstance(value, dict):
            raise _misfit(wrong, where, expected)
        for key, element in value.items():
            if key not in shapes:
                raise wrong((*where, key), "no-key", nearest(key, shapes), name=key_path((*where, key)))
            shapes[key].check(wrong, (*where, key), element)

    schema = {name: shape.schema for name, shape in shapes.items()}
    return Shape(check, {"type": "object", "properties": schema, "additionalProperties": False})


_NOT_BLANK = {"type": "string", "pattern": r"\S"}
_BARE = {"type": "string", "pattern": r"^\S(?:[\s\S]*\S)?$"}

TEXT = Shape(_text, _NOT_BLANK)
_SHOWN = {"type": "string", "pattern": r"^[^\x00-\x1f]*[^\x00-\x1f\s][^\x00-\x1f]*$"}
PATH = Shape(_path, _SHOWN)
PATHS = Shape(_paths, {"type": "array", "items": _SHOWN})
TEXTS = Shape(_texts, {"type": "array", "items": _NOT_BLANK})
SELECTORS = Shape(_texts, {"type": "array", "items": reference("selector")})
TRUTH = Shape(_truth, {"type": "boolean"})
ENCODING = Shape(_encoding, _NOT_BLANK)
TAXONOMY = Shape(_path, reference("taxonomy"))
WORDS = Shape(_words, {"type": "array", "items": _BARE})
OPTIONS = table(Shape(_anything, {}), expected="rule-options")
CHANGES = record("list-words", add=WORDS, remove=WORDS)
