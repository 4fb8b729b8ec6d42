"""Which project the rows of a table by rows are of: the one of the form above, or the one that a row names last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.blocks import Block, unit_name
from goalcheck.parse.layouts.by_row_records import Record, is_same, is_sum
from goalcheck.parse.layouts.carried_classes import CarriedClasses
from goalcheck.parse.layouts.panes import Columns
from goalcheck.parse.layouts.row_cells import RowCells
from goalcheck.parse.outside import is_money, is_number
from goalcheck.sheet import Amount, Header, Text, Unread

_HEADING = regex(r"[一二三四五六七八九十]{1,3}、")
_JOINT = regex(r"单位[^(\uff08]{0,20}项目|单位(?:名称)?[(\uff08](?:专项|项目)|项目名称[(\uff08][^)\uff09]{0,6}单位")


def record_of_form(header: Header, block: Block | None) -> Record:
    """That of the project of the form above a table below ``header``; without ``block`` nothing is known of it."""
    if block is None:
        name = Text(header.start, header.start, "")
        return Record(header.start, header.end, None, name, {}, None, by_itself=True, place=header.end)
    return Record(
        block.start,
        header.end,
        block.unit,
        block.name,
        dict(block.amounts),
        block.goal,
        by_itself=True,
        place=header.end,
    )


class RowProjects:
    """Adds to ``records`` those of the projects that rows below ``header`` name in columns of their own."""

    def __init__(
        self, header: Header, of: Columns, cells: RowCells, classes: CarriedClasses, records: list[Record]
    ) -> None:
        self._header = header
        self._of = of
        self._cells = cells
        self._classes = classes
        self._records = records
        self._labels = levels_of_labels()
        self._columns = [at for at in (of.name, of.unit, *(at for _, at in of.amounts)) if at is not None]
        self._names_units = any(c.role == "name" and _JOINT.search(c.clean) is not None for c in header.columns)

    def take(self, line: BlockLine) -> list[Unread]:
        """Begin another record where the row names one. Gives back what of it stands where it does not belong."""
        of, cells = self._of, self._cells
        astray = list(self._class_for_goal(line))
        last = self._records[-1] if self._records else None
        if last is not None and not cells.has_any(line, self._columns):
            return astray  # as in most rows, which go on with the indicators
        name, unit = cells.cell(line, of.name), cells.cell(line, of.unit)
        goal = cells.cell(line, of.goal) if of.goal is not None else None
        amounts = cells.amounts(line, of.amounts)
        priced = any(not amount.blank for amount in amounts.values())
        if (priced or last is None) and not name.text and not unit.text:
            name = next((cell for cell in cells.all(line) if is_sum(cell.clean)), name)  # in a column of something else
        if last is not None:
            has_entry = any(cells.is_filled(line, pane.name) for pane in of.panes)
            names_none = not name.text and not priced and (not unit.text or is_same(unit, last.unit_cell))
            is_same_project = names_none or not self._is_of_same_name(line, last, name, amounts)
            if is_same_project and (names_none or last.takes(unit, name, amounts, goal, has_entry=has_entry)):
                return astray  # as exports repeat it in every row
        if goal is not None and (is_money(goal.text) or (not name.text and is_number(goal.text))):
            astray.append(Unread(goal.start, goal.end, goal.text, "amount-astray", {}))
        self._records.append(self._record(line, unit, name, amounts, goal))
        return astray

    def _is_of_same_name(self, line: BlockLine, last: Record, name: Text, amounts: Mapping[str, Amount]) -> bool:
        """Whether a row names another project that is called like the ``last`` one, and has an amount of its own.

        So it is where the rows above and below leave the name blank, as below merged cells: none repeats it.
        """
        if not name.text or self._of.name is None or not is_same(name, last.name) or not last.says_other(amounts):
            return False
        text = self._cells.text
        above = text[text.rfind("\n", 0, max(line.start - 1, 0)) + 1 : line.start]
        below = text[line.end : text.find("\n", line.end + 2)].lstrip("\r\n")
        return all(_is_left_blank(said, self._of.name) for said in (above, below))

    def _record(self, line: BlockLine, unit: Text, name: Text, amounts: dict[str, Amount], goal: Text | None) -> Record:
        self._classes.clear()
        place = self._cells.cell(line, min(self._of.panes[0].name, len(line.cells) - 1)).start
        joint = self._of.unit is None and (self._names_units or _HEADING.match(name.text) is not None)
        if unit.text:
            owner = unit_name(self._cells.text, unit.start, unit.end)
            return Record(line.start, line.end, owner, name, amounts, goal, unit_cell=unit, place=place)
        last = self._records[-1] if self._records else None
        above, cell = (last.unit, last.unit_cell) if last is not None else (None, None)
        return Record(line.start, line.end, above, name, amounts, goal, unit_cell=cell, place=place, may_be_unit=joint)

    def _class_for_goal(self, line: BlockLine) -> Iterator[Unread]:
        """A class where goals stand: the cells of the row have moved."""
        if self._of.goal is None or not self._cells.is_filled(line, self._of.goal):
            return
        goal = self._cells.cell(line, self._of.goal)
        if goal.text.endswith("指标") and bare_label(goal.clean) in self._labels:
            figures = {"column": next(c.clean for c in self._header.columns if c.index == self._of.goal)}
            yield Unread(goal.start, goal.end, goal.text, "cell-astray", figures)


def _is_left_blank(line: str, column: int) -> bool:
    """Whether a line of a table says something, and nothing in a column."""
    cells = line.split("\t")
    return column < len(cells) and not cells[column].strip() and bool(line.strip())
