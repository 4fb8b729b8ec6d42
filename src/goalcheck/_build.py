"""The build step of the package: makes the ``*.compiled`` files of :mod:`goalcheck.files.compiled` at install time.

Used by setuptools alone (``cmdclass`` in pyproject.toml), in wheels and in editable installs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from setuptools.command.build_py import build_py

_NO_TIME = "315532800"
"""The first day that a zip archive knows: the times of files would make two builds of one commit differ."""

_WARM = """\
import contextlib
import importlib
import pkgutil
import sys
sys.path[:0] = sys.argv[1:]
import goalcheck
for module in pkgutil.walk_packages(goalcheck.__path__, "goalcheck."):
    if module.name != "goalcheck._build":
        with contextlib.suppress(ImportError):  # a reader's library that is not there where the package is built
            importlib.import_module(module.name)
from goalcheck import messages
from goalcheck.catalogue import load
from goalcheck.files import regexes
from goalcheck.manual import sarif_rules
from goalcheck.parse import grammars
messages.all_words()
for parser in grammars.STARTS:
    grammars.tables(parser)
sarif_rules.shipped_rules()
for rule in load.catalogue().rules:
    goalcheck.check(rule.bad[0].in_sheet(rule.level).text)
regexes.keep()
"""


class BuildPy(build_py):
    """Copies the modules as usual, then compiles grammars, rules, messages and patterns for the Python that builds."""

    def run(self) -> None:
        os.environ.setdefault("SOURCE_DATE_EPOCH", _NO_TIME)
        super().run()
        root = Path.cwd()
        package = root / "src" / "goalcheck"
        target = package if self.editable_mode else Path(self.build_lib) / "goalcheck"
        with tempfile.TemporaryDirectory() as folder:
            staged = Path(folder) / "goalcheck"
            shutil.copytree(package, staged, ignore=shutil.ignore_patterns("*.compiled", "__pycache__"))
            shutil.copytree(root / "grammar", staged / "grammar")
            shutil.copytree(root / "rules", staged / "rules")
            env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
            command = [sys.executable, "-c", _WARM, folder, *sys.path]
            if subprocess.run(command, env=env, check=False, cwd=folder).returncode:  # noqa: S603  # our own words
                self.warn("grammars, rules, messages and patterns were not compiled; every start will be slower")
            for file in staged.rglob("*.compiled"):
                shutil.copy(file, target / file.relative_to(staged))
