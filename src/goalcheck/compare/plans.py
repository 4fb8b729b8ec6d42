"""What a sheet plans, as plain data that can be held against another's: its projects, their money and their targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.lexicon import Lexicon, Lists
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.direction import better_way
from goalcheck.checks.facts.indicator import Better, IndicatorFacts, facts_of
from goalcheck.checks.facts.project_money import total_of
from goalcheck.checks.facts.text import has_figure
from goalcheck.engine.result import Result
from goalcheck.report import rows
from goalcheck.report.codes import Codes, parted
from goalcheck.sheet import AMOUNT_COLUMNS, Indicator, Project, Value
from goalcheck.value_form import Form
from goalcheck.vocabulary import vocabulary


@attrs.frozen
class Said:
    """A value of a target: its text, what it is, and whether it is words as exact as a figure, such as 零事故."""

    text: str
    form: Form
    is_exact: bool = False


@attrs.frozen
class Target:
    """An indicator with what is to be reached. ``group`` is the code of its class, or its label where it has none.

    ``label`` is what the sheet calls its class.
    ``better`` is which way is better by its name or a cell beside it; ``is_cost`` says that it is a cost.
    """

    number: int | None
    group: str
    name: str
    annual_value: Said | None
    cycle_value: Said | None
    better: Better = ""
    is_cost: bool = False
    label: str = ""


@attrs.frozen(eq=False)
class Plan:
    """A project of a sheet. ``place`` tells its sheet from others of its side, ``where`` is its row in words.

    ``amounts`` are those that are numbers, by their columns, in ``money``, the unit that the sheet prints them in;
    that is empty where nobody can tell. ``printed`` is the name with a code before it, as findings have it.
    ``unread`` are the stretches of its sheet that were not read and its entries that could not be made out;
    ``is_gapless`` says that these are all.
    """

    path: str
    place: str
    where: str
    unit: str
    code: str
    name: str
    printed: str
    amounts: Mapping[str, Decimal]
    money: str
    goal: str
    targets: tuple[Target, ...]
    unread: frozenset[str] = frozenset()
    is_gapless: bool = True

    def may_hold_more(self, other: Plan) -> bool:
        """Whether there may be more of it than was read that ``other`` tells: not what could be read of neither."""
        return not self.is_gapless or not self.unread <= other.unread

    @property
    def total(self) -> Decimal | None:
        """What it costs; None where no number is printed."""
        return self.amounts.get(AMOUNT_COLUMNS[0])


def plans(result: Result, place: str, lists: Lists, language: str) -> Iterator[Plan]:
    """The projects of ``result`` in the order of its sheet; what is below no unit and has no name is one as well."""
    sheet, source, taxonomy = result.sheet, result.source, result.taxonomy
    if sheet is None or source is None or taxonomy is None:
        return
    context, codes = Context(sheet, taxonomy, Lexicon(lists)), Codes(source, sheet)
    units = {id(project): unit.name.clean for unit in sheet.units for project in unit.projects}
    unread = unread_texts(result)
    for project in sheet.projects:
        code, name = codes.of_project(project.name.clean, project)
        total = total_of(project, context)
        yield Plan(
            result.path,
            place,
            rows.place(source, rows.place_of(project), language),
            parted(units.get(id(project), ""))[1],
            code,
            name,
            project.name.clean,
            dict(_amounts(project)),
            total.unit if total is not None else "",
            project.goal.clean if project.goal is not None else "",
            tuple(_target(indicator, context) for indicator in project.indicators if not _is_left_over(indicator)),
            unread | {clean(source.text[entry.start : entry.end]) for entry in project.unparsed},
            not result.gaps,
        )


def unread_texts(result: Result) -> frozenset[str]:
    """The stretches of a sheet that were not read, as they stand there."""
    text = result.source.text if result.source is not None else ""
    return frozenset(clean(text[part.start : part.end]) for part in result.unread)


def _amounts(project: Project) -> Iterator[tuple[str, Decimal]]:
    """What its columns of amounts say; a blank source is nothing, a blank total not known."""
    for key, amount in project.amounts.items():
        if amount.value is not None and not (amount.blank and key == AMOUNT_COLUMNS[0]):
            yield key, amount.value


def _is_left_over(indicator: Indicator) -> bool:
    """Whether it is a row that the template printed and nobody used: what became of it is no change."""
    is_valued = any(value.clean for _, value in indicator.values)
    return not is_valued and vocabulary().is_left_open(indicator.name.clean)


def _target(indicator: Indicator, context: Context) -> Target:
    facts = facts_of(indicator, context)
    level2 = indicator.level2
    group = facts.classes[1].code if facts.classes else level2.code or clean(level2.label)
    is_cost = "cost" in (facts.kind, facts.top) and not any(map(facts.contains, ("lowering-words", "earning-words")))
    annual, cycle = (_said(value, facts) for value in (indicator.annual_value, indicator.cycle_value))
    label = clean(level2.label)
    return Target(indicator.number, group, indicator.name.clean, annual, cycle, better_way(facts), is_cost, label)


def _said(value: Value | None, facts: IndicatorFacts) -> Said | None:
    if value is None:
        return None
    text = value.clean
    is_exact = facts.says_none(text) or facts.lexicon.within(text, "whole-words") or has_figure(text)
    return Said(text, value.form, is_exact)
