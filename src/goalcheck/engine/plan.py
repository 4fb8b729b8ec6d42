"""The :class:`Plan` of a run: which rules are asked, and with what severities, options and word lists."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.lexicon import Lexicon, Lists
from goalcheck.catalogue.load import Catalogue, catalogue
from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.checks.facts.classes import fitting_taxonomy
from goalcheck.checks.facts.context import Check, Context
from goalcheck.limits import LIMITS, Limits
from goalcheck.sheet import Sheet


@attrs.frozen(eq=False)
class Plan:
    """The rules to run, with the severities and options they run with. It remembers nothing of what it was used for."""

    rules: tuple[Rule, ...]
    taxonomies: tuple[Taxonomy, ...]
    """Of these the one that fits a sheet best is chosen; where one is asked for by name, it stands here alone."""
    lexicon: Lists
    profile: str = "core"
    severities: Mapping[str, Severity] = attrs.Factory(dict)
    options: Mapping[str, Mapping[str, object]] = attrs.Factory(dict)
    checks: Mapping[str, Check] = attrs.Factory(dict)
    """The functions, by code, of rules that do not ship with goalcheck."""
    limits: Limits = LIMITS
    columns: ColumnNames = attrs.Factory(lambda: catalogue().columns)
    packages: Mapping[str, str] = attrs.Factory(dict)
    """The names of the packages, by code, that rules were plugged in from."""

    def context(self, sheet: Sheet) -> Context:
        """What the rules may ask about ``sheet``: under the taxonomy that is chosen for it."""
        return Context(sheet, fitting_taxonomy(sheet, self.taxonomies), Lexicon(self.lexicon))


def default_plan(catalogue: Catalogue) -> Plan:
    """The core rules as they are, under the taxonomy that each sheet chooses."""
    rules = tuple(rule for rule in catalogue.rules if rule.set == "core")
    return Plan(rules, catalogue.choice(), catalogue.lexicon, columns=catalogue.columns)
