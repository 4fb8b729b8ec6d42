"""What many rules ask of an indicator, worked out once: the class it stands in, what its name speaks of, its values.

A rule about the meaning of an entry asks here. A class counts only where code, label and parent agree; else other
findings speak of it, and nothing can be concluded from it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.catalogue.taxonomy import Class, Taxonomy
from goalcheck.checks.facts.name import Lazy, named
from goalcheck.sheet import ClassRef, Entry, Form, Indicator, Value

_DOCUMENT = re.compile(r"《|〔\d|[\[\u3010]\d{4}[\]\u3011]\d|文件$")
_DIGIT = re.compile(r"\d")
_FULL = Decimal(100)
_FIGURES = ("quantity", "range")
_UNTOLD = ("blank", "residue", "malformed")

Pair = tuple[str, Value]
"""The name of a field, and the value that stands in it."""


class Reading:
    """An indicator as rules see it, by the word lists of ``lexicon`` and the classes of ``taxonomy``.

    ``classes`` are first and second level, None where code, label or parent contradict each other. ``top`` is the role
    of the first level (``output``, ``benefit``, ``satisfaction``, ``cost``), ``kind`` that of the second (``quantity``,
    ``quality``, ``timeliness``, ``cost``), else of the first. ``values`` are those that say something: not blank, not a
    template, not malformed.
    """

    def __init__(self, entry: Indicator, taxonomy: Taxonomy, lexicon: Lexicon) -> None:
        self.entry = entry
        self.taxonomy = taxonomy
        self.lexicon = lexicon
        self.name = named(entry.name.clean, lexicon)
        self.contains, self.ends = self.name.contains, self.name.ends
        upper, lower = entry.level1, entry.level2
        self.classes = settled(taxonomy, upper.code, upper.label, lower.code, lower.label)
        self.top = self.classes[0].role if self.classes else None
        self.kind = (self.classes[1].role or self.top) if self.classes else None
        self.values = tuple([pair for pair in entry.values if pair[1].form.kind not in _UNTOLD])
        self.in_words = tuple([pair for pair in self.values if pair[1].form.kind == "words"])

    @Lazy
    def satisfaction(self) -> bool:
        """Whether the target is one of satisfaction, by its class or by its name."""
        if self.ends("satisfaction-endings"):
            return True
        return self.top == "satisfaction" and self.contains("approval-words") and not self.name.lower_is_better

    @Lazy
    def figures(self) -> tuple[Pair, ...]:
        """Those of ``values`` that are quantities or ranges, and within their bounds."""
        found = [pair for pair in self.values if pair[1].form.kind in _FIGURES]
        if found and not self.name.may_exceed:
            found = [pair for pair in found if not pair[1].form.out_of_range]
        return tuple(found)

    @Lazy
    def percentages(self) -> tuple[Pair, ...]:
        """Those of :attr:`figures` that are plain percentages."""
        return tuple([pair for pair in self.figures if pair[1].form.unit == "%" and pair[1].form.kind == "quantity"])

    def refers(self, value: Value) -> bool:
        """Whether ``value`` points to a rule or document instead of saying what is to be reached."""
        text = value.clean
        if not text.startswith(self.lexicon["reference-words"]) or text.endswith(self.lexicon["result-endings"]):
            return False
        if self.lexicon.within(text, "whole-words"):
            return False
        return (not _DIGIT.search(text) and self.lexicon.within(text, "rule-words")) or bool(_DOCUMENT.search(text))

    @Lazy
    def conflict(self) -> str:
        """In what the two values differ: ``kinds``, ``units`` or ``comparators``; empty where in nothing."""
        if len(self.values) < 2:
            return ""
        a, b = (value.form for _, value in self.values)
        if a is b or a == b or any(self.refers(value) for _, value in self.in_words):
            return ""
        if not self.name.may_exceed and (a.out_of_range or b.out_of_range):
            return ""
        if a.kind != b.kind:
            return "" if self.staged else "kinds"
        if a.kind not in _FIGURES:
            return ""
        if not self._same_unit(a, b):
            return "units"
        return "" if self._sign(a) == self._sign(b) else "comparators"

    @Lazy
    def staged(self) -> bool:
        """Whether the cycle has a figure or a date, and the year a stage of the work: 12公里, and 完成前期工作."""
        cycle, annual = self.entry.cycle_value, self.entry.annual_value
        if cycle is None or annual is None or cycle.form.kind not in (*_FIGURES, "date"):
            return False
        return annual.form.kind == "words" and self.lexicon.within(annual.clean, "stage-words")

    def _same_unit(self, a: Form, b: Form) -> bool:
        """Whether two units are the same, or scales of one measure; 0 needs none."""
        one, other = (form.unit.removesuffix("/年").removeprefix("每年") for form in (a, b))
        if one == other or any(not form.unit and not any(form.numbers) for form in (a, b)):
            return True
        return any({one, other} <= set(family.split()) for family in self.lexicon["unit-families"])

    def _sign(self, form: Form) -> str:
        full = form.unit == "%" and form.numbers == (_FULL,) and not self.name.may_exceed
        return "" if full or form.comparator == "=" else form.comparator


class Readings(dict[Entry, Reading | None]):
    """The reading of every entry of a sheet, made when it is first asked for."""

    def __init__(self, taxonomy: Taxonomy, lexicon: Lexicon) -> None:
        super().__init__()
        self._taxonomy = taxonomy
        self._lexicon = lexicon

    def __missing__(self, entry: Entry) -> Reading | None:
        made = self[entry] = Reading(entry, self._taxonomy, self._lexicon) if isinstance(entry, Indicator) else None
        return made


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
