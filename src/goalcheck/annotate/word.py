"""Marks a Word document: :func:`annotate` puts a comment at the words of every finding.

The document is read by its bytes once more, cell by cell; what says the same as a cell that was read is that cell. Runs
are cut where a mark begins or ends, and each half keeps what the run looked like.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

import attrs

from goalcheck.annotate.box import Box
from goalcheck.annotate.marks import AUTHOR, Mark
from goalcheck.annotate.splice import Edits, Element, OddXmlError
from goalcheck.annotate.untouchable import UntouchableError
from goalcheck.annotate.word_text import Letter, Stretch, stretches
from goalcheck.annotate.words import Stretch as Words
from goalcheck.annotate.words import widened
from goalcheck.files.regexes import regex
from goalcheck.prose.xml_text import plain_text
from goalcheck.readers.package import Package
from goalcheck.readers.table_text import BREAK
from goalcheck.source import Origins, Source

_STRICT = b"http://purl.oclc.org/ooxml/"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LOCKED = frozenset(("readOnly", "forms"))
_CELL = regex(r'"(?:[^"]++|"")*+"(?=[\t\n]|\Z)|[^\t\n]*+')


def annotate(package: Package, source: Source, marks: Sequence[Mark]) -> bytes:
    """The document ``package``, of which ``source`` was made, with ``marks``.

    Raises :class:`UntouchableError` for one that must not be changed, :class:`InputError` for what is damaged.
    """
    box = Box(package)
    main = next(iter(package.main_parts), "word/document.xml")
    _require_touchable(box, main)
    _uncomment(box, main)
    edits, root = box.edits(main)
    found = [*stretches(edits.data, root)]
    assert source.origins is not None
    places = _Places(source.text, source.origins, found)
    first = next((one for one in found if one.letters), None)
    comments = _Comments(box, main)
    cuts: dict[int, _Cut] = {}
    for mark in marks:
        begin, end = places.of(mark) or ((first.letters[0], first.letters[0]) if first is not None else (None, None))
        if begin is not None and end is not None:
            number = comments.add(mark)
            _cut(cuts, begin, at_end=False).starts.append(number)
            _cut(cuts, end, at_end=True).ends.append(number)
    kept: dict[int, Element] = {}
    for cut in cuts.values():
        cut.make(edits, root.prefix)
        if cut.letter.words is not None:
            kept[cut.letter.words.start] = cut.letter.words
    for words in kept.values():
        if words.attributes.get("xml:space") != "preserve":
            edits.set(words, {"xml:space": "preserve"})
    box.write(main, edits.made())
    comments.save()
    return box.packed()


def _require_touchable(box: Box, main: str) -> None:
    if any(name.lower().startswith("_xmlsignatures/") for name in box.names):
        raise UntouchableError("signed")
    if _STRICT in box.read(main)[:4000]:
        raise UntouchableError("strict")
    settings = box.related(main, "settings")
    if settings is not None and settings in box:
        for one in box.tree(settings).all("documentProtection"):
            said = {name.rpartition(":")[2]: value for name, value in one.attributes.items()}
            if said.get("edit") in _LOCKED and said.get("enforcement") in ("1", "true", "on"):
                raise UntouchableError("not-allowed")


class _Places:
    """Which letters of a document stand where in the text that was read: cells that say the same are the same."""

    def __init__(self, text: str, origins: Origins, found: Sequence[Stretch]) -> None:
        self._text = text
        self._origins = origins
        self._found: dict[tuple[bool, str], list[Stretch]] = {}
        for one in found:
            said = BREAK.sub("\n", one.text) if one.is_cell else BREAK.sub(" ", one.text).replace("\t", " ").strip()
            self._found.setdefault((one.is_cell, said), []).append(one)
        self._cells: dict[int, Stretch] = {}
        self._align()

    def _align(self) -> None:
        """Give each cell and line of the text its stretch: the first with this text to the first, and so on."""
        left = {key: iter(those) for key, those in self._found.items()}
        for start, row in zip(self._origins.starts, self._origins.rows, strict=True):
            at = start
            while row:
                cell = _CELL.match(self._text, at)
                assert cell is not None
                said = _bare(cell[0])
                if said and (those := next(left.get((True, said), iter(())), None)) is not None:
                    self._cells[at] = those
                at = cell.end() + 1
                if self._text[cell.end() : at] != "\t":
                    break
            if not row:
                line = self._text[start : self._text.find("\n", start)]
                if (those := next(left.get((False, line), iter(())), None)) is not None:
                    self._cells[start] = those

    def of(self, mark: Mark) -> tuple[Letter, Letter] | None:
        """The first and the last letter of what ``mark`` marks; in an empty cell, of the cell before it."""
        span = self._origins.cell(self._text, mark.start)
        start = span.start if span is not None else self._text.rfind("\n", 0, mark.start) + 1
        here = self._cells.get(start)
        if here is not None and here.text:
            within = self._within(start, mark)
            return _letters(here, widened(here.text, Words(*within, mark.severity)))
        before = [at for at in self._cells if at < start and "\n" not in self._text[at:start].strip('"')]
        if not before:
            before = [at for at in self._cells if at < start]
        if not before:
            return None
        known = self._cells[max(before)]
        return _letters(known, Words(0, len(known.text), mark.severity))

    def _within(self, start: int, mark: Mark) -> tuple[int, int]:
        is_quoted = self._text.startswith('"', start)
        places = []
        for offset in (mark.start, mark.end):
            said = self._text[start:offset]
            places.append(len(said[1:].replace('""', '"')) if is_quoted else len(said))
        return places[0], places[1]


def _letters(here: Stretch, words: Words) -> tuple[Letter, Letter] | None:
    start, end = (words.start, words.end) if words.start < words.end else (0, len(here.text))
    found = [letter for letter in here.letters[start:end] if letter is not None]
    found = found or [letter for letter in here.letters if letter is not None]
    return (found[0], found[-1]) if found else None


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == '"' == cell[-1] else cell


@attrs.define(eq=False, repr=False)
class _Cut:
    """A place between two letters: before or behind ``letter``, with the comments that begin and end there."""

    letter: Letter
    at_end: bool
    starts: list[int] = attrs.Factory(list)
    ends: list[int] = attrs.Factory(list)

    def make(self, edits: Edits, prefix: str) -> None:
        """Put the marks of the comments there; the run is cut where the place lies within it."""
        p, run = prefix, self.letter.run
        said = "".join(
            f'<{p}commentRangeEnd {p}id="{one}"/><{p}r><{p}commentReference {p}id="{one}"/></{p}r>' for one in self.ends
        )
        said += "".join(f'<{p}commentRangeStart {p}id="{one}"/>' for one in self.starts)
        at = self.letter.end if self.at_end else self.letter.start
        words = self.letter.words
        if words is None or at in (run.start, run.end):
            edits.insert(run.end if self.at_end else run.start, said.encode())
            return
        look = run.child("rPr")
        looks = edits.data[look.start : look.end].decode() if look is not None else ""
        again = f'<{p}r>{looks}<{p}t xml:space="preserve">'
        edits.insert(at, f"</{p}t></{p}r>{said}{again}".encode())


def _cut(cuts: dict[int, _Cut], letter: Letter, *, at_end: bool) -> _Cut:
    """The cut at a letter: one for each place in the document."""
    run = letter.run
    if letter.words is None or (at_end and letter.is_last) or (not at_end and letter.is_first):
        at = run.end if at_end else run.start
        letter = attrs.evolve(letter, start=run.start, end=run.end)
    else:
        at = letter.end if at_end else letter.start
    return cuts.setdefault(at, _Cut(letter, at_end))


class _Comments:
    """The comments of a document, to which those of goalcheck are added."""

    def __init__(self, box: Box, main: str) -> None:
        self._box = box
        part = box.related(main, "comments")
        if part is None or part not in box:
            part = box.free(f"{main.rpartition('/')[0] or 'word'}/comments{{}}.xml")
            box.write(part, f'{_HEAD}<w:comments xmlns:w="{_WORD}"></w:comments>'.encode())
            box.type(part, _KIND)
            box.relate(main, "comments", part)
        self._part = part
        self._edits, self._root = box.edits(part)
        if self._root.local != "comments":  # the document itself, even
            raise OddXmlError(part)
        numbers = [
            int(said) for one in self._root.all("comment") if (said := _number(one)).isdecimal() and len(said) < 10
        ]
        self._next = max(numbers, default=-1) + 1
        self._added: list[str] = []

    def add(self, mark: Mark) -> int:
        """Add what is said of ``mark``; the number of the comment."""
        p, number = self._root.prefix, self._next
        self._next += 1
        paragraphs = "".join(
            f'<{p}p><{p}r><{p}t xml:space="preserve">{plain_text(line)}</{p}t></{p}r></{p}p>'
            for line in mark.note.split("\n")
        )
        values = f'{p}id="{number}" {p}author={quoteattr(AUTHOR)} {p}initials="GC"'
        self._added.append(f"<{p}comment {values}>{paragraphs}</{p}comment>")
        return number

    def save(self) -> None:
        """Write them."""
        if self._added:
            self._edits.append(self._root, "".join(self._added).encode())
            self._box.write(self._part, self._edits.made())


def _number(element: Element) -> str:
    return next((said for name, said in element.attributes.items() if name.rpartition(":")[2] == "id"), "")


def _uncomment(box: Box, main: str) -> None:
    """Take the comments of an earlier copy away."""
    part = box.related(main, "comments")
    if part is None or part not in box:
        return
    edits, root = box.edits(part)
    gone = set()
    for one in root.all("comment"):
        author = next((said for name, said in one.attributes.items() if name.rpartition(":")[2] == "author"), "")
        if author == AUTHOR:
            gone.add(_number(one))
            edits.remove(one)
    if not gone:
        return
    box.write(part, edits.made())
    edits, root = box.edits(main)
    for one in root.below():
        is_edge = one.local in ("commentRangeStart", "commentRangeEnd") and _number(one) in gone
        if is_edge or (one.local == "r" and any(_number(inner) in gone for inner in one.all("commentReference"))):
            edits.remove(one)
    box.write(main, edits.made())
