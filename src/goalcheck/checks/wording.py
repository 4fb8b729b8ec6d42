"""GC6xx: the wording of goals, names and values, and whether a goal and its indicators speak of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import add

from goalcheck.blanks import clean
from goalcheck.checks.facts.clauses import (
    is_sentence,
    lets_somebody_do,
    value_that_repeats,
    verdict_before,
    verdict_behind,
)
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.goal import (
    PAUSES,
    Endings,
    is_ended,
    is_written,
    mark_in_front,
    reads_whole,
    trailing_word,
)
from goalcheck.checks.facts.indicator import IndicatorFacts, facts_of
from goalcheck.checks.facts.name_tail import is_class_name, tail_of, unit_of
from goalcheck.checks.facts.name_target import target_in_name as target_of
from goalcheck.checks.facts.sheet_years import missed_year, sheet_years
from goalcheck.checks.facts.text import (
    any_of,
    in_digits,
    offset,
    telling,
    unmeasured,
)
from goalcheck.checks.facts.traits import needs
from goalcheck.finding import Edit, Figure, Fix, Found, Related, Term
from goalcheck.sheet import Indicator, Project, Text
from goalcheck.vocabulary import vocabulary

_DOTS = (".", "\uff0e")
_LEAST_TELLING = 3  # characters by which a name is judged to be foreign; one word, 床具, may be a part of the project
_MOST_STRANGERS = 3  # more than these, and more than one in two, make a goal that tells too little
_LEAST_KNOWN = 4  # characters by which a project without a goal is known well enough for that


def truncated_goal(project: Project, context: Context) -> Iterator[Found]:
    """GC601. Not: a goal that reads whole and lacks but its full stop, where other goals of the sheet do as well."""
    goal = project.goal
    if goal is None or not is_written(goal, context):
        return
    text = goal.text.rstrip()
    first = mark_in_front(text)
    ended = is_ended(text)
    if not first and (ended or (reads_whole(text, context) and not context.once(Endings).are_expected)):
        return
    end = goal.start + len(text)
    if first:
        begun = Term("begun" if ended else "begun-unended", {"mark": first})
        figures: dict[str, Figure] = {"fault": begun, "advice": Term("advice-front" if ended else "advice-both")}
        related = () if ended else (Related(end, end, Term("end-too")),)
        yield Found(goal.start, goal.start + 1, "goal", figures, related=related)
    else:
        fault, advice = Term("unended"), Term("advice-end")
        if text.endswith(PAUSES):
            fault = Term("paused", {"mark": text[-1]})
        elif (word := trailing_word(text, context)) is not None:
            fault = Term("paused", {"mark": word})
        elif text.endswith(_DOTS):
            fault, advice = Term("dotted", {"mark": text[-1]}), Term("advice-dot", {"mark": text[-1]})
        yield Found(end, end, "goal", {"fault": fault, "advice": advice})


def goal_without_stop(project: Project, context: Context) -> Iterator[Found]:
    """GC612. Where most goals of the sheet have theirs, it may be cut: then GC601 speaks."""
    goal = project.goal
    if goal is None or not is_written(goal, context) or context.once(Endings).are_expected:
        return
    text = goal.text.rstrip()
    if is_ended(text) or mark_in_front(text) or not reads_whole(text, context):
        return
    start, end = goal.start + len(text), goal.start + len(text)
    if text.endswith(_DOTS):
        start -= 1
    yield Found(start, end, "goal", {}, fix=Fix((Edit(start, end, "。"),)))


@needs(("has finished-words", "ends feeling-nouns", "comma", "words", "digit", "enumeration"))
def sentence_as_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC602."""
    name = indicator.name
    lets = facts.in_words and not facts.figures and lets_somebody_do(name.clean, facts.context)
    if lets or is_sentence(facts):
        yield Found(name.start, name.end, "name", {"fault": Term("clause"), "advice": Term("advice-clause")})
    elif value := value_that_repeats(facts):
        figures: dict[str, Figure] = {
            "fault": Term("repeated", {"name": name.clean}),
            "advice": Term("advice-repeated"),
        }
        related = (Related(value.start, value.end, Term("value")),)
        yield Found(name.start, name.end, "name", figures, related=related)


