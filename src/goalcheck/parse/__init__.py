"""Source in, Sheet out; the only part of goalcheck that knows lark.

    text ─▶ lines ─▶ rows with amounts ─▶ units and projects ─▶ entries of each project ─▶ Sheet
          lines.py         rows.py              units.py          layouts/packed.py, values.py
            └─ outside.py: lines that no table takes

Every text is read in time linear in its length and without raising, but for one that has no column header: that is
no sheet (:class:`goalcheck.errors.InputError`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import catalogue
from goalcheck.errors import InputError
from goalcheck.limits import LIMITS, Limits
from goalcheck.parse.lines import read_lines
from goalcheck.parse.records import records
from goalcheck.parse.rows import TableRow, read_rows
from goalcheck.parse.units import Candidate, units
from goalcheck.sheet import Indicator, Node, Project, Row, Section, Sheet, Subtotal, Total, Unit, Unread
from goalcheck.source import Source

_BRACKETED = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]$")  # 教育局(本级) is an organisation as well


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
    made = read_rows(text, lines.rows, limits)
    rows = made.rows
    if not any(isinstance(row, Project) for row in rows) and any(part.reason == "by-row" for part in lines.unread):
        raise InputError("split-indicators")
    unread = [*lines.unread, *made.unread, *_without_indicators(rows)]
    decimals = max((a.decimals for row in rows for a in row.amounts.values()), default=0)
    half_a_digit = Decimal(5).scaleb(-decimals - 1)
    suffixes = tuple(organisations)
    sections = tuple(_section(part, half_a_digit, suffixes) for part in _parts(rows))
    return Sheet(
        0,
        len(text),
        lines.title,
        tuple(lines.head),
        tuple(lines.headers),
        tuple(lines.footers),
        tuple(sorted([*lines.notes, *made.notes], key=_start)),
        sections,
        decimals,
        records(text, lines.starts, lines.headers, lines.footers),
        tuple(sorted(unread, key=_start)),
    )


def _start(node: Node) -> int:
    return node.start


def _without_indicators(rows: Sequence[TableRow]) -> list[Unread]:
    """The cells of indicators of a sheet of which not one indicator could be read: nobody knows what they say."""
    projects = [row for row in rows if isinstance(row, Project) and row.entries]
    if any(isinstance(entry, Indicator) for project in projects for entry in project.entries):
        return []
    cells = [project.indicator_cell for project in projects if project.indicator_cell is not None]
    return [Unread(cell.start, cell.end, cell.text, "no-indicator", {}) for cell in cells]


def _parts(rows: list[TableRow]) -> list[list[TableRow]]:
    """The rows of each table: a 合计 opens a new one, or closes it where the first row is none.

    One that opens or closes nothing says again what the table above it comes to.
    """
    totals = [i for i, row in enumerate(rows) if isinstance(row, Total)]
    if len(totals) < 2:
        return [rows]
    cuts = totals if totals[0] == 0 else [0, *(i + 1 for i in totals)]
    parts: list[list[TableRow]] = []
    for start, end in zip(cuts, [*cuts[1:], len(rows)], strict=True):
        part = rows[start:end]
        if parts and all(isinstance(row, Total) for row in part):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def _section(rows: list[TableRow], tolerance: Decimal, organisations: tuple[str, ...]) -> Section:
    totals = tuple(row for row in rows if isinstance(row, Total))
    projects = [row for row in rows if isinstance(row, Project)]
    candidates = [
        Candidate(
            _first_amount(row),
            bool(row.entries) or any(cell is not None and not cell.blank for cell in (row.goal, row.indicator_cell)),
            _BRACKETED.sub("", row.name.clean).endswith(organisations),
        )
        for row in projects
    ]
    heads, parents = units(candidates, _first_amount(totals[0]) if totals else None, tolerance)
    ends = [*heads, len(projects)]
    made = {a: _unit(projects[a], tuple(projects[a + 1 : b]), ()) for a, b in pairwise(ends)}
    for parent, children in parents.items():
        made[parent] = _unit(projects[parent], (), tuple(made.pop(child) for child in children))
    start = rows[0].start if rows else 0
    top = tuple(made[head] for head in sorted(made))
    subtotals = tuple(row for row in rows if isinstance(row, Subtotal))
    end = rows[-1].end if rows else start
    return Section(start, end, totals, subtotals, tuple(projects[: ends[0]]), top)


def _unit(row: Project, projects: tuple[Project, ...], below: tuple[Unit, ...]) -> Unit:
    end = max(part.end for part in (row, *projects, *below))
    return Unit(row.start, end, row.name, row.amounts, row.cells, row.missing, row.surplus, projects, below)


def _first_amount(row: Row) -> Decimal | None:
    """The amount by which rows are told: the first amount column that the row has."""
    amount = next(iter(row.amounts.values()), None)
    return amount.value if amount is not None and not amount.blank else None
