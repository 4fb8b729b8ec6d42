"""Whether a PDF tells in full which characters the codes of its fonts stand for: :func:`names_all`.

The library passes over what it does not understand there and takes the codes for characters of its own choice.
"""

from __future__ import annotations

from goalcheck.files.regexes import regex
from goalcheck.readers.pdf.syntax import BLANK, GAP, PAIRS, either

_DIGITS = b"<" + PAIRS + b">" + BLANK
_LIST = rb"\[" + BLANK + either(_DIGITS) + rb"*+\]" + BLANK
_PAIRS = regex(either(_DIGITS * 2) + b"*+")
_ROWS = regex(either(_DIGITS * 2 + either(_DIGITS, _LIST)) + b"*+")
_OF_ONE = {b"bfchar": 2, b"bfrange": 3}  # texts
_BEGIN = regex(rb"(?<!\d)(\d{1,5})" + GAP + rb"begin(bfchar|bfrange)(?!\w)" + BLANK)
_END = regex(rb"end(?:bfchar|bfrange)(?!\w)")
_LISTED = regex(rb"\[[^\[\]]*+\]")


def names_all(told: bytes) -> bool:
    """Whether all parts of ``told`` are pairs and rows of codes and characters, as many as each part announces."""
    count, at = 0, 0
    while (part := _BEGIN.search(told, at)) is not None:
        found = (_PAIRS.match if part[2] == b"bfchar" else _ROWS.match)(told, part.end())
        if found is None or not told.startswith(b"end" + part[2], found.end()):
            return False
        if _LISTED.sub(b"<", found[0]).count(b"<") < _OF_ONE[part[2]] * int(part[1]):  # some programs count wrongly
            return False
        count, at = count + 1, found.end()
    return count == len(_END.findall(told))
