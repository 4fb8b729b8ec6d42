"""A comparison as one page of HTML without any script: what changed, then findings, projects and indicators.

What is the same on both sides is only counted.
"""

from __future__ import annotations

import base64
import hashlib
import pkgutil
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from goalcheck.compare.comparison import Comparison
from goalcheck.compare.tables import Cell, Table, tables
from goalcheck.compare.text import opening
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Style

_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_SAME = "same"


def whole(comparison: Comparison, style: Style) -> Iterator[str]:
    """The page, in pieces."""
    looks = (pkgutil.get_data("goalcheck.compare", "looks.css") or b"").decode()
    digest = base64.b64encode(hashlib.sha256(looks.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = _text(_say("book", style))
    yield (
        f'<!doctype html>\n<html lang="{_LANGUAGES[style.language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="generator" content="goalcheck">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{looks}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
    yield "".join(f"<p>{_text(said)}</p>\n" for said in opening(comparison, style))
    for table in tables(comparison, style):
        yield from _table(table, style)
    yield "</body>\n</html>\n"


def _table(table: Table, style: Style) -> Iterator[str]:
    rows = ((state, row) for state, row in table.rows if state != _SAME)
    first = next(rows, None)
    if first is None:
        return
    heads = "".join(f'<th scope="col">{_text(_say(column.key, style))}</th>' for column in table.columns)
    yield f'<h2>{_text(_say(table.key, style))}</h2>\n<div class="scroll">\n<table>\n<thead><tr>{heads}</tr></thead>\n'
    yield "<tbody>\n"
    yield _row(*first)
    for row in rows:
        yield _row(*row)
    yield "</tbody>\n</table>\n</div>\n"


def _row(state: str, row: Sequence[Cell]) -> str:
    return f'<tr class="{state}">{"".join(map(_cell, row))}</tr>\n'


def _cell(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f'<td class="number">{cell:f}</td>'
    return f"<td>{_text(str(cell)) if cell is not None else ''}</td>"


def _text(said: str) -> str:
    """``said`` as text of a page, with nothing in it that is not seen."""
    return escape(sentences.harmless(sentences.visible(said)))


def _say(key: str, style: Style) -> str:
    return say(f"compare.{key}", style.language)
