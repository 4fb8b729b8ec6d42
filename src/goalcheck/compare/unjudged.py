"""What cannot be told of a side, and so of the other: sheets that were not read, or only in part; rules that failed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from goalcheck.compare.faults import Fault
from goalcheck.compare.plans import Plan
from goalcheck.compare.projects import ProjectPair

_OF_PROJECT = ("total", "appropriation", "special_account", "other", "goal")
"""The fields of findings that stand in the row of a project and in no indicator."""


@attrs.frozen(eq=False)
class Unjudged:
    """What cannot be told of one side, whose sheets are ``places``.

    ``unread`` are the paths of those that were not read whole, by their places, ``failed`` the places of those of which
    nothing was read. ``stretches`` are the texts that were not read, of the sheets of which these are all that was not.
    ``rules`` are those that failed, each with the place.
    """

    places: frozenset[str] = frozenset()
    unread: Mapping[str, str] = attrs.Factory(dict)
    failed: frozenset[str] = frozenset()
    stretches: Mapping[str, frozenset[str]] = attrs.Factory(dict)
    rules: frozenset[tuple[str, str]] = frozenset()

    def hiding(self, other: Unjudged) -> Mapping[str, str]:
        """Those of ``unread`` that may hold what the ``other`` side tells: what that could not read either is none."""
        return {at: path for at, path in self.unread.items() if not self._is_as_unread(at, other)}

    def _is_as_unread(self, at: str, other: Unjudged) -> bool:
        mine, others = self.stretches.get(at), other.stretches.get(at)
        return mine is not None and others is not None and mine <= others


def nothing_read(path: str) -> Unjudged:
    """What cannot be told of a side at ``path`` in which no sheet was found: anything."""
    return Unjudged(unread={"": path}, failed=frozenset({""}))


def holders(own: Unjudged, other: Unjudged) -> Callable[[Plan], Sequence[str]]:
    """The inputs of the ``other`` side that may hold a project of the ``own`` one without showing it: the same sheet;
    one that the own side has not; where the other side has no such sheet, any.
    """
    hiding = other.hiding(own)

    def found(plan: Plan) -> Sequence[str]:
        is_known = plan.place in other.places
        return [path for at, path in hiding.items() if not is_known or at == plan.place or at not in own.places]

    return found


class Doubts:
    """Whether a finding of one side, of which ``own`` tells, may be on the ``other`` without showing there.

    Where its project was found there, or is known to be gone, that decides; else the place does. ``pairs`` are the
    projects, ``here`` and ``there`` the two sides of one.
    """

    def __init__(
        self,
        own: Unjudged,
        other: Unjudged,
        pairs: Iterable[ProjectPair],
        here: Callable[[ProjectPair], Plan | None],
        there: Callable[[ProjectPair], Plan | None],
    ) -> None:
        self._other, self._hiding = other, other.hiding(own)
        self._there = there
        self._pairs: dict[tuple[str, str], list[ProjectPair]] = defaultdict(list)
        for pair in pairs:
            plan = here(pair)
            if plan is not None:
                self._pairs[plan.place, plan.printed].append(pair)

    def __call__(self, fault: Fault) -> bool:
        pairs = self._pairs.get((fault.place, fault.project), ()) if fault.project else ()
        return any(self._is_doubtful(fault, pair) for pair in pairs) if pairs else self._is_anywhere(fault)

    def _is_anywhere(self, fault: Fault) -> bool:
        """As far as the place tells: what stands in no sheet of the other side may be in any of them."""
        if fault.place in self._other.places:
            return fault.place in self._hiding or (fault.place, fault.rule) in self._other.rules
        return bool(self._hiding) or any(rule == fault.rule for _, rule in self._other.rules)

    def _is_doubtful(self, fault: Fault, pair: ProjectPair) -> bool:
        plan = self._there(pair)
        if plan is None:
            return pair.state == "unjudged"
        if (plan.place, fault.rule) in self._other.rules:
            return True
        lacks_some = any(target.state == "unjudged" for target in pair.targets)
        return lacks_some and fault.record.get("field") not in _OF_PROJECT
