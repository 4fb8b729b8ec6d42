"""A workbook of a file that is none, or of one that must not be changed: :func:`table_book`.

Its worksheets hold the tables as they were read, every text in its row and column.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from goalcheck.annotate.marks import Mark
from goalcheck.files.regexes import regex
from goalcheck.messages import say
from goalcheck.report import rows
from goalcheck.report.spreadsheet import BORDER, MOST_CHARACTERS, Spreadsheet, height
from goalcheck.sheet import Sheet
from goalcheck.source import TEXT, CellOrigin, Source, column_letters

_NARROWEST, _WIDEST = 8.0, 46.0
_PAGE = 150.0  # characters that stand side by side on a page
_FORBIDDEN = regex(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_CELLS = {separator: regex(rf'"(?:[^"]++|"")*+"(?=[{separator}\r\n]|\Z)|[^{separator}\r\n]*+') for separator in "\t,;"}
_PAIRS, _QUOTED_PAIRS = regex(r"\r\n"), regex(r'""|\r\n')
"""Of which a cell says one character."""

_CUT = 64  # characters that are kept free for what is said of a cell that is too long


@attrs.frozen(eq=False, repr=False)
class _Cell:
    """A cell: its column from 1, and its stretch of the text that was read, with its quotation marks."""

    column: int
    start: int
    end: int


@attrs.frozen(eq=False, repr=False)
class _Said:
    """What a ``cell`` says, and where in the text that was read characters stand that it does not say."""

    cell: _Cell
    text: str
    unsaid: Sequence[int]


@attrs.frozen(eq=False, repr=False)
class _Row:
    """A row of a worksheet: its number from 1, where its record begins in the text that was read, its cells."""

    number: int
    start: int
    cells: Sequence[_Cell]


@attrs.define(eq=False, repr=False)
class _Table:
    """A worksheet that is to be written."""

    name: str
    start: int
    rows: list[_Row] = attrs.Factory(list)


class TableBook:
    """The workbook made of ``source``, of which ``sheet`` was read: ``data`` is the file.

    ``cut`` is how many of its texts are longer than a cell may be.
    """

    def __init__(self, source: Source, sheet: Sheet | None, language: str) -> None:
        self._source = source
        self._language = language
        self._known: _Said | None = None
        self._tables = _tables(source, sheet, language)
        self.cut = 0
        self.data = self._written()

    def placed(self, mark: Mark) -> Mark:
        """``mark`` with its place in the workbook."""
        table = self._tables[max(bisect_right([one.start for one in self._tables], mark.start) - 1, 0)]
        at = bisect_right([row.start for row in table.rows], mark.start) - 1
        if at < 0:
            return attrs.evolve(mark, origin=None)
        row = table.rows[at]
        cell = next((one for one in row.cells if mark.start <= one.end), row.cells[-1])
        within = (self._within(cell, offset) for offset in (mark.start, mark.end))
        origin = CellOrigin(table.name, f"{column_letters(cell.column)}{row.number}", *within)
        is_own = self._source.kind == TEXT or isinstance(mark.origin, CellOrigin)
        place = rows.cell(origin, self._language) if is_own else mark.place
        return attrs.evolve(mark, origin=origin, place=place, shown=self._text(cell))

    def _text(self, cell: _Cell) -> str:
        """What a cell says."""
        return self._said(cell).text

    def _within(self, cell: _Cell, offset: int) -> int:
        """Which character of a cell, from 0, stands at ``offset``."""
        at = min(max(offset, cell.start), cell.end)
        return at - cell.start - bisect_left(self._said(cell).unsaid, at)

    def _said(self, cell: _Cell) -> _Said:
        """A long cell may have thousands of marks: what it says is worked out once for those that follow each other."""
        if self._known is None or self._known.cell is not cell:
            self._known = _said(self._source.text, cell)
        return self._known

    def _written(self) -> bytes:
        made = Spreadsheet("", self._language)
        style = made.format(valign="top", **BORDER)
        for table in self._tables:
            texts = [[(cell.column, self._fitting(self._text(cell))) for cell in row.cells] for row in table.rows]
            filled = {column for told in texts for column, text in told if text}  # nobody needs to see the others
            texts = [[(column, text) for column, text in told if column in filled] for told in texts]
            widths = _widths(texts)
            sheet = made.worksheet(table.name, "")
            for column, width in widths.items():
                sheet.set_column(column - 1, column - 1, width)
            for row, told in zip(table.rows, texts, strict=True):
                sheet.set_row(row.number - 1, height([(text, widths[column]) for column, text in told]))
                for column, text in told:
                    if text:
                        sheet.write_string(row.number - 1, column - 1, text, style)
                    else:
                        sheet.write_blank(row.number - 1, column - 1, None, style)
        return made.close()

    def _fitting(self, text: str) -> str:
        """``text``, as far as a cell holds it."""
        if len(text) <= MOST_CHARACTERS:
            return text
        self.cut += 1
        return text[: MOST_CHARACTERS - _CUT] + say("annotate.cut-here", self._language)


def _said(text: str, cell: _Cell) -> _Said:
    start, end = cell.start, cell.end
    is_quoted = end - start > 1 and text[start] == '"' == text[end - 1]
    inner = (start + 1, end - 1) if is_quoted else (start, end)
    pairs = _QUOTED_PAIRS if is_quoted else _PAIRS
    unsaid = [found.start() + 1 for found in pairs.finditer(text, *inner)]
    said = text[slice(*inner)]
    if is_quoted:
        return _Said(cell, _unbroken(said.replace('""', '"')), [start, *unsaid, end - 1])
    return _Said(cell, _unbroken(said), unsaid)


def _unbroken(text: str) -> str:
    """``text`` with its line breaks as a cell has them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _widths(texts: Sequence[Sequence[tuple[int, str]]]) -> dict[int, float]:
    """The widths of the columns: as wide as their texts, as far as all fit beside each other on a page."""
    wanted: dict[int, float] = {}
    for told in texts:
        alone = sum(1 for _, text in told if text) == 1  # a title, which may be wider than its column
        for column, text in told:
            widest = max(len(line.encode("gb18030", "replace")) for line in text.split("\n")) + 2.0
            least = wanted.get(column, _NARROWEST)
            wanted[column] = least if alone else max(least, min(widest, _WIDEST))
    scale = min(1.0, _PAGE / max(sum(wanted.values()), 1.0))
    return {column: max(width * scale, _NARROWEST) for column, width in wanted.items()}


