"""The points of a self-assessment that are given for having spent the money: :func:`points_of_spending`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from goalcheck.blanks import clean
from goalcheck.checks.facts.context import Context
from goalcheck.files.regexes import regex
from goalcheck.sheet import Project

_WEIGHT = regex(r"(\d{1,4}(?:\.\d{1,6})?)(?:分|[%\uff05])?")
_POINTS = ("分值", "权重")
_BESIDE = ("执行率", "得分")


def number_of(text: str) -> Decimal | None:
    """The weight or the points that a cell tells; None where it tells none."""
    match = _WEIGHT.fullmatch("".join(text.split()))
    return Decimal(match[1]) if match is not None else None


def lines_above(project: Project, context: Context) -> list[str]:
    """The lines of the form that stand above the indicators of ``project``."""
    if context.layout(project) != "blocks" or not project.entries:
        return []
    end = project.entries[0].start
    return [line.text for line in (*context.sheet.head, *context.sheet.notes) if project.start <= line.start < end]


def points_of_spending(project: Project, context: Context) -> Decimal | None:
    """The points for having spent the money: in the form, or in a row below the indicators; None where none are told.

    In the form they stand in the column 分值 beside 执行率 or 得分. Where several rows of the money have points, nobody
    knows which of them count.
    """
    below = [number for cell in project.other_points if (number := number_of(cell.text)) is not None]
    if below:
        return sum(below, Decimal(0))
    told = list(_below_a_header([line.split("\t") for line in lines_above(project, context)]))
    return told[0] if len(told) == 1 else None


def _below_a_header(lines: Sequence[Sequence[str]]) -> Iterator[Decimal]:
    """The numbers below 分值, in the lines below the one that names it beside 执行率 or 得分."""
    column = None
    for cells in lines:
        said = [clean(cell) for cell in cells]
        if any(beside in said for beside in _BESIDE) and any(name in said for name in _POINTS):
            column = next(at for at, cell in enumerate(said) if cell in _POINTS)
        elif column is not None and column < len(said) and (number := number_of(said[column])) is not None:
            yield number
