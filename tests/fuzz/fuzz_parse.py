"""Any text to the parser: it becomes a tree whose nodes lie in the text, one within the other, or an InputError.

The first byte says where the text goes: it is the sheet, or a cell, an entry, a value of a sound sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import Target, fuzz
from seeds import led

if TYPE_CHECKING:  # what is imported before atheris asks for it is not followed by it
    from goalcheck.sheet import Layout, Project


def prepare() -> Target:
    """The target."""
    import attrs

    from goalcheck.catalogue import example
    from goalcheck.catalogue.load import catalogue
    from goalcheck.errors import InputError
    from goalcheck.parse import parse
    from goalcheck.parse.admission import admit
    from goalcheck.report import tree
    from goalcheck.sheet import Node
    from goalcheck.source import Source

    endings = catalogue().lexicon["organisation-suffixes"]
    sound = example.wrap("〔目标〕⇥〔指标〕", "project").text
    value = "1、1-产出指标; 11-数量指标; 名; 实施周期指标值:{}; 年度指标值:1次。"
    homes = (
        lambda text: text,
        lambda text: text,
        lambda text: sound + text,
        lambda text: sound.replace(example.GOAL, text, 1),
        lambda text: example.wrap(text, "entry").text,
        lambda text: example.wrap(value.replace("{}", text), "entry").text,
        lambda text: sound.replace("5.00", text, 1),
    )

    def target(data: bytes) -> None:
        text = homes[data[0] % len(homes) if data else 0](data[1:].decode("utf-8", "surrogateescape"))
        source = Source(text)
        try:
            sheet = parse(admit(source), endings)
        except InputError:
            return
        walk(source, sheet, 0, len(text))
        tree.node(sheet)
        for section in sheet.sections:
            for project in section.projects:
                hold(project, section.layout)

    def walk(source: Source, node: Node, start: int, end: int) -> None:
        assert start <= node.start <= node.end <= end, node
        said = getattr(node, "text", None)
        assert said is None or source.text[node.start : node.end] == said, node
        for field in attrs.fields(type(node)):
            inner = getattr(node, field.name)
            for child in inner.values() if isinstance(inner, dict) else inner if isinstance(inner, tuple) else (inner,):
                if isinstance(child, Node):
                    walk(source, child, start, end)

    return target


def hold(project: Project, layout: Layout) -> None:
    """Raise AssertionError where the entries of ``project`` are not what a table of that layout gives."""
    from goalcheck.sheet import Indicator, Unparsed

    by_rows = any(isinstance(entry, Indicator) and entry.columns is not None for entry in project.entries)
    assert not project.entries or project.indicator_cell is not None or by_rows or layout != "packed"
    for entry in project.entries:
        assert isinstance(entry, Indicator | Unparsed)
        assert entry.start < entry.end


if __name__ == "__main__":
    fuzz(prepare, lambda: led(bytes(range(7))))
