"""Forms as other places print them: each in few lines, with what must be read of it and nothing lost in silence."""

from __future__ import annotations

import attrs
from helpers import check, tried_on

from goalcheck.parse import parse
from goalcheck.sheet import Indicator, Sheet
from goalcheck.source import Source


def tree(text: str) -> Sheet:
    return parse(Source(text.replace("⇥", "\t")))


@attrs.frozen
class Said:
    """What a sheet says: units, projects, the names of indicators with their values (cycle before annual)."""

    projects: list[str]
    indicators: list[str]
    units: list[str] = attrs.Factory(list)


def said(sheet: Sheet) -> Said:
    indicators = []
    for project in sheet.projects:
        for entry in project.entries:
            assert isinstance(entry, Indicator)
            indicators.append(" ".join([entry.name.clean, *(value.clean for _, value in entry.values)]))
    return Said([p.name.clean for p in sheet.projects], indicators, [unit.name.clean for unit in sheet.units])


HEADER = "一级指标⇥二级指标⇥三级指标⇥指标值"
FORMS = {
    "units and projects in one column, a class a row, columns numbered": (
        (
            "单位名称、项目名称⇥项目年度绩效目标⇥一级指标⇥二级指标⇥三级指标⇥指标性质⇥指标值⇥度量单位⇥指标属性⇥指标内容\n"
            "1⇥2⇥3⇥4⇥5⇥6⇥7⇥8⇥9⇥10\n某局⇥⇥⇥⇥⇥⇥⇥⇥⇥\n科普活动⇥开展活动。⇥⇥⇥⇥⇥⇥⇥⇥\n⇥⇥产出指标⇥⇥⇥⇥⇥⇥⇥\n⇥⇥⇥数量指标⇥⇥⇥⇥⇥⇥\n"
            "⇥⇥⇥⇥场次⇥>=⇥10⇥次⇥定量指标⇥开展情况\n⇥⇥效益指标⇥⇥⇥⇥⇥⇥⇥\n⇥⇥⇥社会效益⇥⇥⇥⇥⇥⇥\n⇥⇥⇥⇥科学素质⇥=⇥提高⇥是/否⇥定性指标⇥问卷\n"
        ),
        Said(["科普活动"], ["场次 ≥10次", "科学素质 提高"], ["某局"]),
    ),
    "targets for a part of the year beside that of the year": (
        (
            "项目名称⇥甲\n绩效指标⇥一级指标⇥二级指标⇥三级指标⇥1-6月目标值⇥第三季度指标值⇥半年(程)目标值⇥全年(程)目标值\n"
            "⇥产出指标⇥数量指标⇥公厕⇥≥5座⇥≥8座⇥≥5座⇥≥20座\n"
        ),
        Said(["甲"], ["公厕 ≥20座"]),
    ),
    "earlier values and standards beside the target": (
        (
            "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥历史值⇥行业标准⇥上年度实际水平⇥本年度计划水平⇥评分标准⇥数据来源\n"
            "产出指标⇥数量指标⇥人数⇥450人⇥≥400人⇥480人⇥≥500人⇥每少1%扣1分⇥台账\n"
        ),
        Said(["甲"], ["人数 ≥500人"]),
    ),
    "names of the cycle beside those of the year": (
        (
            "项目名称⇥甲\n一级指标⇥二级指标⇥实施期指标⇥实施期指标值⇥年度指标⇥年度指标值\n"
            "产出指标⇥数量指标⇥期数⇥≥24期⇥期数⇥≥12期\n"
        ),
        Said(["甲"], ["期数 ≥24期 ≥12期"]),
    ),
    "the same as third levels": (
        (
            "项目名称⇥甲\n一级指标⇥二级指标⇥长期三级指标⇥长期指标值⇥年度三级指标⇥年度指标值\n"
            "产出指标⇥数量指标⇥期数⇥≥24期⇥期数⇥≥12期\n"
        ),
        Said(["甲"], ["期数 ≥24期 ≥12期"]),
    ),
    "a column that explains the third level": (
        "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥指标内容⇥指标值\n产出指标⇥数量指标⇥场次⇥全年开展的活动⇥4场\n",
        Said(["甲"], ["场次 4场"]),
    ),
    "the fourth level has the names": (
        "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥四级指标⇥指标值\n产出指标⇥数量指标⇥活动⇥场次⇥4场\n",
        Said(["甲"], ["场次 4场"]),
    ),
    "towns below a merged name": (
        (
            "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥计量单位⇥指标方向⇥各乡镇分解值⇥⇥\n⇥⇥⇥⇥⇥东山镇⇥西山镇⇥南山乡\n"
            "产出指标⇥数量指标⇥公厕⇥座⇥≥⇥3⇥2⇥1\n"
        ),
        Said(["甲"], ["公厕(东山镇) ≥3座", "公厕(西山镇) ≥2座", "公厕(南山乡) ≥1座"]),
    ),
    "a header on two lines, with a name that nobody knows": (
        (
            "项目名称⇥单位名称⇥预算金额⇥绩效目标⇥绩效指标⇥⇥⇥⇥⇥\n⇥⇥⇥⇥一级指标⇥二级指标⇥三级指标⇥指标性质⇥绩效指标值⇥没有的名\n"
            "甲⇥某局⇥50⇥扶持。⇥产出指标⇥数量指标⇥村数⇥=⇥5个⇥\n乙⇥某局⇥10⇥培训。⇥产出指标⇥数量指标⇥人次⇥≥⇥300人次⇥\n"
        ),
        Said(["甲", "乙"], ["村数 5个", "人次 ≥300人次"], ["某局"]),
    ),
    "the sum is named in the column of ordinals": (
        (
            "序号⇥单位名称⇥项目名称⇥项目金额⇥一级指标⇥二级指标⇥三级指标⇥指标值\n1⇥某局⇥甲⇥20⇥产出指标⇥数量指标⇥卷数⇥≥10卷\n"
            "1⇥某局⇥甲⇥20⇥产出指标⇥质量指标⇥合格率⇥≥98%\n2⇥某局⇥乙⇥15⇥产出指标⇥数量指标⇥面积⇥≥200平方米\n合计⇥⇥⇥35⇥⇥⇥⇥\n"
        ),
        Said(["甲", "乙"], ["卷数 ≥10卷", "合格率 ≥98%", "面积 ≥200平方米"], ["某局"]),
    ),
    "all years above the year, each with its goal": (
        (
            "项目名称⇥甲\n项目绩效目标描述⇥总目标⇥⇥本年度目标⇥\n⇥公园5个。⇥⇥公园2个。⇥\n总目标绩效指标⇥一级指标⇥二级指标⇥指标内容⇥指标值\n"
            "⇥产出指标⇥数量指标⇥公园⇥5个\n本年度绩效指标⇥一级指标⇥二级指标⇥指标内容⇥指标值\n⇥产出指标⇥数量指标⇥公园⇥2个\n"
        ),
        Said(["甲"], ["公园 5个 2个"]),
    ),
    "values parted on the second line of the header": (
        (
            "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥指标值⇥⇥⇥备注\n⇥⇥⇥运算符⇥数值⇥单位⇥\n"
            "产出指标⇥数量指标⇥渠道⇥≥⇥12⇥公里⇥\n⇥质量指标⇥合格率⇥=⇥100⇥%⇥\n"
        ),
        Said(["甲"], ["渠道 ≥12公里", "合格率 100%"]),
    ),
    "the title and the levels said again on both lines of the header": (
        (
            "项目名称⇥项目名称⇥甲⇥甲⇥甲⇥甲⇥甲\n绩效指标⇥一级指标⇥中期目标⇥中期目标⇥年度目标⇥年度目标⇥年度目标\n"
            "绩效指标⇥一级指标⇥三级指标⇥指标值⇥二级指标⇥三级指标⇥指标值\n绩效指标⇥产出指标⇥里程⇥≥30公里⇥数量指标⇥里程⇥≥10公里\n"
        ),
        Said(["甲"], ["里程 ≥30公里 ≥10公里"]),
    ),
    "several indicators in the lines of a cell": (
        (
            f'项目名称⇥甲\n{HEADER}\n产出指标⇥数量指标⇥"指标1:里程\n指标2:路灯"⇥"≥8公里\n若干"\n'
            '⇥质量指标⇥"路面合格率\n路灯合格率"⇥"100%\n≥98%"\n⇥时效指标⇥"完工\n时间"⇥"12月\n底前"\n'
        ),
        Said(
            ["甲"],
            ["指标1:里程 ≥8公里", "指标2:路灯 若干", "路面合格率 100%", "路灯合格率 ≥98%", "完工时间 12月底前"],
        ),
    ),
    "contents that are rated": (
        "项目名称⇥甲\n评价内容⇥绩效内容⇥绩效指标⇥参考标准⇥绩效目标值\n产出⇥数量目标⇥场次⇥上年⇥≥40场\n",
        Said(["甲"], ["场次 ≥40场"]),
    ),
    "classes in rows of their own, numbered": (
        (
            "项目名称⇥甲\n序号⇥绩效指标⇥目标值⇥备注\n一⇥产出指标(60分)⇥⇥\n(一)⇥数量指标⇥⇥\n1⇥里程⇥≥30公里⇥\n"
            "二⇥满意度指标⇥⇥\n1⇥群众满意度⇥≥90%⇥\n"
        ),
        Said(["甲"], ["里程 ≥30公里", "群众满意度 ≥90%"]),
    ),
    "values of all years and of the year, as a system exports them": (
        (
            "单位名称⇥项目名称⇥项目总额⇥总体绩效目标⇥当年绩效目标⇥一级绩效指标⇥二级绩效指标⇥三级绩效指标⇥绩效指标性质⇥绩效指标值"
            "⇥绩效度量单位⇥本年绩效指标值⇥本年权重\n某局⇥甲⇥90.00⇥三年。⇥本年。⇥产出指标⇥数量指标⇥校舍⇥≥⇥9⇥所⇥3⇥20\n"
        ),
        Said(["甲"], ["校舍 ≥9所 ≥3所"], ["某局"]),
    ),
    "duties with their sums above the activities, graded": (
        (
            "职责活动⇥年度预算数⇥内容描述⇥绩效目标⇥绩效指标⇥评价标准⇥⇥⇥\n⇥⇥⇥⇥⇥优⇥良⇥中⇥差\n一、水资源⇥80.00⇥⇥⇥⇥⇥⇥⇥\n"
            "1、监督⇥80.00⇥监督⇥节水⇥达标率⇥≥95%⇥≥90%⇥≥85%⇥<85%\n"
        ),
        Said(["1、监督"], ["达标率 ≥95%"], ["一、水资源"]),
    ),
    "names and values of merged columns, in any of these": (
        (
            "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥⇥指标值⇥⇥备注\n产出指标⇥数量指标⇥里程⇥⇥≥8公里⇥⇥\n"
            "⇥质量指标⇥⇥合格率⇥⇥100%⇥\n"
        ),
        Said(["甲"], ["里程 ≥8公里", "合格率 100%"]),
    ),
    "towns beside their sum": (
        ("项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥计量单位⇥合计⇥东山镇⇥西山镇\n产出指标⇥数量指标⇥公厕⇥座⇥5⇥3⇥2\n"),
        Said(["甲"], ["公厕 5座", "公厕(东山镇) 3座", "公厕(西山镇) 2座"]),
    ),
    "grades in two characters": (
        (
            "项目名称⇥甲\n一级指标⇥三级指标⇥评价标准⇥⇥⇥\n⇥⇥优秀⇥良好⇥合格⇥不合格\n"
            "产出指标⇥次数⇥≥40次⇥≥35次⇥≥30次⇥<30次\n"
        ),
        Said(["甲"], ["次数 ≥40次"]),
    ),
    "points of spending and of all in rows of their own": (
        (
            "转移支付(项目)名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥年度指标值⇥实际完成指标值⇥分值⇥得分\n"
            "产出指标⇥数量指标⇥次数⇥≥12次⇥15次⇥90⇥90\n执行率⇥⇥⇥⇥⇥10⇥10\n总分⇥⇥⇥⇥⇥100⇥100\n"
        ),
        Said(["甲"], ["次数 ≥12次"]),
    ),
    "both halves below one header": (
        (
            f"项目名称⇥甲\n指标类别⇥{HEADER}\n长期绩效指标⇥产出指标⇥数量指标⇥公园⇥9处\n⇥⇥质量指标⇥成活率⇥≥90%\n"
            "年度绩效指标⇥产出指标⇥数量指标⇥公园⇥3处\n⇥⇥质量指标⇥合格率⇥100%\n"
        ),
        Said(["甲"], ["公园 9处 3处", "成活率 ≥90%", "合格率 100%"]),
    ),
    "levels called goals": (
        "项目名称:⇥甲\n一级目标⇥二级目标⇥指标内容⇥指标目标值\n产出目标⇥数量⇥页数⇥≥100页\n影响力目标⇥满意度⇥群众满意度⇥≥90%\n",
        Said(["甲"], ["页数 ≥100页", "群众满意度 ≥90%"]),
    ),
    "lines above all that are as wide as the form": (
        (
            "转移支付(项目)名称⇥⇥甲\n中央主管部门⇥⇥某部\n省级财政部门⇥⇥某厅⇥省级主管部门⇥某局\n总体目标⇥⇥年度目标⇥⇥\n"
            f"⇥⇥应改尽改。⇥⇥\n绩效指标⇥{HEADER}\n⇥产出指标⇥数量指标⇥户数⇥≥89户\n"
        ),
        Said(["甲"], ["户数 ≥89户"], ["某局"]),
    ),
    "money in a second line of the header": (
        (
            "部门名称⇥项目名称⇥预算资金情况⇥⇥⇥年度绩效目标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n⇥⇥总额⇥财政拨款⇥其他资金⇥⇥⇥⇥⇥\n"
            "某局⇥甲⇥20⇥20⇥0⇥改造。⇥产出指标⇥数量指标⇥中心⇥5个\n"
        ),
        Said(["甲"], ["中心 5个"], ["某局"]),
    ),
    "half of the year beside the whole, and goals as a class": (
        (
            "项目名称⇥甲⇥⇥⇥⇥⇥\n绩效指标⇥一级指标⇥二级指标⇥三级指标⇥单位⇥指标值⇥\n⇥⇥⇥⇥⇥半年(程)⇥全年(程)\n"
            "⇥决策⇥项目立项⇥立项依据⇥⇥充分⇥充分\n⇥⇥绩效目标⇥目标合理性⇥⇥合理⇥合理\n⇥产出⇥数量指标⇥老宅⇥处⇥≥4⇥≥12\n"
        ),
        Said(["甲"], ["立项依据 充分", "目标合理性 合理", "老宅 ≥12处"]),
    ),
    "classes behind the values, and names that are names of columns as well": (
        (
            "序号⇥项目名称⇥项目预算⇥年度绩效目标⇥绩效指标名称⇥指标值⇥指标类型\n1⇥甲⇥32⇥消除积水。⇥积水点⇥≥9处⇥数量指标\n"
            "⇥⇥⇥⇥完工时间⇥6月底前⇥时效指标\n2⇥乙⇥8⇥监测。⇥点位⇥≥26个⇥数量指标\n"
        ),
        Said(["甲", "乙"], ["积水点 ≥9处", "完工时间 6月底前", "点位 ≥26个"]),
    ),
    "titles of the whole cycle and of the year": (
        (
            "项目名称⇥甲⇥⇥⇥\n长期绩效目标表⇥⇥⇥⇥\n目标名称⇥一级指标⇥二级指标⇥指标名称⇥指标值\n长期目标1⇥产出指标⇥数量指标⇥土方⇥≥120万方\n"
            "年度绩效目标表⇥⇥⇥⇥\n目标名称⇥一级指标⇥二级指标⇥指标名称⇥指标值\n年度目标1⇥产出指标⇥数量指标⇥土方⇥≥42万方\n"
        ),
        Said(["甲"], ["土方 ≥120万方 ≥42万方"]),
    ),
    "goals with their numbers in cells of their own": (
        f"项目名称⇥⇥甲⇥\n年度绩效目标⇥⇥目标内容1⇥建成滴灌3000亩。\n⇥⇥目标内容2⇥带动农户务工。\n{HEADER}\n产出指标⇥数量指标⇥面积⇥≥3000亩\n",
        Said(["甲"], ["面积 ≥3000亩"]),
    ),
    "the whole province beside its places": (
        "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥全省⇥澜水市⇥怒岭县\n产出指标⇥数量指标⇥湿地⇥≥560公顷⇥≥400公顷⇥≥160公顷\n",
        Said(["甲"], ["湿地 ≥560公顷", "湿地(澜水市) ≥400公顷", "湿地(怒岭县) ≥160公顷"]),
    ),
    "projects with their numbers for labels": (
        "".join(
            f"项目{at}:{name}⇥⇥⇥预算金额:3\n{HEADER}\n产出指标⇥数量指标⇥公厕⇥{at}座\n"
            for at, name in ((1, "甲"), (2, "乙"))
        ),
        Said(["甲", "乙"], ["公厕 1座", "公厕 2座"]),
    ),
    "quarters on the second line of the header": (
        (
            f"项目名称⇥甲\n{HEADER}⇥季度分解目标⇥⇥⇥\n⇥⇥⇥⇥一季度⇥二季度⇥三季度⇥四季度\n产出指标⇥数量指标⇥场次⇥≥8场⇥2⇥2⇥2⇥2\n"
            "满意度指标⇥服务对象满意度指标⇥满意度⇥≥92%⇥⇥⇥⇥92%\n"
        ),
        Said(["甲"], ["场次 ≥8场", "满意度 ≥92%"]),
    ),
    "years behind it, and all three": (
        "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥2024年完成值⇥2025年目标值⇥三年目标值\n产出指标⇥数量指标⇥技改⇥280个⇥≥300个⇥≥960个\n",
        Said(["甲"], ["技改 ≥960个 ≥300个"]),
    ),
    "targets of a stage each": (
        (
            "项目名称⇥甲⇥⇥⇥\n一级指标⇥二级指标⇥三级指标⇥建设期指标值⇥运营期指标值\n产出指标⇥数量指标⇥泊位⇥≥22个⇥\n"
            "效益指标⇥经济效益指标⇥停车收入⇥⇥≥16万元\n"
        ),
        Said(["甲"], ["泊位(建设期) ≥22个", "停车收入(运营期) ≥16万元"]),
    ),
}


