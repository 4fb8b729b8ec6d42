"""An input and its findings as plain data: what the formats say that are made of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from goalcheck.catalogue.load import edition
from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result, RuleFailure
from goalcheck.finding import Finding, Fix
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Counts, Style, count, layouts, tables
from goalcheck.sheet import Sheet
from goalcheck.source import Origin, Source
from goalcheck.version import __version__

_Place = Callable[[Source, int, int], dict[str, Any]]


def summary(counts: Counts) -> dict[str, int]:
    """How many findings of each kind there are, listed or not, how many of them can be mended, how many are not listed
    or hidden by a baseline; and how many sums could not be judged.
    """
    found = {severity.label: counts.found[severity] for severity in sorted(Severity, reverse=True)}
    besides = {"suppressed": counts.suppressed, "unshown": sum(counts.unshown.values()), "unjudged": counts.unjudged}
    return {**found, "fixable": counts.fixable, **besides}


def tool(style: Style) -> dict[str, Any]:
    """What a report was made with."""
    return {
        "name": "goalcheck",
        "version": __version__,
        "rules": edition(),
        "taxonomy": style.taxonomy,
        "profile": style.profile,
    }


def file(result: Result, language: str) -> dict[str, Any]:
    """One input: what it was, with its :func:`record`, and why it was not checked where that is so."""
    source = result.source
    return {
        "path": result.path,
        "sha256": source.sha256 if source else None,
        "kind": source.kind if source else None,
        "encoding": (source.encoding or None) if source else None,
        **record(result, language),
        "error": sentences.error(result.error, language) if result.error else None,
    }


def record(result: Result, language: str) -> dict[str, Any]:
    """What of one input was read and judged and what was not, so that it can be checked."""
    counts = count(result)
    sheet, source = result.sheet, result.source
    return {
        "layout": sheet.layout if sheet else None,
        "layouts": list(layouts(sheet)) if sheet else [],
        "form": ("self-evaluation" if tables.is_evaluation(sheet) else "targets") if sheet else None,
        "taxonomy": result.taxonomy.name if result.taxonomy else None,
        "status": result.status,
        "lines": len(source.line_starts) - source.text.endswith(("\n", "\r")) if source else 0,
        "pages": tables.pages(sheet) if sheet else 0,
        "rows": sum(1 for _ in sheet.rows) if sheet else 0,
        "units": counts.units,
        "projects": counts.projects,
        "indicators": counts.indicators,
        "unparsed": counts.unparsed,
        "unjudged": counts.unjudged,
        "unread": list(_unread(sheet, source, language)) if sheet and source else [],
        "remarks": [
            {"key": told.key, "message": sentences.remark(told, language), "is_gap": told.is_gap}
            for told in result.remarks
        ],
        "notes": [{"line": source.place(n.start)[0], "text": n.text} for n in sheet.notes] if sheet and source else [],
        "failures": [_failure(failure, language) for failure in result.failures],
        "suppressed": counts.suppressed,
        "configuration": result.configuration or None,
    }


def _unread(sheet: Sheet, source: Source, language: str) -> Iterator[dict[str, Any]]:
    """The stretches that were not read, then the entries that could not be, each with the reason."""
    for node in sheet.unread:
        said = {"project": None, "indicator": None, "reason": node.reason, "message": sentences.unread(node, language)}
        yield {**stretch(source, node.start, node.end), **said}
    for project in sheet.projects:
        for entry in project.unparsed:
            said = {"reason": "entry", "message": say("unread.entry", language)}
            named = {"project": project.name.clean, "indicator": entry.number}
            yield {**stretch(source, entry.start, entry.end), **named, **said}


def _failure(failure: RuleFailure, language: str) -> dict[str, Any]:
    said = {"rule": failure.code, "name": failure.name, "package": failure.package, "error": failure.error}
    return {**said, "message": sentences.rule_failure(failure, language)}


def stretch(source: Source, start: int, end: int) -> dict[str, Any]:
    """Where ``start`` to ``end`` stands: lines, columns and offsets for machines, row, page and origin for people."""
    row, page, line, column, origin = source.where(start, end)
    end_line, end_column = source.place(end)
    return {
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "offset": start,
        "end_offset": end,
        "row": row,
        "page": page,
        "origin": origin_data(origin),
    }


def origin_data(origin: Origin | None) -> dict[str, Any] | None:
    """Where something stands in a file that is no text."""
    return None if origin is None else {"kind": origin.kind, **attrs.asdict(origin)}


def findings(result: Result, style: Style, place: _Place = stretch) -> Iterator[dict[str, Any]]:
    """The findings of one input as JSON objects; ``place`` says where in the source something stands."""
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
            "unit": finding.unit,
            "project": finding.project,
            "indicator": finding.indicator,
            "field": finding.field,
            "text": source.text[finding.start : finding.end],
            "message": sentences.message(finding, style.language),
            "help": sentences.advice(finding, style.language),
            "related": _related(finding, source, style.language, place) if finding.related else [],
            "fix": _fix(finding.fix),
            "fingerprint": finding.fingerprint,
        }


def _related(finding: Finding, source: Source, language: str, place: _Place) -> list[dict[str, Any]]:
    return [
        {**place(source, other.start, other.end), "message": sentences.related(finding, other.term, language)}
        for other in finding.related
    ]


def order(finding: Finding) -> tuple[int, str, int, str]:
    """What the findings of one input are sorted by."""
    return finding.start, finding.code, finding.end, finding.field


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"offset": edit.start, "end_offset": edit.end, "text": edit.text} for edit in fix.edits]
    return {"safety": "safe" if fix.safe else "unsafe", "edits": edits}
