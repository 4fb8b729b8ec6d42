"""Baselines: known findings do not count, new ones do; what people write in the file holds and is never lost."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import CLEAN, FAULTY, PERCENT, ROOT, Run, entry_sheet, examples, goalcheck, goalcheck_here, tried_on
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

BAD = entry_sheet(PERCENT)
TODAY = datetime.datetime.now().astimezone().date()
YESTERDAY, TOMORROW = ((TODAY + datetime.timedelta(days)).isoformat() for days in (-2, 2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one faulty sheet and its baseline."""
    (tmp_path / "a.txt").write_text(BAD, encoding="utf-8")
    made = goalcheck("lint", "a.txt", "--write-baseline", "base.json", cwd=tmp_path)
    assert made.status == 0
    return tmp_path


def _lint(folder: Path, *more: str) -> Run:
    return goalcheck("lint", ".", "--baseline", "base.json", "--lang", "en", *more, cwd=folder)


def _entries(folder: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((folder / "base.json").read_text("utf-8"))["entries"]
    return entries


def _note(folder: Path, **notes: str | None) -> None:
    """Write ``notes`` into every entry, as people do."""
    entries = [{**entry, **notes} for entry in _entries(folder)]
    text = json.dumps({"version": 1, "entries": entries}, ensure_ascii=False)
    (folder / "base.json").write_text(text, encoding="utf-8")


def test_a_first_baseline_holds_what_is_found(folder: Path) -> None:
    (entry,) = _entries(folder)
    assert (entry["path"], entry["rule"], entry["indicator"], entry["text"]) == ("a.txt", "GC304", 4, "1010%")
    assert [entry[note] for note in ("reason", "by", "until")] == ["", "", ""]
    report = json.loads(goalcheck("lint", "a.txt", "--format", "json", cwd=folder).text)
    assert [finding["fingerprint"] for finding in report["findings"]] == [entry["fingerprint"]]


def test_writing_ends_in_0_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD, encoding="utf-8")
    made = goalcheck("lint", ".", "--write-baseline", "base.json", "--lang", "en", cwd=tmp_path)
    assert made.status == 0
    assert made.complaints == ["goalcheck: base.json: baseline written, findings: 1"]
    assert made.text.startswith("Nothing new in 1 file")


def test_known_findings_do_not_count(folder: Path) -> None:
    run = _lint(folder, "--format", "json")
    made = json.loads(run.text)
    assert run.status == 0
    assert made["findings"] == []
    assert {key: number for key, number in made["summary"].items() if number} == {"suppressed": 1}


@pytest.mark.parametrize("above", ["\n\n", "说明\n"])
def test_moved_lines_bring_nothing_new(folder: Path, above: str) -> None:
    (folder / "a.txt").write_text(above + BAD.replace("1010%", "1010 %"), encoding="utf-8")
    assert _lint(folder, "--ignore", "GC104").status == 0


def test_a_new_finding_still_fails(folder: Path) -> None:
    (folder / "a.txt").write_text(entry_sheet(PERCENT + PERCENT.replace("4、", "5、")), encoding="utf-8")
    run = _lint(folder, "--format", "json", "--select", "GC304")
    assert run.status == 1
    assert [finding["indicator"] for finding in json.loads(run.text)["findings"]] == [5]


def test_a_copied_fault_is_new(folder: Path) -> None:
    """The entry stands for the finding in its own file, which is there."""
    (folder / "b.txt").write_text(BAD, encoding="utf-8")
    run = _lint(folder, "--format", "concise")
    assert run.status == 1
    assert run.text.startswith("b.txt:")


