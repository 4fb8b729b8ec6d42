"""What became of one input: the :class:`Result`."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from goalcheck.engine.plan import Plan
from goalcheck.errors import InputError
from goalcheck.finding import Finding, Suppressed
from goalcheck.sheet import Sheet
from goalcheck.source import Source


@attrs.frozen(eq=False)
class Result:
    """What became of one input: its sheet and findings, or the error that kept it from being checked."""

    path: str
    source: Source | None = None
    sheet: Sheet | None = None
    findings: tuple[Finding, ...] = ()
    error: InputError | None = None
    suppressed: tuple[Suppressed, ...] = ()
    """The findings that a baseline hides; they are not among ``findings``."""
    plan: Plan | None = None
    """What it was checked under."""
    configuration: str = ""
    """A digest of what it was checked under, where that was asked for."""
    times: Mapping[str, float] = attrs.Factory(dict)
    """Seconds that each stage took, by its name."""
