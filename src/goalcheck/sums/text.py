"""The trace of every sum, as people read it: terms with their rows, what rounding allows, the verdict.

    × 第6行 金花街道办事处 · 财政专户拨款：印的是7.00，多4.00 [GC402]
        第10行  社区居民活动费  3.00
                加起来          3.00
        另有39行空着：第7-9、15-19…行
        允许范围：2.99到3.01（印出来的2个数，各±0.005）
        结论：多4.00，四舍五入也差不了这么多
        可能的原因：看不出来，请逐行核对

Sums that come out are told in fewer words, those of a row's sources on one line. :func:`data` gives the same to
programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from goalcheck.engine.sum_traces import JUDGES, Cell, Named, Trace
from goalcheck.finding import Term
from goalcheck.prose.layout import fill, pad
from goalcheck.prose.width import display_width
from goalcheck.report import Style
from goalcheck.source import Source
from goalcheck.sums.words import Speaker, money

_MARKS = {"exact": "\u221a", "rounded": "\u2248", "wrong": "\u00d7", "unsourced": "\u2265", "unjudged": "?"}
_COLORS = {"exact": "32", "rounded": "1;36", "wrong": "1;31", "unsourced": "1;36", "unjudged": "1;33"}
_HEADING = "1;35"
_INDENT = "    "
_WIDTH = 78  # terminal cells, of what is filled
_FEW = 3  # terms, that may well be read twice
_NAME = 30  # terminal cells, of a name before the figures of its row


def text(records: Sequence[Trace], style: Style) -> Iterator[str]:
    """The trace of one sheet: how many sums came out, then each of them, those of a kind together."""
    page = _Page(style)
    say = page.speaker.say
    if not records:
        yield page.paint(f"== {say('none')}", _HEADING) + "\n"
        return
    yield page.paint(f"== {page.speaker.head(records)}", _HEADING) + "\n"
    yield say("note", half=money(records[0].half, records[0].decimals)) + "\n"
    for kind in JUDGES:
        chosen = [record for record in records if record.kind == kind]
        if chosen:
            yield "\n" + page.paint(f"-- {say(kind)}", _HEADING) + "\n\n"
            yield from _spaced(page.equations(chosen) if kind == "sources" else page.blocks(chosen))


def data(records: Iterable[Trace], source: Source, style: Style) -> list[dict[str, Any]]:
    """The trace of the sheet in ``source`` for programs: amounts as strings, places as lines, columns and offsets."""
    speaker = Speaker(style)
    return [
        {
            "kind": record.kind,
            "verdict": record.verdict,
            "rule": record.rule,
            "row": _row_data(record.row),
            "column": record.column,
            "printed": _cell_data(record.printed, source),
            "terms": [
                {"row": _row_data(part.row), "field": part.column, **_cell_data(part.cell, source)}
                for part in record.parts
            ],
            **outcome(record),
            "message": speaker.message(record),
        }
        for record in records
    ]


def outcome(record: Trace) -> dict[str, Any]:
    """What came of a sum, for programs: amounts as strings."""
    return {
        "sum": _exact(record.sum),
        "residual": _exact(record.residual),
        "figures": record.figures,
        "decimals": record.decimals,
        "tolerance": _exact(record.tolerance),
        "low": _exact(record.low),
        "high": _exact(record.high),
        "reason": record.reason,
        "diagnosis": record.diagnosis.key if record.diagnosis is not None else None,
        "suspect": record.suspect,
    }


def figure(cell: Cell) -> dict[str, Any]:
    """What stands in a cell, for programs."""
    return {"text": cell.text, "value": _exact(cell.value), "blank": cell.blank, "missing": cell.missing}


def _row_data(row: Named) -> dict[str, Any]:
    return {"kind": row.kind, "name": row.name, "unit": row.unit, "line": row.line, "number": row.number}


def _cell_data(cell: Cell, source: Source) -> dict[str, Any]:
    line, column = source.place(cell.start)
    end_line, end_column = source.place(cell.end)
    place = {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
    return {**figure(cell), **place, "offset": cell.start, "end_offset": cell.end}


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _spaced(blocks: Iterable[list[str]]) -> Iterator[str]:
    """Blocks of several lines with blank lines around them, single lines without."""
    before = 0
    for block in blocks:
        if before and max(before, len(block)) > 1:
            yield "\n"
        yield "".join(f"{line}\n" for line in block)
        before = len(block)


class _Page:
    """Lays out traces in the colours and the widths of ``style``."""

    def __init__(self, style: Style) -> None:
        self.speaker = Speaker(style)
        self._style = style

    def paint(self, said: str, color: str) -> str:
        """``said`` in ``color``, where the style asks for colour."""
        return f"\x1b[{color}m{said}\x1b[0m" if self._style.color and color else said

    def equations(self, records: Sequence[Trace]) -> Iterator[list[str]]:
        """The sums of the rows' sources: on lines of their own but for those that are wrong."""
        say = self.speaker
        digits = len(str(max(record.row.number for record in records)))
        names = max(self._width(say.name(record.row, _NAME)) for record in records)
        figures = max(self._width(say.figure(record.printed, record)) for record in records)
        for record in records:
            if record.verdict not in ("exact", "unsourced") and record.reason != "short-row":
                yield self._block(record)
                continue
            row = say.row(record.row.number, digits)
            name = self._pad(say.name(record.row, _NAME), names)
            yield [f"{self._mark(record)} {row} {name}  {self._equation(record, figures)}"]

    def _equation(self, record: Trace, width: int) -> str:
        """A total and what is printed of its sources; where some of them are not known it is at least that."""
        say = self.speaker
        if record.verdict == "exact" and _all_blank(record):
            return say.say("blank-row")
        parts = [part for part in record.parts if not part.cell.blank]
        sources = " + ".join(f"{say.column(part.column)} {say.figure(part.cell, record)}" for part in parts)
        printed = self._pad(say.figure(record.printed, record), width, right=True)
        if record.verdict == "exact":
            return f"{printed} = {sources or say.say('empty')}"
        said = f"{printed} \u2265 {sources}" if sources else printed
        if record.reason is not None:
            return say.say("at-least", said=said, why=say.why(record))
        rule = f" [{record.rule}]" if record.rule else ""
        return say.say("open", said=said, amount=say.open_amount(record)) + rule

    def blocks(self, records: Sequence[Trace]) -> Iterator[list[str]]:
        """The lines on each of ``records``. What would only repeat the terms of the column before is said in a word."""
        before: Trace | None = None
        for record in records:
            if record.verdict != "exact":
                yield self._block(record)
            elif _all_blank(record):
                yield [f"{self._mark(record)} {self.speaker.say('blank', where=self.speaker.where(record))}"]
            elif before is not None and _alike(before, record):
                yield [f"{self._mark(record)} {self.speaker.same(record, before)}"]
            else:
                yield self._block(record)
            before = record

    def _block(self, record: Trace) -> list[str]:
        """What is printed, the terms, what rounding allows, and unless it comes out what is to be thought of it."""
        title = self.speaker.title(record) + (f" [{record.rule}]" if record.rule else "")
        color = _COLORS[record.verdict] if record.verdict != "exact" else ""
        lines = [f"{self._mark(record)} {self.paint(title, color)}", *self._terms(record)]
        for said in self._outcome(record):
            first, *rest = fill(said, _WIDTH - 2 * len(_INDENT))
            lines += [_INDENT + first, *(_INDENT * 2 + more for more in rest)]
        return lines

    def _terms(self, record: Trace) -> Iterator[str]:
        """A line for each term that is printed, and one for what they add up to; names and figures in columns."""
        say = self.speaker
        rows = []
        for at, part in enumerate(record.parts):
            if not part.cell.blank:
                note = say.phrase(record, Term("look-here")) if at == record.suspect else ""
                rows.append((part.row.number, say.term(part, record), say.figure(part.cell, record), note))
        if record.sum is not None and record.verdict != "exact":
            rows.append((0, say.say("sum"), money(record.sum, record.decimals), ""))
        digits = max((len(str(number)) for number, *_ in rows), default=0)
        names = max((self._width(name) for _, name, _, _ in rows), default=0)
        figures = max((self._width(figure) for _, _, figure, _ in rows), default=0)
        for number, name, figure, note in rows:
            where = ""
            if record.kind != "sources":
                where = say.row(number, digits) + "  "
                where = where if number else " " * self._width(where)
            said = f"{where}{self._pad(name, names)}  {self._pad(figure, figures, right=True)}"
            yield _INDENT + said + (self.paint(f"  <- {note}", _COLORS["wrong"]) if note else "")

    def _outcome(self, record: Trace) -> Iterator[str]:
        """The blank terms, what rounding allows, and the verdict on a sum that does not come out."""
        say = self.speaker
        if record.reason is not None:
            yield say.say("because", why=say.why(record))
        if any(part.cell.blank for part in record.parts):
            yield say.blanks(record)
        if record.low is not None:
            yield say.allowed(record)
        if record.verdict in ("wrong", "rounded"):
            yield say.say(f"verdict-{record.verdict}", off=say.off(record))
        if record.verdict == "wrong":
            yield say.say("cause", cause=say.cause(record))

    def _mark(self, record: Trace) -> str:
        return self.paint(_MARKS[record.verdict], _COLORS[record.verdict])

    def _pad(self, said: str, cells: int, *, right: bool = False) -> str:
        return pad(said, cells, self._style.ambiguous, right=right)

    def _width(self, said: str) -> int:
        return display_width(said, self._style.ambiguous)


def _all_blank(record: Trace) -> bool:
    return record.printed.blank and all(part.cell.blank for part in record.parts)


def _alike(before: Trace, record: Trace) -> bool:
    """Whether two columns of a row have the same terms, so many that to read them twice would tire."""
    values = [[(part.cell.value, part.cell.blank) for part in trace.parts] for trace in (before, record)]
    return before.row == record.row and values[0] == values[1] and len(record.parts) > _FEW
