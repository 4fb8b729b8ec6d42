"""``goalcheck fix``: mends its inputs, or shows what it would change, and says what was mended and what is left.

bytes ─▶ check ─▶ rounds of fixes ─▶ bytes in the same encoding ─▶ the file, standard output, or a diff
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import attrs
import click

from goalcheck.cli.options import WRONG, aside, write, write_bytes
from goalcheck.cli.running import (
    checking,
    chosen,
    complain_of_failures,
    complain_of_gaps,
    complain_of_rules,
    input_name,
)
from goalcheck.cli.speech import Command, Refusal, option
from goalcheck.config.setups import Setup
from goalcheck.engine.pipeline import check_data
from goalcheck.engine.result import Result, RuleFailure
from goalcheck.errors import InputError
from goalcheck.files import atomic_write, inputs
from goalcheck.files.paths import spelt
from goalcheck.files.search import Input
from goalcheck.files.system_errors import system_reason
from goalcheck.fix.cells import Change, cell_changes
from goalcheck.fix.mend import Mended, mend
from goalcheck.readers.plain import decode, encode
from goalcheck.report import diff as changes
from goalcheck.report import gap
from goalcheck.report import mended as report
from goalcheck.runs.job import fails, is_passed_over, sheltered
from goalcheck.source import TEXT, Source


@attrs.frozen(eq=False)
class _Job:
    """One input that was read and mended: what it was and what is made of it, as text and as bytes."""

    made: Mended
    before: str
    after: str
    old: bytes
    new: bytes
    source: Source | None = None
    """A file that is no text, which is never written."""
    cells: Sequence[Change] = ()
    """Of such a file, the cells to be changed."""


@attrs.frozen(eq=False)
class _Mender:
    """How every input is mended."""

    setup: Setup
    unsafe: bool
    in_place: bool

    def do(self, input_: Input, name: str) -> _Job | None:
        """Mend one input, be it in memory only; None where it was found in a folder and is no sheet.

        Raises :class:`InputError`; the file is then as it was.
        """
        file, plan = input_.path, self.setup.plan
        old = inputs.read(file, plan.limits)
        result = check_data(old, name, plan, self.setup.encoding)
        if result.error is not None and is_passed_over(input_, old, result.error, self.setup):
            return None
        made = mend(result, plan, unsafe=self.unsafe)
        before, after = result.source, made.result.source
        assert before is not None
        assert after is not None
        if before.kind != TEXT:
            if made.fixed and self.in_place:
                raise InputError("no-text-to-fix")
            return _Job(made, before.text, before.text, old, old, before, tuple(cell_changes(before, after)))
        new = self._encoded(before, after, old) if made.fixed else old
        if self.in_place and file != inputs.STDIN and new != old:
            _store(new, file, old)
        return _Job(made, before.text, after.text, old, new)

    def _encoded(self, before: Source, after: Source, old: bytes) -> bytes:
        """The bytes of ``after``, which are sure to be read as the same text again."""
        new = encode(after.text, before, old)
        if decode(new, after.path, self.setup.encoding).text != after.text:
            raise InputError("no-way-back", encoding=before.encoding)
        return new


def _store(new: bytes, file: str, old: bytes) -> None:
    try:
        if not atomic_write.update(new, file, old):
            raise InputError("changed")
    except OSError as error:
        raise InputError("unwritable", reason=system_reason(error)) from None


@click.command("fix", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@option("--diff", is_flag=True)
@option("--unsafe-fixes", is_flag=True)
@checking
@option("--stdin-filename", metavar="NAME")
@option("-q", "--quiet", is_flag=True)
def command(paths: tuple[str, ...], diff: bool, quiet: bool, unsafe_fixes: bool, **more: Any) -> int:
    """Mend the inputs and say what was changed and what is left."""
    run = chosen(paths, **more)
    lang = run.language
    # standard output is for the diff, or for the mended text
    talks_aside = diff or any(input_.path == inputs.STDIN for input_ in run.inputs)
    mended: list[Mended] = []
    failed: list[tuple[str, InputError]] = []
    gaps: list[tuple[str, str]] = []
    failed_rules: list[tuple[str, RuleFailure]] = []
    said = ""
    out = _Outlet()
    searched = dict.fromkeys(input_.folder for input_ in run.inputs if input_.folder is not None)
    passed_over = run.passed_over
    for input_ in run.inputs:
        name = spelt(input_name(input_.path, more["stdin_filename"]))
        job = sheltered(partial(_Mender(run.of(name), unsafe_fixes, in_place=not diff).do, input_, name))
        if job is None:
            passed_over += 1
            continue
        searched.pop(input_.folder or "", None)
        if isinstance(job, InputError):
            failed.append((name, job))
            continue
        out.give(partial(_hand_out, input_.path, job, diff, lang))
        result = job.made.result
        if unread := gap(result, lang):
            gaps.append((name, unread))
        failed_rules += ((name, failure) for failure in result.failures)
        mended.append(attrs.evolve(job.made, result=Result(name, findings=result.findings)))
        said = report.summary(mended[-1], lang, done=not diff, is_text=job.source is None)
        if said and not quiet:
            out.give(partial(_say, said, talks_aside))
    failed += [(spelt(folder), InputError("no-sheets")) for folder in searched]
    complain_of_failures(failed, lang)
    complain_of_gaps(gaps)
    complain_of_rules(failed_rules, lang)
    if not quiet and (len(run.inputs) != 1 or not (said or failed)):
        out.give(
            partial(_say, report.totals(mended, len(failed), lang, done=not diff, passed_over=passed_over), talks_aside)
        )
    if out.lost is not None:
        raise out.lost
    if failed or gaps or failed_rules:
        return WRONG
    if diff:
        return int(any(made.fixed for made in mended))
    return int(any(fails(made.result, run.of(made.result.path).fail_on) for made in mended))


class _Outlet:
    """Standard output. Where it takes no more (a full disk) the files are mended all the same, and the end says so."""

    def __init__(self) -> None:
        self.lost: Refusal | None = None

    def give(self, action: Callable[[], None]) -> None:
        """Do ``action``, which writes."""
        try:
            action()
        except Refusal as error:
            self.lost = self.lost or error


def _hand_out(file: str, job: _Job, diff: bool, lang: str) -> None:
    """What goes to standard output: the diff, or what was read from standard input, mended."""
    if job.source is not None:
        write(changes.of_cells(job.source, job.cells, lang), None)
    elif diff:
        mark = "\ufeff" if job.old.startswith(codecs.BOM_UTF8) else ""  # part of the line, for who applies the diff
        pieces = changes.report(job.made.result.path, mark + job.before, mark + job.after, terminal=sys.stdout.isatty())
        write(pieces, None)
    elif file == inputs.STDIN:
        write_bytes(job.new)


def _say(text: str, on_the_side: bool) -> None:
    if on_the_side:
        aside(text.removesuffix("\n"))
    else:
        write((text,), None)
