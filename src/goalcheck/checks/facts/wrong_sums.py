"""Why a sum does not come out: the slips that people make with figures, tried one after the other.

Comes from :mod:`goalcheck.checks.facts.sums`; a diagnosis is said as what may be, never as what is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import attrs

from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.pages import Pages
from goalcheck.checks.facts.sum_rows import Totals, is_one_of_many
from goalcheck.checks.facts.sum_terms import ABSENT, Sum
from goalcheck.checks.facts.sums import difference, money
from goalcheck.finding import Figure, Term
from goalcheck.sheet import Amount

_POWERS = tuple(Decimal(10) ** n for n in (1, -1, 2, -2, 3, -3))
_YUAN = (Decimal(10_000), Decimal(1) / 10_000)  # 元 where 万元 is meant, and the other way round


@attrs.frozen(eq=False)
class Diagnosis:
    """What may be the matter, and the amount that deserves a look."""

    term: Term
    amount: Amount | None = None
    advice: str = "advice"


def diagnose(
    total: Sum, pages: Pages | None, money: Callable[[Decimal], str], projects_agree: bool = False
) -> Diagnosis | None:
    """The first slip that explains the whole difference, or None.

    ``pages`` are those of which some are missing; ``projects_agree`` says that the projects make up the total which
    their units do not.
    """
    if not total.terms:
        return Diagnosis(Term("no-terms"), advice="advice-no-terms")
    if not any(not amount.blank for _, amount in total.terms):
        return Diagnosis(Term("blank-terms"), advice="advice-blank")
    if projects_agree:
        return Diagnosis(Term("projects-agree"), advice="advice-units")
    if total.printed.blank:  # nobody added anything up
        return None
    for slip in (_counted_twice, _equal_row, _wrong_unit, _slipped_point, _swapped_digits):
        found = slip(total, money)
        if found is not None:
            return found
    return _missing_pages(total, pages)


def _values(total: Sum) -> Iterator[tuple[Figure, Amount, Decimal]]:
    for name, amount in total.terms:
        if amount.value:
            yield name, amount, amount.value


def _alone(total: Sum) -> tuple[Figure, Amount] | None:
    """The only term, if there is one: then either figure may be the wrong one."""
    terms = [(name, amount) for name, amount, _ in _values(total)]
    return terms[0] if len(terms) == 1 else None


def _counted_twice(total: Sum, _: Callable[[Decimal], str]) -> Diagnosis | None:
    """A row that is itself the sum of the others."""
    for name, amount, value in _values(total):
        if len(total.terms) > 2 and value == -total.difference and value * 2 == total.value:
            return Diagnosis(Term("counted-twice", {"name": name}), amount)
    return None


def _equal_row(total: Sum, _: Callable[[Decimal], str]) -> Diagnosis | None:
    for name, amount, value in _values(total):
        if value == total.difference:
            return Diagnosis(Term("equal-extra", {"name": name}), amount)
        if value == -total.difference:
            return Diagnosis(Term("equal-missing", {"name": name}), amount)
    return None


def _wrong_unit(total: Sum, money: Callable[[Decimal], str]) -> Diagnosis | None:
    return _scaled(total, money, _YUAN, "wrong-unit")


def _slipped_point(total: Sum, money: Callable[[Decimal], str]) -> Diagnosis | None:
    return _scaled(total, money, _POWERS, "slipped-point")


def _scaled(total: Sum, money: Callable[[Decimal], str], powers: tuple[Decimal, ...], key: str) -> Diagnosis | None:
    """The printed figure, or one term, is so many times too large or too small."""
    printed = total.printed.value or Decimal(0)
    alone = _alone(total)
    for power in powers:
        if printed and printed * power == total.value:
            if alone is not None:
                return Diagnosis(Term(f"{key}-either", {"name": alone[0]}), alone[1], "advice-either")
            return Diagnosis(Term(f"{key}-total", {"right": money(total.value)}))
    slipped = {total.difference / (power - 1): power for power in powers}
    for name, amount, value in _values(total):
        if value in slipped:
            right = money(value * slipped[value])
            return Diagnosis(Term(f"{key}-row", {"name": name, "right": right}), amount, "advice-row")
    return None


def _swapped_digits(total: Sum, money: Callable[[Decimal], str]) -> Diagnosis | None:
    """Two neighbouring digits exchanged, in the printed figure or in one term."""
    printed = total.printed.value
    if printed and total.value in _swaps(printed):
        alone = _alone(total)
        if alone is not None:
            return Diagnosis(Term("swapped-either", {"name": alone[0]}), alone[1], "advice-either")
        return Diagnosis(Term("swapped-total", {"right": money(total.value)}))
    if total.difference % 9 and (total.difference * 10**6) % 9:
        return None  # exchanging two digits changes a figure by a multiple of nine
    for name, amount, value in _values(total):
        if value + total.difference in _swaps(value):
            right = money(value + total.difference)
            return Diagnosis(Term("swapped-row", {"name": name, "right": right}), amount, "advice-row")
    return None


def _swaps(value: Decimal) -> Iterator[Decimal]:
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            swapped = (*digits[:i], digits[i + 1], digits[i], *digits[i + 2 :])
            yield Decimal((sign, swapped, exponent))


def _missing_pages(total: Sum, pages: Pages | None) -> Diagnosis | None:
    if total.difference > 0 and pages is not None and pages.declared > pages.present:
        figures: dict[str, Figure] = {"pages": str(pages.declared), "present": str(pages.present)}
        return Diagnosis(Term("missing-pages", figures), advice="advice-pages")
    return None


def diagnosis(off: Sum, context: Context) -> Diagnosis | None:
    """What may be the matter with a wrong sum; None where nothing explains it, or where the like was told before."""
    if is_one_of_many(off.row, context):
        return None
    return diagnose(off, context.pages, lambda value: money(value, context), _projects_agree(off, context))


def _projects_agree(off: Sum, context: Context) -> bool:
    """Whether the projects make up the total that their units do not."""
    if off.kind != "grand-total":
        return False
    sections = context.once(Totals).sections(off.row)
    projects = [project.amounts.get(off.column, ABSENT) for section in sections for project in section.projects]
    has_units = any(section.units for section in sections)
    return has_units and difference(off.printed, projects) == 0
