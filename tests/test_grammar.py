"""What the three grammars read: lines and cells, the mini-language of indicators, values; and what units are."""

from __future__ import annotations

import codecs
from decimal import Decimal

import pytest
from helpers import tried_on
from strategies import HEADER

import goalcheck
from goalcheck.catalogue.load import catalogue
from goalcheck.parse import parse
from goalcheck.parse.layouts.packed import EntryReader
from goalcheck.parse.values import read_amount, read_value
from goalcheck.sheet import Entry, Indicator, Project, Sheet, Unparsed
from goalcheck.source import Source

NEXT = "2、2-效益指标; 22-社会效益; 居民知晓率; 实施周期指标值:≥90%; 年度指标值:≥90%。"
FIRST = "1、1-产出指标; 11-数量指标; 举办次数; 实施周期指标值:≥4次; 年度指标值:≥2次。"


def entries(cell: str) -> tuple[Entry, ...]:
    return EntryReader(cell).read(0, len(cell))


def indicator(cell: str) -> Indicator:
    (entry,) = entries(cell)
    assert isinstance(entry, Indicator)
    return entry


def fields(entry: Indicator) -> tuple[object, ...]:
    return (
        entry.number,
        entry.level1.clean,
        entry.level2.clean,
        entry.name.clean,
        entry.cycle_value and entry.cycle_value.text,
        entry.annual_value and entry.annual_value.text,
    )


def sheet_of(text: str) -> Sheet:
    return parse(Source(text), catalogue().lexicon["organisation-suffixes"])


def structure(rows: str) -> list[tuple[str, list[str]]]:
    """Units with the names of their projects; loose projects under an empty name."""
    (section,) = sheet_of(HEADER + rows).sections
    loose = [("", [p.name.clean for p in section.loose])] if section.loose else []
    return loose + [(u.name.clean, [p.name.clean for p in u.projects]) for u in section.units]


# Entries

SOUND = (1, "1-产出指标", "11-数量指标", "举办次数", "≥4次", "≥2次")


@tried_on(
    "name",
    [
        "1、2号线里程",
        "A、B类案件结案数",
        "信访、投诉、交办类案件结案率",
        "活动(含讲座)次数",
        "活动\uff08含\uff1a讲座\uff1b展览\uff09次数",
        "活动(甲;乙)次数",
        "活动(1;2)次数",
        "巡查时长:小时",
        "2023、2024年场次",
        "1-2号楼加装电梯",
        "7×24小时值守",
        "实施周期长度",
        "年度指标完成数",
        "未开封(半截括号",
    ],
)
@tried_on("separator", ["; ", "\uff1b", ": ", "\uff0c", "。"])
def test_name(name: str, separator: str) -> None:
    first = FIRST.replace("举办次数", name).replace("; ", separator)
    one, two = entries(first + NEXT)
    assert isinstance(one, Indicator)
    assert fields(one) == (*SOUND[:3], name, *SOUND[4:])
    assert two.number == 2


@tried_on(
    "value",
    [
        "1:3",
        "8:30前",
        "2023.07-2024.01",
        "≥1,200平方米",
        "A、B类全部办结",
        "1、2号楼完工",
        "甲:乙",
        "0.5",
        "≥ 10000人次",
    ],
)
@tried_on("separator", ["; ", "\uff1b", ", ", "\uff1a"])
def test_value_in_an_entry(value: str, separator: str) -> None:
    first = FIRST.replace("≥4次", value).replace("≥2次", value).replace("; ", separator)
    one, two = entries(first + NEXT)
    assert fields(one) == (*SOUND[:4], value, value)
    assert two.number == 2


@tried_on(
    "separator", [";", ":", ",", "。", "、", "\uff1b", "\uff1a", "\uff0c", ";;", "\uff1b\uff1b", " ;", "; ", ",;"]
)
def test_separators_are_kept(separator: str) -> None:
    entry = indicator(FIRST.replace("; ", separator))
    assert fields(entry) == SOUND
    assert [mark.text for mark in entry.packed.separators] == [separator.strip()] * 4


