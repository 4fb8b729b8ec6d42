"""Makes the sections of a tree from the records of tables by rows: units with their projects, and totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import attrs

from goalcheck.catalogue.load import catalogue
from goalcheck.files.regexes import regex
from goalcheck.parse.layouts.by_row import ByRow
from goalcheck.parse.layouts.by_row_records import Record, rejoined
from goalcheck.parse.units import Told, with_rows_of_their_own
from goalcheck.sheet import Amount, Layout, Project, Section, Subtotal, Text, Total, Unit

_CODE = regex(r"[\[\u3010(\uff08]?\s{0,9}+(\d{3,18})")
_MOST_UNITS = 60  # of one department


def by_row_sections(tables: Sequence[ByRow]) -> Iterator[Section]:
    """A section a table with projects in columns of their own, and one for all blocks that follow one another."""
    blocks: list[Record] = []
    for table in tables:
        if table.goes_on is not None:
            continue
        if table.of.has_projects:
            yield from _section(blocks, "blocks")
            blocks = []
            yield from _section(rejoined(table.records), "rows")
        else:
            blocks += [record for record in table.records if record.says_anything]
    yield from _section(blocks, "blocks")


@attrs.define(eq=False, repr=False)
class _Unit:
    """A unit as it is put together. Its row, where it has one, prints the amount of all its projects."""

    start: int
    end: int
    name: Text
    code: str
    amounts: dict[str, Amount] = attrs.Factory(dict)
    projects: list[Project] = attrs.Factory(list)
    units: list[_Unit] = attrs.Factory(list)

    def made(self) -> Unit:
        return Unit(
            self.start,
            self.end,
            self.name,
            self.amounts,
            len(self.amounts),
            {},
            None,
            tuple(self.projects),
            tuple(unit.made() for unit in self.units),
        )


def _tell_units(records: Sequence[Record]) -> None:
    """Tell those records that are the units of the ones below them, though they stand as projects, or have a goal."""
    suffixes = catalogue().lexicon["organisation-suffixes"]
    headings = [record for record in records if record.says_but_its_name and record.name.clean.endswith(suffixes)]
    if headings and headings[0] is records[0]:  # units stand above all projects; else it may be one that was left blank
        for record in headings:
            record.may_be_unit = True
    told = [
        Told(
            record.amounts,
            record.may_be_unit and record.goal is not None and bool(record.goal.text),
            bool(record.entries),
            record.name.clean.endswith(suffixes),
        )
        for record in records
    ]
    for at in with_rows_of_their_own(told):
        records[at].is_made_up = True


def _section(records: Sequence[Record], layout: Layout) -> Iterator[Section]:
    _tell_units(records)
    totals: list[Total] = []
    subtotals: list[Subtotal] = []
    loose: list[Project] = []
    tops: list[_Unit] = []
    open_units: list[_Unit] = []
    rows: list[_Unit] = []
    end = 0
    start = None
    for record in records:
        start = record.start if start is None else start
        end = max(end, record.end)
        if record.is_total:
            name = record.name if record.name.text or record.unit is None else record.unit
            totals.append(Total(*record.row(name)))
            continue
        if record.is_subtotal:
            name = record.name if record.name.text or record.unit_cell is None else record.unit_cell
            subtotals.append(Subtotal(*record.row(name)))
            continue
        if record.is_unit:
            cell = record.unit_text
            owner = record.unit or cell
            made = _Unit(record.start, record.end, owner, _code(cell), record.amounts)
            rows.append(made)
            _open(made, tops, open_units)
            continue
        project = record.project()
        unit = _unit_of(record, tops, open_units)
        if unit is None:
            loose.append(project)
            continue
        unit.projects.append(project)
        for above in open_units:
            above.end = max(above.end, project.end)
    _blank_headings(rows)
    if start is not None:
        units = tuple(unit.made() for unit in _nested(tops))
        first = totals[0] if totals else None
        yield Section(start, end, first, tuple(loose), units, tuple(totals[1:]), tuple(subtotals), layout)


def _code(cell: Text) -> str:
    match = _CODE.match(cell.text)
    return match[1] if match else ""


def _open(unit: _Unit, tops: list[_Unit], open_units: list[_Unit]) -> None:
    """Put ``unit`` below the last one whose code its own begins with, else beside all."""
    while open_units and not _is_below(unit.code, open_units[-1].code):
        open_units.pop()
    (open_units[-1].units if open_units else tops).append(unit)
    open_units.append(unit)
    for above in open_units:
        above.end = max(above.end, unit.end)


def _blank_headings(rows: Sequence[_Unit]) -> None:
    """Take the blank amounts out of the ``rows`` of units that are but headings.

    These stand above no projects, or no unit with projects has amounts.
    """
    priced = {id(unit) for unit in rows if any(not amount.blank for amount in unit.amounts.values())}
    are_priced = any(id(unit) in priced and unit.projects for unit in rows)
    for unit in rows:
        if id(unit) not in priced and not (are_priced and unit.projects):
            unit.amounts = {}


def _nested(units: Sequence[_Unit]) -> list[_Unit]:
    """``units``, each that has nothing below it with those right behind it that its amounts are the sums of.

    So departments stand above their units where no code in the cell says so.
    """
    made: list[_Unit] = []  # from behind
    for unit in reversed(units):
        if not (unit.projects or unit.units) and (count := _made_up_of(unit, made)):
            unit.units = made[: -count - 1 : -1]
            unit.end = max(below.end for below in unit.units)
            del made[-count:]
        made.append(unit)
    return made[::-1]


def _made_up_of(unit: _Unit, behind: Sequence[_Unit]) -> int:
    """How many of the units ``behind`` it, the last of them first, make up the amounts of ``unit``; 0 if none do."""
    wanted = {key: amount.value for key, amount in unit.amounts.items() if not amount.blank}
    sums = dict.fromkeys(wanted, Decimal(0))
    if not any(wanted.values()):
        return 0
    for count, below in enumerate(reversed(behind[-_MOST_UNITS:]), 1):
        for key in sums:
            amount = below.amounts.get(key)
            sums[key] += (amount.value if amount is not None else None) or Decimal(0)
        if sums == wanted:
            return count
    return 0


def _is_below(code: str, above: str) -> bool:
    return bool(above) and code != above and code.startswith(above)


def _unit_of(record: Record, tops: list[_Unit], open_units: list[_Unit]) -> _Unit | None:
    """The unit of a project: the one that its own cell names, or the one above it."""
    if record.unit is None:
        return open_units[-1] if open_units else None
    last = open_units[-1] if open_units else None
    if last is None or last.name.clean != record.unit.clean:
        cell = record.unit_cell or record.unit
        made = _Unit(record.start, record.end, record.unit, _code(cell))
        _open(made, tops, open_units)
    return open_units[-1]
