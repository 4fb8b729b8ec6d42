"""Results in, a report out: one module a format, found by name in :data:`FORMATS`.

A reporter is a pure function of results: text out, in pieces, so that a long report can be streamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

import attrs

from goalcheck.engine import Result
from goalcheck.rule import Severity
from goalcheck.sheet import Indicator


@attrs.frozen
class Style:
    """How to write: language, colour, the cells of an ambiguous character, whether each of many alike findings is
    listed, and what the tool ran with.
    """

    language: str = "zh"
    color: bool = False
    ambiguous: int = 1
    taxonomy: str = "guangdong"
    profile: str = "core"
    verbose: bool = False


class Reporter(Protocol):
    """Writes the report of ``results``, piece by piece."""

    def __call__(self, results: Sequence[Result], style: Style, /) -> Iterator[str]: ...


FORMATS: Mapping[str, str] = {
    "text": "goalcheck.report.text",
    "concise": "goalcheck.report.concise",
    "json": "goalcheck.report.json",
}
"""The formats by name, each with the module that writes it; a module is imported when its format is asked for."""

TOTALS_ASIDE = frozenset(("concise",))
"""Formats made for machines line by line: their totals go to standard error."""


def reporter(name: str) -> Reporter:
    """The reporter of format ``name``."""
    return cast(Reporter, import_module(FORMATS[name]).report)


@attrs.frozen
class Counts:
    """What a run saw and found."""

    findings: Mapping[Severity, int]
    files: int
    failed: int
    units: int
    projects: int
    indicators: int
    unparsed: int
    fixable: int
    proposed: int  # findings whose fix changes more than form


def count(results: Sequence[Result]) -> Counts:
    """The totals of ``results``."""
    findings = dict.fromkeys(Severity, 0)
    units = projects = indicators = unparsed = fixable = proposed = 0
    for result in results:
        for finding in result.findings:
            findings[finding.severity] += 1
            if finding.fix is not None:
                fixable += finding.fix.safe
                proposed += not finding.fix.safe
        if result.sheet is None:
            continue
        units += sum(1 for _ in result.sheet.units)
        for project in result.sheet.projects:
            projects += 1
            read = sum(isinstance(entry, Indicator) for entry in project.entries)
            indicators += read
            unparsed += len(project.entries) - read
    failed = sum(result.error is not None for result in results)
    return Counts(findings, len(results), failed, units, projects, indicators, unparsed, fixable, proposed)


def totals(results: Sequence[Result], style: Style) -> str:
    """The last line of a report for people: what was found, in how much, and what of it can be mended by itself."""
    counts = count(results)
    return _totals_zh(counts) if style.language == "zh" else _totals_en(counts)


def _totals_zh(counts: Counts) -> str:
    kinds = ((Severity.ERROR, "错误"), (Severity.WARNING, "警告"), (Severity.INFO, "提示"))
    found = "、".join(f"{counts.findings[kind]}处{name}" for kind, name in kinds if counts.findings[kind])
    if counts.files == counts.failed:
        return "这个文件没有查成。" if counts.failed == 1 else f"{counts.failed}个文件都没有查成。"
    text = f"共{found}。" if found else "没有发现问题。"
    text += f"查了{counts.files - counts.failed}个文件："
    text += f"{counts.units}个单位、{counts.projects}个项目、{counts.indicators}条指标"
    text += f"，另有{counts.unparsed}处读不出" if counts.unparsed else ""
    text += f"；{counts.failed}个文件没有查成。" if counts.failed else "。"
    if counts.fixable:
        text += f"用 goalcheck fix 能改好{counts.fixable}处"
        return text + (f"，加 --unsafe-fixes 还能按建议改{counts.proposed}处。" if counts.proposed else "。")
    return text + (f"用 goalcheck fix --unsafe-fixes 能按建议改{counts.proposed}处。" if counts.proposed else "")


def _totals_en(counts: Counts) -> str:
    if counts.files == counts.failed:
        return f"{_plural(counts.failed, 'file')} could not be checked."
    kinds = sorted(Severity, reverse=True)
    found = ", ".join(_plural(counts.findings[kind], kind.label) for kind in kinds if counts.findings[kind])
    seen = [_plural(counts.units, "unit"), _plural(counts.projects, "project"), _plural(counts.indicators, "indicator")]
    if counts.unparsed:
        seen.append(f"{counts.unparsed} unreadable")
    text = f"{found or 'Nothing wrong'} in {_plural(counts.files - counts.failed, 'file')} ({', '.join(seen)})"
    text += f"; {_plural(counts.failed, 'file')} could not be checked." if counts.failed else "."
    proposals = _plural(counts.proposed, "proposal")
    if counts.fixable:
        text += f" goalcheck fix mends {counts.fixable} of them"
        return text + (f", --unsafe-fixes applies {proposals} more." if counts.proposed else ".")
    return text + (f" goalcheck fix --unsafe-fixes applies {proposals}." if counts.proposed else "")


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
