"""The names by which columns are known, as ``rules/columns.toml`` has them: :class:`ColumnNames`.

Parser, checks and messages ask here which column a name on a header means; no other module holds names of columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import attrs

from goalcheck.blanks import clean
from goalcheck.files.regexes import regex
from goalcheck.remembered import Remembered
from goalcheck.sheet import AMOUNT_COLUMNS

TEXT_ROLES = ("name", "goal", "indicators")
"""Columns of the packed layout that hold text."""

SPLIT_ROLES = ("level1", "level2", "level3", "value", "sign", "measure", "weight", "direction", "nature")
"""Columns of layouts with one indicator a row."""

UNIT = "unit"
"""The unit that uses the money, where a form has a column or a label for it."""

ELSE = "something-else"
"""The role of a column that is known to hold neither amounts of money nor text that is judged."""

SOURCE, AMOUNT = "source", "amount"
_LISTS = ("commonest", "parts", "unit-codes", "project-codes")
_COUNTS = "counts"
_MONEY = (SOURCE, AMOUNT, AMOUNT_COLUMNS[0])
_ROLES = (TEXT_ROLES[0], UNIT, *TEXT_ROLES[1:], AMOUNT_COLUMNS[0], AMOUNT, *SPLIT_ROLES, ELSE)
_LONGEST = 44  # of what stands in a cell of a header; more is no name
_SHORTEST_NEAR = 3
_LONGEST_CELL = 3 * _LONGEST  # with all its blanks
_MOST_REMEMBERED = 4096  # texts of cells
_BRACKETS = regex(r"[(\uff08\[\u3010\uff3b].*", re.DOTALL)
_SIGNS = regex(r"[()\uff08\uff09]")  # of brackets within a name: 评(扣)分标准
_LEAD = regex(
    r"(?:[*\uff0a\u2605\u2606\u203b]+|其中[:\uff1a]?|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.\uff0e]|(?:19|20)\d\d年?度?)+"
)
_NUMBER = regex(r"[(\uff08](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)\uff09]|[\u2460-\u2473]")  # (1), in brackets
_TAIL = regex(r"(?:[,\uff0c/\uff0f:\uff1a]?(?:单位[:\uff1a]?)?(?:人民币)?[万亿千百]{0,3}元|[:\uff1a*\uff0a])$")
_INTERIM = regex(
    r"(?:[上下]?半年[度程]?|第?[一二三四1-4](?:[-\u2014~至][一二三四1-4])?季度|\d{1,2}(?:[-\uff0d\u2013\u2014~至]\d{1,2})?月份?[底末]?)(?=.)"
)  # part of a year
_INTERIM_BEGINS = frozenset("上下半第一二三四")  # or with a digit
_DRESS = regex(r"[()\[*其、.12元:\uff08\uff09\u3010\uff3b\uff0a\u2605\u2606\u203b\uff0e\uff1a\u2460-\u2473]")
"""Some of these are in all that stands before or behind a name and is no part of it."""

_JOINT = regex(r"(?:[^(\uff08]{0,6}单位|单位名称)[(\uff08](?:项目|专项|项目支出)名称[)\uff09]$")
_UNIT_AND_PROJECT = "单位项目名称"
"""A column of units with their projects below them: 项目单位(项目名称)."""

_CALLED = "名称"  # 转移支付(项目)名称 names more than what stands before its brackets
_SENTENCE = regex(r"[\u3002;\uff1b:\uff1a]")


class ColumnError(Exception):
    """A record of columns that breaks its form; the message says what is wrong."""


class Meaning(NamedTuple):
    """What a name means: its ``role``; of a source of money the ``group`` and the amount ``column`` it may stand for.

    ``role`` is ``name``, ``goal``, ``indicators``, ``total``, ``source``, ``amount`` (a further amount that is no
    source), :data:`UNIT`, one of :data:`SPLIT_ROLES` or :data:`ELSE`. Of two columns of one role the one of lower
    ``rank`` has it. There are a thousand, and every start loads them: as tuples they cost least.
    """

    role: str
    rank: int
    group: str = ""
    column: str | None = None


@attrs.frozen(eq=False, repr=False, slots=False)
class ColumnNames:
    """Every known name of every column. ``within`` says from which groups of sources a group is taken out.

    ``perhaps`` says from which it may be. ``complete`` tells of each of the usual sources which groups are all of it.
    ``commonest`` are names that tables of every kind have, ``parts`` those of costs, tasks and schedules within a form,
    ``unit_codes`` and ``project_codes`` those of columns with codes; unknown names that end on ``counts`` are no money.
    """

    names: Mapping[str, Meaning]
    beginnings: Mapping[str, tuple[str, ...]]
    within: Mapping[str, tuple[str, ...]]
    commonest: tuple[str, ...] = ()
    perhaps: Mapping[str, tuple[str, ...]] = attrs.Factory(dict)
    complete: Mapping[str, tuple[tuple[str, ...], ...]] = attrs.Factory(dict)
    parts: tuple[str, ...] = ()
    unit_codes: tuple[str, ...] = ()
    project_codes: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()

    def meaning(self, text: str) -> Meaning | None:
        """What the cell ``text`` of a header means; None of a name that is not known.

        Blanks, quotation marks, signs before it, a leading year, brackets and a unit of money behind it are no part of
        a name.
        """
        if not _is_short(text):
            return None
        name = clean(text)
        if len(name) > _LONGEST:
            return None
        if '"' in name:
            name = name.replace('"', "")
        found = self.names.get(name)
        said = name
        if found is None and _DRESS.search(name) is not None:
            said = _SIGNS.sub("", name)
            open_name = bare(said)
            found = self.names.get(open_name) if name.endswith(_CALLED) else None
            found = found or (self.names.get(_UNIT_AND_PROJECT) if _JOINT.match(name) else None)
            found = found or (self.names.get(bare(name)) if said != name else None) or self.names.get(open_name)
        if found is not None:
            return found
        if _SENTENCE.search(name):
            return None
        if said[:1] in _INTERIM_BEGINS or said[:1].isdecimal():
            part = _INTERIM.match(said)
            whole = self.meaning(said[part.end() :]) if part is not None else None
            if whole is not None:
                role = AMOUNT if whole.role in _MONEY else ELSE
                return Meaning(role, len(self.names))  # of a target for half a year nobody judges
        if not name.startswith(self._beginnings):
            return None
        return next(self.names[start] for start in self._beginnings if name.startswith(start))

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(start for starts in self.beginnings.values() for start in starts)

    def is_telling(self, text: str) -> bool:
        """Whether the cell ``text`` names a column that a sheet has and other tables do not."""
        meaning = self.meaning(text)
        return meaning is not None and meaning.role not in (ELSE, UNIT) and bare(clean(text)) not in self.commonest

    def is_of_part(self, text: str) -> bool:
        """Whether the cell ``text`` names a column of a table of costs, tasks or a schedule."""
        name = clean(text)
        return bare(name) in self.parts or bare(_SIGNS.sub("", name)) in self.parts

    def is_name(self, text: str) -> bool:
        """Whether a cell of a header could be known by ``text``: longer texts, and bare figures, name no column."""
        name = clean(text)
        return 0 < len(name) <= _LONGEST and any(char.isalpha() for char in bare(name))

    def title(self, role: str) -> str:
        """The usual name of a column of ``role``."""
        return next(name for name, meaning in self.names.items() if meaning.role == role)

    def nearest(self, text: str) -> str | None:
        """The known name that ``text``, which is unknown, says twice, or from which one character parts it.

        That character is exchanged, lost, or too much. Of two such names the one that stands first in the file. Names
        of two characters are near to too many.
        """
        name = bare(clean(text)) if len(text) <= _LONGEST else ""
        if len(name) < _SHORTEST_NEAR:
            return None
        half = name[: len(name) // 2]
        if name == half * 2 and half in self.names:
            return half
        found = {near for less in (name, *_one_less(name)) for near in self._near.get(less, ())}
        return min(found, key=lambda near: (self.names[near].rank, near), default=None)

    @cached_property
    def _near(self) -> Mapping[str, list[str]]:
        """Every name of some length, by itself and by what is left of it without any one of its characters."""
        found: dict[str, list[str]] = {}
        for name in self.names:
            if len(name) >= _SHORTEST_NEAR:
                for less in {name, *_one_less(name)}:
                    found.setdefault(less, []).append(name)
        return found

    def added(self, names: Mapping[str, Iterable[str]]) -> ColumnNames:
        """The same with more ``names``, by role or by group of sources; one that meant something else is moved."""
        made = dict(self.names)
        for key, more in names.items():
            for name in more:
                made[bare(clean(name))] = self._new(key)
        return attrs.evolve(self, names=made)

    def _new(self, key: str) -> Meaning:
        rank = len(self.names)
        if key not in self.within:
            return Meaning(key, rank)
        column = next((known.column for known in self.names.values() if known.group == key), None)
        return Meaning(SOURCE, rank, key, column)

    @property
    def keys(self) -> tuple[str, ...]:
        """The roles and groups that names can be added to."""
        return (*(role for role in _ROLES if role not in SPLIT_ROLES), *self.within)


@lru_cache(maxsize=2)
def remembering(names: ColumnNames) -> ColumnNames:
    """``names`` as they are asked when texts are read: what cells say comes again and again, and is looked up once."""
    made = attrs.evolve(names)
    for look in (names.meaning, names.is_name, names.nearest):
        known: Remembered[str, Any] = Remembered(look, _MOST_REMEMBERED, _is_short)
        vars(made)[look.__name__] = known.__getitem__
    return made


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_CELL


def _one_less(name: str) -> Iterator[str]:
    return (name[:at] + name[at + 1 :] for at in range(len(name)))


def bare(name: str) -> str:
    """``name``, which is clean, without what stands before and behind it: ``*2024年预算数(万元)`` is ``预算数``."""
    if _DRESS.search(name) is None:
        return name
    numbered = _NUMBER.match(name)
    core = _BRACKETS.sub("", name[numbered.end() :] if numbered is not None else name)
    core = _LEAD.sub("", core, count=1) if _LEAD.match(core) else core
    core = _TAIL.sub("", core)
    return core or name


def column_names(data: Mapping[str, Any]) -> ColumnNames:
    """The names that the tables of ``columns.toml`` say. Raises :class:`ColumnError`."""
    if set(data) != {*_LISTS, _COUNTS, "names", "beginnings", "sources", "complete"}:
        listed = ", ".join((*_LISTS, _COUNTS))
        raise ColumnError(f"columns.toml has {listed}, names, beginnings, sources, complete, nothing else")
    if set(data["names"]) != set(_ROLES):
        raise ColumnError(f"names has one list for each of {', '.join(_ROLES)}")
    sources = data["sources"]
    within, perhaps = (_named(sources, key) for key in ("within", "perhaps"))
    said = [(name, role, "", None) for role, names in data["names"].items() for name in names]
    said += [
        (name, SOURCE, group, source.get("column")) for group, source in sources.items() for name in source["names"]
    ]
    made: dict[str, Meaning] = {}
    for rank, (name, role, group, column) in enumerate(said):
        if name in made:
            raise ColumnError(f"{name} stands there twice")
        if not name or bare(clean(name)) != name:
            raise ColumnError(f"{name!r} is not written as names are looked up: {bare(clean(name))!r}")
        made[name] = Meaning(role, rank, group, column)
    beginnings = {role: tuple(starts) for role, starts in data["beginnings"].items()}
    for role, starts in beginnings.items():
        if role not in TEXT_ROLES or not all(start in made and made[start].role == role for start in starts):
            raise ColumnError(f"beginnings.{role}: a beginning is itself a name of a column of text")
    commonest = tuple(data["commonest"])
    if not set(commonest) <= {name for name, meaning in made.items() if meaning.role not in (ELSE, UNIT)}:
        raise ColumnError("commonest: each is itself the name of a column, and not of something else")
    counts = tuple(data[_COUNTS])
    if not all(counts) or any(name.endswith(counts) for name, meaning in made.items() if meaning.role in _MONEY):
        raise ColumnError("counts: no name of amounts ends so")
    parts, unit_codes, project_codes = (_others(key, data[key], made) for key in _LISTS[1:])
    complete = _complete(data["complete"], sources)
    return ColumnNames(made, beginnings, within, commonest, perhaps, complete, parts, unit_codes, project_codes, counts)


def _others(key: str, names: Iterable[str], made: Mapping[str, Meaning]) -> tuple[str, ...]:
    """``names``, which the list ``key`` has. Raises ColumnError unless each names a column of something else."""
    listed = tuple(names)
    if not all(name in made and made[name].role == ELSE for name in listed):
        raise ColumnError(f"{key}: each is itself the name of a column of something else")
    return listed


def _named(sources: Mapping[str, Any], key: str) -> dict[str, tuple[str, ...]]:
    """Which groups each of the ``sources`` names under ``key``. Raises ColumnError."""
    for group, source in sources.items():
        _check_source(group, source)
    return {group: _groups(f"sources.{group}", source.get(key, ()), sources) for group, source in sources.items()}


def _complete(ways: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """What each of the usual sources may be divided into. Raises ColumnError."""
    if set(ways) != set(AMOUNT_COLUMNS[1:]):
        raise ColumnError(f"complete has one list for each of {', '.join(AMOUNT_COLUMNS[1:])}")
    return {
        column: tuple(_groups(f"complete.{column}", groups, sources) for groups in several)
        for column, several in ways.items()
    }


def _check_source(group: str, source: Mapping[str, Any]) -> None:
    """Raise ColumnError if the record ``source`` is not as a group of sources is written."""
    if group in _ROLES or not {"names"} <= set(source) <= {"names", "column", "within", "perhaps"}:
        raise ColumnError(f"sources.{group} has names, and may have column, within and perhaps, nothing else")
    if source.get("column", AMOUNT_COLUMNS[1]) not in AMOUNT_COLUMNS[1:]:
        raise ColumnError(f"sources.{group}: the column is one of {', '.join(AMOUNT_COLUMNS[1:])}")
    if not set(source.get("within", ())).isdisjoint((group, *source.get("perhaps", ()))):
        raise ColumnError(f"sources.{group} is within other groups of sources, and perhaps within others again")


def _groups(where: str, groups: Iterable[str], sources: Mapping[str, Any]) -> tuple[str, ...]:
    """``groups``, which ``where`` names. Raises ColumnError for one that is none of ``sources``."""
    named = tuple(groups)
    if not set(named) <= set(sources):
        raise ColumnError(f"{where} names other groups of sources")
    return named
