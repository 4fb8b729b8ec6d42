"""PDFs: tables over many pages, however their lines are drawn, and files that are out to do harm."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import random
import re
import sys
from pathlib import Path

import pdf_files
import pytest
from helpers import ROOT, SAMPLE, examples, goalcheck, some, tried_on
from office_files import counts_of, errors_of, merged_downwards, result_of, rows_of
from pdf_files import HOSTILE, Style, assembled, document, shown, stream, table, table_with_places, widths_of
from sample_files import unprinted

from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.readers import is_pdf, is_text, read
from goalcheck.source import PageOrigin

FORM = ROOT / "samples" / "project-form.txt"
EXPORT = ROOT / "samples" / "export.txt"
LIST = ROOT / "samples" / "amount.txt"
STYLES = ("strokes", "slabs", "boxes", "doubled", "dashed", "path", "shaded", "none")


def printed(path: Path, style: Style | None = None) -> bytes:
    """A sample as a PDF; cells of a form are merged as its office would."""
    rows = rows_of(path)
    merges = {place: (down, 1) for place, down in merged_downwards(rows, 2).items()} if path == FORM else {}
    header = next(at for at, row in enumerate(rows) if sum(map(bool, row)) > 3)
    return document(table(rows, widths_of(rows), range(header, header + 1), style, merges))


def grave(result: Result) -> list[tuple[object, ...]]:
    return sorted(errors_of(result), key=repr)


@tried_on("path", [FORM, EXPORT, LIST], ids=lambda path: path.name)
def test_a_sheet_that_was_printed_is_the_same_sheet(path: Path) -> None:
    text, pdf = result_of(path.read_bytes(), path.name), result_of(printed(path), "a.pdf")
    assert pdf.source is not None
    assert pdf.source.kind == "pdf"
    assert counts_of(pdf) == counts_of(text)
    assert grave(pdf) == grave(text)


@pytest.mark.usefixtures("pdf_read_here")
@tried_on(("lines", "closed"), some([*zip(STYLES[:-1], itertools.cycle((True, False)), strict=False)], 4))
def test_the_real_sheet_over_many_pages(lines: str, closed: bool) -> None:
    """Its header is on every page, and pages cut its rows; each finding leads to the page on which its words are."""
    rows = unprinted(rows_of(SAMPLE))
    text = result_of("\n".join("\t".join(row) for row in rows).encode(), "a.txt")
    data = document(table(rows, [120, 55, 55, 55, 55, 150, 290], range(2, 3), Style(lines, closed=closed)))
    pdf = result_of(data, "a.pdf")
    assert counts_of(pdf) == counts_of(text)
    assert [found[:4] for found in grave(pdf)] == [found[:4] for found in grave(text)]


@pytest.mark.usefixtures("pdf_read_here")
def test_origins_lead_to_the_words(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed(EXPORT, Style(top=160)))
    found = json.loads(goalcheck("lint", "--format", "json", "a.pdf", cwd=tmp_path).text)["findings"]
    text = json.loads(goalcheck("lint", "--format", "json", EXPORT).text)["findings"]
    assert len(found) == len(text)
    pages = set()
    for one in found:
        origin = one["origin"]
        assert origin["kind"] == "page"
        assert one["page"] == origin["page"]
        assert one["row"] == origin["row"]
        left, top, right, bottom = origin["box"]
        assert 30 <= left < right <= 812
        assert 435 < top < bottom < 555
        pages.add(origin["page"])
    assert pages == {1, 2, 3, 4}
    assert "GC303 第2页 第4行\uff1a" in goalcheck("lint", "a.pdf", cwd=tmp_path).text


CHARACTERS = "镇村道路养护河水清洁率次数完成年度项目≥%0123456789"


def random_table(chance: random.Random) -> tuple[list[list[str]], dict[tuple[int, int], tuple[int, int]], list[float]]:
    """Rows of a header and cells that all say something else, some merged; and how wide the columns are."""
    columns, number = chance.randrange(4, 8), chance.randrange(3, 25)
    rows = [[f"列{at}名称" for at in range(columns)]]
    for row in range(1, number):
        said = ["".join(chance.choices(CHARACTERS, k=chance.choice((2, 5, 9, 40)))) for _ in range(columns)]
        rows.append([f"第{row}-{at}{words if at else words[:2]}。" for at, words in enumerate(said)])
    merges = {}
    top = 1
    while top < number:
        high = min(chance.randrange(1, 5), number - top)
        if high > 1:
            merges[top, 0] = high, 1
            for row in range(top + 1, top + high):
                rows[row][0] = ""
        top += high
    for row in range(1, number):
        if chance.random() < 0.15:
            merges[row, 2] = 1, 2
            rows[row][3] = ""
    return rows, merges, [chance.choice((60.0, 90.0, 130.0)) for _ in range(columns)]


@tried_on("seed", range(examples(60)))
def test_cells_and_their_places(seed: int) -> None:
    """Random tables, with merged cells, over pages that cut rows: each cell is whole, and its origin leads to it."""
    chance = random.Random(seed)
    rows, merges, widths = random_table(chance)
    style = Style(chance.choice(STYLES[:2] + STYLES[3:7]), chance.random() < 0.7, chance.random() < 0.5, top=300)
    contents, places = table_with_places(rows, widths, range(1), style, merges)
    source = read(document(contents, ascii85=chance.random() < 0.3))
    lines = source.text.rstrip("\n").split("\n")
    assert [line.split("\t") for line in lines] == rows
    starts = [0, *(at + 1 for at, sign in enumerate(source.text) if sign == "\n")]
    for (row, column), printed in places.items():
        origin = source.where(starts[row] + sum(len(cell) + 1 for cell in rows[row][:column])).origin
        assert isinstance(origin, PageOrigin)
        page, x, base = printed[0]
        assert origin.page == page
        assert abs(origin.box[0] - x) < 0.2
        assert origin.box[1] < base < origin.box[3] + 2
        assert origin.column == column + 1
    for row in range(1, len(rows)):  # also where the first cell is but a part of the merged one above
        assert source.where(starts[row]).page == places[row, 1][0][0]
    assert source.merges is not None
    for merge in source.merges:
        first, last = starts.index(merge.start), starts.index(merge.end)
        assert merges[first, merge.column] == (last - first + 1, merge.last_column - merge.column + 1)
    assert len(source.merges) == sum(span != (1, 1) for span in merges.values())


ROWS = [
    ["项目名称", "一级指标", "二级指标", "三级指标", "指标值"],
    ["道路养护", "产出指标", "数量指标", "里程", "≥8公里"],
    ["河道保洁", "产出指标", "数量指标", "长度", "≥46公里"],
    ["路灯维护", "产出指标", "数量指标", "盏数", "≥1850盏"],
]
TEXT = "\n".join("\t".join(row) for row in ROWS) + "\n"


@tried_on(
    "data",
    [
        document(table(ROWS, [100] * 5, style=Style(turned=True)), box="0 0 595 842", more="/Rotate 90"),
        document(table(ROWS, [100] * 5, style=Style(turned=True)), box="0 0 595 842"),
        document(table(ROWS, [100] * 5), box="0 0 842 595", in_form=True),
        document(table(ROWS, [100] * 5), box="-20 -10 900 700"),
        document(table(ROWS, [100] * 5, style=Style("none"))),
        document(table(ROWS, [100] * 5, style=Style("none", top=90))),
        document([f"{table(ROWS, [100] * 5)[0]} {shown('里程', 333, 532.5)}"]),  # printed twice, as bold
    ],
    ids=lambda data: f"{len(data)}",
)
def test_pages_of_all_kinds(data: bytes) -> None:
    assert read(data).text == TEXT


@pytest.mark.parametrize("before", [b"HTTP/1.1 200 OK\r\n\r\n", b"<b>Warning</b>: x on line 3<br />\n", b"\0" * 1000])
def test_what_a_server_wrote_before_it_is_passed_over(before: bytes) -> None:
    """As viewers do, within the first 1,024 bytes; a sheet that names such a file is a sheet."""
    data = before + document(table(ROWS, [100] * 5))
    assert read(data).text == TEXT
    assert not is_text(data)
    assert not is_pdf(b"x" * 1024 + data)
    assert not is_pdf("项目名称\t指标值\n道路养护\t按%PDF-1.4存档1 0份".encode())


def test_lines_outside_and_joined_lines() -> None:
    """Title, unit and notes in their order; a figure that was broken is whole, Latin words keep their blank."""
    words = ["项目", "GDP growth", "rate", "≥12", "345次"]
    cell = "".join(shown(word, 133, 552 - 10 * at) for at, word in enumerate(words))
    outside = {580: "2025年度", 568: "金额单位:万元", 480: "注:含上年结转。"}
    lines = "".join(shown(text, 30, y) for y, text in outside.items())
    grid = "".join(f"{x} 500 m {x} 562 l S " for x in (30, 130, 300)) + "30 500 m 300 500 l S 30 562 m 300 562 l S "
    made = read(document([f"{grid}{cell}{shown('名称', 33, 552)}{lines}{shown('- 1 -', 400, 20)}"]))
    assert made.text == "2025年度\n金额单位:万元\n\n名称\t项目GDP growth rate≥12345次\n\n注:含上年结转。\n"
    origin = made.where(made.text.index("345次") - 2).origin
    assert isinstance(origin, PageOrigin)
    assert (origin.row, origin.column, origin.start) == (1, 2, 18)


def test_narrow_characters_that_follow_each_other_are_no_bold_one() -> None:
    """A figure of two digits that are alike loses none; one that is printed again beside itself is one figure."""
    words = "".join(f"{tight} Tz {shown('111.00', 33, 552 - 12 * at)}" for at, tight in enumerate((20, 40, 100)))
    bold = f"100 Tz {shown('名称11', 33, 505)} {shown('名称11', 33.4, 505)}"
    assert read(document([words + bold])).text == "111.00\n111.00\n111.00\n名称11\n"


def test_figures_in_a_standard_font_stand_where_they_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF need not say how wide those are: the figures of a row stand close to one another."""
    monkeypatch.setattr(pdf_files, "FONT", b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>")
    figures = "".join(f"BT /F1 10 Tf 1 0 0 1 {x} 510 Tm ({said}) Tj ET " for x, said in ((31, "1,200.50"), (71, "360")))
    grid = "".join(f"{x} 500 m {x} 530 l S " for x in (30, 70, 100)) + "30 500 m 100 500 l S 30 530 m 100 530 l S "
    assert read(document([grid + figures])).text == "1,200.50\t360\n"


def test_words_that_are_too_wide_for_their_cell_stay_whole() -> None:
    """They reach over into the next one, or upon the words beside them; two words that only touch are two."""
    grid = "".join(f"{x} 500 m {x} 562 l S " for x in (30, 70, 130)) + "30 500 m 130 500 l S 30 562 m 130 562 l S "
    grid += "30 530 m 130 530 l S "
    wide = shown("1234567890.50", 31, 552) + shown("镇政府", 76, 552)
    touching = shown("维修数量", 38, 520) + shown("检查次数", 70, 520)
    upon = shown("合计金额为123.40", 300, 552) + shown("万元以内", 350, 552)
    made = read(document([grid + wide + touching + upon])).text
    assert made == "1234567890.50\t镇政府\n维修数量\t检查次数\n\n合计金额为123.40万元以内\n"


def test_words_that_fill_their_cell_leave_the_next_one_what_is_its_own() -> None:
    """Below each other they begin where words of that column do, and not where the one before them ends."""
    rows = [("道路养护", "3次"), ("河道保洁", "5次"), ("路灯", "9次"), ("公厕", "2次"), ("治安", "4次")]
    places = [560 - 12 * at for at in range(6)]
    grid = "".join(f"30 {y} m 130 {y} l S " for y in places) + "".join(f"{x} 500 m {x} 560 l S " for x in (30, 70, 130))
    words = [
        shown(text, x, y - 9)
        for y, row in zip(places, rows, strict=False)
        for x, text in zip((38, 70.5), row, strict=True)
    ]
    assert read(document([grid + "".join(words)])).text == "".join("\t".join(row) + "\n" for row in rows)


def test_a_frame_around_tables_is_no_table() -> None:
    """With titles in stretches of their own, as pages of a system are printed."""
    style = Style(top=500, numbers=False)
    (drawn,) = table(ROWS[:3], [100] * 5, style=style)
    framed = "".join(f"20 {y} m 820 {y} l S " for y in (30, 520, 560)) + "20 30 m 20 560 l S 820 30 m 820 560 l S "
    made = read(document([framed + drawn + shown("绩效目标表", 30, 535)])).text
    assert made == "绩效目标表\n\n" + "".join("\t".join(row) + "\n" for row in ROWS[:3])


def test_what_every_page_says_is_said_once() -> None:
    """The title and the foot of pages over which a table goes on; each form on a page of its own keeps its title."""
    style = Style(top=90, numbers=False)
    pages = [
        f"{drawn}{shown('绩效目标表', 30, 500)}{shown(f'财政局 第{at}页', 30, 20)}"
        for at, drawn in enumerate(table(ROWS, [100] * 5, style=style), 1)
    ]
    assert len(pages) == 2
    assert read(document(pages)).text == f"绩效目标表\n\n{TEXT}\n财政局 第2页\n"
    forms = [[["项目名称", name], ["实施单位", "镇政府"]] for name in ("道路养护", "河道保洁")]
    pages = [f"{table(form, [100] * 2, range(0), style)[0]}{shown('申报表', 30, 500)}" for form in forms]
    source = read(document(pages))
    told = [f"申报表\n\n项目名称\t{name}\n实施单位\t镇政府\n" for name in ("道路养护", "河道保洁")]
    assert source.text == "\n".join(told)


def test_a_row_that_lacks_its_value_is_no_rest_of_the_row_before() -> None:
    rows = [[*ROWS[0]], *([*row[:4], row[4] if number % 5 else ""] for number, row in enumerate(ROWS[1:] * 8))]
    for style in (Style(top=112, cuts=False), Style(top=112, cuts=False, repeats=False)):
        contents = table(rows, [40.0, 40.0, 40.0, 60.0, 80.0], style=style)
        assert len(contents) > 5
        lines = read(document(contents)).text.rstrip("\n").split("\n")
        assert [line.split("\t") for line in lines] == rows


def test_a_header_within_a_form_is_no_header_of_pages() -> None:
    """The second form goes on overleaf with the row that names its columns, as the first one has it further down."""
    names = ["绩效指标", "一级指标", "二级指标", "指标值"]
    first = [["项目名称", "道路养护", "负责人", "李某"], names, ["", "产出指标", "数量指标", "≥8公里"]]
    second = [["项目名称", "河道保洁", "负责人", "张某"], names, ["", "产出指标", "数量指标", "≥46公里"]]
    contents = table([*first, *second], [100] * 4, range(0), Style(repeats=False, top=112))
    assert len(contents) == 2
    rows = [line.split("\t") for line in read(document(contents)).text.rstrip("\n").split("\n")]
    assert rows == [*first, *second]


@pytest.mark.usefixtures("pdf_read_here")
def test_a_form_with_cells_merged_both_ways() -> None:
    rows = [(row + [""] * 5)[:5] for row in rows_of(FORM)]
    merges = {place: (down, 1) for place, down in merged_downwards(rows, 2).items()}
    taken = {(row + below, column) for (row, column), (down, _) in merges.items() for below in range(down)}
    for number, row in enumerate(rows):
        column = 0
        while column < 5:
            wide = 1
            while column + wide < 5 and row[column] and not row[column + wide] and not {
                (number, column), (number, column + wide)
            } & taken:  # fmt: skip
                wide += 1
            if wide > 1:
                merges[number, column] = 1, wide
            column += wide
    text = result_of(FORM.read_bytes(), "a.txt")
    for top in (560, 300):
        style = Style("path", repeats=False, top=top)
        pdf = result_of(document(table(rows, [80, 100, 130, 220, 180], range(0), style, merges)), "a.pdf")
        assert counts_of(pdf) == counts_of(text)
        assert grave(pdf) == grave(text)


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(InputError) as told:
        read(printed(EXPORT))
    assert (told.value.key, told.value.figures) == ("needs-extra-for-pages", {"kind": "PDF", "extra": "office"})


def test_what_was_typed_into_a_form_is_read() -> None:
    plain = document(table(ROWS, [100] * 5))
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 90 20] /Resources << /Font << /F1 3 0 R >> >>"
    field = stream(shown("已核对", 2, 2).encode(), entries)
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [30 100 120 120] /F 4 /AP << /N 7 0 R >> >>"
    objects = [part.partition(b" obj\n")[2] for part in plain.partition(b"xref")[0].split(b"\nendobj\n")[:-1]]
    objects[3] = objects[3].replace(b"/Resources", b"/Annots [6 0 R] /Resources")
    assert read(assembled([*objects, note, field])).text == f"{TEXT}\n已核对\n"


