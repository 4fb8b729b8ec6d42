"""The 整改清单 as a workbook: its rows are the findings of ``json``, and it can be filtered, filled in and printed."""

from __future__ import annotations

import io
import json
import re
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from helpers import (
    CLEAN,
    FAULTY,
    PERCENT,
    ROOT,
    SAMPLE,
    check,
    check_strictly,
    checked,
    entry_sheet,
    goalcheck_here,
    tried_on,
)
from libre_office import converted, needs_libre_office
from strict_office import assert_sound, parts

from goalcheck import report
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.files import archive
from goalcheck.prose import sentences
from goalcheck.report import Style, long_sheet, spool
from goalcheck.report.codes import parted
from goalcheck.report.formats import xlsx
from goalcheck.report.spreadsheet import MOST_LINES, divided, lines_of

HEADS = [
    "序号", "单位编码", "单位", "项目编码", "项目", "第几项", "位置", "问题", "严重程度", "依据", "建议改为",
    "整改情况", "责任人", "备注",
]  # fmt: skip
SEVERITIES = {"必须改": "error", "应当改": "warning", "可以改": "info"}
FILES = ("liwan-jinhua.xlsx", "export.xls", "export.docx", "project-form.ods", "two-values.html")


def _written(*results: Result, lang: str = "zh", **style: Any) -> bytes:
    return b"".join(report.render("xlsx", results, Style(lang, **style)))


def _book(data: bytes) -> Any:
    assert_sound(data)
    return openpyxl.load_workbook(io.BytesIO(data))


def _rows(sheet: Any) -> Iterator[dict[str, Any]]:
    """The rows of a worksheet below its head, by the names of the columns."""
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    for row in rows:
        yield dict(zip(head, row, strict=True))


