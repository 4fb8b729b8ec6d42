"""What the user asks for in, the :class:`~goalcheck.engine.Plan` of rules to run out."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from goalcheck.engine import Plan
from goalcheck.rule import Catalogue, Rule

PROFILES = ("core", "strict")


class UnknownRuleError(Exception):
    """A selector that fits no rule; ``nearest`` is what may have been meant."""

    def __init__(self, selector: str, nearest: str | None) -> None:
        super().__init__(selector)
        self.selector = selector
        self.nearest = nearest


@attrs.frozen
class Selection:
    """Which rules run: first the profile, then ``select`` in its place, then ``extend``, then ``ignore``.

    Selectors are codes, beginnings of codes, names, or ``ALL``; of two that disagree the more exact one wins.
    """

    profile: str = "core"
    select: Sequence[str] | None = None
    extend: Sequence[str] = ()
    ignore: Sequence[str] = ()


def plan(catalogue: Catalogue, taxonomy: str, selection: Selection) -> Plan:
    """The plan for ``selection``. Raises :class:`UnknownRuleError`."""
    for selector in (*(selection.select or ()), *selection.extend, *selection.ignore):
        if not any(_exactness(selector, rule) for rule in catalogue.rules):
            raise UnknownRuleError(selector, _nearest(selector, catalogue))
    rules = tuple(rule for rule in catalogue.rules if _runs(rule, selection))
    return Plan(rules, catalogue.taxonomies[taxonomy], catalogue.lexicon, selection.profile)


def _runs(rule: Rule, selection: Selection) -> bool:
    wanted = max((_exactness(s, rule) for s in (*(selection.select or ()), *selection.extend)), default=0)
    if not wanted and (selection.select is not None or (rule.set == "strict" and selection.profile == "core")):
        return False
    unwanted = max((_exactness(selector, rule) for selector in selection.ignore), default=0)
    return not unwanted or wanted > unwanted


def _exactness(selector: str, rule: Rule) -> int:
    """How exactly ``selector`` names ``rule``: 0 not at all, more for a longer beginning of its code."""
    code = selector.upper()
    if code == rule.code or selector.lower() == rule.name:
        return 9
    if code == "ALL":
        return 1
    return len(code) if code.startswith("GC") and rule.code.startswith(code) else 0


def _nearest(selector: str, catalogue: Catalogue) -> str | None:
    import difflib  # only to help with a mistake

    names = [name for rule in catalogue.rules for name in (rule.code, rule.name)]
    by_fold = {name.lower(): name for name in names}
    close = difflib.get_close_matches(selector.lower(), by_fold, 1)
    return by_fold[close[0]] if close else None
