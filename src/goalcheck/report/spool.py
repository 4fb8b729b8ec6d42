"""Holds text back for what a report has to say further down, however much that is.

It is kept in memory while it is short, and on disk from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile

_IN_MEMORY = 2**20  # bytes
_PIECE = 2**16  # characters


class Spool:
    """What was added, to be read once all is there."""

    def __init__(self, file: SpooledTemporaryFile[str]) -> None:
        self._file = file

    def add(self, text: str) -> None:
        """Keep ``text`` behind what is there. Raises OSError where the disk is full."""
        self._file.write(text)

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece


@contextmanager
def spool() -> Iterator[Spool]:
    """An empty spool, gone at the end of the block."""
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline="") as file:
        yield Spool(file)
