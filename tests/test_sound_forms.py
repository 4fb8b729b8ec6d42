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
    "sources with numbers before them": FORM.replace(
        MONEY, "预算情况⇥年度资金总额⇥48\n⇥1、资金来源:(1)财政拨款⇥48\n⇥ (2)财政专户管理资金⇥0\n⇥ (3)单位资金⇥0\n"
    ),
    "the amount right below its columns": FORM.replace(
        MONEY, "预算资金(万元)⇥年初预算数⇥全年预算数⇥全年执行数⇥分值⇥执行率⇥得分\n⇥48⇥48⇥47⇥10⇥98%⇥9.8\n"
    ),
    "all points below what is said beside them": f"{FORM}其他需要说明的问题⇥无⇥⇥⇥\n总分⇥⇥⇥⇥100⇥96.5⇥优\n",
}


@pytest.mark.parametrize("case", SOUND)
def test_nothing_of_a_sound_form_is_unread(case: str) -> None:
    assert len(list(only_project(SOUND[case]).indicators)) == 5


def test_the_amount_of_a_form_stands_below_the_name_of_its_column() -> None:
    amounts = only_project(SOUND["the amount right below its columns"]).amounts
    assert {key: str(amount.value) for key, amount in amounts.items()} == {"total": "48"}


GOALS = {
    "with their numbers in cells of their own": (
        "绩效目标⇥1⇥更换河东片区老旧路灯160盏\u3002\n⇥2⇥减少夜间出行的隐患\u3002\n",
        "更换河东片区老旧路灯160盏\u3002减少夜间出行的隐患\u3002",
    ),
    "each with its label": (
        "名称⇥目标说明\n年度绩效目标1⇥更换河东片区老旧路灯160盏\u3002\n年度绩效目标2⇥减少夜间出行的隐患\u3002\n",
        "更换河东片区老旧路灯160盏\u3002减少夜间出行的隐患\u3002",
    ),
    "of the cycle and of the year": (
        "长期绩效目标1⇥三年内更换全区路灯\u3002\n年度绩效目标1⇥更换河东片区老旧路灯160盏\u3002\n",
        "更换河东片区老旧路灯160盏\u3002",
    ),
}


@pytest.mark.parametrize("case", GOALS)
def test_goals_with_numbers(case: str) -> None:
    lines, said = GOALS[case]
    assert goal(FORM.replace(GOAL, lines)) == said


# --- what else stands in a form ---------------------------------------------------------------------------------------

OF_SOMETHING_ELSE = {
    "counts": "人员情况⇥编制人数⇥在职人数⇥离退休人数\n⇥20⇥18⇥6\n",
    "counts under two lines of names": "基本情况⇥职工总数⇥在职⇥离休\n⇥62⇥60⇥2\n⇥车辆数⇥面积⇥固定资产\n⇥6⇥3200⇥560\n",
    "amounts by year": "分年度资金安排⇥2024年⇥2025年⇥2026年\n⇥48⇥50⇥52\n",
    "amounts by year, with their sum": "分年度资金安排(万元)⇥合计⇥2024年⇥2025年⇥2026年\n财政拨款⇥150⇥48⇥50⇥52\n",
    "a schedule by months": "资金支付进度⇥1-3月⇥4-6月⇥7-9月⇥10-12月\n⇥10⇥20⇥30⇥40\n",
    "years that are over": "近三年预算执行情况⇥年度⇥预算数⇥执行数⇥执行率\n⇥2021⇥40⇥38⇥95%\n⇥2022⇥42⇥41⇥97.6%\n",
    "the year before": "上年度项目情况⇥上年预算数⇥上年执行数⇥执行率\n⇥45⇥44⇥97.8%\n",
    "whom it is for": "补助对象⇥人数⇥标准(元)⇥金额(万元)\n低保户⇥120⇥500⇥6\n特困户⇥60⇥700⇥4.2\n",
    "stages": "绩效目标分解⇥阶段⇥目标内容⇥支出金额\n⇥第一阶段⇥完成招标⇥10\n⇥第二阶段⇥完成施工⇥38\n",
    "what is bought": "政府采购⇥品目名称⇥数量⇥采购金额\n⇥灯具⇥160⇥20\n",
    "what tasks it is for": "职能职责⇥任务名称⇥预算金额⇥对应项目\n⇥路灯维护⇥48⇥路灯更换\n",
}


