"""Reads packed cells that list indicators below their classes: 1.数量指标:修路里程≥3公里;2.质量指标:合格率100%。

A first level may stand before its second: 产出指标:数量指标:…, or 产出指标-数量指标:…

An indicator whose value cannot be told is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from goalcheck.blanks import clean
from goalcheck.catalogue.load import catalogue, levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.files.regexes import regex
from goalcheck.parse.layouts.joint_values import parted
from goalcheck.parse.values import read_value
from goalcheck.sheet import ClassRef, Entry, Indicator, SplitColumns, Text, Unparsed, Value

_ORDINAL = r"(?:[(\uff08]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)\uff09.\uff0e\u3001]{1,2}|[\u2460-\u2473])\s{0,4}"
_CLASS = regex(
    rf"(?:\A|(?<=[;\uff1b。:\uff1a,\uff0c\s\d.\u3001\")\uff09\u2460-\u2473]))(?:{_ORDINAL})?"
    r"([\u4e00-\u9fff]{2,12}指标)(?:\s{0,4}[-\uff0d\u2010-\u2015\u2212]{1,2}\s{0,4}([\u4e00-\u9fff]{2,16}))?\s{0,4}[:\uff1a]"
)
_ITEM = regex(r"[^;\uff1b。\r\n]+")
_NUMBER = regex(rf"\s*(?:{_ORDINAL}|指标\s{{0,4}}\d{{1,2}}\s{{0,4}}[:\uff1a.\u3001]\s*)(?!\d)")
_COMMA = regex(r"[^,\uff0c]+(?:,(?=\d{3}(?!\d))[^,\uff0c]+)*")
_FIRST_LEVEL, _LEVELS = frozenset((1,)), frozenset((1, 2))
_FEWEST = 2
_ANNUAL = frozenset(("annual_value",))


def classes_in(text: str, start: int, end: int) -> list[tuple[int, int, ClassRef]]:
    """Where the headings of such a cell begin and end, with the class that each says; none of any other cell."""
    labels = levels_of_labels()
    found = []
    for match in _CLASS.finditer(text, start, end):
        upper, lower = _levels(match[1], labels), _levels(match[2] or "", labels)
        if lower and 1 in upper and 2 in lower:
            found.append((match.start(), match.start(2), _class(match, 1)))
            found.append((match.start(2), match.end(), _class(match, 2)))
        elif match[2] is None and not upper.isdisjoint(_LEVELS):
            found.append((match.start(), match.end(), _class(match, 1)))
    is_list = len(found) >= _FEWEST and not text[start : found[0][0]].strip()
    return found if is_list else []


def _levels(label: str, labels: Mapping[str, frozenset[int]]) -> frozenset[int]:
    return labels.get(bare_label(label), frozenset())


def _class(match: re.Match[str], group: int) -> ClassRef:
    return ClassRef(*match.span(group), match[group], "", clean(match[group]))


def read_list(text: str, classes: list[tuple[int, int, ClassRef]], end: int) -> Iterator[Entry]:
    """The entries below the headings of a cell that ends at ``end``."""
    upper: ClassRef | None = None
    begins = [start for start, _, _ in classes[1:]]
    for (_, start, said), stop in zip(classes, [*begins, end], strict=True):
        levels = levels_of_labels()[bare_label(said.label)]
        is_upper = levels == _FIRST_LEVEL or (1 in levels and not text[start:stop].strip())
        if is_upper or (upper is not None and not _may_be_below(upper.label, said.label)):
            upper = said if is_upper else None  # 满意度指标 ends 效益指标, and stands for both levels
        for place in _items(text, start, stop):
            yield _entry(place, upper, None if is_upper else said)


def _may_be_below(upper: str, label: str) -> bool:
    """Whether a class has the first level ``upper`` in any of the taxonomies."""
    for taxonomy in catalogue().taxonomies.values():
        above, found = taxonomy.named(upper, 1), taxonomy.named(label, 2)
        if above is not None and found is not None and found.parent == above.code:
            return True
    return False


def _items(text: str, start: int, end: int) -> Iterator[Text]:
    """What is listed from ``start`` to ``end``: of several between commas each, where all have a value."""
    for match in _ITEM.finditer(text, start, end):
        number = _NUMBER.match(text, *match.span())
        a = number.end() if number is not None else match.start()
        parts = [part.span() for part in _COMMA.finditer(text, a, match.end())]
        is_several = len(parts) > 1 and all(parted(text[x:y].strip()) is not None for x, y in parts)
        for x, y in parts if is_several else [(a, match.end())]:
            said = text[x:y].strip()
            begins = text.find(said, x)
            if said:
                yield Text(begins, begins + len(said), said)


def _entry(place: Text, upper: ClassRef | None, lower: ClassRef | None) -> Entry:
    cut = parted(place.text)
    if cut is None:
        return Unparsed(place.start, place.end, place.text, "annual_value", place.end, None, None, upper or lower)
    name = Text(place.start, place.start + cut[0], place.text[: cut[0]])
    said = place.text[cut[1] : cut[2]]
    value = Value(place.start + cut[1], place.start + cut[2], said, read_value(said))
    nothing = ClassRef(place.start, place.start, "", "", "")
    written = SplitColumns(None, _ANNUAL, upper is not None, lower is not None)
    return Indicator(place.start, value.end, None, upper or nothing, lower or nothing, name, None, value, None, written)
