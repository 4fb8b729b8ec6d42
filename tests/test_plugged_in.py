"""Where teams plug goalcheck in: the hooks of pre-commit, the action for GitHub, the examples of ``docs/ci.md``.

pre-commit, git and bash themselves run, offline: what would be fetched is linked from this environment.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml
from helpers import CLEAN, FAULTY, ROOT, SAMPLE, entry_sheet, environment

from goalcheck.report import FORMATS
from goalcheck.version import __version__

pytestmark = pytest.mark.slow

PAGES = ("docs/ci.md", "docs/ci.zh-CN.md")
BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SPACED = entry_sheet("4、1-产出指标; 12-质量指标; 合格 率; 实施周期指标值:100%; 年度指标值:100%。")
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "build", "dist", "*.egg-info", "__pycache__", "*.compiled", "tests",
    "node_modules",
)  # fmt: skip


@attrs.frozen
class Done:
    """What became of a command; standard output and error as one text."""

    status: int
    text: str


def run(*command: object, cwd: Path, env: Mapping[str, str]) -> Done:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=1200, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout.decode())


def example(page: str, name: str) -> str:
    """The file called ``name`` that a page shows."""
    found: dict[str, str] = dict(BLOCK.findall((ROOT / page).read_text(encoding="utf-8")))
    return found[name]


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which pip finds what goalcheck needs without asking anybody, and git knows nobody."""
    home = tmp_path_factory.mktemp("offline")
    libraries = home / "libraries"
    libraries.mkdir()
    for name in ("attrs", "click", "lark", "setuptools"):
        distribution = importlib.metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            (libraries / top).symlink_to(Path(str(distribution.locate_file(top))))
    return environment(
        PYTHONPATH=str(libraries),
        PIP_NO_INDEX="1",
        PIP_NO_BUILD_ISOLATION="0",  # pip's way to say: no isolation
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PRE_COMMIT_HOME=str(home / "pre-commit"),
        VIRTUALENV_OVERRIDE_APP_DATA=str(home / "virtualenv"),
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_NOSYSTEM="1",
        GIT_DIR=None,
        GIT_INDEX_FILE=None,
        GIT_WORK_TREE=None,
        **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    )


