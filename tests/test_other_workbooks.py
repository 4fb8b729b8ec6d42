"""Workbooks of other programs and of old: OpenDocument, XML of 2003, binary; and what openpyxl writes."""

from __future__ import annotations

import contextlib
import random
import re
import struct
import sys
from collections.abc import Sequence
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt
from helpers import SAMPLE, tried_on
from makers import saved, xls_of_names
from office_files import assert_each_in_its_cell, assert_same_sheet, result_of, rows_of
from workbooks import ods, ods_table

import goalcheck
from goalcheck.errors import InputError
from goalcheck.readers import read
from goalcheck.source import Source

ROWS = rows_of(SAMPLE)


def ods_of(rows: Sequence[Sequence[str]]) -> bytes:
    def line(text: str) -> str:
        said = escape(text).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")
        return f"<text:p>{'<text:s/>' if said[:1] == ' ' else ''}{said.lstrip(' ')}</text:p>"

    def cell(text: str) -> str:
        return f"<table:table-cell>{''.join(map(line, text.split(chr(10)))) if text else ''}</table:table-cell>"

    return ods(ods_table("".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)))


SS = "urn:schemas-microsoft-com:office:spreadsheet"


def xml(inside: str, styles: str = "", name: str = "表") -> str:
    head = f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="{SS}" xmlns:ss="{SS}">'
    return f'{head}<Styles>{styles}</Styles><Worksheet ss:Name="{name}"><Table>{inside}</Table></Worksheet></Workbook>'


def xml_of(rows: Sequence[Sequence[str]]) -> bytes:
    def cell(text: str) -> str:
        return f'<Cell><Data ss:Type="String">{escape(text, {chr(10): "&#10;"})}</Data></Cell>' if text else "<Cell/>"

    return xml("".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)).encode()


def xls_of(rows: Sequence[Sequence[str]]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                sheet.write(number, column, text)
    return saved(book)


def xlsx_of(rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([text or None for text in row])
    return saved(book)


MAKERS = {"ods": ods_of, "xml": xml_of, "xls": xls_of, "xlsx": xlsx_of}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_sheet_gives_what_its_text_gives(kind: str) -> None:
    meant = goalcheck.check_file(SAMPLE)
    made = result_of(MAKERS[kind](ROWS))
    assert made.source is not None
    assert made.source.kind == kind
    assert_same_sheet(made, meant)
    assert_each_in_its_cell(made, ROWS)


def told(source: Source) -> dict[str, list[str]]:
    return {remark.key: list(remark.figures.values()) for remark in source.remarks}


def test_a_binary_workbook_is_read_as_it_is_shown() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet, other = book.add_sheet("甲"), book.add_sheet("乙")
    sheet.write_merge(0, 1, 0, 0, "项目")
    for row, (value, code) in enumerate(
        [(0.955, "0%"), (1234.5, "#,##0.00"), (45657, 'yyyy"年"m"月"'), (0.5, "# ?/?")]
    ):
        sheet.write(row, 1, value, xlwt.easyxf(num_format_str=code))
    sheet.write(2, 0, True)
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    other.write(0, 0, "注")
    other.visibility = 1
    source = read(saved(book), "表.xls")
    assert source.text == "项目\t96%\n\t1,234.50\nTRUE\t2024年12月\n\t0.5\n\n注\n"
    assert [(merge.column, merge.last_column) for merge in source.merges or ()] == [(0, 0)]
    assert told(source) == {
        "hidden-rows": ["甲", "3"],
        "hidden-columns": ["甲", "B"],
        "hidden-sheet": ["乙"],
        "other-formats": ["# ?/?"],
    }


def test_a_binary_workbook_whose_records_contradict_each_other() -> None:
    sound = xls_of([["甲", "乙"], ["丙", "丁"]])
    text, size = b"\xfd\x00\x0a\x00", b"\x00\x02\x0e\x00"
    first = sound.index(text)
    second = sound.index(text, first + 1)
    assert refused(sound[: second + 4] + sound[first + 4 : first + 8] + sound[second + 8 :]) == "damaged-part"
    at = sound.index(size)
    assert refused(sound[:at] + b"\x0a\x00" + sound[at + 2 :]) == "damaged-part"  # it ends before its cells
    end = sound[:second] + b"\x0a\0\0\0" + sound[second + 4 :]  # and goes on in the middle of a cell
    assert refused(end) == "damaged-part"
    assert read(sound, "表.xls").text == "甲\t乙\n丙\t丁\n"


@pytest.mark.parametrize("cell", [1, 2])
def test_what_stands_where_a_cell_does_in_a_binary_workbook(cell: int) -> None:
    """The library passes over what it does not know."""
    sound = xls_of([["甲", "乙"], ["丙", "丁"]])
    at = [found.start() for found in re.finditer(b"\xfd\x00\x0a\x00", sound)][cell]
    for kind in (b"\xfd\x01", b"\xfd\x04", bytes(4)):
        assert refused(sound[:at] + kind + sound[at + len(kind) :]) == "damaged-part"
    block = sound[:at] + b"\xd7\0" + sound[at + 2 :]  # where rows stand, of which nothing is read
    assert read(block, "表.xls").text.count("\n") == 2


def test_a_formula_under_the_number_of_older_workbooks() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("甲")
    for column, said in enumerate(("甲", xlwt.Formula("1+1"), "乙")):
        sheet.write(0, column, said)
    sound = saved(book)
    at = sound.index(b"\x06\0", sound.index(b"\xfd\0\x0a\0"))
    result = struct.pack("<d", 2.0)  # xlwt has none
    old = sound[:at] + b"\x06\x04" + sound[at + 2 : at + 10] + result + sound[at + 18 :]
    assert read(old, "表.xls").text == "甲\t2\t乙\n"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (10, b"\xff\xff\xff\xff"),  # a text that is not there: the library takes the last one
        (10, b"\x04\0\0\0"),
        (8, b"\x63\0"),  # a style that is not there
        (0, b"\x99\x99"),  # a record of no known kind, or of one that is smaller: the library passes over it
        (0, b"\x01\x02"),
        (0, b"\0\0"),
        (0, b"\xbd\0"),  # several figures, for which it is too short
    ],
)
def test_a_binary_workbook_whose_cell_cannot_be(at: int, said: bytes) -> None:
    sound = xls_of([["甲", "乙"], ["丙", "丁"]])
    text = sound.index(b"\xfd\x00\x0a\x00") + at
    assert refused(sound[:text] + said + sound[text + len(said) :]) == "damaged-part"


