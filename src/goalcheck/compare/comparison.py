"""A :class:`Comparison`: all that two sides, each a sheet or several, say of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from goalcheck.blanks import clean
from goalcheck.compare.faults import Fault, FaultPair, fault_pairs
from goalcheck.compare.plans import Plan
from goalcheck.compare.projects import ProjectPair, converted, project_pairs
from goalcheck.compare.unjudged import Doubts, Unjudged, holders


def by_fingerprint(fault: Fault) -> Hashable:
    """By what a finding is found again where both sides know its fingerprint."""
    return fault.fingerprint


@attrs.frozen(eq=False)
class Side:
    """One side: its inputs as the JSON of ``goalcheck lint`` has them, what was found in them, and what they plan.

    ``plans`` is None of a report or a list, which do not say. ``unjudged`` knows the sheets of the side.
    """

    files: Sequence[Mapping[str, Any]]
    faults: Sequence[Fault]
    plans: Sequence[Plan] | None
    unjudged: Unjudged = attrs.Factory(Unjudged)
    language: str = ""
    """The language that the sentences of a list are in; empty of anything else."""
    key: Callable[[Fault], Hashable] = by_fingerprint
    """By what findings are found again; that of the old side counts."""
    tool: Mapping[str, Any] = attrs.Factory(dict)
    """What a report says that it was made with."""
    unclear: Sequence[str] = ()
    """What people have written into a list of what became of a finding, and no one can count, once for each."""


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
        """What all projects cost and now cost, and the unit of the new side; None where that cannot be added up, or a
        sheet was not read whole.
        """
        if not self.old.plans or not self.new.plans or any(self.hiding):
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
    def hiding(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The inputs of each side that may hold what the other tells, since they were not read whole, by place."""
        old, new = self.old.unjudged, self.new.unjudged
        return old.hiding(new), new.hiding(old)

    @property
    def denied(self) -> Sequence[FaultPair]:
        """What a list says is mended, and is not."""
        return [pair for pair in self.faults or () if pair.state == "left" and pair.claim == "done"]


def compare(old: Side, new: Side, *, is_year: bool = False) -> Comparison:
    """What ``old`` and ``new`` say of each other; with ``is_year``, new is the sheet of the next year."""
    faults = projects = None
    if old.plans is not None and new.plans is not None:
        unread = (holders(new.unjudged, old.unjudged), holders(old.unjudged, new.unjudged))
        projects = tuple(project_pairs(old.plans, new.plans, unread, without_years=is_year))
    if not is_year:
        doubts = (
            Doubts(new.unjudged, old.unjudged, projects or (), lambda pair: pair.new, lambda pair: pair.old),
            Doubts(old.unjudged, new.unjudged, projects or (), lambda pair: pair.old, lambda pair: pair.new),
        )
        common = old.unjudged.places & new.unjudged.places
        elsewhere = _elsewhere(old, new)
        may_be_left = doubts[0], lambda fault: elsewhere(fault) or doubts[1](fault)
        faults = tuple(fault_pairs(old.faults, new.faults, old.key, common, may_be_left))
    return Comparison(old, new, faults, projects, is_year)


def _elsewhere(old: Side, new: Side) -> Callable[[Fault], bool]:
    """Whether a finding of a list is of a sheet that the new side has not: one unit sends back its own of many.

    It has the sheet where it has a file of that name, or a project of the name of the finding's.
    """
    if not old.language or len({_file_name(fault.record) for fault in old.faults}) < 2:
        return lambda _: False
    files = {_file_name(file) for file in new.files}
    projects = {clean(plan.printed) for plan in new.plans or ()} | {clean(fault.project) for fault in new.faults}

    def is_elsewhere(fault: Fault) -> bool:
        project = clean(fault.project)
        return _file_name(fault.record) not in files and not (project and project in projects)

    return is_elsewhere


def _file_name(record: Mapping[str, Any]) -> str:
    return str(record["path"]).replace("\\", "/").rpartition("/")[2]