@pytest.mark.parametrize("copy", [shutil.copy, os.link])
def test_a_copy_that_is_checked_alone_is_new(folder: Path, copy: Callable[[Path, Path], object]) -> None:
    copy(folder / "a.txt", folder / "b.txt")
    run = goalcheck("lint", "b.txt", "--baseline", "base.json", cwd=folder)
    assert (run.status, run.complaints) == (1, [])


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_gone_file_comes_back_once(folder: Path, jobs: str) -> None:
    """Each entry stands in for one finding, whichever comes first, also where two entries are alike."""
    (folder / "c.txt").write_text(entry_sheet(PERCENT + PERCENT.replace("4、", "5、")), encoding="utf-8")
    (folder / "d.txt").write_text(BAD, encoding="utf-8")
    goalcheck("lint", ".", "--write-baseline", "base.json", "--accept-new", "--select", "GC304", cwd=folder)
    assert len(_entries(folder)) == 4
    (folder / "a.txt").unlink()
    (folder / "c.txt").rename(folder / "x.txt")
    for name in ("e", "f", "g", "h", "y"):
        (folder / f"{name}.txt").write_text(BAD, encoding="utf-8")
    names = ["y.txt", "x.txt", "f.txt", "e.txt", "g.txt", "h.txt"]
    asked = ("--baseline", "base.json", "--select", "GC304", "--format", "concise", "-j", jobs)
    for order in (names, names[::-1], ["."]):
        run = goalcheck("lint", *order, *asked, cwd=folder)
        assert run.status == 1
        assert [line.partition(":")[0] for line in run.text.splitlines()] == ["g.txt", "h.txt", "x.txt", "y.txt"]
    run = goalcheck("lint", ".", "--write-baseline", "base.json", "--select", "GC304", "-j", jobs, cwd=folder)
    assert [entry["path"] for entry in _entries(folder)] == ["d.txt", "e.txt", "f.txt", "x.txt"]


def test_another_name_of_the_same_file_is_known(folder: Path) -> None:
    (folder / "sheets").symlink_to(".")
    (folder / "b.txt").symlink_to("a.txt")
    for name in ("sheets/a.txt", "b.txt"):
        run = goalcheck("lint", name, "--baseline", "base.json", cwd=folder)
        assert (run.status, run.complaints) == (0, [])


def test_a_renamed_file_brings_nothing_new(folder: Path) -> None:
    (folder / "a.txt").rename(folder / "b.txt")
    run = _lint(folder)
    assert (run.status, run.complaints) == (0, [])
    assert goalcheck("lint", ".", "--write-baseline", "base.json", cwd=folder).status == 0
    assert [entry["path"] for entry in _entries(folder)] == ["b.txt"]


def test_paths_are_told_from_the_baseline(folder: Path) -> None:
    """It works from any folder, and one file of many can be checked alone."""
    inner = folder / "inner"
    inner.mkdir()
    (folder / "a.txt").rename(inner / "a.txt")
    made = goalcheck("lint", ".", "--write-baseline", "../base.json", "--accept-new", cwd=inner)
    assert made.status == 0, made.err
    assert [entry["path"] for entry in _entries(folder)] == ["inner/a.txt"]
    for path, cwd in (("inner", folder), ("a.txt", inner), (inner / "a.txt", ROOT)):
        assert goalcheck("lint", path, "--baseline", folder / "base.json", cwd=cwd).status == 0


def test_a_gone_finding_is_told_and_dropped_on_rewriting(folder: Path) -> None:
    (folder / "a.txt").write_text(CLEAN, encoding="utf-8")
    run = _lint(folder)
    assert run.status == 0
    assert run.complaints[0].startswith("goalcheck: entries of the baseline without a finding: 1;")
    assert "a.txt GC304" in run.complaints[1]
    again = goalcheck("lint", ".", "--write-baseline", "base.json", "--lang", "en", cwd=folder)
    assert (again.status, _entries(folder)) == (0, [])
    assert again.complaints[0] == "goalcheck: entries without a finding dropped from the baseline: 1:"


def test_what_was_not_judged_is_not_gone(folder: Path) -> None:
    """Another file alone, or other rules alone, say nothing of an entry."""
    (folder / "b.txt").write_text(CLEAN, encoding="utf-8")
    for more in (("b.txt",), (".", "--ignore", "GC304"), (".", "--select", "GC5")):
        assert goalcheck("lint", *more, "--baseline", "base.json", cwd=folder).err == b"", more
        assert goalcheck("lint", *more, "--write-baseline", "base.json", cwd=folder).status == 0
        assert len(_entries(folder)) == 1, more
    (folder / "a.txt").write_bytes(b"")
    run = _lint(folder)
    assert run.status == 2
    assert [line for line in run.complaints if "baseline" in line] == []


