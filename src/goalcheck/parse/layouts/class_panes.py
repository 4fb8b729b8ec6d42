"""Columns of names that stand below a class each, one indicator of every class beside the others in a row.

成本指标⇥⇥产出指标⇥⇥效益指标
三级指标⇥指标值⇥三级指标⇥指标值⇥三级指标⇥指标值
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.sheet import Header

_FEWEST = 2  # classes: one alone is the title of a table
_NAMES = "level3"
_OTHER_LEVELS = frozenset(("level1", "level2", _NAMES))


def is_class_name(said: str) -> bool:
    """Whether a column is called as a first level: 产出指标."""
    return said.endswith("指标") and 1 in levels_of_labels().get(bare_label(said), ())


def classes_above(
    text: str, above: Sequence[tuple[int, int, int]], below: Iterable[tuple[int, int, int]], names: ColumnNames
) -> frozenset[int]:
    """The columns whose name on the line ``above`` is a class, over columns of names on the line ``below``.

    None of them where not each of these has one: then one that is misread would be lost.
    """
    meanings = ((index, names.meaning(text[a:b])) for index, a, b in below)
    named = {index for index, meaning in meanings if meaning is not None and meaning.role == _NAMES}
    found = frozenset(index for index, a, b in above if index in named and is_class_name(text[a:b].strip()))
    return found if len(found) >= _FEWEST and found == named else frozenset()


def with_classes(header: Header) -> Header:
    """``header`` with the columns that are called as a class, each with one of values behind it, as columns of names.

    It has none other of levels and names.
    """
    if not _OTHER_LEVELS.isdisjoint(column.role for column in header.columns):
        return header
    found = {
        column.index
        for column, behind in pairwise(header.columns)
        if column.role is None and behind.role == "value" and is_class_name(column.clean)
    }
    if len(found) < _FEWEST:
        return header
    made = (attrs.evolve(c, role=_NAMES, holds="", nearest=None) if c.index in found else c for c in header.columns)
    return attrs.evolve(header, columns=tuple(made))
