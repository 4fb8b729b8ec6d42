"""The :class:`Plan` of a run: which rules are asked, and with what severities, options and word lists."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.lexicon import Lists
from goalcheck.catalogue.load import Catalogue, catalogue
from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.checks.facts.context import Check
from goalcheck.limits import LIMITS, Limits


@attrs.frozen(eq=False)
class Plan:
    """The rules to run, with the severities and options they run with. It remembers nothing of what it was used for."""

    rules: tuple[Rule, ...]
    taxonomy: Taxonomy
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


def default_plan(catalogue: Catalogue, taxonomy: str = "guangdong") -> Plan:
    """The core rules as they are, under ``taxonomy``."""
    rules = tuple(rule for rule in catalogue.rules if rule.set == "core")
    return Plan(rules, catalogue.taxonomies[taxonomy], catalogue.lexicon, columns=catalogue.columns)
