"""Where the records and the pages of a sheet begin, so that a place can be told as people count.

Page numbers stand at the foot of their pages, or at the head. Where some are lost, column headers tell the pages if
they are repeated on each: that is so where a part of the text holds as many headers as it must hold pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from goalcheck.sheet import Footer, Header
from goalcheck.source import Records


def records(text: str, starts: Sequence[int] | None, headers: Sequence[Header], footers: Sequence[Footer]) -> Records:
    """The records that begin at ``starts`` (None: every line is one), and the pages that ``footers`` number."""
    if not footers:
        return Records(starts)
    at_the_head = bool(headers and footers[0].start < headers[0].start and text[footers[-1].end :].strip())
    cuts = [footer.start for footer in footers[1:]] if at_the_head else [footer.end for footer in footers]
    begun = [header.start for header in headers]
    page_starts: list[int] = []
    pages: list[int | None] = []
    for part, (start, end) in enumerate(pairwise((0, *cuts, len(text) + 1))):
        inside = begun[bisect_left(begun, start) : bisect_left(begun, end)]
        stretches = [start, *inside[1:]]  # a page begins with its header, the first with what stands above that
        page_starts += stretches
        pages += (_below if at_the_head else _above)(footers, part, len(stretches))
    return Records(starts, tuple(page_starts), tuple(pages))


def _above(footers: Sequence[Footer], part: int, stretches: int) -> list[int | None]:
    """The pages of the part above footer number ``part``, or behind the last one."""
    before = footers[part - 1].page if part else 0
    if part == len(footers):
        return _counted_on(before + 1, footers[-1].pages, stretches) or [None] * stretches
    last = footers[part].page
    first = before + 1 if before < last else 1  # a number that does not grow begins anew
    return _between(first, last, stretches) or [*[None] * (stretches - 1), last]


def _below(footers: Sequence[Footer], part: int, stretches: int) -> list[int | None]:
    """The pages of the part below the number at the head of its first page."""
    first = footers[part].page
    after = footers[part + 1].page if part + 1 < len(footers) else 0
    if after <= first:
        return _counted_on(first, footers[part].pages, stretches) or [first, *[None] * (stretches - 1)]
    return _between(first, after - 1, stretches) or [first, *[None] * (stretches - 1)]


def _between(first: int, last: int, stretches: int) -> list[int | None]:
    """The numbers from ``first`` to ``last``; none where the stretches cannot be these pages."""
    if first == last:
        return [first] * stretches
    return list(range(first, last + 1)) if stretches == last + 1 - first else []


def _counted_on(first: int, last: int | None, stretches: int) -> list[int | None]:
    """The numbers from ``first`` on; none where there are more stretches than pages up to ``last``."""
    if last is not None and first + stretches - 1 > last:
        return []
    return list(range(first, first + stretches))
