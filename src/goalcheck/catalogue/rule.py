"""A rule as its record describes it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

import attrs

from goalcheck.catalogue.example import Example
from goalcheck.messages import Words

FAMILIES = {
    "GC1": "form",
    "GC2": "classification",
    "GC3": "value",
    "GC4": "amount",
    "GC5": "completeness",
    "GC6": "wording",
}


LEVELS = ("field", "value", "indicator", "entry", "project", "row", "unit", "section", "sheet")
"""What a rule may be asked about. An ``indicator`` is an entry that could be read; an ``entry`` any, read or not."""

LAYOUTS = ("packed", "rows", "blocks")
"""The layouts of a table in which a rule may be asked."""


class Severity(enum.IntEnum):
    """How grave a finding is; the graver, the greater."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The name users write and read: ``error``, ``warning``, ``info``."""
        return self.name.lower()


@attrs.frozen(eq=False, repr=False)
class Rule:
    """One record of the catalogue; what its fields mean is said in ARCHITECTURE.md and in ``rules/``."""

    code: str
    name: str
    severity: Severity
    set: str
    level: str
    fix: str
    title: Words
    message: Words
    help: Words
    why: Words
    source: Words
    phrases: Mapping[str, Words]
    options: Mapping[str, object]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    ranges: Mapping[str, tuple[float, float]] = attrs.Factory(dict)
    """The least and the greatest value of options that are numbers."""
    layouts: tuple[str, ...] = LAYOUTS
    """In which layouts it is asked; what concerns the whole sheet, where any of its tables has one of them."""

    rests_on: str = ""
    """``words`` where the word lists decide what it speaks of, so that it may be wrong of wording that they lack."""

    @property
    def family(self) -> str:
        return FAMILIES[self.code[:3]]


def number_options(options: Mapping[str, object]) -> set[str]:
    """The names of those options that are numbers."""
    return {name for name, default in options.items() if _is_number(default)}


def are_ranges(ranges: Mapping[str, Any], options: Mapping[str, Any]) -> bool:
    """Whether each of ``ranges`` is the least and the greatest value of an option whose default lies between them."""
    return all(
        name in number_options(options)
        and isinstance(range_, list | tuple)
        and len(range_) == 2
        and all(map(_is_number, range_))
        and range_[0] <= options[name] <= range_[1]
        for name, range_ in ranges.items()
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_NOTHING = Words("", "")
NO_RULE = Rule(
    code="",
    name="",
    severity=Severity.ERROR,
    set="",
    level="",
    fix="none",
    title=_NOTHING,
    message=_NOTHING,
    help=_NOTHING,
    why=_NOTHING,
    source=_NOTHING,
    phrases={},
    options={},
    bad=(),
    good=(),
)
"""Stands for the rule of a finding that does not know it: a plug-in may yield one."""
