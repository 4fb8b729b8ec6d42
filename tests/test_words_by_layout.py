"""Nobody is told of ordinals, semicolons or the labels of the packed cell in a form that has none of these."""

from __future__ import annotations

import json
import re
from pathlib import Path

from helpers import ROOT, goalcheck

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule

OF_PACKED_CELLS = re.compile(
    r"序号|分号|实施周期|第.项|[\u4e00-\u9fff]; [\u4e00-\u9fff\u2026]|\d-[\u4e00-\u9fff]|ordinal|semicolon"
)
"""What only those see who write all indicators in one cell."""


def test_findings_speak_of_what_the_form_has(tmp_path: Path) -> None:
    for rule in catalogue().rules:
        for number, made in enumerate(rule.bad):
            if made.layout != "packed":
                text = made.in_sheet(rule.level).text
                (tmp_path / f"{rule.code}-{number}.txt").write_text(text, encoding="utf-8")
    for name in ("export", "project-form", "two-values"):
        (tmp_path / f"{name}.txt").write_bytes((ROOT / "samples" / f"{name}.txt").read_bytes())
    for sheet in (ROOT / "tests" / "sheets").glob("*.tsv"):
        (tmp_path / sheet.name).write_bytes(sheet.read_bytes())
    for language in ("zh", "en"):
        run = goalcheck("lint", ".", "--profile", "strict", "--format", "json", "--lang", language, cwd=tmp_path)
        findings = json.loads(run.text)["findings"]
        assert len({finding["rule"] for finding in findings}) > 25
        for finding in findings:
            said = (finding["message"], finding["help"], *(other["message"] for other in finding["related"]))
            assert not OF_PACKED_CELLS.search(" ".join(said)), (finding["rule"], said)


OF_TABLES = re.compile("列名|表头|[这那一]列|[这一]行|各行|合计行|column|header|\\brow\\b")
"""What a form of one project does not have: columns of amounts, and rows that add up."""


def test_a_form_is_told_of_no_columns(tmp_path: Path) -> None:
    form = (ROOT / "samples" / "project-form-sound.txt").read_text("utf-8")
    lines = form.split("\n")
    for number, line in enumerate(lines[:12]):
        for at, cell in enumerate(cells := line.split("\t")):
            for other in ("", "12..5", "-3", "99999") if cell else ():
                changed = "\t".join((*cells[:at], other, *cells[at + 1 :]))
                text = "\n".join((*lines[:number], changed, *lines[number + 1 :]))
                (tmp_path / f"{number}-{at}-{other}.txt").write_text(text, encoding="utf-8")
    for language in ("zh", "en"):
        run = goalcheck("lint", ".", "--profile", "strict", "--format", "json", "--lang", language, cwd=tmp_path)
        findings = json.loads(run.text)["findings"]
        assert {finding["rule"] for finding in findings} >= {"GC105", "GC403", "GC409"}
        for finding in findings:
            assert not OF_TABLES.search(f"{finding['message']} {finding['help']}"), finding["message"]


def test_rules_name_examples_of_the_layouts_they_are_for() -> None:
    """The findings that look different by rows are shown as they look there."""
    shown = {rule.code: layouts(rule) for rule in catalogue().rules}
    for code in ("GC203", "GC301", "GC303", "GC304", "GC307", "GC503"):
        assert shown[code] >= {"packed", "rows", "blocks"}, code
    assert shown["GC403"] >= {"packed", "blocks"}
    assert shown["GC501"] >= {"packed", "rows", "blocks"}


def layouts(rule: Rule) -> set[str]:
    return {made.layout for made in rule.bad}
