"""Where the sign of a value is written, in its cell or in one of its own, and how it is exchanged there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from goalcheck.checks.facts.context import Context
from goalcheck.finding import Edit, Fix
from goalcheck.sheet import Text, Value
from goalcheck.vocabulary import fold_glyphs, vocabulary

_EQUAL = "="
MORE = (">", "\u2265")
LESS = ("<", "\u2264")
LOOSE = {">": "\u2265", "<": "\u2264"}
"""What the strict signs mostly mean."""

TURNED = {">": "<", "<": ">", "\u2265": "\u2264", "\u2264": "\u2265"}
"""The same bound from the other side."""


def sign_cell(value: Value) -> Text:
    """The cell in which the sign of ``value`` stands, or belongs: its own, or that of the value."""
    if value.sign is None or vocabulary().leading_sign.match(value.text) is not None:
        return value
    return value.sign


def resigned(value: Value, sign: str) -> Edit:
    """Exchange the sign of ``value``; where it has none, add one. No ``sign`` is ``=`` in a column of signs."""
    cell = sign_cell(value)
    if cell is value:
        own = vocabulary().leading_sign.match(value.text)
        return Edit(value.start, value.start + (own.end() if own is not None else 0), sign)
    found = vocabulary().leading_sign.search(cell.text)
    start, end = found.span() if found is not None else (0, len(cell.text))
    return Edit(cell.start + start, cell.start + end, sign or _EQUAL)


def resigning(signs: Mapping[Value, str], context: Context) -> Fix | None:
    """A proposal that gives each value its sign; None where the cell of a sign belongs to further values, too."""
    if any(is_shared(value, context, len(signs)) for value in signs):
        return None
    edits = {edit.start: edit for edit in (resigned(value, sign) for value, sign in signs.items())}
    return Fix(tuple(edits.values()))


def with_sign(value: Value, sign: str) -> str:
    """What ``value`` says, with ``sign`` in place of its own. No ``sign`` is ``=`` in a column of signs."""
    printed = value.printed
    own = vocabulary().leading_sign.match(printed)
    sign = sign or (_EQUAL if sign_cell(value) is not value else "")
    return f"{sign}{printed[own.end() if own is not None else 0 :]}"


def says_another_way(sign: Text | None) -> bool:
    """Whether the cell of a sign says something else than ``=``: 正向, which leaves no doubt."""
    return sign is not None and fold_glyphs(sign.clean) not in ("", "=")


def is_shared(value: Value, context: Context, among: int = 1) -> bool:
    """Whether the cell of the sign is that of more values than ``among``: of other places, or of the cycle."""
    return value.sign is not None and context.once(_values_by_sign)[value.sign.start] > among


def _values_by_sign(context: Context) -> Counter[int]:
    """How many values each cell of a sign belongs to, by its start."""
    entries = (entry for project in context.sheet.projects for entry in project.indicators)
    return Counter(value.sign.start for entry in entries for _, value in entry.values if value.sign is not None)


def edited_cell(value: Value, edits: Sequence[Edit]) -> Text:
    """The cell of ``value`` that the first of ``edits`` mends."""
    first = edits[0]
    return next((cell for cell in value.parts if cell.start <= first.start and first.end <= cell.end), value)
