"""Damage costs its own place alone, and never in silence: sound sheets, each hurt in one place, in thousands of ways.

What the sound sheet has judged, a goal, an amount, an indicator, is judged in the hurt one as well, or a finding at its
place says why not, or the hurt sheet is not read whole and the run ends in 2.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from damages import Damage, Judged, damages, silently_lost
from helpers import check, some
from sound_forms import FORMS
from test_sound_forms import SOUND as SOUND_FORMS

from goalcheck.engine.result import Result
from goalcheck.parse.layouts.form_goals import TextOfCells
from goalcheck.sheet import Indicator, Text

Rows = list[list[str]]

HEAD = [["项目支出绩效目标表"], ["预算年度:2024", "单位:万元"]]
USUAL = ["项目名称(资金使用单位)", "总计", "财政拨款", "财政专户拨款", "其他资金", "绩效目标", "绩效指标"]
MERGED = [["项目名称", "资金来源", "", "", "", "绩效目标", "绩效指标"], ["", *USUAL[1:5], "", ""]]
RENAMED = [
    "序号", "单位名称", "*项目名称", "2024年预算数", "一般公共预算", "政府性基金预算", "单位资金",
    "年度总体目标", "年度绩效指标", "备注",
]  # fmt: skip


# --- sound sheets -----------------------------------------------------------------------------------------------------


def described(name: str) -> list[str]:
    """A goal and indicators, like no other project's."""
    entries = (
        ("1-产出指标; 11-数量指标", "次数", "≥40次"),
        ("2-效益指标; 22-社会效益", "投诉率", "≤10%"),
        ("3-满意度指标; 31-服务对象满意度", "满意度", "≥85%"),
    )
    said = (
        f"{number}、{classes}; {name}{what}; 实施周期指标值:{value}; 年度指标值:{value}。"
        for number, (classes, what, value) in enumerate(entries, 1)
    )
    return [f"按时完成{name}任务,提高质量。", "".join(said)]


def rows(place: str = "") -> Rows:
    """The rows of two units below the usual header."""
    return [
        ["合计", "18.50", "15.50", "", "3.00", "", ""],
        [f"{place}街道办事处", "15.50", "12.50", "", "3.00", "", ""],
        [f"{place}检查", "10.00", "7.00", "", "3.00", *described(f"{place}检查")],
        [f"{place}培训", "5.50", "5.50", "", "", *described(f"{place}培训")],
        [f"{place}第一小学", "3.00", "3.00", "", "", "", ""],
        [f"{place}绿化", "3.00", "3.00", "", "", *described(f"{place}绿化")],
    ]


def renamed() -> Rows:
    """The same with an ordinal, with names of units in a column of their own, with a remark."""
    return [
        [str(at) if row[5] else "", "某街道" if row[5] else row[0], row[0] if row[5] else "", *row[1:], ""]
        for at, row in enumerate(rows())
    ]


def paged(header: list[str], body: Rows, size: int) -> Rows:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    feet = [[f"第 {number} 页, 共 {len(parts)} 页"] for number in range(1, len(parts) + 1)]
    return [line for part, foot in zip(parts, feet, strict=True) for line in (header, *part, foot)]


def picked(*columns: int) -> Rows:
    return [[line[column] for column in columns] for line in [USUAL, *rows()]]


SHEETS: dict[str, Rows] = {
    "one table": [USUAL, *rows()],
    "pages": paged(USUAL, rows(), 3),
    "two tables": [USUAL, *rows(), *HEAD, USUAL, *rows("东门")],
    "renamed columns": [RENAMED, *renamed()],
    "pages of renamed columns": paged(RENAMED, renamed(), 2),
    "a header of two lines": [*MERGED, *rows()],
    "other order": picked(6, 5, 0, 2, 4, 1),
    "the total below": [USUAL, *rows()[1:], rows()[0], ["注:本表金额均为预算数。"]],
    "subtotals": [USUAL, *rows()[:4], ["小计", *rows()[1][1:]], *rows()[4:], ["小计", *rows()[4][1:]]],
    "short names": [
        ["序号", "项目", "经费", "目标", "绩效指标", "备注"],
        ["", "合计", "15", "", "", ""],
        ["", "街道办事处", "15", "", "", ""],
        ["1", "检查", "10", *described("检查"), "延续"],
        ["2", "培训", "5", *described("培训"), ""],
    ],
    "one project": [["项目名称", "绩效指标", "总计", "绩效目标"], ["检查", described("检查")[1], "12", "完成检查。"]],
    "indicators alone": [["项目名称", "绩效指标"], *([name, described(name)[1]] for name in ("检查", "培训"))],
}


def written(lines: Rows, separator: str, *, quoted: bool) -> str:
    def cell(text: str) -> str:
        return f'"{text}"' if quoted or separator in text else text

    return "".join((separator.join(map(cell, line)) if len(line) > 1 else line[0]) + "\n" for line in HEAD + lines)


WAYS = {"tabs": ("\t", False), "quoted tabs": ("\t", True), "quoted commas": (",", True)}
CASES = [(sheet, way) for sheet in SHEETS for way in WAYS]


# --- what is judged, and where it is told -----------------------------------------------------------------------------


def judged(result: Result) -> list[Judged]:
    """What of a sheet is judged: its kind, where it lies, and what it says."""
    if result.sheet is None or result.source is None:
        return []
    goals = [p.goal for p in result.sheet.projects if p.goal is not None and not p.goal.blank]
    entries = [e for p in result.sheet.projects for e in p.entries if isinstance(e, Indicator)]
    filled = [amount for row in result.sheet.rows for amount in row.amounts.values() if not amount.blank]
    priced = [("amount", a.start, a.end, f"{a.value or 0:.2f}") for a in filled]
    text = result.source.text
    said = [part for goal in goals for part in parts_of(goal)]
    return priced + said + [("entry", e.start, e.end, text[e.start : e.end]) for e in entries]


