"""The classes of the rows of one table: a blank cell carries on the class that stands above it."""

from __future__ import annotations

from goalcheck.blanks import clean
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.parse.layouts.joint_classes import parted
from goalcheck.parse.layouts.labels import BlockLine
from goalcheck.parse.layouts.panes import Pane
from goalcheck.parse.layouts.points import points_behind
from goalcheck.parse.layouts.row_cells import RowCells
from goalcheck.parse.merged_cells import MergedCells
from goalcheck.sheet import ClassRef, Text

REST_OF_CLASS = "指标"
"""What stands below a class that is too long for its line: 社会效益 above it."""

_FIRST_LEVEL = frozenset((1,))


class CarriedClasses:
    """What each pane of a table carries on, row by row."""

    def __init__(self, cells: RowCells) -> None:
        self.merged = MergedCells(())
        """The merged cells of the text, as far as it tells of them: what is blank and not merged is left blank."""
        self._cells = cells
        self._labels = levels_of_labels()
        self._carried: dict[tuple[int, int], ClassRef] = {}  # by pane and level
        self._joint_in: set[int] = set()  # panes in which one cell had the classes of both levels
        self._parted: dict[str, tuple[tuple[int, int], tuple[int, int]] | None] = {}
        self._said: dict[str, tuple[str, Text | None]] = {}  # label and points of what cells say, from 0

    def clear(self) -> None:
        """Carry nothing on: another project begins."""
        self._carried.clear()

    def has(self, at: int, level: int) -> bool:
        """Whether a class of ``level`` is carried on in the pane at ``at``."""
        return (at, level) in self._carried

    def of(self, line: BlockLine, at: int, pane: Pane) -> tuple[ClassRef, ClassRef]:
        """The classes of both levels of a row in the pane at ``at``."""
        if pane.of_class is not None:
            said = pane.of_class
            return ClassRef(said.start, said.end, said.text, "", said.clean), _nothing(line)
        upper, lower = self._said_in(line, at, pane)
        if upper is not None and lower is not None:
            self._carried[at, 1], self._carried[at, 2] = upper, lower
            return upper, lower
        if upper is not None:
            self._carried[at, 1] = upper
            self._carried.pop((at, 2), None)
        elif self._is_left_blank(line, pane.level1):
            self._carried.pop((at, 1), None)
            self._carried.pop((at, 2), None)
        if lower is None and self._is_left_blank(line, pane.level2):
            self._carried.pop((at, 2), None)
        elif lower is not None:
            if self._labels.get(bare_label(lower.label)) == _FIRST_LEVEL:
                self._carried[at, 1] = lower  # a first level in the column of the second
                self._carried[at, 2] = ClassRef(lower.start, lower.start, "", "", "")
            else:
                self._carried[at, 2] = lower
        upper, lower = self._carried.get((at, 1)), self._carried.get((at, 2))
        if upper is not None and lower is not None:
            return upper, lower
        return upper or _nothing(line), lower or _nothing(line)

    def is_heading(self, pane: Pane, name: Text) -> bool:
        """Whether a class stands in the place of a name, above the rows of that class: the table has no levels."""
        is_without = pane.level1 is None and pane.level2 is None and pane.of_class is None
        return is_without and bare_label(name.text) in self._labels

    def carry(self, at: int, cell: Text) -> None:
        """Carry on the class that ``cell`` names, to the rows below."""
        made = ClassRef(cell.start, cell.end, cell.text, "", cell.clean)
        if 1 in self._labels[bare_label(cell.text)]:
            self._carried[at, 1] = made
            self._carried.pop((at, 2), None)
        else:
            self._carried[at, 2] = made

    def _said_in(self, line: BlockLine, at: int, pane: Pane) -> tuple[ClassRef | None, ClassRef | None]:
        """The classes that a row itself says."""
        joint = self._joint(line, pane) if pane.level1 is None or pane.level2 is None else None
        if joint is not None:
            self._joint_in.add(at)
            return joint
        upper, lower = self._level(line, pane.level1), self._level(line, pane.level2)
        if at in self._joint_in and lower is not None and self._is_upper(lower):
            return lower, None  # which has no second level
        return upper, lower

    def _is_upper(self, said: ClassRef) -> bool:
        return 1 in self._labels.get(bare_label(said.label), ())

    def _is_left_blank(self, line: BlockLine, index: int | None) -> bool:
        return index is not None and self.merged.is_left_blank(line.start, index)

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
        start, end = line.cells[index]
        if start == end:
            start, end = self._cells.stretch(line, index)
            if start == end:
                return None
        said = self._cells.text[start:end]
        found = self._said.get(said)
        if found is None:
            found = self._said[said] = clean(said), points_behind(Text(0, end - start, said))
        label, points = found
        if label == REST_OF_CLASS:
            return None
        if points is not None:
            points = Text(start + points.start, start + points.end, points.text)
        return ClassRef(start, end, said, "", label, points)


def _nothing(line: BlockLine) -> ClassRef:
    return ClassRef(line.start, line.start, "", "", "")
