"""Nothing of a table by rows or of a form is lost in silence: what is hurt in one place is told there."""

from __future__ import annotations

import pytest
from helpers import check

from goalcheck.engine.result import Result
from goalcheck.sheet import Sheet, Unread

FORM = """项目支出绩效目标表⇥⇥⇥⇥
(2024年度)⇥⇥⇥⇥
项目名称⇥河东片区路灯更换⇥⇥项目负责人⇥张三
主管部门⇥临江区住房和城乡建设局⇥⇥实施单位⇥市政管理所
资金情况(万元)⇥年度资金总额:⇥48⇥⇥
⇥其中:财政拨款⇥48⇥⇥
年度绩效目标⇥更换老旧路灯160盏\uff0c减少夜间出行的隐患\u3002⇥⇥⇥
绩效指标⇥一级指标⇥二级指标⇥三级指标⇥指标值
⇥产出指标⇥数量指标⇥更换路灯数量⇥≥160盏
⇥⇥质量指标⇥路灯验收合格率⇥≥98%
⇥⇥时效指标⇥完成时间⇥2024年10月底前
⇥效益指标⇥社会效益指标⇥夜间出行条件⇥有所改善
⇥满意度指标⇥服务对象满意度指标⇥居民满意度⇥≥90%
"""

EXPORT = """单位名称⇥项目名称⇥预算数⇥年度目标⇥一级指标⇥二级指标⇥三级指标⇥指标性质⇥指标值⇥度量单位⇥权重
市政管理所⇥路灯更换⇥480,000.00⇥更换老旧路灯160盏\uff0c减少夜间出行的隐患\u3002⇥产出指标⇥数量指标⇥更换路灯数量⇥≥⇥160⇥盏⇥30
⇥⇥⇥⇥产出指标⇥质量指标⇥路灯验收合格率⇥≥⇥98⇥%⇥30
⇥⇥⇥⇥效益指标⇥社会效益指标⇥夜间出行条件⇥定性⇥有所改善⇥⇥20
⇥⇥⇥⇥满意度指标⇥服务对象满意度指标⇥居民满意度⇥≥⇥90⇥%⇥10
"""

TWO_GOALS = """项目绩效目标表⇥⇥⇥⇥
项目名称⇥河东片区路灯更换⇥⇥实施单位⇥市政管理所
总体目标⇥中期目标⇥⇥年度目标⇥
⇥三年内更换全区老旧路灯500盏\u3002⇥⇥更换河东片区老旧路灯160盏\u3002⇥
一级指标⇥二级指标⇥三级指标⇥指标值⇥备注
产出指标⇥数量指标⇥更换路灯数量⇥≥160盏⇥
"""

NO_CLASSES = """项目绩效目标表⇥⇥⇥⇥⇥
项目名称⇥路灯更换⇥实施单位⇥市政管理所⇥⇥
当年绩效目标⇥更换老旧路灯160盏\u3002⇥⇥⇥⇥
绩效指标⇥指标⇥指标权重⇥计量单位⇥指标性质⇥指标值
⇥更换路灯数量⇥40⇥盏⇥≥⇥160
⇥方便居民出行⇥30⇥⇥定性⇥
⇥居民满意度⇥30⇥%⇥≥⇥90
"""


BELOW = FORM.replace(
    "资金情况(万元)⇥年度资金总额:⇥48⇥⇥\n⇥其中:财政拨款⇥48⇥⇥\n",
    "预算资金(万元)⇥年初预算数⇥全年预算数⇥执行率⇥得分\n⇥48⇥47⇥98%⇥9.8\n",
)

PLACES = """绩效目标表
一级指标⇥二级指标⇥三级指标⇥指标解释⇥符号⇥临江区⇥河东区
产出指标⇥数量指标⇥养护里程(公里)⇥纳入养护的里程⇥≥⇥56.2⇥30.8
⇥质量指标⇥路况优良率(%)⇥优良里程占比⇥≥⇥85⇥85
满意度指标⇥服务对象满意度指标⇥沿线群众满意度(%)⇥问卷调查⇥≥⇥90⇥90
"""


