"""Writes workbooks that people read and print: :class:`Spreadsheet`, the only one here that knows XlsxWriter.

Nothing that comes from a sheet becomes a formula or a link. The same content gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from goalcheck.files.archive import OWN_NAME, Member, member_of, members, pack
from goalcheck.messages import say
from goalcheck.report.long_sheet import Link, LongSheet, Texts

A4 = 9
POINTS = 11  # of the letters
_LINE, _AROUND = 15.0, 5.0  # points that a line takes at that size, and what a row has besides
HIGHEST = 409.0  # points that a row may have
MOST_LINES = int((HIGHEST - _AROUND) / _LINE)
MOST_CHARACTERS = 32_767  # of a cell
_FILLED = 0.92  # of the width of a column in characters: fonts differ
_FONT = "宋体"  # there is none that every office has but this
BORDER = {"border": 1, "border_color": "#7F7F7F"}
"""The settings of a format with lines around a cell."""

_TEXTS = "xl/sharedStrings.xml"
_LONGEST_LINK = 2080
_SINCE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  # a date that never changes; a file says no zone

FILLS = {"error": "#FFC7CE", "warning": "#FFEB9C", "info": "#DDEBF7"}
"""The colour of a cell by the severity of what is wrong with it; in print they differ in lightness as well."""

LETTERS = {"error": "#9C0006", "warning": "#7F4F00", "info": "#1F4E79"}


@attrs.frozen(eq=False, repr=False)
class Column:
    """A column: the key of its head among ``messages``, and its width in characters."""

    key: str
    width: float


class Spreadsheet:
    """A workbook that is being written."""

    def __init__(self, title: str, language: str) -> None:
        import xlsxwriter  # only where a workbook is written: an extra

        self._made = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book: Any = xlsxwriter.Workbook(self._made, options)
        self.book.set_properties({"title": title, "author": "goalcheck", "created": _SINCE})
        self.language = language
        self._texts = Texts()
        self._long: dict[str, LongSheet] = {}
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **settings: Any) -> Any:
        """The format with these ``settings`` besides what all have; each is made once."""
        key = tuple(sorted(settings.items()))
        if key not in self._formats:
            usual = {"font_name": _FONT, "font_size": POINTS, "valign": "vcenter", "text_wrap": True}
            self._formats[key] = self.book.add_format({**usual, **settings})
        return self._formats[key]

    @cached_property
    def head(self) -> Any:
        """The format of the heads of columns."""
        return self.format(bold=True, bg_color="#D9E2F3", **BORDER, align="center")

    @cached_property
    def cell(self) -> Any:
        """The format of a cell of a table."""
        return self.format(**BORDER)

    @cached_property
    def centred(self) -> Any:
        """The format of a short cell of a table."""
        return self.format(**BORDER, align="center")

    @cached_property
    def linked(self) -> Any:
        """The format of a cell with a link."""
        return self.format(**BORDER, font_color="#0563C1", underline=1)

    @cached_property
    def done(self) -> Any:
        """The format of a cell that says of a finding that it is done with, over the one that the cell has."""
        return self.book.add_format({"bg_color": "#C6EFCE", "font_color": "#006100"})

    def severity(self, label: str) -> Any:
        """The format of a cell that says how grave a finding is."""
        return self.format(**BORDER, align="center", bold=True, bg_color=FILLS[label], font_color=LETTERS[label])

    def worksheet(self, name: str, title: str, *, landscape: bool = True) -> Any:
        """A new worksheet that is printed on A4, as wide as the page; ``title`` is printed above."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(A4)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
        sheet.set_header(f'&C&"{_FONT},Bold"&16{title}', {"margin": 0.3})
        foot = say("rectification.page", self.language, page="&P", pages="&N")
        sheet.set_footer(f'&C&"{_FONT},Regular"&9{foot}', {"margin": 0.25})
        return sheet

    def long_sheet(self, name: str, title: str) -> LongSheet:
        """A new worksheet with rows to come, which may be many; its heads stand in the first row."""
        sheet = self.worksheet(name, title)
        made = LongSheet(sheet, self._texts)
        self._long[f"xl/worksheets/sheet{len(self.book.worksheets())}.xml"] = made
        return made

    def heads(self, sheet: Any, columns: Sequence[Column], row: int = 0, file: str = "rectification") -> None:
        """Write the heads of ``columns`` in ``row`` of ``sheet``, and give the columns their widths."""
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(row, at, say(f"{file}.{column.key}", self.language), self.head)
        said = [(say(f"{file}.{column.key}", self.language), column.width) for column in columns]
        sheet.set_row(row, max(height(said), 22.0))

    def table(self, sheet: Any, columns: Sequence[Column], rows: int) -> None:
        """Make what was written from the top of ``sheet``, a head and ``rows``, a table to be filtered and printed."""
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)

    def define(self, name: str, said: str) -> None:
        """Define a ``name`` that nobody sees, by which goalcheck knows the workbook again."""
        self.book.define_name(f"{OWN_NAME}{name}", said)

    def close(self) -> bytes:
        """The file."""
        self.book.close()
        try:
            return pack(self._parts())
        finally:
            self._texts.close()
            for rows in self._long.values():
                rows.close()

    def _parts(self) -> Iterator[Member]:
        """The parts of the file, with the rows of long worksheets."""
        for part in members(self._made.getvalue()):
            if not self._long:
                yield part
            elif part.name == _TEXTS:
                yield member_of(part.name, self._texts.before(part.data), part)
            elif part.name.startswith("xl/worksheets/sheet"):
                written = self._texts.moved(part.data)
                rows = self._long.get(part.name)
                yield member_of(part.name, rows.part(written) if rows is not None else (written,), part)
                if rows is not None and rows.has_links:
                    yield member_of(part.name.replace("sheets/", "sheets/_rels/") + ".rels", rows.relations(), part)
            else:
                yield part