@pytest.mark.usefixtures("pdf_read_here")
def test_pages_that_are_pictures_are_said(tmp_path: Path) -> None:
    plain = document([*table(ROWS, [100] * 5), "842 0 0 595 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x01 EI"])
    (tmp_path / "a.pdf").write_bytes(plain)
    run = goalcheck("lint", "a.pdf", cwd=tmp_path)
    assert run.status == 2
    assert "第2页是图片" in run.text
    assert run.text.startswith("a.pdf\uff1a")


@pytest.mark.usefixtures("pdf_read_here")
def test_pages_without_anything_are_said(tmp_path: Path) -> None:
    """A page whose content a damaged file has lost is such a page; so is one that was left blank."""
    pages = table(ROWS, [100] * 5)
    (tmp_path / "a.pdf").write_bytes(document([*pages, ""]))
    (tmp_path / "b.pdf").write_bytes(document(pages))
    told, silent = (goalcheck("lint", name, cwd=tmp_path) for name in ("a.pdf", "b.pdf"))
    assert told.status == silent.status != 2
    assert f"第{len(pages) + 1}页什么也没有" in told.text
    assert "什么也没有" not in silent.text


def test_standard_input_processes_and_the_library(tmp_path: Path) -> None:
    data = printed(EXPORT)
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (tmp_path / name).write_bytes(data)
    alone = goalcheck("lint", "--format", "concise", "-", "--stdin-filename", "a.pdf", stdin=data)
    assert alone.status == 1
    several = goalcheck("lint", "--format", "concise", "-j", "2", ".", cwd=tmp_path)
    assert several.text.count("\n") == 3 * alone.text.count("\n")
    found = result_of(data, "a.pdf")
    assert len(found.findings) == alone.text.count("\n")


