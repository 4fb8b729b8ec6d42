"""By which classes a sheet is judged; and what it may call them, without a false alarm or a fault missed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpers import CLEAN, entry_sheet, goalcheck, tried_on

from goalcheck import Checker, Sheet, check

Row = tuple[str, str, str, str]
"""An indicator: first and second level, name and value."""

_QUANTITY, _QUALITY, _TIMELINESS = ("培训期数", "≥12期"), ("考核合格率", "≥95%"), ("培训按时完成率", "100%")
_COST, _BENEFIT, _SATISFACTION = ("人均培训成本", "≤550元"), ("参训人员持证上岗率", "≥90%"), ("参训人员满意度", "≥95%")

_OUTPUTS: Sequence[Row] = (
    ("产出指标", "数量指标", *_QUANTITY),
    ("产出指标", "质量指标", *_QUALITY),
    ("产出指标", "时效指标", *_TIMELINESS),
)
_EFFECTS: Sequence[Row] = (
    ("效益指标", "社会效益指标", *_BENEFIT),
    ("满意度指标", "服务对象满意度指标", *_SATISFACTION),
)
OF_2015: Sequence[Row] = (*_OUTPUTS, ("产出指标", "成本指标", *_COST), *_EFFECTS)
OF_2021: Sequence[Row] = (("成本指标", "经济成本指标", *_COST), *_OUTPUTS, *_EFFECTS)

CLASSES = ["GC201", "GC202", "GC203", "GC207", "GC503", "GC504", "GC505", "GC506", "GC507"]
"""The rules that speak of nothing but classes."""

_GOAL = "按时保质完成全年培训任务\uff0c提升社区工作者业务能力。"
_HEADER = "一级指标⇥二级指标⇥三级指标⇥指标值"


def form(rows: Iterable[Row]) -> str:
    """The form of one project, each level printed once."""
    head = (
        "项目支出绩效目标表\n(2024年度)⇥⇥⇥单位:万元\n项目名称⇥社区培训⇥主管部门⇥街道办事处\n"
        f"项目资金⇥年度资金总额⇥10.00\n⇥其中:财政拨款⇥10.00\n年度目标⇥{_GOAL}\n绩效指标⇥{_HEADER}\n"
    )
    lines, above = "", ("", "")
    for upper, lower, name, value in rows:
        shown = "" if upper == above[0] else upper, "" if (upper, lower) == above else lower
        lines += "⇥".join(("", *shown, name, value)) + "\n"
        above = upper, lower
    return (head + lines).replace("⇥", "\t")


def export(rows: Iterable[Row]) -> str:
    """An export in which each row has project and levels."""
    head = f"项目支出绩效目标表\n2024年度⇥单位:万元\n单位名称⇥项目名称⇥总计⇥财政拨款⇥绩效目标⇥{_HEADER}\n"
    lines = ["⇥".join(("街道办事处", "社区培训", "10.00", "10.00", _GOAL, *row)) for row in rows]
    return (head + "\n".join(lines) + "\n").replace("⇥", "\t")


def packed(rows: Iterable[Row]) -> str:
    """Cells that hold all indicators of a project, written with labels alone."""
    cell = "".join(f"【{upper}-{lower}】指标1:{name}({value})" for upper, lower, name, value in rows)
    head = "项目支出绩效目标表\n2024年度⇥单位:万元\n项目名称⇥总计⇥财政拨款⇥绩效目标⇥绩效指标\n"
    return f"{head}社区培训⇥10.00⇥10.00⇥{_GOAL}⇥{cell}\n".replace("⇥", "\t")


LAYOUTS = {"blocks": form, "rows": export, "packed": packed}


def tree(text: str) -> Sheet:
    sheet = check(text).sheet
    assert sheet is not None
    return sheet


def taxonomy(text: str, named: str | None = None) -> str:
    result = check(text, taxonomy=named)
    assert result.taxonomy is not None
    return result.taxonomy.name


@tried_on("layout", LAYOUTS)
def test_a_sheet_chooses_its_classes(layout: str) -> None:
    lay = LAYOUTS[layout]
    sheets = {"guangdong": lay(OF_2015), "central-2021": lay(OF_2021)}
    for name, text in sheets.items():
        result = Checker(select=CLASSES).check(text)
        assert result.sheet is not None
        assert {section.layout for section in result.sheet.sections} == {layout}
        assert result.findings == ()
        assert taxonomy(text) == name
        assert {taxonomy(text, other) for other in sheets} == set(sheets)


_OTHERS = {"guangdong": "central-2021", "central-2021": "guangdong"}


@tried_on("name", _OTHERS)
def test_what_is_named_overrules_the_sheet(name: str, tmp_path: Path) -> None:
    text = form(OF_2021 if name == "central-2021" else OF_2015)
    config = tmp_path / "goalcheck.toml"
    config.write_text(f'taxonomy = "{_OTHERS[name]}"\n', encoding="utf-8")
    for result in (check(text, taxonomy=_OTHERS[name]), check(text, config=config)):
        assert result.taxonomy is not None
        assert result.taxonomy.name == _OTHERS[name]


def test_most_classes_decide_and_a_draw_is_the_usual_one() -> None:
    astray = (("成本指标", "经济成本指标", *_COST),)
    below = (("产出指标", "成本指标", *_COST),)
    assert taxonomy(form([*OF_2015, *below, *astray])) == "guangdong"
    assert taxonomy(form([*OF_2021, *below])) == "central-2021"
    assert taxonomy(CLEAN) == taxonomy("一级指标\t二级指标\t三级指标\t指标值\n\t\t培训期数\t12期\n") == "guangdong"


def test_codes_are_held_against_the_classes_that_they_fit() -> None:
    text = entry_sheet("4、4-成本指标; 41-经济成本; 人均培训成本; 实施周期指标值:≤9元; 年度指标值:≤9元。")
    assert taxonomy(text) == "central-2021"
    assert taxonomy(text.replace("4-成本指标; 41-经济成本", "4-成本指标; 14-成本指标")) == "guangdong"


def test_the_reports_say_which(tmp_path: Path) -> None:
    files = {"a.txt": CLEAN, "b.txt": form(OF_2021).replace("≥12期", "12") + form(OF_2021), "c.txt": export(OF_2015)}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = json.loads(goalcheck("lint", *files, "--format", "json", cwd=tmp_path).text)
    said = {file["path"]: (file["layout"], file["layouts"], file["taxonomy"]) for file in made["files"]}
    assert said == {
        "a.txt": ("packed", ["packed"], "guangdong"),
        "b.txt": ("blocks", ["blocks"], "central-2021"),
        "c.txt": ("rows", ["rows"], "guangdong"),
    }
    assert made["tool"]["taxonomy"] == "guangdong"
    log = json.loads(goalcheck("lint", *files, "--format", "sarif", cwd=tmp_path).text)
    properties = [artifact["properties"] for artifact in log["runs"][0]["artifacts"]]
    assert [artifact["taxonomy"] for artifact in properties] == [said[name][2] for name in files]
    assert json.loads(goalcheck("parse", "b.txt", cwd=tmp_path).text)["taxonomy"] == "central-2021"
    text = goalcheck("lint", "b.txt", cwd=tmp_path).text
    assert "  版式\uff1a一个项目一张表\uff082张\uff09\n  指标分类\uff1a按“中央部门 2021”核对\n" in text
    text = goalcheck("lint", "b.txt", "--taxonomy", "guangdong", "--lang", "en", cwd=tmp_path).text
    assert "  layout: a form a project (2)\n" in text
    assert "classes:" not in text


_UPPER = {"产出指标": 0, "效益指标": 1, "满意度指标": 2}


def called(uppers: Sequence[str], **lowers: str) -> Sequence[Row]:
    """The sound sheet with other labels for its first levels, in their order, and for second levels by their words."""
    rows = [(uppers[_UPPER[upper]], lower, name, value) for upper, lower, name, value in OF_2015]
    return [(upper, lowers.get(lower.removesuffix("指标"), lower), name, value) for upper, lower, name, value in rows]


_USUAL = tuple(_UPPER)
SOUND: dict[str, Sequence[Row]] = {
    "Sichuan": called(("项目完成指标", "项目效益指标", "满意度指标")),
    "effects": called(("预期产出指标", "效果指标", "满意度指标")),
    "Beijing": called(_USUAL, 时效="进度指标"),
    "Dongguan": called(_USUAL, 成本="预算(或投资规模)控制指标"),
    "Dongguan, with blanks": called(
        ("产出 指标", "效益 指标", "满意度 指标"), 成本="预算\uff08或投资规模\uff09 控制指标"
    ),
    "notes": called(
        _USUAL, 数量="数量指标(必填硬性指标)", 质量="质量指标(选填)", 时效="时效指标(工期指标、形象进度指标)"
    ),
    "another note": called(_USUAL, 数量="数量指标\uff08或建筑规模指标\uff09"),
    "points": called(("产出指标(50分)", "效益指标(30分)", "满意度指标(10分)"), 数量="数量指标 15分"),
    "marks": called(("一、产出指标", "二、效益指标", "三、满意度指标"), 数量="★数量指标", 质量="2.质量指标\uff1a"),
    "brackets": called(("【产出指标】", "【效益指标】", "【满意度指标】"), 时效="产出进度指标;", 质量="(质量指标)"),
    "kinds": called(("产出类指标", "效益类指标", "满意度类指标"), 数量="数量目标", 社会效益="社会效益类"),
    "evaluation": called(
        ("产出", "效果", "满意度"),
        数量="产出数量",
        质量="产出质量",
        时效="产出时效",
        成本="产出成本",
        社会效益="社会影响",
    ),
    "joint benefits": called(_USUAL, 社会效益="社会、经济、生态效益指标"),
    "joint outputs": called(_USUAL, 数量="数量、质量指标", 质量="数量、质量指标", 时效="时效及成本指标"),
    "joint first levels": called(("产出指标", "效益和满意度指标", "效益和满意度指标")),
    "benefit and satisfaction": called(
        ("产出指标", "效益指标", "效益指标"),
        社会效益="社会效益及服务对象满意度指标",
        服务对象满意度="社会效益及服务对象满意度指标",
    ),
    "satisfaction below benefit": called(
        ("产出指标", "效益指标", "效益指标"), 服务对象满意度="社会公众或服务对象满意度指标"
    ),
    "satisfaction by itself": called(("产出指标", "效益指标", "服务对象满意度指标"), 服务对象满意度=""),
    "others are asked": called(_USUAL, 服务对象满意度="部门协助满意度"),
    "no first levels": called(("", "", "")),
    "influence": [
        *called(("产出目标", "效果目标", "效果目标")),
        ("影响力目标", "长效管理", "管理制度完善情况", "已建立"),
    ],
    "execution": [("预算执行率(10分)", "", "预算执行率", "100%"), *OF_2015],
    "execution, not named again": [("预算执行率\uff0810分\uff09", "", "", "100%"), *OF_2015],
    "process": [("过程", "资金管理", "资金到位率", "100%"), *OF_2015],
    "a whole department": [
        ("履职效能", "重点工作履行情况", *_QUANTITY),
        ("管理效率", "预算管理", "预算编制完整性", "完整"),
        ("社会效应", "社会效益", *_BENEFIT),
        ("可持续性", "人才支撑", "人员培训合格率", "≥95%"),
        ("服务对象满意度", "群众满意度", *_SATISFACTION),
    ],
    "Shanghai": [
        ("投入和管理目标", "财务管理", "资金到位率", "100%"),
        *called(("产出目标", "效果目标", "效果目标"), 数量="数量", 服务对象满意度="满意度"),
        ("影响力目标", "长效管理", "管理制度完善情况", "已建立"),
    ],
    "cost first": OF_2021,
    "cost first, other labels": [
        ("成本控制指标", "成本指标", *_COST),
        ("成本控制指标", "生态环境成本指标", "单位产出能耗", "≤3吨"),
        ("成本控制指标", "社会、生态成本指标", "扰民投诉数", "≤3次"),
        *_OUTPUTS,
        *_EFFECTS,
    ],
}
"""What sound forms call their classes."""


@tried_on(("case", "layout"), [(case, layout) for case in SOUND for layout in LAYOUTS])
def test_labels_met_in_practice_are_no_faults(case: str, layout: str) -> None:
    if layout == "packed" and not all(upper and lower for upper, lower, *_ in SOUND[case]):
        return
    result = Checker(select=["GC2", "GC503", "GC504", "GC505", "GC506", "GC507"]).check(LAYOUTS[layout](SOUND[case]))
    assert result.sheet is not None
    assert [len(list(project.indicators)) for project in result.sheet.projects] == [len(SOUND[case])]
    assert [(found.code, found.text) for found in result.findings] == []


@tried_on("layout", ["blocks", "rows"])
def test_other_labels_hide_no_fault(layout: str) -> None:
    lay, checker = LAYOUTS[layout], Checker(select=CLASSES)
    sichuan = called(("项目完成指标", "项目效益指标", "满意度指标"), 数量="数量指标(必填)")
    (found,) = checker.check(lay([(sichuan[4][0], *sichuan[0][1:]), *sichuan[1:]])).findings
    assert (found.code, found.text, found.suggestion) == ("GC203", "数量指标(必填)", "项目完成指标、数量指标(必填)")
    for rows, codes in (
        ([row for row in sichuan if row[0] != "项目完成指标"], ["GC503"]),
        ([row for row in sichuan if row[0] != "项目效益指标"], ["GC504"]),
        ([row for row in sichuan if row[0] != "满意度指标"], ["GC505"]),
        ([row for row in sichuan if not row[1].startswith("数量")], ["GC506"]),
        ([("预算执行率(10分)", "", "预算执行率", "100%"), *sichuan[:-2]], ["GC504", "GC505"]),
        ([(sichuan[0][0], "数量、质量指标", *sichuan[0][2:]), *sichuan[2:]], []),
        ([(sichuan[4][0], "数量、质量指标", *sichuan[0][2:]), *sichuan[1:]], ["GC203"]),
        ([*OF_2021, ("产出指标", "经济成本指标", "场均成本", "≤90元")], ["GC203"]),
        ([*OF_2015, ("效益指标", "服务对象满意度指标", "家属满意度", "≥95%")], ["GC203"]),
        ([*OF_2015, ("效益指标", "社会效益指标", "家属满意度", "≥95%")], ["GC207"]),
        ([*OF_2015, ("满意度指标", "群众满意度", "节目评分", "≥95分")], ["GC207"]),
    ):
        assert [made.code for made in checker.check(lay(rows)).findings] == codes


def test_one_class_by_two_names_is_no_conflict() -> None:
    one = called(_USUAL, 服务对象满意度="社会公众或服务对象满意度指标", 社会效益="社会、经济效益指标")
    two = called(("项目完成指标", "项目效益指标", "满意度指标"), 时效="进度指标", 社会效益="经济效益指标")
    checker, other = Checker(select=["GC210"]), called(_USUAL, 质量="数量指标")
    assert checker.check(form(one) + form(two)).findings == ()
    assert [found.text for found in checker.check(form(one) + form(other)).findings] == ["数量指标"]


def test_a_heading_with_one_label_tells_its_level() -> None:
    row = "⇥".join(
        ("社区培训", "10.00", "10.00", _GOAL, "【可持续影响指标】指标1:制度完善数(≥2项)【产出指标】指标1:期数(2期)")
    )
    (project,) = tree(packed([]).rpartition("社区培训")[0] + row.replace("⇥", "\t")).projects
    assert [(entry.level1.label, entry.level2.label) for entry in project.indicators] == [
        ("", "可持续影响指标"),
        ("产出指标", ""),
    ]


def test_what_is_proposed_fits_the_form() -> None:
    below = called(("产出指标", "效益指标", "效益指标"), 服务对象满意度="社会公众或服务对象满意度指标")
    astray = ("效益指标", "社会效益指标", "家属满意度", "≥95%")
    checker = Checker(select=["GC207"])
    for rows, suggestion in (
        ([*below, astray], "社会公众或服务对象满意度指标"),
        ([*OF_2015, astray], "满意度指标、服务对象满意度指标"),
        ([*OF_2015[:-1], astray], "满意度指标、服务对象满意度指标"),
    ):
        (found,) = checker.check(form(rows)).findings
        assert found.suggestion == suggestion


def test_each_form_says_where_satisfaction_stands() -> None:
    below = called(("产出指标", "效益指标", "效益指标"))
    checker = Checker(select=["GC203", "GC505"])
    assert checker.check(form(below) + form(OF_2015)).findings == ()
    mixed = checker.check(form([*OF_2015, below[-1]]) + form(below)).findings
    assert [(found.code, found.text) for found in mixed] == [("GC203", "服务对象满意度指标")]
