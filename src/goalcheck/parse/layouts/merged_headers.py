"""Puts together a header that stands on several lines, as merged cells leave it.

单位名称⇥项目名称⇥预算数⇥绩效目标⇥绩效指标
⇥⇥⇥⇥一级指标⇥二级指标⇥三级指标⇥指标值
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from re import Pattern

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ELSE, UNIT, ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.parse.columns import read_header
from goalcheck.parse.headers import AMOUNTS, TARGET
from goalcheck.parse.layouts.class_panes import classes_above, with_classes
from goalcheck.parse.layouts.panes import columns, is_place_name
from goalcheck.sheet import Header

_OF_VALUE = frozenset(("value", "sign", "measure", "weight", UNIT))  # 单位 is that of a value, below its column
_LEVELS = frozenset(("level1", "level2", "level3"))
_OVER = frozenset(("indicators", "value"))  # what stands over several columns

_GRADE = regex(r"优秀?|良好?|中等?|合格|差|较差|不合格")
_YEAR = regex(r"(?:19|20)\d\d年度?")
_WHOLE_YEAR = regex(r"(?:全年度?(?:[(\uff08]程[)\uff09])?|年度|全程)(?:[指目]标值)?")
_PART_OF_YEAR = regex(r"(?:[上下]?半年度?(?:[(\uff08]程[)\uff09])?|半程|第?[一二三四1-4]季度)(?:[指目]标值)?")
_EARLIER_YEAR = regex(r"(?:上一?|前|去|往)年度?(?:实际|实现|完成)?")
_FIGURE = regex(r"内容|数值?|值|具体值|目标")
"""How the column of the figure is called among the parts of 指标值, where none is called a value."""

Named = tuple[int, int, int]
"""A cell that is filled: its column, and where it lies."""


def filled(cells: Sequence[tuple[int, int]]) -> list[Named]:
    """The cells that are not empty."""
    return [(index, start, end) for index, (start, end) in enumerate(cells) if start < end]


def named(header: Header) -> list[Named]:
    """The columns of ``header`` as cells."""
    return [(column.index, column.start, column.end) for column in header.columns]


def _merged(text: str, lines: Sequence[Sequence[Named]], end: int, names: ColumnNames) -> list[tuple[int, int]] | None:
    """The cells of ``lines`` as one line; the lowest known name of a column is its name.

    None where a name is not known and none stands above or below it, unless most names beside it are known.
    A column without a name is empty at ``end``.
    """
    made: dict[int, tuple[int, int]] = {}
    classes: frozenset[int] = frozenset()
    titles = _titles(text, lines[0], lines[1], names)
    for at, line in enumerate(lines):
        known = {index for index, a, b in line if _is_known(text[a:b], names)}
        over = classes_above(text, line, lines[at + 1], names) if at + 1 < len(lines) and not classes else frozenset()
        known |= over
        mostly = 3 * len(known) >= 2 * len(line)
        if at and 2 * len(known) < len(line):
            return None  # a row, with a word that names a column too
        for index, a, b in line:
            if index in classes:
                continue  # which says more than the name below it
            is_below_title = index in titles
            may_be_name = is_below_title or (index not in made and mostly)
            if index in known or (may_be_name and names.is_name(text[a:b])):
                made[index] = (a, b)
            elif index not in made:
                return None
        classes |= over
    return [made.get(index, (end, end)) for index in range(max(made) + 1)] if made else None


def _parted(text: str, header: Header, end: int, below: Sequence[Named], names: ColumnNames) -> Header | None:
    """``header`` with the columns into which the line ``below`` it parts one: 指标值 in 运算符, 数值, 单位; or places.

    As well grades, 优 to 差, and years. ``end`` is that of the line. None where it is no such line.
    """
    said = {index: clean(text[a:b]) for index, a, b in below}
    roles = {
        index: meaning.role if (meaning := names.meaning(name)) is not None else "" for index, name in said.items()
    }
    value = header.column("value")
    behind = (column.index for column in header.columns if value is not None and column.index > value.index)
    of_value = range(value.index, min(behind, default=max(said) + 1)) if value is not None else range(0)
    known = [index for index, role in roles.items() if role in _OF_VALUE or is_place_name(said[index])]
    graded = sum(_GRADE.fullmatch(name) is not None for name in said.values()) > 1
    years = [index for index, name in said.items() if _YEAR.fullmatch(name) and index in of_value]
    whole_year = [index for index, name in said.items() if _WHOLE_YEAR.fullmatch(name) and index in of_value]
    parts_of_year = [index for index, name in said.items() if _PART_OF_YEAR.fullmatch(name) and index in of_value]
    by_part = bool(whole_year and parts_of_year)
    tells = any(roles[index] != UNIT for index in known) or graded or len(years) > 1 or by_part
    if not tells or not all(index in known or _is_part(said[index], index, of_value, names) for index in said):
        return None
    made = _read_over(text, header, end, below, names)
    values = whole_year if by_part else years
    if not values and not graded and made.column("value") is None:
        values = [index for index, name in said.items() if index in of_value and _FIGURE.fullmatch(name)][:1]
    others = parts_of_year if by_part else []
    others += [index for index, name in said.items() if _EARLIER_YEAR.fullmatch(name)]
    as_said = dict.fromkeys(others, ELSE) | dict.fromkeys(values, "value")
    parts = (attrs.evolve(c, role=as_said[c.index], key=None) if c.index in as_said else c for c in made.columns)
    return attrs.evolve(made, columns=tuple(parts))


def _of_one(text: str, header: Header, end: int, below: Sequence[Named], names: ColumnNames) -> Header | None:
    """``header`` with the columns into which the line ``below`` it, which ends at ``end``, parts one of no indicators.

    预算资金 in 总额, 财政拨款, 其他资金; 季度分解目标 in quarters; 近两年指标值 in 前年, 上年. None where it is none.
    """
    roles = _roles(text, [(a, b) for _, a, b in below], names)
    of_money = AMOUNTS.issuperset(roles)
    above = {column.index: column for column in header.columns}
    first = above.get(below[0][0])
    if first is None or first.role not in (None, ELSE, *AMOUNTS) or any(index in above for index, _, _ in below[1:]):
        return None
    of_earlier = first.role == ELSE and _are_all(_EARLIER_YEAR, text, below)
    if not (of_money or of_earlier or _are_all(_PART_OF_YEAR, text, below)):
        return None
    made = _read_over(text, header, end, below, names)
    parts = {index for index, _, _ in below} if of_earlier else frozenset[int]()
    told = (attrs.evolve(c, role=ELSE, key=None) if c.index in parts else c for c in made.columns)
    return attrs.evolve(made, columns=tuple(told))


def _are_all(pattern: Pattern[str], text: str, cells: Iterable[Named]) -> bool:
    return all(pattern.fullmatch(clean(text[a:b])) for _, a, b in cells)


def _read_over(text: str, header: Header, end: int, below: Sequence[Named], names: ColumnNames) -> Header:
    """``header`` with the names of the line ``below`` it, which ends at ``end``, in their places."""
    cells = {column.index: (column.start, column.end) for column in header.columns}
    cells |= {index: (a, b) for index, a, b in below}
    whole = [cells.get(index, (end, end)) for index in range(max(cells) + 1)]
    return read_header(header.start, end, text, whole, names)


def with_lower(
    text: str, header: Header, end: int, cells: Sequence[tuple[int, int]], names: ColumnNames
) -> Header | None:
    """``header`` of a table by rows with the names of the line right below it, ``cells``; None where it has none."""
    below = filled(cells)
    made = None
    if len(below) > 1 and below[0][0] > 0:
        made = _of_one(text, header, end, below, names) or _parted(text, header, end, below, names)
    if made is None and (whole := _with_upper(text, named(header), cells, names)) is not None:
        made = read_header(header.start, end, text, whole, names)
    return made


def completed(text: str, header: Header, end: int, below: Sequence[Named], names: ColumnNames) -> Header | None:
    """``header`` with the names of its second line, ``below``, in their places; None where it is no such line.

    It takes no name and no indicators from the line above.
    """
    made = _read_over(text, header, end, below, names)
    return None if made.column("name") is None or made.column("indicators") is None else made


def _is_part(name: str, index: int, of_value: range, names: ColumnNames) -> bool:
    """Whether what stands below the column of values may name a part of it, though it is not known."""
    return index in of_value and (names.is_name(name) or _YEAR.fullmatch(name) is not None) and not TARGET.match(name)


def are_alike(one: Header, other: Header) -> bool:
    """Whether two headers are the same, as on the next page; a column without a name was told by the rows of one."""
    return [c.clean for c in one.columns if c.text] == [c.clean for c in other.columns if c.text]


def with_line_above(
    text: str, above: Sequence[tuple[int, int]], cells: Sequence[tuple[int, int]], names: ColumnNames
) -> Sequence[tuple[int, int]] | None:
    """The ``cells`` of a header that begins on the line ``above`` them; None where it does not."""
    whole = _with_upper(text, filled(above), cells, names)
    return cells if whole is None and _is_upper_line(text, above, cells) else whole


def _is_upper_line(text: str, above: Sequence[tuple[int, int]], cells: Sequence[tuple[int, int]]) -> bool:
    """Whether the line ``above`` a header is its first, where merged cells say the same on each: most begin so."""
    both = [(text[a:b], text[c:d]) for (a, b), (c, d) in zip(above, cells, strict=False) if a < b]
    return sum(one == other for one, other in both) > 1


def _with_upper(
    text: str, above: Sequence[Named], cells: Sequence[tuple[int, int]], names: ColumnNames
) -> list[tuple[int, int]] | None:
    """The ``cells`` of a header with the names of the line ``above`` it, whose other cells are merged over several.

    绩效指标⇥⇥⇥年度指标值⇥⇥⇥实际完成值⇥分值
    一级指标⇥二级指标⇥三级指标⇥指标性质⇥指标值⇥度量单位⇥⇥

    None where that line is no such one: each of its cells names a column, and one of them what stands below it.
    """
    upper = {index: (a, b) for index, a, b in above}
    lower = {index: (a, b) for index, a, b in filled(cells)}
    roles_above, roles = _roles(text, upper.values(), names), _roles(text, lower.values(), names)
    if len(_LEVELS.intersection(roles)) < 2 or None in roles_above or min(upper) > min(lower):
        return None
    of_below = any(first < index < after for first, after in pairwise(upper) for index in lower)
    if not of_below or upper.keys() <= lower.keys() or _OVER.isdisjoint(roles_above):
        return None
    both, end = {**upper, **lower}, cells[-1][1]
    return [both.get(index, (end, end)) for index in range(max(both) + 1)]


def _titles(text: str, above: Sequence[Named], below: Sequence[Named], names: ColumnNames) -> frozenset[int]:
    """Where a name ``above`` is but the title of several columns whose names stand ``below`` it: 绩效指标, 资金情况."""
    upper = [index for index, _, _ in above]
    under = [index for index, _, _ in below]
    over = {index for index, a, b in above if _role(text[a:b], names) in ("indicators", ELSE)}
    ends = dict(pairwise([*upper, under[-1] + 1]))
    spans = {index: bisect_left(under, ends[index]) - bisect_left(under, index) for index in over}
    return frozenset(index for index, columns in spans.items() if columns > 1)


def _role(name: str, names: ColumnNames) -> str | None:
    meaning = names.meaning(name)
    return meaning.role if meaning is not None else None


def _roles(text: str, cells: Iterable[tuple[int, int]], names: ColumnNames) -> list[str | None]:
    return [_role(text[a:b], names) for a, b in cells]


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
        if whole is not None and columns(with_classes(read_header(start, end, text, whole, names))) is not None:
            return end, whole
    return None
