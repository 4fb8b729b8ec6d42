"""Tables of pages and documents with cells merged at random: every character is found in its cell, merges are known."""

from __future__ import annotations

import html
from collections.abc import Callable

from helpers import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import cell, document_of

from goalcheck.readers import read
from goalcheck.source import Source, TableOrigin

Block = tuple[int, int, int, int, str]
"""A cell: row and column from 1, how many rows and columns it covers, its text."""

TEXT = st.text(st.sampled_from('甲乙12%\u2265<&"\n'), max_size=4).map(lambda text: text.strip("\n"))


@st.composite
def tables(draw: st.DrawFn) -> list[Block]:
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    taken: set[tuple[int, int]] = set()
    blocks = []
    for row in range(1, height + 1):
        for column in range(1, width + 1):
            if (row, column) in taken:
                continue
            down, across = draw(st.integers(1, min(3, height - row + 1))), draw(st.integers(1, width - column + 1))
            while any((row, column + more) in taken for more in range(across)):
                across -= 1
            taken.update((row + below, column + more) for below in range(down) for more in range(across))
            blocks.append((row, column, down, across, draw(TEXT)))
    return blocks


def page(blocks: list[Block]) -> bytes:
    rows: dict[int, str] = {}
    for row, _, down, across, text in blocks:
        said = html.escape(text).replace("\n", "<br>")
        rows[row] = f"{rows.get(row, '')}<td rowspan={down} colspan='{across}'>{said}"
    last = max(row + down for row, _, down, *_ in blocks)
    return f"<html><table>{''.join('<tr>' + rows.get(row, '') for row in range(1, last))}</table></html>".encode()


def document(blocks: list[Block]) -> bytes:
    cells: dict[tuple[int, int], str] = {}
    for row, column, down, across, text in blocks:
        for below in range(down):
            merge = "" if down == 1 else "<w:vMerge/>" if below else "<w:vMerge w:val='restart'/>"
            span = f"<w:gridSpan w:val='{across}'/>{merge}"
            cells[row + below, column] = cell("old" if below else text, span)
    rows: dict[int, str] = {}
    for row, column in sorted(cells):
        rows[row] = rows.get(row, "") + cells[row, column]
    return document_of(f"<w:tbl>{''.join(f'<w:tr>{rows[row]}</w:tr>' for row in sorted(rows))}</w:tbl>")


def cells_of(source: Source) -> dict[tuple[int, int], str]:
    """The cells as their origins tell them, put together character by character."""
    seen: dict[tuple[int, int], str] = {}
    for offset, char in enumerate(source.text):
        origin = source.where(offset, offset + 1).origin
        if isinstance(origin, TableOrigin) and origin.end > origin.start:
            place = origin.row, origin.column
            assert len(seen.get(place, "")) == origin.start
            seen[place] = seen.get(place, "") + char
    return seen


@settings(max_examples=examples(600))
@given(tables(), st.sampled_from([page, document]))
def test_all_is_where_it_was(blocks: list[Block], make: Callable[[list[Block]], bytes]) -> None:
    source = read(make(blocks))
    assert cells_of(source) == {(row, column): text for row, column, _, _, text in blocks if text}
    kept = {row for row, _, _, _, text in blocks if text}
    known = {(source.where(merge.start).row, merge.column + 1, merge.last_column + 1) for merge in source.merges or ()}
    for row, column, down, across, text in blocks:
        if text and (across > 1 or any(row < other < row + down for other in kept)):
            assert (row, column, column + across - 1) in known