def test_a_binary_workbook_tells_of_formats_that_it_lacks() -> None:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, 0.95, xlwt.easyxf(num_format_str='0.0"%"'))
    sound = saved(book)
    assert told(read(sound, "a.xls")) == {}
    at = sound.rindex(b"\x1e\x04", 0, sound.index(b'0.0"%"'))
    for place, said in ((4, b"\xff\x7f"), (6, b"\0\0")):  # under another number, and with nothing in it
        assert list(told(read(sound[: at + place] + said + sound[at + place + 2 :], "a.xls"))) == ["formats-gone"]


def test_without_the_extra_the_command_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    error = result_of(xls_of([["甲"]])).error
    assert isinstance(error, InputError)
    assert error.key == "needs-extra"


@tried_on(
    ("names", "key"),
    [
        (["EncryptionInfo", "EncryptedPackage"], "has-password"),
        (["WordDocument", "ObjectPool", "Workbook"], "old-document"),
        (["PowerPoint Document"], "foreign-office"),
        (["Workbook", "WordDocument"], "damaged-part"),
    ],
)
def test_containers_that_hold_no_workbook(names: list[str], key: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(f"{n}\0".encode("utf-16-le") for n in names)
    assert refused(data) == key


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data, "表.xls")
    return caught.value.key


def test_a_container_whose_list_of_contents_goes_over_the_workbook_is_read() -> None:
    """So programs write it that export sheets: what is small, of which there is nothing, begins where the book does."""
    data = bytearray(xls_of(ROWS))
    root = 512 * (1 + int.from_bytes(data[48:52], "little"))
    data[root + 116 : root + 124] = data[root + 128 + 116 : root + 128 + 120] + (64).to_bytes(4, "little")
    assert read(bytes(data), "表.xls").text == read(xls_of(ROWS), "表.xls").text


