"""Writes tables as the text that goalcheck reads, and keeps where each row of it stood: :class:`TableText`.

Cells are parted by tabs and quoted as CSV quotes them where they hold a tab or a line break, or begin with a quotation
mark. Every column from the first on is written, so that the number of a cell is its column; a row has as many as the
widest above it. Rows without any text are left out; they keep their numbers. An empty line parts tables, and tables
from the lines outside them.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.limits import LIMITS, Limits
from goalcheck.source import Merge, Origins, Pieces, Remark, Source, Table, column_letters

BREAK = regex(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What breaks a line within a cell."""

_NEEDS_CARE = regex(r'["\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]')
_NEEDS_QUOTES = regex(r'\A"|[\t\n]')


class Fragment(NamedTuple):
    """A stretch of a cell or line that a PDF printed apart: the character at which it begins, and where it stands.

    ``row`` counts from 1 within what stands of the table on that ``page``; ``box`` is left, top, right and bottom.
    """

    start: int
    page: int
    row: int
    box: tuple[float, float, float, float]


class TableText:
    """The text of one file, as it is put together.

    Every method that adds raises :class:`~goalcheck.errors.InputError` once there is more than ``limits`` allow.
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._pieces: list[str] = []
        self._size = 0
        self._lines = 0
        self._cells = 0
        self._starts = array("Q")
        self._rows = array("Q")
        self._tables: list[Table] = []
        self._in_table: dict[int, int] = {}  # rows of this table with their records
        self._in_order: list[int] = []  # the same rows, sorted where merged cells ask for it
        self._width = 0
        self._merges: list[Merge] = []
        self._unknown: list[int] = []
        self._remarks: list[Remark] = []
        self._is_outside = False
        self._printed = array("Q"), array("I"), array("I"), array("f")

    def table(self, sheet: str | None = None) -> None:
        """Begin a table: a worksheet by its name, or the next table of a document."""
        self._part()
        self._is_outside = False
        self._in_table = {}
        self._in_order = []
        self._width = 0
        self._tables.append(Table(self._size, len(self._tables) + 1, sheet))

    def row(
        self,
        number: int,
        cells: Sequence[str],
        fragments: Mapping[int, Sequence[Fragment]] | None = None,
        unknown: Collection[int] = (),
    ) -> None:
        """Add the row ``number``, from 1, of the table that was begun last; ``cells`` begin with its first column.

        ``fragments`` are those of the cells, by the column from 0. ``unknown`` are the columns, from 0 as well, of
        which nobody knows what they show.
        """
        filled = len(cells)
        while filled and not cells[filled - 1]:
            filled -= 1
        if not filled:
            return
        self._hold(sum(map(len, cells)))
        written = "\t".join(cells[:filled])
        if _NEEDS_CARE.search(written) or written.count("\t") >= filled:
            written = "\t".join([_written(cell) for cell in cells[:filled]])
        self._width = max(self._width, filled)
        if unknown:
            self._note_unknown([_written(cell) for cell in cells[:filled]], unknown)
        self._cells += self._width
        if self._cells > self._limits.cells:
            raise InputError("too-many-cells", found=self._cells, limit=self._limits.cells, line=self._lines + 1)
        self._in_table[number] = self._size
        if fragments:
            self._print_row([_written(cell) for cell in cells[:filled]] + [""] * (self._width - filled), fragments)
        self._record(number, written + "\t" * (self._width - filled))

    def line(self, text: str, fragments: Sequence[Fragment] = ()) -> None:
        """Add a line that stands outside all tables; one without any text is left out."""
        said = BREAK.sub(" ", text).replace("\t", " ").strip()
        if not said:
            return
        if not self._is_outside:
            self._part()
            self._is_outside = True
        self._print(self._size, said, fragments)
        self._record(0, said)

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """Say that cells of the table that was begun last are one, from ``row`` and ``column`` on, both from 1.

        Call it once the rows are there: what covers rows without text is cut to those that have some.
        """
        if row not in self._in_table or (rows < 2 and columns < 2):
            return
        if len(self._in_order) != len(self._in_table):
            self._in_order = sorted(self._in_table)
        last = self._in_order[bisect_left(self._in_order, row + rows) - 1]
        starts = self._in_table[row], self._in_table[last]
        self._merges.append(Merge(min(starts), max(starts), column - 1, column + columns - 2))

    def remark(self, key: str, *, is_gap: bool = False, **figures: object) -> None:
        """Say something of the file; ``is_gap`` that something of it was not read."""
        self._remarks.append(Remark(key, {name: str(said) for name, said in figures.items()}, is_gap))

    @property
    def is_partial(self) -> bool:
        """Whether it has been said that something of the file was not read."""
        return any(remark.is_gap for remark in self._remarks)

    def hidden(self, *, rows: Iterable[int] = (), columns: Iterable[int] = (), whole: bool = False) -> None:
        """Say what of the worksheet or table that was begun last is hidden, and is read all the same."""
        table = self._tables[-1]
        if table.sheet is None:
            if told := _stretches(rows, str):
                self.remark("hidden-rows-of-table", table=table.number, rows=told)
            if told := _stretches(columns, str):
                self.remark("hidden-columns-of-table", table=table.number, columns=told)
            return
        if whole:
            self.remark("hidden-sheet", sheet=table.sheet)
        if told := _stretches(rows, str):
            self.remark("hidden-rows", sheet=table.sheet, rows=told)
        if told := _stretches(columns, column_letters):
            self.remark("hidden-columns", sheet=table.sheet, columns=told)

    def source(self, data: bytes, path: str, kind: str) -> Source:
        """What was put together from ``data``, a file of ``kind``."""
        origins = Origins(self._tables, self._starts, self._rows, Pieces(*self._printed) if self._printed[0] else None)
        digest = hashlib.sha256(data).hexdigest()
        merges = tuple(sorted(self._merges, key=lambda merge: (merge.start, merge.column)))
        text = "".join(self._pieces)
        remarks, unknown = tuple(self._remarks), frozenset(self._unknown)
        return Source(text, path, "", digest, origins, kind=kind, merges=merges, remarks=remarks, unknown=unknown)

    def _print_row(self, written: Sequence[str], fragments: Mapping[int, Sequence[Fragment]]) -> None:
        """Note where the stretches of the cells of a row stand that begins here."""
        at = self._size
        for column, said in enumerate(written):
            self._print(at, said, fragments.get(column, ()))
            at += len(said) + 1

    def _print(self, start: int, written: str, fragments: Sequence[Fragment]) -> None:
        """Note where the stretches of a cell or line stand that begins at ``start``, as it is written."""
        starts, pages, rows, boxes = self._printed
        quoted = written.startswith('"')
        at = before = 0
        for fragment in fragments:
            at = _after(written, at, fragment.start - before) if quoted and fragment.start else fragment.start
            before = fragment.start
            starts.append(start + at)
            pages.append(fragment.page)
            rows.append(fragment.row)
            boxes.extend(fragment.box)

    def _note_unknown(self, written: Sequence[str], unknown: Iterable[int]) -> None:
        """Note where unknown cells of a row begin; those beyond the widest row above it, at its end."""
        starts = list(accumulate((len(said) + 1 for said in written), initial=self._size))
        behind = starts.pop()
        end = behind - 1 + self._width - len(written)
        starts += range(behind, end + 1)
        self._unknown += [starts[column] if column < self._width else end for column in unknown]

    def _part(self) -> None:
        if self._pieces:
            self._add("\n")

    def _record(self, number: int, text: str) -> None:
        self._starts.append(self._size)
        self._rows.append(number)
        self._add(f"{text}\n")

    def _hold(self, size: int) -> None:
        """Make sure that so much more may be added: few bytes of a file may say the same text in every cell."""
        if self._size + size > self._limits.bytes:
            raise InputError("too-much", limit=self._limits.size)

    def _add(self, text: str) -> None:
        self._hold(len(text))
        self._pieces.append(text)
        self._size += len(text)
        self._lines += text.count("\n")
        if self._lines > self._limits.rows:
            raise InputError("too-many-rows", found=self._lines, limit=self._limits.rows, line=self._lines)


def _stretches(numbers: Iterable[int], name: Callable[[int], str]) -> str:
    """``3-5, 8``: ``numbers`` by their names, those that follow each other as a stretch."""
    told = sorted(set(numbers))
    parts = []
    for _, run in groupby(enumerate(told), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        parts.append("-".join(dict.fromkeys((name(members[0]), name(members[-1])))))
    return ", ".join(parts)


def _after(written: str, at: int, characters: int) -> int:
    """Where, in a quoted cell as it is written, what follows so many of its characters begins, counted from ``at``."""
    at = at or 1
    for _ in range(characters):
        at += 2 if written[at] == '"' else 1
    return at


def _written(cell: str) -> str:
    """A cell as it stands in the text; every kind of line break in it is one."""
    said = BREAK.sub("\n", cell)
    return '"{}"'.format(said.replace('"', '""')) if _NEEDS_QUOTES.search(said) else said