def test_each_separator_has_its_place() -> None:
    cell = "1、1-产出指标: 11-数量指标\uff0c举办次数。 实施周期指标值:≥4次 年度指标值:≥2次"
    entry = indicator(cell)
    assert fields(entry) == SOUND
    assert [(mark.start, mark.text) for mark in entry.packed.separators] == [(8, ":"), (17, "\uff0c"), (22, "。")]


@tried_on(
    ("label", "printed"),
    [
        ("实施周期指标值:", "实施周期指标 值:"),
        ("实施周期指标值:", "实施 周期指标值 : "),
        ("实施周期指标值:", "实施周期指标值\uff1a"),
        ("实施周期指标值:", "实施周期指标\n值: "),
        ("实施周期指标值:", "实施周期指标:"),
        ("年度指标值:", "年度指标 值:"),
        ("年度指标值:", "年 度 指 标 值 \uff1a"),
        ("年度指标值:", "年度指标值"),
    ],
)
def test_label(label: str, printed: str) -> None:
    entry = indicator(FIRST.replace(label, printed))
    assert fields(entry) == SOUND
    assert printed.rstrip() in {entry.packed.label(field).text for field, _ in entry.values}


@tried_on(
    ("ordinal", "number"),
    [
        ("3 、", 3),
        ("3、", 3),
        ("12、", 12),
        ("3.", 3),
        ("3\uff0e", 3),
        ("3)", 3),
        ("(3)", 3),
        ("\uff13、", 3),
        ("3,", 3),
    ],
)
def test_ordinal(ordinal: str, number: int) -> None:
    entry = indicator(FIRST.replace("1、", ordinal, 1))
    assert fields(entry) == (number, *SOUND[1:])
    assert entry.packed.ordinal.text == ordinal


def test_entries_without_ordinals() -> None:
    one, two = entries(FIRST[2:] + NEXT[2:])
    assert [e.number for e in (one, two)] == [None, None]
    assert [(e.packed.ordinal.start, e.packed.ordinal.text) for e in (one, two)] == [(0, ""), (two.start, "")]


@tried_on("code", ["1-产出指标", "1 - 产出指标", "1\uff0d产出指标", "1\u2014产 出 指标", "\uff11-产出指标"])
def test_class(code: str) -> None:
    entry = indicator(FIRST.replace("1-产出指标", code, 1))
    assert (entry.level1.code, entry.level1.label, entry.level1.text) == ("1", "产出指标", code)


def test_full_width_throughout() -> None:
    cell = (
        "\uff11、\uff11\uff0d产出指标\uff1b\uff11\uff12\uff0d质量指标\uff1b合格率\uff08抽检\uff09\uff1b"
        "实施周期指标值\uff1a\uff19\uff10\uff05\uff1b年度指标值\uff1a\uff19\uff10\uff05。"
    )
    entry = indicator(cell)
    assert (entry.number, entry.level1.code, entry.level2.code) == (1, "1", "12")
    assert entry.name.text == "合格率\uff08抽检\uff09"
    assert entry.annual_value.form.numbers == (Decimal(90),)
    assert entry.annual_value.form.unit == "%"


@tried_on("end", ["", "。", "。 ", "; ", "\uff1b", "\n", "。\n"])
def test_terminator_between_entries(end: str) -> None:
    one, two = entries(FIRST.removesuffix("。") + end + NEXT)
    assert fields(one) == SOUND
    assert (one.packed.terminator.text if one.packed.terminator else "") == end.strip()
    assert two.packed.terminator.text == "。"


def test_values_in_the_other_order() -> None:
    cell = "1、1-产出指标; 11-数量指标; 举办次数; 年度指标值:≥2次; 实施周期指标值:≥4次。"
    assert fields(indicator(cell)) == SOUND


