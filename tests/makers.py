"""Makes files of sheets as offices keep them: :data:`MAKERS` has one for each kind of file.

:class:`Table` is what is in a worksheet or in a table of a document. The same tables give the same bytes every time.
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

import attrs
import openpyxl
import xlwt
from openpyxl.utils import get_column_letter
from packages import OFFICE, relations
from pdf_files import Style, document, widths_of
from pdf_files import table as printed

Place = tuple[int, int]
"""Row and column, from 1."""


class Number(str):
    """A cell that holds a number: as text what it shows, by its format ``code``."""

    __slots__ = ("code", "value")
    value: float
    code: str


def number(value: float, code: str, shown: str) -> Number:
    """The cell that shows ``value`` as ``shown``."""
    made = Number(shown)
    made.value, made.code = value, code
    return made


@attrs.frozen
class Table:
    """Rows of cells. ``merges`` say of the first of cells that are one how many rows and columns they take."""

    rows: Sequence[Sequence[str]]
    merges: Mapping[Place, tuple[int, int]] = attrs.Factory(dict)
    name: str = "Sheet1"
    header: int | None = None
    """The row, from 1, that is printed on every page."""

    @property
    def covered(self) -> set[Place]:
        """The cells that lie under merged ones."""
        return {
            (row + below, column + beside)
            for (row, column), (rows, columns) in self.merges.items()
            for below in range(rows)
            for beside in range(columns)
            if below or beside
        }

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(row) for row in self.rows), default=0)

    def cells(self, row: int) -> Iterable[tuple[int, str]]:
        """The cells of a row as wide as the table, by column."""
        said = self.rows[row - 1]
        return enumerate([*said, *[""] * (self.width - len(said))], 1)


Maker = Callable[[Sequence[Table]], bytes]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of ``parts`` in their order, the same every time; its first is not compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED if file.filelist else zipfile.ZIP_STORED
            file.writestr(info, data)
    return made.getvalue()


def saved(book: object) -> bytes:
    """What ``book`` writes to a file."""
    made = io.BytesIO()
    book.save(made)  # type: ignore[attr-defined]
    return made.getvalue()


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_OPEN = "application/vnd.openxmlformats-officedocument"


def _types(parts: Mapping[str, str]) -> str:
    told = "".join(f'<Override PartName="/{name}" ContentType="{_OPEN}.{kind}+xml"/>' for name, kind in parts.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    usual = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_XML}<Types xmlns="{_CONTENT}">{rels}{usual}{told}</Types>'


def xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook as Excel writes it: texts shared, some of them in several runs, formats in styles."""
    strings: dict[str, int] = {}
    codes: dict[str, int] = {"General": 0}
    sheets = [_worksheet(table, strings, codes) for table in tables]
    told = "".join(f'<sheet name={quoteattr(t.name)} sheetId="{n}" r:id="r{n - 1}"/>' for n, t in enumerate(tables, 1))
    formats = "".join(
        f'<numFmt numFmtId="{175 + at}" formatCode={quoteattr(code)}/>' for code, at in codes.items() if at
    )
    uses = "".join(
        f'<xf numFmtId="{175 + at if at else 0}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for at in codes.values()
    )
    names = [f"worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)]
    kinds = {f"xl/{name}": "spreadsheetml.worksheet" for name in names}
    kinds |= {"xl/workbook.xml": "spreadsheetml.sheet.main", "xl/styles.xml": "spreadsheetml.styles"}
    kinds |= {"xl/sharedStrings.xml": "spreadsheetml.sharedStrings"}
    ways = [("worksheet", name) for name in names] + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    return zipped({
        "[Content_Types].xml": _types(kinds),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE}"><workbookPr defaultThemeVersion="124226"/>'
            f"<bookViews><workbookView/></bookViews><sheets>{told}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": relations(*ways),
        **{f"xl/{name}": sheet for name, sheet in zip(names, sheets, strict=True)},
        "xl/styles.xml": (
            f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="{len(codes) - 1}">{formats}</numFmts>'
            '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2">'
            '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(codes)}">{uses}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        ).replace('<numFmts count="0"></numFmts>', ""),
        "xl/sharedStrings.xml": f'{_XML}<sst xmlns="{_MAIN}">{"".join(map(_string, strings))}</sst>',
    })  # fmt: skip


def _worksheet(table: Table, strings: dict[str, int], codes: dict[str, int]) -> str:
    rows = []
    for row in range(1, len(table.rows) + 1):
        cells = []
        for column, said in table.cells(row):
            at = f"{get_column_letter(column)}{row}"
            if isinstance(said, Number):
                cells.append(f'<c r="{at}" s="{codes.setdefault(said.code, len(codes))}"><v>{said.value!r}</v></c>')
            elif said and (row, column) not in table.covered:
                cells.append(f'<c r="{at}" s="0" t="s"><v>{strings.setdefault(said, len(strings))}</v></c>')
            else:
                cells.append(f'<c r="{at}" s="0"/>')
        rows.append(f'<row r="{row}" spans="1:{table.width}">{"".join(cells)}</row>')
    merged = "".join(f'<mergeCell ref="{_area(*place, *size)}"/>' for place, size in table.merges.items())
    merged = f'<mergeCells count="{len(table.merges)}">{merged}</mergeCells>' if merged else ""
    size = f'<dimension ref="A1:{get_column_letter(max(table.width, 1))}{max(len(table.rows), 1)}"/>'
    view = '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="13.5"/>'
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}" xmlns:r="{OFFICE}">{size}{view}'
        f"<sheetData>{''.join(rows)}</sheetData>{merged}</worksheet>"
    )


