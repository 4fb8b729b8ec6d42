"""What many rules ask of an indicator, worked out once: the class it stands in, what its name speaks of, its values.

A rule about the meaning of an entry asks here. A class counts only where code, label and parent agree; else other
findings speak of it, and nothing can be concluded from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, Generic, TypeVar

import attrs

from goalcheck.checks.lexicon import Lexicon
from goalcheck.rule import Class, Taxonomy
from goalcheck.sheet import ClassRef, Form, Indicator, Value

_TAIL = re.compile(r"(?:[(\uff08][^()\uff08\uff09]*[)\uff09]|指标)+$")
_BRACKETED = re.compile(r"[(\uff08]([^()\uff08\uff09]{1,8})[)\uff09]$")
_DOCUMENT = re.compile(r"《|〔\d|[\[\u3010]\d{4}[\]\u3011]\d|文件$")
_DIGIT = re.compile(r"\d")
_NOTHING, _FULL = Decimal(0), Decimal(100)
_FIGURES = ("quantity", "range")
_UNTOLD = ("blank", "residue", "malformed")
_TURNED = re.compile("[不未]")
_INVERTED = ("不", "未", "非", "无")  # 不合格率, 未完成率: the reverse of what the ending says

T = TypeVar("T")


class Lazy(Generic[T]):
    """A property worked out once: functools.cached_property without its lock, for one thread walks a sheet."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, _: type | None = None) -> T:
        made: T = self._work(owner)
        owner.__dict__[self._name] = made
        return made


def bare(name: str) -> str:
    """``name`` without brackets and 指标 at its end: 服务对象满意度指标(%) is 服务对象满意度."""
    return _TAIL.sub("", name) or name


