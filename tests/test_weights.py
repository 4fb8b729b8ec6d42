"""Weights and points: what they add up to in forms as offices fill them in, and what is left out (GC513)."""

from __future__ import annotations

from helpers import check, tried_on

from goalcheck.prose.sentences import message

_HEAD = "项目支出绩效目标表\n2024年度\t单位:万元\n"
_FORM = f"{_HEAD}项目名称\t社区培训\n资金情况\t年度资金总额\t5.00\n年度目标\t按时完成全年培训任务,提升业务能力。\n"
_LEVELS = ("产出指标\t数量指标", "\t质量指标", "效益指标\t社会效益指标", "满意度指标\t服务对象满意度指标")
_NAMES = ("举办培训班\t≥12期", "考试合格率\t≥90%", "持证上岗率\t≥90%", "参训人员满意度\t≥95%")


def _told(text: str) -> list[str]:
    return [text[f.start : f.end] for f in check(text).findings if f.rule and f.rule.code == "GC513"]


def _form(*weights: str, behind: str = "") -> str:
    """A form with a weight for each of four indicators."""
    rows = zip(_LEVELS, _NAMES, weights, strict=True)
    table = "".join(f"{levels}\t{name}\t{weight}\n" for levels, name, weight in rows)
    return f"{_FORM}一级指标\t二级指标\t三级指标\t指标值\t分值\n{table}{behind}"


@tried_on(
    ("weights", "told"),
    [
        ("40 20 30 10", []),
        ("40 10 30 10", []),  # 预算执行率 has the other 10
        ("40 20 25 10", ["10"]),
        ("40 20 40 10", ["10"]),
        ("22.5 37.5 30 10", []),
        ("22.5 37.5 30 9.5", ["9.5"]),
        ("40% 20% 30% 10%", []),
        ("40分 20分 30分 10分", []),
        ("0.4 0.2 0.3 0.1", []),
        ("0.4 0.2 0.3 0.05", ["0.05"]),
        ("_ _ _ _", []),  # nobody filled any in
        ("- - - -", []),
        ("40 _ 30 10", [""]),
        ("60 _ 30 10", []),  # of a merged cell, as it seems
        ("60 0 30 10", ["0"]),
        ("60 30 _ 10", [""]),  # its class has a cell of its own
        ("40 2O 30 10", []),  # no number: nothing is added up
        ("4 2 3 1", ["1"]),
    ],
)
def test_weights_of_a_form(weights: str, told: list[str]) -> None:
    text = _form(*(weight.replace("_", "") for weight in weights.split()))
    assert _told(text) == told


def test_weights_that_are_far_too_many_are_added_up_all_the_same() -> None:
    levels = _LEVELS[0], "\t数量指标", *_LEVELS[2:]
    rows = zip(levels, _NAMES, ("100", "120", "40", "40"), strict=True)
    text = f"{_FORM}一级指标\t二级指标\t三级指标\t指标值\t分值\n" + "".join(f"{a}\t{b}\t{c}\n" for a, b, c in rows)
    findings = [finding for finding in check(text).findings if finding.code == "GC513"]
    assert ["的分值加起来是300\uff0c多200" in message(finding, "zh") for finding in findings] == [True]


@tried_on(
    ("behind", "told"),
    [
        ("预算执行率\t\t\t\t20\n", []),
        ("预算执行率(20分)\n", []),
        ("预算执行率(20分)\t\t\t≥95%\t\n", []),
        ("预算执行率\t\t\t≥95%\t10\n", ["10"]),
        ("总分\t\t\t\t80\n", ["10"]),
    ],
)
def test_points_for_having_spent_the_money(behind: str, told: list[str]) -> None:
    assert _told(_form("40", "10", "20", "10", behind=behind)) == told


def test_points_above_the_indicators() -> None:
    """The form of self-evaluation gives the points for spending beside the money."""
    money = "项目资金\t\t年初预算数\t全年执行数\t分值\t执行率\t得分\n\t年度资金总额\t5.00\t5.00\t15\t100%\t15\n"
    text = _form("40", "15", "20", "10").replace("资金情况\t年度资金总额\t5.00\n", money)
    assert _told(text) == []


def _assessed(
    *points: str, in_all: str = "100", column: str = "分值", spent: tuple[str, str] = ("10", "\u2014")
) -> str:
    money = "项目资金\t\t年初预算数\t全年执行数\t分值\t执行率\t得分\n\t年度资金总额\t5.00\t5.00\t{}\t95%\t9.5\n"
    money += "\t其中\uff1a财政拨款\t5.00\t5.00\t{}\t95%\t\u2014\n"
    text = _form(*points, behind=f"总分\t\t\t\t{in_all}\n").replace("指标值\t分值", f"指标值\t{column}")
    return text.replace("资金情况\t年度资金总额\t5.00\n", money.format(*spent))


@tried_on(
    ("points", "told"),
    [
        (("40", "20", "20", "10"), []),
        (("40", "20", "30", "10"), ["\u201c社区培训\u201d各项指标的分值加起来是100\uff0c预算执行率另占10\uff0c多10"]),
        (("40", "20", "15", "10"), ["\u201c社区培训\u201d各项指标的分值加起来是85\uff0c预算执行率另占10\uff0c少5"]),
    ],
)
def test_the_points_for_spending_are_part_of_the_whole(points: tuple[str, ...], told: list[str]) -> None:
    findings = [finding for finding in check(_assessed(*points)).findings if finding.code == "GC513"]
    assert [message(finding, "zh") for finding in findings] == told


