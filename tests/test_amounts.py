"""Sums: intervals, what takes no part, the diagnosis, and which rows are units."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from helpers import calls, check, tried_on

from goalcheck.catalogue.example import GOAL, HEAD, HEADER, entries
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.run import run
from goalcheck.finding import Finding
from goalcheck.parse.values import read_amount
from goalcheck.prose import sentences


def sheet(*rows: str, header: str = HEADER) -> str:
    """A sheet of ``rows``, cells parted by blanks; a row whose last cell is ``*`` is a project."""
    head = HEAD.replace("\u21e5", "\t").rsplit("\n", 2)[0]
    lines = [head, header.replace("\u21e5", "\t")]
    width = len(header.split("\u21e5")) - 3  # of the amounts
    for number, row in enumerate(rows):
        name, *amounts = row.split(" ")
        project = amounts[-1:] == ["*"]
        cells = [amount.replace("_", "") for amount in (amounts[:-1] if project else amounts)]
        cells += [""] * (width - len(cells))
        lines.append("\t".join([name, *cells, f"{GOAL}\t{entries(number)}" if project else "\t"]))
    return "\n".join(lines) + "\n"


def found(text: str) -> list[tuple[str, str, str]]:
    """Rule, field and printed text of each finding."""
    return [(f.rule.code, f.field, text[f.start : f.end]) for f in check(text).findings if f.rule]


def sums(text: str) -> list[str]:
    """What each finding of GC4xx says."""
    return [sentences.message(f, "zh") for f in check(text).findings if f.rule and f.rule.code.startswith("GC4")]


def test_rounding_of_every_term_is_allowed_for() -> None:
    rows = ("第一小学 10.0 10.0", "甲 3.3 3.3 *", "乙 3.3 3.3 *", "丙 3.3 3.3 *")
    # 9.9, four figures of half a digit: 10.0 is 0.1 off
    assert found(sheet("合计 10.0 10.0", *rows)) == [("GC406", "total", "10.0"), ("GC406", "appropriation", "10.0")]


@tried_on(
    ("printed", "code"), [("6.04", "GC402"), ("6.03", "GC406"), ("6.00", None), ("5.97", "GC406"), ("5.96", "GC402")]
)
def test_touching_intervals_meet(printed: str, code: str | None) -> None:
    """Five terms and their sum, each with half a digit: three whole digits of difference just touch."""
    projects = [f"{name} 1.20 1.20 *" for name in "甲乙丙丁戊"]
    text = sheet(f"合计 {printed} {printed}", f"第一小学 {printed} {printed}", *projects)
    assert [rule for rule, _, _ in found(text)] == ([code] * 2 if code else [])


def test_a_blank_is_exactly_nothing() -> None:
    projects = ("甲 1.00 1.00 *", "乙 _ 0.00 *")
    assert found(sheet("合计 1.01 1.01", "第一小学 1.01 1.01", *projects)) == [
        ("GC406", "total", "1.01"),
        ("GC406", "appropriation", "1.01"),
    ]
    text = sheet("合计 1.02 1.02", "第一小学 1.02 1.02", *projects)
    assert found(text) == [("GC402", "total", "1.02"), ("GC402", "appropriation", "1.02")]


def test_a_column_with_something_else_is_not_judged() -> None:
    text = sheet("合计 9.00 9.00", "第一小学 3.00 3.00", "甲 l.00 1.00 *", "乙 2.00 2.00 *")
    assert found(text) == [("GC401", "total", "9.00"), ("GC401", "appropriation", "9.00"), ("GC105", "total", "l.00")]


@tried_on(
    ("printed", "projects", "says"),
    [
        ("32.00", "甲 12.00, 乙 8.00", "多12.00\uff0c正好是“甲”"),
        ("8.00", "甲 12.00, 乙 8.00", "少12.00\uff0c正好是“甲”"),
        ("9.00", "小计 9.00, 甲 4.00, 乙 5.00", "“小计”恰是其余各行之和"),
        ("2.00", "甲 12.00, 乙 8.00", "像是小数点错位\uff0c应为20.00"),
        ("20.50", "甲 125.00, 乙 8.00", "“甲”像是小数点错位\uff0c应为12.50"),
        ("27.00", "甲 42.00, 乙 30.00", "像是两个数字颠倒了\uff0c应为72.00"),
        ("20.00", "甲 21.00, 乙 8.00", "“甲”像是两个数字颠倒了\uff0c应为12.00"),
        ("200000.00", "甲 12.00, 乙 8.00", "把元和万元弄混了\uff0c应为20.00"),
        ("20.00", "甲 120000.00, 乙 8.00", "“甲”像是把元和万元弄混了\uff0c应为12.00"),
        ("86.00", "甲 8.60", "与“甲”有一处像是小数点错位"),
    ],
)
def test_diagnosis(printed: str, projects: str, says: str) -> None:
    rows = [f"{row} {row.split()[1]} *" for row in projects.split(", ")]
    text = sheet(f"合计 {printed} {printed}", f"第一小学 {printed} {printed}", *rows)
    (message,) = [message for message in sums(text) if "总计" in message]
    assert says in message


def test_no_slip_is_guessed_where_nobody_added_up() -> None:
    text = sheet("合计 12.00 7.00 _ {}", "社区培训 8.00 3.00 _ 5.00 *", "社区租金 4.00 4.00 _ _ *")
    blank, wrong = (" ".join(sums(text.replace("{}", said))) for said in ("", "10.00"))
    assert "少5.00" in blank
    assert "正好是" not in blank
    assert "多5.00\uff0c正好是" in wrong


def test_a_unit_without_rows_is_not_told_that_they_are_blank() -> None:
    text = sheet("合计 17.00 17.00", "第一小学 12.00 12.00", "甲 12.00 12.00 *", "第二小学 5.00 5.00")
    first, _ = check(text).findings
    assert sentences.message(first, "zh").endswith("相加是0.00\uff0c多5.00\uff1b下面一个项目也没有列")
    assert sentences.advice(first, "en").startswith("list the unit's projects")


def test_no_diagnosis_where_none_fits() -> None:
    (message, _) = sums(sheet("合计 29.13 29.13", "第一小学 29.13 29.13", "甲 12.00 12.00 *", "乙 8.00 8.00 *"))
    assert message.endswith("相加是20.00\uff0c多9.13")


def test_missing_pages_are_blamed_when_nothing_else_explains_it() -> None:
    text = sheet("合计 31.00 31.00", "第一小学 20.00 20.00", "甲 20.00 20.00 *") + "第 1 页, 共 3 页\n"
    assert all("页脚说共3页\uff0c这里只有1页" in message for message in sums(text))


def test_neighbouring_units_with_wrong_sums_stay_units() -> None:
    text = sheet(
        "合计 300.00 300.00",
        "交通运输局 145.00 145.00",
        "甲 91.00 91.00 *",
        "乙 63.00 63.00 *",
        "体育局 57.00 57.00",
        "丙 45.00 45.00 *",
        "丁 120000.00 120000.00 *",
    )
    result = check(text)
    assert result.sheet is not None
    assert [unit.name.text for unit in result.sheet.units] == ["交通运输局", "体育局"]
    assert not any(code.startswith("GC5") for code, _, _ in found(text))


def test_a_project_named_like_an_organisation_breaks_no_subtotal() -> None:
    """The unit's own sum is wrong, but the grand total tells that the centre is no unit."""
    text = sheet(
        "合计 21.00 21.00", "街道办事处 21.00 21.00", "甲 5.00 5.00 *", "社区服务中心 8.00 8.00", "乙 7.00 7.00 *"
    )
    assert {(code, column) for code, column, _ in found(text) if code.startswith("GC4")} == {
        ("GC402", "total"),
        ("GC402", "appropriation"),
    }
    result = check(text)
    assert result.sheet is not None
    assert [unit.name.text for unit in result.sheet.units] == ["街道办事处"]


