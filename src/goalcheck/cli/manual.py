"""``goalcheck explain`` and ``goalcheck rules``: what the catalogue says of itself, and a trial of own rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import click

from goalcheck.catalogue.load import Catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.cli.options import (
    aside,
    tell_of_file,
    with_asked_language,
    with_config,
    with_isolated,
    with_output,
    write,
)
from goalcheck.cli.running import configured, exclusive, refusing
from goalcheck.cli.speech import Command, OneOf, Refusal, option
from goalcheck.cli.targets import Target
from goalcheck.config.configuration import Configuration
from goalcheck.config.selection import UnknownRuleError, require_known
from goalcheck.finding import Finding
from goalcheck.messages import LANGUAGES, say
from goalcheck.source import Source


@click.command("explain", cls=Command)
@click.argument("name", metavar="[RULE]", required=False)
@option("--all", "everything", is_flag=True)
@with_output
@with_config
@with_isolated
@with_asked_language
def explain(name: str | None, everything: bool, output: str | None, **where: Any) -> None:
    """Print the page of one rule, or write the manual."""
    if everything == (name is not None):
        raise Refusal("rule-and-all" if everything else "rule-or-all")
    configuration, language = configured(**where)
    if output is not None:
        target = Target(output)
        target.keep_apart(configuration.files)
        target.spare()
    if name is None:
        write(_manual(configuration, language), output)
    else:
        write(_page(_rule(configuration.catalogue, name), configuration, language), output)
    tell_of_file(output, language)


def _page(rule: Rule, configuration: Configuration, language: str) -> Iterator[str]:
    from goalcheck.manual import pages, terminal

    return terminal.report(pages.page(rule, language, partial(_found, configuration)), language)


def _manual(configuration: Configuration, language: str) -> Iterator[str]:
    from goalcheck.manual import handbook, pages

    found = partial(_found, configuration)
    return handbook.report([pages.page(rule, language, found) for rule in configuration.catalogue.rules], language)


def _found(configuration: Configuration, rule: Rule, text: str) -> Sequence[Finding]:
    """What ``rule`` alone finds in an example."""
    from goalcheck.engine.pipeline import check_source
    from goalcheck.engine.plan import Plan

    rules = configuration.catalogue
    plan = Plan((rule,), rules.choice(), rules.lexicon, checks=configuration.checks, columns=rules.columns)
    return check_source(Source(text), plan).findings


def _rule(catalogue: Catalogue, name: str) -> Rule:
    rule = catalogue.find(name)
    if rule is None:
        try:
            require_known(catalogue, [name])
        except UnknownRuleError as unknown:
            raise Refusal("no-rule", unknown.nearest, name=name) from None
        raise Refusal("no-rule", None, name=name)
    return rule


@click.command("rules", cls=Command)
@option("--format", "form", type=OneOf(("text", "json")), default="text")
@option("--test", "tested", metavar="FOLDER")
@with_config
@with_isolated
@with_asked_language
def rules(form: str, tested: str | None, config: str | None, isolated: bool, lang: str | None) -> int:
    """Print the catalogue, or try the rules of a folder on their own examples."""
    from goalcheck.manual import pages

    if tested is not None:
        exclusive(("--test", True), ("--config", config is not None), ("--isolated", isolated))
        return _try(tested, lang or LANGUAGES[0])
    configuration, language = configured(config, isolated, lang)
    write((pages.table if form == "text" else pages.table_json)(configuration.catalogue, language), None)
    if form == "text":
        from goalcheck.site_rules.plugins import installed_plugins

        unused = [name for name in installed_plugins() if name not in configuration.plugins]
        if unused:
            aside(say("cli.unused-plugins", language, names=", ".join(unused)))
    return 0


def _try(folder: str, language: str) -> int:
    """Run every example of the rules in ``folder``; 1 if one of them is not as it says."""
    from goalcheck.config.trial import rules_on_trial
    from goalcheck.engine.rule_trial import trials
    from goalcheck.manual import trials as page

    with refusing():
        found, plan = rules_on_trial(folder)
    tried = [(rule, list(trials(rule, plan))) for rule in found]
    write(page.report(tried, language), None)
    return int(not all(trial.passed for _, outcomes in tried for trial in outcomes))