def lay(text: str) -> str:
    return text.replace("\u21e5", "\t")


def unread(text: str) -> list[tuple[str, str]]:
    return [(part.reason, part.text) for part in tree(check(lay(text)))]


def tree(result: Result) -> tuple[Unread, ...]:
    assert result.sheet is not None, result.error
    return result.sheet.unread


def tree_of(text: str) -> Sheet:
    result = check(lay(text))
    assert result.sheet is not None, result.error
    assert result.sheet.unread == ()
    return result.sheet


@pytest.mark.parametrize("sheet", [FORM, EXPORT, TWO_GOALS, NO_CLASSES], ids=["form", "export", "goals", "no classes"])
def test_the_sheets_themselves_are_read_whole(sheet: str) -> None:
    assert unread(sheet) == []


HURT = {
    "a label of the goal misread": (FORM, "年度绩效目标⇥", "年度绩效目栎⇥", "label-misread", "年度绩效目栎"),
    "a label of the goal said twice": (
        FORM,
        "年度绩效目标⇥",
        "年度绩效目标年度绩效目标⇥",
        "label-misread",
        "年度绩效目标年度绩效目标",
    ),
    "a label of the goal run into its value": (
        FORM,
        "年度绩效目标⇥更",
        "年度绩效目标更",
        "label-misread",
        "年度绩效目标更换老旧路灯160盏\uff0c减少夜间出行的隐患\u3002",
    ),
    "a label of the goal lost": (
        FORM,
        "年度绩效目标⇥",
        "⇥",
        "form-words",
        "更换老旧路灯160盏\uff0c减少夜间出行的隐患\u3002",
    ),
    "a goal broken over two lines": (FORM, "160盏\uff0c", "160盏\uff0c\n", "form-words", "减少夜间出行的隐患\u3002"),
    "a goal broken over two cells": (FORM, "160盏\uff0c", "160盏\uff0c⇥", "form-words", "减少夜间出行的隐患\u3002"),
    "a goal beside its place": (TWO_GOALS, "⇥⇥更换河东", "⇥更换河东", "form-words", "更换河东片区老旧路灯160盏\u3002"),
    "the label of the second goal lost": (
        TWO_GOALS,
        "⇥⇥年度目标⇥",
        "⇥⇥⇥",
        "form-words",
        "更换河东片区老旧路灯160盏\u3002",
    ),
    "the label of the second goal misread": (TWO_GOALS, "年度目标", "年度日标", "label-misread", "年度日标"),
    "the label of the name misread": (FORM, "项目名称", "项自名称", "label-misread", "项自名称"),
    "the label of the name lost": (FORM, "项目名称⇥", "⇥", "form-words", "河东片区路灯更换"),
    "the name run into its label": (
        FORM,
        "项目名称⇥河东片区路灯更换⇥⇥项目负责人⇥张三",
        "项目名称河东片区路灯更换",
        "label-misread",
        "项目名称河东片区路灯更换",
    ),
    "the name without its label": (FORM, "项目名称⇥河东", "河东", "form-words", "河东片区路灯更换"),
    "a name broken over two lines": (FORM, "河东片区路灯更换⇥⇥", "河东片\n区路灯更换⇥⇥", "form-words", "区路灯更换"),
    "a name broken over two cells": (FORM, "河东片区路灯更换⇥⇥", "河东⇥片区路灯更换⇥", "form-words", "片区路灯更换"),
    "an amount in words between the rows of an export": (
        EXPORT,
        "⇥⇥⇥⇥产出指标⇥质量",
        "另:预留经费350.00万元\n⇥⇥⇥⇥产出指标⇥质量",
        "note-of-data",
        "另:预留经费350.00万元",
    ),
    "a cell too many in a row": (FORM, "⇥路灯验收", "⇥路灯⇥验收", "cell-astray", "验收合格率"),
    "a value in words behind the last column": (FORM, "有所改善", "有所⇥改善", "beyond-columns", "改善"),
    "a value in the place of a name": (FORM, "⇥路灯验收合格率⇥≥98%", "⇥≥98%⇥路灯验收合格率", "cell-astray", "≥98%"),
    "a value in the place of a class": (FORM, "⇥满意度指标⇥服务对象", "⇥≥90%⇥服务对象", "cell-astray", "≥90%"),
    "a name in the place of a weight": (
        NO_CLASSES,
        "更换路灯数量⇥40",
        "40⇥更换路灯数量",
        "cell-astray",
        "40",
    ),
    "the name of the goals' column lost": (
        EXPORT,
        "年度目标⇥一级",
        "⇥一级",
        "column-nameless",
        "更换老旧路灯160盏\uff0c减少夜间出行的隐患\u3002",
    ),
    "the name of the goals' column said twice": (
        EXPORT,
        "年度目标⇥一级",
        "年度目标年度目标⇥一级",
        "column-misread",
        "年度目标年度目标",
    ),
    "the name of a level lost": (EXPORT, "⇥一级指标", "⇥", "column-nameless", "产出指标"),
    "the name of a level not known": (EXPORT, "⇥二级指标", "⇥类别层", "column-of-something", "类别层"),
    "the name of the signs' column lost": (EXPORT, "⇥指标性质", "⇥", "column-nameless", "≥"),
    "the amount of a source broken off": (FORM, "财政拨款⇥48⇥⇥", "财政拨款\n48", "amount-astray", "48"),
    "an amount left of the columns of money": (BELOW, "⇥48⇥47⇥", "47⇥48⇥", "amount-astray", "47"),
    "no amount below the columns of money": (BELOW, "⇥48⇥47⇥", "⇥⇥⇥⇥⇥48⇥47", "amount-astray", "48"),
    "a sign lost where each place has its value": (PLACES, "⇥≥⇥56.2", "⇥56.2", "cell-astray", "56.2"),
    "the value of the last place broken off": (PLACES, "≥⇥85⇥85", "≥⇥85\n85", "row-of-figure", "85"),
    "a signature between rows without classes": (
        NO_CLASSES,
        "⇥方便",
        "填表人:李四⇥审核人:王五\n⇥方便",
        "row-behind",
        "\t方便居民出行\t30\t\t定性\t",
    ),
    "a class in the place of a goal": (
        EXPORT,
        "更换老旧路灯160盏\uff0c减少夜间出行的隐患\u3002⇥产出指标⇥数量指标",
        "产出指标⇥更换老旧路灯⇥数量指标",
        "cell-astray",
        "产出指标",
    ),
    "a note between rows without classes": (
        NO_CLASSES,
        "⇥方便",
        "注\uff1a以下为效益\n⇥方便",
        "row-behind",
        "\t方便居民出行\t30\t\t定性\t",
    ),
}