def test_sources_that_the_sheet_adds_or_leaves_out_are_not_missed_in_the_total() -> None:
    added = HEADER.replace("其他资金", "其他资金⇥上年结转")
    rows = ("合计 9.00 5.00 _ _ 4.00", "第一小学 9.00 5.00 _ _ 4.00", "甲 9.00 5.00 _ _ 4.00 *")
    assert found(sheet(*rows, header=added)) == []
    fewer = "项目名称⇥总计⇥财政拨款⇥绩效目标⇥绩效指标"
    more = sheet("合计 9.00 5.00", "第一小学 9.00 5.00", "甲 9.00 5.00 *", header=fewer)
    assert found(more) == [("GC409", "total", "9.00")]
    too_much = sheet("合计 5.00 9.00", "第一小学 5.00 9.00", "甲 5.00 9.00 *", header=fewer)
    assert found(too_much) == [("GC403", "total", "5.00")] * 3


_NESTED = "财政拨款 其中:一般公共预算 政府性基金"


@tried_on(
    ("columns", "rows", "codes"),
    [
        ("财政拨款 其他资金", "12 7 4", {"GC409"}),
        ("财政拨款 其他资金", "12 7 5", set()),
        ("财政拨款 其他资金", "12 7 6", {"GC403"}),
        ("财政拨款 财政专户拨款 其他资金", "12 7 _ 4", {"GC403"}),
        ("财政拨款 财政专户管理资金 单位资金 未知来源", "12 7 _ 4 1", set()),
        ("一般公共预算 政府性基金 国有资本经营预算 财政专户管理资金 单位资金", "12 5 2 _ _ 4", {"GC403"}),
        ("一般公共预算 政府性基金 国有资本经营预算 财政专户管理资金 单位资金", "12 5 2 1 _ 4", set()),
        ("一般公共预算 政府性基金", "12 5 2", {"GC409"}),
        (f"{_NESTED} 其他资金", "12 8 5 3 4", set()),
        (f"{_NESTED} 财政专户拨款 其他资金", "12 8 5 3 _ 3", {"GC403"}),
        ("一般公共预算 政府性基金 中央 省级 市县", "12 8 4 2 6 4", set()),
        ("一般公共预算 政府性基金 中央 省级 市县", "12 8 3 2 6 4", {"GC409"}),
        ("上级 其中:中央 省级 本级 自有资金", "12 5 2 3 4 3", set()),
        ("中央 地方 其中:省级 市县 自筹", "12 5 6 2 4 1", set()),
        ("一般公共预算 其中:经费拨款 非税收入 政府性基金", "12 8 6 2 4", set()),
        ("财政拨款 其中:上年结转 其他资金", "12 8 3 4", set()),
        # whether 上年结转 is in 财政拨款 or beside it, the other rows tell
        ("财政拨款 其他资金 上年结转", "12 8 1 3; 9 5 1 3", set()),
        ("财政拨款 其他资金 上年结转", "9 8 1 3; 6 5 1 2", set()),
        ("财政拨款 其他资金 上年结转", "9 8 1 3; 6 5 1 2; 6 6 1 2", {"GC403"}),
        ("财政拨款 其他资金 上年结转", "12 8 1 3; 9 5 1 3; 6 5 1 2", {"GC403"}),
        ("财政拨款 其他资金 上年结转", "10 8 1 3", set()),  # nobody can tell
        ("财政拨款 其他资金 上年结转", "8 8 1 3", {"GC403"}),
        ("财政拨款 其他资金 上年结转", "13 8 1 3", {"GC409"}),
    ],
)
def test_sources_by_any_names_make_up_the_total(columns: str, rows: str, codes: set[str]) -> None:
    header = "⇥".join(("项目名称", "总计", *columns.split(" "), "绩效目标", "绩效指标"))
    amounts = [re.sub(r"(\d+)", r"\1.00", row.strip()) for row in rows.split(";")]
    projects = [f"{'甲乙丙'[number]} {row} *" for number, row in enumerate(amounts)]
    result = check(sheet(*projects, header=header))
    assert {finding.code for finding in result.findings} - {"GC404", "GC111"} == codes


