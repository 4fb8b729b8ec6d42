"""The sentence of the house as a function: bytes, source, sheet, findings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import attrs

from goalcheck.engine.plan import Plan
from goalcheck.engine.result import Result
from goalcheck.engine.run import run
from goalcheck.errors import InputError
from goalcheck.parse import parse
from goalcheck.parse.admission import admit
from goalcheck.readers import read
from goalcheck.source import Source


def check_data(data: bytes, path: str, plan: Plan, encoding: str | None = None) -> Result:
    """Decode, parse and check one input; never raises for what is wrong with it."""
    start = perf_counter()
    try:
        source = read(data, path, encoding)
    except InputError as error:
        return Result(path, error=error)
    decoded = perf_counter() - start
    result = check_source(source, plan)
    return attrs.evolve(result, times={"decode": decoded, **result.times})


def check_source(source: Source, plan: Plan) -> Result:
    """Parse and check one decoded text; never raises for what is wrong with it."""
    with _no_collection():
        start = perf_counter()
        try:
            sheet = parse(admit(source, plan.limits), plan.lexicon["organisation-suffixes"], plan.limits, plan.columns)
            if not any(section.units or section.loose for section in sheet.sections):
                raise InputError("no-rows")
            source = attrs.evolve(source, records=sheet.records)
        except InputError as error:
            return Result(source.path, error=error)
        parsed = perf_counter()
        found = tuple(run(sheet, plan))
        times = {"parse": parsed - start, "check": perf_counter() - parsed}
        return Result(source.path, source, sheet, found, plan=plan, times=times)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold back the collector of cycles: a tree has none, yet it would walk the growing tree again and again."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()
