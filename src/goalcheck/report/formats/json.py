"""One JSON object with all results, a line a file and a line a finding; keys are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from goalcheck.engine.result import Result
from goalcheck.prose import json_text
from goalcheck.report import Counts, Part, Style
from goalcheck.report.data import file, findings, summary, tool
from goalcheck.report.spool import spool

_GAP = json_text.gap(2)  # before each file and each finding


def pieces(result: Result, style: Style) -> Sequence[str]:
    """The file as an object, and its findings as a list of objects without the brackets."""
    found = map(json_text.line, findings(result, style))
    return json_text.line(_file(result, style)), f",{_GAP}".join(found)


def whole(parts: Iterable[Part[str]], style: Style) -> Iterator[str]:
    """The object: first the files and the totals, which are known last."""
    counts = Counts()
    with spool() as files, spool() as found:
        for part in parts:
            file, listed = part.pieces
            files.add(f",{_GAP}" if counts.files else _GAP)
            files.add(file)
            if listed:
                found.add(f",{_GAP}" if sum(counts.findings.values()) else _GAP)
                found.add(listed)
            counts += part.counts
        yield f'{{\n  "version": 1,\n  "tool": {json_text.lines(tool(style), 1)},\n  "files": ['
        yield from files
        yield "\n  ],\n" if counts.files else "],\n"
        yield f'  "summary": {json_text.lines(summary(counts), 1)},\n  "findings": ['
        yield from found
        yield "\n  ]\n}\n" if sum(counts.findings.values()) else "]\n}\n"


def _file(result: Result, style: Style) -> dict[str, Any]:
    said = file(result, style.language)
    return {**said, "sums": _sums(result, style)} if style.sums else said


def _sums(result: Result, style: Style) -> list[dict[str, Any]]:
    from goalcheck.sums import text  # only where it is asked for

    return text.data(result.sums, result.source, style) if result.source is not None else []
