"""The traits of an indicator, by which most rules can be passed over without being asked: see :func:`needs`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from goalcheck.checks.facts.classes import Standing
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.name import Name
from goalcheck.checks.facts.name_tail import is_called_by_class
from goalcheck.checks.facts.project_money import SCALES
from goalcheck.checks.facts.signs import LESS, LOOSE, TURNED
from goalcheck.checks.facts.text import HAN_FIGURES, ROUND_FIGURES
from goalcheck.files.regexes import regex
from goalcheck.sheet import Value
from goalcheck.value_form import Form
from goalcheck.vocabulary import PERCENTS, vocabulary

C = TypeVar("C", bound=Callable[..., Any])

_FIGURES = ("quantity", "range")
_FULL = 100
_TAILS = (")", "\uff09", *PERCENTS)
_PREPOSITION = regex("[按依对向为给替让]")
_NAMED = frozenset(
    (
        *("settled", "unsettled"),  # its classes agree, or do not
        *("packed", "cells"),  # how it is written
        *("gap", "unlike"),  # a value is not there or blank; the two differ
        *("blank", "residue", "malformed", "quantity", "range", "ratio", "date", "words"),  # the kinds of its values
        *("figure", "percentage", "bare figure", "fraction", "money", "out of range"),  # a quantity or a range: of what
        *("bound", "below", "strict", "equal", "full"),  # its sign: any but =; < or \u2264; < or >; =; one before 100 %
        *("worded", "han figure", "other glyphs"),  # how a value is written
    )
)
_OF_NAMES = frozenset(("digit", "before", "comma", "enumeration", "tail", "preposition", "class name"))
"""What stands in the name, before as 前; at its end, a bracket or %; that it is but a class."""

_OF_LISTS = ("has", "ends")
"""``has growth-words``: a word of that list stands in the name; ``ends no-rates``: at its end."""

_OF_CLASSES = ("top", "kind")
"""``top benefit``, ``kind cost``: the roles of its classes."""

_BITS = {trait: 1 << number for number, trait in enumerate(sorted(_NAMED | _OF_NAMES))}
_FIRST_LIST = len(_BITS)
_PACKED, _CELLS, _GAP, _UNLIKE, _OTHER_GLYPHS = (
    _BITS[trait] for trait in ("packed", "cells", "gap", "unlike", "other glyphs")
)
ANY = -1
"""The bits of any trait."""

Needs = tuple[tuple[str, ...], ...]


def needs(*traits: str | tuple[str, ...]) -> Callable[[C], C]:
    """Marks a check of an indicator, or of a value, that finds nothing without certain traits.

    All of ``traits`` must be there, of several in brackets any. It is for speed alone: the check looks itself for what
    it speaks of, and tests hold that it finds nothing where it is passed over. Raises ValueError for an unknown trait.
    """
    asked = tuple((trait,) if isinstance(trait, str) else trait for trait in traits)
    for trait in (trait for either in asked for trait in either):
        if trait not in _NAMED | _OF_NAMES and trait.partition(" ")[0] not in (*_OF_CLASSES, *_OF_LISTS):
            raise ValueError(f"no trait: {trait}")

    def mark(check: C) -> C:
        check.__dict__["needs"] = asked
        return check

    return mark


def needs_of(check: Callable[..., Any]) -> Needs:
    """What ``check`` was marked with; nothing for one that wants to be asked always."""
    marked: Needs = getattr(check, "needs", ())
    return marked


class Traits:
    """The traits of the indicators of a run, each a bit.

    What many indicators share, a pair of classes, a name, the form of a value, is looked at once.
    """

    def __init__(self, context: Context) -> None:
        self._taxonomy, self._lexicon = context.taxonomy, context.lexicon
        self._lists = context.lexicon.bits
        self._bits = dict(_BITS)
        self._looks_at_names = False
        self._by_standing: dict[Standing, int] = {}
        self._by_name: dict[Name, int] = {}
        self._by_form: dict[int, int] = {}  # by their ids: the tree keeps them as long as the run takes
        self._by_text: dict[str, int] = {}

    def bits(self, traits: Iterable[str]) -> int:
        """The bits of ``traits``, of which some rule needs one."""
        made = 0
        for trait in traits:
            made |= self._bits.get(trait) or self._bit(trait)
            self._looks_at_names = self._looks_at_names or _is_of_name(trait)
        return made

    def _bit(self, trait: str) -> int:
        where, _, name = trait.partition(" ")
        if where not in _OF_LISTS:
            made = 1 << (2 * len(self._lists) + len(self._bits))
        elif name not in self._lists:
            made = ANY  # a plug-in's mistake: it rules nothing out
        else:
            made = self._lists[name] << (_FIRST_LIST if where == "has" else _FIRST_LIST + len(self._lists))
        self._bits[trait] = made
        return made

    def of(self, facts: IndicatorFacts) -> int:
        """The bits of an indicator."""
        indicator = facts.indicator
        made = self._by_standing.get(facts.standing)
        if made is None:
            made = self._of_standing(facts.standing)
        if self._looks_at_names:
            named = self._by_name.get(facts.name)
            made |= self._of_name(facts.name) if named is None else named
        made |= _CELLS if indicator.packed is None else _PACKED
        cycle, annual = indicator.cycle_value, indicator.annual_value
        made |= _GAP if cycle is None else self.of_value(cycle)
        made |= _GAP if annual is None else self.of_value(annual)
        if cycle is not None and annual is not None and cycle.form is not annual.form and cycle.form != annual.form:
            made |= _UNLIKE
        return made

    def of_value(self, value: Value) -> int:
        """The bits of a value."""
        made = self._by_form.get(id(value.form))
        if made is None:
            made = self._by_form[id(value.form)] = _of_form(value.form)
        said = self._by_text.get(value.text)
        if said is None:
            said = self._by_text[value.text] = _of_text(value.text)
        if value.sign is not None or value.measure is not None:
            made |= _OTHER_GLYPHS  # in one of its cells it may be
        return made | said

    def _of_standing(self, standing: Standing) -> int:
        settled = "unsettled" if standing.classes is None else "settled"
        made = 0
        for trait in (settled, f"top {standing.top}", f"kind {standing.kind}"):
            made |= self._bits.get(trait) or self._bit(trait)
        self._by_standing[standing] = made
        return made

    def _of_name(self, name: Name) -> int:
        text = name.text
        within, last = self._lexicon.lists_in(text)
        if name.bare != text:
            within, last = within | name.within, last | name.last
        made = within << _FIRST_LIST | last << (_FIRST_LIST + len(self._lists))
        if name.has_digit:
            made |= _BITS["digit"]
        if name.has_before:
            made |= _BITS["before"]
        if text.endswith(_TAILS):
            made |= _BITS["tail"]
        if "," in text or "\uff0c" in text:
            made |= _BITS["comma"]
        if "、" in text:
            made |= _BITS["enumeration"]
        if _PREPOSITION.search(text) is not None:
            made |= _BITS["preposition"]
        if is_called_by_class(name, self._taxonomy):
            made |= _BITS["class name"]
        self._by_name[name] = made
        return made


def _is_of_name(trait: str) -> bool:
    return trait in _OF_NAMES or trait.partition(" ")[0] in _OF_LISTS


def _of_form(form: Form) -> int:
    kind, unit, sign = form.kind, form.unit, form.comparator
    made = _BITS[kind] | (_GAP if kind == "blank" else 0)
    if form.out_of_range:
        made |= _BITS["out of range"]
    if kind not in _FIGURES:
        return made
    made |= _BITS["figure"]
    if unit == "%":
        made |= _BITS["percentage"]
        if sign and form.numbers[0] == _FULL:
            made |= _BITS["full"]
    elif unit in SCALES:
        made |= _BITS["money"]
    elif (not unit or unit in ROUND_FIGURES) and any(form.numbers):
        made |= _BITS["bare figure"]
    if any(number != number.to_integral_value() for number in form.numbers):
        made |= _BITS["fraction"]
    if sign in TURNED:
        made |= _BITS["bound"] | (_BITS["strict"] if sign in LOOSE else 0) | (_BITS["below"] if sign in LESS else 0)
    elif sign:
        made |= _BITS["equal"]
    return made | _BITS["worded"] if form.worded else made


def _of_text(text: str) -> int:
    made = 0 if HAN_FIGURES.isdisjoint(text) else _BITS["han figure"]
    return made if vocabulary().nonstandard.isdisjoint(text) else made | _OTHER_GLYPHS