@tried_on(
    ("values", "cycle", "annual"),
    [
        ("; 实施周期指标值:≥4次", "≥4次", None),
        ("; 年度指标值:≥2次", None, "≥2次"),
        ("; 实施周期指标值:; 年度指标值:≥2次", "", "≥2次"),
        ("; 实施周期指标值:≥4次; 年度指标值:", "≥4次", ""),
        ("", None, None),
    ],
)
def test_values_left_out(values: str, cycle: str | None, annual: str | None) -> None:
    one, two = entries(f"1、1-产出指标; 11-数量指标; 举办次数{values}。{NEXT}")
    assert fields(one) == (*SOUND[:4], cycle, annual)
    assert fields(two)[3] == "居民知晓率"


TAIL = "实施周期指标值:≥4次; 年度指标值:≥2次"
BROKEN = {
    "level1": [
        f"3、产出指标; 数量指标; 举办次数; {TAIL}",
        f"3、11-数量指标; 举办次数; {TAIL}",
        "3、举办次数4次",
        "3、",
    ],
    "level2": [f"3、1-产出指标; 举办次数; {TAIL}", "3、1-产出指标", f"3、1-产出指标; 1、2号线里程; {TAIL}"],
    "name": [f"3、1-产出指标; 11-数量指标; {TAIL}", "3、1-产出指标; 11-数量指标"],
    "cycle_value": ["3、1-产出指标; 11-数量指标; 举办次数; ≥4次; ≥2次"],
    "annual_value": ["3、1-产出指标; 11-数量指标; 举办次数; 实施周期指标值:≥4次; ≥2次"],
    "entry": ["详见附件", "另附说明(共2页)"],
}


@tried_on(("expected", "broken"), [(key, text) for key, texts in BROKEN.items() for text in texts])
def test_missing_field_costs_one_entry(expected: str, broken: str) -> None:
    one, wrong, two = entries(FIRST + broken + "。" + NEXT)
    assert fields(one) == SOUND
    assert isinstance(wrong, Unparsed)
    assert (wrong.expected, wrong.text) == (expected, broken)
    assert wrong.number == (3 if expected != "entry" else None)
    assert wrong.start <= wrong.at <= wrong.end
    assert fields(two)[0] == 2


@tried_on(
    "values",
    [
        "年度指标值:≥4次; 年度指标值:≥2次",
        "实施周期指标值:≥4次; 实施周期指标值:≥2次",
        "实施周期指标值:年度指标值:实施周期指标值:",
        f"{TAIL}; 实施周期指标值:≥4次",
        "实施周期指标值:≥4次; 2、年度",
    ],
)
def test_labels_that_do_not_belong_cost_one_entry_at_most(values: str) -> None:
    found = entries(f"{FIRST}3、1-产出指标; 11-数量指标; 举办次数; {values}。{NEXT}")
    assert fields(found[0]) == SOUND
    assert isinstance(found[-1], Indicator)
    assert fields(found[-1])[3] == "居民知晓率"


def test_several_entries_wrong_in_one_cell() -> None:
    parts = [text for texts in BROKEN.values() for text in texts]
    found = entries("".join(f"{FIRST}{part}。" for part in parts))
    assert [type(e) for e in found] == [Indicator, Unparsed] * len(parts)
    assert [e.text for e in found[1::2]] == parts
    assert all(fields(e) == SOUND for e in found[::2])


def test_first_level_of_a_broken_entry_is_kept() -> None:
    (entry,) = entries(f"1、2-效益指标; 居民知晓率; {TAIL}")
    assert isinstance(entry, Unparsed)
    assert entry.level1.code == "2"


# Values


