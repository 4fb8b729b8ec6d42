"""Worksheets that may be long: :class:`LongSheet` keeps its rows on disk, so that many take no more memory than few.

XlsxWriter would keep each cell, or else write texts into the cells, where Numbers and what shows files on a telephone
do not look for them. It makes the workbook with the heads of the worksheet, and below them one row that shows which
number each format got; rows, links and the texts of all of them, :class:`Texts`, are put into the parts at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

import attrs

from goalcheck.files.regexes import regex
from goalcheck.prose.xml_text import cell_text, quoted_text
from goalcheck.report.spool import Spool
from goalcheck.source import column_letters

Value = str | int | Decimal | None

MOST_LINKS = 65_530
"""Links that a worksheet may hold."""

_MOST_KNOWN = 4_000  # texts that are known again
_LONGEST_KNOWN = 400
_MARKS = 0xE000  # from here on, what stands for the number of a format until it is known
_SHOWN, _SHOWN_END = b'<row r="2"', b"</row>"
_FORMAT = regex(rb' s="(\d+)"')
_DIMENSION = regex(rb'<dimension ref="[^"]*"/>')
_AFTER_LINKS = b"<printOptions"
_OWN_TEXT = regex(rb'(t="s"><v>)(\d+)')
_COUNTS = regex(rb' count="(\d+)" uniqueCount="(\d+)">')
_RELATED = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


@attrs.frozen
class Link:
    """A link from a cell to another file, the ``target``, and to a ``location`` in it."""

    target: str
    location: str = ""


class Texts:
    """The texts of the cells of a workbook; one that came a short while ago is not written again."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._known: dict[str, int] = {}
        self._number = self._uses = 0

    def add(self, text: str) -> int:
        """The number of ``text``."""
        self._uses += 1
        number = self._known.get(text)
        if number is None:
            number = self._number
            self._number += 1
            keep = ' xml:space="preserve"' if text != text.strip() else ""
            self._spool.add(f"<si><t{keep}>{cell_text(text)}</t></si>")
            if len(text) <= _LONGEST_KNOWN:
                if len(self._known) == _MOST_KNOWN:
                    self._known.clear()
                self._known[text] = number
        return number

    def moved(self, xml: bytes) -> bytes:
        """The worksheet ``xml`` of XlsxWriter with its texts behind these."""
        return _OWN_TEXT.sub(lambda found: found[1] + b"%d" % (int(found[2]) + self._number), xml)

    def before(self, xml: bytes) -> Iterator[bytes]:
        """These texts, then those of XlsxWriter: what stands in ``xml``."""
        counts = _COUNTS.search(xml)
        assert counts is not None  # there are heads
        total, unique = int(counts[1]) + self._uses, int(counts[2]) + self._number
        yield xml[: counts.start()] + b' count="%d" uniqueCount="%d">' % (total, unique)
        yield from (piece.encode() for piece in self._spool)
        yield xml[counts.end() :]

    def close(self) -> None:
        """Give back the room on disk."""
        self._spool.close()


class LongSheet:
    """The rows of a worksheet below its heads, which XlsxWriter writes into ``sheet``; texts go to ``texts``."""

    def __init__(self, sheet: Any, texts: Texts) -> None:
        self.sheet = sheet
        self.row = 0
        """The last row that was written, from 0; that of the heads is there."""
        self._texts = texts
        self._rows, self._links, self._targets = Spool(), Spool(), Spool()
        self._marks: dict[int, str] = {}
        self._linked = 0
        self._width = 0

    @property
    def has_links(self) -> bool:
        """Whether anything is linked."""
        return bool(self._linked)

    @property
    def may_link(self) -> bool:
        """Whether there is room for another link."""
        return self._linked < MOST_LINKS

    def add(self, cells: Sequence[tuple[Value, Any]], height: float, links: Mapping[int, Link] | None = None) -> None:
        """Add a row of cells, each with its format; ``links`` are those of its cells by their columns, from 0."""
        self.row += 1
        self._width = max(self._width, len(cells))
        number = self.row + 1
        written = [f'<row r="{number}" ht="{int(height * 4 / 3 + 0.5) * 0.75:g}" customHeight="1">']
        for at, (value, style) in enumerate(cells):
            start = f'<c r="{_LETTERS[at]}{number}" s="{self._marks.get(id(style)) or self._mark(style)}"'
            if value is None or value == "":
                written.append(f"{start}/>")
            elif isinstance(value, str):
                written.append(f'{start} t="s"><v>{self._texts.add(value)}</v></c>')
            else:
                written.append(f"{start}><v>{value}</v></c>")
        written.append("</row>")
        self._rows.add("".join(written))
        for at, link in (links or {}).items():
            self._link(f"{_LETTERS[at]}{number}", link)

    def _mark(self, style: Any) -> str:
        """What stands for the number of ``style``; a cell of the second row will show the number."""
        at = len(self._marks)
        self.sheet.write_blank(1, at, None, style)
        return self._marks.setdefault(id(style), chr(_MARKS + at))

    def _link(self, reference: str, link: Link) -> None:
        self._linked += 1
        location = f" location={quoted_text(link.location)}" if link.location else ""
        self._links.add(f'<hyperlink ref="{reference}" r:id="rId{self._linked}"{location}/>')
        target = quoted_text(link.target)
        self._targets.add(
            f'<Relationship Id="rId{self._linked}" Type="{_HYPERLINK}" Target={target} TargetMode="External"/>'
        )

    def part(self, xml: bytes) -> Iterator[bytes]:
        """The worksheet, of which XlsxWriter has written ``xml``, with its rows."""
        if not self.row:
            yield xml
            return
        start = xml.index(_SHOWN)
        end = xml.index(_SHOWN_END, start) + len(_SHOWN_END)
        numbers = [number.decode() for number in _FORMAT.findall(xml[start:end])]
        dimension = b'<dimension ref="A1:%s%d"/>' % (_LETTERS[self._width - 1].encode(), self.row + 1)
        yield _DIMENSION.sub(dimension, xml[:start])
        known = [*zip(self._marks.values(), numbers, strict=True)]
        yield from (reduce(lambda said, pair: said.replace(*pair), known, piece).encode() for piece in self._rows)
        before, after, rest = xml[end:].partition(_AFTER_LINKS)
        yield before
        if self._linked:
            yield b"<hyperlinks>"
            yield from (piece.encode() for piece in self._links)
            yield b"</hyperlinks>"
        yield after + rest

    def relations(self) -> Iterator[bytes]:
        """What its links lead to."""
        yield _RELATED.encode()
        yield from (piece.encode() for piece in self._targets)
        yield b"</Relationships>"

    def close(self) -> None:
        """Give back the room on disk."""
        for spool in (self._rows, self._links, self._targets):
            spool.close()


_LETTERS = [column_letters(at + 1) for at in range(26)]
