"""GC1xx: the form of the sheet and of an entry."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice, pairwise

import attrs

from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.glyphs import folding
from goalcheck.checks.facts.goal import is_written
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.pages import pages
from goalcheck.checks.facts.sheet_years import open_year
from goalcheck.checks.facts.stray_spaces import ANY_SPACE, BETWEEN_HAN, has_space, spaces_of_entry, stray_spaces
from goalcheck.checks.facts.sums import column_name
from goalcheck.checks.facts.traits import needs
from goalcheck.files.regexes import regex
from goalcheck.finding import Edit, Figure, Fix, Found, Related, Term
from goalcheck.sheet import (
    AMOUNT_COLUMNS,
    Entry,
    Indicator,
    Packed,
    Project,
    Row,
    Sheet,
    Subtotal,
    Text,
    Total,
    Unit,
    Unparsed,
    Value,
    amount_field,
)
from goalcheck.vocabulary import fold_glyphs, vocabulary

_LOOKS_LIKE_DIGIT = str.maketrans("OoIl|", "00111")
_NUMBER = regex(r"\d{1,9}(?:\.\d{1,6})?")
_PROSE = regex(r"[\u4e00-\u9fff]{6}")
_SEMICOLONS = (";", "\uff1b")
_PLAIN_SEPARATORS = frozenset((";", "; ", "\uff1b", "\uff1b "))
_FULL_STOP = "\u3002"
_COLUMNS = frozenset((*AMOUNT_COLUMNS, "name", "goal", "indicators"))  # those that all rules have a word for
_MOST_NAMED = 12  # of the columns that a row lacks
_OF_SYSTEMS = frozenset(("\uff1d", "\uff1e", "\uff1c", ">=", "<="))
"""Signs of comparison that systems print in a column of signs."""

_UNTOLD = ("blank", "residue", "malformed")
_YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)|二[〇○零O][〇○零O一二三四五六七八九]{2}年?")
_NO_BUDGET_YEAR = regex(
    r"[\[(\u3010\u3014](?:19|20)\d\d[\])\u3011\u3015]\s?第?\d{1,5}\s?号"
    r"|(?:(?:编制|编报|填制|填报|填表|填写|制表|申报|上报|报送|打印|导出|生成)(?:日期|时间)|(?<![一-鿿])日期)"
    r"[ \t]{0,8}+:?[ \t]{0,8}+(?:19|20)\d\d"
    r"(?:[ \t]?年|(?=[-/.]))(?:[ \t]?[-/.]?[ \t]?\d{1,2}(?!\d)[ \t]?[月日]?){1,2}"
)
"""The number of a document, or the day on which a sheet was made out, in half-width signs."""
_MONEY_UNIT = regex(
    r"[万亿千]\s*+元|单\s*+位\s*+(?:[:\uff1a]\s*+)?(?:人民币\s*+)?元|[(\uff08]\s*+(?:人民币\s*+)?元\s*+[)\uff09]"
)


def unparsed_indicator(entry: Entry, _: Context) -> Iterator[Found]:
    """GC101."""
    if not isinstance(entry, Unparsed):
        return
    plain = entry.ordinal is None or (entry.level1 is not None and not entry.level1.code)  # no codes, no fixed order
    if entry.expected == "entry":
        which, expected, advice = Term("entry"), Term("expected-entry"), Term("advice-stray")
    elif plain:
        value = entry.expected in ("cycle_value", "annual_value")
        expected = Term("expected-value" if value else f"expected-{entry.expected}")
        which, advice = Term("plain-entry"), Term("advice-plain")
    else:
        which, expected = Term("entry"), Term(f"expected-{entry.expected.replace('_', '-')}")
        advice = Term("advice-entry")
    if entry.number is not None:
        which = Term("numbered-entry", {"number": str(entry.number)})
    related: tuple[Related, ...] = ()
    if entry.start < entry.at < entry.end:
        related = (Related(entry.at, entry.end, Term("from-here")),)
    yield Found(
        entry.start, entry.end, "entry", {"which": which, "expected": expected, "advice": advice}, related=related
    )


@needs("packed")
def wrong_separator(indicator: Indicator, _: IndicatorFacts) -> Iterator[Found]:
    """GC102. One finding an entry; the fix writes ``;`` at every place, in the width that the entry itself prefers."""
    packed = indicator.packed
    if packed is None or _well_parted(indicator, packed):
        return
    separators = packed.separators
    wide = sum(separator.text == _SEMICOLONS[1] for separator in separators)
    semicolon = _SEMICOLONS[wide > len(separators) - wide]
    wrong: list[Text] = []
    for (_start, end), (start, _end) in pairwise(_fields(indicator, packed)):
        separator = next((s for s in separators if end <= s.start < start), None) or Text(end, end, "")
        if separator.text not in _SEMICOLONS:
            wrong.append(separator)
    if not wrong:
        return
    first, *others = wrong
    texts = tuple(dict.fromkeys(separator.text for separator in wrong if separator.text))
    found = Term("instead", {"marks": texts}) if texts else Term("nothing")
    related = tuple(Related(other.start, other.end, Term("also-here")) for other in others)
    fix = Fix(tuple(Edit(separator.start, separator.end, semicolon) for separator in wrong), safe=True)
    yield Found(first.start, first.end, "entry", {"found": found}, related=related, fix=fix)


def _fields(indicator: Indicator, packed: Packed) -> list[tuple[int, int]]:
    """Where each field begins and ends, a value with its label, in the order in which they stand."""
    values = (packed.cycle_piece, indicator.cycle_value), (packed.annual_piece, indicator.annual_value)
    labelled = [(piece[0] if piece else value.start, value.end) for piece, value in values if value is not None]
    return [(text.start, text.end) for text in (indicator.level1, indicator.level2, indicator.name)] + sorted(labelled)


def _well_parted(indicator: Indicator, packed: Packed) -> bool:
    """Whether every field is parted from the next by a semicolon: so are most."""
    fields = 3 + (indicator.cycle_value is not None) + (indicator.annual_value is not None)
    return len(packed.separator_texts) == fields - 1 and _PLAIN_SEPARATORS.issuperset(packed.separator_texts)


def wrong_terminator(project: Project, _: Context) -> Iterator[Found]:
    """GC103. Not where unreadable text follows without an ordinal: there GC101 speaks of what should end the entry."""
    for entry, behind in pairwise((*project.entries, None)):
        if not isinstance(entry, Indicator) or entry.packed is None:
            continue
        if isinstance(behind, Unparsed) and behind.number is None:
            continue
        if (piece := entry.packed.end_piece) is not None and piece[1] == _FULL_STOP:
            continue
        end = entry.packed.terminator or Text(entry.end, entry.end, "")
        if end.text != _FULL_STOP:
            fix = Fix((Edit(end.start, end.end, _FULL_STOP),), safe=True)
            found = Term("instead", {"text": end.text}) if end.text else Term("nothing")
            yield Found(end.start, end.end, "entry", {"found": found}, fix=fix, indicator=entry.number)


def stray_space(row: Row, context: Context) -> Iterator[Found]:
    """GC104. One finding a field. The rows 合计 and 小计 may part their two characters: so the form prints them.

    Where an indicator has a row, and a text a cell of its own, it may go over several lines; classes are the form's.
    """
    packed = context.layout(row) == "packed"
    for column, amount in row.amounts.items():
        if amount.text and amount.value is not None and not amount.blank:
            found = stray_spaces(amount, ANY_SPACE, amount_field(column))
            if found is not None:
                yield found
    if not isinstance(row, Total | Subtotal):
        found = stray_spaces(row.name, BETWEEN_HAN, "name", lines=not packed)
        if found is not None:
            yield found
    for entry in row.entries if isinstance(row, Project) else ():
        if isinstance(entry, Indicator) and has_space(entry):
            yield from spaces_of_entry(entry, lines=not packed)


def malformed_amount(row: Row, context: Context) -> Iterator[Found]:
    """GC105. Not: prose in a row that lacks cells, which belongs some columns further: that is GC106's."""
    for column, amount in row.amounts.items():
        if amount.value is None and not (row.missing and _PROSE.search(amount.text)):
            mended = amount.text.translate(_LOOKS_LIKE_DIGIT)
            suggestion = mended if mended != amount.text and _NUMBER.fullmatch(mended) else None
            figures: dict[str, Figure] = {"text": amount.text, "column": column_name(column, context.header(row))}
            yield Found(amount.start, amount.end, amount_field(column), figures, suggestion)