def test_rewriting_swallows_nothing_new_unasked(folder: Path) -> None:
    _note(folder, reason="已同意", by="王", until=TOMORROW)
    before = _entries(folder)
    (folder / "b.txt").write_text(FAULTY, encoding="utf-8")
    run = goalcheck("lint", ".", "--write-baseline", "base.json", "--lang", "en", cwd=folder)
    assert run.status == 0
    assert run.complaints[-1].startswith("goalcheck: new findings not taken into the baseline: 1;")
    assert "GC501" in run.text
    assert _entries(folder) == before
    assert _lint(folder).status == 1
    taken = goalcheck("lint", ".", "--write-baseline", "base.json", "--accept-new", cwd=folder)
    assert taken.status == 0
    assert _entries(folder)[0] == before[0]
    assert [entry["rule"] for entry in _entries(folder)] == ["GC304", "GC501"]
    assert _lint(folder).status == 0


def test_rewriting_twice_changes_nothing(folder: Path) -> None:
    (folder / "real.txt").write_bytes((ROOT / "samples" / "liwan-jinhua.txt").read_bytes())
    goalcheck("lint", ".", "--write-baseline", "base.json", "--accept-new", cwd=folder)
    once = (folder / "base.json").read_bytes()
    assert len(_entries(folder)) > 200
    for more in ((), ("-j", "2"), ("--accept-new",)):
        assert goalcheck("lint", ".", "--write-baseline", "base.json", *more, cwd=folder).status == 0
        assert (folder / "base.json").read_bytes() == once


@pytest.mark.parametrize(
    ("until", "status"), [(YESTERDAY, 1), (TODAY.isoformat(), 0), (TOMORROW, 0), ("", 0), (None, 0)]
)
def test_an_expired_entry_counts_again(folder: Path, until: str | None, status: int) -> None:
    _note(folder, reason="waits for the bureau", until=until)
    run = _lint(folder)
    assert run.status == status
    assert ("have expired" in run.err.decode()) == bool(status)
    assert ("waits for the bureau" in run.err.decode()) == bool(status)
    goalcheck("lint", ".", "--write-baseline", "base.json", cwd=folder)
    assert _lint(folder).status == status, "rewriting renews nothing"


def test_alike_findings_count_one_by_one(tmp_path: Path) -> None:
    """Two that only a number tells apart are two: when one of three comes back, it is known."""
    row = "4、1-产出指标; 12-质量指标; 合格率; 实施周期指标值:100%; 年度指标值:1010%。"
    sheet = tmp_path / "a.txt"
    more = ("--select", "GC304", "--baseline", "base.json")
    sheet.write_text(entry_sheet(row * 2), encoding="utf-8")
    goalcheck("lint", "a.txt", "--select", "GC304", "--write-baseline", "base.json", cwd=tmp_path)
    assert len({entry["fingerprint"] for entry in _entries(tmp_path)}) == 2
    for number, status in ((1, 0), (2, 0), (3, 1)):
        sheet.write_text(entry_sheet(row * number), encoding="utf-8")
        assert goalcheck("lint", "a.txt", *more, cwd=tmp_path).status == status


