"""The worksheet of results that is put before the others of a marked workbook, with links to the cells: its XML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from goalcheck.annotate.cell_formats import FILLS, INK, CellFormats
from goalcheck.annotate.marks import Mark
from goalcheck.messages import say
from goalcheck.prose.width import display_width
from goalcheck.prose.xml_text import cell_text
from goalcheck.report.spreadsheet import HIGHEST, height, quoted
from goalcheck.source import CellOrigin, column_letters

FIRST = 4
"""The row of the first result."""

WIDTHS = {
    "number": 6.0,
    "place": 16.0,
    "project": 22.0,
    "entry": 7.0,
    "severity": 9.0,
    "message": 48.0,
    "advice": 48.0,
}
_WIDEST_PLACE = 30.0
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FONT = '<sz val="11"/>{}<name val="宋体"/><charset val="134"/>'
_PLAIN = _FONT.format('<color rgb="FF000000"/>')
_BLUE = '<u val="single"/><sz val="11"/><color rgb="FF0563C1"/><name val="宋体"/><charset val="134"/>'
_HEAD_FILL = "FFD9E2F3"
_KEPT = len(WIDTHS)  # the column, from 0, of what is needed to take the marks away again


class Formats:
    """The formats of its cells, added to those of the workbook."""

    def __init__(self, formats: CellFormats) -> None:
        made = formats.made
        self.title = made(f"<b/>{_FONT.format('').replace('11', '14', 1)}", border=False, wrap=False)
        self.text = made(_PLAIN, border=False)
        self.head = made(f"<b/>{_PLAIN}", _HEAD_FILL, align="center")
        self.cell = made(_PLAIN)
        self.centred = made(_PLAIN, align="center")
        self.link = made(_BLUE)
        self.severity = {
            label: made(f"<b/>{_FONT.format(f'<color rgb={quoteattr(INK[label])}/>')}", fill, align="center")
            for label, fill in FILLS.items()
        }


def results_sheet(title: str, marks: Sequence[Mark], formats: Formats, kept: Sequence[str], language: str) -> bytes:
    """The XML of the worksheet; ``kept`` are texts in a column that nobody sees."""
    widths = {**WIDTHS, "place": _width_of_places(marks)}
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths.values(), 1)
    )
    columns += f'<col min="{_KEPT + 1}" max="{_KEPT + 1}" width="9" hidden="1" customWidth="1"/>'
    rows = [*_head(title, formats, language)]
    rows += (_result(at, mark, formats, widths, language) for at, mark in enumerate(marks, FIRST))
    rows = _with_kept(rows, kept)
    last = max(FIRST - 1 + len(marks), FIRST)
    links = "".join(_link(at, mark) for at, mark in enumerate(marks, FIRST))
    foot = say("annotate.page", language, page="&P", pages="&N")
    end = column_letters(len(WIDTHS))
    return "".join((
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<worksheet xmlns="{_SPACE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>',
        f'<sheetView tabSelected="1" workbookViewId="0"><pane ySplit="{FIRST - 1}" topLeftCell="A{FIRST}" ',
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>",
        f'<autoFilter ref="A{FIRST - 1}:{end}{last}"/>',
        f'<mergeCells count="2"><mergeCell ref="A1:{end}1"/><mergeCell ref="A2:{end}2"/></mergeCells>',
        f"<hyperlinks>{links}</hyperlinks>" if links else "",
        '<printOptions horizontalCentered="1"/>',
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.25"/>',
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
        f"<headerFooter><oddFooter>{cell_text(f'&C{foot}')}</oddFooter></headerFooter></worksheet>",
    )).encode()  # fmt: skip


def _head(title: str, formats: Formats, language: str) -> Iterator[str]:
    """The rows above the results."""
    legend = say("annotate.legend", language)
    yield _row(1, 28.0, [_text("A1", title, formats.title)])
    yield _row(2, height([(legend, sum(WIDTHS.values()))]), [_text("A2", legend, formats.text)])
    heads = [say(f"annotate.{key}", language) for key in WIDTHS]
    told = [_text(f"{column_letters(at)}{FIRST - 1}", said, formats.head) for at, said in enumerate(heads, 1)]
    yield _row(FIRST - 1, 24.0, told)


def _width_of_places(marks: Sequence[Mark]) -> float:
    """As wide as the widest place, up to a limit: not every program breaks a link over two lines."""
    widest = max((display_width(mark.place, 2) + 2.0 for mark in marks), default=0.0)
    return min(max(widest, WIDTHS["place"]), _WIDEST_PLACE)


def _result(row: int, mark: Mark, formats: Formats, widths: Mapping[str, float], language: str) -> str:
    said: Mapping[str, str] = {
        "number": str(mark.number),
        "place": mark.place,
        "project": mark.project or mark.unit,
        "entry": mark.entry,
        "severity": say(f"terms.{mark.severity}", language),
        "message": say("annotate.said", language, rule=mark.rule, message=mark.message),
        "advice": mark.advice,
    }
    cells = []
    for at, (key, text) in enumerate(said.items(), 1):
        reference = f"{column_letters(at)}{row}"
        if key in ("number", "entry"):
            cells.append(_number(reference, text, formats.centred))
        elif key == "severity":
            cells.append(_text(reference, text, formats.severity[mark.severity]))
        else:
            linked = key == "place" and isinstance(mark.origin, CellOrigin)
            cells.append(_text(reference, text, formats.link if linked else formats.cell))
    return _row(row, min(height([(said[key], width) for key, width in widths.items()]), HIGHEST), cells)


def _with_kept(rows: list[str], kept: Sequence[str]) -> list[str]:
    """``rows`` with the texts ``kept`` in the last column, from the top on, in as many rows as they take."""
    made = [*rows, *(f'<row r="{at}"></row>' for at in range(len(rows) + 1, len(kept) + 1))]
    for at, text in enumerate(kept):
        reference = f"{column_letters(_KEPT + 1)}{at + 1}"
        said = f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{cell_text(text)}</t></is></c>'
        made[at] = made[at].removesuffix("</row>") + said + "</row>"
    return made


def _link(row: int, mark: Mark) -> str:
    origin = mark.origin
    if not isinstance(origin, CellOrigin):
        return ""
    location = quoteattr(f"{quoted(origin.sheet)}!{origin.cell}")
    return f'<hyperlink ref="B{row}" location={location} display={quoteattr(mark.place)}/>'


def _row(number: int, high: float, cells: Sequence[str]) -> str:
    return f'<row r="{number}" ht="{high:g}" customHeight="1">{"".join(cells)}</row>'


def _text(reference: str, text: str, style: int) -> str:
    said = f'<is><t xml:space="preserve">{cell_text(text[:32_000])}</t></is>'
    return f'<c r="{reference}" s="{style}" t="inlineStr">{said}</c>'


def _number(reference: str, text: str, style: int) -> str:
    return f'<c r="{reference}" s="{style}"><v>{text}</v></c>' if text else f'<c r="{reference}" s="{style}"/>'
