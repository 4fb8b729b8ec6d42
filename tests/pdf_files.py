"""PDFs drawn by hand for tests: tables over many pages in Chinese, and files that are out to do harm."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Mapping, Sequence

import attrs

SIZE = 8.0
LEADING = 10.0
PADDING = 3.0
TOP, BOTTOM = 560.0, 40.0
"""Where the rows of a page may stand, from the bottom of the page, which is 595 high and 842 wide."""

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font"
    b" /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)"
    b" /Supplement 4 >> /DW 1000 /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light"
    b" /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93"
    b" >> >>] >>"
)
"""A Chinese font that every reader of PDFs knows, so that it is not embedded."""

_FORM = "/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Matrix [0.5 0 0 0.5 0 0]"

Merges = Mapping[tuple[int, int], tuple[int, int]]
"""How many rows and columns the cell at a row and column covers."""


def width_of(character: str) -> float:
    """How wide a character is printed."""
    return SIZE / 2 if character.isascii() else SIZE


def shown(text: str, x: float, y: float, size: float = SIZE, turned: bool = False) -> str:
    """The operators that print ``text``; ``turned`` prints it on its side."""
    place = f"0 1 -1 0 {595 - y:.2f} {x:.2f} Tm" if turned else f"1 0 0 1 {x:.2f} {y:.2f} Tm"
    return f"BT /F1 {size:g} Tf {place} <{text.encode('utf-16-be').hex()}> Tj ET\n"


def document(
    contents: Sequence[str],
    box: str = "0 0 842 595",
    more: str = "",
    ascii85: bool = False,
    in_form: bool = False,
    *,
    lower: float = 0,
) -> bytes:
    """A PDF of pages with these contents; ``more`` goes into the dictionary of each page.

    ``in_form`` draws each content by a form of half its size, which is drawn twice as large, and ``lower`` on the page.
    """
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        FONT,
    ]
    forms: list[bytes] = []
    for at, content in enumerate(contents):
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        if in_form:
            number = 4 + 2 * len(contents) + at
            forms.append(stream(zlib.compress(content.encode()), f"{_FORM} {resources} /Filter /FlateDecode"))
            resources = f"/Resources << /XObject << /X {number} 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {5 + 2 * at} 0 R {more} {resources} >>".encode()
        )
        shown_by_page = f"2 0 0 2 0 {-lower:g} cm /X Do" if in_form else content
        packed = zlib.compress(shown_by_page.encode("latin-1"))
        filters = "/FlateDecode"
        if ascii85:
            packed, filters = base64.a85encode(packed) + b"~>", "[/ASCII85Decode /FlateDecode]"
        objects.append(stream(packed, f"/Filter {filters}"))
    return assembled([*objects, *forms])


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream of ``data``."""
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """The file of ``objects``, of which the first is its root."""
    made = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, held in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + held + b"\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)


@attrs.define
class Style:
    """How a table is drawn."""

    lines: str = "strokes"
    """``strokes``, ``slabs``, ``boxes``, ``doubled``, ``dashed``, ``path`` or ``shaded``."""
    repeats: bool = True
    """Whether its header is printed on every page."""
    closed: bool = True
    """Whether there is a line where a page cuts a row."""
    cuts: bool = True
    """Whether a page cuts rows."""
    numbers: bool = True
    """Whether pages have numbers."""
    turned: bool = False
    """Whether the contents are on their side, and the page is turned for it."""
    top: float = TOP


