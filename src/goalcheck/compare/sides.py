"""A side of a comparison, made of sheets that were checked or of a report that ``goalcheck lint`` wrote in JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from goalcheck.catalogue.lexicon import Lists
from goalcheck.catalogue.rule import Severity
from goalcheck.compare.comparison import Side
from goalcheck.compare.faults import Fault
from goalcheck.compare.plans import Plan, plans, unread_texts
from goalcheck.compare.unjudged import Unjudged
from goalcheck.engine.result import Result
from goalcheck.prose import sentences
from goalcheck.report import Style, data, rows
from goalcheck.source import CellOrigin, Origin, PageOrigin, TableOrigin

_ORIGINS: Mapping[str, type[Origin]] = {"cell": CellOrigin, "table": TableOrigin, "page": PageOrigin}
_SEVERITIES = {severity.label: severity for severity in Severity}
_TEXTS = ("rule", "path", "message", "fingerprint")
_STATUS = ("checked", "partial", "failed")


@attrs.frozen(eq=False)
class Checked:
    """A sheet that was checked by the word lists ``lists``; ``place`` tells it from others of its side."""

    result: Result
    place: str
    lists: Lists


def of_sheets(sheets: Iterable[Checked], style: Style) -> Side:
    """The side of ``sheets``, in their order; each is let go once what it says has been taken."""
    files: list[Mapping[str, Any]] = []
    faults: list[Fault] = []
    planned: list[Plan] = []
    unread: dict[str, str] = {}
    failed: set[str] = set()
    stretches: dict[str, frozenset[str]] = {}
    rules: set[tuple[str, str]] = set()
    known: set[str] = set()
    for sheet in sheets:
        result, place = sheet.result, sheet.place
        known.add(place)
        files.append(data.file(result, style.language))
        faults += _faults(result, place, style)
        planned += plans(result, place, sheet.lists, style.language)
        rules.update((place, failure.code) for failure in result.failures)
        if result.status != "checked":
            unread[place] = result.path
        if result.status == "failed":
            failed.add(place)
        elif not result.gaps:
            stretches[place] = unread_texts(result)
    unjudged = Unjudged(frozenset(known), unread, frozenset(failed), stretches, frozenset(rules))
    return Side(files, faults, planned, unjudged)


def _faults(result: Result, place: str, style: Style) -> Iterator[Fault]:
    for finding, record in zip(result.findings, data.findings(result, style), strict=True):
        yield Fault(place, finding.code, finding.severity, record, _of_source(result, finding.start, style))


def _of_source(result: Result, start: int, style: Style) -> str:
    return rows.place(result.source, start, style.language) if result.source is not None else ""


class NoReportError(Exception):
    """What looks like a report in JSON and cannot be used as one."""


def is_json(content: bytes) -> bool:
    """Whether ``content`` can be nothing but JSON: a sheet does not begin with a brace."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def of_report(content: bytes, language: str) -> Side:
    """The side that a report in JSON tells. Raises :class:`NoReportError` for what is none."""
    try:
        told = json.loads(content)
        if told["version"] != 1 or told["tool"]["name"] != "goalcheck":
            raise NoReportError
        files, findings = told["files"], told["findings"]
        paths = [_text(file, "path") for file in files]
        if any(file["status"] not in _STATUS for file in files):
            raise NoReportError
        place = dict(zip(paths, places(paths), strict=True))
        faults = [_fault(record, place, language) for record in findings]
        unread = {place[file["path"]]: str(file["path"]) for file in files if file["status"] != "checked"}
        failed = [place[file["path"]] for file in files if file["status"] == "failed"]
        rules = [(place[file["path"]], _text(failure, "rule")) for file in files for failure in file["failures"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoReportError from None
    unjudged = Unjudged(frozenset(place.values()), unread, frozenset(failed), {}, frozenset(rules))
    return Side(files, faults, None, unjudged, tool=told["tool"])


def _text(record: Mapping[str, Any], key: str) -> str:
    found = record[key]
    if not isinstance(found, str) or not found:
        raise NoReportError
    return found


def _fault(record: Mapping[str, Any], place: Mapping[str, str], language: str) -> Fault:
    rule, path, *_ = [_text(record, key) for key in _TEXTS]
    number = record.get("indicator")
    if number is not None and type(number) is not int:
        raise NoReportError
    for key in ("project", "unit", "help"):
        if not isinstance(record.get(key), str | None):
            raise NoReportError
    return Fault(place[path], rule, _SEVERITIES[record["severity"]], record, _where(record, language))


def _where(record: Mapping[str, Any], language: str) -> str:
    """Where a finding stands, in the user's terms."""
    told = record.get("origin")
    if told is not None:
        known = _ORIGINS[told["kind"]]
        origin: Origin = known(**{key: value for key, value in told.items() if key != "kind"})
        return rows.cell(origin, language)
    row = record.get("row")
    return sentences.rows([row], language) if type(row) is int else ""


def places(paths: Sequence[str]) -> Sequence[str]:
    """What tells the inputs at ``paths`` from each other and is the same on the other side: the way to them from the
    folder that all are in; of a single one, nothing.
    """
    return [""] if len(paths) == 1 else [way(path, _common(paths)) for path in paths]


def way(path: str, folder: str) -> str:
    """The way from ``folder`` to the input at ``path``, as it is called on every system."""
    return os.path.relpath(path, folder or os.curdir).replace(os.sep, "/")


def _common(paths: Iterable[str]) -> str:
    try:
        return os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths])
    except ValueError:  # on several drives, or none at all
        return ""
