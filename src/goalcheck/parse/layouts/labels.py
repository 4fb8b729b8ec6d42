"""Labels of the form of a project, and its lines: what a cell means by its name, and where its value begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import AMOUNT, ELSE, SOURCE, UNIT, ColumnNames, Meaning, bare
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.outside import YEAR, is_money, is_number
from goalcheck.sheet import AMOUNT_COLUMNS

LABELLED = regex(r"([^:\uff1a]{2,16}[:\uff1a])\s*(\S.*)", re.DOTALL)
"""A label with its value in the same cell."""

OWN_YEAR = regex(r"(?:其中[:\uff1a]?)?(?:当年|本年度?|年度|全年)")

MONEY = (AMOUNT_COLUMNS[0], SOURCE, AMOUNT)
"""The roles of labels with amounts."""

OF_MONEY = regex(r"资金|金额|经费|预算")
"""What is said in the label of a group of labels of money."""

PERIOD = regex(r"(?:19|20)\d\d年度?|第?[一二三四1-4]季度|[上下]半年|\d{1,2}(?:[-\u2014~\u2013至]\d{1,2})?月份?[底末]?")
"""A year, or a part of one, over what falls into it."""

_NUMBERED = regex(r"(\S{2,14}目标)(\d{1,2}|[一二三四五六七八九十])[:\uff1a]?")  # 年度绩效目标1
_NUMERALS = "一二三四五六七八九十"
_COUNTED = regex(
    r"(?:率|权重|分值|得分|比例|占比|比重|编[码号]|代码|号码|电话|邮编|序号|人[数次]|[户个总套床台座项]数|数量|面积|长度|里程|规模"
    r"|年限|期限|工期|天数|标准|单价|均价|排序)[)\uff09:\uff1a\"]*$|资产|负债"
)
_UNIT_BEHIND = regex(r"[(\uff08]([^()\uff08\uff09]{1,5})[)\uff09][:\uff1a]?$")
_OF_MONEY = regex(
    r"[资基]金|金额|[经公]费|[预概估决]算|拨款|收入|支出|总额|[合总小共]计|补助|投[入资]|配套|自筹|财政|结转|结余|贷款|债"
    r"|专户|拨付|下达|安排|[元款费价级]|其[他它]|中央|地方|[本当全]年|年度"
)
_END_OF_FIGURE = regex(r"[.,]\d+(?:[万亿]?元)?")  # what is left of a figure that was broken
_UNIT_OF_AMOUNTS = regex(r"(?:金额)?单位[:\uff1a](?:人民币)?[万亿千百]?元")
_SHORTEST_VERTICAL, _LONGEST_VERTICAL = 4, 8  # characters: 年度目标
_BEHIND_A_TITLE = ("表", "申报", "情况", "批复", "自评", "及", "和", "与", "(", "\uff08", ":", "\uff1a", "\u3001", "/")

_NUMBERED_PROJECT = regex(r"项目(?:[一二三四五六七八九十]{1,3}|\d{1,2})[:\uff1a]")
_SENTENCE = regex(r"[,;\uff0c\uff1b\u3002]")

_BEHIND_A_NUMBER = (".", "\uff0e", "\u3001", ")", "\uff09", ":", "\uff1a", ",", "\uff0c")

Label = tuple[tuple[int, int], Meaning]
"""A label that is known: its place, and what it means."""

Part = tuple[tuple[int, int], Meaning | None, tuple[int, int]]
"""A cell or half of one: the place and the meaning of a label, None where it is none, and the place of a value."""


_RUN = regex(
    r"(?P<label>[^\d\s:\uff1a,\uff0c;\uff1b。、()\uff08\uff09]{2,16})\s{0,4}[:\uff1a]?\s{0,4}"
    r"(?P<value>\d[\d,]{0,18}(?:\.\d{1,8})?(?:\s{0,4}(?:[万亿]元?|元))?)(?![\d%\uff05])"
)


def labelled_money(
    text: str, cell: tuple[int, int], names: ColumnNames
) -> list[tuple[tuple[int, int], Meaning, tuple[int, int]]]:
    """Labels of money that stand in one cell, each with its amount: 年度资金总额:100万元;其中:财政拨款80万元."""
    found = []
    for run in _RUN.finditer(text, *cell):
        meaning = label_meaning(run["label"], names)
        if meaning is not None and meaning.role in MONEY:
            found.append((run.span("label"), meaning, run.span("value")))
    return found


def amounts_unexplained(text: str, cell: tuple[int, int], names: ColumnNames) -> list[tuple[int, int]]:
    """Where amounts stand in such a cell behind labels that nobody knows, and that are not of something else."""
    return [
        run.span("value")
        for run in _RUN.finditer(text, *cell)
        if label_meaning(run["label"], names) is None
        and is_money(run["value"])
        and not is_of_no_money(run["label"], names)
    ]


_ENDS_IN_FIGURE = regex(r"(?<![\d.,(\uff08])\d[\d,]{0,18}(?:\.\d{1,8})?$")


def money_run_on(
    text: str, cell: tuple[int, int], names: ColumnNames
) -> tuple[tuple[int, int], Meaning, tuple[int, int]] | None:
    """The label of money that a cell has run together with its amount, and that: 本级支出28. None where it has none.

    One digit right behind a label is the number of one of several.
    """
    figure = _ENDS_IN_FIGURE.search(text, *cell)
    if figure is None or not is_figure(figure[0]):
        return None
    said = text[cell[0] : figure.start()]
    label = cell[0], cell[0] + len(said.rstrip())
    if len(figure[0]) == 1 and label[1] == figure.start():
        return None
    meaning = label_meaning(text[slice(*label)], names)
    return (label, meaning, figure.span()) if meaning is not None and meaning.role in MONEY else None


def label_meaning(text: str, names: ColumnNames) -> Meaning | None:
    """What a label means; that it is of the year goes without saying: 当年其他资金 are 其他资金."""
    if _UNIT_OF_AMOUNTS.fullmatch(clean(text)):
        return None
    found = names.meaning(text)
    if found is not None:
        return found
    said = clean(text)
    if PERIOD.fullmatch(said):
        return Meaning(ELSE, len(names.names))
    goal = names.meaning(unnumbered(said))
    if goal is not None and goal.role == "goal":
        return goal
    year = OWN_YEAR.match(said)
    return names.meaning(said[year.end() :]) if year is not None else None


def is_of_no_money(label: str, names: ColumnNames, shortest: int = 3) -> bool:
    """Whether ``label``, which nobody knows, is that of a figure which is no amount: 占地面积(亩), 床位数.

    It has ``shortest`` characters at least: of fewer, it may be what is left of another.
    """
    said = clean(label)
    unit = _UNIT_BEHIND.search(said)
    if _COUNTED.search(said) or (unit is not None and "元" not in unit[1]):
        return True
    letters = sum("\u4e00" <= char <= "\u9fff" for char in bare(said))
    return letters >= shortest and _OF_MONEY.search(said) is None and names.nearest(label) is None


def unnumbered(label: str) -> str:
    """The label of one of several goals without its number: 年度绩效目标1."""
    numbered = _NUMBERED.fullmatch(label.strip('"'))
    return numbered[1] if numbered is not None else label


def number_of(label: str) -> int | None:
    """The number of one of several goals in its label; None where it has none."""
    numbered = _NUMBERED.fullmatch(label.strip('"'))
    if numbered is None:
        return None
    return int(numbered[2]) if numbered[2].isdigit() else _NUMERALS.index(numbered[2]) + 1


def label_run_on(said: str, names: ColumnNames) -> str | None:
    """The label of a name or a goal with which a cell begins that has its value right behind it: 项目名称路灯更换."""
    if clean(said) in names.names or unnumbered(said) in names.names:
        return None
    for end in range(min(len(said) - 2, _LONGEST_VERTICAL + 1), _SHORTEST_VERTICAL - 1, -1):
        label = unnumbered(said[:end])
        found = names.names.get(label)
        if found is not None and (label == said[:end] or not said[end:].startswith(_BEHIND_A_NUMBER)):
            is_value = found.role in ("name", "goal") and not said[end:].startswith(_BEHIND_A_TITLE)
            return said[:end] if is_value else None
    return None


def vertical_labels(text: str, lines: Sequence[BlockLine], names: ColumnNames) -> dict[int, Meaning | None]:
    """Labels in the first column, one character a line: where each character lies, the first with the meaning.

    None is said of the other characters.
    """
    found: dict[int, Meaning | None] = {}
    run: list[int] = []
    for line in lines:
        start, end = line.cells[0]
        if end - start != 1 or not text[start].isalpha():
            run = [] if end - start > 1 else run
            continue
        run = [*run, start][-_LONGEST_VERTICAL:]
        for first in range(len(run) - _SHORTEST_VERTICAL + 1):
            meaning = names.meaning("".join(text[at] for at in run[first:]))
            if meaning is not None:
                found |= dict.fromkeys(run[first + 1 :])
                found[run[first]] = meaning
                run = []
                break
    return found


def meaning_before(label: str, value: str, names: ColumnNames) -> Meaning | None:
    """What a label means that stands in one cell with its ``value``: as well 项目一, before the name of a project."""
    found = label_meaning(label, names)
    if found is None and _NUMBERED_PROJECT.fullmatch(label) and not _SENTENCE.search(value):
        return next(meaning for meaning in names.names.values() if meaning.role == "name")
    return found


def is_label(text: str, names: ColumnNames) -> bool:
    """Whether a cell is a label of a block, or begins with one."""
    if label_meaning(text, names) is not None:
        return True
    both = LABELLED.fullmatch(text)
    return both is not None and meaning_before(both[1], both[2], names) is not None


def begins_block(text: str, line: BlockLine, names: ColumnNames) -> bool:
    """Whether the first cell of ``line`` is the label of a project's name, or of a unit."""
    start, end = next(((a, b) for a, b in line.cells if a < b), (line.end, line.end))
    both = LABELLED.fullmatch(text, start, end)
    found = None
    if start < end:
        found = meaning_before(both[1], both[2], names) if both else label_meaning(text[start:end], names)
    return found is not None and found.role in ("name", UNIT)


def is_figure(text: str) -> bool:
    """Whether a cell may be an amount: a figure that is no year."""
    if is_money(text) or (is_number(text) and YEAR.fullmatch(text) is None):
        return True
    return _END_OF_FIGURE.fullmatch(text) is not None
