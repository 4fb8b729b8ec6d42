"""Figures that stand without a unit where they need one."""

from __future__ import annotations

from string import ascii_letters

from goalcheck.checks.facts.indicator import IndicatorFacts, Pair, facts_of
from goalcheck.checks.facts.text import ROUND_FIGURES
from goalcheck.files.regexes import regex

_YEAR = regex(r"19\d\d|20(?!00)\d\d")


def figures_without_unit(facts: IndicatorFacts) -> list[Pair]:
    """Those of an indicator that miss one; none where it is not the first of its name that does.

    Nothing is missed by 0, by a year, nor where the name gives the unit, is that of an index, or says of how many the
    figure is, 万台特种设备死亡率.
    """
    bare = _bare(facts)
    if not bare or facts.conflict or facts.name.gives_unit or facts.ends("unitless-endings"):
        return []
    names = (
        facts.name.bare.rstrip(ascii_letters),
        facts.name.text.rstrip(")\uff09"),
    )  # 横向力系数SFC, 关注度(百度指数)
    if any(facts.context.ends(name, "unitless-endings") for name in names):
        return []
    if facts.contains("scale-words") and facts.ends("scaled-rates"):
        return []
    if any(_YEAR.fullmatch(value.text) for _, value in bare):
        return []
    each = (facts_of(entry, facts.context) for entry in facts.of_its_name)
    return bare if next(one for one in each if _bare(one)).indicator is facts.indicator else []


def _bare(facts: IndicatorFacts) -> list[Pair]:
    """Those with no unit: 1.2万 too, but of 销售额 2.6亿 and 播放量 100万 everybody knows what they count."""
    told = facts.name.has_ending("round-measures")
    units = ("",) if told else ("", *ROUND_FIGURES)
    return [pair for pair in facts.figures if pair[1].form.unit in units and any(pair[1].form.numbers)]