@tried_on(
    ("text", "kind", "numbers", "unit", "comparator", "worded"),
    [
        ("1:3", "ratio", "1 3", "", "", False),
        ("1\uff1a3", "ratio", "1 3", "", "", False),
        ("1/3", "ratio", "1 3", "", "", False),
        ("8:30前", "date", "", "", "", False),
        ("22:00-6:00", "date", "", "", "", False),
        ("2023.07-2024.01", "date", "", "", "", False),
        ("2024年底", "date", "", "", "", False),
        ("12月31日前", "date", "", "", "", False),
        ("2月29日前", "date", "", "", "", False),
        ("16小时/天", "quantity", "16", "小时/天", "", False),
        ("≥ 10000人次", "quantity", "10000", "人次", "≥", False),
        ("≤550元/人·天", "quantity", "550", "元/人·天", "≤", False),
        ("80%-90%", "range", "80 90", "%", "", False),
        ("80%\uff5e90%", "range", "80 90", "%", "", False),
        ("10至20人", "range", "10 20", "人", "", False),
        ("3‰", "quantity", "3", "‰", "", False),
        ("≥1,200平方米", "quantity", "1200", "平方米", "≥", False),
        ("≥12, 345. 67元", "quantity", "12345.67", "元", "≥", False),
        ("不少于1场", "quantity", "1", "场", "≥", True),
        ("不超过3天", "quantity", "3", "天", "≤", True),
        ("90%以上", "quantity", "90", "%", "≥", True),
        ("3日内", "quantity", "3", "日", "≤", True),
        ("大于90%", "quantity", "90", "%", ">", True),
        ("达到100%", "quantity", "100", "%", "≥", True),
        ("两次", "quantity", "2", "次", "", False),
        ("一百二十人", "quantity", "120", "人", "", False),
        ("2024年 12月 底前", "date", "", "", "", False),
        ("第1 批完成2 处整改", "words", "", "", "", False),
        ("百分之九十", "quantity", "90", "%", "", False),
        ("\uff1e\uff19\uff10\uff05", "quantity", "90", "%", ">", False),
        (">=90%", "quantity", "90", "%", "≥", False),
        ("≦2个小时", "quantity", "2", "个小时", "≤", False),
        ("-5%", "quantity", "-5", "%", "", False),
        ("115", "quantity", "115", "", "", False),
        ("0", "quantity", "0", "", "", False),
        ("按照区核定编外人员数量", "words", "", "", "", False),
        ("举办具有区域影响力的行业活动不少于1场", "words", "", "", "", False),
        ("100%达标", "words", "", "", "", False),
        ("优良", "words", "", "", "", False),
        ("-", "blank", "", "", "", False),
        ("无", "blank", "", "", "", False),
        ("", "blank", "", "", "", False),
        ("XX", "residue", "", "", "", False),
        ("…", "residue", "", "", "", False),
        ("\uff08请填写\uff09", "residue", "", "", "", False),
    ],
)
def test_value(*, text: str, kind: str, numbers: str, unit: str, comparator: str, worded: bool) -> None:
    form = read_value(text)
    assert form.kind == kind
    assert form.numbers == tuple(map(Decimal, numbers.split()))
    assert (form.unit, form.comparator, form.worded) == (unit, comparator, worded)


@tried_on(
    ("text", "fault"),
    [
        ("≥≥90%", "double_comparator"),
        ("90%%", "double_percent"),
        ("≥", "no_number"),
        ("次", "no_number"),
        ("9O%", "look_alike"),
        ("12.5.3", "points"),
        ("1,23.4", "grouping"),
        ("95-", "dangling"),
        ("90%-80%", "upside_down"),
        ("13月31日前", "impossible_date"),
        ("2023年2月30日", "impossible_date"),
        ("25:00前", "impossible_time"),
        ("≥9 0%", "gap"),
        ("≥1\uff0c0 00次", "gap"),
        ("202 4年12月", "gap"),
        ("2024年1 2月", "gap"),
    ],
)
def test_malformed_value(text: str, fault: str) -> None:
    form = read_value(text)
    assert (form.kind, form.fault) == ("malformed", fault)


@tried_on("text", [" ", "\u3000", "\n\t", "\x85"])
def test_blanks_alone_are_no_value(text: str) -> None:
    assert read_value(text).kind == "blank"


