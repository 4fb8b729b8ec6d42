"""An indicator cell in, its entries out: :class:`Indicator` where it could be read, :class:`Unparsed` where not.

The tokens come from ``indicator.lark``; this module gives them their names. What an unreadable entry should have had
next is told from what it had.
"""

from __future__ import annotations

import re

from lark import TextSlice, Tree

from goalcheck.parse.grammars import Branch, Lexeme, read
from goalcheck.parse.values import BLANK, read_value
from goalcheck.sheet import ClassRef, Entry, Indicator, Text, Unparsed, Value, clean

_DIGITS = re.compile(r"\d+")
_CLASS = re.compile(r"(\d+)\s*[-\uff0d\u2010-\u2015\u2212]\s*")
_SEPARATORS = frozenset(("SEP", "LSEP", "SEMI"))
_LABELS = frozenset(("CYCLE", "ANNUAL"))
_ORDINALS = frozenset(("START", "NUMBER"))


class EntryReader:
    """Reads the indicator cells of one text; a class that was read before is not read again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._classes: dict[str, tuple[str, str]] = {}

    def read(self, start: int, end: int) -> tuple[Entry, ...]:
        """The entries of the cell at ``start`` to ``end``, in the order of the text."""
        tree = read("indicator", TextSlice(self._text, start, end))
        entries: list[Entry] = []
        waiting: Branch | None = None
        for child in tree.children:
            if isinstance(child, Tree):
                if waiting is not None:
                    entries.append(self._entry(waiting, None))
                waiting = child
            elif waiting is not None:
                entries.append(self._entry(waiting, _stripped(child)))
                waiting = None
        if waiting is not None:
            entries.append(self._entry(waiting, None))
        return tuple(entries)

    def _entry(self, tree: Branch, end: Text | None) -> Entry:
        tokens: list[Lexeme] = tree.children  # type: ignore[assignment]
        if tree.data in ("whole", "part"):
            return self._indicator(tokens, end)
        return self._unparsed(tokens)

    def _indicator(self, tokens: list[Lexeme], end: Text | None) -> Indicator:
        classes: list[ClassRef] = []
        marks: list[tuple[int, str]] = []
        labels: list[Lexeme] = []
        values: dict[str, Lexeme] = {}
        ordinal = name = None
        for token in tokens:
            kind = token.type
            if kind in _SEPARATORS:
                marks.append((token.start_pos, token.value))
            elif kind == "CLASS":
                classes.append(self._class(token))
            elif kind == "VALUE":
                values[labels[-1].type] = token
            elif kind == "NAME":
                name = _stripped(token)
            elif kind in _LABELS:
                labels.append(token)
            else:
                ordinal = _stripped(token)
        assert name is not None
        cycle = annual = None
        for label in labels:
            value = self._value(label, values.get(label.type))
            if label.type == "CYCLE":
                cycle = value
            else:
                annual = value
        start = tokens[0].start_pos
        last = tokens[-1] if tokens[-1].type != "LSEP" else tokens[-2]
        return Indicator(
            start,
            last.start_pos + len(last.rstrip()),
            _ordinal_number(ordinal),
            ordinal or Text(start, start, ""),
            classes[0],
            classes[1],
            name,
            cycle,
            annual,
            tuple(marks),
            end,
        )

    def _class(self, token: Lexeme) -> ClassRef:
        text = token.rstrip()
        parts = self._classes.get(text)
        if parts is None:
            match = _CLASS.match(text)
            assert match is not None
            code = "".join(str(int(digit)) for digit in match[1])
            parts = self._classes[text] = (code, clean(text[match.end() :]))
        return ClassRef(token.start_pos, token.start_pos + len(text), text, *parts)

    def _value(self, label: Lexeme, token: Lexeme | None) -> Value:
        begin = label.start_pos
        if token is None:
            end = begin + len(label.rstrip())
            return Value(end, end, "", BLANK, begin, label.value)
        text = token.rstrip()
        return Value(token.start_pos, token.start_pos + len(text), text, read_value(text), begin, label.value)

    def _unparsed(self, tokens: list[Lexeme]) -> Unparsed:
        start = tokens[0].start_pos
        last = tokens[-1]
        end = last.start_pos + len(last.rstrip())
        ordinal = _stripped(tokens[0]) if tokens[0].type in _ORDINALS else None
        classes = [self._class(t) for t in tokens if t.type == "CLASS"]
        rest = next((t for t in tokens if t.type == "REST"), None)
        return Unparsed(
            start,
            end,
            self._text[start:end],
            _expected(tokens, classes),
            rest.start_pos if rest is not None else end,
            _ordinal_number(ordinal),
            ordinal,
            classes[0] if classes and len(classes[0].code) == 1 else None,
        )


def _expected(tokens: list[Lexeme], classes: list[ClassRef]) -> str:
    """What an unreadable entry lacks first: ``entry``, ``level1``, ``level2``, ``name``, ``label`` or ``end``."""
    kinds = [t.type for t in tokens]
    if "CYCLE" in kinds:
        return "annual_value"
    if "NAME" in kinds:
        return "cycle_value"
    if len(classes) == 2:
        return "name"
    if classes:
        return "level2" if len(classes[0].code) == 1 else "level1"
    return "level1" if kinds[0] in _ORDINALS else "entry"


def _ordinal_number(ordinal: Text | None) -> int | None:
    match = _DIGITS.search(ordinal.text) if ordinal is not None else None
    return int(match[0]) if match else None


def _stripped(token: Lexeme) -> Text:
    """``token`` without the blanks behind it."""
    text = token.rstrip()
    return Text(token.start_pos, token.start_pos + len(text), text)
