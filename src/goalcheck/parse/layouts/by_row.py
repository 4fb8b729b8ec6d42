"""Reads tables with one indicator a row, in the block of one project or with the projects in columns of their own.

    绩效指标⇥一级指标⇥二级指标⇥三级指标⇥指标值
    ⇥产出指标⇥数量指标⇥修建混凝土路⇥3km
    ⇥⇥质量指标⇥验收合格率⇥100%

Levels are merged downwards, repeated or absent, and what a cell holds says which level it is, not the column's name.
The value may be split into sign, figure and unit; there may be two panes, one of the whole cycle and one of the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.parse.cells import BlockLine, PlainLine
from goalcheck.parse.layouts.blocks import Block
from goalcheck.parse.layouts.by_row_projects import RowProjects, record_of_form
from goalcheck.parse.layouts.by_row_records import Record
from goalcheck.parse.layouts.carried_classes import CarriedClasses
from goalcheck.parse.layouts.column_uses import ColumnUses
from goalcheck.parse.layouts.halves import both, joined, key_of
from goalcheck.parse.layouts.lines_in_cells import rows_of
from goalcheck.parse.layouts.panes import Columns, half_of, merged_columns
from goalcheck.parse.layouts.row_cells import RowCells
from goalcheck.parse.layouts.row_indicators import RowIndicators
from goalcheck.parse.layouts.row_kinds import ELLIPSIS, RowKinds
from goalcheck.parse.layouts.strange_cells import ALL_POINTS, SPENDING, TITLE_PART, StrangeCells
from goalcheck.parse.layouts.usual_rows import UsualRows
from goalcheck.parse.merged_cells import MergedCells
from goalcheck.parse.outside import is_data
from goalcheck.sheet import AMOUNT_COLUMNS, Entry, Header, Indicator, Text, Unread

_LONGEST_SIGN = 2  # characters: 定性
_OF_YEAR = "annual_value"
_IN_ALL = ("总分", "合计", "总计")  # 总得分 is what was reached


class ByRow:
    """One table by rows, as far as it has been read."""

    def __init__(
        self, text: str, header: Header, of: Columns, names: ColumnNames, above: Block | ByRow | None = None
    ) -> None:
        self._above = above
        self.entries_of_row = 0
        """How many entries the last row had."""
        self.lacks_value = False
        """Whether the last row ended before a column of values."""
        self.is_fresh = True
        """Whether no row of it has been read."""
        self.goes_on = above if isinstance(above, ByRow) else None
        """The table whose project it goes on with: that of the cycle, below which stands that of the year."""
        self.header = header
        self.of = of
        self.records: list[Record] = self.goes_on.records if self.goes_on is not None else []
        self.unread: list[Unread] = []
        """Values and amounts in columns that nobody knows."""
        self._text = text
        self._columns = frozenset(column.index for column in header.columns if column.role is not None)
        self._columns |= {index for pane in of.panes for index in pane.values.values()}
        gaps = merged_columns(header, of)
        merged = (gap for index, gap in gaps.items() if index in self._columns)
        self._columns |= frozenset(index for gap in merged for index in range(gap.start, gap.stop))
        self._width = max(column.index for column in header.columns) + 1
        self._last: BlockLine | None = None  # the row above
        uses = ColumnUses(header, of, self._columns, names)
        self._strange = StrangeCells(text, header, of, names, uses)
        self._labels = levels_of_labels()
        self._names = names
        self._cells = RowCells(text, gaps)
        self._classes = CarriedClasses(self._cells)
        self._projects = RowProjects(header, of, self._cells, self._classes, self.records)
        self._indicators = RowIndicators(of.panes, self._cells, self._classes)
        self.kinds = RowKinds(text, of, names, self._cells)
        self._usual = UsualRows(text, of, names, self._classes, uses)
        self._first_half: dict[tuple[str, ...], int] = {}
        self._last_value = max(index for pane in of.panes for index in pane.values.values())
        self._may_turn = not of.has_projects and len(of.panes) == 1 and set(of.panes[0].values) == {_OF_YEAR}
        self._of_places = of.panes[0].place is not None
        self._half: str | None = _OF_YEAR if self._may_turn else None
        if self.goes_on is not None:
            self._first_half = {key_of(entry): at for at, entry in enumerate(self.records[-1].entries)}
        elif not of.has_projects:
            self.records.append(record_of_form(header, above if isinstance(above, Block) else None))

    @property
    def lacks_goal(self) -> bool:
        """Whether it is of a form above whose indicators no goal stands."""
        return not self.of.has_projects and self.records[-1].goal is None

    @property
    def has_total(self) -> bool:
        """Whether it is of a form above whose indicators the total stands."""
        return not self.of.has_projects and AMOUNT_COLUMNS[0] in self.records[-1].amounts

    def take_goal(self, below: Block | None) -> None:
        """Take the goal that stands below, where there is one."""
        if below is not None and below.goal is not None and below.goal.text:
            self.records[-1].goal = below.goal
            self.records[-1].end = max(self.records[-1].end, below.goal.end)

    @property
    def merged(self) -> MergedCells:
        """The merged cells of the text, as far as it tells of them."""
        return self._classes.merged

    @merged.setter
    def merged(self, cells: MergedCells) -> None:
        self._classes.merged = cells

    def with_header(self, header: Header, of: Columns) -> ByRow:
        """The same table, of which no row has been read, with the header that a further line makes."""
        made = type(self)(self._text, header, of, self._names, self._above)
        made.merged = self.merged
        return made

    def is_other_half(self, of: Columns) -> bool:
        """Whether a table with columns ``of`` right below has the other values of the same project."""
        here, there = ({field for pane in each.panes for field in pane.values} for each in (self.of, of))
        alone = self.goes_on is None and not (self.of.has_projects or of.has_projects)
        return alone and here.isdisjoint(there)

    def _is_level(self, index: int) -> bool:
        return any(index in (pane.level1, pane.level2) for pane in self.of.panes)

    def takes(self, line: BlockLine) -> bool:
        """Whether ``line`` is a row of this table, rather than what follows it."""
        return self._is_torn_off(line) or self.kinds.takes(line, first=self.is_fresh)

    def _is_torn_off(self, line: BlockLine) -> bool:
        return self._last is not None and self.kinds.is_torn_off(line, self._last, self._width)

    def _no_row(self, line: BlockLine) -> str | None:
        """Why a line among the rows is none; None where it is one."""
        if self._is_torn_off(line):
            return "row-torn"
        is_alone = self.of.has_projects and sum(a < b for a, b in line.cells) == 1
        return "note-of-data" if is_alone and is_data(line.said(self._text).strip()) else None

    def usual_rows(self, lines: Iterable[BlockLine | PlainLine]) -> int:
        """Take ``lines`` up to one that may be anything but a usual row below another one, and say how many these are.

        Of those :meth:`row` makes the same, if it is known that they are rows.
        """
        record = self.records[-1] if self.records else None
        if self.is_fresh or record is None or self._first_half or not (self.of.has_projects or record.entries):
            return 0
        read, half, begin = self._usual.read_line, self._half, self._begin
        taken = 0
        last: BlockLine | PlainLine | None = None
        for line in lines:
            indicator = read(line, half, begin)
            if indicator is None:
                break
            record = self.records[-1]
            record.entries.append(indicator)
            record.end = line.end  # below all that it has had
            last = line
            taken += 1
        if last is not None:
            self.entries_of_row, self.lacks_value = 1, False
            self._last = last.cut()
        return taken

    def row(self, line: BlockLine) -> bool:
        """Take a row. Gives back whether there was anything in it that belongs to the table."""
        known = len(self.records)
        unread = len(self.unread)
        self.is_fresh = False
        if (reason := self._no_row(line)) is not None:
            self.unread.append(Unread(line.start, line.end, line.said(self._text), reason, {}))
            self.entries_of_row = 0
            return True
        self._last = line
        if self._counts_columns(line):
            return True
        self._turn(line)
        if self.of.has_projects:
            self.unread += self._projects.take(line)
        if not self.records:
            return False
        if self.of.shifted and self._is_class(self._cells.cell(line, self.of.panes[0].name)):
            said = self._text[line.start : line.end]
            self.unread.append(Unread(line.start, line.end, said, "by-row", {}))  # both levels, and no names
            return True
        record = self.records[-1]
        usual = self._usual.read_row(line, self._half)
        made = [usual] if usual is not None else self._entries(line)
        if not made and len(self.records) == known:
            if not self._says_class(line):
                return self._is_without_name(line)
            self._take_points(line, record)
        self.entries_of_row = len(made)
        is_short = self._last_value >= len(line.cells)
        is_blank = self._of_places and not is_short and not self._cells.is_filled(line, self._last_value)
        self.lacks_value = bool(made) and (is_short or is_blank)
        record.entries += self._new(record, made)
        record.end = max(record.end, line.end)
        if usual is None:
            self.unread += self._strange.of(line)
            record.has_pieces |= self._classes.have_pieces
        self._keep_project(line, is_sound=usual is not None and len(self.unread) == unread)
        return True

    def _begin(self, line: BlockLine) -> None:
        """Take what a usual row tells of a project."""
        astray = self._projects.take(line)
        self.unread += astray
        self._keep_project(line, is_sound=not astray)

    def _keep_project(self, line: BlockLine, *, is_sound: bool) -> None:
        """Let the rows below repeat what ``line`` says of a project, where it is named and nothing is wrong with it."""
        is_named = self.of.name is not None and self._cells.is_filled(line, self.of.name)
        self._usual.keep_project(line if is_named and is_sound and not self.records[-1].otherwise else None)

    def _entries(self, line: BlockLine) -> list[Entry]:
        """The entries of a row, which may hold several."""
        rows = [joined(list(self._indicators.of(row, self._half))) for row in rows_of(self._text, line, self.of.panes)]
        return [entry for entries in rows for entry in entries]

    def _is_without_name(self, line: BlockLine) -> bool:
        """Whether a row has a sign, and nothing where a name and a value are read: a column has lost its name."""
        signs = (self._cells.place(line, pane.sign) for pane in self.of.panes)
        if not any(sign is not None and 0 < len(sign.text) <= _LONGEST_SIGN for sign in signs):
            return False
        self.unread.append(Unread(line.start, line.end, line.said(self._text), "unknown-column-value", {}))
        return True

    def _turn(self, line: BlockLine) -> None:
        """Go on with the other values of the indicators, where a title beside the rows says so."""
        if not self._may_turn:
            return
        beside = (clean(self._text[a:b]) for a, b in line.cells[: self.of.panes[0].begins])
        half = next((found for found in map(half_of, beside) if found is not None), None)
        if half is not None and half != self._half:
            self._first_half = {key_of(entry): at for at, entry in enumerate(self.records[-1].entries)}
            self._half = half

    def _counts_columns(self, line: BlockLine) -> bool:
        """Whether a row right below the header only numbers its columns: 1, 2, 3."""
        if self.records and (self.of.has_projects or self.records[-1].entries):
            return False
        said = [cell.text for cell in self._cells.all(line) if cell.text]
        return len(said) > 2 and said == [str(at) for at in range(1, len(said) + 1)]

    def _new(self, record: Record, made: Iterable[Entry]) -> Iterator[Entry]:
        """The entries of a row, but for those that say the other value of one in the table above."""
        for entry in made:
            at = self._first_half.get(key_of(entry)) if self._first_half else None
            other = record.entries[at] if at is not None else None
            if (
                at is not None
                and isinstance(entry, Indicator)
                and isinstance(other, Indicator)
                and (whole := both(other, entry))
            ):
                record.entries[at] = whole
            else:
                yield entry

    def _is_class(self, cell: Text) -> bool:
        return 2 in self._labels.get(bare_label(cell.clean), ()) and cell.clean.endswith("指标")

    def _says_class(self, line: BlockLine) -> bool:
        """Whether a row without an indicator is one of classes that were left open, of points, or of the title cell."""
        filled = [index for index, (a, b) in enumerate(line.cells) if a < b]
        if self._indicators.say_that_none_is(line):
            return True
        if all(ELLIPSIS.fullmatch(self._cells.cell(line, index).clean) for index in filled):
            return True
        if ALL_POINTS.fullmatch(self._cells.cell(line, filled[0]).clean):
            return self.kinds.are_points(line)
        if all(index < self.of.first for index in filled):
            return all(TITLE_PART.fullmatch(self._cells.cell(line, index).clean) for index in filled)
        heads = any(self._classes.is_heading(pane, self._cells.cell(line, pane.name)) for pane in self.of.panes)
        return heads or any(map(self._is_level, filled))

    def _take_points(self, line: BlockLine, record: Record) -> None:
        """Take what a row of nothing but points gives for having spent the money, or says that all make."""
        first = next((cell for cell in self._cells.all(line) if cell.text), None)
        found = [self._indicators.weight(line, pane) for pane in self.of.panes]
        points = [weight for weight in found if weight is not None and weight.text]
        if first is not None and SPENDING.match(first.clean):
            record.other_points += points
        elif first is not None and first.clean in _IN_ALL and points:
            record.all_points = points[0]
