"""The Lark parsers of goalcheck: ``sheet``, ``comma`` (the same, cells parted by commas), ``indicator``, ``value``.

Their tables come from :mod:`goalcheck.files.compiled`; the grammars themselves are in ``grammar/``.
"""

from __future__ import annotations

import io
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import lark
from lark import Lark, TextSlice, Token, Tree
from lark.lexer import LexerState, LexerThread, LineCounter, TerminalDef

from goalcheck.files import compiled
from goalcheck.parse.regexes import INTERPRETER, Code, Patterns, code
from goalcheck.vocabulary import signs_text, vocabulary

_PACKAGE = "goalcheck.grammar"
_GRAMMARS = ("sheet", "indicator", "value")
_STARTS = {"sheet": "sheet", "comma": "sheet", "indicator": "cell", "value": "value"}


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


class PlacedThread(LexerThread):
    """Lexes a slice of the text in place and leaves lines and columns out.

    Lark's own thread counts the line breaks from the start of the text to the slice and through every token; over all
    cells of a sheet that grows with the square of its length. goalcheck works lines out later, for findings alone.
    The terminals, their order and the states in which they are tried are Lark's.
    """

    @classmethod
    def from_text(cls, lexer: Any, text_or_slice: Any) -> PlacedThread:
        text = TextSlice.cast_from(text_or_slice)
        counter = LineCounter("\n")  # type: ignore[no-untyped-call]  # lark has no types here
        counter.char_pos = text.start
        return cls(lexer, LexerState(text, counter))

    def lex(self, parser_state: Any) -> Iterator[Token]:
        state = self.state
        assert state is not None
        text, at, end = state.text.text, state.text.start, state.text.end
        matchers: _Matchers = self.lexer.matchers  # type: ignore[attr-defined]  # parser sets it
        states = parser_state.state_stack
        token = None
        while at < end:
            match = matchers[states[-1]](text, at, end)
            if match is None:  # no grammar of ours comes here; if one does, let Lark say what it expected
                state.line_ctr.char_pos = at
                yield self.lexer.lexers[states[-1]].next_token(state, parser_state)  # type: ignore[attr-defined]  # as above
                return
            value = match[0]
            kind = match.lastgroup or ""
            if kind != _IGNORED:
                token = _NEW(Lexeme, value)
                token.type = kind
                token.start_pos = at
                yield token
            at += len(value)
        if token is not None:  # Lark borrows these for the end of the input
            token.line = token.column = token.end_line = token.end_column = token.end_pos = None


class _Matchers(dict[int, Callable[..., "re.Match[str] | None"]]):
    """For each state of a parser, the match of its terminals, compiled when the state is first reached."""

    def __init__(self, lexers: dict[int, Any]) -> None:
        super().__init__()
        self._lexers = lexers

    def __missing__(self, state: int) -> Callable[..., re.Match[str] | None]:
        (pattern,) = self._lexers[state].scanner._mres
        self[state] = pattern.match
        return self[state]


_NEW = str.__new__
_IGNORED = "_BLANKS"


def _comma_for_tab(terminal: TerminalDef) -> None:
    """A comma wherever the pattern has a tab, but for a quoted cell: that may hold commas."""
    terminal.pattern.value = terminal.pattern.value.replace('[^"\t]', '[^"]').replace("\t", ",")


Tables = dict[str, tuple[bytes, dict[str, Code]]]


def _text(name: str) -> str:
    return (pkgutil.get_data(_PACKAGE, f"{name}.lark") or b"").decode()


def grammar(name: str) -> str:
    """The grammar ``name`` as Lark reads it: every named piece of its patterns written out."""
    from goalcheck.parse.pieces import written_out  # only where the compiled form is stale

    return written_out(_text(name), vocabulary().patterns())


def build() -> Tables:
    """The tables of every parser, as Lark saves them, and the code of its regular expressions."""
    from goalcheck.parse.canonical import canonical  # only where the compiled form is stale

    tables = {}
    for name, start in _STARTS.items():
        options: dict[str, Any] = {"parser": "lalr", "lexer": "contextual", "start": start, "maybe_placeholders": False}
        if name == "comma":
            options["edit_terminals"] = _comma_for_tab
        written = grammar("sheet" if name == "comma" else name)
        made = Lark(written, _plugins={"LexerThread": PlacedThread}, **options)
        patterns = {mre.pattern for lexer in _lexers(made) for mre in lexer.scanner._mres}
        codes = {pattern: code(pattern) for pattern in sorted(patterns)}
        tables[name] = canonical(made), {pattern: made for pattern, made in codes.items() if made is not None}
    return tables


def _lexers(parser: Lark) -> set[Any]:
    """The lexers of all states; states that accept the same terminals share one."""
    return set(parser.parser.lexer.lexers.values())


@cache
def _tables() -> Tables:
    texts = [*(_text(name) for name in _GRAMMARS), signs_text()]
    return compiled.load("grammars", [lark.__version__, INTERPRETER, *texts], build)


@cache
def parser(name: str) -> Lark:
    """The parser ``name``; its tables are loaded on first use."""
    saved, codes = _tables()[name]
    loaded = Lark.load(io.BytesIO(saved))
    patterns = Patterns(codes)
    for lexer in _lexers(loaded):
        lexer.re = patterns
    loaded.parser.lexer.matchers = _Matchers(loaded.parser.lexer.lexers)
    return loaded


def read(name: str, text: str | TextSlice[str]) -> Branch:
    """The tree that the parser ``name`` makes of ``text``, with places in the whole text."""
    return cast(Branch, parser(name).parse(text))
