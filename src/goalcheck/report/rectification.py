"""The findings as the people who mend a sheet keep them, the 整改清单: a :class:`Entry` a finding, in plain data."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from goalcheck.catalogue.rule import FAMILIES
from goalcheck.engine.result import Result
from goalcheck.finding import Finding
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import rows
from goalcheck.report.codes import Codes
from goalcheck.report.groups import by_row
from goalcheck.sheet import Project
from goalcheck.source import CellOrigin

SITE_RULES = "site-rules"
"""The family of rules that are none of goalcheck's."""


@attrs.frozen
class Entry:
    """What there is to say of one finding; each text is ready to be shown, and harmless.

    ``entry`` is the ordinal of the indicator, ``place`` where it stands in the user's terms, ``sheet`` and ``cell`` the
    same where it is a cell of a workbook. ``advice`` is the very text to write, whole, where it ``is_text``. ``family``
    is the beginning of the code by which its family is called. ``about`` says what it is said of: a ``project``, whose
    name is ``named``, a ``unit``, or the whole ``sheet``; ``row`` tells such with one name from each other.
    """

    unit_code: str
    unit: str
    project_code: str
    project: str
    entry: int | None
    place: str
    sheet: str
    cell: str
    message: str
    severity: str
    family: str
    rule: str
    title: str
    basis: str
    advice: str
    is_text: bool
    about: str
    named: str
    row: int


def entries(result: Result, language: str) -> Iterator[Entry]:
    """The findings of ``result`` in their order."""
    source, sheet = result.source, result.sheet
    if source is None or sheet is None:
        return
    codes = Codes(source, sheet)
    row_of = {id(finding): group.row for group in by_row(sheet, result.findings) for finding in group.findings}
    for finding in result.findings:
        row, rule = row_of[id(finding)], finding.rule
        unit_code, unit = codes.of_unit(finding.unit or "", row)
        project_code, project = codes.of_project(finding.project or "", row)
        _, page = rows.row_and_page(source, finding.start)
        origin = source.where(finding.start, finding.end).origin
        place = rows.place(source, finding.start, language)
        suggestion = finding.suggestion
        yield Entry(
            shown(unit_code),
            shown(unit),
            shown(project_code),
            shown(project),
            finding.indicator,
            place if origin is not None else rows.on_page(place, page, language),
            origin.sheet if isinstance(origin, CellOrigin) else "",
            origin.cell if isinstance(origin, CellOrigin) else "",
            sentences.message(finding, language),
            finding.severity.label,
            finding.code[:3] if finding.code[:3] in FAMILIES else SITE_RULES,
            finding.code,
            sentences.called(rule, language),
            basis(finding, language),
            shown(suggestion) if suggestion is not None else sentences.instruction(finding, language),
            suggestion is not None,
            "project" if finding.project or isinstance(row, Project) else "unit" if finding.unit else "sheet",
            shown(project or codes.of_project(row.name.clean, row)[1]) if isinstance(row, Project) else shown(project),
            row.start if row is not None else -1,
        )


def only_unit(result: Result) -> tuple[str, str]:
    """Code and name of the unit whose sheet it is, empty where it has several or none."""
    source, sheet = result.source, result.sheet
    if source is None or sheet is None:
        return "", ""
    codes = Codes(source, sheet)
    found = {codes.of_unit(unit.name.clean, unit) for section in sheet.sections for unit in section.all_units}
    code, name = found.pop() if len(found) == 1 else ("", "")
    return shown(code), shown(name)


def basis(finding: Finding, language: str) -> str:
    """What the finding rests on: the rule, and whose it is."""
    return say("rectification.basis", language, rule=finding.code, source=finding.rule.source[language])


def shown(text: str) -> str:
    """``text`` whole, with nothing in it that is not seen."""
    return sentences.visible(text.replace("\r\n", "\n").replace("\r", "\n"))
