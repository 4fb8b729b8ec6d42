"""Cells of a form that no label explains, and with which a goal or the name of the project may be lost.

A label was misread, lost, or run together with its value; a value was broken over two lines or two cells. What no label
that is known explains is common in forms, so it takes more to be told: a label that is almost one of those the form
lacks, or words where those of a goal or a name are looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import UNIT, ColumnNames
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.labels import LABELLED, MONEY, Part, label_meaning, label_run_on, number_of, unnumbered
from goalcheck.parse.layouts.merged_headers import filled
from goalcheck.sheet import Text, Unread

_OF_THE_YEAR = regex(r"年度|当年|本年|全年")
_SENTENCE = regex(r"[,;\uff0c\uff1b\u3001\u3002]")
_NO_PART_OF_IT = regex(
    r"[(\uff08\s*]*(?:注[:\uff1a]|备注|说明|填[表报]|提示|附[件表]|表[一二三四五六七八九十\d]|单位[:\uff1a])"
    r"|[(\uff08\[\u3010].*[)\uff09\]\u3011]\Z"
    r"|[一二三四五六七八九十]{1,3}、[^,\uff0c\u3002]*\Z"
    r"|[^:\uff1a]{1,16}[:\uff1a]"
)
"""What stands between the lines of a form and is no part of it: notes, brackets, headings, signatures."""

_ONE_MORE_GOAL = regex(r"目标(?:[2-9]|[二三四五六七八九十])[:\uff1a]\s*\S")
_TITLE_END = "表"
_GOALS = "绩效目标表"

_SHORTEST_NAME = 4
_SHORTEST_WORDS = 8
_MOST_LINES = 0.6


@attrs.frozen(eq=False, repr=False)
class _Cell:
    start: int
    end: int
    said: str

    def is_of_words(self, shortest: int) -> bool:
        said = clean(self.said)
        return len(said) >= shortest and any("\u4e00" <= char <= "\u9fff" for char in said)

    def unread(self, reason: str, **figures: str) -> Unread:
        return Unread(self.start, self.end, self.said, reason, figures)


class LooseCells:
    """Gathers those of one form, line by line."""

    def __init__(self, text: str, lines: Sequence[BlockLine], names: ColumnNames) -> None:
        self._text = text
        self._names = names
        self._width = _width(lines)
        self._torn = self._torn_ends(lines)
        self._begun = False
        self._misread: list[tuple[_Cell, str, str]] = []  # with the name that is meant, and its role
        self._stray: list[_Cell] = []
        self._goals: list[_Cell] = []  # what may be a goal, where the form has none
        self._project_names: list[_Cell] = []  # the same for its name

    def above(self, title: Text) -> None:
        """Take a line of the title: a label may have run together with its value there."""
        self._is_misread(_Cell(title.start, title.end, title.text))

    def beside(self, line: BlockLine, parts: Sequence[tuple[int, Part]]) -> None:
        """Take a line with labels."""
        told: tuple[str, int] | None = None  # the role of the value right before, and its column
        waiting = ""
        self._beyond(line)
        if line.start in self._torn:
            self._stray.append(self._cell(next(cell for cell in line.cells if cell[0] < cell[1])))
            self._begun = True
            return
        for at, (index, (_, meaning, place)) in enumerate(parts):
            if meaning is not None:
                waiting, told = meaning.role, None
            elif waiting:
                if waiting == "goal":
                    self._is_misread(self._cell(place))  # the label of a further goal, taken for the value of this
                told, waiting = (waiting, index), ""
            else:
                self._beside_labels(parts, at, self._cell(place), told)
                told = None
        self._begun = True

    def _beyond(self, line: BlockLine) -> None:
        """Take the first cell behind the last column of a form, where a line goes on as two in one do."""
        if self._width is not None and len(line.cells) >= 2 * self._width - 1:
            beyond = (cell for cell in line.cells[self._width :] if cell[0] < cell[1])
            self._stray += [self._cell(cell) for cell in beyond][:1]

    def _beside_labels(
        self, parts: Sequence[tuple[int, Part]], at: int, cell: _Cell, told: tuple[str, int] | None
    ) -> None:
        """Take a cell on a line with labels that is the value of none; ``told`` as in :meth:`beside`."""
        index = parts[at][0]
        if self._is_misread(cell):
            return
        if at == index == 0 and self._is_sentence(cell) and cell.said.endswith("\u3002"):
            self._goals.append(cell)  # before its label
        has_value = at + 1 < len(parts) and parts[at + 1][1][1] is None and parts[at + 1][0] == index + 1
        if told is not None and told[1] == index - 1 and told[0] in ("name", "goal") and not has_value:
            self._stray.append(cell)
        elif at == 0 and index > 0 and cell.is_of_words(_SHORTEST_NAME):
            (self._stray if cell.is_of_words(_SHORTEST_WORDS) else self._project_names).append(cell)
        elif cell.is_of_words(_SHORTEST_WORDS) and (at > 0 or not self._is_group(parts)):
            self._project_names.append(cell)
            if self._is_sentence(cell):
                self._goals.append(cell)

    def _is_group(self, parts: Sequence[tuple[int, Part]]) -> bool:
        """Whether what begins a line may be the label of a group, before those of money or of goals."""
        behind = next((meaning for _, (_, meaning, _) in parts if meaning is not None), None)
        return behind is None or behind.role in (*MONEY, "goal")

    def between(self, line: BlockLine, parts: Sequence[tuple[int, Part]], *, goal_is_open: bool) -> None:
        """Take a line without labels; ``goal_is_open`` where it may go on with a goal above, but does not."""
        for index, (_, _, place) in parts:
            cell = self._cell(place)
            is_torn = index == 0 and line.start in self._torn
            if is_torn or (goal_is_open and _ONE_MORE_GOAL.match(cell.said) is not None):
                self._stray.append(cell)
                continue
            if self._is_misread(cell) or not self._begun or _NO_PART_OF_IT.match(cell.said):
                continue
            words = cell.is_of_words(_SHORTEST_WORDS)
            is_sentence = _SENTENCE.search(cell.said) is not None
            is_broken = len(parts) == 1 and index == 0 and words and is_sentence
            is_of_group = index == 0 and len(parts) > 1 and not is_sentence  # rather than more of a goal
            if is_broken or (goal_is_open and words and not is_of_group):
                self._stray.append(cell)
            elif words and index > 0 and line.cells[0][0] == line.cells[0][1]:
                self._goals.append(cell)

    def one_more_goal(self, place: tuple[int, int]) -> None:
        """Take a goal whose number goes on with that of the one above, from which something parts it."""
        self._stray.append(self._cell(place))

    def within(self, line: BlockLine, ends: int, *, of_amounts: bool) -> None:
        """Take a row of a small table, perhaps ``of_amounts``, whose last column is ``ends``: the goal may be there."""
        cells = [(index, self._cell((start, end))) for index, start, end in filled(line.cells)]
        for index, cell in cells:
            may_be_goal = of_amounts or index > ends or len(cells) == 1
            if not self._is_misread(cell) and may_be_goal and index > 0 and self._is_sentence(cell):
                self._goals.append(cell)

    def _torn_ends(self, lines: Sequence[BlockLine]) -> frozenset[int]:
        """Where lines begin that a line break tore off the line above: both together are as wide as the others.

        Not: one with a label of its own, above all that are as wide, for these may be narrower.
        """
        width, is_below_wide, found = self._width, False, set()
        if width is None:
            return frozenset()
        for above, below in pairwise(lines):
            is_below_wide |= len(above.cells) >= width
            may_be = is_below_wide or label_meaning(self._text[slice(*below.cells[0])], self._names) is None
            is_whole = len(above.cells) + len(below.cells) == width + 1
            if may_be and is_whole and _is_cut(above) and filled(below.cells):
                found.add(below.start)
        return frozenset(found)

    @staticmethod
    def _is_sentence(cell: _Cell) -> bool:
        return cell.is_of_words(_SHORTEST_WORDS) and _SENTENCE.search(cell.said) is not None

    def beside_goal(self, place: tuple[int, int], *, is_next: bool) -> None:
        """Take a cell on a line that goes on with goals, below no label of one; ``is_next`` right behind a goal."""
        cell = self._cell(place)
        if not self._is_misread(cell) and cell.is_of_words(1 if is_next else _SHORTEST_WORDS):
            self._stray.append(cell)

    def told(self, *, name: bool, unit: bool, goal: bool, goal_of_year: bool) -> Iterator[Unread]:
        """What may be lost, where the form has a ``name``, a ``unit``, a ``goal``, and whether that is the year's."""
        for cell, near, role in self._misread:
            is_of_year = _OF_THE_YEAR.search(cell.said) is not None and not goal_of_year
            is_owner = role == UNIT and not (name or unit)  # after which the form of a department is called
            if is_owner or (role == "name" and not name) or (role == "goal" and (not goal or is_of_year)):
                yield cell.unread("label-misread", said=clean(cell.said), meant=near)
        strays = [*self._stray, *([] if goal else self._goals), *([] if name else self._project_names)]
        yield from (cell.unread("form-words") for cell in strays)

    def _cell(self, place: tuple[int, int]) -> _Cell:
        return _Cell(*place, self._text[slice(*place)])

    def _is_misread(self, cell: _Cell) -> bool:
        """Whether a cell is almost a label, or one run together with its value; if so, it is kept."""
        both = LABELLED.fullmatch(cell.said)
        label = both[1] if both is not None else cell.said
        number = number_of(clean(label))
        near = self._names.nearest(unnumbered(clean(label)) if number is not None else label)
        near = near or label_run_on(cell.said, self._names)
        if near is not None and both is None and number_of(near) is not None:
            self._stray.append(cell)  # one of several goals, with its label
            return True
        role = self._names.names[near].role if near is not None else ""
        if near is None or role not in ("name", UNIT, "goal") or self._is_title(clean(label)):
            return False
        self._misread.append((_Cell(cell.start, cell.start + len(label), label), near, role))
        return role != UNIT  # a value may be called almost so

    def _is_title(self, label: str) -> bool:
        """Whether what is almost a label is the title of a form: 2024年度项目绩效目标表."""
        return label.endswith(_TITLE_END) and (
            label.endswith(_GOALS) or label.removesuffix(_TITLE_END) in self._names.names
        )


def _width(lines: Sequence[BlockLine]) -> int | None:
    """How many cells nearly every line has, blank ones at their ends included; None where they are not as wide.

    Where no line ends in a blank cell, each has as many as are filled, which says nothing.
    """
    widths = Counter(len(line.cells) for line in lines)
    width, number = widths.most_common(1)[0] if widths else (0, 0)
    ends = (line.cells[-1] for line in lines if len(line.cells) == width)
    is_told = number >= _MOST_LINES * len(lines) and any(start == end for start, end in ends)
    return width if is_told else None


def _is_cut(line: BlockLine) -> bool:
    """Whether a line of several cells ends within the text of one."""
    start, end = line.cells[-1]
    return len(line.cells) > 1 and start < end
