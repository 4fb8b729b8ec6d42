"""Fixes in tables with one indicator a row: each cell is mended by itself, and nothing else of the table is touched."""

from __future__ import annotations

import csv
import io

import attrs
from helpers import examples, goalcheck_here, tried_on
from hypothesis import given, settings
from hypothesis import strategies as st

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.result import Result
from goalcheck.fix.mend import mend
from goalcheck.source import Source

_NAMES = "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t指标方向性"
_HEAD = f"绩效目标申报表(2023年度)\n单位名称\t项目名称\t预算数(万元)\t年度目标\t{_NAMES}\n"
_FIRST = "某镇\t补贴发放\t29.00\t每月发放补贴。\t产出指标\t数量指标\t补贴发放次数\t≥\t12\t次\t正向指标\n"


def row(cells: str) -> str:
    """An export of two rows; ``cells`` are those of the second: from the first level to the direction."""
    return f"{_HEAD}{_FIRST}||||{cells}\n".replace("|", "\t")


def mended(text: str, *, unsafe: bool = False) -> str:
    options = ("--unsafe-fixes",) if unsafe else ()
    run = goalcheck_here("fix", "-q", "--isolated", "--profile", "strict", *options, "-", stdin=text.encode())
    assert run.status in (0, 1), run.err.decode()
    return run.text


SAFE = {
    "a word in the sign's cell": ("产出指标|数量指标|补贴人数|不少于|186|人|", "产出指标|数量指标|补贴人数|≥|186|人|"),
    "a word in the figure's cell": ("产出指标|数量指标|补贴人数||186以上|人|", "产出指标|数量指标|补贴人数||≥186|人|"),
    "the sign in both cells": (
        "产出指标|数量指标|补贴人数|≥|不少于186人|人|",
        "产出指标|数量指标|补贴人数|≥|186人|人|",
    ),
    "all of it is equal": ("产出指标|质量指标|发放准确率|达到|100|%|", "产出指标|质量指标|发放准确率|=|100|%|"),
    "full width": (
        "产出指标|时效指标|发放及时率|\uff1e\uff1d|９\uff10|\uff05|",
        "产出指标|时效指标|发放及时率|≥|90|%|",
    ),
    "a space": ("产出指标|数量指标|补贴 人数|≥|186|人 次|", "产出指标|数量指标|补贴人数|≥|186|人次|"),
}
UNSAFE = {
    "no sign": ("满意度指标|满意度指标|村民满意度||90|%|", "满意度指标|满意度指标|村民满意度|≥|90|%|"),
    "a strict sign": ("满意度指标|满意度指标|村民满意度|>|90|%|", "满意度指标|满意度指标|村民满意度|≥|90|%|"),
    "nothing beyond": ("产出指标|质量指标|发放准确率|≥|100|%|", "产出指标|质量指标|发放准确率|=|100|%|"),
    "the unit in the name": ("产出指标|成本指标|补贴标准(元/月)|≤|1200||", "产出指标|成本指标|补贴标准|≤|1200|元/月|"),
    "and in its cell": ("产出指标|成本指标|补贴标准(元/月)|≤|1200|元/月|", "产出指标|成本指标|补贴标准|≤|1200|元/月|"),
}


@tried_on("case", SAFE)
def test_safe_fixes(case: str) -> None:
    before, after = SAFE[case]
    assert mended(row(before)) == row(after)


@tried_on("case", UNSAFE)
def test_proposals(case: str) -> None:
    before, after = UNSAFE[case]
    assert mended(row(before)) == row(before)
    assert mended(row(before), unsafe=True) == row(after)


