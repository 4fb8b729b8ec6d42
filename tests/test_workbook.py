"""Workbooks: the same sheet gives the same findings, each where its cell is, whoever wrote the file."""

from __future__ import annotations

import contextlib
import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from helpers import ROOT, SAMPLE, goalcheck_here, tried_on
from office_files import assert_each_in_its_cell, rows_of
from packages import OFFICE, packed, relations
from workbooks import MAIN, Cell, worksheet, xlsx

import goalcheck
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.limits import Limits
from goalcheck.readers import read
from goalcheck.source import Source


def judged(result: Result) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The indicators of a sheet, and its findings."""
    assert result.sheet is not None
    names = [indicator.name.text for project in result.sheet.projects for indicator in project.indicators]
    return names, [(found.code, found.text, found.field) for found in result.findings]


def check(data: bytes, tmp_path: Path, name: str = "表.xlsx") -> Result:
    file = tmp_path / name
    file.write_bytes(data)
    return goalcheck.check_file(file)


def text(data: bytes, limits: Limits | None = None) -> str:
    return read(data, "表.xlsx", limits=limits or Limits()).text


def test_the_sheet_gives_what_its_text_gives(tmp_path: Path) -> None:
    meant = judged(goalcheck.check_file(SAMPLE))
    rows = rows_of(SAMPLE)
    made = check(xlsx(rows), tmp_path)
    assert judged(made) == meant
    assert_each_in_its_cell(made, rows)


def shown_by_format(cell: str) -> Cell:
    """A cell of the export as a system writes it: numbers, that their formats show as the text has them."""
    for code, show in (("#,##0.00", "{:,.2f}"), ("0.00", "{:.2f}"), ("0%", "{:.0%}"), ("0", "{:.0f}")):
        digits = cell.replace(",", "").rstrip("%")
        if digits.replace(".", "", 1).isdigit():
            number = float(digits) / (100 if cell.endswith("%") else 1)
            if show.format(number) == cell:
                return number, code
    if cell.startswith("\u2265") and cell[1:].rstrip("次人").isdigit():
        unit = cell[1:].lstrip("0123456789")
        return float(cell[1:].rstrip("次人")), f'"\u2265"0"{unit}"'
    return cell


def test_an_export_with_formats_gives_what_its_text_gives(tmp_path: Path) -> None:
    path = ROOT / "samples" / "export.txt"
    rows = [[shown_by_format(cell) for cell in row] for row in rows_of(path)]
    assert sum(isinstance(cell, tuple) for row in rows for cell in row) > 10
    assert judged(check(xlsx(rows), tmp_path)) == judged(goalcheck.check_file(path))


def test_a_form_with_merged_cells_gives_what_its_text_gives(tmp_path: Path) -> None:
    """Cells below a class, and to the right of the heading, are merged with it; what they still hold is not read."""
    path = ROOT / "samples" / "project-form.txt"
    rows = rows_of(path)
    merges, first = [], 0
    for number, row in enumerate([*rows, ["end"]]):
        if row[0]:
            if number - first > 1:
                merges.append(f"A{first + 1}:A{number}")
            first = number
    assert merges
    ghosts = [list(row) for row in rows]
    for area in merges:
        start, end = (int(part[1:]) for part in area.split(":"))
        for number in range(start, end):
            ghosts[number][0] = "旧字"
    made = check(xlsx(ghosts, merges=merges), tmp_path)
    assert judged(made) == judged(goalcheck.check_file(path))
    assert made.source is not None
    assert len(made.source.merges or ()) == len(merges)


def test_the_command_names_worksheet_and_cell(tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(xlsx([["说明"]], rows_of(ROOT / "samples" / "export.txt"), names=["附注", "部门"]))
    run = goalcheck_here("lint", str(file), "--format", "json")
    report = json.loads(run.text)
    assert report["files"][0]["kind"] == "xlsx"
    assert {found["origin"]["sheet"] for found in report["findings"]} == {"部门"}


STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
SHARED = f"""<sst xmlns="{MAIN}"><si><t>表</t></si><si><r><t>培</t></r><r><rPr/><t xml:space="preserve">训 </t></r>
<rPh sb="0" eb="1"><t>péi</t></rPh></si><si><t>一_x000D_
二_x005F_x000D_</t></si></sst>"""


def sheet(inside: str, namespace: str = MAIN) -> str:
    return f'<worksheet xmlns="{namespace}">{inside}</worksheet>'


ALL = '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384"/></cols><sheetData><row r="1">'
ALL += '<c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"/></sheetData>'
RUNS = "<is><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>乙</t></r></is>"


@tried_on(
    ("inside", "meant"),
    [
        ('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="s"><v>0</v></c></row>', "培训 \t\t表"),
        ('<row><c t="s"><v>0</v></c></row><row><c/><c><v>7</v></c></row>', "表\n\t7"),
        ('<row r="-5"><c r="ZZZZ0"><v>1</v></c></row>', "1"),
        ('<row r="2"><c r="A2" t="s"><v>2</v></c></row>', '"一\n二_x000D_"'),
        ('<row><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row>', "TRUE\t#REF!"),
        ('<row><c t="str"><f>A1</f><v>甲</v></c><c t="str"><f>B1</f><v></v></c></row>', "甲"),
        ('<row><c t="d"><v>2024-01-02T00:00:00</v></c></row>', "2024-01-02T00:00:00"),
        (f'<row><c t="inlineStr">{RUNS}</c></row>', "甲乙"),
        (f'<row><c t="inlineStr"><v>1.0</v>{RUNS}</c></row>', "甲乙"),
        ("<row><c><v>1</v></c></row><autoFilter><filterColumn/></autoFilter><row><c><v>2</v></c></row>", "1\n2"),
        (ALL, "1"),
    ],
)
def test_cells_are_read_as_they_are_shown(inside: str, meant: str) -> None:
    whole = inside if "sheetData" in inside else f"<sheetData>{inside}</sheetData>"
    assert text(xlsx(sheet(whole), other={"xl/sharedStrings.xml": SHARED})).rstrip("\n") == meant


def test_whatever_the_prefix_the_namespace_and_the_names_of_parts() -> None:
    one = '<x:worksheet xmlns:x="{}"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    for namespace in (MAIN, STRICT):
        book = f'<y:workbook xmlns:y="{namespace}" xmlns:z="urn:z"><y:sheets><y:sheet name="甲" z:id="r0"/></y:sheets>'
        other = {
            "_rels/.rels": relations(("officeDocument", "/xl/Workbook.xml")),
            "xl\\workbook.xml": f"{book}</y:workbook>",
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "/xl/Blatt.xml")),
            "xl/blatt.xml": one.format(namespace).encode("utf-16"),
        }
        assert text(packed(other)) == "7\n"


def test_elements_of_other_namespaces_are_no_cells() -> None:
    rows = "<x:row><x:c><x:v>7</x:v><c><v>8</v></c><y:v>9</y:v></x:c></x:row><y:row><y:c><y:v>9</y:v></y:c></y:row>"
    names = f'xmlns="urn:other" xmlns:x="{MAIN}" xmlns:y="urn:other"'
    assert text(xlsx(f"<x:worksheet {names}><x:sheetData>{rows}</x:sheetData></x:worksheet>")) == "7\n"
    with pytest.raises(InputError):
        text(xlsx(f"<worksheet {names}><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"))


def test_worksheets_come_in_the_order_of_the_workbook_and_charts_and_macros_are_none() -> None:
    book = f'<workbook xmlns="{MAIN}" xmlns:r="urn:r"><sheets><sheet name="乙" r:id="r1"/><sheet name="图" r:id="r2"/>'
    book += '<sheet name="空" r:id="r3"/><sheet name="宏" r:id=""/><sheet name="甲" r:id="r0" state="veryHidden"/>'
    book += "</sheets></workbook>"
    ways = [("worksheet", f"worksheets/sheet{number}.xml") for number in (1, 2)]
    ways += [("chartsheet", "charts/sheet1.xml"), ("worksheet", "worksheets/sheet3.xml")]
    other = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations(*ways)}
    source = read(xlsx([["甲"]], [["乙"]], [], other=other), "表.xlsx")
    assert source.text == "乙\n\n甲\n"
    assert source.origins is not None
    assert [table.sheet for table in source.origins.tables] == ["乙", "甲"]
    assert [remark.key for remark in source.remarks] == ["hidden-sheet"]
    other["xl/_rels/workbook.xml.rels"] = relations(*ways[:2], ("xlMacrosheet", "macrosheets/sheet1.xml"), ways[3])
    source = read(xlsx([["甲"]], [["乙"]], [], other=other), "表.xlsx")
    assert [(remark.key, remark.figures.get("number")) for remark in source.remarks][1:] == [("macro-sheets", "1")]


def test_what_is_hidden_or_was_never_calculated_is_said() -> None:
    inside = '<cols><col min="2" max="99" hidden="1"/></cols><sheetData><row r="3" hidden="1"><c><v>1</v></c></row>'
    inside += (
        '<row r="4" hidden="true"/><row r="5"><c r="B5"><f>SUM(A1)</f></c><c r="C5"><v>2</v></c></row></sheetData>'
    )
    source = read(xlsx(sheet(inside)), "表.xlsx")
    assert {remark.key: dict(remark.figures) for remark in source.remarks} == {
        "hidden-rows": {"sheet": "Sheet1", "rows": "3"},
        "hidden-columns": {"sheet": "Sheet1", "columns": "C"},
        "formulas-without-values": {"sheet": "Sheet1", "cells": "B5"},
    }
    assert [remark.key for remark in source.remarks if remark.is_gap] == ["formulas-without-values"]


def test_dates_of_both_systems_and_formats_that_are_not_followed() -> None:
    rows: list[list[Cell]] = [[(43830, "yyyy-m-d"), (0.5, "# ?/?"), (0.5, "0.0")]]
    assert text(xlsx(rows)) == "2019-12-31\t0.5\t0.5\n"
    source = read(xlsx(rows, workbook='<workbookPr date1904="1"/>'), "表.xlsx")
    assert source.text == "2024-1-1\t0.5\t0.5\n"
    assert [dict(remark.figures) for remark in source.remarks] == [{"formats": "# ?/?"}]


def test_a_worksheet_is_a_table_of_its_own_and_one_that_is_no_sheet_is_passed_over(tmp_path: Path) -> None:
    meant = judged(goalcheck.check_file(SAMPLE))
    phones: list[list[Cell]] = [["科室", "电话"], ["办公室", 81234567.0], ["财政科", 81234568.0]]
    for made in (xlsx(rows_of(SAMPLE), phones), xlsx(phones, rows_of(SAMPLE))):
        result = check(made, tmp_path)
        assert judged(result) == meant
        assert result.status == "checked"
        assert [remark.key for remark in result.remarks] == ["passed-over"]
    export = rows_of(ROOT / "samples" / "export.txt")
    twice = check(xlsx(export, export), tmp_path)
    assert twice.sheet is not None
    assert len(twice.sheet.sections) == 2


# --- hostile and broken -----------------------------------------------------------------------------------------------

ROWS = xlsx([["项目", 1.5], ["甲", (0.25, "0%")]], merges=["A1:A2"])


def wrong(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        text(data, limits)
    return caught.value.key


@tried_on(
    ("inside", "key"),
    [
        ('<sheetData><row><c t="s"><v>3</v></c></row></sheetData>', "damaged-part"),
        ('<sheetData><row><c t="s"><v>-1</v></c></row></sheetData>', "damaged-part"),
        ("<sheetData><row><c><v>nan</v></c></row></sheetData>", "damaged-part"),
        ("<sheetData><row><c><v>1e999</v></c></row></sheetData>", "damaged-part"),
        (f"<sheetData><row><c><v>{'9' * 5000}</v></c></row></sheetData>", "damaged-part"),
        ("<sheetData>" + "<row>" * 300, "nested-too-deep"),
        ("<sheetData><row>", "damaged-part"),
        ("<sheetData/>", "empty-workbook"),
        ("<sheetData><row><c/><c><f>A1</f></c></row></sheetData>", "no-cells"),
        (f"<sheetData><row>{'<c/>' * 16384}<c><v>1</v></c></row></sheetData>", "too-wide"),
        ('<sheetData><row><c t="q"><v>1</v></c></row></sheetData>', "damaged-part"),
        ('<sheetData><row><c t="b"><v>7</v></c></row></sheetData>', "damaged-part"),
    ],
)
def test_worksheets_that_are_not_read(inside: str, key: str) -> None:
    assert wrong(xlsx(sheet(inside), other={"xl/sharedStrings.xml": SHARED})) == key


def test_parts_that_are_missing() -> None:
    for lost in ("xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"):
        assert wrong(xlsx([["甲"]], other={lost: b""})) == "damaged-part"
    assert wrong(packed({"word/other.xml": "<a/>"})) == "foreign-office"
    assert wrong(packed({"表.xlsx": xlsx([["甲"]])})) == "archive"
    many = "".join(f'<Relationship Id="q{number}" Type="a" Target="a"/>' for number in range(10_001))
    ways = {"xl/_rels/workbook.xml.rels": relations().replace("></", f">{many}</")}
    assert wrong(xlsx([["甲"]], other=ways)) == "too-many-parts"


def test_merged_cells_without_end() -> None:
    rows = "".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in range(1, 1001))
    many = "".join(f'<mergeCell ref="A{number}:C{number}"/>' for number in range(1, 1003))
    whole = '<mergeCell ref="A1:XFD1048576"/>'
    made = sheet(f"<sheetData>{rows}</sheetData><mergeCells>{many}</mergeCells>")
    assert wrong(xlsx(made), Limits(rows=1001)) == "too-many-merged"
    made = sheet(f"<sheetData>{rows}</sheetData><mergeCells>{whole * 900}</mergeCells>")
    assert wrong(xlsx(made), Limits(rows=1001)) == "too-many-merged"
    assert text(xlsx(sheet(f"<sheetData>{rows}</sheetData><mergeCells>{whole}</mergeCells>"))) == "1\n"


def test_changed_and_cut_workbooks_end_in_one_error() -> None:
    chance = random.Random(5)
    for _ in range(400):
        changed = bytearray(ROWS)
        for _ in range(chance.randint(1, 3)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        read_or_refused(bytes(changed))
        read_or_refused(ROWS[: chance.randrange(4, len(ROWS))])


def test_changed_worksheets_end_in_one_error() -> None:
    chance = random.Random(7)
    made = worksheet([["项目", 1.5], ["甲", 0.25]], ["A1:A2"]).encode()
    for _ in range(400):
        changed = bytearray(made)
        changed[chance.randrange(len(changed))] = chance.choice(b'<>"&/0A \xff')
        read_or_refused(xlsx("", other={"xl/worksheets/sheet1.xml": bytes(changed)}))


def read_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(read(data, "表.xlsx"), Source)


def test_a_row_of_all_columns_is_within_the_limit_of_cells() -> None:
    last = '<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row>'
    rest = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(2, 200))
    assert wrong(xlsx(sheet(f"{last}{rest}</sheetData>"))) == "too-many-cells"


def test_formats_that_are_told_of_and_gone_are_missed() -> None:
    """Else 95% would be 0.95. A workbook that tells of none shows its numbers as they are."""
    with zipfile.ZipFile(io.BytesIO(xlsx([[(0.95, "0%")]]))) as file:
        parts = {name: file.read(name) for name in file.namelist() if name != "xl/styles.xml"}
    with pytest.raises(InputError) as caught:
        text(packed(parts))
    assert (caught.value.key, caught.value.figures) == ("damaged-part", {"part": "xl/styles.xml"})
    alone = {"xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml"))}
    assert text(packed(parts | alone)) == "0.95\n"


MERGED = "<mergeCells><mergeCell ref='A1:B1'/></mergeCells>"


@pytest.mark.parametrize(
    ("inside", "keys"),
    [
        ("<sheetData><row r='1'><c><v>1</v></c></row><row r='1'><c><v>2</v></c></row></sheetData>", ["cells-twice"]),
        ("<sheetData><row><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row></sheetData>", ["cells-twice"]),
        ("<sheetData><row><c r='A1'><v>1</v></c><c r='A1'><v>1</v></c></row></sheetData>", []),
        (f"<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>{MERGED}", ["cells-under-others"]),
        (f"<sheetData><row><c><v>1</v></c><c><v>1</v></c></row></sheetData>{MERGED}", []),
        ("<sheetData><row><c s='7'><v>1</v></c></row></sheetData>", ["formats-gone"]),
        ("<sheetData><row><c s='7' t='str'><v>\u7532</v></c></row></sheetData>", []),
        ("<sheetData><row r='2'><c r='A2'><v>1</v></c><c r='B3'><v>1</v></c></row></sheetData>", ["cells-astray"]),
    ],
)
def test_what_a_damaged_worksheet_loses_is_said(inside: str, keys: list[str]) -> None:
    source = read(xlsx(sheet(inside)), "a.xlsx")
    assert [told.key for told in source.remarks] == keys
    assert [told.key for told in source.remarks if told.is_gap] == [key for key in keys if key == "cells-twice"]


def test_a_number_format_without_its_code_is_gone() -> None:
    cell = sheet("<sheetData><row><c s='1'><v>1</v></c></row></sheetData>")
    for written, keys in (("formatCode='0.0'", []), ("formatCde='0.0'", ["formats-gone"])):
        styles = f"<numFmts><numFmt numFmtId='180' {written}/></numFmts><cellXfs><xf/><xf numFmtId='180'/></cellXfs>"
        styles = f"<styleSheet xmlns='{MAIN}'>{styles}</styleSheet>"
        assert [told.key for told in read(xlsx(cell, other={"xl/styles.xml": styles}), "a.xlsx").remarks] == keys


CELL = "<c t='s'><v>0</v></c>"
OTHER = "xmlns:o='urn:o'"


@pytest.mark.parametrize(
    ("cells", "shared", "is_read"),
    [
        (CELL, "<si><t>\u7532</t></si>", True),
        (CELL, f"<si {OTHER}><t>\u7532</t><o:t>\u4e59</o:t></si>", True),  # what another vocabulary adds
        (f"{CELL}<o:c {OTHER}><o:v>1</o:v></o:c>", "<si><t>\u7532</t></si>", True),
        ("<C t='s'><v>0</v></C>", "<si><t>\u7532</t></si>", False),
        ("<c t='s'><value>0</value></c>", "<si><t>\u7532</t></si>", False),
        (CELL, "<si><text>\u7532</text></si>", False),
        ("<c t='e'><v>0</v></c>", "<si><t>\u7532</t></si>", False),
        ("<c t='d'><v>0</v></c>", "<si><t>\u7532</t></si>", False),
    ],
)
def test_what_no_cell_and_no_text_is_made_of_is_damage(cells: str, shared: str, is_read: bool) -> None:
    texts = {"xl/sharedStrings.xml": f"<sst xmlns='{MAIN}'>{shared}</sst>"}
    book = xlsx(sheet(f"<sheetData><row>{CELL}{cells}</row></sheetData>"), other=texts)
    if is_read:
        assert read(book, "a.xlsx").text.startswith("\u7532\t\u7532")
    else:
        with pytest.raises(InputError) as caught:
            read(book, "a.xlsx")
        assert caught.value.key == "damaged-part"


OTHER_KIND = relations(("worksheet", "worksheets/sheet1.xml"), ("sheet", "worksheets/sheet2.xml"))
SAME_PART = relations(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet1.xml"))
MACROS = (
    "<workbook xmlns='{0}' xmlns:r='{1}'><sheets><sheet name='a' r:id='r0'/><sheet name='b'{2}/></sheets></workbook>"
)


def test_no_worksheet_is_left_out_in_silence() -> None:
    """One of a kind that is not known is read; one that is no worksheet, or another one, or lacks, is damage."""
    two = [["\u7532"]], [["\u4e59"]]
    assert text(xlsx(*two, other={"xl/_rels/workbook.xml.rels": OTHER_KIND})) == "\u7532\n\n\u4e59\n"
    for other in (
        {"xl/_rels/workbook.xml.rels": SAME_PART},
        {"xl/worksheets/sheet2.xml": f'<styleSheet xmlns="{MAIN}"/>'},
        {"xl/worksheets/sheet2.xml": "<other/>"},
        {"xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"/>'},
        {"xl/styles.xml": f'<worksheet xmlns="{MAIN}"/>'},
        {"xl/sharedStrings.xml": f'<worksheet xmlns="{MAIN}"/>'},
        {"xl/workbook.xml": MACROS.format(MAIN, OFFICE, "")},
    ):
        assert wrong(xlsx(*two, other=other)) == "damaged-part"
    assert text(xlsx(*two, other={"xl/workbook.xml": MACROS.format(MAIN, OFFICE, " r:id=''")})) == "\u7532\n"


def test_a_worksheet_that_the_workbook_does_not_list_is_said() -> None:
    one = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
    source = read(xlsx([["\u7532"]], [["\u4e59"]], other={"xl/workbook.xml": one}), "a.xlsx")
    assert source.text == "\u4e59\n"
    assert [(told.key, dict(told.figures), told.is_gap) for told in source.remarks] == [
        ("unlisted-sheets", {"number": "1"}, False)
    ]


@pytest.mark.parametrize(("told", "keys"), [("2", []), ("3", ["texts-miscounted"]), ("0", []), ("x", [])])
def test_texts_that_are_more_or_fewer_than_the_file_says_are_told_of(told: str, keys: list[str]) -> None:
    """Cells name texts by their number: where one is lost, all that follow say something else."""
    texts = f'<sst xmlns="{MAIN}" uniqueCount="{told}"><si><t>\u7532</t></si><si><t>\u4e59</t></si></sst>'
    inside = "<sheetData><row><c t='s'><v>1</v></c></row></sheetData>"
    source = read(xlsx(sheet(inside), other={"xl/sharedStrings.xml": texts}), "a.xlsx")
    assert source.text == "\u4e59\n"
    assert [remark.key for remark in source.remarks] == keys