@tried_on("form", FORMS)
def test_forms_of_other_places(form: str) -> None:
    text, expected = FORMS[form]
    sheet = tree(text)
    assert (said(sheet), sheet.unread) == (expected, ())


@tried_on("joint", ["产出指标-数量指标", "产出指标/数量", "产出\uff1a数量指标", "产出指标\u2014\u2014数量指标"])
def test_one_column_may_hold_both_levels(joint: str) -> None:
    before, behind = f"{joint}⇥面积⇥≥26亩", f"面积⇥≥26亩⇥{joint}"
    headers = {f"{name}⇥指标名称⇥指标值": before for name in ("指标类型", "指标分类", "二级指标")}
    for header, row in (headers | {"指标名称⇥指标值⇥指标类型": behind}).items():
        (project,) = tree(f"项目名称⇥年度目标⇥{header}\n甲⇥改造。⇥{row}\n").projects
        (indicator,) = project.indicators
        assert [level.label.removesuffix("指标") for level in (indicator.level1, indicator.level2)] == ["产出", "数量"]


def test_nothing_is_a_value_in_words_where_it_is_qualitative() -> None:
    (project,) = tree(
        f"项目名称⇥甲\n{HEADER.replace('指标值', '计算符号⇥指标值')}\n产出指标⇥数量指标⇥影响⇥定性⇥无\n"
    ).projects
    assert [v.form.kind for entry in project.indicators for _, v in entry.values] == ["words"]


