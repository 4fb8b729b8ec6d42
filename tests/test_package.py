"""The package as it is built and installed: all that a user gets, away from the repository."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from helpers import ROOT, SAMPLE, Run, environment, goalcheck_process

from goalcheck.version import __version__

NEEDED = 77
SETUPTOOLS = int(importlib.metadata.version("setuptools").split(".")[0])

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        SETUPTOOLS < NEEDED, reason=f"building needs setuptools>={NEEDED} (the dev extra), here is {SETUPTOOLS}"
    ),
]
_LEFT_OUT = shutil.ignore_patterns(
    ".*", "build", "dist", "*.egg-info", "__pycache__", "*.compiled", "tests", "node_modules"
)


def _run(*command: object, cwd: Path, **changes: str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment(**changes),
        capture_output=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def _build(kind: str, tree: Path, target: Path, seed: int = 1) -> Path:
    """Build ``kind`` from ``tree`` with what is installed here; nothing is fetched. Sets are ordered by ``seed``."""
    command = (sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", target, tree)
    _run(*command, cwd=target, PYTHONHASHSEED=str(seed))
    (made,) = target.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, so that building leaves nothing behind here."""
    copy = tmp_path_factory.mktemp("tree") / "goalcheck"
    shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
    return copy


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build("wheel", tree, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build("sdist", tree, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the wheel, and the libraries of this one but not its goalcheck."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(home)}))
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=home)
    libraries = home / "libraries"
    libraries.mkdir()
    for name in ("attr", "attrs", "click", "lark"):
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        (libraries / name).symlink_to(Path(spec.origin).parent)
    (site / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    return python


def _names(archive: Path) -> set[str]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            return set(opened.namelist())
    with tarfile.open(archive) as opened:
        return {name.partition("/")[2] for name in opened.getnames()}


def _shipped() -> set[str]:
    """Every module and data file of the sources, as the wheel names them."""
    inside = {f"goalcheck/{p.relative_to(ROOT / 'src/goalcheck')}" for p in (ROOT / "src/goalcheck").rglob("*.py")}
    inside |= {f"goalcheck/grammar/{p.name}" for p in (ROOT / "grammar").iterdir() if p.suffix in (".py", ".lark")}
    for path in (ROOT / "rules").rglob("*"):
        if path.suffix in (".py", ".toml"):
            inside.add(f"goalcheck/rules/{path.relative_to(ROOT / 'rules')}")
    return inside | {"goalcheck/py.typed", "goalcheck/config/goalcheck.schema.json"}


def test_wheel_holds_all_that_it_needs(wheel: Path) -> None:
    names = _names(wheel)
    assert not _shipped() - names
    compiled = {name for name in names if name.endswith(".compiled")}
    assert compiled
    assert all(name.startswith("goalcheck/") for name in compiled)


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    strange = {name for name in _names(wheel) if not name.startswith(("goalcheck/", "goalcheck-"))}
    assert not strange
    assert not {name for name in _names(wheel) if "__pycache__" in name or name.endswith((".pyc", ".txt.orig"))}


def test_sdist_holds_all_that_building_needs(sdist: Path) -> None:
    names = _names(sdist)
    assert {"pyproject.toml", "README.md", "LICENSE"} <= names
    for path in _shipped():
        name = path.removeprefix("goalcheck/")
        assert name in names or f"src/{path}" in names, path
    assert not {name for name in names if name.endswith((".compiled", ".pyc"))}


def test_building_leaves_the_sources_alone(tree: Path, wheel: Path, sdist: Path) -> None:
    assert wheel.exists()
    assert sdist.exists()
    for path in _shipped() - {"goalcheck/py.typed"}:
        name = path.removeprefix("goalcheck/")
        source = name if (ROOT / name).exists() else f"src/{path}"
        assert (tree / source).read_bytes() == (ROOT / source).read_bytes()


def _lint(python: Path | str, folder: Path) -> Run:
    return goalcheck_process("lint", "sheet.txt", "--format", "concise", cwd=folder, python=python)


def test_installed_wheel_says_the_same(installed: Path, tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "sheet.txt")
    here, there = _lint(sys.executable, tmp_path), _lint(installed, tmp_path)
    assert here.status == 1
    assert there == here


def test_installed_wheel_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    """And its compiled tables are up to date: a first run writes nothing."""
    package = next((installed.parent.parent / "lib").glob("python*/site-packages/goalcheck"))
    before = {path.name: path.stat().st_mtime_ns for path in package.rglob("*.compiled")}
    assert before
    shutil.copy(SAMPLE, tmp_path / "sheet.txt")
    _lint(installed, tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in package.rglob("*.compiled")} == before
    where = "import goalcheck; print(goalcheck.__file__, goalcheck.__version__)"
    done = subprocess.run([installed, "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(package / "__init__.py"), __version__]


def test_console_script(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed.parent / "goalcheck", "--version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"goalcheck {__version__}\n")


def test_module_and_console_script_are_the_same_program(installed: Path, tmp_path: Path) -> None:
    """Also in what they call themselves."""
    shutil.copy(SAMPLE, tmp_path / "sheet.txt")
    for arguments in ((), ("--help",), ("lint", "--help"), ("lint", "sheet.txt"), ("lint", "--nope"), ("--version",)):
        script = subprocess.run(
            [installed.parent / "goalcheck", *arguments], cwd=tmp_path, capture_output=True, check=False
        )
        assert goalcheck_process(*arguments, cwd=tmp_path, python=installed) == Run(
            script.returncode, script.stdout, script.stderr
        )
    told = goalcheck_process("lint", "--help", "--lang", "en", cwd=tmp_path, python=installed)
    assert told.text.startswith("Usage: goalcheck lint [OPTIONS]")


SOUND = """\
from collections.abc import Iterator
from pathlib import Path
import goalcheck
from goalcheck import Checker, FileError, Finding, InputError, Result, Severity, UnknownRuleError

def told(result: Result) -> Iterator[tuple[int, str, str, str | None, int | None]]:
    if result.error is not None:
        raise SystemExit(goalcheck.reason(result.error))
    for finding in result.findings:
        line, column = goalcheck.place(result, finding)
        if finding.severity >= Severity.WARNING:
            said = finding.code + finding.name + goalcheck.message(finding)
            yield line + column, said, finding.severity.label, finding.suggestion, finding.indicator

def first(finding: Finding) -> str:
    return goalcheck.advice(finding, "en")

try:
    checker = Checker(config=Path("goalcheck.toml"), select=["GC3"], ignore=("GC304",), taxonomy="central-2021")
    print(list(told(checker.check_file(Path("a.txt")))), checker.fixed("", unsafe=True).upper())
except (FileError, UnknownRuleError, InputError) as error:
    print(goalcheck.reason(error, "en"))
print(list(told(goalcheck.check(b""))), goalcheck.check_file("a", config="b").path + goalcheck.__version__)
"""
UNSOUND = """\
import goalcheck
result = goalcheck.check(7)
place: str = goalcheck.place(result, result.findings[0])
result.findings[0].cod
goalcheck.Checker(select=7)
goalcheck.fixed(b"")
goalcheck.reason("no error")
"""


def test_types_hold_for_who_uses_it(installed: Path, tmp_path: Path) -> None:
    """mypy reads them off the installed package, passes what is right, and finds what is wrong, each in its line."""
    (tmp_path / "sound.py").write_text(SOUND, encoding="utf-8")
    (tmp_path / "unsound.py").write_text(UNSOUND, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", installed, "sound.py", "unsound.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    wrong = [line.split(": error:")[0] for line in done.stdout.splitlines() if ": error:" in line]
    assert wrong == [f"unsound.py:{line}" for line in range(2, 8)], done.stdout


def test_works_where_nothing_can_be_written(installed: Path, tmp_path: Path) -> None:
    """A compiled file that is gone or damaged costs time, never correctness."""
    home = shutil.copytree(installed.parent.parent, tmp_path / "venv", symlinks=True)
    shutil.copy(SAMPLE, tmp_path / "sheet.txt")
    expected = _lint(installed, tmp_path)
    package = next((home / "lib").glob("python*/site-packages/goalcheck"))
    for path in package.rglob("*.compiled"):
        path.write_bytes(path.read_bytes()[:100])
    assert _lint(home / "bin" / "python", tmp_path) == expected
    for path in package.rglob("*.compiled"):
        path.unlink()
        path.mkdir()
    assert _lint(home / "bin" / "python", tmp_path) == expected


def test_two_builds_are_the_same_bytes(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    """One from the checkout, one from what is published as its sources; its files have other times."""
    with tarfile.open(sdist) as opened:
        opened.extractall(tmp_path, filter="data")
    (unpacked,) = (path for path in tmp_path.iterdir() if path.is_dir())
    for path in unpacked.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    target = tmp_path / "wheels"
    target.mkdir()
    again = _build("wheel", unpacked, target, seed=2)
    assert again.name == wheel.name
    assert _contents(again) == _contents(wheel)
    assert again.read_bytes() == wheel.read_bytes()


def _contents(archive: Path) -> dict[str, str]:
    with zipfile.ZipFile(archive) as opened:
        return {name: hashlib.sha256(opened.read(name)).hexdigest() for name in opened.namelist()}
