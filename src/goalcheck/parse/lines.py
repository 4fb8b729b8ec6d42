"""The text in, its lines out: head, column headers, rows of cells, footers, notes.

``sheet.lark`` says what a line is; here its cells get the columns of the header above them.
"""

from __future__ import annotations

import re
from typing import cast

import attrs

from goalcheck.errors import InputError
from goalcheck.limits import LIMITS, Limits
from goalcheck.parse.admission import check_cells
from goalcheck.parse.grammars import Branch, Lexeme, read
from goalcheck.sheet import AMOUNT_COLUMNS, Column, Footer, Header, Text, clean
from goalcheck.source import line_at

_BRACKETS = re.compile(r"[(\uff08\[\u3010].*", re.DOTALL)
_INTEGERS = re.compile(r"\d+")
_ROLES = {
    "total": (
        "总计",
        "合计",
        "总额",
        "金额",
        "项目金额",
        "预算金额",
        "预算总额",
        "资金总额",
        "项目总额",
        "总金额",
        "项目资金",
        "预算数",
    ),
    "appropriation": ("财政拨款", "财政拨款资金", "一般公共预算拨款", "财政资金"),
    "special_account": ("财政专户拨款", "财政专户管理资金", "财政专户资金", "财政专户"),
    "other": ("其他资金", "其它资金", "其他", "单位资金"),
    "goal": ("绩效目标", "总体绩效目标", "绩效总目标", "总体目标", "项目绩效目标", "年度绩效目标"),
}
_SPLIT = frozenset(("一级指标", "二级指标", "三级指标"))
ROLE_OF = {name: role for role, names in _ROLES.items() for name in names}
"""What a column of this name holds."""


@attrs.frozen(eq=False)
class Line:
    """A row of the table: where it lies, its cells (without quotation marks) and the header that it stands under."""

    start: int
    end: int
    cells: list[tuple[int, int]]
    header: Header


@attrs.define(eq=False)
class Lines:
    """All lines of a text, by kind, each kind in the order of the text."""

    title: Text | None = None
    head: list[Text] = attrs.Factory(list)
    headers: list[Header] = attrs.Factory(list)
    footers: list[Footer] = attrs.Factory(list)
    notes: list[Text] = attrs.Factory(list)
    rows: list[Line] = attrs.Factory(list)
    starts: list[int] | None = None
    """Where each begins; None where none goes over a line break, so that all do where a line of the text does."""


def read_lines(text: str, limits: Limits = LIMITS) -> Lines:
    """The lines of ``text``. Raises :class:`InputError` if no line is a column header: then it is no sheet.

    Raises it as well where a cell is longer than ``limits`` allow, be it a quoted one that goes over many lines.
    """
    ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
    lines = _read(text, ended, "sheet")
    if not lines.headers and "," in text:
        check_cells(text, ",", limits)
        lines = _read(text, ended, "comma")
    if len(text) > limits.cell:
        _check_lengths(text, lines, limits)
    if not lines.headers:
        raise InputError("no-sheet")
    return lines


def _read(text: str, ended: str, grammar: str) -> Lines:
    lines = Lines()
    children = read(grammar, ended).children
    if '"' in text:
        lines.starts = [child.start_pos if isinstance(child, Lexeme) else _first(child) for child in children]
    for child in children:
        if isinstance(child, Lexeme):
            _whole_line(lines, child)
            continue
        tokens = cast("list[Lexeme]", child.children)  # the rules of a line have no rules below them
        start = tokens[0].start_pos
        end = tokens[-1].start_pos  # the line break
        if child.data == "row" and not lines.headers:  # what looked like a header was none
            lines.head.append(Text(start, end, text[start:end]))
        elif child.data == "row":
            _row(text, lines, start, end, _cells(text, tokens))
        elif child.data == "header":
            header = _header(text, start, end, tokens)
            if header.column("name") and header.column("indicators"):
                lines.headers.append(header)
            elif lines.headers:
                lines.rows.append(Line(start, end, _cells(text, tokens), lines.headers[-1]))
            else:
                lines.head.append(Text(start, end, text[start:end]))
        else:
            lines.head.append(Text(start, end, text[start:end]))
    return lines