@tried_on(
    ("text", "value", "decimals"),
    [
        ("3, 986. 34", "3986.34", 2),
        ("3,986.34", "3986.34", 2),
        ("3 986.34", "3986.34", 2),
        ("60.80", "60.80", 2),
        ("\uff13\uff19\uff18\uff16\uff0e\uff13\uff14", "3986.34", 2),
        ("7", "7", 0),
        ("-5.1", "-5.1", 1),
        ("(5.00)", "-5.00", 2),
        ("-", "0", 0),
        ("\u2014", "0", 0),
        ("", "0", 0),
        ("Į", None, 0),
        ("12..5", None, 0),
        ("5O.00", None, 0),
        ("1,23.4", None, 0),
        ("约5", None, 0),
    ],
)
def test_amount(text: str, value: str | None, decimals: int) -> None:
    number, blank, places = read_amount(text)
    assert number == (None if value is None else Decimal(value))
    assert (blank, places) == (text in ("", "-", "\u2014"), decimals)


# Lines and cells

UNIT_ROWS = (
    f"合计\t5.00\t5.00\t\t\t\t\n街道办事处\t5.00\t5.00\t\t\t\t\n培训经费\t5.00\t5.00\t\t\t办好培训。\t{FIRST}{NEXT}\n"
)


def project_of(text: str) -> Project:
    (project,) = sheet_of(text).projects
    return project


@tried_on("newline", ["\n", "\r\n", "\r"])
@tried_on("final", [True, False])
def test_line_breaks(newline: str, final: bool) -> None:
    text = (HEADER + UNIT_ROWS).replace("\n", newline)
    project = project_of(text if final else text.removesuffix(newline))
    assert project.name.text == "培训经费"
    assert [e.number for e in project.entries] == [1, 2]
    assert text[project.start : project.end].endswith("≥90%。")


def test_byte_order_mark_before_the_header_is_no_part_of_it() -> None:
    result = goalcheck.check(codecs.BOM_UTF8 + (HEADER + UNIT_ROWS).encode())
    assert result.sheet.headers[0].columns[0].role == "name"
    assert result.sheet.headers[0].start == 0


@tried_on("first", ["金花街道", "金花街道\t2024年度", "金花街道\t", "2024年度", "金花街道\n"])
@tried_on("second", ["单位:万元", "部门名称:金花街道", "注\uff1a试填", "填报日期:2024年1月"])
def test_head_line_that_would_be_a_note_below_the_header(first: str, second: str) -> None:
    sheet = sheet_of(f"{first}\n{second}\n{HEADER}{UNIT_ROWS}")
    assert [line.text.strip() for line in sheet.head] == [first.strip(), second]
    assert sheet.notes == ()


@pytest.mark.parametrize("tabs", [1, 4])
def test_trailing_tabs(tabs: int) -> None:
    text = (HEADER + UNIT_ROWS).replace("\n", "\t" * tabs + "\n")
    project = project_of(text)
    assert len(project.entries) == 2
    assert (project.missing, project.surplus) == ({}, None)


def test_text_behind_trailing_tabs_is_surplus() -> None:
    project = project_of(HEADER + UNIT_ROWS.removesuffix("\n") + "\t\t附件一\n")
    assert project.surplus.text == "附件一"


def test_missing_cells() -> None:
    project = project_of(HEADER + UNIT_ROWS.replace(f"\t{FIRST}{NEXT}", ""))
    assert project.missing == {"indicators": 6}
    assert (project.indicator_cell.start, project.indicator_cell.end) == (project.end, project.end)
    assert project.entries == ()


def test_cells_of_unit_and_total_may_end_early() -> None:
    text = HEADER + UNIT_ROWS.replace("5.00\t5.00\t\t\t\t\n", "5.00\n")
    assert structure(text.removeprefix(HEADER)) == [("街道办事处", ["培训经费"])]


