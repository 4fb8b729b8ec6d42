"""Forms of further places, each kind with what looks like it and is read otherwise."""

from __future__ import annotations

from helpers import check, tried_on

from goalcheck.parse import parse
from goalcheck.sheet import Indicator, Project, Sheet
from goalcheck.source import Source


def tree(text: str) -> Sheet:
    return parse(Source(text.replace("⇥", "\t")))


def told(project: Project) -> list[str]:
    """First level, second level, name and value of each indicator."""
    made = []
    for entry in project.entries:
        assert isinstance(entry, Indicator)
        value = entry.annual_value
        levels = entry.level1.label, entry.level2.label
        made.append("/".join([*levels, entry.name.clean, value.printed if value is not None else ""]))
    return made


def codes(text: str) -> list[str]:
    return [finding.rule.code for finding in check(text.replace("⇥", "\t")).findings]


PAIRS = "成本指标⇥⇥产出指标⇥⇥满意度指标⇥\n"
BELOW = "三级指标⇥指标值⇥三级指标⇥指标值⇥三级指标⇥指标值\n"
OF_CLASSES = (
    f"单位编码(项目编码)⇥项目单位(项目名称)⇥项目金额⇥⇥绩效目标⇥{PAIRS}⇥⇥资金总额⇥政府预算资金⇥⇥{BELOW}"
    "213001⇥某县林业局⇥180⇥180⇥⇥⇥⇥⇥⇥⇥\n"
    "41032⇥绿化奖补⇥180⇥180⇥造林3000亩。⇥每亩成本⇥≤600元⇥造林面积⇥3000亩⇥林农满意度⇥≥90%\n"
    "⇥⇥⇥⇥⇥⇥⇥成活率⇥≥90%⇥⇥\n"
)
READ = [
    "成本指标//每亩成本/≤600元",
    "产出指标//造林面积/3000亩",
    "满意度指标//林农满意度/≥90%",
    "产出指标//成活率/≥90%",
]


def test_names_and_values_stand_below_the_class_of_each() -> None:
    sheet = tree(OF_CLASSES)
    (project,) = sheet.projects
    assert (told(project), sheet.unread) == (READ, ())
    assert [unit.name.clean for unit in sheet.units] == ["某县林业局"]


def test_the_classes_may_stand_below_a_title_of_all_of_them() -> None:
    (project,) = tree(
        f"单位编码⇥项目名称⇥资金总额⇥绩效目标⇥绩效指标⇥⇥⇥⇥⇥\n⇥⇥⇥⇥{PAIRS}⇥⇥⇥⇥{BELOW}"
        "41032⇥绿化奖补⇥180⇥造林3000亩。⇥每亩成本⇥≤600元⇥造林面积⇥3000亩⇥林农满意度⇥≥90%\n"
    ).projects
    assert told(project) == READ[:3]


def test_a_class_that_is_misread_is_told() -> None:
    hurt = OF_CLASSES.replace("成本指标", "成本指\u680e").replace("⇥", "\t")
    result = check(hurt)
    assert result.status != "checked" or (result.sheet is not None and result.sheet.unread)


def test_a_class_alone_over_names_is_the_title_of_a_table_and_a_row_below_a_header_is_none_of_it() -> None:
    header = "一级指标⇥二级指标⇥三级指标⇥指标值"
    (project,) = tree(f"项目名称⇥甲\n产出指标⇥⇥⇥\n{header}\n产出指标⇥数量指标⇥面积⇥3000亩\n").projects
    assert told(project) == ["产出指标/数量指标/面积/3000亩"]


FOURTH = "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥四级指标⇥指标值\n"


@tried_on(
    ("rows", "expected"),
    [
        ("决策⇥项目立项⇥立项依据⇥⇥充分\n⇥绩效目标⇥目标合理性⇥⇥合理\n", ["立项依据/充分", "目标合理性/合理"]),
        ("产出⇥产出数量⇥活动⇥场次⇥4场\n⇥⇥⇥人次⇥80人次\n", ["场次/4场", "人次/80人次"]),
        ("产出⇥产出数量⇥活动场次⇥⇥4场\n⇥产出质量⇥活动⇥合格率⇥100%\n", ["活动场次/4场", "合格率/100%"]),
    ],
)
def test_the_third_level_is_the_name_where_the_fourth_is_blank(rows: str, expected: list[str]) -> None:
    sheet = tree(FOURTH + rows)
    (project,) = sheet.projects
    assert ([line.split("/", 2)[2] for line in told(project)], sheet.unread) == (expected, ())


