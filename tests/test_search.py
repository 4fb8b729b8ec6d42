"""Which files are checked: folders and what is passed over there, patterns that leave out, lists of files."""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import CLEAN, FAULTY, ROOT, Run, environment, goalcheck, goalcheck_here, tried_on
from workbooks import xlsx

from goalcheck.files import search

PHONES = "姓名\t电话\t备注\n张三\t13800000000\t\n李四\t13900000000\t合计\n"
WORKBOOK = b"PK\x03\x04" + bytes(400)
POSIX = os.name == "posix"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with one sheet in a folder."""
    monkeypatch.chdir(tmp_path)
    put("sheets/表.txt", FAULTY)
    return tmp_path


def put(path: str, data: str | bytes) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def checked(*arguments: str, stdin: bytes = b"") -> list[str]:
    """The inputs of a run that ends in 0 or 1, as its report names them."""
    run = goalcheck_here("lint", *arguments, "--format", "json", stdin=stdin)
    assert run.status in (0, 1), run.err.decode()
    return [file["path"] for file in json.loads(run.text)["files"]]


def totals(run: Run) -> str:
    return run.text.rstrip().rpartition("\n\n")[2].replace("\n", " ")


# --- what is no sheet ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["lint", "fix"])
def test_what_shows_no_trace_of_a_sheet_is_passed_over_and_counted(command: str) -> None:
    put("sheets/phones.txt", PHONES)
    put("sheets/phones.csv", PHONES.replace("\t", ",").encode("gb18030"))
    put("sheets/empty.csv", b"")
    put("sheets/noise.tsv", bytes(range(128, 256)) * 9)
    put("sheets/~$表.docx", b"x")
    put("sheets/新建 XLSX 工作表.xlsx", xlsx([]))
    run = goalcheck_here(command, "sheets", "--lang", "en")
    assert (run.status, run.err) == (1, b"")
    assert totals(run).endswith(" 6 other files in folders, no sheets, empty or marked copies, were passed over.")
    for name in ("phones.txt", "empty.csv", "noise.tsv", "新建 XLSX 工作表.xlsx"):
        assert goalcheck_here(command, f"sheets/{name}").status == 2, "who names a file wants it checked"


def test_a_workbook_of_but_a_picture_is_told() -> None:
    put("sheets/扫描件.xlsx", xlsx([], other={"xl/media/image1.png": b"x"}))
    run = goalcheck_here("lint", "sheets")
    assert run.status == 2
    assert [line.split(": ")[1] for line in run.complaints] == ["sheets/扫描件.xlsx"]


TRACES: dict[str, str | bytes] = {
    "a column": "序号\t资金使用单位\t财政专户拨款\n1\t甲\t5\n",
    "a misread header": "项目名称\t总计\t绩效指栎\n甲\t1\t乙\n",
    "a class": "甲\t产出指标\t乙\n",
    "a class by its code": "甲\t31-服务对象满意度\n",
    "an entry": "举办活动次数; 年度指标值：≥48次。\n",
    "the word": "关于报送绩 效材料的通知\n",
    "cut off in a character": CLEAN.encode()[:-2] + b"\xe5",
    "cut off, gb18030": CLEAN.encode("gb18030")[:-2] + b"\xff",
    "utf-16 without a mark": CLEAN.encode("utf-16-le"),
    "a NUL": CLEAN.encode() + b"\0",
    "a workbook of another name": WORKBOOK,
}


@tried_on("command", ["lint", "fix"])
@tried_on("data", TRACES.values(), ids=TRACES)
def test_what_shows_a_trace_and_cannot_be_read_is_told(command: str, data: str | bytes) -> None:
    put("sheets/rest.txt", data)
    run = goalcheck_here(command, "sheets")
    assert run.status == 2
    assert [line.split(": ")[1] for line in run.complaints] == ["sheets/rest.txt"]


def test_what_is_known_to_be_a_sheet_is_not_passed_over() -> None:
    put("sheets/绩效目标.txt", b"")
    put("sheets/once.txt", FAULTY)
    assert goalcheck_here("lint", "sheets", "--write-baseline", "base.json").status == 2
    put("sheets/once.txt", b"")
    run = goalcheck_here("lint", "sheets", "--baseline", "base.json")
    assert [line.split(": ")[1] for line in run.complaints] == ["sheets/once.txt", "sheets/绩效目标.txt"]


@pytest.mark.usefixtures("pdf_read_here")
def test_workbooks_and_documents_are_told_one_by_one() -> None:
    names = [f"a.{ending}" for ending in ("xlsx", "xlsm", "xls", "et", "ods", "docx", "doc", "wps", "PDF")]
    for name in names:
        put(f"sheets/{name}", b"%PDF-1.7" if name.endswith("PDF") else WORKBOOK)
    put("sheets/empty.docx", b"")
    run = goalcheck_here("lint", "sheets")
    assert run.status == 2
    assert [line.split(": ")[1] for line in run.complaints] == sorted(
        f"sheets/{name}" for name in [*names, "empty.docx"]
    )
    assert all("另存" in line or "空的" in line for line in run.complaints)
    put("text/a.xls", FAULTY)
    assert checked("text") == ["text/a.xls"], "text is read, whatever it is called"


def test_a_folder_without_any_sheet_is_told() -> None:
    put("phones/a.txt", PHONES)
    put("none/readme.md", "")
    put("locks/~$a.xlsx", b"")
    for command in ("lint", "fix"):
        run = goalcheck_here(command, "sheets", "phones", "none", "locks", "--lang", "en")
        assert run.status == 2
        assert sorted(line.split(": ")[1] for line in run.complaints) == ["locks", "none", "phones"]
        assert totals(run).endswith(" 2 other files in folders, no sheets, empty or marked copies, were passed over.")
    report = json.loads(goalcheck_here("lint", "phones", "--format", "json").text)
    assert [(file["path"], file["status"]) for file in report["files"]] == [("phones", "failed")]


def test_the_same_is_passed_over_by_several_processes() -> None:
    for number in range(40):
        put(f"sheets/{number}.txt", PHONES if number % 3 else FAULTY)
    assert goalcheck("lint", "sheets", "-j", "2") == goalcheck("lint", "sheets", "-j", "1")


@pytest.mark.slow
def test_folders_deeper_than_calls_may_be_nested(here: Path) -> None:
    names = ["d"] * 400
    deep = here.joinpath(*names)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(FAULTY, encoding="utf-8")
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 200)
    try:
        assert [found.path for found in search.find(["d"]).inputs] == [os.path.join(*names, "a.txt")]
    finally:
        sys.setrecursionlimit(usual)
        (deep / "a.txt").unlink()
        os.removedirs(os.path.join(*names))  # what removes the folders of tests calls itself once a folder


# --- what is left out ------------------------------------------------------------------------------------------------


def lay_out() -> None:
    for path in ("a.txt", "草稿-b.txt", "2023/c.txt", "2023/deep/d.txt", "2024/old/e.txt", "2024/f.csv"):
        put(f"sheets/{path}", CLEAN)


@pytest.mark.parametrize(
    ("globs", "left"),
    [
        (["*.txt"], ["2024/f.csv"]),
        (["2023/"], ["2024/f.csv", "2024/old/e.txt", "a.txt", "草稿-b.txt"]),
        (["old", "草稿*", "2023"], ["2024/f.csv", "a.txt"]),
        (["**/deep/**", "./a.txt", "2024/*"], ["2023/c.txt", "草稿-b.txt"]),
        (["nothing"], ["2023/c.txt", "2023/deep/d.txt", "2024/f.csv", "2024/old/e.txt", "a.txt", "草稿-b.txt"]),
    ],
    ids=repr,
)
def test_what_is_excluded_in_folders(monkeypatch: pytest.MonkeyPatch, globs: list[str], left: list[str]) -> None:
    os.unlink("sheets/表.txt")
    lay_out()
    inside = [
        f"sheets/{glob.removeprefix('./')}" if "/" in glob.rstrip("/") or glob.endswith("/") else glob for glob in globs
    ]
    by_option = [word for glob in inside for word in ("--exclude", glob)]
    assert checked("sheets", *by_option) == [f"sheets/{name}" for name in left]
    put("sheets/goalcheck.toml", f"exclude = {json.dumps(globs, ensure_ascii=False)}\n")
    assert checked(".") == [f"sheets/{name}" for name in left]
    assert len(checked(".", "--isolated")) == 6
    monkeypatch.chdir("sheets/2024")
    assert checked("..") == [os.path.join("..", name) for name in left], "globs start from the file that names them"


def test_what_holds_of_files_that_are_named_listed_or_fit_a_pattern() -> None:
    lay_out()
    put("goalcheck.toml", 'exclude = ["sheets/2023", "草稿*"]\n')
    assert checked("sheets/2023/c.txt") == ["sheets/2023/c.txt"], "named"
    assert checked("sheets/**/*.txt", "--exclude", "表.txt") == ["sheets/2024/old/e.txt", "sheets/a.txt"]
    listed = "sheets/2023/deep/d.txt\nsheets/a.txt\nsheets/草稿-b.txt\n".encode()
    assert checked("--files-from", "-", stdin=listed) == ["sheets/a.txt"]
    assert checked("sheets/2023") == ["sheets/2023/c.txt", "sheets/2023/deep/d.txt"], (
        "a folder that is named is searched"
    )


def test_excluding_adds_up_over_files_that_build_on_each_other() -> None:
    lay_out()
    put("goalcheck.toml", 'exclude = ["sheets/a.txt", "表.txt"]\n')
    put("sheets/goalcheck.toml", 'extend = "above"\nexclude = ["2024", "草稿*"]\n')
    assert checked(".") == ["sheets/2023/c.txt", "sheets/2023/deep/d.txt"]


def test_a_folder_of_which_all_is_excluded_holds_no_sheet() -> None:
    run = goalcheck_here("lint", "sheets", "--exclude", "*")
    assert (run.status, len(run.complaints)) == (2, 1)


# --- lists of files --------------------------------------------------------------------------------------------------


@tried_on(
    "listed",
    [
        "sheets/表.txt\nsheets/ b c.txt\n",
        "\n\nsheets/表.txt\r\nsheets/ b c.txt",
        "sheets/表.txt\0sheets/ b c.txt\0",
        "\ufeffsheets/表.txt\nsheets/ b c.txt\n",
        '"sheets/\\350\\241\\250.txt"\nsheets/ b c.txt\n',
        "./sheets\n",
        "sheets/表.txt\nsheets/ b c.txt\nsheets/../sheets/表.txt\n",
    ],
)
def test_files_are_listed_in_a_file_or_on_standard_input(listed: str) -> None:
    put("sheets/ b c.txt", FAULTY)
    both = ["sheets/ b c.txt", "sheets/表.txt"]
    put("list", listed)
    assert checked("--files-from", "list") == both
    assert checked("--files-from", "-", stdin=listed.encode()) == both
    put("list", listed.encode("utf-16"))
    assert checked("--files-from", "list") == both
    assert checked("sheets/表.txt", "--files-from", "list") == both


@tried_on("listed", [b"", b"\n\n", b"\0", b"\xef\xbb\xbf"])
@tried_on("command", ["lint", "fix"])
def test_an_empty_list_is_nothing_to_check(command: str, listed: bytes) -> None:
    run = goalcheck_here(command, "--files-from", "-", "--lang", "en", stdin=listed)
    assert (run.status, run.text, run.err) == (0, "Nothing to check.\n", b"")


@tried_on("form", ["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"])
def test_an_empty_list_in_every_format(form: str) -> None:
    assert goalcheck_here("lint", "--files-from", "-", "--format", form).status == 0


def test_a_list_is_no_pattern_and_names_files_that_must_be_there() -> None:
    put("sheets/[a].txt", FAULTY)
    put("sheets/-", FAULTY)
    assert checked("--files-from", "-", stdin=b"sheets/[a].txt\n") == ["sheets/[a].txt"]
    put("-", FAULTY)
    assert checked("--files-from", "-", stdin=b"-\n") == ["./-"]
    run = goalcheck_here("lint", "--files-from", "-", stdin="sheets/*.txt\ngone.txt\nsheets/表.txt\n".encode())
    assert run.status == 2
    assert [line.split(": ")[1] for line in run.complaints] == ["gone.txt", "sheets/*.txt"]


def test_a_list_that_cannot_be_read() -> None:
    for file in ("nowhere", "sheets", *(["/dev/zero"] if POSIX else [])):
        run = goalcheck_here("lint", "--files-from", file)
        assert (run.status, len(run.complaints), run.text) == (2, 1, ""), file
        assert "--files-from" in run.complaints[0]
    assert goalcheck_here("lint", "-", "--files-from", "-").status == 2


@pytest.mark.skipif(shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash")
def test_the_recipe_for_changed_files() -> None:
    """With Chinese names, blanks, deleted files, other files; where nothing has changed; without the branch."""
    pages = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("ci.md", "ci.zh-CN.md")]
    blocks = [re.findall("```sh\n(.*?)```", page, re.DOTALL) for page in pages]
    recipe, same = (block for page in blocks for block in page if "--files-from" in block)
    assert recipe == same
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "first")):
        git(*words)
    assert run_recipe(recipe) == 128, "a list that git could not make is not taken for an empty one"
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    assert run_recipe(recipe) == 0, "nothing has changed"
    put("sheets/新 表.txt", FAULTY)
    put("sheets/说明.md", "")
    os.unlink("sheets/表.txt")
    git("add", "-A")
    git("commit", "-qm", "change")
    assert run_recipe(recipe) == 1
    put("sheets/新 表.txt", CLEAN)
    git("commit", "-qam", "mend")
    assert run_recipe(recipe) == 0


def git(*words: str) -> None:
    name = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.hooksPath=/dev/null")
    subprocess.run(["git", *name, *words], check=True, capture_output=True)  # noqa: S607


def run_recipe(lines: str) -> int:
    command = f'goalcheck() {{ "{sys.executable}" -m goalcheck "$@"; }}\n{lines}'
    done = subprocess.run(["bash", "-c", command], env=environment(LC_ALL="C"), capture_output=True, check=False)  # noqa: S607
    return done.returncode


# --- what is shown ---------------------------------------------------------------------------------------------------


@tried_on("form", ["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"])
def test_lighter_findings_are_not_shown_and_count_all_the_same(form: str) -> None:
    """GC501 is an error, GC103 an info; GC315 is made a warning here."""
    put("sheets/表.txt", FAULTY.replace("。2、", "\uff1b2、").replace("≥95%", "≥50%"))
    codes = {"error": {"GC501"}, "warning": {"GC501", "GC315"}, "info": {"GC501", "GC315", "GC103"}}
    for level, shown in codes.items():
        run = goalcheck_here("lint", "sheets", "--min-severity", level, "--format", form, "--fail-on", "info")
        assert run.status == 1
        assert {
            code for code in codes["info"] if code in run.text.partition('"results"')[2 if form == "sarif" else 0]
        } == shown


def test_the_status_does_not_change_and_what_is_left_out_is_counted() -> None:
    put("sheets/表.txt", CLEAN.replace("。2、", "\uff1b2、"))
    asked = ("lint", "sheets", "--min-severity", "error", "--lang", "en")
    assert goalcheck_here(*asked).status == 0
    assert goalcheck_here(*asked, "--fail-on", "info").status == 1
    assert (
        totals(goalcheck_here(*asked))
        .partition(". ")[2]
        .startswith("1 lighter finding is not listed (--min-severity).")
    )
    summary = json.loads(goalcheck_here(*asked, "--format", "json").text)["summary"]
    assert (summary["info"], summary["unshown"]) == (1, 1)
    put("goalcheck.toml", 'min-severity = "warning"\n')
    assert "GC103" not in goalcheck_here("lint", "sheets").text
    assert "GC103" in goalcheck_here("lint", "sheets", "--min-severity", "info").text
    assert goalcheck_here("lint", "sheets", "--write-baseline", "base.json").status == 0
    assert "GC103" in Path("base.json").read_text(encoding="utf-8"), "a baseline holds what there is"
