"""Parts a text into lines: those of cells with the cells, the others as ``sheet.lark`` names them.

Most lines are cells without quotation marks. Such a one is read by one expression, made of the terminals of the grammar
(:func:`goalcheck.parse.lalr.tables`), all others step by step.
"""

from __future__ import annotations

from typing import cast

from goalcheck.parse.cells import cells_of, plain_cells
from goalcheck.parse.grammars import machine
from goalcheck.parse.layouts.labels import BlockLine
from goalcheck.parse.machine import Lexeme


def lines_of(text: str, separator: str) -> list[Lexeme | BlockLine]:
    """The lines of ``text``, which ends in a line break; its cells are parted by ``separator``, a tab or a comma."""
    reader = machine("sheet" if separator == "\t" else "comma")
    usual = reader.usual
    lines: list[Lexeme | BlockLine] = []
    at, end = 0, len(text)
    while True:
        while (match := usual(text, at, end)) is not None:
            stop = match.end(1)
            lines.append(BlockLine(at, stop, plain_cells(match[1], at, separator)))
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
