"""Takes the marks of an earlier copy from a workbook, so that those of today do not come on top of them."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from goalcheck.annotate.book import Book
from goalcheck.annotate.box import Box
from goalcheck.annotate.cell_formats import CellFormats
from goalcheck.annotate.notes import remove_notes
from goalcheck.annotate.rich_text import unmarked
from goalcheck.annotate.splice import Edits, Element, opened, scan, tag_with
from goalcheck.annotate.threads import retract

KEPT = "{sheet}\n{cell}\n{fill}"
"""What the worksheet of results keeps of a cell that had a colour of its own, in a column that nobody sees."""


def unmark(box: Box, book: Book) -> None:
    """Take all that goalcheck has added from the workbook ``book`` in ``box``; nothing where it has added nothing."""
    name = book.results
    if name is None:
        return
    kept = _kept(box, book.worksheets[name])
    book.remove_first(name)
    formats = CellFormats(box, book.part)
    shared = box.related(book.part, "sharedStrings")  # where a program has put the texts since
    if shared is not None and shared in box:
        data = box.read(shared)
        if (plain := unmarked(data)) != data:
            box.write(shared, plain)
    for sheet, part in book.worksheets.items():
        _decolour(box, part, formats, {cell: fill for (told, cell), fill in kept.items() if told == sheet})
        retract(box, part)
        remove_notes(box, part)
    formats.save()


def _kept(box: Box, part: str) -> Mapping[tuple[str, str], bytes]:
    """What the worksheet of results has kept: the colours of cells by worksheet and cell."""
    found: dict[tuple[str, str], bytes] = {}
    for text in _texts(box, part):
        said = text.split("\n", 2)
        if len(said) == 3 and said[2].startswith("<"):
            found[said[0], said[1]] = said[2].encode()
    return found


def _texts(box: Box, part: str) -> list[str]:
    """Every text in cells of a worksheet, be it shared by now."""
    texts = []
    for name in (part, *(other for kind, other in box.relations(_main(box)).values() if kind == "sharedStrings")):
        if name in box:
            data = box.read(name)
            scan(data, name, lambda *_: None, lambda *_: None)  # the results have not been read before
            root = ET.fromstring(data)  # noqa: S314  # now it has been, with limits, without a DOCTYPE
            texts += [
                "".join(piece.itertext()) for piece in root.iter() if piece.tag.rpartition("}")[2] in ("is", "si")
            ]
    return texts


def _main(box: Box) -> str:
    return next((part for kind, part in box.relations("").values() if kind == "officeDocument"), "xl/workbook.xml")


def _decolour(box: Box, part: str, formats: CellFormats, kept: Mapping[str, bytes]) -> None:
    """Give the cells of a worksheet that have a colour of goalcheck's the one that they had before."""
    data = box.read(part)
    edits = Edits(data)
    own: dict[int, bool] = {}
    depth = 0
    inside: list[Element] = []

    def start(name: str, attributes: Mapping[str, str], at: int) -> None:
        nonlocal depth
        depth += 1
        local = name.rpartition(":")[2]
        if local == "c" and depth == 4:
            style = int(said) if (said := attributes.get("s", "")).isdecimal() and len(said) < 7 else 0
            if own.setdefault(style, formats.is_own(style)):
                fill = formats.fill(kept.get(attributes.get("r", ""), b""))
                end = opened(data, at)
                edits.put(at, end, tag_with(data[at:end], {"s": str(formats.filled(style, fill))}))
        elif local == "is" and depth == 5:
            inside.append(Element(name, attributes, at, opened(data, at)))

    def end(_: str, at: int) -> None:
        nonlocal depth
        depth -= 1
        if depth == 4 and inside and at > inside[-1].start:
            here = inside.pop()
            plain = unmarked(data[here.opened : at])
            if plain != data[here.opened : at]:
                edits.put(here.opened, at, plain)

    scan(data, part, start, end)
    if edits:
        box.write(part, edits.made())
