"""Commands of a GitHub workflow, one a finding: GitHub shows them beside the lines of a change.

    ::error file=sheet.txt,line=18,col=287,endLine=18,endColumn=304,title=GC203 parent-mismatch::二级指标…

Of each kind GitHub shows ten a step and drops the others without a word. Where there are more, the first command is a
summary, so that it is among those shown. For that the commands are kept, on disk where they are many, until all inputs
are done. Columns can only be told where a finding keeps to its line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result
from goalcheck.finding import Finding
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Counts, Part, Style, totals
from goalcheck.report.omissions import omissions
from goalcheck.report.spool import spool
from goalcheck.source import Source

SHOWN = 10
"""How many commands of a kind GitHub shows of one step."""

_COMMANDS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
_NAMED = 10  # files that a summary names


def pieces(result: Result, style: Style) -> Sequence[str]:
    """A command for each finding of one input, in their order, after one for all that was not judged."""
    return ("".join(_commands(result, style)),)


def whole(parts: Iterable[Part[str]], style: Style) -> Iterator[str]:
    """The commands of all inputs, a summary before them where GitHub will not show them all."""
    counts = Counts()
    most: list[tuple[int, int, str]] = []  # the files with most findings: how many (negative), which file, its path
    with spool() as lines:
        for number, part in enumerate(parts):
            counts += part.counts
            found = sum(part.counts.findings.values()) + part.counts.omissions
            if found:
                most = sorted((*most, (-found, number, part.path)))[:_NAMED]
                for piece in part.pieces:
                    lines.add(piece)
        yield from _summary(counts, [(path, -found) for found, _, path in most], style)
        yield from lines


def _summary(counts: Counts, files: Iterable[tuple[str, int]], style: Style) -> Iterator[str]:
    numbers = {**counts.findings, Severity.ERROR: counts.findings[Severity.ERROR] + counts.omissions}
    crowded = [severity for severity, number in numbers.items() if number > SHOWN]
    if not crowded:
        return
    lang = style.language
    named = [say("formats.file", lang, path=sentences.path(path), number=number) for path, number in files]
    said = (
        totals(counts, style),
        say("formats.more", lang, shown=SHOWN),
        say("formats.files", lang, files=sentences.listed(named, lang)),
    )
    yield _command(_COMMANDS[max(crowded)], {"title": "goalcheck"}, "\n".join(said))


def _commands(result: Result, style: Style) -> Iterator[str]:
    lang = style.language
    for omission in omissions(result, lang):
        line = {"line": omission.line} if omission.line is not None else {}
        title = f"goalcheck: {omission.title}"
        yield _command("error", {"file": _file(result.path), **line, "title": title}, omission.said)
    if result.source is not None:
        for finding in result.findings:
            said = f"{sentences.message(finding, lang)}\n{sentences.advice(finding, lang)}"
            yield _command(_COMMANDS[finding.severity], _properties(result.path, result.source, finding), said)


def _properties(path: str, source: Source, finding: Finding) -> dict[str, str | int]:
    line, column = source.place(finding.start)
    end_line, end_column = source.place(finding.end)
    made: dict[str, str | int] = {"file": _file(path), "line": line, "col": column, "endLine": end_line}
    if line == end_line:
        made["endColumn"] = end_column
    return {**made, "title": f"{finding.rule.code} {finding.rule.name}"}


def _file(path: str) -> str:
    return path.replace(os.sep, "/").replace("\t", "<U+0009>")  # which a terminal may jump by, and no command escapes


def _command(name: str, properties: Mapping[str, str | int], said: str) -> str:
    told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {told}::{_data(said)}\n"


def _data(text: str) -> str:
    """``text`` as the message of a command, with nothing in it that a terminal would obey."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return sentences.visible(text).encode("utf-8", "backslashreplace").decode()


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
