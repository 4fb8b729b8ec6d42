"""The Lark parsers of goalcheck: ``sheet``, ``comma`` (the same, cells parted by commas), ``indicator``, ``value``.

Their tables come from :mod:`goalcheck.compiled`; the grammars themselves are in ``grammar/``.
"""

from __future__ import annotations

import io
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Any

import lark
from lark import Lark, TextSlice, Token
from lark.lexer import LexerThread, LexerState, LineCounter, TerminalDef

from goalcheck import compiled

_PACKAGE = "goalcheck.grammar"
_FILES = ("sheet.lark", "indicator.lark", "value.lark")
_STARTS = {"sheet": "sheet", "comma": "sheet", "indicator": "cell", "value": "value"}


class PlacedThread(LexerThread):
    """Lexes a slice of the text in place and leaves lines and columns out.

    Lark's own thread counts the line breaks from the start of the text to the slice and through every token; over all
    cells of a sheet that grows with the square of its length. goalcheck works lines out later, for findings alone.
    The terminals, their order and the states in which they are tried are Lark's.
    """

    @classmethod
    def from_text(cls, lexer: Any, text_or_slice: Any) -> PlacedThread:
        text = TextSlice.cast_from(text_or_slice)
        counter = LineCounter("\n")
        counter.char_pos = text.start
        return cls(lexer, LexerState(text, counter))

    def lex(self, parser_state: Any) -> Iterator[Token]:
        state = self.state
        assert state is not None
        text, counter = state.text, state.line_ctr
        lexers = self.lexer.lexers  # type: ignore[attr-defined]
        states = parser_state.state_stack
        at, end = text.start, text.end
        token = None
        while at < end:
            lexer = lexers[states[-1]]
            found = lexer.match(text, at)
            if found is None:  # no grammar of ours comes here; if one does, let Lark say what it expected
                counter.char_pos = at
                yield lexer.next_token(state, parser_state)
                return
            value, kind = found
            if kind not in lexer.ignore_types:
                token = _NEW(Token, value)
                token.type = kind
                token.start_pos = at
                token.value = value
                yield token
            at += len(value)
        if token is not None:  # Lark borrows these for the end of the input
            token.line = token.column = token.end_line = token.end_column = token.end_pos = None


_NEW = str.__new__


def _comma_for_tab(terminal: TerminalDef) -> None:
    terminal.pattern.value = terminal.pattern.value.replace("\t", ",").replace("\\t", ",")


def build() -> dict[str, bytes]:
    """The tables of every parser, as Lark saves them."""
    tables = {}
    for name, start in _STARTS.items():
        options: dict[str, Any] = {"parser": "lalr", "lexer": "contextual", "start": start, "maybe_placeholders": False}
        if name == "comma":
            options["edit_terminals"] = _comma_for_tab
        file = f"{'sheet' if name == 'comma' else name}.lark"
        parser = Lark.open_from_package(_PACKAGE, file, _plugins={"LexerThread": PlacedThread}, **options)
        buffer = io.BytesIO()
        parser.save(buffer, exclude_options=("edit_terminals",))
        tables[name] = buffer.getvalue()
    return tables


@cache
def _tables() -> dict[str, bytes]:
    texts = [(pkgutil.get_data(_PACKAGE, file) or b"").decode() for file in _FILES]
    return compiled.load("grammars", [lark.__version__, *texts], build)


@cache
def parser(name: str) -> Lark:
    """The parser ``name``; its tables are loaded on first use."""
    return Lark.load(io.BytesIO(_tables()[name]))
