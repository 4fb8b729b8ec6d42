"""Whether the classes that an entry names agree with the taxonomy, and which one it means where they do not."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import attrs

from goalcheck.catalogue.taxonomy import Class, Taxonomy, bare_label, label_alone
from goalcheck.checks.facts.context import Context
from goalcheck.sheet import ClassRef, Entry, Indicator, Sheet

_Key = tuple[str, str, str, str]
"""What tells a pair of classes from others: codes and labels."""


def fitting_taxonomy(sheet: Sheet, taxonomies: Sequence[Taxonomy]) -> Taxonomy:
    """The one of ``taxonomies`` that the classes of most indicators in ``sheet`` agree with, both levels together.

    Of those that do as well it is the one that knows more labels or codes, then the first.
    """
    if len(taxonomies) == 1:
        return taxonomies[0]
    refs: dict[_Key, tuple[ClassRef, ClassRef]] = {}
    numbers: Counter[_Key] = Counter()
    for project in sheet.projects:
        for entry in project.indicators:
            key = _key(entry.level1, entry.level2)
            refs[key] = entry.level1, entry.level2
            numbers[key] += 1

    def fit(taxonomy: Taxonomy) -> tuple[int, int]:
        pairs = [(*_fit(taxonomy, *refs[key]), number) for key, number in numbers.items()]
        return sum(agree * number for agree, _, number in pairs), sum(known * number for _, known, number in pairs)

    return max(taxonomies, key=fit)


def _fit(taxonomy: Taxonomy, upper: ClassRef, lower: ClassRef) -> tuple[bool, int]:
    """Whether ``taxonomy`` has two references below each other, and how many of them it knows."""
    known = (
        is_sound(taxonomy, level, ref) if ref.code else taxonomy.named(ref.label, level) is not None
        for level, ref in ((1, upper), (2, lower))
    )
    return _settled(taxonomy, upper, lower) is not None, sum(known)


@attrs.frozen(eq=False, repr=False)
class _ProjectForm:
    """The form of one project: where it stands, and whether it has satisfaction as a first level."""

    start: int
    end: int
    is_apart: bool


@attrs.frozen(eq=False, repr=False)
class Standing:
    """What a first and a second level mean together.

    ``classes`` are both; None where one is unknown, mislabelled or under another parent. Of joint labels they are the
    first that belong together. ``kinds`` are the roles of the second level, of a joint label those of each part; the
    first level's where it has none. ``top`` is the role of the first level, ``kind`` the only one of ``kinds``.
    """

    classes: tuple[Class, Class] | None
    kinds: frozenset[str]
    top: str | None
    kind: str | None
    pleases: bool
    """Whether the first level by itself, or the second, is one of satisfaction."""


class Classes:
    """What the entries of a sheet mean by their classes; each pair is worked out once, for a sheet has but a dozen."""

    def __init__(self, context: Context) -> None:
        self._taxonomy = context.taxonomy
        self._sheet = context.sheet
        self._others = context.lexicon.sets["other-first-levels"]
        self._standings: dict[tuple[str, str, str, str, bool], Standing] = {}
        self._second_levels: dict[tuple[str, str], frozenset[str] | None] = {}
        self._first_levels: dict[tuple[str, str, str, str, bool], frozenset[str] | None] = {}

    def _key(self, upper: ClassRef, lower: ClassRef) -> tuple[str, str, str, str, bool]:
        apart = not (upper.code or lower.code) and self._has_satisfaction_apart(upper)
        return upper.code, upper.label, lower.code, lower.label, apart

    def standing(self, upper: ClassRef, lower: ClassRef) -> Standing:
        """What two references mean together."""
        key = self._key(upper, lower)
        made = self._standings.get(key)
        if made is None:
            classes = self._agreeing(upper, lower)
            kinds = self._roles(lower) if classes is not None else frozenset()
            top = classes[0].role if classes is not None else None
            kind = next(iter(kinds)) if len(kinds) == 1 else None
            first = resolved(self._taxonomy, 1, upper)
            pleases = (first is not None and first.role == "satisfaction") or "satisfaction" in kinds
            made = self._standings[key] = Standing(classes, kinds, top, kind, pleases)
        return made

    def _agreeing(self, upper: ClassRef, lower: ClassRef) -> tuple[Class, Class] | None:
        made = _settled(self._taxonomy, upper, lower)
        if made is not None or upper.code or lower.code:
            return made
        for second in meant(self._taxonomy, 2, lower):
            parent = self._taxonomy.classes[second.parent or ""]
            if any(self._is_below(first, parent, upper) for first in meant(self._taxonomy, 1, upper)):
                return parent, second
        return None

    def _roles(self, lower: ClassRef) -> frozenset[str]:
        found = (second.role or self._role_above(second) for second in meant(self._taxonomy, 2, lower))
        return frozenset(role for role in found if role is not None)

    def _role_above(self, second: Class) -> str | None:
        """The role of the first level; None where a sibling has it, as 经济成本 beside 社会成本 that of cost."""
        role = self._taxonomy.classes[second.parent or ""].role
        below = (c.role for c in self._taxonomy.level(2) if c.parent == second.parent)
        return None if role in below else role

    def _is_below(self, first: Class, parent: Class, upper: ClassRef) -> bool:
        """Whether the form puts ``parent``, satisfaction, below ``first``, benefit: some have no level of its own."""
        return first.role == "benefit" and parent.role == "satisfaction" and not self._has_satisfaction_apart(upper)

    def is_above(self, upper: ClassRef, second: Class) -> bool:
        """Whether ``upper`` is the first level of ``second``, in the taxonomy or as the sheet itself has it."""
        parent = self._taxonomy.classes[second.parent or ""]
        as_here = second.code in self._labels
        firsts = meant(self._taxonomy, 1, upper)
        return any(first is parent or (as_here and self._is_below(first, parent, upper)) for first in firsts)

    def _has_satisfaction_apart(self, ref: ClassRef) -> bool:
        """Whether satisfaction is a first level in the form of one project where ``ref`` stands; else in any table."""
        starts, forms, tables = self._satisfaction_apart
        at = bisect_right(starts, ref.start) - 1
        return forms[at].is_apart if at >= 0 and ref.start <= forms[at].end else tables

    @cached_property
    def _satisfaction_apart(self) -> tuple[list[int], list[_ProjectForm], bool]:
        """Where forms of one project begin, and these forms; whether satisfaction is a first level in another table."""
        forms: list[_ProjectForm] = []
        tables = False
        for section in self._sheet.sections:
            for project in section.projects:
                labels = {entry.level1.label for entry in project.indicators if entry.level1.label}
                found = (made.role for label in labels for made in self._taxonomy.all_named(label, 1))
                is_apart = "satisfaction" in found
                tables = tables or (is_apart and section.layout != "blocks")
                if section.layout == "blocks":
                    forms.append(_ProjectForm(project.start, project.end, is_apart))
        forms.sort(key=lambda form: form.start)
        return [form.start for form in forms], forms, tables

    def first_levels(self, entry: Entry) -> frozenset[str] | None:
        """Codes of the first levels that ``entry`` could mean; None where that cannot be told.

        An entry whose classes contradict each other counts for every first level that one of them names, one with a
        joint label for that of each part. A first level that is known to be something else, as 预算执行率, is none.
        """
        if not isinstance(entry, Indicator):
            known = resolved(self._taxonomy, 1, entry.level1) if entry.level1 is not None else None
            return frozenset((known.code,)) if known is not None else None
        upper, lower = entry.level1, entry.level2
        key = self._key(upper, lower)
        if key not in self._first_levels:
            has_code = upper.code or lower.code
            self._first_levels[key] = (
                _first_levels(self._taxonomy, upper, lower) if has_code else self._of_labels(upper, lower)
            )
        return self._first_levels[key]

    def _of_labels(self, upper: ClassRef, lower: ClassRef) -> frozenset[str] | None:
        if bare_label(upper.label or lower.label) in self._others:
            return frozenset()
        uppers = {made.code for made in meant(self._taxonomy, 1, upper)}
        parents = {made.parent or "" for made in meant(self._taxonomy, 2, lower)}
        found = parents if self.standing(upper, lower).classes else uppers | parents
        return frozenset(found) or None

    def second_levels(self, entry: Indicator) -> frozenset[str] | None:
        """Codes of the second levels that ``entry`` could mean, by its code or by its label; None if there is none."""
        ref = entry.level2
        key = ref.code, ref.label
        if key not in self._second_levels:
            by_label = self._taxonomy.by_label(ref.label) if ref.code else None
            found = (*meant(self._taxonomy, 2, ref), by_label)
            self._second_levels[key] = frozenset(known.code for known in found if known is not None) or None
        return self._second_levels[key]

    def key(self, ref: ClassRef) -> str | None:
        """What tells the class of a second level from others, whatever it is called; None where the label is joint."""
        if ref.code:
            return ref.code
        classes = meant(self._taxonomy, 2, ref)
        if len(classes) > 1:
            return None
        return classes[0].code if classes else written_key(ref)

    def printed(self, made: Class, ref: ClassRef | None) -> str:
        """``made`` as the sheet calls it where ``ref`` shows that it has no codes; else as it is usually written."""
        usual = written(made, ref)
        return usual if ref is None or ref.code else self._labels.get(made.code, usual)

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The labels without codes that the sheet prints, each by the code of the one class that it means."""
        found: dict[str, str] = {}
        for project in self._sheet.projects:
            for entry in project.indicators:
                for level, ref in ((1, entry.level1), (2, entry.level2)):
                    classes = self._taxonomy.all_named(ref.label, level) if ref.label and not ref.code else ()
                    if len(classes) == 1:
                        found.setdefault(classes[0].code, label_alone(ref.label))
        return found


