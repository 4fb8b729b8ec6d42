"""The reports: underlines stand under their text, JSON keeps its keys, fingerprints outlive edits; and the API."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from helpers import CLEAN, FAULTY, PERCENT, SAMPLE, calls, check, check_strictly, checked, entry_sheet, some, tried_on

import goalcheck
from goalcheck import report
from goalcheck.catalogue import example
from goalcheck.catalogue.example import wrap
from goalcheck.catalogue.load import catalogue, edition
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.prose import sentences
from goalcheck.prose.width import display_width
from goalcheck.report import Style

EVERY_BAD = [
    pytest.param(made.in_sheet(rule.level).text, id=f"{rule.code}-{number}")
    for rule in catalogue().rules
    if rule.set == "core"
    for number, made in enumerate(rule.bad, 1)
]


def _render(form: str, *results: Result, **style: Any) -> str:
    return "".join(report.render(form, results, Style(**style)))


def _totals(*results_and_style: Any) -> str:
    *results, style = results_and_style
    return report.totals(sum(map(report.count, results), report.Counts()), style)


def _json(*texts: str, **style: Any) -> Any:
    results = [check(text, f"{number}.txt") for number, text in enumerate(texts, 1)]
    return json.loads(_render("json", *results, **style))


def _paragraphs(*results: Result, **style: Any) -> list[list[str]]:
    """What the text report says of each finding, without headings: paragraphs as lines."""
    rendered = _render("text", *results, verbose=True, width=10**6, **style).rstrip("\n").split("\n\n")
    return [paragraph.split("\n") for paragraph in rendered if re.match(r"\S+\[\w+\] ", paragraph)]


def _paragraph(text: str, code: str, **style: Any) -> list[str]:
    """The lines of the first paragraph that the text report has about ``code``."""
    return next(lines for lines in _paragraphs(check(text, "sheet.txt"), **style) if f"[{code}]" in lines[0])


def _under(lines: list[str], sign: str, ambiguous: int = 1) -> str:
    """What stands above the run of ``sign``, by the cells of a terminal."""
    at = next(i for i, line in enumerate(lines) if re.match(rf" +\| [ ^-]*{re.escape(sign)}", line))
    shown, marks = lines[at - 1], lines[at]
    assert shown.index("|") == marks.index("|")
    text = shown[shown.index("|") + 2 :]
    under = marks[marks.index("|") + 2 :]
    first = under.index(sign)
    last = first + len(re.match(rf"{re.escape(sign)}+", under[first:])[0])  # type: ignore[index]
    cells: list[str] = []
    for char in text:
        width = display_width(char, ambiguous)
        if width:
            cells += [char] + [""] * (width - 1)
        else:
            cells[-1] += char
    return "".join(cells[first:last])


# --- text ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_paragraph(lang: str) -> None:
    lines = _paragraph(entry_sheet(PERCENT), "GC304", language=lang)
    head, where, bar, shown, marks, advice = lines
    title, entry, write = {
        "zh": ("必须改[GC304] ", "第4项", "改为\uff1a"),
        "en": ("error[GC304] percent-out-of-range ", "entry 4", "write: "),
    }[lang]
    assert head.startswith(title)
    assert re.fullmatch(rf" --> sheet\.txt:6:\d+ · {entry}", where)
    assert bar == "  |"
    assert shown.startswith("6 | ")
    assert set(marks) == {" ", "|", "^"}
    assert advice == f"  = {write}100%"


def test_underline_stands_under_its_text() -> None:
    assert _under(_paragraph(entry_sheet(PERCENT), "GC304"), "^") == "1010%"


WIDTHS = [
    "合格率",
    "\uff21\uff22合格率",
    "e\u0301合格率",
    "「合格率」",
    "合\u3000格率",
    "\U00020bb7合格率",
    "\uff71合格率",
]


@tried_on("name", WIDTHS, ids=[ascii(name[:2]) for name in WIDTHS])
@tried_on("ambiguous", [1, 2])
def test_underline_counts_cells(name: str, ambiguous: int) -> None:
    text = entry_sheet(PERCENT.replace("工程验收合格率", name))
    assert _under(_paragraph(text, "GC304", ambiguous=ambiguous), "^", ambiguous) == "1010%"


def test_ambiguous_width_is_the_readers_choice() -> None:
    """``≥`` and ``“`` take one cell in most terminals and two in some."""
    text = entry_sheet(PERCENT.replace("工程验收合格率", "“优良”合格率").replace("100%", "≥100%"))
    narrow, wide = (_paragraph(text, "GC304", ambiguous=cells) for cells in (1, 2))
    assert narrow[3] == wide[3]
    assert len(wide[4]) > len(narrow[4])
    assert _under(narrow, "^", 1) == _under(wide, "^", 2) == "1010%"


@tried_on("text", some(EVERY_BAD, 8))
def test_marks_agree_with_spans(text: str) -> None:
    """Under every example: the underlined text is the slice of the finding, or the two ends of it."""
    result = check_strictly(text, "sheet.txt")
    assert result.source is not None
    paragraphs = _paragraphs(result)
    assert len(paragraphs) == len(result.findings)
    for finding in result.findings:
        assert finding.rule is not None
        line, column = result.source.place(finding.start)
        said = [f"[{finding.rule.code}]", sentences.message(finding, "zh"), f"sheet.txt:{line}:{column}"]
        lines = next(lines for lines in paragraphs if all(what in "\n".join(lines[:2]) for what in said))
        paragraphs.remove(lines)
        assert all(line == line.rstrip() for line in lines)
        if finding.start == finding.end:
            assert "^" in lines[4]
            continue
        marked = _under(lines, "^")
        whole = text[finding.start : finding.end].replace("\t", "⇥")
        head, elided, tail = marked.partition("…")
        assert whole == marked or (elided and whole.startswith(head) and whole.endswith(tail))


def test_lines_are_elided() -> None:
    for lines in _paragraphs(checked(SAMPLE)):
        shown = [line for line in lines[2:] if re.match(r" *\d+ \| ", line)]
        assert shown
        assert all(display_width(line) <= 80 for line in shown)
        assert any("…" in line for line in shown)


def test_short_lines_are_whole() -> None:
    text = wrap("合计⇥⟦12..5⟧⇥⇥⇥⇥⇥\n街道办事处⇥5.00⇥⇥⇥⇥⇥\n社区培训经费⇥5.00⇥⇥⇥⇥〔目标〕⇥〔指标〕\n", "row").text
    assert _paragraph(text, "GC105")[3] == "4 | 合计⇥12..5⇥⇥⇥⇥⇥"


def test_long_marked_places_are_elided_in_the_middle() -> None:
    entry = f"4、1-产出指标; {'慰问困难党员和生活困难群众' * 20}; 年度指标值:≥50人。"
    lines = _paragraph(entry_sheet(entry), "GC101")
    assert display_width(lines[3]) <= 80
    marked = _under(lines, "^") if set(lines[4]) <= {" ", "|", "^"} else lines[4]
    assert "…" in lines[3]
    assert marked


def test_second_place_on_the_same_line() -> None:
    entry = "4、2-效益指标; 31-服务对象满意度; 群众满意度; 实施周期指标值:≥80%; 年度指标值:≥80%。"
    lines = _paragraph(entry_sheet(entry), "GC203")
    assert _under(lines, "^") == "31-服务对象满意度"
    assert _under(lines, "-") == "2-效益指标"
    assert len([line for line in lines if re.match(r"\d+ \| ", line)]) == 1


def test_second_place_on_another_line() -> None:
    """The unit's row is off by exactly one project: its paragraph shows both lines."""
    rows = (
        "合计⇥20.00⇥20.00⇥⇥⇥⇥\n第一小学⇥20.00⇥20.00⇥⇥⇥⇥\n校舍维修⇥20.00⇥20.00⇥⇥⇥〔目标〕⇥〔指标〕\n"
        "教师培训⇥8.00⇥8.00⇥⇥⇥〔目标〕⇥〔指标〕\n"
    )
    lines = _paragraph(wrap(rows, "row").text, "GC402")
    numbers = [line.split(" ")[0] for line in lines if re.match(r"\d+ \| ", line)]
    assert numbers == ["5", "7"]
    assert _under(lines, "^") == "20.00"
    assert _under(lines, "-") == "8.00"
    assert next(line for line in lines if "--" in line and "-->" not in line).endswith("先核对这里")


