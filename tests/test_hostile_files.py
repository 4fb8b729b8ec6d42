"""Files made to harm: through the command each ends in one line and status 2, and nothing in it steers a terminal."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from helpers import TEXT_FORMATS, goalcheck_here, some, tried_on
from makers import Table, docx, ods, xls, xlsx, xml
from office_files import document_of
from packages import packed, relations
from test_hostile import ALL, steering
from workbooks import MAIN, styles

TABLES = [Table([["项目名称", "绩效指标"], ["甲", "乙"]])]
MAIN_PARTS = {"xlsx": "xl/worksheets/sheet1.xml", "docx": "word/document.xml", "ods": "content.xml"}
SOUND = {"xlsx": xlsx(TABLES), "docx": docx(TABLES), "ods": ods(TABLES)}


def parts(kind: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(SOUND[kind])) as file:
        return {name: file.read(name) for name in file.namelist()}


def with_main(kind: str, change: Callable[[str], str]) -> bytes:
    """A package whose main part is changed."""
    made = parts(kind)
    return packed({**made, MAIN_PARTS[kind]: change(made[MAIN_PARTS[kind]].decode())})


def opened(text: str) -> tuple[str, str]:
    """The declaration and the root tag of XML, and what follows."""
    at = text.index(">", text.index(">") + 1) + 1
    return text[:at], text[at:]


def lying(data: bytes) -> bytes:
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + b"\xff\xff\xff\x7f" + data[at + 4 :]


def locked(data: bytes) -> bytes:
    made = bytearray(data)
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = made.find(sign)
        while at >= 0:
            made[at + place] |= 1
            at = made.find(sign, at + 4)
    return bytes(made)


def worksheet(rows: str, more: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{more}</worksheet>'


def workbook(rows: str, more: str = "", **other: str) -> bytes:
    """A workbook with these rows; ``other`` parts by their names within ``xl``."""
    sheet = {"xl/worksheets/sheet1.xml": worksheet(rows, more)}
    return packed({**parts("xlsx"), **sheet, **{f"xl/{name}.xml": part for name, part in other.items()}})


def numbered(text: str) -> bytes:
    """A document whose paragraphs have the number ``text``."""
    levels = f"<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:lvlText w:val='{text}'/></w:lvl></w:abstractNum>"
    number = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    body = f"<w:p><w:pPr>{number}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>" * 3000
    lists = f"{levels}<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    return document_of(f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>", numbering=lists)


def repeated(inside: str, rows: int = 1) -> bytes:
    row = f'<table:table-row table:number-rows-repeated="{rows}">{inside}</table:table-row>'
    return with_main(
        "ods", lambda text: text[: text.index("<table:table-column")] + row + text[text.index("</table:table>") :]
    )


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
SHARED = '<c t="s"><v>0</v></c>'
LONG = f'<sst xmlns="{MAIN}"><si><t>{"x" * 500_000}</t></si></sst>'
MERGE = '<mergeCell ref="A1:B2"/>'
BLANKS = '<text:s text:c="2000000000"/>'
X = "x" * 500_000
CELL = "<table:table-cell"
EVERY_CELL = f'{CELL} table:number-columns-repeated="16384"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

PACKAGES: dict[str, Callable[[str], bytes]] = {
    "entities": lambda kind: with_main(kind, lambda text: f"{BOMB}{opened(text)[0]}&c;"),
    "external": lambda kind: with_main(kind, lambda _: '<!DOCTYPE a SYSTEM "/etc/passwd"><a/>'),
    "nested": lambda kind: with_main(kind, lambda text: opened(text)[0] + "<a>" * 10**5),
    "unpacks": lambda kind: with_main(kind, lambda text: text + " " * 3 * 2**20),
    "half": lambda kind: with_main(kind, lambda text: text[: len(text) // 2]),
    "cut": lambda kind: SOUND[kind][:-30],
    "lying size": lambda kind: lying(SOUND[kind]),
    "password": lambda kind: locked(SOUND[kind]),
    "noise": lambda kind: SOUND[kind][:4] + bytes(range(256)) * 9,
}
"""What can be done to any package."""

HOSTILE: dict[str, Callable[[], bytes]] = {
    **{f"{kind}: {name}": partial(harm, kind) for kind in SOUND for name, harm in PACKAGES.items()},
    "xlsx: many parts": lambda: packed({**parts("xlsx"), **{f"a{at}": "" for at in range(10_001)}}),
    "xlsx: one text everywhere": lambda: workbook(f"<row>{SHARED * 20}</row>" * 500, sharedStrings=LONG),
    "xlsx: a long format": lambda: workbook(
        '<row><c s="0"><v>1</v></c></row>' * 500, styles=styles(['"' + "x" * 100_000 + '"'])
    ),
    "xlsx: the last cell of every row": lambda: workbook(
        "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 200))
    ),
    "xlsx: merged without end": lambda: workbook(
        "<row><c><v>1</v></c></row>", f"<mergeCells>{MERGE * 110_000}</mergeCells>"
    ),
    "xlsx: no number": lambda: workbook("<row><c><v>1e999</v></c></row>"),
    "xlsx: parts that lead to themselves": lambda: packed({
        **parts("xlsx"), "_rels/.rels": relations(("officeDocument", "_rels/.rels")), "xl/workbook.xml": "",
    }),
    "docx: a long number": lambda: numbered(X),
    "docx: tables in tables": lambda: document_of("<w:tbl><w:tr><w:tc>" * 10_000),
    "ods: every cell there is": lambda: repeated(f"{EVERY_CELL}><text:p>1</text:p></table:table-cell>", 2**20),
    "ods: a text in every row": lambda: repeated(f"{CELL}><text:p>{X}</text:p></table:table-cell>", 90_000),
    "ods: blanks without end": lambda: repeated(f"{CELL}><text:p>{BLANKS * 1100}</text:p></table:table-cell>"),
    "xls: cut": lambda: xls(TABLES)[:2000],
    "xls: noise": lambda: OLE + bytes(range(256)) * 90,
    "xls: password": lambda: OLE + bytes(504) + "EncryptedPackage\0".encode("utf-16-le"),
    "doc": lambda: OLE + bytes(504) + "WordDocument\0".encode("utf-16-le"),
    "xml: entities": lambda: xml(TABLES).replace(b"<Workbook", BOMB.encode() + b"<Workbook"),
    "xml: cut": lambda: xml(TABLES)[:-30],
    "html: tables in tables": lambda: b"<html>" + b"<table><tr><td>" * 10_000,
    "html: spans": lambda: b"<html><table>" + (b"<tr>" + b"<td rowspan=65534 colspan=1000>a" * 20) * 500,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}  # fmt: skip


CUT_SHORT = ("xlsx: a long format", "docx: a long number")
"""Those of which too much is left out as no program writes it; they have no table of a sheet all the same."""


@tried_on("name", some([*HOSTILE], 3))
def test_hostile_files_end_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(HOSTILE[name]())
    for command in ("lint",) if name in CUT_SHORT else ("lint", "convert"):
        run = goalcheck_here(command, "a.xlsx", "--max-size", "1", "--lang", "en", cwd=tmp_path)
        told = [line for line in run.complaints if line.startswith("goalcheck: a.xlsx: ")]
        assert (run.status, len(told)) == (2, 1)
        assert "internal" not in told[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_within_a_workbook_steer_nothing(tmp_path: Path, lang: str) -> None:
    bad = "".join(char for char in ALL if char.isprintable() or ord(char) > 0x9F)
    rows = [["项目名称\u202e", "总计", "绩效目标", "绩效指标"], [f"甲{bad}", "1", f"{bad}", f"1、1-产出; {bad}"]]
    book = xlsx([Table(rows, name=f"表{bad}"), Table([[bad]], name=f"注{bad}")])
    (tmp_path / "a.xlsx").write_bytes(book)
    for form in TEXT_FORMATS:
        run = goalcheck_here("lint", "a.xlsx", "--verbose", "--format", form, "--lang", lang, cwd=tmp_path)
        assert not steering(run.out)
        assert not steering(run.err)
    found = json.loads(goalcheck_here("lint", "a.xlsx", "--format", "json", cwd=tmp_path).text)["findings"]
    assert {finding["origin"]["sheet"] for finding in found} == {f"表{bad}"}