@pytest.mark.slow
def test_hurt_files_are_refused_or_read_the_same() -> None:
    """Of 200 with up to five bytes changed in what is packed; those hurt elsewhere raise nothing else."""
    data = document(table(rows_of(EXPORT), [65] * 12, range(2, 3), Style(top=160)))
    sound = read(data).text
    streams = re.finditer(rb"stream\n(.*?)\nendstream", data, re.DOTALL)
    packed = [at for found in streams for at in range(*found.span(1))]
    for seed in range(400):
        chance = random.Random(seed)
        hurt = bytearray(data)
        for _ in range(chance.randrange(1, 6)):
            hurt[chance.choice(packed) if seed < 200 else chance.randrange(len(hurt))] = chance.randrange(256)
        with contextlib.suppress(InputError):
            made = read(bytes(hurt))
            assert seed >= 200 or made.text == sound


@pytest.mark.slow
def test_cut_anywhere_it_is_refused() -> None:
    data = document(table(ROWS, [100] * 5))
    for end in range(12, len(data) - 2, 7):
        with pytest.raises(InputError):
            read(data[:end])


HEAVY = {"forms", "bomb", "strokes", "many"}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_files_are_one_line(name: str, tmp_path: Path) -> None:
    one_line(name, tmp_path)


def test_a_locked_file_is_one_line(tmp_path: Path) -> None:
    one_line("password", tmp_path)


