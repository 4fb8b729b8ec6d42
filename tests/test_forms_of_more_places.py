"""Forms as further places publish them, each kind with what looks like it and is read otherwise."""

from __future__ import annotations

import pytest
from helpers import tried_on
from test_published_forms import codes, told, tree

from goalcheck.errors import InputError
from goalcheck.sheet import Indicator, Unparsed

HEAD = "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥指标值"

SIGNED = (
    "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥指标值⇥评(扣)分标准⇥度量单位⇥指标值类型⇥备注\n"
    "产出指标⇥时效指标⇥完成时间⇥12月底前⇥未完成扣分⇥⇥定性⇥\n"
    "产出指标⇥数量指标⇥演出场次⇥120⇥少一场扣1分⇥场⇥{}⇥\n"
)


@tried_on("sign", ["\u2265", ">", "=", "定量"])
def test_a_column_of_kinds_that_holds_signs_is_that_of_signs(sign: str) -> None:
    sheet = tree(SIGNED.format(sign))
    shown = "" if sign in ("=", "定量") else sign
    assert told(sheet.sections[0].loose[0])[1] == f"产出指标/数量指标/演出场次/{shown}120场"
    assert sheet.unread == ()


def test_of_two_such_columns_the_one_called_so_is_that_of_signs() -> None:
    header, row = SIGNED.format("定量").split("\n", 1)[1].split("\n", 1)
    both = f"项目名称⇥甲\n{header}⇥计算符号\n{row.replace('定性⇥', '定性⇥⇥').replace('定量⇥', '>⇥⇥≤')}"
    assert told(tree(both).sections[0].loose[0])[1].endswith("/\u2264120场")


EARLIER = (
    f"{HEAD}⇥⇥⇥绩效标准\n⇥⇥⇥近两年指标值⇥⇥预期当年实现值⇥\n⇥⇥⇥{{}}⇥{{}}⇥⇥\n"
    "产出指标⇥数量指标⇥起草文稿篇数⇥280篇⇥290篇⇥\u2265300篇⇥计划标准\n"
)


def test_what_two_years_had_stands_beside_the_target_below_three_lines_of_names() -> None:
    sheet = tree(EARLIER.format("前年", "上年"))
    assert (told(sheet.sections[0].loose[0]), sheet.unread) == (["产出指标/数量指标/起草文稿篇数/\u2265300篇"], ())


def test_words_below_the_earlier_years_are_a_row() -> None:
    assert tree(EARLIER.format("前年", "起草篇数")).unread


CYCLE = (
    "部门名称⇥某市政府办⇥⇥\n长期绩效指标⇥一级指标⇥二级指标⇥指标名称⇥指标值\n⇥产出指标⇥数量指标⇥文稿篇数⇥900篇\n"
    "{}⇥高质量完成文稿起草任务。⇥⇥⇥\n年度绩效指标⇥一级指标⇥二级指标⇥指标名称⇥指标值\n⇥产出指标⇥数量指标⇥文稿篇数⇥300篇\n"
)


def test_a_goal_between_the_indicators_of_cycle_and_year_begins_no_other_project() -> None:
    (project,) = tree(CYCLE.format("年度目标1\uff1a")).projects
    assert told(project) == ["产出指标/数量指标/文稿篇数/300篇"]
    assert codes(CYCLE.format("年度目标1\uff1a")).count("GC505") == 1


@tried_on("label", ["项目名称", "实施单位", "年度资金总额"])
def test_a_name_or_an_amount_between_them_does(label: str) -> None:
    assert len(list(tree(CYCLE.format(label)).projects)) == 2


MONEY = (
    "部门名称⇥某市政府办⇥⇥⇥⇥\n部门总体资金情况⇥收入构成⇥当年金额⇥占比⇥近两年收支金额⇥\n⇥⇥⇥⇥2022年⇥2023年\n"
    "⇥财政拨款⇥988.2⇥100%⇥910.4⇥951.6\n一级指标⇥二级指标⇥三级指标⇥指标值\n产出指标⇥数量指标⇥次数⇥4次\n"
)


def test_what_earlier_years_spent_stands_below_their_names() -> None:
    sheet = tree(MONEY)
    (project,) = sheet.projects
    assert ([amount.text for amount in project.amounts.values()], sheet.unread) == (["988.2"], ())
    assert [left.text for left in tree(MONEY.replace("⇥2023年", "⇥")).unread] == ["951.6"]


