"""Reads the block above a table with one indicator a row: the form that holds one project.

    项目名称⇥茶园路工程⇥项目负责人及联系电话⇥…        labels with their values beside them,
    资金情况(万元)⇥年度资金总额:⇥480                  groups of labels,
    ⇥其中:财政拨款⇥480
    总体目标⇥年度目标                                and labels with their values below

What a label means, its name tells, as that of a column does. A line without any label is none of the block's.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from goalcheck.catalogue.columns import UNIT, ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.form_goals import goal_of, goals_again, goals_astray, lacks_goal, torn_off, without_title
from goalcheck.parse.layouts.form_lines import FormLines
from goalcheck.parse.layouts.form_money import Pair, adding_in_column, is_money_unit, is_of_year, money_of
from goalcheck.parse.layouts.labels import MONEY
from goalcheck.parse.layouts.merged_headers import filled
from goalcheck.parse.layouts.tables_within import asides
from goalcheck.sheet import Amount, Header, Text, Unread
from goalcheck.source import Span

_CODE = regex(
    r"(?:[\[\u3010(\uff08]\s{0,9}+\d{3,18}+\s{0,9}+[\]\u3011)\uff09]|\d{3,18}+(?=\s{0,9}+[-\u2014\uff0d\u4e00-\u9fff]))"
    r"\s{0,9}+(?:[-\u2014\uff0d]\s{0,9}+)?"
)


@attrs.frozen(eq=False, repr=False)
class Block:
    """What the block of a project says. ``header`` has its labels of money as columns: they key ``amounts``."""

    start: int
    end: int
    name: Text
    unit: Text | None
    goal: Text | None
    header: Header
    amounts: dict[str, Amount]
    lines: frozenset[BlockLine]
    """The lines that say any of it, or have labels of something else."""
    left: tuple[Unread, ...]
    """What stands on these lines and no label explains: figures, and words with which a goal or a name may be lost."""
    asides: tuple[Span, ...] = ()
    """Tables of tasks, costs and the like on these lines: their amounts are not the project's."""

    @property
    def has_but_goals(self) -> bool:
        """Whether it says of goals alone, as between the indicators of the cycle and those of the year."""
        return not (self.name.text or self.unit is not None or self.amounts)


def read_block(text: str, lines: Sequence[BlockLine], names: ColumnNames, titles: Sequence[Text] = ()) -> Block | None:
    """The block on ``lines``; None where none of them has a label with a value that says something of a project.

    ``titles`` are the lines above and between them that have but one cell.
    """
    form = FormLines(text, lines, names)
    for title in titles:
        form.loose.above(title)
    for line in lines:
        form.line(line)
    pairs = form.ended()
    named = min((pair for pair in pairs if pair.meaning.role == "name"), key=_rank, default=None)
    goals = without_title(text, [pair for pair in pairs if pair.meaning.role == "goal"], named)
    money = [pair for pair in pairs if pair.meaning.role in MONEY]
    owners = (pair for pair in pairs if pair.meaning.role == UNIT and not is_money_unit(text, pair.value))
    units = sorted(owners, key=_rank)
    if named is None and not goals and not money:
        return None
    unit = unit_name(text, *units[0].value) if units else None
    name = Text(*named.value, text[slice(*named.value)]) if named else None
    if name is None and not form.asks_for_name:
        name = unit  # the form of a whole department
    start, end = lines[0].start, lines[-1].end
    header, amounts = money_of(text, start, end, money, names)
    if any(table.budgets for table in form.tables):
        header = adding_in_column(header, money)
    of_year = any(is_of_year(text, pair.label) for pair in goals)
    told = form.loose.told(
        name=named is not None,
        unit=unit is not None,
        goal=not lacks_goal(text, goals, form.goal_labels),
        goal_of_year=of_year,
    )
    again = (Unread(*pair.value, text[slice(*pair.value)], "goal-again", {}) for pair in goals_again(text, goals))
    astray = [pair.value for pair in goals_astray(text, goals)] if len(goals) > 1 else []
    loose = [line for line in lines if len(filled(line.cells)) == 1 and line not in form.lines]
    whole = [*titles, *(Text(line.start, line.end, line.said(text)) for line in loose)]
    torn = (Unread(line.start, line.end, line.text, "form-words", {}) for line in torn_off(text, goals, whole))
    figures = (Unread(a, b, text[a:b], "amount-astray", {}) for a, b in form.left)
    others = (Unread(a, b, text[a:b], "form-words", {}) for a, b in astray)
    left = {found.span: found for found in (*figures, *form.moved, *told, *again, *torn, *others)}  # a line once
    return Block(
        start,
        end,
        name or Text(start, start, ""),
        unit,
        goal_of(text, goals, form.goal_at),
        header,
        amounts,
        frozenset(form.lines),
        tuple(left.values()),
        asides(form.tables),
    )


def _rank(pair: Pair) -> int:
    return pair.meaning.rank


def unit_name(text: str, start: int, end: int) -> Text:
    """The name of a unit without the code before it, ``735001-`` or ``[021003]``."""
    code = _CODE.match(text, start, end)
    if code is not None and code.end() < end:
        start = code.end()
    return Text(start, end, text[start:end])
