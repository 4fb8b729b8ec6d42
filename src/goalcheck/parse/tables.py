"""Makes tables of rows: which rows belong to which 合计, and which of them are units.

A 合计 stands above its rows or below them, or both; a long table repeats it on every page, and one over several tables
is the sum of them all. Where the text has more than one, the amounts tell what each of them sums up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, groupby, pairwise

import attrs

from goalcheck.files.regexes import regex
from goalcheck.parse.units import Candidate, Told, units, with_rows_of_their_own
from goalcheck.sheet import Project, Row, Section, Subtotal, Total, Unit

_BRACKETED = regex(r"[(\uff08][^()\uff08\uff09]*[)\uff09]$")  # 教育局(本级) is an organisation as well
_Rows = Sequence[Total | Subtotal | Project]


@attrs.frozen(eq=False, repr=False)
class Tables:
    """The tables of a text, and the totals that are the sum of several of them."""

    sections: tuple[Section, ...]
    totals: tuple[Total, ...] = ()


def tables(rows: _Rows, half_a_digit: Decimal, organisations: tuple[str, ...]) -> Tables:
    """What ``rows`` make up. ``half_a_digit`` is what rounding may do to one printed figure."""
    subtotals = [row for row in rows if isinstance(row, Subtotal)]
    if subtotals:
        found = tables([row for row in rows if not isinstance(row, Subtotal)], half_a_digit, organisations)
        return attrs.evolve(found, sections=tuple(_with_subtotals(found.sections, subtotals)))
    reader = _Reader(half_a_digit, organisations)
    whole = reader.section(rows)
    made = reader.made(whole)
    if len(whole.totals) < 2 or all(map(made.is_in, whole.totals)):
        return Tables((whole,))
    return reader.several([list(run) for _, run in groupby(rows, lambda row: isinstance(row, Total))], whole)


def _with_subtotals(sections: Sequence[Section], subtotals: Sequence[Subtotal]) -> Iterator[Section]:
    """``sections``, each with the ``subtotals`` that stand in it, or behind it before the next."""
    starts = [row.start for row in subtotals]
    cuts = [0, *(bisect_left(starts, section.start) for section in sections[1:]), len(starts)]
    for section, (first, last) in zip(sections, pairwise(cuts), strict=True):
        own = tuple(subtotals[first:last])
        yield attrs.evolve(section, end=max((section.end, *(row.end for row in own))), subtotals=own)


@attrs.frozen(eq=False, repr=False)
class _Made:
    """What the rows of a table, or of several, add up to, and how much rounding may have changed that."""

    sum: Decimal
    tolerance: Decimal

    def is_in(self, total: Total) -> bool:
        """Whether ``total`` prints this sum."""
        printed = _first_amount(total)
        return printed is not None and abs(printed - self.sum) <= self.tolerance


class _Reader:
    """Makes sections of rows, and tells what they add up to."""

    def __init__(self, half_a_digit: Decimal, organisations: tuple[str, ...]) -> None:
        self._half_a_digit = half_a_digit
        self._organisations = organisations

    def section(self, rows: _Rows) -> Section:
        """The table of ``rows``, with its units."""
        totals = [row for row in rows if isinstance(row, Total)]
        projects = [row for row in rows if isinstance(row, Project)]
        told = [self._told(row) for row in projects]
        made_up = with_rows_of_their_own(told)
        candidates = [
            Candidate(
                _first_amount(row),
                row_told.indicators or (row_told.goal and at not in made_up),
                row_told.organisation,
            )
            for at, (row, row_told) in enumerate(zip(projects, told, strict=True))
        ]
        printed = [amount for amount in map(_first_amount, totals) if amount is not None]
        heads, parents = units(candidates, printed, self._half_a_digit)
        ends = [*heads, len(projects)]
        made = {a: _unit(projects[a], tuple(projects[a + 1 : b]), ()) for a, b in pairwise(ends)}
        for parent, children in parents.items():
            made[parent] = _unit(projects[parent], (), tuple(made.pop(child) for child in children))
        start, end = (rows[0].start, rows[-1].end) if rows else (0, 0)
        top = tuple(made[head] for head in sorted(made))
        return Section(start, end, next(iter(totals), None), tuple(projects[: ends[0]]), top, tuple(totals[1:]))

    def _told(self, row: Project) -> Told:
        goal, cell = row.goal, row.indicator_cell
        return Told(
            row.amounts,
            goal is not None and not goal.blank,
            bool(row.entries) or (cell is not None and not cell.blank),
            _BRACKETED.sub("", row.name.clean).endswith(self._organisations),
        )

    def made(self, *sections: Section) -> _Made:
        """What the units of ``sections``, and their projects that have no unit, add up to."""
        rows = [row for section in sections for row in (*section.loose, *section.units)]
        whole = sum((_first_amount(row) or Decimal(0) for row in rows), Decimal(0))
        return _Made(whole, self._half_a_digit * (len(rows) + 1))

    def several(self, runs: Sequence[_Rows], whole: Section) -> Tables:
        """The tables of a text in which totals part ``runs`` of rows; a run is of totals alone or of other rows.

        ``whole`` is all of it as a single table: it is one where a total that nothing makes up only comes again.
        """
        tables = {at: self.section(run) for at, run in enumerate(runs) if not isinstance(run[0], Total)}
        made = {at: self.made(table) for at, table in tables.items()}
        first = whole.totals[0]
        again = all(_first_amount(total) == _first_amount(first) for total in whole.totals)
        if len(tables) < 2 or (again and not any(sums.is_in(first) for sums in made.values())):
            return Tables((whole,))
        every = self.made(*tables.values())
        above_all: list[Total] = []
        parts: list[list[Total | Subtotal | Project]] = [[]]
        for at, run in enumerate(runs):
            if at in tables:
                parts[-1] += run
                continue
            above, below = made.get(at - 1), made.get(at + 1)
            own: list[Total] = []
            for total in (row for row in run if isinstance(row, Total)):
                near = any(sums is not None and sums.is_in(total) for sums in (above, below))
                (own if near or not every.is_in(total) else above_all).append(total)
            closing = _closing(own, above, below, opening=isinstance(runs[0][0], Total))
            parts[-1] += own[:closing]
            parts.append([*own[closing:]])
        return Tables(tuple(self.section(part) for part in parts if part), tuple(above_all))


def _closing(totals: Sequence[Total], above: _Made | None, below: _Made | None, *, opening: bool) -> int:
    """How many of ``totals``, which stand between two tables, belong to the one ``above``.

    Where the amounts do not tell, half of them do; one alone belongs to the table below where totals are ``opening``
    their tables.
    """
    if above is None or below is None:
        return 0 if above is None else len(totals)
    gains = [above.is_in(total) - below.is_in(total) for total in totals]  # of each that goes to the table above
    half = (len(totals) + (not opening)) // 2
    return max(enumerate(accumulate(gains, initial=0)), key=lambda way: (way[1], -abs(way[0] - half)))[0]


def _unit(row: Project, projects: tuple[Project, ...], below: tuple[Unit, ...]) -> Unit:
    end = max(part.end for part in (row, *projects, *below))
    return Unit(row.start, end, row.name, row.amounts, row.cells, row.missing, row.surplus, projects, below)


def _first_amount(row: Row) -> Decimal | None:
    """The amount by which rows are told: the first amount column that the row has."""
    amount = next(iter(row.amounts.values()), None)
    return amount.value if amount is not None and not amount.blank else None