@pytest.mark.parametrize("case", OF_SOMETHING_ELSE)
def test_a_small_table_of_something_else_is_read_as_none_of_the_project(case: str) -> None:
    other = OF_SOMETHING_ELSE[case]
    for form in (HEAD + other + MONEY + GOAL + TABLE, HEAD + MONEY + other + GOAL + TABLE, FORM + other):
        project = only_project(form)
        assert {str(amount.value) for amount in project.amounts.values() if not amount.blank} <= {"48", "45", "44"}
        assert len(list(project.indicators)) == 5


def test_the_amounts_of_a_form_right_below_a_small_table_are_its_own() -> None:
    other = OF_SOMETHING_ELSE["whom it is for"]
    amounts = only_project(HEAD + other + "资金总额(万元)⇥48⇥财政拨款⇥48\n" + GOAL + TABLE).amounts
    assert {key: str(amount.value) for key, amount in amounts.items()} == {"total": "48", "appropriation": "48"}


NO_AMOUNTS = [
    "占地面积(亩)",
    "惠及村(个)",
    "床位数",
    "受益户数",
    "计划工期(天)",
    "上年自评得分",
    "人均标准",
    "项目排序号",
]


@pytest.mark.parametrize("label", NO_AMOUNTS)
def test_a_figure_beside_the_label_of_something_else_is_no_amount(label: str) -> None:
    read(FORM.replace("河东片区路灯更换\n", f"河东片区路灯更换⇥⇥{label}⇥120\n"))


@pytest.mark.parametrize("label", ["", "拨款", "本期", "专项经费支出", "栎计"])
def test_a_figure_beside_what_may_be_left_of_a_label_of_money_is_told(label: str) -> None:
    result = check(lay(FORM.replace("河东片区路灯更换\n", f"河东片区路灯更换⇥⇥{label}⇥120\n")))
    assert [(part.reason, part.text) for part in result.unread] == [("amount-astray", "120")]


# --- headers ----------------------------------------------------------------------------------------------------------

Rows = list[tuple[str, str, str, str]]

ROWS = """产出指标⇥数量指标⇥更换路灯数量⇥≥160盏
⇥质量指标⇥路灯验收合格率⇥≥98%
满意度指标⇥服务对象满意度指标⇥居民满意度⇥≥90%
"""

