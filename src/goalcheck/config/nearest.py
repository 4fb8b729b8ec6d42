"""The configuration file that holds in a folder: the nearest one upwards.

It costs a few look-ups a folder; a pyproject.toml without a sign of goalcheck is not parsed.
"""

from __future__ import annotations

import os
import re

from goalcheck.config.configuration import CONFIG_FILE, PYPROJECT
from goalcheck.files.regexes import regex
from goalcheck.files.regular import read_bytes

_TABLE = regex(rb"""^[ \t]*+\[?[ \t]*+["']?tool["']?[ \t]*+(?:\.[ \t]*+["']?goalcheck\b|\]|=)""", re.MULTILINE)


class NearestFile:
    """Looks configuration files up, each folder once."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def above(self, folder: str) -> str | None:
        """The configuration file in ``folder``, an absolute path, or in the nearest folder above that has one."""
        passed = []
        while folder not in self._known:
            passed.append(folder)
            found = file_in(folder)
            above = os.path.dirname(folder)
            if found is not None or above == folder:
                self._known[folder] = found
                break
            folder = above
        for lower in passed:
            self._known[lower] = self._known[folder]
        return self._known[folder]


def file_in(folder: str) -> str | None:
    """The configuration file in ``folder``; a pyproject.toml is one only where it has a table for goalcheck.

    One that is there and cannot be read is a configuration too: what it asks for must not be passed over. Raises
    :class:`~goalcheck.errors.FileError` for a pyproject.toml of which nobody can tell.
    """
    named = os.path.join(folder, CONFIG_FILE)
    if os.path.lexists(named):
        return named
    shared = os.path.join(folder, PYPROJECT)
    return shared if os.path.lexists(shared) and not os.path.isdir(shared) and _has_table(shared) else None


def _has_table(path: str) -> bool:
    """Whether the pyproject.toml at ``path`` has ``[tool.goalcheck]``; one without a sign of it is not parsed."""
    if not _TABLE.search(read_bytes(path)):
        return False
    from goalcheck.files.toml_file import read  # only where there is something to read

    tool = read(path).data.get("tool")
    return isinstance(tool, dict) and "goalcheck" in tool
