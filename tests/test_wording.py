"""The wording of goals, names and values: what is a fault, what only looks like one, and which finding speaks."""

from __future__ import annotations

import time

import pytest
from helpers import SAMPLE, entry_sheet, tried_on

from goalcheck.catalogue.example import ENTRIES, wrap
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.finding import Finding
from goalcheck.prose import sentences
from goalcheck.readers.plain import decode
from goalcheck.source import Source


def findings(text: str, *rules: str) -> list[Finding]:
    """What the rules named, in whatever set they are, find in ``text``."""
    result = check_source(Source(text), plan(catalogue(), TAXONOMIES[0], Selection(select=rules)))
    assert result.error is None
    return list(result.findings)


def marked(text: str, *rules: str) -> list[str]:
    """The stretches of ``text`` at fault."""
    return [text[f.start : f.end] for f in findings(text, *rules)]


def goal(text: str, entries: str = ENTRIES) -> str:
    """A sheet whose only project has the goal ``text``."""
    return wrap(f"{text}⇥{entries}", "project").text


def among_others(text: str) -> str:
    """A sheet in which two projects have whole goals, and the last one ``text``."""
    rows = [f"社区经费{at}⇥1.00⇥1.00⇥⇥⇥{said}⇥〔指标〕" for at, said in enumerate(("组织培训。", "提高水平。", text))]
    return wrap("\n".join(["合计⇥3.00⇥3.00⇥⇥⇥⇥", "街道办事处⇥3.00⇥3.00⇥⇥⇥⇥", *rows, ""]), "row").text


def named(name: str, value: str = "≥90%") -> str:
    """The standard sheet with one more entry."""
    return entry_sheet(f"4、2-效益指标; 22-社会效益; {name}; 实施周期指标值:{value}; 年度指标值:{value}。")


def codes(text: str) -> list[str]:
    """The rules of this family, but for those that compare with goals, that speak of the entry at the end."""
    ours = ("GC602", "GC603", "GC604", "GC605")
    return [f.rule.code for f in findings(text, *ours) if f.rule is not None]


# The goal


@tried_on("end", ["。", ";", "\uff1b", "!", "\uff01", ")", "\uff09", "。\u201d", "\uff1b\u2019", '!"', "。 "])
def test_a_goal_may_end_so(end: str) -> None:
    assert marked(goal(f"组织社区工作者参加培训{end}"), "GC601") == []


@tried_on(
    "whole",
    ["推动义务教育普及", "引导群众广泛参与", "做好突发事件应对", "完成机构合并", "坚持问题导向", "促进供需关系缓和"],
)
def test_a_whole_word_that_ends_like_a_connective_ends_a_goal(whole: str) -> None:
    assert [finding.code for finding in findings(goal(whole), "GC601", "GC612")] == ["GC612"]


@tried_on(
    "cut", ["提升群众满意度以及", "完成土地确权和", "工作方针针对", "宣传政策并", "开展工作,向", "人员和设备涉及"]
)
def test_a_goal_that_ends_on_a_connective_is_cut(cut: str) -> None:
    assert [finding.code for finding in findings(goal(cut), "GC601", "GC612")] == ["GC601"]


CUT = ("\uff0c", ",", "、", ":", "…", "同时", "并", "进一步", "例如", "以及")


@tried_on("end", ["", ".", "\u201d", "》", "等", "\uff1f", *CUT])
def test_a_goal_may_not_end_so_where_others_do_not(end: str) -> None:
    text = among_others(f"组织社区工作者参加培训{end}")
    (finding,) = findings(text, "GC601", "GC612")
    assert finding.code == "GC601"
    assert finding.start == finding.end
    assert text[: finding.end].endswith(f"培训{end}")
    said = "绩效目标末尾没有句号\uff0c别的项目大多有\uff1a话没说完\uff0c或者漏了句号"
    said = f"绩效目标没有说完\uff1a停在“{end}”上" if end in CUT else said
    assert sentences.message(finding, "zh") == ("绩效目标末尾是“.”\uff0c不是句号" if end == "." else said)


