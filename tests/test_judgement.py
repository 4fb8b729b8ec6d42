"""What the rules on form, classes and values make of a sheet beyond their examples: precedence, near misses, places."""

from __future__ import annotations

import attrs
import pytest
from helpers import calls, entry_sheet, tried_on
from hypothesis import given
from hypothesis import strategies as st

from goalcheck.blanks import STRAY_GAP
from goalcheck.catalogue import example
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.finding import Finding
from goalcheck.parse.values import read_value
from goalcheck.source import Source
from goalcheck.vocabulary import fold_glyphs, vocabulary

CLASSES = {
    "quantity": "1-产出指标; 11-数量指标",
    "quality": "1-产出指标; 12-质量指标",
    "timeliness": "1-产出指标; 13-时效指标",
    "cost": "1-产出指标; 14-成本指标",
    "economy": "2-效益指标; 21-经济效益",
    "society": "2-效益指标; 22-社会效益",
    "satisfaction": "3-满意度指标; 31-服务对象满意度",
}


def find(text: str, *codes: str, taxonomy: str = "guangdong") -> list[Finding]:
    """What all rules find in ``text``; with ``codes``, what these find."""
    result = check_source(Source(text), plan(catalogue(), taxonomy, Selection(select=list(codes) or ["ALL"])))
    assert result.error is None
    return list(result.findings)


def codes(findings: list[Finding]) -> list[str]:
    return [finding.rule.code for finding in findings if finding.rule is not None]


def entry(where: str, name: str, cycle: str, annual: str | None = None) -> str:
    """A sheet with one more entry, in the class ``where``."""
    annual = cycle if annual is None else annual
    return entry_sheet(f"4、{CLASSES[where]}; {name}; 实施周期指标值:{cycle}; 年度指标值:{annual}。")


GC2 = ("GC204", "GC205", "GC206", "GC207", "GC208", "GC209")
GC3 = tuple(f"GC3{number:02}" for number in (*range(3, 20),))


@tried_on(
    ("where", "name", "value", "code"),
    [
        ("quality", "工资发放及时率(%)", "100%", "GC204"),
        ("satisfaction", "案件办理及时率", "100%", "GC204"),
        ("quantity", "按期完工率", "100%", "GC204"),
        ("timeliness", "按期完工率", "100%", None),
        ("society", "应急响应及时性提升程度", "显著提升", None),
        ("cost", "参训人数", "≥50人", "GC205"),
        ("society", "受益群众人数", "≥50人", None),
        ("quality", "获奖作品数量", "≥5件", None),
        ("quality", "差错发生次数", "≤2次", None),
        ("quality", "群众满意度调查次数", "≥2次", "GC205"),
        ("timeliness", "提前完成项目数量", "≥5个", None),
        ("quantity", "网格巡查覆盖率", "100%", "GC206"),
        ("quantity", "设备开机效率", "≥90%", None),
        ("quantity", "网格巡查率", "≥3次/天", None),
        ("economy", "企业满意度", "≥90%", "GC207"),
        ("economy", "企业满意度提升率", "≥5%", None),
        ("satisfaction", "工程验收合格率", "100%", "GC207"),
        ("satisfaction", "学员对课程的评分", "≥90分", None),
        ("economy", "经费使用率", "100%", "GC208"),
        ("economy", "社会资金到位率", "≥60%", None),
        ("society", "资金拨付及时率", "100%", "GC204"),
        ("society", "设施改造完成率", "100%", "GC209"),
        ("society", "绿化覆盖率", "≥40%", None),
    ],
)
def test_where_an_indicator_belongs(where: str, name: str, value: str, code: str | None) -> None:
    assert codes(find(entry(where, name, value), *GC2)) == ([code] if code else [])


