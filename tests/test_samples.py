"""Every sample gives the report that stands in ``samples/expected``, through the command as users run it.

After a deliberate change of a message, ``python tests/update_golden.py`` writes the expectations anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from helpers import ROOT, Run, goalcheck

SAMPLES = ROOT / "samples"
FILES = SAMPLES / "files"
EXPECTED = SAMPLES / "expected"
CLEAN = "clean.txt"
SOUND = "sound"  # as are those that end so: one a layout


def reports() -> Iterator[tuple[str, str, list[str]]]:
    """Each expectation: its file's name, its sample, the options that must give it."""
    for sample in sorted(SAMPLES.glob("*.txt")):
        for form, suffix in (("text", "text"), ("concise", "concise"), ("json", "json")):
            yield f"{sample.stem}.{suffix}", sample.name, ["--format", form]
    yield "liwan-jinhua.en.text", "liwan-jinhua.txt", ["--lang", "en"]
    for file in sorted(FILES.iterdir()):
        yield f"{file.name}.concise", f"files/{file.name}", ["--format", "concise"]
    for name in ("liwan-jinhua.xlsx", "project-form.docx"):
        yield f"{name}.text", f"files/{name}", []


def lint(sample: str, options: list[str]) -> Run:
    """Lint ``sample`` from the root of the repository, so that its path is relative."""
    return goalcheck("lint", f"samples/{sample}", *options, "--color", "never", cwd=ROOT)


def comparable(name: str, report: str) -> Any:
    """A report without what changes from release to release."""
    if not name.endswith(".json"):
        return report
    parsed = json.loads(report)
    del parsed["tool"]["version"]
    return parsed


@pytest.mark.parametrize(("name", "sample", "options"), [pytest.param(*r, id=r[0]) for r in reports()])
def test_report(request: pytest.FixtureRequest, name: str, sample: str, options: list[str]) -> None:
    if sample.endswith(".pdf") and sample != "files/export.pdf":
        request.getfixturevalue("pdf_read_here")
    run = lint(sample, options)
    expected = (EXPECTED / name).read_bytes().decode("utf-8").replace("\r\n", "\n")
    assert comparable(name, run.text) == comparable(name, expected)
    assert run.status == (0 if sample == CLEAN or sample.endswith(f"{SOUND}.txt") else 1)
    if not name.endswith(".concise"):
        assert run.err == b""


def test_nothing_else_is_expected() -> None:
    assert {file.name for file in EXPECTED.iterdir()} == {name for name, _, _ in reports()}


def test_clean_sample_gives_nothing() -> None:
    run = lint(CLEAN, ["--format", "json", "--select", "ALL"])
    assert json.loads(run.out)["findings"] == []
    assert run.status == 0


def test_sound_sample_is_silent_in_core() -> None:
    """Forty and more indicators of different fields, each of them close to some fault."""
    run = lint(f"{SOUND}.txt", ["--format", "json"])
    made = json.loads(run.out)
    assert made["findings"] == []
    assert made["files"][0]["indicators"] >= 40


@pytest.mark.parametrize("sample", sorted(file.name for file in SAMPLES.glob(f"*-{SOUND}.txt")))
def test_sound_sheets_of_other_layouts_are_silent_in_core(sample: str) -> None:
    made = json.loads(lint(sample, ["--format", "json"]).out)
    assert made["findings"] == []
    assert made["files"][0]["indicators"] >= 6


def test_every_error_is_shown() -> None:
    catalogue = json.loads(goalcheck("rules", "--format", "json").out)
    errors = {rule["code"] for rule in catalogue if rule["severity"] == "error"}
    shown: set[str] = set()
    for expectation in EXPECTED.glob("*.json"):
        report = json.loads(expectation.read_text(encoding="utf-8"))
        shown.update(finding["rule"] for finding in report["findings"])
    assert errors <= shown
