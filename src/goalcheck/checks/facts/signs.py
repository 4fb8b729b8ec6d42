"""Where the sign of a value is written, in its cell or in one of its own, and how it is exchanged there."""

from __future__ import annotations

from goalcheck.finding import Edit
from goalcheck.sheet import Value
from goalcheck.vocabulary import vocabulary

_EQUAL = "="


def resigned(value: Value, sign: str) -> Edit:
    """Exchange the sign of ``value``; where it has none, add one. No ``sign`` is ``=`` in a column of signs."""
    own = vocabulary().leading_sign.match(value.text)
    if own is None and value.sign is not None:
        cell = value.sign
        found = vocabulary().leading_sign.search(cell.text)
        start, end = found.span() if found is not None else (0, len(cell.text))
        return Edit(cell.start + start, cell.start + end, sign or _EQUAL)
    return Edit(value.start, value.start + (own.end() if own is not None else 0), sign)


def with_sign(value: Value, sign: str) -> str:
    """What ``value`` says, with ``sign`` in place of its own."""
    printed = value.printed
    own = vocabulary().leading_sign.match(printed)
    return f"{sign}{printed[own.end() if own is not None else 0 :]}"
