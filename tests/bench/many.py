"""How long ``goalcheck lint`` takes for folders of different sheets, and with how much memory.

The sheets have the real one's rows; names, amounts and values differ from sheet to sheet, so that nothing that was read
for one is of use for the next.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

_DIGIT = re.compile(r"\d(?=\d|\.)")
_PERCENT = re.compile(r"(?<=\u2265)\d+(?=%)")
_NAMES = re.compile(r"(?<=[\u6807\u76ca]; )([^;]+)(?=;)")  # the name of an indicator, behind its class


def different(text: str, number: int, rows: int | None = None) -> str:
    """The sheet ``text`` as a unit of its own would have it, cut to ``rows`` rows."""
    chance = random.Random(number)
    lines = text.split("\n")
    made = lines[:5]
    head = made[3].partition("\t")[0]
    for row in lines[5:][:rows]:
        cells = row.split("\t")
        if len(cells) > 1 and cells[0] != head:  # the header of every page stays
            cells[0] = f"{cells[0]}{number}"
            cells[1:5] = [_DIGIT.sub(lambda _: str(chance.randrange(1, 10)), cell) for cell in cells[1:5]]
            cells[-1] = _PERCENT.sub(lambda _: str(chance.randrange(10, 100)), cells[-1])
            cells[-1] = _NAMES.sub(lambda m: f"{m[1]}{chance.choice('甲乙丙丁戊己庚辛')}{number % 97}", cells[-1])
        made.append("\t".join(cells))
    return "\n".join(made)


def as_yaml(text: str) -> str:
    """The same text as YAML: a list of rows, each a list of cells."""
    rows = (row.split("\t") for row in text.split("\n"))
    return "---\n" + "".join(
        f"{'- -' if first else '  -'} {json.dumps(cell, ensure_ascii=False)}\n"
        for row in rows
        for first, cell in zip([True] + [False] * len(row), row, strict=False)
    )


def fill(folder: Path, text: str, number: int, rows: int | None = None) -> Path:
    """``folder`` with ``number`` different sheets."""
    folder.mkdir(parents=True)
    for at in range(number):
        (folder / f"{at:04}.txt").write_text(different(text, at, rows), encoding="utf-8")
    return folder


def fill_yaml(folder: Path, sheets: Path) -> Path:
    """``folder`` with the sheets of another one as YAML."""
    folder.mkdir()
    for sheet in sheets.iterdir():
        (folder / f"{sheet.stem}.yaml").write_text(as_yaml(sheet.read_text("utf-8")), encoding="utf-8")
    return folder


def took(*command: str) -> tuple[float, int]:
    """Seconds that ``command`` took, and the peak of its memory in KiB; what it prints is not looked at."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: status {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss


def lint(path: Path, jobs: int, form: str = "concise") -> tuple[str, ...]:
    """The command that checks a file or folder by so many processes, its report in the format ``form``."""
    command = (sys.executable, "-m", "goalcheck", "lint", str(path), "--isolated", "--format", form)
    return (*command, "-j", str(jobs))
