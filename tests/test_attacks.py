"""Input made to break things: what once did, or was near to it. Nothing raises, nothing is lost, nothing explodes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from helpers import (
    CLEAN,
    FAULTY,
    SAMPLE,
    THOROUGH,
    check,
    check_strictly,
    entry_sheet,
    environment,
    goalcheck,
    tried_on,
)
from office_files import cell, document_of, word
from workbooks import MAIN, ods, ods_table, xlsx

from goalcheck.catalogue import example
from goalcheck.files import compiled
from goalcheck.parse.values import read_amount, read_value
from goalcheck.readers import read
from goalcheck.source import Source

HEADER = example.HEADER.replace("\u21e5", "\t")


ODD_VALUES = [
    *("万元", "万人次", "≥万人", "5-≥", "80%~<x", "80到≥x", "70-100%-", "9～٣二至\U0001d7d7", "\u24ea%", "⅓人"),
    "不少于2023年.年年年-2023年",  # a range of what is no quantity
]


@tried_on("text", ODD_VALUES)
def test_odd_values_are_read(text: str) -> None:
    assert read_value(text).kind in ("malformed", "words", "quantity", "range")


def test_any_mixture_of_what_values_are_made_of_is_read() -> None:
    pieces = [
        *"0959%\uff05≥≤><=-~至到人次年月日:/.,、两百万 ",
        "以上",
        "2023年",
        "12月",
        "达到",
        "O",
        "l",
        "x",
        "百分之",
        "(",
        "不少于",
    ]
    draw = random.Random(2024)  # a fixed sample, not a secret
    for _ in range(30_000 if THOROUGH else 5_000):
        read_value("".join(draw.choices(pieces, k=draw.randint(1, 7))))


@tried_on("figure", ["1" * 30, "1234567890123456789012345.00", "9" * 29 + ".55", "\u2473" * 90_000])
def test_figures_beyond_all_measure_are_no_numbers(figure: str) -> None:
    assert read_amount(figure)[0] is None


@tried_on("figure", ["9" * 29, "1" * 28 + ".5", "1," + "0" * 40 + ".50", "9" * 5000 + ".25"])
def test_rules_bear_figures_beyond_all_measure_in_values(figure: str) -> None:
    """More digits than arithmetic is exact with. To divide them was an error that ended the check."""
    found = check_strictly(entry_sheet(_entry(f"≥{figure}人"))).findings
    fractional = any(finding.rule is not None and finding.rule.name == "fractional-count" for finding in found)
    assert fractional == (figure.endswith("5") and "," not in figure)


@tried_on(
    "text",
    [
        '"项目名称"x"\t总计\t绩效指标\n行\t1\t2\n',
        '"绩效指标"x"\t项目名称\n',
        '绩效指标\t"项目名称\nx"y"\t\n行\t1\t2\n',
    ],
)
def test_a_header_with_stray_quotation_marks_is_not_passed_over(text: str) -> None:
    """Whatever of it can be read."""
    assert check(text).status in ("partial", "failed")


def slow(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


PUMPS = {
    "unit": lambda n: entry_sheet(_entry("48次" + " " * n + "x")),
    "look-alike": lambda n: entry_sheet(_entry("1O" + " " * n + "x")),
    "look-alike unit": lambda n: entry_sheet(_entry("9O人" + " " * n + "y")),
    "han percent": lambda n: entry_sheet(_entry("百分之九十" + " " * n + "x")),
    "points": lambda n: entry_sheet(_entry("1.2.3" + " " * n + "x")),
    "groups": lambda n: entry_sheet(_entry("1,1" + " " * n + "x")),
    "title": lambda n: CLEAN + "目标表" + " " * n + "\tx\n",
    "footer": lambda n: CLEAN + "第1页" + " " * n + "x\n",
    "footer lines": lambda n: CLEAN + "共1页" + "\n" * n + "x\n",
    "blank lines": lambda n: CLEAN + "\u2003\n" * n,
    "residue": lambda n: CLEAN.replace(example.GOAL, "甲" + " " * n + "乙。"),
    "strays": lambda n: entry_sheet("甲。" * n),
    "footers and sums": lambda n: CLEAN + "甲\t6\t5\n第1页\n" * (n // 8),
    "numerals": lambda n: entry_sheet(_entry("一" + "亿" * n + "人")),
    "circled ordinal": lambda n: entry_sheet("①" + " " * n + "x"),
    "endings of a name": lambda n: entry_sheet(_entry("1次").replace("; 名;", f"; {'指标' * n}名)指标;")),
    "signs and points": lambda n: entry_sheet(_entry("%," * n + "x")),
    "unit of money": lambda n: f"目标表\n(人民币{' ' * n}x\n单位 {' ' * n}：{' ' * n}x\n{HEADER}\n甲\t5\t5\t\t\t\t\n",
    "departments": lambda n: CLEAN + "甲局\t6\t6\t\t\t\t\n" * (n // 16),
}


def _entry(value: str) -> str:
    return f"4、1-产出指标; 11-数量指标; 名; 实施周期指标值:{value}; 年度指标值:1次。"


@pytest.mark.slow
@pytest.mark.parametrize("pump", PUMPS)
def test_cost_grows_with_length_alone(pump: str) -> None:
    make = PUMPS[pump]
    short, long = make(500), make(8_000)
    assert_in_line(lambda: check(short), lambda: check(long))


FIELD = "<fldChar fldCharType='begin'/><fldChar fldCharType='separate'/><t>a</t>"
BESIDE = "<tc><tcPr><hMerge/></tcPr></tc>"
LINE = "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
SHEET = "<worksheet xmlns='{}'><cols>{}</cols><sheetData><row>{}</row></sheetData></worksheet>"
FILE_PUMPS: Mapping[str, Callable[[int], bytes]] = {
    "fields in a document": lambda n: document_of(word(f"<p><r>{FIELD * n * 8}</r></p>")),
    "cells merged sideways": lambda n: document_of(
        f"<w:tbl><w:tr>{cell('a') * n}{word(BESIDE * n)}</w:tr></w:tbl>",
    ),
    "blanks in a line": lambda n: ods(ods_table(LINE.format("a<text:s/>" * n * 40))),
    "hidden columns": lambda n: xlsx(
        SHEET.format(MAIN, "<col min='9' max='9' hidden='1'/>" * n, "<c><v>1</v></c>" * n)
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("pump", FILE_PUMPS)
def test_cost_of_a_file_grows_with_its_length_alone(pump: str) -> None:
    make = FILE_PUMPS[pump]
    short, long = make(500), make(8_000)
    assert_in_line(lambda: read(short), lambda: read(long))


def assert_in_line(short: Callable[[], object], long: Callable[[], object]) -> None:
    """Sixteen times the length takes far less than the 256 times of a square.

    CPU time, not the clock, with eightfold slack, and a noisy machine is asked again: only a square fails every time.
    """
    for again in range(4):
        least = [min(slow(act) for _ in range(tries)) for act, tries in ((short, 4), (long, 1 + again))]
        if least[1] < max(least[0], 0.002) * 128:
            return
    pytest.fail(f"{least[0]:.4f} s grow to {least[1]:.4f} s")


def test_damaged_tables_cost_time_but_never_change_the_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_FOLDER", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    file = tmp_path / "some.compiled"
    assert compiled.load("some", ["key"], lambda: [1, 2, 3]) == [1, 2, 3]
    whole = file.read_bytes()
    assert compiled.load("some", ["key"], lambda: ["made anew"]) == [1, 2, 3]
    for at in range(0, len(whole), 3):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert compiled.load("some", ["key"], lambda: [1, 2, 3]) == [1, 2, 3]
    file.write_bytes(whole[:40])
    assert compiled.load("some", ["key"], lambda: ["made anew"]) == ["made anew"]
    assert compiled.load("some", ["another key"], lambda: ["other"]) == ["other"]


def test_a_text_of_surrogates_is_reported(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(FAULTY.replace("社区培训经费", "\\ud800"), encoding="raw_unicode_escape")
    run = goalcheck("lint", "x.txt", "--encoding", "unicode_escape", "--format", "json", cwd=tmp_path)
    assert b"Traceback" not in run.err
    assert run.status in (1, 2)


def test_report_never_lands_on_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "in.txt"
    file.write_text(FAULTY, encoding="utf-8")
    with file.open("rb") as stdin:
        command = [sys.executable, "-m", "goalcheck", "lint", "-", "-o", "in.txt"]
        done = subprocess.run(command, stdin=stdin, cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert done.returncode == 2
    assert file.read_text(encoding="utf-8") == FAULTY


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_output_through_a_link_reaches_the_file_behind_it(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    run = goalcheck("lint", "x.txt", "-o", "link", "--format", "concise", cwd=tmp_path)
    assert run.status == 1
    assert (tmp_path / "link").is_symlink()
    assert "GC501" in (tmp_path / "real").read_text(encoding="utf-8")
    assert not list(tmp_path.glob(".goalcheck-*"))


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_files_are_told_apart_by_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "o" / "sub").mkdir(parents=True)
    (tmp_path / "o" / "x.txt").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "lk").symlink_to("o/sub")
    assert goalcheck("lint", "x.txt", "lk/../x.txt", cwd=tmp_path).status == 1
    assert goalcheck("lint", "x.txt", "./x.txt", cwd=tmp_path).text.count("1\u4e2a\u6587\u4ef6") == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize("redirect", [">&-", "2>/dev/full", "<&-"])
def test_closed_and_full_streams_end_in_no_traceback(tmp_path: Path, redirect: str) -> None:
    (tmp_path / "x.txt").write_text(CLEAN, encoding="utf-8")
    path = "-" if redirect == "<&-" else "x.txt"
    command = f'"{sys.executable}" -m goalcheck lint {path} {redirect}'
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, check=False)  # noqa: S607
    assert b"Traceback" not in done.stderr
    assert done.returncode == (0 if redirect.startswith("2>") else 2)


@pytest.mark.slow
def test_mutants_of_the_real_sheet_never_raise() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    draw = random.Random(7)
    alphabet = '\t\n"、。；：:;,0123%≥-实施周期指标值年度1产出 \u3000\u202e\x1b'
    for _ in range(150):
        chars = list(text)
        for _ in range(draw.randint(1, 40)):
            at = draw.randrange(len(chars))
            chars[at : at + draw.randint(0, 3)] = draw.choices(alphabet, k=draw.randint(0, 3))
        result = check("".join(chars))
        source: Source | None = result.source
        for finding in result.findings:
            assert source is not None
            assert 0 <= finding.start <= finding.end <= len(source.text)
