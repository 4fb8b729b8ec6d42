"""What a configuration file and those it extends come to, and the names of such files."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from goalcheck.catalogue.load import Catalogue
from goalcheck.catalogue.rule import Severity
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.checks.facts.context import Check
from goalcheck.config.selection import Selection
from goalcheck.files.paths import spelt

FAIL_ON = ("error", "warning", "info", "never")

OWN_FILE = "goalcheck.toml"

PYPROJECT = "pyproject.toml"


@attrs.frozen(eq=False, repr=False)
class Configuration:
    """What a configuration file and those it extends come to; without any, what goalcheck ships with.

    ``settings`` are the keys of a whole run that were said, by name; paths in them are absolute. ``texts`` are those of
    the files with rules.
    """

    catalogue: Catalogue
    selections: Sequence[Selection] = ()
    ignores: Sequence[tuple[str, re.Pattern[str], Sequence[str]]] = ()
    severities: Mapping[str, Severity] = attrs.Factory(dict)
    options: Mapping[str, Mapping[str, object]] = attrs.Factory(dict)
    taxonomy: Taxonomy | None = None
    fail_on: str | None = None
    language: str | None = None
    encoding: str | None = None
    checks: Mapping[str, Check] = attrs.Factory(dict)
    plugins: Sequence[str] = ()
    settings: Mapping[str, Any] = attrs.Factory(dict)
    texts: Sequence[str] = ()
    limits: Mapping[str, int] = attrs.Factory(dict)
    packages: Mapping[str, str] = attrs.Factory(dict)

    def silenced(self, path: str) -> tuple[str, ...]:
        """The selectors of the rules that are not to run on ``path``."""
        return tuple(s for folder, fits, selectors in self.ignores if _fits(path, folder, fits) for s in selectors)


def _fits(path: str, folder: str, pattern: re.Pattern[str]) -> bool:
    """Whether ``pattern``, which was written in ``folder``, fits ``path``."""
    try:
        near = os.path.relpath(path, folder)
    except ValueError:  # on another drive
        near = os.path.basename(path)
    return pattern.fullmatch(spelt(near).replace(os.sep, "/")) is not None
