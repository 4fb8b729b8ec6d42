"""A package that is changed: :class:`Box` takes other and new parts; all others stay as they were packed."""

from __future__ import annotations

import posixpath
from xml.sax.saxutils import quoteattr

from goalcheck.annotate.splice import Edits, Element, tree
from goalcheck.annotate.untouchable import UntouchableError
from goalcheck.files.archive import Member, member, members, pack
from goalcheck.readers.package import Package

_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Box:
    """The parts of a package by their names, whatever the case. What is read is checked as :class:`Package` does.

    Raises :class:`InputError` for what is damaged, :class:`UntouchableError` where parts have no types, or one name.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._members = {_plain(part.name): part for part in members(package.data)}
        self._read: dict[str, bytes] = {}
        self._changed: dict[str, bytes] = {}
        self._new: dict[str, str] = {}
        self._removed: set[str] = set()
        if len(self._members) != len(members(package.data)) or _TYPES.lower() not in self._members:
            raise UntouchableError("strict")

    def __contains__(self, name: str) -> bool:
        key = _plain(name)
        return (key in self._members or key in self._new) and key not in self._removed

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        kept = [part.name for key, part in self._members.items() if key not in self._removed]
        return [*kept, *self._new.values()]

    def read(self, name: str) -> bytes:
        """The part ``name`` as it is now. Raises :class:`InputError` where there is none."""
        key = _plain(name)
        if key in self._changed:
            return self._changed[key]
        if key not in self._read:  # what is read counts towards what may be unpacked
            self._read[key] = self._package.read(self._package.needed(name))
        return self._read[key]

    def write(self, name: str, data: bytes) -> None:
        """Put ``data`` into the part ``name``, which may be new."""
        key = _plain(name)
        if key not in self._members:
            self._new[key] = name.lstrip("/")
        self._removed.discard(key)
        self._changed[key] = data

    def remove(self, name: str) -> None:
        """Take the part ``name`` away, with its type and its relationships."""
        key = _plain(name)
        self._removed |= {key, _plain(relations_of(name))}
        edits, types = self.edits(_TYPES)
        for one in types.all("Override"):
            if _plain(one.attributes.get("PartName", "")) == key:
                edits.remove(one)
        self.write(_TYPES, edits.made())

    def free(self, pattern: str) -> str:
        """The first name of ``pattern`` with a number in it that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def tree(self, name: str) -> Element:
        """The root of the part ``name``, which is XML."""
        return tree(self.read(name), name)

    def edits(self, name: str) -> tuple[Edits, Element]:
        """Edits of the part ``name``, none so far, and its root."""
        data = self.read(name)
        return Edits(data), tree(data, name)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relationships of the part ``name`` to other parts by their ids: the kind, the name of the other."""
        found = {}
        own = relations_of(name)
        if own in self:
            for one in self.tree(own).all("Relationship"):
                if one.attributes.get("TargetMode") != "External":
                    target = one.attributes.get("Target", "").replace("\\", "/")
                    whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")
                    found[one.attributes.get("Id", "")] = one.attributes.get("Type", "").rpartition("/")[2], whole
        return found

    def related(self, name: str, kind: str) -> str | None:
        """The first part to which ``name`` has a relationship of ``kind``."""
        return next((target for what, target in self.relations(name).values() if what == kind), None)

    def relate(self, name: str, kind: str, target: str) -> str:
        """Relate the part ``name`` to ``target``; ``kind`` is a word, or a whole URI. The new id."""
        own = relations_of(name)
        if own not in self:
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            self.write(own, f'{head}<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode())
        edits, root = self.edits(own)
        ids = {one.attributes.get("Id", "") for one in root.all("Relationship")}
        number = len(ids) + 1
        while f"rIdGc{number}" in ids:
            number += 1
        whole = kind if ":" in kind else f"{_OFFICE}/{kind}"
        said = (
            f'<{root.prefix}Relationship Id="rIdGc{number}" Type={quoteattr(whole)} Target={quoteattr("/" + target)}/>'
        )
        edits.append(root, said.encode())
        self.write(own, edits.made())
        return f"rIdGc{number}"

    def unrelate(self, name: str, target: str) -> None:
        """Take away the relationships of the part ``name`` to ``target``."""
        own = relations_of(name)
        ids = {key for key, (_, to) in self.relations(name).items() if _plain(to) == _plain(target)}
        edits, root = self.edits(own)
        for one in root.all("Relationship"):
            if one.attributes.get("Id") in ids:
                edits.remove(one)
        self.write(own, edits.made())

    def type(self, name: str, kind: str, *, of_ending: bool = False) -> None:
        """Say that the part ``name``, or every part with its ending, is of ``kind``, unless that is said."""
        edits, root = self.edits(_TYPES)
        ending = name.rpartition(".")[2]
        if of_ending:
            known = any(one.attributes.get("Extension", "").lower() == ending for one in root.all("Default"))
            said = f'<{root.prefix}Default Extension="{ending}" ContentType="{kind}"/>'
            first = next(iter(root.children), None)
            if not known and first is not None:
                edits.insert(first.start, said.encode())
        else:
            known = any(_plain(one.attributes.get("PartName", "")) == _plain(name) for one in root.all("Override"))
            if not known:
                said = f'<{root.prefix}Override PartName={quoteattr("/" + name)} ContentType="{kind}"/>'
                edits.append(root, said.encode())
        if edits:
            self.write(_TYPES, edits.made())

    def packed(self) -> bytes:
        """The package: every part that was not changed as it was, name, order, date and all."""
        made: list[Member] = []
        for key, part in self._members.items():
            if key not in self._removed:
                made.append(member(part.name, self._changed[key], part) if key in self._changed else part)
        made += (member(name, self._changed[key]) for key, name in self._new.items() if key not in self._removed)
        made.sort(key=lambda part: part.name != _TYPES)  # it comes first
        return pack(made)


def relations_of(name: str) -> str:
    """The part with the relationships of the part ``name``."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
