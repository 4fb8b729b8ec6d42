"""Usual entries and lines are read by one expression each, to what the grammar's steps make of them."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

import attrs
import pytest
from helpers import SAMPLE, THOROUGH, examples
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import NASTY, PIECES, layouts, render, sheets

from goalcheck.errors import InputError
from goalcheck.parse import parse
from goalcheck.parse.grammars import APART, IN_VAIN, SHEETS, machine, parser
from goalcheck.parse.layouts.packed import EntryReader
from goalcheck.parse.line_cells import cut, lines_of
from goalcheck.parse.machine import Lexeme
from goalcheck.sheet import Entry, Node
from goalcheck.source import Source

ENTRIES = int(os.environ.get("GOALCHECK_ENTRIES", "460_000" if THOROUGH else "1_500"))
"""In the cells of either half: with the rows of ``test_usual_rows`` a million in CI, each read both ways."""
FEW = examples(4_000, 150)
"""Of which every place is looked at."""
NAMES = (
    "举办活动次数",
    "1、2号线里程",
    "满意度(群众)",
    "实有人数",
    "完成1、2号楼",
    "年度检查,抽查",
    "(一)检查;抽查",
    "A 级",
)
VALUES = ("≥48次", "100%", "12月底前", "提高", "≥1.5万元", "1,200人", "实施中", "10:30前", "0", "按第1、2条")
CLASSES = (
    "1-产出指标",
    "11-数量指标",
    "2-效益指标",
    "22-社会效益",
    "31-服务对象满意度",
    "1 - 产出 指标",
    "12\uff0d质量指标",
)
MARKS = (";", "; ", "\uff1b", ",", "、", ":", " ", "。")


def cells(seed: int, entries: int) -> Iterator[tuple[str, int]]:
    """Cells with their numbers of entries; four entries of five are hurt in one place."""
    chance = random.Random(seed)  # a fixed sample
    while entries > 0:
        count = chance.choice((1, 1, 1, 1, 2, 4))
        yield "".join(entry(chance, at + 1) for at in range(count)), count
        entries -= count


def entry(chance: random.Random, ordinal: int) -> str:
    some = chance.choice
    mark = some(("; ", ";", "\uff1b"))
    made = (
        f"{ordinal}、{some(CLASSES)}{mark}{some(CLASSES)}{mark}{some(NAMES)}{mark}"
        f"实施周期指标值:{some(VALUES)}{mark}年度指标值:{some(VALUES)}{some(('。', '。', '。 ', ';', ''))}"
    )
    if chance.random() < 0.2:
        return made
    at = chance.randrange(len(made))
    behind = at + chance.randrange(4)
    return made[:at] + some(("", some(NASTY), some(PIECES), some(MARKS))) + made[behind:]


@cache
def _parts_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What gives the fields of a node of this kind; None of what is no node."""
    if not attrs.has(kind):
        return None
    first, *others = (field.name for field in attrs.fields(kind))
    return attrgetter(first, *others) if others else lambda node: (getattr(node, first),)


def same(one: Any, other: Any) -> bool:
    """Whether two trees are the same; their nodes themselves are told apart by identity."""
    if one is other or type(one) is not type(other):
        return one is other
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if not isinstance(one, tuple):
        parts = _parts_of(type(one))
        if parts is None:
            return bool(one == other)
        one, other = parts(one), parts(other)
    return one == other or (len(one) == len(other) and all(map(same, one, other)))


def step_by_step(text: str) -> tuple[Entry, ...]:
    reader = EntryReader(text)
    reader._usual = lambda *_: None
    return reader.read(0, len(text))


def test_no_difference_is_overlooked() -> None:
    """Of a text, of a place, of a value within, of what is left out."""
    text = "1、1-产出指标; 11-数量指标; 场次; 实施周期指标值:≥3场; 年度指标值:≥3场。"
    whole = step_by_step(text)
    assert same(whole, step_by_step(text))
    for was, now in (
        ("场次", "次数"),
        ("; 年", ";年"),
        ("≥3场。", ">3场。"),
        ("数量", "质量"),
        ("。", ""),
        ("11-", "1-"),
    ):
        assert not same(whole, step_by_step(text.replace(was, now))), now


