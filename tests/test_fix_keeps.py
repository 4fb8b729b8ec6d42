"""Fixes, proposals too, take no information out of an indicator: figures, units, signs, words of names stay.

But what a rule says that it exchanges: a word for its sign (GC309), ``>`` for ``≥`` (GC310), a sign that says nothing
(GC311), 指标 behind a name (GC605). Classes and ordinals are no part of this.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from helpers import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from goalcheck.catalogue.example import wrap
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.result import Result
from goalcheck.fix.mend import mend
from goalcheck.sheet import Indicator
from goalcheck.source import Source

ALL = plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_CLASSES = (
    "1-产出指标; 11-数量指标",
    "1-产出指标; 14-成本指标",
    "2-效益指标; 22-社会效益",
    "3-满意度指标; 31-服务对象满意度",
)
_NAMES = (
    "造林面积",
    "培训人次",
    "维修道路里程",
    "群众满意度",
    "人均补助标准",
    "2025年接种率",
    "完成12项任务",
    "安全事故起数",
    "发放资料",
)
_TAILS = (
    "", "指标", "(亩)", "(%)", "(元/人)", "(人次)", "(次/年)", "(公里)", "(万元)", "\uff08平方米\uff09", "(场次)",
    "(个)指标", "(含2个分院)",
)  # fmt: skip
_SIGNS = ("", "≥", "≤", ">", "<", "=", "≧", ">=", "\uff1e", "不低于", "不超过", "大于", "±", "≥≥", "约")
_NUMBERS = ("12", "100", "0", "8.5", "1,200", "95", "\uff19\uff10", "9 0", "28.8", "三")
_UNITS = (
    "",
    "%",
    "\uff05",
    "%%",
    "人次",
    "亩",
    "万元",
    "元/人",
    "次/年",
    "公里",
    "个",
    "万元%",
    "以上",
    "%以上",
    "人以内",
    "个工作日",
)
_WORDS = (
    "及时",
    "有效提升",
    "12月31日前",
    "80%-90%",
    "1:3",
    "百分之九十",
    "据实结算",
    "",
    "无",
    "XX",
    "≤预算数",
    "应保尽保%",
)


@st.composite
def values(draw: st.DrawFn) -> tuple[str, str, str]:
    """Sign, figure and unit, or words in the place of the figure."""
    if draw(st.integers(0, 4)) == 0:
        return "", draw(st.sampled_from(_WORDS)), draw(st.sampled_from(("", "", "%", "个")))
    return draw(st.sampled_from(_SIGNS)), draw(st.sampled_from(_NUMBERS)), draw(st.sampled_from(_UNITS))


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """A sheet of any layout with one to three indicators of all sorts, the last of them not always alone."""
    layout = draw(st.sampled_from(("packed", "rows", "blocks")))
    written = []
    for number in range(4, 4 + draw(st.integers(1, 3))):
        classes = draw(st.sampled_from(_CLASSES))
        name = draw(st.sampled_from(_NAMES)) + draw(st.sampled_from(_TAILS))
        cycle, annual = draw(values()), draw(values())
        if draw(st.booleans()):
            cycle = annual
        if layout == "packed":
            said = [f"实施周期指标值:{''.join(cycle)}", f"年度指标值:{''.join(annual)}"]
            kept = [text for text in said if draw(st.integers(0, 5))]
            written.append(f"{number}、{'; '.join((classes, name, *kept))}。")
            continue
        labels = [re.sub(r"^\d+-|指标$", "", label) + "指标" for label in classes.split("; ")]
        written.append("⇥".join((*labels, name, *(annual if layout == "rows" else ["".join(annual)]))))
    between = {"packed": "", "rows": "\n⇥⇥⇥⇥", "blocks": "\n"}[layout]
    return wrap(between.join(written), "indicator", layout).text


def indicators(result: Result) -> list[Indicator]:
    assert result.sheet is not None
    return [entry for project in result.sheet.projects for entry in project.indicators]


def folded(texts: Iterable[str]) -> str:
    return unicodedata.normalize("NFKC", " ".join("".join(text.split()) for text in texts))


def figures(entry: Indicator) -> Counter[str]:
    said = folded((entry.name.text, *(value.printed for _, value in entry.values)))
    return Counter(_FIGURE.findall(said.replace(",", "")))


def letters(text: str) -> Counter[str]:
    return Counter(char for char in folded((text,)) if char.isalpha() or char in "%/")


def units(entry: Indicator) -> Counter[str]:
    return Counter(value.form.unit for _, value in entry.values if value.form.unit)


@settings(max_examples=examples(600, least=30), deadline=None)
@given(sheets())
def test_nothing_is_taken_out_of_an_indicator(text: str) -> None:
    before = check_source(Source(text), ALL)
    assert before.error is None
    made = mend(before, ALL, unsafe=True)
    old, new = indicators(before), indicators(made.result)
    assert len(new) == len(old)
    for was, now in zip(old, new, strict=True):
        assert not figures(was) - figures(now)
        said = [now.name.text, *(text for _, value in now.values for text in (value.printed, value.form.unit))]
        told = letters("".join(said))
        assert not letters(was.name.text).keys() - told.keys() - set("指标")  # 人次 in 培训人次(人次) is there twice
        assert not units(was) - units(now)
        values_now = dict(now.values)
        for field, value in was.values:
            sign, mended = value.form.comparator, values_now[field].form.comparator
            assert mended in (sign, {">": "≥", "<": "≤"}.get(sign, sign)) or sign in ("", "=") or "100" in value.printed
            if value.form.kind == "words":
                assert not letters(value.printed) - letters(values_now[field].printed) or values_now[field].form.numbers
