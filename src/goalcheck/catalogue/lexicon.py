"""The word lists, and what checks ask of them: whether a text contains a word of a list, or is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from operator import add
from typing import TypeVar

Lists = Mapping[str, tuple[str, ...]]
"""The word lists by name."""

T = TypeVar("T")

_SHORT = 3  # characters


class Lexicon:
    """The lists of one run; what is asked of a text again is worked out once."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._told: dict[str, tuple[int, int]] = {}
        self._index = _indexed(tuple(lists.items()))
        self.bits = self._index.bits
        """A bit for each list, to tell it in what :meth:`lists_in` gives."""
        self.sets = self._index.sets
        """The lists as sets, for the question whether a text is a word of one."""

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._lists[name]

    def items(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Every list with its name."""
        return self._lists.items()

    @property
    def units_of_nouns(self) -> Mapping[str, str]:
        """The unit that a thing is mostly counted in, by its noun, of the lines of ``noun-units``."""
        return self._index.units_of_nouns

    def within(self, text: str, name: str) -> bool:
        """Whether ``text`` contains a word of the list ``name``."""
        if self._index.heads[name].isdisjoint(text):
            return False  # most texts have not even the first character of a word
        for word in self._lists[name]:  # noqa: SIM110  # any() makes a generator, which costs more
            if word in text:
                return True
        return False

    def opening(self, text: str, name: str, at: int = 0) -> str:
        """The longest word of the list ``name`` that stands in ``text`` from ``at`` on; empty where none does."""
        words = self.sets[name]
        for length in self._index.lengths[name]:
            if text[at : at + length] in words:
                return text[at : at + length]
        return ""

    def ending(self, text: str, name: str) -> str:
        """The longest word of the list ``name`` that ``text`` ends in; empty where there is none."""
        words = self.sets[name]
        for length in self._index.lengths[name]:
            if text[-length:] in words:
                return text[-length:]
        return ""

    def endings(self, text: str, name: str) -> list[str]:
        """All words of the list ``name`` that ``text`` ends in, the longest first."""
        words, longest = self.sets[name], len(text)
        return [text[-length:] for length in self._index.lengths[name] if length <= longest and text[-length:] in words]

    def lists_in(self, text: str) -> tuple[int, int]:
        """The bits of all lists of which ``text`` contains a word, and of those in a word of which it ends.

        Of a short text, such as a name, this costs what a few questions for a single list cost.
        """
        told = self._told.get(text)
        if told is None:
            told = self._told[text] = self._index.lists_in(text)
        return told


class _Index:
    """What all runs with the same lists share: the words with the bits of their lists, and what is made of a list.

    Words of up to three characters are found as they are, others by their first three.
    """

    def __init__(self, lists: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._lists = dict(lists)
        self.bits: dict[str, int] = {}
        of: dict[str, int] = {}
        for number, (name, words) in enumerate(self._lists.items()):
            bit = self.bits[name] = 1 << number
            for word in words:
                of[word] = of.get(word, 0) | bit
        self.sets = _MadeOnce(lambda name: frozenset(self._lists[name]))
        self.heads = _MadeOnce(lambda name: frozenset([word[:1] for word in self._lists[name]]))
        self.lengths = _MadeOnce(lambda name: tuple(sorted({len(word) for word in self._lists[name]}, reverse=True)))
        self._short = {word: bits for word, bits in of.items() if len(word) <= _SHORT}
        self._longer: dict[str, list[tuple[str, int]]] = {}
        for word, bits in of.items():
            if len(word) > _SHORT:
                self._longer.setdefault(word[:_SHORT], []).append((word, bits))
        self._begun = frozenset((*self._short, *self._longer))

    @cached_property
    def units_of_nouns(self) -> Mapping[str, str]:
        kinds = (line.split() for line in self._lists["noun-units"])
        return {noun: unit for unit, *nouns in kinds for noun in nouns}

    def lists_in(self, text: str) -> tuple[int, int]:
        short, longer = self._short, self._longer
        within, last = 0, short.get(text[-1:], 0) | short.get(text[-2:], 0) | short.get(text[-3:], 0)
        twos = [*map(add, text, text[1:])]
        for begun in self._begun.intersection((*text, *twos, *map(add, twos, text[2:]))):
            within |= short.get(begun, 0)
            for word, bits in longer.get(begun, ()):
                if word in text:
                    within |= bits
                    if text.endswith(word):
                        last |= bits
        return within, last


@lru_cache(maxsize=4)
def _indexed(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> _Index:
    """The index of the lists, which are the plan's and the same for all that is checked by it."""
    return _Index(lists)


class _MadeOnce(dict[str, T]):
    """What ``make`` makes of a list, by its name."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> T:
        made = self[name] = self._make(name)
        return made
