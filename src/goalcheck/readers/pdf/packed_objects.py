"""What the streams of a PDF have that hold objects: :class:`PackedObjects`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from goalcheck.files.regexes import regex
from goalcheck.limits import Limits
from goalcheck.readers.pdf.streams import unpacked
from goalcheck.readers.pdf.syntax import GAP, after_blanks, entry

_HEAD = 2_000  # bytes at the beginning of an object within which it says what it is
_HOLDS_OBJECTS = regex(entry(b"Type", b"ObjStm"))
_FIRST = regex(b"/First" + GAP + rb"(\d{1,9})")


class Held(NamedTuple):
    """What a stream has that holds objects, of which the first begins at ``first``, where that is told."""

    text: bytes
    first: int | None

    def objects(self) -> Iterator[tuple[bytes, int, int]]:
        """The number of each object, and from where to where it goes."""
        if self.first is None:
            return
        told = self.text[: self.first].split()
        listed = zip(told[::2], told[1::2], strict=False)
        places = {number: self.first + int(place) for number, place in listed if place.isdigit()}
        ends = dict(pairwise(sorted({*places.values(), len(self.text)})))
        for number, start in places.items():
            yield number, start, ends.get(start, start)


class PackedObjects:
    """The streams of the PDF ``data`` that hold objects, each unpacked once."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._held: dict[int, Held | None] = {}

    def beginning(self, start: int, end: int) -> bytes:
        """How the object from ``start`` to ``end`` begins: within that it says what it is."""
        return self._data[start : min(end, start + _HEAD)]

    def of_all(self, objects: Mapping[int, tuple[int, int]]) -> list[Held]:
        """What those of ``objects`` have that hold others; of each it is known from where to where it goes."""
        found = (self.within(start, end, self.beginning(start, end)) for start, end in objects.values())
        return [held for held in found if held is not None]

    def beginnings(self, objects: Mapping[int, tuple[int, int]]) -> Iterator[tuple[int, bytes]]:
        """The number of each of ``objects``, and of those that they hold, and how it begins."""
        for number, place in objects.items():
            yield number, self.beginning(*place)
        for held in self.of_all(objects):
            for told, start, end in held.objects():
                if told.isdigit():
                    yield int(told), held.text[start : min(end, start + _HEAD)]

    def within(self, start: int, end: int, said: bytes) -> Held | None:
        """What the object from ``start`` to ``end`` holds where ``said`` tells that it holds objects.

        None also where it cannot be unpacked.
        """
        if _HOLDS_OBJECTS.search(said) is None:
            return None
        begin = after_blanks(self._data, start)
        if begin not in self._held:
            first = _FIRST.search(said)
            text = unpacked(self._data, begin, end, self._limits)
            self._held[begin] = Held(text, int(first[1]) if first is not None else None) if text is not None else None
        return self._held[begin]
