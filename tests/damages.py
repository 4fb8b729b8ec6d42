"""Damage to a sheet in one place, and what of the sheet it costs in silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import attrs
from helpers import check

from goalcheck.engine.result import Result

NOTES = (
    ["注:本表金额为预算数。"],
    ["以上数据已核对"],
    [""],
    ["项目支出绩效目标表"],
    ["第 1 页, 共 1 页"],
    ["填表人:李四⇥审核人:张三"],
    ["绩效指标⇥一级指标⇥二级指标⇥三级指标⇥指标值", "⇥产出指标⇥数量指标⇥检查次数⇥≥40次"],
    ["姓名⇥科室⇥人数", "张三⇥办公室⇥12"],
    ["科目⇥名称⇥金额", "301⇥工资⇥120"],
)
"""What may get between the rows of a sheet; a table of another kind among it."""


Judged = tuple[str, int, int, str]
"""What is judged: its kind, where it lies, and what it says."""


NOTHING = "0.00"
"""What an amount says of which nothing is lost."""


@attrs.frozen
class Damage:
    """What stands from ``start`` to ``end`` exchanged for ``new``."""

    start: int
    end: int
    new: str

    def done(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]

    def moved(self, at: int, *, is_end: bool = False) -> int:
        """Where the place ``at`` of the sound text lies in the hurt one, behind what is put in at a beginning."""
        if at < self.start + is_end:
            return at
        return max(self.start, at + len(self.new) - self.end + self.start)

    def takes(self, thing: Judged) -> bool:
        """Whether it takes a thing away altogether."""
        return self.start <= thing[1] and thing[2] <= self.end and thing[3] not in self.new

    def covers(self, hurt: tuple[int, int], sound: tuple[int, int]) -> bool:
        """Whether a stretch of the hurt text has all that is left of one of the sound text."""
        return hurt[0] <= self.moved(sound[0]) and self.moved(sound[1], is_end=True) <= hurt[1]


def damages(text: str, separator: str, is_hurt: Callable[[str], bool]) -> Iterator[Damage]:
    """Every damage to ``text``: to its separators, breaks and quotes, to the cells of lines where ``is_hurt``."""
    for at, char in enumerate(text):
        for new in (separator, "\n", '"') if at % 3 == 0 or not char.isalpha() else ():
            yield Damage(at, at, new)
        for new in {separator: ("", "\n", " ", 2 * separator), "\n": ("", separator), '"': ("",)}.get(char, ()):
            yield Damage(at, at + 1, new)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for start, end in pairwise(starts):
        if is_hurt(text[start:end]):
            yield Damage(start, end, "")
            yield from hurt_cells(text, start, end - 1, separator)
            yield from (Damage(line, line, text[start:end]) for line in starts)
    for note in NOTES:
        for line in starts:
            yield Damage(line, line, "".join(f"{part}\n" for part in note).replace("⇥", separator))


def hurt_cells(text: str, start: int, end: int, separator: str) -> Iterator[Damage]:
    """A cell of a header misread, blank, split, lost, or in the place of its neighbour."""
    cells = [match.span() for match in re.finditer(f"(?<![^{separator}])[^{separator}]*", text[start:end])]
    spans = [(start + a, start + b) for a, b in cells]
    for a, b in spans:
        yield Damage(a, b, "")
        yield Damage(a, min(b + 1, end), "")
        for at in range(a, b):
            yield from (Damage(at, at, new) for new in (separator, "\n", '"'))
            yield from (Damage(at, at + 1, new) for new in ("栎", "") if text[at] != '"')
    for (a, b), (c, d) in pairwise(spans):
        yield Damage(a, d, text[c:d] + text[b:c] + text[a:b])


def same(thing: Judged, other: Judged, damage: Damage) -> bool:
    """Whether ``other``, in the hurt text, is ``thing``: where it stood all that is left of it, or what it said.

    What the damage says again may be read there.
    """
    kind, start, end, said = thing
    unchanged = other[3] == said and (other[1] == damage.moved(start) or said in damage.new)
    return kind == other[0] and (unchanged or damage.covers(other[1:3], (start, end)))


def lost(damage: Damage, sound: Result, judged: Callable[[Result], list[Judged]]) -> list[Judged]:
    """What is ``judged`` in the ``sound`` sheet and neither judged nor told in the hurt one, nor taken by the damage.

    Nothing where that is not read whole.
    """
    assert sound.source is not None
    result = check(damage.done(sound.source.text))
    assert not result.failures, damage
    if result.status != "checked" or any(finding.code == "GC111" for finding in result.findings):
        return []
    after = judged(result)
    missing = [thing for thing in judged(sound) if not any(same(thing, other, damage) for other in after)]
    assert result.source is not None
    known = {(f.code, f.text or damage.moved(f.start)) for f in sound.findings}  # of what lacks, its place tells it
    new = [finding for finding in result.findings if (finding.code, finding.text or finding.start) not in known]
    lines = {result.source.place(node.start)[0] for f in new for node in (f, *f.related)}
    here = {result.source.place(damage.start)[0], result.source.place(damage.start + len(damage.new))[0]}
    return [
        thing
        for thing in missing
        if not damage.takes(thing)
        and thing[3] != NOTHING
        and (line := result.source.place(damage.moved(thing[1]))[0]) not in lines
        and not (line in here and here & lines)
    ]


def silently_lost(
    sound: Result, some: Iterable[Damage], judged: Callable[[Result], list[Judged]]
) -> dict[Damage, list[Judged]]:
    """What each of ``some`` damages costs in silence."""
    costs = ((damage, lost(damage, sound, judged)) for damage in some)
    return {damage: cost for damage, cost in costs if cost}
