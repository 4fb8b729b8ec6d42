"""Text as the XML of office files holds it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from goalcheck.files.regexes import regex

_ESCAPE_LIKE = regex(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def cell_text(text: str) -> str:
    """``text`` as XML of a workbook: what XML cannot hold is left out, and what reads as an escape is escaped."""
    text = _ESCAPE_LIKE.sub("_x005F_", _FORBIDDEN.sub("", text))
    return escape(text).replace("\r", "_x000D_")


def plain_text(text: str) -> str:
    """``text`` as XML: what that cannot hold is left out."""
    return escape(_FORBIDDEN.sub("", text))


def quoted_text(text: str) -> str:
    """The same as the value of an attribute, with its quotes."""
    return quoteattr(_FORBIDDEN.sub("", text))