def test_amounts_too_long_to_add_exactly_are_no_numbers() -> None:
    long = "1" * 40
    assert ("GC105", "total", long) in found(sheet(f"合计 {long} {long}", "甲 1.00 1.00 *"))


# --- GC406 -----------------------------------------------------------------------------------------------------------


def test_rounding_is_said_with_the_figures() -> None:
    text = sheet("合计 29.01 29.01", "第一小学 29.00 29.00", "甲 12.00 12.00 *", "乙 17.00 17.00 *")
    first, _ = check(text).findings
    assert sentences.message(first, "zh").startswith("“合计”的“总计”是29.01\uff0c1个单位相加是29.00\uff0c多0.01")
    assert "the total is 29.01, 1 units add up to 29.00: 0.01 too much" in sentences.message(first, "en")
    assert "29.00" in sentences.advice(first, "zh")


def test_a_row_may_be_off_in_itself_and_against_its_projects() -> None:
    text = sheet("合计 10.01 3.33 3.33 3.35", "第一小学 10.01 3.33 3.33 3.34", "甲 10.00 3.33 3.33 3.34 *")
    said = [(f.start, sentences.message(f, "zh")) for f in check(text).findings if text[f.start : f.end] == "10.01"]
    assert [text.count("\n", 0, start) + 1 for start, _ in said] == [5, 5]
    assert "财政拨款、财政专户拨款、其他资金相加是10.00" in said[0][1]
    assert "1个项目相加是10.00" in said[1][1]


