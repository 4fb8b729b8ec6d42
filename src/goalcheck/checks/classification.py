"""GC2xx: the classes of an indicator, against the taxonomy."""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.catalogue.taxonomy import Class, Taxonomy
from goalcheck.checks.facts.classes import Classes, MisplacedBelow, differs, is_sound, of_role, resolved, written
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts, facts_of
from goalcheck.checks.facts.timely_acts import is_timely_act
from goalcheck.checks.facts.traits import needs
from goalcheck.checks.facts.unknown_labels import UnknownLabels, misspelt
from goalcheck.files.regexes import regex
from goalcheck.finding import Edit, Figure, Fix, Found, Related, Term
from goalcheck.sheet import ClassRef, Indicator, Sheet, Value
from goalcheck.vocabulary import vocabulary

_WHEN = regex(r"\d月|月底|月初|季度|\d日前|^每(?:半?年|学期|季|月|周)|^分[两二三四\d]")


@needs("unsettled")
def unknown_code(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC201. A label without a code is unknown too; said once of a merged cell."""
    if facts.classes is not None:
        return
    yield from _unknown_labels(indicator, facts)
    taxonomy = facts.taxonomy
    for level, ref in _coded(indicator):
        if is_sound(taxonomy, level, ref) or _mislabelled(taxonomy, ref):
            continue
        bearer = taxonomy.by_label(ref.label)
        fitting = bearer is not None and (bearer.parent is None) == (level == 1)
        codes = tuple(f"{c.code}-{c.label}" for c in taxonomy.level(level))
        figures = _not_in_taxonomy(level, "code", ref.code, codes)
        suggestion = f"{bearer.code}-{bearer.label}" if bearer and fitting else None
        end = ref.start + len(ref.text.split("-")[0].rstrip()) if "-" in ref.text else ref.end
        yield Found(ref.start, end, f"level{level}", figures, suggestion)


def _unknown_labels(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    for level, ref in ((1, indicator.level1), (2, indicator.level2)):
        if ref.code or not ref.label or facts.context.once(UnknownLabels).first(ref) is not indicator:
            continue
        printed = facts.context.once(Classes).printed
        upper = resolved(facts.taxonomy, 1, indicator.level1) if level == 2 else None
        known = [made for made in facts.taxonomy.level(level) if upper is None or made.parent == upper.code]
        labels = tuple(printed(made, ref) for made in known)
        meant = misspelt(facts.taxonomy, level, ref)
        suggestion = printed(meant, ref) if meant is not None else None
        yield Found(
            ref.start, ref.end, f"level{level}", _not_in_taxonomy(level, "label", ref.shown, labels), suggestion
        )


def _not_in_taxonomy(level: int, what: str, said: str, choices: tuple[str, ...]) -> dict[str, Figure]:
    return {"level": Term(f"level{level}"), "what": Term(what), "said": said, "choices": choices}


@needs("unsettled")
def code_label_mismatch(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC202. Where both code and label could be meant, the other level decides; else both are named."""
    if facts.classes is not None:
        return
    taxonomy = facts.taxonomy
    for level, ref in _coded(indicator):
        if is_sound(taxonomy, level, ref) or not _mislabelled(taxonomy, ref):
            continue
        by_code = taxonomy.classes[ref.code]
        by_label = taxonomy.by_label(ref.label)
        ways = [c for c in (by_code, by_label) if c is not None and (c.parent is None) == (level == 1)]
        fitting = [c for c in ways if _fits(taxonomy, level, c, indicator)] or ways or list(taxonomy.level(level))
        either = tuple(f"{c.code}-{c.label}" for c in fitting)
        figures: dict[str, Figure] = {"text": ref.text, "code": ref.code, "right": by_code.label, "either": either}
        suggestion, fix = None, None
        if len(fitting) == 1:
            suggestion = either[0]
            fix = Fix((Edit(ref.start, ref.end, suggestion),))
        yield Found(ref.start, ref.end, f"level{level}", figures, suggestion, fix=fix)


@needs("unsettled")
def parent_mismatch(indicator: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC203. The second level is taken at its word, unless the name speaks of satisfaction and the first level too."""
    if facts.classes is not None:
        return
    taxonomy = facts.taxonomy
    upper, lower = indicator.level1, indicator.level2
    first, second = resolved(taxonomy, 1, upper), resolved(taxonomy, 2, lower)
    if first is None or second is None or second.parent == first.code:
        return
    if not all(is_sound(taxonomy, level, ref) for level, ref in _coded(indicator)):
        return
    parent = taxonomy.classes[second.parent or ""]
    if not upper.code and facts.context.once(MisplacedBelow).first(upper, parent, lower) is not lower:
        return
    printed = facts.context.once(Classes).printed
    satisfied = facts.lexicon.within(facts.name.text, "satisfaction-words")
    children = [c for c in taxonomy.classes.values() if c.parent == first.code]
    figures = {"level1": upper.shown, "level2": lower.shown, "parent": printed(parent, upper)}
    related = (Related(upper.start, upper.end, Term("level1")),)
    if satisfied and first.role == "satisfaction" and len(children) == 1:
        right = printed(children[0], lower)
        edit = Edit(lower.start, lower.end, right)
        suggestion = _pair(upper, upper.shown, right)
    else:
        right = printed(parent, upper)
        edit = Edit(upper.start, upper.end, right)
        suggestion = _pair(upper, right, lower.shown)
    yield Found(lower.start, lower.end, "level2", figures, suggestion, related, Fix((edit,)) if upper.code else None)


@needs(("ends timeliness-endings", "has timeliness-words", "has timely-adverbs"), "settled")
def misfiled_timeliness(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC204."""
    if facts.classes and "timeliness" not in facts.kinds and (_timely(facts) or is_timely_act(facts)):
        yield from _misfiled(facts, "timeliness")


@needs(
    ("ends counted-nouns", "ends work-amounts"), ("kind quality", "kind timeliness", "kind cost", "kind satisfaction")
)
def misfiled_count(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC205. What counts faults, or good results, may well tell of quality, of delays or of discontent.

    Not: a count in name only, whose value says when, 补助发放批次 in 6月、11月.
    """
    if facts.kind not in _NO_COUNTS or not (facts.ends("counted-nouns") or facts.ends("work-amounts")):
        return
    if facts.kind == "timeliness" and facts.values and all(_says_when(value) for _, value in facts.values):
        return
    if facts.name.lower_is_better or facts.name.is_of_harm or _counts_faults(facts):
        return
    if facts.contains(_NO_COUNTS[facts.kind]):
        return
    yield from _misfiled(facts, "quantity")


def _says_when(value: Value) -> bool:
    return value.form.kind == "date" or (value.form.kind == "words" and _WHEN.search(value.text) is not None)


def _counts_faults(facts: IndicatorFacts) -> bool:
    """Whether there shall be none, or few: that is no count of what is done."""
    forms = [value.form for _, value in facts.figures]
    return bool(forms) and all(form.comparator in ("<", "\u2264") or not any(form.numbers) for form in forms)


# Under these classes a count is misfiled, but for names that contain a word of the list.
_NO_COUNTS = {
    "quality": "quality-count-words",
    "timeliness": "timeliness-count-words",
    "cost": "cost-count-words",
    "satisfaction": "satisfaction-count-words",
}


@needs("kind quantity", "ends rate-suffixes")
def misfiled_rate(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC206. 巡查频率 is no rate, nor is what is measured in anything but percents."""
    if facts.kind != "quantity" or not facts.ends("rate-suffixes"):
        return
    if facts.ends("satisfaction-endings"):
        return  # GC207's
    if facts.ends("no-rates") or _timely(facts) or not all(v.form.unit in ("%", "\u2030") for _, v in facts.figures):
        return
    yield from _misfiled(facts, "quality")


@needs(("ends satisfaction-endings", "ends no-satisfaction"), "settled")
def misfiled_satisfaction(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC207. A survey of satisfaction is an output; a score that the people served give is satisfaction."""
    if facts.classes is None:
        return
    if "satisfaction" not in facts.kinds:
        if facts.ends("satisfaction-endings"):
            yield from _misfiled(facts, "satisfaction")
    elif facts.ends("no-satisfaction") and not facts.contains("respondents") and not _timely(facts):
        yield from _misfiled(facts, "quality")


@needs("top benefit", ("ends spending-endings", "has spending-names"))
def spending_as_benefit(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC208."""
    if facts.top == "benefit" and _spends(facts) and not _timely(facts):
        yield _against(facts)


def _spends(facts: IndicatorFacts) -> bool:
    """Whether the name tells of nothing but spending the money."""
    return facts.ends("spending-endings") or facts.name.bare in facts.lexicon.sets["spending-names"]


@needs("top benefit", "ends output-endings")
def output_as_benefit(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC209."""
    if facts.top != "benefit" or not facts.ends("output-endings"):
        return
    if not (_spends(facts) or _timely(facts) or facts.contains("outcome-words")):
        yield _against(facts)


def class_conflict(sheet: Sheet, context: Context) -> Iterator[Found]:
    """GC210. The first entry of every further class; not one whose class is wrong by itself, or joint."""
    classes = context.once(Classes)
    named: dict[str, list[Indicator]] = {}
    for project in sheet.projects:
        for entry in project.indicators:
            named.setdefault(entry.name.clean, []).append(entry)
    for name, same in named.items():
        if len(same) < 2 or vocabulary().is_left_open(name):
            continue
        found: dict[str, list[Indicator]] = {}
        for entry in same:
            key = classes.key(entry.level2)
            if key is not None:
                found.setdefault(key, []).append(entry)
        if len(found) < 2:
            continue
        settled = [next((e for e in entries if _settled(e, context)), None) for entries in found.values()]
        told = sorted((entry for entry in settled if entry is not None), key=lambda entry: entry.start)
        for entry in told[1:]:
            first = told[0]
            figures = {"name": name, "here": entry.level2.shown, "there": first.level2.shown}
            related = (Related(first.level2.start, first.level2.end, Term("first")),)
            yield Found(entry.level2.start, entry.level2.end, "level2", figures, related=related)


def _settled(entry: Indicator, context: Context) -> bool:
    """Whether no other rule speaks of the class of ``entry``; else a contradiction to others is no news."""
    facts = facts_of(entry, context)
    checks = (misfiled_timeliness, misfiled_count, misfiled_satisfaction, spending_as_benefit)
    return facts.classes is not None and not any(True for check in checks for _ in check(entry, facts))


@needs("top output", "ends inputs")
def input_as_output(_: Indicator, facts: IndicatorFacts) -> Iterator[Found]:
    """GC211. Not: what is paid out to people, which is what the project does; others' money that it brings in."""
    if facts.top != "output" or not facts.kinds or "cost" in facts.kinds or not facts.ends("inputs"):
        return
    if not (facts.contains("no-input-words") or facts.contains("earning-words") or facts.contains("lowering-words")):
        what = Term("staff" if facts.ends("staff-inputs") else "money")
        name = facts.indicator.name
        yield Found(name.start, name.end, "name", {"name": facts.name.text, "what": what})


def _timely(facts: IndicatorFacts) -> bool:
    """Whether the name tells of doing something in time, and of nothing beyond: no growth, no satisfaction."""
    if facts.ends("timeliness-endings"):
        return True
    if facts.name.may_exceed or facts.ends("satisfaction-endings"):
        return False
    return facts.contains("timeliness-words") and facts.ends("rate-suffixes")


def _against(facts: IndicatorFacts, suggestion: str | None = None, fix: Fix | None = None) -> Found:
    """The name contradicts the class: said at the name, which comes later."""
    indicator = facts.indicator
    figures: dict[str, Figure] = {"name": facts.name.text, "level2": indicator.level2.shown, "right": suggestion or ""}
    related = (Related(indicator.level2.start, indicator.level2.end, Term("level2")),)
    return Found(indicator.name.start, indicator.name.end, "name", figures, suggestion, related, fix)


def _misfiled(facts: IndicatorFacts, role: str) -> Iterator[Found]:
    """The finding that the indicator belongs to the class of ``role``; nothing where the taxonomy has no such class."""
    right = facts.context.once_for(role, _class_of_role)
    if right is None:
        return
    indicator = facts.indicator
    refs = ((indicator.level1, right[0]), (indicator.level2, right[1]))
    if indicator.packed is None:  # a cell of a class is one of several rows: it is no edit of this one
        classes = facts.context.once(Classes)
        first, second = (classes.printed(made, ref) for ref, made in refs)
        same = not indicator.level1.text or classes.is_above(indicator.level1, right[1])
        yield _against(facts, second if same else _pair(indicator.level1, first, second))
        return
    edits = tuple(Edit(ref.start, ref.end, written(made)) for ref, made in refs if differs(ref, made))
    yield _against(facts, f"{written(right[0])}; {written(right[1])}", Fix(edits))


def _class_of_role(role: str, context: Context) -> tuple[Class, Class] | None:
    return of_role(context.taxonomy, role)


def _pair(ref: ClassRef, first: str, second: str) -> str:
    """Two classes as they are written beside each other: in one cell, or where ``ref`` has no code in two."""
    return f"{first}; {second}" if ref.code else f"{first}、{second}"


def _coded(entry: Indicator) -> list[tuple[int, ClassRef]]:
    """The levels that are written with a code."""
    return [(level, ref) for level, ref in ((1, entry.level1), (2, entry.level2)) if ref.code]


def _mislabelled(taxonomy: Taxonomy, ref: ClassRef) -> bool:
    return ref.code in taxonomy.classes and not taxonomy.bears(ref.code, ref.label)


def _fits(taxonomy: Taxonomy, level: int, chosen: Class, entry: Indicator) -> bool:
    """Whether ``chosen``, put at ``level``, agrees with the entry's other level."""
    if level == 2:
        return chosen.parent == entry.level1.code
    lower = taxonomy.classes.get(entry.level2.code)
    return lower is not None and lower.parent == chosen.code
