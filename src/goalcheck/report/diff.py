"""The unified diff of two texts of one file, as ``patch -p0`` takes it where the file is UTF-8; or a line a cell."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, takewhile

from goalcheck.files.regexes import regex
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import rows
from goalcheck.source import Source

_CONTEXT = 3
_SENTENCE = regex(r"[^\u3002\n]*+[\u3002\n]|[^\u3002\n]++")
_NO_NEWLINE = "\n\\ No newline at end of file\n"
_Step = tuple[str, int, int, int, int]  # as difflib has it: what it is, and from where to where in both texts


def report(path: str, before: str, after: str, *, terminal: bool = False) -> Iterator[str]:
    """The diff line by line; nothing if there is no difference.

    Lines end where ``patch`` sees them end, at LF alone. On a ``terminal`` controls and invisible marks are spelt out.
    """
    old, new = _lines(before), _lines(after)
    name = sentences.path(path)
    head = f"{name}\t" if " " in name else name  # else the name would end at the blank
    for number, steps in enumerate(_hunks(old, new)):
        if number == 0:
            yield f"--- {head}\n+++ {head}\n"
        (_, i1, _, j1, _), (_, _, i2, _, j2) = steps[0], steps[-1]
        yield f"@@ -{_range(i1, i2)} +{_range(j1, j2)} @@\n"
        for sign, line in _signed(steps, old, new):
            yield sign + (_shown(line) if terminal else line) + ("" if line.endswith("\n") else _NO_NEWLINE)


def of_cells(source: Source, cells: Iterable[tuple[int, str, str]], language: str) -> Iterator[str]:
    """The same for a file that is no text: a line a cell, or a line each entry of it, before and after.

    Of each of the ``cells`` it is known where it begins in ``source``.
    """
    name = sentences.path(source.path)
    for start, old, new in cells:
        place = rows.place(source, start, language)
        for pair in _changed(_SENTENCE.findall(old), _SENTENCE.findall(new)):
            before, after = map(sentences.plain, pair)
            yield say("fix.cell", language, path=name, place=place, old=before, new=after) + "\n"


def _changed(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """What differs of two texts that are cut into sentences; what is left out before and behind is an ellipsis."""
    if len(old) == len(new):
        yield from ((one, other) for one, other in zip(old, new, strict=True) if one != other)
        return
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    rest = [old[same:], new[same:]]
    behind = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*map(reversed, rest), strict=False)))
    lead, tail = "\u2026" if same else "", "\u2026" if behind else ""
    before, after = ("".join(part[: len(part) - behind]) for part in rest)
    yield f"{lead}{before}{tail}", f"{lead}{after}{tail}"


def _hunks(old: list[str], new: list[str]) -> Iterator[Sequence[_Step]]:
    """The steps of each hunk. difflib may take quadratic time; it is asked only where line breaks have changed."""
    if len(old) != len(new):
        yield from SequenceMatcher(None, old, new).get_grouped_opcodes(_CONTEXT)
        return
    stretches: list[tuple[int, int]] = []
    for at, (one, other) in enumerate(zip(old, new, strict=True)):
        if one != other:
            start, end = max(at - _CONTEXT, 0), min(at + 1 + _CONTEXT, len(old))
            if stretches and start <= stretches[-1][1]:
                start, _ = stretches.pop()
            stretches.append((start, end))
    for start, end in stretches:
        runs = groupby(range(start, end), lambda at: "equal" if old[at] == new[at] else "replace")
        steps = [(kind, list(run)) for kind, run in runs]
        yield [(kind, run[0], run[-1] + 1, run[0], run[-1] + 1) for kind, run in steps]


def _signed(steps: Sequence[_Step], old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """The lines of a hunk, each with its sign."""
    for kind, i1, i2, j1, j2 in steps:
        if kind == "equal":
            yield from ((" ", line) for line in old[i1:i2])
        else:
            yield from (("-", line) for line in old[i1:i2])
            yield from (("+", line) for line in new[j1:j2])


def _range(start: int, end: int) -> str:
    """A stretch of lines as ``patch`` counts them: one alone by its number, none by the line before."""
    return f"{start + 1}" if end - start == 1 else f"{start + (end > start)},{end - start}"


def _shown(line: str) -> str:
    text = line.removesuffix("\n")
    return sentences.visible(text.removesuffix("\r")) + line[len(text) :]


def _lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline="\n"))
