"""The manual of all rules as Markdown: a table of contents by family, then a section a rule.

Faults keep their marks ``⟦…⟧`` here: in a browser Han characters are seldom two Latin ones wide, and an underline would
stand elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from goalcheck.catalogue.example import Example
from goalcheck.files.regexes import regex
from goalcheck.manual.pages import Case, Page, families
from goalcheck.messages import say
from goalcheck.prose import layout, sentences

_WIDTH = 76
_SPECIAL = regex(r"[&<>~$\\`*_\[\]|]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;", "$": "&#36;"}
_LEADING = regex(r"^(?:([-+#=])|(\d+)([.)]))")


def report(pages: Sequence[Page], language: str) -> Iterator[str]:
    """The manual, a block at a time; blocks are parted by blank lines."""
    for number, block in enumerate(_blocks(pages, language)):
        yield f"\n{block}\n" if number else f"{block}\n"


def _blocks(pages: Sequence[Page], language: str) -> Iterator[str]:
    by_rule = {page.rule.code: page for page in pages}
    chapters = [(key, [by_rule[rule.code] for rule in rules]) for key, rules in families([p.rule for p in pages])]
    yield f"# {say('handbook.title', language)}"
    yield say("handbook.about", language)
    yield say("handbook.signs", language)
    yield f"## {say('handbook.choice', language)}"
    yield say("handbook.choosing", language)
    yield _fenced(say("handbook.settings", language), "toml")
    yield f"## {say('handbook.contents', language)}"
    yield "\n".join(f"- [{_chapter(key, language)}](#{key.lower()})" for key, _ in chapters)
    for key, inside in chapters:
        yield _anchor(key)
        yield f"## {_chapter(key, language)}"
        yield _contents(inside, language)
        for page in inside:
            yield from _section(page, language)


def _chapter(key: str, language: str) -> str:
    title = say(f"manual.{key}", language)
    return title if key == "site-rules" else f"{key} {title}"


def _anchor(name: str) -> str:
    return f'<a id="{name.lower()}"></a>'


def _contents(pages: Iterable[Page], language: str) -> str:
    """The table of a chapter: its rules, each with its title and where to read on."""
    heads = [say(f"handbook.{key}", language) for key in ("rule", "finds", "severity", "by-default", "mending")]
    rows = [heads, ["---"] * len(heads)]
    for page in pages:
        rule = page.rule
        link = f"[{rule.code} {rule.name}](#{rule.code.lower()})"
        traits = [say(f"handbook.{trait}", language) for trait in (rule.set, rule.fix)]
        rows.append([link, escape(page.title), sentences.severity(rule.severity, language), *traits])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def section(page: Page, language: str) -> str:
    """The section of one rule, to be read by itself."""
    blocks = [block for block in _section(page, language) if block != _anchor(page.rule.code)]
    return "\n\n".join((*blocks, " ".join((say("manual.marks", language), page.note)).strip()))


def _section(page: Page, language: str) -> Iterator[str]:
    rule = page.rule
    yield _anchor(rule.code)
    yield f"### {rule.code} {rule.name}"
    yield escape(page.title)
    yield " · ".join(map(escape, page.facts))
    for key, text in (("why", page.why), ("source", page.source)):
        yield f"{_label(key, language)} {escape(text)}"
    yield _label("bad", language)
    for name, cases in groupby(page.bad, lambda case: case.example.layout):
        yield from _layout(name, page, language)
        for case in cases:
            yield from _case(case, language)
    yield from _list(_label("help", language), page.help)
    yield _label("good", language)
    for name, examples in groupby(page.good, lambda made: made.layout):
        yield from _layout(name, page, language)
        yield _fenced(_examples(examples))
    if page.options:
        yield f"{_label('options', language)} {say('manual.options-here', language)}"
        yield _fenced(page.options, "toml")
    yield _label("on" if rule.set == "strict" else "off", language)
    yield _switch(page, language)


def _layout(name: str, page: Page, language: str) -> Iterator[str]:
    """Which sheets the examples below are of, where the page shows those of several."""
    if page.layouts:
        yield say(f"manual.in-{name}", language)


def _label(key: str, language: str) -> str:
    return f"**{say(f'manual.{key}', language)}**"


def _case(case: Case, language: str) -> Iterator[str]:
    """What is said of a wrong example, the example, and what it should be."""
    yield from _list("", case.said)
    yield _fenced(_examples([case.example]))
    yield from _list("", [f"→ {advice}" for advice in case.advice])
    if case.example.fixed is not None:
        yield say("manual.fixed", language)
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
    ways = [(how, " ".join(f"`{line}`" for line in lines)) for how, *lines in page.switch]
    return "\n".join(f"- {say('handbook.way', language, how=how, lines=lines)}" for how, lines in ways)


def _fenced(text: str, language: str = "text") -> str:
    """A block of text that is shown as it stands."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def escape(text: str) -> str:
    """``text`` as Markdown that shows nothing but it."""
    text = _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or f"\\{match[0]}", text)
    return _LEADING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)
