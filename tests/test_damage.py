"""Damage costs its own place alone, and never in silence: sound sheets, each hurt in one place, in thousands of ways.

What the sound sheet has judged, a goal, an amount, an indicator, is judged in the hurt one as well, or a finding at its
place says why not, or the hurt sheet is not read whole and the run ends in 2.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import attrs
import pytest
from helpers import check

from goalcheck.engine.result import Result
from goalcheck.sheet import Indicator

Rows = list[list[str]]

HEAD = [["项目支出绩效目标表"], ["预算年度:2024", "单位:万元"]]
USUAL = ["项目名称(资金使用单位)", "总计", "财政拨款", "财政专户拨款", "其他资金", "绩效目标", "绩效指标"]
MERGED = [["项目名称", "资金来源", "", "", "", "绩效目标", "绩效指标"], ["", *USUAL[1:5], "", ""]]
RENAMED = [
    "序号", "单位名称", "*项目名称", "2024年预算数", "一般公共预算", "政府性基金预算", "单位资金",
    "年度总体目标", "年度绩效指标", "备注",
]  # fmt: skip
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


# --- sound sheets -----------------------------------------------------------------------------------------------------


def described(name: str) -> list[str]:
    """A goal and indicators, like no other project's."""
    entries = (
        ("1-产出指标; 11-数量指标", "次数", "≥40次"),
        ("2-效益指标; 22-社会效益", "投诉率", "≤10%"),
        ("3-满意度指标; 31-服务对象满意度", "满意度", "≥85%"),
    )
    said = (
        f"{number}、{classes}; {name}{what}; 实施周期指标值:{value}; 年度指标值:{value}。"
        for number, (classes, what, value) in enumerate(entries, 1)
    )
    return [f"按时完成{name}任务,提高质量。", "".join(said)]


def rows(place: str = "") -> Rows:
    """The rows of two units below the usual header."""
    return [
        ["合计", "18.50", "15.50", "", "3.00", "", ""],
        [f"{place}街道办事处", "15.50", "12.50", "", "3.00", "", ""],
        [f"{place}检查", "10.00", "7.00", "", "3.00", *described(f"{place}检查")],
        [f"{place}培训", "5.50", "5.50", "", "", *described(f"{place}培训")],
        [f"{place}第一小学", "3.00", "3.00", "", "", "", ""],
        [f"{place}绿化", "3.00", "3.00", "", "", *described(f"{place}绿化")],
    ]


def renamed() -> Rows:
    """The same with an ordinal, with names of units in a column of their own, with a remark."""
    return [
        [str(at) if row[5] else "", "某街道" if row[5] else row[0], row[0] if row[5] else "", *row[1:], ""]
        for at, row in enumerate(rows())
    ]


def paged(header: list[str], body: Rows, size: int) -> Rows:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    feet = [[f"第 {number} 页, 共 {len(parts)} 页"] for number in range(1, len(parts) + 1)]
    return [line for part, foot in zip(parts, feet, strict=True) for line in (header, *part, foot)]


def picked(*columns: int) -> Rows:
    return [[line[column] for column in columns] for line in [USUAL, *rows()]]


SHEETS: dict[str, Rows] = {
    "one table": [USUAL, *rows()],
    "pages": paged(USUAL, rows(), 3),
    "two tables": [USUAL, *rows(), *HEAD, USUAL, *rows("东门")],
    "renamed columns": [RENAMED, *renamed()],
    "pages of renamed columns": paged(RENAMED, renamed(), 2),
    "a header of two lines": [*MERGED, *rows()],
    "other order": picked(6, 5, 0, 2, 4, 1),
    "the total below": [USUAL, *rows()[1:], rows()[0], ["注:本表金额均为预算数。"]],
    "subtotals": [USUAL, *rows()[:4], ["小计", *rows()[1][1:]], *rows()[4:], ["小计", *rows()[4][1:]]],
    "short names": [
        ["序号", "项目", "经费", "目标", "绩效指标", "备注"],
        ["", "合计", "15", "", "", ""],
        ["", "街道办事处", "15", "", "", ""],
        ["1", "检查", "10", *described("检查"), "延续"],
        ["2", "培训", "5", *described("培训"), ""],
    ],
    "one project": [["项目名称", "绩效指标", "总计", "绩效目标"], ["检查", described("检查")[1], "12", "完成检查。"]],
    "indicators alone": [["项目名称", "绩效指标"], *([name, described(name)[1]] for name in ("检查", "培训"))],
}


def written(lines: Rows, separator: str, *, quoted: bool) -> str:
    def cell(text: str) -> str:
        return f'"{text}"' if quoted or separator in text else text

    return "".join((separator.join(map(cell, line)) if len(line) > 1 else line[0]) + "\n" for line in HEAD + lines)


WAYS = {"tabs": ("\t", False), "quoted tabs": ("\t", True), "quoted commas": (",", True)}
CASES = [(sheet, way) for sheet in SHEETS for way in WAYS]


# --- damages ----------------------------------------------------------------------------------------------------------


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

    def covers(self, hurt: tuple[int, int], sound: tuple[int, int]) -> bool:
        """Whether a stretch of the hurt text has all that is left of one of the sound text."""
        return hurt[0] <= self.moved(sound[0]) and self.moved(sound[1], is_end=True) <= hurt[1]


