"""``goalcheck explain`` and ``goalcheck rules``: what the catalogue says of itself."""

from __future__ import annotations

import click

from goalcheck.cli.options import with_language, write
from goalcheck.cli.speech import Command, OneOf, Refusal, option
from goalcheck.config.selection import UnknownRuleError, known
from goalcheck.rule import Rule, catalogue


def _rule(_: click.Context, __: click.Parameter, name: str) -> Rule:
    rule = catalogue().find(name)
    if rule is None:
        try:
            known(catalogue(), [name])
        except UnknownRuleError as unknown:
            raise Refusal("no-rule", unknown.nearest, name=name) from None
        raise Refusal("no-rule", None, name=name)
    return rule


@click.command("explain", cls=Command)
@click.argument("rule", metavar="RULE", callback=_rule)
@with_language
def explain(rule: Rule, lang: str) -> None:
    """Print the page of one rule."""
    from goalcheck.report import manual

    write(manual.explain(rule, lang), None)


@click.command("rules", cls=Command)
@option("--format", "form", type=OneOf(("text", "json")), default="text")
@with_language
def rules(form: str, lang: str) -> None:
    """Print the catalogue."""
    from goalcheck.report import manual

    write((manual.table if form == "text" else manual.table_json)(catalogue(), lang), None)
