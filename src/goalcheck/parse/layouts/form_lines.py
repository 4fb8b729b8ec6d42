"""Reads the lines of a form, one after the other: which labels stand there, and where the value of each is.

资金情况(万元)⇥年度资金总额:⇥480                  a label with its value beside it, behind that of a group
总体目标⇥年度目标                                a label with its value below it
⇥修建混凝土路3公里。
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goalcheck.catalogue.columns import ELSE, SOURCE, ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.counts import Counts
from goalcheck.parse.layouts.form_cells import FormCells
from goalcheck.parse.layouts.form_money import Pair
from goalcheck.parse.layouts.labels import MONEY, OF_MONEY, Label, Part, is_figure, is_of_no_money, label_meaning
from goalcheck.parse.layouts.loose_cells import LooseCells
from goalcheck.parse.layouts.merged_headers import filled
from goalcheck.parse.layouts.money_below import MoneyBelow
from goalcheck.parse.layouts.tables_within import TableWithin, table_within
from goalcheck.sheet import AMOUNT_COLUMNS, Unread

_SHORTEST_OF_OTHERS = 4  # 完成情况; 年度 may be what is left of a label of a goal
_SHORTEST_GOAL = 8
_PAIR = 2
_ORDINAL = regex(r"[(\uff08]?\d{1,2}[)\uff09]?[.\uff0e\u3001]?|目标(?:内容)?[\d一二三四五六七八九十]{1,2}")
_LONGEST_ORDINAL = 6
_NO_AMOUNT = regex(r"率|权重|分值|得分|比例|编[码号]|代码")
_DECIMAL = regex(r"\d+")


class FormLines:
    """Gathers the labels of a form with their values, line by line.

    What no label explains goes to ``left`` where it is a figure, to ``loose`` where it may be of a goal or a name.
    """

    def __init__(self, text: str, lines: Sequence[BlockLine], names: ColumnNames) -> None:
        self._cells = FormCells(text, lines, names)
        self.loose = LooseCells(text, lines, names)
        self.pairs: list[Pair] = []
        self._money_below = MoneyBelow(text, self.pairs)
        self.lines: list[BlockLine] = []
        self._text = text
        self._names = names
        self._below: dict[int, Label] = {}  # labels of goals whose values stand below them
        self._others_below: frozenset[int] = frozenset()  # the same of labels of something else beside these
        self._column = -1  # in which the value of the last goal stands
        self._goal: Label | None = None
        self._was_numbered = False  # the goal on this line, in a cell of its own
        self._last_number: int | None = None  # of a goal, in a cell of its own
        self._counts = Counts(text, names)
        self._rest: str | None = None  # the amount with which the line above ends
        self._torn: list[tuple[str, BlockLine]] = []  # such amounts, and the lines of but a figure below them
        self._in_table = False  # of something else, such as the parts of the cost
        self._columns: frozenset[int] = frozenset()  # that a line of labels names for the lines below it
        self._width = 0  # the cells of that line
        self._table: TableWithin | None = None
        self.tables: list[TableWithin] = []
        self.goal_at: int | None = None
        self.goal_labels: list[tuple[int, int]] = []
        self.asks_for_name = False
        """Whether there is a label of a project's name."""
        self.left = self._cells.unexplained
        self.moved: list[Unread] = []
        """Cells of the small tables that show that those of their rows have moved."""

    def ended(self) -> list[Pair]:
        """All pairs: as well a total that was looked for below its label, and is not there."""
        self._money_below.leave_out_total()
        amounts = {self._text[slice(*pair.value)] for pair in self.pairs if pair.meaning.role in MONEY}
        for amount, line in self._torn:
            figure = line.said(self._text)
            if figure.startswith("0") or f"{amount}{figure}" in amounts:  # rather than the number of a page
                self.left.append((line.start, line.end))
                self.lines.append(line)
        return self.pairs

    def line(self, line: BlockLine) -> None:
        """Take a line."""
        rest, self._rest = self._rest, None
        if rest is not None and _DECIMAL.fullmatch(self._text, line.start, line.end) and self._is_whole(line):
            self._torn.append((rest, line))
            return
        if self._is_of_table(line) or self._counts.takes(line):
            self.lines.append(line)
            return
        parts = self._cells.of(line)
        ordinals = [at for at in range(len(parts)) if self._is_ordinal(parts, at)]
        self._was_numbered = bool(ordinals)
        if ordinals:
            self._last_number = self._number(parts[ordinals[-1]][1][2])
            parts = [part for at, part in enumerate(parts) if at not in ordinals]
        if any(meaning is not None for _, (_, meaning, _) in parts):
            self._labelled(parts, line.cells)
            self.loose.beside(line, parts)
            last = self.pairs[-1] if self.pairs else None
            if last is not None and last.meaning.role in MONEY and last.value[1] == line.end:
                self._rest = self._text[slice(*last.value)] or None
        elif self._continued(parts) or self._priced(parts):
            pass
        elif self._in_table and not self._money_below.lacks_total:
            self.left += [value for index, (_, _, value) in parts if index >= self._width and self._is_figure(value)]
            self.loose.within(line, self._width, of_amounts=False)
        else:
            self._unlabelled(line, parts)
            known = len(self.left)
            for at, (_, (_, _, value)) in enumerate(parts):
                self._leave(value, parts[at - 1][1][2] if at else None)
            if len(self.left) == known:
                return
        self.lines.append(line)

    def _is_of_table(self, line: BlockLine) -> bool:
        """Whether a line begins a small table, or goes on with the one above."""
        begun = table_within(self._text, line, self._names)
        if begun is not None:
            self.tables.append(begun)
            self._table, self._goal, self._column = begun, None, -1
            if begun.goals is not None and begun.goal_label is not None:
                self.goal_labels.append(begun.goal_label[0])
                self.goal_at = line.end
            return True
        if self._table is not None and not self._is_of_form(line) and self._table.takes(line):
            self._row_of_table(self._table, line)
            return True
        self._table = None
        return False

    def _unlabelled(self, line: BlockLine, parts: Sequence[tuple[int, Part]]) -> None:
        """A line that no label explains: one more of the goals whose numbers have cells of their own, or loose."""
        number = self._number(parts[0][1][2]) if len(parts) == _PAIR else None
        if self._was_numbered:
            self.loose.one_more_goal(parts[0][1][2])
        elif number is not None and number - 1 == self._last_number:
            self.loose.one_more_goal(parts[1][1][2])
            self._last_number = number
        else:
            self.loose.between(line, parts, goal_is_open=bool(self._below) or self._goal is not None)

    def _number(self, place: tuple[int, int]) -> int | None:
        """The number of a goal in a cell of its own."""
        digits = _DECIMAL.search(self._text, *place) if _ORDINAL.fullmatch(self._text, *place) else None
        return int(digits[0]) if digits is not None else None

    def _is_whole(self, line: BlockLine) -> bool:
        """Whether not even empty cells stand beside what a line says."""
        return all(self._text[at : at + 1] in "\r\n" for at in (max(line.start - 1, 0), line.end))

    def _has_goals(self, line: BlockLine) -> bool:
        """Whether goals stand on a line below their labels, above a table that got between them."""
        cells = filled(line.cells)
        below = all(index in self._below or index in self._others_below for index, _, _ in cells)
        return bool(self._below) and below and all(end - start >= _SHORTEST_GOAL for _, start, end in cells)

    def _is_of_form(self, line: BlockLine) -> bool:
        """Whether a line below a small table is none of it: the form goes on, between whose lines the table got."""
        cells = filled(line.cells)
        first = self._number(cells[0][1:]) if cells and self._last_number is not None else None
        if self._has_goals(line) or (first is not None and first - 1 == self._last_number):
            return True
        if len(cells) != _PAIR or cells[0][0] + 1 != cells[1][0]:
            return False
        (_, *label), (column, *value) = cells
        meaning = label_meaning(self._text[slice(*label)], self._names)
        if meaning is None or meaning.role != SOURCE:
            return meaning is not None and meaning.role == "goal" and value[1] - value[0] >= _SHORTEST_GOAL
        money = [pair for pair in self.pairs if pair.meaning.role in MONEY]
        is_below = bool(money) and money[0].meaning.role == AMOUNT_COLUMNS[0] and money[0].column == column
        return is_below and is_figure(self._text[slice(*value)]) and meaning not in [pair.meaning for pair in money]

    def _row_of_table(self, table: TableWithin, line: BlockLine) -> None:
        """A row of a small table: its amount, where it is of the year's budget, and what does not belong there."""
        moved = table.moved(line)
        if table.goals is not None and table.goal_label is not None:
            self._goal_of_table(table.goal_label, table.goals, line)
        elif moved is not None:
            self.moved.append(moved)
        elif table.budgets:
            self._budget(table, line)
        self.loose.within(line, table.ends, of_amounts=bool(table.budgets))

    def _goal_of_table(self, label: Label, column: int, line: BlockLine) -> None:
        """A row of a small table of goals, one of which stands in ``column``; words in another one have moved."""
        cells = {index: (start, end) for index, start, end in filled(line.cells)}
        if column in cells:
            self._pair(label, cells[column], column)
            self._goal, self._column = None, -1
            return
        for start, end in cells.values():
            if end - start >= _SHORTEST_GOAL:
                said = self._text[start:end]
                self.moved.append(Unread(start, end, said, "cell-astray", {"column": self._text[slice(*label[0])]}))

    def _is_ordinal(self, parts: Sequence[tuple[int, Part]], at: int) -> bool:
        """Whether a cell is but the number of the goal that stands behind it."""
        index, (_, meaning, value) = parts[at]
        if meaning is not None or at + 1 == len(parts) or not _ORDINAL.fullmatch(self._text, *value):
            return False
        behind, (_, of_label, words) = parts[at + 1]
        before = parts[at - 1][1][1] if at else None
        is_of_goal = before.role == "goal" if before is not None else at == 0 < index and self._column == index + 1
        return is_of_goal and behind == index + 1 and of_label is None and words[1] - words[0] > _LONGEST_ORDINAL

    def _leave(self, place: tuple[int, int], before: tuple[int, int] | None) -> None:
        """Keep what stands at ``place`` as unread, if that is a figure, and no number of people or the like.

        That tells the label ``before`` it.
        """
        label = self._text[slice(*before)] if before is not None else ""
        if self._is_figure(place) and not (label and is_of_no_money(label, self._names)):
            self.left.append(place)

    def _is_figure(self, place: tuple[int, int]) -> bool:
        return is_figure(self._text[slice(*place)])

    def _budget(self, table: TableWithin, line: BlockLine) -> None:
        """A row of amounts by year."""
        cells = filled(line.cells)
        if not cells or table.is_of_year(line):
            return
        said = [(index, (a, b), label_meaning(self._text[a:b], self._names)) for index, a, b in cells]
        for index, label, meaning in said:
            found = table.budget(line, index) if meaning is not None and meaning.role in MONEY else None
            if found is not None and meaning is not None:
                self._pair((label, meaning), found[1], found[0])
                return
        is_first = not self._money_below.has_total
        whole = table.total(line) if is_first and all(meaning is None for _, _, meaning in said) else None
        if whole is not None and (meaning := label_meaning(self._text[slice(*whole[0])], self._names)) is not None:
            self._pair((whole[0], meaning), whole[2], whole[1])
            return
        if not table.of_periods:
            self.left += [place for _, place, _ in said if self._is_figure(place)][:1]

    def _labelled(self, parts: Sequence[tuple[int, Part]], cells: Sequence[tuple[int, int]]) -> None:
        """A line with labels: each has its value beside it, or below it, or none."""
        waiting: Label | None = None
        column = -1
        below: dict[int, Label] = {}
        self._goal, told = None, False
        stands_over = True  # the first goal of a line may stand over the others
        unknown: tuple[int, int] | None = None  # the label before, if nobody knows it
        for index, (label, meaning, value) in parts:
            if meaning is not None:
                if stands_over and waiting is not None and waiting[1].role == meaning.role == "goal":
                    below.pop(column, None)
                    stands_over = False
                self.asks_for_name |= meaning.role == "name"
                if meaning.role == "goal":
                    self.goal_labels.append(label)
                    self.goal_at = cells[index + 1][0] if index + 1 < len(cells) else label[1]
                waiting, column = (label, meaning), index
                below[index] = waiting
            elif waiting is not None:
                below.pop(column, None)
                self._pair(waiting, value, index)
                waiting, told, unknown = None, True, None
            elif not self._priced([(index, (label, meaning, value))]) and index not in self._columns:
                self._leave(value, unknown)
                unknown = value
        self._below = {at: found for at, found in below.items() if found[1].role == "goal"}
        others = ((at, place) for at, (place, meaning) in below.items() if meaning.role == ELSE)
        self._others_below = frozenset(at for at, (start, end) in others if end - start >= _SHORTEST_OF_OTHERS)
        self._money_below.keep(below, parts[0][0], told=told)
        self._keep_columns(below, parts[0][0], len(cells), told=told)
        if waiting is not None and waiting[1].role in MONEY and not self._in_table:
            self._money_below.leave_out(waiting, column)

    def _keep_columns(self, below: Mapping[int, Label], begins: int, width: int, *, told: bool) -> None:
        """Keep the columns that a line of labels names for the lines below it; it begins in column ``begins``."""
        self._in_table = not told and not self._below and len(below) > 2  # two may stand beside what was left out
        if self._in_table:
            self._columns, self._width = frozenset(below), width
        elif begins == 0:
            self._columns = frozenset()
        elif self._columns and not told and all(meaning.role == ELSE for _, meaning in below.values()):
            self._columns |= below.keys()  # into which one of them is parted: two years

    def _is_lost(self, label: tuple[int, int], value: tuple[int, int]) -> bool:
        """Whether an amount stands right behind the label of a group: its own label was lost."""
        of_money = OF_MONEY.search(self._text, *label) and not _NO_AMOUNT.search(self._text, *label)
        return bool(of_money) and self._is_figure(value)

    def _priced(self, parts: Sequence[tuple[int, Part]]) -> bool:
        """A line without labels: whether it has amounts below their labels."""
        found = False
        for index, (_, _, value) in parts:
            if self._money_below.is_wanted(index) and self._is_figure(value):
                self._money_below.pair(value, index)
                found = True
        if found and self._columns:
            within = range(min(self._columns), self._width)
            self.left += [value for index, (_, _, value) in parts if index not in within and self._is_figure(value)]
        return found

    def _continued(self, parts: Sequence[tuple[int, Part]]) -> bool:
        """A line without labels: whether it goes on with a goal."""
        found, last = False, -1
        if parts and parts[0][0] not in self._below and parts[0][0] != self._column:
            return False  # it begins before any goal does
        if all(self._is_figure(value) for _, (_, _, value) in parts):
            return False
        for index, (_, _, value) in parts:
            label = self._below.get(index) or (self._goal if index == self._column else None)
            if label is not None:
                self._pair(label, value, index)
                found = True
                last = index
            elif found and index not in self._others_below:
                self.loose.beside_goal(value, is_next=index == last + 1)
        return found

    def _pair(self, label: Label, value: tuple[int, int], column: int) -> None:
        self.pairs.append(Pair(*label, value, column))
        if label[1].role == ELSE and self._is_lost(label[0], value):
            self.left.append(value)
        elif label[1].role == "goal":
            self._goal, self._column = label, column
