"""The rules of a run in, what SARIF says of each out: title, why, and its page of the manual as text and as Markdown.

Services show the page beside a finding. Its examples are not checked again, so it says less than ``goalcheck explain``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goalcheck.catalogue.rule import FAMILIES, Rule, Severity
from goalcheck.manual import handbook, pages, terminal

LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""What SARIF calls a severity."""

_PROBLEMS: Mapping[Severity, str] = {**LEVELS, Severity.INFO: "recommendation"}  # as GitHub calls them


def rules(used: Iterable[Rule], language: str) -> Iterator[dict[str, Any]]:
    """A descriptor for each rule, in the order of their codes. Folders may have some of their own: the first counts."""
    by_code: dict[str, Rule] = {}
    for rule in used:
        by_code.setdefault(rule.code, rule)
    for code in sorted(by_code):
        yield _descriptor(by_code[code], language)


def _descriptor(rule: Rule, language: str) -> dict[str, Any]:
    told = pages.page(rule, language, lambda *_: ())
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": message(rule.title[language])},
        "fullDescription": {"text": message(rule.why[language])},
        "help": {
            "text": message("".join(terminal.report(told, language))),
            "markdown": message(handbook.section(told, language), links=True),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "set": rule.set,
            "fix": rule.fix,
            "source": rule.source[language],
            "tags": [FAMILIES.get(rule.code[:3], "own")],
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def message(text: str, *, links: bool = False) -> str:
    """``text`` as a message string of SARIF: braces doubled, as they else stand for arguments, and no link in it."""
    text = text.replace("{", "{{").replace("}", "}}")
    return text if links else text.replace("](", "] (")