def _string(said: str) -> str:
    """A text, in two runs where a sign stands in it: programs write that in a font of its own."""
    at = said.find("\u2265") + 1
    parts = [said[:at], said[at:]] if at and said[at:] else [said]
    runs = [f'<t xml:space="preserve">{escape(part.replace("_x", "_x005F_x"))}</t>' for part in parts]
    if len(runs) == 1:
        return f"<si>{runs[0]}</si>"
    return f'<si>{"".join(f"<r>{run}</r>" for run in runs)}<phoneticPr fontId="0" type="noConversion"/></si>'


def _area(row: int, column: int, rows: int, columns: int) -> str:
    return f"{get_column_letter(column)}{row}:{get_column_letter(column + columns - 1)}{row + rows - 1}"


_CHANGED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def openpyxl_xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name)
        for row in range(1, len(table.rows) + 1):
            for column, said in table.cells(row):
                if isinstance(said, Number):
                    sheet.cell(row, column, said.value).number_format = said.code
                elif said:
                    cell = sheet.cell(row, column, said)
                    cell.data_type = "s"  # a text that begins with = is no formula
        for place, size in table.merges.items():
            sheet.merge_cells(_area(*place, *size))
    with zipfile.ZipFile(io.BytesIO(saved(book))) as made:
        return zipped({name: _CHANGED.sub(rb"\g<1>2024-01-01T00:00:00Z", made.read(name)) for name in made.namelist()})


def xls(tables: Sequence[Table]) -> bytes:
    """A binary workbook, as xlwt writes it."""
    book = xlwt.Workbook(encoding="utf-8")
    for table in tables:
        sheet = book.add_sheet(table.name)
        for row in range(1, len(table.rows) + 1):
            for column, said in table.cells(row):
                rows, columns = table.merges.get((row, column), (1, 1))
                code = said.code if isinstance(said, Number) else ""
                style = xlwt.easyxf(num_format_str=code) if code else xlwt.easyxf()
                if (rows, columns) != (1, 1):
                    area = row - 1, row + rows - 2, column - 1, column + columns - 2
                    sheet.write_merge(*area, said.value if isinstance(said, Number) else said, style)
                elif said and (row, column) not in table.covered:
                    sheet.write(row - 1, column - 1, said.value if isinstance(said, Number) else said, style)
    return saved(book)


_URN = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def xls_of_names(*names: str) -> bytes:
    """A binary workbook with worksheets of these names, and in each its name forty times and a figure."""
    book = xlwt.Workbook()
    for name in names:
        sheet = book.add_sheet(name)
        for row in range(40):
            sheet.write(row, 0, f"{name}{row}")
            sheet.write(row, 1, row + 0.25)
    return saved(book)