@attrs.define(eq=False, slots=False)
class Reading:
    """An indicator as rules see it. ``lexicon`` holds the word lists, ``taxonomy`` the classes."""

    entry: Indicator
    taxonomy: Taxonomy
    lexicon: Lexicon

    @Lazy
    def name(self) -> str:
        """The name without blanks, and without brackets and 指标 at its end; 讲座(场次) is 讲座场次."""
        name = self.entry.name.clean
        found = _BRACKETED.search(name)
        if found is not None and found[1].endswith(self.lexicon["counted-nouns"]):
            return f"{name[: found.start()]}{found[1]}"
        return bare(name)

    @Lazy
    def classes(self) -> tuple[Class, Class] | None:
        """First and second level; None where code, label or parent contradict each other."""
        upper, lower = self.entry.level1, self.entry.level2
        return settled(self.taxonomy, upper.code, upper.label, lower.code, lower.label)

    @property
    def top(self) -> str | None:
        """The role of the first level: ``output``, ``benefit``, ``satisfaction`` or ``cost``."""
        return self.classes[0].role if self.classes else None

    @property
    def kind(self) -> str | None:
        """The role of the second level (``quantity``, ``quality``, ``timeliness``, ``cost``), else of the first."""
        return (self.classes[1].role or self.classes[0].role) if self.classes else None

    def contains(self, words: str) -> bool:
        """Whether the name contains a word of the list ``words``."""
        return self.lexicon.within(self.name, words)

    def ends(self, words: str) -> bool:
        """Whether the name ends in a word of the list ``words``, and not in its reverse (不合格率)."""
        name, listed = self.name, self.lexicon[words]
        if not name.endswith(listed):
            return False
        ending = next(word for word in listed if name.endswith(word))
        return not name.removesuffix(ending).endswith(_INVERTED)

    @Lazy
    def satisfaction(self) -> bool:
        """Whether the target is one of satisfaction, by its class or by its name."""
        if self.ends("satisfaction-endings"):
            return True
        return self.top == "satisfaction" and not self.lower_is_better and not self.ends("no-satisfaction")

    @Lazy
    def lower_is_better(self) -> bool:
        """Whether less of it is better: 群众投诉率, 安全事故发生数; not 投诉办结率 or 查处违规案件数."""
        name = self.name
        if self.contains("handling-words"):
            return False
        if _TURNED.search(name) and any(
            f"{turn}{w}" in name for w in self.lexicon["higher-is-better"] for turn in "不未"
        ):
            return True
        for ending in self.lexicon["incidence-endings"]:
            if name.endswith(ending):
                name = name.removesuffix(ending)
                break
        return name.endswith(self.lexicon["lower-is-better"])

    @Lazy
    def may_exceed(self) -> bool:
        """Whether its percentage may pass 100: growth, a ratio, a multiple."""
        return self.lexicon.within(self.entry.name.clean, "growth-words")

    @Lazy
    def values(self) -> tuple[tuple[str, Value], ...]:
        """The values that say something, with the names of their fields: not blank, not a template, not malformed."""
        return tuple(pair for pair in self.entry.values if pair[1].form.kind not in _UNTOLD)

    @Lazy
    def figures(self) -> tuple[tuple[str, Value], ...]:
        """Those of :attr:`values` that are quantities or ranges, and within their bounds."""
        sound = (pair for pair in self.values if pair[1].form.kind in _FIGURES)
        return tuple(pair for pair in sound if self.may_exceed or not out_of_range(pair[1].form))

    @property
    def percentages(self) -> Iterator[tuple[str, Value]]:
        """Those of :attr:`figures` that are plain percentages."""
        return (pair for pair in self.figures if pair[1].form.unit == "%" and pair[1].form.kind == "quantity")

    @Lazy
    def in_words(self) -> tuple[tuple[str, Value], ...]:
        """Those of :attr:`values` that are words."""
        return tuple(pair for pair in self.values if pair[1].form.kind == "words")

    def refers(self, value: Value) -> bool:
        """Whether ``value`` points to a rule or document instead of saying what is to be reached."""
        text = value.clean
        if not text.startswith(self.lexicon["reference-words"]):
            return False
        ruled = not _DIGIT.search(text) and any(word in text for word in self.lexicon["rule-words"])
        return ruled or _DOCUMENT.search(text) is not None

    @Lazy
    def conflict(self) -> str:
        """In what the two values differ: ``kinds``, ``units`` or ``comparators``; empty where in nothing."""
        if len(self.values) < 2 or any(self.refers(value) for _, value in self.in_words):
            return ""
        (_, one), (_, other) = self.values
        a, b = one.form, other.form
        if a == b or (not self.may_exceed and (out_of_range(a) or out_of_range(b))):
            return ""
        if a.kind != b.kind:
            return "kinds"
        if a.kind not in _FIGURES:
            return ""
        if not self._same_unit(a, b):
            return "units"
        return "" if self._sign(a) == self._sign(b) else "comparators"

    def _same_unit(self, a: Form, b: Form) -> bool:
        """Whether two units are the same, or scales of one measure; 0 needs none."""
        one, other = (form.unit.removesuffix("/年").removeprefix("每年") for form in (a, b))
        if one == other or any(not form.unit and not any(form.numbers) for form in (a, b)):
            return True
        return any({one, other} <= set(family.split()) for family in self.lexicon["unit-families"])

    def _sign(self, form: Form) -> object:
        full = form.unit == "%" and form.numbers == (_FULL,) and not self.may_exceed
        return "" if full or form.comparator == "=" else form.comparator

    @Lazy
    def unit_in_name(self) -> bool:
        """Whether the name gives the unit in brackets: 活动(次数), 面积(平方米)."""
        found = _BRACKETED.search(self.entry.name.clean)
        if found is None:
            return False
        said = found[1].removesuffix("数")
        return said in self.lexicon["whole-units"] or any(said in f.split() for f in self.lexicon["unit-families"])

    @Lazy
    def counted_by(self) -> str:
        """The unit that the name tells: 次 of 活动次数, 场 of 演出场次; empty where it tells none."""
        noun = max((word for word in self.lexicon["counted-nouns"] if self.name.endswith(word)), key=len, default="")
        units = self.lexicon.sets["whole-units"]
        return next((unit for unit in (noun.removesuffix("数"), noun, noun[:-1]) if unit in units), "")


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


def out_of_range(form: Form) -> bool:
    """Whether a bound of a percentage lies above 100 or below 0."""
    return form.unit == "%" and (max(form.numbers) > _FULL or min(form.numbers) < _NOTHING)
