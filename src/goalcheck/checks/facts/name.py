"""What the name of an indicator tells by itself: whether it is a rate, may exceed 100 %, is better when lower."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.checks.facts.context import Context
from goalcheck.files.regexes import regex

_TAIL = regex(r"[(\uff08][^()\uff08\uff09]*+[)\uff09]|指标")
_BRACKETED = regex(r"[(\uff08]([^()\uff08\uff09]{1,8})[)\uff09]$")
_PLACE = regex(r"(?<=[)\uff09])[(\uff08][^()\uff08\uff09]{1,12}[)\uff09]$")  # behind another one
_DIGIT = regex(r"\d")
_TAILS = (")", "\uff09", "指标")
DENIALS = frozenset("不未")
"""In front of what is better the more there is of it, they make it worse: 不合格率."""
_ENDINGS_OF_HARM = ("情况", "现象", "行为", "影响", "记录")
_SPARED = ("无", "零", "不发生", "未发生", "防", "免")
"""In front of what is better the less there is of it, they make it good: 安全无事故天数."""
_OCCURRENCE = "发生率"
_NOT_OCCURRING = ("不", "未", "零", "无", "没有", "免", "防")
_INVERTED = frozenset("不未非无")  # 不合格率, 未完成率: the reverse of what the ending says

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
        if _INVERTED.isdisjoint(name):
            return True  # as are most
        return name.removesuffix(self.lexicon.ending(name, words))[-1:] not in _INVERTED

    @Lazy
    def may_exceed(self) -> bool:
        """Whether its percentage may pass 100: growth, a ratio, a multiple."""
        return self.lexicon.lists_in(self.text)[0] & self.lexicon.bits["growth-words"] != 0

    @Lazy
    def lower_is_better(self) -> bool:
        """Whether less of it is better: 群众投诉率, 平均维修成本; not 投诉办结率, 查处违规案件数 or 降低维修成本."""
        name, bits, last = self.bare, self.lexicon.bits, self.last
        if last & bits["costs-and-waits"]:
            return not self.contains("lowering-words")
        if self.contains("handling-words") and self._tells_of_handling():
            return False
        if (last & bits["lower-is-better"] and self._ends_in_ill(name)) or (
            last & bits["higher-is-better"] and self._denies_what_is_better()
        ):
            return True
        if not last & bits["incidence-endings"]:
            return False
        if self.lexicon.opening(name, "misdeed-openings"):
            return True
        stem = name.removesuffix(_OCCURRENCE)  # what is told by how often it occurs is an ill: 坑槽发生率
        if stem != name and not (stem.endswith(_NOT_OCCURRING) or self.lexicon.ending(stem, "lower-is-better")):
            return not stem.startswith(_NOT_OCCURRING)  # 零事件发生率
        return any(self._ends_in_ill(name[: -len(word)]) for word in self._endings_of(name, "incidence-endings"))

    @Lazy
    def lessens_harm(self) -> bool:
        """Whether it tells by how much there is less of what there should be little of: 死亡人数下降率."""
        name = self.bare
        ending = self.lexicon.ending(name, "lessening-endings")
        stem = name.removesuffix(ending).removesuffix("同比")
        ends = ("", *self.lexicon["incidence-endings"])
        return ending != "" and any(self._ends_in_ill(stem.removesuffix(end)) for end in ends)

    def _ends_in_ill(self, text: str) -> bool:
        """Whether ``text`` ends in what there should be little of; not 安全生产无事故."""
        return any(not text[: -len(ill)].endswith(_SPARED) for ill in self._endings_of(text, "lower-is-better"))

    def _endings_of(self, text: str, words: str) -> list[str]:
        """The words of the list ``words`` that ``text`` ends in."""
        known = self.lexicon.sets[words]
        return [text[at:] for at in range(len(text)) if text[at:] in known]

    def _tells_of_handling(self) -> bool:
        """Whether it does so by a word that is more than the use of a thing: not 监测设备故障率."""
        if not self.bare.endswith("率"):
            return True  # 维修设备故障数 counts what was repaired
        name, tools = self.bare, self.lexicon["tool-nouns"]
        words = [word for word in self.lexicon["handling-words"] if word in name]
        if name.endswith(self.lexicon["mistake-rates"]):  # 理赔差错率: the less there is in any service
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

    def _denies_what_is_better(self) -> bool:
        if DENIALS.isdisjoint(self.bare):
            return False
        better = self.lexicon.sets["higher-is-better"]
        return any(self.bare[at + 1 :] in better for at, char in enumerate(self.bare) if char in DENIALS)

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
