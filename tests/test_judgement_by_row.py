"""What rules say of tables with one indicator a row: at which cell, how often, and of what they are silent."""

from __future__ import annotations

import pytest
from helpers import check_strictly, tried_on

from goalcheck.catalogue.load import catalogue
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.prose import sentences
from goalcheck.source import Source

_EXPORT = (
    "绩效目标申报表(2023年度)\n项目名称\t预算数(万元)\t年度目标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t指标方向性\n"
    "补贴发放\t29.00\t每月发放补贴。\t产出指标\t数量指标\t补贴发放次数\t≥\t12\t次\t正向指标\n"
)


def found(text: str, *codes: str) -> list[tuple[str, str]]:
    """The findings of ``codes``, or of the family GC3: each with the text at fault."""
    result = check_strictly(text)
    assert result.sheet is not None
    told = [(finding.code, text[finding.start : finding.end]) for finding in result.findings]
    return [one for one in told if (one[0] in codes if codes else one[0].startswith("GC3"))]


def row(cells: str) -> str:
    return f"{_EXPORT}|||{cells}\n".replace("|", "\t")


CELLS = {
    "产出指标|成本指标|补贴成本|≤|28.8万元|%|反向指标": [("GC303", "%")],
    "产出指标|成本指标|补贴成本|≤|28.8万元|元|反向指标": [],
    "产出指标|成本指标|补贴成本|≤|28.8万|元|反向指标": [],
    "产出指标|数量指标|补贴人数|≥≥|186|人|正向指标": [("GC303", "≥≥")],
    "产出指标|数量指标|补贴人数|≤|≥186|人|正向指标": [("GC303", "≥186")],
    "产出指标|数量指标|补贴人数|≥|≥186人|人|正向指标": [("GC323", "人")],
    "产出指标|数量指标|补贴人数|不少于|186|人|正向指标": [("GC309", "不少于")],
    "产出指标|数量指标|补贴人数|≥|不少于186|人|正向指标": [("GC309", "不少于186")],
    "产出指标|数量指标|补贴人次|≥|186|人次/年|正向指标": [],
    "产出指标|数量指标|补贴人数|≥|186人次|人|正向指标": [],
    "产出指标|数量指标|补贴人数|≥|186|/|正向指标": [("GC307", "186")],
    "产出指标|数量指标|补贴人数|=|186|人|正向指标": [],
    "产出指标|质量指标|发放准确率|≥|100|百分比|正向指标": [("GC311", "≥")],
    "产出指标|质量指标|发放差错率|≤|5|%|反向指标": [],
    "产出指标|质量指标|发放差错率|≥|5|%|反向指标": [("GC314", "≥")],
    "产出指标|质量指标|发放覆盖面积|≤|5|亩|正向指标": [("GC314", "≤")],
    "产出指标|质量指标|资料合格率|≤|5|%|反向指标": [],
    "产出指标|成本指标|单处工程平均维修成本|≥|3.6|万元|": [("GC314", "≥")],
    "产出指标|成本指标|发放金额|≥|11.52|万元|": [("GC314", "≥")],
    "产出指标|成本指标|预算超支率|≥|5|%|": [("GC314", "≥")],
    "产出指标|时效指标|抢修到达时间|≥|30|分钟|": [("GC314", "≥")],
    "产出指标|成本指标|成本节约金额|≥|3.6|万元|": [],
    "产出指标|成本指标|降低维修成本|≥|3.6|万元|": [],
    "产出指标|成本指标|补贴标准|≥|500|元/人|": [],
    "产出指标|成本指标|配套资金投入|≥|500|万元|": [],
    "产出指标|成本指标|维修成本控制率|≥|95|%|": [],
    "产出指标|时效指标|办结时限压缩率|≥|30|%|": [],
    "效益指标|经济效益指标|带动农产品销售金额|≥|500|万元|": [],
    "效益指标|社会效益指标|是否公示|=|是||正向指标": [],
    "效益指标|社会效益指标|村居环境|定性|明显改善||正向指标": [],
    "效益指标|社会效益指标|村居环境|定性|||正向指标": [("GC301", "")],
    "效益指标|社会效益指标|村居环境||明显改善||正向指标": [("GC318", "明显改善")],
    "满意度指标|服务对象满意度指标|村民满意度|正向|90|%|": [],
    "满意度指标|服务对象满意度指标|村民满意度||90|%|": [("GC308", "90")],
    "满意度指标|服务对象满意度指标|村民满意度|≥||%|": [("GC301", "")],
    "满意度指标|服务对象满意度指标|企业满意度(%)|≥|95||": [],
}


