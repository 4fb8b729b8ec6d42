"""Checks the inputs of a run: each is read, checked, held against the baseline and told in the format of the report.

    Job ─▶ read ─▶ decode ─▶ parse ─▶ check ─▶ baseline ─▶ pieces of the report ─▶ Outcome

All that it takes is in the :class:`Recipe`, which can be sent to another process or machine; all that comes back is
small. :func:`run` does it here, in processes of this machine, or in any :class:`concurrent.futures.Executor`.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from goalcheck.catalogue.rule import Severity
from goalcheck.config.setups import Asked, Setup, Setups
from goalcheck.engine.pipeline import check_data
from goalcheck.engine.plan import Plan
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.files import inputs
from goalcheck.files.paths import spelt
from goalcheck.files.search import Input
from goalcheck.limits import Limits
from goalcheck.readers import is_text
from goalcheck.reading import read
from goalcheck.report import FORMATS, Counts, Format, Part, Style, part
from goalcheck.source import OWN_LIST, TEXT

if TYPE_CHECKING:  # imported where used: one sheet without a baseline needs neither
    from concurrent.futures import Executor

    from goalcheck.runs.baseline import Baseline, Matches

T = TypeVar("T")

_BATCH_BYTES = 300_000  # what is done in about a quarter of a second
_BATCH_FILES = 32
_WORTH_A_PROCESS = 500_000  # bytes; fewer are checked sooner than another process starts
_MOST_BATCHES_EACH = 4  # that wait for their turn


@attrs.frozen(eq=False, repr=False)
class Job:
    """One input: the file, what reports call it, and how large it is; ``data`` is what was read from standard input."""

    file: str
    name: str
    size: int = 0
    place: str = ""
    """The path whose configuration holds; without it, the file itself."""
    data: bytes | InputError | None = None
    folder: str | None = None
    """The folder that was named and in which it was found; None where the file itself was named."""
    taken: frozenset[tuple[str, str]] = frozenset()
    """The keys of entries of the baseline that stand in for findings of other inputs."""


def _format(form: Format | str) -> Format:
    """A format, which may be given by its name."""
    return FORMATS[form] if isinstance(form, str) else form


@attrs.frozen(eq=False, repr=False)
class Recipe:
    """What is to be made of every job."""

    form: Format = attrs.field(default=FORMATS["text"], converter=_format)
    """The format of the report, or its name."""
    style: Style = attrs.Factory(Style)
    asked: Asked = attrs.Factory(Asked)
    config: str | None = None
    isolated: bool = False
    baseline: str | None = None
    beginning: str | None = None
    """Where a baseline is to be that is not there yet."""
    links: Mapping[str, str] = attrs.Factory(dict)
    """Files with entries in the baseline that are inputs by another name, with what the baseline calls that one."""
    gone: frozenset[str] = frozenset()
    """Files with entries in the baseline that are no longer on the disk."""
    recording: bool = False
    """Whether findings are put down for a new baseline."""
    taking: bool = False
    """Whether findings that the baseline does not know are taken into it."""
    today: str = ""
    key: str = attrs.Factory(lambda: os.urandom(8).hex())
    """What tells it from other recipes in a process that has seen several."""

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipe) and other.key == self.key


@attrs.frozen
class Outcome:
    """What came of one job."""

    part: Part[Any]
    fails: bool = False
    """Whether something is as grave as its ``fail-on``."""
    rules: Mapping[tuple[str, str, Severity], int] = attrs.Factory(dict)
    """How often each rule, given by code, name and severity, has found something."""
    times: Mapping[str, float] = attrs.Factory(dict)
    """Seconds that each stage took."""
    matches: Matches | None = None
    """What it has to do with the baseline, if there is one."""
    passed_over: bool = False
    """Whether it was found in a folder and is no sheet; the report then does not speak of it."""


Outcomes = Generator[Outcome, None, None]


def run(recipe: Recipe, jobs: Iterable[Job], executor: Executor | None = None, processes: int = 1) -> Outcomes:
    """What comes of each job, in their order: the same whoever does them.

    ``executor`` may be any; it stays open. Without one, ``processes`` processes of this machine do it, one being this.
    """
    if not recipe.gone:
        return _done(recipe, jobs, executor, processes)
    passing: deque[Job] = deque()
    return _each_entry_once(recipe, _done(recipe, _noted(jobs, passing), executor, processes), passing)


def _noted(jobs: Iterable[Job], passing: deque[Job]) -> Iterator[Job]:
    for job in jobs:
        passing.append(job)
        yield job


def _each_entry_once(recipe: Recipe, outcomes: Outcomes, jobs: deque[Job]) -> Outcomes:
    """``outcomes``, of which none makes use of what an earlier one has used: an entry of a file that is gone.

    Each was done as if it were the first; one that took what was taken already is done again.
    """
    taken: set[tuple[str, str]] = set()
    with contextlib.closing(outcomes):
        for first in outcomes:
            job, done = jobs.popleft(), [first]
            if taken & _borrowed(recipe, first):
                done = do(recipe, (attrs.evolve(job, taken=frozenset(taken)),))
            for outcome in done:
                taken |= _borrowed(recipe, outcome)
                yield outcome


def _borrowed(recipe: Recipe, outcome: Outcome) -> set[tuple[str, str]]:
    """The entries of files that are gone which stand in for findings here."""
    return {key for key in outcome.matches.met if key[0] in recipe.gone} if outcome.matches is not None else set()


def _done(recipe: Recipe, jobs: Iterable[Job], executor: Executor | None, processes: int) -> Outcomes:
    if executor is None and processes == 1:
        return (outcome for job in jobs for outcome in do(recipe, (job,)))
    from goalcheck.runs import schedule  # only where there is more than one

    work = partial(do, recipe)
    lost = partial(_lost, recipe)
    if executor is not None:
        ahead = _MOST_BATCHES_EACH * max(processes, os.cpu_count() or 1)
        return schedule.in_order(work, _batches(jobs), executor, ahead, lost)
    return schedule.in_processes(work, _batches(jobs), processes, lost)


def helpful(jobs: Sequence[Job]) -> int:
    """How many processes help with ``jobs``: no more than there are cores, or than there is work for."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, len(jobs), sum(job.size for job in jobs) // _WORTH_A_PROCESS))


