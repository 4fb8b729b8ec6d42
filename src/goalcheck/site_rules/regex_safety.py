"""A regular expression of the user's in, whether a repetition in it may take for ever out.

It may where a text can be split among the turns of the repetition in more than one way, as by ``(a+)+`` and by
``(a|ab|b)*``: the matcher tries every way, and their number doubles with each character. So the next character must
always tell which part comes next. What never gives back what it took, ``++``, ``*+`` or ``(?>…)``, has one way alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

_Edges = dict[int, list[int]]
_Ends = tuple[bool, list[int], list[int]]  # whether it may be empty, the places it begins with, those it ends with

_FEW = 16  # turns of a fixed number that are spelt out
_MOST = 4000  # places: a pattern that people write has some dozens
_COMMON = "aZ_09 -\t\n\u3000\u00b2中\u4e00。;,()\u200b\U0001f600"


def endless(pattern: re.Pattern[str]) -> bool:
    """Whether a repetition in ``pattern`` can split a text in several ways; False where this Python cannot tell."""
    try:
        return _Places(pattern).endless
    except (OverflowError, RecursionError):
        return True  # nobody can tell of so large a pattern
    except (ImportError, AttributeError, TypeError, ValueError, re.error):  # another version's parser
        return False


class _Places:
    """The places of a pattern: every part that takes one character, or what it can that it never gives back."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._parser = import_module("re._parser")
        self._compiler = import_module("re._compiler")
        self._flags = pattern.flags & ~re.DEBUG
        tree = self._parser.parse(pattern.pattern, self._flags)
        self._alphabet = "".join(dict.fromkeys([*_COMMON, *self._characters(tree)]))
        self._takes: list[frozenset[str]] = []
        self.endless = False
        self._sequence(tree, {})

    def _characters(self, part: Any) -> Iterator[str]:
        """The characters that the pattern names, and their neighbours."""
        if isinstance(part, tuple | list | self._parser.SubPattern):
            for inner in part:
                yield from self._characters(inner)
        elif type(part) is int and 0 < part < 0x10FFFF:
            for char in (chr(part), chr(part - 1), chr(part + 1)):
                yield from (char, char.swapcase()[0])

    def _sequence(self, parts: Iterable[Any], edges: _Edges) -> _Ends:
        empty, first, last = True, list[int](), list[int]()
        for op, value in parts:
            may_be_empty, begins, ends = self._part(str(op), op, value, edges)
            _join(last, begins, edges)
            first += begins if empty else []
            last = [*last, *ends] if may_be_empty else ends
            empty = empty and may_be_empty
        return empty, first, last

    def _part(self, name: str, op: Any, value: Any, edges: _Edges) -> _Ends:
        match name:
            case "LITERAL" | "NOT_LITERAL" | "IN" | "ANY":
                return self._place(self._fitting((op, value)))
            case "GROUPREF":
                return self._place(frozenset(self._alphabet))
            case "SUBPATTERN":
                return self._sequence(value[3], edges)
            case "BRANCH" | "GROUPREF_EXISTS":
                choices = value[1] if name == "BRANCH" else value[1:]
                return _either([self._sequence(choice or (), edges) for choice in choices])
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeat(value, edges)
            case "POSSESSIVE_REPEAT":
                return self._taken(value[2], optional=not value[0])
            case "ATOMIC_GROUP":
                return self._taken(value, optional=False)
            case "ASSERT" | "ASSERT_NOT":
                self._sequence(value[1], {})
        return True, [], []

    def _repeat(self, value: Any, edges: _Edges) -> _Ends:
        low, high, body = value
        if high <= 1:
            empty, first, last = self._sequence(body, edges)
            return empty or not low, first, last
        if low == high <= _FEW:
            return self._sequence([part for _ in range(low) for part in body], edges)
        inside: _Edges = {}
        empty, first, last = self._sequence(body, inside)
        _join(last, first, inside)
        self.endless = self.endless or empty or any(map(self._unsure, inside.values()))
        for place, behind in inside.items():
            edges.setdefault(place, []).extend(behind)
        return empty or not low, first, last

    def _taken(self, body: Any, optional: bool) -> _Ends:
        """A part that is taken as a whole stands for one character: any that it may begin with."""
        empty, first, _ = self._sequence(body, {})
        _, place, _ = self._place(frozenset[str]().union(*(self._takes[at] for at in first)))
        return empty or optional, place, place

    def _place(self, takes: frozenset[str]) -> _Ends:
        if len(self._takes) == _MOST:
            raise OverflowError
        self._takes.append(takes)
        at = len(self._takes) - 1
        return False, [at], [at]

    def _fitting(self, part: Any) -> frozenset[str]:
        state = self._parser.State()
        state.flags = self._flags
        made: re.Pattern[str] = self._compiler.compile(self._parser.SubPattern(state, [part]), self._flags)
        return frozenset(char for char in self._alphabet if made.fullmatch(char))

    def _unsure(self, behind: Sequence[int]) -> bool:
        """Whether one character may lead to more than one of the places."""
        taken: set[str] = set()
        for at in behind:
            if not taken.isdisjoint(self._takes[at]):
                return True
            taken |= self._takes[at]
        return False


def _join(last: Iterable[int], first: Sequence[int], edges: _Edges) -> None:
    for at in last:
        edges.setdefault(at, []).extend(first)


def _either(choices: Sequence[_Ends]) -> _Ends:
    return (
        any(empty for empty, _, _ in choices),
        [at for _, first, _ in choices for at in first],
        [at for _, _, last in choices for at in last],
    )