@tried_on("cells", CELLS)
def test_values_in_cells_of_their_own(cells: str) -> None:
    assert found(row(cells)) == CELLS[cells]


_FORM = "项目名称\t补贴发放\n一级指标\t二级指标\t三级指标\t指标值\n"


@tried_on(
    "text",
    [
        f'{_FORM}产出指标\t数量指标\t"活动\n场次"\t≥12次\n',
        f'{_FORM}"产出\n指标"\t"数 量\n指 标"\t活动场次\t"明显\n改善"\n',
        f"{_FORM}产出 指标\t数量 指标\t活动场次\t≥12次\n\t\t活动人数\t≥12人\n",
    ],
)
def test_lines_within_a_cell_are_no_stray_spaces(text: str) -> None:
    assert found(text, "GC104") == []


def test_a_space_within_a_name_is_one() -> None:
    assert found(f"{_FORM}产出指标\t数量指标\t活动 场次\t≥12次\n", "GC104") == [("GC104", " ")]


def test_one_class_in_a_merged_cell_is_one_fault() -> None:
    rows = "效益指标\t质量指标\t合格率\t90%\n\t\t完好率\t90%\n\t\t达标率\t90%\n"
    assert found(_FORM + rows, "GC203") == [("GC203", "质量指标")]
    assert found(_FORM + rows.replace("\t\t", "效益指标\t质量指标\t"), "GC203") == [("GC203", "质量指标")] * 3


def test_one_first_level_over_classes_of_another_is_one_fault() -> None:
    rows = "产出指标\t数量指标\t次数\t≥9次\n\t社会效益指标\t受益人数\t≥9人\n\t经济效益指标\t增收额\t≥9元\n"
    assert found(_FORM + rows, "GC203") == [("GC203", "社会效益指标")]


def test_one_name_with_a_value_a_place_is_one_fault() -> None:
    header = "项目名称\t道路养护\n一级指标\t二级指标\t三级指标\t东村镇\t西河镇\t南岭镇\n"
    text = f"{header}产出指标\t数量指标\t养护 里程(公里)\t≥2公里\t≥3公里\t≥4公里\n"
    assert found(text, "GC104", "GC605") == [("GC104", " "), ("GC605", "(公里)")]
    bare = text.replace("公里\t", "\t").replace("公里\n", "\n")
    assert found(bare, "GC307", "GC605") == []
    assert found(bare.replace("(公里)", ""), "GC307") == [("GC307", "≥2")]


def test_a_fault_of_a_name_is_told_beside_its_first_value() -> None:
    header = "项目名称\t道路养护\n一级指标\t二级指标\t三级指标\t东村镇\t西河镇\t南岭镇\n"
    row = "产出指标\t数量指标\t检修里程(公里)\t约3公里\t\t\n"
    rows = f"{row}产出指标\t数量指标\t养护里程(公里)\t≥2公里\t约3公里\t≥4公里\n"
    text = header + rows
    told = [finding for finding in check_strictly(text).findings if finding.code == "GC605"]
    assert [text[f.within.start : f.within.end][-5:] for f in told if f.within] == ["\t约3公里", "\t≥2公里"]


