"""Reads XML within limits: :func:`parse` tells a :class:`Handler` of it, element by element.

What is wrong with it, in whatever way, is an :class:`~goalcheck.errors.InputError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, NamedTuple
from xml.parsers import expat

from goalcheck.errors import InputError
from goalcheck.limits import MOST_ELEMENTS, MOST_NESTED

_LONGEST_TOKEN = 2**22  # bytes of a tag or a comment: some parsers look through all of it again with every piece

Attributes = Mapping[str, str]
"""The attributes of an element. The name of one with a prefix is its namespace, a blank and its local name."""


class Handler:
    """What is done with XML as it is parsed.

    ``namespaces`` has the prefix, or none, that a name in a known namespace gets, whatever its prefix in the file. A
    name in any other namespace is that namespace, a blank and the local name; one in none is as it is.
    """

    namespaces: ClassVar[Mapping[str, str]] = {}
    root: ClassVar[str] = ""
    """The element that all the others are within; nothing where any will do."""

    def start(self, name: str, attributes: Attributes, /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """An element ends."""

    def text(self, text: str, /) -> None:
        """Text within an element, or a piece of it."""


def parse(pieces: Iterable[bytes], part: str, handler: Handler) -> None:
    """Parse XML that comes in ``pieces``; ``part`` is what it is called.

    Raises :class:`InputError` for what is no XML, has not the root that ``handler`` is for, declares a DOCTYPE, is
    nested too deep or has too many elements.
    """
    names = Names(handler.namespaces)
    start, end, root = handler.start, handler.end, handler.root
    depth = 0

    def on_start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        if not depth and root not in ("", names[name]):
            raise InputError("damaged-part", part=part)
        depth += 1
        if depth > MOST_NESTED:
            raise InputError("nested-too-deep", part=part, limit=MOST_NESTED)
        start(names[name], attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(names[name])

    parse_with(Calls(on_start, on_end, handler.text), pieces, part, separator=" ")


class Calls(NamedTuple):
    """What is called as an element starts, as it ends, and for text within it; it sees to it that none is too deep."""

    start: Callable[[str, Attributes], object]
    end: Callable[[str], object]
    text: Callable[[str], object]


def parse_with(calls: Calls, pieces: Iterable[bytes], part: str, separator: str | None = None) -> None:
    """Parse XML as :func:`parse` does, where every call counts.

    Names come as they are written, with their prefixes, which takes half the time: :class:`PrefixedNames` has those
    that are meant. With a ``separator`` they come behind their namespaces.
    """

    def on_doctype(*_: object) -> None:
        raise InputError("doctype", part=part)

    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = calls
    parser.StartDoctypeDeclHandler = on_doctype
    elements = size = 0
    try:
        for piece in pieces:
            elements += piece.count(b"<") - piece.count(b"</") - piece.count(b"<\0/")
            size += len(piece)
            if elements > MOST_ELEMENTS:
                raise InputError("too-many-elements", part=part, limit=MOST_ELEMENTS)
            parser.Parse(piece, False)
            if size - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise InputError("damaged-part", part=part)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):  # the latter for an encoding that is none, or not of XML
        raise InputError("damaged-part", part=part) from None


class Names(dict[str, str]):
    """The names of elements or attributes as the code calls them, by what the parser gives: each is made once."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        super().__init__()
        self._namespaces = namespaces

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        prefix = self._namespaces.get(namespace) if namespace else ""
        self[name] = name if prefix is None else f"{prefix}:{local}" if prefix else local
        return self[name]


class PrefixedNames(dict[str, str]):
    """The names of elements as the code calls them, by what is written, where the ``root`` declares their prefixes.

    One in none of the ``namespaces`` is empty. No program declares the same prefix for something else further in.
    """

    def __init__(self, namespaces: Mapping[str, str], root: Attributes) -> None:
        super().__init__()
        declared = ((name.partition(":"), said) for name, said in root.items())
        self._prefixes = {prefix for (name, _, prefix), said in declared if name == "xmlns" and said in namespaces}

    def __missing__(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        self[name] = local if prefix in self._prefixes else ""
        return self[name]


def attribute(attributes: Attributes, name: str) -> str | None:
    """The attribute whose local name is ``name``, whatever its namespace; None where there is none."""
    said = attributes.get(name)
    if said is None:
        ending = f" {name}"
        said = next((said for key, said in attributes.items() if key.endswith(ending)), None)
    return said


def office_names(vocabulary: str, name: str = "main", prefix: str = "") -> dict[str, str]:
    """Both namespaces of a ``vocabulary`` of Office Open XML, with the ``prefix`` that its names get.

    Programs write the transitional one, and the strict one where they are asked for it.
    """
    transitional = f"http://schemas.openxmlformats.org/{vocabulary}/2006/{name}"
    return {transitional: prefix, f"http://purl.oclc.org/ooxml/{vocabulary}/{name}": prefix}
