"""A name as the word lists know it: what it contains, and what it ends in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.files.regexes import regex

BRACKETED = regex(r"[(\uff08]([^()\uff08\uff09]{1,8})[)\uff09]$")
"""What stands in brackets at the end, as a unit does."""

_TAIL = regex(r"[(\uff08][^()\uff08\uff09]*+[)\uff09]|指标")
_TAILS = (")", "\uff09", "指标")
_DIGIT = regex(r"\d")

T = TypeVar("T")


class Lazy(Generic[T]):
    """A property worked out once: functools.cached_property without its lock, for one thread walks a sheet."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, _: type | None = None) -> T:
        made: T = self._work(owner)
        owner.__dict__[self._name] = made
        return made


class NameWords:
    """A name without blanks, as the word lists of ``lexicon`` know it."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon

    @Lazy
    def within(self) -> int:
        """The bits of the lists of which the bare name contains a word."""
        within, self.last = self.lexicon.lists_in(self.bare)
        return within

    @Lazy
    def last(self) -> int:
        """The bits of the lists in a word of which the bare name ends."""
        self.within, last = self.lexicon.lists_in(self.bare)
        return last

    @Lazy
    def bare(self) -> str:
        """The name without brackets and 指标 at its end; 讲座(场次) is 讲座场次, 满意度指标(%) is 满意度."""
        text = self.text
        if not text.endswith(_TAILS):
            return text
        found = BRACKETED.search(text)
        if found is not None and found[1].endswith(self.lexicon["counted-nouns"]):
            return f"{text[: found.start()]}{found[1]}"
        end = len(text)
        for tail in reversed([match.span() for match in _TAIL.finditer(text)]):
            if tail[1] != end:
                break
            end = tail[0]
        return text[:end] or text

    @Lazy
    def has_digit(self) -> bool:
        """Whether any digit stands in it."""
        return _DIGIT.search(self.text) is not None

    @Lazy
    def has_before(self) -> bool:
        """Whether 前 stands in it, as it does behind a day: 12月底前."""
        return "前" in self.text

    def contains(self, words: str) -> bool:
        """Whether the bare name contains a word of the list ``words``."""
        return self.within & self.lexicon.bits[words] != 0

    def has_ending(self, words: str) -> bool:
        """Whether the bare name ends in a word of the list ``words``, if only in its reverse."""
        return self.last & self.lexicon.bits[words] != 0

    def ends(self, words: str) -> bool:
        """Whether the bare name ends in a word of the list ``words``, and not in its reverse (不合格率)."""
        if not self.last & self.lexicon.bits[words]:
            return False
        if not self.contains("denials"):
            return True  # as are most
        return not self.bare.removesuffix(self.lexicon.ending(self.bare, words)).endswith(self.lexicon["denials"])

    @Lazy
    def may_exceed(self) -> bool:
        """Whether its percentage may pass 100: growth, a ratio, a multiple."""
        return self.lexicon.lists_in(self.text)[0] & self.lexicon.bits["growth-words"] != 0
