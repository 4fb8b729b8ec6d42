"""Pages: tables that a web page, a spreadsheet or a budget system saved as HTML, whatever the file is called."""

from __future__ import annotations

import base64
import contextlib
import html
import time
from pathlib import Path

import pytest
from helpers import ROOT, SAMPLE, goalcheck, tried_on
from office_files import (
    assert_each_in_its_cell,
    assert_same_sheet,
    covered_by,
    errors_of,
    merged_downwards,
    page_of,
    result_of,
    rows_of,
)

from goalcheck.errors import InputError
from goalcheck.limits import Limits
from goalcheck.readers import read

FORM = ROOT / "samples" / "project-form.txt"
EXPORT = ROOT / "samples" / "export.txt"


def text_of(page: str) -> str:
    return read(page.encode("utf-8"), "a.html").text


@pytest.mark.slow
@tried_on("path", [SAMPLE, FORM, EXPORT], ids=lambda path: path.name)
@tried_on("charset", ["utf-8", "gb2312", "utf-16"])
def test_a_sheet_saved_as_a_page_is_the_same_sheet(path: Path, charset: str) -> None:
    text, page = result_of(path.read_bytes(), path.name), result_of(page_of(rows_of(path), charset))
    assert page.source is not None
    assert page.source.kind == "html"
    assert_same_sheet(page, text)


def test_a_form_with_cells_merged_both_ways() -> None:
    """As an office keeps it: levels merged downwards, long cells across; each finding leads to the cell it is about."""
    rows = rows_of(FORM)
    down = merged_downwards(rows, 2)
    covered = covered_by(down)
    tags = [
        "".join(
            f"<td rowspan={down.get((row, column), 1)}>{html.escape(said)}"
            for column, said in enumerate(cells)
            if (row, column) not in covered
        )
        for row, cells in enumerate(rows)
    ]
    page = result_of(f"<table>{''.join(f'<tr>{row}' for row in tags)}</table>".encode())
    text = result_of(FORM.read_bytes())
    assert page.source is not None
    assert page.source.merges
    assert_same_sheet(page, text)
    assert_each_in_its_cell(page, rows)


@tried_on(
    ("page", "text"),
    [
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc\t\n"),
        ("<table><td>a<td colspan=2>b<td>c<tr><td><td>d", "a\tb\t\tc\n\td\t\t\n"),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d", "a\tb\n\tc\nd\t\n"),
        ("<table><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d", "a\tb\n\tc\nd\t\n"),
        ("<table><tr><td rowspan=9999999999 colspan=x>a<td>b<tr><td>c", "a\tb\n\tc\n"),
        ("<table><tr><td>a <b>b</b>\n c&nbsp;<br>d<p>e</p><td>\u3000&nbsp;", '"a b c\nd\ne"\n'),
        ("<table><tr><td>保障\r\n  办公<td>a\nb<td>“甲\n乙”\n丙", "保障办公\ta b\t“甲乙”丙\n"),
        ("<table><tr><td>&lt;5%&#x2265;&#8805;&amp;&#99999999999;<td><5%<td>≥<指标>", "<5%≥≥&\ufffd\t<5%\t≥<指标>\n"),
        ("<table><tr><td><!-- a --><script>'<td>'</script><xml><td>b</xml><![if x]>c<![endif]>", "c\n"),
        (
            "<h1>标题</h1>单位：<b>万</b>元<table><caption>表一<tr><td>a</table>注<br>说明",
            "标题\n单位：万元\n表一\n\na\n\n注\n说明\n",
        ),
        (
            "<table><tr><td>甲<table><tr><td>乙<table><tr><td>丙</table></table>丁<td>戊</table>",
            '"甲\n丁"\t戊\n\n乙\n\n丙\n',
        ),
        ("<table><tr><td><table><tr><td>a</table><table><tr><td>b</table></table>", "a\n\nb\n"),
        ("<table><tr><td>a</td></tr><table><tr><td>b", "a\n\nb\n"),
        (
            "<table><td><input value='≥5'><input type=hidden value=x><td><select><option>万<option selected>元",
            "≥5\t元\n",
        ),
        ("<table><tr><td><textarea>a\n&lt;b</textarea><td title='>'>c<td title=\">d", '"a\n<b"\tc\td\n'),
        ("<!-- x --><meta charset=utf-8><TABLE><tr><th>a\u0001", "a\n"),
        ("<pre>a\nb</pre><table><tr><td>c", "a\nb\n\nc\n"),
    ],
)
def test_what_a_browser_shows_is_read(page: str, text: str) -> None:
    page = page if "<!--" in page[:4] else f"<html>{page}"
    assert text_of(page) == text