def test_a_container_that_was_cut_off_is_not_complete() -> None:
    sound = xls_of(ROWS)
    for end in range(4, len(sound), 997):
        assert refused(sound[:end]) in ("incomplete-package", "damaged-part")
    assert refused(sound[: len(sound) // 2]) == "incomplete-package"


HEAD = (
    "<table:table-header-rows><R table:number-rows-repeated='2'><C><text:p>1</text:p></C></R></table:table-header-rows>"
)
COVERED = "<table:covered-table-cell><text:p>旧</text:p></table:covered-table-cell>"
TIMES = 'table:number-columns-repeated="{}"'


@tried_on(
    ("rows", "meant"),
    [
        ("<R><C><text:p>甲</text:p><text:p>乙</text:p></C></R>", '"甲\n乙"'),
        ("<R><C><text:p>a<text:s text:c='3'/>b <text:span>c</text:span></text:p></C></R>", "a   b c"),
        ("<R><C><text:p>\n  甲\n  乙</text:p></C></R>", "甲 乙"),
        ("<R><C><text:p>甲 <text:s/></text:p><text:p><text:s/>乙 </text:p></C></R>", '"甲  \n 乙"'),
        ("<R><C><office:annotation><text:p>批注</text:p></office:annotation><text:p>甲</text:p></C></R>", "甲"),
        (f"<R><C {TIMES.format(3)}/><C {TIMES.format(2)}><text:p>1</text:p></C></R>", "\t\t\t1\t1"),
        (f"{HEAD}<R table:number-rows-repeated='1048574'><C/></R>", "1\n1"),
        (
            f"<R><C table:number-columns-spanned='2'><text:p>甲</text:p></C>{COVERED}<C><text:p>乙</text:p></C></R>",
            "甲\t\t乙",
        ),
    ],
)
def test_opendocument_cells(rows: str, meant: str) -> None:
    long = rows.replace("<R", "<table:table-row").replace("</R", "</table:table-row")
    long = long.replace("<C", "<table:table-cell").replace("</C", "</table:table-cell")
    assert read(ods(ods_table(long)), "表.ods").text.rstrip("\n") == meant


def test_opendocument_says_what_is_hidden_and_never_calculated() -> None:
    style = '<style:style style:name="ta"><style:table-properties table:display="false"/></style:style>'
    cell = '<table:table-cell table:formula="of:=1"/><table:table-cell><text:p>1</text:p></table:table-cell>'
    rows = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows += f'<table:table-row table:visibility="filter">{cell}</table:table-row>'
    table = ods_table(rows).replace('table:name="表"', 'table:name="表" table:style-name="ta"')
    source = read(ods(f"<office:automatic-styles>{style}</office:automatic-styles>{table}"), "表.ods")
    assert told(source) == {
        "hidden-sheet": ["表"],
        "hidden-rows": ["表", "1"],
        "hidden-columns": ["表", "B"],
        "formulas-without-values": ["表", "A1"],
    }


COLUMNS = "<table:table-column/><table:table-column/>"
ROW = "<R><C office:value-type='string'><text:p>\u7532</text:p></C><C/></R>"


@tried_on(
    ("rows", "keys"),
    [
        (f"{COLUMNS}{ROW * 3}", []),
        (f"{COLUMNS}{ROW * 3}<R><C office:value-type='string'/><C/></R>", ["texts-gone"]),
        ("<R><C office:value-type='string'/><C><text:p>\u7532</text:p></C></R>", []),  # so they say of all
        (f"{COLUMNS}{ROW * 3}<R><C/></R>", ["row-of-other-width"]),
        (f"{COLUMNS}{ROW * 3}<R><C/></R><R/>", []),  # so its rows are
        (f"{ROW * 3}<R table:number-rows-repeated='1048573'><C/></R>", []),
        (f"{ROW * 3}<R table:number-rows-repeated='1048572'><C/></R>", ["rows-gone"]),
        (f"{ROW}<R>{COVERED}</R>", ["cells-under-others"]),
    ],
)
def test_what_a_damaged_opendocument_worksheet_loses_is_said(rows: str, keys: list[str]) -> None:
    long = rows.replace("<R", "<table:table-row").replace("</R", "</table:table-row")
    long = long.replace("<C", "<table:table-cell").replace("</C", "</table:table-cell")
    assert list(told(read(ods(ods_table(long)), "a.ods"))) == keys


@pytest.mark.parametrize("name", ["table:table-cell", "table:table-row", "table:table", "text:p"])
def test_opendocument_text_in_what_is_no_cell_is_damage(name: str) -> None:
    table = "<table:table><table:table-row><table:table-cell><text:p>\u7532</text:p></table:table-cell>"
    table += "</table:table-row></table:table>"
    damaged = table.replace(f"{name}>", f"{name}s>")
    two = f"<office:body><office:spreadsheet>{table}{damaged}</office:spreadsheet></office:body>"
    assert refused(ods(two)) == "damaged-part"


def test_opendocument_that_is_not_read() -> None:
    row = "<table:table-row table:number-rows-repeated='1048576'>"
    full = f"{row}<table:table-cell {TIMES.format(16384)}><text:p>1</text:p>"
    assert refused(ods(ods_table(f"{full}</table:table-cell></table:table-row>"))) == "too-many-cells"
    blanks = '<text:s text:c="1000"/>' * 1100
    assert refused(ods(ods_table(f"<table:table-row><table:table-cell><text:p>{blanks}"))) == "long-cell"
    cell = "<table:table-cell><text:p>1</text:p></table:table-cell>"
    beside = f"<table:table-row><table:table-cell {TIMES.format(16384)}/>{cell}</table:table-row>"
    assert refused(ods(ods_table(beside))) == "too-wide"
    below = f"{row}<table:table-cell/></table:table-row><table:table-row>{cell}</table:table-row>"
    assert refused(ods(ods_table(below))) == "damaged-part"
    assert refused(ods("", **{"META-INF/manifest.xml": "<a><encryption-data/></a>"})) == "has-password"
    assert refused(ods("")) == "no-cells"


def test_opendocument_values_without_their_texts() -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="{kind}" office:{value}/>'
        for kind, value in (
            ("float", 'value="12.5"'),
            ("percentage", 'value="0.95"'),
            ("boolean", 'boolean-value="true"'),
        )
    )
    made = ods(ods_table(f"<table:table-row>{cells}</table:table-row>"))
    assert read(made, "表.ods").text == "12.5\t95.00%\ttrue\n"
    wrong = '<table:table-row><table:table-cell office:value-type="float" office:value="x"/></table:table-row>'
    assert refused(ods(ods_table(wrong))) == "damaged-part"


def test_the_xml_of_2003() -> None:
    styles = '<Style ss:ID="Default"/><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>'
    styles += '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    rows = '<Column ss:Index="2" ss:Hidden="1"/><Row ss:Index="2" ss:StyleID="p">'
    rows += '<Cell ss:MergeDown="1" ss:MergeAcross="1">'
    rows += '<Data ss:Type="String">甲</Data><Comment><Data ss:Type="String">批注</Data></Comment></Cell>'
    rows += '<Cell><Data ss:Type="Number">0.955</Data></Cell></Row>'
    rows += '<Row ss:Hidden="1"><Cell ss:Index="3" ss:StyleID="d">'
    rows += '<Data ss:Type="DateTime">2024-01-02T00:00:00.000</Data></Cell><Cell ss:Formula="=1"/></Row>'
    for encoding in ("utf-8", "gb18030", "utf-16"):
        source = read(xml(rows, styles).encode(encoding), "表.xls")
        assert source.text == "甲\t\t96%\n\t\t2024/1/2\n"
        assert [(merge.column, merge.last_column) for merge in source.merges or ()] == [(0, 1)]
        assert [told(source)[key] for key in ("hidden-rows", "formulas-without-values")] == [["表", "3"], ["表", "D3"]]
    assert refused(xml('<Row><Cell><Data ss:Type="Number">x</Data></Cell></Row>').encode()) == "damaged-part"
    assert refused(xml("").encode()) == "no-cells"


@pytest.mark.parametrize(
    "inside",
    [
        "<Row><Cel>{0}</Cel></Row>",
        "<Rows><Cell>{0}</Cell></Rows>",
        "Row>",
        "<Row><Cell><Date>\u7532</Date></Cell></Row>",
        "<Row><Cell><Data ss:Type='Text'>\u7532</Data></Cell></Row>",
        "<Row><Cell><Data ss:Tpe='Number'>1</Data></Cell></Row>",
        "<Row><Cell ss:Inbex='3'>{0}</Cell></Row>",
        "<Row ss:Stile='a'><Cell>{0}</Cell></Row>",
        "<Row><Cell>{0}</Cell><Cell ss:Index='1'>{0}</Cell></Row>",
        "<Row ss:Index='2'><Cell>{0}</Cell></Row><Row ss:Index='1'><Cell>{0}</Cell></Row>",
    ],
)
def test_the_xml_of_2003_that_no_program_writes_is_damaged(inside: str) -> None:
    data = "<Data ss:Type='String'>\u7532</Data>"
    assert refused(xml(f"<Row><Cell>{data}</Cell></Row>" + inside.format(data)).encode()) == "damaged-part"


def test_the_xml_of_2003_tells_of_formats_that_it_lacks() -> None:
    cell = "<Row><Cell ss:StyleID='p'><Data ss:Type='{}'>1</Data></Cell></Row>"
    assert list(told(read(xml(cell.format("Number")).encode(), "a.xls"))) == ["formats-gone"]
    assert list(told(read(xml(cell.format("String")).encode(), "a.xls"))) == []
    more = "ss:HRef='#a' xmlns:y='urn:y' y:Other='b' Other='c'"  # what other namespaces say is their own
    assert (
        read(xml(f"<Row><Cell {more}><Data y:Ticked='1' ss:Type='String'>d</Data></Cell></Row>").encode()).text == "d\n"
    )


@pytest.mark.parametrize(
    ("format_", "keys"),
    [
        ("<Borders><Border ss:Position='Top'/></Borders><NumberFormat ss:Format='0%'/><x:More xmlns:x='urn:x'/>", []),
        ("<NumbarFormat ss:Format='0%'/>", ["formats-gone"]),
        ("NumberFormat ss:Format='0%'/>", ["formats-gone"]),
    ],
)
def test_the_xml_of_2003_tells_of_a_style_that_is_not_understood(format_: str, keys: list[str]) -> None:
    cell = "<Row><Cell ss:StyleID='p'><Data ss:Type='Number'>1</Data></Cell></Row>"
    assert list(told(read(xml(cell, f"<Style ss:ID='p'>{format_}</Style>").encode(), "a.xls"))) == keys


@pytest.mark.parametrize("kind", MAKERS)
def test_changed_and_cut_files_end_in_one_error(kind: str) -> None:
    sound = MAKERS[kind]([["项目", "指标"], ["道路", "率"]])
    chance = random.Random(3)
    for _ in range(150):
        changed = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(8, len(changed))] = chance.randrange(256)
        with contextlib.suppress(InputError):
            assert isinstance(read(bytes(changed), "a"), Source)
        with contextlib.suppress(InputError):
            assert isinstance(read(sound[: chance.randrange(8, len(sound))], "a"), Source)


