"""Reads packed cells that are written in other ways than that of ``indicator.lark``; ``otherwise.lark`` shows which.

Their classes have labels alone, and one value, that of the year. Where goal and indicators stand in the same cell, the
goal is told as well. Ordinals that begin anew with each class tell nothing apart: then entries are counted through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import cast

import attrs

from goalcheck.blanks import clean
from goalcheck.catalogue.load import levels_of_labels
from goalcheck.catalogue.taxonomy import bare_label
from goalcheck.files.regexes import regex
from goalcheck.parse.grammars import read
from goalcheck.parse.layouts.packed_lists import classes_in, read_list
from goalcheck.parse.layouts.split_values import value_of
from goalcheck.parse.machine import Branch, Lexeme
from goalcheck.parse.values import read_value
from goalcheck.sheet import ClassRef, Entry, Indicator, SplitColumns, Text, Unparsed, Value

_OTHERWISE = regex(
    r"\u3010[^\u3010\u3011]{1,16}(?:[-\uff0d\u2010-\u2015\u2212][^\u3010\u3011]{1,30}|指标)\u3011"
    r"|(?:二级指标|指标名称)\s{0,4}[:\uff1a]"
    r"|设[置立定]?\s{0,4}\d{1,3}\s{0,4}[条个项][^;\uff1b:\uff1a,\uff0c。\d\u3010\u3011]{1,20}指标\s{0,4}[:\uff1a]"
)
_USUAL = regex(r"(?:实\s{0,4}施\s{0,4}周\s{0,4}期|年\s{0,4}度)\s{0,4}指\s{0,4}标\s{0,4}值|\d\s{0,4}、\s{0,4}\d{1,2}-")
_DASH = regex(r"[-\uff0d\u2010-\u2015\u2212]")
_COUNTED = regex(r"设[置立定]?\s*\d+\s*[条个项]")
_DIGITS = regex(r"\d+")
_FIRST_LEVEL = frozenset((1,))
_GOALS = ("总体目标", "绩效目标", "年度目标")
_MARKS = ";\uff1b:\uff1a,\uff0c。、. \t\r\n\u3000"
_FIELDS = {
    "一级指标": "level1", "二级指标": "level2", "三级指标": "name", "指标名称": "name", "指标值": "figure",
    "运算符号": "sign", "计算符号": "sign", "指标性质": "sign", "计量单位": "measure", "度量单位": "measure",
}  # fmt: skip
_ANNUAL = frozenset(("annual_value",))


@attrs.frozen(eq=False, repr=False)
class Otherwise:
    """What a cell holds: the goal, where it says one, and the entries."""

    goal: Text | None
    entries: tuple[Entry, ...]


def is_otherwise(text: str, start: int, end: int) -> bool:
    """Whether the cell at ``start`` to ``end`` is written in one of the other ways."""
    if _USUAL.search(text, start, end) is not None:
        return False
    return _OTHERWISE.search(text, start, end) is not None or bool(classes_in(text, start, end))


def read_otherwise(text: str, start: int, end: int) -> Otherwise:
    """What the cell at ``start`` to ``end`` holds, in the order of the text."""
    if _OTHERWISE.search(text, start, end) is None and (classes := classes_in(text, start, end)):
        return Otherwise(None, tuple(read_list(text, classes, end)))
    reader = _Reader(text)
    entries = tuple(reader.entries(cast("list[Branch]", read("otherwise", text, start, end).children)))
    return Otherwise(reader.goal, entries if _runs_on(entries) else tuple(_counted(entries)))


def _runs_on(entries: Sequence[Entry]) -> bool:
    """Whether the ordinals tell the entries of the cell apart."""
    numbers = [entry.number for entry in entries if entry.number is not None]
    return all(before < after for before, after in pairwise(numbers))


def _counted(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries of a cell whose ordinals begin anew with each class, by their place in the whole cell."""
    for number, entry in enumerate(entries, 1):
        yield entry if entry.number is None else attrs.evolve(entry, number=number)


