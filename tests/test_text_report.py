"""The report for people: nothing is lost in it, whatever is told together; overview, order, width, several files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from helpers import CLEAN, FAULTY, PERCENT, SAMPLE, check, check_strictly, checked, goalcheck, some

from goalcheck import report
from goalcheck.catalogue.example import wrap
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Severity
from goalcheck.engine.result import Result, RuleFailure
from goalcheck.finding import Finding
from goalcheck.messages import LANGUAGES
from goalcheck.prose import sentences
from goalcheck.prose.width import display_width
from goalcheck.report import Style
from goalcheck.report.groups import MANY
from goalcheck.report.rows import spot
from goalcheck.sheet import Unread
from goalcheck.source import Source

Told = Counter[tuple[str, int, int | None]]
"""Codes, rows and entries, with how often each was told."""

LABELS = {kind: sentences.severity(kind, "zh") for kind in Severity}
LABEL = "|".join(LABELS.values())
HEADING = re.compile(r"第(\d+)行 ")
SINGLE = re.compile(rf"  (?:{LABEL}) (GC\d+) (?:第(\d+)行\uff1a)?(?:第(\d+)项)?")
GROUP = re.compile(rf"(?:{LABEL}) (GC\d+) .*\uff1a(\d+)处$")
PLACE = re.compile(r"第([\d、-]+)行(?: ([^\uff1b\uff1a。]*))?")
TIMES = re.compile("这一项有(\\d+)处")
ENTRIES = re.compile(r"第([\d、-]+)项(?:(\d+)处)?")
UNBROKEN = 10**6


def _render(*results: Result, **style: Any) -> str:
    return "".join(report.render("text", results, Style(**style)))


def _told(rendered: str) -> Told:
    """What a report in unbroken lines tells."""
    told: Told = Counter()
    row, group, announced = 0, "", Counter[str]()
    for line in rendered.split("\n"):
        if heading := HEADING.match(line):
            row = int(heading[1])
        elif title := GROUP.match(line):
            group = title[1]
            announced[group] += int(title[2])
        elif single := SINGLE.match(line):
            group = ""
            times = TIMES.search(line)
            told[single[1], int(single[2] or row), int(single[3]) if single[3] else None] += (
                int(times[1]) if times else 1
            )
        elif group and re.match("  (?:  )?第", line):
            for at, entry in _places(line if re.match("    |  第\\d+页", line) else line.partition("\uff1a")[0]):
                told[group, at, entry] += 1
                announced[group] -= 1
    assert not any(announced.values()), "a group names as many places as it says"
    return told


def _places(line: str) -> Iterator[tuple[int, int | None]]:
    """The places of a line that holds nothing else."""
    for rows, items in PLACE.findall(line):
        for row in _numbers(rows):
            if not items:
                yield row, None
            for part in re.sub(r"第[\d、-]+项(?:\d+处)?", "", items).split("、"):
                times = re.fullmatch(r"(\D*)(?:(\d+)处)?", part)
                if times is not None and part:
                    yield from [(row, None)] * int(times[2] or 1)
            for entries, several in ENTRIES.findall(items):
                for entry in _numbers(entries):
                    yield from [(row, entry)] * int(several or 1)


def _numbers(text: str) -> Iterator[int]:
    for stretch in text.split("、"):
        first, _, last = stretch.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _found(result: Result) -> Told:
    assert result.source is not None
    spots = ((finding.code, spot(result.source, finding)) for finding in result.findings)
    return Counter((code, at.row, at.entry) for code, at in spots)


def _paragraphs(rendered: str) -> list[str]:
    return rendered.rstrip("\n").split("\n\n")


# --- nothing is lost -----------------------------------------------------------------------------------------------


def test_every_finding_of_the_real_sheet_is_told_with_its_place() -> None:
    for result in (checked(SAMPLE), check_strictly(SAMPLE.read_bytes().decode())):
        assert _told(_render(result, width=UNBROKEN)) == _found(result)


def test_every_finding_of_the_examples_is_told_with_its_place() -> None:
    for rule in some(catalogue().rules, 10):
        result = check_strictly("".join(made.in_sheet(rule.level).text for made in rule.bad * MANY))
        assert _told(_render(result, width=UNBROKEN)) == _found(result), rule.code


def test_one_fault_of_both_values_is_told_once() -> None:
    entry = "4、1-产出指标; 11-数量指标; 走访户数; 实施周期指标值:≥≥40户; 年度指标值:≥≥40户\u3002"
    result = check(wrap(entry, "entry").marked)
    said = _render(result, width=UNBROKEN)
    assert said.count("GC303 第4项") == said.count("这一项有2处") == 1
    assert _told(said) == _found(result)


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("zh", 80),
        ("en", 120),
        pytest.param("zh", 120, marks=pytest.mark.slow),
        pytest.param("en", 80, marks=pytest.mark.slow),
    ],
)
def test_no_line_is_wider_than_it_may_be_and_no_word_gets_lost_by_that(language: str, width: int) -> None:
    results = [
        check(SAMPLE.read_text(encoding="utf-8-sig"), "sheet.txt"),
        check_strictly("".join(m.in_sheet(r.level).text for r in some(catalogue().rules, 4) for m in r.bad)),
    ]
    for result in results:
        for verbose in (False, True):
            rendered = _render(result, language=language, width=width, verbose=verbose)
            assert [line for line in rendered.split("\n") if display_width(line) > width] == []
            unbroken = _render(result, language=language, width=UNBROKEN, verbose=verbose)
            assert re.sub(r"\s", "", rendered) == re.sub(r"\s", "", unbroken)


def test_the_report_of_the_real_sheet_takes_a_third_of_what_verbose_takes() -> None:
    result = checked(SAMPLE)
    assert 3 * _render(result).count("\n") < _render(result, verbose=True).count("\n") / 2
    assert _render(result, verbose=True).count("\n --> ") + _render(result, verbose=True).count("\n  --> ") == len(
        result.findings
    )


# --- overview ------------------------------------------------------------------------------------------------------


def test_the_overview_says_what_json_counts() -> None:
    text, data = (goalcheck("lint", SAMPLE, "--format", form).text for form in ("text", "json"))
    overview, way_on, *_ = _paragraphs(text)
    made = json.loads(data)
    for kind in Severity:
        line = re.search(rf"{LABELS[kind]} +(\d+)处\uff1a(.*(?:\n   .*)*)", overview)
        assert line is not None
        assert int(line[1]) == made["summary"][kind.label]
        assert sum(int(number) for number in re.findall(r"\d+", line[2])) == int(line[1])
    rows = sorted({finding["line"] for finding in made["findings"] if finding["severity"] == "error"})
    first = re.search(r"必须改的(\d+)处\uff08第(.*)行\uff09", way_on)
    assert first is not None
    assert (int(first[1]), list(_numbers(first[2]))) == (made["summary"]["error"], rows)
    fixes = [finding["fix"]["safety"] for finding in made["findings"] if finding["fix"] is not None]
    assert [int(n) for n in re.findall(r"(?:改好|建议改)(\d+)处", "".join(way_on.split()))] == [
        fixes.count("safe"),
        fixes.count("unsafe"),
    ]


def test_what_is_too_light_to_be_listed_is_counted() -> None:
    run = goalcheck("lint", SAMPLE, "--min-severity", "warning")
    overview, way_on, *found = _paragraphs(run.text)
    whole = _paragraphs(goalcheck("lint", SAMPLE).text)
    assert overview == re.sub(rf"({LABELS[Severity.INFO]}.*)", "\\1\uff08没有列出\uff09", whole[0])
    assert way_on == whole[1]
    assert LABELS[Severity.INFO] not in "".join(found[:-1])


def test_pages_are_told_where_there_are_several() -> None:
    assert "\n第18行 综治信访维稳等专项工作经费\uff08第2页\uff09\n" in _render(checked(SAMPLE))
    assert "页" not in _render(check(FAULTY + "第 1 页, 共 1 页\n")).replace("缺页", "")


def test_the_gravest_of_a_project_comes_first() -> None:
    for paragraph in _paragraphs(_render(check_strictly(SAMPLE.read_bytes().decode()))):
        labels = re.findall(rf"^  ({LABEL}) ", paragraph, re.MULTILINE)
        order = [list(LABELS.values()).index(label) for label in labels]
        assert order == sorted(order, reverse=True)


def test_what_was_not_checked_comes_first() -> None:
    result = check(FAULTY)
    assert result.sheet is not None
    assert result.source is not None
    start = result.source.line(5)[0]
    unread = Unread(start, result.source.line(6)[1], "…", "entry", {})
    failure = RuleFailure("CZ001", "rough-figure", "caizheng", "ValueError: x")
    partial = attrs.evolve(result, sheet=attrs.evolve(result.sheet, unread=(unread,)), failures=(failure,))
    for findings in (result.findings, ()):
        lines = _render(attrs.evolve(partial, findings=findings)).split("\n")
        assert lines[1].startswith("  没有检查\uff1a第5、6行")
        assert "caizheng 的规则 rough-figure" in lines[2]
        assert "没有检查" in next(line for line in lines if line.startswith("  1. "))


def test_of_a_sheet_with_nothing_wrong_a_line_says_how_it_was_read() -> None:
    assert len(_render(check(CLEAN)).splitlines()) == 2
    assert _render(check(CLEAN), quiet=True) == ""
    assert _render(check(CLEAN), check(CLEAN)) == ""


# --- what many share is said once ----------------------------------------------------------------------------------

ROW = "社区培训经费⇥5.00⇥5.00⇥⇥⇥⇥〔指标〕\n"


def _without_goals(number: int) -> Result:
    amount = f"{5 * number}.00"
    head = f"合计⇥{amount}⇥{amount}⇥⇥⇥⇥\n街道办事处⇥{amount}⇥{amount}⇥⇥⇥⇥\n"
    result = check(wrap(head + ROW * number, "row").text)
    return attrs.evolve(result, findings=tuple(f for f in result.findings if f.code == "GC501"))


def test_advice_is_given_once() -> None:
    few = _render(_without_goals(MANY - 1), width=UNBROKEN)
    assert few.count("写明这笔钱做什么") == 1
    assert few.count("改法同第6行。") == MANY - 2
    many = _render(_without_goals(MANY), width=UNBROKEN)
    assert many.count("写明这笔钱做什么") == 1
    title = f"必须改 GC501 项目没有填绩效目标\uff1a{MANY}处"
    assert re.search(rf"^{title}\n  改法.*\n  项目“社区培训经费”没有.*\n    第6-{5 + MANY}行$", many, re.MULTILINE)


def test_what_fix_mends_is_told_last_and_by_rule() -> None:
    result = checked(SAMPLE)
    mended = [f for f in result.findings if f.fix is not None and f.fix.safe]
    *_, last = _render(result, width=UNBROKEN).partition("== goalcheck fix ")
    announced = re.match(r"能自动改好的\uff1a共(\d+)处", last)
    assert announced is not None
    assert int(announced[1]) == len(mended)
    assert Counter(f.code for f in mended) == {code: int(n) for code, n in GROUP_LINES.findall(last)}


GROUP_LINES = re.compile(GROUP.pattern, re.MULTILINE)


# --- headings ------------------------------------------------------------------------------------------------------

UNITS = wrap(
    "合计⇥32.00⇥30.00⇥⇥⇥⇥\n第一小学⇥12.00⇥12.00⇥⇥⇥⇥\n校舍维修⇥12.00⇥12.00⇥⇥⇥⇥〔指标〕\n"
    f"教师培训⇥1.00⇥2.00⇥⇥⇥⇥〔指标〕{PERCENT}\n第二小学⇥17.00⇥17.00⇥⇥⇥⇥\n校舍维修⇥17.00⇥17.00⇥⇥⇥⇥〔指标〕\n",
    "row",
).text
HEADINGS = {
    "zh": [
        "第4行 合计行", "== 第一小学", "第5行 本单位", "第6行 校舍维修", "第7行 教师培训",
        "== 第二小学", "第9行 校舍维修",
    ],
    "en": [
        "row 4 · the row 合计", "== 第一小学", "row 5 · the unit itself", "row 6 · 校舍维修", "row 7 · 教师培训",
        "== 第二小学", "row 9 · 校舍维修",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_stand_below_their_rows_and_units(language: str) -> None:
    rendered = _render(check(UNITS), language=language)
    headings = [line for line in rendered.split("\n") if re.match("第|row|==", line)]
    assert headings == HEADINGS[language]


def test_names_are_shown_without_stray_spaces_and_may_be_missing() -> None:
    rendered = _render(check(FAULTY.replace("社区培训经费", "社区培 训经费")))
    assert "\n第6行 社区培训经费\n" in rendered
    nameless = "合计⇥5.00⇥5.00⇥⇥⇥⇥\n街道办事处⇥5.00⇥5.00⇥⇥⇥⇥\n⇥5.00⇥6.00⇥⇥⇥⇥〔指标〕\n"
    assert "\n第6行 没有写名称的项目\n" in _render(check(wrap(nameless, "row").text))


# --- several files -------------------------------------------------------------------------------------------------


def test_several_files_begin_with_a_table(tmp_path: Path) -> None:
    for name, text in (("a.txt", FAULTY), ("b.txt", CLEAN), ("c.txt", UNITS), ("d.txt", "no sheet")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = goalcheck("lint", "a.txt", "b.txt", "c.txt", "d.txt", "--select", "GC501", cwd=tmp_path)
    table, way_on, *details = _paragraphs(run.text)
    rows = [line.split() for line in table.split("\n")]
    assert rows[1:] == [
        ["1", "-", "-", "a.txt"],
        ["-", "-", "-", "b.txt"],
        ["3", "-", "-", "c.txt"],
        ["-", "-", "-", "d.txt\uff08没有查成\uff09"],
        ["4", "-", "-", "共4个文件"],
    ]
    assert "必须改的4处\uff08在2个文件里\uff09" in way_on
    assert [line.split("\uff1a")[0] for line in "\n".join(details).split("\n") if line.startswith("==== ")] == [
        "==== a.txt",
        "==== c.txt",
        "==== d.txt",
    ]
    alone = goalcheck("lint", "c.txt", "--select", "GC501", cwd=tmp_path).text
    found = alone[alone.index("== 第一小学") : alone.rindex("必须改3处")]
    assert found in run.text


# --- colours, verbose ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verbose", [False, True])
def test_colours_say_nothing_that_words_do_not_say(verbose: bool) -> None:
    plain, colored = (_render(checked(SAMPLE), color=color, verbose=verbose) for color in (False, True))
    assert "\x1b" in colored
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == plain


def test_lines_and_marks_fit_a_terminal() -> None:
    """A line that a terminal of 80 cells breaks would part the marks from their text."""
    for rule in some(catalogue().rules, 9):
        for made in rule.bad:
            result = check_strictly(made.in_sheet(rule.level).text, "a.txt")
            for ambiguous in (1, 2):
                rendered = _render(result, ambiguous=ambiguous, verbose=True)
                shown = [line for line in rendered.split("\n") if re.match(r" *\d+ \| ", line)]
                assert shown
                assert all(display_width(line, ambiguous) <= 80 for line in shown)


def test_verbose_names_rules_in_english_alone() -> None:
    finding: Finding = next(iter(check(FAULTY).findings))
    for language, title in (("zh", "必须改[GC501] 项目"), ("en", "error[GC501] missing-goal the project")):
        assert f"\n{title}" in _render(check(FAULTY), language=language, verbose=True)
    assert finding.name not in _render(check(FAULTY))
    assert finding.name in _render(check(FAULTY), language="en")


def test_one_who_has_a_pdf_is_told_where_to_mend_it() -> None:
    text = check(FAULTY)
    assert text.source is not None
    pdf = attrs.evolve(text, source=Source(text.source.text, kind="pdf"))
    assert [" PDF 不好直接改" in _render(result) for result in (text, pdf)] == [False, True]