_FORM = "项目名称\t补贴发放\t实施单位\t某镇\n一级指标\t二级指标\t三级指标\t指标值\n"
_TOWNS = "项目名称\t补贴发放\n一级指标\t二级指标\t三级指标\t东村镇\t西河镇\n"
KEPT = {
    "the unit would have to move to the value": f"{_FORM}产出指标\t数量指标\t造林面积(亩)\t80000\n",
    "a class is shared by rows": f"{_FORM}效益指标\t质量指标\t合格率\t100%\n\t\t按时发放率\t95%\n\t\t发放次数\t95次\n",
    "no cell for a value": f"{_FORM}产出指标\t数量指标\t补贴发放次数\n",
    "the sign is that of a value beside": (
        "三级指标\t计算符号\t计量单位\t实施期指标值\t年度指标值\n发放准确率\t≥\t%\t100\t90\n"
    ),
    "one place has no unit": f"{_TOWNS}产出指标\t数量指标\t养护里程(公里)\t≥2公里\t≥3\n",
    "signs of other places": f"{_TOWNS}满意度指标\t满意度指标\t村民满意度\t90%\t95%\n".replace(
        "\t东", "\t指标方向\t东"
    ).replace("村民满意度", "村民满意度\t"),
    "the other value needs quotation marks": '三级指标\t实施期指标值\t年度指标值\n补贴发放次数\t"""12次"""\t\n',
    "the other value has its own unit": (
        "三级指标(长期)\t指标值(长期)\t计量单位\t三级指标(年度)\t指标值(年度)\t计量单位\n"
        "补贴发放次数\t12\t次\t补贴发放次数\t\t\n"
    ),
}


@tried_on("case", KEPT)
def test_what_is_left_to_people(case: str) -> None:
    assert mended(KEPT[case], unsafe=True) == KEPT[case]


@tried_on(
    ("before", "after"),
    [
        (
            "【产出指标-数量指标】指标1:机柜 数量(不少于77台)指标2:检查面积(亩)(80)",
            "【产出指标-数量指标】指标1:机柜数量(≥77台)指标2:检查面积(亩)(80)",
        ),
        (
            "二级指标:数量指标,指标名称:检查费用(元/次),运算符号:不超过,指标值:40,计量单位:;",
            "二级指标:数量指标,指标名称:检查费用,运算符号:≤,指标值:40,计量单位:元/次;",
        ),
        ("设1条数量指标:检查次数不少于40次,参加人数不低于1,200人", "设1条数量指标:检查次数≥40次,参加人数≥1,200人"),
    ],
)
def test_cells_packed_in_other_ways_keep_their_way(before: str, after: str) -> None:
    head = "项目名称\t总计\t绩效目标\t绩效指标\n机房检查\t1.00\t做好机房检查。\t"
    assert mended(f"{head}{before}\n", unsafe=True) == f"{head}{after}\n"


def test_the_other_value_is_proposed_in_the_cell_of_the_same_row() -> None:
    text = "三级指标\t计算符号\t计量单位\t实施期指标值\t年度指标值\n补贴发放次数\t≥\t次\t12\t\n巡查次数\t≥\t次\t12\t3\n"
    assert mended(text, unsafe=True) == text.replace("12\t\n", "12\t12\n")


# Any table: the fixes put back what was damaged, cell by cell


@attrs.frozen
class Cell:
    sound: str
    damaged: str


SIGNS = [Cell("≥", damaged) for damaged in ("≥", "≧", "\uff1e=", "> =", "不低于", "不少于", "大于等于")] + [
    Cell("≤", damaged) for damaged in ("≤", "\uff1c\uff1d", "不超过", "小于等于")
]
NUMBERS = ("12", "1,200", "8.5", "3", "60")
WIDE = str.maketrans("0123456789.%", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff0e\uff05")
UNITS = ("次", "人次", "公里", "元/月", "%")
WORDS = ("补贴发放", "道路养护", "群众受益", "村居巡查", "设备更新")


def spaced(text: str, *, damaged: bool) -> Cell:
    return Cell(text, f"{text[:2]} {text[2:]}" if damaged else text)


@st.composite
def rows(draw: st.DrawFn, *, split: bool) -> tuple[Cell, ...]:
    """The name and the value of an indicator: in one cell, or sign, figure and unit apart."""
    bad = st.booleans()
    name = draw(st.sampled_from(WORDS)) + draw(st.sampled_from(("次数", "里程", "\n情况", '"好"率')))
    number, unit = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(UNITS))
    figure = Cell(number, number.translate(WIDE) if draw(bad) else number)
    sign = draw(st.sampled_from(SIGNS))
    called = spaced(name, damaged=draw(bad))
    if split:
        return called, sign, figure, Cell(unit, unit.translate(WIDE) if draw(bad) else unit)
    if draw(bad):
        return called, Cell(f"{sign.sound}{number}{unit}", f"{sign.damaged}{figure.damaged}{unit}")
    return called, Cell("稳步提升", "稳步提升")


