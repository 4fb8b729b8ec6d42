"""The pages of all rules in, the manual as Markdown out: a table of contents by family, then a section a rule.

Faults keep their marks ``⟦…⟧`` here: in a browser Han characters are seldom two Latin ones wide, and an underline would
stand elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from goalcheck.catalogue.example import Example
from goalcheck.manual.pages import Case, Page, families, say
from goalcheck.messages import Words
from goalcheck.prose import layout
from goalcheck.prose.sentences import SEVERITIES

_WIDTH = 76
_SPECIAL = re.compile(r"[&<>~$\\`*_\[\]|]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;", "$": "&#36;"}
_LEADING = re.compile(r"^(?:([-+#=])|(\d+)([.)]))")

PREFACE: Mapping[str, Words] = {
    "title": Words("goalcheck 规则手册", "The rules of goalcheck"),
    "about": Words(
        "每条规则查什么、为什么查、依据是什么、错的怎么改、对的什么样。这份手册由 `goalcheck explain --all` 写出；"
        "单看一条，运行 `goalcheck explain 代码`。",
        "What each rule finds, why, on what ground, what to write instead, and what is right. Written by "
        "`goalcheck explain --all`; for a single rule run `goalcheck explain CODE`.",
    ),
    "signs": Words(
        "例子里，`⟦…⟧` 标出错处，`⟦⟧` 里什么都没有的，是那里缺了东西；`⇥` 表示换到下一格；"
        "`〔目标〕`、`〔指标〕` 代表填好的绩效目标和绩效指标；缩进的一行，接着上一行。错例上面的话就是报告里说的话。",
        "In the examples `⟦…⟧` marks the fault, an empty `⟦⟧` the place where something is missing; `⇥` stands for the "
        "step to the next cell; `〔目标〕` and `〔指标〕` stand for a goal and indicators as they should be; an "
        "indented line goes on with the one above. What stands above a wrong example is what the report says.",
    ),
    "choice": Words("怎样选规则", "Choosing rules"),
    "choosing": Words(
        "多数规则默认检查；写着“默认不查”的，用 `--profile strict` 一并打开，或用 `--extend-select` 单开几条。"
        "规则可以写代码（`GC203`）、代码的开头（`GC2`）或名称（`parent-mismatch`）。想长期这样，就写在表格所在文件夹"
        "（或上级文件夹）的 `goalcheck.toml` 里：",
        "Most rules are on by default. Those that are off are all switched on by `--profile strict`, single ones by "
        "`--extend-select`. A rule is named by its code (`GC203`), the beginning of codes (`GC2`) or its name "
        "(`parent-mismatch`). What shall last goes into a `goalcheck.toml` in the folder of the sheets or above it:",
    ),
    "contents": Words("目录", "Contents"),
    "rule": Words("规则", "rule"),
    "finds": Words("查什么", "what it finds"),
    "severity": Words("轻重", "severity"),
    "by-default": Words("默认查", "by default"),
    "mending": Words("goalcheck fix", "goalcheck fix"),
    "core": Words("是", "yes"),
    "strict": Words("否", "no"),
    "none": Words("—", "—"),
    "safe": Words("改", "mends"),
    "unsafe": Words("按建议改", "proposes"),
}
SETTINGS = Words(
    """\
ignore = ["GC2", "missing-unit"]   # 这些不查
extend-select = ["GC310"]          # 默认不查的，这些要查

[severity]
GC505 = "info"                     # 改轻重：error、warning、info

[per-file-ignores]
"某个表.txt" = ["GC401"]           # 只有这个文件不查
""",
    """\
ignore = ["GC2", "missing-unit"]   # do not run these
extend-select = ["GC310"]          # run these, though they are off by default

[severity]
GC505 = "info"                     # graver or lighter: error, warning, info

