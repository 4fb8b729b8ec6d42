"""Bytes to the readers of workbooks, documents, PDFs and pages: a sound text with all its places, or an InputError.

The first byte says where the bytes go: they are the file, the XML of one part of a sound one, or what a page of a PDF
draws.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from harness import Target, fuzz

if TYPE_CHECKING:
    from makers import Table

    from goalcheck.engine.result import Result
    from goalcheck.source import Source

LONGEST = 8192
"""Bytes of an input: no binary workbook has fewer than five thousand."""

WITHIN = (
    ("xlsx", "xl/worksheets/sheet1.xml"),
    ("xlsx", "xl/sharedStrings.xml"),
    ("xlsx", "xl/styles.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("xlsx", "xl/_rels/workbook.xml.rels"),
    ("docx", "word/document.xml"),
    ("docx", "_rels/.rels"),
    ("ods", "content.xml"),
)
"""Parts whose XML is made anew: a changed byte in a package is noticed before any of it is read."""

FILE = len(WITHIN)  # the first byte of what is a file by itself
DRAWN = FILE + 1  # and of what a page draws


def tables() -> list[Table]:
    """Two small sheets with merged cells, line breaks and numbers: a form, and the packed layout."""
    from helpers import CLEAN
    from makers import Table, number

    form = [
        ["项目名称", "道路养护", "", "主管部门", "交通局"],
        ["资金情况", "年度资金总额:", number(120, "#,##0.00", "120.00"), "", ""],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["", "产出指标", "数量指标", "养护\n里程", number(8, '"\u2265"0"公里"', "\u22658公里")],
        ["", "", "质量指标", "合格率", number(0.95, "0%", "95%")],
        ["", "效益指标", "社会效益指标", "受益 人数", ""],
    ]
    merges = {(1, 2): (1, 2), (2, 3): (1, 3), (3, 1): (4, 1), (4, 2): (2, 1)}
    return [Table(form, merges, "表一"), Table([line.split("\t") for line in CLEAN.split("\n")[-4:]], {}, "表二")]


def parts(data: bytes) -> Mapping[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def seeds() -> list[bytes]:
    """Each kind of file, and each part, behind the byte that says what it is."""
    from makers import MAKERS

    files = {kind: make(tables()[:1]) for kind, make in MAKERS.items()}
    files |= {f"both.{kind}": MAKERS[kind](tables()) for kind in ("xlsx", "docx", "html")}
    made = [bytes((FILE,)) + data for data in files.values()]
    made += [
        bytes((at,)) + parts(files[f"both.{kind}"])[name] for at, (kind, name) in enumerate(WITHIN) if kind != "ods"
    ]
    made.append(bytes((FILE - 1,)) + parts(files["ods"])["content.xml"])
    return [*made, *(bytes((DRAWN,)) + content for content in drawn())]


def drawn() -> list[bytes]:
    """What a page draws on which a small table stands: its lines as strokes, as thin boxes, and none."""
    from pdf_files import Style, table

    rows = [["项目名称", "三级指标", "指标值", "金额"], ["道路养护", "养护里程", "\u22658公里", "10.00"]]
    made = [table(rows * 2, [60, 40, 60, 80], style=Style(lines)) for lines in ("strokes", "slabs", "path", "none")]
    return [contents[0].encode("latin-1") for contents in made]


def prepare() -> Target:
    """The target."""
    import attrs
    from makers import MAKERS
    from packages import packed
    from pdf_files import document

    from goalcheck.catalogue.load import catalogue
    from goalcheck.engine.pipeline import check_source
    from goalcheck.engine.plan import default_plan
    from goalcheck.errors import InputError
    from goalcheck.limits import Limits
    from goalcheck.prose import sentences
    from goalcheck.readers import read

    limits = Limits(size=1, rows=1_000, cell=100_000)
    plan = attrs.evolve(default_plan(catalogue()), limits=limits)
    sound = {kind: parts(MAKERS[kind](tables())) for kind in ("xlsx", "docx", "ods")}

    def target(data: bytes) -> None:
        lead, data = data[0] % (DRAWN + 1) if data else FILE, data[1:]
        if lead == DRAWN:
            data = document([data.decode("latin-1")])
        elif lead < FILE:
            kind, part = WITHIN[lead]
            data = packed({**sound[kind], part: data})
        try:
            source = read(data, "a.xlsx", None, limits)
        except InputError as failure:
            sentences.error(failure, "zh")  # there is one
            return
        places(source)
        found_in_their_cells(check_source(source, plan))

    return target


def places(source: Source) -> None:
    """Merged cells lie in the text; every record has its place, and every cell in it one more to the right."""
    text, origins = source.text, source.origins
    assert all(0 <= merge.start <= merge.end <= len(text) for merge in source.merges or ())
    if origins is None:
        return
    for start, row in list(zip(origins.starts, origins.rows, strict=True))[:50]:
        assert source.where(start).row == row or not row
        cell = source.cell(start)
        assert cell is None or cell.start == start
        assert row == 0 or cell is not None


def found_in_their_cells(result: Result) -> None:
    """What is found stands in the text, and its origin leads to as many characters as lie in the first cell of it."""
    if result.error is not None:
        assert result.error.key != "internal", result.error.figures
        return
    source = result.source
    assert source is not None
    for finding in result.findings:
        assert 0 <= finding.start <= finding.end <= len(source.text)
        assert source.text[finding.start : finding.end] == finding.text
        cell = source.cell(finding.start)
        if cell is not None:
            origin = source.where(finding.start, finding.end).origin
            assert origin is not None
            assert 0 <= origin.start <= origin.end <= cell.end - cell.start


if __name__ == "__main__":
    fuzz(prepare, seeds, LONGEST)
