"""What a page in a browser says of the rules: each as a JSON object, laid out by the page itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from goalcheck.catalogue.example import Example
from goalcheck.catalogue.load import catalogue, edition
from goalcheck.catalogue.rule import FAMILIES, Rule
from goalcheck.files import compiled
from goalcheck.manual import pages
from goalcheck.messages import LANGUAGES, all_words, say
from goalcheck.prose import json_text

_MAKERS = {"goalcheck.manual": ("pages", "rule_pages"), "goalcheck.prose": ("json_text", "sentences")}
"""The modules by which the objects come about: where one has changed, or a sentence, they are made anew."""


def rule_pages(codes: Iterable[str], rules: Iterable[Rule], language: str) -> Iterator[str]:
    """An object for each of ``codes``, as JSON on a line, in their order.

    A rule is looked for among ``rules``, where of those with one code the first counts, then among those that ship with
    goalcheck; of one that is in neither nothing is said.
    """
    ours = {rule.code: rule for rule in catalogue().rules}
    given: dict[str, Rule] = {}
    for rule in rules:
        given.setdefault(rule.code, rule)
    for code in sorted(codes):
        own, shipped = given.get(code), ours.get(code)
        if own is not None and own is not shipped:
            yield json_text.line(_page(own, language))
        elif shipped is not None:
            yield shipped_pages()[language][code]


@cache
def shipped_pages() -> Mapping[str, Mapping[str, str]]:
    """The objects of the rules that ship with goalcheck, by language and code."""
    return compiled.load("rule_pages", [edition(), repr(all_words()), *compiled.sources(_MAKERS)], _build)


def _build() -> Mapping[str, Mapping[str, str]]:
    rules = catalogue().rules
    return {language: {rule.code: json_text.line(_page(rule, language)) for rule in rules} for language in LANGUAGES}


def _page(rule: Rule, language: str) -> dict[str, Any]:
    told = pages.page(rule, language, lambda *_: ())
    family = rule.code[:3] if rule.code[:3] in FAMILIES else "site-rules"
    return {
        "code": rule.code,
        "name": rule.name,
        "family": family,
        "family_title": say(f"manual.{family}", language),
        "severity": rule.severity.label,
        "title": told.title,
        "facts": told.facts,
        "why": told.why,
        "source": told.source,
        "help": told.help,
        "bad": [_example(case.example) for case in told.bad],
        "good": [_example(example) for example in told.good],
        "note": told.note,
        "switch": told.switch,
    }


def _example(example: Example) -> dict[str, str]:
    made = {"text": example.marked.rstrip("\n")}
    return made if example.fixed is None else {**made, "fixed": example.fixed.rstrip("\n")}
