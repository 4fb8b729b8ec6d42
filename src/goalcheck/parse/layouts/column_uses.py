"""What each column of a table by rows is for, and whether a cell looks like that at first sight.

Most cells do: then nothing about them is strange. Of any other one
:mod:`~goalcheck.parse.layouts.strange_cells` looks at what it may be.
"""

from __future__ import annotations

from collections.abc import Callable

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.files.regexes import regex
from goalcheck.parse.layouts.names_astray import NAME_ENDS
from goalcheck.parse.layouts.panes import Columns, merged_columns
from goalcheck.parse.layouts.strange_columns import earlier, misplaced, misread
from goalcheck.sheet import AMOUNT_COLUMNS, Header

STANDARD = regex(r"(?:计划|历史|行业|国家|地方|预算)标准|指标")
"""What is no name: a kind of standard, or what is left of a class."""

_REMARK = regex(r"备注|说明|备注说明|其他说明")
_END_OF_CLASS = "指标"
_NO_NAME_ENDS = ("标准", "指标")
_NO_VALUE_ENDS = (*_NO_NAME_ENDS, *NAME_ENDS)
_USUAL_SIGNS = frozenset(("定性", "定量", ">=", "<=", "等于", "大于", "小于"))
_BEGINNINGS = frozenset("0123456789.,\uff0c\u2265\u2264\u2267\u2266<>=\uff1c\uff1e\uff1d")
"""With which what may have moved begins: a figure, or a sign."""

_SHORTEST_WORDS = 4  # characters that are no sign

Test = Callable[[str], bool]


class ColumnUses:
    """Tells it of one table; ``known`` are the columns that it reads, or that are known to be something else."""

    def __init__(self, header: Header, of: Columns, known: frozenset[int], names: ColumnNames) -> None:
        panes = of.panes
        self.known = known
        self.merged = {
            at: index for index, gap in merged_columns(header, of).items() for at in range(gap.start, gap.stop)
        }
        """The columns without a name that are merged with one that has, and which that is."""
        self.money = frozenset(at for key, at in of.amounts if key in AMOUNT_COLUMNS and not of.has_projects)
        """Those of amounts, in a table that names no project."""
        self.levels = frozenset(at for pane in panes for _, at in pane.levels if at is not None)
        self.names_read = frozenset(pane.name for pane in panes)
        self.of_words = self.levels | self.names_read
        """Those of classes and of names."""
        self.weights = frozenset(pane.weight for pane in panes if pane.weight is not None)
        self.signs = frozenset(pane.sign for pane in panes if pane.sign is not None)
        self.values = frozenset(at for pane in panes for at in pane.values.values())
        self.remarks = frozenset(column.index for column in header.columns if _REMARK.fullmatch(column.clean))
        measures = frozenset(pane.measure for pane in panes if pane.measure is not None)
        self.checked = self.of_words | self.weights | self.remarks | self.signs | measures | self.values
        """Those whose cells must look like what they are for."""
        named = self.names_read | {pane.name_above for pane in panes}
        spare = (column.index for column in header.columns if column.role == "level3" and column.index not in named)
        self.spare_names = frozenset(spare)
        """Those of names to which no value belongs."""
        self.misplaced = misplaced(header, of)
        self.earlier = earlier(header, of) - self.checked
        self.misread = misread(header, names)
        self._title_ends = of.first
        watched = of.spare | self.spare_names | self.checked | self.money | self.merged.keys()
        self._passed_over = known - watched - self.misplaced - self.earlier - self.misread.keys()
        told_apart = of.spare | self.spare_names | self.merged.keys() | self.money | self.misplaced
        self._looked_at = frozenset(at for at in self.checked - told_apart if at >= of.first)
        self._tests: dict[int, Test] = {}

    def ignores(self, index: int) -> bool:
        """Whether nothing in a column is strange."""
        return index in self._passed_over and index >= self._title_ends

    def is_usual(self, index: int, said: str) -> bool:
        """Whether nothing about a filled cell is strange: at first sight it is what its column is for."""
        return self.test_of(index)(said)

    def test_of(self, index: int) -> Test:
        """What tells of a filled cell in a column that nothing about it is strange; the same for columns of one use."""
        found = self._tests.get(index)
        if found is None:
            found = self._tests[index] = self._test_of(index)
        return found

    def _test_of(self, index: int) -> Test:
        if index not in self._looked_at:
            return _is_anything if self.ignores(index) else _is_nothing_usual
        if index in self.weights:
            return str.isdecimal
        if index in self.signs:
            return _is_usual_sign
        if index in self.values:
            return _is_usual_value
        if index in self.levels:
            return _is_usual_level
        if index not in self.names_read:
            return _are_usual_words
        return _is_no_class_or_standard if index in self.misread else _is_usual_name


def _is_anything(_: str) -> bool:
    """Whatever stands in the column is usual."""
    return True


def _is_nothing_usual(_: str) -> bool:
    return False


def _is_usual_sign(said: str) -> bool:
    """Whether ``said`` is a sign, or a usual word for one."""
    return len(said) == 1 or (len(said) < _SHORTEST_WORDS and said in _USUAL_SIGNS)


def _is_usual_level(said: str) -> bool:
    """Whether it may well be a class."""
    return _are_usual_words(said) and not said.endswith(NAME_ENDS)


def _is_usual_value(said: str) -> bool:
    """Whether it may well be a value: it ends as neither names nor classes do."""
    return not said.endswith(_NO_VALUE_ENDS) and said not in levels_of_labels()


def _is_usual_name(said: str) -> bool:
    """Whether it may well be a name."""
    return _are_usual_words(said) and not (said.endswith(_NO_NAME_ENDS) and STANDARD.fullmatch(said))


def _is_no_class_or_standard(said: str) -> bool:
    """The same in a column that was misread: it may hold classes or standards instead."""
    return _are_usual_words(said) and not said.endswith(_NO_NAME_ENDS)


def _are_usual_words(said: str) -> bool:
    """Whether it neither begins as figures do nor has a class run into it."""
    return not (said[0] in _BEGINNINGS or _END_OF_CLASS in said[2:-2])
