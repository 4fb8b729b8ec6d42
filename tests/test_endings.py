"""How a run ends that cannot end as it should: a full disk, an output that takes nothing, a signal.

The old file stays or the new one is whole, no draft is left, one line says it, and the status is never 0 or 1.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import FAULTY, Run, entry_sheet, environment, goalcheck_here

from goalcheck import report

ENTRY = "4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:≥50人"
BAD = entry_sheet(f"{ENTRY}。")
GOOD = entry_sheet(f"{ENTRY}; 年度指标值:≥50人。")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="needs signals and limits of POSIX")]
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(BAD, encoding="utf-8")
    return tmp_path


def drafts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def texts(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("?.txt"))]


def command(*arguments: object, cwd: Path, before: str = "", stdout: int = subprocess.PIPE) -> Run:
    """Run the command in a process of its own, with something done to it ``before``."""
    script = "import os, resource, signal, sys\nsys.dont_write_bytecode = True\n"  # half of it would stay for others
    script += f"from goalcheck.files import atomic_write, inputs\n{before}\n"
    script += "from goalcheck.cli import main\nmain(sys.argv[1:])\n"
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=cwd, stdout=stdout, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment(), timeout=1200,
        check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    return Run(done.returncode, done.stdout or b"", done.stderr.lstrip())  # click puts a blank line before an interrupt


# --- a full disk -----------------------------------------------------------------------------------------------------

SMALL = "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"  # more than that no file can be given


def test_a_disk_that_fills_while_a_file_is_mended(folder: Path) -> None:
    run = command("fix", ".", "--unsafe-fixes", cwd=folder, before=SMALL)
    assert (run.status, len(run.complaints), texts(folder), drafts(folder)) == (2, 3, [BAD] * 3, [])


@pytest.mark.parametrize("form", report.FORMATS)
def test_a_disk_that_fills_while_a_report_is_written(folder: Path, form: str) -> None:
    (folder / "report").write_text("old", encoding="utf-8")
    run = command("lint", ".", "--format", form, "-o", "report", cwd=folder, before=SMALL)
    assert (run.status, drafts(folder)) == (2, [])
    assert "report" in run.complaints[0]
    assert (folder / "report").read_text(encoding="utf-8") == "old"


@full
@pytest.mark.parametrize("form", report.FORMATS)
@pytest.mark.parametrize("way", ["output", "stdout"])
def test_a_report_to_a_full_device(folder: Path, form: str, way: str) -> None:
    arguments: list[object] = ["lint", ".", "--format", form]
    with Path("/dev/full").open("wb") as device:
        if way == "output":
            run = command(*arguments, "-o", "/dev/full", cwd=folder)
        else:
            run = command(*arguments, cwd=folder, stdout=device.fileno())
    assert (run.status, run.out) == (2, b"")
    assert len(run.complaints) == 1


@full
@pytest.mark.parametrize(
    "arguments",
    [
        ("rules",),
        ("rules", "--format", "json"),
        ("explain", "--all"),
        ("explain", "GC501"),
        ("parse", "a.txt"),
        ("convert", "a.txt"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_every_command_tells_of_a_full_device(folder: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as device:
        run = command(*arguments, cwd=folder, stdout=device.fileno())
    assert (run.status, len(run.complaints)) == (2, 1)


@full
@pytest.mark.parametrize("more", [(), ("missing.txt",), ("--diff",)])
def test_files_are_mended_even_if_nobody_can_be_told(folder: Path, more: tuple[str, ...]) -> None:
    """All of them: half of the folder mended and half not would be worse. The status says that something is amiss."""
    with Path("/dev/full").open("wb") as device:
        run = command("fix", ".", "--unsafe-fixes", *more, cwd=folder, stdout=device.fileno())
    assert run.status == 2
    complaints = [line for line in run.complaints if line.startswith("goalcheck: ")]
    assert len(complaints) == 1 + ("missing.txt" in more)
    assert texts(folder) == [BAD if "--diff" in more else GOOD] * 3


@pytest.mark.parametrize("kind", ["read-only file", "folder without permission", "folder"])
def test_a_report_that_cannot_be_put_in_its_place(folder: Path, kind: str) -> None:
    (folder / "out").mkdir()
    target = folder / "out" / "report"
    refusing = "def no(*_):\n    raise PermissionError(13, 'Permission denied')\n"
    if kind == "folder":
        target.mkdir()
        before = ""
    else:
        target.write_text("old", encoding="utf-8")
        before = refusing + ("atomic_write.os.replace = no" if kind == "read-only file" else "atomic_write.open = no")
    run = command("lint", "a.txt", "-o", target, cwd=folder, before=before)
    assert (run.status, len(run.complaints), os.listdir(folder / "out")) == (2, 1, ["report"])
    assert target.is_dir() or target.read_text(encoding="utf-8") == "old"


# --- signals ---------------------------------------------------------------------------------------------------------

KILLED = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}


def at(step: str, name: str, count: int = 1) -> str:
    """What sends the process a signal when it comes to ``step`` for the ``count``-th time."""
    module, _, call = step.rpartition(".")
    return (
        f"usual, left = {step}, [{count}]\n"
        "def step(*arguments, **options):\n"
        "    left[0] -= 1\n"
        f"    if not left[0]:\n        os.kill(os.getpid(), signal.{name})\n"
        "    return usual(*arguments, **options)\n"
        f"{module}.{call} = step\n"
    )


@pytest.mark.parametrize("name", KILLED)
@pytest.mark.parametrize("step", [f"atomic_write.os.{name}" for name in ("fsync", "chmod", "replace", "urandom")])
def test_a_signal_while_a_file_is_mended(folder: Path, name: str, step: str) -> None:
    """The second of three: the first is mended, the others are as they were."""
    run = command("fix", ".", "--unsafe-fixes", "-q", cwd=folder, before=at(step, name, 3 if "chmod" in step else 2))
    assert (run.status, run.out, len(run.complaints), drafts(folder)) == (KILLED[name], b"", 1, [])
    assert texts(folder) == [GOOD, BAD, BAD]


@pytest.mark.parametrize("name", KILLED)
@pytest.mark.parametrize("step", ["atomic_write.os.fsync", "inputs.os.fstat"])
def test_a_signal_while_a_report_is_made(folder: Path, name: str, step: str) -> None:
    (folder / "report").write_text("old", encoding="utf-8")
    run = command("lint", ".", "-o", "report", cwd=folder, before=at(step, name))
    assert (run.status, run.out, len(run.complaints), drafts(folder)) == (KILLED[name], b"", 1, [])
    assert (folder / "report").read_text(encoding="utf-8") == "old"


def test_a_signal_that_is_sent_twice_does_not_cut_the_tidying_short(folder: Path) -> None:
    once, again = at("atomic_write.os.fsync", "SIGTERM"), at("atomic_write.os.unlink", "SIGTERM")
    twice = once + again.replace("step", "other").replace("usual", "plain").replace("left", "more")
    run = command("fix", ".", "--unsafe-fixes", cwd=folder, before=twice)
    assert (run.status, texts(folder), drafts(folder)) == (143, [BAD] * 3, [])


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_that_is_ignored_stays_so(folder: Path, name: str) -> None:
    """As under nohup."""
    before = f"signal.signal(signal.{name}, signal.SIG_IGN)\n" + at("atomic_write.os.fsync", name)
    run = command("fix", ".", "--unsafe-fixes", cwd=folder, before=before)
    assert (run.status, texts(folder)) == (0, [GOOD] * 3)


@pytest.mark.parametrize("name", KILLED)
@pytest.mark.parametrize("words", [("lint", "-"), ("fix", "-"), ("parse", "-"), ("convert", "-")], ids=" ".join)
def test_a_signal_while_standard_input_is_waited_for(folder: Path, name: str, words: tuple[str, ...]) -> None:
    started = [sys.executable, "-m", "goalcheck", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(started, stdin=pipe, stdout=pipe, stderr=pipe, cwd=folder, env=environment()) as process:
        assert process.stdin is not None
        process.stdin.write(FAULTY.encode() * 200)  # more than a pipe holds: once it is written the process reads
        process.stdin.flush()
        while process.poll() is None:  # a signal may come just before the system is asked to wait for more
            process.send_signal(getattr(signal, name))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(60)
        process.stdin.close()
        process.stdin = None
        out, err = process.communicate(timeout=1200)
    assert (process.returncode, out, len(err.strip().splitlines())) == (KILLED[name], b"", 1)


def test_who_runs_the_command_within_a_program_keeps_its_signals(folder: Path) -> None:
    def handlers() -> list[object]:
        return [signal.getsignal(getattr(signal, name)) for name in KILLED]

    before = handlers()
    assert goalcheck_here("lint", folder / "a.txt").status in (0, 1)
    assert handlers() == before


def test_a_file_of_the_program_that_is_cut_off_is_no_interrupt(folder: Path) -> None:
    """As a full disk may leave byte code of Python."""
    broken = (
        "from goalcheck.files import search\n"
        "def cut(*_, **__):\n    raise EOFError('marshal data too short')\nsearch.find = cut"
    )
    run = command("lint", ".", cwd=folder, before=broken)
    assert run.status == 2
    assert b"marshal data too short" in run.err
