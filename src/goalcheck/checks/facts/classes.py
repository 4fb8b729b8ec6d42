"""Whether the classes that an entry names agree with the taxonomy, and which one it means where they do not."""

from __future__ import annotations

from goalcheck.catalogue.taxonomy import Class, Taxonomy
from goalcheck.checks.facts.context import Context
from goalcheck.sheet import ClassRef, Entry, Indicator


class Classes:
    """What the entries of a sheet mean by their classes; each pair is worked out once, for a sheet has but a dozen."""

    def __init__(self, context: Context) -> None:
        self._taxonomy = context.taxonomy
        self._settled: dict[tuple[str, str, str, str], tuple[Class, Class] | None] = {}
        self._first_levels: dict[tuple[str, str, str, str], frozenset[str] | None] = {}

    def settled(self, upper: ClassRef, lower: ClassRef) -> tuple[Class, Class] | None:
        """The classes that two references name; None where one is unknown, mislabelled or under another parent."""
        key = upper.code, upper.label, lower.code, lower.label
        if key not in self._settled:
            self._settled[key] = _settled(self._taxonomy, upper, lower)
        return self._settled[key]

    def first_levels(self, entry: Entry) -> frozenset[str] | None:
        """Codes of the first levels that ``entry`` could mean; None where that cannot be told.

        An entry whose classes contradict each other counts for every first level that one of them names.
        """
        if not isinstance(entry, Indicator):
            known = self._taxonomy.classes.get(entry.level1.code) if entry.level1 is not None else None
            return frozenset((known.code,)) if known is not None else None
        upper, lower = entry.level1, entry.level2
        key = upper.code, upper.label, lower.code, lower.label
        if key not in self._first_levels:
            self._first_levels[key] = _first_levels(self._taxonomy, upper, lower)
        return self._first_levels[key]

    def second_levels(self, entry: Indicator) -> frozenset[str] | None:
        """Codes of the second levels that ``entry`` could mean, by its code or by its label; None if there is none."""
        found = self._taxonomy.classes.get(entry.level2.code), self._taxonomy.by_label(entry.level2.label)
        return frozenset(known.code for known in found if known is not None) or None


def _settled(taxonomy: Taxonomy, upper: ClassRef, lower: ClassRef) -> tuple[Class, Class] | None:
    if not (is_sound(taxonomy, 1, upper) and is_sound(taxonomy, 2, lower)):
        return None
    first, second = taxonomy.classes[upper.code], taxonomy.classes[lower.code]
    return (first, second) if second.parent == first.code else None


def _first_levels(taxonomy: Taxonomy, upper: ClassRef, lower: ClassRef) -> frozenset[str] | None:
    first = taxonomy.classes.get(upper.code)
    if first is None or first.parent is not None:
        return None
    found = {first.code}
    for known in (taxonomy.by_label(upper.label), taxonomy.classes.get(lower.code), taxonomy.by_label(lower.label)):
        if known is not None:
            found.add(known.parent or known.code)
    return frozenset(found)


def is_sound(taxonomy: Taxonomy, level: int, ref: ClassRef) -> bool:
    """Whether the code of ``ref`` is known at ``level`` and bears the label that stands there."""
    known = taxonomy.classes.get(ref.code)
    return known is not None and (known.parent is None) == (level == 1) and taxonomy.bears(ref.code, ref.label)


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