def test_number_column_is_as_wide_as_its_widest_number() -> None:
    head, row = FAULTY.rsplit("社区培训经费", 1)
    blank = CLEAN.rsplit("社区培训经费", 1)[1].replace("5.00", "").rstrip("\n")
    text = f"{head}社区培训经费{row}" + "".join(f"项目{number}{blank}\n" for number in range(4))
    text += "社区培训经费又一项" + blank.replace(example.GOAL, "") + "\n"
    shown = [lines for lines in _paragraphs(check(text)) if "[GC501]" in lines[0]]
    assert [lines[3].split("|")[0] for lines in shown] == ["6 ", "11 "]
    for lines in shown:
        assert lines[2].index("|") == lines[3].index("|") == lines[4].index("|")


def test_empty_span_is_a_single_caret_where_something_belongs() -> None:
    entry = "4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:≥50人。"
    lines = _paragraph(entry_sheet(entry), "GC301")
    assert lines[4].count("^") == 1
    cells = display_width(lines[3][: lines[3].index("≥50人") + len("≥50人")])
    assert lines[4].index("^") == cells


def test_empty_span_at_the_end_of_a_line() -> None:
    text = wrap("合计⇥5.00⇥5.00⇥⇥⇥⇥\n街道办事处⇥5.00⇥5.00⇥⇥⇥⇥\n社区培训经费⇥5.00⇥5.00⇥⇥⇥〔目标〕\n", "row").text
    lines = _paragraph(text, "GC106")
    assert lines[4].count("^") == 1
    assert lines[4].index("^") == display_width(lines[3])