def ods(tables: Sequence[Table]) -> bytes:
    """A workbook in the OpenDocument format."""
    names = " ".join(f'xmlns:{name}="{_URN}:{name}:1.0"' for name in ("office", "table", "text"))
    sheets = []
    for table in tables:
        rows = (
            f"<table:table-row>{''.join(_ods_cell(table, row, *cell) for cell in table.cells(row))}</table:table-row>"
            for row in range(1, len(table.rows) + 1)
        )
        columns = f'<table:table-column table:number-columns-repeated="{max(table.width, 1)}"/>'
        sheets.append(f"<table:table table:name={quoteattr(table.name)}>{columns}{''.join(rows)}</table:table>")
    told = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _ODS), ("content.xml", "text/xml"))
    )
    manifest = f'manifest:manifest xmlns:manifest="{_URN}:manifest:1.0" manifest:version="1.2"'
    return zipped({
        "mimetype": _ODS,
        "content.xml": (
            f'{_XML}<office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>'
            f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
        ),
        "META-INF/manifest.xml": f"{_XML}<{manifest}>{told}</manifest:manifest>",
    })  # fmt: skip


def _ods_cell(table: Table, row: int, column: int, said: str) -> str:
    if (row, column) in table.covered:
        return "<table:covered-table-cell/>"
    rows, columns = table.merges.get((row, column), (1, 1))
    spans = f' table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
    kind = f' office:value-type="float" office:value="{said.value!r}"' if isinstance(said, Number) else ""
    kind = kind or (' office:value-type="string"' if said else "")
    lines = "".join(map(_ods_line, said.split("\n"))) if said else ""
    return f"<table:table-cell{kind}{spans if (rows, columns) != (1, 1) else ''}>{lines}</table:table-cell>"


def _ods_line(line: str) -> str:
    said = re.sub(" ( +)", lambda found: f' <text:s text:c="{len(found[1])}"/>', escape(line))
    if said[:1] == " ":
        said = f"<text:s/>{said[1:]}"
    if said[-1:] == " ":
        said = f"{said[:-1]}<text:s/>"
    return f"<text:p>{said.replace(chr(9), '<text:tab/>')}</text:p>"


def docx(tables: Sequence[Table]) -> bytes:
    """A Word document; rows whose cells are all merged into one stay rows of the table."""
    body = f"<w:body>{'<w:p/>'.join(map(_word_table, tables))}<w:p/><w:sectPr/></w:body>"
    return zipped({
        "[Content_Types].xml": _types({"word/document.xml": "wordprocessingml.document.main"}),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f'{_XML}<w:document xmlns:w="{_WORD}">{body}</w:document>',
    })  # fmt: skip


