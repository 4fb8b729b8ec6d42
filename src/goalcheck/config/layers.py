"""The layers of a configuration: the files that it extends, and itself, each checked for its shape.

Whether the rules, lists and options that a layer names are there is for :mod:`~goalcheck.config.merge` to say.
"""

from __future__ import annotations

import ntpath
import os
from collections.abc import Collection, Mapping
from typing import Any

import attrs

from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.configuration import PYPROJECT
from goalcheck.config.keys import ABOVE, KEYS
from goalcheck.config.nearest import NearestFile
from goalcheck.config.selection import Selection
from goalcheck.config.shapes import Wrong, key_path
from goalcheck.errors import FileError
from goalcheck.files.toml_file import Document, nearest, read
from goalcheck.files.toml_places import Path

_NO_PATHS: Mapping[str, Collection[str]] = {"extend": (ABOVE,), "taxonomy": TAXONOMIES}
"""What the value of a key may be that else is a path."""

_MOST = 16
"""How many files may build on one another."""


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
        """The error ``key`` about what it says at ``where``.

        A key of the file under the header of a table is a slip of its own: in TOML it is the table's.
        """
        stray = next((name for name in where[1:] if name in KEYS), None)
        if stray is not None and (key != "misfit" or len(where) == 2):
            key, nearest, figures = "misplaced", None, {"name": stray, "table": key_path((*self.root, where[0]))}
        return self.document.wrong((*self.root, *where), key, nearest, **figures)

    def beside(self, path: str) -> str:
        """``path``, which is relative to the file."""
        return os.path.join(self.document.folder, path)

    def has_within(self, path: str) -> bool:
        """Whether ``path`` really lies in the folder of the file or below, wherever links lead."""
        if ntpath.splitdrive(path)[0]:  # the same everywhere: what another drive holds is nowhere below
            return False
        home = os.path.realpath(self.document.folder)
        real = os.path.normcase(os.path.realpath(self.beside(path)))
        return f"{real}{os.sep}".startswith(os.path.join(os.path.normcase(home), ""))

    @property
    def selection(self) -> Selection:
        """The rules it asks for."""
        return Selection(self.get("profile"), self.get("select"), self.get("extend-select", ()), self.get("ignore"))


def layers(path: str) -> list[Layer]:
    """The layers of the configuration in the file ``path``, the most general first. Raises :class:`FileError`."""
    found = [_layer(path)]
    seen = [os.path.realpath(path)]
    while (base := found[-1].get("extend")) is not None:
        target = _extended(found[-1], base)
        if os.path.realpath(target) in seen:
            raise found[-1].wrong(("extend",), "extends-itself", name=base)
        if len(found) == _MOST:
            raise found[-1].wrong(("extend",), "extends-too-many", limit=_MOST)
        found.append(_layer(target))
        seen.append(os.path.realpath(target))
    return found[::-1]


def _extended(layer: Layer, base: str) -> str:
    """The file that ``layer`` extends under the name ``base``."""
    if base != ABOVE:
        if not os.path.exists(layer.beside(base)):
            raise layer.wrong(("extend",), "no-file", name=base)
        return layer.beside(base)
    above = NearestFile().above(os.path.dirname(layer.document.folder))
    if above is None:
        raise layer.wrong(("extend",), "nothing-above", name=base)
    return above


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
        raise layer.wrong((), "misfit", name="tool.goalcheck", expected="table")
    if layer.root == () and set(layer.table) & {"tool", "goalcheck"}:
        key = next(key for key in layer.table if key in ("tool", "goalcheck"))
        raise layer.wrong((key,), "no-such-header", name="tool.goalcheck" if key == "tool" else key)
    check(layer.table, layer.wrong)
    _check_paths(layer)


def check(table: Mapping[str, Any], wrong: Wrong) -> None:
    """Raise what ``wrong`` makes of the first key of ``table`` that there is not, or whose value is misshapen."""
    for name, value in table.items():
        key = KEYS.get(name)
        if key is None:
            raise wrong((name,), "no-key", nearest(name, KEYS), name=name)
        key.shape.check(wrong, (name,), value)


def _check_paths(layer: Layer) -> None:
    """Refuse a path that leads out of the folder: a file among sheets has no say over what lies elsewhere."""
    for name, value in layer.table.items():
        if not KEYS[name].path or value in _NO_PATHS.get(name, ()):
            continue
        places = enumerate(value) if isinstance(value, list) else [(None, value)]
        for number, path in places:
            if not layer.has_within(path):
                where = (name,) if number is None else (name, number)
                raise layer.wrong(where, "extends-outside" if name == "extend" else "outside", name=path)
