"""What of an input was not judged, for formats that say it beside the findings."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from goalcheck.engine.result import Result
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.source import Span


@attrs.frozen
class Omission:
    """What was not judged: the whole input, a stretch that was not read, or all that a rule which failed would judge.

    ``key`` tells programs what kind it is, ``title`` says it in a word or two, ``said`` why it is so and what to do.
    ``line`` is where, as far as that is known; ``span`` the stretch, ``rule`` the code of the rule.
    """

    key: str
    title: str
    said: str
    line: int | None = None
    span: Span | None = None
    rule: str | None = None


def omissions(result: Result, language: str) -> Iterator[Omission]:
    """What was not judged of the input: as many as :attr:`~goalcheck.report.Counts.omissions` counts."""
    not_checked = say("formats.not-checked", language)
    if result.error is not None:
        line = result.error.figures.get("line")
        said = sentences.error(result.error, language)
        yield Omission(result.error.key, not_checked, said, line if isinstance(line, int) else None)
    if result.source is not None:
        for stretch in result.unread:
            line, _ = result.source.place(stretch.start)
            said = sentences.unread(stretch, language)
            yield Omission("unread", say("formats.not-read", language), said, line, stretch.span)
    for remark in result.gaps:
        yield Omission("unread", say("formats.not-read", language), sentences.remark(remark, language))
    for failure in result.failures:
        yield Omission("rule-failed", not_checked, sentences.rule_failure(failure, language), rule=failure.code)
