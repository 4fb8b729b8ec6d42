"""GC6xx: the wording of goals, names and values, and whether a goal and its indicators speak of the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from goalcheck.checks.facts.classes import Classes, resolved
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts, facts_of
from goalcheck.checks.facts.text import (
    any_of,
    bare,
    eaten,
    eaten_back,
    in_digits,
    offset,
    pairs,
    telling,
    unmeasured,
)
from goalcheck.finding import Edit, Figure, Fix, Found, Related, Term
from goalcheck.sheet import Indicator, Project, Text, Value
from goalcheck.vocabulary import vocabulary

# What can only follow something. A quotation may open a goal, even one whose first mark is typed the wrong way round.
_MID_SENTENCE = re.compile(
    r"[,;:!?)\]}、。》〉」』】〕\uff0c\uff1b\uff1a\uff01\uff1f\uff09\uff3d\uff5d]"
    r"|[\u201d\u2019](?![^\u201c\u201d\u2018\u2019]*[\u201d\u2019])"
)
_QUOTES = "\"'\u201d\u2019」』"
_ENDS = ("。", ";", "\uff1b", "!", "\uff01", ")", "\uff09")
_PAUSES = (",", "\uff0c", "、", ":", "\uff1a")
_DOTS = (".", "\uff0e")
_COMMA = re.compile("[,\uff0c]")
_BRACKETED = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]")
_BRACKET_TAIL = re.compile(r"\s*[(\uff08]\s*([^()\uff08\uff09]{1,12}?)\s*[)\uff09]\Z")
_LONGEST_TAIL = 24
_SEVERAL = 2  # goals that end in a full stop: one may do so by chance
_LEAST_REPEATED = 6  # characters of a name that is no accident within a value
_UNIT_LABEL = re.compile(r"单位\s*:\s*")
_PERCENT_TAIL = re.compile(r"(?<!\d)[%\uff05]\Z")
_LEAST_TELLING = 3  # characters by which a name is judged to be foreign; one word, 床具, may be a part of the project
_LEAST_KNOWN = 4  # characters by which a project without a goal is known well enough for that


def truncated_goal(project: Project, context: Context) -> Iterator[Found]:
    """GC601. Not: a goal that reads whole and lacks but its full stop, where other goals of the sheet do as well."""
    goal = project.goal
    if goal is None or not _is_written(goal):
        return
    text = goal.text.rstrip()
    first = _MID_SENTENCE.match(text)
    ended = _is_ended(text)
    if not first and (ended or (_reads_whole(text, context) and not context.once(_Endings).are_expected)):
        return
    end = goal.start + len(text)
    if first:
        begun = Term("begun" if ended else "begun-unended", {"mark": first[0]})
        figures: dict[str, Figure] = {"fault": begun, "advice": Term("advice-front" if ended else "advice-both")}
        related = () if ended else (Related(end, end, Term("end-too")),)
        yield Found(goal.start, goal.start + 1, "goal", figures, related=related)
    else:
        fault, advice = Term("unended"), Term("advice-end")
        if text.endswith(_PAUSES):
            fault = Term("paused", {"mark": text[-1]})
        elif (word := _trailing_word(text, context)) is not None:
            fault = Term("paused", {"mark": word})
        elif text.endswith(_DOTS):
            fault, advice = Term("dotted", {"mark": text[-1]}), Term("advice-dot", {"mark": text[-1]})
        yield Found(end, end, "goal", {"fault": fault, "advice": advice})


def goal_without_stop(project: Project, context: Context) -> Iterator[Found]:
    """GC612. Where most goals of the sheet have theirs, it may be cut: then GC601 speaks."""
    goal = project.goal
    if goal is None or not _is_written(goal) or context.once(_Endings).are_expected:
        return
    text = goal.text.rstrip()
    if _is_ended(text) or _MID_SENTENCE.match(text) or not _reads_whole(text, context):
        return
    start, end = goal.start + len(text), goal.start + len(text)
    if text.endswith(_DOTS):
        start -= 1
    yield Found(start, end, "goal", {}, fix=Fix((Edit(start, end, "。"),)))


def _is_written(goal: Text) -> bool:
    """Whether somebody wrote a goal: no blank, and nothing of a template."""
    return not (goal.blank or vocabulary().template_gap(goal.text) or vocabulary().is_left_open(goal.clean))


def _is_ended(text: str) -> bool:
    """Whether ``text`` ends as a sentence does; a quotation mark behind the full stop belongs to it."""
    return text.rstrip(_QUOTES).endswith(_ENDS)


def _reads_whole(text: str, context: Context) -> bool:
    """Whether nothing must follow ``text``, which has no full stop."""
    return not text.endswith(_PAUSES) and _trailing_word(text, context) is None


def _trailing_word(text: str, context: Context) -> str | None:
    """The word on which ``text`` cannot end."""
    return next((word for word in context.lexicon["unfinished-endings"] if text.endswith(word)), None)


class _Endings:
    """Whether the goals of a sheet are expected to end in a full stop: most do, and they are several."""

    def __init__(self, context: Context) -> None:
        goals = [project.goal for project in context.sheet.projects if project.goal is not None]
        ended = [_is_ended(goal.text.rstrip()) for goal in goals if _is_written(goal)]
        self.are_expected = ended.count(True) >= _SEVERAL and ended.count(True) > ended.count(False) - 1
        """One of those that do not end so is the goal in question."""


def sentence_as_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC602."""
    name = indicator.name
    if _is_clause(name.clean, facts.context):
        yield Found(name.start, name.end, "name", {"fault": Term("clause"), "advice": Term("advice-clause")})
    elif value := _repeated(facts):
        figures: dict[str, Figure] = {
            "fault": Term("repeated", {"name": name.clean}),
            "advice": Term("advice-repeated"),
        }
        related = (Related(value.start, value.end, Term("value")),)
        yield Found(name.start, name.end, "name", figures, related=related)


