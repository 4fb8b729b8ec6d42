"""What to write where a value is missing or malformed, as far as its text and the other value tell."""

from __future__ import annotations

import unicodedata

from goalcheck.files.regexes import regex
from goalcheck.finding import Edit, Figure, Fix, Found, Term
from goalcheck.sheet import Indicator, Project, Text, Value
from goalcheck.source import Span
from goalcheck.vocabulary import fold_glyphs, vocabulary

_LABELS = {"cycle_value": "实施周期指标值:", "annual_value": "年度指标值:"}
_PERCENT_TWICE = regex(r"([%\uff05])\s*\1+")
_LOOKS_LIKE_DIGIT = str.maketrans("OoIl|", "00111")
_LETTER_OF_PERCENTAGE = regex(r"(?<=\d)[SBZ](?=%)|(?<![A-Za-z])[SBZ](?=\d{1,2}%)")  # 8S%; not 15O MB
_DIGITS_OF_LETTERS = {"S": "5", "B": "8", "Z": "2"}
_NUMBER = regex(r"\d[\d,.]*")
_QUOTED = frozenset('"\t\r\n')  # what a cell can hold only between quotation marks
_BOUND = regex(r"(?:[(\uff08]含[)\uff09])?及?(?:以[上下内]|之?内)$")
_GAP = regex(r"(?<=\d)\s+(?=\d)")
_MISREAD_SIGN = regex(r"2((?:100|[6-9]\d)(?:\.\d{1,2})?\s?[%\uff05])")
"""A percentage as targets are, with a 2 before it: so text recognition reads the sign of ``\u226595%``."""


def missing(value: Value | None) -> bool:
    """Whether a value is not there, or is blank."""
    return value is None or value.form.kind == "blank"


def is_missed(indicator: Indicator, field: str) -> bool:
    """Whether a value is missing: not where a form by rows has no column for it, nor in a row that nobody used."""
    has_place = indicator.columns is None or field in indicator.columns.values
    value = indicator.cycle_value if field == "cycle_value" else indicator.annual_value
    return has_place and missing(value) and not vocabulary().is_left_open(indicator.name.clean)


def gap(entry: Indicator, field: str, value: Value | None, other: Value | None, unit: str) -> Found:
    """The place where ``field`` belongs. The other value may stand there too, if one year is the whole cycle.

    ``unit`` is what its figure is counted in; empty where neither a cell nor the name tells.
    """
    first = field == "cycle_value"
    at = value if value is not None else _behind(entry, other) if not first or other is None else _before(entry, other)
    alone = entry.columns is not None and len(entry.columns.values) == 1
    in_cell = Term("advice-unit", {"unit": unit}) if unit else Term("advice-cell")
    advice = Term("advice-add") if entry.columns is None else in_cell
    figures: dict[str, Figure] = {"name": entry.name.clean, "advice": advice}
    if first:
        figures["field"] = Term("cycle-value" if entry.columns is None else "whole-cycle-value")
    else:
        figures["field"] = Term("value" if alone else "annual-value")
    if value is not None and value.text == "无":
        figures["advice"] = Term("advice-none")
        return Found(at.start, at.end, field, figures)
    if other is None or other.form.kind in ("blank", "residue", "malformed") or not _can_be_copied(entry, value, other):
        return Found(at.start, at.end, field, figures)
    copied = other.text if entry.columns is not None else f"{_LABELS[field]}{other.text}"
    inserted = other.text if value is not None else f"{copied}; " if first else f"; {copied}"
    figures["advice"] = Term("advice-copy", {"text": copied})
    return Found(at.start, at.end, field, figures, fix=Fix((Edit(at.start, at.end, inserted),)))


def _can_be_copied(entry: Indicator, value: Value | None, other: Value) -> bool:
    """Whether ``other`` says the same in the place of ``value``: by rows, in a cell with the same sign and unit."""
    if entry.columns is None:
        return True
    if value is None or entry.columns.ended or not _QUOTED.isdisjoint(other.text):
        return False
    cells = ((one.sign, one.measure) for one in (value, other))
    here, there = ([cell.start for cell in pair if cell is not None] for pair in cells)
    return here == there


def _behind(entry: Indicator, other: Value | None) -> Span:
    end = other.end if other is not None else entry.name.end
    return Span(end, end)


def _before(entry: Indicator, other: Value) -> Span:
    label = entry.packed.annual_label if entry.packed is not None else None
    start = other.start if label is None else label.start
    return Span(start, start)


def cell_at_fault(value: Value) -> Text:
    """The cell in which a malformed value is wrong: that of the unit, or of the sign, where these contradict it."""
    fault, sign = value.form.fault, value.sign
    if fault == "two_units" and value.measure is not None:
        return value.measure
    doubled = sign is not None and vocabulary().repeated_sign.search(fold_glyphs(sign.text)) is not None
    return sign if sign is not None and fault == "double_comparator" and doubled else value


def mended(text: str, fault: str) -> str | None:
    """What ``text`` was most likely to say, where its fault tells."""
    if fault == "double_comparator":
        mended = vocabulary().repeated_sign.sub(r"\1", text)
        mended = _BOUND.sub("", mended) if mended == text else mended
        return mended if mended != text else None
    if fault == "stray_percent":
        return text.rstrip().rstrip("%\uff05").rstrip()
    if fault == "double_percent":
        mended = _PERCENT_TWICE.sub(r"\1", text)
        mended = mended if mended != text else text.replace("百分之", "")
        return mended if mended != text else None  # 万分之0.5% may be either
    if fault == "look_alike":
        plain = unicodedata.normalize("NFKC", text).translate(_LOOKS_LIKE_DIGIT)
        return _LETTER_OF_PERCENTAGE.sub(lambda letter: _DIGITS_OF_LETTERS[letter[0]], plain)
    if fault == "gap":
        return _GAP.sub("", text)
    if fault == "upside_down":
        numbers = list(_NUMBER.finditer(text))
        if len(numbers) == 2:
            low, high = numbers
            between = text[low.end() : high.start()]
            return f"{text[: low.start()]}{high[0]}{between}{low[0]}{text[high.end() :]}"
    return None


def with_misread_sign(value: Value, project: Project | None) -> str | None:
    """``\u226592%`` for ``292%``, where other percentages of ``project`` have that sign; else None."""
    match = _MISREAD_SIGN.fullmatch(value.text) if value.sign is None and value.measure is None else None
    if match is None or project is None:
        return None
    forms = [other.form for indicator in project.indicators for _, other in indicator.values]
    beside = any(form.comparator == "\u2265" and form.unit == "%" and not form.out_of_range for form in forms)
    return f"\u2265{match[1]}" if beside else None
