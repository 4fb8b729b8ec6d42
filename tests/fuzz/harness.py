"""Inputs in great number to one target: made by atheris where it is installed, else by a plain mutator of the seeds.

A target takes bytes and raises where a promise is broken. What it raised on is kept in ``build/fuzz`` and can be given
to the same program again, as its argument.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import importlib.util
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "build" / "fuzz"

LONGEST = 4096
"""Bytes of an input, unless a program says otherwise: as much as a small sheet has."""

MOST_SECONDS = 1.0
"""CPU time that one input may take."""

_HANGS = 60  # seconds of the clock, after which an input is said to hang
Target = Callable[[bytes], None]


def fuzz(prepare: Callable[[], Target], seeds: Callable[[], Sequence[bytes]], longest: int = LONGEST) -> None:
    """Give inputs to what ``prepare`` makes, which imports what is to be tried; end the process with its status.

    None of them has more bytes than ``longest``.
    """
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of a set decides what atheris tries next
        again = [sys.executable, *sys.argv]
        os.execve(sys.executable, again, os.environ | {"PYTHONHASHSEED": "0"})  # noqa: S606 - this very program
    sys.path.insert(0, str(ROOT / "tests"))
    arguments = _arguments()
    if arguments.file:
        _once(timed(prepare()), arguments.file)
    elif arguments.plain or not _atheris():
        _plainly(prepare(), mutants(seeds(), arguments.runs, arguments.seed, longest), arguments.runs)
    else:
        _with_atheris(prepare, seeds, arguments, longest)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="*", type=Path, help="inputs to try, and no others")
    parser.add_argument("--runs", type=int, default=20_000, help="how many inputs")
    parser.add_argument("--seed", type=int, default=1, help="another number, other inputs")
    parser.add_argument("--plain", action="store_true", help="do without atheris")
    parser.add_argument("--corpus", type=Path, help="a folder to keep telling inputs in (atheris)")
    return parser.parse_args()


def _atheris() -> bool:
    if importlib.util.find_spec("atheris"):
        return True
    version = ".".join(map(str, sys.version_info[:2]))  # there are wheels for some alone
    print(f"atheris is not installed for this Python {version}: a plain mutator of the seeds takes its place")
    return False


def timed(target: Target) -> Target:
    """``target``, held to its time."""

    def act(data: bytes) -> None:
        start = time.process_time()
        try:
            target(data)
        except SystemExit as end:
            raise AssertionError("it ended the process") from end
        taken = time.process_time() - start
        if taken > MOST_SECONDS:
            raise AssertionError(f"{len(data)} bytes took {taken:.1f} s")

    return act


def _once(target: Target, files: Sequence[Path]) -> None:
    for file in files:
        target(file.read_bytes())
    print(f"{len(files)} inputs, nothing wrong")


def _with_atheris(
    prepare: Callable[[], Target], seeds: Callable[[], Sequence[bytes]], arguments: argparse.Namespace, longest: int
) -> None:
    import atheris

    with atheris.instrument_imports(include=["goalcheck"]):
        target = timed(prepare())
    FOUND.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "seeds"
        place.mkdir()
        for number, seed in enumerate(seeds()):
            (place / f"{number:04}").write_bytes(seed[:longest])
        words = Path(folder) / "words"
        words.write_text("".join(f'"{_quoted(word)}"\n' for word in WORDS))
        corpus = [str(arguments.corpus)] if arguments.corpus else []
        options = {
            "runs": arguments.runs,
            "seed": arguments.seed,
            "max_len": longest,
            "timeout": _HANGS,
            "dict": words,
            "len_control": 0,  # a sheet is long: what is short tells little, though it may reach as much code
            "keep_seed": 1,
            "reduce_inputs": 0,
            "reload": 0,  # when it would look into its folder again hangs on the clock
        }
        flags = [f"-{name}={value}" for name, value in options.items()]
        print(f"{Path(sys.argv[0]).stem}: atheris, {arguments.runs} inputs", flush=True)
        atheris.Setup(
            [sys.argv[0], *flags, "-print_final_stats=1", f"-artifact_prefix={FOUND}/", *corpus, str(place)], target
        )
        atheris.Fuzz()


def _quoted(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def _plainly(target: Target, inputs: Iterable[bytes], runs: int) -> None:
    act = timed(target)
    print(f"{Path(sys.argv[0]).stem}: plain mutator, {runs} inputs", flush=True)
    for data in inputs:
        faulthandler.dump_traceback_later(_HANGS, exit=True)
        try:
            act(data)
        except BaseException:
            FOUND.mkdir(parents=True, exist_ok=True)
            file = FOUND / f"plain-{hashlib.sha256(data).hexdigest()[:16]}"
            file.write_bytes(data)
            print(f"the input is in {file}", flush=True)
            raise
    faulthandler.cancel_dump_traceback_later()
    print(f"{runs} inputs, nothing wrong")


def mutants(seeds: Sequence[bytes], runs: int, seed: int, longest: int = LONGEST) -> Iterator[bytes]:
    """The seeds, then what comes of them by small changes; the same for the same ``seed``."""
    draw = random.Random(seed)  # a fixed sample
    for number in range(runs):
        if number < len(seeds):
            yield seeds[number][:longest]
            continue
        data = bytearray(draw.choice(seeds))
        for _ in range(draw.choice((1, 1, 2, 3, 5, 9, 30))):
            _change(data, draw, seeds)
        yield bytes(data[:longest])


def _change(data: bytearray, draw: random.Random, seeds: Sequence[bytes]) -> None:
    start = draw.randint(0, len(data))
    end = min(len(data), start + draw.choice((0, 1, 1, 3, 3, 9, 60)))
    kind = draw.randrange(6)
    if kind == 0:
        data[start:end] = draw.randbytes(end - start)
    elif kind == 1:
        data[start:end] = b""
    elif kind == 2:
        data[start:start] = data[start:end] * draw.choice((1, 2, 40))
    elif kind == 3:
        other = draw.choice(seeds)
        at = draw.randint(0, len(other))
        data[start:end] = other[at : at + draw.randint(1, 200)]
    else:
        data[start:end] = draw.choice(WORDS).encode()


_MARKS = "\t\n\r\"';\uff1b:\uff1a,\uff0c。、.\uff0e-\uff0d~\uff5e≥≤><=%\uff05()\uff08\uff09[]【】/\\*"
_SIGNS = "0123456789\uff10\uff19①⑳一十百万亿年月日次人元至到前底Ol\u3000\u00a0\ufeff\u202e\x1b\x85\u2028\0"

_TAGS = (
    "<a>", "</a>", "<!--", "<![CDATA[", "<!DOCTYPE a>", "&#10;", "&amp;", "1048576", "16384", "1e999", "-1", "0%",
    "<row>", "</row>", '<c t="s">', '<c t="d">', "</c>", "<f/>", '<mergeCell ref="A1:XFD1048576"/>', "@", ";;",
    "<w:tbl>", "<w:tr>", "<w:tc>", "</w:tc>", '<w:gridSpan w:val="99999"/>', "<w:vMerge/>", "<w:del>", "<w:sdt>",
    'table:number-rows-repeated="1048576"', 'table:number-columns-repeated="16384"', '<text:s text:c="99999"/>',
    "<table>", "<tr>", "<td rowspan=65534 colspan=1000>", "<td>", "<br>", "<select><option>", "<script>", "</html>",
    "<Row ss:Index='9'>", "<Cell ss:MergeAcross='16384'>", "<Data ss:Type='DateTime'>", "</Data>",
)  # fmt: skip
"""What workbooks, documents and pages are made of."""

WORDS = (
    *_MARKS, *_SIGNS,
    "项目名称", "绩效指标", "绩效目标", "总计", "合计", "小计", "财政拨款", "财政专户拨款", "其他资金",
    "项目支出绩效目标表\n",
    "实施周期指标值:", "年度指标值:", "指标值", "1、1-产出指标; ", "11-数量指标; ", "31-服务对象满意度", "3-满意度指标",
    "第1页", "共9页", "以上", "以下", "左右", "不少于", "大于等于", "百分之", "2024年", "12月31日", "8:30", "1,200",
    "1:3", "100%", "≥≥", "请填写", "XX", "注:", "单位:万元", "\r\n", '""', '"\t"', "\n合计\t", "," * 9,
    " " * 30, "指标" * 9, "\U00020000", "\ud7ff",
    *_TAGS,
)  # fmt: skip
"""What sheets are made of, and what has broken programs."""
