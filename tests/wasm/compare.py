"""Lints the samples and the real sheet in every kind of file under WebAssembly: the same bytes come out as natively.

``python tests/wasm/compare.py PYODIDE`` takes the folder of the npm package ``pyodide``; Node runs it. It shows that
the readers need nothing that a browser lacks: no process, no thread, no compiled library of the system.
"""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEEDED = ("lark", "attrs", "click", "xlrd")
"""Packages that are pure Python, as the environment has them."""


def main(pyodide: str) -> int:
    """Compare; the status is 1 where anything differs."""
    sys.path.insert(0, str(ROOT / "tests"))
    with tempfile.TemporaryDirectory() as made:
        packages, folder = Path(made, "packages"), Path(made, "sheets")
        put_packages(packages)
        names = put_sheets(folder)
        command = ["node", str(Path(__file__).with_name("lint.mjs")), pyodide, str(packages), str(folder)]
        subprocess.run(command, check=True, timeout=600)
        differ = [
            f"{name} {command}"
            for name in names
            for command, *options in (("lint", "--isolated", "--format", "json"), ("convert",))
            if (folder / f"{name}.{command}").read_bytes() != natively(folder, command, name, *options)
        ]
    print(f"{len(names)} files under WebAssembly, {len(differ)} reports differ: {', '.join(differ) or 'none'}")
    return 1 if differ else 0


def put_packages(folder: Path) -> None:
    """goalcheck, built as for a wheel, and what it needs."""
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", str(folder)]
    subprocess.run([*pip, str(ROOT)], check=True)
    for name in NEEDED:
        for file in importlib.metadata.files(name) or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file.locate(), folder / file)
    for tables in folder.rglob("*.compiled"):  # those of another version of Python
        tables.unlink()


def put_sheets(folder: Path) -> list[str]:
    """All samples, and the real sheet in the kinds that are not kept."""
    from makers import MAKERS
    from sample_files import REAL, table

    folder.mkdir()
    for file in (*(ROOT / "samples").glob("*.txt"), *(ROOT / "samples" / "files").iterdir()):
        shutil.copy(file, folder)
    for kind, make in MAKERS.items():
        (folder / f"{REAL}.{kind}").write_bytes(make([table(REAL)]))
    return sorted(file.name for file in folder.iterdir())


def natively(folder: Path, *command: str) -> bytes:
    """What the command gives here."""
    from helpers import goalcheck

    run = goalcheck(*command, cwd=folder)
    assert run.status < 2, run.complaints
    return b"%d\n" % run.status + run.out + run.err


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
