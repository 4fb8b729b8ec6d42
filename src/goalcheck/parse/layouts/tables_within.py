"""Small tables within the form of a project, or below its indicators: told by the columns that they name.

项目资金(万元)⇥⇥年初预算数⇥全年预算数⇥全年执行数⇥分值      amounts by year: that of the year's budget is the project's
⇥年度资金总额⇥100⇥120⇥110⇥10
项目预算⇥成本构成⇥金额⇥测算依据                        what it costs, tasks, schedules: something else,
⇥保安服务费⇥19.10⇥招标文件                            with a sum of their own
⇥合计⇥19.10⇥
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import AMOUNT, SOURCE, ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.headers import TARGET, year_above
from goalcheck.parse.layouts.labels import LABELLED, OF_MONEY, PERIOD, is_figure, is_label, label_meaning
from goalcheck.parse.layouts.merged_headers import Named, filled
from goalcheck.parse.outside import ENTRY, YEAR, is_money
from goalcheck.sheet import AMOUNT_COLUMNS, Unread
from goalcheck.source import Span

_FEWEST = 3  # columns
_LEVELS = frozenset(("level1", "level2", "level3", "value"))
_MONEY = frozenset((SOURCE, AMOUNT, *AMOUNT_COLUMNS))
_BY_YEAR = frozenset((AMOUNT, AMOUNT_COLUMNS[0]))
_SOURCES = _MONEY - _BY_YEAR
_YEARLY = regex(r"预算|执行|决算|申请|调整|安排|批复")
_SPENT = regex(r"执行|支出|决算|上年|以前|累计|到位|核减|建议|结余|月|季")
_BUDGETS = (regex(r"全年|调整"), regex(r"本年|当年"), regex(""))
"""Which column has the budget of the year, best first: 全年预算数 rather than 年初预算数."""

_RUN_ON = regex(r"\d[\d,.]*[\u4e00-\u9fff]")
_RATE = regex(r"率[(\uff08%]{0,2}")
_NO_RATE = regex(r"数$|金额|资金|分值|得分|经费")
_PERCENT = regex(r"\d[\d.]{0,9}\s?[%\uff05]")
_MOST_STRANGE = 2
_GOALS = regex(r"(?:具体|绩效|年度|总体|分项)?(?:目标)?(?:内容|描述|表述)")
"""What a column of goals is called, below the title of all of them."""
_SUM = regex(r"(?:总|金额|资金)?(?:合计|总计)数?[:\uff1a]?")


class TableWithin:
    """One such table. ``budgets`` are its columns with budgets, best first; none where it is of something else.

    ``span`` is as far as it has been read, ``is_priced`` whether any amount stands in it.
    """

    def __init__(
        self, text: str, names: ColumnNames, line: BlockLine, cells: Sequence[Named], budgets: Sequence[int]
    ) -> None:
        self.budgets = budgets
        self.span = Span(line.start, line.end)
        self.is_priced = False
        self._text = text
        self._names = names
        self._at, start, end = cells[0]
        self._title = clean(text[start:end])
        meaning = label_meaning(text[start:end], names)
        self.goal_label = ((start, end), meaning) if meaning is not None and meaning.role == "goal" else None
        """Where the label of the goals that it lists stands, and what that means; None where it lists none."""
        self._names_at = {index: (a, b) for index, a, b in cells}
        self._columns = sorted(self._names_at)
        self._ends = len(line.cells) - 1
        self._has_rates = any(_RATE.search(clean(text[a:b])) for _, a, b in cells)
        self.of_periods = any(PERIOD.fullmatch(clean(text[a:b])) for _, a, b in cells)
        """Whether it has columns of years, or of parts of one."""
        columns = (index for index, a, b in cells[1:] if _GOALS.fullmatch(clean(text[a:b])))
        self.goals = next(columns, None) if self.goal_label is not None else None
        """The column in which they stand."""
        self._titled: bool | None = None  # whether its first column is but a title, merged downwards
        self._ended = False
        self._is_fresh = True  # below it stands nothing yet

    def takes(self, line: BlockLine) -> bool:
        """Whether ``line``, the next one, is a row of it."""
        takes = self._has(line)
        if takes:
            self._part_columns(line)
            self.span = Span(self.span.start, line.end)
            self.is_priced = self.is_priced or any(is_money(self._text[a:b]) for _, a, b in filled(line.cells))
        return takes

    def _part_columns(self, line: BlockLine) -> None:
        """Let the table end where a line right below its names parts the last column: 总额, 财政拨款, 其他资金."""
        cells = filled(line.cells)
        is_first, self._is_fresh = self._is_fresh, self._is_fresh and not cells
        if is_first and len(cells) > 1 and cells[0][0] == self._columns[-1] and not self.budgets:
            meanings = [label_meaning(self._text[a:b], self._names) for _, a, b in cells]
            if all(meaning is not None and meaning.role in _MONEY for meaning in meanings):
                self._ends = max(self._ends, cells[-1][0])

    @property
    def ends(self) -> int:
        """Its last column: that has a name, or had room for one."""
        return self._ends

    def moved(self, line: BlockLine) -> Unread | None:
        """The first cell that shows that those of a row have moved, or those of the names above it."""
        for index, start, end in filled(line.cells):
            said = self._text[start:end]
            if self.budgets and index <= self._at and is_figure(said):
                return Unread(start, end, said, "amount-astray", {})
            at = max((column for column in self._columns if column <= index), default=index)
            name = clean(self._text[slice(*self._names_at.get(at, (0, 0)))])
            if self._has_rates and _PERCENT.fullmatch(said) and (index > self.ends or _NO_RATE.search(name)):
                return Unread(start, end, said, "cell-astray", {"column": name})
            if is_figure(said) and self._is_beyond(line, index, at):
                return Unread(start, end, said, "amount-astray", {})
        return None

    def _is_beyond(self, line: BlockLine, index: int, at: int) -> bool:
        """Whether a figure in column ``index`` stands behind all columns, or is the second below the name of one."""
        if index > self.ends + (0 if self.budgets else 1):
            return True
        return at in self.budgets and any(start < end for start, end in line.cells[at:index])

    def _has(self, line: BlockLine) -> bool:
        cells = filled(line.cells)
        if not cells:
            return True
        index, start, end = cells[0]
        said = self._text[start:end]
        if any(self._is_label(cells, at) for at in range(1, len(cells))):
            return False  # pairs of label and value
        if self._ended or any(TARGET.match(self._text[a:b]) or ENTRY.search(self._text[a:b]) for _, a, b in cells):
            return False
        if self._titled is None:
            self._titled = index > self._at or self._is_title(said)
        if self._titled:
            return index > self._at or self._is_title(said)
        if index > self._at:
            return True
        self._ended = _SUM.fullmatch(clean(said)) is not None
        meaning = label_meaning(said, self._names)
        return self._ended or (meaning.role in _MONEY if meaning is not None else LABELLED.fullmatch(said) is None)

    def _is_label(self, cells: Sequence[Named], at: int) -> bool:
        """Whether a cell is a label of a form: of a goal or name, of an amount that stands behind it."""
        said = [self._text[a:b] for _, a, b in cells[at : at + 2]]
        meaning = label_meaning(said[0], self._names)
        if meaning is None or self.budgets:
            return bool(self.budgets) and is_label(said[0], self._names)
        is_priced = len(said) > 1 and is_figure(said[1]) and _SUM.fullmatch(clean(said[0])) is None
        return meaning.role in ("goal", "name") or (meaning.role in _MONEY and is_priced)

    def _is_title(self, said: str) -> bool:
        text = clean(said)
        return text == self._title or (len(text) == 1 and not text.isdigit())

    def total(self, line: BlockLine) -> tuple[tuple[int, int], int, tuple[int, int]] | None:
        """Of a row without a label the name of the column of the budget, that column and its cell; None where blank."""
        whole = next((i for i, (a, b) in self._names_at.items() if _SUM.fullmatch(clean(self._text[a:b]))), None)
        if self.of_periods and whole is not None and whole < len(line.cells):
            found: tuple[int, tuple[int, int]] | None = (whole, line.cells[whole])
        else:
            found = self.budget(line, -1)
        if found is None or not is_figure(self._text[slice(*found[1])]):
            return None
        return self._names_at[found[0]], *found

    def is_of_year(self, line: BlockLine) -> bool:
        """Whether a row tells in its first cell of what year it is: 2021."""
        _, start, end = filled(line.cells)[0]
        return YEAR.fullmatch(self._text, start, end) is not None

    def budget(self, line: BlockLine, label: int) -> tuple[int, tuple[int, int]] | None:
        """The column of the budget in a row whose label stands in column ``label``, and the place of its cell."""
        column = next((index for index in self.budgets if index > label), None)
        if column is None:
            return None
        width = next((index for index in self._columns if index > column), column + 1) - column
        cells = line.cells[column : column + width]
        return column, next(((a, b) for a, b in cells if a < b), cells[0] if cells else (line.end, line.end))


def table_within(text: str, line: BlockLine, names: ColumnNames) -> TableWithin | None:
    """The table whose columns ``line`` names; None where it names none, or only those of pairs of label and value."""
    cells = filled(line.cells)
    if len(cells) < _FEWEST:
        return None
    said = {index: text[a:b].replace('"', "") for index, a, b in cells}
    if any(is_figure(name) or not names.is_name(name) or TARGET.match(name) for name in said.values()):
        return None
    if any(_RUN_ON.match(name) and not _is_period(name) for name in list(said.values())[1:]):
        return None  # a value, and behind it a line that has lost its beginning
    meanings = {index: names.meaning(name) for index, name in said.items()}
    roles = {index: meaning.role for index, meaning in meanings.items() if meaning is not None}
    if not _LEVELS.isdisjoint(roles.values()):
        return None
    periods = [index for index, name in said.items() if PERIOD.fullmatch(clean(name))]
    title = {cells[0][0]}  # which may stand in two cells
    if cells[1][0] == cells[0][0] + 1 and OF_MONEY.search(f"{said[cells[0][0]]}{said[cells[1][0]]}"):
        title |= {cells[1][0]} if OF_MONEY.search(said[cells[0][0]]) is None else set()
    strange = len(said.keys() - roles.keys() - title - set(periods))  # the first may be a title
    if len(periods) > 1 and not strange:
        return TableWithin(text, names, line, cells, _of_year(text, line, said, periods))
    parts = sum(names.is_of_part(name) for name in said.values())
    if parts >= max(strange, 1) and strange <= _MOST_STRANGE and (parts > 1 or not strange):
        return TableWithin(text, names, line, cells, ())
    years = [at for at, role in roles.items() if role in _BY_YEAR and at > cells[0][0] and _YEARLY.search(said[at])]
    if strange or not _SOURCES.isdisjoint(roles.values()) or len(years) < _FEWEST - 1:
        return None
    budgets = [index for index in years if not _SPENT.search(clean(said[index]))]
    budgets.sort(key=lambda index: next(at for at, of in enumerate(_BUDGETS) if of.search(said[index])))
    return TableWithin(text, names, line, cells, budgets)  # of none, it is of other years


def _is_period(name: str) -> bool:
    return PERIOD.fullmatch(clean(name)) is not None or YEAR.match(name) is not None


def _of_year(text: str, line: BlockLine, said: Mapping[int, str], periods: Sequence[int]) -> list[int]:
    """Of columns of several years that of the sheet's year, else the first; none of parts of a year."""
    years = [index for index in periods if YEAR.match(clean(said[index]))]
    year = year_above(text, line.start)
    return ([index for index in years if year is not None and clean(said[index]).startswith(year)] or years)[:1]


