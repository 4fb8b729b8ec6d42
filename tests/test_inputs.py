"""What paths lead to: links, special files, files that change or vanish, folders that cannot be read, awkward names."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import CLEAN, FAULTY, Run, environment, goalcheck, goalcheck_here, tried_on

from goalcheck.files import inputs, search

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has neither these files nor these links")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a sheet that is sound."""
    here = tmp_path / "here"  # by itself, for some patterns begin above it
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "sound.txt").write_text(CLEAN, encoding="utf-8")
    return here


def put(path: str, text: str = CLEAN) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def files(*arguments: str) -> dict[str, str]:
    """The inputs of a run, each with its status there; a failed one has one line on standard error."""
    run = goalcheck_here("lint", *arguments, "--format", "json")
    said = {file["path"]: file["status"] for file in json.loads(run.text)["files"]}
    failed = [path for path, status in said.items() if status == "failed"]
    assert len(run.complaints) == len(failed)
    assert (run.status == 2) == bool(failed)
    assert b"Traceback" not in run.err
    return said


# --- links -----------------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("named", [True, False])
def test_links_that_lead_in_a_circle_are_told(here: Path, named: bool) -> None:
    (here / "a.txt").symlink_to("b.txt")
    (here / "b.txt").symlink_to("a.txt")
    (here / "c.txt").symlink_to("c.txt")
    assert files(*(["a.txt", "b.txt", "c.txt", "sound.txt"] if named else ["."])) == {
        "a.txt": "failed",
        "b.txt": "failed",
        "c.txt": "failed",
        "sound.txt": "checked",
    }


@posix
@pytest.mark.parametrize(
    "pattern",
    ["**/*.txt", "**/c/**/*.txt", "in/**", "in/*/*/b.*", "./in/**/b.txt", "**/**/b.txt", "in/b/c/**b**.txt",
     "HERE/**/b.txt", "../*/in/?.txt", "in/.h*/*"],
)  # fmt: skip
def test_links_lead_no_pattern_in_a_circle(here: Path, pattern: str) -> None:
    """Nor to the same file twice; what can be reached without a link goes by the name it has there."""
    put("in/a.txt")
    put("in/b/c/b.txt")
    put("in/.hidden/b.txt")
    pattern = pattern.replace("HERE", str(here))
    before = [one.path for one in search.find([pattern]).inputs]
    for number in range(12):
        (here / f"in/b/up{number}").symlink_to("..")
        (here / f"in/b/c/top{number}").symlink_to(here)
    assert [one.path for one in search.find([pattern]).inputs] == before
    assert all("b.txt" in path or "a.txt" in path or "sound.txt" in path for path in before)
    assert any(path.endswith("in/a.txt" if "?" in pattern else "b.txt") for path in before)
    assert before == ["in/.hidden/b.txt"] or not any(".hidden" in path for path in before)


def test_a_pattern_that_fits_no_file_but_a_folder(here: Path) -> None:
    (here / "in" / "empty").mkdir(parents=True)
    assert [one.path for one in search.find(["i?/*"]).inputs] == ["in/empty"]
    assert [one.path for one in search.find(["in/**"]).inputs] == ["in/**"]


def test_a_link_to_nothing_is_told(here: Path) -> None:
    (here / "a.txt").symlink_to("nowhere")
    assert files(".") == {"a.txt": "failed", "sound.txt": "checked"}


@posix
def test_a_file_and_the_links_to_it_are_one_input(here: Path) -> None:
    (here / "z.txt").symlink_to("sound.txt")
    (here / "y.txt").symlink_to("z.txt")
    assert files(".") == {"sound.txt": "checked"}
    assert files("z.txt") == {"z.txt": "checked"}