@tried_on("name", sorted(HOSTILE.keys() - HEAVY))
def test_hostile_files_are_refused(name: str) -> None:
    with pytest.raises(InputError):
        read(HOSTILE[name]())


SAID = {
    "forms": "时间或内存太多",
    "loop": "坏了",
    "count": "没有文字",
    "many": "超过2000页",
    "strokes": "线和字太多",
    "noise": "坏了",
    "password": "设了密码",
    "scan": "扫描件",
    "blank": "没有文字",
    "bomb": "解压后超过",
    "cut": "不完整",
    "hurt": "坏了",
}


def one_line(name: str, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(HOSTILE[name]())
    run = goalcheck("lint", "a.pdf", cwd=folder)
    assert run.status == 2
    assert len(run.complaints) == 1
    assert SAID[name] in run.complaints[0]


THREE = document([shown(f"\u7b2c{number}\u6761\u6d4b\u8bd5", 50, 500) for number in "\u7532\u4e59\u4e19"])


@pytest.mark.parametrize(
    ("old", "new", "gaps"),
    [
        (b"8 0 R] /Count 3", b"8 0/Count 3", [("pages-gone", True)]),  # the list says three
        (b"8 0 R] /Count 3", b"] /Count 2", [("pages-gone", False)]),  # somebody may have taken it out
        (b"/Kids", b"/Kids", []),
    ],
)
def test_pages_that_are_in_no_list_are_said(old: bytes, new: bytes, gaps: list[tuple[str, bool]]) -> None:
    assert old in THREE
    source = read(THREE.replace(old, new.ljust(len(old))), "a.pdf")
    assert [(told.key, told.is_gap) for told in source.remarks] == gaps
    assert ("\u4e19" in source.text) is (not gaps)


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>"


@tried_on("cut", [0, 1, 2, 40, 300])
@tried_on("way", ["ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode"])
def test_what_has_no_check_sum_ends_with_its_last_sign(way: str, cut: int) -> None:
    drawn = "".join(shown(f"\u7b2c{number}\u6761\u6d4b\u8bd5", 50, 500 - 20 * number) for number in range(9)).encode()
    runs = b"".join(bytes((len(run) - 1,)) + run for run in (drawn[at : at + 99] for at in range(0, len(drawn), 99)))
    told = {
        "ASCII85Decode": base64.a85encode(drawn) + b"~>",
        "ASCIIHexDecode": drawn.hex().encode() + b">",
        "RunLengthDecode": runs + b"\x80",
    }[way]
    picture = "/Subtype /Image /Width 9 /Height 9 /ColorSpace /DeviceGray /BitsPerComponent 8"  # which may lack it
    data = assembled([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        pdf_files.FONT,
        PAGE,
        stream(told[: len(told) - cut], f"/Filter /{way}"),
        stream(b"00" * 81, f"/Filter /ASCIIHexDecode {picture}"),
    ])  # fmt: skip
    if not cut:
        assert read(data, "a.pdf").text == read(document([drawn.decode()]), "a.pdf").text
        return
    with pytest.raises(InputError) as caught:
        read(data, "a.pdf")
    assert caught.value.key == "damaged-pdf"


@pytest.mark.parametrize("cut", [0, 1, 300])
def test_what_a_page_draws_is_whole_though_it_is_not_packed(cut: int) -> None:
    """Nothing but its length tells of such a stream what is missing, and that all behind it lies elsewhere."""
    drawn = " ".join(shown(f"\u7b2c{number}\u6761\u6d4b\u8bd5", 50, 500 - 20 * number) for number in range(9))
    packed = document([drawn])
    plain = assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            pdf_files.FONT,
            PAGE,
            stream(drawn.encode("latin-1")),
        ]
    )
    end = plain.index(b"\nendstream")
    damaged = plain[: end - cut] + plain[end:]
    if cut < 2:  # some programs miscount
        assert read(damaged, "a.pdf").text == read(packed, "a.pdf").text
        return
    with pytest.raises(InputError) as caught:
        read(damaged, "a.pdf")
    assert caught.value.key == "damaged-pdf"


