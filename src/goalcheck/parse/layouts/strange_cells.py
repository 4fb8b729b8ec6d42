"""Cells of a table by rows that its columns do not explain: they may hold a value, an amount, a class, a project.

A cell stands in no column that is read, or does not look like what its column is for: then the cells of its row may
have moved. Nobody judges such a cell, so it is :class:`~goalcheck.sheet.Unread`.
"""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine, Cells
from goalcheck.parse.headers import TARGET
from goalcheck.parse.layouts.column_uses import STANDARD, ColumnUses
from goalcheck.parse.layouts.labels import is_figure, is_label
from goalcheck.parse.layouts.names_astray import is_name, is_rest_of_name
from goalcheck.parse.layouts.panes import Columns
from goalcheck.parse.layouts.split_values import sign_of
from goalcheck.parse.layouts.strange_columns import OF_PANE
from goalcheck.parse.outside import ENTRY, is_money
from goalcheck.sheet import Column, Header, Unread
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
_SIDE_NOTE = regex(r"[(\uff08\s*]*(?:注|备注|说明|填报?说明|提示)")
_LONGEST_WORD = 8  # of what is no goal

_MOVED = ("cell-astray", "beyond-columns")


class StrangeCells:
    """Tells them of one table, whose columns have ``uses``."""

    def __init__(self, text: str, header: Header, of: Columns, names: ColumnNames, uses: ColumnUses) -> None:
        self._text = text
        self._names = names
        self._of = of
        self._uses = uses
        self._headings = {column.index: column for column in header.columns}
        self._title_ends = of.first
        self._width = max(self._headings) + 1
        self._begins = min(pane.name for pane in of.panes) if of.has_projects else 0
        self._levels_begin = min(pane.begins for pane in of.panes)
        places = [at for pane in of.panes if pane.place is not None for at in pane.values.values()]
        self._place = min(places, default=None)
        self._explaining = frozenset(c.index for c in header.columns if _EXPLAINING.search(c.clean) is not None)
        self._told: set[int] = set()  # columns of which one cell was told: what holds for it holds for all
        self._labels = levels_of_labels()

    def of(self, line: BlockLine) -> Iterator[Unread]:
        """The strange cells of a row; of those that have moved only the first, for it was one fault that moved them."""
        uses = self._uses
        has_moved = False
        for index, (start, end) in enumerate(line.cells):
            if start == end or uses.ignores(index):
                continue
            said = self._text[start:end]
            if index in self._told or uses.is_usual(index, said):
                continue
            if index in uses.misread or index in self._of.spare or self._is_spare_name(line, index):
                self._told.add(index)
                yield uses.misread.get(index) or self._spare(index)
            elif index in uses.merged:
                if self._is_second(line, index, said):
                    self._told.add(index)
                    yield self._unknown(index, start, end)
            elif (reason := self._reason(line, index, said)) is not None:
                if not (has_moved and reason in _MOVED):
                    figures = {"column": self._headings[index].clean} if reason == "cell-astray" else {}
                    yield Unread(start, end, said, reason, figures)
                has_moved |= reason in _MOVED
            elif index not in self._uses.known and self._holds_what_is_lacking(line, index, said):
                self._told.add(index)
                yield self._unknown(index, start, end)

    def _reason(self, line: BlockLine, index: int, said: str) -> str | None:
        """Why a cell is strange; None where it is not."""
        if index in self._uses.money:
            return "unknown-column-value" if is_figure(said) else None  # an amount in a table that names no project
        if index < self._title_ends:
            return "unknown-column-value" if self._is_astray(said) else None
        if index in self._uses.misplaced or index in self._uses.earlier:
            return self._reason_where_none_is_wanted(line, index, said)
        if index in self._uses.checked:
            has_moved = self._is_no_value if index in self._uses.values else self._has_moved
            return "cell-astray" if has_moved(line, index, said) else None
        if index in self._uses.known:
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
        if index in self._uses.misplaced:
            is_other = self._is_prose(said) if self._of.has_projects else self._is_astray(said)
            return "unknown-column-value" if is_other else None
        if index < min(self._uses.values) and index in self._explaining:
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
        if index in self._uses.weights:
            is_of_words = _HAN.search(said) is not None and not any(map(str.isdigit, said))
            return is_of_words and not vocabulary().is_nothing(said)
        if index in self._uses.signs:
            return self._is_no_sign(line, said)
        if index in self._uses.names_read and STANDARD.fullmatch(said):
            return True
        if index in self._uses.levels and self._is_no_class(line, index, said):
            return True
        if index in self._uses.of_words and (_SIGN_ALONE.fullmatch(said) or self._is_swapped(line, said)):
            return True
        if not (_FIGURE_ALONE.fullmatch(said) or _WITH_SIGN.fullmatch(said)):
            return False
        if index in self._uses.remarks:
            return _WITH_SIGN.fullmatch(said) is not None and not self._has_figure(line)
        first = next(self._text[a:b] for a, b in line.cells if a < b)
        return ALL_POINTS.fullmatch(clean(first)) is None

    def _is_no_sign(self, line: BlockLine, said: str) -> bool:
        """Whether what stands in the place of a sign is none, no word for one, and says not what kind the value is."""
        if said[0].isdecimal() or _WITH_SIGN.fullmatch(said):  # the row ends a cell too early, or its names do
            return max(self._uses.values) >= len(line.cells) or self._is_of_words_alone(line)
        if _COMPARING.search(said) is not None and not sign_of(clean(said)):
            return self._has_figure(line)  # misread: 大于栎于, 大千
        if _WORD_FOR_SIGN.search(said) is not None or clean(said) in vocabulary().worded:
            return False
        return _FOUR_HAN.search(said) is not None or (_HAN.search(said) is not None and self._has_sign_for_value(line))

    def _has_sign_for_value(self, line: BlockLine) -> bool:
        """Whether what belongs into the column of signs stands for a value."""
        return any(_SIGN.fullmatch(self._text, *cell) for cell in self._values_of(line))

    def _is_swapped(self, line: BlockLine, said: str) -> bool:
        """Whether a name is but a figure with its unit, and the value none."""
        if _FIGURE_WITH_UNIT.fullmatch(said) is None:
            return False
        return not any(_BEGINS_WITH_FIGURE.match(self._text, *cell) for cell in self._values_of(line))

    def _is_spare_name(self, line: BlockLine, index: int) -> bool:
        """Whether a name stands in a column of names that no value belongs to, and none where one is read."""
        of = self._of
        is_of_pane = (
            OF_PANE.search(self._headings[index].clean) is not None if index in self._uses.spare_names else False
        )
        return index in self._uses.spare_names and (is_of_pane or not any(_is_filled(line, p.name) for p in of.panes))

    def _has_figure(self, line: BlockLine) -> bool:
        """Whether a value of the row has a digit: then a target beside it is its own explanation."""
        return any(char.isdigit() for a, b in self._values_of(line) for char in self._text[a:b])

    def _is_of_words_alone(self, line: BlockLine) -> bool:
        """Whether the row has a value, and no figure in it."""
        return any(start < end for start, end in self._values_of(line)) and not self._has_figure(line)

    def _values_of(self, line: BlockLine) -> Cells:
        """The cells of the values that a row has."""
        return [line.cells[at] for at in self._uses.values if at < len(line.cells)]

    def _is_second(self, line: BlockLine, index: int, said: str) -> bool:
        """Whether a cell stands in a merged column beside another: one of them has lost its name."""
        start, end = line.cells[self._uses.merged[index]]
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
            index > min(self._uses.names_read)
            and all(pane.measure is None for pane in of.panes)
            and vocabulary().is_unit(said)
        ):
            return any(_FIGURE_ALONE.fullmatch(self._text, *cell) for cell in self._values_of(line))
        return of.has_projects and of.goal is None and index < self._levels_begin and self._is_prose(said)

    @staticmethod
    def _is_prose(said: str) -> bool:
        return len(said) > _LONGEST_WORD or said.endswith("\u3002")

    def _spare(self, index: int) -> Unread:
        column = self._headings[index]
        reason = "spare-name" if index in self._uses.spare_names else "spare-value"
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
