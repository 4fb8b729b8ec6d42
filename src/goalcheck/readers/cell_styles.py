"""The number formats of a workbook's cells, by the styles that cells name: :class:`CellStyles`."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from goalcheck.files.regexes import regex
from goalcheck.readers.date_format import serial
from goalcheck.readers.format_code import BUILT_IN
from goalcheck.readers.number_format import NumberFormat, decimal, general_number
from goalcheck.readers.xml_events import Attributes, Handler, office_names

_ISO = regex(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?.*)?", re.ASCII)
_BUILT_IN_DIGITS = 2  # of the number of a format that every program has, and no file
_NAMED = 3  # formats that a remark names


class Style(dict[str, str]):
    """What numbers, as the file has them, are shown as under one format; each is made once."""

    def __init__(self, code: str, *, since_1904: bool = False) -> None:
        super().__init__()
        self.code = code
        self.format = NumberFormat(code, since_1904=since_1904)
        self.shows_texts_as_they_are = self.format.shows_texts_as_they_are
        self.text = self.format.text
        """What a text is shown as."""

    def __missing__(self, said: str) -> str:
        """Raises ValueError for what is no number that a cell can hold."""
        number = float(said)
        if not math.isfinite(number):
            raise ValueError(said)
        self[said] = general_number(number) if self.format.is_general else self.format.number(decimal(number))
        return self[said]

    def value(self, value: Decimal) -> str:
        """What ``value`` is shown as."""
        return self.format.number(value)


class CellStyles(Handler, dict[str, Style]):
    """The styles by their numbers, read from ``styles.xml``; one that is not there shows values as they are."""

    namespaces = office_names("spreadsheetml")
    root = "styleSheet"

    def __init__(self, *, since_1904: bool = False) -> None:
        super().__init__()
        self._since_1904 = since_1904
        self._codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        self._numbers: list[str] = []
        self._made: dict[str, Style] = {}
        self._within = ""
        self._missed = Style("General", since_1904=since_1904)

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("numFmts", "cellXfs"):
            self._within = name
        elif name == "numFmt" and self._within == "numFmts" and "formatCode" in attributes:
            self._codes[attributes.get("numFmtId", "")] = attributes["formatCode"]
        elif name == "xf" and self._within == "cellXfs":
            self._numbers.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == self._within:
            self._within = ""

    def __missing__(self, style: str) -> Style:
        number = int(style) if style.isdecimal() and len(style) < 10 else -1
        is_there = 0 <= number < len(self._numbers)
        key = self._numbers[number] if is_there else "0"
        code = self._codes.get(key, "General")
        if (not is_there and style not in ("", "0")) or (key not in self._codes and len(key) > _BUILT_IN_DIGITS):
            self[style] = self._missed
        else:
            self[style] = self._made.setdefault(code, Style(code, since_1904=self._since_1904))
        return self[style]

    @property
    def beyond(self) -> list[str]:
        """Formats that are not followed though numbers stand under them; a few of them."""
        return [code for code, style in self._made.items() if style and not style.format.is_known][:_NAMED]

    @property
    def is_missed(self) -> bool:
        """Whether numbers stand under formats that the file does not have."""
        return bool(self._missed)


def iso_date(said: str, style: Style) -> str:
    """What the date ``said``, written as ISO 8601 has it, is shown as; as it is where no format says."""
    found = _ISO.fullmatch(said.strip())
    if found is None or not style.format.is_date:
        return said.strip()
    try:
        year, month, day = (int(found[part]) for part in (1, 2, 3))
        return style.value(serial(year, month, day, [int(found[part] or 0) for part in (4, 5, 6)]))
    except ValueError:
        return said.strip()
