"""What one damage to a form or a table by rows costs is told; what only looks hurt is no matter."""

from __future__ import annotations

import pytest
from helpers import check
from sound_forms import FORMS
from test_sound_forms import FORM, GOAL, GOALS, HEAD, HEADERS, MONEY, OF_PLACES, OF_SOMETHING_ELSE, SOUND, lay

from goalcheck.sheet import Sheet

NUMBERED = FORM.replace(GOAL, GOALS["with their numbers in cells of their own"][0])
LABELLED = FORM.replace(GOAL, GOALS["each with its label"][0])
BELOW = SOUND["the amount right below its columns"]
PARTS = SOUND["labels of parts of the amount"]
SOURCES = SOUND["sources with numbers before them"]
DONE = SOUND["what was done beside what was meant"]
SCHEDULE = SOUND["labels of a schedule"]
TASKS = HEAD + MONEY + OF_SOMETHING_ELSE["what tasks it is for"] + FORM.removeprefix(HEAD + MONEY)
TWO_LINES = HEAD + GOAL + "".join(HEADERS["two lines, each with names that the other lacks"])
YEARS = HEAD + GOAL + "".join(HEADERS["years below the value"])

STAFF = "姓名⇥科室⇥人数\n张三⇥办公室⇥12\n"
LAMPS, RISKS = "更换河东片区老旧路灯160盏\u3002", "减少夜间出行的隐患\u3002"
AIM = "更换老旧路灯160盏\uff0c减少夜间出行的隐患\u3002"

