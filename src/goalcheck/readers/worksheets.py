"""What a worksheet holds, as it is read, and how it becomes a table of the text: :class:`Worksheet`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.limits import Limits
from goalcheck.readers.table_text import TableText
from goalcheck.source import column_letters

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""The most rows and columns that a worksheet has in any program."""

_MOST_UNKNOWN = 100_000  # cells that are kept: of more, the rest counts as blank
_NAMED = 10  # cells that a remark names; of more it tells that there are
_REFERENCE = regex(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Worksheet:
    """The cells of one worksheet that hold text, by row and column, both from 1; what of it is merged and hidden.

    The cells that a merged one covers are blank, whatever the file has in them.
    """

    def __init__(self, name: str, limits: Limits, *, is_hidden: bool = False) -> None:
        self.name = name
        self.rows: dict[int, dict[int, str]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self._unknown: list[tuple[int, int]] = []
        self._twice: list[tuple[int, int]] = []
        self._covered: list[tuple[int, int]] = []
        self._astray: list[tuple[int, int]] = []
        self._gone: list[tuple[int, int]] = []
        self.is_hidden = is_hidden
        self._merges: list[tuple[int, int, int, int]] = []
        self._limits = limits
        self._filled = 0

    def add(self, row: int, cells: dict[int, str]) -> None:
        """Add ``cells``, by their columns, to a row. Raises :class:`InputError` once there are too many."""
        if not cells:
            return
        if max(cells) > MOST_COLUMNS:
            raise InputError("too-wide", limit=MOST_COLUMNS)
        here = self.rows.setdefault(row, cells)
        if here is not cells:
            for column in here.keys() & cells.keys():
                self.note_twice(row, column, here[column], cells[column])
            here.update(cells)
        self._filled += len(cells)
        if self._filled > self._limits.cells:
            raise InputError("too-many-cells", found=self._filled, limit=self._limits.cells, line=row)

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """Say that cells are one, from ``row`` and ``column`` on. Raises :class:`InputError` if too many are."""
        if rows > 1 or columns > 1:
            self._merges.append((row, column, rows, columns))
            if len(self._merges) > self._limits.merges:
                raise InputError("too-many-merged")

    def note_unknown(self, row: int, column: int) -> None:
        """Say of a cell that the file does not tell what it shows."""
        if len(self._unknown) < _MOST_UNKNOWN:
            self._unknown.append((row, column))

    @property
    def has_unknown(self) -> bool:
        """Whether it has a cell of which the file does not tell what it shows."""
        return bool(self._unknown)

    def note_twice(self, row: int, column: int, before: str, now: str) -> None:
        """Say of a cell that the file has it twice, with what it shows each time: the later one counts."""
        if before != now and len(self._twice) <= _NAMED:
            self._twice.append((row, column))

    def note_astray(self, row: int, column: int) -> None:
        """Say of a cell that the file has it in this row and calls it by another one."""
        if len(self._astray) <= _NAMED:
            self._astray.append((row, column))

    def note_covered(self, row: int, column: int) -> None:
        """Say of a cell that another one covers it, and that it holds something."""
        if len(self._covered) <= _NAMED:
            self._covered.append((row, column))

    def note_gone(self, row: int, column: int) -> None:
        """Say of a blank cell that the file calls it one of text."""
        if len(self._gone) <= _NAMED:
            self._gone.append((row, column))

    def write(self, made: TableText, *, tells_of_text: bool = False) -> bool:
        """Add it to ``made`` as a table; false where nothing in it holds text.

        ``tells_of_text`` says that the file tells cells of text from others, blank ones too.
        """
        self._blank_covered_cells()
        numbers = sorted(number for number, row in self.rows.items() if row)
        if not numbers:
            return False
        made.table(self.name)
        unknown: dict[int, set[int]] = {}
        for number, column in self._unknown:
            if not self.rows.get(number, {}).get(column):  # some programs write a cell twice
                unknown.setdefault(number, set()).add(column - 1)
        for number in numbers:
            row = self.rows[number]
            cells = [""] * max(row)
            for column, text in row.items():
                cells[column - 1] = text
            made.row(number, cells, unknown=unknown.get(number, ()))
        for merge in self._merges:
            made.merge(*merge)
        hidden_rows = self.hidden_rows.intersection(self.rows)
        made.hidden(rows=hidden_rows, columns=self._hidden_columns(), whole=self.is_hidden)
        for key, told, is_gap in (
            ("formulas-without-values", self._unknown, True),
            ("cells-twice", self._twice, True),
            ("cells-under-others", self._covered, False),
            ("cells-astray", self._astray, False),
            ("texts-gone", self._gone if tells_of_text else [], False),
        ):
            if told:
                made.remark(key, is_gap=is_gap, sheet=self.name, cells=_named(told))
        return True

    def _hidden_columns(self) -> Iterator[int]:
        """The columns that are hidden though something stands in them."""
        left = sorted(self.hidden_columns, reverse=True)
        last = 0
        for column in sorted({column for row in self.rows.values() for column in row} if left else ()):
            while left and left[-1][0] <= column:
                last = max(last, left.pop()[1])
            if column <= last:
                yield column

    def _blank_covered_cells(self) -> None:
        """Merged cells do not overlap: so there is no more to look at than there are cells."""
        numbers = sorted(self.rows)
        left = self._limits.cells
        for first, column, rows, columns in self._merges:
            said = ("", self.rows.get(first, {}).get(column, "").strip())  # many programs write it into each
            for number in numbers[bisect_left(numbers, first) : bisect_left(numbers, first + rows)]:
                row = self.rows[number]
                left -= len(row) + 1
                if left < 0:
                    raise InputError("too-many-merged")
                for covered in [at for at in row if column <= at < column + columns]:
                    if (number, covered) == (first, column):
                        continue
                    if row.pop(covered).strip() not in said:
                        self.note_covered(number, covered)


def _named(cells: list[tuple[int, int]]) -> str:
    named = [f"{column_letters(column)}{row}" for row, column in cells[:_NAMED]]
    return ", ".join(named) + ("…" if len(cells) > _NAMED else "")


def area(reference: str) -> tuple[int, int, int, int] | None:
    """Row, column, rows and columns of ``A1:C3``; None for what is no reference."""
    first, _, last = reference.partition(":")
    start, end = cell(first), cell(last or first)
    if start is None or end is None or start[0] > end[0] or start[1] > end[1]:
        return None
    return *start, end[0] - start[0] + 1, end[1] - start[1] + 1


def cell(reference: str) -> tuple[int, int] | None:
    """Row and column of ``G18``, both from 1; None for what is no reference."""
    found = _REFERENCE.fullmatch(reference.strip())
    if found is None:
        return None
    row, column = int(found[2]), column_number(found[1])
    return (row, column) if 0 < row <= MOST_ROWS and column <= MOST_COLUMNS else None


def column_number(letters: str) -> int:
    """The number, from 1, of the column ``letters``."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