BROKEN = (
    f"{HEAD}\n效益指标⇥社会效益⇥受益人数⇥480人\n⇥指标⇥用水改善人数⇥{{}}\n⇥生态效益⇥灌溉面积⇥460亩\n⇥指标⇥⇥\n"
    "满意度⇥服务对象满意度⇥农户满意度⇥95%\n指标⇥指标⇥⇥\n"
)


def test_the_rest_of_a_class_stands_on_the_next_line() -> None:
    sheet = tree(BROKEN.format("\u2265900人"))
    assert told(sheet.sections[0].loose[0]) == [
        "效益指标/社会效益/受益人数/480人",
        "效益指标/社会效益/用水改善人数/\u2265900人",
        "效益指标/生态效益/灌溉面积/460亩",
        "满意度/服务对象满意度/农户满意度/95%",
    ]
    assert sheet.unread == ()


def test_the_second_level_may_be_called_as_a_column_of_names() -> None:
    rows = "满意度指标⇥具体指标⇥教师满意度⇥\u226595%\n⇥具体指标⇥学生满意度⇥\u226590%\n"
    sheet = tree(f"{HEAD}\n产出指标⇥数量指标⇥次数⇥4次\n{rows}")
    assert told(sheet.sections[0].loose[0])[1:] == [
        "满意度指标/具体指标/教师满意度/\u226595%",
        "满意度指标/具体指标/学生满意度/\u226590%",
    ]
    assert sheet.unread == ()


def test_points_stand_below_the_title_beside_the_rows() -> None:
    form = "项目名称⇥甲\n年度绩效目标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n{}⇥产出指标({})分⇥数量指标⇥次数⇥4次\n"
    assert tree(form.format("(80分)", "40-50")).unread == ()
    assert "GC201" not in codes(form.format("(80分)", "40-50"))
    assert tree(form.format("80万元", "40-50")).unread


def test_the_target_of_the_region_stands_beside_those_of_its_places() -> None:
    (project,) = tree(
        f"{HEAD.replace('指标值', '区域目标值')}⇥上坪县⇥武溪县\n产出指标⇥数量指标⇥补助场所⇥5处⇥2处⇥3处\n"
    ).projects
    assert [line.rsplit("/", 1)[1] for line in told(project)] == ["5处", "2处", "3处"]


def test_a_code_of_money_is_no_amount() -> None:
    assert (
        tree("项目名称⇥甲⇥财政资金科目代码⇥21305\n" + HEAD.split("\n")[1] + "\n产出指标⇥数量指标⇥次数⇥4次\n").unread
        == ()
    )


def test_half_the_year_stands_beside_the_target_of_the_whole() -> None:
    sheet = tree(f"{HEAD}⇥⇥\n⇥⇥⇥半年(程)指标值⇥全年(程)指标值⇥\n产出⇥数量指标⇥疏通管道⇥≥90公里⇥≥180公里⇥\n")
    assert (told(sheet.sections[0].loose[0]), sheet.unread) == (["产出/数量指标/疏通管道/\u2265180公里"], ())


PANES = (
    "项目名称⇥甲⇥⇥⇥⇥⇥\n一级指标⇥二级指标⇥三级指标⇥中期指标值⇥二级指标⇥三级指标⇥年度指标值\n"
    "产出指标⇥时效指标(工期指标)⇥支付时间⇥6月⇥{}⇥支付时间⇥3月\n"
)


def test_classes_of_two_panes_may_have_other_notes() -> None:
    ((entry,),) = (project.entries for project in tree(PANES.format("时效指标(形象进度指标)")).projects)
    assert [value.text for _, value in entry.values] == ["6月", "3月"]
    ((left, right),) = (project.entries for project in tree(PANES.format("质量指标(工期指标)")).projects)
    assert len(left.values) == len(right.values) == 1


def test_a_first_level_alone_ends_one_that_stood_with_a_second() -> None:
    rows = "效益-社会效益⇥参与人次⇥3万人次\n满意度⇥群众满意度⇥90%\n社会效益⇥知晓率⇥90%\n"
    table = f"项目名称⇥甲\n指标类型⇥指标名称⇥目标值\n{rows}"
    assert [line.rsplit("/", 2)[0] for line in told(tree(table).sections[0].loose[0])] == [
        "效益/社会效益",
        "满意度/",
        "满意度/社会效益",
    ]


JOINT = (
    "项目名称⇥甲⇥⇥\n一级指标⇥二级指标⇥三级指标⇥{}\n产出指标⇥数量指标⇥硬化巷道\u22654.6公里⇥\n"
    "⇥⇥安装路灯80盏\uff1b⇥\n⇥成本指标⇥{}⇥\n"
)


