"""``goalcheck convert``: the plain text that is made of a file, be it a sheet or not."""

from __future__ import annotations

import difflib
import os
import re
import sys
from bisect import bisect_left
from itertools import pairwise
from typing import Any

import click

from goalcheck import report
from goalcheck.cli.options import (
    WRONG,
    limited,
    limits_of,
    tell_of_file,
    with_encoding,
    with_language,
    with_output,
    write,
)
from goalcheck.cli.running import complain_of_failures, complain_of_gaps, input_name
from goalcheck.cli.speech import Command, Refusal, option
from goalcheck.cli.targets import Target
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.files import inputs
from goalcheck.files.paths import spelt
from goalcheck.limits import Limits
from goalcheck.parse.worksheets import PARTING
from goalcheck.prose import sentences
from goalcheck.reading import read
from goalcheck.runs.job import sheltered
from goalcheck.source import Origins, Source

_EMPTY_LINE = "\n"
_MOST_LISTED = 12  # of the tables there are


@click.command("convert", cls=Command)
@click.argument("path", metavar="PATH")
@option("--sheet", metavar="NAME")
@with_output
@with_language
@with_encoding
@limited
def command(path: str, sheet: str | None, output: str | None, lang: str, encoding: str | None, **more: Any) -> int:
    """Print the text of one file, or of one of its tables."""
    name, limits = spelt(input_name(path, None)), Limits(**limits_of(more))
    if output is not None:
        target = Target(output)
        if target.leads_to(path):
            raise Refusal("output-input", name=output)
        target.spare()
    source = sheltered(lambda: _read(path, name, encoding, limits))
    if isinstance(source, InputError):
        complain_of_failures([(name, source)], lang)
        return WRONG
    text = _parted(source) if sheet is None else _table(source, sheet)
    write([_shown(text) if output is None and sys.stdout.isatty() else text], output)
    tell_of_file(output, lang)
    if not (gap := report.gap(Result(name, source), lang)):
        return 0
    complain_of_gaps([(name, gap)])
    return WRONG


def _read(path: str, name: str, encoding: str | None, limits: Limits) -> Source:
    if os.path.isdir(path):
        raise InputError("one-file")
    source = read(inputs.read(path, limits), name, encoding, limits)
    if not source.text.strip():
        raise InputError("empty")
    return source


def _parted(source: Source) -> str:
    """The whole text; a line that reading knows again stands between worksheets, in the place of an empty one."""
    tables = source.origins.tables if source.origins is not None else ()
    starts = [table.start for table in tables if table.sheet is not None and table.start]
    *pieces, last = (source.text[start:end] for start, end in pairwise((0, *starts, len(source.text))))
    return "".join(f"{piece.removesuffix(_EMPTY_LINE)}{PARTING}\n" for piece in pieces) + last


def _shown(text: str) -> str:
    """``text`` with nothing in it that a terminal would obey; a file or another program gets it as it is."""
    return re.sub(r"[^\t\n]+", lambda found: sentences.visible(found[0]), text)


def _table(source: Source, wanted: str) -> str:
    """The text of one table: the worksheet with this name, or the table with this number."""
    origins = source.origins or Origins((), (), ())
    names = [str(table.number) if table.sheet is None else table.sheet for table in origins.tables]
    numbers = [str(table.number) for table in origins.tables]
    at = next((known.index(wanted) for known in (names, numbers) if wanted in known), None)
    if at is None:
        near = difflib.get_close_matches(wanted, names, 1)
        if not names:
            raise Refusal("no-tables", name=wanted)
        key = "no-table" if len(names) <= _MOST_LISTED else "no-table-of-many"
        listed = tuple(names[:_MOST_LISTED])
        raise Refusal(key, near[0] if near else None, name=wanted, tables=listed, number=str(len(names)))
    start = origins.tables[at].start
    end = origins.tables[at + 1].start if at + 1 < len(names) else len(source.text)
    records = range(bisect_left(origins.starts, start), bisect_left(origins.starts, end))
    outside = next((origins.starts[record] for record in records if not origins.rows[record]), end)
    return source.text[start:outside].rstrip("\n") + "\n"