@tried_on("end", ["", ".", "\u201d", "》", "等", "\uff1f", *CUT])
def test_a_goal_that_reads_whole_alone_only_lacks_its_stop(end: str) -> None:
    (finding,) = findings(goal(f"组织社区工作者参加培训{end}"), "GC601", "GC612")
    assert finding.code == ("GC601" if end in CUT else "GC612")


@tried_on("mark", [",", "\uff0c", "、", "。", ";", "\uff1b", ")", "\uff09", "》", "\u201d", "】", "」", ":"])
def test_a_goal_may_not_begin_so(mark: str) -> None:
    assert marked(goal(f"{mark}组织社区工作者参加培训。"), "GC601") == [mark]


@tried_on("mark", ["(", "\uff08", "《", "\u201c", '"两新"', "\u201d两新\u201d", "1.", "一是", "(一)", "-"])
def test_a_goal_may_begin_so(mark: str) -> None:
    assert marked(goal(f"{mark}组织社区工作者参加培训。"), "GC601") == []


def test_one_finding_a_goal() -> None:
    text = goal("、职业化建设\uff0c促进社区工作者做好")
    (finding,) = findings(text, "GC601")
    assert text[finding.start : finding.end] == "、"
    (end,) = finding.related
    assert text[: end.end].endswith("做好")


@tried_on("text", ["", "无", "—", "请填写绩效目标", "培训XX人次", "、____"])
def test_what_is_no_goal_is_not_cut_off(text: str) -> None:
    assert marked(goal(text), "GC601") == []


def test_a_goal_of_several_lines_ends_where_its_cell_does() -> None:
    assert marked(goal('"组织培训\n提高业务水平。\n"'), "GC601") == []
    text = among_others('"组织培训。\n提高业务水平\n"')
    (finding,) = findings(text, "GC601")
    assert text[: finding.end].endswith("业务水平")


# Names

SOUND = [
    ("项目验收通过率", "≥90%"),
    ("通过国家\uff0c省\uff0c市三级验收的项目数", "≥3个"),
    ("为老服务\uff0c助餐服务人次", "≥100人次"),
    ("窗口服务(咨询,受理,办结)满意率", "≥90%"),
    ("政策宣传,业务培训", "≥4场"),
    ("居民增进了解程度", "明显"),
    ("公共基础设施改造提升", "完善提升"),
    ("服务水平提升率", "提升"),
    ("提升改造道路里程", "提升"),
    ("完善制度项数", "≥3项"),
    ("增加就业人数", "≥100人"),
    ("制度完善程度", "完善"),
    ("对经济发展的促进作用", "明显促进"),
    ("促进居民就业的效果", "有效促进"),
    ("社会稳定", "良好"),
    ("管理制度", "健全"),
    ("推进机制", "完善"),
    ("促进作用", "明显"),
    ("环境", "改善"),
    ("改善", "改善型"),
    ("工资和补贴发放率", "100%"),
    ("获得感、幸福感、安全感", "增强"),
    ("治理体系和治理能力现代化水平", "提升"),
    ("服务态度和服务效率的满意率", "≥90%"),
    ("工作效率和出勤率", "≥90%"),
    ("参训人数、合格人数统计准确率", "≥90%"),
    ("资格考试合格率及时上报宗数", "≥9宗"),
    ("参与率和谐社区个数", "≥9个"),
    ("和及格率", "≥9%"),
    ("指标完成率", "100%"),
    ("约束性指标", "完成"),
    ("培训人次(线上)", "≥9人次"),
    ("培训(二期)", "≥9期"),
    ("满意度(含投诉)", "≥9分"),
    ("指标", "完成"),
]


@tried_on(("name", "value"), SOUND)
def test_sound_names(name: str, value: str) -> None:
    assert codes(named(name, value)) == []