@tried_on(
    ("where", "name", "cycle", "annual", "code"),
    [
        ("quality", "设备完好率", "≥90%", "≥95%", "GC305"),
        ("quality", "设备完好率", "≥95%", "≥90%", None),
        ("quality", "设备完好率", "95%", "90%", "GC305"),
        ("quality", "累计整改率", "100%", "50%", None),
        ("quality", "整改率", "50%", "100%", "GC305"),
        ("quantity", "植树株数", "≥100株", "≥200株", "GC305"),
        ("quantity", "人均植树株数", "≥1株", "≥2株", None),
        ("quantity", "巡查次数", "≥2次/天", "≥3次/天", None),
        ("quantity", "保洁长度", "≥2公里", "≥2000米", None),
        ("quantity", "慰问", "≥20人", "≥20户", "GC306"),
        ("quantity", "慰问", "≥20人", "20人", "GC306"),
        ("quantity", "慰问", "=20人", "20人", "GC311"),
        ("quality", "合格率", "≥100%", "100%", "GC311"),
        ("quantity", "慰问", "不少于20人", "≥20人", "GC309"),
        ("quantity", "慰问", "≥20", "20", "GC306"),
        ("quantity", "慰问", "20", "20", "GC307"),
        ("quantity", "慰问(人)", "20", "20", None),
        ("quantity", "完成年份", "2025", "2025", None),
        ("quantity", "慰问", "按照区核定人数", "按照区核定人数", "GC313"),
        ("society", "服务水平", "参照上级文件", "提升", "GC313"),
        ("quantity", "慰问", "若干", "若干", "GC312"),
        ("timeliness", "完成时间", "及时有效", "及时有效", "GC312"),
        ("timeliness", "完成时间", "春节前", "春节前", None),
        ("timeliness", "完成时间", "每年4月15日前", "2025年4月15日前", None),
        ("timeliness", "完成时间", "每年12月底前", "12月底前", None),
        ("timeliness", "完成时间", "每月5日前", "5日前", None),
        ("timeliness", "完成时间", "2025年3月31日前", "次年3月底前", None),
        ("timeliness", "完成时间", "每年12月", "2025年12月", None),
        ("timeliness", "完成时间", "每季度末前", "2025年12月31日前", None),
        ("timeliness", "完成时间", "每年6月底\u300112月底前", "12月底前", None),
        ("timeliness", "完成时间", "每年汛期前", "2025年5月31日前", None),
        ("timeliness", "完成时间", "年内", "2025年12月底前", None),
        ("timeliness", "完成时间", "每年12次", "2025年12月底前", "GC306"),
        ("timeliness", "完成时间", "每月8日前", "100%", "GC306"),
        ("timeliness", "完成时间", "每年底前", "≤12个月", "GC306"),
        ("timeliness", "完成时间", "5日内", "2025年4月15日前", "GC306"),
        ("timeliness", "完成时间", "2025年12月底前", "及时有效", "GC306"),
        ("timeliness", "完成时间", "12月底前", "绝不落后", "GC306"),
        ("timeliness", "完成时间", "每季度", "2025年12月底前", "GC306"),
        ("satisfaction", "居民不满意率", "≥5%", "≥5%", "GC314"),
        ("society", "未成年人保护知识知晓率", "≥90%", "≥90%", None),
        ("society", "未成年人保护知识知晓率", "≤90%", "≤90%", "GC314"),
        ("society", "调解纠纷投诉数", "≥90宗", "≥90宗", None),
        ("quality", "返工率", ">1%", ">1%", "GC314"),
        ("society", "校园无重大安全事故天数", "≥300天", "≥300天", None),
        ("society", "未发生较大及以上责任事故天数", "≥300天", "≥300天", None),
        ("quality", "收费无差错天数", "≥240天", "≥240天", None),
        ("society", "消防安全事故起数", "≥1起", "≥1起", "GC314"),
        ("satisfaction", "居民满意度", "≥75%", "≥75%", "GC315"),
        ("satisfaction", "居民满意度", "75%", "75%", "GC308"),
        ("satisfaction", "居民满意度", "≥80.5%", "≥80.5%", None),
        ("quantity", "慰问", "1.5人", "1.5人", "GC317"),
        ("quantity", "慰问", "1.50万人", "1.50万人", None),
        ("quantity", "慰问", "12.0人", "12.0人", None),
        ("quality", "合格率", "120%", "90%", "GC304"),
        ("quality", "合格率", "9O%", "90%", "GC303"),
    ],
)
def test_what_a_value_says(where: str, name: str, cycle: str, annual: str, code: str | None) -> None:
    """One fault gives one finding, of the most telling rule; a low bare satisfaction has two faults."""
    expected = [code] if code else []
    if (name, cycle) == ("居民满意度", "75%"):
        expected = ["GC308", "GC315"]
    assert codes(find(entry(where, name, cycle, annual), *(c for c in GC3 if c not in ("GC310", "GC318")))) == expected