@tried_on(
    "kept",
    [
        {"in_all": "110"},
        {"in_all": ""},
        {"in_all": "97.5"},  # what was reached
        {"column": "权重"},  # of the indicators alone
        {"spent": ("10", "10")},  # nobody knows which count
        {"spent": ("\u2014", "\u2014")},
    ],
)
def test_indicators_may_have_all_of_it_where_nothing_says_otherwise(kept: dict[str, str]) -> None:
    assert _told(_assessed("40", "20", "30", "10", **kept)) == []


@tried_on(("points", "told"), [("30", []), ("20", []), ("25", ["10"])])
def test_an_indicator_for_spending_may_have_the_same_points_or_others(points: str, told: list[str]) -> None:
    text = _assessed("40", "20", points, "10", in_all="").replace("持证上岗率", "预算执行率")
    assert _told(text) == told


@tried_on(("column", "word"), [("权重", "权重"), ("权重\uff08%\uff09", "权重"), ("分值", "分值"), ("指标分值", "分值")])
def test_weights_are_called_as_their_column_is(column: str, word: str) -> None:
    text = _form("40", "20", "25", "10").replace("指标值\t分值", f"指标值\t{column}")
    (finding,) = [finding for finding in check(text).findings if finding.code == "GC513"]
    assert f"的{word}加起来是95" in message(finding, "zh")


_IN_CLASSES = "一级指标\t权重\t二级指标\t三级指标\t指标值"
_IN_BOTH = "一级指标\t分值\t二级指标\t三级指标\t分值\t指标值"
_IN_LABELS = "一级指标\t二级指标\t三级指标\t指标值"


@tried_on(
    ("header", "begin", "told"),
    [
        (_IN_CLASSES, "产出指标\t50 ; 效益指标\t40 满意度指标\t10", 0),
        (_IN_CLASSES, "产出指标\t50 产出指标\t50 效益指标\t40 满意度指标\t10", 0),
        (_IN_CLASSES, "产出指标\t50 产出指标\t50 效益指标\t20 满意度指标\t10", 1),
        (_IN_LABELS, "产出指标(50分) ; 效益指标\uff0830分\uff09 满意度指标10分", 0),
        (_IN_LABELS, "产出指标(50分) ; 效益指标(40分) 满意度指标(20分)", 1),
        (_IN_LABELS, "产出指标(50分) ; 效益指标 满意度指标", 0),
    ],
)
def test_weights_of_classes(header: str, begin: str, told: int) -> None:
    """Each is counted once, whether merged cells or each row has it."""
    blank = "\t" if header is _IN_CLASSES else ""
    cells = [blank if cell == ";" else cell for cell in begin.split(" ")]
    seconds = [levels.split("\t")[1] for levels in _LEVELS]
    rows = ("\t".join(row) for row in zip(cells, seconds, _NAMES, strict=True))
    assert len(_told(f"{_FORM}{header}\n" + "\n".join(rows) + "\n")) == told


def test_of_weights_of_classes_and_of_indicators_the_latter_count() -> None:
    rows = (
        "产出指标\t50\t数量指标\t举办培训班\t30\t≥9期",
        "\t\t质量指标\t合格率\t20\t≥90%",
        "效益指标\t50\t社会效益指标\t持证率\t50\t≥90%",
    )
    assert _told(f"{_FORM}{_IN_BOTH}\n" + "\n".join(rows) + "\n") == []


def test_an_export_says_which_row_lacks_its_weight() -> None:
    projects = "单位名称\t项目名称\t预算数\t年度目标"
    header = f"{projects}\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\t指标方向性"
    row = "{}\t产出指标\t{}\t{}\t≥\t{}\t{}\t{}\t正向指标"
    project = "某局\t社区培训\t5.00\t按时完成全年培训任务。"
    cells = [
        ("数量指标", "举办培训班", "12", "期"),
        ("质量指标", "合格率", "90", "%"),
        ("时效指标", "按时完成率", "90", "%"),
    ]
    for weights, told in ((("50", "30", "10"), []), (("60", "40", ""), [""]), (("50", "30", "15"), ["15"])):
        rows = [
            row.format("\t\t\t" if at else project, *cell, weight)
            for at, (cell, weight) in enumerate(zip(cells, weights, strict=True))
        ]
        assert _told(_HEAD + "\n".join((header, *rows)) + "\n") == told


def test_a_form_with_two_halves_has_the_points_twice() -> None:
    half = "{0}绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t权重\n" + "".join(
        f"\t{levels}\t{name}\t{weight}\n"
        for levels, name, weight in zip(
            _LEVELS,
            ("举办培训班\t≥12期", "合格率\t≥90%", "持证率\t≥90%", "满意度\t≥95%"),
            (40, 20, 30, 10),
            strict=True,
        )
    )
    assert _told(_FORM + half.replace("{0}", "长期") + half.replace("{0}", "年度").replace("举办", "新办")) == []