def wrapped(text: str, width: float) -> list[str]:
    """``text`` in lines of ``width``."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, room = "", width
        for character in paragraph:
            if width_of(character) > room:
                lines.append(line)
                line, room = "", width
            line += character
            room -= width_of(character)
        lines.append(line)
    return lines if text else []


class _Table:
    """A table while it is drawn."""

    def __init__(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float], header: range, style: Style, merges: Merges
    ) -> None:
        self.rows, self.header, self.style, self.merges = rows, header, style, merges
        self.lefts = [30.0]
        for width in widths:
            self.lefts.append(self.lefts[-1] + width)
        self.pages: list[str] = []
        self.drawn: list[str] = []
        self.boxes: list[tuple[float, float, float, float]] = []
        self.edges: list[tuple[float, float, float, float]] = []
        self.y = style.top
        self.places: dict[tuple[int, int], list[tuple[int, float, float]]] = {}

    def spans(self, row: int) -> list[tuple[int, int, bool]]:
        """The columns at which cells of ``row`` begin and end, and whether each begins in it."""
        found = []
        at = 0
        while at < len(self.lefts) - 1:
            for (top, left), (high, wide) in self.merges.items():
                if left == at and top <= row < top + high:
                    found.append((at, at + wide, top == row))
                    at += wide
                    break
            else:
                found.append((at, at + 1, True))
                at += 1
        return found

    def lines(self, row: int) -> dict[int, list[str]]:
        """The lines of each cell that begins in ``row``, by its column."""
        cells = self.rows[row]
        return {
            start: wrapped(
                cells[start] if start < len(cells) else "", self.lefts[end] - self.lefts[start] - 2 * PADDING
            )
            for start, end, begins in self.spans(row)
            if begins
        }

    def end_page(self) -> None:
        if self.style.numbers:
            self.drawn.append(self.text(f"第 {len(self.pages) + 1} 页", 400, 20))
        lines = boxes(self.boxes) if self.style.lines == "boxes" else borders(self.edges, self.style)
        shade = ""
        if self.style.lines == "shaded" and self.boxes and (self.style.repeats or not self.pages):
            x0, y0, _, y1 = self.boxes[0]
            shade = f"q 0.9 g {x0:.2f} {y0:.2f} {self.lefts[-1] - x0:.2f} {y1 - y0:.2f} re f Q\n"
        self.pages.append(shade + lines + "".join(self.drawn))
        self.drawn, self.edges, self.boxes, self.y = [], [], [], self.style.top

    def text(self, said: str, x: float, y: float, size: float = SIZE) -> str:
        return shown(said, x, y, size, self.style.turned)

    def draw(self) -> list[str]:
        for row in range(len(self.rows)):
            self.row(row)
        self.end_page()
        return self.pages

    def row(self, row: int) -> None:
        left = self.lines(row)
        high = max(1, *(len(lines) for (at, lines) in left.items() if self.high(row, at) == 1), 1)
        need = high * LEADING + 2 * PADDING
        if self.y - need < BOTTOM and (not self.style.cuts or self.y - 2 * LEADING - 2 * PADDING < BOTTOM):
            self.next_page(row)
        is_first = True
        while is_first or any(left.values()):
            room = max(1, int((self.y - BOTTOM - 2 * PADDING) // LEADING))
            high = max([1, *(len(lines) for at, lines in left.items() if self.high(row, at) == 1)])
            fits = high <= room
            self.stretch(row, left, min(high, room), opens=is_first, ends=fits)
            left = {at: lines[min(high, room) :] if self.high(row, at) == 1 else [] for at, lines in left.items()}
            is_first = False
            if not fits:
                self.next_page(row)

    def high(self, row: int, column: int) -> int:
        return self.merges.get((row, column), (1, 1))[0]

    def stretch(self, row: int, lines: Mapping[int, list[str]], number: int, *, opens: bool, ends: bool) -> None:
        """Draw what of a row stands on this page."""
        top, bottom = self.y, self.y - number * LEADING - 2 * PADDING
        is_top = not self.edges
        for start, end, begins in self.spans(row):
            x0, x1 = self.lefts[start], self.lefts[end]
            self.edges += [(x0, top, x0, bottom), (x1, top, x1, bottom)]
            self.boxes.append((x0, bottom, x1, top))
            last = row == len(self.rows) - 1 or (end > start and not self.goes_on(row, start))
            if (begins and opens) or (is_top and self.style.closed):
                self.edges.append((x0, top, x1, top))
            if (last and ends) or (not ends and self.style.closed):
                self.edges.append((x0, bottom, x1, bottom))
            for at, line in enumerate(lines.get(start, [])[: max(number, 0 if self.high(row, start) == 1 else 9)]):
                self.drawn.append(self.text(line, x0 + PADDING, top - PADDING - (at + 0.8) * LEADING))
                place = len(self.pages) + 1, x0 + PADDING, 595 - (top - PADDING - (at + 0.8) * LEADING)
                self.places.setdefault((row, start), []).append(place)
        self.y = bottom

    def goes_on(self, row: int, column: int) -> bool:
        return any(
            left <= column < left + wide and top <= row < top + high - 1
            for (top, left), (high, wide) in self.merges.items()
        )

    def next_page(self, row: int) -> None:
        if self.style.closed and self.edges:
            self.edges.append((self.lefts[0], self.y, self.lefts[-1], self.y))
        self.end_page()
        if self.style.repeats and row not in self.header:
            for again in self.header:
                lines = self.lines(again)
                self.stretch(again, lines, max(len(cell) for cell in lines.values()), opens=True, ends=True)


def slab(edge: tuple[float, float, float, float]) -> str:
    """The operators that fill a thin box for a line."""
    x0, y0, x1, y1 = edge
    left, bottom = min(x0, x1) - 0.25, min(y0, y1) - 0.25
    return f"{left:.2f} {bottom:.2f} {abs(x1 - x0) + 0.5:.2f} {abs(y1 - y0) + 0.5:.2f} re f\n"


def boxes(made: Sequence[tuple[float, float, float, float]]) -> str:
    """The operators that draw the outline of each cell."""
    return "0.5 w " + "".join(f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S\n" for x0, y0, x1, y1 in made)


def borders(edges: Sequence[tuple[float, float, float, float]], style: Style) -> str:
    """The operators that draw ``edges`` in a style."""
    if style.turned:
        edges = [(595 - y0, x0, 595 - y1, x1) for x0, y0, x1, y1 in edges]
    if style.lines == "none":
        return ""
    if style.lines in ("slabs", "shaded"):
        return "".join(map(slab, edges))
    steps = [f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l " for x0, y0, x1, y1 in edges]
    if style.lines == "path":
        return f"0.5 w {''.join(steps)} S\n"
    if style.lines == "doubled":
        steps += [f"{x0 + 1:.2f} {y0 + 1:.2f} m {x1 + 1:.2f} {y1 + 1:.2f} l " for x0, y0, x1, y1 in edges]
    dash = "[2 2] 0 d " if style.lines == "dashed" else ""
    return f"0.5 w {dash}" + "".join(f"{step}S\n" for step in steps)


def widths_of(rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide columns are printed that hold ``rows``: as their longest cells, neither very narrow nor very wide."""
    longest = [max(len(row[at]) if at < len(row) else 0 for row in rows) for at in range(max(map(len, rows)))]
    wide = [min(max(most, 5), 40) for most in longest]
    return [780 * width / sum(wide) for width in wide]


