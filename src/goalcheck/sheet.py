"""The tree of a sheet: frozen nodes, each with its stretch of the decoded text.

Comes from :mod:`goalcheck.parse`, goes to the checks. Nothing here judges. What all nodes are, :mod:`goalcheck.node`
says; how an indicator was written, :mod:`goalcheck.written`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import Literal

from goalcheck.blanks import clean
from goalcheck.node import Node, Text, frozen
from goalcheck.source import Records, Span
from goalcheck.value_form import Form
from goalcheck.written import Packed, SplitColumns

__all__ = [
    "AMOUNT_COLUMNS", "Amount", "ClassRef", "Column", "Entry", "Footer", "Header", "Indicator", "Layout", "Node",
    "Packed", "Project", "Row", "Section", "Sheet", "SplitColumns", "Subtotal", "Text", "Total", "Unit", "Unparsed",
    "Unread", "Value", "amount_field",
]  # fmt: skip

Layout = Literal["packed", "rows", "blocks"]
"""A project a row with all its indicators in a cell; an indicator a row; a form a project, an indicator a row in it."""

AMOUNT_COLUMNS = ("total", "appropriation", "special_account", "other")
"""总计, 财政拨款, 财政专户拨款, 其他资金: the usual columns of amounts; the first is the sum of its sources.

