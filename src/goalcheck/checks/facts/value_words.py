"""What a value says in words: whether it points elsewhere, tells nothing that could be counted, or says "none"."""

from __future__ import annotations

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.checks.facts.name import Name
from goalcheck.checks.facts.name_words import Lazy
from goalcheck.checks.facts.text import eaten, has_figure
from goalcheck.files.regexes import regex
from goalcheck.sheet import Value

_DOCUMENT = regex(r"《|〔\d|[\[\u3010]\d{4}[\]\u3011]\d|文件$")
_DIGIT = regex(r"\d")
_LATIN = regex("[A-Za-z]")
_ACCORDING = regex(r"(?:凭[^\d]{1,4})?据实[^\d]{2}|(?:按|依|参照|以)[^\d]{3,}(?:执行|确定|核定|为准)")
_BY_SOMEBODY = r"由[^\d]{2,}(?:核定|审定|确定|决定|定价)"
_BY_DOCUMENT = r"(?:合同|协议|文件|方案|办法|制度|上级|法律|法规)[^\d]{0,4}(?:约定|规定|要求)(?!日)[^\d]{0,6}"
_LEFT_TO = regex(f"{_BY_SOMEBODY}|{_BY_DOCUMENT}")
"""Words that leave it to somebody, or to a document: 由水务局核定, 合同约定时间内."""

_FOLLOWED = r"(?:参照|参考|按照?|依照|依据|根据|沿用|延续|执行|同)"
_TIME_PAST = r"(?:上一?年度?|去年|前年|往年|历年|以往|以前年度|上期|上年同期|20\d\d年度?)(?:度|的)?"
_PRICE = "(?:合同|中标|采购)?(?:价格?|单价)"
_WHAT_WAS_THEN = f"(?:标准|水平|做法|情况|数据?|惯例|规模|金额|数量|{_PRICE}|预算|决算|执行数|方式|口径)"
_PAYMENT = "支付|列支|结算|拨付|补助|支出|采购"
_DONE_AGAIN = f"(?:(?:继续|据实)?(?:执行|确定|核定|发放|安排|实施|办理|测算|计算|{_PAYMENT}))"
_AS_BEFORE = regex(f"{_FOLLOWED}{_TIME_PAST}{_WHAT_WAS_THEN}?{_DONE_AGAIN}?")
"""Words that leave it to the year before, whose figure the sheet does not have; not 与上年持平, by which to judge."""
_JUDGED_BY = "持平"

_NEVER = regex(r"[^\d]{0,6}(?:[不未](?:会|得|能|可|再)?(?:出现|发生)?|避免|防止|杜绝)")
"""What stands before a word of the list ``late-words`` where words say only that nothing is late."""
_FEW_WORDS = regex(r"[^\d]{0,4}")
_EACH_PERIOD = regex(r"按(?:月|季度?|半年|年|学期|学年|周|旬|日|天)(?![度初间期程节])")
_TIME = regex("[年月日天周季旬时分秒期前后内初底末每当即早晚夜昼长常随立马刻一同序达进节假春夏秋冬汛结]")
"""What no words that say when, or how often, are without."""
_MANNER_AND_ACT = 4  # characters: more may tell a stage of the work
_HURRIED_ACT = regex(r"(?<=.)[\u4e00-\u9fff]{2,4}")

