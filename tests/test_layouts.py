"""Sound sheets as offices really lay them out: nothing in them is an error, and no row is taken for what it is not."""

from __future__ import annotations

import pytest
from helpers import check, entry_sheet, tried_on

from goalcheck.catalogue import example
from goalcheck.engine.result import Result
from goalcheck.sheet import Sheet

_TITLE = "项目支出绩效目标表\n2024年度⇥单位:万元\n"
_UNIT = "街道办事处⇥15.50⇥15.50⇥⇥⇥⇥\n"
_PROJECTS = "培训⇥10.00⇥10.00⇥⇥⇥〔目标〕⇥〔指标〕\n宣传⇥5.50⇥5.50⇥⇥⇥〔目标〕⇥〔指标〕\n"
_TOTAL = "合计⇥15.50⇥15.50⇥⇥⇥⇥\n"
_BODY = _TOTAL + _UNIT + _PROJECTS


def lay(body: str, header: str = example.HEADER) -> str:
    """A whole sheet of ``body``."""
    return example.fill(f"{_TITLE}{header}\n{body}").replace("\u21e5", "\t")


def tree(result: Result) -> Sheet:
    assert result.error is None
    assert result.sheet is not None
    return result.sheet


ASIDES = {
    "signatures": "填表人\uff1a李四⇥⇥⇥审核人\uff1a张三⇥⇥⇥联系电话\uff1a020-1234\n",
    "one signature": "填表人\uff1a张三\n",
    "head of the unit": "单位负责人\uff08签字\uff09\uff1a⇥⇥⇥填报人\uff1a⇥⇥⇥联系电话\uff1a\n",
    "date of print": "打印日期\uff1a2025-01-05⇥⇥⇥⇥⇥⇥\n",
    "seal": "\uff08单位盖章\uff09\n",
    "page": "1/1\n",
    "subtotal of the page": "本页小计⇥15.50⇥15.50⇥⇥⇥⇥\n",
    "subtotal": "小计⇥15.50⇥15.50⇥⇥⇥⇥\n",
    "continued": "(续表)\n",
    "note": "注\uff1a本表金额均为预算数。⇥⇥⇥⇥⇥⇥\n",
}


@tried_on("aside", ASIDES)
def test_rows_behind_the_data_are_set_aside(aside: str) -> None:
    result = check(lay(_BODY + ASIDES[aside]))
    assert not result.findings
    assert [p.name.text for p in tree(result).projects] == ["培训", "宣传"]


@pytest.mark.parametrize("row", ["栏次⇥1⇥2⇥3⇥4⇥5⇥6\n", "甲⇥1=2+3+4⇥2⇥3⇥4⇥5⇥6\n"])
def test_column_numbers_are_set_aside(row: str) -> None:
    result = check(lay(row + _BODY))
    assert not result.findings
    assert [note.text[0] for note in tree(result).notes] == [row[0]]


@tried_on(
    "row",
    [
        "甲⇥5.00⇥5.00⇥⇥⇥⇥\n",
        "专项\uff1a公园改造⇥⇥⇥⇥⇥改造三个公园。⇥\n",
        "专项\uff1a公园改造⇥5.00⇥5.00⇥⇥⇥⇥\n",
        "(二期)公园改造⇥⇥⇥⇥⇥⇥\n",
    ],
)
def test_projects_that_only_look_like_asides_are_projects(row: str) -> None:
    result = check(lay(_BODY + row))
    assert row.split("\u21e5", maxsplit=1)[0] in {r.name.text for r in tree(result).rows}
    assert result.findings


def test_a_heading_of_a_group_is_set_aside() -> None:
    assert not check(lay(_TOTAL + "一、一般公共预算项目⇥⇥⇥⇥⇥⇥\n" + _UNIT + _PROJECTS)).findings


def test_a_header_of_two_lines_is_one() -> None:
    header = "项目名称⇥资金来源⇥⇥⇥⇥绩效目标⇥绩效指标\n⇥总计⇥财政拨款⇥财政专户拨款⇥其他资金⇥⇥"
    result = check(lay(_BODY, header))
    assert not result.findings
    assert [c.role for c in tree(result).headers[0].columns][1:5] == [
        "total",
        "appropriation",
        "special_account",
        "other",
    ]


def test_units_may_have_a_column_of_their_own() -> None:
    rows = "合计⇥⇥15⇥15⇥⇥⇥⇥\n街道办⇥⇥15⇥15⇥⇥⇥⇥\n街道办⇥培训⇥15⇥15⇥⇥⇥〔目标〕⇥〔指标〕\n"
    result = check(lay(rows, f"单位名称⇥{example.HEADER}"))
    assert not result.findings
    assert [(u.name.text, [p.name.text for p in u.projects]) for u in tree(result).units] == [("街道办", ["培训"])]


@tried_on("name", ["合计", "合 计", "总计", "合计(万元)", "全部合计", "合计\uff1a"])
def test_names_of_the_grand_total(name: str) -> None:
    result = check(lay(_BODY.replace("合计", name)))
    assert not result.findings
    assert tree(result).sections[0].total is not None