These words are the keys of :attr:`Row.amounts`. Any other column of amounts is keyed by its name as it is printed,
without blanks and brackets: ``一般公共预算``. Which columns add up to the total, :attr:`Header.sources` says.
"""


def amount_field(key: str) -> str:
    """The field, in findings, of the column of amounts with ``key``: ``amount`` for all but the usual columns."""
    return key if key in AMOUNT_COLUMNS else "amount"


@frozen(eq=False, repr=False)
class ClassRef(Text):
    """A reference to a class of the taxonomy, ``11-数量指标``: its code (digits, or empty) and its label.

    ``points`` are what forms for self-evaluation print behind a label, ``产出指标(50分)``; None where there are none.
    """

    code: str
    label: str
    points: Text | None = None

    @property
    def shown(self) -> str:
        """It as a sentence quotes it: one without a code without blanks and line breaks within, and in one piece."""
        return self.text if self.code else self.label


@frozen(eq=False, repr=False)
class Value(Text):
    """A cycle value (实施周期指标值) or an annual value (年度指标值), without its label.

    Where sign and unit have cells of their own, it stands at the figure, and ``whole`` is the text of all of them.
    ``sign`` and ``measure`` are these cells, empty where nothing stands in them; None where there is no such cell.
    """

    form: Form
    sign: Text | None = None
    measure: Text | None = None
    whole: str = ""

    @property
    def parts(self) -> tuple[Text, ...]:
        """The cells in which it is written, in the order of the text; it alone, where it has but one."""
        if self.sign is None and self.measure is None:
            return (self,)
        cells = {cell.start: cell for cell in (self.sign, self.measure, self) if cell is not None and cell.text}
        return tuple(cells[start] for start in sorted(cells))

    @property
    def printed(self) -> str:
        """What it says, in one text."""
        return self.whole or self.text

    @property
    def clean(self) -> str:
        return clean(self.printed)


@frozen(eq=False, repr=False)
class Indicator(Node):
    """An indicator that could be read. ``number`` is None where it bears none.

    ``packed`` says how it was written in a cell with others, ``columns`` how in a row of its own; the other is None.
    A class of a row may stand in a merged cell above it.
    """

    number: int | None
    level1: ClassRef
    level2: ClassRef
    name: Text
    cycle_value: Value | None
    annual_value: Value | None
    packed: Packed | None
    columns: SplitColumns | None = None

    @property
    def values(self) -> tuple[tuple[str, Value], ...]:
        """The values that are there, with the names of their fields."""
        cycle, annual = self.cycle_value, self.annual_value
        if cycle is not None and annual is not None:
            return ("cycle_value", cycle), ("annual_value", annual)
        if cycle is not None:
            return (("cycle_value", cycle),)
        return (("annual_value", annual),) if annual is not None else ()


@frozen(eq=False, repr=False)
class Unparsed(Text):
    """An entry that could not be read. ``expected`` names what was missing, ``at`` where; the rest is what was read."""

    expected: str
    at: int
    number: int | None
    ordinal: Text | None
    level1: ClassRef | None


Entry = Indicator | Unparsed


@frozen(eq=False, repr=False)
class Amount(Text):
    """The cell of an amount column. ``value`` is None if it is no number; a blank counts as exactly 0.

    ``unit`` is what stands behind the figure in its own cell, as 万元 does in forms; mostly nothing does.
    """

    value: Decimal | None
    blank: bool
    decimals: int
    unit: str = ""


@frozen(eq=False, repr=False)
class Row(Node):
    """A row with amounts. ``missing`` are the columns that it lacks, with their indices.

    ``surplus`` is text beyond the last column, ``cells`` is how many were printed. ``amounts`` has an entry a column of
    amounts that the row reaches: the usual ones first (:data:`AMOUNT_COLUMNS`), by those words, then the others, by
    their printed names.
    """

    name: Text
    amounts: dict[str, Amount]
    cells: int
    missing: Mapping[str, int]
    surplus: Text | None

    @property
    def last_cell(self) -> int:
        """Where its last cell with a name or an amount ends; the row of a unit goes on with its projects."""
        return max((self.name.end, *(amount.end for amount in self.amounts.values())))


@frozen(eq=False, repr=False)
class Total(Row):
    """The row 合计."""


@frozen(eq=False, repr=False)
class Subtotal(Row):
    """A row 小计, or 本页小计: the sum of some rows above it, and part of no other sum."""


@frozen(eq=False, repr=False)
class Project(Row):
    """A project: goal (绩效目标) and indicators (绩效指标); each an empty span where the cell is blank.

    ``continued`` are the lines on which it goes on, as over a page break. ``otherwise`` are cells of its further rows
    that say something else than its first one, in an export that names it in each: its field, and the cell.
    ``other_points`` are those that a form gives for having spent the money, 预算执行率, where that is no indicator,
    ``all_points`` what it says that all make, behind 总分.
    """

    goal: Text | None
    indicator_cell: Text | None
    entries: tuple[Entry, ...]
    continued: tuple[Span, ...] = ()
    otherwise: tuple[tuple[str, Text], ...] = ()
    other_points: tuple[Text, ...] = ()
    all_points: Text | None = None

    @property
    def indicators(self) -> Iterator[Indicator]:
        return (e for e in self.entries if isinstance(e, Indicator))

    @property
    def unparsed(self) -> Iterator[Unparsed]:
        return (e for e in self.entries if isinstance(e, Unparsed))


@frozen(eq=False, repr=False)
class Unit(Row):
    """A unit that uses the money (资金使用单位), with its projects; a department's row has ``units`` instead."""

    projects: tuple[Project, ...]
    units: tuple[Unit, ...] = ()

    @property
    def all_units(self) -> Iterator[Unit]:
        """This unit and all below it."""
        yield self
        for unit in self.units:
            yield from unit.all_units


@frozen(eq=False, repr=False)
class Column(Text):
    """A cell of a column header.

    ``role`` is what the column holds: ``name``, ``unit``, ``goal``, ``indicators``, one of :data:`AMOUNT_COLUMNS`,
    ``source`` (of money), ``amount`` (no source), a role of the layouts with one indicator a row, ``something-else``;
    None of one that goalcheck does not know. ``key`` is the key of its cells in :attr:`Row.amounts`. ``adds`` is said
    of a source that is no part of another one with a column, ``doubtful`` of one that may be: the amounts tell.

    Of an unknown column, ``holds`` is what stands in it, and ``nearest`` the known name that is most like its own.
    """

    role: str | None
    index: int
    key: str | None = None
    adds: bool = False
    doubtful: bool = False
    holds: Literal["", "money", "figures", "text"] = ""
    nearest: str | None = None


