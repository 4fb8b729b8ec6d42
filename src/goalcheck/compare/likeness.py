"""Which of two lists of names are alike; which list is which makes no difference."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import attrs

from goalcheck.blanks import clean
from goalcheck.files.regexes import regex

ALIKE = 1000
"""The likeness of a name to itself."""

_COMMON = 32  # names with the same mark; what more of them share tells nothing
_YEAR = regex(r"(?<!\d)(?:19|20)\d\d年度?")
_LEADING_YEAR = regex(r"20[1-3]\d(?=[\u4e00-\u9fff])")
_FIGURES = regex(r"\d+|[一二三四五六七八九十]+|[ⅠⅡⅢⅣⅤ]+|[A-Za-z]+")
_ENDINGS = ("项目", "工作", "专项", "资金", "经费", "补助", "工程", "费用", "费", "指标")

T = TypeVar("T")

Pair = tuple[int, int]
"""The positions of two things that belong together, in the old list and in the new one."""


def folded(text: str, *, without_years: bool = False) -> str:
    """``text`` without what is a matter of writing alone, blanks and the width of signs; where it is asked, without the
    years, 2024年 or 2024年度.
    """
    said = clean(unicodedata.normalize("NFKC", text)).casefold()
    return (_YEAR.sub("", said) or said) if without_years else said


def folded_name(name: str, *, without_years: bool = False) -> str:
    """The same of a name, where a year may stand before it without 年 as well: 2024社区培训."""
    said = folded(name, without_years=without_years)
    found = _LEADING_YEAR.match(said) if without_years else None
    return said[found.end() :] if found is not None else said


@attrs.frozen
class Name:
    """A name as it is held against others, and the ``room`` within which it is: the unit.

    ``marks`` are what others must have one of to be held against it at all.
    """

    room: str
    text: str
    pairs: frozenset[str]
    marks: frozenset[str]
    chars: tuple[tuple[str, int], ...]
    figures: tuple[str, ...]


def name_of(text: str, room: str = "", mark: str = "") -> Name:
    """The folded name ``text``, without the words that many names end in; ``mark`` is what else may tell it."""
    core = text
    while core.endswith(_ENDINGS):
        ending = next(word for word in _ENDINGS if core.endswith(word))
        core = core.removesuffix(ending)
    core = core or text
    padded = f"\0{core}\0"
    pairs = frozenset(padded[at : at + 2] for at in range(len(padded) - 1))
    return Name(
        room,
        core,
        pairs,
        pairs | {mark} if mark else pairs,
        tuple(Counter(core).items()),
        tuple(_FIGURES.findall(text)),
    )


def likeness(one: Name, other: Name) -> int:
    """How alike two names are, from 0 to :data:`ALIKE`: by the characters that they share, and by those in order."""
    if not one.text or not other.text:
        return 0
    counts = dict(other.chars)
    shared = sum(min(number, counts.get(char, 0)) for char, number in one.chars)
    by_char = ALIKE * 2 * shared // (len(one.text) + len(other.text))
    by_pair = ALIKE * 2 * len(one.pairs & other.pairs) // (len(one.pairs) + len(other.pairs))
    return (by_char + by_pair) // 2


def alike(old: Sequence[Name], new: Sequence[Name], is_enough: Callable[[int, int, int], bool]) -> Sequence[Pair]:
    """The pairs that belong together, the most alike first; each name is in one of them at most.

    ``is_enough`` is asked with the two positions and their likeness. Names are only compared where they share a mark,
    mostly two characters, that few others have, so that the time grows with their number and not with its square.
    """
    found = []
    for i, j in _candidates(old, new):
        score = likeness(old[i], new[j])
        if is_enough(i, j, score):
            found.append((-score, abs(i - j), min(i, j), i, j))
    return _once((i, j) for *_, i, j in sorted(found))


def by_key(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable | None],
    taken: Sequence[Pair],
    new_key: Callable[[T], Hashable | None] | None = None,
) -> list[Pair]:
    """Those not yet ``taken`` that have the same ``key``, in their order; what has the key None belongs to nothing.

    Things of the new list have a ``new_key`` instead, if there is one.
    """
    (left, right), (olds, news) = remaining(old, new, taken)
    waiting: dict[Hashable | None, list[int]] = defaultdict(list)
    for j, thing in zip(reversed(right), reversed(news), strict=True):
        waiting[(new_key or key)(thing)].append(j)
    waiting.pop(None, None)
    found = []
    for i, thing in zip(left, olds, strict=True):
        if those := waiting.get(key(thing)):
            found.append((i, those.pop()))
    return found


def remaining(
    old: Sequence[T], new: Sequence[T], taken: Sequence[Pair]
) -> tuple[tuple[list[int], list[int]], tuple[list[T], list[T]]]:
    """What is not yet ``taken`` on either side: the positions, and the things."""
    first, second = {i for i, _ in taken}, {j for _, j in taken}
    left, right = [i for i in range(len(old)) if i not in first], [j for j in range(len(new)) if j not in second]
    return (left, right), ([old[i] for i in left], [new[j] for j in right])


def _once(pairs: Iterable[Pair]) -> list[Pair]:
    """``pairs`` without those of which one side is taken by an earlier one."""
    kept: list[Pair] = []
    left: set[int] = set()
    right: set[int] = set()
    for i, j in pairs:
        if i not in left and j not in right:
            kept.append((i, j))
            left.add(i)
            right.add(j)
    return kept


def _candidates(old: Sequence[Name], new: Sequence[Name]) -> set[Pair]:
    """The pairs in one room that share something rare."""
    first, second = _by_mark(old), _by_mark(new)
    found: set[Pair] = set()
    for key, those in first.items():
        others = second.get(key, ())
        if len(those) <= _COMMON and len(others) <= _COMMON:
            found.update((i, j) for i in those for j in others)
    return found


def _by_mark(names: Sequence[Name]) -> dict[tuple[str, str], list[int]]:
    made: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for mark in name.marks:
            made[name.room, mark].append(at)
    return made
