"""What is to be checked, and how: the :class:`Plan` of a run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import attrs

from goalcheck.catalogue.columns import ColumnNames
from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.catalogue.load import Catalogue, catalogue
from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.checks.facts.context import Check
from goalcheck.limits import LIMITS, Limits


@attrs.frozen(eq=False)
class Plan:
    """The rules to run, with the severities and options they run with."""

    rules: tuple[Rule, ...]
    taxonomy: Taxonomy
    lexicon: Lexicon = attrs.field(converter=Lexicon)
    profile: str = "core"
    severities: Mapping[str, Severity] = attrs.Factory(dict)
    options: Mapping[str, Mapping[str, object]] = attrs.Factory(dict)
    checks: Mapping[str, Check] = attrs.Factory(dict)
    """The functions, by code, of rules that do not ship with goalcheck."""
    limits: Limits = LIMITS
    columns: ColumnNames = attrs.Factory(lambda: catalogue().columns)
    sound: set[tuple[object, ...]] = attrs.field(init=False, factory=set)
    """What entries said in which the rules that ship with goalcheck have found nothing."""


@lru_cache(maxsize=8)
def default_plan(catalogue: Catalogue, taxonomy: str = "guangdong") -> Plan:
    """The core rules as they are, under ``taxonomy``; the same plan every time, for it remembers what was sound."""
    rules = tuple(rule for rule in catalogue.rules if rule.set == "core")
    return Plan(rules, catalogue.taxonomies[taxonomy], catalogue.lexicon, columns=catalogue.columns)