def test_both_values_are_one_fault() -> None:
    (finding,) = find(entry("satisfaction", "居民满意度", "90%"), "GC308")
    text = entry("satisfaction", "居民满意度", "90%")
    assert text[finding.start : finding.end] == "90%"
    assert [text[related.start : related.end] for related in finding.related] == ["90%"]
    assert finding.start < finding.related[0].start
    assert finding.field == "cycle_value"
    assert finding.fix is not None
    assert len(finding.fix.edits) == 2


@tried_on(
    ("name", "value", "suggestion"),
    [
        ("征订份数", "115", "115份"),
        ("接访群众次数", "≥4", "≥4次"),
        ("演出场次", "4", "4场"),
        ("参加活动人次", "90", "90人次"),
        ("新建组织数量", "1", None),
        ("员工", "6", None),
    ],
)
def test_the_name_tells_the_unit(name: str, value: str, suggestion: str | None) -> None:
    (finding,) = find(entry("quantity", name, value), "GC307")
    assert finding.suggestion == suggestion


def test_misfiled_satisfaction_is_silent_where_the_levels_disagree() -> None:
    text = entry_sheet("4、2-效益指标; 31-服务对象满意度; 群众满意度; 实施周期指标值:≥90%; 年度指标值:≥90%。")
    assert codes(find(text, "GC2")) == ["GC203"]


def test_benefit_in_words_is_not_said_twice() -> None:
    text = entry("society", "服务水平", "按照实施方案要求")
    assert codes(find(text, "GC312", "GC313", "GC318")) == ["GC313"]


@pytest.mark.parametrize("taxonomy", TAXONOMIES)
def test_classes_go_by_role_not_by_code(taxonomy: str) -> None:
    text = entry("quality", "投诉受理及时率", "100%")
    (finding,) = find(text, "GC204", taxonomy=taxonomy)
    assert finding.suggestion == "1-产出指标; 13-时效指标"


def test_cost_is_a_first_level_in_2021() -> None:
    text = entry_sheet("4、4-成本指标; 41-经济成本; 培训人数; 实施周期指标值:≥50人; 年度指标值:≥50人。")
    (finding,) = find(text, "GC205", taxonomy="central-2021")
    assert finding.suggestion == "1-产出指标; 11-数量指标"
    vague = entry_sheet("4、4-成本指标; 41-经济成本; 培训成本; 实施周期指标值:合理; 年度指标值:合理。")
    assert codes(find(vague, "GC312", taxonomy="central-2021")) == ["GC312"]


def test_class_conflict_skips_what_is_misfiled() -> None:
    """The one under 质量 is GC204's; there is no second finding that the two differ."""
    one = "4、1-产出指标; 13-时效指标; 补贴发放及时率; 实施周期指标值:100%; 年度指标值:100%。"
    other = "5、1-产出指标; 12-质量指标; 补贴发放及时率; 实施周期指标值:100%; 年度指标值:100%。"
    assert codes(find(entry_sheet(one + other), "GC2")) == ["GC204"]


def test_class_conflict_names_project_and_entry() -> None:
    one = "4、2-效益指标; 22-社会效益; 养护水平; 实施周期指标值:提升; 年度指标值:提升。"
    other = "5、2-效益指标; 23-生态效益; 养护水平; 实施周期指标值:提升; 年度指标值:提升。"
    (finding,) = find(entry_sheet(one + other), "GC210")
    assert (finding.project, finding.unit, finding.indicator) == ("社区培训经费", "街道办事处", 5)
    assert finding.related[0].start < finding.start


# --- form ------------------------------------------------------------------------------------------------------------


