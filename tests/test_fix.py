"""Fixes as texts see them: what is applied together, what safe fixes leave as it was, and that fixing comes to an end.

The rules of the catalogue are run as they are; rules made up here stand for any that may come.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import attrs
import pytest
from helpers import CLEAN, SAMPLE, entry_sheet, examples, tried_on
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import HEADER, Layout, Sheet, layouts, nasty, render, sheets
from test_properties import FAULTS, Chance, read_back, read_entry

from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule, Severity
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config.selection import Selection, plan
from goalcheck.engine import run
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import Plan
from goalcheck.engine.result import Result
from goalcheck.errors import InputError
from goalcheck.finding import Edit, Finding, Fix
from goalcheck.fix.edits import apply, choose
from goalcheck.fix.mend import MOST_ROUNDS, Mended, mend
from goalcheck.fix.same_meaning import same
from goalcheck.parse import parse
from goalcheck.parse.values import read_value
from goalcheck.sheet import Amount, Indicator, Row, Value
from goalcheck.source import Source

# Which fixes are applied together

TEXT = "0123456789"


def finding(*edits: tuple[int, int, str], safe: bool = True) -> Finding:
    """A finding whose fix has these edits."""
    return Finding(0, 0, "", fix=Fix(tuple(Edit(*edit) for edit in edits), safe))


def chosen(findings: list[Finding], *, unsafe: bool = True) -> list[int]:
    """Which of ``findings`` are chosen, by their places in the list."""
    found = choose(TEXT, findings, unsafe=unsafe)
    return [at for one in found for at, other in enumerate(findings) if one is other]


@st.composite
def edits(draw: st.DrawFn) -> tuple[int, int, str]:
    start = draw(st.integers(0, len(TEXT)))
    end = min(start + draw(st.integers(0, 3)), len(TEXT))
    return start, end, draw(st.sampled_from(("", "a", "bc", TEXT[start:end])))


FIXES = st.lists(st.tuples(st.lists(edits(), min_size=1, max_size=3), st.booleans()), max_size=8).map(
    lambda fixes: [finding(*made, safe=safe) for made, safe in fixes]
)


def claims(edit: Edit) -> set[tuple[str, int]]:
    """What an edit takes for itself: its characters and the gaps between them; an insertion its gap."""
    if edit.start == edit.end:
        return {("insertion", edit.start), ("gap", edit.start)}
    inside = {("gap", at) for at in range(edit.start + 1, edit.end)}
    return inside | {("character", at) for at in range(edit.start, edit.end)}


def clash(one: Edit, other: Edit) -> bool:
    return bool(claims(one) & claims(other))


def may_be_applied(made: Fix) -> bool:
    changes = any(TEXT[edit.start : edit.end] != edit.text for edit in made.edits)
    return changes and not any(clash(*pair) for pair in combinations(made.edits, 2))


def model(findings: list[Finding]) -> str:
    """The text with all edits, character by character."""
    gaps, characters = [""] * (len(TEXT) + 1), list(TEXT)
    for one in findings:
        assert one.fix is not None
        for edit in one.fix.edits:
            if edit.start == edit.end:
                gaps[edit.start] += edit.text
            else:
                characters[edit.start : edit.end] = [edit.text, *[""] * (edit.end - edit.start - 1)]
    return "".join(gap + character for gap, character in zip(gaps, [*characters, ""], strict=True))


@settings(max_examples=examples(500))
@given(FIXES, st.booleans())
def test_overlapping_edits_are_never_both_applied(findings: list[Finding], unsafe: bool) -> None:
    """Taken one by one, safe ones first, each whole, unless it clashes with one that was taken before."""
    expected: list[Finding] = []
    for one in sorted(findings, key=lambda f: not (f.fix and f.fix.safe)):
        assert one.fix is not None
        taken = [edit for f in expected if f.fix for edit in f.fix.edits]
        free = not any(clash(edit, other) for edit in one.fix.edits for other in taken)
        if may_be_applied(one.fix) and free and (unsafe or one.fix.safe):
            expected.append(one)
    found = choose(TEXT, findings, unsafe=unsafe)
    assert [id(one) for one in found] == [id(one) for one in expected]
    assert apply(TEXT, found) == model(expected)


@tried_on(
    ("fixes", "taken"),
    [
        ([[(1, 3, "x")], [(3, 5, "y")]], [0, 1]),
        ([[(1, 3, "x")], [(2, 5, "y")]], [0]),
        ([[(1, 5, "x")], [(2, 3, "y")]], [0]),
        ([[(1, 3, "x")], [(2, 2, "y")]], [0]),
        ([[(1, 3, "x")], [(1, 1, "y")], [(3, 3, "z")]], [0, 1, 2]),
        ([[(2, 2, "x")], [(2, 2, "x")]], [0]),
        ([[(2, 2, "x")], [(2, 2, "y")]], [0]),
        ([[(0, 1, "x"), (8, 9, "x")], [(5, 6, "y"), (8, 9, "y")], [(5, 6, "z")]], [0, 2]),
        ([[(1, 3, "x"), (2, 4, "y")]], []),
        ([[(4, 4, "x"), (4, 4, "y")]], []),
        ([[(1, 3, "12")], [(2, 2, "")]], []),
        ([[(1, 3, "12"), (5, 6, "x")], [(2, 3, "y")]], [0]),
        ([[(-1, 2, "x")], [(9, 11, "x")], [(5, 4, "x")]], []),
        ([[(10, 10, "x")], [(0, 0, "y")]], [0, 1]),
    ],
)
def test_choice(fixes: list[list[tuple[int, int, str]]], taken: list[int]) -> None:
    findings = [finding(*made) for made in fixes]
    assert chosen(findings) == taken
    assert apply(TEXT, [findings[at] for at in taken]) == model([findings[at] for at in taken])


def test_safe_fixes_go_first_and_unsafe_ones_only_if_asked_for() -> None:
    findings = [finding((1, 5, "x"), safe=False), finding((2, 3, "y")), finding((7, 7, "z"), safe=False)]
    assert chosen(findings) == [1, 2]
    assert chosen(findings, unsafe=False) == [1]
    assert chosen([Finding(0, 1, "")]) == []


# Rules made up for these tests: four safe ones, which overlap, and several that must not be


def found(node: Any, *edits: tuple[int, int, str], safe: bool = True) -> Finding:
    return Finding(node.start, node.end, "", fix=Fix(tuple(Edit(*edit) for edit in edits), safe))


def blank_in_amount(row: Row, _: Any) -> Iterator[Finding]:
    for amount in row.amounts.values():
        if amount.value is not None and " " in amount.text:
            yield found(amount, (amount.start, amount.end, amount.text.replace(" ", "")))


def other_separator(entry: Any, _: Any) -> Iterator[Finding]:
    wrong = [mark for mark in entry.packed.separators if mark.text not in (";", "\uff1b")] if _is_read(entry) else []
    if wrong:
        yield found(entry, *((mark.start, mark.end, ";") for mark in wrong))


def other_terminator(entry: Any, _: Any) -> Iterator[Finding]:
    if _is_read(entry) and entry.packed.terminator is not None and entry.packed.terminator.text != "。":
        yield found(entry, (entry.packed.terminator.start, entry.packed.terminator.end, "。"))


def full_width_sign(value: Value, _: Any) -> Iterator[Finding]:
    text = value.text.translate({0xFF05: "%", 0xFF1E: ">"})
    if text != value.text:
        yield found(value, (value.start, value.end, text))


def blank_in_value(value: Value, _: Any) -> Iterator[Finding]:
    """Claims the same place as the one before, for a blank alone."""
    at = value.text.find(" ")
    if at >= 0 and value.form.kind == "quantity":
        yield found(value, (value.start + at, value.start + at + 1, ""))


def _is_read(entry: Any) -> bool:
    return isinstance(entry, Indicator)


MADE_UP: tuple[tuple[str, str, Callable[..., Iterator[Finding]]], ...] = (
    ("GC901", "row", blank_in_amount),
    ("GC902", "entry", other_separator),
    ("GC903", "entry", other_terminator),
    ("GC904", "value", full_width_sign),
    ("GC905", "value", blank_in_value),
)


def made_up(code: str, level: str, check: Callable[..., Any], *, safe: bool = True) -> Rule:
    """A rule whose function is ``check``: :func:`_function` knows it."""
    changes = {"code": code, "name": code.lower(), "level": level, "fix": "safe" if safe else "unsafe"}
    rule = attrs.evolve(catalogue().rules[0], severity=Severity.INFO, **changes)
    FUNCTIONS[rule] = check
    return rule


FUNCTIONS: dict[Rule, Callable[..., Any]] = {}


@pytest.fixture(autouse=True, scope="module")
def _functions() -> Iterator[None]:
    """The engine finds the functions of made-up rules as well."""
    usual = run.function
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "function", lambda rule: FUNCTIONS.get(rule) or usual(rule))
        yield


CATALOGUE = plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))
PLANS = {
    "catalogue": CATALOGUE,
    "made-up": attrs.evolve(CATALOGUE, rules=tuple(made_up(*one) for one in MADE_UP)),
    "both": attrs.evolve(CATALOGUE, rules=(*CATALOGUE.rules, *(made_up(*one) for one in MADE_UP))),
}
each_plan = pytest.mark.parametrize("rules", PLANS.values(), ids=PLANS)
each_mode = pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])


def checked(text: str, rules: Plan) -> Result:
    result = check_source(Source(text), rules)
    assert result.error is None
    return result


def text_of(made: Mended) -> str:
    assert made.result.source is not None
    return made.result.source.text


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, Sheet, Layout]:
    """A sheet, mostly with a fault, in any layout."""
    sheet, layout = draw(sheets()), draw(layouts(columns=False))
    fault = draw(st.sampled_from((None, *FAULTS)))
    if fault is not None:
        fault(Chance(draw(st.data()), sheet))
    return render(sheet, layout)[0], sheet, layout


# What fixing promises


@each_mode
@each_plan
@settings(max_examples=examples(30, least=2))
@given(written=texts())
def test_fixing_twice_is_fixing_once(rules: Plan, unsafe: bool, written: tuple[str, Sheet, Layout]) -> None:
    once = mend(checked(written[0], rules), rules, unsafe=unsafe)
    assert not [f for f in once.result.findings if f.fix is not None and (unsafe or f.fix.safe)]
    again = mend(checked(text_of(once), rules), rules, unsafe=unsafe)
    assert (again.fixed, text_of(again)) == ((), text_of(once))


@each_plan
@settings(max_examples=examples(40, least=3))
@given(written=texts())
def test_safe_fixes_leave_the_tree_as_it_was(rules: Plan, written: tuple[str, Sheet, Layout]) -> None:
    before = checked(written[0], rules)
    made = mend(before, rules)
    assert facts(made.result.sheet) == facts(before.sheet)
    assert made.proposals == sum(f.fix is not None for f in made.result.findings)


def facts(sheet: Any) -> list[Any]:
    """What a sheet says, told without the function that the command itself relies on."""
    said: list[Any] = [[(column.role, column.index) for column in header.columns] for header in sheet.headers]
    for row in sheet.rows:
        amounts = {column: (amount.value, amount.blank) for column, amount in row.amounts.items()}
        said += [type(row).__name__, row.name.clean, amounts]
    for project in sheet.projects:
        said += [project.name.clean, project.goal and project.goal.text, *map(_entry_facts, project.entries)]
    return said


def _entry_facts(entry: Any) -> Any:
    if not isinstance(entry, Indicator):
        return "".join(entry.text.split())
    classes = [(level.code, level.label) for level in (entry.level1, entry.level2)]
    forms = [(field, value.form.kind, value.form.numbers, value.form.unit) for field, value in entry.values]
    return entry.number, classes, entry.name.clean, forms


@settings(max_examples=examples(60))
@given(sheets(), layouts(columns=False))
def test_a_sound_sheet_is_read_back_after_safe_fixes(sheet: Sheet, layout: Layout) -> None:
    """What was printed is what is read, mended or not: the facts come from the generator, not from a parse."""
    made = mend(checked(render(sheet, layout)[0], PLANS["both"]), PLANS["both"])
    read = made.result.sheet
    assert read is not None
    projects = [row for row in sheet.rows if row.kind == "project"]
    assert [read_back(p, layout)[0] for p in read.projects] == ["".join(row.name.split()) for row in projects]
    for project, row in zip(read.projects, projects, strict=True):
        assert [read_entry(e)[:4] for e in project.entries] == [
            (number, e.level1, e.level2, e.name) for number, e in enumerate(row.entries, 1)
        ]


@each_mode
@settings(max_examples=examples(150))
@given(text=nasty(40))
@example(text="31-服务对象满意度实施周期指标 值\uff1a")
def test_fixing_any_text_ends(text: str, unsafe: bool) -> None:
    result = check_source(Source(HEADER + text), PLANS["both"])
    if result.error is not None:
        with pytest.raises(InputError, match=result.error.key):
            mend(result, PLANS["both"], unsafe=unsafe)
        return
    made = mend(result, PLANS["both"], unsafe=unsafe)
    assert made.result.error is None
    if not unsafe:
        assert facts(made.result.sheet) == facts(result.sheet)


@each_plan
def test_the_real_sheet_keeps_its_errors(rules: Plan) -> None:
    before = checked(SAMPLE.read_text(encoding="utf-8-sig"), rules)
    made = mend(before, rules)
    errors = [
        [(f.rule and f.rule.code, f.project, f.indicator, f.field) for f in r.findings if f.severity is Severity.ERROR]
        for r in (before, made.result)
    ]
    assert errors[0] == errors[1]
    assert mend(made.result, rules).fixed == ()


def test_made_up_rules_mend_what_they_find() -> None:
    """Several fixes at one place wait for one another; each is told with its line and what it changed."""
    bad = "4、1-产出指标: 11-数量指标: 慰问人数; 实施周期指标值:\uff1e 5\uff05; 年度指标值:> 5%;"
    text = entry_sheet(bad).replace("\t5.00\t5.00", "\t5. 00\t5.00", 1)
    made = mend(checked(text, PLANS["made-up"]), PLANS["made-up"])
    good = "4、1-产出指标; 11-数量指标; 慰问人数; 实施周期指标值:>5%; 年度指标值:>5%。"
    assert text_of(made) == entry_sheet(good)
    told = [(one.finding.rule and one.finding.rule.code, one.row, one.changes) for one in made.fixed]
    assert sorted(told, key=str) == [
        ("GC901", 4, (("5. 00", "5.00"),)),
        ("GC902", 6, ((":", ";"), (":", ";"))),
        ("GC903", 6, ((";", "。"),)),
        ("GC904", 6, (("\uff1e 5\uff05", "> 5%"),)),
        ("GC905", 6, (("> 5%", ">5%"),)),
        ("GC905", 6, (("> 5%", ">5%"),)),
    ]


# Rules that break the promise, or never come to an end


def other_amount(row: Row, _: Any) -> Iterator[Finding]:
    amount = row.amounts["total"]
    if not amount.text.startswith("9"):
        yield found(amount, (amount.start, amount.start, "9"))


def goal_without_blanks(project: Any, _: Any) -> Iterator[Finding]:
    if " " in project.goal.text:
        yield found(project.goal, (project.goal.start, project.goal.end, project.goal.text.replace(" ", "")))


def no_table(sheet: Any, _: Any) -> Iterator[Finding]:
    header = sheet.headers[0]
    yield found(header, (header.start, header.end, ""))


def more_blanks(row: Row, _: Any) -> Iterator[Finding]:
    yield found(row.name, (row.name.start + 1, row.name.start + 1, " "))


def blank_away(row: Row, _: Any) -> Iterator[Finding]:
    if row.name.text[1] == " ":
        yield found(row.name, (row.name.start + 1, row.name.start + 2, ""))


def blank_there(row: Row, _: Any) -> Iterator[Finding]:
    if row.name.text[1] != " ":
        yield found(row.name, (row.name.start + 1, row.name.start + 1, " "), safe=False)


def broken(text: str, *rules: Rule, unsafe: bool = False) -> str:
    """Which rules the error names that mending with ``rules`` ends in."""
    chosen = attrs.evolve(CATALOGUE, rules=rules)
    with pytest.raises(InputError) as raised:
        mend(checked(text, chosen), chosen, unsafe=unsafe)
    assert raised.value.key == "broken-fix"
    return str(raised.value.figures["rules"])


@pytest.mark.parametrize(
    ("level", "check"), [("row", other_amount), ("project", goal_without_blanks), ("sheet", no_table)]
)
def test_a_safe_fix_that_changes_what_the_sheet_says_is_refused(level: str, check: Any) -> None:
    """It is named, and the sound one that was applied in the same round is not."""
    text = CLEAN.replace("\t5.00\t5.00", "\t5. 00\t5.00").replace("任务", "任 务")
    sound = made_up(*MADE_UP[0])
    assert broken(text, sound, made_up("GC911", level, check)) == "GC911"


def one_of_two_blanks(at: int) -> Callable[..., Iterator[Finding]]:
    """Takes one of the two blanks between A and B away: either may go, but not both."""

    def check(row: Row, _: Any) -> Iterator[Finding]:
        start = row.name.start + row.name.text.find("A  B") + at
        if "A  B" in row.name.text:
            yield found(row.name, (start, start + 1, ""))

    return check


def test_safe_fixes_that_break_the_sheet_together_are_all_named() -> None:
    text = CLEAN.replace("社区培训", "A  B培训")
    first, second = (made_up(f"GC91{at + 1}", "row", one_of_two_blanks(at)) for at in (1, 2))
    for rule in (first, second):
        rules = attrs.evolve(CATALOGUE, rules=(rule,))
        assert text_of(mend(checked(text, rules), rules)) == text.replace("  ", " ")
    assert broken(text, first, second) == "GC912, GC913"


@each_mode
def test_fixes_without_end_are_refused(unsafe: bool) -> None:
    assert broken(CLEAN, made_up("GC914", "row", more_blanks), unsafe=unsafe) == "GC914"


def test_rules_that_undo_each_other_are_refused() -> None:
    away, there = made_up("GC915", "row", blank_away), made_up("GC916", "row", blank_there, safe=False)
    assert broken(CLEAN, away, there, unsafe=True) == "GC915, GC916"
    rules = attrs.evolve(CATALOGUE, rules=(away, there))
    assert mend(checked(CLEAN, rules), rules).fixed == (), "the safe one alone comes to an end"


def test_more_rounds_than_any_sheet_needs() -> None:
    """As many fixes at one place as there are rules, with room to spare."""
    assert len(catalogue().rules) // 2 < MOST_ROUNDS


# What the guard takes for the same


@settings(max_examples=examples(100))
@given(sheets(), layouts(columns=False), st.data())
def test_a_sheet_says_the_same_in_every_layout(sheet: Sheet, layout: Layout, data: st.DataObject) -> None:
    """But for pages, cells, and the text that CSV writes in another way."""
    drawn = data.draw(layouts(columns=False))
    kept = {name: getattr(layout, name) for name in ("columns", "page", "trailing", "comma", "quoted")}
    terminator = drawn.terminator if layout.quoted else drawn.terminator.replace("\n", " ")
    other = attrs.evolve(drawn, terminator=terminator, **kept)
    assert same(*(parse(Source(render(sheet, one)[0])) for one in (layout, other)))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@settings(max_examples=examples(6, least=1))
@given(data=st.data(), sheet=sheets(), layout=layouts(columns=False, plain=True))
def test_every_fault_makes_a_sheet_say_something_else(
    fault: Callable[[Chance], None], data: st.DataObject, sheet: Sheet, layout: Layout
) -> None:
    sound = parse(Source(render(sheet, layout)[0]))
    fault(Chance(data, sheet))
    assert not same(sound, parse(Source(render(sheet, layout)[0])))


def value_of(text: str) -> Value:
    return Value(0, len(text), text, read_value(text))


SAME_VALUES = [
    ("≥ 90 %", "≥90%"),
    ("≧90\uff05", "≥90%"),
    ("\uff1e=\uff19\uff10%", "≥90%"),
    ("不低于90%", "≥90%"),
    ("90%以上", "≥90%"),
    ("不少于两次", "≥2次"),
    ("超过5件", ">5件"),
    ("3日以内", "≤3日"),
    ("达到100%", "100%"),
    ("达到100%", "≥100%"),
    ("按照区核定 编外人员数量", "按照区核定编外人员数量"),
    ("\uff21级以上医院>=2家参与", "A级以上医院≥2家参与"),
    ("2024 年底", "2024年底"),
    ("1 \uff1a 3", "1:3"),
    ("≧≧90%", "≥≥90%"),
]
OTHER_VALUES = [
    ("≥90%", ">90%"),
    ("≥90%", "90%"),
    ("≥100%", "100%"),
    ("达到90%", "90%"),
    ("100%", "达到100%"),
    ("约90%", "90%"),
    ("90%", "90"),
    ("90%", "90人"),
    ("80%-90%", "80%-95%"),
    ("1:3", "3:1"),
    ("12月31日前", "12月30日前"),
    ("12月31日前", "12月31日"),
    ("优良", "优"),
    ("≥≥90%", "≥90%"),
    ("XX人", "XXX人"),
    ("", "无"),
]


@tried_on(("before", "after"), SAME_VALUES)
def test_the_same_value_in_another_form(before: str, after: str) -> None:
    assert same(value_of(before), value_of(after))


@tried_on(("before", "after"), OTHER_VALUES)
def test_another_value(before: str, after: str) -> None:
    assert not same(value_of(before), value_of(after))


def test_an_amount_is_its_figure_and_its_decimals() -> None:
    def amounts(text: str) -> Amount:
        sheet = parse(Source(CLEAN.replace("\t5.00", f"\t{text}")))
        return next(iter(sheet.rows)).amounts["total"]

    assert same(amounts("5. 00"), amounts("5.00"))
    assert same(amounts("5. O0"), amounts("5.O0"))
    assert not same(amounts("5.00"), amounts("5.0"))
    assert not same(amounts("5.O0"), amounts("5.0O"))
    assert not same(amounts("5.00"), amounts(""))
    assert not same(amounts("-"), amounts("0"))


def test_blanks_of_names_are_form_and_those_of_goals_are_not() -> None:
    sound = parse(Source(CLEAN))
    for text, expected in (("社区培训", True), ("任务", False), ("参训人员满意度", True), ("质量", True)):
        changed = re.sub(text, f"{text[0]} {text[1:]}", CLEAN)
        assert same(sound, parse(Source(changed))) is expected or changed == CLEAN, text
