"""What the tables of a sheet are, as reports name it: forms of self-evaluation, and the pages on which they stand."""

from __future__ import annotations

from goalcheck.files.regexes import regex
from goalcheck.sheet import Header, Sheet

_ACTUAL = regex(r"实际完成|完成值|实际值|完成情况")
_SCORE = regex(r"得分|自评分")


def is_evaluation(sheet: Sheet) -> bool:
    """Whether it is a 自评表: beside the targets there are columns of what was reached and of the points for it."""
    return any(map(_evaluates, sheet.headers))


def _evaluates(header: Header) -> bool:
    names = [column.clean for column in header.columns]
    has_value = header.column("value") is not None
    return has_value and any(map(_ACTUAL.search, names)) and any(map(_SCORE.search, names))


def pages(sheet: Sheet) -> int:
    """How many pages there are: as many as footers number, or as headers of tables begin, if these are more.

    The forms of single projects begin no pages: any number may stand on one.
    """
    begun = sum(_begins_page(header, sheet) for header in sheet.headers)
    return max(begun, len(sheet.footers), 1)


def _begins_page(header: Header, sheet: Sheet) -> bool:
    """Whether what stands below ``header`` is a table of many projects."""
    below = next((section for section in sheet.sections if section.end > header.start), None)
    return below is not None and below.layout != "blocks"