def test_names_may_have_their_values_behind_them() -> None:
    sheet = tree(JOINT.format("备注", "每公里成本不超过26万元"))
    assert told(sheet.sections[0].loose[0]) == [
        "产出指标/数量指标/硬化巷道/\u22654.6公里",
        "产出指标/数量指标/安装路灯/80盏",
        "产出指标/成本指标/每公里成本/不超过26万元",
    ]
    assert sheet.unread == ()


@tried_on(
    ("name", "expected"),
    [
        ("65岁及以上老年人管理率\u226562%", "65岁及以上老年人管理率/\u226562%"),
        ("0-6岁儿童管理率85%", "0-6岁儿童管理率/85%"),
        ("受益人口约3000人", "受益人口/约3000人"),
        ("补助标准(元/人)\u2265100", "补助标准(元/人)/\u2265100"),
        ("建设5G基站\uff1a30个", "建设5G基站/30个"),
    ],
)
def test_figures_in_a_name_with_a_value_behind_it_stay_with_it(name: str, expected: str) -> None:
    assert told(tree(JOINT.format("备注", name)).sections[0].loose[0])[2] == f"产出指标/成本指标/{expected}"


@tried_on(
    "name",
    [
        "按期完工",
        "2025年9月底前完工",
        "培训2次,参训120人",
        "修建3公里道路",
        "采购电脑10台\u3001打印机5台",
        "合格率(一次\u226595%)",
        "完好率90%~95%",
        "服务7\u00d724小时",
        "达标率提高到95%",
        "补助标准每人100元",
        "1.修路\u22653公里",
    ],
)
def test_a_name_in_which_no_value_is_found_is_told(name: str) -> None:
    sheet = tree(JOINT.format("备注", name))
    assert len(sheet.sections[0].loose[0].entries) == 2
    assert [(left.text, left.reason) for left in sheet.unread] == [(name, "by-row")]


def test_a_column_that_nobody_knows_may_be_that_of_values() -> None:
    with pytest.raises(InputError, match="split-indicators"):
        tree(JOINT.format("完成要求", "每公里成本26万元"))


def test_a_column_of_goals_may_be_that_of_values() -> None:
    with pytest.raises(InputError, match="split-indicators"):
        tree(JOINT.format("绩效目标", "每公里成本26万元").replace("4.6公里⇥", "4.6公里⇥5公里"))


LIST = "单位\uff1a万元\n项目名称⇥预算数⇥绩效目标⇥绩效指标\n高龄津贴⇥260⇥按月发放。⇥{}\n"


@tried_on(
    ("cell", "expected"),
    [
        (
            "1.数量指标\uff1a发放人数\u22654200人\uff1b2.质量指标\uff1a准确率100%。3.社会效益指标:生活水平有所提高",
            ["/数量指标/发放人数/\u22654200人", "/质量指标/准确率/100%", "/社会效益指标/生活水平/有所提高"],
        ),
        (
            "产出指标:数量指标:检查40次,抽查1,200人次;质量指标:合格率达到95%以上 效益指标:社会效益指标:知晓率\u226590%",
            [
                "产出指标/数量指标/检查/40次",
                "产出指标/数量指标/抽查/1,200人次",
                "产出指标/质量指标/合格率/达到95%以上",
                "效益指标/社会效益指标/知晓率/\u226590%",
            ],
        ),
        (
            "产出指标:数量指标:检查\u226540次。成本指标:补助\u22646万元。效益指标:经济效益指标:产值\u22658万元。满意度指标:满意率\u226590%",
            [
                "产出指标/数量指标/检查/\u226540次",
                "产出指标/成本指标/补助/\u22646万元",
                "效益指标/经济效益指标/产值/\u22658万元",
                "/满意度指标/满意率/\u226590%",
            ],
        ),
    ],
)
def test_a_cell_may_list_indicators_below_their_classes(cell: str, expected: list[str]) -> None:
    sheet = tree(LIST.format(cell))
    (project,) = sheet.projects
    assert (told(project), sheet.unread) == (expected, ())


def test_of_a_list_what_says_no_value_is_not_read() -> None:
    (project,) = tree(LIST.format("数量指标:检查40次;时效指标:2025年底前完成;质量指标:合格率95%")).projects
    assert [type(entry) for entry in project.entries] == [Indicator, Unparsed, Indicator]
    assert "GC101" in codes(LIST.format("数量指标:检查40次;时效指标:2025年底前完成;质量指标:合格率95%"))