@pytest.fixture(scope="module")
def shipped(offline: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds goalcheck as it is here."""
    home = tmp_path_factory.mktemp("shipped") / "goalcheck"
    shutil.copytree(ROOT, home, ignore=_LEFT_OUT)
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "all")):
        done = run("git", *command, cwd=home, env=offline)
        assert done.status == 0, done.text
    return home


@attrs.frozen
class Team:
    """A repository with sheets, as a team has one."""

    home: Path
    env: dict[str, str]

    def git(self, *command: object) -> Done:
        return run("git", *command, cwd=self.home, env=self.env)

    def pre_commit(self, *command: object) -> Done:
        return run(sys.executable, "-m", "pre_commit", *command, cwd=self.home, env=self.env)

    def commit(self, files: Mapping[str, bytes]) -> Done:
        """Write ``files`` and try to commit them."""
        for name, data in files.items():
            (self.home / name).parent.mkdir(parents=True, exist_ok=True)
            (self.home / name).write_bytes(data)
        assert self.git("add", "--all").status == 0
        return self.git("commit", "--message", "sheets")

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD").text


@pytest.fixture
def team(offline: dict[str, str], tmp_path: Path) -> Team:
    home = tmp_path / "team"
    home.mkdir()
    made = Team(home, offline)
    assert made.git("init", "--quiet").status == 0
    return made


def test_manifest_is_as_pre_commit_asks(team: Team) -> None:
    checked = team.pre_commit("validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    assert (checked.status, checked.text) == (0, "")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"]: hook["entry"] for hook in hooks} == {
        "goalcheck": "goalcheck lint",
        "goalcheck-fix": "goalcheck fix",
    }


def test_hooks_judge_commits(team: Team, shipped: Path) -> None:
    """With the configuration that the page shows, from the first commit on."""
    rev = run("git", "rev-parse", "HEAD", cwd=shipped, env=team.env).text.strip()
    config = example(PAGES[0], ".pre-commit-config.yaml")
    config = config.replace("https://github.com/OWNER/goalcheck", shipped.as_uri()).replace(f"v{__version__}", rev)
    (team.home / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    assert team.pre_commit("install").status == 0
    sheet = "sheets/二〇二五年 预算/金花 街道.txt"

    sound = {
        sheet: CLEAN.encode(),
        "sheets/旧 表.CSV": CLEAN.encode("gb18030"),
        "sheets/README.md": b"no sheet",
        "requirements.txt": b"no sheet",
    }
    assert team.commit(sound).status == 0
    before = team.head

    refused = team.commit({sheet: FAULTY.encode()})
    assert refused.status == 1
    assert re.search(rf"^{sheet}:\d+:\d+: GC501 ", refused.text, re.MULTILINE)

    mended = team.commit({sheet: SPACED.encode()})
    assert mended.status == 1
    assert "files were modified by this hook" in mended.text
    assert (team.home / sheet).read_text(encoding="utf-8") == SPACED.replace("合格 率", "合格率")

    strange = team.commit({"sheets/说明 一.txt": b"no sheet"})
    assert strange.status == 1
    assert "exit code: 2" in strange.text
    assert team.head == before

    (team.home / "sheets/说明 一.txt").unlink()
    assert team.commit({}).status == 0
    assert team.head != before


class Runner:
    """Runs the steps of the action as a runner does: expressions replaced, then bash, then outputs read."""

    def __init__(self, home: Path, env: Mapping[str, str], action: Path = ROOT) -> None:
        self.home = home
        self._env = env
        self._action = action
        self._temp = home.parent / "runner-temp"
        self._temp.mkdir()
        self._outputs = {"steps.python.outputs.python-path": sys.executable}
        self.log = ""

    def run(self, inputs: Mapping[str, str], **given: str) -> int:
        """Run all steps, without those whose outputs are ``given``; the status of the last."""
        given = {f"steps.{name}": value for name, value in given.items()}
        self._outputs |= {f"inputs.{name}": entry.get("default", "") for name, entry in ACTION["inputs"].items()}
        self._outputs |= {f"inputs.{name}": value for name, value in inputs.items()} | given
        status = 0
        for step in ACTION["runs"]["steps"]:
            known = any(name.startswith(f"steps.{step['id']}.") for name in self._outputs)
            if status == 0 and not known:
                status = self._step(step)
        return status

    def output(self, name: str) -> str:
        return self._filled(ACTION["outputs"][name]["value"])

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: self._outputs[match[1]], text)

    def _step(self, step: Mapping[str, Any]) -> int:
        script, told = self._temp / "script.sh", self._temp / "output"
        script.write_text(step["run"], encoding="utf-8")
        told.write_text("", encoding="utf-8")
        env = {
            **self._env,
            "GITHUB_ACTION_PATH": str(self._action),
            "GITHUB_OUTPUT": str(told),
            "RUNNER_TEMP": str(self._temp),
            **{name: self._filled(value) for name, value in step["env"].items()},
        }
        assert step["shell"] == "bash"
        done = run("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script, cwd=self.home, env=env)
        self.log += done.text
        for line in told.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self._outputs[f"steps.{step['id']}.outputs.{name}"] = value
        return done.status


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with two sheets, one sound, one not."""
    home = tmp_path / "checkout"
    (home / "sheets").mkdir(parents=True)
    (home / "sheets" / "好 表.txt").write_text(CLEAN, encoding="utf-8")
    (home / "sheets" / "错 表.txt").write_text(FAULTY, encoding="utf-8")
    return home


@pytest.fixture
def runner(checkout: Path) -> Runner:
    return Runner(checkout, environment())


def program(folder: Path, body: str) -> str:
    """A program in ``folder`` that is called goalcheck."""
    folder.mkdir(exist_ok=True)
    path = folder / "goalcheck"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def itself(folder: Path) -> str:
    return program(folder, f'exec {shlex.quote(sys.executable)} -m goalcheck "$@"')


def given(path: str) -> dict[str, str]:
    """The output by which the action's first steps hand on where goalcheck is."""
    return {"install.outputs.goalcheck": path}


def test_action_installs_itself_and_passes_the_status_on(
    offline: dict[str, str], checkout: Path, shipped: Path
) -> None:
    runner = Runner(checkout, offline, shipped)
    assert runner.run({"paths": "sheets", "format": "concise"}) == 1, runner.log
    assert runner.output("status") == "1"
    assert re.search(r"^sheets/错 表.txt:\d+:\d+: GC501 ", runner.log, re.MULTILINE)


@pytest.mark.parametrize(
    ("inputs", "status"),
    [
        ({"paths": "sheets"}, 1),
        ({"paths": "sheets/好 表.txt\n"}, 0),
        ({"paths": "sheets/好 表.txt\nsheets/错 表.txt"}, 1),
        ({"paths": "sheets", "fail-on": "never"}, 0),
        ({"paths": "sheets", "args": "--ignore GC501\n--quiet"}, 0),
        ({"paths": "nowhere"}, 2),
        ({"paths": "sheets", "config": "no where.toml"}, 2),
        ({"paths": ""}, 1),
        ({"paths": "$(touch taken)\n`touch taken`; touch taken", "args": "; touch taken"}, 2),
        ({"paths": '"; touch taken; "', "config": "$(touch taken)", "format": "$(touch taken)"}, 2),
        ({"paths": "sheets", "format": "concise"}, 1),
    ],
    ids=str,
)
def test_action_lints(runner: Runner, tmp_path: Path, inputs: dict[str, str], status: int) -> None:
    assert runner.run(inputs, **given(itself(tmp_path / "bin"))) == status
    assert runner.output("status") == str(status)
    assert not list(tmp_path.rglob("taken"))


def test_action_keeps_sheets_from_commanding_the_runner(runner: Runner, tmp_path: Path) -> None:
    runner.run({"paths": "sheets", "format": "concise"}, **given(itself(tmp_path / "bin")))
    first, *_, last = runner.log.splitlines()
    token = first.removeprefix("::stop-commands::")
    assert token != first
    assert last == f"::{token}::"


ALL = {
    "paths": "a b\n\n  c",
    "config": "my file.toml",
    "baseline": "known.json",
    "fail-on": "info",
    "args": "--profile strict\n  --ignore=GC1 *",
    "sarif-file": "out dir/x.sarif",
}
OPTIONS = ["--profile", "strict", "--ignore=GC1", "*", "--config", "my file.toml", "--baseline", "known.json"]


@pytest.mark.parametrize(("statuses", "status"), [("0 0", 0), ("1 1", 1), ("0 2", 2), ("2 2", 2)])
def test_action_hands_on_all_that_it_is_given(runner: Runner, tmp_path: Path, statuses: str, status: int) -> None:
    """Seen by a program in the place of goalcheck: one call for the log and one for the file."""
    seen = tmp_path / "seen"
    calls = shlex.quote(str(seen))
    lines = [
        f"""printf '%s\\n' "$@" --- >> {calls}""",
        f"set -- {statuses}",
        f"[ $(grep -c ^---$ {calls}) = 1 ] || shift",
        "exit $1",
    ]
    body = "\n".join(lines)
    assert runner.run(ALL, **given(program(tmp_path / "bin", body))) == status
    rest = [*OPTIONS, "--fail-on", "info", "--", "a b", "c", "---"]
    expected = ["lint", "--format", "github", *rest]
    expected += ["lint", "--format", "sarif", "--output", "out dir/x.sarif", *rest]
    assert seen.read_text(encoding="utf-8").splitlines() == expected
    assert runner.output("status") == str(status)


def test_action_runs_nothing_that_it_is_given() -> None:
    """Inputs come by the environment, other actions by the hash of their commit, and every input is used."""
    steps: Sequence[Mapping[str, Any]] = ACTION["runs"]["steps"]
    for step in steps:
        assert "${{" not in step.get("run", "")
        assert re.search(r"@[0-9a-f]{40}$", step.get("uses", f"@{'0' * 40}"))
    used = set(re.findall(r"inputs\.([a-z-]+)", str(steps)))
    assert used == set(ACTION["inputs"])


def _valid(kind: str, path: Path) -> Done:
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", path)
    return run(*command, cwd=ROOT, env=environment())


def test_action_is_as_github_asks() -> None:
    checked = _valid("github-actions", ROOT / "action.yml")
    assert checked.status == 0, checked.text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("name", "kind"), [(".github/workflows/sheets.yml", "github-workflows"), (".gitlab-ci.yml", "gitlab-ci")]
)
def test_examples_are_as_their_readers_ask(page: str, name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "example.yml"
    path.write_text(example(page, name), encoding="utf-8")
    checked = _valid(kind, path)
    assert checked.status == 0, checked.text


def test_examples_are_the_same_in_both_languages() -> None:
    shown = [dict(BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))) for page in PAGES]
    assert {name: yaml.safe_load(text) for name, text in shown[0].items()} == {
        name: yaml.safe_load(text) for name, text in shown[1].items()
    }


