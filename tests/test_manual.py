"""``goalcheck explain``: a page that says all that a rule's record says, and the manual in ``docs/``, kept in step.

``python tests/update_golden.py`` writes the manual anew.
"""

from __future__ import annotations

import itertools
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import attrs
import pytest
from helpers import ROOT, goalcheck, goalcheck_here, tried_on

from goalcheck.catalogue.example import Example
from goalcheck.catalogue.load import catalogue
from goalcheck.catalogue.rule import Rule
from goalcheck.cli import manual
from goalcheck.config.configuration import Configuration
from goalcheck.engine.pipeline import check_source
from goalcheck.engine.plan import default_plan
from goalcheck.finding import Finding
from goalcheck.manual import handbook, pages, terminal
from goalcheck.messages import LANGUAGES, say
from goalcheck.prose import layout
from goalcheck.prose.width import display_width
from goalcheck.source import Source

RULES = catalogue().rules
MANUALS = {"zh": "docs/rules.md", "en": "docs/rules.en.md"}
BAR = "    | "
FENCED = re.compile(r"^(`{3,})(\w+)\n(.*?)\n\1$", re.MULTILINE | re.DOTALL)

each_language = pytest.mark.parametrize("lang", LANGUAGES)
each_rule = tried_on("rule", RULES, ids=lambda rule: rule.code)


@cache
def _find(rule: Rule, text: str) -> Sequence[Finding]:
    return check_source(Source(text), attrs.evolve(default_plan(catalogue()), rules=(rule,))).findings


@cache
def _made(rule: Rule, lang: str) -> pages.Page:
    return pages.page(rule, lang, _find)


@cache
def _page(rule: Rule, lang: str) -> str:
    return "".join(terminal.report(_made(rule, lang), lang))


@pytest.fixture(autouse=True, scope="module")
def _examples_are_checked_once() -> Iterator[None]:
    """For all pages, the manual and both languages: the command finds what it found before."""
    found = manual._found
    known: dict[tuple[str, str], Sequence[Finding]] = {}

    def again(configuration: Configuration, rule: Rule, text: str) -> Sequence[Finding]:
        if (rule.code, text) not in known:
            known[rule.code, text] = found(configuration, rule, text)
        return known[rule.code, text]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manual, "_found", again)
        yield


def _none(_: Rule, __: str) -> Sequence[Finding]:
    return ()


@cache
def _manual(lang: str) -> str:
    return goalcheck("explain", "--all", "--lang", lang, cwd=ROOT).text


def _bare(text: str) -> str:
    """``text`` without blanks and the bars before examples: lines that were filled are put together again."""
    return re.sub(r"\s", "", re.sub(r"^ +(?:\|[ ^]*$|[|=-] )", "", text, flags=re.MULTILINE))


# --- the page of a rule --------------------------------------------------------------------------------------------


@each_language
def test_page_through_the_command(tmp_path: Path, lang: str) -> None:
    """The page says what the report says of the very example."""
    run = goalcheck("explain", "GC203", "--lang", lang, cwd=tmp_path)
    rule = catalogue().find("GC203")
    assert rule is not None
    assert (run.status, run.err) == (0, b"")
    assert run.text == _page(rule, lang)
    (tmp_path / "a.txt").write_text(rule.bad[0].in_sheet(rule.level).text, encoding="utf-8")
    found = goalcheck("lint", "a.txt", "--format", "json", "--select", "GC203", "--lang", lang, cwd=tmp_path)
    (finding,) = json.loads(found.out)["findings"]
    for said in (finding["message"], finding["help"]):
        assert _bare(said) in _bare(run.text)


@each_language
def test_page_in_a_file(tmp_path: Path, lang: str) -> None:
    run = goalcheck("explain", "GC501", "-o", "page.txt", "--lang", lang, cwd=tmp_path)
    assert (run.status, run.out) == (0, b"")
    assert (tmp_path / "page.txt").read_bytes() == goalcheck("explain", "GC501", "--lang", lang, cwd=tmp_path).out


