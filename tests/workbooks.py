"""Makes workbooks for tests: :func:`worksheet` is the XML of one worksheet, :func:`xlsx` the file; :func:`ods` is
one of OpenDocument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from packages import OFFICE, packed, relations

from goalcheck.source import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Cell = str | float | tuple[float, str]
"""A text, a number, or a number and its format."""


def worksheet(rows: Sequence[Sequence[Cell]], merges: Sequence[str] = (), formats: list[str] | None = None) -> str:
    """The XML of a worksheet with ``rows``; the formats of its numbers are added to ``formats``."""
    known = formats if formats is not None else []
    inside = []
    for number, row in enumerate(rows, 1):
        cells = (_cell(f"{column_letters(at)}{number}", cell, known) for at, cell in enumerate(row, 1))
        inside.append(f'<row r="{number}">{"".join(cells)}</row>')
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    merged = f"<mergeCells>{merged}</mergeCells>" if merges else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(inside)}</sheetData>{merged}</worksheet>'


def _cell(reference: str, cell: Cell, formats: list[str]) -> str:
    if cell == "":
        return ""
    if isinstance(cell, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    number, code = cell if isinstance(cell, tuple) else (cell, "General")
    if code not in formats:
        formats.append(code)
    return f'<c r="{reference}" s="{formats.index(code)}"><v>{number!r}</v></c>'


def styles(formats: Sequence[str]) -> str:
    """The XML of the styles 0, 1, … with these number formats."""
    codes = "".join(f'<numFmt numFmtId="{200 + n}" formatCode={quoteattr(c)}/>' for n, c in enumerate(formats))
    uses = "".join(f'<xf numFmtId="{200 + n}" applyNumberFormat="1"/>' for n in range(len(formats)))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs>{uses}</cellXfs></styleSheet>'


def xlsx(
    *sheets: str | Sequence[Sequence[Cell]],
    merges: Sequence[str] = (),
    names: Sequence[str] = (),
    states: Sequence[str] = (),
    workbook: str = "",
    other: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook with ``sheets``, rows of cells or the XML of each.

    ``workbook`` is more of its main part, ``other`` further parts, or such as stand instead of its own.
    """
    formats: list[str] = []
    parts: dict[str, str | bytes] = {"_rels/.rels": relations(("officeDocument", "xl/workbook.xml"))}
    told = []
    for number, sheet in enumerate(sheets):
        made = sheet if isinstance(sheet, str) else worksheet(sheet, merges, formats)
        parts[f"xl/worksheets/sheet{number + 1}.xml"] = made
        name = names[number] if number < len(names) else f"Sheet{number + 1}"
        state = f' state="{states[number]}"' if number < len(states) else ""
        told.append(f'<sheet name={quoteattr(name)} sheetId="{number + 1}" r:id="r{number}"{state}/>')
    ways = [("worksheet", f"worksheets/sheet{number + 1}.xml") for number in range(len(sheets))]
    ways += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    parts["xl/_rels/workbook.xml.rels"] = relations(*ways)
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>{"".join(told)}</sheets></workbook>'
    )
    parts["xl/styles.xml"] = styles(formats)
    return packed(parts | dict(other or {}))


_URN = "urn:oasis:names:tc:opendocument:xmlns"


def ods(inside: str, **other: str | bytes) -> bytes:
    """A workbook of OpenDocument with this content, and ``other`` parts."""
    names = " ".join(f'xmlns:{name}="{_URN}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    content = f"<office:document-content {names}>{inside}</office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content, **other})


def ods_table(rows: str, name: str = "表") -> str:
    """The content of one with one worksheet."""
    table = f'<table:table table:name="{name}">{rows}</table:table>'
    return f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