def test_a_project_beside_a_table_that_knows_no_projects_is_told() -> None:
    sheet = tree(f"绩效指标⇥⇥{HEADER}\n道路维修⇥50⇥产出指标⇥数量指标⇥里程⇥5公里\n绩效⇥⇥⇥质量指标⇥合格率⇥100%\n")
    assert [part.text for part in sheet.unread] == ["道路维修", "50"]


TABLE = f"绩效指标⇥{HEADER}\n⇥产出指标⇥数量指标⇥次数⇥≥4次\n"
COSTS = "项目预算⇥成本构成⇥金额⇥测算(公式)依据⇥2021年实际执行数\n⇥保安费⇥19.10⇥招标⇥19.10\n⇥合计⇥19.10⇥⇥19.10\n"
SCHEDULE = "实施进度计划⇥项目实施内容⇥开始时间⇥完成时间\n⇥1.招标⇥2022.1⇥2022.3\n⇥2.施工⇥2022.4⇥2022.12\n"
DETAILS = "项目支出明细⇥⇥⇥⇥⇥\n序号⇥支出内容⇥数量⇥单价(元)⇥金额(万元)⇥测算依据\n1⇥门禁⇥10⇥30000⇥30⇥询价\n合计⇥⇥⇥⇥30⇥\n"
TASKS = (
    "年度主要任务⇥任务名称⇥主要内容⇥⇥预算金额(万元)⇥⇥\n⇥⇥⇥⇥总额⇥财政拨款⇥其他资金\n"
    "⇥水库⇥加固3座⇥⇥600.00⇥500.00⇥100.00\n⇥金额合计⇥⇥⇥600.00⇥500.00⇥100.00\n"
)
YEARS = (
    "项目资金(万元)⇥⇥年初预算数⇥全年预算数⇥全年执行数⇥分值⇥执行率⇥得分\n⇥年度资金总额⇥100⇥120⇥110⇥10⇥91.67%⇥9.17\n"
    "⇥其中:本年财政拨款⇥100⇥110⇥100⇥-⇥90.91%⇥-\n⇥上年结转资金⇥⇥10⇥10⇥-⇥100%⇥-\n⇥其他资金⇥0⇥0⇥0⇥-⇥⇥-\n"
)
MONITORED = (
    "项目资金(万元)⇥⇥年初预算数⇥1-7月执行数⇥1-7月执行率⇥全年预计执行数\n⇥年度资金总额⇥200⇥110⇥55%⇥200\n"
    "⇥其中:本年一般公共预算拨款⇥200⇥110⇥55%⇥200\n"
)
EARLIER = (
    "项目资金情况⇥资金来源(万元)⇥项目⇥上年度预算安排⇥上年度实际执行⇥本年度申请金额\n⇥⇥合计⇥80⇥79⇥90\n⇥⇥财政拨款⇥80⇥79⇥90\n"
    "⇥支出内容及明细预算(万元)⇥项目⇥上年度预算安排⇥上年度实际执行⇥本年度申请金额⇥资金测算依据及说明\n⇥⇥合计⇥80⇥79⇥90⇥\n"
    "⇥⇥1.场租⇥80⇥79⇥90⇥合同\n"
)
BY_KIND = (
    "年度预算申请(万元)⇥资金总额⇥按收入性质分⇥⇥按支出性质分⇥\n⇥⇥其中:一般公共预算⇥15.00⇥其中:基本支出⇥10.00\n"
    "⇥18.00⇥政府性基金拨款⇥3.00⇥项目支出⇥8.00\n"
)
MONEY = {
    "costs above": (COSTS + TABLE, {}),
    "costs below": (TABLE + COSTS, {}),
    "a schedule below, and a signature": (
        TABLE + SCHEDULE + "填报人:张三⇥⇥联系电话:0000-1234567⇥填报日期:2021年11月3日\n",
        {},
    ),
    "details without a title cell": (f"资金总额⇥30\n{DETAILS}年度绩效目标⇥更新。\n{TABLE}", {"total": "30"}),
    "tasks of a department": (TASKS + TABLE, {}),
    "the first title cell, one character a row": (COSTS.replace("\n⇥", "\n预⇥") + TABLE, {}),
    "the title repeated, as some readers do": (COSTS.replace("\n⇥", "\n项目预算⇥") + TABLE, {}),
    "a self-evaluation": (
        YEARS + TABLE,
        {"total": "120", "appropriation": "110", "other": "0", "\u4e0a年结转资金": "10"},
    ),
    "a report in the middle of the year": (MONITORED + TABLE, {"total": "200", "appropriation": "200"}),
    "years beside one another, costs below": (EARLIER + TABLE, {"total": "90", "appropriation": "90"}),
    "a total below its label, kinds beside it": (
        BY_KIND + TABLE,
        {"total": "18.00", "一般公共预算": "15.00", "基本支出": "10.00", "政府性基金拨款": "3.00", "项目支出": "8.00"},
    ),
    "amounts below their labels": (
        f"资金来源⇥合计⇥财政拨款⇥其他资金\n⇥9⇥8⇥1\n{TABLE}",
        {"total": "9", "appropriation": "8", "other": "1"},
    ),
    "the cycle's and the year's": (
        (
            "项目资金⇥实施期资金总额:⇥900⇥年度资金总额:⇥300\n⇥其中:财政拨款⇥900⇥其中:财政拨款⇥300\n"
            f"⇥其他资金⇥0⇥其他资金⇥0\n{TABLE}"
        ),
        {"total": "300", "appropriation": "300", "other": "0"},
    ),
    "several amounts in one cell": (
        f"项目资金⇥年度资金总额:100万元;其中:财政拨款80万元,其他资金 20万元\n{TABLE}",
        {"total": "100", "appropriation": "80", "other": "20"},
    ),
    "pairs below a table by year": (
        f"{YEARS}⇥按收入性质分:⇥⇥⇥按支出性质分:⇥\n⇥其中:一般公共预算:80⇥⇥⇥其中:基本支出:30⇥\n{TABLE}",
        {
            "total": "120",
            "appropriation": "110",
            "other": "0",
            "\u4e0a年结转资金": "10",
            "一般公共预算": "80",
            "基本支出": "30",
        },
    ),
    "years side by side": (
        f"政策资金(万元)⇥2023年⇥2024年⇥合计\n⇥100.00⇥120.00⇥220.00\n{TABLE}",
        {"total": "220.00"},
    ),
    "what was spent beside the budget": (
        f"预算执行情况(万元)⇥预算数:⇥60⇥执行数:⇥58\n⇥其中:财政拨款⇥60⇥其中:财政拨款⇥58\n{TABLE}",
        {"total": "60", "appropriation": "60"},
    ),
    "the points of spending": (f"当年预算(万元)⇥60.00⇥预算执行率权重(%)⇥10\n{TABLE}", {"total": "60.00"}),
    "what the column holds above the total": (
        f"资金来源(万元)⇥⇥⇥全年预算数\n资金总额⇥⇥⇥98\n其中:财政拨款⇥⇥⇥98\n其他资金⇥⇥⇥0\n{TABLE}",
        {"total": "98", "appropriation": "98", "other": "0"},
    ),
    "of ten thousands without yuan": (f"年度资金总额⇥250万\n{TABLE}", {"total": "250"}),
}


