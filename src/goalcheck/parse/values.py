"""Reads a value as its :class:`~goalcheck.sheet.Form`, and an amount as a Decimal.

The shape comes from ``value.lark``; here its figures are read and those that contradict the shape are found: a range
upside down, a day that no calendar has, a blank that makes one figure two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

import attrs

from goalcheck.blanks import STRAY_GAP, clean
from goalcheck.files.regexes import regex
from goalcheck.parse.grammars import read
from goalcheck.parse.machine import Branch, Lexeme
from goalcheck.value_form import Form
from goalcheck.vocabulary import fold_glyphs, vocabulary

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACE = {"十": 10, "百": 100, "千": 1000}
_WORDS = frozenset(("WORDED", "BOUND"))
_SCALES = frozenset("百千万亿")
_NUMBERS = frozenset(("NUMBER", "HAN_NUMBER", "HAN_PERCENT"))
_FIGURES = frozenset(("NUMBER", "RATIO"))
_GAP = regex(r"\d\s+\d")
_DATE_WITH_GAP = regex(r"[年月\d]*\d\s+\d[年月日号\d\s]*(?:前|之前|以前|底)?")
_UNITS = frozenset(("UNIT", "PERCENT", "COUNTER"))
_INCLUDED = regex(r"[(\uff08]含[)\uff09]")
_COUNTS = regex(r"[\d\u2160-\u217f]|[一二两三四五六七八九十百千万]")
_UNIT_TWICE = regex(r"\d[\d.,\uff0c]*\s?(?:([^\d%\s]{1,6})%|%([^\d%\s]{1,6}))")
_MIXED = regex(r"(?:[一二三四五六七八九十]{1,4}\d[\d.]{0,8}|\d[\d.]{0,8}一\d[\d.]{0,8})(\D{1,6})")
"""Two ways of writing figures in one, ``十2台``; or the figure one for a dash, ``5一6个``."""
_PERCENT_BOTH = regex(r"[百千万]分之[\d.]+\s?[%‰]")
_PARTS_OF_FIGURE = frozenset("十百千万亿分之个")
"""What stands before a percent sign where nothing belongs: ``100百%``, ``95百分%``."""
_DATE_NUMBERS = regex(r"\d+")
_LONGEST_AMOUNT = 18  # digits and point: what the sums of a sheet can carry exactly
_LONGEST_CELL = 64
_AMOUNT = regex(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)")
_PLAIN_AMOUNT = regex(r"\d+\.\d+", re.ASCII)
_NO_AMOUNT = (Decimal(0), True, 0)
_HAN = regex(r"[\u4e00-\u9fff]")
_POWERS = regex(r"[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089]")
"""A note behind an amount, or a power: 24.91\u00b2 is not 24.912."""
_DASHES = str.maketrans("\u2212\u2013\u2014", "---")

_SHORT = 40  # values longer than this are sentences, and seldom come twice

_YEARS = 1949, 2099

BLANK = Form("blank")
"""The form of an empty value."""


def read_value(text: str) -> Form:
    """What ``text`` is; never raises, whatever the text. A short value that was read before is not read again."""
    return _read_short(text) if len(text) <= _SHORT else _read(text)


def _read(text: str) -> Form:
    if not text.strip():
        return BLANK
    tree = read("value", STRAY_GAP.sub("", fold_glyphs(text))).children[0]
    assert isinstance(tree, Branch)
    rule = tree.data
    tokens = [t for t in tree.children if isinstance(t, Lexeme)]
    if rule in ("blank", "residue"):
        return Form(rule)
    if rule in ("words", "symbols") and (fault := _fault_of_words(text)):
        return Form("malformed", fault=fault)
    if rule == "words":
        return Form(rule)
    if rule in _READERS:
        if any(_GAP.search(token) for token in tokens if token.type in _FIGURES):
            return Form("malformed", fault="gap")
        if rule == "date" and any(_DATE_WITH_GAP.fullmatch(token) for token in tokens if token.type == "TAIL"):
            return Form("malformed", fault="gap")
        return _READERS[rule](tokens)
    return Form("malformed", fault=rule)


def _fault_of_words(text: str) -> str:
    """What is wrong with a text that is no figure, though it has the sign of one: ``≤预算数``, ``95%人``, 应保尽保%."""
    if _is_figure_with_gap(text):
        return "gap"
    said = fold_glyphs(text).strip()
    sign = vocabulary().leading_sign.match(said)
    rest = said[sign.end() :] if sign is not None else said
    if "/" in rest and all(unit in vocabulary().known_units for unit in rest.split("/")):
        return "no_number"
    if sign is not None and rest.startswith(tuple(vocabulary().sign_before)) and _COUNTS.search(rest):
        return "double_comparator"
    if _PERCENT_BOTH.fullmatch(rest) is not None:
        return "double_percent"
    if (mixed := _MIXED.fullmatch(rest)) is not None and mixed[1] in {"%", *vocabulary().known_units}:
        return "mixed_numerals"
    if "%" in rest and (two := _UNIT_TWICE.fullmatch(rest)) is not None:
        beside = two[1] or two[2]
        parts = beside.lstrip("十百千万亿").split("/")
        return "two_units" if vocabulary().known_units.issuperset(parts) or _PARTS_OF_FIGURE.issuperset(beside) else ""
    if rest.endswith("%") and not _COUNTS.search(rest):
        return "stray_percent"
    return "sign_of_words" if sign is not None and not _COUNTS.search(rest) and not vocabulary().is_rank(rest) else ""


def _is_figure_with_gap(text: str) -> bool:
    """Whether what reads as words is a figure or a date, once the blanks between its digits are gone."""
    if len(text) > _SHORT or _GAP.search(text) is None:
        return False
    tree = read("value", "".join(fold_glyphs(text).split())).children[0]
    return isinstance(tree, Branch) and tree.data in _READERS


_read_short = lru_cache(maxsize=8192)(_read)


def _date(tokens: list[Lexeme]) -> Form:
    moments = [t for t in tokens if t.type in ("MOMENT", "CLOCK")]
    wrong = next((moment for moment in moments if not _exists(moment)), None)
    if wrong is None:
        return Form("date")
    return Form("malformed", fault="impossible_time" if wrong.type == "CLOCK" else "impossible_date")


def _exists(moment: Lexeme) -> bool:
    figures = _DATE_NUMBERS.findall(moment)
    numbers = [int(figure) for figure in figures]
    if moment.type == "CLOCK":
        return (numbers[0] < 24 and max(numbers[1:]) < 60) or numbers == [24, 0]
    from calendar import monthrange  # few sheets have a date

    year = numbers.pop(0) if len(figures[0]) == 4 else 2000
    month, day = (*numbers, 1, 1)[:2]
    return 1 <= month <= 12 and 1 <= day <= monthrange(max(year, 1), month)[1]


def _ratio(tokens: list[Lexeme]) -> Form:
    ratio = next(t for t in tokens if t.type == "RATIO")
    numbers = tuple(_number(n) for n in re.split(r"[:\uff1a\u2236/\uff0f]", ratio))
    comparator, worded = _comparator(tokens)
    return Form("ratio", numbers, comparator=comparator, worded=worded)


def _quantity(tokens: list[Lexeme]) -> Form:
    if _is_signed_twice(tokens):
        return Form("malformed", fault="double_comparator")
    figures = [token for token in tokens if token.type in _NUMBERS]
    if all(map(_SCALES.issuperset, figures)) and not any(token.type in _WORDS for token in tokens):
        return Form("malformed", fault="no_number")  # 万元 is a unit, and no ten thousand yuan
    numbers = tuple(_number(t) for t in figures)
    unit = "%" if any(t.type == "HAN_PERCENT" for t in tokens) else _unit(tokens)
    if _says_unit_twice(unit):
        return Form("malformed", fault="unit_again")
    comparator, worded = _comparator(tokens)
    if comparator and unit.startswith("年") and (worded or unit != "年") and _is_year(numbers[0]):
        return Form("words")  # 高于2023年水平 is more than what that year had, and not more than 2023
    return Form("quantity", numbers, unit, comparator, worded)


def _says_unit_twice(unit: str) -> bool:
    """Whether ``unit`` is one behind the end of itself, or behind its other name: 平方米米, 公里km; not 人次, 台套."""
    plain = unit.lstrip("百千万亿")
    known, same = vocabulary().known_units, vocabulary().same_units
    if len(plain) < 2 or plain in known or plain == "mm":
        return False
    one, slash, other = plain.partition("/")
    if slash and one == other and one in known:
        return one not in vocabulary().per_itself or plain != unit
    parts = ((plain[:at], plain[at:]) for at in range(1, len(plain)))
    return any(
        (head in known and head.endswith(tail) and (tail in known or tail == head)) or tail in same.get(head, ())
        for head, tail in parts
    )


def _is_year(number: Decimal) -> bool:
    first, last = _YEARS
    return first <= number <= last and number == number.to_integral_value()


def _is_signed_twice(tokens: list[Lexeme]) -> bool:
    """Whether a sign stands before the figure, and a word that means one behind it, or that it is not exact.

    So are ``≥95%以上``, ``≥95%左右``.
    """
    if not any(token.type == "SIGN" for token in tokens):
        return False
    return any(token.type == "BOUND" for token in tokens)


def _range(tokens: list[Lexeme]) -> Form:
    form = _quantity(tokens)
    if form.kind != "quantity":
        return form
    low, high = form.numbers
    units = [t for t in tokens if t.type in _UNITS]
    if low > high and (len(units) < 2 or _fold(units[0]) == _fold(units[1])):
        return Form("malformed", fault="upside_down")
    return attrs.evolve(form, kind="range")


_READERS: dict[str, Callable[[list[Lexeme]], Form]] = {
    "date": _date,
    "ratio": _ratio,
    "quantity": _quantity,
    "range": _range,
}


def _unit(tokens: list[Lexeme]) -> str:
    """The last unit that is written: in a range the first may be left out."""
    units = [t for t in tokens if t.type in _UNITS]
    return clean(_fold(units[-1])) if units else ""


def _comparator(tokens: list[Lexeme]) -> tuple[str, bool]:
    """The comparator, and whether it is written in words. A sign decides before a word, that before what is behind."""
    found = {token.type: str(token) for token in reversed(tokens)}
    if "SIGN" in found:
        return found["SIGN"], False
    behind = found.get("BOUND", "")
    if "WORDED" in found and not (behind and found["WORDED"] in vocabulary().yielding):
        return vocabulary().sign_before[found["WORDED"]], True
    sign = vocabulary().sign_behind[_INCLUDED.sub("", behind)] if behind else ""
    return sign, bool(sign)


def _fold(text: str) -> str:
    """Full-width letters, digits and signs as their half-width forms; a plain string, for tokens compare slowly."""
    return str(unicodedata.normalize("NFKC", text))


def _number(token: str) -> Decimal:
    text = (
        clean(_fold(token))
        .removeprefix("百分之")
        .replace(",", "")
        .translate(_DASHES)
        .lstrip("+\u00b1")
        .replace(" ", "")
    )
    return Decimal(text) if text.lstrip("-")[:1].isdigit() else Decimal(_han_number(text))


def _han_number(text: str) -> int:
    """The number that Chinese numerals write: 一百二十 is 120, 三万五 is 35000, 二〇二四 is 2024."""
    total = section = digit = 0
    last = 1
    for char in text:
        if char in _DIGIT:
            digit = digit * 10 + _DIGIT[char] if digit else _DIGIT[char]
        elif char in _PLACE:
            section += (digit or 1) * _PLACE[char]
            digit, last = 0, _PLACE[char]
        else:
            scale = 10_000 if char == "万" else 100_000_000
            total = (total + section + digit) * scale or scale
            section = digit = 0
            last = scale
    if digit and last >= 100 and "零" not in text and "〇" not in text:
        digit *= last // 10
    return total + section + digit


def read_amount(text: str) -> tuple[Decimal | None, bool, int]:
    """The value of an amount cell (None: no number), whether it is blank, and its number of decimals.

    Blanks inside are forgiven, as OCR writes ``3, 986. 34``; so are full-width forms and a sign of currency.
    """
    if not text:
        return _NO_AMOUNT
    if len(text) > _LONGEST_CELL:
        return None, False, 0
    plain = "".join(text.split())
    if len(plain) <= _LONGEST_AMOUNT and _PLAIN_AMOUNT.fullmatch(plain):
        return Decimal(plain), False, len(plain) - plain.index(".") - 1
    if not text.strip(vocabulary().dashes):
        return _NO_AMOUNT
    if _HAN.search(text) or _POWERS.search(text):  # which no folding takes out, or wrongly makes digits
        return None, False, 0
    folded = (plain if text.isascii() else "".join(_fold(text).translate(_DASHES).split())).lstrip("\u00a5")
    number = folded.replace(",", "")
    if len(number) > _LONGEST_AMOUNT or not _AMOUNT.fullmatch(folded):
        return None, False, 0
    if number.startswith("("):
        number = f"-{number[1:-1]}"
    return Decimal(number), False, len(number.partition(".")[2])
