"""Random sheets as data: what a sheet says (:class:`Sheet`), how it is written (:class:`Layout`), and both printed.

A fault is put into the data with :func:`marked`; :func:`render` takes the marks out again and says where they stood.
"""

from __future__ import annotations

import copy
import re
from decimal import Decimal

import attrs
from hypothesis import strategies as st

AMOUNTS = ("total", "appropriation", "special_account", "other")
COLUMNS = ("name", *AMOUNTS, "goal", "indicators")
TITLES = {
    "name": "项目名称(资金使用单位)",
    "total": "总计",
    "appropriation": "财政拨款",
    "special_account": "财政专户拨款",
    "other": "其他资金",
    "goal": "绩效目标",
    "indicators": "绩效指标",
}
HEADER = "\t".join(TITLES[column] for column in COLUMNS) + "\n"
CLASSES = {
    "1-产出指标": ("11-数量指标", "12-质量指标", "13-时效指标", "14-成本指标"),
    "2-效益指标": ("21-经济效益", "22-社会效益指标", "23-生态效益", "24-可持续影响"),
    "3-满意度指标": ("31-服务对象满意度",),
}
NAMES = (
    "举办活动次数",
    "1、2号线里程",
    "A、B类案件结案数",
    "宣传活动(含:讲座;展览)场次",
    "巡查时长:每日",
    "实施周期长度",
    "年度指标完成数",
    "2023、2024年场次",
    "补贴发放及时率",
    "居民知晓率",
    "7×24小时值守",
    "设备(A型)完好率",
)
VALUES = (
    "1:3",
    "8:30前",
    "2023.07-2024.01",
    "16小时/天",
    "≥ 10000人次",
    "80%-90%",
    "3‰",
    "≥1,200平方米",
    "不少于1场",
    "90%以上",
    "两次",
    "按照区核定编外人员数量",
    "115",
    "100%",
    "=12个",
    "优良",
    "≤550元/人·天",
    "12月31日前",
    "达到100%",
    "1、2号楼完工",
    "大于90\uff05",
    "\uff1e\uff19\uff10%",
)
GOALS = (
    "按时保质完成全年培训任务,提升业务能力。",
    "一是做好服务;二是项目名称、绩效指标逐项落实。",
    '落实"放管服"要求。',
    '"一网通办"平台上线',
    "第1页所列任务\uff1a全部完成\uff0c群众满意。",
)
UNITS = ("街道办事处", "第一小学", "综合服务中心", "人民医院", "区财政局")
PROJECTS = ("社区培训经费", "环卫保洁 类经费", "校舍维修", "设备购置费(二期)", "居民活动费", "1、2号楼加装电梯补贴")


@attrs.define
class Entry:
    """An entry of the indicator column; a field that is None is left out, with its label."""

    ordinal: str
    level1: str | None
    level2: str | None
    name: str | None
    cycle: str | None
    annual: str | None
    labelled: bool = True
    before_annual: str = ""  # a mark where the cycle value belongs


@attrs.define
class Row:
    """A row: 合计, a unit or a project."""

    kind: str
    name: str
    amounts: dict[str, str]
    goal: str = ""
    entries: list[Entry] = attrs.Factory(list)
    around: tuple[str, str] = ("", "")  # what stands before and behind the entries, marks among them
    surplus: str = ""
    lacking: str = ""  # the mark at the end of a row that lacks its last cell


@attrs.define
class Sheet:
    """All rows, in the order of the text."""

    rows: list[Row]

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    def copy(self) -> Sheet:
        return copy.deepcopy(self)

    def renumber(self) -> None:
        for row in self.rows:
            for number, entry in enumerate(row.entries, 1):
                entry.ordinal = f"{number}、"


@attrs.frozen
class Layout:
    """How a sheet is written; nothing of it changes what the sheet says."""

    columns: tuple[str, ...] = COLUMNS
    separator: str = "; "
    colon: str = ":"
    terminator: str = "。"
    stop_at_end: bool = True
    ordinal: str = "{}、"
    newline: str = "\n"
    final_newline: bool = True
    comma: bool = False
    quoted: bool = False
    trailing: int = 0
    page: int = 1000
    encoding: str = "utf-8"


# Marks: a fault's code and its place, written into the data itself. They may nest.
_OPEN, _BAR, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_OPEN}[^{_BAR}]*{_BAR}|{_CLOSE}")
_DIGITS = tuple("0123456789")


def marked(text: str, *codes: str) -> str:
    """``text`` as the place where findings of ``codes`` are expected."""
    for code in codes:
        text = f"{_OPEN}{code}{_BAR}{text}{_CLOSE}"
    return text


