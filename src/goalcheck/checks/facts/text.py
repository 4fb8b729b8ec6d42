"""Words and figures within a text, as the checks of wording look for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from goalcheck.files.regexes import regex
from goalcheck.sheet import Project, Text, Unparsed, Value

Words = tuple[str, ...]

_NUMBER = r"\d(?:,?\d){0,14}(?:\.\d{1,6})?"
_FIGURE = regex(_NUMBER)
_ANY_FIGURE = regex(r"\d|一(?!时间|步|般|直|定程度)|[二两三四五六七八九十百千万]")
_MOST_DIGITS = 15
# Figures in quotation marks and titles are names (“4个意识”); those behind 第, 前, a sign or a letter are no amounts.
_STANDS_FREE = r"(?<!\d,)(?<![\d.A-Za-z第前~+\u00d7*/\u201c\"'《〈\[〔-])"
_CLAUSE_ENDS = regex("[,;。、:\uff0c\uff1b\uff1a]")
_IN_WORDS = regex(r"百分之\s?(?:[〇零一二两三四五六七八九十百]+|\d+(?:\.\d+)?)|[〇零一二两三四五六七八九十百千万亿]+")
HAN_FIGURES = frozenset("〇零一二两三四五六七八九十百千万亿")
ROUND_FIGURES = frozenset("百千万亿")
_TENTHS = regex(r"(\s*+(?:[≥>≤<]\s*+)?)([一二两三四五六七八九])成([一二三四五六七八九半]?)(?=以|左右|\Z)")
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 5, "": 0}


def eaten(text: str, words: Words) -> int:
    """Where ``text`` goes on behind the words of ``words`` that it begins with."""
    at = 0
    while text.startswith(words, at):
        known, lengths = _by_length(words)
        at += next(len(said) for length in lengths if (said := text[at : at + length]) in known)
    return at


def eaten_back(text: str, words: Words) -> int:
    """Where ``text`` stops before the words of ``words`` that it ends in."""
    end = len(text)
    while text.endswith(words, 0, end):
        known, lengths = _by_length(words)
        end -= next(len(said) for length in lengths if (said := text[max(end - length, 0) : end]) in known)
    return end


@lru_cache(maxsize=32)
def _by_length(words: Words) -> tuple[frozenset[str], tuple[int, ...]]:
    """``words``, and how long they are, the longest first."""
    return frozenset(words), tuple(sorted(set(map(len, words)), reverse=True))


def bare(text: str, words: Words) -> str:
    """``text`` without the words of ``words`` at both its ends; empty where it is made of them."""
    return text[eaten(text, words) : eaten_back(text, words)]


def offset(text: Text, at: int) -> int:
    """Where the character ``at`` of ``text.clean`` stands in the sheet."""
    clean, seen = text.clean, 0
    for i, char in enumerate(text.text):
        if char == clean[seen] or (char.isspace() and clean[seen] == " "):
            if seen == at:
                return text.start + i
            seen += 1
    return text.end


def telling(name: str, general: re.Pattern[str]) -> frozenset[str]:
    """The Han characters by which ``name`` may be known: those outside of what is ``general``."""
    return frozenset(char for char in general.sub("", name) if "\u3400" <= char <= "\u9fff")


def unmeasured(text: str, project: Project, units: Words, each: Words, customary: Words) -> Iterator[tuple[int, int]]:
    """The figures with a unit in ``text`` that neither name nor value of an indicator of ``project`` takes up.

    Not those of a clause with a word of ``each``: 每月2次 may be taken up as 24次. Nor what is ``customary``: 24小时.
    """
    if _FIGURE.search(text) is None:
        return
    taken: frozenset[Decimal] | None = None
    for match in _with_unit(units).finditer(text):
        before = _clause_before(text, match.start())
        if match[0].startswith(customary) or any(word in before for word in each):
            continue
        if taken is None:
            taken = _taken_up(project)
        number = _decimal(match[1])
        if number not in taken and not (match[2] and number * 10_000 in taken):
            yield match.span()


def _clause_before(text: str, end: int) -> str:
    """The clause in front of ``end``, as far as it may tell."""
    return _CLAUSE_ENDS.split(text[max(0, end - 16) : end])[-1]


def _taken_up(project: Project) -> frozenset[Decimal]:
    """The figures of the names and values of ``project``, and of what could not be read.

    Of a name with a value a place, their sum is one as well.
    """
    taken: set[Decimal] = set()
    places: dict[int, Decimal] = {}
    for entry in project.entries:
        if isinstance(entry, Unparsed):
            taken |= _figures(entry.text)
            continue
        taken |= _figures(entry.name.text)
        for field, value in entry.values:
            numbers = _figures(value.text) | {n for n in value.form.numbers if n.adjusted() < _MOST_DIGITS}
            taken |= numbers
            is_sum = field == "annual_value" and value.form.kind == "quantity"
            if is_sum and value.form.numbers[0].adjusted() < _MOST_DIGITS:
                places[entry.name.start] = places.get(entry.name.start, Decimal(0)) + value.form.numbers[0]
            if value.form.unit.startswith("万"):
                taken |= {number * 10_000 for number in numbers}
    return frozenset((*taken, *places.values()))


def _figures(text: str) -> set[Decimal]:
    return set(map(_decimal, _FIGURE.findall(text)))


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


@lru_cache(maxsize=16)
def _with_unit(units: Words) -> re.Pattern[str]:
    return re.compile(rf"{_STANDS_FREE}({_NUMBER})(?!\d)\s?(万?)(?:{any_of(units).pattern})")


@lru_cache(maxsize=16)
def any_of(words: Words) -> re.Pattern[str]:
    """A pattern of ``words``, the longest first; of none, one that fits nothing."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)")


def has_figure(text: str) -> bool:
    """Whether ``text`` holds a figure, in digits or in words."""
    return _ANY_FIGURE.search(text) is not None


def in_digits(value: Value, ordinals: Words) -> str | None:
    """``value`` with its figure in digits; None where it has them, or no figure.

    ``ordinals`` are units behind which a figure counts nothing: 三季度 is the third. Nought is said in words by custom.
    """
    if HAN_FIGURES.isdisjoint(value.text):
        return None
    text, form = value.clean, value.form
    if form.kind == "words" and (tenths := _TENTHS.match(text)):
        percent = _DIGITS[tenths[2]] * 10 + _DIGITS[tenths[3]]
        return f"{tenths[1]}{percent}%{text[tenths.end() :]}"
    if form.kind != "quantity" or not form.numbers[0] or form.unit in ordinals:
        return None
    match = _IN_WORDS.search(text)
    if match is None or ROUND_FIGURES.issuperset(match[0]):
        return None
    sign = "%" if match[0].startswith("百") and form.unit == "%" else ""
    if not sign and _FIGURE.search(text):
        return None
    return f"{text[: match.start()]}{form.numbers[0]:f}{sign}{text[match.end() :]}"