def _batches(jobs: Iterable[Job]) -> Iterator[Sequence[Job]]:
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += job.size
        if size >= _BATCH_BYTES or len(batch) == _BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def do(recipe: Recipe, jobs: Sequence[Job]) -> list[Outcome]:
    """What comes of ``jobs``. Raises nothing for what is wrong with an input, or with goalcheck."""
    outcomes = []
    for job in jobs:
        outcome = sheltered(partial(_do, recipe, job))
        outcomes.append(failed(recipe, job, outcome) if isinstance(outcome, InputError) else outcome)
    return outcomes


@lru_cache(maxsize=2)
def _setups(recipe: Recipe) -> Setups:
    return Setups(recipe.asked, recipe.config, recipe.isolated)


@lru_cache(maxsize=2)
def _baseline(recipe: Recipe) -> Baseline | None:
    if recipe.baseline is None and recipe.beginning is None:
        return None
    from goalcheck.runs.baseline import Baseline, load

    found = Baseline(recipe.beginning or "") if recipe.baseline is None else load(recipe.baseline)
    return attrs.evolve(found.renamed(recipe.links), today=recipe.today)


def _do(recipe: Recipe, job: Job) -> Outcome:
    setup = _setups(recipe).of(job.place or job.file)
    start = perf_counter()
    try:
        data = _data(job, setup.plan.limits)
    except InputError as error:
        return failed(recipe, job, error)
    read = perf_counter()
    with_sums = recipe.style.sums or recipe.form.traces_sums
    result = check_data(data, job.name, setup.plan, setup.encoding, with_sums=with_sums)
    baseline = _baseline(recipe)
    listed = baseline is not None and baseline.name(job.name) in baseline.by_path  # it has been a sheet once
    unread = None if listed else result.error
    if unread is not None and is_passed_over(Input(job.file, job.folder), data, unread, setup):
        return Outcome(Part(job.name, Counts(passed_over=1)), passed_over=True)
    checked = perf_counter()
    matches = None
    if baseline is not None:
        result, matches = baseline.judge(result, recipe.gone, job.taken, take=recipe.taking)
        matches = matches if recipe.recording else attrs.evolve(matches, new=())
    if recipe.form.records_configuration:
        result = attrs.evolve(result, configuration=setup.digest)
    shown = _shown(result, Severity[setup.min_severity.upper()])
    made = part(recipe.form, shown, recipe.style)
    times = {"read": read - start, **result.times, "report": perf_counter() - checked}
    return Outcome(made, fails(result, setup.fail_on), _by_rule(shown), times, matches)