@posix
def test_links_to_folders_are_followed(here: Path) -> None:
    """What can be reached without a link goes by the name it has there."""
    put("../elsewhere/x.txt")
    put("real/deep/y.txt")
    (here / "a").symlink_to("real")
    (here / "far").symlink_to("../elsewhere")
    (here / "real" / "far").symlink_to("../../elsewhere")
    (here / "real" / ".hidden").symlink_to("../../elsewhere")
    assert files(".") == dict.fromkeys(("far/x.txt", "real/deep/y.txt", "sound.txt"), "checked")
    assert files("a") == dict.fromkeys(("a/deep/y.txt", "a/far/x.txt"), "checked")


@posix
def test_folders_that_lead_in_a_circle_are_searched_once(here: Path) -> None:
    put("in/x.txt")
    (here / "in" / "up").symlink_to("..")
    (here / "in" / "self").symlink_to("self")
    (here / "in" / "twin").symlink_to(".")
    assert files(".") == dict.fromkeys(("in/x.txt", "sound.txt"), "checked")
    assert files("in") == dict.fromkeys(("in/up/sound.txt", "in/x.txt"), "checked")
    assert files("in/self") == {"in/self": "failed"}


@posix
def test_mending_goes_through_a_link_to_a_folder(here: Path) -> None:
    text = CLEAN.replace("; ", " ", 1)
    file = put("../elsewhere/x.txt", text)
    (here / "far").symlink_to("../elsewhere")
    assert goalcheck_here("fix", ".").status == 0
    assert (here / "far").is_symlink()
    assert file.read_text(encoding="utf-8") == CLEAN


# --- special files ---------------------------------------------------------------------------------------------------


def special(path: Path, kind: str) -> None:
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)  # a path of any length would not do
    else:
        path.symlink_to(f"/dev/{kind}")


@posix
@pytest.mark.parametrize("kind", ["fifo", "socket", "null", "zero", "tty"])
@pytest.mark.parametrize("command", ["lint", "fix", "parse"])
def test_special_files_are_refused_and_keep_nobody_waiting(here: Path, kind: str, command: str) -> None:
    special(here / "a.txt", kind)
    run = goalcheck(command, *(["a.txt"] if command == "parse" else [".", "--lang", "en"]), cwd=here)
    assert run.status == 2
    assert [line.partition(": ")[2].partition(": ")[0] for line in run.complaints] == ["a.txt"]


