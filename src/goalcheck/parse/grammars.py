"""The Lark parsers of goalcheck: ``sheet``, ``comma`` and ``semicolon`` (the same, cells parted by these),
``indicator``, ``value``, ``otherwise`` (packed cells of other writers).

Their tables come from :mod:`goalcheck.files.compiled`; the grammars themselves are in ``grammar/``.
"""

from __future__ import annotations

import pkgutil
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from goalcheck.files import compiled
from goalcheck.files.regexes import INTERPRETER
from goalcheck.parse.machine import Branch, Machine, Tables
from goalcheck.vocabulary import signs_text, vocabulary

if TYPE_CHECKING:
    from lark import Lark
    from lark.lexer import TerminalDef

_PACKAGE = "goalcheck.grammar"
_FORM = "12"
"""Of the compiled tables: one that was written in another is stale."""
_SEPARATORS = {"sheet": "\t", "comma": ",", "semicolon": ";"}
SHEETS = {separator: name for name, separator in _SEPARATORS.items()}
"""The parsers of sheets, by what parts their cells."""
STARTS = {**dict.fromkeys(_SEPARATORS, "sheet"), "indicator": "cell", "value": "value", "otherwise": "cell"}
"""Every parser, with the rule that its texts are."""
_USUAL = {
    "indicator": (
        *("START", "CLASS", "SEP", "CLASS", "SEP", "NAME"),
        *("LSEP", "CYCLE", "VALUE", "LSEP", "ANNUAL", "VALUE", "END"),
    )
}
"""What most entries are made of: such a one is read by one expression, all others step by step."""
APART = {
    "CLASS": ("START",),
    "SEP": ("START", "CLASS"),
    "LSEP": ("START", "CYCLE", "ANNUAL", "END", "BREAK"),
    "CYCLE": ("START",),
    "ANNUAL": ("START", "CYCLE"),
    "END": ("START", "CYCLE", "ANNUAL"),
    "VALUE": ("CYCLE", "ANNUAL", "LSEP", "STOP", "SEMI"),
}
"""Terminals that never match where the one does that has them: they begin with another character, or go on to one."""
IN_VAIN = {"SEP": ("END",)}
"""Terminals that may match where the one does that has them: but then none that a usual entry goes on with does behind
it. So against these nothing is guarded either.
"""
_UNGUARDED = {name: (*APART.get(name, ()), *IN_VAIN.get(name, ())) for name in (*APART, *IN_VAIN)}
_QUOTED = '"(?:[^"\t]++|"")*+"(?=[\t\r\n])'
_PLAIN_LINE = f'((?!{_QUOTED})[^\t\r\n]*+\t[^\r\n"]*+(?:(?!(?<=\t){_QUOTED})"[^\r\n"]*+)*+)(?:\r\n?|\n)'
"""The same for lines: two cells and more, none of which is quoted."""


def _parted_by(separator: str, pattern: str) -> str:
    """``pattern`` with ``separator`` wherever it has a tab, but for a quoted cell: that may hold some."""
    return pattern.replace('[^"\t]', '[^"]').replace("\t", separator) if separator != "\t" else pattern


def _part_terminal_by(separator: str, terminal: TerminalDef) -> None:
    terminal.pattern.value = _parted_by(separator, terminal.pattern.value)


def _text(name: str) -> str:
    return (pkgutil.get_data(_PACKAGE, f"{name}.lark") or b"").decode()


def grammar(name: str) -> str:
    """The grammar ``name`` as Lark reads it: every named piece of its patterns written out."""
    from goalcheck.parse.pieces import written_out  # only where the compiled form is stale

    return written_out(_text(name), vocabulary().patterns())


def parser(name: str) -> Lark:
    """The parser ``name`` as Lark builds it; no sheet is read by it, only by its tables."""
    from lark import Lark

    options: dict[str, Any] = {"parser": "lalr", "lexer": "contextual", "maybe_placeholders": False}
    if (separator := _SEPARATORS.get(name)) is not None:
        options["edit_terminals"] = partial(_part_terminal_by, separator)
    return Lark(grammar(_grammar_of(name)), start=STARTS[name], **options)


def _grammar_of(name: str) -> str:
    return "sheet" if name in _SEPARATORS else name


def _build(name: str) -> Tables:
    from goalcheck.parse import lalr  # only where the compiled form is stale

    separator = _SEPARATORS.get(name)
    instead = ("CELL", _parted_by(separator, _PLAIN_LINE)) if separator is not None else None
    return lalr.tables(parser(name), _USUAL.get(name, ()), instead, _UNGUARDED)


@cache
def tables(name: str) -> Tables:
    """The tables of the parser ``name``, as they are kept beside the package; a run loads those that it reads by."""
    texts = [INTERPRETER, _FORM, _text(_grammar_of(name)), signs_text()]
    return compiled.load(f"{name}.tables", texts, partial(_build, name))


@cache
def machine(name: str) -> Machine:
    """What reads by the tables of the parser ``name``."""
    return Machine(tables(name))


def read(name: str, text: str, start: int = 0, end: int | None = None) -> Branch:
    """The tree that the parser ``name`` makes of ``text``, or of a stretch of it, with places in the whole text."""
    return machine(name).read(text, start, len(text) if end is None else end)
