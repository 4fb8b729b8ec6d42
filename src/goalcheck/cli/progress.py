"""The bar on standard error that says how far a long run is.

Only a terminal gets it, and only once a run has taken a while. A report on the same terminal is written above it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time

import click

from goalcheck.prose.layout import clip
from goalcheck.prose.width import display_width
from goalcheck.runs.job import Outcomes

_AFTER = 1.0  # seconds, before which nobody wonders
_CLEAR = "\r\x1b[2K"
_WIDEST = 60


def watched(outcomes: Outcomes, number: int, label: str) -> Outcomes:
    """``outcomes``, of which there are ``number``. The bar is off the line whenever one of them is handed on."""
    start = time.monotonic()
    shown = False
    try:
        for done, outcome in enumerate(outcomes, 1):
            if shown:
                _write(_CLEAR)
            yield outcome
            shown = time.monotonic() - start > _AFTER
            if shown:
                _write("\r" + bar(label, done, number, time.monotonic() - start))
    finally:
        if shown:
            _write(_CLEAR)


def bar(label: str, done: int, number: int, seconds: float) -> str:
    """How much of ``number`` is ``done`` after so many ``seconds``, in one line of the terminal, narrow or not."""
    columns = _columns() - 1  # some terminals go on to the next line behind the last cell
    count = f"{done}/{number}"
    minutes, rest = divmod(int(seconds / done * (number - done)), 60)
    for figures in (f"{count}  {minutes // 60:02}:{minutes % 60:02}:{rest:02}", count):
        room = min(columns - display_width(f"{label}  []  {figures}"), _WIDEST)
        if room > 0:
            full = room * done // number
            return f"{label}  [{'#' * full}{'-' * (room - full)}]  {figures}"
    return clip(f"{label}  {count}", columns)


def _columns() -> int:
    size = (80, 24)
    with contextlib.suppress(OSError, ValueError):  # no terminal, as where a test stands in for one
        size = os.get_terminal_size(sys.stderr.fileno())
    return shutil.get_terminal_size(size).columns


def _write(text: str) -> None:
    click.echo(text, file=sys.stderr, nl=False)
