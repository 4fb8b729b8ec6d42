"""The bench: how long goalcheck takes, against floors taken in the same run.

    python tests/bench/bench.py            everything, two minutes
    python tests/bench/bench.py memory     one part: start, jobs, yaml, text, rules, formats, workbook, command,
                                           growth or memory

Machines are noisy, so what counts are ratios: each pair of times is taken turn by turn and the least of each is
compared. The limits are printed beside the figures. What fails a build is only a report that takes as long as checking,
twice its limit.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import many
import openpyxl
import xlsxwriter
from lark import Lark

from goalcheck import report
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Severity
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.collector import collect_seldom
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import default_plan
from goalcheck.engine.result import Result
from goalcheck.parse import parse
from goalcheck.parse.grammars import grammar
from goalcheck.readers import read
from goalcheck.report import Format, Style
from goalcheck.source import Source

SHEET = Path(__file__).parents[2] / "samples" / "liwan-jinhua.txt"
_DIGITS = re.compile(r"(?<=\u2265)\d+(?=%)")
_EXCESS: list[str] = []
"""What took so much more than its limit that no noise explains it."""


def least(tries: int, *actions: Callable[[], object], clock: Callable[[], float] = time.process_time) -> list[float]:
    """The least time that each action took, in seconds, the actions taking turns.

    It is what this process itself worked; what other processes take part in is measured by another ``clock``.
    """
    times = [[] for _ in actions]
    for _ in range(tries):
        for action, taken in zip(actions, times, strict=True):
            start = clock()
            action()
            taken.append(clock() - start)
    return [min(taken) for taken in times]


def sheet(repeat: int) -> Source:
    """The real sheet with its rows ``repeat`` times over, names and values made different each time."""
    lines = SHEET.read_text("utf-8").split("\n")
    head, rows = lines[:5], lines[5:]
    name = head[3].partition("\t")[0]
    text = [*head]
    for turn in range(repeat):
        for row in rows:
            cells = row.split("\t")
            if turn and len(cells) > 1 and cells[0] != name:  # the header of every page stays
                cells[0] = f"{cells[0]}{turn}" if cells[1] else cells[0]
                cells[-1] = _DIGITS.sub(lambda m, t=turn: str((int(m[0]) + t) % 89 + 10), cells[-1])
            text.append("\t".join(cells))
    return Source("\n".join(text))


def by_row_sheet() -> Source:
    """The real sheet with an indicator a row: its projects are merged downwards, and so are first levels."""
    packed = sheet(1)
    lines = packed.text.split("\n")
    at_line = {packed.text.count("\n", 0, project.start): project for project in parse(packed).projects}
    head = lines[3].split("\t")
    width = head.index("绩效指标")
    text = ["\t".join((*head[:width], "一级指标\t二级指标\t三级指标\t实施周期指标值\t年度指标值"))]
    for number, project in at_line.items():
        beside, above = (*lines[number].split("\t"), *[""] * width)[:width], ""
        for one in project.indicators:
            upper, lower = (label.label.rpartition("-")[2] for label in (one.level1, one.level2))
            values = (value.text if value is not None else "" for value in (one.cycle_value, one.annual_value))
            text.append("\t".join((*beside, upper if upper != above else "", lower, one.name.text, *values)))
            beside, above = ("",) * width, upper
    return Source("\n".join(text))


def start() -> None:
    """A cold start on the real sheet, against importing lark, attrs and click."""

    def imports() -> None:
        subprocess.run([sys.executable, "-c", "import lark, attrs, click"], check=True)

    def lint() -> None:
        subprocess.run([sys.executable, "-m", "goalcheck", "lint", str(SHEET)], check=False, stdout=subprocess.DEVNULL)

    floor, taken = least(8, imports, lint, clock=time.perf_counter)
    say("cold lint of the real sheet", taken, "bare imports", floor, "at most 2.5, aim 1.8")


def text() -> None:
    """The real sheet in memory, against bare Lark on its indicator cells."""
    source = sheet(1)
    core = default_plan(catalogue())
    bare = Lark(grammar("indicator"), parser="lalr", lexer="contextual", start="cell")
    cells = [p.indicator_cell.text for p in parse(source).projects if p.indicator_cell]
    floor, taken, reading = least(
        25,
        lambda: [bare.parse(cell) for cell in cells],
        lambda: check_source(source, core),
        lambda: parse(source),
    )
    say("check of the text in memory", taken, "bare Lark on its cells", floor, "at most 2.5, aim 1.5")
    print(f"{'':32}of which reading {reading * 1e3:.1f} ms")


def by_rows() -> None:
    """Reading the real sheet's indicators one a row, against reading them packed."""
    packed, apart = sheet(1), by_row_sheet()
    floor, taken = least(40, lambda: parse(packed), lambda: parse(apart))
    say("reading it by rows", taken, "packed", floor, "at most 1")