def test_a_class_within_a_sentence_lists_nothing() -> None:
    assert tree(LIST.format("各单位填报数量指标:40次和质量指标:95%")).unread


ORGANISATION = (
    "项目名称⇥预算数⇥年度目标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n{}\n"
    "云租赁⇥12⇥保障系统运行。⇥产出指标⇥数量指标⇥云主机⇥160台\n⇥⇥⇥满意度指标⇥服务对象满意度指标⇥单位满意度⇥90%\n"
)


def test_an_organisation_above_the_projects_is_their_unit() -> None:
    sheet = tree(ORGANISATION.format("红江州数据发展中心⇥⇥⇥⇥⇥⇥"))
    assert [(unit.name.clean, len(unit.projects)) for unit in sheet.units] == [("红江州数据发展中心", 1)]


@tried_on("row", ["某中心⇥8⇥⇥⇥⇥⇥", "某中心⇥⇥建成中心。⇥⇥⇥⇥", "中心改造⇥⇥⇥⇥⇥⇥", "某中心⇥⇥⇥产出指标⇥数量指标⇥次数⇥4次"])
def test_what_says_more_or_is_called_otherwise_is_a_project(row: str) -> None:
    assert len(list(tree(ORGANISATION.format(row)).projects)) == 2


def test_of_a_project_below_others_its_name_says_not_that_it_is_a_unit() -> None:
    head, _, rows = ORGANISATION.split("\n", 2)
    sheet = tree(f"{head}\n{rows}美丽乡村⇥⇥⇥⇥⇥⇥\n{rows.replace('云租赁', '路灯')}")
    assert len(list(sheet.projects)) == 3


def test_the_first_level_may_stand_in_a_column_of_kinds_beside_the_second() -> None:
    table = "项目名称⇥甲\n指标类别⇥二级指标⇥指标内容⇥目标值\n产出指标⇥数量指标⇥次数⇥4次\n"
    assert told(tree(table).sections[0].loose[0]) == ["产出指标/数量指标/次数/4次"]
    assert told(tree(table.replace("产出指标", "定量")).sections[0].loose[0]) == ["/数量指标/次数/4次"]


BESIDE = "项目名称⇥预算数⇥绩效目标⇥{}⇥绩效指标\n道路⇥56⇥修路3公里。⇥数量指标⇥{}\n⇥⇥⇥满意度指标⇥群众满意度\u226590%\n"


def test_classes_may_stand_beside_names_with_values() -> None:
    sheet = tree(BESIDE.format("指标类别", "修建道路\u22653公里"))
    (project,) = sheet.projects
    assert told(project) == ["/数量指标/修建道路/\u22653公里", "/满意度指标/群众满意度/\u226590%"]
    assert sheet.unread == ()


@tried_on(
    ("beside", "cell"),
    [
        ("备注", "1、1-产出指标; 11-数量指标; 修路; 实施周期指标值:3公里; 年度指标值:3公里。"),
        ("指标类别", "按计划修建道路"),
        ("资金来源", "修建道路\u22653公里"),
    ],
)
def test_other_columns_beside_the_indicators_say_no_class(beside: str, cell: str) -> None:
    rows = BESIDE.replace("满意度指标", "见附件" if beside == "资金来源" else "满意度指标").format(beside, cell)
    assert tree(rows).layout == "packed"


@tried_on("sign", ["大于等于", "大于", "不超过", "大约", "正向指标", "区间"])
def test_words_for_signs_are_known(sign: str) -> None:
    table = SIGNED.replace("指标值类型", "计算符号").format(sign)
    assert tree(table).unread == ()


@tried_on("sign", ["大于栎于", "不低予", "小于等千", "大千", "太于"])
def test_misread_words_for_signs_are_told(sign: str) -> None:
    table = SIGNED.replace("指标值类型", "计算符号").format(sign)
    assert [left.text for left in tree(table).unread] == [sign]


@tried_on("rest", ["指标2\uff1a", "……", "指标2\uff1a\n……", "指标2\uff1a……"])
def test_what_a_template_has_for_further_names_is_none_of_the_first(rest: str) -> None:
    (project,) = tree(f'{HEAD}\n效益指标⇥社会效益指标⇥"指标1\uff1a就诊率\n{rest}"⇥"\u226565%\n"\n').projects
    assert told(project) == ["效益指标/社会效益指标/指标1\uff1a就诊率/\u226565%"]


