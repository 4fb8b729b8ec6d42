"""Usual rows of a table by rows: one indicator with its classes, name and value, where and as most rows have them.

Of every line it is asked whether it is a header, begins another table, gives but points, holds several indicators, or
has cells that have moved. Of a usual row the answers are known beforehand, and none of this is asked. What is usual is
chosen so that both ways lead to the same indicator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.parse.cells import BlockLine, Cells, PlainLine
from goalcheck.parse.headers import DIGITS
from goalcheck.parse.layouts.carried_classes import CarriedClasses
from goalcheck.parse.layouts.column_uses import ColumnUses
from goalcheck.parse.layouts.panes import Columns
from goalcheck.parse.layouts.row_indicators import is_none
from goalcheck.parse.layouts.usual_cells import Before, Behind, shape_of, usual_cells
from goalcheck.sheet import ClassRef, Indicator, SplitColumns, Text, Value


class UsualRows:
    """Reads those of one table with the columns ``of``, whose rows carry ``classes`` down."""

    def __init__(self, text: str, of: Columns, names: ColumnNames, classes: CarriedClasses, uses: ColumnUses) -> None:
        pane = self._pane = of.panes[0]
        self._text = text
        self._names = names
        self._carried = classes
        self._may_break = '"' in text
        self._begins = pane.begins
        self._nothing = [""] * pane.begins
        self._name = pane.name
        self._is_usual_name = uses.test_of(pane.name)
        self._has_projects = of.has_projects
        beside = (of.name, of.unit, of.goal, *(at for _, at in of.amounts))
        self._beside = frozenset(at for at in beside if at is not None and uses.ignores(at))
        """The columns of what belongs to the project, as far as nothing in them is strange."""
        self._has_upper, self._has_lower = pane.level1 is not None, pane.level2 is not None
        self._has_levels = pane.of_class is None and self._has_upper and self._has_lower
        self._cells = usual_cells(shape_of(of, uses, names))
        self._is_simple = len(of.panes) == 1 and pane.place is None and not of.shifted and of.first <= pane.begins
        self._is_simple = self._is_simple and self._cells.are_in_order
        self._before, self._behind = self._cells.before, self._cells.behind
        self._columns: dict[tuple[bool, bool, str | None], SplitColumns] = {}
        self._project: BlockLine | None = None
        self._head: list[str] | None = None  # what that row says of the project, once a row below it says it again
        self._head_length = 0

    def keep_project(self, line: BlockLine | None) -> None:
        """Keep the row ``line``, which tells of a project: exports repeat in every row what it says of that.

        None where the rows below must not be taken for such.
        """
        self._project = line if line is not None and self._begins < len(line.cells) else None
        self._head = None

    def read_row(self, line: BlockLine, half: str | None) -> Indicator | None:
        """The indicator of a usual row; None of any other row.

        ``half`` is the field of the value where a title tells it.
        """
        filled = (at for at, (start, end) in enumerate(line.cells[: self._begins]) if start < end)
        is_usual = self._is_simple and self._beside.issuperset(filled)
        return self._read_cells(line, half, is_row=True) if is_usual else None

    def read_line(
        self, line: BlockLine | PlainLine, half: str | None, begin: Callable[[BlockLine], None]
    ) -> Indicator | None:
        """The same of a line below a row, of which it is not known yet that it is one: None if it may be anything else.

        ``begin`` is called with a row that tells of another project, before its classes are read.
        """
        if not self._is_simple:
            return None
        if not isinstance(line, PlainLine):
            if len(line.cells) <= self._begins:
                return None
            act = self._act(self._head_of(line), line.start, line.cells[self._begins][0], partial(begin, line))
            return self._read_cells(line, half, begin=act) if act is not None else None
        head, made = line.pieces[: self._begins], None
        if head == self._nothing:
            made = self._read_pieces(line, line.start + self._begins, half)
        elif head == self._head:
            made = self._read_pieces(line, line.start + self._head_length, half)
        elif line.is_bare:
            start = line.start + sum(map(len, head)) + self._begins
            act = self._act(head, line.start, start, lambda: begin(line.cut()))
            return self._read_pieces(line, start, half, act) if act is not None else None
        return made if made is not None or line.is_bare else self.read_line(line.cut(), half, begin)

    def _act(
        self, head: Sequence[str], start: int, levels: int, begin: Callable[[], None]
    ) -> Callable[[], None] | None:
        """What is to be done before the classes of a row are read; None where it says anything unusual of a project.

        The row begins at ``start``, says ``head`` of its project, and has its levels from ``levels`` on.
        """
        filled = [at for at, said in enumerate(head) if said]
        if not filled:
            return _do_nothing
        if not (self._has_projects and self._beside.issuperset(filled)):
            return None
        if self._is_repeated(start, levels):
            return _do_nothing
        return None if self._means_anything(head) else begin

    def _head_of(self, line: BlockLine) -> list[str]:
        """What the cells before the levels say."""
        return [self._text[start:end] for start, end in line.cells[: self._begins]]

    def _read_pieces(
        self, line: PlainLine, start: int, half: str | None, begin: Callable[[], None] | None = None
    ) -> Indicator | None:
        """The indicator of a row whose levels begin at ``start``, if there are no blanks around its cells."""
        pieces, at = line.pieces, self._name
        if at >= len(pieces):
            return None
        name = pieces[at]
        if not self._is_name(name):
            return None
        before = self._before[tuple(pieces[self._begins : at])]
        behind = self._behind[tuple(pieces[at + 1 :])]
        if before is None or behind is None or not self._is_no_header(name, behind):
            return None
        if begin is not None:
            begin()
        classes = self._classes(line, start, before)
        start += before.length
        return self._indicator(classes, Text(start, start + len(name), name), behind, half, line.end)

    def _read_cells(
        self, line: BlockLine, half: str | None, *, is_row: bool = False, begin: Callable[[], None] | None = None
    ) -> Indicator | None:
        """The indicator of any row."""
        text, cells, at = self._text, line.cells, self._name
        if at >= len(cells) or (self._may_break and _is_broken(text[line.start : line.end])):
            return None
        said = [text[start:end] for start, end in cells]
        name = Text(*cells[at], said[at])
        if not self._is_name(name.text):
            return None
        start, others = cells[self._begins][0], self._beside if is_row else frozenset()
        before = self._cells.look_before(said[self._begins : at], _counted(cells[self._begins : at], start), others)
        behind = self._cells.look_behind(said[at + 1 :], _counted(cells[at + 1 :], name.end + 1), others)
        if before is None or behind is None or not (is_row or self._is_no_header(name.text, behind)):
            return None
        if begin is not None:
            begin()
        return self._indicator(self._classes(line, start, before), name, behind, half, line.end)

    def _is_name(self, said: str) -> bool:
        """Whether a cell has a usual name, with no blanks around it."""
        return bool(said) and self._is_usual_name(said) and said.strip() == said and not is_none(said)

    def _is_no_header(self, name: str, behind: Behind) -> bool:
        """Whether nothing in a row means anything in a header; of all but name and values that is known."""
        return behind.is_sure or self._names.meaning(name) is None

    def _classes(self, line: BlockLine | PlainLine, start: int, before: Before) -> tuple[ClassRef, ClassRef]:
        """The classes of a row: those that it says, and those that it carries on."""
        if not self._has_levels:
            return self._carried.of(line.cut(), 0, self._pane)
        upper, lower = before.upper, before.lower
        return self._carried.with_carried(
            line.start,
            0,
            self._pane,
            _class(upper, start) if upper is not None else None,
            _class(lower, start) if lower is not None else None,
        )

    def _indicator(
        self, classes: tuple[ClassRef, ClassRef], name: Text, behind: Behind, half: str | None, end: int
    ) -> Indicator:
        """The indicator of a row that goes on up to ``end``."""
        start = name.end + 1
        cycle, annual, sign, measure = behind.cycle, behind.annual, None, None
        if half is not None:
            cycle, annual = (cycle or annual, None) if half == "cycle_value" else (None, cycle or annual)
        if self._cells.is_split:
            some = cycle or annual
            assert some is not None
            sign, measure = _moved(some.sign, start), _moved(some.measure, start)
        level1, level2 = classes
        return Indicator(
            name.start,
            start + behind.end,
            None,
            level1,
            level2,
            name,
            _value(cycle, start, sign, measure) if cycle is not None else None,
            _value(annual, start, sign, measure) if annual is not None else None,
            None,
            self._written(behind, start, half, end),
        )

    def _written(self, behind: Behind, start: int, half: str | None, end: int) -> SplitColumns:
        """How the indicator was written; one object for all that have no cells of their own for that."""
        upper, lower = self._has_upper, self._has_lower
        if not (upper and lower):
            upper, lower = upper or self._carried.has(0, 1), lower or self._carried.has(0, 2)
        made = self._columns.get((upper, lower, half))
        if made is None:
            fields = frozenset(self._pane.values if half is None else (half,))
            made = self._columns[upper, lower, half] = SplitColumns(None, fields, upper, lower)
        if not behind.further:
            return made
        weight, direction, nature = (_moved(cell, start) for cell in behind.further)
        if weight is None and self._pane.weight is not None:
            weight = Text(end, end, "")
        return SplitColumns(weight, made.values, upper, lower, direction, nature)

    def _is_repeated(self, start: int, levels: int) -> bool:
        """Whether a row says of its project what the row above says, and nothing that has a meaning in a header."""
        text, row = self._text, self._project
        if row is None:
            return False
        said = text[row.start : row.cells[self._begins][0]]
        if start + len(said) != levels or not text.startswith(said, start):
            return False
        if self._head is None:
            head = self._head_of(row)
            if self._means_anything(head):
                self._project = None
                return False
            self._head_length = len(said)
            self._head = head if sum(map(len, head)) + self._begins == len(said) else []
        return True

    def _means_anything(self, head: Sequence[str]) -> bool:
        """Whether what a row says of its project may mean anything in a header: no figure does."""
        meaning = self._names.meaning
        return any(said and said[-1] not in DIGITS and meaning(said) is not None for said in head)


def _do_nothing() -> None:
    pass


def _class(said: ClassRef, by: int) -> ClassRef:
    """``said``, whose place is counted from ``by``."""
    points = _moved(said.points, by) if said.points is not None else None
    return ClassRef(by + said.start, by + said.end, said.text, "", said.label, points)


def _value(said: Value, by: int, sign: Text | None, measure: Text | None) -> Value:
    """The same of a value, whose ``sign`` and ``measure`` are given."""
    return Value(by + said.start, by + said.end, said.text, said.form, sign, measure, said.whole)


def _moved(cell: Text | None, by: int) -> Text | None:
    """The same of a cell, where there is one."""
    return Text(by + cell.start, by + cell.end, cell.text) if cell is not None else None


def _counted(cells: Cells, start: int) -> Cells:
    """``cells``, their places counted from ``start``."""
    return [(begin - start, end - start) for begin, end in cells]


def _is_broken(line: str) -> bool:
    return "\n" in line or "\r" in line
