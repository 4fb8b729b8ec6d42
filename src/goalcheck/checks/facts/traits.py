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
from goalcheck.checks.facts.signs import LOOSE, TURNED
from goalcheck.checks.facts.text import HAN_FIGURES
from goalcheck.sheet import Value
from goalcheck.value_form import Form
from goalcheck.vocabulary import vocabulary

C = TypeVar("C", bound=Callable[..., Any])

_FIGURES = ("quantity", "range")
_FULL = 100
_TAILS = (")", "\uff09", "%", "\uff05")
_PREPOSITIONS = frozenset("按依对向为给替")
_COMMAS = frozenset(",\uff0c")
_NAMED = frozenset(
    (
        *("settled", "unsettled"),  # its classes agree, or do not
        *("packed", "cells"),  # how it is written
        *("gap", "unlike"),  # a value is not there or blank; the two differ
        *("blank", "residue", "malformed", "quantity", "range", "ratio", "date", "words"),  # the kinds of its values
        *("figure", "percentage", "bare figure", "fraction", "money", "out of range"),  # a quantity or a range: of what
        *("bound", "strict", "equal", "full"),  # its sign: any but =; < or >; =; one before 100 %
        *("worded", "han figure", "other glyphs"),  # how a value is written
    )
)
_OF_NAMES = frozenset(("digit", "comma", "tail", "preposition", "class name"))
"""What stands in the name; at its end, a bracket or %; that it is but a class."""

_OF_LISTS = ("has", "ends")
"""``has growth-words``: a word of that list stands in the name; ``ends no-rates``: at its end."""

_OF_CLASSES = ("top", "kind")
"""``top benefit``, ``kind cost``: the roles of its classes."""

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
    """The traits of the indicators of a run, each a bit, of those that are asked for.

    What many indicators share, a pair of classes, a name, the form of a value, is looked at once.
    """

    def __init__(self, context: Context) -> None:
        self._taxonomy, self._lexicon = context.taxonomy, context.lexicon
        self._lists = context.lexicon.bits
        self._bits: dict[str, int] = {}
        self._looks_at_names = False
        self._by_standing: dict[Standing, int] = {}
        self._by_name: dict[Name, int] = {}
        self._by_form: dict[int, int] = {}  # by their ids: the tree keeps them as long as the run takes
        self._by_text: dict[str, int] = {}
        self._packed, self._cells, self._gap, self._unlike, self._other_glyphs = (
            self.bits((trait,)) for trait in ("packed", "cells", "gap", "unlike", "other glyphs")
        )

    def bits(self, traits: Iterable[str]) -> int:
        """The bits of ``traits``."""
        made = 0
        for trait in traits:
            made |= self._bits.get(trait) or self._bit(trait)
        return made

    def _bit(self, trait: str) -> int:
        where, _, name = trait.partition(" ")
        if where in _OF_LISTS or trait in _OF_NAMES:
            self._looks_at_names = True
        if where in _OF_LISTS and name not in self._lists:
            made = ANY  # a plug-in's mistake: it rules nothing out
        elif where == "has":
            made = self._lists[name]
        elif where == "ends":
            made = self._lists[name] << len(self._lists)
        else:
            made = 1 << (2 * len(self._lists) + len(self._bits))
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
        made |= self._cells if indicator.packed is None else self._packed
        cycle, annual = indicator.cycle_value, indicator.annual_value
        made |= self._gap if cycle is None else self.of_value(cycle)
        made |= self._gap if annual is None else self.of_value(annual)
        if cycle is not None and annual is not None and cycle.form is not annual.form and cycle.form != annual.form:
            made |= self._unlike
        return made

    def of_value(self, value: Value) -> int:
        """The bits of a value."""
        made = self._by_form.get(id(value.form))
        if made is None:
            made = self._of_form(value.form)
        said = self._by_text.get(value.text)
        made |= self._of_text(value.text) if said is None else said
        if value.sign is not None or value.measure is not None:
            made |= self._other_glyphs  # in one of its cells it may be
        return made

    def _of_standing(self, standing: Standing) -> int:
        settled = "unsettled" if standing.classes is None else "settled"
        made = self._by_standing[standing] = self.bits((settled, f"top {standing.top}", f"kind {standing.kind}"))
        return made

    def _of_name(self, name: Name) -> int:
        text = name.text
        within, last = name.within, name.last
        if text != name.bare:
            more = self._lexicon.lists_in(text)
            within, last = within | more[0], last | more[1]
        told = (
            ("digit", name.has_digit),
            ("comma", not _COMMAS.isdisjoint(text)),
            ("tail", text.endswith(_TAILS)),
            ("preposition", not _PREPOSITIONS.isdisjoint(text)),
            ("class name", is_called_by_class(name, self._taxonomy)),
        )
        own = self.bits(trait for trait, there in told if there)
        made = self._by_name[name] = within | last << len(self._lists) | own
        return made

    def _of_form(self, form: Form) -> int:
        unit, sign = form.unit, form.comparator
        told = [(form.kind, True), ("gap", form.kind == "blank"), ("out of range", form.out_of_range)]
        if form.kind in _FIGURES:
            told += [
                ("figure", True),
                ("percentage", unit == "%"),
                ("bare figure", not unit and any(form.numbers)),
                ("fraction", any(number != number.to_integral_value() for number in form.numbers)),
                ("money", unit in SCALES),
                ("bound", sign in TURNED),
                ("strict", sign in LOOSE),
                ("equal", sign == "="),
                ("full", sign != "" and unit == "%" and form.numbers[0] == _FULL),
                ("worded", form.worded),
            ]
        made = self._by_form[id(form)] = self.bits(trait for trait, there in told if there)
        return made

    def _of_text(self, text: str) -> int:
        told = (
            ("han figure", not HAN_FIGURES.isdisjoint(text)),
            ("other glyphs", not vocabulary().nonstandard.isdisjoint(text)),
        )
        made = self._by_text[text] = self.bits(trait for trait, there in told if there)
        return made