@posix
def test_a_pipe_that_takes_the_place_of_a_file_keeps_nobody_waiting(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a look at the file and its opening."""
    usual, regular = os.stat, (here / "sound.txt").stat()
    os.mkfifo(here / "a.txt")
    monkeypatch.setattr(inputs.os, "stat", lambda path, **more: regular if path == "a.txt" else usual(path, **more))
    assert files("a.txt") == {"a.txt": "failed"}


@posix
def test_a_stream_without_end_is_read_to_the_limit_alone(here: Path) -> None:
    command = [sys.executable, "-m", "goalcheck", "lint", "-", "--max-size", "1"]
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            command, stdin=endless, capture_output=True, cwd=here, env=environment(), timeout=1200, check=False
        )
    assert done.returncode == 2
    assert b"--max-size" in done.stderr


# --- files that change or vanish -------------------------------------------------------------------------------------


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str, action: Callable[[], object]) -> None:
    """Let ``action`` happen between the first pieces of the file ``name``."""
    usual = inputs._pull

    def slowly(file: Any, limits: Any) -> bytes:
        data = usual(file, limits)
        if os.path.basename(str(file.name)) == name:
            action()
        return data

    monkeypatch.setattr(inputs, "_pull", slowly)


def grow() -> None:
    with open("a.txt", "a", encoding="utf-8") as file:
        file.write("甲\t1\t1\t\t\t\t\n")


def shrink() -> None:
    os.truncate("a.txt", 40)


def rewrite() -> None:
    """As many bytes, but others."""
    old = os.stat("a.txt").st_mtime_ns
    while os.stat("a.txt").st_mtime_ns == old:
        Path("a.txt").write_text(CLEAN.replace("5.00", "6.00"), encoding="utf-8")
        time.sleep(0.001)


@tried_on("change", [grow, shrink, rewrite])
@tried_on("command", ["lint", "fix"])
def test_a_file_that_changes_while_it_is_read_is_not_taken_for_checked(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[], None], command: str
) -> None:
    put("a.txt")
    meanwhile(monkeypatch, "a.txt", change)
    run = goalcheck_here(command, ".", "--lang", "en")
    assert run.status == 2
    (line,) = run.complaints
    assert line == "goalcheck: a.txt: was changing while it was read; check it again once it is written"


def test_a_file_that_is_replaced_or_removed_while_it_is_read_is_read_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("a.txt", FAULTY)
    put("new.md")
    meanwhile(monkeypatch, "a.txt", lambda: os.replace("new.md", "a.txt") if os.path.exists("new.md") else None)
    run = goalcheck_here("lint", "a.txt", "--format", "concise")
    assert run.status == 1
    assert goalcheck_here("lint", "a.txt").status == 0


@pytest.mark.parametrize("step", ["stat", "open"])
def test_a_file_that_vanishes_after_it_was_found(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    put("a.txt")
    usual = getattr(os, step)

    def too_late(path: Any, *arguments: Any, **options: Any) -> Any:
        if path == "a.txt" and os.path.lexists(path):
            os.unlink(path)
        return usual(path, *arguments, **options)

    found = search.find(["."])
    assert [input_.path for input_ in found.inputs] == ["a.txt", "sound.txt"]
    monkeypatch.setattr(search, "find", lambda *_: found)
    monkeypatch.setattr(inputs.os, step, too_late)
    assert files(".") == {"a.txt": "failed", "sound.txt": "checked"}


WHERE_THE_FOLDER_IS_GONE = """\
import json, os, sys
home = os.open(".", os.O_RDONLY)
for arguments in json.loads(sys.argv[1]):
    os.fchdir(home)
    os.mkdir("gone")
    os.chdir("gone")
    os.rmdir(os.getcwd())
    from goalcheck.cli import main
    try:
        main([*arguments, "--lang", "en"])
    except SystemExit as end:
        print(end.code, "--", sep="\\n", file=sys.stderr)
"""

COMMANDS = [("lint",), ("lint", "a.txt"), ("fix", "."), ("rules",), ("parse", "a.txt"), ("convert", "a.txt")]


@pytest.fixture(scope="module")
def where_the_folder_is_gone(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What each of the commands says, and its status; one process does them all."""
    command = [sys.executable, "-c", WHERE_THE_FOLDER_IS_GONE, json.dumps(COMMANDS)]
    place = tmp_path_factory.mktemp("home")
    done = subprocess.run(command, cwd=place, env=environment(), capture_output=True, check=True)
    return [said.splitlines() for said in done.stderr.decode().split("--\n")[:-1]]


@posix
@pytest.mark.parametrize("number", range(len(COMMANDS)), ids=[" ".join(command) for command in COMMANDS])
def test_a_current_folder_that_is_gone(where_the_folder_is_gone: list[list[str]], number: int) -> None:
    line, status = where_the_folder_is_gone[number]
    assert status == "2"
    assert "the current folder is gone" in line or "no such file" in line


# --- permissions -----------------------------------------------------------------------------------------------------


@pytest.fixture
def forbid(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Takes away the permission to read a path: really, or, from a superuser who has every permission, by pretence."""
    taken: list[str] = []

    def refusing(usual: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *arguments: Any, **options: Any) -> Any:
            if isinstance(path, str) and os.path.abspath(path) in taken:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
            return usual(path, *arguments, **options)

        return call

    def take(path: str) -> None:
        taken.append(os.path.abspath(path))
        os.chmod(path, 0)

    if os.name != "posix" or os.geteuid() == 0:
        for name in ("scandir", "listdir", "open"):
            monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    yield take
    for path in taken:
        os.chmod(path, 0o700)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_may_not_be_read_is_told(forbid: Callable[[str], None], kind: str) -> None:
    put("in/x.txt")
    put("in/y.txt")
    forbidden = "./in" if kind == "folder" else "in/x.txt"
    forbid(forbidden)
    run = goalcheck_here("lint", ".", "--lang", "en")
    assert run.status == 2
    (line,) = run.complaints
    assert line.startswith(f"goalcheck: {forbidden.removeprefix('./')}: cannot be read (permission denied, ")
    assert "1 file could not be checked" in " ".join(run.text.split())


@posix
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lint", f"{'名' * 200}.txt"), "打不开\uff08文件名太长\uff09"),
        (("lint", "sound.txt/x.txt"), "打不开\uff08路径中间有一段不是文件夹\uff09"),
        (("lint", "sound.txt", "-o", "in"), "写不进 in\uff1a这是文件夹"),
        (("convert", "sound.txt", "-o", "gone/x.txt"), "写不进 gone/x.txt\uff1a没有这个文件或文件夹"),
        (("compare", "sound.txt", "sound.txt", "-o", "gone/x.txt"), "写不进 gone/x.txt\uff1a没有这个文件或文件夹"),
        (("lint", "--files-from", "gone.txt"), "读不了 gone.txt\uff08没有这个文件或文件夹\uff09"),
        (("lint", "sound.txt", "--config", f"{'名' * 200}.toml"), "打不开\uff08文件名太长\uff09"),
    ],
    ids=" ".join,
)
def test_what_the_system_says_is_told_in_chinese(arguments: tuple[str, ...], said: str) -> None:
    put("in/x.txt")
    run = goalcheck_here(*arguments)
    assert run.status == 2
    assert any(said in line for line in run.complaints)


def test_what_was_written_is_told() -> None:
    for arguments in (("lint", "sound.txt"), ("convert", "sound.txt"), ("compare", "sound.txt", "sound.txt")):
        run = goalcheck_here(*arguments, "-o", f"{arguments[0]}.txt")
        assert (run.status, run.out, run.complaints) == (0, b"", [f"goalcheck: 写好了 {arguments[0]}.txt"])
    assert goalcheck_here("lint", "sound.txt", "-q", "-o", "lint.txt").err == b""


def test_a_named_folder_that_may_not_be_read_is_told(forbid: Callable[[str], None]) -> None:
    put("in/x.txt")
    forbid("in")
    assert files("in", "sound.txt") == {"in": "failed", "sound.txt": "checked"}


# --- names -----------------------------------------------------------------------------------------------------------

NAMES = [
    b"a\nb.txt", b"a\tb.txt", b"a\xff\xfe.txt", b"\xed\xa0\x80.txt", b" .txt", b"-o.txt", b"a\x1b]0;x\x07.txt",
    "\u8868\u202e.txt".encode(), b"%0A::error.txt", b"x" * 250 + b".txt", b"'\"$(x)`.txt", b"\\.txt",
]  # fmt: skip


@posix
def test_any_name_is_read_and_can_be_told_from_json(here: Path) -> None:
    """The path in JSON leads to the very file, whatever bytes its name has."""
    names = [os.fsdecode(name) for name in NAMES]
    for name in names:
        (here / name).write_text(FAULTY, encoding="utf-8")
    run = goalcheck("lint", ".", "--format", "json", cwd=here)
    assert run.status == 1
    report = json.loads(run.out)
    assert {os.fsencode(file["path"]) for file in report["files"]} == {*NAMES, b"sound.txt"}
    assert {os.fsencode(finding["path"]) for finding in report["findings"]} == set(NAMES)
    concise = goalcheck("lint", ".", "--format", "concise", "--quiet", cwd=here)
    assert len(concise.text.splitlines()) == len(NAMES)
    one = goalcheck("lint", *(f"./{name}" for name in names), "--format", "json", cwd=here)
    assert len(json.loads(one.out)["files"]) == len(NAMES)


@pytest.mark.parametrize("name", ["x" * 300 + ".txt", "表" * 2000, "a/" * 3000 + "x.txt"])
def test_a_name_that_no_file_can_have(here: Path, name: str) -> None:
    run: Run = goalcheck_here("lint", name, "sound.txt")
    assert run.status == 2
    assert len(run.complaints) == 1
    assert here.exists()
