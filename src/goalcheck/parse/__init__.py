"""Source in, Sheet out; the only part of goalcheck that knows lark.

    text ─▶ lines ─▶ rows with amounts ─▶ units and projects ─▶ entries of each project ─▶ Sheet
           lines.py         rows.py        tables.py, units.py   layouts/packed.py, values.py

Every text is read in time linear in its length and without raising, but for one that has no column header: that is
no sheet (:class:`goalcheck.errors.InputError`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import catalogue
from goalcheck.limits import LIMITS, Limits
from goalcheck.parse.lines import read_lines
from goalcheck.parse.records import records
from goalcheck.parse.rows import read_rows
from goalcheck.parse.tables import tables
from goalcheck.sheet import Sheet
from goalcheck.source import Source


def parse(
    source: Source, organisations: Sequence[str] = (), limits: Limits = LIMITS, columns: ColumnNames | None = None
) -> Sheet:
    """Read ``source`` as a sheet. ``organisations`` are the endings of organisations' names, a help in telling units.

    ``columns`` are the names by which columns are known; without them, those that ship with goalcheck.

    Raises :class:`goalcheck.errors.InputError` if no line is a column header with 项目名称 and 绩效指标, and where a
    cell is longer, or the entries are more, than ``limits`` allow.
    """
    text = source.text
    lines = read_lines(text, limits, columns or catalogue().columns)
    rows, asides = read_rows(text, lines.rows, limits)
    decimals = max((a.decimals for row in rows for a in row.amounts.values()), default=0)
    half_a_digit = Decimal(5).scaleb(-decimals - 1)
    found = tables(rows, half_a_digit, tuple(organisations))
    return Sheet(
        0,
        len(text),
        lines.title,
        tuple(lines.head),
        tuple(lines.headers),
        tuple(lines.footers),
        tuple(sorted([*lines.notes, *asides], key=lambda note: note.start)),
        found.sections,
        decimals,
        records(text, lines.starts, lines.headers, lines.footers),
        totals=found.totals,
    )
