"""The page of one rule for a terminal: filled lines, examples with their faults underlined.

错例

  二级指标“31-服务对象满意度”不属于一级指标“2-效益指标”
    | 4、2-效益指标; 31-服务对象满意度; 群众满意度; 实施周期指标值:≥80%;
    |                ^^^^^^^^^^^^^^^^^
    |   年度指标值:≥80%。
    = 改为：3-满意度指标; 31-服务对象满意度
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from goalcheck.catalogue.example import Example
from goalcheck.manual.pages import Case, Page
from goalcheck.messages import say
from goalcheck.prose import layout

_WIDTH = 78
_INDENT = "  "
_BAR = "    | "


def report(page: Page, language: str) -> Iterator[str]:
    """The page, line by line."""
    yield f"{page.rule.code} {page.rule.name}\n"
    yield from _prose(" · ".join(page.facts), "")
    for key, text in (("what", page.title), ("why", page.why), ("source", page.source)):
        yield f"\n{say(f'manual.{key}', language)}\n"
        yield from _prose(text)
    yield f"\n{say('manual.bad', language)}\n"
    if page.note:
        yield from _prose(page.note)
    for at, (name, cases) in enumerate(groupby(page.bad, lambda case: case.example.layout)):
        yield "\n" if at or page.note else ""
        yield from _layout(name, page, language)
        for number, case in enumerate(cases):
            yield "\n" if number or page.layouts else ""
            yield from _case(case, language)
    yield f"\n{say('manual.help', language)}\n"
    for text in page.help:
        yield from _prose(text, _INDENT if len(page.help) == 1 else f"{_INDENT}- ")
    yield f"\n{say('manual.good', language)}\n"
    for at, (name, examples) in enumerate(groupby(page.good, lambda made: made.layout)):
        yield "\n" if at else ""
        yield from _layout(name, page, language)
        yield from _good(examples)
    if page.options:
        yield f"\n{say('manual.options', language)}\n"
        yield from _prose(say("manual.options-here", language))
        yield from _written(page.options.split("\n"))
    yield f"\n{say('manual.on' if page.rule.set == 'strict' else 'manual.off', language)}\n"
    for how, *lines in page.switch:
        yield from _prose(how)
        yield from _written(lines)


def _case(case: Case, language: str) -> Iterator[str]:
    """A wrong example as the report would show it."""
    for said in case.said:
        yield from _prose(said, _INDENT if len(case.said) == 1 else f"{_INDENT}- ")
    for text, signs in layout.marked(case.example.text, case.example.spans, _WIDTH - len(_BAR)):
        yield f"{_BAR}{text}".rstrip() + "\n"
        if signs:
            yield f"{_BAR}{signs}\n"
    for advice in case.advice:
        yield from _prose(advice, "    = ")
    if case.example.fixed is not None:
        yield f"    {say('manual.fixed', language)}\n"
        yield from (f"{_BAR}{line}".rstrip() + "\n" for line in layout.cut(case.example.fixed, _WIDTH - len(_BAR)))


def _layout(name: str, page: Page, language: str) -> Iterator[str]:
    """Which sheets the examples below are of, where the page shows those of several."""
    if page.layouts:
        yield from _prose(say(f"manual.in-{name}", language))


def _good(examples: Iterable[Example]) -> Iterator[str]:
    """Right examples, parted by blank lines where one has several lines."""
    shown = [list(layout.cut(made.text, _WIDTH - len(_BAR))) for made in examples]
    apart = any(len(lines) > 1 for lines in shown)
    for number, lines in enumerate(shown):
        if number and apart:
            yield "\n"
        yield from (f"{_BAR}{line}".rstrip() + "\n" for line in lines)


def _prose(text: str, sign: str = _INDENT) -> Iterator[str]:
    """Filled lines, the first behind ``sign``, the others below its text."""
    for number, line in enumerate(layout.fill(text, _WIDTH - len(sign))):
        yield f"{' ' * len(sign) if number else sign}{line}\n"


def _written(lines: Iterable[str]) -> Iterator[str]:
    yield from (f"      {line}\n" for line in lines)
