"""By which classes a sheet is judged; and what it may call them, without a false alarm or a fault missed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpers import CLEAN, entry_sheet, goalcheck, tried_on

from goalcheck import Checker, check

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
