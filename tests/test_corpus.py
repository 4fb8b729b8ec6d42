"""Indicators as offices of many fields write them: which rules of the core speak of each, and of how many none does."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from helpers import THOROUGH, check, some, tried_on

from goalcheck.catalogue.example import wrap
from goalcheck.catalogue.load import catalogue

FILES = sorted((Path(__file__).parent / "corpus").glob("*.toml"))
CLASSES = catalogue().taxonomies["guangdong"].classes
ENOUGH = ("5.00", "900.00")
"""What the project of the standard sheet costs, and what it costs here, so that no target exceeds it."""


@cache
def corpus() -> list[dict[str, Any]]:
    """All indicators, in the order of the files."""
    return [case for path in FILES for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def _chosen() -> list[dict[str, Any]]:
    """All in CI; else one of fifty, and of each layout and each set of rules that speak of an indicator the first."""
    firsts = {(case["layout"], *case["codes"]): case for case in reversed(corpus())}
    return corpus() if THOROUGH else [*firsts.values(), *some(corpus(), 50)]


def written(case: dict[str, Any]) -> str:
    """The indicator of ``case`` as its layout has it."""
    second = CLASSES[case["class"]]
    first = CLASSES[second.parent or ""]
    if case["layout"] == "packed":
        classes = f"{first.code}-{first.label}; {second.code}-{second.label}"
        return f"4、{classes}; {case['name']}; 实施周期指标值:{case['cycle']}; 年度指标值:{case['annual']}。"
    labels = [made.label if made.label.endswith("指标") else f"{made.label}指标" for made in (first, second)]
    return "⇥".join((*labels, case["name"], case["annual"]))


@pytest.mark.long
@tried_on("case", _chosen, ids=lambda case: f"{case['name']} {case['annual']} ({case['layout']})")
def test_what_is_said_of_an_indicator(case: dict[str, Any]) -> None:
    text = wrap(written(case), "indicator", case["layout"]).text.replace(*ENOUGH)
    found = check(text).findings
    assert sorted(finding.rule.code for finding in found if finding.rule is not None) == case["codes"]
