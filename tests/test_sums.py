"""Every sum explained: which sums there are, their terms, what rounding allows; what people and programs are told."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from itertools import pairwise

import pytest
from helpers import ROOT, SAMPLE, calls, check, check_strictly, examples, tried_on
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Layout, Row, layouts, render, sheets
from test_amounts import sheet, tables

from goalcheck.catalogue.example import HEADER
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_data, check_source
from goalcheck.engine.result import Result
from goalcheck.engine.sum_traces import JUDGES, Trace, explain
from goalcheck.messages import LANGUAGES
from goalcheck.prose.width import display_width
from goalcheck.report import Style
from goalcheck.source import Source
from goalcheck.sums.text import data
from goalcheck.sums.text import text as told

EVERY = plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))
GOLDEN = {language: ROOT / "tests" / "golden" / f"explain-sums.{language}.txt" for language in LANGUAGES}
"""What is said of ``samples/amount.txt``."""


def explained(result: Result) -> tuple[Trace, ...]:
    assert result.source is not None
    assert result.sheet is not None
    return explain(result.source, EVERY.context(result.sheet), EVERY)


def traces(text: str) -> tuple[Trace, ...]:
    return explained(check(text))


def sample(name: str) -> tuple[Trace, ...]:
    path = ROOT / "samples" / name
    return explained(check_data(path.read_bytes(), str(path), EVERY))


def said(records: tuple[Trace, ...], **style: object) -> str:
    return "".join(told(records, Style(**style)))


def golden(language: str) -> str:
    return said(sample("amount.txt"), language=language)


def one(records: tuple[Trace, ...], kind: str, line: int, column: str = "total") -> Trace:
    (found,) = [t for t in records if (t.kind, t.row.line, t.column) == (kind, line, column)]
    return found


def numbers(record: Trace) -> dict[str, str | None]:
    names = ("sum", "tolerance", "low", "high", "residual")
    return {name: None if getattr(record, name) is None else str(getattr(record, name)) for name in names}


# --- which sums, and what is known of them ----------------------------------------------------------------------------

ROWS = (
    "合计 30.00 27.00 _ 3.00",
    "第一小学 12.01 9.00 _ 3.00",
    "甲 5.00 5.00 *",
    "乙 7.00 4.00 _ 3.00 *",
    "第二小学 18.00 18.00",
    "丙 8.00 8.00 *",
)


def test_there_is_a_sum_for_each_column_of_each_upper_row_and_for_each_row() -> None:
    found = [(t.kind, t.row.kind, t.row.line, t.column) for t in traces(sheet(*ROWS))]
    columns = ("total", "appropriation", "special_account", "other")
    assert found == [
        *(("grand-total", "total", 4, column) for column in columns),
        ("sources", "total", 4, "total"),
        *(("subtotal", "unit", 5, column) for column in columns),
        ("sources", "unit", 5, "total"),
        ("sources", "project", 6, "total"),
        ("sources", "project", 7, "total"),
        *(("subtotal", "unit", 8, column) for column in columns),
        ("sources", "unit", 8, "total"),
        ("sources", "project", 9, "total"),
    ]


def test_a_sum_names_its_terms_where_they_stand() -> None:
    text = sheet(*ROWS)
    total = one(traces(text), "subtotal", 5)
    assert (total.row.name, total.row.unit, total.printed.text, total.printed.value) == (
        "第一小学",
        None,
        "12.01",
        Decimal("12.01"),
    )
    assert [(p.row.kind, p.row.name, p.row.unit, p.row.line, p.column) for p in total.parts] == [
        ("project", "甲", "第一小学", 6, "total"),
        ("project", "乙", "第一小学", 7, "total"),
    ]
    cell = total.parts[1].cell
    assert text[cell.start : cell.end] == "7.00"
    assert text.count("\n", 0, cell.start) == 6


def test_the_parts_of_a_row_are_its_sources() -> None:
    sources = one(traces(sheet(*ROWS)), "sources", 7)
    assert [(p.column, p.row.line, p.cell.text, p.cell.blank) for p in sources.parts] == [
        ("appropriation", 7, "4.00", False),
        ("special_account", 7, "", True),
        ("other", 7, "3.00", False),
    ]
    assert [p.cell.value for p in sources.parts] == [Decimal("4.00"), Decimal(0), Decimal("3.00")]


@tried_on(
    ("kind", "line", "column", "verdict", "expected"),
    [
        # three printed figures of half a cent each
        ("subtotal", 5, "total", "rounded", ["12.00", "0.015", "11.985", "12.015", "0.01"]),
        # a blank is exactly 0 and has no tolerance
        ("subtotal", 5, "other", "exact", ["3.00", "0.010", "2.990", "3.010", "0.00"]),
        ("grand-total", 4, "special_account", "exact", ["0", "0.000", "0.000", "0.000", "0"]),
        ("subtotal", 8, "total", "wrong", ["8.00", "0.010", "7.990", "8.010", "10.00"]),
        ("sources", 5, "total", "rounded", ["12.00", "0.015", "11.985", "12.015", "0.01"]),
    ],
)
def test_figures(kind: str, line: int, column: str, verdict: str, expected: list[str]) -> None:
    record = one(traces(sheet(*ROWS)), kind, line, column)
    assert record.verdict == verdict
    assert {k: Decimal(v or 0) for k, v in numbers(record).items()} == dict(
        zip(("sum", "tolerance", "low", "high", "residual"), map(Decimal, expected), strict=True)
    )
    assert record.tolerance == record.figures * record.half


def test_a_form_is_called_by_the_row_of_its_name() -> None:
    numbers = {record.row.name: record.row.number for record in sample("project-form.txt")}
    assert numbers["河道日常保洁"] == 3


def test_tolerance_is_of_the_most_decimals_of_the_sheet() -> None:
    (total, *_) = traces(sheet("合计 10 10", "第一小学 10.0 10.0", "甲 3.3 3.3 *", "乙 6.7 6.7 *"))
    assert (total.decimals, total.half, total.tolerance) == (1, Decimal("0.05"), Decimal("0.10"))


def test_a_department_adds_up_from_its_units() -> None:
    rows = ("教育局 17.00 17.00", "第一小学 12.00 12.00", "甲 12.00 12.00 *", "第二小学 5.00 5.00", "乙 5.00 5.00 *")
    found = traces(sheet("合计 17.00 17.00", *rows))
    assert [part.row.name for part in one(found, "grand-total", 4).parts] == ["教育局"]
    assert [(part.row.kind, part.row.name) for part in one(found, "subtotal", 5).parts] == [
        ("unit", "第一小学"),
        ("unit", "第二小学"),
    ]
    assert one(found, "subtotal", 5).verdict == "exact"


def test_a_table_without_units_adds_up_from_its_projects() -> None:
    total = one(traces(sheet("合计 12.00 12.00", "甲 5.00 5.00 *", "乙 7.00 7.00 *")), "grand-total", 4)
    assert [part.row.name for part in total.parts] == ["甲", "乙"]


def test_each_table_has_its_own_total() -> None:
    first = ("第一小学 12.00 12.00", "甲 12.00 12.00 *", "合计 12.00 12.00")
    second = ("第二小学 8.00 8.00", "乙 8.00 8.00 *", "合计 9.00 9.00")
    found = [t for t in traces(tables(first, second)) if t.kind == "grand-total" and t.column == "total"]
    assert [(t.row.line, [p.row.name for p in t.parts], t.verdict) for t in found] == [
        (6, ["第一小学"], "exact"),
        (10, ["第二小学"], "wrong"),
    ]


# --- what cannot be judged --------------------------------------------------------------------------------------------


def test_a_term_that_is_no_number() -> None:
    found = traces(sheet("合计 9.00 9.00", "第一小学 9.00 9.00", "甲 l.00 1.00 *", "乙 8.00 8.00 *"))
    total = one(found, "subtotal", 5)
    assert (total.verdict, total.reason, set(numbers(total).values())) == ("unjudged", "no-number", {None})
    assert [part.cell.value for part in total.parts] == [None, Decimal("8.00")]
    assert "第6行“甲”的“l.00”不是数" in said(found)


def test_a_printed_figure_that_is_no_number_still_has_its_terms() -> None:
    found = traces(sheet("合计 9.O0 9.00", "第一小学 9.00 9.00", "甲 9.00 9.00 *"))
    total = one(found, "grand-total", 4)
    assert (total.verdict, total.reason, total.residual) == ("unjudged", "no-number", None)
    assert numbers(total)["sum"] == "9.00"
    assert (total.low, total.high) == (Decimal("8.99"), Decimal("9.01"))


def test_cells_that_are_missing() -> None:
    """A unit's row that ends early has nothing in what it lacks; of a project that is not known."""
    whole = sheet("合计 9.00 5.00 4.00", "第一小学 9.00 5.00 4.00", "甲 9.00 5.00 4.00 *")
    text = whole.replace("第一小学\t9.00\t5.00\t4.00\t\t\t", "第一小学\t9.00")
    assert text != whole
    found = traces(text)
    absent = one(found, "subtotal", 5, "special_account")
    assert (absent.verdict, absent.reason, absent.printed.missing) == ("unjudged", "no-cell", True)
    assert absent.printed.start == text.index("第一小学\t9.00") + len("第一小学\t9.00")
    nothing = one(found, "grand-total", 4, "special_account")
    assert [(p.cell.missing, p.cell.blank, p.cell.value) for p in nothing.parts] == [(True, True, Decimal(0))]
    assert (nothing.verdict, nothing.rule) == ("wrong", "GC401")
    assert one(found, "sources", 5).reason == "short-row"
    short = traces(sheet("合计 9.00 9.00", "第一小学 9.00 9.00") + "甲\n")
    assert {t.reason for t in short if t.kind == "subtotal"} <= {"no-cell", "no-terms", None}


