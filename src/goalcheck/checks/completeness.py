"""GC5xx: what a project must have, and what it must not have twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import cast

from goalcheck.blanks import clean
from goalcheck.catalogue.taxonomy import Class, Taxonomy
from goalcheck.checks.facts.classes import Classes, written_key
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.goal import is_none
from goalcheck.checks.facts.sums import column_name
from goalcheck.checks.facts.weights import weights
from goalcheck.files.regexes import regex
from goalcheck.finding import Edit, Figure, Fix, Found, Related, Term
from goalcheck.sheet import Entry, Indicator, Project, Row, Section, Sheet, Unparsed, amount_field
from goalcheck.source import Span
from goalcheck.vocabulary import vocabulary

_BRACKETED = regex(r"\([^()]*\)")
_COPIED = 3  # fewer indicators may well be the same by chance


def missing_goal(project: Project, context: Context) -> Iterator[Found]:
    """GC501. A row too short to have the column is GC106's."""
    goal = project.goal
    if goal is not None and is_none(goal, context) and "goal" not in project.missing:
        yield Found(goal.start, goal.end, "goal", {"project": project.name.clean})


def missing_indicators(project: Project, _: Context) -> Iterator[Found]:
    """GC502. A row too short to have the column is GC106's."""
    cell = project.indicator_cell
    if cell is not None and not project.entries and "indicators" not in project.missing:
        yield Found(cell.start, cell.end, "entry", {"project": project.name.clean})


def missing_output(project: Project, context: Context) -> Iterator[Found]:
    """GC503."""
    return _missing_class(project, context, "output")


def missing_benefit(project: Project, context: Context) -> Iterator[Found]:
    """GC504."""
    return _missing_class(project, context, "benefit")


def missing_satisfaction(row: Row, context: Context) -> Iterator[Found]:
    """GC505. Pay, rent, debts serve no public that could be asked; an indicator in another class may be GC207's."""
    if isinstance(row, Project):
        for finding in _missing_class(row, context, "satisfaction"):
            names = [indicator.name.clean for indicator in row.indicators]
            elsewhere = any(context.has_word(name, "satisfaction-words") for name in names)
            if not elsewhere and not context.has_word(row.name.clean, "no-public-words"):
                yield finding


def missing_quantity(project: Project, context: Context) -> Iterator[Found]:
    """GC506."""
    return _missing_output_class(project, context, "quantity")


def missing_quality(project: Project, context: Context) -> Iterator[Found]:
    """GC507."""
    return _missing_output_class(project, context, "quality")


def _missing_output_class(project: Project, context: Context, role: str) -> Iterator[Found]:
    """Silent where there is no output at all: then GC503 speaks."""
    return _missing_class(project, context, role) if any(context.once_for(project, _are_outputs)) else iter(())


def _are_outputs(project: Project, context: Context) -> tuple[bool | None, ...]:
    """Of each entry, whether it is an output; None where that cannot be told."""
    output = context.once_for("output", _class_of_role)
    known = output is not None and output.code
    return tuple(None if meant is None else known in meant for meant in context.once_for(project, _first_levels))


def _first_levels(project: Project, context: Context) -> tuple[frozenset[str] | None, ...]:
    return tuple(map(context.once(Classes).first_levels, project.entries))


def _class_of_role(role: str, context: Context) -> Class | None:
    return context.taxonomy.with_role(role)


def _missing_class(project: Project, context: Context, role: str) -> Iterator[Found]:
    """Silent where an entry cannot be read so far, or has a code that no one knows: it may be the one."""
    wanted = context.once_for(role, _class_of_role)
    if not project.entries or wanted is None:
        return
    for entry, firsts in zip(project.entries, context.once_for(project, _first_levels), strict=True):
        meant = _second_levels(entry, wanted, firsts, context) if wanted.parent else firsts
        if meant is None or wanted.code in meant:
            return
    taxonomy, classes = context.taxonomy, context.once(Classes)
    end = project.entries[-1].end
    levels = [taxonomy.classes[wanted.parent], wanted] if wanted.parent else [wanted, *_below(taxonomy, wanted)]
    last = project.entries[-1]
    ref = last.level2 if isinstance(last, Indicator) else None
    named = {f"level{number}": classes.printed(c, ref) for number, c in enumerate(levels[:2], 1)}
    advice = Term("advice-row" if ref is not None and not ref.code else "advice-entry", named)
    yield Found(end, end, "entry", {"project": project.name.clean, "advice": advice})


def _below(taxonomy: Taxonomy, upper: Class) -> list[Class]:
    return [c for c in taxonomy.classes.values() if c.parent == upper.code]


def _second_levels(
    entry: Entry, wanted: Class, firsts: frozenset[str] | None, context: Context
) -> frozenset[str] | None:
    """Codes of the second levels that ``entry`` could mean; None where it may be ``wanted``, as far as can be told."""
    if isinstance(entry, Indicator):
        found = context.once(Classes).second_levels(entry)
        if found is not None or entry.level1.code or entry.level2.code:
            return found
    return None if firsts is None or wanted.parent in firsts else frozenset()


