"""The page of ``--format html``: one file that holds all, runs nothing but its own code, and is always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from helpers import CLEAN, FAULTY, ROOT, SAMPLE, environment, goalcheck, goalcheck_here, modules_of_lint

PAGE = ROOT / "src" / "goalcheck" / "report" / "page"
MODULES = {path.stem: path.read_text("utf-8") for path in PAGE.glob("*.mjs")}
BAD = "</script><script>alert(1)</script><!--<script><img src=x onerror=alert(2)>"


class Elements(HTMLParser):
    """The elements of a page, with the text that each script and style holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._at = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        known = dict(attrs)
        self._at = (known.get("id") or known.get("type") or tag) if tag in ("script", "style") else ""

    def handle_endtag(self, _: str) -> None:
        self._at = ""

    def handle_data(self, data: str) -> None:
        if self._at:
            self.inside[self._at] = self.inside.get(self._at, "") + data


def _page(*arguments: Any, cwd: Path | None = None) -> str:
    run = goalcheck("lint", "--isolated", "--format", "html", *arguments, cwd=cwd or ROOT)
    assert run.status in (0, 1, 2)
    return run.text


def _tags(page: str) -> list[str]:
    """The elements of a page but for the data of its files."""
    return [tag for tag, attributes in Elements(page).found if not (attributes.get("id") or "").startswith("file-")]


def _data(page: str, name: str) -> Any:
    return json.loads(Elements(page).inside[name])


@pytest.fixture(scope="module")
def real() -> str:
    return _page(SAMPLE.relative_to(ROOT))


