"""What a project must have and must not have twice: other taxonomies, what silences what, options, many projects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs
import pytest
from helpers import calls, check, tried_on

from goalcheck.catalogue.example import GOAL, HEAD, wrap
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import TAXONOMIES, Class, Taxonomy
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import Plan
from goalcheck.engine.run import run
from goalcheck.finding import Finding
from goalcheck.prose import sentences
from goalcheck.source import Source

OUTPUT, QUALITY = "1-产出指标; 11-数量指标", "1-产出指标; 12-质量指标"
BENEFIT, SATISFACTION = "2-效益指标; 22-社会效益", "3-满意度指标; 31-服务对象满意度"
COUNT, RATE = (OUTPUT, "培训班期数", "≥4期"), (QUALITY, "考试合格率", "≥90%")
USE, CONTENT = (BENEFIT, "持证上岗率", "≥90%"), (SATISFACTION, "学员满意度", "≥95%")
Entry = tuple[str, str, str]


def entries(*given: Entry) -> str:
    """The text of an indicator cell."""
    parts = [
        f"{number}、{classes}; {name}; 实施周期指标值:{value}; 年度指标值:{value}。"
        for number, (classes, name, value) in enumerate(given, 1)
    ]
    return "".join(parts)


def project(cell: str, name: str = "社区培训经费") -> str:
    """A sheet with one project."""
    return wrap(f"{GOAL}⇥{cell}", "project").text.replace("社区培训经费", name)


def sheet(*rows: tuple[str, str, str]) -> str:
    """A sheet of ``rows``: name, amount and indicators; a unit has none. Its 合计 is what the projects add up to."""
    total = sum(int(amount) for _, amount, cell in rows if cell)
    lines = [HEAD.replace("\u21e5", "\t").rstrip("\n"), f"合计\t{total}\t{total}\t\t\t\t"]
    for name, amount, cell in rows:
        lines.append("\t".join([name, amount, amount, "", "", GOAL if cell else "", cell]))
    return "\n".join(lines) + "\n"


def found(text: str, code: str, taxonomy: Taxonomy | None = None, **options: object) -> list[Finding]:
    """What the rule ``code`` alone finds."""
    chosen = plan(catalogue(), TAXONOMIES[0], Selection(select=[code]))
    set_up = attrs.evolve(chosen, taxonomies=(taxonomy,) if taxonomy else chosen.taxonomies, options={code: options})
    result = check_source(Source(text), set_up)
    assert result.error is None
    return list(result.findings)


def codes(text: str, *selected: str) -> list[str]:
    """The rules of ``selected`` that find something."""
    return [code for code in selected if found(text, code)]


# --- GC505 to GC507 --------------------------------------------------------------------------------------------------


@tried_on(
    "name",
    [
        "社区两委干部补贴",
        "其他居委会人员经费",
        "劳动保障监察协管员工资",
        "两新组织党务工作者补贴",
        "编外 人员聘用经费",
        "机关公用经费",
        "办公用房租金",
        "政府专项债券还本付息",
    ],
)
def test_where_nobody_is_served_nobody_is_asked(name: str) -> None:
    assert found(project(entries(COUNT, RATE, USE), name), "GC505") == []


@tried_on(
    "name",
    [
        "文化站免费开放经费",
        "困难人员补助",
        "高龄老人津贴",
        "就业困难人员社保补贴",
        "公租房租金补贴",
        "小额贷款贴息",
        "公园运行经费",
        "残疾人补贴",
        "学生伙食补助",
    ],
)
def test_whom_a_project_serves_is_asked(name: str) -> None:
    (finding,) = found(project(entries(COUNT, RATE, USE), name), "GC505")
    assert finding.project == name
    assert finding.field == "entry"
    assert "3-满意度指标; 31-服务对象满意度; " in sentences.advice(finding, "zh")


@tried_on(
    "last",
    [
        (BENEFIT.replace("22-社会效益", "31-服务对象满意度"), "学员满意度", "≥95%"),
        ("3-满意度指标; 12-质量指标", "学员满意度", "≥95%"),
        ("2-满意度指标; 31-服务对象满意度", "学员满意度", "≥95%"),
        ("5-满意度指标; 51-服务对象满意度", "学员满意度", "≥95%"),
        (QUALITY, "学员满意度", "≥95%"),
        ("", "学员", "≥95%"),
    ],
    ids=["second level", "first level", "label", "unknown code", "misfiled by name", "unreadable"],
)
def test_what_may_be_the_satisfaction_is_not_missed(last: Entry) -> None:
    assert found(project(entries(COUNT, RATE, USE, last)), "GC505") == []


def test_an_unreadable_output_is_no_satisfaction() -> None:
    text = project(entries(COUNT, USE, ("1-产出指标", "合格率", "≥95%")))
    assert codes(text, "GC101", "GC505", "GC506", "GC507") == ["GC101", "GC505"]


def test_without_any_indicator_one_rule_speaks() -> None:
    text = project("")
    assert codes(text, "GC502", "GC505", "GC506", "GC507", "GC512") == ["GC502"]


def test_missing_satisfaction_belongs_behind_the_last_entry() -> None:
    text = project(entries(COUNT, RATE, USE))
    (finding,) = found(text, "GC505")
    assert finding.start == finding.end == text.rindex("。")


@tried_on(
    ("given", "expected"),
    [
        ([RATE, USE, CONTENT], ["GC506"]),
        ([COUNT, USE, CONTENT], ["GC507"]),
        ([("1-产出指标; 13-时效指标", "完成时间", "12月底前"), USE, CONTENT], ["GC506", "GC507"]),
        ([USE, CONTENT], ["GC503"]),
        ([("2-效益指标; 11-数量指标", "培训班期数", "≥4期"), USE, CONTENT], ["GC507"]),
        ([("1-产出指标; 12-数量指标", "培训班期数", "≥4期"), USE, CONTENT], []),
        ([("1-产出指标; 19-未知", "培训班期数", "≥4期"), USE, CONTENT], []),
        ([("1-产出指标; 19-数量指标", "培训班期数", "≥4期"), USE, CONTENT], ["GC507"]),
    ],
)
def test_quantity_and_quality_are_outputs(given: Sequence[Entry], expected: list[str]) -> None:
    """Where there is no output at all only that is said; a class that may be meant is not missed."""
    assert codes(project(entries(*given)), "GC503", "GC506", "GC507") == expected


def taxonomy(*classes: tuple[str, str, str | None, str | None]) -> Taxonomy:
    base = catalogue().taxonomies[TAXONOMIES[0]]
    return attrs.evolve(base, name="own", classes={code: Class(code, *rest) for code, *rest in classes})


_OWN = (
    ("7", "产出", None, "output"),
    ("71", "办了多少", "7", "quantity"),
    ("72", "办得怎样", "7", "quality"),
    ("8", "成效", None, "benefit"),
    ("81", "受益", "8", None),
    ("82", "群众评价", "8", "satisfaction"),
)


def test_classes_are_known_by_their_role() -> None:
    """A site may number its classes otherwise, and put satisfaction below the benefits."""
    own = taxonomy(*_OWN)
    cell = entries(("7-产出; 72-办得怎样", "考试合格率", "≥90%"), ("8-成效; 81-受益", "持证上岗率", "≥90%"))
    (finding,) = found(project(cell), "GC505", own)
    assert "8-成效; 82-群众评价; " in sentences.advice(finding, "en")
    (finding,) = found(project(cell), "GC506", own)
    assert "7-产出; 71-办了多少; " in sentences.advice(finding, "zh")
    whole = cell + "3、8-成效; 82-群众评价; 学员评价; 实施周期指标值:≥95%; 年度指标值:≥95%。"
    assert found(project(whole), "GC505", own) == found(project(whole), "GC507", own) == []


def test_a_taxonomy_without_the_role_misses_nothing() -> None:
    own = taxonomy(*(made for made in _OWN if made[3] in ("output", "benefit", None)))
    cell = entries(("7-产出; 71-办了多少", "考试合格率", "≥90%"))
    assert [found(project(cell), code, own) for code in ("GC505", "GC506", "GC507")] == [[], [], []]


def test_costs_of_2021_are_no_outputs() -> None:
    cost = ("4-成本指标; 41-经济成本", "人均成本", "≤550元")
    text = project(entries(cost, USE, CONTENT))
    of_2021 = catalogue().taxonomies["central-2021"]
    assert found(text, "GC506", of_2021) == []
    (finding,) = found(project(entries(RATE, cost, USE, CONTENT)), "GC512", of_2021)
    assert finding.figures["what"].key == "few-outputs"


# --- GC510 -----------------------------------------------------------------------------------------------------------

CELL, OTHER = entries(COUNT, USE, CONTENT), entries(RATE, USE, CONTENT)
UNIT = ("第一小学", "20", "")


def test_names_are_compared_as_people_do() -> None:
    text = sheet(UNIT, ("设备购置(二期)", "12", CELL), ("设备 购置\uff08二期\uff09", "8", OTHER))
    (finding,) = found(text, "GC510")
    assert (finding.unit, finding.project, finding.field) == ("第一小学", "设备购置\uff08二期\uff09", "name")
    assert [text[r.start : r.end] for r in finding.related] == ["设备购置(二期)"]
    assert sentences.message(finding, "zh").endswith("\uff1a前面是12\uff0c这里是8")


def test_each_repeat_is_related_to_the_first() -> None:
    text = sheet(UNIT, ("维修", "8", CELL), ("维修", "8", OTHER), ("维修", "4", OTHER))
    first, second = found(text, "GC510")
    assert first.related[0].start == second.related[0].start == text.index("维修")
    assert "同为8" in sentences.message(first, "zh")
    assert first.start < second.start


def test_projects_without_a_unit_are_of_one() -> None:
    text = sheet(("维修", "12", CELL), ("维修", "8", OTHER))
    assert [(f.unit, f.project) for f in found(text, "GC510")] == [(None, "维修")]


@pytest.mark.parametrize(
    "names", [("维修(市级)", "维修(区级)"), ("社区办公经费(荔湾区)", "社区办公经费(党建)"), ("", "")]
)
def test_other_names_are_other_projects(names: tuple[str, str]) -> None:
    assert found(sheet(UNIT, (names[0], "12", CELL), (names[1], "8", OTHER)), "GC510") == []


def test_amounts_that_are_not_there_are_not_compared() -> None:
    text = sheet(UNIT, ("维修", "20", CELL), ("维修", "8", OTHER)).replace("\t8\t8\t", "\t\t\t")
    (finding,) = found(text, "GC510")
    assert sentences.message(finding, "zh").endswith("“维修”")


# --- GC511 -----------------------------------------------------------------------------------------------------------


def test_copies_are_each_related_to_the_first() -> None:
    turned = entries(CONTENT, COUNT, USE)
    spaced = CELL.replace("≥4期", "≥ 4\u3000期").replace("≥90%", "\u2265\uff19\uff10\uff05")
    text = sheet(UNIT, ("绿地养护", "8", CELL), ("道路养护", "8", turned), ("河道养护", "4", spaced))
    first, second = found(text, "GC511")
    assert (first.unit, first.project, first.indicator, first.field) == ("第一小学", "道路养护", None, "entry")
    assert text[first.start : first.end] == turned.rstrip("。")
    assert text[second.start : second.end] == spaced.rstrip("。")
    assert [text[f.related[0].start : f.related[0].end] for f in (first, second)] == ["绿地养护"] * 2


def test_copies_are_found_in_the_whole_sheet() -> None:
    units = [("第一小学", "8", ""), ("绿地养护", "8", CELL), ("第二小学", "8", ""), ("道路养护", "8", CELL)]
    table = sheet(*units[2:]).split("\n", 3)[3]  # without head and header
    for text in (sheet(*units), sheet(*units[:2]) + table):
        (finding,) = found(text, "GC511")
        assert (finding.unit, finding.project) == ("第二小学", "道路养护")


@tried_on(
    ("first", "second"),
    [
        ("绿地养护经费", "绿地养护经费"),
        ("绿地养护经费", "绿地 养护经费(荔湾区)"),
        ("绿地养护经费", "市财政绿地养护经费"),
        ("绿地养护经费(市级)", "\uff08区级\uff09绿地养护补助资金"),
    ],
)
def test_one_project_paid_from_two_sources_may_share_its_indicators(first: str, second: str) -> None:
    rows = (("第一小学", "8", ""), (first, "8", CELL), ("第二小学", "8", ""), (second, "8", CELL))
    assert found(sheet(*rows), "GC511") == []


@tried_on(
    "cell",
    [
        entries(COUNT, USE, (SATISFACTION, "学员满意度", "≥90%")),
        entries(COUNT, (BENEFIT.replace("22", "24"), *USE[1:]), CONTENT),
        entries(COUNT, USE, (SATISFACTION, "居民满意度", "≥95%")),
        CELL + "4" + entries(RATE)[1:],
        CELL + "4、读不出的一项。",
        CELL.replace("; 年度指标值:≥4期", ""),
    ],
    ids=["value", "class", "name", "one more", "unreadable", "no annual value"],
)
def test_what_differs_is_no_copy(cell: str) -> None:
    assert found(sheet(UNIT, ("绿地养护", "12", CELL), ("道路养护", "8", cell)), "GC511") == []


def test_less_than_three_indicators_may_be_alike() -> None:
    two = entries(COUNT, USE)
    assert found(sheet(UNIT, ("绿地养护", "12", two), ("道路养护", "8", two)), "GC511") == []
    twice = two + "3" + entries(COUNT)[1:]
    assert found(sheet(UNIT, ("绿地养护", "12", twice), ("道路养护", "8", twice)), "GC511") == []


# --- GC512 -----------------------------------------------------------------------------------------------------------


@tried_on(
    ("cell", "options", "expected"),
    [
        (CELL, {}, ["few-both"]),
        (CELL, {"least": 3}, ["few-outputs"]),
        (CELL, {"least-outputs": 1}, ["few"]),
        (CELL, {"least": 3, "least-outputs": 1}, []),
        (entries(COUNT, RATE, USE, CONTENT), {}, []),
        (entries(COUNT, RATE, USE, CONTENT), {"least": 5}, ["few"]),
        (CELL + "4、读不出的一项。", {}, []),
        (entries(USE, USE, CONTENT, CONTENT), {}, []),
    ],
)
def test_how_many_are_few_is_an_option(cell: str, options: dict[str, int], expected: list[str]) -> None:
    """What cannot be read counts; where there is no output at all GC503 speaks."""
    assert [f.figures["what"].key for f in found(project(cell), "GC512", **options)] == expected


# --- cost ------------------------------------------------------------------------------------------------------------

_SPEEDY = ("GC505", "GC506", "GC507", "GC510", "GC511", "GC512")


@pytest.mark.parametrize("same", ["names", "indicators"])
def test_cost_grows_with_the_projects_alone(same: str) -> None:
    """At its worst: all projects of one name, or all with the same indicators."""
    named = same == "names"
    rules: Plan = plan(catalogue(), TAXONOMIES[0], Selection(select=_SPEEDY))
    made = []
    for number in (20, 40, 80):
        rows = [("项目" if named else f"项目{n}", "1", CELL) for n in range(number)]
        made.append(check(sheet(("第一小学", str(number), ""), *rows)))
    run(made[0].source, rules.context(made[0].sheet), rules)
    costs = [calls(lambda read=read: run(read.source, rules.context(read.sheet), rules)) for read in made]
    assert all(later < 2.2 * earlier for earlier, later in pairwise(costs))
