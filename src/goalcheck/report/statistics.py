"""The statistics of a run, for people: findings by rule, how much was read, seconds by stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goalcheck.catalogue.rule import Severity
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import Counts

STAGES = ("read", "decode", "parse", "check", "report")
_COUNTS = ("files", "failed", "units", "projects", "indicators", "unparsed", "suppressed")


def report(
    rules: Mapping[tuple[str, str, Severity], int], times: Mapping[str, float], counts: Counts, language: str
) -> str:
    """The table, without a line end behind its last line."""
    return "\n".join(_lines(rules, times, counts, language))


def _lines(
    rules: Mapping[tuple[str, str, Severity], int], times: Mapping[str, float], counts: Counts, language: str
) -> Iterator[str]:
    yield say("statistics.rules", language)
    if not rules:
        yield f"  {say('terms.none', language)}"
    for (code, name, severity), number in sorted(rules.items(), key=lambda rule: (-rule[1], rule[0])):
        yield f"  {number:>8}  {code:<8} {sentences.severity(severity, language)} {name}"
    yield say("statistics.counts", language)
    for key in _COUNTS:
        yield f"  {getattr(counts, key):>8}  {say(f'statistics.{key}', language)}"
    yield say("statistics.times", language)
    for stage in STAGES:
        yield f"  {times.get(stage, 0.0):>8.3f}  {say(f'statistics.{stage}', language)}"
