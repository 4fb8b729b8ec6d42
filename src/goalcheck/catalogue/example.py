"""The examples of the rules, and the standard sheets that they are set into: :class:`Example` and :func:`wrap`.

Examples are written at the level of their rule: a value, an entry, a project's ``goal⇥entries`` or its whole row, rows,
a sheet; rows that need columns of their own bring them, with all that stands above. There is a standard sheet a
layout: with a cell for all indicators of a project (``packed``), with a row for each, whose signs and units have
columns of their own (``rows``), and the form of one project (``blocks``). Tests run the examples; the manual prints
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import attrs

PACKED = "packed"
"""The layout of an example that names none."""

_MARK = "\u27e6\u27e7"


class Example(NamedTuple):
    """A piece of a sheet of ``layout`` at the level of its rule; ``marked`` shows by ``⟦…⟧`` where the findings lie.

    ``⇥`` stands for the tab between two cells.
    """

    marked: str
    fixed: str | None = None
    layout: str = PACKED

    @property
    def text(self) -> str:
        """The piece without its marks."""
        return self.marked.translate({ord(mark): None for mark in _MARK})

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where the marks stand, as offsets into :attr:`text`."""
        spans = []
        start = 0
        seen = 0
        for char in self.marked:
            if char == _MARK[0]:
                start = seen
            elif char == _MARK[1]:
                spans.append((start, seen))
            else:
                seen += 1
        return tuple(spans)

    def in_sheet(self, level: str) -> Example:
        """The whole sheet that the example of a rule of ``level`` stands for; nothing else in it is wrong."""
        return wrap(self.marked, level, self.layout)

    def mended(self, level: str) -> str | None:
        """The text of that sheet once the faults are mended, where the example shows how."""
        return None if self.fixed is None else wrap(self.fixed, level, self.layout).text

    def stretches(self, level: str) -> tuple[tuple[int, int], ...]:
        """Where in that sheet the example itself stands."""
        return wrap(f"{_MARK[0]}{self.text}{_MARK[1]}", level, self.layout).spans


def example_of(data: str | Mapping[str, str]) -> Example:
    """The example that a record has: a text alone, or a table with ``text`` and what else an example may say."""
    if isinstance(data, str):
        return Example(data)
    return Example(data["text"], data.get("fixed"), data.get("layout", PACKED))


_TITLE = "项目支出绩效目标表\n"
_YEAR = "2024年度⇥单位:万元\n"
HEADER = "项目名称(资金使用单位)⇥总计⇥财政拨款⇥财政专户拨款⇥其他资金⇥绩效目标⇥绩效指标"
HEAD = f"{_TITLE}{_YEAR}{HEADER}\n"
_HEADER_BY_ROWS = "单位名称⇥项目名称⇥预算数⇥年度目标⇥一级指标⇥二级指标⇥三级指标⇥计算符号⇥指标值⇥计量单位"
_HEADER_IN_FORM = "一级指标⇥二级指标⇥三级指标⇥指标值\n"
GOAL = "按时保质完成全年培训任务，提升社区工作者业务能力。"
ENTRIES = (
    "1、1-产出指标; 11-数量指标; 举办培训班期数; 实施周期指标值:≥12期; 年度指标值:≥12期。"
    "2、2-效益指标; 22-社会效益; 参训人员持证上岗率; 实施周期指标值:≥90%; 年度指标值:≥90%。"
    "3、3-满意度指标; 31-服务对象满意度; 参训人员满意度; 实施周期指标值:≥95%; 年度指标值:≥95%。"
)


@attrs.frozen(eq=False, repr=False)
class _Standard:
    """The standard sheet of a layout, in pieces; ``{}`` stands for what goes into one."""

    head: str
    entries: str
    count: str
    """What of the entries differs from project to project; its figure is 12."""
    value: str
    entry: str
    project: str
    row: str = "{}\n"
    """What stands around the row of a project that an example brings whole."""
    cells: int = 1
    """How many tabs the first row of a project has at most that begins with its goal."""