@tried_on(
    ("text", "said"),
    [
        (None, "base.json: no such file; check the path"),
        ("", "base.json:1: is no JSON"),
        ('{\n"version": 1,\n}', "base.json:3: is no JSON"),
        ("[" * 100_000, "base.json: is no JSON"),
        ("[]", "base.json: is no baseline of goalcheck; make one with --write-baseline"),
        ('{"version": 2, "entries": []}', "base.json: is no baseline of goalcheck; make one with --write-baseline"),
        ('{"version": 1, "entries": [], "entry": []}', "base.json: there is no key entry; did you mean entries"),
        ('{"version": 1, "entries": [], "entries": []}', "base.json: entries stands there twice; remove one"),
        ('{"version": 1, "entries": [1]}', "base.json: entry 1 must be an object"),
        ('{"version": 1, "entries": [{"path": "a"}]}', "base.json: entry 1 lacks fingerprint; add it"),
        ('{"version": 1, "entries": [{"path": 1}]}', "base.json: path of entry 1 is of the wrong kind"),
        (
            '{"version": 1, "entries": [{"path": "a", "fingerprint": "1", "untill": "2026-01-01"}]}',
            "base.json: entry 1 has no key untill; did you mean until",
        ),
        (
            '{"version": 1, "entries": [{"path": "a", "fingerprint": "1", "until": "2026-02-30"}]}',
            "base.json: until of entry 1 is no date: 2026-02-30; write it like 2026-12-31",
        ),
    ],
)
@tried_on("option", ["--baseline", "--write-baseline"])
def test_a_broken_baseline_is_refused_and_kept(tmp_path: Path, text: str | None, said: str, option: str) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    file = tmp_path / "base.json"
    if text is None and option == "--write-baseline":
        return
    if text is not None:
        file.write_text(text, encoding="utf-8")
    run = goalcheck("lint", "a.txt", option, "base.json", "--lang", "en", cwd=tmp_path)
    assert (run.status, run.complaints, run.out) == (2, [f"goalcheck: {said}"], b"")
    assert text is None or file.read_text("utf-8") == text


@pytest.mark.parametrize(
    "said",
    [{"text": "101%"}, {"rule": "GC107"}, {"project": "别的"}, {"indicator": 5}, {"field": "goal"}, {"rule": None}],
)
def test_an_entry_that_hides_another_finding_than_it_says_is_refused(folder: Path, said: dict[str, Any]) -> None:
    _note(folder, **said)
    run = _lint(folder)
    assert (run.status, len(run.complaints)) == (2, 1)
    assert run.complaints[0].startswith("goalcheck: base.json: the fingerprint of entry 1 is not that of its rule")


def test_an_entry_may_tell_nothing_of_its_finding(folder: Path) -> None:
    _note(folder, **dict.fromkeys(("rule", "project", "indicator", "field", "text")))
    assert _lint(folder).status == 0


def test_an_input_that_fails_ends_in_2_and_keeps_its_entries(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"\xff\xff")
    (folder / "b.txt").write_text(FAULTY, encoding="utf-8")
    run = goalcheck("lint", ".", "--write-baseline", "base.json", "--accept-new", cwd=folder)
    assert run.status == 2
    assert [entry["path"] for entry in _entries(folder)] == ["a.txt", "b.txt"]