@tried_on(
    "columns",
    [
        ("项目名称", "绩效指标"),
        ("绩效指标", "项目名称"),
        ("绩效指标", "绩效目标", "总计", "项目名称(资金使用单位)"),
        ("序号", "项目名称", "总计", "备注", "绩效指标"),
        ("项目 名称\uff08资金使用单位\uff09", "财政拨款", "绩效目标", "绩效 指标"),
        ("", "项目名称", "", "绩效指标"),
    ],
)
def test_header_columns(columns: tuple[str, ...]) -> None:
    cells = {"名称": "培训经费", "标": FIRST, "计": "5.00", "款": "5.00", "目标": "办好培训。"}

    def cell(column: str) -> str:
        bare = column.replace(" ", "").split("(")[0].split("\uff08")[0]
        if bare.endswith("目标"):
            return cells["目标"]
        return next((text for end, text in cells.items() if bare.endswith(end)), "其他")

    text = "\t".join(columns) + "\n" + "\t".join(cell(column) for column in columns) + "\n"
    project = project_of(text)
    assert project.name.text == "培训经费"
    assert [fields(e) for e in project.entries] == [SOUND]
    assert {a.value for a in project.amounts.values()} <= {Decimal(5)}
    assert (project.goal is None) == ("绩效目标" not in columns)
    assert len(project.amounts) == sum(column in ("总计", "财政拨款") for column in columns)


def test_every_page_has_its_own_columns() -> None:
    one = f"项目名称\t绩效指标\n甲项目\t{FIRST}\n第 1 页, 共 2 页\n\n"
    two = f"绩效指标\t项目名称\n{NEXT}\t乙项目\n第 2 页, 共 2 页\n"
    sheet = sheet_of(one + two)
    assert [p.name.text for p in sheet.projects] == ["甲项目", "乙项目"]
    assert [len(p.entries) for p in sheet.projects] == [1, 1]
    assert [(f.page, f.pages) for f in sheet.footers] == [(1, 2), (2, 2)]


@tried_on(
    ("line", "page", "pages"),
    [
        ("第 1 页, 共 10 页", 1, 10),
        ("第1页\uff0c共10页", 1, 10),
        ("第1页", 1, None),
        ("共10页 第1页", 1, 10),
        ("- 第1页 -", 1, None),
        ("第1页(共10页)\t\t\t", 1, 10),
        ('"第 1 页, 共 10 页"', 1, 10),
    ],
)
def test_footer(line: str, page: int, pages: int | None) -> None:
    sheet = sheet_of(f"{HEADER}{UNIT_ROWS}{line}\n")
    (footer,) = sheet.footers
    assert (footer.page, footer.pages) == (page, pages)
    assert len(list(sheet.rows)) == 3


def test_goal_that_speaks_of_pages_is_no_footer() -> None:
    sheet = sheet_of(f"绩效目标\t项目名称\t绩效指标\n第1页所列任务\t培训经费\t{FIRST}\n")
    assert sheet.footers == ()
    assert [p.goal.text for p in sheet.projects] == ["第1页所列任务"]


def test_quoted_cell_holds_line_breaks_and_doubled_quotes() -> None:
    quoted = f'"培训\n经费"\t5.00\t5.00\t\t\t"落实""放管服""\n要求。"\t"{FIRST}\n{NEXT}"\n'
    plain = f"环卫经费\t1.00\t1.00\t\t\t保洁。\t{FIRST}\n"
    first, second = sheet_of(HEADER + quoted + plain).projects
    assert first.name.clean == "培训经费"
    assert first.goal.text == '落实""放管服""\n要求。'
    assert first.goal.clean == '落实"放管服"要求。'
    assert [e.number for e in first.entries] == [1, 2]
    assert second.name.text == "环卫经费"


@tried_on("goal", ['"一网通办"上线', '"甲"和"乙"', '"半个引号', '甲"乙"', '"'])
def test_cell_that_only_starts_with_a_quotation_mark_is_plain(goal: str) -> None:
    project = project_of(HEADER + UNIT_ROWS.replace("办好培训。", goal))
    assert project.goal.text == goal
    assert len(project.entries) == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comma_separated_file(newline: str) -> None:
    rows = (HEADER + UNIT_ROWS).replace("\t", ",").replace("\n", newline)
    project = project_of(f"项目支出绩效目标表{newline}2024年度,单位:万元{newline}{rows}")
    assert project.name.text == "培训经费"
    assert project.amounts["total"].value == Decimal(5)
    assert [e.number for e in project.entries] == [1, 2]


