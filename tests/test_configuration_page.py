"""``docs/configuration*.md``: they name every key, as the one table of keys has it, and what they show is true.

``python tests/update_golden.py`` writes the table of keys anew.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from helpers import ROOT, entry_sheet, goalcheck
from jsonschema import Draft202012Validator
from test_config import TWO_FAULTS, found, put

from goalcheck.catalogue.load import catalogue
from goalcheck.config.keys import KEYS, Key, toml_key, toml_value
from goalcheck.config.merge import configuration
from goalcheck.config.schema import shipped_schema
from goalcheck.messages import LANGUAGES, say

PAGES = {"zh": "docs/configuration.zh-CN.md", "en": "docs/configuration.md"}
HEADS = {
    "zh": "| 写什么 | 意思 | 可以写 | 默认 |\n|---|---|---|---|\n",
    "en": "| key | meaning | values | default |\n|---|---|---|---|\n",
}
_KEYS = re.compile(r"(?<=<!-- keys -->\n).*?(?=<!-- /keys -->)", re.DOTALL)
_BLOCK = re.compile(r"^```(toml|sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LOW = entry_sheet("4、3-满意度指标; 31-服务对象满意度; 居民满意度; 实施周期指标值:≥85%; 年度指标值:≥85%。")

each_page = pytest.mark.parametrize("language", LANGUAGES)


def page(language: str) -> str:
    return (ROOT / PAGES[language]).read_text(encoding="utf-8")


def with_keys(language: str) -> str:
    """The page with the table of keys as it is now."""
    table = HEADS[language] + "".join(f"{_row(key, language)}\n" for key in KEYS.values())
    return _KEYS.sub(lambda _: table, page(language))


def _row(key: Key, language: str) -> str:
    default = say(key.unset, language) if key.unset is not None else f"`{toml_value(key.default)}`"
    if key.group == "tables":
        default = say("terms.none", language)
    name = f"`{key.name}`" + (r" \*" if key.run else "")
    cells = (name, key.words[language], _values(key, language), default)
    return f"| {' | '.join(cells)} |"


def _values(key: Key, language: str) -> str:
    between, such = ("、", "如 ") if language == "zh" else (", ", "such as ")
    if "enum" in key.shape.schema:
        return between.join(f"`{toml_value(value)}`" for value in key.shape.schema["enum"])
    if key.shape.schema.get("type") == "boolean":
        return between.join(("`false`", "`true`"))
    if key.group != "tables":
        return f"{such}`{toml_value(key.example)}`"
    name, value = next(iter(key.example.items()))
    path = [key.name, name]
    if isinstance(value, dict):
        name, value = next(iter(value.items()))
        path.append(name)
    return f"{such}`{toml_key(path)} = {toml_value(value)}`"


def _blocks(language: str, kind: str) -> list[str]:
    return [match[2] for match in _BLOCK.finditer(page(language)) if match[1] == kind]


def _files(language: str) -> dict[str, str]:
    """The files that a page shows, by name; each says its own."""
    files = {}
    for block in _blocks(language, "toml"):
        name, _, text = block.partition("\n")
        assert name.startswith("# ")
        files[name.removeprefix("# ")] = text
    return files


@each_page
def test_page_has_all_keys(language: str) -> None:
    assert page(language) == with_keys(language)
    assert page(language).count("\n| `") == len(KEYS)


def test_both_pages_show_the_same() -> None:
    assert _files("zh") == _files("en")
    assert _blocks("zh", "sh") == _blocks("en", "sh")
    assert [line.count("#") for line in page("zh").splitlines() if line.startswith("#")] == [
        line.count("#") for line in page("en").splitlines() if line.startswith("#")
    ]


@each_page
def test_links_lead_somewhere(language: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", page(language))
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


@pytest.fixture(params=LANGUAGES)
def documented(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with every file that a page shows."""
    return put(tmp_path, _files(request.param))


def test_files_load_and_fit_the_schema(documented: Path) -> None:
    validator = Draft202012Validator(json.loads(shipped_schema()))
    for name in _files("en"):
        configuration(str(documented / name))
        data = tomllib.loads((documented / name).read_text(encoding="utf-8"))
        validator.validate(data["tool"]["goalcheck"] if name.endswith("pyproject.toml") else data)


def test_first_file_does_what_is_said(documented: Path) -> None:
    put(documented, {"a.txt": LOW, "2023/a.txt": TWO_FAULTS})
    run = goalcheck("lint", "a.txt", "2023", "--format", "json", cwd=documented)
    report = json.loads(run.text)
    assert [(finding["rule"], finding["severity"]) for finding in report["findings"]] == [("GC315", "error")]
    assert found(documented, "a.txt", "--isolated") == {"a.txt": []}, "85 is enough otherwise"
    made = configuration(str(documented / "goalcheck.toml"))
    assert made.fail_on == "warning"


def test_files_hold_for_their_folders(documented: Path) -> None:
    put(documented, {f"{folder}/a.txt": TWO_FAULTS for folder in ("package", "headers", "patterns", "editor")})
    put(documented, {"patterns/departments/x/y/draft-1.txt": TWO_FAULTS, "patterns/2023/b.txt": TWO_FAULTS})
    assert found(documented, "package", "patterns", "editor") == {
        "package/a.txt": ["GC304"],
        "patterns/a.txt": ["GC304", "GC501"],
        "patterns/departments/x/y/draft-1.txt": ["GC304"],
        "patterns/2023/b.txt": [],
        "editor/a.txt": ["GC304", "GC501"],
    }
    report = json.loads(goalcheck("lint", "headers", "--format", "json", cwd=documented).text)
    assert report["tool"]["profile"] == "strict"


def test_nearer_file_overrules(documented: Path) -> None:
    """What is ignored above runs again, what else is said there holds."""
    made = configuration(str(documented / "2024" / "goalcheck.toml"))
    above = configuration(str(documented / "goalcheck.toml"))
    assert [layer.ignore for layer in made.selections] == [["GC107", "odd-amount"], ["GC404"]]
    assert made.fail_on == above.fail_on == "warning"
    assert {**above.severities, **made.severities} == made.severities
    assert made.options == above.options
    rule = catalogue().find("GC107")
    assert rule is not None
    lacking = rule.bad[0].in_sheet(rule.level).text
    put(documented, {"2024/a.txt": lacking, "2024/b.txt": LOW, "a.txt": lacking})
    assert found(documented, "a.txt", "2024") == {"a.txt": [], "2024/a.txt": ["GC107"], "2024/b.txt": ["GC315"]}


@each_page
def test_quoted_complaint_is_printed(tmp_path: Path, language: str) -> None:
    (quoted,) = _blocks(language, "text")
    put(tmp_path, {"a.txt": LOW, "goalcheck.toml": '# rules\nselect = ["missing-gaol"]\n'})
    run = goalcheck("lint", "a.txt", "--lang", language, cwd=tmp_path)
    assert (run.status, run.err.decode()) == (2, quoted)


@each_page
def test_commands_run(tmp_path: Path, language: str) -> None:
    (tmp_path / "2024").mkdir()
    for line in "".join(_blocks(language, "sh")).splitlines():
        command, *arguments = line.split()
        assert command == "goalcheck"
        assert goalcheck(*arguments, cwd=tmp_path).status == 0, line
    assert {path.name for path in tmp_path.iterdir()} == {"2024", "goalcheck.toml", "goalcheck.schema.json"}
