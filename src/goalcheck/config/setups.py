"""The :class:`Setup` of an input: its configuration joined with what the command line asks for.

A run without a configuration file looks for one, which costs a few look-ups a folder, and reads no TOML.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs

from goalcheck.catalogue.load import Catalogue, catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.config.configuration import FAIL_ON, LEVELS, Configuration, Glob
from goalcheck.config.nearest import NearestFile
from goalcheck.config.selection import Selection, chosen_rules, exactness, profile
from goalcheck.engine.plan import Plan
from goalcheck.limits import Limits


@attrs.frozen(eq=False, repr=False)
class Asked:
    """What the command line asks for; None where it leaves that to the configuration."""

    selection: Selection = attrs.Factory(Selection)
    fail_on: str | None = None
    taxonomy: Taxonomy | None = None
    encoding: str | None = None
    limits: Mapping[str, int] = attrs.Factory(dict)
    min_severity: str | None = None
    excluded: Sequence[Glob] = ()


@attrs.frozen(eq=False, repr=False, slots=False)
class Setup:
    """What one input is checked under."""

    plan: Plan
    fail_on: str
    encoding: str | None
    configuration: Configuration
    min_severity: str = LEVELS[-1]

    @cached_property
    def digest(self) -> str:
        """A digest of all of it, in which order of no meaning, comments and places of files leave no trace."""
        from goalcheck.config.digest import digest  # only for reports that say it

        made = self.configuration
        return digest(self.plan, self.fail_on, self.encoding, sorted(made.texts), sorted(made.plugins))


class Setups:
    """The setup of every input of a run. All inputs of a folder share one, unless some rule is off for some of them."""

    def __init__(self, asked: Asked | None = None, config: str | None = None, isolated: bool = False) -> None:
        self._asked = asked or Asked()
        self._config = config
        self._isolated = isolated
        self._nearest = NearestFile()
        self._configurations: dict[str | None, Configuration] = {}
        self._setups: dict[tuple[Configuration, tuple[str, ...]], Setup] = {}

    def of(self, path: str) -> Setup:
        """The setup of the input ``path``. Raises :class:`~goalcheck.errors.FileError`."""
        configuration = self.configuration(os.path.dirname(os.path.abspath(path)))
        key = (configuration, configuration.ignored_on(path))
        if key not in self._setups:
            self._setups[key] = self._setup(*key)
        return self._setups[key]

    def configuration(self, folder: str) -> Configuration:
        """The configuration that holds in ``folder``. Raises :class:`~goalcheck.errors.FileError`."""
        file = self._config
        if file is None and not self._isolated:
            file = self._nearest.above(os.path.abspath(folder))
        if file not in self._configurations:
            self._configurations[file] = _read(file)
        return self._configurations[file]

    def excludes(self, path: str) -> bool:
        """Whether ``path``, a file or folder that nobody named, is left out.

        The command line says so, or the configuration that holds where it lies. Raises
        :class:`~goalcheck.errors.FileError`.
        """
        configuration = self.configuration(os.path.dirname(os.path.abspath(path)))
        return any(glob.is_match(path) for glob in (*self._asked.excluded, *configuration.excluded))

    @property
    def files(self) -> list[str]:
        """The files of the configurations met so far: they themselves, what they extend, rules and classes."""
        return [file for configuration in self._configurations.values() for file in configuration.files]

    @property
    def catalogues(self) -> list[Catalogue]:
        """The catalogues of the configurations met so far."""
        return [configuration.catalogue for configuration in self._configurations.values()]

    def _setup(self, configuration: Configuration, silenced: tuple[str, ...]) -> Setup:
        asked = self._asked
        layers = configuration.selections
        rules = chosen_rules(configuration.catalogue, layers, asked.selection)
        if not rules and not asked.selection.is_choice and configuration.no_rules is not None:
            raise configuration.no_rules()
        plan = Plan(
            tuple(rule for rule in rules if not _is_named(rule, silenced)),
            configuration.catalogue.choice(asked.taxonomy or configuration.taxonomy),
            configuration.catalogue.lexicon,
            profile([*layers, asked.selection]),
            configuration.severities,
            configuration.options,
            configuration.checks,
            Limits(**{**configuration.limits, **asked.limits}),
            configuration.catalogue.columns,
            configuration.packages,
        )
        return Setup(
            plan,
            asked.fail_on or configuration.fail_on or FAIL_ON[0],
            asked.encoding or configuration.encoding,
            configuration,
            asked.min_severity or configuration.min_severity or LEVELS[-1],
        )


def _is_named(rule: Rule, selectors: Sequence[str]) -> bool:
    return any(exactness(selector, rule) for selector in selectors)


def _read(file: str | None) -> Configuration:
    if file is None:
        return Configuration(catalogue())
    from goalcheck.config.merge import configuration  # only where there is a file

    return configuration(file)
