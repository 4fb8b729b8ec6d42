"""Whether the classes that an entry names agree with the taxonomy, and which one it means where they do not.

A sheet names the same dozen classes in all its entries, so what was worked out once is remembered: all of it follows
from the taxonomy, which never changes, and from codes and labels.
"""

from __future__ import annotations

from functools import lru_cache

from goalcheck.catalogue.taxonomy import Class, Taxonomy
from goalcheck.sheet import ClassRef, Entry, Indicator


@lru_cache(maxsize=1024)
def settled(taxonomy: Taxonomy, code1: str, label1: str, code2: str, label2: str) -> tuple[Class, Class] | None:
    """The classes that two references name; None where one is unknown, mislabelled or under another parent."""
    if not (sound(taxonomy, 1, code1, label1) and sound(taxonomy, 2, code2, label2)):
        return None
    first, second = taxonomy.classes[code1], taxonomy.classes[code2]
    return (first, second) if second.parent == first.code else None


@lru_cache(maxsize=1024)
def sound(taxonomy: Taxonomy, level: int, code: str, label: str) -> bool:
    """Whether ``code`` is known at ``level`` and bears ``label``."""
    known = taxonomy.classes.get(code)
    return known is not None and (known.parent is None) == (level == 1) and taxonomy.bears(code, label)


def of_role(taxonomy: Taxonomy, role: str) -> tuple[Class, Class] | None:
    """The second level of ``role`` with its first level; of a first level's role, its only second level."""
    found = [c for c in taxonomy.classes.values() if c.role == role]
    if len(found) != 1:
        return None
    lower = found[0]
    if lower.parent is None:
        children = [c for c in taxonomy.classes.values() if c.parent == lower.code]
        return (lower, children[0]) if len(children) == 1 else None
    return taxonomy.classes[lower.parent], lower


def written(made: Class) -> str:
    """``made`` as it is written in an entry: ``11-数量指标``."""
    return f"{made.code}-{made.label}"


def differs(ref: ClassRef, made: Class) -> bool:
    """Whether ``ref`` names another class than ``made``."""
    return ref.code != made.code


def first_levels(entry: Entry, taxonomy: Taxonomy) -> frozenset[str] | None:
    """Codes of the first levels that ``entry`` could mean; None where that cannot be told.

    An entry whose classes contradict each other counts for every first level that one of them names.
    """
    if isinstance(entry, Indicator):
        upper, lower = entry.level1, entry.level2
        return _first_levels(taxonomy, upper.code, upper.label, lower.code, lower.label)
    known = taxonomy.classes.get(entry.level1.code) if entry.level1 is not None else None
    return frozenset((known.code,)) if known is not None else None


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
