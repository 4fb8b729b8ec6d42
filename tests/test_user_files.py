"""Files that people name: whatever they turn out to be, the command ends at once, with a line that says what it met."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import product
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
    kinds: dict[str, tuple[Callable[[Path], None], str]] = {
        "pipe": (os.mkfifo, "is a pipe or a device"),
        "device": (lambda path: path.symlink_to("/dev/zero"), "is a pipe or a device"),
        "link": (lambda path: path.symlink_to("nowhere"), "no such file"),
        "folder": (Path.mkdir, "is a folder"),
    }
    for number, (kind, (name, configuration, arguments)) in enumerate(product(kinds, _named())):
        make, said = kinds[kind]
        if kind == "folder" and name in ("pyproject.toml", "rules.toml"):
            continue  # this one is nobody's configuration, that one a folder of rules
        if kind in ("device", "link") and configuration:
            continue  # said with the line that names it
        if kind == "link" and "--write-baseline" in arguments:
            continue  # a file that is not there yet
        folder = tmp_path / str(number)
        folder.joinpath("rules").mkdir(parents=True)
        folder.joinpath("a.txt").write_text(FAULTY, encoding="utf-8")
        if configuration:
            folder.joinpath("goalcheck.toml").write_text(configuration, encoding="utf-8")
        make(folder / name)
        run = goalcheck_here("lint", "a.txt", *arguments, "--lang", "en", cwd=folder)
        assert (run.status, run.out, len(run.complaints)) == (2, b"", 1), (kind, name, arguments)
        assert run.complaints[0].startswith(f"goalcheck: {name}: {said}"), (kind, name, arguments)


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


def test_a_configuration_reaches_nothing_outside_its_folder(tmp_path: Path) -> None:
    """By no spelling and over no link, whether it is there or not; said with file and line, and nothing is written."""
    outside = tmp_path / "outside"
    home = tmp_path / "home"
    for folder in (outside, home / "rules", home / "deep" / "er"):
        folder.mkdir(parents=True)
    for name in ("named.toml", "known.json", "report.txt", "rules.toml"):
        (outside / name).write_text("kept", encoding="utf-8")
    home.joinpath("a.txt").write_text(FAULTY, encoding="utf-8")
    home.joinpath("far").symlink_to(outside)
    home.joinpath("rules/linked.toml").symlink_to(outside / "rules.toml")
    ways = ("../outside", f"{outside}", "far", "deep/../../outside", "deep/er/../../../outside", "C:/x", "//x")
    keys = {"extend": "named.toml", "baseline": "known.json", "output": "report.txt", "rules": "", "taxonomy": "c.toml"}
    for way in ways:
        for key, name in keys.items():
            path = f"{way}/{name}".rstrip("/")
            value = f'["nowhere",\n"{path}"]' if key == "rules" else f'"{path}"'
            home.joinpath("goalcheck.toml").write_text(f"\n{key} = {value}\n", encoding="utf-8")
            run = goalcheck_here("lint", "a.txt", "--lang", "en", cwd=home)
            assert (run.status, run.out, len(run.complaints)) == (2, b"", 1), (key, path)
            assert run.complaints[0].startswith(f"goalcheck: goalcheck.toml:{3 if key == 'rules' else 2}: ")
            assert " lies outside the folder of this file; " in run.complaints[0]
    home.joinpath("goalcheck.toml").write_text('rules = ["rules"]\n', encoding="utf-8")
    run = goalcheck_here("lint", "a.txt", "--lang", "en", cwd=home)
    assert run.complaints[0].startswith("goalcheck: goalcheck.toml:1: rules/linked.toml lies outside")
    assert {file.read_text(encoding="utf-8") for file in outside.iterdir()} == {"kept"}


def test_paths_within_the_folder_hold_however_they_are_spelt(tmp_path: Path) -> None:
    """Also where the folder itself is reached over a link."""
    home = tmp_path / "home"
    (home / "deep").mkdir(parents=True)
    home.joinpath("base.toml").write_text('ignore = ["GC501"]\n', encoding="utf-8")
    home.joinpath("deep/linked.toml").symlink_to(home / "base.toml")
    home.joinpath("a.txt").write_text(FAULTY, encoding="utf-8")
    tmp_path.joinpath("link").symlink_to(home)
    for path in ("base.toml", "./base.toml", "deep/../base.toml", "deep/linked.toml", f"{home}/base.toml"):
        home.joinpath("goalcheck.toml").write_text(f'extend = "{path}"\n', encoding="utf-8")
        for folder in ("home", "link"):
            assert goalcheck_here("lint", f"{folder}/a.txt", cwd=tmp_path).status == 0, path


def test_building_on_the_configuration_above(tmp_path: Path) -> None:
    """From folder to folder, over those without one; it ends where nothing is above, and where too many build up."""
    folder = tmp_path
    for number in range(20):
        folder = folder / f"f{number}"
        (folder / "between").mkdir(parents=True)
        folder = folder / "between"
        (folder / "goalcheck.toml").write_text('\nextend = "above"\n', encoding="utf-8")
    (folder / "a.txt").write_text(FAULTY, encoding="utf-8")
    top = tmp_path / "f0" / "between" / "goalcheck.toml"
    run = goalcheck_here("lint", "a.txt", "--lang", "en", cwd=folder)
    assert "goalcheck.toml:2: more than 16 files build on one another" in run.complaints[0]
    run = goalcheck_here("lint", "--lang", "en", "--config", top, folder / "a.txt")
    assert f"{top}:2: no folder above has a configuration" in run.complaints[0]
    top = folder.parent.parent.parent.parent / "goalcheck.toml"
    top.write_text('ignore = ["GC501"]\n', encoding="utf-8")
    assert goalcheck_here("lint", "a.txt", cwd=folder).status == 0
    (folder / "above").write_text('ignore = ["GC304"]\n', encoding="utf-8")
    (folder / "goalcheck.toml").write_text('extend = "./above"\n', encoding="utf-8")
    assert goalcheck_here("lint", "a.txt", cwd=folder).status == 1, "a file of that name"
