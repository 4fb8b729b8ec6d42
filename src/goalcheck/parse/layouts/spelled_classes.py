"""First levels written over several rows, as forms with a narrow column have them: 产, 出, 指, 标."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import attrs

from goalcheck.catalogue.load import levels_of_labels
from goalcheck.sheet import ClassRef, Entry, Indicator

_ENDING = "指标"
_SHORTEST, _LONGEST = 2, 4  # characters of a label, and of a piece of one


def with_spelled_classes(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries of a project, those below a class that is written so with the whole of it, at its first cell.

    Cells that do not all together spell labels of first levels stay as they are.
    """
    spelled: dict[int, ClassRef] = {}
    run: dict[int, ClassRef] = {}  # the short cells that stand below each other, by their starts
    for entry in entries:
        level = entry.level1 if isinstance(entry, Indicator) else None
        if level is not None and len(level.label) <= _LONGEST and not level.code:
            run[level.start] = level
        else:
            spelled |= _spelled(list(run.values()))
            run = {}
    spelled |= _spelled(list(run.values()))
    return tuple(
        attrs.evolve(entry, level1=spelled[entry.level1.start])
        if isinstance(entry, Indicator) and entry.level1.start in spelled
        else entry
        for entry in entries
    )


def _spelled(run: Sequence[ClassRef]) -> dict[int, ClassRef]:
    """The class that each cell of ``run`` is of, by its start; nothing where something is left over."""
    said, found = "".join(level.label for level in run), dict[int, ClassRef]()
    begins = {at: number for number, at in enumerate(accumulate((len(level.label) for level in run), initial=0))}
    at = 0
    while at < len(said):
        ends = (at + len(label) for label in _labels() if said.startswith(label, at))
        end = next((end for end in ends if end in begins), None)
        if end is None:
            return {}
        cells = run[begins[at] : begins[end]]
        whole = attrs.evolve(cells[0], label=said[at:end])
        found |= {cell.start: whole for cell in cells}
        at = end
    return found


@cache
def _labels() -> tuple[str, ...]:
    """What first levels are called, with 指标 and without, the longest first."""
    bare = [label for label, levels in levels_of_labels().items() if 1 in levels and len(label) >= _SHORTEST]
    return tuple(sorted((label + ending for label in bare for ending in ("", _ENDING)), key=len, reverse=True))
