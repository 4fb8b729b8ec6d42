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

_WARM = """\
import sys
sys.path[:0] = sys.argv[1:]
from goalcheck.catalogue import load
from goalcheck import messages
from goalcheck.manual import sarif_rules
from goalcheck.parse import grammars
messages.all_words()
for parser in grammars.STARTS:
    grammars.tables(parser)
load.catalogue()
sarif_rules.shipped_rules()
"""


class BuildPy(build_py):
    """Copies the modules as usual, then compiles grammars, rules and messages for the Python that builds."""

    def run(self) -> None:
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
                self.warn("grammars, rules and messages were not compiled; every start will be slower")
            for file in staged.rglob("*.compiled"):
                shutil.copy(file, target / file.relative_to(staged))
