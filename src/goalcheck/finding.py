"""What a check yields: :class:`Finding`, its :class:`Related` places and its :class:`Fix`. No words, only figures.

The words are the rule record's; the report joins the two in the reader's language. A figure is a string that is the
same in every language, a :class:`Term` that is not, or a list of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.source import Span


@attrs.frozen
class Term:
    """A figure that has to be said: ``key`` names a phrase of the rule or a word that all rules share."""

    key: str
    figures: Mapping[str, Figure] = attrs.Factory(dict)


Figure = str | Term | tuple[str | Term, ...]


@attrs.frozen
class Edit:
    """Put ``text`` in place of ``start`` to ``end``."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with all of ``edits``, which must not overlap. An insertion comes before what is replaced there."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*pieces, text[at:]))


@attrs.frozen
class Fix:
    """Edits that belong together. Safe ones change form only; the others are a proposal."""

    edits: tuple[Edit, ...]
    safe: bool = False


@attrs.frozen
class Related:
    """A second place that a finding speaks of, and the term that says what is there."""

    start: int
    end: int
    term: Term


@attrs.define
class Finding:
    """A fault at ``start`` to ``end``. ``suggestion`` is what to write there or around it, ready to be copied.

    A check fills in the upper half; the engine sets where it was found and by which rule. From then on it is only read,
    but for ``mark``.
    """

    start: int
    end: int
    field: str
    figures: Mapping[str, Figure] = attrs.Factory(dict)
    suggestion: str | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    rule: Rule | None = None
    severity: Severity = Severity.ERROR
    unit: str | None = None
    project: str | None = None
    indicator: int | None = None
    within: Span | None = None  # the entry, to show what surrounds the fault
    mark: str = ""  # its fingerprint, once goalcheck.fingerprint has been asked for it

    @property
    def code(self) -> str:
        """The code of its rule, such as ``GC304``; empty before the engine has set the rule."""
        return self.rule.code if self.rule is not None else ""

    @property
    def name(self) -> str:
        """The name of its rule, such as ``percent-out-of-range``; empty before the engine has set the rule."""
        return self.rule.name if self.rule is not None else ""


@attrs.frozen
class Suppressed:
    """A finding that a baseline hides, and what people noted beside it: why, who said so, until which day."""

    finding: Finding
    reason: str = ""
    by: str = ""
    until: str = ""
