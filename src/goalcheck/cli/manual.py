"""``goalcheck explain`` and ``goalcheck rules``: what the catalogue says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from goalcheck.cli.options import with_language, write
from goalcheck.cli.speech import Command, OneOf, Refusal, option
from goalcheck.config import Selection, UnknownRuleError, plan
from goalcheck.finding import Finding
from goalcheck.rule import TAXONOMIES, Rule, catalogue
from goalcheck.source import Source


def _rule(_: click.Context, __: click.Parameter, name: str | None) -> Rule | None:
    if name is None:
        return None
    rule = catalogue().find(name)
    if rule is None:
        try:
            plan(catalogue(), TAXONOMIES[0], Selection(select=[name]))
        except UnknownRuleError as unknown:
            raise Refusal("no-rule", unknown.nearest, name=name) from None
        raise Refusal("no-rule", None, name=name)
    return rule


@click.command("explain", cls=Command)
@click.argument("rule", metavar="[RULE]", required=False, callback=_rule)
@option("--all", "everything", is_flag=True)
@option("-o", "--output", metavar="FILE")
@with_language
def explain(rule: Rule | None, everything: bool, output: str | None, lang: str) -> None:
    """Print the page of one rule, or write the manual."""
    if everything == (rule is not None):
        raise Refusal("rule-and-all" if everything else "rule-or-all")
    write(_manual(lang) if rule is None else _page(rule, lang), output)


def _page(rule: Rule, lang: str) -> Iterator[str]:
    from goalcheck.report import manual, page

    return page.report(manual.page(rule, lang, _found), lang)


def _manual(lang: str) -> Iterator[str]:
    from goalcheck.report import handbook, manual

    return handbook.report([manual.page(rule, lang, _found) for rule in catalogue().rules], lang)


def _found(rule: Rule, text: str) -> Sequence[Finding]:
    """What ``rule`` alone finds in an example."""
    from goalcheck.engine import Plan, check_source

    return check_source(
        Source(text), Plan((rule,), catalogue().taxonomies[TAXONOMIES[0]], catalogue().lexicon)
    ).findings


@click.command("rules", cls=Command)
@option("--format", "form", type=OneOf(("text", "json")), default="text")
@with_language
def rules(form: str, lang: str) -> None:
    """Print the catalogue."""
    from goalcheck.report import manual

    write((manual.table if form == "text" else manual.table_json)(catalogue(), lang), None)
