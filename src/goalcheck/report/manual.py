"""A rule in, the page that explains it out; all rules in, the table of the catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from goalcheck.report.words import SEVERITIES
from goalcheck.rule import Catalogue, Rule

_OPEN = re.compile(r"\{[a-z0-9_]+\}")
_HEADS = {
    "zh": ("为什么", "怎么改", "依据", "错例（⟦⟧ 标出错处，⇥ 表示换列）", "正例"),
    "en": ("Why", "What to do", "Source", "Wrong (⟦⟧ marks the fault, ⇥ parts cells)", "Right"),
}
_FIXES = {
    "zh": {"none": "不自动修改", "safe": "可安全修改（只改形式）", "unsafe": "可给出修改建议"},
    "en": {"none": "no fix", "safe": "safe fix (form only)", "unsafe": "proposes a fix"},
}
_SETS = {"zh": {"core": "默认检查", "strict": "严格检查"}, "en": {"core": "core", "strict": "strict"}}


def explain(rule: Rule, language: str) -> Iterator[str]:
    """The page of one rule, as plain text."""
    facts = (SEVERITIES[rule.severity][language], _SETS[language][rule.set], _FIXES[language][rule.fix])
    yield f"{rule.code} {rule.name} ({', '.join(facts)})\n"
    yield f"\n{rule.title[language]}\n"
    why, instead, source, bad, good = _HEADS[language]
    for head, text in ((why, rule.why[language]), (instead, _advice(rule, language)), (source, rule.source[language])):
        yield f"\n{head}\n  {text}\n"
    yield f"\n{bad}\n"
    for example in rule.bad:
        yield _indented(example.marked)
        if example.fixed:
            yield _indented(f"→ {example.fixed}")
    yield f"\n{good}\n"
    for example in rule.good:
        yield _indented(example.marked)


def table(catalogue: Catalogue, language: str) -> Iterator[str]:
    """The catalogue, a line a rule."""
    width = max(len(rule.name) for rule in catalogue.rules)
    for rule in catalogue.rules:
        severity = SEVERITIES[rule.severity][language]
        gap = " " * (8 - len(severity) * (2 if language == "zh" else 1))
        yield f"{rule.code}  {rule.name:<{width}}  {severity}{gap}{rule.set:<7} {rule.title[language]}\n"


def table_json(catalogue: Catalogue, language: str) -> Iterator[str]:
    """The catalogue as a JSON array."""
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.label,
            "set": rule.set,
            "fix": rule.fix,
            "level": rule.level,
            "title": rule.title[language],
            "message": rule.message[language],
            "help": rule.help[language],
            "why": rule.why[language],
            "source": rule.source[language],
            "options": dict(rule.options),
        }
        for rule in catalogue.rules
    ]
    yield json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _advice(rule: Rule, language: str) -> str:
    """What to do, with figures left open; where it depends on the case, every case in turn."""
    cases = [words[language] for key, words in rule.phrases.items() if key.startswith("advice")]
    said = cases if rule.help[language] == "{advice}" else [rule.help[language]]
    return "\n  ".join(_OPEN.sub("…", text) for text in said)


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.rstrip("\n").split("\n"))