def broken_numbering(project: Project, _: Context) -> Iterator[Found]:
    """GC508. What belongs to no entry may have swallowed one, so it may take a number or none."""
    if any(isinstance(entry, Indicator) and entry.packed is None for entry in project.entries):
        return  # indicators written one by one with their class before them are counted by class or not at all
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


def _wrong_ordinal(entry: Entry, expected: int, entries: tuple[Entry, ...]) -> Found:
    ordinal = _ordinal(entry)
    figures: dict[str, Figure] = {"expected": str(expected), "found": Term("no-ordinal")}
    if entry.number is not None:
        figures["found"] = Term("ordinal", {"number": str(entry.number)})
    fix = None
    if all(isinstance(e, Indicator) for e in entries):
        edits = tuple(_renumber(e, n) for n, e in enumerate(entries, 1) if e.number != n)
        fix = Fix(edits)
    return Found(ordinal.start, ordinal.end, "ordinal", figures, fix=fix, indicator=entry.number)


def _renumber(entry: Entry, number: int) -> Edit:
    ordinal = _ordinal(entry)
    return Edit(ordinal.start, ordinal.end, f"{number}、")


def _ordinal(entry: Entry) -> Span:
    """Where the ordinal of ``entry`` stands, or belongs."""
    written = entry if isinstance(entry, Unparsed) else entry.packed
    ordinal = None if written is None else written.ordinal
    return Span(entry.start, entry.start) if ordinal is None else ordinal.span


def duplicate_indicator(project: Project, _: Context) -> Iterator[Found]:
    """GC509."""
    seen: dict[tuple[str, str, str], Indicator] = {}
    for entry in project.indicators:
        name = entry.name
        key = (written_key(entry.level1), written_key(entry.level2), name.clean)
        first = seen.setdefault(key, entry)
        if first is entry or vocabulary().is_left_open(name.clean):
            continue  # the template may print a name as often as it likes
        which, number = ("earlier", "") if first.number is None else ("numbered", str(first.number))
        related = (Related(first.name.start, first.name.end, Term(f"first-{which}", {"number": number})),)
        shared = Term("same-class", {"level2": entry.level2.shown}) if entry.level2.text else Term("no-class")
        figures: dict[str, Figure] = {"name": name.clean, "first": Term(which, {"number": number}), "class": shared}
        yield Found(name.start, name.end, "name", figures, related=related, indicator=entry.number)


def duplicate_project(section: Section, context: Context) -> Iterator[Found]:
    """GC510. Projects without a unit above them count as those of one."""
    for projects in (section.loose, *(unit.projects for unit in section.all_units)):
        seen: dict[str, Project] = {}
        for project in projects:
            name = project.name
            first = seen.setdefault(_bare(name.text), project)
            if first is project or not name.text:
                continue
            compared = _compared(first, project, context)
            twice = Term("twice", {"project": name.clean, "amounts": compared["amounts"]})
            figures: dict[str, Figure] = {"what": twice, "advice": compared["advice"]}
            related = (Related(first.name.start, first.name.end, Term("first")),)
            yield Found(name.start, name.end, "name", figures, related=related)
    for project in section.projects:
        yield from _said_otherwise(project, context)


def _said_otherwise(project: Project, context: Context) -> Iterator[Found]:
    """The first cell of each field that contradicts the same field in the first row of the project."""
    for field, cell in dict(reversed(project.otherwise)).items():
        first = {"name": project.name, "goal": project.goal, **project.amounts}[field]
        assert first is not None
        said = Term("otherwise", {"project": project.name.clean, "field": _field_name(field, project, context)})
        told = {"first": first.clean, "second": cell.clean} if field != "goal" else {}
        what = Term(f"otherwise-{'goal' if field == 'goal' else 'told'}", {"said": said, **told})
        figures: dict[str, Figure] = {"what": what, "advice": Term("advice-otherwise")}
        where = field if field in ("name", "goal") else amount_field(field)
        related = (Related(first.start, first.end, Term("first-row")),)
        yield Found(cell.start, cell.end, where, figures, related=related)


def _field_name(field: str, project: Project, context: Context) -> Figure:
    return Term(field) if field in ("name", "goal") else column_name(field, context.header(project))


def _compared(first: Project, second: Project, context: Context) -> dict[str, Figure]:
    """What the amounts of two projects of one name say: the same money twice, or money of two sources."""
    prices = [next(iter(project.amounts.values()), None) for project in (first, second)]
    printed = [f"{p.value:.{context.sheet.decimals}f}" for p in prices if p is not None and p.value and not p.blank]
    if len(printed) < len(prices):
        return {"amounts": Term("no-amounts"), "advice": Term("advice-apart")}
    if printed[0] == printed[1]:
        return {"amounts": Term("same-amount", {"amount": printed[0]}), "advice": Term("advice-same")}
    figures = {"first": printed[0], "second": printed[1]}
    return {"amounts": Term("two-amounts", figures), "advice": Term("advice-apart")}


