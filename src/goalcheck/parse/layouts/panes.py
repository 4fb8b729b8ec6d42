"""What the columns of a table with one indicator a row hold: levels, names, values, in one pane or in two.

Two panes stand side by side where a form has one set of indicators for the whole cycle and one for the year. Columns
are in order everywhere, and looked for by halves: a header may name thousands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from goalcheck.catalogue.columns import UNIT
from goalcheck.files.regexes import regex
from goalcheck.parse.layouts.class_panes import is_class_name
from goalcheck.sheet import Column, Header, Text

_PLACE = regex(r"[\u4e00-\u9fff]{1,12}(?:镇|乡|街道|街道办|办事处|街|村|社区|县|市|区|旗|州|林场|农场|开发区|管委会)")
_STAGE = regex(r"((?:建设|运营|运行|筹建|施工)期)(?:绩效)?(?:指标值|目标值)")
_FEWEST_PLACES = _FEWEST_YEARS = 2
_CYCLE = regex(
    r"长期|中期|中长期|实施期|实施周期|项目期|项目周期|全周期|滚动|总目标|总体(?:绩效)?(?:目标|指标值)|规划期|三年"
)
_TITLE = regex(r"(?:长期|中长?期|实施期|实施周期|年度|本年度?|当年)(?:绩效)?(?:目标|指标)表")
_OF_YEAR = regex(r"年度|本年|当年|全年")
_GOAL_OF_YEAR = regex(r"(?:年度|本年|当年).{0,4}目标")
_YEAR = regex(r"(20\d\d)年")
_BEST = frozenset(("优", "优秀"))
_OF_ALL = regex(r"合计|总计|小计|全[省州盟县市区旗师乡镇]")
_DEEPEST, _THIRD = "四级", "三级"


@attrs.frozen(eq=False, repr=False)
class Pane:
    """The columns of one set of indicators: of the year, or of the whole cycle. None is a column that there is not."""

    level1: int | None
    level2: int | None
    name: int
    values: Mapping[str, int]
    place: Text | None = None
    """The name of its column of values, where there is one a place."""
    of_class: Text | None = None
    """The first level of all its indicators, where it stands above them: 产出指标 over 三级指标 and 指标值."""
    sign: int | None = None
    measure: int | None = None
    weight: int | None = None
    direction: int | None = None
    nature: int | None = None
    name_above: int | None = None
    """The column of a level above that of the name; where a row has no name, what stands there is it."""

    @property
    def levels(self) -> tuple[tuple[int, int | None], ...]:
        """The columns of its first and second level."""
        return (1, self.level1), (2, self.level2)

    @property
    def begins(self) -> int:
        """The first column of its levels and names."""
        return min(at for at in (self.level1, self.level2, self.name) if at is not None)


@attrs.frozen(eq=False, repr=False)
class Columns:
    """What the columns of a table by rows hold."""

    panes: tuple[Pane, ...]
    unit: int | None
    name: int | None
    goal: int | None
    amounts: tuple[tuple[str, int], ...]
    first: int
    """The first column that is no title cell beside the table."""
    shifted: bool = False
    """Whether there are only two levels, so that the second may hold the names and the first second-level classes."""
    spare: frozenset[int] = frozenset()
    """Columns of values that no pane has: of a name that was lost, or of later years."""

    @property
    def has_projects(self) -> bool:
        return self.name is not None


def merged_columns(header: Header, of: Columns) -> dict[int, slice]:
    """From the levels on, the columns without a name behind one that has: its cell was merged with theirs."""
    first = min(pane.begins for pane in of.panes)
    named = sorted(column.index for column in header.columns if column.index >= first)
    return {at: slice(at + 1, after) for at, after in pairwise(named) if after > at + 1}


def is_title(text: str) -> bool:
    """Whether ``text``, which is clean, is the title of a table of indicators: 长期绩效目标表."""
    return _TITLE.fullmatch(text) is not None


def half_of(text: str) -> str | None:
    """The value that indicators beside the title ``text`` have: 长期绩效指标 the cycle's, 年度绩效指标 the year's."""
    if not text.endswith("指标"):
        return None
    return "cycle_value" if _CYCLE.search(text) else "annual_value" if _OF_YEAR.search(text) else None


def columns(header: Header, title: str = "", year: Callable[[], str | None] = lambda: None) -> Columns | None:
    """What ``header`` says of its columns; None where it names no column of indicators with a value.

    ``title`` stands above it, or else in its cell beside the table: 长期绩效指标 are those of the whole cycle. Of
    values of several years those of the ``year`` of the sheet are the targets, else those of the first.
    """
    found: dict[str, list[int]] = {}
    for column in header.columns:
        found.setdefault(column.role or "", []).append(column.index)
    texts = {column.index: column.clean for column in header.columns}
    names = found.get("level3") or []
    values = found.get("value") or [index for index, text in texts.items() if text in _BEST]
    levels1, levels2 = found.get("level1", []), found.get("level2", [])
    others = found.get("indicators", [])
    shifted = not names and bool(levels1 and levels2) and not any(index > min(levels1) for index in others)
    if shifted:
        names, levels2, levels1 = levels2, levels1, []  # levels shifted by one: the words in them say so
    elif not names:
        names = [index for index in others if not levels1 or index > min(levels1)]
        others = [index for index in others if index not in names]
    others = [*others, *(index for index, text in texts.items() if is_title(text) and index < min(levels1, default=0))]
    third = [name for name in names if texts[name].startswith(_THIRD)]
    names = _one_a_value(names, values, texts)
    places = [column for column in header.columns if names and column.index > names[0] and _is_place(column)]
    if len(places) < _FEWEST_PLACES:
        places = []
    whole = (
        [i for i, text in texts.items() if _OF_ALL.fullmatch(text) and i > names[0]] if places and not values else []
    )
    years = _years(values or whole, texts)
    values, of_other_years = _of_year(values or whole, years, year() if years else None)
    if not names or not (values or places):
        return None
    found["measure"] = found.get("measure") or [i for i, text in texts.items() if text == "单位" and i > names[0]]
    panes = tuple(_panes(texts, {**found, "level1": levels1, "level2": levels2, "level3": names, "value": values}))
    named = {column.index: column for column in header.columns}
    panes = tuple(_of_class(pane, named) for pane in panes)
    if len(panes) == len(third) == 1 and panes[0].name != third[0]:
        panes = (attrs.evolve(panes[0], name_above=third[0]),)
    title = title or "".join(texts[index] for index in others)
    if len(panes) == 1 and len(panes[0].values) == 1 and _CYCLE.search(title):
        (value,) = panes[0].values.values()
        panes = (attrs.evolve(panes[0], values={"cycle_value": value}),)
    panes += tuple(_of_places(found, levels1, levels2, names[-1], places))
    if not panes:
        return None
    amounts = tuple(
        (column.key, column.index) for column in header.columns if column.key is not None and column.index not in whole
    )
    first = min(index for index in texts if index not in others)
    unit, name, goal = (next(iter(found.get(role, [])), None) for role in (UNIT, "name", "goal"))
    goal = next((i for i, text in texts.items() if goal is not None and _GOAL_OF_YEAR.fullmatch(text)), goal)
    unit = None if unit in found["measure"] else unit
    read = {index for pane in panes for index in pane.values.values()}
    spare = frozenset((*values, *of_other_years)) - read
    return Columns(panes, unit, name, goal, amounts, first, shifted, spare)


def _years(values: Sequence[int], texts: Mapping[int, str]) -> dict[int, str]:
    """The year of each column of values that names one; none where all are of one."""
    years: dict[int, str] = {index: found[1] for index in values if (found := _YEAR.search(texts[index])) is not None}
    return years if len(set(years.values())) >= _FEWEST_YEARS else {}


def _of_year(values: Sequence[int], years: Mapping[int, str], year: str | None) -> tuple[list[int], list[int]]:
    """Of columns of values those that are read, and of those of other years the later ones: what was, is no target."""
    if not years:
        return list(values), []
    target = year if year is not None and year in years.values() else min(years.values())
    later = [index for index, of in years.items() if of > target]
    return [index for index in values if years.get(index, target) == target], later


def _one_a_value(names: Sequence[int], values: Sequence[int], texts: Mapping[int, str]) -> list[int]:
    """Of columns of names with no value between them the one that holds the names; the others explain them."""
    groups: dict[int | None, list[int]] = {}
    for name in names:
        behind = bisect_right(values, name)
        groups.setdefault(values[behind] if behind < len(values) else None, []).append(name)
    if len(groups) > 1:
        groups.pop(None, None)
    return [_chosen(group, texts) for group in groups.values()]


def _chosen(group: Sequence[int], texts: Mapping[int, str]) -> int:
    ways = (next((name for name in group if texts[name].startswith(level)), None) for level in (_DEEPEST, _THIRD))
    return next((name for name in ways if name is not None), group[-1])


def _panes(texts: Mapping[int, str], found: Mapping[str, Sequence[int]]) -> Iterator[Pane]:
    """One pane a column of names; ``found`` has the columns of each role."""
    names, values = found["level3"], found["value"]
    for at, name in enumerate(names):
        is_last = at == len(names) - 1
        end = max(texts) + 1 if is_last else names[at + 1]
        own = values[bisect_right(values, name) : bisect_left(values, end)] or (values if is_last else ())
        if own:
            level1, level2 = (_before(found[role], name) for role in ("level1", "level2"))
            field = _field(texts[own[0]], texts[name], last=is_last)
            split = {role: _near(found.get(role, ()), name, end) for role in _SPLIT}
            yield Pane(level1, level2, name, _by_field(field, own, texts), None, None, **split)


def _of_class(pane: Pane, named: Mapping[int, Column]) -> Pane:
    """``pane``, with the class that its column of names is called as, where it is; ``named`` are all by their index."""
    column = named[pane.name]
    if pane.level1 is not None or pane.level2 is not None or not is_class_name(column.clean):
        return pane
    said = Text(column.start, column.end, column.text)
    return attrs.evolve(pane, of_class=said, values={"annual_value": min(pane.values.values())})


def _is_place(column: Column) -> bool:
    return column.role is None and is_place_name(column.clean)


def is_place_name(text: str) -> bool:
    """Whether a column is called as a town, a county or the like; or as the targets of a stage: 运营期指标值."""
    return _PLACE.fullmatch(text) is not None or _STAGE.fullmatch(text) is not None


def _of_places(
    found: Mapping[str, Sequence[int]],
    levels1: Sequence[int],
    levels2: Sequence[int],
    name: int,
    places: Sequence[Column],
) -> Iterator[Pane]:
    """One pane a place: all have the same levels and names."""
    level1, level2 = _before(levels1, name), _before(levels2, name)
    split = {role: _near(found.get(role, ()), name, name) for role in _SPLIT}
    for place in places:
        stage = _STAGE.match(place.text)
        end = place.end if stage is None else place.start + stage.end(1)
        said = Text(place.start, end, place.text[: end - place.start])
        yield Pane(level1, level2, name, {"annual_value": place.index}, said, None, **split)


def _by_field(field: str, own: Sequence[int], texts: Mapping[int, str]) -> Mapping[str, int]:
    """Which of the values beside one name is that of the cycle, and which that of the year."""
    found = {field: own[0]}
    for index in own[1:]:
        other = "cycle_value" if _CYCLE.search(texts[index]) else "annual_value"
        if other == field and _OF_YEAR.search(texts[index]) and not _CYCLE.search(texts[own[0]]):
            found = {"cycle_value": own[0], "annual_value": index}
        else:
            found.setdefault(other, index)
    return found


def _before(indices: Sequence[int], name: int) -> int | None:
    """The last of some columns before a name; the first of them where all stand behind it."""
    return indices[max(bisect_left(indices, name) - 1, 0)] if indices else None


_SPLIT = ("sign", "measure", "weight", "direction", "nature")


def _near(indices: Sequence[int], start: int, end: int) -> int | None:
    """The first of some columns that stands within a pane; one before it where there is none."""
    at = bisect_right(indices, start)
    return indices[at] if at < len(indices) and indices[at] < end else next(iter(indices), None)


def _field(value: str, name: str, *, last: bool) -> str:
    if _CYCLE.search(value) or _CYCLE.search(name):
        return "cycle_value"
    return "annual_value" if last or "年度" in value else "cycle_value"
