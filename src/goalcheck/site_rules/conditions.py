"""The five kinds of check that need no code: each tests what stands in a field."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from goalcheck.blanks import clean
from goalcheck.files.toml_file import nearest
from goalcheck.site_rules.fields import Field, Reading
from goalcheck.site_rules.record import Record
from goalcheck.site_rules.regex_safety import OutOfStepsError, Pattern, PatternError

Test = Callable[[Reading], Iterator[tuple[int, int, str]]]
"""Yields each fault of what stands in a field: where it starts and ends, and the text at fault."""


@attrs.frozen(eq=False)
class Kind:
    """A kind of check: makes the test, and names the figures that its messages may use besides field and name."""

    make: Callable[[Record, Field, Any], tuple[Test, str]]
    figures: tuple[str, ...]


def _required(record: Record, _: Field, value: Any) -> tuple[Test, str]:
    if value is not True:
        raise record.wrong(("required",), "misfit", name="required", expected="true")

    def test(reading: Reading) -> Iterator[tuple[int, int, str]]:
        if reading.blank:
            yield reading.start, reading.end, reading.raw

    return test, ""


def _matches(record: Record, _: Field, value: Any) -> tuple[Test, str]:
    text = record.text(("matches",), value)
    try:
        pattern = Pattern(text)
    except PatternError as error:
        raise record.wrong(("matches",), error.key, **error.figures) from None

    def test(reading: Reading) -> Iterator[tuple[int, int, str]]:
        if not reading.blank and not is_match(reading.text):
            yield reading.start, reading.end, reading.text

    def is_match(text: str) -> bool:
        try:
            return pattern.is_match(text)
        except OutOfStepsError:
            raise record.failure(("matches",), f"too many steps on a text of {len(text)} characters") from None

    return test, text


def _forbids(record: Record, _: Field, value: Any) -> tuple[Test, str]:
    words = [clean(word) for word in record.texts(("forbids",), value, alone=True)]
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))

    def test(reading: Reading) -> Iterator[tuple[int, int, str]]:
        if reading.blank:
            return
        seen = set()
        for match in pattern.finditer(reading.text):
            if match[0] not in seen:
                seen.add(match[0])
                yield (*_place(reading, *match.span()), match[0])

    return test, ""


def _place(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Where in the sheet a stretch of the text without stray blanks stands."""
    if reading.says is not None:
        return reading.start, reading.end
    if reading.text == reading.raw:
        return reading.start + start, reading.start + end
    places = list(_places(reading.raw, reading.text))
    return reading.start + places[start], reading.start + places[end - 1] + 1


def _places(raw: str, cleaned: str) -> Iterator[int]:
    """Where each character of ``cleaned`` stands in ``raw``, which has blanks and doubled quotation marks besides."""
    at = 0
    for char in cleaned:
        while raw[at] != char and not (char == " " and raw[at].isspace()):
            at += 1
        yield at
        at += 1


def _one_of(record: Record, _: Field, value: Any) -> tuple[Test, str]:
    words = tuple(dict.fromkeys(clean(word) for word in record.texts(("one-of",), value)))

    def test(reading: Reading) -> Iterator[tuple[int, int, str]]:
        if not reading.blank and reading.text not in words:
            yield reading.start, reading.end, reading.text

    return test, "、".join(words)


_BOUNDS = ("min", "max", "unit")


def _within(record: Record, field: Field, value: Any) -> tuple[Test, str]:
    if not field.numbers:
        raise record.wrong(("within",), "no-numbers", name=record.data["field"])
    if not isinstance(value, Mapping):
        raise record.wrong(("within",), "misfit", name="within", expected="bounds")
    for key in value:
        if key not in _BOUNDS or (key == "unit" and field.level == "project"):
            raise record.wrong(("within", key), "no-key", nearest(str(key), _BOUNDS), name=f"within.{key}")
    low, high = (_bound(record, key, value[key]) if key in value else None for key in _BOUNDS[:2])
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        raise record.wrong(("within",), "misfit", name="within", expected="bounds")
    unit = record.text(("within", "unit"), value["unit"]) if "unit" in value else None

    def test(reading: Reading) -> Iterator[tuple[int, int, str]]:
        if reading.blank or (unit is not None and reading.unit != unit):
            return
        if any((low is not None and n < low) or (high is not None and n > high) for n in reading.numbers):
            yield reading.start, reading.end, reading.text

    return test, _range(low, high, unit or "")


def _bound(record: Record, key: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise record.wrong(("within", key), "misfit", name=f"within.{key}", expected="number")
    return Decimal(str(value))


def _range(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    if low is None:
        return f"≤{high}{unit}"
    return f"≥{low}{unit}" if high is None else f"{low}{unit}–{high}{unit}"


KINDS: Mapping[str, Kind] = {
    "required": Kind(_required, ()),
    "matches": Kind(_matches, ("text", "expected")),
    "forbids": Kind(_forbids, ("text",)),
    "one-of": Kind(_one_of, ("text", "expected")),
    "within": Kind(_within, ("text", "expected")),
}
"""The kinds of check by name."""
