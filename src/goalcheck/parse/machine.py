"""Lark's tables driven over a stretch of text, as its own loop does it but without lines and columns.

That loop counts the line breaks from the start of the text to the stretch and through every token; over all cells of
a sheet this grows with the square of its length. goalcheck works lines out later, for findings alone. The terminals,
their order, the states in which they are tried, the tables and what becomes of a rule are Lark's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from lark import Lark, TextSlice, Token, Tree
from lark.parsers.lalr_analysis import Shift


class Lexeme(Token):
    """A token that surely has its place in the text; it has neither line nor column."""

    __slots__ = ()
    if TYPE_CHECKING:
        start_pos: int  # Lark's own may be None
    else:

        @property
        def value(self) -> str:
            """The text as a plain string, not kept twice."""
            return str(self)


Branch = Tree[Lexeme]

_NEW = str.__new__
_IGNORED = "_BLANKS"
_END = "$END"


class Machine:
    """Reads texts by the tables of ``parser``."""

    def __init__(self, parser: Lark) -> None:
        self._parser = parser
        table = parser.parser.parser._parse_table
        (self._start,), (self._end,) = table.start_states.values(), table.end_states.values()
        self._steps = _Steps(table.states, parser.parser.parser.parser.callbacks)
        self._matchers = _Matchers(parser.parser.lexer.lexers)

    def read(self, text: str, at: int, end: int) -> Branch:
        """The tree of the stretch ``at`` to ``end`` of ``text``, with places in the whole of it."""
        first = at
        steps, matchers = self._steps, self._matchers
        state = self._start
        states: list[int] = [state]
        values: list[Any] = []
        step: Any
        kind: Any = None
        while kind != _END:
            if at < end:
                match = matchers[state](text, at, end)
                if match is None:
                    return self._refused(text, first, end)
                kind, said, start = match.lastgroup, match[0], at
                at += len(said)
                if kind == _IGNORED:
                    continue
            else:
                kind = _END
            step = steps[state].get(kind)
            while step.__class__ is tuple:
                size, whole, make = step
                if size:
                    parts = values[-size:]
                    del states[-size:], values[-size:]
                else:
                    parts = []
                values.append(make(parts))
                state = steps[states[-1]][whole]
                states.append(state)
                if state == self._end:
                    return values[-1]  # type: ignore[no-any-return]  # of what the first rule makes
                step = steps[state].get(kind)
            if step is None or kind == _END:
                break
            token = _NEW(Lexeme, said)
            token.type, token.start_pos = kind, start
            state = step
            states.append(state)
            values.append(token)
        return self._refused(text, first, end)

    def _refused(self, text: str, start: int, end: int) -> Branch:
        """No grammar of ours comes here, for each takes any text; if one does, let Lark say what it expected."""
        return cast(Branch, self._parser.parse(TextSlice(text, start, end)))


class _Steps(dict[int, dict[str, Any]]):
    """What to do in a state by what comes next: a state to go on to, or a rule that is complete.

    Of that: how many parts it has, what they become part of, and what is made of them. All is worked out when a state
    is first reached.
    """

    def __init__(self, states: Any, callbacks: Any) -> None:
        super().__init__()
        self._states = states
        self._callbacks = callbacks

    def __missing__(self, state: int) -> dict[str, Any]:
        made = self[state] = {
            name: to if action is Shift else (len(to.expansion), to.origin.name, self._callbacks[to])
            for name, (action, to) in self._states[state].items()
        }
        return made


class _Matchers(dict[int, Callable[..., "re.Match[str] | None"]]):
    """For each state of a parser, the match of its terminals, compiled when the state is first reached."""

    def __init__(self, lexers: dict[int, Any]) -> None:
        super().__init__()
        self._lexers = lexers

    def __missing__(self, state: int) -> Callable[..., re.Match[str] | None]:
        (pattern,) = self._lexers[state].scanner._mres
        self[state] = pattern.match
        return self[state]
