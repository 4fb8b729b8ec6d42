"""What to know before reading findings: how much there is of what kind, and the way on.

samples/liwan-jinhua.txt：3个单位、49个项目、199条指标
  必须改  13处：表格格式1处、指标分类2处、指标值4处、金额3处、缺项与重复3处
  …
接下来：
  1. 先改必须改的13处（第5-8、10、18、44、45、50、64、69行），改完再查一次。
  2. goalcheck fix 能自动改好166处，只动书写格式，不动内容。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from goalcheck.catalogue.rule import FAMILIES, Severity
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.engine.result import Result
from goalcheck.finding import Finding
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.prose.layout import fill, pad
from goalcheck.prose.width import display_width
from goalcheck.report import Counts, Style, count, extent, headings, layouts, rows, tables
from goalcheck.report.brief import labels
from goalcheck.report.paint import BOLD, COLORS, painter
from goalcheck.sheet import Sheet
from goalcheck.source import TEXT

_STRETCHES = 12  # of rows, named before the list is cut short: all are told below
_DIGITS = 6  # as wide as the figures of a table are
GRAVEST_FIRST = tuple(sorted(Severity, reverse=True))


def of_one(result: Result, style: Style) -> Iterator[Iterable[str]]:
    """What comes before the findings of one input, in blocks of lines: first what was not checked."""
    counts = count(result)
    title = headings.of_file(result.path, style, extent(counts, style))
    yield title, *_read_as(result, style), *_not_checked(result, style), *_by_kind(result, style)
    if not style.several:
        yield _way_on(counts, _error_rows(result, style.language), style, result)


def of_sound(result: Result, style: Style) -> Iterator[str]:
    """How one input was read in which nothing is wrong: the layout of its tables, and the classes that it has."""
    assert result.sheet is not None
    classes = _classed(result, result.sheet, style)
    said = _say("read-as", style, layout=_laid_out(result.sheet, style), classes=classes)
    yield headings.of_file(result.path, style, said)
    yield from _evaluation(result.sheet, style)
    yield from _of_file(result, style)


def of_all(table: Sequence[tuple[str, Counts]], style: Style) -> Iterator[Iterable[str]]:
    """What comes before the findings of several inputs: a line for each of them, and the way on."""
    total = sum((counts for _, counts in table), Counts())
    if any(total.found.values()) or total.omissions:
        yield _table(table, total, style)
        files = sum(1 for _, counts in table if counts.findings[Severity.ERROR])
        yield _way_on(total, _say("in-files", style, number=files), style)


def of_table(result: Result, style: Style) -> str:
    """What the table says of one input, beside its figures."""
    path = sentences.path(result.path)
    if result.status == "checked" and not result.failures:
        return path
    return _say("table-failed" if result.status == "failed" else "table-partial", style, path=path)


def of_failed(result: Result, style: Style) -> Iterator[Iterable[str]]:
    """What there is to say of one of several inputs that was not checked."""
    assert result.error is not None
    said = _say("failed", style, reason=sentences.error(result.error, style.language))
    yield headings.of_file(result.path, style), *_hanging("  ", "", said, style)


def _read_as(result: Result, style: Style) -> Iterator[str]:
    """How the tables are laid out, and which taxonomy their classes are held against, if not as nearly always."""
    sheet = result.sheet
    if sheet is not None and any(layout != "packed" for layout in layouts(sheet)):
        yield from _hanging(f"  {_say('layouts', style)}", "", _laid_out(sheet, style), style)
        yield from _evaluation(sheet, style)
    yield from _of_file(result, style)
    taxonomy = result.taxonomy
    if taxonomy is not None and taxonomy.name != TAXONOMIES[0]:
        title = sentences.plain(taxonomy.title[style.language])
        yield from _hanging(f"  {_say('taxonomy', style)}", "", _say("judged-by", style, title=title), style)


def _of_file(result: Result, style: Style) -> Iterator[str]:
    """What is to be said of the file, all of which was read."""
    for remark in result.remarks:
        if not remark.is_gap:
            yield from _hanging(f"  {_say('of-file', style)}", "", sentences.remark(remark, style.language), style)


def _laid_out(sheet: Sheet, style: Style) -> str:
    """How the tables are laid out, with how many there are of each kind where there are several."""
    found = layouts(sheet)
    names = {layout: _say(f"layout-{layout}", style) for layout in found}
    if sum(found.values()) > 1:
        names = {key: _say("tables", style, layout=name, number=found[key]) for key, name in names.items()}
    said = sentences.listed(names.values(), style.language)
    return _say("layout-evaluation", style, layout=said) if tables.is_evaluation(sheet) else said


def _evaluation(sheet: Sheet, style: Style) -> Iterator[str]:
    """What is not looked at in a form of self-evaluation."""
    if tables.is_evaluation(sheet):
        yield from _hanging("  ", "", _say("evaluation", style), style)


def _classed(result: Result, sheet: Sheet, style: Style) -> str:
    """What the classes were held against: the taxonomy; where no codes are written, its first levels in the sheet.

    A form may have fewer than the taxonomy: some have satisfaction among the benefits.
    """
    taxonomy = result.taxonomy
    assert taxonomy is not None
    coded = any(entry.level1.code for project in sheet.projects for entry in project.indicators)
    if coded or taxonomy.name not in TAXONOMIES:
        return _say("judged-by", style, title=sentences.plain(taxonomy.title[style.language]))
    written = {entry.level1.label for project in sheet.projects for entry in project.indicators}
    there = [taxonomy.named(label, 1) for label in written]
    levels = [made for made in taxonomy.level(1) if made in there] or taxonomy.level(1)
    labels = sentences.listed((made.label for made in levels), style.language)
    return _say("judged-by-levels", style, labels=labels)


def _not_checked(result: Result, style: Style) -> Iterator[str]:
    """What of an input was not read, and by which rules it was not judged."""
    lead = f"  {_say('not-checked', style)}"
    for unread in result.unread:
        assert result.source is not None
        place = rows.stretch(result.source, unread.start, unread.end, style.language)
        said = _say("unread", style, place=place, why=sentences.unread(unread, style.language))
        yield from _hanging(lead, COLORS[Severity.ERROR], said, style)
    for remark in result.gaps:
        yield from _hanging(lead, COLORS[Severity.ERROR], sentences.remark(remark, style.language), style)
    for failure in result.failures:
        said = _say("not-judged", style, said=sentences.rule_failure(failure, style.language))
        yield from _hanging(lead, COLORS[Severity.ERROR], said, style)


def _by_kind(result: Result, style: Style) -> Iterator[str]:
    """A line for each severity: how many findings, of which families, and whether they are listed."""
    names = labels(style.language)
    findings = (*result.findings, *result.unshown)
    kinds = {kind: [finding for finding in findings if finding.severity is kind] for kind in GRAVEST_FIRST}
    unshown = {finding.severity for finding in result.unshown}
    digits = len(str(max(map(len, kinds.values()))))
    for kind, those in kinds.items():
        if those:
            lead = f"  {names[kind]} {_say('count', style, number=f'{len(those):>{digits}}')}"
            families = Counter(map(_family, those))
            told = [
                _say("family", style, family=say(f"manual.{name}", style.language), number=families[name])
                for name in sorted(families)
            ]
            said = sentences.listed(told, style.language)
            yield from _hanging(
                lead, COLORS[kind], _say("unshown", style, said=said) if kind in unshown else said, style
            )


def _hanging(lead: str, color: str, text: str, style: Style) -> Iterator[str]:
    indent = display_width(lead, style.ambiguous)
    before = painter(style)(lead, color)
    for line in fill(text, style.width - indent, style.ambiguous):
        yield before + line
        before = " " * indent


def _family(finding: Finding) -> str:
    prefix = finding.code[:3]
    return prefix if prefix in FAMILIES else "site-rules"


def _file_name(result: Result, style: Style) -> str:
    """What stands for the input in a command: its path, where it is a file and a line holds it; else any file."""
    path = sentences.shell_path(result.path)
    fits = display_width(path, style.ambiguous) <= style.width // 2
    return path if fits and not result.path.startswith("<") else _say("any-file", style)


def _error_rows(result: Result, language: str) -> str:
    """The rows of what must be changed."""
    assert result.source is not None
    errors = [finding.start for finding in result.findings if finding.severity is Severity.ERROR]
    return rows.all_rows(result.source, errors, language, _STRETCHES)


def _way_on(counts: Counts, places: str, style: Style, result: Result | None = None) -> Iterator[str]:
    """What to do next, step by step; ``places`` are those of the errors.

    ``result`` is the only one, of which file and rule stand in the commands. One who has it as a file of office looks
    at it there, so it is said how to mark it; in a PDF nothing can be mended.
    """
    errors, found = counts.findings[Severity.ERROR], any(counts.findings.values())
    gravest = max(result.findings, key=lambda finding: finding.severity, default=None) if result is not None else None
    file = _file_name(result, style) if result is not None else _say("any-file", style)
    code = gravest.code if gravest is not None else _say("any-code", style)
    kind = result.source.kind if result is not None and result.source is not None else TEXT
    explain = _say("next-explain", style, code=code)
    if not style.verbose:
        explain = _say("next-verbose", style, explain=explain)
    steps = [
        _say("next-of-pdf", style) if kind == "pdf" and (found or counts.unread) else "",
        _say("next-unread", style) if counts.failed or counts.unread else "",
        _say("next-errors", style, number=errors, places=places) if errors else "",
        _say("next-none", style) if found and not errors else "",
        _say("next-annotate", style, file=file) if found and kind != TEXT else "",
        _say("next-fix", style, number=counts.fixable, file=file) if counts.fixable else "",
        _say("next-proposals", style, number=counts.proposed, file=file) if counts.proposed else "",
        _say("said", style, said=explain) if found else "",
    ]
    yield painter(style)(_say("next", style), BOLD)
    for number, step in enumerate(filter(None, steps), 1):
        yield from _hanging(f"  {number}. ", "", step, style)


def _table(table: Iterable[tuple[str, Counts]], total: Counts, style: Style) -> Iterator[str]:
    heads = [sentences.severity(kind, style.language) for kind in GRAVEST_FIRST]
    widths = [max(display_width(head), _DIGITS) + 2 for head in heads]
    heading = "".join(pad(head, width, right=True) for head, width in zip(heads, widths, strict=True))
    yield painter(style)(f"{heading}  {_say('table-file', style)}", BOLD)
    for said, counts in table:
        yield _figures(counts, widths, style) + f"  {said}"
    yield _figures(total, widths, style) + f"  {_say('table-sum', style, number=total.files)}"


def _figures(counts: Counts, widths: Sequence[int], style: Style) -> str:
    said = ""
    for kind, width in zip(GRAVEST_FIRST, widths, strict=True):
        number = counts.found[kind]
        figure = f"{number or '-':>{width}}"
        said += painter(style)(figure, COLORS[kind]) if number else figure
    return said


def _say(key: str, style: Style, **figures: object) -> str:
    return say(f"text_report.{key}", style.language, **figures)