def test_nothing_runs_but_its_own_code(real: str) -> None:
    elements = Elements(real)
    (policy,) = [a["content"] for tag, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"]
    told = dict(part.strip().split(" ", 1) for part in (policy or "").split(";"))
    code, looks = (
        f"'sha256-{base64.b64encode(hashlib.sha256(elements.inside[kind].encode()).digest()).decode()}'"
        for kind in ("module", "style")
    )
    assert told == {
        "default-src": "'none'",
        "script-src": code,
        "style-src": looks,
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    for tag, attributes in elements.found:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")], tag
        assert attributes.get("href", "data:,") == "data:,"
    first = next(tag for tag, a in elements.found if tag in ("script", "style") or "http-equiv" in a)
    assert first == "meta", "the policy stands before all that it holds for"


def test_the_code_makes_no_markup_and_goes_nowhere() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(|setTimeout\(\s*[\"']|DOMParser|"
        r"createContextualFragment|\bfetch\b|XMLHttpRequest|WebSocket|\.open\(|location\s*=|location\.(?:href|assign|replace)"
        r"|localStorage|sessionStorage|import\("
    )
    for name, code in MODULES.items():
        assert not forbidden.search(code), name


def test_the_data_is_that_of_json(real: str) -> None:
    report = json.loads(goalcheck("lint", "--isolated", "--format", "json", "samples/liwan-jinhua.txt", cwd=ROOT).text)
    (file,), (listed,) = report["files"], _data(real, "files")
    told = _data(real, "file-0")
    assert [told[key] for key in ("sha256", "layout", "units", "projects", "indicators", "pages")] == [
        file[key] for key in ("sha256", "layout", "units", "projects", "indicators", "pages")
    ]
    text = SAMPLE.read_text("utf-8")
    assert told["text"] == text
    assert len(told["findings"]) == len(report["findings"])
    for found, wanted in zip(told["findings"], report["findings"], strict=True):
        assert {key: found.get(key) for key in ("rule", "offset", "end_offset", "message", "fix", "fingerprint")} == {
            key: wanted[key] for key in ("rule", "offset", "end_offset", "message", "fix", "fingerprint")
        }
    for severity in ("error", "warning", "info"):
        assert listed[severity] == report["summary"][severity]
    assert {rule["code"] for rule in _data(real, "rules")} == {found["rule"] for found in report["findings"]}


def test_the_table_is_that_of_the_sheet(real: str) -> None:
    told = _data(real, "file-0")
    lines = told["text"].split("\n")
    (table,) = told["tables"]
    assert len(table["rows"]) == len(lines) - lines[-1].isspace() - (not lines[-1])
    for row, line in zip(table["rows"], lines, strict=False):
        cells = [told["text"][start:end] for start, end in zip(row["c"][::2], row["c"][1::2], strict=True)]
        assert "\t".join(cells) == line
    kinds = {row["k"] for row in table["rows"]}
    assert {"title", "head", "header", "total", "unit", "project", "footer"} <= kinds
    assert len(told["entries"]) == told["indicators"]
    for start, end, number, *parts in told["entries"]:
        assert told["text"][start:end].startswith(str(number))
        assert all(start <= at <= end for at in parts if isinstance(at, int))


@pytest.mark.parametrize("name", ["project-form.xlsx", "liwan-jinhua.docx", "two-values.csv", "export.ods"])
def test_cells_of_other_files(name: str) -> None:
    told = _data(_page(f"samples/files/{name}"), "file-0")
    assert [table["rows"] for table in told["tables"]]
    for finding in told["findings"]:
        rows = [row for table in told["tables"] for row in table["rows"]]
        assert any(row["s"] <= finding["offset"] for row in rows)
    for table in told["tables"]:
        for row, column, down, right in table["merged"]:
            assert 0 <= row < row + down <= len(table["rows"])
            assert column >= 0
            assert right >= 1


def test_lines_outside_tables_have_no_row(tmp_path: Path) -> None:
    lines = (ROOT / "samples" / "project-form.txt").read_text("utf-8").splitlines()
    form = "".join(f"<tr><td>{row.replace(chr(9), '</td><td>')}</td></tr>" for row in lines)
    (tmp_path / "a.htm").write_text(f"<p>附件</p><table>{form}</table><p>填表人</p>", encoding="utf-8")
    details = _data(_page("a.htm", cwd=tmp_path), "file-0")
    rows = details["tables"][0]["rows"]
    numbers = [row["n"] for row in rows if details["text"][row["c"][0] : row["c"][-1]].strip()]
    assert numbers == [None, *(at for at, line in enumerate(lines, 1) if line.strip()), None]


def test_same_input_same_page(tmp_path: Path) -> None:
    for number, text in enumerate((CLEAN, FAULTY, "no sheet", SAMPLE.read_text("utf-8"))):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    names = [f"{number}.txt" for number in range(4)]
    runs = [
        goalcheck("lint", *names, "--format", "html", "-j", jobs, cwd=tmp_path, env=environment(PYTHONHASHSEED=jobs))
        for jobs in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].status == 2


def test_the_real_sheet_is_no_burden(real: str) -> None:
    assert len(_data(real, "file-0")["findings"]) > 200
    assert len(real.encode()) < 750_000


def test_a_sheet_ends_no_data_and_begins_no_script(tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8").replace("社区居民活动费", BAD).replace("财政专户拨款", BAD)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "<script>alert(3)<").mkdir()
    (tmp_path / "<script>alert(3)<" / "b.txt").write_text(text, encoding="utf-8")
    for names in (["a.txt"], ["."], ["<script>alert(3)<"]):
        page = goalcheck_here("lint", *names, "--format", "html", cwd=tmp_path).text
        plain = Elements(_page("samples/clean.txt"))
        kinds = [
            tag for tag, attributes in Elements(page).found if not (attributes.get("id") or "").startswith("file-")
        ]
        assert kinds == [tag for tag, a in plain.found if not (a.get("id") or "").startswith("file-")]
        assert BAD in json.dumps(_data(page, "file-0"))


def test_it_says_what_was_not_checked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("项目名称\t没有的\n", encoding="utf-8")
    page = _page("a.txt", cwd=tmp_path)
    (listed,) = _data(page, "files")
    assert listed["status"] == "failed"
    assert listed["reason"]
    assert "file-0" not in Elements(page).inside


def test_a_page_in_a_folder_is_no_sheet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "before.html").write_text(_page("samples/liwan-jinhua.txt"), encoding="utf-8")
    run = goalcheck("lint", ".", "--format", "concise", cwd=tmp_path)
    assert run.status == 1
    assert b"before.html" not in run.out + run.err


def test_it_speaks_the_language_that_was_asked_for() -> None:
    page = _page("samples/liwan-jinhua.txt", "--lang", "en")
    assert '<html lang="en">' in page
    assert _data(page, "words")["answer"] == "Result"
    assert not re.search("[\u4e00-\u9fff]", json.dumps(_data(page, "words"), ensure_ascii=False))


def test_modules_import_one_another_by_name_alone() -> None:
    """What the assembly does not know would not be in the page."""
    for name, code in MODULES.items():
        imports = re.findall(r"^import .*$", code, re.MULTILINE)
        assert all(re.fullmatch(r'import \{ [\w, ]+ \} from "\./(\w+)\.mjs";', said) for said in imports), name
        for said in imports:
            names, module = re.findall(r"\{ (.*) \} from \"\./(\w+)", said)[0]
            exported = re.findall(r"^export (?:async )?(?:function|const|class) (\w+)", MODULES[module], re.MULTILINE)
            assert set(names.split(", ")) <= set(exported), f"{name} from {module}"
        assert code.startswith("// "), name
        assert len(code.splitlines()) <= 400, name


def test_other_formats_pay_nothing_for_it() -> None:
    loaded = modules_of_lint()
    assert "goalcheck.report" in loaded
    assert not [name for name in loaded if name.startswith(("goalcheck.report.page", "goalcheck.sums"))]
