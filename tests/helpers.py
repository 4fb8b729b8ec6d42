"""What several test modules share: sheets to check, and the command run as its users run it."""

from __future__ import annotations

import ast
import contextlib
import functools
import inspect
import io
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest

from goalcheck import check_file, report
from goalcheck.catalogue import example
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.cli import main
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import Plan, default_plan
from goalcheck.engine.result import Result
from goalcheck.source import Source

TEXT_FORMATS = [name for name, form in report.FORMATS.items() if not form.binary]
"""The formats of the report that are text."""

Case = TypeVar("Case")

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "liwan-jinhua.txt"

CLEAN = example.wrap("〔目标〕⇥〔指标〕", "project").text
"""The standard sheet: nothing is wrong with it."""

FAULTY = example.wrap("⇥〔指标〕", "project").text
"""The standard sheet with one fault, GC501."""

PERCENT = "4、1-产出指标; 12-质量指标; 工程验收合格率; 实施周期指标值:100%; 年度指标值:1010%。"
"""An entry with one fault, GC304."""


SITE_RULE = """\
[[rule]]
code = "CZ001"
name = "own-rule"
severity = "error"
field = "name"
forbids = "率"
title = "自己的规则"
message = "{name}里有{text}"
help = "请改{text}"
why = "因为。"
source = "本局。"
bad = ["4、1-产出指标; 11-数量指标; 人数⟦率⟧; 实施周期指标值:≥9%; 年度指标值:≥9%。"]
good = ["4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥9人; 年度指标值:≥9人。"]
"""
"""A file of a site's own rules, with one."""

THOROUGH = "GOALCHECK_THOROUGH" in os.environ
"""Whether there is time to try everything, as in CI."""


