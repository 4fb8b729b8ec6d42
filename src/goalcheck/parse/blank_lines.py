"""Lines of a text whose cells are parted by blanks alone, as they come out of a printed table: the blanks of cells that
stand empty are lost with them.

绩效指标 一级指标 二级指标 三级指标 指标值
产出指标 数量指标 保洁市场数量 12个
保洁人员数量 ≥36人
质量指标 保洁合格率 ≥95%

Classes are known by what they say; what is left of a row must be as many words as it has further columns. A text with
one row of which that is not so is not read.
"""

from __future__ import annotations

from collections.abc import Sequence

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.labels import is_label
from goalcheck.parse.layouts.strange_cells import TITLE_PART
from goalcheck.parse.line_cells import cut, lines_of
from goalcheck.parse.machine import Lexeme
from goalcheck.parse.values import read_value
from goalcheck.vocabulary import vocabulary

Place = tuple[int, int]

_WORD = regex(r"[^\s]+")
_SIGN = regex(r"[\u2265\u2264\u2267\u2266<>=\uff1c\uff1e\uff1d]{1,2}")
_FIGURE_ENDS = regex(r"\d[万亿]?\Z")
_TARGET = regex(r"[\u2265\u2264\u2267\u2266<>=\uff1c\uff1e\uff1d%\uff05]")
_NUMBER = regex(r"[\d.]+")
_NAME_AND_VALUE = 2
_LONGEST_OF_PERSON = 3
_NEEDED = frozenset(("level1", "level2", "level3", "value"))


def lines_parted_by_blanks(text: str, names: ColumnNames) -> list[Lexeme | BlockLine] | None:
    """The lines of ``text``, which ends in a line break; None where no such table, or not all of one, is read."""
    made: list[Lexeme | BlockLine] = []
    table: _Table | None = None
    is_open = is_doubtful = False
    for line in map(cut, lines_of(text, "\t")):
        if isinstance(line, Lexeme) or len(line.cells) != 1:
            made.append(line)
            continue
        words = [match.span() for match in _WORD.finditer(text, *line.cells[0])]
        if not words:
            made.append(line)
            continue
        begun = _table(text, words, names)
        if begun is not None:
            if is_doubtful:
                return None
            table, is_open = begun, True
            made.append(BlockLine(line.start, line.end, words))
            continue
        row = table.row(words) if table is not None else None
        is_target = row is not None and _TARGET.search(text, *words[-1]) is not None
        if is_label(text[slice(*words[0])], names) and not is_target:
            row, is_open = None, False  # of what stands below the table, or of the next form
            if is_doubtful:
                return None
        elif table is not None and (row is None) == is_open and (is_open or is_target):
            return None
        elif not is_open and len(words) > _NAME_AND_VALUE and _levels(text, words[0]):
            return None  # a row as well, where no table is
        is_doubtful = row is not None and table is not None and table.is_doubtful(row)
        made.append(BlockLine(line.start, line.end, row or _cells(text, words, names)))
    return made if table is not None and not is_doubtful else None


def _cells(text: str, words: Sequence[Place], names: ColumnNames) -> list[Place]:
    """The cells of a line of a form: its labels, and what stands between them."""
    cells: list[Place] = []
    was_label = True
    for start, end in words:
        here = is_label(text[start:end], names)
        if cells and not here and not was_label:
            cells[-1] = cells[-1][0], end
        else:
            cells.append((start, end))
        was_label = here
    return cells


def _table(text: str, words: Sequence[Place], names: ColumnNames) -> _Table | None:
    """The table whose header ``words`` are; None where they are none."""
    meanings = [names.meaning(text[slice(*word)]) for word in words]
    roles = [meaning.role if meaning is not None else "" for meaning in meanings]
    if not _NEEDED.issubset(roles) or len(set(roles)) < len(roles):
        return None
    first, name = roles.index("level1"), roles.index("level3")
    if first > 1 or roles[first : first + 3] != ["level1", "level2", "level3"] or roles[name + 1] != "value":
        return None
    return _Table(text, first, len(roles) - name - 1)


def _levels(text: str, word: Place) -> frozenset[int]:
    """The levels of the class that ``word`` is; none of any other word."""
    return levels_of_labels().get(bare_label(clean(text[slice(*word)])), frozenset())


class _Table:
    """One with ``first`` columns of titles before its levels, and so many columns ``behind`` its names."""

    def __init__(self, text: str, first: int, behind: int) -> None:
        self._text = text
        self._first = first
        self._behind = behind

    def row(self, words: Sequence[Place]) -> list[Place] | None:
        """The cells of a row, of one word and more; None where they cannot be told."""
        words = list(words)
        blank = words[-1][1], words[-1][1]
        cells: list[Place] = []
        if self._first:
            title = TITLE_PART.fullmatch(self._text, *words[0]) and not _levels(self._text, words[0])
            cells.append(words.pop(0) if title else blank)
        cells += [words.pop(0) if words and self._is_class(words, level) else blank for level in (1, 2)]
        rest = self._joined(words)
        if len(rest) not in (0, 2, 1 + self._behind) or (not rest and all(cell == blank for cell in cells[-2:])):
            return None
        if len(rest) == _NAME_AND_VALUE <= self._behind and _NUMBER.fullmatch(self._text, *rest[-1]):
            return None  # which may be its points as well
        return [*cells, *rest, *[blank] * (1 + self._behind - len(rest))]

    def is_doubtful(self, row: Sequence[Place]) -> bool:
        """Whether ``row``, if it is the last one, may be what stands below a table: who made it, and when."""
        upper, lower, _, (start, end) = row[self._first : self._first + 4]
        if upper[0] < upper[1] or lower[0] < lower[1] or start == end:
            return False
        said = self._text[start:end]
        kind = read_value(said).kind
        return kind == "date" or (
            kind == "words" and len(said) <= _LONGEST_OF_PERSON and not vocabulary().is_rank(said)
        )

    def _is_class(self, words: Sequence[Place], level: int) -> bool:
        """Whether the first of ``words`` is a class of ``level``: of one that may be of both what follows tells it."""
        levels = _levels(self._text, words[0])
        if level == 1 and len(levels) > 1:
            return len(words) > 1 and 2 in _levels(self._text, words[1])
        return level in levels

    def _joined(self, words: Sequence[Place]) -> list[Place]:
        """``words`` with a sign before its figure, and a unit behind it, in one."""
        made: list[Place] = []
        was_sign = False
        for start, end in words:
            said = self._text[start:end]
            is_unit = vocabulary().is_unit(said)
            if made and (was_sign or (is_unit and _FIGURE_ENDS.search(self._text, *made[-1]) is not None)):
                made[-1] = made[-1][0], end
            else:
                made.append((start, end))
            was_sign = _SIGN.fullmatch(said) is not None
        return made