class MisplacedBelow:
    """The first second level that stands wrongly below each cell of a first one, by the parent that it should have.

    A first level whose cell is merged over several rows is wrong once.
    """

    def __init__(self, _: Context) -> None:
        self._found: dict[tuple[int, str], ClassRef] = {}

    def first(self, upper: ClassRef, parent: Class, lower: ClassRef) -> ClassRef:
        """That one; ``lower``, where none was found before."""
        return self._found.setdefault((upper.start, parent.code), lower)


def _key(upper: ClassRef, lower: ClassRef) -> _Key:
    return upper.code, upper.label, lower.code, lower.label


def meant(taxonomy: Taxonomy, level: int, ref: ClassRef) -> tuple[Class, ...]:
    """The classes that ``ref`` means: the one of its code; where none is written, those of its label."""
    if not ref.code:
        return taxonomy.all_named(ref.label, level)
    known = taxonomy.classes.get(ref.code)
    return (known,) if known is not None else ()


def resolved(taxonomy: Taxonomy, level: int, ref: ClassRef) -> Class | None:
    """The class that ``ref`` means: by its code; where none is written, by its label, of a joint one the first part."""
    return next(iter(meant(taxonomy, level, ref)), None)


def _settled(taxonomy: Taxonomy, upper: ClassRef, lower: ClassRef) -> tuple[Class, Class] | None:
    firsts, seconds = meant(taxonomy, 1, upper), meant(taxonomy, 2, lower)
    if upper.code or lower.code:
        if not (firsts and seconds and is_sound(taxonomy, 1, upper) and is_sound(taxonomy, 2, lower)):
            return None
    elif not upper.label:  # the form has no first level, or leaves it blank
        firsts = tuple(taxonomy.classes[second.parent or ""] for second in seconds)
    pairs = ((first, second) for second in seconds for first in firsts if second.parent == first.code)
    return next(pairs, None)


def _first_levels(taxonomy: Taxonomy, upper: ClassRef, lower: ClassRef) -> frozenset[str] | None:
    first, second = resolved(taxonomy, 1, upper), resolved(taxonomy, 2, lower)
    if first is None or first.parent is not None:
        return None
    found = {first.code}
    by_label = (taxonomy.by_label(ref.label) if ref.code else None for ref in (upper, lower))
    for known in (*by_label, second):
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


def written(made: Class, ref: ClassRef | None = None) -> str:
    """``made`` as it is written in an entry: ``11-数量指标``; by its label alone where ``ref`` has no code either."""
    if ref is not None and not ref.code:
        return made.label if made.label.endswith("指标") else f"{made.label}指标"
    return f"{made.code}-{made.label}"


def written_key(ref: ClassRef) -> str:
    """What tells a class from others of its level: its code, or where none is written its bare label."""
    return ref.code or bare_label(ref.label)


def differs(ref: ClassRef, made: Class) -> bool:
    """Whether ``ref``, which has a code, names another class than ``made``."""
    return ref.code != made.code
