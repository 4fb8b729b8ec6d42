"""``goalcheck parse``: prints the tree of one sheet as JSON."""

from __future__ import annotations

import os
from typing import Any

import click

from goalcheck import report
from goalcheck.catalogue.load import catalogue
from goalcheck.cli.options import WRONG, limited, limits_of, with_encoding, with_language, write
from goalcheck.cli.running import complain_of_failures, complain_of_gaps, input_name
from goalcheck.cli.speech import Command
from goalcheck.engine.plan import Plan
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.files.paths import spelt
from goalcheck.limits import Limits
from goalcheck.report import tree
from goalcheck.runs.job import check


@click.command("parse", cls=Command)
@click.argument("path", metavar="PATH")
@with_language
@with_encoding
@limited
def command(path: str, lang: str, encoding: str | None, **more: Any) -> int:
    """Print the tree of one sheet."""
    ours = catalogue()
    plan = Plan((), ours.choice(), ours.lexicon, limits=Limits(**limits_of(more)))
    name = spelt(input_name(path, None))
    result = Result(name, error=InputError("one-file")) if os.path.isdir(path) else check(path, name, plan, encoding)
    if result.sheet is None or result.source is None:
        complain_of_failures([(result.path, result.error)] if result.error else [], lang)
        return WRONG
    write(tree.report(result.sheet, result.source, result.taxonomy), None)
    if not (gap := report.gap(result, lang)):
        return 0
    complain_of_gaps([(result.path, gap)])
    return WRONG