def test_sources_that_are_not_all_known_bound_the_total_from_below() -> None:
    added = HEADER.replace("其他资金", "其他资金⇥另拨资金")
    rows = ("合计 9.00 5.00 _ _ 4.00", "第一小学 5.00 5.00", "甲 4.00 5.00 *")
    enough, equal, less = [t for t in traces(sheet(*rows, header=added)) if t.kind == "sources"]
    assert (enough.verdict, enough.reason, enough.rule) == ("unjudged", "doubtful-sources", None)
    assert (enough.low, enough.high) == (Decimal("4.990"), None)
    assert (equal.verdict, equal.reason) == ("exact", None)
    assert (less.verdict, less.rule, less.high) == ("wrong", "GC403", None)


def test_a_sheet_that_breaks_nothing_down_has_no_sums_of_sources() -> None:
    assert {t.kind for t in traces(sheet("合计 9.00", "第一小学 9.00", "甲 9.00 *"))} == {"grand-total", "subtotal"}


def test_every_total_of_a_table_is_a_sum_of_its_own() -> None:
    first = ("甲 5.00 5.00 *", "合计 5.00 5.00")
    found = [t for t in traces(sheet(*first, "合计 7.00 7.00")) if t.kind == "grand-total" and t.row.line == 6]
    assert [(t.column, t.verdict, t.sum) for t in found[:2]] == [
        ("total", "wrong", Decimal("5.00")),
        ("appropriation", "wrong", Decimal("5.00")),
    ]


