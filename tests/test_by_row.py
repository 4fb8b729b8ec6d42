"""Tables with one indicator a row: in the form of a project, or as an export of many; in the shapes of real ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from helpers import examples, some, tried_on
from hypothesis import example, given, settings
from hypothesis import strategies as st

import goalcheck
from goalcheck.catalogue.load import catalogue
from goalcheck.checks.facts.classes import resolved
from goalcheck.errors import InputError
from goalcheck.parse import parse
from goalcheck.report import tree as report_tree
from goalcheck.sheet import Indicator, Project, Sheet
from goalcheck.source import Source

BLOCK = """\
项目支出绩效目标表
(2024年度)⇥⇥⇥单位:万元
项目名称⇥⇥村级道路维修⇥⇥项目负责人及联系电话⇥李四 000
主管部门⇥⇥[021003]某县交通局⇥⇥实施单位⇥某镇人民政府
资金情况⇥⇥年度资金总额:⇥⇥120万元
⇥⇥其中:财政拨款⇥⇥100
⇥⇥其他资金⇥⇥20
总体目标⇥⇥年度目标
⇥⇥维修道路8公里,方便群众出行。
绩效指标⇥一级指标⇥二级指标⇥三级指标⇥指标值
⇥产出指标⇥数量指标⇥维修道路里程⇥≥8公里
⇥⇥质量指标⇥工程验收合格率⇥100%
⇥⇥成本指标⇥每公里成本⇥≤15万元
绩⇥效益指标⇥社会效益指标⇥出行时间缩短率⇥≥20%
⇥⇥经济效益指标⇥⇥
效⇥满意度指标⇥服务对象满意度指标⇥沿线群众满意度⇥≥90%
经办人及联系电话:李四⇥⇥⇥⇥
"""
BLOCK_TREE = [
    ("产出指标", "数量指标", "维修道路里程", None, "≥8公里"),
    ("产出指标", "质量指标", "工程验收合格率", None, "100%"),
    ("产出指标", "成本指标", "每公里成本", None, "≤15万元"),
    ("效益指标", "社会效益指标", "出行时间缩短率", None, "≥20%"),
    ("满意度指标", "服务对象满意度指标", "沿线群众满意度", None, "≥90%"),
]
HEADER = "⇥一级指标⇥二级指标⇥三级指标⇥指标值"
OTHERS = {
    "levels in every row, the third called 指标内容": (
        "项目名称⇥甲\n一级指标⇥二级指标⇥指标内容⇥备注⇥指标值\n产出指标⇥数量指标⇥次数⇥⇥≥4次\n产出指标⇥数量指标⇥期数⇥⇥≥2期\n",
        [("产出指标", "数量指标", "次数", None, "≥4次"), ("产出指标", "数量指标", "期数", None, "≥2期")],
    ),
    "sign, figure and unit in columns of their own": (
        (
            "专项资金名称⇥甲\n绩效指标⇥指标⇥指标权重⇥计量单位⇥指标性质⇥指标值\n"
            "⇥补助人数⇥20⇥人⇥≥⇥80\n⇥按月发放⇥20⇥次⇥=⇥1次\n⇥合格率⇥10⇥百分比⇥≥⇥95\n⇥邻里和睦⇥20⇥⇥定性⇥\n⇥治安⇥30⇥⇥定性⇥良好\n"
        ),
        [
            ("", "", "补助人数", None, "≥80人"),
            ("", "", "按月发放", None, "1次"),
            ("", "", "合格率", None, "≥95%"),
            ("", "", "邻里和睦", None, "定性"),
            ("", "", "治安", None, "良好"),
        ],
    ),
    "two panes, one indicator where they agree": (
        (
            "项目名称⇥甲\n一级指标⇥二级指标(长期)⇥三级指标(长期)⇥指标值(长期)⇥二级指标(年度)⇥三级指标(年度)⇥指标值(年度)\n"
            "产出指标⇥数量指标⇥里程⇥30公里⇥数量指标⇥里程⇥10公里\n产出指标⇥质量指标⇥⇥⇥质量指标⇥合格率⇥100%\n"
            "产出指标⇥数量指标⇥桥梁⇥3座⇥数量指标⇥涵洞⇥5座\n"
        ),
        [
            ("产出指标", "数量指标", "里程", "30公里", "10公里"),
            ("产出指标", "质量指标", "合格率", None, "100%"),
            ("产出指标", "数量指标", "桥梁", "3座", None),
            ("产出指标", "数量指标", "涵洞", None, "5座"),
        ],
    ),
    "levels shifted by one": (
        "项目名称⇥甲\n一级指标⇥二级指标⇥绩效标准⇥当年预期实现值\n数量指标⇥里程⇥公里数⇥120公里\n质量指标⇥合格率⇥合格/全部⇥≥98%\n",
        [("", "数量指标", "里程", None, "120公里"), ("", "质量指标", "合格率", None, "≥98%")],
    ),
    "grades, of which the target is the best; a header on two lines": (
        (
            "项目名称⇥甲\n绩效指标分类⇥绩效指标⇥绩效指标评价标准⇥⇥⇥⇥评价标准确定依据\n⇥⇥优⇥良⇥中⇥差⇥\n"
            "产出指标⇥人数⇥≥500人⇥≥450人⇥≥400人⇥<400人⇥上年\n"
        ),
        [("产出指标", "", "人数", None, "≥500人")],
    ),
    "a self-evaluation, with points": (
        "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥年度指标值⇥实际完成值⇥分值⇥得分\n产出指标(50分)⇥数量指标⇥公园⇥12个⇥11个⇥50⇥45\n总分⇥⇥⇥⇥⇥100⇥95\n",
        [("产出指标(50分)", "数量指标", "公园", None, "12个")],
    ),
    "satisfaction below benefit, joint labels": (
        "项目名称⇥甲\n"
        + HEADER[1:]
        + "\n产出指标⇥数量指标(必填)⇥次数⇥4次\n效益指标⇥社会、经济效益指标⇥增收⇥≥5%\n"
        + "⇥社会公众或服务对象满意度指标⇥满意度⇥≥90%\n",
        [
            ("产出指标", "数量指标(必填)", "次数", None, "4次"),
            ("效益指标", "社会、经济效益指标", "增收", None, "≥5%"),
            ("效益指标", "社会公众或服务对象满意度指标", "满意度", None, "≥90%"),
        ],
    ),
    "a row that reads like names of columns": (
        f"项目名称⇥甲\n{HEADER[1:]}⇥备注\n产出指标⇥数量指标⇥路灯⇥5盏⇥\n⇥时效指标⇥完工时间⇥12月底前⇥\n⇥成本指标⇥造价⇥≤3万元⇥\n",
        [
            ("产出指标", "数量指标", "路灯", None, "5盏"),
            ("产出指标", "时效指标", "完工时间", None, "12月底前"),
            ("产出指标", "成本指标", "造价", None, "≤3万元"),
        ],
    ),
    "a block of the cycle above one of the year": (
        (
            "项目名称⇥甲\n长期绩效指标⇥一级指标⇥二级指标⇥指标内容⇥指标值\n⇥产出指标⇥数量指标⇥人数⇥≥300人\n⇥⇥质量指标⇥准确率⇥100%\n"
            "年度绩效指标⇥一级指标⇥二级指标⇥指标内容⇥指标值\n⇥产出指标⇥数量指标⇥人数⇥≥100人\n⇥⇥时效指标⇥发放⇥4次\n"
        ),
        [
            ("产出指标", "数量指标", "人数", "≥300人", "≥100人"),
            ("产出指标", "质量指标", "准确率", "100%", None),
            ("产出指标", "时效指标", "发放", None, "4次"),
        ],
    ),
    "rows left from the template, in any column": (
        f"项目名称⇥甲\n{HEADER}\n⇥产出指标⇥数量指标⇥报告⇥1份\n⇥⇥……⇥⇥\n⇥……\n⇥效益指标⇥社会效益指标⇥示范⇥优\n",
        [("产出指标", "数量指标", "报告", None, "1份"), ("效益指标", "社会效益指标", "示范", None, "优")],
    ),
    "two blocks, with a line above each": (
        (
            f"项目名称⇥甲\n长期绩效指标⇥⇥⇥\n{HEADER[1:]}\n产出指标⇥数量指标⇥人数⇥≥300人\n"
            f"年度绩效指标⇥⇥⇥\n{HEADER[1:]}\n产出指标⇥数量指标⇥人数⇥≥100人\n"
        ),
        [("产出指标", "数量指标", "人数", "≥300人", "≥100人")],
    ),
    "two blocks, with a line above each, and parts of the value below its name": (
        "".join(
            [
                "项目名称⇥甲\n",
                *(
                    f"{title}⇥⇥⇥⇥⇥\n一级指标⇥二级指标⇥三级指标⇥指标值⇥⇥\n⇥⇥⇥运算符⇥数值⇥单位\n"
                    f"产出指标⇥数量指标⇥人数⇥≥⇥{figure}⇥人\n"
                    for title, figure in (("长期绩效指标", 300), ("年度绩效指标", 100))
                ),
            ]
        ),
        [("产出指标", "数量指标", "人数", "≥300人", "≥100人")],
    ),
    "a column a town": (
        "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥指标解释⇥指标方向⇥东村镇⇥西河镇⇥南岭乡\n产出指标⇥数量指标⇥户数⇥户⇥≥⇥100户⇥⇥80户\n",
        [
            ("产出指标", "数量指标", "户数(东村镇)", None, "≥100户"),
            ("产出指标", "数量指标", "户数(南岭乡)", None, "≥80户"),
        ],
    ),
    "a header on three lines": (
        (
            "项目名称⇥预算金额⇥⇥绩效目标⇥绩效指标\n⇥总计⇥财政拨款⇥⇥一级指标⇥二级指标⇥三级指标\n⇥⇥⇥⇥⇥⇥名称⇥指标值⇥单位\n"
            "甲⇥7.00⇥7.00⇥造林。⇥产出指标⇥数量指标⇥面积⇥≥1000⇥亩\n"
        ),
        [("产出指标", "数量指标", "面积", None, "≥1000亩")],
    ),
    "line breaks in cells, percent as a word": (
        '项目名称⇥甲\n绩效指标⇥"一级\n指标"⇥二级指标⇥三级 指标⇥指标值\n⇥"产出\n指标"⇥数量⇥"设施\n率"⇥≥20百分比\n',
        [("产出指标", "数量", "设施率", None, "≥20%")],
    ),
}
EXPORT = """\
2024年部门预算项目绩效目标表
金额单位:元
单位名称⇥项目名称⇥预算数⇥年度目标⇥绩效指标⇥⇥⇥⇥⇥
⇥⇥⇥⇥一级指标⇥二级指标⇥三级指标⇥指标性质⇥指标值⇥度量单位
合计⇥⇥300,000.00
820-某镇部门⇥⇥300,000.00
820001-某镇人民政府⇥误工补贴⇥200,000.00⇥按月发放补贴。⇥产出指标⇥数量指标⇥发放人数⇥≥⇥186⇥人
⇥⇥⇥⇥效益指标⇥社会效益指标⇥投诉下降率⇥≥⇥5⇥%
⇥⇥⇥⇥满意度指标⇥服务对象满意度指标⇥村民满意度⇥≥⇥95⇥%
⇥阵地运转⇥90,000.00⇥保障运转。⇥产出指标⇥数量指标⇥阵地数量⇥=⇥9⇥个
⇥阵地运转⇥⇥⇥效益指标⇥社会效益指标⇥活动覆盖率⇥≥⇥95⇥%
⇥⇥⇥⇥满意度指标⇥服务对象满意度指标⇥居民满意度⇥≥⇥95⇥%
"""


def tree(text: str) -> Sheet:
    return parse(Source(text.replace("⇥", "\t")))


def said(project: Project) -> list[tuple[str, str, str, str | None, str | None]]:
    """The indicators of a project: classes, name, cycle value, annual value."""
    found = []
    for entry in project.entries:
        assert isinstance(entry, Indicator)
        values = (value and value.clean for value in (entry.cycle_value, entry.annual_value))
        found.append((entry.level1.label, entry.level2.label, entry.name.clean, *values))
    return found


def codes(text: str) -> list[str]:
    return [finding.rule.code for finding in goalcheck.check(text.replace("⇥", "\t")).findings]


def test_the_form_of_a_project() -> None:
    sheet = tree(BLOCK)
    (project,) = sheet.projects
    assert (sheet.layout, project.name.clean) == ("blocks", "村级道路维修")
    assert [unit.name.clean for unit in sheet.units] == ["某镇人民政府"]
    assert {key: amount.text for key, amount in project.amounts.items()} == {
        "total": "120",
        "appropriation": "100",
        "other": "20",
    }
    assert project.goal is not None
    assert project.goal.clean == "维修道路8公里,方便群众出行。"
    assert said(project) == BLOCK_TREE
    assert [note.text.strip() for note in sheet.notes] == ["经办人及联系电话:李四"]
    assert (sheet.unread, codes(BLOCK)) == ((), [])


@tried_on("label", ["年度资金总栎:", ""])
def test_an_amount_of_a_form_without_its_label_is_unread(label: str) -> None:
    sheet = tree(BLOCK.replace("年度资金总额:", label))
    assert [(part.text, part.reason) for part in sheet.unread] == [("120万元", "amount-astray")]


def test_forms_below_one_another() -> None:
    other = BLOCK.replace("村级道路维修", "村级桥梁维修").replace("某镇", "邻镇").replace("里程", "座数")
    sheet = tree(BLOCK + other)
    assert [(unit.name.clean, [p.name.clean for p in unit.projects]) for unit in sheet.units] == [
        ("某镇人民政府", ["村级道路维修"]),
        ("邻镇人民政府", ["村级桥梁维修"]),
    ]
    assert codes(BLOCK + other) == []


@tried_on("case", OTHERS)
def test_other_forms(case: str) -> None:
    text, expected = OTHERS[case]
    (project,) = tree(text).projects
    assert (project.name.clean, said(project), tree(text).unread) == ("甲", expected, ())


def test_an_export_of_many_projects() -> None:
    sheet = tree(EXPORT)
    assert sheet.layout == "rows"
    assert [(unit.name.clean, len(unit.projects)) for unit in sheet.units] == [("某镇部门", 0), ("某镇人民政府", 2)]
    assert [len(said(project)) for project in sheet.projects] == [3, 3]
    assert codes(EXPORT) == ["GC402"]
    assert codes(EXPORT.replace("300,000", "290,000")) == []


FAULTY = {
    "amounts of the form": (BLOCK.replace("⇥100\n", "⇥130\n"), ["GC403"]),
    "no total": (BLOCK.replace("120万元", ""), ["GC403"]),
    "no goal": (BLOCK.replace("维修道路8公里,方便群众出行。", ""), ["GC501"]),
    "no annual value": (BLOCK.replace("≥8公里", ""), ["GC301"]),
    "over 100 %": (BLOCK.replace("⇥100%", "⇥1010%"), ["GC304"]),
    "a second level below another first one": (
        BLOCK.replace("⇥⇥质量指标", "⇥效益指标⇥质量指标", 1),
        ["GC203"],  # 时效指标 is below the same cell
    ),
    "no output": (BLOCK[: BLOCK.index("⇥产出")] + BLOCK[BLOCK.index("绩⇥效益") :], ["GC503"]),
    "a split value over 100 %": (EXPORT.replace("300,000", "290,000").replace("⇥95⇥%\n⇥阵", "⇥195⇥%\n⇥阵"), ["GC304"]),
}


@tried_on("case", FAULTY)
def test_faults(case: str) -> None:
    text, expected = FAULTY[case]
    assert codes(text) == expected


SHEETS = Path(__file__).with_name("sheets")
"""Forms in the shapes of published ones; beside each, what it says in the packed layout."""

CLASSLESS = ("07-town-stacked-no-classes",)


def contents(name: str, *, classes: bool) -> list[tuple[object, ...]]:
    """What a sheet says of its projects: names, and the indicators with their classes and annual values."""
    taxonomy = catalogue().taxonomies["guangdong"]
    found: list[tuple[object, ...]] = []
    for project in parse(Source((SHEETS / name).read_text(encoding="utf-8"))).projects:
        for entry in project.indicators:
            known = resolved(taxonomy, 2, entry.level2) if classes else None
            value = entry.annual_value.clean if entry.annual_value else ""
            found.append((project.name.clean, known and known.code, entry.name.clean, value))
    return found


@pytest.mark.parametrize("name", sorted(path.name[:-11] for path in SHEETS.glob("*.packed.txt")))
def test_a_form_says_what_its_packed_sheet_says(name: str) -> None:
    classes = name not in CLASSLESS
    assert contents(f"{name}.tsv", classes=classes) == contents(f"{name}.packed.txt", classes=classes)


def test_an_export_with_subtotals() -> None:
    sheet = tree(EXPORT.replace("合计⇥⇥300,000.00", "合计⇥⇥290,000.00") + "⇥小计⇥290,000.00\n")
    assert [row.name.clean for section in sheet.sections for row in section.subtotals] == ["小计"]
    assert len(list(sheet.projects)) == 2


def test_the_tree_is_printed() -> None:
    found = json.loads("".join(report_tree.report(tree(BLOCK), Source(BLOCK.replace("⇥", "\t")), None)))
    entries = found["sheet"]["sections"][0]["units"][0]["projects"][0]["entries"]
    assert [entry["columns"]["values"] for entry in entries] == [["annual_value"]] * 5


NAMES = """\
一级指标 二级指标 三级指标 指标内容 指标值 年度指标值 实施期指标值 指标值(长期) 三级指标(长期) 二级指标(年度) 指标性质
度量单位 权重 备注 东村镇 西河镇 优 良 项目名称 单位名称 预算数 财政拨款 年度目标 绩效指标 长期绩效指标 年度绩效指标
单位 没有的列 成本构成 测算依据 金额 数量 年初预算数 全年预算数 全年执行数
1-6月目标值 单位名称、项目名称 资金总额 指标内容
"""
WORDS = """\
项目名称 项目名称:甲 资金情况(万元) 年度资金总额: 其中:财政拨款 总体目标 中期目标 填表人: 合计 小计 总分 产出指标
数量指标 满意度指标 时效指标 完工时间 ≥8公里 95 % ≥ 定性 12.50 次数 ……
"""
IN_LINES = ('"指标1:甲\n指标2:乙"', '"≥1次\n≥2次"', "年度资金总额:9万元;其中:财政拨款8万元")
CELLS = st.sampled_from(
    [*NAMES.split(), *WORDS.split(), "", "", "", "\n", '"\n"', '"产出\n指标"', "第1页,共2页", *IN_LINES]
)
USUAL = ["一级指标", "二级指标", "三级指标", "指标值", "指标性质", "度量单位"]
OTHERS_BESIDE = st.lists(st.sampled_from([*NAMES.split(), ""]), max_size=4)
HEADERS = st.one_of(
    st.lists(st.sampled_from([*NAMES.split(), ""]), min_size=2, max_size=9),
    st.tuples(OTHERS_BESIDE, st.permutations(USUAL), OTHERS_BESIDE).map(
        lambda parts: [*parts[0], *parts[1], *parts[2]]
    ),
)


@settings(max_examples=examples(300))
@given(st.lists(HEADERS, min_size=1, max_size=3), st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=12))
@example(
    [USUAL[:4]], [["总分", "一级指标", "项目名称:甲", ""]]
)  # a value that is left out stands at the end of its row
def test_any_table_is_read(headers: list[list[str]], rows: list[list[str]]) -> None:
    lines = [*headers, *rows[:6], headers[0], *rows[6:]]
    text = "".join("\t".join(line) + "\n" for line in lines)
    try:
        sheet = parse(Source(text))
    except InputError:
        return
    for project in sheet.projects:
        assert 0 <= project.start <= project.end <= len(text)
        for entry in project.entries:
            assert project.start <= entry.start <= entry.end <= project.end
            if isinstance(entry, Indicator):
                values = [value for _, value in entry.values]
                parts = [part for value in values for part in value.parts]
                for node in (entry.name, entry.level1, entry.level2, *values, *parts):
                    assert text[node.start : node.end] == node.text
                for node in (entry.name, *values, *parts):
                    assert entry.start <= node.start <= node.end <= entry.end


@settings(max_examples=examples(150))
@given(st.lists(HEADERS, min_size=1, max_size=3), st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=12))
def test_no_target_is_lost(headers: list[list[str]], rows: list[list[str]]) -> None:
    text = "".join("\t".join(line) + "\n" for line in (*headers, *rows))
    try:
        sheet = parse(Source(text))
    except InputError:
        return
    told = [(p.start, p.end) for p in (*sheet.projects, *sheet.rows, *sheet.headers, *sheet.unread)]
    for found in re.finditer("≥8公里", text):
        assert any(start <= found.start() < end for start, end in told)


CASES = sorted(Path(__file__).with_name("sheets").glob("[0-9]*.tsv"))
HURTS = {
    "misread": lambda cell: f"{cell[:-1]}\u680e",
    "torn": lambda cell: f"{cell[:1]}\n{cell[1:]}",
    "shifted": lambda cell: f"{cell}\t",
    "quoted": lambda cell: f'"{cell}',
    "doubled": lambda cell: cell * 2,
    "lost": lambda _: "",
}


def held(text: str) -> tuple[str, int, int, set[str]]:
    """Of a sheet the status, the number of entries and of amounts, and the codes of its findings."""
    result = goalcheck.check(text)
    if result.sheet is None:
        return result.status, 0, 0, set()
    entries = sum(len(project.entries) for project in result.sheet.projects)
    amounts = sum(not amount.blank for row in result.sheet.rows for amount in row.amounts.values())
    return result.status, entries, amounts, {finding.rule.code for finding in result.findings}


@tried_on("path", CASES)
def test_what_a_hurt_cell_costs_is_told(path: Path) -> None:
    """Not: an amount or a row of the template that is simply gone."""
    text = path.read_text("utf-8")
    _, entries, amounts, codes = held(text)
    rows = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    filled = [(at, index) for at, row in enumerate(rows) for index, cell in enumerate(row) if len(cell) > 1]
    hurt = [(at, index, name) for at, index in filled for name in HURTS]
    for at, index, name in some(hurt[::5], 8):  # of every cell one or two; 5 and 40 // 5 meet every kind
        cell = rows[at][index]
        if name == "lost" and (re.fullmatch(r"[\d,.]+(?:万元)?", cell) or cell == "\u2026\u2026"):
            continue
        made = [list(row) for row in rows]
        made[at][index] = HURTS[name](cell)
        status, left, priced, found = held("\n".join("\t".join(row) for row in made) + "\n")
        assert status != "checked" or found - codes or (left >= entries and priced >= amounts), (at, index, name)


@tried_on(
    ("cells", "levels"),
    [
        ("产 出 指 标", "产出指标 产出指标 产出指标 产出指标"),
        ("产 出 指 标 效 益 指 标", "产出指标 " * 4 + "效益指标 " * 4),
        ("产 出 效 益 满意度指标", "产出 产出 效益 效益 满意度指标"),
        ("产 ⇥ 出 指 标 满意度指标", "产出指标 " * 5 + "满意度指标"),
        ("产出 指标 效益 指标", "产出 产出 效益 效益"),
        ("满意 ⇥ 度指标", "满意度指标 满意度指标 满意度指标"),
        ("产出 产出 效益 满意度", "产出 产出 效益 满意度"),
        ("产出 经济 效益", "产出 经济 效益"),
        ("甲 乙 丙", "甲 乙 丙"),
        ("产 效", "产 效"),
        ("产 出 指 满意度指标", "产 出 指 满意度指标"),
        ("产 满意度指标 出", "产 满意度指标 出"),
        ("1 2 3", "1 2 3"),
    ],
)
def test_first_levels_written_over_several_rows(cells: str, levels: str) -> None:
    """Where all that stands below each other spells labels; else each cell is what it says."""
    rows = (f"{cell.strip('⇥')}⇥数量指标⇥事项{at}⇥≥{at + 2}次" for at, cell in enumerate(cells.split(" ")))
    table = "项目名称⇥甲\n一级指标⇥二级指标⇥三级指标⇥指标值\n" + "\n".join(rows) + "\n"
    sheet = parse(Source(table.replace("⇥", "\t")))
    found = [entry.level1.label for project in sheet.projects for entry in project.indicators]
    assert found == levels.split()


def test_classes_with_blanks_within_are_quoted_without_them() -> None:
    rows = '" 效 益\r\n指 标"\t数 量 指\u3000标\t巡查次数\t≥6次\n效 益 指 标\t社会 效盖指标\t知晓率\t≥60%\n'
    result = goalcheck.check(f"项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值\n{rows}")
    told = {finding.code: goalcheck.message(finding) for finding in result.findings}
    assert told["GC203"].startswith("二级指标“数量指标”不属于一级指标“效益指标”")
    assert told["GC201"] == "二级指标里没有类别“社会效盖指标”"
