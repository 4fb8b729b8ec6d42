"""The labels of classes that no taxonomy has, in a sheet that else keeps to one."""

from __future__ import annotations

from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import Class, Taxonomy, bare_label, label_alone
from goalcheck.checks.facts.classes import meant
from goalcheck.checks.facts.context import Context
from goalcheck.sheet import ClassRef, Indicator
from goalcheck.vocabulary import vocabulary

_LONGEST = 12
"""No label is longer: what is, tells of something and is no class."""

_FIRST, _SECOND = frozenset((1,)), frozenset((2,))
_SHORTEST = 4
"""A label of fewer characters is near to too many words."""


class UnknownLabels:
    """The cells with such a label, each with the first of its indicators.

    Only what calls itself a class, …指标, is one, or what is a known label but for a character; as well a label of the
    other level. Where as many labels of a level are unknown as known, the sheet has classes of its own, and none is
    said to be wrong that is not misspelt.
    """

    def __init__(self, context: Context) -> None:
        self._taxonomy = context.taxonomy
        self._others = context.lexicon.sets["other-first-levels"] | context.lexicon.sets["other-classes"]
        self._first: dict[int, Indicator] = {}
        known: dict[int, set[str]] = {1: set(), 2: set()}
        unknown: dict[int, set[str]] = {1: set(), 2: set()}
        cells: dict[int, tuple[int, Indicator]] = {}
        for project in context.sheet.projects:
            for entry in project.indicators:
                for level, ref in ((1, entry.level1), (2, entry.level2)):
                    if not ref.label or ref.code or (level == 2 and self._is_other(entry.level1)):
                        continue
                    is_unknown = self._is_unknown(ref, level) or self._is_of_other_level(entry, level)
                    (unknown if is_unknown else known)[level].add(bare_label(ref.label))
                    if is_unknown:
                        cells.setdefault(ref.start, (level, entry))
        for start, (level, entry) in cells.items():
            ref = entry.level1 if level == 1 else entry.level2
            if len(unknown[level]) < len(known[level]) or self._is_sure(entry, level, ref):
                self._first[start] = entry

    def first(self, ref: ClassRef) -> Indicator | None:
        """The first indicator of the cell ``ref``, if its label is such a one."""
        return self._first.get(ref.start)

    def _is_other(self, ref: ClassRef) -> bool:
        """Whether a class is known to be none of a taxonomy: its second levels are its own."""
        return bare_label(ref.label) in self._others

    def _is_unknown(self, ref: ClassRef, level: int) -> bool:
        name = bare_label(ref.label)
        if not name or len(name) > _LONGEST:
            return False
        if f"{name}指标" not in label_alone(ref.label) and misspelt(self._taxonomy, level, ref) is None:
            return False
        if name in levels_of_labels() or self._is_other(ref) or vocabulary().template_gap(ref.label):
            return False
        return not any(meant(self._taxonomy, at, ref) for at in (level, 3 - level))

    def _is_of_other_level(self, entry: Indicator, level: int) -> bool:
        """Whether the labels of an indicator stand in each other's columns; said of the first level.

        As well a second level that stands alone in the column of the first. Not: satisfaction, which some forms have
        as a first level under its name as a second.
        """
        upper, lower = entry.level1, entry.level2
        seconds = meant(self._taxonomy, 2, upper)
        if level == 2 or not seconds or meant(self._taxonomy, 1, upper) or bare_label(upper.label) in self._others:
            return False
        parents = {self._taxonomy.classes[second.parent or ""].role for second in seconds}
        return self._is_swapped(entry) or (not lower.label and "satisfaction" not in parents)

    def _is_swapped(self, entry: Indicator) -> bool:
        upper, lower = (levels_of_labels().get(bare_label(ref.label)) for ref in (entry.level1, entry.level2))
        return upper == _SECOND and lower == _FIRST

    def _is_sure(self, entry: Indicator, level: int, ref: ClassRef) -> bool:
        """Whether a label is wrong whatever classes the sheet has."""
        if bare_label(ref.label) in levels_of_labels():
            return level == 1 and self._is_swapped(entry)
        return misspelt(self._taxonomy, level, ref) is not None


def misspelt(taxonomy: Taxonomy, level: int, ref: ClassRef) -> Class | None:
    """The one class of ``level`` whose label is that of ``ref`` but for a character: 数最指标, 数量栎标, 数指标."""
    said = label_alone(ref.label)
    found = {
        made.code: made
        for made in taxonomy.level(level)
        for label in (made.label, *made.aliases)
        if any(_is_near(said, name) for name in _spelt(label))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _spelt(label: str) -> tuple[str, ...]:
    """How forms write a label: 数量指标, or 数量 where that is long enough to be told from others."""
    name = bare_label(label)
    return (f"{name}指标", name) if len(name) >= _SHORTEST else (f"{name}指标",)


def _is_near(one: str, other: str) -> bool:
    """Whether a single character parts two texts: exchanged, lost, or too much."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, behind = one[at:], other[at:]
    return rest[1:] == behind[1:] or rest[1:] == behind or rest == behind[1:]
