"""Whether a line of cells is a column header, and of what kind of table: of the one that is read here, or of another.

A header that people or text recognition have hurt is no header any more, yet it must not pass for a row: so what is
like one is told as well, with the columns that it lacks and the names that are misread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import AMOUNT, ELSE, SOURCE, SPLIT_ROLES, UNIT, ColumnNames, Meaning
from goalcheck.files.regexes import regex
from goalcheck.sheet import AMOUNT_COLUMNS, Column, Header

Kind = Literal["packed", "by-row", "other"]

AMOUNTS = frozenset((AMOUNT_COLUMNS[0], SOURCE, AMOUNT))
"""The roles of columns of money."""

NEEDED = ("name", "indicators")
"""The roles that a header of a packed table has."""

_LEVELS = frozenset(("level1", "level2"))
_READ = frozenset((*NEEDED, *_LEVELS, "level3", "value", "sign"))
"""Columns without whose names a table by rows is not read."""
_TELLS_ROWS = frozenset((*_LEVELS, "value"))
_NAMED_AND_VALUED = frozenset(("indicators", "value"))
_SPLIT = frozenset(SPLIT_ROLES)
_TELLS_NOTHING = frozenset((ELSE, UNIT, "goal"))
_FIGURE = regex(r"[\d\s.,\uff0c-]*")
TARGET = regex(r"\s*[\u2265\u2264\u2267\u2266]\s*\d")
"""A target at the beginning of a cell."""

DIGITS = frozenset("0123456789")
"""What ends a figure, and no name of a column."""

HEADED = regex(r"\u3010[^\u3010\u3011]{1,16}指标[-\uff0d\u2010-\u2015\u2212][^\u3010\u3011]{1,30}\u3011")
"""【产出指标-数量指标】, which stands before indicators."""

_NEAR = 8000  # characters below a header, in which its first indicators stand
_NEAR_ABOVE = 400  # the same above it, in which its year stands
_YEAR_OF_SHEET = regex(r"20\d\d(?=\s*年)|(?<=年度[:\uff1a])20\d\d")
_TOO_LONG = 100  # for a name, the blanks in it included


@attrs.frozen(eq=False, repr=False)
class Heading:
    """A line that names columns: what each of its cells means, and which names are misread, with what is meant."""

    kind: Kind
    meanings: Mapping[int, Meaning]
    misread: tuple[tuple[str, str], ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """The roles of its columns, as far as their names are known."""
        return frozenset(meaning.role for meaning in self.meanings.values())

    @property
    def lacks(self) -> tuple[str, ...]:
        """The roles that it would need to be a header of the table that is read here."""
        return tuple(role for role in NEEDED if role not in self.roles)

    @property
    def amounts(self) -> tuple[int, ...]:
        """Its columns of money."""
        return tuple(index for index, meaning in self.meanings.items() if meaning.role in AMOUNTS)


def heading(text: str, cells: Sequence[tuple[int, int]], names: ColumnNames) -> Heading | None:
    """What the line of ``cells`` names; None of a line that is like no header.

    Most of its cells must be names, none a figure or a sentence, and more than what is known to be something else.
    """
    if len(cells) < 2:
        return None
    may, has_figure = _may_be_names(text, cells)
    meanings: dict[int, Meaning] = {}
    left = len(may)
    for i, a, b in may:
        if has_figure and left + len(meanings) < len(NEEDED):
            return None
        left -= 1
        meaning = names.meaning(text[a:b])
        if meaning is not None:
            meanings[i] = meaning
    if not meanings:
        return None
    said = [(i, text[a:b]) for i, (a, b) in enumerate(cells) if a < b]
    roles = {meaning.role for meaning in meanings.values()}
    is_by_row = "level3" in roles and not roles.isdisjoint(_LEVELS)
    if roles.issuperset(NEEDED):
        return Heading("packed" if roles.isdisjoint(_TELLS_ROWS) else "by-row", meanings)
    if len(said) < 2 or any(is_no_name(name, names) for _, name in said):
        return None
    misread = [(clean(name), near) for i, name in said if i not in meanings and (near := names.nearest(name))]
    meant = roles.union(names.names[near].role for _, near in misread)
    if meant <= _TELLS_NOTHING or (not is_by_row and 3 * (len(meanings) + len(misread)) < 2 * max(len(said), 3)):
        return None
    by_row = len(_SPLIT & roles) > 1 or roles.issuperset(_NAMED_AND_VALUED)
    return Heading("by-row" if by_row else "other", meanings, tuple(misread))


def _may_be_names(text: str, cells: Sequence[tuple[int, int]]) -> tuple[Sequence[tuple[int, int, int]], bool]:
    """The cells of a line that are no figures, nor too long for a name, and whether a figure stands beside them.

    Then the line is a header only if it has all that are needed.
    """
    found = []
    has_figure = False
    for i, (a, b) in enumerate(cells):
        if a == b or b - a >= _TOO_LONG:
            continue
        if text[b - 1] not in DIGITS:
            found.append((i, a, b))
        elif not has_figure:
            has_figure = _FIGURE.fullmatch(text, a, b) is not None
    return found, has_figure


def is_readable(found: Heading, names: ColumnNames) -> bool:
    """Whether a header is one of a table by rows whose levels, names and values are all known."""
    if found.kind != "by-row":
        return False
    return _READ.isdisjoint(names.names[near].role for _, near in found.misread)


def packs_in_goal(text: str, end: int, found: Heading) -> bool:
    """Whether the indicators of the table below ``found``, a header that ends at ``end``, stand in its goals."""
    if found.kind != "other" or found.misread or "goal" not in found.roles or not found.amounts:
        return False
    if found.roles.isdisjoint(("name", UNIT)):
        return False
    return HEADED.search(text, end, end + _NEAR) is not None


def with_indicators(header: Header) -> Header:
    """``header`` with names and indicators in the columns that hold them, where none has their name."""
    roles = {column.role for column in header.columns}
    if roles.issuperset(NEEDED):
        return header
    stands_for = {} if "indicators" in roles else {"goal": "indicators"}
    unit = None if "name" in roles else next((column for column in header.columns if column.role == UNIT), None)
    columns = tuple(
        attrs.evolve(column, role="name" if column is unit else stands_for.get(column.role or "", column.role))
        for column in header.columns
    )
    return attrs.evolve(header, columns=columns)


def is_no_name(cell: str, names: ColumnNames) -> bool:
    """Whether ``cell`` is a figure, a target or a sentence, and so stands in no header but that of a packed table."""
    return _FIGURE.fullmatch(cell) is not None or TARGET.match(cell) is not None or not names.is_name(cell)


def is_like(text: str, cells: Sequence[tuple[int, int]], header: Header) -> bool:
    """Whether the line of ``cells`` repeats ``header``, but for a few names: most stand where they stand there."""
    above = {column.index: clean(column.text) for column in header.columns}
    here = {i: clean(text[a:b]) for i, (a, b) in enumerate(cells) if a < b}
    same = sum(above.get(i) == name for i, name in here.items())
    return max(above) == max(here) and 2 * same > max(len(above), len(here))


def is_of_other(
    text: str, cells: Sequence[tuple[int, int]], below: Sequence[tuple[int, int]], header: Header, names: ColumnNames
) -> bool:
    """Whether the line of ``cells`` names columns of a table that is not the one below ``header``.

    It has different words where that has its money, and neither goal nor indicators, nor has the line ``below`` it,
    which has a figure. Not: a project with 待定 for each of its amounts, or above one that is read.
    """
    here = _said(text, cells, header)
    if any(column.role in ("goal", "indicators") for column, _ in (*here, *_said(text, below, header))):
        return False
    amounts = [words for column, words in here if column.key is not None]
    if len(set(amounts)) < 2 or not any(_FIGURE.fullmatch(text, *cell) for cell in below if cell[0] < cell[1]):
        return False
    return all(names.is_name(words) and DIGITS.isdisjoint(words) for words in amounts)


def _said(text: str, cells: Sequence[tuple[int, int]], header: Header) -> list[tuple[Column, str]]:
    """What a line says below the columns of ``header``."""
    columns = (column for column in header.columns if column.index < len(cells))
    return [(column, said) for column in columns if (said := text[slice(*cells[column.index])])]


def year_above(text: str, start: int) -> str | None:
    """The year that the lines above a header at ``start`` name last: 2024年度."""
    found = _YEAR_OF_SHEET.findall(text, max(0, start - _NEAR_ABOVE), start)
    return found[-1] if found else None
