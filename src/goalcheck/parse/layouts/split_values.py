"""Values outside packed cells: sign, figure and unit in places of their own, or percent as a word."""

from __future__ import annotations

import attrs

from goalcheck.files.regexes import regex
from goalcheck.parse.values import BLANK, read_value
from goalcheck.sheet import Text, Value
from goalcheck.value_form import Form
from goalcheck.vocabulary import fold_glyphs, vocabulary

_FIGURE = regex(r"\d")
_HAN_FIGURE = regex("[〇零一二两三四五六七八九十百千万]+")
_BEHIND_FIGURE = regex(r"(?<=\d)(?=\D*\Z)")
_PERCENT_WORD = regex(r"(?<=\d)\s*百分[比数]$")
_PERCENT_WORDS = frozenset(("百分比", "百分数"))
_NONE = "无"
_SCALES = ("百", "千", "万", "十万", "百万", "千万", "亿")
_UNIT = regex(r"[/\uff0f]?[^\s/\uff0f\u00b7-]+(?:[/\uff0f\u00b7][^\s/\uff0f\u00b7]+)*")
_ONE_PER = regex(r"1(?=[/\uff0f])")  # 1/10万 behind 9 is 9/10万, and not 91/10万
_TWO_SIGNS, _TWO_UNITS = Form("malformed", fault="double_comparator"), Form("malformed", fault="two_units")
_FIGURES = ("quantity", "range")
_BOUNDS = ("以上", "以下")
"""Behind a figure they say what the sign in the column of signs says; 5日内 is how a time limit is told."""
_UNIT_ENDS = "%\uff05"


def value_of_one(figure: Text) -> Value:
    """The value in one cell, in which percent may be a word."""
    percent = _PERCENT_WORD.search(figure.text)
    whole = f"{figure.text[: percent.start()]}%" if percent is not None else ""
    form = read_value(whole or figure.text) if figure.text else BLANK
    return Value(figure.start, figure.end, figure.text, form, None, None, whole)


def value_of(sign: Text | None, figure: Text, measure: Text | None) -> Value:
    """The value whose sign, figure and unit stand apart; each is empty where nothing stands, None without a place."""
    said = sign.clean if sign is not None else ""
    if not figure.text:
        return Value(figure.start, figure.start, "", BLANK, sign, measure, said if said in vocabulary().worded else "")
    form, whole = _read(said, figure.clean, measure.clean if measure is not None else "")
    if form.kind == BLANK.kind and said in vocabulary().worded and whole == _NONE:
        form = attrs.evolve(form, kind="words")  # 负面影响: 定性, 无
    return Value(figure.start, figure.end, figure.text, form, sign, measure, whole)


def _read(sign: str, figure: str, measure: str) -> tuple[Form, str]:
    """A value in one text: what the figure's own cell says of sign and unit is not said twice, but not against it."""
    own = read_value(figure)
    if not (_FIGURE.search(figure) or _HAN_FIGURE.fullmatch(figure)):
        return own, figure
    mark = sign_of(sign)
    if mark and own.comparator:
        if _meaning(mark) != own.comparator or figure.rstrip(_UNIT_ENDS).endswith(_BOUNDS):
            return _TWO_SIGNS, f"{mark}{figure}"
        mark = ""
    told = "" if mark == "=" or _meaning(mark) == "=" else mark
    measure = _ONE_PER.sub("", measure, count=1)
    unit = "%" if measure in _PERCENT_WORDS else measure if _UNIT.fullmatch(measure) else ""
    if unit and own.unit and own.kind in _FIGURES and own.unit not in _SCALES:
        if not _agree(own.unit, unit):
            return _TWO_UNITS, f"{told}{figure}{unit}"
        unit = ""
    whole = f"{told}{_with_unit(figure, unit, own)}"
    return read_value(whole), whole


def _with_unit(figure: str, unit: str, own: Form) -> str:
    """``figure`` with the unit behind its digits; as it is, where it is a date or words."""
    if not unit or own.kind in ("date", "ratio"):
        return figure
    if own.kind in _FIGURES and not own.unit and _FIGURE.search(figure):
        return _BEHIND_FIGURE.sub(lambda _: unit, figure, count=1)
    is_word = own.kind == "words" and not figure[-1].isdigit() and not _HAN_FIGURE.fullmatch(figure)
    return figure if is_word else f"{figure}{unit}"


def _agree(own: str, unit: str) -> bool:
    """Whether a figure's own unit and that of its column are one: 人次 and 次, 次 and 次/年."""
    unit = "%" if unit == "\uff05" else unit
    return own.endswith(unit) or own.startswith(unit) or unit.startswith(own)


def _meaning(mark: str) -> str:
    return vocabulary().sign_before.get(mark, mark)


def sign_of(text: str) -> str:
    """What the cell of a sign says: a word for one, or its signs in their standard glyphs; empty where it has none."""
    said = fold_glyphs(text)
    if said in vocabulary().sign_before:
        return said
    return "".join(char for char in said if char in vocabulary().signs)
