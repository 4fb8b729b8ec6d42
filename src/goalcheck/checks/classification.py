"""GC2xx: the classes of an indicator, against the taxonomy."""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.checks import Context
from goalcheck.finding import Edit, Finding, Fix, Related, Term
from goalcheck.rule import Class, Taxonomy
from goalcheck.sheet import ClassRef, Entry, Indicator


def unknown_code(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC201."""
    if not isinstance(entry, Indicator):
        return
    taxonomy = context.taxonomy
    for level, ref in _levels(entry):
        if _known(taxonomy, level, ref) or _mislabelled(taxonomy, ref):
            continue
        bearer = taxonomy.by_label(ref.label)
        fitting = bearer is not None and (bearer.parent is None) == (level == 1)
        codes = ", ".join(f"{c.code}-{c.label}" for c in taxonomy.level(level))
        figures = {"code": ref.code, "level": Term(f"level{level}"), "codes": codes}
        suggestion = f"{bearer.code}-{bearer.label}" if bearer and fitting else None
        end = ref.start + len(ref.text.split("-")[0].rstrip()) if "-" in ref.text else ref.end
        yield Finding(ref.start, end, f"level{level}", figures, suggestion)


def code_label_mismatch(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC202. Where both code and label could be meant, the other level decides; else both are named."""
    if not isinstance(entry, Indicator):
        return
    taxonomy = context.taxonomy
    for level, ref in _levels(entry):
        if not _mislabelled(taxonomy, ref):
            continue
        by_code = taxonomy.classes[ref.code]
        by_label = taxonomy.by_label(ref.label)
        ways = [c for c in (by_code, by_label) if c is not None and (c.parent is None) == (level == 1)]
        fitting = [c for c in ways if _fits(taxonomy, level, c, entry)] or ways or list(taxonomy.level(level))
        either = " / ".join(f"{c.code}-{c.label}" for c in fitting)
        figures = {"text": ref.text, "code": ref.code, "right": by_code.label, "either": either}
        suggestion, fix = None, None
        if len(fitting) == 1:
            suggestion = either
            fix = Fix((Edit(ref.start, ref.end, suggestion),))
        yield Finding(ref.start, ref.end, f"level{level}", figures, suggestion, fix=fix)


def parent_mismatch(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC203. The second level is taken at its word, unless the name speaks of satisfaction and the first level too."""
    if not isinstance(entry, Indicator):
        return
    taxonomy = context.taxonomy
    upper, lower = entry.level1, entry.level2
    first, second = taxonomy.classes.get(upper.code), taxonomy.classes.get(lower.code)
    if not _sound_refs(taxonomy, entry) or first is None or second is None or second.parent == first.code:
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


def first_levels(entry: Entry, taxonomy: Taxonomy) -> set[str] | None:
    """Codes of the first levels that ``entry`` could mean; None where that cannot be told.

    An entry whose classes contradict each other counts for every first level that one of them names.
    """
    if not isinstance(entry, Indicator):
        return {entry.level1.code} if entry.level1 is not None and entry.level1.code in taxonomy.classes else None
    found = set()
    for level, ref in _levels(entry):
        for known in (taxonomy.classes.get(ref.code), taxonomy.by_label(ref.label)):
            if known is not None and (level == 2 or known.parent is None):
                found.add(known.parent or known.code)
    return found if found and _known(taxonomy, 1, entry.level1) else None


def _levels(entry: Indicator) -> tuple[tuple[int, ClassRef], tuple[int, ClassRef]]:
    return (1, entry.level1), (2, entry.level2)


def _known(taxonomy: Taxonomy, level: int, ref: ClassRef) -> bool:
    known = taxonomy.classes.get(ref.code)
    return known is not None and (known.parent is None) == (level == 1)


def _mislabelled(taxonomy: Taxonomy, ref: ClassRef) -> bool:
    return ref.code in taxonomy.classes and not taxonomy.bears(ref.code, ref.label)


def _sound_refs(taxonomy: Taxonomy, entry: Indicator) -> bool:
    return all(_known(taxonomy, n, ref) and not _mislabelled(taxonomy, ref) for n, ref in _levels(entry))


def _fits(taxonomy: Taxonomy, level: int, chosen: Class, entry: Indicator) -> bool:
    """Whether ``chosen``, put at ``level``, agrees with the entry's other level."""
    if level == 2:
        return chosen.parent == entry.level1.code
    lower = taxonomy.classes.get(entry.level2.code)
    return lower is not None and lower.parent == chosen.code
