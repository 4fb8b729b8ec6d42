"""The 整改清单: a workbook with a row a finding, the opinions by project, and a summary.

It is for those who mend a sheet and note in it what was done: it can be filtered, printed and filled in.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from goalcheck.engine.result import Result
from goalcheck.files.paths import native, spelt
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.prose.width import display_width
from goalcheck.report import Part, Style, rows
from goalcheck.report.long_sheet import Value
from goalcheck.report.omissions import omissions
from goalcheck.report.places import folder_of
from goalcheck.report.rectification import Entry, entries, only_unit
from goalcheck.report.spreadsheet import MOST_CHARACTERS, Column, Spreadsheet, divided, external, height, quoted
from goalcheck.report.summary_sheet import STATES, Summary, write_summary
from goalcheck.source import column_letters

MOST_ROWS = 1_000_000
"""Findings on one worksheet; more go to a further one."""

_FILE = "file"  # a column where there are several
_WIDEST_PLACE = 30
_COLUMNS = (
    Column("number", 5),
    Column("unit-code", 9),
    Column("unit", 14),
    Column("project-code", 10),
    Column("project", 16),
    Column("entry", 5.5),
    Column(_FILE, 14),
    Column("place", 11),
    Column("message", 32),
    Column("severity", 7.5),
    Column("based-on", 24),
    Column("advice", 27),
    Column("state", 8),
    Column("responsible", 7),
    Column("remarks", 9),
)
_WRAPPED = ("unit-code", "unit", "project-code", "project", _FILE, "message", "severity", "based-on", "advice")
_OPINIONS = (
    Column("unit-code", 10),
    Column("unit-name", 20),
    Column("project-code", 11),
    Column("project-name", 24),
    Column("opinion", 96),
)


def pieces(result: Result, style: Style) -> Sequence[bytes]:
    """The findings of one input, and what was not judged of it, as plain data."""
    source, language = result.source, style.language
    missed = []
    for omission in omissions(result, language):
        span = omission.span
        place = rows.stretch(source, span.start, span.end, language) if source is not None and span is not None else ""
        missed.append((place, omission.said))
    found = [attrs.astuple(entry) for entry in entries(result, language)]
    told = {"entries": found, "unit": only_unit(result), "missed": missed, "status": result.status}
    return (json.dumps(told).encode(),)


def whole(parts: Iterable[Part[bytes]], style: Style) -> Iterator[bytes]:
    """The workbook."""
    title = _say("title", style)
    made = Spreadsheet(title, style.language)
    findings, opinions, summary = _Findings(made, style), _Opinions(made, style), Summary()
    for part in parts:
        told = json.loads(part.pieces[0])
        listed = [Entry(*said) for said in told["entries"]]
        summary.add(part, told["status"], told["missed"], listed)
        findings.add(part.path, listed)
        opinions.add(part.path, told["unit"], listed)
    findings.end()
    opinions.end()
    write_summary(made, summary, findings.states)
    yield made.close()


class _Findings:
    """The worksheets with a row a finding."""

    def __init__(self, made: Spreadsheet, style: Style) -> None:
        self._made = made
        self._style = style
        self._columns = [column for column in _COLUMNS if style.several or column.key != _FILE]
        self._at = {column.key: at for at, column in enumerate(self._columns)}
        self._wrapped = [(column.key, column.width) for column in self._columns if column.key in _WRAPPED]
        self._number = 0
        self._names: list[str] = []
        self._begin()

    @property
    def states(self) -> Sequence[str]:
        """The cells with the states of what was found, as formulas name them."""
        column = column_letters(self._at["state"] + 1)
        return [f"{quoted(name)}!${column}:${column}" for name in self._names]

    def add(self, path: str, listed: Sequence[Entry]) -> None:
        """Add what was found in the input at ``path``."""
        base, shown = _link(path, self._style), sentences.path(path)
        for entry in listed:
            if self._rows.row == MOST_ROWS:
                self.end()
                self._begin()
            self._number += 1
            self._write(entry, base, shown)

    def end(self) -> None:
        """End the worksheet that was begun last."""
        sheet, last = self._rows.sheet, max(self._rows.row, 1)
        self._made.table(sheet, self._columns, self._rows.row)
        for key in ("unit-code", "project-code"):
            if key not in self._filled:  # nobody is to print an empty column
                at = self._at[key]
                sheet.set_column(at, at, self._columns[at].width, None, {"hidden": True})
        sheet.set_column(self._at["place"], self._at["place"], self._widest)
        at, states = self._at["state"], [_say(key, self._style) for key in STATES]
        told = sentences.listed(states, self._style.language)
        rule = {
            "validate": "list",
            "source": states,
            "error_title": _say("state-title", self._style),
            "error_message": _say("state-wrong", self._style, states=told),
        }
        sheet.data_validation(1, at, last, at, rule)
        for state in states[2:]:  # what is done with
            done = {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": self._made.done}
            sheet.conditional_format(1, at, last, at, done)

    def _begin(self) -> None:
        number = len(self._names) + 1
        name = _say("list", self._style) if number == 1 else _say("list-further", self._style, number=number)
        self._names.append(name)
        self._rows = self._made.long_sheet(name, _say("title", self._style))
        self._made.heads(self._rows.sheet, self._columns)
        self._made.define("list" if number == 1 else f"list{number}", f"{quoted(name)}!$A$1")
        self._filled: set[str] = set()
        self._widest = min(column.width for column in self._columns if column.key == "place")

    def _write(self, entry: Entry, base: str, path: str) -> None:
        """Write one row."""
        made = self._made
        location = f"{quoted(entry.sheet)}!{entry.cell}" if entry.cell else ""
        link = external(base, location) if self._rows.may_link else None
        texts = {
            "unit-code": entry.unit_code,
            "unit": entry.unit,
            "project-code": entry.project_code,
            "project": entry.project,
            _FILE: path,
            "place": entry.place,
            "message": entry.message,
            "severity": say(f"terms.{entry.severity}", self._style.language),
            "based-on": entry.basis,
            "advice": entry.advice,
        }
        self._filled |= {key for key, text in texts.items() if text}
        shown = [(texts[key], width) for key, width in self._wrapped]
        styles = {"severity": made.severity(entry.severity), "place": made.linked if link is not None else made.cell}
        numbers = {"number": self._number, "entry": entry.entry}
        cells: list[tuple[Value, Any]] = []
        for column in self._columns:
            key = column.key
            if key in texts:
                cells.append((texts[key][:MOST_CHARACTERS], styles.get(key, made.cell)))
            else:
                cells.append((numbers.get(key), made.cell if key == "remarks" else made.centred))
        self._rows.add(cells, height(shown), {self._at["place"]: link} if link is not None else {})
        self._widest = min(max(self._widest, display_width(entry.place, 2) + 2), _WIDEST_PLACE)


class _Opinions:
    """The worksheet with a text a project, as systems for budgets have it."""

    def __init__(self, made: Spreadsheet, style: Style) -> None:
        self._made = made
        self._style = style
        self._rows = made.long_sheet(_say("opinions", style), _say("opinions-title", style))
        made.heads(self._rows.sheet, _OPINIONS)
        made.define("opinions", f"{quoted(_say('opinions', style))}!$A$1")

    def add(self, path: str, unit: tuple[str, str], listed: Sequence[Entry]) -> None:
        """Add what is said of the projects of one input, and of its units; then of all of it, which is of ``unit``."""
        projects: dict[tuple[object, ...], list[Entry]] = {}
        for entry in listed:
            key = entry.row, entry.unit_code, entry.unit, entry.named
            projects.setdefault((entry.about, *(key if entry.about != "sheet" else ())), []).append(entry)
        for (about, *_), those in projects.items():
            named = self._named(those[0], path, unit)
            said = Counter(self._said(entry, with_place=about == "sheet") for entry in those)
            self._write(named, [self._line(number, *told) for number, told in enumerate(said.items(), 1)])

    def _named(self, entry: Entry, path: str, unit: tuple[str, str]) -> Sequence[str]:
        """Codes and names of unit and project; what is said of no project says of what it is."""
        if entry.about == "sheet":
            return (*unit, "", _say("about-sheet", self._style, path=sentences.path(path)))
        project = entry.named or _say(f"about-{entry.about}", self._style, place=entry.place)
        return entry.unit_code, entry.unit, entry.project_code, project

    def end(self) -> None:
        """End the worksheet."""
        self._made.table(self._rows.sheet, _OPINIONS, self._rows.row)

    def _line(self, number: int, said: str, times: int) -> str:
        """What is said of one finding, or of several that say the same: of two amounts of a row."""
        told = said if times == 1 else _say("times", self._style, said=said, number=times)
        return _say("numbered", self._style, number=number, said=told)

    def _said(self, entry: Entry, *, with_place: bool) -> str:
        said = _say("write" if entry.is_text else "do", self._style, message=entry.message, text=entry.advice)
        if entry.entry is not None:
            named = sentences.entry(entry.entry, self._style.language)
            said = said if said.startswith(named) else _say("of-entry", self._style, entry=named, said=said)
        if with_place:
            said = _say("of-entry", self._style, entry=entry.place, said=said)
        return said.replace("\n", " ")

    def _write(self, named: Sequence[str], lines: Sequence[str]) -> None:
        for number, text in enumerate(divided(lines, _OPINIONS[-1].width)):
            said = [*named, _say("goes-on", self._style, text=text) if number else text]
            widths = (column.width for column in _OPINIONS)
            cells = [(cell[:MOST_CHARACTERS], self._made.cell) for cell in said]
            self._rows.add(cells, height([*zip(said, widths, strict=True)]))


def _link(path: str, style: Style) -> str:
    """The way from the report to the input at ``path``; empty where it is no file."""
    if path.startswith("<"):
        return ""
    folder = folder_of(style)
    whole = os.path.join(folder, native(path))
    try:
        return spelt(os.path.relpath(whole, style.home or folder or None))
    except (ValueError, OSError):  # another drive, or a current folder that is gone
        return spelt(whole)


def _say(key: str, style: Style, **figures: object) -> str:
    return say(f"rectification.{key}", style.language, **figures)