@needs("words", ("has verdict-words", "has action-words", "ends state-words"))
def verdict_in_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC603. Only where the value says the verdict again: else 提升 and its like may be part of what is measured."""
    values = [value.clean for _, value in facts.in_words if not facts.refers(value)]
    if not values:
        return
    name, context = facts.name.text, facts.context
    found = verdict_before(name, values, context) or verdict_behind(name, values, context)
    if found is None or context.has_word(name, "verdict-exceptions"):
        return
    start, end = found
    rest = name[end:] if start == 0 else name[:start].removesuffix("的")
    if len(rest) < 2 or is_sentence(facts) or lets_somebody_do(name, context) or value_that_repeats(facts):
        return
    where = offset(indicator.name, start), offset(indicator.name, end - 1) + 1
    state = start > 0 and name.endswith(context.lexicon["state-words"])
    advice = Term("advice-state" if state else "advice-change", {"rest": rest})
    yield Found(*where, "name", {"name": name, "verdict": name[start:end], "advice": advice})


@needs("has joining-words")
def compound_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC604. Two measures side by side; ``信访、投诉类案件结案率`` and ``服务能力和水平`` are one."""
    name, context = facts.name.text, facts.context
    for joint in any_of(context.lexicon["joining-words"]).finditer(name):
        if _parts_measures(name, *joint.span(), context):
            if not is_sentence(facts):
                figures: dict[str, Figure] = {"first": name[: joint.start()], "second": name[joint.end() :]}
                yield Found(indicator.name.start, indicator.name.end, "name", figures)
            return


def _parts_measures(name: str, at: int, behind: int, context: Context) -> bool:
    """Whether ``name`` has a measure that ends ``at`` and another one ``behind``.

    A rate may be that of two things (数量和质量合格率): a count goes with a count, a quality with a quality or index.
    """
    lexicon = context.lexicon
    rates, counts, qualities = lexicon["rate-measures"], lexicon["counted-nouns"], lexicon["quality-measures"]
    if name.startswith(lexicon["joining-exceptions"], at):
        return False
    if name.endswith(rates, 0, at) and not name.endswith(lexicon["rate-exceptions"], 0, at):
        return name.endswith((*rates, *counts, *qualities), behind)
    if name.endswith(counts, 0, at):
        return name.endswith(counts, behind)
    alone = any(behind + len(word) == len(name) and name.endswith(word) for word in qualities)
    others = (*qualities, *lexicon["index-measures"])
    return name.endswith(qualities, 0, at) and not alone and name.endswith(others, behind)