_TWO = "三级指标(长期)\t指标值(长期)\t三级指标(年度)\t指标值(年度)\n"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("发放次数\t\t发放次数\t≥12次\n发放人数\t\t发放人数\t≥12人\n", []),  # nobody used the side of the cycle
        ("发放次数\t\t发放次数\t≥12次\n发放人数\t≥36人\t发放人数\t≥12人\n", ["GC302"]),
        ("发放次数\t≥36次\t发放次数\t\n发放人数\t≥36人\t发放人数\t≥12人\n", ["GC301"]),
        ("\t\t发放次数\t≥12次\n发放人数\t≥36人\t\t\n", []),
    ],
)
def test_a_value_is_missing_where_its_column_is_used(rows: str, codes: list[str]) -> None:
    assert [code for code, _ in found(_TWO + rows, "GC301", "GC302")] == codes


def test_goals_of_a_template_over_several_lines_are_one_gap() -> None:
    goals = "总体目标\t目标1:\n\t目标2:\n\t目标3:……\n"
    text = f"项目名称\t康复服务\n{goals}一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t康复人数\t≥5人\n"
    assert found(text, "GC108", "GC501", "GC601", "GC612") == [("GC108", "目标1:\n\t目标2:\n\t目标3:……")]


def test_one_word_alone_makes_no_indicator_foreign() -> None:
    """Nor is a clause, which is to be written anew, or an amount in the place of a name."""
    head = "项目名称\t乡村学校宿舍改造\n年度目标\t改造乡村学校宿舍。\n一级指标\t二级指标\t三级指标\t指标值\n"
    rows = "产出指标\t质量指标\t床具质量合格率\t100%\n\t成本指标\t18万元\t100%\n"
    clause = "效益指标\t社会效益指标\t改善了邻里相处环境\t有所改善\n"
    assert found(head + rows + clause, "GC606", "GC602") == [("GC602", "改善了邻里相处环境")]
    foreign = "效益指标\t社会效益指标\t村集体经济壮大\t有所壮大\n"
    assert found(head + foreign, "GC606") == [("GC606", "村集体经济壮大")]


def test_a_goal_is_taken_up_by_the_values_of_all_places() -> None:
    head = "项目名称\t道路养护\n年度目标\t养护道路80公里。\n一级指标\t二级指标\t三级指标\t东村镇\t西河镇\n"
    rows = "产出指标\t数量指标\t养护道路里程\t50公里\t30公里\n"
    assert found(head + rows, "GC607") == []
    assert found(head + rows.replace("30", "20"), "GC607") == [("GC607", "80公里")]


def test_words_beside_their_nature_are_what_the_form_asks_for() -> None:
    head = "项目名称\t道路养护\n一级指标\t二级指标\t三级指标\t指标值类型\t*指标值\t计量单位\n"
    rows = "效益指标\t社会效益指标\t道路通行条件\t定性\t明显改善\t\n\t\t受益人数\t定量\t≥500\t人\n"
    assert found(head + rows) == []
    assert found(head + rows.replace("定性", "定量")) == [("GC323", "明显改善")]


def test_costs_to_society_may_be_told_in_words() -> None:
    head = "项目名称\t道路养护\n一级指标\t二级指标\t三级指标\t指标值\n成本指标\t经济成本指标\t养护成本\t可控\n"
    rows = "\t社会成本指标\t施工交通影响\t可控\n\t生态环境成本指标\t施工扬尘影响\t可控\n"
    result = check_source(Source(head + rows), plan(catalogue(), "central-2021", Selection(select=["GC312"])))
    assert [finding.start for finding in result.findings] == [head.index("可控")]


_ALL_CLASSES = (
    "产出指标\t数量指标\t活动场次\t≥12次\n\t质量指标\t合格率\t≥90%\n\t{}\t参加人数\t≥50人\n"
    "{}\t社会效益指标\t知晓率\t≥90%\n满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\n"
)
_UNKNOWN_LABELS = {
    ("其他类别指标", "效益指标"): ["其他类别指标"],
    ("数最指标", "效益指标"): ["数最指标"],
    ("时效指标", "群众指标(30分)"): ["群众指标(30分)"],
    ("时效栎标", "效益指"): ["时效栎标", "效益指"],
    ("可持影响指标", "效益指标"): ["可持影响指标"],
    ("其他指标", "效益指标(30分)"): [],
    ("其他", "效益 指标"): [],
    ("时效指标(工期指标、形象进度指标)", "社会、经济效益指标"): [],
    ("进度指标", "预期效益指标"): [],
    ("成本指标(选填)", "管理指标"): [],
    ("经济成本指标", "效果指标"): [],
    ("**指标", "效益指标"): [],
    ("发放对象名单公示情况", "效益指标"): [],
}


