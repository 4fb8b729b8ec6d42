"""A :class:`Configuration`: what a configuration file and those it extends come to; and the names of such files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from goalcheck.catalogue.load import Catalogue
from goalcheck.catalogue.rule import Severity
from goalcheck.catalogue.taxonomy import Taxonomy
from goalcheck.checks.facts.context import Check
from goalcheck.config.selection import Selection
from goalcheck.errors import FileError
from goalcheck.files.paths import spelt

LEVELS = tuple(severity.label for severity in sorted(Severity, reverse=True))
"""The severities by name, the gravest first."""

FAIL_ON = (*LEVELS, "never")

CONFIG_FILE = "goalcheck.toml"

PYPROJECT = "pyproject.toml"


@attrs.frozen(eq=False, repr=False)
class Glob:
    """A pattern for files and folders below the ``folder`` in which it was written."""

    folder: str
    pattern: re.Pattern[str]

    def is_match(self, path: str) -> bool:
        """Whether it fits the file or folder ``path``; one that ends in ``/`` fits the folder of that name as well."""
        near = _near(path, self.folder)
        if near.startswith("../"):
            return False
        return any(self.pattern.fullmatch(name) for name in (near, f"{near}/"))


@attrs.frozen(eq=False, repr=False)
class Configuration:
    """What a configuration file and those it extends come to; without any, what goalcheck ships with.

    ``settings`` are the keys of a whole run that were said, by name; paths in them are absolute. ``texts`` are those of
    the files with rules, ``files`` all that it was read from; ``no_rules`` makes the error that it leaves no rule to
    run.
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
    excluded: Sequence[Glob] = ()
    min_severity: str | None = None
    packages: Mapping[str, str] = attrs.Factory(dict)
    files: Sequence[str] = ()
    no_rules: Callable[[], FileError] | None = None

    def ignored_on(self, path: str) -> tuple[str, ...]:
        """The selectors of the rules that are not to run on ``path``."""
        return tuple(
            s for folder, fits, selectors in self.ignores if fits.fullmatch(_near(path, folder)) for s in selectors
        )


def _near(path: str, folder: str) -> str:
    """``path`` as it is written in a pattern that stands in ``folder``."""
    try:
        near = os.path.relpath(path, folder)
    except ValueError:  # on another drive
        near = os.path.basename(path)
    return spelt(near).replace(os.sep, "/")
