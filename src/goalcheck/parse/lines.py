"""Reads the lines of a text: head, column headers, rows of cells, footers, notes, and what no table takes.

``sheet.lark`` says what a line is; here its cells get the columns of the header above them. Every line that is not
blank is of exactly one kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import takewhile

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.limits import Limits
from goalcheck.parse.admission import check_cells, check_lengths
from goalcheck.parse.cells import split
from goalcheck.parse.columns import read_header
from goalcheck.parse.footers import footer
from goalcheck.parse.headers import Heading, heading, is_like, packs_in_goal, with_indicators
from goalcheck.parse.layouts.blocks import Block, read_block
from goalcheck.parse.layouts.by_row import ByRow
from goalcheck.parse.layouts.labels import BlockLine, begins_block
from goalcheck.parse.layouts.merged_headers import Named, are_alike, filled, header_by_rows, is_upper_line, parted
from goalcheck.parse.layouts.panes import columns
from goalcheck.parse.layouts.tables_within import lines_of_parts
from goalcheck.parse.line_cells import lines_of, separator_line, start_of
from goalcheck.parse.line_kinds import Line, Lines, Waiting
from goalcheck.parse.machine import Lexeme
from goalcheck.parse.merged_cells import MergedCells
from goalcheck.parse.outside import ENTRY, LABELLED_TARGET, YEAR, Outside, is_number, misread, no_sheet, row_within
from goalcheck.parse.worksheets import Worksheets
from goalcheck.sheet import Column, Header, Text, Unread
from goalcheck.source import Source

_BREAKS = "\r\n"


def read_lines(source: Source, limits: Limits, names: ColumnNames) -> Lines:
    """The lines of ``source``, in which columns are known by ``names``.

    Raises :class:`InputError` if no line is a column header: then it is no sheet; as well where a cell is longer than
    ``limits`` allow, be it a quoted one that goes over many lines.
    """
    text = source.text
    ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
    reader = _Reader(source, names, "\t")
    lines = reader.read(ended)
    nearest = reader.nearest
    for separator in ",;" if source.origins is None else "":  # what is no plain text has tabs
        if not lines.headers and separator in text:
            check_cells(text, separator, limits)
            reader = _Reader(source, names, separator)
            lines = reader.read(ended)
            nearest = nearest or reader.nearest
    if len(text) > limits.cell:
        check_lengths(text, lines.stretches(), limits)
    if not lines.headers:
        raise no_sheet(text, nearest)
    return lines


class _Reader:
    """Gives each line of one text its kind."""

    def __init__(self, source: Source, names: ColumnNames, separator: str) -> None:
        text = self._text = source.text
        self._worksheets = Worksheets(source, names)
        self._is_apart = False  # from the table before, in a worksheet of its own
        self._names = names
        self._separator = separator
        self._merged = MergedCells(source.merges or ())
        self._meaning = lru_cache(maxsize=4096)(names.meaning)  # the same classes and units stand in row after row
        self._lines = Lines()
        self._outside = Outside(text, names)
        self._header: Header | None = None  # of the table in which the next line stands
        self._table: ByRow | None = None  # the same, of one by rows
        self._children: Sequence[Lexeme | BlockLine] = ()
        self._at = 0
        self._skip: BlockLine | None = None
        self._above: list[Waiting] = []

    @property
    def nearest(self) -> Unread | None:
        """The line that is most like a header, of those that are not read."""
        return self._outside.nearest

    def read(self, ended: str) -> Lines:
        """The lines. ``ended`` is the text with a line break at its end."""
        children = self._children = lines_of(ended, self._separator)
        if (told := separator_line(ended)) is not None:
            self._set_down([told])
        if '"' in self._text or told is not None:
            self._lines.starts = list(map(start_of, children))
        for self._at, child in enumerate(children):
            if child is self._skip:
                continue  # it is part of a header
            if self._worksheets.begin(start_of(child)):
                self._begin_worksheet()
            if self._worksheets.is_passed_over:
                continue
            if isinstance(child, Lexeme):
                self._whole_line(child)
            elif child.said(self._text).strip(f'{self._separator}" '):  # else no cell says anything
                self._cells(child)
        self._flush()
        self._set_down(self._outside.close())
        self._lines.unread += self._outside.unread
        return self._lines

    def _begin_worksheet(self) -> None:
        """Nothing of one worksheet goes on in the next."""
        self._flush()
        self._set_down(self._outside.close())
        self._header = self._table = None
        self._is_apart = True

    def _flush(self) -> None:
        """What stands above and is no block of a form is read for what it is by itself."""
        above, self._above = self._above, []
        below_a_table = above if self._lines.by_row else []
        below = [w.line for w in takewhile(lambda w: not self._begins_form(w), below_a_table) if w.line is not None]
        if below and self._lines.by_row[-1].lacks_goal:
            self._lines.by_row[-1].take_goal(read_block(self._text, below, self._names))
        parts = lines_of_parts(self._text, [waiting.own_line for waiting in below_a_table], self._names)
        for waiting in above:
            if waiting.line is not None and waiting.line in parts:
                self._set_down([Text(waiting.line.start, waiting.line.end, waiting.line.said(self._text))])
            else:
                waiting.read()

    def _flush_tables(self) -> None:
        """The same for tables by rows among them whose headers cannot be read, up to where the next form begins.

        As well for what stands below a form whose goal was not above it.
        """
        headers = [at for at, waiting in enumerate(self._above) if waiting.is_header]
        lacks_goal = bool(self._lines.by_row) and self._lines.by_row[-1].lacks_goal
        if headers or (lacks_goal and any(map(self._begins_form, self._above))):
            behind = range(headers[-1] + 1 if headers else 0, len(self._above))
            end = next((at for at in behind if self._begins_form(self._above[at])), len(self._above))
            rest, self._above = self._above[end:], self._above[:end]
            self._flush()
            self._above = rest

    def _begins_form(self, waiting: Waiting) -> bool:
        return waiting.line is None or begins_block(self._text, waiting.line, self._names)

    def _cells(self, line: BlockLine) -> None:
        text, lines = self._text, self._lines
        start, end, cells = line.start, line.end, line.cells
        found = heading(text, cells, self._names, self._meaning)
        if found is not None and packs_in_goal(text, end, found):
            found = attrs.evolve(found, kind="packed")
        if self._second_line(end, cells):
            return
        if found is not None and found.kind == "by-row" and not found.misread and self._begin_table(start, end, cells):
            return
        if self._table is not None:
            if (found is None or self._table.has_class(line)) and self._table.takes(line) and self._table.row(line):
                return
            self._table = None
        if found is not None and found.kind == "packed":
            self._flush()
        if self._header is None and (found is None or found.kind != "packed"):
            is_header = found is not None and found.kind == "by-row"
            self._above.append(Waiting(line, partial(self._outside_line, start, end, cells, found), is_header))
        elif found is not None:
            self._heading(start, end, cells, found)
        elif self._header is not None:
            lines.rows.append(Line(start, end, cells, self._header))

    def _outside_line(self, start: int, end: int, cells: Sequence[tuple[int, int]], found: Heading | None) -> None:
        if found is not None:
            self._heading(start, end, cells, found)
        else:
            self._set_down(self._outside.line(start, end, cells))

    def _begin_table(self, start: int, end: int, cells: Sequence[tuple[int, int]]) -> bool:
        """Whether a header begins a table with one indicator a row, or a further page of the one above it."""
        text, lines = self._text, self._lines
        upper = self._above[-1:]
        if upper and upper[0].line is not None and is_upper_line(text, upper[0].line.cells, cells):
            start = upper[0].line.start
            self._above.pop()
        else:
            upper = []
        header = read_header(start, end, text, cells, self._names)
        self._flush_tables()
        above = [waiting.line for waiting in self._above if waiting.line is not None]
        titled = [line for line in above if self._is_title(line)]
        of = columns(header, text[titled[-1].start : titled[-1].end] if titled and titled[-1] is above[-1] else "")
        if of is None:
            self._above += upper
            return False
        if lines.by_row and not (above or self._is_apart) and are_alike(lines.by_row[-1].header, header):
            self._table = lines.by_row[-1]
            lines.headers.append(header)
            return True
        below = len(self._above)
        block = read_block(text, above, self._names) if above and not of.has_projects else None
        if block is None:
            self._flush()
        else:
            self._take(block)
        self._set_down(self._outside.close())
        self._header = None
        self._is_apart, apart = False, self._is_apart
        last = lines.by_row[-1] if lines.by_row and not apart and len(titled) == len(above) == below else None
        goes_on = last if last is not None and last.is_other_half(of) else None
        self._table = ByRow(text, header, of, self._names, block or goes_on)
        self._table.merged = self._merged
        lines.by_row.append(self._table)
        lines.headers.append(header)
        return True

    def _second_line(self, end: int, cells: Sequence[tuple[int, int]]) -> bool:
        """Whether ``cells`` and the line below complete the header on the line above to one of a table by rows."""
        if cells[0][0] < cells[0][1] or len(here := filled(cells)) < 2:
            return False
        if self._table is not None:
            return self._splits(self._table, end, here)
        header, rows = self._header, self._lines.rows
        if header is not None and not (rows and rows[-1].header is header):
            start, above = header.start, [(column.index, column.start, column.end) for column in header.columns]
        elif header is None and self._above and self._above[-1].line is not None:
            line = self._above[-1].line
            start, above = line.start, filled(line.cells)
        else:
            return False
        if len(above) < 2:
            return False
        lines = [(start, above), (end, here)]
        below = self._children[self._at + 1] if self._at + 1 < len(self._children) else None
        below = below if isinstance(below, BlockLine) else None
        if below is not None:
            under = filled(below.cells)
            if len(under) > 1 and under[0][0] > 0:
                lines.append((below.end, under))
        made = header_by_rows(self._text, start, lines, self._names)
        if made is None:
            return False
        last, whole = made
        self._skip = below if last > end else None
        if header is not None:
            self._lines.headers.pop()
            self._header = None
        else:
            self._above.pop()
        return self._begin_table(start, last, whole)

    def _splits(self, table: ByRow, end: int, here: Sequence[Named]) -> bool:
        """Whether a line right below the header of ``table`` parts its columns: 指标值 in 运算符, 数值 and 单位."""
        header = parted(self._text, table.header, end, here, self._names) if table.is_fresh else None
        of = columns(header) if header is not None else None
        if header is None or of is None:
            return False
        self._table = self._lines.by_row[-1] = table.with_header(header, of)
        self._lines.headers[-1] = header
        return True

    def _is_title(self, line: BlockLine) -> bool:
        """Whether a line above a table only says of what its indicators are: 年度绩效指标."""
        cells = filled(line.cells)
        meaning = self._names.meaning(self._text[cells[0][1] : cells[0][2]]) if len(cells) == 1 else None
        return meaning is not None and meaning.role == "indicators"

    def _take(self, block: Block) -> None:
        """Take the lines above a table as the block of its project; what says nothing of it is put down as it is."""
        lines = self._lines
        first = not lines.headers
        for waiting in self._above:
            line = waiting.line
            if line is None or line not in block.lines:
                waiting.read()
            else:
                put = Text(line.start, line.end, line.said(self._text))
                (lines.head if first else lines.notes).append(put)
        self._above = []
        lines.headers.append(block.header)
        lines.unread += [Unread(a, b, self._text[a:b], "amount-astray", {}) for a, b in block.left]

    def _heading(self, start: int, end: int, cells: Sequence[tuple[int, int]], found: Heading) -> None:
        """A line that names columns: the header of a table, the second line of one, or what hurt one or another has."""
        text, lines, header = self._text, self._lines, self._header
        if found.kind == "packed":
            self._set_down(self._outside.close())
            self._header = with_indicators(read_header(start, end, text, cells, self._names))
            lines.headers.append(self._header)
            if (begins := row_within(text, cells)) is not None:
                lines.unread.append(Unread(begins, end, text[begins:end], "header-and-row", {}))
        elif header is not None and (completed := self._completed(header, end, cells, found)) is not None:
            self._header = lines.headers[-1] = completed
        elif header is not None and found.misread and is_like(text, cells, header):
            why = misread(found)
            lines.unread.append(Unread(start, end, text[start:end], f"{why.key}-again", why.figures))
        else:
            self._header = None
            self._set_down(self._outside.header(self._title(start), end, found))

    def _completed(self, header: Header, end: int, cells: Sequence[tuple[int, int]], found: Heading) -> Header | None:
        """``header`` with the names of its second line, ``cells``, in their places; None where it is no such line.

        A header whose cells were merged has one: the first row below it, of amounts only. It takes no name and no
        indicators from the line above.
        """
        rows = self._lines.rows
        if found.kind != "other" or (rows and rows[-1].header is self._header) or len(found.amounts) < 2:
            return None
        if len(found.meanings) < sum(a < b for a, b in cells):
            return None
        both = {column.index: (column.start, column.end) for column in header.columns}
        both |= {index: (a, b) for index, (a, b) in enumerate(cells) if a < b}
        whole = [both.get(index, (end, end)) for index in range(max(both) + 1)]
        made = read_header(header.start, end, self._text, whole, self._names)
        return None if made.column("name") is None or made.column("indicators") is None else made

    def _title(self, start: int) -> int:
        """Where the table begins whose header stands at ``start``: a line of one cell right above it is its title."""
        rows = self._lines.rows
        while rows and len(rows[-1].cells) == 1 and self._text[rows[-1].end : start].strip(_BREAKS) == "":
            start = rows.pop().start
        return start

    def _whole_line(self, token: Lexeme) -> None:
        """A line that is no row of cells by its look: blank, a footer, a title, a note."""
        body = token.strip().rstrip(f"{self._separator} ")
        if token.type == "BLANK":
            return
        start = token.start_pos + len(token) - len(token.lstrip())
        line = Text(start, start + len(body), body)
        if self._table is not None:
            if token.type == "FOOTER":
                self._lines.footers.append(footer(line))
                return
            self._table = None
        if self._header is None and (token.type in ("NOTE", "TITLE") or (self._above and self._is_figure(token))):
            cells = split(self._text, line.start, line.end, self._separator)
            in_block = BlockLine(line.start, line.end, cells) if token.type != "TITLE" else None
            self._above.append(Waiting(in_block, partial(self._put_whole_line, token, line, body)))
            return
        self._put_whole_line(token, line, body)

    def _put_whole_line(self, token: Lexeme, line: Text, body: str) -> None:
        if token.type == "FOOTER" and not self._is_rest(token):
            self._set_down(self._outside.close())
            self._lines.footers.append(footer(line))
        elif token.type == "FOOTER" and self._header is not None:
            whole = token.rstrip(_BREAKS)
            cells = split(self._text, token.start_pos, token.start_pos + len(whole), self._separator)
            self._lines.rows.append(Line(token.start_pos, token.start_pos + len(whole), cells, self._header))
        elif token.type == "NOTE":
            self._note(line)
        elif ENTRY.search(body):
            self._lines.unread.append(Unread(line.start, line.end, body, "astray", {}))
        else:
            self._set_down(self._outside.close())
            if self._lines.title is None and not self._lines.headers:
                self._lines.title = line
            else:
                self._set_down([line])

    def _is_rest(self, token: Lexeme) -> bool:
        """Whether a figure among empty cells is what a break left of a row: no pages have begun, and it is not 1."""
        return self._header is not None and not self._lines.footers and self._is_figure(token)

    def _is_figure(self, token: Lexeme) -> bool:
        """Whether a footer is but a figure among empty cells, and not the number of the first page."""
        figure = token.replace(self._separator, "").replace('"', "").strip()
        return self._separator in token and figure.isdecimal() and int(figure) != 1

    def _note(self, line: Text) -> None:
        """A line that begins as notes do; one with amounts or indicators in their columns is a row for all that."""
        header = self._header
        cells = split(self._text, line.start, line.end, self._separator)
        if header is None:
            self._set_down(self._outside.line(line.start, line.end, cells))
        elif any(
            self._is_filled(column, cells[column.index]) for column in header.columns if column.index < len(cells)
        ):
            self._lines.rows.append(Line(line.start, line.end, cells, header))
        elif ENTRY.search(line.text) or LABELLED_TARGET.search(line.text):
            self._lines.unread.append(Unread(line.start, line.end, line.text, "astray", {}))
        else:
            self._set_down([line])

    def _is_filled(self, column: Column, cell: tuple[int, int]) -> bool:
        """Whether ``cell`` holds what ``column`` is for, if that is an amount or indicators."""
        said = self._text[cell[0] : cell[1]]
        if column.role == "indicators":
            return ENTRY.search(said) is not None
        return column.key is not None and is_number(said) and not YEAR.fullmatch(said)

    def _set_down(self, lines: Iterable[Text]) -> None:
        """Put down lines that hold nothing to be judged."""
        (self._lines.notes if self._lines.headers else self._lines.head).extend(lines)