@pytest.mark.slow
@each_language
@each_rule
def test_page_says_all_of_the_record(rule: Rule, lang: str) -> None:
    text = _page(rule, lang)
    said = [rule.title[lang], rule.why[lang], rule.source[lang], *(made.text for made in (*rule.bad, *rule.good))]
    said += [made.fixed for made in rule.bad if made.fixed is not None]
    for what in said:
        assert _bare(what) in _bare(text)
    heads = [say(f"manual.{key}", lang) for key in ("what", "why", "source", "bad", "help", "good")]
    heads.append(say("manual.on" if rule.set == "strict" else "manual.off", lang))
    assert [line for line in text.split("\n") if line in heads] == heads
    assert "⟦" not in text
    assert "\n\n\n" not in text
    for line in text.split("\n"):
        assert line == line.rstrip()
        assert display_width(line) <= 80
        assert line.startswith(BAR) or "{" not in line


def _shown(rule: Rule) -> list[Example]:
    """The wrong examples in the order of the page: the commonest layouts first, and one as a form has it."""
    return [case.example for case in _made(rule, "zh").bad]


def _underlined(text: str) -> str:
    """Everything on a page that stands above a ``^``, by the cells of a terminal."""
    found = ""
    for above, below in itertools.pairwise(text.split("\n")):
        if re.fullmatch(r"    \|[ ^]*\^", below):
            at = 0
            for char in above:
                found += char if "^" in below[at : at + display_width(char)] else ""
                at += display_width(char)
    return re.sub(r"\s", "", found)


@each_rule
def test_marks_become_underlines(rule: Rule) -> None:
    """Where nothing is wrong but something is missing, a single sign stands below what follows, or behind the row."""
    marks = ""
    for made in _shown(rule):
        for start, end in made.spans:
            marks += made.text[start:end] or made.text[start : start + 1]
    assert _underlined(_page(rule, "zh")) == re.sub(r"\s", "", marks)


def test_the_commonest_layouts_come_first() -> None:
    """And a rule that is for all of them, but has examples of one, shows the first of these as a form has it."""
    for code in ("GC314", "GC317", "GC203"):
        rule = catalogue().find(code)
        assert rule is not None
        shown = [made.layout for made in _shown(rule)]
        assert shown[0] == "blocks"
        assert shown == sorted(shown, key=["blocks", "rows", "packed"].index)
    only_packed = catalogue().find("GC102")
    assert only_packed is not None
    assert {made.layout for made in _shown(only_packed)} == {"packed"}


@each_language
def test_page_of_a_mended_example(lang: str) -> None:
    rule = catalogue().find("GC203")
    assert rule is not None
    text = _page(rule, lang)
    assert rule.bad[0].fixed is not None
    mended = text.partition(f"\n    {say('manual.fixed', lang)}\n")[2]
    assert _bare(mended).startswith(_bare(rule.bad[0].fixed))


@each_language
def test_page_tells_how_to_switch_a_rule_off(lang: str) -> None:
    rule = catalogue().find("GC501")
    assert rule is not None
    switch = _page(rule, lang).partition(f"\n{say('manual.off', lang)}\n")[2]
    once, always, head, file = (line.strip() for line in switch.split("\n") if line.startswith("      "))
    assert once == "goalcheck lint --ignore GC501"
    assert tomllib.loads(always) == {"ignore": ["GC501"]}
    settings = tomllib.loads(f"{head}\n{file}")
    assert list(settings["per-file-ignores"].values()) == [["GC501"]]


@each_language
def test_page_tells_how_to_switch_a_strict_rule_on(tmp_path: Path, lang: str) -> None:
    rule = attrs.evolve(RULES[0], set="strict")
    switch = _page(rule, lang).partition(f"\n{say('manual.on', lang)}\n")[2]
    once, always, strict = (line.strip() for line in switch.split("\n") if line.startswith("      "))
    assert once == f"goalcheck lint --extend-select {rule.code}"
    assert tomllib.loads(always) == {"extend-select": [rule.code]}
    assert strict == "goalcheck lint --profile strict"
    assert say("manual.off", lang) not in switch
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    for command in (once, strict):
        _, *arguments = command.split()
        assert "a.txt" in goalcheck(*arguments, "a.txt", cwd=tmp_path).complaints[0], "the options are there"


