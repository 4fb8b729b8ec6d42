"""A comparison as one page of HTML without any script: what changed, then findings, projects and indicators.

What is the same on both sides is only counted. A column in which nothing stands is left out, and so is that of the
file where there is but one, which the head of the page names.
"""

from __future__ import annotations

import base64
import hashlib
import pkgutil
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from goalcheck.compare.comparison import Comparison
from goalcheck.compare.faults import STATES
from goalcheck.compare.tables import Cell, Table, tables
from goalcheck.compare.text import opening
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Style
from goalcheck.report.spreadsheet import Column

_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_SAME = "same"
_KEPT = 20  # characters of a place, a code or a name that is not broken over two lines
_LOOKS = (
    ("goalcheck.report.page", "base.css"),
    ("goalcheck.report.page", "cards.css"),
    ("goalcheck.compare", "looks.css"),
)


def whole(comparison: Comparison, style: Style) -> Iterator[str]:
    """The page, in pieces."""
    looks = "".join((pkgutil.get_data(*place) or b"").decode() for place in _LOOKS)
    digest = base64.b64encode(hashlib.sha256(looks.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = _text(_say("book", style))
    yield (
        f'<!doctype html>\n<html lang="{_LANGUAGES[style.language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="generator" content="goalcheck">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{looks}</style>\n</head>\n<body>\n"
        f'<header><div class="masthead"><p class="kind">{title}</p>\n'
        f"<h1>{_text(_sides(comparison, style))}</h1></div></header>\n<main>\n"
    )
    yield _cards(comparison, style)
    yield "".join(f"<p>{_text(said)}</p>\n" for said in opening(comparison, style))
    for table in tables(comparison, style):
        yield from _table(table, style)
    yield "</main>\n</body>\n</html>\n"


def _sides(comparison: Comparison, style: Style) -> str:
    """What was compared with what: the names of two files, or how many there are."""
    sides = (comparison.old, comparison.new)
    paths = [sentences.path(str(side.files[0]["path"])) if len(side.files) == 1 else None for side in sides]
    counted = [_say("files", style, number=len(side.files)) for side in sides]
    return " \u2192 ".join(path or count for path, count in zip(paths, counted, strict=True))


def _cards(comparison: Comparison, style: Style) -> str:
    """How many findings there are in each state, to be seen at a glance."""
    if comparison.faults is None:
        return ""
    numbers = comparison.numbers()
    cards = (
        f'<p class="card {state}{"" if numbers[state] else " zero"}"><b>{numbers[state]}</b> '
        f"<span>{_text(_say(f'state-{state}', style))}</span></p>\n"
        for state in STATES
        if numbers[state] or state != "unjudged"
    )
    return f'<div class="cards">\n{"".join(cards)}</div>\n'


def _table(table: Table, style: Style) -> Iterator[str]:
    rows = [(state, row) for state, row in table.rows if state != _SAME]
    if not rows:
        return
    shown = [at for at, column in enumerate(table.columns) if _tells(column, [row[at] for _, row in rows])]
    heads = "".join(f'<th scope="col">{_text(_say(table.columns[at].key, style))}</th>' for at in shown)
    yield (
        f'<h2 id="{table.key}">{_text(_say(table.key, style))}</h2>\n'
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{table.key}">\n<table>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    )
    for state, row in rows:
        yield f'<tr class="{state}">{"".join(_cell(row[at]) for at in shown)}</tr>\n'
    yield "</tbody>\n</table>\n</div>\n"


def _tells(column: Column, cells: Sequence[Cell]) -> bool:
    """Whether a column has anything to tell."""
    return len(set(cells)) > 1 if column.key == "head-file" else any(cell not in (None, "") for cell in cells)


def _cell(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f'<td class="number">{cell:f}</td>'
    said = str(cell) if cell is not None else ""
    kept = ' class="kept"' if said.isascii() and 0 < len(said) <= _KEPT and " " not in said else ""
    return f"<td{kept}>{_text(said)}</td>"


def _text(said: str) -> str:
    """``said`` as text of a page, with nothing in it that is not seen."""
    return escape(sentences.harmless(sentences.visible(said)))


def _say(key: str, style: Style, **facts: object) -> str:
    return say(f"compare.{key}", style.language, **facts)