def table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    header: range = range(1),
    style: Style | None = None,
    merges: Merges | None = None,
) -> list[str]:
    """The contents of the pages on which a table is printed."""
    return _Table(rows, widths, header, style or Style(), merges or {}).draw()


Places = Mapping[tuple[int, int], Sequence[tuple[int, float, float]]]
"""Where the lines of each cell, by row and column, begin: page, from the left, and the base line from the top."""


def table_with_places(
    rows: Sequence[Sequence[str]], widths: Sequence[float], header: range, style: Style, merges: Merges
) -> tuple[list[str], Places]:
    """The contents of the pages on which a table is printed, and where its words are."""
    made = _Table(rows, widths, header, style, merges)
    return made.draw(), made.places


PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
)
"""A page that draws what is numbered 5."""


def forms_within_forms(depth: int) -> bytes:
    """Five kilobytes of which each form draws the next one twice."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        stream(b"/X Do"),
    ]
    for at in range(depth):
        drawn = b"/X Do /X Do" if at < depth - 1 else b"0 0 m 9 9 l S"
        within = f"/Resources << /XObject << /X {6 + at} 0 R >> >>" if at < depth - 1 else ""
        objects.append(stream(drawn, f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] {within}"))
    return assembled(objects)


def with_objects(*objects: bytes, trailer: str = "") -> bytes:
    """A PDF of these objects behind its catalogue, of which the first holds the pages."""
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", *objects], trailer)


def one_page(contents: bytes, font: bytes, *more: bytes, catalog: str = "", page: str = "") -> bytes:
    """A PDF of one page that draws the stream ``contents``, numbered 4, with ``font``, numbered 5, as ``/F1``.

    ``more`` are the objects from 6 on; ``catalog`` and ``page`` go into these dictionaries.
    """
    return assembled([
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 800] /Contents 4 0 R {page}"
        " /Resources << /Font << /F1 5 0 R >> >> >>".encode(),
        contents,
        font,
        *more,
    ])  # fmt: skip


def _sound() -> bytes:
    return document(table([["项目名称", "金额"], ["道路养护", "10.00"]], [200, 200]))


_ONE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_IMAGE = stream(b"\0", "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
_LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<41> <41>]"

HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "forms": lambda: forms_within_forms(28),
    "loop": lambda: with_objects(b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
    "count": lambda: with_objects(_ONE.replace(b"1 >>", b"2000000000 >>"), PAGE, stream(b""), _IMAGE),
    "many": lambda: document(["\n"] * 2_001),
    "strokes": lambda: document(["".join(f"{at % 600} 0 m {at % 600} 9 l S\n" for at in range(150_000))]),
    "noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF",
    "password": lambda: with_objects(_ONE, PAGE, stream(b""), trailer=_LOCK),
    "scan": lambda: with_objects(_ONE, PAGE, stream(b"600 0 0 800 0 0 cm /X Do"), _IMAGE),
    "blank": lambda: document(["\n"]),
    "bomb": lambda: document([" " * 140_000_000]),
    "cut": lambda: _sound()[:-900],
    "hurt": lambda: _sound().replace(b"stream\nx", b"stream\ny"),
}
"""Files that are out to do harm, or were harmed, by what is wrong with them."""
