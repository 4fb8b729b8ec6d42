"""Marked copies of workbooks: every finding is marked, and all that was not marked is what it was."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from helpers import ROOT, goalcheck_here, some, tried_on
from hypothesis import given
from hypothesis import strategies as st
from libre_office import all_converted, needs_libre_office
from makers import Table, xlsx
from packages import OFFICE
from packages import relations as related
from rich_books import (
    COLOURED,
    FORMULA,
    NOTED,
    THREADED,
    openpyxl_book,
    prefixed_book,
    rewritten,
    rich_book,
    with_prefixes,
)
from strict_office import MAIN, assert_sound, parts, relations, tree

import goalcheck as api
from goalcheck.annotate import annotated
from goalcheck.annotate.cell_formats import FILLS
from goalcheck.annotate.worksheet import outline, reference
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.source import CellOrigin

FILES = ROOT / "samples" / "files"
SHEET = "项目's 一"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl drops them; goalcheck not
PART = "xl/worksheets/sheet2.xml"
BOOKS = {
    "rich": rich_book,
    "without notes": lambda: rich_book(with_notes=False),
    "openpyxl": openpyxl_book,
    "prefixed": prefixed_book,
    "packed": (FILES / "liwan-jinhua.xlsx").read_bytes,
    "form": (FILES / "project-form.xlsx").read_bytes,
}
each_book = tried_on("name", some([*BOOKS], 3))


@lru_cache(maxsize=16)
def _checked(data: bytes, name: str = "a.xlsx") -> Result:
    return api.check(data, path=name)


@lru_cache(maxsize=16)
def _copy(data: bytes, lang: str = "zh", name: str = "a.xlsx") -> bytes:
    copy = annotated(data, _checked(data, name), lang)
    assert (copy.ending, copy.remark) == (".xlsx", None)
    assert_sound(copy.data)
    return copy.data


def _told(result: Result) -> list[tuple[object, ...]]:
    return [(one.code, one.project, one.indicator, one.field, one.text, one.figures) for one in result.findings]


def _origins(result: Result) -> Iterator[tuple[str, str, str]]:
    """Worksheet and cell of each finding, with its code."""
    assert result.source is not None
    for finding in result.findings:
        origin = result.source.where(finding.start).origin
        assert isinstance(origin, CellOrigin)
        yield origin.sheet, origin.cell, finding.code


@each_book
def test_every_finding_is_told_in_the_note_of_its_cell(name: str) -> None:
    data = BOOKS[name]()
    book = openpyxl.load_workbook(io.BytesIO(_copy(data)))
    result = _checked(data)
    for sheet, cell, code in _origins(result):
        merged = next((str(area).partition(":")[0] for area in book[sheet].merged_cells.ranges if cell in area), cell)
        note = book[sheet][merged].comment
        assert note is not None, cell
        assert code in note.text
        fill = book[sheet][merged].fill.fgColor.rgb
        assert fill in FILLS.values(), cell
    assert result.findings
    (results,) = [sheet for sheet in book if sheet.title == "检查结果"]
    assert book.sheetnames[0] == "检查结果"
    links = [row[1].hyperlink.location for row in results.iter_rows(min_row=4) if row[1].value]
    assert links == [f"'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}" for sheet, cell, _ in _origins(result)]


@each_book
def test_a_copy_is_read_as_its_original(name: str) -> None:
    data = BOOKS[name]()
    result, again = _checked(data), _checked(_copy(data))
    assert _told(again) == _told(result)
    assert again.status == result.status
    assert [remark.key for remark in again.remarks if remark.key == "own-results"] == ["own-results"]


@each_book
def test_the_same_bytes_every_time(name: str) -> None:
    data = BOOKS[name]()
    assert _copy(data) == _copy.__wrapped__(data)


@each_book
def test_marking_a_copy_replaces_its_marks(name: str) -> None:
    data = BOOKS[name]()
    once = _copy(data)
    twice = _copy(once)
    assert _notes(twice) == _notes(once)
    assert _fills(twice) == _fills(once)
    assert _words(twice) == _words(once)
    assert len(parts(twice)) == len(parts(once))
    book = openpyxl.load_workbook(io.BytesIO(twice))
    assert [name for name in book.sheetnames if name.startswith("检查结果")] == ["检查结果"]


def test_a_place_is_shown_whole_though_its_worksheet_has_a_long_name() -> None:
    book = openpyxl.load_workbook(FILES / "project-form.xlsx")
    book.worksheets[0].title = "项目支出绩效目标表"
    made = io.BytesIO()
    book.save(made)
    results = openpyxl.load_workbook(io.BytesIO(_copy(made.getvalue())))["检查结果"]
    assert str(results["B4"].value).startswith("项目支出绩效目标表!")
    assert results.column_dimensions["B"].width >= 2 * 9 + 4


def _notes(data: bytes) -> Counter[tuple[str, str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = ((sheet, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return Counter((sheet.title, cell.coordinate, cell.comment.text) for sheet, cell in cells if cell.comment)


def _fills(data: bytes) -> dict[tuple[str, str], str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = ((sheet, cell) for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row)
    return {(sheet.title, cell.coordinate): str(cell.fill.fgColor.rgb) for sheet, cell in cells if cell.has_style}


def _words(data: bytes) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    return [str(cell.value) for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row]


# --- what was not marked, part by part -------------------------------------------------------------------------------

TOUCHED = {
    "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", PART,
    "xl/worksheets/sheet1.xml",  # it was selected
    "xl/worksheets/_rels/sheet2.xml.rels", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    "xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml",
}  # fmt: skip


def test_all_other_parts_stay_as_they_were() -> None:
    before, after = parts(rich_book()), parts(_copy(rich_book()))
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed <= TOUCHED
    assert [name for name in after if name not in before] == ["xl/worksheets/goalcheck1.xml"]
    assert [name for name in after if name in before] == [*before], "in their order"
    assert len(before) - len(changed) > 12


def test_packed_bytes_of_other_parts_are_copied() -> None:
    import zipfile

    before, after = (zipfile.ZipFile(io.BytesIO(data)) for data in (rich_book(), _copy(rich_book())))
    for info in before.infolist():
        other = after.getinfo(info.filename)
        assert (other.date_time, other.compress_type) == (info.date_time, info.compress_type)


def test_the_rest_of_a_worksheet_stays_as_it_was() -> None:
    before, after = (parts(data)[PART] for data in (rich_book(), _copy(rich_book())))
    names = (
        "sheetPr", "dimension", "sheetFormatPr", "cols", "sheetProtection", "autoFilter", "conditionalFormatting",
        "dataValidations", "hyperlinks", "pageMargins", "headerFooter", "ignoredErrors", "drawing", "legacyDrawing",
        "legacyDrawingHF", "extLst",
    )  # fmt: skip
    for name in names:
        pattern = rb"<" + name.encode() + rb"\b(?:[^>]*/>|.*?</" + name.encode() + rb">)"
        assert re.findall(pattern, after, re.DOTALL) == re.findall(pattern, before, re.DOTALL), name
    assert re.search(rb"<worksheet[^>]*>", after)[0] == re.search(rb"<worksheet[^>]*>", before)[0]  # type: ignore[index]
    assert b"<pane " in after


def test_cells_keep_all_but_their_colour() -> None:
    before, after = (openpyxl.load_workbook(io.BytesIO(data)) for data in (rich_book(), _copy(rich_book())))
    marked = 0
    for row in before[SHEET].iter_rows():
        for cell in row:
            other = after[SHEET][cell.coordinate]
            assert other.value == cell.value, cell.coordinate
            for look in ("font", "border", "alignment", "number_format", "protection"):
                assert repr(getattr(other, look)) == repr(getattr(cell, look)), (cell.coordinate, look)
            marked += repr(other.fill) != repr(cell.fill)
    assert marked == len({cell for _, cell, _ in _origins(_checked(rich_book()))})
    values = (openpyxl.load_workbook(io.BytesIO(data), data_only=True) for data in (rich_book(), _copy(rich_book())))
    assert [book[SHEET][FORMULA].value for book in values] == [486_000, 486_000], "kept values of formulas"


def test_defined_names_stay_with_their_sheets() -> None:
    before, after = (openpyxl.load_workbook(io.BytesIO(data)) for data in (rich_book(), _copy(rich_book())))
    for sheet in before.worksheets:
        assert after[sheet.title].print_area == sheet.print_area
        assert after[sheet.title].print_title_rows == sheet.print_title_rows
    assert after.defined_names["总额"].value == before.defined_names["总额"].value
    assert after.sheetnames == ["检查结果", *before.sheetnames]


def test_the_results_alone_are_selected() -> None:
    held = parts(_copy(rich_book()))
    selected = [name for name in held if name.startswith("xl/") and b"tabSelected" in held[name]]
    assert selected == ["xl/worksheets/goalcheck1.xml"]
    assert b"activeTab" not in held["xl/workbook.xml"]


def test_notes_of_others_stay() -> None:
    copy = _copy(rich_book())
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert book[SHEET]["A20"].comment.text == "别处的批注"
    note = book[SHEET][NOTED].comment
    assert note.author == "张三"
    assert note.text.startswith("我的批注\n\u2014\u2014 goalcheck \u2014\u2014\n必须改 GC303")
    held = parts(copy)
    threads = tree(held["xl/threadedComments/threadedComment1.xml"])
    assert [one.get("ref") for one in threads] == [THREADED, THREADED]
    assert threads[1].get("parentId") == threads[0].get("id")
    persons = {one.get("id"): one.get("displayName") for one in tree(held["xl/persons/person.xml"])}
    assert persons[threads[1].get("personId")] == "goalcheck"


def test_a_button_without_notes_stays() -> None:
    copy = _copy(rich_book(with_notes=False))
    held = parts(copy)
    kinds = Counter(kind for kind, _, _ in relations(held, PART).values())
    assert (kinds["comments"], kinds["vmlDrawing"]) == (1, 2)  # one is of the header
    assert "按钮".encode() in held["xl/drawings/vmlDrawing1.vml"]


def test_a_drawing_that_is_no_xml_is_left_so() -> None:
    odd = rewritten(
        rich_book(), {"xl/drawings/vmlDrawing1.vml": lambda said: said.replace(b"</div>", b"<br></div>", 1)}
    )
    copy = annotated(odd, _checked(odd), "zh")
    drawing = parts(copy.data)["xl/drawings/vmlDrawing1.vml"]
    assert b"<br></div>" in drawing
    assert drawing.count(b'ObjectType="Note"') > 5


def test_a_cell_gets_its_own_colour_back() -> None:
    once = _copy(rich_book())
    sound = rewritten(once, {PART: lambda said: said})
    assert _fills(once)[SHEET, COLOURED] in FILLS.values()
    from goalcheck.annotate.book import Book
    from goalcheck.annotate.box import Box
    from goalcheck.annotate.unmark import unmark
    from goalcheck.readers.package import Package

    box = Box(Package(sound))
    unmark(box, Book(box))
    bare = box.packed()
    assert_sound(bare)
    book, meant = (openpyxl.load_workbook(io.BytesIO(data)) for data in (bare, rich_book()))
    for row in meant[SHEET].iter_rows():
        for cell in row:
            other = book[SHEET][cell.coordinate]
            assert other.value == cell.value
            assert [repr(other.fill), repr(other.font)] == [repr(cell.fill), repr(cell.font)], cell.coordinate
    assert book.sheetnames == meant.sheetnames
    assert [one.comment and one.comment.text for one in (book[SHEET]["A20"], book[SHEET][NOTED])] == [
        "别处的批注",
        "我的批注",
    ]
    assert book[SHEET].print_area == meant[SHEET].print_area


# --- words within a cell ---------------------------------------------------------------------------------------------


def test_words_of_a_packed_cell_are_marked() -> None:
    data = (FILES / "liwan-jinhua.xlsx").read_bytes()
    before, after = (openpyxl.load_workbook(io.BytesIO(one), rich_text=True)["Sheet1"] for one in (data, _copy(data)))
    result = _checked(data)
    assert result.source is not None
    parted = 0
    for finding in result.findings:
        origin = result.source.where(finding.start, finding.end).origin
        assert isinstance(origin, CellOrigin)
        runs = after[origin.cell].value
        assert str(runs) == str(before[origin.cell].value)
        if isinstance(runs, list) and finding.text:
            at, marked = 0, ""
            for run in runs:
                text = run if isinstance(run, str) else run.text
                is_marked = not isinstance(run, str) and run.font is not None and run.font.u == "single"
                inside = text[max(origin.start - at, 0) : max(origin.end - at, 0)]
                marked += inside if is_marked else ""
                at += len(text)
            assert marked == finding.text, finding.code
            parted += 1
    assert parted > 60
    run = next(run for run in after["G10"].value if not isinstance(run, str) and run.font)
    assert (run.font.rFont, run.font.sz) == ("宋体", 11), "a run that gets a look keeps the font of its cell"


def test_shared_texts_stay_as_they_were() -> None:
    data = (FILES / "liwan-jinhua.xlsx").read_bytes()
    assert parts(_copy(data))["xl/sharedStrings.xml"] == parts(data)["xl/sharedStrings.xml"]


@pytest.mark.parametrize("text", ["_x000D_", "a\u202eb", "<b>&amp;", "=1+1", "\u3000 空 白 "])
def test_odd_texts_are_the_same_afterwards(text: str) -> None:
    rows = [[*row] for row in _export()]
    rows[6][3] = f"{text}\n第一行"
    rows[6][6] = f"{text}XX率XX"
    data = xlsx([Table(rows)])
    before, after = (_checked(one).source for one in (data, _copy(data)))
    assert before is not None
    assert after is not None
    assert after.text == before.text


def _export() -> Sequence[Sequence[str]]:
    return [line.split("\t") for line in (ROOT / "samples/export.txt").read_text("utf-8").rstrip("\n").split("\n")]


# --- files that must not be touched ----------------------------------------------------------------------------------


_SPREADSHEET = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REVISIONS = (
    b'<Relationship Id="q" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders" '
    b'Target="revisions/r.xml"/></Relationships>'
)
FIRST = "xl/worksheets/sheet1.xml"
UNTOUCHABLE = {
    "signed": {"_xmlsignatures/origin.sigs": b""},
    "strict": {
        "xl/workbook.xml": lambda said: said.replace(_SPREADSHEET, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    },
    "of an earlier copy, of which the results are gone": {
        "xl/workbook.xml": lambda said: said.replace(
            b"</sheets>",
            b'<sheet name="\xe7\xbb\x93" sheetId="99" xmlns:q="' + OFFICE.encode() + b'" q:id="q"/></sheets>'
            b'<definedNames><definedName name="_goalcheck_results">\xe7\xbb\x93!$A$1</definedName></definedNames>',
        )
    },
    "rows within something else": {
        FIRST: lambda said: said.replace(b"<sheetData>", b"<a><sheetData>").replace(
            b"</sheetData>", b"</sheetData></a>"
        )
    },
    "notes that are none": {"xl/worksheets/_rels/sheet1.xml.rels": related(("comments", "sheet1.xml")).encode()},
    **{
        f"in {codec} without its mark": {
            FIRST: lambda said, codec=codec: (
                said.decode().replace('encoding="UTF-8"', 'encoding = "UTF-16"').encode(codec)
            )
        }
        for codec in ("utf-16-be", "utf-16-le")
    },
    "shared": {
        "xl/_rels/workbook.xml.rels": lambda said: said.replace(b"</Relationships>", _REVISIONS),
        "xl/revisions/r.xml": b"<a/>",
    },
}


@tried_on("key", UNTOUCHABLE)
def test_what_must_not_be_touched_gets_a_workbook_beside_it(key: str, tmp_path: Path) -> None:
    data = rewritten((FILES / "export.xlsx").read_bytes(), UNTOUCHABLE[key])
    (tmp_path / "a.xlsx").write_bytes(data)
    run = goalcheck_here("annotate", "a.xlsx", "--lang", "en", cwd=tmp_path)
    assert (run.status, len(run.complaints)) == (1, 1), run.err.decode()
    assert run.complaints[0].startswith("goalcheck: a.xlsx: ")
    copy = (tmp_path / "a.marked.xlsx").read_bytes()
    assert_sound(copy)
    assert not any(name.startswith(("_xmlsignatures", "xl/revisions")) for name in parts(copy))
    assert (tmp_path / "a.xlsx").read_bytes() == data
    assert _told(_checked(copy)) == _told(_checked(data))


@tried_on("said", [b"<!DOCTYPE a>", b"<a>" * 300, b"</a>"])
def test_results_of_an_earlier_copy_that_were_damaged_end_in_a_line(said: bytes) -> None:
    copy = _copy((FILES / "export.xlsx").read_bytes())
    damaged = rewritten(
        copy, {"xl/worksheets/goalcheck1.xml": lambda before: before.replace(b"<worksheet", said + b"<worksheet", 1)}
    )
    with pytest.raises(InputError):
        annotated(damaged, _checked(damaged), "zh")


def test_figures_that_are_none_break_nothing() -> None:
    long = b"9" * 5000
    columns = b'<cols><col min="1" max="9" width="inf"/></cols><sheetData>'
    odd = rewritten((FILES / "export.xlsx").read_bytes(), {
        FIRST: lambda said: said.replace(b"<row ", b'<row ht="nan" ').replace(b"<sheetData>", columns),
        "xl/workbook.xml": lambda said: said.replace(b'sheetId="1"', b'sheetId="' + long + b'"'),
    })  # fmt: skip
    assert annotated(odd, _checked(odd), "zh").remark is None


_AREA = st.tuples(*[st.integers(1, 9)] * 4)


@given(st.lists(_AREA, max_size=9), st.tuples(st.integers(1, 20), st.integers(1, 20)))
def test_a_cell_leads_to_the_first_of_those_that_are_one_with_it(
    areas: Sequence[tuple[int, int, int, int]], place: tuple[int, int]
) -> None:
    taken: set[tuple[int, int]] = set()
    first = {}
    for row, column, rows, columns in areas:
        covered = {(row + down, column + right) for down in range(rows) for right in range(columns)}
        if taken.isdisjoint(covered):  # merged cells do not overlap
            taken |= covered
            first[row, column, rows, columns] = covered
    merged = "".join(
        f'<mergeCell ref="{reference((r, c))}:{reference((r + h - 1, c + w - 1))}"/>' for r, c, h, w in first
    )
    outlined = outline(f"<worksheet><sheetData/><mergeCells>{merged}</mergeCells></worksheet>".encode(), "a")
    expected = next((area[:2] for area, covered in first.items() if place in covered), place)
    assert outlined.first_of(place) == expected


@tried_on("name", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_what_is_taken_over_from_other_parts_gets_the_prefix_of_the_worksheet(name: str) -> None:
    data = with_prefixes((FILES / "liwan-jinhua.xlsx").read_bytes(), [name])
    assert _told(_checked(_copy(data))) == _told(_checked(data))
    root = tree(parts(_copy(data))["xl/worksheets/sheet1.xml"])
    inside = [one for text in root.iter(f"{MAIN}is") for one in text.iter()]
    assert inside
    assert all(one.tag.startswith(MAIN) for one in inside)


def test_macros_stay(tmp_path: Path) -> None:
    """A book of macros is one more part, and keeps its ending."""
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    data = rewritten((FILES / "export.xlsx").read_bytes(), {
        "[Content_Types].xml": lambda said: re.sub(rb"application/[\w.-]+spreadsheetml.sheet.main[+]xml", kind, said),
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macros",
    })  # fmt: skip
    (tmp_path / "a.xlsm").write_bytes(data)
    assert goalcheck_here("annotate", "a.xlsm", cwd=tmp_path).status == 1
    held = parts((tmp_path / "a.批注.xlsm").read_bytes())
    assert held["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0macros"
    assert kind in held["[Content_Types].xml"]


def test_a_cell_that_is_not_written_is_put_in_its_place() -> None:
    """Rows and cells that a workbook leaves out: a finding of what is missing has a cell all the same."""

    def thinned(said: bytes) -> bytes:
        return re.sub(rb'<c r="[A-Z]+\d+" s="\d+"/>', b"", said)

    data = rewritten((FILES / "liwan-jinhua.xlsx").read_bytes(), {"xl/worksheets/sheet1.xml": thinned})
    copy = _copy(data)
    added = [cell for cell in tree(parts(copy)["xl/worksheets/sheet1.xml"]).iter(f"{MAIN}c") if len(cell) == 0]
    assert {cell.get("r") for cell in added} >= {"F8"}


@pytest.mark.slow
@needs_libre_office
def test_libre_office_shows_the_notes(tmp_path: Path) -> None:
    books = {name: BOOKS[name]() for name in ("rich", "openpyxl", "prefixed", "packed")}
    for name, data in books.items():
        (tmp_path / f"{name}.xlsx").write_bytes(_copy(data))
    files = [tmp_path / f"{name}.xlsx" for name in books]
    (tmp_path / "made").mkdir()
    shown = all_converted(files, "fods", tmp_path / "made")
    saved = all_converted(files, "xlsx", tmp_path / "made")
    for name, text, again in zip(books, shown, saved, strict=True):
        found = _checked(books[name])
        cells = {(sheet, cell) for sheet, cell, _ in _origins(found)}
        assert text.count(b"<office:annotation ") >= len(cells), name
        assert _told(_checked(again)) == _told(found), f"{name}: its own worksheet is known"
        assert openpyxl.load_workbook(io.BytesIO(again)).sheetnames[0] == "检查结果"
