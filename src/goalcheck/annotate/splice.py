"""Changes XML by its bytes: what is not changed stays as it was written. :func:`tree`, :class:`Edits`.

Writing a tree anew would rename prefixes and drop declarations that only ``mc:Ignorable`` names; Excel and Word refuse
such files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

import attrs

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.limits import MOST_ELEMENTS, MOST_NESTED

TAG = regex(rb"<(?:[^\"'>]|\"[^\"]*+\"|'[^']*+')*+>")
"""A start tag, from its beginning on."""

_OTHER_CODES = regex(
    rb"\A(?:\xfe\xff|\xff\xfe|\0<|<\0|<\?xml[^>]*?encoding\s*=\s*[\"'](?!utf-?8|us-ascii)[^\"']*[\"'])", re.IGNORECASE
)


_NAME = regex(rb"<(/?)(?:[\w.-]+:)?(?=\w)")


class OddXmlError(Exception):
    """XML that is sound, and of a kind in which nothing is changed: not written in UTF-8, or not made as others are."""


def content_text(written: bytes) -> str:
    """The text that the content of an element says, as it is ``written``; it has been parsed with limits before."""
    try:
        return ElementTree.fromstring(b"<t>" + written + b"</t>").text or ""  # noqa: S314  # no DOCTYPE can stand within
    except ElementTree.ParseError:  # it was taken apart where no program would have put a part of it
        raise OddXmlError(written[:99].decode(errors="replace")) from None


def prefixed(written: bytes, prefix: str) -> bytes:
    """Elements, as they are ``written``, with this prefix of the part they go to, instead of that of their own."""
    return _NAME.sub(rb"<\1" + prefix.encode(), written)


@attrs.define(eq=False, repr=False)
class Element:
    """An element, by where its tags stand: the start tag from ``start`` to ``opened``, the end tag from ``close`` to
    ``end``; one without content has no end tag.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    opened: int
    close: int = -1
    end: int = -1
    children: list[Element] = attrs.Factory(list)

    @property
    def local(self) -> str:
        """Its name without the prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """Its prefix with the colon; nothing where it has none. What is put into it bears the same."""
        return self.name[: -len(self.local)]

    @property
    def is_blank(self) -> bool:
        """Whether it is a single tag."""
        return self.close < 0

    def child(self, *path: str) -> Element | None:
        """The first child with this local name, and so on into that; None where there is none."""
        here: Element | None = self
        for local in path:
            here = next((child for child in here.children if child.local == local), None) if here is not None else None
        return here

    def all(self, local: str) -> Iterator[Element]:
        """The children with this local name."""
        return (child for child in self.children if child.local == local)

    def below(self) -> Iterator[Element]:
        """Every element within it, in the order of the text."""
        waiting = [*reversed(self.children)]
        while waiting:
            here = waiting.pop()
            yield here
            waiting += reversed(here.children)


Start = Callable[[str, Mapping[str, str], int], object]
End = Callable[[str, int], object]


def scan(data: bytes, part: str, start: Start, end: End) -> None:
    """Tell of every element: as it starts its name, attributes and place, as it ends its name and the place of the end
    tag, or of what follows its only one.

    Raises :class:`InputError` for what is no XML, :class:`OddXmlError` for what is not written in UTF-8.
    """
    if _OTHER_CODES.match(data):
        raise OddXmlError(part)
    depth = 0

    def on_start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_NESTED:
            raise InputError("nested-too-deep", part=part, limit=MOST_NESTED)
        start(name, attributes, parser.CurrentByteIndex)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name, parser.CurrentByteIndex)

    def on_doctype(*_: object) -> None:
        raise InputError("doctype", part=part)

    if data.count(b"<") > 2 * MOST_ELEMENTS:
        raise InputError("too-many-elements", part=part, limit=MOST_ELEMENTS)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
    parser.StartDoctypeDeclHandler = on_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, UnicodeError):
        raise InputError("damaged-part", part=part) from None


def opened(data: bytes, start: int) -> int:
    """Where the start tag at ``start`` ends."""
    found = TAG.match(data, start)
    assert found is not None  # it has been parsed
    return found.end()


def closed(data: bytes, opened_: int, at: int) -> tuple[int, int]:
    """Where the end tag at ``at`` begins and ends, if the element has one; else -1. ``opened_`` ends its start tag."""
    return (-1, opened_) if data[opened_ - 2 : opened_] == b"/>" else (at, opened(data, at))


def tree(data: bytes, part: str) -> Element:
    """The root of the XML ``data``, with all that is in it. Raises as :func:`scan` does."""
    open_: list[Element] = [Element("", {}, 0, 0)]

    def start(name: str, attributes: Mapping[str, str], at: int) -> None:
        made = Element(name, attributes, at, opened(data, at))
        open_[-1].children.append(made)
        open_.append(made)

    def end(_: str, at: int) -> None:
        made = open_.pop()
        made.close, made.end = closed(data, made.opened, at)

    scan(data, part, start, end)
    return open_[0].children[0]


class Edits:
    """What is put in the place of stretches of ``data``; none overlaps another. Those at one place keep their order."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._edits: list[tuple[int, int, bytes]] = []

    def __bool__(self) -> bool:
        return bool(self._edits)

    def put(self, start: int, end: int, new: bytes) -> None:
        """Put ``new`` in the place of ``start`` to ``end``."""
        self._edits.append((start, end, new))

    def insert(self, at: int, new: bytes) -> None:
        """Put ``new`` before what stands at ``at``."""
        self._edits.append((at, at, new))

    def remove(self, element: Element) -> None:
        """Take ``element`` away."""
        self._edits.append((element.start, element.end, b""))

    def append(self, parent: Element, new: bytes) -> None:
        """Put ``new`` at the end of what ``parent`` holds."""
        if parent.is_blank:
            self._edits.append((parent.opened - 2, parent.opened, b">" + new + f"</{parent.name}>".encode()))
        else:
            self.insert(parent.close, new)

    def set(self, element: Element, values: Mapping[str, str | None]) -> None:
        """Give ``element`` these attributes, by their names as they are written; None takes one away."""
        self.put(element.start, element.opened, tag_with(self.data[element.start : element.opened], values))

    def made(self) -> bytes:
        """``data`` with all of them."""
        pieces: list[bytes] = []
        at = 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[:2]):
            assert start >= at, "edits do not overlap"
            pieces += (self.data[at:start], new)
            at = end
        return b"".join((*pieces, self.data[at:]))


def tag_with(tag: bytes, values: Mapping[str, str | None]) -> bytes:
    """The start tag ``tag`` with these attributes; None takes one away."""
    for name, value in values.items():
        pattern = rb"\s" + re.escape(name.encode()) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')"
        said = b"" if value is None else b" " + name.encode() + b"=" + quoteattr(value).encode()
        found = re.search(pattern, tag)
        if found is not None:
            tag = tag[: found.start()] + said + tag[found.end() :]
        elif value is not None:
            at = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:at].rstrip() + said + tag[at:]
    return tag


def attribute(name: str, value: str) -> str:
    """``name="value"`` with a blank before it."""
    return f" {name}={quoteattr(value)}"
