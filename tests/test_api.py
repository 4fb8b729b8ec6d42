"""What who writes Python is promised in ``docs/api.md``; whether its types hold is asked in ``test_package``."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import CLEAN, FAULTY, PERCENT, ROOT, SAMPLE, entry_sheet, goalcheck_here, tried_on

import goalcheck
from goalcheck import Checker

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
EXPECTED = (
    "64 132 GC304 error",
    "街消毒站病媒生物防治专职人员补贴 4 write: 3-",
    "True",
    "there is no rule GC999",
    "missing.txt missing\nsheet.txt ",
)

SPACED = entry_sheet("4、1-产出指标; 12-质量指标; 合格 率; 实施周期指标值:100%; 年度指标值:100%。")
STRAY, TOO_MUCH = "GC104", "GC304"


def codes(result: goalcheck.Result) -> list[str]:
    assert result.error is None
    return [finding.code for finding in result.findings]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: the sample, a second sheet, and a configuration that switches one rule off."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE, "sheet.txt")
    Path("second.txt").write_text(FAULTY, encoding="utf-8")
    Path("goalcheck.toml").write_text('ignore = ["GC501"]\n', encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_examples_of_the_page_run() -> None:
    printed = []
    for program in PROGRAMS:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(compile(program, "api.md", "exec"), {"__name__": "__main__"})  # noqa: S102  # the page's own
        printed.append(said.getvalue())
    assert len(printed) == len(EXPECTED)
    assert [part for part, whole in zip(EXPECTED, printed, strict=True) if part not in whole] == []


def test_page_names_all_that_is_public() -> None:
    assert [name for name in goalcheck.__all__ if not re.search(rf"\b{name}\b", PAGE) and name != "__version__"] == []
    english, chinese = (re.findall(r"^\| `(.*?)` \|", part, re.MULTILINE) for part in PAGE.split("## 中文"))
    assert english == chinese


def test_public_names_are_listed() -> None:
    assert set(goalcheck.__all__) <= set(dir(goalcheck))


def test_importing_it_imports_nothing_else() -> None:
    asked = "import sys, goalcheck; print(sorted(name for name in sys.modules if name.split('.')[0] in WANTED))"
    wanted = "WANTED = ('goalcheck', 'lark', 'attr', 'attrs', 'click'); "
    done = subprocess.run([sys.executable, "-c", wanted + asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['goalcheck', 'goalcheck.version']"


@pytest.mark.usefixtures("folder")
def test_check_file_says_what_the_command_says() -> None:
    run = goalcheck_here("lint", "sheet.txt", "--isolated", "--format", "concise", "--quiet")
    result = goalcheck.check_file(Path("sheet.txt"))
    said = [
        f"sheet.txt:{':'.join(map(str, goalcheck.place(result, f)))}: {f.code} {goalcheck.message(f)}"
        for f in result.findings
    ]
    assert said == run.text.splitlines()


def test_a_finding_has_its_names_severity_suggestion_and_advice() -> None:
    (finding,) = goalcheck.check(entry_sheet(PERCENT)).findings
    assert (finding.code, finding.name) == (TOO_MUCH, "percent-out-of-range")
    assert finding.severity is goalcheck.Severity.ERROR
    assert finding.suggestion == "100%"
    assert goalcheck.advice(finding, "en") == "write: 100%"


def test_text_and_bytes_are_alike() -> None:
    text = entry_sheet(PERCENT)
    assert codes(goalcheck.check(text)) == codes(goalcheck.check(text.encode("gb18030"))) == [TOO_MUCH]


@pytest.mark.usefixtures("folder")
def test_a_configuration_is_used_if_asked_for() -> None:
    assert codes(goalcheck.check_file("second.txt")) == ["GC501"]
    assert codes(goalcheck.check_file("second.txt", config="goalcheck.toml")) == []
    assert codes(goalcheck.check(FAULTY, config=Path("goalcheck.toml"))) == []
    assert codes(Checker(config="goalcheck.toml").check_file("second.txt")) == []


@pytest.mark.usefixtures("folder")
def test_the_nearest_configuration_is_that_of_the_sheet() -> None:
    Path("inner").mkdir()
    Path("inner/goalcheck.toml").write_text("", encoding="utf-8")
    shutil.copy("second.txt", "inner")
    checker = Checker(nearest=True)
    assert codes(checker.check_file("second.txt")) == []
    assert codes(checker.check_file("inner/second.txt")) == ["GC501"]
    assert codes(checker.check(FAULTY, path="inner/unsaved.txt")) == ["GC501"]


@tried_on(
    ("choice", "found"),
    [
        ({"select": ["GC3"]}, [TOO_MUCH]),
        ({"select": "percent-out-of-range"}, [TOO_MUCH]),
        ({"select": ["GC1"]}, []),
        ({"ignore": [TOO_MUCH]}, []),
        ({"select": ["GC1"], "extend_select": [TOO_MUCH]}, [TOO_MUCH]),
    ],
    ids=str,
)
def test_rules_are_chosen(choice: dict[str, list[str]], found: list[str]) -> None:
    assert codes(Checker(**choice).check(entry_sheet(PERCENT))) == found


def test_profile_taxonomy_and_encoding_are_those_of_the_command(folder: Path) -> None:
    Path("wide.txt").write_bytes(CLEAN.encode("utf-16-le"))
    assert codes(Checker(encoding="utf-16-le").check_file(folder / "wide.txt")) == []
    for choice in ({"profile": "strict"}, {"taxonomy": "central-2021"}):
        ((key, value),) = choice.items()
        run = goalcheck_here("lint", "sheet.txt", "--isolated", "--format", "concise", "--quiet", f"--{key}", value)
        assert len(codes(Checker(**choice).check_file("sheet.txt"))) == len(run.text.splitlines())


def test_fixed_mends_form_alone() -> None:
    assert goalcheck.fixed(SPACED) == SPACED.replace("合格 率", "合格率")
    assert goalcheck.fixed(CLEAN) == CLEAN
    wrong = entry_sheet(PERCENT)
    assert goalcheck.fixed(wrong) == wrong
    assert Checker(ignore=[STRAY]).fixed(SPACED) == SPACED


def test_fixed_takes_proposals_if_asked() -> None:
    missing = entry_sheet("4、1-产出指标; 12-质量指标; 合格率; 实施周期指标值:100%。")
    assert goalcheck.fixed(missing) == missing
    assert codes(goalcheck.check(goalcheck.fixed(missing, unsafe=True))) == []


@pytest.mark.parametrize("path", ["missing.txt", "folder"])
def test_what_is_wrong_with_an_input_is_told(path: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    result = goalcheck.check_file(tmp_path / path)
    assert isinstance(result.error, goalcheck.InputError)
    run = goalcheck_here("lint", tmp_path / path, "--lang", "en")
    assert run.complaints == [f"goalcheck: {tmp_path / path}: {goalcheck.reason(result.error, 'en')}"]
    assert result.findings == ()
    assert result.source is None


def test_fixed_raises_for_what_is_no_sheet() -> None:
    with pytest.raises(goalcheck.InputError) as caught:
        goalcheck.fixed("no sheet")
    assert "项目名称" in goalcheck.reason(caught.value)


def test_place_of_what_was_not_checked() -> None:
    (finding,) = goalcheck.check(FAULTY).findings
    with pytest.raises(ValueError, match="not checked"):
        goalcheck.place(goalcheck.check(""), finding)


def test_what_is_wrong_with_a_configuration_is_said_as_by_the_command(folder: Path) -> None:
    Path("goalcheck.toml").write_text('selct = ["GC3"]\n', encoding="utf-8")
    calls: list[Callable[[], object]] = [
        lambda: Checker(config=folder / "goalcheck.toml"),
        lambda: goalcheck.check(CLEAN, config=folder / "goalcheck.toml"),
        lambda: Checker(nearest=True).check_file(folder / "second.txt"),
        lambda: goalcheck.fixed(CLEAN, config=folder / "goalcheck.toml"),
    ]
    run = goalcheck_here("lint", "second.txt", "--config", folder / "goalcheck.toml", "--lang", "en")
    for call in calls:
        with pytest.raises(goalcheck.FileError) as caught:
            call()
        assert run.complaints == [f"goalcheck: {goalcheck.reason(caught.value, 'en')}"]


def test_unknown_rule_is_said_as_by_the_command() -> None:
    with pytest.raises(goalcheck.UnknownRuleError) as caught:
        Checker(ignore=["missing-gaol"])
    run = goalcheck_here("lint", SAMPLE, "--ignore", "missing-gaol", "--isolated")
    assert run.complaints == [f"goalcheck: {goalcheck.reason(caught.value)}"]


@tried_on(
    "choice", [{"profile": "lax"}, {"taxonomy": "nowhere"}, {"encoding": "zip"}, {"config": "a", "nearest": True}]
)
def test_arguments_that_cannot_be(choice: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Checker(**choice)
