"""GC1xx: the form of the sheet and of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goalcheck.checks import Context
from goalcheck.finding import Figure, Finding, Related, Term
from goalcheck.sheet import Entry, Row, Text, Total, Unit, Unparsed, Value

_LOOKS_LIKE_DIGIT = str.maketrans("OoIl|", "00111")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_RESIDUE = re.compile(
    r"\*{2,}|(?<![A-Za-z])[Xx\uff38]{2,}(?![A-Za-z])|[\u00d7\u2573]{2,}|_{2,}|\uff3f{2,}"
    r"|(?:[(\uff08]\s*)?请\s?填[^)\uff09]*[)\uff09]?"
)


def unparsed_indicator(entry: Entry, _: Context) -> Iterator[Finding]:
    """GC101."""
    if not isinstance(entry, Unparsed):
        return
    which = Term("entry") if entry.number is None else Term("numbered-entry", {"number": str(entry.number)})
    expected = Term(f"expected-{entry.expected.replace('_', '-')}")
    advice = Term("advice-stray" if entry.expected == "entry" else "advice-entry")
    related: tuple[Related, ...] = ()
    if entry.start < entry.at < entry.end:
        related = (Related(entry.at, entry.end, Term("from-here")),)
    yield Finding(
        entry.start, entry.end, "entry", {"which": which, "expected": expected, "advice": advice}, related=related
    )


def malformed_amount(row: Row, _: Context) -> Iterator[Finding]:
    """GC105."""
    for column, amount in row.amounts.items():
        if amount.value is None:
            mended = amount.text.translate(_LOOKS_LIKE_DIGIT)
            suggestion = mended if mended != amount.text and _NUMBER.fullmatch(mended) else None
            figures: dict[str, Figure] = {"text": amount.text, "column": Term(column)}
            yield Finding(amount.start, amount.end, column, figures, suggestion)


def column_mismatch(row: Row, _: Context) -> Iterator[Finding]:
    """GC106. The rows of 合计 and of a unit may end early: their goal and indicators are blank anyway."""
    if row.surplus is not None:
        extra = row.surplus
        yield Finding(
            extra.start,
            extra.end,
            "row",
            {"what": Term("surplus", {"text": extra.text}), "advice": Term("advice-surplus")},
        )
    if row.missing and not (isinstance(row, Unit | Total) and row.amounts):
        columns = tuple(Term(column) for column in row.missing)
        yield Finding(
            row.end, row.end, "row", {"what": Term("missing", {"columns": columns}), "advice": Term("advice-missing")}
        )


def template_residue(field: Text, _: Context) -> Iterator[Finding]:
    """GC108."""
    if isinstance(field, Value) and field.form.kind != "residue":
        return
    match = _RESIDUE.search(field.text)
    if match:
        start, end = field.start + match.start(), field.start + match.end()
        yield Finding(start, end, "", {"text": match[0]})
    elif isinstance(field, Value):
        yield Finding(field.start, field.end, "", {"text": field.text})


def is_template(text: str) -> bool:
    """Whether ``text`` holds a gap of the template, of which GC108 speaks."""
    return _RESIDUE.search(text) is not None
