"""``goalcheck lint``: checks its inputs and writes the report as their results come in.

paths ─▶ jobs ─▶ outcomes, one by one and in order (job.py) ─▶ report, as it comes ─▶ status, by the Tally
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import attrs
import click

from goalcheck import report
from goalcheck.catalogue.rule import Severity
from goalcheck.cli import targets
from goalcheck.cli.options import WRONG, aside, tell_of_file, write
from goalcheck.cli.running import (
    Chosen,
    checking,
    chosen,
    complain_of_failures,
    complain_of_gaps,
    complain_of_rules,
    input_name,
)
from goalcheck.cli.speech import Command, Number, OneOf, Refusal, option
from goalcheck.cli.targets import Target
from goalcheck.config.configuration import LEVELS
from goalcheck.engine.result import RuleFailure
from goalcheck.errors import InputError
from goalcheck.files import inputs
from goalcheck.files.paths import spelt
from goalcheck.files.search import Input
from goalcheck.limits import MOST_JOBS
from goalcheck.messages import say
from goalcheck.report import Counts, Part, Style
from goalcheck.runs import job
from goalcheck.runs.job import Job, Outcome, Outcomes, Recipe

_NARROW, _NARROWEST, _WIDEST = 80, 40, 120  # cells of a line: usual, and what reads well at all
_AUTO = "auto"
_DEFAULTS: Mapping[str, Any] = {"format": "text", "color": _AUTO, "ambiguous-width": "1", "jobs": _AUTO}


@click.command("lint", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@option("--format", type=OneOf(report.FORMATS))
@option("-o", "--output", metavar="FILE")
@checking
@option("--min-severity", type=OneOf(LEVELS))
@option("--baseline", metavar="FILE")
@option("--write-baseline", metavar="FILE")
@option("--accept-new", is_flag=True)
@option("--stdin-filename", metavar="NAME")
@option("-j", "--jobs", type=Number(MOST_JOBS, _AUTO))
@option("--statistics/--no-statistics", default=None)
@option("--explain-sums/--no-explain-sums", default=None)
@option("-q", "--quiet/--no-quiet", default=None)
@option("-v", "--verbose/--no-verbose", default=None)
@option("--color", type=OneOf((_AUTO, "always", "never")))
@option("--ambiguous-width", type=OneOf(("1", "2")))
def command(paths: tuple[str, ...], accept_new: bool, write_baseline: str | None, **options: Any) -> int:
    """Check the inputs and report."""
    if accept_new and write_baseline is None:
        raise Refusal("needs", name="--accept-new", other="--write-baseline")
    run = chosen(paths, **options)
    asked = _Asked(options, run.settings)
    output, found = _output(asked, run, write_baseline), run.inputs
    if output is not None:
        found = list(targets.without(run.inputs, output))
        output.spare(only_reports=options["output"] is None)
    jobs = [_job(input_, asked["stdin-filename"]) for input_ in found]
    recipe = _recipe(asked, run, len(jobs))
    keeper = None
    if write_baseline is not None or asked["baseline"] is not None:
        from goalcheck.cli.keeper import Keeper  # only where there is a baseline

        keeper = Keeper(asked["baseline"], write_baseline, accept_new, [job.name for job in jobs])
        recipe = keeper.recipe(recipe)
    tally = Tally(recipe, jobs, run.passed_over)
    filled = (_with_data(job, run) for job in jobs)
    with contextlib.closing(_outcomes(recipe, jobs, filled, str(asked["jobs"]))) as outcomes:
        pieces = _report(recipe, run, tally, outcomes, with_totals=not asked["quiet"])
        write(pieces, None if output is None else output.path)
    if output is not None and not asked["quiet"]:
        tell_of_file(output.path, run.language)
    complain_of_failures(tally.failed, run.language)
    complain_of_gaps(tally.gaps)
    complain_of_rules(tally.failed_rules, run.language)
    if recipe.form.totals == "aside" and not asked["quiet"]:
        aside(report.totals(tally.counts, recipe.style))
    if asked["statistics"]:
        from goalcheck.report import statistics  # only where asked for

        aside(statistics.report(tally.rules, tally.times, tally.counts, run.language))
    if keeper is not None:
        keeper.close(tally.judged(run), run.language, quiet=asked["quiet"])
    return tally.status(counting=write_baseline is None)


def _output(asked: _Asked, run: Chosen, write_baseline: str | None) -> Target | None:
    """Where the report goes, None being standard output. Refuses what is in use, and what cannot be written."""
    form = report.FORMATS[asked["format"]]
    if asked["explain-sums"] and not form.explains_sums:
        explaining = sorted(form.name for form in report.FORMATS.values() if form.explains_sums)
        raise Refusal("needs", name="--explain-sums", other=f"--format {'|'.join(explaining)}")
    if form.library and find_spec(form.library) is None:
        raise Refusal("needs-extra", name=form.name)
    if write_baseline is not None:
        baseline = Target(write_baseline)
        if any(baseline.is_input(input_.path) for input_ in run.inputs):
            raise Refusal("output-input", name=write_baseline)
        baseline.keep_apart(run.files)
    if asked["output"] == "":
        raise Refusal("no-value", name="--output")
    if asked["output"] in (None, inputs.STDIN):
        if (form.binary or not form.for_terminals) and sys.stdout.isatty():
            raise Refusal("binary", name=form.name)
        return None
    output = Target(asked["output"])
    output.keep_apart((*run.files, asked["baseline"], write_baseline))
    return output


class _Asked:
    """The options of the run: what the command line says, else the configuration, else what is usual."""

    def __init__(self, options: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
        self._options = options
        self._settings = settings

    def __getitem__(self, name: str) -> Any:
        given = self._options.get(name.replace("-", "_"))
        return self._settings.get(name, _DEFAULTS.get(name)) if given is None else given


class Tally:
    """What the outcomes of a run come to, while they pass by."""

    def __init__(self, recipe: Recipe, jobs: Sequence[Job], passed_over: int) -> None:
        self._recipe = recipe
        self._jobs = jobs
        self.counts = Counts(passed_over=passed_over)
        self.failed: list[tuple[str, InputError]] = []
        self.gaps: list[tuple[str, str]] = []
        self.failed_rules: list[tuple[str, RuleFailure]] = []
        self.rules: Counter[tuple[str, str, Severity]] = Counter()
        self.times: Counter[str] = Counter()
        self._fails = False
        self._matched: list[Outcome] = []

    def watch(self, outcomes: Iterable[Outcome]) -> Iterator[Part[Any]]:
        """The parts of the outcomes, each once it has been counted; last, the folders in which there was no sheet."""
        searched = dict.fromkeys(job.folder for job in self._jobs if job.folder is not None)
        for job_, outcome in zip(self._jobs, outcomes, strict=True):
            part = outcome.part
            self.counts += part.counts
            if outcome.passed_over:
                continue
            searched.pop(job_.folder or "", None)
            self.rules.update(outcome.rules)
            self.times.update(outcome.times)
            self._fails |= outcome.fails
            self.failed_rules += ((part.path, failure) for failure in part.failures)
            if part.gap:
                self.gaps.append((part.path, part.gap))
            if part.error is not None:
                self.failed.append((part.path, part.error))
            elif outcome.matches is not None:
                self._matched.append(attrs.evolve(outcome, part=attrs.evolve(part, pieces=())))
            yield part
        for folder in searched:
            error = InputError("no-sheets")
            part = job.failed(self._recipe, Job(folder, spelt(folder)), error).part
            self.counts += part.counts
            self.failed.append((part.path, error))
            yield part

    def judged(self, run: Chosen) -> Iterator[tuple[Outcome, frozenset[str]]]:
        """The outcomes that were held against a baseline, and the codes of the rules by which they came about."""
        for outcome in self._matched:
            failed = {failure.code for failure in outcome.part.failures}
            yield outcome, run.codes(outcome.part.path) - failed

    def status(self, counting: bool) -> int:
        """2 unless every input was read whole and judged by every rule.

        Else 1 if something is as grave as its ``fail-on``, where that is ``counting``.
        """
        return WRONG if self.failed or self.gaps or self.failed_rules else int(self._fails and counting)


def _job(input_: Input, stdin_name: str | None) -> Job:
    file, size = input_.path, 0
    with contextlib.suppress(OSError, ValueError):
        size = os.stat(file).st_size
    place = input_name(file, stdin_name)
    return Job(file, spelt(place), size, place, folder=input_.folder)


def _recipe(asked: _Asked, run: Chosen, number: int) -> Recipe:
    printed = asked["output"] in (None, inputs.STDIN)
    color = _colored(asked["color"]) if printed else asked["color"] == "always"
    style = Style(
        run.language,
        color,
        int(asked["ambiguous-width"]),
        run.taxonomy,
        run.profile,
        bool(asked["verbose"]),
        bool(asked["quiet"]),
        several=number > 1,
        sums=bool(asked["explain-sums"]),
        folder=_folder(),
        width=_width() if printed else _NARROW,
        home="" if printed else spelt(os.path.dirname(os.path.realpath(asked["output"]))),
    )
    return Recipe(report.FORMATS[asked["format"]], style, run.asked, asked["config"], bool(asked["isolated"]))


def _width() -> int:
    """The cells of a line: those of the terminal, within what reads well; what no terminal shows is always the same."""
    if not sys.stdout.isatty():
        return _NARROW
    import shutil  # only where somebody looks

    return max(_NARROWEST, min(shutil.get_terminal_size((_NARROW, 0)).columns, _WIDEST))


def _folder() -> str:
    """The current folder; empty if it is gone."""
    try:
        return spelt(os.getcwd())
    except OSError:
        return ""


def _outcomes(recipe: Recipe, jobs: Sequence[Job], filled: Iterable[Job], processes: str) -> Outcomes:
    number = job.helpful(jobs) if processes == _AUTO else max(1, min(int(processes), len(jobs)))
    outcomes = job.run(recipe, filled, processes=number)
    if len(jobs) < 2 or sys.stderr is None or not sys.stderr.isatty():
        return outcomes
    from goalcheck.cli.progress import watched  # only where somebody may see it

    return watched(outcomes, len(jobs), say("cli.checking", recipe.style.language))


def _with_data(job: Job, run: Chosen) -> Job:
    """``job``, with what is on standard input if that is what it is about: another process could not read it."""
    if job.file != inputs.STDIN:
        return job
    try:
        return attrs.evolve(job, data=inputs.read(job.file, run.of(job.name).plan.limits))
    except InputError as error:
        return attrs.evolve(job, data=error)


def _report(
    recipe: Recipe, run: Chosen, tally: Tally, outcomes: Iterable[Outcome], *, with_totals: bool
) -> Iterator[str | bytes]:
    style = attrs.evolve(recipe.style, rules=run.rules)
    yield from recipe.form.reporter.whole(tally.watch(outcomes), style)
    if with_totals and recipe.form.totals == "behind":
        yield from (f"{line}\n" for line in report.closing(tally.counts, style))


def _colored(when: str) -> bool:
    if when == _AUTO:
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return when == "always"
