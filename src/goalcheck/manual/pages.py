"""What the manual says of each rule (:class:`Page`), and the table of the catalogue.

record, and what the rule finds in its own examples ─▶ Page ─▶ terminal.py: for a terminal
                                                           ─▶ handbook.py: all of them as Markdown
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from goalcheck.catalogue.example import PACKED, Example
from goalcheck.catalogue.load import Catalogue
from goalcheck.catalogue.rule import FAMILIES, LAYOUTS, Rule
from goalcheck.files.regexes import regex
from goalcheck.finding import Finding
from goalcheck.messages import say
from goalcheck.prose import json_text, sentences
from goalcheck.prose.width import display_width

_COMMONEST = ("blocks", "rows", "packed")
"""The layouts, the commonest of all sheets first."""

_ENTRY = regex(
    r"\d+、\d-(?P<upper>[^;]+); \d\d-(?P<lower>[^;]+); (?P<name>[^;]+); "
    r"实施周期指标值:[^;]*; 年度指标值:(?P<value>[^;]*)\u3002"
)
_OPEN = regex(r"\{[a-z0-9_]+\}")

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

    @property
    def layouts(self) -> frozenset[str]:
        """The layouts of its examples; none where all are of the packed one, which names itself."""
        found = frozenset(made.layout for made in (*self.good, *(case.example for case in self.bad)))
        return frozenset() if found == {PACKED} else found


def page(rule: Rule, language: str, find: Finder) -> Page:
    """The page of ``rule``; ``find`` tells what it finds in its examples."""
    help_ = _help(rule, language)
    bad, good = (sorted(made, key=lambda one: _COMMONEST.index(one.layout)) for made in (rule.bad, rule.good))
    if rule.layouts == LAYOUTS and rule.level == "indicator" and all(made.layout == "packed" for made in bad):
        bad = [*_in_form(rule, find), *bad]
    return Page(
        rule,
        rule.title[language],
        (
            sentences.severity(rule.severity, language),
            *(say(f"manual.{key}", language) for key in (rule.set, rule.fix)),
            *(say(f"manual.only-{layout}", language) for layout in rule.layouts if rule.layouts != LAYOUTS),
        ),
        _why(rule, language),
        rule.source[language],
        tuple(_case(rule, made, help_, language, find) for made in bad),
        help_,
        tuple(good),
        _note((*bad, *good), language),
        _options(rule),
        tuple(_switch(rule, language)),
    )


def _in_form(rule: Rule, find: Finder) -> Iterator[Example]:
    """The first of its wrong examples as a row of a form, if it is found there as well, and nothing else is."""
    for made in rule.bad:
        entry = _ENTRY.fullmatch(made.text)
        if entry is None:
            continue
        lower = f"{entry['lower'].removesuffix('指标')}指标"
        example = Example(f"{entry['upper']}⇥{lower}⇥{entry['name']}⇥{entry['value']}", layout="blocks")
        ((start, end),) = example.stretches(rule.level)
        found = [(f.start - start, f.end - start) for f in find(rule, example.in_sheet(rule.level).text)]
        if len(found) == 1 and 0 <= found[0][0] <= found[0][1] <= end - start:
            ((at, to),) = found
            yield Example(f"{example.text[:at]}⟦{example.text[at:to]}⟧{example.text[to:]}", layout="blocks")
            return


def _case(rule: Rule, made: Example, general: Sequence[str], language: str, find: Finder) -> Case:
    wrapped = made.in_sheet(rule.level)
    found = [f for f in find(rule, wrapped.text) if (f.start, f.end) in wrapped.spans]  # not of what is around it
    said = dict.fromkeys(sentences.message(finding, language) for finding in found)
    advice = dict.fromkeys(sentences.advice(finding, language) for finding in found)
    return Case(made, tuple(said), tuple(text for text in advice if text not in general))


def _help(rule: Rule, language: str) -> tuple[str, ...]:
    """What to do, with figures left open; where it depends on the case, every case in turn."""
    cases = [said[language] for key, said in rule.phrases.items() if key.startswith("advice")]
    texts = cases if rule.help[language] == "{advice}" else [rule.help[language]]
    return tuple(_OPEN.sub("…", text) for text in texts)


def _why(rule: Rule, language: str) -> str:
    """Why it is asked; of a rule that rests on words also that it may be wrong, and what to do then."""
    if not rule.rests_on:
        return rule.why[language]
    return sentences.together((rule.why[language], say("manual.rests-on-words", language)), language)


def _note(examples: Sequence[Example], language: str) -> str:
    """What the signs in the examples mean."""
    text = "".join(made.marked for made in examples)
    signs = {"cells": "\u21e5", "stand-ins": "\u3014"}
    return sentences.together((say(f"manual.{key}", language) for key, sign in signs.items() if sign in text), language)


def _options(rule: Rule) -> str:
    """The table of ``goalcheck.toml`` that sets the options as they are by default."""
    lines = [f"{name} = {json_text.line(value)}{_range(rule, name)}" for name, value in rule.options.items()]
    return "\n".join((f"[options.{rule.name}]", *lines)) if lines else ""


def _range(rule: Rule, option: str) -> str:
    """From where to where an option goes, as a remark in TOML; figures and a sign, which need no language."""
    return "  # {} … {}".format(*rule.ranges[option]) if option in rule.ranges else ""


def _switch(rule: Rule, language: str) -> Iterator[tuple[str, ...]]:
    """Each way as a sentence and the lines to write."""
    if rule.set == "strict":
        yield say("manual.once", language), f"goalcheck lint --extend-select {rule.code}"
        yield say("manual.on-always", language), f'extend-select = ["{rule.code}"]'
        yield say("manual.on-strict", language), "goalcheck lint --profile strict"
        return
    yield say("manual.once", language), f"goalcheck lint --ignore {rule.code}"
    yield say("manual.off-always", language), f'ignore = ["{rule.code}"]'
    yield say("manual.off-file", language), "[per-file-ignores]", f'"{say("manual.file", language)}" = ["{rule.code}"]'


def families(rules: Sequence[Rule]) -> Iterator[tuple[str, list[Rule]]]:
    """The rules by the beginning of their code, each beginning with its key in ``manual.toml``."""
    for prefix in FAMILIES:
        inside = [rule for rule in rules if rule.code.startswith(prefix)]
        if inside:
            yield prefix, inside
    others = [rule for rule in rules if rule.code[:3] not in FAMILIES]
    if others:
        yield "site-rules", others


def table(catalogue: Catalogue, language: str) -> Iterator[str]:
    """The catalogue, a line a rule."""
    width = max(len(rule.name) for rule in catalogue.rules)
    for rule in catalogue.rules:
        severity = sentences.severity(rule.severity, language)
        gap = " " * (8 - display_width(severity))
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
            "layouts": list(rule.layouts),
            "title": rule.title[language],
            "message": rule.message[language],
            "help": rule.help[language],
            "why": rule.why[language],
            "source": rule.source[language],
            "options": dict(rule.options),
            "ranges": dict(rule.ranges),
        }
        for rule in catalogue.rules
    ]
    yield json_text.lines(rows) + "\n"
