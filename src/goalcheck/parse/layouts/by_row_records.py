"""What the rows of a table by rows tell of one project, of a unit or of a total: :class:`Record`."""

from __future__ import annotations

import re

import attrs

from goalcheck.sheet import Amount, Entry, Project, Text

_TOTAL = re.compile(r"(?:总|部门)?(?:合计|总计)数?[:\uff1a]?")
_SUBTOTAL = re.compile(r"(?:本页|部门|单位)?小计[:\uff1a]?")


def is_sum(text: str) -> bool:
    """Whether ``text``, which is clean, is what a row of sums is called."""
    return _TOTAL.fullmatch(text) is not None or _SUBTOTAL.fullmatch(text) is not None


@attrs.define(eq=False, repr=False)
class Record:
    """A project of a table by rows, or a row of a unit or a total that has no indicators."""

    start: int
    end: int
    unit: Text | None
    name: Text
    amounts: dict[str, Amount]
    goal: Text | None
    entries: list[Entry] = attrs.Factory(list)
    unit_cell: Text | None = None
    by_itself: bool = False
    """Whether it is the project of a block, or of a table that names none."""
    place: int = 0
    """Where its first indicator belongs."""
    may_be_unit: bool = False
    """Whether units and projects stand in one column: then one that has nothing but its name is a unit."""

    @property
    def is_total(self) -> bool:
        said = self.name.clean or (self.unit.clean if self.unit is not None else "")
        return not self.entries and _TOTAL.fullmatch(said) is not None

    @property
    def is_subtotal(self) -> bool:
        said = self.name.clean or (self.unit_cell.clean if self.unit_cell is not None else "")
        return not self.entries and _SUBTOTAL.fullmatch(said) is not None

    @property
    def is_unit(self) -> bool:
        """Whether it is a unit's row, with the amount of all its projects."""
        if self.may_be_unit and self.name.text and (self.goal is None or not self.goal.text):
            return not self.entries
        return not self.name.text and not self.entries and self.unit_cell is not None and not self.by_itself

    @property
    def says_anything(self) -> bool:
        """Whether there is a project at all: a header alone, above no rows and below no block, has none."""
        return bool(self.entries or self.name.text or self.amounts)

    @property
    def unit_text(self) -> Text:
        """What names the unit, in a row of one."""
        return self.name if self.may_be_unit else self.unit_cell or self.name

    def row(self, name: Text) -> tuple[int, int, Text, dict[str, Amount], int, tuple[str, ...], None]:
        """What every row has: its place, its name, its amounts; it lacks no cell, and none is too many."""
        return self.start, self.end, name, self.amounts, len(self.amounts), (), None

    def project(self) -> Project:
        """The record as a project."""
        lacking = None if self.entries else Text(self.place, self.place, "")
        return Project(*self.row(self.name), self.goal, lacking, tuple(self.entries))
