"""Nothing is lost in silence: amounts or indicators that were not judged are a finding, or the run ends in 2.

Each sheet here has a place that no table takes, or that looks like what may be passed over.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers import Run, check, goalcheck_here, tried_on

from goalcheck.catalogue import example
from goalcheck.engine.result import Result
from goalcheck.prose import sentences

HEADER = "项目名称⇥总计⇥财政拨款⇥财政专户拨款⇥其他资金⇥绩效目标⇥绩效指标\n"
HEAD = "项目支出绩效目标表\n2024年度⇥单位:万元\n"
ROWS = (
    "合计⇥15.50⇥15.50⇥⇥⇥⇥\n街道办事处⇥15.50⇥15.50⇥⇥⇥⇥\n"
    "培训⇥10.00⇥10.00⇥⇥⇥〔目标〕⇥〔指标〕\n宣传⇥5.50⇥5.50⇥⇥⇥〔目标〕⇥〔指标〕\n"
)
SHEET = HEAD + HEADER + ROWS
PAGE = HEADER + "绿化⇥3.00⇥3.00⇥⇥⇥〔目标〕⇥〔指标〕\n"
BUDGET = "部门预算支出表\n科目⇥名称⇥金额\n301⇥工资福利支出⇥120\n302⇥商品和服务支出⇥80\n"
OTHER = "部门收支总表\n收入⇥金额⇥支出⇥金额\n财政拨款⇥100.00⇥基本支出⇥60.00\n合计⇥100.00⇥合计⇥60.00\n"
BY_ROW = "绩效指标⇥一级指标⇥二级指标⇥三级指标⇥指标值\n⇥产出指标⇥数量指标⇥检查次数⇥≥40次\n"
ENTRY = "1、1-产出指标; 11-数量指标; 检查次数; 实施周期指标值:≥40次; 年度指标值:≥40次。"


def lay(text: str) -> str:
    return example.fill(text).replace("⇥", "\t")


def lint(text: str, tmp_path: Path, *options: str) -> Run:
    (tmp_path / "表.txt").write_text(lay(text), encoding="utf-8")
    return goalcheck_here("lint", "表.txt", *options, cwd=tmp_path)


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings]


def test_the_sheet_itself_is_read_whole() -> None:
    result = check(lay(SHEET))
    assert (result.status, result.unread, codes(result)) == ("checked", (), [])


@pytest.mark.parametrize("money", ["无⇥无⇥无⇥无", "待定⇥待定⇥⇥", "待定⇥另行安排⇥⇥"])
@pytest.mark.parametrize("below", ["", PAGE.split("\n", 1)[1]])
def test_words_where_a_project_has_its_money_are_no_header(money: str, below: str) -> None:
    result = check(lay(f"{SHEET}\n修缮⇥{money}⇥⇥\n{below}"))
    assert (result.status, result.unread) == ("checked", ())
    assert {"GC105", "GC405"}.intersection(finding.code for finding in result.findings if finding.project == "修缮")


# --- lines that no table takes ----------------------------------------------------------------------------------------

UNREAD = {
    "rows above a lost header": (HEAD + ROWS + PAGE, "no-header", 3),
    "rows of whole numbers above a lost header": (HEAD + "合计⇥15⇥15\n某局⇥15⇥15\n" + PAGE, "no-header", 3),
    "entries in the head": (f"填报说明\n{ENTRY}\n{SHEET}", "no-header", 2),
    "entries in a note above": (f"备注:{ENTRY}\n{SHEET}", "no-header", 1),
    "a table above": (BUDGET + SHEET, "header-lacks", 2),
    "a table below": (SHEET + BUDGET, "header-lacks", 8),
    "whole figures side by side above": ("项目⇥上年⇥今年\n因公出国⇥0⇥0\n公务接待⇥12⇥10\n" + SHEET, "no-header", 2),
    "an amount in words above": ("本年预算1,200.50万元。\n" + SHEET, "no-header", 1),
    "targets in words above": ("设1条数量指标:检查次数≥40次;设1条质量指标:合格率≥90%\n" + SHEET, "no-header", 1),
    "targets in words below": (SHEET + "设1条数量指标:检查次数≥40次;设1条质量指标:合格率≥90%\n", "astray", 8),
    "targets in a note below": (SHEET + "备注:数量指标:检查次数≥40次\n", "astray", 8),
    "an amount in words below": (SHEET + "另:预留经费 350.00 万元未列入。\n", "note-of-data", 8),
    "an amount in a note below": (SHEET + "备注:其中上年结转资金35万元。\n", "note-of-data", 8),
    "an indicator in a note below": (SHEET + "注:满意度≥90%\n", "note-of-data", 8),
    "a table between": (SHEET + BUDGET + PAGE, "header-lacks", 8),
    "a table of other names below a title": (SHEET + OTHER, "header-lacks", 8),
    "a table of other names below a blank line": (SHEET + "\n" + OTHER.split("\n", 1)[1], "header-lacks", 9),
    "a table of other names": ("序号⇥科室⇥经费\n1⇥办公室⇥12.00\n" + SHEET, "header-lacks", 1),
    "the form by rows without names": (SHEET + BY_ROW.replace("三级指标", "备注"), "by-row", 9),
    "the form by rows without values": (BY_ROW.replace("指标值", "分值") + SHEET, "by-row", 1),
    "the form by rows, a name misread": (SHEET + BY_ROW.replace("二级指标", "二级指栎"), "header-misread", 8),
    "targets in a column of the form by rows": (
        SHEET + BY_ROW.replace("指标值\n", "指标值⇥县局\n").replace("≥40次\n", "≥40次⇥≥20次\n"),
        "unknown-column-value",
        9,
    ),
    "a misread header": (SHEET + PAGE.replace("总计⇥", "").replace("绩效指标", "绩效指栎"), "header-misread", 8),
    "rows behind a misread name": (HEAD + (HEADER + ROWS).replace("项目名称", "项目名祢") + PAGE, "header-misread", 3),
    "a header without 绩效指标": (SHEET + PAGE.replace("⇥绩效指标", "⇥"), "header-lacks", 8),
    "a header on two lines": (SHEET + PAGE.replace("财政专户拨款⇥", "\n财政专户拨款⇥"), "header-broken", 8),
    "a header on two lines, first": (HEAD + "项目名称⇥总计\n绩效目标⇥绩效指标\n" + ROWS + PAGE, "header-broken", 3),
    "a goal that goes on in the row below": (SHEET + "⇥⇥⇥⇥⇥办事群众满意。\n", "row-torn", 8),
    "entries as a line of their own": (SHEET + f"{ENTRY}\n", "astray", 8),
    "entries beside the column": (SHEET.replace("〔指标〕\n宣传", f"〔指标〕⇥{ENTRY}\n宣传"), "astray", 6),
    "entries in the goal": (SHEET.replace("〔目标〕⇥〔指标〕\n宣传", f"{ENTRY}⇥〔指标〕\n宣传"), "astray", 6),
    "entries in a second column": (
        SHEET.replace("⇥绩效指标\n", "⇥绩效指标⇥年度绩效指标\n").replace("〔指标〕\n宣传", f"〔指标〕⇥{ENTRY}\n宣传"),
        "astray",
        6,
    ),
    "entries in the 合计": (SHEET.replace("合计⇥15.50⇥15.50⇥⇥⇥⇥\n", f"合计⇥15.50⇥15.50⇥⇥⇥⇥{ENTRY}\n"), "astray", 4),
    "entries in a note below": (SHEET + f"备注:{ENTRY}\n", "astray", 8),
    "entries that are none": (SHEET.replace("〔指标〕", "检查次数(≥40次)、合格率(≥95%)"), "no-indicator", 6),
}  # fmt: skip


@tried_on("case", UNREAD)
def test_what_no_table_takes_is_unread(case: str) -> None:
    text, reason, line = UNREAD[case]
    result = check(lay(text))
    assert result.error is None
    assert result.status == "partial"
    assert result.source is not None
    first = result.unread[0]
    assert (first.reason, result.source.place(first.start)[0]) == (reason, line)


def test_the_rest_is_judged_all_the_same() -> None:
    wrong = SHEET.replace("培训⇥10.00⇥10.00", "培训⇥10.00⇥9.00")
    for text in (BUDGET + wrong, wrong + BUDGET, wrong + PAGE.replace("绩效指标", "绩效指栎")):
        assert [code for code in codes(check(lay(text))) if code == "GC403"] == ["GC403"]


def test_a_misread_header_of_a_page_is_named_and_the_page_is_read() -> None:
    text = lay(SHEET.replace("15.50", "18.50") + PAGE.replace("绩效指标", "绩效指栎"))
    result = check(text)
    assert [(part.reason, dict(part.figures)) for part in result.unread] == [
        ("header-misread-again", {"said": "绩效指栎", "meant": "绩效指标"})
    ]
    assert result.sheet is not None
    assert [project.name.text for project in result.sheet.projects] == ["培训", "宣传", "绿化"]
    assert codes(result) == []


def test_an_input_not_read_whole_ends_in_2_and_says_where(tmp_path: Path) -> None:
    text = BUDGET + SHEET + f"{ENTRY}\n"
    for options in ((), ("--fail-on", "never"), ("--format", "json"), ("-q", "--format", "concise")):
        run = lint(text, tmp_path, *options)
        assert run.status == 2
        (said,) = [line for line in run.complaints if "表.txt" in line]
        assert "第2行没有读进来" in said
        assert "这样的共2处" in said
    assert goalcheck_here("fix", "表.txt", cwd=tmp_path).status == 2
    assert goalcheck_here("parse", "表.txt", cwd=tmp_path).status == 2


NOT_CHECKED = {
    "a misread header": (
        HEAD + (HEADER + ROWS).replace("绩效指标", "绩效指栎"),
        "第3行最像，但“绩效指栎”认不出，是不是“绩效指标”",
    ),
    "two misread names": (HEAD + "项日名称⇥总计⇥绩效指栎\n" + ROWS, "“项日名称、绩效指栎”认不出"),
    "a header that lacks a column": (HEAD + "项目名称⇥总计⇥绩效目标\n" + ROWS, "没有“绩效指标”这一列"),
    "a header on two lines": (HEAD + "项目名称⇥总计\n绩效目标⇥绩效指标\n" + ROWS, "从第3行起的表头断成了两行"),
    "no header": (HEAD + ROWS, "没有找到表头：一行一条指标的表，要有一行写着“三级指标”和“指标值”；"),
    "the form by rows, without values": (HEAD + BY_ROW.replace("指标值", "分值"), "没有写指标名称的一列"),
    "the form by rows, without rows": (HEAD + BY_ROW.partition("\n")[0] + "\n", "表头下面没有项目，也没有指标"),
}


@tried_on("case", NOT_CHECKED)
def test_a_named_file_without_a_table_says_what_it_lacks(case: str, tmp_path: Path) -> None:
    text, says = NOT_CHECKED[case]
    run = lint(text, tmp_path)
    assert run.status == 2
    assert says in run.err.decode()


NOTES = (
    "联系电话:020-12345678⇥邮编:510000\n",
    "附件1\n",
    "注:100万元以上的项目须填报\n",
    "说明:资金总额50万元以下的项目可以简化填报。\n",
    "注:指标值≥90%为优\n",
    "表十二⇥⇥\n",
    "打印日期⇥2024.05\n",
    "部门名称:某局⇥预算年度:2024\n",
    "填报单位⇥某局⇥填报人⇥张三⇥电话⇥12345\n",
    "项目名称、绩效指标见下表。\n",
    "编制单位:⇥642-某镇⇥⇥单位:万元\n",
    "单位人数:1,200人\n",
    "填表说明:资金100万元以上的项目须填报,满意度一般≥85%。\n",
    "单位⇥编制数⇥在职人数\n某局⇥12⇥10\n",
    "填报日期⇥2024⇥5⇥6\n",
    "栏次⇥1⇥2⇥3\n",
)


@tried_on("note", NOTES)
def test_a_line_of_the_head_without_amounts_is_no_matter(note: str) -> None:
    result = check(lay(note + SHEET))
    assert (result.status, codes(result)) == ("checked", [])


# --- rows that look like notes ----------------------------------------------------------------------------------------


def rows(result: Result) -> list[str]:
    assert result.sheet is not None
    return [row.name.clean for row in sorted(result.sheet.rows, key=lambda row: row.start)]


@tried_on(
    "name",
    [
        "栏次",
        "小计",
        "本页小计",
        "一、一般公共预算",
        "填表人:张三",
        "单位:某局",
        "备注:二期",
        "(单位盖章)",
        "审核:李四",
    ],
)
def test_a_row_with_amounts_is_no_note(name: str) -> None:
    result = check(lay(SHEET + f"{name}⇥99.00⇥99.00⇥⇥⇥⇥\n"))
    assert name in rows(result)
    assert result.findings
    whole = check(lay(SHEET.replace(".00", "").replace(".50", "") + f"{name}⇥99⇥99⇥⇥⇥⇥\n"))
    assert name in rows(whole)
    described = check(lay(SHEET + f"{name}⇥⇥⇥⇥⇥〔目标〕⇥{ENTRY}\n"))
    assert name in rows(described)


SOUND = {
    "of a unit": ROWS + "小计⇥15.50⇥15.50⇥⇥⇥⇥\n",
    "of a page": ROWS.replace("15.50", "18.50") + f"本页小计⇥15.50⇥15.50⇥⇥⇥⇥\n{PAGE}本页小计⇥3.00⇥3.00⇥⇥⇥⇥\n",
    "so far": ROWS.replace("15.50", "18.50") + f"累计⇥15.50⇥15.50⇥⇥⇥⇥\n{PAGE}累计⇥18.50⇥18.50⇥⇥⇥⇥\n",
    "of the last rows": ROWS + "小计⇥5.50⇥5.50⇥⇥⇥⇥\n",
    "a blank one": ROWS + "小计⇥⇥⇥⇥⇥⇥\n",
    "of units": (
        "合计⇥30⇥30⇥⇥⇥⇥\n东门小学⇥20⇥20⇥⇥⇥⇥\n甲⇥20⇥20⇥⇥⇥〔目标〕⇥〔指标〕\n西门小学⇥10⇥10⇥⇥⇥⇥\n"
        "丙⇥10⇥10⇥⇥⇥〔目标〕⇥〔指标〕\n小 计⇥30⇥30⇥⇥⇥⇥\n"
    ),
}  # fmt: skip


@tried_on("case", SOUND)
def test_a_sound_subtotal_is_read_and_nothing_is_wrong(case: str) -> None:
    result = check(lay(HEAD + HEADER + SOUND[case]))
    assert (result.status, codes(result)) == ("checked", [])


@tried_on("name", ["小计", "本页小计", "累计", "单位合计"])
def test_a_wrong_subtotal_is_found(name: str) -> None:
    result = check(lay(SHEET + f"{name}⇥15.50⇥14.50⇥⇥⇥⇥\n"))
    assert [(f.code, f.field) for f in result.findings] == [("GC403", "total"), ("GC402", "appropriation")]


@pytest.mark.parametrize(
    "text",
    [
        SHEET + "合计⇥16.50⇥15.50⇥⇥⇥⇥\n",
        HEAD + HEADER + ROWS[ROWS.index("街") :] + "合计⇥15.50⇥15.50\n合计⇥15.50⇥16.50\n",
    ],
)
def test_a_second_total_is_judged(text: str) -> None:
    assert "GC401" in codes(check(lay(text)))
    assert codes(check(lay(text.replace("16.50", "15.50")))) == []


def test_a_project_on_two_lines_keeps_its_goal_and_its_indicators() -> None:
    text = SHEET.replace("宣传⇥5.50⇥5.50⇥⇥⇥〔目标〕⇥〔指标〕", "宣传⇥5.50⇥5.50⇥⇥⇥⇥\n⇥⇥⇥⇥⇥〔目标〕⇥〔指标〕")
    result = check(lay(text))
    assert codes(result) == []
    assert result.sheet is not None
    assert [len(project.entries) for project in result.sheet.projects] == [3, 3]


def test_what_stands_beside_a_line_that_goes_on_is_seen() -> None:
    assert codes(check(lay(SHEET + "⇥⇥⇥⇥⇥⇥⇥附件一\n"))) == ["GC106"]


def test_unread_stretches_are_in_the_report(tmp_path: Path) -> None:
    made: dict[str, Any] = json.loads(lint(BUDGET + SHEET, tmp_path, "--format", "json").out)
    assert made["files"][0]["path"] == "表.txt"


# --- columns whose names nobody knows ---------------------------------------------------------------------------------

PLAIN = "项目名称⇥总计⇥绩效目标⇥绩效指标\n"
WHOLE = "合计⇥15⇥⇥\n街道办事处⇥15⇥⇥\n培训⇥10⇥〔目标〕⇥〔指标〕\n宣传⇥5⇥〔目标〕⇥〔指标〕\n"
"""Rows of whole figures, which may be amounts or counts."""
MONEY = WHOLE.replace("15⇥", "15.50⇥").replace("10⇥", "10.00⇥").replace("5⇥〔", "5.50⇥〔")


@pytest.mark.parametrize(("name", "help_"), [("总汁", "总计"), ("核定款", "[columns]"), ("", "[columns]")])
def test_amounts_under_an_unknown_name_are_a_finding_and_nothing_more(name: str, help_: str) -> None:
    result = check(lay(HEAD + PLAIN.replace("总计", name) + MONEY))
    assert (result.status, codes(result)) == ("checked", ["GC111"])
    assert help_ in sentences.advice(result.findings[0], "zh")


def test_a_column_on_many_pages_is_told_once() -> None:
    header = PLAIN.replace("总计", "核定款")
    assert codes(check(lay(HEAD + header + MONEY + header + "绿化⇥3.00⇥〔目标〕⇥〔指标〕\n"))) == ["GC111"]


def test_a_source_under_an_unknown_name_is_missed_in_no_sum() -> None:
    text = (HEADER + ROWS).replace("其他资金", "镇街配套").replace("10.00⇥10.00⇥⇥", "10.00⇥9.00⇥⇥1.00")
    assert codes(check(lay(HEAD + text.replace("15.50⇥15.50⇥⇥", "15.50⇥14.50⇥⇥1.00")))) == ["GC111"]


MUST_BE_MONEY = {
    "between columns of amounts": "项目名称⇥总计⇥Q栏⇥财政拨款⇥绩效目标⇥绩效指标\n培训⇥9⇥1⇥9⇥〔目标〕⇥〔指标〕\n",
    "what the others lack to the total": "项目名称⇥总计⇥财政拨款⇥Q栏⇥绩效目标⇥绩效指标\n培训⇥9⇥6⇥3⇥〔目标〕⇥〔指标〕\n",
}


@tried_on("case", MUST_BE_MONEY)
def test_whole_figures_that_must_be_money_are_told(case: str) -> None:
    table = MUST_BE_MONEY[case]
    assert "GC111" in codes(check(lay(HEAD + table)))
    for name in ("项目编码", "科室数", "评审得分", "轻重排序"):
        assert "GC111" not in codes(check(lay(HEAD + table.replace("Q栏", name))))


def test_a_count_at_the_end_of_the_amounts_is_none() -> None:
    table = MUST_BE_MONEY["what the others lack to the total"].replace("Q栏", "参训班级").replace("6⇥3", "9⇥3")
    assert codes(check(lay(HEAD + table))) == []


UNREAD_COLUMNS = {
    "whole figures in the place of the total": (PLAIN.replace("总计", "总汁"), "column-misread"),
    "whole figures under a misread source": (PLAIN.replace("总计", "财政拔款"), "column-misread"),
    "whole figures under a name like none": (PLAIN.replace("总计", "Q栏"), "column-unknown"),
    "whole figures without a name": (PLAIN.replace("总计", ""), "column-nameless"),
    "a misread goal": (PLAIN.replace("绩效目标", "绩效目栎"), "column-misread"),
    "a goal misread beyond guessing": (PLAIN.replace("绩效目标", "缋效日标"), "column-of-text"),
    "a goal without a name": (PLAIN.replace("绩效目标", ""), "column-nameless"),
}


@tried_on("case", UNREAD_COLUMNS)
def test_a_column_that_is_likely_to_be_one_of_ours_is_unread(case: str) -> None:
    header, reason = UNREAD_COLUMNS[case]
    assert [part.reason for part in check(lay(HEAD + header + WHOLE)).unread] == [reason]


@tried_on(
    "column",
    ["班级⇥⇥⇥3⇥4", "联系方式A⇥⇥⇥020-1234⇥13800000000", "第几⇥⇥⇥1⇥2", "领导批示⇥⇥⇥同意⇥同意", "启动⇥⇥⇥2023.05⇥2024"],
)
def test_a_column_of_something_else_is_no_matter(column: str) -> None:
    lines = [f"{cell}⇥{line}" for cell, line in zip(column.split("⇥"), (PLAIN + WHOLE).split("\n"), strict=False)]
    result = check(lay(HEAD + "\n".join(lines) + "\n"))
    assert (result.status, codes(result)) == ("checked", [])


# --- what a broken line leaves where no column is ---------------------------------------------------------------------

BROKEN = {
    "the rest of a row": (SHEET.replace("街道办事处⇥15.50⇥15.50", "街道办事处⇥15.50\n15.50"), "amount-astray", 6),
    "the rest of a row, like a page number": (HEAD + PLAIN + WHOLE.replace("处⇥15", "处\n15"), "amount-astray", 6),
    "the 合计 in the goal": (SHEET.replace("合计⇥15.50⇥15.50⇥⇥⇥⇥", "合计⇥15.50⇥15.50⇥⇥⇥15.50⇥"), "amount-astray", 4),
    "a row on the line of the header": (SHEET.replace("绩效指标\n合计", "绩效指标⇥合计"), "header-and-row", 3),
    "a column of long texts": (HEAD + (HEADER + ROWS).replace("绩效目标", "任务栎"), "column-of-text", 3),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_a_broken_line_leaves_behind_is_unread(case: str) -> None:
    text, reason, line = BROKEN[case]
    result = check(lay(text))
    assert result.source is not None
    assert [(part.reason, result.source.place(part.start)[0]) for part in result.unread] == [(reason, line)]


def test_a_second_line_of_a_header_takes_no_name_away() -> None:
    header = "项目名称⇥资金来源⇥⇥⇥绩效目标⇥绩效指标\n总计⇥财政拨款⇥财政专户拨款⇥其他资金⇥⇥\n"
    assert check(lay(HEAD + header + ROWS)).status == "failed"


def test_quotation_marks_are_no_part_of_a_name() -> None:
    result = check(lay((HEAD + HEADER + ROWS).replace("绩效目标⇥", '绩效目标"⇥')))
    assert (result.status, codes(result)) == ("checked", [])
