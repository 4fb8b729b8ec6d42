"""The weights or points of the indicators of a project: what they add up to, and which are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

import attrs

from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.spending_points import lines_above, number_of, points_of_spending
from goalcheck.files.regexes import regex
from goalcheck.sheet import ClassRef, Indicator, Project, Text
from goalcheck.vocabulary import vocabulary

_SPENDING = regex(r"(?:预算|资金|经费|支出)?执行(?:率|情况|进度)?")
_BESIDE = regex(r"分值|权重|执行率|得分")
_FULL, _WITHOUT_SPENDING = Decimal(100), Decimal(90)
_BONUSES = ("加分", "扣分", "减分")


@attrs.frozen(eq=False, repr=False)
class Weights:
    """Weights that should make up 100, and what they make up.

    ``left_out`` are cells of those that are blank or 0 beside others. ``whole`` is 100, or 1 where weights are written
    as fractions of it; ``spent`` of it are given elsewhere for having spent the money, 0 where that is not known. They
    are points where their column, or the label of their class, calls them so.
    """

    cells: Sequence[Text]
    sum: Decimal
    whole: Decimal
    spent: Decimal
    of_points: bool
    left_out: Sequence[Text]
    is_sound: bool


@attrs.frozen(eq=False, repr=False)
class _Weighed:
    """A cell of a weight, and the classes of its row: by their places and by what they say."""

    cell: Text
    classes: tuple[int, int]
    labels: tuple[str, str]
    is_spending: bool


def weights(project: Project, context: Context) -> Iterator[Weights]:
    """The weights of ``project``: of its indicators, or where these have none, of its classes.

    Those of a form with a half for the cycle and one for the year are told apart. Nothing where an entry cannot be
    read, where pages are missing, where a weight is no number, or where nobody filled any in.
    """
    if context.pages is not None or any(True for _ in project.unparsed):
        return
    rows = [entry for entry in project.indicators if not any(word in entry.name.clean for word in _BONUSES)]
    halves: dict[str, list[_Weighed]] = {}
    for entry in rows:
        if entry.columns is not None and entry.columns.weight is not None:
            for field in entry.columns.values:
                halves.setdefault(field, []).append(_weighed(entry, entry.columns.weight))
    if not any(row.cell.text for half in halves.values() for row in half):
        halves = {"": list(_of_classes(rows))}
    for half in {tuple(row.cell.start for row in half): half for half in halves.values()}.values():
        found = _judged({row.cell.start: row for row in half}.values(), project, context)
        if found is not None:
            yield found


def _weighed(entry: Indicator, cell: Text) -> _Weighed:
    upper, lower = entry.level1, entry.level2
    spending = _SPENDING.fullmatch(entry.name.clean) is not None
    return _Weighed(cell, (upper.start, lower.start), (upper.clean, lower.clean), spending)


def _of_classes(rows: Iterable[Indicator]) -> Iterator[_Weighed]:
    """The points of the first levels, each once, where all have them; else those of all second ones."""
    rows = list(rows)
    for refs in ([entry.level1 for entry in rows], [entry.level2 for entry in rows]):
        if all(ref.points is not None for ref in refs):
            first: dict[str, ClassRef] = {}
            for ref in refs:
                first.setdefault(ref.clean, ref)
            for label, ref in first.items():
                yield _Weighed(ref.points or ref, (ref.start, ref.start), (label, label), is_spending=False)
            return


def _judged(half: Iterable[_Weighed], project: Project, context: Context) -> Weights | None:
    rows = list(half)
    filled = [row for row in rows if row.cell.text.strip(vocabulary().dashes)]
    numbers = {row: number_of(row.cell.text) for row in filled}
    told = [number for number in numbers.values() if number is not None]
    if not filled or len(told) < len(filled):
        return None
    whole = _FULL if sum(told) > 2 else Decimal(1)  # fractions of 1
    has_spending = any(row.is_spending for row in filled)
    spent = points_of_spending(project, context) or Decimal(0)
    spent = spent if spent < whole else Decimal(0)  # of others than these
    wanted = {whole} if has_spending else {whole, _WITHOUT_SPENDING * whole / _FULL}
    if has_spending:  # these points may stand above as well, or be others
        wanted, spent = {*wanted, whole - spent}, Decimal(0)
    of_points = _are_points(filled, context)
    is_told = of_points and project.all_points is not None and number_of(project.all_points.text) == whole
    wanted = {whole - spent} | (set() if spent and is_told else wanted)
    once_a_class = (_once_a_class(numbers, level) for level in (1, 0))
    sums = [sum(told, Decimal(0)), *(made for made in once_a_class if made is not None)]
    best = min(sums, key=lambda made: (min(abs(made - sought) for sought in wanted), sums.index(made)))
    sound = best in wanted or (not has_spending and _stands_beside(whole - best, project, context))
    left_out = _left_out(rows, numbers, is_sound=sound)
    return Weights([row.cell for row in filled], best, whole, spent, of_points, left_out, sound)


def _are_points(rows: Sequence[_Weighed], context: Context) -> bool:
    """Whether what these rows have is called points, 分值, rather than a weight, 权重."""
    header = context.header_at(rows[0].cell.start)
    names = [column.text for column in header.columns if column.role == "weight"]
    is_called_so = "分" in names[-1] and "权重" not in names[-1] if names else True  # in the label of a class: (50分)
    return is_called_so and not any("%" in row.cell.text or "\uff05" in row.cell.text for row in rows)


def _once_a_class(numbers: dict[_Weighed, Decimal | None], level: int) -> Decimal | None:
    """The sum where each class of ``level`` (0 or 1) gives its weight in each of its rows; None where one does not."""
    total = Decimal(0)
    for _, run in groupby(numbers.items(), key=lambda pair: pair[0].labels[: level + 1]):
        values = {number for _, number in run}
        if len(values) > 1:
            return None
        total += values.pop() or Decimal(0)
    return total


def _left_out(rows: Sequence[_Weighed], numbers: dict[_Weighed, Decimal | None], *, is_sound: bool) -> list[Text]:
    """The cells that are 0, or blank where each row has its own: a weight may be one of a merged cell, by classes."""
    zero = [row.cell for row, number in numbers.items() if not number]
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row.classes)]
    each = all(len(run) == 1 for run in runs) or any(sum(row in numbers for row in run) > 1 for run in runs)
    blank = []
    for at, row in enumerate(rows):
        if row in numbers or not each:
            continue
        above = rows[at - 1].classes if at else (-1, -1)
        of_its_own = row.classes[0] != above[0] and row.classes[1] != above[1]
        if of_its_own or not is_sound:
            blank.append(row.cell)
    return sorted([*zero, *blank], key=lambda cell: cell.start)


def _stands_beside(rest: Decimal, project: Project, context: Context) -> bool:
    """Whether the form gives the ``rest`` of the points elsewhere: for having spent the money, above its indicators."""
    lines = lines_above(project, context) if rest > 0 else []
    if not any(map(_BESIDE.search, lines)):
        return False
    return any(number_of(cell) == rest for line in lines for cell in line.split("\t"))