@each_language
def test_page_tells_the_options(lang: str) -> None:
    options = {"threshold": 80, "words": ["甲", "乙"], "whole": True, "text": 'a"b'}
    rule = attrs.evolve(RULES[0], options=options)
    part = _page(rule, lang).partition(f"\n{say('manual.options', lang)}\n")[2].partition("\n\n")[0]
    written = "\n".join(line for line in part.split("\n") if line.startswith("      "))
    assert tomllib.loads(written) == {"options": {rule.name: options}}
    assert say("manual.options", lang) not in _page(attrs.evolve(rule, options={}), lang)


def test_page_of_a_rule_that_finds_nothing_in_its_examples() -> None:
    """A rule in the making: its page can be read all the same."""
    text = "".join(terminal.report(pages.page(RULES[0], "zh", _none), "zh"))
    assert _bare(RULES[0].bad[0].text) in _bare(text)


# --- lines ---------------------------------------------------------------------------------------------------------


@tried_on("width", [12, 20, 41, 76])
@tried_on(
    "text",
    [
        "产出、效益、满意度指标下各设哪些二级指标\uff0c见财预〔2015〕88号所附表式\uff1b“如此”\uff08≥90%\uff09。",
        "A sum that its rows do not make up (see 10.1) means a row left out, counted twice or mistyped.",
    ],
    ids=["zh", "en"],
)
def test_filled_lines(text: str, width: int) -> None:
    lines = list(layout.fill(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(display_width(line) <= width for line in lines)
    assert not any(re.match("[\u3001\u3002\uff0c\uff1b\uff09\u201d\u3015.,;)]", line) for line in lines)
    assert not any(re.search("[\uff08\u201c\u3014(]$", line) for line in lines)


def test_rows_are_cut_between_their_fields() -> None:
    row = "4、1-产出指标; 12-质量指标; 工程验收合格率; 实施周期指标值:100%; 年度指标值:1010%。"
    at = row.index("1010%")
    assert list(layout.marked(row, [(at, at + 5), (len(row), len(row))], 70)) == [
        ("4、1-产出指标; 12-质量指标; 工程验收合格率; 实施周期指标值:100%;", ""),
        ("  年度指标值:1010%。", f"{' ' * 13}^^^^^  ^"),
    ]


def test_a_field_wider_than_a_line_is_cut_between_words() -> None:
    lines = list(layout.cut("社区" * 60, 40))
    assert len(lines) > 5
    assert all(display_width(line) <= 40 for line in lines)
    assert "".join(line.strip() for line in lines) == "社区" * 60


def test_hidden_characters_are_spelt_out() -> None:
    ((line, signs),) = layout.marked("a\u202eb\tc", [(2, 3)], 70)
    assert (line, signs) == ("a<U+202E>b⇥c", f"{' ' * 9}^")


# --- the manual ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@each_language
def test_manual_is_in_step(lang: str) -> None:
    run = goalcheck("explain", "--all", "--lang", lang, cwd=ROOT)
    assert (run.status, run.err) == (0, b"")
    assert (ROOT / MANUALS[lang]).read_text(encoding="utf-8") == run.text


def test_manual_is_chinese_unless_told_and_goes_into_a_file(tmp_path: Path) -> None:
    run = goalcheck("explain", "--all", "-o", "rules.md", cwd=tmp_path)
    assert (run.status, run.out, run.complaints) == (0, b"", ["goalcheck: 写好了 rules.md"])
    assert (tmp_path / "rules.md").read_bytes().decode() == _manual("zh")


def test_manual_that_cannot_be_written(tmp_path: Path) -> None:
    run = goalcheck("explain", "--all", "-o", "nowhere/rules.md", cwd=tmp_path)
    assert (run.status, run.out, len(run.complaints)) == (2, b"", 1)
    assert "nowhere/rules.md" in run.complaints[0]


@each_language
def test_manual_has_a_section_for_every_rule(lang: str) -> None:
    text = _manual(lang)
    assert re.findall(r"^### (\S+) (\S+)$", text, re.MULTILINE) == [(rule.code, rule.name) for rule in RULES]
    sections = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    for rule, section in zip(RULES, sections, strict=True):
        for said in (rule.title[lang], rule.why[lang], rule.source[lang]):
            assert handbook.escape(said) in section
        blocks = "".join(match[3] for match in FENCED.finditer(section))
        for made in (*rule.bad, *rule.good):
            assert _bare(made.marked) in _bare(blocks)
            assert _bare(made.fixed or "") in _bare(blocks)
        assert f"`goalcheck lint --{'extend-select' if rule.set == 'strict' else 'ignore'} {rule.code}`" in section


@each_language
def test_links_of_the_manual_lead_somewhere(lang: str) -> None:
    text = _manual(lang)
    anchors = re.findall(r'^<a id="([^"]+)"></a>$', text, re.MULTILINE)
    links = re.findall(r"\]\(([^)]+)\)", FENCED.sub("", text))
    assert len(anchors) == len(set(anchors))
    assert {link.removeprefix("#") for link in links} == set(anchors)
    assert {rule.code.lower() for rule in RULES} <= set(anchors)


@each_language
def test_tables_of_the_manual_hold_every_rule_once(lang: str) -> None:
    rows = re.findall(r"^\| \[(GC\d+) .*$", _manual(lang), re.MULTILINE)
    assert rows == [rule.code for rule in RULES]
    for line in _manual(lang).split("\n"):
        if line.startswith("|"):
            assert len(re.split(r"(?<!\\)\|", line)) == 7


@each_language
def test_blocks_of_the_manual_are_parted(lang: str) -> None:
    """A heading, fence or list that clings to a paragraph is read as part of it by some readers of Markdown."""
    text = _manual(lang)
    outside = FENCED.sub("code", text)
    assert "\n\n\n" not in outside
    assert "```" not in outside
    assert re.search(r"[^\n]\n(#|code$)", outside, re.MULTILINE) is None
    assert re.search(r"^code\n[^\n]", outside, re.MULTILINE) is None
    assert re.search(r"^[^-|\n].*\n[-|]", outside, re.MULTILINE) is None
    assert re.search(r"[^\n]\n\Z", text)


def test_settings_of_the_manual_are_toml() -> None:
    for lang in LANGUAGES:
        (settings,) = (tomllib.loads(match[3]) for match in FENCED.finditer(_manual(lang).partition("<a id=")[0]))
        assert {"ignore", "extend-select", "severity", "per-file-ignores"} == set(settings)


@tried_on(
    ("text", "escaped"),
    [
        ("XX 或 ____", "XX 或 \\_\\_\\_\\_"),
        ("a|b", "a\\|b"),
        ("5*级 **", "5\\*级 \\*\\*"),
        ("<b> & [x](y) `z`", "&lt;b&gt; &amp; \\[x\\](y) \\`z\\`"),
        ("a\\b ~~c~~ $d$", "a\\\\b &#126;&#126;c&#126;&#126; &#36;d&#36;"),
        ("- x", "\\- x"),
        ("# x", "\\# x"),
        ("12. x", "12\\. x"),
        ("≥90%、×2、“好”、…", "≥90%、×2、“好”、…"),
    ],
)
def test_markdown_is_escaped(text: str, escaped: str) -> None:
    assert handbook.escape(text) == escaped


def test_rules_that_were_added_have_a_chapter_of_their_own() -> None:
    added = attrs.evolve(RULES[0], code="HB101", name="our-own-rule")
    every = [pages.page(rule, "en", _none) for rule in (*RULES[:2], added)]
    text = "".join(handbook.report(every, "en"))
    assert text.index("## rules that were added") < text.index("### HB101 our-own-rule")
    assert "(#site-rules)" in text
    assert text.count("### ") == 3


def test_an_example_with_backticks_stays_in_its_fence() -> None:
    rule = attrs.evolve(RULES[0], good=tuple(made._replace(marked="a ```` b") for made in RULES[0].good))
    text = "".join(handbook.report([pages.page(rule, "zh", _none)], "zh"))
    assert "`````text\na ```` b" in text


def test_a_code_that_is_none_is_not_guessed_at_random() -> None:
    told = "there is no rule {}; goalcheck rules lists them"
    for code in ("GC999", "GC9", "GC417"):
        assert goalcheck_here("explain", code, "--lang", "en").complaints == [f"goalcheck: {told.format(code)}"]
    assert "did you mean GC304;" in goalcheck_here("explain", "GC3O4", "--lang", "en").complaints[0]
