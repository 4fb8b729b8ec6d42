"""A configuration file in, its layers out: what it extends, and itself. Each is checked for its shape.

Whether the rules, lists and options that a layer names are there is for :mod:`~goalcheck.config.merge` to say.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from goalcheck.config.selection import PROFILES, Selection
from goalcheck.config.setups import FAIL_ON, PYPROJECT
from goalcheck.document import Document, Path, nearest, read
from goalcheck.rule import LANGUAGES, Severity
from goalcheck.source import FileError, text_encoding


@attrs.frozen(eq=False)
class Layer:
    """What one file says. ``root`` is where its table stands: the whole file, or ``[tool.goalcheck]``."""

    document: Document
    root: Path
    table: Mapping[str, Any]

    def get(self, key: str, default: Any = None) -> Any:
        """What it says of ``key``."""
        return self.table.get(key, default)

    def wrong(self, where: Path, key: str, nearest: str | None = None, **figures: object) -> FileError:
        """The error ``key`` about what it says at ``where``."""
        return self.document.wrong((*self.root, *where), key, nearest, **figures)

    def beside(self, path: str) -> str:
        """``path``, which is relative to the file."""
        return os.path.join(self.document.folder, path)

    @property
    def selection(self) -> Selection:
        """The rules it asks for."""
        return Selection(self.get("profile"), self.get("select"), self.get("extend-select", ()), self.get("ignore"))


def layers(path: str) -> list[Layer]:
    """The layers of the configuration in the file ``path``, the most general first. Raises :class:`FileError`."""
    found = [_layer(path)]
    seen = [os.path.realpath(path)]
    while (base := found[-1].get("extend")) is not None:
        target = found[-1].beside(base)
        if not os.path.isfile(target):
            raise found[-1].wrong(("extend",), "no-file", name=base)
        if os.path.realpath(target) in seen:
            raise found[-1].wrong(("extend",), "extends-itself", name=base)
        found.append(_layer(target))
        seen.append(os.path.realpath(target))
    return found[::-1]


def _layer(path: str) -> Layer:
    document = read(path)
    if os.path.basename(path) != PYPROJECT:
        layer = Layer(document, (), document.data)
    else:
        table = document.data.get("tool", {})
        table = table.get("goalcheck") if isinstance(table, dict) else None
        if table is None:
            raise FileError("no-table", document.path)
        layer = Layer(document, ("tool", "goalcheck"), table)
    _check(layer)
    return layer


def _check(layer: Layer) -> None:
    if not isinstance(layer.table, dict):
        raise _misfit(layer, (), "table")
    for key, value in layer.table.items():
        shape = SHAPES.get(key)
        if shape is None:
            raise layer.wrong((key,), "no-key", nearest(key, SHAPES), name=key)
        shape(layer, (key,), value)


Shape = Callable[[Layer, Path, Any], None]


def _misfit(layer: Layer, where: Path, expected: str) -> FileError:
    return layer.wrong(where, "misfit", name=spelt(where), expected=expected)


def spelt(where: Path) -> str:
    """A way to a value as people write it: ``lexicon.growth-words.add``."""
    return ".".join(str(key) for key in where if isinstance(key, str))


def _text(layer: Layer, where: Path, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise _misfit(layer, where, "text")


def _texts(layer: Layer, where: Path, value: Any) -> None:
    if not isinstance(value, list):
        raise _misfit(layer, where, "texts")
    for number, element in enumerate(value):
        if not isinstance(element, str) or not element.strip():
            raise _misfit(layer, (*where, number), "texts")


def _one_of(choices: tuple[str, ...]) -> Shape:
    def check(layer: Layer, where: Path, value: Any) -> None:
        if value not in choices:
            shown = json.dumps(value, ensure_ascii=False, default=str)
            raise layer.wrong(where, "one-of", name=spelt(where), value=shown, choices=", ".join(choices))

    return check


def _table(of: Shape) -> Shape:
    def check(layer: Layer, where: Path, value: Any) -> None:
        if not isinstance(value, dict):
            raise _misfit(layer, where, "table")
        for key, element in value.items():
            of(layer, (*where, key), element)

    return check


def _encoding(layer: Layer, where: Path, value: Any) -> None:
    _text(layer, where, value)
    if not text_encoding(value):
        raise layer.wrong(where, "no-encoding", name=value)


def _whole(layer: Layer, where: Path, value: Any) -> None:
    if type(value) is not int or value < 1:
        raise _misfit(layer, where, "whole")


def _words(layer: Layer, where: Path, value: Any) -> None:
    if where[-1] not in ("add", "remove"):
        raise layer.wrong(where, "no-key", nearest(str(where[-1]), ("add", "remove")), name=spelt(where))
    _texts(layer, where, value)
    for number, word in enumerate(value):
        if word != word.strip():
            raise layer.wrong((*where, number), "blank-around", name=word)


def _anything(layer: Layer, where: Path, value: Any) -> None:
    """The options of a rule: their own record says of what kind they are."""


SHAPES: Mapping[str, Shape] = {
    "extend": _text,
    "profile": _one_of(PROFILES),
    "select": _texts,
    "extend-select": _texts,
    "ignore": _texts,
    "per-file-ignores": _table(_texts),
    "fail-on": _one_of(FAIL_ON),
    "taxonomy": _text,
    "lang": _one_of(LANGUAGES),
    "encoding": _encoding,
    "max-size": _whole,
    "max-rows": _whole,
    "max-cell": _whole,
    "max-entries": _whole,
    "rules": _texts,
    "plugins": _texts,
    "severity": _table(_one_of(tuple(severity.label for severity in sorted(Severity, reverse=True)))),
    "options": _table(_table(_anything)),
    "lexicon": _table(_table(_words)),
}
"""Every key of a configuration file, and what checks its shape."""
