"""A rule in, what the manual says of it out; all rules in, the table of the catalogue.

record, and what the rule finds in its own examples ─▶ Page ─▶ page.py: for a terminal
                                                           ─▶ handbook.py: all of them as Markdown
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from goalcheck.catalogue import example
from goalcheck.catalogue.example import Example
from goalcheck.catalogue.load import Catalogue
from goalcheck.catalogue.rule import FAMILIES, Rule
from goalcheck.finding import Finding
from goalcheck.messages import Words
from goalcheck.prose import json_text, sentences
from goalcheck.prose.sentences import SEVERITIES

_OPEN = re.compile(r"\{[a-z0-9_]+\}")

SAYINGS: Mapping[str, Words] = {
    "core": Words("默认检查", "on by default"),
    "strict": Words("默认不查", "off by default"),
    "none": Words("不自动修改", "not mended automatically"),
    "safe": Words("goalcheck fix 能改好", "mended by goalcheck fix"),
    "unsafe": Words("goalcheck fix --unsafe-fixes 按建议改", "mended as proposed by goalcheck fix --unsafe-fixes"),
    "what": Words("查什么", "What it finds"),
    "why": Words("为什么", "Why"),
    "source": Words("依据", "Source"),
    "bad": Words("错例", "Wrong"),
    "help": Words("怎么改", "What to do"),
    "good": Words("正例", "Right"),
    "options": Words("可以调整的", "Options"),
    "off": Words("怎样不查它", "How to switch it off"),
    "on": Words("怎样查它", "How to switch it on"),
    "fixed": Words("改后：", "Mended:"),
    "options-here": Words("写在 goalcheck.toml 里，下面是默认值：", "In goalcheck.toml; these are the defaults:"),
    "off-once": Words("只这一次：", "Once:"),
    "off-always": Words("以后都不查，写在 goalcheck.toml 里：", "For good, in goalcheck.toml:"),
    "off-file": Words("只有某个文件不查，写在 goalcheck.toml 里：", "For one file, in goalcheck.toml:"),
    "on-once": Words("只这一次：", "Once:"),
    "on-always": Words("以后都查，写在 goalcheck.toml 里：", "For good, in goalcheck.toml:"),
    "on-strict": Words("连同其他默认不查的规则：", "With all others that are off by default:"),
    "file": Words("某个表.txt", "that-sheet.txt"),
    "marks": Words("例子里，⟦…⟧ 标出错处。", "In the examples ⟦…⟧ marks the fault."),
    "cells": Words("⇥ 表示换到下一格。", "⇥ stands for the step to the next cell."),
    "stand-ins": Words(
        "〔目标〕〔指标〕代表填好的绩效目标和绩效指标。",
        "〔目标〕 and 〔指标〕 stand for a goal and indicators as they should be.",
    ),
    "GC1": Words("表格和条目的形式", "form of the sheet and of an entry"),
    "GC2": Words("指标的分类", "classification of indicators"),
    "GC3": Words("指标值", "values"),
    "GC4": Words("金额与合计", "amounts and sums"),
    "GC5": Words("完整与重复", "completeness and repetition"),
    "GC6": Words("文字表述", "wording"),
    "own": Words("另加的规则", "rules that were added"),
}

Finder = Callable[[Rule, str], Sequence[Finding]]
"""Runs one rule on one sheet."""


@attrs.frozen
class Case:
    """A wrong example, what the report says of it, what it proposes, and how the text reads once mended."""

    example: Example
    said: tuple[str, ...]
    advice: tuple[str, ...]


@attrs.frozen
class Page:
    """What the manual says of a rule, in one language; ``switch`` are ways to put it off or on, with what to write."""

    rule: Rule
    title: str
    facts: tuple[str, ...]
    why: str
    source: str
    bad: tuple[Case, ...]
    help: tuple[str, ...]
    good: tuple[Example, ...]
    note: str
    options: str
    switch: tuple[tuple[str, ...], ...]


def say(key: str, language: str) -> str:
    """A heading or sentence of the manual."""
    return SAYINGS[key][language]


def page(rule: Rule, language: str, find: Finder) -> Page:
    """The page of ``rule``; ``find`` tells what it finds in its examples."""
    help_ = _help(rule, language)
    return Page(
        rule,
        rule.title[language],
        (SEVERITIES[rule.severity][language], say(rule.set, language), say(rule.fix, language)),
        rule.why[language],
        rule.source[language],
        tuple(_case(rule, made, help_, language, find) for made in rule.bad),
        help_,
        rule.good,
        _note(rule, language),
        _options(rule),
        tuple(_switch(rule, language)),
    )


def _case(rule: Rule, made: Example, general: Sequence[str], language: str, find: Finder) -> Case:
    wrapped = example.wrap(made.marked, rule.level)
    found = [f for f in find(rule, wrapped.text) if (f.start, f.end) in wrapped.spans]  # not of what is around it
    said = dict.fromkeys(sentences.message(finding, language) for finding in found)
    advice = dict.fromkeys(sentences.advice(finding, language) for finding in found)
    return Case(made, tuple(said), tuple(text for text in advice if text not in general))


def _help(rule: Rule, language: str) -> tuple[str, ...]:
    """What to do, with figures left open; where it depends on the case, every case in turn."""
    cases = [said[language] for key, said in rule.phrases.items() if key.startswith("advice")]
    texts = cases if rule.help[language] == "{advice}" else [rule.help[language]]
    return tuple(_OPEN.sub("…", text) for text in texts)


def _note(rule: Rule, language: str) -> str:
    """What the signs in the examples mean."""
    text = "".join(made.marked for made in (*rule.bad, *rule.good))
    signs = {"cells": "\u21e5", "stand-ins": "\u3014"}
    return ("" if language == "zh" else " ").join(say(key, language) for key, sign in signs.items() if sign in text)


def _options(rule: Rule) -> str:
    """The table of ``goalcheck.toml`` that sets the options as they are by default."""
    lines = [f"{name} = {json_text.line(value)}" for name, value in rule.options.items()]
    return "\n".join((f"[options.{rule.name}]", *lines)) if lines else ""


def _switch(rule: Rule, language: str) -> Iterator[tuple[str, ...]]:
    """Each way as a sentence and the lines to write."""
    if rule.set == "strict":
        yield say("on-once", language), f"goalcheck lint --extend-select {rule.code}"
        yield say("on-always", language), f'extend-select = ["{rule.code}"]'
        yield say("on-strict", language), "goalcheck lint --profile strict"
        return
    yield say("off-once", language), f"goalcheck lint --ignore {rule.code}"
    yield say("off-always", language), f'ignore = ["{rule.code}"]'
    yield say("off-file", language), "[per-file-ignores]", f'"{say("file", language)}" = ["{rule.code}"]'


def families(rules: Sequence[Rule]) -> Iterator[tuple[str, list[Rule]]]:
    """The rules by the beginning of their code, each beginning with its key in :data:`SAYINGS`."""
    for prefix in FAMILIES:
        inside = [rule for rule in rules if rule.code.startswith(prefix)]
        if inside:
            yield prefix, inside
    others = [rule for rule in rules if rule.code[:3] not in FAMILIES]
    if others:
        yield "own", others


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
    yield json_text.lines(rows) + "\n"
