"""``goalcheck fix --diff`` of files that it does not write: it lists each change, and tells truly what is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import goalcheck_here
from hypothesis import given
from hypothesis import strategies as st
from office_files import document_of, page_of, paragraph, table_of
from pdf_files import document, shown, table, widths_of
from workbooks import xlsx

from goalcheck.finding import Edit
from goalcheck.fix.moved import moved
from goalcheck.source import Merge, Origins, Source, Table

HEAD = ["项目名称", "金额", "年度绩效目标", "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"]
ROWS = [
    HEAD,
    ["修路", "20", "完成道路硬化\u3002", "产出指标", "数量指标", "硬化道路里程", "\u22653公里", "\u22653公里"],
    ["", "", "", "", "时效指标", "完成及时率", "\u226595%", ""],
    ["", "", "", "", "社会效益指标", "受益人数", "\u226560人", "\u226560人"],
    ["", "", "", "效益指标", "社会效益指标", "受益户数", "\u226520户", "\u226520户"],
    ["", "", "", "满意度指标", "服务对象满意度指标", "村民满意度", "\u226590%", "\u226590%"],
]
"""A value is missing in H3, which a proposal puts in; E4 is of another class than D2, which nothing mends."""
FORM = [
    ["项目名称", "桥梁加固", "年度资金总额", "20.00"],
    ["年度目标", "完成危桥加固\u3002", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "加固桥梁座数", "\u22653座"],
    ["效益指标", "社会效益指标", "受益人数", "\u226560人"],
    ["满意度指标", "服务对象满意度指标", "村民满意度", "\u226590%"],
]
"""A sheet of one project, whose unit is named above the table."""
MERGES = ["A2:A6", "B2:B6", "C2:C6", "D2:D4"]


def test_what_is_left_beside_merged_cells_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx(ROWS, merges=MERGES))
    run = goalcheck_here("fix", "--diff", "--unsafe-fixes", "--select", "GC2,GC3", "a.xlsx", cwd=tmp_path)
    assert run.text == "a.xlsx Sheet1!H3\uff1a“”改为“\u226595%”\n"
    assert run.complaints[-1] == "  还剩\uff1a必须改1处"
    changed = [list(row) for row in ROWS]
    changed[2][7] = "\u226595%"
    (tmp_path / "b.xlsx").write_bytes(xlsx(changed, merges=MERGES))
    assert "必须改 GC203 E4" in goalcheck_here("lint", "b.xlsx", cwd=tmp_path).text


def test_a_change_above_the_table_of_a_pdf_is_listed(tmp_path: Path) -> None:
    line = shown("预算单位\uff1a青石镇  社会事务办", 30, 570)
    (tmp_path / "a.pdf").write_bytes(document([line + table(FORM, widths_of(FORM))[0]]))
    run = goalcheck_here("fix", "--diff", "--select", "GC104", "a.pdf", cwd=tmp_path)
    old, new = "预算单位\uff1a青石镇 社会事务办", "预算单位\uff1a青石镇社会事务办"
    assert run.text == f"a.pdf 第1页\uff1a“{old}”改为“{new}”\n"
    assert run.complaints[0] == "a.pdf\uff1a要改1处"


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_every_change_is_listed_whichever_round_makes_it(tmp_path: Path, kind: str) -> None:
    """The line outside the table; a value of which two rules change the same characters, one after the other."""
    line, form = "预算单位\uff1a青石镇 办", [list(row) for row in FORM]
    form[4][3], form[5][3] = "不低于\uff16\uff10人", "90%"
    above = f"<p>{line}</p><TABLE".encode()
    data = (
        document_of(paragraph(line) + table_of(form)) if kind == "docx" else page_of(form).replace(b"<TABLE", above, 1)
    )
    (tmp_path / f"a.{kind}").write_bytes(data)
    run = goalcheck_here("fix", "--diff", "--unsafe-fixes", f"a.{kind}", cwd=tmp_path)
    assert run.text.splitlines() == [
        f"a.{kind} 第1行\uff1a“{line}”改为“预算单位\uff1a青石镇办”",
        f"a.{kind} 表1 第5行 第4列\uff1a“不低于\uff16\uff10人”改为“\u226560人”",
        f"a.{kind} 表1 第6行 第4列\uff1a“90%”改为“\u226590%”",
    ]
    assert run.complaints[0] == f"a.{kind}\uff1a要改4处"


@given(st.data())
def test_what_a_source_knows_moves_with_its_cells(data: st.DataObject) -> None:
    cells = data.draw(st.lists(st.text("甲乙", max_size=3), min_size=2, max_size=8))
    changed = [data.draw(st.sampled_from((cell, "", "丙丙丙丙"))) for cell in cells]
    (text, starts), (after, meant) = _lines(cells), _lines(changed)
    edits = [
        Edit(start, start + len(old), new) for start, old, new in zip(starts, cells, changed, strict=True) if old != new
    ]
    numbers = range(1, len(cells) + 1)
    merge = Merge(starts[0], starts[-1], 0, 0)
    source = Source(
        text, origins=Origins([Table(starts[1], 1)], starts, numbers), merges=(merge,), unknown=frozenset(starts)
    )
    made = moved(source, edits)
    assert (made.text, made.unknown) == (after, {*meant})
    assert made.origins is not None
    assert made.merges is not None
    assert (made.origins.starts, made.origins.tables[0].start) == (meant, meant[1])
    assert [(found.start, found.end) for found in made.merges] == [(meant[0], meant[-1])]


def _lines(cells: list[str]) -> tuple[str, list[int]]:
    """``cells`` a line each, and where each begins."""
    starts = [sum(len(cell) + 1 for cell in cells[:at]) for at in range(len(cells))]
    return "".join(f"{cell}\n" for cell in cells), starts
