"""Formulas that were never calculated: nobody knows what their cells show, so nothing is said of these but that."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from office_files import result_of
from workbooks import worksheet, xlsx

from goalcheck.source import column_letters

FORMULA = "=x"
_PACKED = (
    ("2024年部门预算项目支出绩效目标表", "", "单位\uff1a万元"),
    ("项目名称(资金使用单位)", "总计", "财政拨款", "财政专户拨款", "其他资金", "绩效目标", "绩效指标"),
    ("合计", "30.00", "30.00", "", "", "", ""),
    ("社区培训经费", "10.00", "10.00", "", "", "按时完成全年培训任务\u3002", "1、1-产出指标; 11-数量指标; 期数;"),
    ("社区租金", "20.00", "20.00", "", "", "按时支付全年租金\u3002", "1、1-产出指标; 11-数量指标; 面积;"),
)
_ROWS = (
    ("项目支出绩效目标表",),
    ("2024年度", "", "单位\uff1a万元"),
    ("单位名称", "项目名称", "预算数", "年度目标", "一级指标", "二级指标", "三级指标", "指标值"),
    ("街道办事处", "社区培训", "10.00", "按时完成全年培训任务\u3002", "产出指标", "数量指标", "举办期数", "≥12期"),
    ("", "", "", "", "效益指标", "社会效益指标", "持证上岗率", "≥90%"),
    ("街道办事处", "社区租金", "20.00", "按时支付全年租金\u3002", "产出指标", "数量指标", "租用面积", "≥300平方米"),
    ("合计", "", "30.00"),
)
_TOTAL_FIRST = (*_ROWS[:3], ("合计", "", "30.00"), *_ROWS[3:6])
_FORM = (
    ("项目支出绩效目标表",),
    ("2024年度",),
    ("项目名称", "社区培训"),
    ("项目资金(万元)", "年度资金总额", "10.00"),
    ("", "其中\uff1a财政拨款", "8.00"),
    ("", "其他资金", "2.00"),
    ("年度目标", "按时完成全年培训任务\u3002"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "举办期数", "≥12期"),
)
_MERGED = tuple((*row[:2], "", *row[2:]) if 2 < at < 6 else row for at, row in enumerate(_FORM))
"""The same, its labels of money merged over two columns."""


def told(rows: Sequence[Sequence[str]], row: int, column: int, shown: str) -> tuple[list[str], list[str]]:
    """The codes of what is found where a cell, from 1, shows ``shown``; and what is said to be unread."""
    made = [list(cells) for cells in rows]
    made[row - 1] += [""] * (column - len(made[row - 1]))
    made[row - 1][column - 1] = shown
    areas = [f"B{at}:C{at}" for at in (4, 5, 6)] if rows is _MERGED else ["A4:B4"] if rows is _TOTAL_FIRST else []
    text = worksheet(made, areas)
    name = f"{column_letters(column)}{row}"
    text = text.replace(
        f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{FORMULA}</t></is></c>',
        f'<c r="{name}"><f>SUM(B4:B5)</f></c>',
    )
    result = result_of(xlsx(text), "表.xlsx")
    return [finding.code for finding in result.findings], [remark.figures["cells"] for remark in result.gaps]


@pytest.mark.parametrize(
    ("rows", "row", "column", "when_blank"),
    [
        (_PACKED, 3, 2, "GC401"),
        (_PACKED, 4, 3, "GC403"),
        (_PACKED, 4, 2, "GC401"),
        (_PACKED, 5, 6, "GC501"),
        (_ROWS, 7, 3, "GC401"),
        (_ROWS, 6, 3, "GC401"),
        (_ROWS, 4, 8, "GC301"),
        (_TOTAL_FIRST, 4, 3, "GC401"),
        (_FORM, 4, 3, "GC403"),
        (_MERGED, 4, 4, "GC403"),
        (_FORM, 6, 3, "GC403"),
        (_FORM, 9, 4, "GC301"),
    ],
)
def test_what_a_formula_would_show_is_not_held_to_be_blank(
    rows: Sequence[Sequence[str]], row: int, column: int, when_blank: str
) -> None:
    sound, none = told(rows, row, column, ["", *rows[row - 1], *[""] * 9][column])
    blank, _ = told(rows, row, column, "")
    assert none == []
    assert when_blank in blank
    assert when_blank not in sound
    assert told(rows, row, column, FORMULA) == (sound, [f"{column_letters(column)}{row}"])
