"""The examples of the rules, and the standard sheet that each is set into: :class:`Example` and :func:`wrap`.

Examples are written at the level of their rule: a value, an entry, a project's ``goal⇥entries`` or its whole row, rows,
a sheet; rows that need columns of their own bring them, with all that stands above. Tests run them; the manual prints
them.
"""

from __future__ import annotations

import attrs

_MARK = "\u27e6\u27e7"


@attrs.frozen(eq=False, repr=False)
class Example:
    """A piece of a sheet at the level of its rule; ``marked`` shows by ``⟦…⟧`` where the findings lie.

    ``⇥`` stands for the tab between two cells.
    """

    marked: str
    fixed: str | None = None

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


HEADER = "项目名称(资金使用单位)⇥总计⇥财政拨款⇥财政专户拨款⇥其他资金⇥绩效目标⇥绩效指标"


_TITLE = "项目支出绩效目标表\n"
HEAD = f"{_TITLE}2024年度⇥单位:万元\n{HEADER}\n"


GOAL = "按时保质完成全年培训任务，提升社区工作者业务能力。"


ENTRIES = (
    "1、1-产出指标; 11-数量指标; 举办培训班期数; 实施周期指标值:≥12期; 年度指标值:≥12期。"
    "2、2-效益指标; 22-社会效益; 参训人员持证上岗率; 实施周期指标值:≥90%; 年度指标值:≥90%。"
    "3、3-满意度指标; 31-服务对象满意度; 参训人员满意度; 实施周期指标值:≥95%; 年度指标值:≥95%。"
)


_HEAD, _GOAL, _ENTRIES = "〔表首〕", "〔目标〕", "〔指标〕"


_ABOVE = "合计⇥5.00⇥5.00⇥⇥⇥⇥\n街道办事处⇥5.00⇥5.00⇥⇥⇥⇥\n"


_NAMED = "社区培训经费⇥5.00⇥5.00⇥⇥⇥"


def wrap(marked: str, level: str) -> Example:
    """``marked``, an example of a rule of ``level``, as a sheet in which nothing else is wrong."""
    marked = fill(marked)
    if level == "value":
        entry = f"4、1-产出指标; 11-数量指标; 发放宣传资料; 实施周期指标值:{marked}; 年度指标值:{marked}。"
        marked = f"{GOAL}⇥{ENTRIES}{entry}"
    elif level in ("indicator", "entry"):
        marked = f"{GOAL}⇥{ENTRIES}{marked}"
    if level in ("value", "indicator", "entry", "field", "project"):
        named = marked if level == "project" and marked.count("⇥") > 1 else f"{_NAMED}{marked}"
        marked = f"{_ABOVE}{named}\n"
    if level != "sheet" and not marked.startswith(_TITLE):
        marked = HEAD + marked
    return Example(marked.replace("⇥", "\t"))


def fill(marked: str) -> str:
    """``marked`` with head, goal and entries for their placeholders; no two projects get the very same entries."""
    first, *others = marked.replace(_HEAD, HEAD).replace(_GOAL, GOAL).split(_ENTRIES)
    return first + "".join(entries(number) + other for number, other in enumerate(others))


def entries(number: int) -> str:
    """:data:`ENTRIES`, as the project at ``number`` (from 0) has them: another count of courses."""
    return ENTRIES.replace("≥12期", f"≥{12 + number}期")
