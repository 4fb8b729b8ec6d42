"""What the two READMEs promise is true of the command, and both promise the same.

``python tests/update_golden.py`` refreshes the reports that they quote.
"""

from __future__ import annotations

import json
import re

import pytest
from helpers import ROOT, goalcheck

READMES = ("README.md", "README.zh-CN.md")
SHEET = "samples/liwan-jinhua.txt"
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (.+) \|$", re.MULTILINE)
OPTION = re.compile(r"^ +(?:-\w, )?(--[a-z-]+)(?: ([A-Za-z0-9|-]+))?(?= |$)", re.MULTILINE)

pytestmark = pytest.mark.parametrize("name", READMES)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, *languages: str) -> list[str]:
    """The fenced blocks of a README in these languages."""
    return [match[2].rstrip("\n") for match in FENCED.finditer(read(name)) if match[1] in languages]


def rows(name: str) -> list[list[str]]:
    """The rows of its tables as cells."""
    return [match[1].split(" | ") for match in ROW.finditer(read(name))]


def quotes_report(block: str) -> bool:
    """Whether a block quotes the report of the sheet."""
    return block.startswith(SHEET)


def report(block: str) -> list[str]:
    """The paragraphs of the report that ``block`` quotes, in the language of the quotation."""
    language = "en" if "\n  error" in block else "zh"
    return goalcheck("lint", SHEET, "--lang", language, cwd=ROOT).text.rstrip("\n").split("\n\n")


def test_set_up_and_test_are_single_lines(name: str) -> None:
    lines = blocks(name, "sh", "bat")
    for start, folder in (("python3 -m venv", ".venv/bin/"), ("py -3 -m venv", ".venv\\Scripts\\")):
        setup, test = (block for block in lines if block.startswith(start))
        assert "\n" not in setup
        assert f"{folder}goalcheck lint {SHEET}".replace("\\", "/") in setup.replace("\\", "/")
        assert "\n" not in test
        assert test.endswith(f"{folder}python -m pytest")


def test_commands_and_figures_are_the_same_in_both(name: str) -> None:
    assert blocks(name, "sh", "bat") == blocks(READMES[0], "sh", "bat")
    assert [cells[0] for cells in codes(name)] == [cells[0] for cells in codes(READMES[0])]


def codes(name: str) -> list[list[str]]:
    """The rows that begin with an option, a command, a status or the code of a family."""
    return [cells for cells in rows(name) if re.match(r"`|GC\d$|\d$", cells[0])]


def test_options_are_those_of_lint(name: str) -> None:
    told = {cells[0].strip("`").split(", ")[-1]: cells[1] for cells in rows(name) if re.match("`-", cells[0])}
    offered = dict(OPTION.findall(goalcheck("lint", "--help").text))
    assert set(told) == set(offered)
    for option, choices in offered.items():
        missing = [choice for choice in choices.split("|") if choice.islower() and f"`{choice}`" not in told[option]]
        assert not missing, option


def test_options_of_fix_are_told(name: str) -> None:
    """Those that lint has as well are in its table."""
    own, shared = (dict(OPTION.findall(goalcheck(command, "--help").text)) for command in ("fix", "lint"))
    assert set(own) - set(shared) == {"--diff", "--unsafe-fixes"}
    for option in set(own) - set(shared):
        assert f"`{option}`" in read(name)


def test_commands_are_those_there_are(name: str) -> None:
    told = {match[1] for cells in rows(name) if (match := re.match(r"`goalcheck ([a-z]+)", cells[0]))}
    listed = goalcheck("--help", "--lang", "en").text.partition("Commands:\n")[2]
    assert told == set(re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))


def test_statuses_are_documented(name: str) -> None:
    assert [cells[0] for cells in rows(name) if re.fullmatch(r"\d", cells[0])] == ["0", "1", "2"]


def test_families_are_those_of_the_catalogue(name: str) -> None:
    catalogue = json.loads(goalcheck("rules", "--format", "json").out)
    told = [cells[0] for cells in rows(name) if cells[0].startswith("GC")]
    assert told == sorted({rule["code"][:3] for rule in catalogue})


def test_quoted_report_is_printed(name: str) -> None:
    (quotation,) = filter(quotes_report, blocks(name, "text"))
    printed = report(quotation)
    assert [paragraph for paragraph in quotation.split("\n\n") if paragraph not in printed] == []


def test_python_example_runs(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = blocks(name, "python")
    monkeypatch.chdir(ROOT)
    exec(compile(program, name, "exec"), {"__name__": "__main__"})  # noqa: S102  # the page's own
    assert "GC203" in capsys.readouterr().out


def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", read(name))
    assert links
    titles = re.findall(r"^#+ (.+)$", read(name), re.MULTILINE)
    headings = {"#" + title.lower().replace(" ", "-") for title in titles}
    assert [link for link in links if link not in headings and not (ROOT / link).exists()] == []
