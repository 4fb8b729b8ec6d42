"""What the reports say of how a sheet was read: its layout, its classes, whether it is a self-evaluation, its pages."""

from __future__ import annotations

import json
from pathlib import Path

from helpers import CLEAN, check, goalcheck, tried_on

_FORM = (
    "项目支出绩效目标表\n(2024年度)\n项目名称\t{name}\n项目资金(万元)\t年度资金总额\t5.00\n"
    "年度目标\t按时完成全年培训任务\u3002\n一级指标\t二级指标\t三级指标\t{value}\n"
    "产出指标\t数量指标\t举办{name}期数\t≥12期{more}\n效益指标\t社会效益指标\t参训人员持证上岗率\t≥90%{more}\n"
    "满意度指标\t服务对象满意度指标\t参训人员满意度\t≥95%{more}\n"
)
_SOUND = _FORM.format(name="社区培训", value="指标值", more="")
_TWO = _SOUND + _FORM.format(name="安全培训", value="指标值", more="")
_EVALUATION = _FORM.format(name="社区培训", value="年度指标值\t实际完成值\t分值\t得分", more="\t95\t30\t30")


def lint(text: str, folder: Path, *options: str) -> str:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    run = goalcheck("lint", "a.txt", *options, cwd=folder)
    assert run.status == 0
    return run.text


_READ_AS = {
    CLEAN: "a.txt\uff1a一个项目一行\uff1b按\u201c广东\uff08带代码\uff09\u201d核对\n",
    _SOUND: "a.txt\uff1a一个项目一张表\uff1b一级指标分产出指标、效益指标、满意度指标\n",
    _SOUND.replace("满意度指标\t服务对象满意度指标", "\t服务对象满意度指标"): (
        "a.txt\uff1a一个项目一张表\uff1b一级指标分产出指标、效益指标\n"
    ),
    _TWO: "a.txt\uff1a一个项目一张表\uff082张\uff09\uff1b一级指标分产出指标、效益指标、满意度指标\n",
    _EVALUATION: (
        "a.txt\uff1a自评表\uff0c一个项目一张表\uff1b一级指标分产出指标、效益指标、满意度指标\n"
        "  自评表只查目标\uff1a实际完成值、得分没有和年度指标值核对\n"
    ),
}


@tried_on("text", _READ_AS, ids=lambda text: _READ_AS[str(text)])
def test_a_sound_sheet_says_how_it_was_read(text: str, tmp_path: Path) -> None:
    said = lint(text, tmp_path)
    assert said.startswith(f"{_READ_AS[text]}\n没有发现问题\u3002查了1个文件")
    assert lint(text, tmp_path, "--quiet") == ""


def test_a_self_evaluation_with_findings_is_named(tmp_path: Path) -> None:
    said = lint(_EVALUATION.replace("≥95%", "≥70%"), tmp_path)
    assert "  版式\uff1a自评表\uff0c一个项目一张表\n  自评表只查目标\uff1a" in said


def test_several_sound_sheets_are_told_by_their_number_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(_SOUND, encoding="utf-8")
    assert goalcheck("lint", ".", cwd=tmp_path).text.startswith("没有发现问题\u3002查了2个文件")


_RECORDS = {_SOUND: ("targets", 1), _TWO: ("targets", 1), _EVALUATION: ("self-evaluation", 1), CLEAN: ("targets", 1)}


@tried_on("text", _RECORDS, ids=lambda text: text[:60])
def test_record(text: str, tmp_path: Path) -> None:
    (file,) = json.loads(lint(text, tmp_path, "--format", "json"))["files"]
    assert (file["form"], file["pages"]) == _RECORDS[text]


def test_pages_that_footers_number(tmp_path: Path) -> None:
    first, second = (
        f"{form}第{at}页, 共2页\n"
        for at, form in enumerate((_SOUND, _FORM.format(name="安全培训", value="指标值", more="")), 1)
    )
    (file,) = json.loads(lint(first + second, tmp_path, "--format", "json"))["files"]
    assert file["pages"] == 2


def test_a_table_with_its_header_on_each_page(tmp_path: Path) -> None:
    header = CLEAN.splitlines()[2]
    rows = CLEAN.replace("\n街道办事处", f"\n{header}\n街道办事处")
    (file,) = json.loads(lint(rows, tmp_path, "--format", "json"))["files"]
    assert file["pages"] == 2


def test_the_help_names_every_kind_of_file() -> None:
    for language in ("zh", "en"):
        said = goalcheck("lint", "--help", "--lang", language).text
        assert all(ending in said for ending in (".xlsx", ".xls", ".ods", ".docx", ".html", ".txt", ".tsv", ".csv"))


_TASKS = (
    "年度主要任务\t任务名称\t主要内容\t预算金额(万元)\n\t\t\t总额\t财政拨款\t其他资金\n"
    "\t高标准农田\t建设高标准农田2万亩\t{0}\t{0}\t\n\t金额合计\t\t{0}\t{0}\t\n"
)
_COSTS = "项目预算\t成本构成\t金额\t测算依据\n\t讲课费\t{0}\t12期\n\t合计\t{0}\t\n"


@tried_on("table", [_TASKS, _COSTS], ids=lambda table: table[:6])
def test_amounts_of_tasks_and_costs_are_told_to_be_unchecked(table: str, tmp_path: Path) -> None:
    told = "任务、成本一类的明细\uff0c里面的金额没有核对"
    rows = table.count("\n")
    above = _SOUND.replace("年度目标\t", f"{table.format('5.00')}年度目标\t")
    assert f"文件\uff1a第5-{4 + rows}行是{told}" in lint(above, tmp_path)
    below = f"{_SOUND}{table.format('5.00')}"
    assert f"文件\uff1a第10-{9 + rows}行是{told}" in lint(below, tmp_path)
    assert told not in lint(above.replace("5.00", "").replace("总额\t\n", "总额\t5.00\n"), tmp_path)


_BELOW = {
    "补充\uff1a另需购置水泵12台": "added",
    "另需新建公厕3座": "added",
    "新增采购疫苗1,200支\u3002": None,
    "追加\uff1a拟培训村医50人": "added",
    "(补充)": None,
    "注\uff1a另需购置水泵12台时\uff0c按程序报批": None,
    "说明\uff1a培训12期\uff0c每期50人": None,
    "备注\uff1a补充资料3份": None,
    "另附明细表1份": None,
    "补充说明\uff1a本表一式3份": None,
    "另行通知\uff0c联系电话12345678": None,
    "新增项目请在2024年12月31日前填报": None,
    "补充通知要求每年10月底前报送": None,
}


@tried_on("line", _BELOW)
def test_something_to_be_done_that_is_added_below_a_form(line: str) -> None:
    unread = [one.reason for one in check(f"{_SOUND}{line}\n").unread]
    assert unread == ([_BELOW[line]] if _BELOW[line] else [])


def test_what_was_reached_stands_beside_the_goal() -> None:
    goals = (
        "年度总体目标\t预期目标\t\t\t实际完成情况\n\t按时完成全年培训任务\u3002\t\t\t已按时完成全年培训任务12期\u3002\n"
    )
    text = _EVALUATION.replace("年度目标\t按时完成全年培训任务\u3002\n", goals)
    result = check(text)
    assert goals in text
    assert result.sheet is not None
    assert [project.goal.text for project in result.sheet.projects if project.goal] == ["按时完成全年培训任务\u3002"]
    assert result.unread == ()
