"""How signs, gaps of a template, "nothing" and units are written, as ``rules/signs.toml`` has it.

The grammars are built with :meth:`Vocabulary.patterns`; the tree, the parser and the checks ask :func:`vocabulary`.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any

import attrs

from goalcheck.files import compiled
from goalcheck.files.regexes import regex

_PACKAGE = "goalcheck.rules"
_WIDER = 0xFEE0  # from a character to its full-width form
_WIDE = (
    *range(0xFF10, 0xFF1A),
    *range(0xFF21, 0xFF3B),
    *range(0xFF41, 0xFF5B),
    *map(ord, "\uff05\uff0b\uff0d\uff0e\uff1c\uff1d\uff1e"),
)
_YEAR_BEHIND = regex(r"[ \u3000]{0,8}年")
_PART_ENDS = (":", "\uff1a", "\u2026", ".", "\u00b7")
_USUAL = {code: code - _WIDER for code in _WIDE}
PERCENTS = ("%", "\uff05")
"""The sign of per cent in either width."""

_DIGITS = "〇一二三四五六七八九"
_FORM: dict[str, dict[str, type]] = {
    "gap": {"marks": list, "numerals": str, "letters": str, "words": list, "alone": list, "numbered": list},
    "nothing": {"dashes": str, "anywhere": list, "texts": list},
    "worded": {"words": list},
    "ranks": {"words": list, "endings": list},
    "units": {"with-ge": list, "others": list, "same": list, "per-itself": list},
}


class VocabularyError(Exception):
    """A table of ``signs.toml`` that breaks its form; the message says what is wrong."""


@attrs.frozen(eq=False, repr=False)
class Comparator:
    """A comparator: its sign, empty for "about"; other glyphs of it, and words before or behind a figure that mean it.

    A word before a figure that is ``yielding`` means nothing where another stands behind the figure. ``list`` names the
    list of the lexicon by which a site adds words; it is empty where there is none.
    """

    sign: str
    list: str
    glyphs: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    yielding: tuple[str, ...]


@attrs.frozen(slots=False)
class Vocabulary:
    """What ``signs.toml`` says. ``nothing_anywhere`` are in upper case."""

    comparators: tuple[Comparator, ...]
    gap: Mapping[str, Any]
    dashes: str
    nothing_anywhere: tuple[str, ...]
    nothing_in_texts: tuple[str, ...]
    units: tuple[str, ...]
    worded: frozenset[str]
    """What says, in the place of a sign, that the value is words."""
    ranks: tuple[str, ...]
    rank_endings: tuple[str, ...]
    same_units: Mapping[str, tuple[str, ...]]
    """All names of a unit that has several, by each of them: m2 is 平方米."""
    per_itself: frozenset[str]
    """Units of which one thing may take so much for one of another: 吨/吨."""

    def is_unit(self, text: str) -> bool:
        """Whether ``text`` is a unit, or the sign of per cent in either width."""
        return text in PERCENTS or text in self.known_units

    def is_rank(self, text: str) -> bool:
        """Whether ``text`` is words that can be more or less than others: 良好, 二级."""
        return text.endswith(self.rank_endings) or text in self.ranks

    @cached_property
    def known_units(self) -> frozenset[str]:
        """The units, for the question whether a text is one."""
        return frozenset(self.units)

    @cached_property
    def sign_before(self) -> Mapping[str, str]:
        """The signs, by the words before a figure that mean them."""
        return {word: comparator.sign for comparator in self.comparators for word in comparator.before}

    @cached_property
    def sign_behind(self) -> Mapping[str, str]:
        """The signs, by the words behind a figure that mean them."""
        return {word: comparator.sign for comparator in self.comparators for word in comparator.behind}

    @cached_property
    def yielding(self) -> frozenset[str]:
        """The words before a figure that say nothing where one stands behind it."""
        return frozenset(word for comparator in self.comparators for word in comparator.yielding)

    @cached_property
    def signs(self) -> str:
        """All signs in their standard glyphs, each one character."""
        return "".join(comparator.sign for comparator in self.comparators)

    @cached_property
    def other_signs(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        """What finds signs in other glyphs of usual width, and the standard glyphs for these."""
        standard = {glyph: comparator.sign for comparator in self.comparators for glyph in comparator.glyphs}
        return regex("|".join(r"\s*+".join(map(re.escape, glyph)) for glyph in standard)), standard

    @cached_property
    def nonstandard(self) -> frozenset[str]:
        """The characters with which a glyph of a value begins that is not the standard one."""
        return frozenset(map(chr, _USUAL)) | {glyph[0] for glyph in self.other_signs[1]}

    @cached_property
    def leading_sign(self) -> re.Pattern[str]:
        """Matches a sign at the beginning, in whatever glyphs and width, and the blanks behind it."""
        return regex(rf"(?:{self._written_sign})\s*+")

    @cached_property
    def repeated_sign(self) -> re.Pattern[str]:
        """Finds a sign that is written again and again; its first group is the sign."""
        return regex(rf"({self._written_sign})(?:\s*+\1)++")

    @property
    def _written_sign(self) -> str:
        either = {chr(code): f"[{re.escape(chr(code))}{chr(wide)}]" for wide, code in _USUAL.items()}
        glyphs = (*self.other_signs[1], *self.signs)
        return "|".join(r"\s*+".join(either.get(char, char) for char in glyph) for glyph in glyphs)

    def template_gap(self, text: str) -> re.Match[str] | None:
        """The first place of ``text`` that nobody filled in: ``XX``, ``____``, or ``(请填写…)`` up to its bracket."""
        begins, pattern = self._template_gap
        return None if begins.search(text) is None else pattern.search(text)  # most texts have no such character

    @cached_property
    def _template_gap(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        gap = self.gap
        begins = "".join((*gap["marks"], gap["numerals"], gap["letters"], *(word[0] for word in gap["words"])))
        words = "|".join(r"\s?".join(map(re.escape, word)) for word in self.gap["words"])
        pattern = rf"{self._gaps}|(?:[(\uff08]\s*)?(?:{words})[^)\uff09]*[)\uff09]?"
        return regex(_any_char(begins)), regex(pattern)

    def year_gap(self, text: str) -> re.Match[str] | None:
        """The first year of ``text`` that nobody filled in: ``20XX`` of 20XX年度, ``____`` of ____年."""
        found = self._year_gap.finditer(text) if "年" in text else iter(())
        return next((match for match in found if _YEAR_BEHIND.match(text, match.end())), None)

    @cached_property
    def _year_gap(self) -> re.Pattern[str]:
        return regex(rf"(?:20|二[〇○零])?(?:{self._gaps})|(?<!\d)20(?=[ \u3000]{{1,8}}年)")

    def is_left_open(self, text: str) -> bool:
        """Whether ``text``, a name or a goal, is only what the template printed there: ``……``, ``目标1:目标2:……``."""
        return self._left_open.fullmatch(text) is not None

    @cached_property
    def _left_open(self) -> re.Pattern[str]:
        numbers, marks = _any_of(self.gap["numbered"]), "[:\uff1a]?"
        number = rf"{numbers}\s?\d{{1,2}}(?:名称)?\s?{marks}"
        return regex(rf"(?:{number}\s?|(?:{numbers}{marks})?(?:{self._gaps_alone}))++")  # one or several lines

    def unfilled_rest(self, text: str) -> re.Match[str] | None:
        """The end of ``text``, a goal, where parts of a template were left: ``目标2:……`` behind what was written."""
        return self._unfilled_rest.search(text) if text.rstrip().endswith(_PART_ENDS) else None

    @cached_property
    def _unfilled_rest(self) -> re.Pattern[str]:
        number = rf"{_any_of(self.gap['numbered'])}\s?\d{{1,2}}\s?[:\uff1a]"
        return regex(rf"(?<![^\s;\uff1b\u3002,\uff0c])(?:{number}\s{{0,4}}(?:{self._gaps_alone})?\s{{0,4}})+\Z")

    @property
    def _gaps(self) -> str:
        gap = self.gap
        numerals, letters = _any_char(gap["numerals"]), _any_char(gap["letters"])
        return "|".join(
            (
                *(f"{_any_char(marks)}{{2,}}" for marks in gap["marks"]),
                f"(?<![{_DIGITS}零十]){numerals}{{2,}}(?![{_DIGITS}零])",
                f"(?<![A-Za-z]){letters}{{2,}}(?![A-Za-z])",
            )
        )

    @property
    def _gaps_alone(self) -> str:
        return "|".join(f"{re.escape(text)}{re.escape(text[-1])}*+" for text in self.gap["alone"])

    @cached_property
    def _nothing(self) -> re.Pattern[str]:
        words = _any_of((*self.nothing_anywhere, *self.nothing_in_texts))
        return regex(f"{_any_char(self.dashes)}+|{words}", re.IGNORECASE)

    def is_nothing(self, text: str) -> bool:
        """Whether ``text`` is what people write for "nothing" in a goal or in the indicator column."""
        return self._nothing.fullmatch(text) is not None

    def patterns(self) -> dict[str, str]:
        """What the grammars take from here, by the names in ``(?&…)``: expressions, and sets of characters."""
        return {
            "signs": re.escape(self.signs),
            "dashes": re.escape(self.dashes),
            "before": _any_of(self.sign_before),
            "behind": _any_of(self.sign_behind),
            "gap": f"(?:{self._gaps}|{_any_of(self.gap['words'])})",
            "gap_alone": f"(?:{self._gaps_alone})",
            "nothing": f"(?i:{_any_of(self.nothing_anywhere)})",
            "unit": _any_of(self.units),
        }


def _any_of(words: Iterable[str]) -> str:
    """An expression of ``words``, the longest first, so that none hides a longer one."""
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"


def _any_char(chars: str) -> str:
    return f"[{re.escape(chars)}]"


@cache
def signs_text() -> str:
    """``signs.toml`` as it stands."""
    return (pkgutil.get_data(_PACKAGE, "signs.toml") or b"").decode()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with goalcheck, from its TOML file or the compiled form."""
    return read_vocabulary(compiled.load("signs", [signs_text()], _build))


