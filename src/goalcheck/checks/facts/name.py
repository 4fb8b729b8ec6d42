"""What the name of an indicator tells by itself: whether it is a rate, may exceed 100 %, is better when lower."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.text import eaten_back
from goalcheck.files.regexes import regex

_TAIL = regex(r"[(\uff08][^()\uff08\uff09]*+[)\uff09]|指标")
_BRACKETED = regex(r"[(\uff08]([^()\uff08\uff09]{1,8})[)\uff09]$")
_PLACE = regex(r"(?<=[)\uff09])[(\uff08][^()\uff08\uff09]{1,12}[)\uff09]$")  # behind another one
_DIGIT = regex(r"\d")
_TAILS = (")", "\uff09", "指标")
_ENDINGS_OF_HARM = ("情况", "现象", "行为", "影响", "记录")
_MISTAKEN = regex(
    r"(?<![纠查堵补容识排检改勘])(?:错[^峰时位层开过天]|误[^差餐工点期天]|漏[^点洞斗缆天]|[货磨毁耗折残锈]损)\Z"
    r"|未[检办结还缴报验交付改修清完建到领签训治筛种保]\Z|拖欠[^\d]{0,3}[费款租薪资金账税贷]\Z"
)
"""What ends so was done wrong, or left out: 错保, 误报, 漏登, 超期未检, 拖欠水费; not 错峰, 纠错."""
_AS_MEASURED = ("平均", "人均", "所需", "最长", "最大", "单次", "累计", "的", "所用", "总")
_BEFORE = tuple(f"{by}{year}{then}" for by in "比较" for year in ("上年", "去年", "往年") for then in ("", "同期"))
_MEANWHILE = ("同比", "环比", "年均", "年度", "每年", "年平均", "平均", "名义", "实际", "可比价", *_BEFORE)
_OCCURRENCE = regex("发生(?:率|面积)\\Z")
_UNLAWFUL = ("非法", "违法", "违规", "私自")
_TO_PURSUE = ("案件", "线索")
"""Of these misdeeds the more are pursued the better: 非法经营案件."""

T = TypeVar("T")


class Lazy(Generic[T]):
    """A property worked out once: functools.cached_property without its lock, for one thread walks a sheet."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, _: type | None = None) -> T:
        made: T = self._work(owner)
        owner.__dict__[self._name] = made
        return made