def test_a_sum_is_wrong_or_rounded_never_both() -> None:
    for cents in range(-9, 10):
        total = f"{12 + cents / 100:.2f}"
        text = sheet(f"合计 {total} 12.00", "第一小学 12.00 12.00", "甲 5.00 5.00 *", "乙 7.00 7.00 *")
        codes = sorted(code for code, _, _ in found(text))
        expected = [] if not cents else ["GC406"] * 2 if abs(cents) == 1 else ["GC401", "GC403"]
        assert codes == expected, total


# --- GC404 -----------------------------------------------------------------------------------------------------------


def tables(*parts: tuple[str, ...]) -> str:
    """Several tables in one text, each below a column header of its own."""
    made = [sheet(*rows).split("\n", 2) for rows in parts]
    return "\n".join([*made[0][:2], *(rest.rstrip("\n") for _, _, rest in made)]) + "\n"


_FIRST = ("第一小学 12.00 12.00", "甲 12.00 12.00 *", "合计 12.00 12.00")
_SECOND = ("第二小学 8.00 8.00", "乙 8.00 8.00 *", "合计 8.00 8.00")
_OPEN = ("第三小学 5.00 5.00", "丙 2.00 2.00 *", "丁 3.00 3.00 *")


def totals(text: str) -> list[Finding]:
    return [f for f in check(text).findings if f.rule and f.rule.code == "GC404"]


def test_each_table_is_judged_at_its_own_header() -> None:
    assert totals(tables(_FIRST, _SECOND)) == []
    text = tables(_FIRST, _SECOND, _OPEN)
    (finding,) = totals(text)
    assert (finding.field, finding.unit, finding.project) == ("sheet", None, None)
    assert text.count("项目名称", 0, finding.start) == 2
    assert sentences.advice(finding, "zh").endswith("“总计”填5.00")


def test_rows_behind_the_last_total_have_none_of_their_own() -> None:
    text = sheet(*_FIRST, *_SECOND, *_OPEN)
    (finding,) = totals(text)
    assert text[finding.start : finding.end] == "第三小学"
    assert "从“第三小学”起" in sentences.message(finding, "zh")