def examples(thorough: int, least: int = 5) -> int:
    """How many examples to try of a property: ``thorough`` in CI, a thirtieth of them while people wait."""
    return thorough if THOROUGH else max(least, thorough // 30)


def some(cases: Sequence[Case], of: int) -> Sequence[Case]:
    """All ``cases`` in CI, one ``of`` so many while people wait."""
    return cases if THOROUGH else cases[::of]


_Named = type(pytest.param())


def tried_on(
    names: str | tuple[str, ...],
    cases: Iterable[Any] | Callable[[], Iterable[Any]],
    ids: Iterable[str] | Callable[[Any], object] = repr,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As ``pytest.mark.parametrize``, but one test for all ``cases``: each is tried, and those that fail are named.

    What makes the ``cases`` is asked when they are tried: where it takes long, other runs do not wait for it.
    A test that takes ``tmp_path`` gets a folder of its own for each case, and ``monkeypatch`` is undone after each.
    """
    keys = names if isinstance(names, tuple) else (names,)

    def known() -> tuple[list[str], list[tuple[Any, ...]]]:
        listed = list(cases() if callable(cases) else cases)
        values = [
            tuple(case.values) if isinstance(case, _Named) else case if isinstance(names, tuple) else (case,)
            for case in listed
        ]
        told = [" ".join(str(ids(value)) for value in case) for case in values] if callable(ids) else list(ids)
        return [case.id if isinstance(case, _Named) else name for case, name in zip(listed, told, strict=True)], values

    if not callable(cases):
        cases = list(cases)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def tried(**fixtures: Any) -> None:
            told, values = known()
            assert values
            failed: dict[str, BaseException] = {}
            for number, (name, case) in enumerate(zip(told, values, strict=True)):
                given = dict(zip(keys, case, strict=True))
                with contextlib.ExitStack() as ending:
                    if "tmp_path" in fixtures:
                        given["tmp_path"] = fixtures["tmp_path"] / str(number)
                        given["tmp_path"].mkdir()
                    if "monkeypatch" in fixtures:
                        given["monkeypatch"] = ending.enter_context(fixtures["monkeypatch"].context())
                    try:
                        test(**{**fixtures, **given})
                    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001  # it is raised below
                        failed[name] = error
            for first in failed.values():
                first.add_note(f"{len(failed)} of {len(values)} cases fail: {', '.join(failed)}"[:2000])
                raise first

        signature = inspect.signature(test)
        kept = [made for name, made in signature.parameters.items() if name not in keys]
        tried.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        return tried

    return decorate


def entry_sheet(entries: str) -> str:
    """The standard sheet with ``entries`` behind its own three."""
    return example.wrap(entries, "entry").text


def check(text: str, path: str = "<text>") -> Result:
    """The result of all core rules on ``text``."""
    return check_source(Source(text, path), default_plan(catalogue()))


@functools.cache
def checked(path: Path) -> Result:
    """The result of a file that no test changes."""
    return check_file(path)


@functools.cache
def _every_rule() -> Plan:
    return plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))


@functools.lru_cache(maxsize=256)
def check_strictly(text: str, path: str = "<text>") -> Result:
    """The result of every rule on ``text``, the strict ones included."""
    return check_source(Source(text, path), _every_rule())


@functools.cache
def syntax_tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def syntax_nodes(path: Path) -> list[ast.AST]:
    """All that its syntax tree holds."""
    return list(ast.walk(syntax_tree(path)))


def calls(action: Callable[[], object]) -> int:
    """How many calls ``action`` makes: a cost that no noisy machine can blur."""
    count = 0

    def seen(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


@attrs.frozen
class Run:
    """What became of a command."""

    status: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def complaints(self) -> list[str]:
        return self.err.decode().splitlines()


COLOURING = {
    "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONHASHSEED", "NO_COLOR", "FORCE_COLOR", "GOALCHECK_DEBUG",
    "PYTHONDONTWRITEBYTECODE",  # else every command would build its tables anew
}  # fmt: skip
"""What in the environment would colour the outcome of a command."""


def environment(**changes: str | None) -> dict[str, str]:
    """The environment of this process without what would colour the outcome, plus ``changes``."""
    env = {key: value for key, value in os.environ.items() if key not in COLOURING}
    for key, value in changes.items():
        env.pop(key, None)
        if value is not None:
            env[key] = value
    return env


def goalcheck(
    *arguments: object, cwd: Path | None = None, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> Run:
    """Run the command with ``arguments``, as its users do: in this process, or with an ``env`` in one of its own."""
    if env is not None:
        return goalcheck_process(*arguments, cwd=cwd, stdin=stdin, env=env)
    before = os.getcwd()
    os.chdir(cwd or before)
    try:
        return goalcheck_here(*arguments, stdin=stdin)
    finally:
        os.chdir(before)


def goalcheck_process(
    *arguments: object,
    cwd: Path | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    python: str | Path = sys.executable,
) -> Run:
    """Run ``python -m goalcheck`` with ``arguments``."""
    command = [str(python), "-m", "goalcheck", *map(str, arguments)]
    done = subprocess.run(
        command, input=stdin, capture_output=True, cwd=cwd, env=env or environment(), timeout=1200, check=False
    )
    return Run(done.returncode, done.stdout, done.stderr)


class _Terminal(io.BytesIO):
    """Bytes that a terminal shows."""

    def isatty(self) -> bool:
        return True


def goalcheck_here(*arguments: object, stdin: bytes = b"", terminal: bool = False, cwd: Path | str = ".") -> Run:
    """Run the command in this process: at a tenth of the cost, and where a test may have put something in its way."""
    made = _Terminal if terminal else io.BytesIO
    streams = [io.TextIOWrapper(made(data), encoding="utf-8") for data in (stdin, b"", b"")]
    status = _run(arguments, streams, cwd)
    return Run(status, *(stream.buffer.getvalue() for stream in streams[1:]))


def _run(arguments: Iterable[object], streams: Sequence[io.TextIOWrapper], cwd: Path | str) -> int:
    """The status of the command in this process, with ``streams`` for its own."""
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        with contextlib.chdir(cwd):
            main([str(argument) for argument in arguments])
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    for stream in streams[1:]:
        stream.flush()
    return status


def goalcheck_each(
    commands: Iterable[tuple[object, ...]], cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> list[Run]:
    """Run several commands; the outcomes in their order."""
    return [goalcheck(*arguments, cwd=cwd, env=env) for arguments in commands]


def shown_on_a_terminal(*arguments: object, cwd: Path) -> tuple[int, bytes]:
    """The status of the command, and what a real terminal gets to see of it, both streams."""
    import pty  # there is none on Windows

    leader, follower = pty.openpty()
    pieces = []

    def look() -> None:
        with contextlib.suppress(OSError):  # the other side is closed
            while piece := os.read(leader, 65536):
                pieces.append(piece)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        with open(follower, "w", encoding="utf-8") as stream, open(os.devnull, encoding="utf-8") as nothing:
            status = _run(arguments, (nothing, stream, stream), cwd)
    finally:
        looking.join()
        os.close(leader)
    return status, b"".join(pieces)


@functools.cache
def modules_of_lint() -> frozenset[str]:
    """The modules that are there when a faulty sheet has been checked, beside a ``pyproject.toml`` of others."""
    script = "import sys; from goalcheck.cli import main\ntry: main(['lint', 'a.txt'])\nfinally: print(*sys.modules)"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text(FAULTY, encoding="utf-8")
        (Path(folder) / "pyproject.toml").write_text('[project]\nname = "goalcheck"\n', encoding="utf-8")
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False)
    report, _, modules = done.stdout.decode().rstrip().rpartition("\n")
    assert (done.returncode, done.stderr) == (1, b"")
    assert "GC501" in report
    return frozenset(modules.split())
