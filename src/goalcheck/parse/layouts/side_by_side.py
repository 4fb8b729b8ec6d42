"""What stands side by side in one cell, or on one line of a form: :func:`side_by_side`.

预算单位:青石镇政府    填报日期:2025年3月1日    单位:万元
"""

from __future__ import annotations

from goalcheck.catalogue.columns import ELSE, UNIT, ColumnNames, Meaning
from goalcheck.files.regexes import regex
from goalcheck.parse.layouts.labels import LABELLED, label_meaning

_UNIT_OF_AMOUNTS = r"(?:金额|货币)?单位[:\uff1a]\s{0,4}(?:人民币)?[万亿千百]?元"
_NEXT = regex(
    r"\s{1,200}+(?:(?P<label>[^:\uff1a\s]{2,16}[:\uff1a])|(?P<date>(?:19|20)\d\d年\d{1,2}月)"
    r"|[(\uff08]?[万亿千百]?元[)\uff09]?\Z)"
    rf"|\s{{0,200}}+(?:(?<=[\u4e00-\u9fff)\uff09\s]){_UNIT_OF_AMOUNTS}|[(\uff08]{_UNIT_OF_AMOUNTS}[)\uff09])\Z"
)
_SHORTEST = 5  # characters with its colon: 项目单位 rather than 单位, of which an aside may speak


def side_by_side(text: str, start: int, end: int, names: ColumnNames) -> list[tuple[int, int]]:
    """The stretches from ``start`` to ``end``, each a label with its value; one stretch, where there is but one label.

    Only what begins with a unit or the name of a project, or with something else of a form, is parted: in a goal a
    colon is the usual thing. The name of a unit has none, and no date.
    """
    first = LABELLED.fullmatch(text, start, end)
    meaning = label_meaning(first[1], names) if first is not None else None
    role = meaning.role if meaning is not None else ""
    if first is None or role not in ("name", UNIT, ELSE):
        return [(start, end)]
    made = []
    for found in _NEXT.finditer(text, first.end(1), end):
        label = found["label"]
        meaning = names.meaning(label) if label is not None else None
        if _begins(label, meaning, is_date=found["date"] is not None, behind=role):
            made.append((start, found.start()))
            start = found.end() - len(found[0].lstrip())
            role = meaning.role if meaning is not None else role
    return [*made, (start, end)]


def _begins(label: str | None, meaning: Meaning | None, *, is_date: bool, behind: str) -> bool:
    """Whether a label with its meaning, a date or a unit of amounts begins the next stretch behind one of a role."""
    if behind == UNIT:
        return True
    if behind == ELSE:
        is_name = meaning is not None and meaning.role in ("name", UNIT)
        return is_name and label is not None and len(label) >= _SHORTEST
    return not is_date and (label is None or meaning is not None)