_ABOVE = "合计⇥5.00⇥5.00⇥⇥⇥⇥\n街道办事处⇥5.00⇥5.00⇥⇥⇥⇥\n"
_BY_ROWS = (
    "产出指标⇥数量指标⇥举办培训班期数⇥≥⇥12⇥期\n"
    "⇥⇥⇥⇥效益指标⇥社会效益指标⇥参训人员持证上岗率⇥≥⇥90⇥%\n"
    "⇥⇥⇥⇥满意度指标⇥服务对象满意度指标⇥参训人员满意度⇥≥⇥95⇥%"
)
_IN_FORM = (
    "产出指标⇥数量指标⇥举办培训班期数⇥≥12期\n"
    "效益指标⇥社会效益指标⇥参训人员持证上岗率⇥≥90%\n"
    "满意度指标⇥服务对象满意度指标⇥参训人员满意度⇥≥95%"
)
_FORM = (
    "项目名称⇥社区培训经费⇥⇥\n主管部门⇥街道办事处⇥⇥\n项目资金⇥年度资金总额⇥5.00⇥\n⇥其中:财政拨款⇥5.00⇥\n⇥其他资金⇥⇥\n"
)
_STANDARDS: Mapping[str, _Standard] = {
    "packed": _Standard(
        HEAD,
        ENTRIES,
        "≥12期",
        "4、1-产出指标; 11-数量指标; 宣传资料发放; 实施周期指标值:{0}; 年度指标值:{0}。",
        f"{GOAL}⇥{ENTRIES}{{}}",
        f"{_ABOVE}社区培训经费⇥5.00⇥5.00⇥⇥⇥{{}}\n",
        f"{_ABOVE}{{}}\n",
    ),
    "rows": _Standard(
        f"{_TITLE}{_YEAR}{_HEADER_BY_ROWS}\n",
        _BY_ROWS,
        "⇥12⇥",
        "产出指标⇥数量指标⇥宣传资料发放⇥{}",
        f"{GOAL}⇥{_BY_ROWS}\n⇥⇥⇥⇥{{}}",
        "街道办事处⇥社区培训经费⇥5.00⇥{}\n",
        cells=6,
    ),
    "blocks": _Standard(
        f"{_TITLE}{_YEAR}",
        _IN_FORM,
        "≥12期",
        "产出指标⇥数量指标⇥宣传资料发放⇥{}",
        f"{GOAL}⇥{_IN_FORM}\n{{}}",
        f"{_FORM}年度目标⇥{{}}\n",
        cells=4,
    ),
}
_HEAD, _GOAL, _ENTRIES = "〔表首〕", "〔目标〕", "〔指标〕"


def wrap(marked: str, level: str, layout: str = PACKED) -> Example:
    """``marked``, an example of a rule of ``level`` in ``layout``, as a sheet in which nothing else is wrong."""
    standard = _STANDARDS[layout]
    marked = fill(marked, layout)
    if level == "value":
        marked = standard.value.format(marked)
    if level in ("value", "indicator", "entry"):
        marked = standard.entry.format(marked)
    if level in ("value", "indicator", "entry", "field", "project") and not marked.startswith(_TITLE):
        brings_name = marked.split("\n", 1)[0].count("⇥") > standard.cells
        if layout == "blocks":
            goal, _, rows = marked.partition("⇥")
            marked = f"{goal}\n{_HEADER_IN_FORM}{rows}"
        marked = (standard.row if brings_name else standard.project).format(marked)
    if level != "sheet" and not marked.startswith(_TITLE):
        marked = standard.head + marked
    return Example(marked.replace("⇥", "\t"), layout=layout)


def fill(marked: str, layout: str = PACKED) -> str:
    """``marked`` with head, goal and entries for their placeholders; no two projects get the very same entries."""
    head = _STANDARDS[layout].head
    first, *others = marked.replace(_HEAD, head).replace(_GOAL, GOAL).split(_ENTRIES)
    return first + "".join(entries(number, layout) + other for number, other in enumerate(others))


def entries(number: int, layout: str = PACKED) -> str:
    """The standard entries as the project at ``number`` (from 0) has them: another count of courses."""
    standard = _STANDARDS[layout]
    return standard.entries.replace(standard.count, standard.count.replace("12", str(12 + number)))
