"""Why a file must not be changed, so that a workbook is made beside it: :class:`UntouchableError`."""

from __future__ import annotations


class UntouchableError(Exception):
    """A file in which nothing may be written; ``key`` names the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
