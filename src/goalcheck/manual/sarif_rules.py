"""What SARIF says of the rules of a run: title, why, and the page of the manual as text and as Markdown.

Services show the page beside a finding. Its examples are not checked again, so it says less than ``goalcheck explain``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from goalcheck.catalogue.load import catalogue, edition
from goalcheck.catalogue.rule import FAMILIES, Rule, Severity
from goalcheck.files import compiled
from goalcheck.manual import handbook, pages, terminal
from goalcheck.messages import LANGUAGES, all_words
from goalcheck.prose import json_text

LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""What SARIF calls a severity."""

_PROBLEMS: Mapping[Severity, str] = {**LEVELS, Severity.INFO: "recommendation"}  # as GitHub calls them


_MAKERS = {
    "goalcheck.manual": ("handbook", "pages", "sarif_rules", "terminal"),
    "goalcheck.prose": ("json_text", "layout", "sentences", "width"),
}
"""The modules by which the descriptors come about: where one has changed, or a sentence, they are made anew."""


def rules(used: Iterable[Rule], language: str) -> Iterator[str]:
    """A descriptor for each rule, as JSON on a line, in the order of their codes.

    Folders may have some rules of their own: of those with one code the first counts.
    """
    by_code: dict[str, Rule] = {}
    for rule in used:
        by_code.setdefault(rule.code, rule)
    shipped = shipped_rules()[language]
    for code, rule in sorted(by_code.items()):
        yield shipped[code] if catalogue().find(code) is rule else json_text.line(_descriptor(rule, language))


@cache
def shipped_rules() -> Mapping[str, Mapping[str, str]]:
    """The descriptors of the rules that ship with goalcheck, by language and code: to lay out their pages takes longer
    than to check a sheet.
    """
    return compiled.load("sarif", [edition(), repr(all_words()), *compiled.sources(_MAKERS)], _build)


def _build() -> Mapping[str, Mapping[str, str]]:
    shipped = catalogue().rules
    return {
        language: {rule.code: json_text.line(_descriptor(rule, language)) for rule in shipped} for language in LANGUAGES
    }


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
