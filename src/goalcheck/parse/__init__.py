"""Reads a text as a sheet. The only part of goalcheck that knows lark.

    text ─▶ lines ─▶ rows with amounts ─▶ units and projects ─▶ entries of each project ─▶ Sheet
           lines.py         rows.py        tables.py, units.py   layouts/packed.py, values.py
            │                └─ strange.py: columns that no name explains
            ├─ layouts/by_row.py: tables with one indicator a row; row_indicators.py: what one row says
            ├─ layouts/blocks.py: the forms around them; form_lines.py: their labels with their values
            ├─ packed_lines.py: the header and the rows of packed tables; layouts/row_headers.py: headers of the others
            ├─ whole_lines.py: titles, footers, notes; lines_ahead.py: what comes next
            └─ outside.py: lines that no table takes

Every text is read in time linear in its length and without raising, but for one that has no column header: that is
no sheet (:class:`goalcheck.errors.InputError`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from goalcheck.catalogue.columns import ColumnNames, remembering
from goalcheck.catalogue.load import catalogue
from goalcheck.errors import InputError
from goalcheck.limits import LIMITS, Limits
from goalcheck.parse.layouts.by_row_sections import by_row_sections
from goalcheck.parse.lines import read_lines
from goalcheck.parse.money_units import money_units, over_amounts
from goalcheck.parse.outside import is_data
from goalcheck.parse.records import records
from goalcheck.parse.rows import TableRow, read_rows
from goalcheck.parse.tables import tables
from goalcheck.sheet import Indicator, Node, Project, Row, Sheet, Unread
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
    names = remembering(columns or catalogue().columns)
    lines = read_lines(source, limits, names)
    made = read_rows(text, lines.rows, limits)
    has_rows = any(table.records for table in lines.by_row) or any(isinstance(row, Project) for row in made.rows)
    if not has_rows and any(part.reason == "by-row" for part in lines.unread):
        raise InputError("split-indicators")
    headers = made.strangers.told(text, lines.headers, names)
    strange = (part for table in lines.by_row for part in table.unread)
    unread = [
        *strange,
        *lines.unread,
        *made.unread,
        *_without_indicators(made.rows),
        *made.strangers.unread(headers, names),
    ]
    priced = [*made.rows, *(record for table in lines.by_row for record in table.records)]
    decimals = max((a.decimals for row in priced for a in row.amounts.values()), default=0)
    half_a_digit = Decimal(5).scaleb(-decimals - 1)
    found = tables(made.rows, half_a_digit, tuple(organisations))
    sections = found.sections if made.rows or not lines.by_row else ()
    sections = tuple(sorted((*sections, *by_row_sections(lines.by_row)), key=_start))
    notes = sorted([*lines.notes, *made.notes], key=_start)
    titles = (lines.title,) if lines.title is not None else ()
    of_amounts = (column for header in headers for column in header.columns if column.key is not None)
    above = (cell for table in lines.by_row for cell in over_amounts(text, table.header, names))
    said = money_units((*titles, *lines.head, *of_amounts, *above, *notes))
    amiss = {note.start for note in notes if "\t" not in note.text and is_data(note.text)}  # with tabs a row
    unread += [Unread(note.start, note.end, note.text, "note-of-data", {}) for note in notes if note.start in amiss]
    notes = [note for note in notes if note.start not in amiss]
    sheet = Sheet(
        0,
        len(text),
        lines.title,
        tuple(lines.head),
        headers,
        tuple(lines.footers),
        tuple(notes),
        sections,
        decimals,
        records(text, lines.starts, lines.headers, lines.footers),
        tuple(sorted(unread, key=_start)),
        found.totals,
        lines.passed_over,
        tuple(sorted(lines.asides, key=lambda span: span.start)),
        tuple(unit for _, unit in sorted({unit.start: unit for unit in said}.items())),
    )
    if source.unknown:
        _leave_open(sheet.rows, source)
    return sheet


def _leave_open(rows: Iterable[Row], source: Source) -> None:
    """Make the amounts in unknown cells of ``source`` neither blank nor a number: no sum is judged by them."""
    for row in rows:
        for key, amount in row.amounts.items():
            if not amount.text and source.is_unknown(amount.start):
                row.amounts[key] = attrs.evolve(amount, value=None, blank=False)


def _start(node: Node) -> int:
    return node.start


def _without_indicators(rows: Sequence[TableRow]) -> list[Unread]:
    """The cells of indicators of a sheet of which not one indicator could be read: nobody knows what they say."""
    projects = [row for row in rows if isinstance(row, Project) and row.entries]
    if any(isinstance(entry, Indicator) for project in projects for entry in project.entries):
        return []
    cells = [project.indicator_cell for project in projects if project.indicator_cell is not None]
    return [Unread(cell.start, cell.end, cell.text, "no-indicator", {}) for cell in cells]