def unmark(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """``text`` without its marks, and each mark as code, start and end, sorted."""
    plain: list[str] = []
    marks = []
    stack: list[tuple[str, int]] = []
    at = size = 0
    while at < len(text):
        char = text[at]
        if char == _OPEN:
            bar = text.index(_BAR, at)
            stack.append((text[at + 1 : bar], size))
            at = bar
        elif char == _CLOSE:
            code, start = stack.pop()
            marks.append((code, start, size))
        else:
            plain.append(char)
            size += 1
        at += 1
    return "".join(plain), sorted(marks, key=lambda mark: (mark[1], mark[0], mark[2]))


def render(sheet: Sheet, layout: Layout) -> tuple[str, list[tuple[str, int, int]]]:
    """The text of ``sheet`` in ``layout``, and the marks in it."""
    delimiter = "," if layout.comma else "\t"
    header = delimiter.join(TITLES[column] for column in layout.columns)
    pages = [sheet.rows[at : at + layout.page] for at in range(0, len(sheet.rows), layout.page)]
    lines = ["项目支出绩效目标表", f"2024年度{delimiter}单位:万元"]
    for number, rows in enumerate(pages, 1):
        lines += [header, *(_row(row, layout, delimiter) for row in rows)]
        if len(pages) > 1:
            lines += ["", f"第 {number} 页, 共 {len(pages)} 页", ""]
    text = layout.newline.join(lines) + (layout.newline if layout.final_newline else "")
    return unmark(text)


def _row(row: Row, layout: Layout, delimiter: str) -> str:
    cells = {"name": row.name, "goal": row.goal, "indicators": _entries(row, layout), **row.amounts}
    printed = [_cell(cells.get(column, ""), layout) for column in layout.columns]
    if row.lacking:
        return delimiter.join(printed[:-1]) + row.lacking
    if row.surplus:
        printed.append(_cell(row.surplus, layout))
    return delimiter.join(printed) + delimiter * layout.trailing


def _cell(text: str, layout: Layout) -> str:
    if layout.quoted or (layout.comma and ("," in text or text.startswith('"'))):
        return '"' + text.replace('"', '""') + '"'
    return text


def _entries(row: Row, layout: Layout) -> str:
    before, behind = row.around
    parts = [before]
    for entry in row.entries[:-1]:
        printed = _entry(entry, layout)
        run_on = not layout.terminator and _MARK.sub("", printed).endswith(_DIGITS)
        parts += [printed, "。" if run_on else layout.terminator]
    for entry in row.entries[-1:]:
        parts += [_entry(entry, layout), "。" if behind or layout.stop_at_end else "", behind]
    return "".join(parts)


def _entry(entry: Entry, layout: Layout) -> str:
    cycle, annual = f"实施周期指标值{layout.colon}", f"年度指标值{layout.colon}"
    if not entry.labelled:
        cycle = annual = ""
    fields = [
        entry.level1,
        entry.level2,
        entry.name,
        _value(cycle, entry.cycle),
        _value(entry.before_annual + annual, entry.annual),
    ]
    ordinal = entry.ordinal
    if ordinal.endswith("、"):
        ordinal = layout.ordinal.format(ordinal[:-1])
    return ordinal + layout.separator.join(field for field in fields if field is not None)


def _value(label: str, value: str | None) -> str | None:
    """``value`` behind its label; no blank is left where it is empty."""
    if value is None:
        return None
    return (label if _MARK.sub("", value) else label.rstrip()) + value


def cents(text: str) -> Decimal:
    """The amount that a cell prints, blank as 0."""
    return Decimal(text.replace(",", "").replace(" ", "") or "0")


@st.composite
def entry_lists(draw: st.DrawFn) -> list[Entry]:
    """Sound entries: an output, a benefit, perhaps more; no name twice."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    firsts = ["1-产出指标", "2-效益指标", *draw(st.lists(st.sampled_from(sorted(CLASSES)), min_size=3, max_size=3))]
    value = st.sampled_from(VALUES)
    return [
        Entry(f"{number}、", first, draw(st.sampled_from(CLASSES[first])), name, draw(value), draw(value))
        for number, (name, first) in enumerate(zip(names, draw(st.permutations(firsts[: len(names)])), strict=False), 1)
    ]


_STYLES = (
    "{:.2f}".format,
    "{:,.2f}".format,
    lambda amount: f"{amount:,.2f}".replace(",", ", ").replace(".", ". "),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Sheets in which nothing is wrong: two or more units, each with projects, amounts that add up."""
    style = draw(st.sampled_from(_STYLES))

    def printed(amounts: list[int]) -> dict[str, str]:
        figures = [sum(amounts), *amounts]
        return {c: style(Decimal(n) / 100) if n else "" for c, n in zip(AMOUNTS, figures, strict=True)}

    rows: list[Row] = []
    everything = [0, 0, 0]
    for unit in draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True)):
        head = Row("unit", unit, {})
        rows.append(head)
        subtotal = [0, 0, 0]
        for project in draw(st.lists(st.sampled_from(PROJECTS), min_size=1, max_size=3, unique=True)):
            amounts = [draw(st.integers(100, 10**7)), *draw(st.lists(st.integers(0, 10**5), min_size=2, max_size=2))]
            subtotal = [a + b for a, b in zip(subtotal, amounts, strict=True)]
            goal = draw(st.sampled_from(GOALS))
            rows.append(Row("project", project, printed(amounts), goal, draw(entry_lists())))
        head.amounts = printed(subtotal)
        everything = [a + b for a, b in zip(everything, subtotal, strict=True)]
    return Sheet([Row("total", "合计", printed(everything)), *rows])


