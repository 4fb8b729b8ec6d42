"""The most that one input may hold."""

from __future__ import annotations

import attrs


@attrs.frozen(eq=False, repr=False)
class Limits:
    """The most that one input may hold: what is over a limit is refused before it costs memory or time.

    ``size`` counts MB (2**20 bytes), ``rows`` the lines, ``cell`` the characters of one cell, ``entries`` those of the
    indicator column, readable or not. A sheet of ten thousand projects has 8 MB, and a cell a few thousand characters.
    """

    size: int = 64
    rows: int = 100_000
    cell: int = 1_000_000
    entries: int = 1_000_000

    @property
    def bytes(self) -> int:
        """``size`` in bytes."""
        return self.size * 2**20

    @property
    def cells(self) -> int:
        """The most cells that rows within their limit may come to; real ones have seven each."""
        return max(20 * self.rows, 100_000)

    @property
    def merges(self) -> int:
        """The most merged cells of one file."""
        return self.rows

    @property
    def part(self) -> int:
        """The most MB that one part of a packed file, such as a workbook, may unpack to."""
        return 2 * self.size

    @property
    def unpacked(self) -> int:
        """The most MB that the parts of a packed file that are read may unpack to."""
        return 4 * self.size


LIMITS = Limits()
"""The limits that hold unless others are set."""

MOST = Limits(size=10**18 - 1, rows=10**18 - 1, cell=10**18 - 1, entries=10**18 - 1)
"""The highest limits that can be set: as good as none."""

MOST_PARTS = 10_000
"""The most parts of a packed file."""

MOST_NESTED = 200
"""How deep the elements of XML or HTML may be nested."""

MOST_ELEMENTS = 5_000_000
"""The most elements of one XML document."""

MOST_PAGES = 2_000
"""The most pages of a PDF."""

MOST_DRAWN = 100_000
"""The most lines, characters and other things on a page of a PDF."""

READER_MEMORY = 800
"""The most MB that the process may take which reads a PDF."""

READER_SECONDS = 20, 120
"""The seconds that it may work: for a small file, to which one comes for every 50 KB, and for the largest."""

READER_PATIENCE = 3
"""How many times as long it is waited for, as the machine may be busy."""


def reader_seconds(size: int) -> int:
    """The most seconds that the process may work which reads a PDF of ``size`` bytes."""
    least, most = READER_SECONDS
    return min(least + size // 50_000, most)


MOST_JOBS = 256
"""The most processes that may check at the same time."""


def megabytes(size: int) -> str:
    """``size`` bytes in MB, rounded up: what is over a limit never looks as if it were not."""
    return f"{-(-size * 10 // 2**20) / 10:.1f}"
