"""A source after edits to its text: what it knows of its file stands where the edits have moved it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

import attrs

from goalcheck.finding import Edit, edited
from goalcheck.source import Origins, Source


def moved(source: Source, edits: Iterable[Edit]) -> Source:
    """``source`` with ``edits`` applied to its text, its tables, records, merged and unknown cells moved with them.

    Without these a form would be read otherwise after a change than before it: a blank class would be that of above.
    """
    made = sorted(edits, key=lambda edit: (edit.start, edit.end))
    new = _Offsets(made)
    text = edited(source.text, made)
    origins = _origins(source.origins, new) if source.origins is not None else None
    merges = source.merges and tuple(attrs.evolve(m, start=new.of(m.start), end=new.of(m.end)) for m in source.merges)
    unknown = frozenset(map(new.of, source.unknown))
    return attrs.evolve(source, text=text, origins=origins, merges=merges, unknown=unknown)


def _origins(origins: Origins, new: _Offsets) -> Origins:
    pieces = origins.pieces
    return attrs.evolve(
        origins,
        tables=[attrs.evolve(table, start=new.of(table.start)) for table in origins.tables],
        starts=[*map(new.of, origins.starts)],
        pieces=attrs.evolve(pieces, starts=[*map(new.of, pieces.starts)]) if pieces is not None else None,
    )


class _Offsets:
    """Where each offset of a text is after edits: what is put in where a cell begins belongs to that cell."""

    def __init__(self, edits: list[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        grown = (len(edit.text) - (edit.end - edit.start) for edit in edits)
        self._grown = [0, *accumulate(grown)]

    def of(self, offset: int) -> int:
        """The new place of ``offset``; what an edit replaces is, all but its start, where the replacement ends."""
        before = bisect_left(self._starts, offset)
        end = self._edits[before - 1].end if before else 0
        return max(offset, end) + self._grown[before]
