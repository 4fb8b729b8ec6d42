"""A rule that is passed over for want of a trait would have found nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from helpers import ROOT, THOROUGH, some, tried_on
from test_corpus import corpus

from goalcheck.catalogue.example import Example, wrap
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.checks.facts.indicator import facts_of
from goalcheck.checks.facts.traits import Traits, needs, needs_of
from goalcheck.engine.plan import default_plan
from goalcheck.engine.run import function
from goalcheck.errors import InputError
from goalcheck.parse import parse
from goalcheck.sheet import Indicator, Value
from goalcheck.source import Source

RULES = [rule for rule in catalogue().rules if needs_of(function(rule))]
ENDINGS = ("(%)", "指标", "3个", "95%以上", "\uff0c提升服务", "的积极性")
SAMPLES = [path for path in sorted((ROOT / "samples").rglob("*.txt")) if "expected" not in path.parts]


def _examples() -> Iterator[Any]:
    for rule in catalogue().rules:
        for number, made in enumerate((*rule.bad, *rule.good), 1):
            yield pytest.param(rule, made, id=f"{rule.code} {number}")


def _said(text: str) -> list[str]:
    """What rules that are passed over find in ``text`` all the same."""
    try:
        sheet = parse(Source(text))
    except InputError:  # an example of what cannot be read
        return []
    context = default_plan(catalogue()).context(sheet)
    traits = context.once(Traits)
    asked = [(rule, function(rule), [traits.bits(either) for either in needs_of(function(rule))]) for rule in RULES]
    said = []
    for project in sheet.projects:
        for entry in project.indicators:
            facts = facts_of(entry, context)
            of_level: Mapping[str, list[tuple[Indicator | Value, Any, int]]] = {
                "indicator": [(entry, facts, traits.of(facts))],
                "value": [(value, context, traits.of_value(value)) for _, value in entry.values],
            }
            for rule, check, either in asked:
                for node, told, bits in of_level[rule.level]:
                    if not all(bits & one for one in either):
                        given = facts.with_options(rule.options) if rule.options else told
                        said += [f"{rule.code} {text[entry.start : entry.end]}" for _ in check(node, given)]
    return said


def test_most_rules_of_an_indicator_say_what_they_need() -> None:
    asked = [rule for rule in catalogue().rules if rule.level in ("indicator", "value")]
    assert len(RULES) > 0.9 * len(asked)
    assert {rule.level for rule in RULES} == {"indicator", "value"}


@tried_on("rule", RULES, ids=lambda rule: rule.code)
def test_lists_that_are_needed_are_there(rule: Rule) -> None:
    for trait in (trait for either in needs_of(function(rule)) for trait in either):
        where, _, name = trait.partition(" ")
        assert where not in ("has", "ends") or name in catalogue().lexicon, trait


def test_a_trait_that_nothing_has_is_refused() -> None:
    with pytest.raises(ValueError, match="no trait: figures"):
        needs("figures")


@tried_on(("rule", "made"), some(list(_examples()), of=10))
def test_passed_over_in_examples(rule: Rule, made: Example) -> None:
    assert _said(made.in_sheet(rule.level).text) == []


@tried_on("path", SAMPLES, ids=lambda path: path.name)
def test_passed_over_in_samples(path: Path) -> None:
    assert _said(path.read_text(encoding="utf-8")) == []


@tried_on("number", range(60 if THOROUGH else 6))
def test_passed_over_in_the_corpus_shuffled(number: int) -> None:
    """Any name of the corpus under any class and with any values: a hundred a sheet."""
    chance = random.Random(number)
    classes = list(catalogue().taxonomies["guangdong"].classes.values())
    layout = chance.choice(("packed", "rows", "blocks"))
    values = [case for case in corpus() if case["layout"] == layout]
    entries = []
    for ordinal in range(100):
        one, other = chance.choice(values), chance.choice(values)
        second = chance.choice([made for made in classes if made.parent])
        first = chance.choice([made for made in classes if made.parent is None or made.code == second.parent][:3])
        name, annual, cycle = chance.choice(corpus())["name"], one["annual"], chance.choice((one, other))["cycle"]
        if chance.random() < 0.3:
            name += chance.choice(ENDINGS)
        if layout == "packed":
            written = f"{ordinal}、{first.code}-{first.label}; {second.code}-{second.label}; {name}; "
            entries.append(f"{written}实施周期指标值:{cycle}; 年度指标值:{annual}。")
        else:
            entries.append("⇥".join((first.label, second.label, name, annual)))
    between = {"packed": "", "rows": "\n⇥⇥⇥⇥", "blocks": "\n"}[layout]
    text = wrap(between.join(entries), "indicator", layout).text
    assert sum(1 for project in parse(Source(text)).projects for _ in project.indicators) > 90
    assert _said(text) == []
