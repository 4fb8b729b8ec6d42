"""The bar on standard error that says how far a long run is.

Only a terminal gets it, and only once a run has taken a while. A report on the same terminal is written above it.
"""

from __future__ import annotations

import sys
import time

import click

from goalcheck.runs.job import Outcomes

_AFTER = 1.0  # seconds, before which nobody wonders
_CLEAR = "\r\x1b[2K\x1b[?25h"  # a blank line, with the cursor that the bar hides


def watched(outcomes: Outcomes, number: int, label: str) -> Outcomes:
    """``outcomes``, of which there are ``number``. The bar is off the line whenever one of them is handed on."""
    start = time.monotonic()
    bar = click.progressbar(length=number, label=label, file=sys.stderr, show_pos=True, width=0)
    shown = False
    try:
        for outcome in outcomes:
            if shown:
                _clear()
            yield outcome
            shown = time.monotonic() - start > _AFTER
            if shown:
                bar.update(1)
            else:
                bar.make_step(1)
    finally:
        if shown:
            _clear()


def _clear() -> None:
    sys.stderr.write(_CLEAR)
    sys.stderr.flush()