def _is_clause(name: str, context: Context) -> bool:
    """Whether ``name`` tells what was done: by a word, or by a comma and two of three signs.

    These are: a clause word first, a verb behind a comma, no measure at the end. A comma in brackets parts no clauses.
    """
    lexicon = context.lexicon
    if context.has_word(name, "finished-words"):
        return True
    if not _COMMA.search(name):
        return False
    plain = _BRACKETED.sub("", name)
    behind = [part.strip() for part in _COMMA.split(plain)[1:]]
    verbs = (*lexicon["clause-words"], *lexicon["verdict-words"], *lexicon["action-words"])
    signs = (
        plain.startswith(lexicon["clause-words"]),
        any(part.startswith(verbs, eaten(part, lexicon["degree-words"])) for part in behind),
        not context.ends(plain, "measure-endings"),
    )
    return bool(behind) and sum(signs) >= 2


def _repeated(facts: IndicatorFacts) -> Value | None:
    """The value that says the name over again, with or without a verdict."""
    for _, value in facts.in_words:
        name, bared = facts.name.text, facts.context.once(_Bared)
        whole = len(name) >= _LEAST_REPEATED and name in value.clean
        if whole or value.clean == name or (bared[value.clean] and bared[value.clean] == bared[name]):
            return value
    return None


class _Bared(dict[str, str]):
    """Texts without verdicts and degrees at their ends, each worked out once: 提升 stands in every other project."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        lexicon = context.lexicon
        self._words = (*lexicon["degree-words"], *lexicon["verdict-words"])

    def __missing__(self, text: str) -> str:
        made = self[text] = bare(text, self._words)
        return made


def verdict_in_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC603. Only where the value says the verdict again: else 提升 and its like may be part of what is measured."""
    values = [value.clean for _, value in facts.in_words]
    if not values:
        return
    name, context = facts.name.text, facts.context
    found = _verdict_before(name, values, context) or _verdict_behind(name, values, context)
    if found is None or context.has_word(name, "verdict-exceptions"):
        return
    start, end = found
    rest = name[end:] if start == 0 else name[:start].removesuffix("的")
    if len(rest) < 2 or _is_clause(name, context) or _repeated(facts):
        return
    where = offset(indicator.name, start), offset(indicator.name, end - 1) + 1
    state = start > 0 and name.endswith(context.lexicon["state-words"])
    advice = Term("advice-state" if state else "advice-change", {"rest": rest})
    yield Found(*where, "name", {"name": name, "verdict": name[start:end], "advice": advice})


def _verdict_before(name: str, values: list[str], context: Context) -> tuple[int, int] | None:
    """The verdict that ``name`` begins with; not where the name goes on to measure it (改善程度, 促进就业的作用)."""
    lexicon = context.lexicon
    at = eaten(name, lexicon["degree-words"])
    for words in ("verdict-words", "action-words"):
        if name.startswith(lexicon[words], at):
            word = next(w for w in lexicon[words] if name.startswith(w, at))
            end = at + len(word)
            nouns = (*lexicon["verdict-nouns"], *lexicon["extent-nouns"])
            measured = name.startswith(nouns, end) or context.ends(name, "extent-nouns")
            return (0, end) if not measured and _says(word, words, values, context) else None
    return None


def _verdict_behind(name: str, values: list[str], context: Context) -> tuple[int, int] | None:
    """The verdict, or the state, that ``name`` ends in."""
    for words in ("verdict-words", "state-words"):
        if name.endswith(context.lexicon[words]):
            word = next(w for w in context.lexicon[words] if name.endswith(w))
            start = eaten_back(name[: -len(word)], context.lexicon["degree-words"])
            return (start, len(name)) if _says(word, words, values, context) else None
    return None


def _says(word: str, words: str, values: list[str], context: Context) -> bool:
    """Whether a value has ``word`` again; for a change, whether it is any verdict and nothing else (明显提升)."""
    change = words == "verdict-words"
    return any(word in value or (change and not context.once(_Bared)[value]) for value in values)