@frozen(eq=False, repr=False)
class Header(Node):
    """The column header; a repeated one begins a page. ``complete``: the sources of money that it has are all."""

    columns: tuple[Column, ...]
    complete: bool = False

    def column(self, role: str) -> Column | None:
        return next((c for c in self.columns if c.role == role), None)

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys in :attr:`Row.amounts` that add up to the total, in the order of the columns."""
        return tuple(c.key for c in self.columns if c.adds and c.key is not None)

    @property
    def doubtful(self) -> frozenset[str]:
        """Those among :attr:`sources` that may be a part of another one."""
        return frozenset(c.key for c in self.columns if c.doubtful and c.key is not None)


@frozen(eq=False, repr=False)
class Footer(Text):
    """A page footer ``第 n 页, 共 m 页``; ``pages`` is None where it does not say how many."""

    page: int
    pages: int | None


@frozen(eq=False, repr=False)
class Unread(Text):
    """A stretch that may hold amounts or indicators and was not read; ``reason`` is a key, ``figures`` fill it in."""

    reason: str
    figures: Mapping[str, str]


@frozen(eq=False, repr=False)
class Section(Node):
    """One table of the text: what belongs to one 合计. Nearly every text has exactly one.

    ``total`` is its first 合计, ``other_totals`` are those that say it again, at its end or on further pages. Of
    ``blocks`` a section holds all that follow one another.
    """

    total: Total | None
    loose: tuple[Project, ...]
    units: tuple[Unit, ...]
    other_totals: tuple[Total, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    layout: Layout = "packed"

    @property
    def totals(self) -> tuple[Total, ...]:
        """Every 合计 of the table."""
        return (self.total, *self.other_totals) if self.total is not None else ()

    @property
    def all_units(self) -> Iterator[Unit]:
        return (unit for top in self.units for unit in top.all_units)

    @property
    def projects(self) -> Iterator[Project]:
        return chain(self.loose, *(unit.projects for unit in self.all_units))

    @property
    def rows(self) -> Iterator[Row]:
        units = ((unit, *unit.projects) for unit in self.all_units)
        return chain(self.totals, self.subtotals, self.loose, *units)


@frozen(eq=False, repr=False)
class Sheet(Node):
    """A whole text. ``head`` holds title and head lines, ``notes`` the lines between and after the tables.

    ``decimals`` is the largest number of decimals printed in its amounts, ``records`` where its rows and pages begin.
    ``totals`` sum up several of its tables. What ``unread`` lists was not judged; at ``passed_over`` worksheets
    begin that are no sheets. ``asides`` are small tables within forms, of tasks, costs and the like, with amounts
    that are not looked at. ``money_units`` is where it says in what its amounts are, 万元 in ``单位:万元``.
    """

    title: Text | None
    head: tuple[Text, ...]
    headers: tuple[Header, ...]
    footers: tuple[Footer, ...]
    notes: tuple[Text, ...]
    sections: tuple[Section, ...]
    decimals: int
    records: Records
    unread: tuple[Unread, ...] = ()
    totals: tuple[Total, ...] = ()
    passed_over: tuple[int, ...] = ()
    asides: tuple[Span, ...] = ()
    money_units: tuple[Text, ...] = ()

    @property
    def layout(self) -> Layout:
        """How its first table is laid out."""
        return next((section.layout for section in self.sections), "packed")

    @property
    def units(self) -> Iterator[Unit]:
        return (unit for section in self.sections for unit in section.all_units)

    @property
    def projects(self) -> Iterator[Project]:
        return (project for section in self.sections for project in section.projects)

    @property
    def rows(self) -> Iterator[Row]:
        """Every row with amounts, by tables; those of all of them first."""
        return chain(self.totals, *(section.rows for section in self.sections))
