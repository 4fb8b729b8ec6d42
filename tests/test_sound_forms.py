"""Sound forms as offices of many places print them are read whole: nothing of them is `unread`, nothing misread."""

from __future__ import annotations

import pytest
from helpers import check

from goalcheck.engine.result import Result
from goalcheck.sheet import Project, Sheet

HEAD = """项目支出绩效目标表
(2024年度)
项目名称⇥河东片区路灯更换
主管部门⇥临江区住房和城乡建设局⇥⇥实施单位⇥市政管理所
"""

MONEY = """资金情况(万元)⇥年度资金总额:⇥48
⇥其中:财政拨款⇥48
"""

GOAL = "年度绩效目标⇥更换老旧路灯160盏\uff0c减少夜间出行的隐患\u3002\n"

TABLE = """绩效指标⇥一级指标⇥二级指标⇥三级指标⇥指标值
⇥产出指标⇥数量指标⇥更换路灯数量⇥≥160盏
⇥⇥质量指标⇥路灯验收合格率⇥≥98%
⇥⇥时效指标⇥完成时间⇥2024年10月底前
⇥效益指标⇥社会效益指标⇥夜间出行条件⇥有所改善
⇥满意度指标⇥服务对象满意度指标⇥居民满意度⇥≥90%
"""

FORM = HEAD + MONEY + GOAL + TABLE


def lay(text: str) -> str:
    return text.replace("\u21e5", "\t")


def read(text: str) -> Sheet:
    result: Result = check(lay(text))
    assert result.sheet is not None, result.error
    assert [(part.reason, part.text) for part in result.sheet.unread] == []
    return result.sheet


def only_project(text: str) -> Project:
    (project,) = read(text).projects
    return project


def goal(text: str) -> str:
    found = only_project(text).goal
    return found.clean if found is not None else ""


SOUND = {
    "the form itself": FORM,
    "lines that are as long as what they say": HEAD + GOAL + TABLE,
    "the title of a form without a goal": FORM.replace("项目支出绩效目标表", "项目绩效目标表").replace(GOAL, ""),
    "a title that is almost a label": FORM.replace("项目支出绩效目标表", "年度绩效目标表").replace(
        "年度绩效目标⇥", "总体目标⇥"
    ),
    "what was done beside what was meant": FORM.replace(
        GOAL,
        "年度总体目标⇥预期目标⇥⇥实际完成情况⇥\n"
        "⇥更换老旧路灯160盏\u3002⇥⇥全年更换158盏\uff0c另2盏因道路施工顺延至下年\u3002⇥\n",
    ),
    "labels of a schedule": FORM.replace(GOAL, f"用款计划⇥第一季度⇥第二季度⇥第三季度⇥第四季度\n⇥10⇥12⇥16⇥10\n{GOAL}"),
    "labels of parts of the amount": FORM.replace(MONEY, "当年预算⇥48⇥本级支出⇥28⇥补助区县⇥20\n"),
}


@pytest.mark.parametrize("case", SOUND)
def test_nothing_of_a_sound_form_is_unread(case: str) -> None:
    assert len(list(only_project(SOUND[case]).indicators)) == 5