def test_a_header_repeated_on_each_page_begins_no_table() -> None:
    text = tables(_FIRST[:2], _SECOND[:2])
    (finding,) = totals(text)
    assert finding.start == text.index("项目名称")
    assert totals(tables(_FIRST[:2], (*_SECOND[:2], "合计 20.00 20.00"))) == []


def test_a_total_may_stand_on_a_missing_page() -> None:
    text = sheet("甲 5.00 5.00 *", *_SECOND[:2])
    assert len(totals(text + "第 1 页, 共 1 页\n")) == 2
    assert totals(text + "第 2 页, 共 2 页\n") == []


@pytest.mark.parametrize(
    "rows",
    [
        ("合计 12.00 12.00", "甲 5.00 5.00 *", "乙 7.00 7.00 *"),
        ("甲 5.00 5.00 *",),
        ("第一小学 _ _", "甲 _ _ *", "乙 _ _ *"),
    ],
    ids=["a unit's own sheet", "a single project", "no amounts"],
)
def test_nothing_is_missed_where_nothing_is_to_be_added_up(rows: tuple[str, ...]) -> None:
    assert totals(sheet(*rows)) == []


def test_projects_before_the_first_unit_are_one_finding() -> None:
    text = sheet("合计 20.00 20.00", "甲 5.00 5.00 *", "乙 7.00 7.00 *", "第一小学 8.00 8.00", "丙 8.00 8.00 *")
    (finding,) = totals(text)
    assert (text[finding.start : finding.end], finding.unit, finding.project) == ("甲", None, "甲")
    assert [text[r.start : r.end] for r in finding.related] == ["第一小学"]
    assert "2个项目" in sentences.message(finding, "zh")


def test_without_total_and_first_unit_both_are_said() -> None:
    text = sheet("甲 5.00 5.00 *", "第一小学 8.00 8.00", "丙 8.00 8.00 *")
    assert [text[f.start : f.end] for f in totals(text)] == ["项目名称(资金使用单位)", "甲"]
    assert sentences.advice(totals(text)[0], "en").endswith("whose total is 13.00")


# --- GC405 -----------------------------------------------------------------------------------------------------------

_WHOLE = ("合计 5.00 5.00", "第一小学 5.00 5.00", "甲 5.00 5.00 *")


def odd(text: str) -> list[tuple[str, str]]:
    """The row and the kind of each finding of GC405."""
    odd_ones = [f for f in check(text).findings if f.rule and f.rule.code == "GC405"]
    rows = [text[text.rindex("\n", 0, f.start) + 1 :].partition("\t")[0] for f in odd_ones]
    return [(row, f.figures["what"].key) for row, f in zip(rows, odd_ones, strict=True)]


