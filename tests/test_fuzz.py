"""The programs that fuzz: they run, they see what is broken, they give the same inputs every time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT, environment

pytestmark = pytest.mark.slow

FUZZ = ROOT / "tests" / "fuzz"
PROGRAMS = sorted(path.name for path in FUZZ.glob("fuzz_*.py"))


def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment(), timeout=1200, check=False)


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_find_nothing(program: str) -> None:
    """On the first seeds; CI goes on with all of them, and with what comes of them."""
    done = run(FUZZ / program, "--plain", "--runs", 400)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().splitlines()[-1] == "400 inputs, nothing wrong"


BROKEN = {
    "raises": "raise ValueError('broken')",
    "exits": "raise SystemExit(0)",
    "is slow": "start = time.process_time()\n        while time.process_time() < start + 1.1: pass",
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_broken_is_seen_and_kept(tmp_path: Path, how: str) -> None:
    program = tmp_path / "fuzz_broken.py"
    program.write_text(
        f"import sys, time\nfrom pathlib import Path\nsys.path.insert(0, {str(FUZZ)!r})\nimport harness\n"
        "harness.FOUND = Path(__file__).parent / 'found'\n"
        f"def target(data):\n    if data.startswith(b'x'):\n        {BROKEN[how]}\n"
        "harness.fuzz(lambda: target, lambda: [b'a', b'b', b'xyz'])\n",
        encoding="utf-8",
    )
    done = run(program, "--plain", "--runs", 50)
    assert done.returncode != 0
    (kept,) = (tmp_path / "found").iterdir()
    assert kept.read_bytes() == b"xyz"
    assert run(program, kept).returncode != 0


def test_inputs_are_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FUZZ))
    from harness import mutants
    from seeds import led

    seeds = led(b"\0\1")
    first, second, other = (list(mutants(seeds, len(seeds) + 200, seed)) for seed in (1, 1, 2))
    assert first == second != other
    assert first[: len(seeds)] == seeds
    assert len(set(first)) > len(seeds) + 150


def test_ci_runs_every_program() -> None:
    told = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for program in PROGRAMS:
        assert f"tests/fuzz/{program} --runs" in told
        assert program in (ROOT / "docs" / "fuzzing.md").read_text(encoding="utf-8")
