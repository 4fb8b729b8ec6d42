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
from goalcheck.checks.facts.text import eaten, has_figure
from goalcheck.files.regexes import regex
from goalcheck.sheet import Indicator, Project, Value
from goalcheck.value_form import Form
from goalcheck.vocabulary import vocabulary

Better = Literal["low", "high", ""]
"""Which way of what is measured is the better one; empty where nothing tells."""

_DOCUMENT = regex(r"《|〔\d|[\[\u3010]\d{4}[\]\u3011]\d|文件$")
_DIGIT = regex(r"\d")
_LATIN = regex("[A-Za-z]")
_ACCORDING = regex(r"(?:凭[^\d]{1,4})?据实[^\d]{2}|(?:按|依|参照|以)[^\d]{3,}(?:执行|确定|核定|为准)")
_LEFT_TO = regex(
    r"由[^\d]{2,}(?:核定|审定|确定|决定|定价)|(?:合同|协议|文件|方案|办法|制度|上级|法律|法规)[^\d]{0,4}(?:约定|规定|要求)(?!日)[^\d]{0,6}"
)
"""Words that leave it to somebody, or to a document: 由水务局核定, 合同约定时间内."""
_AS_BEFORE = regex(
    r"(?:参照|参考|按照?|依照|依据|根据|沿用|延续|执行|同)(?:上一?年度?|去年|前年|往年|历年|以往|以前年度|上期|上年同期|20\d\d年度?)(?:度|的)?"
    r"(?:标准|水平|做法|情况|数据?|惯例|规模|金额|数量|(?:合同|中标|采购)?(?:价格?|单价)|预算|决算|执行数|方式|口径)?"
    r"(?:(?:继续|据实)?(?:执行|确定|核定|发放|支付|安排|实施|办理|列支|测算|结算|计算|拨付|补助|支出|采购))?"
)
"""Words that leave it to the year before, whose figure the sheet does not have; not 与上年持平, by which to judge."""
_JUDGED_BY = "持平"
_LATE = (
    "(?:逾期|超期|延期|延误|拖延|超时|迟延|延迟|误期|滞后|耽误|耽搁|推迟|拖拉|拖沓|误时|误点|晚点|迟[报到发交缴付缓滞]"
    "|超审限|超时限|超工期)"
)
_IS_LATE = regex(_LATE)
_IN_TIME = regex(rf"[^\d]{{0,6}}(?:[不未](?:会|得|能|可|再)?(?:出现|发生)?|避免|防止|杜绝){_LATE}[^\d]{{0,4}}")
"""Words that say only that nothing is late."""
_EACH_PERIOD = regex(r"按(?:月|季度?|半年|年|学期|学年|周|旬|日|天)(?![度初间期程节])")
_TIME = regex("[年月日天周季旬时分秒期前后内初底末每当即早晚夜昼长常随立马刻一同序达进节假春夏秋冬汛结]")
"""What no words that say when, or how often, are without."""
_MANNER_AND_ACT = 4  # characters: more may tell a stage of the work
_HURRIED_ACT = regex(r"(?<=.)[\u4e00-\u9fff]{2,4}")
_ROUGHLY = regex(
    r"(?:根据|视|结合|按照?(?![月季年学周旬日天]))[^\d]{2,8}(?:适时|及时|灵活|酌情|动态|适当)[^\d]{0,6}\Z"
    r"|按照?[^\d月季]{0,8}(?:计划|方案|进度|要求|安排|节点|部署|规定|工期|时序|流程|程序)(?:要求|时间|节点)?"
    r"(?:按时|及时|如期|顺利|全部)?(?:完成|到位|完工|落实|推进|实施|竣工|交付|结束|验收)\Z"
    r"|(?:条件|时机)(?:成熟|具备|允许|许可)[后时]?[^\d]{0,4}\Z"
    r"|(?:[年月]?[底中初末]|季[初末])左右\Z|一(?:系列|些|部分|定)|[一二两三四五六七八九]?(?:[数几上近][十百千万]|[十百千万][余多几])[十百千万]?[^\d十百千万]{0,4}\Z"
)
_ALL = regex("应(.)尽\\1")  # 应检尽检
_FULL = Decimal(100)
_OVERSPENT = "超支"
_FIGURES = ("quantity", "range")
_DIRECTIONS: Mapping[Better, tuple[str, ...]] = {"low": ("反向", "逆向", "负向"), "high": ("正向",)}
_UNTOLD = ("blank", "residue", "malformed")

Pair = tuple[str, Value]
"""The name of a field, and the value that stands in it."""


