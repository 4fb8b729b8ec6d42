"""GC5xx: what a project must have, and what it must not have twice."""

from __future__ import annotations

from collections.abc import Iterator

from goalcheck.checks import Context
from goalcheck.checks.classification import first_levels
from goalcheck.finding import Edit, Figure, Finding, Fix, Related, Term
from goalcheck.sheet import Entry, Indicator, Project, Unparsed


def missing_goal(project: Project, _: Context) -> Iterator[Finding]:
    """GC501. A row too short to have the column is GC106's."""
    goal = project.goal
    if goal is not None and goal.blank and "goal" not in project.missing:
        yield Finding(goal.start, goal.end, "goal", {"project": project.name.clean})


def missing_indicators(project: Project, _: Context) -> Iterator[Finding]:
    """GC502. A row too short to have the column is GC106's."""
    cell = project.indicator_cell
    if cell is not None and not project.entries and "indicators" not in project.missing:
        yield Finding(cell.start, cell.end, "entry", {"project": project.name.clean})


def missing_output(project: Project, context: Context) -> Iterator[Finding]:
    """GC503."""
    return _missing_level(project, context, "output")


def missing_benefit(project: Project, context: Context) -> Iterator[Finding]:
    """GC504."""
    return _missing_level(project, context, "benefit")


def _missing_level(project: Project, context: Context, role: str) -> Iterator[Finding]:
    """Silent where an entry cannot be read so far, or has a code that no one knows: it may be the one."""
    if not project.entries:
        return
    wanted = next((c for c in context.taxonomy.level(1) if c.role == role), None)
    if wanted is None:
        return
    for entry in project.entries:
        levels = first_levels(entry, context.taxonomy)
        if levels is None or wanted.code in levels:
            return
    end = project.entries[-1].end
    figures = {"project": project.name.clean, "level1": f"{wanted.code}-{wanted.label}"}
    yield Finding(end, end, "entry", figures)


def broken_numbering(project: Project, _: Context) -> Iterator[Finding]:
    """GC508. What belongs to no entry may have swallowed one, so it may take a number or none."""
    low = high = 1  # the least and the greatest number that may come next
    for entry in project.entries:
        number = entry.number
        if isinstance(entry, Unparsed) and number is None:
            high += 1
        elif number is not None and low <= number <= high:
            low = high = number + 1
        else:
            yield _wrong_ordinal(entry, low, project.entries)
            return


def _wrong_ordinal(entry: Entry, expected: int, entries: tuple[Entry, ...]) -> Finding:
    ordinal = entry.ordinal
    assert ordinal is not None
    figures: dict[str, Figure] = {"expected": str(expected), "found": Term("no-ordinal")}
    if entry.number is not None:
        figures["found"] = Term("ordinal", {"number": str(entry.number)})
    fix = None
    if all(isinstance(e, Indicator) for e in entries):
        edits = tuple(_renumber(e, n) for n, e in enumerate(entries, 1) if e.number != n)
        fix = Fix(edits)
    return Finding(ordinal.start, ordinal.end, "ordinal", figures, fix=fix, indicator=entry.number)


def _renumber(entry: Entry, number: int) -> Edit:
    ordinal = entry.ordinal
    assert ordinal is not None
    return Edit(ordinal.start, ordinal.end, f"{number}、")


def duplicate_indicator(project: Project, _: Context) -> Iterator[Finding]:
    """GC509."""
    seen: dict[tuple[str, str, str], Indicator] = {}
    for entry in project.indicators:
        name = entry.name
        key = (entry.level1.code, entry.level2.code, name.clean)
        first = seen.setdefault(key, entry)
        if first is entry:
            continue
        related = (Related(first.name.start, first.name.end, Term("first", {"number": str(first.number or "?")})),)
        figures = {"name": name.clean, "number": str(first.number or "?"), "level2": entry.level2.text}
        yield Finding(name.start, name.end, "name", figures, related=related, indicator=entry.number)
