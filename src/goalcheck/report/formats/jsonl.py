"""One finding a line, each the same object as in ``json``, and nothing else: for pipes and for logs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goalcheck.engine.result import Result
from goalcheck.prose import json_text
from goalcheck.report import Part, Style
from goalcheck.report.data import findings


def pieces(result: Result, style: Style) -> Sequence[str]:
    """A line for each finding of one input, in the order of the findings."""
    return ("".join(f"{json_text.line(finding)}\n" for finding in findings(result, style)),)


def whole(parts: Iterable[Part[str]], _: Style) -> Iterator[str]:
    """The lines of all inputs."""
    for part in parts:
        yield from part.pieces
