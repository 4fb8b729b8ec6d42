"""Classes of both levels in one cell, in a table with one column for them: 产出指标-数量指标."""

from __future__ import annotations

from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.files.regexes import regex

_BETWEEN = r"\-\uff0d\u2010-\u2015\u2212/\uff0f\\>\u2192_\u00b7:\uff1a"
_JOINT = regex(
    rf"\s{{0,9}}([^\s{_BETWEEN}]{{2,12}})\s{{0,4}}[{_BETWEEN}]{{1,3}}\s{{0,4}}([^\s{_BETWEEN}]{{2,16}})\s{{0,9}}"
)


def parted(said: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where in a cell its first and its second level stand; None where it does not say both."""
    match = _JOINT.fullmatch(said)
    if match is None:
        return None
    labels = levels_of_labels()
    levels = (labels.get(bare_label(part), frozenset()) for part in match.groups())
    return (match.span(1), match.span(2)) if all(at in found for at, found in enumerate(levels, 1)) else None
