"""A log in SARIF 2.1.0, for services that collect what tools find: results, rules with their pages, fixes, a record.

Results go out as they come; what is listed behind them is kept on disk meanwhile. Lines, columns and offsets count code
points, the byte order mark left out. Nothing in it depends on the time or on the order in which inputs were done.

GitHub takes no more than 25,000 results a run, shows 5,000 of them, and takes no file above 10 MB once compressed; it
knows an alert again by ``primaryLocationLineHash``, which here is the fingerprint of the finding, not of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from goalcheck.catalogue.load import edition
from goalcheck.engine.result import Result
from goalcheck.files.regexes import regex
from goalcheck.finding import Edit, Finding, Fix, Suppressed
from goalcheck.manual.sarif_rules import LEVELS, message, rules
from goalcheck.messages import say
from goalcheck.prose import json_text, sentences
from goalcheck.report import Counts, Part, Style
from goalcheck.report.data import order, record, summary
from goalcheck.report.omissions import omissions
from goalcheck.report.places import Place, folder_of, folder_uri, place
from goalcheck.report.spool import spool
from goalcheck.source import Source
from goalcheck.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
"""What stands for the folder that relative URIs start from."""

Location = Mapping[str, str]
"""Where an input lies, as SARIF says it."""

_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_SEMANTIC = regex(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
_DEPTHS = (4, 4, 6)  # how far in artifacts, results and notifications stand

# What the registry of IANA calls the encodings, by the names that Python has for them.
_CHARSETS: Mapping[str, str] = {
    "ascii": "US-ASCII", "big5": "Big5", "big5hkscs": "Big5-HKSCS", "euc_jp": "EUC-JP", "euc_kr": "EUC-KR",
    "gb18030": "GB18030", "gb2312": "GB2312", "gbk": "GBK", "hz": "HZ-GB-2312", "iso8859-1": "ISO-8859-1",
    "shift_jis": "Shift_JIS", "utf-16": "UTF-16", "utf-16-be": "UTF-16BE", "utf-16-le": "UTF-16LE",
    "utf-32": "UTF-32", "utf-32-be": "UTF-32BE", "utf-32-le": "UTF-32LE", "utf-7": "UTF-7", "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
}  # fmt: skip


def pieces(result: Result, style: Style) -> Sequence[str]:
    """The input as an artifact, its results, and what was not judged of it; each a list without its brackets."""
    at = _location(place(result.path, folder_of(style)))
    listed = ([_artifact(result, at, style)], _results(result, at, style), _notifications(result, at, style))
    return [_listed(values, depth) for values, depth in zip(listed, _DEPTHS, strict=True)]


def whole(parts: Iterable[Part[str]], style: Style) -> Iterator[str]:
    """The log."""
    counts = Counts()
    filled = [False, False, False]
    with spool() as artifacts, spool() as notifications:
        yield from _opening(style)
        for part in parts:
            counts += part.counts
            for number, piece in enumerate(part.pieces):
                if piece:
                    gap = f"{',' if filled[number] else ''}{json_text.gap(_DEPTHS[number])}"
                    filled[number] = True
                    if number == 1:
                        yield from (gap, piece)
                    else:
                        kept = notifications if number else artifacts
                        kept.add(gap)
                        kept.add(piece)
        ends = [json_text.gap(depth - 1) + "]" if some else "]" for depth, some in zip(_DEPTHS, filled, strict=True)]
        yield f'{ends[1]},\n      "artifacts": ['
        yield from artifacts
        yield f'{ends[0]},\n      "invocations": [\n        {{\n          "executionSuccessful": '
        yield f'{"false" if counts.omissions else "true"},\n          "toolExecutionNotifications": ['
        yield from notifications
        yield f"{ends[2]}\n        }}\n      ],\n"
        yield f'      "properties": {json_text.lines(_run(counts, style), 3)}\n    }}\n  ]\n}}\n'


def _opening(style: Style) -> Iterator[str]:
    """Everything that is known before the first input."""
    yield f'{{\n  "$schema": "{SCHEMA}",\n  "version": "2.1.0",\n  "runs": [\n    {{\n'
    yield from _driver(style)
    head: dict[str, Any] = {
        "language": _LANGUAGES[style.language],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
    }
    folder = folder_of(style)
    if folder:
        said = {"text": say("formats.folder", style.language)}
        head["originalUriBaseIds"] = {BASE: {"uri": folder_uri(folder), "description": said}}
    for key, value in head.items():
        yield f'      "{key}": {json_text.lines(value, 3)},\n'
    yield '      "results": ['


def _driver(style: Style) -> Iterator[str]:
    """The tool, with a rule a line."""
    semantic = {"semanticVersion": __version__} if _SEMANTIC.fullmatch(__version__) else {}
    driver: dict[str, Any] = {
        "name": "goalcheck",
        "fullName": f"goalcheck {__version__}",
        "version": __version__,
        **semantic,
        "properties": {"rules": edition()},
    }
    yield '      "tool": {\n        "driver": {\n'
    for key, value in driver.items():
        yield f'          "{key}": {json_text.lines(value, 5)},\n'
    listed = f",{json_text.gap(6)}".join(rules(style.rules, style.language))
    yield f'          "rules": [{json_text.gap(6)}{listed}{json_text.gap(5)}]\n        }}\n      }},\n'


def _run(counts: Counts, style: Style) -> dict[str, Any]:
    return {"taxonomy": style.taxonomy, "profile": style.profile, "summary": summary(counts)}


def _listed(values: Iterable[Any], depth: int) -> str:
    """``values``, one a line: laid out like the rest they would take twice the time and the room."""
    return f",{json_text.gap(depth)}".join(map(json_text.line, values))


def _artifact(result: Result, at: Location, style: Style) -> dict[str, Any]:
    made: dict[str, Any] = {"location": at, "roles": ["analysisTarget"]}
    read = record(result, style.language)
    source = result.source
    if source is not None:
        if charset := _charset(source.encoding):
            made["encoding"] = charset
        if source.sha256:
            made["hashes"] = {"sha-256": source.sha256}
        read["kind"] = source.kind
        read["encoding"] = source.encoding or None
    return {**made, "properties": {"path": result.path, **read}}


def _location(at: Place) -> Location:
    return {"uri": at.uri, "uriBaseId": BASE} if at.below else {"uri": at.uri}


def _charset(encoding: str) -> str | None:
    numbered = re.fullmatch(r"(iso8859-|cp)(125\d|1[0-6]|[2-9])", encoding)
    if numbered is None:
        return _CHARSETS.get(encoding)
    return {"iso8859-": "ISO-8859-", "cp": "windows-"}[numbered[1]] + numbered[2]


def _notifications(result: Result, at: Location, style: Style) -> Iterator[dict[str, Any]]:
    """What of one input was not judged."""
    for omission in omissions(result, style.language):
        physical: dict[str, Any] = {"artifactLocation": at}
        if omission.span is not None and result.source is not None:
            physical["region"] = region(result.source, omission.span.start, omission.span.end)
        elif omission.line is not None:
            physical["region"] = {"startLine": omission.line}
        rule = {"associatedRule": {"id": omission.rule}} if omission.rule is not None else {}
        yield {
            "locations": [{"physicalLocation": physical}],
            "message": {"text": message(omission.said)},
            "level": "error",
            **rule,
            "properties": {"error": omission.key},
        }


def _results(result: Result, at: Location, style: Style) -> Iterator[dict[str, Any]]:
    """The findings of one input, those that a baseline hides among them, by place and code."""
    source = result.source
    if source is None:
        return
    found: list[tuple[Finding, Suppressed | None]] = [(finding, None) for finding in result.findings]
    found += [(hidden.finding, hidden) for hidden in result.suppressed]
    for finding, hidden in sorted(found, key=lambda pair: order(pair[0])):
        yield _result(finding, hidden, source, at, style)


def _result(finding: Finding, hidden: Suppressed | None, source: Source, at: Location, style: Style) -> dict[str, Any]:
    lang = style.language
    advice = sentences.advice(finding, lang)
    where = _where(source, finding.start, finding.end, at, snippet=True)
    logical = _logical(finding)
    made: dict[str, Any] = {
        "ruleId": finding.rule.code,
        "level": LEVELS[finding.severity],
        "message": {"text": message(f"{sentences.message(finding, lang)}\n{advice}")},
        "locations": [{**where, "logicalLocations": [logical]} if logical else where],
    }
    if finding.related:
        made["relatedLocations"] = [
            {
                "id": number,
                **_where(source, other.start, other.end, at),
                "message": {"text": message(sentences.related(finding, other.term, lang))},
            }
            for number, other in enumerate(finding.related, 1)
        ]
    fingerprint = finding.fingerprint
    made["partialFingerprints"] = {"goalcheck/v1": fingerprint, "primaryLocationLineHash": fingerprint}
    made["suppressions"] = [] if hidden is None else [_suppression(hidden)]
    if finding.fix is not None:
        made["fixes"] = [_fix(finding.fix, advice, source, at)]
    place_in_sheet = {"unit": finding.unit, "project": finding.project, "indicator": finding.indicator}
    made["properties"] = {"field": finding.field, **place_in_sheet}
    return made


def _where(source: Source, start: int, end: int, at: Location, *, snippet: bool = False) -> dict[str, Any]:
    stretch: dict[str, Any] = region(source, start, end)
    if snippet and end > start:
        stretch["snippet"] = {"text": source.text[start:end]}
    return {"physicalLocation": {"artifactLocation": at, "region": stretch}}


def region(source: Source, start: int, end: int) -> dict[str, int]:
    """A stretch of text, by lines and columns and by offset; both say the same."""
    line, column = _line_and_column(source, start)
    end_line, end_column = _line_and_column(source, end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": start,
        "charLength": end - start,
    }


def _line_and_column(source: Source, offset: int) -> tuple[int, int]:
    """The place of ``offset``. Behind the last line break there is no line any more: it ends the last one."""
    line, column = source.place(offset)
    if column == 1 and line > 1 and offset == len(source.text):
        return line - 1, offset - source.line_starts[line - 2] + 1
    return line, column


def _logical(finding: Finding) -> dict[str, str] | None:
    """Unit, project and entry, as far as there is one, named one inside the other."""
    named = [(kind, name) for kind, name in (("unit", finding.unit), ("project", finding.project)) if name]
    if finding.indicator is not None:
        named.append(("indicator", str(finding.indicator)))
    if not named:
        return None
    kind, name = named[-1]
    return {"name": name, "fullyQualifiedName": "/".join([name for _, name in named]), "kind": kind}


def _suppression(hidden: Suppressed) -> dict[str, Any]:
    noted = {key: value for key, value in (("by", hidden.by), ("until", hidden.until)) if value}
    made: dict[str, Any] = {"kind": "external", "status": "accepted"}
    if hidden.reason:
        made["justification"] = hidden.reason
    return {**made, "properties": noted} if noted else made


def _fix(fix: Fix, advice: str, source: Source, at: Location) -> dict[str, Any]:
    edits = [_replacement(edit, source) for edit in sorted(fix.edits, key=lambda edit: (edit.start, edit.end))]
    return {
        "description": {"text": message(advice)},
        "artifactChanges": [{"artifactLocation": at, "replacements": edits}],
        "properties": {"safety": "safe" if fix.safe else "unsafe"},
    }


def _replacement(edit: Edit, source: Source) -> dict[str, Any]:
    made: dict[str, Any] = {"deletedRegion": region(source, edit.start, edit.end)}
    return {**made, "insertedContent": {"text": edit.text}} if edit.text else made
