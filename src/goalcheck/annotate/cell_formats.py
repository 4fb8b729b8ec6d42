"""The formats of a workbook's cells, to which those of marked cells are added: :class:`CellFormats`.

A format that is there is never changed: other cells may share it.
"""

from __future__ import annotations

import re

from goalcheck.annotate.box import Box
from goalcheck.annotate.splice import Edits, Element, tag_with, tree
from goalcheck.errors import InputError
from goalcheck.files.regexes import regex

FILLS = {"error": "FFFFC7CD", "warning": "FFFFEB9D", "info": "FFDDEBF8"}
"""The colours of marked cells. Each is a shade that nobody else takes, by which goalcheck knows its own again."""

INK = {"error": "FFC00001", "warning": "FF9C5701", "info": "FF1F4E7A"}
"""The colours of marked words, likewise."""

_GROUPS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles")
_EMPTY_FILLS = (
    '<{0}fill><{0}patternFill patternType="none"/></{0}fill>',
    '<{0}fill><{0}patternFill patternType="gray125"/></{0}fill>',
)
RUN_LOOKS = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "color"),
    *("sz", "u", "vertAlign", "rFont", "family", "charset", "scheme"),
)
"""What a run of a cell may look like, in the order in which Excel writes it."""

_PART_OF_FONT = tuple(look for look in RUN_LOOKS if look not in ("color", "u", "rFont"))
_NO_FILL = regex(rb"patternType=[\"']none[\"']")
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_NONE = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
"""The formats of a workbook that has none."""


