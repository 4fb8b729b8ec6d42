"""Random sheets of every layout, in files whose makers know where each cell went: each finding leads to its words."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from helpers import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import MAKERS, Table
from office_files import result_of
from sample_files import as_number
from strategies import AMOUNTS, CLASSES, GOALS, NAMES, PROJECTS, TITLES, UNITS, VALUES, Layout, render, sheets, unmark

from goalcheck.engine.result import Result
from goalcheck.source import CellOrigin, TableOrigin, column_letters

FILES = ("xlsx", "openpyxl.xlsx", "xls", "ods", "docx", "html", "xml.xls")
FAULTS = ("≥≥90%", "1010%", "9O%", "", "……", "90%-80%", "12..5万元")
SIGNS = ("≥", "≤", "=", ">", "")
MEASURES = ("%", "次", "人", "万元", "")

Rows = list[list[str]]


@attrs.frozen
class Laid:
    """A table as it is laid out, and what is merged in it."""

    rows: Rows
    merges: dict[tuple[int, int], tuple[int, int]]


def broken(draw: st.DrawFn, text: str) -> str:
    """A text with a line break in it, as people put one where a cell is narrow."""
    if len(text) < 4 or draw(st.integers(0, 3)):
        return text
    at = draw(st.integers(1, len(text) - 1))
    return text if " " in text[at - 1 : at + 1] else f"{text[:at]}\n{text[at:]}"  # pages show no blanks at the ends


def downwards(rows: Rows, columns: range, first: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells of ``columns`` that go over the blanks below them, from the row ``first``, from 0."""
    found = {}
    for column in columns:
        top = None
        for at in range(first, len(rows)):
            if rows[at][column] or any(rows[at][:column]):
                top = at if rows[at][column] else None
            elif top is not None:
                found[top + 1, column + 1] = (at - top + 1, 1)
    return found


@st.composite
def targets(draw: st.DrawFn) -> list[tuple[str, str, str, str]]:
    """Classes, names and values of one project, the classes left blank where they are those above."""
    firsts = [first for first in CLASSES if draw(st.integers(0, 4))] or [*CLASSES][:1]
    made = []
    for first in firsts:
        said = first[2:]
        for second in draw(st.lists(st.sampled_from(CLASSES[first]), min_size=1, max_size=2, unique=True)):
            label = second[3:]
            for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True)):
                value = draw(st.sampled_from(VALUES) | st.sampled_from(FAULTS))
                made.append((said, label, broken(draw, name), value))
                said = label = ""
    return made


@st.composite
def forms(draw: st.DrawFn) -> Laid:
    """Forms of a project, one below the other: a block of labels, then an indicator a row."""
    rows: Rows = []
    merges = {}
    for project in draw(st.lists(st.sampled_from(PROJECTS), min_size=1, max_size=2, unique=True)):
        top = len(rows)
        money = [draw(st.integers(0, 10**4)) for _ in range(2)]
        total = sum(money) + draw(st.sampled_from([0, 0, 10]))
        rows += [["项目支出绩效目标申报表", "", "", "", ""], ["项目名称", project, "", "主管部门", "区财政局"]]
        rows += [
            ["资金情况", "年度资金总额:", f"{total:,.2f}", "", ""],
            ["(万元)", "其中:财政拨款", f"{money[0]:,.2f}", "", ""],
        ]
        rows += [["", "其他资金", f"{money[1]:,.2f}", "", ""], ["总体目标", "年度目标", "", "", ""]]
        rows += [["", draw(st.sampled_from(("", *GOALS))), "", "", ""]]
        merges |= {(top + 1, 1): (1, 5), (top + 2, 2): (1, 2), (top + 6, 1): (2, 1), (top + 7, 2): (1, 4)}
        header = len(rows)
        rows.append(["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"])
        rows += [["", *target] for target in draw(targets())]
        merges |= downwards(rows, range(3), header)
    return Laid(rows, merges)


