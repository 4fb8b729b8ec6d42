"""The lines that stand above a table by rows, until it is known whether they are the form of its project."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.blocks import Block, read_block
from goalcheck.parse.layouts.labels import LABELLED, MONEY, begins_block, is_figure, label_meaning
from goalcheck.parse.layouts.merged_headers import filled
from goalcheck.parse.layouts.panes import is_title
from goalcheck.parse.layouts.tables_within import lines_of_parts
from goalcheck.parse.line_kinds import Lines
from goalcheck.sheet import Text

_CONTINUED = regex(r"[(\uff08]?续上?表?[)\uff09]?")


@attrs.frozen(eq=False, repr=False)
class Waiting:
    """A line that may be of the form above the next table: ``read`` puts it down for what it is by itself."""

    line: BlockLine | None
    """None of a whole line that is none of cells."""
    read: Callable[[], None]
    title: Text | None = None
    """The whole line, where it is none of cells."""
    is_header: bool = False
    """Whether it is like the header of a table by rows, which cannot be read: what stands below is its table."""

    @property
    def own_line(self) -> BlockLine | None:
        """The line, where it is no header of such a table."""
        return None if self.is_header else self.line


class LinesAbove:
    """Gathers them; what becomes of each goes to ``lines``."""

    def __init__(self, text: str, names: ColumnNames, lines: Lines) -> None:
        self._text = text
        self._names = names
        self._lines = lines
        self._waiting: list[Waiting] = []

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def last(self) -> BlockLine | None:
        """The line right above; None where none waits, or it is none of cells."""
        return self._waiting[-1].line if self._waiting else None

    @property
    def lacks_amount(self) -> bool:
        """Whether the line right above ends in a label of money, and says no amount."""
        said = self._end
        both = LABELLED.fullmatch(said)
        meanings = (label_meaning(label, self._names) for label in (said, both[2] if both is not None else ""))
        return any(meaning is not None and meaning.role in MONEY for meaning in meanings)

    @property
    def ends_in_figure(self) -> bool:
        """Whether the line right above ends in a figure, which may have broken off there."""
        return is_figure(self._end)

    @property
    def _end(self) -> str:
        """What the last cell of the line right above says."""
        cells = filled(self.last.cells) if self.last is not None else []
        return self._text[slice(*cells[-1][1:])] if cells else ""

    @property
    def of_cells(self) -> list[BlockLine]:
        """The lines of cells among them."""
        return [waiting.line for waiting in self._waiting if waiting.line is not None]

    @property
    def titles(self) -> list[BlockLine]:
        """Those that only say of what the indicators below are: 年度绩效指标."""
        return [line for line in self.of_cells if self._is_title(line)]

    @property
    def are_of_page(self) -> bool:
        """Whether each says again what a line above says: then they head but a further page."""
        if not self.of_cells:
            return True
        if any(len(filled(line.cells)) > 1 for line in self.of_cells):
            return False  # labels, with which the next form begins
        lines = self._lines
        said = {clean(line.text) for line in (lines.title, *lines.head, *lines.notes) if line is not None}
        here = (
            w.title.text if w.title is not None else w.line.said(self._text) if w.line else "" for w in self._waiting
        )
        return all(clean(line) in said or _CONTINUED.fullmatch(clean(line)) for line in here)

    def add(self, waiting: Waiting) -> None:
        """Let a line wait."""
        self._waiting.append(waiting)

    def pop(self) -> Waiting:
        """Take the last one away."""
        return self._waiting.pop()

    def flush(self) -> None:
        """Read what stands above, and is no form, for what it is by itself."""
        if not self._waiting:
            return
        above, self._waiting = self._waiting, []
        by_row = self._lines.by_row
        below_a_table = above if by_row else []
        below = [w.line for w in takewhile(lambda w: not self._begins_form(w), below_a_table) if w.line is not None]
        if below and by_row[-1].lacks_goal:
            by_row[-1].take_goal(read_block(self._text, below, self._names))
        parts, asides = lines_of_parts(
            self._text,
            [waiting.own_line for waiting in below_a_table],
            self._names,
            priced=bool(by_row) and by_row[-1].has_total,
        )
        self._lines.asides += asides
        for waiting in above:
            if waiting.line is not None and waiting.line in parts:
                self._lines.set_down([Text(waiting.line.start, waiting.line.end, waiting.line.said(self._text))])
            else:
                waiting.read()

    def flush_tables(self) -> None:
        """The same for tables by rows among them whose headers cannot be read, up to where the next form begins.

        As well for what stands below a form whose goal was not above it.
        """
        headers = [at for at, waiting in enumerate(self._waiting) if waiting.is_header]
        lacks_goal = bool(self._lines.by_row) and self._lines.by_row[-1].lacks_goal
        if headers or (lacks_goal and any(map(self._begins_form, self._waiting))):
            behind = range(headers[-1] + 1 if headers else 0, len(self._waiting))
            end = next((at for at in behind if self._begins_form(self._waiting[at])), len(self._waiting))
            rest, self._waiting = self._waiting[end:], self._waiting[:end]
            self.flush()
            self._waiting = rest

    def form(self) -> Block | None:
        """The form that they are; None where they are none."""
        above = self.of_cells
        titles = [waiting.title for waiting in self._waiting if waiting.title is not None]
        return read_block(self._text, above, self._names, titles) if above else None

    def take(self, block: Block) -> None:
        """Take them as the form of a project; what says nothing of it is put down as it is."""
        lines = self._lines
        first = not lines.headers
        for waiting in self._waiting:
            line = waiting.line
            if line is None or line not in block.lines:
                waiting.read()
            else:
                put = Text(line.start, line.end, line.said(self._text))
                (lines.head if first else lines.notes).append(put)
        self._waiting = []
        lines.headers.append(block.header)
        lines.unread += block.left
        lines.asides += block.asides

    def _begins_form(self, waiting: Waiting) -> bool:
        return waiting.line is None or begins_block(self._text, waiting.line, self._names)

    def _is_title(self, line: BlockLine) -> bool:
        cells = filled(line.cells)
        if len(cells) != 1:
            return False
        said = self._text[cells[0][1] : cells[0][2]]
        meaning = self._names.meaning(said)
        return is_title(clean(said)) or (meaning is not None and meaning.role == "indicators")
