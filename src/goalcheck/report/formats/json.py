"""One JSON object with all results, as INTERFACE lays it down; keys are added, never changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from goalcheck.catalogue.load import edition
from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result
from goalcheck.finding import Finding, Fix
from goalcheck.prose import sentences
from goalcheck.report import Counts, Part, Style, count
from goalcheck.report.spool import spool
from goalcheck.sheet import Sheet
from goalcheck.source import Source
from goalcheck.version import __version__

_BETWEEN = re.compile(r",\n *")
_AROUND = re.compile(r"(?<!,)\n *")


def pieces(result: Result, style: Style) -> Sequence[str]:
    """The file as an object, and its findings as a list of objects without the brackets."""
    found = [_indented(_dump(finding)) for finding in findings(result, style)]
    return _indented(_dump(_file(result, style))), ",\n    ".join(found)


def whole(parts: Iterable[Part[str]], style: Style) -> Iterator[str]:
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
        yield f'  "summary": {_dump(summary(counts), 1)},\n  "findings": ['
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


def summary(counts: Counts) -> dict[str, int]:
    """How many findings of each kind there are, how many of them can be mended, how many a baseline hides."""
    found = {severity.label: counts.findings[severity] for severity in sorted(Severity, reverse=True)}
    return {**found, "fixable": counts.fixable, "suppressed": counts.suppressed}


def written(value: Any, depth: int = 0) -> str:
    """``value`` as JSON on several lines, all but the first behind ``depth`` steps of two blanks."""
    return _dump(value, depth)


def line(value: Any) -> str:
    """``value`` as JSON on one line. A line break in a string is written ``\\n``, so none of these is lost."""
    return _BETWEEN.sub(", ", _AROUND.sub("", _dump(value)))


def _dump(value: Any, depth: int = 0) -> str:
    return sentences.escaped(json.dumps(value, ensure_ascii=False, indent=2)).replace("\n", "\n" + "  " * depth)


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


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


def _file(result: Result, style: Style) -> dict[str, Any]:
    source = result.source
    said = {
        "path": result.path,
        "sha256": source.sha256 if source else None,
        "encoding": source.encoding if source else None,
        **record(result),
        "error": sentences.error(result.error, style.language) if result.error else None,
    }
    return {**said, "sums": _sums(result, style)} if style.sums else said


def _sums(result: Result, style: Style) -> list[dict[str, Any]]:
    from goalcheck.sums import text  # only where it is asked for

    return text.data(result.sums, style)


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
