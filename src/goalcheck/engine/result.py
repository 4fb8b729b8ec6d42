"""The :class:`Result` of checking one input: its tree, its findings, and what was not judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import attrs

from goalcheck.errors import InputError
from goalcheck.finding import Finding, Suppressed
from goalcheck.sheet import Sheet, Unread
from goalcheck.source import Remark, Source

if TYPE_CHECKING:
    from goalcheck.catalogue.taxonomy import Taxonomy
    from goalcheck.engine.sum_traces import Trace

Status = Literal["checked", "partial", "failed"]


@attrs.frozen
class RuleFailure:
    """A rule whose function raised, so that it was not judged by; ``error`` is what it raised, in one line.

    ``package`` is the installed package that the rule was plugged in from; ``is_site_rule`` says that it is none of
    goalcheck's but a site's own, from such a package or from a file of rules.
    """

    code: str
    name: str
    package: str | None
    error: str
    is_site_rule: bool = False


@attrs.frozen(eq=False)
class Result:
    """What became of one input: its sheet and findings, or the error that kept it from being checked."""

    path: str
    source: Source | None = None
    sheet: Sheet | None = None
    findings: tuple[Finding, ...] = ()
    taxonomy: Taxonomy | None = None
    """The taxonomy that its classes were judged by."""
    error: InputError | None = None
    unshown: tuple[Finding, ...] = ()
    """The findings that are too light to be listed; they are not among ``findings``, but count all the same."""
    suppressed: tuple[Suppressed, ...] = ()
    """The findings that a baseline hides; they are not among ``findings``."""
    configuration: str = ""
    """A digest of what it was checked under, where that was asked for."""
    times: Mapping[str, float] = attrs.Factory(dict)
    """Seconds that each stage took, by its name."""
    unjudged: int = 0
    """How many of its sums could not be judged."""
    failures: tuple[RuleFailure, ...] = ()
    """The rules that failed on it, by code. Nothing that they found is among ``findings``; all other rules' is."""

    sums: tuple[Trace, ...] = ()
    """Every sum of the sheet with its terms, where that was asked for."""

    @property
    def status(self) -> Status:
        """``failed`` where it was not checked, ``partial`` where some of it was not read, else ``checked``."""
        return "failed" if self.error is not None else "partial" if self.unread or self.gaps else "checked"

    @property
    def unread(self) -> tuple[Unread, ...]:
        """What of it was not read, and so not judged."""
        return self.sheet.unread if self.sheet is not None else ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is to be said of the file that the text was made from."""
        return self.source.remarks if self.source is not None else ()

    @property
    def gaps(self) -> tuple[Remark, ...]:
        """Those of :attr:`remarks` that tell of something in the file that was not read."""
        return tuple(remark for remark in self.remarks if remark.is_gap)

    @property
    def is_whole(self) -> bool:
        """Whether all of it was read and judged by every rule; a run with any other input ends in 2."""
        return self.status == "checked" and not self.failures
