"""The numbers of Word's automatic lists, which stand in no paragraph: ``1、`` and the like, as they are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import attrs

from goalcheck.readers.chinese_numerals import in_words
from goalcheck.readers.xml_events import Attributes, Handler, attribute, office_names

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_UNITS = (*_ROMAN, (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MOST = 9_999
_LEVELS = 9
_LONGEST = 255  # characters of the text of a level, more than Word takes


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN_UNITS:
        made += letters * (number // value)
        number %= value
    return made


def _circled(number: int) -> str:
    return chr(0x245F + number) if number <= 20 else str(number)


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= len(_STEMS) else str(number),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand"),
        partial(in_words, kind=1),
    ),
}
"""How a number is written; all else is written in figures."""


@attrs.define(eq=False, repr=False)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"

    def take(self, name: str, said: str) -> None:
        """Take the property ``name``, if it is one of a level."""
        if name == "start":
            self.start = _number(said)
        elif name == "numFmt":
            self.form = said
        elif name == "lvlText":
            self.text = said[:_LONGEST]
        elif name == "suff":
            self.suffix = said


@attrs.define(eq=False, repr=False)
class _List:
    """A list as paragraphs name it: whose levels it has, and where it begins anew."""

    abstract: str = ""
    starts: dict[int, int] = attrs.Factory(dict)


class Lists(Handler):
    """The lists that a document knows, read from its part of numbering; then it counts the paragraphs in them."""

    namespaces = office_names("wordprocessingml")

    def __init__(self) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self._abstract = ""
        self._level = _Level()
        self._list = _List()
        self._at = 0
        self._is_override = False

    def start(self, name: str, attributes: Attributes) -> None:
        said = attribute(attributes, "val") or ""
        if name == "abstractNum":
            self._abstract = attribute(attributes, "abstractNumId") or ""
            self._is_override = False
        elif name == "num":
            self._list = self._lists[attribute(attributes, "numId") or ""] = _List()
        elif name == "abstractNumId":
            self._list.abstract = said
        elif name == "lvlOverride":
            self._at, self._is_override = _number(attribute(attributes, "ilvl")), True
        elif name == "startOverride":
            self._list.starts[min(self._at, _LEVELS - 1)] = _number(said)
        elif name == "lvl":
            self._level = _Level()
            if not self._is_override:
                self._levels.setdefault(self._abstract, {})[_number(attribute(attributes, "ilvl"))] = self._level
        else:
            self._level.take(name, said)

    def next(self, list_: str, level: int) -> str:
        """What stands before the next paragraph at ``level``, from 0, of a list; nothing for a mere bullet."""
        known = self._lists.get(list_)
        levels = self._levels.get(known.abstract, {}) if known is not None else {}
        if known is None or level not in levels or level >= _LEVELS:
            return ""
        counts = self._counts.setdefault(known.abstract, [None] * _LEVELS)
        if list_ not in self._begun:
            self._begun.add(list_)
            for at, start in known.starts.items():
                counts[at] = start - 1
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        shape = levels[level]
        if shape.form in ("bullet", "none"):
            return ""
        said = shape.text
        for at in range(level + 1):
            made = levels.get(at, shape)
            said = said.replace(
                f"%{at + 1}", _written(made.start if counts[at] is None else counts[at] or 0, made.form)
            )
        apart = shape.suffix != "nothing" and said[-1:].isascii() and said[-1:].strip()
        return f"{said} " if apart else said


def _written(number: int, form: str) -> str:
    return _FORMS.get(form, str)(number) if 0 < number <= _MOST else str(number)


def _number(said: str | None) -> int:
    """A number of a level, or one at which a list starts."""
    return min(int(said), _MOST) if said and said.isascii() and said.isdecimal() and len(said) < 6 else 0
