"""Forms as further places publish them, each kind with what looks like it and is read otherwise."""

from __future__ import annotations

from helpers import tried_on
from test_published_forms import codes, told, tree

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
