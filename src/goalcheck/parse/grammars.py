"""The Lark parsers of goalcheck: ``sheet``, ``comma`` (the same, cells parted by commas), ``indicator``, ``value``.

Their tables come from :mod:`goalcheck.files.compiled`; the grammars themselves are in ``grammar/``.
"""

from __future__ import annotations

import io
import pkgutil
from functools import cache
from typing import Any

import lark
from lark import Lark
from lark.lexer import TerminalDef

from goalcheck.files import compiled
from goalcheck.parse.machine import Branch, Machine
from goalcheck.parse.regexes import INTERPRETER, Code, Patterns, code
from goalcheck.vocabulary import signs_text, vocabulary

_PACKAGE = "goalcheck.grammar"
_FORM = "2"
"""Of the compiled tables: one that was written in another is stale."""
_GRAMMARS = ("sheet", "indicator", "value")
_STARTS = {"sheet": "sheet", "comma": "sheet", "indicator": "cell", "value": "value"}


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
        made = Lark(written, **options)
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
    return compiled.load("grammars", [lark.__version__, INTERPRETER, _FORM, *texts], build)


@cache
def parser(name: str) -> Lark:
    """The parser ``name``; its tables are loaded on first use."""
    saved, codes = _tables()[name]
    loaded = Lark.load(io.BytesIO(saved))
    patterns = Patterns(codes)
    for lexer in _lexers(loaded):
        lexer.re = patterns
    return loaded


@cache
def _machine(name: str) -> Machine:
    return Machine(parser(name))


def read(name: str, text: str, start: int = 0, end: int | None = None) -> Branch:
    """The tree that the parser ``name`` makes of ``text``, or of a stretch of it, with places in the whole text."""
    return _machine(name).read(text, start, len(text) if end is None else end)
