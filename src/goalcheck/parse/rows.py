"""Reads the rows of a table: totals, subtotals, rows that may be units or projects, and notes.

Tables hold more than data: a row that numbers the columns, headings of a group of projects, the line where people sign.
These are told here and set aside as notes, so that no rule takes them for projects; no line with amounts or indicators
is ever one of them. Entries that stand in another column than theirs are not judged, so they are told apart as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise, takewhile
from operator import itemgetter

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ELSE, TEXT_ROLES, UNIT
from goalcheck.files.regexes import regex
from goalcheck.limits import Limits
from goalcheck.parse.layouts.packed import EntryReader
from goalcheck.parse.layouts.packed_otherwise import is_otherwise, read_otherwise
from goalcheck.parse.line_kinds import Line
from goalcheck.parse.outside import ENTRY, LABELLED_TARGET, is_money, is_number
from goalcheck.parse.strange import Strangers
from goalcheck.parse.values import read_amount
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Entry, Header, Project, Subtotal, Text, Total, Unread

_TOTAL = regex(r"(?:总|全[部街镇乡村区县市省校院所局]?)?(?:合计|总计)数?(?:[(\uff08].*[)\uff09])?[:\uff1a]?")
_SUBTOTAL = regex(
    r"(?:本页|单位|部门|本单位|本部门)?(?:小计|累计)(?:[(\uff08].*)?|(?:本页|单位|部门|本单位|本部门)合计(?:[(\uff08].*)?"
)
_NUMBERING = frozenset(("栏次", "行次", "列次", "编号", "甲"))
_COLUMN_NUMBER = regex(r"(\d{1,2})(?:=[\d=+*/()\uff08\uff09-]{1,16})?|[乙丙丁戊己庚辛]")
_LABELLED = regex(r"[^:\uff1a]{1,16}[:\uff1a]")  # 填表人:, 单位负责人(签字):
_BRACKETED = regex(r"[(\uff08][^()\uff08\uff09]{1,20}[)\uff09]")  # (单位盖章)
_HEADING = regex(r"(?:[(\uff08][一二三四五六七八九十]{1,3}[)\uff09]|[一二三四五六七八九十]{1,3}[、.\uff0e]).*")


TableRow = Total | Subtotal | Project


@attrs.define(eq=False, repr=False)
class Rows:
    """The rows of a text, in their order; a row that may be a unit comes as a project."""

    rows: list[TableRow] = attrs.Factory(list)
    notes: list[Text] = attrs.Factory(list)
    unread: list[Unread] = attrs.Factory(list)
    """Cells with entries outside the column of indicators, and goals that go on a row below."""
    strangers: Strangers = attrs.Factory(Strangers)


def read_rows(text: str, lines: Iterable[Line], limits: Limits) -> Rows:
    """The rows on ``lines``, and what is set aside.

    Raises :class:`~goalcheck.errors.InputError` where there are more entries than ``limits`` allow.
    """
    reader = _RowReader(text, limits)
    made = Rows([], [], reader.unread, reader.strangers)
    rows = made.rows
    for line in lines:
        row = reader.row(line)
        if isinstance(row, Text):
            made.notes.append(row)
        elif rows and isinstance(row, Project) and _continues(row) and isinstance(last := rows[-1], Project):
            rows[-1] = _continued(last, row)
            if last.goal is not None and last.goal.text and row.goal is not None and row.goal.text:
                _set_apart(row.goal, made)
        else:
            rows.append(row)
    return made


def _set_apart(goal: Text, made: Rows) -> None:
    """Keep what stands in the column of goals below a goal: a note, or the rest of it, which is not judged with it."""
    if _BRACKETED.fullmatch(goal.text):
        made.notes.append(goal)
    else:
        made.unread.append(Unread(goal.start, goal.end, goal.text, "row-torn", {}))


def _continues(row: Project) -> bool:
    """Whether the row only carries on the one above, as over a page break: it has neither name nor amounts."""
    return not row.name.text and all(amount.blank for amount in row.amounts.values())


def _continued(row: Project, more: Project) -> Project:
    """``row`` with what the row below it carries on."""
    goal, cell = row.goal, row.indicator_cell
    return attrs.evolve(
        row,
        end=more.end,
        surplus=row.surplus or more.surplus,
        goal=more.goal if goal is None or not goal.text else goal,
        indicator_cell=more.indicator_cell if cell is None or not cell.text else cell,
        entries=row.entries + more.entries,
        continued=(*row.continued, more.span),
    )


def _are_numbers_of_columns(cells: Iterable[str]) -> bool:
    """Whether cells count the columns, as in 1, 2, 3=4+5, or 乙, 丙: figures that do not run are amounts."""
    found = [_COLUMN_NUMBER.fullmatch(cell) for cell in cells]
    numbers = [int(match[1]) for match in found if match is not None and match[1]]
    return None not in found and all(after == before + 1 for before, after in pairwise(numbers))


def _lacking(amounts: Mapping[str, Amount], sources: Iterable[str]) -> Decimal | None:
    """What the amounts of the ``sources`` that a row has lack to its total; None without a total."""
    whole = amounts.get(AMOUNT_COLUMNS[0])
    if whole is None or whole.value is None:
        return None
    return whole.value - sum(amounts[key].value or 0 for key in sources if key in amounts)


@attrs.frozen(eq=False, repr=False)
class _Columns:
    """Where the fields of a row stand under one header: each list in the order of the columns.

    A row that ends early asks for no more than it reaches: a thousand short rows below a thousand columns are short.
    """

    usual: list[tuple[str, int]]
    """The usual columns of amounts, in their own order."""
    amounts: list[tuple[str, int]]
    """All others of amounts."""
    indices: dict[str, int]
    unknown: list[int]
    strange: list[int]
    width: int
    _reached: dict[int, list[tuple[str, int]]] = attrs.field(factory=dict, init=False)
    _missing: dict[int, dict[str, int]] = attrs.field(factory=dict, init=False)

    def reached(self, count: int) -> list[tuple[str, int]]:
        """The columns of amounts that a row of ``count`` cells has: the usual ones first; one list a ``count``."""
        if count not in self._reached:
            usual = [(key, index) for key, index in self.usual if index < count]
            self._reached[count] = [*usual, *takewhile(lambda column: column[1] < count, self.amounts)]
        return self._reached[count]

    def missing(self, count: int) -> dict[str, int]:
        """What a row of ``count`` cells lacks; one object for all such rows."""
        if count not in self._missing:
            self._missing[count] = {key: index for key, index in self.indices.items() if index >= count}
        return self._missing[count]


def _columns(header: Header) -> _Columns:
    """Where the fields of the rows below ``header`` stand."""
    indices = {c.key or c.role or "": c.index for c in header.columns if c.key or c.role in TEXT_ROLES}
    keys = {c.key for c in header.columns if c.key}.difference(AMOUNT_COLUMNS)
    usual = [(key, indices[key]) for key in AMOUNT_COLUMNS if key in indices]
    amounts = sorted(((key, indices[key]) for key in keys), key=itemgetter(1))
    unknown = [c.index for c in header.columns if c.role in (None, ELSE, UNIT)]
    width = max(c.index for c in header.columns) + 1
    known = {c.index for c in header.columns if c.role is not None}
    strange = [index for index in range(width) if index not in known]
    return _Columns(usual, amounts, indices, unknown, strange, width)


class _RowReader:
    """Gives the cells of a line the columns of its header."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.unread: list[Unread] = []
        self._text = text
        self._entries = EntryReader(text, limits.entries)
        self._columns: dict[Header, _Columns] = {}
        self._alike: dict[tuple[tuple[int, str | None, str | None], ...], _Columns] = {}  # of headers that come again
        self._said: dict[str, tuple[Decimal | None, bool, int]] = {}  # what cells of amounts say
        self.strangers = Strangers()

    def row(self, line: Line) -> TableRow | Text:
        """The row on ``line``, or the line as it stands where it is no row of data."""
        columns = self._columns_of(line.header)
        cells = line.cells
        count = len(cells)
        name = self._name(line, columns)
        amounts = {key: self._amount(cells[index]) for key, index in columns.reached(count)}
        goal = self._field(line, columns.indices["goal"]) if "goal" in columns.indices else None
        cell = self._field(line, columns.indices["indicators"])
        said = clean(name.text)
        is_blank = cell.blank
        described = not is_blank or (goal is not None and not goal.blank)
        astray = self._astray(line, cell)
        if not astray and self._set_aside(line, said, amounts, described, "指标值" in cell.text):
            return Text(line.start, line.end, self._text[line.start : line.end])
        missing = columns.missing(count) if count < columns.width else {}
        surplus = None
        if columns.strange:
            self._gather_strange(line, columns, said, amounts)
        if count > columns.width:
            surplus = next((Text(a, b, self._text[a:b]) for a, b in cells[columns.width :] if a < b), None)
        if all(amount.blank for amount in amounts.values()) and (not name.text or is_number(said)):
            self._leave_amounts(line, described=described)
        if not described and _SUBTOTAL.fullmatch(said):
            return Subtotal(line.start, line.end, name, amounts, count, missing, surplus)
        if _TOTAL.fullmatch(said):
            if not is_blank:
                self._leave(cell.start, cell.end)
            if goal is not None and is_number(goal.text):
                self._leave(goal.start, goal.end, "amount-astray")
            return Total(line.start, line.end, name, amounts, count, missing, surplus)
        entries: tuple[Entry, ...] = ()
        if not is_blank:
            goal, cell, entries = self._described(goal, cell)
        return Project(line.start, line.end, name, amounts, count, missing, surplus, goal, cell, entries)

    def _gather_strange(self, line: Line, columns: _Columns, name: str, amounts: Mapping[str, Amount]) -> None:
        """Take what the row with ``name`` and these ``amounts`` has in columns without a known name."""
        cells, total = line.cells, bool(_TOTAL.fullmatch(name))
        filled = [i for i in takewhile(lambda index: index < len(cells), columns.strange) if cells[i][0] < cells[i][1]]
        lacking = _lacking(amounts, line.header.sources) if filled else None
        for index in filled:
            self.strangers.add(line.header, index, self._amount(cells[index]), total=total, lacking=lacking)

    def _described(self, goal: Text | None, cell: Text) -> tuple[Text | None, Text, tuple[Entry, ...]]:
        """The goal of a project, the cell of its indicators without that, and what it holds."""
        if not is_otherwise(self._text, cell.start, cell.end):
            return goal, cell, self._entries.read(cell.start, cell.end)
        found = read_otherwise(self._text, cell.start, cell.end)
        entries = self._entries.counted(cell.start, found.entries)
        if goal is not None or found.goal is None:
            return goal, cell, entries
        if entries and entries[0].start < found.goal.end:
            return found.goal, cell, entries  # the goal comes behind
        said = self._text[found.goal.end : cell.end].lstrip()
        return found.goal, Text(cell.end - len(said), cell.end, said), entries

    def _astray(self, line: Line, cell: Text) -> bool:
        """Whether entries stand outside ``cell``, the one of the indicators; where they do is left as unread."""
        beside = (line.start, cell.start), (cell.end, line.end)
        if not any(ENTRY.search(self._text, start, end) for start, end in beside):
            return False
        found = [(a, b) for a, b in line.cells if a != cell.start and ENTRY.search(self._text, a, b)]
        for start, end in found:
            self._leave(start, end)
        return bool(found)

    def _leave(self, start: int, end: int, reason: str = "astray") -> None:
        self.unread.append(Unread(start, end, self._text[start:end], reason, {}))

    def _leave_amounts(self, line: Line, *, described: bool) -> None:
        """Leave the figures on ``line``, which has neither name nor amounts: they stand in no column that is judged.

        On one that carries on a goal or indicators, a whole figure may be the ordinal, said again.
        """
        is_amount = is_money if described else is_number
        found = [(a, b) for a, b in line.cells if a < b and is_amount(self._text[a:b])]
        if found:
            self._leave(found[0][0], found[-1][1], "amount-astray")

    def _set_aside(
        self, line: Line, name: str, amounts: Mapping[str, Amount], described: bool, indicators: bool
    ) -> bool:
        """Whether the row is none of data, as its ``name`` and what it lacks tell."""
        if indicators:
            return False
        if _SUBTOTAL.fullmatch(name):
            return not described and all(amount.blank for amount in amounts.values())
        is_numbering = name in _NUMBERING
        if not is_numbering and any(amount.value is not None and not amount.blank for amount in amounts.values()):
            return False
        said = [clean(self._text[a:b]) for a, b in line.cells if a < b]
        if is_numbering:
            return _are_numbers_of_columns(said[1:])
        if said and all(_LABELLED.match(text) for text in said):
            if any(LABELLED_TARGET.search(text) for text in said):
                self._leave(line.start, line.end)
            return True
        return len(said) == 1 and not described and bool(_BRACKETED.fullmatch(name) or _HEADING.fullmatch(name))

    def _columns_of(self, header: Header) -> _Columns:
        found = self._columns.get(header)
        if found is None:
            told = tuple((c.index, c.role, c.key) for c in header.columns)
            found = self._columns[header] = self._alike.get(told) or self._alike.setdefault(told, _columns(header))
        return found

    def _name(self, line: Line, columns: _Columns) -> Text:
        """The name; where its cell is blank, as in a unit's row that has a column of its own, another text."""
        name = self._field(line, columns.indices["name"])
        if name.text:
            return name
        for index in takewhile(lambda index: index < len(line.cells), columns.unknown):
            other = self._field(line, index)
            if other.text and read_amount(other.text)[0] is None:
                return other
        return name

    def _field(self, line: Line, index: int) -> Text:
        """The cell in column ``index``; an empty one at the row's end where the row is too short."""
        if index >= len(line.cells):
            return Text(line.end, line.end, "")
        start, end = line.cells[index]
        return Text(start, end, self._text[start:end])

    def _amount(self, cell: tuple[int, int]) -> Amount:
        start, end = cell
        text = self._text[start:end]
        found = self._said.get(text)
        if found is None:
            found = self._said[text] = read_amount(text)
        return Amount(start, end, text, *found)
