"""Reads the entries of a packed cell: each an :class:`Indicator`, or :class:`Unparsed` where it could not be read.

The tokens come from ``indicator.lark``; this module gives them their names. What an unreadable entry should have had
next is told from what it had.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import cast

from goalcheck.blanks import clean
from goalcheck.errors import InputError
from goalcheck.files.regexes import regex
from goalcheck.limits import LIMITS
from goalcheck.parse.grammars import machine
from goalcheck.parse.machine import Branch, Lexeme
from goalcheck.parse.values import BLANK, read_value
from goalcheck.sheet import ClassRef, Entry, Indicator, Packed, Text, Unparsed, Value
from goalcheck.source import line_at
from goalcheck.written import Piece

_DIGITS = regex(r"\d+")
_CLASS = regex(r"(\d+)\s*[-\uff0d\u2010-\u2015\u2212]\s*")
_STRAY = regex(r"(?:备\s*注|注|说\s*明)\s*[:\uff1a]|\d{1,3}\s*、")
_SEPARATORS = frozenset(("SEP", "LSEP"))
_LABELS = frozenset(("CYCLE", "ANNUAL"))
_ORDINALS = frozenset(("START", "NUMBER"))


class EntryReader:
    """Reads the indicator cells of one text; a class or an ordinal that was read before is not read again."""

    def __init__(self, text: str, most: int = LIMITS.entries) -> None:
        self._text = text
        self._most = self._left = most
        self._machine = machine("indicator")
        self._usual = self._machine.usual
        self._classes: dict[str, tuple[str, str]] = {}
        self._numbers: dict[str, int | None] = {}

    def read(self, start: int, end: int) -> tuple[Entry, ...]:
        """The entries of the cell at ``start`` to ``end``, in the order of the text.

        Raises :class:`~goalcheck.errors.InputError` once there are more than the most that were allowed.
        """
        entries: list[Entry] = []
        usual = self._usual
        at = start
        while True:
            while (match := usual(self._text, at, end)) is not None:
                entries.append(self._usual_entry(match))
                at = match.end()
            if at == end:
                break
            tree, at = self._machine.read_up_to(self._text, at, end, usual)
            entries += self._entries(tree)
        return self.counted(start, tuple(entries))

    def counted(self, start: int, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """``entries``, as those of the cell at ``start``. Raises as :meth:`read` does."""
        self._left -= len(entries)
        if self._left < 0:
            found, line = self._most - self._left, line_at(self._text, start)
            raise InputError("too-many-entries", found=found, limit=self._most, line=line)
        return entries

    def _entries(self, tree: Branch) -> Iterator[Entry]:
        waiting: Branch | None = None
        for child in _led(tree.children):
            if isinstance(child, Branch):
                if waiting is not None:
                    yield from self._entry(waiting, None)
                waiting = child
            elif waiting is not None:
                yield from self._entry(waiting, _piece(child))
                waiting = None
        if waiting is not None:
            yield from self._entry(waiting, None)

    def _usual_entry(self, match: re.Match[str]) -> Indicator:
        """The indicator of an entry that has all its parts in their usual order."""
        ordinal, upper, sep1, lower, sep2, name, sep3, cycle, cycle_said, sep4, annual, annual_said, end = (
            match.groups()
        )
        at = match.start
        start, upper_at, lower_at, name_at, cycle_at, annual_at = at(1), at(2), at(4), at(6), at(9), at(12)
        upper, lower, name = upper.rstrip(), lower.rstrip(), name.rstrip()
        cycle_said, annual_said = cycle_said.rstrip(), annual_said.rstrip()
        number = self._numbers.get(ordinal)
        if number is None:
            number = self._numbers[ordinal] = _ordinal_number(ordinal)
        upper_code, upper_label = self._classes.get(upper) or self._class_parts(upper)
        lower_code, lower_label = self._classes.get(lower) or self._class_parts(lower)
        form = read_value(cycle_said)
        stop = annual_at + len(annual_said)
        return Indicator(
            start,
            stop,
            number,
            ClassRef(upper_at, upper_at + len(upper), upper, upper_code, upper_label),
            ClassRef(lower_at, lower_at + len(lower), lower, lower_code, lower_label),
            Text(name_at, name_at + len(name), name),
            Value(cycle_at, cycle_at + len(cycle_said), cycle_said, form),
            Value(annual_at, stop, annual_said, form if annual_said == cycle_said else read_value(annual_said)),
            Packed(
                (start, ordinal),
                (at(8), cycle),
                (at(11), annual),
                (at(3), at(5), at(7), at(10)),
                (sep1, sep2, sep3, sep4),
                (at(13), end),
            ),
        )

    def _entry(self, tree: Branch, end: Piece | None) -> tuple[Entry, ...]:
        tokens = cast("list[Lexeme]", tree.children)  # the rules of an entry have no rules below them
        if tree.data != "entry":
            return (self._unparsed(tokens),)
        kept, rest = _belonging(tokens)
        if not rest:
            return (self._indicator(kept, end),)
        if any(token.type == "ANNUAL" for token in kept):
            return self._indicator(kept, None), self._unparsed(rest, "entry")
        return (self._unparsed(tokens, at=rest[0].start_pos),)

    def _indicator(self, tokens: list[Lexeme], end: Piece | None) -> Indicator:
        classes: list[ClassRef] = []
        parted: list[Lexeme] = []
        ordinal = name = cycle = annual = cycle_label = annual_label = None
        for at, token in enumerate(tokens):
            kind = token.type
            if kind in _SEPARATORS or (kind == "SEMI" and tokens[at - 1].type in _LABELS):
                parted.append(token)
            elif kind == "CLASS":
                classes.append(self._class(token.rstrip(), token.start_pos))
            elif kind == "CYCLE":
                cycle_label, cycle = _piece(token), self._value(token, tokens[at + 1 :])
            elif kind == "ANNUAL":
                annual_label, annual = _piece(token), self._value(token, tokens[at + 1 :])
            elif kind == "NAME":
                name = _stripped(token, token.start_pos)
            elif kind in _ORDINALS:
                ordinal = _piece(token)
        assert name is not None
        start = tokens[0].start_pos
        last = tokens[-1]
        packed = Packed(
            ordinal or (start, ""),
            cycle_label,
            annual_label,
            tuple([token.start_pos for token in parted]),
            tuple([str(token) for token in parted]),
            end,
        )
        stop, number = last.start_pos + len(last.rstrip()), _ordinal_number(ordinal[1]) if ordinal is not None else None
        return Indicator(start, stop, number, classes[0], classes[1], name, cycle, annual, packed)

    def _class(self, text: str, start: int) -> ClassRef:
        code, label = self._classes.get(text) or self._class_parts(text)
        return ClassRef(start, start + len(text), text, code, label)

    def _class_parts(self, text: str) -> tuple[str, str]:
        """The code and the label of a class that was not read before."""
        match = _CLASS.match(text)
        assert match is not None
        code = "".join(str(int(digit)) for digit in match[1])
        self._classes[text] = parts = code, clean(text[match.end() :])
        return parts

    def _value(self, label: Lexeme, behind: list[Lexeme]) -> Value:
        """The value of ``label``: all that follows up to the next label, `;` inside it included."""
        last = None
        for token in behind:
            if token.type == "VALUE":
                last = token
            elif token.type != "SEMI":
                break
        if last is None:
            end = label.start_pos + len(label.rstrip())
            return Value(end, end, "", BLANK)
        start, end = behind[0].start_pos, last.start_pos + len(last.rstrip())
        if behind[0].type != "VALUE":
            start = behind[1].start_pos
        return _value(self._text[start:end], start)

    def _unparsed(self, tokens: list[Lexeme], expected: str = "", at: int | None = None) -> Unparsed:
        """The stretch of ``tokens``; unless told, what it lacks and where follow from what it has."""
        start = tokens[0].start_pos
        last = tokens[-1]
        end = last.start_pos + len(last.rstrip())
        ordinal = _stripped(tokens[0], tokens[0].start_pos) if tokens[0].type in _ORDINALS else None
        classes = [self._class(t.rstrip(), t.start_pos) for t in tokens if t.type == "CLASS"]
        if at is None:
            at = next((t.start_pos for t in tokens if t.type == "REST"), end)
        return Unparsed(
            start,
            end,
            self._text[start:end],
            expected or _expected(tokens, classes),
            at,
            _ordinal_number(ordinal.text) if ordinal is not None else None,
            ordinal,
            classes[0] if classes and len(classes[0].code) == 1 else None,
        )


def _led(children: Sequence[Branch | Lexeme]) -> Iterator[Branch | Lexeme]:
    """``children``, but an ordinal alone goes with the class behind a stray separator: ``2、; 12-质量指标; …``."""
    at = 0
    while at < len(children):
        child, behind = children[at], children[at + 2 : at + 3]
        if isinstance(child, Branch) and child.data == "lone" and len(child.children) == 1 and behind:
            rest = behind[0]
            first = rest.children[0] if isinstance(rest, Branch) and rest.data in ("entry", "broken", "cut") else None
            if isinstance(rest, Branch) and isinstance(first, Lexeme) and first.type == "CLASS":
                child = Branch(rest.data, [*child.children, *rest.children])
                at += 2
        yield child
        at += 1


def _belonging(tokens: list[Lexeme]) -> tuple[list[Lexeme], list[Lexeme]]:
    """The tokens of an entry up to its values, and the rest: a label that comes a second time, or a stray field.

    Behind ``;`` a value may go on.
    """
    seen = set()
    for at, token in enumerate(tokens):
        kind = token.type
        if kind in seen:
            return tokens[: at - 1 if tokens[at - 1].type == "LSEP" else at], tokens[at:]
        if kind == "SEMI" and not _goes_on(tokens[at + 1 :], "ANNUAL" in seen):
            return tokens[:at], tokens[at + 1 :]
        if kind in _LABELS:
            seen.add(kind)
    return tokens, []


def _goes_on(behind: list[Lexeme], annual: bool) -> bool:
    """Whether a value goes on behind ``;``: not where that has a label of its own or an ordinal.

    A cycle value goes on only if an annual value is still to come; else what follows may be that, without its label.
    """
    if behind[0].type != "VALUE" or _STRAY.match(behind[0]):
        return False
    return annual or any(token.type == "ANNUAL" for token in behind)


def _expected(tokens: list[Lexeme], classes: list[ClassRef]) -> str:
    """What an unreadable entry lacks first: a field by its name, or ``entry`` where it is none at all."""
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


def _ordinal_number(said: str) -> int | None:
    match = _DIGITS.search(said) or _DIGITS.search(unicodedata.normalize("NFKC", said))
    return int(match[0]) if match else None


def _value(said: str, start: int) -> Value:
    """The value that stands at ``start``, without the blanks behind it."""
    text = said.rstrip()
    return Value(start, start + len(text), text, read_value(text))


def _piece(token: Lexeme) -> Piece:
    return token.start_pos, str(token)


def _stripped(said: str, start: int) -> Text:
    """What stands at ``start``, without the blanks behind it."""
    text = said.rstrip()
    return Text(start, start + len(text), text)
