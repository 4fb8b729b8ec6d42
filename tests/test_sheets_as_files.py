"""The same sheet in every kind of file, with cells merged as offices do, says the same and is judged the same."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from helpers import ROOT, SAMPLE, goalcheck, some, tried_on
from makers import MAKERS, Number, Table, pdf
from office_files import counts_of, errors_of, result_of, rows_of
from pdf_files import Style
from sample_files import FILES, MERGED, REAL, areas, as_number, contents, files, table

from goalcheck.engine.result import Result
from goalcheck.report import tree
from goalcheck.source import CellOrigin, PageOrigin, TableOrigin, column_letters

pytestmark = pytest.mark.usefixtures("pdf_read_here")


def test_the_samples_are_what_is_made_of_their_texts() -> None:
    """If not, ``python tests/update_golden.py`` makes them anew."""
    made = dict(files())
    assert {file.name for file in FILES.iterdir()} == set(made)
    for name, data in made.items():
        assert contents((FILES / name).read_bytes()) == contents(data), name
    assert sum(file.stat().st_size for file in FILES.iterdir()) < 500_000


def test_another_program_opens_the_workbooks() -> None:
    for file in FILES.glob("*.xlsx"):
        sheet = openpyxl.load_workbook(file).active
        rows = [[cell for cell in row if cell] for row in rows_of(ROOT / "samples" / f"{file.stem}.txt")]
        seen = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        assert [len(row) for row in seen] == [len(row) for row in rows]


def indicators(tree: Any) -> list[tuple[object, ...]]:
    """All indicators of a printed tree: names, classes, values."""
    if isinstance(tree, dict) and tree.get("kind") == "indicator":
        parts = (tree[part] for part in ("level1", "level2", "name", "cycle_value", "annual_value"))
        return [tuple(part["text"].replace('""', '"') if part else None for part in parts)]  # as CSV writes them
    below = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [found for part in below for found in indicators(part)]


@pytest.fixture(scope="module")
def told() -> tuple[object, ...]:
    return said_by_command(SAMPLE)


def said_by_command(path: Path) -> tuple[object, ...]:
    """What the command says of a sheet: status, indicators, errors by rule, project and indicator."""
    parsed, linted = goalcheck("parse", path), goalcheck("lint", path, "--format", "json")
    assert (parsed.status, parsed.err, linted.err) == (0, b"", b"")
    errors = [
        [found[key] for key in ("rule", "unit", "project", "indicator", "text")]
        for found in json.loads(linted.text)["findings"]
        if found["severity"] == "error"
    ]
    return linted.status, indicators(json.loads(parsed.text)), errors


@pytest.mark.parametrize("kind", MAKERS)
def test_the_real_sheet_says_the_same_in_every_kind_of_file(
    tmp_path: Path, kind: str, told: tuple[object, ...]
) -> None:
    path = tmp_path / f"表.{kind}"
    path.write_bytes(MAKERS[kind]([table(REAL)]))
    assert said_by_command(path) == told


FIELD = {
    "01-road-block": (
        "A2:H2 A3:H3 A4:B4 C4:D4 E4:F4 G4:H4 A5:B5 C5:D5 E5:F5 G5:H5 A6:B8 C6:D6 E6:H6 C7:D7 E7:H7 C8:D8 E8:H8 A9:B10 "
        "C9:H9 C10:H10 A11:A17 B12:B16 C12:C13 E11:H11 E12:H12 E13:H13 E14:H14 E15:H15 E16:H16 E17:H17"
    ),
    "03-school-two-panes": (
        "A1:G1 A2:G2 B3:G3 B4:C4 E4:G4 B5:C5 E5:G5 A6:A8 E6:G6 E7:G7 E8:G8 A9:A10 B9:C9 D9:G9 B10:C10 D10:G10 A11:G11"
    ),
    "04-school-transfer": (
        "A1:E1 A2:E2 B3:E3 D4:E4 A5:A6 C5:E5 C6:E6 A7:A8 B7:E7 B8:E8 A9:A18 B10:B15 C11:C12 C13:C14 B16:B18 C17:C18"
    ),
    "06-town-flat-export": "A1:L1 A2:L2 A5:A17 B5:B12 C5:C12 D5:D12 B13:B17 C13:C17 D13:D17",
    "07-town-stacked-no-classes": (
        "A1:F1 A2:F2 D4:F4 B5:F5 B6:F6 B7:F7 B8:F8 A9:A14 "
        "A15:F15 A16:F16 D18:F18 B19:F19 B20:F20 B21:F21 B22:F22 A23:A28"
    ),
    "08-town-block": (
        "A1:E1 A2:E2 A3:E3 B4:C4 B5:C5 B6:C6 B7:C7 B8:C8 B9:E9 A10:A12 C10:E10 C11:E11 C12:E12 "
        "B13:E13 B14:E14 B15:E15 B16:E16 A17:A25 B18:B21 B22:B24 A26:E26 A27:E27"
    ),
    "14-blank-template": (
        "A1:E1 A2:E2 B3:C3 B4:C4 A5:A7 C5:E5 C6:E6 C7:E7 A8:A10 B8:E8 B9:E9 B10:E10 A11:A17 B12:B16 C12:C15"
    ),
    "17-import-header": "",
}
"""Forms in the shapes of published ones, and the cells that their offices merge."""

SHEETS = {
    **{ROOT / "tests" / "sheets" / f"{name}.tsv": areas for name, areas in FIELD.items()},
    **{ROOT / "samples" / f"{name}.txt": areas for name, areas in MERGED.items() if name != REAL},
}


KINDS = {
    **MAKERS,
    "small pages.pdf": partial(pdf, style=Style(top=300)),
    "open pages.pdf": partial(pdf, style=Style(top=180, closed=False)),
}
"""Each kind of file; and a sheet that is printed on many pages, of which the last have no line where they cut it."""


def meaning(node: Any) -> Any:
    """A printed tree without what depends on how it is written: places, blanks, lines that hold nothing.

    What parts cells, in a text that stands in several of them, does too.
    """
    if isinstance(node, dict):
        kept = node.keys() - {"span", "head", "title", "notes", "cells", "start", "end", "continued"}
        return {key: meaning(node[key]) for key in sorted(kept)}
    if isinstance(node, list):
        return [meaning(part) for part in node]
    return re.sub(r",*\r?\n,*|\s+", " ", node) if isinstance(node, str) else node


def judged(result: Result) -> tuple[object, ...]:
    """Everything that is said of a sheet: its tree, its findings."""
    found = [
        (f.code, f.unit, f.project, f.indicator, f.field, meaning(f.text), meaning(f.suggestion))
        for f in result.findings
    ]
    printed = meaning(tree.node(result.sheet)) if result.sheet is not None else None
    if isinstance(printed, dict):  # what each page of a PDF says again at the same place is read once
        units = printed["money_units"]
        printed["money_units"] = [unit for at, unit in enumerate(units) if unit not in units[:at]]
    return result.status, result.error and result.error.key, printed, found


@tried_on("path", SHEETS, ids=lambda path: path.stem)
def test_merged_cells_say_what_the_text_says(path: Path) -> None:
    """In workbooks, documents and pages, where each finding leads to the cell with its words; and in saved text."""
    rows = [[as_number(cell) for cell in row] for row in rows_of(path)]
    made = Table(rows, areas(SHEETS[path]))
    meant = judged(result_of(path.read_bytes()))
    for kind, make in some([*KINDS.items()], 3):
        result = result_of(make([made]))
        assert judged(result) == meant, kind
        assert led_astray(result, rows) == []


def led_astray(result: Result, rows: list[list[str]]) -> list[object]:
    """Findings whose place in the file does not hold their words. What goes over several cells names the first."""
    found = []
    for finding in result.findings if result.source is not None and result.source.origins is not None else ():
        origin = result.source.where(finding.start, finding.end).origin
        if isinstance(origin, TableOrigin):
            cell = rows[origin.row - 1][origin.column - 1]
        elif isinstance(origin, CellOrigin):
            letters = origin.cell.rstrip("0123456789")
            row = rows[int(origin.cell[len(letters) :]) - 1]
            cell = row[next(at for at in range(len(row)) if column_letters(at + 1) == letters)]
        elif isinstance(origin, PageOrigin):
            if origin.page > 1:
                continue  # rows are counted anew
            cell = rows[origin.row - 1][origin.column - 1].replace("\n", "")
        else:
            found.append(finding)
            continue
        if not re.match(re.escape(cell[origin.start : origin.end]) + r"(?:[\t\n]|\Z)", finding.text):
            found.append((finding.code, origin, finding.text))
    return found


def test_numbers_are_numbers_in_the_workbooks() -> None:
    """Else the tests above would show nothing of their formats."""
    kinds = {cell.code for name in MERGED for row in table(name).rows for cell in row if isinstance(cell, Number)}
    assert {"#,##0.00", "0"} < kinds
    assert any("\u2265" in code for code in kinds)


QUOTED = [
    ["项目名称", "预算数", "年度目标", "一级指标", "二级指标", "三级指标", "指标值"],
    ['乙,"丙"', "12.5.0", "", "产出指标", "数量指标", '建设 "场馆" 数 量', '≥ "9 5"%'],
    ["", "", "", "产出指标", "质量指标", '"创建"合格率指标', "≥150%"],
    ["", "", "", "产出指标", "质量指标", '"创建"合格率指标', '"提  高"'],
]


def test_quotation_marks_are_said_as_they_are_read(tmp_path: Path) -> None:
    """Text doubles them in cells that are quoted; nobody sees that in a report, whatever the kind of file."""
    said = {}
    for kind, make in MAKERS.items():
        (tmp_path / f"a.{kind}").write_bytes(make([Table(QUOTED)]))
        report = json.loads(goalcheck("lint", f"a.{kind}", "--select", "ALL", "--format", "json", cwd=tmp_path).text)
        said[kind] = [
            [found.get(key) for key in ("rule", "message", "suggestion", "advice", "fingerprint", "project")]
            for found in report["findings"]
        ]
        assert '""' not in repr(said[kind])
    assert len(said["csv"]) > 9
    assert {repr(said[kind]) for kind in MAKERS if kind != "pdf"} == {repr(said["csv"])}


def test_the_real_sheet_on_pages_is_the_same_sheet() -> None:
    """Printed with its header on each of them, without the page numbers that the text has."""
    pages, text = result_of((FILES / f"{REAL}.pdf").read_bytes(), "a.pdf"), result_of(SAMPLE.read_bytes(), "a.txt")
    assert (counts_of(pages), errors_of(pages)) == (counts_of(text), errors_of(text))
    assert len(errors_of(text)) > 9
