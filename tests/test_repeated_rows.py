"""Exports that name the project in each row: what they say otherwise there, and names left blank or mistyped."""

from __future__ import annotations

from helpers import check, tried_on

_HEAD = (
    "绩效目标申报表(2023年度)\n单位名称\t项目名称\t预算数(万元)\t年度目标\t"
    "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\n"
)
_ROWS = (
    "产出指标\t数量指标\t采购疫苗支数\t≥\t1200\t支",
    "产出指标\t质量指标\t疫苗合格率\t≥\t98\t%",
    "效益指标\t社会效益指标\t儿童接种率\t≥\t90\t%",
    "满意度指标\t服务对象满意度指标\t家长满意度\t≥\t90\t%",
)
_GOAL = "完成疫苗采购\u3002"
_PROJECT = ("疫苗采购", "8.00", _GOAL)


def export(*cells: tuple[str, str, str]) -> str:
    """An export of one unit; the rows have the cells of project, amount and goal, in turn with the indicators."""
    rows = [f"县卫生健康局\t{chr(9).join(own)}\t{_ROWS[at % len(_ROWS)]}\n" for at, own in enumerate(cells)]
    return _HEAD + "".join(rows)


def read(text: str) -> tuple[list[tuple[str, int]], list[tuple[str, str]]]:
    """The projects, each with how many indicators it has, and the findings with the text at fault."""
    result = check(text)
    assert result.sheet is not None
    projects = [(project.name.text, len(project.entries)) for project in result.sheet.projects]
    return projects, [(finding.code, finding.text) for finding in result.findings]


_SAID_OTHERWISE = {
    ("疫苗采购", "9.00", _GOAL): [("GC510", "9.00")],
    ("疫苗采购", "8.0", _GOAL): [],
    ("疫苗采购", "", ""): [],
    ("疫苗采购", "8.OO", _GOAL): [("GC510", "8.OO")],
    ("疫苗采购", "8.00", "每季度采购一次\u3002"): [("GC510", "每季度采购一次\u3002")],
    ("疫苗采购", "8.00", "完成 疫苗采购\u3002"): [],
    ("疫苗采购", "8.00", "目标2:接种到位\u3002"): [],
    ("疫苗采购", "9.00", "每季度采购一次\u3002"): [("GC510", "9.00"), ("GC510", "每季度采购一次\u3002")],
    ("", "8.00", _GOAL): [],
    ("", "", ""): [],
    ("疫苗采勾", "8.00", _GOAL): [("GC510", "疫苗采勾")],
    ("疫苗采购款", "8.00", _GOAL): [("GC510", "疫苗采购款")],
}


@tried_on("cells", _SAID_OTHERWISE)
def test_rows_of_one_project(cells: tuple[str, str, str]) -> None:
    told = read(export(_PROJECT, cells, _PROJECT, _PROJECT))
    assert told == ([("疫苗采购", 4)], _SAID_OTHERWISE[cells])


def test_what_is_said_otherwise_twice_is_one_finding() -> None:
    other = ("疫苗采购", "9.00", _GOAL)
    assert read(export(_PROJECT, other, other, _PROJECT))[1] == [("GC510", "9.00")]


def test_a_name_left_blank_in_the_first_row() -> None:
    assert read(export(("", "8.00", _GOAL), _PROJECT, _PROJECT, _PROJECT)) == ([("疫苗采购", 4)], [])


def test_an_amount_that_stands_in_a_further_row_counts() -> None:
    result = check(export(("疫苗采购", "", ""), _PROJECT, _PROJECT, _PROJECT))
    assert result.sheet is not None
    (project,) = result.sheet.projects
    assert [amount.text for amount in project.amounts.values()] == ["8.00"]
    assert project.goal is not None
    assert project.goal.text == _GOAL


_APART = [
    ("疫苗采购", "疫苗储存"),
    ("一期工程", "二期工程"),
    ("道路维修1标段", "道路维修2标段"),
    ("东村道路维修", "西村道路维修"),
    ("疫苗采购", "疫苗采购(二期)"),
]


@tried_on("names", _APART)
def test_names_that_tell_projects_apart(names: tuple[str, str]) -> None:
    one, other = ((name, "8.00", _GOAL) for name in names)
    projects, _ = read(export(*[one] * 4, *[other] * 4, *[one] * 4))
    assert [name for name, _ in projects] == [names[0], names[1], names[0]]


def test_a_name_with_another_amount_is_another_project() -> None:
    projects, _ = read(export(*[_PROJECT] * 4, *[("疫苗采勾", "9.00", _GOAL)] * 4, *[_PROJECT] * 4))
    assert [name for name, _ in projects] == ["疫苗采购", "疫苗采勾", "疫苗采购"]


def test_a_project_called_like_the_one_above_has_its_own_amount() -> None:
    """Where rows leave the name blank, one that says it again with another amount begins another project."""
    rest = [("", "", "")] * 3
    told = read(export(_PROJECT, *rest, ("疫苗采购", "3.00", "为流动儿童补种疫苗\u3002"), *rest))
    assert told[0] == [("疫苗采购", 4), ("疫苗采购", 4)]
    assert ("GC510", "疫苗采购") in told[1]
    assert read(export(_PROJECT, *rest[1:], ("疫苗采购", "8.00", ""), ("", "", "")))[0] == [("疫苗采购", 5)]  # a page
