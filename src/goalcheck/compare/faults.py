"""Findings of two sides: which were mended, which are left, which are new, and of which nobody can tell."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs

from goalcheck.catalogue.rule import Severity
from goalcheck.compare.likeness import Pair, by_key

State = Literal["mended", "left", "new", "unjudged"]

STATES: Sequence[State] = ("left", "new", "mended", "unjudged")


@attrs.frozen(eq=False)
class Fault:
    """A finding of one side. ``place`` tells its sheet from others of its side; ``record`` is the finding as it is in
    the JSON of ``goalcheck lint``, ``where`` its place in words.

    ``claim`` is what a list says was done about it: done, begun, left as it is; empty where nothing is said.
    """

    place: str
    rule: str
    severity: Severity
    record: Mapping[str, Any]
    where: str
    claim: str = ""

    @property
    def fingerprint(self) -> str:
        """What finds it again on the other side; empty of a list, which has none."""
        return str(self.record.get("fingerprint") or "")

    @property
    def project(self) -> str:
        """The name of its project, as its sheet has it."""
        return str(self.record.get("project") or "")


@attrs.frozen(eq=False)
class FaultPair:
    """A finding with what has become of it: from the old side where it was mended, else from the new one.

    One that is ``unjudged`` is on one side only, and may be on the other. ``claim`` is what a list that was filled in
    says of it.
    """

    state: State
    fault: Fault
    claim: str = ""


def fault_pairs(
    old: Sequence[Fault],
    new: Sequence[Fault],
    key: Callable[[Fault], Hashable],
    common: frozenset[str],
    doubts: tuple[Callable[[Fault], bool], Callable[[Fault], bool]],
) -> Iterator[FaultPair]:
    """What is left, what is new, what was mended, and what cannot be told, each in the order of its sheet.

    ``common`` are the sheets of both sides: a finding stays in its sheet, unless that is on one side only. ``doubts``
    say whether the old side may have one of the new, and the new side one of the old, without showing it.
    """
    matched = _matched(old, new, key, common)
    found = {j: i for i, j in matched}
    for j, i in sorted(found.items()):
        yield FaultPair("left", new[j], old[i].claim)
    untold = []
    for j, fault in enumerate(new):
        if j not in found:
            if doubts[0](fault):
                untold.append(FaultPair("unjudged", fault))
            else:
                yield FaultPair("new", fault)
    kept = set(found.values())
    for i, fault in enumerate(old):
        if i not in kept:
            if doubts[1](fault):
                untold.append(FaultPair("unjudged", fault, fault.claim))
            else:
                yield FaultPair("mended", fault, fault.claim)
    yield from untold


def _matched(
    old: Sequence[Fault], new: Sequence[Fault], key: Callable[[Fault], Hashable], common: frozenset[str]
) -> list[Pair]:
    """Findings of one sheet first; then those of which a sheet is on one side only, of both before of one of them."""

    def alone(fault: Fault) -> Hashable | None:
        return key(fault) if fault.place not in common else None

    found = by_key(old, new, lambda fault: (fault.place, key(fault)), [])
    for one, other in ((alone, alone), (alone, key), (key, alone)):
        found += by_key(old, new, one, found, other)
    return found
