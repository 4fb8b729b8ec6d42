"""Lays the help of a command out in the width of the terminal, where a Chinese character takes two cells.

click counts such a character as one, breaks Chinese in its blanks alone, and takes no terminal for narrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from goalcheck.prose.layout import fill, pad
from goalcheck.prose.width import display_width

_WIDEST = 80
_NARROWEST = 20
_TERMS = 30  # cells for the names of options, at most
_GAP = 2


class HelpPage(click.HelpFormatter):
    """click's formatter, with lines that fit; a single word may be wider."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        if width is None:
            import shutil  # only where a page is shown

            columns = min(shutil.get_terminal_size().columns, max_width or _WIDEST)
            width = max(columns, _NARROWEST) - 2
        super().__init__(indent_increment, width, max_width)

    def write_text(self, text: str) -> None:
        """A paragraph."""
        for line in fill(text, self.width - self.current_indent):
            self.write(f"{'':{self.current_indent}}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _TERMS, col_spacing: int = _GAP) -> None:
        """Names with what they mean beside them; below the name where that is too long."""
        rows = list(rows)
        most = min(col_max, self.width // 2 - self.current_indent)
        beside = min(max(display_width(name) for name, _ in rows), most) + col_spacing
        indent = self.current_indent + beside
        for name, meaning in rows:
            lines = list(fill(meaning, max(self.width - indent, 1)))
            head = name
            if display_width(name) <= beside - col_spacing and lines:
                head = pad(name, beside) + lines.pop(0)
            for part in _parted(head, self.width - self.current_indent):
                self.write(f"{'':{self.current_indent}}{part}\n")
            for line in lines:
                self.write(f"{'':{indent}}{line}\n")


def _parted(name: str, width: int) -> Iterator[str]:
    """``name`` on one line, or the choices in it on as many as it takes, each further one set in."""
    line = ""
    for choice in name.split("|") if display_width(name) > width else [name]:
        if line and display_width(f"{line}|{choice}") > width - 1:
            yield f"{line}|"
            line = f"    {choice}"
        else:
            line = f"{line}|{choice}" if line else choice
    yield line


class Context(click.Context):
    """click's context, with that page."""

    formatter_class = HelpPage