def test_damage_within_a_binary_workbook_is_no_shorter_sheet() -> None:
    """Zeros for records, a worksheet that its list calls a chart, a wrong size: the library passes over them."""
    sound = xls_of_names("\u7532", "\u4e59")
    assert "\u753239" in read(sound, "a.xls").text
    row = sound.index(b"\xfd\0\x0a\0")
    listed = sound.index(b"\x85\0")
    for damaged in (
        sound[:row] + bytes(8 * 14) + sound[row + 8 * 14 :],
        sound[: listed + 9] + b"\x02" + sound[listed + 10 :],
        sound[: row + 2] + b"\x0e" + sound[row + 3 :],  # whatever follows is no record
    ):
        with pytest.raises(InputError) as caught:
            read(damaged, "a.xls")
        assert caught.value.key == "damaged-part"


def small_container(chain: Sequence[int]) -> bytes:
    """A container of a workbook that stands in short blocks, which follow each other as ``chain`` says."""

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        said = f"{name}\0".encode("utf-16-le")
        links = struct.pack("<HBBiii", len(said), kind, 1, -1, -1, child)
        return said.ljust(64, b"\0") + links + bytes(36) + struct.pack("<iii", first, size, 0)

    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HH2sHH10x", 62, 3, b"\xfe\xff", 9, 6)
    head += struct.pack("<8i109i", 1, 1, 0, 4096, 2, 1, -2, 0, 0, *[-1] * 108)
    blocks = [-3, -2, -2, -2, *[-1] * 124]
    contents = entry("Root Entry", 5, 1, 3, 512) + entry("Workbook", 2, -1, 0, 64 * len(chain))
    parts = (
        struct.pack("<128i", *blocks),
        contents.ljust(512, b"\0"),
        struct.pack("<128i", *chain, *[-1] * (128 - len(chain))),
    )
    return head + b"".join(parts) + struct.pack("<8H", 0x809, 8, 0x600, 0x10, 0, 0, 10, 0).ljust(512, b"\0")


def test_a_container_whose_short_blocks_lead_round_in_a_circle_is_damaged() -> None:
    """The library would follow them for ever."""
    assert refused(small_container([1, 0])) == "damaged-part"
