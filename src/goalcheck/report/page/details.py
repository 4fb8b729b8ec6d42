"""What the page says of one file: the record and the findings of ``--format json``, and what it takes to draw it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Style, count, data, rows
from goalcheck.report.page import table
from goalcheck.sheet import AMOUNT_COLUMNS, Row, Sheet
from goalcheck.sums import text as sums

_PLACES = frozenset(("line", "column", "end_line", "end_column"))
"""Keys of places that only programs ask for."""


def details(result: Result, style: Style) -> dict[str, Any]:
    """All that the page needs of one file that could be read; no key stands for what is not there."""
    source, sheet = result.source, result.sheet
    assert source is not None
    assert sheet is not None
    said = {
        **data.record(result, style.language),
        "unread": list(_unread(result, style)),
        "encoding": source.encoding,
        "sha256": source.sha256,
        "kind": source.kind,
        "text": source.text,
        "tables": table.tables(source, sheet),
        "entries": table.entries(sheet),
        "amounts": _amounts(result, sheet, style),
        "sums": [_lean(trace) for trace in sums.data(result.sums, style)],
        "findings": list(_findings(result, style)),
    }
    return _lean(said)


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
    """As in JSON, with the place as people name it, and the very text that is to be written."""
    source = result.source
    assert source is not None
    for finding, said in zip(result.findings, data.findings(result, style), strict=True):
        del said["path"], said["text"]
        said["place"] = rows.spots([rows.spot(source, finding)], style.language, columns=True)
        said["suggestion"] = finding.suggestion
        said["related"] = [_lean(related) for related in said["related"]]
        yield _lean(said)


def _unread(result: Result, style: Style) -> Iterator[dict[str, Any]]:
    source = result.source
    assert source is not None
    for said in data.record(result, style.language)["unread"]:
        place = rows.stretch(source, said["offset"], said["end_offset"], style.language)
        yield _lean({**said, "place": place})


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
    """``said`` without what is null, and without the places that only programs ask for."""
    return {key: _thin(value) for key, value in said.items() if value is not None and key not in _PLACES}


def _thin(value: Any) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], dict) and "value" in value[0]:
        return [_lean(part) for part in value]
    return _lean(value) if isinstance(value, dict) and "offset" in value else value