def height(cells: Sequence[tuple[str, float]]) -> float:
    """The height, in points, of a row with these texts in columns of these widths: no program fits it on opening."""
    lines = max((lines_of(text, width) for text, width in cells), default=1)
    return min(lines * _LINE + _AROUND, HIGHEST)


def lines_of(text: str, width: float) -> int:
    """How many lines ``text`` takes in a column of ``width`` characters, or one more."""
    return sum(_lines(line, max(int(width * _FILLED), 4)) for line in text.split("\n"))


def _lines(line: str, room: int) -> int:
    taken = len(line.encode("gb18030", "replace"))  # a wide character is two bytes there, and this is fast
    if taken <= room:
        return 1
    wasted = min(5 if line.isascii() else 2, room // 4)  # at the end of a line, before a word or a pair of signs
    return -(-taken // max(room - wasted, 2))


def divided(lines: Sequence[str], width: float) -> Iterator[str]:
    """``lines`` as texts of which each fits in a cell of ``width``, in a row that can be printed."""
    kept: list[str] = []
    number = size = 0
    for line in lines:
        more = lines_of(line, width)
        if kept and (number + more > MOST_LINES or size + len(line) >= MOST_CHARACTERS):
            yield "\n".join(kept)
            kept, number, size = [], 0, 0
        kept.append(line[: MOST_CHARACTERS - 1])
        number, size = number + more, size + len(line) + 1
    if kept:
        yield "\n".join(kept)


def quoted(sheet: str) -> str:
    """The name of a worksheet as it is written before a cell."""
    return "'{}'".format(sheet.replace("'", "''"))


def external(path: str, location: str = "") -> Link | None:
    """The link to a file at ``path``, to a ``location`` in it; None where no link can be written."""
    if not path or not path.isprintable() or any(0xD800 <= ord(char) < 0xE000 for char in path):
        return None
    coded = "".join(_ESCAPES.get(char, char) for char in path).replace("/", "\\").removeprefix(".\\")
    target = f"file:///{coded}" if coded.startswith("\\\\") or coded[1:2] == ":" else coded
    if max(len(said.encode("utf-16-le")) for said in (target, location)) > 2 * _LONGEST_LINK:
        return None
    return Link(target, location)


_ESCAPES: Mapping[str, str] = {char: f"%{ord(char):02x}" for char in '%"# <>[]^`{}'}
