"""``goalcheck init``: a configuration file that says all there is to say, and changes nothing until it is edited."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
from helpers import FAULTY, SAMPLE, goalcheck, goalcheck_here
from test_config import TWO_FAULTS, found, put

from goalcheck.catalogue.load import catalogue
from goalcheck.config.keys import KEYS
from goalcheck.config.merge import configuration
from goalcheck.config.template import template
from goalcheck.messages import LANGUAGES

HAN = re.compile("[\u4e00-\u9fff]")
OWN = "goalcheck.toml"

each_language = pytest.mark.parametrize("language", LANGUAGES)


def _uncommented(text: str) -> str:
    """``text`` with every key put to use, as its remarks say that it is done."""
    return re.sub("^# ?(?!#)", "", text, flags=re.MULTILINE)


def _reports(folder: Path, *options: str) -> tuple[int, bytes, bytes]:
    run = goalcheck("lint", ".", "-j", "1", *options, cwd=folder)
    return run.status, run.out, run.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the real sheet and one with faults."""
    return put(tmp_path, {"a.txt": SAMPLE.read_text(encoding="utf-8"), "2023/b.txt": TWO_FAULTS, "c.csv": FAULTY})


@pytest.mark.slow
@each_language
def test_written_file_changes_nothing(folder: Path, language: str) -> None:
    """Neither as it is written nor with every key put to use: what stands there are the defaults."""
    plain = _reports(folder)
    strict = _reports(folder, "--profile", "strict", "--format", "json")
    run = goalcheck("init", "--lang", language, cwd=folder)
    assert (run.status, run.err) == (0, b"")
    assert OWN in run.text
    text = (folder / OWN).read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    assert _reports(folder) == plain
    put(folder, {OWN: _uncommented(text)})
    assert len(tomllib.loads(_uncommented(text))) == sum(key.default is not None for key in KEYS.values())
    assert _reports(folder) == plain
    assert _reports(folder, "--profile", "strict", "--format", "json") == strict


@each_language
def test_defaults_are_the_shipped_ones(tmp_path: Path, language: str) -> None:
    put(tmp_path, {OWN: _uncommented(template(language))})
    made = configuration(str(tmp_path / OWN))
    rules = {rule.code: rule for rule in catalogue().rules}
    assert made.severities
    assert all(rules[code].severity == severity for code, severity in made.severities.items())
    assert made.options == {rule.code: dict(rule.options) for rule in rules.values() if rule.options}
    assert made.catalogue.lexicon == catalogue().lexicon
    assert made.taxonomy is None
    assert made.settings == {key.name: key.default for key in KEYS.values() if key.run and key.default is not None}


@each_language
def test_every_key_is_explained(language: str) -> None:
    """One sentence, the default or what holds without it, and an example that loads where the default shows no form."""
    text = template(language)
    for key in KEYS.values():
        said = key.words[language]
        assert f"## {said[:1].upper()}{said[1:]}" in text
        assert re.search(rf"^#(#.*: | |#.*\uff1a){re.escape(key.name)}( =|\.)", text, re.MULTILINE), key.name
    remarks = [line for line in text.splitlines() if line.startswith("## ")]
    foreign = [line for line in remarks if bool(HAN.search(line)) != (language == "zh") and not _is_example(line)]
    assert foreign == []


def _is_example(line: str) -> bool:
    return re.match("## (Example: |\u4f8b\uff1a)", line) is not None


@each_language
def test_examples_load(tmp_path: Path, language: str) -> None:
    lines = [
        re.split(": |\uff1a", line, maxsplit=1)[1] for line in template(language).splitlines() if _is_example(line)
    ]
    assert len(lines) > len(KEYS) // 2
    text = "\n".join(line for line in lines if not line.startswith("plugins"))
    put(tmp_path, {"in/goalcheck.toml": text, OWN: "", "in/rules/own.toml": RULE})
    made = configuration(str(tmp_path / "in" / OWN))
    assert made.encoding == "gb18030"
    assert made.options == {"GC315": {"threshold": 90}}


RULE = """\
[[rule]]
code = "CZ001"
name = "rough-figure"
severity = "warning"
title = "指标值里有约数"
field = "annual_value"
forbids = ["左右"]
message = "有约数"
help = "写出确切的数"
why = "没法核对。"
source = "本局填报口径。"
bad = ["4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:≥50人; 年度指标值:50人⟦左右⟧。"]
good = ["4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:≥50人; 年度指标值:≥50人。"]
"""


def test_each_line_can_be_put_to_use_alone(tmp_path: Path) -> None:
    """No line needs another one, a header say, to be taken for what it is."""
    keys = [line.removeprefix("# ") for line in template("zh").splitlines() if line.startswith("# ")]
    assert len(keys) > 20
    for line in keys:
        put(tmp_path, {OWN: line})
        configuration(str(tmp_path / OWN))
        (name,) = tomllib.loads(line)
        assert name in KEYS