_AS_IT_SUITS = r"(?:根据|视|结合|按照?(?![月季年学周旬日天]))[^\d]{2,8}(?:适时|及时|灵活|酌情|动态|适当)[^\d]{0,6}\Z"
_BY_PLAN = r"按照?[^\d月季]{0,8}(?:计划|方案|进度|要求|安排|节点|部署|规定|工期|时序|流程|程序)(?:要求|时间|节点)?"
_TO_ITS_END = r"(?:按时|及时|如期|顺利|全部)?(?:完成|到位|完工|落实|推进|实施|竣工|交付|结束|验收)\Z"
_WHEN_RIPE = r"(?:条件|时机)(?:成熟|具备|允许|许可)[后时]?[^\d]{0,4}\Z"
_ABOUT_THEN = r"(?:[年月]?[底中初末]|季[初末])左右\Z"
_SPAN = r"[-~\uff5e\u2013\u2014至到]"
_SOME_DAY = rf"\d{{1,2}}(?:{_SPAN}\d{{1,2}})?"
_ANY_YEAR = r"(?:[每各逐次当本翌下明今同]个?|第二个?)?(?:年度?|半年度?|季度?|月份?|月度|旬|周|星期|学期|学年)"
_WEEKDAY = "(?:每个?)?(?:周|星期)[一二三四五六日天]"
_DAYS = rf"{_SOME_DAY}(?:月份?|[日号])"
_CALENDAR = rf"(?:\d{{4}}年度?|{_WEEKDAY}|{_ANY_YEAR}|[上下]半年|第?[一二三四1-4]季度|{_DAYS})"
_EDGE = r"(?:[底初末中]|[上中下]旬|最后一[天日]|第一[天日]|结束|终了)"
_UNTIL = r"(?:[之以]?[前后]|止|为止)"
_ONE_MOMENT = rf"(?:{_CALENDAR}的?{_EDGE}?)*(?:{_CALENDAR}(?:{_EDGE}{_UNTIL}?|{_UNTIL})|{_DAYS}|[年季月]度?内)"
_AT_EVENT = r"[\u4e00-\u9fff]{1,9}(?<![提超空落滞延])[前后]"  # not 提前, 不落后
_BY = "(?:截[至止]到?|在|于|最迟|不[迟晚]于)?"
_ACT = "(?:完成|完工|办结|上报|报送|发放)?"
_MOMENTS = regex(rf"{_BY}(?:{_ONE_MOMENT}(?:(?:{_SPAN}|[、,\uff0c和及]){_ONE_MOMENT})*|{_AT_EVENT}){_ACT}")
"""Words that tell of a day, or of one that comes again: 每年4月15日前, 次年3月底前, 每季度末, 汛期前."""
_SHORT_DATE = regex(rf"{_SOME_DAY}(?:月份?{_UNTIL}?|[日号]{_UNTIL})")
"""What looks like an amount, and beside a time of the calendar is one: 12月, 5日前; not 12个月, 5日内."""

_SOME = "一(?:系列|些|部分|定)"
_ROUND = "十百千万"
_ABOUT_SO_MANY = rf"[一二两三四五六七八九]?(?:[数几上近][{_ROUND}]|[{_ROUND}][余多几])[{_ROUND}]?[^\d{_ROUND}]{{0,4}}\Z"
_ROUGHLY = regex("|".join((_AS_IT_SUITS, _BY_PLAN + _TO_ITS_END, _WHEN_RIPE, _ABOUT_THEN, _SOME, _ABOUT_SO_MANY)))
_ALL = regex("应(.)尽\\1")  # 应检尽检
_OVERSPENT = "超支"


class ValueWords:
    """What the values of an indicator say in words, by its class and its name."""

    kind: str | None
    name: Name
    lexicon: Lexicon

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
        points = self.lexicon.within(text, "rule-words") or text.endswith(self.lexicon["rule-endings"])
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
        depends = text.startswith("视") and text.endswith(self.lexicon["depending-endings"])  # 视资金情况而定
        if depends or _ROUGHLY.match(text):
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
        if self.kind != "timeliness" or self.lexicon.within(self.name.text, "late-words"):
            return False
        parts = (text.partition(word) for word in self.lexicon["late-words"] if word in text)
        return any(_NEVER.fullmatch(head) and _FEW_WORDS.fullmatch(tail) for head, _, tail in parts)

    def tells_moment(self, value: Value) -> bool:
        """Whether ``value`` is a time of the calendar: a date, one that comes again each year, or words like 年底前."""
        kind, text = value.form.kind, value.clean
        if kind == "words":
            return bool(_MOMENTS.fullmatch(text)) or text in self.lexicon.sets["telling-times"]
        if kind in ("quantity", "range"):
            return value.form.comparator in ("", "=") and bool(_SHORT_DATE.fullmatch(text))
        return kind == "date"

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
