"""The report for people: what is wrong, where, the stretch of text with the fault underlined, what to write instead.

    错误[GC203] parent-mismatch 二级指标“31-服务对象满意度”不属于一级指标“2-效益指标”
      --> samples/liwan-jinhua.txt:18:281 · 综治信访维稳等专项工作经费 · 第4项
       |
    18 | …4、2-效益指标; 31-服务对象满意度; 群众满意度; 实施周期…
       |     ---------- ^^^^^^^^^^^^^^^^^
       = 改为:3-满意度指标; 31-服务对象满意度

Underlines count terminal cells, so that they stand under Han characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from goalcheck.engine import Result
from goalcheck.finding import Finding
from goalcheck.report import Style, words
from goalcheck.report.snippet import Mark, snippet
from goalcheck.rule import Severity
from goalcheck.source import Source

_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def report(results: Sequence[Result], style: Style) -> Iterator[str]:
    """Each finding as a paragraph, parted by blank lines."""
    for result in results:
        if result.source is not None:
            for finding in result.findings:
                yield "\n".join(_finding(result.source, finding, style)) + "\n\n"


def _finding(source: Source, finding: Finding, style: Style) -> Iterator[str]:
    paint = _painter(style)
    rule = finding.rule
    assert rule is not None
    severity = words.SEVERITIES[finding.severity][style.language]
    color = _COLORS[finding.severity]
    yield f"{paint(f'{severity}[{rule.code}]', color)} {rule.name} {paint(words.message(finding, style.language), '1')}"
    line, column = source.place(finding.start)
    same = [r for r in finding.related if source.place(r.start)[0] == line]
    other = [r for r in finding.related if source.place(r.start)[0] != line]
    parts = [
        (finding.start, [Mark(finding.start, finding.end, "^"), *(Mark(r.start, r.end, "-") for r in same)], ""),
        *((r.start, [Mark(r.start, r.end, "-")], words.related(finding, r.term, style.language)) for r in other),
    ]
    width = len(str(max(source.place(start)[0] for start, _, _ in parts)))
    bar = paint("|", "1;34")
    yield f"{' ' * width}{paint('-->', '1;34')} {_place(source, finding, line, column, style)}"
    yield f"{' ' * width} {bar}"
    for start, marks, label in parts:
        number = source.place(start)[0]
        within = finding.within if start == finding.start else None
        text, underline = snippet(source, marks, within, style.ambiguous)
        yield f"{paint(f'{number:>{width}}', '1;34')} {bar} {text}"
        underline = f"{underline} {label}".rstrip()
        yield f"{' ' * width} {bar} {paint(underline, color if start == finding.start else '1;34')}"
    yield f"{' ' * width} {paint('=', '1;34')} {words.advice(finding, style.language)}"


def _place(source: Source, finding: Finding, line: int, column: int, style: Style) -> str:
    parts = [f"{words.path(source.path)}:{line}:{column}"]
    name = finding.project or finding.unit
    if name:
        parts.append(words.plain(name))
    if finding.indicator is not None:
        parts.append(f"第{finding.indicator}项" if style.language == "zh" else f"entry {finding.indicator}")
    return " · ".join(parts)


def _painter(style: Style) -> Callable[[str, str], str]:
    """A function that wraps text in a colour, where the style asks for it."""
    if not style.color:
        return lambda text, _: text
    return lambda text, color: f"\x1b[{color}m{text}\x1b[0m" if text else text