def asides(tables: Iterable[TableWithin], *, priced: bool = False) -> tuple[Span, ...]:
    """Where those of ``tables`` lie that are of something else and have amounts; all, where the form is ``priced``."""
    return tuple(table.span for table in tables if table.is_priced and (priced or not table.budgets))


def lines_of_parts(
    text: str, lines: Sequence[BlockLine | None], names: ColumnNames, *, priced: bool
) -> tuple[frozenset[BlockLine], tuple[Span, ...]]:
    """Those of ``lines`` that make up tables of something else: costs, tasks, schedules. None is a line of no cells.

    And where those of these tables lie that have amounts. Below a form that is ``priced``, which has its total, these
    are as well tables of the amounts of other years.
    """
    found: set[BlockLine] = set()
    tables: list[TableWithin] = []
    table: TableWithin | None = None
    for line in lines:
        begun = table_within(text, line, names) if line is not None else None
        if begun is not None and line is not None:
            table = begun if not _lists_projects(text, line) else None
            tables += [table] if table is not None else []
        elif line is None or table is None or not table.takes(line):
            table = None
        if line is not None and table is not None and (priced or not table.budgets):
            found.add(line)
    return frozenset(found), asides(tables, priced=priced)


def _lists_projects(text: str, line: BlockLine) -> bool:
    return any(clean(text[a:b]).startswith("项目名称") for a, b in line.cells)