def column_mismatch(row: Row, _: Context) -> Iterator[Found]:
    """GC106. The rows of 合计, 小计 and of a unit may end early, but not before their total: the rest is blank."""
    if row.surplus is not None:
        extra = row.surplus
        yield Found(
            extra.start,
            extra.end,
            "row",
            {"what": Term("surplus", {"text": extra.text}), "advice": Term("advice-surplus")},
        )
    may_end = isinstance(row, Unit | Total | Subtotal) and bool(row.amounts) and AMOUNT_COLUMNS[0] not in row.missing
    if row.missing and not may_end:
        figures: dict[str, Figure] = {"columns": tuple(map(_column, islice(row.missing, _MOST_NAMED)))}
        what = Term("missing", figures)
        if len(row.missing) > _MOST_NAMED:
            what = Term("missing-many", {**figures, "number": str(len(row.missing))})
        at = row.last_cell if isinstance(row, Unit) else row.end
        yield Found(at, at, "row", {"what": what, "advice": Term("advice-missing")})


def _column(key: str) -> str | Term:
    return Term(key) if key in _COLUMNS else key


def missing_page(sheet: Sheet, _: Context) -> Iterator[Found]:
    """GC107. One finding a numbering, at its last footer."""
    for run in pages(sheet):
        if not run.missing:
            continue
        what = Term("fewer", {"declared": str(run.declared), "present": str(run.present)})
        if run.jump is not None:
            what = Term("jump", {"before": str(run.jump[0]), "after": str(run.jump[1])})
        yield Found(run.last.start, run.last.end, "sheet", {"what": what})


