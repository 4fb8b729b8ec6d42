"""``goalcheck annotate``: puts a copy beside each input in which every finding is marked where it stands.

bytes ─▶ check ─▶ a marked copy ─▶ 表.批注.xlsx beside 表.xlsx, which is never written to
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import attrs
import click

from goalcheck.annotate import annotated, is_own
from goalcheck.catalogue.rule import Severity
from goalcheck.cli.options import WRONG, complain, write
from goalcheck.cli.running import (
    Chosen,
    checking,
    chosen,
    complain_of_failures,
    complain_of_gaps,
    complain_of_rules,
    input_name,
)
from goalcheck.cli.speech import Command, OneOf, Refusal, option
from goalcheck.cli.targets import Target
from goalcheck.config.configuration import LEVELS
from goalcheck.config.setups import Setup
from goalcheck.engine.pipeline import check_data
from goalcheck.engine.result import Result, RuleFailure
from goalcheck.errors import InputError
from goalcheck.files import atomic_write, inputs
from goalcheck.files.paths import COPIES, copy_path, spelt
from goalcheck.files.search import Input
from goalcheck.files.system_errors import system_reason
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.report import gap
from goalcheck.runs.job import fails, is_passed_over, sheltered


@attrs.frozen(eq=False)
class _Done:
    """What became of an input: what is to be said of its result, and where the copy is, None where nothing is to be
    marked; ``remark`` says why that is of another kind. Neither the result nor the copy is kept: there may be many.
    """

    name: str
    found: Mapping[Severity, int]
    gap: str
    failures: Sequence[RuleFailure]
    is_grave: bool
    path: str | None = None
    remark: str | None = None


@attrs.frozen(eq=False)
class _Annotator:
    """How every input is marked: ``output`` is where the copy goes, None for a name beside the input."""

    run: Chosen
    output: str | None

    def do(self, input_: Input, name: str) -> _Done | None:
        """Put the copy beside one input; None where that was found in a folder and is no sheet.

        Raises :class:`InputError`; nothing is written then.
        """
        setup = self.run.of(name)
        data = inputs.read(input_.path, setup.plan.limits)
        result = check_data(data, name, setup.plan, setup.encoding)
        if result.error is not None:
            if is_passed_over(input_, data, result.error, setup):
                return None
            raise result.error
        least = Severity[setup.min_severity.upper()]
        marked = attrs.evolve(result, findings=tuple(one for one in result.findings if one.severity >= least))
        return self._written(input_, data, result, marked, setup)

    def _written(self, input_: Input, data: bytes, result: Result, marked: Result, setup: Setup) -> _Done:
        language = self.run.language
        copy = annotated(data, marked, language, setup.plan.limits)
        path = self.output or copy_path(input_.path, copy.ending, COPIES[language])
        target = Target(path)
        before = _content(target)
        done = _Done(
            result.path,
            {kind: sum(one.severity is kind for one in result.findings) for kind in Severity},
            gap(result, language) or "",
            result.failures,
            fails(result, setup.fail_on),
        )
        if not marked.findings and not before and self.output is None:
            return done
        if any(target.leads_to(one.path) for one in self.run.inputs):
            raise InputError("copy-is-input", name=spelt(path))
        if before and not is_own(before):
            raise InputError("copy-changed", name=spelt(path))
        try:
            atomic_write.save((copy.data,), path)
        except OSError as error:
            raise InputError("copy-unwritable", name=spelt(path), reason=system_reason(error)) from None
        return attrs.evolve(done, path=spelt(path), remark=copy.remark)


def _content(target: Target) -> bytes:
    """What is there now where the copy goes. Raises :class:`InputError` where it cannot be looked at."""
    try:
        return target.content()
    except Refusal as refusal:
        raise InputError("copy-unwritable", name=spelt(target.path), reason=refusal.figures["reason"]) from None


@click.command("annotate", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@option("-o", "--output", metavar="FILE")
@checking
@option("--min-severity", type=OneOf(LEVELS))
@option("--stdin-filename", metavar="NAME")
@option("-q", "--quiet", is_flag=True)
def command(paths: tuple[str, ...], output: str | None, quiet: bool, **more: Any) -> int:
    """Put a marked copy beside each input, and say where it is."""
    run = chosen(paths, **more)
    _check_output(output, run.inputs)
    lang, annotator = run.language, _Annotator(run, output)
    failed: list[tuple[str, InputError]] = []
    done: list[_Done] = []
    searched = dict.fromkeys(input_.folder for input_ in run.inputs if input_.folder is not None)
    for input_ in run.inputs:
        name = spelt(input_name(input_.path, more["stdin_filename"]))
        made = sheltered(partial(annotator.do, input_, name))
        if made is None:
            continue
        searched.pop(input_.folder or "", None)
        if isinstance(made, InputError):
            failed.append((name, made))
            continue
        done.append(made)
        _say(made, lang, quiet=quiet)
    failed += [(spelt(folder), InputError("no-sheets")) for folder in searched]
    complain_of_failures(failed, lang)
    gaps = [(made.name, made.gap) for made in done if made.gap]
    complain_of_gaps(gaps)
    failed_rules = [(made.name, failure) for made in done for failure in made.failures]
    complain_of_rules(failed_rules, lang)
    if failed or gaps or failed_rules:
        return WRONG
    return int(any(made.is_grave for made in done))


def _check_output(output: str | None, given: Sequence[Input]) -> None:
    """Refuse one name for many copies, and standard input without a name for its copy."""
    if output in ("", inputs.STDIN):
        raise Refusal("no-value", name="--output")
    if output is not None and len(given) > 1:
        raise Refusal("one-copy", name="--output")
    if output is None and any(input_.path == inputs.STDIN for input_ in given):
        raise Refusal("needs", name="-", other="--output")


def _say(made: _Done, language: str, *, quiet: bool) -> None:
    """Where the copy is, or that there is none; on standard error why it is of another kind."""
    name = sentences.path(made.name)
    if made.path is not None and made.remark is not None:
        why = say(f"annotate.{made.remark}", language)
        complain(f"{name}: {why}")
    if quiet:
        return
    found = sentences.severities(made.found, language)
    if made.path is None:
        said = say("annotate.none", language, path=name)
    else:
        told = found or say("annotate.nothing", language)
        said = say("annotate.written", language, path=name, copy=sentences.path(made.path), found=told)
    write((f"{said}\n",), None)
