"""Pages and Word documents, written by hand for tests, and what findings in them are compared by."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from packages import packed, relations

from goalcheck.catalogue.load import catalogue
from goalcheck.engine.pipeline import check_data
from goalcheck.engine.plan import default_plan
from goalcheck.engine.result import Result
from goalcheck.source import CellOrigin, TableOrigin

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "o": "urn:schemas-microsoft-com:office:office",
}


def rows_of(path: Path) -> list[list[str]]:
    """The cells of a sample by rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row or [""] for row in csv.reader(file, delimiter="\t")]


def page_of(rows: Sequence[Sequence[str]], charset: str = "utf-8") -> bytes:
    """``rows`` as a page of a careless program: end tags are missing, words stand in tags."""
    head = f"<html><head><meta charset='{charset}'><title>表</title><style>td {{ color: red }}</style></head><BODY>"
    cells = ("".join(f"\r\n <TD class=x><font>{html.escape(cell)}</font>" for cell in row) for row in rows)
    page = f"{head}\r\n<TABLE>{''.join(f'<TR>{row}' for row in cells)}</TABLE></BODY></html>"
    return page.encode("gb18030" if charset.startswith("gb") else charset)


def document_of(
    body: str, main: str = "word/document.xml", numbering: str = "", parts: Mapping[str, bytes] | None = None
) -> bytes:
    """A Word document with this body and these lists, in which ``w:`` is its own namespace.

    Its other ``parts`` are the relationships ``r1`` and on.
    """
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
    folder, _, name = main.rpartition("/")
    return packed({
        "_rels/.rels": relations(("officeDocument", f"/{main}")),
        main: f'<?xml version="1.0"?><w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>',
        f"{folder}/_rels/{name}.rels": relations(("numbering", "lists.xml"), *((part, part) for part in parts or ())),
        f"{folder}/lists.xml": f"<w:numbering {names}>{numbering}</w:numbering>",
        **{f"{folder}/{part}": data for part, data in (parts or {}).items()},
    })  # fmt: skip


def paragraph(text: str) -> str:
    """A paragraph of a document, in two runs."""
    half = len(text) // 2
    runs = (f"<w:r><w:t>{html.escape(part, quote=False)}</w:t></w:r>" for part in (text[:half], text[half:]))
    return f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{''.join(runs)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    """A cell of a document's table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, text.split(chr(10))))}</w:tc>"


def table_of(rows: Sequence[Sequence[str]]) -> str:
    """``rows`` as a table of a document."""
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(map(cell, row)) + '</w:tr>' for row in rows)}</w:tbl>"


def word(brief: str) -> str:
    """Elements of a document that were written without their prefix: ``<r><t>`` for ``<w:r><w:t>``."""
    return re.sub(r"(</?)(\w+(?=[ />]))", r"\1w:\2", re.sub(r" (\w+)='", r" w:\1='", brief))


def result_of(data: bytes, name: str = "a.xls") -> Result:
    """What is found in ``data``."""
    return check_data(data, name, default_plan(catalogue()))


def errors_of(result: Result) -> list[tuple[object, ...]]:
    """The errors of a result, as far as the kind of file does not matter."""
    grave = (found for found in result.findings if found.severity.label == "error")
    return [(found.code, found.unit, found.project, found.indicator, found.text) for found in grave]


def counts_of(result: Result) -> tuple[object, ...]:
    """Whether all was read, how many projects there are, and the names of all indicators."""
    assert result.sheet is not None
    indicators = [indicator for project in result.sheet.projects for indicator in project.indicators]
    return result.status, len(list(result.sheet.projects)), [indicator.name.clean for indicator in indicators]


def assert_same_sheet(result: Result, meant: Result) -> None:
    """What was read is the same sheet, whatever the kind of file: all its indicators and all errors in it."""
    assert counts_of(result) == counts_of(meant)
    assert errors_of(result) == errors_of(meant)


def assert_each_in_its_cell(result: Result, rows: Sequence[Sequence[str]]) -> None:
    """Each finding in a file of one table with ``rows`` leads to the cell that holds what it is about."""
    assert result.source is not None
    for found in result.findings:
        origin = result.source.where(found.start, found.end).origin
        if isinstance(origin, CellOrigin):
            said = rows[int(origin.cell[1:]) - 1][ord(origin.cell[0]) - ord("A")]
            assert said[origin.start : origin.end] == found.text
        elif found.text:
            assert isinstance(origin, TableOrigin)
            assert rows[origin.row - 1][origin.column - 1][origin.start : origin.end] == found.text


def merged_downwards(rows: Sequence[Sequence[str]], columns: int) -> dict[tuple[int, int], int]:
    """Of cells in the first ``columns`` of ``rows`` that go over the blanks below them, how many rows they take."""
    found = {}
    for column in range(columns):
        top = None
        for number, row in enumerate(rows):
            said = row[column] if column < len(row) else ""
            if said or any(row[:column]):
                top = (number, column) if said else None
            if top is not None:
                found[top] = number - top[0] + 1
    return {place: down for place, down in found.items() if down > 1}


def covered_by(merged: Mapping[tuple[int, int], int]) -> set[tuple[int, int]]:
    """The cells below those that are ``merged`` downwards."""
    return {(row + below, column) for (row, column), down in merged.items() for below in range(1, down)}
