"""Reads a header: which column means what, by the names in ``rules/columns.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import AMOUNT, ELSE, SOURCE, TEXT_ROLES, ColumnNames, Meaning, bare
from goalcheck.sheet import AMOUNT_COLUMNS, Column, Header

_ALONE = frozenset((*TEXT_ROLES, AMOUNT_COLUMNS[0]))
"""Roles of which a header has one column; another column of text is not judged, another total is an amount."""


_SOURCES = frozenset((SOURCE, *AMOUNT_COLUMNS[1:]))
_OF_WHICH = "其中"


def read_header(start: int, end: int, text: str, cells: Sequence[tuple[int, int]], names: ColumnNames) -> Header:
    """The header whose ``cells`` are offsets into ``text``. A cell without text names no column."""
    named = [(index, a, b) for index, (a, b) in enumerate(cells) if a < b]
    meanings = {index: names.meaning(text[a:b]) for index, a, b in named}
    groups = {meaning.group for meaning in meanings.values() if meaning is not None}
    columns = _columns(text, named, meanings, groups, names)
    return Header(start, end, columns, _is_complete(columns, groups, names))


def moved(header: Header, by: int) -> Header:
    """``header`` as it comes again ``by`` characters further on."""
    columns = [
        Column(c.start + by, c.end + by, c.text, c.role, c.index, c.key, c.adds, c.doubtful, c.holds, c.nearest)
        for c in header.columns
    ]
    return Header(header.start + by, header.end + by, tuple(columns), header.complete)


def _columns(
    text: str,
    named: Iterable[tuple[int, int, int]],
    meanings: dict[int, Meaning | None],
    groups: set[str],
    names: ColumnNames,
) -> tuple[Column, ...]:
    holders = _holders(meanings)
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
        group = meaning.group if meaning is not None else ""
        adds = adds and groups.isdisjoint(names.within.get(group, ()))
        if clean(said).startswith(_OF_WHICH) and made and made[-1].role in _SOURCES:
            adds = False  # of the source before it, not of the total
        doubtful = adds and not groups.isdisjoint(names.perhaps.get(group, ()))
        made.append(Column(start, end, said, role, index, key, adds, doubtful))
    return tuple(made)


def _is_complete(columns: Sequence[Column], groups: set[str], names: ColumnNames) -> bool:
    """Whether every source has a column: each of the usual ones, and none may hide under a name that is not known."""
    whole = next((column for column in columns if column.role == AMOUNT_COLUMNS[0]), None)
    behind = next((column for role in TEXT_ROLES[1:] for column in columns if column.role == role), None)
    if whole is None or behind is None:
        return False
    known = all(column.role is not None for column in columns if whole.index < column.index < behind.index)
    return known and all(any(groups.issuperset(way) for way in ways) for ways in names.complete.values())


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