def compound_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC604. Two measures side by side; ``信访、投诉类案件结案率`` and ``服务能力和水平`` are one."""
    name, context = facts.name.text, facts.context
    for joint in any_of(context.lexicon["joining-words"]).finditer(name):
        if _parts_measures(name, *joint.span(), context):
            if not _is_clause(name, context):
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


def untidy_name(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC605. The unit goes with the name's tail only where it stands, or finds a place, beside every bare figure."""
    name = indicator.name
    tail, kept = _tail(indicator, facts.context)
    if tail == len(name.text) or not name.text[:tail]:
        return
    tidy = Text(name.start, name.end, name.text[:tail] + kept).clean
    surplus = name.text[tail:].lstrip()
    figures: dict[str, Figure] = {"name": name.clean, "tail": surplus, "tidy": tidy}
    moved = () if kept else _moved(_unit_said(surplus), facts)
    fix = Fix((Edit(name.start + tail, name.end, kept), *moved)) if moved is not None else None
    yield Found(name.end - len(surplus), name.end, "name", figures, tidy, fix=fix)


def _unit_said(tail: str) -> str:
    """The unit, or noun of counting, in what a name does not need; empty where there is none."""
    match = _BRACKET_TAIL.search(tail)
    if match is not None:
        return _bracketed(match)
    return "%" if _PERCENT_TAIL.search(tail) else ""


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


def _bracketed(match: re.Match[str]) -> str:
    return _UNIT_LABEL.sub("", unicodedata.normalize("NFKC", match[1]))


def _tail(indicator: Indicator, context: Context) -> tuple[int, str]:
    """Where the name has said what it has to say, and what of the rest should stay, without its brackets.

    A noun of counting (次数) stays if the name has none yet; a bare unit goes, as it stands with the value.
    """
    lexicon, text = context.lexicon, indicator.name.text
    end = len(text)
    if text.endswith((")", "\uff09")):
        match = _BRACKET_TAIL.search(text, max(0, end - _LONGEST_TAIL))
        inner = _bracketed(match) if match else ""
        if match and _is_unit(inner, indicator, context):
            end = match.start()
            if "/" not in inner and not text.endswith(lexicon["measure-endings"], 0, end):
                nouns = [noun for noun in (inner, f"{inner}数") if noun.endswith(lexicon["counted-nouns"])]
                if nouns:
                    return end, nouns[0]
    elif _PERCENT_TAIL.search(text):
        end = len(text[:-1].rstrip())
    words = lexicon["indicator-words"]
    if text.endswith(words, 0, end) and not text.endswith(lexicon["indicator-exceptions"], 0, end):
        word = next(word for word in words if text.endswith(word, 0, end))
        end = len(text[: end - len(word)].rstrip())
    return end, ""


def _is_unit(text: str, indicator: Indicator, context: Context) -> bool:
    """Whether ``text`` is a unit or a noun of counting: one of the lists, or the very unit of a value."""
    units = (*context.lexicon["name-units"], *context.lexicon["counted-nouns"])
    return text.partition("/")[0].strip() in units or any(text == value.form.unit for _, value in indicator.values)


def _pleases(entry: Indicator, context: Context) -> bool:
    """Whether ``entry`` is one of satisfaction by its classes."""
    first = resolved(context.taxonomy, 1, entry.level1)
    if first is not None and first.role == "satisfaction":
        return True
    return "satisfaction" in context.once(Classes).roles(entry.level1, entry.level2)


def unrelated_indicator(project: Project, context: Context) -> Iterator[Found]:
    """GC606. Whom a project shall please is seldom told in its goal, so satisfaction is not judged.

    Nor a name that is a clause: GC602 asks for another one.
    """
    goal = project.goal.text if project.goal is not None else ""
    title = project.name.clean
    text, title_pairs = title + goal, pairs(title)
    common = context.once(_common_characters)
    foreign = []
    for entry in project.indicators:
        name = entry.name.clean
        if _pleases(entry, context) or any(c in text for c in name if c not in common):
            continue
        if title_pairs.isdisjoint(pairs(name)) and not context.has_word(name, "satisfaction-words"):
            foreign.append(entry)
    if not foreign or vocabulary().template_gap(goal):
        return
    general = context.once(_general_words)
    if not goal and len(telling(title, general)) < _LEAST_KNOWN:
        return
    for entry in foreign:
        characters = telling(entry.name.clean, general)
        told = len(characters) >= _LEAST_TELLING and characters.isdisjoint(text)
        if told and not _is_clause(entry.name.clean, context):
            figures = {"name": entry.name.clean, "project": title}
            yield Found(entry.name.start, entry.name.end, "name", figures, indicator=entry.number)


def _general_words(context: Context) -> re.Pattern[str]:
    return any_of(context.lexicon["general-words"])


def _common_characters(context: Context) -> frozenset[str]:
    """Every character of a general word, letters and marks; any other is telling wherever it stands."""
    marks = (*range(0x20, 0x100), *range(0x2000, 0x2070), *range(0x3000, 0x3030), *range(0xFF00, 0xFF66))
    return frozenset((*"".join(context.lexicon["general-words"]), *map(chr, marks)))


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


def number_words(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC608."""
    for field, value in indicator.values:
        digits = in_digits(value, facts.lexicon["ordinal-units"])
        if digits is not None:
            yield Found(value.start, value.end, field, {"text": value.clean}, digits)
