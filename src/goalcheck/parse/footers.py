"""Reads the footer of a page: which it is, and of how many."""

from __future__ import annotations

from goalcheck.files.regexes import regex
from goalcheck.sheet import Footer, Text

_INTEGERS = regex(r"\d+")


def footer(line: Text) -> Footer:
    """What ``line``, the footer of a page, says."""
    numbers = [int(n) for n in _INTEGERS.findall(line.text)]
    page, pages = (numbers[0], numbers[1] if len(numbers) > 1 else None)
    if line.text.lstrip('"').startswith("共") and pages is not None:
        page, pages = pages, page
    return Footer(line.start, line.end, line.text, page, pages)
