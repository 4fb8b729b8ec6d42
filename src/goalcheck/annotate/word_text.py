"""Where every letter of a Word document stands in its bytes: :func:`stretches`, a cell or a paragraph each.

What counts as text is what the reader counts: tracked changes as accepted, fields by their results, no hidden text.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from goalcheck.annotate.splice import Element, content_text
from goalcheck.files.regexes import regex
from goalcheck.readers.symbol_font import symbol

_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = frozenset((
    "del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr",
    "sdtEndPr", "tblGrid", "rt", "AlternateContent", "pict", "object", "drawing", "comments",
))  # fmt: skip
_OFF = frozenset(("0", "false", "off", "none"))
_PIECE = regex(rb"&[^;&]{1,12};|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*")


@attrs.frozen(eq=False, repr=False)
class Letter:
    """A letter: the run and, if it is in one, the text element that it stands in, and its stretch of the bytes.

    ``is_first`` and ``is_last`` say that nothing of its run stands before or behind it.
    """

    run: Element
    words: Element | None
    start: int
    end: int
    is_first: bool = False
    is_last: bool = False


@attrs.define(eq=False, repr=False)
class Stretch:
    """A cell of a table, or a paragraph outside all tables: its text, and the letter of each character.

    The break between two paragraphs is no letter.
    """

    is_cell: bool
    text: str = ""
    letters: list[Letter | None] = attrs.Factory(list)

    def trimmed(self) -> Stretch:
        """The same without the line breaks around it, as the reader has it."""
        bare = self.text.strip("\n")
        at = self.text.index(bare) if bare else 0
        return Stretch(self.is_cell, bare, self.letters[at : at + len(bare)])


def stretches(data: bytes, root: Element) -> Iterator[Stretch]:
    """The cells and the paragraphs of a document, in the order in which they end."""
    body = root.child("body")
    if body is not None:
        yield from _Reader(data).of(body)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._fields: list[bool] = []

    def of(self, body: Element) -> Iterator[Stretch]:
        """What is in ``body``, a cell or all of the document; no recursion but into tables, whose depth is limited."""
        for one in _blocks(body):
            if one.local == "tbl":
                yield from self._table(one)
            else:
                made = Stretch(is_cell=False)
                self._paragraph(one, made)
                yield made

    def _table(self, table: Element) -> Iterator[Stretch]:
        for row in _within(table, "tr"):
            for cell in _within(row, "tc"):
                made = Stretch(is_cell=True)
                inner: list[Stretch] = []
                begun = False
                for block in _blocks(cell):
                    if block.local == "tbl":
                        inner += self._table(block)
                        continue
                    if begun:
                        made.text += "\n"
                        made.letters.append(None)
                    begun = True
                    self._paragraph(block, made)
                yield made.trimmed()
                yield from inner

    def _paragraph(self, paragraph: Element, made: Stretch) -> None:
        for run in _runs(paragraph):
            self._run(run, made)

    def _run(self, run: Element, made: Stretch) -> None:
        look = run.child("rPr")
        hidden = look.child("vanish") if look is not None else None
        is_hidden = hidden is not None and _value(hidden) not in _OFF
        before = len(made.letters)
        inside = [child for child in run.children if child.local != "rPr"]
        for child in inside:
            if child.local == "fldChar":
                self._field(_value(child, "fldCharType"))
            elif self._fields.count(False) or is_hidden:
                continue
            elif child.local == "t" and not child.is_blank:
                self._words(run, child, made)
            elif child.local in _CHARACTERS:
                made.text += _CHARACTERS[child.local]
                made.letters.append(Letter(run, None, run.start, run.end))
            elif child.local == "sym":
                said = symbol(_value(child, "font"), _value(child, "char"))
                made.text += said
                made.letters += [Letter(run, None, run.start, run.end)] * len(said)
        is_plain = len(inside) == 1 and inside[0].local == "t"
        if is_plain and len(made.letters) > before:
            for at in {before, len(made.letters) - 1}:
                letter = made.letters[at]
                assert letter is not None
                is_first, is_last = at == before, at == len(made.letters) - 1
                made.letters[at] = attrs.evolve(letter, is_first=is_first, is_last=is_last)

    def _words(self, run: Element, words: Element, made: Stretch) -> None:
        written = self._data[words.opened : words.close]
        if b"<" in written:  # CDATA: not cut
            said = content_text(written)
            made.text += said
            made.letters += [Letter(run, None, run.start, run.end)] * len(said)
            return
        for found in _PIECE.finditer(written):
            start = words.opened + found.start()
            piece = found[0]
            made.text += content_text(piece) if piece[:1] == b"&" else piece.decode()
            made.letters.append(Letter(run, words, start, start + len(piece)))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _blocks(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables in ``parent``, whatever wraps them."""
    for child in parent.children:
        if child.local in ("p", "tbl"):
            yield child
        elif child.local not in _SKIPPED and child.local != "tc":
            yield from _blocks(child)


def _within(parent: Element, local: str) -> Iterator[Element]:
    """The rows or cells in ``parent``, whatever wraps them."""
    for child in parent.children:
        if child.local == local:
            if not _is_deleted(child):
                yield child
        elif child.local not in _SKIPPED and child.local != "tbl":
            yield from _within(child, local)


def _is_deleted(row: Element) -> bool:
    properties = row.child("trPr") or row.child("tcPr")
    return properties is not None and any(properties.child(name) is not None for name in ("del", "cellDel"))


def _runs(parent: Element) -> Iterator[Element]:
    """The runs in ``parent``, whatever wraps them."""
    for child in parent.children:
        if child.local == "r":
            yield child
        elif child.local not in _SKIPPED:
            yield from _runs(child)


def _value(element: Element, name: str = "val") -> str:
    return next((said for key, said in element.attributes.items() if key.rpartition(":")[2] == name), "")
