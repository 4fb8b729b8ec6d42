"""The notes of a worksheet: those of goalcheck are added beside others, or at the end of them. :class:`Notes`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

from goalcheck.annotate.box import Box
from goalcheck.annotate.drawing import Drawing
from goalcheck.annotate.marks import AUTHOR
from goalcheck.annotate.splice import Edits, Element, OddXmlError
from goalcheck.annotate.worksheet import AFTER_LEGACY, Outline, Place, reference
from goalcheck.prose.xml_text import cell_text
from goalcheck.readers.worksheets import cell

PARTING = f"\n\u2014\u2014 {AUTHOR} \u2014\u2014\n"
"""What stands between the note that somebody has written and what goalcheck says in it."""

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MOST = 30_000
"""Characters of a note: a cell holds no more than 32,767, and somebody else may have said something there."""


def add_notes(box: Box, part: str, outlined: Outline, notes: Mapping[Place, str]) -> bytes | None:
    """Add ``notes`` to the worksheet ``part``, by their cells. The element that leads to their boxes, if it is new."""
    comments = box.related(part, "comments")
    if comments is None:
        comments = box.free("xl/comments{}.xml")
        box.write(comments, f'{_HEAD}<comments xmlns="{_SPREADSHEET}"><authors/><commentList/></comments>'.encode())
        box.type(comments, _KIND)
        box.relate(part, "comments", comments)
    edits, root = box.edits(comments)
    authors, listed = root.child("authors"), root.child("commentList")
    if authors is None or listed is None:
        raise OddXmlError(comments)
    here = {one.attributes.get("ref", ""): one for one in listed.all("comment")}
    names = _authors(edits.data, authors)
    number = names.index(AUTHOR) if AUTHOR in names else len(names)
    added = []
    told: dict[Place, str] = {}  # those that need a box
    longer: dict[Place, int] = {}
    for place, text in sorted(notes.items()):
        known = here.get(reference(place))
        if known is not None and (inside := known.child("text")) is not None:
            edits.append(inside, _run(root.prefix, PARTING + text))
            longer[place] = text.count("\n") + len(text) // 24 + 2
        else:
            told[place] = text
            added.append(_comment(root.prefix, place, number, text))
    if added:
        if number == len(names):
            edits.append(authors, f"<{root.prefix}author>{AUTHOR}</{root.prefix}author>".encode())
        edits.append(listed, b"".join(added))
    box.write(comments, edits.made())
    return _draw(box, part, outlined, told, longer)


def _draw(
    box: Box, part: str, outlined: Outline, told: Mapping[Place, str], longer: Mapping[Place, int]
) -> bytes | None:
    """Draw the boxes of notes. The element that leads to them, where the worksheet has none."""
    root = outlined.root
    legacy = root.child("legacyDrawing")
    name = (
        next((said for key, said in legacy.attributes.items() if key.rpartition(":")[2] == "id"), "") if legacy else ""
    )
    known = box.relations(part).get(name, ("", ""))[1]
    drawing = Drawing(box, known if known in box else None)
    for place, more in longer.items():
        drawing.enlarge(place, more)
    for place, text in told.items():
        drawing.add(place, text, outlined)
    made = drawing.save()
    if legacy is not None:
        return None
    relation = box.relate(part, "vmlDrawing", made)
    # a prefix of its own, declared here, whatever the worksheet declares
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<{root.prefix}legacyDrawing xmlns:r={quoteattr(space)} r:id="{relation}"/>'.encode()


def place_of_legacy(root: Element) -> int:
    """Where in a worksheet the element stands that leads to the boxes of notes."""
    for child in root.children:
        inside = {one.local for one in child.below()}
        if child.local in AFTER_LEGACY or (child.local == "AlternateContent" and inside & AFTER_LEGACY):
            return child.start
    return root.close


def _comment(prefix: str, place: Place, author: int, text: str) -> bytes:
    head, colon, rest = text.partition("\n")
    said = _run(prefix, head, bold=True) + (_run(prefix, colon + rest) if colon else b"")
    begin = f'<{prefix}comment ref="{reference(place)}" authorId="{author}"><{prefix}text>'
    return begin.encode() + said + f"</{prefix}text></{prefix}comment>".encode()


def _run(prefix: str, text: str, *, bold: bool = False) -> bytes:
    weight = f"<{prefix}b/>" if bold else ""
    font = f'<{prefix}sz val="10"/><{prefix}rFont val="宋体"/><{prefix}charset val="134"/>'
    look = f"<{prefix}rPr>{weight}{font}</{prefix}rPr>"
    return f'<{prefix}r>{look}<{prefix}t xml:space="preserve">{cell_text(text)}</{prefix}t></{prefix}r>'.encode()


def remove_notes(box: Box, part: str) -> None:
    """Take the notes of goalcheck from the worksheet ``part``; those of others stay, without what it said in them."""
    comments = box.related(part, "comments")
    if comments is None or comments not in box:
        return
    edits, root = box.edits(comments)
    authors, listed = root.child("authors"), root.child("commentList")
    if authors is None or listed is None:
        return
    names = _authors(edits.data, authors)
    gone: list[Place] = []
    for one in listed.all("comment"):
        number = one.attributes.get("authorId", "")
        author = names[int(number)] if number.isdecimal() and len(number) < 10 and int(number) < len(names) else ""
        place = cell(one.attributes.get("ref", ""))
        if author == AUTHOR and place is not None:
            edits.remove(one)
            gone.append(place)
        elif (text := one.child("text")) is not None:
            _remove_runs(edits, text)
    if edits:
        box.write(comments, edits.made())
    legacy = box.related(part, "vmlDrawing")
    if gone and legacy is not None and legacy in box:
        drawing = Drawing(box, legacy)
        drawing.remove(gone)
        drawing.save()


def _remove_runs(edits: Edits, text: Element) -> None:
    """Take away what goalcheck has said at the end of somebody's note."""
    is_own = False
    for run in text.all("r"):
        is_own = is_own or PARTING.strip().encode() in edits.data[run.start : run.end]
        if is_own:
            edits.remove(run)


def _authors(data: bytes, authors: Element) -> list[str]:
    """The names of those who have written notes, as they are written."""
    return [data[one.opened : max(one.close, one.opened)].decode() for one in authors.all("author")]


def cut(told: Sequence[str], more: str) -> str:
    """What several marks say, one after the other, as far as a note holds it, and ``more`` in the place of the rest."""
    text = "\n\n".join(told)
    if len(text) <= MOST:
        return text
    kept: list[str] = []
    size = len(more) + 2
    for one in told:
        if size + len(one) + 2 > MOST:
            break
        kept.append(one)
        size += len(one) + 2
    return "\n\n".join([*kept, more])