def test_help_stands_where_there_is_no_text_to_copy() -> None:
    rule = catalogue().find("GC501")
    assert rule is not None
    assert _paragraph(FAULTY, "GC501")[-1] == f"  = {rule.help.zh}"
    assert _paragraph(FAULTY, "GC501", language="en")[-1] == f"  = {rule.help.en}"


def test_totals() -> None:
    good, bad = check(CLEAN, "a"), check(FAULTY, "b")
    failed = Result("c", error=InputError("missing"))
    assert _totals(good, Style()) == "没有发现问题。查了1个文件\uff1a1个单位、1个项目、3条指标。"
    assert _totals(good, bad, Style()) == "必须改1处。查了2个文件\uff1a2个单位、2个项目、6条指标。"
    assert _totals(good, failed, Style()).endswith("\uff1b1个文件没有查成。")
    assert _totals(good, Style("en")) == "Nothing wrong in 1 file (1 unit, 1 project, 3 indicators)."
    assert _totals(bad, failed, Style("en")) == (
        "1 error in 1 file (1 unit, 1 project, 3 indicators); 1 file could not be checked."
    )
    unread = check(entry_sheet("4、1-产出指标; 慰问人数; 实施周期指标值:≥50人; 年度指标值:≥50人。"))
    assert "另有1项认不出来" in _totals(unread, Style())
    assert "1 unreadable" in _totals(unread, Style("en"))


def test_nothing_is_said_of_a_clean_sheet() -> None:
    assert _render("text", check(CLEAN), quiet=True) == _render("concise", check(CLEAN)) == ""


def test_colour_adds_codes_alone() -> None:
    plain, coloured = (_render("text", check(FAULTY), color=color) for color in (False, True))
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert coloured.count("\x1b[") == 2 * coloured.count("\x1b[0m")


