"""The word lists as checks ask them: whether a text contains a word of a list, and what is made of a list once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar, cast

T = TypeVar("T")


_OFTEN = 500
_SEVERAL = 2
"""A list that was asked so often, or under so many plans, is worth a pattern. To make those for one sheet, which asks
less, would cost its start more than it saves."""

_PLANS: Counter[tuple[str, ...]] = Counter()


class Lexicon:
    """``lists`` by name; each list is made ready when it is first asked."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]] | Lexicon) -> None:
        self._lists: Mapping[str, tuple[str, ...]] = lists._lists if isinstance(lists, Lexicon) else lists
        self.sets = _Sets(self._lists)
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._asked: dict[str, int] = {}
        self._made: dict[Callable[..., object], object] = {}

    def __reduce__(self) -> tuple[type[Lexicon], tuple[Mapping[str, tuple[str, ...]]]]:
        """Another process gets the lists, and makes the rest itself."""
        return Lexicon, (self._lists,)

    def once(self, make: Callable[[Lexicon], T]) -> T:
        """What ``make`` makes of the lists, made the first time it is asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._lists[name]

    def items(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Every list with its name."""
        return self._lists.items()

    def within(self, text: str, name: str) -> bool:
        """Whether ``text`` contains a word of the list ``name``."""
        pattern = self._patterns.get(name)
        if pattern is not None:
            return pattern.search(text) is not None
        words = self._lists[name]
        self._asked[name] = asked = self._asked.get(name, 0) + 1
        if asked == 1:
            _PLANS[words] += 1
        if asked > _OFTEN or (asked == 1 and _PLANS[words] > _SEVERAL):
            self._patterns[name] = _alternatives(words)
        return any(word in text for word in words)


class _Sets(dict[str, frozenset[str]]):
    """The lists as sets, for the question whether a text is a word of one."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, name: str) -> frozenset[str]:
        made = self[name] = frozenset(self._lists[name])
        return made


@lru_cache(maxsize=256)
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    """Compiled once a list, however many sheets are checked. An empty list matches nothing."""
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")