class Name:
    """A name without blanks, as the word lists of ``lexicon`` know it."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon

    @Lazy
    def within(self) -> int:
        """The bits of the lists of which the bare name contains a word."""
        within, self.last = self.lexicon.lists_in(self.bare)
        return within

    @Lazy
    def last(self) -> int:
        """The bits of the lists in a word of which the bare name ends."""
        self.within, last = self.lexicon.lists_in(self.bare)
        return last

    @Lazy
    def bare(self) -> str:
        """The name without brackets and 指标 at its end; 讲座(场次) is 讲座场次, 满意度指标(%) is 满意度."""
        text = self.text
        if not text.endswith(_TAILS):
            return text
        found = _BRACKETED.search(text)
        if found is not None and found[1].endswith(self.lexicon["counted-nouns"]):
            return f"{text[: found.start()]}{found[1]}"
        end = len(text)
        for tail in reversed([match.span() for match in _TAIL.finditer(text)]):
            if tail[1] != end:
                break
            end = tail[0]
        return text[:end] or text

    @Lazy
    def has_digit(self) -> bool:
        """Whether any digit stands in it."""
        return _DIGIT.search(self.text) is not None

    def contains(self, words: str) -> bool:
        """Whether the bare name contains a word of the list ``words``."""
        return self.within & self.lexicon.bits[words] != 0

    def has_ending(self, words: str) -> bool:
        """Whether the bare name ends in a word of the list ``words``, if only in its reverse."""
        return self.last & self.lexicon.bits[words] != 0

    def ends(self, words: str) -> bool:
        """Whether the bare name ends in a word of the list ``words``, and not in its reverse (不合格率)."""
        if not self.has_ending(words):
            return False
        name = self.bare
        if not self.contains("denials"):
            return True  # as are most
        return not name.removesuffix(self.lexicon.ending(name, words)).endswith(self.lexicon["denials"])

    @Lazy
    def may_exceed(self) -> bool:
        """Whether its percentage may pass 100: growth, a ratio, a multiple."""
        return self.lexicon.lists_in(self.text)[0] & self.lexicon.bits["growth-words"] != 0

    @Lazy
    def lower_is_better(self) -> bool:
        """Whether less of it is better: 群众投诉率, 平均维修成本; not 投诉办结率, 查处违规案件数 or 降低维修成本."""
        name, bits, last = self.bare, self.lexicon.bits, self.last
        if self.tells_a_cost_or_wait:
            return not (self.contains("lowering-words") or self._tells_of_none())
        if last & bits["higher-is-better"] and (self._denies_what_is_better() or self._manner == "ill"):
            return True
        if self.contains("handling-words") and self._tells_of_handling():
            return False
        if last & bits["lower-is-better"] and self._ends_in_ill(name):
            return True
        if not last & bits["incidence-endings"]:
            return False
        misdeed = self.lexicon.opening(name, "misdeed-openings")
        if misdeed and not (misdeed.startswith(_UNLAWFUL) and any(word in name for word in _TO_PURSUE)):
            return True
        stem = _OCCURRENCE.sub("", name)  # what is told by how often it occurs is an ill: 坑槽发生率
        absent = self.lexicon["absence-words"]
        if stem != name and not (stem.endswith(absent) or self.lexicon.ending(stem, "lower-is-better")):
            return not stem.startswith(absent)  # 零事件发生率
        stems = map(name.removesuffix, self._endings_of(name, "incidence-endings"))
        of_ills = (before for before in map(self._before_ill, stems) if before is not None)
        nearest = next(of_ills, None)  # what is behind the longest ending: of 无差错天数 not 错天
        return nearest is not None and not self._is_absent(nearest)

    @Lazy
    def tells_a_cost_or_wait(self) -> bool:
        """Whether it tells what something costs, or how long it takes: 平均维修成本, 应急抢通时长."""
        last, bits = self.last, self.lexicon.bits
        return bool(last & bits["costs-and-waits"] or (last & bits["wait-endings"] and self._tells_a_wait()))

    @Lazy
    def higher_is_better(self) -> bool:
        """Whether more of it is better: 食品抽检合格率, 死亡人数下降率, 旅游收入增长率."""
        return self._ends_better() or self._lessens_harm() or self._grows_better()

    def _lessens_harm(self) -> bool:
        """Whether it tells by how much there is less of what there should be little of: 死亡人数下降率."""
        if not self.ends("lessening-endings"):
            return False
        name = self.bare
        ending = self.lexicon.ending(name, "lessening-endings")
        stem = name.removesuffix(ending).removesuffix("同比")
        ends = ("", *self.lexicon["incidence-endings"])
        return any(self._ends_in_ill(stem.removesuffix(end)) for end in ends)

    def _ends_better(self) -> bool:
        """Whether it ends so: 食品抽检合格率; not 服务器使用率, not what is done wrongly, 逾期完成率."""
        if not self.ends("higher-is-better"):
            return False
        if self.contains("restrained-words") and not self.ends("outcome-rates"):
            return False
        return not self._manner

    @Lazy
    def _manner(self) -> str:
        """What makes no good of what is better the more there is of it: ``ill`` of 逾期完成率, ``doubt`` of 零申报率.

        Not of what is done against it: 违规查处率; of that of what is late it may be either.
        """
        lexicon, better = self.lexicon, self.lexicon.ending(self.bare, "higher-is-better")
        stem = self.bare.removesuffix(better)
        if lexicon.ending(stem, "late-manners"):
            return "doubt" if lexicon.within(better, "arrears-acts") else "ill"
        if lexicon.ending(stem, "wrong-manners"):
            return "" if lexicon.within(better, "handling-words") else "ill"
        return "doubt" if lexicon.ending(stem, "doubtful-manners") else ""

    def _grows_better(self) -> bool:
        """Whether it tells by how much there is more of what there should be much of: 旅游收入增长率."""
        if not self.ends("growth-endings") or self.contains("restrained-growth"):
            return False
        ending = self.lexicon.ending(self.bare, "growth-endings")
        stem = self.bare.removesuffix(ending)
        stem = stem[: eaten_back(stem, _MEANWHILE)]
        return self.lexicon.ending(stem, "growing-goods") != ""

    def _ends_in_ill(self, text: str) -> bool:
        """Whether ``text`` ends in what there should be little of; not 安全生产无事故."""
        before = self._before_ill(text)
        return before is not None and not self._is_absent(before)

    def _before_ill(self, text: str) -> str | None:
        """What stands before the longest ill that ``text`` ends in: 食堂 of 食堂安全事故; None where in none."""
        ill = self.lexicon.ending(text, "lower-is-better")
        if ill:
            return text.removesuffix(ill)
        mistake = _MISTAKEN.search(text)
        return text[: mistake.start()] if mistake is not None else None

    def _is_absent(self, before: str) -> bool:
        """Whether there shall be none of an ill, by what stands ``before`` it: 无重大, 未发生较大及以上; not 消防."""
        lexicon = self.lexicon
        if lexicon.within(before, "absence-phrases"):
            return True
        before = before[: eaten_back(before, lexicon["ill-qualifiers"])]
        return before.endswith(lexicon["absence-words"]) and not before.endswith(lexicon["absence-exceptions"])

    def _endings_of(self, text: str, words: str) -> list[str]:
        """The words of the list ``words`` that ``text`` ends in, the longest first."""
        known = self.lexicon.sets[words]
        return [text[at:] for at in range(len(text)) if text[at:] in known]

    def _tells_of_handling(self) -> bool:
        """Whether it does so by a word that is more than the use of a thing: not 监测设备故障率."""
        if not self.bare.endswith("率"):
            return True  # 维修设备故障数 counts what was repaired
        name, tools = self.bare, self.lexicon["tool-nouns"]
        words = [word for word in self.lexicon["handling-words"] if word in name]
        stem = name.removesuffix(self.lexicon.ending(name, "incidence-endings"))
        if name.endswith(self.lexicon["mistake-rates"]) or _MISTAKEN.search(stem):  # 理赔差错率, of any service
            words = [word for word in words if word not in self.lexicon.sets["service-words"]]
        return any(not name.startswith(tools, name.rindex(word) + len(word)) for word in words)

    @Lazy
    def is_of_harm(self) -> bool:
        """Whether none of what it names is a target: 违法违纪情况, 不利影响; not 事故处理, not 平均成本."""
        if self.contains("handling-words") or self.last & self.lexicon.bits["costs-and-waits"]:
            return False
        stem = self.bare
        for ending in (*self.lexicon["incidence-endings"], *_ENDINGS_OF_HARM):
            stem = stem.removesuffix(ending)
        harm = (*self.lexicon["none-of"], *self.lexicon["lower-is-better"])
        return self.bare.endswith(harm) or stem.endswith(harm)

    def _tells_of_none(self) -> bool:
        """Whether it tells how long nothing goes wrong: 平均无故障时间."""
        stem = self._waited_for
        return any(self._is_absent(stem.removesuffix(act)) for act in self._endings_of(stem, "waiting-acts"))

    def _tells_a_wait(self) -> bool:
        """Whether it tells how long something takes that others wait for: 应急抢通平均时长; not 公示时间."""
        return self.lexicon.ending(self._waited_for, "waiting-acts") != ""

    @Lazy
    def _waited_for(self) -> str:
        """What a name says that takes the time that it measures: 应急抢通 of 应急抢通平均时长."""
        stem = self.bare.removesuffix(self.lexicon.ending(self.bare, "wait-endings"))
        return stem[: eaten_back(stem, _AS_MEASURED)]

    def _denies_what_is_better(self) -> bool:
        if not self.contains("denials"):
            return False
        endings = self._endings_of(self.bare, "higher-is-better")
        return any(self.bare.removesuffix(word).endswith(self.lexicon["denials"]) for word in endings)

    @Lazy
    def gives_unit(self) -> bool:
        """Whether the name gives the unit in brackets: 活动(次数), 面积(平方米)."""
        found = _BRACKETED.search(_PLACE.sub("", self.text)) or _BRACKETED.search(self.text)
        if found is None:
            return False
        said = found[1].removesuffix("数")
        if any(sign in found[1] for sign in "%\uff05/\uff0f") and said.partition("/")[0] in self.lexicon["name-units"]:
            return True
        sets = self.lexicon.sets
        return (
            said in sets["whole-units"]
            or said in sets["name-units"]
            or any(said in f.split() for f in self.lexicon["unit-families"])
        )

    @Lazy
    def counted_by(self) -> str:
        """The unit that the name tells: 次 of 活动次数, 场 of 演出场次; empty where it tells none."""
        nouns = self.lexicon.sets["counted-nouns"]
        noun = next((ending for ending in _endings(self.bare) if ending in nouns), "")
        units = self.lexicon.sets["whole-units"]
        return next((unit for unit in (noun.removesuffix("数"), noun, noun[:-1]) if unit in units), "")

    @Lazy
    def likely_unit(self) -> str:
        """By what the things that it names are mostly counted: 所 of 新建学校数量, 元 of 补助标准; empty of others."""
        things = self.bare
        for tail in self.lexicon["count-tails"]:
            things = things.removesuffix(tail)
        units = self.lexicon.units_of_nouns
        return next((units[ending] for ending in _endings(things) if ending in units), "")


def _endings(text: str) -> Iterator[str]:
    """All that ``text`` ends in, the longest first."""
    return (text[at:] for at in range(len(text)))


class Names(dict[str, Name]):
    """The names of a sheet by their text, each worked out once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._lexicon = context.lexicon

    def __missing__(self, text: str) -> Name:
        made = self[text] = Name(text, self._lexicon)
        return made