@given(
    st.sampled_from(sorted(word for word, sign in vocabulary().sign_before.items() if sign not in ("", "="))),
    st.integers(1, 99),
    st.sampled_from(["%", "人", "次", "场", "万元", "公里", "小时", "个工作日"]),
    st.sampled_from(["", "以上", "以内", "（含）以上", "及以下"]),
)
def test_a_sign_means_what_its_word_meant(word: str, number: int, unit: str, bound: str) -> None:
    """And the text is a quantity with a sign afterwards, whatever words stood around it."""
    text = f"{word}{number}{unit}{bound}"
    before = read_value(text)
    found = find(entry("quantity", "慰问", text), "GC309")
    if before.kind != "quantity":
        assert found == []
        return
    (finding,) = found
    assert finding.fix is not None
    assert finding.fix.safe
    assert finding.suggestion is not None
    after = read_value(finding.suggestion)
    assert not after.worded
    full = before.unit == "%" and before.numbers == (100,) and not after.comparator  # 达到100% is 100%
    assert attrs.evolve(after, worded=True) == before or full


def test_what_the_vocabulary_says_is_what_is_read() -> None:
    ours = vocabulary()
    for word, sign in ours.sign_before.items():
        assert (read_value(f"{word}5人").comparator, read_value(f"{word}5人").worded) == (sign, True), word
    for word, sign in ours.sign_behind.items():
        assert (read_value(f"5人{word}").kind, read_value(f"5人{word}").comparator) == ("quantity", sign), word
    for text in (*ours.nothing_anywhere, *ours.dashes):
        assert read_value(text).kind == "blank", text
    for unit in ours.units:
        assert unit[0] in "百千万亿" or read_value(f"三{unit}").kind == "quantity", unit  # else part of the number
    gap = ours.gap
    marks = [char for marks in (*gap["marks"], gap["numerals"], gap["letters"]) for char in marks]
    for text in (*(2 * char for char in marks), *(f"({word}数)" for word in gap["words"])):
        assert (read_value(text).kind, read_value(f"第{text}名").kind) == ("residue", "residue"), text
        found = ours.template_gap(f"第{text}名")
        assert found is not None
        assert found[0] == text
    for text in gap["alone"]:
        assert (read_value(text).kind, read_value(f"等{text}").kind) == ("residue", "words"), text


@given(st.text(alphabet="0９8１%\uff05\uff1e\uff1c\uff1d><=≦≧≤≥\uff0e.人次ＡaＯ -\uff0d年月", min_size=1, max_size=8))
def test_glyphs_do_not_change_what_is_read(text: str) -> None:
    folded = fold_glyphs(text)
    assert fold_glyphs(folded) == folded
    assert read_value(text) == read_value(folded)


PAGE = "项目名称\t总计\t绩效目标\t绩效指标\n"
ROW = example.wrap("社区{}经费⇥5.00⇥〔目标〕⇥〔指标〕\n", "sheet").text


def paged(*parts: str) -> str:
    """A sheet of ``parts``: H is a column header, r a row, anything else a footer."""
    rows = iter(range(99))
    body = "".join(
        PAGE if part == "H" else ROW.replace("{}", str(next(rows))) if part == "r" else f"{part}\n" for part in parts
    )
    return f"2024年度\t单位:万元\n{body}"


@tried_on(
    ("parts", "places"),
    [
        ("H r 第1页,共2页 H r", 0),
        ("H r 第1页,共3页 H r", 1),
        ("H r 第1页,共2页 r 第2页,共2页", 0),
        ("H r 第1页 H r 第2页 H r 第4页", 1),
        ("H r 第1页 H r H r 第3页", 0),
        ("H r -37- H r -38-", 0),
        ("H r 第1页,共1页 H r 第1页,共1页", 0),
        ("H r 第1页,共2页 H r 第1页,共1页", 1),
        ("第1页,共2页 H r 第2页,共2页 H r", 0),
        ("H r 1/3 H r 3/3", 1),
        ("H r H r", 0),
    ],
)
def test_pages(parts: str, places: int) -> None:
    text = paged(*parts.split(" "))
    found = find(text, "GC107")
    assert len(found) == places
    for finding in found:
        assert finding.field == "sheet"
        assert finding.end > finding.start


def test_an_entry_prefers_its_own_semicolon() -> None:
    text = entry_sheet("4、1-产出指标\uff1b11-数量指标\uff1b慰问人数\uff0c实施周期指标值:9人\uff1b年度指标值:9人。")
    (finding,) = find(text, "GC102")
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == ["\uff1b"]


