"""Cells of one value that contradict each other: its sign or nature, its figure, its unit."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from goalcheck.blanks import clean
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.checks.facts.text import has_figure
from goalcheck.sheet import Text, Value
from goalcheck.vocabulary import fold_glyphs, vocabulary

_COUNTED = "定量"
_FIGURES = ("quantity", "range")
_PERCENT = "%"
_AROUND = "\u00b1"
_EQUAL = "="
_FULL = 100


@attrs.frozen(eq=False, repr=False)
class Clash:
    """What is the matter with a value, and the two cells that tell it, in the order of the text."""

    kind: str
    field: str
    value: Value
    first: Text
    second: Text


def clashes(facts: IndicatorFacts) -> Iterator[Clash]:
    """One a value at most. None where the value is vague or points elsewhere: then it is no matter of cells."""
    columns = facts.indicator.columns
    if columns is None:
        return
    for field, value in facts.values:
        natures = (cell for cell in (columns.nature, value.sign) if cell is not None)
        nature = next((cell for cell in natures if cell.clean in (*vocabulary().worded, _COUNTED)), None)
        found = _of_figure(value, nature, facts) if value.form.kind in _FIGURES else _of_words(value, nature, facts)
        if found is not None:
            kind, cell = found
            first, second = sorted((cell, value), key=lambda text: text.start)
            yield Clash(kind, field, value, first, second)


def _of_figure(value: Value, nature: Text | None, facts: IndicatorFacts) -> tuple[str, Text] | None:
    if (
        nature is not None
        and nature.clean in vocabulary().worded
        and not (_says_wholly(value, facts) or _has_no_sign(value))
    ):
        return "figure", nature
    measure = value.measure
    unit = fold_glyphs(measure.clean) if measure is not None else ""
    figure = fold_glyphs(clean(value.text))
    if measure is not None and unit and figure.endswith(unit):
        if unit == _PERCENT and not facts.context.once(_types_percent_once):
            return None
        return ("unit-twice", measure) if figure.removesuffix(unit)[-1:].isdigit() else None
    return None


def _types_percent_once(context: Context) -> bool:
    """Whether most percentages of the sheet have their % in the cell of the unit alone.

    Where they have it twice, a spreadsheet may show the figures so under their format.
    """
    entries = (entry for project in context.sheet.projects for entry in project.indicators)
    values = (value for entry in entries for _, value in entry.values if value.measure is not None)
    figures = [fold_glyphs(clean(v.text)) for v in values if v.measure and fold_glyphs(v.measure.clean) == _PERCENT]
    twice = sum(figure.endswith(_PERCENT) for figure in figures)
    return twice < len(figures) - twice


def _has_no_sign(value: Value) -> bool:
    """Whether none of the signs that systems offer goes before it: 6-9个月 and \u00b13% are entered as words."""
    if value.form.comparator and not value.form.worded:
        return False
    return value.form.kind == "range" or clean(value.text).startswith(_AROUND)


def _says_wholly(value: Value, facts: IndicatorFacts) -> bool:
    """Whether 100 % says no more than that it is done: the name is that of no rate and of no count."""
    if value.form.unit != _PERCENT or value.form.numbers[0] != _FULL:
        return False
    return not any(facts.ends(words) for words in ("rate-suffixes", "satisfaction-endings", "counted-nouns"))


def _of_words(value: Value, nature: Text | None, facts: IndicatorFacts) -> tuple[str, Text] | None:
    if (
        value.form.kind != "words"
        or value.text in vocabulary().worded
        or has_figure(value.text)
        or facts.tells_nothing(value)
    ):
        return None
    lexicon = facts.lexicon
    text = clean(value.text)
    if nature is not None and nature.clean == _COUNTED:
        return "counted-words", nature
    measure = value.measure
    units = (*vocabulary().units, *lexicon["whole-units"], *lexicon["name-units"])
    if vocabulary().is_rank(text):
        return None
    if value.sign is not None and _compares(value.sign) and not text.startswith(lexicon["none-words"]):
        return "signed-words", value.sign
    said = measure.clean if measure is not None else ""
    if measure is not None and fold_glyphs(said) in units and not said.endswith(lexicon["grade-endings"]):
        return "unit-of-words", measure
    return None


def _compares(sign: Text) -> bool:
    """Whether a cell has a sign that asks for more or for less, and so for a figure."""
    said = fold_glyphs(sign.clean)
    meant = vocabulary().sign_before.get(said, said)
    return bool(meant) and meant != _EQUAL and all(char in vocabulary().signs for char in meant)
