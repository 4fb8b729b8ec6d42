"""Shows the values of cells as a spreadsheet does, by their number formats: :class:`NumberFormat`.

What counts is what people see: ``0.95`` under ``0%`` is ``95%``. Decimals are rounded half up, from 15 significant
digits, as spreadsheets do and binary fractions do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from goalcheck.readers import date_format
from goalcheck.readers.chinese_numerals import by_digits, in_words
from goalcheck.readers.format_code import GENERAL, Section, Token, sections

_EXACT = Context(prec=500, rounding=ROUND_HALF_UP)
_SMALLEST = Decimal("1E-9")  # below it, and from the largest on, General has an exponent
_LARGEST = Decimal("1E+15")
_BLANKS = {"0": "0", "#": "", "?": " "}
"""What a place of a number shows where there is no digit for it."""


def decimal(number: float) -> Decimal:
    """``number`` with the 15 significant digits that a spreadsheet shows of it."""
    return Decimal(f"{number:.15g}")


def general_number(number: float) -> str:
    """``number`` as a cell without a format shows it."""
    said = f"{number:.15g}"
    return general(Decimal(said)) if "e" in said or not number else said


def general(value: Decimal) -> str:
    """``value`` as a cell without a format shows it."""
    if not value:
        return "0"
    if _SMALLEST <= abs(value) < _LARGEST:
        said = f"{value:f}"
        return said.rstrip("0").rstrip(".") if "." in said else said
    mantissa, exponent = f"{value:.14E}".split("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent[0]}{exponent[1:].zfill(2)}"


class NumberFormat:
    """How cells with the format ``code`` show what they hold. ``is_known`` says that all of it is followed.

    ``is_general`` is said of what shows numbers as :func:`general_number` does: cells without a format.

    A value under a section that is not known is shown as it is. Blanks at the ends are no text.
    """

    def __init__(self, code: str, *, since_1904: bool = False) -> None:
        code = code or "General"
        found = sections(code)
        self._since_1904 = since_1904
        self._text = found[3] if len(found) > 3 else found[-1] if found[-1].has("text") else None
        numbers = [section for section in found[:3] if section is not self._text] or [GENERAL]
        self.is_known = all(section.is_known for section in found)
        self.is_date = numbers[0].has("date")
        self.is_general = code == "General"
        self.shows_texts_as_they_are = self._text is None or not self._text.is_known
        self._sections = [_Shown(section) for section in numbers]

    def number(self, value: Decimal) -> str:
        """What ``value`` is shown as."""
        if not self.is_known:
            return general(value)
        chosen = self._sections[0]
        if value < 0 and len(self._sections) > 1:
            value, chosen = -value, self._sections[1]
        elif not value and len(self._sections) > 2:
            chosen = self._sections[2]
        return chosen.number(value, since_1904=self._since_1904).strip()

    def text(self, said: str) -> str:
        """What the text ``said`` is shown as."""
        if self._text is None or self.shows_texts_as_they_are:
            return said
        shown = (said if kind in ("text", "general") else literal for kind, literal in self._text.tokens)
        return "".join(shown).strip()


class _Shown:
    """How one section shows numbers."""

    def __init__(self, section: Section) -> None:
        self._section = section
        point = next((at for at, token in enumerate(section.tokens) if token[0] == "point"), len(section.tokens))
        places = [at for at, token in enumerate(section.tokens) if token[0] == "digit"]
        commas = [at for at, token in enumerate(section.tokens) if token[0] == "comma"]
        whole = [at for at in places if at < point]
        self._is_grouped = any(whole[0] < at < whole[-1] for at in commas) if whole else False
        thousands = sum(bool(places) and places[-1] < at for at in commas)
        percents = sum(token[0] == "percent" for token in section.tokens)
        self._shift = 2 * percents - 3 * thousands
        tokens = [token for token in section.tokens if token[0] != "comma"]
        point = next((at for at, token in enumerate(tokens) if token[0] == "point"), len(tokens))
        exponent = next((at for at, token in enumerate(tokens) if token[0] == "exponent"), len(tokens))
        self._whole, self._rest = tokens[: min(point, exponent)], tokens[point:exponent]
        self._exponent = tokens[exponent:]
        self._decimals = sum(token[0] == "digit" for token in self._rest)
        self._is_date, self._is_general = section.has("date"), section.has("general")
        self._has_digits = bool(places)

    def number(self, value: Decimal, *, since_1904: bool) -> str:
        """What ``value`` is shown as, blanks at its ends included."""
        section = self._section
        if self._is_date:
            said = date_format.shown(section, value, since_1904=since_1904)
            return general(value) if said is None else said
        sign = "-" if value < 0 else ""
        if self._is_general:
            said = _general(abs(value), section.numerals)
            return sign + "".join(said if kind == "general" else literal for kind, literal in section.tokens)
        if not self._has_digits:
            return sign + "".join(literal for _, literal in section.tokens)
        said = self._scientific(abs(value)) if self._exponent else self._fixed(abs(value).scaleb(self._shift, _EXACT))
        return sign + by_digits(said, section.numerals)

    def _fixed(self, value: Decimal) -> str:
        rounded = value.quantize(Decimal(1).scaleb(-self._decimals), context=_EXACT)
        whole, _, fraction = f"{rounded:f}".partition(".")
        return self._before_point(whole.lstrip("0")) + "".join(_after_point(self._rest, fraction))

    def _before_point(self, digits: str) -> str:
        """``digits`` in the places before the point, the last in the last; the first place takes all that are left."""
        shown: list[str] = []
        left = digits
        places = sum(token[0] == "digit" for token in self._whole)
        written = 0
        for kind, said in reversed(self._whole):
            if kind != "digit":
                shown.append(said)
                continue
            places -= 1
            for digit in reversed((left[-1:] if places else left) or _BLANKS[said]):
                shown.append("," if self._is_grouped and written and written % 3 == 0 and digit.isdigit() else "")
                shown.append(digit)
                written += 1
            left = left[:-1] if places else ""
        return left + "".join(reversed(shown))

    def _scientific(self, value: Decimal) -> str:
        places = max(sum(token[0] == "digit" for token in self._whole), 1)
        exponent = value.adjusted() if value else 0
        exponent -= exponent % places
        mantissa = value.scaleb(-exponent, _EXACT)
        if mantissa.quantize(Decimal(1).scaleb(-self._decimals), context=_EXACT) >= Decimal(10) ** places:
            exponent += places
            mantissa = value.scaleb(-exponent, _EXACT)
        sign = "-" if exponent < 0 else "+" if self._exponent[0][1][1] == "+" else ""
        width = sum(token[0] == "digit" for token in self._exponent)
        literals = "".join(said for kind, said in self._exponent[1:] if kind != "digit")
        return f"{self._fixed(mantissa)}E{sign}{abs(exponent):0{width}d}{literals}"


def _general(value: Decimal, numerals: int) -> str:
    said = general(value)
    if not numerals or "E" in said:
        return said
    whole, point, fraction = said.partition(".")
    return in_words(int(whole), numerals) + point + by_digits(fraction, numerals)


def _after_point(tokens: Sequence[Token], digits: str) -> Iterator[str]:
    """The point and what follows it: the zeros at the end are shown as their places say."""
    last = len(digits.rstrip("0"))
    at = 0
    for kind, said in tokens:
        if kind == "digit":
            yield digits[at] if at < last else _BLANKS[said]
            at += 1
        else:
            yield said