FAULTY = [
    ("GC602", "通过开展培训\uff0c提高居民就业率", "≥90%", "通过开展培训\uff0c提高居民就业率"),
    ("GC602", "加强管理,有效提升服务水平", "提升", "加强管理,有效提升服务水平"),
    ("GC602", "确保资金安全\uff0c专款专用", "100%", "确保资金安全\uff0c专款专用"),
    ("GC602", "按时发放工资", "按时发放工资", "按时发放工资"),
    ("GC602", "居民生活质量", "居民生活质量稳步提高", "居民生活质量"),
    ("GC602", "提升服务水平", "提升服务水平", "提升服务水平"),
    ("GC603", "提 升公共服务水平", "提升", "提 升"),
    ("GC603", "提高居民就业率", "显著提高", "提高"),
    ("GC603", "进一步改善人居环境", "明显改善", "进一步改善"),
    ("GC603", "社会治安得到改善", "改善", "得到改善"),
    ("GC603", '"两新"党组织的凝聚力增 强', "增强", "增 强"),
    ("GC603", "工资发放及时", "及时", "及时"),
    ("GC603", "促进社会和谐", "有效促进", "促进"),
    ("GC604", "知晓率和满意率", "≥90%", "知晓率和满意率"),
    ("GC604", "设施完好率、使用率", "≥90%", "设施完好率、使用率"),
    ("GC604", "培训场次以及参训人数", "≥9场", "培训场次以及参训人数"),
    ("GC604", "教学质量和办学水平", "提升", "教学质量和办学水平"),
    ("GC605", "居民满意度 指标", "≥90%", "指标"),
    ("GC605", "合格率 ( % )", "≥90%", "( % )"),
    ("GC605", "合格率\uff08\uff05\uff09", "≥90%", "\uff08\uff05\uff09"),
    ("GC605", "达标率\uff05", "≥90%", "\uff05"),
    ("GC605", "满意度指标值", "≥90%", "指标值"),
    ("GC605", "补贴标准(元/人·月)", "≥500元", "(元/人·月)"),
    ("GC605", "免费培训课时(学时)", "≥9学时", "(学时)"),
    ("GC605", "节能减排指标(%)", "≥9%", "(%)"),
]


@tried_on(("code", "name", "value", "part"), FAULTY)
def test_faulty_names(code: str, name: str, value: str, part: str) -> None:
    """One fault, one finding: a clause that also holds a verdict or two measures is a clause."""
    text = named(name, value)
    assert codes(text) == [code]
    assert marked(text, code) == [part]


@tried_on(
    ("name", "tidy", "value"),
    [
        ("开展活动(次数)", "开展活动次数", "≥9件"),
        ("活动次数(次数)", "活动次数", "≥9件"),
        ("参加人数\uff08人次\uff09", "参加人数", "≥9人次"),
        ("参加活动 (人次)", "参加活动人次", "≥9件"),
        ("满意度 指标 (%)", "满意度", "≥9%"),
        ("出台文件(单位:件)", "出台文件件数", "≥9件"),
    ],
)
def test_a_tidied_name_keeps_its_meaning(name: str, tidy: str, value: str) -> None:
    text = named(name, value)
    (finding,) = findings(text, "GC605")
    assert finding.suggestion == tidy
    assert finding.fix is not None
    assert not finding.fix.safe
    (edit,) = finding.fix.edits
    mended = text[: edit.start] + edit.text + text[edit.end :]
    assert mended == named(tidy, value)
    assert findings(mended, "GC605") == []


def test_the_advice_to_tidy_a_name_says_where_its_unit_goes() -> None:
    (packed,) = findings(named("造林面积(亩)", "80000"), "GC605")
    header = "项目名称\t造林\n一级指标\t二级指标\t三级指标\t符号\t指标值\t计量单位\n"
    (by_row,) = findings(f"{header}产出指标\t数量指标\t造林面积(亩)\t≥\t80000\t\n", "GC605")
    assert packed.suggestion is by_row.suggestion is None
    assert sentences.advice(packed, "zh") == "名称写“造林面积”\uff0c“亩”写到指标值的数字后面"
    assert sentences.advice(by_row, "zh") == "名称写“造林面积”\uff0c“亩”写进单位那一格"


