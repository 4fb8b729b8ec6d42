"""Which columns of money should make up the total of a row: told by their names, else by the amounts of the sheet.

The money of 上年结转, for one, may stand beside 财政拨款 or be counted in it. Whatever comes out in most rows is the
way of the sheet; where nothing does, such a source may be in another or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations

import attrs

from goalcheck.checks.facts.context import Context
from goalcheck.sheet import AMOUNT_COLUMNS, Header, Row

_WHOLE = AMOUNT_COLUMNS[0]
_MOST = 4  # doubtful sources, each of which is tried by itself; of more, all or none


@attrs.frozen(repr=False)
class Sources:
    """The columns whose amounts make up the total, in their order.

    Those that are ``doubtful`` may be in the others. ``complete`` tells that there is no source without a column,
    ``unknown`` that money stands in a column whose name nobody knows: it may be a source.
    """

    columns: tuple[str, ...]
    doubtful: frozenset[str]
    complete: bool
    unknown: bool
    _places: dict[str, int] = attrs.field(init=False, eq=False)

    @_places.default
    def _order(self) -> dict[str, int]:
        return {column: at for at, column in enumerate(self.columns)}

    def among(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Those of ``columns`` that are sources, in the order of the sources."""
        return tuple(sorted(filter(self._places.__contains__, columns), key=self._places.__getitem__))

    @property
    def certain(self) -> tuple[str, ...]:
        """The columns that are a part of no other."""
        return tuple(column for column in self.columns if column not in self.doubtful)


def sources(row: Row, context: Context) -> Sources:
    """What should make up the total of ``row``."""
    return context.once(_by_header)[context.header(row)]


def _by_header(context: Context) -> dict[Header, Sources]:
    """The sources of each header; headers that name the same are one, and their rows tell together."""
    alike: dict[Sources, list[Header]] = {}
    for header in context.sheet.headers:
        unknown = any(column.holds == "money" for column in header.columns)
        alike.setdefault(Sources(header.sources, header.doubtful, header.complete, unknown), []).append(header)
    made: dict[Header, Sources] = {}
    for found, headers in alike.items():
        told = found
        if found.doubtful:
            those = set(headers)
            told = _told(found, [row for row in context.sheet.rows if context.header(row) in those])
        made.update(dict.fromkeys(headers, told))
    return made


def _told(found: Sources, rows: Iterable[Row]) -> Sources:
    """``found`` as the amounts of ``rows`` tell it."""
    ways = [*_ways(found)]
    counts = [0] * len(ways)
    for row in rows:
        printed = row.amounts.get(_WHOLE)
        if printed is None or not printed.value or not any(_amount(row, column) for column in found.doubtful):
            continue
        for at, way in enumerate(ways):
            counts[at] += sum((_amount(row, column) for column in way), Decimal(0)) == printed.value
    best = max(range(len(ways)), key=lambda at: (counts[at], -at))
    if not counts[best]:
        return found
    return attrs.evolve(found, columns=ways[best], doubtful=frozenset())


def _ways(found: Sources) -> Iterator[tuple[str, ...]]:
    """The columns that may be what adds up, from all of them to those that surely do."""
    doubtful = [column for column in found.columns if column in found.doubtful]
    sizes: Sequence[int] = range(len(doubtful), -1, -1) if len(doubtful) <= _MOST else (len(doubtful), 0)
    for counted in chain.from_iterable(combinations(doubtful, size) for size in sizes):
        yield tuple(column for column in found.columns if column not in found.doubtful or column in counted)


def _amount(row: Row, column: str) -> Decimal:
    amount = row.amounts.get(column)
    return (amount.value if amount is not None else None) or Decimal(0)
