"""Automata that take texts, in steps whose number grows with the text and no faster.

All ways through one are gone at the same time, so that there is nothing to go back for. A *place* takes one character,
a *fork* leads on without one. A way from a fork may have a *gate*: it is open only where a condition holds of the spot
between two characters, such as "a word ends here". What holds at a spot is a number, a bit for each condition; an
automaton whose gates ask for conditions is run when these are known.

Where a character leads from a set of places is worked out when it is first met there, and kept. That changes neither
what is found nor the number of steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Gate = tuple[int, bool]
"""The bit of a condition, and whether it has to hold."""

Way = tuple[Gate | None, int]
"""A gate, or none, and the knot behind it."""

Asked = Mapping[int, int]
"""The bits of conditions, each with the knot from which something has to lead to the end for it to hold."""

Letter = Any
"""What is read at a time: a character; where there are gates, a character and what holds at the spot."""

NO_KIND = -1
"""The kind of a place that takes no character."""

_MOST_KEPT = 20_000  # steps that are kept; a usual pattern has some hundreds


class OutOfStepsError(Exception):
    """A pattern takes more steps on a text than it may."""


class Steps:
    """The steps that may still be taken on one text. They count work and no time: it is the same on every machine."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, number: int) -> None:
        """Raises :class:`OutOfStepsError` where so many are not left."""
        self.left -= number
        if self.left < 0:
            raise OutOfStepsError


class _Places(dict[Letter, tuple["_Places", int]]):
    """Some of the places, a bit each; and to which others each letter leads from there, in how many steps."""

    __slots__ = ("answers", "bits")

    def __init__(self, bits: int) -> None:
        super().__init__()
        self.bits = bits
        self.answers: dict[int, int] = {}


_Lead = Callable[[_Places, str, int], tuple[int, int]]