def test_the_name_of_a_state_keeps_a_noun() -> None:
    (change,) = findings(named("提升公共服务水平", "提升"), "GC603")
    (state,) = findings(named("设备运行正常", "正常"), "GC603")
    assert sentences.advice(change, "zh").startswith("名称只写“公共服务水平”")
    assert sentences.advice(state, "zh").startswith("名称写“设备运行情况”")


# Goal and indicators


@tried_on(
    ("about", "name", "foreign"),
    [
        ("组织社区工作者参加培训。", "禁毒宣传覆盖率", True),
        ("组织社区工作者参加禁毒培训。", "禁毒宣传覆盖率", False),
        ("组织社区工作者参加培训。", "培训活动宣传覆盖率", False),
        ("组织社区工作者参加培训。", "经费支出进度", False),
        ("组织社区工作者参加培训。", "禁毒宣传满意度", False),
        ("", "禁毒宣传覆盖率", False),
        ("XX", "禁毒宣传覆盖率", False),
    ],
)
def test_an_indicator_speaks_of_its_project(about: str, name: str, foreign: bool) -> None:
    entry = f"4、2-效益指标; 22-社会效益; {name}; 实施周期指标值:≥90%; 年度指标值:≥90%。"
    assert marked(goal(about, ENTRIES + entry), "GC606") == ([name] if foreign else [])


def test_a_name_that_tells_enough_stands_for_a_goal() -> None:
    entry = "4、2-效益指标; 22-社会效益; 禁毒宣传覆盖率; 实施周期指标值:≥90%; 年度指标值:≥90%。"
    text = goal("", ENTRIES + entry).replace("社区培训经费", "劳动保障监察协管员经费")
    assert "禁毒宣传覆盖率" in marked(text, "GC606")


@tried_on(
    ("promise", "value"),
    [
        ("培训2次", "两次"),
        ("培训1.2万人次", "≥12000人次"),
        ("培训12000人次", "≥1.2万人次"),
        ("培训1,200人次", "≥1200人次"),
        ("培训\uff11\uff12\uff10人次", "≥120人次"),
        ("培训40%的工作者", "30%-40%"),
        ("培训7个社区的工作者", "举办培训不少于7场"),
    ],
)
def test_a_figure_is_taken_up_in_any_form(promise: str, value: str) -> None:
    entry = f"4、1-产出指标; 11-数量指标; 培训数量; 实施周期指标值:{value}; 年度指标值:{value}。"
    assert marked(goal(f"{promise}。", ENTRIES + entry), "GC607") == []
    assert len(marked(goal(f"{promise}。"), "GC607")) == 1


@tried_on(
    "text",
    [
        "按府办〔2018〕34号文第7条和《8项规定》开展培训。",
        "2024年7月31日前\uff0c为65岁以上老年人培训3年。",
        "评比进入前3名\uff0c第7次获奖。",
        "增强“4个意识”\uff0c每月培训2次\uff0c建设1906科技园。",
        "培训30-40人\uff0c用7\u00d724小时热线\uff0c建5G基站。",
        "投入资金500万元。",
    ],
)
def test_not_every_number_is_a_promise(text: str) -> None:
    assert marked(goal(text), "GC607") == []


def test_one_finding_tells_all_figures_without_indicator() -> None:
    text = goal("培训8个社区的工作者,1500人次\uff0c持证率90%\uff0c合格率98%。")
    (finding,) = findings(text, "GC607")
    assert text[finding.start : finding.end] == "8个"
    assert [text[r.start : r.end] for r in finding.related] == ["1500人次", "98%"]
    assert "“8个”、“1500人次”、“98%”" in sentences.message(finding, "zh")


def test_what_cannot_be_read_may_take_a_figure_up() -> None:
    assert marked(goal("培训8个社区。", f"{ENTRIES}4、1-产出指标; 培训社区; 8个。"), "GC607") == []
    assert marked(goal("培训8个社区。", ""), "GC607") == []