@tried_on(
    ("rows", "expected"),
    [
        ((*_WHOLE, "乙 0.00 0.00 *"), [("乙", "zero")]),
        ((*_WHOLE, "乙 0 _ *"), [("乙", "zero")]),
        ((*_WHOLE, "乙 - \u2014 *"), [("乙", "blank")]),
        ((*_WHOLE, "第二小学 0.00 0.00", "乙 0.00 0.00 *"), [("乙", "zero")]),
        ((*_WHOLE, "第二小学 0.00 0.00"), [("第二小学", "zero")]),
        ((*_WHOLE, "第二小学 _ _"), [("第二小学", "blank")]),
        (("合计 0.00 0.00", "第一小学 0.00 0.00", "甲 0.00 0.00 *"), [("甲", "zero")]),
        (("合计 2.00 2.00", "第一小学 2.00 2.00", "甲 5.00 5.00 *", "乙 (3.00) -3.00 *"), [("乙", "negative")]),
        (("合计 -3.00 -3.00", "第一小学 -3.00 -3.00", "甲 -3.00 -3.00 *"), [("甲", "negative")]),
    ],
)
def test_an_odd_amount_is_said_where_it_begins(rows: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    """What a unit or the total only adds up is said once, at the project."""
    text = sheet(*rows)
    assert odd(text) == expected
    assert {code for code, _, _ in found(text)} == {"GC405"}


@tried_on(
    ("row", "codes"),
    [
        ("乙 0.00 3.00 *", {"GC402", "GC403"}),
        ("乙 -3.00 3.00 *", {"GC402", "GC403"}),
        ("乙 O.00 _ *", {"GC105"}),
        ("乙 _ O.00 *", {"GC105"}),
        ("乙 _ 3.00 *", {"GC402", "GC403"}),
        ("乙 5.00 8.00 _ -3.00 *", {"GC402"}),
    ],
)
def test_what_another_finding_says_is_not_said_again(row: str, codes: set[str]) -> None:
    assert {code for code, _, _ in found(sheet(*_WHOLE, row))} == codes


def test_units_as_mere_headings_are_wrong_sums_not_odd_amounts() -> None:
    text = sheet("合计 20.00 20.00", "第一小学 _ _", "甲 12.00 12.00 *", "第二小学 _ _", "乙 8.00 8.00 *")
    assert odd(text) == []
    assert {code for code, _, _ in found(text)} == {"GC401", "GC402"}


def test_amounts_left_out_of_all_projects_are_said_once() -> None:
    text = sheet("合计 _ _", "第一小学 _ _", *(f"项目{name} _ _ *" for name in "甲乙丙"))
    assert odd(text) == [("项目甲", "all-blank")]
    (message,) = sums(text)
    assert message == "3个项目都没有填金额"
    assert odd(sheet("第一小学 _ _", "甲 _ _ *")) == [("甲", "blank")]


def test_a_row_too_short_for_its_amounts_is_of_another_rule() -> None:
    text = sheet(*_WHOLE) + "乙\t\n"
    assert odd(text) == []
    assert ("GC106", "row", "") in found(text)


# --- several totals --------------------------------------------------------------------------------------------------

_A = ("第一小学 12.00 12.00", "甲 12.00 12.00 *")
_B = ("第二小学 8.00 8.00", "乙 5.00 5.00 *", "丙 3.00 3.00 *")
_C = ("卫生院 4.00 4.00", "丁 4.00 4.00 *")


def _total(amount: int) -> str:
    return f"合计 {amount}.00 {amount}.00"


@tried_on(
    ("rows", "wrong"),
    [
        pytest.param((_total(20), *_A, *_B, _total(20)), [], id="above and below"),
        pytest.param((_total(20), *_A, *_B, _total(21)), [10], id="the one below is wrong"),
        pytest.param((_total(21), *_A, *_B, _total(20)), [4], id="the one above is wrong"),
        pytest.param((*_A, *_B, _total(20), _total(21)), [10], id="two below, the second wrong"),
        pytest.param((_total(12), *_A, _total(9), *_B), [7], id="two tables, each below its own"),
        pytest.param((*_A, _total(13), *_B, _total(8)), [6], id="two tables, each above its own"),
        pytest.param((_total(12), *_A, _total(13), _total(8), *_B, _total(8)), [7], id="both above and below"),
        pytest.param((_total(20), *_A, _total(12), *_B, _total(8)), [], id="one over two tables"),
        pytest.param((*_A, _total(12), *_B, _total(8), _total(20)), [], id="one below two tables"),
        pytest.param((_total(24), *_A, _total(24), *_B, _total(24), *_C), [], id="again on every page"),
        pytest.param((_total(25), *_A, _total(25), *_B, _total(25), *_C), [4, 7, 11], id="again, and wrong"),
        pytest.param((_total(20), *_A, *_B[:2], _total(20), *_B[2:]), [], id="again amid a unit"),
    ],
)
def test_every_total_is_judged(rows: tuple[str, ...], wrong: list[int]) -> None:
    result = check(sheet(*rows))
    assert {f.code for f in result.findings} <= {"GC401"}
    lines = [result.source.place(f.start)[0] for f in result.findings if f.field == "total"]
    assert lines == wrong
    assert [result.source.place(f.start)[0] for f in result.findings if f.field == "appropriation"] == wrong


# --- cost ------------------------------------------------------------------------------------------------------------


def _tables(number: int) -> str:
    """Many small tables, each off by rounding, with a zero and a blank; then rows without 合计."""
    rows = ("合计 0.01 0.01", "第一小学 0.00 0.00", "甲 0.00 0.00 *", "乙 _ _ *")
    return sheet(*rows * number)


def _blanks(number: int) -> str:
    return sheet(*(f"项目{n} _ _ *" for n in range(4 * number)))


@pytest.mark.parametrize("make", [_tables, _blanks])
def test_cost_grows_with_the_rows_alone(make: Callable[[int], str]) -> None:
    chosen = plan(catalogue(), TAXONOMIES[0], Selection(select=["GC404", "GC405", "GC406"]))
    read = [check(make(number)) for number in (10, 20, 40)]
    run(read[0].source, chosen.context(read[0].sheet), chosen)
    costs = [calls(lambda made=made: run(made.source, chosen.context(made.sheet), chosen)) for made in read]
    assert all(later < 2.2 * earlier for earlier, later in pairwise(costs))


@tried_on(
    ("head", "amount", "value", "told"),
    [
        ("资金情况(万元)", "18", "≤20万元", True),
        ("资金情况(万元)", "18", "≤180000元", False),
        ("资金情况(万元)", "18", "≤18.004万元", False),  # what rounding explains
        ("资金情况(万元)", "18.0", "≤18万元", False),
        ("资金情况(万元)", "18", "≤190001元", True),
        ("资金情况(元)", "180,000.00", "≤18万元", False),
        ("资金情况(元)", "180,000.00", "≤0.0024亿元", True),
        ("资金情况(单位\uff1a元)", "180,000.00", "≤19万元", True),
        ("资金情况", "18万元", "≤20万元", True),
        ("资金情况", "18万元", "≤18万元", False),
        ("资金情况", "18", "≤20万元", False),  # of what, nobody says
        ("资金情况(万元)", "0", "≤20万元", False),  # GC405 speaks
        ("资金情况(万元)", "18", "≤20万元/人", False),
        ("资金情况(万元)\t实施期资金总额\t20", "18", "≤20万元", False),  # that of the whole cycle
    ],
)
def test_a_cost_is_held_against_the_total_whatever_their_units(
    head: str, amount: str, value: str, *, told: bool
) -> None:
    rows = (
        "项目名称\t社区培训",
        head,
        f"\t年度资金总额\t{amount}",
        f"年度目标\t{GOAL}",
        "一级指标\t二级指标\t三级指标\t指标值",
        f"产出指标\t成本指标\t项目总成本\t{value}",
    )
    text = "2024年度\n" + "\n".join(rows) + "\n"
    assert [f for f in found(text) if f[0] == "GC407"] == ([("GC407", "annual_value", value)] if told else [])


def test_a_project_marked_as_part_is_no_more_than_the_one_above() -> None:
    assert ("GC408", "total", "15.00") in found(sheet("合计 27.00", "甲 12.00 *", "其中:乙 15.00 *"))
    assert not [f for f in found(sheet("合计 21.00", "甲 12.00 *", "其中:乙 9.00 *")) if f[0] == "GC408"]


def test_a_row_without_a_name_is_called_something() -> None:
    text = sheet("合计 5.00 5.00", "街道办事处 5.00 5.00", "培训 5.00 5.00 *") + "\t3.00" + "\t" * 5 + "\n"
    assert all("\uff08没有写名称\uff09" in said and "\u201c\u201d" not in said for said in sums(text))
    assert len(sums(text)) == 2


def test_an_amount_with_a_raised_note_is_no_longer_amount() -> None:
    """Nor is it read without the note: nobody knows which of the two it is."""
    assert read_amount("24.91\u00b2") == (None, False, 0)
    assert read_amount("\uff12\uff14.91") == (Decimal("24.91"), False, 2)
