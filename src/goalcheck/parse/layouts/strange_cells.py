"""Cells of a table by rows that its columns do not explain: they may hold a value, an amount, a class, a project.

A cell stands in no column that is read, or does not look like what its column is for: then the cells of its row may
have moved. Nobody judges such a cell, so it is :class:`~goalcheck.sheet.Unread`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import not_

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.headers import TARGET
from goalcheck.parse.layouts.labels import is_figure, is_label
from goalcheck.parse.layouts.names_astray import is_name, is_rest_of_name
from goalcheck.parse.layouts.panes import Columns, merged_columns
from goalcheck.parse.layouts.split_values import sign_of
from goalcheck.parse.layouts.strange_columns import OF_PANE, earlier, misplaced, misread
from goalcheck.parse.layouts.usual_words import (
    STANDARD,
    are_usual_words,
    is_no_class_or_standard,
    is_usual_level,
    is_usual_name,
    is_usual_sign,
    is_usual_value,
)
from goalcheck.parse.outside import ENTRY, is_money
from goalcheck.sheet import AMOUNT_COLUMNS, Column, Header, Unread
from goalcheck.vocabulary import vocabulary

ALL_POINTS = regex(r"总分|总得分|得分|合计|总计|小计|(?:预算|资金)?执行率(?:得分)?")
SPENDING = regex(r"(?:预算|资金)?执行率(?:得分)?")
TITLE_PART = regex(r"[年度绩效目标项指表(\uff08)\uff09]{1,8}|[(\uff08]\d{1,3}分[)\uff09]")
"""What may stand beside a table: its title, a part of it, or its points."""

_FIGURE_ALONE = regex(r"[\u2265\u2264\u2267\u2266<>=\uff1c\uff1e\uff1d]?\s*[\d,.\uff0c]*\d\s*[%\uff05]?")
_WITH_SIGN = regex(r"[\u2265\u2264\u2267\u2266<>=\uff1c\uff1e\uff1d]\s*\d[\d,.]*\s*\S{0,3}")
_FIGURE_WITH_UNIT = regex(r"\d[\d,.]*\s*[^\d\s]{1,3}")
_BEGINS_WITH_FIGURE = regex(r"[^\u4e00-\u9fff\d]{0,2}\d")
_TARGET_ALONE = regex(r"[\u2265\u2264\u2267\u2266]\s*\d[\d,.]*\s*\S{0,2}")
_EXPLAINING = regex(r"描述|解释|说明|内涵|定义")
_ENDS_IN_TARGET = regex(r"(?<![\u2265\u2264\u2267\u2266\d,.])[\u2265\u2264\u2267\u2266]\s{0,4}\d[\d,.]{0,18}\S{0,2}$")
_FIGURE_AND_TARGET = regex(
    r"\d[\d,.]*+\s*+[^\d\s,.\u2265\u2264\u2267\u2266]{0,2}+\s*+[\u2265\u2264\u2267\u2266]\s*+\d[\d,.]*+\s*+\S{0,3}"
)
_CLASS_AND_NAME = regex(r"([^指]{2,8}指标)\s*([\u4e00-\u9fff]{3}[^指]*)")

_SIGN_ALONE = regex(r"[\u2265\u2264\u2267\u2266<>=\uff1c\uff1e\uff1d]+")
_HAN = regex(r"[\u4e00-\u9fff]")
_FOUR_HAN = regex(r"[\u4e00-\u9fff]{4}")
_WORD_FOR_SIGN = regex(r"[正反逆负]向|定[性量]|等于|大于|小于|不|区间|范围|之间|以[上下内]")
_COMPARING = regex(r"[大小等]于|不[高低多少大小]|[高低多少]于|超过|\A(?:[大小等][\u4e00-\u9fff]|[\u4e00-\u9fff]于)\Z")
_SIGN = regex(r"[\u2265\u2264\u2267\u2266<>\uff1c\uff1e]=?|定[性量]")
_REMARK = regex(r"备注|说明|备注说明|其他说明")
_SIDE_NOTE = regex(r"[(\uff08\s*]*(?:注|备注|说明|填报?说明|提示)")
_LONGEST_WORD = 8  # of what is no goal

_MOVED = ("cell-astray", "beyond-columns")


class StrangeCells:
    """Tells them of one table; ``known`` are the columns that it reads, or that are known to be something else."""

    def __init__(self, text: str, header: Header, of: Columns, known: frozenset[int], names: ColumnNames) -> None:
        self._text = text
        self._names = names
        self._of = of
        self._known = known
        self._headings = {column.index: column for column in header.columns}
        self._merged = {
            at: index for index, gap in merged_columns(header, of).items() for at in range(gap.start, gap.stop)
        }
        self._title_ends = of.first
        self._width = max(self._headings) + 1
        self._begins = min(pane.name for pane in of.panes) if of.has_projects else 0
        self._levels_begin = min(pane.begins for pane in of.panes)
        self._money = frozenset(at for key, at in of.amounts if key in AMOUNT_COLUMNS and not of.has_projects)
        places = [at for pane in of.panes if pane.place is not None for at in pane.values.values()]
        self._place = min(places, default=None)
        levels = {at for pane in of.panes for _, at in pane.levels if at is not None}
        self._levels = levels
        self._of_words = levels | {pane.name for pane in of.panes}
        self._weights = frozenset(pane.weight for pane in of.panes if pane.weight is not None)
        self._remarks = frozenset(at for at, column in self._headings.items() if _REMARK.fullmatch(column.clean))
        self._names_read = named = {pane.name for pane in of.panes}
        names_read = named | {pane.name_above for pane in of.panes}
        spare = (c.index for c in header.columns if c.role == "level3" and c.index not in names_read)
        self._spare_names = frozenset(spare)
        self._signs = frozenset(pane.sign for pane in of.panes if pane.sign is not None)
        self._first_value = min(at for pane in of.panes for at in pane.values.values())
        self._explaining = frozenset(c.index for c in header.columns if _EXPLAINING.search(c.clean) is not None)
        self._last_value = max(at for pane in of.panes for at in pane.values.values())
        self._values = frozenset(at for pane in of.panes for at in pane.values.values())
        self._measures = frozenset(pane.measure for pane in of.panes if pane.measure is not None)
        self._checked = self._of_words | self._weights | self._remarks | self._signs | self._measures
        self._checked |= self._values
        self._misplaced = misplaced(header, of)
        self._earlier = earlier(header, of) - self._checked
        watched = of.spare | self._spare_names | self._checked | self._money | self._merged.keys()
        self._misread = misread(header, names)
        watched |= self._misplaced | self._earlier | self._misread.keys()
        self._usual = known - watched
        told_apart = of.spare | self._spare_names | self._merged.keys() | self._money | self._misplaced
        self._looked_at = frozenset(at for at in self._checked - told_apart if at >= of.first)
        self._told: set[int] = set()  # columns of which one cell was told: what holds for it holds for all
        self._labels = levels_of_labels()
        self._usual_in: dict[int, Callable[[str], bool]] = {}

    def of(self, line: BlockLine) -> Iterator[Unread]:
        """The strange cells of a row; of those that have moved only the first, for it was one fault that moved them."""
        has_moved = False
        for index, (start, end) in enumerate(line.cells):
            if start == end or self.ignores(index):
                continue
            said = self._text[start:end]
            if index in self._told or (index in self._looked_at and self.is_usual(index, said)):
                continue
            if index in self._misread or index in self._of.spare or self._is_spare_name(line, index):
                self._told.add(index)
                yield self._misread.get(index) or self._spare(index)
            elif index in self._merged:
                if self._is_second(line, index, said):
                    self._told.add(index)
                    yield self._unknown(index, start, end)
            elif (reason := self._reason(line, index, said)) is not None:
                if not (has_moved and reason in _MOVED):
                    figures = {"column": self._headings[index].clean} if reason == "cell-astray" else {}
                    yield Unread(start, end, said, reason, figures)
                has_moved |= reason in _MOVED
            elif index not in self._known and self._holds_what_is_lacking(line, index, said):
                self._told.add(index)
                yield self._unknown(index, start, end)

    def is_usual(self, index: int, said: str) -> bool:
        """Whether nothing about a filled cell is strange: at first sight it is what its column is for."""
        return self.usual_in(index)(said)

    def usual_in(self, index: int) -> Callable[[str], bool]:
        """What tells of a filled cell in a column that nothing about it is strange."""
        found = self._usual_in.get(index)
        if found is None:
            found = self._usual_in[index] = self._look(index)
        return found

    def is_alike(self, one: int, other: int) -> bool:
        """Whether in two columns the same is usual."""
        sets = (self._looked_at, self._weights, self._signs, self._values, self._names_read)
        return self.ignores(one) == self.ignores(other) and all((one in each) == (other in each) for each in sets)

    def ignores(self, index: int) -> bool:
        """Whether nothing in a column is strange."""
        return index in self._usual and index >= self._title_ends

    def _look(self, index: int) -> Callable[[str], bool]:
        if index not in self._looked_at:
            return bool if self.ignores(index) else not_
        if index in self._weights:
            return str.isdecimal
        if index in self._signs:
            return is_usual_sign
        if index in self._values:
            return self._is_usual_value
        if index in self._levels:
            return is_usual_level
        if index not in self._names_read:
            return are_usual_words
        return is_no_class_or_standard if index in self._misread else is_usual_name

    def _is_usual_value(self, said: str) -> bool:
        return is_usual_value(said) and said not in self._labels

    def _reason(self, line: BlockLine, index: int, said: str) -> str | None:
        """Why a cell is strange; None where it is not."""
        if index in self._money:
            return "unknown-column-value" if is_figure(said) else None  # an amount in a table that names no project
        if index < self._title_ends:
            return "unknown-column-value" if self._is_astray(said) else None
        if index in self._misplaced or index in self._earlier:
            return self._reason_where_none_is_wanted(line, index, said)
        if index in self._checked:
            has_moved = self._is_no_value if index in self._values else self._has_moved
            return "cell-astray" if has_moved(line, index, said) else None
        if index in self._known:
            return None
        if self._place is not None and index > self._place:
            return "unknown-column-value"
        if index >= self._width:
            return self._reason_beyond(line, index, said)
        if ENTRY.search(said) or TARGET.match(said) or is_money(said):
            return "unknown-column-value"
        return "unknown-column-value" if index < self._begins and is_figure(said) else None

    def _reason_where_none_is_wanted(self, line: BlockLine, index: int, said: str) -> str | None:
        """The same in columns where only what has moved there is told: goals, values of earlier years, the title."""
        if index in self._misplaced:
            is_other = self._is_prose(said) if self._of.has_projects else self._is_astray(said)
            return "unknown-column-value" if is_other else None
        if index < self._first_value and index in self._explaining:
            ends_early = self._width > len(line.cells) and _ENDS_IN_TARGET.search(said) is not None
            return "cell-astray" if ends_early or _TARGET_ALONE.fullmatch(said) else None
        is_target = _TARGET_ALONE.fullmatch(said) is not None or _FIGURE_AND_TARGET.fullmatch(said) is not None
        return "cell-astray" if is_target and self._is_of_words_alone(line) else None

    def _reason_beyond(self, line: BlockLine, index: int, said: str) -> str | None:
        """The same for what stands behind the last column: a row with a cell too many, rather than a note beside it."""
        before = line.cells[index - 1]
        if ENTRY.search(said) or TARGET.match(said) or is_figure(said) or _FIGURE_ALONE.fullmatch(said):
            return "beyond-columns"
        return "beyond-columns" if before[0] < before[1] and not _SIDE_NOTE.match(said) else None

    def _is_no_value(self, line: BlockLine, index: int, said: str) -> bool:
        """Whether a class, or the rest of a name that broke, stands in the place of a value."""
        if bare_label(said) in self._labels:
            return True
        names = (pane.name for pane in self._of.panes if index in pane.values.values())
        return any(is_rest_of_name(said, self._text[slice(*line.cells[at])]) for at in names if at < len(line.cells))

    def _is_no_class(self, line: BlockLine, index: int, said: str) -> bool:
        """Whether a name stands in the place of a class: run into one, or with nothing behind it."""
        if (run_on := _CLASS_AND_NAME.fullmatch(said)) is not None:
            return bare_label(run_on[1]) in self._labels
        if not is_name(said) or bare_label(said) in self._labels or SPENDING.fullmatch(said):
            return False
        pane = next(pane for pane in self._of.panes if index in (pane.level1, pane.level2))
        behind = (pane.name, pane.sign, pane.weight, *pane.values.values())
        return not any(_is_filled(line, at) for at in behind if at is not None)

    def _has_moved(self, line: BlockLine, index: int, said: str) -> bool:
        """Whether a cell has not what its column is for: a figure for a name or a class, words for a weight."""
        if index in self._weights:
            is_of_words = _HAN.search(said) is not None and not any(map(str.isdigit, said))
            return is_of_words and not vocabulary().is_nothing(said)
        if index in self._signs:
            return self._is_no_sign(line, said)
        if index in self._names_read and STANDARD.fullmatch(said):
            return True
        if index in self._levels and self._is_no_class(line, index, said):
            return True
        if index in self._of_words and (_SIGN_ALONE.fullmatch(said) or self._is_swapped(line, said)):
            return True
        if not (_FIGURE_ALONE.fullmatch(said) or _WITH_SIGN.fullmatch(said)):
            return False
        if index in self._remarks:
            return _WITH_SIGN.fullmatch(said) is not None and not self._has_figure(line)
        first = next(self._text[a:b] for a, b in line.cells if a < b)
        return ALL_POINTS.fullmatch(clean(first)) is None

    def _is_no_sign(self, line: BlockLine, said: str) -> bool:
        """Whether what stands in the place of a sign is none, no word for one, and says not what kind the value is."""
        if said[0].isdecimal() or _WITH_SIGN.fullmatch(said):  # the row ends a cell too early, or its names do
            return self._last_value >= len(line.cells) or self._is_of_words_alone(line)
        if _COMPARING.search(said) is not None and not sign_of(clean(said)):
            return self._has_figure(line)  # misread: 大于栎于, 大千
        if _WORD_FOR_SIGN.search(said) is not None or clean(said) in vocabulary().worded:
            return False
        return _FOUR_HAN.search(said) is not None or (_HAN.search(said) is not None and self._has_sign_for_value(line))

    def _has_sign_for_value(self, line: BlockLine) -> bool:
        """Whether what belongs into the column of signs stands for a value."""
        values = [line.cells[at] for pane in self._of.panes for at in pane.values.values() if at < len(line.cells)]
        return any(_SIGN.fullmatch(self._text, *cell) for cell in values)

    def _is_swapped(self, line: BlockLine, said: str) -> bool:
        """Whether a name is but a figure with its unit, and the value none."""
        if _FIGURE_WITH_UNIT.fullmatch(said) is None:
            return False
        values = (line.cells[at] for pane in self._of.panes for at in pane.values.values() if at < len(line.cells))
        return not any(_BEGINS_WITH_FIGURE.match(self._text, *cell) for cell in values)

    def _is_spare_name(self, line: BlockLine, index: int) -> bool:
        """Whether a name stands in a column of names that no value belongs to, and none where one is read."""
        of = self._of
        is_of_pane = OF_PANE.search(self._headings[index].clean) is not None if index in self._spare_names else False
        return index in self._spare_names and (is_of_pane or not any(_is_filled(line, p.name) for p in of.panes))

    def _has_figure(self, line: BlockLine) -> bool:
        """Whether a value of the row has a digit: then a target beside it is its own explanation."""
        values = [line.cells[at] for pane in self._of.panes for at in pane.values.values() if at < len(line.cells)]
        return any(char.isdigit() for a, b in values for char in self._text[a:b])

    def _is_of_words_alone(self, line: BlockLine) -> bool:
        """Whether the row has a value, and no figure in it."""
        values = (at for pane in self._of.panes for at in pane.values.values())
        return any(_is_filled(line, at) for at in values) and not self._has_figure(line)

    def _is_second(self, line: BlockLine, index: int, said: str) -> bool:
        """Whether a cell stands in a merged column beside another: one of them has lost its name."""
        start, end = line.cells[self._merged[index]]
        return start < end and _SIDE_NOTE.match(said) is None

    def _holds_what_is_lacking(self, line: BlockLine, index: int, said: str) -> bool:
        """Whether a column that nobody knows holds classes, signs, units or goals, and the table has none of these."""
        of = self._of
        if index >= self._width:
            return False
        if any(at is None for pane in of.panes for _, at in pane.levels) and bare_label(said) in self._labels:
            return said.endswith("指标")
        if any(pane.sign is None for pane in of.panes) and _SIGN.fullmatch(said):
            return all(pane.nature is None for pane in of.panes)
        if (
            index > min(self._names_read)
            and all(pane.measure is None for pane in of.panes)
            and vocabulary().is_unit(said)
        ):
            values = [line.cells[at] for at in self._values if at < len(line.cells)]
            return any(_FIGURE_ALONE.fullmatch(self._text, *cell) for cell in values)
        return of.has_projects and of.goal is None and index < self._levels_begin and self._is_prose(said)

    @staticmethod
    def _is_prose(said: str) -> bool:
        return len(said) > _LONGEST_WORD or said.endswith("\u3002")

    def _spare(self, index: int) -> Unread:
        column = self._headings[index]
        reason = "spare-name" if index in self._spare_names else "spare-value"
        return Unread(column.start, column.end, column.text, reason, {"said": column.clean})

    def _unknown(self, index: int, start: int, end: int) -> Unread:
        column: Column | None = self._headings.get(index)
        if column is None:
            return Unread(start, end, self._text[start:end], "column-nameless", {"number": str(index + 1)})
        return Unread(column.start, column.end, column.text, "column-of-something", {"said": column.clean})

    def _is_astray(self, said: str) -> bool:
        """Whether what stands beside the table, where its title does, is none of that: a project, an amount."""
        text = clean(said)
        is_title = TITLE_PART.fullmatch(text) or ALL_POINTS.fullmatch(text) or is_label(said, self._names)
        return len(text) > 1 and not is_title


def _is_filled(line: BlockLine, index: int) -> bool:
    return index < len(line.cells) and line.cells[index][0] < line.cells[index][1]
