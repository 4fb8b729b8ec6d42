"""Word documents: tables with merged cells, changes that were tracked, and all the ways in which words hide in them."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from helpers import ROOT, SAMPLE, examples, goalcheck, tried_on
from office_files import (
    assert_each_in_its_cell,
    assert_same_sheet,
    cell,
    covered_by,
    document_of,
    merged_downwards,
    page_of,
    paragraph,
    result_of,
    rows_of,
    table_of,
    word,
)
from packages import packed

from goalcheck.errors import InputError
from goalcheck.limits import Limits
from goalcheck.readers import read
from goalcheck.source import TableOrigin

FORM = ROOT / "samples" / "project-form.txt"
EXPORT = ROOT / "samples" / "export.txt"


@tried_on("path", [SAMPLE, FORM, EXPORT], ids=lambda path: path.name)
def test_a_sheet_in_a_document_is_the_same_sheet(path: Path) -> None:
    text, document = result_of(path.read_bytes(), path.name), result_of(document_of(table_of(rows_of(path))))
    assert document.source is not None
    assert document.source.kind == "docx"
    assert_same_sheet(document, text)


def test_a_form_with_cells_merged_both_ways() -> None:
    """As an office keeps it; what merged cells held before is no longer seen. Each finding leads to its cell."""
    rows = rows_of(FORM)
    down = merged_downwards(rows, 2)
    covered = covered_by(down)
    made = []
    for row, cells in enumerate(rows):
        tags = []
        for column, said in enumerate(cells):
            if (row, column) in covered:
                tags.append(cell("以前的字", '<w:gridSpan w:val="1"/><w:vMerge/>'))
            else:
                tags.append(cell(said, '<w:vMerge w:val="restart"/>' if (row, column) in down else ""))
        made.append(f"<w:tr>{''.join(tags)}</w:tr>")
    document = result_of(document_of(f"{paragraph('附件')}<w:tbl>{''.join(made)}</w:tbl>"))
    text = result_of(FORM.read_bytes())
    assert document.source is not None
    assert document.source.merges
    assert_same_sheet(document, text)
    assert_each_in_its_cell(document, rows)


def in_cell(inside: str) -> str:
    """What is read of a cell with these elements in its paragraph."""
    return read(document_of(word(f"<tbl><tr><tc><p>{inside}</p></tc></tr></tbl>"))).text.removesuffix("\n")


BOX = "<txbxContent><p><r><t>框</t></r></p></txbxContent>"
BOTH = f"<mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"
MARK = "<fldChar fldCharType='{}'/>"
FIELD = f"{MARK.format('begin')}<instrText>IF</instrText><t>x</t>{MARK.format('separate')}<t>7</t>{MARK.format('end')}"
HALF = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"


@tried_on(
    ("inside", "text"),
    [
        ("<r><sym font='Symbol' char='F0B3'/><t>95%</t></r>", "≥95%"),
        ("<r><rPr><rFonts ascii='Symbol'/></rPr><t>\uf0a3</t></r><r><t>5</t></r>", "≤5"),
        ("<r><sym font='Wingdings' char='00FE'/><sym char='x'/><t>是</t></r>", "\u2611是"),
        ("<del><r><delText>50</delText></r></del><ins><r><t>48</t></r></ins><r><t>次</t></r>", "48次"),
        ("<moveFrom><r><t>50</t></r></moveFrom><moveTo><r><t>48</t></r></moveTo>", "48"),
        ("<pPr><tabs><tab/></tabs></pPr><r><t>a</t><tab/><t>b</t><br/><cr/><noBreakHyphen/></r>", '"a\tb\n\n-"'),
        (f"<r>{FIELD}<t>人</t></r>", "7人"),
        (f"<r>{MARK.format('begin')}<t>a</t></r></p><p><r><t>b</t></r>", '"a\nb"'),
        ("<fldSimple instr='X'><r><t>7</t></r></fldSimple><hyperlink><r><t>人</t></r></hyperlink>", "7人"),
        ("<sdt><sdtPr><tag val='x'/></sdtPr><sdtContent><smartTag><r><t>a</t></r></smartTag></sdtContent></sdt>", "a"),
        (f"<m:oMath><m:r><m:t>≥</m:t></m:r>{HALF}</m:oMath>", "≥1/2"),
        ("<r><rPr><vanish/></rPr><t>a</t></r><r><rPr><vanish val='0'/></rPr><t>b</t></r>", "b"),
        ("<ruby><rt><r><t>pin</t></r></rt><rubyBase><r><t>拼</t></r></rubyBase></ruby>", "拼"),
        ("<r><t>a</t></r></p><p/><p><r><t>b</t></r></p><p>", '"a\n\nb"'),
        ("<pPr><rPr><del/></rPr></pPr><r><t>a</t></r></p><p><r><t>b</t></r>", "ab"),
        (f"<r>{BOTH}<t>a</t></r>", "a\n\n框"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_the_officer_sees_is_read(inside: str, text: str) -> None:
    assert in_cell(inside) == text


def test_rows_that_begin_late_are_controls_or_are_gone() -> None:
    def cells(text: str, properties: str = "", inside: str = "") -> str:
        return f"<tc><tcPr>{properties}</tcPr><p><r><t>{text}</t></r></p>{inside}</tc>"

    def in_control(inside: str) -> str:
        return f"<sdt><sdtPr/><sdtContent>{inside}</sdtContent></sdt>"

    joined, span, restart = "<hMerge/>", "<gridSpan val='2'/>", "<hMerge val='restart'/>"
    changed = "<tcPrChange><tcPr><vMerge/></tcPr></tcPrChange>"
    rows = [
        in_control(f"<tr>{cells('a', span)}{in_control(cells('b'))}</tr>"),
        f"<tr><trPr><gridBefore val='1'/><del/></trPr>{cells('x')}</tr>",
        f"<tr><trPr><gridBefore val='1'/><ins/></trPr>{cells('c')}{cells('x', restart)}{cells('y', joined)}</tr>",
        f"<tr><trPr><hidden/></trPr>{cells('d', changed, '〔内〕<p><r><t>e</t></r></p>')}</tr>",
    ]
    body = word(f"<tbl><tblPr/><tblGrid><gridCol/></tblGrid>{''.join(rows)}</tbl>").replace(
        "〔内〕", table_of([["内"]])
    )
    source = read(document_of(f"{paragraph('附件1')}{body}{paragraph('注')}"))
    assert source.text == '附件1\n\na\t\tb\n\tc\tx\n"d\ne"\t\t\n\n内\n\n注\n'
    assert [(merge.column, merge.last_column) for merge in source.merges or ()] == [(0, 1), (2, 3)]
    assert [remark.key for remark in source.remarks] == ["hidden-rows-of-table", "tracked-changes", "hidden-text"]
    where = source.where(source.text.index("内")).origin
    assert isinstance(where, TableOrigin)
    assert (where.table, where.row, where.column) == (2, 1, 1)


def test_automatic_numbers_are_read() -> None:
    """As they are printed: they stand in no paragraph, but in a part of their own."""
    levels = "".join(
        f"<lvl ilvl='{at}'><start val='{start}'/><numFmt val='{form}'/><lvlText val='{text}'/></lvl>"
        for at, (start, form, text) in enumerate(
            [
                (1, "decimal", "%1、"),
                (3, "chineseCounting", "(%1.%2)"),
                (1, "bullet", "\uf0b7"),
                (1, "upperRoman", "%4."),
            ]
        )
    )
    lists = f"<abstractNum abstractNumId='7'>{levels}</abstractNum><num numId='2'><abstractNumId val='7'/></num>"
    again = "<num numId='3'><abstractNumId val='7'/><lvlOverride ilvl='0'><startOverride val='9'/></lvlOverride></num>"

    def item(level: int, text: str, list_: int = 2) -> str:
        number = f"<numPr><ilvl val='{level}'/><numId val='{list_}'/></numPr>"
        return f"<p><pPr>{number}</pPr><r><rPr><vanish val='0'/></rPr><t>{text}</t></r></p>"

    items = [item(0, "a"), item(0, "b"), item(1, "c"), item(1, "d"), item(2, "e"), item(3, "f"), item(0, "g")]
    items += [item(0, "h", 3), item(0, "i", 3), item(0, "j", 9), item(8, "k"), item(0, "")]
    data = document_of(word(f"<tbl><tr><tc>{''.join(items)}</tc></tr></tbl>"), numbering=word(lists + again))
    lines = ["1、a", "2、b", "(2.三) c", "(2.四) d", "e", "I. f", "3、g", "9、h", "10、i", "j", "k", "11、"]
    assert read(data).text.strip('"\n').split("\n") == lines


def test_a_document_by_other_names_is_read() -> None:
    assert read(document_of(table_of([["甲", "乙"]]), main="Word/Doc2.xml")).text == "甲\t乙\n"


def test_a_page_within_a_document_is_read() -> None:
    """As systems write that make a document of a page."""
    data = document_of(f"{paragraph('甲')}<w:altChunk w:id='r1'/>{paragraph('乙')}", parts={"a.mht": page_of([["丙"]])})
    assert read(data).text == "甲\n\n丙\n\n乙\n"
    assert not read(data).remarks


def test_what_is_not_read_is_said() -> None:
    for inside in ("<w:altChunk/>", "<w:p><w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:p>"):
        result = result_of(document_of(f"{inside}{table_of(rows_of(EXPORT))}"))
        assert result.status == "partial"


def test_lists_that_are_told_of_and_gone_are_missed() -> None:
    with zipfile.ZipFile(io.BytesIO(document_of(paragraph("甲")))) as file:
        parts = {name: file.read(name) for name in file.namelist() if name != "word/lists.xml"}
    with pytest.raises(InputError) as caught:
        read(packed(parts))
    assert caught.value.figures == {"part": "word/lists.xml"}


def test_hostile_documents_are_refused() -> None:
    wide = "<tc><tcPr><gridSpan val='99999'/></tcPr></tc>" * 20
    bomb = packed({"_rels/.rels": "<!DOCTYPE a [<!ENTITY a 'b'>]><a/>", "word/document.xml": "<a/>"})
    for data, key in (
        (document_of(word("<tbl><tr><tc>" * 60 + "</tc></tr></tbl>" * 60)), "nested-too-deep"),
        (document_of(word(f"<tbl><tr>{wide}</tr></tbl>")), "too-wide"),
        (document_of(word(f"<p>{' ' * 2**21}</p>")), "unpacks-to-too-much"),
        (document_of("<w:tbl></w:p>"), "damaged-part"),
        (bomb, "doctype"),
    ):
        with pytest.raises(InputError) as refused:
            read(data, limits=Limits(size=1))
        assert refused.value.key == key


def test_a_damaged_document_is_refused_or_read_as_it_was() -> None:
    whole = document_of(table_of(rows_of(EXPORT)))
    text = read(whole).text
    chance = random.Random(7)
    for _ in range(examples(2000)):
        data = bytearray(whole[: chance.randrange(9, len(whole))] if chance.random() < 0.2 else whole)
        for _ in range(chance.randrange(1, 4)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        with contextlib.suppress(InputError):
            assert read(bytes(data), "a.docx").text == text


def test_the_command_says_where_in_the_document(tmp_path: Path) -> None:
    body = f"{paragraph('单位')}{table_of([['甲']])}{table_of(rows_of(EXPORT))}"
    (tmp_path / "表.docx").write_bytes(document_of(body))
    run = goalcheck("表.docx", "--format", "concise", cwd=tmp_path)
    assert run.status == 1
    assert "表.docx:表2 第8行 第9列: GC303" in run.text


@pytest.mark.parametrize(("below", "keys"), [("\u4e59", ["hidden-text"]), ("\u7532", []), ("", [])])
def test_what_a_cell_holds_that_another_one_covers_is_said_to_be_hidden(below: str, keys: list[str]) -> None:
    """Programs that write a text into each of the cells that are one hide nothing."""
    rows = cell("\u7532", "<w:vMerge w:val='restart'/>"), cell(below, "<w:vMerge/>")
    body = "".join(f"<w:tr>{row}{cell('1')}</w:tr>" for row in rows)
    source = read(document_of(f"<w:tbl>{body}</w:tbl>"), "a.docx")
    assert source.text == "\u7532\t1\n\t1\n"
    assert [told.key for told in source.remarks] == keys


GRID = "<tblGrid><gridCol/><gridCol/></tblGrid>"
PAIR = "<tr><tc><p><r><t>\u7532</t></r></p></tc><tc><p/></tc></tr>"


@tried_on(
    ("table", "keys"),
    [
        (f"<tbl>{GRID}{PAIR * 3}</tbl>", []),
        (f"<tbl>{GRID}{PAIR * 3}<tr><tc><tcPr><gridSpan val='2'/></tcPr><p/></tc></tr></tbl>", []),
        (f"<tbl>{GRID}{PAIR * 3}<tr><trPr><gridAfter val='1'/></trPr><tc><p/></tc></tr></tbl>", []),
        (f"<tbl>{GRID}{PAIR * 3}<tr><tc><p/></tc></tr></tbl>", ["torn-tables"]),
        (f"<tbl>{GRID}{PAIR * 3}{'<tr><tc><p/></tc></tr>' * 2}</tbl>", []),  # so the program writes them
        (f"<tbl>{PAIR * 3}<tr><tc><p/></tc></tr></tbl>", []),
        ("<tbl><tr><tc/></tr></tbl>", ["torn-tables"]),
        (f"<tbl><tr><tc><tbl>{PAIR}</tbl></tc></tr></tbl>", []),
    ],
)
def test_a_table_of_which_something_lacks_is_said(table: str, keys: list[str]) -> None:
    assert [told.key for told in read(document_of(word(table)), "a.docx").remarks] == keys


@pytest.mark.parametrize("name", ["tbl", "tr", "t"])
def test_words_in_what_is_no_element_of_word_are_damage(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read(document_of(word(f"<tbl>{PAIR}</tbl>{f'<tbl>{PAIR}</tbl>'.replace(f'{name}>', f'{name}s>')}")), "a.docx")
    assert caught.value.key == "damaged-part"
