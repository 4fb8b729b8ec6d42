"""Parts a text into lines: those of cells with the cells, the others as ``sheet.lark`` names them.

Most lines are cells none of which is quoted. Such a one is read by one expression, made of the terminals of the grammar
(:func:`goalcheck.parse.lalr.tables`), all others step by step.
"""

from __future__ import annotations

import re
from typing import cast

from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine, PlainLine, cells_of
from goalcheck.parse.grammars import SHEETS, machine
from goalcheck.parse.machine import Lexeme
from goalcheck.sheet import Text

AnyLine = Lexeme | BlockLine | PlainLine
"""A line as it is parted: as a whole, or with its cells."""

_TELLS_SEPARATOR = regex(r'("?sep=[\t,;]"?)(?:\r\n?|\n)', re.IGNORECASE)


def separator_line(text: str) -> Text | None:
    """The first line of ``text`` if it only tells what parts the cells. Spreadsheets write and never show it."""
    told = _TELLS_SEPARATOR.match(text)
    return Text(0, told.end(1), told[1]) if told is not None else None


def start_of(line: AnyLine) -> int:
    """Where ``line`` begins."""
    return line.start_pos if isinstance(line, Lexeme) else line.start


def cut(line: AnyLine) -> Lexeme | BlockLine:
    """``line``; a plain one with where its cells begin and end."""
    return line if isinstance(line, Lexeme) else line.cut()


def lines_of(text: str, separator: str) -> list[AnyLine]:
    """The lines of ``text`` but its :func:`separator_line`. It ends in a line break; its cells are parted by
    ``separator``, one of :data:`~goalcheck.parse.grammars.SHEETS`.
    """
    reader = machine(SHEETS[separator])
    usual = reader.usual
    lines: list[AnyLine] = []
    told = _TELLS_SEPARATOR.match(text)
    at, end = told.end() if told is not None else 0, len(text)
    while True:
        while (match := usual(text, at, end)) is not None:
            stop = match.end(1)
            lines.append(PlainLine(at, stop, match[1].split(separator)))
            at = match.end()
        if at == end:
            return lines
        tree, at = reader.read_up_to(text, at, end, usual)
        for child in tree.children:
            if isinstance(child, Lexeme):
                lines.append(child)
            else:
                tokens = cast("list[Lexeme]", child.children)  # a line has no rules below it
                lines.append(BlockLine(tokens[0].start_pos, tokens[-1].start_pos, cells_of(text, tokens)))
