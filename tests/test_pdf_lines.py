"""PDFs: which characters stand on one line of a cell."""

from __future__ import annotations

import pytest
from pdf_files import document, shown, width_of

from goalcheck.readers import read

LEFT, BASE = 133.0, 540.0
FRAME = "".join(f"{x} 500 m {x} 562 l S " for x in (30, 130, 300)) + "30 500 m 300 500 l S 30 562 m 300 562 l S "


def cell_of(*pieces: tuple[str, float, float]) -> str:
    """What is read of a cell in which pieces follow each other, each with its size and how far it is raised."""
    x, drawn = LEFT, []
    for text, size, raised in pieces:
        drawn.append(shown(text, x, BASE + raised, size))
        x += sum(map(width_of, text)) * size / 8
    return read(document([FRAME + shown("名称", 33, BASE) + "".join(drawn)])).text.strip().removeprefix("名称\t")


@pytest.mark.parametrize(("size", "raised"), [(5.2, 2.8), (5.2, 3.6), (4.6, 2.3), (5.2, -1.4), (5.2, -2.8), (6.0, 1.0)])
def test_small_characters_that_are_raised_or_lowered_stay_behind_their_word(size: float, raised: float) -> None:
    assert cell_of(("绿化面积≥100m", 8, 0), ("2", size, raised), ("以上", 8, 0)) == "绿化面积≥100m2以上"
    assert cell_of(("绿化面积≥100m", 8, 0), ("2", size, raised)) == "绿化面积≥100m2"
    assert cell_of(("NH", 8, 0), ("4", size, -2.4), ("+", size, 2.6), ("达标", 8, 0)) == "NH4+达标"


@pytest.mark.parametrize("raised", [2.3, 2.8, 3.6])
def test_a_digit_that_is_raised_behind_a_figure_is_none_of_its_digits(raised: float) -> None:
    assert cell_of(("24.91", 8, 0), ("12", 5.2, raised)) == "24.91\u00b9\u00b2"
    assert cell_of(("10", 8, 0), ("3", 5.2, raised), ("吨", 8, 0)) == "10\u00b3吨"
    assert cell_of(("24.91", 8, 0), ("12", 7.5, 0.5)) == "24.9112"  # as scanned words are printed
    assert cell_of(("24.91", 8, 0), ("12", 5.2, -raised)) == "24.9112"


def test_lines_of_other_sizes_stay_lines() -> None:
    """Small ones right below or above large ones are raised by as little, but stand upon their characters."""
    x = LEFT + 4 * 10
    for base in (BASE + 5.5, BASE - 5.5):
        drawn = shown("绿化面积达标", LEFT, BASE, 12) + shown("不含苗圃", x, base, 6)
        text = read(document([FRAME + shown("名称", 33, BASE) + drawn])).text.strip()
        first, last = ("不含苗圃", "绿化面积达标") if base > BASE else ("绿化面积达标", "不含苗圃")
        assert text == f"名称\t{first}{last}"


@pytest.mark.parametrize(
    ("pieces", "read_as", "is_told"),
    [
        ([("产出指标", 110), ("数量指标", 133)], "产出指标\t数量指标", True),  # half of it on either side
        (
            [("产出指标", 104), ("数量指标", 133)],
            "产出指标\t数量指标",
            False,
        ),  # a little of it, as where it is too wide
        ([("名称", 33), ("产出指标", 120)], "名称\t产出指标", False),
        ([("产出指标", 114)], "产出\t指标", False),  # the line parts two words that touch
        ([("产出", 112.6), ("指标", 129)], "产出\t指标", False),  # there are two, of which one is too wide
    ],
)
def test_words_over_a_line_between_cells(pieces: list[tuple[str, float]], read_as: str, *, is_told: bool) -> None:
    found = read(document([FRAME + "".join(shown(text, x, BASE) for text, x in pieces)]))
    assert (found.text.strip(), [remark.key for remark in found.remarks]) == (read_as, ["words-over-lines"] * is_told)