@tried_on("form", MONEY)
def test_the_money_of_a_form(form: str) -> None:
    text, expected = MONEY[form]
    sheet = tree(f"项目名称⇥甲\n{text}")
    assert (said(sheet), sheet.unread) == (Said(["甲"], ["次数 ≥4次"]), ())
    (project,) = sheet.projects
    assert {key: amount.text for key, amount in project.amounts.items()} == expected


LOST = {
    "amounts above which no project is named": ("预算数⇥一级指标⇥三级指标⇥指标值", "20⇥产出指标⇥公厕⇥3座", ["20"]),
    "a place whose name is misread": ("一级指标⇥三级指标⇥东山镇⇥西山镇⇥南屲", "产出指标⇥公厕⇥3座⇥2座⇥1座", ["1座"]),
    "an amount whose column lost its name": ("项目名称⇥⇥一级指标⇥三级指标⇥指标值", "甲⇥20⇥产出指标⇥公厕⇥3座", ["20"]),
    "a town that lost its name": ("一级指标⇥三级指标⇥东山镇⇥西山镇⇥⇥备注", "产出指标⇥公厕⇥3座⇥2座⇥1⇥", ["1"]),
    "a figure behind the last column": ("一级指标⇥三级指标⇥指标值", "产出指标⇥公厕⇥3座⇥2", ["2"]),
}


