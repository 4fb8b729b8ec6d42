"""What the page says of one file: the record and the findings of ``--format json``, and what it takes to draw it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result
from goalcheck.engine.sum_traces import Trace
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Style, count, data, rows
from goalcheck.report.page import table
from goalcheck.sheet import AMOUNT_COLUMNS, Row, Sheet
from goalcheck.sums import text as sums

_FOR_PROGRAMS = frozenset(("line", "column", "end_line", "end_column", "path", "text"))
"""Keys of a finding that the page has no need of: the text it finds by the offsets."""


def details(result: Result, style: Style) -> dict[str, Any]:
    """All that the page needs of one file that could be read; no key stands for what is not there."""
    source, sheet = result.source, result.sheet
    assert source is not None
    assert sheet is not None
    record = data.record(result, style.language)
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
        "sums": [_sum(said, trace) for said, trace in zip(sums.data(result.sums, style), result.sums, strict=True)],
        "findings": list(_findings(result, style)),
    }
    return {key: value for key, value in said.items() if value is not None}


def listing(result: Result, style: Style) -> dict[str, Any]:
    """One file in the list of files: what was read, and how often each rule found something, the gravest first."""
    counts = count(result)
    rules: dict[str, list[int]] = {}
    for finding in result.findings:
        rules.setdefault(finding.code, [0, 0, 0])[3 - finding.severity] += 1
    return {
        "path": result.path,
        "status": result.status,
        "reason": sentences.error(result.error, style.language) if result.error is not None else None,
        "units": counts.units,
        "projects": counts.projects,
        "indicators": counts.indicators,
        "omissions": counts.omissions + counts.unparsed,
        "rules": {code: rules[code] for code in sorted(rules)},
        **{kind.label: counts.findings[kind] for kind in sorted(Severity, reverse=True)},
        "fixable": counts.fixable,
        "proposed": counts.proposed,
        "suppressed": counts.suppressed,
        "unshown": sum(counts.unshown.values()),
        "unjudged": counts.unjudged,
    }


def _findings(result: Result, style: Style) -> Iterator[dict[str, Any]]:
    """As in JSON, with the very text that is to be written."""
    for finding, said in zip(result.findings, data.findings(result, style), strict=True):
        said["suggestion"] = finding.suggestion
        said["related"] = [_lean(related) for related in said["related"]] if finding.related else None
        yield _lean(said)


def _unread(said: dict[str, Any], result: Result, style: Style) -> dict[str, Any]:
    """With its place in words: it may go over many rows."""
    assert result.source is not None
    place = rows.stretch(result.source, said["offset"], said["end_offset"], style.language)
    return {**_lean(said), "place": place}


def _sum(said: dict[str, Any], trace: Trace) -> dict[str, Any]:
    """A sum as in JSON, without places, and without what is false."""
    made = {key: value for key, value in said.items() if value is not None}
    made["row"] = {"number": said["row"]["number"]}
    made["printed"] = _figure(said["printed"])
    made["terms"] = [
        {"row": {"number": part.row.number, "name": part.row.name}, "column": part.column, **_figure(term)}
        for term, part in zip(said["terms"], trace.parts, strict=True)
    ]
    return made


def _figure(said: dict[str, Any]) -> dict[str, Any]:
    return {key: said[key] for key in ("text", "value", "blank", "missing") if said[key]}


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
