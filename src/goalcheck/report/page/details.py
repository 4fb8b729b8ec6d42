"""What the page says of one file: the record and the findings of ``--format json``, and what it takes to draw it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result
from goalcheck.engine.sum_traces import Cell, Part, Trace
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Style, count, data, rows
from goalcheck.report.page import table
from goalcheck.sheet import AMOUNT_COLUMNS, Row, Sheet
from goalcheck.source import Source
from goalcheck.sums import text as sums
from goalcheck.sums.words import Speaker

_FOR_PROGRAMS = frozenset(("line", "column", "end_line", "end_column", "path", "text"))
"""Keys of a finding that the page has no need of: the text it finds by the offsets."""

_GRAVEST_FIRST = sorted(Severity, reverse=True)


def details(result: Result, style: Style) -> dict[str, Any]:
    """All that the page needs of one file that could be read; no key stands for what is not there."""
    source, sheet = result.source, result.sheet
    assert source is not None
    assert sheet is not None
    record = data.record(result, style.language)
    speaker = Speaker(style)
    said = {
        **record,
        "unread": [_unread(unread, result, style) for unread in record["unread"]],
        "encoding": source.encoding,
        "sha256": source.sha256,
        "kind": source.kind,
        "text": source.text,
        "tables": table.tables(source, sheet),
        "entries": table.entries(source, sheet),
        "amounts": _amounts(result, sheet, style),
        "sums": [_sum(trace, speaker) for trace in result.sums],
        "findings": list(_findings(result, style)),
    }
    return {key: value for key, value in said.items() if value is not None}


def listing(result: Result, style: Style) -> dict[str, Any]:
    """One file in the list of files: what was read, and how often each rule found something, the gravest first."""
    counts = count(result)
    rules: dict[str, list[int]] = {}
    for finding in result.findings:
        if (code := finding.code) not in rules:
            rules[code] = [0] * len(_GRAVEST_FIRST)
        rules[code][_GRAVEST_FIRST.index(finding.severity)] += 1
    return {
        "path": result.path,
        "status": result.status,
        "reason": sentences.error(result.error, style.language) if result.error is not None else None,
        "units": counts.units,
        "projects": counts.projects,
        "indicators": counts.indicators,
        "omissions": counts.omissions + counts.unparsed,
        "rules": {code: rules[code] for code in sorted(rules)},
        **{kind.label: counts.findings[kind] for kind in _GRAVEST_FIRST},
        "fixable": counts.fixable,
        "proposed": counts.proposed,
        "suppressed": counts.suppressed,
        "unshown": sum(counts.unshown.values()),
        "unjudged": counts.unjudged,
    }


def _findings(result: Result, style: Style) -> Iterator[dict[str, Any]]:
    """As in JSON, with the very text that is to be written."""
    for finding, said in zip(result.findings, data.findings(result, style, _place), strict=True):
        said["suggestion"] = finding.suggestion
        said["related"] = said["related"] or None
        yield _lean(said)


def _place(source: Source, start: int, end: int) -> dict[str, Any]:
    """Where ``start`` to ``end`` stands, by offsets and in words."""
    where = source.where(start, end)
    said: dict[str, Any] = {"offset": start, "end_offset": end, "row": where.row}
    if where.page is not None:
        said["page"] = where.page
    if where.origin is not None:
        said["origin"] = data.origin_data(where.origin)
    return said


def _unread(said: dict[str, Any], result: Result, style: Style) -> dict[str, Any]:
    """With its place in words: it may go over many rows."""
    assert result.source is not None
    place = rows.stretch(result.source, said["offset"], said["end_offset"], style.language)
    return {**_lean(said), "place": place}


def _sum(trace: Trace, speaker: Speaker) -> dict[str, Any]:
    """A sum as in JSON, without places and what is false; of terms that are blank only how many there are."""
    shown = [number for number, part in enumerate(trace.parts) if not part.cell.blank]
    made = {
        "kind": trace.kind,
        "verdict": trace.verdict,
        "rule": trace.rule,
        "row": {"number": trace.row.number},
        "column": trace.column,
        "printed": _figure(trace.printed),
        "terms": [_term(trace.parts[number]) for number in shown],
        "blank_terms": len(trace.parts) - len(shown),
        **sums.outcome(trace),
        "suspect": shown.index(trace.suspect) if trace.suspect in shown else None,
        "message": speaker.message(trace),
    }
    return {key: value for key, value in made.items() if value is not None}


def _term(part: Part) -> dict[str, Any]:
    row = {"number": part.row.number, "name": part.row.name}
    return {"row": row, "column": part.column, **_figure(part.cell)}


def _figure(cell: Cell) -> dict[str, Any]:
    return {key: value for key, value in sums.figure(cell).items() if value}


def _amounts(result: Result, sheet: Sheet, style: Style) -> dict[str, Any]:
    """The amounts of the units, or of the projects where there are no units, by source of money."""
    source = result.source
    assert source is not None
    lowest = [unit for unit in sheet.units if not unit.units]
    kind = "unit" if lowest else "project"
    found: list[Row] = [*lowest] if lowest else [*sheet.projects]
    sources = dict.fromkeys(key for header in sheet.headers for key in header.sources)
    known = ["total", *(key for key in sources if key != "total")]
    keys = [key for key in known if any(key in row.amounts for row in found)]
    return {
        "kind": kind,
        "columns": [{"key": key, "label": _column(key, style.language)} for key in keys],
        "rows": [
            {
                "name": sentences.plain(row.name.clean),
                "row": source.where(rows.place_of(row)).row,
                "offset": rows.place_of(row),
                "values": {
                    key: f"{amount.value:f}"
                    for key in keys
                    if (amount := row.amounts.get(key)) is not None and amount.value is not None and not amount.blank
                },
            }
            for row in found
        ],
    }


def _column(key: str, language: str) -> str:
    return say(f"terms.{key}", language) if key in AMOUNT_COLUMNS else sentences.plain(key)


def _lean(said: dict[str, Any]) -> dict[str, Any]:
    """``said`` without what is null, and without what only programs ask for."""
    return {key: value for key, value in said.items() if value is not None and key not in _FOR_PROGRAMS}
