"""GC3xx: the values of an indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from goalcheck.checks.facts.comparators import signed
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import Reading
from goalcheck.checks.facts.repairs import gap, mended, missing
from goalcheck.finding import Edit, Figure, Finding, Fix, Related, Term
from goalcheck.sheet import Entry, Indicator, Sheet, Value
from goalcheck.vocabulary import vocabulary

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d|[一二两三四五六七八九十百千万]")
_ALL = re.compile("应(.)尽\\1")  # 应检尽检
_SCORES = ("%", "\u2030", "分")
_LOOSE = {">": "\u2265", "<": "\u2264"}
_TURNED = {">": "<", "<": ">", "\u2265": "\u2264", "\u2264": "\u2265"}


def missing_annual_value(entry: Entry, _: Context) -> Iterator[Finding]:
    """GC301."""
    if isinstance(entry, Indicator) and missing(entry.annual_value):
        yield gap(entry, "annual_value", entry.annual_value, entry.cycle_value)


def missing_cycle_value(entry: Entry, _: Context) -> Iterator[Finding]:
    """GC302."""
    if isinstance(entry, Indicator) and missing(entry.cycle_value):
        yield gap(entry, "cycle_value", entry.cycle_value, entry.annual_value)


def malformed_value(value: Value, _: Context) -> Iterator[Finding]:
    """GC303."""
    form = value.form
    if form.kind == "malformed":
        fault = Term(form.fault.replace("_", "-"))
        yield Finding(value.start, value.end, "", {"text": value.text, "fault": fault}, mended(value.text, form.fault))


def percent_out_of_range(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC304. Silent where the name tells of growth, a ratio or a multiple, which may well pass 100 %."""
    reading = context.reading(entry)
    if reading is None:
        return
    beyond = [pair for pair in reading.values if pair[1].form.out_of_range and not reading.name.may_exceed]
    for field, value in beyond:
        other = next((v for f, v in reading.values if f != field), None)
        sound = other is not None and other.form.kind in ("quantity", "range") and other.form.unit == "%"
        suggestion = other.text if other is not None and sound and not other.form.out_of_range else None
        yield _said([(field, value)], reading, suggestion, bound=Term(_bound(value)))


def _bound(value: Value) -> str:
    return "below-zero" if min(value.form.numbers) < 0 else "over-hundred"


