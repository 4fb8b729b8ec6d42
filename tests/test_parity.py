"""The same sheet gives the same report, whatever was checked before it, in which order, and by how many processes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from helpers import entry_sheet, examples, goalcheck
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import HEADER, layouts, render, sheets

from goalcheck import Checker
from goalcheck.checks.facts.context import Context
from goalcheck.checks.facts.indicator import IndicatorFacts
from goalcheck.report import Style
from goalcheck.report import render as report
from goalcheck.sheet import Indicator

WELL_PARTED = entry_sheet(
    "4、1-产出指标; 11-数量指标; 走访慰问户数; 实施周期指标值:; ≥12户; 年度指标值:≥12户。",
)
BADLY_PARTED = entry_sheet(
    "4、1-产出指标 11-数量指标; 走访慰问户数; 实施周期指标值:; ≥12户; 年度指标值:; ≥12户。",
)
"""The same fields, and all in all as many separators, at other places."""
COST_FIRST = entry_sheet("4、4-成本指标; 41-经济成本; 户均走访成本; 实施周期指标值:≤90元; 年度指标值:≤90元。")
COST_BELOW = entry_sheet("4、1-产出指标; 14-成本指标; 户均走访成本; 实施周期指标值:≤90元; 年度指标值:90。")
"""Sheets that are judged by different classes."""


def checker() -> Checker:
    return Checker(select=["ALL"])


def said(one: Checker, text: str) -> str:
    """The whole report in JSON."""
    return "".join(report("json", [one.check(text, path="sheet.txt")], Style()))


def said_there(text: str) -> str:
    return said(checker(), text)


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(2) as executor:
        yield executor


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two sheets; often the same one written in two ways, as entries that say the same are most easily confused."""
    first = draw(sheets())
    second = first if draw(st.booleans()) else draw(sheets())
    one, other = (HEADER + render(sheet, draw(layouts(columns=False)))[0] for sheet in (first, second))
    return one, other


@settings(max_examples=examples(40))
@given(pairs())
@example((WELL_PARTED, BADLY_PARTED))
@example((COST_FIRST, COST_BELOW))
def test_nothing_is_remembered_from_sheet_to_sheet(pool: ProcessPoolExecutor, pair: tuple[str, str]) -> None:
    one, other = pair
    together, turned = checker(), checker()
    forth = [said(together, one), said(together, other)]
    back = [said(turned, other), said(turned, one)]
    alone = [said(checker(), text) for text in pair]
    apart = list(pool.map(said_there, pair))
    assert forth == back[::-1] == alone == apart


@settings(max_examples=examples(20))
@given(pairs())
def test_what_is_worked_out_once_a_run_changes_nothing(pair: tuple[str, str]) -> None:
    """Names, facts and the like, with and without being kept for the rest of the sheet."""
    kept = [said(checker(), text) for text in pair]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Context, "once", lambda context, make: make(context))
        patch.setattr(Context, "once_for", lambda context, node, make: make(node, context))
        assert [said(checker(), text) for text in pair] == kept


def test_what_a_run_worked_out_goes_with_it() -> None:
    """Without the collector of cycles, which the command asks but seldom."""
    one = checker()
    gc.freeze()  # what other tests have left is not looked through
    gc.disable()
    try:
        one.check(WELL_PARTED)
        assert _number_of_nodes() == 0
    finally:
        gc.enable()


def _number_of_nodes() -> int:
    return sum(isinstance(made, Context | IndicatorFacts | Indicator) for made in gc.get_objects())


def test_the_command_finds_the_same_in_any_company(tmp_path: Path) -> None:
    files = {"a.txt": WELL_PARTED, "b.txt": BADLY_PARTED, "c.txt": COST_FIRST, "d.txt": COST_BELOW}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    alone = [goalcheck("lint", name, "--format", "jsonl", cwd=tmp_path).out for name in files]
    assert b"GC102" in alone[1]
    for jobs in ("1", "2"):
        together = goalcheck("lint", *files, "-j", jobs, "--format", "jsonl", cwd=tmp_path)
        assert together.out == b"".join(alone)