@tried_on("labels", _UNKNOWN_LABELS)
def test_labels_that_no_taxonomy_has(labels: tuple[str, str]) -> None:
    assert found(_FORM + _ALL_CLASSES.format(*labels), "GC201") == [("GC201", one) for one in _UNKNOWN_LABELS[labels]]


def test_an_unknown_label_in_a_merged_cell_is_one_fault() -> None:
    rows = _ALL_CLASSES.format("其他类别指标", "效益指标")
    rows = rows.replace("≥50人\n", "≥50人\n\t\t参加户数\t≥50户\n")
    assert found(_FORM + rows, "GC201") == [("GC201", "其他类别指标")]


def test_labels_that_stand_in_each_others_columns() -> None:
    rows = "数量指标\t产出指标\t活动场次\t≥12次\n效益指标\t社会效益指标\t知晓率\t≥90%\n"
    assert found(_FORM + rows, "GC201") == [("GC201", "数量指标")]
    alone = "数量指标\t\t活动场次\t≥12次\n质量指标\t\t合格率\t≥90%\n社会效益指标\t\t知晓率\t≥90%\n"
    assert found(_FORM + alone, "GC201") == []


def test_a_sheet_with_classes_of_its_own_is_left_alone() -> None:
    rows = (
        "履职指标\t重点任务指标\t活动场次\t≥12次\n\t日常工作指标\t合格率\t≥90%\n效益指标\t社会效益指标\t知晓率\t≥90%\n"
    )
    assert found(_FORM + rows, "GC201") == []


def test_a_class_that_is_none_of_a_taxonomy_has_second_levels_of_its_own() -> None:
    rows = _ALL_CLASSES.format("时效指标", "效益指标") + "管理指标\t工作目标管理指标\t制度\t健全\n"
    assert found(_FORM + rows, "GC201") == []


def test_effects_that_any_project_may_have_are_not_foreign() -> None:
    head = "项目名称\t村组干部误工补贴\n年度目标\t每月发放村组干部误工补贴\u3002\n"
    classed = "一级指标\t二级指标\t三级指标\t指标值\n效益指标\t社会效益指标\t保持基层队伍稳定\t≥95%\n\t\t{}\t≥95%\n"
    assert found(head + classed.format("进一步增进邻里和睦"), "GC606") == []
    assert found(head + classed.format("禁毒宣传覆盖率"), "GC606") == [("GC606", "禁毒宣传覆盖率")]
    unclassed = "指标\t指标权重\t计量单位\t指标性质\t指标值\n{}\t20\t\t定性\t\n"
    assert found(head + unclassed.format("稳定收入"), "GC606") == []
    assert found(head + unclassed.format("禁毒宣传情况"), "GC606") == [("GC606", "禁毒宣传情况")]


def test_what_a_short_goal_leaves_out_is_not_foreign() -> None:
    """Nor what another indicator has that the goal does tell, nor what a part of the project costs."""
    form = "一级指标\t二级指标\t三级指标\t指标值\n"
    head = f"项目名称\t数字政府建设\n年度目标\t推进一网通办\uff0c提升政务服务效能\u3002\n{form}"
    row = "产出指标\t质量指标\t{}\t≥95%\n"
    foreign = row.format("禁毒宣传覆盖率")
    kin = "产出指标\t数量指标\t网上政务事项数\t≥9项\n" + row.format("事项材料精简率")
    assert found(head + kin + foreign, "GC606") == [("GC606", "禁毒宣传覆盖率")]
    assert found(head + kin + "产出指标\t成本指标\t云主机租用费\t≤9万元\n", "GC606") == []
    short = "".join(map(row.format, ("禁毒宣传覆盖率", "电子证照归集率", "系统故障修复率", "漏洞扫描覆盖率")))
    assert found(head + kin + short, "GC606") == []


