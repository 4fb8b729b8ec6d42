"""Holds text back for what a report has to say further down, however much that is.

It is kept in memory while it is short, and on disk from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import TextIO

_IN_MEMORY = 2**20  # characters
_PIECE = 2**16  # characters


class Spool:
    """What was added, to be read once all is there."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._length = 0
        self._file: TextIO | None = None

    def add(self, text: str) -> None:
        """Keep ``text`` behind what is there. Raises OSError where the disk is full."""
        self._kept.append(text)
        self._length += len(text)
        if self._length > _IN_MEMORY:
            if self._file is None:
                # SIM115 wants a block; it is closed by close
                self._file = TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", newline="")  # noqa: SIM115
            self._file.writelines(self._kept)
            self._kept.clear()
            self._length = 0

    def __iter__(self) -> Iterator[str]:
        if self._file is not None:
            self._file.seek(0)
            while piece := self._file.read(_PIECE):
                yield piece
        yield from self._kept

    def close(self) -> None:
        """Give back the room on disk."""
        if self._file is not None:
            self._file.close()


@contextmanager
def spool() -> Iterator[Spool]:
    """An empty spool, gone at the end of the block."""
    kept = Spool()
    try:
        yield kept
    finally:
        kept.close()
