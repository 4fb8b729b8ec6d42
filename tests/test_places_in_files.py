"""Where a finding is, in the terms of the file that the text was made from: worksheet and cell, table, page."""

from __future__ import annotations

import json
from pathlib import Path

from helpers import ROOT

from goalcheck.catalogue.load import catalogue
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import default_plan
from goalcheck.engine.result import Result
from goalcheck.readers.table_text import Fragment, TableText
from goalcheck.report import Style, render
from goalcheck.source import CellOrigin


def result(*tables: tuple[str | None, Path], hidden: bool = False, gap: bool = False) -> Result:
    """What is found in a workbook, or a document, with these tables."""
    made = TableText()
    for name, path in tables:
        made.table(name)
        for number, line in enumerate(path.read_text("utf-8").rstrip("\n").split("\n"), 1):
            made.row(number, line.split("\t"))
    if hidden:
        made.hidden(rows=(3, 4, 5, 8), columns=(28,), whole=True)
    if gap:
        made.remark("hidden-sheet", is_gap=True, sheet="部门")
    return check_source(made.source(b"", "表.xlsx", "xlsx"), default_plan(catalogue()))


EXPORT = ROOT / "samples" / "export.txt"
FORM = ROOT / "samples" / "project-form.txt"


def text(made: Result, name: str = "text", *, verbose: bool = False) -> str:
    return "".join(render(name, [made], Style("zh", verbose=verbose)))


def test_findings_of_a_workbook_name_their_cells() -> None:
    made = result(("部门", EXPORT), ("河道", FORM))
    brief = text(made)
    assert "\uff08部门 第4、8、10-12行\uff1b河道 第5、13、16、17、28、\n     32-34行\uff09" in brief
    assert "\n部门 第5行 道路路灯维护\n  必须改 GC303 I8\uff1a" in brief
    assert "\uff08B16\uff1a" in brief  # a second place
    assert "改法同部门 第11行。" in brief
    assert "goalcheck fix" not in brief  # which writes no workbooks
    assert "goalcheck annotate 表.xlsx\uff1a" in brief
    assert "\n表.xlsx:河道!C5: GC403 " in text(made, "concise")
    assert "\n --> 表.xlsx 部门!I8\n  |\n8 | " in text(made, verbose=True)
    report = json.loads(text(made, "json"))
    assert (report["files"][0]["kind"], report["files"][0]["encoding"]) == ("xlsx", None)
    found = next(f for f in report["findings"] if f["rule"] == "GC303")
    assert found["origin"] == {"kind": "cell", "sheet": "部门", "cell": "I8", "start": 0, "end": 2}
    assert found["row"] == 8


def test_findings_of_a_document_name_table_row_and_column() -> None:
    made = result((None, EXPORT), (None, FORM))
    assert "\n表2 第3行 河道日常保洁\n  必须改 GC403 第5行 第3列\uff1a" in text(made)
    assert "\n表.xlsx:表1 第8行 第9列: GC303 " in text(made, "concise")


def test_of_two_tables_on_a_page_it_is_told_which_is_meant() -> None:
    made = TableText()
    for page, path in ((1, FORM), (2, FORM), (2, FORM)):
        made.table()
        for number, line in enumerate(path.read_text("utf-8").rstrip("\n").split("\n"), 1):
            cells = line.split("\t")
            printed = {at: [Fragment(0, page, number, (0, 0, 9, 9))] for at in range(len(cells))}
            made.row(number, cells, printed)
    found = check_source(made.source(b"", "表.pdf", "pdf"), default_plan(catalogue()))
    brief = text(found)
    for table in ("第1页", "第2页 表2", "第2页 表3"):
        assert f"\n{table} 第3行 河道日常保洁\n  必须改 GC403 第5行\uff1a" in brief
    assert "\n表.pdf:第2页 表3 第5行: GC403 " in text(found, "concise")


def test_every_origin_holds_what_the_finding_says() -> None:
    made = result(("部门", EXPORT), ("河道", FORM))
    assert made.source is not None
    rows = {"部门": EXPORT, "河道": FORM}
    for finding in made.findings:
        origin = made.source.where(finding.start, finding.end).origin
        if isinstance(origin, CellOrigin) and finding.text:
            column, row = ord(origin.cell[0]) - ord("A"), int(origin.cell[1:])
            cell = rows[origin.sheet].read_text("utf-8").split("\n")[row - 1].split("\t")[column]
            assert cell[origin.start : origin.end] == finding.text


def test_what_is_said_of_the_file() -> None:
    made = result(("部门", EXPORT), hidden=True)
    assert "\n  文件\uff1a工作表“部门”是隐藏的\uff0c也查了\n" in text(made)
    assert "\n  文件\uff1a工作表“部门”里第3-5\u30018行是隐藏的\uff0c也查了\n" in text(made)
    assert "\n  文件\uff1a工作表“部门”里AB列是隐藏的\uff0c也查了\n" in text(made)
    assert made.status == "checked"
    sound = result(("部门", ROOT / "samples" / "export-sound.txt"), hidden=True)
    assert "工作表“部门”是隐藏的" in text(sound)
    lacking = result(("部门", EXPORT), gap=True)
    assert lacking.status == "partial"
    assert "\n  没有检查\uff1a工作表“部门”是隐藏的" in text(lacking)
    assert json.loads(text(lacking, "json"))["files"][0]["remarks"][0]["is_gap"]


def test_a_blank_class_is_carried_down_by_the_merge() -> None:
    """A blank below a merged cell is part of it; one below that was left blank. Without any merge blanks carry on."""
    rows = ["项目名称\t道路养护", "一级指标\t二级指标\t三级指标\t指标值", "产出指标\t数量指标\t里程\t\u22658公里"]
    rows += ["\t\t座数\t\u22652座", "\t\t频次\t\u22651次/周"]
    made = TableText()
    made.table("表")
    for number, line in enumerate(rows, 1):
        made.row(number, line.split("\t"))
    blank = classes(made)
    assert blank == ["数量指标"] * 3
    made.merge(3, 1, 3, 1)
    made.merge(3, 2, 2, 1)
    assert classes(made) == ["数量指标", "数量指标", ""]


def classes(made: TableText) -> list[str]:
    """The second levels of the only project."""
    sheet = check_source(made.source(b"", "表.xlsx", "xlsx"), default_plan(catalogue())).sheet
    assert sheet is not None
    (project,) = sheet.projects
    return [indicator.level2.label for indicator in project.indicators]


def test_what_is_most_like_a_header_is_told_by_its_row_of_the_worksheet() -> None:
    made = TableText()
    made.table("表")
    made.row(2, ["2024年项目表"])
    made.row(7, ["项目名", "金额", "绩效指标"])
    found = check_source(made.source(b"", "表.xlsx", "xlsx"), default_plan(catalogue()))
    assert found.error is not None
    assert (found.error.key, found.error.figures["line"]) == ("no-sheet-header-misread", 7)