@tried_on(
    ("more", "is_whole"),
    [
        ("q 1 0 0 -1 0 0 cm [] 0 d 0 .5 0 RG 3 4 5 6 re W* n 1 2 m 3 4 l S 1 2 3 4 v Q % done", True),
        (
            '/P <</MCID 0/A[1 [2]]/B <</C(x)>>>>BDC BT/F9 9 Tf 1 -2 Td[(a(b)c)-20.5<41>]TJ(\\()Tj T* 1 2(x)" ET EMC',
            True,
        ),
        ("/GS0 gs /Cs8 cs 0 scn /P0 SCN .1 .2 .3 .4 k /Im0 Do BI /W 1/H 1/D[0 1] ID \0EI(ET\nEI Q q", True),
        ("BT 1 0 0 1 50 400 Tm [(a) 0 Tc -3 (b)] TJ ET ET", True),  # so some programs write them
        ("BT 1 0 0 1 50 400 Tm 7532> Tj ET", False),
        ("BT 1 0 0 1 50 400 Tm <7532 Tj ET BT <4e59> Tj ET", False),
        ("BT 1 0 0 1 50 400 Tm (a Tj ET", False),
        ("BT 1 0 0 1 50 400 Tm <7532> TX ET", False),
        ("BT 1 0 0 1 50 400 Tm <7532 4e5> Tj 1 0 0 1 50 300 Tm <7530> Tj ET", False),  # a digit lacks
        ("BT 1 0 0 1 50 400 Tm [<75324e5> <7532> <75\n30>] TJ ET", False),
        ("BT 1 0 0 1 50 400 Tm <7532753> Tj 1 0 0 1 50 300 Tm (<70> 3) Tj ET", True),  # whose last zero lacks
        ("BT 1 0 0 1 50 400 Tm [-3 <75 3\n24e 59>] TJ <> Tj ET", True),
        ("BT 1 0 0 1 50 400 Tm <7532>", False),
        ("1 0 0 1 50", False),
        ("<7532> Tj", False),
        ("5 400 Tm", False),
        ("BT /F1 - Tf 1 0 0 1 50 400 Tm <7532> Tj ET", False),  # no size at all
        ("BT /F1 -.5 Tf 1 - 0 1 50 400 Tm <7532> Tj ET", True),  # so some write zero
        ("BT /F1 9Tf 1 0 0 1 50 400 Tm <7532> Tj ET", False),
        ("BT /F1 9 Tf 1 0 0 1 50 4.0.0 Tm <7532> Tj ET", False),
        ("BT 1 0 0 1 50\0\0\0\0 400 Tm <7532> Tj ET", False),  # where something was
        ("/P <</A(\0\0\0\0)>> BDC BT 1 0 0 1 50\0\0 400 Tm ET EMC\0\0\0\0", True),
        ("BT/F9 9 Tf 1 0 0 1 50 400 Tm[9(a)1<41>]TJ ET", True),
        ("BT 0 0 0 rg 1 2 3 Td ET", True),  # so LibreOffice writes places
        ("BT 1 2 3 Tm ET", False),
    ],
)
@pytest.mark.parametrize("in_form", [False, True])
def test_what_a_page_draws_is_well_formed_or_is_said_not_to_be(more: str, is_whole: bool, in_form: bool) -> None:
    """The library passes over what is not, and over the words with it."""
    source = read(document([f"{shown(WORDS, 50, 500)}{more}"], in_form=in_form), "a.pdf")
    assert [(told.key, told.is_gap) for told in source.remarks] == ([] if is_whole else [("broken-pages", True)])


