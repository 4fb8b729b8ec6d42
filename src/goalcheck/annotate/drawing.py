"""The boxes of notes, in the drawing that Excel calls VML: :class:`Drawing`.

Excel writes drawings that are no XML (``<br>`` without an end), and other programs call its names by other prefixes: so
nothing is parsed, and every box declares the prefixes that it uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from goalcheck.annotate.box import Box
from goalcheck.annotate.worksheet import Outline, Place
from goalcheck.files.regexes import regex

_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024
_SHAPE = regex(rb"<(?:\w+:)?shape\b(?:(?!</?(?:\w+:)?shape\b).)*+</(?:\w+:)?shape>", re.DOTALL)
_NUMBER = regex(rb"_x0000_s(\d{1,9})\b")
_IDMAP = regex(rb"<(?:\w+:)?idmap\b[^<>]*?\bdata\s*+=\s*+[\"']([\d,\s]*+)[\"'][^<>]*+>")
_ANCHOR = regex(rb"(<(?:\w+:)?Anchor>)([^<]*)(</(?:\w+:)?Anchor>)")
_ROW, _COLUMN = (regex(rb"<(?:\w+:)?" + name + rb">\s*(\d{1,7})\s*<") for name in (b"Row", b"Column"))
_END = regex(rb"</(?:\w+:)?xml\s*>")
_WIDTH = 300  # pixels of a box
_LINE = 17
_CHARACTERS = 40  # narrow ones that a line of a box holds
_USUAL_ROW = 15.0  # points
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_TYPE = (
    '<v:shapetype {0} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    '<v:shape {declared} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:{width}pt;'
    'height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


class Drawing:
    """The drawing in the part ``name`` of ``box``; a new one where there is none."""

    def __init__(self, box: Box, name: str | None) -> None:
        self._box = box
        self._name = name
        self._data = box.read(name) if name is not None else b""
        self._boxes: list[str] = []
        self._numbers = _free_numbers(box)
        self._blocks: list[int] = []

    def add(self, place: Place, text: str, outlined: Outline) -> None:
        """Add the box of a note with ``text`` on the cell at ``place``, beside it."""
        number = next(self._numbers)
        if number // _BLOCK not in self._blocks:
            self._blocks.append(number // _BLOCK)
        height = (
            _LINE * sum(1 + len(line.encode("gb18030", "replace")) // _CHARACTERS for line in text.split("\n")) + 12
        )
        self._boxes.append(
            _BOX.format(
                declared=_DECLARED,
                number=number,
                width=_WIDTH * 3 // 4,
                height=height * 3 // 4,
                anchor=", ".join(map(str, _anchor(place, min(height, 1200), outlined))),
                row=place[0] - 1,
                column=place[1] - 1,
            )
        )

    def enlarge(self, place: Place, lines: int) -> None:
        """Make the box of the note on the cell at ``place`` so many lines higher."""

        def higher(found: re.Match[bytes]) -> bytes:
            figures = [int(figure) for figure in re.findall(rb"-?\d{1,9}", found[2])]
            if len(figures) == 8:
                figures[6] = min(figures[6] + lines, _LAST_ROW)
            return found[1] + b", ".join(b"%d" % figure for figure in figures) + found[3]

        self._data = self._each_of((place,), lambda shape: _ANCHOR.sub(higher, shape))

    def remove(self, places: Iterable[Place]) -> None:
        """Take the boxes of the notes on the cells at ``places`` away."""
        self._data = self._each_of(places, lambda _: b"")

    def save(self) -> str:
        """Write it; the name of the part."""
        name = self._name
        if name is None:
            name = self._box.free("xl/drawings/vmlDrawing{}.vml")
            self._box.type(name, _KIND, of_ending=True)
            blocks = ",".join(map(str, self._blocks))
            layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
            said = f"<xml {_DECLARED}>{layout}{_TYPE.format(_DECLARED)}{''.join(self._boxes)}</xml>"
            self._data = said.encode()
        elif self._boxes:
            self._extend()
        self._box.write(name, self._data)
        return name

    def _extend(self) -> None:
        """Put the new boxes behind those that are there; their numbers are taken from blocks of their own."""
        said = "".join(self._boxes)
        if b"_x0000_t202" not in self._data:
            said = _TYPE.format(_DECLARED) + said
        ends = [found.start() for found in _END.finditer(self._data)]
        at = ends[-1] if ends else len(self._data)
        self._data = self._data[:at] + said.encode() + self._data[at:]
        mapped = _IDMAP.search(self._data)
        if mapped is not None:
            blocks = b",".join([mapped[1].strip(), *(b"%d" % block for block in self._blocks)]).lstrip(b",")
            self._data = self._data[: mapped.start(1)] + blocks + self._data[mapped.end(1) :]

    def _each_of(self, places: Iterable[Place], change: Callable[[bytes], bytes]) -> bytes:
        wanted = {(row - 1, column - 1) for row, column in places}

        def changed(found: re.Match[bytes]) -> bytes:
            row, column = _ROW.search(found[0]), _COLUMN.search(found[0])
            if row is None or column is None or b"Note" not in found[0]:
                return found[0]
            return change(found[0]) if (int(row[1]), int(column[1])) in wanted else found[0]

        return _SHAPE.sub(changed, self._data)


def _free_numbers(box: Box) -> Iterator[int]:
    """Numbers of shapes in blocks that no drawing of the workbook uses: they are unique in all of it."""
    used: set[int] = set()
    for name in box.names:
        if name.lower().endswith(".vml"):
            data = box.read(name)
            used |= {int(number) // _BLOCK for number in _NUMBER.findall(data)}
            for blocks in _IDMAP.findall(data):
                used |= {int(block) for block in blocks.replace(b",", b" ").split() if len(block) < 7}
    block = 1
    while True:
        if block not in used:
            yield from range(block * _BLOCK + 1, (block + 1) * _BLOCK)
        block += 1


def _anchor(place: Place, height: int, outlined: Outline) -> Sequence[int]:
    """Where a box of this height stands: column and pixels in it, row and pixels in it, of its two corners."""
    row, column = place[0] - 1, place[1] - 1
    left, _ = _column_at(column + 1, 15, outlined)
    right, beyond = _column_at(left, 15 + _WIDTH, outlined)
    if right >= _LAST_COLUMN or (right <= left and beyond <= 15):
        left, right, beyond = max(column - 4, 0), max(column - 4, 0) + 3, 30
    top = max(row - 1, 0)
    bottom, below = top, height
    while bottom < _LAST_ROW and below > (room := int(outlined.heights.get(bottom + 1, _USUAL_ROW) * 4 / 3)):
        below -= max(room, 1)
        bottom += 1
    if bottom >= _LAST_ROW:
        top, bottom = _LAST_ROW - 20, _LAST_ROW - 1
    if bottom == top:
        bottom, below = top + 1, 4
    if right == left:
        right, beyond = left + 1, 4
    return left, 15, top, 4, right, beyond, bottom, min(below, 200)


def _column_at(column: int, pixels: int, outlined: Outline) -> tuple[int, int]:
    """The column, from 0, in which what stands ``pixels`` behind the beginning of ``column`` lies, and where in it."""
    while column < _LAST_COLUMN and pixels > (room := int(outlined.width(column + 1) * 7 + 5)):
        pixels -= max(room, 1)
        column += 1
    return column, pixels
