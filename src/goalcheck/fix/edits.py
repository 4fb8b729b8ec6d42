"""Chooses the fixes that can be applied to a text together, and applies them; no file is touched.

A fix is all or nothing. Where two fixes claim the same place only one is taken, a safe one before an unsafe one, the
earlier finding before the later; the other waits until the text has been checked again
(:func:`goalcheck.fix.mend.mend`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from goalcheck.finding import Edit, Finding, Fix, edited

Stretch = tuple[int, int]


def choose(text: str, findings: Iterable[Finding], *, unsafe: bool) -> list[Finding]:
    """The findings whose fixes can be applied to ``text`` together, safe ones first; unsafe ones only if ``unsafe``.

    A fix that would change nothing is not among them, nor one whose own edits overlap or lie outside the text.
    """
    offered = [(f, f.fix) for f in findings if f.fix is not None and (unsafe or f.fix.safe)]
    offered.sort(key=lambda pair: not pair[1].safe)
    taken: list[Stretch] = []
    chosen = []
    for finding, fix in offered:
        stretches = sorted((edit.start, edit.end) for edit in fix.edits)
        if _sound(stretches, text) and _changes(fix, text) and not any(_claimed(s, taken) for s in stretches):
            chosen.append(finding)
            for stretch in stretches:
                taken.insert(bisect_left(taken, stretch), stretch)
    return chosen


def apply(text: str, findings: Iterable[Finding]) -> str:
    """``text`` with all edits of ``findings``, as :func:`choose` has chosen them."""
    return edited(text, of(findings))


def of(findings: Iterable[Finding]) -> Iterator[Edit]:
    """All edits of ``findings``."""
    return (edit for finding in findings if finding.fix is not None for edit in finding.fix.edits)


def _sound(stretches: list[Stretch], text: str) -> bool:
    inside = all(0 <= start <= end <= len(text) for start, end in stretches)
    return inside and not any(_overlap(one, other) for one, other in pairwise(stretches))


def _changes(fix: Fix, text: str) -> bool:
    return any(text[edit.start : edit.end] != edit.text for edit in fix.edits)


def _overlap(one: Stretch, other: Stretch) -> bool:
    """Whether both cover a character, or would insert at the same place: in which order nobody could say."""
    return one == other or (one[0] < other[1] and other[0] < one[1])


def _claimed(stretch: Stretch, taken: list[Stretch]) -> bool:
    """Whether ``stretch`` overlaps one of ``taken``: only a neighbour can, as these are sorted and part."""
    at = bisect_left(taken, stretch)
    return any(_overlap(stretch, other) for other in taken[max(at - 1, 0) : at + 1])
