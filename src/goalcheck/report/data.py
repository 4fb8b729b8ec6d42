"""One input and its findings as plain data, as INTERFACE lays it down: what the formats say that are made of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result
from goalcheck.finding import Finding, Fix
from goalcheck.prose import sentences
from goalcheck.report import Counts, Style, count
from goalcheck.sheet import Sheet
from goalcheck.source import Source


def summary(counts: Counts) -> dict[str, int]:
    """How many findings of each kind there are, how many of them can be mended, how many a baseline hides."""
    found = {severity.label: counts.findings[severity] for severity in sorted(Severity, reverse=True)}
    return {**found, "fixable": counts.fixable, "suppressed": counts.suppressed}


def record(result: Result) -> dict[str, Any]:
    """What of one input was read and what was not, so that it can be checked."""
    counts = count(result)
    sheet, source = result.sheet, result.source
    return {
        "status": "failed" if result.error else "checked",
        "lines": len(source.line_starts) - source.text.endswith(("\n", "\r")) if source else 0,
        "pages": len(sheet.headers) if sheet else 0,
        "rows": sum(1 for _ in sheet.rows) if sheet else 0,
        "units": counts.units,
        "projects": counts.projects,
        "indicators": counts.indicators,
        "unparsed": counts.unparsed,
        "unread": list(_unread(sheet, source)) if sheet and source else [],
        "notes": [{"line": source.place(n.start)[0], "text": n.text} for n in sheet.notes] if sheet and source else [],
        "suppressed": counts.suppressed,
        "configuration": result.configuration or None,
    }


def _unread(sheet: Sheet, source: Source) -> Iterator[dict[str, Any]]:
    """The entries that could not be read."""
    for project in sheet.projects:
        for entry in project.unparsed:
            yield {**place(source, entry.start, entry.end), "project": project.name.clean, "indicator": entry.number}


def findings(result: Result, style: Style) -> Iterator[dict[str, Any]]:
    """The findings of one input as JSON objects."""
    source = result.source
    if source is None:
        return
    for finding in result.findings:
        rule = finding.rule
        yield {
            "rule": rule.code,
            "name": rule.name,
            "severity": finding.severity.label,
            "path": result.path,
            **place(source, finding.start, finding.end),
            "offset": finding.start,
            "end_offset": finding.end,
            "unit": finding.unit,
            "project": finding.project,
            "indicator": finding.indicator,
            "field": finding.field,
            "text": source.text[finding.start : finding.end],
            "message": sentences.message(finding, style.language),
            "help": sentences.advice(finding, style.language),
            "related": [
                {**place(source, r.start, r.end), "message": sentences.related(finding, r.term, style.language)}
                for r in finding.related
            ],
            "fix": _fix(finding.fix),
            "fingerprint": finding.fingerprint,
        }


def order(finding: Finding) -> tuple[int, str, int, str]:
    """What the findings of one input are sorted by."""
    return finding.start, finding.code, finding.end, finding.field


def place(source: Source, start: int, end: int) -> dict[str, int]:
    """Lines and columns of ``start`` and ``end``."""
    first, column = source.place(start)
    end_line, end_column = source.place(end)
    return {"line": first, "column": column, "end_line": end_line, "end_column": end_column}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"offset": edit.start, "end_offset": edit.end, "text": edit.text} for edit in fix.edits]
    return {"safety": "safe" if fix.safe else "unsafe", "edits": edits}