@pytest.mark.parametrize("case", HURT)
def test_what_is_hurt_is_told(case: str) -> None:
    sheet, old, new, reason, said = HURT[case]
    assert sheet.count(old) == 1
    assert (reason, said) in unread(sheet.replace(old, new))


SOUND = {
    "a label that is not known beside its value": (FORM, "项目负责人⇥张三", "牵头处室⇥城建科"),
    "a group of labels that is not known": (FORM, "资金情况(万元)", "资金来源及安排情况"),
    "a label of something else over two lines": (
        FORM,
        "年度绩效目标⇥",
        "项目概况⇥路灯多已用满十年\uff0c灯光昏暗\u3002⇥⇥⇥\n⇥居民多次反映\uff0c要求更换\u3002⇥⇥⇥\n年度绩效目标⇥",
    ),
    "a heading between the lines": (FORM, "年度绩效目标⇥", "二\u3001绩效目标与绩效指标⇥⇥⇥⇥\n年度绩效目标⇥"),
    "a note between the lines": (
        FORM,
        "年度绩效目标⇥",
        "注\uff1a金额单位为万元\uff0c保留两位小数\u3002⇥⇥⇥⇥\n年度绩效目标⇥",
    ),
    "a remark beside the table": (FORM, "≥160盏\n", "≥160盏⇥⇥必填\uff0c不得留空\n"),
    "a note right behind the table": (FORM, "≥160盏\n", "≥160盏⇥注\uff1a含河堤\n"),
    "a column of something else in words": (EXPORT, "⇥权重\n", "⇥牵头科室\n"),
    "signatures below": (
        NO_CLASSES,
        "⇥居民满意度⇥30⇥%⇥≥⇥90\n",
        "⇥居民满意度⇥30⇥%⇥≥⇥90\n注\uff1a以上均为年度指标\u3002\n填表人⇥李四⇥⇥⇥审核人⇥王五\n",
    ),
    "a row of points": (EXPORT, "⇥⇥⇥⇥满意度指标", "⇥⇥⇥⇥合计⇥⇥⇥⇥⇥⇥100\n⇥⇥⇥⇥满意度指标"),
    "a name that begins with a figure": (FORM, "居民满意度", "12345热线回访满意度"),
    "a name that begins with a sign": (FORM, "居民满意度", "≥60岁居民满意度"),
}


