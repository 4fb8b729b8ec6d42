"""A figure that stands by itself on a line: the number of a page, or what a break left of the row above."""

from __future__ import annotations

from goalcheck.parse.layouts.by_row import ByRow
from goalcheck.parse.line_kinds import Lines


class LoneFigures:
    """Tells them apart in a text whose cells ``separator`` parts; ``lines`` are those that were read so far."""

    def __init__(self, separator: str, lines: Lines) -> None:
        self._separator = separator
        self._lines = lines

    def is_among_cells(self, line: str) -> bool:
        """Whether a line is but a figure among empty cells, and not the number of the first page."""
        figure = line.replace(self._separator, "").replace('"', "").strip()
        return self._separator in line and figure.isdecimal() and int(figure) != 1

    def is_rest(self, line: str) -> bool:
        """Whether a figure among empty cells is what a break left of a row below a header: no pages have begun."""
        return not self._lines.footers and self.is_among_cells(line)

    def is_value(self, figure: str, table: ByRow) -> bool:
        """Whether the row of ``table`` above broke before it: there a value is lacking, and no page ends."""
        return figure.isdecimal() and (figure.startswith("0") or (table.lacks_value and not self._is_page(figure)))

    def is_amount(self, figure: str, *, is_wanted: bool) -> bool:
        """Whether it may be the amount of a label right above, or the rest of one, where such one ``is_wanted``."""
        return is_wanted and figure.isdecimal() and not self._is_page(figure)

    def _is_page(self, figure: str) -> bool:
        """Whether it is the number of the page that ends there."""
        return int(figure) == len(self._lines.footers) + 1
