"""A plan by which a site tries the examples of its own rules."""

from __future__ import annotations

import os
from collections.abc import Sequence

import attrs

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.config.merge import configuration
from goalcheck.config.nearest import file_in
from goalcheck.engine.plan import Plan, default_plan
from goalcheck.errors import FileError
from goalcheck.site_rules import SiteRules, rule_files


def rules_on_trial(path: str) -> tuple[Sequence[Rule], Plan]:
    """The rules of the file or folder ``path``, and what to try them under. Raises :class:`FileError`.

    They are those that a configuration in the folder names, plug-ins among them, or else those of its rule files.
    """
    if not os.path.exists(path):
        raise FileError("missing", path)
    file = file_in(path) if os.path.isdir(path) else None
    if file is not None:
        made = configuration(file)
        found = [rule for rule in made.catalogue.rules if rule.code in made.checks]
        if found:
            taxonomies = made.catalogue.choice(made.taxonomy)
            return found, attrs.evolve(default_plan(made.catalogue), taxonomies=taxonomies, checks=made.checks)
    files = rule_files(path)
    if not files:
        raise FileError("no-rule-files", path, name=path)
    gathered = SiteRules(catalogue())
    gathered.add_files(files)
    return gathered.rules, attrs.evolve(default_plan(catalogue()), checks=gathered.checks)