def test_an_unknown_name_on_the_first_of_two_lines_is_no_more_than_one_unknown_column() -> None:
    header = "单位代码⇥项目名称⇥项目支出性状⇥资金总额⇥年度目标⇥绩效指标⇥⇥⇥\n⇥⇥⇥⇥⇥一级指标⇥二级指标⇥三级指标⇥指标值\n"
    row = "405⇥关爱⇥专项⇥38⇥走访。⇥产出指标⇥数量指标⇥人次⇥500人次\n"
    sheet = tree(header + row)
    assert [told(project) for project in sheet.projects] == [["产出指标/数量指标/人次/500人次"]]
    assert sheet.unread == ()
    assert tree(header + row.replace("专项", "≥95%")).unread  # what it holds may be lost


@tried_on("label", ["实施单位(项目单位)", "项目单位(盖章)", "主管部门(单位)"])
def test_a_unit_with_another_name_in_brackets_names_no_project(label: str) -> None:
    sheet = tree(f"项目名称⇥甲⇥{label}⇥某局\n一级指标⇥二级指标⇥三级指标⇥指标值\n产出指标⇥数量指标⇥次数⇥4次\n")
    assert [project.name.clean for project in sheet.projects] == ["甲"]
    assert [unit.name.clean for unit in sheet.units] == ["某局"]


DEPARTMENT = (
    "2024年度⇥⇥⇥⇥⇥⇥⇥单位\uff1a万元\n单位名称⇥项目名称⇥资金总额⇥绩效目标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n"
    "某县妇联⇥⇥58⇥⇥⇥⇥⇥\n某县妇联本级⇥⇥38⇥⇥⇥⇥⇥\n⇥关爱⇥38⇥走访慰问500人次。⇥产出指标⇥数量指标⇥慰问人次⇥500人次\n"
    "某县妇女中心⇥⇥20⇥⇥⇥⇥⇥\n⇥讲座⇥20⇥举办讲座30场。⇥产出指标⇥数量指标⇥讲座场次⇥30场\n"
    "某县文联⇥⇥10⇥⇥⇥⇥⇥\n⇥采风⇥10⇥采风3次。⇥产出指标⇥数量指标⇥采风次数⇥3次\n"
)


def test_a_department_stands_above_the_units_that_make_up_its_amount() -> None:
    sheet = tree(DEPARTMENT)
    top = [(unit.name.clean, [below.name.clean for below in unit.units]) for unit in sheet.sections[0].units]
    assert top == [("某县妇联", ["某县妇联本级", "某县妇女中心"]), ("某县文联", [])]
    assert "GC402" not in codes(DEPARTMENT)
    assert "GC402" in codes(DEPARTMENT.replace("⇥58⇥", "⇥60⇥"))


def test_the_row_of_a_unit_may_be_but_a_heading() -> None:
    unpriced = DEPARTMENT.replace("⇥⇥58⇥", "⇥⇥⇥").replace("⇥⇥38⇥", "⇥⇥⇥").replace("⇥⇥20⇥", "⇥⇥⇥")
    assert "GC402" not in codes(unpriced.replace("⇥⇥10⇥", "⇥⇥⇥"))
    assert "GC402" not in codes(DEPARTMENT.replace("⇥⇥58⇥", "⇥⇥⇥"))  # above units alone
    assert "GC402" in codes(unpriced)  # the others are not, so these amounts are missing


NONE = "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥指标值⇥分值\n产出指标⇥数量指标⇥次数⇥4次⇥\n"


@tried_on("row", ["不适用⇥不适用⇥", "无⇥无⇥", "\u2014\u2014⇥\u2014\u2014⇥", "/⇥/⇥", "无⇥⇥"])
def test_a_class_that_has_no_indicator_has_none(row: str) -> None:
    sheet = tree(f"{NONE}效益指标⇥经济效益指标⇥{row}\n⇥⇥{row}\n")
    assert (len(next(iter(sheet.projects)).entries), sheet.unread) == (1, ())


@tried_on("row", ["无⇥无⇥10", "不适用⇥100%⇥", "无害化处理率⇥100%⇥", "不适用药品处置⇥及时⇥"])
def test_a_name_with_a_value_or_with_points_is_one(row: str) -> None:
    assert len(tree(f"{NONE}效益指标⇥经济效益指标⇥{row}\n").sections[0].loose[0].entries) == 2


