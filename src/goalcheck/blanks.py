"""Blanks within a text: which of them say nothing, and the text without these."""

from __future__ import annotations

from functools import lru_cache

from goalcheck.files.regexes import regex

_SHORT = 40  # longer texts are goals, and seldom asked for twice
_SPACE = regex(r"\s+")
_WORD = r"0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_LATIN_GAP = regex(rf"(?<=[{_WORD}])\s+(?=[{_WORD}])")
STRAY_GAP = regex(rf"(?<![{_WORD}])\s+|\s+(?![{_WORD}])")
"""Blanks that say nothing: all but those between Latin words or figures, in either width. :func:`clean` drops them."""


def clean(text: str) -> str:
    """``text`` without the blanks that line breaks of PDF and OCR leave, a doubled quotation mark made single."""
    return _clean_short(text) if len(text) <= _SHORT else _clean(text)


def has_blank(text: str) -> bool:
    """Whether any blank stands in ``text``, a line break among them."""
    return bool(text) and text.split(maxsplit=1) != [text]


def single_quotes(text: str) -> str:
    """``text`` with each quotation mark once that a quoted cell doubles."""
    return text.replace('""', '"') if '""' in text else text


def _clean(text: str) -> str:
    text = single_quotes(text)
    if not has_blank(text):
        return text
    return _SPACE.sub("", _LATIN_GAP.sub("\0", text.strip())).replace("\0", " ")


_clean_short = lru_cache(maxsize=8192)(_clean)
