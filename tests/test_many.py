"""Many inputs: folders and patterns, several processes, whoever is done first; one bad file hides nothing."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from helpers import CLEAN, FAULTY, PERCENT, SAMPLE, entry_sheet, environment, goalcheck, goalcheck_each

from goalcheck import report
from goalcheck.errors import InputError
from goalcheck.report import Style
from goalcheck.runs import job, schedule
from goalcheck.runs.job import Job, Recipe

TEXTS = (CLEAN, FAULTY, entry_sheet(PERCENT))
EVERY_FORMAT = sorted(report.FORMATS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sheets of very different size, and files that are none, so that the last may well be done first."""
    (tmp_path / "sheets" / "中文 名").mkdir(parents=True)
    real = SAMPLE.read_text("utf-8")
    for number in range(12):
        (tmp_path / "sheets" / f"{number:02}.txt").write_text(TEXTS[number % 3], encoding="utf-8")
    for number in (0, 3, 7):
        (tmp_path / "sheets" / f"{number:02}-real.txt").write_text(real, encoding="utf-8")
    (tmp_path / "sheets" / "05-none.txt").write_text("关于绩效的通知", encoding="utf-8")
    (tmp_path / "sheets" / "06-绩效.csv").write_bytes(b"")
    (tmp_path / "sheets" / "中文 名" / "表.tsv").write_bytes(FAULTY.encode("gb18030"))
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("form", EVERY_FORMAT)
def test_the_same_bytes_whoever_does_it(folder: Path, form: str) -> None:
    asked = ("lint", "sheets", "--format", form)
    settings = [
        environment(),
        environment(PYTHONHASHSEED="1", LC_ALL="C", LANG="C"),
        environment(PYTHONHASHSEED="2", LC_ALL="zh_CN.GB18030", PYTHONUTF8="0"),
    ]
    runs = [
        goalcheck(*asked, "-j", jobs, cwd=folder, env=env) for jobs, env in zip(("1", "2", "3"), settings, strict=True)
    ]
    assert runs[0].status == 2
    assert runs[1] == runs[0]
    assert runs[2] == runs[0]
    assert runs[0].out


@pytest.mark.slow
@pytest.mark.parametrize("form", [form for form in EVERY_FORMAT if form not in ("html", "xlsx")])
def test_the_same_findings_with_windows_line_ends(folder: Path, form: str) -> None:
    """Offsets and digests are those of another text; with one byte less a line all else is the same.

    A page holds the texts themselves, a workbook is no text.
    """
    for name in ("06-绩效.csv", "03-real.txt", "07-real.txt", *(() if form == "json" else ("00-real.txt",))):
        (folder / "sheets" / name).unlink()
    before = goalcheck("lint", "sheets", "--format", form, "-j", "1", cwd=folder)
    for file in (folder / "sheets").rglob("*.*"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    after = goalcheck("lint", "sheets", "--format", form, "-j", "1", cwd=folder)
    assert after.err == before.err
    assert _placeless(form, after.text) == _placeless(form, before.text)


def _placeless(form: str, text: str) -> Any:
    """A report without what counts characters from the start of a file, or its bytes."""
    if form not in ("json", "jsonl", "sarif", "gitlab"):
        return text
    if form == "jsonl":
        return [_stripped(json.loads(line)) for line in text.splitlines()]
    return _stripped(json.loads(text))


_COUNTING = {"offset", "end_offset", "charOffset", "charLength", "sha256", "sha-256", "length", "text", "fix", "fixes"}


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stripped(part) for key, part in value.items() if key not in _COUNTING}
    return [_stripped(part) for part in value] if isinstance(value, list) else value


def test_findings_are_sorted_by_path(folder: Path) -> None:
    made = json.loads(goalcheck("lint", "sheets", "--format", "json", "-j", "2", cwd=folder).text)
    paths = [file["path"] for file in made["files"]]
    assert paths == sorted(paths)
    assert len(paths) == 18
    found = [finding["path"] for finding in made["findings"]]
    assert found == sorted(found)
    for path in set(found):
        places = [(f["offset"], f["rule"]) for f in made["findings"] if f["path"] == path]
        assert places == sorted(places)


