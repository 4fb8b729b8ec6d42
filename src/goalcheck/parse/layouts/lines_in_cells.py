"""Rows that hold several indicators, a line in each cell for each: 指标1:里程 above 指标2:路灯, ≥8公里 above ≥50盏."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goalcheck.files.regexes import regex
from goalcheck.parse.cells import BlockLine
from goalcheck.parse.layouts.panes import Pane
from goalcheck.parse.values import read_value

_BREAK = regex(r"[\r\n]")
_LINE = regex(r"[^\r\n]+")
_LINE_BEGINS = regex(
    r"\s*(?:指标\s{0,4}[\d一二三四五六七八九十]|[(\uff08]?\d{1,2}[、.\uff0e)\uff09:\uff1a](?!\d)|[\u2460-\u2473])"
)
_LEFT_OPEN = regex(
    r"指标\s{0,4}\d{0,2}\s{0,4}[:\uff1a、.\uff0e]?[\s.\u2026\u22ef。]*|(?:\d{1,2}[、.\uff0e:\uff1a])?[\s.\u2026\u22ef。]+"
)
"""What a template has for further names: 指标2:, or dots."""

_MEASURED = frozenset(("quantity", "range", "ratio", "date"))

Place = tuple[int, int]


def rows_of(text: str, line: BlockLine, panes: Sequence[Pane]) -> Iterator[BlockLine]:
    """The rows that ``line`` holds: itself, or one for each line of its cells, where these go together.

    They do where as many names stand in a cell as values in the other, and either all names are numbered or all values
    are quantities: a name alone may go on over a line break.
    """
    if _BREAK.search(text, line.start, line.end) is None:
        yield line
        return
    cut = {index: _lines(text, line.cells[index]) for index in _told(panes) if index < len(line.cells)}
    for name in {pane.name for pane in panes} & cut.keys():
        told = [place for place in cut[name] if not _LEFT_OPEN.fullmatch(text, *place)]
        if told and len(told) < len(cut[name]):
            cut[name] = told
            cells = [*line.cells[:name], (told[0][0], told[-1][1]), *line.cells[name + 1 :]]
            line = BlockLine(line.start, line.end, cells)
    several = {index: places for index, places in cut.items() if len(places) > 1}
    count = next((len(places) for places in several.values()), 0)
    if not count or not all(len(places) == count for places in several.values()):
        yield line
        return
    names = [several[pane.name] for pane in panes if pane.name in several]
    values = [several[at] for pane in panes for at in pane.values.values() if at in several]
    filled = [at for pane in panes for at in (pane.name, *pane.values.values()) if cut.get(at)]
    if not names or not values or not all(at in several for at in filled) or not _go_together(text, names, values):
        yield line
        return
    for nth in range(count):
        cells = [several[index][nth] if index in several else cell for index, cell in enumerate(line.cells)]
        yield BlockLine(line.start, line.end, cells)


def _told(panes: Sequence[Pane]) -> frozenset[int]:
    columns = (at for pane in panes for at in (pane.name, pane.sign, pane.measure, pane.weight, *pane.values.values()))
    return frozenset(at for at in columns if at is not None)


def _lines(text: str, cell: Place) -> list[Place]:
    """The lines of a cell that are not blank, without the blanks around them."""
    found = []
    for line in _LINE.finditer(text, *cell):
        said = line[0].strip()
        if said:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            found.append((start, start + len(said)))
    return found


def _go_together(text: str, names: Sequence[Sequence[Place]], values: Sequence[Sequence[Place]]) -> bool:
    if all(_LINE_BEGINS.match(text, start) for places in names for start, _ in places):
        return True
    return all(read_value(text[a:b]).kind in _MEASURED for places in values for a, b in places)
