"""Nobody is told of ordinals, semicolons or the labels of the packed cell in a form that has none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers import ROOT, check_strictly

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.messages import LANGUAGES
from goalcheck.report import sentences

RULES = catalogue().rules

OF_PACKED_CELLS = re.compile(
    r"序号|分号|实施周期|第.项|[\u4e00-\u9fff]; [\u4e00-\u9fff\u2026]|\d-[\u4e00-\u9fff]|ordinal|semicolon"
)
"""What only those see who write all indicators in one cell."""


def sayings(text: str) -> Iterator[tuple[str, str]]:
    """The rule of each finding, and all that is said of it, in both languages."""
    for finding in check_strictly(text).findings:
        for language in LANGUAGES:
            said = [sentences.message(finding, language), sentences.advice(finding, language)]
            said += [sentences.related(finding, related.term, language) for related in finding.related]
            yield finding.code, " ".join(said)


def test_findings_speak_of_what_the_form_has() -> None:
    texts = [made.in_sheet(rule.level).text for rule in RULES for made in rule.bad if made.layout != "packed"]
    texts += [
        (ROOT / "samples" / f"{name}.txt").read_text("utf-8") for name in ("export", "project-form", "two-values")
    ]
    texts += [sheet.read_text("utf-8") for sheet in (ROOT / "tests" / "sheets").glob("*.tsv")]
    seen = set()
    for text in texts:
        for code, said in sayings(text):
            seen.add(code)
            assert not OF_PACKED_CELLS.search(said), (code, said)
    assert len(seen) > 25


OF_TABLES = re.compile("列名|表头|[这那一]列|[这一]行|各行|合计行|column|header|\\brow\\b")
"""What a form of one project does not have: columns of amounts, and rows that add up."""


def test_a_form_is_told_of_no_columns() -> None:
    form = (ROOT / "samples" / "project-form-sound.txt").read_text("utf-8")
    lines = form.split("\n")
    seen = set()
    for number, line in enumerate(lines[:12]):
        for at, cell in enumerate(cells := line.split("\t")):
            for other in ("", "12..5", "-3", "99999") if cell else ():
                changed = "\t".join((*cells[:at], other, *cells[at + 1 :]))
                for code, said in sayings("\n".join((*lines[:number], changed, *lines[number + 1 :]))):
                    seen.add(code)
                    assert not OF_TABLES.search(said), said
    assert seen >= {"GC105", "GC403", "GC409"}


def test_rules_name_examples_of_the_layouts_they_are_for() -> None:
    """The findings that look different by rows are shown as they look there."""
    shown = {rule.code: layouts(rule) for rule in catalogue().rules}
    for code in ("GC203", "GC301", "GC303", "GC304", "GC307", "GC503"):
        assert shown[code] >= {"packed", "rows", "blocks"}, code
    assert shown["GC403"] >= {"packed", "blocks"}
    assert shown["GC501"] >= {"packed", "rows", "blocks"}


def layouts(rule: Rule) -> set[str]:
    return {made.layout for made in rule.bad}
