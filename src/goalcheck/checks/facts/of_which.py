"""What is marked 其中, and the row or indicator above it that it is a part of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs

from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts, facts_of
from goalcheck.files.regexes import regex
from goalcheck.sheet import Indicator, Project, Value

_MARKED_PART = regex(r"[(\uff08\u3010\s]{0,4}其中")
_RATES = ("%", "\u2030")
_MORE, _LESS = (">", "\u2265"), ("<", "\u2264")
_TENS = {"万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100), "亿": Decimal(10**8)}


@attrs.frozen(eq=False, repr=False)
class Part:
    """A value that is more than that of which it is a part: where they stand, and what both say."""

    indicator: Indicator
    field: str
    value: Value
    whole: Indicator
    whole_value: Value


def is_part(name: str) -> bool:
    """Whether ``name`` says that it is a part of what stands above it."""
    return "其中" in name and _MARKED_PART.match(name) is not None


def whole_above(row: Project, context: Context) -> Project | None:
    """The project that ``row``, one marked 其中, is a part of; None where it is part of a unit, whose sum tells."""
    return context.once(_wholes).get(row)


def _wholes(context: Context) -> dict[Project, Project]:
    """Of each project marked 其中 the last one above it that is not."""
    found: dict[Project, Project] = {}
    for section in context.sheet.sections:
        for projects in (section.loose, *(unit.projects for unit in section.all_units)):
            whole: Project | None = None
            for project in projects:
                if not is_part(project.name.clean):
                    whole = project
                elif whole is not None:
                    found[project] = whole
    return found


def parts_too_large(project: Project, context: Context) -> Iterator[Part]:
    """The values of ``project`` that are marked 其中 and exceed what they are part of, one an indicator.

    Only where both are quantities of one unit, of the same class; rates are no parts, averages neither. Parts may
    overlap, so that their sum is not looked at.
    """
    whole: Indicator | None = None
    for indicator in project.indicators:
        if not is_part(indicator.name.clean):
            whole = indicator
        elif whole is not None and (found := _too_large(facts_of(indicator, context), facts_of(whole, context))):
            yield found


def _too_large(part: IndicatorFacts, whole: IndicatorFacts) -> Part | None:
    if part.indicator.level2.clean != whole.indicator.level2.clean or part.contains("average-words"):
        return None
    if len(part.of_its_name) > 1 or len(whole.of_its_name) > 1:
        return None  # a value a place: which belongs to which, the names do not tell
    of_whole = dict(whole.figures)
    for field, value in part.figures:
        other = of_whole.get(field)
        if other is not None and _exceeds(value, other):
            return Part(part.indicator, field, value, whole.indicator, other)
    return None


def _exceeds(part: Value, whole: Value) -> bool:
    """Whether ``part`` is a quantity that is more than ``whole``, in the same unit or a multiple of it."""
    one, other = part.form, whole.form
    if one.kind != "quantity" or other.kind != "quantity" or one.unit in _RATES:
        return False
    if one.comparator in _LESS and other.comparator in _MORE:
        return False
    (a, unit), (b, of) = _plain(one.numbers[0], one.unit), _plain(other.numbers[0], other.unit)
    return unit == of and a > b


def _plain(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """A figure with its unit, 万元 as 元."""
    scale = _TENS.get(unit[:1])
    return (number * scale, unit[1:]) if scale is not None and len(unit) > 1 else (number, unit)