class Automaton:
    """Knots, made from the end backwards: a place leads on to one knot, a fork to any number.

    ``kinds`` gives the kinds of place (:meth:`place`) that take a character.
    """

    def __init__(self, kinds: Callable[[str], Iterable[int]]) -> None:
        self._kinds = kinds
        self._ways: list[list[Way]] = []  # of each knot
        self._bit: list[int] = []  # of each knot, 0 for a fork
        self._then: list[int] = []  # the knot behind each place
        self._of_kind: dict[int, int] = {}
        self._asked = 0  # the bits of the conditions that gates ask for
        self._entry = 0  # a place that is there at every spot
        self._taking: dict[str, int] = {}
        self._ahead: dict[tuple[int, int], tuple[int, int]] = {}
        self._behind: dict[int, tuple[Mapping[int, int], int]] = {}
        self._sets: dict[int, _Places] = {}
        self._kept = 0
        self.end = self.place(NO_KIND, 0)
        """The knot where a text is taken; no character leads further."""

    def place(self, kind: int, then: int) -> int:
        """A knot that takes a character of ``kind`` and leads on to the knot ``then``."""
        bit = 1 << len(self._then)
        self._then.append(then)
        self._of_kind[kind] = self._of_kind.get(kind, 0) | bit
        return self._knot(bit)

    def fork(self, *ways: Way) -> int:
        """A knot that leads on to others."""
        knot = self._knot(0)
        self.tie(knot, *ways)
        return knot

    def tie(self, knot: int, *ways: Way) -> None:
        """Add to the ways of a fork: those of a loop are known when its inside has been made."""
        self._ways[knot] += ways
        for gate, _ in ways:
            if gate is not None:
                self._asked |= 1 << gate[0]

    def _knot(self, bit: int) -> int:
        self._ways.append([])
        self._bit.append(bit)
        return len(self._bit) - 1

    @property
    def size(self) -> int:
        """How many knots there are."""
        return len(self._bit)

    def has_way(self, entry: int, text: str, holds: Sequence[int], steps: Steps) -> bool:
        """Whether the whole of ``text`` leads from the place ``entry`` to the end.

        ``holds`` tells which conditions hold at each spot. Raises :class:`OutOfStepsError`.
        """
        for places in self._walk(self._bit[entry], self._letters(text, holds), self._forwards, steps):
            if not places.bits:
                return False
        return self._is_at_end(places, holds[-1] & self._asked)

    def ends(self, entry: int, text: str, holds: Sequence[int], steps: Steps) -> Iterator[bool]:
        """For every spot of ``text``, whether some part that ends there leads from the place ``entry`` to the end."""
        self._entry = self._bit[entry]
        walk = self._walk(self._entry, self._letters(text, holds), self._forwards, steps)
        for places, held in zip(walk, holds, strict=True):
            yield self._is_at_end(places, held & self._asked)

    def begins(self, asked: Asked, text: str, holds: Sequence[int], steps: Steps) -> Iterator[int]:
        """For every spot of ``text``, the last one first, the bits of ``asked`` whose knots lead to the end."""
        letters = self._letters(text[::-1], holds[:0:-1])
        walk = self._walk(self._bit[self.end], letters, self._backwards, steps)
        for places, held in zip(walk, reversed(holds), strict=True):
            yield self._answer(asked, places, held & self._asked)

    def _answer(self, asked: Asked, places: _Places, held: int) -> int:
        answer = places.answers.get(held)
        if answer is None:
            leading = (bit for bit, knot in asked.items() if self._reached(knot, held)[0] & places.bits)
            answer = places.answers[held] = sum(1 << bit for bit in leading)
            self._kept += 1
        return answer

    def _letters(self, text: str, holds: Sequence[int]) -> Iterable[Letter]:
        return zip(text, (held & self._asked for held in holds), strict=False) if self._asked else text

    def _walk(self, bits: int, letters: Iterable[Letter], lead: _Lead, steps: Steps) -> Iterator[_Places]:
        """The places that are reached before the first letter, after it, after the second, …"""
        places = self._kept_set(bits)
        yield places
        for letter in letters:
            known = places.get(letter)
            if known is None:
                char, held = letter if self._asked else (letter, 0)
                bits, cost = lead(places, char, held)
                known = places[letter] = self._kept_set(bits), cost
                self._kept += 1
            places, cost = known
            steps.left -= cost
            if steps.left < 0:
                raise OutOfStepsError
            yield places

    def _kept_set(self, bits: int) -> _Places:
        if self._kept > _MOST_KEPT:
            for kept in (self._sets, self._ahead, self._behind, self._taking):
                kept.clear()
            self._kept = 0
        made = self._sets.get(bits)
        if made is None:
            made = self._sets[bits] = _Places(bits)
        return made

    def _forwards(self, places: _Places, char: str, held: int) -> tuple[int, int]:
        """The places that ``char`` leads to."""
        reached, cost = 0, 1
        for place in _numbers(places.bits):
            bits, visited = self._reached(self._then[place], held)
            reached |= bits
            cost += visited if self._asked else 1
        return reached & self._take(char) | self._entry, cost

    def _backwards(self, places: _Places, char: str, held: int) -> tuple[int, int]:
        """The places that take ``char`` and lead to one of ``places``."""
        before, cost = self._leading(held)
        reached = 0
        for place in _numbers(places.bits):
            reached |= before.get(place, 0)
            cost += 1
        return reached & self._take(char) | self._bit[self.end], cost

    def _is_at_end(self, places: _Places, held: int) -> bool:
        end = self._bit[self.end]
        return any(self._reached(self._then[place], held)[0] & end for place in _numbers(places.bits))

    def _take(self, char: str) -> int:
        """The places that take ``char``."""
        if char not in self._taking:
            self._taking[char] = sum(self._of_kind.get(kind, 0) for kind in self._kinds(char))
        return self._taking[char]

    def _reached(self, start: int, held: int) -> tuple[int, int]:
        """The places that are reached from the knot ``start`` without a character; how many knots lie on the way."""
        known = self._ahead.get((start, held))
        if known is None:
            bits, seen, waiting = 0, {start}, [start]
            while waiting:
                knot = waiting.pop()
                bits |= self._bit[knot]
                for gate, behind in self._ways[knot]:
                    if behind not in seen and (gate is None or bool(held >> gate[0] & 1) is gate[1]):
                        seen.add(behind)
                        waiting.append(behind)
            known = self._ahead[start, held] = bits, len(seen)
        return known

    def _leading(self, held: int) -> tuple[Mapping[int, int], int]:
        """Behind which places each place is reached, by its number; what it costs to find out at a spot with gates."""
        known = self._behind.get(held)
        if known is None:
            before: dict[int, int] = {}
            cost = 1
            for place, then in enumerate(self._then):
                bits, visited = self._reached(then, held)
                cost += visited if self._asked else 0
                for reached in _numbers(bits):
                    before[reached] = before.get(reached, 0) | 1 << place
            known = self._behind[held] = before, cost
        return known


def _numbers(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
