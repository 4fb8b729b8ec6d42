"""One JSON object with all results, as INTERFACE lays it down; keys are added, never changed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from goalcheck import __version__
from goalcheck.engine import Result
from goalcheck.finding import Finding, Fix
from goalcheck.report import Style, count, words
from goalcheck.rule import Severity
from goalcheck.sheet import clean
from goalcheck.source import Source


def report(results: Sequence[Result], style: Style) -> Iterator[str]:
    """The object, in pieces as long as one file's findings."""
    counts = count(results)
    head = {
        "version": 1,
        "tool": {
            "name": "goalcheck",
            "version": __version__,
            "taxonomy": style.taxonomy,
            "profile": style.profile,
        },
        "files": [_file(result, style) for result in results],
        "summary": {
            **{severity.label: counts.findings[severity] for severity in sorted(Severity, reverse=True)},
            "fixable": counts.fixable,
            "suppressed": 0,
        },
    }
    yield _dump(head)[:-2] + ',\n  "findings": ['
    first = True
    for result in results:
        for finding in findings(result, style):
            yield ("\n    " if first else ",\n    ") + _dump(finding).replace("\n", "\n    ")
            first = False
    yield "]\n}\n" if first else "\n  ]\n}\n"


def _dump(value: Any) -> str:
    return words.escaped(json.dumps(value, ensure_ascii=False, indent=2))


def _file(result: Result, style: Style) -> dict[str, Any]:
    counts = count([result])
    source = result.source
    return {
        "path": result.path,
        "sha256": source.sha256 if source else None,
        "encoding": source.encoding if source else None,
        "status": "failed" if result.error else "checked",
        "units": counts.units,
        "projects": counts.projects,
        "indicators": counts.indicators,
        "unparsed": counts.unparsed,
        "error": words.error(result.error, style.language) if result.error else None,
    }


def findings(result: Result, style: Style) -> Iterator[dict[str, Any]]:
    """The findings of one input as JSON objects."""
    source = result.source
    if source is None:
        return
    seen: Counter[str] = Counter()
    for finding in result.findings:
        rule = finding.rule
        assert rule is not None
        mark = fingerprint(source, finding)
        seen[mark] += 1
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
            "fingerprint": mark if seen[mark] == 1 else f"{mark}-{seen[mark]}",
        }


def fingerprint(source: Source, finding: Finding) -> str:
    """What stays the same when lines move: rule, project, indicator, field and the text at fault without blanks."""
    assert finding.rule is not None
    text = clean(source.text[finding.start : finding.end])
    parts = (finding.rule.code, finding.project or finding.unit, finding.indicator, finding.field, text)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "backslashreplace")).hexdigest()[:20]


def _place(source: Source, start: int, end: int) -> dict[str, int]:
    line, column = source.place(start)
    end_line, end_column = source.place(end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"offset": edit.start, "end_offset": edit.end, "text": edit.text} for edit in fix.edits]
    return {"safety": "safe" if fix.safe else "unsafe", "edits": edits}
