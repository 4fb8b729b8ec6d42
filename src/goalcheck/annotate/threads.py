"""Answers in threads of comments: on a cell with a thread, Excel shows that and not the note."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from goalcheck.annotate.box import Box
from goalcheck.annotate.marks import AUTHOR
from goalcheck.annotate.worksheet import Place, reference
from goalcheck.prose.xml_text import cell_text

_SPACE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_RELATION = "http://schemas.microsoft.com/office/2017/10/relationships/person"
_KIND = "application/vnd.ms-excel.person+xml"


def answer(box: Box, book: str, part: str, notes: Mapping[Place, str]) -> None:
    """Answer in the threads of the worksheet ``part`` that stand on the cells of ``notes``."""
    threads = box.related(part, "threadedComment")
    if threads is None or threads not in box:
        return
    edits, root = box.edits(threads)
    first = {
        one.attributes.get("ref", ""): one.attributes.get("id", "")
        for one in reversed([*root.all("threadedComment")])
        if "parentId" not in one.attributes
    }
    said = []
    for place, text in sorted(notes.items()):
        thread = first.get(reference(place))
        if thread:
            values = f'ref="{reference(place)}" personId="{_identity(AUTHOR)}" id="{_identity(thread + text)}"'
            said.append(
                f"<{root.prefix}threadedComment {values} parentId={quoteattr(thread)}>"
                f"<{root.prefix}text>{cell_text(text)}</{root.prefix}text></{root.prefix}threadedComment>"
            )
    if said:
        edits.append(root, "".join(said).encode())
        box.write(threads, edits.made())
        _introduce(box, book)


def _introduce(box: Box, book: str) -> None:
    """Name goalcheck among the persons of the workbook."""
    persons = box.related(book, "person")
    if persons is None or persons not in box:
        persons = box.free("xl/persons/person{}.xml")
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        box.write(persons, f'{head}<personList xmlns="{_SPACE}"></personList>'.encode())
        box.type(persons, _KIND)
        box.relate(book, _RELATION, persons)
    edits, root = box.edits(persons)
    if not any(one.attributes.get("id") == _identity(AUTHOR) for one in root.all("person")):
        said = f'displayName="{AUTHOR}" id="{_identity(AUTHOR)}" userId="{AUTHOR}" providerId="None"'
        edits.append(root, f"<{root.prefix}person {said}/>".encode())
        box.write(persons, edits.made())


def retract(box: Box, part: str) -> None:
    """Take the answers of goalcheck from the threads of the worksheet ``part``."""
    threads = box.related(part, "threadedComment")
    if threads is None or threads not in box:
        return
    edits, root = box.edits(threads)
    for one in root.all("threadedComment"):
        if one.attributes.get("personId") == _identity(AUTHOR):
            edits.remove(one)
    if edits:
        box.write(threads, edits.made())


def _identity(said: str) -> str:
    """A GUID that is always the same for ``said``."""
    digits = hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest().upper()
    return "{" + "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32])) + "}"