def rules() -> None:
    """All rules against reading and the error-level rules; every time under a new plan, that remembers nothing."""
    source = sheet(1)
    every = plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))
    errors = attrs.evolve(every, rules=tuple(r for r in every.rules if r.severity is Severity.ERROR))
    reading, floor, taken = least(
        25,
        lambda: parse(source),
        lambda: check_source(source, attrs.evolve(errors)),
        lambda: check_source(source, attrs.evolve(every)),
    )
    against = f"reading, {len(errors.rules)} for errors"
    say(f"all {len(every.rules)} rules, without reading", taken - reading, against, floor, "at most 2.0")
    say(f"reading, all {len(every.rules)} rules", taken, against, floor, "aim 2.0")


def formats() -> None:
    """What the report costs in each format, on the real sheet and on a large one in which much is found."""
    every = plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))
    for source, tries in ((sheet(1), 12), (sheet(10), 3)):
        style = Style(folder="/", rules=every.rules)
        for with_sums in (False, True):  # those that show every sum get the sums, which are found while checking
            check = partial(check_source, source, with_sums=with_sums)
            result = check(every)
            forms = [f for f in report.FORMATS.values() if not f.binary and f.traces_sums == with_sums]
            shown = [partial(_told, form, result, style) for form in forms]
            for told in shown:
                told()  # what is made once a run
            floor, *taken = least(tries, lambda check=check: check(attrs.evolve(every)), *shown)
            for form, seconds in zip(forms, taken, strict=True):
                what = f"{len(result.findings)} findings as {form.name}"
                say(what, seconds, "checking with sums" if with_sums else "checking", floor, "at most 0.5", gross=1)


def lists() -> None:
    """The list to mend by, a workbook, against the library that writes it, which gets as many cells of bare text."""
    every = plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))
    result = check_source(sheet(1), every)
    style = Style(folder="/", rules=every.rules)

    def bare() -> None:
        with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
            rows = book.add_worksheet()
            for row, finding in enumerate(result.findings):
                for column in range(14):
                    rows.write_string(row, column, f"{finding.code} {finding.text} {row}")

    floor, taken = least(5, bare, partial(_told, report.FORMATS["xlsx"], result, style))
    say(f"{len(result.findings)} findings as a list", taken, "their cells by XlsxWriter", floor, "at most 3")


def _told(form: Format, result: Result, style: Style) -> None:
    for _ in form.reporter.whole([report.part(form, result, style)], style):
        pass


def _worked_by_children() -> float:
    """How long, in seconds, the processes that have ended here worked themselves: others may be busy beside them."""
    times = os.times()
    return times.children_user + times.children_system


def command() -> None:
    """The whole command on ten times the real sheet in each format, against the one that says least."""
    with TemporaryDirectory() as place:
        path = Path(place, "sheet.txt")
        path.write_text(sheet(10).text, encoding="utf-8")
        others = [name for name, form in report.FORMATS.items() if name != "concise" and not form.binary]
        runs = [partial(many.took, *many.lint(path, 1, name)) for name in ("concise", *others)]
        floor, *taken = least(3, *runs, clock=_worked_by_children)
    for name, seconds in zip(others, taken, strict=True):
        say(f"lint --format {name}", seconds, "lint --format concise", floor, "at most 1.5", gross=3)


