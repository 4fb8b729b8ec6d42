"""The sign that a comparator in words means: 不少于1场 is ≥1场, 90%以上 is ≥90%.

Which words mean which sign is data, to which a site may add: the lists ``signs-…``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.signs import is_shared
from goalcheck.files.regexes import regex
from goalcheck.finding import Edit
from goalcheck.sheet import Value
from goalcheck.vocabulary import vocabulary

_AMOUNT = regex(r"\d[\d,.]*\s*(\S*)")
_REACHED = ("达到", "达")
_WITHIN = "内"
_LONGEST_UNIT = 16


def signed(value: Value, facts: IndicatorFacts) -> str | None:
    """``value`` with a sign for its words; None where it has none. A word that only a site's list knows counts too."""
    form = value.form
    if form.kind == "quantity" and form.worded and form.comparator:
        if "\u00b1" in value.printed:
            return None  # ±3%以内 is a range, and not ≤±3%
        if value.measure is not None and vocabulary().sign_behind.keys() & _ends(value.measure.clean):
            return None  # the word stands in the cell of the unit, where no sign belongs
        if form.unit.endswith(facts.lexicon["grade-endings"]):
            return None
        core, word = _core(value.clean, facts.context)
        if value.clean == f"{core}{_WITHIN}" and form.unit in facts.lexicon.sets["deadline-units"]:
            return None  # 10日内 is how a time limit is told
        if core == value.clean:
            return None  # in words that no list has
        if form.unit == "%" and form.numbers[0] == 100 and word in _REACHED and not facts.name.may_exceed:
            return core
        return f"{form.comparator}{core}"
    if form.kind == "words":
        return _by_list(value.text, facts.context)
    return None


def _ends(text: str) -> set[str]:
    """Every ending of a short text."""
    return {text[at:] for at in range(len(text))} if len(text) <= _LONGEST_UNIT else set()


def signing(value: Value, text: str, facts: IndicatorFacts) -> Edit:
    """Writes ``text``, which is ``value`` with a sign for its words, where they stand: in its cell or the sign's."""
    cell, measure = value.sign, value.measure
    if value.form.kind == "words" or (cell is None and measure is None):
        return Edit(value.start, value.end, text)
    sign = value.form.comparator if text.startswith(value.form.comparator) else ""
    figure = _core(value.text, facts.context)[0]
    if figure != value.text or cell is None:
        beside = cell is not None and cell.text != ""
        return Edit(value.start, value.end, figure if beside else f"{sign}{figure}")
    equal = value.form.comparator if is_shared(value, facts.context) else "="
    return Edit(cell.start, cell.end, sign or equal)


def is_redundant(value: Value, facts: IndicatorFacts) -> bool:
    """Whether the sign of ``value`` says nothing: ``=``, and ``≥`` before 100 % where there is no more.

    Not: ``=`` in a table by rows, as systems that keep the sign by itself print it.
    """
    form = value.form
    if form.worded or form.kind != "quantity":
        return False
    full = form.comparator == "\u2265" and form.unit == "%" and form.numbers[0] == 100 and not facts.name.may_exceed
    return full or (form.comparator == "=" and facts.indicator.packed is not None)


def _core(text: str, context: Context) -> tuple[str, str]:
    """``text`` without the words of comparison at its beginning and end; the word at its beginning."""
    words = context.once(_words)
    word = next((word for word in words if text.startswith(word)), "")
    return _bounds(words).sub("", text[len(word) :]).strip(), word


def _by_list(text: str, context: Context) -> str | None:
    words = context.once(_words)
    if not text.startswith(words):
        return None
    word = next(word for word in words if text.startswith(word))
    amount = _AMOUNT.fullmatch(text[len(word) :].strip())
    lexicon = context.lexicon
    if amount is None or not (amount[1] == "%" or amount[1] in lexicon.sets["whole-units"]):
        return None
    return next((f"{sign}{amount[0]}" for name, sign in _lists().items() if word in lexicon[name]), None)


@cache
def _lists() -> Mapping[str, str]:
    """The signs, by the lists of words that mean them."""
    return {comparator.list: comparator.sign for comparator in vocabulary().comparators if comparator.list}


def _words(context: Context) -> tuple[str, ...]:
    """The words of all lists, the longest first: 大于等于 before 大于."""
    return tuple(sorted((word for name in _lists() for word in context.lexicon[name]), key=len, reverse=True))


@lru_cache(maxsize=16)
def _bounds(words: tuple[str, ...]) -> re.Pattern[str]:
    """What may stand behind a figure: ``(含)及以上``. In line breaks of OCR its characters lie apart."""
    either = "|".join(r"\s?".join(map(re.escape, word)) for word in words)
    return re.compile(rf"(?<!\s)\s*+(?:[(\uff08]含[)\uff09])?(?:及\s?)?(?:{either})\s*+$")