@tried_on(("left", "gaps"), [(50, []), (-300, []), (50_400, ["astray-characters"]), (-50_400, ["astray-characters"])])
def test_words_far_off_their_page_are_said(left: float, gaps: list[str]) -> None:
    """Blanks are no words, and what stands beside the page is read."""
    source = read(document([shown(WORDS, 50, 500) + shown("\u8bd5", left, 400) + shown(" ", 90_000, 400)]), "a.pdf")
    assert [told.key for told in source.remarks if told.is_gap] == gaps
    assert ("\u8bd5" in source.text.replace(WORDS, "")) == (not gaps)


@pytest.mark.parametrize(("more", "number"), [("", 1), ("/CropBox [0 0 300 595]", 5), ("/CropBox [0 0 842 590]", 1)])
def test_words_that_no_viewer_shows_are_read_and_said(more: str, number: int) -> None:
    """Beside the page, or beside what of it is to be shown; not what reaches over its edge."""
    drawn = shown(WORDS, 50, 500) + shown("\u8bd5", -30, 400) + shown("\u5c65\u7ea6", -4, 300)
    source = read(document([drawn + shown("\u4e00\u4e8c\u4e09\u56db", 600, 500)], more=more))
    assert [(told.key, told.figures["number"], told.is_gap) for told in source.remarks] == [
        ("hidden-characters", str(number), False)
    ]
    assert all(word in source.text for word in ("\u8bd5", "\u4e00\u4e8c\u4e09\u56db"))