@needs(("tail", "ends indicator-words"))
def untidy_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC605. The unit goes with the name's tail only where it stands, or finds a place, beside every bare figure.

    Not: the name of a row of bare figures that have a column a place, which says the unit of all of them; a name that
    is but its class, which is GC611's.
    """
    name = indicator.name
    tail, kept = tail_of(indicator, facts.context)
    if tail == len(name.text) or not name.text[:tail] or _names_places(indicator, facts) or is_class_name(facts):
        return
    tidy = Text(name.start, name.end, name.text[:tail] + kept).clean
    surplus = name.text[tail:].lstrip()
    figures: dict[str, Figure] = {"name": name.clean, "tail": surplus}
    unit = "" if kept else unit_of(surplus)
    moved = _moved(unit, facts)
    place = name.end - len(surplus), name.end
    if moved is None or (unit and not moved and not _is_said(unit, tidy, facts)):
        yield Found(*place, "name", {**figures, "advice": Term("advice-move", {"unit": unit})})
        return  # without a proposal, in which it would be lost
    fix = Fix((Edit(name.start + tail, name.end, kept), *moved))
    if moved:  # the name alone is not what to write: whoever copies it would lose the unit
        there = "advice-behind" if indicator.packed is not None else "advice-beside"
        figures["advice"] = Term(there, {"tidy": tidy, "unit": moved[0].text})
        yield Found(*place, "name", figures, fix=fix)
        return
    figures["advice"] = Term("advice", {"tidy": tidy})
    yield Found(*place, "name", figures, tidy, fix=fix)


@needs(("digit", "before"))
def target_in_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC609. Not: figures that only tell of what a thing is (3岁以下婴幼儿, 500kV线路), for which no value asks."""
    target = target_of(facts)
    if target is None:
        return
    name = facts.name.text
    start, end = offset(indicator.name, target.start), offset(indicator.name, target.end - 1) + 1
    said = target.said if target.several else name[target.start : target.end]
    figures: dict[str, Figure] = {"name": name, "target": said}
    text = {"text": target.value.printed}
    figures["fault"] = Term(f"clash-{target.clash}", text) if target.clash else Term("plain")
    tidy = {"rest": f"{target.rest}{target.counted}", "said": target.said}
    advice = "advice-several" if target.several else "advice" if target.rest else "advice-bare"
    figures["advice"] = Term(advice, tidy)
    related = (Related(target.value.start, target.value.end, Term("value")),) if target.clash else ()
    yield Found(start, end, "name", figures, related=related)


