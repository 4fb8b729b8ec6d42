"""A report of code quality for GitLab: an array with an issue for each finding and for all that was not judged.

GitLab takes two issues with one fingerprint for the same, and those of two branches too: it is made of the path and of
the fingerprint of the finding, which does not depend on lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result
from goalcheck.manual.handbook import escape
from goalcheck.messages import say
from goalcheck.prose import json_text, sentences
from goalcheck.report import Part, Style
from goalcheck.report.omissions import omissions
from goalcheck.report.places import folder_of, place

_SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.INFO: "info",
}


def pieces(result: Result, style: Style) -> Sequence[str]:
    """The issues of one input, one a line, without the brackets around them."""
    return (",\n  ".join(map(json_text.line, _issues(result, style))),)


def whole(parts: Iterable[Part[str]], _: Style) -> Iterator[str]:
    """The array of all issues."""
    yield "["
    filled = False
    for part in parts:
        for piece in filter(None, part.pieces):
            yield f"{',' if filled else ''}\n  {piece}"
            filled = True
    yield "\n]\n" if filled else "]\n"


def _issues(result: Result, style: Style) -> Iterator[dict[str, Any]]:
    path = place(result.path, folder_of(style)).path
    lang = style.language
    for number, omission in enumerate(omissions(result, lang)):
        said = say("formats.because", lang, title=omission.title, reason=omission.said)
        mark = omission.key if number == 0 else f"{omission.key}-{number + 1}"
        lines = {"begin": omission.line or 1}
        yield _issue(path, mark, lines, check_name=omission.rule or omission.key, description=said, severity="blocker")
    if result.source is None:
        return
    for finding in result.findings:
        rule = finding.rule
        advice = sentences.advice(finding, lang)
        said = say("formats.issue", lang, message=sentences.message(finding, lang), advice=advice)
        lines = {"begin": result.source.place(finding.start)[0], "end": result.source.place(finding.end)[0]}
        severity = _SEVERITIES[finding.severity]
        made = _issue(path, finding.fingerprint, lines, check_name=rule.code, description=said, severity=severity)
        body = "\n\n".join(escape(text) for text in (advice, rule.why[lang], rule.source[lang]))
        yield {**made, "content": {"body": body}}


def _issue(path: str, mark: str, lines: Mapping[str, int], **said: str) -> dict[str, Any]:
    fingerprint = hashlib.sha256(f"{path}\0{mark}".encode("utf-8", "backslashreplace")).hexdigest()
    return {"type": "issue", **said, "fingerprint": fingerprint[:40], "location": {"path": path, "lines": lines}}