@st.composite
def exports(draw: st.DrawFn) -> Laid:
    """Exports of many projects: sign, figure and unit in columns of their own, the rest merged downwards."""
    rows = [
        [
            "单位名称",
            "项目名称",
            "预算数",
            "年度目标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "度量单位",
        ]
    ]
    for unit in draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=2, unique=True)):
        head = [unit]
        for project in draw(st.lists(st.sampled_from(PROJECTS), min_size=1, max_size=2, unique=True)):
            said = [*head, project, f"{draw(st.integers(1, 10**6)):,.2f}", draw(st.sampled_from(GOALS))]
            first = second = ""
            for one, two, name, value in draw(targets()):
                first, second = one or first, two or second
                figure = draw(st.sampled_from(["95", "1010", "9O", "12", "", value]))
                sign, measure = draw(st.sampled_from(SIGNS)), draw(st.sampled_from(MEASURES))
                rows.append([*said, first, second, name, sign, figure, measure])
                said = ["", "", "", ""]
                head = [""]
    return Laid(rows, downwards(rows, range(4), 1))


@st.composite
def packed(draw: st.DrawFn) -> Laid:
    """All indicators of a project in one cell; some values are wrong, some cells have line breaks."""
    sheet = draw(sheets())
    for row in sheet.rows:
        for entry in row.entries:
            if not draw(st.integers(0, 3)):
                entry.annual = draw(st.sampled_from(FAULTS))
    text, _ = render(sheet, Layout(columns=("name", *AMOUNTS, "goal", "indicators")))
    rows = [line.split("\t") for line in unmark(text)[0].rstrip("\n").split("\n")]
    made = [[cell if at < 5 else broken(draw, cell) for at, cell in enumerate(row)] for row in rows]
    assert TITLES["name"] in made[2]
    return Laid(made, {(1, 1): (1, 7)})


def astray(result: Result, tables: list[Table]) -> list[object]:
    """Findings whose place does not hold their words. What goes over several cells has its place in the first."""
    source, found = result.source, []
    assert source is not None
    for finding in result.findings:
        origin = source.where(finding.start, finding.end).origin
        if isinstance(origin, CellOrigin):
            (table,) = (table for table in tables if table.name == origin.sheet)
            letters = origin.cell.rstrip("0123456789")
            row = int(origin.cell[len(letters) :])
            column = next(at for at in range(1, table.width + 1) if column_letters(at) == letters)
        elif isinstance(origin, TableOrigin):
            table, row, column = tables[origin.table - 1], origin.row, origin.column
        else:
            found.append((finding.code, "nowhere"))
            continue
        cell = dict(table.cells(row))[column]
        words = cell[origin.start : origin.end]
        said = finding.text.replace('""', '"') if '"' in cell else finding.text
        if not (said == words or said.startswith((f"{words}\t", f'{words}"\t', f"{words}\n"))) or origin.end > len(
            cell
        ):
            found.append((finding.code, origin, finding.text, cell))
    return found


def held(laid: list[Laid], kind: str) -> None:
    tables = [
        Table([[as_number(cell) for cell in row] for row in one.rows], one.merges, f"表{number}")
        for number, one in enumerate(laid)
    ]
    result = result_of(MAKERS[kind](tables))
    assert result.error is None or result.error.key != "internal"
    if result.error is None:
        assert astray(result, tables) == []


LAYOUTS: dict[str, Callable[[], st.SearchStrategy[Laid]]] = {"form": forms, "export": exports, "packed": packed}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=examples(45, least=3))
@given(data=st.data(), kind=st.sampled_from(FILES))
def test_findings_lead_to_their_words(layout: str, data: st.DataObject, kind: str) -> None:
    held(data.draw(st.lists(LAYOUTS[layout](), min_size=1, max_size=2)), kind)


@settings(max_examples=examples(30, least=3))
@given(st.lists(st.one_of([make() for make in LAYOUTS.values()]), min_size=2, max_size=3), st.sampled_from(FILES))
def test_layouts_side_by_side_do_too(laid: list[Laid], kind: str) -> None:
    held(laid, kind)
