"""Every sum of a checked sheet, right or wrong: its terms, what rounding allows, and what came of it.

:func:`explain` gives plain records that know their places and can go to another process. The sums are those that GC401
to GC403 judge, made and judged by the same code (:mod:`goalcheck.checks.facts.sums`), whichever rules are on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

import attrs

from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.sum_terms import ABSENT, NOTHING, Kind, Sum, Verdict, half_digit
from goalcheck.checks.facts.sums import every_sum, is_told_unsourced
from goalcheck.checks.facts.wrong_sums import diagnosis
from goalcheck.engine.plan import Plan
from goalcheck.finding import Term
from goalcheck.sheet import Amount, Row, Subtotal, Total, Unit
from goalcheck.source import Source

JUDGES: Mapping[Kind, str] = {"grand-total": "GC401", "subtotal": "GC402", "sources": "GC403"}
"""The rule that judges each kind of sum."""

_RULES: Mapping[Verdict, str] = {"rounded": "GC406", "unsourced": "GC409"}
_KINDS = {"total": Total, "subtotal": Subtotal, "unit": Unit}

Reason = Literal["no-number", "no-cell", "no-terms", "short-row", "doubtful-sources"]


class Cell(NamedTuple):
    """A figure as it stands. ``value`` is None where it is no number; a blank is exactly 0.

    It stands at ``start`` to ``end`` of the text. A ``missing`` cell is one that its row ends before; its place is the
    row's end.
    """

    text: str
    value: Decimal | None
    blank: bool
    missing: bool
    start: int
    end: int


@attrs.frozen
class Named:
    """A row by the name that people know it by: ``total``, ``unit`` or ``project``, the line it begins on, and its
    number among all rows, as a spreadsheet counts.

    ``unit`` names the unit of a project.
    """

    kind: str
    name: str
    unit: str | None
    line: int
    number: int


class Part(NamedTuple):
    """A term of a sum: the figure of ``row`` in ``column``."""

    row: Named
    column: str
    cell: Cell


@attrs.frozen
class Trace:
    """One sum: what is printed, what should make it up, and how the two compare. All amounts are exact.

    ``kind`` says of what it is the sum: of units (or of projects, in a table without units), of the rows below a unit,
    or of a row's own sources. ``sum`` is None where a term is no number, or where there is none. Each of the
    ``figures`` that are printed may have been rounded by half a digit of ``decimals``, the most that the sheet prints:
    together the ``tolerance``. The printed figure may lie between ``low`` and ``high``; ``high`` is None where further
    sources may be in it. ``residual`` is printed less sum.

    ``verdict`` is ``exact``, ``rounded`` (off by no more than rounding explains), ``wrong``, ``unsourced`` (more than
    the sources that have a column, where not all may have one), or ``unjudged``: then ``reason`` says why.
    ``diagnosis`` is what may be the matter with a wrong sum, a phrase of the rule ``judge``, and ``suspect`` the number
    (from 0) of the part that deserves a look. ``rule`` is the rule that reports the sum.
    """

    kind: Kind
    row: Named
    column: str
    printed: Cell
    parts: tuple[Part, ...]
    sum: Decimal | None
    figures: int
    decimals: int
    tolerance: Decimal | None
    low: Decimal | None
    high: Decimal | None
    residual: Decimal | None
    verdict: Verdict
    reason: Reason | None
    diagnosis: Term | None
    suspect: int | None
    rule: str | None

    @property
    def judge(self) -> str:
        """The code of the rule that judges sums of this kind, whether it is on or not."""
        return JUDGES[self.kind]

    @property
    def half(self) -> Decimal:
        """How far each printed figure may be off by rounding."""
        return half_digit(self.decimals)


def explain(source: Source, context: Context, plan: Plan) -> tuple[Trace, ...]:
    """Every sum of the sheet of ``context``, which was read from ``source``, in the order of its rows.

    ``plan`` says which rules are on.
    """
    tracer = _Tracer(source, context, frozenset(rule.code for rule in plan.rules))
    return tuple(map(tracer.trace, every_sum(context)))


class _Tracer:
    """Turns sums, which hold nodes of the tree, into records that hold names and places."""

    def __init__(self, source: Source, context: Context, codes: frozenset[str]) -> None:
        self._source = source
        self._context = context
        self._codes = codes
        self._units = {project.start: unit.name.clean for unit in context.sheet.units for project in unit.projects}
        self._names: dict[Row, Named] = {}

    def trace(self, off: Sum) -> Trace:
        verdict = off.verdict
        parts = tuple(self._parts(off))
        known = bool(parts or verdict != "unjudged") and all(part.cell.value is not None for part in parts)
        found = diagnosis(off, self._context) if verdict == "wrong" else None
        suspects = (at for at, (_, amount) in enumerate(off.terms) if found and amount is found.amount)
        return Trace(
            kind=off.kind,
            row=self._named(off.row),
            column=off.column,
            printed=self._cell(off.printed, off.row),
            parts=parts,
            sum=off.value if known else None,
            figures=off.figures,
            decimals=off.decimals,
            tolerance=off.tolerance if known else None,
            low=off.value - off.tolerance if known else None,
            high=off.value + off.tolerance if known and off.complete and not off.partial else None,
            residual=off.residual if known else None,
            verdict=verdict,
            reason=_reason(off) if verdict == "unjudged" else None,
            diagnosis=found.term if found is not None else None,
            suspect=next(suspects, None),
            rule=self._rule(off, verdict),
        )

    def _rule(self, off: Sum, verdict: Verdict) -> str | None:
        code = JUDGES[off.kind] if verdict == "wrong" else _RULES.get(verdict)
        if verdict == "unsourced" and not is_told_unsourced(off, self._context):
            return None
        return code if code in self._codes else None

    def _parts(self, off: Sum) -> Iterator[Part]:
        for row, (name, amount) in zip(off.rows, off.terms, strict=True):
            source = name.key if isinstance(name, Term) else str(name)
            column = source if off.kind == "sources" else off.column
            yield Part(self._named(row), column, self._cell(amount, row))

    def _named(self, row: Row) -> Named:
        if row not in self._names:
            kind = next((kind for kind, of in _KINDS.items() if isinstance(row, of)), "project")
            line, _ = self._source.place(row.start)
            at = self._source.where(row.name.start if row.name.text else row.start)  # a form begins with its title
            self._names[row] = Named(kind, row.name.clean, self._units.get(row.start), line, at.row)
        return self._names[row]

    def _cell(self, amount: Amount, row: Row) -> Cell:
        missing = amount is NOTHING or amount is ABSENT
        start, end = (self._end(row),) * 2 if missing else (amount.start, amount.end)
        return Cell(amount.text, amount.value, amount.blank, missing, start, end)

    def _end(self, row: Row) -> int:
        """Where the line of ``row`` itself ends: a unit goes on with its projects."""
        return self._source.line(self._source.place(row.last_cell)[0])[1]


def _reason(off: Sum) -> Reason:
    """Why ``off`` cannot be judged."""
    unknown = [amount for amount in (off.printed, *(amount for _, amount in off.terms)) if amount.value is None]
    if unknown:
        return "no-cell" if all(amount is ABSENT for amount in unknown) else "no-number"
    if off.kind != "sources":
        return "no-terms"
    return "doubtful-sources" if off.doubtful else "short-row"