def test_the_province_is_a_part_of_the_region_or_stands_beside_it() -> None:
    sources = "⇥其中:中央财政资金⇥500\n⇥省级财政资金⇥200\n⇥地方资金⇥{}\n"
    text = f"绩效目标表\n(2024年度)⇥单位:万元\n项目名称⇥甲\n资金情况⇥年度金额:⇥800\n{sources}{TABLE}"
    codes = [
        {found.rule.code for found in check(text.format(rest).replace("⇥", "\t")).findings} for rest in (100, 300, 50)
    ]
    assert ["GC409" in found for found in codes] == [False, False, True]


def test_a_total_looked_for_below_its_label_is_missed() -> None:
    (project,) = tree(f"项目名称⇥甲\n资金总额⇥按收入性质分⇥按支出性质分\n⇥其中:财政拨款⇥18\n{TABLE}").projects
    assert {key: amount.text for key, amount in project.amounts.items()} == {"total": "", "appropriation": "18"}


@tried_on("case", LOST)
def test_cells_in_no_column_are_told(case: str) -> None:
    header, row, lost = LOST[case]
    assert [part.text for part in tree(f"{header}\n{row}\n").unread] == lost


def test_a_row_with_a_word_that_names_a_column_is_no_second_line_of_the_header() -> None:
    text = (
        "一级指标⇥二级指标⇥三级指标⇥指标值⇥绩效标\u680e\n⇥数量指标⇥车辆⇥10辆⇥计划标准\n⇥质量指标⇥合格率⇥100%⇥计划标准\n"
    )
    result = check(text.replace("⇥", "\t"))
    assert result.status != "checked" or (result.sheet and len(said(result.sheet).indicators) == 2)


