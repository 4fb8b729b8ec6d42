"""Marks a workbook, ``.xlsx`` or ``.xlsm``: :func:`annotate`.

    package ─▶ earlier marks taken away ─▶ cells coloured, words marked, notes ─▶ worksheet of results ─▶ package

Only what a mark needs is changed, byte by byte; all else stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from goalcheck.annotate.book import Book
from goalcheck.annotate.box import Box
from goalcheck.annotate.cell_formats import CellFormats
from goalcheck.annotate.marks import Mark, gravest
from goalcheck.annotate.notes import add_notes, cut, place_of_legacy
from goalcheck.annotate.results_sheet import FIRST, Formats, results_sheet
from goalcheck.annotate.rich_text import Text, marked, runs, strings
from goalcheck.annotate.splice import Edits, tag_with
from goalcheck.annotate.threads import answer
from goalcheck.annotate.unmark import KEPT, unmark
from goalcheck.annotate.words import Stretch
from goalcheck.annotate.worksheet import Cell, Gap, Outline, Place, cells, fill_gaps, outline, reference
from goalcheck.messages import say
from goalcheck.readers.package import Package
from goalcheck.readers.worksheets import cell as place_of
from goalcheck.source import CellOrigin


@attrs.frozen(eq=False, repr=False)
class _Target:
    """A cell that is marked: its marks, and what it shows where words within it are marked."""

    marks: Sequence[Mark]
    shown: str


def annotate(package: Package, marks: Sequence[Mark], title: str, language: str) -> bytes:
    """The workbook ``package`` with ``marks``; ``title`` stands above the results.

    Raises :class:`UntouchableError` for one that must not be changed, :class:`InputError` for what is damaged.
    """
    box = Box(package)
    book = Book(box)
    book.require_touchable()
    unmark(box, book)
    formats = CellFormats(box, book.part)
    name = book.free_name(say("annotate.results", language))
    by_sheet: dict[str, list[Mark]] = {}
    for mark in marks:
        if isinstance(mark.origin, CellOrigin):
            by_sheet.setdefault(mark.origin.sheet, []).append(mark)
    kept: list[str] = []
    for sheet, part in book.worksheets.items():
        if sheet in by_sheet:
            kept += _Sheet(box, book, part, formats).mark(by_sheet[sheet], sheet, name, language)
    made = results_sheet(title, marks, Formats(formats), kept, language)
    formats.save()
    book.deselect()
    book.put_first(name, made)
    return box.packed()


class _Sheet:
    """One worksheet that is marked."""

    def __init__(self, box: Box, book: Book, part: str, formats: CellFormats) -> None:
        self._box = box
        self._book = book
        self._part = part
        self._formats = formats
        self._data = box.read(part)
        self._outline: Outline = outline(self._data, part)
        self._prefix = self._outline.root.prefix

    def mark(self, marks: Sequence[Mark], sheet: str, results: str, language: str) -> Sequence[str]:
        """Mark the cells; what is needed to take the marks away again, a text a cell whose colour was its own."""
        targets = self._targets(marks)
        found = cells(self._data, self._part, targets)
        shared = self._shared(targets, found)
        edits, gaps, kept = Edits(self._data), dict[Place, tuple[Gap, bytes]](), []
        for place, target in sorted(targets.items()):
            here, severity = found[place], gravest(target.marks)
            if isinstance(here, Gap):
                style = here.style if here.style >= 0 else self._outline.style(place[1])
                coloured = self._formats.coloured(style, severity)
                gaps[place] = here, f'<{self._prefix}c r="{reference(place)}" s="{coloured}"/>'.encode()
            else:
                style = here.style
                self._mark_cell(edits, here, target, self._formats.coloured(style, severity), shared)
            if fill := self._formats.own_fill(style):
                kept.append(KEPT.format(sheet=sheet, cell=reference(place), fill=fill))
        fill_gaps(edits, self._outline.root, gaps)
        self._note(edits, targets, results, language)
        self._box.write(self._part, edits.made())
        return kept

    def _targets(self, marks: Sequence[Mark]) -> Mapping[Place, _Target]:
        """The cells with their marks; of cells that are one, the first."""
        gathered: dict[Place, list[Mark]] = {}
        for mark in marks:
            assert isinstance(mark.origin, CellOrigin)
            place = place_of(mark.origin.cell)
            if place is not None:
                gathered.setdefault(self._outline.first_of(place), []).append(mark)
        return {place: _Target(those, self._shown(place, those)) for place, those in gathered.items()}

    @staticmethod
    def _shown(place: Place, marks: Sequence[Mark]) -> str:
        """What the cell at ``place`` shows, as it was read; nothing where that is in another cell."""
        own = (mark for mark in marks if isinstance(mark.origin, CellOrigin) and place_of(mark.origin.cell) == place)
        return next((mark.shown for mark in own), "")

    def _shared(self, targets: Mapping[Place, _Target], found: Mapping[Place, Cell | Gap]) -> Mapping[int, bytes]:
        """The shared texts of the cells within which words are marked, by their numbers."""
        numbers = set()
        for place in targets:
            here = found[place]
            if isinstance(here, Cell) and here.attributes.get("t") == "s" and here.value is not None:
                said = self._data[slice(*here.value)].strip()
                if said.isdigit() and len(said) < 10:
                    numbers.add(int(said))
        return strings(self._box, self._book.part, numbers)

    def _mark_cell(self, edits: Edits, here: Cell, target: _Target, style: int, shared: Mapping[int, bytes]) -> None:
        tag = tag_with(self._data[here.start : here.opened], {"s": str(style)})
        text = self._marked_text(here, target, shared)
        if text is None:
            edits.put(here.start, here.opened, tag)
            return
        tag = tag_with(tag, {"t": "inlineStr"})
        p = self._prefix
        said = tag + f"<{p}is>".encode() + text + f"</{p}is></{p}c>".encode()
        edits.put(here.start, here.end, said)

    def _marked_text(self, here: Cell, target: _Target, shared: Mapping[int, bytes]) -> bytes | None:
        """The text of a cell with words in it marked; None where the whole cell is, or no text can be marked."""
        before = self._runs(here, shared)
        if before is None or not target.shown:
            return None
        stretches = [
            Stretch(mark.origin.start, mark.origin.end, mark.severity)
            for mark in target.marks
            if isinstance(mark.origin, CellOrigin)
        ]
        font = self._formats.font_of(here.style)
        return marked(before, target.shown, stretches, font, self._prefix)

    def _runs(self, here: Cell, shared: Mapping[int, bytes]) -> Text | None:
        kind = here.attributes.get("t")
        if here.is_formula or here.close < 0:
            return None
        if kind == "s" and here.value is not None:
            said = self._data[slice(*here.value)].strip()
            inside = shared.get(int(said)) if said.isdigit() and len(said) < 10 else None
            return runs(inside, self._part, self._prefix) if inside is not None else None
        if kind == "inlineStr" and here.text is not None:
            return runs(self._data[slice(*here.text)], self._part, self._prefix)
        return None

    def _note(self, edits: Edits, targets: Mapping[Place, _Target], results: str, language: str) -> None:
        """Give each marked cell its note."""
        notes = {}
        for place, target in targets.items():
            told = [
                f"{mark.note}\n{say('annotate.see', language, sheet=results, row=FIRST - 1 + mark.number)}"
                for mark in target.marks
            ]
            more = say("annotate.more", language, number=len(told), sheet=results)
            notes[place] = cut(told, more)
        legacy = add_notes(self._box, self._part, self._outline, notes)
        if legacy is not None:
            edits.insert(place_of_legacy(self._outline.root), legacy)
        answer(self._box, self._book.part, self._part, notes)
