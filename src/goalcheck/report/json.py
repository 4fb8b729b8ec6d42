"""One JSON object with all results, as INTERFACE lays it down; keys are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from goalcheck import __version__
from goalcheck.engine import Result
from goalcheck.finding import Fix
from goalcheck.fingerprint import mark
from goalcheck.report import Counts, Part, Style, count, words
from goalcheck.report.spool import spool
from goalcheck.rule import Severity, edition
from goalcheck.source import Source


def pieces(result: Result, style: Style) -> Sequence[str]:
    """The file as an object, and its findings as a list of objects without the brackets."""
    found = [_indented(_dump(finding)) for finding in findings(result, style)]
    return _indented(_dump(_file(result, style))), ",\n    ".join(found)


def whole(parts: Iterable[Part], style: Style) -> Iterator[str]:
    """The object: first the files and the totals, which are known last."""
    counts = Counts()
    with spool() as files, spool() as found:
        for part in parts:
            file, listed = part.pieces
            files.add(f"{',' if counts.files else ''}\n    {file}")
            if listed:
                found.add(f"{',' if sum(counts.findings.values()) else ''}\n    {listed}")
            counts += part.counts
        yield f'{{\n  "version": 1,\n  "tool": {_dump(_tool(style), 1)},\n  "files": ['
        yield from files
        yield "\n  ],\n" if counts.files else "],\n"
        yield f'  "summary": {_dump(_summary(counts), 1)},\n  "findings": ['
        yield from found
        yield "\n  ]\n}\n" if sum(counts.findings.values()) else "]\n}\n"


def _tool(style: Style) -> dict[str, Any]:
    return {
        "name": "goalcheck",
        "version": __version__,
        "rules": edition(),
        "taxonomy": style.taxonomy,
        "profile": style.profile,
    }


def _summary(counts: Counts) -> dict[str, int]:
    found = {severity.label: counts.findings[severity] for severity in sorted(Severity, reverse=True)}
    return {**found, "fixable": counts.fixable, "suppressed": counts.suppressed}


def _dump(value: Any, depth: int = 0) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + "  " * depth)


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


def _file(result: Result, style: Style) -> dict[str, Any]:
    counts = count(result)
    source = result.source
    said = {
        "path": result.path,
        "sha256": source.sha256 if source else None,
        "encoding": source.encoding if source else None,
        "status": "failed" if result.error else "checked",
        "units": counts.units,
        "projects": counts.projects,
        "indicators": counts.indicators,
        "unparsed": counts.unparsed,
        "configuration": result.configuration or None,
        "error": words.error(result.error, style.language) if result.error else None,
    }
    return {**said, "sums": _sums(result, style)} if style.sums else said


def _sums(result: Result, style: Style) -> list[dict[str, Any]]:
    from goalcheck.report import sums  # only where it is asked for
    from goalcheck.trace import explain

    if result.source is None or result.sheet is None or result.plan is None:
        return []
    return sums.data(explain(result.source, result.sheet, result.plan), style)


def findings(result: Result, style: Style) -> Iterator[dict[str, Any]]:
    """The findings of one input as JSON objects."""
    source = result.source
    if source is None:
        return
    if not all(finding.mark for finding in result.findings):
        mark(source, result.findings)
    for finding in result.findings:
        rule = finding.rule
        assert rule is not None
        yield {
            "rule": rule.code,
            "name": rule.name,
            "severity": finding.severity.label,
            "path": result.path,
            **_place(source, finding.start, finding.end),
            "offset": finding.start,
            "end_offset": finding.end,
            "unit": finding.unit,
            "project": finding.project,
            "indicator": finding.indicator,
            "field": finding.field,
            "text": source.text[finding.start : finding.end],
            "message": words.message(finding, style.language),
            "help": words.advice(finding, style.language),
            "related": [
                {**_place(source, r.start, r.end), "message": words.related(finding, r.term, style.language)}
                for r in finding.related
            ],
            "fix": _fix(finding.fix),
            "fingerprint": finding.mark,
        }


def _place(source: Source, start: int, end: int) -> dict[str, int]:
    line, column = source.place(start)
    end_line, end_column = source.place(end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"offset": edit.start, "end_offset": edit.end, "text": edit.text} for edit in fix.edits]
    return {"safety": "safe" if fix.safe else "unsafe", "edits": edits}