READ = [
    ("产出指标", "数量指标", "更换路灯数量", "≥160盏"),
    ("产出指标", "质量指标", "路灯验收合格率", "≥98%"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
]

SPLIT = """产出指标⇥数量指标⇥更换路灯数量⇥≥⇥160⇥盏⇥158盏⇥20
⇥质量指标⇥路灯验收合格率⇥≥⇥98⇥%⇥99%⇥30
满意度指标⇥服务对象满意度指标⇥居民满意度⇥≥⇥90⇥%⇥92%⇥10
"""

GRADED = """产出指标⇥数量指标⇥更换路灯数量⇥≥160盏⇥≥150盏⇥≥140盏⇥<140盏⇥计划
⇥质量指标⇥路灯验收合格率⇥≥98%⇥≥95%⇥≥90%⇥<90%⇥规范
满意度指标⇥服务对象满意度指标⇥居民满意度⇥≥90%⇥≥85%⇥≥80%⇥<80%⇥问卷
"""

OF_YEARS = """产出指标⇥数量指标⇥更换路灯数量⇥100盏⇥120盏⇥≥160盏⇥计划
⇥质量指标⇥路灯验收合格率⇥97%⇥98%⇥≥98%⇥规范
满意度指标⇥服务对象满意度指标⇥居民满意度⇥88%⇥89%⇥≥90%⇥问卷
"""

LEVELS = "一级指标⇥二级指标⇥三级指标"

HEADERS = {
    "levels without names below that of the table": ("绩效指标⇥⇥⇥指标值\n", ROWS),
    "the same, the name of the column of names": ("指标名称⇥⇥⇥指标值\n", ROWS),
    "both levels below one name": ("绩效指标分类⇥⇥绩效指标⇥指标值\n", ROWS),
    "both levels below the name of something else": ("指标类别⇥⇥指标名称⇥指标值\n", ROWS),
    "the name below that of the second level": ("一级指标⇥二级指标⇥⇥指标值\n", ROWS),
    "parts of the value below it, the figure called 内容": (
        f"{LEVELS}⇥指标值⇥⇥⇥⇥分值\n⇥⇥⇥运算符号⇥内容⇥度量单位⇥备注⇥\n",
        SPLIT,
    ),
    "two lines, each with names that the other lacks": (
        f"绩效指标⇥⇥⇥年度指标值⇥⇥⇥实际完成值⇥分值\n{LEVELS}⇥指标性质⇥指标值⇥度量单位⇥⇥\n",
        SPLIT,
    ),
    "grades below the value": (f"{LEVELS}⇥指标值⇥⇥⇥⇥评分依据\n⇥⇥⇥优⇥良⇥中⇥差⇥\n", GRADED),
    "what was before, below the value": (f"{LEVELS}⇥指标值⇥⇥⇥绩效标准\n⇥⇥⇥前年⇥上年⇥预计当年实现⇥\n", OF_YEARS),
    "years below the value": (f"{LEVELS}⇥指标值⇥⇥⇥绩效标准\n⇥⇥⇥2022年⇥2023年⇥2024年⇥\n", OF_YEARS),
}


def indicators(text: str) -> Rows:
    return [
        (each.level1.clean, each.level2.clean, each.name.clean, value.clean if (value := each.annual_value) else "")
        for each in only_project(text).indicators
    ]


@pytest.mark.parametrize("case", HEADERS)
def test_headers_of_merged_cells(case: str) -> None:
    header, rows = HEADERS[case]
    assert indicators(HEAD + GOAL + header + rows) == READ


def test_tables_of_the_cycle_and_of_the_year_one_below_the_other() -> None:
    header = f"长期绩效目标表⇥目标名称⇥{LEVELS}⇥指标值⇥绩效标准\n"
    rows = "".join(f"⇥{'路灯更换' if at == 0 else ''}⇥{row}⇥计划标准\n" for at, row in enumerate(ROWS.splitlines()))
    cycle = (header + rows).replace("≥160盏", "≥500盏")
    project = only_project(HEAD + GOAL + cycle + header.replace("长期", "年度") + rows)
    lamps = next(project.indicators)
    assert [(field, value.clean) for field, value in lamps.values] == [
        ("cycle_value", "≥500盏"),
        ("annual_value", "≥160盏"),
    ]


def test_an_export_whose_units_and_projects_have_one_column() -> None:
    header = "单位代码⇥单位(专项)名称⇥资金总额⇥绩效目标⇥绩效指标⇥⇥⇥⇥备注\n⇥⇥⇥⇥一级指标⇥二级指标⇥三级指标⇥指标值⇥\n"
    first, *others = ROWS.splitlines()
    sheet = read(
        f"{header}302⇥某市城市管理局⇥48⇥⇥⇥⇥⇥⇥\n302001⇥路灯更换⇥48⇥更换老旧路灯160盏\u3002⇥{first}⇥\n"
        + "".join(f"⇥⇥⇥⇥{row}⇥\n" for row in others)
    )
    ((unit,),) = (section.units for section in sheet.sections)
    assert (unit.name.clean, [project.name.clean for project in unit.projects]) == ("某市城市管理局", ["路灯更换"])


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_further_page_with_title_and_header_goes_on_with_the_form() -> None:
    head, (header, *rows) = HEAD.splitlines(keepends=True)[:2], TABLE.splitlines(keepends=True)
    title = [line.replace("\n", "⇥⇥⇥⇥\n") for line in head]
    pages = [*title, HEAD.partition(")\n")[2], GOAL, header, *rows[:2], *title, header, *rows[2:]]
    assert [each.level1.clean for each in only_project("".join(pages)).indicators] == [
        *["产出指标"] * 3,
        "效益指标",
        "满意度指标",
    ]


def test_a_form_that_says_its_labels_again_is_another() -> None:
    assert [len(list(project.indicators)) for project in read(FORM + FORM).projects] == [5, 5]


def test_a_further_page_of_an_export_goes_on_with_its_project() -> None:
    head = f"单位:万元⇥⇥⇥⇥⇥⇥\n项目名称⇥预算数⇥年度目标⇥{LEVELS}⇥指标值\n"
    first, second, third = ROWS.splitlines()
    goes_on = f"{head}⇥⇥⇥{second}\n(续表)⇥⇥⇥⇥⇥⇥\n{head}⇥⇥⇥{third}\n"
    project = only_project(f"2024年项目支出绩效目标表\n{head}路灯更换⇥48⇥更换路灯160盏\u3002⇥{first}\n{goes_on}")
    assert [each.level1.clean for each in project.indicators] == ["产出指标", "产出指标", "满意度指标"]


# --- findings ---------------------------------------------------------------------------------------------------------

OF_PLACES = """2024年农村公路养护绩效目标分解表⇥⇥⇥⇥⇥⇥
项目名称⇥农村公路养护⇥⇥⇥⇥⇥
总体目标⇥加强农村公路日常养护\uff0c保持路况良好\u3002⇥⇥⇥⇥⇥
一级指标⇥二级指标⇥三级指标⇥指标解释⇥指标方向⇥东桥镇⇥月塘镇
产出指标⇥数量指标⇥养护里程(公里)⇥纳入养护的里程⇥≥⇥56.2⇥30.8
⇥质量指标⇥路况优良率(%)⇥优良里程占比⇥≥⇥85⇥85
效益指标⇥社会效益指标⇥公路列养率(%)⇥列养里程占比⇥=⇥100⇥100
满意度指标⇥服务对象满意度指标⇥沿线群众满意度(%)⇥问卷调查⇥≥⇥85⇥85
"""

WITH_UNITS = """2024年部门预算项目支出绩效目标表⇥⇥⇥⇥⇥⇥
单位:万元⇥⇥⇥⇥⇥⇥
项目名称(资金使用单位)⇥总计⇥绩效目标⇥一级指标⇥二级指标⇥三级指标⇥年度指标值
合计⇥95.00⇥⇥⇥⇥⇥
某街道办事处⇥95.00⇥⇥⇥⇥⇥
"""

FOUND_NOTHING = {
    "a unit in the names of rows with a column a place": OF_PLACES,
    "units among projects, an indicator a row": WITH_UNITS
    + "".join(
        f"{name}⇥{amount}⇥{name}按期完成\u3002⇥产出指标⇥数量指标⇥{name}次数⇥≥8次\n⇥⇥⇥⇥质量指标⇥{name}合格率⇥≥95%\n"
        f"⇥⇥⇥⇥时效指标⇥{name}完成及时率⇥≥95%\n⇥⇥⇥效益指标⇥社会效益指标⇥{name}覆盖率⇥≥90%\n"
        f"⇥⇥⇥满意度指标⇥服务对象满意度指标⇥{name}参与居民满意度⇥≥90%\n"
        for name, amount in (("消防演练", "40.00"), ("垃圾清运", "55.00"))
    ),
}


@pytest.mark.parametrize("case", FOUND_NOTHING)
def test_nothing_is_found_in_a_sound_form(case: str) -> None:
    text = lay(FOUND_NOTHING[case])
    assert [(finding.code, finding.text) for finding in check(text).findings] == []