# --- quoted cells --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_fault_in_a_cell_of_several_lines(newline: str) -> None:
    """The line told is the one on which the fault stands, not that on which its row begins."""
    entries = wrap("〔目标〕⇥〔指标〕", "project").text.split("\t")[-1].rstrip("\n")
    cell = entries.replace("。2、", "。\n2、").replace("。3、", "。\n3、") + "\n" + PERCENT
    text = CLEAN.replace(entries, f'"{cell}"').replace("\n", newline)
    (finding,) = _json(text)["findings"]
    line = text.split(newline)[8]
    assert (finding["line"], finding["end_line"]) == (9, 9)
    assert line[finding["column"] - 1 : finding["end_column"] - 1] == finding["text"] == "1010%"
    lines = _paragraph(text, "GC304")
    assert lines[1].startswith(" --> sheet.txt:9:")
    assert lines[3].startswith("9 | ")
    assert _under(lines, "^") == "1010%"


def test_fault_over_several_lines_is_shown_on_its_first() -> None:
    entry = "4、1-产出指标; 慰问困难\n党员人数; 实施周期指标值:≥50人; 年度指标值:≥50人。"
    entries = CLEAN.split("\t")[-1].rstrip("\n")
    text = CLEAN.replace(entries, f'"{entries}{entry}"')
    finding = next(f for f in _json(text)["findings"] if f["rule"] == "GC101")
    assert (finding["line"], finding["end_line"]) == (6, 7)
    assert "\n" in finding["text"]
    for form in ("text", "concise"):
        assert all("\r" not in line for line in _render(form, check(text)).split("\n"))
    assert _under(_paragraph(text, "GC101"), "^").startswith("4、1-产出指标; ")


# --- concise -------------------------------------------------------------------------------------------------------


@tried_on("text", some(EVERY_BAD, 8))
def test_concise_is_a_line_a_finding(text: str) -> None:
    result = check_strictly(text, "a/表.txt")
    lines = _render("concise", result).splitlines()
    findings = json.loads(_render("json", result))["findings"]
    for line, finding in zip(lines, findings, strict=True):
        place = f"{finding['line']}:{finding['column']}"
        assert line == f"a/表.txt:{place}: {finding['rule']} {finding['message']}"


# --- JSON ----------------------------------------------------------------------------------------------------------

FIELDS = {
    "total", "appropriation", "special_account", "other", "goal", "ordinal", "level1", "level2", "name", "cycle_value",
    "annual_value", "entry", "row", "sheet",
}  # fmt: skip
SHAPE = {
    "rule": str, "name": str, "severity": str, "path": str, "line": int, "column": int, "end_line": int,
    "end_column": int, "offset": int, "end_offset": int, "row": int, "page": int | None, "origin": dict | None,
    "unit": str | None, "project": str | None, "indicator": int | None, "field": str, "text": str, "message": str,
    "help": str, "related": list, "fix": dict | None, "fingerprint": str,
}  # fmt: skip
FILE = {
    "path": str, "sha256": str | None, "kind": str | None, "encoding": str | None, "layout": str | None,
    "layouts": list,
    "form": str | None,
    "taxonomy": str | None, "status": str, "lines": int, "pages": int, "rows": int, "units": int, "projects": int,
    "indicators": int, "unparsed": int, "unjudged": int, "unread": list, "remarks": list, "notes": list,
    "failures": list, "suppressed": int, "configuration": str | None, "error": str | None,
}  # fmt: skip


def _has_shape(value: dict[str, Any], shape: dict[str, Any]) -> None:
    assert list(value) == list(shape)
    for key, kind in shape.items():
        assert isinstance(value[key], kind), key
        assert not isinstance(value[key], bool), key


def test_json_of_one_clean_sheet() -> None:
    made = _json(CLEAN, language="en", taxonomy="central-2015", profile="strict")
    assert list(made) == ["version", "tool", "files", "summary", "findings"]
    assert made["version"] == 1
    assert made["tool"] == {
        "name": "goalcheck", "version": goalcheck.__version__, "rules": edition(),
        "taxonomy": "central-2015", "profile": "strict",
    }  # fmt: skip
    (file,) = made["files"]
    _has_shape(file, FILE)
    assert (file["status"], file["error"]) == ("checked", None)
    assert [file[key] for key in ("units", "projects", "indicators", "unparsed")] == [1, 1, 3, 0]
    assert [file[key] for key in ("lines", "pages", "rows", "unread", "notes")] == [6, 1, 3, [], []]
    assert made["summary"] == {
        "error": 0,
        "warning": 0,
        "info": 0,
        "fixable": 0,
        "suppressed": 0,
        "unshown": 0,
        "unjudged": 0,
    }
    assert made["findings"] == []