@tried_on(
    "text",
    [
        "<b>项目名称</b>\t绩效指标\n",
        "<项目名称>\t绩效指标\n",
        "<5%\t绩效指标\n",
        "<a\t<table\n",
        "<!-- 注 -->\t绩效指标\n",
        "<html>是网页\n"[1:],
        "<?xml version='1.0'?><sheet><table>\n"[2:],
    ],
)
def test_a_sheet_that_begins_with_a_sign_is_no_page(text: str) -> None:
    assert read(text.encode(), "a.txt").text == text


@tried_on(
    ("charset", "codec"),
    [
        ("gb2312", "gb18030"), ("gb2312", "utf-8-sig"), ("utf-8", "gb18030"), ("iso-8859-1", "gb18030"),
        ("x-nothing", "utf-8"), ("big5", "big5hkscs"), ("utf-8", "utf-16"), ("punycode", "utf-8"), ("GBK", "gb18030"),
    ],
)  # fmt: skip
def test_the_encoding_that_a_page_declares(charset: str, codec: str) -> None:
    page = f"<html><meta http-equiv=Content-Type content='text/html; charset={charset}'><table><tr><td>項目支出"
    assert read(page.encode(codec)).text == "項目支出\n"


def test_what_is_hidden_and_what_is_cut_off_is_said() -> None:
    page = "<table><col><col style='mso-width-source:userset;display:none'><tr hidden><td>a<td>b<tr><td>c"
    page += "<td><td style='display: none'>d"
    source = read(f"{page}<tr style='display:none'><td></table>".encode())
    told = [(remark.key, dict(remark.figures)) for remark in source.remarks]
    assert told == [
        ("hidden-rows-of-table", {"table": "1", "rows": "1"}),
        ("hidden-columns-of-table", {"table": "1", "columns": "2-3"}),
    ]
    whole = page_of(rows_of(EXPORT)).decode()
    result = result_of(whole[: whole.rindex("<TD")].encode())
    assert result.status == "partial"
    for end in ("</TABLE>", "<TR><TD a='", "<!-- ", "<style>td"):
        page = f"{whole[: whole.index('</TABLE>')]}{end}"
        assert [remark.is_gap for remark in read(page.encode()).remarks] == [True]
    assert read(whole.encode()).remarks == ()
    assert read(whole.replace("</TABLE>", "").encode()).remarks == ()  # it ends where the page does
    torn = "<table><tr><td{}<td>b</table>"
    lost = '><font face="x>a</font></td><td align="left">', "><b lang='x>a</b><i lang='y'>c</i></td>"  # quotation marks
    for beginning in (" class=x a</td>", ' title="x>a</td><td class="y">', ">a</td <td>c</td>", "><!a</td>", *lost):
        assert [remark.key for remark in read(torn.format(beginning).encode()).remarks] == ["torn-tags"]
    for beginning in (" title='<b>x</b>'>a", "><a title=\"<i>'x'</i>\" name='<'\tid=a title='</i>'/>a"):
        assert read(torn.format(beginning).encode()).remarks == ()
    for end in (">a</td</tr>", ">a</b </td>", ">a<!</td>", ">a</</td>", ">a<p</td>"):
        assert read(torn.format(end).encode()).remarks == ()
    for end in (">a<td</td>", ">a<p\u4e59</td>", ">a<p95</td>"):
        assert [remark.key for remark in read(torn.format(end).encode()).remarks] == ["torn-tags"]