[per-file-ignores]
"that-sheet.txt" = ["GC401"]       # not in this file
""",
)


def report(pages: Sequence[Page], language: str) -> Iterator[str]:
    """The manual, a block at a time; blocks are parted by blank lines."""
    for number, block in enumerate(_blocks(pages, language)):
        yield f"\n{block}\n" if number else f"{block}\n"


def _blocks(pages: Sequence[Page], language: str) -> Iterator[str]:
    by_rule = {page.rule.code: page for page in pages}
    chapters = [(key, [by_rule[rule.code] for rule in rules]) for key, rules in families([p.rule for p in pages])]
    yield f"# {PREFACE['title'][language]}"
    yield PREFACE["about"][language]
    yield PREFACE["signs"][language]
    yield f"## {PREFACE['choice'][language]}"
    yield PREFACE["choosing"][language]
    yield _fenced(SETTINGS[language], "toml")
    yield f"## {PREFACE['contents'][language]}"
    yield "\n".join(f"- [{_chapter(key, language)}](#{key.lower()})" for key, _ in chapters)
    for key, inside in chapters:
        yield _anchor(key)
        yield f"## {_chapter(key, language)}"
        yield _contents(inside, language)
        for page in inside:
            yield from _section(page, language)


def _chapter(key: str, language: str) -> str:
    return say(key, language) if key == "own" else f"{key} {say(key, language)}"


def _anchor(name: str) -> str:
    return f'<a id="{name.lower()}"></a>'


def _contents(pages: Iterable[Page], language: str) -> str:
    """The table of a chapter: its rules, each with its title and where to read on."""
    heads = [PREFACE[key][language] for key in ("rule", "finds", "severity", "by-default", "mending")]
    rows = [heads, ["---"] * len(heads)]
    for page in pages:
        rule = page.rule
        link = f"[{rule.code} {rule.name}](#{rule.code.lower()})"
        words = [SEVERITIES[rule.severity], PREFACE[rule.set], PREFACE[rule.fix]]
        rows.append([link, escape(page.title), *(said[language] for said in words)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def section(page: Page, language: str) -> str:
    """The section of one rule, to be read by itself."""
    blocks = [block for block in _section(page, language) if block != _anchor(page.rule.code)]
    return "\n\n".join((*blocks, " ".join((say("marks", language), page.note)).strip()))


def _section(page: Page, language: str) -> Iterator[str]:
    rule = page.rule
    yield _anchor(rule.code)
    yield f"### {rule.code} {rule.name}"
    yield escape(page.title)
    yield " · ".join(map(escape, page.facts))
    for key, text in (("why", page.why), ("source", page.source)):
        yield f"{_label(key, language)} {escape(text)}"
    yield _label("bad", language)
    for case in page.bad:
        yield from _case(case, language)
    yield from _list(_label("help", language), page.help)
    yield _label("good", language)
    yield _fenced(_examples(page.good))
    if page.options:
        yield f"{_label('options', language)} {say('options-here', language)}"
        yield _fenced(page.options, "toml")
    yield _label("on" if rule.set == "strict" else "off", language)
    yield _switch(page, language)


def _label(key: str, language: str) -> str:
    return f"**{say(key, language)}**"


def _case(case: Case, language: str) -> Iterator[str]:
    """What is said of a wrong example, the example, and what it should be."""
    yield from _list("", case.said)
    yield _fenced(_examples([case.example]))
    yield from _list("", [f"→ {advice}" for advice in case.advice])
    if case.example.fixed is not None:
        yield say("fixed", language)
        yield _fenced(_examples([Example(case.example.fixed)]))


def _list(label: str, texts: Sequence[str]) -> Iterator[str]:
    """One text behind its label, several as a list below it."""
    if len(texts) == 1:
        yield f"{label} {escape(texts[0])}".strip()
    elif texts:
        if label:
            yield label
        yield "\n".join(f"- {escape(text)}" for text in texts)


def _examples(examples: Iterable[Example]) -> str:
    """Examples with their marks, parted by blank lines where one has several lines."""
    shown = ["\n".join(layout.cut(made.marked, _WIDTH)) for made in examples]
    return ("\n\n" if any("\n" in text for text in shown) else "\n").join(shown)


def _switch(page: Page, language: str) -> str:
    """How to put the rule off or on, a line a way."""
    gap = "" if language == "zh" else " "
    return "\n".join(f"- {how}{gap}{' '.join(f'`{line}`' for line in lines)}" for how, *lines in page.switch)


def _fenced(text: str, language: str = "text") -> str:
    """A block of text that is shown as it stands."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def escape(text: str) -> str:
    """``text`` as Markdown that shows nothing but it."""
    text = _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or f"\\{match[0]}", text)
    return _LEADING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)
