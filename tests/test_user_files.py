"""Files that people name: whatever they turn out to be, the command ends at once, with a line that says what it met."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import FAULTY, goalcheck_here

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")


def _named() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each way to name a file: the file, the configuration that names it if one does, the arguments."""
    yield "named.toml", "", ("--config", "named.toml")
    yield "named.toml", 'extend = "named.toml"', ()
    yield "goalcheck.toml", "", ()
    yield "pyproject.toml", "", ()
    yield "known.json", "", ("--baseline", "known.json")
    yield "known.json", 'baseline = "known.json"', ()
    yield "known.json", "", ("--write-baseline", "known.json")
    yield "rules.toml", 'rules = ["rules.toml"]', ()
    yield "rules/own.toml", 'rules = ["rules"]', ()
    yield "classes.toml", "", ("--taxonomy", "classes.toml")
    yield "classes.toml", 'taxonomy = "classes.toml"', ()


def test_no_special_file_is_waited_for(tmp_path: Path) -> None:
    """A pipe without a writer, a device without an end, a link that leads nowhere, a folder."""
    kinds = {
        "is a pipe or a device": (os.mkfifo, lambda path: os.symlink("/dev/zero", path)),
        "no such file": (lambda path: os.symlink("nowhere", path),),
        "is a folder": (os.mkdir,),
    }
    number = 0
    for said, makers in kinds.items():
        for make in makers:
            for name, configuration, arguments in _named():
                if said == "is a folder" and name in ("pyproject.toml", "rules.toml"):
                    continue  # this one is nobody's configuration, that one a folder of rules
                if said == "no such file" and (configuration or "--write-baseline" in arguments):
                    continue  # said with the line that names it; a file that is not there may be written
                number += 1
                folder = tmp_path / str(number)
                folder.joinpath("rules").mkdir(parents=True)
                folder.joinpath("a.txt").write_text(FAULTY, encoding="utf-8")
                if configuration:
                    folder.joinpath("goalcheck.toml").write_text(configuration, encoding="utf-8")
                make(folder / name)
                run = goalcheck_here("lint", "a.txt", *arguments, "--lang", "en", cwd=folder)
                assert (run.status, run.out, len(run.complaints)) == (2, b"", 1), (name, configuration, arguments, said)
                assert run.complaints[0].startswith(f"goalcheck: {name}: {said}")


def test_what_nobody_writes_is_refused_at_once(tmp_path: Path) -> None:
    """Numbers and nesting that would cost time, memory or a traceback, in whatever place they stand."""
    long = "9" * 20_000
    chain = ".".join(["a"] * 300_000)
    (tmp_path / "a.txt").write_text(FAULTY, encoding="utf-8")
    for text, said in {
        f"\njobs = {long}": "2: this line has a number that is too large",
        f"# {long}\nlang = '{long}'\njobs = [\n1,\n-{long}]": "5: this line has a number that is too large",
        f"jobs = 0x{'f' * 20_000}": "1: this line has a number that is too large",
        f"[options.GC315]\nthreshold = {2**63}": "2: this line has a number that is too large",
        f"[options.GC315]\nthreshold = [1, {{ a = [{-(2**63) - 1}] }}]": "2: this line has a number that is too large",
        f"\n{chain} = 1": "2: is no TOML: brackets are nested too deeply",
        f"\n\n[{chain}]": "3: is no TOML: brackets are nested too deeply",
        f"x = {{ {chain} = 1 }}": "1: is no TOML: brackets are nested too deeply",
        f"x = {'[' * 200}{']' * 200}": " is no TOML: brackets are nested too deeply",
        f"x = {'{a=' * 5000}": " is no TOML: brackets are nested too deeply",
    }.items():
        (tmp_path / "goalcheck.toml").write_text(f"{text}\n", encoding="utf-8")
        run = goalcheck_here("lint", "a.txt", "--lang", "en", cwd=tmp_path)
        assert (run.status, run.out, len(run.complaints)) == (2, b"", 1), text[:40]
        assert run.complaints[0].startswith(f"goalcheck: goalcheck.toml:{said}"), text[:40]
