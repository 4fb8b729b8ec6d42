"""Tells the author of a rule what became of its examples: what was expected and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goalcheck import messages
from goalcheck.catalogue.rule import Rule
from goalcheck.engine.rule_trial import Trial
from goalcheck.prose.sentences import visible


def report(tried: Sequence[tuple[Rule, Sequence[Trial]]], language: str) -> Iterator[str]:
    """A line a rule, below it each example that failed, and the totals."""
    for rule, trials in tried:
        failed = [trial for trial in trials if not trial.passed]
        outcome = _say("failed" if failed else "passed", language, failed=len(failed), number=len(trials))
        yield f"{rule.code} {rule.name}  {outcome}\n"
        for trial in failed:
            yield from _failed(trial, language)
    number = sum(len(trials) for _, trials in tried)
    lost = sum(not trial.passed for _, trials in tried for trial in trials)
    outcome = _say("some" if lost else "all", language, failed=lost)
    yield _say("totals", language, rules=len(tried), number=number, outcome=outcome) + "\n"


def _failed(trial: Trial, language: str) -> Iterator[str]:
    which = _say("which", language, kind=_say(trial.kind, language), number=trial.number)
    yield f"  {which}\n"
    if trial.failure:
        yield f"    {_say('failure', language, what=visible(trial.failure))}\n"
        return
    for key, text in (("expected", trial.expected), ("found", trial.found)):
        head, *rest = visible(text).rstrip("\n").split("\n")
        yield f"    {_say(key, language)}{head}\n"
        yield from (f"      {line}\n" for line in rest)
    if trial.unread:
        yield f"    {_say('unread', language)}\n"


def _say(key: str, language: str, **figures: object) -> str:
    return messages.say(f"rule_trial.{key}", language, **figures)
