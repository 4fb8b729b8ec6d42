"""The word lists, and what checks ask of them: whether a text contains a word of a list, or is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from operator import add

Lists = Mapping[str, tuple[str, ...]]
"""The word lists by name."""


class Lexicon:
    """The lists of one run; what is asked of a list or of a text again is worked out once."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._heads: dict[str, frozenset[str]] = {}
        self._told: dict[str, tuple[int, int]] = {}
        self._index = _indexed(tuple(lists.items()))
        self.bits = self._index.bits
        """A bit for each list, to tell it in what :meth:`lists_in` gives."""
        self.sets = _Sets(lists)

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._lists[name]

    def items(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Every list with its name."""
        return self._lists.items()

    @cached_property
    def units_of_nouns(self) -> Mapping[str, str]:
        """The unit that a thing is mostly counted in, by its noun, of the lines of ``noun-units``."""
        kinds = (line.split() for line in self._lists["noun-units"])
        return {noun: unit for unit, *nouns in kinds for noun in nouns}

    def within(self, text: str, name: str) -> bool:
        """Whether ``text`` contains a word of the list ``name``."""
        heads = self._heads.get(name)
        if heads is None:
            heads = self._heads[name] = frozenset([word[:1] for word in self._lists[name]])
        if heads.isdisjoint(text):
            return False  # most texts have not even the first character of a word
        for word in self._lists[name]:  # noqa: SIM110  # any() makes a generator, which costs more
            if word in text:
                return True
        return False

    def lists_in(self, text: str) -> tuple[int, int]:
        """The bits of all lists of which ``text`` contains a word, and of those in a word of which it ends.

        Of a short text, such as a name, this costs what a few questions for a single list cost.
        """
        told = self._told.get(text)
        if told is None:
            told = self._told[text] = self._index.lists_in(text)
        return told


class _Index:
    """The words of all lists, each with the bits of its lists: single characters, and others by their first two."""

    def __init__(self, lists: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self.bits: dict[str, int] = {}
        of: dict[str, int] = {}
        for number, (name, words) in enumerate(lists):
            bit = self.bits[name] = 1 << number
            for word in words:
                of[word] = of.get(word, 0) | bit
        self._alone = {word: bits for word, bits in of.items() if len(word) == 1}
        self._longer: dict[str, list[tuple[str, int]]] = {}
        for word, bits in of.items():
            if len(word) > 1:
                self._longer.setdefault(word[:2], []).append((word, bits))
        self._chars = frozenset(self._alone)
        self._twos = frozenset(self._longer)

    def lists_in(self, text: str) -> tuple[int, int]:
        alone, longer = self._alone, self._longer
        within, last = 0, alone.get(text[-1:], 0)
        for char in self._chars.intersection(text):
            within |= alone[char]
        for two in self._twos.intersection(map(add, text, text[1:])):
            for word, bits in longer[two]:
                if word in text:
                    within |= bits
                    if text.endswith(word):
                        last |= bits
        return within, last


@lru_cache(maxsize=4)
def _indexed(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> _Index:
    """The index of the lists, which are the plan's and the same for all that is checked by it."""
    return _Index(lists)


class _Sets(dict[str, frozenset[str]]):
    """The lists as sets, for the question whether a text is a word of one."""

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, name: str) -> frozenset[str]:
        made = self[name] = frozenset(self._lists[name])
        return made