@needs(("date", "words"))
def year_mismatch(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC610. Not: a cycle value, a year that is but compared with (2022年以来)."""
    value = indicator.annual_value
    if value is None or (year := missed_year(value, facts.name.text, facts.context)) is None:
        return
    years = facts.context.once(sheet_years)
    assert years is not None
    span = str(years.first) if years.first == years.last else f"{years.first}-{years.last}"
    figures: dict[str, Figure] = {"name": facts.name.text, "text": value.printed, "year": year, "years": span}
    right = value.text.replace(year, span) if int(year) < years.first == years.last and "29" not in value.text else None
    figures["advice"] = Term("advice-year", {"right": right}) if right else Term("advice-check")
    related = (Related(years.at.start, years.at.end, Term("here")),)
    yield Found(value.start, value.end, "annual_value", figures, right, related)


@needs("class name")
def class_as_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC611. Not: 服务对象满意度 and its like, which say whose satisfaction is asked."""
    if is_class_name(facts):
        kind = facts.kind if facts.kind in ("quantity", "quality", "timeliness", "cost") else "other"
        figures: dict[str, Figure] = {"name": facts.name.text, "example": Term(f"example-{kind}")}
        yield Found(indicator.name.start, indicator.name.end, "name", figures)


def _names_places(indicator: Indicator, facts: IndicatorFacts) -> bool:
    """Whether a row has a figure a place, and none with its unit."""
    if indicator.name.clean == clean(indicator.name.text):
        return False
    each = (facts_of(entry, facts.context) for entry in facts.of_its_name)
    return not any(value.form.unit for one in each for _, value in one.figures)


def _is_said(unit: str, name: str, facts: IndicatorFacts) -> bool:
    """Whether the rest of the name, or every figure, says ``unit`` as well, so that it need not stand behind."""
    told = unit.removesuffix("数")
    units = [value.form.unit for _, value in facts.figures]
    return told in name or (bool(units) and all(told in said for said in units))


def _moved(said: str, facts: IndicatorFacts) -> tuple[Edit, ...] | None:
    """The edits that put the unit that a name says beside each bare figure; None where one has no place for it."""
    unit = said.removesuffix("数")
    each = (facts_of(entry, facts.context) for entry in facts.of_its_name)
    bare = [value for one in each for _, value in one.figures if not value.form.unit] if unit else []
    if bare and said in facts.lexicon["counted-nouns"] and unit not in facts.lexicon.sets["whole-units"]:
        return None
    packed = facts.indicator.packed is not None
    places = [Text(value.end, value.end, "") if packed else value.measure for value in bare]
    if any(place is None or place.text for place in places):
        return None
    return tuple(Edit(start, start, unit) for start in sorted({place.start for place in places if place is not None}))


def unrelated_indicator(project: Project, context: Context) -> Iterator[Found]:
    """GC606. Whom a project shall please, and what its parts cost, is seldom told in its goal, so neither is judged.

    Nor an effect that is hoped for, 保持队伍稳定: any project may have it. Nor a name that is a clause: GC602 asks for
    another one. Nor what another indicator speaks of that the goal does tell; nor any, where many would be foreign:
    then the goal is but short.
    """
    goal = project.goal.text if project.goal is not None else ""
    title = project.name.clean
    text = title + goal
    common = context.once(_common_characters)
    foreign, kin = [], [text]
    for entry in project.indicators:
        facts = facts_of(entry, context)
        name = facts.name.text
        told = any(map(text.__contains__, frozenset(name) - common))
        if told or any(map(title.__contains__, map(add, name, name[1:]))):
            kin.append(name)
        elif not (facts.standing.pleases or context.has_word(name, "satisfaction-words")):
            foreign.append(facts)
    if not foreign or vocabulary().template_gap(goal):
        return
    general = context.once(_general_words)
    if not goal and len(telling(title, general)) < _LEAST_KNOWN:
        return
    spoken = "".join(kin)
    strangers = [facts for facts in foreign if _is_stranger(facts, spoken, general)]
    if len(strangers) > _MOST_STRANGERS and 2 * len(strangers) > len(project.entries):
        return
    for facts in strangers:
        name, entry = facts.name.text, facts.indicator
        figures = {"name": name, "project": title}
        yield Found(entry.name.start, entry.name.end, "name", figures, indicator=entry.number)


def _is_stranger(facts: IndicatorFacts, spoken: str, general: re.Pattern[str]) -> bool:
    """Whether a name tells enough to be known by, and nothing of what is ``spoken`` of. A template's is GC108's."""
    name = facts.name.text
    if facts.kind == "cost" or facts.is_effect:
        return False
    characters = telling(name, general)
    if len(characters) < _LEAST_TELLING or any(map(spoken.__contains__, characters)) or vocabulary().template_gap(name):
        return False
    return not is_sentence(facts)


def _general_words(context: Context) -> re.Pattern[str]:
    return any_of(context.lexicon["general-words"])


def _common_characters(context: Context) -> frozenset[str]:
    """Every character of a general word, letters and marks; any other is telling wherever it stands."""
    return _characters(context.lexicon["general-words"])


@lru_cache(maxsize=4)
def _characters(words: tuple[str, ...]) -> frozenset[str]:
    marks = (*range(0x20, 0x100), *range(0x2000, 0x2070), *range(0x3000, 0x3030), *range(0xFF00, 0xFF66))
    return frozenset((*"".join(words), *map(chr, marks)))


def unmeasured_goal(project: Project, context: Context) -> Iterator[Found]:
    """GC607. One finding a project, at its first such figure. A project without indicators is GC502's."""
    goal = project.goal
    if goal is None or goal.blank or not project.entries:
        return
    lists = (context.lexicon[words] for words in ("figure-units", "each-words", "figure-exceptions"))
    found = list(unmeasured(goal.text, project, *lists))
    if found:
        places = [(goal.start + start, goal.start + end) for start, end in found]
        quoted = tuple(Term("figure", {"text": goal.text[start:end]}) for start, end in found)
        related = tuple(Related(start, end, Term("another")) for start, end in places[1:])
        yield Found(*places[0], "goal", {"figures": quoted}, related=related)


@needs("han figure")
def number_words(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC608."""
    for field, value in indicator.values:
        digits = in_digits(value, facts.lexicon["ordinal-units"])
        if digits is not None:
            yield Found(value.start, value.end, field, {"text": value.clean}, digits)
