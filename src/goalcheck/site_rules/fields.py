"""The fields that rules in TOML can name, and what stands in them: :data:`FIELDS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from goalcheck.blanks import clean
from goalcheck.messages import Words
from goalcheck.sheet import AMOUNT_COLUMNS, ClassRef, Indicator, Project, Text, Value


@attrs.frozen(eq=False)
class Reading:
    """What stands in a field. An empty one has the place where it belongs; ``blank`` is said of a ``-`` as well."""

    start: int
    end: int
    raw: str
    blank: bool
    numbers: tuple[Decimal, ...] = ()
    unit: str = ""
    says: str | None = None

    @property
    def text(self) -> str:
        """What stands there without stray blanks, signs and digits in the forms that rules are written in."""
        return clean(self.raw) if self.says is None else self.says


Reader = Callable[[Any], Reading | None]
"""Reads a field of a project or an indicator; None where it says nothing, or where another rule speaks of it."""


@attrs.frozen(eq=False)
class Field:
    """A field as rules name it: how it is read, at which level, its name in findings and among people."""

    read: Reader
    level: str
    report: str
    words: Words
    numbers: bool = False


def _text(node: Text | None) -> Reading | None:
    return None if node is None else Reading(node.start, node.end, node.text, node.blank)


def _amount(column: str) -> Reader:
    def read(project: Project) -> Reading | None:
        amount = project.amounts.get(column)
        if amount is None or amount.value is None:
            return None
        return Reading(amount.start, amount.end, amount.text, amount.blank, (amount.value,))

    return read


def _value(field: str) -> Reader:
    def read(entry: Indicator) -> Reading | None:
        value: Value | None = getattr(entry, field)
        if value is None:
            return _gap(entry)
        form = value.form
        if form.kind in ("malformed", "residue"):
            return None
        numbers = form.numbers if form.kind in ("quantity", "range") else ()
        return Reading(value.start, value.end, value.text, form.kind == "blank", numbers, form.unit)

    return read


def _gap(entry: Indicator) -> Reading:
    """The empty place of a value that is not there: the cycle value stands before the annual one."""
    cycle, annual = entry.cycle_value, entry.annual_value
    if annual is not None:
        label = entry.packed.annual_label if entry.packed is not None else None
        at = annual.start if label is None else label.start
    else:
        at = entry.name.end if cycle is None else cycle.end
    return Reading(at, at, "", True)


def _part(field: str, part: str, kinds: tuple[str, ...]) -> Reader:
    """The unit or the comparator of a value, of the kinds that can have one."""

    def read(entry: Indicator) -> Reading | None:
        value: Value | None = getattr(entry, field)
        if value is None or value.form.kind not in kinds:
            return None
        said: str = getattr(value.form, part)
        if said:
            return _inside(value, said)
        at = value.end if part == "unit" else value.start
        return Reading(at, at, "", True)

    return read


def _class(field: str) -> Reader:
    return lambda entry: _text(getattr(entry, field))


def _class_part(field: str, part: str) -> Reader:
    def read(entry: Indicator) -> Reading:
        node: ClassRef = getattr(entry, field)
        return _inside(node, getattr(node, part))

    return read


def _inside(node: Text, part: str) -> Reading:
    """``part`` of what a node says; where it is written otherwise, the whole node is shown for it."""
    at = node.text.rfind(part)
    if at < 0:
        return Reading(node.start, node.end, node.text, False, says=part)
    return Reading(node.start + at, node.start + at + len(part), part, not part)


def _fields() -> Iterator[tuple[str, Field]]:
    yield "project", Field(lambda p: _text(p.name), "project", "name", Words("项目名称", "name of the project"))
    yield "goal", Field(lambda p: _text(p.goal), "project", "goal", Words("绩效目标", "goal"))
    for column in AMOUNT_COLUMNS:
        yield column, Field(_amount(column), "project", column, _AMOUNTS[column], numbers=True)
    yield "name", Field(lambda i: _text(i.name), "indicator", "name", Words("指标名称", "name of the indicator"))
    for field, words in _CLASSES.items():
        yield field, Field(_class(field), "indicator", field, words)
        yield f"{field}.code", Field(_class_part(field, "code"), "indicator", field, _of(words, "代码", "code"))
        yield f"{field}.label", Field(_class_part(field, "label"), "indicator", field, _of(words, "名称", "label"))
    for field, words in _VALUES.items():
        yield field, Field(_value(field), "indicator", field, words, numbers=True)
        unit = _part(field, "unit", ("quantity", "range"))
        yield f"{field}.unit", Field(unit, "indicator", field, _of(words, "单位", "unit"))
        sign = _part(field, "comparator", ("quantity",))
        yield f"{field}.comparator", Field(sign, "indicator", field, _of(words, "符号", "comparator"))


def _of(words: Words, part: str, english: str) -> Words:
    return Words(f"{words.zh}的{part}", f"{english} of the {words.en}")


_AMOUNTS = {
    "total": Words("总计", "total"),
    "appropriation": Words("财政拨款", "appropriation"),
    "special_account": Words("财政专户拨款", "special account"),
    "other": Words("其他资金", "other money"),
}
_CLASSES = {"level1": Words("一级指标", "first level"), "level2": Words("二级指标", "second level")}
_VALUES = {
    "cycle_value": Words("实施周期指标值", "cycle value"),
    "annual_value": Words("年度指标值", "annual value"),
}

FIELDS: Mapping[str, Field] = dict(_fields())
"""Every field, by its name; behind a dot stands a part of one."""
