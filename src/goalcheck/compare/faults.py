"""Findings of two sides: which were mended, which are left, which are new."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs

from goalcheck.catalogue.rule import Severity
from goalcheck.compare.likeness import Pair, by_key

State = Literal["mended", "left", "new"]

STATES: Sequence[State] = ("left", "new", "mended")


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

    ``claim`` is what a list that was filled in says of it.
    """

    state: State
    fault: Fault
    claim: str = ""


@attrs.frozen(eq=False)
class Unjudged:
    """What cannot be told of one side: the sheets that were not checked, and the rules that failed on one."""

    places: frozenset[str] = frozenset()
    rules: frozenset[tuple[str, str]] = frozenset()

    def may_hold(self, fault: Fault, known: frozenset[str]) -> bool:
        """Whether this side, whose sheets are ``known``, may have ``fault`` without showing it.

        What stands in none of its sheets may be in any of them: its file was renamed, or a list does not name it.
        """
        if fault.place in known:
            return fault.place in self.places or (fault.place, fault.rule) in self.rules
        return bool(self.places) or any(rule == fault.rule for _, rule in self.rules)


def fault_pairs(
    old: Sequence[Fault],
    new: Sequence[Fault],
    key: Callable[[Fault], Hashable],
    places: tuple[frozenset[str], frozenset[str]],
    unjudged: tuple[Unjudged, Unjudged],
) -> Iterator[FaultPair]:
    """What is left, what is new, what was mended, each in the order of its sheet.

    ``places`` are the sheets of the two sides: a finding stays in its sheet, unless that is on one side only. What one
    side could not judge is not told.
    """
    matched = _matched(old, new, key, places[0] & places[1])
    found = {j: i for i, j in matched}
    for j, i in sorted(found.items()):
        yield FaultPair("left", new[j], old[i].claim)
    for j, fault in enumerate(new):
        if j not in found and not unjudged[0].may_hold(fault, places[0]):
            yield FaultPair("new", fault)
    kept = set(found.values())
    for i, fault in enumerate(old):
        if i not in kept and not unjudged[1].may_hold(fault, places[1]):
            yield FaultPair("mended", fault, fault.claim)


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
