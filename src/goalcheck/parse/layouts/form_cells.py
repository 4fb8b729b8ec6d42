"""The cells of a form as labels and values: most are one of both, some are both, some hold several of both.

年度资金总额:480                                 a label with its value
年度资金总额:100万元;其中:财政拨款80万元         labels of money, each with its amount
资金来源:(1)财政拨款                             the label of a group before that of its first
预算单位:青石镇政府    单位:万元                 what stands side by side on a line
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from goalcheck.catalogue.columns import ELSE, UNIT, ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.labels import (
    LABELLED,
    MONEY,
    OF_MONEY,
    Part,
    amounts_unexplained,
    is_figure,
    label_meaning,
    label_run_on,
    labelled_money,
    meaning_before,
    money_run_on,
    vertical_labels,
)
from goalcheck.parse.layouts.merged_headers import Named, filled
from goalcheck.parse.layouts.side_by_side import side_by_side

_OF_WHICH = "其中"
_LETTER = regex(r"\A[^\u4e00-\u9fff]*+[\u4e00-\u9fff].*[:\uff1a\d]|其中", re.DOTALL)
_BEFORE_OF_WHICH = regex(r"(\d[\d,.]{0,18})\s{0,9}(?:[万亿]?元)?[,\uff0c;\uff1b]?\s{0,9}其中")
_AMOUNT_FIRST = regex(r"[:\uff1a]?\s{0,4}(\d[\d,]{0,18}(?:\.\d{1,8})?\s{0,4}(?:[万亿]?元)?)(?![\d\u4e00-\u9fff])")
_WITH_UNIT = regex(r"[^\d(\uff08]{0,3}(\d[\d,]{0,18}(?:\.\d{1,8})?\s{0,4}[万亿]?元)")
_DIGITS = regex(r"\d[\d,.]*")

_NO_PART: Part = ((0, 0), None, (0, 0))


class FormCells:
    """Reads them, line by line, in the form on ``lines``."""

    def __init__(self, text: str, lines: Sequence[BlockLine], names: ColumnNames) -> None:
        self.unexplained: list[tuple[int, int]] = []
        """Where amounts stand in cells of several that no label explains."""
        self._text = text
        self._names = names
        self._vertical = vertical_labels(text, lines, names)  # labels that stand one character a line

    def of(self, line: BlockLine) -> list[tuple[int, Part]]:
        """The cells of a line as labels and values; of several amounts in one cell each has its own label."""
        parts: list[tuple[int, Part]] = []
        cells = [
            (index, *place)
            for index, start, end in filled(line.cells)
            for place in side_by_side(self._text, start, end, self._names)
        ]
        for at, (index, start, end) in enumerate(cells):
            made = list(self._parts(start, end))
            if not made:
                continue
            label, _, value = made[-1]
            before = made[0][0] if len(made) > 1 else next((part[0] for _, part in reversed(parts) if part[1]), label)
            told = self._text[slice(*value)]
            first = made[0][1] if len(made) > 1 else None
            of_money = OF_MONEY.search(self._text, *before) is not None or self._text.startswith(_OF_WHICH, start)
            of_money = of_money or (first is not None and first.role in MONEY)
            if told and of_money and _LETTER.search(told) and (runs := self._runs(start, end)):
                amount = _AMOUNT_FIRST.match(self._text, start, end) if parts and parts[-1][1][1] else None
                begins = amount.end() if amount is not None else start
                self.unexplained += self._unexplained(made[0], runs[0], (begins, end))
                made = [((start, start), None, amount.span(1)), *runs] if amount is not None else runs
            elif self._may_run_on(made, parts) and not self._is_amount_behind(cells, at):
                made = self._run_on((start, end)) or made
            parts += [(index, part) for part in made]
            self._join(parts)
        return parts

    def _join(self, parts: list[tuple[int, Part]]) -> None:
        """Put together the last two of ``parts``, where they are one label in two cells: 其他⇥资金."""
        (before, (one, first, _)), (at, (other, second, value)) = ((-1, _NO_PART), *parts)[-2:]
        if first is None or second is None or at != before + 1:
            return
        whole = self._names.names.get(f"{self._text[slice(*one)]}{self._text[slice(*other)]}")
        if whole is not None and whole.role != second.role:
            parts[-2:] = [(at, ((one[0], other[1]), whole, value))]

    @staticmethod
    def _may_run_on(made: Sequence[Part], parts: Sequence[tuple[int, Part]]) -> bool:
        """Whether a cell may have a label and an amount: it is not known to be one, and not the value of a name."""
        before = parts[-1][1][1] if parts else None
        is_of_words = before is not None and before.role in ("name", "goal", UNIT)
        known = made[0][1]
        return len(made) == 1 and not is_of_words and (known is None or known.role in MONEY)

    def _run_on(self, cell: tuple[int, int]) -> list[Part]:
        """The label of money in a ``cell``, and the amount right behind it."""
        run = money_run_on(self._text, cell, self._names)
        return [(run[0], run[1], (cell[1], cell[1])), ((cell[0], cell[0]), None, run[2])] if run is not None else []

    def _is_amount_behind(self, cells: Sequence[Named], at: int) -> bool:
        """Whether a figure stands in the cell right behind one of ``cells``."""
        index, _, _ = cells[at]
        behind = cells[at + 1] if at + 1 < len(cells) else None
        return behind is not None and behind[0] == index + 1 and is_figure(self._text[slice(*behind[1:])])

    def _runs(self, start: int, end: int) -> list[Part]:
        found = labelled_money(self._text, (start, end), self._names)
        return [
            part
            for label, meaning, value in found
            for part in ((label, meaning, (end, end)), ((start, start), None, value))
        ]

    def _unexplained(self, first: Part, run: Part, cell: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """The amounts in a ``cell`` of several that no label explains: that of its ``first``, or of one unknown."""
        label, meaning, _ = first
        if meaning is not None and meaning.role in MONEY and label[0] < run[0][0]:
            digits = _DIGITS.search(self._text, label[1], run[0][0])
            yield from [digits.span()] if digits is not None else []
        elif (lost := _WITH_UNIT.match(self._text, cell[0], run[0][0])) is not None:
            yield lost.span(1)
        yield from amounts_unexplained(self._text, cell, self._names)

    def _parts(self, start: int, end: int) -> Iterator[Part]:
        """A cell as a label, a value, or both; nothing of a character of a label that began above."""
        if end - start == 1 and start in self._vertical:
            begun = self._vertical[start]
            if begun is not None:
                yield (start, end), begun, (end, end)
            return
        said = self._text[start:end]
        meaning = label_meaning(said, self._names)
        both = LABELLED.fullmatch(self._text, start, end)
        of_group = meaning_before(both[1], both[2], self._names) if both is not None else None
        is_group = all(each is None or each.role == ELSE for each in (meaning, of_group))
        within = label_meaning(both[2], self._names) if both is not None and is_group else None
        if both is not None and within is not None and within.role in MONEY:
            yield both.span(2), within, (end, end)  # the label of a group before its first: 资金来源:(1)财政拨款
            amount = _BEFORE_OF_WHICH.match(self._text, start, end)
            self.unexplained += [amount.span(1)] if amount is not None else []
        elif both is not None and is_group and (run := self._run_on(both.span(2))):
            yield from run
        elif meaning is not None and label_run_on(said, self._names) is None:
            yield (start, end), meaning, (end, end)
        elif both is not None and of_group is not None:
            yield both.span(1), of_group, (end, end)
            yield (start, start), None, both.span(2)
        else:
            yield (start, start), None, (start, end)
