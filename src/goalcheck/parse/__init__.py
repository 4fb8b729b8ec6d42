"""Source in, Sheet out; the only part of goalcheck that knows lark.

    text ─▶ lines ─▶ rows with amounts ─▶ units and projects ─▶ entries of each project ─▶ Sheet
           lines.py         rows.py              kinds.py            entries.py, values.py

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
from goalcheck.limits import LIMITS, Limits
from goalcheck.parse.lines import read_lines
from goalcheck.parse.records import records
from goalcheck.parse.rows import read_rows
from goalcheck.parse.units import Candidate, units
from goalcheck.sheet import Project, Row, Section, Sheet, Total, Unit
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
    rows, asides = read_rows(text, lines.rows, limits)
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
        tuple(sorted([*lines.notes, *asides], key=lambda note: note.start)),
        sections,
        decimals,
        records(text, lines.starts, lines.headers, lines.footers),
    )


def _parts(rows: list[Total | Project]) -> list[list[Total | Project]]:
    """The rows of each table: a 合计 opens a new one, or closes it where the first row is none."""
    totals = [i for i, row in enumerate(rows) if isinstance(row, Total)]
    if len(totals) < 2:
        return [rows]
    cuts = totals if totals[0] == 0 else [0, *(i + 1 for i in totals)]
    parts = [rows[a:b] for a, b in zip(cuts, [*cuts[1:], len(rows)], strict=True)]
    return [part for part in parts if part]


def _section(rows: list[Total | Project], tolerance: Decimal, organisations: tuple[str, ...]) -> Section:
    total = next((row for row in rows if isinstance(row, Total)), None)
    projects = [row for row in rows if isinstance(row, Project)]
    candidates = [
        Candidate(
            _first_amount(row),
            any(cell is not None and not cell.blank for cell in (row.goal, row.indicator_cell)),
            _BRACKETED.sub("", row.name.clean).endswith(organisations),
        )
        for row in projects
    ]
    heads, parents = units(candidates, _first_amount(total) if total else None, tolerance)
    ends = [*heads, len(projects)]
    made = {a: _unit(projects[a], tuple(projects[a + 1 : b]), ()) for a, b in pairwise(ends)}
    for parent, children in parents.items():
        made[parent] = _unit(projects[parent], (), tuple(made.pop(child) for child in children))
    start = rows[0].start if rows else 0
    top = tuple(made[head] for head in sorted(made))
    return Section(start, rows[-1].end if rows else start, total, tuple(projects[: ends[0]]), top)


def _unit(row: Project, projects: tuple[Project, ...], below: tuple[Unit, ...]) -> Unit:
    end = max(part.end for part in (row, *projects, *below))
    return Unit(row.start, end, row.name, row.amounts, row.cells, row.missing, row.surplus, projects, below)


def _first_amount(row: Row) -> Decimal | None:
    """The amount by which rows are told: the first amount column that the row has."""
    amount = next(iter(row.amounts.values()), None)
    return amount.value if amount is not None and not amount.blank else None
