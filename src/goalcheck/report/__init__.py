"""Results in, a report out: one module a format, found by name in :data:`FORMATS`.

    result ─▶ Reporter.pieces ─▶ Part ─▶ Reporter.whole ─▶ text, in pieces
              where the input     │      where the report
              was checked         └─ small: all that is kept of an input, and all that is sent between processes

Both halves of a reporter are pure functions: a report is the same whoever made its parts, and in whatever order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

import attrs

from goalcheck import messages
from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.errors import InputError
from goalcheck.prose import sentences
from goalcheck.sheet import Indicator

if TYPE_CHECKING:  # to name the formats must not cost what it takes to check
    from goalcheck.engine.result import Result


@attrs.frozen
class Style:
    """How to write: language, colour, the cells of an ambiguous character, what the tool ran with, whether each of many
    alike findings is listed, whether there are several inputs, whether every sum is explained, and the folder to which
    paths are relative.
    """

    language: str = "zh"
    color: bool = False
    ambiguous: int = 1
    taxonomy: str = "guangdong"
    profile: str = "core"
    verbose: bool = False
    several: bool = False
    sums: bool = False
    folder: str = ""
    rules: Sequence[Rule] = ()
    """The rules of the run, for formats that describe them; known to :meth:`Reporter.whole` only."""


@attrs.frozen
class Counts:
    """What was seen and found, in one input or in many."""

    findings: Mapping[Severity, int] = attrs.Factory(lambda: dict.fromkeys(Severity, 0))
    files: int = 0
    failed: int = 0
    units: int = 0
    projects: int = 0
    indicators: int = 0
    unparsed: int = 0
    fixable: int = 0
    proposed: int = 0  # findings whose fix changes more than form
    suppressed: int = 0  # findings that a baseline hides

    def __add__(self, other: Counts) -> Counts:
        found = {severity: self.findings[severity] + other.findings[severity] for severity in Severity}
        return Counts(found, *(a + b for a, b in zip(attrs.astuple(self)[1:], attrs.astuple(other)[1:], strict=True)))


@attrs.frozen
class Part:
    """What one input comes to in a report: its counts, or why it was not checked, and what the format says of it."""

    path: str
    counts: Counts
    error: InputError | None = None
    pieces: Sequence[str] = ()


class Reporter(Protocol):
    """A format, as its module provides it."""

    def pieces(self, result: Result, style: Style, /) -> Sequence[str]:
        """What the format says of one input; as many strings as :meth:`whole` expects."""

    def whole(self, parts: Iterable[Part], style: Style, /) -> Iterator[str]:
        """The report, made of the parts of all inputs in their order; it takes them one by one."""


FORMATS: Mapping[str, str] = {
    "text": "goalcheck.report.formats.text",
    "concise": "goalcheck.report.formats.concise",
    "json": "goalcheck.report.formats.json",
    "jsonl": "goalcheck.report.formats.jsonl",
    "sarif": "goalcheck.report.formats.sarif",
    "github": "goalcheck.report.formats.github",
    "gitlab": "goalcheck.report.formats.gitlab",
    "junit": "goalcheck.report.formats.junit",
}
"""The formats by name, each with the module that writes it; a module is imported when its format is asked for."""

EXPLAINING_SUMS = frozenset(("text", "json"))
"""Formats that can explain every sum."""

TOTALS_ASIDE = frozenset(("concise", "jsonl", "github"))
"""Formats made for machines line by line: their totals go to standard error."""


def reporter(name: str) -> Reporter:
    """The reporter of format ``name``."""
    return cast(Reporter, import_module(FORMATS[name]))


def part(form: Reporter, result: Result, style: Style) -> Part:
    """What ``result`` comes to in a report of the format ``form``."""
    return Part(result.path, count(result), result.error, form.pieces(result, style))


def render(name: str, results: Sequence[Result], style: Style) -> Iterator[str]:
    """The report of ``results`` in the format ``name``."""
    form = reporter(name)
    style = attrs.evolve(style, several=len(results) > 1)
    return form.whole((part(form, result, style) for result in results), style)


def count(result: Result) -> Counts:
    """What one input comes to in figures."""
    findings = Counter(finding.severity for finding in result.findings)
    fixes = [finding.fix.safe for finding in result.findings if finding.fix is not None]
    units = projects = read = entries = 0
    if result.sheet is not None:
        units = sum(1 for _ in result.sheet.units)
        for project in result.sheet.projects:
            projects += 1
            entries += len(project.entries)
            read += sum(isinstance(entry, Indicator) for entry in project.entries)
    return Counts(
        {severity: findings[severity] for severity in Severity},
        files=1,
        failed=int(result.error is not None),
        units=units,
        projects=projects,
        indicators=read,
        unparsed=entries - read,
        fixable=sum(fixes),
        proposed=len(fixes) - sum(fixes),
        suppressed=len(result.suppressed),
    )


def totals(counts: Counts, style: Style) -> str:
    """The last line of a report for people: what was found, in how much, and what of it can be mended by itself."""
    if counts.files == counts.failed:
        return _say("one-failed" if counts.failed == 1 else "all-failed", style, counts.failed)
    said = [_found(counts, style)]
    if counts.suppressed:
        said.append(_say("suppressed", style, counts.suppressed))
    if counts.fixable and counts.proposed:
        said.append(_say("fixable-and-proposed", style, counts.proposed, fixable=counts.fixable))
    elif counts.fixable or counts.proposed:
        key = "fixable" if counts.fixable else "proposed"
        said.append(_say(key, style, counts.fixable or counts.proposed))
    return sentences.together(said, style.language)


def _found(counts: Counts, style: Style) -> str:
    """What was found, and in how much."""
    seen = {"units": counts.units, "projects": counts.projects, "indicators": counts.indicators}
    read = sentences.listed((_say(key, style, number) for key, number in seen.items()), style.language)
    failed = _say("failed", style, files=_say("files", style, counts.failed)) if counts.failed else ""
    found = sentences.severities(counts.findings, style.language)
    return _say(
        "found" if found else "nothing-new" if counts.suppressed else "nothing",
        style,
        findings=found,
        files=_say("files", style, counts.files - counts.failed),
        read=read + (_say("unparsed", style, counts.unparsed) if counts.unparsed else ""),
        failed=failed,
    )


def _say(key: str, style: Style, number: int = 0, **figures: object) -> str:
    return messages.say(f"totals.{key}", style.language, number=number, **figures)
