"""The headings of the text report: files, units, rows, and what is the same in many places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.prose.layout import fill
from goalcheck.prose.width import display_width
from goalcheck.report import Style, rows
from goalcheck.report.groups import Group
from goalcheck.report.paint import BOLD, HEADING, painter
from goalcheck.sheet import Project, Row, Total, Unit
from goalcheck.source import Source


def of_rows(source: Source, groups: Iterable[Group], style: Style) -> Iterator[tuple[list[str], Group]]:
    """Each of ``groups`` with the headings above it: that of its row, and before it the unit's where that begins."""
    before = None
    for group in groups:
        headings = [_filled(_of_row(source, group, style), BOLD, style)]
        if group.unit is not None and group.unit is not before:
            headings.insert(0, _section(sentences.plain(group.unit.name.clean), style))
        before = group.unit
        yield headings, group


def of_paragraphs(source: Source, group: Group, style: Style) -> str:
    """The heading of a row whose findings are paragraphs; it names the unit as well."""
    if isinstance(group.row, Unit):
        return _section(_of_row(source, attrs.evolve(group, unit=None), style), style)
    said = _of_row(source, group, style)
    if group.unit is not None:
        said = _say("of-unit", style, said=said, unit=sentences.plain(group.unit.name.clean))
    return _section(said, style)


def of_section(key: str, number: int, style: Style) -> str:
    """The heading of findings that are told together."""
    return _section(_say(key, style, number=number), style)


def of_file(path: str, style: Style, said: str = "") -> str:
    """The heading of a file, with what is ``said`` of it behind its path, which is never broken."""
    heading = _say("file", style, path=sentences.path(path)) if style.several else sentences.path(path)
    color = HEADING if style.several else BOLD
    if not said:
        return painter(style)(heading, color)
    whole = _say("at", style, place=heading, said=said)
    if display_width(whole, style.ambiguous) <= style.width:
        return painter(style)(whole, color)
    return f"{painter(style)(heading, color)}\n{_filled(f'  {said}', BOLD, style)}"


def _section(said: str, style: Style) -> str:
    return _filled(_say("section", style, said=said), HEADING, style)


def _filled(said: str, color: str, style: Style) -> str:
    return "\n".join(painter(style)(line, color) for line in fill(said, style.width, style.ambiguous))


def _of_row(source: Source, group: Group, style: Style) -> str:
    if group.row is None:
        return _say("sheet", style)
    at = rows.place_of(group.row)
    page = rows.row_and_page(source, at)[1] if source.origins is None else None
    row = rows.row(source, at, style.language)
    said = _say("heading", style, row=row, subject=_subject(group.row, group, style))
    return rows.on_page(said, page, style.language)


def _subject(row: Row, group: Group, style: Style) -> str:
    """Of what the findings of a row speak."""
    if isinstance(row, Total):
        return _say("total", style)
    nameless = "places.nameless-project" if isinstance(row, Project) else "places.nameless"
    name = sentences.plain(row.name.clean) or say(nameless, style.language)
    if not isinstance(row, Unit):
        return name
    return _say("unit", style, name=name) if group.unit is None else _say("unit-row", style)


def _say(key: str, style: Style, **figures: object) -> str:
    return say(f"text_report.{key}", style.language, **figures)