def test_a_stray_remark_has_no_terminator_of_its_own() -> None:
    text = entry_sheet("4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:9人; 年度指标值:9人; 备注:另行通知。")
    assert codes(find(text, "GC1")) == ["GC101"]


@tried_on("head", ["二〇二五年度", "2025 年", "预算年度:\uff12\uff10\uff12\uff15", "2025年"])
def test_the_year_is_read_as_people_write_it(head: str) -> None:
    text = f"项目支出绩效目标表\n{head}\n{PAGE}{ROW.replace('{}', '')}"
    said = [str(finding.figures["what"]) for finding in find(text, "GC110")]
    assert not any("year" in what for what in said)


@tried_on(
    ("head", "year"),
    [
        ("编制日期:2025年11月3日", False),
        ("填报日期\uff1a2025-11-03", False),
        ("填表时间: 2025年11月", False),
        ("日期\t2025.11.3", False),
        ("根据财预〔2015〕88号", False),
        ("财预[2015]88号 (2026)", True),
        ("编制日期:2025年11月3日 预算年度:2026", True),
        ("打印日期\t2025.11\n2026年度", True),
        ("起止日期:2026年1月1日-2026年12月31日", True),
        ("起止时间:2026年1月-12月", True),
        ("完成日期:2026年12月31日", True),
        ("填报时间:2026年度", True),
    ],
)
def test_the_day_on_which_a_sheet_was_made_out_is_no_budget_year(head: str, year: bool) -> None:
    text = f"项目支出绩效目标表\n{head}\t单位:万元\n{PAGE}{ROW.replace('{}', '')}"
    assert bool(find(text, "GC110")) is not year


@tried_on(
    ("value", "offered"),
    [("292%", "\u226592%"), ("2100%", "\u2265100%"), ("298.5%", "\u226598.5%"), ("230%", None), ("395%", None)],
)
def test_a_sign_read_as_a_digit_is_offered_beside_values_that_have_it(value: str, offered: str | None) -> None:
    said = "4、1-产出指标; 12-质量指标; 工程验收合格率; 实施周期指标值:{0}; 年度指标值:{0}。".format
    beside = "5、3-满意度指标; 31-服务对象满意度; 学员满意度; 实施周期指标值:\u226590%; 年度指标值:\u226590%。"
    assert [f.suggestion for f in find(entry_sheet(said(value) + beside), "GC304")] == [offered] * 2


SOUND = """
economy | 政府债务率 | ≤120%
economy | 农业保险综合赔付率 | ≤120%
quantity | 招商引资任务完成率 | ≥110%
economy | 税收收入完成率 | ≥102%
cost | 预算偏离度 | -5%-5%
economy | 为消费者挽回经济损失 | ≥50万元
society | 劝返辍学人数 | ≥5人
society | 消除交通拥堵点 | ≥5处
society | 发现并报告违法违规件数 | ≥20件
quality | 网络中断次数 | ≤2次
quality | 患者跌倒例数 | 0例
quality | 获市级以上奖项数量 | ≥3项
quality | 授权专利数量 | ≥2件
quality | LED灯具替换率 | 100% | 60%
quantity | 改造小区 | 20个 | 完成方案设计
quantity | 道路建设里程 | 12公里 | 完成前期工作
timeliness | 竣工时间 | 2026年6月 | 完成主体结构封顶
society | 万人发明专利拥有量 | ≥12.5件
society | 千人口注册护士数 | ≥3.55人
quality | 数据中心PUE | ≤1.3
quality | 出水pH值 | 6-9
satisfaction | 服务对象回头率 | ≥60%
quantity | 口蹄疫强制免疫 | 应免尽免
quantity | 临时救助人次 | 据实救助
quality | 项目验收 | 按合同约定验收合格
quantity | 肺结核患者管理人数 | 按实际登记数全部管理
quality | 公园建设标准 | 达到4A级
society | 未成年人保护知识知晓率 | ≥90%
quantity | 改造面积 | ≥30 平方 米
cost | 单价 | ≤12元 / 人
"""


