"""GC2xx: the classes of an indicator, against the taxonomy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from goalcheck.catalogue.taxonomy import Class, Taxonomy
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import Reading, differs, of_role, sound, written
from goalcheck.finding import Edit, Figure, Finding, Fix, Related, Term
from goalcheck.sheet import ClassRef, Entry, Indicator, Sheet


def unknown_code(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC201."""
    if not isinstance(entry, Indicator):
        return
    taxonomy = context.taxonomy
    for level, ref in _levels(entry):
        if sound(taxonomy, level, ref.code, ref.label) or _mislabelled(taxonomy, ref):
            continue
        bearer = taxonomy.by_label(ref.label)
        fitting = bearer is not None and (bearer.parent is None) == (level == 1)
        codes = tuple(f"{c.code}-{c.label}" for c in taxonomy.level(level))
        figures: dict[str, Figure] = {"code": ref.code, "level": Term(f"level{level}"), "codes": codes}
        suggestion = f"{bearer.code}-{bearer.label}" if bearer and fitting else None
        end = ref.start + len(ref.text.split("-")[0].rstrip()) if "-" in ref.text else ref.end
        yield Finding(ref.start, end, f"level{level}", figures, suggestion)


def code_label_mismatch(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC202. Where both code and label could be meant, the other level decides; else both are named."""
    if not isinstance(entry, Indicator):
        return
    taxonomy = context.taxonomy
    for level, ref in _levels(entry):
        if sound(taxonomy, level, ref.code, ref.label) or not _mislabelled(taxonomy, ref):
            continue
        by_code = taxonomy.classes[ref.code]
        by_label = taxonomy.by_label(ref.label)
        ways = [c for c in (by_code, by_label) if c is not None and (c.parent is None) == (level == 1)]
        fitting = [c for c in ways if _fits(taxonomy, level, c, entry)] or ways or list(taxonomy.level(level))
        either = tuple(f"{c.code}-{c.label}" for c in fitting)
        figures: dict[str, Figure] = {"text": ref.text, "code": ref.code, "right": by_code.label, "either": either}
        suggestion, fix = None, None
        if len(fitting) == 1:
            suggestion = either[0]
            fix = Fix((Edit(ref.start, ref.end, suggestion),))
        yield Finding(ref.start, ref.end, f"level{level}", figures, suggestion, fix=fix)


def parent_mismatch(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC203. The second level is taken at its word, unless the name speaks of satisfaction and the first level too."""
    if not isinstance(entry, Indicator):
        return
    taxonomy = context.taxonomy
    upper, lower = entry.level1, entry.level2
    first, second = taxonomy.classes.get(upper.code), taxonomy.classes.get(lower.code)
    if first is None or second is None or second.parent == first.code:
        return
    if not all(sound(taxonomy, level, ref.code, ref.label) for level, ref in _levels(entry)):
        return
    parent = taxonomy.classes[second.parent or ""]
    satisfied = context.has_word(entry.name.clean, "satisfaction-words")
    children = [c for c in taxonomy.classes.values() if c.parent == first.code]
    figures = {"level1": upper.text, "level2": lower.text, "parent": f"{parent.code}-{parent.label}"}
    related = (Related(upper.start, upper.end, Term("level1")),)
    if satisfied and first.role == "satisfaction" and len(children) == 1:
        right = f"{children[0].code}-{children[0].label}"
        edit = Edit(lower.start, lower.end, right)
        suggestion = f"{upper.text}; {right}"
    else:
        right = f"{parent.code}-{parent.label}"
        edit = Edit(upper.start, upper.end, right)
        suggestion = f"{right}; {lower.text}"
    yield Finding(lower.start, lower.end, "level2", figures, suggestion, related, Fix((edit,)))


def misfiled_timeliness(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC204."""
    reading = context.reading(entry)
    if reading is not None and reading.classes and reading.kind != "timeliness" and _timely(reading):
        yield from _misfiled(reading, "timeliness")


def misfiled_count(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC205. What counts faults, or good results, may well tell of quality, of delays or of discontent."""
    reading = context.reading(entry)
    if reading is None or reading.kind not in _NO_COUNTS or not reading.ends("counted-nouns"):
        return
    if reading.name.lower_is_better or reading.contains(_NO_COUNTS[reading.kind or ""]) or _counts_faults(reading):
        return
    yield from _misfiled(reading, "quantity")


def _counts_faults(reading: Reading) -> bool:
    """Whether there shall be none, or few: that is no count of what is done."""
    forms = [value.form for _, value in reading.figures]
    return bool(forms) and all(form.comparator in ("<", "\u2264") or not any(form.numbers) for form in forms)


# Under these classes a count is misfiled, but for names that contain a word of the list.
_NO_COUNTS = {
    "quality": "quality-count-words",
    "timeliness": "timeliness-count-words",
    "cost": "cost-count-words",
    "satisfaction": "satisfaction-count-words",
}


def misfiled_rate(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC206. 巡查频率 is no rate, nor is what is measured in anything but percents."""
    reading = context.reading(entry)
    if reading is None or reading.kind != "quantity" or not reading.ends("rate-suffixes"):
        return
    if (
        reading.ends("no-rates")
        or _timely(reading)
        or not all(v.form.unit in ("%", "\u2030") for _, v in reading.figures)
    ):
        return
    yield from _misfiled(reading, "quality")


def misfiled_satisfaction(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC207. A survey of satisfaction is an output; a score that the people served give is satisfaction."""
    reading = context.reading(entry)
    if reading is None or reading.classes is None:
        return
    if reading.top != "satisfaction":
        if reading.ends("satisfaction-endings"):
            yield from _misfiled(reading, "satisfaction")
    elif reading.ends("no-satisfaction") and not reading.contains("respondents") and not _timely(reading):
        yield from _misfiled(reading, "quality")


def spending_as_benefit(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC208."""
    reading = context.reading(entry)
    if reading is not None and reading.top == "benefit" and _spends(reading) and not _timely(reading):
        yield _against(reading)


def _spends(reading: Reading) -> bool:
    """Whether the name tells of nothing but spending the money."""
    return reading.ends("spending-endings") or reading.name.bare in reading.lexicon.sets["spending-names"]


def output_as_benefit(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC209."""
    reading = context.reading(entry)
    if reading is None or reading.top != "benefit" or not reading.ends("output-endings"):
        return
    if not (_spends(reading) or _timely(reading) or reading.contains("outcome-words")):
        yield _against(reading)


def class_conflict(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """GC210. The first entry of every further class; not one whose class is wrong by itself."""
    named: dict[str, dict[str, list[Indicator]]] = {}
    for project in sheet.projects:
        for entry in project.indicators:
            named.setdefault(entry.name.clean, {}).setdefault(entry.level2.code, []).append(entry)
    for name, classes in named.items():
        if len(classes) < 2:
            continue
        settled = [next((e for e in entries if _settled(e, context)), None) for entries in classes.values()]
        told = sorted((entry for entry in settled if entry is not None), key=lambda entry: entry.start)
        for entry in told[1:]:
            first = told[0]
            figures = {"name": name, "here": entry.level2.text, "there": first.level2.text}
            related = (Related(first.level2.start, first.level2.end, Term("first")),)
            yield Finding(entry.level2.start, entry.level2.end, "level2", figures, related=related)


def _settled(entry: Indicator, context: Context) -> bool:
    """Whether no other rule speaks of the class of ``entry``; else a contradiction to others is no news."""
    reading = context.reading(entry)
    checks = (misfiled_timeliness, misfiled_count, misfiled_satisfaction, spending_as_benefit)
    spoken = any(True for check in checks for _ in check(entry, context))
    return reading is not None and reading.classes is not None and not spoken


def _timely(reading: Reading) -> bool:
    """Whether the name tells of doing something in time, and of nothing beyond: no growth, no satisfaction."""
    if reading.ends("timeliness-endings"):
        return True
    if reading.name.may_exceed or reading.ends("satisfaction-endings"):
        return False
    return reading.contains("timeliness-words") and reading.ends("rate-suffixes")


def _against(reading: Reading, suggestion: str | None = None, fix: Fix | None = None) -> Finding:
    """The name contradicts the class: said at the name, which comes later."""
    entry = reading.entry
    figures: dict[str, Figure] = {"name": entry.name.clean, "level2": entry.level2.text, "right": suggestion or ""}
    related = (Related(entry.level2.start, entry.level2.end, Term("level2")),)
    return Finding(entry.name.start, entry.name.end, "name", figures, suggestion, related, fix)


def _misfiled(reading: Reading, role: str) -> Iterator[Finding]:
    """The finding that the entry belongs to the class of ``role``; nothing where the taxonomy has no such class."""
    right = of_role(reading.taxonomy, role)
    if right is None:
        return
    entry = reading.entry
    refs = ((entry.level1, right[0]), (entry.level2, right[1]))
    edits = tuple(Edit(ref.start, ref.end, written(made)) for ref, made in refs if differs(ref, made))
    yield _against(reading, f"{written(right[0])}; {written(right[1])}", Fix(edits))


def first_levels(entry: Entry, taxonomy: Taxonomy) -> frozenset[str] | None:
    """Codes of the first levels that ``entry`` could mean; None where that cannot be told.

    An entry whose classes contradict each other counts for every first level that one of them names.
    """
    if isinstance(entry, Indicator):
        upper, lower = entry.level1, entry.level2
        return _first_levels(taxonomy, upper.code, upper.label, lower.code, lower.label)
    known = taxonomy.classes.get(entry.level1.code) if entry.level1 is not None else None
    return frozenset((known.code,)) if known is not None else None


# A sheet names the same dozen classes in all its entries: what was judged before is not judged again.
@lru_cache(maxsize=1024)
def _first_levels(taxonomy: Taxonomy, code1: str, label1: str, code2: str, label2: str) -> frozenset[str] | None:
    first = taxonomy.classes.get(code1)
    if first is None or first.parent is not None:
        return None
    found = {first.code}
    for known in (taxonomy.by_label(label1), taxonomy.classes.get(code2), taxonomy.by_label(label2)):
        if known is not None:
            found.add(known.parent or known.code)
    return frozenset(found)


def _levels(entry: Indicator) -> tuple[tuple[int, ClassRef], tuple[int, ClassRef]]:
    return (1, entry.level1), (2, entry.level2)


def _mislabelled(taxonomy: Taxonomy, ref: ClassRef) -> bool:
    return ref.code in taxonomy.classes and not taxonomy.bears(ref.code, ref.label)


def _fits(taxonomy: Taxonomy, level: int, chosen: Class, entry: Indicator) -> bool:
    """Whether ``chosen``, put at ``level``, agrees with the entry's other level."""
    if level == 2:
        return chosen.parent == entry.level1.code
    lower = taxonomy.classes.get(entry.level2.code)
    return lower is not None and lower.parent == chosen.code