TOLD = {
    "an amount broken over two lines": (FORM, "财政拨款⇥48", "财政拨款⇥4\n8", "amount-astray", "8"),
    "the amount of a numbered source on the next line": (SOURCES, "财政拨款⇥48", "财政拨款\n48", "amount-astray", "48"),
    "amounts under a header torn in two": (BELOW, "⇥全年执行数", "⇥\n全年执行数", "amount-astray", "9.8"),
    "a row of amounts moved by a cell": (BELOW, "\n⇥48", "\n⇥⇥48", "cell-astray", "98%"),
    "columns of amounts moved by a cell": (BELOW, "⇥年初", "⇥⇥年初", "cell-astray", "98%"),
    "the name of a column of amounts lost": (BELOW, "⇥全年预算数", "⇥", "amount-astray", "48"),
    "a small table between columns and amounts": (BELOW, "\n⇥48", f"\n{STAFF}⇥48", "amount-astray", "10"),
    "an amount in a cell of several that has no figure any more": (
        FORMS["all money in one cell"],
        "总额:205",
        "总额:栎05",
        "amount-astray",
        "05",
    ),
    "a label in a cell of several misread": (
        FORMS["all money in one cell"],
        "年度资金总额",
        "年度资金总栎",
        "amount-astray",
        "205万元",
    ),
    "an amount run into the next label": (
        FORMS["levels shifted by one"],
        "36⇥其中",
        "36其中",
        "amount-astray",
        "36",
    ),
    "a goal without its label below a schedule": (SCHEDULE, "年度绩效目标⇥", "⇥", "form-words", AIM),
    "a goal whose label broke below a small table": (
        TASKS,
        "年度绩效目标⇥",
        "年⇥度绩效目标⇥",
        "label-misread",
        "度绩效目标",
    ),
    "a goal behind the last row of a small table": (TASKS, "\n年度绩效目标⇥", "年度绩效目标⇥", "form-words", AIM),
    "a goal behind a unit": (FORM.replace(MONEY, ""), "市政管理所\n", "市政管理所", "form-words", AIM),
    "the label of a goal broken over two lines": (
        DONE,
        "预期目标",
        "预\n期目标",
        "form-words",
        "更换老旧路灯160盏\u3002",
    ),
    "the end of one of several goals on the next line": (
        NUMBERED,
        "160盏\u3002",
        "16\n0盏\u3002",
        "form-words",
        "0盏\u3002",
    ),
    "one of several goals in a cell on the next line": (
        FORMS["all money in one cell"],
        "设备\u3002目标2",
        "设备\u3002\n目标2",
        "form-words",
        "目标2:提升基层诊疗能力\u3002",
    ),
    "a line between goals with numbers": (NUMBERED, "⇥2⇥", "填表人:李四⇥审核人:张三\n⇥2⇥", "form-words", RISKS),
    "a small table between goals with numbers": (NUMBERED, "⇥2⇥", f"{STAFF}⇥2⇥", "form-words", RISKS),
    "the label of the first of several goals lost": (LABELLED, "年度绩效目标1⇥", "⇥", "form-words", LAMPS),
    "the label of one of several goals misread": (
        LABELLED,
        "年度绩效目标1",
        "年栎绩效目标1",
        "label-misread",
        "年栎绩效目标1",
    ),
    "the label of one of several goals broken": (LABELLED, "年度绩效目标2", "年度⇥绩效目标2", "form-words", RISKS),
    "the label of one of several goals run into it": (
        LABELLED,
        "目标2⇥",
        "目标2",
        "form-words",
        f"年度绩效目标2{RISKS}",
    ),
    "a goal before its label": (LABELLED, f"年度绩效目标1⇥{LAMPS}", f"{LAMPS}⇥年度绩效目标1", "form-words", LAMPS),
    "the label of a goal run into its first": (
        FORMS["all money in one cell"],
        "总体目标⇥目标1",
        "总体目标目标1",
        "label-misread",
        "总体目标目标1:",
    ),
    "the value of the cycle and the next class exchanged": (
        FORMS["the cycle and the year side by side"],
        "2026年底前⇥时效指标",
        "时效指标⇥2026年底前",
        "cell-astray",
        "时效指标",
    ),
    "a row broken within the value of the cycle": (
        FORMS["the cycle and the year side by side"],
        "⇥2026年底前",
        "⇥2026年\n底前",
        "row-torn",
        "底前\t时效指标\t当年完成时间\t2024年底前",
    ),
    "a row broken before the last character of a value": (
        FORMS["the cycle and the year side by side"],
        "⇥2026年底前",
        "⇥2026年底\n前",
        "row-torn",
        "前\t时效指标\t当年完成时间\t2024年底前",
    ),
    "a row broken within a class": (
        FORM,
        "服务对象满意度指标",
        "服务对象满意度\n指标",
        "row-torn",
        "指标\t居民满意度\t≥90%",
    ),
    "a row broken early within a class": (
        FORM,
        "服务对象满意度指标",
        "服务对象满意\n度指标",
        "row-torn",
        "度指标\t居民满意度\t≥90%",
    ),
    "a row broken between a figure and its unit": (
        FORMS["the cycle and the year side by side"],
        "⇥2026年底前",
        "⇥≥30万\n人次",
        "row-torn",
        "人次\t时效指标\t当年完成时间\t2024年底前",
    ),
    "a name broken over the cell of a value left blank": (
        FORM,
        "居民满意度⇥≥90%",
        "沿街居⇥民受益人数",
        "cell-astray",
        "民受益人数",
    ),
    "a row without a value broken before its class of the year": (
        FORMS["the cycle and the year side by side"],
        "⇥时效指标⇥当年完成时间⇥2024年底前",
        "\n时效指标⇥按期完成数量⇥",
        "cell-astray",
        "按期完成数量",
    ),
    "the class of the year lost in a row without a value": (
        FORMS["the cycle and the year side by side"],
        "⇥时效指标⇥当年完成时间⇥2024年底前",
        "⇥按期完成数量⇥",
        "cell-astray",
        "按期完成数量",
    ),
    "a row broken between sign and values": (OF_PLACES, "⇥≥⇥56.2⇥30.8", "⇥≥\n56.2⇥30.8", "row-torn", "56.2\t30.8"),
    "a sign run into its value": (OF_PLACES, "⇥≥⇥56.2", "⇥≥56.2", "cell-astray", "≥56.2"),
    "the value of the last place on the next line": (OF_PLACES, "⇥56.2⇥30.8", "⇥56.2⇥\n308", "row-of-figure", "308"),
    "a row behind a header of two lines": (
        TWO_LINES,
        "度量单位⇥⇥\n",
        "度量单位⇥⇥",
        "header-and-row",
        "产出指标\t数量指标\t更换路灯数量\t≥\t160\t盏\t158盏\t20",
    ),
    "a target in the column of a year before": (YEARS, "97%⇥98%", "97%98%", "cell-astray", "≥98%"),
    "a target in the column of standards": (
        FORMS["levels shifted by one"],
        "计划标准⇥≥90%",
        "≥90%⇥计划标准",
        "cell-astray",
        "≥90%",
    ),
    "a standard in the place of a name": (
        FORMS["levels shifted by one"],
        "培训劳动者人次⇥计划标准",
        "计划标准⇥培训劳动者人次",
        "cell-astray",
        "计划标准",
    ),
    "a target in the column of what was reached": (
        FORMS["a self-evaluation"],
        "受益行政村数",
        "受益行政⇥村数",
        "cell-astray",
        "≥12个",
    ),
    "a name broken in the column of signs": (
        FORMS["values in three columns"],
        "农户知晓程度",
        "农户知⇥晓程度",
        "cell-astray",
        "晓程度",
    ),
    "the upper line of a header torn in two": (
        FORMS["an export below a header of two lines"],
        "预算数⇥绩效目标",
        "预算数\n绩效目标",
        "unknown-column-value",
        "32",
    ),
    "goals below the name of indicators": (
        FORMS["an export below a header of two lines"],
        "绩效目标⇥绩效指标",
        "绩效指标⇥绩效目标",
        "unknown-column-value",
        "整理馆藏档案\uff0c便利群众查档\u3002",
    ),
    "a goal broken behind its comma": (FORM, "160盏\uff0c", "160盏\uff0c\n", "form-words", "减少夜间出行的隐患\u3002"),
    "a class in the column of goals": (
        FORMS["an export below a header of two lines"],
        "⇥⇥⇥⇥⇥时效指标",
        "⇥⇥⇥时效指标",
        "cell-astray",
        "时效指标",
    ),
}