def _word_table(table: Table) -> str:
    owners = {
        (row + below, column): (below, *size)
        for (row, column), size in table.merges.items()
        for below in range(size[0])
    }
    rows = []
    for row in range(1, len(table.rows) + 1):
        cells = []
        for column, said in table.cells(row):
            below, down, across = owners.get((row, column), (0, 1, 1))
            if (row, column) in table.covered and (row, column) not in owners:
                continue
            span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            merge = "" if down == 1 else "<w:vMerge/>" if below else '<w:vMerge w:val="restart"/>'
            lines = "".join(map(_word_line, ("" if below else said).split("\n")))
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{lines}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    widths = '<w:gridCol w:w="1500"/>' * table.width
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
    look = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{widths}</w:tblGrid>{''.join(rows)}</w:tbl>"


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _word_line(line: str) -> str:
    """A paragraph in runs as Word cuts them: wherever the script changes."""
    runs = re.findall(r"[ -~]+|[^ -~]+", line)
    parts = (f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
    return f"<w:p>{''.join(parts)}</w:p>".replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')


def page(tables: Sequence[Table]) -> bytes:
    """A page, as spreadsheets save one and systems export what they call a workbook; in GB18030."""
    made = []
    for table in tables:
        rows = []
        for row in range(1, len(table.rows) + 1):
            cells = []
            for column, said in table.cells(row):
                if (row, column) not in table.covered:
                    rows_, columns = table.merges.get((row, column), (1, 1))
                    spans = f" rowspan={rows_}" * (rows_ > 1) + f" colspan={columns}" * (columns > 1)
                    shown = re.sub("^ | $", "&nbsp;", html.escape(said).replace("  ", " &nbsp;"), flags=re.MULTILINE)
                    shown = shown.replace("\n", "<br>\r\n")
                    cells.append(f"  <td{spans} class=xl65>{shown}</td>\r\n")
            rows.append(f" <tr height=18>\r\n{''.join(cells)} </tr>\r\n")
        made.append(f"<table border=0>\r\n{''.join(rows)}</table>\r\n")
    head = '<meta http-equiv=Content-Type content="text/html; charset=gb2312">\r\n<style>.xl65 {color:black}</style>'
    return f"<html>\r\n<head>\r\n{head}\r\n</head>\r\n<body>\r\n{''.join(made)}</body>\r\n</html>\r\n".encode("gb18030")


_SS = "urn:schemas-microsoft-com:office:spreadsheet"


def xml(tables: Sequence[Table]) -> bytes:
    """A workbook in the XML of 2003."""
    codes: dict[str, int] = {}
    sheets = []
    for table in tables:
        rows = []
        for row in range(1, len(table.rows) + 1):
            cells = (
                _xml_cell(table, row, *cell, codes)
                for cell in table.cells(row)
                if (cell[1] or (row, cell[0]) in table.merges) and (row, cell[0]) not in table.covered
            )
            rows.append(f'<Row ss:Index="{row}">{"".join(cells)}</Row>')
        sheets.append(f"<Worksheet ss:Name={quoteattr(table.name)}><Table>{''.join(rows)}</Table></Worksheet>")
    styles = "".join(
        f'<Style ss:ID="s{at}"><NumberFormat ss:Format={quoteattr(code)}/></Style>' for code, at in codes.items()
    )
    head = '<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n'
    names = f'xmlns="{_SS}" xmlns:ss="{_SS}"'
    return f"{head}<Workbook {names}><Styles>{styles}</Styles>{''.join(sheets)}</Workbook>".encode()


def _xml_cell(table: Table, row: int, column: int, said: str, codes: dict[str, int]) -> str:
    rows, columns = table.merges.get((row, column), (1, 1))
    told = f' ss:Index="{column}"'
    told += f' ss:MergeDown="{rows - 1}"' * (rows > 1) + f' ss:MergeAcross="{columns - 1}"' * (columns > 1)
    if isinstance(said, Number):
        told += f' ss:StyleID="s{codes.setdefault(said.code, len(codes))}"'
        return f'<Cell{told}><Data ss:Type="Number">{said.value!r}</Data></Cell>'
    text = escape(said, {"\n": "&#10;", "\t": "&#9;"})
    return f'<Cell{told}><Data ss:Type="String">{text}</Data></Cell>' if said else f"<Cell{told}/>"


def pdf(tables: Sequence[Table], style: Style | None = None) -> bytes:
    """The pages on which tables are printed, each beginning on a page of its own."""
    pages: list[str] = []
    for table in tables:
        rows = [[said for _, said in table.cells(row)] for row in range(1, len(table.rows) + 1)]
        merges = {(row - 1, column - 1): size for (row, column), size in table.merges.items()}
        wide = {place for place, (_, columns) in merges.items() if columns > 1}
        single = [["" if (at, n) in wide else said for n, said in enumerate(row)] for at, row in enumerate(rows)]
        header = range(table.header - 1, table.header) if table.header else range(0)
        pages += printed(rows, widths_of(single), header, style, merges)
    return document(pages)


def separated(table: Table, delimiter: str) -> str:
    """The text of a table as spreadsheets save it."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([said for _, said in table.cells(row)] for row in range(1, len(table.rows) + 1))
    return made.getvalue()


MAKERS: Mapping[str, Maker] = {
    "xlsx": xlsx,
    "openpyxl.xlsx": openpyxl_xlsx,
    "xls": xls,
    "ods": ods,
    "docx": docx,
    "html": page,
    "xml.xls": xml,
    "pdf": pdf,
    "csv": lambda tables: separated(tables[0], ",").encode("gb18030"),
    "tsv": lambda tables: separated(tables[0], "\t").encode("utf-16"),
}
"""Makers by the ending of what they make; those of text take one table."""
