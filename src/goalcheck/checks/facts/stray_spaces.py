"""The blanks that say nothing within a field: where they stand, and the field without them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goalcheck.blanks import STRAY_GAP, has_blank
from goalcheck.files.regexes import regex
from goalcheck.finding import Edit, Fix, Found
from goalcheck.sheet import Indicator, Text

ANY_SPACE = regex(r"\s+")
BETWEEN_HAN = regex("(?<=[\u4e00-\u9fff])\\s+(?=[\u4e00-\u9fff])")
_LINE_BREAKS = frozenset("\r\n")
_UNTOLD = ("blank", "residue", "malformed")


def spaces_of_entry(entry: Indicator, *, lines: bool) -> Iterator[Found]:
    """What is stray in each field of ``entry``. Not: a line break, where ``lines`` may be."""
    packed = entry.packed
    fields: list[tuple[Text, re.Pattern[str], str]] = [(entry.name, BETWEEN_HAN, "name")]
    if packed is not None:
        fields += [(entry.level1, STRAY_GAP, "level1"), (entry.level2, STRAY_GAP, "level2")]
        if has_blank(packed.ordinal_piece[1].rstrip()):
            fields.append((packed.ordinal, ANY_SPACE, "ordinal"))
    for name, value in entry.values:
        label = None if packed is None else packed.label(name)
        if label is not None:
            fields.append((label, ANY_SPACE, name))
        if value.form.kind not in _UNTOLD:
            fields += [(part, STRAY_GAP, name) for part in value.parts]
    for node, stray, name in fields:
        if (found := stray_spaces(node, stray, name, entry, lines=lines)) is not None:
            yield found


def has_space(entry: Indicator) -> bool:
    """Whether any space stands in a field of ``entry``: in most none does."""
    written = [entry.level1.text, entry.level2.text, entry.name.text]
    for value in (entry.cycle_value, entry.annual_value):
        if value is not None and value.sign is None and value.measure is None:
            written.append(value.text)
        elif value is not None:
            written += [part.text for part in value.parts]
    if (packed := entry.packed) is not None:
        pieces = (packed.ordinal_piece, packed.cycle_piece, packed.annual_piece)
        written += [piece[1].rstrip() for piece in pieces if piece is not None]
    return has_blank("|".join(written))


def stray_spaces(
    node: Text, stray: re.Pattern[str], field: str, entry: Indicator | None = None, *, lines: bool = False
) -> Found | None:
    """What is stray in a field, which may be one of ``entry``, from the first such space to the last.

    ``stray`` says which spaces are. Not: a line break, where ``lines`` may be.
    """
    text = node.text
    if not has_blank(text):
        return None
    gaps = [match.span() for match in stray.finditer(text)]
    if lines:
        gaps = [(begin, end) for begin, end in gaps if _LINE_BREAKS.isdisjoint(text[begin:end])]
    if not gaps:
        return None
    edits = tuple([Edit(node.start + begin, node.start + end, "") for begin, end in gaps])
    number, within = (None, None) if entry is None else (entry.number, entry.span)
    return Found(
        edits[0].start,
        edits[-1].end,
        field,
        {"text": text},
        _without(text, gaps),
        fix=Fix(edits, safe=True),
        indicator=number,
        within=within,
    )


def _without(text: str, gaps: list[tuple[int, int]]) -> str:
    for begin, end in reversed(gaps):
        text = text[:begin] + text[end:]
    return text
