"""PDFs: words that are clipped away are no words of the page, and it is said where that loses some."""

from __future__ import annotations

import pytest
from pdf_files import Style, document, shown, table

from goalcheck.readers import read

NAMES = ["一级指标", "二级指标", "三级指标", "指标值"]
FIGURES = ["", "数量指标", "巡查次数", "≥12次"]
WIDTHS = [120.0, 120.0, 120.0, 110.0]


def clipped(text: str, y: float, low: float, high: float, left: float = 30) -> str:
    """``text`` at the height ``y``, of which nothing is seen but what lies between ``low`` and ``high``."""
    return f"q {left} {low} 120 {high - low} re W n {shown(text, 32, y)}Q "


def read_pages(*more: str) -> tuple[str, list[str]]:
    """What is read of a table a page, each with something more drawn on it, and what is said of it."""
    pages = [table([NAMES, FIGURES], WIDTHS, range(0), Style(numbers=False))[0] + drawn for drawn in more]
    source = read(document(pages))
    return source.text, [remark.key for remark in source.remarks]


def test_what_two_pages_share_is_read_where_it_is_seen() -> None:
    """A merged cell goes over the end of a page; programs print what it says on both, clipped to the part there."""
    here, there = read_pages(clipped("产出指标", 60, 40, 80), clipped("产出指标", 700, 500, 540))
    assert here.count("产出指标") == 1
    assert not there


@pytest.mark.parametrize(
    ("low", "high", "is_seen"), [(40, 80, True), (63, 80, False), (61, 80, True), (64.5, 80, False)]
)
def test_words_are_cut_off_where_less_than_half_of_them_is_seen(low: float, high: float, is_seen: bool) -> None:
    text, said = read_pages(clipped("社会效益", 60, low, high))
    assert ("社会效益" in text) == is_seen
    assert said == ([] if is_seen else ["clipped-characters"])


def test_words_beside_what_they_are_clipped_to_are_cut_off() -> None:
    text, said = read_pages(clipped("社会效益", 60, 40, 80, left=300))
    assert "社会效益" not in text
    assert said == ["clipped-characters"]


@pytest.mark.parametrize(("low", "is_seen"), [(161, True), (165, False)])
def test_words_of_a_form_are_clipped_where_it_is_drawn(low: float, is_seen: bool) -> None:
    drawn = table([NAMES, FIGURES], WIDTHS, range(0), Style(numbers=False))[0] + clipped("社会效益", 160, low, 180)
    source = read(document([drawn], in_form=True, lower=100))
    assert ("社会效益" in source.text) == is_seen
    assert [remark.key for remark in source.remarks] == ([] if is_seen else ["clipped-characters"])
