"""``goalcheck lint``: inputs in, a report and an exit status out."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from goalcheck import inputs, report
from goalcheck.cli.options import aside, write
from goalcheck.cli.running import Chosen, check, checking, chosen, complain_of_failures, input_name, status
from goalcheck.cli.speech import Command, OneOf, Refusal, option
from goalcheck.engine import Result
from goalcheck.report import Style


@click.command("lint", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@option("--format", "form", type=OneOf(report.FORMATS), default="text")
@option("-o", "--output", metavar="FILE")
@checking
@option("--stdin-filename", metavar="NAME")
@option("-q", "--quiet", is_flag=True)
@option("-v", "--verbose", is_flag=True)
@option("--explain-sums", is_flag=True)
@option("--color", type=OneOf(("auto", "always", "never")), default="auto")
@option("--ambiguous-width", type=OneOf(("1", "2")), default="1")
def command(paths: tuple[str, ...], form: str, output: str | None, **more: Any) -> int:
    """Check the inputs and report."""
    files = sorted(inputs.find(paths or (".",)))
    run = chosen(files, paths, **more)
    lang = run.language
    if output is not None:
        _keep_inputs(output, files)
    results = [_check(file, run, more["stdin_filename"]) for file in files]
    color = _colored(more["color"]) if output is None else more["color"] == "always"
    style = Style(lang, color, int(more["ambiguous_width"]), run.taxonomy, run.profile, more["verbose"])
    quiet = more["quiet"]
    pieces = report.reporter(form)(results, style)
    if more["explain_sums"] and form == "text":
        pieces = _with_sums(pieces, results, run, style, more["stdin_filename"])
    write(_with_totals(pieces, results, style) if form == "text" and not quiet else pieces, output)
    complain_of_failures(results, paths or (".",), lang)
    if form in report.TOTALS_ASIDE and not quiet:
        aside(report.totals(results, style))
    return status(results, run)


def _check(file: str, run: Chosen, stdin_name: str | None) -> Result:
    setup = run.of(input_name(file, stdin_name))
    return check(file, setup.plan, setup.encoding, stdin_name)


def _colored(when: str) -> bool:
    if when == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return when == "always"


def _with_sums(
    pieces: Iterable[str], results: Sequence[Result], run: Chosen, style: Style, stdin_name: str | None
) -> Iterator[str]:
    from goalcheck import trace  # only where it is asked for
    from goalcheck.report import sums, words

    yield from pieces
    for result in results:
        if result.source is not None and result.sheet is not None:
            if len(results) > 1:
                yield f"==== {words.path(result.path)} ====\n\n"
            plan = run.of(input_name(result.path, stdin_name)).plan
            yield from sums.text(trace.explain(result.source, result.sheet, plan), style)
            yield "\n"


def _with_totals(pieces: Iterable[str], results: Sequence[Result], style: Style) -> Iterator[str]:
    yield from pieces
    yield f"{report.totals(results, style)}\n"


def _keep_inputs(output: str, files: Iterable[str]) -> None:
    """Refuse to write the report over an input."""
    with contextlib.suppress(OSError, ValueError):  # what is not there cannot be overwritten
        target = os.stat(output)
        for file in files:
            with contextlib.suppress(OSError, ValueError):
                if os.path.samestat(os.fstat(0) if file == inputs.STDIN else os.stat(file), target):
                    raise Refusal("output-input", name=output)
