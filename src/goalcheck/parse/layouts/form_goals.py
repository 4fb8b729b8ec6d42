"""The goal of a form: which of several is meant, and the cells that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from goalcheck.blanks import clean
from goalcheck.parse.layouts.form_money import Pair, is_of_year
from goalcheck.parse.layouts.labels import unnumbered
from goalcheck.sheet import Text


@attrs.frozen(eq=False, repr=False)
class TextOfCells(Text):
    """A text that stands in cells of several lines; ``text`` has what parts them as well."""

    cells: tuple[str, ...]

    @property
    def clean(self) -> str:
        return "".join(map(clean, self.cells))


def goal_of(text: str, pairs: Sequence[Pair], place: int | None) -> Text | None:
    """The goal of the year where there is one, else the first; it may go over several lines.

    ``place`` is where one belongs, behind its label; without a label, the form has none.
    """
    if not pairs:
        return Text(place, place, "") if place is not None else None
    labels = {pair.label: is_of_year(text, pair.label) for pair in pairs}
    chosen = next((label for label, annual in labels.items() if annual), next(iter(labels)))
    values = [pair.value for pair in pairs if _is_of(text, pair.label, chosen)]
    start, end = values[0][0], values[-1][1]
    if len(values) > 1:
        return TextOfCells(start, end, text[start:end], tuple(text[a:b] for a, b in values))
    return Text(start, end, text[start:end])


def _is_of(text: str, label: tuple[int, int], chosen: tuple[int, int]) -> bool:
    """Whether ``label`` is the one that was ``chosen``, or has another number: 年度绩效目标1, 年度绩效目标2."""
    said, other = clean(text[slice(*chosen)]), clean(text[slice(*label)])
    return label == chosen or (said != other and unnumbered(said) == unnumbered(other) != said)


def goals_again(text: str, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The goals behind a label that says the same as one before, but for those that say the same as its value."""
    said: dict[str, tuple[tuple[int, int], str]] = {}
    for pair in pairs:
        label, value = clean(text[slice(*pair.label)]), clean(text[slice(*pair.value)])
        first, goal = said.setdefault(label, (pair.label, value))
        if pair.label != first and value and value != goal:
            yield pair
