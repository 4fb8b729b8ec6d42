"""What columns are called: every name that offices print is known, and a site adds its own."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from helpers import CLEAN, ROOT, check, goalcheck_here, tried_on

from goalcheck.catalogue.columns import ColumnError, column_names
from goalcheck.catalogue.load import catalogue
from goalcheck.engine.result import Result
from goalcheck.sheet import Header

NAMES = catalogue().columns
WRITTEN = tomllib.loads((ROOT / "rules" / "columns.toml").read_text(encoding="utf-8"))

ENTRIES = (
    "1、1-产出指标; 11-数量指标; 检查次数; 实施周期指标值:≥40次; 年度指标值:≥40次。"
    "2、2-效益指标; 22-社会效益; 投诉下降率; 实施周期指标值:≥10%; 年度指标值:≥10%。"
    "3、3-满意度指标; 31-服务对象满意度; 群众满意度; 实施周期指标值:≥90%; 年度指标值:≥90%。"
)


def sheet(header: str, *rows: str) -> str:
    """A sheet of this header; `〔行〕` in a row stands for a goal and entries."""
    lines = ["项目支出绩效目标表", "2024年度⇥单位\uff1a万元", header, *rows]
    return "\n".join(lines).replace("〔行〕", f"完成全年任务。⇥{ENTRIES}").replace("⇥", "\t") + "\n"


def header_of(names: str) -> Header:
    """The header with ``names`` between 项目名称 and 绩效指标."""
    result = check(sheet(f"项目名称⇥{names}⇥绩效目标⇥绩效指标", "某局", "执法经费"))
    assert result.sheet is not None
    return result.sheet.headers[0]


def codes(result: Result) -> list[str]:
    return sorted(finding.code for finding in result.findings)


PRINTED = """\
name: 项目名称(资金使用单位) *项目名称 项目名称及单位 二级项目名称 项目支出名称 专项(项目)名称
name: 预算项目名称 专项资金名称 项目
goal: 绩效目标 年度目标 总体目标 当年绩效目标 年度总体目标 中期目标 预期目标
indicators: 绩效指标 *绩效指标 年度绩效指标 项目绩效指标 绩效指标及指标值
total: 总计 合计 2024年预算数(万元) 年度预算数 年度预算安排 年度资金总额\uff1a 年度资金申请总额
total: 预算数(元) 项目资金(万元)
source: 其中\uff1a财政拨款 财政专户管理资金 单位资金 一般公共预算 政府性基金 国有资本经营预算
source: 上年结转资金 市县资金 中央补助 地方资金 自有资金 当年财政拨款 本年财政拨款
amount: 全年执行数 上年实际执行数
level1: 一级指标 一级绩效指标 绩效指标分类
level2: 二级指标(长期) 二级绩效指标
level3: 三级指标 三级指标名称 指标内容 指标名称 指标 具体指标
value: 指标值 *指标值 年度指标值 指标值及单位 指标值(或计划水平) 计划指标值(或计划水平) 目标值
value: 指标目标值 当年预期实现值 中长期指标值
sign: 计算符号 指标性质 运算符号 指标方向 指标运算符
measure: 计量单位 度量单位
weight: 权重 分值 指标权重
direction: 指标方向性
nature: 指标值类型
something-else: 项目负责人及(联系)电话 *评(扣)分标准 偏差原因分析及改进措施 序号 单位编码
unit: 主管部门(及代码) 主管部门及其编码 业务主管部门 项目执行单位 实施单位 编制单位
something-else: 项目属性 项目期
something-else: 项目起止时间 备注 绩效标准 *指标解释 指标值说明 实际完成值
something-else: 绩效指标描述 执行率 得分 项目内容 测算依据 联系电话
"""
NAMES_OF = [(line.partition(": ")[0], line.partition(": ")[2].split()) for line in PRINTED.split("\n") if line]


@tried_on(("role", "printed"), NAMES_OF)
def test_names_as_they_are_printed(role: str, printed: list[str]) -> None:
    meanings = {text: NAMES.meaning(text) for text in printed}
    assert {text: meaning and meaning.role for text, meaning in meanings.items()} == dict.fromkeys(meanings, role)
    assert NAMES.meaning(" ".join(printed[0])) == NAMES.meaning(printed[0])


@tried_on("text", ["执法经费", "核定经费", "12.00", "", "保障办公用房,按时支付。"])
def test_what_names_no_column(text: str) -> None:
    assert NAMES.meaning(text) is None


@tried_on(
    ("names", "sources"),
    [
        ("总计⇥财政拨款⇥财政专户拨款⇥其他资金", ["appropriation", "special_account", "other"]),
        ("总计⇥一般公共预算⇥政府性基金⇥国有资本经营", ["一般公共预算", "政府性基金", "国有资本经营"]),
        ("总计⇥一般公共预算拨款⇥政府性基金⇥单位资金", ["appropriation", "政府性基金", "other"]),
        ("总计⇥财政拨款⇥其中\uff1a一般公共预算⇥政府性基金⇥上年结转⇥其他资金", ["appropriation", "上年结转", "other"]),
        ("总计⇥上级资金⇥其中\uff1a中央⇥省级⇥本级⇥自有资金", ["上级资金", "本级", "自有资金"]),
        ("总计⇥中央⇥省级⇥市县资金⇥自筹", ["中央", "省级", "市县资金", "自筹"]),
        ("总计⇥财政拨款⇥其他资金⇥全年执行数⇥预算数", ["appropriation", "other"]),
        ("总计⇥财政拨款⇥单位资金⇥其他资金", ["appropriation", "单位资金", "other"]),
    ],
)
def test_sources_that_add_up_to_the_total(names: str, sources: list[str]) -> None:
    """A part of a source is not added beside the whole of it."""
    assert list(header_of(names).sources) == sources


def test_further_columns_are_judged_as_the_usual_ones() -> None:
    header = "项目名称⇥总计⇥一般公共预算⇥政府性基金⇥绩效目标⇥绩效指标"
    good = sheet(header, "合计⇥12.00⇥7.00⇥5.00⇥⇥", "某局⇥12.00⇥7.00⇥5.00⇥⇥", "执法经费⇥12.00⇥7.00⇥5.00⇥〔行〕")
    assert codes(check(good)) == []
    assert codes(check(good.replace("合计\t12.00\t7.00\t5.00", "合计\t12.00\t7.00\t6.00"))) == ["GC401", "GC403"]
    assert codes(check(good.replace("费\t12.00\t7.00\t5.00", "费\t12.00\t7.00\t5.OO"))) == ["GC105"]
    wrong = check(good.replace("局\t12.00\t7.00\t5.00", "局\t12.00\t6.00\t5.00")).findings
    assert [(f.code, f.field, f.figures["column"]) for f in wrong if f.code != "GC409"] == [
        ("GC401", "amount", "一般公共预算"),
        ("GC402", "amount", "一般公共预算"),
    ]


def test_names_of_a_site(tmp_path: Path) -> None:
    text = CLEAN.replace("总计", "核定经费").replace("财政拨款", "镇街配套").replace("\t5.00\t5.00", "\t9.00\t5.00", 1)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "base.toml").write_text('[columns]\ntotal = ["核定经费"]\n', encoding="utf-8")
    (tmp_path / "goalcheck.toml").write_text(
        'extend = "base.toml"\ncolumns.source = ["镇街配套", "其他资金"]\n', encoding="utf-8"
    )
    run = goalcheck_here("lint", tmp_path / "a.txt", "--format", "json")
    found = [(f["rule"], f["field"]) for f in json.loads(run.out)["findings"]]
    assert found == [("GC401", "total"), ("GC409", "total")]
    assert run.status == 1


def changed(**tables: Any) -> dict[str, Any]:
    return {**WRITTEN, **tables}


@tried_on(
    ("data", "says"),
    [
        (changed(more={}), "nothing else"),
        (changed(names={**WRITTEN["names"], "more": []}), "one list for each"),
        (changed(names={**WRITTEN["names"], "value": ["总计"]}), "总计 stands there twice"),
        (changed(names={**WRITTEN["names"], "value": ["指标值(万元)"]}), "'指标值'"),
        (changed(beginnings={"total": ["总计"]}), "a column of text"),
        (changed(beginnings={"name": ["单位"]}), "a column of text"),
        (changed(sources={**WRITTEN["sources"], "more": {"names": [], "of": []}}), "nothing else"),
        (changed(sources={**WRITTEN["sources"], "more": {"names": [], "within": ["nowhere"]}}), "other groups"),
        (changed(sources={**WRITTEN["sources"], "more": {"names": [], "column": "total"}}), "the column is one of"),
        (changed(sources={**WRITTEN["sources"], "more": {"names": [], "perhaps": ["nowhere"]}}), "other groups"),
        (changed(complete={**WRITTEN["complete"], "other": [["nowhere"]]}), "other groups"),
        (changed(complete={}), "one list for each"),
    ],
)
def test_the_names_are_loaded_strictly(data: dict[str, Any], says: str) -> None:
    with pytest.raises(ColumnError, match=says):
        column_names(data)
