"""Words of a page as a browser shows them: :func:`shown`."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from goalcheck.files.regexes import regex

BREAK = "\x1e"
"""Stands among words for a line break."""

EDGE = "\x1f"
"""Stands among words where a paragraph or a table begins or ends."""

_OTHER_THAN_WORDS = regex("[ \t\n\r\f\x1e\x1f\xa0]")
_BREAKS = regex("(?<![ \t\n\r\f])[ \t\n\r\f]*+[\x1e\x1f][ \t\n\r\f\x1e\x1f]*+")
_BLANKS = regex("[ \t\n\r\f]++")


def shown(words: str) -> str:
    """``words`` as they are shown: blanks run together, and none where a line of Chinese was broken."""
    if not _OTHER_THAN_WORDS.search(words):
        return words
    words = _BLANKS.sub(_joined, _BREAKS.sub(lambda found: BREAK * max(found[0].count(BREAK), 1), words))
    return "\n".join(line.strip(" ") for line in words.replace("\xa0", " ").split(BREAK)).strip("\n")


def _joined(found: re.Match[str]) -> str:
    """What stays of a run of blanks: nothing where a line was broken between Chinese characters."""
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    if before and after and ("\n" in found[0] or "\r" in found[0]):
        widths = east_asian_width(before), east_asian_width(after)
        if "W" in widths and all(width in "WFA" for width in widths):
            return ""
    return " "
