"""The findings of one sheet in, the groups in which people read them out: by project, in the order of the text.

What is only a matter of form, and comes again and again, is folded: one group a rule, set aside for the end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import attrs

from goalcheck.catalogue.rule import FAMILIES, Rule
from goalcheck.finding import Finding
from goalcheck.sheet import Row, Sheet

_NO_ROW = -1


@attrs.frozen
class Group:
    """Findings that stand in one row; without ``row``, those of the sheet itself: header, footers, lines of the head.

    ``unit`` names the unit of a project where the sheet has several.
    """

    row: Row | None
    unit: str | None
    findings: tuple[Finding, ...]


def by_row(sheet: Sheet, findings: Iterable[Finding]) -> list[Group]:
    """``findings`` by the row in which they stand, the groups in the order of their first findings."""
    rows = sorted(_rows(sheet), key=lambda pair: pair[0].start)
    starts = [row.start for row, _ in rows]
    gathered: dict[int, list[Finding]] = {}
    for finding in findings:
        at = bisect_right(starts, finding.start) - 1
        inside = at >= 0 and finding.start <= rows[at][0].end
        gathered.setdefault(at if inside else _NO_ROW, []).append(finding)
    named = {**dict(enumerate(rows)), _NO_ROW: (None, None)}
    return [Group(*named[at], tuple(found)) for at, found in gathered.items()]


def _rows(sheet: Sheet) -> Iterator[tuple[Row, str | None]]:
    """Every row, projects with their unit's name where there are several."""
    several = sum(1 for _ in sheet.units) > 1
    yield from ((total, None) for total in sheet.totals)
    for section in sheet.sections:
        yield from ((row, None) for row in (*section.totals, *section.subtotals))
        yield from ((project, None) for project in section.loose)
        for unit in section.all_units:
            yield unit, None
            yield from ((project, unit.name.clean if several else None) for project in unit.projects)


def fold(findings: Sequence[Finding]) -> tuple[list[Finding], list[list[Finding]]]:
    """What is to be read one by one, and what is folded: a list a rule, in the order of their codes."""
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        rule = finding.rule
        if _mere_form(rule):
            alike.setdefault(rule.code, []).append(finding)
    folded = {code: found for code, found in sorted(alike.items()) if len(found) > 1}
    single = [finding for finding in findings if finding.code not in folded]
    return single, list(folded.values())


def _mere_form(rule: Rule) -> bool:
    return rule.fix == "safe" and FAMILIES.get(rule.code[:3]) == "form"
