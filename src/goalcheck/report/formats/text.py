"""The report for people: first an overview, then project by project what to change, then what many places share.

    第18行 综治信访维稳等专项工作经费
      必须改 GC203 第4项：二级指标“31-服务对象满意度”不属于一级指标“2-效益指标”。
             改为：3-满意度指标; 31-服务对象满意度
      应当改 GC315 第4项：“群众满意度”的目标“≥80%”偏低，没有超过80%。
             改法：核对是否打错；一般定在85%至95%之间。

With ``--verbose`` each finding is a paragraph with its text, underlined where the fault is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result
from goalcheck.finding import Finding
from goalcheck.prose import sentences
from goalcheck.report import Counts, Part, Style, headings, overview
from goalcheck.report.brief import Brief
from goalcheck.report.groups import by_row, split
from goalcheck.report.paragraphs import paragraph
from goalcheck.report.spool import spool
from goalcheck.sheet import Sheet
from goalcheck.source import TEXT, Source

Block = Iterable[str]
"""Lines that belong together; an empty line follows."""


def pieces(result: Result, style: Style) -> Sequence[str]:
    """What a table says of one input, and what there is to say of its findings."""
    said = "".join((*_lines(_blocks(result, style)), *(_sums(result, style) if style.sums else ())))
    return overview.of_table(result, style), sentences.harmless(said)


def whole(parts: Iterable[Part[str]], style: Style) -> Iterator[str]:
    """What was found in all inputs; of several, first a table."""
    if not style.several:
        yield from (part.pieces[1] for part in parts)
        return
    with spool() as details:
        table: list[tuple[str, Counts]] = []
        for part in parts:
            table.append((part.pieces[0], part.counts))
            details.add(part.pieces[1])
        yield from _lines(overview.of_all(table, style))
        yield from details


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    return (f"{line}\n" for block in blocks for line in (*block, ""))


def _blocks(result: Result, style: Style) -> Iterator[Block]:
    if result.error is not None and style.several:
        yield from overview.of_failed(result, style)
    source, sheet, findings = result.source, result.sheet, result.findings
    if source is None or sheet is None:
        return
    if not findings and result.is_whole:
        if result.remarks or not (style.several or style.quiet or result.suppressed):
            yield overview.of_sound(result, style)
        return
    yield from overview.of_one(result, style)
    yield from (_in_full if style.verbose else _in_brief)(source, sheet, findings, style)


def _in_full(source: Source, sheet: Sheet, findings: Sequence[Finding], style: Style) -> Iterator[Block]:
    for group in by_row(sheet, findings):
        yield (headings.of_paragraphs(source, group, style),)
        for finding in group.findings:
            yield paragraph(source, finding, style)


def _in_brief(source: Source, sheet: Sheet, findings: Sequence[Finding], style: Style) -> Iterator[Block]:
    brief = Brief(source, style)
    parts = split(findings, lambda finding: sentences.advice(finding, style.language), can_mend=source.kind == TEXT)
    errors = [alike for alike in parts.alike if alike[0].severity is Severity.ERROR]
    yield from _section("alike-errors", errors, brief.group, style)
    for (*units, row), group in headings.of_rows(source, by_row(sheet, parts.single), style):
        yield from ((unit,) for unit in units)
        yield (row, *brief.singles(group))
    yield from _section("alike", parts.alike[len(errors) :], brief.group, style)
    yield from _section("mended", parts.mended, brief.mended, style)


def _section(
    title: str, groups: Sequence[Sequence[Finding]], told: Callable[[Sequence[Finding]], Block], style: Style
) -> Iterator[Block]:
    if groups:
        yield (headings.of_section(title, sum(map(len, groups)), style),)
        yield from map(told, groups)


def _sums(result: Result, style: Style) -> Iterator[str]:
    from goalcheck.sums import text  # only where it is asked for

    if result.sheet is None:
        return
    if style.several:
        yield headings.of_file(result.path, style) + "\n\n"
    yield from text.text(result.sums, style)
    yield "\n"