def test_json_of_bytes_knows_encoding_and_digest() -> None:
    data = FAULTY.encode("gb18030")
    result = goalcheck.check(data, path="b.txt")
    (file,) = json.loads(_render("json", result))["files"]
    assert (file["encoding"], file["sha256"]) == ("gb18030", hashlib.sha256(data).hexdigest())


def test_json_tells_what_was_not_read() -> None:
    """Entries that could not be read with their places, and lines set aside, so that somebody can look at them."""
    text = entry_sheet("4、1-产出指标; 慰问人数; 实施周期指标值:≥50人; 年度指标值:≥50人。") + "填表人:张三\n"
    (file,) = _json(text)["files"]
    assert (file["indicators"], file["unparsed"]) == (3, 1)
    (unread,) = file["unread"]
    lines = text.split("\n")
    assert unread["line"] == unread["end_line"] == 6
    read = lines[5][unread["column"] - 1 : unread["end_column"] - 1]
    assert read.startswith("4、1-产出指标; 慰问人数")
    assert (unread["project"], unread["indicator"]) == ("社区培训经费", 4)
    assert file["notes"] == [{"line": 7, "text": "填表人:张三"}]
    assert file["lines"] == 7


def test_json_counts_every_page_and_row() -> None:
    result = checked(SAMPLE)
    (file,) = json.loads(_render("json", result))["files"]
    text = SAMPLE.read_text(encoding="utf-8-sig")
    assert file["lines"] == len(text.splitlines())
    assert file["pages"] == sum("项目名称" in line and "绩效指标" in line for line in text.splitlines())
    assert file["rows"] == 1 + file["units"] + file["projects"]


def test_json_of_a_failed_input() -> None:
    made = json.loads(_render("json", goalcheck.check(b"", path="empty.txt"), check(FAULTY, "b.txt"), language="en"))
    failed, checked = made["files"]
    _has_shape(failed, FILE)
    assert (failed["status"], failed["sha256"], failed["encoding"]) == ("failed", None, None)
    assert failed["error"].startswith("is empty")
    assert checked["status"] == "checked"
    assert {finding["path"] for finding in made["findings"]} == {"b.txt"}


@tried_on("lang", ["zh", "en"])
@tried_on("text", some(EVERY_BAD, 8))
def test_json_findings(text: str, lang: str) -> None:
    made = json.loads(_render("json", check_strictly(text, "1.txt"), language=lang))
    lines = text.split("\n")
    assert made["findings"]
    for finding in made["findings"]:
        _has_shape(finding, SHAPE)
        rule = catalogue().find(finding["rule"])
        assert rule is not None
        assert (finding["name"], finding["severity"]) == (rule.name, rule.severity.label)
        assert finding["field"] in FIELDS
        assert text[finding["offset"] : finding["end_offset"]] == finding["text"]
        for place in (finding, *finding["related"]):
            start = sum(len(line) + 1 for line in lines[: place["line"] - 1]) + place["column"] - 1
            end = sum(len(line) + 1 for line in lines[: place["end_line"] - 1]) + place["end_column"] - 1
            assert place is not finding or (start, end) == (finding["offset"], finding["end_offset"])
            assert 0 <= start <= end <= len(text)
            assert place["message"].strip()
        for related in finding["related"]:
            assert list(related) == [*list(SHAPE)[4:13], "message"]
        if finding["fix"] is not None:
            assert list(finding["fix"]) == ["safety", "edits"]
            assert finding["fix"]["safety"] == rule.fix
            for edit in finding["fix"]["edits"]:
                assert list(edit) == ["offset", "end_offset", "text"]
                assert 0 <= edit["offset"] <= edit["end_offset"] <= len(text)
    assert made["summary"]["error"] == sum(f["severity"] == "error" for f in made["findings"])