def test_one_bad_file_hides_no_other(folder: Path) -> None:
    for jobs in ("1", "2"):
        run = goalcheck("lint", "sheets", "--format", "json", "-j", jobs, "--lang", "en", cwd=folder)
        made = json.loads(run.text)
        assert run.status == 2
        failed = [file["path"] for file in made["files"] if file["status"] == "failed"]
        assert [Path(path).name for path in failed] == ["05-none.txt", "06-绩效.csv"]
        assert [line.split(": ")[1] for line in run.complaints] == failed
        assert len(made["findings"]) == 3 * 258 + 4 + 4 + 1


@pytest.mark.parametrize("pattern", ["sheets/*.txt", "sheets/**/*.t??", "**/0[0-9]*.txt", "s*ts"])
def test_patterns_are_for_goalcheck_where_no_shell_knows_them(folder: Path, pattern: str) -> None:
    for large in ("00", "03", "07"):
        (folder / "sheets" / f"{large}-real.txt").unlink()
    by_name = sorted({str(path.relative_to(folder)) for path in folder.glob(pattern) if path.is_file()})
    expected = by_name or sorted(str(path.relative_to(folder)) for path in (folder / "sheets").rglob("*.*"))
    made = json.loads(goalcheck("lint", pattern, "--format", "json", "-j", "1", cwd=folder).text)
    assert [file["path"] for file in made["files"]] == expected


def test_a_pattern_that_fits_nothing_is_missing(folder: Path) -> None:
    run = goalcheck("lint", "sheets/*.doc", "--lang", "en", cwd=folder)
    assert run.status == 2
    assert run.complaints == ["goalcheck: sheets/*.doc: no such file; check the path"]


def test_a_file_may_be_called_like_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "[a].txt").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    run = goalcheck("lint", "[a].txt", "--format", "concise", cwd=tmp_path)
    assert run.text.startswith("[a].txt:")


@pytest.mark.slow
def test_standard_input_among_files_and_processes(folder: Path) -> None:
    """Only the first process can read it."""
    runs = [
        goalcheck(
            "lint", "-", "sheets", "--stdin-filename", "sheets/zz.txt", "-j", jobs, cwd=folder, stdin=FAULTY.encode()
        )
        for jobs in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert "sheets/zz.txt" in runs[0].text


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "1.5", "257", "", "\uff12"])
def test_jobs_is_a_number_or_auto(folder: Path, jobs: str) -> None:
    run = goalcheck("lint", "sheets", "-j", jobs, "--lang", "en", cwd=folder)
    assert run.status == 2
    assert run.complaints == [f"goalcheck: --jobs cannot be {jobs}; choose one of 1-256, auto"]


# --- any executor ---------------------------------------------------------------------------------------------------


def _jobs(folder: Path) -> list[Job]:
    return [Job(str(path), path.name, path.stat().st_size) for path in sorted((folder / "sheets").glob("*.*"))]