def fold_glyphs(text: str) -> str:
    """``text`` of a value in standard glyphs: half-width digits, letters and signs, ``≤`` and ``≥`` for their variants.

    A value reads the same before and after: ``value.lark`` reads what this gives.
    """
    if vocabulary().nonstandard.isdisjoint(text):
        return text
    text = text.translate(_USUAL)
    signs, standard = vocabulary().other_signs
    return signs.sub(lambda sign: standard["".join(sign[0].split())], text)


def _build() -> dict[str, Any]:
    import tomllib  # only where the compiled form is stale

    return tomllib.loads(signs_text())


def read_vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary that the tables of ``signs.toml`` say. Raises :class:`VocabularyError`."""
    if set(data) != {"comparator", *_FORM}:
        raise VocabularyError(f"signs.toml has comparator, {', '.join(_FORM)}, nothing else")
    for name, form in _FORM.items():
        if {key: type(value) for key, value in data[name].items()} != form:
            raise VocabularyError(f"{name} has {', '.join(form)}, nothing else, each a text or a list as it should be")
    units = data["units"]
    return Vocabulary(
        tuple(_comparator(record) for record in data["comparator"]),
        data["gap"],
        data["nothing"]["dashes"],
        tuple(data["nothing"]["anywhere"]),
        tuple(data["nothing"]["texts"]),
        (*units["with-ge"], *(f"个{unit}" for unit in units["with-ge"]), *units["others"]),
        frozenset(data["worded"]["words"]),
        tuple(data["ranks"]["words"]),
        tuple(data["ranks"]["endings"]),
        {name: tuple(names) for names in map(str.split, units["same"]) for name in names},
        frozenset(units["per-itself"]),
    )


def _comparator(record: Mapping[str, Any]) -> Comparator:
    if not {"sign"} <= set(record) <= {field.name for field in attrs.fields(Comparator)}:
        raise VocabularyError("a comparator has sign, and may have list, glyphs, before, behind and yielding")
    lists = [tuple(record.get(key, ())) for key in ("glyphs", "before", "behind", "yielding")]
    return Comparator(record["sign"], record.get("list", ""), *lists)
