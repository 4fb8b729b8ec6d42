"""The cells of a header in, its columns out: which column means what, told by the names in ``rules/columns.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goalcheck.catalogue.columns import AMOUNT, ELSE, SOURCE, TEXT_ROLES, ColumnNames, Meaning, bare
from goalcheck.sheet import AMOUNT_COLUMNS, Column, clean

_ALONE = frozenset((*TEXT_ROLES, AMOUNT_COLUMNS[0]))
"""Roles of which a header has one column; another column of text is not judged, another total is an amount."""


def columns(
    text: str, cells: Sequence[tuple[int, int]], known: Mapping[int, Meaning], names: ColumnNames
) -> tuple[Column, ...]:
    """The columns that ``cells``, offsets into ``text``, name, of which ``known`` are those that have a meaning.

    A cell without text names none.
    """
    named = [(index, start, end) for index, (start, end) in enumerate(cells) if start < end]
    meanings = {index: known.get(index) for index, _, _ in named}
    holders = _holders(meanings)
    groups = {meaning.group for meaning in meanings.values() if meaning is not None}
    made: list[Column] = []
    taken: set[str] = set()
    for index, start, end in named:
        said = text[start:end]
        meaning = meanings[index]
        role, key, adds = _place(index, meaning, holders, meanings)
        if key is None and role in (SOURCE, AMOUNT):
            key = bare(clean(said))
            if key in taken:
                key = f"{key}({index + 1})"
        if key is not None:
            taken.add(key)
        adds = adds and meaning is not None and groups.isdisjoint(names.within.get(meaning.group, ()))
        made.append(Column(start, end, said, role, index, key, adds))
    return tuple(made)


def _holders(meanings: dict[int, Meaning | None]) -> dict[str, int]:
    """Which column has each role of which there is one, and each of the usual columns of sources."""
    holders: dict[str, tuple[int, int]] = {}
    for index, meaning in meanings.items():
        if meaning is None:
            continue
        place = meaning.column or (meaning.role if meaning.role in _ALONE else None)
        if place is not None:
            holders[place] = min(holders.get(place, (meaning.rank, index)), (meaning.rank, index))
    return {place: index for place, (_, index) in holders.items()}


def _place(
    index: int, meaning: Meaning | None, holders: dict[str, int], meanings: dict[int, Meaning | None]
) -> tuple[str | None, str | None, bool]:
    """The role of a column, its key where that is no name of its own, and whether it is a source to be added."""
    if meaning is None:
        return None, None, False
    if meaning.role == SOURCE:
        if meaning.column is None:
            return SOURCE, None, True
        holder = holders[meaning.column]
        if holder == index:
            return meaning.column, meaning.column, True
        other = meanings[holder]
        return SOURCE, None, other is None or other.group != meaning.group  # said twice, it may be in the first
    if meaning.role in _ALONE:
        alone = holders[meaning.role] == index
        if meaning.role in TEXT_ROLES:
            return (meaning.role if alone else ELSE), None, False
        return (meaning.role, meaning.role, False) if alone else (AMOUNT, None, False)
    return meaning.role, None, False
