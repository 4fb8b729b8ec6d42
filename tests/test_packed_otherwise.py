"""Packed cells in other ways than that of the system of most sheets: headings, keys and running text."""

from __future__ import annotations

import attrs
import pytest
from helpers import examples, tried_on
from hypothesis import given, settings
from hypothesis import strategies as st

import goalcheck
from goalcheck.parse import parse
from goalcheck.parse.layouts.packed_otherwise import is_otherwise, read_otherwise
from goalcheck.sheet import Indicator, Node, Project, Text, Unparsed
from goalcheck.source import Source

HEADINGS = (
    "【项目概况】买机柜。【总体目标】全年运行。【产出指标-数量指标】指标1:机柜(组)数量(≥77台)指标2:占比(≥0.97比例)"
    "【满意度指标-服务对象满意度】指标1:群众满意度(≥90%)"
)
KEYS = (
    "绩效目标：完成任务。一级指标：产出指标，二级指标：数量指标，指标名称：检查，抽查次数，运算符号：≥，指标值：40，计量单位：次；"
    "一级指标:产出指标,二级指标:质量指标,指标编码:12,指标名称:合格率,运算符号:≥,指标值:95,计量单位:%;"
)
RUNNING = "设1条数量指标:检查次数≥40次,参加人数不少于1,200人;设1条质量指标:合格率≥95%"
READ = {
    HEADINGS: [
        ("产出指标", "数量指标", "机柜(组)数量", "≥77台"),
        ("产出指标", "数量指标", "占比", "≥0.97比例"),
        ("满意度指标", "服务对象满意度", "群众满意度", "≥90%"),
    ],
    KEYS: [
        ("产出指标", "数量指标", "检查，抽查次数", "≥40次"),
        ("产出指标", "质量指标", "合格率", "≥95%"),
    ],
    RUNNING: [
        ("", "数量指标", "检查次数", "≥40次"),
        ("", "数量指标", "参加人数", "不少于1,200人"),
        ("", "质量指标", "合格率", "≥95%"),
    ],
    "设置1个质量指标：合格率大于等于95%。": [("", "质量指标", "合格率", "大于等于95%")],
    "【质量指标】合格率≥95%": [("", "质量指标", "合格率", "≥95%")],
}


def told(entry: object) -> tuple[str, str, str, str]:
    assert isinstance(entry, Indicator)
    value = entry.annual_value
    assert value is not None
    assert entry.packed is None
    return entry.level1.text, entry.level2.text, entry.name.text, value.whole or value.text


def assert_slices(text: str, node: Node) -> None:
    assert 0 <= node.start <= node.end <= len(text)
    if isinstance(node, Text):
        assert text[node.start : node.end] == node.text
    for field in attrs.fields(type(node)):
        held = getattr(node, field.name)
        for part in held if isinstance(held, tuple) else (held,):
            if isinstance(part, Node):
                assert_slices(text, part)


@tried_on("text", READ)
def test_each_way_is_read_with_its_places(text: str) -> None:
    whole = f"前{text}后"
    entries = read_otherwise(whole, 1, len(text) + 1).entries
    assert [told(entry) for entry in entries] == READ[text]
    for entry in entries:
        assert_slices(whole, entry)


def test_sign_figure_and_unit_are_parts_of_one_value() -> None:
    (first, _) = read_otherwise(KEYS, 0, len(KEYS)).entries
    assert isinstance(first, Indicator)
    assert first.annual_value is not None
    assert [part.text for part in first.annual_value.parts] == ["≥", "40", "次"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【产出指标-数量指标】指标1:检查次数", ["annual_value"]),
        ("【产出指标-数量指标】指标1:指标2:次数(≥1次)", ["name", ""]),
        ("设1条数量指标:多次检查;设1条质量指标:合格率≥95%", ["annual_value", ""]),
        ("二级指标:数量指标,指标名称:次数;详见附件。【质量指标】", ["annual_value"]),
    ],
)
def test_what_cannot_be_read_is_unparsed_and_costs_no_neighbour(text: str, expected: list[str]) -> None:
    entries = read_otherwise(text, 0, len(text)).entries
    assert [entry.expected if isinstance(entry, Unparsed) else "" for entry in entries] == expected


def projects(text: str) -> list[Project]:
    sheet = parse(Source(text))
    assert not sheet.unread
    return [project for project in sheet.projects if project.entries]


def test_the_way_is_told_cell_by_cell() -> None:
    usual = "1、1-产出指标; 11-数量指标; 次数; 实施周期指标值:≥4次; 年度指标值:≥4次。"
    cells = [HEADINGS, KEYS, RUNNING, usual]
    rows = "".join(f"项目{n}\t1.00\t目标\t{cell}\n" for n, cell in enumerate(cells))
    found = projects(f"项目名称\t总计\t绩效目标\t绩效指标\n合计\t4.00\n某局\t4.00\n{rows}")
    assert [len(project.entries) for project in found] == [3, 2, 3, 1]
    assert all(isinstance(entry, Indicator) for project in found for entry in project.entries)