def damages(text: str, separator: str) -> Iterator[Damage]:
    for at, char in enumerate(text):
        for new in (separator, "\n", '"') if at % 3 == 0 or not char.isalpha() else ():
            yield Damage(at, at, new)
        for new in {separator: ("", "\n", " ", 2 * separator), "\n": ("", separator), '"': ("",)}.get(char, ()):
            yield Damage(at, at + 1, new)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    headers = [line for line in pairwise(starts) if is_header(text[slice(*line)])]
    for start, end in headers:
        yield Damage(start, end, "")
        yield from hurt_cells(text, start, end - 1, separator)
        for line in starts:
            yield Damage(line, line, text[start:end])
    for note in NOTES:
        for line in starts:
            yield Damage(line, line, "".join(f"{part}\n" for part in note).replace("⇥", separator))


def is_header(line: str) -> bool:
    return "指标值" not in line and re.search("绩效指标|总计\\W+财政拨款", line) is not None


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


# --- what is judged, and where it is told -----------------------------------------------------------------------------


Judged = tuple[str, int, int, str]


def judged(result: Result) -> list[Judged]:
    """What of a sheet is judged: its kind, where it lies, and what it says."""
    if result.sheet is None or result.source is None:
        return []
    goals = [("goal", p.goal) for p in result.sheet.projects if p.goal is not None and not p.goal.blank]
    entries = [("entry", e) for p in result.sheet.projects for e in p.entries if isinstance(e, Indicator)]
    filled = [amount for row in result.sheet.rows for amount in row.amounts.values() if not amount.blank]
    priced = [("amount", a.start, a.end, f"{a.value or 0:.2f}") for a in filled]
    text = result.source.text
    return priced + [(kind, n.start, n.end, text[n.start : n.end]) for kind, n in (*goals, *entries)]


def same(thing: Judged, other: Judged, damage: Damage) -> bool:
    """Whether ``other``, in the hurt text, is ``thing``: where it stood all that is left of it, or what it said."""
    kind, start, end, said = thing
    unchanged = other[1] == damage.moved(start) and other[3] == said
    return kind == other[0] and (unchanged or damage.covers(other[1:3], (start, end)))


def lost(damage: Damage, before: list[Judged], text: str) -> list[Judged]:
    """What of ``before`` is neither judged nor told in the hurt ``text``; nothing where that is not read whole."""
    result = check(damage.done(text))
    assert not result.failures, damage
    if result.status != "checked" or any(finding.code == "GC111" for finding in result.findings):
        return []
    after = judged(result)
    missing = [thing for thing in before if not any(same(thing, other, damage) for other in after)]
    assert result.source is not None
    lines = Counter(result.source.place(f.start)[0] for f in result.findings)
    lines.update(result.source.place(node.start)[0] for f in result.findings for node in f.related)
    here = {result.source.place(damage.start)[0], result.source.place(damage.start + len(damage.new))[0]}
    return [
        thing
        for thing in missing
        if not lines[line := result.source.place(damage.moved(thing[1]))[0]]
        and not (line in here and here & set(lines))
    ]


def silently_lost(case: tuple[str, str], number: int) -> dict[Damage, list[Judged]]:
    """What each damage to a sheet costs in silence: of ``number`` of them, drawn by chance, the same each time."""
    sheet, way = case
    separator, quoted = WAYS[way]
    text = written(SHEETS[sheet], separator, quoted=quoted)
    sound = check(text)
    assert (sound.status, sound.findings) == ("checked", ())
    all_of_them = list(dict.fromkeys(damages(text, separator)))
    some = random.Random(repr(case)).sample(all_of_them, number)  # a fixed sample, not a secret
    costs = ((damage, lost(damage, judged(sound), text)) for damage in some)
    return {damage: cost for damage, cost in costs if cost}


def test_damage_costs_its_own_place_alone() -> None:
    assert {case: cost for case in CASES if (cost := silently_lost(case, 3))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=" in ".join)
def test_damage_of_every_kind_costs_its_own_place_alone(case: tuple[str, str]) -> None:
    assert silently_lost(case, 200) == {}, "of 7,200 damages to all cases"


# --- what changes nothing ---------------------------------------------------------------------------------------------


def told(lines: Rows, way: str) -> list[tuple[object, ...]]:
    separator, quoted = WAYS[way]
    result = check(written(lines, separator, quoted=quoted))
    return sorted((f.code, str(f.unit), str(f.project), f.field, f.text) for f in result.findings)


def harmless(lines: Rows) -> Iterator[Rows]:
    """The same sheet with blank rows, its header said again, further columns, the columns in other orders."""
    for at in range(1, len(lines) + 1):
        yield [*lines[:at], [""], *lines[at:]]
        yield [*lines[:at], lines[0], *lines[at:]]
    for at in range(len(lines[0])):
        yield [[*line[at:], *line[:at]] for line in lines]
        for name, said in (("项目负责人", "张三"), ("单价", "1.50")):
            filled = (name, *(said if any("指标值" in cell for cell in line) else "" for line in lines[1:]))
            yield [[*line[:at], cell, *line[at:]] for cell, line in zip(filled, lines, strict=True)]


@pytest.mark.parametrize("sheet", ["renamed columns", "other order"])
def test_what_changes_nothing_changes_no_finding(sheet: str) -> None:
    lines = [[cell.replace("10.00", "11.00").replace("≥40次", "≥40") for cell in line] for line in SHEETS[sheet]]
    before = told(lines, "tabs")
    assert before
    assert [told(lines, way) for way in WAYS] == [before] * len(WAYS)
    assert [other for other in harmless(lines) if told(other, "tabs") != before] == []