def test_a_split_target_that_no_table_takes_is_unread() -> None:
    assert tree(f"项目名称⇥甲\n{TABLE}附\n公厕⇥>=⇥10⇥座\n").unread


def test_what_only_looks_like_costs_is_unread() -> None:
    listed = "项目名称⇥支出内容⇥金额⇥测算依据\n乙⇥场租⇥19.10⇥合同\n"
    assert [part.reason for part in tree(f"项目名称⇥甲\n{TABLE}{listed}").unread] == ["header-lacks"]
    hurt = COSTS.replace("⇥成本构成", "⇥成本构戍").replace("测算(公式)依据", "依椐")
    assert tree(f"项目名称⇥甲\n{TABLE}{hurt}").unread


def test_the_goal_whose_label_stands_one_character_a_line() -> None:
    text = f"项目名称⇥甲\n年⇥目标1:维修8公里。\n度⇥⇥\n目⇥⇥\n标⇥⇥\n{TABLE}"
    (project,) = tree(text).projects
    assert project.goal is not None
    assert project.goal.text == "目标1:维修8公里。"


def test_the_goal_of_an_export_is_that_of_the_year() -> None:
    (project,) = tree(
        f"项目名称⇥总体绩效目标⇥当年绩效目标⇥{HEADER}\n甲⇥三年。⇥本年。⇥产出指标⇥数量指标⇥校舍⇥3所\n"
    ).projects
    assert project.goal is not None
    assert project.goal.text == "本年。"


