"""What is marked in a copy: a :class:`Mark` a finding, with what its note says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import attrs

from goalcheck.engine.result import Result
from goalcheck.finding import Finding
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import count, rows
from goalcheck.source import Origin, Source, Span

AUTHOR = "goalcheck"
"""Whose the notes are; by this name they are known again."""

GRAVEST = ("error", "warning", "info")


@attrs.frozen(eq=False, repr=False)
class Mark:
    """A finding in a copy: its ``number`` among the results, how grave it is, where it stands, and what is said of it.

    ``start`` and ``end`` are offsets into the text that was read. ``note`` says all: how grave, by which rule, what is
    wrong, what to write. ``shown`` is what its cell says.
    """

    number: int
    severity: str
    place: str
    origin: Origin | None
    start: int
    end: int
    rule: str
    message: str
    advice: str
    note: str
    shown: str
    unit: str
    project: str
    entry: str


def marks(result: Result, language: str) -> Sequence[Mark]:
    """The findings of ``result`` in their order."""
    return [*_marks(result, language)]


def _marks(result: Result, language: str) -> Iterator[Mark]:
    source = result.source
    assert source is not None  # it was checked
    last: tuple[Span | None, str] = None, ""
    for number, finding in enumerate(result.findings, 1):
        last = _shown(source, finding.start, last)
        head = say(
            "annotate.head", language, severity=sentences.severity(finding.severity, language), rule=finding.code
        )
        message = sentences.message(finding, language)
        advice = _advice(finding, language)
        yield Mark(
            number,
            finding.severity.label,
            rows.place(source, finding.start, language),
            source.where(finding.start, finding.end).origin,
            finding.start,
            finding.end,
            finding.code,
            message,
            advice,
            say("annotate.note", language, head=head, message=_with_entry(finding, message, language), advice=advice),
            last[1],
            sentences.visible(finding.unit or ""),
            sentences.visible(finding.project or ""),
            "" if finding.indicator is None else str(finding.indicator),
        )


def title(result: Result, language: str) -> str:
    """What stands above the results: the file, and how much was found."""
    found = sentences.severities(count(result).findings, language) or say("annotate.nothing", language)
    return say("annotate.title", language, path=sentences.path(os.path.basename(result.path)), found=found)


def _shown(source: Source, offset: int, last: tuple[Span | None, str]) -> tuple[Span | None, str]:
    """The cell at ``offset`` of a file and what it says; nothing of plain text.

    It may be the ``last`` one again: a long cell may have thousands of marks, of which each would hold all it says.
    """
    span = source.cell(offset)
    if last[0] == span:
        return last
    text = "" if span is None else source.text[span.start : span.end]
    return span, text[1:-1].replace('""', '"') if len(text) > 1 and text.startswith('"') else text


def _advice(finding: Finding, language: str) -> str:
    """What to write, whole, or what to do."""
    if finding.suggestion is None:
        return sentences.instruction(finding, language)
    return say("terms.write", language, text=sentences.visible(finding.suggestion))


def _with_entry(finding: Finding, message: str, language: str) -> str:
    if finding.indicator is None:
        return message
    named = sentences.entry(finding.indicator, language)
    return message if message.startswith(named) else say("rectification.of-entry", language, entry=named, said=message)


def gravest(marked: Sequence[Mark]) -> str:
    """The gravest severity of some marks."""
    return min((mark.severity for mark in marked), key=GRAVEST.index)
