"""Groups the findings of a sheet as people read them: by project, in the order of the text.

What asks for the same in many places is told once: a group a rule and advice, apart from the projects. So is what
``goalcheck fix`` mends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from goalcheck.finding import Finding
from goalcheck.sheet import Row, Sheet, Unit

MANY = 5
"""So many findings that ask for the same are told together."""

_NO_ROW = -1


@attrs.frozen(eq=False, repr=False)
class Group:
    """Findings that stand in one row; without ``row``, those of the sheet itself: header, footers, lines of the head.

    ``unit`` is the unit to which the row belongs, where the sheet has several. The gravest findings come first.
    """

    row: Row | None
    unit: Unit | None
    findings: tuple[Finding, ...]


@attrs.frozen(eq=False, repr=False)
class Split:
    """The findings of a sheet: those to be read one by one, those alike by what they ask for, those that fix mends."""

    single: Sequence[Finding]
    alike: Sequence[Sequence[Finding]]
    mended: Sequence[Sequence[Finding]]


def by_row(sheet: Sheet, findings: Iterable[Finding]) -> list[Group]:
    """``findings`` by the row in which they stand, in the order of the text; first those that stand in none."""
    rows = sorted(_rows(sheet), key=lambda pair: pair[0].start)
    starts = [row.start for row, _ in rows]
    gathered: dict[int, list[Finding]] = {}
    for finding in findings:
        at = bisect_right(starts, finding.start) - 1
        inside = at >= 0 and finding.start <= rows[at][0].end
        gathered.setdefault(at if inside else _NO_ROW, []).append(finding)
    named = {**dict(enumerate(rows)), _NO_ROW: (None, None)}
    return [Group(*named[at], tuple(_by_gravity(found))) for at, found in sorted(gathered.items())]


def _rows(sheet: Sheet) -> Iterator[tuple[Row, Unit | None]]:
    """Every row, with its unit where there are several."""
    several = sum(1 for _ in sheet.units) > 1
    yield from ((total, None) for total in sheet.totals)
    for section in sheet.sections:
        yield from ((row, None) for row in (*section.totals, *section.subtotals))
        yield from ((project, None) for project in section.loose)
        for unit in section.all_units:
            yield from ((row, unit if several else None) for row in (unit, *unit.projects))


def split(findings: Iterable[Finding], advice: Callable[[Finding], str], *, can_mend: bool) -> Split:
    """``findings`` by how they are best read; the groups are in the order of gravity, then of the codes.

    ``can_mend`` says that goalcheck can write the file, and so mend it.
    """
    mended: dict[str, list[Finding]] = {}
    others: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if can_mend and finding.fix is not None and finding.fix.safe:
            mended.setdefault(finding.code, []).append(finding)
        else:
            others.setdefault((finding.code, advice(finding)), []).append(finding)
    single = [finding for alike in others.values() if len(alike) < MANY for finding in alike]
    return Split(
        sorted(single, key=lambda finding: (finding.start, finding.code)),
        _ordered(alike for alike in others.values() if len(alike) >= MANY),
        _ordered(mended.values()),
    )


def _ordered(groups: Iterable[list[Finding]]) -> list[list[Finding]]:
    return sorted(groups, key=lambda alike: (-alike[0].severity, alike[0].code, alike[0].start))


def _by_gravity(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: -finding.severity)
