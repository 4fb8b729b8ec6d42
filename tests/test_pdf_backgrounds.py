"""PDFs: what is filled shades cells, words or the whole page, and only the first makes a table."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pdf_files import LEADING, PADDING, Style, document, shown, table

from goalcheck.readers import read

ROWS = [
    ["项目名称", "三级指标", "指标值"],
    ["道路养护", "养护里程", "≥8公里"],
    ["河道保洁", "保洁长度", "≥46公里"],
]
TEXT = "".join("\t".join(row) + "\n" for row in ROWS)
WIDE = 100.0
TOP = 500.0
HIGH = LEADING + 2 * PADDING


def filled(left: float, bottom: float, wide: float, high: float) -> str:
    return f"q 0.9 g {left:.2f} {bottom:.2f} {wide:.2f} {high:.2f} re f Q\n"


def drawn(rows: Sequence[Sequence[str]], lines: str = "strokes") -> str:
    (made,) = table(rows, [WIDE] * len(rows[0]), range(0), Style(lines, top=TOP, numbers=False))
    return made


def test_backgrounds_are_no_table_around_the_one_on_them() -> None:
    """A page that is filled, with a band across for its title and one at its side: the table on it is one."""
    bands = filled(0, 0, 842, 595) + filled(0, 540, 842, 55) + filled(800, 0, 42, 595)
    made = read(document([bands + shown("绩效目标表", 30, 560) + drawn(ROWS)])).text
    assert made == f"绩效目标表\n\n{TEXT}"


def test_a_small_table_within_a_form_takes_nothing_from_it() -> None:
    rows = [*ROWS, ["说明", "", ""]]
    within = "0.5 w " + "".join(
        f"{140 + 20 * at} {TOP - 3.8 * HIGH} 20 {0.6 * HIGH} re S\n"
        for at in range(2)
    )  # fmt: skip
    assert read(document([drawn(rows) + within])).text == f"{TEXT}说明\t\t\n"


@pytest.mark.parametrize(("left", "wide"), [(5.4, 89.2), (30, 20), (5.4, 30), (60, 35)])
@pytest.mark.parametrize("lines", ["strokes", "slabs", "boxes"])
def test_words_that_are_shaded_stay_in_one_cell(left: float, wide: float, lines: str) -> None:
    """Whatever lines of a cell are marked, or words of them, it is one; so are those that are shaded as a whole."""
    said = "提高村民满意度并减少扬尘和噪声"
    rows = [*ROWS, ["噪声治理", f"{said}。", "≥95%"]]
    top = TOP - 3 * HIGH - PADDING
    marks = filled(30 + WIDE + left, top - LEADING, wide, LEADING + PADDING) + filled(
        30 + WIDE + left, top - 20, wide, LEADING
    )
    cell = filled(30, TOP - HIGH, 3 * WIDE, HIGH) + filled(30 + WIDE + 0.5, TOP - 2 * HIGH + 0.5, WIDE - 1, HIGH - 1)
    assert read(document([cell + marks + drawn(rows, lines)])).text == TEXT + "\t".join(rows[3]) + "\n"


def test_a_form_around_a_larger_table_keeps_its_cells() -> None:
    form = [["项目名称", "道路养护"], ["实施单位", "镇政府"]]
    bottom, x, wide = TOP - 2 * HIGH - 60, 138.0, 28.0
    last = f"0.5 w 30 {bottom} {2 * WIDE} 60 re S\n" + shown("绩效指标", 33, bottom + 45)
    within = "".join(
        f"{x + wide * column} {bottom + 10 + 12 * row} {wide} 12 re S\n"
        + shown("词", x + wide * column + 5, bottom + 13 + 12 * row)
        for row in range(3)
        for column in range(3)
    )
    made = read(document([drawn(form) + last + within])).text
    assert made == "项目名称\t道路养护\n实施单位\t镇政府\n绩效指标词 词 词词 词 词词 词 词\t\n"


@pytest.mark.parametrize("at", [0, 10, 20])
def test_words_that_are_shaded_in_a_row_as_high_as_they_are_stay_in_their_cell(at: int) -> None:
    places = [30, 230, 330]
    grid = "".join(f"{x} 470 m {x} 506 l S " for x in places) + "".join(
        f"30 {470 + 12 * row} m 330 {470 + 12 * row} l S " for row in range(4)
    )
    rows = [("道路养护提高村民满意度", "≥8公里"), ("河道保洁提高村民满意度", "≥46公里"), ("路灯维护", "≥9盏")]
    words = "".join(
        shown(text, x, 496 - 12 * row)
        for row, texts in enumerate(rows)
        for x, text in zip((46 + at, 240), texts, strict=True)
    )
    mark = (
        filled(46 + at, 494, 32, 12)
        + filled(78 + at, 494, 24, 12)
        + filled(78 + at, 482, 24, 12)
        + filled(46 + at, 470, 32, 12)
    )
    assert read(document([mark + grid + words])).text == "".join("\t".join(row) + "\n" for row in rows)


@pytest.mark.parametrize("gap", [0.0, 1.5])
def test_cells_that_are_only_shaded_are_cells(gap: float) -> None:
    """Within one frame, each side by side with the next."""
    cells = "".join(
        filled(30 + WIDE * column + gap / 2, TOP - HIGH * (row + 1) + gap / 2, WIDE - gap, HIGH - gap)
        for row in range(3)
        for column in range(3)
    )
    frame = f"0.5 w 24 {TOP - 3 * HIGH - 6} {3 * WIDE + 12} {3 * HIGH + 12} re S\n"
    words = "".join(
        shown(text, 32 + WIDE * column, TOP - HIGH * row - PADDING - 0.8 * LEADING)
        for row, texts in enumerate(ROWS)
        for column, text in enumerate(texts)
    )
    assert read(document([frame + cells + words])).text == TEXT
