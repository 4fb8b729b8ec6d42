"""GC3xx: the values of an indicator."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from goalcheck.checks import Context
from goalcheck.finding import Edit, Figure, Finding, Fix, Term
from goalcheck.sheet import Entry, Form, Indicator, Value
from goalcheck.source import Span

_LABELS = {"cycle_value": "实施周期指标值:", "annual_value": "年度指标值:"}
_SIGN_TWICE = re.compile(r"([≥≤≧≦><=\uff1e\uff1c\uff1d])\s*\1+")
_PERCENT_TWICE = re.compile(r"([%\uff05])\s*\1+")
_LOOKS_LIKE_DIGIT = str.maketrans("OoIl|", "00111")
_NUMBER = re.compile(r"\d[\d,.]*")


def missing_annual_value(entry: Entry, _: Context) -> Iterator[Finding]:
    """GC301."""
    if isinstance(entry, Indicator) and _missing(entry.annual_value):
        yield _gap(entry, "annual_value", entry.annual_value, entry.cycle_value)


def missing_cycle_value(entry: Entry, _: Context) -> Iterator[Finding]:
    """GC302."""
    if isinstance(entry, Indicator) and _missing(entry.cycle_value):
        yield _gap(entry, "cycle_value", entry.cycle_value, entry.annual_value)


def _missing(value: Value | None) -> bool:
    return value is None or value.form.kind == "blank"


def _gap(entry: Indicator, field: str, value: Value | None, other: Value | None) -> Finding:
    """The place where ``field`` belongs. The other value may stand there too, if one year is the whole cycle."""
    first = field == "cycle_value"
    at = value if value is not None else _behind(entry, other) if not first or other is None else _before(other)
    figures: dict[str, Figure] = {"name": entry.name.clean, "advice": Term("advice-add")}
    if other is None or other.form.kind in ("blank", "residue", "malformed"):
        return Finding(at.start, at.end, field, figures)
    copied = f"{_LABELS[field]}{other.text}"
    inserted = other.text if value is not None else f"{copied}; " if first else f"; {copied}"
    figures["advice"] = Term("advice-copy", {"text": copied})
    return Finding(at.start, at.end, field, figures, fix=Fix((Edit(at.start, at.end, inserted),)))


def _behind(entry: Indicator, other: Value | None) -> Span:
    end = other.end if other is not None else entry.name.end
    return Span(end, end)


def _before(other: Value) -> Span:
    return Span(other.label_start, other.label_start)


def malformed_value(value: Value, _: Context) -> Iterator[Finding]:
    """GC303."""
    form = value.form
    if form.kind == "malformed":
        fault = Term(form.fault.replace("_", "-"))
        yield Finding(value.start, value.end, "", {"text": value.text, "fault": fault}, _mended(value.text, form.fault))


def _mended(text: str, fault: str) -> str | None:
    """What ``text`` was most likely to say, where its fault tells."""
    if fault == "double_comparator":
        mended = _SIGN_TWICE.sub(r"\1", text)
        return mended if mended != text else None
    if fault == "double_percent":
        return _PERCENT_TWICE.sub(r"\1", text)
    if fault == "look_alike":
        return unicodedata.normalize("NFKC", text).translate(_LOOKS_LIKE_DIGIT)
    if fault == "upside_down":
        numbers = list(_NUMBER.finditer(text))
        if len(numbers) == 2:
            low, high = numbers
            between = text[low.end() : high.start()]
            return f"{text[: low.start()]}{high[0]}{between}{low[0]}{text[high.end() :]}"
    return None


def percent_out_of_range(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC304. Silent where the name tells of growth, a ratio or a multiple, which may well pass 100 %."""
    if not isinstance(entry, Indicator):
        return
    for field, value in entry.values:
        if not out_of_range(value.form) or context.has_word(entry.name.clean, "growth-words"):
            continue
        other = entry.annual_value if field == "cycle_value" else entry.cycle_value
        sound = other is not None and other.form.kind in ("quantity", "range") and other.form.unit == "%"
        suggestion = other.text if other is not None and sound and not out_of_range(other.form) else None
        bound = "below-zero" if min(value.form.numbers) < 0 else "over-hundred"
        figures: dict[str, Figure] = {"text": value.text, "name": entry.name.clean, "bound": Term(bound)}
        yield Finding(value.start, value.end, field, figures, suggestion)


def out_of_range(form: Form) -> bool:
    """Whether a bound of a percentage lies above 100 or below 0."""
    return form.unit == "%" and any(not 0 <= number <= 100 for number in form.numbers)
