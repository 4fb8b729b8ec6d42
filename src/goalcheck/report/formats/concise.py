"""One line a finding, ``path:line:column: CODE message``: for editors and grep. Of a workbook ``path:Sheet1!G18``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goalcheck.engine.result import Result
from goalcheck.prose import sentences
from goalcheck.report import Part, Style, rows


def pieces(result: Result, style: Style) -> Sequence[str]:
    """A line for each finding of one input, in the order of the findings."""
    return (sentences.harmless("".join(_lines(result, style))),)


def whole(parts: Iterable[Part[str]], _: Style) -> Iterator[str]:
    """The lines of all inputs."""
    for part in parts:
        yield from part.pieces


def _lines(result: Result, style: Style) -> Iterator[str]:
    if result.source is None:
        return
    path = sentences.path(result.path)
    for finding in result.findings:
        if result.source.origins is not None:
            place = rows.place(result.source, finding.start, style.language)
        else:
            place = ":".join(map(str, result.source.place(finding.start)))
        yield f"{path}:{place}: {finding.rule.code} {sentences.message(finding, style.language)}\n"