@pytest.mark.parametrize("above", [OWN, "pyproject.toml"])
def test_configuration_above_still_holds(tmp_path: Path, above: str) -> None:
    """A file in a folder below would overrule it; the written one builds on it."""
    table = "[tool.goalcheck]\n" if above == "pyproject.toml" else ""
    put(
        tmp_path,
        {
            above: f'{table}ignore = ["GC501"]\n[{"tool.goalcheck." if table else ""}severity]\nGC304 = "info"\n',
            "in/deep/a.txt": TWO_FAULTS,
        },
    )
    before = found(tmp_path)
    assert before == {"in/deep/a.txt": ["GC304"]}
    assert goalcheck("init", "in/deep", cwd=tmp_path).status == 0
    text = (tmp_path / "in/deep" / OWN).read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"extend": "above"}
    assert found(tmp_path) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_folder_behind_a_link(tmp_path: Path) -> None:
    """Where it is looked for from there is not where its own ``..`` leads."""
    put(tmp_path, {OWN: 'ignore = ["GC501"]\n', "far/away/a.txt": TWO_FAULTS})
    (tmp_path / "near").symlink_to(tmp_path / "far" / "away")
    put(tmp_path, {"far/goalcheck.toml": 'ignore = ["GC304"]\n'})
    before = found(tmp_path, "near/a.txt")
    assert goalcheck("init", "near", cwd=tmp_path).status == 0
    assert found(tmp_path, "near/a.txt") == before == {"near/a.txt": ["GC304"]}


@each_language
def test_nothing_is_overwritten(tmp_path: Path, language: str) -> None:
    put(tmp_path, {OWN: "# mine\n", "p/pyproject.toml": "[tool.goalcheck]\n", "q/pyproject.toml": "[project]\n"})
    run = goalcheck("init", "--lang", language, cwd=tmp_path)
    assert (run.status, run.out) == (2, b"")
    assert ("已经有 goalcheck.toml 了" if language == "zh" else f"there is a {OWN} already") in run.complaints[0]
    assert (tmp_path / OWN).read_text(encoding="utf-8") == "# mine\n"
    run = goalcheck("init", "p", "--lang", language, cwd=tmp_path)
    assert (run.status, run.out) == (2, b"")
    assert "p/pyproject.toml" in run.complaints[0]
    assert "[tool.goalcheck]" in run.complaints[0]
    assert bool(HAN.search(run.complaints[0])) == (language == "zh")
    assert not (tmp_path / "p" / OWN).exists()
    assert goalcheck("init", "q", "--lang", language, cwd=tmp_path).status == 0


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_dangling_link_is_no_place_to_write(tmp_path: Path) -> None:
    (tmp_path / OWN).symlink_to(tmp_path / "elsewhere.toml")
    assert goalcheck_here("init", tmp_path).status == 2
    assert not (tmp_path / "elsewhere.toml").exists()


def test_where_it_cannot_be_written(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": FAULTY, "bad/pyproject.toml": "[tool.goalcheck]\nx = [\n"})
    for where, said in (("nowhere", "no folder"), ("a.txt", "no folder"), ("bad", "bad/pyproject.toml:2: is no TOML")):
        run = goalcheck("init", where, "--lang", "en", cwd=tmp_path)
        assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)
        assert said in run.complaints[0]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.txt", "bad", "pyproject.toml"]


def test_file_is_written_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk leaves no half file, and says so."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    run = goalcheck_here("init", tmp_path, "--lang", "en")
    assert (run.status, run.out) == (2, b"")
    assert "no space is left on the disk" in run.complaints[0]
    assert list(tmp_path.iterdir()) == []


def test_schema_is_printed(tmp_path: Path) -> None:
    run = goalcheck("init", "--schema", cwd=tmp_path)
    assert run.status == 0
    assert set(json.loads(run.out)["properties"]) == set(KEYS)
    assert list(tmp_path.iterdir()) == [], "and no file is written"
    run_to_file = goalcheck("init", "--schema", "-o", "goalcheck.schema.json", "--lang", "en", cwd=tmp_path)
    assert (run_to_file.status, run_to_file.complaints) == (0, ["goalcheck: wrote goalcheck.schema.json"])
    assert (tmp_path / "goalcheck.schema.json").read_bytes() == run.out


def test_options_that_exclude_each_other(tmp_path: Path) -> None:
    run = goalcheck("init", ".", "--schema", "--lang", "en", cwd=tmp_path)
    assert (run.status, run.complaints) == (2, ["goalcheck: FOLDER and --schema exclude each other"])
    run = goalcheck("init", "-o", "x.toml", "--lang", "en", cwd=tmp_path)
    assert (run.status, run.complaints) == (2, ["goalcheck: --output goes with --schema"])
    assert list(tmp_path.iterdir()) == []
