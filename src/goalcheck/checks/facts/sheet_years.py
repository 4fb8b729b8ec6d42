"""Which years a sheet is for, and which of them a value of the year misses."""

from __future__ import annotations

import attrs

from goalcheck.checks.facts.context import Context
from goalcheck.files.regexes import regex
from goalcheck.sheet import Sheet, Text, Value
from goalcheck.vocabulary import vocabulary

_YEAR = r"(?<!\d)(?:19|20)\d\d"
_IN_TITLE = regex(rf"{_YEAR}(?!\d)")
_GAP = r"[ \u3000]{0,8}"
_LABEL = rf"(?:[预申填编][算报])?年{_GAP}度"
_IN_HEAD = regex(
    rf"(?:\A|[\t\n(\uff08]){_GAP}(?:{_LABEL}{_GAP}[:\uff1a]?{_GAP})?({_YEAR}){_GAP}年{_GAP}度?{_GAP}[)\uff09]?"
    rf"{_GAP}(?:(?:金额)?单{_GAP}位|[\t\n]|\Z)|{_LABEL}{_GAP}[:\uff1a]?[\t \u3000]{{0,8}}({_YEAR})(?!\d)"
)
_PLANNED = regex(rf"{_YEAR}(?=\s?年|[-./]\d|[01]\d(?!\d))")
_TERMS = regex("起止|期限|周期|日期|时间|年限")
_DATED = regex(rf"({_YEAR})(?:\s?年|(?=[-./~\uff5e\u2014至]))(?:\s?[-./]?\s?(\d{{1,2}})(?!\d))?")
_DEADLINE = regex(
    rf"{_YEAR}\s?年(?:\s?\d{{1,2}}\s?月份?(?:\s?\d{{1,2}}\s?[日号])?)?\s?"
    r"(?:[年月]?[底末]|[上中下]旬|[年月]?[初中](?=前|之前|以前)|上半年|下半年)?(?:[之以]?前|[以之]?内|完成|完工|竣工|建成|[底末](?!下))"
)
_LATE = 6  # months into the next year in which what a year began may end: a school year, a winter's heating, accounts


@attrs.frozen(eq=False, repr=False)
class SheetYears:
    """The years that a sheet is for, and where it says so first; ``planned`` is the last that a plan of it runs to."""

    first: int
    last: int
    planned: int
    at: Text


def sheet_years(context: Context) -> SheetYears | None:
    """The years of the sheet; None where it names none in its title, its head or between its tables."""
    sheet = context.sheet
    found = _named(sheet)
    if not found:
        return None
    years = [int(place.text) for place in found]
    goals = (project.goal.text for project in sheet.projects if project.goal is not None)
    terms = (line.text for line in (*sheet.head, *sheet.notes) if _TERMS.search(line.text))
    planned = (int(year) for text in (*goals, *terms) for year in _PLANNED.findall(text))
    return SheetYears(min(years), max(years), max((max(years), *planned)), found[0])


def open_year(context: Context) -> Text | None:
    """The year that the template left open above the first project, 20XX年度; None where there is none."""
    sheet = context.sheet
    first = next(sheet.projects, None)
    for line in (sheet.title, *sheet.head):
        if line is None or first is None or line.end > first.name.start:
            continue
        gap = vocabulary().year_gap(line.text)
        if gap is not None:
            return Text(line.start + gap.start(), line.start + gap.end(), gap[0])
    return None


def _named(sheet: Sheet) -> list[Text]:
    found = []
    for line in (*sheet.head, *sheet.notes):
        for match in _IN_HEAD.finditer(line.text):
            start, end = match.span(1 if match[1] else 2)
            found.append(Text(line.start + start, line.start + end, line.text[start:end]))
    if sheet.title is not None:
        start = sheet.title.start
        years = _IN_TITLE.finditer(sheet.title.text)
        found += [Text(start + match.start(), start + match.end(), match[0]) for match in years]
    return sorted(found, key=lambda place: place.start)


def missed_year(value: Value, name: str, context: Context) -> str | None:
    """The year that ``value`` has a date in, where the sheet is for other ones; None where it has none, or looks back.

    Not: a stretch of time that reaches into the sheet's years, a date in the first half of the next one, a year that
    the name has too, a year beyond that the goals or the term of a project tell of.
    """
    text = value.clean
    if value.form.kind not in ("date", "words") or "20" not in text:
        return None
    if context.has_word(text, "looking-back-words") or (value.form.kind == "words" and not _DEADLINE.search(text)):
        return None
    dates = [(int(match[1]), int(match[2] or 12)) for match in _DATED.finditer(text)]
    years = context.once(sheet_years)
    if not dates or years is None:
        return None
    (earliest, _), (latest, month) = min(dates), max(dates)
    reaches = earliest <= years.last and latest >= years.first
    soon = latest == years.last + 1 and month <= _LATE
    planned = years.last < latest <= years.planned
    if reaches or soon or planned or str(latest) in name:
        return None
    return str(latest)