SEPARATORS = ("; ", ";", "\uff1b", ": ", "\uff1a", ", ", "\uff0c", "。", " \uff1b ")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030")


@st.composite
def layouts(draw: st.DrawFn, *, columns: bool = True, plain: bool = False) -> Layout:
    """Layouts of a sheet. ``columns``: some may be left out; ``plain``: every entry ends in 。 and cells in no tab."""
    order = draw(st.permutations(COLUMNS))
    if columns:
        left_out = draw(st.sets(st.sampled_from(("goal", *AMOUNTS)), max_size=3))
        order = [column for column in order if column not in left_out]
    quoted = draw(st.booleans())
    terminators = ("。", "。\n" if quoted else "。 ", "; ", "")
    terminator = "。" if plain else draw(st.sampled_from(terminators))
    return Layout(
        columns=tuple(order),
        separator=draw(st.sampled_from(("; ", "\uff1b") if plain else SEPARATORS)),
        colon=draw(st.sampled_from((":", "\uff1a", " : "))),
        terminator=terminator,
        stop_at_end=plain or draw(st.booleans()),
        ordinal=draw(
            st.sampled_from(("{}、", "{} 、", "{}.", "{}\uff0e") if "。" in terminator else ("{}、", "{} 、"))
        ),
        newline=draw(st.sampled_from(("\n", "\r\n", "\r"))),
        final_newline=draw(st.booleans()),
        comma=draw(st.booleans()),
        quoted=quoted,
        trailing=0 if plain else draw(st.integers(0, 3)),
        page=draw(st.sampled_from((1000, 3, 2))),
        encoding=draw(st.sampled_from(ENCODINGS)),
    )


NASTY = (
    *"0123456789",
    *"≥≤≧><=%‰\uff05\uff1e\uff19+-~",
    *"。;:,、.\uff1b\uff1a\uff0c\uff0e\u3000",
    *"()\uff08\uff09\"'\t\n\r \u00a0\ufeff",
    *"实施周期年度指标值人次月日前至到零一百万XxOo*_×…·Į无\ud7ff\U0001f600",
)
PIECES = (
    "实施周期指标值:",
    "实施周期指标 值\uff1a",
    "年度指标值:",
    "年度指标",
    "1-产出指标",
    "11-数量指标",
    "2-效益",
    "31-服务对象满意度",
    "1、",
    "2、2-效益指标; ",
    "3 、",
    "1、1-产出指标; 11-数量指标; 名; 实施周期指标值:≥1次; 年度指标值:≥1次。",
    "项目名称",
    "绩效指标",
    "项目名称\t绩效指标\n",
    "绩效目标表\n",
    "\n单位:万元\n",
    "\n注:",
    "合计\t",
    "第 1 页, 共 2 页\n",
    '""',
    '"\t"',
    "请填写",
    "12..5",
    "1,200",
    "2023.02.30",
    "8:30",
)


ANY_CHARACTER = st.integers(0, 0x10F7FF).map(lambda at: chr(at if at < 0xD800 else at + 0x800))
"""As ``st.characters(codec="utf-8")``, for which hypothesis first takes two seconds to list what Unicode has."""


def nasty(size: int) -> st.SearchStrategy[str]:
    """Any text, mostly of what the grammars look for."""
    piece: st.SearchStrategy[str] = st.sampled_from(NASTY) | st.sampled_from(PIECES) | ANY_CHARACTER
    return st.lists(piece, max_size=size).map("".join)
