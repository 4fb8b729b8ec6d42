"""``goalcheck compare``: what a sheet says of an earlier one, be it mended since or of another year."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any

import attrs
import click

from goalcheck import report
from goalcheck.catalogue.rule import Severity
from goalcheck.cli.options import WRONG, complain, limits_of, tell_of_file, with_output, write
from goalcheck.cli.running import (
    Chosen,
    choosing,
    chosen,
    complain_of_failures,
    complain_of_gaps,
    complain_of_rules,
    configured,
    input_name,
)
from goalcheck.cli.speech import Command, OneOf, Refusal, option
from goalcheck.cli.targets import Target
from goalcheck.compare import FORMATS, Writer
from goalcheck.compare.comparison import Comparison, Side, compare
from goalcheck.compare.sides import Checked, NoReportError, is_json, of_report, of_sheets, way
from goalcheck.compare.unjudged import nothing_read
from goalcheck.engine.pipeline import check_data
from goalcheck.engine.result import Result, RuleFailure
from goalcheck.errors import InputError
from goalcheck.files import inputs
from goalcheck.files.paths import spelt
from goalcheck.files.search import Input
from goalcheck.limits import Limits
from goalcheck.messages import say
from goalcheck.prose import sentences
from goalcheck.reading import read
from goalcheck.report import Style
from goalcheck.runs.job import is_passed_over, sheltered
from goalcheck.source import Source

_NAMED = 3  # states that nobody understands
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
"""What files begin with that may be a list: workbooks, be they saved as xls."""


@attrs.frozen(eq=False)
class _Loaded:
    """A side; ``files`` are those it was read from or by, ``is_whole`` says whether all of it was checked.

    ``grave`` is from which severity on a finding in each of its sheets fails the run; None where none does.
    """

    side: Side
    files: Sequence[str]
    is_whole: bool
    grave: Mapping[str, Severity | None]


@click.command("compare", cls=Command)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option("--year", is_flag=True)
@option("--format", "form", type=OneOf(FORMATS), default="text")
@with_output
@choosing
def command(old: str, new: str, year: bool, form: str, output: str | None, **options: Any) -> int:
    """Compare two sides and say what has changed."""
    if old == new == inputs.STDIN:
        raise Refusal("exclusive", one="OLD -", other="NEW -")
    writer = FORMATS[form]
    _check_format(writer, output)
    language = configured(options["config"], options["isolated"], options["lang"])[1]
    first = _load(old, options, Style(language), may_be_list=not year)
    style = Style(first.side.language or language)
    second = _load(new, options, style, may_be_list=False)
    if year and (first.side.plans is None or second.side.plans is None):
        raise Refusal("year-sheets", name=old if first.side.plans is None else new)
    if output is not None:
        target = Target(output)
        if any(target.leads_to(file) for file in (*first.files, *second.files)):
            raise Refusal("output-input", name=output)
        target.spare()
    comparison = compare(first.side, second.side, is_year=year)
    write(writer.module.whole(comparison, style), output)
    tell_of_file(output, language)
    _complain_of_tools(comparison, language)
    _complain_of_claims(comparison.old, style.language)
    if not (first.is_whole and second.is_whole):
        return WRONG
    return int(
        any(
            pair.state == "new" and _fails(pair.fault.place, pair.fault.severity, second.grave)
            for pair in comparison.faults or ()
        )
    )


def _fails(place: str, severity: Severity, grave: Mapping[str, Severity | None]) -> bool:
    least = grave.get(place)
    return least is not None and severity >= least


def _check_format(writer: Writer, output: str | None) -> None:
    if writer.library and find_spec(writer.library) is None:
        raise Refusal("needs-extra", name=writer.name)
    if not writer.for_terminals and output is None and sys.stdout.isatty():
        raise Refusal("binary", name=writer.name)


def _load(path: str, options: Mapping[str, Any], style: Style, *, may_be_list: bool) -> _Loaded:
    """What ``path`` names: a report in JSON, where it ``may_be_list`` a list that was filled in, or sheets."""
    limits = Limits(**limits_of(options))
    content: bytes | InputError | None = None
    if path == inputs.STDIN or os.path.isfile(path):
        content = sheltered(lambda: inputs.read(path, limits))
        if isinstance(content, bytes) and is_json(content):
            return _report(path, content, options, style)
        if may_be_list and isinstance(content, bytes) and content.startswith(_WORKBOOKS):
            made = _list(path, content, limits)
            if made is not None:
                return _Loaded(made, [path], is_whole=True, grave={})
    run = chosen((path,), **options)
    passed = _Passed(run, style.language)
    side = of_sheets(passed.by(_sheets(run, content)), style)
    if not passed.grave:
        passed.failed.append((spelt(path), InputError("no-sheets")))
        side = attrs.evolve(side, unjudged=nothing_read(spelt(path)))
    complain_of_failures(passed.failed, style.language)
    complain_of_gaps(passed.gaps)
    complain_of_rules(passed.failures, style.language)
    files = [*run.files, *(input_.path for input_ in run.inputs)]
    return _Loaded(side, files, passed.is_whole and bool(passed.grave), passed.grave)


@attrs.define(eq=False)
class _Passed:
    """What is to be said of sheets that have passed by: they are many, and none is kept."""

    run: Chosen
    language: str
    failed: list[tuple[str, InputError]] = attrs.Factory(list)
    gaps: list[tuple[str, str]] = attrs.Factory(list)
    failures: list[tuple[str, RuleFailure]] = attrs.Factory(list)
    grave: dict[str, Severity | None] = attrs.Factory(dict)
    is_whole: bool = True

    def by(self, sheets: Iterable[Checked]) -> Iterator[Checked]:
        """``sheets``, as they pass by."""
        for sheet in sheets:
            result = sheet.result
            if result.error is not None:
                self.failed.append((result.path, result.error))
            if said := report.gap(result, self.language):
                self.gaps.append((result.path, said))
            self.failures += ((result.path, failure) for failure in result.failures)
            self.grave[sheet.place] = _grave(self.run.of(result.path).fail_on)
            self.is_whole &= result.is_whole
            yield sheet


def _sheets(run: Chosen, content: bytes | InputError | None) -> Iterator[Checked]:
    """The sheets, one at a time; the place of a single one is empty, whatever it is called."""
    first: tuple[Input, Result] | None = None
    number = 0
    for input_ in run.inputs:
        name = spelt(input_name(input_.path, None))
        result = sheltered(partial(_checked, run, input_, name, content))
        if result is None:
            continue
        number += 1
        found = input_, Result(name, error=result) if isinstance(result, InputError) else result
        if number == 1:
            first = found
            continue
        if first is not None:
            yield _placed(run, *first)
            first = None
        yield _placed(run, *found)
    if first is not None:
        yield Checked(first[1], "", run.of(first[1].path).plan.lexicon)


def _placed(run: Chosen, input_: Input, result: Result) -> Checked:
    return Checked(result, way(input_.path, input_.folder or ""), run.of(result.path).plan.lexicon)


def _checked(run: Chosen, input_: Input, name: str, content: bytes | InputError | None) -> Result | None:
    """The result of one input; None where it was found in a folder and is no sheet. Raises InputError."""
    setup = run.of(name)
    if isinstance(content, InputError):
        raise content
    data = inputs.read(input_.path, setup.plan.limits) if content is None else content
    result = attrs.evolve(check_data(data, name, setup.plan, setup.encoding), configuration=setup.digest)
    return None if result.error is not None and is_passed_over(input_, data, result.error, setup) else result


def _grave(fail_on: str) -> Severity | None:
    return None if fail_on == "never" else Severity[fail_on.upper()]


def _report(path: str, content: bytes, options: Mapping[str, Any], style: Style) -> _Loaded:
    try:
        side = of_report(content, style.language)
    except NoReportError:
        raise Refusal("no-report", name=path) from None
    missed = [str(file["path"]) for file in side.files if file["status"] != "checked" or file["failures"]]
    for name in missed:
        told = say("cli.report-not-whole", style.language, path=sentences.path(name))
        complain(f"{sentences.path(spelt(path))}: {told}")
    configuration, _ = configured(options["config"], options["isolated"], style.language)
    least = _grave(options["fail_on"] or configuration.fail_on or "error")
    return _Loaded(side, [path], not missed, dict.fromkeys(side.unjudged.places, least))


def _list(path: str, content: bytes, limits: Limits) -> Side | None:
    """The side of a list that was filled in; None of any other workbook."""
    from goalcheck.compare.filled_list import is_list, of_list  # only where it may be one

    source = sheltered(lambda: read(content, spelt(path), None, limits))
    if not isinstance(source, Source) or not is_list(source):
        return None
    made = of_list(source)
    if made is None:
        raise Refusal("no-list-columns", name=path)
    return made


def _complain_of_claims(side: Side, language: str) -> None:
    """Say what stands in the column 整改情况 of a list and is none of the words that are counted."""
    if side.unclear:
        from goalcheck.compare.filled_list import CLAIMS  # only where a list is compared

        told = sentences.listed([sentences.plain(said) for said in dict.fromkeys(side.unclear)][:_NAMED], language)
        known = sentences.listed([say(f"rectification.{key}", language) for key in CLAIMS], language)
        figures = {"name": side.files[0]["path"], "number": len(side.unclear), "said": told, "known": known}
        complain(say("cli.unclear-claims", language, **figures))


def _complain_of_tools(comparison: Comparison, language: str) -> None:
    """Say that two reports were not made by the same rules: what one did not look for is not mended."""
    first, second = comparison.old.tool, comparison.new.tool
    keys = ("version", "rules", "taxonomy", "profile")
    if first and second and any(first.get(key) != second.get(key) for key in keys):
        complain(say("cli.other-rules", language))