def test_goal_and_indicators_stand_in_one_cell() -> None:
    header = "单位编码\t单位名称(项目类别/支出项目)\t年度预算安排\t项目内容\t绩效目标\n"
    (project,) = projects(f"{header}\t合计\t9.00\n001\t某局\t9.00\n\t机房运行\t9.00\t运行\t{HEADINGS}\n")
    assert project.goal is not None
    assert project.goal.text == "全年运行。"
    assert [told(entry) for entry in project.entries] == READ[HEADINGS]


_PIECES = (
    "【总体目标】|【产出指标-数量指标】|【|】|指标1:|(|)|≥|5|次|,|;|字|一级指标:|指标名称：|指标值:|"
    "设1条质量指标:|不|达|指| |\n"
)


@settings(max_examples=examples(400))
@given(st.lists(st.sampled_from(_PIECES.split("|")), max_size=30).map("".join))
def test_any_text_is_read_and_spans_slice_back(text: str) -> None:
    found = read_otherwise(f"前{text}后", 1, len(text) + 1)
    for entry in found.entries:
        assert_slices(f"前{text}后", entry)
        assert 1 <= entry.start <= entry.end <= len(text) + 1
    stretches = [(entry.start, entry.end) for entry in found.entries]
    assert stretches == sorted(stretches)


def test_ordinals_that_begin_anew_in_each_class_are_sound() -> None:
    outputs = "【产出指标-数量指标】指标1:养护里程(≥20公里)指标2:养护次数(≥2次)"
    cell = f"{outputs}【效益指标-社会效益指标】指标1:投诉下降率(≥10%)"
    text = f"绩效目标表\n2024年度\t单位:万元\n项目名称\t金额\t绩效目标\t绩效指标\n道路养护\t5.00\t做好养护。\t{cell}\n"
    assert "GC508" not in [finding.rule.code for finding in goalcheck.check(text).findings]


_NESTED = (
    "单位编码\t单位名称(项目类别/支出项目)\t年度预算安排(万元)\t项目内容\t绩效目标\n2025年\n"
    "001\t市数据局\t{amount}\t\t\n001001\t机房运维\t36.00\t运维\t{cell}\n001002\t平台建设\t50.00\t建设\t{cell}\n"
)


def test_ordinals_that_begin_anew_are_counted_through() -> None:
    anew = HEADINGS.replace("≥90%", "≥190%")
    on = anew.replace("【满意度指标-服务对象满意度】指标1", "【满意度指标-服务对象满意度】指标3")
    for cell in (anew, on):
        result = goalcheck.check(_NESTED.format(amount="86.00", cell=cell))
        assert {(finding.code, finding.indicator) for finding in result.findings if finding.code == "GC304"} == {
            ("GC304", 3)
        }


def test_rows_nested_by_code_need_no_total() -> None:
    for amount, codes in (("86.00", set()), ("96.00", {"GC402"})):
        result = goalcheck.check(_NESTED.format(amount=amount, cell=HEADINGS))
        assert {finding.code for finding in result.findings if finding.code.startswith("GC4")} == codes


@tried_on(
    ("cell", "levels"),
    [
        ("1.数量指标\uff1a修路里程\u22653公里\n2.社会效益指标\uff1a受益人数\u226560人", "/数量指标 /社会效益指标"),
        (
            "1、产出指标-数量指标\uff1a修路里程\u22653公里\uff1b2、效益指标\u2014\u2014社会效益\uff1a受益人数\u226560人。",
            "产出指标/数量指标 效益指标/社会效益",
        ),
        (
            "产出指标-数量指标\uff1a修路里程\u22653公里\n满意度指标-服务对象满意度\uff1a村民满意度\u226590%",
            "产出指标/数量指标 满意度指标/服务对象满意度",
        ),
    ],
)
def test_lists_below_classes_of_both_levels(cell: str, levels: str) -> None:
    """Quoted, as a cell of several lines is, and as it stands."""
    for text in (f'"{cell}"', cell):
        start = text.index(cell)
        entries = read_otherwise(text, start, start + len(cell)).entries
        made = [f"{e.level1.label}/{e.level2.label}" for e in entries if isinstance(e, Indicator)]
        assert made == levels.split()
        assert is_otherwise(text, start, start + len(cell))


@tried_on(
    "cell",
    [
        "目标-任务\uff1a修路\u22653公里;甲指标-乙\uff1a受益\u226560人",
        "产出指标-道路\uff1a3公里;效益指标-受益\uff1a60人",
    ],
)
def test_a_dash_between_other_words_makes_no_classes(cell: str) -> None:
    assert not is_otherwise(cell, 0, len(cell))