def test_where_a_finding_was_found() -> None:
    spaced = entry_sheet(PERCENT).replace("社区培训经费", "社区培 训经费").replace("街道办事处", "街道 办事处")
    (finding,) = [f for f in _json(spaced)["findings"] if f["rule"] == "GC304"]
    assert (finding["unit"], finding["project"], finding["indicator"]) == ("街道办事处", "社区培训经费", 4)
    assert finding["field"] == "annual_value"
    rows = "合计⇥⟦30.00⟧⇥⟦30.00⟧⇥⇥⇥⇥\n第一小学⇥12.00⇥12.00⇥⇥⇥⇥\n校舍维修⇥12.00⇥12.00⇥⇥⇥〔目标〕⇥〔指标〕\n"
    finding = next(f for f in _json(wrap(rows, "row").text)["findings"] if f["rule"] == "GC401")
    assert (finding["unit"], finding["project"], finding["indicator"], finding["field"]) == (None, None, None, "total")


def test_findings_are_sorted() -> None:
    mixed = wrap(f"⇥〔指标〕{PERCENT}5、1-产出指标; 19-数量指标; 人数; 实施周期指标值:≥≥50人。", "project").text
    made = _json(mixed, FAULTY, SAMPLE.read_text(encoding="utf-8-sig"))
    order = [(finding["path"], finding["offset"], finding["rule"]) for finding in made["findings"]]
    assert order == sorted(order)
    assert len(order) > 10


def test_summary_counts_every_finding() -> None:
    made = json.loads(_render("json", checked(SAMPLE)))
    for severity in ("error", "warning", "info"):
        assert made["summary"][severity] == sum(f["severity"] == severity for f in made["findings"])
    safe = sum(f["fix"] is not None and f["fix"]["safety"] == "safe" for f in made["findings"])
    assert made["summary"]["fixable"] == safe


# --- fingerprints --------------------------------------------------------------------------------------------------


def _prints(text: str) -> list[tuple[str, str]]:
    return [(finding["rule"], finding["fingerprint"]) for finding in _json(text)["findings"]]


SEVERAL = wrap(
    f"⇥〔指标〕{PERCENT}5、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:≥50人。6、2-效益指标; 31-服务对象满意度; "
    "群众满意度; 实施周期指标值:≥80%; 年度指标值:≥80%。",
    "project",
).text


@tried_on(
    "change",
    [
        lambda text: text.replace("单位:万元\n", "单位:万元\n部门名称:某街道\n\n"),
        lambda text: f"\n\n{text}",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"{text}\n第 1 页, 共 1 页\n",
        lambda text: text.replace("社区培训经费", "社区培 训经费"),
        lambda text: text.replace("街道办事处", "街道办 事处"),
        lambda text: text.replace("31-服务对象满意度; 群众", "31-服务对象 满意度; 群众"),
        lambda text: text.replace("1010%", "1010 %"),
        lambda text: text.replace("\t5.00\t5.00", "\t5. 00\t5. 00"),
        lambda text: text.replace("工程验收合格率", "工程 验收合格率"),
    ],
    ids=["line-above", "blank-lines", "CRLF", "footer", "project", "unit", "class", "value", "amounts", "name"],
)
def test_fingerprints_outlive_moved_lines_and_stray_spaces(change: Any) -> None:
    changed = change(SEVERAL)
    assert changed != SEVERAL
    core = {"GC501", "GC304", "GC301", "GC203"}
    before, after = ([p for p in _prints(text) if p[0] in core] for text in (SEVERAL, changed))
    assert before == after
    assert {code for code, _ in before} == core


def test_fingerprints_outlive_a_project_put_before() -> None:
    row = CLEAN.split("\n")[-2].replace("社区培训经费", "绿化养护经费").replace("5.00", "")
    changed = SEVERAL.replace("社区培训经费", f"{row}\n社区培训经费")
    assert set(_prints(SEVERAL)) <= set(_prints(changed))


def test_fingerprints_tell_fields_apart() -> None:
    entry = PERCENT.replace("100%", "1010%").replace("11010%", "1010%")
    first, second = _json(entry_sheet(entry))["findings"]
    assert (first["text"], second["text"], first["rule"]) == ("1010%", "1010%", second["rule"])
    assert (first["field"], second["field"]) == ("cycle_value", "annual_value")
    assert first["fingerprint"] != second["fingerprint"]


