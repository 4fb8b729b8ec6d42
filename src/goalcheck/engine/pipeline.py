"""Checks one input, from its bytes or its text to the :class:`Result`: the sentence of the house as a function."""

from __future__ import annotations

from time import perf_counter

import attrs

from goalcheck.checks.facts.sums import unjudged_sums
from goalcheck.engine.plan import Plan
from goalcheck.engine.result import Result
from goalcheck.engine.run import run
from goalcheck.errors import InputError
from goalcheck.parse import parse
from goalcheck.parse.admission import admit
from goalcheck.parse.worksheets import remarks
from goalcheck.reading import read
from goalcheck.source import OWN_LIST, Source


def check_data(data: bytes, path: str, plan: Plan, encoding: str | None = None, *, with_sums: bool = False) -> Result:
    """Decode, parse and check one input; never raises for what is wrong with it."""
    start = perf_counter()
    try:
        source = read(data, path, encoding, plan.limits)
    except InputError as error:
        return Result(path, error=error)
    decoded = perf_counter()
    result = check_source(source, plan, with_sums=with_sums)
    return attrs.evolve(result, times={"decode": decoded - start, **result.times})


def check_source(source: Source, plan: Plan, *, with_sums: bool = False) -> Result:
    """Parse and check one decoded text, and trace its sums if asked to; never raises for what is wrong with it."""
    start = perf_counter()
    try:
        if any(remark.key == OWN_LIST for remark in source.remarks):
            raise InputError(OWN_LIST)
        sheet = parse(admit(source, plan.limits), plan.lexicon["organisation-suffixes"], plan.limits, plan.columns)
        if not any(section.units or section.loose for section in sheet.sections):
            raise InputError("no-rows")
        source = attrs.evolve(source, records=sheet.records)
        source = attrs.evolve(source, remarks=(*source.remarks, *remarks(source, sheet)))
    except InputError as error:
        return Result(source.path, error=_as_people_count(error, source))
    parsed = perf_counter()
    context = plan.context(sheet)
    findings, failures = run(source, context, plan)
    unjudged = unjudged_sums(context)
    times = {"parse": parsed - start, "check": perf_counter() - parsed}
    result = Result(
        source.path,
        source,
        sheet,
        findings,
        taxonomy=context.taxonomy,
        failures=failures,
        times=times,
        unjudged=unjudged,
    )
    if with_sums:
        from goalcheck.engine.sum_traces import explain  # only where somebody wants to see them

        result = attrs.evolve(result, sums=explain(source, context, plan))
    context.forget()
    return result


def _as_people_count(error: InputError, source: Source) -> InputError:
    """``error`` with the row of the file where it names a line of the text that was made of it."""
    line = error.figures.get("line")
    if source.origins is None or not isinstance(line, int) or not 0 < line <= len(source.line_starts):
        return error
    row = source.where(source.line_starts[line - 1]).row
    return InputError(error.key, **{**error.figures, "line": row})