def parts_of(goal: Text) -> Iterator[Judged]:
    """The cells of a goal, which may stand on several lines with labels between them."""
    if not isinstance(goal, TextOfCells):
        yield "goal", goal.start, goal.end, goal.text
        return
    at = 0
    for cell in goal.cells:
        at = goal.text.index(cell, at)
        yield "goal", goal.start + at, goal.start + at + len(cell), cell
        at += len(cell)


def is_header(line: str) -> bool:
    return "指标值" not in line and re.search("绩效指标|总计\\W+财政拨款", line) is not None


def costs(case: tuple[str, str], number: int) -> dict[Damage, list[Judged]]:
    """What each damage to a sheet costs in silence: of ``number`` of them, drawn by chance, the same each time."""
    sheet, way = case
    separator, quoted = WAYS[way]
    sound = check(written(SHEETS[sheet], separator, quoted=quoted))
    assert (sound.status, sound.findings) == ("checked", ())
    return silently_lost(sound, drawn(sound, separator, is_header, number, seed=case, of=200), judged)


def drawn(
    sound: Result, separator: str, is_hurt: Callable[[str], bool], number: int, *, seed: object, of: int
) -> list[Damage]:
    """The first ``number`` of the damages that are drawn by chance, ``of`` so many."""
    assert sound.source is not None
    all_of_them = list(dict.fromkeys(damages(sound.source.text, separator, is_hurt)))
    return random.Random(repr(seed)).sample(all_of_them, of)[:number]  # a fixed sample, not a secret


def test_damage_costs_its_own_place_alone() -> None:
    assert {case: cost for case in some(CASES, 4) if (cost := costs(case, 3))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=" in ".join)
def test_damage_of_every_kind_costs_its_own_place_alone(case: tuple[str, str]) -> None:
    assert costs(case, 60) == {}, "of 2,160 damages to all cases"


# --- forms, and tables with one indicator a row -----------------------------------------------------------------------

AS_PUBLISHED = {path.name: path.read_text("utf-8") for path in Path(__file__).with_name("sheets").glob("0*.tsv")}
SOUND = {**FORMS, **SOUND_FORMS} | AS_PUBLISHED


def judged_by_row(result: Result) -> list[Judged]:
    """What of a form is judged: goals, amounts, names and values of indicators; words for a value may be any name."""
    if result.sheet is None:
        return []
    found = [thing for thing in judged(result) if thing[0] != "entry"]
    for project in result.sheet.projects:
        for indicator in project.indicators:
            measured = [value for _, value in indicator.values if any(map(str.isdigit, value.text))]
            found += [("value", value.start, value.end, value.text) for value in measured]
            if any(map(str.isalpha, indicator.name.text)) and (
                measured or any(len(value.text) < 4 for _, value in indicator.values)
            ):
                found.append(("name", indicator.name.start, indicator.name.end, indicator.name.text))
    return found


OF_ITS_OWN_PLACE = {
    "a self-evaluation": [Damage(486, 494, "12个\t≥12个")],  # what was reached and the target look alike
    "all money in one cell": [Damage(116, 116, "\t")],  # a goal without its first word, 目标
}
"""Damages that leave what reads as well as what was there."""


def costs_of_form(form: str, number: int) -> dict[Damage, list[Judged]]:
    sound = check(SOUND[form].replace("\u21e5", "\t"))
    assert sound.status == "checked"
    return silently_lost(sound, drawn(sound, "\t", lambda _: True, number, seed=form, of=400), judged_by_row)


def test_damage_to_a_form_costs_its_own_place_alone() -> None:
    assert {form: cost for form in some([*SOUND], 3) if (cost := costs_of_form(form, 3))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("form", SOUND)
def test_damage_of_every_kind_to_a_form_costs_its_own_place_alone(form: str) -> None:
    cost = costs_of_form(form, 90)
    assert cost.keys() <= set(OF_ITS_OWN_PLACE.get(form, ())), "of some 3,000 damages to all forms"


# --- what changes nothing ---------------------------------------------------------------------------------------------


def told(lines: Rows, way: str) -> list[tuple[object, ...]]:
    separator, quoted = WAYS[way]
    result = check(written(lines, separator, quoted=quoted))
    return sorted((f.code, str(f.unit), str(f.project), f.field, f.text) for f in result.findings)


def harmless(lines: Rows) -> Iterator[Rows]:
    """The same sheet with blank rows, its header said again, further columns, the columns in other orders."""
    for at in range(1, len(lines) + 1):
        yield [*lines[:at], [""], *lines[at:]]
        yield [*lines[:at], lines[0], *lines[at:]]
    for at in range(len(lines[0])):
        yield [[*line[at:], *line[:at]] for line in lines]
        for name, said in (("项目负责人", "张三"), ("单价", "1.50")):
            filled = (name, *(said if any("指标值" in cell for cell in line) else "" for line in lines[1:]))
            yield [[*line[:at], cell, *line[at:]] for cell, line in zip(filled, lines, strict=True)]


@pytest.mark.parametrize("sheet", ["renamed columns", "other order"])
def test_what_changes_nothing_changes_no_finding(sheet: str) -> None:
    lines = [[cell.replace("10.00", "11.00").replace("≥40次", "≥40") for cell in line] for line in SHEETS[sheet]]
    before = told(lines, "tabs")
    assert before
    assert [told(lines, way) for way in WAYS] == [before] * len(WAYS)
    assert [other for other in harmless(lines) if told(other, "tabs") != before] == []
