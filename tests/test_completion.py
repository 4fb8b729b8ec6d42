"""What a shell is told when it asks what may stand next, in the words in which shells ask."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import ROOT, Run, environment, goalcheck_here, tried_on

from goalcheck import cli
from goalcheck.catalogue import load

ALL = [record["code"] for record in json.loads(goalcheck_here("rules", "--format", "json", "--isolated").out)]
FAMILIES = [f"GC{number}" for number in range(1, 7)]
ASKED = "_GOALCHECK_COMPLETE"

Ask = Callable[..., list[str]]


def said(shell: str, words: str, at: object, monkeypatch: pytest.MonkeyPatch) -> str:
    """What ``shell`` is told of the command line ``words``, the cursor being ``at`` what it names."""
    with monkeypatch.context() as patch:
        for name, value in ((ASKED, f"{shell}_complete"), ("COMP_WORDS", words), ("COMP_CWORD", str(at))):
            patch.setenv(name, value)
        run = goalcheck_here()
    assert (run.status, run.err) == (0, b"")
    return run.text


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    """Ask as bash does: what the words are, the last one being typed. The answers, each with its kind."""
    monkeypatch.chdir(tmp_path)

    def bash(*words: str) -> list[str]:
        line = "\n".join(map(shlex.quote, ("goalcheck", *words))).removesuffix("''")
        return [answer for answer in said("bash", line, len(words), monkeypatch).splitlines() if answer]

    return bash


def plain(*values: str) -> list[str]:
    return [f"plain,{value}" for value in values]


def commands() -> list[str]:
    listed = goalcheck_here("--help", "--lang", "en").text.partition("Commands:\n")[2]
    return re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE)


def options(command: str) -> list[str]:
    return re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", goalcheck_here(command, "--help").text, re.MULTILINE)


def test_commands(ask: Ask) -> None:
    assert ask("") == ["file,", *plain(*commands())]
    assert ask("ex") == ["file,ex", *plain("explain")]
    assert ask("--lang", "en", "li") == ["file,li", *plain("lint")]
    assert ask("nothing-of-the-kind") == ["file,nothing-of-the-kind"]


def test_a_file_in_the_place_of_a_command_has_the_options_of_lint(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    assert ask("a.txt", "--write-b") == plain("--write-baseline")
    assert ask("*.txt", "--profile", "s") == plain("strict")
    assert ask("b.txt", "--write-b") == []


@tried_on("command", commands())
def test_options(ask: Ask, command: str) -> None:
    offered = [answer.partition(",")[2] for answer in ask(command, "-")]
    assert "-h" in offered
    offered = [option for option in offered if not option.startswith("--no-")]
    assert [option for option in offered if option.startswith("--")] == options(command)


def test_options_of_the_program_itself(ask: Ask) -> None:
    assert ask("--") == plain("--lang", "--version", "--help")


def test_option_once_given_is_not_offered_again(ask: Ask) -> None:
    assert ask("lint", "--isolated", "--i") == plain("--ignore")
    assert ask("lint", "--ignore", "GC1", "--ig") == plain("--ignore")


def test_one_of_a_few_words(ask: Ask) -> None:
    assert ask("lint", "--profile", "") == plain("core", "strict")
    assert ask("lint", "--fail-on", "n") == plain("never")
    assert ask("lint", "--ambiguous-width", "") == plain("1", "2")
    assert "plain,json" in ask("lint", "--format", "j")


def test_value_behind_an_equals_sign(ask: Ask) -> None:
    """bash parts it off, other shells leave it where it is."""
    assert ask("lint", "--profile", "=", "s") == plain("strict")
    assert ask("lint", "--profile", "=") == plain("core", "strict")
    assert ask("lint", "--profile=s") == plain("strict")


def test_rules(ask: Ask) -> None:
    codes = [answer.partition(",")[2] for answer in ask("explain", "")]
    assert codes[: len(ALL)] == ALL
    assert ask("explain", "gc30")[:2] == plain("GC301", "GC302")
    assert ask("explain", "percent-out") == plain("percent-out-of-range")
    assert ask("explain", "ALL") == []


@tried_on("option", ["--select", "--extend-select", "--ignore"])
@tried_on("command", ["lint", "fix"])
def test_selectors(ask: Ask, command: str, option: str) -> None:
    assert ask(command, option, "")[: 1 + len(FAMILIES)] == plain("ALL", *FAMILIES)
    assert ask(command, option, "GC40") == plain(*[code for code in ALL if code.startswith("GC40")])
    assert ask(command, option, "percent-out") == plain("percent-out-of-range")


def test_selectors_behind_a_comma(ask: Ask) -> None:
    assert ask("lint", "--select", "GC1,missing-go") == plain("GC1,missing-goal")
    assert ask("lint", "--select", "GC1,GC301,GC30")[0] == "plain,GC1,GC301,GC302"
    assert ask("lint", "--select", "GC1,")[:2] == plain("GC1,ALL", "GC1,GC2")


def test_rules_of_ones_own(ask: Ask, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "own-rules.md").read_text(encoding="utf-8")
    record = next(block for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL) if "CZ001" in block)
    (tmp_path / "own.toml").write_text(record, encoding="utf-8")
    (tmp_path / "goalcheck.toml").write_text('rules = ["own.toml"]\n', encoding="utf-8")
    assert ask("lint", "--select", "CZ") == plain("CZ", "CZ001")
    assert ask("lint", "--isolated", "--select", "CZ") == []
    (tmp_path / "goalcheck.toml").write_text("rules = 7\n", encoding="utf-8")
    assert ask("lint", "--select", "GC304") == plain("GC304"), "a broken configuration does not stand in the way"


@tried_on(
    "words",
    [("lint",), ("fix",), ("parse",), ("lint", "--config"), ("lint", "-o"), ("explain", "--output"), ("lint", "a.txt")],
    ids=" ".join,
)
def test_files(ask: Ask, words: tuple[str, ...]) -> None:
    assert ask(*words, "she") == ["file,she"]


def test_folders(ask: Ask) -> None:
    assert ask("rules", "--test", "ru") == ["dir,ru"]


def test_taxonomies_and_files(ask: Ask) -> None:
    assert ask("lint", "--taxonomy", "central") == ["file,central", *plain("central-2015", "central-2021")]
    assert ask("lint", "--taxonomy", "my") == ["file,my"]


@pytest.mark.parametrize(
    "words", [("--version", ""), ("lnt", "--f"), ("lint", "--select", ""), ("lint", "--nope", "-")]
)
def test_what_is_wrong_before_prints_nothing_else(ask: Ask, words: tuple[str, ...]) -> None:
    assert [answer for answer in ask(*words) if not re.match("(plain|file|dir),", answer)] == []


def test_help_is_in_the_language_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said("zsh", "goalcheck ru", "1", monkeypatch) == "file\nru\n_\nplain\nrules\n列出全部规则。\n"
    assert said("zsh", "goalcheck --lang en ru", "3", monkeypatch) == "file\nru\n_\nplain\nrules\nList all rules.\n"
    assert said("fish", "goalcheck --lang en ru", "ru", monkeypatch) == "file,ru\nplain,rules\tList all rules.\n"
    option = said("zsh", "goalcheck --lang=en lint --isol", "3", monkeypatch)
    assert option == "plain\n--isolated\nuse no configuration file\n"
    title = said("fish", "goalcheck lint --lang en --select GC304", "GC304", monkeypatch)
    assert title.startswith("plain,GC304\t")
    assert title.removeprefix("plain,GC304\t").isascii()


def test_commands_are_completed_without_importing_them() -> None:
    """Nor any rule or configuration: a key press must not wait for those."""
    program = "import sys; from goalcheck.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    env = environment(**{ASKED: "bash_complete", "COMP_WORDS": "goalcheck ", "COMP_CWORD": "1"})
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert "plain,lint" in done.stdout
    modules = set(done.stderr.split())
    heavy = {
        "lark",
        "tomllib",
        "goalcheck.rules",
        "goalcheck.config",
        "goalcheck.files.inputs",
        "goalcheck.cli.running",
    }
    heavy |= {f"goalcheck.checks.{family}" for family in load.FAMILIES.values()}
    heavy |= {f"goalcheck.cli.{module}" for module, _ in cli.COMMANDS.values()}
    assert modules & heavy == set()


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Run]:
    def ask_for(shell: str) -> Run:
        monkeypatch.setenv(ASKED, f"{shell}_source")
        return goalcheck_here()

    return ask_for


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_those_that_the_page_tells_of(shell: str, script: Callable[[str], Run]) -> None:
    page = (ROOT / "docs" / "completion.md").read_text(encoding="utf-8")
    assert f"{ASKED}={shell}_source goalcheck" in page
    run = script(shell)
    assert run.status == 0
    assert f"{ASKED}={shell}_complete" in run.text


def test_script_for_fish_keeps_what_stands_behind_a_comma(script: Callable[[str], Run]) -> None:
    assert 'string split --max 1 ","' in script("fish").text


BASH = r"""
eval "$(_GOALCHECK_COMPLETE=bash_source goalcheck)"
complete -p goalcheck
compopt() { :; }  # works while bash completes alone
try() {
    COMP_WORDS=(goalcheck "$@"); COMP_CWORD=$#; COMPREPLY=()
    _goalcheck_completion goalcheck
    printf '%s ' "${COMPREPLY[@]}"; echo
}
try par
try lint --profile ''
try lint --select GC301,GC31
try lint --profile = s
"""


@pytest.mark.slow
def test_in_bash_itself(tmp_path: Path) -> None:
    """Its script is sourced, and its function called as bash calls it, in every system that has bash."""
    bash = shutil.which("bash")
    if bash is None:
        assert sys.platform == "win32"
        return
    (tmp_path / "goalcheck").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m goalcheck "$@"\n')
    (tmp_path / "goalcheck").chmod(0o755)
    env = environment(PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run(
        [bash, "--norc", "-c", BASH], env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    registered, command, profiles, rules, after = done.stdout.splitlines()
    assert "-F _goalcheck_completion goalcheck" in registered
    assert (command.split(), profiles.split(), after.split()) == (["parse"], ["core", "strict"], ["strict"])
    assert rules.split() == [f"GC301,{code}" for code in ALL if code.startswith("GC31")]
