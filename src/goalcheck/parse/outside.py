"""Lines outside every table that hold amounts or indicators: nobody judges these, so it is said.

A text may begin with another table, go on with one, or lose the header of its own: then rows stand where only titles,
notes and signatures should. They are gathered into stretches, each :class:`~goalcheck.sheet.Unread` with the reason;
what stands between two such rows belongs to the stretch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.columns import ELSE, UNIT, ColumnNames, bare
from goalcheck.catalogue.load import catalogue
from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.parse.headers import AMOUNTS, TARGET, Heading
from goalcheck.parse.values import read_amount
from goalcheck.sheet import Text, Unread
from goalcheck.source import line_at

ENTRY = regex(r"指\s*标\s*值\s*[:\uff1a]")
"""What tells the entries of a packed cell, wherever they stand."""

_UNIT = regex(r"(?:[万亿]|(?<![\s万亿]))\s*+元$")
YEAR = regex(r"(?:19|20)\d\d(?:[.\uff0e](?:0?[1-9]|1[0-2]))?")
"""A year, or a month of one, which looks like an amount."""

_AMONG_WORDS = regex(r"(?<!\S)(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d\d)(?=\s|[万亿]?元|$)")
_LABELLED_MONEY = regex(
    r"[计额金款算费数出入][:\uff1a\s]{0,8}\d{1,18}(?:,\d{3}){0,6}(?:(?<=,\d{3})(?:\.\d{1,8})?|\.\d{1,8}|(?=\s{0,8}[万亿]?元))"
    r"(?=\s{0,8}(?:[万亿]?元(?!\s{0,8}[\uff08(]?[及含]?以[上下内])|\s|[,;)\uff0c\u3002\uff1b\uff09\u3001]|$))(?!,\d)"
)
LABELLED_TARGET = regex(r"指标[^;\uff1b\u3002:\uff1a]{0,20}[:\uff1a][^;\uff1b\u3002]{0,60}[≥≤≧≦]\s{0,8}\d")
_NAMED_TARGET = regex(
    r"(?:[备附]?\s?注|说明|另外?|补充)?[:\uff1a]?\s{0,4}(?!指标值)[\u4e00-\u9fff]{2,20}[率度数量例]\s{0,4}[≥≤≧≦]\s{0,4}\d[\d,.]{0,12}"
    r"\s{0,4}[^\s\d,;\uff0c\uff1b\u3002]{0,3}[;\uff1b\u3002]?"
)
"""An indicator that somebody has written into a note, 注:满意度≥90%; not how values are graded, 指标值≥90%为优秀."""

_ADDED = regex(
    r"[\s(\uff08*]{0,4}(?:补充|另外?|新增|追加|增补)(?:内容|任务|事项|目标|采购)?[:\uff1a,\uff0c\s]{0,4}(?:另外?|还|再|新增)?"
    r"(?:需要?|要|拟|计划|将|应|购|采购|增加|增设|培训|聘|建|修|安排|发放)(?![^\d]{0,12}(?:附|式))"
    r"[^\d\u3002;\uff1b]{0,24}\d[\d,.]{0,12}\s{0,2}(?:[台套辆个座间所处株亩吨人名户场次批件项期]|公里|千米|米|平方米|万?元)"
)
"""A line by itself that adds something to be done to what the table says. Notes, which explain, begin otherwise."""

_IN_PROSE = (_LABELLED_MONEY.search, LABELLED_TARGET.search)
_FINDS = (TARGET.match, _AMONG_WORDS.search, *_IN_PROSE)
_SIGN = regex(r"[\u2265\u2264\u2267\u2266]|[<>\uff1c\uff1e]=?")
_HAN = regex(r"[\u4e00-\u9fff]")
_CODE = regex(r"0\d")
_SHORTEST_PHONE = 11
_SHORTEST_AMOUNT = 3  # digits: fewer may be the number of a column
_WHOLE = regex(r"(?:总|合|小|共|累)计")


@attrs.frozen(eq=False, repr=False)
class Reason:
    """Why lines were not read: a sentence of ``unread.toml``, and its figures."""

    key: str
    figures: Mapping[str, str] = attrs.Factory(dict)


_NO_HEADER = Reason("no-header")
_BROKEN = Reason("header-broken")
_RANK = {"header-misread": 0, "header-broken": 1, "by-row": 2, "header-lacks": 3}


def reason(found: Heading, names: ColumnNames) -> Reason:
    """Why the table below ``found`` is not read."""
    if found.kind == "by-row":
        return misread(found) if found.misread else Reason("by-row")
    meant = {names.names[near].role for _, near in found.misread}
    if found.lacks and meant.issuperset(found.lacks):
        return misread(found)
    return Reason("header-lacks", {"columns": _listed(map(names.title, found.lacks))})


def misread(found: Heading) -> Reason:
    """The names on ``found`` that are misread, and what may be meant."""
    said, near = (_listed(part) for part in zip(*found.misread, strict=True))
    return Reason("header-misread", {"said": said, "meant": near})


def _listed(names: Iterable[str]) -> str:
    return "\u3001".join(names)


def _is_halved(above: Heading, found: Heading) -> bool:
    """Whether two lines, the one below the other, are one header that was broken: each has what the other lacks."""
    return above.kind == found.kind == "other" and set(above.lacks).isdisjoint(found.lacks)


@attrs.define(eq=False, repr=False)
class _Stretch:
    start: int
    end: int
    reason: Reason


class Outside:
    """Gathers the lines between two tables, from where one ends to where the next begins."""

    def __init__(self, text: str, names: ColumnNames) -> None:
        self.unread: list[Unread] = []
        self.nearest: Unread | None = None  # what is most like the header that was looked for
        self._text = text
        self._names = names
        self._reason = _NO_HEADER
        self._amounts: Sequence[int] = ()
        self._others: frozenset[int] = frozenset()  # columns that the last line of names calls something else
        self._heading: tuple[int, Heading] | None = None  # on the line above
        self._open: _Stretch | None = None
        self._below: list[tuple[int, int, Sequence[tuple[int, int]]]] = []  # lines and their cells, below the open one
        self._behind: list[Text] = []  # lines that hold nothing, behind the open stretch or the header of a table

    def header(self, start: int, end: int, found: Heading) -> list[Text]:
        """Take a header that is not read, and with it what stands below. Gives back the lines that hold nothing."""
        above = self._heading
        if above is not None and _is_halved(above[1], found):
            self._reason, self._amounts = _BROKEN, ()
            self._keep_nearest(above[0], end)
            self._open, self._below, self._behind, self._heading = _Stretch(above[0], end, _BROKEN), [], [], None
            return []
        left = self.close()
        self._heading = (start, found)
        self._reason, self._amounts = reason(found, self._names), found.amounts
        self._keep_nearest(start, end)
        if self._reason.key == "header-lacks":
            self._behind = [Text(start, end, self._text[start:end])]  # of a table that may hold nothing at all
        else:
            self._open = _Stretch(start, end, self._reason)
        return left

    def _keep_nearest(self, start: int, end: int) -> None:
        if self.nearest is None or _RANK[self._reason.key] < _RANK[self.nearest.reason]:
            self.nearest = Unread(start, end, self._text[start:end], self._reason.key, self._reason.figures)

    def line(self, start: int, end: int, cells: Sequence[tuple[int, int]]) -> list[Text]:
        """Take a line of another kind. Gives it back if it holds nothing and no row stands above it."""
        self._heading = None
        if self._open is not None:
            self._below.append((start, end, cells))  # where it ends is asked once, from below
            return []
        if _ADDED.match(self._text, start, end) and sum(a < b for a, b in cells) == 1:
            self.unread.append(Unread(start, end, self._text[start:end], "added", {}))
            return []
        if self._holds(start, end, cells):
            self._open = _Stretch(self._behind[0].start if self._behind else start, end, self._reason)
            self._behind = []
        elif not self._behind:
            self._keep_others(cells)
            return [Text(start, end, self._text[start:end])]
        else:
            self._behind.append(Text(start, end, self._text[start:end]))
        return []

    def _keep_others(self, cells: Sequence[tuple[int, int]]) -> None:
        meanings = {i: self._names.meaning(self._text[a:b]) for i, (a, b) in enumerate(cells) if a < b}
        if len(cells) > 1 and any(meanings.values()):
            others = (i for i, said in meanings.items() if said is not None and said.role in (ELSE, UNIT))
            self._others = frozenset(others)

    def close(self) -> list[Text]:
        """End the open stretch, as at a title, a footer, a header that is read. Gives back the lines behind it."""
        if self._open is not None:
            start, end, why = self._open.start, self._open.end, self._open.reason
            last = next((at for at in reversed(range(len(self._below))) if self._holds(*self._below[at])), -1)
            end = self._below[last][1] if last >= 0 else end
            self._behind = [Text(a, b, self._text[a:b]) for a, b, _ in self._below[last + 1 :]]
            self._below = []
            self.unread.append(Unread(start, end, self._text[start:end], why.key, why.figures))
        left, self._open, self._behind, self._heading = self._behind, None, [], None
        return left

    def _holds(self, start: int, end: int, cells: Sequence[tuple[int, int]]) -> bool:
        """Whether a line holds amounts or indicators."""
        if ENTRY.search(self._text, start, end):
            return True
        said = [(index, self._text[a:b]) for index, (a, b) in enumerate(cells) if a < b]
        if len(said) < 2:
            return any(any(find(cell) for find in _FINDS) for _, cell in said)
        numbers = [index for index, cell in said if is_number(cell)]
        if any(index in self._amounts for index in numbers) or any(is_money(cell) for _, cell in said):
            return True
        names = [clean(cell) for _, cell in said]
        if numbers and any(_WHOLE.match(name) or self._is_amount(name) for name in names):
            return True
        if any(TARGET.match(cell) for _, cell in said) or _is_split_target(said) or self._are_figures(said):
            return True
        return not _labels().isdisjoint(map(bare, names))

    def _are_figures(self, said: Sequence[tuple[int, str]]) -> bool:
        """Whether figures stand side by side behind a name, as amounts do: no year, no code, no numbers of columns."""
        figures = {index: cell for index, cell in said if is_number(cell) and index not in self._others}
        if (
            not any(index - 1 in figures for index in figures)
            or not _HAN.search(said[0][1])
            or any(YEAR.fullmatch(cell) for _, cell in said)
        ):
            return False
        if any(len(cell) >= _SHORTEST_PHONE or _CODE.match(cell) for cell in figures.values()):
            return False
        small = [int(cell) for cell in figures.values() if cell.isdigit() and len(cell) < _SHORTEST_AMOUNT]
        return len(small) < len(figures) or any(after != before + 1 for before, after in pairwise(small))

    def _is_amount(self, name: str) -> bool:
        meaning = self._names.meaning(name)
        return meaning is not None and meaning.role in AMOUNTS


def _is_split_target(said: Sequence[tuple[int, str]]) -> bool:
    """Whether a sign and a figure stand beside one another, each in its cell."""
    return any(_SIGN.fullmatch(one) and is_number(other) for (_, one), (_, other) in pairwise(said))


def is_data(note: str) -> bool:
    """Whether a line of prose tells an amount, or is an indicator: no note, whatever it begins with."""
    return any(find(note) for find in (*_IN_PROSE, _NAMED_TARGET.fullmatch))


def _without_unit(cell: str) -> str:
    return _UNIT.sub("", cell) if "元" in cell else cell


def is_number(cell: str) -> bool:
    """Whether a cell is a figure, its unit of money aside."""
    value, blank, _ = read_amount(_without_unit(cell))
    return value is not None and not blank


def is_money(cell: str) -> bool:
    """Whether a cell is a figure that can hardly be anything but money: with decimals, thousands or its unit."""
    core = _without_unit(cell)
    value, blank, decimals = read_amount(core)
    if value is None or blank or YEAR.fullmatch(cell):
        return False
    return decimals > 0 or "," in core or "\uff0c" in core or core != cell


@cache
def _labels() -> frozenset[str]:
    """What classes are called, in every taxonomy, with 指标 and without."""
    classes = (made for taxonomy in catalogue().taxonomies.values() for made in taxonomy.classes.values())
    labels = {made.label.removesuffix("指标") for made in classes}
    return frozenset(labels | {f"{label}指标" for label in labels})


def no_sheet(text: str, nearest: Unread | None) -> InputError:
    """Why a text without the header of a table is no sheet; ``nearest`` is the line that is most like one."""
    if nearest is None:
        return InputError("no-sheet")
    if nearest.reason == "by-row":
        return InputError("split-indicators")
    return InputError(f"no-sheet-{nearest.reason}", line=line_at(text, nearest.start), **nearest.figures)


def row_within(text: str, cells: Sequence[tuple[int, int]], *, by_row: bool = False) -> int | None:
    """Where a row begins that stands on the line of a header, ``cells``: one of them holds a figure or entries.

    In a header of a table ``by_row``, a class or a target.
    """
    for index, (a, b) in enumerate(cells):
        said = text[a:b]
        if by_row and (TARGET.match(said) or (said.endswith("指标") and clean(said) in _labels())):
            return a
        if ENTRY.search(said) or (is_number(said) and not YEAR.fullmatch(said)):
            return cells[max(index - 1, 0)][0]
    return None