@tried_on("line", SOUND.strip().splitlines())
def test_sound_indicators_that_look_like_faults(line: str) -> None:
    where, name, *values = (part.strip() for part in line.split("|"))
    found = find(entry(where, name, *values), "GC2", "GC3", "GC602", "GC603", "GC605")
    assert [code for code in codes(found) if code not in ("GC206", "GC209", "GC310", "GC318")] == []


@tried_on(
    ("where", "name", "value", "code"),
    [
        ("society", "资金到位率", "100%", "GC208"),
        ("society", "国库集中支付率", "100%", "GC208"),
        ("timeliness", "故障响应时间", "≤2", "GC307"),
        ("timeliness", "故障响应时间", "≥2小时", "GC314"),
        ("society", "信访量", "≥10件", "GC314"),
        ("satisfaction", "诉求处理率", "100%", "GC207"),
        ("quantity", "慰问人数", "〇〇人", "GC108"),
        ("quantity", "慰问人数", "\uff0a\uff0a人", "GC108"),
        ("society", "具有影响力的文化品牌", "打造具有影响力的文化品牌不少于1个", "GC602"),
    ],
)
def test_faults_that_look_sound(where: str, name: str, value: str, code: str) -> None:
    assert code in codes(find(entry(where, name, value), "GC1", "GC2", "GC3", "GC6"))


@pytest.mark.parametrize("stop", [".", "\uff0e"])
def test_a_latin_stop_ends_an_entry(stop: str) -> None:
    """It is the wrong terminator, and nothing of the value before it."""
    first = f"4、{CLASSES['quantity']}; 慰问人数; 实施周期指标值:≥50人; 年度指标值:≥50人{stop}"
    second = f"5、{CLASSES['quality']}; 慰问品合格率; 实施周期指标值:≥90%; 年度指标值:≥90%{stop}"
    text = entry_sheet(first + second)
    found = find(text, "GC1", "GC3")
    assert [(finding.rule.code, text[finding.start : finding.end]) for finding in found if finding.rule] == [
        ("GC103", stop),
        ("GC103", stop),
    ]


SPACED = [
    "≤2万元",
    "30平方米",
    "6个月",
    "1次/月",
    "不少于2次/年",
    "大于等于90%",
    "控制在90%以内",
    "90%（含）以上",
    "百分之九十",
    "2023.07-2024.01",
    "8：30前",
    "ＡＡ级",
    "12，000人",
    "AB类",
    "80%-90%",
    "等于90%",
]


@given(
    st.sampled_from(SPACED),
    st.lists(st.integers(0, 12), max_size=3),
    st.sampled_from([" ", "\u3000", "\xa0", "\n"]),
)
def test_stray_spaces_do_not_change_what_is_read(value: str, places: list[int], blank: str) -> None:
    """So that the safe fix, which removes them, keeps what the value says."""
    text = value
    for place in places:
        text = f"{text[:place]}{blank}{text[place:]}".strip()
    assert read_value(STRAY_GAP.sub("", text)) == read_value(text)


@pytest.mark.parametrize("word", ["等于90%", "等于12次"])
def test_a_word_that_no_list_has_is_left_alone(word: str) -> None:
    assert codes(find(entry("quality", "合格率", word), "GC309")) == []


def test_a_run_of_marks_is_one_separator() -> None:
    text = entry_sheet(f"4、{CLASSES['quantity']}; 培训次数 \uff0c 、; 实施周期指标值:≥12次 , 、年度指标值:≥12次。")
    (finding,) = find(text, "GC1")
    assert finding.fix is not None
    assert [text[edit.start : edit.end] for edit in finding.fix.edits] == ["\uff0c 、;", ", 、"]


def test_many_units_without_projects_cost_no_more_than_their_number() -> None:
    head = "2024年度\t单位:万元\n项目名称\t总计\t财政拨款\t绩效目标\t绩效指标\n"
    sheets = [Source(head + "街道办事处\t5.00\t5.00\t\t\n" * number) for number in (100, 400)]
    every = plan(catalogue(), "guangdong", Selection(select=["ALL"]))
    few, many = (calls(lambda s=source: check_source(s, every)) for source in sheets)
    assert many < 6 * few
