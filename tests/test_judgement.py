"""What the rules on form, classes and values make of a sheet beyond their examples: precedence, near misses, places."""

from __future__ import annotations

import attrs
import pytest
from helpers import entry_sheet
from hypothesis import given
from hypothesis import strategies as st

from goalcheck import example
from goalcheck.config.selection import Selection, plan
from goalcheck.engine import check_source
from goalcheck.finding import Finding
from goalcheck.parse.values import read_value
from goalcheck.rule import TAXONOMIES, catalogue
from goalcheck.sheet import fold_glyphs
from goalcheck.source import Source

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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("where", "name", "cycle", "annual", "code"),
    [
        ("quality", "设备完好率", "≥95%", "≥90%", "GC305"),
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
        ("satisfaction", "居民不满意率", "≥5%", "≥5%", "GC314"),
        ("society", "未成年人保护知识知晓率", "≥90%", "≥90%", None),
        ("society", "未成年人保护知识知晓率", "≤90%", "≤90%", "GC314"),
        ("society", "调解纠纷投诉数", "≥90宗", "≥90宗", None),
        ("quality", "返工率", ">1%", ">1%", "GC314"),
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


@pytest.mark.parametrize(
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
    text = entry_sheet("4、4-成本指标; 41-经济成本; 培训人数; 实施周期指标值:≤50人; 年度指标值:≤50人。")
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

SIGNS = [word for name in ("greater", "less", "at-least", "at-most") for word in catalogue().lexicon[f"signs-{name}"]]
BEHIND = ("以上", "以下", "以内", "之内", "内")


@given(
    st.sampled_from([word for word in SIGNS if word not in BEHIND]),
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


def test_every_sign_word_of_the_grammar_is_in_the_lexicon() -> None:
    for word in SIGNS:
        form = read_value(f"{word}5人" if word not in BEHIND else f"5人{word}")
        assert (form.kind, form.worded) == ("quantity", True), word


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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("head", ["二〇二五年度", "2025 年", "预算年度:\uff12\uff10\uff12\uff15", "2025年"])
def test_the_year_is_read_as_people_write_it(head: str) -> None:
    text = f"项目支出绩效目标表\n{head}\n{PAGE}{ROW.replace('{}', '')}"
    said = [str(finding.figures["what"]) for finding in find(text, "GC110")]
    assert not any("year" in what for what in said)
