"""``goalcheck compare``: what was mended, left and new; projects, amounts and targets of two sheets."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from helpers import (
    CLEAN,
    PERCENT,
    ROOT,
    SAMPLE,
    THOROUGH,
    calls,
    check,
    entry_sheet,
    examples,
    goalcheck,
    goalcheck_here,
    tried_on,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from libre_office import converted, needs_libre_office
from strict_office import assert_sound

from goalcheck.catalogue.load import catalogue
from goalcheck.compare.comparison import Side, compare
from goalcheck.compare.sides import Checked, of_sheets
from goalcheck.report import Style

SOUND, VALUE = ROOT / "samples" / "sound.txt", ROOT / "samples" / "value.txt"

QUANTITY = "1-产出指标; 11-数量指标"
QUALITY = "1-产出指标; 12-质量指标"
COST = "1-产出指标; 14-成本指标"

Target = tuple[str, str, str]


def sheet(*projects: tuple[str, str, Sequence[Target]], unit: str = "街道办事处", money: str = "万元") -> str:
    """A packed sheet of one unit with ``projects``: name, total, and targets as class, name and value."""
    lines = [
        "项目支出绩效目标表",
        f"部门名称:街道办事处\t预算年度:2025年度\t单位:{money}",
        "项目名称(资金使用单位)\t总计\t财政拨款\t财政专户拨款\t其他资金\t绩效目标\t绩效指标",
    ]
    total = sum((Decimal(amount) for _, amount, _ in projects), Decimal("0.00"))
    lines += [f"{name}\t{total:.2f}\t{total:.2f}\t\t\t\t" for name in ("合计", unit)]
    for name, amount, targets in projects:
        entries = "".join(
            f"{number}、{group}; {called}; 实施周期指标值:{value}; 年度指标值:{value}。"
            for number, (group, called, value) in enumerate(targets, 1)
        )
        lines.append(f"{name}\t{amount}\t{amount}\t\t\t完成{name}的任务，方便居民生活。\t{entries}")
    return "\n".join(lines) + "\n"


def one(name: str, value: str, group: str = QUANTITY) -> str:
    """A sheet of one project with one target."""
    return sheet(("社区培训经费", "5.00", [(group, name, value)]))


def compared(folder: Path, old: str | Path, new: str | Path, *options: str) -> dict[str, Any]:
    """What the command says in JSON of two sheets, given as texts or as files."""
    files = []
    for name, said in (("old.txt", old), ("new.txt", new)):
        if isinstance(said, str):
            (folder / name).write_text(said, encoding="utf-8")
        files.append(name if isinstance(said, str) else str(said))
    run = goalcheck_here("compare", *files, "--format", "json", "--isolated", *options, cwd=folder)
    assert run.status in (0, 1), run.err.decode()
    made: dict[str, Any] = json.loads(run.text)
    return made


def states(made: dict[str, Any]) -> list[str]:
    """The states of all indicators of the projects that are on both sides."""
    return [target["state"] for project in made["projects"] if project["match"] for target in project["indicators"]]


def test_a_sheet_against_itself(tmp_path: Path) -> None:
    made = compared(tmp_path, SAMPLE, SAMPLE)
    found = json.loads(goalcheck_here("lint", SAMPLE, "--format", "json", "--isolated").text)
    assert made["summary"]["left"] == len(found["findings"]) == len(made["findings"])
    assert (made["summary"]["mended"], made["summary"]["new"]) == (0, 0)
    assert {project["state"] for project in made["projects"]} == {"same"}
    assert set(states(made)) == {"same"}
    assert goalcheck_here("compare", SAMPLE, SAMPLE).status == 0, "what is left is not new"


def test_keys_are_those_of_lint(tmp_path: Path) -> None:
    made = compared(tmp_path, CLEAN, entry_sheet(PERCENT))
    lint = json.loads(goalcheck_here("lint", "new.txt", "--format", "json", "--isolated", cwd=tmp_path).text)
    assert made["new"] == lint["files"]
    assert made["findings"] == [{"state": "new", **finding} for finding in lint["findings"]]
    assert made["version"] == 1
    assert made["tool"] == lint["tool"]


def test_what_was_mended_left_and_new(tmp_path: Path) -> None:
    old = entry_sheet(PERCENT)
    mended = compared(tmp_path, old, CLEAN)
    assert mended["summary"] | {"projects": 0, "indicators": 0} == {
        "mended": 1, "left": 0, "new": 0, "unjudged": 0, "projects": 0, "indicators": 0,
    }  # fmt: skip
    assert [(finding["state"], finding["path"]) for finding in mended["findings"]] == [("mended", "old.txt")]
    back = compared(tmp_path, CLEAN, old)
    assert [(finding["state"], finding["path"]) for finding in back["findings"]] == [("new", "new.txt")]
    run = goalcheck_here("compare", "old.txt", "new.txt", cwd=tmp_path)
    assert run.status == 1
    assert "已改好0处\uff0c还没改0处\uff0c新出现1处。" in run.text
    assert "新出现的1处" in run.text
    assert goalcheck_here("compare", "old.txt", "new.txt", "--fail-on", "never", cwd=tmp_path).status == 0
    english = goalcheck_here("compare", "new.txt", "old.txt", "--lang", "en", cwd=tmp_path)
    assert english.status == 0
    assert english.text.startswith("1 mended, 0 left, 0 new.")


def test_a_baseline_says_the_same(tmp_path: Path) -> None:
    """A finding is new where a baseline that was written for the old sheet does not know it."""
    made = compared(tmp_path, VALUE, SOUND)
    assert made["summary"]["mended"] == len(made["findings"])
    text = VALUE.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    goalcheck_here("lint", "a.txt", "--write-baseline", "b.json", "--isolated", cwd=tmp_path)
    changed = text.replace("≥≥98%", "≥98%").replace("≥90%%", "≥90%%%").replace("≥999%", "≥998%")
    made = compared(tmp_path, text, changed)
    (tmp_path / "a.txt").write_text(changed, encoding="utf-8")
    run = goalcheck_here("lint", "a.txt", "--baseline", "b.json", "--format", "json", "--isolated", cwd=tmp_path)
    lint = json.loads(run.text)
    news = [finding["fingerprint"] for finding in made["findings"] if finding["state"] == "new"]
    assert news == [finding["fingerprint"] for finding in lint["findings"]]
    assert made["summary"]["left"] == lint["summary"]["suppressed"]
    assert news


@tried_on(
    ("name", "old", "new", "state"),
    [
        ("工程验收合格率", "≥95%", "≥90%", "lowered"),
        ("工程验收合格率", "≥90%", "≥95%", "raised"),
        ("工程验收合格率", "≥90%", "≥90 %", "same"),
        ("群众投诉次数", "≤3次", "≤5次", "lowered"),
        ("群众投诉率", "5%", "3%", "raised"),
        ("系统故障响应时长", "≤30分钟", "≤60分钟", "lowered"),
        ("补贴发放总额", "≥3万元", "≥30000元", "same"),
        ("补贴发放总额", "≥3万元", "≥40000元", "raised"),
        ("接种人次", "≥9万人次", "≥80000人次", "lowered"),
        ("道路里程", "≥9公里", "≥9000米", "changed"),  # no scale that is sure
        ("道路里程", "≥9公里", "≤9公里", "changed"),
        ("居民知晓率", "80%-90%", "85%-90%", "raised"),
        ("居民知晓率", "80%-90%", "70%-95%", "changed"),
        ("居民满意程度", "≥90%", "较高", "vaguer"),
        ("居民满意程度", "较高", "≥90%", "sharper"),
        ("安全事故起数", "0起", "零事故", "changed"),  # words as exact as a figure
        ("居民满意程度", "较高", "很高", "changed"),
        ("完成时间", "11月30日前", "12月31日前", "changed"),
    ],
)
def test_targets(name: str, old: str, new: str, state: str, tmp_path: Path) -> None:
    assert states(compared(tmp_path, one(name, old), one(name, new))) == [state]


def test_a_cost_is_better_when_lower(tmp_path: Path) -> None:
    made = compared(tmp_path, one("培训支出", "5万元", COST), one("培训支出", "4万元", COST))
    assert states(made) == ["raised"]


@tried_on(
    ("name", "old", "new", "state"),
    [
        ("路面病害", "200处", "150处", "lowered"),  # what was repaired
        ("群众投诉件数", "200件", "150件", "raised"),
        ("无安全事故天数", "360天", "350天", "lowered"),
        ("旅游收入增长率", "≤8%", "≤6%", "lowered"),  # with its sign turned round
        ("火灾死亡人数下降率", "≤8%", "≤6%", "lowered"),
        ("卫生费用增长率", "≤8%", "≤6%", "raised"),
    ],
)
def test_which_way_is_better_is_what_the_rules_say(name: str, old: str, new: str, state: str, tmp_path: Path) -> None:
    made = compared(tmp_path, one(name, old, QUANTITY), one(name, new, QUANTITY))
    assert states(made) == [state]


def test_indicators_that_came_went_and_were_renamed(tmp_path: Path) -> None:
    old = [
        (QUANTITY, "举办培训班期数", "≥12期"),
        (QUALITY, "参训人员考核合格率", "≥90%"),
        (QUALITY, "教材差错率", "≤1%"),
    ]
    new = [
        (QUANTITY, "参训人数", "≥300人"),
        (QUALITY, "参训人员考试合格率", "≥90%"),
        (QUANTITY, "举办培训班期数", "≥12期"),
    ]
    made = compared(tmp_path, sheet(("培训经费", "5.00", old)), sheet(("培训经费", "5.00", new)))
    assert states(made) == ["added", "changed", "same", "dropped"]
    renamed = made["projects"][0]["indicators"][1]
    assert (renamed["old"]["name"], renamed["new"]["name"]) == ("参训人员考核合格率", "参训人员考试合格率")
    assert renamed["new"] == {
        "class": "12", "indicator": 2, "name": "参训人员考试合格率", "annual_value": "≥90%", "cycle_value": "≥90%",
    }  # fmt: skip


TARGETS = [(QUANTITY, "举办培训班期数", "≥12期")]


def projects(made: dict[str, Any]) -> list[tuple[str, str | None, str | None, str | None]]:
    """State, match, and the names on both sides."""
    return [
        (project["state"], project["match"], *(side and side["project"] for side in (project["old"], project["new"])))
        for project in made["projects"]
    ]


def test_what_the_template_printed_is_no_indicator(tmp_path: Path) -> None:
    old = sheet(("社区培训经费", "5.00", [(QUANTITY, "培训人数", "≥9人"), (QUALITY, "……", "")]))
    new = sheet(("社区培训经费", "5.00", [(QUANTITY, "培训人数", "≥9人")]))
    made = compared(tmp_path, old, new)
    assert [target["state"] for project in made["projects"] for target in project["indicators"]] == ["same"]


def test_projects_added_dropped_and_renamed(tmp_path: Path) -> None:
    old = sheet(("社区培训经费", "5.00", TARGETS), ("道路维修经费", "8.00", TARGETS), ("食堂改造经费", "7.00", TARGETS))
    new = sheet(
        ("桥梁维修经费", "9.00", TARGETS), ("社区居民培训经费", "5.00", TARGETS), ("食堂改造经费", "9.00", TARGETS)
    )
    made = compared(tmp_path, old, new)
    assert projects(made) == [
        ("added", None, None, "桥梁维修经费"),
        ("renamed", "likeness", "社区培训经费", "社区居民培训经费"),
        ("changed", "name", "食堂改造经费", "食堂改造经费"),
        ("dropped", None, "道路维修经费", None),
    ]
    assert [made["projects"][2][side]["total"] for side in ("old", "new")] == ["7.00", "9.00"]
    assert made["projects"][2]["change"] == "2.00"
    text = goalcheck_here("compare", "old.txt", "new.txt", cwd=tmp_path).text
    assert (
        "改名 社区培训经费 → 第7行 社区居民培训经费\uff08单位相同、名称相近\uff0c请核对是不是同一个项目\uff09"
        in text.replace("\n    ", "")
    )
    assert "食堂改造经费 总计\uff1a7.00万元 → 9.00万元\uff08+2.00\uff0c+28.6%\uff09" in text
    assert "总计\uff1a20.00万元 → 23.00万元\uff08+3.00\uff0c+15.0%\uff09。" in text


def test_a_code_is_surer_than_a_name(tmp_path: Path) -> None:
    old = sheet(("[440101]社区培训经费", "5.00", TARGETS), ("[440102]道路维修经费", "8.00", TARGETS))
    new = sheet(("[440102]社区培训经费", "8.00", TARGETS), ("[440101]智慧平台运维", "5.00", TARGETS))
    assert projects(compared(tmp_path, old, new)) == [
        ("renamed", "code", "道路维修经费", "社区培训经费"),
        ("renamed", "code", "社区培训经费", "智慧平台运维"),
    ]


def test_amounts_in_another_unit_of_money(tmp_path: Path) -> None:
    old = sheet(("社区培训经费", "5.00", TARGETS))
    new = sheet(("社区培训经费", "50000.00", TARGETS), money="元")
    made = compared(tmp_path, old, new)
    assert projects(made) == [("same", "name", "社区培训经费", "社区培训经费")]
    assert made["projects"][0]["change"] == "0.00"


def test_names_with_other_figures_are_other_projects(tmp_path: Path) -> None:
    old = sheet(("人民路一期改造", "5.00", TARGETS))
    new = sheet(("人民路二期改造", "6.00", TARGETS))
    assert [state for state, *_ in projects(compared(tmp_path, old, new))] == ["added", "dropped"]


def test_findings_of_a_renamed_project_are_told_to_be_doubtful(tmp_path: Path) -> None:
    old = sheet(("社区培训经费", "5.00", [(QUALITY, "考核合格率", "1010%")]))
    made = compared(tmp_path, old, old.replace("社区培训经费", "社区居民培训经费"))
    assert made["summary"]["mended"] == made["summary"]["new"] > 0, "as a baseline has it"
    assert "所在的项目改了名" in goalcheck_here("compare", "old.txt", "new.txt", cwd=tmp_path).text.replace("\n", "")


def test_the_next_year(tmp_path: Path) -> None:
    old = sheet(("2024年社区培训经费", "5.00", [*TARGETS, (QUALITY, "考核合格率", "≥90%")]))
    new = sheet(("2025年社区培训经费", "6.00", [*TARGETS, (QUALITY, "考核合格率", "1010%")]))
    made = compared(tmp_path, old, new, "--year")
    assert made["year"] is True
    assert made["findings"] == []
    assert [made["summary"][state] for state in ("mended", "left", "new")] == [None] * 3
    assert projects(made)[0][:2] == ("changed", "name")
    assert made["summary"]["indicators"]["same"] == 1
    run = goalcheck_here("compare", "old.txt", "new.txt", "--year", cwd=tmp_path)
    assert run.status == 0, "findings are not matched"
    assert "其中1条和上年一样" in run.text.replace("\n", "")
    assert "改名" not in run.text


def test_the_year_in_a_target_is_none_of_it(tmp_path: Path) -> None:
    old, new = one("完成时间", "2024年11月30日前"), one("完成时间", "2025年11月30日前")
    assert states(compared(tmp_path, old, new)) == ["changed"]
    assert states(compared(tmp_path, old, new, "--year")) == ["same"]
    assert states(compared(tmp_path, one("培训人数", "2020人"), one("培训人数", "2025人"), "--year")) == ["raised"]


def test_what_one_sheet_does_not_say_has_not_changed(tmp_path: Path) -> None:
    for name in ("01-road-block", "03-school-two-panes", "04-school-transfer", "06-town-flat-export", "08-town-block"):
        files = [ROOT / "tests" / "sheets" / f"{name}.{kind}" for kind in ("tsv", "packed.txt")]
        made = compared(tmp_path, *files, "--year")
        assert set(states(made)) == {"same"}, name
        assert {project["state"] for project in made["projects"]} == {"same"}, name


def test_what_became_of_a_target_is_told_by_its_value(tmp_path: Path) -> None:
    made = sheet(("社区培训经费", "5.00", [(QUANTITY, "培训人数", "≥9人"), (QUALITY, "考核合格率", "≥90%")]))
    (tmp_path / "old.txt").write_text(made, encoding="utf-8")
    new = made.replace("周期指标值:≥9人", "周期指标值:≥8人").replace("12-质量指标; 考核", "13-时效指标; 考核")
    (tmp_path / "new.txt").write_text(new, encoding="utf-8")
    told = goalcheck_here("compare", "old.txt", "new.txt", "--lang", "en", cwd=tmp_path).text.split("Indicators\n")[1]
    assert [line.strip() for line in told.splitlines()[1:]] == [
        "lowered 培训人数: cycle ≥9人 → ≥8人",
        "changed 考核合格率: class 质量指标 → 时效指标",
        "",
    ]


def test_folders(tmp_path: Path) -> None:
    for side, first in (("old", entry_sheet(PERCENT)), ("new", CLEAN)):
        for name, text in (
            ("a.txt", first),
            ("sub/b.txt", entry_sheet(PERCENT).replace("社区培训经费", "道路保洁经费")),
        ):
            file = tmp_path / side / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        (tmp_path / side / "notes.txt").write_text("电话 123\n", encoding="utf-8")
    run = goalcheck_here("compare", "old", "new", "--format", "json", cwd=tmp_path)
    made = json.loads(run.text)
    assert run.status == 0
    assert [(finding["state"], Path(finding["path"]).as_posix()) for finding in made["findings"]] == [
        ("left", "new/sub/b.txt"),
        ("mended", "old/a.txt"),
    ]
    assert [file["path"] for file in made["old"]] == ["old/a.txt", "old/sub/b.txt"]
    (tmp_path / "new" / "sub" / "b.txt").rename(tmp_path / "new" / "c.txt")
    assert (
        json.loads(goalcheck_here("compare", "old", "new", "--format", "json", cwd=tmp_path).text)["summary"]["left"]
        == 1
    )


def test_reports_in_json(tmp_path: Path) -> None:
    for name, text in (("old", entry_sheet(PERCENT)), ("new", CLEAN)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        goalcheck_here("lint", f"{name}.txt", "--format", "json", "-o", f"{name}.json", "--isolated", cwd=tmp_path)
    made = json.loads(goalcheck_here("compare", "old.json", "new.json", "--format", "json", cwd=tmp_path).text)
    assert [finding["state"] for finding in made["findings"]] == ["mended"]
    assert made["projects"] is None
    assert goalcheck_here("compare", "new.json", "old.json", cwd=tmp_path).status == 1
    assert goalcheck_here("compare", "new.json", "old.txt", cwd=tmp_path).status == 1
    assert goalcheck_here("compare", "old.json", "new.txt", cwd=tmp_path).status == 0
    run = goalcheck_here("compare", "old.json", "new.json", "--year", cwd=tmp_path)
    assert run.status == 2
    assert "old.json" in run.complaints[0]


@pytest.mark.usefixtures("pdf_read_here")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_tells_places_as_a_sheet_does(lang: str, tmp_path: Path) -> None:
    for kind in ("xlsx", "docx", "pdf") if THOROUGH or lang == "zh" else ("xlsx",):
        file = ROOT / "samples" / "files" / f"export.{kind}"
        goalcheck_here("lint", file, "--format", "json", "-o", f"{kind}.json", "--lang", lang, cwd=tmp_path)
        told = [
            goalcheck_here("compare", side, side, "--lang", lang, cwd=tmp_path).text.split("\n\n")[1]
            for side in (f"{kind}.json", file)
        ]
        assert told[0] == told[1], kind


def test_a_workbook_says_what_json_says(tmp_path: Path) -> None:
    text = VALUE.read_text(encoding="utf-8")
    made = compared(tmp_path, text, text.replace("≥≥98%", "≥98%").replace("疫苗接种服务经费", "疫苗接种经费"))
    for lang in ("zh", "en"):
        output = ("--format", "xlsx", "-o", "out.xlsx", "--isolated", "--lang", lang)
        for _ in range(2):  # its own is replaced
            run = goalcheck_here("compare", "old.txt", "new.txt", *output, cwd=tmp_path)
            assert run.status == int(made["summary"]["new"] > 0), run.complaints
        data = (tmp_path / "out.xlsx").read_bytes()
        assert_sound(data)
        summary, *tables = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets
        shown = goalcheck_here("compare", "old.txt", "new.txt", "--isolated", "--lang", lang, cwd=tmp_path).text
        assert shown.startswith(str(summary["A1"].value)[:10])
        targets = [target for project in made["projects"] for target in project["indicators"]]
        assert [sheet.max_row - 1 for sheet in tables] == [len(made["findings"]), len(made["projects"]), len(targets)]
        assert [row[8] for row in tables[0].iter_rows(2, values_only=True)][:3] != [None] * 3
        totals = [row[6] for row in tables[1].iter_rows(2, values_only=True)]
        assert [f"{total:.2f}" for total in totals] == [project["new"]["total"] for project in made["projects"]]
    assert goalcheck_here("compare", "old.txt", "new.txt", "--format", "xlsx", terminal=True, cwd=tmp_path).status == 2
    assert goalcheck_here("lint", "out.xlsx", cwd=tmp_path).status == 2, "it is no sheet"


def test_a_page_says_what_changed_and_obeys_nobody(tmp_path: Path) -> None:
    hostile = "<b>经费</b>&<script>x</script>"
    old = sheet(("社区培训经费", "5.00", [(QUANTITY, "培训人数", "≥9人"), (QUALITY, "合格率", "≥90%")]))
    new = sheet(
        ("社区培训经费", "5.00", [(QUANTITY, "培训人数", "≥8人"), (QUALITY, "合格率", "≥90%")]),
        (hostile, "6.00", TARGETS),
    )
    made = compared(tmp_path, old, new)
    for lang in ("zh", "en"):
        for _ in range(2):
            output = ("--format", "html", "-o", "out.html", "--lang", lang)
            assert goalcheck_here("compare", "old.txt", "new.txt", *output, cwd=tmp_path).status in (0, 1)
        page = (tmp_path / "out.html").read_text(encoding="utf-8")
        root = ElementTree.fromstring(re.sub(r"<meta[^>]*>|<!doctype html>", "", page))  # noqa: S314  # of its own
        found = [row.get("class") for row in root.iter("tr") if row.get("class")]
        wanted = [finding["state"] for finding in made["findings"]]
        wanted += [project["state"] for project in made["projects"] if project["state"] != "same"]
        wanted += ["lowered", "added"]
        assert found == wanted
        assert "".join(root.itertext()).count(hostile) >= 2
        assert not list(root.iter("script"))
        heads = {head.get("id"): head.text for head in root.iter("h2")}
        wide = [part for part in root.iter("div") if part.get("class") == "scroll"]
        assert [heads[part.get("aria-labelledby")] for part in wide] == list(heads.values())
        assert all((part.get("tabindex"), part.get("role")) == ("0", "region") for part in wide), "keys scroll them"
    assert goalcheck_here("compare", "old.txt", "new.txt", "--format", "html", terminal=True, cwd=tmp_path).status == 2


def _filled(folder: Path, claims: Sequence[str], lang: str = "zh") -> None:
    """A list of the findings in old.txt, filled in by somebody."""
    goalcheck_here("lint", "old.txt", "--format", "xlsx", "-o", "list.xlsx", "--lang", lang, "--isolated", cwd=folder)
    book = openpyxl.load_workbook(folder / "list.xlsx")
    rows = list(book.worksheets[0].iter_rows())
    at = [cell.value for cell in rows[0]].index({"zh": "整改情况", "en": "State"}[lang])
    for row, claim in zip(rows[1:], claims, strict=True):
        row[at].value = claim or None
    book.save(folder / "list.xlsx")


@tried_on(("lang", "done", "open_"), [("zh", "已整改", "未整改"), ("en", "done", "open")])
def test_a_list_that_was_filled_in(lang: str, done: str, open_: str, tmp_path: Path) -> None:
    text = VALUE.read_text(encoding="utf-8")
    (tmp_path / "old.txt").write_text(text, encoding="utf-8")
    (tmp_path / "new.txt").write_text(text.replace("≥≥98%", "≥98%"), encoding="utf-8")
    found = json.loads(goalcheck_here("lint", "old.txt", "--format", "json", "--isolated", cwd=tmp_path).text)[
        "findings"
    ]
    mended = next(at for at, finding in enumerate(found) if finding["text"] == "≥≥98%")
    claims = [open_] * len(found)
    claims[mended] = claims[0] = done
    claims[1] = ""
    _filled(tmp_path, claims, lang)
    run = goalcheck_here("compare", "list.xlsx", "new.txt", "--format", "json", cwd=tmp_path)
    made = json.loads(run.text)
    assert run.status == 0
    assert made["summary"]["left"] == len(found) - 1
    assert [(finding["rule"], finding["claim"]) for finding in made["findings"] if finding["state"] == "mended"] == [
        (found[mended]["rule"], "done")
    ]
    denied = [finding for finding in made["findings"] if finding["state"] == "left" and finding.get("claim") == "done"]
    assert [finding["fingerprint"] for finding in denied] == [found[0]["fingerprint"]]
    assert "claim" not in next(
        finding for finding in made["findings"] if finding["fingerprint"] == found[1]["fingerprint"]
    )
    run = goalcheck_here("compare", "list.xlsx", "new.txt", "--lang", lang, cwd=tmp_path)
    assert {"zh": "写了已整改的\uff0c有1处其实还在", "en": "the list says are done, 1 are"}[lang] in run.text
    assert run.complaints == []
    assert goalcheck_here("compare", "list.xlsx", "new.txt", "--year", cwd=tmp_path).status == 2
    assert goalcheck_here("compare", "new.txt", "list.xlsx", cwd=tmp_path).status == 2
    _filled(tmp_path, ["改了", "改了", *claims[2:]], lang)
    (complaint,) = goalcheck_here("compare", "list.xlsx", "new.txt", "--lang", lang, cwd=tmp_path).complaints
    assert re.search(rf"list\.xlsx.*2.*改了.*{done}", complaint)


def test_of_a_list_of_many_sheets_those_that_were_not_sent_back_are_not_mended(tmp_path: Path) -> None:
    text = VALUE.read_text(encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(
        (ROOT / "samples" / "amount.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    goalcheck_here("lint", "in", "--format", "xlsx", "-o", "list.xlsx", "--isolated", cwd=tmp_path)
    found = json.loads(goalcheck_here("lint", "in", "--format", "json", "--isolated", cwd=tmp_path).text)["findings"]
    others = sum(finding["path"].endswith("b.txt") for finding in found)
    (tmp_path / "back.txt").write_text(text.replace("\u2265\u226598%", "\u226598%"), encoding="utf-8")
    for name in ("back.txt", "a.txt"):
        (tmp_path / "back.txt").rename(tmp_path / name) if name == "a.txt" else None
        run = goalcheck_here("compare", "list.xlsx", name, "--format", "json", "--isolated", cwd=tmp_path)
        told = json.loads(run.text)["summary"]
        assert (told["mended"], told["unjudged"], told["new"]) == (1, others, 0)


@pytest.mark.slow
@needs_libre_office
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_list_that_was_saved_as_another_kind_of_file(kind: str, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(entry_sheet(PERCENT), encoding="utf-8")
    _filled(tmp_path, ["已整改"])
    (tmp_path / "made").mkdir()
    saved = tmp_path / f"saved.{kind}"
    saved.write_bytes(converted(tmp_path / "list.xlsx", kind, tmp_path / "made"))
    run = goalcheck_here("compare", saved.name, "old.txt", "--format", "json", "--isolated", cwd=tmp_path)
    assert [(finding["state"], finding["claim"]) for finding in json.loads(run.text)["findings"]] == [("left", "done")]
    (tmp_path / "folder").mkdir()
    saved.rename(tmp_path / "folder" / saved.name)
    (tmp_path / "old.txt").rename(tmp_path / "folder" / "old.txt")
    assert goalcheck_here("lint", "folder", cwd=tmp_path).status == 1, "it is passed over as a list is"


def test_a_list_whose_columns_are_gone(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(entry_sheet(PERCENT), encoding="utf-8")
    _filled(tmp_path, [""])
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    book.worksheets[0].delete_cols(8)
    book.save(tmp_path / "list.xlsx")
    run = goalcheck_here("compare", "list.xlsx", "old.txt", cwd=tmp_path)
    assert run.status == 2
    assert "list.xlsx" in run.complaints[0]


@tried_on(
    "report",
    [
        "{}", "{", '{"version": 1}', '{"version": 1, "tool": {"name": "goalcheck"}, "files": 3, "findings": []}',
        '{"version": 1, "tool": {"name": "goalcheck"}, "files": [], "findings": [{"rule": "GC304"}]}',
        '{"version": 1, "tool": {"name": "goalcheck"}, "files": [{"path": "a", "status": "grave"}], "findings": []}',
    ],
)  # fmt: skip
def test_what_is_no_report(report: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(report, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CLEAN, encoding="utf-8")
    for sides in (("a.json", "b.txt"), ("b.txt", "a.json")):
        run = goalcheck_here("compare", *sides, cwd=tmp_path)
        assert run.status == 2
        assert len(run.complaints) == 1
        assert "a.json" in run.complaints[0]


def test_what_was_not_checked_is_not_mended(tmp_path: Path) -> None:
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "a.txt").write_text(entry_sheet(PERCENT), encoding="utf-8")
        (tmp_path / side / "b.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "new" / "a.txt").write_bytes("绩效目标表".encode() + b"\xff\xff\x00")
    run = goalcheck_here("compare", "old", "new", "--format", "json", cwd=tmp_path)
    assert run.status == 2
    assert [finding["state"] for finding in json.loads(run.text)["findings"]] == ["unjudged"]
    assert "new/a.txt" in run.complaints[0]
    (tmp_path / "old.txt").write_text(entry_sheet(PERCENT), encoding="utf-8")
    _filled(tmp_path, ["已整改"])
    run = goalcheck_here("compare", "list.xlsx", "new", "--format", "json", cwd=tmp_path)
    found = [(finding["state"], finding["claim"]) for finding in json.loads(run.text)["findings"]]
    assert (run.status, found) == (2, [("unjudged", "done")]), "it may be in the one that was not read"
    assert goalcheck_here("compare", "nothing", "new", cwd=tmp_path).status == 2
    assert goalcheck_here("compare", "old", cwd=tmp_path).status == 2
    (tmp_path / "empty").mkdir()
    for sides in (("empty", "old"), ("old", "empty"), ("old", "nothing")):
        run = goalcheck_here("compare", *sides, "--format", "json", cwd=tmp_path)
        made = json.loads(run.text)
        assert run.status == 2
        assert {found["state"] for found in (*made["projects"], *made["findings"])} == {"unjudged"}


UNREADABLE = "绩效目标表".encode() + b"\xff\xff\x00"
FAULTY = (QUALITY, "考核合格率", "1010%")
A, B = sheet(("社区培训经费", "5.00", [*TARGETS, FAULTY])), sheet(("水泵更换经费", "3.00", [FAULTY]), unit="水务所")
NOTE = "附\uff1a道路维修经费 8.00 1、产出指标; 数量指标; 道路里程; 年度指标值:≥9公里。\n"
"""A line below the table that holds an indicator and cannot be read."""


def laid_out(folder: Path, **files: str | bytes) -> None:
    """Write ``files``, named by side and letter: ``old_a`` is old/a.txt."""
    for name, text in files.items():
        side, letter = name.split("_")
        (folder / side).mkdir(exist_ok=True)
        (folder / side / f"{letter}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())


def uncertain(folder: Path, *options: str, sides: tuple[str, str] = ("old", "new")) -> dict[str, Any]:
    """What the command says in JSON of sides that were not read whole."""
    run = goalcheck_here("compare", *sides, "--format", "json", "--isolated", *options, cwd=folder)
    assert run.status == 2
    made: dict[str, Any] = json.loads(run.text)
    return made


def standing(made: dict[str, Any]) -> dict[str, str]:
    """The state of each project by its name."""
    return {(project["new"] or project["old"])["project"]: project["state"] for project in made["projects"]}


def test_a_project_in_a_file_that_was_not_read_is_neither_dropped_nor_added(tmp_path: Path) -> None:
    laid_out(tmp_path, old_a=A, new_a=UNREADABLE)
    there = uncertain(tmp_path, sides=("old/a.txt", "new/a.txt"))
    back = uncertain(tmp_path, sides=("new/a.txt", "old/a.txt"))
    for made in (there, back):
        assert standing(made) == {"社区培训经费": "unjudged"}
        assert [project["unread"] for project in made["projects"]] == [["new/a.txt"]]
        assert {target["state"] for target in made["projects"][0]["indicators"]} == {"unjudged"}
        assert {finding["state"] for finding in made["findings"]} == {"unjudged"}
        assert made["summary"]["unjudged"] == len(made["findings"]) > 0
        assert made["summary"]["projects"]["unjudged"] == 1
    assert standing(uncertain(tmp_path, "--year")) == {"社区培训经费": "unjudged"}
    for lang, said in (("zh", "没有读成\uff1anew/a.txt。"), ("en", "Not read: new/a.txt.")):
        text = goalcheck_here("compare", "old", "new", "--lang", lang, cwd=tmp_path).text
        assert text.startswith(said)
        assert not re.search("取消 |dropped 社", text)
    laid_out(tmp_path, old_a=UNREADABLE)
    assert standing(uncertain(tmp_path)) == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_not_read_is_said_in_a_report_that_is_known_again(lang: str, tmp_path: Path) -> None:
    cases = ((A, ()), (UNREADABLE, ("--year",)), (UNREADABLE, ()), (A, ("--year",)))
    for old, options in cases if THOROUGH or lang == "zh" else cases[:2]:
        laid_out(tmp_path, old_a=old, new_a=UNREADABLE)
        for form in ("text", "json", "html", "xlsx"):
            for _ in range(2):
                asked = ("old", "new", "--format", form, "-o", f"new/{form}.out", "--lang", lang, *options)
                run = goalcheck_here("compare", *asked, cwd=tmp_path)
                assert run.status == 2
                assert not any(f"{form}.out:" in line or "looks like" in line for line in run.complaints)


def test_what_was_read_on_both_sides_is_told_beside_what_was_not(tmp_path: Path) -> None:
    laid_out(tmp_path, old_a=A, old_b=B, new_a=UNREADABLE, new_b=sheet(("食堂改造经费", "7.00", TARGETS)))
    made = uncertain(tmp_path)
    assert standing(made) == {"食堂改造经费": "added", "社区培训经费": "unjudged", "水泵更换经费": "dropped"}
    mended = {finding["project"] for finding in made["findings"] if finding["state"] == "mended"}
    assert mended == {"水泵更换经费"}
    assert "总计" not in goalcheck_here("compare", "old", "new", cwd=tmp_path).text.split("总计没有比")[1]


def test_a_project_may_have_gone_to_a_file_that_was_not_read(tmp_path: Path) -> None:
    laid_out(tmp_path, old_a=A, old_b=B, new_b=B, new_c=UNREADABLE)
    assert standing(uncertain(tmp_path)) == {"社区培训经费": "unjudged", "水泵更换经费": "same"}
    two = sheet(("社区培训经费", "5.00", TARGETS), ("食堂改造经费", "7.00", TARGETS))
    laid_out(tmp_path, old_a=two, new_a=sheet(("食堂改造经费", "7.00", TARGETS)))
    assert standing(uncertain(tmp_path))["社区培训经费"] == "unjudged", "c.txt is new, and nobody knows what is in it"
    laid_out(tmp_path, old_c=B)
    assert standing(uncertain(tmp_path))["社区培训经费"] == "dropped", "c.txt was there, and held others"
    laid_out(tmp_path, new_c=two)
    run = goalcheck_here("compare", "old", "new", "--format", "json", "--isolated", cwd=tmp_path)
    assert standing(json.loads(run.text))["社区培训经费"] == "same", "it was read there"


def test_what_may_stand_in_rows_that_were_not_read(tmp_path: Path) -> None:
    both = sheet(("社区培训经费", "5.00", [*TARGETS, FAULTY]), ("道路维修经费", "8.00", TARGETS))
    left = sheet(("社区培训经费", "5.00", TARGETS))
    laid_out(tmp_path, old_a=both, new_a=left + NOTE)
    for sides in (("old", "new"), ("new", "old")):
        made = uncertain(tmp_path, sides=sides)
        assert standing(made)["道路维修经费"] == "unjudged"
        told = {project["match"]: project for project in made["projects"]}
        assert [target["state"] for target in told["name"]["indicators"]] == ["same", "unjudged"]
        assert told["name"]["state"] == "same", "what is not known is no change"
        assert not [finding for finding in made["findings"] if finding["state"] != "left" and finding["rule"] == "GC304"
                    and finding["state"] != "unjudged"]  # fmt: skip
    laid_out(tmp_path, old_a=both + NOTE)
    made = uncertain(tmp_path)
    assert standing(made)["道路维修经费"] == "dropped", "what neither side could read holds nothing of it"
    assert [finding["state"] for finding in made["findings"] if finding["rule"] == "GC304"] == ["mended"] * 2


def test_an_entry_that_cannot_be_made_out_may_be_the_one_that_is_missed(tmp_path: Path) -> None:
    whole = sheet(("社区培训经费", "5.00", [*TARGETS, (QUALITY, "考核合格率", "≥90%")]))
    torn = whole.replace(
        "2、1-产出指标; 12-质量指标; 考核合格率; 实施周期指标值:≥90%; 年度指标值:≥90%", "2、考核合格率90"
    )
    assert torn != whole
    assert states(compared(tmp_path, whole, torn)) == ["same", "unjudged"]
    assert states(compared(tmp_path, torn, whole)) == ["same", "unjudged"]


def test_reports_in_json_that_are_not_whole(tmp_path: Path) -> None:
    laid_out(tmp_path, old_a=A, old_b=B, new_a=UNREADABLE, new_b=B.replace("1010%", "≥90%") + NOTE)
    for side in ("old", "new"):
        goalcheck_here("lint", side, "--format", "json", "-o", f"{side}.json", "--isolated", cwd=tmp_path)
    made = uncertain(tmp_path, sides=("old.json", "new.json"))
    assert {finding["state"] for finding in made["findings"] if finding["rule"] == "GC304"} == {"unjudged"}
    text = goalcheck_here("compare", "old.json", "new.json", cwd=tmp_path).text
    assert "没有读成\uff1anew/a.txt。只读了一部分\uff1anew/b.txt。" in text.replace("\n", "")


def test_page_and_workbook_say_what_is_not_known(tmp_path: Path) -> None:
    laid_out(tmp_path, old_a=A, new_a=UNREADABLE)
    for lang, said in (("zh", "没法判断"), ("en", "not known")):
        for form in ("html", "xlsx"):
            goalcheck_here("compare", "old", "new", "--format", form, "-o", f"out.{form}", "--lang", lang, cwd=tmp_path)
        page = (tmp_path / "out.html").read_text(encoding="utf-8")
        assert page.count('<tr class="unjudged">') == len(uncertain(tmp_path)["findings"]) + 1 + 2
        assert f"<td>{said}</td>" in page
        _, findings, projects, _ = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets
        assert {findings["A2"].value, projects["A2"].value} == {said}
        assert [cell.value for cell in projects[2]][-1] == "new/a.txt"


def test_no_input_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(entry_sheet(PERCENT), encoding="utf-8")
    (tmp_path / "c.txt").write_text(CLEAN, encoding="utf-8")
    for output in ("a.txt", "b.txt", "c.txt"):
        assert goalcheck_here("compare", "a.txt", "b.txt", "-o", output, cwd=tmp_path).status == 2
    for _ in range(2):  # a report of its own is replaced
        for sides in (("a.txt", "b.txt"), ("a.txt", "a.txt"), ("a.txt", "b.txt", "--year")):
            assert goalcheck_here("compare", *sides, "-o", "out.txt", cwd=tmp_path).status in (0, 1)
    assert goalcheck("compare", "-", "b.txt", cwd=tmp_path, stdin=CLEAN.encode()).status == 1
    assert goalcheck("compare", "-", "-", cwd=tmp_path, stdin=CLEAN.encode()).status == 2


_MIRRORED = {
    "mended": "new", "new": "mended", "added": "dropped", "dropped": "added", "raised": "lowered", "lowered": "raised",
    "vaguer": "sharper", "sharper": "vaguer",
}  # fmt: skip

_VALUES = st.sampled_from(["≥90%", "≥95%", "85%-90%", "较高", "1010%", "3万元", "40000元", "≤5次", ""])
_NAMES = st.sampled_from(["考核合格率", "考试合格率", "群众投诉次数", "培训人数", "居民满意度", "培训支出"])
_TARGETS = st.lists(st.tuples(st.sampled_from([QUANTITY, QUALITY, COST]), _NAMES, _VALUES), min_size=1, max_size=4)
_PROJECT_NAMES = st.sampled_from(
    ["社区培训经费", "社区居民培训经费", "培训经费", "道路维修", "[440101]道路维修工程", "食堂"]
)
_PROJECTS = st.lists(st.tuples(_PROJECT_NAMES, st.sampled_from(["5.00", "6.00"]), _TARGETS), min_size=1, max_size=4)


def _told(made: dict[str, Any], *, turned: bool) -> tuple[list[Any], list[Any]]:
    def state(said: str) -> str:
        return _MIRRORED.get(said, said) if turned else said

    sides = ("new", "old") if turned else ("old", "new")
    findings = sorted((state(finding["state"]), finding["fingerprint"]) for finding in made["findings"])
    told = []
    for project in made["projects"]:
        named = [project[side] and (project[side]["project"], project[side]["total"]) for side in sides]
        targets = [
            (state(target["state"]), *(str(target[side] and target[side]["name"]) for side in sides))
            for target in project["indicators"]
        ]
        told.append((state(project["state"]), project["match"] or "", str(named), sorted(targets)))
    return findings, sorted(told)


@settings(max_examples=examples(90))
@given(old=_PROJECTS, new=_PROJECTS)
def test_either_way_round(old: Any, new: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is new one way round was mended the other, what was raised is lowered; against itself all is the same."""
    folder = tmp_path_factory.mktemp("sides")
    forth, back = compared(folder, sheet(*old), sheet(*new)), compared(folder, sheet(*new), sheet(*old))
    assert _told(forth, turned=False) == _told(back, turned=True)
    itself = compared(folder, sheet(*new), sheet(*new))
    assert {project["state"] for project in itself["projects"]} == {"same"}
    assert set(states(itself)) <= {"same"}
    assert itself["summary"]["new"] == itself["summary"]["mended"] == 0


def _many(number: int, infix: str) -> Side:
    names = (f"{chr(0x4E00 + at)}{chr(0x5000 + at * 7 % 3000)}{infix}社区培训专项经费" for at in range(number))
    text = sheet(*((name, f"{at + 1}.00", TARGETS) for at, name in enumerate(names)))
    return of_sheets([Checked(check(text), "", catalogue().lexicon)], Style())


def test_time_grows_with_the_number_of_projects() -> None:
    costs, made = [], []
    for number in (100, 400):
        old, new = _many(number, ""), _many(number, "居民")
        costs.append(calls(lambda old=old, new=new: made.append(compare(old, new))))  # type: ignore[misc]
        assert made[-1].project_numbers()["renamed"] == number
    assert costs[1] < 6 * costs[0], "four times as many, and not sixteen times the work"
