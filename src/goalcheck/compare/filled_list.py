"""Reads back a 整改清单 that people have filled in: what was wrong, and what they say has become of it.

It has no fingerprints: its findings are found again by rule, unit, project, ordinal and sentence.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Mapping

from goalcheck.blanks import clean
from goalcheck.catalogue.rule import Severity
from goalcheck.compare.comparison import Side
from goalcheck.compare.faults import Fault
from goalcheck.files.regexes import regex
from goalcheck.messages import LANGUAGES, say
from goalcheck.report.codes import parted
from goalcheck.source import OWN_LIST, Source

CLAIMS: Mapping[str, str] = {
    "state-open": "open",
    "state-begun": "begun",
    "state-done": "done",
    "state-needless": "as-it-is",
}
"""What may stand in the column 整改情况, and what a claim is called."""

_RULE = regex(r"[A-Z]{2,8}\d{1,4}")
_NEEDED = ("unit", "project", "entry", "place", "message", "severity", "based-on", "state")


def is_list(source: Source) -> bool:
    """Whether ``source`` is such a list."""
    return any(remark.key == OWN_LIST for remark in source.remarks)


def of_list(source: Source) -> Side | None:
    """The side that a list tells; None where its columns are not there any more, or are named otherwise."""
    for language in LANGUAGES:
        found = _rows(source, language)
        if found is not None:
            faults = [_fault(row, source.path, language) for row in found]
            files = [{"path": source.path, "status": "checked"}]
            known = {*_claims(language), ""}
            unclear = [state for row in found if (state := clean(row["state"])) not in known]
            return Side(files, faults, None, language=language, key=key_of, unclear=unclear)
    return None


def key_of(fault: Fault) -> Hashable:
    """By what a finding of a list is found again."""
    record = fault.record
    unit, project = (clean(parted(str(record.get(key) or ""))[1]) for key in ("unit", "project"))
    return fault.rule, unit, project, record.get("indicator"), clean(str(record["message"]))


def _rows(source: Source, language: str) -> list[Mapping[str, str]] | None:
    """The rows of the worksheets with findings, by the keys of their columns; None where there is no such worksheet."""
    titles = {say(f"rectification.{key}", language): key for key in (*_NEEDED, "file", "advice")}
    found: list[Mapping[str, str]] = []
    columns: dict[str, int] = {}
    is_there = False
    for cells in csv.reader(io.StringIO(source.text), delimiter="\t"):
        named = {titles[cell]: at for at, cell in enumerate(cells) if cell in titles}
        if named.keys() >= set(_NEEDED):
            columns, is_there = named, True
        elif cells == [""]:  # between worksheets
            columns = {}
        elif columns:
            row = {key: cells[at].strip() if at < len(cells) else "" for key, at in columns.items()}
            if _RULE.match(row["based-on"]):
                found.append(row)
    return found if is_there else None


def _fault(row: Mapping[str, str], path: str, language: str) -> Fault:
    rule = _RULE.match(row["based-on"])
    assert rule is not None  # else it is no row of a finding
    severities = {say(f"terms.{severity.label}", language): severity for severity in Severity}
    severity = severities.get(row["severity"], Severity.INFO)
    record = {
        "rule": rule[0],
        "severity": severity.label,
        "path": row.get("file") or path,
        "unit": row["unit"] or None,
        "project": row["project"] or None,
        "indicator": int(row["entry"]) if row["entry"].isascii() and row["entry"].isdigit() else None,
        "message": row["message"],
        "help": row.get("advice", ""),
    }
    return Fault("", rule[0], severity, record, row["place"], _claims(language).get(clean(row["state"]), ""))


def _claims(language: str) -> Mapping[str, str]:
    """What a claim is called, by what stands in the column."""
    return {say(f"rectification.{key}", language): claim for key, claim in CLAIMS.items()}