def test_a_baseline_moves_to_another_folder(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    run = goalcheck("lint", ".", "--baseline", "base.json", "--write-baseline", "elsewhere/new.json", cwd=folder)
    assert run.status == 0
    entries = json.loads((folder / "elsewhere" / "new.json").read_text("utf-8"))["entries"]
    assert [entry["path"] for entry in entries] == ["../a.txt"]
    assert goalcheck("lint", ".", "--baseline", "elsewhere/new.json", cwd=folder).status == 0


def test_a_baseline_is_not_written_over_an_input(folder: Path) -> None:
    run = goalcheck("lint", "a.txt", "--write-baseline", "a.txt", cwd=folder)
    assert run.status == 2
    assert (folder / "a.txt").read_text("utf-8") == BAD


@pytest.mark.parametrize(
    ("arguments", "victim"),
    [
        (("--baseline", "base.json", "-o", "base.json"), "base.json"),
        (("--write-baseline", "new.json", "-o", "new.json"), "new.json"),
        (("-o", "goalcheck.toml"), "goalcheck.toml"),
        (("--config", "own.toml", "-o", "own.toml"), "own.toml"),
    ],
    ids=" ".join,
)
def test_a_report_is_written_over_nothing_in_use(folder: Path, arguments: tuple[str, ...], victim: str) -> None:
    for name in ("goalcheck.toml", "own.toml"):
        (folder / name).write_text('lang = "en"\n', encoding="utf-8")
    before = (folder / victim).read_bytes() if victim != "new.json" else None
    run = goalcheck("lint", "a.txt", *arguments, "--lang", "en", cwd=folder)
    said = (
        f"goalcheck: {victim} is in use: a configuration, rules, classes, a baseline or a list; write to another file"
    )
    assert (run.status, run.complaints) == (2, [said])
    assert ((folder / victim).read_bytes() if (folder / victim).exists() else None) == before


def test_accepting_renews_what_has_expired(folder: Path) -> None:
    _note(folder, reason="waits", until=YESTERDAY)
    run = goalcheck("lint", ".", "--write-baseline", "base.json", "--accept-new", "--format", "concise", cwd=folder)
    assert (run.status, run.out) == (0, b"")
    assert [(entry["reason"], entry["until"]) for entry in _entries(folder)] == [("waits", "")]
    assert _lint(folder).status == 0


def test_an_entry_that_stands_there_twice_is_written_once(folder: Path) -> None:
    entries = _entries(folder) * 2
    (folder / "base.json").write_text(json.dumps({"version": 1, "entries": entries}), encoding="utf-8")
    assert goalcheck("lint", ".", "--write-baseline", "base.json", cwd=folder).status == 0
    assert len(_entries(folder)) == 1


def test_a_dash_is_standard_output(folder: Path) -> None:
    assert goalcheck("lint", "a.txt", "-o", "-", cwd=folder) == goalcheck("lint", "a.txt", cwd=folder)


def test_accepting_needs_a_baseline_to_write(folder: Path) -> None:
    run = goalcheck("lint", "a.txt", "--accept-new", "--lang", "en", cwd=folder)
    assert (run.status, run.complaints) == (2, ["goalcheck: --accept-new goes with --write-baseline"])


HEADER = "项目名称(资金使用单位)\t总计\t绩效目标\t绩效指标"
FAULTS = {
    "GC304": "100%; 年度指标值:1010%",  # above 100%
    "GC301": "100%",  # no annual value
}
FILES = ("a.txt", "b.txt", "c.txt")
Fault = tuple[int, str]


@settings(max_examples=examples(36), stateful_step_count=25, deadline=None, derandomize=True, database=None)
class Teamwork(RuleBasedStateMachine):
    """A team that edits sheets, their configuration and their baseline; what counts is always what it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, list[Fault]] = {}
        self.above: dict[str, int] = {}
        self.known: dict[tuple[str, Fault], str] = {}
        self.written = False
        self.rules = set(FAULTS)
        self.number = 0

    @initialize()
    def begin(self) -> None:
        self.place = tempfile.TemporaryDirectory()
        self.folder = Path(self.place.name)
        self.sheets = {"a.txt": [(-1, "GC304"), (-2, "GC301")]}
        self._save("a.txt")
        self._configure()

    def teardown(self) -> None:
        self.place.cleanup()

    # what people do

    @rule(name=st.sampled_from(FILES), code=st.sampled_from(sorted(FAULTS)))
    def write_a_fault(self, name: str, code: str) -> None:
        self.number += 1
        self.sheets.setdefault(name, []).append((self.number, code))
        self._save(name)

    @precondition(lambda self: any(self.sheets.values()))
    @rule(data=st.data())
    def mend_a_fault(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(name for name in self.sheets if self.sheets[name])))
        self.sheets[name].remove(data.draw(st.sampled_from(self.sheets[name])))
        self._save(name)

    @rule(data=st.data(), lines=st.integers(0, 3))
    def move_the_lines(self, data: st.DataObject, lines: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.sheets)))
        self.above[name] = lines
        self._save(name)

    @precondition(lambda self: len(self.sheets) < len(FILES))
    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(sorted(self.sheets)))
        new = data.draw(st.sampled_from(sorted(set(FILES) - set(self.sheets))))
        self.sheets[new] = self.sheets.pop(old)
        (self.folder / old).unlink()
        self._save(new)

    @rule(rules=st.sets(st.sampled_from(sorted(FAULTS)), min_size=1))
    def configure(self, rules: set[str]) -> None:
        self.rules = rules
        self._configure()

    @rule(accept=st.booleans(), jobs=st.sampled_from(["1", "auto"]))
    def write_the_baseline(self, accept: bool, jobs: str) -> None:
        more = ["--accept-new"] if accept else []
        run = goalcheck_here("lint", str(self.folder), "--write-baseline", self._baseline, "-j", jobs, *more)
        assert run.status == 0, run.err.decode()
        kept = {}
        for (name, fault), until in self.known.items():
            here = self._home_of(name, fault)
            if here is not None and fault[1] in self.rules:
                kept[here, fault] = "" if accept and until == YESTERDAY else until
            elif (name in self.sheets and fault[1] not in self.rules) or here is not None:
                kept[name, fault] = until
        if accept or not self.written:
            found = {
                (name, fault) for name, faults in self.sheets.items() for fault in faults if fault[1] in self.rules
            }
            kept = {**dict.fromkeys(found, ""), **kept}
        self.known = {key: until for key, until in kept.items() if key[0] in self.sheets}
        self.written = True
        assert {(entry["path"], entry["project"]) for entry in self._entries()} == {
            (name, f"项目{fault[0]}") for name, fault in self.known
        }

    @precondition(lambda self: self.known)
    @rule(data=st.data(), until=st.sampled_from([YESTERDAY, TOMORROW, ""]))
    def set_a_day(self, data: st.DataObject, until: str) -> None:
        name, fault = data.draw(st.sampled_from(sorted(self.known)))
        self.known[name, fault] = until
        entries = self._entries()
        for entry in entries:
            if (entry["path"], entry["project"]) == (name, f"项目{fault[0]}"):
                entry["until"] = until
        (self.folder / "base.json").write_text(json.dumps({"version": 1, "entries": entries}), encoding="utf-8")

    # what has to hold

    @invariant()
    def what_is_new_counts(self) -> None:
        if not self.written:
            return
        run = goalcheck_here("lint", str(self.folder), "--baseline", self._baseline, "--format", "json")
        report = json.loads(run.text)
        shown = {(Path(finding["path"]).name, finding["project"], finding["rule"]) for finding in report["findings"]}
        expected, hidden = set(), 0
        for name, faults in self.sheets.items():
            for fault in faults:
                if fault[1] not in self.rules:
                    continue
                if self._hides(name, fault):
                    hidden += 1
                else:
                    expected.add((name, f"项目{fault[0]}", fault[1]))
        assert shown == expected
        assert report["summary"]["suppressed"] == hidden
        assert run.status == int(bool(expected))

    # how it is done

    @property
    def _baseline(self) -> str:
        return str(self.folder / "base.json")

    def _entries(self) -> list[dict[str, Any]]:
        return _entries(self.folder)

    def _home_of(self, name: str, fault: Fault) -> str | None:
        """In which sheet an entry of ``name`` meets its fault."""
        if name in self.sheets:
            return name if fault in self.sheets[name] else None
        return next((other for other, faults in self.sheets.items() if fault in faults), None)

    def _hides(self, name: str, fault: Fault) -> bool:
        untils = [u for (path, known), u in self.known.items() if known == fault and self._home_of(path, known) == name]
        return any(until != YESTERDAY for until in untils)

    def _save(self, name: str) -> None:
        rows = [HEADER] + [
            f"项目{number}\t1\t目标\t1、1-产出指标; 12-质量指标; 合格率; 实施周期指标值:{FAULTS[code]}。"
            for number, code in [*self.sheets[name], (0, "")]
            if code
        ]
        rows.append("好项目\t1\t目标\t无")
        text = "\n" * self.above.get(name, 0) + "\n".join(rows) + "\n"
        (self.folder / name).write_text(text, encoding="utf-8")

    def _configure(self) -> None:
        text = f"select = {json.dumps(sorted(self.rules))}\n"
        (self.folder / "goalcheck.toml").write_text(text, encoding="utf-8")


TestTeamwork = Teamwork.TestCase
TestTeamwork.pytestmark = [pytest.mark.slow]
