"""GC2xx: the classes of an indicator, against the taxonomy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from goalcheck.checks import Context
from goalcheck.finding import Edit, Figure, Finding, Fix, Related, Term
from goalcheck.rule import Class, Taxonomy
from goalcheck.sheet import ClassRef, Entry, Indicator


def unknown_code(entry: Entry, context: Context) -> Iterator[Finding]:
    """GC201."""
    if not isinstance(entry, Indicator):
        return
    taxonomy = context.taxonomy
    for level, ref in _levels(entry):
        if _sound(taxonomy, level, ref.code, ref.label) or _mislabelled(taxonomy, ref):
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
        if _sound(taxonomy, level, ref.code, ref.label) or not _mislabelled(taxonomy, ref):
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
    if not all(_sound(taxonomy, level, ref.code, ref.label) for level, ref in _levels(entry)):
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


@lru_cache(maxsize=1024)
def _sound(taxonomy: Taxonomy, level: int, code: str, label: str) -> bool:
    """Whether ``code`` is known at ``level`` and bears ``label``."""
    known = taxonomy.classes.get(code)
    return known is not None and (known.parent is None) == (level == 1) and taxonomy.bears(code, label)


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