@tried_on("goal", ["办好培训,", "一,二,三", "落实,\n到位", '甲,""乙""'])
def test_quoted_cell_of_a_comma_separated_file_holds_commas(goal: str) -> None:
    rows = HEADER + UNIT_ROWS.replace("办好培训。", f'"{goal}"').replace("培训经费\t5.00", '培训经费\t"1,005.00"')
    project = project_of(rows.replace("\t", ","))
    assert project.goal.text == goal
    assert project.amounts["total"].value == Decimal(1005)
    assert len(project.entries) == 2


# Units and projects

DONE = f"办好。\t{FIRST}"


@tried_on(
    ("rows", "expected"),
    [
        pytest.param(
            f"合计\t8\t8\n第一小学\t8\t8\n甲项目\t5\t5\t\t\t{DONE}\n乙项目\t3\t3\n",
            [("第一小学", ["甲项目", "乙项目"])],
            id="a project with blank goal and indicators stays a project",
        ),
        pytest.param(
            f"合计\t8\t8\n第一小学\t8\t8\n乙项目\t3\t3\n甲项目\t5\t5\t\t\t{DONE}\n",
            [("第一小学", ["乙项目", "甲项目"])],
            id="a blank project right below its unit",
        ),
        pytest.param(
            f"合计\t14\t14\n第一小学\t9\t9\n甲项目\t5\t5\t\t\t{DONE}\n丙项目\t3\t3\t\t\t{DONE}\n第二小学\t5\t5\n乙项目\t5\t5\t\t\t{DONE}\n",
            [("第一小学", ["甲项目", "丙项目"]), ("第二小学", ["乙项目"])],
            id="a unit with a wrong subtotal stays a unit",
        ),
        pytest.param(
            f"合计\t20\t20\n街道办事处\t20\t20\n道路养护\t12\t12\t\t\t{DONE}\n社区服务中心\t8\t8\t\t\t{DONE}\n",
            [("街道办事处", ["道路养护", "社区服务中心"])],
            id="a described project with an organisation's name",
        ),
        pytest.param(
            f"合计\t20\t20\n街道办事处\t20\t20\n道路养护\t12\t12\t\t\t{DONE}\n社区服务中心\t3\t3\n绿化养护\t5\t5\t\t\t{DONE}\n",
            [("街道办事处", ["道路养护", "社区服务中心", "绿化养护"])],
            id="a blank project with an organisation's name, told by the sums",
        ),
        pytest.param(
            f"合计\t8\t8\t-\t-\t-\t-\n第一小学\t8\t8\t-\t-\t-\t-\n甲项目\t8\t8\t-\t-\t{DONE}\n",
            [("第一小学", ["甲项目"])],
            id="placeholders in the row of a unit",
        ),
        pytest.param(
            f"合计\t8\t8\t/\t/\t无\t无\n第一小学\t8\t8\t\u2014\t\u2014\t无\t/\n甲项目\t8\t8\t\t\t{DONE}\n",
            [("第一小学", ["甲项目"])],
            id="other placeholders in the row of a unit",
        ),
        pytest.param(f"甲项目\t5\t5\t\t\t{DONE}\n合计\t5\t5\n", [("", ["甲项目"])], id="no unit at all"),
        pytest.param(
            f"合计\t8\t8\n信息化提升工程\t8\t8\n甲项目\t5\t5\t\t\t{DONE}\n乙项目\t3\t3\t\t\t{DONE}\n",
            [("信息化提升工程", ["甲项目", "乙项目"])],
            id="a unit without an organisation's name, told by the sums",
        ),
    ],
)
def test_units_and_projects(rows: str, expected: list[tuple[str, list[str]]]) -> None:
    assert structure(rows) == expected
