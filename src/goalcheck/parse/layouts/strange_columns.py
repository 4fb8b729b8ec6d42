"""Columns of a table by rows that are called otherwise than such a table has them, told by its header alone."""

from __future__ import annotations

from collections.abc import Mapping

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ELSE, ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.parse.headers import AMOUNTS
from goalcheck.parse.layouts.panes import Columns
from goalcheck.sheet import Column, Header, Unread

OF_PANE = regex(r"年度|长期|中期|实施期")
_LEVELS = ("level1", "level2")
_LEVEL_NAME = len("三级指标")


def misplaced(header: Header, of: Columns) -> frozenset[int]:
    """Before the levels, the columns that are called as what no table by rows has there, or not at all.

    In the table of one project a goal or nothing; else indicators, where it has no goals.
    """
    before = range(of.first, min(pane.begins for pane in of.panes))
    roles = {column.index: column.role for column in header.columns}
    if not of.has_projects:
        return frozenset(at for at in before if roles.get(at, "") in ("", "goal", "indicators"))
    return frozenset(at for at in before if of.goal is None and roles.get(at, "") == "indicators")


def earlier(header: Header, of: Columns) -> frozenset[int]:
    """The columns behind a name in which targets stand that have moved: of earlier years, of what was reached."""
    read = {at for pane in of.panes for at in pane.values.values()}
    first = min(pane.name for pane in of.panes)
    behind = (c.index for c in header.columns if c.role in ("value", ELSE) and c.index > first)
    return frozenset(behind) - read - of.spare


def misread(header: Header, names: ColumnNames) -> Mapping[int, Unread]:
    """The columns that are called almost as one that the table lacks."""
    roles = {column.role for column in header.columns}
    lacking = {"goal", *_LEVELS, "name", "sign", "measure", *AMOUNTS} - roles
    if not lacking.isdisjoint(AMOUNTS) and not roles.isdisjoint(AMOUNTS):
        lacking -= AMOUNTS
    return {
        column.index: Unread(
            column.start, column.end, column.text, "column-misread", {"said": column.clean, "meant": near}
        )
        for column in header.columns
        if (column.role is None or _only_begins(column, names))
        and (near := _nearest(column.clean, names)) is not None
        and (names.names[near].role in lacking or OF_PANE.search(column.clean) is not None)
    }


def _only_begins(column: Column, names: ColumnNames) -> bool:
    """Whether it is taken for one of indicators for its beginning alone, and is called almost as another."""
    name = clean(column.text)
    return column.role == "indicators" and name not in names.names and names.nearest(name) is not None


def _nearest(name: str, names: ColumnNames) -> str | None:
    """The name that is meant: of a column of the year or the cycle as well that with which it begins."""
    level = name[:_LEVEL_NAME]
    is_of_pane = OF_PANE.search(name, _LEVEL_NAME) is not None and level in names.names
    return names.nearest(name) or (level if is_of_pane else None)