def workbook() -> None:
    """A workbook of 20,000 rows as text with all its places, against openpyxl, which gives the bare cells."""
    book = openpyxl.Workbook(write_only=True)
    rows = book.create_sheet()
    for row in range(20_000):
        rows.append([f"项目{row}", row * 1.25, f"指标{row % 50}", 95, "≥95%"][: 5 if row % 5 else 2])
    file = io.BytesIO()
    book.save(file)

    def cells() -> None:
        for row in openpyxl.load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True):
            len(row)

    floor, taken = least(3, cells, lambda: read(file.getvalue()))
    say("a workbook of 20,000 rows", taken, "openpyxl, read only", floor, "at most 0.5")


def growth() -> None:
    """How time grows with rows."""
    core = default_plan(catalogue())
    one, ten, hundred = sheet(1), sheet(10), sheet(100)
    small, large = least(
        8, lambda: check_source(one, attrs.evolve(core)), lambda: check_source(ten, attrs.evolve(core))
    )
    say("ten times the rows", large, "once", small, "at most 11")
    middle, huge = least(
        1, lambda: check_source(ten, attrs.evolve(core)), lambda: check_source(hundred, attrs.evolve(core))
    )
    say("a hundred times the rows", huge, "ten times", middle, "at most 11")


def memory() -> None:
    """How peak memory grows with rows."""
    core = default_plan(catalogue())
    check_source(sheet(1), core)  # tables and caches are not the text's
    peaks = []
    for repeat in (1, 10, 50):
        source = sheet(repeat)
        tracemalloc.start()
        check_source(source, core)
        peaks.append((len(source.text), tracemalloc.get_traced_memory()[1]))
        tracemalloc.stop()
    for size, peak in peaks:
        print(f"peak memory for {size:>9,} characters: {peak / 2**20:7.1f} MiB, {peak / size:5.1f} bytes each")


def jobs() -> None:
    """1,000 small sheets by two processes, against one; and how memory grows with their number."""
    text = SHEET.read_text("utf-8")
    with TemporaryDirectory() as place:
        folder = many.fill(Path(place, "many"), text, 1000, rows=14)
        few = many.fill(Path(place, "few"), text, 100, rows=14)
        taken = {number: many.took(*many.lint(folder, number)) for number in (1, 2)}
        _, little = many.took(*many.lint(few, 1))
    (alone, peak), (together, _) = taken[1], taken[2]
    say("1,000 sheets by one process", alone, "by two", together, "at least 1.7")
    print(
        f"{'':32}peak memory {peak / 1024:.1f} MiB, {little / 1024:.1f} MiB for 100 sheets, ratio {peak / little:.2f}"
    )


def yaml() -> None:
    """100 different sheets of the real one's size, against yamllint on the same text as YAML; one process each."""
    with TemporaryDirectory() as place:
        sheets = many.fill(Path(place, "sheets"), SHEET.read_text("utf-8"), 100)
        same = many.fill_yaml(Path(place, "yaml"), sheets)
        floor, _ = many.took(sys.executable, "-m", "yamllint", "-f", "parsable", str(same))
        taken, _ = many.took(*many.lint(sheets, 1))
    say("100 sheets", taken, "yamllint on the same", floor, "below 1")


def say(what: str, taken: float, against: str, floor: float, limit: str, *, gross: float | None = None) -> None:
    """Print the ratio of two times and what it should be; above ``gross`` the bench fails in the end."""
    print(f"{what:32}{taken * 1e3:9.1f} ms  {against:24}{floor * 1e3:9.1f} ms  ratio {taken / floor:5.2f}  ({limit})")
    if gross is not None and taken > gross * floor:
        _EXCESS.append(what)


PARTS = {
    "start": start, "jobs": jobs, "yaml": yaml,  # first: a child's peak of memory counts what its parent holds
    "command": command,
    "text": text, "by rows": by_rows, "rules": rules, "formats": formats, "lists": lists,
    "workbook": workbook, "growth": growth, "memory": memory,
}  # fmt: skip

if __name__ == "__main__":
    collect_seldom()  # as the command does
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
    if _EXCESS:
        raise SystemExit(f"far above the limit: {', '.join(_EXCESS)}")