def _in_the_list(rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What rows say, as far as a finding in JSON says it as well."""
    keys = ("单位", "项目", "第几项", "问题")
    said = [(row["依据"][:5], SEVERITIES[row["严重程度"]], *(row[key] or None for key in keys)) for row in rows]
    return [
        (*told, sentences.plain(row["建议改为"]), _place(row["位置"])) for told, row in zip(said, rows, strict=True)
    ]


def _in_json(*results: Result) -> list[tuple[Any, ...]]:
    """The same of the findings in JSON."""
    told = []
    for finding in json.loads("".join(report.render("json", results, Style())))["findings"]:
        named = (parted(finding[key] or "")[1] or None for key in ("unit", "project"))
        keys = finding["rule"], finding["severity"], *named, finding["indicator"], finding["message"]
        origin = finding["origin"]
        place = f"{origin['sheet']}!{origin['cell']}" if origin and origin["kind"] == "cell" else None
        told.append((*keys, finding["help"].removeprefix("改为\uff1a"), place))
    return told


def _place(said: str) -> str | None:
    return said if "!" in said else None


@tried_on("name", FILES)
def test_rows_are_the_findings_of_json(name: str) -> None:
    result = checked(ROOT / "samples" / "files" / name)
    rows = [*_rows(_book(_written(result))["整改清单"])]
    assert [*rows[0]] == HEADS
    assert [row["序号"] for row in rows] == [*range(1, len(result.findings) + 1)]
    assert _in_the_list(rows) == _in_json(result)


@pytest.mark.slow
@needs_libre_office
@pytest.mark.parametrize("name", FILES[:2])
def test_libre_office_reads_the_same_rows(name: str, tmp_path: Path) -> None:
    result = checked(ROOT / "samples" / "files" / name)
    (tmp_path / "a.xlsx").write_bytes(_written(result))
    (tmp_path / "made").mkdir()
    book = openpyxl.load_workbook(io.BytesIO(converted(tmp_path / "a.xlsx", "xlsx", tmp_path / "made")))
    assert _in_the_list([*_rows(book["整改清单"])]) == _in_json(result)
    assert book.sheetnames == ["整改清单", "修改意见", "汇总"]
    assert book["整改清单"]["G2"].hyperlink is not None


def test_several_inputs_have_a_column_with_their_names() -> None:
    results = [
        check(FAULTY, "甲.txt"),
        check(entry_sheet(PERCENT), "乙/b.txt"),
        Result("gone.txt", error=InputError("empty")),
    ]
    rows = [*_rows(_book(_written(*results))["整改清单"])]
    assert [row["文件"] for row in rows] == ["甲.txt", "乙/b.txt"]
    assert [*rows[0]] == [*HEADS[:6], "文件", *HEADS[6:]]
    assert [told[:-1] for told in _in_the_list(rows)] == [told[:-1] for told in _in_json(*results)]


def test_it_can_be_filtered_filled_in_and_printed() -> None:
    book = _book(_written(checked(SAMPLE)))
    sheet = book["整改清单"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:N259")
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("L2:L259", '"未整改,整改中,已整改,无需整改"')
    assert sheet.column_dimensions["B"].hidden, "nobody prints an empty column"
    for one in book:
        assert one.page_setup.paperSize == 9
        assert (one.page_setup.fitToHeight, one.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert [one.page_setup.orientation for one in book] == ["landscape", "landscape", "portrait"]
    assert [one.print_title_rows for one in book] == ["$1:$1", "$1:$1", None]
    for row in sheet.iter_rows(min_row=2):
        needed = max(
            lines_of(str(cell.value), sheet.column_dimensions[cell.column_letter].width) for cell in row if cell.value
        )
        assert sheet.row_dimensions[row[0].row].height >= 15 * needed, "no line is cut off in print"
        assert all(cell.alignment.wrap_text for cell in row)


def test_codes_have_columns_of_their_own() -> None:
    rows = [*_rows(_book(_written(checked(ROOT / "samples" / "export.txt")))["整改清单"])]
    assert {(row["单位编码"], row["单位"]) for row in rows} == {
        ("620", "东冈镇部门"),
        ("620001", "平湖县东冈镇人民政府"),
    }
    head = "单位编码\t单位名称\t项目编码\t项目名称\t预算数\t年度目标\t一级指标\t二级指标\t三级指标\t指标值\t权重\n"
    row = "101003\t南浦县水务局\t440103221\t河道保洁\t12.00\t\t产出指标\t数量指标\t保洁长度\t≥30公里\t10\n"
    found = [
        *_rows(_book(_written(check(f"项目支出绩效目标表(2025年度)\n金额单位\uff1a万元\n{head}{row}")))["整改清单"])
    ]
    assert ("101003", "440103221") in {(row["单位编码"], row["项目编码"]) for row in found}
    form = (ROOT / "samples" / "project-form.txt").read_text(encoding="utf-8")
    form = form.replace("主管部门\t南浦县水务局\t", "项目编码\t4401-22\t", 1)
    found = [*_rows(_book(_written(check(form)))["整改清单"])]
    assert "4401-22" in {row["项目编码"] for row in found}


HOSTILE = (
    '=HYPERLINK("http://x")',
    "+1",
    "-1+2",
    "@SUM(A1)",
    "http://x.cn",
    "mailto:a@b",
    "internal:A1",
    "_x000D_",
    "a\u202eb",
)


def test_nothing_of_a_sheet_becomes_a_formula_or_a_link() -> None:
    for text in HOSTILE:
        data = _written(
            check(FAULTY.replace("社区培训经费", text).replace("街道办事处", f"{text}街道办事处"), f"{text}.txt")
        )
        book = _book(data)
        kinds = {
            cell.data_type
            for sheet in (book["整改清单"], book["修改意见"])
            for row in sheet.iter_rows()
            for cell in row
        }
        assert kinds <= {"s", "n"}, text
        held = parts(data)
        assert b"<f>" not in held["xl/worksheets/sheet1.xml"] + held["xl/worksheets/sheet2.xml"]
        linked = [cell.coordinate for row in book["整改清单"].iter_rows() for cell in row if cell.hyperlink]
        assert linked == (["G2"] if text.isprintable() else [])
        assert b"<hyperlink" not in held["xl/worksheets/sheet2.xml"]


def test_links_lead_from_the_report_to_the_place(tmp_path: Path) -> None:
    (tmp_path / "表 #1").mkdir()
    (tmp_path / "out").mkdir()
    source = (ROOT / "samples" / "files" / "export.xlsx").read_bytes()
    (tmp_path / "表 #1" / "a'[1].xlsx").write_bytes(source)
    run = goalcheck_here("lint", "表 #1/a'[1].xlsx", "--format", "xlsx", "-q", "-o", "out/清单.xlsx", cwd=tmp_path)
    assert (run.status, run.out, run.err) == (1, b"", b"")
    book = _book((tmp_path / "out" / "清单.xlsx").read_bytes())
    link = book["整改清单"]["G2"].hyperlink
    assert (link.target, link.location) == ("..\\表%20%231\\a'%5b1%5d.xlsx", "'Sheet1'!C4")
    assert book["整改清单"]["G2"].value == "Sheet1!C4"
    piped = goalcheck_here("lint", "-", "--format", "xlsx", stdin=source, cwd=tmp_path)
    assert _book(piped.out)["整改清单"]["G2"].hyperlink is None, "standard input is no file"


def test_a_project_has_one_opinion() -> None:
    result = checked(SAMPLE)
    rows = [*_rows(_book(_written(result))["修改意见"])]
    assert [*rows[0]] == ["单位编码", "单位名称", "项目编码", "项目名称", "修改意见"]
    projects = [row["项目名称"] for row in rows if not row["项目名称"].startswith("\uff08整")]
    assert len(set(projects)) == len({finding.project for finding in result.findings} - {None})
    lines = [line for row in rows for line in row["修改意见"].removeprefix("\uff08续\uff09").split("\n")]
    times = [int(found[1]) if (found := re.search(r"^\d+\. 有(\d+)处\uff1a", line)) else 1 for line in lines]
    assert sum(times) == len(result.findings)
    assert any(". 有2处\uff1a“3, 111. 77”里" in line for line in lines), "the same of two cells is said once"
    told = sorted(sentences.message(finding, "zh") for finding in result.findings)
    assert all(any(message in line for line in lines) for message in told)
    assert ". 第4项\uff1a“社区居民幸福指数”缺年度指标值。补上" in "\n".join(lines)


def test_an_opinion_says_of_what_it_is() -> None:
    """What is said of no project bears the name of its unit or of its file, and stands together."""
    amounts = (ROOT / "samples" / "amount.txt").read_text(encoding="utf-8")
    nameless = (ROOT / "tests" / "sheets" / "14-blank-template.tsv").read_text(encoding="utf-8")
    results = [check(amounts, "甲/a.txt"), check(nameless, "b.txt")]
    rows = [*_rows(_book(_written(*results, several=True))["修改意见"])]
    (whole,) = [row for row in rows if row["项目名称"] == "\uff08整张表\uff1a甲/a.txt\uff09"]
    assert whole["单位名称"] is None, "it has several units"
    assert whole["修改意见"].startswith("1. 第4行\uff08第1页\uff09\uff1a合计行的")
    of_units = [row["单位名称"] for row in rows if row["项目名称"] == "\uff08整个单位\uff09"]
    assert len(of_units) == len({*of_units}) == 4
    assert [row["项目名称"] for row in rows][-1:] == ["残疾人康复服务项目"], "a form says all of its project"
    assert all(row["项目名称"] for row in rows)


def test_a_long_opinion_goes_on_in_a_further_row() -> None:
    lines = [f"{number}. {'长' * 60}" for number in range(100)]
    texts = [*divided(lines, 96)]
    assert [line for text in texts for line in text.split("\n")] == lines
    assert len(texts) > 3
    assert all(lines_of(text, 96) <= MOST_LINES for text in texts)


def test_the_summary_counts_what_json_counts() -> None:
    results = [
        check_strictly(entry_sheet(PERCENT), "a.txt"),
        check(CLEAN, "b.txt"),
        Result("c.txt", error=InputError("empty")),
    ]
    counted = json.loads("".join(report.render("json", results, Style())))["summary"]
    cells = [[cell.value for cell in row] for row in _book(_written(*results))["汇总"].iter_rows()]
    (total,) = [row for row in cells if row[0] == "合计" and row[5] is None]
    assert total[1:5] == [counted["error"], counted["warning"], counted["info"], sum(total[1:4])]
    files = {row[0]: row for row in cells}
    assert [files[name][1] for name in ("a.txt", "b.txt", "c.txt")] == ["查完了", "查完了", "没有查成"]
    assert any(str(row[0]).startswith("c.txt\n") for row in cells), "what was not checked is said"
    states = [row for row in cells if row[0] in ("未整改", "整改中", "已整改", "无需整改", "还没有填")]
    assert all(str(row[1]).startswith("=") for row in states)
    assert any(name.startswith("xl/charts/") for name in parts(_written(*results)))


def test_nothing_wrong_is_a_workbook_as_well() -> None:
    book = _book(_written(check(CLEAN)))
    assert [sheet.max_row for sheet in book][:2] == [1, 1]
    assert not any(name.startswith("xl/charts/") for name in parts(_written(check(CLEAN))))


def test_more_findings_than_a_worksheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 100)
    result = checked(SAMPLE)
    book = _book(_written(result))
    names = ["整改清单", "整改清单2", "整改清单3"]
    assert [name for name in book.sheetnames if name.startswith("整")] == names
    assert [row["序号"] for name in names for row in _rows(book[name])] == [*range(1, 259)]
    formula = next(cell.value for row in book["汇总"].iter_rows() for cell in row if str(cell.value).startswith("=C"))
    assert formula.count("COUNTIF") == 3


def test_texts_are_where_every_program_looks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    result = checked(SAMPLE)
    usual = _written(result)
    assert not any(b"inlineStr" in part for part in parts(usual).values())
    monkeypatch.setattr(long_sheet, "_MOST_KNOWN", 3)
    monkeypatch.setattr(spool, "_IN_MEMORY", 100)
    data = _written(result)
    assert len(parts(data)["xl/sharedStrings.xml"]) > len(parts(usual)["xl/sharedStrings.xml"])
    first, second = _book(usual), _book(data)
    assert [[*sheet.values] for sheet in first] == [[*sheet.values] for sheet in second]


def test_more_links_than_a_worksheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_sheet, "MOST_LINKS", 100)
    sheet = _book(_written(checked(SAMPLE)))["整改清单"]
    places = [row[6] for row in sheet.iter_rows(min_row=2)]
    assert [place.hyperlink is not None for place in places] == [True] * 100 + [False] * 158
    assert all(place.value for place in places)


@pytest.mark.slow
def test_memory_hardly_grows_with_the_number_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_IN_MEMORY", 10_000)
    style = Style(several=True)
    part = report.part(report.FORMATS["xlsx"], checked(SAMPLE), style)
    peaks = []
    for number in (10, 40):
        tracemalloc.start()
        assert b"".join(xlsx.whole([part] * number, style))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 30 * 258 * 400, "a finding more costs little but its bytes in the file"


def test_it_speaks_english() -> None:
    book = _book(_written(check(FAULTY, "a.txt"), lang="en"))
    assert book.sheetnames == ["Findings", "Opinions", "Summary"]
    (row,) = _rows(book["Findings"])
    assert (row["Severity"], row["What is wrong"].isascii()) == ("error", False)
    assert row["Based on"].startswith("GC501: ")


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(FAULTY, encoding="utf-8")
    made = {goalcheck_here("lint", ".", "--format", "xlsx", "-j", jobs, cwd=tmp_path).out for jobs in "112"}
    assert len(made) == 1


def test_a_list_that_was_filled_in_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, encoding="utf-8")
    asked = ("lint", ".", "--format", "xlsx", "-q", "-o", "清单.xlsx", "--lang", "en")
    for _ in range(2):
        run = goalcheck_here(*asked, cwd=tmp_path)
        assert (run.status, run.err) == (1, b""), "one that nobody has touched is replaced, and never checked"
    book = openpyxl.load_workbook(tmp_path / "清单.xlsx")
    book["整改清单" if "整改清单" in book.sheetnames else "Findings"]["L2"] = "done"
    book.save(tmp_path / "清单.xlsx")
    filled = (tmp_path / "清单.xlsx").read_bytes()
    run = goalcheck_here(*asked, cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert (tmp_path / "清单.xlsx").read_bytes() == filled
    run = goalcheck_here("lint", ".", "--lang", "en", cwd=tmp_path)
    assert (run.status, run.err) == (1, b"")
    assert "1 other file in a folder, no sheet, empty or a marked copy, was passed over" in " ".join(run.text.split())
    run = goalcheck_here("lint", "清单.xlsx", "--lang", "en", cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert "list of findings that goalcheck has written" in run.complaints[0]
    assert "GC501" in goalcheck_here("convert", "清单.xlsx", cwd=tmp_path).text


def test_a_missing_extra_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    (tmp_path / "a.txt").write_text(FAULTY, encoding="utf-8")
    run = goalcheck_here("lint", "a.txt", "--format", "xlsx", "-o", "b.xlsx", cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert 'pip install "goalcheck[office]"' in run.complaints[0]
    assert not (tmp_path / "b.xlsx").exists()


def test_it_is_never_written_to_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, encoding="utf-8")
    run = goalcheck_here("lint", "a.txt", "--format", "xlsx", terminal=True, cwd=tmp_path)
    assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)


def test_a_broken_seal_is_seen() -> None:
    data = _written(check(FAULTY))
    assert archive.is_sealed(data)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w") as other:
            for info in file.infolist():
                other.writestr(info, file.read(info).replace(b"GC501", b"GC502"))
    assert not archive.is_sealed(again.getvalue())
    assert not archive.is_sealed(data[:-1])
    assert not archive.is_sealed(b"PK\x03\x04")
