"""How a PDF is written: what its objects and what its pages draw are made of, as pieces of expressions."""

from __future__ import annotations

import sys

from goalcheck.files.regexes import regex

MOST_READ = 2**23
"""Bytes of a PDF that are looked through for faults; more is not worth the time."""

SPACE = rb"[\0\t\n\f\r ]"
GAP = SPACE + b"{1,9}"
NAME_CHARACTER = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
BLANK = b"(?:" + SPACE + rb"++|%[^\r\n]*+)*+"
"""Blanks and comments, or none."""

END = b"(?!" + NAME_CHARACTER + b")" + BLANK
"""The end of a word, and the blanks behind it."""

NAME = b"/" + NAME_CHARACTER + b"*+" + BLANK
_MOST_ROUND = 4  # brackets within the brackets of a text that need no sign that they are meant


def either(*parts: bytes) -> bytes:
    """One of ``parts``."""
    return b"(?:" + b"|".join(parts) + b")"


def entry(key: bytes, name: bytes) -> bytes:
    """An entry of a dictionary, under ``key``, that is a ``name``."""
    return b"/" + key + SPACE + b"{0,9}/" + name + rb"(?!\w)"


def reference(number: bytes = rb"(\d{1,10})", generation: bytes = rb"\d{1,5}") -> bytes:
    """What stands for the object of this ``number``."""
    return number + GAP + generation + GAP + b"R"


def object_head(number: bytes = rb"(\d{1,10})", generation: bytes = rb"\d{1,5}") -> bytes:
    """What the object of this ``number`` begins with."""
    return number + GAP + generation + GAP + rb"obj(?!\w)"


def _text(depth: int) -> bytes:
    within = _text(depth - 1) if depth else rb"\\."
    return rb"\((?:[^()\\]++|\\.|" + within + rb")*+\)"


TEXT = either(_text(_MOST_ROUND) + BLANK, rb"<[0-9A-Fa-f\0\t\n\f\r ]*+>" + BLANK)
"""A text in brackets, or in hexadecimal digits."""

PAIRS = either(rb"(?:[0-9A-Fa-f]{2})++", SPACE + b"++", rb"[0-9A-Fa-f]" + SPACE + rb"++[0-9A-Fa-f]") + b"*+"
"""Hexadecimal digits, two a byte."""

BLANKS = regex(BLANK)
NAMES = regex(b"/(" + NAME_CHARACTER + b"++)")
REFERENCE = regex(rb"(?<!\d)" + reference())
FILTERS = regex(b"/Filter" + SPACE + rb"{0,64}(\[[^\]]{0,400}\]|/" + NAME_CHARACTER + b"{1,40})")
COMPOSITE = regex(entry(b"Subtype", b"Type0"))
"""A font whose codes may take several bytes."""

LENGTH = regex(b"/Length" + GAP + rb"(\d{1,9})(?![\d\0\t\n\f\r ]{1,9}\d{1,5}" + GAP + b"R)")
"""The bytes of a stream, where no other object says how many."""


def after_blanks(data: bytes, at: int, end: int = sys.maxsize) -> int:
    """Where ``data`` goes on behind the blanks and comments that stand there, up to ``end``."""
    found = BLANKS.match(data, at, end)
    return found.end() if found is not None else at