def sheet_of(text: str) -> Sheet:
    result = check(lay(text))
    assert result.sheet is not None, result.error
    return result.sheet


def hurt(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize("case", TOLD)
def test_what_a_damage_costs_is_told(case: str) -> None:
    text, old, new, reason, said = TOLD[case]
    unread = sheet_of(hurt(text, old, new)).unread
    assert (reason, said) in [(part.reason, part.text) for part in unread]
    assert len({part.span for part in unread}) == len(unread)  # each place is told once


READ = {
    "a small table between a total and its source": (FORM, "⇥其中", f"{STAFF}⇥其中"),
    "the header of one": (FORM, "⇥其中", "用款计划⇥第一季度⇥第二季度⇥第三季度⇥第四季度\n⇥其中"),
    "the goal a cell to the right, below a small table": (TASKS, "年度绩效目标⇥", "⇥年度绩效目标⇥"),
    "a title that has become a label": (SOUND["a title that is almost a label"], "绩效目标表", "绩效目标"),
    "an amount run into its label": (PARTS, "本级支出⇥28", "本级支出28"),
    "an amount behind a blank": (PARTS, "当年预算⇥48", "当年预算 48"),
    "an amount run into the label of a numbered source": (SOURCES, "财政拨款⇥48", "财政拨款48"),
    "an amount in a cell of its own before the others": (FORMS["all money in one cell"], "总额:205", "总额:⇥205"),
    "a label in two cells": (FORMS["sources beside the total"], "其他资金⇥0", "其他⇥资金⇥0"),
}


@pytest.mark.parametrize("case", READ)
def test_what_a_damage_leaves_is_read(case: str) -> None:
    text, old, new = READ[case]
    (sound,), (read,) = sheet_of(text).projects, sheet_of(hurt(text, old, new)).projects
    assert {key: amount.value for key, amount in read.amounts.items()} == {
        key: amount.value for key, amount in sound.amounts.items()
    }
    assert (read.goal and read.goal.clean) == (sound.goal and sound.goal.clean)


NEAR = {
    "an amount that ends a line above the number of a page": (FORM, "财政拨款⇥48", "财政拨款⇥48\n12"),
    "a name that is called as money is, with a number": (FORM, "河东片区路灯更换", "财政补助12"),
    "a year in the title of a form": (FORM, "项目支出绩效目标表", "2024年度项目绩效目标表"),
    "a share in a small table without rates": (TASKS, "路灯维护⇥48⇥路灯更换", "路灯维护⇥48⇥占全部50%"),
    "a short goal": (FORM, AIM, "换路灯"),
    "a goal behind the label of its year": (FORM, "年度绩效目标⇥", "年度绩效目标⇥⇥"),
    "figures in a cell of several that are no money": (
        FORMS["all money in one cell"],
        "其他资金0万元",
        "其他资金0万元,惠及12个村",
    ),
    "a remark behind the last column of amounts": (BELOW, "⇥9.8\n", "⇥9.8⇥执行较好\n"),
    "a blank place": (OF_PLACES, "⇥56.2⇥30.8", "⇥56.2⇥"),
    "a class one character a line beside rows": (
        FORM,
        "⇥⇥质量指标⇥路灯验收合格率⇥≥98%\n⇥⇥时效指标⇥完成时间",
        "绩⇥⇥质量指标⇥路灯验收合格率⇥≥98%\n效⇥⇥时效指标⇥完成时间",
    ),
    "signatures below a short row": (FORM, "⇥≥90%\n", "⇥≥90%\n填表人:李四⇥审核人:张三\n"),
    "a class left open above a row of its own": (FORM, "⇥效益指标⇥社会", "⇥⇥生态效益指标\n⇥效益指标⇥社会"),
    "a standard in words beside a value in words": (YEARS, "⇥≥98%⇥规范", "⇥达到规定⇥≥95%为优"),
    "what was reached, where the target is in words": (
        FORMS["a self-evaluation"],
        "≥12个⇥12个",
        "有所扩大⇥12个",
    ),
    "a value that is the number of another year": (FORM, "更换路灯数量⇥≥160盏", "路灯更换⇥不少于上年数量"),
    "a value that is as much as there is": (FORM, "更换路灯数量⇥≥160盏", "路灯更换⇥实际损坏数量"),
    "the spending of the money beside the classes": (FORM, "⇥效益指标⇥社会", "⇥预算执行率⇥⇥\n⇥效益指标⇥社会"),
    "a name that ends in 标准": (FORM, "更换路灯数量", "路灯亮度达到标准"),
    "words for the sign": (FORMS["values in three columns"], "定性⇥提高", "描述⇥提高"),
}


@pytest.mark.parametrize("case", NEAR)
def test_what_only_looks_hurt_is_no_matter(case: str) -> None:
    text, old, new = NEAR[case]
    assert [(part.reason, part.text) for part in sheet_of(hurt(text, old, new)).unread] == []
