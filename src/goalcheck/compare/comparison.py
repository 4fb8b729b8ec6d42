"""A :class:`Comparison`: all that two sides, each a sheet or several, say of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from goalcheck.compare.faults import Fault, FaultPair, Unjudged, fault_pairs
from goalcheck.compare.plans import Plan
from goalcheck.compare.projects import ProjectPair, converted, project_pairs


def by_fingerprint(fault: Fault) -> Hashable:
    """By what a finding is found again where both sides know its fingerprint."""
    return fault.fingerprint


@attrs.frozen(eq=False)
class Side:
    """One side: its inputs as the JSON of ``goalcheck lint`` has them, what was found in them, and what they plan.

    ``plans`` is None of a report or a list, which do not say. ``places`` are the sheets of the side.
    """

    files: Sequence[Mapping[str, Any]]
    faults: Sequence[Fault]
    plans: Sequence[Plan] | None
    places: frozenset[str] = frozenset()
    unjudged: Unjudged = attrs.Factory(Unjudged)
    language: str = ""
    """The language that the sentences of a list are in; empty of anything else."""
    key: Callable[[Fault], Hashable] = by_fingerprint
    """By what findings are found again; that of the old side counts."""
    tool: Mapping[str, Any] = attrs.Factory(dict)
    """What a report says that it was made with."""


@attrs.frozen(eq=False)
class Comparison:
    """What has become of findings and projects. ``faults`` is None where the new side is of the next year, ``projects``
    where one side does not tell them.
    """

    old: Side
    new: Side
    faults: tuple[FaultPair, ...] | None
    projects: tuple[ProjectPair, ...] | None
    is_year: bool = False

    def numbers(self) -> Counter[str]:
        """How many findings there are in each state."""
        return Counter(pair.state for pair in self.faults or ())

    def project_numbers(self) -> Counter[str]:
        """How many projects there are in each state."""
        return Counter(pair.state for pair in self.projects or ())

    def target_numbers(self) -> Counter[str]:
        """How many indicators there are in each state, of the projects that are on both sides."""
        return Counter(target.state for pair in self.projects or () if pair.match for target in pair.targets)

    @property
    def totals(self) -> tuple[Decimal, Decimal, str] | None:
        """What all projects cost and now cost, and the unit of the new side; None where that cannot be added up."""
        if not self.old.plans or not self.new.plans:
            return None
        units = [{plan.money for plan in side.plans or () if plan.total is not None} for side in (self.old, self.new)]
        if any(len(side) != 1 for side in units):
            return None
        (before,), (after,) = units
        if before != after and not (before and after):
            return None
        sums = [
            sum((plan.total or Decimal(0) for plan in side.plans or ()), Decimal(0)) for side in (self.old, self.new)
        ]
        return converted(sums[0], before, after), sums[1], after

    @property
    def denied(self) -> Sequence[FaultPair]:
        """What a list says is mended, and is not."""
        return [pair for pair in self.faults or () if pair.state == "left" and pair.claim == "done"]


def compare(old: Side, new: Side, *, is_year: bool = False) -> Comparison:
    """What ``old`` and ``new`` say of each other; with ``is_year``, new is the sheet of the next year."""
    faults = projects = None
    if not is_year:
        places, unjudged = (old.places, new.places), (old.unjudged, new.unjudged)
        faults = tuple(fault_pairs(old.faults, new.faults, old.key, places, unjudged))
    if old.plans is not None and new.plans is not None:
        projects = tuple(project_pairs(old.plans, new.plans, without_years=is_year))
    return Comparison(old, new, faults, projects, is_year)
