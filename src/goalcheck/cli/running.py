"""What the commands that check inputs share: the options that choose rules, one input checked, the exit status."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from goalcheck import inputs
from goalcheck.cli.options import FAIL_ON, WRONG, complain, selectors, with_encoding, with_language
from goalcheck.cli.speech import USAGE, OneOf, Refusal, option
from goalcheck.config import PROFILES, Selection, UnknownRuleError, plan
from goalcheck.engine import Plan, Result, check_data
from goalcheck.report import words
from goalcheck.rule import TAXONOMIES, Severity, catalogue
from goalcheck.source import InputError

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

_OPTIONS = (
    option("--select", multiple=True, metavar="RULES", callback=selectors),
    option("--extend-select", multiple=True, metavar="RULES", callback=selectors),
    option("--ignore", multiple=True, metavar="RULES", callback=selectors),
    option("--profile", type=OneOf(PROFILES), default="core"),
    option("--fail-on", type=OneOf(FAIL_ON), default="error"),
    option("--taxonomy", type=OneOf(TAXONOMIES), default=TAXONOMIES[0]),
    with_language,
    with_encoding,
)


def checking(command: F) -> F:
    """Give ``command`` the options that say what is checked, and how."""
    for add in reversed(_OPTIONS):
        command = add(command)
    return command


def chosen_plan(lang: str, **chosen: Any) -> Plan:
    """The rules that the options choose. Raises :class:`Refusal` for a rule that there is not."""
    selection = Selection(chosen["profile"], chosen["select"], chosen["extend_select"] or (), chosen["ignore"] or ())
    try:
        rules = plan(catalogue(), chosen["taxonomy"], selection)
    except UnknownRuleError as unknown:
        raise Refusal("no-rule", unknown.nearest, name=unknown.selector) from None
    if not rules.rules:
        complain(USAGE["no-rules"][lang])
    return rules


def check(path: str, rules: Plan, encoding: str | None, stdin_name: str | None = None) -> Result:
    """Check one input. Whatever goes wrong inside is said of this input, and the others are still checked."""
    name = shown_name(path, stdin_name)
    checked = sheltered(lambda: check_data(inputs.read(path), name, rules, encoding))
    return Result(name, error=checked) if isinstance(checked, InputError) else checked


def shown_name(path: str, stdin_name: str | None) -> str:
    """What to call the input ``path``."""
    return stdin_name or "<stdin>" if path == inputs.STDIN else path


def sheltered(work: Callable[[], T]) -> T | InputError:
    """What ``work`` on one input gives, or why it cannot be done, be it a mistake of the program itself."""
    try:
        return work()
    except InputError as error:
        return error
    except Exception as error:
        if "GOALCHECK_DEBUG" in os.environ:
            raise
        return InputError("internal", what=f"{type(error).__name__}: {error}")


def complain_of_failures(results: Iterable[Result], paths: Sequence[str], lang: str) -> None:
    """Say on standard error which inputs were not checked, and why."""
    for result in results:
        if result.error is not None:
            complain(f"{words.path(result.path)}: {words.error(result.error, lang)}")
    unread = inputs.passed_over(paths)
    if unread:
        complain(USAGE["passed-over"][lang].format(number=unread))


def status(results: Iterable[Result], fail_on: str) -> int:
    """0 if all was checked and nothing is at or above ``fail_on``, 1 if something is, 2 if an input failed."""
    results = list(results)
    if any(result.error is not None for result in results):
        return WRONG
    if fail_on == "never":
        return 0
    floor = Severity[fail_on.upper()]
    return int(any(finding.severity >= floor for result in results for finding in result.findings))