@pytest.mark.parametrize("width", [0, 40])
def test_characters_whose_widths_are_lost_are_said(width: int) -> None:
    """They all stand at one place, or nearly so: ``00`` is read as one that is printed twice; a bold one is that."""
    bold = "".join(shown(char, 50 + 8 * at + more, 300) for at, char in enumerate(WORDS) for more in (0, 0.3))
    data = document([shown(WORDS, 50, 550) + shown("1200", 50, 500) + shown("1", 50, 400) + shown("2", 50, 400) + bold])
    hurt = read(data.replace(b"[1 95 500]", b"[1 95 %03d]" % width), "a.pdf")
    assert [remark.key for remark in hurt.remarks if remark.is_gap] == ["stacked-characters"]
    source = read(data, "a.pdf")
    assert not source.remarks
    assert source.text.split() == [WORDS, "1200", "12", WORDS]
    tall = read(document([shown("Budget", 50, 400).replace("1 0 0 1", "1 0 0 20")]))
    assert (tall.text, tall.remarks) == ("Budget\n", ())


WORDS = "\u7b2c\u4e00\u6761\u6d4b\u8bd5"


@pytest.mark.parametrize("line", ["\u6570\u91cf\u6307\u6807-", "A-", "in-"])
def test_a_hyphen_at_the_end_of_a_line_is_kept(line: str) -> None:
    """The library takes it for the mark of a word that was broken, and leaves it out."""
    made = document([shown(line, 100, 500) + shown("\u57f9\u8bad10\u6b21", 100, 490)])
    assert read(made).text == f"{line}\n\u57f9\u8bad10\u6b21\n"


@pytest.mark.parametrize(
    ("last", "is_kept"),
    [
        (["12"], False),
        (["- 12 -"], False),
        (["\u7b2c3\u9875", "\u51715\u9875"], False),
        (["3/5"], False),
        (["24", "123", "223"], True),
        (["123456"], True),
        (["3", "3"], True),
    ],
)
def test_what_stands_last_on_a_page_is_its_number_or_a_row_of_figures(last: list[str], is_kept: bool) -> None:
    line = "".join(shown(said, 50 + 100 * at, 40) for at, said in enumerate(last))
    text = read(document([shown("\u57f9\u8bad", 50, 500) + line])).text
    assert ("".join(last) in text.replace(" ", "").replace("\t", "")) == is_kept