class _Reader:
    def __init__(self, text: str) -> None:
        self.goal: Text | None = None
        self._text = text

    def entries(self, parts: list[Branch]) -> Iterator[Entry]:
        said: dict[str, Text] = {}
        for part in parts:
            tokens = cast("list[Lexeme]", part.children)
            if part.data == "field":
                field, value = self._field(tokens)
                if field in said:
                    yield from self._put_together(said)
                    said = {}
                if field:
                    said[field] = value
                continue
            yield from self._put_together(said)
            said = {}
            if part.data in ("classed", "counted"):
                yield from self._under(part)
            elif part.data == "stray":
                place = self._place(tokens[0].start_pos, tokens[0].start_pos + len(tokens[0]))
                if place.text.strip(_MARKS):
                    yield _unparsed(place, "entry")
            elif any(goal in tokens[0] for goal in _GOALS) and len(tokens) > 1:
                self.goal = self.goal or self._stretch(tokens[1:])
        yield from self._put_together(said)

    def _under(self, part: Branch) -> Iterator[Entry]:
        """The indicators below a heading, all of the same classes."""
        head, *items = part.children
        assert isinstance(head, Lexeme)
        level1, level2 = self._classes(head)
        for item in items:
            if isinstance(item, Lexeme):
                continue
            tokens = cast("list[Lexeme]", item.children)
            ordinal = self._stretch(tokens[:1]) if tokens[0].type == "ORDINAL" else None
            digits = _DIGITS.search(ordinal.text) if ordinal is not None else None
            number = int(digits[0]) if digits is not None else None
            place = self._stretch(tokens)
            if item.data in ("broken", "bare"):
                expected = "name" if tokens[-1].type == "ORDINAL" else "annual_value"
                yield Unparsed(place.start, place.end, place.text, expected, place.end, number, ordinal, level1)
                continue
            name, value = self._stretch(tokens[-2:-1]), self._value(tokens[-1])
            yield _indicator(place, number, (level1, level2), name, value)

    def _classes(self, head: Lexeme) -> tuple[ClassRef | None, ClassRef | None]:
        """The classes that a heading says: both, or one, which its label tells."""
        if head.type == "COUNT":
            match = _COUNTED.match(head)
            assert match is not None
            start, end = match.end(), len(head.rstrip(_MARKS))
        else:
            start, end = 1, len(head) - 1
        at = head.start_pos
        dash = _DASH.search(head, start, end)
        if dash is not None:
            return self._class(at + start, at + dash.start()), self._class(at + dash.end(), at + end)
        made = self._class(at + start, at + end)
        upper = made is not None and levels_of_labels().get(bare_label(made.label)) == _FIRST_LEVEL
        return (made, None) if upper else (None, made)

    def _class(self, start: int, end: int) -> ClassRef | None:
        place = self._place(start, end)
        return ClassRef(place.start, place.end, place.text, "", clean(place.text)) if place.text else None

    def _value(self, token: Lexeme) -> Value:
        inner = 1 if token.type == "VALUE" else 0
        place = self._place(token.start_pos + inner, token.start_pos + len(token) - inner)
        return Value(place.start, place.end, place.text, read_value(place.text))

    def _field(self, tokens: list[Lexeme]) -> tuple[str, Text]:
        """What a key and its text say: the field, empty for one that belongs to no indicator, and the text."""
        key = clean(tokens[0]).rstrip(_MARKS)
        end = tokens[0].start_pos + len(tokens[0])
        value = next((self._stretch([token]) for token in tokens if token.type == "FIELD"), Text(end, end, ""))
        if key in _GOALS and value.text:
            self.goal = self.goal or value
        return _FIELDS.get(key, ""), value

    def _put_together(self, said: Mapping[str, Text]) -> Iterator[Entry]:
        """The indicator whose fields were said one by one."""
        if not said:
            return
        start = min(field.start for field in said.values())
        end = max(field.end for field in said.values())
        place = Text(start, end, self._text[start:end])
        level1, level2 = (
            self._class(field.start, field.end) if (field := said.get(level)) is not None else None
            for level in ("level1", "level2")
        )
        nothing = Text(end, end, "")
        name, figure = said.get("name", nothing), said.get("figure", nothing)
        value = value_of(said.get("sign"), figure, said.get("measure"))
        if not name.text or not value.text:
            if place.text:
                expected = "annual_value" if name.text else "name"
                yield Unparsed(start, end, place.text, expected, end, None, None, level1)
            return
        yield _indicator(place, None, (level1, level2), name, value)

    def _stretch(self, tokens: list[Lexeme]) -> Text:
        return self._place(tokens[0].start_pos, tokens[-1].start_pos + len(tokens[-1]))

    def _place(self, start: int, end: int) -> Text:
        """The stretch without the blanks around it."""
        said = self._text[start:end]
        start += len(said) - len(said.lstrip())
        said = said.strip()
        return Text(start, start + len(said), said)


def _indicator(
    place: Text, number: int | None, classes: tuple[ClassRef | None, ClassRef | None], name: Text, value: Value
) -> Indicator:
    nothing = ClassRef(place.start, place.start, "", "", "")
    level1, level2 = (made or nothing for made in classes)
    written = SplitColumns(None, _ANNUAL, level1 is not nothing, level2 is not nothing)
    return Indicator(place.start, place.end, number, level1, level2, name, None, value, None, written)


def _unparsed(place: Text, expected: str) -> Unparsed:
    return Unparsed(place.start, place.end, place.text, expected, place.start, None, None, None)
