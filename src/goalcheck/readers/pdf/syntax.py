"""How a PDF is written: what its objects and what its pages draw are made of, as pieces of expressions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise

from goalcheck.files.regexes import regex

MOST_READ = 2**23
"""Bytes of a PDF that are looked through for faults; more is not worth the time."""

SPACE = rb"[\0\t\n\f\r ]"
BLANK = rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+"
"""Blanks and comments, or none."""

END = rb"(?![^\0\t\n\f\r ()<>\[\]{}/%])" + BLANK
"""The end of a word, and the blanks behind it."""

NAME = rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*+" + BLANK
_MOST_ROUND = 4  # brackets within the brackets of a text that need no sign that they are meant


def either(*parts: bytes) -> bytes:
    """One of ``parts``."""
    return b"(?:" + b"|".join(parts) + b")"


def _text(depth: int) -> bytes:
    within = _text(depth - 1) if depth else rb"\\."
    return rb"\((?:[^()\\]++|\\.|" + within + rb")*+\)"


TEXT = either(_text(_MOST_ROUND) + BLANK, rb"<[0-9A-Fa-f\0\t\n\f\r ]*+>" + BLANK)
"""A text in brackets, or in hexadecimal digits."""

PAIRS = either(rb"(?:[0-9A-Fa-f]{2})++", SPACE + b"++", rb"[0-9A-Fa-f]" + SPACE + rb"++[0-9A-Fa-f]") + b"*+"
"""Hexadecimal digits, two a byte."""

BLANKS = regex(BLANK)
NAMES = regex(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]++)")
REFERENCE = regex(rb"(?<!\d)(\d{1,10})[\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}R")
PACKED_OBJECTS = regex(rb"/Type[\0\t\n\f\r ]{0,9}/ObjStm")
FIRST = regex(rb"/First[\0\t\n\f\r ]{1,9}(\d{1,9})")
FILTERS = regex(rb"/Filter[\0\t\n\f\r ]{0,64}(\[[^\]]{0,400}\]|/[^\0\t\n\f\r ()<>\[\]{}/%]{1,40})")
LENGTH = regex(rb"/Length[\0\t\n\f\r ]{1,9}(\d{1,9})(?![\d\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}R)")
"""The bytes of a stream, where no other object says how many."""


def after_blanks(data: bytes, at: int, end: int = sys.maxsize) -> int:
    """Where ``data`` goes on behind the blanks and comments that stand there, up to ``end``."""
    found = BLANKS.match(data, at, end)
    return found.end() if found is not None else at


def objects_within(held: bytes, first: int) -> Iterator[tuple[bytes, int, int]]:
    """The number of each object that a stream holds, and from where to where it goes; the one at ``first`` begins."""
    told = held[:first].split()
    listed = zip(told[::2], told[1::2], strict=False)
    places = {number: first + int(place) for number, place in listed if place.isdigit()}
    ends = dict(pairwise(sorted({*places.values(), len(held)})))
    for number, start in places.items():
        yield number, start, ends.get(start, start)
