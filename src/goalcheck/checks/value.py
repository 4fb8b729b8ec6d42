"""GC3xx: the values of an indicator."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from goalcheck.checks.facts.acts import as_rate, is_act
from goalcheck.checks.facts.bare_figures import figures_without_unit
from goalcheck.checks.facts.clashes import clashes
from goalcheck.checks.facts.comparators import is_redundant, signed, signing
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.direction import turned_away, turned_back
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.name_target import target_in_name
from goalcheck.checks.facts.repairs import cell_at_fault, gap, is_missed, mended, with_misread_sign
from goalcheck.checks.facts.signs import (
    LESS,
    LOOSE,
    edited_cell,
    resigning,
    says_another_way,
    sign_cell,
    with_sign,
)
from goalcheck.checks.facts.text import has_figure
from goalcheck.checks.facts.traits import needs
from goalcheck.checks.facts.unlike_signs import unlike_signs
from goalcheck.checks.facts.value_findings import on_both, on_values
from goalcheck.checks.facts.years import over_years, unlike_figures
from goalcheck.finding import Figure, Fix, Found, Related, Term
from goalcheck.sheet import Indicator, Sheet, Value

_NO_GROWTH = 60  # percent: 促进消费 may well grow by 5 or 20
_WISHES = ("has wish-words", "has act-words", "ends wish-endings")
_LESS_IS_BETTER = (
    *("ends costs-and-waits", "ends wait-endings", "ends lower-is-better", "ends incidence-endings"),
    "ends spending-nouns",
    "cells",  # of which one may say it
)
_TELLS_BETTER = (
    *_LESS_IS_BETTER,
    "ends higher-is-better",
    "ends lessening-endings",
    "ends growth-endings",
    "ends rate-suffixes",
)


@needs("gap")
def missing_annual_value(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC301. Not: 无 of what should not happen, 电梯困人事故."""
    if is_missed(indicator, "annual_value") and not _is_said_to_be_none(indicator.annual_value, facts):
        yield gap(indicator, "annual_value", indicator.annual_value, indicator.cycle_value, facts.unit)


