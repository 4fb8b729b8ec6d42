"""What is said of a sum, in the reader's language: where it stands, what came of it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import attrs

from goalcheck.catalogue.load import catalogue
from goalcheck.engine.sum_traces import Cell, Named, Part, Trace
from goalcheck.finding import Term
from goalcheck.messages import Words
from goalcheck.prose import sentences
from goalcheck.prose.layout import clip
from goalcheck.report import Style

SAID: Mapping[str, Words] = {
    "head": Words("核对了{number}处合计：{counts}", "sums checked: {number}; {counts}"),
    "none": Words("表里没有可以核对的合计", "there is no sum to check"),
    "note": Words(
        "空着的按0算；印出来的每个数都可能四舍五入过，各允许差±{half}",
        "a blank counts as 0; each printed figure may have been rounded, by up to ±{half}",
    ),
    "count-exact": Words("{number}处正好", "{number} exact"),
    "count-rounded": Words("{number}处有尾差（{lines}）", "{number} within rounding ({lines})"),
    "count-wrong": Words("{number}处对不上（{lines}）", "{number} wrong ({lines})"),
    "count-unjudged": Words("{number}处没法核对（{lines}）", "{number} that cannot be judged ({lines})"),
    "grand-total": Words("合计行，应等于下面各行之和", "the row 合计: the sum of the rows below it"),
    "subtotal": Words("单位的金额，应等于下属各行之和", "a unit's row: the sum of its rows"),
    "sources": Words("各行的总计，应等于各项资金之和", "each row's total: the sum of its funding sources"),
    "row": Words("第{line}行", "line {line}"),
    "where": Words("第{line}行 {name} · {column}", "line {line} {name} · {column}"),
    "list": Words("、", ", "),
    "exact": Words("{where}：印的是{printed}，正好", "{where}: printed {printed}, exact"),
    "same": Words(
        "{where}：印的是{printed}，正好；各行的数都和上面的“{column}”一样",
        "{where}: printed {printed}, exact; its terms are those of {column} above",
    ),
    "blank": Words("{where}：空着，下面各行也都空着", "{where}: blank, as are the rows below"),
    "blank-row": Words("空着，各项资金也都空着", "blank, as are its sources"),
    "rounded": Words(
        "{where}：印的是{printed}，{off}，四舍五入的尾差，不算错",
        "{where}: printed {printed}, {off}: rounding, no error",
    ),
    "wrong": Words("{where}：印的是{printed}，{off}", "{where}: printed {printed}, {off}"),
    "unjudged": Words("{where}：印的是{printed}，没法核对", "{where}: printed {printed}, cannot be judged"),
    "unjudged-missing": Words("{where}：没法核对", "{where}: cannot be judged"),
    "because": Words("原因：{why}", "because: {why}"),
    "with-reason": Words("{title}：{why}", "{title}: {why}"),
    "no-number": Words("{cells}不是数", "no number: {cells}"),
    "no-cell": Words("{cells}没有这一格", "the cell is missing: {cells}"),
    "no-terms": Words("下面没有可加的行", "there is nothing below to add up"),
    "short-row": Words("这一行缺了后面的格，各项资金不全", "the row ends before its last source"),
    "other-sources": Words("表里的资金列不齐，或另有别的列", "the sheet lacks sources or has columns of its own"),
    "at-least": Words("{said}，没法核对：{why}", "{said}, cannot be judged: {why}"),
    "cells": Words("{cells}等{number}处", "{cells} and others, {number} in all"),
    "cell": Words("{lines}“{name}”的“{text}”", "“{text}” of “{name}”, {lines}"),
    "cell-missing": Words("{lines}“{name}”", "“{name}”, {lines}"),
    "empty": Words("空白", "blank"),
    "absent": Words("没有这一格", "no such cell"),
    "blanks": Words("另有{number}行空着", "blank besides: {number}"),
    "blanks-lines": Words("另有{number}行空着：{lines}", "blank besides: {number}, {lines}"),
    "blank-sources": Words("空着的：{names}", "blank: {names}"),
    "sum": Words("加起来", "sum"),
    "allowed": Words(
        "允许范围：{low}到{high}（印出来的{number}个数，各±{half}）",
        "allowed: {low} to {high} (printed figures: {number}, each ±{half})",
    ),
    "allowed-from": Words(
        "允许范围：{low}以上（印出来的{number}个数，各±{half}；可能还有别的资金）",
        "allowed: {low} or more (printed figures: {number}, each ±{half}; there may be other sources)",
    ),
    "verdict-wrong": Words("结论：{off}，四舍五入也差不了这么多", "verdict: {off}, more than rounding explains"),
    "verdict-rounded": Words("结论：{off}，在允许范围以内", "verdict: {off}, within what is allowed"),
    "cause": Words("可能的原因：{cause}", "possible cause: {cause}"),
    "no-cause": Words("看不出来，请逐行核对", "none found; check the rows one by one"),
}
"""What the trace says; the words of a diagnosis are those of its rule."""


VERDICTS = ("exact", "rounded", "wrong", "unjudged")

_NAME = 44  # terminal cells of a name
_FIGURE = 24  # of what stands where a figure should
_CELLS = 3  # that keep a sum from being judged, named before the list is cut short
_STRETCHES = 8  # of lines, likewise
_LEADING = ",; \uff0c\uff1b"  # what joins a diagnosis to the sentence of its finding


def money(value: Decimal, decimals: int) -> str:
    """An amount by thousands; with one digit more than the sheet prints where half of one has to be said."""
    said = f"{value:,.{decimals + 1}f}"
    return said.removesuffix("0").removesuffix(".") if said.endswith("0") else said


@attrs.frozen
class Speaker:
    """Says traces in the language and the widths of ``style``."""

    style: Style

    @property
    def language(self) -> str:
        return self.style.language

    def say(self, key: str, **figures: object) -> str:
        """A sentence of the trace."""
        return SAID[key][self.language].format_map(figures)

    def head(self, records: Sequence[Trace]) -> str:
        """How many sums came out, and where those are that did not."""
        counts = []
        for verdict in VERDICTS:
            lines = [record.row.line for record in records if record.verdict == verdict]
            if lines:
                counts.append(self.say(f"count-{verdict}", number=len(lines), lines=self.lines(lines, _STRETCHES)))
        return self.say("head", number=len(records), counts=self.say("list").join(counts))

    def message(self, record: Trace) -> str:
        """One sentence on ``record``, with the diagnosis of a wrong sum, or why it cannot be judged."""
        title = self.title(record)
        if record.reason is not None:
            return self.say("with-reason", title=title, why=self.why(record))
        return f"{title}{self.phrase(record, record.diagnosis)}" if record.diagnosis is not None else title

    def title(self, record: Trace) -> str:
        """The sum, what is printed of it, and in short what came of that."""
        key = "unjudged-missing" if record.printed.missing else record.verdict
        printed = self.figure(record.printed, record)
        return self.say(key, where=self.where(record), printed=printed, off=self.off(record))

    def where(self, record: Trace) -> str:
        """The row and the column of a sum."""
        return self.say("where", line=record.row.line, name=self.name(record.row), column=self.column(record.column))

    def why(self, record: Trace) -> str:
        """Why a sum cannot be judged, with the cells that keep it from that."""
        assert record.reason is not None
        cells = [(part.row, part.cell) for part in record.parts]
        cells.insert(0, (record.row, record.printed))
        missing = record.reason == "no-cell"
        unknown = [self._place(row, cell) for row, cell in cells if cell.value is None and cell.missing == missing]
        told = self.say("list").join(unknown[:_CELLS])
        if len(unknown) > _CELLS:
            told = self.say("cells", cells=told, number=len(unknown))
        return self.say(record.reason, cells=told)

    def _place(self, row: Named, cell: Cell) -> str:
        """A cell by its row and what stands in it."""
        figures = {"lines": self.lines([row.line]), "name": self.name(row), "text": self._raw(cell)}
        return self.say("cell-missing" if cell.missing else "cell", **figures)

    def same(self, record: Trace, before: Trace) -> str:
        """That the terms of ``record`` are those of ``before``, which stands above it."""
        printed = self.figure(record.printed, record)
        return self.say("same", where=self.where(record), printed=printed, column=self.column(before.column))

    def blanks(self, record: Trace) -> str:
        """The terms that nothing is printed of."""
        blank = [part for part in record.parts if part.cell.blank]
        if record.kind == "sources":
            return self.say("blank-sources", names=self.say("list").join(self.term(part, record) for part in blank))
        key = "blanks" if record.verdict == "exact" else "blanks-lines"
        return self.say(key, number=len(blank), lines=self.lines(part.row.line for part in blank))

    def allowed(self, record: Trace) -> str:
        """Between which figures the printed one may lie, and how that comes about."""
        ends = {"low": record.low, "high": record.high, "half": record.half}
        figures = {end: money(value, record.decimals) for end, value in ends.items() if value is not None}
        return self.say("allowed" if record.high is not None else "allowed-from", number=record.figures, **figures)

    def off(self, record: Trace) -> str:
        """By how much the printed figure is off, and to which side."""
        if record.residual is None:
            return ""
        amount = money(abs(record.residual), record.decimals)
        return self.phrase(record, Term("more" if record.residual > 0 else "less", {"amount": amount}))

    def phrase(self, record: Trace, term: Term) -> str:
        """A phrase of the rule that judges ``record``."""
        rule = catalogue().find(record.judge)
        assert rule is not None
        return sentences.phrase(term, rule, self.language)

    def cause(self, record: Trace) -> str:
        """What may be the matter with a wrong sum."""
        if record.diagnosis is None:
            return self.say("no-cause")
        return self.phrase(record, record.diagnosis).lstrip(_LEADING)

    def figure(self, cell: Cell, record: Trace) -> str:
        """The figure in ``cell``; what stands there as it is where that is none."""
        if cell.value is None:
            return self.say("absent") if cell.missing else self._raw(cell)
        return self.say("empty") if cell.blank else money(cell.value, record.decimals)

    def _raw(self, cell: Cell) -> str:
        return clip(sentences.plain(cell.text), _FIGURE, self.style.ambiguous)

    def term(self, part: Part, record: Trace) -> str:
        """What people know a term by: its source, or its row."""
        return self.column(part.column) if record.kind == "sources" else self.name(part.row)

    def column(self, column: str) -> str:
        """The name of an amount column."""
        said = sentences.SHARED.get(column)
        return sentences.plain(column) if said is None else said[self.language]

    def name(self, row: Named, cells: int = _NAME) -> str:
        """The name of a row, in at most so many terminal cells."""
        if row.kind == "total":
            return sentences.SHARED["grand-total"][self.language]
        return clip(sentences.plain(row.name), cells, self.style.ambiguous) or sentences.say("nameless", self.language)

    def lines(self, numbers: Iterable[int], most: int | None = None) -> str:
        """Line numbers in words, those that follow each other as a stretch; of ``most`` stretches at the most."""
        return sentences.lines(sorted(set(numbers)), self.language, most)
