"""What is said of a sum, in the reader's language: where it stands, what came of it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from goalcheck import messages
from goalcheck.catalogue.load import catalogue
from goalcheck.engine.sum_traces import Cell, Named, Part, Trace
from goalcheck.finding import Term
from goalcheck.prose import sentences
from goalcheck.prose.layout import clip
from goalcheck.report import Style
from goalcheck.sheet import AMOUNT_COLUMNS

VERDICTS = ("exact", "rounded", "wrong", "unsourced", "unjudged")

_NAME = 44  # terminal cells of a name
_FIGURE = 24  # of what stands where a figure should
_CELLS = 3  # that keep a sum from being judged, named before the list is cut short
_STRETCHES = 8  # of rows, likewise
_LEADING = ",; \uff0c\uff1b"  # what joins a diagnosis to the sentence of its finding


def money(value: Decimal, decimals: int) -> str:
    """An amount by thousands; with one digit more than the sheet prints where half of one has to be said."""
    said = f"{value:,.{decimals + 1}f}"
    return said.removesuffix("0").removesuffix(".") if said.endswith("0") else said


@attrs.frozen
class Speaker:
    """Says traces in the language and the widths of ``style``."""

    style: Style

    @property
    def language(self) -> str:
        return self.style.language

    def say(self, key: str, **figures: object) -> str:
        """A sentence of the trace."""
        return messages.say(f"sums.{key}", self.language, **figures)

    def listed(self, texts: Iterable[str]) -> str:
        """Several things, one told after the other."""
        return sentences.listed(texts, self.language)

    def row(self, number: int, width: int = 0) -> str:
        """A row by its number, in at least so many digits or blanks."""
        return messages.say("places.rows", self.language, rows=f"{number:>{width}}", number=1)

    def head(self, records: Sequence[Trace]) -> str:
        """How many sums came out, and where those are that did not."""
        counts = []
        for verdict in VERDICTS:
            rows = [record.row.number for record in records if record.verdict == verdict]
            if rows:
                told = sentences.rows(rows, self.language, _STRETCHES)
                counts.append(self.say(f"count-{verdict}", number=len(rows), rows=told))
        return self.say("head", number=len(records), counts=self.listed(counts))

    def message(self, record: Trace) -> str:
        """One sentence on ``record``, with the diagnosis of a wrong sum, or why it cannot be judged."""
        title = self.title(record)
        if record.reason is not None:
            return self.say("with-reason", title=title, why=self.why(record))
        return f"{title}{self.phrase(record, record.diagnosis)}" if record.diagnosis is not None else title

    def title(self, record: Trace) -> str:
        """The sum, what is printed of it, and in short what came of that."""
        key = "unjudged-missing" if record.printed.missing else record.verdict
        printed = self.figure(record.printed, record)
        if record.verdict == "unsourced":
            return self.say(key, where=self.where(record), printed=printed, amount=self.open_amount(record))
        return self.say(key, where=self.where(record), printed=printed, off=self.off(record))

    def where(self, record: Trace) -> str:
        """The row and the column of a sum."""
        return self.say("where", row=record.row.number, name=self.name(record.row), column=self.column(record.column))

    def why(self, record: Trace) -> str:
        """Why a sum cannot be judged, with the cells that keep it from that."""
        assert record.reason is not None
        cells = [(part.row, part.cell) for part in record.parts]
        cells.insert(0, (record.row, record.printed))
        missing = record.reason == "no-cell"
        unknown = [self._place(row, cell) for row, cell in cells if cell.value is None and cell.missing == missing]
        told = self.listed(unknown[:_CELLS])
        if len(unknown) > _CELLS:
            told = self.say("cells", cells=told, number=len(unknown))
        return self.say(record.reason, cells=told)

    def _place(self, row: Named, cell: Cell) -> str:
        """A cell by its row and what stands in it."""
        figures = {"rows": self.row(row.number), "name": self.name(row), "text": self._raw(cell)}
        return self.say("cell-missing" if cell.missing else "cell", **figures)

    def same(self, record: Trace, before: Trace) -> str:
        """That the terms of ``record`` are those of ``before``, which stands above it."""
        printed = self.figure(record.printed, record)
        return self.say("same", where=self.where(record), printed=printed, column=self.column(before.column))

    def blanks(self, record: Trace) -> str:
        """The terms that nothing is printed of."""
        blank = [part for part in record.parts if part.cell.blank]
        if record.kind == "sources":
            return self.say("blank-sources", names=self.listed(self.term(part, record) for part in blank))
        key = "blanks" if record.verdict == "exact" else "blanks-rows"
        return self.say(key, number=len(blank), rows=sentences.rows((p.row.number for p in blank), self.language))

    def allowed(self, record: Trace) -> str:
        """Between which figures the printed one may lie, and how that comes about."""
        ends = {"low": record.low, "high": record.high, "half": record.half}
        figures = {end: money(value, record.decimals) for end, value in ends.items() if value is not None}
        return self.say("allowed" if record.high is not None else "allowed-from", number=record.figures, **figures)

    def open_amount(self, record: Trace) -> str:
        """How much of a total is in none of its sources."""
        assert record.residual is not None
        return money(record.residual, record.decimals)

    def off(self, record: Trace) -> str:
        """By how much the printed figure is off, and to which side."""
        if record.residual is None:
            return ""
        amount = money(abs(record.residual), record.decimals)
        return self.phrase(record, Term("more" if record.residual > 0 else "less", {"amount": amount}))

    def phrase(self, record: Trace, term: Term) -> str:
        """A phrase of the rule that judges ``record``."""
        rule = catalogue().find(record.judge)
        assert rule is not None
        return sentences.phrase(term, rule, self.language)

    def cause(self, record: Trace) -> str:
        """What may be the matter with a wrong sum."""
        if record.diagnosis is None:
            return self.say("no-cause")
        return self.phrase(record, record.diagnosis).lstrip(_LEADING)

    def figure(self, cell: Cell, record: Trace) -> str:
        """The figure in ``cell``; what stands there as it is where that is none."""
        if cell.value is None:
            return self.say("absent") if cell.missing else self._raw(cell)
        return self.say("empty") if cell.blank else money(cell.value, record.decimals)

    def _raw(self, cell: Cell) -> str:
        return clip(sentences.plain(cell.text), _FIGURE, self.style.ambiguous)

    def term(self, part: Part, record: Trace) -> str:
        """What people know a term by: its source, or its row."""
        return self.column(part.column) if record.kind == "sources" else self.name(part.row)

    def column(self, column: str) -> str:
        """The name of an amount column."""
        return messages.say(f"terms.{column}", self.language) if column in AMOUNT_COLUMNS else sentences.plain(column)

    def name(self, row: Named, cells: int = _NAME) -> str:
        """The name of a row, in at most so many terminal cells."""
        if row.kind == "total":
            return messages.say("terms.grand-total", self.language)
        return clip(sentences.plain(row.name), cells, self.style.ambiguous) or messages.say(
            "places.nameless", self.language
        )
