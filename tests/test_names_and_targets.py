"""Names that hold what belongs in a value, or that measure nothing: what is said, and which rule keeps silent."""

from __future__ import annotations

from helpers import check, entry_sheet, tried_on

from goalcheck.finding import Finding
from goalcheck.prose import sentences


def found(name: str, value: str, code: str = "11-数量指标", first: str = "1-产出指标") -> list[Finding]:
    entry = f"4、{first}; {code}; {name}; 实施周期指标值:{value}; 年度指标值:{value}。"
    return list(check(entry_sheet(entry).replace("5.00", "900.00")).findings)


def codes(name: str, value: str, code: str = "11-数量指标", first: str = "1-产出指标") -> list[str]:
    return [finding.code for finding in found(name, value, code, first)]


SAID = [
    ("聘用人员230人", "≥230个", "230人", "和指标值“≥230个”单位对不上", "名称写“聘用人员人数”\uff0c指标值写“≥230人”"),
    ("低保对象1200户", "1100户", "1200户", "指标值却是“1100户”", "名称写“低保对象户数”\uff0c指标值写“1200户”"),
    ("及格率达到90%以上", "≥90%", "达到90%以上", "写进了名称", "名称写“及格率”\uff0c指标值写“≥90%”"),
    ("新建6个村级卫生室", "6个", "6个", "写进了名称", "名称写“新建村级卫生室数量”\uff0c指标值写“6个”"),
    ("每户补助2.3万元", "2.3万元/户", "2.3万元", "写进了名称", "名称写“每户补助金额”\uff0c指标值写“2.3万元”"),
    ("印刷费1.2万元", "≤12000元", "1.2万元", "写进了名称", "名称写“印刷费”\uff0c指标值写“≤1.2万元”"),
    ("巡护人员（46人）", "46人", "（46人）", "写进了名称", "名称写“巡护人员人数”\uff0c指标值写“46人”"),
]


@tried_on(("name", "value", "at", "told", "advice"), SAID)
def test_a_target_in_a_name_is_told_with_what_contradicts_it(
    name: str, value: str, at: str, told: str, advice: str
) -> None:
    (finding,) = found(name, value)
    assert (finding.code, finding.text) == ("GC609", at)
    message = sentences.message(finding, "zh")
    assert message.endswith(told)
    assert sentences.advice(finding, "zh") == advice


def test_a_bare_figure_that_the_name_has_with_its_unit_is_one_fault() -> None:
    assert codes("聘用协管员45名", "45") == ["GC609"]
    assert codes("聘用协管员", "45") == ["GC307"]


def test_a_name_that_is_its_value_is_repeated_and_no_target() -> None:
    assert codes("230人", "230人") == ["GC602"]
    assert codes("230人", "100%") == ["GC609"]


def test_a_class_for_a_name_is_not_told_to_drop_a_word() -> None:
    assert codes("数量指标", "5个") == ["GC611"]
    assert codes("数量指标(个)", "5个") == ["GC611"]
    assert codes("参训数量指标", "5个") == ["GC605"]


RATES = [
    ("发放村干部补贴", "名称写成“村干部补贴发放率”"),
    ("保持队伍稳定", "名称写成“队伍稳定率”"),
    ("按照标准发放", "名称写能算出百分之几的\uff0c如“问题解决率”“群众知晓率”"),
]


@tried_on(("name", "advice"), RATES)
def test_an_act_is_told_which_rate_it_could_be(name: str, advice: str) -> None:
    (finding,) = found(name, "100%")
    assert finding.code == "GC321"
    assert (sentences.advice(finding, "zh") or "").startswith(advice)


@tried_on("value", ["≥5%", "20%", "≤90%", "≥3项", "明显改善"])
def test_an_act_may_have_another_value(value: str) -> None:
    assert "GC321" not in codes("促进居民消费", value, "21-经济效益", "2-效益指标")


DATED = entry_sheet("4、1-产出指标; 13-时效指标; 完成时间; 实施周期指标值:2023年底; 年度指标值:2023年底。")


@tried_on(
    ("year", "speaks"),
    [
        ("2024年度", True),
        ("(2024年)", True),
        ("预算年度:2024", True),
        ("2022-2024年度", False),
        ("2023年度", False),
        ("年度", False),
        ("填报日期:2024年3月1日", False),
    ],
)
def test_a_date_is_held_against_the_year_that_the_sheet_names(year: str, speaks: bool) -> None:
    text = DATED.replace("2024年度", year, 1)
    assert ("GC610" in [finding.code for finding in check(text).findings]) == speaks


def test_a_year_further_on_that_the_goal_tells_of_is_planned() -> None:
    text = DATED.replace("2023年底", "2025年底")
    assert "GC610" in [finding.code for finding in check(text).findings]
    planned = text.replace("按时保质完成", "到2025年底按时保质完成")
    assert "GC610" not in [finding.code for finding in check(planned).findings]


@tried_on(
    ("name", "unit"), [("设备购置成本", "万元"), ("每页数字化成本", ""), ("人均培训成本", ""), ("新建学校数量", "所")]
)
def test_the_unit_that_a_name_tells(name: str, unit: str) -> None:
    """What one thing costs may be in 元 or in 万元."""
    (finding,) = [finding for finding in found(name, "25") if finding.code == "GC307"]
    assert sentences.advice(finding, "zh").partition("多半是")[2] == (f"“{unit}”" if unit else "")