def _first(line: Branch) -> int:
    token = line.children[0]
    assert isinstance(token, Lexeme)
    return token.start_pos


def _check_lengths(text: str, lines: Lines, limits: Limits) -> None:
    cells = [cell for line in lines.rows for cell in line.cells]
    cells += [(column.start, column.end) for header in lines.headers for column in header.columns]
    cells += [(line.start, line.end) for line in (lines.title, *lines.head, *lines.notes) if line is not None]
    for start, end in sorted(cells):
        if end - start > limits.cell:
            raise InputError("long-cell", line=line_at(text, start), found=end - start, limit=limits.cell)


def _row(text: str, lines: Lines, start: int, end: int, cells: list[tuple[int, int]]) -> None:
    """A row of the table, or the second line of a header whose cells were merged."""
    header = lines.headers[-1]
    if not lines.rows or lines.rows[-1].header is not header:  # the first row below its header
        names = {index: clean(text[a:b]) for index, (a, b) in enumerate(cells) if a < b}
        if _SPLIT.intersection(names.values()):
            raise InputError("split-indicators")
        if sum(_role(name) in AMOUNT_COLUMNS for name in names.values()) > 1 and ROLE_OF.keys() >= set(names.values()):
            below = [Column(*cells[i], text[slice(*cells[i])], _role(name), i) for i, name in names.items()]
            above = [column for column in header.columns if column.index not in names]
            both = sorted([*above, *below], key=lambda column: column.index)
            lines.headers[-1] = Header(header.start, end, tuple(both))
            return
    lines.rows.append(Line(start, end, cells, header))


def _whole_line(lines: Lines, token: Lexeme) -> None:
    body = token.rstrip()
    if token.type == "BLANK":
        return
    lead = len(body) - len(body.lstrip())
    start, body = token.start_pos + lead, body[lead:]
    if token.type == "FOOTER":
        numbers = [int(n) for n in _INTEGERS.findall(body)]
        page, pages = (numbers[0], numbers[1] if len(numbers) > 1 else None)
        if body.lstrip('"').startswith("共") and pages is not None:
            page, pages = pages, page
        lines.footers.append(Footer(start, start + len(body), body, page, pages))
        return
    line = Text(start, start + len(body), body)
    if token.type == "TITLE" and lines.title is None and not lines.headers:
        lines.title = line
    else:
        (lines.notes if lines.headers else lines.head).append(line)


def _cells(text: str, tokens: list[Lexeme]) -> list[tuple[int, int]]:
    cells = []
    whole = False  # whether the row ends in a cell, not in a tab
    for token in tokens:
        start = token.start_pos
        end = start + len(token)
        if token.type == "NEWLINE":
            if not whole:
                cells.append((start, start))
            break
        whole = token.type == "LAST"
        if not whole:
            end -= 1  # the tab
        cells.append((start, end) if start == end else _bare(text, start, end))
    return cells


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A cell without its quotation marks, if it has them, and without the blanks around it."""
    inner = text[start + 1 : end - 1] if text[start] == text[end - 1] == '"' and end - start > 1 else '"'
    if '"' not in inner.replace('""', ""):
        start, end = start + 1, end - 1
    if start < end and text[start].isspace():
        start += len(text[start:end]) - len(text[start:end].lstrip())
    if start < end and text[end - 1].isspace():
        end = start + len(text[start:end].rstrip())
    return start, end


def _header(text: str, start: int, end: int, tokens: list[Lexeme]) -> Header:
    columns: list[Column] = []
    taken: set[str | None] = set()
    for index, (left, right) in enumerate(_cells(text, tokens)):
        if left == right:
            continue
        name = clean(text[left:right])
        if name in _SPLIT:
            raise InputError("split-indicators")
        role = _role(name)
        if role in taken:
            role = None
        taken.add(role)
        columns.append(Column(left, right, text[left:right], role, index))
    return Header(start, end, tuple(columns))


def _role(name: str) -> str | None:
    if name.startswith("项目名称"):
        return "name"
    if name.startswith("绩效指标"):
        return "indicators"
    return ROLE_OF.get(_BRACKETS.sub("", name))