# Figures in words


@tried_on(
    ("value", "digits"),
    [
        ("百分之九十", "90%"),
        ("百分之 90", "90%"),
        ("达到百分之百", "达到100%"),
        ("不少于两次", "不少于2次"),
        ("≥十二场", "≥12场"),
        ("二十四小时内", "24小时内"),
        ("一百二十人次", "120人次"),
        ("九成以上", "90%以上"),
        ("≥九成五", "≥95%"),
        ("三%", "3%"),
    ],
)
def test_figures_in_words(value: str, digits: str) -> None:
    assert [f.suggestion for f in findings(named("培训", value), "GC608")] == [digits, digits]


@tried_on(
    "value",
    [
        "零", "零事故", "零起", "一次性发放", "五年规划", "一等奖", "三甲", "一级", "一本", "三季度", "万元", "万人",
        "一成不变", "两新组织", "3万人次", "一户一档", "十分满意", "第一", "百家", "一般", "3次", "90%以上",
    ],
)  # fmt: skip
def test_words_that_are_no_figures(value: str) -> None:
    assert marked(named("培训", value), "GC608") == []


# The whole


def test_the_real_sheet() -> None:
    """What a careful reader finds; each was read."""
    source = decode(SAMPLE.read_bytes(), "sample", None)
    chosen = plan(catalogue(), TAXONOMIES[0], Selection(select=["GC6"]))
    found = check_source(source, chosen).findings
    by_rule: dict[str, list[str]] = {}
    for finding in found:
        assert finding.rule is not None
        by_rule.setdefault(finding.rule.code, []).append(source.text[finding.start : finding.end])
    assert {code: len(parts) for code, parts in by_rule.items() if code in ("GC601", "GC605")} == {
        "GC601": 17,
        "GC605": 8,
    }
    assert sorted(by_rule["GC602"]) == ["具有区域影响力的行业活动", "通过举办各类文化活动, 拉近了政府与居民之间的距离"]
    assert by_rule["GC603"] == ["提升", "增强"]
    assert by_rule["GC604"] == ["服务协议签约率及建档率", "工疗站学员综合能力、幸福指数"]
    assert by_rule["GC607"] == ["12个"]
    assert {"具有区域影响力的行业活动", "一报两刊征订份数"} <= set(by_rule["GC606"])
    assert "GC608" not in by_rule


PUMPS = {
    "goal of figures": lambda n: goal("培训8个,9个" * (n // 8)),
    "goal of digits": lambda n: goal("8" * n + "个"),
    "goal of blanks": lambda n: goal("培训" + " " * n + "x"),
    "goal of quotation marks": lambda n: goal("\u201d" + "\u2019" * n),
    "name of verdicts": lambda n: named("提升" * (n // 2), "提升" * (n // 2)),
    "name of brackets": lambda n: named("通过," + "(" * n, "提升"),
    "name of joints": lambda n: named("率及" * (n // 2) + "人", "提升"),
    "name of qualities": lambda n: named("能力和" * (n // 3) + "水平", "提升"),
    "name of blanks": lambda n: named("甲" + " " * n + "(%)"),
    "names": lambda n: goal(
        "培训。", "".join(f"{i}、2-效益指标; 22-社会效益; 禁毒; 年度指标值:9。" for i in range(n // 30))
    ),
}


@tried_on("pump", PUMPS)
def test_cost_grows_with_length_alone(pump: str) -> None:
    """Sixteen times the length takes far less than the 256 times of a square."""

    def cost(text: str) -> float:
        start = time.process_time()
        findings(text, "GC6")
        return time.process_time() - start

    short, long = PUMPS[pump](1_000), PUMPS[pump](16_000)
    for again in range(4):
        least = [min(cost(text) for _ in range(tries)) for text, tries in ((short, 4), (long, 1 + again))]
        if least[1] < max(least[0], 0.002) * 128:
            return
    pytest.fail(f"{least[0]:.4f} s grow to {least[1]:.4f} s")
