"""One line a finding, ``path:line:column: CODE message``: for editors and grep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goalcheck.engine import Result
from goalcheck.report import Style, words


def report(results: Sequence[Result], style: Style) -> Iterator[str]:
    """A line for each finding, in the order of the findings."""
    for result in results:
        if result.source is None:
            continue
        path = words.path(result.source.path)
        for finding in result.findings:
            assert finding.rule is not None
            line, column = result.source.place(finding.start)
            yield f"{path}:{line}:{column}: {finding.rule.code} {words.message(finding, style.language)}\n"