def test_a_further_name_without_a_value_stays_with_the_first() -> None:
    (project,) = tree(f'{HEAD}\n效益指标⇥社会效益指标⇥"指标1\uff1a就诊率\n指标2\uff1a知晓率"⇥\u226565%\n').projects
    assert "知晓率" in project.entries[0].name.text


PRINTED = (
    "项目支出绩效目标表\n项目名称 市场 保洁\n年度资金总额\uff1a 86\n年度目标 保持整洁。\n"
    "绩效指标 一级指标 二级指标 三级指标 指标值\n"
    "产出指标 数量指标 保洁市场 12个\n保洁人员 \u2265 36 人\n质量指标 合格率 \u226595%\n{}\n"
    "满意度指标 服务对象满意度指标 群众满意度 \u226590%\n填表人\uff1a张三 联系电话\uff1a000\n"
)


def test_cells_may_be_parted_by_blanks_alone() -> None:
    sheet = tree(PRINTED.format("成本指标 人均费用 2万元"))
    (project,) = sheet.projects
    assert (project.name.text, [amount.text for amount in project.amounts.values()]) == ("市场 保洁", ["86"])
    assert told(project) == [
        "产出指标/数量指标/保洁市场/12个",
        "产出指标/数量指标/保洁人员/\u2265 36 人",
        "产出指标/质量指标/合格率/\u226595%",
        "产出指标/成本指标/人均费用/2万元",
        "满意度指标/服务对象满意度指标/群众满意度/\u226590%",
    ]
    assert sheet.unread == ()


@tried_on("row", ["成本指标 人均 保洁 费用 2万元", "决策 立项 充分性 充分", "成本指标 人均费用", "人均费用"])
def test_with_a_row_that_cannot_be_told_none_is_read(row: str) -> None:
    with pytest.raises(InputError):
        tree(PRINTED.format(row))


def test_rows_behind_the_end_of_such_a_table_are_not_lost() -> None:
    with pytest.raises(InputError):
        tree(PRINTED.format("项目负责人 李四"))


@tried_on("line", ['""', '" "', "\u3000"])
def test_a_line_without_words_is_no_row(line: str) -> None:
    assert len(told(next(iter(tree(PRINTED.format("") + f"{line}\n").projects)))) == 4
    with pytest.raises(InputError, match="no-sheet"):
        tree(f"{line}\n")


@tried_on("label", ["填表人", "年度目标"])
def test_rows_that_cannot_be_told_are_not_lost_above_or_below_such_a_table(label: str) -> None:
    with pytest.raises(InputError):
        tree(PRINTED.format("").replace(label, f"质量指标 按计划 保洁 合格率 优\n{label}", 1))
    with pytest.raises(InputError):
        tree(f"{PRINTED.format('')}质量指标 合格率 优\n")


@tried_on("row", ["审核 王五", "市财政局 2025年1月"])
def test_who_made_such_a_table_and_when_is_no_row(row: str) -> None:
    assert len(list(tree(PRINTED.format("质量指标 核准人数 3人")).projects)) == 1
    with pytest.raises(InputError):
        tree(
            PRINTED.format("成本指标 人均费用 2万元").replace("填表人\uff1a张三", row).replace(" 联系电话\uff1a000", "")
        )


@tried_on(
    ("row", "is_read"), [("合格率 \u226595% 20", True), ("合格率 \u226595%", True), ("合格率\u226595% 20", False)]
)
def test_of_points_and_values_it_must_be_told_which_is_which(row: str, *, is_read: bool) -> None:
    text = f"项目名称 市场\n一级指标 二级指标 三级指标 指标值 分值\n产出指标 数量指标 市场数 12个 10\n质量指标 {row}\n"
    if is_read:
        assert len(told(tree(text).sections[0].loose[0])) == 2
    else:
        with pytest.raises(InputError):
            tree(text)


WITHIN = (
    "项目名称⇥甲\n评价内容⇥绩效内容⇥{}⇥绩效目标值⇥实际完成值\n"
    "产出目标⇥数量目标⇥驿站数量⇥>=2个⇥2个\n⇥⇥活动次数⇥>=28次⇥40次\n"
)


def test_one_name_may_stand_over_classes_and_names() -> None:
    sheet = tree(WITHIN.format(""))
    assert (told(sheet.sections[0].loose[0]), sheet.unread) == (
        ["产出目标/数量目标/驿站数量/>=2个", "产出目标/数量目标/活动次数/>=28次"],
        (),
    )


