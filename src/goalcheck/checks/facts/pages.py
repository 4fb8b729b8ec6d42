"""The pages of a sheet, as its footers number them and its repeated column headers begin them.

A text may hold several numberings, one behind the other: a number that does not grow begins the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import attrs

from goalcheck.sheet import Footer, Sheet


@attrs.frozen(eq=False, repr=False)
class Pages:
    """One numbering: its last footer, the pages declared (0: not said) and present, and where the numbers jump.

    ``jump`` holds the two neighbouring numbers between which a page is missing.
    """

    last: Footer
    declared: int
    present: int
    jump: tuple[int, int] | None

    @property
    def missing(self) -> bool:
        return self.declared > self.present or self.jump is not None


def pages(sheet: Sheet) -> Iterator[Pages]:
    """Every numbering of ``sheet``."""
    runs: list[list[Footer]] = []
    for footer in sheet.footers:
        if runs and footer.page > runs[-1][-1].page:
            runs[-1].append(footer)
        else:
            runs.append([footer])
    begun = [header.start for header in sheet.headers]
    start = 0
    for at, run in enumerate(runs):
        end = run[-1].end if at + 1 < len(runs) else sheet.end
        headers = [where for where in begun if start <= where < end]
        declared = max(footer.pages or 0 for footer in run)
        yield Pages(run[-1], declared, max(len(headers), len(run)), _jump(run, headers))
        start = end


def _jump(run: list[Footer], headers: list[int]) -> tuple[int, int] | None:
    """The first two footers that lie further apart than the pages begun between them."""
    for before, after in pairwise(run):
        begun = sum(before.start < where < after.start for where in headers)
        if after.page - before.page > max(begun, 1):
            return before.page, after.page
    return None