@pytest.mark.long
@pytest.mark.parametrize("half", range(2))
def test_usual_entries_are_read_as_step_by_step(half: int) -> None:
    usual = machine("indicator").usual.__self__  # type: ignore[attr-defined]  # the match of a pattern
    at_once = 0
    for text, _ in cells(half, ENTRIES):
        if usual.search(text):  # else both ways are one
            assert same(EntryReader(text).read(0, len(text)), step_by_step(text)), text
            at_once += usual.match(text) is not None
    assert at_once > ENTRIES / 8  # of the first entries of the cells, every third


def test_terminals_that_stand_apart_never_match_at_one_place() -> None:
    """Against these the expression of usual entries does not guard."""
    patterns = {t.name: re.compile(t.pattern.to_regexp()) for t in parser("indicator").terminals}
    pairs = [(patterns[name].match, patterns[other].match) for name, others in APART.items() for other in others]
    for text, _ in cells(2, FEW):
        for at in range(len(text)):
            assert not any(one(text, at) and other(text, at) for one, other in pairs), text[at:]


def test_no_usual_entry_goes_on_where_it_may_end_as_well() -> None:
    """Neither against these: behind a separator that may be an end comes neither a class nor a name."""
    patterns = {t.name: re.compile(t.pattern.to_regexp()) for t in parser("indicator").terminals}
    assert IN_VAIN == {"SEP": ("END",)}
    start, class_, name = patterns["START"].match, patterns["CLASS"].match, patterns["NAME"].match
    ends = 0
    for text, _ in cells(2, FEW):
        for at in range(len(text)):
            behind = patterns["SEP"].match(text, at)
            if behind is not None and patterns["END"].match(text, at) is not None:
                ends += 1
                assert class_(text, behind.end()) is None, text[at:]
                assert name(text, behind.end()) is None or start(text, behind.end()) is not None, text[at:]
    assert ends > FEW // 2


def test_usual_entries_of_the_real_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    text = SAMPLE.read_text("utf-8")
    at_once = parse(Source(text))
    whole = EntryReader.__init__

    def slow(reader: EntryReader, *args: Any) -> None:
        whole(reader, *args)
        reader._usual = lambda *_: None

    monkeypatch.setattr(EntryReader, "__init__", slow)
    assert same(at_once, parse(Source(text)))
    assert isinstance(at_once, Node)


def lines(text: str, separator: str) -> list[Any]:
    """What ``text`` is parted into, as tuples."""
    found = map(cut, lines_of(text, separator))
    return [
        (line.type, line.start_pos, str(line)) if isinstance(line, Lexeme) else (line.start, line.end, list(line.cells))
        for line in found
    ]


@settings(max_examples=examples(2000))
@given(
    st.lists(
        st.sampled_from(("\t", ",", "\n", "\r\n", "\r", '"', '""', " ", "\u3000", "\ufeff", "\x0b", "\x1c", "1", "2/3"))
        | st.sampled_from(
            ("第1页", "共2页", "绩效目标表", "注:", "续表", "单位:万元", "- 1 -", "合计", "3,986.34", "项目名称")
        ),
        max_size=40,
    ).map("".join),
    st.sampled_from("\t,;"),
)
def test_usual_lines_are_parted_as_step_by_step(text: str, separator: str) -> None:
    reader = machine(SHEETS[separator])
    at_once = lines(f"{text}\n", separator)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reader, "usual", lambda *_: None)
        assert at_once == lines(f"{text}\n", separator)


def test_most_lines_of_the_real_sheet_are_usual() -> None:
    text = SAMPLE.read_text("utf-8")
    usual = [usual for line in text.splitlines(keepends=True) if (usual := machine("sheet").usual(line))]
    assert len(usual) > 50


@settings(max_examples=examples(150))
@given(st.data())
def test_names_of_columns_mean_the_same_row_after_row(data: st.DataObject) -> None:
    """What a cell would mean in a header is looked up once, and found every time."""
    text, _ = render(data.draw(sheets()), data.draw(layouts()))
    remembered = outcome(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("goalcheck.parse.remembering", lambda names: names)
        assert same(remembered, outcome(text))


def outcome(text: str) -> Any:
    """What ``text`` is read as, or why it is not."""
    try:
        return parse(Source(text))
    except InputError as error:
        return error.args