class CellFormats:
    """The part with the formats of the workbook ``book`` in ``box``; :meth:`save` writes what was added."""

    def __init__(self, box: Box, book: str) -> None:
        self._box = box
        part = box.related(book, "styles")
        if part is None:
            part = box.free("xl/styles{}.xml")
            box.write(part, _NONE.encode())
            box.type(part, _KIND)
            box.relate(book, "styles", part)
        self._part = part
        self._data = box.read(part)
        self._root = box.tree(part)
        self._prefix = self._root.prefix
        self._old: dict[str, list[bytes]] = {}
        self._all: dict[str, list[bytes]] = {}
        for group in _GROUPS:
            found = self._root.child(group)
            self._old[group] = [self._bytes(one) for one in found.children] if found is not None else []
            self._all[group] = [*self._old[group]]
        self._ids = {
            group: {said: at for at, said in reversed([*enumerate(held)])} for group, held in self._all.items()
        }
        if not self._all["fills"]:
            for said in _EMPTY_FILLS:
                self._add("fills", said.format(self._prefix).encode())
        if not self._all["cellXfs"]:
            self._add("cellXfs", f"<{self._prefix}xf/>".encode())

    def _bytes(self, element: Element) -> bytes:
        return self._data[element.start : element.end]

    def _add(self, group: str, said: bytes) -> int:
        """The number of ``said`` in ``group``; it is added where it is not there."""
        if said not in self._ids[group]:
            self._ids[group][said] = len(self._all[group])
            self._all[group].append(said)
        return self._ids[group][said]

    def xf(self, number: int) -> bytes:
        """The format with this ``number``; the first for one that is not there."""
        formats = self._all["cellXfs"]
        return formats[number] if 0 <= number < len(formats) else formats[0]

    def coloured(self, number: int, severity: str) -> int:
        """The format ``number`` with the colour of ``severity``."""
        return self.filled(number, self._add("fills", self._solid(FILLS[severity])))

    def filled(self, number: int, fill: int) -> int:
        """The format ``number`` with that fill."""
        said = self.xf(number)
        end = said.index(b">") + 1
        tag = tag_with(said[:end], {"fillId": str(fill), "applyFill": "1"})
        return self._add("cellXfs", tag + said[end:])

    def fill_of(self, number: int) -> bytes:
        """The fill of the format ``number``, as it is written."""
        fills = self._all["fills"]
        at = _number(self.xf(number), b"fillId")
        return fills[at] if at < len(fills) else fills[0]

    def is_own(self, number: int) -> bool:
        """Whether the format ``number`` has a colour of goalcheck's."""
        fill = self.fill_of(number)
        return any(colour.encode() in fill for colour in FILLS.values())

    def own_fill(self, number: int) -> str:
        """The fill of the format ``number``, as it is written; nothing where it has none."""
        said = self.fill_of(number)
        return "" if _NO_FILL.search(said) or b"patternType" not in said else said.decode()

    def fill(self, said: bytes) -> int:
        """The number of the fill that is written as ``said``, which is added; of none where ``said`` is no fill."""
        try:
            made = tree(self._declared(said), self._part).children
        except InputError:
            return 0
        is_fill = len(made) == 1 and made[0].local == "fill" and made[0].prefix == self._prefix
        return self._add("fills", said) if is_fill else 0

    def _solid(self, colour: str) -> bytes:
        p = self._prefix
        foreground = f'<{p}fgColor rgb="{colour}"/><{p}bgColor indexed="64"/>'
        return f'<{p}fill><{p}patternFill patternType="solid">{foreground}</{p}patternFill></{p}fill>'.encode()

    def font_of(self, number: int) -> list[tuple[str, bytes]]:
        """What a run of text has to say to look as the format ``number``: names and elements, in ``rPr``'s terms."""
        fonts = self._all["fonts"]
        at = _number(self.xf(number), b"fontId")
        if at >= len(fonts):
            return []
        said = self._declared(fonts[at])
        root = tree(said, self._part).children[0]
        found = []
        for child in root.children:
            name = "rFont" if child.local == "name" else child.local
            if name in RUN_LOOKS:
                written = said[child.start : child.end]
                if name == "rFont":
                    written = re.sub(rb"^<(\w*:)?name\b", rb"<\1rFont", written)
                found.append((name, written))
        return found

    def _declared(self, said: bytes) -> bytes:
        """``said`` within a root that declares the prefixes of the part, so that it can be parsed by itself."""
        return self._data[self._root.start : self._root.opened] + said + f"</{self._root.name}>".encode()

    def made(
        self, font: str, fill: str | None = None, *, border: bool = True, align: str = "", wrap: bool = True
    ) -> int:
        """A format of goalcheck's own: ``font`` and ``fill`` as XML without prefixes."""
        p = self._prefix
        lines = "".join(
            f'<{p}{side} style="thin"><{p}color rgb="FF7F7F7F"/></{p}{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        at = {
            "fontId": self._add("fonts", _prefixed(f"<font>{font}</font>", p)),
            "fillId": self._add("fills", self._solid(fill)) if fill is not None else 0,
            "borderId": self._add("borders", f"<{p}border>{lines}<{p}diagonal/></{p}border>".encode()) if border else 0,
        }
        if not self._all["borders"]:
            self._add("borders", _prefixed("<border><left/><right/><top/><bottom/><diagonal/></border>", p))
        ids = "".join(f' {name}="{number}"' for name, number in at.items())
        placed = f' horizontal="{align}"' if align else ""
        wrapped = ' wrapText="1"' if wrap else ""
        inside = f'<{p}alignment{placed} vertical="center"{wrapped}/>'
        applied = ' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        return self._add("cellXfs", f'<{p}xf numFmtId="0"{ids} xfId="0"{applied}>{inside}</{p}xf>'.encode())

    def save(self) -> None:
        """Write what was added into the part."""
        edits = Edits(self._data)
        behind: Element | None = None  # the group that comes last of those before
        for group in _GROUPS:
            found = self._root.child(group)
            added = self._all[group][len(self._old[group]) :]
            if found is not None:
                behind = found
                if added:
                    self._extend(edits, found, added, len(self._all[group]))
            elif added:
                said = f'<{self._prefix}{group} count="{len(added)}">'.encode() + b"".join(added)
                said += f"</{self._prefix}{group}>".encode()
                edits.insert(behind.end if behind is not None else self._root.opened, said)
        if edits:
            self._box.write(self._part, edits.made())

    def _extend(self, edits: Edits, group: Element, added: list[bytes], number: int) -> None:
        """Put ``added`` at the end of a ``group``, and say how many there are now, if that is said."""
        counted = {"count": str(number)} if "count" in group.attributes else {}
        if group.is_blank:
            tag = self._bytes(group)[:-2].rstrip() + b">"
            said = tag_with(tag, counted) + b"".join(added) + f"</{group.name}>".encode()
            edits.put(group.start, group.end, said)
            return
        edits.append(group, b"".join(added))
        if counted:
            edits.set(group, counted)


def _number(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"'](\d{1,6})[\"']", tag[: tag.index(b">") + 1])
    return int(found[1]) if found is not None else 0


def _prefixed(said: str, prefix: str) -> bytes:
    return re.sub(r"<(/?)", rf"<\1{prefix}", said).encode()
