"""Reads the lines of a text: head, column headers, rows of cells, footers, notes, and what no table takes.

``sheet.lark`` says what a line is; here its cells get the columns of the header above them. Every line that is not
blank is of exactly one kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ColumnNames
from goalcheck.errors import InputError
from goalcheck.limits import Limits
from goalcheck.parse.admission import check_cells, check_lengths
from goalcheck.parse.blank_lines import lines_parted_by_blanks
from goalcheck.parse.cells import BlockLine, split
from goalcheck.parse.columns import read_header
from goalcheck.parse.headers import (
    Heading,
    heading,
    is_readable,
    packs_in_goal,
)
from goalcheck.parse.layouts.by_row import ByRow
from goalcheck.parse.layouts.class_panes import with_classes
from goalcheck.parse.layouts.joint_rows import JointRows, is_joint, with_values
from goalcheck.parse.layouts.merged_headers import (
    are_alike,
    filled,
    header_by_rows,
    named,
    with_line_above,
    with_lower,
)
from goalcheck.parse.layouts.panes import columns, is_title
from goalcheck.parse.layouts.row_headers import told_by_rows, told_by_rows_of_parts
from goalcheck.parse.line_cells import lines_of, separator_line, start_of
from goalcheck.parse.line_kinds import Lines
from goalcheck.parse.lines_above import LinesAbove, Waiting
from goalcheck.parse.lines_ahead import LinesAhead
from goalcheck.parse.lone_figures import LoneFigures
from goalcheck.parse.machine import Lexeme
from goalcheck.parse.merged_cells import MergedCells
from goalcheck.parse.outside import Outside, no_sheet, row_within
from goalcheck.parse.packed_lines import PackedLines
from goalcheck.parse.whole_lines import WholeLines
from goalcheck.parse.worksheets import Worksheets
from goalcheck.sheet import Text, Unread
from goalcheck.source import Source, line_at

_NOTHING = ("", '"')  # what a cell of a blank line may hold; `""` is quoted and holds nothing either


def read_lines(source: Source, limits: Limits, names: ColumnNames) -> Lines:
    """The lines of ``source``, in which columns are known by ``names``.

    Raises :class:`InputError` if no line is a column header: then it is no sheet; as well where a cell is longer than
    ``limits`` allow, be it a quoted one that goes over many lines.
    """
    text = source.text
    ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
    reader = _Reader(source, names, "\t", limits.entries)
    lines = reader.read(ended)
    nearest = reader.nearest
    for separator in ",;" if source.origins is None else "":  # what is no plain text has tabs
        if not lines.headers and separator in text:
            check_cells(text, separator, limits)
            reader = _Reader(source, names, separator, limits.entries)
            lines = reader.read(ended)
            nearest = nearest or reader.nearest
    if not lines.headers and source.origins is None and (parted := lines_parted_by_blanks(ended, names)):
        lines = _Reader(source, names, "\t", limits.entries).read(ended, parted)
    if len(text) > limits.cell:
        check_lengths(text, lines.stretches(), limits)
    if not lines.headers:
        raise no_sheet(text, nearest)
    return lines


class _Reader:
    """Gives each line of one text its kind."""

    def __init__(self, source: Source, names: ColumnNames, separator: str, most_entries: int) -> None:
        self._most_entries = self._entries_left = most_entries
        text = self._text = source.text
        self._worksheets = Worksheets(source, names)
        self._is_apart = False  # from the table before, in a worksheet of its own
        self._names = names
        self._separator = separator
        self._merged = MergedCells(source.merges or ())
        self._lines = Lines(passed_over=self._worksheets.passed_over)
        self._figures = LoneFigures(separator, self._lines)
        self._outside = Outside(text, names)
        self._whole_lines = WholeLines(text, separator, self._lines, self._outside, self._figures)
        self._table: ByRow | None = None  # the one by rows in which the next line stands
        self._ahead = LinesAhead(())
        self._title = ""  # above the table by rows that began last
        self._behind: ByRow | None = None  # the table that a note or a title ended
        self._above = LinesAbove(text, names, self._lines)
        self._packed = PackedLines(text, names, self._lines, self._outside, self._above)

    @property
    def nearest(self) -> Unread | None:
        """The line that is most like a header, of those that are not read."""
        return self._outside.nearest

    def read(self, ended: str, parted: Sequence[Lexeme | BlockLine] = ()) -> Lines:
        """The lines. ``ended`` is the text with a line break at its end, ``parted`` its lines where they are known."""
        children = parted or lines_of(ended, self._separator)
        self._ahead = LinesAhead(children)
        if (told := separator_line(ended)) is not None:
            self._lines.set_down([told])
        if '"' in self._text or told is not None:
            self._lines.starts = list(map(start_of, children))
        for child in self._ahead:
            if self._worksheets.left and self._worksheets.begin(start_of(child)):
                self._begin_worksheet()
            if self._worksheets.is_passed_over:
                continue
            if isinstance(child, Lexeme):
                self._whole_line(child)
            elif not (self._takes_at_once(child) or self._is_blank(child)):
                self._cells(child)
        self._above.flush()
        self._lines.set_down(self._outside.close())
        self._lines.unread += self._outside.unread
        return self._lines

    def _begin_worksheet(self) -> None:
        """Nothing of one worksheet goes on in the next."""
        self._above.flush()
        self._lines.set_down(self._outside.close())
        self._packed.end()
        self._table = self._behind = None
        self._is_apart = True

    def _cells(self, line: BlockLine) -> None:
        start, end, cells = line.start, line.end, line.cells
        found = self._heading_of(line)
        if self._second_line(end, cells):
            return
        if found is not None and is_readable(found, self._names) and self._begin_table(start, end, cells):
            return
        if self._table is not None:
            kinds = self._table.kinds
            is_row = (found is None or kinds.has_class(line) or kinds.is_plain(line)) and self._table.takes(line)
            if is_row and self._table.row(line):
                self._admit(line, self._table.entries_of_row)
                return
            self._table, self._behind = None, self._table
        if found is not None and found.kind == "packed":
            self._above.flush()
        header = self._packed.header
        if header is None and (found is None or found.kind != "packed"):
            self._let_wait(line, found)
        elif found is not None:
            self._packed.heading(start, end, cells, found)
        elif header is not None:
            self._packed.row(line, header, self._ahead)

    def _heading_of(self, line: BlockLine) -> Heading | None:
        """What a line names as a header; of what kind of table, the rows below it may tell."""
        text = self._text
        found = heading(text, line.cells, self._names)
        if found is not None and packs_in_goal(text, line.end, found):
            found = attrs.evolve(found, kind="packed")
        if found is not None and found.kind == "packed":
            header = read_header(line.start, line.end, text, line.cells, self._names)
            if is_joint(with_values(text, header, self._ahead.rows)):
                return attrs.evolve(found, kind="by-row")
        return found

    def _is_blank(self, line: BlockLine) -> bool:
        start, end = line.cells[0]
        if self._text[start:end] not in _NOTHING:
            return False  # as of most
        return all(self._text[start:end] in _NOTHING for start, end in line.cells)

    def _takes_at_once(self, line: BlockLine) -> bool:
        """Take a line of which nothing need be asked, as of most rows of tables by rows; whether it is such a line.

        Such rows right below it are taken with it.
        """
        table = self._table
        if table is None:
            return self._packed.takes_page(line)
        taken = table.usual_rows(self._ahead.from_here(self._worksheets.next_begins, self._entries_left))
        if not taken:
            return False
        self._entries_left -= taken
        self._ahead.skip(taken - 1)
        return True

    def _admit(self, line: BlockLine, entries: int) -> None:
        """Raise :class:`InputError` where the tables by rows have more entries than the limits allow."""
        self._entries_left -= entries
        if self._entries_left < 0:
            found, where = self._most_entries - self._entries_left, line_at(self._text, line.start)
            raise InputError("too-many-entries", found=found, limit=self._most_entries, line=where)

    def _outside_line(self, start: int, end: int, cells: Sequence[tuple[int, int]], found: Heading | None) -> None:
        if found is not None:
            self._packed.heading(start, end, cells, found)
        else:
            self._lines.set_down(self._outside.line(start, end, cells))

    def _let_wait(self, line: BlockLine, found: Heading | None) -> None:
        """Keep a line outside tables: it may be of the form of the next project."""
        read = partial(self._outside_line, line.start, line.end, line.cells, found)
        kinds = self._behind.kinds if found is None and self._behind is not None else None
        if kinds is not None and kinds.is_of_points(line):
            read = partial(self._lines.set_down, [Text(line.start, line.end, line.said(self._text))])
        elif kinds is not None and kinds.is_like_row(line):
            left = Unread(line.start, line.end, line.said(self._text), "row-behind", {})
            if kinds.has_target(line):
                self._lines.unread.append(left)
                return
            read = partial(self._lines.unread.append, left)
        self._above.add(Waiting(line, read, is_header=found is not None and found.kind == "by-row"))

    def _begin_table(self, start: int, end: int, cells: Sequence[tuple[int, int]]) -> bool:
        """Whether a header begins a table with one indicator a row, or a further page of the one above it."""
        text, lines = self._text, self._lines
        last, upper = self._above.last, None
        if last is not None and (whole := with_line_above(text, last.cells, cells, self._names)) is not None:
            start, cells, upper = last.start, whole, self._above.pop()
        header = with_classes(read_header(start, end, text, cells, self._names))
        self._above.flush_tables()
        above, titled = self._above.of_cells, self._above.titles
        self._title = titled[-1].said(text) if titled and titled[-1] is above[-1] else ""
        header, of = told_by_rows(text, header, self._ahead, self._title)
        if of is None:
            if upper is not None:
                self._above.add(upper)
            return False
        is_page = bool(lines.by_row) and self._above.are_of_page and not self._is_apart
        if is_page and are_alike(lines.by_row[-1].header, header):
            self._above.flush()
            self._table = lines.by_row[-1]
            lines.headers.append(header)
            return True
        below = len(self._above)
        block = self._above.form() if not of.has_projects else None
        if block is None:
            self._above.flush()
        else:
            self._above.take(block)
        self._lines.set_down(self._outside.close())
        self._packed.end()
        self._behind = None
        self._is_apart, apart = False, self._is_apart
        goals = block.lines if block is not None and block.has_but_goals else ()
        before = lines.by_row[-1] if lines.by_row and not apart else None
        follows = len(above) == below == len({*titled, *goals})  # with nothing but its title and its goal between
        goes_on = before if before is not None and follows and before.is_other_half(of) else None
        self._table = (JointRows if is_joint(header) else ByRow)(text, header, of, self._names, goes_on or block)
        self._table.merged = self._merged
        lines.by_row.append(self._table)
        lines.headers.append(header)
        classes = {pane.of_class.start for pane in of.panes if pane.of_class is not None}
        others = [(b, b) if a in classes else (a, b) for a, b in cells]
        if (begins := row_within(text, others, by_row=True)) is not None:
            lines.unread.append(Unread(begins, end, text[begins:end], "header-and-row", {}))
        return True

    def _second_line(self, end: int, cells: Sequence[tuple[int, int]]) -> bool:
        """Whether ``cells`` and the line below complete the header on the line above to one of a table by rows."""
        if self._table is not None:
            return self._table.is_fresh and self._splits(self._table, end, cells)
        if cells[0][0] < cells[0][1] or len(here := filled(cells)) < 2:
            return False
        header = self._packed.fresh_header
        if header is not None:
            start, above = header.start, named(header)
        elif self._packed.header is None and (line := self._above.last) is not None:
            start, above = line.start, filled(line.cells)
        else:
            return False
        if len(above) < 2:
            return False
        lines = [(start, above), (end, here)]
        if (below := self._ahead.below) is not None:
            under = filled(below.cells)
            if len(under) > 1 and under[0][0] > 0:
                lines.append((below.end, under))
        made = header_by_rows(self._text, start, lines, self._names)
        if made is None:
            return False
        last, whole = made
        self._ahead.skip(last > end)  # the line below, where it is part of the header
        if header is not None:
            self._packed.take_back()
        else:
            self._above.pop()
        return self._begin_table(start, last, whole)

    def _splits(self, table: ByRow, end: int, cells: Sequence[tuple[int, int]]) -> bool:
        """Whether a line right below the header of ``table`` parts its columns: 指标值 in 运算符, 数值 and 单位."""
        text, above = self._text, table.header
        row = row_within(text, cells, by_row=True)
        whole = with_lower(text, above, end, [cell for cell in cells if row is None or cell[0] < row], self._names)
        if whole is None or columns(whole) is None:
            return False
        header, of = told_by_rows_of_parts(text, whole, self._ahead, self._title)
        if of is None:
            return False
        self._table = self._lines.by_row[-1] = table.with_header(header, of)
        self._lines.headers[-1] = header
        if row is not None:
            self._lines.unread.append(Unread(row, end, text[row:end], "header-and-row", {}))
        return True

    def _whole_line(self, token: Lexeme) -> None:
        """A line that is no row of cells by its look: blank, a footer, a title, a note."""
        body = token.strip().rstrip(f"{self._separator} ")
        if token.type == "BLANK":
            return
        start = token.start_pos + len(token) - len(token.lstrip())
        line = Text(start, start + len(body), body)
        if self._table is not None:
            if token.type == "FOOTER":
                self._whole_lines.put_within(line, self._table)
                return
            self._table, self._behind = None, self._table
        if self._packed.header is None and (
            token.type in ("NOTE", "TITLE")
            or (self._above and self._figures.is_among_cells(token))
            or self._figures.is_amount(body, is_wanted=self._above.lacks_amount or self._above.ends_in_figure)
        ):
            cells = split(self._text, line.start, line.end, self._separator)
            is_of_table = is_title(clean(body)) and bool(self._above.of_cells or self._lines.by_row)
            in_block = BlockLine(line.start, line.end, cells) if token.type != "TITLE" or is_of_table else None
            title = line if in_block is None else None
            self._above.add(Waiting(in_block, partial(self._whole_lines.put, token, line, None), title))
            return
        self._whole_lines.put(token, line, self._packed.header)