def test_identical_findings_are_numbered() -> None:
    row = FAULTY.split("\n")[-2].replace("5.00", "")
    text = FAULTY + f"{row}\n{row}\n"
    prints = [print_ for code, print_ in _prints(text) if code == "GC501"]
    assert len(set(prints)) == 3
    assert [print_.removeprefix(prints[0]) for print_ in prints] == ["", "-2", "-3"]


@tried_on("text", some(EVERY_BAD, 8))
def test_fingerprints_are_unique_in_a_sheet(text: str) -> None:
    prints = [print_ for _, print_ in _prints(text)]
    assert len(set(prints)) == len(prints)
    assert prints == [print_ for _, print_ in _prints(text)]


def test_fingerprints_speak_no_language() -> None:
    zh, en = (_json(SEVERAL, language=lang)["findings"] for lang in ("zh", "en"))
    assert [f["fingerprint"] for f in zh] == [f["fingerprint"] for f in en]
    assert [f["message"] for f in zh] != [f["message"] for f in en]


# --- public API ----------------------------------------------------------------------------------------------------


def test_check_takes_text_and_bytes() -> None:
    by_text = goalcheck.check(FAULTY)
    by_bytes = goalcheck.check(FAULTY.encode("utf-16"), path="b.txt")
    for result, path in ((by_text, "<text>"), (by_bytes, "b.txt")):
        assert isinstance(result, goalcheck.Result)
        assert isinstance(result.sheet, goalcheck.Sheet)
        assert (result.path, result.error) == (path, None)
        (finding,) = result.findings
        assert isinstance(finding, goalcheck.Finding)
        assert isinstance(finding.rule, goalcheck.Rule)
        assert finding.rule.code == "GC501"
    assert [f.start for f in by_text.findings] == [f.start for f in by_bytes.findings]


@pytest.mark.parametrize("kind", [str, Path])
def test_check_file(tmp_path: Path, kind: type) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(FAULTY.encode("gb18030"))
    result = goalcheck.check_file(kind(path))
    assert (result.path, len(result.findings)) == (str(path), 1)
    assert result.source is not None
    assert result.source.encoding == "gb18030"


@pytest.mark.usefixtures("pdf_read_here")
@tried_on(
    ("given", "key"),
    [
        ("", "empty"),
        (b"", "empty"),
        (" \n", "empty"),
        ("第一行\n", "no-sheet"),
        (CLEAN + "\0", "nul"),
        (b"%PDF-1.4", "incomplete-pdf"),
        (b"PK\x03\x04", "incomplete-package"),
        (b"\x81\xff\xfe\x80", "undecodable"),
        (CLEAN + "x" * 1_000_001, "long-cell"),
    ],
    ids=["text", "bytes", "blank", "no-sheet", "nul", "pdf", "workbook", "binary", "long"],
)
def test_check_gives_errors_and_raises_none(given: str | bytes, key: str) -> None:
    result = goalcheck.check(given)
    assert result.error is not None
    assert (result.error.key, result.sheet, result.findings) == (key, None, ())


@pytest.mark.parametrize(("name", "key"), [("nowhere.txt", "missing"), (".", "no-files"), ("a\0b", "unreadable")])
def test_check_file_gives_errors_and_raises_none(tmp_path: Path, name: str, key: str) -> None:
    result = goalcheck.check_file(f"{tmp_path}/{name}")
    assert result.error is not None
    assert (result.error.key, result.findings) == (key, ())


def test_a_wrong_sum_costs_no_more_than_its_rows() -> None:
    """Four times the rows cost about four times as much, not sixteen."""

    def cost(rows: int) -> int:
        row = CLEAN.split("\n")[-2].replace("社区培训经费", "绿化养护经费{}").replace("5.00", "1.07")
        text = CLEAN + "".join(row.format(number) + "\n" for number in range(rows))
        assert check(text).findings
        return calls(lambda: check(text))

    assert cost(120) < 4 * cost(30) * 1.25
