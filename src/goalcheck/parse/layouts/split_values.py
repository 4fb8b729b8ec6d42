"""Values outside packed cells: sign, figure and unit in places of their own, or percent as a word."""

from __future__ import annotations

import re

import attrs

from goalcheck.parse.values import BLANK, read_value
from goalcheck.sheet import Text, Value
from goalcheck.vocabulary import fold_glyphs, vocabulary

_FIGURE = re.compile(r"\d")
_PERCENT_WORD = re.compile(r"(?<=\d)\s*百分[比数]$")
_PERCENT_WORDS = frozenset(("百分比", "百分数"))
_NONE = "无"
_WORDED = "定性"  # a nature that is all that some values say


def value_of_one(figure: Text) -> Value:
    """The value in one cell, in which percent may be a word."""
    percent = _PERCENT_WORD.search(figure.text)
    whole = f"{figure.text[: percent.start()]}%" if percent is not None else ""
    form = read_value(whole or figure.text) if figure.text else BLANK
    return Value(figure.start, figure.end, figure.text, form, (), whole)


def value_of(sign: Text, figure: Text, measure: Text) -> Value:
    """The value whose sign, figure and unit stand apart; each an empty span where there is none."""
    parts = tuple(part for part in (sign, figure, measure) if part.text)
    if not figure.text and sign.clean != _WORDED:
        return Value(figure.start, figure.start, "", BLANK, parts)
    whole = _whole(sign.clean, figure.clean, measure.clean)
    told = figure if figure.text else sign
    form = read_value(whole)
    if form.kind == BLANK.kind and sign.clean == _WORDED and figure.clean == _NONE:
        form = attrs.evolve(form, kind="words")  # 负面影响: 定性, 无
    return Value(told.start, told.end, told.text, form, parts, whole)


def _whole(sign: str, figure: str, measure: str) -> str:
    """A value as one text: what the figure's own cell says of sign and unit is not said twice."""
    if not figure:
        return sign
    if not _FIGURE.search(figure):
        return figure
    mark = "" if _sign(figure[:1]) else _sign(sign)
    unit = "%" if measure in _PERCENT_WORDS else measure
    if unit and (figure.endswith(unit) or not figure[-1].isdigit()):
        unit = ""
    return f"{'' if mark == '=' else mark}{figure}{unit}"


def _sign(text: str) -> str:
    """The first sign in ``text``, in its standard glyph; empty where there is none."""
    return next((char for char in fold_glyphs(text) if char in vocabulary().signs), "")
