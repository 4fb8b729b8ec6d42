"""Percentages of one class of which some are bound strictly and some are not: >90% beside ≥90%."""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.catalogue.taxonomy import Class
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import Pair, facts_of
from goalcheck.checks.facts.signs import LOOSE, TURNED
from goalcheck.sheet import Sheet, Value


def unlike_signs(sheet: Sheet, context: Context) -> Iterator[tuple[Class, Pair, Pair]]:
    """Each class of which both are found, with the first percentage of either sign, in the order of the text."""
    first: dict[tuple[str, str], dict[str, Pair]] = {}
    for project in sheet.projects:
        for entry in project.indicators:
            annual, cycle = entry.annual_value, entry.cycle_value
            if not ((annual is not None and _is_signed(annual)) or (cycle is not None and _is_signed(cycle))):
                continue
            facts = facts_of(entry, context)
            if facts.classes is None:
                continue
            for field, value in facts.percentages:
                sign = value.form.comparator
                if sign in TURNED:
                    kind = (facts.classes[1].code, LOOSE.get(sign, sign))
                    first.setdefault(kind, {}).setdefault(sign, (field, value))
    for (code, _), signs in first.items():
        if len(signs) == 2:
            earlier, later = sorted(signs.values(), key=lambda pair: pair[1].start)
            yield context.taxonomy.classes[code], earlier, later


def _is_signed(value: Value) -> bool:
    return value.form.unit == "%" and value.form.comparator in TURNED