class IndicatorFacts:
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

    @Lazy
    def _referring(self) -> dict[Value, bool]:
        return {}

    def refers(self, value: Value) -> bool:
        """Whether ``value`` points to a rule or document instead of saying what is to be reached."""
        told = self._referring.get(value)
        if told is None:
            told = self._referring[value] = self._refers(value)
        return told

    def _refers(self, value: Value) -> bool:
        text = value.clean
        asks = self.kind in ("quantity", "timeliness", "cost")
        if _AS_BEFORE.fullmatch(text):
            return True
        lists = ("settled-later", "only-conforming") if asks else ("settled-later",)
        if any(text.startswith(self.lexicon[words]) for words in lists) and not _DIGIT.search(text):
            return not text.endswith(_JUDGED_BY)
        if asks and self._is_left_to_others(text):
            return True
        excepted = "as-many-words" if self.kind == "quantity" else "timely-adverbs"
        if asks and _ACCORDING.fullmatch(text) and not text.startswith(self.lexicon[excepted]):
            return not self._says_how_often(text)
        if not text.startswith(self.lexicon["reference-words"]) or text.endswith(self.lexicon["result-endings"]):
            return False
        if self.lexicon.within(text, "whole-words") or self._says_how_often(text):
            return False
        points = self.lexicon.within(text, "rule-words") or text.endswith(("标准", "结果"))
        return (points and not _DIGIT.search(text)) or bool(_DOCUMENT.search(text))

    def _is_left_to_others(self, text: str) -> bool:
        """Whether words say but who sets it, or of a cost whose standard or price it has: 国家标准, 按比例据实支付."""
        lexicon = self.lexicon
        if _LEFT_TO.fullmatch(text):
            return not lexicon.within(text, "whole-words")
        if self.kind != "cost" or _DIGIT.search(text):
            return False
        by_share = text.startswith("按") and "据实" in text and not _LATIN.search(text)  # not 按LPR据实列支
        return by_share or (text.startswith(lexicon["standard-makers"]) and text.endswith(lexicon["standards"]))

    def _says_how_often(self, text: str) -> bool:
        """Whether words tell of an act that comes again: 按季结算; not 按季度考核结果核定."""
        period = _EACH_PERIOD.match(text)
        acts = text[period.end() :] if period else ""
        return bool(acts) and eaten(acts, (*self.lexicon["timely-acts"], *self.lexicon["manner-words"])) == len(acts)

    def is_vague(self, value: Value) -> bool:
        """Whether words tell nothing that could be counted; of a quantity all words, but for what says "all"."""
        text = value.clean
        if self.says_none(text) or _ALL.search(text) or self.lexicon.within(text, "whole-words"):
            return False
        if (text.startswith("视") and text.endswith(("定", "情况", "需要"))) or _ROUGHLY.match(text):  # 视资金情况而定
            return True
        if has_figure(text) or text in self.lexicon.sets["telling-times"]:
            return False
        if text.startswith(self.lexicon["as-many-words"]):
            return False
        if self.kind == "quantity":
            return True
        adverbs = (*self.lexicon["timely-adverbs"], *self.lexicon["hurry-words"])
        hurry = self.lexicon["hurry-words"]
        if text.endswith(self.lexicon["hurry-endings"]):  # 接到报修后尽快
            return True
        if self.kind == "timeliness" and self._tells_but_how(text):
            return True
        if self.kind == "timeliness" and _HURRIED_ACT.fullmatch(text, eaten(text, adverbs)):  # 及时足额发放, 尽快恢复
            return not _EACH_PERIOD.match(text)
        acts = (*self.lexicon["timely-acts"], *hurry) if text.startswith(adverbs) else ()
        for word in sorted((*self.lexicon["vague-words"], *acts), key=len, reverse=True):
            text = text.replace(word, "")
        return not text.strip("、\uff0c,;\uff1b和及并地")

    def _tells_but_how(self, text: str) -> bool:
        """Whether a few words are of no time, and of no stage of the work: 全力查找; not 主体封顶. So is 不逾期."""
        if self._says_in_time(text):
            return True
        return len(text) <= _MANNER_AND_ACT and not (_TIME.search(text) or self.lexicon.within(text, "stage-words"))

    def _says_in_time(self, text: str) -> bool:
        """Whether words say of a time but that it is kept: 不逾期; not of what is late by its name, 工期延误情况."""
        return self.kind == "timeliness" and bool(_IN_TIME.fullmatch(text)) and not _IS_LATE.search(self.name.text)

    def says_none(self, text: str) -> bool:
        """Whether words say that something shall not happen, which is as exact as 0: 零事故, 不发生."""
        lexicon = self.lexicon
        if text in lexicon["none-words"]:
            return True
        spent = self.kind == "cost" and _OVERSPENT in text and _OVERSPENT not in self.name.text
        if not text.startswith(lexicon["none-prefixes"]) or spent or lexicon.within(text, "budget-words"):
            return False
        if self._says_in_time(text):
            return False
        return any(lexicon.within(text, words) for words in ("none-of", "lower-is-better"))

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
            return "" if self.staged else "kinds"
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