def test_a_web_archive_holds_worksheets() -> None:
    def part(name: str, page: str) -> str:
        coded = base64.encodebytes(page.encode()).decode()
        return (
            f"--=_x\r\nContent-Location: file:///C:/{name}\r\nContent-Transfer-Encoding: base64\r\n"
            f'Content-Type: text/html; charset="utf-8"\r\n\r\n{coded}\r\n'
        )

    parts = [
        part("a.htm", "<html><frameset><frame src=b></frameset></html>"),
        part("sheet1.htm", page_of(rows_of(EXPORT)).decode()),
        part("sheet2.htm", "<html><table><tr><td>说明</table></html>"),
        part("tabstrip.htm", "<html><table><tr><td>Sheet1</table></html>"),
        "--=_x\nContent-Type: text/css\n\na{}\n",
    ]
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="=_x"\r\n\r\n说明\r\n'
    archive = f"{head}{''.join(parts)}--=_x--\r\n".encode()
    found = result_of(archive)
    assert errors_of(found) == errors_of(result_of(EXPORT.read_bytes()))
    assert found.source is not None
    assert found.source.text.endswith("\n\n说明\n")
    torn = archive.replace(b'"utf-8"\r\n\r\n', b'"utf-8"\r\n\r\n\x7f')  # which no base64 has: it would be left out
    for data, key in (
        (archive[:-12], "incomplete-package"),
        (torn, "incomplete-package"),
        (f"{head}{parts[0]}--=_x--".encode(), "frames"),
    ):
        with pytest.raises(InputError, match=key):
            read(data)


@tried_on(
    ("page", "key"),
    [
        ("<table><tr><td>" * 10_000, "nested-too-deep"),
        ("<table>" + "<tr><td rowspan=60000 colspan=1000>a" * 20_000, "too-wide"),
        ("<table><tr>" + "<td rowspan=60000>" * 10_000 + "<tr><td>a" * 60_000, "too-many-merged"),
        ("<table><tr>" + "<td colspan=1000>" * 20, "too-wide"),
        ("<table><tr>" + "<td>" * 16_000 + "a" + "<tr><td>c" * 999, "too-many-cells"),
        ("<table>" + "<tr><td>a" * 2_001, "too-many-rows"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_hostile_page_is_refused(page: str, key: str) -> None:
    with pytest.raises(InputError) as refused:
        read(page.encode(), limits=Limits(rows=2_000))
    assert refused.value.key == key


@pytest.mark.slow
@tried_on(
    "piece", ["<a", "<!--", "</", "<a b='", "<a b=\"c' ", "<script>", "<![CDATA[", "&#", "<!", "<table", "< ", "<td>"]
)
def test_broken_markup_costs_no_more_than_its_length(piece: str) -> None:
    """Also where an end is far away, or is none."""
    for end in ("", ">", "'>", '">', "-->"):
        start = time.process_time()
        with contextlib.suppress(InputError):
            read(f"<html>{piece * (60_000 // len(piece))}{end}".encode())
        assert time.process_time() - start < 20  # a quadratic one takes minutes


def test_the_command_reads_a_page(tmp_path: Path) -> None:
    (tmp_path / "表.xls").write_bytes(page_of(rows_of(EXPORT), "gb2312"))
    run = goalcheck("表.xls", "--format", "concise", cwd=tmp_path)
    assert run.status == 1
    assert "表.xls:表1 第8行 第9列: GC303" in run.text


@pytest.mark.parametrize(("zeros", "keys"), [(0, []), (3, []), (64, ["zeros"])])
def test_zeros_within_a_page_are_said(zeros: int, keys: list[str]) -> None:
    """A disk leaves them where it lost a block; at the end of a page they are nothing."""
    page = f"<html><table><tr><td>\u7532{zeros * chr(0)}<td>\u4e59</table></html>{chr(0) * 9}"
    source = read(page.encode(), "a.html")
    assert source.text == "\u7532\t\u4e59\n"
    assert [told.key for told in source.remarks] == keys
