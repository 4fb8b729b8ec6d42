"""A workbook with all that a program may lose that writes it anew: :func:`rich_book`. And others of odd makers."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

import openpyxl
import xlsxwriter
from helpers import ROOT
from office_files import rows_of
from openpyxl.comments import Comment

EXPORT = ROOT / "samples" / "export.txt"
NOTED = "I8"
"""A cell with a finding (``≥9O%``) that has a note already."""

THREADED = "I7"
"""A cell with a finding that has a thread of comments."""

COLOURED = "C4"
"""A cell with a finding that has a colour of its own."""

FORMULA = "C6"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_THREAD = "{11111111-2222-3333-4444-555555555555}"
_THREAD_PART = "threadedComments/threadedComment1.xml"
_PERSON = "{99999999-2222-3333-4444-555555555555}"


def picture() -> bytes:
    """A PNG of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )


def rewritten(data: bytes, changes: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """A package with parts changed, or with further ones."""
    made = io.BytesIO()
    left = dict(changes)
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as other:
        for info in file.infolist():
            said, change = file.read(info), left.pop(info.filename, None)
            other.writestr(info, said if change is None else change(said) if callable(change) else change)
        for name, new in left.items():
            assert isinstance(new, bytes), name
            other.writestr(zipfile.ZipInfo(name), new)
    return made.getvalue()


@cache
def rich_book(*, with_notes: bool = True) -> bytes:
    """The sample of an export as the second worksheet of a book with everything."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 1, tzinfo=UTC)})  # else the second in which it is made
    cover = book.add_worksheet("封面")
    cover.write_string("A1", "部门预算")
    cover.print_area("A1:C5")
    cover.repeat_rows(0)
    cover.activate()
    sheet = book.add_worksheet("项目's 一")
    bold, wrapped = (
        book.add_format({"bold": True, "font_name": "黑体"}),
        book.add_format({"text_wrap": True, "border": 1}),
    )
    yellow = book.add_format({"bg_color": "#00FF00", "num_format": "#,##0.00", "border": 2, "align": "right"})
    for row, cells in enumerate(rows_of(EXPORT)):
        for column, cell in enumerate(cells):
            if cell:
                sheet.write_string(row, column, cell, wrapped)
    sheet.write_number(COLOURED, 1_286_000, yellow)
    sheet.write_formula(FORMULA, "=243000*2", book.add_format({"num_format": "#,##0.00"}), 486_000)
    sheet.write_rich_string("E13", bold, "效益", "指标", wrapped)
    sheet.set_column("A:B", 24)
    sheet.set_column("P:P", 9, book.add_format({"italic": True}))
    sheet.set_row(6, 40)
    sheet.freeze_panes(3, 2)
    sheet.autofilter("A3:L12")
    sheet.data_validation("H4:H20", {"validate": "list", "source": ["≥", "≤", "="]})
    sheet.conditional_format("K4:K20", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("C4:C20", {"type": "cell", "criteria": ">", "value": 9, "format": bold})
    sheet.add_sparkline("N4", {"range": "K4:K9"})
    sheet.insert_image("P2", "a.png", {"image_data": io.BytesIO(picture())})
    sheet.set_header("&L&G", {"image_left": "b.png", "image_data_left": io.BytesIO(picture())})
    sheet.insert_button("P8", {"caption": "按钮"})
    sheet.print_area("A1:L12")
    sheet.protect("", {"format_cells": True})
    sheet.ignore_errors({"number_stored_as_text": "A1:L20"})
    sheet.write_url("N6", "https://example.com/", string="链接")
    if with_notes:
        sheet.write_comment(NOTED, "我的批注", {"author": "张三"})
        sheet.write_comment("A20", "别处的批注", {"author": "张三"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": ["项目's 一", 3, 10, 8, 10]})
    sheet.insert_chart("P12", chart)
    line = book.add_chart({"type": "line"})
    line.add_series({"values": ["项目's 一", 3, 10, 8, 10]})
    book.add_chartsheet("图").set_chart(line)
    other = book.add_worksheet("明细")
    other.add_table("A1:B3", {"data": [["a", 1], ["b", 2]]})
    book.define_name("总额", "='项目''s 一'!$C$4")
    book.set_custom_property("部门", "水务局")
    book.close()
    return _with_more(made.getvalue(), with_notes=with_notes)


def _with_more(data: bytes, *, with_notes: bool) -> bytes:
    """What XlsxWriter does not write: prefixes that only ``mc:Ignorable`` names, threads, parts that nobody knows."""

    def ignorable(said: bytes) -> bytes:
        assert b'mc:Ignorable="x14ac"' in said
        return said.replace(b'mc:Ignorable="x14ac"', b'mc:Ignorable="x14ac wet" xmlns:wet="http://www.wps.cn/x"', 1)

    changes: dict[str, Callable[[bytes], bytes] | bytes] = {
        "xl/worksheets/sheet2.xml": ignorable,
        "customXml/item1.xml": b"<a xmlns='b'>c</a>",
    }
    if with_notes:
        types = "".join(
            f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.{kind}+xml"/>'
            for part, kind in (("persons/person.xml", "person"), (_THREAD_PART, "threadedcomments"))
        )
        changes["[Content_Types].xml"] = lambda said: said.replace(b"</Types>", f"{types}</Types>".encode())
        values = f'ref="{THREADED}" personId="{_PERSON}" id="{_THREAD}"'
        thread = f"<threadedComment {values}><text>请核对</text></threadedComment>"
        changes["xl/threadedComments/threadedComment1.xml"] = (
            f'<ThreadedComments xmlns="{_THREADS}">{thread}</ThreadedComments>'.encode()
        )
        person = f'<person displayName="李四" id="{_PERSON}" userId="l" providerId="None"/>'
        changes["xl/persons/person.xml"] = f'<personList xmlns="{_THREADS}">{person}</personList>'.encode()
        changes["xl/worksheets/_rels/sheet2.xml.rels"] = lambda said: said.replace(
            b"</Relationships>",
            b'<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
            b'Target="../threadedComments/threadedComment1.xml"/></Relationships>',
        )
        changes["xl/_rels/workbook.xml.rels"] = lambda said: said.replace(
            b"</Relationships>",
            b'<Relationship Id="rIdP" Type="http://schemas.microsoft.com/office/2017/10/relationships/person" '
            b'Target="persons/person.xml"/></Relationships>',
        )
    return rewritten(data, changes)


@cache
def openpyxl_book() -> bytes:
    """The sample as openpyxl writes it, with a note: comments in places of their own, drawings with odd prefixes."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows_of(EXPORT):
        sheet.append([cell or None for cell in row])
    sheet[NOTED].comment = Comment("我的批注", "张三")
    sheet.merge_cells("A1:L1")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@cache
def prefixed_book() -> bytes:
    """The sample with ``x:`` before every name, as ClosedXML and the Open XML SDK write."""
    return with_prefixes(openpyxl_book(), ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"))


def with_prefixes(data: bytes, names: Sequence[str]) -> bytes:
    """A workbook with ``x:`` before every name in the parts that are named."""

    def prefixed(said: bytes) -> bytes:
        said = re.sub(rb"<(/?)(?![?!])", rb"<\1x:", said)
        return said.replace(
            b'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
            b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
        )

    return rewritten(data, dict.fromkeys(names, prefixed))
