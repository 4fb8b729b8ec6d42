"""What stands at the end of a name that it does not need: a unit, a noun of counting, 指标."""

from __future__ import annotations

import re
import unicodedata

from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.name import Name
from goalcheck.files.regexes import regex
from goalcheck.sheet import Indicator
from goalcheck.vocabulary import PERCENTS

_BRACKET_TAIL = regex(r"\s*[(\uff08]\s*([^()\uff08\uff09]{1,12}?)\s*[)\uff09]\Z")
_LONGEST_TAIL = 24
_UNIT_LABEL = regex(r"单位\s*:\s*")
_PERCENT_TAIL = regex(r"(?<!\d)[%\uff05]\Z")
_DIGITS = "0123456789"
_LONGEST_CLASS = 16  # with a number and a unit behind it


def is_class_name(facts: IndicatorFacts) -> bool:
    """Whether the name is but a class: 数量指标, 社会成本指标1, 社会效益.

    Not: one of satisfaction, which says whose; 经济成本 with an amount of money, which says what it costs.
    """
    if not is_called_by_class(facts.name, facts.taxonomy):
        return False
    return not (facts.name.text.endswith("成本") and any("元" in value.form.unit for _, value in facts.figures))


def is_called_by_class(name: Name, taxonomy: Taxonomy) -> bool:
    """Whether a name by itself is but a class."""
    text = name.text
    if not text or len(text) > _LONGEST_CLASS:
        return False
    bare = text.rstrip(_DIGITS).removesuffix("指标") if text[-1] in _DIGITS else name.bare
    if taxonomy.by_label(bare) is not None:
        return "满意" not in bare
    return bare in name.lexicon.sets["class-names"]


def tail_of(indicator: Indicator, context: Context) -> tuple[int, str]:
    """Where the name has said what it has to say, and what of the rest should stay, without its brackets.

    A noun of counting (次数) stays if the name has none yet; a bare unit goes, as it stands with the value.
    """
    lexicon, text = context.lexicon, indicator.name.text
    end = len(text)
    if text.endswith((")", "\uff09")):
        match = _BRACKET_TAIL.search(text, max(0, end - _LONGEST_TAIL))
        inner = _bracketed(match) if match else ""
        if match and _is_unit(inner, indicator, context):
            end = match.start()
            if "/" not in inner and not text.endswith(lexicon["measure-endings"], 0, end):
                nouns = [noun for noun in (inner, f"{inner}数") if noun.endswith(lexicon["counted-nouns"])]
                if nouns:
                    return end, nouns[0]
    elif text.endswith(PERCENTS) and _PERCENT_TAIL.search(text):
        end = len(text[:-1].rstrip())
    words = lexicon["indicator-words"]
    if text.endswith(words, 0, end) and not text.endswith(lexicon["indicator-exceptions"], 0, end):
        word = next(word for word in words if text.endswith(word, 0, end))
        end = len(text[: end - len(word)].rstrip())
    return end, ""


def _is_unit(text: str, indicator: Indicator, context: Context) -> bool:
    """Whether ``text`` is a unit or a noun of counting: one of the lists, or the very unit of a value."""
    units = (*context.lexicon["name-units"], *context.lexicon["counted-nouns"])
    said = text.partition("/")[0].strip()
    return (
        said in units
        or said.removeprefix("万") in units
        or any(text == value.form.unit for _, value in indicator.values)
    )


def unit_of(tail: str) -> str:
    """The unit, or noun of counting, in what a name does not need; empty where there is none."""
    match = _BRACKET_TAIL.search(tail)
    if match is not None:
        return _bracketed(match)
    return "%" if _PERCENT_TAIL.search(tail) else ""


def _bracketed(match: re.Match[str]) -> str:
    return _UNIT_LABEL.sub("", unicodedata.normalize("NFKC", match[1]))