CLASSES = (
    ("产出指标", "数量指标"),
    ("产出\n指标", "质量\n指标"),
    ("效益指标", "社会效益 指标"),
    ("满意度指标", "满意度指标"),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str]:
    """A table as it should be, and damaged: a form or an export, classes merged or repeated."""
    split, export, merged = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    order = draw(st.permutations(range(3)))
    header = ["一级指标", "二级指标", "三级指标"]
    values = ["指标性质", "指标值", "计量单位"]
    header += [values[at] for at in order] if split else ["指标值"]
    lead = 3 if export else 1
    texts: list[list[list[str]]] = [[], []]
    before = ("", "")
    for number in range(draw(st.integers(1, 5))):
        classes = draw(st.sampled_from(CLASSES))
        name, *value = draw(rows(split=split))
        said = [value[at] for at in order] if split else value
        told = tuple("" if merged and classes == before else text for text in classes)
        before = classes
        begun = (["补贴发放", "5.00", "发放补贴。"] if export else ["绩效指标"]) if number == 0 else [""] * lead
        for at, made in enumerate(texts):
            cells = [cell.damaged if at else cell.sound for cell in (name, *said)]
            made.append([*begun, *told, *cells])
    head = ["项目名称", "预算数(万元)", "年度目标"] if export else ["绩效指标"]
    block = [["绩效目标表(2024年度)"]]
    if not export:
        block += [["项目名称", "补贴发放"], ["资金情况(万元)", "年度资金总额:", "5"], ["年度目标", "发放补贴。"]]
    sound, damaged = (written([*block, [*head, *header], *made]) for made in texts)
    return sound, damaged


def written(table: list[list[str]]) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter="\t", lineterminator="\n").writerows(table)
    return made.getvalue()


ALL = plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))


def said(result: Result) -> list[tuple[object, ...]]:
    """Every indicator of a sheet: classes, name, and what its value is."""
    assert result.sheet is not None
    found: list[tuple[object, ...]] = []
    for project in result.sheet.projects:
        for entry in project.indicators:
            value = entry.annual_value
            assert value is not None
            form = value.form
            told = (form.kind, form.numbers, form.unit, form.comparator)
            found.append((entry.level1.clean, entry.level2.clean, entry.name.clean, *told))
    return found


@settings(max_examples=examples(240, least=20))
@given(tables())
def test_safe_fixes_put_every_cell_back_and_touch_no_other(texts: tuple[str, str]) -> None:
    sound, damaged = texts
    before = check_source(Source(damaged), ALL)
    made = mend(before, ALL)
    assert made.result.source is not None
    assert made.result.source.text == sound
    assert said(made.result) == said(before)
    assert not [finding for finding in made.result.findings if finding.code in ("GC104", "GC109", "GC309")]
    assert mend(made.result, ALL).fixed == ()


@settings(max_examples=examples(240, least=20))
@given(tables())
def test_proposals_leave_rows_cells_and_indicators(texts: tuple[str, str]) -> None:
    before = check_source(Source(texts[1]), ALL)
    made = mend(before, ALL, unsafe=True)
    assert made.result.source is not None
    cells = [
        [len(line) for line in csv.reader(io.StringIO(text), delimiter="\t")]
        for text in (texts[1], made.result.source.text)
    ]
    assert cells[0] == cells[1]
    assert len(said(made.result)) == len(said(before))
    assert [told[:2] for told in said(made.result)] == [told[:2] for told in said(before)]
