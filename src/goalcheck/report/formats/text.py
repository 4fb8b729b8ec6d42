"""The report for people: what is wrong, where, the stretch of text with the fault underlined, what to write instead.

    == 第18行 · 综治信访维稳等专项工作经费 · 1处

    错误[GC203] parent-mismatch 二级指标“31-服务对象满意度”不属于一级指标“2-效益指标”
      --> samples/liwan-jinhua.txt:18:281 · 第4项
       |
    18 | …4、2-效益指标; 31-服务对象满意度; 群众满意度; 实施周期…
       |     ---------- ^^^^^^^^^^^^^^^^^
       = 改为:3-满意度指标; 31-服务对象满意度

Underlines count terminal cells, so that they stand under Han characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result
from goalcheck.finding import Finding
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.prose.snippet import Mark, snippet
from goalcheck.report import Part, Style
from goalcheck.report.groups import Group, by_row, fold
from goalcheck.sheet import Sheet, Total, Unit
from goalcheck.source import Source

_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_HEADING = "1;35"
_STRETCHES = 8  # of lines, named before a list of them is cut short


def pieces(result: Result, style: Style) -> Sequence[str]:
    """Each finding of one input as a paragraph, below the heading of its project, parted by blank lines."""
    said = "".join(_file(result, style))
    return (said + "".join(_sums(result, style)) if style.sums else said,)


def whole(parts: Iterable[Part[str]], _: Style) -> Iterator[str]:
    """What was found in all inputs."""
    for part in parts:
        yield from part.pieces


def _file(result: Result, style: Style) -> Iterator[str]:
    if result.source is None or result.sheet is None or not result.findings:
        return
    paint = _painter(style)
    if style.several:
        found = _counted(len(result.findings), style)
        yield paint(f"==== {sentences.path(result.path)} · {found} ====", _HEADING) + "\n\n"
    for heading, paragraphs in _groups(result.source, result.sheet, result.findings, style):
        yield paint(f"== {heading}", _HEADING) + "\n\n"
        for paragraph in paragraphs:
            yield "\n".join(paragraph) + "\n\n"


def _sums(result: Result, style: Style) -> Iterator[str]:
    from goalcheck.sums import text  # only where it is asked for

    if result.sheet is None:
        return
    if style.several:
        yield _painter(style)(f"==== {sentences.path(result.path)} ====", _HEADING) + "\n\n"
    yield from text.text(result.sums, style)
    yield "\n"


_Paragraphs = Iterator[Iterator[str]]


def _groups(
    source: Source, sheet: Sheet, findings: Sequence[Finding], style: Style
) -> Iterator[tuple[str, _Paragraphs]]:
    """The headings of one file, each with what stands below it."""
    single, folded = (list(findings), []) if style.verbose else fold(findings)
    for group in by_row(sheet, single):
        yield _heading(source, group, style), (_finding(source, finding, style) for finding in group.findings)
    if folded:
        yield _heading_of_form(folded, style), (_folded(source, alike, style) for alike in folded)


def _heading(source: Source, group: Group, style: Style) -> str:
    parts = [_subject(group, style.language), _counted(len(group.findings), style)]
    if group.row is not None:
        parts.insert(0, sentences.lines([source.place(group.row.start)[0]], style.language))
    return " · ".join(parts)


def _subject(group: Group, language: str) -> str:
    """Of what the findings of a group speak."""
    if group.row is None:
        return say("text_report.sheet", language)
    if isinstance(group.row, Total):
        return say("text_report.total", language)
    name = sentences.plain(group.row.name.clean) or say("places.nameless", language)
    if isinstance(group.row, Unit):
        return say("text_report.unit", language, name=name)
    if group.unit is None:
        return name
    return say("text_report.of-unit", language, name=name, unit=sentences.plain(group.unit))


def _heading_of_form(folded: Sequence[Sequence[Finding]], style: Style) -> str:
    found = sum(map(len, folded))
    safe = sum(finding.fix is not None and finding.fix.safe for alike in folded for finding in alike)
    parts = [say("text_report.form", style.language), _counted(found, style)]
    if safe:
        mended = "text_report.mended" if safe == found else "text_report.mended-some"
        parts.append(say(mended, style.language, number=safe))
    return " · ".join((*parts, say("text_report.verbose", style.language)))


def _counted(number: int, style: Style) -> str:
    return say("text_report.findings", style.language, number=number)


def _finding(source: Source, finding: Finding, style: Style) -> Iterator[str]:
    """The paragraph of one finding."""
    yield _title(finding, sentences.message(finding, style.language), style)
    yield from _shown(source, finding, sentences.advice(finding, style.language), style, _place(source, finding, style))


def _folded(source: Source, alike: Sequence[Finding], style: Style) -> Iterator[str]:
    """The paragraph of all findings of a rule; the first is its example."""
    first = alike[0]
    said = say(
        "text_report.folded",
        style.language,
        title=first.rule.title[style.language],
        count=_counted(len(alike), style),
        lines=sentences.lines(
            sorted({source.place(finding.start)[0] for finding in alike}), style.language, _STRETCHES
        ),
    )
    yield _title(first, said, style)
    advice = sentences.advice(first, style.language)
    if any(sentences.advice(finding, style.language) != advice for finding in alike):
        advice = say("text_report.first", style.language, advice=advice)
    place = _place(source, first, style)
    if first.project or first.unit:
        place.insert(1, sentences.plain(first.project or first.unit or ""))
    yield from _shown(source, first, advice, style, place)


def _title(finding: Finding, said: str, style: Style) -> str:
    rule = finding.rule
    paint = _painter(style)
    severity = sentences.severity(finding.severity, style.language)
    return f"{paint(f'{severity}[{rule.code}]', _COLORS[finding.severity])} {rule.name} {paint(said, '1')}"


def _place(source: Source, finding: Finding, style: Style) -> list[str]:
    """Where a finding stands, as far as no heading says it."""
    line, column = source.place(finding.start)
    place = [f"{sentences.path(source.path)}:{line}:{column}"]
    if finding.indicator is not None:
        place.append(say("places.entry", style.language, number=finding.indicator))
    return place


def _shown(source: Source, finding: Finding, advice: str, style: Style, place: Sequence[str]) -> Iterator[str]:
    """Below its title: the place, the text with its underline, what to write."""
    paint = _painter(style)
    color = _COLORS[finding.severity]
    line = source.place(finding.start)[0]
    same = [r for r in finding.related if source.place(r.start)[0] == line]
    other = [r for r in finding.related if source.place(r.start)[0] != line]
    parts = [
        (finding.start, [Mark(finding.start, finding.end, "^"), *(Mark(r.start, r.end, "-") for r in same)], ""),
        *((r.start, [Mark(r.start, r.end, "-")], sentences.related(finding, r.term, style.language)) for r in other),
    ]
    width = len(str(max(source.place(start)[0] for start, _, _ in parts)))
    bar = paint("|", "1;34")
    yield f"{' ' * width}{paint('-->', '1;34')} {' · '.join(place)}"
    yield f"{' ' * width} {bar}"
    for start, marks, label in parts:
        number = source.place(start)[0]
        within = finding.within if start == finding.start else None
        text, underline = snippet(source, marks, within, style.ambiguous)
        yield f"{paint(f'{number:>{width}}', '1;34')} {bar} {text}"
        underline = f"{underline} {label}".rstrip()
        yield f"{' ' * width} {bar} {paint(underline, color if start == finding.start else '1;34')}"
    yield f"{' ' * width} {paint('=', '1;34')} {advice}"


def _painter(style: Style) -> Callable[[str, str], str]:
    """A function that wraps text in a colour, where the style asks for it."""
    if not style.color:
        return lambda text, _: text
    return lambda text, color: f"\x1b[{color}m{text}\x1b[0m" if text else text
