"""Reports: what one is made of, and the formats, each with all that sets it apart, in :data:`FORMATS`.

    result ─▶ Reporter.pieces ─▶ Part ─▶ Reporter.whole ─▶ the report, in pieces of text or of bytes
              where the input     │      where the report
              was checked         └─ small: all that is kept of an input, and all that is sent between processes

Both halves of a reporter are pure functions: a report is the same whoever made its parts, and in whatever order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar, cast

import attrs

from goalcheck import messages
from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.errors import InputError
from goalcheck.prose import sentences
from goalcheck.prose.layout import fill
from goalcheck.sheet import Indicator, Layout, Sheet
from goalcheck.source import TEXT

if TYPE_CHECKING:  # to name the formats must not cost what it takes to check
    from goalcheck.engine.result import Result, RuleFailure
    from goalcheck.finding import Finding

Piece = TypeVar("Piece", str, bytes)


@attrs.frozen(eq=False, repr=False)
class Style:
    """How to write: language, colour, the cells of an ambiguous character, what the tool ran with, whether each of many
    alike findings is listed, whether nothing is said of what is sound, whether there are several inputs, whether every
    sum is explained, and the folder to which paths are relative.
    """

    language: str = "zh"
    color: bool = False
    ambiguous: int = 1
    taxonomy: str = "guangdong"
    profile: str = "core"
    verbose: bool = False
    quiet: bool = False
    several: bool = False
    sums: bool = False
    folder: str = ""
    home: str = ""
    """The folder of the report, from which links in it lead; the same as ``folder`` where it is empty."""
    width: int = 80
    """The cells of a line, for a report that is read by people."""
    rules: Sequence[Rule] = ()
    """The rules of the run, for formats that describe them; known to :meth:`Reporter.whole` only."""


@attrs.frozen
class Counts:
    """What was seen and found, in one input or in many; ``findings`` are those that the report lists."""

    findings: Mapping[Severity, int] = attrs.Factory(lambda: dict.fromkeys(Severity, 0))
    unshown: Mapping[Severity, int] = attrs.Factory(lambda: dict.fromkeys(Severity, 0))  # too light to be listed
    files: int = 0
    failed: int = 0
    partial: int = 0  # inputs that were not read whole
    units: int = 0
    projects: int = 0
    indicators: int = 0
    unparsed: int = 0
    fixable: int = 0
    proposed: int = 0  # findings whose fix changes more than form
    suppressed: int = 0  # findings that a baseline hides
    unjudged: int = 0  # sums that could not be judged
    unread: int = 0  # stretches that were not read
    failures: int = 0  # rules that failed, in each input where they did
    passed_over: int = 0  # files found in folders that are no sheets

    @property
    def omissions(self) -> int:
        """How much was not judged: inputs, stretches of them, and rules on them."""
        return self.failed + self.unread + self.failures

    @property
    def found(self) -> Mapping[Severity, int]:
        """The findings of each severity, listed or not."""
        return _sum(self.findings, self.unshown)

    def __add__(self, other: Counts) -> Counts:
        mine, others = ([*attrs.astuple(counts, recurse=False)][2:] for counts in (self, other))
        listed, unshown = _sum(self.findings, other.findings), _sum(self.unshown, other.unshown)
        return Counts(listed, unshown, *(a + b for a, b in zip(mine, others, strict=True)))


def _sum(some: Mapping[Severity, int], more: Mapping[Severity, int]) -> dict[Severity, int]:
    return {severity: some[severity] + more[severity] for severity in Severity}


@attrs.frozen(eq=False, repr=False)
class Part(Generic[Piece]):
    """What one input comes to in a report: its counts, or why it was not checked, and what the format says of it."""

    path: str
    counts: Counts
    error: InputError | None = None
    pieces: Sequence[Piece] = ()
    failures: Sequence[RuleFailure] = ()
    """The rules that failed on it."""
    gap: str = ""
    """What of it was not read: where and why, in words; empty where all of it was."""


class Reporter(Protocol[Piece]):
    """What the module of a format provides; its pieces are text, or bytes where the format is binary."""

    def pieces(self, result: Result, style: Style, /) -> Sequence[Piece]:
        """What the format says of one input; as many pieces as :meth:`whole` expects."""

    def whole(self, parts: Iterable[Part[Piece]], style: Style, /) -> Iterator[Piece]:
        """The report, made of the parts of all inputs in their order; it takes them one by one."""


@attrs.frozen(eq=False, repr=False)
class Format:
    """A format of the report: its ``name``, the ``module`` that writes it, and what sets it apart from the others."""

    name: str
    module: str
    totals: Literal["within", "behind", "aside"] = "within"
    """Where the totals line goes: the format says the figures in its own way, the line ends the report, or it goes to
    standard error, where the report is read line by line.
    """
    binary: bool = False
    """Whether the report is no text: it is never written to a terminal."""
    explains_sums: bool = False
    """Whether it can show every sum with its terms."""
    traces_sums: bool = False
    """Whether it shows every sum with its terms without being asked to."""
    records_configuration: bool = False
    """Whether it says under what each input was checked."""
    for_terminals: bool = True
    """Whether anybody could read it in a terminal; else it is not written there."""
    library: str = ""
    """The package that it cannot be written without, which an extra brings; empty where there is none."""

    @property
    def reporter(self) -> Reporter[Any]:
        """The module, imported once the format is asked for."""
        return cast(Reporter[Any], import_module(self.module))


_ROOM = "goalcheck.report.formats"
FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("text", f"{_ROOM}.text", totals="behind", explains_sums=True),
        Format("concise", f"{_ROOM}.concise", totals="aside"),
        Format("json", f"{_ROOM}.json", explains_sums=True, records_configuration=True),
        Format("jsonl", f"{_ROOM}.jsonl", totals="aside"),
        Format("sarif", f"{_ROOM}.sarif", records_configuration=True),
        Format("github", f"{_ROOM}.github", totals="aside"),
        Format("gitlab", f"{_ROOM}.gitlab"),
        Format("junit", f"{_ROOM}.junit"),
        Format(
            "html",
            f"{_ROOM}.html",
            explains_sums=True,
            traces_sums=True,
            records_configuration=True,
            for_terminals=False,
        ),
        Format("xlsx", f"{_ROOM}.xlsx", binary=True, library="xlsxwriter"),
    )
}
"""The formats by name."""


def part(form: Format, result: Result, style: Style) -> Part[Any]:
    """What ``result`` comes to in a report of the format ``form``."""
    pieces = form.reporter.pieces(result, style)
    return Part(result.path, count(result), result.error, pieces, result.failures, gap(result, style.language))


def gap(result: Result, language: str) -> str:
    """Where and why something of ``result`` was not read, first of all; empty where all of it was."""
    from goalcheck.report import rows  # it says places, and knows of no report

    number = len(result.unread) + len(result.gaps)
    if result.source is None or not number:
        return ""
    if result.unread:
        first = result.unread[0]
        place = rows.row(result.source, first.start, language)
        said = messages.say("unread.first", language, place=place, why=sentences.unread(first, language))
    else:
        said = sentences.remark(result.gaps[0], language)
    return said if number == 1 else messages.say("unread.several", language, first=said, number=number)


def render(name: str, results: Sequence[Result], style: Style) -> Iterator[Any]:
    """The report of ``results`` in the format ``name``, in pieces of text, or of bytes where the format is binary."""
    form = FORMATS[name]
    style = attrs.evolve(style, several=len(results) > 1)
    return form.reporter.whole((part(form, result, style) for result in results), style)


def count(result: Result) -> Counts:
    """What one input comes to in figures."""
    written = result.source is not None and result.source.kind == TEXT  # goalcheck fix writes text alone
    fixes = [f.fix.safe for f in (*result.findings, *result.unshown) if f.fix is not None and written]
    units = projects = read = entries = 0
    if result.sheet is not None:
        units = sum(1 for _ in result.sheet.units)
        for project in result.sheet.projects:
            projects += 1
            entries += len(project.entries)
            read += sum(isinstance(entry, Indicator) for entry in project.entries)
    return Counts(
        _by_severity(result.findings),
        _by_severity(result.unshown),
        files=1,
        failed=int(result.status == "failed"),
        partial=int(result.status == "partial"),
        units=units,
        projects=projects,
        indicators=read,
        unparsed=entries - read,
        fixable=sum(fixes),
        proposed=len(fixes) - sum(fixes),
        suppressed=len(result.suppressed),
        unjudged=result.unjudged,
        unread=len(result.unread) + len(result.gaps),
        failures=len(result.failures),
    )


def _by_severity(findings: Sequence[Finding]) -> dict[Severity, int]:
    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in Severity}


def layouts(sheet: Sheet) -> Mapping[Layout, int]:
    """How many tables are laid out in each way, in the order in which the ways are met; each form is a table."""
    found: Counter[Layout] = Counter()
    for section in sheet.sections:
        found[section.layout] += sum(1 for _ in section.projects) if section.layout == "blocks" else 1
    return found


def totals(counts: Counts, style: Style) -> str:
    """The last line of a report for people: what was found, in how much, what was not judged, what can be mended."""
    return sentences.together((*_outcome(counts, style), _mendable(counts, style)), style.language)


def closing(counts: Counts, style: Style) -> Iterator[str]:
    """The end of a report for people in lines of its width: the totals, but for what can be mended, told before."""
    return fill(sentences.together(_outcome(counts, style), style.language), style.width, style.ambiguous)


def _outcome(counts: Counts, style: Style) -> Iterator[str]:
    """What was found, in how much, and what was not judged, listed or looked at."""
    yield _checked(counts, style)
    if unshown := sum(counts.unshown.values()):
        yield _say("unshown", style, unshown)
    if counts.partial:
        yield _say("partial", style, files=_say("files", style, counts.partial))
    besides = ("failures", "unjudged", "suppressed")
    yield from (_say(key, style, number) for key in besides if (number := getattr(counts, key)))
    if counts.passed_over:
        yield _say("passed-over", style, counts.passed_over)


def _mendable(counts: Counts, style: Style) -> str:
    """What ``goalcheck fix`` can do about it."""
    if counts.fixable and counts.proposed:
        return _say("fixable-and-proposed", style, counts.proposed, fixable=counts.fixable)
    if not counts.fixable and not counts.proposed:
        return ""
    return _say("fixable" if counts.fixable else "proposed", style, counts.fixable or counts.proposed)


def extent(counts: Counts, style: Style) -> str:
    """How much was read, and how much of it could not be; units only where the sheet names any."""
    kinds = {
        **({"units": counts.units} if counts.units else {}),
        "projects": counts.projects,
        "indicators": counts.indicators,
    }
    told = sentences.listed((_say(key, style, number) for key, number in kinds.items()), style.language)
    return told + (_say("unparsed", style, counts.unparsed) if counts.unparsed else "")


def _checked(counts: Counts, style: Style) -> str:
    """What was found, and in how much."""
    if not counts.files:
        return _say("no-files", style)
    if counts.files == counts.failed:
        return _say("one-failed" if counts.failed == 1 else "all-failed", style, counts.failed)
    failed = _say("failed", style, files=_say("files", style, counts.failed)) if counts.failed else ""
    found = sentences.severities(counts.found, style.language)
    return _say(
        "found" if found else "nothing-new" if counts.suppressed else "nothing",
        style,
        findings=found,
        files=_say("files", style, counts.files - counts.failed),
        read=extent(counts, style),
        failed=failed,
    )


def _say(key: str, style: Style, number: int = 0, **figures: object) -> str:
    return messages.say(f"totals.{key}", style.language, number=number, **figures)