def _tables(source: Source, sheet: Sheet | None, language: str) -> list[_Table]:
    """The tables of ``source`` as worksheets: those of a workbook by their names, all else on one."""
    origins = source.origins
    separator = _separator(source, sheet) if origins is None else "\t"
    if origins is None:
        starts = source.records.starts if source.records.starts is not None else source.line_starts
        numbers: Sequence[int] = range(1, len(starts) + 1)
        found = [_Table(say("annotate.table", language), 0)]
    elif all(table.sheet is not None for table in origins.tables) and origins.tables:
        starts, numbers = origins.starts, origins.rows
        found = [_Table(name, table.start) for name, table in zip(_names(source), origins.tables, strict=True)]
    else:
        starts = origins.starts
        numbers = range(1, len(starts) + 1)
        found = [_Table(say("annotate.table", language), 0)]
    ends = [*starts[1:], len(source.text)] if len(starts) else []
    at = 0
    for start, end, number in zip(starts, ends, numbers, strict=True):
        while at + 1 < len(found) and found[at + 1].start <= start:
            at += 1
        cells = [*_cells(source.text, start, end, separator)]
        found[at].rows.append(_Row(number, start, cells))
    return found


def _names(source: Source) -> Iterator[str]:
    """The names of the worksheets, as a workbook may have them."""
    assert source.origins is not None
    taken: set[str] = set()
    for table in source.origins.tables:
        name = _FORBIDDEN.sub("_", table.sheet or "").strip("'")[:_LONGEST_NAME] or str(table.number)
        while name.lower() in taken:
            name = f"{name[: _LONGEST_NAME - 6]}_{table.number}"
        taken.add(name.lower())
        yield name


def _separator(source: Source, sheet: Sheet | None) -> str:
    """What parts the cells of a text: what stands between the first cells of its header."""
    columns = sheet.headers[0].columns if sheet is not None and sheet.headers else ()
    for left, right in pairwise(columns):
        between = source.text[left.end : right.start]
        found = next((separator for separator in "\t,;" if separator in between), None)
        if found is not None:
            return found
    return "\t"


def _cells(text: str, start: int, end: int, separator: str) -> Iterator[_Cell]:
    """The cells of the record from ``start`` to ``end``."""
    column, pattern = 1, _CELLS[separator]
    while True:
        found = pattern.match(text, start, end)
        assert found is not None  # it matches the empty text
        yield _Cell(column, *found.span())
        start = found.end() + 1
        if start > end or text[found.end() : start] != separator:
            return
        column += 1