class Backwards(Executor):
    """One that does the work when it is asked for the outcome, and never in the order of submission."""

    def __init__(self) -> None:
        self.most = 0
        self._waiting: list[tuple[Future[Any], Any, Any]] = []

    def submit(self, work: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        executor = self

        class Lazy(Future[Any]):
            def exception(self, timeout: float | None = None) -> BaseException | None:
                while not self.done():
                    future, late, given = executor._waiting.pop()
                    future.set_result(late(*given))
                return super().exception(timeout)

        future = Lazy()
        self._waiting.append((future, work, arguments))
        self.most = max(self.most, len(self._waiting))
        return future


@pytest.mark.parametrize("kind", [Backwards, lambda: ThreadPoolExecutor(3)])
def test_any_executor_will_do(folder: Path, kind: Any) -> None:
    for large in ("00", "03"):
        (folder / "sheets" / f"{large}-real.txt").unlink()
    jobs = _jobs(folder)
    recipe = Recipe(report.FORMATS["concise"], Style("en"))
    alone = [_told(outcome.part) for outcome in job.run(recipe, jobs)]
    executor = kind()
    assert [_told(outcome.part) for outcome in job.run(recipe, jobs, executor)] == alone
    with executor:
        assert executor.submit(len, "abc").result() == 3 if kind is not Backwards else True


def _told(part: report.Part) -> tuple[object, ...]:
    return part.path, part.counts, part.pieces, part.error and (part.error.key, part.error.figures)


def test_few_jobs_wait_at_a_time() -> None:
    """So that memory does not grow with the number of files."""
    taken: list[int] = []

    def batches() -> Iterator[Sequence[int]]:
        for number in range(1000):
            taken.append(number)
            yield [number]

    executor = Backwards()
    made = schedule.in_order(_doubled, batches(), executor, 5, _lost)
    assert [next(made) for _ in range(10)] == list(range(0, 20, 2))
    assert len(taken) <= 15
    assert executor.most <= 5
    assert [*made][-1] == 1998


def _doubled(numbers: Sequence[int]) -> Sequence[int]:
    return [2 * number for number in numbers]


def _lost(job: int, _: BaseException) -> int:
    return -job


def _fatal(numbers: Sequence[int]) -> Sequence[int]:
    for number in numbers:
        if number in (7, 23):
            os._exit(9)  # as a process that the system ends for want of memory
    return _doubled(numbers)


def test_a_process_that_dies_takes_one_job_with_it() -> None:
    batches = [list(range(start, start + 5)) for start in range(0, 40, 5)]
    made = list(schedule.in_processes(_fatal, batches, 2, _lost))
    assert made == [-number if number in (7, 23) else 2 * number for number in range(40)]


def test_an_executor_that_breaks_ends_in_words() -> None:
    class Broken(Executor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            raise BrokenExecutor("gone")

    recipe = Recipe(report.FORMATS["text"], Style("en"))
    (outcome,) = job.run(recipe, [Job("a.txt", "a.txt")], Broken())
    assert isinstance(outcome.part.error, InputError)
    assert outcome.part.error.key == "lost"


# --- terminals and interrupts ---------------------------------------------------------------------------------------


@contextmanager
def _on_a_terminal(*arguments: str, cwd: Path, out: int | None = subprocess.DEVNULL) -> Iterator[tuple[Any, int]]:
    """The command with a terminal for its standard error, and for standard output where ``out`` is None."""
    main, side = pty.openpty()
    command = [sys.executable, "-m", "goalcheck", *arguments]
    process = subprocess.Popen(command, cwd=cwd, stdout=side if out is None else out, stderr=side, env=environment())
    os.close(side)
    try:
        yield process, main
    finally:
        process.kill()
        process.wait()
        os.close(main)


def _read(main: int) -> bytes:
    said = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:  # the other side is closed
            return said
        if not piece:
            return said
        said += piece


@pytest.fixture
def long_run(tmp_path: Path) -> Path:
    text = SAMPLE.read_bytes()
    for number in range(120):
        (tmp_path / f"{number:03}.txt").write_bytes(text)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_long_run_shows_how_far_it_is(long_run: Path, jobs: str) -> None:
    with _on_a_terminal("lint", ".", "-j", jobs, "--lang", "en", cwd=long_run) as (process, main):
        said = _read(main).decode()
        assert process.wait(1200) == 1
    assert "checking" in said
    assert "/120" in said
    assert said.rstrip("\r\n").endswith("\x1b[2K"), "the line is blank again"


def test_a_short_run_shows_nothing(folder: Path) -> None:
    with _on_a_terminal("lint", "sheets/00.txt", "sheets/01.txt", cwd=folder) as (process, main):
        said = _read(main)
        assert process.wait(1200) == 1
    assert said == b""


BEFORE_A_PROCESS_IS_MADE = """\
import os, signal, sys
os.register_at_fork(before=lambda: os.kill(os.getpid(), signal.{}))
from goalcheck.cli import main
main(["lint", ".", "-j", "2", "--lang", "en"])
"""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_while_processes_are_started_is_not_lost(folder: Path, name: str, status: int) -> None:
    """Python tells of an error in what it does around a fork, and goes on."""
    done = subprocess.run(
        [sys.executable, "-c", BEFORE_A_PROCESS_IS_MADE.format(name)],
        cwd=folder, capture_output=True, env=environment(), check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (status, b"")
    assert b"Exception ignored" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_in_130_and_leaves_no_half_file(long_run: Path, jobs: str) -> None:
    command = [sys.executable, "-m", "goalcheck", "lint", ".", "-j", jobs, "-o", "report.txt", "--lang", "en"]
    (long_run / "report.txt").write_text("old", encoding="utf-8")
    (long_run / "goalcheck.toml").write_text('per-file-ignores = {"report.txt" = ["ALL"]}', encoding="utf-8")
    process = subprocess.Popen(
        [*command[:4], *(f"{number:03}.txt" for number in range(120)), "-", *command[5:]],
        cwd=long_run, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True,
    )  # fmt: skip  # nothing comes from its standard input, so that it cannot end before it is interrupted
    end = time.monotonic() + 600
    while not list(long_run.glob(".goalcheck-*.part")) and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=1200)
    assert process.returncode == 130, said.decode()
    assert said.decode().split("\n")[-2:] == ["goalcheck: interrupted before all was checked", ""]
    assert (long_run / "report.txt").read_text("utf-8") == "old"
    assert not list(long_run.glob(".goalcheck-*"))


@pytest.mark.slow
def test_a_reader_that_leaves_early_changes_no_status(long_run: Path) -> None:
    """The status is for all inputs, also for those of which nobody reads."""
    command = [sys.executable, "-m", "goalcheck", "lint", ".", "--format", "concise", "-q"]
    (long_run / "119.txt").write_text("绩效", encoding="utf-8")
    with subprocess.Popen(
        command, cwd=long_run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline()
        run.stdout.close()
        assert run.wait(1200) == 2


@pytest.mark.slow
def test_statistics_count_what_the_report_counts(folder: Path) -> None:
    runs = goalcheck_each(
        [("lint", "sheets", "--format", "json", "--statistics", "--lang", "en", "-j", jobs) for jobs in ("1", "2")],
        folder,
    )
    for run in runs:
        made = json.loads(run.text)
        lines = [line.split() for line in run.complaints]
        told = {line[1]: int(line[0]) for line in lines if len(line) == 4 and line[1].startswith("GC")}
        counted: dict[str, int] = {}
        for finding in made["findings"]:
            counted[finding["rule"]] = counted.get(finding["rule"], 0) + 1
        assert told == counted
        assert ["18", "files"] in lines
        assert ["2", "files", "not", "checked"] in lines
        assert {line[1] for line in lines if len(line) == 2 and "." in line[0]} == {
            "read", "decode", "parse", "check", "report",
        }  # fmt: skip


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    """Ten times the files take hardly more at the peak; a report of all of them is some 7 MB."""
    text = SAMPLE.read_bytes()
    peaks = []
    for number in (10, 100):
        inner = tmp_path / str(number)
        inner.mkdir()
        for name in range(number):
            (inner / f"{name:03}.txt").write_bytes(text)
        code = (
            "import resource, sys\nfrom goalcheck.cli import main\n"
            "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        )
        command = [
            sys.executable,
            "-c",
            code,
            "lint",
            str(inner),
            "-j",
            "1",
            "--format",
            "json",
            "-o",
            str(tmp_path / "o"),
        ]
        done = subprocess.run(command, capture_output=True, env=environment(), timeout=1200, check=True)
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] < 1.25 * peaks[0], peaks
    assert (tmp_path / "o").stat().st_size > 5 * 2**20


def test_help_names_what_lint_can_do() -> None:
    said = goalcheck("lint", "--help", "--lang", "en").text
    for option in ("--jobs", "--baseline", "--write-baseline", "--accept-new", "--statistics", "--explain-sums"):
        assert option in said


def test_little_work_is_done_by_one_process() -> None:
    jobs = [Job(f"{number}.txt", f"{number}.txt", 1000) for number in range(50)]
    assert job.helpful(jobs) == 1
    assert job.helpful([]) == 1
    large = [Job("a.txt", "a.txt", 2**30)]
    assert job.helpful(large) == 1
    assert 1 <= job.helpful(large * 8) <= (os.cpu_count() or 1)
