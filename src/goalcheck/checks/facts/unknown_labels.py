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


class UnknownLabels:
    """The cells with such a label, each with the first of its indicators.

    Only what calls itself a class, …指标, is one. Where as many labels of a level are unknown as known, the sheet has
    classes of its own, and none is said to be wrong.
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
                    is_unknown = self._is_unknown(ref, level)
                    (unknown if is_unknown else known)[level].add(bare_label(ref.label))
                    if is_unknown:
                        cells.setdefault(ref.start, (level, entry))
        for start, (level, entry) in cells.items():
            if len(unknown[level]) < len(known[level]):
                self._first[start] = entry

    def first(self, ref: ClassRef) -> Indicator | None:
        """The first indicator of the cell ``ref``, if its label is such a one."""
        return self._first.get(ref.start)

    def _is_other(self, ref: ClassRef) -> bool:
        """Whether a class is known to be none of a taxonomy: its second levels are its own."""
        return bare_label(ref.label) in self._others

    def _is_unknown(self, ref: ClassRef, level: int) -> bool:
        name = bare_label(ref.label)
        if not name or len(name) > _LONGEST or f"{name}指标" not in label_alone(ref.label):
            return False
        if name in levels_of_labels() or self._is_other(ref) or vocabulary().template_gap(ref.label):
            return False
        return not any(meant(self._taxonomy, at, ref) for at in (level, 3 - level))


def misspelt(taxonomy: Taxonomy, level: int, ref: ClassRef) -> Class | None:
    """The one class of ``level`` whose label differs from that of ``ref`` in a single character: 数最指标."""
    name = bare_label(ref.label)
    found = {
        made.code: made
        for made in taxonomy.level(level)
        for label in map(bare_label, (made.label, *made.aliases))
        if len(label) == len(name) and sum(a != b for a, b in zip(label, name, strict=True)) == 1
    }
    return next(iter(found.values())) if len(found) == 1 else None
