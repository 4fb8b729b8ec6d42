"""Findings: what a check yields (:class:`Found`) and what the engine makes of it (:class:`Finding`). Figures, no words.

The words are the rule record's; the report joins the two in the reader's language. A figure is a string that is the
same in every language, a :class:`Term` that is not, or a list of those.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

import attrs

from goalcheck.blanks import clean, single_quotes
from goalcheck.catalogue.rule import NO_RULE, Rule, Severity
from goalcheck.source import Span

if TYPE_CHECKING:
    from attrs import frozen as held
else:
    # They are made for every fault: to refuse changes at run time as well would treble their price, as that of nodes.
    from attrs import define as held


@held
class Term:
    """A figure that has to be said: ``key`` names a phrase of the rule or a word that all rules share."""

    key: str
    figures: Mapping[str, Figure] = attrs.Factory(dict)


Figure = str | Term | tuple[str | Term, ...]


@held(unsafe_hash=True)
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


@held
class Fix:
    """Edits that belong together. Safe ones change form only; the others are a proposal."""

    edits: tuple[Edit, ...]
    safe: bool = False


@held
class Related:
    """A second place that a finding speaks of, and the term that says what is there."""

    start: int
    end: int
    term: Term


@held
class Found:
    """What a check yields: a fault at ``start`` to ``end``.

    ``field`` is empty where it is the field that the check was given. ``suggestion`` is what to write there or around
    it, ready to be copied. A check that is given more than one entry says by ``indicator``, an ordinal, in which of
    them the fault lies, and by ``within`` its stretch, where nothing around it is of interest.
    """

    start: int
    end: int
    field: str
    figures: Mapping[str, Figure] = attrs.Factory(dict)
    suggestion: str | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    indicator: int | None = attrs.field(default=None, kw_only=True)
    within: Span | None = attrs.field(default=None, kw_only=True)


def as_read(found: Found) -> Found:
    """``found`` with what it says as people read it: each quotation mark once that a quoted cell doubles."""
    related = tuple([attrs.evolve(other, term=_term(other.term)) for other in found.related])
    suggestion = single_quotes(found.suggestion) if found.suggestion else found.suggestion
    return attrs.evolve(found, figures=_figures(found.figures), suggestion=suggestion, related=related)


def _figures(figures: Mapping[str, Figure]) -> Mapping[str, Figure]:
    return {
        key: tuple(map(_said, figure)) if isinstance(figure, tuple) else _said(figure)
        for key, figure in figures.items()
    }


def _said(part: str | Term) -> str | Term:
    return single_quotes(part) if isinstance(part, str) else _term(part)


def _term(term: Term) -> Term:
    return Term(term.key, _figures(term.figures))


@cache
def _quoted() -> Callable[[str], str]:
    from json.encoder import encode_basestring  # only where something is found

    return encode_basestring


def fingerprint(code: str, project: str | None, indicator: int | None, field: str, text: str) -> str:
    """The fingerprint of the first finding of rule ``code`` in ``field``; ``project`` may be a unit's name.

    It is made of all five as a list of JSON.
    """
    quoted = _quoted()
    named = "null" if project is None else quoted(project)
    number = "null" if indicator is None else indicator
    said = f"[{quoted(code)}, {named}, {number}, {quoted(field)}, {quoted(clean(text))}]"
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()[:20]


@held
class Finding(Found):
    """A fault with all that is known of it: what the check found, by which rule, and where in the sheet that is.

    The engine makes it. ``text`` is what stands at the fault; ``number`` tells it from those before it in the same
    source that are alike in all that the :attr:`fingerprint` is made of.
    """

    rule: Rule = NO_RULE
    severity: Severity = Severity.ERROR
    unit: str | None = None
    project: str | None = None
    text: str = ""
    number: int = 1

    @property
    def code(self) -> str:
        """The code of its rule, such as ``GC304``."""
        return self.rule.code

    @property
    def name(self) -> str:
        """The name of its rule, such as ``percent-out-of-range``."""
        return self.rule.name

    @property
    def fingerprint(self) -> str:
        """What tells it from others and stays the same when lines move.

        It is made of rule, project, indicator, field and the text at fault without its blanks. Baselines find their
        findings again by it, and so do the services that reports are sent to.
        """
        made = fingerprint(self.code, self.project or self.unit, self.indicator, self.field, self.text)
        return made if self.number == 1 else f"{made}-{self.number}"


@attrs.frozen
class Suppressed:
    """A finding that a baseline hides, and what people noted beside it: why, who said so, until which day."""

    finding: Finding
    reason: str = ""
    by: str = ""
    until: str = ""
