"""Cuts a spreadsheet's number format, such as ``#,##0.00_ ;[Red]-#,##0.00``, into its sections and their tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from goalcheck.files.regexes import regex

_TOKEN = regex(
    r"""
    "(?P<literal>[^"]*)"?            # text in quotation marks
    | [\\!](?P<escaped>.)            # a sign that is meant as it is
    | (?P<space>_.)                  # a blank as wide as the sign
    | (?P<fill>\*.)                  # a sign that fills up the cell
    | \[(?P<bracket>[^\]]*)\]?
    | (?P<general>General|G/通用格式)
    | (?P<exponent>E[+-])
    | (?P<date>AM/PM|A/P|上午/下午|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)
    | (?P<digit>[0#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<text>@)
    | (?P<end>;)
    | (?P<beyond>/|[bgn])            # fractions and eras
    | (?P<plain>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ELAPSED = regex(r"h+|m+|s+", re.IGNORECASE)
_NUMERALS = regex(r"DBNum([123])", re.IGNORECASE)
_CONDITION = regex(r"[<>=]")
_LONGEST = 255  # characters of a format; a spreadsheet takes no longer one

Token = tuple[str, str]
"""What it is (``literal general date digit point comma percent exponent text``), and its text."""


@attrs.frozen
class Section:
    """A part of a format that holds for some values.

    ``numerals`` is the kind of Chinese numerals that it writes, 0 for none. ``is_known`` says that all of it is.
    """

    tokens: tuple[Token, ...]
    numerals: int = 0
    is_known: bool = True

    def has(self, kind: str) -> bool:
        """Whether it has a token of ``kind``."""
        return any(token[0] == kind for token in self.tokens)


GENERAL = Section((("general", ""),))


def sections(code: str) -> Sequence[Section]:
    """The sections of the format ``code``; one at least."""
    if len(code) > _LONGEST:
        return [attrs.evolve(GENERAL, is_known=False)]
    found = [_Draft()]
    for match in _TOKEN.finditer(code):
        kind, said = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "end":
            found.append(_Draft())
        elif kind == "bracket":
            found[-1].bracket(said)
        elif kind != "fill":
            found[-1].add(kind, said)
    return [_with_slashes(draft.section()) for draft in found]


class _Draft:
    """A section as it is read."""

    def __init__(self) -> None:
        self._tokens: list[Token] = []
        self._numerals = 0
        self._is_known = True

    def add(self, kind: str, said: str) -> None:
        """Add what stands outside square brackets."""
        if kind == "beyond":
            self._is_known = False
        if kind in ("escaped", "plain", "beyond"):
            kind = "literal"
        elif kind == "space":
            kind, said = "literal", " "
        self._tokens.append((kind, said.lower() if kind == "date" else said))

    def bracket(self, said: str) -> None:
        """Add what stands in square brackets; colours are left out."""
        if _ELAPSED.fullmatch(said):
            self._tokens.append(("date", f"[{said.lower()}]"))
        elif said.startswith("$"):
            self._tokens.append(("literal", said[1:].partition("-")[0]))
        elif numeral := _NUMERALS.fullmatch(said):
            self._numerals = int(numeral[1])
        elif _CONDITION.match(said):
            self._is_known = False

    def section(self) -> Section:
        """All that was read."""
        return Section(_minutes(self._tokens), self._numerals, self._is_known)


def _with_slashes(section: Section) -> Section:
    """A stroke between parts of a date is a sign as any other."""
    if section.is_known or not section.has("date") or section.has("digit"):
        return section
    known = all(said not in "bgnBGN" for kind, said in section.tokens if kind == "literal" and said)
    return attrs.evolve(section, is_known=known)


def _minutes(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """``tokens``, those minutes that look like months named: they follow hours, or come before seconds."""
    made = list(tokens)
    dates = [at for at, (kind, _) in enumerate(made) if kind == "date"]
    for number, at in enumerate(dates):
        said = made[at][1]
        if said not in ("m", "mm"):
            continue
        before = made[dates[number - 1]][1] if number else ""
        after = made[dates[number + 1]][1] if number + 1 < len(dates) else ""
        if before.strip("[").startswith("h") or after.strip("[").startswith("s"):
            made[at] = "date", "minute" if said == "m" else "minutes"
    return tuple(made)


BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-";@',
    42: '"¥"#,##0;"¥"-#,##0;"¥-";@',
    43: '#,##0.00;-#,##0.00;"-";@',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥-";@',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The formats that a workbook names by number alone, as Chinese versions show them."""
