"""Reading a long report: findings below the heading of their project, matters of form folded, what ``fix`` can mend."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from helpers import CLEAN, FAULTY, PERCENT, SAMPLE, check, check_strictly, goalcheck

from goalcheck import check_file, report
from goalcheck.catalogue.example import GOAL, wrap
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.engine.result import Result
from goalcheck.finding import Edit, Finding, Fix
from goalcheck.messages import Words
from goalcheck.prose.width import display_width
from goalcheck.report import Style
from goalcheck.source import Source

HEADING = re.compile(r"^== (?:(?:第(\d+)行|line (\d+)) · )?(.+) · (\d+)(?:处| findings?)$")
FOLDED = re.compile(r"^\S+\[(GC\d+)\] \S+ .*\uff1a(\d+)处\uff0c第(.*)行$")
FINDING = re.compile(r"^\S+\[GC\d+\] ")
PLACE = re.compile(r"^ +--> (.+?:\d+:\d+)(?: · (?:第|entry )(\d+)项?)?$", re.MULTILINE)


def _render(*results: Result, **style: Any) -> str:
    return "".join(report.render("text", results, Style(**style)))


def _headings(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith("==")]


def _groups(text: str) -> list[tuple[str, list[str]]]:
    """Each heading of a report with the paragraphs below it; the totals at the end belong to none."""
    groups: list[tuple[str, list[str]]] = []
    for paragraph in text.rstrip("\n").split("\n\n"):
        if paragraph.startswith("== "):
            groups.append((paragraph, []))
        elif FINDING.match(paragraph):
            groups[-1][1].append(paragraph)
    return groups


# --- headings ------------------------------------------------------------------------------------------------------

UNITS = wrap(
    "合计⇥32.00⇥30.00⇥⇥⇥⇥\n第一小学⇥12.00⇥12.00⇥⇥⇥⇥\n校舍维修⇥12.00⇥12.00⇥⇥⇥⇥〔指标〕\n"
    f"教师培训⇥1.00⇥2.00⇥⇥⇥⇥〔指标〕{PERCENT}\n第二小学⇥17.00⇥17.00⇥⇥⇥⇥\n校舍维修⇥17.00⇥17.00⇥⇥⇥⇥〔指标〕\n",
    "row",
).text


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh",
            """\
            == 第4行 · 合计行 · 3处
            == 第5行 · 单位“第一小学” · 2处
            == 第6行 · 校舍维修\uff08第一小学\uff09 · 1处
            == 第7行 · 教师培训\uff08第一小学\uff09 · 3处
            == 第9行 · 校舍维修\uff08第二小学\uff09 · 1处""",
        ),
        (
            "en",
            """\
            == line 4 · the row 合计 · 3 findings
            == line 5 · unit “第一小学” · 2 findings
            == line 6 · 校舍维修 (第一小学) · 1 finding
            == line 7 · 教师培训 (第一小学) · 3 findings
            == line 9 · 校舍维修 (第二小学) · 1 finding""",
        ),
    ],
)
def test_a_heading_for_each_row(tmp_path: Path, lang: str, expected: str) -> None:
    (tmp_path / "a.txt").write_text(UNITS, encoding="utf-8")
    run = goalcheck("lint", "a.txt", "--lang", lang, "--select", "GC4,GC501,GC304", cwd=tmp_path)
    assert _headings(run.text) == [line.strip() for line in expected.split("\n")]


def test_the_only_unit_is_not_named() -> None:
    assert _headings(_render(check(FAULTY))) == ["== 第6行 · 社区培训经费 · 1处"]


def test_projects_of_one_name_are_told_apart() -> None:
    row = FAULTY.split("\n")[-2].replace("5.00", "")
    rendered = _render(_only(check(f"{FAULTY}{row}\n{row}\n"), "GC501"))
    assert _headings(rendered) == [f"== 第{line}行 · 社区培训经费 · 1处" for line in (6, 7, 8)]


def test_stray_spaces_of_a_name_are_left_out_of_its_heading() -> None:
    (heading,) = _headings(_render(_only(check(FAULTY.replace("社区培训经费", "社区培 训经费")), "GC501")))
    assert heading == "== 第6行 · 社区培训经费 · 1处"


def test_a_row_without_a_name_has_a_heading() -> None:
    rows = f"合计⇥5.00⇥5.00⇥⇥⇥⇥\n街道办事处⇥5.00⇥5.00⇥⇥⇥⇥\n⇥5.00⇥6.00⇥⇥⇥{GOAL}⇥〔指标〕\n"
    headings = _headings(_render(_only(check(wrap(rows, "row").text), "GC403")))
    assert headings == ["== 第6行 · 没有名称的一行 · 1处"]


@pytest.mark.parametrize(("lang", "name"), [("zh", "整张表 · 2处"), ("en", "the sheet as a whole · 2 findings")])
def test_findings_of_the_sheet_itself_stand_together(lang: str, name: str) -> None:
    """Those of the first line and of the last footer, where there are two of them."""
    result = check(f"{FAULTY}\n第 1 页, 共 3 页\n")
    assert result.source is not None
    rule = catalogue().find("GC501")
    assert rule is not None
    footer = result.source.text.index("第 1 页")
    ends = [_finding(rule, 0, 4, "sheet"), _finding(rule, footer, footer + 5, "sheet")]
    rendered = _render(_with(_only(result, "GC501"), ends), language=lang)
    first, second = _groups(rendered)
    assert first[0] == f"== {name}"
    assert [match[1] for match in PLACE.finditer("\n".join(first[1]))] == ["<text>:1:1", "<text>:8:1"]
    assert second[0].startswith(("== 第6行 · 社区培训经费", "== line 6 · 社区培训经费"))


def test_every_finding_stands_below_its_project() -> None:
    """On the real sheet, by what JSON says of each finding."""
    text, data = (
        goalcheck("lint", SAMPLE.name, *options, "--profile", "strict", cwd=SAMPLE.parent).text
        for options in (("--verbose",), ("--format", "json"))
    )
    found = {}
    for finding in json.loads(data)["findings"]:
        found.setdefault(f"{SAMPLE.name}:{finding['line']}:{finding['column']}", []).append(finding)
    several = 0
    for heading, paragraphs in _groups(text):
        match = HEADING.match(heading)
        assert match is not None
        assert int(match[4]) == len(paragraphs)
        several += len(paragraphs) > 1
        order = []
        for paragraph in paragraphs:
            place = PLACE.search(paragraph)
            assert place is not None
            finding = next(f for f in found[place[1]] if f"[{f['rule']}]" in paragraph)
            found[place[1]].remove(finding)
            assert place[2] == (None if finding["indicator"] is None else str(finding["indicator"]))
            name = finding["project"] or finding["unit"] or ("合计行" if match[1] else "整张表")
            assert name in match[3]
            order.append((finding["offset"], finding["rule"]))
        assert order == sorted(order)
    assert several > 1
    assert not any(found.values())


def test_groups_are_in_the_order_of_the_text() -> None:
    matches = [match for heading in _headings(_render(check_file(SAMPLE))) if (match := HEADING.match(heading))]
    lines = [int(match[1]) for match in matches if match[1]]  # what concerns the whole sheet has no line
    assert len(lines) > 5
    assert lines == sorted(lines)


def test_a_heading_for_each_of_several_files(tmp_path: Path) -> None:
    for name, text in (("a.txt", FAULTY), ("b.txt", CLEAN), ("c.txt", UNITS), ("d.txt", "no sheet")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = goalcheck("lint", ".", "--select", "GC501", cwd=tmp_path)
    assert [line for line in _headings(run.text) if line.startswith("====")] == [
        "==== a.txt · 1处 ====",
        "==== c.txt · 3处 ====",
    ]
    assert "====" not in goalcheck("lint", "a.txt", cwd=tmp_path).text


def test_a_report_is_written_file_by_file() -> None:
    """What is said of the first file is there before the second is looked at."""

    form, style = report.FORMATS["text"], Style(several=True)

    def parts() -> Iterator[report.Part]:
        yield report.part(form, check(FAULTY, "a.txt"), style)
        raise AssertionError("the second file is not needed yet")

    said = next(form.reporter.whole(parts(), style))
    assert said.startswith("==== a.txt · ")
    assert "[GC501]" in said


@pytest.mark.parametrize("ambiguous", [1, 2])
def test_lines_and_marks_fit_a_terminal(ambiguous: int) -> None:
    """A line that a terminal of 80 cells breaks would part the marks from their text."""
    for rule in catalogue().rules:
        for made in rule.bad:
            result = check_strictly(wrap(made.marked, rule.level).text, "a.txt")
            rendered = _render(result, ambiguous=ambiguous, verbose=True)
            shown = [line for line in rendered.split("\n") if re.match(r" *\d+ \| ", line)]
            assert shown
            assert all(display_width(line, ambiguous) <= 80 for line in shown)


# --- matters of form -----------------------------------------------------------------------------------------------


def _made_up(code: str, family: str = "GC1", fix: str = "safe") -> Rule:
    rule = catalogue().find("GC101")
    assert rule is not None
    return attrs.evolve(
        rule,
        code=f"{family}{code}",
        name=f"made-up-{code}",
        severity=Severity.INFO,
        fix=fix,
        title=Words("编出来的一条", "a made-up one"),
        message=Words("这里有“{text}”", "“{text}” is here"),
        help=Words("删去", "remove it"),
    )


SPACE, MARK = _made_up("04"), _made_up("91")


def _finding(rule: Rule, start: int, end: int, field: str, text: str = "", **more: Any) -> Finding:
    fix = Fix((Edit(start, end, ""),), safe=True) if rule.fix == "safe" else None
    given = {"fix": fix, "severity": rule.severity, "figures": {"text": text, "project": "x"}, **more}
    return Finding(start, end, field, rule=rule, **given)


def _with(result: Result, findings: Iterable[Finding]) -> Result:
    both = (*result.findings, *findings)
    return attrs.evolve(result, findings=tuple(sorted(both, key=lambda f: (f.start, f.rule.code if f.rule else ""))))


def _only(result: Result, code: str) -> Result:
    return attrs.evolve(result, findings=tuple(f for f in result.findings if f.rule and f.rule.code == code))


def _spaced(*lines: int, rule: Rule = SPACE, **more: Any) -> Result:
    """A sheet of 80 faultless lines of which ``lines`` are found to be at fault by ``rule``, and line 9 by GC501."""
    row = CLEAN.split("\n")[-2].replace("5.00", "")
    text = CLEAN + "".join(f"{row}\n" for _ in range(7, 81))
    source = Source(text)
    starts = [source.line(line)[0] for line in lines]
    missing = catalogue().find("GC501")
    assert missing is not None
    nine = _finding(missing, source.line(9)[0], source.line(9)[0], "goal", severity=Severity.ERROR)
    blank = attrs.evolve(check(text, "a.txt"), findings=())
    return _with(blank, [nine, *(_finding(rule, at, at + 2, "name", text[at : at + 2], **more) for at in starts)])


def test_matters_of_form_are_folded_to_one_entry_a_rule() -> None:
    result = _spaced(8, 9, 10, 30)
    assert result.source is not None
    at = result.source.line(12)[0]
    result = _with(result, [_finding(MARK, at, at + 2, "name", number) for number in ("甲", "乙")])
    rendered = _render(result)
    (_, errors), (heading, folded) = _groups(rendered)
    assert [paragraph[:9] for paragraph in errors] == ["错误[GC501]"]
    assert heading == "== 书写格式 · 6处 · 用 goalcheck fix 就能改好 · 加 --verbose 逐处列出"
    first, second = (paragraph.split("\n") for paragraph in folded)
    assert first == [
        "提示[GC104] made-up-04 编出来的一条\uff1a4处\uff0c第8-10、30行",
        " --> a.txt:8:1",
        "  |",
        "8 | 社区培训经费⇥⇥⇥⇥⇥按时保质完…",
        "  | ^^^^",
        "  = 删去",
    ]
    assert second[:2] == ["提示[GC191] made-up-91 编出来的一条\uff1a2处\uff0c第12行", "  --> a.txt:12:1"]


def test_folded_in_english() -> None:
    (_, _), (heading, (paragraph,)) = _groups(_render(_spaced(8, 9, 10, 30), language="en"))
    assert heading == "== matters of form · 4 findings · goalcheck fix mends them · --verbose lists each"
    assert paragraph.startswith("info[GC104] made-up-04 a made-up one: 4 findings, lines 8-10, 30\n")
    assert paragraph.endswith("  = remove it")


def test_a_long_list_of_lines_is_cut_short() -> None:
    *_, (_, (paragraph,)) = _groups(_render(_spaced(*range(8, 80, 2))))
    assert FOLDED.match(paragraph.split("\n")[0])
    assert "36处\uff0c第8、10、12、14、16、18、20、22等36行\n" in paragraph
    *_, (_, (paragraph,)) = _groups(_render(_spaced(*range(8, 80)), language="en"))
    assert "72 findings, lines 8-79\n" in paragraph


def test_advice_that_differs_is_that_of_the_first() -> None:
    result = _spaced(8, 9)
    findings = [attrs.evolve(f, suggestion=str(f.start)) if f.rule is SPACE else f for f in result.findings]
    *_, (_, (paragraph,)) = _groups(_render(attrs.evolve(result, findings=tuple(findings))))
    assert re.search(r"\n  = 如第一处\uff0c改为:\d+$", paragraph)


def test_the_project_of_the_example_is_told() -> None:
    *_, (_, (paragraph,)) = _groups(_render(_spaced(8, 9, project="社区培训经费", indicator=2)))
    assert " --> a.txt:8:1 · 社区培训经费 · 第2项\n" in paragraph


def test_verbose_unfolds() -> None:
    result = _spaced(8, 9, 10, 30)
    rendered = _render(result, verbose=True)
    assert [heading for heading, _ in _groups(rendered)] == [
        "== 第8行 · 社区培训经费 · 1处",
        "== 第9行 · 社区培训经费 · 2处",
        "== 第10行 · 社区培训经费 · 1处",
        "== 第30行 · 社区培训经费 · 1处",
    ]
    assert rendered.count("提示[GC104] made-up-04 这里有“社区”\n") == 4


@pytest.mark.parametrize(
    ("rule", "lines"),
    [(SPACE, [8]), (_made_up("09", "GC3"), [8, 9, 30]), (_made_up("08", "GC1", "none"), [8, 9, 30])],
    ids=["single", "not-of-form", "no-fix"],
)
def test_what_is_not_folded(rule: Rule, lines: list[int]) -> None:
    result = _spaced(*lines, rule=rule)
    assert _render(result) == _render(result, verbose=True)
    assert _render(result).count(f"提示[{rule.code}] ") == len(lines)


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "用 goalcheck fix 能改好其中2处"), ("en", "goalcheck fix mends 2 of them")]
)
def test_what_fix_leaves_alone_is_not_promised(lang: str, said: str) -> None:
    result = _spaced(8, 9, 10)
    bare = [attrs.evolve(f, fix=None) if f.start == result.findings[-1].start else f for f in result.findings]
    *_, (heading, _) = _groups(_render(attrs.evolve(result, findings=tuple(bare)), language=lang))
    assert said in heading
    none = [attrs.evolve(f, fix=None) for f in result.findings]
    *_, (heading, _) = _groups(_render(attrs.evolve(result, findings=tuple(none)), language=lang))
    assert "goalcheck fix" not in heading


@pytest.mark.parametrize("form", ["concise", "json"])
def test_other_formats_fold_nothing(form: str) -> None:
    result = _spaced(8, 9, 10, 30)
    plain, verbose = ("".join(report.render(form, [result], Style(verbose=told))) for told in (False, True))
    assert plain == verbose
    assert plain.count("GC104") == 4


def _nothing_is_lost(found: int, folded: str, verbose: str) -> None:
    told = [FOLDED.match(line) for line in folded.split("\n") if FINDING.match(line)]
    assert sum(1 if match is None else int(match[2]) for match in told) == found > 0
    assert len(re.findall(r"^ +--> ", folded, re.MULTILINE)) == len(told), "each has a place to click on"
    assert len([line for line in verbose.split("\n") if FINDING.match(line)]) == found


@pytest.mark.parametrize("rule", catalogue().rules, ids=lambda rule: rule.code)
def test_nothing_is_lost_by_folding(rule: Rule) -> None:
    """Paragraphs and folded counts make up all findings."""
    result = check_strictly("".join(wrap(made.marked, rule.level).text for made in rule.bad), "a.txt")
    _nothing_is_lost(len(result.findings), _render(result), _render(result, verbose=True))


def test_nothing_of_the_real_sheet_is_lost() -> None:
    options = ("lint", SAMPLE, "--select", "ALL")
    found = len(json.loads(goalcheck(*options, "--format", "json").out)["findings"])
    _nothing_is_lost(found, goalcheck(*options).text, goalcheck(*options, "-v").text)


# --- totals --------------------------------------------------------------------------------------------------------


def _fixable(safe: int, unsafe: int) -> Result:
    result = _spaced()
    findings = [_finding(SPACE, 0, 1, "name") for _ in range(safe)]
    proposal = Fix((Edit(0, 1, ""),))
    return _with(result, [*findings, *(_finding(SPACE, 0, 1, "name", fix=proposal) for _ in range(unsafe))])


@pytest.mark.parametrize(
    ("safe", "unsafe", "zh", "en"),
    [
        (0, 0, "", ""),
        (3, 0, "用 goalcheck fix 能改好3处。", " goalcheck fix mends 3 of them."),
        (
            3, 2, "用 goalcheck fix 能改好3处\uff0c加 --unsafe-fixes 还能按建议改2处。",
            " goalcheck fix mends 3 of them, --unsafe-fixes applies 2 proposals more.",
        ),
        (
            0, 1, "用 goalcheck fix --unsafe-fixes 能按建议改1处。",
            " goalcheck fix --unsafe-fixes applies 1 proposal.",
        ),
    ],
)  # fmt: skip
def test_totals_say_what_fix_can_mend(safe: int, unsafe: int, zh: str, en: str) -> None:
    result = _fixable(safe, unsafe)
    chinese, english = (report.totals(report.count(result), Style(lang)) for lang in ("zh", "en"))
    assert chinese.endswith(f"条指标。{zh}")
    assert english.endswith(f"indicators).{en}")
    assert "\n" not in chinese + english


def test_totals_of_the_real_sheet_count_what_json_counts() -> None:
    text, data = (goalcheck("lint", SAMPLE, "--format", form).text for form in ("text", "json"))
    findings = json.loads(data)["findings"]
    unsafe = sum(finding["fix"] is not None and finding["fix"]["safety"] == "unsafe" for finding in findings)
    safe = sum(finding["fix"] is not None for finding in findings) - unsafe
    last = text.rstrip("\n").split("\n")[-1]
    assert [int(number) for number in re.findall(r"(?:能改好|按建议改)(\d+)处", last)] == [
        n for n in (safe, unsafe) if n
    ]
