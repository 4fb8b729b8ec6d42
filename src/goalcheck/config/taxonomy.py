"""A :class:`~goalcheck.catalogue.taxonomy.Taxonomy` read from a user's own file.

It has the form of ``rules/taxonomy``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from goalcheck.catalogue.taxonomy import TAXONOMIES, Class, Taxonomy
from goalcheck.files.regexes import regex
from goalcheck.files.toml_file import Document, nearest, read
from goalcheck.files.toml_places import Path
from goalcheck.messages import LANGUAGES, Words

ROLES = ("output", "benefit", "satisfaction", "quantity", "quality", "timeliness", "cost")
NEEDED = ROLES[:3]
"""The roles that classes of the first level must have between them: rules ask for each of these."""

_KEYS = ("name", "title", "source", "class")
_CLASS_KEYS = ("code", "label", "parent", "role", "aliases")
_FIRST = regex("[0-9]")
_SECOND = regex("[0-9]{2,3}")


def taxonomy_file(path: str) -> Taxonomy | None:
    """The taxonomy in the file ``path``, or None if there is none. Raises :class:`~goalcheck.errors.FileError`."""
    if not os.path.lexists(path):
        return None
    document = read(path)
    data = document.data
    _check_keys(document, (), data, _KEYS, _KEYS)
    name = _text(document, ("name",), data["name"])
    if name in TAXONOMIES:
        raise document.wrong(("name",), "taken", name=name)
    if not isinstance(data["class"], list) or not data["class"]:
        raise document.wrong(("class",), "misfit", name="class", expected="tables")
    classes: dict[str, Class] = {}
    labels: set[str] = set()
    for number, record in enumerate(data["class"]):
        made = _class(document, ("class", number), record)
        label = made.label.removesuffix("指标")
        if made.code in classes:
            raise document.wrong(("class", number, "code"), "taken", name=made.code)
        if label in labels:
            raise document.wrong(("class", number, "label"), "taken", name=made.label)
        classes[made.code] = made
        labels.add(label)
    _check_levels(document, classes)
    return Taxonomy(name, _words(document, "title"), _words(document, "source"), classes)


def _class(document: Document, where: Path, record: Any) -> Class:
    _check_keys(document, where, record, _CLASS_KEYS, ("code", "label"))
    said = {key: _text(document, (*where, key), value) for key, value in record.items() if key != "aliases"}
    aliases = record.get("aliases", [])
    if not isinstance(aliases, list):
        raise document.wrong((*where, "aliases"), "misfit", name="aliases", expected="texts")
    aliases = [_text(document, (*where, "aliases"), alias) for alias in aliases]
    code = said["code"]
    form = _SECOND if "parent" in said else _FIRST
    if not form.fullmatch(code):
        raise document.wrong((*where, "code"), "class-code", name=code)
    role = said.get("role")
    if role is not None and role not in ROLES:
        choices = ", ".join(ROLES)
        raise document.wrong((*where, "role"), "one-of", name="role", value=role, choices=choices)
    return Class(code, said["label"], said.get("parent"), role, tuple(aliases))


def _check_levels(document: Document, classes: Mapping[str, Class]) -> None:
    for number, made in enumerate(classes.values()):
        if made.parent is not None and (made.parent not in classes or classes[made.parent].parent is not None):
            raise document.wrong(("class", number, "parent"), "no-parent", name=made.parent, code=made.code)
    roles = {made.role for made in classes.values() if made.parent is None}
    lacking = [role for role in NEEDED if role not in roles]
    if lacking:
        raise document.wrong(("class",), "no-role", name=lacking[0])


def _check_keys(document: Document, where: Path, record: Any, keys: tuple[str, ...], needed: tuple[str, ...]) -> None:
    if not isinstance(record, dict):
        raise document.wrong(where, "misfit", name="class", expected="table")
    for key in record:
        if key not in keys:
            raise document.wrong((*where, key), "no-key", nearest(key, keys), name=key)
    for key in needed:
        if key not in record:
            raise document.wrong(where, "lacks-key", name=key)


def _text(document: Document, where: Path, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise document.wrong(where, "misfit", name=str(where[-1]), expected="text")
    return value


def _words(document: Document, key: str) -> Words:
    """What stands at ``key``: one text for both languages, or one for each."""
    said = document.data[key]
    if isinstance(said, str):
        return Words(_text(document, (key,), said), said)
    if not isinstance(said, dict) or set(said) != set(LANGUAGES):
        raise document.wrong((key,), "misfit", name=key, expected="words")
    return Words(**{language: _text(document, (key, language), said[language]) for language in LANGUAGES})
