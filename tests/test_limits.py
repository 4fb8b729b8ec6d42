"""Limits: how much an input may hold, what is said of one that holds more, and that memory is spared in time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers import CLEAN, FAULTY, calls, check, entry_sheet, environment, goalcheck, goalcheck_here, tried_on

from goalcheck import check as check_text
from goalcheck.catalogue import example
from goalcheck.catalogue.load import catalogue
from goalcheck.engine.pipeline import check_data, check_source
from goalcheck.engine.plan import Plan
from goalcheck.engine.result import Result
from goalcheck.limits import LIMITS, Limits
from goalcheck.parse import parse
from goalcheck.prose import sentences
from goalcheck.source import Source

HEADER = example.HEADER.replace("\u21e5", "\t")
LINES = CLEAN.count("\n")
CELL = max(len(cell) for line in CLEAN.split("\n") for cell in line.split("\t"))
COLUMNS = CLEAN[: CLEAN.index("绩效目标\t")].count("\n") + 1  # the line of the header
COMMAS = CLEAN.replace(",", "\uff0c").replace("\t", ",")


def check_within(text: str, **limits: int) -> Result:
    ours = catalogue()
    return check_source(Source(text), Plan((), ours.choice(), ours.lexicon, limits=Limits(**limits)))


def refused(text: str, **limits: int) -> tuple[str, dict[str, object]]:
    result = check_within(text, **limits)
    assert result.error is not None
    assert (result.sheet, result.findings) == (None, ())
    return result.error.key, dict(result.error.figures)


def test_limits_that_hold_unless_others_are_set() -> None:
    assert (LIMITS.size, LIMITS.rows, LIMITS.cell, LIMITS.entries) == (64, 100_000, 1_000_000, 1_000_000)


@tried_on("text", [CLEAN, CLEAN.rstrip("\n"), CLEAN.replace("\n", "\r\n"), CLEAN.replace("\n", "\r")])
def test_a_limit_that_is_just_reached_is_kept(text: str) -> None:
    assert check_within(text, rows=LINES, cell=CELL, entries=3, size=1).error is None
    assert refused(text, rows=LINES - 1) == ("too-many-rows", {"found": LINES, "limit": LINES - 1, "line": LINES})
    assert refused(text, cell=CELL - 1) == ("long-cell", {"found": CELL, "limit": CELL - 1, "line": LINES})
    assert refused(text, entries=2) == ("too-many-entries", {"found": 3, "limit": 2, "line": LINES})


@pytest.mark.parametrize("separator", ["\t", ","])
def test_cells_are_limited_by_the_rows_that_may_hold_them(separator: str) -> None:
    sheet = CLEAN if separator == "\t" else COMMAS
    text = f"{sheet}甲\n乙{separator * 100_000}\n"
    key, figures = refused(text, rows=5000)
    assert (key, figures["limit"], figures["line"]) == ("too-many-cells", 100_000, LINES + 2)
    assert figures["found"] == text.count(separator) + LINES + 2
    assert check_within(text, rows=5100).error is None


def test_commas_in_a_quoted_cell_part_no_cells() -> None:
    quoted = COMMAS.replace(example.GOAL, f'"{example.GOAL}{"," * 100_001}"')
    assert quoted != COMMAS
    assert check_within(quoted, rows=10).error is None


@tried_on("sheet", [CLEAN, COMMAS], ids=["tabs", "commas"])
@tried_on("line_break", ["\n", "\r\n", "\r"])
def test_a_quoted_cell_is_as_long_as_all_its_lines(sheet: str, line_break: str) -> None:
    """And a long line of short cells is no long cell."""
    inside = line_break.join(["很长的目标"] * 40)
    text = sheet.replace("\n", line_break).replace(example.GOAL, f'"{inside}"')
    assert check_within(text, cell=len(inside)).error is None
    assert refused(text, cell=len(inside) - 1) == (
        "long-cell",
        {"found": len(inside), "limit": len(inside) - 1, "line": LINES},
    )


@tried_on(
    ("text", "line"),
    [
        ("标" * 400 + "\n" + CLEAN, 1),
        ("目标表" * 200 + "\n" + CLEAN, 1),
        (CLEAN + "注：" + "详" * 400 + "\n", LINES + 1),
        (CLEAN + "注\n" * 3 + "甲" * 400, LINES + 4),
        (CLEAN.replace("绩效目标\t", f"绩效目标\t{'列' * 400}\t", 1), COLUMNS),
        ("没有换行" * 200, 1),
    ],
    ids=["head", "title", "note", "row", "column", "no sheet"],
)  # fmt: skip
def test_lines_without_cells_are_held_to_the_same_length(text: str, line: int) -> None:
    key, figures = refused(text, cell=350)
    assert (key, figures["line"]) == ("long-cell", line)


def test_entries_of_tables_by_rows_count_as_well() -> None:
    towns = "东山镇\t西山镇"
    rows = "产出指标\t数量指标\t修路里程\t≥1公里\t≥2公里\n" * 3
    text = f"一级指标\t二级指标\t三级指标\t{towns}\n{rows}"
    assert check_within(text, entries=6).error is None
    assert refused(text, entries=5) == ("too-many-entries", {"found": 6, "limit": 5, "line": 4})


def test_unreadable_entries_count_as_well() -> None:
    key, figures = refused(entry_sheet("甲。" * 50), entries=40)
    assert (key, figures["found"]) == ("too-many-entries", 53)


def test_the_library_holds_to_the_size_as_well() -> None:
    result = check_text("x" * (LIMITS.bytes + 1))
    assert result.error is not None
    assert (result.error.key, result.error.figures["found"]) == ("too-large", "64.1")


# --- memory ---------------------------------------------------------------------------------------------------------

_PEAK = """
import resource, sys
from goalcheck import check
check("项目名称\\t绩效指标\\n甲\\t乙\\n")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
result = check(HEADER + TEXT)
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(result.error.key if result.error else None, grown // (1024 if sys.platform == "linux" else 2**20))
"""
FLOODS = {
    "lines": ('"x\\n" * 1_000_000', "too-many-rows"),
    "lone returns": ('"x\\r" * 1_000_000', "too-many-rows"),
    "blank lines": ('"\\n" * 20_000_000', "too-many-rows"),
    "nul": ('"x\\n" * 5_000_000 + "\\0"', "too-many-rows"),
    "tabs": ('"\\t" * 20_000_000', "too-many-cells"),
    "tabs in lines": ('("\\t" * 999 + "\\n") * 20_000', "too-many-cells"),
    "one cell": ('"x" * 20_000_000', "long-cell"),
    "quoted cell": ("'\"' + '\"\"' * 10_000_000 + '\"\\n'", "long-cell"),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="asks the system how much memory was in use")
@pytest.mark.parametrize("flood", FLOODS)
def test_floods_are_stopped_before_they_cost_memory(flood: str) -> None:
    """Without limits a million lines of one character take 2,300 MB."""
    text, key = FLOODS[flood]
    script = f"HEADER = {HEADER!r} + chr(10)\nTEXT = {text}\n{_PEAK}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=environment())
    told, grown = done.stdout.decode().split()
    assert told == key
    assert int(grown) < 300


def test_entries_are_counted_as_they_are_read() -> None:
    """Not after all of them: it is as quick as a sheet of as many as are allowed."""
    row = "甲\t1\t1\t\t\t\t" + "甲。" * 20 + "\n"

    def seconds(rows: int) -> float:
        started = time.process_time()
        assert refused(HEADER + "\n" + row * rows, entries=2000)[0] == "too-many-entries"
        return time.process_time() - started

    seconds(101)
    assert min(seconds(1500) for _ in range(3)) < 10 * max(min(seconds(101) for _ in range(3)), 0.005)


# --- options and configuration ----------------------------------------------------------------------------------------

LONG = entry_sheet("4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥9人; 年度指标值:≥9人。" * 40)
OVER = {
    "--max-rows": (CLEAN, str(LINES - 1), str(LINES)),
    "--max-cell": (LONG, "800", str(max(len(cell) for cell in LONG.split("\t")) - 1)),
    "--max-entries": (LONG, "42", "43"),
}


@tried_on("lang", ["zh", "en"])
@tried_on("command", ["lint", "fix", "parse"])
@tried_on("option", OVER)
def test_an_input_over_a_limit(tmp_path: Path, option: str, command: str, lang: str) -> None:
    """One line: which limit, how much there is, where, and the option that raises it. Nothing is written."""
    text, limit, found = OVER[option]
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    run = goalcheck_here(command, file, option, limit, "--lang", lang)
    assert run.status == 2
    (line,) = [said for said in run.complaints if said.startswith("goalcheck: ")]
    figures = re.findall(r"\d+", line.removeprefix(f"goalcheck: {file}"))
    assert {limit, found, str(LINES)} <= set(figures)
    assert option in line
    assert file.read_text(encoding="utf-8") == text
    assert goalcheck_here(command, file, option, found, "--lang", lang).status in (0, 1)


@pytest.mark.parametrize("command", ["lint", "fix", "parse"])
def test_a_file_over_the_size(tmp_path: Path, command: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(CLEAN.encode() + b"\n" * 2**20)
    run = goalcheck_here(command, file, "--max-size", "1")
    assert run.status == 2
    said = run.err.decode()
    assert "1.1MB" in said
    assert "--max-size" in said


def test_a_large_file_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2**40)
    run = goalcheck_here("lint", tmp_path / "a.txt", "--max-size", "1000000")
    assert run.status == 2
    assert "1048576.0MB" in run.err.decode()


def test_standard_input_over_the_size() -> None:
    run = goalcheck_here("lint", "-", "--max-size", "1", stdin=CLEAN.encode() + b"\n" * 2**21)
    assert run.status == 2
    assert "--max-size" in run.err.decode()


def test_a_limit_beyond_all_memory_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    options = [part for name in ("size", "rows", "cell", "entries") for part in (f"--max-{name}", "9" * 18)]
    assert goalcheck_here("lint", tmp_path / "a.txt", *options).status == 0
    assert goalcheck_here("lint", "-", *options, stdin=CLEAN.encode()).status == 0


@tried_on("lang", ["zh", "en"])
@tried_on("value", ["0", "-1", "1.5", "64MB", "", "1_000", "\uff16\uff14", "9" * 5000, "\x1b[1m"])
def test_a_limit_is_a_whole_number_above_0(value: str, lang: str) -> None:
    run = goalcheck_here("lint", "-", f"--max-rows={value}", "--lang", lang)
    assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)
    assert "--max-rows" in run.complaints[0]
    assert b"\x1b" not in run.err


def test_the_command_line_overrules_the_nearer_file_the_one_it_extends(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text("max-rows = 2\nmax-entries = 2\n", encoding="utf-8")
    (tmp_path / "goalcheck.toml").write_text('extend = "base.toml"\nmax-rows = 1000\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text(FAULTY, encoding="utf-8")
    assert "--max-entries" in goalcheck("lint", cwd=tmp_path).complaints[0]
    assert goalcheck("lint", "--max-entries", "3", cwd=tmp_path).status == 1
    run = goalcheck("lint", "--max-entries", "3", "--max-rows", "3", "--format", "json", cwd=tmp_path)
    assert run.status == 2
    assert "--max-rows" in json.loads(run.text)["files"][0]["error"]
    assert goalcheck("lint", "--isolated", cwd=tmp_path).status == 1


def test_other_inputs_are_still_checked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("绩效\n" * 30, encoding="utf-8")
    (tmp_path / "b.txt").write_text(FAULTY, encoding="utf-8")
    run = goalcheck("lint", ".", "--max-rows", "20", "--format", "concise", cwd=tmp_path)
    assert run.status == 2
    assert "b.txt:6:20: GC501" in run.text


def test_a_proposal_that_makes_a_cell_too_long_is_told_as_such(tmp_path: Path) -> None:
    """Not as an unsound rule."""
    text = entry_sheet("4、1-产出指标; 11-数量指标; 人数; 实施周期指标值:≥9人。")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    length = max(len(cell) for cell in text.rstrip("\n").split("\t"))
    run = goalcheck("fix", "a.txt", "--unsafe-fixes", "--max-cell", str(length), cwd=tmp_path)
    assert run.status == 2
    assert "--max-cell" in run.complaints[0]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == text


def test_bytes_are_held_to_the_limits_of_their_plan() -> None:
    ours = catalogue()
    plan = Plan((), ours.choice(), ours.lexicon, limits=Limits(rows=2))
    result = check_data(CLEAN.encode(), "a.txt", plan)
    assert result.error is not None
    assert result.error.key == "too-many-rows"


def below_columns(columns: int, name: str, rows: int) -> str:
    """Rows that end behind their total, below a header that goes on with many ``columns``."""
    called = ("某列{}", "其他资金", "一般公共预算", "本月数{}")
    many = [called[n % len(called)].format(n) for n in range(columns)]
    header = "\t".join(("项目名称", "总计", "财政拨款", "绩效目标", "绩效指标", *many))
    short = "".join(f"{name}{n}\t1.00\n" for n in range(rows))
    return f"项目支出绩效目标表\n2024年度 单位:万元\n{header}\n{short}"


@pytest.mark.parametrize("name", ["培训经费", "街道办事处", "合计"])
def test_a_short_row_costs_the_same_whatever_the_columns_above_it(name: str) -> None:
    def further_rows(columns: int) -> int:
        few, many = (below_columns(columns, name, rows) for rows in (20, 40))
        check(many)  # what is made once a process is not the rows'
        return calls(lambda: check(many)) - calls(lambda: check(few))

    assert further_rows(300) < 1.2 * further_rows(20)


def test_a_header_of_very_many_panes_is_read_at_a_cost_that_grows_with_them() -> None:
    few, many = (
        "一级指标\t二级指标\t三级指标\t指标值\t" * panes + "\n" + "产出指标\t数量指标\t更换盏数\t≥1盏\t" * panes + "\n"
        for panes in (400, 800)
    )
    parse(Source(few))  # what is made once a process is not the header's
    assert calls(lambda: parse(Source(many))) < 2.2 * calls(lambda: parse(Source(few)))


def test_of_many_columns_that_a_row_lacks_some_are_named() -> None:
    found = [finding for finding in check(below_columns(400, "培训经费", 2)).findings if finding.code == "GC106"]
    said = sentences.message(found[0], "zh")
    assert said.startswith("这一行与表头的列对不上\uff1a缺203列\uff0c有“财政拨款、绩效目标、")
    assert len(said) < 150
