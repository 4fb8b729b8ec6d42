"""Sums as RULES.md lays them down: intervals, what takes no part, the diagnosis, and which rows are units."""

from __future__ import annotations

import pytest
from helpers import check

from goalcheck.example import ENTRIES, GOAL, HEAD, HEADER
from goalcheck.report import words

_TEXT = f"{GOAL}\t{ENTRIES}"


def sheet(*rows: str, header: str = HEADER) -> str:
    """A sheet of ``rows``, cells parted by blanks; a row whose last cell is ``*`` is a project."""
    head = HEAD.replace("\u21e5", "\t").rsplit("\n", 2)[0]
    lines = [head, header.replace("\u21e5", "\t")]
    for row in rows:
        name, *amounts = row.split(" ")
        project = amounts[-1:] == ["*"]
        cells = [amount.replace("_", "") for amount in (amounts[:-1] if project else amounts)]
        cells += [""] * (4 - len(cells))
        lines.append("\t".join([name, *cells, _TEXT if project else "\t"]))
    return "\n".join(lines) + "\n"


def found(text: str) -> list[tuple[str, str, str]]:
    """Rule, field and printed text of each finding."""
    return [(f.rule.code, f.field, text[f.start : f.end]) for f in check(text).findings if f.rule]


def sums(text: str) -> list[str]:
    """What each finding of GC4xx says."""
    return [words.message(f, "zh") for f in check(text).findings if f.rule and f.rule.code.startswith("GC4")]


def test_rounding_of_every_term_is_allowed_for() -> None:
    rows = ("第一小学 10.0 10.0", "甲 3.3 3.3 *", "乙 3.3 3.3 *", "丙 3.3 3.3 *")
    assert found(sheet("合计 10.0 10.0", *rows)) == []  # 9.9, four figures of half a digit: 10.0 is 0.1 off


@pytest.mark.parametrize(("printed", "sound"), [("6.03", True), ("6.04", False), ("5.97", True), ("5.96", False)])
def test_touching_intervals_meet(printed: str, sound: bool) -> None:
    """Five terms and their sum, each with half a digit: three whole digits of difference just touch."""
    projects = [f"{name} 1.20 1.20 *" for name in "甲乙丙丁戊"]
    text = sheet(f"合计 {printed} {printed}", f"第一小学 {printed} {printed}", *projects)
    assert (found(text) == []) == sound


def test_a_blank_is_exactly_nothing() -> None:
    assert found(sheet("合计 1.01 1.01", "第一小学 1.01 1.01", "甲 1.00 1.00 *", "乙 _ _ *")) == []
    text = sheet("合计 1.02 1.02", "第一小学 1.02 1.02", "甲 1.00 1.00 *", "乙 _ _ *")
    assert found(text) == [("GC402", "total", "1.02"), ("GC402", "appropriation", "1.02")]


def test_a_column_with_something_else_is_not_judged() -> None:
    text = sheet("合计 9.00 9.00", "第一小学 3.00 3.00", "甲 l.00 1.00 *", "乙 2.00 2.00 *")
    assert found(text) == [("GC401", "total", "9.00"), ("GC401", "appropriation", "9.00"), ("GC105", "total", "l.00")]


@pytest.mark.parametrize(
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
    head = HEAD.replace("\u21e5", "\t").rsplit("\n", 2)[0]
    lines = [head, fewer.replace("⇥", "\t"), "第一小学\t9.00\t5.00\t\t", f"甲\t9.00\t5.00\t{_TEXT}"]
    assert found("\n".join(lines)) == []
    too_much = "\n".join([*lines[:2], "第一小学\t5.00\t9.00\t\t", f"甲\t5.00\t9.00\t{_TEXT}"])
    assert found(too_much) == [("GC403", "total", "5.00")] * 2


def test_amounts_too_long_to_add_exactly_are_no_numbers() -> None:
    long = "1" * 40
    assert ("GC105", "total", long) in found(sheet(f"合计 {long} {long}", "甲 1.00 1.00 *"))