SIGNED = (
    "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥绩效指标性质⇥绩效指标值⇥度量单位\n产出指标⇥时效指标⇥完成时间⇥{}⇥年底前⇥/\n"
)


def test_words_that_say_that_a_value_is_words_stand_for_its_sign() -> None:
    assert tree(SIGNED.format("文字描述")).unread == ()
    assert tree(SIGNED.format("台账资料")).unread


EARLIER = (
    "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥指标值⇥⇥⇥确定依据\n⇥⇥⇥前年⇥上年⇥预计当年实现⇥\n"
    "产出指标⇥成本指标⇥人均成本⇥2500元⇥2600元⇥≤2500元⇥行业标准\n"
)


def test_what_was_spent_in_earlier_years_is_no_target() -> None:
    sheet = tree(EARLIER)
    assert (told(next(iter(sheet.projects))), sheet.unread) == (["产出指标/成本指标/人均成本/≤2500元"], ())
    assert tree(EARLIER.replace("上年", "明年")).unread


def test_the_budget_of_the_whole_year_stands_beside_what_half_of_it_spends() -> None:
    (project,) = tree(
        "项目名称⇥甲⇥⇥\n资金情况(万元)⇥资金来源⇥半年\uff08程\uff09执行数⇥全年\uff08程\uff09预算数\n⇥合计⇥310⇥620\n"
        "⇥财政资金小计⇥310⇥620\n一级指标⇥二级指标⇥三级指标⇥指标值\n产出指标⇥数量指标⇥次数⇥4次\n"
    ).projects
    assert {key: amount.text for key, amount in project.amounts.items()} == {"total": "620", "appropriation": "620"}


ONE = "2024年度⇥⇥⇥单位\uff1a万元\n项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥指标值\n效益指标⇥社会效益指标⇥{}⇥{}\n"


@tried_on("name", ["对居民生活的不利影响", "违法违纪情况", "安全事故", "群众投诉次数", "生态环境负面影响"])
def test_none_of_a_harm_is_a_value(name: str) -> None:
    assert "GC301" not in codes(ONE.format(name, "无"))
    assert "GC301" in codes(ONE.format(name, "/"))


@tried_on("name", ["培训人数", "事故处理率", "受益群众", "社会影响", "平均成本"])
def test_none_of_anything_else_is_none(name: str) -> None:
    assert "GC301" in codes(ONE.format(name, "无"))


@tried_on("joint", ["单位名称(项目名称)", "项目单位\uff08项目名称\uff09", "单位(项目)名称"])
def test_units_stand_above_their_projects_in_a_column_of_both(joint: str) -> None:
    text = (
        f"2025年⇥⇥⇥⇥⇥⇥\n{joint}⇥项目金额(万元)⇥⇥绩效目标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n"
        "⇥资金总额⇥政府预算资金⇥⇥⇥⇥⇥\n某区民政局⇥90⇥90⇥⇥⇥⇥⇥\n某区民政局机关⇥90⇥90⇥⇥⇥⇥⇥\n"
        "养老服务⇥90⇥90⇥运营社区照料中心12处。⇥产出指标⇥数量指标⇥照料中心⇥12处\n"
    )
    sheet = tree(text)
    assert [unit.name.clean for unit in sheet.units] == ["某区民政局", "某区民政局机关"]
    assert [project.name.clean for project in sheet.projects] == ["养老服务"]
    assert codes(text).count("GC110") == 0
    assert codes(text.replace("(万元)", "")).count("GC110") == 1


TASKS = (
    "部门名称⇥某区教育局⇥⇥⇥\n总体绩效目标⇥促进教育均衡发展。⇥⇥⇥\n"
    "年度重点工作任务⇥任务名称⇥主要实施内容⇥拟投入的资金(万元)⇥期望达到的目标(概述)\n"
    "⇥新增学位⇥建校舍⇥3600⇥新增1200个\n年度绩效指标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n⇥产出指标⇥数量指标⇥新增学位⇥≥1200个\n"
)


def test_the_tasks_of_a_department_are_no_amounts_of_its_own() -> None:
    sheet = tree(TASKS)
    (project,) = sheet.projects
    assert (project.amounts, told(project), sheet.unread) == ({}, ["产出指标/数量指标/新增学位/≥1200个"], ())