@pytest.mark.parametrize("page", PAGES)
def test_pages_tell_what_there_is(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)
    assert told == list(ACTION["inputs"])
    steps = yaml.safe_load(example(page, ".github/workflows/sheets.yml"))["jobs"]["goalcheck"]["steps"]
    (own,) = (step for step in steps if "OWNER" in step["uses"])
    assert set(own["with"]) <= set(ACTION["inputs"])
    assert set(re.findall(r"goalcheck@v([\d.]+)|rev: v([\d.]+)", text)) == {(__version__, ""), ("", __version__)}
    statuses = re.findall(r"^\| (\d) \|", text, re.MULTILINE)
    assert statuses == ["0", "1", "2"]
    links = re.findall(r"\]\(([^):]+)\)", text)
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


@pytest.mark.parametrize(("sheet", "status"), [(SAMPLE.read_text(encoding="utf-8"), 1), (CLEAN, 0), ("no sheet", 2)])
def test_script_for_gitlab_ends_as_goalcheck_does(sheet: str, status: int, tmp_path: Path) -> None:
    """Its lines run one after another, up to the first that fails; the last writes no report and decides."""
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "表.txt").write_text(sheet, encoding="utf-8")
    itself(tmp_path / "bin")
    job = yaml.safe_load(example(PAGES[0], ".gitlab-ci.yml"))["goalcheck"]
    install, *lines = job["script"]
    assert install.startswith("pip install ")
    env = environment(PATH=f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    done = run("bash", "-e", "-c", "\n".join(lines), cwd=tmp_path, env=env)
    assert done.status == status
    kinds = {"codequality": "gitlab", "junit": "junit"}
    for kind, path in job["artifacts"]["reports"].items():
        assert (tmp_path / path).exists() == (kinds[kind] in FORMATS)
