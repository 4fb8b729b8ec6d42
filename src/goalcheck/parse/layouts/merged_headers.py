"""Puts together a header that stands on several lines, as merged cells leave it.

单位名称⇥项目名称⇥预算数⇥绩效目标⇥绩效指标
⇥⇥⇥⇥一级指标⇥二级指标⇥三级指标⇥指标值
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import UNIT, ColumnNames
from goalcheck.parse.columns import read_header
from goalcheck.parse.layouts.panes import columns, is_place_name
from goalcheck.sheet import Header

_OF_VALUE = frozenset(("value", "sign", "measure", "weight", UNIT))  # 单位 is that of a value, below its column

Named = tuple[int, int, int]
"""A cell that is filled: its column, and where it lies."""


def filled(cells: Sequence[tuple[int, int]]) -> list[Named]:
    """The cells that are not empty."""
    return [(index, start, end) for index, (start, end) in enumerate(cells) if start < end]


def _merged(text: str, lines: Iterable[Sequence[Named]], end: int, names: ColumnNames) -> list[tuple[int, int]] | None:
    """The cells of ``lines`` as one line; the lowest known name of a column is its name.

    None where a name is not known and none stands above or below it, unless most names beside it are known.
    A column without a name is empty at ``end``.
    """
    made: dict[int, tuple[int, int]] = {}
    strange: set[int] = set()  # columns whose names on the first line are not known
    for at, line in enumerate(lines):
        known = {index for index, a, b in line if _is_known(text[a:b], names)}
        mostly = 3 * len(known) >= 2 * len(line)
        if at and 2 * len(known) < len(line):
            return None  # a row, with a word that names a column too
        strange.difference_update(known)
        for index, a, b in line:
            if index in known or (index not in made and mostly and names.is_name(text[a:b])):
                made[index] = (a, b)
                strange |= set() if at or index in known else {index}
            elif index not in made:
                return None
    if strange:
        return None
    return [made.get(index, (end, end)) for index in range(max(made) + 1)] if made else None


def parted(text: str, header: Header, end: int, below: Sequence[Named], names: ColumnNames) -> Header | None:
    """``header`` with the columns into which the line ``below`` it parts one: 指标值 in 运算符, 数值, 单位; or places.

    ``end`` is that of the line. None where it is no such line.
    """
    meanings = [names.meaning(text[a:b]) for _, a, b in below]
    roles = [meaning.role if meaning is not None else "" for meaning in meanings]
    known = [role in _OF_VALUE or is_place_name(clean(text[a:b])) for role, (_, a, b) in zip(roles, below, strict=True)]
    if not all(known) or set(roles) <= {UNIT}:
        return None
    above = [(column.index, column.start, column.end) for column in header.columns]
    made = header_by_rows(text, header.start, [(header.end, above), (end, below)], names)
    return read_header(header.start, end, text, made[1], names) if made is not None else None


def are_alike(one: Header, other: Header) -> bool:
    """Whether two headers are the same, as on the next page."""
    return [column.clean for column in one.columns] == [column.clean for column in other.columns]


def is_upper_line(text: str, above: Sequence[tuple[int, int]], cells: Sequence[tuple[int, int]]) -> bool:
    """Whether the line ``above`` a header is its first, where merged cells say the same on each: most begin so."""
    both = [(text[a:b], text[c:d]) for (a, b), (c, d) in zip(above, cells, strict=False) if a < b]
    return sum(one == other for one, other in both) > 1


def _is_known(text: str, names: ColumnNames) -> bool:
    return names.meaning(text) is not None or is_place_name(clean(text))


def header_by_rows(
    text: str, start: int, lines: Sequence[tuple[int, Sequence[Named]]], names: ColumnNames
) -> tuple[int, list[tuple[int, int]]] | None:
    """The header of a table by rows that the first two of ``lines`` make up, or else all; each comes with its end.

    Given back with where it ends; None where they make up none.
    """
    for count in range(2, len(lines) + 1):
        end = lines[count - 1][0]
        whole = _merged(text, [cells for _, cells in lines[:count]], end, names)
        if whole is not None and columns(read_header(start, end, text, whole, names)) is not None:
            return end, whole
    return None