REVIEW = (
    "2023年度(单位\uff1a万元)\n部门名称⇥某局⇥⇥⇥⇥\n年度预算申请⇥⇥年初预算数⇥全年预算数⇥全年执行数⇥执行率\n"
    "⇥年度资金总额⇥1120⇥1186⇥1173⇥98.9%\n{}\n年度总体目标⇥落实优抚政策。⇥⇥⇥⇥\n"
    "绩效指标⇥一级指标⇥二级指标⇥三级指标⇥年度指标值⇥实际完成值\n⇥产出指标⇥数量指标⇥人数⇥860人⇥862人\n"
)


def test_a_source_in_no_column_of_the_budget_may_be_of_what_was_spent() -> None:
    assert "GC409" not in codes(REVIEW.format("⇥其中\uff1a一般公共预算\uff1a1173⇥⇥⇥⇥\n⇥其他资金\uff1a0⇥⇥⇥⇥"))
    assert "GC409" in codes(REVIEW.format("⇥其中\uff1a一般公共预算⇥1120⇥1173⇥1173⇥\n⇥其他资金⇥0⇥0⇥0⇥"))


def test_the_value_of_the_whole_stands_beside_that_of_the_year() -> None:
    header = "一级指标⇥二级指标⇥三级指标⇥总体指标值⇥年度指标值"
    (project,) = tree(f"项目名称⇥甲\n{header}\n产出指标⇥质量指标⇥优良路率⇥≥82%⇥≥80%\n").projects
    (indicator,) = project.indicators
    assert [(field, value.clean) for field, value in indicator.values] == [
        ("cycle_value", "≥82%"),
        ("annual_value", "≥80%"),
    ]


GOALS = (
    "项目名称⇥技能培训⇥⇥\n绩效目标⇥序号⇥目标内容⇥\n⇥1⇥全年开展技能培训1.5万人次。⇥\n⇥2⇥{}\n"
    "绩效指标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n⇥产出指标⇥数量指标⇥培训人次⇥≥15000人次\n"
)


def test_goals_are_listed_in_a_small_table() -> None:
    (project,) = tree(GOALS.format("新增高技能人才2000人。⇥")).projects
    assert project.goal is not None
    assert project.goal.clean == "全年开展技能培训1.5万人次。新增高技能人才2000人。"
    assert not tree(GOALS.format("新增高技能人才2000人。⇥")).unread
    assert tree(GOALS.format("⇥新增高技能人才2000人。")).unread, "below no column of goals"


LOST = {
    "a first level below the title of all": (
        "项目名称⇥资金总额⇥绩效指标⇥⇥⇥\n⇥⇥一级指\u680e⇥二级指标⇥三级指标⇥指标值\n甲⇥38⇥产出指标⇥数量指标⇥人次⇥500人次\n"
    ),
    "a total below the title of the money": (
        "项目名称⇥资金情况⇥⇥绩效指标⇥⇥⇥\n⇥年度资金总\u680e⇥财政拨款⇥一级指标⇥二级指标⇥三级指标⇥指标值\n"
        "甲⇥38⇥38⇥产出指标⇥数量指标⇥人次⇥500人次\n"
    ),
    "a sign that begins as a name of all indicators": (
        "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥绩效指标性\u680e⇥绩效指标值⇥度量单位\n产出指标⇥数量指标⇥人次⇥≥⇥500⇥人次\n"
    ),
    "a goal below the columns of the money": (
        "项目名称⇥甲⇥⇥\n资金来源⇥资金总额(万元)⇥上级资金(万元)⇥本级资金(万元)\n⇥120⇥80⇥40\n"
        "年度绩\u680e目标⇥对2600户群众开展后续服务\uff0c户均至少1人就业。⇥⇥\n"
        "一级指标⇥二级指标⇥三级指标⇥指标值\n产出指标⇥数量指标⇥人次⇥500人次\n"
    ),
    "the amount of a unit": (
        "单位名称⇥项目名称⇥预算数⇥年度目标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n820-某镇部门⇥⇥⇥250000⇥⇥⇥⇥\n"
        "820001-某镇政府⇥环卫经费⇥150000⇥保持环境整洁。⇥产出指标⇥数量指标⇥清运次数⇥≥365次\n"
    ),
    "the name of a department": (
        "部门\u680e称⇥某县人民法院⇥⇥\n年度总体目标⇥依法审理案件。⇥⇥\n"
        "一级指标⇥二级指标⇥三级指标⇥指标值\n产出指标⇥数量指标⇥案件⇥500件\n"
    ),
}


@tried_on("case", LOST)
def test_what_a_misread_name_is_of_is_told(case: str) -> None:
    assert tree(LOST[case]).unread
