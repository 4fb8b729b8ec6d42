"""Every rule does what its examples say, and the loader takes nothing that is not as the catalogue asks."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

import attrs
import pytest
from helpers import ROOT, check, examples, tried_on
from hypothesis import given, settings
from hypothesis import strategies as st

import goalcheck
from goalcheck.catalogue import example
from goalcheck.catalogue.example import Example
from goalcheck.catalogue.lexicon import Lexicon
from goalcheck.catalogue.load import RecordError, catalogue, load_rules
from goalcheck.catalogue.rule import Rule
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.selection import Selection, UnknownRuleError, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import Plan
from goalcheck.engine.result import Result
from goalcheck.finding import Fix
from goalcheck.manual.rule_pages import shipped_pages
from goalcheck.messages import LANGUAGES, Words
from goalcheck.source import Source
from goalcheck.vocabulary import VocabularyError, read_vocabulary, signs_text

RULES = catalogue().rules


def _examples(kind: str) -> Iterator[Any]:
    for rule in RULES:
        for number, made in enumerate(getattr(rule, kind), 1):
            yield pytest.param(rule, made, id=f"{rule.code}-{rule.name}-{kind}-{number}")


@cache
def _core_and(code: str) -> Plan:
    return plan(catalogue(), TAXONOMIES[0], Selection(extend=[code]))


@lru_cache(maxsize=1024)
def _checked(code: str, text: str) -> Result:
    """What the core rules find in ``text``, and the rule ``code`` if it is a strict one."""
    return check_source(Source(text), _core_and(code))


def _found(rule: Rule, text: str) -> list[tuple[str, int, int]]:
    """Code and place of what is found in ``text``."""
    result = _checked(rule.code, text)
    assert result.error is None
    return sorted((f.rule.code, f.start, f.end) for f in result.findings if f.rule is not None)


def _apply(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@tried_on(("rule", "made"), list(_examples("bad")))
def test_bad_example(rule: Rule, made: Example) -> None:
    wrapped = made.in_sheet(rule.level)
    assert _found(rule, wrapped.text) == [(rule.code, start, end) for start, end in wrapped.spans]


@tried_on(("rule", "made"), list(_examples("good")))
def test_good_example(rule: Rule, made: Example) -> None:
    assert _found(rule, made.in_sheet(rule.level).text) == []


@tried_on(("rule", "made"), [case for case in _examples("bad") if case.values[1].fixed is not None])
def test_fixed_example(rule: Rule, made: Example) -> None:
    """The edits give the text that the record promises, and that text is sound."""
    wrapped = made.in_sheet(rule.level)
    result = _checked(rule.code, wrapped.text)
    fixes = [finding.fix for finding in result.findings if finding.rule is rule and finding.fix is not None]
    assert fixes, "the finding carries no fix"
    text = wrapped.text
    for fix in reversed(fixes):
        assert fix.safe == (rule.fix == "safe")
        text = _apply(text, fix)
    assert text == made.mended(rule.level)
    assert _found(rule, text) == []


@tried_on("rule", RULES, ids=lambda rule: rule.code)
def test_enough_examples(rule: Rule) -> None:
    assert len(rule.bad) >= 2
    assert len(rule.good) >= 2
    assert len({(made.layout, made.marked) for made in (*rule.bad, *rule.good)}) == len(rule.bad) + len(rule.good)


@tried_on("rule", [r for r in RULES if r.fix != "none"], ids=lambda rule: rule.code)
def test_fixable_rules_show_a_fix(rule: Rule) -> None:
    assert any(made.fixed is not None for made in rule.bad)


@tried_on("rule", [r for r in RULES if r.fix == "none"], ids=lambda rule: rule.code)
def test_other_rules_fix_nothing(rule: Rule) -> None:
    for made in rule.bad:
        assert made.fixed is None
        findings = _checked(rule.code, made.in_sheet(rule.level).text).findings
        assert not any(finding.fix for finding in findings if finding.rule is rule)


@tried_on("level", ["value", "entry", "project", "row", "sheet"])
def test_standard_sheet_is_clean(level: str) -> None:
    marked = {
        "value": "≥10份",
        "entry": "4、1-产出指标; 11-数量指标; 发放宣传资料; 实施周期指标值:≥10份; 年度指标值:≥10份。",
        "project": "〔目标〕⇥〔指标〕",
        "row": "合计⇥1.00⇥1.00⇥⇥⇥⇥\n第一小学⇥1.00⇥1.00⇥⇥⇥⇥\n校舍维修⇥1.00⇥1.00⇥⇥⇥〔目标〕⇥〔指标〕\n",
        "sheet": f"{example.HEAD}合计⇥1.00⇥1.00⇥⇥⇥⇥\n第一小学⇥1.00⇥1.00⇥⇥⇥⇥\n校舍维修⇥1.00⇥1.00⇥⇥⇥〔目标〕⇥〔指标〕\n",
    }[level]
    wrapped = example.wrap(marked, level)
    assert not any(mark in wrapped.text for mark in "⇥〔〕")
    assert check(wrapped.text).findings == ()


@tried_on(
    ("marked", "text", "spans"),
    [
        ("甲⟦乙⟧丙", "甲乙丙", ((1, 2),)),
        ("⟦⟧甲", "甲", ((0, 0),)),
        ("⟦甲⟧乙⟦丙⟧", "甲乙丙", ((0, 1), (2, 3))),
        ("甲", "甲", ()),
    ],
)
def test_marks(marked: str, text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert (Example(marked).text, Example(marked).spans) == (text, spans)


def _records() -> list[dict[str, Any]]:
    """The records of one family, as its file has them."""
    return tomllib.loads((ROOT / "rules" / "form.toml").read_text(encoding="utf-8"))["rule"]


def _record() -> dict[str, Any]:
    """A sound record."""
    return _records()[0]


def _without(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda record: record.pop(key)


def _with(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda record: record.update({key: value})


BROKEN = {
    "unknown-key": _with("colour", "red"),
    "misspelt-key": lambda record: record.update(mesage=record.pop("message")),
    **{f"without-{key}": _without(key) for key in ("code", "name", "severity", "set", "level", "message", "help")},
    **{f"lacks-{key}": _without(key) for key in ("why", "source", "bad", "good")},
    "message-in-one-language": lambda record: record["message"].pop("en"),
    "help-in-one-language": lambda record: record["help"].pop("zh"),
    "why-in-one-language": lambda record: record["why"].pop("en"),
    "source-in-one-language": lambda record: record["source"].pop("zh"),
    "third-language": lambda record: record["message"].update(fr="non"),
    "words-are-no-table": _with("message", "wrong"),
    "empty-message": _with("message", {"zh": "", "en": ""}),
    "phrase-in-one-language": _with("phrases", {"first": {"zh": "先"}}),
    "severity-unknown": _with("severity", "fatal"),
    "severity-no-string": _with("severity", 3),
    "set-unknown": _with("set", "pedantic"),
    "level-unknown": _with("level", "page"),
    "fix-unknown": _with("fix", "maybe"),
    "code-of-no-family": _with("code", "GC901"),
    "code-too-long": _with("code", "GC1011"),
    "code-without-digits": _with("code", "GC1ab"),
    "name-with-capitals": _with("name", "Missing_Goal"),
    "no-layout": _with("layouts", []),
    "unknown-layout": _with("layouts", ["packed", "column"]),
    "one-bad-example": lambda record: record.update(bad=record["bad"][:1]),
    "one-good-example": lambda record: record.update(good=record["good"][:1]),
    "bad-example-without-mark": lambda record: record["bad"].append("甲"),
    "good-example-with-mark": lambda record: record["good"].append("⟦甲⟧"),
    "example-with-unknown-key": lambda record: record["bad"].append({"text": "⟦甲⟧", "becomes": "乙"}),
    "unbalanced-mark": lambda record: record["bad"].append("⟦甲⟧乙⟦丙"),
}


@tried_on("change", BROKEN.values(), ids=BROKEN)
def test_loading_is_strict(change: Callable[[dict[str, Any]], None]) -> None:
    record = _record()
    code = record["code"]
    change(record)
    with pytest.raises(RecordError) as raised:
        load_rules([record])
    assert record.get("code", "?") in str(raised.value) or code in str(raised.value)


@pytest.mark.slow
def test_rules_that_rest_on_words_say_so() -> None:
    """Those that, with every word list empty, judge more than a quarter of their examples otherwise."""
    everything = plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))
    wordless = attrs.evolve(everything, lexicon=Lexicon({name: () for name, _ in catalogue().lexicon.items()}))
    for rule in RULES:
        otherwise = 0
        for made in (*rule.bad, *rule.good):
            result = check_source(Source(made.in_sheet(rule.level).text), wordless)
            otherwise += (rule in {finding.rule for finding in result.findings}) != bool(made.spans)
        share = otherwise / len((*rule.bad, *rule.good))
        assert rule.rests_on == "words" if share > 0.25 else share > 0 or not rule.rests_on, f"{rule.code}: {share:.0%}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_rests_on_words_says_what_to_do(language: str) -> None:
    pages = {code: json.loads(page) for code, page in shipped_pages()[language].items()}
    told = {code for code, page in pages.items() if "[lexicon]" in page["why"]}
    assert told == {rule.code for rule in RULES if rule.rests_on == "words"}


def test_asked_in_its_layouts_only() -> None:
    """The same sheet by rows: what concerns one cell that holds all indicators is not asked there."""
    text = "项目名称\t一级指标\t二级指标\t三级指标\t指标值\n道路养护\t产出指标\t数量指标\t养护里程\t≥20公里\n"
    result = check(text)
    assert result.sheet is not None
    assert result.sheet.layout == "rows"
    elsewhere = {rule.code for rule in RULES if "rows" not in rule.layouts}
    assert elsewhere >= {"GC102", "GC103", "GC404", "GC508"}
    assert elsewhere.isdisjoint(finding.rule.code for finding in result.findings)


def test_sound_record_loads() -> None:
    assert [rule.code for rule in load_rules([_record()])] == [_record()["code"]]


@pytest.mark.parametrize(("field", "other"), [("code", {"name": "other-name"}), ("name", {"code": "GC199"})])
def test_codes_and_names_are_used_once(field: str, other: dict[str, str]) -> None:
    with pytest.raises(RecordError, match=f"{field} used twice"):
        load_rules([_record(), {**_record(), **other}])


def test_rules_are_sorted_by_code() -> None:
    raw = _records()
    assert [rule.code for rule in load_rules(reversed(raw))] == sorted(record["code"] for record in raw)


def test_find_takes_code_and_name_in_either_case() -> None:
    rule = RULES[0]
    for selector in (rule.code, rule.code.lower(), rule.name, rule.name.upper()):
        assert catalogue().find(selector) is rule
    assert catalogue().find("GC1") is None
    assert catalogue().find("") is None


@pytest.mark.parametrize("name", TAXONOMIES)
def test_taxonomies_hold_together(name: str) -> None:
    taxonomy = catalogue().taxonomies[name]
    assert taxonomy.name == name
    assert taxonomy.title.zh
    assert taxonomy.title.en
    roles = {c.role for c in taxonomy.level(1)}
    assert {"output", "benefit", "satisfaction"} <= roles
    for code, made in taxonomy.classes.items():
        assert made.code == code
        assert (made.parent is None) == (len(code) == 1)
        if made.parent is not None:
            assert taxonomy.classes[made.parent].parent is None
            assert code.startswith(made.parent)
        assert taxonomy.bears(code, made.label)
        assert taxonomy.by_label(made.label.removesuffix("指标")) is made


def test_taxonomy_decides() -> None:
    """41-经济成本 is a class of 2021 alone."""
    entry = "4、4-成本指标; 41-经济成本; 人均培训成本; 实施周期指标值:≤550元; 年度指标值:≤550元。"
    text = example.wrap(entry, "entry").text
    assert {f.rule.code for f in goalcheck.check(text, taxonomy="guangdong").findings} == {"GC201"}
    assert goalcheck.check(text, taxonomy="central-2021").findings == ()


def test_unknown_taxonomy_is_named() -> None:
    with pytest.raises((KeyError, ValueError), match="jiangxi"):
        goalcheck.check("x", taxonomy="jiangxi")


@tried_on(("selector", "nearest"), [("GC510x", None), ("missing-gaol", "missing-goal"), ("gc302", ""), ("GC0", None)])
def test_unknown_rule_is_named(selector: str, nearest: str | None) -> None:
    if catalogue().find(selector):
        assert [rule.code for rule in plan(catalogue(), TAXONOMIES[0], Selection(select=[selector])).rules] == ["GC302"]
        return
    with pytest.raises(UnknownRuleError) as raised:
        plan(catalogue(), TAXONOMIES[0], Selection(select=[selector]))
    assert raised.value.selector == selector
    if nearest:
        assert raised.value.nearest == nearest


def test_words_are_chosen_by_language() -> None:
    assert (Words("好", "good")["zh"], Words("好", "good")["en"]) == ("好", "good")


@tried_on(
    ("more", "says"),
    [
        ({"glyphs": []}, "signs.toml has comparator"),
        ({"gap": {"marks": ["*"]}}, "gap has marks, numerals"),
        ({"nothing": {"dashes": ["-"], "anywhere": [], "texts": []}}, "nothing has dashes"),
        ({"comparator": [{"sign": "≥", "words": ["不低于"]}]}, "a comparator has sign"),
    ],
)
def test_the_vocabulary_is_loaded_strictly(more: dict[str, Any], says: str) -> None:
    with pytest.raises(VocabularyError, match=says):
        read_vocabulary({**tomllib.loads(signs_text()), **more})


LETTERS = "无事故天数"


@settings(max_examples=examples(600))
@given(st.text(LETTERS, max_size=8), st.lists(st.text(LETTERS, min_size=1, max_size=4), unique=True, max_size=8))
def test_words_that_a_text_begins_and_ends_with(text: str, words: list[str]) -> None:
    lexicon = Lexicon({"words": tuple(words)})
    endings = sorted(filter(text.endswith, words), key=len, reverse=True)
    assert lexicon.endings(text, "words") == endings
    assert lexicon.ending(text, "words") == next(iter(endings), "")
    assert lexicon.opening(text, "words") == max(filter(text.startswith, words), key=len, default="")
    within, last = lexicon.lists_in(text)
    assert (within != 0, last != 0) == (lexicon.within(text, "words"), bool(endings))


def test_lexicon_words() -> None:
    for name, words in catalogue().lexicon.items():
        assert words, name
        assert all(isinstance(word, str) and word.strip() == word and word for word in words), name
        assert len(set(words)) == len(words), name
