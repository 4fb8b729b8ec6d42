"""The goal of a form: which of several is meant, and the cells that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from goalcheck.blanks import clean
from goalcheck.files.regexes import regex
from goalcheck.parse.layouts.form_money import Pair, is_of_year
from goalcheck.parse.layouts.labels import number_of, unnumbered
from goalcheck.sheet import Text

_ENDS = ("\u3002", ";", "\uff1b")
_OF_TITLE = regex(r"表?(?:[(\uff08][^()\uff08\uff09]*[)\uff09])?")
_OF_CYCLE = regex(r"[长中]期|周期|实施期")
_SHORTEST = 4  # characters: fewer may be what is left of a goal


@attrs.frozen(eq=False, repr=False)
class TextOfCells(Text):
    """A text that stands in cells of several lines; ``text`` has what parts them as well."""

    cells: tuple[str, ...]

    @property
    def clean(self) -> str:
        return "".join(map(clean, self.cells))


def goal_of(text: str, pairs: Sequence[Pair], place: int | None) -> Text | None:
    """The goal of the year where there is one, else the first that is not of the cycle; it may go over several lines.

    ``place`` is where one belongs, behind its label; without a label, the form has none.
    """
    if not pairs:
        return Text(place, place, "") if place is not None else None
    labels = {pair.label: is_of_year(text, pair.label) for pair in pairs}
    others = (label for label in labels if _OF_CYCLE.search(text, *label) is None)
    chosen = next((label for label, annual in labels.items() if annual), next(others, next(iter(labels))))
    values = [pair.value for pair in pairs if _is_of(text, pair.label, chosen)]
    start, end = values[0][0], values[-1][1]
    if len(values) > 1:
        return TextOfCells(start, end, text[start:end], tuple(text[a:b] for a, b in values))
    return Text(start, end, text[start:end])


def _is_of(text: str, label: tuple[int, int], chosen: tuple[int, int]) -> bool:
    """Whether ``label`` is the one that was ``chosen``, or has another number: 年度绩效目标1, 年度绩效目标2."""
    said, other = (clean(text[slice(*place)]).strip('"') for place in (chosen, label))
    return label == chosen or (said != other and unnumbered(said) == unnumbered(other))


def without_title(text: str, pairs: Sequence[Pair], name: Pair | None) -> list[Pair]:
    """The goals but for what stands below the title of the form, where that is left of it: 年度绩效目标, (2024年度)."""
    if name is None or all(pair.label > name.label for pair in pairs) or all(pair.label < name.label for pair in pairs):
        return list(pairs)
    return [pair for pair in pairs if pair.label > name.label or not _OF_TITLE.fullmatch(text, *pair.value)]


def torn_off(text: str, pairs: Sequence[Pair], lines: Iterable[Text]) -> Iterator[Text]:
    """Those of ``lines`` with which a goal right above ends that broke off there."""
    ends = {pair.value[1] for pair in pairs if not text.endswith(_ENDS, *pair.value)}
    for line in lines:
        if len(line.text) > 1 and line.text.endswith(_ENDS) and _before_break(text, line.start) in ends:
            yield line


def _before_break(text: str, start: int) -> int:
    """Where the line ends above the one that starts at ``start``."""
    return start - (2 if text.startswith("\r\n", start - 2) else 1) if start > 1 else 0


def lacks_goal(text: str, pairs: Sequence[Pair], places: Iterable[tuple[int, int]]) -> bool:
    """Whether there is none, or only what is left of one, or a number is left out in the labels of several.

    As well where one of the labels, which lie at ``places``, has a number and no goal.
    """
    values = [clean(text[slice(*pair.value)]) for pair in pairs]
    if all(len(value) < _SHORTEST for value in values):
        return True
    valued = {pair.label for pair in pairs}
    if any(number_of(clean(text[slice(*place)])) is not None for place in places if place not in valued):
        return True
    labels = {clean(text[slice(*pair.label)]) for pair in pairs}
    numbers = {number for label in labels if (number := number_of(label)) is not None}
    return bool(numbers) and numbers != set(range(1, max(numbers) + 1))


def goals_astray(text: str, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The goals with a number above one of which the first has another label: that of the others was lost or hurt."""
    labels = [(pair, clean(text[slice(*pair.label)])) for pair in pairs]
    begun = {unnumbered(label) for _, label in labels if number_of(label) in (None, 1)}
    yield from (pair for pair, label in labels if number_of(label) is not None and unnumbered(label) not in begun)


def goals_again(text: str, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The goals behind a label that says the same as one before, but for those that say the same as its value."""
    said: dict[str, tuple[tuple[int, int], str]] = {}
    for pair in pairs:
        label, value = clean(text[slice(*pair.label)]), clean(text[slice(*pair.value)])
        first, goal = said.setdefault(label, (pair.label, value))
        if pair.label != first and value and value != goal:
            yield pair