_ASKED = {
    "产出指标|数量指标|补贴人数|≥||人|": "补上要达到的数\uff0c单位是\u201c人\u201d",
    "产出指标|数量指标|培训场次|≥|||": "补上要达到的数\uff0c单位是\u201c场\u201d",
    "产出指标|质量指标|发放准确率|≥|||": "补上要达到的数\uff0c单位是\u201c%\u201d",
    "满意度指标|服务对象满意度指标|村民满意度||||": "补上要达到的数\uff0c单位是\u201c%\u201d",
    "效益指标|社会效益指标|村居环境||||": "补上要达到的数和单位",
    "产出指标|质量指标|巡查频率||||": "补上要达到的数和单位",
}


@tried_on("cells", _ASKED)
def test_a_missing_value_is_asked_for_in_its_unit(cells: str) -> None:
    (finding,) = (one for one in check_strictly(row(cells)).findings if one.code == "GC301")
    assert sentences.advice(finding, "zh").startswith(_ASKED[cells])


def test_a_unit_that_one_place_lacks_is_told_there() -> None:
    head = "项目名称\t道路养护\n一级指标\t二级指标\t三级指标\t东村镇\t西河镇\t石桥镇\n"
    assert found(head + "产出指标\t数量指标\t养护道路里程\t50公里\t30\t20\n", "GC307") == [("GC307", "30")]


_UNITS = {
    "产出指标|质量指标|合格率|≥|95||": "在计量单位那一格填\u201c%\u201d",
    "产出指标|数量指标|补贴人数|≥|95|/|": "在计量单位那一格填\u201c人\u201d",
    "产出指标|数量指标|发放资料|≥|95||": "在计量单位那一格填上单位",
}


@tried_on("cells", _UNITS)
def test_a_missing_unit_goes_to_its_cell(cells: str) -> None:
    (finding,) = (one for one in check_strictly(row(cells)).findings if one.code == "GC307")
    assert sentences.advice(finding, "zh").startswith(_UNITS[cells])


def test_a_missing_unit_goes_behind_the_figure_where_it_has_no_cell() -> None:
    text = f"{_FORM}产出指标\t质量指标\t合格率\t≥95\n"
    (finding,) = (one for one in check_strictly(text).findings if one.code == "GC307")
    assert finding.suggestion == "≥95%"


def test_a_project_without_a_name_is_told_as_one() -> None:
    text = "绩效目标表\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t次数\t≥9次\n"
    (finding,) = (one for one in check_strictly(text).findings if one.code == "GC504")
    assert sentences.message(finding, "zh") == "项目\u201c\uff08没有写名称\uff09\u201d没有效益指标"


_GOALS = {
    "目标1:改善办学条件\uff1b\n\t目标2:\u2026\u2026": [("GC108", "目标2:\u2026\u2026")],
    "目标1\uff1a改善办学条件\u3002目标2\uff1a": [("GC108", "目标2\uff1a")],
    "目标1:改善办学条件\u3002\n\t目标2:\n\t目标3:\u2026\u2026": [("GC108", "目标2:\n\t目标3:\u2026\u2026")],
    "目标1:改善办学条件\u3002\n\t目标2:降低安全隐患\u3002": [],
    "落实总体方案中的目标2\u3002": [],
    "分三年完成\u2026\u2026": [("GC601", "")],
}


@tried_on("goal", _GOALS)
def test_what_is_left_of_a_template_behind_a_goal(goal: str) -> None:
    text = (
        f"项目名称\t校舍维修\n年度目标\t{goal}\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t次数\t≥9次\n"
    )
    told = found(text, "GC108", "GC601", "GC612")
    assert [(code, said if code == "GC108" else "") for code, said in told] == _GOALS[goal]