def is_passed_over(input_: Input, data: bytes, error: InputError, setup: Setup) -> bool:
    """Whether an input that could not be checked was found in a folder and is no sheet: nobody meant it."""
    if input_.folder is None or error.key == "takes-too-much" or error.key.startswith("foreign"):
        return False
    if error.key == OWN_LIST:
        return True
    from goalcheck.parse.traces import shows_trace, texts_of  # only where something is no sheet
    from goalcheck.report.recognition import is_report

    known, name = setup.configuration.catalogue, os.path.basename(spelt(input_.path))
    if is_report(data):
        return True
    if error.key == "empty-workbook":
        texts: Iterable[str] = ("",)
    elif (said := _text_of_file(input_, data, setup)) is not None:
        texts = (said,)
    elif input_.is_office or not is_text(data):
        return False  # it could not be read
    else:
        texts = texts_of(data, setup.encoding)
    return not shows_trace(texts, name, known.taxonomies.values(), known.columns)


def _text_of_file(input_: Input, data: bytes, setup: Setup) -> str | None:
    """The text that was made from a file that is none; None of plain text, and where it cannot be read."""
    try:
        source = read(data, input_.path, setup.encoding, setup.plan.limits)
    except InputError:
        return None
    return source.text if source.kind != TEXT else None


def _data(job: Job, limits: Limits) -> bytes:
    if isinstance(job.data, InputError):
        raise job.data
    return inputs.read(job.file, limits) if job.data is None else job.data


def _shown(result: Result, least: Severity) -> Result:
    """``result`` with the findings alone that are at least as grave as ``least``; the others stand apart."""
    findings = tuple(finding for finding in result.findings if finding.severity >= least)
    unshown = tuple(finding for finding in result.findings if finding.severity < least)
    suppressed = tuple(known for known in result.suppressed if known.finding.severity >= least)
    return attrs.evolve(result, findings=findings, unshown=unshown, suppressed=suppressed)


def fails(result: Result, fail_on: str) -> bool:
    """Whether something in ``result`` is as grave as ``fail_on``."""
    return fail_on != "never" and any(finding.severity >= Severity[fail_on.upper()] for finding in result.findings)


def _by_rule(result: Result) -> Mapping[tuple[str, str, Severity], int]:
    return Counter((finding.code, finding.name, finding.severity) for finding in result.findings)


def _lost(recipe: Recipe, job: Job, error: BaseException) -> Outcome:
    """What is said of a job that ended the process that did it, or that could not be sent there."""
    what = "lost" if isinstance(error, OSError | RuntimeError) else "internal"
    return failed(recipe, job, InputError(what, what=f"{type(error).__name__}: {error}"))


def failed(recipe: Recipe, job: Job, error: InputError) -> Outcome:
    """What is said of a job that could not be done."""
    return Outcome(part(recipe.form, Result(job.name, error=error), recipe.style))


def check(path: str, name: str, plan: Plan, encoding: str | None) -> Result:
    """Check one input. Whatever goes wrong inside is said of this input."""
    checked = sheltered(lambda: check_data(inputs.read(path, plan.limits), name, plan, encoding))
    return Result(name, error=checked) if isinstance(checked, InputError) else checked


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