def cycle_annual_conflict(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC305. Progress that grows to 100 % over the years is sound; so is a count below the whole cycle's."""
    reading = context.reading(entry)
    if reading is None or len(reading.figures) < 2 or reading.conflict:
        return
    (_, cycle), (_, annual) = reading.figures
    whole, year = cycle.form, annual.form
    if whole.numbers == year.numbers or whole.unit != year.unit:
        return
    below = max(year.numbers) <= max(whole.numbers)
    if whole.unit in _SCORES:
        if reading.name.may_exceed or (below and reading.contains("progress-words")):
            return
        what = Term("percentages" if whole.unit != "分" else "scores")
    elif below or not _adds_up(reading, whole.unit):
        return
    else:
        what = Term("more")
    yield _both(reading, {"what": what})


def _adds_up(reading: Reading, unit: str) -> bool:
    """Whether years add up to the cycle: not times, not what is counted by the head or by the day."""
    if "/" in unit or "每" in unit or unit in reading.lexicon.sets["time-units"]:
        return False
    return reading.kind != "cost" and not reading.contains("average-words")


def value_form_conflict(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC306. A value that points to a document is GC313's, one out of bounds GC304's."""
    reading = context.reading(entry)
    if reading is not None and reading.conflict:
        yield _both(reading, {"what": Term(reading.conflict)})


def _both(reading: Reading, figures: dict[str, Figure]) -> Finding:
    """The two values contradict each other: said at the one that comes later."""
    (first, one), (second, other) = reading.values
    if one.start > other.start:
        first, one, second, other = second, other, first, one
    figures |= {"name": reading.entry.name.clean, **{field: value.text for field, value in reading.values}}
    return Finding(other.start, other.end, second, figures, related=(Related(one.start, one.end, Term(first)),))


def missing_unit(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC307. None is missing from 0, from an index, from a year, or where the name gives it in brackets."""
    reading = context.reading(entry)
    bare = [pair for pair in reading.figures if not pair[1].form.unit and any(pair[1].form.numbers)] if reading else []
    if reading is None or not bare or reading.conflict or reading.name.gives_unit or reading.ends("unitless-endings"):
        return
    if any(_YEAR.fullmatch(value.text) for _, value in bare):
        return
    unit = reading.name.counted_by
    yield _said(bare, reading, suggestion=f"{bare[0][1].text}{unit}" if unit else None)


def missing_comparator(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC308."""
    reading = context.reading(entry)
    if reading is None or reading.conflict or not reading.satisfaction:
        return
    plain = [pair for pair in reading.percentages if not pair[1].form.comparator and pair[1].form.numbers[0] < 100]
    if plain:
        edits = tuple(Edit(value.start, value.start, "\u2265") for _, value in plain)
        yield _said(plain, reading, suggestion=f"\u2265{plain[0][1].text}", fix=Fix(edits))


def worded_comparator(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC309. Safe where the value was read as a quantity, so that it means the same as before."""
    reading = context.reading(entry)
    if reading is None:
        return
    worded = [(pair, text) for pair in reading.values if (text := signed(pair[1], reading)) is not None]
    if worded:
        edits = tuple(Edit(value.start, value.end, text) for (_, value), text in worded)
        safe = all(value.form.worded for (_, value), _ in worded)
        yield _said([pair for pair, _ in worded], reading, suggestion=worded[0][1], fix=Fix(edits, safe))


def strict_comparator(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC310. More than nothing, and more than 100 %, are meant as they stand; words are GC309's."""
    reading = context.reading(entry)
    if reading is None:
        return
    strict = [
        (field, value)
        for field, value in reading.figures
        if value.form.comparator in _LOOSE and not value.form.worded and value.form.numbers[0] not in (0, 100)
    ]
    if strict:
        edits = tuple(_resigned(value, _LOOSE[value.form.comparator]) for _, value in strict)
        yield _said(strict, reading, suggestion=_edited(strict[0][1], edits[0]), fix=Fix(edits))


def redundant_comparator(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC311."""
    reading = context.reading(entry)
    if reading is None:
        return
    redundant = [pair for pair in reading.figures if _redundant(pair[1], reading)]
    if redundant:
        edits = tuple(_resigned(value, "") for _, value in redundant)
        yield _said(redundant, reading, suggestion=_edited(redundant[0][1], edits[0]), fix=Fix(edits))


def _redundant(value: Value, reading: Reading) -> bool:
    form = value.form
    if form.worded or form.kind != "quantity":
        return False
    full = form.comparator == "\u2265" and form.unit == "%" and form.numbers[0] == 100 and not reading.name.may_exceed
    return form.comparator == "=" or full


def _resigned(value: Value, sign: str) -> Edit:
    """Exchange the sign of ``value``."""
    found = re.match(rf"(?:{vocabulary().written_sign})\s*", value.text)
    return Edit(value.start, value.start + (found.end() if found else 0), sign)


def _edited(value: Value, edit: Edit) -> str:
    """The text of ``value`` after ``edit``."""
    return f"{edit.text}{value.text[edit.end - value.start :]}"


def vague_value(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC312. Under quantity any words without a figure, but for what says "all"; else only words that are vague."""
    reading = context.reading(entry)
    if reading is None or reading.conflict or reading.kind not in ("quantity", "timeliness", "cost"):
        return
    told = [pair for pair in reading.in_words if not reading.refers(pair[1])]
    vague = [pair for pair in told if not reading.staged and _vague(pair[1].clean, reading)]
    if vague:
        yield _said(vague, reading, asked=Term(f"asked-{reading.kind}"))


def _vague(text: str, reading: Reading) -> bool:
    if _DIGIT.search(text) or _ALL.search(text) or reading.lexicon.within(text, "whole-words"):
        return False
    if reading.kind == "quantity":
        return True
    for word in sorted(reading.lexicon["vague-words"], key=len, reverse=True):
        text = text.replace(word, "")
    return not text.strip("、\uff0c,;\uff1b和及并地")


def reference_value(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC313."""
    reading = context.reading(entry)
    pointing = [pair for pair in reading.in_words if reading.refers(pair[1])] if reading is not None else []
    if pointing and reading is not None:
        asked = reading.kind if reading.kind in ("quantity", "timeliness", "cost") else "other"
        yield _said(pointing, reading, asked=Term(f"asked-{asked}"))


def wrong_direction(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC314."""
    reading = context.reading(entry)
    if reading is None or not any(value.form.comparator in _TURNED for _, value in reading.figures):
        return
    if reading.name.lower_is_better:
        wrong, better = (">", "\u2265"), Term("low")
    elif reading.ends("higher-is-better"):
        wrong, better = ("<", "\u2264"), Term("high")
    else:
        return
    turned = [pair for pair in reading.figures if pair[1].form.comparator in wrong]
    if turned:
        value = turned[0][1]
        suggestion = None
        if not value.form.worded:
            sign = _TURNED[value.form.comparator]
            full = value.form.unit == "%" and value.form.numbers[0] == 100
            suggestion = _edited(value, _resigned(value, "" if full else sign))
        yield _said(turned, reading, suggestion=suggestion, better=better)


def low_satisfaction(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC315."""
    reading = context.reading(entry)
    if reading is None or not reading.satisfaction:
        return
    threshold = context.options["threshold"]
    assert isinstance(threshold, int)
    low = [pair for pair in _aims(reading) if pair[1].form.numbers[0] <= threshold]
    if low:
        yield _said(low, reading, threshold=f"{threshold}%")


def full_satisfaction(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC316."""
    reading = context.reading(entry)
    if reading is None or not reading.satisfaction:
        return
    full = [pair for pair in _aims(reading) if pair[1].form.numbers[0] == 100]
    if full:
        yield _said(full, reading)


def _aims(reading: Reading) -> Iterator[tuple[str, Value]]:
    """The percentages that are to be reached."""
    return (pair for pair in reading.percentages if pair[1].form.comparator not in ("<", "\u2264"))


def fractional_count(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC317. An average may be a fraction."""
    reading = context.reading(entry)
    if reading is None or reading.contains("average-words"):
        return
    whole = reading.lexicon["whole-units"]
    parts = [
        pair
        for pair in reading.figures
        if pair[1].form.unit in whole and any(n != n.to_integral_value() for n in pair[1].form.numbers)
    ]
    if parts:
        yield _said(parts, reading, unit=parts[0][1].form.unit)


def vague_benefit(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC318. That nothing happens (无发生) is as exact as 0."""
    reading = context.reading(entry)
    if reading is None or reading.conflict or not (reading.kind == "quality" or reading.top == "benefit"):
        return
    none = reading.lexicon["none-words"]
    words = [
        pair
        for pair in reading.in_words
        if not (reading.refers(pair[1]) or _DIGIT.search(pair[1].text) or pair[1].clean.startswith(none))
    ]
    if words:
        yield _said(words, reading)


def partial_entitlement(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC319."""
    reading = context.reading(entry)
    if reading is None or not (reading.ends("entitlement-endings") and reading.contains("entitlement-words")):
        return
    partial = [pair for pair in _aims(reading) if pair[1].form.numbers[0] < 100]
    if partial:
        yield _said(partial, reading)


def unlike_comparators(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """GC320. ``>`` beside ``≥``, or ``<`` beside ``≤``, among percentages of one class; at the first of the later."""
    first: dict[tuple[str, str], dict[str, tuple[str, Value]]] = {}
    for project in sheet.projects:
        for entry in project.indicators:
            reading = context.reading(entry)
            if reading is None or reading.classes is None:
                continue
            for field, value in reading.percentages:
                sign = value.form.comparator
                if sign in _TURNED:
                    kind = (reading.classes[1].code, _LOOSE.get(sign, sign))
                    first.setdefault(kind, {}).setdefault(sign, (field, value))
    for (code, _), signs in first.items():
        if len(signs) == 2:
            (_, one), (field, other) = sorted(signs.values(), key=lambda pair: pair[1].start)
            figures = {
                "class": context.taxonomy.classes[code].label,
                "here": other.form.comparator,
                "there": one.form.comparator,
            }
            yield Finding(other.start, other.end, field, figures, related=(Related(one.start, one.end, Term("first")),))


def _said(
    pairs: Sequence[tuple[str, Value]],
    reading: Reading,
    suggestion: str | None = None,
    fix: Fix | None = None,
    **more: Figure,
) -> Finding:
    """One finding for what is wrong with an entry's values: at the first, the other is related."""
    (field, value), *others = pairs
    figures: dict[str, Figure] = {"text": value.text, "name": reading.entry.name.clean, **more}
    related = tuple(Related(other.start, other.end, Term("also-here")) for _, other in others)
    return Finding(value.start, value.end, field, figures, suggestion, related, fix)
