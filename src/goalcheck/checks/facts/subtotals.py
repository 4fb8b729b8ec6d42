"""Which rows a 小计 adds up: it may close a unit, a page, or all that came before, and only its amounts tell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from goalcheck.checks.facts.context import Context
from goalcheck.sheet import Project, Row, Section, Subtotal

_MOST = 5_000  # rows that one 小计 is held against: as many stand on a hundred pages


def subtotal_rows(context: Context) -> dict[Subtotal, Sequence[Row]]:
    """For each 小计 of the sheet the rows above it that it should be the sum of.

    These are the projects right above it, up to a row of another kind; or as many as do make up its first amount; or
    the units. None where it has none above it, or so many that nobody adds them up.
    """
    found: dict[Subtotal, Sequence[Row]] = {}
    for section in context.sheet.sections:
        if section.subtotals:
            found |= _rows(section)
    return found


def _rows(section: Section) -> dict[Subtotal, Sequence[Row]]:
    column = next(iter(section.subtotals[0].amounts), "")
    top = set(section.units)
    found: dict[Subtotal, Sequence[Row]] = {}
    projects: list[Row] = []
    units: list[Row] = []
    so_far = of_units = before = Decimal(0)  # what the projects come to, the units, the projects not right above
    nearest = 0
    begins: dict[Decimal, int] = {}  # where a run of projects begins, by what those before it come to
    for row in sorted(section.rows, key=lambda row: row.start):
        amount = _amount(row, column)
        if isinstance(row, Project):
            begins[so_far] = len(projects)
            projects.append(row)
            so_far += amount
            continue
        if isinstance(row, Subtotal):
            rest = so_far - amount
            at = nearest if rest == before else begins.get(rest)
            if at is None and units and of_units == amount:
                found[row] = tuple(units[-_MOST - 1 :])
            else:
                found[row] = projects[nearest if at is None else at :]
            if len(found[row]) > _MOST:
                found[row] = ()
        elif row in top:
            units.append(row)
            of_units += amount
        nearest, before = len(projects), so_far
    return found


def _amount(row: Row, column: str) -> Decimal:
    amount = row.amounts.get(column)
    return (amount.value if amount is not None else None) or Decimal(0)
