"""Parts HTML into tags and words, as browsers do: :func:`pieces`.

The one of the standard library takes a minute for 240 KB of ``<!--``, for it looks for the end of each anew, and what
it makes of broken markup differs between versions of Python. Here whatever has no end reaches to the end of the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

import attrs

from goalcheck.files.regexes import regex

HIDDEN = frozenset(("script", "style", "xml", "title", "noscript", "noframes", "iframe", "noembed", "template"))
"""Elements of whose content nothing is shown."""

_MARK = regex(r"<(?=[A-Za-z!?/])")
_TAG = regex(
    r"""<(/?)([A-Za-z][^ \t\n\r\f/>]*+)
    ((?:[ \t\n\r\f/]*+ [^ \t\n\r\f/>] [^ \t\n\r\f/>=]*+
        (?:[ \t\n\r\f]*+ = [ \t\n\r\f]*+ (?:"[^"]*+" | '[^']*+' | [^ \t\n\r\f>]*+))?+ )*+)
    [ \t\n\r\f]*+ (/?) [ \t\n\r\f/]*+ >""",
    re.VERBOSE,
)
_ATTRIBUTE = regex(
    r"""([^ \t\n\r\f/>][^ \t\n\r\f/>=]*+)
    (?:[ \t\n\r\f]*+ = [ \t\n\r\f]*+ (?:"([^"]*+)" | '([^']*+)' | ([^ \t\n\r\f>]*+)))?+""",
    re.VERBOSE,
)
_QUOTED = regex("\"[^\"]*+\"|'[^']*+'")
_AFTER_VALUE = frozenset(("", *" \t\n\r\f/"))
_OF_TABLES = frozenset(("table", "tr", "td", "th"))
_ELEMENTS = _OF_TABLES | frozenset((
    "a", "b", "body", "br", "center", "col", "colgroup", "div", "em", "font", "html", "i", "p", "span", "strong", "sub",
    "sup", "tbody", "tfoot", "thead", "u",
))  # fmt: skip
"""Names after which nothing stands that could be words."""
_CELL = regex(r"</?t[dhr]\b", re.IGNORECASE)
_END_TAKEN = regex(r"[ \t\n\r\f]*+</[A-Za-z][A-Za-z0-9]*+[ \t\n\r\f]*+")
_NO_TAG_TAKES_END = regex(r"<(?:[!?/]|!\[CDATA\[)[ \t\n\r\f]*+</[A-Za-z][A-Za-z0-9]*+[ \t\n\r\f]*+")
"""What has no end and takes the end of an element with it, no words: so a cell ends where the next begins."""

_COMMENT_ENDS = regex("--!?>")
_LONG_NUMBER = regex(r"&#(?:[0-9]|[xX])[0-9a-fA-F]{8,};?")
_OTHER_ENDS = regex(">")
_ENDS = {name: regex(rf"(?=</{name}[ \t\n\r\f/>])", re.IGNORECASE) for name in (*HIDDEN, "textarea")}


@attrs.frozen(eq=False, repr=False)
class Tag:
    """A tag: its name in lower case, whether it ends an element, and what is written in it."""

    name: str
    is_end: bool
    written: str

    @property
    def attributes(self) -> Mapping[str, str]:
        """Its attributes by their names in lower case; of two with the same name the first counts."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.written):
            found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
        return found

    @property
    def is_torn(self) -> bool:
        """Whether it has no end of its own: it goes on to that of another, and what lies between is not shown.

        No attribute holds the beginning of a tag, but for one in quotes behind which nothing follows at once; those of
        cells hold none of a cell even there. One that only takes the end of an element is none: a browser shows the
        same.
        """
        said = self.name + self.written
        if "<" not in said:
            return False
        plain = said.partition("<")[0].rstrip()
        if plain in (_ELEMENTS if self.is_end else _ELEMENTS - _OF_TABLES) and _END_TAKEN.fullmatch(said, len(plain)):
            return False
        if _MARK.search(_QUOTED.sub("", said)) is not None or _has_lost_quote(self.written):
            return True
        return self.name in _OF_TABLES and _CELL.search(said) is not None


def _has_lost_quote(written: str) -> bool:
    """Whether a tag stands in quotes behind which something follows at once: they are those of two attributes."""
    return any(
        _MARK.search(found[0]) is not None and written[found.end() : found.end() + 1] not in _AFTER_VALUE
        for found in _QUOTED.finditer(written)
    )


TORN = Tag("", False, "")
"""What comes where something that is no tag takes others with it."""

CUT = Tag("", True, "")
"""What comes last where a text ends within a tag, a comment, or an element that hides its content."""


def pieces(text: str) -> Iterator[Tag | str]:
    """The tags and the words of ``text`` in their order. Comments and what is never shown are left out."""
    at, last = 0, text.rfind(">")
    while (mark := _MARK.search(text, at)) is not None:
        start = mark.start()
        if start > at:
            yield unescape(text[at:start])
        end = None
        if text.startswith("<!--", start):
            end = _COMMENT_ENDS.search(text, start + 2)
        elif (tag := _TAG.match(text, start)) is not None:
            name = tag[2].lower()
            yield Tag(name, bool(tag[1]), tag[3])
            at = tag.end()
            if tag[1] or tag[4] or name not in _ENDS:
                continue
            end = _ENDS[name].search(text, at)
            if end is not None and name == "textarea":
                yield unescape(text[at : end.start()])
        elif start < last:
            end = _OTHER_ENDS.search(text, start)
            yield from _torn(text, start, end)
        if end is None:
            yield CUT
            return
        at = end.end()
    if at < len(text):
        yield unescape(text[at:])


def _torn(text: str, start: int, end: re.Match[str] | None) -> Iterator[Tag]:
    """:data:`TORN` where another tag begins within what is none, from ``start`` to ``end``."""
    if end is None or text.find("<", start + 1, end.start()) < 0:
        return
    if _NO_TAG_TAKES_END.fullmatch(text, start, end.start()) is None:
        yield TORN


def unescape(text: str) -> str:
    """``text`` with the characters that its entities stand for; a number without end is none."""
    if "&" not in text:
        return text
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text) if "&#" in text else text)
