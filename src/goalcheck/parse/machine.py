"""Reads a stretch of text by the tables of a Lark parser.

Lark's own loop counts the line breaks from the start of the text to the stretch and through every token; over all
cells of a sheet this grows with the square of its length. goalcheck works lines out later, for findings alone. The
terminals, their order, the states in which they are tried, the tables and what becomes of a rule are Lark's, worked
out once by :mod:`goalcheck.parse.lalr`; so Lark itself is not imported where the tables are there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from goalcheck.files.regexes import Code, made_of

IGNORED = "_BLANKS"
_END = "$END"


class Lexeme(str):
    """What a terminal took: a text that knows the terminal and its place."""

    __slots__ = ("start_pos", "type")
    type: str
    start_pos: int


class Branch:
    """A rule of the grammar and its parts, in the order of the text."""

    __slots__ = ("children", "data")

    def __init__(self, data: str, children: list[Branch | Lexeme]) -> None:
        self.data = data
        """The name of the rule."""
        self.children = children


class Kept(NamedTuple):
    """A part of a rule that stays in the tree."""

    place: int
    is_inlined: bool
    """Whether its own parts stay instead of it, as those of rules do whose names begin with an underscore."""


class Reduction(NamedTuple):
    """What becomes of a rule that is complete."""

    size: int
    """How many parts it has."""
    origin: str
    """What they become part of."""
    name: str
    """The rule's name in the tree."""
    kept: tuple[Kept, ...]


class Tables(NamedTuple):
    """All that a parser decides. The first state is 0."""

    end: int
    """The state in which the text is read."""
    steps: list[dict[str, int]]
    """For each state what to do by what comes next: a state to go on to, or the complement (~) of a reduction."""
    reductions: list[Reduction]
    lexers: list[int]
    """For each state its pattern."""
    patterns: list[str]
    codes: list[Code | None]
    """The code of each pattern, where this Python has it."""
    usual: str = ""
    """What matches a usual run of terminals at the start, each as a group; where it ends, all is as at the start."""
    usual_code: Code | None = None


class Machine:
    """Reads texts by ``tables``."""

    def __init__(self, tables: Tables) -> None:
        self._end = tables.end
        self._steps = tables.steps
        self._reductions = [(rule.size, rule.origin, _maker(rule)) for rule in tables.reductions]
        self._matchers = _Matchers(tables)
        self._fresh = frozenset(s for s, lexer in enumerate(tables.lexers) if s and lexer == tables.lexers[0])
        """The states behind which the same is looked for as at the start. A grammar with a usual run nests nothing,
        so that all else is as at the start too."""
        self.usual = made_of(tables.usual, tables.usual_code).match

    def read(self, text: str, at: int, end: int) -> Branch:
        """The tree of the stretch ``at`` to ``end`` of ``text``, with places in the whole of it.

        Raises ValueError where the grammar does not take the text. Each of goalcheck's takes any.
        """
        return self.read_up_to(text, at, end, None)[0]

    def read_up_to(self, text: str, at: int, end: int, stop: Callable[..., Any] | None) -> tuple[Branch, int]:
        """The tree of ``text`` up to where all is as at the start and ``stop`` matches, at last up to ``end``.

        With it comes the place up to which it goes. Raises as :meth:`read` does.
        """
        steps, reductions, matchers, done = self._steps, self._reductions, self._matchers, self._end
        state = 0
        states: list[int] = [state]
        values: list[Any] = []
        kind = ""
        said, start = "", at
        while kind != _END:
            if at < end and not (stop is not None and state in self._fresh and stop(text, at, end)):
                match = matchers[state](text, at, end)
                if match is None:
                    break
                kind, said, start = match.lastgroup or "", match[0], at
                at += len(said)
                if kind == IGNORED:
                    continue
            else:
                kind = _END
            step = steps[state].get(kind)
            while step is not None and step < 0:
                size, origin, make = reductions[~step]
                if size:
                    parts = values[-size:]
                    del states[-size:], values[-size:]
                else:
                    parts = []
                values.append(make(parts))
                state = steps[states[-1]][origin]
                states.append(state)
                if state == done:
                    return values[-1], at  # what the first rule makes
                step = steps[state].get(kind)
            if step is None or kind == _END:
                break
            token = Lexeme(said)
            token.type, token.start_pos = kind, start
            state = step
            states.append(state)
            values.append(token)
        raise ValueError(f"the grammar does not take the text at {at}: it wants one of {sorted(steps[state])}")


def _maker(rule: Reduction) -> Callable[[list[Any]], Branch]:
    """What makes the branch of a rule from its parts."""
    name, kept = rule.name, rule.kept
    if not any(part.is_inlined for part in kept):
        if len(kept) == rule.size:
            return partial(Branch, name)
        places = [part.place for part in kept]
        return lambda parts: Branch(name, [parts[place] for place in places])

    def make(parts: list[Any]) -> Branch:
        (place, is_inlined), *others = kept
        # A list that grows by one part a step, as that of the entries of a cell, is taken over: copied every time, it
        # would take the square of its length.
        children = parts[place].children if is_inlined else [parts[place]]
        for place, is_inlined in others:
            if is_inlined:
                children += parts[place].children
            else:
                children.append(parts[place])
        return Branch(name, children)

    return make


class _Matchers(dict[int, Callable[..., "re.Match[str] | None"]]):
    """For each state the match of its terminals, compiled when the state is first reached."""

    def __init__(self, tables: Tables) -> None:
        super().__init__()
        self._tables = tables

    def __missing__(self, state: int) -> Callable[..., re.Match[str] | None]:
        index = self._tables.lexers[state]
        self[state] = made_of(self._tables.patterns[index], self._tables.codes[index]).match
        return self[state]