@needs("gap")
def missing_cycle_value(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC302. Not where a form has a place for it that the project nowhere uses: it is one of a single year.

    But an indicator that has a place for no other value has none at all.
    """
    if not is_missed(indicator, "cycle_value") or _is_said_to_be_none(indicator.cycle_value, facts):
        return
    has_no_other = indicator.columns is not None and "annual_value" not in indicator.columns.values
    if indicator.packed is not None or has_no_other or facts.project in facts.context.once(over_years):
        yield gap(indicator, "cycle_value", indicator.cycle_value, indicator.annual_value, facts.unit)


def _is_said_to_be_none(value: Value | None, facts: IndicatorFacts) -> bool:
    return value is not None and value.clean == "无" and facts.name.is_of_harm


@needs("malformed")
def malformed_value(value: Value, _: Context) -> Iterator[Found]:
    """GC303."""
    form = value.form
    if form.kind == "malformed":
        fault = Term(form.fault.replace("_", "-"))
        at = cell_at_fault(value)
        yield Found(at.start, at.end, "", {"text": value.printed, "fault": fault}, mended(value.printed, form.fault))


@needs("out of range")
def percent_out_of_range(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC304. Silent where the name tells of growth, a ratio or a multiple, which may well pass 100 %."""
    beyond = [pair for pair in facts.values if pair[1].form.out_of_range and not facts.name.may_exceed]
    for field, value in beyond:
        other = next((v for f, v in facts.values if f != field), None)
        sound = other is not None and other.form.kind in ("quantity", "range") and other.form.unit == "%"
        suggestion = other.printed if other is not None and sound and not other.form.out_of_range else None
        suggestion = suggestion or with_misread_sign(value, facts.project)
        yield on_values([(field, value)], facts, suggestion, bound=Term(_bound(value)))


def _bound(value: Value) -> str:
    return "below-zero" if min(value.form.numbers) < 0 else "over-hundred"


@needs("unlike", "figure")
def cycle_annual_conflict(__: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC305. Progress that grows to 100 % over the years is sound; so is a count below the whole cycle's."""
    unlike = unlike_figures(facts)
    if unlike:
        yield on_both(facts, {"what": Term(unlike)})


@needs("unlike")
def value_form_conflict(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC306. A value that points to a document is GC313's, one out of bounds GC304's."""
    if facts.conflict:
        yield on_both(facts, {"what": Term(facts.conflict)})


@needs("bare figure")
def missing_unit(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC307. None is missing from 0, from an index, from a year, or where the name gives it in brackets.

    Nor where the name has the very target with its unit, 聘用人员230人: that is GC609's.
    """
    bare = figures_without_unit(facts)
    if not bare or any(clash.kind == "figure" for clash in clashes(facts)) or target_in_name(facts) is not None:
        return
    unit = "%" if facts.ends("rate-suffixes") and not facts.ends("no-rates") else facts.name.counted_by
    value = bare[0][1]
    likely = "" if unit else facts.name.likely_unit
    if value.measure is None:
        advice = Term("advice-likely" if likely else "advice-behind", {"unit": likely})
        yield on_values(bare, facts, f"{value.printed}{unit}" if unit else None, advice=advice)
    else:
        key = "advice-unit" if unit else "advice-likely-cell" if likely else "advice-cell"
        yield on_values(bare, facts, advice=Term(key, {"unit": unit or likely}))


@needs(("ends satisfaction-endings", "has approval-words"), "percentage")
def missing_comparator(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC308."""
    if facts.conflict or not facts.satisfaction:
        return
    unsigned = [pair for pair in facts.percentages if not (pair[1].form.comparator or says_another_way(pair[1].sign))]
    plain = [pair for pair in unsigned if pair[1].form.numbers[0] < 100]
    if plain:
        fix = resigning({value: "\u2265" for _, value in plain}, facts.context)
        yield on_values(plain, facts, suggestion=with_sign(plain[0][1], "\u2265"), fix=fix)


@needs(("worded", "words"))
def worded_comparator(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC309. Safe where the value was read as a quantity, so that it means the same as before."""
    worded = [(pair, text) for pair in facts.values if (text := signed(pair[1], facts)) is not None]
    if worded:
        edits = tuple(dict.fromkeys(signing(value, text, facts) for (_, value), text in worded))
        safe = all(value.form.worded for (_, value), _ in worded)
        yield on_values(
            [pair for pair, _ in worded], facts, worded[0][1], Fix(edits, safe), edited_cell(worded[0][0][1], edits)
        )


@needs("strict")
def strict_comparator(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC310. More than nothing, and more than 100 %, are meant as they stand; words are GC309's."""
    strict = [
        (field, value)
        for field, value in facts.figures
        if value.form.comparator in LOOSE and not value.form.worded and value.form.numbers[0] not in (0, 100)
    ]
    if strict:
        fix = resigning({value: LOOSE[value.form.comparator] for _, value in strict}, facts.context)
        first = strict[0][1]
        yield on_values(strict, facts, with_sign(first, LOOSE[first.form.comparator]), fix, sign_cell(first))


@needs(("equal", "full"))
def redundant_comparator(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC311."""
    redundant = [pair for pair in facts.figures if is_redundant(pair[1], facts)]
    if redundant:
        fix = resigning({value: "" for _, value in redundant}, facts.context)
        first = redundant[0][1]
        yield on_values(redundant, facts, with_sign(first, ""), fix, sign_cell(first))


@needs("words", ("kind quantity", "kind timeliness", "kind cost"))
def vague_value(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC312. Under quantity any words without a figure, but for what says "all"; else only words that are vague.

    Not beside a name that has the target: of that GC609 speaks.
    """
    if facts.conflict or facts.answered or facts.kind not in ("quantity", "timeliness", "cost"):
        return
    told = [pair for pair in facts.in_words if not facts.refers(pair[1])]
    vague = [pair for pair in told if not facts.staged and facts.is_vague(pair[1])]
    target = target_in_name(facts) if vague else None
    if vague and (target is None or target.value not in [value for _, value in vague]):
        yield on_values(vague, facts, asked=Term(f"asked-{facts.kind}"))


@needs("words")
def reference_value(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC313."""
    pointing = [pair for pair in facts.in_words if facts.refers(pair[1])]
    if pointing:
        asked = facts.kind if facts.kind in ("quantity", "timeliness", "cost") else "other"
        yield on_values(pointing, facts, asked=Term(f"asked-{asked}"))


@needs("bound", _TELLS_BETTER, (*_LESS_IS_BETTER, "below", "has denials"))
def wrong_direction(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC314. Where the sheet itself says which way is better, that counts."""
    turned = turned_away(facts)
    if turned:
        value = turned[0][1]
        is_spent = facts.is_spending and not facts.name.lower_is_better
        better = Term("high" if value.form.comparator in LESS else "spent" if is_spent else "low")
        yield on_values(turned, facts, turned_back(value), cell=sign_cell(value), better=better)


@needs(("ends satisfaction-endings", "has approval-words"), "percentage")
def low_satisfaction(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC315."""
    if not facts.satisfaction:
        return
    threshold = facts.options["threshold"]
    assert isinstance(threshold, int)
    low = [pair for pair in facts.aims if pair[1].form.numbers[0] <= threshold]
    if low:
        yield on_values(low, facts, threshold=f"{threshold}%")


@needs(("ends satisfaction-endings", "has approval-words"), "percentage")
def full_satisfaction(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC316."""
    if not facts.satisfaction:
        return
    full = [pair for pair in facts.aims if pair[1].form.numbers[0] == 100]
    if full:
        yield on_values(full, facts)


@needs("fraction")
def fractional_count(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC317. An average may be a fraction, and so may what is of so many, 万台设备死亡人数 ≤0.1人, or a rate."""
    if facts.contains("average-words") or facts.contains("scale-words") or facts.ends("rate-suffixes"):
        return
    whole = facts.lexicon["whole-units"]
    parts = [
        pair
        for pair in facts.figures
        if pair[1].form.unit in whole and any(n != n.to_integral_value() for n in pair[1].form.numbers)
    ]
    if parts:
        yield on_values(parts, facts, unit=parts[0][1].form.unit)


@needs("words", ("kind quality", "top benefit"))
def vague_benefit(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC318. That nothing happens (无发生) is as exact as 0."""
    if facts.conflict or facts.declared_words or not (facts.kind == "quality" or facts.top == "benefit"):
        return
    none = facts.lexicon["none-words"]
    told = {clash.field for clash in clashes(facts)}
    words = [
        pair
        for pair in facts.in_words
        if pair[0] not in told
        and not (facts.refers(pair[1]) or has_figure(pair[1].text) or pair[1].clean.startswith(none))
    ]
    if words:
        yield on_values(words, facts)


@needs("kind cost", ("ends spending-endings", "ends control-endings"))
def spending_as_cost(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC322. A rate of control that is to stay below 100 % tells something; of vague words GC312 speaks."""
    if facts.kind != "cost" or any(facts.tells_nothing(value) for _, value in facts.in_words):
        return
    spends = facts.ends("spending-endings")
    if spends or (facts.ends("control-endings") and _says_all(facts)):
        what = Term("spending" if spends else "control")
        name = facts.indicator.name
        yield Found(name.start, name.end, "name", {"name": facts.name.text, "what": what})


def _says_all(facts: IndicatorFacts) -> bool:
    """Whether the targets say nothing but that all was kept to: 100 %, or words."""
    full = [pair for pair in facts.percentages if pair[1].form.numbers[0] == 100]
    return bool(full or facts.in_words) and len(full) == len(facts.figures)


@needs("cells")
def sign_kind_conflict(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC323. Not: 是, 合格 and the like behind =; grades behind ≥; the % that a spreadsheet shows beside its column.

    Of the latter it is silent where most percentages of the sheet are written so.
    """
    for clash in clashes(facts):
        first, second = clash.first, clash.second
        cells = {"first": first.clean, "second": second.clean}
        what, advice = Term(clash.kind, cells), Term(f"advice-{clash.kind}", cells)
        figures: dict[str, Figure] = {"name": facts.name.text, "what": what, "advice": advice}
        related = (Related(first.start, first.end, Term("beside")),)
        yield Found(second.start, second.end, clash.field, figures, related=related)


@needs("ends entitlement-endings", "has entitlement-words", "percentage")
def partial_entitlement(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC319."""
    if not (facts.ends("entitlement-endings") and facts.contains("entitlement-words")):
        return
    partial = [pair for pair in facts.aims if pair[1].form.numbers[0] < 100]
    if partial:
        yield on_values(partial, facts)


def unlike_comparators(sheet: Sheet, context: Context) -> Iterator[Found]:
    """GC320. ``>`` beside ``≥``, or ``<`` beside ``≤``, among percentages of one class; at the first of the later."""
    for made, (_, one), (field, other) in unlike_signs(sheet, context):
        figures = {"class": made.label, "here": other.form.comparator, "there": one.form.comparator}
        at, there = sign_cell(other), sign_cell(one)
        related = (Related(there.start, there.end, Term("first")),)
        yield Found(at.start, at.end, field, figures, related=related)


@needs("percentage", (*_WISHES, "has change-words", "preposition"))
def percent_of_action(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC321. Small percentages tell of growth: 促进消费 5%. What the name has for a target is GC609's."""
    meant = [pair for pair in facts.aims if pair[1].form.numbers[0] >= _NO_GROWTH]
    if not meant or len(meant) < len(facts.percentages) or not is_act(facts) or target_in_name(facts) is not None:
        return
    rate = as_rate(facts)
    advice = Term("advice-rate", {"rate": rate}) if rate else Term("advice")
    found = on_values(meant, facts, advice=advice)
    name = Related(indicator.name.start, indicator.name.end, Term("name"))
    yield attrs.evolve(found, related=(name, *found.related))
