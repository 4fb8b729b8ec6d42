"""Rules of a site's own, made ready for the engine: records in TOML, and plug-ins for those who program.

    rules/*.toml ─▶ toml_rules.py: field (fields.py) and condition (conditions.py) ─┐
    entry point ──▶ plugins.py ─────────────────────────────────────────────────────┴─▶ Rule and its function

Both read their records by record.py, as strictly as the rules that ship with goalcheck are read: what is wrong is said
with file and line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import attrs

from goalcheck.catalogue.load import Catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.checks.facts.context import Check
from goalcheck.files.toml_file import read
from goalcheck.site_rules.record import Record
from goalcheck.site_rules.toml_rules import declared_rules

_NO_RULES = frozenset(("goalcheck.toml", "pyproject.toml"))


class SiteRules:
    """The rules of a catalogue with a site's own among them, and the functions of the latter by code."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._rules: list[Rule] = []
        self._seen: set[str] = set()
        self.checks: dict[str, Check] = {}
        self.packages: dict[str, str] = {}
        """The packages that rules were plugged in from, by code."""
        self.texts: list[str] = []
        """The text of every file that was added."""

    @property
    def catalogue(self) -> Catalogue:
        """All rules, sorted by code."""
        rules = sorted((*self._catalogue.rules, *self._rules), key=lambda rule: rule.code)
        return attrs.evolve(self._catalogue, rules=tuple(rules))

    @property
    def files(self) -> list[str]:
        """The files that were added, by their real paths."""
        return sorted(self._seen)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The site's own rules, in the order in which they were added."""
        return tuple(self._rules)

    def add_files(self, paths: Iterable[str]) -> None:
        """Add the rules of the files at ``paths``; a file that was added before adds nothing.

        Raises :class:`~goalcheck.errors.FileError`.
        """
        for path in paths:
            real = os.path.realpath(path)
            if real not in self._seen:
                self._seen.add(real)
                document = read(path)
                self.texts.append(document.text)
                for record, rule, check in declared_rules(document):
                    self.add(record, rule, check)

    def add(self, record: Record, rule: Rule, check: Check, package: str | None = None) -> None:
        """Add ``rule``, which was read from ``record``, and which an installed ``package`` offers if it is named.

        Raises :class:`~goalcheck.errors.FileError`.
        """
        taken = {(key, getattr(known, key)) for known in (*self._catalogue.rules, *self._rules) for key in _UNIQUE}
        for key in _UNIQUE:
            if (key, getattr(rule, key)) in taken:
                raise record.wrong((key,), "taken", name=getattr(rule, key))
        self._rules.append(rule)
        self.checks[rule.code] = check
        if package is not None:
            self.packages[rule.code] = package


_UNIQUE = ("code", "name")


def rule_files(path: str) -> list[str]:
    """The rule files that ``path`` stands for: itself, or those in the folder, sorted by name."""
    if not os.path.isdir(path):
        return [path]
    names = sorted(name for name in os.listdir(path) if name.endswith(".toml") and not name.startswith("."))
    return [os.path.join(path, name) for name in names if name not in _NO_RULES]
