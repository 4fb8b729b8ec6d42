"""Lints the samples and the real sheet in every kind of file under WebAssembly: the same bytes come out as natively.

``python tests/wasm/compare.py PYODIDE`` takes the folder of the npm package ``pyodide``; Node runs it. It shows that
the readers need nothing that a browser lacks: no process, no thread, no compiled library of the system.

What reads PDFs is compiled for the ABI of each Pyodide. Where there is no such wheel, or none can be fetched, PDFs are
not compared, which is said, and the status is 1 unless ``--without-pdf`` is given.
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEEDED = ("lark", "attrs", "click", "xlrd")
"""Packages that are pure Python, as the environment has them."""


def main(pyodide: str, *options: str) -> int:
    """Compare; the status is 1 where anything differs, or was not compared that should be."""
    sys.path.insert(0, str(ROOT / "tests"))
    with tempfile.TemporaryDirectory() as made:
        packages, folder = Path(made, "packages"), Path(made, "sheets")
        put_packages(packages)
        has_pdf = "--without-pdf" not in options and put_pdfium(packages, pyodide)
        names = put_sheets(folder, has_pdf=has_pdf)
        command = ["node", str(Path(__file__).with_name("lint.mjs")), pyodide, str(packages), str(folder)]
        subprocess.run(command, check=True, timeout=600)
        differ = [
            f"{name} {command}"
            for name in names
            for command, *options in (("lint", "--isolated", "--format", "json"), ("convert",))
            if (folder / f"{name}.{command}").read_bytes() != natively(folder, command, name, *options)
        ]
    print(f"{len(names)} files under WebAssembly, {len(differ)} reports differ: {', '.join(differ) or 'none'}")
    if not has_pdf:
        print("PDFs were NOT compared: there is no pypdfium2 for this Pyodide, or it was not to be used")
    return 1 if differ or not (has_pdf or "--without-pdf" in options) else 0


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


def put_pdfium(folder: Path, pyodide: str) -> bool:
    """The library that opens PDFs, of the version that is used here and compiled for this Pyodide; whether there is."""
    info = json.loads(Path(pyodide, "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    python = ".".join(info["python"].split(".")[:2])
    wanted = f"pypdfium2=={importlib.metadata.version('pypdfium2')}"
    platform = f"pyemscripten_{info['abi_version']}_wasm32"
    with tempfile.TemporaryDirectory() as made:
        fetch = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "--dest", made]
        ended = subprocess.run([*fetch, "--platform", platform, "--python-version", python, wanted], check=False)
        for wheel in Path(made).glob("*.whl"):
            with zipfile.ZipFile(wheel) as file:
                file.extractall(folder)
    return ended.returncode == 0


def put_sheets(folder: Path, *, has_pdf: bool) -> list[str]:
    """All samples, and the real sheet in the kinds that are not kept; PDFs where they can be read."""
    from makers import MAKERS
    from sample_files import REAL, table

    folder.mkdir()
    for file in (*(ROOT / "samples").glob("*.txt"), *(ROOT / "samples" / "files").iterdir()):
        if has_pdf or file.suffix != ".pdf":
            shutil.copy(file, folder)
    for kind, make in MAKERS.items():
        if kind != "pdf":  # it is kept, as it was printed
            (folder / f"{REAL}.{kind}").write_bytes(make([table(REAL)]))
    return sorted(file.name for file in folder.iterdir())


def natively(folder: Path, *command: str) -> bytes:
    """What the command gives here."""
    from helpers import goalcheck

    run = goalcheck(*command, cwd=folder)
    assert run.status < 2, run.complaints
    return b"%d\n" % run.status + run.out + run.err


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