@pytest.mark.parametrize("case", SOUND)
def test_what_only_looks_hurt_is_no_matter(case: str) -> None:
    sheet, old, new = SOUND[case]
    assert sheet.count(old) == 1
    assert unread(sheet.replace(old, new)) == []


def test_classes_below_no_name_are_read_where_they_follow_those_of_the_first_level() -> None:
    (project,) = tree_of(EXPORT.replace("⇥二级指标", "⇥")).projects
    assert next(project.indicators).level2.clean == "数量指标"


def test_of_several_years_the_sheets_own_is_the_target() -> None:
    years = FORM.replace("⇥指标值\n", "⇥2023年指标值⇥2024年指标值⇥2025年指标值\n").replace(
        "≥160盏", "≥100盏⇥≥160盏⇥≥180盏"
    )
    result = check(lay(years))
    assert result.sheet is not None
    lamp = next(next(result.sheet.projects).indicators)
    assert lamp.annual_value is not None
    assert lamp.annual_value.text == "≥160盏"
    assert [(part.reason, part.text) for part in result.sheet.unread] == [("spare-value", "2025年指标值")]


def test_a_half_without_names_is_told() -> None:
    header = "⇥二级指标(长期)⇥⇥指标值(长期)⇥二级指标(年度)⇥三级指标(年度)⇥指标值(年度)\n"
    sheet = TWO_GOALS.replace("⇥二级指标⇥三级指标⇥指标值⇥备注\n", header).replace(
        "数量指标⇥更换路灯数量⇥≥160盏⇥", "数量指标⇥更换路灯总数⇥≥500盏⇥数量指标⇥更换路灯数量⇥≥160盏"
    )
    assert ("spare-value", "指标值(长期)") in unread(sheet)


def test_a_goal_on_several_lines_is_one_text_without_what_parts_them() -> None:
    sheet = lay(TWO_GOALS.replace("路灯160盏\u3002⇥\n", "路灯160盏\uff0c\n⇥⇥⇥方便出行\u3002⇥\n")).replace("\t", ",")
    result = check(sheet)
    assert result.sheet is not None
    (project,) = result.sheet.projects
    assert project.goal is not None
    assert project.goal.clean == "更换河东片区老旧路灯160盏\uff0c方便出行\u3002"
    assert project.goal.text == sheet[project.goal.start : project.goal.end]