def copied_indicators(sheet: Sheet, context: Context) -> Iterator[Found]:
    """GC511. Only where names agree are values looked at; a project with an entry that cannot be read is left out."""
    alike: dict[frozenset[str], list[Project]] = {}
    for project in sheet.projects:
        if len(project.entries) >= _COPIED and all(isinstance(entry, Indicator) for entry in project.entries):
            names = frozenset(_bare(indicator.name.text) for indicator in project.indicators)
            alike.setdefault(names, []).append(project)
    for projects in alike.values():
        if len(projects) > 1:
            yield from _copies(projects, context)


def _copies(projects: Iterable[Project], context: Context) -> Iterator[Found]:
    """A finding at each project whose set of indicators another one had before."""
    seen: dict[frozenset[tuple[str, ...]], Project] = {}
    for project in projects:
        whole = frozenset(_said(indicator) for indicator in project.indicators)
        first = seen.setdefault(whole, project)
        if first is project or len(whole) < _COPIED or _stem(first, context) == _stem(project, context):
            continue
        figures = {"project": project.name.clean, "first": first.name.clean, "number": str(len(whole))}
        related = (Related(first.name.start, first.name.end, Term("first")),)
        yield Found(project.entries[0].start, project.entries[-1].end, "entry", figures, related=related)


def _said(indicator: Indicator) -> tuple[str, ...]:
    """What an indicator says, however it is written: classes, name and values."""
    fields = (indicator.name, indicator.cycle_value, indicator.annual_value)
    said = [_bare(field.text) if field is not None else "" for field in fields]
    return (written_key(indicator.level1), written_key(indicator.level2), *said)


def _stem(project: Project, context: Context) -> str:
    """The name without what only tells the source of the money: two lines of one project may share indicators."""
    name = _bare(project.name.text)
    stem = _BRACKETED.sub("", name)
    for word in context.lexicon["funding-words"]:
        stem = stem.replace(word, "")
    return stem or name


def _bare(text: str) -> str:
    """``text`` as people compare it: without stray blanks, brackets and the like of either width the same."""
    return _bare_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", clean(text))


_SHORT = 64
_bare_short = lru_cache(maxsize=4096)(_fold)  # a sheet writes the same few names and values again and again


def few_indicators(project: Project, context: Context) -> Iterator[Found]:
    """GC512. What cannot be read counts as an indicator and as an output; no output at all is GC503's."""
    if not project.entries:
        return
    least = cast("int", context.options["least"])  # an option has the type of its default in the record
    least_outputs = cast("int", context.options["least-outputs"])
    number = len(project.entries)
    outputs = sum(is_output is not False for is_output in context.once_for(project, _are_outputs))
    few, single = number < least, 0 < outputs < least_outputs
    if few or single:
        figures = {
            "number": str(number),
            "least": str(least),
            "outputs": str(outputs),
            "least_outputs": str(least_outputs),
        }
        what = Term("few-both" if few and single else "few" if few else "few-outputs", figures)
        end = project.entries[-1].end
        yield Found(end, end, "entry", {"project": project.name.clean, "what": what})


def weight_sum(row: Row, context: Context) -> Iterator[Found]:
    """GC513. What is left out is the fault, where something is; else the sum, told at the last weight."""
    for made in weights(row, context) if isinstance(row, Project) else ():
        sought = made.whole - made.spent
        weight = Term("points" if made.of_points else "weights")
        figures: dict[str, Figure] = {"project": row.name.clean, "sum": _plain(made.sum), "weight": weight}
        figures |= {"whole": _plain(made.whole), "spent": _plain(made.spent), "sought": _plain(sought)}
        figures["rest"] = _plain(max(sought - made.sum, made.whole * 0))
        behind = "-spent" if made.spent else ""
        if made.left_out:
            first, *others = made.left_out
            what = Term("zero" if "0" in first.text else "blank", figures)
            related = tuple(Related(cell.start, cell.end, Term("also-here")) for cell in others)
            advice = Term("advice-rest" if made.sum < sought else "advice-share", figures)
            yield Found(first.start, first.end, "entry", {"what": what, "advice": advice}, related=related)
        elif not made.is_sound:
            last = made.cells[-1]
            what = Term(f"sum{behind}", {**figures, "difference": _difference(made.sum - sought)})
            yield Found(last.start, last.end, "entry", {"what": what, "advice": Term(f"advice-sum{behind}", figures)})


def _difference(off: Decimal) -> Term:
    return Term("more" if off > 0 else "less", {"number": _plain(abs(off))})


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