def test_what_stands_below_a_name_of_its_own_is_no_name_of_an_indicator() -> None:
    with pytest.raises(InputError):
        tree(WITHIN.format("参考标准"))


UNITS = f"{HEAD}⇥{{}}\n产出指标⇥数量指标⇥修路里程⇥{{}}⇥公里\n"


def test_units_in_a_column_whose_name_is_misread_are_told() -> None:
    assert [left.text for left in tree(UNITS.format("单仁", "3")).unread] == ["单仁"]


@tried_on(("name", "value"), [("单位", "3"), ("计量单位", "3"), ("备注", "3"), ("口径", "3公里")])
def test_units_that_are_read_or_say_nothing_new_are_not(name: str, value: str) -> None:
    assert tree(UNITS.format(name, value)).unread == ()


ON_A_LINE = (
    "2025年项目绩效目标表\n{}\n项目名称⇥桥梁加固⇥年度资金总额⇥20.00\n年度目标⇥完成危桥加固。⇥⇥\n"
    "一级指标⇥二级指标⇥三级指标⇥指标值\n产出指标⇥数量指标⇥加固桥梁座数⇥\u22653座\n"
    "效益指标⇥社会效益指标⇥受益人数⇥\u226560人\n满意度指标⇥服务对象满意度指标⇥村民满意度⇥\u226590%\n"
)


@tried_on("gap", ["\u3000", " " * 30, "\xa0 \xa0", "⇥"])
@tried_on(
    "line",
    [
        "预算单位\uff1a青石镇政府{}单位\uff1a万元",
        "主管部门\uff1a县交通局{}项目单位\uff1a青石镇政府{}\uff08单位\uff1a万元\uff09",
        "填报日期\uff1a2025年3月1日{}项目单位\uff1a青石镇政府{}单位\uff1a万元",
        "填报单位\uff1a青石镇政府{}填报人\uff1a张三{}2025年3月1日{}万元",
    ],
)
def test_what_stands_side_by_side_on_a_line_is_as_in_cells(line: str, gap: str) -> None:
    text = ON_A_LINE.format(line.replace("{}", gap))
    assert [unit.name.text for unit in tree(text).units if unit.name is not None] == ["青石镇政府"]
    assert codes(text) == []


def test_the_name_and_the_amount_of_a_project_stand_side_by_side_too() -> None:
    text = ON_A_LINE.replace("项目名称⇥桥梁加固⇥年度资金总额⇥20.00\n", "")
    (project,) = tree(text.format("项目名称\uff1a桥梁加固   预算单位\uff1a青石镇   年度资金总额\uff1a20万元")).projects
    assert (project.name.text, [amount.text for amount in project.amounts.values()]) == ("桥梁加固", ["20"])


@tried_on("name", ["城区改造 一期\uff1a道路工程", "桥梁加固 2025年6月完工"])
def test_a_colon_or_a_date_in_the_name_of_a_project_begins_nothing(name: str) -> None:
    text = ON_A_LINE.replace("⇥桥梁加固⇥", f"\uff1a{name}⇥")
    assert [project.name.text for project in tree(text.format("单位\uff1a万元")).projects] == [name]


def test_a_blank_within_the_name_of_a_unit_is_still_told() -> None:
    assert codes(ON_A_LINE.format("预算单位\uff1a青石镇 政府    单位\uff1a万元")) == ["GC104"]


WHOLE = (
    "部门名称⇥县林业局\n年度主要任务⇥任务名称⇥主要内容⇥预算金额(万元)\n⇥⇥⇥{}\n⇥造林绿化⇥完成营造林⇥1200⇥1000⇥200\n"
    "⇥金额合计⇥⇥1200⇥1000⇥200{}\n年度目标⇥完成营造林任务。\n一级指标⇥二级指标⇥三级指标⇥指标值\n"
    "产出指标⇥数量指标⇥营造林面积⇥\u226520亩\n"
)
"""The form of a whole department; its cells end with the one that is merged above the parts of the amounts."""


@tried_on("parts", ["总额⇥财政拨款⇥其他资金", "小计⇥上级⇥本级"])
def test_parts_of_the_last_column_of_tasks_may_go_beyond_its_name(parts: str) -> None:
    assert tree(WHOLE.format(parts, "")).unread == ()
    assert [left.text for left in tree(WHOLE.format(parts, "⇥⇥300")).unread] == ["300"]


def test_what_is_beyond_a_column_without_parts_is_told() -> None:
    assert [left.text for left in tree(WHOLE.format("总额⇥备注说明⇥", "")).unread] == ["200", "200"]
