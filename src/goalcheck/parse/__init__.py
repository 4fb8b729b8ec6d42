"""Source in, Sheet out; the only part of goalcheck that knows lark.

    text ─▶ lines ─▶ rows with amounts ─▶ units and projects ─▶ entries of each project ─▶ Sheet
           lines.py       __init__.py            kinds.py            entries.py, values.py

Every text is read in time linear in its length and without raising, but for one that has no column header: that is
no sheet (:class:`goalcheck.source.InputError`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from goalcheck.parse.entries import EntryReader
from goalcheck.parse.kinds import Candidate, units
from goalcheck.parse.lines import Line, read_lines
from goalcheck.parse.values import read_amount
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Header, Project, Row, Section, Sheet, Text, Total, Unit, clean
from goalcheck.source import Source

_BRACKETED = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]$")  # 教育局(本级) is an organisation as well
_TOTAL_NAMES = frozenset(("合计", "总计", "总合计", "合计数"))


def parse(source: Source, organisations: Sequence[str] = ()) -> Sheet:
    """Read ``source`` as a sheet. ``organisations`` are the endings of organisations' names, a help in telling units.

    Raises :class:`goalcheck.source.InputError` if no line is a column header with 项目名称 and 绩效指标.
    """
    text = source.text
    lines = read_lines(text)
    reader = _RowReader(text)
    rows = [reader.row(line) for line in lines.rows]
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
        tuple(lines.notes),
        sections,
        decimals,
    )


class _RowReader:
    """Gives the cells of a line the columns of its header."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._entries = EntryReader(text)
        self._columns: dict[Header, tuple[list[tuple[str, int]], dict[str, int], int]] = {}

    def row(self, line: Line) -> Total | Project:
        """The row on ``line``: a total by its name, else a project until :func:`_section` knows better."""
        if line.header not in self._columns:
            indices = {c.role: c.index for c in line.header.columns if c.role}
            amount_columns = [(role, indices[role]) for role in AMOUNT_COLUMNS if role in indices]
            self._columns[line.header] = (amount_columns, indices, max(c.index for c in line.header.columns) + 1)
        amount_columns, indices, width = self._columns[line.header]
        cells = line.cells
        count = len(cells)
        name = self._field(line, indices["name"])
        amounts = {role: self._amount(cells[index]) for role, index in amount_columns if index < count}
        missing: tuple[str, ...] = ()
        if count < width:
            missing = tuple(role for role, index in indices.items() if index >= count)
        surplus = next((Text(a, b, self._text[a:b]) for a, b in cells[width:] if a < b), None)
        if clean(name.text).rstrip(":\uff1a") in _TOTAL_NAMES:
            return Total(line.start, line.end, name, amounts, count, missing, surplus)
        goal = self._field(line, indices["goal"]) if "goal" in indices else None
        cell = self._field(line, indices["indicators"])
        entries = self._entries.read(cell.start, cell.end) if not cell.blank else ()
        return Project(line.start, line.end, name, amounts, count, missing, surplus, goal, cell, entries)

    def _field(self, line: Line, index: int) -> Text:
        """The cell in column ``index``; an empty one at the row's end where the row is too short."""
        if index >= len(line.cells):
            return Text(line.end, line.end, "")
        start, end = line.cells[index]
        return Text(start, end, self._text[start:end])

    def _amount(self, cell: tuple[int, int]) -> Amount:
        start, end = cell
        text = self._text[start:end]
        return Amount(start, end, text, *read_amount(text))


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
    heads = units(candidates, _first_amount(total) if total else None, tolerance)
    ends = [*heads, len(projects)]
    found = tuple(_unit(projects[a], projects[a + 1 : b]) for a, b in pairwise(ends))
    start = rows[0].start if rows else 0
    return Section(start, rows[-1].end if rows else start, total, tuple(projects[: ends[0]]), found)


def _unit(row: Project, projects: list[Project]) -> Unit:
    end = projects[-1].end if projects else row.end
    return Unit(row.start, end, row.name, row.amounts, row.cells, row.missing, row.surplus, tuple(projects))


def _first_amount(row: Row) -> Decimal | None:
    """The amount by which rows are told: the first amount column that the row has."""
    amount = next(iter(row.amounts.values()), None)
    return amount.value if amount is not None and not amount.blank else None
