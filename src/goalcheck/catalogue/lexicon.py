"""The word lists, and what checks ask of them: whether a text contains a word of a list, or is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Lists = Mapping[str, tuple[str, ...]]
"""The word lists by name."""


class Lexicon:
    """The lists of one run; the set of a list is made when it is first asked for."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._heads: dict[str, frozenset[str]] = {}
        self.sets = _Sets(lists)

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._lists[name]

    def items(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Every list with its name."""
        return self._lists.items()

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


class _Sets(dict[str, frozenset[str]]):
    """The lists as sets, for the question whether a text is a word of one."""

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, name: str) -> frozenset[str]:
        made = self[name] = frozenset(self._lists[name])
        return made
