"""LibreOffice, where it is installed: converts what goalcheck writes, so that a second program has read it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")

needs_libre_office = pytest.mark.skipif(PROGRAM is None, reason="needs LibreOffice")


def converted(file: Path, kind: str, folder: Path) -> bytes:
    """``file`` as LibreOffice converts it to ``kind``."""
    return all_converted([file], kind, folder)[0]


def all_converted(files: Sequence[Path], kind: str, folder: Path) -> list[bytes]:
    """``files`` as LibreOffice, started once, converts them; it has a profile of its own, so that two may run."""
    assert PROGRAM is not None
    profile = (folder / "profile").as_uri()
    command = [PROGRAM, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    return [(folder / f"{file.stem}.{kind.partition(':')[0]}").read_bytes() for file in files]
