"""Completion for shells: what may stand next on a command line.

What completes a value is read off its metavar, as users see it in the help: ``FILE``, ``PATH``, ``FOLDER``, ``RULE``,
``RULES``; what is not in capitals stands for itself. Names of commands and options are offered by the classes of
:mod:`~goalcheck.cli.speech`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, add_completion_class, split_arg_string

from goalcheck.catalogue.load import Catalogue, catalogue
from goalcheck.errors import FileError

_KINDS = {"FILE": "file", "PATH": "file", "GLOB": "file", "FOLDER": "dir"}


def words() -> list[str]:
    """The words of the command line that a shell wants completed, the program's name left out."""
    return split_arg_string(os.environ.get("COMP_WORDS", ""))[1:]


def values(metavar: str, context: click.Context, incomplete: str) -> list[CompletionItem]:
    """What may stand where the help says ``metavar``, ``incomplete`` being there already."""
    items: list[CompletionItem] = []
    for name in re.findall("[A-Za-z0-9-]+", metavar):
        if name in _KINDS:
            items.insert(0, CompletionItem(incomplete, type=_KINDS[name]))  # bash forgets what comes before it
        elif name == "RULE":
            items += _rules(_catalogue(context), incomplete, context.obj)
        elif name == "RULES":
            items += _selectors(_catalogue(context), incomplete, context.obj)
        elif not name.isupper() and name.startswith(incomplete):
            items.append(CompletionItem(name))
    return items


def _catalogue(context: click.Context) -> Catalogue:
    """The rules there are in the current folder, those of its configuration included if that is sound."""
    from goalcheck.config.setups import Setups  # only where rules are asked for

    given = context.params
    try:
        return Setups(config=given.get("config"), isolated=bool(given.get("isolated"))).configuration(".").catalogue
    except FileError:
        return catalogue()


def _rules(rules: Catalogue, incomplete: str, language: str) -> Iterator[CompletionItem]:
    """Codes and names that begin with ``incomplete``, in either case."""
    for field in ("code", "name"):
        for rule in rules.rules:
            name = getattr(rule, field)
            if name.lower().startswith(incomplete.lower()):
                yield CompletionItem(name, help=rule.title[language])


def _selectors(rules: Catalogue, incomplete: str, language: str) -> Iterator[CompletionItem]:
    """What selects rules, also behind others and a comma; what is there already is not offered again."""
    before, comma, last = incomplete.rpartition(",")
    there = before.split(",")
    for name in ("ALL", *_families(rules)):
        if name.lower().startswith(last.lower()) and name not in there:
            yield CompletionItem(f"{before}{comma}{name}")
    for item in _rules(rules, last, language):
        if item.value not in there:
            yield CompletionItem(f"{before}{comma}{item.value}", help=item.help)


def _families(rules: Catalogue) -> Sequence[str]:
    """The beginnings by which codes are selected: ``GC1`` and so on, of other rules the letters."""
    return sorted(
        {rule.code[:3] if rule.code.startswith("GC") else rule.code.rstrip("0123456789") for rule in rules.rules}
    )


class _Bash(BashComplete):
    """bash parts ``--select=GC3`` into three words; click asks for two."""

    name = "bash"

    def get_completion_args(self) -> tuple[list[str], str]:
        args, incomplete = super().get_completion_args()
        kept = [arg for at, arg in enumerate(args) if not (arg == "=" and at and args[at - 1].startswith("--"))]
        return kept, incomplete


class _Fish(FishComplete):
    """click's script for fish ends a value at its first comma."""

    name = "fish"
    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


add_completion_class(_Bash)
add_completion_class(_Fish)
