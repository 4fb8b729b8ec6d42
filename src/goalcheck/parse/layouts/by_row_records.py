"""What the rows of a table by rows tell of one project, of a unit or of a total: :class:`Record`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from goalcheck.files.regexes import regex
from goalcheck.parse.layouts.spelled_classes import with_spelled_classes
from goalcheck.sheet import Amount, Entry, Project, Text

_TOTAL = regex(r"(?:总|部门)?(?:合计|总计)数?[:\uff1a]?")
_SUBTOTAL = regex(r"(?:本页|部门|单位)?小计[:\uff1a]?")
_NUMBERED = regex(r"目标[\d一二三四五六七八九十]|[\d一二三四五六七八九十]{1,2}[、.\uff0e)\uff09]")
"""How one of several goals begins: each row may have its own."""

_TELLING = regex(r"[\da-zA-Z一二三四五六七八九十甲乙丙丁上下东南西北中前后大小新老男女省市县区镇乡村]")


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
    is_made_up: bool = False
    """Whether it has a goal and no indicators, and its amounts are those of the rows below: then it may be a unit."""
    otherwise: list[tuple[str, Text]] = attrs.Factory(list)
    """What further rows of the same project say otherwise: the name of the field, and the cell."""

    other_points: list[Text] = attrs.Factory(list)
    all_points: Text | None = None

    has_pieces: bool = False
    """Whether what stands as a first level may be a piece of one that is written over several rows."""

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
        if self.may_be_unit and self.name.text and (self.goal is None or not self.goal.text or self.is_made_up):
            return not self.entries
        return not self.name.text and not self.entries and self.unit_cell is not None and not self.by_itself

    @property
    def says_anything(self) -> bool:
        """Whether there is a project at all: a header alone, above no rows and below no block, has none."""
        return bool(self.entries or self.name.text or self.amounts)

    @property
    def says_but_its_name(self) -> bool:
        """Whether a row in a table of projects says a name, and neither unit nor amount, goal or indicator."""
        has_more = self.by_itself or self.entries or self.unit is not None or (self.goal is not None and self.goal.text)
        return bool(self.name.text) and not has_more and all(amount.blank for amount in self.amounts.values())

    @property
    def unit_text(self) -> Text:
        """What names the unit, in a row of one."""
        return self.name if self.may_be_unit else self.unit_cell or self.name

    def row(self, name: Text) -> tuple[int, int, Text, dict[str, Amount], int, dict[str, int], None]:
        """What every row has: its place, its name, its amounts; it lacks no cell, and none is too many."""
        return self.start, self.end, name, self.amounts, len(self.amounts), {}, None

    def takes(
        self, unit: Text, name: Text, amounts: Mapping[str, Amount], goal: Text | None, *, has_entry: bool
    ) -> bool:
        """Take a further row of the same project, if it is one: it says the name, or left it blank in one of many."""
        if unit.text and not is_same(unit, self.unit_cell):
            return False
        left_blank = not name.text and bool(self.name.text) and has_entry and self.is_priced_as(amounts, goal)
        if not (left_blank or (name.text and is_same(name, self.name))):
            return False
        self._say_again(amounts, goal)
        return True

    def says_other(self, amounts: Mapping[str, Amount]) -> bool:
        """Whether any of ``amounts`` is another than its own, neither of them blank."""
        own = ((self.amounts.get(key), amount) for key, amount in amounts.items())
        return any(one is not None and not one.blank and not other.blank and _differ(one, other) for one, other in own)

    def _say_again(self, amounts: Mapping[str, Amount], goal: Text | None) -> None:
        """Take the amounts and the goal of a further row of the same project: what was blank, and what differs."""
        for key, amount in amounts.items():
            own = self.amounts.get(key)
            if own is None or (own.blank and not amount.blank):
                self.amounts[key] = amount
            elif not amount.blank and _differ(own, amount):
                self.otherwise.append((key, amount))
        if self.goal is None or (not self.goal.text and goal is not None and goal.text):
            self.goal = goal
        elif goal is not None and not goal.blank and goal.clean != self.goal.clean and not _NUMBERED.match(goal.clean):
            self.otherwise.append(("goal", goal))

    def is_priced_as(self, amounts: Mapping[str, Amount], goal: Text | None) -> bool:
        """Whether it has the very same amounts, some of them no blanks, and the same goal."""
        if self.amounts.keys() != amounts.keys() or all(amount.blank for amount in amounts.values()):
            return False
        same_goal = (goal.clean if goal is not None else "") == (self.goal.clean if self.goal is not None else "")
        return same_goal and not any(_differ(self.amounts[key], amount) for key, amount in amounts.items())

    def project(self) -> Project:
        """The record as a project."""
        lacking = None if self.entries else Text(self.place, self.place, "")
        return Project(
            *self.row(self.name),
            self.goal,
            lacking,
            with_spelled_classes(self.entries) if self.has_pieces else tuple(self.entries),
            otherwise=tuple(self.otherwise),
            other_points=tuple(self.other_points),
            all_points=self.all_points,
        )


def is_same(one: Text, other: Text | None) -> bool:
    """Whether two cells say the same, their blanks aside."""
    return other is not None and one.clean == other.clean


def _differ(one: Amount, other: Amount) -> bool:
    if one.value is None or other.value is None:
        return one.clean != other.clean
    return one.blank != other.blank or one.value != other.value


def rejoined(records: Iterable[Record]) -> list[Record]:
    """The records, but those put together that a blank or a slip in the name of one row has torn apart.

    They have indicators, and the same unit, amounts and goal: a row without a name before the one that has it, and a
    name that differs in one character between two that are alike.
    """
    made: list[Record] = []
    for record in records:
        last = made[-1] if made else None
        if last is not None and not last.name.text and record.name.text and _are_one(last, record):
            last.name = record.name
            _append(last, record)
        elif len(made) > 1 and _is_slip(made[-2], made[-1], record):
            slip = made.pop()
            made[-1].otherwise.append(("name", slip.name))
            _append(made[-1], slip)
            _append(made[-1], record)
        else:
            made.append(record)
    return made


def _is_slip(first: Record, slip: Record, again: Record) -> bool:
    names = first.name.clean, slip.name.clean
    if not (names[0] and names[1]) or names[0] != again.name.clean or not _is_near(*names):
        return False
    return _are_one(first, slip) and _are_one(first, again)


def _are_one(one: Record, other: Record) -> bool:
    if one.unit_cell is not other.unit_cell and (
        other.unit_cell is None or not is_same(other.unit_cell, one.unit_cell)
    ):
        return False
    return bool(one.entries and other.entries) and one.is_priced_as(other.amounts, other.goal)


def _is_near(one: str, other: str) -> bool:
    """Whether two names differ in one character, which is no digit, letter or numeral: these tell projects apart."""
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        at = next((at for at, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
        return longer[:at] + longer[at + 1 :] == shorter and _TELLING.match(longer[at]) is None
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and not all(map(_TELLING.match, differing[0]))


def _append(record: Record, more: Record) -> None:
    record.entries += more.entries
    record.otherwise += more.otherwise
    record.other_points += more.other_points
    record.all_points = record.all_points or more.all_points
    record.has_pieces |= more.has_pieces
    record.end = max(record.end, more.end)
