"""A comparison as a workbook that can be filtered and printed: a summary, then findings, projects and indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from goalcheck.compare.comparison import Comparison
from goalcheck.compare.tables import Cell, Table, tables
from goalcheck.compare.text import opening
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Style
from goalcheck.report.long_sheet import LongSheet
from goalcheck.report.spreadsheet import BORDER, MOST_CHARACTERS, Spreadsheet, height, quoted

_MOST_ROWS = 1_000_000
"""Rows of one worksheet; more go to a further one."""

_OPENING = 100  # the width of the summary


def whole(comparison: Comparison, style: Style) -> Iterator[bytes]:
    """The workbook."""
    made = Spreadsheet(_say("book", style), style.language)
    sheet = made.worksheet(_say("book-summary", style), _say("book", style))
    sheet.set_column(0, 0, _OPENING)
    for row, said in enumerate(opening(comparison, style)):
        sheet.set_row(row, height([(said, _OPENING)]))
        sheet.write_string(row, 0, sentences.visible(said), made.format())
    made.define("list", f"{quoted(_say('book-summary', style))}!$A$1")
    for table in tables(comparison, style):
        _worksheets(made, table, _say(table.key, style))
    yield made.close()


def _worksheets(made: Spreadsheet, table: Table, name: str) -> None:
    """A worksheet with the rows of ``table``; further ones where they are too many for one."""
    number = 1
    rows = _begun(made, table, name)
    for _, row in table.rows:
        if rows.row == _MOST_ROWS:
            made.table(rows.sheet, table.columns, rows.row)
            number += 1
            rows = _begun(made, table, f"{name}{number}")
        texts = [(cell, column.width) for cell, column in zip(row, table.columns, strict=True) if isinstance(cell, str)]
        rows.add([_shown(made, cell) for cell in row], height(texts))
    made.table(rows.sheet, table.columns, rows.row)


def _begun(made: Spreadsheet, table: Table, name: str) -> LongSheet:
    rows = made.long_sheet(name, name)
    made.heads(rows.sheet, table.columns, file="compare")
    return rows


def _shown(made: Spreadsheet, cell: Cell) -> tuple[Cell, Any]:
    """What stands in a cell, and its format."""
    if isinstance(cell, str):
        return sentences.visible(cell)[:MOST_CHARACTERS], made.cell
    if isinstance(cell, Decimal):
        return cell, made.format(**BORDER, num_format="#,##0.00##")
    return cell, made.cell if cell is None else made.centred


def _say(key: str, style: Style) -> str:
    return say(f"compare.{key}", style.language)
