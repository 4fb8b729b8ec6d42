"""The classes of the rows of one table: a blank cell carries on the class that stands above it."""

from __future__ import annotations

from collections import defaultdict

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.joint_classes import parted
from goalcheck.parse.layouts.panes import Pane
from goalcheck.parse.layouts.points import points_behind
from goalcheck.parse.layouts.row_cells import RowCells
from goalcheck.parse.merged_cells import MergedCells
from goalcheck.remembered import Remembered
from goalcheck.sheet import ClassRef, Text

REST_OF_CLASS = "指标"
"""What stands below a class that is too long for its line: 社会效益 above it."""

_FIRST_LEVEL = frozenset((1,))
_MOST_CLASSES = 512
_SHORTEST_CLASS = 4  # characters, with 指标
_LONGEST_CLASS = 64  # characters, with points and notes in brackets


class CarriedClasses:
    """What each pane of a table carries on, row by row."""

    def __init__(self, cells: RowCells) -> None:
        self.merged = MergedCells(())
        """The merged cells of the text, as far as it tells of them: what is blank and not merged is left blank."""
        self.have_pieces = False
        """Whether a first level was so short that it may be a piece of one."""
        self._cells = cells
        self._labels = levels_of_labels()
        self._carried: defaultdict[int, _Carried] = defaultdict(_Carried)  # by pane
        self._joint_in: set[int] = set()  # panes in which one cell had the classes of both levels
        self._parted: dict[str, tuple[tuple[int, int], tuple[int, int]] | None] = {}
        self._first_levels: dict[str, bool] = {}  # whether a label is of that level alone

    def clear(self) -> None:
        """Carry nothing on: another project begins."""
        self._carried.clear()

    def has(self, at: int, level: int) -> bool:
        """Whether a class of ``level`` is carried on in the pane at ``at``."""
        carried = self._carried[at]
        return (carried.upper if level == 1 else carried.lower) is not None

    def of(self, line: BlockLine, at: int, pane: Pane) -> tuple[ClassRef, ClassRef]:
        """The classes of both levels of a row in the pane at ``at``."""
        if pane.of_class is not None:
            said = pane.of_class
            return ClassRef(said.start, said.end, said.text, "", said.clean), _nothing(line.start)
        return self.with_carried(line.start, at, pane, *self._said_in(line, at, pane))

    def with_carried(
        self, start: int, at: int, pane: Pane, upper: ClassRef | None, lower: ClassRef | None
    ) -> tuple[ClassRef, ClassRef]:
        """The same of a row that begins at ``start`` and itself says ``upper`` and ``lower``; None is blank."""
        carried, merged = self._carried[at], self.merged
        if upper is not None:
            carried.upper, carried.lower = upper, lower
        else:
            if pane.level1 in merged.columns and merged.is_left_blank(start, pane.level1):
                carried.upper = carried.lower = None
            if lower is not None:
                carried.lower = lower
                if self._is_first_level(lower):
                    carried.upper = lower  # in the column of the second
                    carried.lower = ClassRef(lower.start, lower.start, "", "", "")
        if lower is None and pane.level2 in merged.columns and merged.is_left_blank(start, pane.level2):
            carried.lower = None
        return carried.upper or _nothing(start), carried.lower or _nothing(start)

    def is_heading(self, pane: Pane, name: Text) -> bool:
        """Whether a class stands in the place of a name, above the rows of that class: the table has no levels."""
        is_without = pane.level1 is None and pane.level2 is None and pane.of_class is None
        return is_without and bare_label(name.text) in self._labels

    def carry(self, at: int, cell: Text) -> None:
        """Carry on the class that ``cell`` names, to the rows below."""
        made = ClassRef(cell.start, cell.end, cell.text, "", cell.clean)
        if 1 in self._labels[bare_label(cell.text)]:
            self._carried[at] = _Carried(made)
        else:
            self._carried[at].lower = made

    def _said_in(self, line: BlockLine, at: int, pane: Pane) -> tuple[ClassRef | None, ClassRef | None]:
        """The classes that a row itself says."""
        joint = self._joint(line, pane) if pane.level1 is None or pane.level2 is None else None
        if joint is not None:
            self._joint_in.add(at)
            return joint
        upper, lower = self._level(line, pane.level1), self._level(line, pane.level2)
        self.have_pieces |= upper is not None and len(upper.label) < _SHORTEST_CLASS and not self._is_upper(upper)
        if at in self._joint_in and lower is not None and self._is_upper(lower):
            return lower, None  # which has no second level
        return upper, lower

    def _is_upper(self, said: ClassRef) -> bool:
        return 1 in self._labels.get(bare_label(said.label), ())

    def _is_first_level(self, said: ClassRef) -> bool:
        found = self._first_levels.get(said.label)
        if found is None:
            found = self._first_levels[said.label] = self._labels.get(bare_label(said.label)) == _FIRST_LEVEL
        return found

    def _joint(self, line: BlockLine, pane: Pane) -> tuple[ClassRef, ClassRef] | None:
        """The classes of both levels in the one cell that a row has for them; None where there is no such cell."""
        column = pane.level1 if pane.level2 is None else pane.level2 if pane.level1 is None else None
        if column is None:
            return None
        start, end = self._cells.stretch(line, column)
        said = self._cells.text[start:end]
        if said not in self._parted:
            self._parted[said] = parted(said)
        found = self._parted[said]
        if found is None:
            return None
        upper, lower = (ClassRef(start + a, start + b, said[a:b], "", clean(said[a:b])) for a, b in found)
        return upper, lower

    def _level(self, line: BlockLine, index: int | None) -> ClassRef | None:
        if index is None or index >= len(line.cells):
            return None
        start, end = self._cells.stretch(line, index)
        return class_said(start, self._cells.text[start:end]) if start < end else None


def class_said(start: int, said: str) -> ClassRef | None:
    """The class that a cell says, which begins at ``start``; None where it is but the rest of one."""
    label, points = _label_and_points[said]
    if label == REST_OF_CLASS:
        return None
    if points is not None:
        points = Text(start + points.start, start + points.end, points.text)
    return ClassRef(start, start + len(said), said, "", label, points)


def _is_short(said: str) -> bool:
    return len(said) <= _LONGEST_CLASS


_label_and_points: Remembered[str, tuple[str, Text | None]] = Remembered(
    lambda said: (clean(said), points_behind(Text(0, len(said), said))), _MOST_CLASSES, _is_short
)
"""The label and the points of what a cell says, their place counted from its beginning."""


@attrs.define(eq=False, repr=False)
class _Carried:
    """What one pane carries on of either level."""

    upper: ClassRef | None = None
    lower: ClassRef | None = None


def _nothing(start: int) -> ClassRef:
    return ClassRef(start, start, "", "", "")
