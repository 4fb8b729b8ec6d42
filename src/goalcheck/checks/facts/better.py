"""Which way of what a name measures is the better one, and whether it speaks of what should not be at all."""

from __future__ import annotations

from goalcheck.checks.facts.name_words import Lazy, NameWords
from goalcheck.checks.facts.text import eaten_back
from goalcheck.files.regexes import regex

_MISTAKEN = regex(
    r"(?<![纠查堵补容识排检改勘])(?:错[^峰时位层开过天]|误[^差餐工点期天]|漏[^点洞斗缆天]|[货磨毁耗折残锈]损)\Z"
    r"|拖欠[^\d]{0,3}[费款租薪资金账税贷]\Z"
)
"""What ends so was done wrong, or left out: 错保, 误报, 漏登, 拖欠水费; not 错峰, 纠错."""
_OCCURRENCE = regex("发生(?:率|面积)\\Z")


class BetterName(NameWords):
    """A name that tells which way is better, by the word lists of its lexicon."""

    @Lazy
    def lower_is_better(self) -> bool:
        """Whether less of it is better: 群众投诉率, 平均维修成本; not 投诉办结率, 查处违规案件数 or 降低维修成本."""
        if self.tells_a_cost_or_wait:
            return not (self.contains("lowering-words") or self._tells_of_none())
        if self.has_ending("higher-is-better") and (self._denies_what_is_better() or self._manner == "ill"):
            return True
        if self.contains("handling-words") and self._tells_of_handling():
            return False
        if self.has_ending("lower-is-better") and self._ends_in_ill(self.bare):
            return True
        return self.has_ending("incidence-endings") and self._counts_ills()

    @Lazy
    def higher_is_better(self) -> bool:
        """Whether more of it is better: 食品抽检合格率, 死亡人数下降率, 旅游收入增长率."""
        return self._ends_better() or self._lessens_harm() or self._grows_better()

    @Lazy
    def tells_a_cost_or_wait(self) -> bool:
        """Whether it tells what something costs, or how long it takes: 平均维修成本, 应急抢通时长."""
        return self.has_ending("costs-and-waits") or (self.has_ending("wait-endings") and self._tells_a_wait())

    @Lazy
    def is_of_harm(self) -> bool:
        """Whether none of what it names is a target: 违法违纪情况, 不利影响; not 事故处理, not 平均成本."""
        if self.contains("handling-words") or self.has_ending("costs-and-waits"):
            return False
        stem = self.bare
        for ending in (*self.lexicon["incidence-endings"], *self.lexicon["harm-endings"]):
            stem = stem.removesuffix(ending)
        harm = (*self.lexicon["none-of"], *self.lexicon["lower-is-better"])
        return self.bare.endswith(harm) or stem.endswith(harm)

    def _ends_better(self) -> bool:
        """Whether it ends so: 食品抽检合格率; not 服务器使用率, not what is done wrongly, 逾期完成率."""
        if not self.ends("higher-is-better"):
            return False
        if self.contains("restrained-words") and not self.ends("outcome-rates"):
            return False
        return not self._manner

    def _lessens_harm(self) -> bool:
        """Whether it tells by how much there is less of what there should be little of: 死亡人数下降率."""
        if not self.ends("lessening-endings"):
            return False
        stem = self._without("lessening-endings").removesuffix("同比")
        return any(self._ends_in_ill(stem.removesuffix(end)) for end in ("", *self.lexicon["incidence-endings"]))

    def _grows_better(self) -> bool:
        """Whether it tells by how much there is more of what there should be much of: 旅游收入增长率."""
        if not self.ends("growth-endings") or self.contains("restrained-growth"):
            return False
        stem = self._without("growth-endings")
        stem = stem[: eaten_back(stem, self.lexicon["compared-with"])]
        return self.lexicon.ending(stem, "growing-goods") != ""

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

    def _denies_what_is_better(self) -> bool:
        if not self.contains("denials"):
            return False
        endings = self.lexicon.endings(self.bare, "higher-is-better")
        return any(self.bare.removesuffix(word).endswith(self.lexicon["denials"]) for word in endings)

    def _counts_ills(self) -> bool:
        """Whether it tells how often happens what should not: 事故起数, 冒领低保金人数, 坑槽发生率; not 无事故天数."""
        name, lexicon = self.bare, self.lexicon
        misdeed = lexicon.opening(name, "misdeed-openings")
        if misdeed:
            pursued = misdeed.startswith(lexicon["unlawful-openings"]) and lexicon.within(name, "pursued-nouns")
            if not pursued:
                return True
        stem, absent = _OCCURRENCE.sub("", name), lexicon["absence-words"]
        if stem != name and not (stem.endswith(absent) or lexicon.ending(stem, "lower-is-better")):
            return not stem.startswith(absent)  # what is told by how often it occurs is an ill; not 零事件发生率
        stems = map(name.removesuffix, lexicon.endings(name, "incidence-endings"))
        of_ills = (before for before in map(self._before_ill, stems) if before is not None)
        nearest = next(of_ills, None)  # what is behind the longest ending: of 无差错天数 not 错天
        return nearest is not None and not self._is_absent(nearest)

    def _ends_in_ill(self, text: str) -> bool:
        """Whether ``text`` ends in what there should be little of; not 安全生产无事故."""
        before = self._before_ill(text)
        return before is not None and not self._is_absent(before)

    def _before_ill(self, text: str) -> str | None:
        """What stands before the longest ill that ``text`` ends in: 食堂 of 食堂安全事故; None where in none."""
        ill = self.lexicon.ending(text, "lower-is-better")
        return text.removesuffix(ill) if ill else self._before_mistake(text)

    def _before_mistake(self, text: str) -> str | None:
        """What stands before the mistake that ``text`` ends in: 工资 of 工资错发, 电梯 of 电梯未检; else None."""
        undone = self.lexicon.ending(text, "undone-words")
        if undone:
            return text.removesuffix(undone)
        mistake = _MISTAKEN.search(text)
        return text[: mistake.start()] if mistake is not None else None

    def _is_absent(self, before: str) -> bool:
        """Whether there shall be none of an ill, by what stands ``before`` it: 无重大, 未发生较大及以上; not 消防."""
        lexicon = self.lexicon
        if lexicon.within(before, "absence-phrases"):
            return True
        before = before[: eaten_back(before, lexicon["ill-qualifiers"])]
        return before.endswith(lexicon["absence-words"]) and not before.endswith(lexicon["absence-exceptions"])

    def _tells_of_handling(self) -> bool:
        """Whether it does so by a word that is more than the use of a thing: not 监测设备故障率."""
        if not self.bare.endswith("率"):
            return True  # 维修设备故障数 counts what was repaired
        name, tools = self.bare, self.lexicon["tool-nouns"]
        words = [word for word in self.lexicon["handling-words"] if word in name]
        is_mistake = self._before_mistake(self._without("incidence-endings")) is not None
        if is_mistake or name.endswith(self.lexicon["mistake-rates"]):  # 理赔差错率, of any service
            words = [word for word in words if word not in self.lexicon.sets["service-words"]]
        return any(not name.startswith(tools, name.rindex(word) + len(word)) for word in words)

    def _tells_of_none(self) -> bool:
        """Whether it tells how long nothing goes wrong: 平均无故障时间."""
        stem = self._waited_for
        return any(self._is_absent(stem.removesuffix(act)) for act in self.lexicon.endings(stem, "waiting-acts"))

    def _tells_a_wait(self) -> bool:
        """Whether it tells how long something takes that others wait for: 应急抢通平均时长; not 公示时间."""
        return self.lexicon.ending(self._waited_for, "waiting-acts") != ""

    @Lazy
    def _waited_for(self) -> str:
        """What a name says that takes the time that it measures: 应急抢通 of 应急抢通平均时长."""
        stem = self._without("wait-endings")
        return stem[: eaten_back(stem, self.lexicon["wait-qualifiers"])]

    def _without(self, words: str) -> str:
        """The bare name without the longest word of the list ``words`` that it ends in."""
        return self.bare.removesuffix(self.lexicon.ending(self.bare, words))
