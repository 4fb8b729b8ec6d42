"""The trial of rules by their own examples: what ``goalcheck rules --test`` runs."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from goalcheck.catalogue.example import Example
from goalcheck.catalogue.rule import Rule
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import Plan
from goalcheck.finding import edited
from goalcheck.sheet import Sheet
from goalcheck.source import Source


@attrs.frozen(eq=False)
class Trial:
    """One example and what the rule made of it; ``expected`` and ``found`` show it with marks."""

    kind: str
    number: int
    expected: str
    found: str
    passed: bool
    unread: bool = False
    failure: str = ""


def trials(rule: Rule, plan: Plan) -> Iterator[Trial]:
    """Every example of ``rule``, judged by that rule alone; ``plan`` gives the rest. The bad ones come first."""
    alone = attrs.evolve(plan, rules=(rule,), severities={}, options={})
    for kind, examples in (("bad", rule.bad), ("good", rule.good)):
        for number, made in enumerate(examples, 1):
            yield _trial(kind, number, made, rule, alone)


def _trial(kind: str, number: int, made: Example, rule: Rule, plan: Plan) -> Trial:
    wrapped = made.in_sheet(rule.level)
    text = wrapped.text
    parts = made.stretches(rule.level)
    shown = _marked(text, parts[0], wrapped.spans)
    result = check_source(Source(text), plan)
    if result.failures:
        return Trial(kind, number, shown, "", False, failure=f"{rule.code}: {result.failures[0].error}")
    findings = [f for f in result.findings if any(a <= f.start and f.end <= b for a, b in parts)]
    spans = tuple(sorted((f.start, f.end) for f in findings))
    unread = result.sheet is None or _unread(result.sheet, parts, rule.level)
    passed = spans == tuple(sorted(wrapped.spans)) and not unread
    found = _marked(text, parts[0], spans)
    mended = made.mended(rule.level)
    if passed and mended is not None:
        shown = mended
        found = edited(text, (edit for f in findings if f.fix is not None for edit in f.fix.edits))
        passed = shown == found
    return Trial(kind, number, shown, found, passed, unread)


def _unread(sheet: Sheet, parts: tuple[tuple[int, int], ...], level: str) -> bool:
    """Whether the example is not read as what it is meant to be, so that its rule cannot judge it."""
    if level == "project":
        return not any(project.start <= b and a <= project.end for project in sheet.projects for a, b in parts)
    broken = [entry for project in sheet.projects for entry in project.unparsed]
    return level == "indicator" and any(a <= entry.start and entry.end <= b for entry in broken for a, b in parts)


def _marked(text: str, part: tuple[int, int], spans: tuple[tuple[int, int], ...]) -> str:
    """The stretch ``part`` of ``text`` with the marks of ``spans`` in it, as examples are written."""
    pieces = []
    at, end = part
    for start, stop in spans:
        if at <= start and stop <= end:
            pieces += [text[at:start], "\u27e6", text[start:stop], "\u27e7"]
            at = stop
    return "".join([*pieces, text[at:end]]).replace("\t", "⇥")
