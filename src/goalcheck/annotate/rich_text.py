"""Marks words within the text of a cell: its runs are cut where marks begin and end, and no run loses what it had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import attrs

from goalcheck.annotate.box import Box
from goalcheck.annotate.cell_formats import INK, RUN_LOOKS
from goalcheck.annotate.splice import content_text, opened, prefixed, scan, tree
from goalcheck.annotate.words import Stretch, graded, pieces
from goalcheck.files.regexes import regex
from goalcheck.prose.xml_text import cell_text
from goalcheck.readers.shared_strings import unescaped
from goalcheck.readers.table_text import BREAK

_OWN_LOOKS = frozenset(("color", "u"))


@attrs.frozen(eq=False, repr=False)
class Run:
    """A stretch of a text with one look: names and elements of its ``rPr``, as they are written, None without any."""

    look: Sequence[tuple[str, bytes]] | None
    text: str


@attrs.frozen(eq=False, repr=False)
class Text:
    """A text: its runs, and what is written behind them of how to read it aloud, which counts its characters."""

    runs: Sequence[Run]
    aloud: bytes


def strings(box: Box, book: str, wanted: Iterable[int]) -> Mapping[int, bytes]:
    """The shared texts with the numbers ``wanted``, as they are written in their ``si``."""
    numbers, found = frozenset(wanted), dict[int, bytes]()
    part = box.related(book, "sharedStrings")
    if part is None or part not in box or not numbers:
        return found
    data = box.read(part)
    depth = number = inside = 0

    def start(_: str, __: object, at: int) -> None:
        nonlocal depth, inside
        depth += 1
        if depth == 2:
            inside = at

    def end(_: str, at: int) -> None:
        nonlocal depth, number
        depth -= 1
        if depth == 1:
            if number in numbers:
                begin = opened(data, inside)
                found[number] = data[begin:at] if at > inside else b""
            number += 1

    scan(data, part, start, end)
    return found


def runs(inside: bytes, part: str, prefix: str) -> Text:
    """A text, as it is written in its ``si`` or ``is``; its elements get the ``prefix`` of the part it goes to."""
    found: list[Run] = []
    aloud = b""
    whole = b"<a>" + inside + b"</a>"
    children = tree(whole, part).children
    if any(child.prefix != prefix for child in children):
        whole = b"<a>" + prefixed(inside, prefix) + b"</a>"
        children = tree(whole, part).children
    for child in children:
        if child.local in ("rPh", "phoneticPr"):
            aloud += whole[child.start : child.end]
            continue
        words = child if child.local == "t" else child.child("t")
        look = child.child("rPr") if child.local == "r" else None
        if words is not None:
            looks = None if look is None else [(one.local, whole[one.start : one.end]) for one in look.children]
            found.append(Run(looks, "" if words.is_blank else _said(whole[words.opened : words.close])))
    return Text(found, aloud)


def _said(written: bytes) -> str:
    """The text that is ``written``, which has been parsed before."""
    return unescaped(content_text(written))


def marked(
    before: Text, shown: str, stretches: Sequence[Stretch], font: Sequence[tuple[str, bytes]], prefix: str
) -> bytes | None:
    """The text of a cell that shows ``shown``, with ``stretches`` of it marked, as it is written in ``is``.

    None where it is not to be marked within: all of it is at fault, or it does not show what its runs say. ``font`` is
    what a run looks like that says nothing of that.
    """
    text = "".join(run.text for run in before.runs)
    grades = graded(shown, stretches) if BREAK.sub("\n", text) == shown else None
    if grades is None:
        return None
    levels = _as_written(text, grades)
    font = [(name, prefixed(said, prefix)) for name, said in font]
    made: list[bytes] = []
    at = 0
    for run in before.runs:
        stretch = pieces(levels[at : at + len(run.text)])
        made += (_run(run, run.text[one.start : one.end], one.severity, font, prefix) for one in stretch)
        at += len(run.text)
    return b"".join(made) + before.aloud


def _as_written(text: str, grades: Sequence[str]) -> Sequence[str]:
    """``grades`` of what a text shows, for each character of the text: two make a line break."""
    if len(grades) == len(text):
        return grades
    left = iter(grades)
    levels: list[str] = []
    for at, char in enumerate(text):
        levels.append(levels[-1] if char == "\n" and at and text[at - 1] == "\r" else next(left))
    return levels


def _run(run: Run, text: str, severity: str, font: Sequence[tuple[str, bytes]], prefix: str) -> bytes:
    """A run with ``text``, marked where there is a ``severity``; one with a colour of its own keeps that."""
    look = run.look
    if severity and not (look is not None and any(name in _OWN_LOOKS for name, _ in look)):
        kept = [(name, said) for name, said in (font if look is None else look) if name not in _OWN_LOOKS]
        own = [
            ("color", f'<{prefix}color rgb="{INK[severity]}"/>'.encode()),
            ("u", f'<{prefix}u val="single"/>'.encode()),
        ]
        look = sorted([*kept, *own], key=lambda one: RUN_LOOKS.index(one[0]) if one[0] in RUN_LOOKS else -1)
    said = (
        b"" if not look else f"<{prefix}rPr>".encode() + b"".join(one for _, one in look) + f"</{prefix}rPr>".encode()
    )
    words = f'<{prefix}t xml:space="preserve">{cell_text(text)}</{prefix}t></{prefix}r>'.encode()
    return f"<{prefix}r>".encode() + said + words


_OWN_COLOUR = regex(rb'rgb="(?:' + "|".join(INK.values()).encode() + rb')"')


_LOOK = regex(rb"<(?:\w+:)?rPr>(?:(?!</?(?:\w+:)?rPr>).)*+</(?:\w+:)?rPr>", re.DOTALL)
_OWN_LOOK = regex(rb"<(?:\w+:)?(?:color|u)\b(?:[^<>/]|/(?!>))*+/>")


def unmarked(inside: bytes) -> bytes:
    """Texts as they are written, without the marks that goalcheck has put into them."""
    if not _OWN_COLOUR.search(inside):
        return inside

    def plain(found: re.Match[bytes]) -> bytes:
        look = found[0]
        if not _OWN_COLOUR.search(look):
            return look
        return _OWN_LOOK.sub(b"", look)

    return _LOOK.sub(plain, inside)
