"""A finding as a paragraph: what is wrong, where, the stretch of text with the fault underlined, what to write.

    必须改[GC203] 二级指标“31-服务对象满意度”不属于一级指标“2-效益指标”
      --> samples/liwan-jinhua.txt:18:281 · 第4项
       |
    18 | …4、2-效益指标; 31-服务对象满意度; 群众满意度; 实施周期…
       |     ---------- ^^^^^^^^^^^^^^^^^
       = 改为：3-满意度指标; 31-服务对象满意度

Underlines count terminal cells, so that they stand under Han characters.
"""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.finding import Finding
from goalcheck.prose import sentences
from goalcheck.prose.layout import fill
from goalcheck.prose.snippet import Mark, snippet
from goalcheck.report import Style, rows
from goalcheck.report.paint import BLUE, BOLD, COLORS, painter
from goalcheck.source import Source


def paragraph(source: Source, finding: Finding, style: Style) -> Iterator[str]:
    """The lines of the paragraph of ``finding``."""
    rule = finding.rule
    paint = painter(style)
    lead = f"{sentences.severity(finding.severity, style.language)}[{rule.code}]"
    name = f" {rule.name}" if style.language == "en" else ""
    first, *more = fill(f"{lead}{name} {sentences.message(finding, style.language)}", style.width, style.ambiguous)
    yield paint(lead, COLORS[finding.severity]) + paint(first.removeprefix(lead), BOLD)
    yield from (paint(line, BOLD) for line in more)
    yield from _shown(source, finding, style)


def _place(source: Source, finding: Finding, style: Style) -> str:
    line, column = source.place(finding.start)
    place = f"{sentences.path(source.path)}:{line}:{column}"
    if source.origins is not None:
        place = f"{sentences.path(source.path)} {rows.place(source, finding.start, style.language)}"
    return place if finding.indicator is None else f"{place} · {sentences.entry(finding.indicator, style.language)}"


def _number(source: Source, offset: int) -> int:
    """The number before a line: that of the text, or where it was made from another file, of the row there."""
    return source.place(offset)[0] if source.origins is None else source.where(offset).row


def _shown(source: Source, finding: Finding, style: Style) -> Iterator[str]:
    """Below its title: the place, the text with its underline, what to write."""
    paint = painter(style)
    line = source.place(finding.start)[0]
    same = [r for r in finding.related if source.place(r.start)[0] == line]
    other = [r for r in finding.related if source.place(r.start)[0] != line]
    parts = [
        (finding.start, [Mark(finding.start, finding.end, "^"), *(Mark(r.start, r.end, "-") for r in same)], ""),
        *((r.start, [Mark(r.start, r.end, "-")], sentences.related(finding, r.term, style.language)) for r in other),
    ]
    width = len(str(max(_number(source, start) for start, _, _ in parts)))
    bar = paint("|", BLUE)
    yield f"{' ' * width}{paint('-->', BLUE)} {_place(source, finding, style)}"
    yield f"{' ' * width} {bar}"
    for start, marks, label in parts:
        number = _number(source, start)
        within = finding.within if start == finding.start else None
        text, underline = snippet(source, marks, within, style.ambiguous)
        yield f"{paint(f'{number:>{width}}', BLUE)} {bar} {text}"
        underline = f"{underline} {label}".rstrip()
        yield f"{' ' * width} {bar} {paint(underline, COLORS[finding.severity] if start == finding.start else BLUE)}"
    mark = "="
    for told in fill(sentences.advice(finding, style.language), style.width - width - 3, style.ambiguous):
        yield f"{' ' * width} {paint(mark, BLUE)} {told}"
        mark = " "
