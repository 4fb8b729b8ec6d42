"""What the header of a table by rows says, with what only the rows below it tell, and what its columns hold then."""

from __future__ import annotations

from functools import partial

from goalcheck.parse.headers import year_above
from goalcheck.parse.layouts.joint_rows import with_values
from goalcheck.parse.layouts.panes import Columns, columns
from goalcheck.parse.layouts.unnamed_levels import with_levels
from goalcheck.parse.layouts.unnamed_signs import with_signs
from goalcheck.parse.lines_ahead import LinesAhead
from goalcheck.sheet import Header


def told_by_rows(text: str, header: Header, ahead: LinesAhead, title: str) -> tuple[Header, Columns | None]:
    """``header`` with the columns of levels, signs and values that it does not name, and the lines ``ahead`` tell.

    With it comes what its columns hold; None where none is of indicators with a value. ``title`` stands above it.
    """
    told, of = told_by_rows_of_parts(text, header, ahead, title)
    valued = with_values(text, told, ahead.rows)
    return valued, of if valued is told else columns(valued, title, partial(year_above, text, header.start))


def told_by_rows_of_parts(text: str, header: Header, ahead: LinesAhead, title: str) -> tuple[Header, Columns | None]:
    """The same of a header whose last line parts a column of the line above it: its values have columns."""
    year = partial(year_above, text, header.start)
    levelled, of = with_levels(text, header, ahead.next_cells, title, year)
    signed = with_signs(text, levelled, ahead.rows)
    return signed, of if signed is levelled else columns(signed, title, year)
