"""Puts the pages of a PDF into the text: :func:`write`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from goalcheck.errors import InputError
from goalcheck.readers.pdf.clipped import Unseen
from goalcheck.readers.pdf.layout import pages_of
from goalcheck.readers.pdf.page import Page
from goalcheck.readers.pdf.tables import Table, joined_pages
from goalcheck.readers.pdf.words import Words
from goalcheck.readers.table_text import Fragment, TableText

_PICTURE = 0.5
_FEW = 10
_MOST_SOUGHT = 500  # words that are cut off, which may be read elsewhere
_UNREAD, _SCANNED, _BLANK = "unread-pages", "scanned-pages", "blank-pages"  # what is said of pages


def write(pages: Iterable[tuple[int, Page | None]], out: TableText) -> int:
    """Add the tables of ``pages`` to ``out`` and the lines outside them; say which pages were not read or are blank.

    How many pages there are is what is returned. Raises :class:`InputError` where there is not a word on them: they are
    damaged, pictures, of characters without names, or of some that are printed nowhere or as blanks.
    """
    told: dict[str, list[int]] = {_UNREAD: [], _SCANNED: [], _BLANK: []}
    unknown = astray = beside = stacked = over_lines = lost_words = count = 0
    unseen = Unseen()

    def readable() -> Iterator[Page]:
        nonlocal unknown, astray, beside, stacked, over_lines, lost_words, count
        for count, page in pages:
            if (key := _told_of(page)) is not None:
                told[key].append(count)
            if page is not None:
                unknown += page.unknown
                astray += page.astray
                beside += page.beside
                unseen.add(page)
                stacked += page.stacked
                lost_words += page.lost_words
                yield page
                over_lines += page.over_lines  # known once it has been laid out

    items = joined_pages(pages_of(readable()))
    if not any(text.strip() for item in items for text in _texts(item)):
        if told[_UNREAD]:
            raise InputError("damaged-pdf")
        raise InputError("scanned" if told[_SCANNED] else "unnamed-characters" if unknown else "no-words")
    _write(items, out)
    if beside:
        out.remark("hidden-characters", number=beside)
    if over_lines:
        out.remark("words-over-lines", number=over_lines)
    lost = {"unnamed-characters": unknown, "astray-characters": astray, "stacked-characters": stacked}
    lost["clipped-characters"] = unseen.lost + _nowhere_else(unseen.shared, items)
    _remark(told, {**lost, "undrawn-characters": lost_words}, out)
    return count


def _nowhere_else(unseen: Sequence[str], items: Iterable[Table | Words]) -> int:
    """How many characters that are cut off are read nowhere else, as they are where pages share a cell."""
    if not unseen:
        return 0
    seen = "\n".join("".join(text.split()) for item in items for text in _texts(item))
    different = set(unseen)
    known = {said for said in different if said in seen} if len(different) <= _MOST_SOUGHT else set()
    return sum(len(said) for said in unseen if said not in known)


def _remark(told: Mapping[str, list[int]], lost: Mapping[str, int], out: TableText) -> None:
    """Say of which pages something is ``told``, and how many characters, or places with some, were ``lost``."""
    for key, numbers in told.items():
        if numbers:
            out.remark(key, is_gap=key != _BLANK, pages=_listed(numbers))
    for key, number in lost.items():
        if number:
            out.remark(key, is_gap=True, number=number)


def _told_of(page: Page | None) -> str | None:
    """What is said of a page, if anything."""
    if page is None:
        return _UNREAD
    if len(page.glyphs) < _FEW and page.pictured >= _PICTURE:
        return _SCANNED
    return _BLANK if page.is_blank else None


def _texts(item: Table | Words) -> Iterator[str]:
    """What the cells of a table say, or a line outside all tables."""
    if isinstance(item, Table):
        yield from (cell.words.text for cell in item.cells)
    else:
        yield item.text


def _write(items: Iterable[Table | Words], out: TableText) -> None:
    for item in items:
        if not isinstance(item, Table):
            out.line(item.text, item.fragments)
            continue
        out.table()
        rows: list[dict[int, Words]] = [{} for _ in range(item.rows)]
        for cell in item.cells:
            for row in range(cell.row, min(cell.row + cell.rows, item.rows)):
                page, number = item.places[row]
                box = cell.words.fragments[0].box
                for column in range(cell.column, cell.column + cell.columns):
                    rows[row][column] = Words("", [Fragment(0, page, number, box)])
            rows[cell.row][cell.column] = cell.words
        for number, cells in enumerate(rows, 1):
            texts = [cells[column].text if column in cells else "" for column in range(max(cells, default=-1) + 1)]
            out.row(number, texts, {column: words.fragments for column, words in cells.items()})
        for cell in item.cells:
            out.merge(cell.row + 1, cell.column + 1, cell.rows, cell.columns)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:8])) + ("…" if len(numbers) > 8 else "")
