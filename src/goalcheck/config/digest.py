"""A digest of what an input is checked under: two runs with the same digest ask the same of a sheet."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import attrs

from goalcheck.catalogue.load import catalogue, edition
from goalcheck.catalogue.rule import Rule
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.engine.plan import Plan


def digest(plan: Plan, *more: object) -> str:
    """The SHA-256, in hexadecimal, of all that ``plan`` says, and of ``more`` that can be written as JSON."""
    said = {
        "edition": edition(),
        "taxonomies": [_taxonomy(taxonomy) for taxonomy in plan.taxonomies],
        "lexicon": _changed(plan),
        "columns": _columns(plan),
        "rules": {rule.code: _rule(plan, rule) for rule in plan.rules},
        "own": [attrs.asdict(rule) for rule in plan.rules if rule.code in plan.checks],
        "more": more,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _taxonomy(taxonomy: Taxonomy) -> Any:
    """The name of one that ships with goalcheck, for which its edition speaks; all that another one says."""
    return taxonomy.name if taxonomy is catalogue().taxonomies.get(taxonomy.name) else attrs.asdict(taxonomy)


def _changed(plan: Plan) -> dict[str, Any]:
    """The word lists that are not those that ship with goalcheck, whose edition speaks for them."""
    shipped = catalogue().lexicon
    return {name: words for name, words in plan.lexicon.items() if tuple(words) != shipped.get(name)}


def _columns(plan: Plan) -> dict[str, Any]:
    """The names of columns that do not ship with goalcheck, with what they mean."""
    shipped = catalogue().columns.names
    return {
        name: [meaning.role, meaning.group]
        for name, meaning in plan.columns.names.items()
        if shipped.get(name) != meaning
    }


def _rule(plan: Plan, rule: Rule) -> list[Any]:
    """How grave a rule is, and its options: the same whether they were set to what they are or left alone."""
    severity = plan.severities.get(rule.code, rule.severity)
    return [severity.label, {**rule.options, **plan.options.get(rule.code, {})}]
