"""Whether a text is fit to be read as a sheet: not blank, no NUL, no more lines and cells than the limits allow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.limits import LIMITS, Limits, megabytes
from goalcheck.source import Source, _breaks, _lines, line_at

_QUOTED = regex(r'"[^"]*+"')


def admit(source: Source, limits: Limits = LIMITS) -> Source:
    """``source`` itself, if its text can be a sheet. Raises :class:`InputError`.

    It cannot where it is blank, holds a NUL, or more lines or cells than ``limits`` allow. What needs to be read to be
    known, the length of a cell and the number of entries, :mod:`goalcheck.parse` finds.
    """
    text = source.text
    if len(text) > limits.bytes:
        raise InputError("too-large", found=megabytes(len(text)), limit=limits.size)
    if len(text) > limits.rows and (lines := _lines(text)) > limits.rows:
        raise InputError("too-many-rows", found=lines, limit=limits.rows, line=limits.rows + 1)
    check_cells(text, "\t", limits)
    nul = text.find("\0")
    if nul >= 0:
        raise InputError("nul", line=source.place(nul)[0])
    if not text.strip():
        raise InputError("empty")
    return source


def check_cells(text: str, separator: str, limits: Limits) -> None:
    """Raise :class:`InputError` if ``separator`` parts ``text`` into more cells than ``limits`` allow.

    A comma between quotation marks parts nothing.
    """
    if len(text) < limits.cells:
        return
    found = text.count(separator) + _lines(text)
    if found > limits.cells and separator != "\t":
        text = _QUOTED.sub(lambda quoted: "\n" * _breaks(quoted[0]), text)
        found = text.count(separator) + _lines(text)
    if found > limits.cells:
        last = next(islice(re.finditer(f"[{separator}\r\n]", text), limits.cells - 1, None)).start()
        raise InputError("too-many-cells", found=found, limit=limits.cells, line=line_at(text, last))


def check_lengths(text: str, cells: Iterable[tuple[int, int]], limits: Limits) -> None:
    """Raise :class:`InputError` for the first of ``cells`` that is longer than ``limits`` allow."""
    for start, end in sorted(cells):
        if end - start > limits.cell:
            raise InputError("long-cell", line=line_at(text, start), found=end - start, limit=limits.cell)