def test_a_department_stands_above_its_units() -> None:
    rows = (
        "合计⇥30⇥30⇥⇥⇥⇥\n教育局⇥30⇥30⇥⇥⇥⇥\n东门小学⇥20⇥20⇥⇥⇥⇥\n甲⇥12⇥12⇥⇥⇥〔目标〕⇥〔指标〕\n乙⇥8⇥8⇥⇥⇥〔目标〕⇥〔指标〕\n"
        "西门小学⇥10⇥10⇥⇥⇥⇥\n丙⇥10⇥10⇥⇥⇥〔目标〕⇥〔指标〕\n"
    )
    result = check(lay(rows))
    assert not result.findings
    (department,) = tree(result).sections[0].units
    assert [unit.name.text for unit in department.units] == ["东门小学", "西门小学"]
    wrong = check(lay(rows.replace("甲⇥12⇥12", "甲⇥15⇥15")))
    assert {(f.rule.code, f.unit) for f in wrong.findings if f.rule} == {("GC402", "东门小学")}


@tried_on("mark", ["--", "\\", "/", "*", "\u2014\u2014", "不适用", "0"])
def test_placeholders_do_not_make_a_project_of_a_unit(mark: str) -> None:
    unit = _UNIT.replace("⇥⇥⇥⇥\n", f"⇥⇥⇥{mark}⇥{mark}\n")
    assert not check(lay(_TOTAL + unit + _PROJECTS)).findings


def test_the_first_row_is_a_unit_whatever_its_name() -> None:
    result = check(lay(_TOTAL + _UNIT.replace("街道办事处", "东门某某").replace("15.50", "14.50") + _PROJECTS))
    assert [unit.name.text for unit in tree(result).units] == ["东门某某"]
    assert {f.rule.code for f in result.findings if f.rule} == {"GC401", "GC402"}


def test_a_row_without_name_and_amounts_continues_the_project_above() -> None:
    more = "⇥⇥⇥⇥⇥⇥4、1-产出指标; 12-质量指标; 考试合格率; 实施周期指标值:≥90%; 年度指标值:≥90%。\n"
    result = check(lay(_BODY + more))
    assert not result.findings
    assert [len(p.entries) for p in tree(result).projects] == [3, 4]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (lay("一级指标⇥二级指标⇥三级指标⇥分值⇥⇥⇥\n" + _BODY), "split-indicators"),
        (lay(_TOTAL), "no-rows"),
        (lay(""), "no-rows"),
    ],
)
def test_what_cannot_be_checked_is_said(text: str, key: str) -> None:
    result = check(text)
    assert result.error is not None
    assert result.error.key == key


@tried_on(
    "value",
    [
        "80-99岁100元;100岁以上300元",
        "1月-6月\uff1a30%\uff1b7月-12月\uff1a70%",
        "25℃\u00b12℃",
        "[80%,100%]",
        "50%/100%",
        "10^4",
        "1.0\u00d710\u2074",
        "7\u00d724小时",
    ],
)
def test_sound_values_that_look_odd(value: str) -> None:
    entry = f"4、1-产出指标; 11-数量指标; 补贴标准; 实施周期指标值:{value}; 年度指标值:{value}。"
    assert not check(entry_sheet(entry)).findings


def test_a_note_behind_the_values_is_no_value() -> None:
    text = entry_sheet("4、1-产出指标; 11-数量指标; 培训人次; 实施周期指标值:≥3次; 年度指标值:≥3次; 备注:含线上。")
    assert [(f.rule.code, text[f.start : f.end]) for f in check(text).findings if f.rule] == [("GC101", "备注:含线上")]


@tried_on(
    ("text", "mended"),
    [
        ("100-50人", "50-100人"),
        ("2027-2025年", "2025-2027年"),
        ("90%-80%", "80%-90%"),
        ("≥\uff19O%", "≥90%"),
        ("≥l00人", "≥100人"),
        ("90%%", "90%"),
        ("≥9 0%", "≥90%"),
        ("1 000-2 000人", "1000-2000人"),
        ("1 0:3", "10:3"),
        ("≥≥90%", "≥90%"),
    ],
)
def test_what_a_malformed_value_was_to_say(text: str, mended: str) -> None:
    entry = f"4、1-产出指标; 11-数量指标; 名; 实施周期指标值:{text}; 年度指标值:{text}。"
    assert [f.suggestion for f in check(entry_sheet(entry)).findings] == [mended] * 2


@pytest.mark.parametrize("row", ["合计⇥15.50⇥15.50", "街道办⇥15.50⇥15.50"])
def test_a_row_that_ends_before_its_total_is_told_in_that_row(row: str) -> None:
    header = "项目名称⇥财政拨款⇥总计⇥绩效目标⇥绩效指标"
    rows = ["合计⇥15.50⇥15.50⇥⇥", "街道办⇥15.50⇥15.50⇥⇥", "培训⇥15.50⇥15.50⇥〔目标〕⇥〔指标〕"]
    body = "\n".join(line.removesuffix("⇥⇥") for line in rows) + "\n"
    assert not check(lay(body, header)).findings
    text = lay(body.replace(row, row.removesuffix("⇥15.50")), header)
    found = [text.count("\n", 0, f.start) for f in check(text).findings if f.code == "GC106"]
    assert found == [text[: text.index(row.partition("⇥")[0] + "\t")].count("\n")]
