"""Columns whose names nobody knows: what stands in them, what may be meant, and which of them are not to be lost.

A column of figures with decimals is for a rule to speak of: its :class:`~goalcheck.sheet.Column` says that it holds
money. One of whole figures may hold amounts, counts or codes, one of text may be the goal under a misread name: where
something is likely to be lost with it, the column is :class:`~goalcheck.sheet.Unread`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import attrs

from goalcheck.catalogue.columns import ColumnNames, bare
from goalcheck.parse.headers import AMOUNTS
from goalcheck.parse.outside import YEAR
from goalcheck.sheet import AMOUNT_COLUMNS, Amount, Column, Header, Unread

_LIKE = 0.5
_SHORTEST_CODE = 4
_LONGEST_WORD = 8  # of what stands in a column of something else
_MOST_LIKENED = 20  # columns that are held against every name of amounts: no sheet has more

Key = str | int
"""What tells a column from the others on every page: its name, or its place where it has none."""


@attrs.define(eq=False, repr=False)
class _Content:
    """What stands in a column, on all pages, and whether a 合计 has a figure there.

    ``completing`` counts the figures that are what the sources of their rows lack to the total.
    """

    cells: list[Amount] = attrs.Factory(list)
    summed: bool = False
    completing: int = 0

    @property
    def figures(self) -> list[Amount]:
        return [cell for cell in self.cells if cell.value is not None and not cell.blank]

    @property
    def kind(self) -> Literal["money", "figures", "text"]:
        """What most of the cells are."""
        figures = self.figures
        if 2 * len(figures) <= len(self.cells):
            return "text"
        money = sum(cell.decimals > 0 or "," in cell.text or "\uff0c" in cell.text for cell in figures)
        return "money" if 2 * money > len(self.cells) else "figures"

    @property
    def completes(self) -> bool:
        """Whether most figures are what the others of their rows lack to the total."""
        return 2 * self.completing > len(self.figures)

    @property
    def tells(self) -> bool:
        """Whether most of what stands there may be a goal: long, or a sentence."""
        filled = [cell.text for cell in self.cells if cell.text]
        return 2 * sum(len(text) > _LONGEST_WORD or text.endswith("\u3002") for text in filled) > len(filled)

    @property
    def counts(self) -> bool:
        """Whether the figures are no amounts by their look, but ordinals, or codes of one length."""
        numbers = [cell.value for cell in self.figures if cell.value is not None]
        lengths = {len(cell.text) for cell in self.figures}
        runs = len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
        return runs or (len(lengths) == 1 and lengths.pop() >= _SHORTEST_CODE)


class Strangers:
    """Gathers, row by row, what stands in columns without a known name."""

    def __init__(self) -> None:
        self._content: dict[Key, _Content] = {}
        self._places: dict[Header, dict[int, Key]] = {}
        self._like: dict[str, str | None] = {}

    def add(self, header: Header, index: int, cell: Amount, *, total: bool, lacking: Decimal | None) -> None:
        """Take the ``cell`` of a row below ``header`` in the column at ``index``.

        ``total`` says that the row is a 合计, ``lacking`` what its sources of money lack to its total.
        """
        places = self._places.setdefault(header, {})
        if index not in places:
            name = next((column.clean for column in header.columns if column.index == index), "")
            places[index] = name or index
        content = self._content.setdefault(places[index], _Content())
        if YEAR.fullmatch(cell.text):
            cell = attrs.evolve(cell, value=None)
        content.cells.append(cell)
        content.summed |= total and cell.value is not None and not cell.blank
        content.completing += bool(cell.value) and cell.value == lacking

    def told(self, text: str, headers: Iterable[Header], names: ColumnNames) -> tuple[Header, ...]:
        """``headers`` with what their columns of unknown names hold, and with those columns that have no name."""
        return tuple(self._told(text, header, names) if header in self._places else header for header in headers)

    def _told(self, text: str, header: Header, names: ColumnNames) -> Header:
        columns = {column.index: column for column in header.columns}
        for index, key in self._places[header].items():
            holds = self._content[key].kind
            column = columns.get(index) or _nameless(text, header, index)
            if holds == "figures" and not column.clean.endswith(names.counts):
                is_money = _among_amounts(header, index) or self._content[key].completes
                holds = "money" if is_money else holds
            columns[index] = attrs.evolve(column, holds=holds, nearest=self._nearest(column, names, holds))
        return attrs.evolve(header, columns=tuple(columns[index] for index in sorted(columns)))

    def _nearest(self, column: Column, names: ColumnNames, holds: str) -> str | None:
        """The known name that a column may have been meant to have; that of figures is at least like one of amounts."""
        near = names.nearest(column.text)
        if near is not None or not column.text or holds == "text":
            return near
        if column.clean not in self._like:
            few = len(self._like) < _MOST_LIKENED
            self._like[column.clean] = _like_an_amount(column.clean, names) if few else None
        return self._like[column.clean]

    def unread(self, headers: Sequence[Header], names: ColumnNames) -> Iterator[Unread]:
        """The columns with which amounts or goals may be lost, and of which no rule speaks; each once."""
        told: set[Key] = set()
        for header in headers:
            for column in header.columns:
                key = column.clean or column.index
                if column.holds and key not in told and self._may_be_lost(column, header, names):
                    told.add(key)
                    yield _unread(column)

    def _may_be_lost(self, column: Column, header: Header, names: ColumnNames) -> bool:
        content = self._content[column.clean or column.index]
        near = names.nearest(column.text)
        meant = names.names[near].role if near is not None else None
        if column.holds == "text":
            return header.column("goal") is None and (meant == "goal" or not column.text or content.tells)
        if column.holds == "money":
            return False
        return meant in AMOUNTS or content.summed or not (content.counts or header.column(AMOUNT_COLUMNS[0]))


def _among_amounts(header: Header, index: int) -> bool:
    """Whether the known columns next to the one at ``index`` are both of amounts: what is between them is money too."""
    known = [column for column in header.columns if column.role is not None]
    before = max((c for c in known if c.index < index), key=lambda column: column.index, default=None)
    behind = min((c for c in known if c.index > index), key=lambda column: column.index, default=None)
    return before is not None and behind is not None and None not in (before.key, behind.key)


def _nameless(text: str, header: Header, index: int) -> Column:
    """A column without a name, where its name belongs."""
    before = max((c for c in header.columns if c.index < index), key=lambda column: column.index, default=None)
    at = header.start + index
    if before is not None:
        at = before.end + text.startswith('"', before.end) + index - before.index
    at = min(at, min((c.start for c in header.columns if c.index > index), default=header.end))
    return Column(at, at, "", None, index)


def _like_an_amount(name: str, names: ColumnNames) -> str | None:
    """The name of amounts that is most like ``name``, if one is like it at all."""
    import difflib  # only where a column is not known

    amounts = [known for known, meaning in names.names.items() if meaning.role in AMOUNTS]
    ratios = [difflib.SequenceMatcher(None, bare(name), known).ratio() for known in amounts]
    best = max(ratios, default=0.0)
    return amounts[ratios.index(best)] if best >= _LIKE else None


def _unread(column: Column) -> Unread:
    reason, figures = "column-nameless", {"number": str(column.index + 1)}
    if column.nearest:
        reason, figures = "column-misread", {"said": column.clean, "meant": column.nearest}
    elif column.text:
        reason = "column-of-text" if column.holds == "text" else "column-unknown"
        figures = {"said": column.clean}
    return Unread(column.start, column.end, column.text, reason, figures)
