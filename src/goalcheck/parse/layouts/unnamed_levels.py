"""Columns of levels and names that a header does not name, as one cell of it was merged over several of them.

绩效指标⇥⇥⇥指标值             指标分类⇥⇥绩效指标⇥指标值
产出指标⇥数量指标⇥修路里程⇥3km   产出指标⇥数量指标⇥修路里程⇥3km
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from goalcheck.catalogue.columns import ELSE
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.parse.layouts.joint_classes import parted
from goalcheck.parse.layouts.panes import Columns, Pane, columns
from goalcheck.sheet import Column, Header

_LEVELS = ("level1", "level2")
_KINDS = ("指标", "目标")


def with_levels(
    text: str, header: Header, cells: Sequence[tuple[int, int]], title: str, year: Callable[[], str | None]
) -> tuple[Header, Columns | None]:
    """``header`` with columns for the classes and the name that stand in ``cells``, its first row, below no name.

    As well below a name that is known to be that of something else: 指标分类. With it comes what its columns hold, by
    :func:`~goalcheck.parse.layouts.panes.columns` of ``title`` and ``year``.
    """
    of = columns(header, title, year)
    if of is None:
        roles = _within_level(header, {index: text[a:b] for index, (a, b) in enumerate(cells) if a < b})
        return with_levels(text, _named(header, roles), cells, title, year) if roles else (header, None)
    if len(of.panes) != 1:
        return header, of
    (pane,) = of.panes
    said = {index: text[a:b] for index, (a, b) in enumerate(cells) if a < b}
    named = [column for column in header.columns if column.index <= pane.name]
    for column, behind in zip(named, [*(c.index for c in named[1:]), _end(header, pane.name)], strict=True):
        at = column.index
        of_levels = at in (pane.level1, pane.level2, pane.name)
        is_other = column.role in (ELSE, None) and pane.level1 is None and pane.level2 is None
        is_other |= column.role == ELSE and pane.level1 is None and pane.level2 is not None and at < pane.level2
        roles = _roles(said, range(at, behind), is_name=at == pane.name) if of_levels or is_other else {}
        if roles and (is_other or len(roles) > 1):
            return with_levels(text, _named(header, roles), cells, title, year)
    whole = _with_levels_behind(header, pane, said)
    return whole, of if whole is header else columns(whole, title, year)


def _within_level(header: Header, said: Mapping[int, str]) -> dict[int, str]:
    """The roles of a second level and of the names beside it, where one name of a header stands over both: 绩效内容."""
    if any(column.role in ("level3", "indicators") for column in header.columns):
        return {}
    level = next((column.index for column in header.columns if column.role == _LEVELS[1]), None)
    if level is None or level + 1 not in said or any(column.index == level + 1 for column in header.columns):
        return {}
    labels = levels_of_labels()
    is_class = 2 in labels.get(bare_label(said.get(level, "")), ())
    return {level: _LEVELS[1], level + 1: "level3"} if is_class and bare_label(said[level + 1]) not in labels else {}


def _with_levels_behind(header: Header, pane: Pane, said: Mapping[int, str]) -> Header:
    """``header`` with the one column of classes that stands behind the names, below a name of something else."""
    if pane.level1 is not None or pane.level2 is not None:
        return header
    others = [c.index for c in header.columns if c.index > pane.name and c.role in (ELSE, None) and c.index in said]
    found = (roles for at in others if (roles := _roles(said, range(at, at + 1), is_name=False)))
    roles = next(found, {})
    return _named(header, roles) if roles else header


def _end(header: Header, name: int) -> int:
    return min((column.index for column in header.columns if column.index > name), default=name + 1)


def _roles(said: Mapping[int, str], span: range, *, is_name: bool) -> dict[int, str]:
    """The roles of the columns in ``span``; none where no class in its first tells them."""
    labels = levels_of_labels()
    here = [index for index in span if index in said]
    if here and parted(said[here[0]]) is not None:
        return {} if is_name else {here[0]: _LEVELS[1]}
    levels = [labels.get(bare_label(said[index]), frozenset()) for index in here]
    if not levels or here[0] != span.start or not said[span.start].endswith(_KINDS):
        return {}
    roles: tuple[str, ...] = ()
    if 1 in levels[0]:
        roles = _LEVELS if len(levels) > 1 and 2 in levels[1] else _LEVELS[:1]
    elif 2 in levels[0]:
        roles = _LEVELS[1:]
    if is_name:
        roles = (*roles, "level3") if roles else ()
    return dict(zip(here, roles, strict=False)) if len(here) >= len(roles) else {}


def _named(header: Header, roles: Mapping[int, str]) -> Header:
    """``header`` with columns of ``roles``; one that had no name stands, without text, behind the one that has."""
    made: list[Column] = []
    for column in header.columns:
        made.append(attrs.evolve(column, role=roles.get(column.index, column.role)))
        following = min((c.index for c in header.columns if c.index > column.index), default=None)
        between = (index for index in roles if column.index < index and (following is None or index < following))
        made += [Column(column.end, column.end, "", roles[index], index) for index in sorted(between)]
    return attrs.evolve(header, columns=tuple(made))