def template_residue(project: Project, context: Context) -> Iterator[Found]:
    """GC108. Rows that the template printed and nobody used are told once a project, a year left open once a sheet."""
    if project is next(context.sheet.projects, None) and (year := context.once(open_year)) is not None:
        yield Found(year.start, year.end, "sheet", {"text": year.text})
    yield from _left_open("name", project.name)
    if project.goal is not None and not is_written(project.goal, context):
        yield from _left_open("goal", project.goal)
    unused: list[Indicator] = []
    signs = vocabulary()
    for indicator in project.indicators:
        name = indicator.name
        if signs.is_left_open(name.clean):
            unused.append(indicator)
            continue
        gap = signs.template_gap(name.text)
        open_values = [pair for pair in indicator.values if pair[1].form.kind == "residue"]
        for field, text in (("name", name), *open_values) if gap is not None or open_values else ():
            for found in _left_open(field, text):
                yield attrs.evolve(found, indicator=indicator.number, within=indicator.span)
    if unused:
        name = unused[0].name
        others = tuple(Related(each.name.start, each.name.end, Term("also-here")) for each in unused[1:])
        told = Found(name.start, name.end, "name", {"text": name.clean}, related=others)
        yield attrs.evolve(told, indicator=unused[0].number, within=unused[0].span)


def _left_open(field: str, text: Text) -> Iterator[Found]:
    """What the template printed in a field, and nobody replaced."""
    gap = vocabulary().template_gap(text.text)
    if gap is not None:
        yield Found(text.start + gap.start(), text.start + gap.end(), field, {"text": gap[0]})
    elif isinstance(text, Value) or vocabulary().is_left_open(text.clean):
        yield Found(text.start, text.end, field, {"text": text.text})
    elif field == "goal" and (rest := vocabulary().unfilled_rest(text.text)) is not None:
        yield Found(text.start + rest.start(), text.start + rest.end(), field, {"text": rest[0].strip()})


@needs("other glyphs")
def nonstandard_glyph(value: Value, _: Context) -> Iterator[Found]:
    """GC109. From the first such glyph of a cell of a value to its last; further cells are related.

    Not: ``＝`` or ``>=`` in a column of signs, as systems print them there.
    """
    if value.form.kind in _UNTOLD:
        return
    if value.sign is None and value.measure is None and fold_glyphs(value.text) == value.text:
        return
    written = (part for part in value.parts if part is not value.sign or part.text not in _OF_SYSTEMS)
    edits = [edit for part in written if (edit := folding(part)) is not None]
    if not edits:
        return
    first, *others = edits
    part = next(part for part in value.parts if part.start <= first.start <= part.end)
    text = part.text[first.start - part.start : first.end - part.start]
    folded = fold_glyphs(value.text) if len(value.parts) == 1 else fold_glyphs(value.printed)
    related = tuple(Related(other.start, other.end, Term("also-here")) for other in others)
    yield Found(first.start, first.end, "", {"text": text}, folded, related, Fix(tuple(edits), safe=True))


def missing_metadata(sheet: Sheet, context: Context) -> Iterator[Found]:
    """GC110. The unit of amounts may also stand in a column header (``总计(万元)``) or in a note below.

    The day on which the sheet was made out tells no year, for one of 2026 is made out in 2025; nor does the number of
    a document. Not: the unit in a sheet without amounts; a year that the template left open, which is GC108's.
    """
    head = [*(line.text for line in sheet.head), *(c.text for c in sheet.headers[0].columns)]
    if sheet.title is not None:
        head.append(sheet.title.text)
    folded = unicodedata.normalize("NFKC", "\n".join(head))
    wanted = []
    if context.once(open_year) is None and not _YEAR.search(_NO_BUDGET_YEAR.sub("", folded)):
        wanted.append("year")
    has_amounts = any(not amount.blank for row in sheet.rows for amount in row.amounts.values())
    if (
        has_amounts
        and not sheet.money_units
        and not _MONEY_UNIT.search(folded)
        and not any(_MONEY_UNIT.search(note.text) for note in sheet.notes)
    ):
        wanted.append("money-unit")
    if wanted:
        at = min(node.start for node in (sheet.title, *sheet.head, sheet.headers[0]) if node is not None)
        what = tuple(Term(key) for key in wanted)
        advice = tuple(Term(f"advice-{key}") for key in wanted)
        yield Found(at, at, "sheet", {"what": what, "advice": advice})


def unknown_column(sheet: Sheet, _: Context) -> Iterator[Found]:
    """GC111. Once a column, at the first header that has it. Not: one of whole figures, as counts are."""
    columns = [column for header in sheet.headers for column in header.columns if column.holds == "money"]
    for column in {column.clean or column.index: column for column in reversed(columns)}.values():
        what = Term("named", {"name": column.clean})
        if not column.text:
            what = Term("nameless", {"number": str(column.index + 1)})
        advice = Term("advice")
        if column.nearest is not None:
            advice = Term("advice-nearest", {"nearest": column.nearest})
        yield Found(column.start, column.end, "sheet", {"what": what, "advice": advice})