# --- the rules and the trace say the same -----------------------------------------------------------------------------

_ODD = ("", "-", "0.00", "l.00", "(3.00)", "0.01", "1", "9,999.99", "--", "\uff11\uff12.\uff10\uff10")


def _spoil(draw: st.DrawFn, row: Row) -> None:
    column = draw(st.sampled_from(sorted(row.amounts)))
    near = row.amounts[column][:-1] + draw(st.sampled_from("0123456789")) if row.amounts[column] else "0.02"
    row.amounts[column] = draw(st.just(near) | st.sampled_from(_ODD))


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Sheets with wrong amounts, in any layout; some rows lose their last cells or stand twice."""
    made = draw(sheets())
    for row in draw(st.lists(st.sampled_from(made.rows), max_size=5)):
        _spoil(draw, row)
    if draw(st.booleans()):
        made.rows.insert(draw(st.integers(0, len(made.rows))), draw(st.sampled_from(made.rows)))
    layout: Layout = draw(layouts())
    text, _ = render(made, layout)
    lines = text.split("\n")
    if draw(st.booleans()) and not layout.quoted and not layout.comma:
        at = draw(st.integers(3, max(len(lines) - 1, 3))) % len(lines)
        lines[at] = "\t".join(lines[at].split("\t")[: draw(st.integers(2, 4))])
    return "\n".join(lines)


@pytest.mark.slow
@settings(max_examples=examples(150))
@given(spoilt())
def test_a_sum_is_wrong_exactly_where_a_rule_says_so(text: str) -> None:
    result = check_source(Source(text), EVERY)
    if result.error is not None:
        return
    found = explained(result)
    assert result.unjudged == sum(trace.verdict == "unjudged" for trace in found)
    judged = {*JUDGES.values(), "GC406", "GC409"}
    reported = Counter((f.rule.code, f.start, f.end, f.field) for f in result.findings if f.rule.code in judged)
    places = [(t.printed.start, t.printed.end, t.column) for t in found]
    assert Counter((t.rule, *place) for t, place in zip(found, places, strict=True) if t.rule) == reported
    for record in found:
        assert (
            record.verdict in ("wrong", "rounded", "unsourced")
            if record.rule
            else record.verdict not in ("wrong", "rounded")
        )
        _holds(text, record)


def _holds(text: str, record: Trace) -> None:
    """What is true of any sum, reckoned anew from its cells."""
    cells = [record.printed, *(part.cell for part in record.parts)]
    for cell in cells:
        assert text[cell.start : cell.end] == cell.text
    assert (record.reason is not None) == (record.verdict == "unjudged")
    if record.sum is None:
        assert record.verdict == "unjudged"
        return
    values = [part.cell.value for part in record.parts]
    assert record.sum == sum(values)
    assert record.figures == sum(not cell.blank for cell in cells)
    assert record.tolerance == record.figures * Decimal(5) / 10 ** (record.decimals + 1)
    assert record.low == record.sum - record.tolerance
    assert record.high in (None, record.sum + record.tolerance)
    if record.printed.value is not None:
        assert record.residual == record.printed.value - sum(values)
        within = record.low <= record.printed.value and (record.high is None or record.printed.value <= record.high)
        assert within == (record.verdict != "wrong")
        assert record.verdict != "exact" or record.residual == 0


@settings(max_examples=examples(60))
@given(spoilt())
def test_the_diagnosis_is_that_of_the_finding(text: str) -> None:
    result = check_source(Source(text), EVERY)
    if result.error is not None:
        return
    told = {(f.rule.code, f.start, f.field): f for f in result.findings}
    for record in explained(result):
        if record.verdict != "wrong":
            assert record.diagnosis is None
            continue
        finding = told[record.rule, record.printed.start, record.column]
        if record.diagnosis is None:
            assert finding.figures["diagnosis"].key == "no-diagnosis"
        else:
            assert finding.figures["diagnosis"] == record.diagnosis
        suspect = record.parts[record.suspect].cell if record.suspect is not None else None
        assert [(r.start, r.end) for r in finding.related] == ([(suspect.start, suspect.end)] if suspect else [])


@settings(max_examples=examples(40))
@given(spoilt(), st.sampled_from(LANGUAGES), st.booleans(), st.sampled_from((1, 2)))
def test_every_sum_can_be_said(text: str, language: str, color: bool, ambiguous: int) -> None:
    result = check_source(Source(text), EVERY)
    if result.error is not None:
        return
    found = explained(result)
    style = Style(language=language, color=color, ambiguous=ambiguous)
    page = "".join(told(found, style))
    assert "{" not in page
    assert page.endswith("\n")
    assert "\n\n\n" not in page
    assert len(json.loads(json.dumps(data(found, result.source, style)))) == len(found)


def test_rules_that_are_off_change_the_code_alone() -> None:
    result = check(sheet(*ROWS))
    assert result.source is not None
    assert result.sheet is not None
    chosen = plan(catalogue(), TAXONOMIES[0], Selection(select=["GC403", "GC1"]))
    found = explain(result.source, chosen.context(result.sheet), chosen)
    assert {t.rule for t in found} == {None}
    assert [(t.verdict, t.residual, t.diagnosis) for t in found] == [
        (t.verdict, t.residual, t.diagnosis) for t in explained(result)
    ]


def test_traces_can_be_made_in_another_process() -> None:
    with ProcessPoolExecutor(1) as pool:
        for name in (SAMPLE.name, "amount.txt"):
            found = pool.submit(sample, name).result()
            assert found == sample(name)
            assert said(found) == said(sample(name))


# --- the real sheet ---------------------------------------------------------------------------------------------------


def test_the_real_sheet() -> None:
    found = sample(SAMPLE.name)
    wrong = [(t.rule, t.row.line, t.column, t.printed.text) for t in found if t.verdict == "wrong"]
    assert wrong == [
        ("GC402", 6, "special_account", "7"),
        ("GC403", 6, "total", "3, 111. 77"),
        ("GC403", 10, "total", "15. 28"),
    ]
    stray = one(found, "subtotal", 6, "special_account")
    assert [str(stray.sum), str(stray.residual), stray.figures] == ["3", "4", 2]
    assert [(p.row.line, p.cell.text) for p in stray.parts if not p.cell.blank] == [(10, "3")]
    row = one(found, "sources", 6)
    assert (row.sum, row.residual) == (Decimal("3118.77"), Decimal("-7.00"))
    assert (row.low, row.high) == (Decimal("3118.755"), Decimal("3118.785"))
    assert row.suspect is not None
    assert row.parts[row.suspect].column == "special_account"
    total = one(found, "grand-total", 5)
    assert (total.verdict, total.sum, len(total.parts)) == ("exact", Decimal("3986.34"), 3)
    assert len(one(found, "subtotal", 6).parts) == 40
    assert Counter(t.verdict for t in found) == {"exact": 64, "wrong": 3, "unjudged": 2}


def test_samples_are_explained_as_they_are_reported() -> None:
    for path in sorted((ROOT / "samples").glob("*.txt")):
        result = check_data(path.read_bytes(), path.name, EVERY)
        reported = Counter(f.rule.code for f in result.findings if f.rule.code in {*JUDGES.values(), "GC406", "GC409"})
        assert Counter(t.rule for t in explained(result) if t.rule) == reported, path.name


# --- what people read -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_trace_of_the_sample_is_as_kept(language: str) -> None:
    assert golden(language) == GOLDEN[language].read_text("utf-8")


def _block(page: str, title: str) -> list[str]:
    """The lines from the one that begins with ``title`` to the next blank one."""
    lines = page.split("\n")
    start = next(at for at, line in enumerate(lines) if line.startswith(title))
    return lines[start : lines.index("", start)]


def test_figures_stand_below_each_other() -> None:
    page = said(sample(SAMPLE.name))
    (title, *terms, allowed) = _block(page, "\u221a 第6行 广州市荔湾区人民政府金花街道办事处 · 总计")
    assert title.endswith("正好")
    assert len(terms) == 40
    assert len({display_width(line) for line in terms}) == 1
    assert terms[0].startswith("    第 7行  街消毒站")
    assert "3,111.565到3,111.975" in allowed


def test_a_row_whose_sources_come_out_is_one_line() -> None:
    page = said(traces(sheet(*ROWS)))
    assert "\u221a 第7行 乙         7.00 = 财政拨款 4.00 + 其他资金 3.00\n" in page
    assert "\u221a 第4行 合计      30.00 = 财政拨款 27.00 + 其他资金 3.00\n" in page


def test_wrong_sums_stand_out() -> None:
    found = traces(sheet(*ROWS))
    lines = said(found, color=True).split("\n")
    (wrong,) = [line for line in lines if "第8行 第二小学 · 总计" in line]
    assert wrong.startswith("\x1b[1;31m\u00d7\x1b[0m \x1b[1;31m第8行")
    assert said(found, color=True).replace("\x1b[0m", "").count("\x1b") > 10
    assert "\x1b" not in said(found)


def test_the_same_terms_are_not_listed_twice() -> None:
    rows = [f"{name} 1.20 1.20 *" for name in "甲乙丙丁"]
    page = said(traces(sheet("合计 4.80 4.80", "第一小学 4.80 4.80", *rows)))
    assert "· 财政拨款\uff1a印的是4.80\uff0c正好\uff1b各行的数都和上面的“总计”一样\n" in page
    wrong = said(traces(sheet("合计 4.80 4.80", "第一小学 4.80 4.70", *rows)))
    assert len(_block(wrong, "\u00d7 第5行 第一小学 · 财政拨款")) > 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_is_spelt_out(language: str) -> None:
    text = sheet("合计 9.00 9.00", "第一小学 9.00 9.00", "甲\x1b[31m\u202e 9\x1b[0m 9.00 *", "乙 9.00 9.00 *")
    found = traces(text.replace("甲", "甲" * 500))
    page = said(found, language=language)
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "9<U+001B>[0m" in page
    assert max(map(display_width, page.split("\n"))) < 110


def test_many_causes_are_not_all_named() -> None:
    rows = [f"项目{number} l.00 1.00 *" for number in range(9)]
    page = said(traces(sheet("合计 9.00 9.00", "第一小学 9.00 9.00", *rows)))
    assert "第8行“项目2”的“l.00”等9处不是数" in page.replace("\n        ", "")
    assert len(_block(page, "? 第5行 第一小学 · 总计")) == 12


def test_names_that_are_not_there() -> None:
    text = sheet("合计 5.00 5.00", "第一小学 5.00 5.00", "甲 5.00 5.00 *").replace("甲\t", "\t")
    assert "没有名称的一行" in said(traces(text))


def test_a_sheet_without_sums_says_so() -> None:
    header = "项目名称⇥绩效目标⇥绩效指标"
    assert said(traces(sheet("甲 *", header=header))) == "== 表里没有可以核对的合计\n"
    assert data((), Source(""), Style()) == list(traces(sheet("甲 *", header=header))) == []


# --- what programs read -----------------------------------------------------------------------------------------------


def test_data_has_amounts_as_strings_and_places() -> None:
    text = sheet(*ROWS)
    made = data(traces(text), Source(text), Style(language="en"))
    (found,) = [d for d in made if d["kind"] == "subtotal" and d["row"]["line"] == 8 and d["column"] == "total"]
    term = found.pop("terms")[0]
    at = text.index("18.00")
    assert found == {
        "kind": "subtotal",
        "verdict": "wrong",
        "rule": "GC402",
        "row": {"kind": "unit", "name": "第二小学", "unit": None, "line": 8, "number": 8},
        "column": "total",
        "printed": {
            "text": "18.00",
            "value": "18.00",
            "blank": False,
            "missing": False,
            "line": 8,
            "column": 6,
            "end_line": 8,
            "end_column": 11,
            "offset": at,
            "end_offset": at + 5,
        },
        "sum": "8.00",
        "residual": "10.00",
        "figures": 2,
        "decimals": 2,
        "tolerance": "0.010",
        "low": "7.990",
        "high": "8.010",
        "reason": None,
        "diagnosis": None,
        "suspect": None,
        "message": "row 8 第二小学 · total: printed 18.00, 10.00 too much",
    }
    assert (term["field"], term["column"]) == ("total", 3), "the amount that it is, and where its text begins"
    assert (term["row"]["name"], term["text"], term["value"], term["line"]) == ("丙", "8.00", "8.00", 9)


def test_data_says_the_diagnosis_by_key_and_in_words() -> None:
    source = Source((ROOT / "samples" / "amount.txt").read_text(encoding="utf-8"))
    (first, *_) = [d for d in data(sample("amount.txt"), source, Style()) if d["row"]["line"] == 5]
    assert (first["diagnosis"], first["suspect"]) == ("equal-missing", 1)
    assert first["message"].endswith(
        "少25.00\uff0c正好是“动物疫病防控经费”的金额\uff1a可能合计时漏加了它\uff0c或者它重复列了"
    )


# --- cost -------------------------------------------------------------------------------------------------------------


def test_cost_grows_with_the_rows_alone() -> None:
    rows = ("合计 0.01 0.01", "第一小学 0.02 0.00", "甲 0.00 0.00 *", "乙 _ _ *")
    results = [check_strictly(sheet(*rows * number)) for number in (10, 20, 40)]
    said(explained(results[0]))
    costs = [calls(lambda made=made: said(explained(made))) for made in results]
    assert all(later < 2.2 * earlier for earlier, later in pairwise(costs))
