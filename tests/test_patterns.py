"""No regular expression takes longer than its text: every terminal, every pattern of the code, every word list.

Each is tried on texts that are made to be bad for it. What is needed to see a loop that goes wrong is in
``adversarial.py``; that it does see it is tested here first.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import pkgutil
import re
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import pytest
from adversarial import STEPS, Anatomy, Pump, scan, slow
from helpers import CLEAN, SAMPLE, THOROUGH, examples, tried_on
from hypothesis import given, settings
from hypothesis import strategies as st

import goalcheck
from goalcheck.blanks import clean
from goalcheck.catalogue import example
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.taxonomy import TAXONOMIES
from goalcheck.config import globs
from goalcheck.config.selection import Selection, plan
from goalcheck.engine.pipeline import check_source
from goalcheck.files import regexes
from goalcheck.parse.grammars import parser, read, tables
from goalcheck.parse.values import read_amount, read_value
from goalcheck.site_rules import regex_automaton, regex_safety
from goalcheck.site_rules.regex_safety import OutOfStepsError, Pattern, PatternError
from goalcheck.source import Source
from goalcheck.vocabulary import fold_glyphs

GRAMMARS = ("sheet", "comma", "semicolon", "indicator", "value", "otherwise")
LARGEST = STEPS[-1] if THOROUGH else 1024
SCANNING = {"search", "finditer", "findall", "sub", "subn", "split"}


@tried_on(
    ("pattern", "act"),
    [
        (r"(a+)+$", "match"),
        (r"(?:a|a)*b", "match"),
        (r"(?:a|ab|b)*c", "match"),
        (r"((x+x+)+)y", "fullmatch"),
        (r"(?:\d+、?)*。", "match"),
        (r"(.*),(.*),(.*),(.*),(.*);", "match"),
        (r"\s+$", "search"),
        (r"[^;]*;", "search"),
        (r"a*b?a*c", "match"),
        (r"(?:x(?=[xy]*z))*", "match"),
        (r"^(?:第\d+页)*[第\d页]*$", "match"),
        (r"(?:指标|[(][^()]*[)])+$", "search"),
    ],
)
def test_bad_patterns_are_seen(pattern: str, act: str) -> None:
    """On a busy machine what is short may take long for once, and hide how fast the cost grows."""
    assert any(slowpattern(re.compile(pattern), act, STEPS[-1]) for _ in range(5))


@tried_on(
    ("pattern", "act"),
    [
        (r"(?>a+)+$", "match"),
        (r"(?:a++)+$", "match"),
        (r"\s++$", "match"),
        (r"(?<!\s)\s++$", "search"),
        (r"[^;]*;", "match"),
        (r"(?:a|b|中)*c", "match"),
        (r"\d{1,9}(?:\.\d{1,6})?", "search"),
        (r"(?:\d+、)*。", "match"),
    ],
)
def test_good_patterns_are_left_alone(pattern: str, act: str) -> None:
    assert slowpattern(re.compile(pattern), act) is None


def slowpattern(pattern: re.Pattern[str], act: str, largest: int = LARGEST) -> str | None:
    action = partial(scan, pattern) if act in SCANNING else getattr(pattern, act)
    return slow(action, pumps(pattern), largest)


@lru_cache(maxsize=8)
def pumps(pattern: re.Pattern[str]) -> list[Pump]:
    return Anatomy(pattern).pumps()


# --- terminals -------------------------------------------------------------------------------------------------------


@cache
def terminals() -> dict[str, re.Pattern[str]]:
    """Every terminal as Lark compiles it."""
    found = {}
    for name in GRAMMARS:
        for terminal in parser(name).terminals:
            found[f"{name}.{terminal.name}"] = re.compile(terminal.pattern.to_regexp())
    return found


def test_terminals_are_those_of_the_lexers() -> None:
    """The compiled expressions that a lexer really uses are made of these and nothing else."""
    used = set()
    for name in GRAMMARS:
        for pattern in tables(name).patterns:
            for terminal in re.compile(pattern).groupindex:
                assert terminals()[f"{name}.{terminal}"].pattern in pattern
                used.add(f"{name}.{terminal}")
    assert used == set(terminals())


@pytest.mark.slow
@tried_on("name", terminals)
def test_terminals_are_linear(name: str) -> None:
    assert slowpattern(terminals()[name], "match") is None


HEADER = example.HEADER.replace("\u21e5", "\t")
PLACES: Mapping[str, Callable[[str], object]] = {
    "sheet": lambda text: read("sheet", f"{text}\n"),
    "comma": lambda text: read("comma", f"{text}\n"),
    "semicolon": lambda text: read("semicolon", f"{text}\n"),
    "indicator": lambda text: read("indicator", text),
    "value": lambda text: text.strip() and read("value", text),
    "otherwise": lambda text: read("otherwise", text),
}
STANDING: Mapping[str, Callable[[str], str]] = {
    "sheet": lambda text: f"{HEADER}\n{text}",
    "comma": lambda text: f"{HEADER}\n{text}".replace("\t", ","),
    "semicolon": lambda text: f"{HEADER}\n{text}".replace("\t", ";"),
    "indicator": lambda text: f"1、1-产出指标; 11-数量指标; 人数{text}; 实施周期指标值:{text}; 年度指标值:{text}。",
    "value": lambda text: f"≥{text}",
    "otherwise": lambda text: f"【产出指标-数量指标】指标1:{text}(≥{text})指标名称:{text},设1条质量指标:{text}≥{text}",
}


@pytest.mark.slow
@tried_on("name", terminals)
def test_a_parser_reads_in_linear_time(name: str) -> None:
    """What a terminal leaves another one takes, and each looks ahead: the whole of it grows with the text alone."""
    grammar = name.partition(".")[0]
    pumps = Anatomy(terminals()[name]).pumps()[::5]
    assert slow(PLACES[grammar], pumps, 512) is None
    assert slow(lambda text: PLACES[grammar](STANDING[grammar](text)), pumps[1::2], 512) is None


@pytest.mark.slow
@tried_on("read_it", [read_value, read_amount, clean, fold_glyphs], ids=lambda f: f.__name__)
def test_a_value_is_read_in_linear_time(read_it: Callable[[str], object]) -> None:
    pumps = [
        pump for name in terminals() if name.startswith("value.") for pump in Anatomy(terminals()[name]).pumps()[::7]
    ]
    assert slow(read_it, pumps, 1024) is None


# --- patterns of the code --------------------------------------------------------------------------------------------

BOUNDED = {"goalcheck.checks.facts.name_tail._BRACKET_TAIL": 24}
"""Patterns that are tried on so many characters at the most."""


@cache
def modules() -> tuple[types.ModuleType, ...]:
    names = (found.name for found in pkgutil.walk_packages(goalcheck.__path__, "goalcheck."))
    return tuple(importlib.import_module(name) for name in names if not name.endswith(("_build", "__main__")))


def use() -> list[object]:
    """Let everything make the patterns that it makes when it is used; what holds on to them."""
    texts = [CLEAN, SAMPLE.read_text(encoding="utf-8")]
    texts += [made.in_sheet(rule.level).text for rule in catalogue().rules for made in rule.bad]
    every = plan(catalogue(), TAXONOMIES[0], Selection(select=["ALL"]))
    for text in texts:
        check_source(Source(text), every)
    return [every, *map(vars, modules())]


def held(roots: list[object]) -> set[re.Pattern[Any]]:
    """The patterns that ``roots`` hold, in whatever they are wrapped: containers, caches, closures, instances."""
    found: set[re.Pattern[Any]] = set()
    seen: set[int] = set()
    waiting: list[Any] = [*roots]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, re.Pattern):
            found.add(thing)
        elif not isinstance(thing, str | bytes | int | float | types.CodeType | types.ModuleType) and _ours(thing):
            waiting += gc.get_referents(thing)
    return found


def _ours(thing: Any) -> bool:
    """Whether to look into it: not into functions and classes of others, which hold their whole module."""
    if isinstance(thing, type | types.FunctionType | types.BuiltinFunctionType | types.MethodType):
        return str(getattr(thing, "__module__", "")).startswith("goalcheck")
    return True


@cache
def patterns() -> dict[str, tuple[re.Pattern[Any], frozenset[str]]]:
    """Every pattern, by where it is, and what is done with it: ``match``, ``fullmatch``, ``search``.

    Of one that has no name of its own nobody knows, and to search is the most.
    """
    everywhere = held(use())
    done = _done()
    found = {}
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                found[f"{module.__name__}.{name}"] = value, frozenset(done[_where(module, name), name])
    others = everywhere - {pattern for pattern, _ in found.values()}
    others = {
        pattern for pattern in others if "(?P<" not in str(pattern.pattern)
    }  # the lexers': terminals, tried above
    for pattern in sorted({*others, *_written_where_used()}, key=repr):
        found[f"{len(found)}: {str(pattern.pattern)[:60]}"] = pattern, frozenset(("search",))
    return found


def _trees() -> Iterator[tuple[types.ModuleType, ast.Module]]:
    for module in modules():
        yield module, ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))


def _where(module: types.ModuleType, name: str) -> str:
    """Where a name that ``module`` has means what it means there: one that is not public, in that module alone."""
    return module.__name__ if name.startswith("_") else ""


def _done() -> Mapping[tuple[str, str], set[str]]:
    """What is done with each name, and where it means the same; one that is handed on may be searched for."""
    done: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module, tree in _trees():
        told = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                told.add(node.value)
                if node.attr in ("match", "fullmatch", *SCANNING):
                    name = node.value.id
                    done[_where(module, name), name].add("search" if node.attr in SCANNING else node.attr)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in told:
                done[_where(module, node.id), node.id].add("search")
    return done


def _written_where_used() -> Iterator[re.Pattern[str]]:
    """``re.sub("…", …)`` and its like."""
    for _, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"re.{name}" for name in (*SCANNING, "match")}:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield re.compile(first.value)


@pytest.mark.skipif(regexes._IS_ASTRAY, reason="re itself makes them otherwise")
def test_kept_code_is_what_re_makes() -> None:
    """Of every pattern of a module: compiled by re, from new code, and from code that was written down and loaded."""
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                usual = re.compile(value.pattern, value.flags)
                kept = regexes.made_of(value.pattern, regexes.code(value.pattern, value.flags), value.flags)
                assert value == usual == kept, f"{module.__name__}.{name}"
                assert value.groupindex == usual.groupindex


@pytest.mark.parametrize(
    ("pattern", "text", "taken"),
    [
        ("(?:ab?c)*+", "acab", "ac"),
        ("x(?=(?:ab?c)++a)", "xabcaca", "x"),
        ("(?:[^;d]++|x[,:]*+)++", "abc,xx::dd", "abc,xx::"),
    ],
)
def test_older_pythons_take_no_more_and_no_less(
    pattern: str, text: str, taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regexes, "_IS_ASTRAY", True)
    found = regexes.made_of(pattern, regexes.code(pattern)).match(text)
    assert found is not None
    assert found[0] == taken


@pytest.mark.parametrize("code", [None, (0, b"", 0, {}, ()), (0, b"\xff" * 12, 0, {}, (None,))])
def test_without_sound_code_re_compiles(code: regexes.Code | None) -> None:
    assert regexes.made_of("a+", code, re.IGNORECASE) == re.compile("a+", re.IGNORECASE)


@pytest.mark.slow
def test_patterns_are_found() -> None:
    names = {name.removeprefix("goalcheck.") for name in patterns()}
    assert {
        "blanks.STRAY_GAP",
        "checks.facts.name_words._TAIL",
        "prose.sentences.HIDDEN",
        "files.toml_places._KEY",
    } <= names
    sources = {str(pattern.pattern) for pattern, _ in patterns().values()}
    assert any("含" in source for source in sources), "what is made once a lexicon"
    calls = [node for _, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert len(names) > sum(ast.unparse(call.func) == "re.compile" for call in calls)


@pytest.mark.long
@pytest.mark.slow
def test_patterns_of_the_code_are_linear() -> None:
    bad = {}
    tried = set()
    for where, (pattern, done) in patterns().items():
        if isinstance(pattern.pattern, bytes):
            text = re.compile(pattern.pattern.decode(), pattern.flags | re.ASCII)
        else:
            text = pattern
        most = BOUNDED.get(where, STEPS[-1])
        for action in done - {"match"} if SCANNING & done else done:  # to search is to match at the start first
            if (text, action, most) not in tried:  # what several modules have is one
                tried.add((text, action, most))
                found = slowpattern(text, action, most)
                if found:
                    bad[f"{where}.{action}"] = found
    assert not bad


# --- patterns that are made of what a user writes --------------------------------------------------------------------

GLOBS = ("*.txt", "old/", "a/**/b*c/**/*.txt", "**/x/**/x*/**/y", "*a*a*a*b", "**a**a**b", "x?*y**/z", "**/*a*b*/**")


@tried_on("glob", GLOBS)
def test_globs_cost_little_on_the_longest_path(glob: str) -> None:
    """As many characters as a system allows; what fits is in test_config."""
    pattern = globs.glob_pattern(glob)
    for piece in ("x/", "a", "a/", "xa/", "aab/"):
        started = time.process_time()
        assert pattern.fullmatch(piece * (4096 // len(piece)) + "\0") is None or glob.endswith("**")
        assert time.process_time() - started < 1


@pytest.mark.slow
@given(
    st.lists(st.sampled_from(["a", "b", "/", "*", "**/", "**", "?"]), min_size=1, max_size=8).map("".join),
    st.text("ab/", min_size=1, max_size=12),
)
@settings(max_examples=examples(600), deadline=None)
def test_globs_fit_what_they_say(glob: str, path: str) -> None:
    """As if every star were tried at every length."""
    plain = re.sub(r"(?:\*\*/)+", "**/", glob)
    plain += "**" if plain.endswith("/") else ""
    plain = plain if "/" in plain else f"**/{plain}"
    parts = re.findall(r"\*\*/|\*+|.", plain)
    said = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    naive = "".join(said.get(part, ".*" if part.startswith("**") else re.escape(part)) for part in parts)
    assert bool(globs.glob_pattern(glob).fullmatch(path)) == bool(re.fullmatch(naive, path, re.DOTALL))


USUAL = r"""
[0-9]+人
\d+(\.\d+)?%
[≥≤>]?\d+(\.\d{1,2})?(%|元|万元|人|人次|次|个)
.*(月|季度).*
.{20,}
.{10,500}
^.{1,30}$
^[^。]+。$
.*20\d{2}年.*
(?!.*左右).*
(?=.*\d).+
[\u4e00-\u9fff()]+率
.+(率|度|数|次|额)
(?:\d{4}年)?\d{1,2}月\d{1,2}日前?
\d{4}年(?:0?[1-9]|1[0-2])月(?:底|前|初)
(一|二|三|四)季度
(?:第[一二三四]季度、?)+
[^,、;]*
(?i)[a-z]+\d*
\S.*\S
(?:[^;]+;)*[^;]+
(?:[^、]+、)*[^、]+
(?:人|人次|户|件|个|项|次)+
.*(街道|社区|居委会).*
(≥|>=|不低于|不少于)\d+%
\d{1,3}(,\d{3})*(\.\d{2})?
-?\d+(\.\d+)?
[A-Z]{2}\d{3}
(?<!\d)\d{1,3}%
\d+(?=人)人
.*\b\d+\b.*
100%|[1-9]?\d(\.\d+)?%
(?P<数>\d+)(?P<单位>[^\d]+)
(.*)(元|万元)(.*)
((\d+)人)?((\d+)次)?
(甲|乙|丙)?.*项目
项目.*经费|.*补助
(\w+\s?)+
(?:人|人次|次)*+
(?:\d++、?)+
.*(.*年.*){2}.*
(?:\d+、)*\d+
^(?:(?!合计|小计).)*$
(?s).*目标1.*目标2.*
(?m)^目标\d.*$(?:\n^目标\d.*$)*
[\s\S]{30,2000}
.*?(确保|保障).*?
(?x) \d+ \s* (人|次) # 数量
(\d+)~(\d+)人
(?:≥|≤)?\s*\d+\s*(?:%|‰)
""".strip().splitlines()
NASTY = r"""
(a|a)*b
(?:人|人次?)*x
.*a.*a.*a.*a.*b
(a+)+
((a+)+)+b
(?:a?){300}b
(?:.*,){9}P.*
([\u4e00-\u9fff]+|\w)*!
^(\s*[\w一-龥]+\s*[,、]?)+$
.*\b\w+\b.*\b\w+\b。
(?=(a+)+b).*
(?:(?!(?:a|aa)+b).)*!
(?<=(?:a|b))(?:a|b|ab)*c
(?>a|ab)*+c
(?:(?:a|ab)*+b?)*c
(?i)(?:[a-f]|A|x?)*!
.*a.{200}
(?:.{0,40}+){5}c
""".strip().splitlines()
CELLS = [
    "50人",
    "≥90%",
    "2024年12月底前",
    "社区培训12期,600人次。",
    "目标1:甲\n目标2:乙",
    "第一季度、第二季度",
    "",
    "a" * 9,
]


@tried_on("pattern", USUAL)
def test_a_usual_pattern_is_taken_as_re_takes_it(pattern: str) -> None:
    made = Pattern(pattern)
    for text in CELLS:
        assert made.is_match(text) == bool(re.fullmatch(pattern, text)), text


@tried_on("pattern", NASTY)
def test_a_nasty_pattern_ends(pattern: str) -> None:
    """Whatever it is tried on: :mod:`re` would go on for longer than the sun."""
    made = Pattern(pattern)
    for piece in ("a", "ab", "人次", "a,", "甲 ", "Aa"):
        for end in ("", "!", "cb"):
            with contextlib.suppress(OutOfStepsError):
                made.is_match(piece * (9000 if THOROUGH else 2000) + end)


_ATOMS = st.sampled_from(
    ["a", "b", "人", ".", "[ab]", "[^a]", r"\w", r"\d", r"\s", "", "^", "$", r"\b", r"\B", r"\A", r"\Z", "(?m:^)"]
)
_REPEATS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}", "*+", "++", "?+", "{1,2}+"]
_GROUPS = ["(?:", "(", "(?>", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?s:"]
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(_REPEATS)).map(lambda two: f"(?:{two[0]}){two[1]}"),
        st.tuples(st.sampled_from(_GROUPS), inner).map(lambda two: f"{two[0]}{two[1]})"),
    ),
    max_leaves=12,
)


@given(_PATTERNS, st.lists(st.text("abA人 \n", max_size=7), min_size=8, max_size=8))
@settings(max_examples=examples(1000))
def test_any_pattern_is_taken_as_re_takes_it(pattern: str, texts: list[str]) -> None:
    try:
        made = Pattern(pattern)
    except PatternError as error:
        refused = error.key
    else:
        refused = None
        for text in texts:
            assert made.is_match(text) == bool(re.fullmatch(pattern, text)), text
    assert refused in (None, "bad-pattern", "pattern-empty-turn")


@given(_PATTERNS, st.text("ab人 ", max_size=30))
@settings(max_examples=examples(500))
def test_what_an_automaton_keeps_changes_nothing(pattern: str, text: str) -> None:
    """Neither what is found nor in how many steps: on the first text, on a later one, and where nothing is kept."""
    with contextlib.suppress(re.error, PatternError):
        made, forgetful = Pattern(pattern), Pattern(pattern)
        first = _tried(made, text)
        made.is_match(text[::-1])
        assert _tried(made, text) == first
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(regex_automaton, "_MOST_KEPT", -1)
            assert _tried(forgetful, text) == first


def _tried(pattern: Pattern, text: str) -> tuple[bool, int]:
    """Whether ``text`` fits, and how many steps are left then."""
    steps = regex_automaton.Steps(10**9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regex_safety, "Steps", lambda _: steps)
        return pattern.is_match(text), steps.left