def test_the_form_of_a_department_goes_by_its_name() -> None:
    assert said(tree(f"部门名称⇥某局\n年度总体目标⇥做好。\n{TABLE}")) == Said(["某局"], ["次数 ≥4次"], ["某局"])


def test_goals_below_the_indicators_are_those_of_the_form_above() -> None:
    forms = [f"项目名称⇥{name}\n{TABLE}年度目标⇥维修{name}。\n" for name in "甲乙"]
    goals = [project.goal for project in tree("".join(forms)).projects]
    assert [goal and goal.text for goal in goals] == ["维修甲。", "维修乙。"]


_DEPARTMENT = """部门整体支出绩效目标申报表⇥⇥⇥⇥
(2024年度)⇥⇥⇥⇥
部门(单位)名称:⇥青山县文化旅游局⇥⇥⇥
年度收入预算(万元)⇥收入合计⇥财政拨款⇥纳入专户管理的非税收入⇥其他收入
⇥860.00⇥860.00⇥0.00⇥0.00
年度支出预算(万元)⇥支出合计⇥基本支出⇥项目支出⇥
⇥860.00⇥520.00⇥340.00⇥
年度绩效目标⇥完成公共文化服务任务\u3002⇥⇥⇥
年度绩效指标⇥一级指标⇥二级指标⇥三级指标⇥指标值
⇥产出指标⇥数量指标⇥送戏下乡场次⇥≥120场
⇥效益指标⇥社会效益指标⇥公共文化服务覆盖率⇥≥95%
⇥满意度指标⇥服务对象满意度指标⇥群众满意度⇥≥90%
""".replace("⇥", "\t")


