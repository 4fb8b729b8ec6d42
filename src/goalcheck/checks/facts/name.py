"""What the name of an indicator tells by itself: whether it is a rate, which way is better, what it is counted in."""

from __future__ import annotations

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.checks.facts.better import BetterName
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.name_words import BRACKETED, Lazy
from goalcheck.files.regexes import regex

_PLACE = regex(r"(?<=[)\uff09])[(\uff08][^()\uff08\uff09]{1,12}[)\uff09]$")  # behind another one
_OF_ONE = regex(r"每|[人户亩次车站均]均|平均|单[位价次人台套件项]")


class Name(BetterName):
    """All that a name tells by itself."""

    @Lazy
    def gives_unit(self) -> bool:
        """Whether the name gives the unit in brackets: 活动(次数), 面积(平方米)."""
        found = BRACKETED.search(_PLACE.sub("", self.text)) or BRACKETED.search(self.text)
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
        noun, units = self.lexicon.ending(self.bare, "counted-nouns"), self.lexicon.sets["whole-units"]
        return next((unit for unit in (noun.removesuffix("数"), noun, noun[:-1]) if unit in units), "")

    @Lazy
    def likely_unit(self) -> str:
        """By what the things that it names are mostly counted: 所 of 新建学校数量, 元 of 补助标准; empty of others.

        What one of them costs, 每页数字化成本, may be in 元 or in 万元.
        """
        things = self.bare
        for tail in self.lexicon["count-tails"]:
            things = things.removesuffix(tail)
        units = self.lexicon.units_of_nouns
        likely = next((units[things[at:]] for at in range(len(things)) if things[at:] in units), "")
        return "" if likely == "万元" and _OF_ONE.search(self.bare) else likely


class Names(dict[str, Name]):
    """The names of a sheet by their text, each worked out once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._lexicon: Lexicon = context.lexicon

    def __missing__(self, text: str) -> Name:
        made = self[text] = Name(text, self._lexicon)
        return made
