"""Binary workbooks that other programs read although the library for them stumbles."""

from __future__ import annotations

import pytest
from makers import xls_of_names

from goalcheck.errors import InputError
from goalcheck.readers import read


def changed(data: bytes, at: int, said: bytes) -> bytes:
    return data[:at] + said + data[at + len(said) :]


SOUND = xls_of_names("\u7532", "\u4e59")
TEXT = read(SOUND).text
FIGURE = b"\x7e\x02\x0a\0"
SIZE = b"W\0o\0r\0k\0b\0o\0o\0k\0"  # where the container tells how long the workbook is


def as_other(data: bytes, listed_as: bytes, begun_as: bytes) -> bytes:
    """``data`` with its second worksheet as a sheet of another kind."""
    listed = data.index(b"\x85\0", data.index(b"\x85\0") + 1)
    begins = data.rindex(b"\x09\x08\x10\0")
    return changed(changed(data, listed + 9, listed_as), begins + 6, begun_as)


CHART = as_other(SOUND, b"\2", b"\x20")


def with_figure_twice(data: bytes, first: int) -> bytes:
    second = data.index(FIGURE, first + 4)
    return changed(data, second + 4, data[first + 4 : first + 8])


def test_the_figures_that_a_chart_keeps_are_no_cells() -> None:
    """It keeps those of every series as cells, one row and column for all of them."""
    drawn = with_figure_twice(CHART, SOUND.rindex(FIGURE, 0, SOUND.rindex(FIGURE)))
    assert read(drawn).text == read(xls_of_names("\u7532")).text
    with pytest.raises(InputError):
        read(with_figure_twice(CHART, SOUND.index(FIGURE)))


def test_a_sheet_of_macros_is_said() -> None:
    source = read(as_other(SOUND, b"\1", b"\x40"))
    assert source.text == read(CHART).text
    assert [(remark.key, dict(remark.figures)) for remark in source.remarks] == [("macro-sheets", {"number": "1"})]
    assert not read(CHART).remarks


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        (b"\x80\0\x08\0", b"\x1c\0"),  # a note that is none
        (b"\x3d\0\x12\0", b"\x18\0"),  # a name without a formula
        (b"\x80\0\x08\0", b"\xb6\x01"),  # a text of a drawing
    ],
)
def test_what_no_cell_hangs_on_is_passed_over(kind: bytes, other: bytes) -> None:
    assert read(changed(SOUND, SOUND.index(kind), other)).text == TEXT


def test_a_list_of_texts_may_be_shorter_than_it_says() -> None:
    told = SOUND.index(b"\x50\0\0\0\x50\0\0\0") + 4
    assert read(changed(SOUND, told, b"\x99\x01\0\0")).text == TEXT
    with pytest.raises(InputError):
        read(changed(SOUND, told, b"\x4f\0\0\0"))  # the last text is not to be had


def test_the_blocks_of_a_workbook_may_be_more_than_it_needs() -> None:
    at = SOUND.index(SIZE) + 120
    size = int.from_bytes(SOUND[at : at + 4], "little")
    assert not any(SOUND[512 + size - 600 : 512 + size])  # the last block says nothing
    assert read(changed(SOUND, at, (size - 512).to_bytes(4, "little"))).text == TEXT
    for other in (size - 4096, size + 4096):
        with pytest.raises(InputError):
            read(changed(SOUND, at, other.to_bytes(4, "little")))