def test_the_label_of_a_group_beside_its_sum_is_no_total() -> None:
    """年度支出预算 has no amount of its own: 支出合计 and its parts stand beside it."""
    result = check(_DEPARTMENT)
    assert (result.unread, [finding.code for finding in result.findings]) == ((), [])


def test_codes_in_a_form_are_no_amounts() -> None:
    form = _DEPARTMENT.replace("青山县文化旅游局\t\t\t", "青山县文化旅游局\t\t{}\t332")
    for label in ("主管部门编码", "预算部门代码", "机构编号", "在编人数"):
        assert check(form.format(label)).unread == (), label
    assert check(form.format("本期")).unread != ()


_ROWS = (
    "一级指标⇥二级指标⇥三级指标⇥指标值\n产出指标⇥数量指标⇥清扫面积⇥≥186万平方米\n"
    "效益指标⇥社会效益指标⇥环境卫生⇥明显改善\n满意度指标⇥服务对象满意度指标⇥市民满意度⇥≥85%\n"
)
_HEADS = {
    "the unit of amounts in a cell of its own": (
        "预算年度\uff1a2024⇥⇥⇥金额单位\uff1a万元\n项目名称⇥城区环卫保洁⇥预算部门⇥青山县住建局\n资金总额⇥320.00⇥财政拨款⇥320.00\n"
    ),
    "lines without blank cells at their ends": (
        "2024年度\n项目名称\uff1a⇥城区环卫保洁\n主管部门\uff1a⇥青山县住建局⇥完成方式和步骤\uff1a⇥分四个季度考核\u3002\n"
        "资金来源(万元)⇥合计\uff1a320万元\uff0c其中\uff1a财政拨款320万元\n"
    ),
}


@tried_on("head", _HEADS)
def test_heads_as_people_write_them_by_hand(head: str) -> None:
    text = f"绩效目标表\n{_HEADS[head]}年度目标⇥城区道路每日清扫保洁\u3002\n{_ROWS}".replace("⇥", "\t")
    result = check(text)
    assert (result.unread, [finding.code for finding in result.findings]) == ((), [])
    assert result.sheet is not None
    (project,) = result.sheet.projects
    assert [amount.value for key, amount in project.amounts.items() if key == "total"] == [320]


def test_what_the_whole_project_costs_stands_beside_the_budget_of_the_year() -> None:
    text = (
        "绩效目标表\n项目名称⇥高标准农田建设⇥⇥项目属性⇥新增\n项目总投资(万元)⇥3200⇥⇥2024年预算⇥1600\n"
        "其中\uff1a中央资金⇥2000⇥⇥其中\uff1a中央资金⇥1000\n省级资金⇥800⇥⇥省级资金⇥400\n县级配套⇥400⇥⇥县级配套⇥200\n"
        "项目期目标⇥三年建成高标准农田2万亩\u3002⇥⇥年度目标⇥建成高标准农田1万亩\u3002\n"
        "一级指标⇥二级指标⇥三级指标⇥项目期指标值⇥年度指标值\n产出指标⇥数量指标⇥建成农田面积⇥2万亩⇥1万亩\n"
        "效益指标⇥生态效益指标⇥亩均节水⇥≥30立方米⇥≥30立方米\n满意度指标⇥服务对象满意度指标⇥农户满意度⇥≥90%⇥≥90%\n"
    ).replace("⇥", "\t")
    result = check(text)
    assert (result.unread, [finding.code for finding in result.findings]) == ((), [])
    assert result.sheet is not None
    (project,) = result.sheet.projects
    assert [amount.value for amount in project.amounts.values()] == [1600, 1000, 400, 200]
    first = next(project.indicators)
    assert [value.text for _, value in first.values] == ["2万亩", "1万亩"]
    assert [finding.code for finding in check(text.replace("\t1000\n", "\t1100\n")).findings] == ["GC403"]
