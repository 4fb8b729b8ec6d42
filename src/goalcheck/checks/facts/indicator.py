"""What many rules ask of an indicator, worked out once: the class it stands in, what its name speaks of, its values.

A rule of the level ``indicator`` is given these facts. A class counts only where code, label and parent agree; else
other findings speak of it, and nothing can be concluded from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from goalcheck.checks.facts.classes import Classes
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.name import Names
from goalcheck.checks.facts.name_words import Lazy
from goalcheck.checks.facts.text import eaten
from goalcheck.checks.facts.value_words import ValueWords
from goalcheck.sheet import Indicator, Project, Value
from goalcheck.value_form import Form
from goalcheck.vocabulary import vocabulary

Better = Literal["low", "high", ""]
"""Which way of what is measured is the better one; empty where nothing tells."""

_FULL = Decimal(100)
_FIGURES = ("quantity", "range")
_DIRECTIONS: Mapping[Better, tuple[str, ...]] = {"low": ("反向", "逆向", "负向"), "high": ("正向",)}
_UNTOLD = ("blank", "residue", "malformed")

Pair = tuple[str, Value]
"""The name of a field, and the value that stands in it."""


class IndicatorFacts(ValueWords):
    """An indicator as rules see it, by the word lists of ``lexicon`` and the classes of ``taxonomy``.

    ``classes`` are first and second level, None where code, label or parent contradict each other. ``top`` is the role
    of the first level (``output``, ``benefit``, ``satisfaction``, ``cost``), ``kind`` that of the second (``quantity``,
    ``quality``, ``timeliness``, ``cost``), else of the first; ``kinds`` has those of all parts of a joint label, which
    is of no one kind. ``values`` are those that say something: not blank, not a
    template, not malformed; ``in_words`` those of them that are words. ``options`` are those of the rule that asks.
    """

    def __init__(self, indicator: Indicator, context: Context) -> None:
        self.indicator = indicator
        self.context = context
        self.options: Mapping[str, object] = context.options
        self.taxonomy = context.taxonomy
        self.lexicon = context.lexicon
        self.name = context.once(Names)[indicator.name.clean]
        self.standing = standing = context.once(Classes).standing(indicator.level1, indicator.level2)
        self.classes, self.kinds, self.top, self.kind = standing.classes, standing.kinds, standing.top, standing.kind
        values = indicator.values
        told = [pair for pair in values if pair[1].form.kind not in _UNTOLD]
        self.values = values if len(told) == len(values) else tuple(told)
        self.in_words = tuple([pair for pair in self.values if pair[1].form.kind == "words"])

    def contains(self, words: str) -> bool:
        """Whether the bare name contains a word of the list ``words``."""
        return self.name.contains(words)

    def ends(self, words: str) -> bool:
        """Whether the bare name ends in a word of the list ``words``, and not in its reverse (不合格率)."""
        return self.name.ends(words)

    def with_options(self, options: Mapping[str, object]) -> IndicatorFacts:
        """The same for a rule that has ``options``."""
        made = IndicatorFacts.__new__(IndicatorFacts)
        made.__dict__.update(self.__dict__, options=options)
        return made

    @Lazy
    def project(self) -> Project | None:
        """The project that the indicator belongs to."""
        return self.context.project(self.indicator)

    @Lazy
    def satisfaction(self) -> bool:
        """Whether the target is one of satisfaction, by its class or by its name."""
        if self.ends("satisfaction-endings"):
            return True
        return self.top == "satisfaction" and self.contains("approval-words") and not self.name.lower_is_better

    @Lazy
    def direction(self) -> Better:
        """Which way is better, where a cell of the sheet says so: 反向指标, 正向; else empty."""
        columns = self.indicator.columns
        if columns is None:
            return ""  # a packed cell has no such cells
        cells = [columns.direction, *(value.sign for _, value in self.indicator.values)]
        said = "".join(cell.clean for cell in cells if cell is not None)
        return next((better for better, words in _DIRECTIONS.items() if said and any(w in said for w in words)), "")

    @Lazy
    def is_spending(self) -> bool:
        """Whether it is money spent, counted as a cost: 发放金额, 设备采购单价; not 补助标准 or 偿还欠款金额."""
        if self.kind != "cost" or not self.ends("spending-nouns"):
            return False
        if any(self.contains(words) for words in ("lowering-words", "earning-words", "owed-words")):
            return False
        return all("元" in value.form.unit for _, value in self.figures)

    @Lazy
    def unit(self) -> str:
        """What its value is counted in, where a cell beside it says so, or its name does: 份, 次 of 活动次数, %."""
        for _, value in self.indicator.values:
            if value.measure is not None and value.measure.text and not value.measure.blank:
                return value.measure.clean
        if self.ends("rate-suffixes") and not self.ends("no-rates"):
            return "%"
        return "%" if self.ends("satisfaction-endings") else self.name.counted_by

    @Lazy
    def is_effect(self) -> bool:
        """Whether it tells what shall become better, or stay good: 稳定收入 as a benefit, or in words alone."""
        name, lexicon = self.name.text, self.lexicon
        verbs = (*lexicon["verdict-words"], *lexicon["action-words"])
        if not name.startswith(verbs, eaten(name, lexicon["degree-words"])):
            return False
        return self.top == "benefit" or (self.top is None and not self.figures)

    @Lazy
    def of_its_name(self) -> tuple[Indicator, ...]:
        """The indicators that have the very same cell for their name: one a place, where each has its value."""
        return tuple(self.context.once(_by_name)[self.indicator.name.start])

    @Lazy
    def declared_words(self) -> bool:
        """Whether words are what the form asks for: 定性 beside them, or a name that asks 是否."""
        columns = self.indicator.columns
        if columns is not None and columns.nature is not None and columns.nature.clean in vocabulary().worded:
            return True
        signs = [value.sign.clean for _, value in self.in_words if value.sign is not None and value.text != "定性"]
        return not vocabulary().worded.isdisjoint(signs) or self.answered

    @Lazy
    def answered(self) -> bool:
        """Whether the values answer a name that asks: 是否公示, and 是."""
        return "是否" in self.name.text and all(value.clean in ("是", "否") for _, value in self.in_words)

    @Lazy
    def figures(self) -> tuple[Pair, ...]:
        """Those of ``values`` that are quantities or ranges, and within their bounds."""
        found = [pair for pair in self.values if pair[1].form.kind in _FIGURES]
        sound = [pair for pair in found if not pair[1].form.out_of_range]
        return tuple(found if len(sound) == len(found) or self.name.may_exceed else sound)

    @Lazy
    def percentages(self) -> tuple[Pair, ...]:
        """Those of :attr:`figures` that are plain percentages."""
        return tuple([pair for pair in self.figures if pair[1].form.unit == "%" and pair[1].form.kind == "quantity"])

    @Lazy
    def aims(self) -> tuple[Pair, ...]:
        """Those of :attr:`percentages` that are to be reached, not kept below."""
        return tuple([pair for pair in self.percentages if pair[1].form.comparator not in ("<", "\u2264")])

    def tells_nothing(self, value: Value) -> bool:
        """Whether ``value``, which is words, points elsewhere, or is vague where its class asks for a quantity."""
        if self.refers(value):
            return True
        asked = self.kind in ("quantity", "timeliness", "cost") and not self.conflict and not self.staged
        return asked and self.is_vague(value)

    @Lazy
    def conflict(self) -> str:
        """In what the two values differ: ``kinds``, ``units`` or ``comparators``; empty where in nothing."""
        if len(self.values) < 2:
            return ""
        a, b = (value.form for _, value in self.values)
        if a is b or a == b or any(self.refers(value) for _, value in self.in_words):
            return ""
        if not self.name.may_exceed and (a.out_of_range or b.out_of_range):
            return ""
        if a.kind != b.kind:
            both_times = all(self.tells_moment(value) for _, value in self.values)
            return "" if both_times or self.staged else "kinds"
        if a.kind not in _FIGURES:
            return ""
        if not self._same_unit(a, b):
            return "units"
        return "" if self._sign(a) == self._sign(b) else "comparators"

    @Lazy
    def staged(self) -> bool:
        """Whether the cycle has a figure or a date, and the year a stage of the work: 12公里, and 完成前期工作."""
        cycle, annual = self.indicator.cycle_value, self.indicator.annual_value
        if cycle is None or annual is None or cycle.form.kind not in (*_FIGURES, "date"):
            return False
        return annual.form.kind == "words" and self.lexicon.within(annual.clean, "stage-words")

    def _same_unit(self, a: Form, b: Form) -> bool:
        """Whether two units are the same, or scales of one measure; 0 needs none."""
        one, other = (form.unit.removesuffix("/年").removeprefix("每年") for form in (a, b))
        if one == other or any(not form.unit and not any(form.numbers) for form in (a, b)):
            return True
        return any({one, other} <= set(family.split()) for family in self.lexicon["unit-families"])

    def _sign(self, form: Form) -> str:
        full = form.unit == "%" and form.numbers == (_FULL,) and not self.name.may_exceed
        return "" if full or form.comparator == "=" else form.comparator


def facts_of(indicator: Indicator, context: Context) -> IndicatorFacts:
    """The facts of ``indicator``, which all rules of a run share."""
    return context.once_for(indicator, IndicatorFacts)


def _by_name(context: Context) -> dict[int, list[Indicator]]:
    """The indicators of each cell of a name, by its start."""
    found: dict[int, list[Indicator]] = {}
    for project in context.sheet.projects:
        for entry in project.indicators:
            found.setdefault(entry.name.start, []).append(entry)
    return found
