"""Whether two sheets say the same: amounts, classes, goals, names and values, however they are written.

This is what a safe fix promises. Places, blanks, separators, terminators, labels, full-width forms and the writing of
a comparator are form; all else in the tree is what the sheet says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal

import attrs

from goalcheck.blanks import clean
from goalcheck.sheet import Amount, ClassRef, Footer, Node, Project, SplitColumns, Text, Unparsed, Value
from goalcheck.value_form import Form
from goalcheck.vocabulary import fold_glyphs

_FORM = frozenset(("start", "end", "at", "text", "records", "indicator_cell", "ordinal", "packed"))
"""The fields of a node that are form alone: what they say stands in its other fields, or in its cleaned text."""

_FIGURES = frozenset(("quantity", "range", "ratio"))


def same(before: object, after: object) -> bool:
    """Whether ``after``, a sheet or a part of one, says what ``before`` says."""
    if type(before) is not type(after):
        return False
    if isinstance(before, Value) and isinstance(after, Value):
        return _same_value(before, after)
    if isinstance(before, Node) and isinstance(after, Node):
        names = _fields(type(before))
        return _text(before) == _text(after) and all(same(getattr(before, n), getattr(after, n)) for n in names)
    if isinstance(before, SplitColumns) and isinstance(after, SplitColumns):
        return all(same(getattr(before, f.name), getattr(after, f.name)) for f in attrs.fields(SplitColumns))
    if isinstance(before, tuple) and isinstance(after, tuple):
        return len(before) == len(after) and all(map(same, before, after))
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return list(before) == list(after) and all(map(same, before.values(), after.values()))
    return before == after


def _fields(kind: type[Node]) -> tuple[str, ...]:
    if kind not in _KNOWN:
        _KNOWN[kind] = tuple(field.name for field in attrs.fields(kind) if field.name not in _FORM)
    return _KNOWN[kind]


_KNOWN: dict[type[Node], tuple[str, ...]] = {}


def _text(node: Node) -> str:
    """What of the node's own text counts. A goal is prose, in which a blank may part two phrases: all of it does."""
    if isinstance(node, Project):
        return node.goal.text if node.goal is not None else ""
    if isinstance(node, ClassRef | Footer) or (isinstance(node, Amount) and node.value is not None):
        return ""
    if isinstance(node, Unparsed):
        return _folded(node.text)
    return node.clean if isinstance(node, Text) else ""


def _same_value(before: Value, after: Value) -> bool:
    """Figures are the same with the same numbers, unit and comparator, all else with the same characters."""
    one, other = before.form, after.form
    if one.kind not in _FIGURES:
        return (one.kind, one.fault) == (other.kind, other.fault) and _folded(before.printed) == _folded(after.printed)
    alike = (one.kind, one.numbers, one.unit) == (other.kind, other.numbers, other.unit)
    return alike and (_comparator(one) == _comparator(other) or (_all_of_it(one) and not _comparator(other)))


def _comparator(form: Form) -> str:
    return form.comparator or ("about" if form.worded else "")


def _all_of_it(form: Form) -> bool:
    """Whether the value is 达到100%, which says 100% where nothing can exceed that."""
    return form.worded and form.comparator == "≥" and form.numbers == (Decimal(100),) and form.unit == "%"


def _folded(text: str) -> str:
    """``text`` without blanks, in half-width forms, each comparator by its usual sign."""
    return unicodedata.normalize("NFKC", fold_glyphs(clean(text)))
